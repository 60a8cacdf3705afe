//! What is known of a word from the company it keeps in much text: a short vector, and the classes of words
//! that are used alike.
//!
//! The file is made by `cargo xtask train words` from vectors that others published; it holds hashes and numbers,
//! no word. Found by the lower-cased word, so that a text in capitals loses nothing.

use crate::hash;
use crate::packed::{Reader, Writer};
use crate::slots::Slots;

/// How many numbers a vector has: the strongest directions of the published ones. More tell finer differences
/// and make the file larger in proportion.
pub const VECTOR_WIDTH: usize = 64;

/// The length of a vector, in units of its numbers: each is a whole number, at most 127 either way.
pub const VECTOR_LENGTH: i32 = 64;

/// How many classes there are, from coarse to fine.
pub const CLASS_COUNTS: [u16; 3] = [64, 256, 1024];

/// The first bytes of the file; the last is the version of the format.
pub(crate) const MAGIC: [u8; 4] = *b"wv\0\x02";

/// Vectors and classes of the frequent words of one language.
#[derive(Debug)]
pub struct WordVectors {
    words: Slots,
    classes: Vec<[u16; 3]>,
    vectors: Vec<[i8; VECTOR_WIDTH]>,
}

/// One word as it goes into the file.
#[derive(Clone, Debug)]
pub struct WordEntry {
    /// The word's [`word_key`].
    pub key: u32,
    /// Its class among the finest.
    pub class: u16,
    /// Its vector.
    pub vector: [i8; VECTOR_WIDTH],
}

/// The key of a lower-cased word. Of 100,000 words about one shares its key with another; an unknown word is
/// taken for a known one once in 40,000.
pub fn word_key(lower: &str) -> u32 {
    short_key(hash::text(lower))
}

pub(crate) fn short_key(hash: u64) -> u32 {
    u32::try_from(hash >> 32).unwrap_or(0)
}

impl WordVectors {
    /// The bytes of a file. `entries` are sorted by key, without doubles; `coarse` gives for each of the finest
    /// classes the two that hold it.
    pub fn encode(entries: &[WordEntry], coarse: &[[u16; 2]]) -> Vec<u8> {
        let mut writer = Writer::begin(MAGIC);
        writer.number(coarse.len() as u64);
        for class in coarse.iter().flatten() {
            writer.number(u64::from(*class));
        }
        writer.number(entries.len() as u64);
        let mut last = 0;
        for entry in entries {
            writer.number(u64::from(entry.key - last));
            last = entry.key;
        }
        for entry in entries {
            writer.number(u64::from(entry.class));
        }
        for entry in entries {
            entry
                .vector
                .iter()
                .for_each(|number| writer.byte(number.cast_unsigned()));
        }
        writer.finish()
    }

    /// Reads a file; `None` if it is not one.
    pub fn decode(bytes: &[u8]) -> Option<WordVectors> {
        let mut reader = Reader::begin(bytes, MAGIC)?;
        let mut coarse = Vec::new();
        for _ in 0..reader.number()? {
            let (first, second) = (reader.number()?, reader.number()?);
            coarse.push([u16::try_from(first).ok()?, u16::try_from(second).ok()?]);
        }
        let count = reader.count()?;
        let mut keys = Vec::with_capacity(count);
        let mut key = 0u32;
        for _ in 0..count {
            key = key.checked_add(u32::try_from(reader.number()?).ok()?)?;
            keys.push(key);
        }
        let mut classes = Vec::with_capacity(count);
        for _ in 0..count {
            let fine = reader.number()?;
            let [first, second] = *coarse.get(usize::try_from(fine).ok()?)?;
            classes.push([first, second, u16::try_from(fine).ok()?]);
        }
        let (rows, _) = reader
            .bytes(count.checked_mul(VECTOR_WIDTH)?)?
            .as_chunks::<VECTOR_WIDTH>();
        let vectors = rows.iter().map(|row| row.map(u8::cast_signed)).collect();
        Some(WordVectors {
            words: Slots::of(keys.into_iter()),
            classes,
            vectors,
        })
    }

    /// The classes of a lower-cased word, from coarse to fine; see [`CLASS_COUNTS`].
    pub fn classes(&self, lower: &str) -> Option<[u16; 3]> {
        self.classes_at(word_key(lower))
    }

    pub(crate) fn classes_at(&self, key: u32) -> Option<[u16; 3]> {
        self.words.get(key).map(|word| self.classes[word])
    }

    /// The vector of a lower-cased word, [`VECTOR_LENGTH`] long.
    pub fn vector(&self, lower: &str) -> Option<&[i8; VECTOR_WIDTH]> {
        self.vector_at(word_key(lower))
    }

    pub(crate) fn vector_at(&self, key: u32) -> Option<&[i8; VECTOR_WIDTH]> {
        self.words.get(key).map(|word| &self.vectors[word])
    }
}

#[cfg(test)]
mod tests;
