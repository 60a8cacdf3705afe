//! Linear models over hashed features: a [`Classifier`] gives one of several labels, a [`Sequencer`] one label to
//! each item of a row.
//!
//! A feature is a few strings ("the word before is *by*") hashed to 32 bits; a model keeps a row of weights, one a
//! label, for every hash that training found useful. There are no buckets: two features meet only by a full
//! collision of the hash, which at a million features happens to about one in four thousand.
//! What the labels and features mean is the caller's business. Training lives outside the product, with the other
//! trainers; equal weights always give equal bytes.

use crate::hash::{mix, words};
use crate::packed::{Reader, Writer};
use crate::slots::{BUNCH, Slots};

#[cfg(test)]
mod tests;

/// The features of one thing to be judged. Order never matters; a feature added twice counts twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features(Vec<u32>);

impl Features {
    /// No features yet.
    #[must_use]
    pub fn new() -> Features {
        Features::default()
    }

    /// No features yet, and room for about so many.
    #[must_use]
    pub fn with_room(count: usize) -> Features {
        Features(Vec::with_capacity(count))
    }

    /// Adds the feature `name` with its values: `add("word-before", &["by"])`.
    /// The name sets features with equal values apart; values are compared as written.
    pub fn add(&mut self, name: &str, values: &[&str]) {
        let mut state = absorb(0, name.as_bytes());
        for value in values {
            state = absorb(state, value.as_bytes());
        }
        self.0.push((state >> 32) as u32);
    }

    /// The hashes, in the order they were added.
    #[must_use]
    pub fn hashes(&self) -> &[u32] {
        &self.0
    }
}

/// Mixes bytes and their length into a running hash.
#[inline]
fn absorb(state: u64, bytes: &[u8]) -> u64 {
    mix(words(bytes).fold(state, mix), bytes.len() as u64)
}

/// One row of weights for each feature, in eighths of a byte's range: what both models are made of.
#[derive(Clone, Debug, Default)]
struct Table {
    labels: Vec<String>,
    /// Feature to the number of its row.
    rows: Slots,
    /// [`lanes`] weights a row: one a label, then zeros.
    weights: Vec<[i8; LANES]>,
    /// What one step of a stored weight is worth.
    step: f32,
}

/// The largest stored weight; −128 is left out so that signs are fair.
const STEPS_MAX: f32 = 127.0;

impl Table {
    /// Weights by feature, one a label; the largest of all becomes 127 steps. Rows that round to nothing are left out.
    fn quantised(labels: Vec<String>, weights: &[(u32, Vec<f32>)], also: f32) -> Table {
        let largest = weights
            .iter()
            .flat_map(|(_, row)| row)
            .fold(also, |most, weight| most.max(weight.abs()));
        let step = if largest > 0.0 { largest / STEPS_MAX } else { 1.0 };
        let whole = |row: &[f32]| -> Vec<i8> { row.iter().map(|&weight| steps(weight, step)).collect() };
        let lanes = lanes(labels.len());
        let (mut features, mut rows) = (Vec::new(), Vec::new());
        for (feature, row) in weights.iter().map(|(feature, row)| (*feature, whole(row))) {
            if row.iter().any(|&weight| weight != 0) {
                features.push(feature);
                rows.resize(features.len() * lanes, [0; LANES]);
                let start = rows.len() - lanes;
                rows[start..].as_flattened_mut()[..row.len()].copy_from_slice(&row);
            }
        }
        Table {
            rows: Slots::of(features.into_iter()),
            labels,
            weights: rows,
            step,
        }
    }

    /// The weights of a row, zeros behind them.
    fn row(&self, row: usize) -> &[[i8; LANES]] {
        let lanes = lanes(self.labels.len());
        self.weights
            .get(row * lanes..(row + 1) * lanes)
            .unwrap_or_default()
    }

    /// The sum of each label's weights, zeros behind them.
    fn sums(&self, features: &Features) -> Vec<[i32; LANES]> {
        let mut sums = vec![[0i32; LANES]; lanes(self.labels.len())];
        let mut room = [0; BUNCH];
        for features in features.0.chunks(BUNCH) {
            for &row in self.rows.all(features, &mut room) {
                for (sums, weights) in sums.iter_mut().zip(self.row(row as usize)) {
                    for (sum, &weight) in sums.iter_mut().zip(weights) {
                        // would need millions of features to leave its range
                        *sum = sum.wrapping_add(i32::from(weight));
                    }
                }
            }
        }
        sums
    }

    /// [`Table::sums`], one a label.
    fn scores(&self, features: &Features) -> Vec<i32> {
        let mut sums = self.sums(features).into_flattened();
        sums.truncate(self.labels.len());
        sums
    }

