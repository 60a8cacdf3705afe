//! Quantities: how many, and how surely.

use std::ops::Range;

use crate::analysis::{Sentence, Shape};

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

/// The quantities of a sentence, in order.
pub fn quantities(sentence: &Sentence, text: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    for (i, token) in sentence.tokens.iter().enumerate() {
        if token.shape != Shape::Number || text.get(token.span.clone()).is_none() {
            continue;
        }
        if let Ok(value) = token.text.replace(',', "").parse::<u64>() {
            let words = token.span.clone();
            found.push(Quantity {
                tokens: i..i + 1,
                low: value,
                high: Some(value),
                bound: Bound::Exact,
                words,
            });
        }
    }
    found
}
