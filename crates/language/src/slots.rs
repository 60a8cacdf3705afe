//! Where the row of a well-mixed key lies: a table that is filled once and then only read, mostly for keys that
//! are not in it.

/// Keys to the numbers of their rows.
///
/// Keys are hashes already: their low bits choose the slot, their high bits the place in a small map of bits that
/// turns most unknown keys down before the table itself, which is too large for the fast memory of a processor, is
/// looked at.
#[derive(Clone, Debug)]
pub(crate) struct Slots {
    /// key and row, by open addressing; [`EMPTY`] marks a free slot
    slots: Vec<(u32, u32)>,
    /// one bit a key, found by its high bits
    seen: Vec<u64>,
    /// how far a key is shifted to find its bit
    shift: u32,
    count: usize,
}

const EMPTY: u32 = u32::MAX;

/// Most keys that are looked up together.
pub(crate) const BUNCH: usize = 64;

/// Bits of the map for each key: eight turn seven of eight unknown keys down.
const BITS_A_KEY: usize = 8;

impl Default for Slots {
    fn default() -> Slots {
        Slots::with_room(0)
    }
}

impl Slots {
    /// Room for so many keys.
    pub(crate) fn with_room(keys: usize) -> Slots {
        let bits = (keys * BITS_A_KEY).next_power_of_two().max(64);
        Slots {
            slots: vec![(0, EMPTY); (keys + keys / 3 + 1).next_power_of_two()],
            seen: vec![0; bits / 64],
            shift: 32 - bits.trailing_zeros().min(32),
            count: 0,
        }
    }

    /// The keys in the order of their rows, none twice.
    pub(crate) fn of(keys: impl ExactSizeIterator<Item = u32>) -> Slots {
        let mut slots = Slots::with_room(keys.len());
        for (row, key) in (0u32..).zip(keys) {
            slots.insert(key, row);
        }
        slots
    }

    /// Adds a key that is not here yet, with a row below `u32::MAX`; there must be room for it.
    pub(crate) fn insert(&mut self, key: u32, row: u32) {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at].1 != EMPTY {
            at = (at + 1) & mask;
        }
        self.slots[at] = (key, row);
        let (word, bit) = self.bit(key);
        self.seen[word] |= bit;
        self.count += 1;
    }

    fn bit(&self, key: u32) -> (usize, u64) {
        let at = (u64::from(key) >> self.shift) as usize;
        (at / 64, 1 << (at % 64))
    }

    /// The row of a key.
    #[inline]
    pub(crate) fn get(&self, key: u32) -> Option<usize> {
        self.may_hold(key)
            .then(|| self.look_up(key))
            .flatten()
            .map(|row| row as usize)
    }

    /// The rows of the keys that are here, in the order of `keys`; all that stand in `found` afterwards.
    ///
    /// Most keys are turned down first and no row is read between, so that the slots of all others are fetched at
    /// once: a table that is larger than the fast memory answers many keys in little more time than one.
    #[inline]
    pub(crate) fn all<'f>(&self, keys: &[u32], found: &'f mut [u32; BUNCH]) -> &'f [u32] {
        let mut likely = 0;
        for &key in keys.iter().take(BUNCH) {
            found[likely] = key;
            likely += usize::from(self.may_hold(key));
        }
        let mut count = 0;
        for at in 0..likely {
            let row = self.look_up(found[at]);
            found[count] = row.unwrap_or(EMPTY);
            count += usize::from(row.is_some());
        }
        &found[..count]
    }

    #[inline]
    fn may_hold(&self, key: u32) -> bool {
        let (word, bit) = self.bit(key);
        self.seen[word] & bit != 0
    }

    #[inline]
    fn look_up(&self, key: u32) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        loop {
            let (found, row) = self.slots[at];
            if row == EMPTY {
                return None;
            }
            if found == key {
                return Some(row);
            }
            at = (at + 1) & mask;
        }
    }

    /// How many keys there are.
    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// Keys and rows, by key.
    pub(crate) fn sorted(&self) -> Vec<(u32, u32)> {
        let mut all: Vec<(u32, u32)> = self
            .slots
            .iter()
            .copied()
            .filter(|(_, row)| *row != EMPTY)
            .collect();
        all.sort_unstable();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_no_other() {
        for count in [0u32, 1, 2, 7, 64, 1_000] {
            let keys: Vec<u32> = (0..count).map(|n| n.wrapping_mul(0x9e37_79b9)).collect();
            let slots = Slots::of(keys.iter().copied());
            assert_eq!(slots.len(), keys.len());
            for (row, key) in keys.iter().enumerate() {
                assert_eq!(slots.get(*key), Some(row));
                assert_eq!(slots.get(key ^ 1).filter(|_| !keys.contains(&(key ^ 1))), None);
            }
            assert!(slots.sorted().is_sorted());
            let asked: Vec<u32> = keys.iter().flat_map(|key| [*key, key ^ 1]).collect();
            for asked in asked.chunks(BUNCH) {
                let one_by_one: Vec<usize> = asked.iter().filter_map(|key| slots.get(*key)).collect();
                let mut room = [0; BUNCH];
                let together = slots.all(asked, &mut room).iter().map(|row| *row as usize);
                assert_eq!(together.collect::<Vec<_>>(), one_by_one);
            }
        }
    }
}
