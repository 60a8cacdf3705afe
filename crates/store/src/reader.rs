//! Reading a view: by kind, id, document, words, and by what records are filtered by.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use model::record::Record;

use crate::db::{Cell, Db, Row, Texts, Use, Value, values};
use crate::error::StoreError;
use crate::facet::Filter;
use crate::place::Place;
use crate::tables::{Kept, Tables};
use crate::view::{PART, SCHEMA_VERSION};
use crate::words::phrases;

/// The most records one search gives.
///
/// 10,000: some hundred screens. Lower it and a search misses hits that a person could still leaf
/// through; raise it and one careless word loads the whole view into memory.
pub const RECORDS_FOUND_MAX: usize = 10_000;

/// A record by its names and places, without what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its place in the replay.
    pub ord: i64,
    /// Its kind.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Name of its page.
    pub document: Option<String>,
    /// First byte and one past the last byte of its words on the page.
    pub span: Option<(i64, i64)>,
}

/// Records that one question names.
///
/// 1,000: a page of the longest list. Raise it and one question grows to megabytes; lower it and a server on another
/// machine is asked more often.
const NAMED_AT_ONCE: usize = 1_000;

/// What a view says of itself: which filling it holds, its state, and what is noted about its records.
#[derive(Clone, Debug, Default)]
struct Stand {
    filling: String,
    state: Option<String>,
    notes: Vec<(String, String)>,
}

/// The question for it.
const STAND: &str =
    "SELECT NULL, NULL, (SELECT max(n) FROM filling), (SELECT name FROM state ORDER BY n DESC LIMIT 1)
    UNION ALL SELECT key, value, NULL, NULL FROM meta";

impl Stand {
    fn read(rows: Vec<Texts>) -> Self {
        let mut stand = Self::default();
        for row in rows {
            if let Ok([key, value, filling, state]) = <[Option<String>; 4]>::try_from(row) {
                match key {
                    Some(key) => stand.notes.push((key, value.unwrap_or_default())),
                    None => (stand.filling, stand.state) = (filling.unwrap_or_default(), state),
                }
            }
        }
        stand.notes.sort();
        stand
    }
}

/// A view that is only read; others may read it and replace it meanwhile.
#[derive(Debug)]
pub struct Reader {
    pub(crate) db: Db,
    tables: Arc<Tables>,
    /// What was read of the state of which several questions are asked now.
    stand: RefCell<Option<Stand>>,
}

impl Reader {
    /// Opens the view at this place for reading.
    ///
    /// # Errors
    /// When there is none, it has another layout, or the system refuses.
    pub fn open(place: impl Into<Place>) -> Result<Self, StoreError> {
        Self::sharing(place, &Arc::default())
    }

