//! Written agreements through the front door: each verdict, the walk through the terms, what turns when a term
//! changes, what was known earlier, and what a broken file is told.

use crate::walk::data;
use crate::{of_kind, records, told, truceline};
use std::fs;
use std::path::Path;

/// Four invented reports of one day, one for each verdict on something that happened.
const PAGES: [(&str, &str); 4] = [
    (
        "violation",
        "Syrian government forces shelled the town of Saraqib on Sunday, killing two people.",
    ),
    (
        "no violation",
        "Syrian government forces shelled the city of Raqqa on Sunday, wounding one man.",
    ),
    (
        "excluded",
        "Islamic State fighters detonated a car bomb in Maarrat al-Numan on Sunday, killing three people.",
    ),
    (
        "not assessable",
        "Mortar shells hit the city of Idlib on Sunday, killing one woman. It was not known who had fired them.",
    ),
];

/// The memorandum that the tests look at.
const MEMORANDUM: &str = "astana-2017-05-04";

/// Reads the reports given, one page each, into a workspace.
fn assess(workspace: &Path, pages: &[(&str, &str)], more: &[&str]) {
    let list = workspace.with_extension("jsonl");
    let lines: Vec<String> = pages
        .iter()
        .map(|(name, text)| {
            let page = serde_json::json!({
                "url": format!("https://post.example/{}", name.replace(' ', "-")),
                "outlet": "Harbour Post",
                "published": "2017-05-08T10:00:00Z",
                "text": text,
            });
            page.to_string()
        })
        .collect();
    fs::write(&list, lines.join("\n")).unwrap();
    let folder = workspace.to_str().unwrap();
    let mut arguments = vec!["-q", "assess", list.to_str().unwrap(), "--workspace", folder];
    arguments.extend(more);
    told(&arguments);
}

/// Verdict and incident of each finding under the memorandum, by the words of the report.
fn findings(workspace: &Path) -> Vec<(String, String)> {
    let records = records(workspace);
    let all = of_kind(&records, "finding").into_iter().map(|finding| {
        let text = |name: &str| finding["fields"][name].as_str().unwrap_or_default().to_owned();
        (text("agreement"), text("verdict"), text("incident"))
    });
    all.filter(|(agreement, ..)| agreement == MEMORANDUM)
        .map(|(_, verdict, incident)| (verdict, incident))
        .collect()
}

#[test]
fn each_verdict_is_reached_and_walked_through() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("desk");
    assess(&workspace, &PAGES, &[]);
    let found = findings(&workspace);
    for (verdict, words) in PAGES {
        let incidents: Vec<&String> = found
            .iter()
            .filter(|(found, _)| found == verdict)
            .map(|(_, incident)| incident)
            .collect();
        assert_eq!(incidents.len(), 1, "{verdict} for \"{words}\": {found:?}");
        let walk = told(&[
            "agreement",
            "explain",
            incidents[0],
            "--workspace",
            workspace.to_str().unwrap(),
        ]);
        for needed in [
            verdict.to_uppercase().as_str(),
            "Was the term in force when it happened?",
            "Did it happen where the term applies?",
        ] {
            assert!(walk.contains(needed), "{needed} is missing:\n{walk}");
        }
    }
}

#[test]
fn a_changed_exemption_turns_the_finding_that_rests_on_it() {
    let (keep, data) = data();
    let workspace = keep.path().join("desk");
    assess(&workspace, &PAGES, &[]);
    let unchanged = told(&[
        "reassess",
        data.to_str().unwrap(),
        "--diff",
        "--workspace",
        workspace.to_str().unwrap(),
    ]);
    let file = data.join("agreements").join(MEMORANDUM).join("agreement.toml");
    let text = fs::read_to_string(&file).unwrap();
    let exempt = "[[exemption]]";
    assert!(text.contains(exempt), "the memorandum exempts somebody");
    let parts: Vec<&str> = text.split(exempt).collect();
    // every exemption with its keys, up to the next table
    let kept: String = parts[1..]
        .iter()
        .map(|part| part.find("\n[").map_or("", |end| &part[end..]))
        .collect();
    fs::write(&file, format!("{}{kept}", parts[0])).unwrap();
    let changed = told(&[
        "reassess",
        data.to_str().unwrap(),
        "--diff",
        "--workspace",
        workspace.to_str().unwrap(),
    ]);
    assert!(!unchanged.contains("excluded →"), "{unchanged}");
    assert!(
        changed.contains("excluded") && changed.contains("Maarrat") | changed.contains("Ma‘arrat"),
        "{changed}"
    );
}

#[test]
fn the_findings_of_an_earlier_head_can_be_had_again() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("desk");
    assess(&workspace, &PAGES[..1], &[]);
    let head = folder.path().join("head");
    fs::copy(workspace.join("log/checkpoint"), &head).unwrap();
    let at = |workspace: &Path, more: &[&str]| {
        let mut arguments = vec!["findings", "--workspace", workspace.to_str().unwrap()];
        arguments.extend(more);
        told(&arguments)
    };
    let then = at(&workspace, &[]);
    assess(&workspace, &PAGES[1..], &[]);
    assert_ne!(at(&workspace, &[]), then);
    assert_eq!(at(&workspace, &["--as-known-at", head.to_str().unwrap()]), then);
}

#[test]
fn a_broken_agreement_is_told_every_fault_with_its_line() {
    let (_keep, data) = data();
    let file = data.join("agreements").join(MEMORANDUM).join("agreement.toml");
    let text = fs::read_to_string(&file).unwrap();
    let line = text
        .lines()
        .position(|line| line.starts_with("[[term]]"))
        .unwrap()
        + 1;
    let broken = text
        .replacen("[[term]]", "[[term]]\ncolour = \"red\"", 1)
        .replacen("[[party]]", "[[party]]\nactor = \"nobody-at-all\"\n[[party]]", 1);
    fs::write(&file, broken).unwrap();
    let output = truceline(&["agreement", "check", file.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    for needed in ["colour", "nobody-at-all", "right:", "No finding is made from it"] {
        assert!(said.contains(needed), "{needed} is missing:\n{said}");
    }
    let told_line = said
        .lines()
        .filter_map(|told| {
            told.trim_start()
                .strip_prefix("--> ")?
                .rsplit(':')
                .next()?
                .parse::<usize>()
                .ok()
        })
        .any(|told| (line..line + 4).contains(&told));
    assert!(told_line, "no fault stands near line {line}:\n{said}");
    let pages = data.with_extension("txt");
    fs::write(&pages, PAGES[0].1).unwrap();
    let refused = truceline(&[
        "assess",
        pages.to_str().unwrap(),
        "--data",
        data.to_str().unwrap(),
        "--workspace",
        data.with_extension("desk").to_str().unwrap(),
    ]);
    assert_ne!(refused.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("data check"));
}

#[test]
fn an_agreement_is_printed_as_a_page() {
    let page = told(&["agreement", "show", MEMORANDUM]);
    for needed in ["DATES", "TERMS", "hostilities", "Source:", "EXEMPTIONS"] {
        assert!(page.contains(needed), "{needed} is missing:\n{page}");
    }
}
