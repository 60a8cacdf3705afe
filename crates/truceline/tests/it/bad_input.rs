//! Bad input gets a message and a note; the rest of the run goes on, and nothing stored is lost.

use crate::{of_kind, records, told, truceline};
use std::fs;
use std::path::Path;

const GOOD: &str = "Published: Thursday, May 4, 2017\n\nA car bomb killed five people in Azaz on Wednesday, the Syrian Observatory for Human Rights said.\n";

/// Reads a bad file beside a good one; gives the notes on the bad one.
#[track_caller]
fn check(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let (input, workspace) = (folder.path().join("in"), folder.path().join("ws"));
    fs::create_dir(&input).unwrap();
    fs::write(input.join("good.txt"), GOOD).unwrap();
    fs::write(input.join(name), bytes).unwrap();
    told(&[
        "-q",
        "assess",
        input.to_str().unwrap(),
        "--workspace",
        workspace.to_str().unwrap(),
    ]);
    let all = records(&workspace);
    let incidents = of_kind(&all, "incident");
    assert!(
        incidents
            .iter()
            .any(|record| record["fields"]["act"].to_string().contains("car-bomb")),
        "the good page was lost: {incidents:?}"
    );
    assert!(
        told(&[
            "-q",
            "rebuild",
            "--verify",
            "--workspace",
            workspace.to_str().unwrap()
        ])
        .starts_with("identical")
    );
    let about = |record: &&&serde_json::Value| record.to_string().contains(name);
    of_kind(&all, "note")
        .iter()
        .filter(about)
        .map(ToString::to_string)
        .collect()
}

#[test]
fn an_empty_file_is_noted() {
    assert!(!check("empty.txt", b"").is_empty());
}

#[test]
fn a_binary_file_is_noted() {
    let bytes: Vec<u8> = (0..20_000u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    assert!(!check("photo.jpg", &bytes).is_empty());
}

#[test]
fn a_file_beyond_the_limit_is_noted_and_not_loaded() {
    assert!(!check("huge.txt", &vec![b'a'; 100 << 20]).is_empty());
}

#[test]
fn half_a_megabyte_of_nested_tags_does_not_stop_the_run() {
    check(
        "deep.html",
        format!("<html><body>{}text", "<div>".repeat(100_000)).as_bytes(),
    );
}

#[test]
fn a_wrong_charset_label_nul_bytes_and_a_million_ampersands_do_not_stop_the_run() {
    check("label.html", b"<html><head><meta charset=\"utf-16\"></head><body><p>Plain words in plain letters.</p></body></html>");
    check(
        "nul.txt",
        b"Some\0 text\0 with\0 NUL bytes in a sentence that goes on for a while.",
    );
    check(
        "amp.html",
        format!("<html><body><p>{}</p></body></html>", "&amp;".repeat(1_000_000)).as_bytes(),
    );
}

#[test]
fn truncated_json_lines_keep_the_good_lines() {
    let good = r#"{"url":"https://courier.example/1","outlet":"Courier","published":"2017-05-08","title":"Shells","text":"Shelling killed two people in Douma on Sunday, a doctor said."}"#;
    let notes = check(
        "lines.jsonl",
        format!("{good}\n{{\"url\": \"https://courier.exa").as_bytes(),
    );
    assert!(!notes.is_empty());
}

#[test]
fn a_line_of_a_million_commas_and_a_date_in_the_year_25_do_not_stop_the_run() {
    check("commas.csv", ",".repeat(1_000_000).as_bytes());
    check(
        "year.txt",
        b"Published: 4 May 0025\n\nA car bomb killed two people in Homs on Monday, a doctor said.\n",
    );
}

#[test]
fn a_path_that_is_not_there_is_told_with_the_next_step() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("ws");
    let output = truceline(&[
        "assess",
        "/no/such/folder",
        "--workspace",
        workspace.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("left out") && told.contains("/no/such/folder"),
        "{told}"
    );
}

#[test]
fn a_workspace_that_cannot_be_written_is_told_and_nothing_is_lost() {
    let output = truceline(&["assess", "-", "--workspace", "/dev/null/ws"]);
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&output.stderr).contains("hint:"));
}

#[test]
fn an_unknown_agreement_and_an_unknown_id_are_told_with_what_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("ws");
    let file = folder.path().join("good.txt");
    fs::write(&file, GOOD).unwrap();
    let output = truceline(&[
        "assess",
        file.to_str().unwrap(),
        "--workspace",
        at.to_str().unwrap(),
        "--agreement",
        "astana-2017-05-05",
    ]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Did you mean \"astana-2017-05-04\"?"));
    told(&[
        "-q",
        "assess",
        file.to_str().unwrap(),
        "--workspace",
        at.to_str().unwrap(),
    ]);
    let output = truceline(&[
        "explain",
        "inc_0000000000000000",
        "--workspace",
        at.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_fault_in_the_data_is_told_with_its_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    copy(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data")),
        &data,
    );
    let acts = data.join("acts.tsv");
    let text = fs::read_to_string(&acts).unwrap();
    fs::write(&acts, text.replacen("\tforce\t", "\tforse\t", 1)).unwrap();
    let output = truceline(&["data", "check", "--data", data.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        told.contains("acts.tsv:2") && told.contains("did you mean \"force\"?"),
        "{told}"
    );
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap().path();
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, &target).unwrap();
        }
    }
}
