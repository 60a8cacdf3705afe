//! Times that may be those of an act.

use language::time::{Anchor, Resolved};
use language::{Language, Sentence, time};

/// A time expression on the calendar.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The number of its sentence.
    pub sentence: usize,
    /// As written.
    pub words: String,
    /// The rule that read it.
    pub rule: &'static str,
    /// The days it can mean.
    pub resolved: Resolved,
    /// How many days that is, less one.
    pub days: usize,
    /// How many days before the publication its last day lies; `None` if the publication is unknown.
    pub ago: Option<i32>,
}

/// The time expressions of a text that can be put on the calendar.
#[must_use]
pub fn candidates(sentences: &[Sentence], anchor: Anchor, text: &str) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        for expression in time::expressions(sentence, text) {
            let tense = time::tense_near(sentence, &expression.span, Language::english());
            let Some(resolved) = time::resolve(&expression.value, Anchor { tense, ..anchor }) else {
                continue;
            };
            let days = resolved
                .earliest
                .until(resolved.latest)
                .map_or(0, |span| span.get_days());
            let ago = anchor
                .published_latest
                .and_then(|day| resolved.latest.until(day).ok())
                .map(|span| span.get_days());
            found.push(Candidate {
                sentence: at,
                words: text.get(expression.span.clone()).unwrap_or_default().to_owned(),
                rule: expression.rule,
                days: usize::try_from(days).unwrap_or(0),
                ago,
                resolved,
            });
        }
    }
    found
}
