//! Quantities: how many, and how surely.

mod read;
mod words;

use std::ops::Range;

use crate::analysis::Sentence;
use crate::rules::Language;
use crate::time;

pub(crate) use words::{NumberWords, Phrases};

/// A number of things as a sentence gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The tokens of the number and of the words that bound it, as indices in the sentence.
    pub tokens: Range<usize>,
    /// The least it can mean.
    pub low: u64,
    /// The most it can mean; `None` where the words set no upper bound.
    pub high: Option<u64>,
    /// How the words bound it.
    pub bound: Bound,
    /// The bytes of `tokens` in the text.
    pub words: Range<usize>,
}

/// How the words bound a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Bound {
    /// "30"
    Exact,
    /// "at least 30"
    AtLeast,
    /// "up to 30"
    AtMost,
    /// "about 30", "nearly 30"
    About,
    /// "more than 30"
    MoreThan,
    /// "fewer than 30"
    FewerThan,
    /// "20 to 30"
    Range,
    /// "dozens"
    Vague,
}

/// Whether "a", "an" and "one" count as the number one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Articles {
    /// "a man was hurt" is one.
    Counted,
    /// They are left out unless a bound stands before them ("at least one").
    Ignored,
}

/// The counts in an English sentence, in order and without overlap: no shares, sums of money, dates, times or
/// durations. `text` is the analysed text.
pub fn quantities(sentence: &Sentence, text: &str) -> Vec<Quantity> {
    let mut found = quantities_in(Language::english(), sentence, Articles::Ignored);
    found.retain(|quantity| text.get(quantity.words.clone()).is_some());
    found
}

/// [`quantities`] in any language, with a say on articles.
pub fn quantities_in(language: &Language, sentence: &Sentence, articles: Articles) -> Vec<Quantity> {
    let mut found = read::Reader::new(sentence, &language.numbers, articles).read();
    if !found.is_empty() {
        let times = time::expressions_in(language, sentence);
        found.retain(|q| {
            !times
                .iter()
                .any(|t| t.span.start < q.words.end && q.words.start < t.span.end)
        });
    }
    found
}

#[cfg(test)]
mod tests;
