//! What can go wrong with a log on disk: what we tried, about which file, and why it failed.

use std::io;
use std::path::{Path, PathBuf};

use crate::audit::Fault;
use crate::checkpoint::CheckpointError;
use crate::proof::ProofError;

/// Why a log could not be opened, read or appended to.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
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
    /// Another process writes to this log.
    #[error("log {dir:?} is in use by process {pid}")]
    InUse {
        /// The directory of the log.
        dir: PathBuf,
        /// The process id in the lock file, or a question mark while it is being written.
        pid: String,
    },
    /// A new log was to be made where one already is.
    #[error("there is already a log in {dir:?}")]
    AlreadyThere {
        /// The directory of the log.
        dir: PathBuf,
    },
    /// There are leaves on disk and no signed head: not a state an interrupted append leaves.
    #[error("{dir:?} holds no log: its file \"checkpoint\" is missing")]
    NoCheckpoint {
        /// The directory of the log.
        dir: PathBuf,
    },
    /// The signed head is not what the key's owner signed.
    #[error("the checkpoint {path:?} cannot be trusted")]
    Checkpoint {
        /// The checkpoint file.
        path: PathBuf,
        /// Why.
        #[source]
        source: CheckpointError,
    },
    /// Bytes on disk are not those the checkpoint commits to.
    #[error("the log is damaged: {0}")]
    Damaged(Fault),
    /// A leaf does not fit into an entry bundle.
    #[error("leaf {position} of the batch has {bytes} bytes, and a leaf has at most 65,535")]
    LeafTooLong {
        /// Its place in the batch, from 0.
        position: usize,
        /// Its length.
        bytes: usize,
    },
    /// The log would outgrow [`crate::SIZE_MAX`].
    #[error("the log in {dir:?} is full: it cannot have more than 2^48 leaves")]
    Full {
        /// The directory of the log.
        dir: PathBuf,
    },
    /// The reader asked for something beyond the log.
    #[error("the log has {size} leaves, so there is no {what} {asked}")]
    Beyond {
        /// "leaf" or "older size".
        what: &'static str,
        /// What was asked for.
        asked: u64,
        /// The size of the log.
        size: u64,
    },
    /// An append failed half way, and this writer no longer knows what is on disk.
    #[error("an earlier append to {dir:?} did not finish; open the log again before appending")]
    Unfinished {
        /// The directory of the log.
        dir: PathBuf,
    },
    /// The log does not continue the one we saw before.
    #[error("the log of {size} leaves does not extend the one of {older} leaves seen before")]
    NotExtended {
        /// The size seen before.
        older: u64,
        /// The size now.
        size: u64,
        /// What the proof came to, where one could be made.
        #[source]
        source: Option<ProofError>,
    },
}

impl LedgerError {
    /// For `map_err`: names the operation and the file.
    pub(crate) fn io<'p>(doing: &'static str, path: &'p Path) -> impl FnOnce(io::Error) -> Self + 'p {
        move |source| Self::Io {
            doing,
            path: path.to_owned(),
            source,
        }
    }

    /// Whether the file was simply not there.
    pub(crate) fn is_not_found(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}
