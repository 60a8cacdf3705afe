//! Three simpler ways to tell copies, measured on the same pairs.

use std::collections::BTreeSet;

/// Permutations of the MinHash: the default of the peer `datasketch`.
const PERMUTATIONS: u64 = 128;

/// Words of a shingle: three, what the peers' examples use.
const SHINGLE_WORDS: usize = 3;

fn fnv(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Hashes of all runs of three words.
pub(super) fn shingles(text: &str) -> BTreeSet<u64> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words
        .windows(SHINGLE_WORDS)
        .map(|run| fnv(run.join(" ").into_bytes()))
        .collect()
}

/// Share of equal minima under 128 hash functions.
pub(super) fn minhash(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let least = |set: &BTreeSet<u64>, seed: u64| {
        set.iter()
            .map(|hash| fnv((hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)).to_be_bytes()))
            .min()
    };
    let equal = (1..=PERMUTATIONS)
        .filter(|seed| least(a, *seed).is_some() && least(a, *seed) == least(b, *seed))
        .count();
    equal as f64 / PERMUTATIONS as f64
}

/// Share of the smaller set of shingles that lies in the larger.
pub(super) fn overlap(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let smaller = a.len().min(b.len());
    if smaller == 0 {
        return 0.0;
    }
    a.intersection(b).count() as f64 / smaller as f64
}
