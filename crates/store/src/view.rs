//! The published records as tables.
//!
//! ```text
//! record(ord, kind, id, document, start, end, quote, json, …)  one row a record; ord is its place in the replay
//! facet(kind, name, value, ord), basis(id, ord)                what records are filtered by, and what they rest on
//! quotes(rowid, words)                                         full-text index over the quotes
//! meta(key, value)                                             what the rows were made from
//! filling(n), state(n, name), change(n, kind, id, what)        earlier fillings, and what each changed
//! head(n, checkpoint), earlier(n, kind, id, json)              what each was made from, and changed records as they were
//! ```

use std::collections::{BTreeSet, HashMap};
use std::ops::Deref;

use model::record::Record;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use crate::db::{Db, Part, Use, Value, values};
use crate::error::StoreError;
use crate::place::Place;
use crate::reader::Reader;
use crate::words::words;
use crate::{change, facet, revision};

/// The newest layout of the tables that this build knows. A view is never migrated: one of an older
/// layout is emptied and made again from the log.
pub const SCHEMA_VERSION: i64 = 5;

/// The view's tables; the mark is "TRCL".
pub(crate) const PART: Part = Part {
    name: "view",
    mark: 0x5452_434C,
    version: SCHEMA_VERSION,
};

/// Note of the state of another view that this one was taken from.
const TAKEN_FROM: &str = "taken_from";

/// Records that are written at once.
///
/// 1,000: some megabytes. Raise it and filling takes more memory; lower it and a server is asked more often.
const WRITTEN_AT_ONCE: usize = 1_000;

const TABLES: &str = r#"
    CREATE TABLE record (
        ord      INTEGER PRIMARY KEY,
        kind     TEXT NOT NULL,
        id       TEXT NOT NULL,
        document TEXT,
        start    INTEGER,
        "end"    INTEGER,
        quote    TEXT,
        json     TEXT NOT NULL,
        first    TEXT,
        last     TEXT,
        lat      REAL,
        lon      REAL
    ) STRICT;
    CREATE UNIQUE INDEX record_kind_id ON record (kind, id);
    CREATE INDEX record_listed ON record (kind, ord, first, last, lat, lon);
    CREATE INDEX record_id ON record (id);
    CREATE INDEX record_document ON record (document, start) WHERE document IS NOT NULL;
    CREATE TABLE facet (
        kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, ord INTEGER NOT NULL, PRIMARY KEY (kind, name, value, ord)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE basis (id TEXT NOT NULL, ord INTEGER NOT NULL, PRIMARY KEY (id, ord)) STRICT, WITHOUT ROWID;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"#;

/// The tables that a filling empties.
const NAMES: [&str; 4] = ["record", "facet", "basis", "meta"];

const RECORD: [&str; 12] = [
    "ord", "kind", "id", "document", "start", "\"end\"", "quote", "json", "first", "last", "lat", "lon",
];

/// The view of one log, open for writing: a [`Reader`] that can also replace what it reads. While it is
/// open no other process can write it; nor can any read it where it lies in a file.
#[derive(Debug)]
pub struct View(Reader);

impl Deref for View {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.0
    }
}

impl View {
    /// Opens the view at this place, or makes an empty one.
    ///
    /// # Errors
    /// When a newer build wrote it, it is no view, another process has it, or the system refuses.
    pub fn open(place: impl Into<Place>) -> Result<Self, StoreError> {
        let db = Db::open(&place.into(), PART, Use::Write)?;
        let found = db.version(PART)?;
        if found != Some(SCHEMA_VERSION) {
            db.prepare_view()?;
            db.at_once(|| {
                db.remake_view(TABLES, &NAMES)?;
                db.batch(&db.dialect(change::TABLES))?;
                db.batch(&db.dialect(revision::TABLES))?;
                db.set_version(PART)
            })?;
        }
        db.batch(change::INDEX)?;
        Ok(Self(Reader::of(db)))
    }