    /// The same, with what is filtered by held in memory once for all readers that share it.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn sharing(place: impl Into<Place>, tables: &Arc<Tables>) -> Result<Self, StoreError> {
        let db = Db::open(&place.into(), PART, Use::Read)?;
        match db.version(PART)? {
            Some(SCHEMA_VERSION) => Ok(Self {
                tables: Arc::clone(tables),
                ..Self::of(db)
            }),
            _ => Err(StoreError::OldLayout {
                path: db.name().to_owned(),
            }),
        }
    }

    pub(crate) fn of(db: Db) -> Self {
        Self {
            db,
            tables: Arc::default(),
            stand: RefCell::default(),
        }
    }

    /// All records of a kind, in the order they were put in.
    ///
    /// # Errors
    /// When the database refuses, or a stored record does not read.
    pub fn by_kind(&self, kind: &str) -> Result<Vec<Record>, StoreError> {
        self.records(
            "SELECT id, json FROM record WHERE kind = ?1 ORDER BY ord",
            values![kind],
        )
    }

    /// The records with this id: one, or one of each kind where kinds share names.
    ///
    /// # Errors
    /// As [`Reader::by_kind`].
    pub fn by_id(&self, id: &str) -> Result<Vec<Record>, StoreError> {
        self.records(
            "SELECT id, json FROM record WHERE id = ?1 ORDER BY ord",
            values![id],
        )
    }

    /// The records that rest on a place in this document, in the order of the page.
    ///
    /// # Errors
    /// As [`Reader::by_kind`].
    pub fn by_document(&self, document: &str) -> Result<Vec<Record>, StoreError> {
        self.records(
            "SELECT id, json FROM record WHERE document = ?1 ORDER BY start, ord",
            values![document],
        )
    }

    /// The first `limit` records, in the order they were put in, whose quoted words hold all of `words`.
    /// A word ending in `*` matches all that begin so; letter case and accents do not matter. Any text
    /// is a fair question: nothing in it is read as a command.
    ///
    /// # Errors
    /// As [`Reader::by_kind`].
    pub fn search(&self, words: &str, limit: usize) -> Result<Vec<Record>, StoreError> {
        let phrases = phrases(words);
        if phrases.is_empty() {
            return Ok(Vec::new());
        }
        let limit = i64::try_from(limit.min(RECORDS_FOUND_MAX)).expect("the cap is small");
        let question = format!(
            "SELECT id, json FROM record
             WHERE ord IN (SELECT rowid FROM quotes WHERE {}) ORDER BY ord LIMIT ?2",
            self.db.matching(1)
        );
        self.records(&question, values![self.db.question(&phrases), limit])
    }

    /// How many records there are of each kind, by name of the kind.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn kinds(&self) -> Result<Vec<(String, u64)>, StoreError> {
        self.db.rows(
            "SELECT kind, count(*) FROM record GROUP BY kind ORDER BY kind",
            &[],
            |row| Ok((row.text(0)?, row.int(1)?.unsigned_abs())),
        )
    }

    /// What is noted about the records under this key, such as the checkpoint they were made from.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn meta(&self, key: &str) -> Result<Option<String>, StoreError> {
        let notes = self.stand()?.notes.into_iter();
        Ok(notes
            .filter(|(known, _)| known == key)
            .map(|(_, value)| value)
            .next())
    }

    /// All that is noted about the records, by key.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn notes(&self) -> Result<Vec<(String, String)>, StoreError> {
        Ok(self.stand()?.notes)
    }

    /// Name of the newest state; nothing before the view was first filled.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn state(&self) -> Result<Option<String>, StoreError> {
        Ok(self.stand()?.state)
    }

    /// All of it comes with one question, and while several are asked of one state with the beginning of that: a server
    /// may be far away.
    fn stand(&self) -> Result<Stand, StoreError> {
        if let Some(stand) = &*self.stand.borrow() {
            return Ok(stand.clone());
        }
        Ok(Stand::read(self.db.texts(STAND)?))
    }

    /// The records of a kind that a filter keeps.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn keep(&self, filter: &Filter) -> Result<Kept, StoreError> {
        let stand = self.stand()?;
        let filling = format!("{} {}", stand.filling, stand.state.unwrap_or_default());
        let table = self.tables.of(&self.db, filling, &filter.kind)?;
        table.keep(&self.db, filter)
    }

    /// The places in the replay of the records of a kind that a filter keeps, in order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn ords(&self, filter: &Filter) -> Result<Vec<i64>, StoreError> {
        Ok(self.keep(filter)?.ords().collect())
    }

    /// The records at these places in the replay, in this order; each place is named once.
    ///
    /// # Errors
    /// As [`Reader::by_kind`].
    pub fn at(&self, ords: &[i64]) -> Result<Vec<Record>, StoreError> {
        let question = format!(
            "SELECT id, json, ord FROM record WHERE {}",
            self.db.among("ord", 1)
        );
        let mut records = Vec::with_capacity(ords.len());
        for part in ords.chunks(NAMED_AT_ONCE) {
            let found = self
                .db
                .rows(&question, values![part], |row| Ok((row.int(2)?, record(row)?)))?;
            let mut found: HashMap<i64, Record> = found.into_iter().collect();
            records.extend(part.iter().filter_map(|ord| found.remove(ord)));
        }
        Ok(records)
    }

    /// Ids of the records at these places in the replay, in the order of the replay.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn ids(&self, ords: &[i64]) -> Result<Vec<String>, StoreError> {
        let among = self.db.among("ord", 1);
        let question = format!("SELECT id FROM record WHERE {among} ORDER BY ord");
        let mut ids = Vec::with_capacity(ords.len());
        for part in ords.chunks(NAMED_AT_ONCE) {
            ids.extend(self.db.rows(&question, values![part], |row| row.text(0))?);
        }
        Ok(ids)
    }

    /// Places in the replay of the records with any of these ids, and of those of a kind that rest on any of them.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn ords_of(&self, ids: &[&str], resting: Option<&str>) -> Result<Vec<i64>, StoreError> {
        let among = |column: &str| self.db.among(column, 1);
        let question = match resting {
            None => format!("SELECT ord FROM record WHERE {}", among("id")),
            Some(_) => format!(
                "SELECT record.ord FROM basis JOIN record ON record.ord = basis.ord WHERE {} AND record.kind = ?2",
                among("basis.id")
            ),
        };
        let mut ords = Vec::new();
        for part in ids.chunks(NAMED_AT_ONCE) {
            let found = match resting {
                None => self.db.rows(&question, values![part], |row| row.int(0))?,
                Some(kind) => self.db.rows(&question, values![part, kind], |row| row.int(0))?,
            };
            ords.extend(found);
        }
        Ok(ords)
    }

    /// Every record, one by one, in the order in which they were put in. `take` must ask this reader nothing.
    ///
    /// # Errors
    /// As [`Reader::by_kind`], and what `take` gives, which is called no more then.
    pub fn each(&self, mut take: impl FnMut(Record) -> Result<(), StoreError>) -> Result<(), StoreError> {
        self.db
            .each("SELECT id, json FROM record ORDER BY ord", &[], |row| {
                take(record(row)?)
            })
    }

    /// The records with this id, each with its place in the replay.
    ///
    /// # Errors
    /// As [`Reader::by_kind`].
    pub fn with_ords(&self, id: &str) -> Result<Vec<(i64, Record)>, StoreError> {
        self.named(&[id])
    }

    /// The records with any of these ids, each with its place in the replay: id after id, each id named once.
    ///
    /// # Errors
    /// As [`Reader::by_kind`].
    pub fn named(&self, ids: &[&str]) -> Result<Vec<(i64, Record)>, StoreError> {
        let question = format!(
            "SELECT id, json, ord FROM record WHERE {} ORDER BY ord",
            self.db.among("id", 1)
        );
        let mut records = Vec::new();
        for part in ids.chunks(NAMED_AT_ONCE) {
            let mut found: HashMap<String, Vec<(i64, Record)>> = HashMap::new();
            self.db.each(&question, values![part], |row| {
                let of_id = found.entry(row.text(0)?).or_default();
                of_id.push((row.int(2)?, record(row)?));
                Ok(())
            })?;
            records.extend(part.iter().filter_map(|id| found.remove(*id)).flatten());
        }
        Ok(records)
    }

    /// Kind, id, page and place on it of every record of a kind, in order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn outline(&self, kind: &str) -> Result<Vec<Outline>, StoreError> {
        self.outlines("WHERE kind = ?1", kind)
    }

    /// The same of the records with this id.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn outline_of(&self, id: &str) -> Result<Vec<Outline>, StoreError> {
        self.outlines("WHERE id = ?1", id)
    }

    /// The same of the records that rest on this id.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn resting_on(&self, id: &str) -> Result<Vec<Outline>, StoreError> {
        self.outlines("WHERE ord IN (SELECT ord FROM basis WHERE id = ?1)", id)
    }

    /// The same of the records that stand on a page.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn on_page(&self, document: &str) -> Result<Vec<Outline>, StoreError> {
        self.outlines("WHERE document = ?1", document)
    }

    /// Places in the replay of everything that records of this kind rest on.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn under(&self, kind: &str) -> Result<Vec<i64>, StoreError> {
        self.db.rows(
            "SELECT ord FROM record WHERE id IN
                (SELECT basis.id FROM basis JOIN record ON record.ord = basis.ord WHERE record.kind = ?1)",
            values![kind],
            |row| row.int(0),
        )
    }

    fn outlines(&self, which: &str, value: &str) -> Result<Vec<Outline>, StoreError> {
        let question =
            format!(r#"SELECT ord, kind, id, document, start, "end" FROM record {which} ORDER BY ord"#);
        self.db.rows(&question, values![value], |row| {
            Ok(Outline {
                ord: row.int(0)?,
                kind: row.text(1)?,
                id: row.text(2)?,
                document: row.optional_text(3)?,
                span: row.optional_int(4)?.zip(row.optional_int(5)?),
            })
        })
    }

    /// Runs several questions against one state of the view, whoever writes meanwhile.
    ///
    /// # Errors
    /// When the database refuses, or a question does.
    pub fn at_once<T, E: From<StoreError>>(
        &self,
        questions: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let answer = self.db.at_once_after(STAND, |rows| {
            self.stand.replace(Some(Stand::read(rows)));
            questions(self)
        });
        self.stand.replace(None);
        answer
    }

    fn records(&self, question: &str, values: &[Value]) -> Result<Vec<Record>, StoreError> {
        self.db.rows(question, values, record)
    }
}

/// The record in a row of id and JSON.
fn record(row: &Row<'_>) -> Result<Record, StoreError> {
    let json = match row.cell(1)? {
        Cell::Text(json) => json,
        _ => "",
    };
    serde_json::from_str(json).map_err(|source| StoreError::Record {
        id: row.text(0).unwrap_or_default(),
        source,
    })
}
