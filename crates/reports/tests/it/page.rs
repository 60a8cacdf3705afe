//! The page and the Markdown: safe, whole, readable by everybody.

use crate::{check, world};
use reports::Form;
use std::collections::BTreeSet;

fn html() -> String {
    check(&world::picture(), Form::Html)
}

/// Every start tag: name and attributes as written.
fn tags(html: &str) -> Vec<(&str, &str)> {
    html.split('<')
        .skip(1)
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|rest| {
            let tag = rest.split('>').next().unwrap_or_default();
            tag.split_once([' ', '\n']).unwrap_or((tag, ""))
        })
        .collect()
}

fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!(" {name}=\"");
    html.match_indices(&open)
        .map(|(at, _)| html[at + open.len()..].split('"').next().unwrap_or_default())
        .collect()
}

#[test]
fn the_page_runs_nothing_and_asks_nobody() {
    let html = html();
    assert!(html.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
    for (name, attributes) in tags(&html) {
        assert!(
            ![
                "script", "iframe", "object", "embed", "link", "img", "form", "base"
            ]
            .contains(&name),
            "<{name}>"
        );
        // what stands between quotation marks is a value, not a name
        let names = attributes.split('"').step_by(2).flat_map(str::split_whitespace);
        for attribute in names {
            let key = attribute.split('=').next().unwrap_or_default();
            assert!(
                !key.starts_with("on") && key != "src" && key != "srcset",
                "{attribute}"
            );
        }
    }
    assert!(attributes(&html, "href").iter().all(|to| to.starts_with('#')));
    let style = html
        .split("<style>")
        .nth(1)
        .and_then(|rest| rest.split("</style>").next())
        .unwrap_or_default();
    assert!(
        !style.contains("@import") && !style.contains("url(h") && !style.contains("url(/"),
        "style loads"
    );
}

#[test]
fn words_of_pages_are_text_and_hidden_marks_are_shown() {
    let html = html();
    assert!(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"));
    assert!(!html.contains('\u{202e}'));
    assert!(html.contains("\u{27e6}U+202E\u{27e7}gnihton"));
}

#[test]
fn a_name_of_ten_thousand_letters_does_not_drown_the_page() {
    let html = html();
    assert!(!html.contains(&"very long name ".repeat(20)));
    assert!(html.contains("very long name very long name"));
}

#[test]
fn every_tag_is_closed_and_every_link_leads_somewhere() {
    let html = html();
    let void = ["meta", "br"];
    let mut open: Vec<&str> = Vec::new();
    for rest in html.split('<').skip(1) {
        let tag = rest.split('>').next().unwrap_or_default();
        let name = tag
            .trim_start_matches('/')
            .split([' ', '\n', '/'])
            .next()
            .unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "closed too early");
        } else if !tag.starts_with('!') && !tag.ends_with('/') && !void.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    let ids = attributes(&html, "id");
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "an id stands twice");
    for to in attributes(&html, "href")
        .into_iter()
        .chain(attributes(&html, "aria-labelledby"))
    {
        assert!(ids.contains(&to.trim_start_matches('#')), "{to} leads nowhere");
    }
}

#[test]
fn headings_do_not_skip_a_level_and_tables_have_heads() {
    let html = html();
    let levels = tags(&html)
        .into_iter()
        .filter_map(|(name, _)| match name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        });
    let mut last = 0;
    for level in levels {
        assert!(level <= last + 1, "h{level} after h{last}");
        last = level;
    }
    assert!(html.contains("<html lang=\"en\">"));
    assert_eq!(html.matches("<table>").count(), html.matches("<caption>").count());
    for row in html.split("<thead><tr>").skip(1) {
        let head = row.split("</tr>").next().unwrap_or_default();
        assert_eq!(
            head.matches("<th ").count(),
            head.matches("scope=\"col\"").count()
        );
    }
    assert!(
        !html.contains("<blockquote><p>"),
        "a quotation without a direction"
    );
}

