//! What each filling of the view changed, so that a reader can fetch changes instead of everything.
//!
//! It cannot be made again from the log alone, since earlier data packs are not in it: a view made anew
//! begins a new history, and a reader of the old one is told to read everything again.

use std::collections::BTreeMap;

use model::record::Record;
use rusqlite::{OptionalExtension as _, Transaction};
use sha2::{Digest as _, Sha256};

use crate::error::StoreError;
use crate::reader::Reader;
use crate::revision;
use crate::view::View;

pub(crate) const TABLES: &str = "
    DROP TABLE IF EXISTS state;
    DROP TABLE IF EXISTS change;
    CREATE TABLE state (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE change (
        n INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (n, kind, id)
    ) STRICT, WITHOUT ROWID;
";

/// How many fillings the history goes back.
///
/// 1,000: a year of three runs a day. Lower it and a reader that comes rarely must read everything; raise
/// it and the view grows by what nobody asks for.
const STATES_MAX: i64 = 1_000;

/// A record that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its kind.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// `added`, `changed` or `gone`.
    pub what: String,
}

/// What changed since a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// The records, each once, with what became of it in the end.
    Known(Vec<Change>),
    /// That state is not in the history: read everything.
    Unknown,
}

/// The records before the view is filled anew; what is not met again is gone.
pub(crate) struct Before {
    rows: BTreeMap<(String, String), [u8; 32]>,
    changes: Vec<Change>,
    first: bool,
}

impl Before {
    pub(crate) fn of(view: &View) -> Result<Self, StoreError> {
        let wrong = StoreError::database("read", &view.path);
        let mut statement = view
            .connection
            .prepare("SELECT kind, id, json FROM record")
            .map_err(wrong)?;
        let mut rows = statement.query([]).map_err(wrong)?;
        let mut before = BTreeMap::new();
        while let Some(row) = rows.next().map_err(wrong)? {
            let key = row
                .get(0)
                .and_then(|kind| Ok((kind, row.get(1)?)))
                .map_err(wrong)?;
            let json: String = row.get(2).map_err(wrong)?;
            before.insert(key, Sha256::digest(json).into());
        }
        let states: i64 = view
            .connection
            .query_row("SELECT count(*) FROM state", [], |row| row.get(0))
            .map_err(wrong)?;
        Ok(Self {
            rows: before,
            changes: Vec::new(),
            first: states == 0,
        })
    }

    /// Takes in a record as it is now.
    pub(crate) fn now(&mut self, record: &Record, json: &str) {
        if self.first {
            return;
        }
        let what = match self.rows.remove(&(record.kind.clone(), record.id.clone())) {
            None => "added",
            Some(hash) if hash == <[u8; 32]>::from(Sha256::digest(json)) => return,
            Some(_) => "changed",
        };
        self.changes.push(Change {
            kind: record.kind.clone(),
            id: record.id.clone(),
            what: what.to_owned(),
        });
    }

    pub(crate) fn write(mut self, transaction: &Transaction<'_>) -> rusqlite::Result<()> {
        if !self.first {
            self.changes
                .extend(self.rows.into_keys().map(|(kind, id)| Change {
                    kind,
                    id,
                    what: "gone".to_owned(),
                }));
        }
        let next: i64 =
            transaction.query_row("SELECT coalesce(max(n), 0) + 1 FROM state", [], |row| row.get(0))?;
        // An earlier filling that was never named leaves its changes to this one.
        let mut insert = transaction.prepare(
            "INSERT INTO change VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET what = excluded.what",
        )?;
        for change in &self.changes {
            insert.execute(rusqlite::params![next, change.kind, change.id, change.what])?;
        }
        drop(insert);
        revision::keep(transaction, next, &self.changes)
    }
}

impl View {
    /// Names the filling just made after the signed head of the log that it was made from; the name is kept
    /// while nothing changes. Call it last.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sign(&mut self, checkpoint: &str) -> Result<(), StoreError> {
        let hash: String = Sha256::digest(checkpoint)[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        self.set_meta("checkpoint", checkpoint)?;
        let wrong = StoreError::database("write to", &self.path);
        let newest: Option<(i64, String)> = self
            .connection
            .query_row("SELECT n, name FROM state ORDER BY n DESC LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
            .map_err(wrong)?;
        let (n, name) = newest.unwrap_or_default();
        let changed: bool = self
            .connection
            .query_row("SELECT EXISTS (SELECT 1 FROM change WHERE n > ?1)", [n], |row| {
                row.get(0)
            })
            .map_err(wrong)?;
        if n > 0 && !changed && name.ends_with(&hash) {
            return Ok(());
        }
        self.connection
            .execute_batch(&format!(
                "BEGIN;
                 INSERT INTO state VALUES ({next}, '{next}-{hash}');
                 DELETE FROM change WHERE n <= {next} - {STATES_MAX};
                 DELETE FROM state WHERE n <= {next} - {STATES_MAX};
                 DELETE FROM head WHERE n <= {next} - {STATES_MAX};
                 DELETE FROM earlier WHERE n <= {next} - {STATES_MAX};
                 COMMIT;",
                next = n + 1
            ))
            .map_err(wrong)?;
        self.connection
            .execute(
                "INSERT INTO head VALUES (?1, ?2)",
                rusqlite::params![n + 1, checkpoint],
            )
            .map(|_| ())
            .map_err(wrong)
    }
}

impl Reader {
    /// Name of the newest state; nothing before the view was first filled.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn state(&self) -> Result<Option<String>, StoreError> {
        self.connection
            .query_row("SELECT name FROM state ORDER BY n DESC LIMIT 1", [], |row| {
                row.get(0)
            })
            .optional()
            .map_err(StoreError::database("read", &self.path))
    }

    /// Which records are not as they were in this state.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn changes_since(&self, state: &str) -> Result<Changes, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let n: Option<i64> = self
            .connection
            .query_row("SELECT n FROM state WHERE name = ?1", [state], |row| row.get(0))
            .optional()
            .map_err(wrong)?;
        let Some(n) = n else {
            return Ok(Changes::Unknown);
        };
        let mut statement = self
            .connection
            .prepare("SELECT kind, id, what FROM change WHERE n > ?1 ORDER BY kind, id, n")
            .map_err(wrong)?;
        let mut rows = statement.query([n]).map_err(wrong)?;
        let mut found: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
        while let Some(row) = rows.next().map_err(wrong)? {
            let key = row
                .get(0)
                .and_then(|kind| Ok((kind, row.get(1)?)))
                .map_err(wrong)?;
            let what: String = row.get(2).map_err(wrong)?;
            found
                .entry(key)
                .and_modify(|(_, last)| last.clone_from(&what))
                .or_insert((what.clone(), what));
        }
        let changes = found.into_iter().filter_map(|((kind, id), (first, last))| {
            let what = match (first.as_str(), last.as_str()) {
                ("added", "gone") => return None,
                ("added", _) => "added",
                (_, "gone") => "gone",
                _ => "changed",
            };
            Some(Change {
                kind,
                id,
                what: what.to_owned(),
            })
        });
        Ok(Changes::Known(changes.collect()))
    }
}
