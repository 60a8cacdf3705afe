//! Reading a log: its head, its leaves, and proofs. Every byte that leaves here was checked against the
//! signed root first.

use std::path::{Path, PathBuf};

use crate::audit::{self, Fault};
use crate::checkpoint::Checkpoint;
use crate::disk;
use crate::error::LedgerError;
use crate::key::VerifierKey;
use crate::note::{NOTE_BYTES_MAX, Note};
use crate::proof::{ConsistencyProof, InclusionProof, leaf_hash};
use crate::proof_file::ProofFile;
use crate::tile::{Holds, Place, TILE_WIDTH, split_bundle};
use crate::tree::Tree;

/// The file with the signed head.
pub(crate) const CHECKPOINT: &str = "checkpoint";

/// A log as of the checkpoint that was on disk when it was opened. It takes no lock and can stand
/// beside the writer.
#[derive(Debug, Clone)]
pub struct Reader {
    dir: PathBuf,
    key: VerifierKey,
    head: Checkpoint,
    signed: Note,
}

impl Reader {
    /// Reads and checks the signed head.
    ///
    /// # Errors
    /// When there is none, or it is not by this key.
    pub fn open(dir: &Path, key: &VerifierKey) -> Result<Self, LedgerError> {
        let (head, signed) = head(dir, key)?;
        Ok(Self {
            dir: dir.to_owned(),
            key: key.clone(),
            head,
            signed,
        })
    }

    /// The head this reader reads under.
    #[must_use]
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.head
    }

    /// The head with its signatures, to hand to others.
    #[must_use]
    pub fn signed_checkpoint(&self) -> String {
        self.signed.to_string()
    }

    /// How many leaves the log has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.head.size
    }

    /// One leaf.
    ///
    /// # Errors
    /// When there is no such leaf, or the bytes on disk are not those that were logged.
    pub fn entry(&self, index: u64) -> Result<Vec<u8>, LedgerError> {
        self.check_index(index)?;
        let mut bundle = self.bundle(&mut self.tree()?, index / TILE_WIDTH)?;
        Ok(bundle.swap_remove(usize::try_from(index % TILE_WIDTH).expect("below 256")))
    }

    /// All leaves from `first` on, in order, each with its index. It ends after the first error.
    #[must_use]
    pub fn entries(&self, first: u64) -> Entries<'_> {
        Entries {
            reader: self,
            tree: None,
            next: first,
            bundle: Vec::new().into_iter(),
        }
    }

    /// The proof that leaf `index` is in the log.
    ///
    /// # Errors
    /// When there is no such leaf, or the tiles are damaged.
    pub fn inclusion(&self, index: u64) -> Result<InclusionProof, LedgerError> {
        self.check_index(index)?;
        let hashes = self.tree()?.inclusion(index, 0..self.head.size)?;
        Ok(InclusionProof {
            index,
            size: self.head.size,
            hashes,
        })
    }

    /// The proof that the log of `older` leaves is the beginning of this one.
    ///
    /// # Errors
    /// When `older` is zero or beyond the log, or the tiles are damaged.
    pub fn consistency(&self, older: u64) -> Result<ConsistencyProof, LedgerError> {
        if older == 0 || older > self.head.size {
            return Err(LedgerError::Beyond {
                what: "older size",
                asked: older,
                size: self.head.size,
            });
        }
        let hashes = self.tree()?.consistency(older, 0..self.head.size)?;
        Ok(ConsistencyProof {
            older,
            newer: self.head.size,
            hashes,
        })
    }

    /// Checks that this log continues the one whose head was seen before: nothing was dropped,
    /// changed or rolled back since.
    ///
    /// # Errors
    /// When it does not, or the tiles are damaged.
    pub fn extends(&self, older: &Checkpoint) -> Result<(), LedgerError> {
        let refuse = |source| LedgerError::NotExtended {
            older: older.size,
            size: self.head.size,
            source,
        };
        if older.origin != self.head.origin || older.size > self.head.size {
            return Err(refuse(None));
        }
        if older.size == 0 {
            return Ok(());
        }
        let proof = self.consistency(older.size)?;
        proof
            .check(&older.root, &self.head.root)
            .map_err(|error| refuse(Some(error)))
    }

    /// A leaf's proof in one file that can be checked offline: see [`ProofFile`].
    ///
    /// # Errors
    /// As [`Reader::inclusion`].
    pub fn proof_file(&self, index: u64) -> Result<ProofFile, LedgerError> {
        let proof = self.inclusion(index)?;
        Ok(ProofFile {
            index,
            hashes: proof.hashes,
            signed_checkpoint: self.signed_checkpoint(),
        })
    }

    fn check_index(&self, index: u64) -> Result<(), LedgerError> {
        if index < self.head.size {
            Ok(())
        } else {
            Err(LedgerError::Beyond {
                what: "leaf",
                asked: index,
                size: self.head.size,
            })
        }
    }

    /// The hashes under this head, ready to be asked.
    fn tree(&self) -> Result<Tree<'_>, LedgerError> {
        Tree::load(&self.dir, &self.key, &self.head)
    }

    /// The leaves of one bundle, each checked against the signed root.
    fn bundle(&self, tree: &mut Tree<'_>, index: u64) -> Result<Vec<Vec<u8>>, LedgerError> {
        let hashes = tree.leaf_hashes(index)?;
        let place = Place {
            holds: Holds::Entries,
            index,
            width: hashes.len() as u64,
        };
        let bytes = tile(&self.dir, &self.key, place)?;
        let (leaves, _) = split_bundle(&bytes);
        for (at, hash) in hashes.iter().enumerate() {
            if leaves.get(at).is_none_or(|leaf| leaf_hash(leaf) != *hash) {
                return Err(LedgerError::Damaged(Fault {
                    file: place.path(),
                    entry: Some(index * TILE_WIDTH + at as u64),
                    what: "the entry is not the one that was logged".to_owned(),
                }));
            }
        }
        Ok(leaves
            .into_iter()
            .take(hashes.len())
            .map(<[u8]>::to_vec)
            .collect())
    }
}

