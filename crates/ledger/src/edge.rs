//! The right edge of the tree: the part-filled bundle and the part-filled tile of each level.
//!
//! It is all that an append needs to know about the leaves before it. Gets leaves in order, gives the
//! tiles they fill and the root over everything so far.

use crate::proof::{Hash, leaf_hash, node_hash};
use crate::tile::{Holds, Place, TILE_WIDTH, push_entry, split_bundle};

/// A tile and its bytes, ready to be written or compared.
pub(crate) type Filled = (Place, Vec<u8>);

/// The open ends of a log of `size` leaves.
#[derive(Clone, Default)]
pub(crate) struct Edge {
    size: u64,
    bundle: Vec<u8>,
    /// Level by level, the hashes that fill no tile yet: never as many as 256.
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// Takes up a log that is on disk. `levels` holds `(size >> 8 * level) % 256` hashes each.
    pub(crate) fn resume(size: u64, bundle: Vec<u8>, levels: Vec<Vec<Hash>>) -> Self {
        Self { size, bundle, levels }
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Whether the part-filled bundle holds exactly the leaves that the level 0 tile hashes.
    pub(crate) fn is_bundle_sound(&self) -> bool {
        let (leaves, is_whole) = split_bundle(&self.bundle);
        let hashes = self.levels.first().map_or(&[][..], Vec::as_slice);
        is_whole
            && leaves.len() == hashes.len()
            && leaves
                .iter()
                .zip(hashes)
                .all(|(leaf, hash)| leaf_hash(leaf) == *hash)
    }

    /// Adds a leaf; tiles that it fills go to `full`, lowest level first.
    pub(crate) fn push(&mut self, leaf: &[u8], full: &mut Vec<Filled>) {
        push_entry(&mut self.bundle, leaf);
        let index = self.size / TILE_WIDTH;
        self.size += 1;
        if self.size.is_multiple_of(TILE_WIDTH) {
            let place = Place {
                holds: Holds::Entries,
                index,
                width: TILE_WIDTH,
            };
            full.push((place, std::mem::take(&mut self.bundle)));
        }
        self.push_hash(leaf_hash(leaf), full);
    }

    fn push_hash(&mut self, hash: Hash, full: &mut Vec<Filled>) {
        let mut carried = hash;
        for level in 0_u8.. {
            if self.levels.len() == usize::from(level) {
                self.levels.push(Vec::new());
            }
            let tile = &mut self.levels[usize::from(level)];
            tile.push(carried);
            if (tile.len() as u64) < TILE_WIDTH {
                return;
            }
            let hashes = std::mem::take(tile);
            carried = subtree_hash(&hashes);
            let holds = Holds::Hashes(level);
            let index = holds.items(self.size) / TILE_WIDTH - 1;
            full.push((
                Place {
                    holds,
                    index,
                    width: TILE_WIDTH,
                },
                tile_bytes(&hashes),
            ));
        }
    }

    /// The part-filled tiles that a log grown from `older` leaves has new, entries first.
    pub(crate) fn parts_since(&self, older: u64) -> Vec<Filled> {
        let mut parts = Vec::new();
        let mut add = |holds: Holds, bytes: Vec<u8>| {
            let (items, before) = (holds.items(self.size), holds.items(older));
            let width = items % TILE_WIDTH;
            if items != before && width > 0 {
                parts.push((
                    Place {
                        holds,
                        index: items / TILE_WIDTH,
                        width,
                    },
                    bytes,
                ));
            }
        };
        add(Holds::Entries, self.bundle.clone());
        for (level, hashes) in (0_u8..).zip(&self.levels) {
            add(Holds::Hashes(level), tile_bytes(hashes));
        }
        parts
    }

    /// The Merkle tree hash over all leaves so far.
    pub(crate) fn root(&self) -> Hash {
        // Whole subtrees from left to right: high levels first, within a level the widest first.
        let mut peaks = Vec::new();
        for hashes in self.levels.iter().rev() {
            let mut rest = &hashes[..];
            while !rest.is_empty() {
                let widest = 1 << rest.len().ilog2();
                let (whole, after) = rest.split_at(widest);
                peaks.push(subtree_hash(whole));
                rest = after;
            }
        }
        let mut peaks = peaks.into_iter().rev();
        let Some(last) = peaks.next() else {
            return Hash::EMPTY;
        };
        peaks.fold(last, |right, left| node_hash(left, right))
    }
}

/// The hashes of a tile as its file holds them.
pub(crate) fn tile_bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| hash.0).collect()
}

/// The node over a power of two of hashes.
pub(crate) fn subtree_hash(hashes: &[Hash]) -> Hash {
    match hashes {
        [hash] => *hash,
        _ => {
            let (left, right) = hashes.split_at(hashes.len() / 2);
            node_hash(subtree_hash(left), subtree_hash(right))
        }
    }
}
