//! The demonstration: everything a new user sees first.

use crate::{of_kind, records, told};

#[test]
fn the_demo_reads_every_page_and_says_that_it_is_a_demonstration() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("ws");
    let report = folder.path().join("report.html");
    let out = told(&[
        "-q",
        "demo",
        "--workspace",
        at.to_str().unwrap(),
        "--report",
        report.to_str().unwrap(),
    ]);
    assert!(out.contains("DEMONSTRATION"), "{out}");
    let html = std::fs::read_to_string(&report).unwrap();
    assert!(html.contains("DEMONSTRATION") && html.contains("<svg") && !html.contains("<script"));
    let all = records(&at);
    assert!(of_kind(&all, "document").len() >= 50);
    assert!(told(&["log", "verify", "--workspace", at.to_str().unwrap()]).starts_with("intact"));
    assert!(
        told(&["-q", "rebuild", "--verify", "--workspace", at.to_str().unwrap()]).starts_with("identical")
    );
}

#[test]
fn sport_in_the_words_of_war_tells_of_no_incident_and_a_plan_is_no_delivery() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("ws");
    told(&["-q", "demo", "--workspace", at.to_str().unwrap()]);
    let all = records(&at);
    for incident in of_kind(&all, "incident") {
        assert!(!incident.to_string().contains("corniche-sport"), "{incident}");
    }
    let announced = of_kind(&all, "return")
        .into_iter()
        .filter(|record| record["fields"]["progress"] == "done")
        .count();
    assert_eq!(announced, 0, "returns were only announced");
}

#[test]
fn the_tables_and_the_exports_work_on_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("ws");
    let at = at.to_str().unwrap();
    told(&["-q", "demo", "--workspace", at]);
    for table in ["incidents", "findings", "claims", "positions"] {
        assert!(told(&[table, "--workspace", at]).lines().count() > 1, "{table}");
        assert!(
            told(&[table, "--workspace", at, "--json"])
                .lines()
                .all(|line| line.starts_with('{')),
            "{table}"
        );
    }
    assert!(
        told(&["export", "--format", "csv", "--workspace", at])
            .lines()
            .count()
            > 5
    );
    let geojson: serde_json::Value =
        serde_json::from_str(&told(&["export", "--format", "geojson", "--workspace", at])).unwrap();
    assert_eq!(geojson["type"], "FeatureCollection");
    let incident = told(&["incidents", "--workspace", at, "--json"]);
    let first: serde_json::Value = serde_json::from_str(incident.lines().next().unwrap()).unwrap();
    let explained = told(&["explain", first["id"].as_str().unwrap(), "--workspace", at]);
    assert!(
        explained.contains("independent:") && explained.contains("one incident, because"),
        "{explained}"
    );
    assert!(explained.lines().count() <= 60, "more than a screen: {explained}");
    assert!(
        explained.lines().all(|line| line.chars().count() <= 100),
        "{explained}"
    );
    let all = told(&[
        "explain",
        first["id"].as_str().unwrap(),
        "--all",
        "--workspace",
        at,
    ]);
    assert!(all.contains("bytes ") && all.contains("because "), "{all}");
    assert!(
        told(&[
            "explain",
            "The army shelled Douma on Sunday, a doctor said.",
            "--published",
            "2017-05-08"
        ])
        .contains("claim: shelling")
    );
}
