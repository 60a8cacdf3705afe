//! Reading a view: by kind, id, document, words, and by what records are filtered by.

use std::path::{Path, PathBuf};
use std::time::Duration;

use model::record::Record;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Params, params, params_from_iter};

use crate::error::StoreError;
use crate::facet::Filter;
use crate::view::{APPLICATION_ID, SCHEMA_VERSION};

/// The most records one search gives.
///
/// 10,000: some hundred screens. Lower it and a search misses hits that a person could still leaf
/// through; raise it and one careless word loads the whole view into memory.
pub const RECORDS_FOUND_MAX: usize = 10_000;

/// How long a reader waits while the view is written anew.
///
/// 5 s: writing the view of a day's pages takes well under one. Lower it and readers see refusals whenever
/// pages are taken in; raise it and a stuck writer holds every reader.
const READER_WAIT_MAX: Duration = Duration::from_secs(5);

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
    /// First day that it can be.
    pub first: Option<String>,
    /// Whether a place is known for it.
    pub placed: bool,
}

/// A view that is only read; others may read it and replace it meanwhile.
#[derive(Debug)]
pub struct Reader {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Reader {
    /// Opens the view in this file for reading.
    ///
    /// # Errors
    /// When there is none, it has another layout, or the system refuses.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let wrong = StoreError::database("open", path);
        // Not read-only: what an interrupted writer left is rolled back by whoever opens next.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(wrong)?;
        connection.busy_timeout(READER_WAIT_MAX).map_err(wrong)?;
        connection
            .execute_batch("PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;")
            .map_err(wrong)?;
        let reader = Self {
            connection,
            path: path.to_owned(),
        };
        match reader.found_version()? {
            Some(SCHEMA_VERSION) => Ok(reader),
            _ => Err(StoreError::OldLayout { path: reader.path }),
        }
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
    /// As [`Reader::by_kind`].
    pub fn by_id(&self, id: &str) -> Result<Vec<Record>, StoreError> {
        self.records("SELECT id, json FROM record WHERE id = ?1 ORDER BY ord", [id])
    }

    /// The records that rest on a place in this document, in the order of the page.
    ///
    /// # Errors
    /// As [`Reader::by_kind`].
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
    /// As [`Reader::by_kind`].
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

    /// The places in the replay of the records of a kind that a filter keeps, in order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn ords(&self, filter: &Filter) -> Result<Vec<i64>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let (condition, values) = filter.condition();
        let mut statement = self
            .connection
            .prepare(&format!("SELECT ord FROM record WHERE {condition} ORDER BY ord"))
            .map_err(wrong)?;
        let rows = statement
            .query_map(params_from_iter(values), |row| row.get(0))
            .map_err(wrong)?;
        rows.collect::<Result<_, _>>().map_err(wrong)
    }

    /// The records at these places in the replay, in this order.
    ///
    /// # Errors
    /// As [`Reader::by_kind`].
    pub fn at(&self, ords: &[i64]) -> Result<Vec<Record>, StoreError> {
        let mut records = Vec::with_capacity(ords.len());
        for ord in ords {
            records.extend(self.records("SELECT id, json FROM record WHERE ord = ?1", [ord])?);
        }
        Ok(records)
    }

    /// The records with this id, each with its place in the replay.
    ///
    /// # Errors
    /// As [`Reader::by_kind`].
    pub fn with_ords(&self, id: &str) -> Result<Vec<(i64, Record)>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let mut statement = self
            .connection
            .prepare("SELECT ord FROM record WHERE id = ?1 ORDER BY ord")
            .map_err(wrong)?;
        let rows = statement.query_map([id], |row| row.get(0)).map_err(wrong)?;
        let ords: Vec<i64> = rows.collect::<Result<_, _>>().map_err(wrong)?;
        let records = self.at(&ords)?;
        Ok(ords.into_iter().zip(records).collect())
    }

    /// Every value of a facet with the place in the replay of each record that has it.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn facet(&self, name: &str) -> Result<Vec<(String, i64)>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let mut statement = self
            .connection
            .prepare("SELECT value, ord FROM facet WHERE name = ?1 ORDER BY value, ord")
            .map_err(wrong)?;
        let rows = statement
            .query_map([name], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(wrong)?;
        rows.collect::<Result<_, _>>().map_err(wrong)
    }

    /// Kind, id, page and place on it of every record, or of every record of a kind, in order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn outline(&self, kind: Option<&str>) -> Result<Vec<Outline>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let which = kind.map_or("", |_| "WHERE kind = ?");
        let mut statement = self
            .connection
            .prepare(&format!(
                r#"SELECT ord, kind, id, document, start, "end", first, lat FROM record {which} ORDER BY ord"#
            ))
            .map_err(wrong)?;
        let rows = statement
            .query_map(params_from_iter(kind), |row| {
                Ok(Outline {
                    ord: row.get(0)?,
                    kind: row.get(1)?,
                    id: row.get(2)?,
                    document: row.get(3)?,
                    span: row.get::<_, Option<i64>>(4)?.zip(row.get(5)?),
                    first: row.get(6)?,
                    placed: row.get::<_, Option<f64>>(7)?.is_some(),
                })
            })
            .map_err(wrong)?;
        rows.collect::<Result<_, _>>().map_err(wrong)
    }

    /// Runs several questions against one state of the view, whoever writes meanwhile.
    ///
    /// # Errors
    /// When the database refuses, or a question does.
    pub fn at_once<T, E: From<StoreError>>(
        &self,
        questions: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = self
            .connection
            .unchecked_transaction()
            .map_err(StoreError::database("read", &self.path))?;
        let answer = questions(self)?;
        drop(transaction);
        Ok(answer)
    }

    pub(crate) fn records(&self, query: &str, params: impl Params) -> Result<Vec<Record>, StoreError> {
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
    pub(crate) fn found_version(&self) -> Result<Option<i64>, StoreError> {
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
            (APPLICATION_ID, _) if version > SCHEMA_VERSION => Err(StoreError::TooNew {
                path: self.path.clone(),
                found: version,
                known: SCHEMA_VERSION,
            }),
            (APPLICATION_ID, _) => Ok(Some(version)),
            (0, 0) => Ok(None),
            _ => Err(StoreError::NotOurs {
                path: self.path.clone(),
            }),
        }
    }
}

/// Each word as a quoted string, so that the index reads none of it as its own syntax.
pub(crate) fn fts_question(words: &str) -> String {
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