#[test]
fn the_list_beside_the_map_holds_every_incident_once() {
    let html = html();
    let map = html
        .split("id=\"map\"")
        .nth(1)
        .and_then(|rest| rest.split("id=\"coverage\"").next())
        .unwrap_or_default();
    assert_eq!(map.matches("<li value=").count(), 6);
    assert!(map.contains("On the map: 5") && map.contains("Not on the map: 1"));
    assert!(map.contains("no place told"));
    // Each incident on the map is told by the mark that stands for it; two of five share a mark.
    let marks = map.split("<g class=\"incident").skip(1);
    let marks: Vec<_> = marks.filter_map(|mark| mark.split("</title>").next()).collect();
    assert_eq!(marks.len(), 4);
    for title in [
        "1. Attack",
        "2. Armed clash",
        "3. Car bomb",
        "4. Shelling",
        "5. Air strike",
    ] {
        assert_eq!(
            marks.iter().filter(|mark| mark.contains(title)).count(),
            1,
            "{title}"
        );
    }
    // Every incident on the map has a circle, and the legend has two more.
    assert_eq!(map.matches("class=\"reach").count(), 5 + 2);
    assert!(map.contains("class=\"zone approximate\""));
    for words in [
        "not assessable</text>",
        "not judged</text>",
        " km</text>",
        ">N</text>",
        "as of 2031-05-06",
    ] {
        assert!(map.contains(words), "{words}");
    }
}

#[test]
fn a_report_says_whose_word_what_is_missing_and_what_it_cannot_prove() {
    let html = html();
    for words in [
        "Based on pages captured up to <time>2031-05-06</time>",
        "DEMONSTRATION",
        "3 pages, 2 origins, 1 independent of the parties",
        "alleged by the Ministry of Health",
        "denied by the Northern Column",
        "they share a sentence of 14 words",
        "Was it done by a party that the terms bind?",
        "Prohibition: ",
        "article 2, paragraph 1",
        "the Lake Observatory says 5 killed, the Ministry of Health says 7",
        "wanted monitors first",
        "Fetch the page again.",
        "not that its content is true",
        "Log checkpoint: lakes.example/log, size 42",
        "Nothing is known about them; they are not quiet days.",
    ] {
        assert!(html.contains(words), "{words:?} is missing");
    }
}

#[test]
fn the_words_of_the_report_take_no_side() {
    let html = html().to_lowercase();
    for word in ["regime", "rebel", "terrorist", "confirmed", "militant"] {
        assert!(!html.contains(word), "{word}");
    }
}

#[test]
fn markdown_holds_no_markup_of_a_page() {
    let text = check(&world::picture(), Form::Markdown);
    for (at, _) in text.match_indices('<') {
        let ours = text[at..].starts_with("<a id=\"") || text[at..].starts_with("</a>");
        let escaped = at > 0 && text.as_bytes()[at - 1] == b'\\';
        let code = text[..at]
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .matches('`')
            .count()
            % 2
            == 1;
        assert!(
            ours || escaped || code,
            "{:?}",
            &text[at..(at + 40).min(text.len())]
        );
    }
    assert!(text.contains("\\[link\\](http:"));
    // Each row of a table has as many cells as its head.
    for table in text.split("\n\n").filter(|block| block.starts_with("| ")) {
        let cells: Vec<_> = table
            .lines()
            .map(|row| row.replace("\\|", "").matches('|').count())
            .collect();
        assert!(cells.iter().all(|count| *count == cells[0]), "{table}");
    }
}

#[test]
fn our_own_words_judge_nobody() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/judging.tsv");
    let text = std::fs::read_to_string(path).expect("the table");
    let list = reports::Judging::parse("judging.tsv", &text).expect("no faults");
    let mut picture = world::picture();
    assert_eq!(reports::judging(&picture, &list), []);
    picture.agreements[0].zones[0].name = "the zone of the brutal regime".into();
    let found = reports::judging(&picture, &list);
    let words: Vec<&str> = found.iter().map(|judged| judged.word.as_str()).collect();
    assert_eq!(words, ["brutal", "regime"]);
    assert!(found[0].place.starts_with("zone "));
}

#[test]
fn zones_stand_beside_the_period_before_and_every_figure_leads_somewhere() {
    let text = check(&world::picture(), Form::Markdown);
    let (_, part) = text.split_once("Zones and the period before").expect("the part");
    let (part, _) = part.split_once("\n## ").expect("another part after it");
    assert!(
        part.contains("Period before") && part.contains("Days seen"),
        "{part}"
    );
    assert!(
        part.contains("0\u{2013}7"),
        "killed, in an incident that is perhaps there: {part}"
    );
    assert!(part.contains("(#inc_"), "{part}");
}
