//! The tagger's weights: in the file sparse, in memory dense rows in one open-addressed table.

use crate::analysis::Tag;
use crate::hash::FastMap;
use crate::packed::{Reader, Writer};
use crate::slots::Slots;

use super::FEATURES;

/// Tags, padded so that a row is a round number of bytes.
const ROW: usize = 20;

/// The weights of a tagger.
#[derive(Debug)]
pub struct TagModel {
    features: Slots,
    rows: Vec<[i16; ROW]>,
    /// word key → set of tags, bit by bit
    ambiguity: FastMap<u64, u32>,
}

/// The first bytes of the file; the last is the version of the format.
pub(crate) const MAGIC: [u8; 4] = *b"tg\0\x04";

impl TagModel {
    /// A model from its parts: each feature with its weights by tag, and each frequent word's set of tags.
    pub fn new(weights: &[(u32, [i16; 17])], ambiguity: &[(u64, u32)]) -> TagModel {
        let padded = |by_tag: &[i16; 17]| {
            let mut row = [0; ROW];
            row[..17].copy_from_slice(by_tag);
            row
        };
        TagModel {
            features: Slots::of(weights.iter().map(|(feature, _)| *feature)),
            rows: weights.iter().map(|(_, by_tag)| padded(by_tag)).collect(),
            ambiguity: ambiguity.iter().copied().collect(),
        }
    }

    /// The bytes of a model file. `weights` and `ambiguity` are sorted by their keys.
    pub fn encode(weights: &[(u32, [i16; 17])], ambiguity: &[(u64, u32)]) -> Vec<u8> {
        let mut writer = Writer::begin(MAGIC);
        writer.number(ambiguity.len() as u64);
        let mut last = 0;
        for &(key, tags) in ambiguity {
            writer.number(key - last);
            writer.number(u64::from(tags));
            last = key;
        }
        writer.number(weights.len() as u64);
        let mut last = 0;
        for &(feature, _) in weights {
            writer.number(u64::from(feature) - last);
            last = u64::from(feature);
        }
        for (_, by_tag) in weights {
            let set = by_tag
                .iter()
                .enumerate()
                .fold(0, |set, (i, &w)| set | u64::from(w != 0) << i);
            writer.number(set);
        }
        for (_, by_tag) in weights {
            for &weight in by_tag.iter().filter(|w| **w != 0) {
                writer.signed(i64::from(weight));
            }
        }
        writer.finish()
    }

    /// Reads a model file; `None` if it is not one.
    pub fn decode(bytes: &[u8]) -> Option<TagModel> {
        let mut reader = Reader::begin(bytes, MAGIC)?;
        let mut ambiguity = Vec::new();
        let mut key = 0u64;
        for _ in 0..reader.number()? {
            key = key.checked_add(reader.number()?)?;
            ambiguity.push((key, u32::try_from(reader.number()?).ok()?));
        }
        let mut weights = Vec::new();
        let mut feature = 0u64;
        for _ in 0..reader.number()? {
            feature = feature.checked_add(reader.number()?)?;
            weights.push((u32::try_from(feature).ok()?, [0i16; 17]));
        }
        let mut sets = Vec::with_capacity(weights.len());
        for _ in 0..weights.len() {
            sets.push(reader.number()?);
        }
        for ((_, by_tag), set) in weights.iter_mut().zip(sets) {
            for (i, weight) in by_tag.iter_mut().enumerate() {
                if set >> i & 1 == 1 {
                    *weight = i16::try_from(reader.signed()?).ok()?;
                }
            }
        }
        Some(TagModel::new(&weights, &ambiguity))
    }

    /// The set of tags a frequent word had in training; 0 for other words.
    pub fn ambiguity(&self, word_key: u64) -> u32 {
        self.ambiguity.get(&word_key).copied().unwrap_or(0)
    }

    /// The tag with the highest sum of weights; the first of equals.
    pub(super) fn best(&self, features: &[u32; FEATURES]) -> Tag {
        let mut sums = [0i32; ROW];
        for row in features.iter().filter_map(|&feature| self.features.get(feature)) {
            for (sum, &weight) in sums.iter_mut().zip(&self.rows[row]) {
                // a few dozen numbers of sixteen bits
                *sum = sum.wrapping_add(i32::from(weight));
            }
        }
        let mut best = 0;
        for tag in 1..17 {
            if sums[tag] > sums[best] {
                best = tag;
            }
        }
        Tag::ALL[best]
    }
}
