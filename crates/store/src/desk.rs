//! Who may sign in where people work with the view, who is signed in, and what is withheld from whom.
//!
//! A database of its own beside the view: it is no view of the log, and cannot be made again from it.
//! Nothing here hashes a password or makes a token; hashes come in.
//!
//! ```text
//! account(name, role, password, disabled)                 password is a PHC string
//! session(token, account, csrf, made, used)               hashes of what the browser holds; seconds since 1970
//! restriction(kind, id, field, role)                      the lowest role that may read it
//! kept(kind, id, owner, json)                             second factors, saved searches, hooks, settings and so on
//! ```

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::error::StoreError;

/// Marks the file as ours in its header ("TRCD").
const APPLICATION_ID: i64 = 0x5452_4344;

const TABLES: &str = "
    CREATE TABLE account (
        name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, disabled INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE session (
        token BLOB PRIMARY KEY, account TEXT NOT NULL, csrf TEXT NOT NULL, made INTEGER NOT NULL, used INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_account ON session (account);
    CREATE TABLE restriction (
        kind TEXT NOT NULL, id TEXT NOT NULL, field TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (kind, id, field)
    ) STRICT, WITHOUT ROWID;
";

/// Made in older files too, when they are opened.
const KEPT_TABLE: &str = "
    CREATE TABLE IF NOT EXISTS kept (
        kind TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
";

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The name to sign in with.
    pub name: String,
    /// The role.
    pub role: String,
    /// The hash of the password, as a PHC string.
    pub password: String,
    /// May not sign in any more.
    pub disabled: bool,
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hash of the token that the browser holds.
    pub token: [u8; 32],
    /// Name of the account.
    pub account: String,
    /// Word that a request that changes something must repeat.
    pub csrf: String,
    /// When it began, in seconds since 1970.
    pub made: i64,
    /// When it was last used.
    pub used: i64,
}

/// Something that only some roles may read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Restriction {
    /// Kind of record.
    pub kind: String,
    /// Id of the record; `*` for all of the kind.
    pub id: String,
    /// The part, such as `quote` or `fields.sources`; `*` for the whole record.
    pub field: String,
    /// The lowest role that may read it.
    pub role: String,
}

/// Something that the desk keeps for somebody, in a form that only the desk knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskItem {
    /// What sort of thing it is.
    pub kind: String,
    /// Its name among those of its kind.
    pub id: String,
    /// Name of the account that it belongs to; empty when it is the desk's own.
    pub owner: String,
    /// What it holds, as JSON.
    pub json: String,
}

/// The desk's own database.
#[derive(Debug)]
pub struct Desk {
    connection: Connection,
    path: PathBuf,
}

