//! Frames of sentences: the order in which the words of a sentence stand, whatever single words were put in place of
//! others. Two desks that tell of one event share its names and numbers and build their sentences each in its own
//! way; a program that swaps words for supposed synonyms, or a translator there and back, keeps the way they are
//! built and changes the words.

use crate::wording::fnv;
use model::{Document, PassageKind};

/// What a word in place of another costs, and a word more or less, in words.
///
/// 0.5 and 0.8: a spun sentence has another word in the same place, a retold one has other words in other places, so
/// that a change in place must be the cheaper. At 0.4 the sentences of unrelated pages that happen to be of one
/// length come near; at 0.8 spinning is as dear as retelling. Measured with `cargo xtask score copies`.
const SWAPPED: f64 = 0.5;
const MORE_OR_LESS: f64 = 0.8;

/// What another spelling of one name costs: `Saraqib` and `Saraqeb` are nearly one word.
const RESPELT: f64 = 0.1;

/// Likeness from which two sentences are built alike.
///
/// 0.7: two words in five may have been swapped, and nothing else changed. Among 1,240 pairs of independent reports
/// of one act, short ones among them, about one in two hundred reaches it (`cargo xtask score copies`). Raise it and
/// thoroughly spun pages count as witnesses; lower it and short agency reports lose their independence.
const BUILT_ALIKE: f64 = 0.7;

/// Share of the shorter page's words that stand in sentences built alike from which the pages are one text: half.
pub(crate) const PAGE_BUILT_ALIKE: f64 = 0.5;

/// Fewest words of a sentence to be compared; shorter ones are built alike by chance.
const WORDS_MIN: usize = 5;

/// Most words of a sentence that are compared, and most sentences of a page: a frame of 80 words decides, and pages of
/// more than 200 sentences are lists or books.
const WORDS_MAX: usize = 80;
const SENTENCES_MAX: usize = 200;

/// Share of a page's different words that must lie in the other page before sentences are compared at all. Pages at
/// [`BUILT_ALIKE`] share about two words in five in half of their sentences; pages of one language share as much
/// as grammar alone, so that this only spares the work for strangers.
const WORDS_SHARED_MIN: f64 = 0.25;

/// Share of a sentence's words that must lie in another before the two are laid side by side: what is left when
/// everything else was swapped at [`BUILT_ALIKE`], less what respelling takes.
const SENTENCE_SHARED_MIN: f64 = 0.2;

/// Fewest letters of a word to have another spelling.
const SPELT_LETTERS_MIN: usize = 4;

/// One word: itself, and what all its spellings share (0 for short words).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    exact: u64,
    spelling: u64,
}

/// The words of one sentence in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame(Vec<Word>);

/// The sentences of one page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frames {
    sentences: Vec<Frame>,
    /// Every word of every sentence, sorted.
    words: Vec<Entry>,
    /// How many words there are, and how many different ones.
    size: usize,
    different: u32,
}

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
struct Entry {
    word: u64,
    sentence: u32,
    times: u32,
}

impl Frame {
    /// Reads one sentence.
    pub(crate) fn read(sentence: &str) -> Self {
        let words = sentence.split(|c: char| !c.is_alphanumeric());
        Self(
            words
                .filter(|word| !word.is_empty())
                .take(WORDS_MAX)
                .map(Word::read)
                .collect(),
        )
    }

    /// Whether two sentences are built alike, and how much; `None` when not, or when one is too short to tell.
    pub(crate) fn likeness(&self, other: &Self) -> Option<f64> {
        let (shorter, longer) = if self.0.len() <= other.0.len() {
            (&self.0, &other.0)
        } else {
            (&other.0, &self.0)
        };
        let (few, many) = (shorter.len() as f64, longer.len() as f64);
        if shorter.len() < WORDS_MIN || (many - few) * MORE_OR_LESS > (1.0 - BUILT_ALIKE) * many {
            return None;
        }
        let likeness = 1.0 - cost(shorter, longer) / many;
        (likeness >= BUILT_ALIKE).then_some(likeness)
    }
}

impl Word {
    fn read(word: &str) -> Self {
        let lower = word.to_lowercase();
        Self {
            exact: fnv(lower.bytes()),
            spelling: spelling(&lower),
        }
    }

    fn swapped_for(self, other: Self) -> f64 {
        if self.exact == other.exact {
            0.0
        } else if self.spelling != 0 && self.spelling == other.spelling {
            RESPELT
        } else {
            SWAPPED
        }
    }
}

