//! Hostile text: through every way in, to claims and to the report. Nothing breaks, nothing is slow, every claim is
//! a slice of what its page shows, and what cannot be read is said so.

use super::changed::entry;
use crate::{of_kind, records, told};
use model::{Given, Media, Page};
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::time::Instant;

/// A sentence that gives a claim wherever it stands.
const CLAIM: &str = "A car bomb killed five people in Azaz on Wednesday, a doctor said.";

/// Strings that have broken readers; our own, for clones without the long list.
const OWN: [&str; 16] = [
    "",
    "\u{0}\u{1}\u{7F}",
    "\u{FEFF}\u{200B}\u{2060}",
    "\u{202E}dias rotcod a\u{202C}",
    "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    "\u{FFFE}\u{FFFF}",
    "<b onmouseover=x>&lt;&#x0;&bogus;</b",
    "]]><!--",
    "\";DROP TABLE claims;--",
    "=cmd|' /C calc'!A0",
    "999999999999999999999999999999999999999",
    "-0.0e-400",
    "{\"a\": [",
    "\u{5168}\u{89D2}\u{3000}\u{3002}",
    "\u{627}\u{644}\u{633}\u{644}\u{627}\u{645} \"\u{642}\u{627}\u{644}\"",
];

/// The list of naughty strings that lies beside the project, or our own.
fn strings() -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/naughty-strings.json.gz");
    let Ok(packed) = fs::read(&file) else {
        println!("only our own strings: {} is not here", file.display());
        return OWN.map(str::to_owned).to_vec();
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(&packed[..])
        .read_to_string(&mut text)
        .unwrap();
    let mut all: Vec<String> = serde_json::from_str(&text).unwrap();
    if std::env::var_os("RUN_SLOW_TESTS").is_none() {
        // Every twelfth for everyday, and the others when asked for.
        all = all.into_iter().step_by(12).collect();
    }
    all.extend(OWN.map(str::to_owned));
    all
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// Inputs that carry the strings, by file name.
fn inputs(strings: &[String]) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut items = String::new();
    let mut lines = String::new();
    for (index, string) in strings.iter().enumerate() {
        let plain = format!(
            "Published: Thursday, May 4, 2017\n\n{string}\n\n{CLAIM} {string}\n\n\"{string}\", said {string}.\n"
        );
        all.push((format!("{index}.txt"), plain.into_bytes()));
        let safe = escaped(string);
        let html = format!(
            "<html><head><title>{safe}</title><meta name=author content=\"{safe}\"><meta name=\"article:published_time\" \
             content=\"{safe}\"></head><body><h1>{safe}</h1><p>{CLAIM}</p><p>{string}</p><p>Shells hit {safe} on Sunday, {safe} \
             said.</p></body></html>"
        );
        all.push((format!("{index}.html"), html.into_bytes()));
        let mail = format!(
            "From: desk@courier.example\nTo: us@monitor.example\nDate: Thu, 4 May 2017 10:00:00 +0000\nSubject: {}\nMIME-Version: \
             1.0\nContent-Type: text/plain; charset=utf-8\n\n{string}\n\n{CLAIM}\n",
            string.replace(['\r', '\n'], " ")
        );
        all.push((format!("{index}.eml"), mail.into_bytes()));
        let _ = write!(
            items,
            "<item><title>{safe}</title><link>https://courier.example/{index}</link><pubDate>{safe}</pubDate><description>{safe} \
             {CLAIM}</description></item>"
        );
        let line = serde_json::json!({
            "url": format!("https://courier.example/{index}"), "outlet": string, "published": string, "title": string,
            "text": format!("{string}\n\n{CLAIM} {string}"),
        });
        let _ = writeln!(lines, "{line}");
    }
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>x</title>{items}</channel></rss>"
    );
    all.push(("feed.xml".into(), feed.into_bytes()));
    all.push(("lines.jsonl".into(), lines.into_bytes()));
    all
}

#[test]
fn naughty_strings_pass_through_every_way_in() {
    let strings = strings();
    let inputs = inputs(&strings);
    for (_, bytes) in &inputs {
        entry::page(bytes);
    }
    let folder = tempfile::tempdir().unwrap();
    let (input, workspace) = (folder.path().join("in"), folder.path().join("ws"));
    fs::create_dir(&input).unwrap();
    for (name, bytes) in &inputs {
        fs::write(input.join(name), bytes).unwrap();
    }
    told(&[
        "-q",
        "assess",
        input.to_str().unwrap(),
        "--workspace",
        workspace.to_str().unwrap(),
    ]);
    let all = records(&workspace);
    let claims = of_kind(&all, "claim").len();
    assert!(
        claims >= strings.len() * 3,
        "{claims} claims of {} strings",
        strings.len()
    );
    println!(
        "{} strings, {} inputs, {claims} claims",
        strings.len(),
        inputs.len()
    );
}

fn page(text: String) -> Page {
    Page {
        name: "page".into(),
        bytes: text.into_bytes(),
        media: Media::Text,
        given: Given::default(),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long hostile text takes is what is tested"
)]
fn clock() -> Instant {
    Instant::now()
}

/// Reads a text and holds its claims to it; gives their number.
#[track_caller]
fn check(text: String) -> usize {
    let now = clock();
    let bytes = text.len();
    let claims = entry::check(&page(text));
    let took = now.elapsed();
    println!("{bytes} bytes, {claims} claims, {took:.1?}");
    // A quadratic pass over a megabyte takes hours; a busy machine takes ten times what an idle one does.
    assert!(took.as_secs() < 120, "{took:?}");
    claims
}

