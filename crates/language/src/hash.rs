//! A fast hash for short keys. Same key, same hash, on every machine and in every run; not for hostile maps
//! that grow (ours are filled from our own data and then only read).

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A read-mostly map; never iterated.
pub(crate) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<Multiply>>;
/// A read-mostly set; never iterated.
pub(crate) type FastSet<K> = HashSet<K, BuildHasherDefault<Multiply>>;

/// Odd, with well-mixed bits: 2^64 divided by the golden ratio (Knuth, TAOCP 3, §6.4).
/// An even number would lose the low bits of every key.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Multiply-and-rotate over eight bytes at a time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Multiply(u64);

impl Multiply {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(GOLDEN);
    }
}

impl Hasher for Multiply {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.add(u64::from_le_bytes(chunk.try_into().expect("chunks of eight")));
        }
        let mut last = [0u8; 8];
        let rest = chunks.remainder();
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(u64::from(byte));
    }

    fn write_u32(&mut self, word: u32) {
        self.add(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn finish(&self) -> u64 {
        // the table takes low bits for the bucket and high bits for the tag
        self.0 ^ (self.0 >> 32)
    }
}

/// Mixes a word into a running hash; both halves of the result are well mixed.
pub(crate) fn mix(state: u64, word: u64) -> u64 {
    let product = (state.rotate_left(23) ^ word ^ GOLDEN).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let folded = (product ^ (product >> 32)).wrapping_mul(GOLDEN);
    folded ^ (folded >> 29)
}

/// The hash of a text; all bits are well mixed.
pub(crate) fn text(text: &str) -> u64 {
    words(text.as_bytes()).fold(text.len() as u64, mix)
}

/// Bytes eight by eight as little-endian numbers, the last padded with zeros.
#[inline]
pub(crate) fn words(bytes: &[u8]) -> impl Iterator<Item = u64> {
    let (whole, rest) = bytes.as_chunks::<8>();
    let last = (!rest.is_empty()).then(|| short(rest));
    whole.iter().map(|word| u64::from_le_bytes(*word)).chain(last)
}

/// One to seven bytes as a little-endian number, in two or three reads that may overlap: quicker than a copy.
#[inline]
fn short(bytes: &[u8]) -> u64 {
    let length = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        return u64::from(first) | u64::from(last) << (8 * (length - 4));
    }
    let at = |index: usize| u64::from(bytes[index]) << (8 * index);
    at(0) | at(length / 2) | at(length - 1)
}
