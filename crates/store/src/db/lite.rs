//! The embedded database.

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};

use super::{Cell, Part, RowOf, Use, Value};
use crate::error::StoreError;

/// How long a reader waits while the view is written anew.
///
/// 5 s: writing the view of a day's pages takes well under one. Lower it and readers see refusals whenever
/// pages are taken in; raise it and a stuck writer holds every reader.
const READER_WAIT_MAX: Duration = Duration::from_secs(5);

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

/// The words of quotations: they come cut and folded already, and their texts are not kept twice.
pub(super) const QUOTES: &str =
    "CREATE VIRTUAL TABLE quotes USING fts5 (words, content = '', tokenize = 'ascii')";
pub(super) const DROP_QUOTES: &str = "DROP TABLE IF EXISTS quotes;";

pub(super) fn open(path: &Path, used: Use) -> Result<Connection, StoreError> {
    let wrong = StoreError::sqlite("open", path);
    if used == Use::Read {
        // Not read-only: what an interrupted writer left is rolled back by whoever opens next.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(wrong)?;
        connection.busy_timeout(READER_WAIT_MAX).map_err(wrong)?;
        connection
            .execute_batch("PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON;")
            .map_err(wrong)?;
        return Ok(connection);
    }
    let connection = Connection::open(path).map_err(wrong)?;
    let wait = if used == Use::Write {
        WRITER_WAIT_MAX
    } else {
        Duration::ZERO
    };
    connection.busy_timeout(wait).map_err(wrong)?;
    // One process, so no shared memory file; no memory map, so a full or failing disk gives an error
    // and not a signal; every commit is on the disk before it returns; freed pages are wiped.
    connection
        .execute_batch(&format!(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA mmap_size = 0; PRAGMA cache_size = {CACHE_KIB};
             PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;"
        ))
        .and_then(|()| connection.execute_batch("BEGIN EXCLUSIVE; COMMIT; PRAGMA journal_mode = TRUNCATE"))
        .map_err(wrong)?;
    Ok(connection)
}

pub(super) fn version(connection: &Connection, part: Part, name: &Path) -> Result<Option<i64>, StoreError> {
    let number = |question| {
        connection
            .query_row(question, [], |row| row.get::<_, i64>(0))
            .map_err(StoreError::sqlite("read", name))
    };
    let (mark, tables) = (
        number("PRAGMA application_id")?,
        number("SELECT count(*) FROM sqlite_schema")?,
    );
    match (mark, tables) {
        (0, 0) => Ok(None),
        (mark, _) if mark == part.mark => number("PRAGMA user_version").map(Some),
        _ => Err(StoreError::NotOurs {
            path: name.to_owned(),
        }),
    }
}

pub(super) fn set_version(connection: &Connection, part: Part, name: &Path) -> Result<(), StoreError> {
    connection
        .pragma_update(None, "application_id", part.mark)
        .and_then(|()| connection.pragma_update(None, "user_version", part.version))
        .map_err(StoreError::sqlite("write to", name))
}

pub(super) fn each(
    connection: &Connection,
    name: &Path,
    question: &str,
    values: &[Value],
    take: &mut dyn FnMut(RowOf<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let wrong = StoreError::sqlite("read", name);
    let mut statement = connection.prepare_cached(question).map_err(wrong)?;
    let mut rows = statement.query(params_from_iter(values)).map_err(wrong)?;
    while let Some(row) = rows.next().map_err(wrong)? {
        take(RowOf::Lite(row))?;
    }
    Ok(())
}

pub(super) fn execute(
    connection: &Connection,
    name: &Path,
    command: &str,
    values: &[Value],
) -> Result<u64, StoreError> {
    let rows = connection
        .prepare_cached(command)
        .and_then(|mut statement| statement.execute(params_from_iter(values)))
        .map_err(StoreError::sqlite("write to", name))?;
    Ok(rows as u64)
}

pub(super) fn fill(
    connection: &Connection,
    name: &Path,
    table: &str,
    columns: &[&str],
    rows: &[Vec<Value>],
) -> Result<(), StoreError> {
    let marks: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
    let command = format!(
        "INSERT INTO {table} ({}) VALUES ({})",
        columns.join(", "),
        marks.join(", ")
    );
    let wrong = StoreError::sqlite("write to", name);
    let mut statement = connection.prepare_cached(&command).map_err(wrong)?;
    for row in rows {
        statement.execute(params_from_iter(row)).map_err(wrong)?;
    }
    Ok(())
}

pub(super) fn cell<'r>(row: &'r rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Cell<'r>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(number) => Cell::Real(number),
        value @ ValueRef::Text(_) => Cell::Text(value.as_str()?),
        ValueRef::Blob(bytes) => Cell::Blob(bytes),
    })
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let list = |json: serde_json::Value| Ok(ToSqlOutput::Owned(json.to_string().into()));
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Ints(numbers) => return list(numbers.as_slice().into()),
            Self::Texts(texts) => return list(texts.as_slice().into()),
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
