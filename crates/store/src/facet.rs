//! What records are filtered by: their days, their place, and words of a fixed list.

use model::record::Record;
use rusqlite::types::Value as Sql;
use rusqlite::{Statement, Transaction};
use serde_json::Value;

use crate::reader::fts_question;

/// Which records of a kind to keep; the default keeps all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// The kind.
    pub kind: String,
    /// First day; keeps what can lie on it or later.
    pub from: Option<String>,
    /// Last day; keeps what can lie on it or earlier.
    pub to: Option<String>,
    /// Names of facets with the values of which a record must have one.
    pub facets: Vec<(&'static str, Vec<String>)>,
    /// Name of a page that it stands on.
    pub document: Option<String>,
    /// Words that its quoted words, or those of what it rests on, all hold.
    pub text: Option<String>,
    /// West, south, east and north in degrees; the centre of its place lies between. West may be greater
    /// than east, across the line of 180 degrees.
    pub bbox: Option<[f64; 4]>,
}

impl Filter {
    /// The condition with its values; nothing of the values stands in the text.
    pub(crate) fn condition(&self) -> (String, Vec<Sql>) {
        let mut parts = vec!["kind = ?"];
        let mut values: Vec<Sql> = vec![self.kind.clone().into()];
        if let Some(from) = &self.from {
            parts.push("(last IS NULL OR last >= ?)");
            values.push(from.clone().into());
        }
        if let Some(to) = &self.to {
            parts.push("(first IS NULL OR first <= ?)");
            values.push(to.clone().into());
        }
        if let Some(document) = &self.document {
            parts.push("document = ?");
            values.push(document.clone().into());
        }
        if let Some([west, south, east, north]) = self.bbox {
            parts.push("lat BETWEEN ? AND ?");
            values.extend([south.into(), north.into()]);
            parts.push(if west <= east {
                "lon >= ? AND lon <= ?"
            } else {
                "(lon >= ? OR lon <= ?)"
            });
            values.extend([west.into(), east.into()]);
        }
        let mut text = parts.join(" AND ");
        for (name, wanted) in &self.facets {
            let marks = vec!["?"; wanted.len()].join(", ");
            text.push_str(&format!(
                " AND ord IN (SELECT ord FROM facet WHERE name = ? AND value IN ({marks}))"
            ));
            values.push((*name).to_owned().into());
            values.extend(wanted.iter().cloned().map(Sql::from));
        }
        if let Some(words) = &self.text {
            let question = fts_question(words);
            if question.is_empty() {
                text.push_str(" AND 0");
            } else {
                text.push_str(
                    " AND (ord IN (SELECT rowid FROM quotes WHERE quotes MATCH ?) OR ord IN (
                        SELECT ord FROM facet WHERE name = 'basis' AND value IN (
                            SELECT id FROM record WHERE ord IN (SELECT rowid FROM quotes WHERE quotes MATCH ?))))",
                );
                values.extend([question.clone().into(), question.into()]);
            }
        }
        (text, values)
    }
}

/// First and last day that a record can be, as far as it is dated.
pub(crate) fn days(record: &Record) -> (Option<String>, Option<String>) {
    let fields = &record.fields;
    let text = |value: &Value| {
        value
            .as_str()
            .filter(|day| day.len() == DAY_LENGTH)
            .map(str::to_owned)
    };
    for name in ["when", "said", "during"] {
        if fields[name].is_object() {
            return (text(&fields[name]["earliest"]), text(&fields[name]["latest"]));
        }
    }
    if fields["since"].is_object() {
        return (
            text(&fields["since"]["earliest"]),
            text(&fields["until"]["latest"]),
        );
    }
    let day = ["day", "published"].iter().find_map(|name| text(&fields[*name]));
    (day.clone(), day)
}

/// Latitude and longitude of the middle of its place.
pub(crate) fn point(record: &Record) -> Option<(f64, f64)> {
    let own = &record.fields["region"];
    let region = if own.is_object() {
        own
    } else {
        &record.fields["place"]["region"]
    };
    region["lat"].as_f64().zip(region["lon"].as_f64())
}

/// Puts the facets of records in.
pub(crate) struct Insert<'t>(Statement<'t>);

impl<'t> Insert<'t> {
    pub(crate) fn new(transaction: &'t Transaction<'_>) -> rusqlite::Result<Self> {
        transaction
            .prepare("INSERT OR IGNORE INTO facet VALUES (?1, ?2, ?3)")
            .map(Self)
    }

    pub(crate) fn put(&mut self, ord: i64, record: &Record) -> rusqlite::Result<()> {
        let fields = &record.fields;
        for name in OWN {
            match &fields[*name] {
                Value::String(value) => self.one(name, value, ord)?,
                Value::Bool(value) => self.one(name, if *value { "true" } else { "false" }, ord)?,
                _ => {}
            }
        }
        if let Some(status) = fields["status"]["occurrence"].as_str() {
            self.one("status", status, ord)?;
        }
        if let (Some(agreement), Some(zone)) = (fields["agreement"].as_str(), fields["zone"].as_str()) {
            self.one("zone", &format!("{agreement}/{zone}"), ord)?;
        }
        let places = fields["places"].as_array().into_iter().flatten();
        for place in places.chain([&fields["place"], fields]) {
            for zone in place["zones"].as_array().into_iter().flatten() {
                // What is not told to lie outside cannot be left out of the zone.
                if let (Some(agreement), Some(key)) = (zone["agreement"].as_str(), zone["zone"].as_str())
                    && zone["inside"] != "no"
                {
                    self.one("zone", &format!("{agreement}/{key}"), ord)?;
                }
            }
        }
        for id in &record.basis {
            self.one("basis", id, ord)?;
        }
        Ok(())
    }

    fn one(&mut self, name: &str, value: &str, ord: i64) -> rusqlite::Result<()> {
        self.0.execute(rusqlite::params![name, value, ord]).map(|_| ())
    }
}

/// An incident is also found by what its findings say.
pub(crate) fn join_findings(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    for name in ["verdict", "agreement", "term"] {
        transaction.execute(
            "INSERT OR IGNORE INTO facet
             SELECT ?1, json_extract(finding.json, '$.fields.' || ?1), incident.ord
             FROM record AS finding JOIN record AS incident
               ON incident.kind = 'incident' AND incident.id = json_extract(finding.json, '$.fields.incident')
             WHERE finding.kind = 'finding' AND json_extract(finding.json, '$.fields.' || ?1) IS NOT NULL",
            [name],
        )?;
    }
    Ok(())
}

/// Fields that are facets under their own name.
const OWN: &[&str] = &[
    "act",
    "class",
    "agreement",
    "term",
    "verdict",
    "background",
    "outlet",
];

/// Characters in `2017-05-06`.
const DAY_LENGTH: usize = 10;
