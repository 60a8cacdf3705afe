use crate::tests_support::kinds;
use model::PassageKind::{self, *};

#[track_caller]
fn check(text: &str, expected: &[(PassageKind, &str)]) {
    let document = kinds(text);
    let got: Vec<(PassageKind, &str)> = document
        .passages
        .iter()
        .map(|passage| (passage.kind, passage.text.as_str()))
        .collect();
    assert_eq!(got, expected);
}

const BODY: &str = "The council said on Monday that the bridge had been opened again to all traffic.";
const MORE: &str = "Two shops were open by noon, a trader said.";

#[test]
fn the_head_of_a_plain_page_is_told_apart() {
    check(
        &format!(
            "EXAMPLE WIRE\nPublished: Sat, May 06, 2017\nWorld | By Casey Holloway\n\nBridge reopens in border town\n\n{BODY}\n\n{MORE}"
        ),
        &[
            (Boilerplate, "EXAMPLE WIRE"),
            (Dateline, "Published: Sat, May 06, 2017"),
            (Byline, "World | By Casey Holloway"),
            (Title, "Bridge reopens in border town"),
            (Lead, BODY),
            (Body, MORE),
        ],
    );
}

#[test]
fn a_title_met_again_is_damage_and_no_news() {
    let document = kinds(&format!(
        "Bridge reopens in border town\n\nBridge reopens in border town\n\n{BODY}\n\nLike this:Bridge reopens in border town"
    ));
    let again = document
        .artefacts
        .iter()
        .filter(|a| a.kind == model::ArtefactKind::RepeatedTitle)
        .count();
    assert_eq!(again, 2);
    assert_eq!(document.passages[3].text, "Like this:");
    assert_eq!(document.passages[3].kind, Boilerplate);
}

#[test]
fn a_glued_caption_is_parted_from_the_paragraph() {
    let glued =
        "Ministers Ann Lee, right, and Bo Roe shake hands Peace talks began on Monday in the old palace.";
    check(
        &format!("Talks begin in the capital\n\nThey want peace.\n\n{glued}"),
        &[
            (Title, "Talks begin in the capital"),
            (Lead, "They want peace."),
            (Caption, "Ministers Ann Lee, right, and Bo Roe shake hands"),
            (Body, "Peace talks began on Monday in the old palace."),
        ],
    );
    check(
        &format!(
            "Talks begin in the capital\n\nThe ministers shake hands every day, a guard at the palace said.\n\n{BODY}"
        ),
        &[
            (Title, "Talks begin in the capital"),
            (
                Lead,
                "The ministers shake hands every day, a guard at the palace said.",
            ),
            (Body, BODY),
        ],
    );
}

#[test]
fn links_to_other_news_and_furniture_are_no_news() {
    check(
        &format!(
            "Bridge reopens in border town\n\n{BODY}\n\nMore news: Bomb kills nine in far city\nShare\nTweet\nPrint\n\u{201c}We are glad,\u{201d}"
        ),
        &[
            (Title, "Bridge reopens in border town"),
            (Lead, BODY),
            (RelatedLink, "More news: Bomb kills nine in far city"),
            (Boilerplate, "Share"),
            (Boilerplate, "Tweet"),
            (Boilerplate, "Print"),
            (Quotation, "\u{201c}We are glad,\u{201d}"),
        ],
    );
}

#[test]
fn a_menu_in_plain_text_is_furniture() {
    check(
        &format!("World\nSport\nMoney\n\nBridge reopens in border town\n\n{BODY}"),
        &[
            (Boilerplate, "World"),
            (Boilerplate, "Sport"),
            (Boilerplate, "Money"),
            (Title, "Bridge reopens in border town"),
            (Lead, BODY),
        ],
    );
}
