//! The two databases behind one set of questions: SQL that both read, values in, rows out.
//!
//! The text of a question numbers its values as `?1`, `?2`. What the two do not share (how tables are laid out,
//! how words are searched for, how much is written at once) stands in the file of each.

mod lite;
mod server;
mod tls;

use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::place::Place;

pub(crate) use tls::Address;

/// A value that goes into a question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
    /// Several, of which a column is to be one; see [`Db::among`].
    Ints(Vec<i64>),
    Texts(Vec<String>),
}

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell<'r> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'r str),
    Blob(&'r [u8]),
}

/// An open database.
#[derive(Debug)]
pub(crate) struct Db {
    driver: Driver,
    name: PathBuf,
}

#[derive(Debug)]
enum Driver {
    Lite(rusqlite::Connection),
    Server(Box<server::Connection>),
}

/// What the database is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Reading a view that others read and write meanwhile.
    Read,
    /// Writing a view, which no other process may then write.
    Write,
    /// The desk, which no other process may then open.
    Desk,
}

/// A row of an answer, each value as a text.
pub(crate) type Texts = Vec<Option<String>>;

/// A row of an answer.
pub(crate) struct Row<'r> {
    driver: RowOf<'r>,
    name: &'r Path,
}

enum RowOf<'r> {
    Lite(&'r rusqlite::Row<'r>),
    Server(&'r postgres::Row),
}

/// A set of tables with a version: the view, or the desk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// Its name in a database that holds several.
    pub(crate) name: &'static str,
    /// Marks a file as ours in its header.
    pub(crate) mark: i64,
    /// The newest layout that this build knows.
    pub(crate) version: i64,
}

impl Db {
    /// Opens the database, or makes an empty one unless it is only to be read.
    pub(crate) fn open(place: &Place, part: Part, used: Use) -> Result<Self, StoreError> {
        let name = place.name();
        let driver = match place {
            Place::File(path) => Driver::Lite(lite::open(path, used)?),
            Place::Server(address) => {
                Driver::Server(Box::new(server::Connection::open(address, &name, part, used)?))
            }
        };
        Ok(Self { driver, name })
    }

    pub(crate) fn name(&self) -> &Path {
        &self.name
    }

    /// The layout version of the tables that are there; nothing where there are none.
    pub(crate) fn version(&self, part: Part) -> Result<Option<i64>, StoreError> {
        let found = match &self.driver {
            Driver::Lite(connection) => lite::version(connection, part, &self.name)?,
            Driver::Server(_) => server::version(self, part)?,
        };
        match found {
            Some(version) if version > part.version => Err(StoreError::TooNew {
                path: self.name.clone(),
                found: version,
                known: part.version,
            }),
            other => Ok(other),
        }
    }

    /// Notes that the tables now have the newest layout.
    pub(crate) fn set_version(&self, part: Part) -> Result<(), StoreError> {
        match &self.driver {
            Driver::Lite(connection) => lite::set_version(connection, part, &self.name),
            Driver::Server(_) => server::set_version(self, part),
        }
    }

    /// Gives each row of an answer. `take` must ask this database nothing.
    pub(crate) fn each(
        &self,
        question: &str,
        values: &[Value],
        mut take: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let name = &self.name;
        let mut take = |driver: RowOf<'_>| take(&Row { driver, name });
        match &self.driver {
            Driver::Lite(connection) => lite::each(connection, &self.name, question, values, &mut take),
            Driver::Server(connection) => connection.each(&self.name, question, values, &mut take),
        }
    }

    /// What is read from each row.
    pub(crate) fn rows<T>(
        &self,
        question: &str,
        values: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut all = Vec::new();
        self.each(question, values, |row| {
            all.push(read(row)?);
            Ok(())
        })?;
        Ok(all)
    }