/// The leaves of a log in order: see [`Reader::entries`].
#[derive(Debug)]
pub struct Entries<'r> {
    reader: &'r Reader,
    tree: Option<Tree<'r>>,
    next: u64,
    bundle: std::vec::IntoIter<Vec<u8>>,
}

impl Entries<'_> {
    fn next_bundle(&mut self) -> Result<Vec<Vec<u8>>, LedgerError> {
        let mut tree = match self.tree.take() {
            Some(tree) => tree,
            None => self.reader.tree()?,
        };
        let leaves = self.reader.bundle(&mut tree, self.next / TILE_WIDTH)?;
        self.tree = Some(tree);
        Ok(leaves)
    }
}

impl Iterator for Entries<'_> {
    type Item = Result<(u64, Vec<u8>), LedgerError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.reader.head.size {
            return None;
        }
        if self.bundle.len() == 0 {
            match self.next_bundle() {
                Ok(leaves) => self.bundle = leaves.into_iter(),
                Err(error) => {
                    self.next = u64::MAX;
                    return Some(Err(error));
                }
            }
            let skip = usize::try_from(self.next % TILE_WIDTH).expect("below 256");
            self.bundle.by_ref().take(skip).for_each(drop);
        }
        let leaf = self.bundle.next()?;
        self.next += 1;
        Some(Ok((self.next - 1, leaf)))
    }
}

/// Reads and checks the signed head of the log in `dir`.
pub(crate) fn head(dir: &Path, key: &VerifierKey) -> Result<(Checkpoint, Note), LedgerError> {
    let path = dir.join(CHECKPOINT);
    let bytes = disk::read(&path, NOTE_BYTES_MAX).map_err(|error| {
        if error.is_not_found() {
            LedgerError::NoCheckpoint { dir: dir.to_owned() }
        } else {
            error
        }
    })?;
    let refuse = |source| LedgerError::Checkpoint {
        path: path.clone(),
        source,
    };
    let head = Checkpoint::open(&bytes, key).map_err(refuse)?;
    let note = Note::parse(&bytes).map_err(|error| refuse(error.into()))?;
    Ok((head, note))
}

/// Reads a tile. Where a part-filled one is gone because the writer has filled it since, its beginning
/// is read from the full one. A tile that the head asks for and is not there is damage.
pub(crate) fn tile(dir: &Path, key: &VerifierKey, place: Place) -> Result<Vec<u8>, LedgerError> {
    let read = |place: Place| disk::read(&dir.join(place.path()), place.holds.bytes_max());
    let full = Place {
        width: TILE_WIDTH,
        ..place
    };
    match read(place) {
        Err(error) if error.is_not_found() => match read(full) {
            Ok(bytes) => Ok(beginning(place, bytes)),
            Err(error) if error.is_not_found() => Err(audit::damage(dir, key)),
            Err(error) => Err(error),
        },
        read => read,
    }
}

/// The first `place.width` items of a full tile's bytes.
pub(crate) fn beginning(place: Place, mut bytes: Vec<u8>) -> Vec<u8> {
    let width = usize::try_from(place.width).expect("a tile is at most 256 wide");
    let length = match place.holds {
        Holds::Hashes(_) => width * 32,
        Holds::Entries => split_bundle(&bytes)
            .0
            .iter()
            .take(width)
            .map(|leaf| leaf.len() + 2)
            .sum(),
    };
    bytes.truncate(length);
    bytes
}
