//! Rows of tables of others as records: what they wrote, which version it is, and what changed.

use super::{degrees, on_page, record};
use crate::crosswalk::Crosswalk;
use crate::plain::visible;
use model::record::{Reason, Record};
use model::{Deaths, Edtf, ForeignVersion};
use serde_json::{Value, json};

/// A version of a row as a published record. `start` and `end` bound the row in its file; `quote` is what stands in
/// its column of notes.
pub fn foreign_record(version: &ForeignVersion, crosswalk: &Crosswalk) -> Record {
    let row = &version.row;
    let radius = crosswalk.ours(&row.family, "radius_m", &row.place_code);
    let region = row
        .at
        .zip(radius.parse::<u64>().ok())
        .map(|(at, radius)| json!({ "lat": degrees(at.lat), "lon": degrees(at.lon), "radius_m": radius }));
    let by_sub_event = crosswalk.ours(&row.family, "sub_event_type", &row.sub_event);
    let act = match by_sub_event {
        "" => crosswalk.ours(&row.family, "type_of_violence", &row.event),
        act => act,
    };
    let changed: Vec<Value> = version
        .changed
        .iter()
        .map(|(name, before, after)| json!({ "field": name, "before": before, "after": after }))
        .collect();
    let fields = json!({
        "family": row.family,
        "source": row.source,
        "key": row.key,
        "version": version.number,
        "versions": version.of,
        "newest": version.number == version.of,
        "taken_in": version.taken_in,
        "entry": version.entry,
        "line": row.line,
        "content": format!("sha256:{}", row.content),
        "when": when(&row.when),
        "time_code": row.time_code,
        "place": {
            "name": row.place,
            "province": row.province,
            "country": row.country,
            "lat": row.at.map(|at| at.lat),
            "lon": row.at.map(|at| at.lon),
            "code": row.place_code,
            "region": region,
        },
        "event": row.event,
        "sub_event": row.sub_event,
        "act": act,
        "actors": row.actors,
        "deaths": { "low": row.deaths.low, "best": row.deaths.best, "high": row.deaths.high },
        "sources": row.sources,
        "changed": changed,
    });
    let record = record("foreign", row.id().to_string(), fields);
    let mut record = on_page(record, version.file.clone(), row.span, row.notes.clone());
    record.because.push(Reason {
        rule: "table-row".to_owned(),
        entry: String::new(),
        span: Some((row.span.start, row.span.end)),
        words: format!("line {} of the table, as its publisher wrote it", row.line),
    });
    record
}

fn when(when: &Edtf) -> Value {
    json!({
        "edtf": when.to_string(),
        "earliest": when.earliest().map(|day| day.to_string()),
        "latest": when.latest().map(|day| day.to_string()),
    })
}

/// Deaths as a table gives them, in a few characters: `best (low to high)`; empty where it gives none.
pub fn deaths(deaths: &Deaths) -> String {
    let number = |value: Option<u64>| value.map_or_else(|| "?".to_owned(), |value| value.to_string());
    match (deaths.low, deaths.best, deaths.high) {
        (None, None, None) => String::new(),
        (None, Some(best), None) => best.to_string(),
        (Some(low), None, None) => format!("{low} or more"),
        (low, Some(best), high) if low == high && low == Some(best) => best.to_string(),
        (low, best, high) => format!("{} ({} to {})", number(best), number(low), number(high)),
    }
}

/// Words of others made safe for one cell of a terminal: on one line, nothing hidden.
pub fn plain_cell(words: &str) -> String {
    visible(words)
}
