//! The report on paper: the same bytes each time, links that lead somewhere, structure, words in every script.

use crate::{bytes, world};
use reports::Form;
use std::process::Command;

fn count(bytes: &[u8], mark: &str) -> usize {
    let mark = mark.as_bytes();
    bytes.windows(mark.len()).filter(|part| *part == mark).count()
}

#[test]
fn a_report_on_paper_is_tagged_numbered_and_the_same_each_time() {
    let mut picture = world::picture();
    picture.incidents[0].weapon = "قذيفة هاون (2) and снаряд, İğne".into();
    let file = bytes(&picture, Form::Pdf);
    assert!(file.starts_with(b"%PDF-") && file.trim_ascii_end().ends_with(b"%%EOF"));
    assert_eq!(file, bytes(&picture, Form::Pdf), "no clock and no chance");
    for mark in [
        "/StructTreeRoot",
        "/Outlines",
        "/Lang",
        "/MarkInfo",
        "/S/Figure",
        "/S/TH",
        "/S/Link",
        "/S/BlockQuote",
    ] {
        assert!(count(&file, mark) > 0, "{mark}");
    }
    for clock in ["/CreationDate", "/ModDate"] {
        assert_eq!(count(&file, clock), 0, "{clock}");
    }
    let links = count(&file, "/Subtype/Link");
    assert!(links >= 6, "{links} links");
    assert_eq!(
        links,
        count(&file, "/S/Link"),
        "each link is one for listeners too"
    );
    assert!(
        file.len() < 400_000,
        "only the letters that are used go along: {} bytes",
        file.len()
    );
}

#[test]
fn its_words_can_be_read_out_of_it() {
    let mut picture = world::picture();
    picture.incidents[0].weapon = "Mortar قذيفة هاون and снаряд, İğne".into();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, bytes(&picture, Form::Pdf)).expect("it can be written");
    let Ok(output) = Command::new("pdftotext")
        .args(["-layout"])
        .arg(&path)
        .arg("-")
        .output()
    else {
        println!("skipped: pdftotext is not on this machine");
        return;
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{output:?}");
    for words in [
        "Daily report, fictional lakes",
        "as of ",
        "Page 1 of ",
        "снаряд",
        "İğne",
        "Log checkpoint",
        "Mortar",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(
        !text.contains(['\u{2068}', '\u{2069}']),
        "marks of direction are not words"
    );
    // Readers give Arabic in the order in which it is read or in that in which it is seen.
    let joined: String = text
        .chars()
        .filter(|c| ('\u{600}'..='\u{6ff}').contains(c))
        .collect();
    let back: String = joined.chars().rev().collect();
    assert!(joined.contains("قذيفة") || back.contains("قذيفة"), "{joined}");
    let sheets = text.matches('\u{c}').count();
    assert!(text.contains(&format!("Page {sheets} of {sheets}")), "{sheets}");
}
