//! The grammar of numbers: cardinals, multipliers, bounds and ranges over the tokens of one sentence.

use std::ops::Range;

use crate::analysis::{Sentence, Shape, Token};

use super::words::NumberWords;
use super::{Articles, Bound, Quantity};

/// Reads one sentence.
pub(super) struct Reader<'s> {
    pub(super) tokens: &'s [Token],
    pub(super) lowers: Vec<&'s str>,
    pub(super) words: &'s NumberWords,
    pub(super) articles: Articles,
}

/// A number without its bounds.
#[derive(Clone, Copy, Debug)]
struct Core {
    end: usize,
    value: u64,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A numeral, in digits or words.
    Number,
    /// A bare one-digit-or-more year-like figure: four digits, no comma, 1900–2100.
    Year,
    /// "dozens", "several hundred".
    Vague,
    /// "a", "an", "one": counted only when asked or bounded.
    Article,
}

impl<'s> Reader<'s> {
    pub(super) fn new(sentence: &'s Sentence, words: &'s NumberWords, articles: Articles) -> Reader<'s> {
        let lowers = sentence.tokens.iter().map(|t| t.lower.as_str()).collect();
        Reader {
            tokens: &sentence.tokens,
            lowers,
            words,
            articles,
        }
    }

    pub(super) fn read(&self) -> Vec<Quantity> {
        let mut found = Vec::new();
        let mut at = 0;
        let mut floor = 0;
        while at < self.tokens.len() {
            match self.may_open(at).then(|| self.quantity(at, floor)).flatten() {
                Some((quantity, end)) => {
                    at = end.max(at + 1);
                    floor = at;
                    found.extend(quantity);
                }
                None => at += 1,
            }
        }
        found
    }

    /// A plain word that the table does not know begins no number.
    fn may_open(&self, at: usize) -> bool {
        let word = self.lower(at);
        !word.bytes().all(|byte| byte.is_ascii_lowercase()) || self.words.knows(word)
    }

    fn lower(&self, at: usize) -> &'s str {
        self.lowers.get(at).copied().unwrap_or("")
    }

    /// The quantity whose number begins at `at`, with its bounds not reaching below `floor`; `None` inside the
    /// pair where the figure is no count.
    fn quantity(&self, at: usize, floor: usize) -> Option<(Option<Quantity>, usize)> {
        let first = self.core(at)?;
        if let Some(range) = self.range(at, floor, first) {
            return Some(range);
        }
        let mut end = first.end;
        if self.words.not_counts.starting(&self.lowers, end).is_some() || self.is_money(at) {
            return Some((None, end));
        }
        let (mut start, mut bound) = self.bound_before(at, floor);
        if first.kind == Kind::Article
            && !(self.counts_article(at) || bound.is_some_and(|b| b != Bound::Exact))
        {
            return None;
        }
        if bound.is_none_or(|b| b == Bound::Exact)
            && let Some((length, &after)) = self.words.after.starting(&self.lowers, end)
        {
            bound = Some(after);
            end += length;
        }
        if bound == Some(Bound::Exact) && first.kind == Kind::Article {
            start = at;
        }
        let quantity = self.bounded(start..end, first, bound);
        Some((Some(quantity), end))
    }

    fn bounded(&self, tokens: Range<usize>, core: Core, bound: Option<Bound>) -> Quantity {
        let value = core.value;
        let is_vague = core.kind == Kind::Vague;
        let (low, high, bound) = match bound {
            Some(Bound::AtMost) => (0, Some(value), Bound::AtMost),
            Some(Bound::FewerThan) => (0, Some(value.saturating_sub(1)), Bound::FewerThan),
            _ if is_vague => (value, None, Bound::Vague),
            Some(Bound::AtLeast) => (value, None, Bound::AtLeast),
            Some(Bound::MoreThan) => (value.saturating_add(1), None, Bound::MoreThan),
            Some(Bound::About) => (value, Some(value), Bound::About),
            _ => (value, Some(value), Bound::Exact),
        };
        self.emit(tokens, low, high, bound)
    }

    fn emit(&self, tokens: Range<usize>, low: u64, high: Option<u64>, bound: Bound) -> Quantity {
        let words = self.tokens[tokens.start].span.start..self.tokens[tokens.end - 1].span.end;
        Quantity {
            tokens,
            low,
            high,
            bound,
            words,
        }
    }

    /// Bounding phrases that end at `at`; stacked ones ("at least some 30") keep the outermost that bounds.
    fn bound_before(&self, at: usize, floor: usize) -> (usize, Option<Bound>) {
        let mut start = at;
        let mut bound = None;
        // two phrases may stack; more are not English
        for _ in 0..2 {
            let Some((length, &found)) = self.words.before.ending(&self.lowers, start) else {
                break;
            };
            if start < floor + length {
                break;
            }
            start -= length;
            bound = match (bound, found) {
                (None, found) | (Some(Bound::Exact | Bound::About), found) if found != Bound::Exact => {
                    Some(found)
                }
                (None, found) => Some(found),
                (kept, _) => kept,
            };
        }
        (start, bound)
    }

    /// "between 3 and 5", "three to five", "3-5".
    fn range(&self, at: usize, floor: usize, first: Core) -> Option<(Option<Quantity>, usize)> {
        let opened = self
            .words
            .range_opens
            .ending(&self.lowers, at)
            .filter(|(length, _)| at >= floor + length);
        // "a to b" is no range; "one or two" and "between one and three" are
        let bare = first.kind == Kind::Article && self.lower(first.end) != "or";
        if bare && opened.is_none_or(|(_, join)| self.lower(first.end) != join) {
            return None;
        }
        let joined = match opened {
            Some((_, join)) if self.lower(first.end) == join => Some(1),
            _ => self
                .words
                .range_joins
                .starting(&self.lowers, first.end)
                .map(|(length, ())| length),
        };
        let join_end = first.end + joined?;
        let second = self.core(join_end)?;
        if first.kind == Kind::Year && second.kind == Kind::Year && opened.is_none() {
            return Some((None, second.end));
        }
        let mut low = first.value;
        // "20 to 30 thousand"
        if first.end == at + 1 && low < 1_000 && second.end > join_end + 1 && second.value >= 1_000 {
            let multiplier = self
                .words
                .multipliers
                .get(self.lower(second.end - 1))
                .copied()
                .unwrap_or(1);
            low = low.saturating_mul(multiplier);
        }
        let is_vague = first.kind == Kind::Vague || second.kind == Kind::Vague;
        if !is_vague && low >= second.value || second.kind == Kind::Article {
            return None;
        }
        if self.words.not_counts.starting(&self.lowers, second.end).is_some() || self.is_money(at) {
            return Some((None, second.end));
        }
        let start = at - opened.map_or(0, |(length, _)| length);
        let (start, _) = if opened.is_none() {
            self.bound_before(start, floor)
        } else {
            (start, None)
        };
        let (high, bound) = if is_vague {
            (None, Bound::Vague)
        } else {
            (Some(second.value), Bound::Range)
        };
        Some((
            Some(self.emit(start..second.end, low.min(second.value), high, bound)),
            second.end,
        ))
    }

    fn is_money(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|i| &self.tokens[i]);
        before.is_some_and(|t| t.text.ends_with(['$', '€', '£', '¥', '₺', '₽']))
    }

    fn counts_article(&self, at: usize) -> bool {
        let after_pronoun_maker = at > 0 && self.words.not_ones.contains(self.lower(at - 1));
        self.articles == Articles::Counted && !after_pronoun_maker
    }

    /// The number that begins at `at`.
    fn core(&self, at: usize) -> Option<Core> {
        let token = self.tokens.get(at)?;
        // the "many" of "as many as"
        let is_in_bound = at > 0
            && self
                .words
                .before
                .starting(&self.lowers, at - 1)
                .is_some_and(|(n, _)| n > 2);
        if let Some((length, &low)) = self.words.few.starting(&self.lowers, at).filter(|_| !is_in_bound) {
            let end = at + length;
            // "several hundred", "a few dozen"
            let multiplier = self.words.multipliers.get(self.lower(end)).copied();
            let end = end + usize::from(multiplier.is_some());
            return Some(Core {
                end,
                value: low.saturating_mul(multiplier.unwrap_or(1)),
                kind: Kind::Vague,
            });
        }
        if let Some(&low) = self.words.vague.get(self.lower(at)) {
            return self.vague(at, low);
        }
        if token.shape == Shape::Number {
            return self.digits(at);
        }
        self.spelled(at)
    }

    /// "dozens", "tens of thousands", "hundreds and thousands".
    fn vague(&self, at: usize, low: u64) -> Option<Core> {
        let of = self.lower(at + 1) == "of";
        let mut end = at + 1;
        let mut value = low;
        if let Some(&more) = self.words.vague.get(self.lower(at + 2)) {
            if of {
                value = value.saturating_mul(more);
                end = at + 3;
            } else if self.words.sums.contains(self.lower(at + 1)) || self.lower(at + 1) == "or" {
                end = at + 3;
            }
        }
        Some(Core {
            end,
            value,
            kind: Kind::Vague,
        })
    }

    fn digits(&self, at: usize) -> Option<Core> {
        let written = self.tokens[at].text.as_str();
        let multiplier = self.multiplier_run(at + 1);
        let (value, decimals) = figure(written, multiplier.is_some())?;
        let (end, times) = multiplier.unwrap_or((at + 1, 1));
        if decimals > 0 && multiplier.is_none() {
            return None;
        }
        let scaled = value.saturating_mul(u128::from(times)) / 10u128.pow(decimals);
        let is_year = multiplier.is_none() && written.len() == 4 && (1900..=2100).contains(&scaled);
        let kind = if is_year { Kind::Year } else { Kind::Number };
        Some(Core {
            end,
            value: u64::try_from(scaled).unwrap_or(u64::MAX),
            kind,
        })
    }

    /// "million", "hundred thousand" after a figure: where it ends and the product.
    fn multiplier_run(&self, at: usize) -> Option<(usize, u64)> {
        let mut end = at;
        let mut times = 1u64;
        // "5 hundred thousand" is as far as it goes
        while end < at + 2 {
            let Some(&by) = self.words.multipliers.get(self.lower(end)) else {
                break;
            };
            times = times.saturating_mul(by);
            end += 1;
        }
        (end > at).then_some((end, times))
    }

    /// Number words: "twenty-one", "two hundred and five", "half a million", "a dozen".
    fn spelled(&self, at: usize) -> Option<Core> {
        let words = self.words;
        if let Some(&share) = words.fractions.get(self.lower(at)) {
            let article = usize::from(words.articles.contains(self.lower(at + 1)));
            let &by = words.multipliers.get(self.lower(at + 1 + article))?;
            return Some(Core {
                end: at + 2 + article,
                value: by / 100 * share + by % 100 * share / 100,
                kind: Kind::Number,
            });
        }
        let mut end = at;
        let mut kind = Kind::Number;
        let mut sum = Sum::default();
        if words.articles.contains(self.lower(at)) {
            if !words.multipliers.contains_key(self.lower(at + 1)) || self.lower(at + 1).len() == 1 {
                return Some(Core {
                    end: at + 1,
                    value: 1,
                    kind: Kind::Article,
                });
            }
            sum.current = 1;
            end += 1;
        } else if !words.cardinals.contains_key(self.lower(at)) && !self.is_bare_multiplier(at) {
            return None;
        }
        loop {
            let word = self.lower(end);
            if let Some(&value) = words.cardinals.get(word) {
                if !sum.takes(value) {
                    break;
                }
                sum.current += value;
                end += 1;
                // "twenty - one"
                if value >= 20 && matches!(self.lower(end), "-" | "‐" | "\u{2011}") {
                    let small = words
                        .cardinals
                        .get(self.lower(end + 1))
                        .copied()
                        .filter(|v| (1..10).contains(v));
                    if let Some(small) = small {
                        sum.current += small;
                        end += 2;
                    }
                }
            } else if let Some(&by) = words.multipliers.get(word).filter(|_| word.len() > 1) {
                if !sum.multiply(by) {
                    break;
                }
                end += 1;
            } else if end > at && words.sums.contains(word) && self.continues_sum(end, &sum) {
                end += 1;
            } else {
                break;
            }
        }
        if end == at + 1 && words.ones.contains(self.lower(at)) {
            kind = Kind::Article;
        }
        Some(Core {
            end,
            value: sum.total(),
            kind,
        })
    }

    /// "hundred" with no number before it: "hundred people".
    fn is_bare_multiplier(&self, at: usize) -> bool {
        let word = self.lower(at);
        self.words
            .multipliers
            .get(word)
            .is_some_and(|&by| by >= 100 && word.len() > 3)
    }

    /// The "and" of "two hundred and five": only after hundreds and more, and before a smaller numeral.
    fn continues_sum(&self, and: usize, sum: &Sum) -> bool {
        let next = self.words.cardinals.get(self.lower(and + 1));
        sum.current.is_multiple_of(100) && sum.total() >= 100 && next.is_some_and(|&value| value > 0)
    }
}

