//! Merkle hashes and the proofs over them (RFC 6962 section 2.1, RFC 9162 section 2.1).
//!
//! Gets hashes and numbers, gives a verdict. One checker serves whole trees and the subtrees of the
//! Merkle tree certificate drafts: a tree is the subtree that starts at 0.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};

/// A SHA-256 hash of a leaf, a node or a root. Shown in base64, as the specifications write it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

/// A string is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 32 bytes in base64")]
pub struct HashError;

impl Hash {
    /// The root of a log without leaves: SHA-256 of nothing.
    pub const EMPTY: Self = Self([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27,
        0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
    ]);

    /// Reads the base64 form, canonical only.
    ///
    /// # Errors
    /// When the text is not 32 bytes in base64.
    pub fn parse(text: &str) -> Result<Self, HashError> {
        let bytes = BASE64_STANDARD.decode(text).map_err(|_| HashError)?;
        Ok(Self(<[u8; 32]>::try_from(bytes).map_err(|_| HashError)?))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_STANDARD.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// `SHA-256(0x00 || leaf)`: the hash under which a leaf stands in the tree.
#[must_use]
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0x00])
            .chain_update(leaf)
            .finalize()
            .into(),
    )
}

/// `SHA-256(0x01 || left || right)`.
pub(crate) fn node_hash(left: Hash, right: Hash) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0x01])
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}

/// Why a proof proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The numbers cannot go together, whatever the hashes.
    #[error("the numbers of the proof do not fit together: {why}")]
    Numbers {
        /// Which of them.
        why: &'static str,
    },
    /// Too many or too few hashes for the place in the tree.
    #[error("the proof has {found} hashes, not the number its place in the tree asks for")]
    Length {
        /// How many hashes it has.
        found: usize,
    },
    /// The hashes lead to another root: leaf, place or tree is not the one claimed.
    #[error("the proof leads to root {found}, not to {wanted}")]
    Root {
        /// Where the hashes lead.
        found: Hash,
        /// The root they were to lead to.
        wanted: Hash,
    },
}

/// Shows that one leaf is in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InclusionProof {
    /// The place of the leaf, from 0.
    pub index: u64,
    /// The size of the tree the proof is about.
    pub size: u64,
    /// From the leaf's sibling up to the root's child.
    pub hashes: Vec<Hash>,
}

impl InclusionProof {
    /// Checks that `leaf` is at `index` in the tree with this `root`.
    ///
    /// # Errors
    /// When it is not, or the proof is not one.
    pub fn check(&self, leaf: &[u8], root: &Hash) -> Result<(), ProofError> {
        check_subtree_inclusion(&self.hashes, self.index, 0..self.size, leaf_hash(leaf), *root)
    }
}

/// Shows that a log only grew: the older tree is the beginning of the newer one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsistencyProof {
    /// The size of the older tree, at least 1: everything extends the empty tree.
    pub older: u64,
    /// The size of the newer tree.
    pub newer: u64,
    /// The hashes, in the order of RFC 6962 section 2.1.2.
    pub hashes: Vec<Hash>,
}

impl ConsistencyProof {
    /// Checks that the tree with `older_root` is the beginning of the one with `newer_root`.
    ///
    /// # Errors
    /// When it is not, or the proof is not one.
    pub fn check(&self, older_root: &Hash, newer_root: &Hash) -> Result<(), ProofError> {
        if self.older == 0 {
            return Err(ProofError::Numbers {
                why: "an empty log is the beginning of any",
            });
        }
        check_subtree_consistency(&self.hashes, 0..self.older, self.newer, *older_root, *newer_root)
    }
}