    /// What is read from the last row; nothing where there is none.
    pub(crate) fn one<T>(
        &self,
        question: &str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.rows(question, values, read)?.pop())
    }

    /// Changes something; gives how many rows.
    pub(crate) fn execute(&self, command: &str, values: &[Value]) -> Result<u64, StoreError> {
        match &self.driver {
            Driver::Lite(connection) => lite::execute(connection, &self.name, command, values),
            Driver::Server(connection) => connection.execute(&self.name, command, values),
        }
    }

    /// Runs commands without values, one after another.
    pub(crate) fn batch(&self, commands: &str) -> Result<(), StoreError> {
        match &self.driver {
            Driver::Lite(connection) => connection
                .execute_batch(commands)
                .map_err(StoreError::sqlite("write to", &self.name)),
            Driver::Server(connection) => connection.batch(&self.name, commands),
        }
    }

    /// Puts rows in; none of them may be there already.
    pub(crate) fn fill(&self, table: &str, columns: &[&str], rows: &[Vec<Value>]) -> Result<(), StoreError> {
        match &self.driver {
            Driver::Lite(connection) => lite::fill(connection, &self.name, table, columns, rows),
            Driver::Server(connection) => connection.fill(&self.name, table, columns, rows),
        }
    }

    /// All of it happens or none; whoever reads sees one state throughout.
    pub(crate) fn at_once<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        self.batch(match self.driver {
            Driver::Lite(_) => "BEGIN",
            Driver::Server(_) => server::BEGIN,
        })?;
        self.ended(work())
    }

    /// The same, with a first question whose rows come as texts: a server gets it together with the beginning.
    pub(crate) fn at_once_after<T, E: From<StoreError>>(
        &self,
        question: &str,
        work: impl FnOnce(Vec<Texts>) -> Result<T, E>,
    ) -> Result<T, E> {
        let rows = match &self.driver {
            Driver::Lite(_) => {
                self.batch("BEGIN")?;
                self.texts(question)
            }
            Driver::Server(connection) => connection.begin(&self.name, question),
        };
        self.ended(rows.map_err(E::from).and_then(work))
    }

    /// The rows of an answer, each value as a text.
    pub(crate) fn texts(&self, question: &str) -> Result<Vec<Texts>, StoreError> {
        self.rows(question, &[], |row| {
            (0..row.width())
                .map(|column| {
                    Ok(match row.cell(column)? {
                        Cell::Text(text) => Some(text.to_owned()),
                        Cell::Int(number) => Some(number.to_string()),
                        Cell::Real(number) => Some(number.to_string()),
                        Cell::Null | Cell::Blob(_) => None,
                    })
                })
                .collect()
        })
    }

    fn ended<T, E: From<StoreError>>(&self, done: Result<T, E>) -> Result<T, E> {
        match done {
            Ok(done) => {
                if let Err(error) = self.batch("COMMIT") {
                    // What refuses to be kept is given up; the first error is the one to report.
                    let _ = self.batch("ROLLBACK");
                    return Err(error.into());
                }
                Ok(done)
            }
            Err(error) => {
                let _ = self.batch("ROLLBACK");
                Err(error)
            }
        }
    }

    /// Tables as this database writes them, from how the embedded one does.
    pub(crate) fn dialect(&self, tables: &str) -> String {
        match self.driver {
            Driver::Lite(_) => tables.to_owned(),
            Driver::Server(_) => server::dialect(tables),
        }
    }

    /// Empties the tables of the view, and makes those that are not there.
    pub(crate) fn empty_view(&self, tables: &str, names: &[&str]) -> Result<(), StoreError> {
        match self.driver {
            Driver::Lite(_) => {
                // Dropped and not emptied: freed pages are wiped.
                let drops: String = names
                    .iter()
                    .map(|name| format!("DROP TABLE IF EXISTS {name};"))
                    .collect();
                self.batch(&format!("{drops} {} {tables}", lite::DROP_QUOTES))?;
                self.batch(lite::QUOTES)
            }
            Driver::Server(_) => {
                // Emptied and not dropped: whoever reads meanwhile goes on reading what was there.
                let all: String = names.iter().map(|name| format!("DELETE FROM {name};")).collect();
                self.batch(&format!("{all} DELETE FROM quotes;"))
            }
        }
    }

    /// What must be there before the tables of a view are made.
    pub(crate) fn prepare_view(&self) -> Result<(), StoreError> {
        match self.driver {
            Driver::Lite(_) => Ok(()),
            Driver::Server(_) => server::make_shapes(self),
        }
    }

    /// Makes the tables of the view anew.
    pub(crate) fn remake_view(&self, tables: &str, names: &[&str]) -> Result<(), StoreError> {
        match self.driver {
            Driver::Lite(_) => self.empty_view(tables, names),
            Driver::Server(_) => server::remake_view(self, tables, names),
        }
    }

    /// Called after the view was filled, outside of any transaction.
    pub(crate) fn settle(&self) -> Result<(), StoreError> {
        match self.driver {
            Driver::Lite(_) => Ok(()),
            Driver::Server(_) => self.batch("VACUUM (ANALYZE) record, facet, basis, quotes"),
        }
    }

    /// Condition under which a row of `quotes` answers the question that stands as the value of this number.
    pub(crate) fn matching(&self, value: usize) -> String {
        match self.driver {
            Driver::Lite(_) => format!("quotes MATCH ?{value}"),
            Driver::Server(_) => format!("words @@ (?{value}::text)::tsquery"),
        }
    }

    /// Condition under which a column is among the list that stands as the value of this number.
    pub(crate) fn among(&self, column: &str, value: usize) -> String {
        match self.driver {
            Driver::Lite(_) => format!("{column} IN (SELECT value FROM json_each(?{value}))"),
            Driver::Server(_) => format!("{column} = ANY(?{value})"),
        }
    }

    /// Words as the index takes them in.
    pub(crate) fn indexed(&self, words: &[String]) -> String {
        match self.driver {
            Driver::Lite(_) => words.join(" "),
            Driver::Server(_) => server::vector(words),
        }
    }

    /// A question to the index: every phrase, the last word of it whole or as a beginning.
    pub(crate) fn question(&self, phrases: &[(Vec<String>, bool)]) -> String {
        let parts = phrases.iter().map(|(words, is_beginning)| match self.driver {
            Driver::Lite(_) => format!("\"{}\"{}", words.join(" "), if *is_beginning { "*" } else { "" }),
            Driver::Server(_) => server::phrase(words, *is_beginning),
        });
        let between = match self.driver {
            Driver::Lite(_) => " ",
            Driver::Server(_) => " & ",
        };
        parts.collect::<Vec<_>>().join(between)
    }

    #[cfg(test)]
    pub(crate) fn sqlite(&self) -> &rusqlite::Connection {
        match &self.driver {
            Driver::Lite(connection) => connection,
            Driver::Server(_) => panic!("this test is about the embedded database"),
        }
    }
}

