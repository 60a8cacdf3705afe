//! Changed records as they were before each filling that changed them.
//!
//! Like the list of changes, this is history that the log alone cannot give again, since earlier data packs are
//! not in it. Nothing is kept of a record that is gone, nor of one that rested on a record that is gone: what was
//! taken down must not live on here.

use std::collections::BTreeSet;

use model::record::Record;
use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::change::Change;
use crate::error::StoreError;
use crate::reader::Reader;

pub(crate) const TABLES: &str = "
    DROP TABLE IF EXISTS head;
    DROP TABLE IF EXISTS earlier;
    CREATE TABLE head (n INTEGER PRIMARY KEY, checkpoint TEXT NOT NULL) STRICT;
    CREATE TABLE earlier (
        n INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id, n)
    ) STRICT, WITHOUT ROWID;
";

/// Run before the records are emptied: they are looked at once more when it is known which of them changed.
pub(crate) const SET_ASIDE: &str = "CREATE TABLE before AS SELECT kind, id, json FROM record";

/// A filling that changed a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// Name of the state after it.
    pub state: String,
    /// The signed head of the log that it was made from.
    pub checkpoint: String,
    /// The signed head that the state before was made from; nothing when that is not known any more.
    pub checkpoint_before: Option<String>,
    /// `added` or `changed`.
    pub what: String,
    /// The record as it was before; nothing when it was not there, or is not kept.
    pub before: Option<Record>,
}

/// Keeps the records that filling `n` changed as they were, and lets go of what must not be kept.
pub(crate) fn keep(transaction: &Transaction<'_>, n: i64, changes: &[Change]) -> rusqlite::Result<()> {
    let named = |what: &str| -> BTreeSet<(&str, &str)> {
        let all = changes.iter().filter(|change| change.what == what);
        all.map(|change| (change.kind.as_str(), change.id.as_str()))
            .collect()
    };
    let (changed, gone) = (named("changed"), named("gone"));
    let gone_ids: BTreeSet<&str> = gone.iter().map(|(_, id)| *id).collect();
    if !changed.is_empty() {
        let mut insert =
            transaction.prepare("INSERT INTO earlier VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")?;
        let mut all = transaction.prepare("SELECT kind, id, json FROM before")?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, id): (String, String) = (row.get(0)?, row.get(1)?);
            if changed.contains(&(kind.as_str(), id.as_str())) {
                insert.execute(params![n, kind, id, row.get::<_, String>(2)?])?;
            }
        }
    }
    if !gone.is_empty() {
        let mut doomed = Vec::new();
        let mut all = transaction.prepare("SELECT n, kind, id, json FROM earlier")?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let key: (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let rested = rests_on(&row.get::<_, String>(3)?, &gone_ids);
            if rested || gone.contains(&(key.1.as_str(), key.2.as_str())) {
                doomed.push(key);
            }
        }
        let mut delete = transaction.prepare("DELETE FROM earlier WHERE n = ?1 AND kind = ?2 AND id = ?3")?;
        for (n, kind, id) in doomed {
            delete.execute(params![n, kind, id])?;
        }
    }
    transaction.execute_batch("DROP TABLE before")
}

/// Whether a record names one of these ids anywhere. One that does not read is as good as doomed.
fn rests_on(json: &str, ids: &BTreeSet<&str>) -> bool {
    fn names(value: &serde_json::Value, ids: &BTreeSet<&str>) -> bool {
        match value {
            serde_json::Value::String(word) => ids.contains(word.as_str()),
            serde_json::Value::Array(items) => items.iter().any(|item| names(item, ids)),
            serde_json::Value::Object(fields) => fields.values().any(|field| names(field, ids)),
            _ => false,
        }
    }
    serde_json::from_str(json).map_or(true, |value| names(&value, ids))
}

impl Reader {
    /// The fillings that changed a record, the newest first.
    ///
    /// # Errors
    /// When the database refuses, or a kept record does not read.
    pub fn revisions(&self, kind: &str, id: &str) -> Result<Vec<Revision>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let mut statement = self
            .connection
            .prepare(
                "SELECT c.n, s.name, h.checkpoint, c.what, e.json FROM change c
                 JOIN state s ON s.n = c.n JOIN head h ON h.n = c.n
                 LEFT JOIN earlier e ON e.n = c.n AND e.kind = c.kind AND e.id = c.id
                 WHERE c.kind = ?1 AND c.id = ?2 ORDER BY c.n DESC",
            )
            .map_err(wrong)?;
        let mut rows = statement.query([kind, id]).map_err(wrong)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(wrong)? {
            let n: i64 = row.get(0).map_err(wrong)?;
            let json: Option<String> = row.get(4).map_err(wrong)?;
            let read = |json: String| {
                serde_json::from_str(&json).map_err(|source| StoreError::Record {
                    id: id.to_owned(),
                    source,
                })
            };
            found.push(Revision {
                state: row.get(1).map_err(wrong)?,
                checkpoint: row.get(2).map_err(wrong)?,
                checkpoint_before: self.head(n - 1)?,
                what: row.get(3).map_err(wrong)?,
                before: json.map(read).transpose()?,
            });
        }
        Ok(found)
    }

    /// Ids of the records of a kind that fillings added or changed, each with the state and its signed head, the
    /// newest first; at most `limit`, and one id may come more than once.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn newest_changes(
        &self,
        kind: &str,
        limit: usize,
    ) -> Result<Vec<(String, String, String)>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self
            .connection
            .prepare(
                "SELECT c.id, s.name, h.checkpoint FROM change c
                 JOIN state s ON s.n = c.n JOIN head h ON h.n = c.n
                 WHERE c.kind = ?1 AND c.what <> 'gone' ORDER BY c.n DESC, c.id LIMIT ?2",
            )
            .map_err(wrong)?;
        let rows = statement
            .query_map(params![kind, limit], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .map_err(wrong)?;
        rows.collect::<Result<_, _>>().map_err(wrong)
    }

    /// Names of the states that the history holds with the signed head of each, the newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn states(&self) -> Result<Vec<(String, String)>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let mut statement = self
            .connection
            .prepare("SELECT s.name, h.checkpoint FROM state s JOIN head h ON h.n = s.n ORDER BY s.n DESC")
            .map_err(wrong)?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(wrong)?;
        rows.collect::<Result<_, _>>().map_err(wrong)
    }

    fn head(&self, n: i64) -> Result<Option<String>, StoreError> {
        self.connection
            .query_row("SELECT checkpoint FROM head WHERE n = ?1", [n], |row| row.get(0))
            .optional()
            .map_err(StoreError::database("read", &self.path))
    }
}
