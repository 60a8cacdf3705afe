use super::*;
use crate::charset::decode;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let page = decode(text.as_bytes(), false, "page");
    let pieces = paragraphs(&page);
    let got: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(got, expected);
    for piece in &pieces {
        let span = piece.span();
        assert_eq!(&text[span.start..span.end], piece.text, "verbatim");
    }
}

#[test]
fn blank_lines_and_line_ends_part_paragraphs() {
    check(
        "One line\n\nTwo  lines\nThree\r\nFour\r\n\r\nFive",
        &["One line", "Two  lines", "Three", "Four", "Five"],
    );
    check("\u{FEFF}  \n\n", &[]);
}

#[test]
fn a_wrapped_paragraph_stays_whole() {
    let wrapped = "The council of the town said on Monday that the bridge had been\nreopened to traffic after the shelling of last week, and that\nthe market would stay shut.";
    check(wrapped, &[wrapped]);
}

#[test]
fn long_lines_are_paragraphs_of_their_own() {
    let one = "The council of the town said on Monday that the bridge had been reopened to traffic after the shelling of last week.";
    check(&format!("{one}\n{one}"), &[one, one]);
    check(
        "More news: Fuel prices rise again as winter comes to the north of the land\nMore news: Cup final moved to Sunday after rain on the coast of the south",
        &[
            "More news: Fuel prices rise again as winter comes to the north of the land",
            "More news: Cup final moved to Sunday after rain on the coast of the south",
        ],
    );
}