    /// Replaces all records, in the order given; gives how many there now are. All of it happens or none.
    ///
    /// A record that comes twice in the same form is kept once. `meta` is emptied with the old records,
    /// for what was true of them need not be of the new ones: set it afterwards, the checkpoint last.
    ///
    /// # Errors
    /// When two different records share kind and id, one cannot be written, or the disk refuses. The old
    /// records then stand.
    pub fn replace_all(&mut self, records: impl IntoIterator<Item = Record>) -> Result<u64, StoreError> {
        self.fill(|take| records.into_iter().try_for_each(take))
    }

    /// Replaces everything by what another view holds, notes and checkpoint included; does nothing when it was
    /// taken from that very state before. Gives whether anything was done.
    ///
    /// # Errors
    /// As [`View::replace_all`], and when the other view cannot be read.
    pub fn replace_with(&mut self, other: &Reader) -> Result<bool, StoreError> {
        other.at_once(|other| {
            let state = other.state()?.unwrap_or_default();
            if self.meta(TAKEN_FROM)?.as_ref() == Some(&state) {
                return Ok(false);
            }
            self.fill(|take| other.each(take))?;
            let notes = other.notes()?;
            for (key, value) in notes.iter().filter(|(key, _)| key != "checkpoint") {
                self.set_meta(key, value)?;
            }
            self.set_meta(TAKEN_FROM, &state)?;
            self.sign(&other.meta("checkpoint")?.unwrap_or_default())?;
            Ok(true)
        })
    }

    fn fill(
        &mut self,
        give: impl FnOnce(&mut dyn FnMut(Record) -> Result<(), StoreError>) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let db = &self.0.db;
        let mut before = change::Before::of(db)?;
        let count = db.at_once(|| {
            db.batch(revision::SET_ASIDE)?;
            db.empty_view(TABLES, &NAMES)?;
            let mut filling = Filling::new(db);
            give(&mut |record| filling.take(&record, &mut before))?;
            let count = filling.end()?;
            before.write(db)?;
            db.execute("UPDATE filling SET n = n + 1", &[])?;
            Ok::<_, StoreError>(count)
        })?;
        db.settle()?;
        Ok(count)
    }

    /// Notes something about the records; an earlier note under this key goes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.db
            .execute(
                "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                values![key, value],
            )
            .map(drop)
    }
}

/// The name of a record in little: no two names meet in it.
type Key = [u8; 16];

