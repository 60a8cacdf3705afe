//! A leaf's proof as one file to hand on, after <https://c2sp.org/tlog-proof>.
//!
//! ```text
//! c2sp.org/tlog-proof@v1
//! index 73894
//! gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=      the proof, leaf's sibling first
//!
//! example.org/log                                   the signed checkpoint, as it stands
//! 109482
//! sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
//!
//! — example.org/log hI2DJw...
//! ```

use std::fmt;

use crate::checkpoint::{Checkpoint, CheckpointError, parse_decimal};
use crate::key::VerifierKey;
use crate::note::NOTE_BYTES_MAX;
use crate::proof::{Hash, InclusionProof, ProofError};

/// The first line of the file.
const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// The most hashes a proof can need: one for each level of a tree with 64-bit numbers. More is refused
/// before anything is hashed.
const HASHES_MAX: usize = 64;

/// The longest file we read, in bytes: the longest note, 64 hash lines of 45 bytes, and as much again
/// for the extra line that we skip. A longer one is refused unread.
const FILE_BYTES_MAX: usize = 2 * (NOTE_BYTES_MAX + HASHES_MAX * 45);

/// Why a proof file proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFileError {
    /// The bytes do not have the form of a proof file.
    #[error("this is not a proof file: {why}")]
    Form {
        /// What the form breaks.
        why: &'static str,
    },
    /// The checkpoint in it cannot be trusted.
    #[error("the checkpoint in the proof file cannot be trusted")]
    Checkpoint(#[from] CheckpointError),
    /// The proof does not lead from the leaf to the checkpoint.
    #[error("the proof does not lead from this leaf to the checkpoint")]
    Proof(#[from] ProofError),
}

/// That one leaf is in a log, checkable offline with the log's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofFile {
    /// The place of the leaf in the log, from 0.
    pub index: u64,
    /// From the leaf's sibling up to the root's child.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint, with whatever cosignatures it carries.
    pub signed_checkpoint: String,
}

impl ProofFile {
    /// Reads the file's form; believes nothing yet. An `extra` line is skipped: nothing vouches for it.
    ///
    /// # Errors
    /// When the bytes are not a proof file.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofFileError> {
        let wrong = |why| ProofFileError::Form { why };
        if bytes.len() > FILE_BYTES_MAX {
            return Err(wrong("it is too long"));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8"))?;
        let rest = text
            .strip_prefix(HEADER)
            .and_then(|rest| rest.strip_prefix('\n'))
            .ok_or_else(|| wrong("its first line is not \"c2sp.org/tlog-proof@v1\""))?;
        let rest = match rest.strip_prefix("extra ") {
            Some(extra) => extra.split_once('\n').map_or("", |(_, rest)| rest),
            None => rest,
        };
        let (proof, checkpoint) = rest
            .split_once("\n\n")
            .ok_or_else(|| wrong("no blank line follows the proof"))?;
        let mut lines = proof.split('\n');
        let index = lines
            .next()
            .and_then(|line| parse_decimal(line.strip_prefix("index ")?))
            .ok_or_else(|| wrong("it has no line \"index <number>\""))?;
        let mut hashes = Vec::new();
        for line in lines {
            if hashes.len() == HASHES_MAX {
                return Err(wrong("it has more than 64 hashes"));
            }
            hashes.push(Hash::parse(line).map_err(|_| wrong("a line of the proof is no hash"))?);
        }
        Ok(Self {
            index,
            hashes,
            signed_checkpoint: checkpoint.to_owned(),
        })
    }

    /// Checks that the log of `key` holds `leaf`; gives the head it is under.
    ///
    /// # Errors
    /// When checkpoint or proof do not hold.
    pub fn check(&self, leaf: &[u8], key: &VerifierKey) -> Result<Checkpoint, ProofFileError> {
        let head = Checkpoint::open(self.signed_checkpoint.as_bytes(), key)?;
        let proof = InclusionProof {
            index: self.index,
            size: head.size,
            hashes: self.hashes.clone(),
        };
        proof.check(leaf, &head.root)?;
        Ok(head)
    }
}

impl fmt::Display for ProofFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}\nindex {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{hash}")?;
        }
        write!(f, "\n{}", self.signed_checkpoint)
    }
}
