//! The signed head of a log after <https://c2sp.org/tlog-checkpoint>.
//!
//! ```text
//! example.org/log                                 origin: which log
//! 42                                              size: how many leaves
//! CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=    root: hash over all of them
//! ```

use crate::key::{SigningKey, VerifierKey};
use crate::note::{Note, NoteError};
use crate::proof::Hash;

/// The largest log we read, in leaves.
///
/// 2^48: tile arithmetic in 64 bits holds with room to spare, and at 1,500 leaves a second it lasts
/// 5,900 years. A checkpoint beyond it is refused before any number is computed with it.
pub const SIZE_MAX: u64 = 1 << 48;

/// Why a checkpoint is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The signatures around it do not hold.
    #[error("the signed note around the checkpoint does not hold")]
    Note(#[from] NoteError),
    /// The signed text is no checkpoint.
    #[error("the signed text is not a checkpoint: {why}")]
    Form {
        /// What the form breaks.
        why: &'static str,
    },
    /// It is a checkpoint of another log.
    #[error("this is a checkpoint of {found:?}, not of {wanted:?}")]
    Origin {
        /// The origin in the text.
        found: String,
        /// The origin asked for.
        wanted: String,
    },
}

/// The head of a log: its first `size` leaves and nothing else hash to `root`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log.
    pub origin: String,
    /// How many leaves the log has, at most [`SIZE_MAX`].
    pub size: u64,
    /// The Merkle tree hash over them.
    pub root: Hash,
}

impl Checkpoint {
    /// Reads a signed checkpoint and checks the log's signature and origin.
    ///
    /// Extension lines are refused: nothing audits them, so we do not sign or trust any.
    ///
    /// # Errors
    /// When the note, its signature, its text or its origin do not hold.
    pub fn open(signed: &[u8], key: &VerifierKey) -> Result<Self, CheckpointError> {
        let note = Note::parse(signed)?;
        note.verify(std::slice::from_ref(key))?;
        let checkpoint = Self::parse_text(note.text())?;
        if checkpoint.origin == key.name() {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::Origin {
                found: checkpoint.origin,
                wanted: key.name().to_owned(),
            })
        }
    }

    /// Signs this head. Whoever signs must know that it extends everything signed before.
    ///
    /// # Errors
    /// When the origin cannot stand in a note, or is not the key's name.
    pub fn sign(&self, key: &SigningKey) -> Result<Note, CheckpointError> {
        if self.origin != key.name() {
            return Err(CheckpointError::Origin {
                found: self.origin.clone(),
                wanted: key.name().to_owned(),
            });
        }
        Ok(Note::sign(&self.text(), key)?)
    }

    /// The text that is signed.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, self.root)
    }

    /// Reads the text of a checkpoint, without any signature.
    ///
    /// # Errors
    /// When the text breaks the form.
    pub fn parse_text(text: &str) -> Result<Self, CheckpointError> {
        let wrong = |why| CheckpointError::Form { why };
        let lines: Vec<&str> = text
            .strip_suffix('\n')
            .ok_or_else(|| wrong("its last line does not end"))?
            .split('\n')
            .collect();
        let [origin, size, root] = lines[..] else {
            return Err(wrong("it has not exactly the three lines origin, size, root"));
        };
        if origin.is_empty() {
            return Err(wrong("its origin is empty"));
        }
        let size = parse_decimal(size).ok_or_else(|| wrong("its size is not a decimal number"))?;
        if size > SIZE_MAX {
            return Err(wrong("its size is beyond 2^48"));
        }
        let root = Hash::parse(root).map_err(|_| wrong("its root is not 32 bytes in base64"))?;
        if size == 0 && root != Hash::EMPTY {
            return Err(wrong(
                "its size is zero and its root is not that of the empty log",
            ));
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
        })
    }
}

/// Digits only and no leading zero, as the specifications write numbers.
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if is_plain { text.parse().ok() } else { None }
}
