//! The number words of one language, from `numbers.tsv`.

use crate::fault::Fault;
use crate::hash::{FastMap, FastSet};
use crate::rules::rows;

use super::Bound;

/// The number words of one language. All lower case.
#[derive(Debug, Default)]
pub(crate) struct NumberWords {
    pub(super) cardinals: FastMap<String, u64>,
    pub(super) multipliers: FastMap<String, u64>,
    pub(super) vague: FastMap<String, u64>,
    pub(super) fractions: FastMap<String, u64>,
    pub(super) sums: FastSet<String>,
    pub(super) articles: FastSet<String>,
    pub(super) ones: FastSet<String>,
    pub(super) not_ones: FastSet<String>,
    pub(super) few: Phrases<u64>,
    pub(super) before: Phrases<Bound>,
    pub(super) after: Phrases<Bound>,
    pub(super) range_opens: Phrases<String>,
    pub(super) range_joins: Phrases<()>,
    pub(super) not_counts: Phrases<()>,
    /// every word of the table
    known: FastSet<String>,
}

impl NumberWords {
    pub(crate) fn read(tsv: &str, faults: &mut Vec<Fault>) -> NumberWords {
        const FILE: &str = "numbers.tsv";
        let mut words = NumberWords::default();
        for (line, [class, word, value]) in rows::<3>(FILE, tsv, faults) {
            let mut fault = |what: String| {
                faults.push(Fault {
                    file: FILE.to_owned(),
                    line,
                    what,
                })
            };
            let number = value.parse::<u64>();
            if matches!(
                class,
                "cardinal" | "multiplier" | "vague" | "few" | "fraction" | "one"
            ) && number.is_err()
            {
                fault(format!("\"{value}\" is not a whole number"));
                continue;
            }
            let number = number.unwrap_or(0);
            let key = word.to_owned();
            words.known.extend(word.split(' ').map(str::to_owned));
            let new = match class {
                "cardinal" => words.cardinals.insert(key, number).is_none(),
                "multiplier" => words.multipliers.insert(key, number).is_none(),
                "vague" => words.vague.insert(key, number).is_none(),
                "fraction" => words.fractions.insert(key, number).is_none(),
                "sum" => words.sums.insert(key),
                "article" => words.articles.insert(key),
                "one" => words.ones.insert(key),
                "not-one" => words.not_ones.insert(key),
                "few" => words.few.insert(word, number),
                "at-least" => words.before.insert(word, Bound::AtLeast),
                "at-most" => words.before.insert(word, Bound::AtMost),
                "about" => words.before.insert(word, Bound::About),
                "more-than" => words.before.insert(word, Bound::MoreThan),
                "fewer-than" => words.before.insert(word, Bound::FewerThan),
                "exact" => words.before.insert(word, Bound::Exact),
                "after-at-least" => words.after.insert(word, Bound::AtLeast),
                "after-about" => words.after.insert(word, Bound::About),
                "range-open" => words.range_opens.insert(word, value.to_owned()),
                "range-join" => words.range_joins.insert(word, ()),
                "not-a-count" => words.not_counts.insert(word, ()),
                _ => {
                    fault(format!("\"{class}\" is not a class named at the top of the file"));
                    true
                }
            };
            if !new {
                fault(format!("\"{class}\" is given twice for \"{word}\""));
            }
        }
        words
    }
}

/// Phrases of one or more words, looked up at a place in a sentence.
#[derive(Debug)]
pub(crate) struct Phrases<V> {
    /// first word → the other words and what the phrase means, longest first
    by_first: FastMap<String, Vec<(Vec<String>, V)>>,
    /// last word → the same, for look-ups that end at a place
    by_last: FastMap<String, Vec<(Vec<String>, V)>>,
    first_gate: Gate,
    last_gate: Gate,
}

/// Which first letters and lengths the words of a set have: most words that are not in it are turned away before
/// they are hashed.
#[derive(Clone, Copy, Debug, Default)]
struct Gate([u64; 4]);

