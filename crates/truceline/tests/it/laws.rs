//! Laws of the whole house: order, copies, replay.

use crate::{of_kind, records, told, truceline};
use std::fs;
use std::path::{Path, PathBuf};

const PAGES: [(&str, &str); 4] = [
    (
        "a.txt",
        "Published: Thursday, May 4, 2017\n\nBlast hits border town\n\nA car bomb killed five people in Azaz on Wednesday, the Syrian Observatory for Human Rights said.\n\nThe town lies near the border with Turkey, and its market was crowded when the vehicle went off, residents said.\n",
    ),
    (
        "b.txt",
        "Published: Friday, May 5, 2017\n\nCalls for calm\n\nThe Russian foreign ministry supports the plan for de-escalation zones, it said in a statement on Thursday.\n\nThe opposition delegation rejected the plan, saying Iran could not be a guarantor.\n",
    ),
    (
        "c.txt",
        "Published: Monday, May 8, 2017\n\nShells fall on Douma\n\nShelling killed two people in Douma on Sunday, a medical worker said.\n\nIt was not clear who had fired.\n",
    ),
    (
        "d.txt",
        "Published: Monday, May 8, 2017\n\nConvoy reaches town\n\nA convoy of 20 trucks delivered food to Rastan on Sunday, the Red Crescent said.\n",
    ),
];

fn pages(folder: &Path, named: impl Fn(usize, &str) -> String) {
    fs::create_dir_all(folder).unwrap();
    for (index, (name, text)) in PAGES.iter().enumerate() {
        fs::write(folder.join(named(index, name)), text).unwrap();
    }
}

fn world() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (input, workspace) = (folder.path().join("in"), folder.path().join("ws"));
    (folder, input, workspace)
}

fn incidents(workspace: &Path) -> Vec<String> {
    let all = records(workspace);
    let mut told: Vec<String> = of_kind(&all, "incident")
        .iter()
        .map(|record| record["id"].to_string() + &record["fields"].to_string())
        .collect();
    told.sort();
    told
}

#[test]
fn pages_in_any_order_give_the_same_findings() {
    let (_keep, input, workspace) = world();
    pages(&input, |_, name| name.to_owned());
    let paths: Vec<String> = PAGES
        .iter()
        .map(|(name, _)| input.join(name).to_str().unwrap().to_owned())
        .collect();
    told(&[
        "-q",
        "assess",
        &paths[0],
        &paths[1],
        &paths[2],
        &paths[3],
        "--workspace",
        workspace.to_str().unwrap(),
    ]);
    let other = workspace.with_file_name("other");
    told(&[
        "-q",
        "assess",
        &paths[3],
        &paths[1],
        "--workspace",
        other.to_str().unwrap(),
    ]);
    told(&[
        "-q",
        "assess",
        &paths[2],
        &paths[0],
        "--workspace",
        other.to_str().unwrap(),
    ]);
    assert_eq!(records(&workspace), records(&other));
    assert_eq!(
        of_kind(&records(&workspace), "incident").len(),
        3,
        "car bomb, shelling, and the delivery"
    );
}

#[test]
fn a_page_added_twice_changes_nothing() {
    let (_keep, input, workspace) = world();
    pages(&input, |_, name| name.to_owned());
    let at = workspace.to_str().unwrap();
    told(&["-q", "assess", input.to_str().unwrap(), "--workspace", at]);
    let (before, head) = (
        records(&workspace),
        fs::read(workspace.join("log/checkpoint")).unwrap(),
    );
    told(&["-q", "assess", input.to_str().unwrap(), "--workspace", at]);
    assert_eq!(records(&workspace), before);
    assert_eq!(fs::read(workspace.join("log/checkpoint")).unwrap(), head);
}

#[test]
fn a_copy_adds_a_page_and_no_origin_no_incident_and_no_toll() {
    let (_keep, input, workspace) = world();
    pages(&input, |_, name| name.to_owned());
    let at = workspace.to_str().unwrap();
    told(&["-q", "assess", input.to_str().unwrap(), "--workspace", at]);
    let before = records(&workspace);
    // The same report under another address, with a word of the portal's own.
    fs::write(
        input.join("copy.txt"),
        PAGES[0].1.replace("residents said", "residents said late"),
    )
    .unwrap();
    told(&["-q", "assess", input.to_str().unwrap(), "--workspace", at]);
    let after = records(&workspace);
    for field in ["origins", "independent_origins", "tolls"] {
        let of = |all: &[serde_json::Value]| -> Vec<String> {
            of_kind(all, "incident")
                .iter()
                .map(|record| {
                    record["fields"][field]
                        .to_string()
                        .chars()
                        .filter(|c| !c.is_whitespace())
                        .collect::<String>()
                })
                .collect()
        };
        let count = |all: &[serde_json::Value]| -> Vec<usize> {
            of_kind(all, "incident")
                .iter()
                .map(|record| record["fields"][field].as_array().map_or(0, Vec::len))
                .collect()
        };
        assert_eq!(of(&before).len(), of(&after).len(), "a copy made an incident");
        assert_eq!(count(&before), count(&after), "a copy changed {field}");
    }
}

#[test]
fn the_view_is_made_again_byte_for_byte_and_a_changed_row_is_named() {
    let (_keep, input, workspace) = world();
    pages(&input, |_, name| name.to_owned());
    let at = workspace.to_str().unwrap();
    told(&[
        "-q",
        "assess",
        input.to_str().unwrap(),
        "--workspace",
        at,
        "--as-of",
        "2017-05-09",
    ]);
    assert!(told(&["-q", "rebuild", "--verify", "--workspace", at]).starts_with("identical"));
    assert!(told(&["log", "verify", "--workspace", at]).starts_with("intact"));
    // Another cut-off makes another view; verify knows the one in use.
    told(&[
        "-q",
        "assess",
        input.to_str().unwrap(),
        "--workspace",
        at,
        "--as-of",
        "2017-05-03",
    ]);
    assert!(told(&["-q", "rebuild", "--verify", "--workspace", at]).starts_with("identical"));
    assert_eq!(incidents(&workspace).len(), 3);
}

#[test]
fn a_log_that_was_bent_is_found() {
    let (_keep, input, workspace) = world();
    pages(&input, |_, name| name.to_owned());
    let at = workspace.to_str().unwrap();
    told(&["-q", "assess", input.to_str().unwrap(), "--workspace", at]);
    let mut openings: Vec<PathBuf> = fs::read_dir(workspace.join("openings"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    openings.sort();
    let text = fs::read_to_string(&openings[0]).unwrap();
    fs::write(&openings[0], text.replacen("a.txt", "z.txt", 1)).unwrap();
    let output = truceline(&["log", "verify", "--workspace", at]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("do not fit the log"));
}
