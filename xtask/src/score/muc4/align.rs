//! Which fill of a response stands for which of the key, which template for which, and the tallies that follow.

use std::ops::AddAssign;

use super::key::{Fill, Template, kind, slot};
use super::rules::{Halves, RIGHT, credit};

/// The scoring categories of MUC-4. What is blank in both is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// The response is right.
    pub correct: usize,
    /// The response is partly right: half a point.
    pub partial: usize,
    /// The response is wrong, and the key has a fill for it.
    pub incorrect: usize,
    /// The key has no fill for it.
    pub spurious: usize,
    /// The response has no fill for it.
    pub missing: usize,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.correct += other.correct;
        self.partial += other.partial;
        self.incorrect += other.incorrect;
        self.spurious += other.spurious;
        self.missing += other.missing;
    }
}

impl Tally {
    fn points(self) -> f64 {
        self.correct as f64 + self.partial as f64 / 2.0
    }

    /// Points over possible fills (those of the key).
    pub(crate) fn recall(self) -> f64 {
        ratio(
            self.points(),
            self.correct + self.partial + self.incorrect + self.missing,
        )
    }

    /// Points over actual fills (those of the response).
    pub(crate) fn precision(self) -> f64 {
        ratio(
            self.points(),
            self.correct + self.partial + self.incorrect + self.spurious,
        )
    }

    /// The harmonic mean of precision and recall.
    pub(crate) fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

fn ratio(points: f64, of: usize) -> f64 {
    if of == 0 { 0.0 } else { points / of as f64 }
}

/// One tally a slot, by slot number.
pub(crate) type Tallies = [Tally; slot::END];

/// The row ALL TEMPLATES: every slot, the fills of unmatched templates missing or spurious.
pub(crate) fn all(tallies: &Tallies) -> Tally {
    let mut sum = Tally::default();
    tallies.iter().for_each(|tally| sum += *tally);
    sum
}

/// Scores the templates of one text.
pub(crate) fn score(responses: &[Template], keys: &[Template]) -> Tallies {
    let pairs: Vec<Vec<Tallies>> = responses
        .iter()
        .map(|response| keys.iter().map(|key| template(response, key)).collect())
        .collect();
    let worth: Vec<Vec<Halves>> = pairs
        .iter()
        .map(|row| {
            let points = |(tallies, key)| if may_map(tallies, key) { halves(tallies) } else { 0 };
            row.iter().zip(keys).map(points).collect()
        })
        .collect();
    let mut sum = Tallies::default();
    let chosen = assign(&worth, keys.len());
    for (at, response) in responses.iter().enumerate() {
        for number in 0..slot::END {
            sum[number] += match chosen[at] {
                Some(key) => pairs[at][key][number],
                None => slot_tally(number, response.fills(number), &[]),
            };
        }
    }
    for (at, key) in keys.iter().enumerate() {
        if !key.optional && !chosen.contains(&Some(at)) {
            for (number, tally) in sum.iter_mut().enumerate() {
                *tally += slot_tally(number, &[], key.fills(number));
            }
        }
    }
    sum
}

fn halves(tallies: &Tallies) -> Halves {
    let sum = all(tallies);
    i32::try_from(2 * sum.correct + sum.partial).unwrap_or(i32::MAX)
}

fn template(response: &Template, key: &Template) -> Tallies {
    std::array::from_fn(|number| slot_tally(number, response.fills(number), key.fills(number)))
}

/// The slots of which one must agree in part, besides the type of the incident.
const WHO: [usize; 5] = [
    slot::PERPETRATOR,
    slot::ORGANISATION,
    slot::OBJECT,
    slot::NAME,
    slot::DESCRIPTION,
];

/// Whether a response may stand for a key at all: the type agrees at least in part, and so does one of the slots
/// of persons, organisations and objects; where the key has none of these, date or place.
fn may_map(tallies: &Tallies, key: &Template) -> bool {
    let agrees = |number: &usize| tallies[*number].correct + tallies[*number].partial > 0;
    let named = WHO.iter().any(|number| !key.fills(*number).is_empty());
    agrees(&slot::TYPE)
        && if named {
            WHO.iter().any(agrees)
        } else {
            agrees(&slot::DATE) || agrees(&slot::LOCATION)
        }
}

/// Pairs the fills of one slot for the most points and counts the rest: wrong against each other as far as both
/// have some left, then spurious or missing. A fill that the key calls optional is never missing.
fn slot_tally(number: usize, responses: &[Fill], keys: &[Fill]) -> Tally {
    let mut tally = Tally::default();
    if kind(number).is_none() {
        return tally;
    }
    let worth: Vec<Vec<Halves>> = responses
        .iter()
        .map(|response| keys.iter().map(|key| credit(number, response, key)).collect())
        .collect();
    let chosen = assign(&worth, keys.len());
    let mut left = 0;
    for (at, choice) in chosen.iter().enumerate() {
        match choice.map(|key| worth[at][key]) {
            Some(RIGHT) => tally.correct += 1,
            Some(_) => tally.partial += 1,
            None => left += 1,
        }
    }
    let unmet = |(at, key): &(usize, &Fill)| !key.optional && !chosen.contains(&Some(*at));
    let unmet = keys.iter().enumerate().filter(unmet).count();
    tally.incorrect = left.min(unmet);
    tally.spurious = left - tally.incorrect;
    tally.missing = unmet - tally.incorrect;
    tally
}

/// For each row the column that it is paired with, each column at most once, for the greatest sum; pairs worth
/// nothing are not made. The Hungarian method with potentials, over a square padded with nothing.
pub(crate) fn assign(worth: &[Vec<Halves>], columns: usize) -> Vec<Option<usize>> {
    let size = worth.len().max(columns);
    let cost = |row: usize, column: usize| -> Halves {
        -worth
            .get(row)
            .and_then(|values| values.get(column))
            .copied()
            .unwrap_or(0)
    };
    // rows and columns count from 1; 0 is the row or column not yet placed
    let (mut row_price, mut column_price) = (vec![0; size + 1], vec![0; size + 1]);
    let mut row_of = vec![0usize; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![Halves::MAX; size + 1];
        let mut before = vec![0usize; size + 1];
        let mut done = vec![false; size + 1];
        while row_of[column] != 0 {
            done[column] = true;
            let (at, mut step, mut next) = (row_of[column], Halves::MAX, 0);
            for other in 1..=size {
                if done[other] {
                    continue;
                }
                let reduced = cost(at - 1, other - 1) - row_price[at] - column_price[other];
                if reduced < least[other] {
                    least[other] = reduced;
                    before[other] = column;
                }
                if least[other] < step {
                    step = least[other];
                    next = other;
                }
            }
            for other in 0..=size {
                if done[other] {
                    row_price[row_of[other]] += step;
                    column_price[other] -= step;
                } else if least[other] < Halves::MAX {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[before[column]];
            column = before[column];
        }
    }
    let mut chosen = vec![None; worth.len()];
    for column in 1..=columns {
        let row = row_of[column] - 1;
        if row < worth.len() && worth[row][column - 1] > 0 {
            chosen[row] = Some(column - 1);
        }
    }
    chosen
}
