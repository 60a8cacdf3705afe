//! The published records.

use crate::{check, world};
use model::record::Record;
use reports::{Form, KINDS, records};
use std::collections::BTreeSet;

#[test]
fn each_line_is_a_record_and_reads_back() {
    let text = check(&world::picture(), Form::Export(&reports::JSON_LINES));
    let read: Vec<Record> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a record"))
        .collect();
    let made: Vec<Record> = records(&world::picture()).collect();
    assert_eq!(read, made);
    assert!(read.iter().all(|record| record.v == model::record::VERSION));
}

#[test]
fn kinds_come_in_their_order_and_each_id_stands_once() {
    let all: Vec<Record> = records(&world::picture()).collect();
    let kinds: Vec<_> = all.iter().map(|record| record.kind.as_str()).collect();
    let mut seen: Vec<_> = kinds.clone();
    seen.dedup();
    assert_eq!(seen, KINDS);
    for kind in ["passage", "claim", "statement", "actor_mention"] {
        let places = all
            .iter()
            .filter(|record| record.kind == kind)
            .map(|it| (&it.document, it.start, it.end));
        assert!(places.is_sorted(), "{kind} is not in the order of the pages");
    }
    let ids: BTreeSet<_> = all.iter().map(|record| (&record.kind, &record.id)).collect();
    assert_eq!(ids.len(), all.len());
}

#[test]
fn quotes_are_the_bytes_of_their_page() {
    let mut checked = 0;
    for record in records(&world::picture()) {
        let fields = record.fields["quotes"].as_array().cloned().unwrap_or_default();
        let own = record
            .quote
            .clone()
            .map(|quote| (record.document.clone(), record.start, record.end, quote));
        let inner = fields.iter().map(|it| {
            let number = |name: &str| it[name].as_u64().and_then(|value| usize::try_from(value).ok());
            let text = |name: &str| it[name].as_str().map(str::to_owned);
            (
                text("document"),
                number("start"),
                number("end"),
                text("quote").expect("a quote"),
            )
        });
        for (document, start, end, quote) in own.into_iter().chain(inner) {
            let name = document.expect("a quote stands on a page");
            let (_, body) = world::PAGES
                .iter()
                .find(|(known, _)| *known == name)
                .expect("a page");
            let words = body.get(start.expect("a start")..end.expect("an end"));
            assert_eq!(words, Some(quote.as_str()), "{} {}", record.kind, record.id);
            checked += 1;
        }
    }
    assert!(checked > 80, "{checked}");
}

#[test]
fn everything_rests_on_something_that_is_published() {
    let all: Vec<Record> = records(&world::picture()).collect();
    let ids: BTreeSet<_> = all.iter().map(|record| record.id.as_str()).collect();
    for record in &all {
        for id in &record.basis {
            assert!(
                ids.contains(id.as_str()),
                "{} {} rests on {id}",
                record.kind,
                record.id
            );
        }
        let alone = [
            "document",
            "note",
            "agreement",
            "zone",
            "deadline",
            "zone_day",
            "outlet_day",
        ]
        .contains(&record.kind.as_str());
        assert!(
            alone || !record.basis.is_empty(),
            "{} {} rests on nothing",
            record.kind,
            record.id
        );
        let why = record.kind == "note" || !record.because.is_empty();
        assert!(why, "{} {} has no reason", record.kind, record.id);
    }
}

#[test]
fn what_rests_on_several_pages_names_them_all_and_stands_on_none() {
    let all: Vec<Record> = records(&world::picture()).collect();
    let karsa = all
        .iter()
        .find(|it| it.kind == "incident" && it.fields["act"] == "car-bomb")
        .expect("an incident");
    assert_eq!((karsa.document.as_ref(), karsa.start), (None, None));
    assert_eq!(karsa.fields["documents"].as_array().map(Vec::len), Some(3));
    assert_eq!(karsa.fields["quotes"].as_array().map(Vec::len), Some(4));
    let round = all.iter().find(|it| it.kind == "round").expect("a round");
    assert_eq!(round.document.as_deref(), Some("talks.txt"));
}

#[test]
fn a_denial_stays_a_denial() {
    let all: Vec<Record> = records(&world::picture()).collect();
    let statement = all.iter().find(|it| it.kind == "statement").expect("a statement");
    let claim = all
        .iter()
        .find(|it| it.fields["statement"] == statement.id.as_str())
        .expect("its claim");
    assert_eq!(claim.fields["polarity"], "denied");
    assert_eq!(statement.fields["speaker"], "the Northern Column");
    assert_eq!(statement.fields["said"]["edtf"], "../2031-05-05");
    assert_eq!(statement.fields["said_from"], "no later than the page");
}

#[test]
fn every_kind_is_documented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/formats.md");
    let text = std::fs::read_to_string(path).expect("the description of the formats");
    for kind in KINDS {
        assert!(text.contains(&format!("### `{kind}`")), "{kind} is not described");
    }
    for record in records(&world::picture()) {
        let section = text
            .split(&format!("### `{}`", record.kind))
            .nth(1)
            .unwrap_or_default();
        let section = section.split("\n### ").next().unwrap_or_default();
        for field in record
            .fields
            .as_object()
            .into_iter()
            .flat_map(|fields| fields.keys())
        {
            assert!(
                section.contains(&format!("`{field}`")),
                "{}.{field} is not described",
                record.kind
            );
        }
    }
    let all: Vec<Record> = records(&world::picture()).collect();
    let examples = text.lines().filter(|line| line.starts_with("{\"v\""));
    let examples: Vec<Record> = examples
        .map(|line| serde_json::from_str(line).expect("a record"))
        .collect();
    assert_eq!(
        examples
            .iter()
            .map(|record| record.kind.as_str())
            .collect::<Vec<_>>(),
        KINDS
    );
    for example in &examples {
        assert!(
            all.contains(example),
            "the example of {} is not what is published",
            example.kind
        );
    }
}
