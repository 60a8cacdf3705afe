//! Changed records as they were before each filling that changed them.
//!
//! Like the list of changes, this is history that the log alone cannot give again, since earlier data packs are
//! not in it. Nothing is kept of a record that is gone, nor of one that named a record of a page's words that is
//! gone: what was taken down must not live on here. An incident of which more is told gets another id; the one
//! before is kept as its earlier form.

use std::collections::{BTreeMap, BTreeSet};

use model::record::Record;

use crate::change::Change;
use crate::db::{Db, values};
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
pub(crate) const SET_ASIDE: &str = "CREATE TABLE before_filling AS SELECT kind, id, json FROM record";

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

/// Kinds that hold words of a page, or stand on them: when such a record is gone, its page may have been taken down.
const OF_PAGES: [&str; 10] = [
    "document",
    "passage",
    "claim",
    "statement",
    "figure",
    "time",
    "place",
    "actor_mention",
    "artefact",
    "complaint",
];

/// The kind that gets another id when more is told of the same thing, and is followed over it.
const FOLLOWED: &str = "incident";

/// Keeps the records that filling `n` changed as they were, and lets go of what must not be kept. Called when its
/// records and changes are written.
pub(crate) fn keep(db: &Db, n: i64, changes: &[Change]) -> Result<(), StoreError> {
    db.execute(
        "INSERT INTO earlier SELECT c.n, b.kind, b.id, b.json FROM before_filling b
         JOIN change c ON c.kind = b.kind AND c.id = b.id
         WHERE c.n = ?1 AND c.what = 'changed' ON CONFLICT (kind, id, n) DO NOTHING",
        values![n],
    )?;
    let ids = |what: &str, kind: &dyn Fn(&str) -> bool| -> BTreeSet<&str> {
        let those = changes.iter().filter(|it| it.what == what && kind(&it.kind));
        those.map(|it| it.id.as_str()).collect()
    };
    let followed = follow(
        db,
        n,
        &ids("gone", &|kind| kind == FOLLOWED),
        &ids("added", &|kind| kind == FOLLOWED),
    )?;
    let words_gone = ids("gone", &|kind| OF_PAGES.contains(&kind));
    let gone: BTreeSet<(&str, &str)> = changes
        .iter()
        .filter(|it| it.what == "gone" && !(it.kind == FOLLOWED && followed.contains(&it.id)))
        .map(|it| (it.kind.as_str(), it.id.as_str()))
        .collect();
    if !gone.is_empty() {
        let mut doomed = Vec::new();
        db.each("SELECT n, kind, id, json FROM earlier", &[], |row| {
            let (kind, id) = (row.text(1)?, row.text(2)?);
            if gone.contains(&(kind.as_str(), id.as_str())) || rests_on(&row.text(3)?, &words_gone) {
                doomed.push((row.int(0)?, kind, id));
            }
            Ok(())
        })?;
        for (n, kind, id) in doomed {
            db.execute(
                "DELETE FROM earlier WHERE n = ?1 AND kind = ?2 AND id = ?3",
                values![n, &kind, &id],
            )?;
        }
    }
    db.batch("DROP TABLE before_filling")
}