    /// Rows in the order of their features, as gaps; a row as its non-zero weights.
    fn write(&self, writer: &mut Writer) {
        writer.number(self.labels.len() as u64);
        for label in &self.labels {
            writer.number(label.len() as u64);
            label.bytes().for_each(|byte| writer.byte(byte));
        }
        writer.number(u64::from(self.step.to_bits()));
        writer.number(self.rows.len() as u64);
        let mut last = 0;
        for (feature, row) in self.rows.sorted() {
            writer.number(u64::from(feature - last));
            last = feature;
            let row = self.row(row as usize).as_flattened();
            let used = row.iter().enumerate().filter(|(_, weight)| **weight != 0);
            writer.number(used.clone().count() as u64);
            for (label, &weight) in used {
                writer.number(label as u64);
                writer.byte(weight.cast_unsigned());
            }
        }
    }

    fn read(reader: &mut Reader) -> Option<Table> {
        let width = usize::try_from(reader.number()?)
            .ok()
            .filter(|&n| n <= LABELS_MAX)?;
        let mut labels = Vec::new();
        for _ in 0..width {
            let length = reader.count()?;
            labels.push(str::from_utf8(reader.bytes(length)?).ok()?.to_owned());
        }
        let step = f32::from_bits(u32::try_from(reader.number()?).ok()?);
        let step = step.is_finite().then_some(step)?;
        let count = reader.count()?;
        let lanes = lanes(width);
        let mut features = Vec::with_capacity(count);
        let mut weights = vec![[0; LANES]; count.checked_mul(lanes)?];
        let mut feature = 0u32;
        for nth in 0..count {
            let gap = u32::try_from(reader.number()?).ok()?;
            if gap == 0 && nth > 0 {
                return None;
            }
            feature = feature.checked_add(gap)?;
            features.push(feature);
            let row = &mut weights[nth * lanes..][..lanes].as_flattened_mut()[..width];
            for _ in 0..reader.number()? {
                let label = usize::try_from(reader.number()?).ok()?;
                *row.get_mut(label)? = reader.byte()?.cast_signed();
            }
        }
        Some(Table {
            rows: Slots::of(features.into_iter()),
            labels,
            weights,
            step,
        })
    }
}

/// Weights that are added at once.
const LANES: usize = 8;

/// How many times [`LANES`] weights a row of so many labels has.
fn lanes(labels: usize) -> usize {
    labels.div_ceil(LANES)
}

/// Far above any use here; keeps a broken file from asking for the whole memory.
const LABELS_MAX: usize = 4_096;

fn steps(weight: f32, step: f32) -> i8 {
    (weight / step).round().clamp(-STEPS_MAX, STEPS_MAX) as i8
}

/// One label for one thing.
#[derive(Clone, Debug, Default)]
pub struct Classifier(Table);

impl Classifier {
    /// From trained weights: `(feature hash, one weight a label)`, no feature twice.
    #[must_use]
    pub fn from_weights(labels: Vec<String>, weights: &[(u32, Vec<f32>)]) -> Classifier {
        Classifier(Table::quantised(labels, weights, 0.0))
    }

    /// Reads what [`Classifier::to_bytes`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Classifier> {
        Table::read(&mut Reader::new(bytes)).map(Classifier)
    }

    /// The model as a file; equal weights give equal bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.0.write(&mut writer);
        writer.finish()
    }

    /// The labels, in the order of the scores.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.0.labels
    }

    /// One score a label, in the units of the trained weights (log-odds for a logistic model).
    #[must_use]
    pub fn scores(&self, features: &Features) -> Vec<f32> {
        let sums = self.0.scores(features).into_iter();
        sums.map(|sum| sum as f32 * self.0.step).collect()
    }

    /// The probability of each label under a logistic model; they sum to 1.
    #[must_use]
    pub fn probabilities(&self, features: &Features) -> Vec<f32> {
        let scores = self.scores(features);
        let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let powers: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
        let sum: f32 = powers.iter().sum();
        powers.into_iter().map(|power| power / sum).collect()
    }

    /// The number of the best label (the first of equals); `None` if the model has no labels.
    #[must_use]
    pub fn best(&self, features: &Features) -> Option<usize> {
        let sums = self.0.scores(features);
        (0..sums.len()).rev().max_by_key(|&label| sums[label])
    }
}

/// One label for each item of a row, the best row as a whole (Viterbi over first-order transitions).
#[derive(Clone, Debug, Default)]
pub struct Sequencer {
    table: Table,
    /// `[from][to]`, row by row, in the steps of the table; the last "from" is the start of a row.
    transitions: Vec<i8>,
    /// The same as sums are made with: each row of `to` padded, what is forbidden [`IMPOSSIBLE`].
    costs: Vec<Vec<[i32; LANES]>>,
}