impl Desk {
    /// Opens the desk in this file, or makes an empty one.
    ///
    /// # Errors
    /// When the file is something else, another process has it, or the system refuses.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let wrong = StoreError::database("open", path);
        let connection = Connection::open(path).map_err(wrong)?;
        connection.busy_timeout(Duration::ZERO).map_err(wrong)?;
        connection
            .execute_batch(
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA mmap_size = 0; PRAGMA synchronous = FULL;
                 PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF; BEGIN EXCLUSIVE; COMMIT;
                 PRAGMA journal_mode = TRUNCATE",
            )
            .map_err(wrong)?;
        let number = |query| {
            connection
                .query_row(query, [], |row| row.get::<_, i64>(0))
                .map_err(wrong)
        };
        match (
            number("PRAGMA application_id")?,
            number("SELECT count(*) FROM sqlite_schema")?,
        ) {
            (APPLICATION_ID, _) => {}
            (0, 0) => connection
                .execute_batch(&format!(
                    "BEGIN; {TABLES} PRAGMA application_id = {APPLICATION_ID}; COMMIT;"
                ))
                .map_err(wrong)?,
            _ => {
                return Err(StoreError::NotOurs {
                    path: path.to_owned(),
                });
            }
        }
        connection.execute_batch(KEPT_TABLE).map_err(wrong)?;
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    /// Makes an account, or replaces the one of this name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put_account(&self, account: &Account) -> Result<(), StoreError> {
        self.write(
            "INSERT INTO account VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET role = ?2, password = ?3, disabled = ?4",
            params![account.name, account.role, account.password, account.disabled],
        )
        .map(|_| ())
    }

    /// The account of this name.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn account(&self, name: &str) -> Result<Option<Account>, StoreError> {
        self.connection
            .query_row("SELECT * FROM account WHERE name = ?1", [name], account)
            .optional()
            .map_err(StoreError::database("read", &self.path))
    }

    /// All accounts, by name.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.rows("SELECT * FROM account ORDER BY name", account)
    }

    /// Keeps a session.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put_session(&self, session: &Session) -> Result<(), StoreError> {
        self.write(
            "INSERT INTO session VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET used = ?5",
            params![
                session.token,
                session.account,
                session.csrf,
                session.made,
                session.used
            ],
        )
        .map(|_| ())
    }

    /// The session with this hash of a token.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn session(&self, token: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        self.connection
            .query_row("SELECT * FROM session WHERE token = ?1", [token], |row| {
                Ok(Session {
                    token: row.get(0)?,
                    account: row.get(1)?,
                    csrf: row.get(2)?,
                    made: row.get(3)?,
                    used: row.get(4)?,
                })
            })
            .optional()
            .map_err(StoreError::database("read", &self.path))
    }

    /// Ends one session.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end_session(&self, token: &[u8; 32]) -> Result<(), StoreError> {
        self.write("DELETE FROM session WHERE token = ?1", [token])
            .map(|_| ())
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end_sessions(&self, account: &str) -> Result<(), StoreError> {
        self.write("DELETE FROM session WHERE account = ?1", [account])
            .map(|_| ())
    }

    /// Ends the sessions made before one time or last used before another, in seconds since 1970.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end_old_sessions(&self, made_before: i64, used_before: i64) -> Result<(), StoreError> {
        self.write(
            "DELETE FROM session WHERE made < ?1 OR used < ?2",
            [made_before, used_before],
        )
        .map(|_| ())
    }

    /// Withholds something; replaces what was said of the same part.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn restrict(&self, it: &Restriction) -> Result<(), StoreError> {
        self.write(
            "INSERT INTO restriction VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET role = ?4",
            params![it.kind, it.id, it.field, it.role],
        )
        .map(|_| ())
    }

    /// Withholds it no longer; gives whether it was withheld.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn release(&self, it: &Restriction) -> Result<bool, StoreError> {
        let gone = self.write(
            "DELETE FROM restriction WHERE kind = ?1 AND id = ?2 AND field = ?3",
            params![it.kind, it.id, it.field],
        )?;
        Ok(gone > 0)
    }

    /// Everything that is withheld, in a fixed order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn restrictions(&self) -> Result<Vec<Restriction>, StoreError> {
        self.rows("SELECT * FROM restriction ORDER BY kind, id, field", |row| {
            Ok(Restriction {
                kind: row.get(0)?,
                id: row.get(1)?,
                field: row.get(2)?,
                role: row.get(3)?,
            })
        })
    }

    /// Keeps a thing, or replaces the one of this kind and id.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(&self, it: &DeskItem) -> Result<(), StoreError> {
        self.write(
            "INSERT INTO kept VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET owner = ?3, json = ?4",
            params![it.kind, it.id, it.owner, it.json],
        )
        .map(|_| ())
    }

    /// The thing of this kind and id.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn kept(&self, kind: &str, id: &str) -> Result<Option<DeskItem>, StoreError> {
        self.connection
            .query_row("SELECT * FROM kept WHERE kind = ?1 AND id = ?2", [kind, id], kept)
            .optional()
            .map_err(StoreError::database("read", &self.path))
    }

    /// All things of a kind, by id.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn all_kept(&self, kind: &str) -> Result<Vec<DeskItem>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let mut statement = self
            .connection
            .prepare("SELECT * FROM kept WHERE kind = ?1 ORDER BY id")
            .map_err(wrong)?;
        let rows = statement.query_map([kind], kept).map_err(wrong)?;
        rows.collect::<Result<_, _>>().map_err(wrong)
    }

    /// Keeps it no longer; gives whether it was kept.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget(&self, kind: &str, id: &str) -> Result<bool, StoreError> {
        let gone = self.write("DELETE FROM kept WHERE kind = ?1 AND id = ?2", [kind, id])?;
        Ok(gone > 0)
    }

    fn write(&self, query: &str, values: impl rusqlite::Params) -> Result<usize, StoreError> {
        self.connection
            .execute(query, values)
            .map_err(StoreError::database("write to", &self.path))
    }

    fn rows<T>(
        &self,
        query: &str,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let wrong = StoreError::database("read", &self.path);
        let mut statement = self.connection.prepare(query).map_err(wrong)?;
        let rows = statement.query_map([], read).map_err(wrong)?;
        rows.collect::<Result<_, _>>().map_err(wrong)
    }
}

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        name: row.get(0)?,
        role: row.get(1)?,
        password: row.get(2)?,
        disabled: row.get(3)?,
    })
}

fn kept(row: &Row<'_>) -> rusqlite::Result<DeskItem> {
    Ok(DeskItem {
        kind: row.get(0)?,
        id: row.get(1)?,
        owner: row.get(2)?,
        json: row.get(3)?,
    })
}