/// Keeps what is gone as the earlier form of what came in its place: the record that rests on all that it rested
/// on. Gives the ids of those that have such a successor.
fn follow(
    db: &Db,
    n: i64,
    gone: &BTreeSet<&str>,
    added: &BTreeSet<&str>,
) -> Result<BTreeSet<String>, StoreError> {
    let mut found = BTreeSet::new();
    if gone.is_empty() || added.is_empty() {
        return Ok(found);
    }
    let read = |table: &str, wanted: &BTreeSet<&str>| {
        let mut all = Vec::new();
        db.each(
            &format!("SELECT id, json FROM {table} WHERE kind = ?1 ORDER BY id"),
            values![FOLLOWED],
            |row| {
                let (id, json) = (row.text(0)?, row.text(1)?);
                if wanted.contains(id.as_str()) {
                    let basis = serde_json::from_str::<Record>(&json).map(|record| record.basis);
                    all.push((id, basis.unwrap_or_default(), json));
                }
                Ok(())
            },
        )
        .map(|()| all)
    };
    let mut old = read("before_filling", gone)?;
    // The largest first: of several that became one, the one that most was told of is its earlier form.
    old.sort_by_key(|(_, basis, _)| std::cmp::Reverse(basis.len()));
    let mut of_claim: BTreeMap<String, String> = BTreeMap::new();
    for (id, basis, _) in read("record", added)? {
        of_claim.extend(basis.into_iter().map(|claim| (claim, id.clone())));
    }
    for (id, basis, json) in old {
        let mut heirs = basis.iter().map(|claim| of_claim.get(claim));
        let Some(Some(heir)) = heirs.next() else {
            continue;
        };
        if !heirs.all(|other| other == Some(heir)) {
            continue;
        }
        db.execute(
            "INSERT INTO earlier VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, id, n) DO NOTHING",
            values![n, FOLLOWED, heir, &json],
        )?;
        found.insert(id);
    }
    Ok(found)
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
        let mut found = Vec::new();
        let (mut id, mut below) = (id.to_owned(), i64::MAX);
        loop {
            let (part, lowest) = self.revisions_below(kind, &id, below)?;
            let earlier = part
                .last()
                .and_then(|it: &Revision| it.before.as_ref())
                .map(|it| it.id.clone());
            found.extend(part);
            match earlier {
                // It had another id before: what became of that goes on below.
                Some(other) if other != id => (id, below) = (other, lowest),
                _ => return Ok(found),
            }
        }
    }

    /// Those of one id before a filling, and the number of the oldest of them.
    fn revisions_below(&self, kind: &str, id: &str, below: i64) -> Result<(Vec<Revision>, i64), StoreError> {
        let read = |json: String| {
            serde_json::from_str(&json).map_err(|source| StoreError::Record {
                id: id.to_owned(),
                source,
            })
        };
        let mut lowest = below;
        let found = self.db.rows(
            "SELECT s.name, h.checkpoint, p.checkpoint, c.what, e.json, c.n FROM change c
             JOIN state s ON s.n = c.n JOIN head h ON h.n = c.n LEFT JOIN head p ON p.n = c.n - 1
             LEFT JOIN earlier e ON e.n = c.n AND e.kind = c.kind AND e.id = c.id
             WHERE c.kind = ?1 AND c.id = ?2 AND c.n < ?3 AND c.what <> 'gone' ORDER BY c.n DESC",
            values![kind, id, below],
            |row| {
                let before: Option<Record> = row.optional_text(4)?.map(read).transpose()?;
                lowest = row.int(5)?;
                Ok(Revision {
                    state: row.text(0)?,
                    checkpoint: row.text(1)?,
                    checkpoint_before: row.optional_text(2)?,
                    what: match before {
                        Some(_) => "changed".to_owned(),
                        None => row.text(3)?,
                    },
                    before,
                })
            },
        )?;
        Ok((found, lowest))
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
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.db.rows(
            "SELECT c.id, s.name, h.checkpoint FROM change c
             JOIN state s ON s.n = c.n JOIN head h ON h.n = c.n
             WHERE c.kind = ?1 AND c.what <> 'gone' ORDER BY c.n DESC, c.id LIMIT ?2",
            values![kind, limit],
            |row| Ok((row.text(0)?, row.text(1)?, row.text(2)?)),
        )
    }

    /// Names of the states that the history holds with the signed head of each, the newest first.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn states(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.db.rows(
            "SELECT s.name, h.checkpoint FROM state s JOIN head h ON h.n = s.n ORDER BY s.n DESC",
            &[],
            |row| Ok((row.text(0)?, row.text(1)?)),
        )
    }
}
