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

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::db::{Db, Part, Row, Use, Value, values};
use crate::error::StoreError;
use crate::place::Place;

/// The desk's tables; the mark is "TRCD".
const PART: Part = Part {
    name: "desk",
    mark: 0x5452_4344,
    version: LAYOUTS.len() as i64 - 1,
};

/// What makes each layout from the one before it, the first from nothing. A desk cannot be made again, so nothing
/// here is ever changed: a new layout is a new entry.
const LAYOUTS: [&str; 2] = [TABLES, KEPT_TABLE];

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

const KEPT_TABLE: &str = "
    CREATE TABLE kept (
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
    db: Db,
    read: RefCell<Read>,
}

/// What was read and is still so: nobody else writes it. Every call of somebody who is signed in asks for the same few
/// things, and all calls share one connection; a server that lies far away would hold all of them up.
#[derive(Debug, Default)]
struct Read {
    sessions: BTreeMap<[u8; 32], Option<Session>>,
    accounts: BTreeMap<String, Option<Account>>,
    kept: BTreeMap<(String, String), Option<DeskItem>>,
}

/// Things of one sort that are remembered; beyond it all are forgotten once.
///
/// 10,000: some megabytes. More people are never signed in at one desk; lower it and a crowd asks the database again.
const REMEMBERED_MAX: usize = 10_000;

/// What is remembered, or what is read now and remembered from here on.
fn remembered<K: Ord, T: Clone>(
    known: &RefCell<Read>,
    of: impl Fn(&mut Read) -> &mut BTreeMap<K, T>,
    key: K,
    read: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    if let Some(found) = of(&mut known.borrow_mut()).get(&key) {
        return Ok(found.clone());
    }
    let found = read()?;
    let known = &mut *known.borrow_mut();
    let sort = of(known);
    if sort.len() >= REMEMBERED_MAX {
        sort.clear();
    }
    sort.insert(key, found.clone());
    Ok(found)
}

impl Desk {
    /// Opens the desk at this place, makes an empty one, or brings one of an older layout to the newest.
    ///
    /// # Errors
    /// When a newer build wrote it, it is something else, another process has it, or the system refuses.
    pub fn open(place: impl Into<Place>) -> Result<Self, StoreError> {
        let db = Db::open(&place.into(), PART, Use::Desk)?;
        let found = db.version(PART)?;
        let done = found.map_or(0, |version| usize::try_from(version + 1).unwrap_or(0));
        if done < LAYOUTS.len() {
            db.at_once(|| {
                for step in &LAYOUTS[done..] {
                    db.batch(&db.dialect(step))?;
                }
                db.set_version(PART)
            })?;
        }
        Ok(Self {
            db,
            read: RefCell::default(),
        })
    }

    /// From now on everything is read anew. For whoever holds a desk for long: should another process have come in its
    /// place all the same, what that one wrote is seen after this.
    pub fn forget_read(&self) {
        self.read.replace(Read::default());
    }