impl Gate {
    fn place(word: &str) -> (usize, u64) {
        let first = word.bytes().next().map_or(0, usize::from);
        let place = first.wrapping_mul(37).wrapping_add(word.len()) % 256;
        (place / 64, 1 << (place % 64))
    }

    fn open(&mut self, word: &str) {
        let (part, bit) = Gate::place(word);
        self.0[part] |= bit;
    }

    fn lets_in(&self, word: &str) -> bool {
        let (part, bit) = Gate::place(word);
        self.0[part] & bit != 0
    }
}

impl<V> Default for Phrases<V> {
    fn default() -> Phrases<V> {
        Phrases {
            by_first: FastMap::default(),
            by_last: FastMap::default(),
            first_gate: Gate::default(),
            last_gate: Gate::default(),
        }
    }
}

impl<V: Clone> Phrases<V> {
    /// Adds a phrase; false if it was there already.
    pub(crate) fn insert(&mut self, phrase: &str, value: V) -> bool {
        let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
        let (Some(first), Some(last)) = (words.first().cloned(), words.last().cloned()) else {
            return false;
        };
        self.first_gate.open(&first);
        self.last_gate.open(&last);
        for (map, key) in [(&mut self.by_first, first), (&mut self.by_last, last)] {
            let list = map.entry(key).or_default();
            if list.iter().any(|(known, _)| *known == words) {
                return false;
            }
            list.push((words.clone(), value.clone()));
            list.sort_by_key(|(known, _)| std::cmp::Reverse(known.len()));
        }
        true
    }

    /// The longest phrase that begins at `at`: its length in tokens and its meaning.
    pub(crate) fn starting(&self, lowers: &[&str], at: usize) -> Option<(usize, &V)> {
        let first = *lowers.get(at)?;
        if !self.first_gate.lets_in(first) {
            return None;
        }
        let list = self.by_first.get(first)?;
        let fits = |words: &[String]| {
            lowers
                .get(at..at + words.len())
                .is_some_and(|run| run.iter().zip(words).all(|(a, b)| a == b))
        };
        list.iter()
            .find(|(words, _)| fits(words))
            .map(|(words, value)| (words.len(), value))
    }

    /// The longest phrase that ends just before `at`.
    pub(crate) fn ending(&self, lowers: &[&str], at: usize) -> Option<(usize, &V)> {
        let last = *lowers.get(at.checked_sub(1)?)?;
        if !self.last_gate.lets_in(last) {
            return None;
        }
        let list = self.by_last.get(last)?;
        let fits = |words: &[String]| {
            at.checked_sub(words.len())
                .is_some_and(|from| lowers[from..at].iter().zip(words).all(|(a, b)| a == b))
        };
        list.iter()
            .find(|(words, _)| fits(words))
            .map(|(words, value)| (words.len(), value))
    }
}

impl NumberWords {
    /// Does the word stand anywhere in the table?
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    /// A number in words without thousands: "three", "twenty-one", "two hundred".
    pub(crate) fn cardinal_at(&self, lowers: &[&str], at: usize) -> Option<(usize, u64)> {
        let word = |i: usize| lowers.get(i).copied().unwrap_or("");
        let mut value = *self.cardinals.get(word(at))?;
        let mut end = at + 1;
        if value >= 20 {
            let hyphen = usize::from(word(end) == "-");
            if let Some(&small) = self
                .cardinals
                .get(word(end + hyphen))
                .filter(|v| (1..10).contains(*v))
            {
                value += small;
                end += hyphen + 1;
            }
        }
        if let Some(&by) = self
            .multipliers
            .get(word(end))
            .filter(|by| (12..=100).contains(*by))
        {
            value = value.saturating_mul(by);
            end += 1;
        }
        Some((end, value))
    }

    /// 100 for "hundred".
    pub(crate) fn multiplier(&self, word: &str) -> Option<u64> {
        self.multipliers.get(word).copied()
    }

    /// Is this "million" or the like?
    pub(crate) fn multiplies(&self, word: &str) -> bool {
        self.multipliers.contains_key(word)
    }
}
