//! Phrases over tokens: words in dictionary form, hyphens counted as spaces, longest match first.

mod list;

use language::{Sentence, Tag};
pub(crate) use list::NameList;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A word as phrases see it: a token, or a part of a hyphenated token.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Its token's index in the sentence.
    pub(crate) token: usize,
    pub(crate) lower: String,
    pub(crate) lemma: String,
    /// Keys of both, for looking phrases up.
    lower_key: u64,
    lemma_key: u64,
    /// May be passed over inside a loose phrase: articles, adjectives, adverbs, numbers.
    filler: bool,
}

/// The sentence as phrases see it.
pub(crate) fn pieces(sentence: &Sentence) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(sentence.tokens.len());
    for (token, word) in sentence.tokens.iter().enumerate() {
        let filler = matches!(word.tag, Tag::Det | Tag::Adj | Tag::Adv | Tag::Num)
            || DETERMINERS.contains(&word.lower.as_str());
        if !word.lower.contains('-') {
            let lemma = plain(&word.lemma.to_lowercase());
            pieces.push(piece(token, plain(&word.lower), lemma, filler));
            continue;
        }
        for part in word.lower.split('-').filter(|part| !part.is_empty()) {
            pieces.push(piece(token, plain(part), plain(part), filler));
        }
    }
    pieces
}

/// The pieces of one word that stands at a token, as if it were written so.
pub(crate) fn plain_pieces(token: usize, word: &str) -> Vec<Piece> {
    let parts = words(word).into_iter();
    parts
        .map(|part| piece(token, part.clone(), part, false))
        .collect()
}

fn piece(token: usize, lower: String, lemma: String, filler: bool) -> Piece {
    let lower_key = key(&lower);
    let lemma_key = if lemma == lower { lower_key } else { key(&lemma) };
    Piece {
        token,
        lower,
        lemma,
        lower_key,
        lemma_key,
        filler,
    }
}

/// A word as a number (FNV-1a); two words may share one, so what is found by it is compared by its letters.
fn key(word: &str) -> u64 {
    key_of(word.bytes())
}

fn key_of(bytes: impl Iterator<Item = u8>) -> u64 {
    add_to_key(0xcbf2_9ce4_8422_2325, bytes)
}

fn add_to_key(key: u64, bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(key, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

/// Takes a key as it is: it is a hash already.
#[derive(Clone, Copy, Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

type ByKey<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// Without the marks that one writer puts on Latin letters and another leaves off: "Erdoğan", "Erdogan".
/// Nor the apostrophes that stand for letters of other scripts: "Ma'arrat", "Maarrat".
fn plain(word: &str) -> String {
    let letters = word.chars().filter(|c| !stands_for_a_letter(*c)).count();
    // "'s", "n't" and "'" are words of their own.
    if word.is_ascii() && (letters < 4 || !word.contains(stands_for_a_letter)) {
        return word.to_owned();
    }
    word.nfd().filter_map(plain_letter).collect()
}

fn stands_for_a_letter(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{2bf}' | '\u{2be}' | '\u{2bb}' | '\u{2bc}'
    )
}

/// A letter as [`plain`] leaves it, of a decomposed word.
fn plain_letter(c: char) -> Option<char> {
    match c {
        '\u{300}'..='\u{36f}' => None,
        'ı' => Some('i'),
        c if stands_for_a_letter(c) => None,
        c => Some(c),
    }
}

/// Words that never tell one phrase from another, in languages that have them.
const DETERMINERS: [&str; 9] = ["a", "an", "the", "its", "their", "his", "her", "this", "these"];

/// Most fillers passed over between two words of a loose phrase: "drop two large barrel bombs".
const FILLERS_MAX: usize = 3;

/// Stands in a phrase for a few words of any kind: "deny … access".
const GAP: &str = "\u{2026}";

/// Most words that a gap takes up: an object with its description.
const GAP_MAX: usize = 12;

/// A phrase found in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Hit<T> {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// How many words of the phrase were matched.
    pub(crate) words: usize,
    pub(crate) value: T,
}

/// Words of 64 bits in a mask: 1,024 bits keep a set of 50 phrases from nineteen words of twenty.
const MASK_WORDS: usize = 16;

fn mask_bit(key: u64) -> (usize, u64) {
    // Multiplied (by the golden ratio of 2^64) once more, since short words leave the upper bits alike.
    let bit = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize;
    (bit / 64, 1 << (bit % 64))
}

/// A set of phrases, each with a value.
#[derive(Clone, Debug)]
pub(crate) struct Phrases<T> {
    /// By the key of their first word.
    by_first: ByKey<Vec<(Vec<String>, T)>>,
    /// A bit for each key: most words of a sentence begin no phrase of a small set, and fall here.
    mask: [u64; MASK_WORDS],
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self {
            by_first: ByKey::default(),
            mask: [0; MASK_WORDS],
        }
    }
}

impl<T: Clone> Phrases<T> {
    /// Adds a phrase; an empty one is ignored.
    pub(crate) fn add(&mut self, phrase: &str, value: T) {
        let words = words(phrase);
        if let Some(first) = words.first() {
            let (word, bit) = mask_bit(key(first));
            self.mask[word] |= bit;
            self.by_first.entry(key(first)).or_default().push((words, value));
        }
    }

