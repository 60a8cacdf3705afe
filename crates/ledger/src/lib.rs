//! An append-only, signed log of byte strings after the C2SP tiled-log specifications.
//!
//! Gets leaves (bytes), a directory and a key; gives a signed checkpoint, the leaves back, and proofs
//! that anybody can check with the public key alone. It never looks inside a leaf, never reads a clock
//! and makes no randomness: the caller hands both in.
//!
//! What is on disk is exactly what <https://c2sp.org/tlog-tiles> serves, so a directory can be put
//! behind any web server:
//!
//! ```text
//! checkpoint                      the signed head: origin, size, root
//! tile/0/x001/234/067             256 hashes, level 0 = leaves
//! tile/0/000.p/44                 a part-filled tile of 44 hashes
//! tile/entries/000                256 entries, each with a uint16 length in front
//! lock                            held by the one writer; holds its process id while it runs
//! aside/                          what an interrupted append had left beyond the checkpoint
//! ```
//!
//! Tiles are never pruned and a published checkpoint is never taken back.
//!
//! ```
//! let dir = tempfile::tempdir()?;
//! let key = ledger::SigningKey::from_random("example.org/log", &[7; 32])?;
//! let mut log = ledger::Ledger::create(dir.path(), key)?;
//! let appended = log.append(&["first leaf", "second leaf"])?;
//! assert_eq!(appended.checkpoint.size, 2);
//!
//! let reader = ledger::Reader::open(dir.path(), &log.verifier())?;
//! let proof = reader.inclusion(1)?;
//! proof.check(b"second leaf", &reader.checkpoint().root)?;
//! assert!(ledger::verify(dir.path(), &log.verifier())?.fault.is_none());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod key;
mod note;

mod checkpoint;

mod proof;

mod proof_file;

mod tile;

mod edge;

mod disk;

mod tree;

mod append;

mod read;

mod audit;

mod commitment;

mod error;

pub use append::{Appended, Ledger};
pub use audit::{Fault, VerifyReport, verify};
pub use checkpoint::{Checkpoint, CheckpointError, SIZE_MAX};
pub use commitment::{COMMIT_DOMAIN, commit, open};
pub use error::LedgerError;
pub use key::{KeyError, SigningKey, VerifierKey};
pub use note::{NOTE_BYTES_MAX, Note, NoteError, NoteSignature, SIGNATURES_MAX};
pub use proof::{
    ConsistencyProof, Hash, HashError, InclusionProof, ProofError, check_subtree_consistency,
    check_subtree_inclusion, leaf_hash,
};
pub use proof_file::{ProofFile, ProofFileError};
pub use read::{Entries, Reader};
pub use tile::LEAF_BYTES_MAX;
