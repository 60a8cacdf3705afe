//! A PostgreSQL server.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::BytesMut;
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, SimpleQueryMessage, Statement};

use super::tls::Address;
use super::{Cell as Found, Db, Part, RowOf, Texts, Use, Value, values};
use crate::error::StoreError;

/// How long the server may take to answer the first time.
///
/// 5 s: a server on the same network answers in milliseconds. Raise it and a desk without its database hangs
/// before it says so.
const CONNECT_WAIT_MAX: Duration = Duration::from_secs(5);

/// How long opening waits for whoever has it, in milliseconds.
///
/// 1,000: a server notices within milliseconds that a writer has gone. Lower it and one that has just gone still
/// stands in the way; raise it and a second writer learns late that there is a first.
const WRITER_WAIT_MAX_MS: u32 = 1_000;

/// Questions that are kept prepared. There are some dozens; beyond it all are forgotten once.
const PREPARED_MAX: usize = 256;

/// A connection, made anew when the server went away meanwhile.
pub(super) struct Connection {
    address: Address,
    used: Use,
    part: Part,
    inner: RefCell<Inner>,
    /// Something failed in a way that leaves no connection.
    is_lost: Cell<bool>,
    is_transaction: Cell<bool>,
}

struct Inner {
    client: Client,
    prepared: BTreeMap<String, Statement>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("used", &self.used)
            .finish_non_exhaustive()
    }
}

impl Connection {
    pub(super) fn open(address: &str, name: &Path, part: Part, used: Use) -> Result<Self, StoreError> {
        let mut address = Address::read(address)?;
        address
            .config
            .connect_timeout(CONNECT_WAIT_MAX)
            .application_name("truceline");
        let inner = connect(&address, name, part, used)?;
        Ok(Self {
            address,
            used,
            part,
            inner: RefCell::new(inner),
            is_lost: Cell::new(false),
            is_transaction: Cell::new(false),
        })
    }

    /// Names the operation and the database, and remembers when the connection is gone.
    fn wrong(&self, doing: &'static str, name: &Path, error: postgres::Error) -> StoreError {
        // Classes of the standard: 08 and 57P are the connection's own; without a code it broke on the way.
        let code = error.code().map(SqlState::code);
        if code.is_none_or(|code| code.starts_with("08") || code.starts_with("57P")) {
            self.is_lost.set(true);
        }
        StoreError::server(doing, name, error)
    }

    /// Works with the connection; the question is prepared once.
    fn with<T>(
        &self,
        name: &Path,
        question: &str,
        doing: &'static str,
        work: impl FnOnce(&mut Client, &Statement) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.whole(name)?;
        let inner = &mut *self.inner.borrow_mut();
        let statement = match inner.prepared.get(question) {
            Some(statement) => statement.clone(),
            None => {
                if inner.prepared.len() >= PREPARED_MAX {
                    inner.prepared.clear();
                }
                let statement = inner
                    .client
                    .prepare(&question.replace('?', "$"))
                    .map_err(|error| self.wrong(doing, name, error))?;
                inner.prepared.insert(question.to_owned(), statement.clone());
                statement
            }
        };
        work(&mut inner.client, &statement)
    }

    /// Connects again where the connection was lost; never between the questions of one transaction, which would
    /// no longer be one.
    fn whole(&self, name: &Path) -> Result<(), StoreError> {
        let mut inner = self.inner.borrow_mut();
        if !inner.client.is_closed() && !self.is_lost.get() {
            return Ok(());
        }
        if self.is_transaction.get() {
            return Err(StoreError::Database {
                doing: "go on with",
                path: name.to_owned(),
                source: "the connection was lost".into(),
            });
        }
        *inner = connect(&self.address, name, self.part, self.used)?;
        self.is_lost.set(false);
        Ok(())
    }

