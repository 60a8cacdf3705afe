//! Part-of-speech tags: a greedy left-to-right linear model over words, endings, shapes and the tags so far.
//!
//! The weights are learned by `cargo xtask train`, which uses the same [`Keys`] and [`Context`] as the tagger
//! itself, so that what is learned and what is read can never drift apart.

mod model;

pub(crate) use model::MAGIC;
pub use model::TagModel;

use crate::analysis::{Sentence, Tag};
use crate::hash::{self, mix};
use crate::vectors::{self, WordVectors};

/// How many features one decision looks at.
pub const FEATURES: usize = 36;

/// Tags as small numbers; [`NO_TAG`] stands before the sentence.
const NO_TAG: u64 = 17;

/// Writes the tag of every token.
pub(crate) fn write_tags(sentence: &mut Sentence, model: &TagModel, vectors: Option<&WordVectors>) {
    let words: Vec<&str> = sentence.tokens.iter().map(|t| t.text.as_str()).collect();
    let tags = tags(&words, model, vectors);
    for (token, tag) in sentence.tokens.iter_mut().zip(tags) {
        token.tag = tag;
    }
}

/// The tags of one sentence of words. `vectors` are those the model was trained with.
pub fn tags(words: &[&str], model: &TagModel, vectors: Option<&WordVectors>) -> Vec<Tag> {
    let context = Context::new(words, vectors, |key| model.ambiguity(key));
    let mut tags: Vec<Tag> = Vec::with_capacity(words.len());
    for i in 0..words.len() {
        let tag = context
            .only_tag(i)
            .unwrap_or_else(|| model.best(&context.features(i, &tags)));
        tags.push(tag);
    }
    tags
}

/// What the model sees of one word, as hashes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keys {
    word: u64,
    suffixes: [u64; 4],
    prefixes: [u64; 3],
    shape: u64,
    /// which tags the word had in training, as a set
    ambiguity: u64,
    /// classes from coarse to fine, from 1; 0 for words that have none
    classes: [u64; 3],
}

impl Keys {
    pub(crate) fn new(word: &str, is_first: bool) -> Keys {
        let lower: String = if word.is_ascii() {
            word.bytes()
                .map(|b| {
                    if b.is_ascii_digit() {
                        '0'
                    } else {
                        char::from(b.to_ascii_lowercase())
                    }
                })
                .collect()
        } else {
            crate::token::straight_lower(word)
                .chars()
                .map(|c| if c.is_numeric() { '0' } else { c })
                .collect()
        };
        let mut keys = Keys {
            word: hash::text(&lower),
            shape: shape_key(word, is_first),
            ..Keys::default()
        };
        let mut starts = lower.char_indices().rev().map(|(at, _)| at);
        for suffix in &mut keys.suffixes {
            *suffix = starts.next().map_or(keys.word, |at| hash::text(&lower[at..]));
        }
        let mut ends = lower.char_indices().skip(1).map(|(at, _)| at);
        for prefix in &mut keys.prefixes {
            *prefix = ends.next().map_or(keys.word, |at| hash::text(&lower[..at]));
        }
        keys
    }
}

impl Keys {
    pub(crate) fn word_key(&self) -> u64 {
        self.word
    }

    /// The key of the word in [`WordVectors`]: the same for words without digits, and no other word has one.
    pub(crate) fn vector_key(&self) -> u32 {
        vectors::short_key(self.word)
    }

    /// The endings of three and two letters, the beginning of two, and the shape.
    pub(crate) fn for_parser(&self) -> [u64; 4] {
        [self.suffixes[2], self.suffixes[1], self.prefixes[1], self.shape]
    }
}

/// The key under which the word's set of training tags is kept.
pub fn word_key(word: &str) -> u64 {
    Keys::new(word, false).word
}

/// Case, digits and marks, runs shortened to two: `Xx`, `XX`, `x-x`, `d,d`; and whether the word is the first.
fn shape_key(word: &str, is_first: bool) -> u64 {
    let mut key = u64::from(is_first);
    let (mut last, mut run) = (' ', 0);
    for c in word.chars().take(32) {
        let class = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            'd'
        } else {
            c
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 2 {
            key = mix(key, u64::from(u32::from(class)));
        }
    }
    key
}

/// A sentence as the model sees it.
#[derive(Debug)]
pub struct Context {
    keys: Vec<Keys>,
    /// no small letter in the sentence
    is_capitals: bool,
}

