//! The worked examples beside each agreement.

use crate::world;
use agreements::{Case, cases, run};

fn all(id: &str) -> Vec<Case> {
    let files = world::files(id);
    let (_, text) = files
        .iter()
        .find(|(name, _)| name == "cases.md")
        .expect("cases.md");
    let (cases, faults) = cases("cases.md", text, &world::agreement(id), &world::known());
    assert!(
        faults.is_empty(),
        "{}",
        faults
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    );
    cases
}

#[test]
fn every_worked_example_gets_the_finding_it_tells() {
    for id in world::IDS {
        let versions = world::versions(id);
        let wrong: Vec<String> = all(id)
            .iter()
            .filter_map(|case| run(case, &versions, &world::actors()).err())
            .collect();
        assert!(
            wrong.is_empty(),
            "{} of {id} go wrong:\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    }
}

#[test]
fn every_kind_of_term_gets_the_finding_that_its_example_tells() {
    let files = world::lakes_files();
    let (_, text) = files
        .iter()
        .find(|(name, _)| name == "cases.md")
        .expect("cases.md");
    let accord = world::lakes();
    let (cases, faults) = cases("cases.md", text, &accord, &world::known());
    assert!(faults.is_empty(), "{faults:#?}");
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| run(case, std::slice::from_ref(&accord), &world::actors()).err())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let clauses: std::collections::BTreeSet<&str> = accord
        .terms
        .iter()
        .map(|term| term.limits.clause.as_str())
        .collect();
    assert!(clauses.len() >= 4, "{clauses:?}");
}

#[test]
fn every_agreement_has_a_dozen_worked_examples_and_every_verdict_is_shown() {
    for id in world::IDS {
        let cases = all(id);
        assert!(cases.len() >= 12, "{id} has {}", cases.len());
        let findings: Vec<model::Verdict> = cases
            .iter()
            .flat_map(|case| case.findings(&world::agreement(id), &world::actors()))
            .map(|finding| finding.verdict)
            .collect();
        for (verdict, word) in model::Verdict::ALL {
            let shown = findings.contains(&verdict) || verdict == model::Verdict::Pending;
            assert!(shown, "{id} shows no finding \"{word}\"");
        }
    }
}

#[test]
fn a_worked_example_that_tells_the_wrong_finding_fails() {
    let id = world::IDS[0];
    let files = world::files(id);
    let (_, text) = files
        .iter()
        .find(|(name, _)| name == "cases.md")
        .expect("cases.md");
    let turned = text.replacen("hostilities: violation", "hostilities: no violation", 1);
    let (cases, faults) = cases("cases.md", &turned, &world::agreement(id), &world::known());
    assert!(faults.is_empty());
    let told =
        run(&cases[0], &world::versions(id), &world::actors()).expect_err("the finding is a violation");
    assert!(
        told.contains("expected \"no violation\", found \"violation\""),
        "{told}"
    );
}