impl Sequencer {
    /// From trained weights; `transitions[from][to]`, with one more "from" at the end for the start of a row.
    /// A transition of [`f32::NEG_INFINITY`] is forbidden.
    #[must_use]
    pub fn from_weights(
        labels: Vec<String>,
        weights: &[(u32, Vec<f32>)],
        transitions: &[Vec<f32>],
    ) -> Sequencer {
        let largest = transitions
            .iter()
            .flatten()
            .filter(|weight| weight.is_finite())
            .fold(0.0f32, |most, weight| most.max(weight.abs()));
        let table = Table::quantised(labels, weights, largest);
        let step = table.step;
        let stored = |&weight: &f32| {
            if weight == f32::NEG_INFINITY {
                FORBIDDEN
            } else {
                steps(weight, step)
            }
        };
        Sequencer::of(table, transitions.iter().flatten().map(stored).collect())
    }

    fn of(table: Table, transitions: Vec<i8>) -> Sequencer {
        let cost = |weight: i8| match weight {
            FORBIDDEN => IMPOSSIBLE,
            weight => i32::from(weight),
        };
        let padded = |part: &[i8]| {
            let mut costs = [IMPOSSIBLE; LANES];
            for (to, &weight) in costs.iter_mut().zip(part) {
                *to = cost(weight);
            }
            costs
        };
        let rows = transitions.chunks(table.labels.len().max(1));
        Sequencer {
            costs: rows.map(|row| row.chunks(LANES).map(padded).collect()).collect(),
            transitions,
            table,
        }
    }

    /// Reads what [`Sequencer::to_bytes`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Sequencer> {
        let mut reader = Reader::new(bytes);
        let table = Table::read(&mut reader)?;
        let cells = (table.labels.len() + 1) * table.labels.len();
        let transitions: Option<Vec<i8>> = (0..cells).map(|_| reader.byte().map(u8::cast_signed)).collect();
        Some(Sequencer::of(table, transitions?))
    }

    /// The model as a file; equal weights give equal bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.table.write(&mut writer);
        self.transitions
            .iter()
            .for_each(|weight| writer.byte(weight.cast_unsigned()));
        writer.finish()
    }

    /// The labels, in the order of the numbers that [`Sequencer::label`] gives.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.table.labels
    }

    /// The number of a label for each item. Time grows with the row's length times the labels squared.
    #[must_use]
    pub fn label(&self, row: &[Features]) -> Vec<usize> {
        best_path(row.iter().map(|features| self.table.sums(features)), &self.costs)
    }
}

/// Stored for a transition that must not happen.
const FORBIDDEN: i8 = i8::MIN;
/// Worse than any sum of real weights.
const IMPOSSIBLE: i32 = i32::MIN / 4;

/// Viterbi: the labels with the greatest sum of local scores and transitions; the first of equals.
/// `costs[from][to]`; the last "from" is the start of the row.
fn best_path(local: impl Iterator<Item = Vec<[i32; LANES]>>, costs: &[Vec<[i32; LANES]>]) -> Vec<usize> {
    let Some((start, costs)) = costs.split_last() else {
        return local.map(|_| 0).collect();
    };
    let mut best: Vec<[i32; LANES]> = Vec::new();
    let mut back: Vec<Vec<[u32; LANES]>> = Vec::new();
    for scores in local {
        let mut sums = vec![[i32::MIN; LANES]; scores.len()];
        let mut from_of = vec![[0; LANES]; scores.len()];
        if back.is_empty() {
            sums.clone_from(start);
        } else {
            let before = best.as_flattened();
            for ((from, costs), &before) in (0u32..).zip(costs).zip(before) {
                for ((sums, from_of), costs) in sums.iter_mut().zip(&mut from_of).zip(costs) {
                    for to in 0..LANES {
                        // neither is less than a little below IMPOSSIBLE
                        let sum = before.wrapping_add(costs[to]);
                        let better = sum > sums[to];
                        from_of[to] = if better { from } else { from_of[to] };
                        sums[to] = if better { sum } else { sums[to] };
                    }
                }
            }
        }
        for (sums, scores) in sums.iter_mut().zip(&scores) {
            for (sum, &score) in sums.iter_mut().zip(scores) {
                *sum = (*sum).max(IMPOSSIBLE).wrapping_add(score);
            }
        }
        best = sums;
        back.push(from_of);
    }
    let last = &best.as_flattened()[..costs.len().min(best.len() * LANES)];
    let mut label = (0..last.len())
        .rev()
        .max_by_key(|&label| last[label])
        .unwrap_or(0);
    let mut labels = Vec::with_capacity(back.len());
    for from_of in back.iter().rev() {
        labels.push(label);
        label = from_of.as_flattened().get(label).map_or(0, |&from| from as usize);
    }
    labels.reverse();
    labels
}
