//! What each filling of the view changed, so that a reader can fetch changes instead of everything.
//!
//! It cannot be made again from the log alone, since earlier data packs are not in it: a view made anew
//! begins a new history, and a reader of the old one is told to read everything again.

use std::collections::BTreeMap;

use model::record::Record;
use sha2::{Digest as _, Sha256};

use crate::db::{Db, values};
use crate::error::StoreError;
use crate::reader::Reader;
use crate::revision;
use crate::view::View;

pub(crate) const TABLES: &str = "
    DROP TABLE IF EXISTS state;
    DROP TABLE IF EXISTS change;
    DROP TABLE IF EXISTS filling;
    CREATE TABLE state (n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE change (
        n INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (n, kind, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE filling (n INTEGER NOT NULL) STRICT;
    INSERT INTO filling VALUES (0);
";

/// What became of one record is found without reading all changes. Views that were made before it was thought of get it
/// when they are next opened for writing.
pub(crate) const INDEX: &str = "CREATE INDEX IF NOT EXISTS change_of ON change (kind, id, n);";

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
    pub(crate) fn of(db: &Db) -> Result<Self, StoreError> {
        let mut rows = BTreeMap::new();
        db.each("SELECT kind, id, json FROM record", &[], |row| {
            rows.insert((row.text(0)?, row.text(1)?), Sha256::digest(row.text(2)?).into());
            Ok(())
        })?;
        let states = db.one("SELECT count(*) FROM state", &[], |row| row.int(0))?;
        Ok(Self {
            rows,
            changes: Vec::new(),
            first: states == Some(0),
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

    pub(crate) fn write(mut self, db: &Db) -> Result<(), StoreError> {
        if !self.first {
            self.changes
                .extend(self.rows.into_keys().map(|(kind, id)| Change {
                    kind,
                    id,
                    what: "gone".to_owned(),
                }));
        }
        let next = db.one("SELECT coalesce(max(n), 0) + 1 FROM state", &[], |row| row.int(0))?;
        // An earlier filling that was never named leaves its changes to this one.
        for change in &self.changes {
            db.execute(
                "INSERT INTO change VALUES (?1, ?2, ?3, ?4) ON CONFLICT (n, kind, id) DO UPDATE SET what = excluded.what",
                values![next, &change.kind, &change.id, &change.what],
            )?;
        }
        revision::keep(db, next.unwrap_or(1), &self.changes)
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
        let newest = self
            .db
            .one("SELECT n, name FROM state ORDER BY n DESC LIMIT 1", &[], |row| {
                Ok((row.int(0)?, row.text(1)?))
            })?;
        let (n, name) = newest.unwrap_or_default();
        let changed = self.db.one(
            "SELECT EXISTS (SELECT 1 FROM change WHERE n > ?1)",
            values![n],
            |row| row.int(0),
        )?;
        if n > 0 && changed == Some(0) && name.ends_with(&hash) {
            return Ok(());
        }
        let next = n + 1;
        self.db.at_once(|| {
            self.db.execute(
                "INSERT INTO state VALUES (?1, ?2)",
                values![next, format!("{next}-{hash}")],
            )?;
            self.db
                .execute("INSERT INTO head VALUES (?1, ?2)", values![next, checkpoint])?;
            for table in ["change", "state", "head", "earlier"] {
                self.db.execute(
                    &format!("DELETE FROM {table} WHERE n <= ?1"),
                    values![next - STATES_MAX],
                )?;
            }
            Ok(())
        })
    }
}

impl Reader {
    /// Which records are not as they were in this state.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn changes_since(&self, state: &str) -> Result<Changes, StoreError> {
        let newest = self.state()?.unwrap_or_default();
        self.changes_between(state, &newest)
    }

    /// Which records were not in the later of two states as they were in the earlier one.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn changes_between(&self, earlier: &str, later: &str) -> Result<Changes, StoreError> {
        let number = |name: &str| {
            self.db
                .one("SELECT n FROM state WHERE name = ?1", values![name], |row| {
                    row.int(0)
                })
        };
        let (Some(n), Some(last)) = (number(earlier)?, number(later)?) else {
            return Ok(Changes::Unknown);
        };
        let mut found: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
        self.db.each(
            "SELECT kind, id, what FROM change WHERE n > ?1 AND n <= ?2 ORDER BY kind, id, n",
            values![n, last],
            |row| {
                let what = row.text(2)?;
                found
                    .entry((row.text(0)?, row.text(1)?))
                    .and_modify(|(_, last)| last.clone_from(&what))
                    .or_insert((what.clone(), what));
                Ok(())
            },
        )?;
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