/// Bytes of the long texts: a megabyte when asked for, a tenth of it for everyday.
fn long() -> usize {
    if std::env::var_os("RUN_SLOW_TESTS").is_some() {
        1_000_000
    } else {
        100_000
    }
}

#[test]
fn one_long_sentence_is_read() {
    check(format!(
        "{CLAIM} {}",
        "and shells hit the town of Homs ".repeat(long() / 32)
    ));
    check(format!("{CLAIM} {}", "a".repeat(long())));
    check(format!("{CLAIM} {}", "25 ".repeat(long() / 3)));
    check(format!("{CLAIM} {}", "he said that ".repeat(long() / 13)));
    check(format!("{CLAIM} {}", "Monday, ".repeat(long() / 8)));
    check(format!(
        "{CLAIM} {}",
        "General Ann Lee of Homs, ".repeat(long() / 25)
    ));
    check(format!(
        "{CLAIM} {}",
        "the attack on the town of the ".repeat(long() / 30)
    ));
}

#[test]
fn many_quotation_marks_are_read() {
    for marks in [
        "\"",
        "\u{201C}",
        "\u{201D}",
        "\u{201C}\u{201D}",
        "'",
        "\u{AB}",
        "\" \"",
        "\"a\" ",
        "(",
        "[(\"",
    ] {
        check(format!("{CLAIM}\n\n{} said {CLAIM}", marks.repeat(long() / 10)));
    }
}

#[test]
fn nested_quotations_are_read() {
    let mut text = "five people were killed".to_owned();
    for depth in 0..200 {
        text = if depth % 2 == 0 {
            format!("\"he told us: {text}\"")
        } else {
            format!("'she said: {text}'")
        };
    }
    check(format!("{CLAIM}\n\n{text}"));
}

#[test]
fn shouted_and_unpunctuated_text_is_read() {
    let text = "A CAR BOMB KILLED FIVE PEOPLE IN AZAZ ON WEDNESDAY, A DOCTOR SAID. THE ARMY DENIED THE REPORT ON THURSDAY.";
    assert!(check(text.to_owned()) >= 1);
    check("a car bomb killed five people in azaz on wednesday a doctor said the army denied it ".repeat(50));
}

#[test]
fn marks_that_cannot_be_seen_leave_spans_true() {
    for mark in [
        "\u{200B}", "\u{202E}", "\u{2066}", "\u{FEFF}", "\u{AD}", "\u{200E}",
    ] {
        let text = CLAIM
            .replace("killed", &format!("kil{mark}led"))
            .replace("Azaz", &format!("{mark}Azaz"));
        assert!(
            check(format!(
                "{text} {}",
                "It was quiet in the town after that, residents said."
            )) >= 1,
            "{mark:?}"
        );
    }
}

/// Claims and notes of a text.
fn told_of(text: &str) -> (usize, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let (file, workspace) = (folder.path().join("page.txt"), folder.path().join("ws"));
    fs::write(&file, text).unwrap();
    told(&[
        "-q",
        "assess",
        file.to_str().unwrap(),
        "--workspace",
        workspace.to_str().unwrap(),
    ]);
    let all = records(&workspace);
    let notes = of_kind(&all, "note").iter().map(ToString::to_string).collect();
    (of_kind(&all, "claim").len(), notes)
}

#[test]
fn text_in_another_language_is_said_so_and_not_guessed_at() {
    for (code, text) in [
        (
            "ru",
            "Совет сообщил в понедельник, что мост снова открыт для движения после недавней бури в старом городе.",
        ),
        (
            "de",
            "Bei einem Anschlag in der Stadt kamen am Mittwoch nach Angaben eines Arztes mehrere Menschen ums Leben, und die Armee bestritt jede Beteiligung.",
        ),
    ] {
        let (claims, notes) = told_of(text);
        assert_eq!(claims, 0, "{code}");
        assert!(
            notes.iter().any(|note| note.contains(&format!("\\\"{code}\\\""))),
            "{code}: {notes:?}"
        );
    }
}

#[test]
fn a_paragraph_in_another_language_is_noted_and_read_only_where_its_language_is() {
    let english = format!(
        "{CLAIM}\n\nThe council of the town said on Monday that the bridge had been opened again to all traffic.\n\nResidents told \
         the paper that the road to the market was still closed and that the shops would not open before the end of the week."
    );
    let arabic = "\u{642}\u{627}\u{644} \u{637}\u{628}\u{64A}\u{628} \u{625}\u{646} \u{633}\u{64A}\u{627}\u{631}\u{629} \u{645}\u{641}\u{62E}\u{62E}\u{629} \u{642}\u{62A}\u{644}\u{62A} \u{62E}\u{645}\u{633}\u{629} \u{623}\u{634}\u{62E}\u{627}\u{635} \u{641}\u{64A} \u{627}\u{644}\u{645}\u{62F}\u{64A}\u{646}\u{629} \u{64A}\u{648}\u{645} \u{627}\u{644}\u{623}\u{631}\u{628}\u{639}\u{627}\u{621} \u{628}\u{639}\u{62F} \u{627}\u{644}\u{638}\u{647}\u{631}.";
    let russian = "Врач рассказал, что в среду днем в городе взорвался заминированный автомобиль и погибли пять человек.";
    let (alone, _) = told_of(&english);
    let (mixed, notes) = told_of(&format!("{english}\n\n{russian}"));
    assert_eq!(alone, mixed);
    assert!(notes.iter().any(|note| note.contains("\\\"ru\\\"")), "{notes:?}");
    let (mixed, notes) = told_of(&format!("{english}\n\n{arabic}"));
    assert_eq!(alone + 1, mixed, "Arabic is read");
    assert!(
        notes.iter().any(|note| note.contains("Arabic is read for")),
        "{notes:?}"
    );
}
