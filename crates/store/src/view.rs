//! The published records as tables.
//!
//! ```text
//! record(ord, kind, id, document, start, end, quote, json)   one row a record; ord is its place in the replay
//! quotes                                                     full-text index over record.quote
//! meta(key, value)                                           what the rows were made from
//! ```

use std::path::{Path, PathBuf};
use std::time::Duration;

use model::record::Record;
use rusqlite::{Connection, OptionalExtension as _, Params, Transaction, named_params, params};
use serde_json::Value;

use crate::error::StoreError;

/// The newest layout of the tables that this build knows. A view is never migrated: one of an older
/// layout is emptied and made again from the log.
pub const SCHEMA_VERSION: i64 = 1;

/// The most records one search gives.
///
/// 10,000: some hundred screens. Lower it and a search misses hits that a person could still leaf
/// through; raise it and one careless word loads the whole view into memory.
pub const RECORDS_FOUND_MAX: usize = 10_000;

/// Marks the file as ours in its header ("TRCL").
const APPLICATION_ID: i64 = 0x5452_434C;

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
        json     TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX record_kind_id ON record (kind, id);
    CREATE INDEX record_id ON record (id);
    CREATE INDEX record_document ON record (document, start) WHERE document IS NOT NULL;
    CREATE VIRTUAL TABLE quotes USING fts5 (
        quote, content = 'record', content_rowid = 'ord', tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"#;

const DROP_TABLES: &str = "
    DROP TABLE IF EXISTS quotes;
    DROP TABLE IF EXISTS record;
    DROP TABLE IF EXISTS meta;
";

/// The view of one log. While it is open no other process can open it.
#[derive(Debug)]
pub struct View {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl View {
    /// Opens the view in this file, or makes an empty one.
    ///
    /// # Errors
    /// When a newer build wrote it, it is no view, another process has it, or the system refuses.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let wrong = StoreError::database("open", path);
        let connection = Connection::open(path).map_err(wrong)?;
        // Whoever has the view keeps it for long: say so at once instead of waiting.
        connection.busy_timeout(Duration::ZERO).map_err(wrong)?;
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
        let mut view = Self {
            connection,
            path: path.to_owned(),
        };
        match view.found_version()? {
            None => view.make_tables()?,
            Some(found) if found > SCHEMA_VERSION => {
                return Err(StoreError::TooNew {
                    path: view.path,
                    found,
                    known: SCHEMA_VERSION,
                });
            }
            Some(found) if found < SCHEMA_VERSION => view.make_tables()?,
            Some(_) => {}
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
        let path = &self.path;
        let wrong = StoreError::database("replace the records of", path);
        let transaction = self.connection.transaction().map_err(wrong)?;
        transaction.execute_batch(DROP_TABLES).map_err(wrong)?;
        transaction.execute_batch(TABLES).map_err(wrong)?;
        let count = insert_all(&transaction, path, records)?;
        transaction
            .execute_batch("INSERT INTO quotes (quotes) VALUES ('rebuild')")
            .map_err(wrong)?;
        transaction.commit().map_err(wrong)?;
        Ok(count)
    }

    /// All records of a kind, in the order they were put in.
    ///
    /// # Errors
    /// When the database refuses, or a stored record does not read.
    pub fn by_kind(&self, kind: &str) -> Result<Vec<Record>, StoreError> {
        self.records("SELECT id, json FROM record WHERE kind = ?1 ORDER BY ord", [kind])
    }

    /// The records with this id: one, or one of each kind where kinds share names.
    ///
    /// # Errors
    /// As [`View::by_kind`].
    pub fn by_id(&self, id: &str) -> Result<Vec<Record>, StoreError> {
        self.records("SELECT id, json FROM record WHERE id = ?1 ORDER BY ord", [id])
    }

    /// The records that rest on a place in this document, in the order of the page.
    ///
    /// # Errors
    /// As [`View::by_kind`].
    pub fn by_document(&self, document: &str) -> Result<Vec<Record>, StoreError> {
        self.records(
            "SELECT id, json FROM record WHERE document = ?1 ORDER BY start, ord",
            [document],
        )
    }

    /// The first `limit` records, in the order they were put in, whose quoted words hold all of `words`.
    /// A word ending in `*` matches all that begin so; letter case and accents do not matter. Any text
    /// is a fair question: nothing in it is read as a command.
    ///
    /// # Errors
    /// As [`View::by_kind`].
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Record>, StoreError> {
        let question = fts_question(words);
        if question.is_empty() {
            return Ok(Vec::new());
        }
        let limit = i64::try_from(limit.min(RECORDS_FOUND_MAX)).expect("the cap is small");
        self.records(
            "SELECT id, json FROM record
             WHERE ord IN (SELECT rowid FROM quotes WHERE quotes MATCH ?1) ORDER BY ord LIMIT ?2",
            params![question, limit],
        )
    }

    /// How many records there are of each kind, by name of the kind.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn kinds(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let mut statement = self
            .connection
            .prepare("SELECT kind, count(*) FROM record GROUP BY kind ORDER BY kind")
            .map_err(wrong)?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs())))
            .map_err(wrong)?;
        rows.collect::<Result<_, _>>().map_err(wrong)
    }

    /// What is noted about the records under this key, such as the checkpoint they were made from.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        self.connection
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0))
            .optional()
            .map_err(StoreError::database("read", &self.path))
    }

    /// Notes something about the records; an earlier note under this key goes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.connection
            .execute(
                "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
                [key, value],
            )
            .map_err(StoreError::database("write to", &self.path))?;
        Ok(())
    }

    fn records(&self, query: &str, params: impl Params) -> Result<Vec<Record>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let mut statement = self.connection.prepare(query).map_err(wrong)?;
        let mut rows = statement.query(params).map_err(wrong)?;
        let mut records = Vec::new();
        while let Some(row) = rows.next().map_err(wrong)? {
            let (id, json): (String, String) =
                row.get(0).and_then(|id| Ok((id, row.get(1)?))).map_err(wrong)?;
            records.push(serde_json::from_str(&json).map_err(|source| StoreError::Record { id, source })?);
        }
        Ok(records)
    }

    /// The layout version of the tables in the file; nothing for a new file.
    fn found_version(&self) -> Result<Option<i64>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let pragma = |name| {
            self.connection
                .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
        };
        let (ours, version) = (
            pragma("application_id").map_err(wrong)?,
            pragma("user_version").map_err(wrong)?,
        );
        let tables: i64 = self
            .connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(wrong)?;
        match (ours, tables) {
            (APPLICATION_ID, _) => Ok(Some(version)),
            (0, 0) => Ok(None),
            _ => Err(StoreError::NotOurs {
                path: self.path.clone(),
            }),
        }
    }

    fn make_tables(&mut self) -> Result<(), StoreError> {
        let wrong = StoreError::database("make the tables of", &self.path);
        let transaction = self.connection.transaction().map_err(wrong)?;
        transaction.execute_batch(DROP_TABLES).map_err(wrong)?;
        transaction.execute_batch(TABLES).map_err(wrong)?;
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
) -> Result<u64, StoreError> {
    let wrong = StoreError::database("write to", path);
    let mut insert = transaction
        .prepare(
            "INSERT INTO record VALUES (:ord, :kind, :id, :document, :start, :end, :quote, :json)
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
        let added = insert
            .execute(named_params! {
                ":ord": i64::try_from(count).expect("fewer than 2^63 records"),
                ":kind": record.kind,
                ":id": record.id,
                ":document": record.document,
                ":start": number(record.start),
                ":end": number(record.end),
                ":quote": record.quote,
                ":json": json,
            })
            .map_err(wrong)?;
        if added == 1 {
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

/// Each word as a quoted string, so that the index reads none of it as its own syntax.
fn fts_question(words: &str) -> String {
    let quoted = words.split_whitespace().filter_map(|word| {
        let (word, star) = match word.strip_suffix('*') {
            Some(start) => (start, "*"),
            None => (word, ""),
        };
        // A word without any letter or digit has nothing the index could hold.
        word.chars().any(char::is_alphanumeric).then(|| {
            let word = word.replace(['"', '\0'], " ");
            format!("\"{word}\"{star}")
        })
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
