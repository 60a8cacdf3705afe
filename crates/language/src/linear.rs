//! Linear models over hashed features: a [`Classifier`] gives one of several labels, a [`Sequencer`] one label to
//! each item of a row.
//!
//! A feature is a few strings ("the word before is *by*") hashed to 32 bits; a model keeps a row of weights, one a
//! label, for every hash that training found useful. There are no buckets: two features meet only by a full
//! collision of the hash, which at a million features happens to about one in four thousand.
//! What the labels and features mean is the caller's business. Training lives outside the product, with the other
//! trainers; equal weights always give equal bytes.

use crate::hash::{FastMap, mix};
use crate::packed::{Reader, Writer};

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
fn absorb(mut state: u64, bytes: &[u8]) -> u64 {
    for chunk in bytes.chunks(8) {
        let mut word = [0u8; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = mix(state, u64::from_le_bytes(word));
    }
    mix(state, bytes.len() as u64)
}

/// One row of weights for each feature, in eighths of a byte's range: what both models are made of.
#[derive(Clone, Debug, Default)]
struct Table {
    labels: Vec<String>,
    /// Feature to the number of its row.
    rows: FastMap<u32, u32>,
    /// `labels.len()` weights a row.
    weights: Vec<i8>,
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
        let mut table = Table {
            labels,
            step,
            ..Table::default()
        };
        for (feature, row) in weights {
            let row: Vec<i8> = row.iter().map(|&weight| steps(weight, step)).collect();
            if row.iter().any(|&weight| weight != 0) {
                table.push(*feature, row);
            }
        }
        table
    }

    fn push(&mut self, feature: u32, row: Vec<i8>) {
        let number = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        if self.rows.insert(feature, number).is_none() {
            self.weights.extend(row);
        }
    }

    fn add_scores(&self, features: &Features, sums: &mut [i32]) {
        let width = self.labels.len();
        for feature in &features.0 {
            if let Some(&row) = self.rows.get(feature) {
                let start = row as usize * width;
                let row = self.weights.get(start..start + width).unwrap_or_default();
                for (sum, &weight) in sums.iter_mut().zip(row) {
                    *sum = sum.saturating_add(i32::from(weight));
                }
            }
        }
    }

    /// Rows in the order of their features, as gaps; a row as its non-zero weights.
    fn write(&self, writer: &mut Writer) {
        writer.number(self.labels.len() as u64);
        for label in &self.labels {
            writer.number(label.len() as u64);
            label.bytes().for_each(|byte| writer.byte(byte));
        }
        writer.number(u64::from(self.step.to_bits()));
        let mut rows: Vec<(u32, u32)> = self.rows.iter().map(|(&feature, &row)| (feature, row)).collect();
        rows.sort_unstable();
        writer.number(rows.len() as u64);
        let mut last = 0;
        for (feature, row) in rows {
            writer.number(u64::from(feature - last));
            last = feature;
            let start = row as usize * self.labels.len();
            let row = &self.weights[start..start + self.labels.len()];
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
            let length = reader.number()?;
            let bytes: Option<Vec<u8>> = (0..length.min(LABEL_BYTES_MAX)).map(|_| reader.byte()).collect();
            labels.push(String::from_utf8(bytes?).ok()?);
        }
        let step = f32::from_bits(u32::try_from(reader.number()?).ok()?);
        let mut table = Table {
            labels,
            step: step.is_finite().then_some(step)?,
            ..Table::default()
        };
        let mut feature = 0u32;
        for _ in 0..reader.number()? {
            feature = feature.checked_add(u32::try_from(reader.number()?).ok()?)?;
            let mut row = vec![0i8; width];
            for _ in 0..reader.number()? {
                let label = usize::try_from(reader.number()?).ok()?;
                *row.get_mut(label)? = reader.byte()?.cast_signed();
            }
            table.push(feature, row);
        }
        Some(table)
    }
}