/// A number in words, as it grows from left to right.
#[derive(Debug, Default)]
struct Sum {
    /// finished groups: the thousands, the millions
    done: u64,
    /// the group being read
    current: u64,
    /// the multiplier of the last finished group; the next must be smaller
    last: Option<u64>,
}

impl Sum {
    /// May a cardinal below one hundred follow? Not after units: "five ten" is two numbers.
    fn takes(&self, value: u64) -> bool {
        self.current == 0 && (self.done == 0 || value > 0)
            || self.current.is_multiple_of(100) && self.current > 0
            || self.current.is_multiple_of(10)
                && (20..100).contains(&(self.current % 100))
                && (1..10).contains(&value)
    }

    fn multiply(&mut self, by: u64) -> bool {
        let current = self.current.max(1);
        if by <= 100 {
            if self.current >= 100 || self.current == 0 && self.done > 0 {
                return false;
            }
            self.current = current.saturating_mul(by);
            return true;
        }
        if self.last.is_some_and(|last| by >= last) || self.current == 0 && self.done > 0 {
            return false;
        }
        self.done = self.done.saturating_add(current.saturating_mul(by));
        self.current = 0;
        self.last = Some(by);
        true
    }

    fn total(&self) -> u64 {
        self.done.saturating_add(self.current)
    }
}

/// A figure in digits as a whole number and how many of its digits are decimals. `1,500` and, unless a
/// multiplier follows, `1.500` are thousands; other points are decimal.
fn figure(written: &str, before_multiplier: bool) -> Option<(u128, u32)> {
    let plain = written.replace([',', '٬'], "");
    let groups: Vec<&str> = plain.split('.').collect();
    let all_digits = groups
        .iter()
        .all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()));
    // eighteen digits are beyond any count, and safe from overflow below
    if !all_digits || plain.len() > 18 {
        return None;
    }
    let thousands = groups[1..].iter().all(|g| g.len() == 3) && groups[0].len() <= 3 && groups[0] != "0";
    let decimals = match groups.len() {
        1 => 0,
        _ if thousands && !before_multiplier => 0,
        2 => u32::try_from(groups[1].len()).expect("at most eighteen"),
        _ => return None,
    };
    groups.concat().parse().ok().map(|value| (value, decimals))
}
