//! The tagger's weights. Most features speak of two or three tags, so that all fit where they are fetched quickly.

use crate::analysis::Tag;
use crate::hash::FastMap;
use crate::packed::{Reader, Writer};
use crate::slots::{BUNCH, Slots};

use super::FEATURES;

/// How far a weight is shifted to make room for its tag.
const TAG_BITS: u32 = 5;
/// The largest weight beside which a tag has room; a larger one is kept as several.
const WEIGHT_MAX: i16 = i16::MAX >> TAG_BITS;
/// How far the place of a feature's weights is shifted to make room for their number.
const COUNT_BITS: u32 = 6;

/// The weights of a tagger.
#[derive(Debug)]
pub struct TagModel {
    /// feature → where its weights begin, and how many they are
    features: Slots,
    /// weight and tag
    weights: Vec<i16>,
    /// word key → set of tags, bit by bit
    ambiguity: FastMap<u64, u32>,
}

/// The first bytes of the file; the last is the version of the format.
pub(crate) const MAGIC: [u8; 4] = *b"tg\0\x04";

impl TagModel {
    /// A model from its parts: each feature with its weights by tag, and each frequent word's set of tags.
    pub fn new(weights: &[(u32, [i16; 17])], ambiguity: &[(u64, u32)]) -> TagModel {
        let mut model = TagModel {
            features: Slots::with_room(weights.len()),
            weights: Vec::with_capacity(weights.len() * 3),
            ambiguity: ambiguity.iter().copied().collect(),
        };
        for (feature, by_tag) in weights {
            let start = model.weights.len();
            for (tag, &weight) in (0i16..).zip(by_tag) {
                let mut rest = weight;
                while rest != 0 {
                    let part = rest.clamp(-WEIGHT_MAX, WEIGHT_MAX);
                    model.weights.push(part << TAG_BITS | tag);
                    rest -= part;
                }
            }
            let count = model.weights.len() - start;
            let place = u32::try_from(start << COUNT_BITS | count.min((1 << COUNT_BITS) - 1));
            // 67 million weights have room
            if let Ok(place) = place {
                model.features.insert(*feature, place);
            }
        }
        model
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
        let mut sums = [0i32; 1 << TAG_BITS];
        let mut room = [0; BUNCH];
        for &place in self.features.all(features, &mut room) {
            let start = (place >> COUNT_BITS) as usize;
            let count = place as usize & ((1 << COUNT_BITS) - 1);
            for &weight in self.weights.get(start..start + count).unwrap_or_default() {
                let sum = &mut sums[weight as usize & ((1 << TAG_BITS) - 1)];
                // a few dozen numbers of sixteen bits
                *sum = sum.wrapping_add(i32::from(weight >> TAG_BITS));
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
