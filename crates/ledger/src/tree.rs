//! The hashes of a log on disk, each authenticated against the signed root before it is used.
//!
//! The part-filled tiles at the right edge together give the root. A full tile is vouched for by its
//! hash in the tile above it, up to the edge. Nothing else is believed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use crate::audit;
use crate::checkpoint::Checkpoint;
use crate::edge::{Edge, subtree_hash};
use crate::error::LedgerError;
use crate::key::VerifierKey;
use crate::proof::{Hash, node_hash};
use crate::read;
use crate::tile::{Holds, Place, TILE_HEIGHT, TILE_WIDTH};

/// How many authenticated tiles are kept at hand, 8 KiB each.
///
/// 64: more than the two tiles a level that one proof touches, and half a mebibyte. Lower it below about
/// 16 and a proof reads its tiles again and again.
const TILES_KEPT_MAX: usize = 64;

/// The tree under one signed head.
#[derive(Debug)]
pub(crate) struct Tree<'d> {
    dir: &'d Path,
    key: &'d VerifierKey,
    size: u64,
    /// Level by level, the hashes of the part-filled tile: together they give the root.
    edge: Vec<Vec<Hash>>,
    kept: BTreeMap<(u8, u64), Vec<Hash>>,
}

impl<'d> Tree<'d> {
    /// Reads the right edge and checks that it adds up to the root.
    pub(crate) fn load(dir: &'d Path, key: &'d VerifierKey, head: &Checkpoint) -> Result<Self, LedgerError> {
        let mut edge = Vec::new();
        for level in (0_u8..).take_while(|level| Holds::Hashes(*level).items(head.size) > 0) {
            let holds = Holds::Hashes(level);
            edge.push(match part_at_edge(holds, head.size) {
                Some(place) => read_hashes(dir, key, place)?,
                None => Vec::new(),
            });
        }
        if Edge::resume(head.size, Vec::new(), edge.clone()).root() != head.root {
            return Err(audit::damage(dir, key));
        }
        Ok(Self {
            dir,
            key,
            size: head.size,
            edge,
            kept: BTreeMap::new(),
        })
    }

    /// The hashes of the part-filled tiles, level by level.
    pub(crate) fn into_edge(self) -> Vec<Vec<Hash>> {
        self.edge
    }

    /// The leaf hashes of bundle `index`.
    pub(crate) fn leaf_hashes(&mut self, index: u64) -> Result<Vec<Hash>, LedgerError> {
        self.tile(0, index).cloned()
    }

    /// The path of RFC 6962 section 2.1.1 from leaf `index` to the root of the tree over `leaves`.
    pub(crate) fn inclusion(&mut self, index: u64, leaves: Range<u64>) -> Result<Vec<Hash>, LedgerError> {
        if leaves.end - leaves.start == 1 {
            return Ok(Vec::new());
        }
        let middle = split(&leaves);
        let (near, far) = if index < middle {
            (leaves.start..middle, middle..leaves.end)
        } else {
            (middle..leaves.end, leaves.start..middle)
        };
        let mut path = self.inclusion(index, near)?;
        path.push(self.hash_over(far)?);
        Ok(path)
    }

    /// The proof of RFC 6962 section 2.1.2 that the first `older` leaves of the log begin the tree over
    /// `leaves`.
    pub(crate) fn consistency(&mut self, older: u64, leaves: Range<u64>) -> Result<Vec<Hash>, LedgerError> {
        if older == leaves.end {
            // The checker knows the older root itself, so that one is left out.
            return if leaves.start == 0 {
                Ok(Vec::new())
            } else {
                Ok(vec![self.hash_over(leaves)?])
            };
        }
        let middle = split(&leaves);
        let (near, far) = if older <= middle {
            (leaves.start..middle, middle..leaves.end)
        } else {
            (middle..leaves.end, leaves.start..middle)
        };
        let mut path = self.consistency(older, near)?;
        path.push(self.hash_over(far)?);
        Ok(path)
    }

    /// The Merkle tree hash over a range that is a subtree of the log.
    fn hash_over(&mut self, leaves: Range<u64>) -> Result<Hash, LedgerError> {
        let span = leaves.end - leaves.start;
        if span.is_power_of_two() {
            return self.node(span.trailing_zeros(), leaves.start / span);
        }
        let middle = split(&leaves);
        Ok(node_hash(
            self.hash_over(leaves.start..middle)?,
            self.hash_over(middle..leaves.end)?,
        ))
    }

    /// The `index`-th whole node of a level, level 0 being the leaves.
    fn node(&mut self, level: u32, index: u64) -> Result<Hash, LedgerError> {
        let height = u32::from(TILE_HEIGHT);
        let (tile_level, within) = (level / height, level % height);
        let first = index << within;
        let tile_level = u8::try_from(tile_level).expect("a log has at most 48 levels");
        let tile = self.tile(tile_level, first / TILE_WIDTH)?;
        let start = usize::try_from(first % TILE_WIDTH).expect("below 256");
        Ok(subtree_hash(&tile[start..start + (1 << within)]))
    }

    /// The hashes of one tile, authenticated.
    fn tile(&mut self, level: u8, index: u64) -> Result<&Vec<Hash>, LedgerError> {
        if index == Holds::Hashes(level).items(self.size) / TILE_WIDTH {
            return Ok(&self.edge[usize::from(level)]);
        }
        if !self.kept.contains_key(&(level, index)) {
            let above = self.tile(level + 1, index / TILE_WIDTH)?;
            let vouched = above[usize::try_from(index % TILE_WIDTH).expect("below 256")];
            let place = Place {
                holds: Holds::Hashes(level),
                index,
                width: TILE_WIDTH,
            };
            let hashes = read_hashes(self.dir, self.key, place)?;
            if subtree_hash(&hashes) != vouched {
                return Err(audit::damage(self.dir, self.key));
            }
            if self.kept.len() >= TILES_KEPT_MAX {
                self.kept.clear();
            }
            self.kept.insert((level, index), hashes);
        }
        Ok(&self.kept[&(level, index)])
    }
}

/// Where the part-filled tile of a log lies; nothing where the last tile is full.
pub(crate) fn part_at_edge(holds: Holds, size: u64) -> Option<Place> {
    let items = holds.items(size);
    let width = items % TILE_WIDTH;
    (width > 0).then_some(Place {
        holds,
        index: items / TILE_WIDTH,
        width,
    })
}

/// RFC 6962 section 2.1: the left side of a tree is the largest power of two smaller than it.
fn split(leaves: &Range<u64>) -> u64 {
    leaves.start + (1 << (leaves.end - leaves.start - 1).ilog2())
}

fn read_hashes(dir: &Path, key: &VerifierKey, place: Place) -> Result<Vec<Hash>, LedgerError> {
    let bytes = read::tile(dir, key, place)?;
    let (hashes, rest) = bytes.as_chunks::<32>();
    if hashes.len() as u64 != place.width || !rest.is_empty() {
        return Err(audit::damage(dir, key));
    }
    Ok(hashes.iter().map(|hash| Hash(*hash)).collect())
}