    pub(super) fn each(
        &self,
        name: &Path,
        question: &str,
        values: &[Value],
        take: &mut dyn FnMut(RowOf<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let wrong = |error| self.wrong("read", name, error);
        self.with(name, question, "read", |client, statement| {
            let mut rows = client.query_raw(statement, values).map_err(wrong)?;
            while let Some(row) = rows.next().map_err(wrong)? {
                take(RowOf::Server(&row))?;
            }
            Ok(())
        })
    }

    pub(super) fn execute(&self, name: &Path, command: &str, values: &[Value]) -> Result<u64, StoreError> {
        self.with(name, command, "write to", |client, statement| {
            let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
            client
                .execute(statement, &values)
                .map_err(|error| self.wrong("write to", name, error))
        })
    }

    pub(super) fn batch(&self, name: &Path, commands: &str) -> Result<(), StoreError> {
        let ends = matches!(commands, "COMMIT" | "ROLLBACK");
        let whole = self.whole(name);
        if ends {
            self.is_transaction.set(false);
        }
        whole?;
        self.inner
            .borrow_mut()
            .client
            .batch_execute(commands)
            .map_err(|error| self.wrong("write to", name, error))?;
        if commands.starts_with("BEGIN") {
            self.is_transaction.set(true);
        }
        Ok(())
    }

    /// Begins a transaction and gives the rows of a first question in it.
    pub(super) fn begin(&self, name: &Path, question: &str) -> Result<Vec<Texts>, StoreError> {
        self.whole(name)?;
        let both = format!("{BEGIN}; {question}");
        // Also when the question is refused there is a transaction to end.
        self.is_transaction.set(true);
        let answer = self.inner.borrow_mut().client.simple_query(&both);
        let mut rows = Vec::new();
        for message in answer.map_err(|error| self.wrong("read", name, error))? {
            if let SimpleQueryMessage::Row(row) = message {
                rows.push(
                    (0..row.len())
                        .map(|column| row.get(column).map(str::to_owned))
                        .collect(),
                );
            }
        }
        Ok(rows)
    }

    pub(super) fn fill(
        &self,
        name: &Path,
        table: &str,
        columns: &[&str],
        rows: &[Vec<Value>],
    ) -> Result<(), StoreError> {
        let wrong = |error| self.wrong("write to", name, error);
        let mut text = String::new();
        for row in rows {
            for (column, value) in row.iter().enumerate() {
                if column > 0 {
                    text.push('\t');
                }
                copied(&mut text, value);
            }
            text.push('\n');
        }
        let command = format!("COPY {table} ({}) FROM STDIN", columns.join(", "));
        let inner = &mut *self.inner.borrow_mut();
        let mut writer = inner.client.copy_in(&command).map_err(wrong)?;
        writer
            .write_all(text.as_bytes())
            .map_err(StoreError::io("write to", name))?;
        writer.finish().map_err(wrong)?;
        Ok(())
    }
}

/// Whoever reads sees one state throughout.
pub(super) const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ";

/// What a connection of ours begins with. Our questions take milliseconds: translating one into machine code, which the
/// server does when it takes it for a long one, takes longer than any of them.
const SETTINGS: &str = "SET search_path = truceline, public; SET client_min_messages = warning;
    SET standard_conforming_strings = on; SET jit = off";

fn connect(address: &Address, name: &Path, part: Part, used: Use) -> Result<Inner, StoreError> {
    let wrong = |error| StoreError::server("open", name, error);
    let mut client = address.connect(name)?;
    // Two that start at once must not both make it; who may not make it finds it made.
    let there = client
        .query_opt("SELECT 1 FROM pg_namespace WHERE nspname = 'truceline'", &[])
        .map_err(wrong)?;
    if there.is_none() && used != Use::Read {
        client
            .batch_execute("CREATE SCHEMA IF NOT EXISTS truceline")
            .map_err(wrong)?;
    }
    client.batch_execute(SETTINGS).map_err(wrong)?;
    if used != Use::Read {
        let lock = format!(
            "SET lock_timeout = {WRITER_WAIT_MAX_MS}; SELECT pg_advisory_lock({}); SET lock_timeout = 0",
            part.mark
        );
        client.batch_execute(&lock).map_err(|error| match error.code() {
            Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE => StoreError::InUse {
                path: name.to_owned(),
            },
            _ => wrong(error),
        })?;
    }
    Ok(Inner {
        client,
        prepared: BTreeMap::new(),
    })
}

/// A value in the text form of COPY.
fn copied(text: &mut String, value: &Value) {
    // Writing to a string does not fail.
    let _ = match value {
        Value::Null => write!(text, "\\N"),
        Value::Int(number) => write!(text, "{number}"),
        Value::Real(number) => write!(text, "{number:?}"),
        Value::Blob(bytes) => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            write!(text, "\\\\x{hex}")
        }
        // No column holds a list.
        Value::Ints(_) | Value::Texts(_) => Ok(()),
        Value::Text(words) => {
            for letter in words.chars() {
                match letter {
                    '\\' => text.push_str("\\\\"),
                    '\n' => text.push_str("\\n"),
                    '\r' => text.push_str("\\r"),
                    '\t' => text.push_str("\\t"),
                    other => text.push(other),
                }
            }
            Ok(())
        }
    };
}

pub(super) fn cell(row: &postgres::Row, column: usize) -> Result<Found<'_>, postgres::Error> {
    let kind = row.columns()[column].type_();
    Ok(match *kind {
        Type::INT8 => row
            .try_get::<_, Option<i64>>(column)?
            .map_or(Found::Null, Found::Int),
        Type::INT4 => row
            .try_get::<_, Option<i32>>(column)?
            .map_or(Found::Null, |number| Found::Int(number.into())),
        Type::BOOL => row
            .try_get::<_, Option<bool>>(column)?
            .map_or(Found::Null, |word| Found::Int(word.into())),
        Type::FLOAT8 => row
            .try_get::<_, Option<f64>>(column)?
            .map_or(Found::Null, Found::Real),
        Type::BYTEA => row
            .try_get::<_, Option<&[u8]>>(column)?
            .map_or(Found::Null, Found::Blob),
        _ => row
            .try_get::<_, Option<&str>>(column)?
            .map_or(Found::Null, Found::Text),
    })
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Self::Int(number) if *kind == Type::BOOL => (*number != 0).to_sql(kind, out),
            Self::Int(number) => number.to_sql(kind, out),
            Self::Real(number) => number.to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Blob(bytes) => bytes.to_sql(kind, out),
            Self::Ints(numbers) => numbers.to_sql(kind, out),
            Self::Texts(texts) => texts.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The same tables in this server's words. Texts are ordered by their bytes, as in the embedded database.
