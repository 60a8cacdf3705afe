//! Every object of the picture in its published form, in a fixed order. `docs/formats.md` describes each
//! kind; a kind or a field that changes its meaning needs a new `model::record::VERSION`.

mod agreement;
mod claim;
mod coverage;
mod foreign;
mod incident;
mod page;
mod part;
mod ruling;
mod track;

pub(crate) use coverage::{why, zones};
pub use foreign::{deaths, foreign_record, plain_cell};
pub(crate) use page::severity;
use page::span;

use crate::Told;
use crate::exchange::Out;
use crate::lookup::{Lookup, Quote};
use model::record::{Reason, Record, VERSION};
use model::{Because, IncidentId, Picture, Span, sha256_hex};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io;
use std::rc::Rc;

/// Every object of the picture as a published record, made when it is asked for: the records of a day's
/// pages weigh many times as much as the picture.
///
/// Pages come first, then what was read from them, then what follows from that; within a kind, by
/// document and place on the page, or by time. The order in which the picture holds its lists does not
/// matter. Each pair of kind and id stands once.
///
/// ```
/// let picture = model::Picture::default();
/// assert_eq!(reports::records(&picture).count(), 0);
/// ```
pub fn records(picture: &Picture) -> impl Iterator<Item = Record> {
    of(&Told::whole(picture))
}

fn of<'a>(told: &Told<'a>) -> impl Iterator<Item = Record> + use<'a> {
    let lookup = Rc::new(Lookup::in_record_order(told));
    ALL.iter().flat_map(move |(_, of_kind)| {
        let mut seen = BTreeSet::new();
        of_kind(&lookup).filter(move |record| seen.insert(record.id.clone()))
    })
}

/// The published records of these incidents only.
pub fn incident_records(picture: &Picture, ids: &BTreeSet<IncidentId>) -> Vec<Record> {
    let lookup = Rc::new(Lookup::in_record_order(&Told::whole(picture)));
    incident::only(&lookup, ids)
}

/// Records, made one by one.
type Lazily<'a> = Box<dyn Iterator<Item = Record> + 'a>;

/// A kind, and how its records are made.
type Kind = (&'static str, for<'a> fn(&Rc<Lookup<'a>>) -> Lazily<'a>);

/// All kinds, in the order in which [`records`] gives them.
const ALL: [Kind; 32] = [
    ("document", |lookup| whole(page::documents(lookup))),
    ("passage", page::passages),
    ("claim", claim::claims),
    ("statement", claim::statements),
    ("position", |lookup| whole(track::positions(lookup))),
    ("stand", |lookup| whole(track::stands(lookup))),
    ("meeting", |lookup| whole(track::meetings(lookup))),
    ("round", |lookup| whole(track::rounds(lookup))),
    ("control_change", |lookup| whole(track::control_changes(lookup))),
    ("holding", |lookup| whole(track::holdings(lookup))),
    ("delivery", |lookup| {
        whole(track::movements(
            lookup,
            "delivery",
            &lookup.picture.tracks.deliveries,
        ))
    }),
    ("return", |lookup| {
        whole(track::movements(lookup, "return", &lookup.picture.tracks.returns))
    }),
    ("measure", |lookup| whole(track::measures(lookup))),
    ("complaint", |lookup| whole(track::complaints(lookup))),
    ("figure", claim::figures),
    ("actor_mention", claim::actor_mentions),
    ("place", claim::places),
    ("time", claim::times),
    ("artefact", |lookup| whole(page::artefacts(lookup))),
    ("contradiction", |lookup| whole(incident::contradictions(lookup))),
    ("incident", incident::incidents),
    ("origin", |lookup| whole(incident::origins(lookup))),
    ("finding", incident::findings),
    ("agreement", |lookup| whole(agreement::agreements(lookup))),
    ("zone", |lookup| whole(agreement::zones(lookup))),
    ("deadline", |lookup| whole(incident::deadlines(lookup))),
    ("zone_day", |lookup| whole(coverage::zone_days(lookup))),
    ("outlet_day", |lookup| whole(coverage::outlet_days(lookup))),
    ("unseen", |lookup| whole(coverage::unseen(lookup))),
    ("ruling", |lookup| whole(ruling::rulings(lookup))),
    ("review", |lookup| whole(ruling::review(lookup))),
    ("note", |lookup| whole(page::notes(lookup))),
];

/// Kinds in the order in which [`records`] gives them.
pub const KINDS: [&str; ALL.len()] = {
    let mut kinds = [""; ALL.len()];
    let mut at = 0;
    while at < ALL.len() {
        kinds[at] = ALL[at].0;
        at += 1;
    }
    kinds
};

fn whole<'a>(records: Vec<Record>) -> Lazily<'a> {
    Box::new(records.into_iter())
}

/// One JSON object a line.
pub(crate) fn json_lines(told: &Told<'_>, out: Out<'_>) -> io::Result<()> {
    for record in of(told) {
        serde_json::to_writer(&mut *out, &record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
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
