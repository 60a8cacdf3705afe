//! Brings things together that have a key in common, without ever comparing all with all, and tells what a further
//! thing changes.
//!
//! Of a small block all are near each other. In a larger one each is near those beside it in a fixed order, so that
//! the work grows with the number of things and not with its square.

use crate::wording::Hashed;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

/// Things put in one by one that a large block is kept in order for; with more it is sorted anew.
const PUT_IN_ONE_BY_ONE_MAX: usize = 16;

/// Blocks of things, by key.
pub(crate) struct Near {
    /// Most members of a block that are all near each other.
    all_max: usize,
    /// Steps in a larger block within which two members are near.
    reach: usize,
    blocks: HashMap<u64, Block, Hashed>,
    unsettled: Vec<u64>,
}

enum Block {
    One(u32),
    Many(Box<Many>),
}

struct Many {
    members: Vec<u32>,
    /// So many from the front stand where they belong.
    settled: usize,
}

impl Block {
    fn members(&self) -> &[u32] {
        match self {
            Self::One(member) => std::slice::from_ref(member),
            Self::Many(many) => &many.members,
        }
    }
}

impl Near {
    pub(crate) fn new(all_max: usize, reach: usize) -> Self {
        Self {
            all_max,
            reach,
            blocks: HashMap::default(),
            unsettled: Vec::new(),
        }
    }

    /// Puts a thing under its keys, each key once; [`Near::settle`] must follow.
    pub(crate) fn put(&mut self, item: u32, keys: &[u64]) {
        for key in keys {
            let Some(block) = self.blocks.get_mut(key) else {
                self.blocks.insert(*key, Block::One(item));
                continue;
            };
            match block {
                Block::One(first) => {
                    let members = vec![*first, item];
                    *block = Block::Many(Box::new(Many { members, settled: 2 }));
                }
                Block::Many(many) => {
                    many.members.push(item);
                    if many.members.len() <= self.all_max {
                        many.settled += 1;
                    } else if many.settled + 1 == many.members.len() {
                        self.unsettled.push(*key);
                    }
                }
            }
        }
    }

    /// Brings large blocks into order after things were put in. Pairs that may be near no longer are added to
    /// `doubtful`; pairs that have come near hold one of the things put in.
    pub(crate) fn settle(
        &mut self,
        order: &impl Fn(u32, u32) -> Ordering,
        doubtful: &mut BTreeSet<(u32, u32)>,
    ) {
        for key in std::mem::take(&mut self.unsettled) {
            let Some(Block::Many(many)) = self.blocks.get_mut(&key) else {
                continue;
            };
            let before = many.settled;
            if before > self.all_max && many.members.len() - before <= PUT_IN_ONE_BY_ONE_MAX {
                for item in many.members.split_off(before) {
                    let at = many.members.partition_point(|other| order(*other, item).is_lt());
                    straddling(&many.members, at, self.reach, doubtful);
                    many.members.insert(at, item);
                }
            } else {
                if before <= self.all_max {
                    pairs(&many.members[..before], before, doubtful);
                } else {
                    pairs(&many.members[..before], self.reach, doubtful);
                }
                many.members.sort_by(|a, b| order(*a, *b));
            }
            many.settled = many.members.len();
        }
    }

    /// Takes a thing out from under its keys, while its order is still what it was. Pairs that may have come near are
    /// added to `doubtful`.
    pub(crate) fn take(
        &mut self,
        item: u32,
        keys: &[u64],
        order: &impl Fn(u32, u32) -> Ordering,
        doubtful: &mut BTreeSet<(u32, u32)>,
    ) {
        for key in keys {
            match self.blocks.get_mut(key) {
                Some(Block::Many(many)) => {
                    let members = &mut many.members;
                    let large = members.len() > self.all_max;
                    let Some(at) = place(members, item, large, order) else {
                        continue;
                    };
                    members.remove(at);
                    if large && members.len() <= self.all_max {
                        pairs(members, members.len(), doubtful);
                    } else if large {
                        straddling(members, at, self.reach, doubtful);
                    }
                    many.settled = members.len();
                    if let [last] = members[..] {
                        self.blocks.insert(*key, Block::One(last));
                    }
                }
                Some(Block::One(only)) if *only == item => drop(self.blocks.remove(key)),
                _ => {}
            }
        }
    }

    /// Adds those near a thing, in any order and some more than once.
    pub(crate) fn of(
        &self,
        item: u32,
        keys: &[u64],
        order: &impl Fn(u32, u32) -> Ordering,
        near: &mut Vec<u32>,
    ) {
        for key in keys {
            let Some(block) = self.blocks.get(key) else {
                continue;
            };
            let members = block.members();
            let large = members.len() > self.all_max;
            if !large {
                near.extend(members.iter().filter(|other| **other != item));
            } else if let Some(at) = place(members, item, large, order) {
                near.extend(&members[at.saturating_sub(self.reach)..at]);
                near.extend(members[at + 1..].iter().take(self.reach));
            }
        }
    }

    /// Whether two things are near each other; their keys are sorted.
    pub(crate) fn are(
        &self,
        (a, keys_a): (u32, &[u64]),
        (b, keys_b): (u32, &[u64]),
        order: &impl Fn(u32, u32) -> Ordering,
    ) -> bool {
        let shared = keys_a.iter().filter(|key| keys_b.binary_search(key).is_ok());
        shared.filter_map(|key| self.blocks.get(key)).any(|block| {
            let members = block.members();
            let large = members.len() > self.all_max;
            if !large {
                return members.contains(&a) && members.contains(&b);
            }
            let places = place(members, a, large, order).zip(place(members, b, large, order));
            places.is_some_and(|(a, b)| a.abs_diff(b) <= self.reach)
        })
    }
}

/// Where a thing stands in its block.
fn place(members: &[u32], item: u32, large: bool, order: &impl Fn(u32, u32) -> Ordering) -> Option<usize> {
    if large {
        members.binary_search_by(|other| order(*other, item)).ok()
    } else {
        members.iter().position(|other| *other == item)
    }
}

/// Pairs of members that lie within a reach of each other.
fn pairs(members: &[u32], reach: usize, found: &mut BTreeSet<(u32, u32)>) {
    for (at, a) in members.iter().enumerate() {
        let beside = members[at + 1..].iter().take(reach);
        found.extend(beside.map(|b| (*a.min(b), *a.max(b))));
    }
}

/// Pairs that lie exactly a reach apart across a place: those that a thing put in there, or taken from there, brings
/// out of reach or into it.
fn straddling(members: &[u32], at: usize, reach: usize, found: &mut BTreeSet<(u32, u32)>) {
    for left in at.saturating_sub(reach)..at {
        if let Some(b) = members.get(left + reach) {
            let a = &members[left];
            found.insert((*a.min(b), *a.max(b)));
        }
    }
}