pub(super) fn dialect(tables: &str) -> String {
    tables
        .replace("INTEGER", "BIGINT")
        .replace("REAL", "DOUBLE PRECISION")
        .replace("BLOB", "BYTEA")
        .replace("TEXT", "TEXT COLLATE \"C\"")
        .replace(" STRICT, WITHOUT ROWID", "")
        .replace(" STRICT", "")
}

pub(super) fn version(db: &Db, part: Part) -> Result<Option<i64>, StoreError> {
    let there = db.one("SELECT to_regclass('truceline.layout') IS NOT NULL", &[], |row| {
        row.int(0)
    })?;
    if there != Some(1) {
        return Ok(None);
    }
    db.one(
        "SELECT version FROM layout WHERE part = ?1",
        values![part.name],
        |row| row.int(0),
    )
}

pub(super) fn set_version(db: &Db, part: Part) -> Result<(), StoreError> {
    db.batch("CREATE TABLE IF NOT EXISTS layout (part TEXT PRIMARY KEY, version BIGINT NOT NULL)")?;
    db.execute(
        "INSERT INTO layout VALUES (?1, ?2) ON CONFLICT (part) DO UPDATE SET version = excluded.version",
        values![part.name, part.version],
    )
    .map(drop)
}

/// The words of quotations, and what a map program finds where the server has shapes.
const QUOTES: &str = "
    CREATE TABLE quotes (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
    CREATE INDEX quotes_words ON quotes USING gin (words);
";

/// Incidents as a layer for a map program: a point with the radius within which it may lie.
const LAYER: &str = "
    ALTER TABLE record ADD COLUMN place public.geometry (Point, 4326)
        GENERATED ALWAYS AS (public.ST_SetSRID(public.ST_MakePoint(lon, lat), 4326)) STORED;
    CREATE INDEX record_place ON record USING gist (place);
    CREATE VIEW incident_layer AS SELECT
        ord, id, first::text AS first, last::text AS last, place,
        json::json #>> '{fields,act}' AS act,
        json::json #>> '{fields,class}' AS class,
        json::json #>> '{fields,status,occurrence}' AS status,
        json::json #>> '{fields,place,precision}' AS precision,
        (json::json #>> '{fields,place,region,radius_m}')::double precision AS radius_m,
        (json::json #>> '{fields,independent_origins}')::integer AS independent_origins
        FROM record WHERE kind = 'incident' AND place IS NOT NULL;
";

pub(super) fn remake_view(db: &Db, tables: &str, names: &[&str]) -> Result<(), StoreError> {
    let drops: String = names
        .iter()
        .map(|name| format!("DROP TABLE IF EXISTS {name} CASCADE;"))
        .collect();
    db.batch(&format!(
        "{drops} DROP TABLE IF EXISTS quotes; {} {QUOTES}",
        dialect(tables)
    ))?;
    // Shapes are for map programs only; without them everything else is the same.
    let shapes = db.one(
        "SELECT 1 FROM pg_extension WHERE extname = 'postgis'",
        &[],
        |_| Ok(()),
    )?;
    if shapes.is_some() {
        db.batch(LAYER)?;
    }
    Ok(())
}

/// Makes the extension for shapes where the server has it and lets us.
pub(super) fn make_shapes(db: &Db) -> Result<(), StoreError> {
    let known = "SELECT installed_version IS NOT NULL FROM pg_available_extensions WHERE name = 'postgis'";
    if db.one(known, &[], |row| row.int(0))? == Some(0) {
        // Whoever may not make it works without: only the layer for map programs is left out.
        let _ = db.batch("CREATE EXTENSION IF NOT EXISTS postgis SCHEMA public");
    }
    Ok(())
}

/// Words with their places, as the index writes them.
pub(super) fn vector(words: &[String]) -> String {
    let placed = words
        .iter()
        .enumerate()
        .map(|(place, word)| format!("'{word}':{}", (place + 1).min(PLACE_MAX)));
    placed.collect::<Vec<_>>().join(" ")
}

pub(super) fn phrase(words: &[String], is_beginning: bool) -> String {
    let last = words.len().saturating_sub(1);
    let parts = words.iter().enumerate().map(|(place, word)| {
        let star = if is_beginning && place == last { ":*" } else { "" };
        format!("'{word}'{star}")
    });
    format!("({})", parts.collect::<Vec<_>>().join(" <-> "))
}

/// The last place that the server's index knows.
const PLACE_MAX: usize = 16_383;

impl StoreError {
    /// Names the operation and the database.
    pub(crate) fn server(doing: &'static str, name: &Path, source: postgres::Error) -> Self {
        let path = PathBuf::from(name);
        match source.code() {
            Some(code) if *code == SqlState::DISK_FULL => Self::Full { doing, path },
            _ => Self::Database {
                doing,
                path,
                source: Box::new(source),
            },
        }
    }
}
