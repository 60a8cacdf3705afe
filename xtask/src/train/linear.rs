//! Trains linear models over hashed features. Same samples in the same order, same weights.

use std::collections::HashMap;

use language::linear::{Classifier, Features, Sequencer};

use super::Dice;

/// How long and how strongly to learn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Times through all samples.
    pub epochs: usize,
    /// First step of the learning rate (classifier only); AdaGrad makes it smaller by itself.
    pub rate: f32,
    /// Pull towards zero at each step in which a feature is seen, in parts of the step (classifier only).
    pub decay: f32,
    /// A feature seen in fewer samples than this is not learnt.
    pub least: usize,
}

impl Default for Plan {
    fn default() -> Plan {
        Plan {
            epochs: 12,
            rate: 0.2,
            decay: 1e-4,
            least: 1,
        }
    }
}

/// A logistic model: the probability of each label given the features, learnt by AdaGrad.
pub(crate) fn classifier(labels: &[&str], samples: &[(Features, usize)], plan: Plan) -> Classifier {
    let vocabulary = Vocabulary::of(samples.iter().map(|(features, _)| features), plan.least);
    let width = labels.len();
    let samples: Vec<(Vec<usize>, usize)> = samples
        .iter()
        .map(|(features, label)| (vocabulary.numbers(features), *label))
        .collect();
    let mut weights = vec![0f32; vocabulary.len() * width];
    let mut squares = vec![1e-6f32; weights.len()];
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut dice = Dice::new();
    for _ in 0..plan.epochs {
        dice.shuffle(&mut order);
        for &sample in &order {
            let (features, gold) = &samples[sample];
            let mut errors = probabilities(features, &weights, width);
            errors[*gold] -= 1.0;
            for &feature in features {
                for (label, &error) in errors.iter().enumerate() {
                    let at = feature * width + label;
                    let gradient = error + plan.decay * weights[at];
                    squares[at] += gradient * gradient;
                    weights[at] -= plan.rate * gradient / squares[at].sqrt();
                }
            }
        }
    }
    Classifier::from_weights(owned(labels), &vocabulary.rows(&weights, width))
}

fn probabilities(features: &[usize], weights: &[f32], width: usize) -> Vec<f32> {
    let mut scores = vec![0f32; width];
    for &feature in features {
        for (score, weight) in scores.iter_mut().zip(&weights[feature * width..]) {
            *score += weight;
        }
    }
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.iter_mut().for_each(|score| *score = (*score - most).exp());
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= sum);
    scores
}

/// A sequence model: an averaged structured perceptron (Collins 2002). `allowed(from, to)` says which labels may
/// follow each other; `from` is `None` at the start of a row.
pub(crate) fn sequencer(
    labels: &[&str],
    rows: &[(Vec<Features>, Vec<usize>)],
    allowed: impl Fn(Option<usize>, usize) -> bool,
    plan: Plan,
) -> Sequencer {
    let vocabulary = Vocabulary::of(rows.iter().flat_map(|(row, _)| row), plan.least);
    let width = labels.len();
    let rows: Vec<(Vec<Vec<usize>>, &[usize])> = rows
        .iter()
        .map(|(row, gold)| {
            (
                row.iter().map(|features| vocabulary.numbers(features)).collect(),
                &gold[..],
            )
        })
        .collect();
    let mut local = Averaged::new(vocabulary.len() * width);
    let mut moves = Averaged::new((width + 1) * width);
    let forbidden: Vec<bool> = (0..=width)
        .flat_map(|from| (0..width).map(move |to| (from, to)))
        .map(|(from, to)| !allowed((from < width).then_some(from), to))
        .collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut dice = Dice::new();
    for _ in 0..plan.epochs {
        dice.shuffle(&mut order);
        for &number in &order {
            let (row, gold) = &rows[number];
            let guess = decode(row, width, &local.now, &moves.now, &forbidden);
            local.time += 1.0;
            moves.time += 1.0;
            if guess == *gold {
                continue;
            }
            let (mut before_gold, mut before_guess) = (width, width);
            for ((features, &right), &wrong) in row.iter().zip(gold.iter()).zip(&guess) {
                if right != wrong {
                    for &feature in features {
                        local.change(feature * width + right, 1.0);
                        local.change(feature * width + wrong, -1.0);
                    }
                }
                if (before_gold, right) != (before_guess, wrong) {
                    moves.change(before_gold * width + right, 1.0);
                    moves.change(before_guess * width + wrong, -1.0);
                }
                (before_gold, before_guess) = (right, wrong);
            }
        }
    }
    let mut transitions: Vec<f32> = moves.average();
    for (weight, _) in transitions
        .iter_mut()
        .zip(&forbidden)
        .filter(|(_, forbidden)| **forbidden)
    {
        *weight = f32::NEG_INFINITY;
    }
    let transitions: Vec<Vec<f32>> = transitions.chunks(width.max(1)).map(<[f32]>::to_vec).collect();
    Sequencer::from_weights(
        owned(labels),
        &vocabulary.rows(&local.average(), width),
        &transitions,
    )
}

