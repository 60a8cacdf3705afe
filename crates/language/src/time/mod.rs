//! Time expressions of news text: found in a sentence, valued, and put on the calendar from the day a text was
//! published. Knows no date by itself: "Wednesday" has days only once an [`Anchor`] says when the text appeared.

mod amount;
mod clock;
mod date;
mod resolve;
mod scan;
mod tense;
mod timex;
mod value;
mod words;

pub use resolve::resolve;
pub use tense::tense_near;
pub use timex::timex3;
pub use value::{
    Amount, Anchor, Day, DayPart, Origin, Point, Position, Reach, Recurring, Resolved, Season, Tense,
    TimeExpression, TimeOfDay, TimeValue, Unit, Vague, Weekday, Which,
};
pub(crate) use words::TimeWords;

use crate::analysis::Sentence;
use crate::rules::Language;

/// The time expressions of an English sentence, in order and without overlap. Spans take in "early", "last" and
/// "the", but leave prepositions out; a "since", "until" or "after" before the span is in the value.
///
/// `text` is the analysed text; the spans are byte ranges in it.
pub fn expressions(sentence: &Sentence, text: &str) -> Vec<TimeExpression> {
    let mut found = expressions_in(Language::english(), sentence);
    found.retain(|expression| text.get(expression.span.clone()).is_some());
    found
}

/// [`expressions`] in any language.
pub fn expressions_in(language: &Language, sentence: &Sentence) -> Vec<TimeExpression> {
    scan::Scan::new(sentence, language).read()
}

#[cfg(test)]
mod tests;