impl Context {
    /// Reads the words of one sentence; `ambiguity` gives the set of tags a word key had in training, 0 for none.
    pub fn new(words: &[&str], vectors: Option<&WordVectors>, ambiguity: impl Fn(u64) -> u32) -> Context {
        let keys = words.iter().enumerate().map(|(i, word)| {
            let mut keys = Keys::new(word, i == 0);
            keys.ambiguity = u64::from(ambiguity(keys.word));
            if let Some(classes) = vectors.and_then(|v| v.classes_at(keys.vector_key())) {
                keys.classes = classes.map(|class| u64::from(class) + 1);
            }
            keys
        });
        let is_capitals = !words.iter().any(|word| word.contains(char::is_lowercase));
        Context {
            keys: keys.collect(),
            is_capitals,
        }
    }

    /// The one tag that a frequent word of a closed class had wherever training met it: nothing is left to weigh.
    /// Other words take on new tags in new texts.
    fn only_tag(&self, i: usize) -> Option<Tag> {
        let set = self.keys[i].ambiguity;
        let tag = Tag::ALL.get(set.trailing_zeros() as usize)?;
        let is_closed = matches!(
            tag,
            Tag::Adp | Tag::Aux | Tag::Cconj | Tag::Det | Tag::Part | Tag::Pron | Tag::Punct | Tag::Sconj
        );
        (set.is_power_of_two() && is_closed).then_some(*tag)
    }

    /// The features of word `i`, given the tags before it.
    pub fn features(&self, i: usize, tags: &[Tag]) -> [u32; FEATURES] {
        const OUTSIDE: Keys = Keys {
            word: 1,
            suffixes: [1; 4],
            prefixes: [1; 3],
            shape: 1,
            ambiguity: 1,
            classes: [u64::MAX; 3],
        };
        let at = |offset: isize| {
            i.checked_add_signed(offset)
                .and_then(|j| self.keys.get(j))
                .copied()
                .unwrap_or(OUTSIDE)
        };
        let tag = |back: usize| {
            i.checked_sub(back)
                .and_then(|j| tags.get(j))
                .map_or(NO_TAG, |&t| t as u64)
        };
        let (w, l1, l2, r1, r2) = (at(0), at(-1), at(-2), at(1), at(2));
        let (t1, t2) = (tag(1), tag(2));
        let capitals = u64::from(self.is_capitals);
        let pairs: [(u64, u64); FEATURES] = [
            (w.word, 0),
            (w.suffixes[0], 0),
            (w.suffixes[1], 0),
            (w.suffixes[2], 0),
            (w.suffixes[3], 0),
            (w.prefixes[0], 0),
            (w.prefixes[1], 0),
            (w.prefixes[2], 0),
            (w.shape, capitals),
            (w.shape, w.suffixes[1]),
            (w.ambiguity, capitals),
            (l1.word, 0),
            (r1.word, 0),
            (l2.word, 0),
            (r2.word, 0),
            (t1, 0),
            (t2, t1),
            (t1, w.word),
            (t1, w.suffixes[2]),
            (t1, w.ambiguity),
            (t1, r1.word),
            (l1.word, w.word),
            (w.word, r1.word),
            (r1.ambiguity, w.ambiguity),
            (mix(t1, r1.ambiguity), w.ambiguity),
            (r1.suffixes[2], r1.shape),
            (l1.suffixes[2], t1),
            (mix(t1, t2), w.ambiguity),
            (mix(r1.ambiguity, r2.ambiguity), w.ambiguity),
            (w.shape, mix(t1, r1.shape)),
            (w.classes[2], w.suffixes[1]),
            (w.classes[1], t1),
            (l1.classes[1], w.classes[1]),
            (w.classes[1], r1.classes[1]),
            (mix(w.ambiguity, r1.ambiguity), r1.classes[2]),
            (mix(w.ambiguity, t1), mix(l1.classes[1], r1.classes[0])),
        ];
        let mut features = [0; FEATURES];
        for (template, (feature, (a, b))) in features.iter_mut().zip(pairs).enumerate() {
            let mixed = mix(mix(template as u64 + 1, a), b);
            *feature = u32::try_from(mixed >> 32).expect("thirty-two bits are left");
        }
        features
    }
}

#[cfg(test)]
mod tests;