/// Checks that the leaf with hash `leaf` is at `index` in the subtree over `leaves` that has `root`.
///
/// # Errors
/// When the range is no subtree of any tree, the index lies outside, or the hashes lead elsewhere.
pub fn check_subtree_inclusion(
    proof: &[Hash],
    index: u64,
    leaves: std::ops::Range<u64>,
    leaf: Hash,
    root: Hash,
) -> Result<(), ProofError> {
    check_range(&leaves)?;
    if !leaves.contains(&index) {
        return Err(ProofError::Numbers {
            why: "the leaf lies outside the tree",
        });
    }
    let wrong_length = ProofError::Length { found: proof.len() };
    // RFC 9162 section 2.1.3.2, with both numbers counted from the start of the subtree.
    let (mut place, mut last) = (index - leaves.start, leaves.end - leaves.start - 1);
    let mut hash = leaf;
    for step in proof {
        if last == 0 {
            return Err(wrong_length);
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(*step, hash);
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            hash = node_hash(hash, *step);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    if last != 0 {
        return Err(wrong_length);
    }
    if hash == root {
        Ok(())
    } else {
        Err(ProofError::Root {
            found: hash,
            wanted: root,
        })
    }
}

/// Checks that the subtree over `leaves` with hash `subtree` is part of the tree of `size` with `root`.
///
/// An empty subtree is part of any tree: only its hash and the empty proof are checked.
///
/// # Errors
/// When the range is no subtree, reaches beyond the tree, or the hashes lead elsewhere.
pub fn check_subtree_consistency(
    proof: &[Hash],
    leaves: std::ops::Range<u64>,
    size: u64,
    subtree: Hash,
    root: Hash,
) -> Result<(), ProofError> {
    if leaves.end > size {
        return Err(ProofError::Numbers {
            why: "the older tree is larger than the newer one",
        });
    }
    let wrong_length = ProofError::Length { found: proof.len() };
    if leaves.start == leaves.end && subtree == Hash::EMPTY {
        return if proof.is_empty() {
            Ok(())
        } else {
            Err(wrong_length)
        };
    }
    check_range(&leaves)?;
    // `first`, `last` and `end` are the nodes over the subtree's first leaf, its last leaf and the
    // tree's last leaf, one level higher at each step.
    let (mut first, mut last, mut end) = (leaves.start, leaves.end - 1, size - 1);
    // Climb to the largest whole node that ends the subtree: the proof starts there.
    while first != last && (last & 1 == 1 || last == end) {
        (first, last, end) = (first >> 1, last >> 1, end >> 1);
    }
    let mut steps = proof.iter();
    let start = if first == last {
        subtree
    } else {
        *steps.next().ok_or_else(|| wrong_length.clone())?
    };
    let (mut sub, mut whole) = (start, start);
    for step in steps {
        if end == 0 {
            return Err(wrong_length);
        }
        if last & 1 == 1 || last == end {
            if first < last {
                sub = node_hash(*step, sub);
            }
            whole = node_hash(*step, whole);
            while last & 1 == 0 && last != 0 {
                (first, last, end) = (first >> 1, last >> 1, end >> 1);
            }
        } else {
            whole = node_hash(whole, *step);
        }
        (first, last, end) = (first >> 1, last >> 1, end >> 1);
    }
    if end != 0 {
        return Err(wrong_length);
    }
    if sub != subtree {
        return Err(ProofError::Root {
            found: sub,
            wanted: subtree,
        });
    }
    if whole == root {
        Ok(())
    } else {
        Err(ProofError::Root {
            found: whole,
            wanted: root,
        })
    }
}

/// A range is a subtree when it is not empty and starts on a multiple of the smallest power of two
/// that holds it.
fn check_range(leaves: &std::ops::Range<u64>) -> Result<(), ProofError> {
    if leaves.is_empty() {
        return Err(ProofError::Numbers {
            why: "an empty tree holds nothing to prove",
        });
    }
    let span = leaves.end - leaves.start;
    let starts_right = match span.checked_next_power_of_two() {
        Some(power) => leaves.start.is_multiple_of(power),
        None => leaves.start == 0,
    };
    if starts_right {
        Ok(())
    } else {
        Err(ProofError::Numbers {
            why: "the range of leaves is not a subtree of any tree",
        })
    }
}