/// The least cost of turning one sentence into the other.
fn cost(a: &[Word], b: &[Word]) -> f64 {
    let mut above: Vec<f64> = (0..=b.len()).map(|words| words as f64 * MORE_OR_LESS).collect();
    let mut row = above.clone();
    for (i, x) in a.iter().enumerate() {
        row[0] = (i + 1) as f64 * MORE_OR_LESS;
        for (j, y) in b.iter().enumerate() {
            let swapped = above[j] + x.swapped_for(*y);
            row[j + 1] = swapped
                .min(above[j + 1] + MORE_OR_LESS)
                .min(row[j] + MORE_OR_LESS);
        }
        std::mem::swap(&mut above, &mut row);
    }
    above[b.len()]
}

/// What all spellings of a name share: its first letter and its consonants, each run once. Vowels and doubled letters
/// are where transliterations differ.
fn spelling(lower: &str) -> u64 {
    if lower.chars().count() < SPELT_LETTERS_MIN || !lower.chars().all(char::is_alphabetic) {
        return 0;
    }
    let mut kept: Vec<char> = Vec::new();
    for (position, letter) in lower.chars().enumerate() {
        let vowel = matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ا' | 'و' | 'ي' | 'ى');
        if (position == 0 || !vowel) && kept.last() != Some(&letter) {
            kept.push(letter);
        }
    }
    // One consonant tells nothing: "road" and "rue".
    if kept.len() < 2 {
        return 0;
    }
    fnv(kept.into_iter().collect::<String>().bytes())
}

/// A key that all spellings of a name share, in Latin letters and in Arabic ones; 0 for an empty name.
pub(crate) fn name_key(name: &str) -> u64 {
    let plain = crate::wording::plain(name);
    if plain.is_empty() {
        return 0;
    }
    let bones = name_bones(&plain);
    // One consonant tells nothing: "Ra'i" and "Roja".
    if bones.chars().count() < 2 {
        return fnv(plain.bytes());
    }
    fnv(bones.bytes())
}

/// The consonants of a name as both scripts have them, each run once, with its first letter whatever it is. Vowels, "h"
/// and the blanks within a name are where writers differ: "Kafr Sijna", "Kufr Sijneh", "كفرسجنة".
fn name_bones(plain: &str) -> String {
    let mut bones = String::new();
    for word in plain.split(' ') {
        let word = match word.strip_prefix("ال") {
            Some(rest) if rest.chars().count() >= 2 => rest,
            _ if matches!(
                word,
                "al" | "el" | "ar" | "as" | "ash" | "ad" | "an" | "at" | "az"
            ) =>
            {
                continue;
            }
            _ => word,
        };
        for letter in word.chars() {
            let first = bones.is_empty();
            let bone = match letter {
                'ا' | 'أ' | 'إ' | 'آ' | 'ع' | 'a' | 'e' | 'i' | 'o' | 'u' => first.then_some('a'),
                'ح' | 'ه' | 'h' => first.then_some('h'),
                'و' | 'w' => first.then_some('w'),
                'ي' | 'ى' | 'y' => first.then_some('y'),
                'ة' | 'ء' | 'ئ' | 'ؤ' | 'ـ' => None,
                'ب' | 'p' => Some('b'),
                'ت' | 'ث' | 'ط' => Some('t'),
                'ج' => Some('j'),
                'خ' | 'ق' | 'ك' | 'q' | 'c' => Some('k'),
                'د' | 'ذ' | 'ض' => Some('d'),
                'ر' => Some('r'),
                'ز' | 'ظ' => Some('z'),
                'س' | 'ش' | 'ص' => Some('s'),
                'غ' => Some('g'),
                'ف' => Some('f'),
                'ل' => Some('l'),
                'م' => Some('m'),
                'ن' => Some('n'),
                other => Some(other),
            };
            if let Some(bone) = bone.filter(|bone| !bones.ends_with(*bone)) {
                bones.push(bone);
            }
        }
    }
    bones
}

impl Frames {
    /// Reads the article of a page; its headline is left out, because it is what copies change first.
    pub(crate) fn read(document: &Document) -> Self {
        let body = document
            .main()
            .filter(|passage| passage.kind != PassageKind::Title);
        let sentences: Vec<Frame> = body
            .flat_map(|passage| sentences(&passage.text))
            .map(Frame::read)
            .filter(|frame| frame.0.len() >= WORDS_MIN)
            .take(SENTENCES_MAX)
            .collect();
        let mut all: Vec<(u64, u32)> = Vec::new();
        for (number, frame) in sentences.iter().enumerate() {
            all.extend(frame.0.iter().map(|word| (word.exact, number as u32)));
        }
        all.sort_unstable();
        let words: Vec<Entry> = all
            .chunk_by(|a, b| a == b)
            .map(|times| Entry {
                word: times[0].0,
                sentence: times[0].1,
                times: times.len() as u32,
            })
            .collect();
        Self {
            size: all.len(),
            different: words.chunk_by(|a, b| a.word == b.word).count() as u32,
            sentences,
            words,
        }
    }

