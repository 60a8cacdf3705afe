use crate::clean;
use model::{ArtefactKind, Given, Media, PublishedHow, Severity};

const BODY: &str =
    "<p>The army said on Monday that four people were killed in the town when shells hit its market.</p>";

#[track_caller]
fn check(html: String, note: &str) {
    let document = clean(html, Media::Html, Given::default());
    assert!(
        document.notes.iter().any(|n| n.what.contains(note)),
        "{:?}",
        document.notes
    );
    assert!(
        document
            .main()
            .any(|passage| passage.text.contains("four people")),
        "the article is read all the same"
    );
}

#[test]
fn a_page_beyond_a_guard_is_read_by_the_simple_reader_and_says_so() {
    check(format!("{BODY}{}", "<div>".repeat(100_000)), "levels of nesting");
    check(
        format!("{BODY}<div {}>", "a=1 ".repeat(50_000)),
        "attributes on one element",
    );
    check(
        format!("{BODY}<p>{}", "&amp;".repeat(800_000)),
        "character references",
    );
    check(format!("{BODY}<p>{}", "x ".repeat(3_000_000)), "larger than");
}

#[test]
fn an_empty_page_is_lost() {
    for media in [Media::Html, Media::Text] {
        let document = clean("", media, Given::default());
        assert!(document.notes.iter().any(|note| note.severity == Severity::Lost));
        assert!(document.signature.is_empty() && document.language.is_none());
    }
}

#[test]
fn a_million_commas_are_no_news() {
    assert!(
        clean(",".repeat(1_000_000), Media::Text, Given::default())
            .passages
            .is_empty()
    );
}

#[test]
fn a_date_in_the_year_25_is_told_and_not_believed() {
    let given = Given {
        published: Some("0025-05-04".to_owned()),
        ..Given::default()
    };
    let document = clean(BODY, Media::Html, given);
    assert_eq!(document.published.how, PublishedHow::None);
    assert!(
        document.notes.iter().any(|note| note.what.contains("0025")),
        "{:?}",
        document.notes
    );
}

#[test]
fn nul_bytes_and_hidden_marks_are_left_out_and_told() {
    let document = clean(
        "The army\0 said on Mon\u{202E}day that it was ca\u{200B}lm there.",
        Media::Text,
        Given::default(),
    );
    assert_eq!(
        document.passages[0].text,
        "The army said on Monday that it was calm there."
    );
    let marks = document
        .artefacts
        .iter()
        .filter(|artefact| artefact.kind == ArtefactKind::HiddenMark)
        .count();
    assert_eq!(marks, 3);
    let last = document.passages[0].text.find("calm").unwrap();
    let span = document.passages[0].raw(last..last + 4);
    assert_eq!(span.end - span.start, "ca\u{200B}lm".len());
}

#[test]
fn letters_decoded_twice_are_told_with_what_they_were() {
    let document = clean(
        "The caf\u{c3}\u{a9} was hit on Monday, the council of the town said.",
        Media::Text,
        Given::default(),
    );
    let artefact = &document.artefacts[0];
    assert_eq!(
        (artefact.quote.as_str(), artefact.proposed.as_str()),
        ("\u{c3}\u{a9}", "\u{e9}")
    );
}

#[test]
fn letters_that_only_look_alike_are_told_with_those_they_look_like() {
    let document = clean(
        "The H\u{0430}rbour F\u{043E}rces and the Caf\u{e9} Orient said on Monday that Erdo\u{11f}an and B\u{131}\u{e7}ak were there.",
        Media::Text,
        Given::default(),
    );
    let told: Vec<&str> = document
        .artefacts
        .iter()
        .map(|artefact| artefact.proposed.as_str())
        .collect();
    assert_eq!(told, ["Harbour", "Forces"]);
}

#[test]
fn any_bytes_are_read_without_panic() {
    let lexicon = crate::lexicon();
    for seed in 0..150u32 {
        let noise = (0..600u32).map(|i| {
            let byte = (seed
                .wrapping_mul(2_654_435_761)
                .wrapping_add(i.wrapping_mul(i).wrapping_mul(40_503))
                >> 11) as u8;
            if seed % 3 == 0 {
                byte
            } else {
                b"<>&;/p div=\"'!-#x20 17May.,\n"[byte as usize % 28]
            }
        });
        for media in [Media::Html, Media::Text] {
            let page = model::Page {
                name: "noise".into(),
                bytes: noise.clone().collect(),
                media,
                given: Given::default(),
            };
            let once = text::clean(&page, &[], &lexicon);
            assert_eq!(
                once,
                text::clean(&page, &[], &lexicon),
                "the same bytes, the same document"
            );
        }
    }
}

#[test]
fn what_a_site_shows_in_place_of_the_article_is_a_lost_page_and_no_copy_of_another() {
    let walls = [
        "One moment, please...\n\nPlease wait while your request is being verified...",
        "404 Not Found\n\nThe requested address was not found on this server.",
        "English (US) Español Français\n\nSign Up Log In Video Privacy Policy",
    ];
    for wall in walls {
        let document = clean(wall, Media::Text, Given::default());
        assert!(
            document.main().next().is_none() && document.signature.is_empty(),
            "{wall}"
        );
        let told = |note: &model::Note| {
            note.severity == Severity::Lost && note.what.contains("in place of the article")
        };
        assert!(document.notes.iter().any(told), "{:?}", document.notes);
    }
    // Within an article such words are words.
    let article = format!(
        "{BODY}<p>404 not found</p>{}",
        "<p>The council met again on Tuesday to talk about the market.</p>".repeat(8)
    );
    assert!(
        clean(article, Media::Html, Given::default())
            .main()
            .next()
            .is_some()
    );
}

#[test]
fn the_date_of_a_post_is_found_where_it_is_glued_to_its_author_and_its_text() {
    let post = "The market was shelled\n\nTown NewsMarch 25, 2025 · Shared with PublicFour people were killed in the town \
        when shells hit its market.";
    let document = clean(post, Media::Text, Given::default());
    assert_eq!(document.published.edtf.to_string(), "2025-03-25");
    assert_eq!(document.published.how, PublishedHow::Visible);
}
