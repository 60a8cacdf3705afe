//! Whatever the text: no panic, sound spans, bounded time.

use std::path::Path;

use language::{Analysis, Language, analyse, number, segment, time};
use proptest::prelude::*;

/// Analyses `text`, reads numbers and times from it, and checks every span.
#[track_caller]
fn check(text: &str) -> Analysis {
    let analysis = analyse(text, Language::english());
    let mut last = 0;
    for sentence in &analysis.sentences {
        assert!(!sentence.tokens.is_empty());
        assert_eq!(sentence.span.start, sentence.tokens[0].span.start);
        for token in &sentence.tokens {
            assert!(
                token.span.start >= last && token.span.start < token.span.end,
                "{:?}",
                token
            );
            assert_eq!(text.get(token.span.clone()), Some(token.text.as_str()));
            last = token.span.end;
            assert!(token.head.is_none_or(|head| head < sentence.tokens.len()));
        }
        assert_eq!(sentence.span.end, last);
        for quantity in number::quantities(sentence, text) {
            assert!(text.get(quantity.words.clone()).is_some());
            assert!(
                quantity.high.is_none_or(|high| high >= quantity.low),
                "{quantity:?}"
            );
        }
        for expression in time::expressions(sentence, text) {
            assert!(
                text.get(expression.span.clone())
                    .is_some_and(|words| !words.is_empty())
            );
            let day = jiff::civil::date(2017, 5, 6);
            for tense in [time::Tense::Past, time::Tense::Future, time::Tense::Unknown] {
                time::timex3(&expression.value, Some(day), tense);
                let resolved = time::resolve(&expression.value, time::Anchor::on(day, tense));
                assert!(resolved.is_none_or(|r| r.earliest <= r.latest));
            }
            time::resolve(&expression.value, time::Anchor::unknown());
        }
    }
    let kept: usize = analysis
        .sentences
        .iter()
        .flat_map(|s| &s.tokens)
        .map(|t| t.text.len())
        .sum();
    let visible: usize = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(char::len_utf8)
        .sum();
    assert!(kept >= visible, "every letter and digit lies in some token");
    analysis
}

#[test]
fn naughty_strings_are_read_without_panic() {
    let file = Path::new("../../../shared/vectors/naughty-strings.json.gz");
    let Ok(bytes) = std::fs::read(file) else {
        println!("skipped: {} is not here", file.display());
        return;
    };
    let mut json = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut json).unwrap();
    let strings: Vec<String> = serde_json::from_str(&json).unwrap();
    assert!(strings.len() > 100);
    for string in &strings {
        check(string);
    }
    check(&strings.join(" "));
    check(&strings.concat());
}

#[test]
fn a_hundred_thousand_quotation_marks_are_read() {
    check(&"\"".repeat(100_000));
    for marks in ["“”", "'", "(\"'"] {
        check(&marks.repeat(2_000));
    }
}

#[test]
fn a_megabyte_without_a_space_is_read() {
    check(&"a".repeat(1 << 20));
    check(&"1".repeat(1 << 20));
    check(&"é".repeat(1 << 19));
}

#[test]
fn endless_repetitions_are_read() {
    let units = [
        "a-",
        "1-",
        "1.",
        "1,",
        "a.",
        "A&",
        "it's",
        "5am.",
        "one ",
        "May 5, ",
        "between ",
        "hundreds of ",
    ];
    for unit in units {
        check(&unit.repeat(2_000));
        // cutting alone, at a size where anything worse than linear shows
        segment(&unit.repeat((1 << 20) / unit.len()), Language::english());
    }
}

#[test]
fn a_long_text_without_any_full_stop_is_cut_and_read() {
    // longer than any sentence may be, many times over: time grows with the text, not with its square
    let small = "two weeks ago more than forty people left the town on the river and went home ";
    for text in [small.repeat(2_000), small.to_uppercase().repeat(2_000)] {
        let analysis = check(&text);
        assert!(analysis.sentences.iter().all(|s| s.tokens.len() <= 400));
        let roots = |tokens: &[language::Token]| tokens.iter().filter(|t| t.head.is_none()).count();
        assert!(analysis.sentences.iter().all(|s| roots(&s.tokens) == 1));
    }
}

#[test]
fn impossible_dates_are_read_and_resolve_to_nothing() {
    for text in [
        "31 February 2016",
        "May 45, 2016",
        "year 0025",
        "0025-01-01",
        "99 days ago",
        "9999999999 years ago",
    ] {
        check(text);
    }
}

#[test]
fn empty_and_blank_texts_have_no_sentence() {
    for text in ["", " ", "\n\n\t", "\u{200b}\u{feff}"] {
        assert!(check(text).sentences.is_empty());
    }
}

proptest! {
    #[test]
    fn any_string_is_read(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_mix_of_known_words_is_read(words in proptest::collection::vec(
        prop::sample::select(vec![
            "May", "31", "Monday", "last", "two", "hundred", "and", "dozens", "of", "early", "the", "end", "2016", ",",
            "-", "to", "between", "at", "least", "10:30", "p.m.", "ago", "since", "week", "'s", "half", "a", "million",
            "1990s", "every", "night", "next", "\n", "0", "more", "than", "February", "th", "quarter", "3.5", "years",
        ]), 0..20)) {
        check(&words.join(" "));
    }
}
