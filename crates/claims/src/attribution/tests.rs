//! Promises of the reader of attributions, on sentences of our own.

use super::*;
use crate::tests::page;

fn words(text: &str, span: &Span) -> String {
    text[span.start..span.end].to_owned()
}

/// Source, cue and content of each attribution of a paragraph; pieces of content joined by a bar.
fn read(text: &str) -> Vec<(String, String, String)> {
    let all = attributions(&page(&[text], "2017-05-08"));
    all.iter()
        .map(|one| {
            let content: Vec<String> = one.content.iter().map(|span| words(text, span)).collect();
            (
                one.source
                    .as_ref()
                    .map_or_else(String::new, |span| words(text, span)),
                words(text, &one.cue),
                content.join("|"),
            )
        })
        .collect()
}

fn is_read(text: &str, source: &str, cue: &str, content: &str) {
    let all = read(text);
    let expected = (source.to_owned(), cue.to_owned(), content.to_owned());
    assert!(all.contains(&expected), "{expected:?} is not in {all:?}");
}

#[test]
fn speaker_cue_and_content_are_found_before_after_and_around() {
    is_read(
        "The mayor said the road was closed.",
        "The mayor",
        "said",
        "the road was closed",
    );
    is_read(
        "According to the ministry, the bridge was destroyed.",
        "the ministry",
        "According to",
        "the bridge was destroyed",
    );
    let direct = "\u{201c}We will not leave,\u{201d} the commander said.";
    let all = attributions(&page(&[direct], "2017-05-08"));
    assert_eq!(all.len(), 1);
    assert!(all[0].direct);
    assert_eq!(
        all[0].source.as_ref().map(|span| words(direct, span)).as_deref(),
        Some("the commander")
    );
}

#[test]
fn a_sentence_that_nobody_is_said_to_say_gives_nothing() {
    assert_eq!(read("The road was closed at noon."), []);
}

#[test]
fn a_quotation_is_followed_into_the_next_sentence() {
    let text =
        "\u{201c}The road is closed,\u{201d} the mayor said. \u{201c}Nobody can leave the town.\u{201d}";
    let all = attributions(&page(&[text], "2017-05-08"));
    assert!(
        all.iter().any(|one| one
            .content
            .iter()
            .any(|span| words(text, span).contains("Nobody can leave"))),
        "{all:?}"
    );
}

#[test]
fn hostile_text_is_read_in_linear_time_and_every_span_lies_in_it() {
    let texts = [
        "\"".repeat(100_000),
        "\u{201c}".repeat(50_000) + &"\u{201d}".repeat(50_000),
        "\"he said ".repeat(10_000),
        "\u{201c}she said \u{201c}he said \u{201d}".repeat(4_000),
        "the mayor said the road was closed and ".repeat(25_000),
        "said ".repeat(20_000),
        "\u{201d}\u{201d} said\u{ab}".to_owned(),
    ];
    for text in &texts {
        for one in attributions(&page(&[text], "2017-05-08")) {
            for span in one.source.iter().chain([&one.cue]).chain(&one.content) {
                assert!(span.start < span.end && text.get(span.start..span.end).is_some());
            }
        }
    }
    // All of reading, not attribution alone.
    for text in &texts[..3] {
        crate::extract(&page(&[text], "2017-05-08"), crate::tests::lexicon());
    }
}

#[test]
fn a_broken_model_is_no_model() {
    assert!(Model::from_bytes(&[]).is_none());
    assert!(Model::from_bytes(&[200, 0, 0, 0, 1]).is_none());
}
