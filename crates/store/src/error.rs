//! What can go wrong with the store: what we tried, about what, and why it failed.

use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be stored or found.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A newer build wrote this view.
    #[error("store {path:?} was written by version {found}, this build reads up to {known}")]
    TooNew {
        /// The database file.
        path: PathBuf,
        /// The schema version in it.
        found: i64,
        /// The newest that this build knows.
        known: i64,
    },
    /// The view has the layout of an older build, or is empty.
    #[error("view {path:?} has an older layout")]
    OldLayout {
        /// The database file.
        path: PathBuf,
    },
    /// The file is a database of some other program, or none at all.
    #[error("{path:?} is not a store of ours")]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// Another process has the view open.
    #[error("store {path:?} is in use by another process")]
    InUse {
        /// The database file.
        path: PathBuf,
    },
    /// There is no space left. What was stored before is untouched.
    #[error("the disk is full: could not {doing} {path:?}; what was stored before is untouched")]
    Full {
        /// The operation, as a verb.
        doing: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// The database refused.
    #[error("could not {doing} store {path:?}")]
    Database {
        /// The operation, as a verb.
        doing: &'static str,
        /// The database file.
        path: PathBuf,
        /// What the database said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// An address is none of a PostgreSQL server.
    #[error("this is no address of a PostgreSQL server, such as postgres://truceline@localhost/monitor")]
    NoAddress,
    /// A line to a server cannot be encrypted as the address asks.
    #[error("{why}")]
    Encryption {
        /// What stands against it, and what to do.
        why: String,
    },
    /// The system refused a file operation.
    #[error("could not {doing} {path:?}")]
    Io {
        /// The operation, as a verb.
        doing: &'static str,
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Two different records came under one kind and id. Nothing was replaced.
    #[error("there are two different records of kind {kind:?} with id {id:?}")]
    TwoUnderOneId {
        /// Their kind.
        kind: String,
        /// Their id.
        id: String,
    },
    /// A record cannot be written as JSON, or what is stored does not read as one.
    #[error("record {id:?} does not have the published form")]
    Record {
        /// Its id.
        id: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// There is no blob under this hash: it was never stored, or it was taken down.
    #[error("there is no blob {hash}")]
    NoBlob {
        /// The hash asked for.
        hash: String,
    },
    /// The bytes under this name are not those that were stored.
    #[error("blob {path:?} is damaged: its bytes hash to {found}")]
    DamagedBlob {
        /// The file.
        path: PathBuf,
        /// The hash of the bytes that are there.
        found: String,
    },
    /// The bytes are more than one blob may have. Nothing was stored.
    #[error("a blob has at most {bytes_max} bytes, and this one would have {bytes}")]
    BlobTooLarge {
        /// How many there are.
        bytes: usize,
        /// How many there may be.
        bytes_max: u64,
    },
    /// A salts file, or the names it is to hold, do not have their form.
    #[error("salts {path:?} are damaged at line {line}")]
    DamagedSalts {
        /// The file.
        path: PathBuf,
        /// The first line that does not read, from 1.
        line: usize,
    },
}

impl StoreError {
    /// For `map_err`: names the operation and the file.
    pub(crate) fn io<'p>(doing: &'static str, path: &'p Path) -> impl FnOnce(io::Error) -> Self + 'p {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full {
                doing,
                path: path.to_owned(),
            },
            _ => Self::Io {
                doing,
                path: path.to_owned(),
                source,
            },
        }
    }

    /// For `map_err`: names the operation and the file of the embedded database.
    pub(crate) fn sqlite<'p>(
        doing: &'static str,
        path: &'p Path,
    ) -> impl Fn(rusqlite::Error) -> Self + Copy + 'p {
        move |source| {
            let path = path.to_owned();
            match source.sqlite_error_code() {
                Some(rusqlite::ErrorCode::DiskFull) => Self::Full { doing, path },
                Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
                    Self::InUse { path }
                }
                Some(rusqlite::ErrorCode::NotADatabase) => Self::NotOurs { path },
                _ => Self::Database {
                    doing,
                    path,
                    source: Box::new(source),
                },
            }
        }
    }
}
