//! Two real pages of May 2017, read together. They lie beside the project and are no part of it; a clone
//! without them skips these tests.

use crate::{of_kind, records, told};
use std::path::{Path, PathBuf};

fn read() -> Option<(tempfile::TempDir, PathBuf)> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    if !seeds.is_dir() {
        println!("skipped: {} is not here", seeds.display());
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("ws");
    told(&[
        "-q",
        "assess",
        seeds.to_str().unwrap(),
        "--workspace",
        workspace.to_str().unwrap(),
    ]);
    Some((folder, workspace))
}

#[test]
fn two_incidents_of_the_week_and_an_earlier_one_and_no_violation() {
    let Some((_keep, workspace)) = read() else { return };
    let all = records(&workspace);
    let incidents = of_kind(&all, "incident");
    let background = incidents
        .iter()
        .filter(|record| record["fields"]["background"] == true)
        .count();
    assert_eq!((incidents.len(), background), (3, 1));
    let findings = of_kind(&all, "finding");
    assert!(
        !findings.is_empty()
            && findings
                .iter()
                .all(|record| record["fields"]["verdict"] != "violation")
    );
    let done = |kind: &str| {
        of_kind(&all, kind)
            .iter()
            .filter(|record| record["fields"]["progress"] == "done")
            .count()
    };
    assert_eq!((done("delivery"), done("return")), (0, 0), "aims are not events");
    assert_eq!(of_kind(&all, "complaint").len(), 1);
}

#[test]
fn every_quote_is_the_slice_of_its_page() {
    let Some((_keep, workspace)) = read() else { return };
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let mut checked = 0;
    for record in records(&workspace) {
        let (Some(name), Some(start), Some(end), Some(quote)) = (
            record["document"].as_str(),
            record["start"].as_u64(),
            record["end"].as_u64(),
            record["quote"].as_str(),
        ) else {
            continue;
        };
        let raw = std::fs::read(seeds.join(name)).unwrap();
        let slice = String::from_utf8_lossy(&raw[start as usize..end as usize]).into_owned();
        assert_eq!(slice, quote, "{} {}", record["kind"], record["id"]);
        checked += 1;
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn the_page_without_a_date_is_dated_to_an_interval_with_the_reason() {
    let Some((_keep, workspace)) = read() else { return };
    let all = records(&workspace);
    let documents = of_kind(&all, "document");
    let inferred: Vec<_> = documents
        .iter()
        .filter(|record| record["fields"]["published_how"] == "inferred")
        .collect();
    assert_eq!(inferred.len(), 1);
    assert_eq!(inferred[0]["fields"]["published"], "2017-05-04/2017-05-06");
    assert!(!inferred[0]["because"].as_array().unwrap().is_empty());
}