    /// The values of a phrase that is these words and no more.
    pub(crate) fn exactly(&self, phrase: &str) -> Vec<&T> {
        let wanted = words(phrase);
        let known = wanted.first().and_then(|first| self.by_first.get(&key(first)));
        known
            .into_iter()
            .flatten()
            .filter(|(words, _)| *words == wanted)
            .map(|(_, value)| value)
            .collect()
    }

    /// Keeps the phrases whose value passes.
    #[expect(
        clippy::iter_over_hash_type,
        reason = "each phrase is judged by itself; no order comes out"
    )]
    pub(crate) fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        for phrases in self.by_first.values_mut() {
            phrases.retain(|(_, value)| keep(value));
        }
    }

    fn may_begin(&self, piece: &Piece) -> bool {
        [piece.lower_key, piece.lemma_key].into_iter().any(|key| {
            let (word, bit) = mask_bit(key);
            self.mask[word] & bit != 0
        })
    }

    /// All longest matches, left to right; shorter phrases inside a longer one are left out. `loose` lets
    /// fillers stand between the words.
    pub(crate) fn find(&self, pieces: &[Piece], loose: bool) -> Vec<Hit<T>> {
        let mut found: Vec<Hit<T>> = Vec::new();
        for start in 0..pieces.len() {
            let mut best: Vec<(usize, &Vec<String>, &T)> = Vec::new();
            let piece = &pieces[start];
            if !self.may_begin(piece) {
                continue;
            }
            let mut consider = |first: u64| {
                for (words, value) in self.by_first.get(&first).into_iter().flatten() {
                    if let Some(end) = matched(words, &pieces[start..], loose) {
                        best.push((start + end, words, value));
                    }
                }
            };
            consider(piece.lower_key);
            if piece.lemma_key != piece.lower_key {
                consider(piece.lemma_key);
            }
            let Some(longest) = best.iter().map(|(_, words, _)| words.len()).max() else {
                continue;
            };
            for (end, words, value) in best.into_iter().filter(|(_, words, _)| words.len() == longest) {
                let tokens = piece.token..pieces[end - 1].token + 1;
                found.push(Hit {
                    tokens,
                    words: words.len(),
                    value: value.clone(),
                });
            }
        }
        leave_out_shorter(found)
    }
}

/// The words of a phrase as pieces are cut: lower case, split at spaces and hyphens, possessives apart.
fn words(phrase: &str) -> Vec<String> {
    phrase
        .to_lowercase()
        .replace('\u{2019}', "'")
        .replace("'s", " 's")
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|word| !word.is_empty())
        .map(plain)
        .collect()
}

/// How many pieces the words take up from the first piece on, when they match.
fn matched(words: &[String], pieces: &[Piece], loose: bool) -> Option<usize> {
    let mut at = 0;
    for (index, word) in words.iter().enumerate() {
        let mut skipped = 0;
        if word == GAP {
            continue;
        }
        let gap = index > 0 && words[index - 1] == GAP;
        loop {
            let piece = pieces.get(at)?;
            if piece.lower == *word || piece.lemma == *word {
                at += 1;
                break;
            }
            let may_skip = if gap {
                skipped < GAP_MAX && piece.lower.chars().any(char::is_alphanumeric)
            } else {
                index > 0
                    && piece.filler
                    && skipped < FILLERS_MAX
                    && (loose || DETERMINERS.contains(&piece.lower.as_str()))
            };
            if !may_skip {
                return None;
            }
            skipped += 1;
            at += 1;
        }
    }
    Some(at)
}

fn leave_out_shorter<T>(mut found: Vec<Hit<T>>) -> Vec<Hit<T>> {
    found.sort_by_key(|hit| (hit.tokens.start, usize::MAX - hit.words, hit.tokens.end));
    let mut kept: Vec<Hit<T>> = Vec::new();
    // Those that reach to the hit at hand; hits come by their start, so what ended before it ended for good.
    let mut near: Vec<usize> = Vec::new();
    for hit in found {
        near.retain(|index| kept[*index].tokens.end > hit.tokens.start);
        let shadowed = near.iter().any(|index| {
            let other = &kept[*index];
            other.words > hit.words || other.tokens.start < hit.tokens.start
        });
        if !shadowed {
            near.push(kept.len());
            kept.push(hit);
        }
    }
    kept
}

/// Whether the sentence has one of these phrases directly before or after the tokens.
pub(crate) fn touches(
    list: &[String],
    pieces: &[Piece],
    tokens: &Range<usize>,
    after: bool,
) -> Option<String> {
    list.iter()
        .find(|phrase| {
            let words = words(phrase);
            if after {
                let start = pieces.partition_point(|piece| piece.token < tokens.end);
                // "its rivals": articles and possessives do not count.
                let behind = pieces[start..]
                    .iter()
                    .take_while(|piece| DETERMINERS.contains(&piece.lower.as_str()))
                    .count();
                matched(&words, &pieces[start..], false).is_some()
                    || matched(&words, &pieces[start + behind..], false).is_some()
            } else {
                let end = pieces.partition_point(|piece| piece.token < tokens.start);
                let mut start = end.saturating_sub(words.len() + 1);
                while start < end {
                    if matched(&words, &pieces[start..end], false).is_some_and(|taken| start + taken == end) {
                        return true;
                    }
                    start += 1;
                }
                false
            }
        })
        .cloned()
}
