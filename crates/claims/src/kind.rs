//! What kind of news a piece tells, judged by all its words together: a linear model over words and their
//! beginnings, taught from labelled news and from the examples in `kinds.toml`.
//!
//! Gets a sentence or a paragraph, gives every kind of `data/kinds.tsv` with its probability and the words that
//! spoke for it. Makes no claim by itself: it tells no actor, place or time. Where the words that name an act
//! could mean something else, it helps to decide.

use crate::lexicon::Lexicon;
use crate::reading::Reading;
use crate::table::{entries, rows};
use language::Sentence;
use language::linear::{Classifier, Features};
use model::{Because, DataFault};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The kind of a piece that tells nothing of any kind, or a figure of speech.
pub const NO_KIND: &str = "none";

/// One kind of news, as it fits a piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// Its id in `data/kinds.tsv`.
    pub id: String,
    /// 0 to 1; those of all kinds sum to 1.
    pub probability: f32,
    /// The words that spoke for it most.
    pub because: Because,
}

/// Judges a piece: the likeliest kind first. Empty for a piece without words.
pub fn kinds_of_news(text: &str) -> Vec<Kind> {
    ENGLISH.judge(text)
}

static ENGLISH: LazyLock<KindModel> =
    LazyLock::new(|| KindModel::read(include_bytes!("../../../models/en/kinds.bin")).unwrap_or_default());

/// Judges a sentence that is already cut into words.
pub(crate) fn kinds_of_sentence(sentence: &Sentence) -> Vec<Kind> {
    let words = sentence.tokens.iter().map(|token| token.lower.clone());
    ENGLISH.judge_words(&words.filter(|word| is_word(word)).collect::<Vec<_>>())
}

/// From this probability on, the sentence's words together are enough to show that an ambiguous word names its act.
const VOUCHED_MIN: f32 = 0.6;

/// Why an ambiguous word names its act here: the whole sentence sounds like news of the act's kind.
pub(crate) fn vouches(reading: &Reading, lexicon: &Lexicon, act: &str) -> Option<Because> {
    let sub_event = &lexicon.acts.get(act)?.sub_event;
    let first = reading.kinds().first()?;
    let fits =
        |kind: &KindRow| kind.id == first.id && !kind.sub_event.is_empty() && kind.sub_event == *sub_event;
    let vouched = first.probability >= VOUCHED_MIN && lexicon.kinds.iter().any(fits) && sub_event != "Other";
    vouched.then(|| first.because.clone())
}

/// The weights that judge pieces.
#[derive(Clone, Debug, Default)]
pub struct KindModel(Classifier);

impl KindModel {
    /// Reads what `cargo xtask train acts` wrote; `None` for anything else.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Classifier::from_bytes(bytes).map(Self)
    }

    /// What [`kinds_of_news`] does, with these weights.
    pub fn judge(&self, text: &str) -> Vec<Kind> {
        self.judge_words(&words_of(text))
    }

    fn judge_words(&self, words: &[String]) -> Vec<Kind> {
        let features = word_features(words.iter().map(String::as_str));
        let Some(ranked) = ranked(&self.0, &features) else {
            return Vec::new();
        };
        ranked
            .into_iter()
            .enumerate()
            .map(|(place, (label, probability))| {
                let id = self.0.labels()[label].clone();
                // Reasons cost time; nobody asks for those of the kinds that were not chosen.
                let spoke = if place == 0 {
                    self.spoke_for(words, label)
                } else {
                    String::new()
                };
                let said = format!("the words sound like {id} ({:.0} %){spoke}", probability * 100.0);
                Kind {
                    because: Because::new("kind-of-news", said).entry(format!("kinds.tsv#{id}")),
                    id,
                    probability,
                }
            })
            .collect()
    }

    /// The words that spoke most for a kind, as the end of a sentence.
    fn spoke_for(&self, words: &[String], label: usize) -> String {
        let mut scored: Vec<(f32, &str)> = words
            .iter()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|word| {
                let scores = self.0.scores(&word_features([word.as_str()]));
                (scores.get(label).copied().unwrap_or(0.0), word.as_str())
            })
            .filter(|(score, _)| *score > 0.0)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        scored.truncate(REASON_WORDS);
        if scored.is_empty() {
            return String::new();
        }
        let list: Vec<String> = scored.iter().map(|(_, word)| format!("\"{word}\"")).collect();
        format!(": {}", list.join(", "))
    }
}

/// Words named as the reason: enough to see why, few enough to read.
const REASON_WORDS: usize = 4;

/// Labels with their probabilities, the likeliest first; `None` without features. The sum over the features is
/// divided by the root of their number, so that a long piece is not surer than a short one by its length alone.
pub(crate) fn ranked(model: &Classifier, features: &Features) -> Option<Vec<(usize, f32)>> {
    let count = features.hashes().len();
    if count == 0 || model.labels().is_empty() {
        return None;
    }
    let scale = 1.0 / (count as f32).sqrt();
    let scores: Vec<f32> = model
        .scores(features)
        .into_iter()
        .map(|score| score * scale)
        .collect();
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    let mut ranked: Vec<(usize, f32)> = powers.into_iter().map(|power| power / sum).enumerate().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    Some(ranked)
}