impl Row<'_> {
    fn width(&self) -> usize {
        match self.driver {
            RowOf::Lite(row) => row.as_ref().column_count(),
            RowOf::Server(row) => row.len(),
        }
    }

    pub(crate) fn cell(&self, column: usize) -> Result<Cell<'_>, StoreError> {
        match self.driver {
            RowOf::Lite(row) => lite::cell(row, column).map_err(StoreError::sqlite("read", self.name)),
            RowOf::Server(row) => {
                server::cell(row, column).map_err(|error| StoreError::server("read", self.name, error))
            }
        }
    }

    pub(crate) fn text(&self, column: usize) -> Result<String, StoreError> {
        Ok(self.optional_text(column)?.unwrap_or_default())
    }

    pub(crate) fn optional_text(&self, column: usize) -> Result<Option<String>, StoreError> {
        Ok(match self.cell(column)? {
            Cell::Text(text) => Some(text.to_owned()),
            _ => None,
        })
    }

    pub(crate) fn int(&self, column: usize) -> Result<i64, StoreError> {
        Ok(self.optional_int(column)?.unwrap_or_default())
    }

    pub(crate) fn optional_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        Ok(match self.cell(column)? {
            Cell::Int(number) => Some(number),
            _ => None,
        })
    }

    pub(crate) fn optional_real(&self, column: usize) -> Result<Option<f64>, StoreError> {
        Ok(match self.cell(column)? {
            Cell::Real(number) => Some(number),
            _ => None,
        })
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value {
    fn from(word: bool) -> Self {
        Self::Int(i64::from(word))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Blob(bytes.to_vec())
    }
}

impl From<&[i64]> for Value {
    fn from(numbers: &[i64]) -> Self {
        Self::Ints(numbers.to_vec())
    }
}

impl From<&[&str]> for Value {
    fn from(texts: &[&str]) -> Self {
        Self::Texts(texts.iter().map(|text| (*text).to_owned()).collect())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

/// Values for a question, from whatever turns into one.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$(crate::db::Value::from($value)),*] };
}
pub(crate) use values;