    /// The share of the shorter page's words that stand in sentences which the other page builds alike.
    pub(crate) fn share(&self, other: &Self) -> f64 {
        let (shorter, longer) = if self.size <= other.size {
            (self, other)
        } else {
            (other, self)
        };
        let width = longer.sentences.len();
        let mut shared = vec![0_u32; shorter.sentences.len() * width];
        let (mut common, mut i, mut j) = (0, 0, 0);
        while let (Some(x), Some(y)) = (shorter.words.get(i), longer.words.get(j)) {
            match x.word.cmp(&y.word) {
                std::cmp::Ordering::Less => i += shorter.run(i),
                std::cmp::Ordering::Greater => j += longer.run(j),
                std::cmp::Ordering::Equal => {
                    let (of_x, of_y) = (shorter.run(i), longer.run(j));
                    for one in &shorter.words[i..i + of_x] {
                        for two in &longer.words[j..j + of_y] {
                            shared[one.sentence as usize * width + two.sentence as usize] += one.times;
                        }
                    }
                    (common, i, j) = (common + 1, i + of_x, j + of_y);
                }
            }
        }
        let fewer = shorter.different.min(longer.different);
        if fewer == 0 || f64::from(common) / f64::from(fewer) < WORDS_SHARED_MIN {
            return 0.0;
        }
        let mut alike = 0;
        for (frame, shared) in shorter.sentences.iter().zip(shared.chunks(width)) {
            let least = (frame.0.len() as f64 * SENTENCE_SHARED_MIN).ceil() as u32;
            let mut worth = longer
                .sentences
                .iter()
                .zip(shared)
                .filter(|(_, shared)| **shared >= least);
            if worth.any(|(other, _)| frame.likeness(other).is_some()) {
                alike += frame.0.len();
            }
        }
        alike as f64 / shorter.size.max(1) as f64
    }

    /// Entries from a place that are of one word.
    fn run(&self, from: usize) -> usize {
        let word = self.words[from].word;
        self.words[from..]
            .iter()
            .take_while(|entry| entry.word == word)
            .count()
    }
}

/// Sentences, cut where a full stop, a question or an exclamation is followed by a blank. Coarse: a page is cut the
/// same way as its copy, and that is all that counts here.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut ended = false;
        let end = rest.char_indices().find_map(|(at, letter)| {
            if ended && letter.is_whitespace() {
                return Some(at);
            }
            ended = matches!(letter, '.' | '!' | '?' | '؟') || (ended && !letter.is_alphanumeric());
            None
        });
        let (sentence, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after.trim_start();
        Some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[track_caller]
    fn check(a: &str, b: &str, alike: bool) {
        let found = Frame::read(a).likeness(&Frame::read(b));
        assert_eq!(found.is_some(), alike, "{found:?}\n{a}\n{b}");
        assert_eq!(found, Frame::read(b).likeness(&Frame::read(a)));
    }

    #[test]
    fn swapped_words_leave_a_sentence_built_as_it_was() {
        check(
            "The minister met village elders on Thursday and promised to reopen the bakery within a week.",
            "The secretary encountered hamlet elders on Thursday and pledged to reopen the bread shop within a week.",
            true,
        );
    }

    #[test]
    fn two_desks_build_the_same_facts_each_in_its_own_way() {
        check(
            "A truck bomb killed 14 people and wounded 38 near a mosque in Karsa on Monday.",
            "On Monday 14 people died in Karsa when a truck bomb went off by a mosque; 38 were wounded.",
            false,
        );
    }

    #[test]
    fn another_spelling_is_nearly_the_same_word() {
        assert_eq!(spelling("saraqib"), spelling("saraqeb"));
        assert_eq!(spelling("sheikhoun"), spelling("sheikhun"));
        assert_ne!(spelling("hama"), spelling("homs"));
        assert_eq!(spelling("aia"), 0);
    }

    #[test]
    fn a_name_has_one_key_in_both_scripts() {
        let same = [
            ["Kafr Sijna", "Kufr Sijneh", "كفر سجنة", "كفرسجنة"],
            ["Hafsarja", "Hafsarjah", "حفسرجة", "Hafserja"],
            ["Karidiyah", "al-Karidiyah", "الكريدية", "Kuridia"],
        ];
        for names in same {
            let keys: BTreeSet<u64> = names.iter().map(|name| name_key(name)).collect();
            assert_eq!(keys.len(), 1, "{names:?}");
        }
        assert_ne!(name_key("Kafr Nabl"), name_key("Kafr Nabuda"));
        assert_ne!(name_key("Homs"), name_key("Hama"));
        assert_eq!(name_key(""), 0);
    }

    #[test]
    fn sentences_are_cut_behind_their_closing_quotation_marks() {
        let cut: Vec<&str> = sentences("\"We heard it.\" He left at 3.30 p.m! Why?").collect();
        assert_eq!(cut, ["\"We heard it.\"", "He left at 3.30 p.m!", "Why?"]);
    }
}