/// A filling of the view under way.
struct Filling<'d> {
    db: &'d Db,
    /// Form and place of each record that is in.
    seen: HashMap<Key, (Key, i64)>,
    records: Vec<Vec<Value>>,
    facets: Vec<Vec<Value>>,
    basis: Vec<Vec<Value>>,
    quotes: Vec<Vec<Value>>,
    /// Facets that incidents have by their findings: incident, name, value.
    judged: BTreeSet<(Key, &'static str, u32)>,
    values: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl<'d> Filling<'d> {
    fn new(db: &'d Db) -> Self {
        Self {
            db,
            seen: HashMap::new(),
            records: Vec::new(),
            facets: Vec::new(),
            basis: Vec::new(),
            quotes: Vec::new(),
            judged: BTreeSet::new(),
            values: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    fn take(&mut self, record: &Record, before: &mut change::Before) -> Result<(), StoreError> {
        let json = canonical_json(record)?;
        let (name, form) = (key(&record.kind, &record.id), key(&json, ""));
        let ord = i64::try_from(self.seen.len()).expect("fewer than 2^63 records");
        match self.seen.get(&name) {
            Some((known, _)) if *known == form => return Ok(()),
            Some(_) => {
                return Err(StoreError::TwoUnderOneId {
                    kind: record.kind.clone(),
                    id: record.id.clone(),
                });
            }
            None => self.seen.insert(name, (form, ord)),
        };
        before.now(record, &json);
        for (name, value) in facet::facets(record) {
            self.facets.push(facet_row(&record.kind, name, value, ord));
        }
        for id in record.basis.iter().collect::<BTreeSet<_>>() {
            self.basis.push(vec![id.into(), ord.into()]);
        }
        if let Some(quote) = &record.quote {
            let words = words(quote);
            if !words.is_empty() {
                self.quotes.push(vec![ord.into(), self.db.indexed(&words).into()]);
            }
        }
        if let Some((incident, facets)) = facet::judged(record) {
            let incident = key("incident", incident);
            for (name, value) in facets {
                let number = match self.numbers.get(value) {
                    Some(number) => *number,
                    None => {
                        let number = u32::try_from(self.values.len()).expect("fewer than 2^32 values");
                        self.values.push(value.to_owned());
                        self.numbers.insert(value.to_owned(), number);
                        number
                    }
                };
                self.judged.insert((incident, name, number));
            }
        }
        self.records.push(row(ord, record, json));
        if self.records.len() >= WRITTEN_AT_ONCE {
            self.write()?;
        }
        Ok(())
    }

    fn write(&mut self) -> Result<(), StoreError> {
        let db = self.db;
        db.fill("record", &RECORD, &std::mem::take(&mut self.records))?;
        db.fill("facet", &FACET, &std::mem::take(&mut self.facets))?;
        db.fill("basis", &["id", "ord"], &std::mem::take(&mut self.basis))?;
        db.fill("quotes", &["rowid", "words"], &std::mem::take(&mut self.quotes))
    }

    /// Writes what is left; gives how many records there are.
    fn end(mut self) -> Result<u64, StoreError> {
        self.write()?;
        let judged = std::mem::take(&mut self.judged);
        let placed = judged.into_iter().filter_map(|(incident, name, number)| {
            let (_, ord) = self.seen.get(&incident)?;
            Some((name, number, *ord))
        });
        // In the order of the table, which is much faster to write.
        let mut placed: Vec<_> = placed.collect();
        placed.sort_unstable();
        for (name, number, ord) in placed {
            let value = self.values[number as usize].clone();
            self.facets.push(facet_row("incident", name, value, ord));
            if self.facets.len() >= WRITTEN_AT_ONCE {
                self.write()?;
            }
        }
        self.write()?;
        Ok(self.seen.len() as u64)
    }
}

const FACET: [&str; 4] = ["kind", "name", "value", "ord"];

fn facet_row(kind: &str, name: &str, value: String, ord: i64) -> Vec<Value> {
    vec![kind.into(), name.into(), value.into(), ord.into()]
}

fn row(ord: i64, record: &Record, json: String) -> Vec<Value> {
    // No page reaches 2^63 bytes; a record that claims so keeps its own numbers in the JSON.
    let number = |at: Option<usize>| at.map(|at| i64::try_from(at).unwrap_or(i64::MAX));
    let ((first, last), place) = (facet::days(record), facet::point(record));
    vec![
        ord.into(),
        (&record.kind).into(),
        (&record.id).into(),
        record.document.as_ref().into(),
        number(record.start).into(),
        number(record.end).into(),
        // No server keeps this letter in a text; whoever needs the very words reads the JSON.
        record.quote.as_ref().map(|quote| quote.replace('\0', " ")).into(),
        json.into(),
        first.into(),
        last.into(),
        place.map(|(lat, _)| lat).into(),
        place.map(|(_, lon)| lon).into(),
    ]
}

fn key(first: &str, second: &str) -> Key {
    let mut hasher = Sha256::new();
    hasher.update((first.len() as u64).to_be_bytes());
    hasher.update(first);
    hasher.update(second);
    let whole: [u8; 32] = hasher.finalize().into();
    let mut key = Key::default();
    key.copy_from_slice(&whole[..16]);
    key
}

/// The record as JSON with the keys of every object sorted, so that equal records are equal bytes in
/// every build.
pub(crate) fn canonical_json(record: &Record) -> Result<String, StoreError> {
    serde_json::to_value(record)
        .and_then(|value| serde_json::to_string(&sorted(value)))
        .map_err(|source| StoreError::Record {
            id: record.id.clone(),
            source,
        })
}

fn sorted(value: Json) -> Json {
    match value {
        Json::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Json::Object(
                fields
                    .into_iter()
                    .map(|(key, value)| (key, sorted(value)))
                    .collect(),
            )
        }
        Json::Array(items) => Json::Array(items.into_iter().map(sorted).collect()),
        plain => plain,
    }
}

#[cfg(test)]
mod tests;
