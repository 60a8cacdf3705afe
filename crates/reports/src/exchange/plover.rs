//! Incidents as events after the draft of PLOVER 2.0, in JSON: event, mode, context, actors, place, size, words.
//!
//! `mode` stays empty, because the draft leaves it open where nothing fits surely. PLOVER asks for an actor;
//! where nobody is named it is `UNK`, unidentified, so that an act without an author is not lost.

use super::Out;
use super::columns::{Row, rows};
use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use crate::phrase;
use model::{Metric, Status};
use serde_json::{Value, json};
use std::io;

pub(super) fn write(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    let events = rows(lookup, crosswalk).filter(takes).map(|row| event(&row));
    let all = json!({
        "ontology": "PLOVER",
        "version": "2.0 draft",
        "watermark": lookup.picture.watermark,
        "events": [],
    });
    super::filled(out, &all, "events", events)
}

/// What has an event in PLOVER and a day, and was not shown false.
pub(super) fn takes(row: &Row<'_>) -> bool {
    let incident = row.incident;
    incident.status.occurrence != Status::Refuted
        && !row.crosswalk.plover(&incident.act.id).is_empty()
        && incident.when.earliest().is_some()
}

fn event(row: &Row<'_>) -> Value {
    let incident = row.incident;
    let list = |words: String| -> Vec<String> {
        let parts = words.split("; ").filter(|word| !word.is_empty());
        parts.map(str::to_owned).collect()
    };
    let mut actors = list(row.alleged());
    if actors.is_empty() {
        actors.push("UNK".to_owned());
    }
    let context = incident
        .background
        .then(|| row.crosswalk.code("plover", "context", "background"))
        .filter(|word| !word.is_empty());
    let low = |metric| incident.toll(metric).map(|toll| toll.range.low);
    let texts = row.lookup.quotes(&incident.claims).into_iter().map(|quote| {
        json!({
            "source": quote.document,
            "start": quote.span.start,
            "end": quote.span.end,
            "text": quote.words,
        })
    });
    json!({
        "id": incident.id.as_str(),
        "date": incident.when.earliest().map(|day| day.to_string()),
        "enddate": incident.when.latest().map(|day| day.to_string()),
        "event": row.crosswalk.plover(&incident.act.id),
        "mode": Value::Null,
        "context": context.into_iter().collect::<Vec<_>>(),
        "actor": actors,
        "recipient": list(row.targets()),
        "event_loc": row.chosen().map(|place| json!({
            "name": place.name,
            "adm1": place.province,
            "country": place.country,
            "lat": row.at().map(|(lat, _)| lat),
            "lon": row.at().map(|(_, lon)| lon),
            "precision": row.precision().map(model::PlacePrecision::as_str),
        })),
        "size": {
            "dead": low(Metric::Killed),
            "injured": low(Metric::Injured),
            "arrested": low(Metric::Detained),
        },
        "text_info": texts.collect::<Vec<_>>(),
        "comment": phrase::incident(incident),
    })
}