/// Viterbi with the weights of the moment.
fn decode(row: &[Vec<usize>], width: usize, local: &[f32], moves: &[f32], forbidden: &[bool]) -> Vec<usize> {
    const NEVER: f32 = -1e9;
    let cost = |from: usize, to: usize| {
        let at = from * width + to;
        if forbidden[at] { NEVER } else { moves[at] }
    };
    let mut best = vec![0f32; width];
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(row.len());
    for (position, features) in row.iter().enumerate() {
        let mut next = vec![0f32; width];
        let mut from_of = vec![0usize; width];
        for to in 0..width {
            let (from, sum) = if position == 0 {
                (width, cost(width, to))
            } else {
                let mut top = (0, best[0] + cost(0, to));
                for (from, &sum) in best.iter().enumerate().skip(1) {
                    if sum + cost(from, to) > top.1 {
                        top = (from, sum + cost(from, to));
                    }
                }
                top
            };
            let own: f32 = features.iter().map(|feature| local[feature * width + to]).sum();
            next[to] = sum + own;
            from_of[to] = from;
        }
        best = next;
        back.push(from_of);
    }
    let mut label = (0..width)
        .rev()
        .max_by(|&a, &b| best[a].total_cmp(&best[b]))
        .unwrap_or(0);
    let mut labels = Vec::with_capacity(row.len());
    for from_of in back.iter().rev() {
        labels.push(label);
        label = from_of[label];
    }
    labels.reverse();
    labels
}

/// Weights and their mean over all steps so far, changed lazily.
struct Averaged {
    now: Vec<f32>,
    /// Sum of `change × time of the change`.
    late: Vec<f64>,
    time: f64,
}

impl Averaged {
    fn new(length: usize) -> Averaged {
        Averaged {
            now: vec![0.0; length],
            late: vec![0.0; length],
            time: 0.0,
        }
    }

    fn change(&mut self, at: usize, by: f32) {
        self.now[at] += by;
        self.late[at] += self.time * f64::from(by);
    }

    fn average(&self) -> Vec<f32> {
        let end = self.time + 1.0;
        self.now
            .iter()
            .zip(&self.late)
            .map(|(&now, late)| (f64::from(now) - late / end) as f32)
            .collect()
    }
}

/// The features learnt, numbered in the order in which they were first seen.
struct Vocabulary {
    number: HashMap<u32, usize>,
    features: Vec<u32>,
}

impl Vocabulary {
    fn of<'f>(all: impl Iterator<Item = &'f Features>, least: usize) -> Vocabulary {
        let mut counts: HashMap<u32, usize> = HashMap::new();
        let mut features = Vec::new();
        for hash in all.flat_map(Features::hashes) {
            let count = counts.entry(*hash).or_insert_with(|| {
                features.push(*hash);
                0
            });
            *count += 1;
        }
        features.retain(|hash| counts.get(hash).is_some_and(|&count| count >= least));
        let number = features
            .iter()
            .enumerate()
            .map(|(number, &hash)| (hash, number))
            .collect();
        Vocabulary { number, features }
    }

    fn len(&self) -> usize {
        self.features.len()
    }

    fn numbers(&self, features: &Features) -> Vec<usize> {
        features
            .hashes()
            .iter()
            .filter_map(|hash| self.number.get(hash).copied())
            .collect()
    }

    fn rows(&self, weights: &[f32], width: usize) -> Vec<(u32, Vec<f32>)> {
        self.features
            .iter()
            .copied()
            .zip(weights.chunks(width.max(1)).map(<[f32]>::to_vec))
            .collect()
    }
}

fn owned(labels: &[&str]) -> Vec<String> {
    labels.iter().map(|&label| label.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(names: &[&str]) -> Features {
        let mut features = Features::new();
        names.iter().for_each(|name| features.add(name, &[]));
        features
    }

    #[test]
    fn a_classifier_learns_what_tells_the_labels_apart() {
        let samples = [
            (features(&["cloud", "day"]), 0),
            (features(&["cloud", "night"]), 0),
            (features(&["clear", "day"]), 1),
            (features(&["clear", "night"]), 1),
        ];
        let model = classifier(&["rain", "sun"], &samples, Plan::default());
        assert_eq!(model.best(&features(&["cloud", "dusk"])), Some(0));
        assert_eq!(model.best(&features(&["clear", "dusk"])), Some(1));
        assert_eq!(
            model.to_bytes(),
            classifier(&["rain", "sun"], &samples, Plan::default()).to_bytes()
        );
    }

    #[test]
    fn a_sequencer_learns_rows() {
        let row = |names: &[&str]| names.iter().map(|name| features(&[name])).collect::<Vec<_>>();
        let rows = [
            (row(&["the", "red", "cross"]), vec![0, 1, 2]),
            (row(&["red", "cross", "said"]), vec![1, 2, 0]),
            (row(&["the", "cross"]), vec![0, 0]),
        ];
        let allowed = |from: Option<usize>, to: usize| to != 2 || matches!(from, Some(1 | 2));
        let model = sequencer(&["O", "B", "I"], &rows, allowed, Plan::default());
        assert_eq!(model.label(&row(&["said", "red", "cross"])), [0, 1, 2]);
        assert_eq!(model.label(&row(&["the", "cross"])), [0, 0]);
    }
}