/// Far above any use here; keeps a broken file from asking for the whole memory.
const LABELS_MAX: usize = 4_096;
/// As above, for the name of one label.
const LABEL_BYTES_MAX: u64 = 256;

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
        Table::read(&mut Reader::unpack(bytes)?).map(Classifier)
    }

    /// The packed model; equal weights give equal bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.0.write(&mut writer);
        writer.pack()
    }

    /// The labels, in the order of the scores.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.0.labels
    }

    /// One score a label, in the units of the trained weights (log-odds for a logistic model).
    #[must_use]
    pub fn scores(&self, features: &Features) -> Vec<f32> {
        let mut sums = vec![0i32; self.0.labels.len()];
        self.0.add_scores(features, &mut sums);
        sums.into_iter().map(|sum| sum as f32 * self.0.step).collect()
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
        let mut sums = vec![0i32; self.0.labels.len()];
        self.0.add_scores(features, &mut sums);
        (0..sums.len()).rev().max_by_key(|&label| sums[label])
    }
}

/// One label for each item of a row, the best row as a whole (Viterbi over first-order transitions).
#[derive(Clone, Debug, Default)]
pub struct Sequencer {
    table: Table,
    /// `[from][to]`, row by row, in the steps of the table; the last "from" is the start of a row.
    transitions: Vec<i8>,
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
        Sequencer {
            transitions: transitions.iter().flatten().map(stored).collect(),
            table,
        }
    }

    /// Reads what [`Sequencer::to_bytes`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Sequencer> {
        let mut reader = Reader::unpack(bytes)?;
        let table = Table::read(&mut reader)?;
        let cells = (table.labels.len() + 1) * table.labels.len();
        let transitions: Option<Vec<i8>> = (0..cells).map(|_| reader.byte().map(u8::cast_signed)).collect();
        Some(Sequencer {
            transitions: transitions?,
            table,
        })
    }

    /// The packed model; equal weights give equal bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.table.write(&mut writer);
        self.transitions
            .iter()
            .for_each(|weight| writer.byte(weight.cast_unsigned()));
        writer.pack()
    }

    /// The labels, in the order of the numbers that [`Sequencer::label`] gives.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.table.labels
    }

    /// The number of a label for each item. Time grows with the row's length times the labels squared.
    #[must_use]
    pub fn label(&self, row: &[Features]) -> Vec<usize> {
        let width = self.table.labels.len();
        let local = row.iter().map(|features| {
            let mut sums = vec![0i32; width];
            self.table.add_scores(features, &mut sums);
            sums
        });
        let transition = |from: usize, to: usize| match self.transitions.get(from * width + to) {
            Some(&FORBIDDEN) | None => IMPOSSIBLE,
            Some(&weight) => i32::from(weight),
        };
        best_path(local, width, transition)
    }
}

/// Stored for a transition that must not happen.
const FORBIDDEN: i8 = i8::MIN;
/// Worse than any sum of real weights.
const IMPOSSIBLE: i32 = i32::MIN / 4;

/// Viterbi: the labels with the greatest sum of local scores and transitions; the first of equals.
/// The start of the row is the transition from label number `width`.
fn best_path(
    local: impl Iterator<Item = Vec<i32>>,
    width: usize,
    transition: impl Fn(usize, usize) -> i32,
) -> Vec<usize> {
    let mut best: Vec<i32> = Vec::new();
    let mut back: Vec<Vec<usize>> = Vec::new();
    for scores in local {
        let mut next = Vec::with_capacity(width);
        let mut from_of = Vec::with_capacity(width);
        for (to, &score) in scores.iter().enumerate() {
            let (from, sum) = if back.is_empty() {
                (width, transition(width, to))
            } else {
                (0..width)
                    .map(|from| (from, best[from].saturating_add(transition(from, to))))
                    .rev()
                    .max_by_key(|&(_, sum)| sum)
                    .unwrap_or((0, 0))
            };
            next.push(sum.max(IMPOSSIBLE).saturating_add(score));
            from_of.push(from);
        }
        best = next;
        back.push(from_of);
    }
    let mut labels = Vec::with_capacity(back.len());
    let mut label = (0..best.len())
        .rev()
        .max_by_key(|&label| best[label])
        .unwrap_or(0);
    for from_of in back.iter().rev() {
        labels.push(label);
        label = from_of.get(label).copied().unwrap_or(0);
    }
    labels.reverse();
    labels
}