/// The lower-cased words of a piece, in order; numbers and marks left out.
pub fn words_of(text: &str) -> Vec<String> {
    let analysis = language::segment(text, language::Language::english());
    analysis
        .sentences
        .into_iter()
        .flat_map(|sentence| sentence.tokens)
        .map(|token| token.lower)
        .filter(|word| is_word(word))
        .collect()
}

pub(crate) fn is_word(lower: &str) -> bool {
    lower.starts_with(char::is_alphabetic)
}

/// How long the beginnings of words are that stand for the word's family, in letters: "demo", "demon",
/// "demons" for "demonstrators". Longer ones are as rare as the word, shorter ones say nothing.
const BEGINNINGS: [usize; 3] = [4, 5, 6];

/// What the model sees of a piece: each word once, and each beginning of a longer word once.
pub fn word_features<'a>(words: impl IntoIterator<Item = &'a str>) -> Features {
    let mut seen: BTreeSet<(bool, &str)> = BTreeSet::new();
    for word in words {
        seen.insert((true, word));
        for length in BEGINNINGS {
            if let Some((end, _)) = word.char_indices().nth(length) {
                seen.insert((false, &word[..end]));
            }
        }
    }
    let mut features = Features::new();
    for (whole, word) in seen {
        features.add(if whole { "word" } else { "begins" }, &[word]);
    }
    features
}

/// A kind with pieces that are of it and pieces that only sound like it.
#[derive(Clone, Debug)]
pub(crate) struct KindRow {
    pub(crate) id: String,
    /// The ACLED sub-event that it is; empty where it is none.
    pub(crate) sub_event: String,
    pub(crate) examples: Vec<String>,
    pub(crate) not: Vec<String>,
    /// Where its examples stand in their file.
    pub(crate) line: usize,
}

/// Reads `kinds.tsv`.
pub(crate) fn read_table(lexicon: &mut Lexicon, file: &str, text: &str, faults: &mut Vec<DataFault>) {
    let columns = [
        "id",
        "acled_event",
        "acled_sub_event",
        "case2021",
        "meaning",
        "source",
    ];
    let ids = rows(file, text, &columns, faults)
        .into_iter()
        .map(|(_, cells)| KindRow {
            id: cells[0].clone(),
            sub_event: cells[2].clone(),
            examples: Vec::new(),
            not: Vec::new(),
            line: 0,
        });
    lexicon.kinds = ids.collect();
}

/// Reads `lexicon/en/kinds.toml`.
pub(crate) fn read_examples(lexicon: &mut Lexicon, file: &str, text: &str, faults: &mut Vec<DataFault>) {
    for entry in entries(file, text, "kind", faults) {
        entry.allow(&["id", "examples", "not"], faults);
        let id = entry.need("id", faults);
        let (examples, not) = entry.examples(faults);
        match lexicon.kinds.iter_mut().find(|kind| kind.id == id) {
            Some(kind) => (kind.examples, kind.not, kind.line) = (examples, not, entry.line),
            None => {
                let known: Vec<&str> = lexicon.kinds.iter().map(|kind| kind.id.as_str()).collect();
                let fault = entry.fault(
                    format!("\"{id}\" is not a kind of news"),
                    "an id of data/kinds.tsv",
                );
                faults.push(fault.nearest(&id, known));
            }
        }
    }
}

/// Every example that is read as another kind, and every counter-example that is read as this one.
pub(crate) fn check_examples(lexicon: &Lexicon) -> Vec<DataFault> {
    misread(&lexicon.kinds, "lexicon/en/kinds.toml", |piece| {
        kinds_of_news(piece).into_iter().next().map(|kind| kind.id)
    })
}

/// Runs the examples of some rows.
pub(crate) fn misread(rows: &[KindRow], file: &str, read: impl Fn(&str) -> Option<String>) -> Vec<DataFault> {
    let mut faults = Vec::new();
    for row in rows {
        let both = [(&row.examples, true), (&row.not, false)];
        for (piece, expected) in both
            .iter()
            .flat_map(|(all, is)| all.iter().map(|piece| (piece, *is)))
        {
            if (read(piece).as_ref() == Some(&row.id)) != expected {
                faults.push(crate::example_fault(
                    &format!("{file}#{}", row.id),
                    row.line,
                    piece,
                    &row.id,
                    expected,
                ));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_together_tell_a_strike_by_bakers_from_one_by_jets() {
        let first = |piece: &str| kinds_of_news(piece).into_iter().next().expect("a kind");
        let jets = first("Warplanes bombed two villages before dawn, and fighter jets circled above.");
        assert_eq!(jets.id, "air-strike");
        assert!(
            jets.because.words.contains("\"warplanes\""),
            "{}",
            jets.because.words
        );
        assert_ne!(first("Bakers are on strike for better pay.").id, "air-strike");
    }

    #[test]
    fn probabilities_sum_to_one_and_nothing_is_read_from_nothing() {
        let sum: f32 = kinds_of_news("Mortar rounds fell on the town.")
            .iter()
            .map(|kind| kind.probability)
            .sum();
        assert!((sum - 1.0).abs() < 1e-3, "{sum}");
        assert_eq!(kinds_of_news(" 12, 13 … "), Vec::new());
    }
}
