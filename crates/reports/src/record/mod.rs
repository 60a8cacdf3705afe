//! Every object of the picture in its published form, in a fixed order. `docs/formats.md` describes each
//! kind; a kind or a field that changes its meaning needs a new `model::record::VERSION`.

mod claim;
mod incident;
mod page;
mod part;
mod track;

pub(crate) use page::severity;
use page::span;

use crate::lookup::{Lookup, Quote};
use model::record::{Reason, Record, VERSION};
use model::{Because, Picture, Span, sha256_hex};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Every object of the picture as a published record.
///
/// Pages come first, then what was read from them, then what follows from that; within a kind, by
/// document and place on the page, or by time. The order in which the picture holds its lists does not
/// matter. Each pair of kind and id stands once.
///
/// ```
/// let picture = model::Picture::default();
/// assert!(reports::records(&picture).is_empty());
/// ```
pub fn records(picture: &Picture) -> Vec<Record> {
    let lookup = Lookup::new(picture);
    let mut all = Vec::new();
    all.extend(page::documents(&lookup));
    all.extend(page::passages(&lookup));
    all.extend(claim::claims(&lookup));
    all.extend(claim::statements(&lookup));
    all.extend(track::positions(&lookup));
    all.extend(track::meetings(&lookup));
    all.extend(track::rounds(&lookup));
    all.extend(track::control_changes(&lookup));
    all.extend(track::movements(&lookup, "delivery", &picture.tracks.deliveries));
    all.extend(track::movements(&lookup, "return", &picture.tracks.returns));
    all.extend(track::complaints(&lookup));
    all.extend(claim::figures(&lookup));
    all.extend(claim::actor_mentions(&lookup));
    all.extend(claim::places(&lookup));
    all.extend(claim::times(&lookup));
    all.extend(page::artefacts(&lookup));
    all.extend(incident::contradictions(&lookup));
    all.extend(incident::incidents(&lookup));
    all.extend(incident::origins(&lookup));
    all.extend(incident::findings(&lookup));
    all.extend(incident::deadlines(&lookup));
    all.extend(page::notes(&lookup));
    let mut seen = BTreeSet::new();
    all.retain(|record| seen.insert((record.kind.clone(), record.id.clone())));
    all
}

/// Kinds in the order in which [`records`] gives them.
pub const KINDS: [&str; 22] = [
    "document",
    "passage",
    "claim",
    "statement",
    "position",
    "meeting",
    "round",
    "control_change",
    "delivery",
    "return",
    "complaint",
    "figure",
    "actor_mention",
    "place",
    "time",
    "artefact",
    "contradiction",
    "incident",
    "origin",
    "finding",
    "deadline",
    "note",
];

/// One JSON object a line.
pub(crate) fn json_lines(picture: &Picture) -> Vec<u8> {
    let mut bytes = Vec::new();
    for record in records(picture) {
        // A record is plain data with text keys, which JSON can always hold.
        if let Ok(line) = serde_json::to_vec(&record) {
            bytes.extend(line);
            bytes.push(b'\n');
        }
    }
    bytes
}

/// A record that has only its kind, its id and its fields yet.
fn record(kind: &str, id: impl Into<String>, fields: Value) -> Record {
    Record {
        v: VERSION,
        kind: kind.to_owned(),
        id: id.into(),
        document: None,
        start: None,
        end: None,
        quote: None,
        fields,
        basis: Vec::new(),
        because: Vec::new(),
    }
}

/// Places a record on its page.
fn on_page(record: Record, document: String, span: Span, quote: impl Into<String>) -> Record {
    Record {
        document: Some(document),
        start: Some(span.start),
        end: Some(span.end),
        quote: Some(quote.into()),
        ..record
    }
}

/// Places a derived record: on its page when all its words stand on one page, with the first of them as
/// its quote; on none otherwise. All the words are in the fields either way.
fn resting_on(mut record: Record, quotes: &[Quote]) -> Record {
    let documents: BTreeSet<_> = quotes.iter().map(|quote| quote.document.as_str()).collect();
    if let Some(fields) = record.fields.as_object_mut() {
        fields.insert("documents".into(), json!(documents));
        fields.insert("quotes".into(), quotes.iter().map(quote_value).collect());
    }
    match quotes.first() {
        Some(first) if documents.len() == 1 => {
            on_page(record, first.document.clone(), first.span, first.words.clone())
        }
        _ => record,
    }
}

fn quote_value(quote: &Quote) -> Value {
    json!({
        "document": quote.document,
        "start": quote.span.start,
        "end": quote.span.end,
        "quote": quote.words,
    })
}

fn reasons<'a>(because: impl IntoIterator<Item = &'a Because>) -> Vec<Reason> {
    because.into_iter().map(Reason::from).collect()
}

fn ids<T: ToString>(ids: impl IntoIterator<Item = T>) -> Vec<String> {
    ids.into_iter().map(|id| id.to_string()).collect()
}

/// The id of a published object that has none in the model: its kind and what makes it this one, hashed;
/// as long as the model's ids.
fn derived_id(prefix: &str, parts: &[&str]) -> String {
    let joined = json!(parts).to_string();
    format!("{prefix}_{}", &sha256_hex(joined.as_bytes())[..16])
}

/// Degrees to five decimals: about a metre, far finer than any place in the news.
pub(crate) fn degrees(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}

/// Whole metres.
pub(crate) fn whole_metres(metres: model::Metres) -> f64 {
    metres.0.round()
}
