use crate::input;
use model::Severity;
use sources::{Event, INPUT_BYTES_MAX, list};
use std::path::Path;

/// Reads a bad input; gives the number of pages and the first note's words.
#[track_caller]
fn check(name: &str, bytes: impl Into<Vec<u8>>, pages: usize, note: &str) {
    let read = input(name, bytes);
    assert_eq!(read.pages.len(), pages, "{:?}", read.notes);
    let notes: Vec<&str> = read.notes.iter().map(|note| note.what.as_str()).collect();
    assert!(
        note.is_empty() == notes.is_empty()
            && notes.iter().any(|what| what.contains(note)) != note.is_empty(),
        "{notes:?}"
    );
}

#[test]
fn an_empty_input_is_lost() {
    check("a", "", 0, "is empty");
    check("a", " \r\n\t ", 0, "is empty");
}

#[test]
fn binary_data_is_refused_by_its_name() {
    check("a.html", b"%PDF-1.7 ...".to_vec(), 0, "a PDF file");
    check("a.txt", b"PK\x03\x04....".to_vec(), 0, "zip archive");
    check(
        "a.txt",
        (0..=255u8).cycle().take(4000).collect::<Vec<u8>>(),
        0,
        "binary data",
    );
}

#[test]
fn more_than_the_limit_is_not_read() {
    check("a.txt", vec![b'a'; INPUT_BYTES_MAX + 1], 0, "is the limit");
}

#[test]
fn nested_tags_a_million_ampersands_and_commas_are_only_carried() {
    check("a.html", "<div>".repeat(100_000), 1, "");
    check("a.html", format!("<p>{}", "&amp;".repeat(1_000_000)), 1, "");
    check("a.csv", ",".repeat(1_000_000), 1, "");
    check(
        "a.txt",
        "a\0b\0\0c ".repeat(3) + &"words that go on and on ".repeat(40),
        1,
        "",
    );
}

#[test]
fn good_lines_before_and_after_a_bad_one_are_kept() {
    let list = "{\"title\": \"a\"}\n{\"title\": \"b\", \"te\n{\"title\": \"c\"}\n42\n{\"other\": 1}\n{\"title\": \"d\"";
    let read = input("l.jsonl", list);
    assert_eq!(read.pages.len(), 2);
    let lines: Vec<&str> = read
        .notes
        .iter()
        .map(|note| note.what.split(" could").next().unwrap())
        .collect();
    assert_eq!(lines, ["line 2", "line 4", "line 5", "line 6"]);
    assert!(read.notes.iter().all(|note| note.severity == Severity::Lost));
}

#[test]
fn a_cut_array_keeps_what_came_before_the_cut() {
    let read = input("l.json", "[{\"title\": \"a\"},\n{\"title\": \"b\"},\n{\"tit");
    assert_eq!(read.pages.len(), 2);
    assert!(read.notes[0].what.starts_with("line 3"), "{:?}", read.notes);
}

#[test]
fn json_that_nests_without_end_is_one_bad_line() {
    check(
        "l.json",
        format!("{{\"text\": {}", "[".repeat(500_000)),
        0,
        "line 1",
    );
    check(
        "l.json",
        format!("{{\"other\": {}", "[".repeat(500_000)),
        0,
        "line 1",
    );
    let long = input(
        "l.json",
        format!("{{\"text\": [{}\"b\"]}}", "\"a\",".repeat(1_000_000)),
    );
    assert!(
        long.pages[0].bytes.len() < 20_000,
        "a list of a million paragraphs is cut"
    );
    let many = "{]\n".repeat(5_000);
    let read = input("l.jsonl", format!("{{\"title\": \"a\"}}\n{many}"));
    assert_eq!((read.pages.len(), read.notes.len()), (1, 21));
}

#[test]
fn bombs_in_a_feed_go_off_in_vain() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>\
        <rss><channel><item><title>T &b; &c;</title><description>d</description></item></channel></rss>";
    let read = input("f.xml", laughs);
    let title = read.pages[0].given.title.clone().unwrap();
    assert_eq!(title, "T &b; &c;");
    let deep = format!("<rss><channel><item><description>{}", "<a>".repeat(200_000));
    let read = input("f.xml", deep);
    assert!(read.notes[0].what.contains("levels deep"), "{:?}", read.notes);
    let empty = format!(
        "<rss><channel>{}</channel></rss>",
        "<item></item>".repeat(500_000)
    );
    let read = input("f.xml", empty);
    assert!(
        read.pages.is_empty()
            && read
                .notes
                .iter()
                .any(|note| note.what.contains("more than 5000 items")),
        "{:?}",
        read.notes
    );
    let wide = format!(
        "<rss><channel><item {}><title>t</title></item></channel></rss>",
        "a='1' ".repeat(100_000)
    );
    assert!(input("f.xml", wide).pages.len() <= 1);
}

#[test]
fn a_feed_that_breaks_off_keeps_its_first_items() {
    let read = input(
        "f.xml",
        "<rss><channel><item><title>a</title></item>\n<item><title>b</title><descr",
    );
    assert!(!read.pages.is_empty());
    assert!(
        read.notes.iter().any(|note| note.severity == Severity::Partial),
        "{:?}",
        read.notes
    );
}

#[test]
fn a_mail_of_a_hundred_thousand_parts_is_refused() {
    let head = "From: a@b.example\nTo: c@d.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n";
    check(
        "m.eml",
        format!("{head}{}", "--x\n\ntext\n".repeat(100_000)),
        0,
        "parts",
    );
    let nested: String = (0..900)
        .map(|i| format!("--b{i}\nContent-Type: multipart/mixed; boundary=b{}\n\n", i + 1))
        .collect();
    let read = input("m.eml", format!("{}{nested}", head.replace("=x", "=b0")));
    assert!(read.pages.is_empty() && read.notes.len() == 1, "{:?}", read.notes);
}

#[test]
fn what_is_not_there_is_noted_and_nothing_else_happens() {
    let mut events = Vec::new();
    list(Path::new("no/such/folder"), &mut |event| events.push(event));
    let [Event::Note(note)] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert!(note.what.contains("no such file"), "{}", note.what);
}

#[test]
fn any_bytes_are_read_without_panic() {
    let heads: [&[u8]; 8] = [
        b"",
        b"<rss>",
        b"<feed>",
        b"{\"a\":",
        b"[{",
        b"From: a@b\nTo: c\nDate: x\n\n",
        b"<html>",
        b"\xFF\xFE",
    ];
    for seed in 0..300u32 {
        let noise = (0..400u32).map(|i| {
            let byte = (seed
                .wrapping_mul(2_654_435_761)
                .wrapping_add(i.wrapping_mul(i).wrapping_mul(40_503))
                >> 11) as u8;
            if seed % 2 == 0 {
                byte
            } else {
                b"<>&;{}[]\",:= /-!itemx\n"[byte as usize % 22]
            }
        });
        let bytes: Vec<u8> = heads[seed as usize % 8].iter().copied().chain(noise).collect();
        input("x", bytes);
    }
}
