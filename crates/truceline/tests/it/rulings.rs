//! Rulings through the front door: what they change, taking back, two people, and a log that somebody bent.

use crate::{of_kind, records, told, truceline};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn demo(folder: &Path) -> String {
    let workspace = folder.to_str().unwrap().to_owned();
    told(&["-q", "demo", "--workspace", &workspace]);
    workspace
}

fn rule(workspace: &str, by: &str, what: &[&str]) -> String {
    let mut arguments = vec!["-q", "ruling"];
    arguments.extend(what);
    arguments.extend([
        "--workspace",
        workspace,
        "--by",
        by,
        "--because",
        "read both pages",
    ]);
    told(&arguments)
}

/// Every record of the view, for comparing states.
fn incidents(workspace: &str) -> Vec<Value> {
    of_kind(&records(Path::new(workspace)), "incident")
        .into_iter()
        .cloned()
        .collect()
}

fn find<'a>(incidents: &'a [Value], act: &str, place: &str) -> &'a Value {
    let found = incidents
        .iter()
        .find(|it| it["fields"]["act"] == act && it["fields"]["place"]["name"] == place);
    found.unwrap_or_else(|| panic!("no {act} at {place}"))
}

#[test]
fn a_ruling_joins_is_told_and_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = demo(folder.path());
    let before = incidents(&workspace);
    let (one, other) = (
        find(&before, "car-bomb", "Azaz"),
        find(&before, "mortar", "Damascus"),
    );
    let (one, other) = (one["id"].as_str().unwrap(), other["id"].as_str().unwrap());

    let dry = rule(&workspace, "Amal", &["same", one, other, "--dry-run"]);
    assert!(dry.starts_with("would rule: same\n"), "{dry}");
    assert_eq!(incidents(&workspace), before);

    let said = rule(&workspace, "Amal", &["same", one, other]);
    assert!(
        said.contains(&format!("gone: {one} ")) && said.contains(&format!("gone: {other} ")),
        "{said}"
    );
    let after = incidents(&workspace);
    assert_eq!(after.len(), before.len() - 1);
    assert!(told(&["-q", "rebuild", "--verify", "--workspace", &workspace]).starts_with("identical"));

    let id = said.split(' ').next().unwrap();
    rule(&workspace, "Basil", &["undo", id]);
    assert_eq!(incidents(&workspace), before);
    let list = told(&["-q", "rulings", "--workspace", &workspace]);
    assert!(list.contains("undone") && list.contains("Basil"), "{list}");
}

#[test]
fn what_is_archived_leaves_lists_and_report_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = demo(folder.path());
    let before = incidents(&workspace);
    let id = find(&before, "artillery", "Ain al-Fijah")["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let lines = |what: &[&str]| {
        let mut arguments = vec!["-q"];
        arguments.extend(what);
        arguments.extend(["--json", "--workspace", &workspace]);
        told(&arguments)
    };
    let (all, found) = (lines(&["incidents"]), lines(&["findings"]));
    let dry = rule(&workspace, "Amal", &["archive", &id, "--dry-run"]);
    assert!(
        dry.contains(&format!("is:  (archived) {id}")) && lines(&["incidents"]) == all,
        "{dry}"
    );
    let said = rule(&workspace, "Amal", &["archive", &id]);
    assert!(!lines(&["incidents"]).contains(&id) && !lines(&["findings"]).contains(&id));
    assert!(lines(&["incidents", "--archived"]).contains("\"archived\":true"));
    assert_eq!(
        lines(&["findings", "--archived"]),
        found,
        "findings stay as they are"
    );
    assert_eq!(incidents(&workspace).len(), before.len());
    assert!(!told(&["-q", "review", "--workspace", &workspace]).contains(&id));
    let file = folder.path().join("report.md");
    let report = [
        "-q",
        "report",
        "--format",
        "markdown",
        "-o",
        file.to_str().unwrap(),
        "--workspace",
        &workspace,
    ];
    told(&report);
    let report = fs::read_to_string(&file).unwrap();
    assert!(report.contains("1 archived by rulings and not counted") && report.contains("read both pages"));
    assert!(told(&["-q", "rebuild", "--verify", "--workspace", &workspace]).starts_with("identical"));
    rule(&workspace, "Basil", &["undo", said.split(' ').next().unwrap()]);
    assert_eq!((lines(&["incidents"]), lines(&["findings"])), (all, found));
    assert_eq!(incidents(&workspace), before);
}