    /// Makes an account, or replaces the one of this name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put_account(&self, account: &Account) -> Result<(), StoreError> {
        self.write(
            "INSERT INTO account VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (name) DO UPDATE SET role = excluded.role, password = excluded.password, disabled = excluded.disabled",
            values![&account.name, &account.role, &account.password, account.disabled],
        )
        .map(|_| ())
    }

    /// The account of this name.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn account(&self, name: &str) -> Result<Option<Account>, StoreError> {
        remembered(
            &self.read,
            |read| &mut read.accounts,
            name.to_owned(),
            || {
                self.db
                    .one(&format!("{ACCOUNTS} WHERE name = ?1"), values![name], account)
            },
        )
    }

    /// All accounts, by name.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.db.rows(&format!("{ACCOUNTS} ORDER BY name"), &[], account)
    }

    /// Keeps a session.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn put_session(&self, session: &Session) -> Result<(), StoreError> {
        self.write(
            "INSERT INTO session VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (token) DO UPDATE SET used = excluded.used",
            values![
                &session.token[..],
                &session.account,
                &session.csrf,
                session.made,
                session.used,
            ],
        )
        .map(|_| ())
    }

    /// The session with this hash of a token.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn session(&self, token: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        remembered(
            &self.read,
            |read| &mut read.sessions,
            *token,
            || {
                self.db.one(
                    "SELECT account, csrf, made, used FROM session WHERE token = ?1",
                    values![&token[..]],
                    |row| {
                        Ok(Session {
                            token: *token,
                            account: row.text(0)?,
                            csrf: row.text(1)?,
                            made: row.int(2)?,
                            used: row.int(3)?,
                        })
                    },
                )
            },
        )
    }

    /// Ends one session.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end_session(&self, token: &[u8; 32]) -> Result<(), StoreError> {
        self.write("DELETE FROM session WHERE token = ?1", values![&token[..]])
            .map(|_| ())
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end_sessions(&self, account: &str) -> Result<(), StoreError> {
        self.write("DELETE FROM session WHERE account = ?1", values![account])
            .map(|_| ())
    }

    /// Ends the sessions made before one time or last used before another, in seconds since 1970.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn end_old_sessions(&self, made_before: i64, used_before: i64) -> Result<(), StoreError> {
        self.write(
            "DELETE FROM session WHERE made < ?1 OR used < ?2",
            values![made_before, used_before],
        )
        .map(|_| ())
    }

    /// Withholds something; replaces what was said of the same part.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn restrict(&self, it: &Restriction) -> Result<(), StoreError> {
        self.write(
            "INSERT INTO restriction VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, id, field) DO UPDATE SET role = excluded.role",
            values![&it.kind, &it.id, &it.field, &it.role],
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
            values![&it.kind, &it.id, &it.field],
        )?;
        Ok(gone > 0)
    }

    /// Everything that is withheld, in a fixed order.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn restrictions(&self) -> Result<Vec<Restriction>, StoreError> {
        self.db.rows(
            "SELECT kind, id, field, role FROM restriction ORDER BY kind, id, field",
            &[],
            |row| {
                Ok(Restriction {
                    kind: row.text(0)?,
                    id: row.text(1)?,
                    field: row.text(2)?,
                    role: row.text(3)?,
                })
            },
        )
    }

    /// Keeps a thing, or replaces the one of this kind and id.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(&self, it: &DeskItem) -> Result<(), StoreError> {
        self.write(
            "INSERT INTO kept VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner, json = excluded.json",
            values![&it.kind, &it.id, &it.owner, &it.json],
        )
        .map(|_| ())
    }

    /// The thing of this kind and id.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn kept(&self, kind: &str, id: &str) -> Result<Option<DeskItem>, StoreError> {
        remembered(
            &self.read,
            |read| &mut read.kept,
            (kind.to_owned(), id.to_owned()),
            || {
                self.db.one(
                    &format!("{KEPT} WHERE kind = ?1 AND id = ?2"),
                    values![kind, id],
                    kept,
                )
            },
        )
    }

    /// All things of a kind, by id.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn all_kept(&self, kind: &str) -> Result<Vec<DeskItem>, StoreError> {
        self.db.rows(
            &format!("{KEPT} WHERE kind = ?1 ORDER BY id"),
            values![kind],
            kept,
        )
    }

    /// Keeps it no longer; gives whether it was kept.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget(&self, kind: &str, id: &str) -> Result<bool, StoreError> {
        let gone = self.write("DELETE FROM kept WHERE kind = ?1 AND id = ?2", values![kind, id])?;
        Ok(gone > 0)
    }

    fn write(&self, command: &str, values: &[Value]) -> Result<u64, StoreError> {
        // Before, so that nothing old is left whatever comes of it.
        self.forget_read();
        self.db.execute(command, values)
    }
}

const ACCOUNTS: &str = "SELECT name, role, password, disabled FROM account";

fn account(row: &Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        name: row.text(0)?,
        role: row.text(1)?,
        password: row.text(2)?,
        disabled: row.int(3)? != 0,
    })
}

const KEPT: &str = "SELECT kind, id, owner, json FROM kept";

fn kept(row: &Row<'_>) -> Result<DeskItem, StoreError> {
    Ok(DeskItem {
        kind: row.text(0)?,
        id: row.text(1)?,
        owner: row.text(2)?,
        json: row.text(3)?,
    })
}
