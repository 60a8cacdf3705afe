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
        let mut model = TagModel::with_room(weights.len(), ambiguity.iter().copied().collect());
        for (feature, by_tag) in weights {
            let by_tag = (0i16..).zip(by_tag.iter().copied());
            model.add(*feature, by_tag.filter(|(_, weight)| *weight != 0));
        }
        model
    }

    fn with_room(features: usize, ambiguity: FastMap<u64, u32>) -> TagModel {
        TagModel {
            features: Slots::with_room(features),
            weights: Vec::with_capacity(features * 3),
            ambiguity,
        }
    }

    fn add(&mut self, feature: u32, by_tag: impl Iterator<Item = (i16, i16)>) {
        let start = self.weights.len();
        for (tag, mut rest) in by_tag {
            while rest != 0 {
                let part = rest.clamp(-WEIGHT_MAX, WEIGHT_MAX);
                self.weights.push(part << TAG_BITS | tag);
                rest -= part;
            }
        }
        let count = (self.weights.len() - start).min((1 << COUNT_BITS) - 1);
        // 67 million weights have room
        if let Ok(place) = u32::try_from(start << COUNT_BITS | count) {
            self.features.insert(feature, place);
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
        let count = reader.count()?;
        let mut ambiguity = FastMap::with_capacity_and_hasher(count, Default::default());
        let mut key = 0u64;
        for _ in 0..count {
            key = key.checked_add(reader.number()?)?;
            ambiguity.insert(key, u32::try_from(reader.number()?).ok()?);
        }
        let mut features = vec![(0u32, 0u64); reader.count()?];
        let mut last = 0u64;
        for (feature, _) in &mut features {
            last = last.checked_add(reader.number()?)?;
            *feature = u32::try_from(last).ok()?;
        }
        for (_, set) in &mut features {
            *set = reader.number()?;
        }
        let mut model = TagModel::with_room(features.len(), ambiguity);
        for (feature, set) in features {
            let mut by_tag = [(0, 0); 17];
            let mut used = 0;
            for tag in (0i16..17).filter(|tag| set >> tag & 1 == 1) {
                by_tag[used] = (tag, i16::try_from(reader.signed()?).ok()?);
                used += 1;
            }
            model.add(feature, by_tag.into_iter().take(used));
        }
        Some(model)
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