#[test]
fn an_incident_is_split_into_three_by_one_ruling() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = demo(folder.path());
    let before = incidents(&workspace);
    let clash = find(&before, "armed-clash", "Damascus");
    let claims: Vec<&str> = clash["basis"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it.as_str().unwrap())
        .collect();
    let (one, two, rest) = (claims[0], claims[1..3].join(","), claims[3..].join(","));
    let split = ["split", "--group", one, "--group", &two, "--group", &rest];
    let said = rule(&workspace, "Amal", &split);
    assert_eq!(said.matches("\nnew: ").count(), 3, "{said}");
    assert!(said.contains(&format!("gone: {}", clash["id"].as_str().unwrap())));
    assert_eq!(incidents(&workspace).len(), before.len() + 2);
    rule(&workspace, "Amal", &["undo", said.split(' ').next().unwrap()]);
    assert_eq!(incidents(&workspace), before);
}

#[test]
fn verified_takes_two_people_and_review_says_who_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = demo(folder.path());
    let id = find(&incidents(&workspace), "artillery", "Daraa")["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let status = || {
        let all = incidents(&workspace);
        let it = all.iter().find(|it| it["id"] == *id).unwrap();
        (
            it["fields"]["status"]["occurrence"].clone(),
            it["fields"]["grade"].clone(),
        )
    };
    let (first, _) = status();
    let said = rule(&workspace, "Amal", &["verify", &id, "occurrence"]);
    assert!(said.contains("pending: a second person"), "{said}");
    assert_eq!(status().0, first);
    let queue = told(&["-q", "review", "--workspace", &workspace]);
    assert!(queue.lines().nth(1).unwrap().contains("second-person"), "{queue}");
    rule(&workspace, "Basil", &["verify", &id, "occurrence"]);
    assert_eq!(status(), ("verified".into(), "confirmed".into()));
    rule(&workspace, "Amal", &["accept", &id]);
    let queue = told(&["-q", "review", "--workspace", &workspace]);
    assert!(!queue.contains(&id), "{queue}");
}

#[test]
fn a_ruling_that_was_bent_is_not_applied_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = demo(folder.path());
    let before = incidents(&workspace);
    let id = find(&before, "car-bomb", "Azaz")["id"]
        .as_str()
        .unwrap()
        .to_owned();
    rule(&workspace, "Amal", &["refute", &id]);
    rule(&workspace, "Basil", &["refute", &id]);
    assert_ne!(incidents(&workspace), before);
    let openings = folder.path().join("openings");
    let mut files: Vec<_> = fs::read_dir(openings)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let last = files.last().unwrap();
    let text = fs::read_to_string(last).unwrap();
    fs::write(last, text.replace("read both pages", "read no page at all")).unwrap();
    told(&["-q", "rebuild", "--workspace", &workspace]);
    assert_eq!(incidents(&workspace).len(), before.len());
    let all = records(folder.path());
    let notes: Vec<_> = of_kind(&all, "note");
    let told_so = |note: &&Value| {
        note["fields"]["what"]
            .as_str()
            .is_some_and(|what| what.contains("a ruling is not applied"))
    };
    assert!(notes.iter().any(told_so), "{notes:#?}");
    // One of the two is left, and one does not suffice.
    let rulings = of_kind(&all, "ruling");
    assert_eq!(
        rulings
            .iter()
            .map(|it| it["fields"]["standing"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["pending"]
    );
}

#[test]
fn a_ruling_needs_a_name_a_reason_and_something_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = demo(folder.path());
    let refused = |what: &[&str], by: &str, because: &str, why: &str| {
        let mut arguments = vec!["-q", "ruling"];
        arguments.extend(what);
        arguments.extend(["--workspace", &workspace, "--by", by, "--because", because]);
        let out = truceline(&arguments);
        let error = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{error}");
        assert!(error.contains(why) && error.contains("hint:"), "{error}");
    };
    refused(
        &["refute", "inc_0000000000000000"],
        "Amal",
        "seen",
        "there is no claim and no incident",
    );
    refused(
        &["undo", "rul_0000000000000000"],
        "Amal",
        "seen",
        "there is no ruling",
    );
    refused(
        &["grade", "Harbour Post", "G"],
        "Amal",
        "seen",
        "one letter, A to F",
    );
    refused(&["grade", "Harbour Post", "B"], " ", "seen", "the person's name");
    refused(&["grade", "Harbour Post", "B"], "Amal", " ", "needs a reason");
}
