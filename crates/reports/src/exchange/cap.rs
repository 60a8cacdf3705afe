//! Incidents as alerts after CAP 1.2, one file an incident, packed together: a file holds one alert.
//!
//! They are drafts, or exercises where the picture carries a watermark: a reading of pages is no warning of an
//! authority. Certainty comes from the status of the occurrence, and only a ruling makes it `Observed`.

use super::Out;
use super::columns::{Row, rows};
use super::package::Package;
use super::shape::region;
use super::xml::escape;
use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use crate::phrase;
use crate::record::degrees;
use model::Status;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Seek as _};

pub(super) fn write(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    // An archive notes the length of a file before it, and goes back for that.
    let mut package = Package::new(BufWriter::new(tempfile::tempfile()?));
    for row in rows(lookup, crosswalk).filter(takes) {
        package.file(&format!("{}.xml", row.incident.id), alert(&row).as_bytes())?;
    }
    let mut whole = package.finish()?.into_inner()?;
    whole.rewind()?;
    io::copy(&mut whole, out).map(drop)
}

/// An alert says when it was made, and the picture's day is all that is known of that.
pub(super) fn takes(row: &Row<'_>) -> bool {
    row.lookup.picture.as_of.is_some()
}

fn alert(row: &Row<'_>) -> String {
    let (incident, picture) = (row.incident, row.lookup.picture);
    let sent = picture
        .as_of
        .map_or_else(String::new, |day| format!("{day}T00:00:00-00:00"));
    let status = if picture.watermark.is_empty() {
        "Draft"
    } else {
        "Exercise"
    };
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n",
    );
    let mut put = |name: &str, words: &str| {
        let _ = writeln!(out, "<{name}>{}</{name}>", escape(words));
    };
    put(
        "identifier",
        &format!("{}.{}", incident.id, sent.get(..10).unwrap_or_default()),
    );
    put("sender", "truceline.invalid");
    put("sent", &sent);
    put("status", status);
    put("msgType", "Alert");
    put("scope", "Restricted");
    put(
        "restriction",
        "For whom the exporter gives it to; made by rule from pages, not released by an authority.",
    );
    if !picture.watermark.is_empty() {
        put("note", &picture.watermark);
    }
    let code = |field: &str, ours: &str| match row.crosswalk.code("cap", field, ours) {
        "" => "Unknown".to_owned(),
        code => code.to_owned(),
    };
    let category = match row.crosswalk.code("cap", "category", incident.act.class.as_str()) {
        "" => "Other",
        code => code,
    };
    let past = incident.when.latest().zip(picture.as_of);
    let urgency = match past {
        Some((last, as_of)) if last < as_of => "Past",
        _ => "Unknown",
    };
    let _ = out.write_str("<info>\n");
    let mut put = |name: &str, words: &str| {
        let _ = writeln!(out, "<{name}>{}</{name}>", escape(words));
    };
    put("language", "en");
    put("category", category);
    put("event", &phrase::capital(&phrase::act(&incident.act.id)));
    put("urgency", urgency);
    put("severity", "Unknown");
    put(
        "certainty",
        &code("certainty", incident.status.occurrence.as_str()),
    );
    if let Some(first) = incident.when.single_day() {
        put("onset", &format!("{first}T00:00:00-00:00"));
    }
    put("senderName", "Truceline, a proposal by rule");
    put("headline", &phrase::incident(incident));
    put("description", &description(row));
    let _ = out.write_str("<area>\n");
    let _ = writeln!(
        out,
        "<areaDesc>{}</areaDesc>",
        escape(&phrase::location(incident.location.as_ref()))
    );
    if let Some(region) = region(incident) {
        let _ = writeln!(
            out,
            "<circle>{},{} {}</circle>",
            degrees(region.centre.lat),
            degrees(region.centre.lon),
            (region.radius.0 / 100.0).ceil() / 10.0
        );
    }
    out.push_str("</area>\n</info>\n</alert>\n");
    out
}

fn description(row: &Row<'_>) -> String {
    let incident = row.incident;
    let mut told = format!(
        "{} {}. Occurrence {}, place {}, time {}.",
        phrase::capital(&phrase::act(&incident.act.id)),
        phrase::when(&incident.when),
        incident.status.occurrence.as_str(),
        incident.status.place.as_str(),
        incident.status.time.as_str(),
    );
    if incident.status.occurrence == Status::Refuted {
        told.push_str(" A ruling says that it did not happen.");
    }
    let sources = row.sources();
    if !sources.is_empty() {
        let _ = write!(told, " On the word of: {sources}.");
    }
    let quote = row.quote();
    if !quote.is_empty() {
        let _ = write!(told, " In the words of a page: \u{201c}{quote}\u{201d}");
    }
    told
}
