//! The published records as tables.
//!
//! ```text
//! record(ord, kind, id, document, start, end, quote, json, …)  one row a record; ord is its place in the replay
//! facet(name, value, ord)                                      what records are filtered by
//! quotes                                                       full-text index over record.quote
//! meta(key, value)                                             what the rows were made from
//! state(n, name), change(n, kind, id, what)                    earlier fillings, and what each changed
//! head(n, checkpoint), earlier(n, kind, id, json)              what each was made from, and changed records as they were
//! ```

use std::ops::Deref;
use std::path::Path;
use std::time::Duration;

use model::record::Record;
use rusqlite::{Connection, Transaction, named_params};
use serde_json::Value;

use crate::error::StoreError;
use crate::reader::Reader;
use crate::{change, facet, revision};

/// The newest layout of the tables that this build knows. A view is never migrated: one of an older
/// layout is emptied and made again from the log.
pub const SCHEMA_VERSION: i64 = 3;

/// Marks the file as ours in its header ("TRCL").
pub(crate) const APPLICATION_ID: i64 = 0x5452_434C;

/// How long opening waits for whoever reads or writes.
///
/// 1 s: a reader of ours is done in milliseconds. Lower it and a busy desk turns the writer away; raise it
/// and a second writer learns late that there is a first.
const WRITER_WAIT_MAX: Duration = Duration::from_secs(1);

/// How many bytes of memory the database may use as cache, in KiB (negative by its own convention).
///
/// 32 MiB: the indices of a few hundred thousand records. Lower it and rebuilding reads the disk more;
/// raise it and a small machine has less for the rest.
const CACHE_KIB: i64 = -32_768;

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
    CREATE VIRTUAL TABLE quotes USING fts5 (
        quote, content = 'record', content_rowid = 'ord', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TABLE facet (
        name TEXT NOT NULL, value TEXT NOT NULL, ord INTEGER NOT NULL, PRIMARY KEY (name, value, ord)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"#;

const DROP_TABLES: &str = "
    DROP TABLE IF EXISTS quotes;
    DROP TABLE IF EXISTS record;
    DROP TABLE IF EXISTS facet;
    DROP TABLE IF EXISTS meta;
";

/// The view of one log, open for writing: a [`Reader`] that can also replace what it reads. While it is
/// open no other process can read or open it.
#[derive(Debug)]
pub struct View(Reader);

impl Deref for View {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.0
    }
}

impl View {
    /// Opens the view in this file, or makes an empty one.
    ///
    /// # Errors
    /// When a newer build wrote it, it is no view, another process has it, or the system refuses.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let wrong = StoreError::database("open", path);
        let connection = Connection::open(path).map_err(wrong)?;
        connection.busy_timeout(WRITER_WAIT_MAX).map_err(wrong)?;
        // One process, so no shared memory file; no memory map, so a full or failing disk gives an error
        // and not a signal; every commit is on the disk before it returns; freed pages are wiped.
        connection
            .execute_batch(&format!(
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA mmap_size = 0; PRAGMA cache_size = {CACHE_KIB};
                 PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;"
            ))
            .and_then(|()| {
                connection.execute_batch("BEGIN EXCLUSIVE; COMMIT; PRAGMA journal_mode = TRUNCATE")
            })
            .map_err(wrong)?;
        let mut view = Self(Reader {
            connection,
            path: path.to_owned(),
        });
        match view.found_version()? {
            Some(SCHEMA_VERSION) => {}
            _ => view.make_tables()?,
        }
        Ok(view)
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
        let mut before = change::Before::of(self)?;
        let path = &self.0.path;
        let wrong = StoreError::database("replace the records of", path);
        let transaction = self.0.connection.transaction().map_err(wrong)?;
        transaction.execute_batch(revision::SET_ASIDE).map_err(wrong)?;
        transaction.execute_batch(DROP_TABLES).map_err(wrong)?;
        transaction.execute_batch(TABLES).map_err(wrong)?;
        let count = insert_all(&transaction, path, records, &mut before)?;
        facet::join_findings(&transaction).map_err(wrong)?;
        before.write(&transaction).map_err(wrong)?;
        transaction
            .execute_batch("INSERT INTO quotes (quotes) VALUES ('rebuild')")
            .map_err(wrong)?;
        transaction.commit().map_err(wrong)?;
        Ok(count)
    }

    /// Notes something about the records; an earlier note under this key goes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        let written = self.0.connection.execute(
            "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
            [key, value],
        );
        written.map_err(StoreError::database("write to", &self.path))?;
        Ok(())
    }

    fn make_tables(&mut self) -> Result<(), StoreError> {
        let wrong = StoreError::database("make the tables of", &self.0.path);
        let transaction = self.0.connection.transaction().map_err(wrong)?;
        transaction.execute_batch(DROP_TABLES).map_err(wrong)?;
        transaction.execute_batch(TABLES).map_err(wrong)?;
        transaction.execute_batch(change::TABLES).map_err(wrong)?;
        transaction.execute_batch(revision::TABLES).map_err(wrong)?;
        transaction
            .pragma_update(None, "application_id", APPLICATION_ID)
            .map_err(wrong)?;
        transaction
            .pragma_update(None, "user_version", SCHEMA_VERSION)
            .map_err(wrong)?;
        transaction.commit().map_err(wrong)
    }
}

/// Puts the records in; gives how many rows came of it.
fn insert_all(
    transaction: &Transaction<'_>,
    path: &Path,
    records: impl IntoIterator<Item = Record>,
    before: &mut change::Before,
) -> Result<u64, StoreError> {
    let wrong = StoreError::database("write to", path);
    let mut facets = facet::Insert::new(transaction).map_err(wrong)?;
    let mut insert = transaction
        .prepare(
            "INSERT INTO record VALUES (:ord, :kind, :id, :document, :start, :end, :quote, :json, :first, :last, :lat, :lon)
             ON CONFLICT (kind, id) DO NOTHING",
        )
        .map_err(wrong)?;
    let mut stored = transaction
        .prepare("SELECT json FROM record WHERE kind = ?1 AND id = ?2")
        .map_err(wrong)?;
    let mut count: u64 = 0;
    // No page reaches 2^63 bytes; a record that claims so keeps its own numbers in the JSON.
    let number = |at: Option<usize>| at.map(|at| i64::try_from(at).unwrap_or(i64::MAX));
    for record in records {
        let json = canonical_json(&record)?;
        let ord = i64::try_from(count).expect("fewer than 2^63 records");
        let ((first, last), place) = (facet::days(&record), facet::point(&record));
        let added = insert
            .execute(named_params! {
                ":ord": ord,
                ":kind": record.kind,
                ":id": record.id,
                ":document": record.document,
                ":start": number(record.start),
                ":end": number(record.end),
                ":quote": record.quote,
                ":json": json,
                ":first": first,
                ":last": last,
                ":lat": place.map(|(lat, _)| lat),
                ":lon": place.map(|(_, lon)| lon),
            })
            .map_err(wrong)?;
        if added == 1 {
            facets.put(ord, &record).map_err(wrong)?;
            before.now(&record, &json);
            count += 1;
            continue;
        }
        let first: String = stored
            .query_row([&record.kind, &record.id], |row| row.get(0))
            .map_err(wrong)?;
        if first != json {
            return Err(StoreError::TwoUnderOneId {
                kind: record.kind,
                id: record.id,
            });
        }
    }
    Ok(count)
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

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().collect();
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(
                fields
                    .into_iter()
                    .map(|(key, value)| (key, sorted(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        plain => plain,
    }
}

#[cfg(test)]
mod tests;
