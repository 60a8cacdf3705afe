//! Fixed phrases with slots, as `damage.toml` writes them, and finding them in text.
//!
//! A pattern is a line of words. `a|b` is a choice, `{a|b}` a choice that `*` in the proposal repeats, `*`
//! any one word, `<weekday>`, `<month>` and `<number>`
//! a word of that sort, `(s)` at the end of a word its plural as well. Other characters stand for
//! themselves, and a space before them counts. A word with a capital must be met with that capital.

use crate::date::Calendar;
use crate::words::{Token, fold, fold_key, tokens};
use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// A choice of words, and whether the proposal repeats what was met.
    Word(Vec<Choice>, bool),
    Sign(String, bool),
    Any,
    Weekday,
    Month,
    Number,
}

#[derive(Clone, Debug, PartialEq)]
struct Choice {
    folded: String,
    /// The first letters that must be met as written: all of a short capital name, one of another.
    capital: Option<String>,
}

/// One way to write a damaged phrase, and what probably stood there.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
    right: String,
    /// Index of the entry in `damage.toml`.
    pub(crate) entry: usize,
}

/// Patterns by their first word.
#[derive(Debug, Default)]
pub(crate) struct PhraseTable {
    patterns: Vec<Pattern>,
    /// By the number of their first word.
    by_first: HashMap<u64, Vec<usize>>,
    by_class: Vec<usize>,
}

/// A damaged phrase found in a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) entry: usize,
    pub(crate) proposed: String,
}

impl PhraseTable {
    /// Adds a pattern; says what is wrong with it otherwise.
    pub(crate) fn add(&mut self, wrong: &str, right: &str, entry: usize) -> Result<(), String> {
        if wrong.contains("(s)") {
            let one = |text: &str| text.replace("(s)", "");
            self.add_one(&one(wrong), &one(right), entry)?;
            return self.add_one(&plural(wrong), &plural(right), entry);
        }
        self.add_one(wrong, right, entry)
    }
    fn add_one(&mut self, wrong: &str, right: &str, entry: usize) -> Result<(), String> {
        let parts = parts(wrong)?;
        let index = self.patterns.len();
        match parts.first() {
            Some(Part::Word(choices, _)) => {
                for choice in choices {
                    self.by_first
                        .entry(fold_key(&choice.folded))
                        .or_default()
                        .push(index);
                }
            }
            Some(Part::Weekday | Part::Month) => self.by_class.push(index),
            _ => {
                return Err(format!(
                    "\"{wrong}\" must begin with a word, <weekday> or <month>"
                ));
            }
        }
        self.patterns.push(Pattern {
            parts,
            right: right.to_owned(),
            entry,
        });
        Ok(())
    }
    /// All damaged phrases, leftmost and longest first, none overlapping.
    pub(crate) fn find(&self, text: &str, calendar: &Calendar) -> Vec<Found> {
        self.find_in(&tokens(text), calendar)
    }
    /// [`PhraseTable::find`] in tokens that were cut before.
    pub(crate) fn find_in(&self, tokens: &[Token<'_>], calendar: &Calendar) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.longest(&tokens[at..], calendar) {
                Some((length, hit)) => {
                    found.push(hit);
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }
    fn longest(&self, tokens: &[Token<'_>], calendar: &Calendar) -> Option<(usize, Found)> {
        let first = tokens.first().filter(|token| token.is_word)?;
        let is_capital = !first.text.starts_with(char::is_lowercase);
        let by_class = if is_capital && calendar.is_named(&fold(first.text)) {
            self.by_class.as_slice()
        } else {
            &[]
        };
        let by_first = self
            .by_first
            .get(&fold_key(first.text))
            .map_or(&[][..], Vec::as_slice);
        by_first
            .iter()
            .chain(by_class)
            .filter_map(|index| {
                let pattern = &self.patterns[*index];
                let taken = pattern.matches(tokens, calendar)?;
                Some((pattern.parts.len(), std::cmp::Reverse(*index), pattern, taken))
            })
            .max_by_key(|(length, index, ..)| (*length, *index))
            .map(|(length, _, pattern, taken)| {
                (
                    length,
                    Found {
                        start: tokens[0].start,
                        end: tokens[length - 1].end,
                        entry: pattern.entry,
                        proposed: fill(&pattern.right, &taken, tokens[0].text),
                    },
                )
            })
    }
}

impl Pattern {
    /// The words that filled the slots, when the tokens begin with this pattern.
    fn matches<'t>(&self, tokens: &[Token<'t>], calendar: &Calendar) -> Option<Vec<&'t str>> {
        if tokens.len() < self.parts.len() {
            return None;
        }
        let mut taken = Vec::new();
        for (part, token) in self.parts.iter().zip(tokens) {
            let folded = || fold(token.text);
            let fits = match part {
                Part::Word(choices, _) => {
                    token.is_word && {
                        let folded = folded();
                        choices.iter().any(|choice| {
                            choice.folded == folded
                                && choice
                                    .capital
                                    .as_ref()
                                    .is_none_or(|capital| token.text.starts_with(capital.as_str()))
                        })
                    }
                }
                Part::Sign(sign, spaced) => token.text == sign && token.spaced == *spaced,
                Part::Any => token.is_word,
                Part::Weekday => token.is_word && calendar.weekday(&folded()).is_some(),
                Part::Month => token.is_word && calendar.month(&folded()).is_some(),
                Part::Number => token.is_word && token.text.bytes().all(|byte| byte.is_ascii_digit()),
            };
            if !fits {
                return None;
            }
            if matches!(
                part,
                Part::Any | Part::Weekday | Part::Month | Part::Number | Part::Word(_, true)
            ) {
                taken.push(token.text);
            }
        }
        // "Friday, Nov." lost nothing where "5" follows: the stop shortens the month.
        let goes_on = matches!(self.parts.last(), Some(Part::Sign(sign, _)) if sign == ".")
            && tokens
                .get(self.parts.len())
                .is_some_and(|next| next.text.starts_with(|c: char| c.is_ascii_digit()));
        (!goes_on).then_some(taken)
    }
}

