//! A long list of names, taken in as it is: cutting every name into words would be most of a start. A name is
//! cut when a sentence has its first two words.

use super::{
    DETERMINERS, FILLERS_MAX, Hit, Piece, add_to_key, key, key_of, leave_out_shorter, matched, plain_letter,
    words,
};
use unicode_normalization::UnicodeNormalization as _;

/// Bits of the mask, as a power of two: 2^20 bits (128 KiB) turn away nineteen of twenty words that begin no
/// name of a hundred thousand.
const MASK_BITS: u32 = 20;

/// Names by the keys of their first two words.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameList {
    text: String,
    /// Keys, and where the name stands in `text`; sorted.
    names: Vec<(u64, u32, u32)>,
    /// A bit for each first word.
    mask: Vec<u64>,
}

impl NameList {
    /// Takes in every name; of more than 4 GiB of names, the first ones.
    pub(crate) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut list = Self {
            mask: vec![0; 1 << (MASK_BITS - 6)],
            ..Self::default()
        };
        for name in names {
            let Some((first, second)) = first_words(name) else {
                continue;
            };
            let start = list.text.len();
            list.text.push_str(name);
            let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(list.text.len())) else {
                break;
            };
            let (word, bit) = mask_bit(first);
            list.mask[word] |= bit;
            list.names.push((keys(first, second), start, end));
        }
        list.names.sort_unstable();
        list
    }

    /// All longest names in a sentence, left to right; shorter ones inside a longer one are left out.
    pub(crate) fn find(&self, pieces: &[Piece]) -> Vec<Hit<()>> {
        let mut found = Vec::new();
        for (start, piece) in pieces.iter().enumerate() {
            let mut best: Vec<(usize, usize)> = Vec::new();
            self.consider(piece.lower_key, &pieces[start..], &mut best);
            if piece.lemma_key != piece.lower_key {
                self.consider(piece.lemma_key, &pieces[start..], &mut best);
            }
            // Two spellings that are one to us, such as "Al-Bab" and "al Bab", count once.
            best.sort_unstable();
            best.dedup();
            let longest = best.last().map_or(0, |(words, _)| *words);
            for (words, end) in best.into_iter().filter(|(words, _)| *words == longest) {
                found.push(Hit {
                    tokens: piece.token..pieces[start + end - 1].token + 1,
                    words,
                    value: (),
                });
            }
        }
        leave_out_shorter(found)
    }

    /// Adds how many words and pieces each name takes up that starts with this word here.
    fn consider(&self, first: u64, pieces: &[Piece], best: &mut Vec<(usize, usize)>) {
        let (word, bit) = mask_bit(first);
        if self.mask.get(word).is_none_or(|bits| bits & bit == 0) {
            return;
        }
        self.with(keys(first, 0), pieces, best);
        // The second word, with articles before it passed over.
        for next in pieces.iter().skip(1).take(FILLERS_MAX + 1) {
            self.with(keys(first, next.lower_key), pieces, best);
            if next.lemma_key != next.lower_key {
                self.with(keys(first, next.lemma_key), pieces, best);
            }
            if !DETERMINERS.contains(&next.lower.as_str()) {
                break;
            }
        }
    }

    fn with(&self, keys: u64, pieces: &[Piece], best: &mut Vec<(usize, usize)>) {
        let from = self.names.partition_point(|(known, ..)| *known < keys);
        for (_, start, end) in self.names[from..].iter().take_while(|(known, ..)| *known == keys) {
            let words = words(&self.text[*start as usize..*end as usize]);
            if let Some(taken) = matched(&words, pieces, false) {
                best.push((words.len(), taken));
            }
        }
    }
}

fn mask_bit(key: u64) -> (usize, u64) {
    let bit = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - MASK_BITS)) as usize;
    (bit / 64, 1 << (bit % 64))
}

/// Half of each key; names that share both are told apart by their letters.
fn keys(first: u64, second: u64) -> u64 {
    (first & 0xffff_ffff_0000_0000) | (second >> 32)
}

/// The keys of a name's first two words; 0 where there is no second.
fn first_words(name: &str) -> Option<(u64, u64)> {
    let mut parts = name
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|word| !word.is_empty());
    let (first, second) = (parts.next()?, parts.next());
    if let Some(first) = key_as_written(first)
        && let Some(second) = second.map_or(Some(0), key_as_written)
    {
        return Some((first, second));
    }
    let words = words(name);
    let key = |at: usize| words.get(at).map_or(0, |word| key(word));
    words.first().map(|_| (key(0), key(1)))
}

/// The key of a word as [`words`] would give it, letter by letter; `None` for a word with marks that may be cut off
/// or left out by rules that look at more than a letter.
fn key_as_written(word: &str) -> Option<u64> {
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Some(key_of(word.bytes().map(|byte| byte.to_ascii_lowercase())));
    }
    let by_letter = |c: char| c.is_alphanumeric() && c != 'Σ' || c == '.';
    if !word.chars().all(by_letter) {
        return None;
    }
    let mut room = [0; 4];
    let mut hash = key_of(std::iter::empty());
    for letter in word
        .chars()
        .flat_map(char::to_lowercase)
        .nfd()
        .filter_map(plain_letter)
    {
        hash = add_to_key(hash, letter.encode_utf8(&mut room).bytes());
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::NameList;
    use crate::phrase::{Phrases, plain_pieces};

    const NAMES: [&str; 11] = [
        "Aleppo",
        "al-Bab",
        "Al Bab",
        "New York",
        "New",
        "York",
        "Ma'arrat an-Nu'man",
        "Erdoğan",
        "St. Louis",
        "أعزاز",
        "Kafr Nabl",
    ];

    fn both(text: &str) -> [Vec<std::ops::Range<usize>>; 2] {
        let pieces: Vec<_> = text
            .split(' ')
            .enumerate()
            .flat_map(|(at, word)| plain_pieces(at, &word.to_lowercase()))
            .collect();
        let mut phrases = Phrases::default();
        for name in NAMES {
            if phrases.exactly(name).is_empty() {
                phrases.add(name, ());
            }
        }
        let tokens = |hits: Vec<super::Hit<()>>| hits.into_iter().map(|hit| hit.tokens).collect();
        let list = NameList::new(NAMES.into_iter());
        [tokens(list.find(&pieces)), tokens(phrases.find(&pieces, false))]
    }

    #[test]
    fn a_word_has_one_key() {
        for name in [
            "Erdoğan",
            "İzmir",
            "IĞDIR",
            "St. Louis",
            "أعزاز",
            "Ma'arrat",
            "Åre 2",
            "Иркутск",
            "e\u{301}",
        ] {
            let words = super::words(name);
            let key = |at: usize| words.get(at).map_or(0, |word| super::key(word));
            assert_eq!(super::first_words(name), Some((key(0), key(1))), "{name}");
        }
    }

    #[test]
    fn a_list_finds_what_phrases_find() {
        for (text, count) in [
            ("shells hit New York and Aleppo", 2),
            ("in al-Bab , Al Bab and al the Bab", 2),
            ("new homes in Maarrat an-Numan near Kafr Nabl", 3),
            ("Erdogan in St. Louis , أعزاز", 3),
            ("nothing here", 0),
            ("al", 0),
        ] {
            let [list, phrases] = both(text);
            assert_eq!(list, phrases, "{text}");
            assert_eq!(list.len(), count, "{text}");
        }
    }
}