fn parts(pattern: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for (index, chunk) in pattern.split_whitespace().enumerate() {
        let mut spaced = index > 0;
        let mut rest = chunk;
        while let Some(first) = rest.chars().next() {
            let slot = rest.find('>').filter(|_| first == '<').map(|end| &rest[..=end]);
            let length = if let Some(slot) = slot {
                parts.push(match slot {
                    "<weekday>" => Part::Weekday,
                    "<month>" => Part::Month,
                    "<number>" => Part::Number,
                    _ => return Err(format!("\"{slot}\" is not a slot")),
                });
                slot.len()
            } else if let Some(close) = rest.find('}').filter(|_| first == '{') {
                parts.push(Part::Word(rest[1..close].split('|').map(choice).collect(), true));
                close + 1
            } else if first == '*' {
                parts.push(Part::Any);
                1
            } else {
                // A choice is read before it is cut, since its bar is no word.
                let word = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '|'));
                let length = word.unwrap_or(rest.len());
                if length > 0 {
                    parts.push(Part::Word(rest[..length].split('|').map(choice).collect(), false));
                    length
                } else {
                    parts.push(Part::Sign(first.to_string(), spaced));
                    first.len_utf8()
                }
            };
            rest = &rest[length..];
            spaced = false;
        }
    }
    let has_gap = |part: &Part| matches!(part, Part::Word(choices, _) if choices.iter().any(|choice| choice.folded.is_empty()));
    if parts.iter().any(has_gap) {
        return Err(format!("\"{pattern}\" has an empty choice"));
    }
    if parts.is_empty() {
        Err("the phrase is empty".to_owned())
    } else {
        Ok(parts)
    }
}

fn choice(word: &str) -> Choice {
    let capital = word.chars().next().filter(|c| c.is_uppercase()).map(|first| {
        let all = word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase());
        if all { word.to_owned() } else { first.to_string() }
    });
    Choice {
        folded: fold(word),
        capital,
    }
}

/// `bomb(s)` in the plural: bombs; also `country(s)`, `clash(s)`, and each word of a choice `car|auto(s)`.
fn plural(text: &str) -> String {
    let chunks = text.split(' ').map(|chunk| {
        let Some((word, rest)) = chunk.split_once("(s)") else {
            return chunk.to_owned();
        };
        let words: Vec<String> = word.split('|').map(plural_word).collect();
        words.join("|") + rest
    });
    chunks.collect::<Vec<_>>().join(" ")
}

fn plural_word(word: &str) -> String {
    let hissing = ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end));
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if hissing => format!("{word}es"),
        _ if word.ends_with("man") => format!("{}men", &word[..word.len() - 3]),
        _ => format!("{word}s"),
    }
}

/// Puts the words of the slots into the proposal, and the capital of the first word.
fn fill(right: &str, taken: &[&str], first: &str) -> String {
    let mut taken = taken.iter();
    let mut filled = String::new();
    let mut rest = right;
    while let Some(at) = rest.find(['*', '<']) {
        filled.push_str(&rest[..at]);
        let length = if rest[at..].starts_with('<') {
            rest[at..].find('>').map_or(1, |end| end + 1)
        } else {
            1
        };
        filled.push_str(taken.next().copied().unwrap_or(""));
        rest = &rest[at + length..];
    }
    filled.push_str(rest);
    let capital = first.chars().next().is_some_and(char::is_uppercase);
    match filled.chars().next() {
        Some(c) if capital && c.is_lowercase() => c.to_uppercase().chain(filled.chars().skip(1)).collect(),
        _ => filled,
    }
}

#[cfg(test)]
mod tests;
