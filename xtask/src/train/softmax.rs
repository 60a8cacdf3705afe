//! Learns a linear model of few samples exactly: multinomial logistic regression with a ridge, by L-BFGS
//! (Nocedal 1980). Same samples in the same order, same weights.
//!
//! A sample's features count once each, weighed by how rare they are, and are divided by the root of their
//! number; [`claims`] divides by the same root when it judges. The weights of rareness go into the model.

use std::collections::{BTreeMap, BTreeSet};

use language::linear::{Classifier, Features};

/// One sample: what the model sees, and the number of its label.
pub(crate) type Sample = (Features, usize);

/// How the model is learnt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Strength of the ridge: a weight of 1 costs this half. Smaller follows the samples more closely.
    pub ridge: f64,
    /// A feature of fewer samples than this is not learnt.
    pub least: usize,
}

/// Steps of L-BFGS; the loss hardly changes after the fortieth.
const STEPS: usize = 60;

/// Steps remembered to guess the curvature; a usual number.
const MEMORY: usize = 6;

/// Rareness weights are divided by this, so that a sample of common words has a length near 1.
const RARENESS_SCALE: f64 = 4.0;

/// The model that explains the samples best. Features with weights that round to nothing are left out.
pub(crate) fn learn(labels: &[String], samples: &[Sample], plan: Plan) -> Classifier {
    let problem = Problem::new(labels.len(), samples, plan);
    let weights = problem.solve();
    let rows: Vec<(u32, Vec<f32>)> = problem
        .features
        .iter()
        .zip(weights.chunks(labels.len().max(1)))
        .map(|((&feature, &rareness), row)| {
            (
                feature,
                row.iter().map(|weight| (weight * rareness) as f32).collect(),
            )
        })
        .collect();
    Classifier::from_weights(labels.to_vec(), &rows)
}

struct Problem {
    width: usize,
    /// Each feature with its weight of rareness, by hash.
    features: BTreeMap<u32, f64>,
    /// Each sample's columns and the one value of all of them times their rareness.
    rows: Vec<(Vec<(usize, f64)>, usize)>,
    ridge: f64,
}

impl Problem {
    fn new(width: usize, samples: &[Sample], plan: Plan) -> Problem {
        let mut seen_in: BTreeMap<u32, usize> = BTreeMap::new();
        for (features, _) in samples {
            for hash in features.hashes().iter().collect::<BTreeSet<_>>() {
                *seen_in.entry(*hash).or_default() += 1;
            }
        }
        let all = samples.len() as f64;
        let features: BTreeMap<u32, f64> = seen_in
            .into_iter()
            .filter(|(_, count)| *count >= plan.least)
            .map(|(hash, count)| {
                let rareness = ((1.0 + all) / (1.0 + count as f64)).ln() + 1.0;
                (hash, rareness / RARENESS_SCALE)
            })
            .collect();
        let column: BTreeMap<u32, usize> = features
            .keys()
            .enumerate()
            .map(|(at, &hash)| (hash, at))
            .collect();
        let rows = samples
            .iter()
            .map(|(own, label)| {
                let scale = 1.0 / (own.hashes().len().max(1) as f64).sqrt();
                let cells = own
                    .hashes()
                    .iter()
                    .filter_map(|hash| Some((*column.get(hash)?, features[hash] * scale)))
                    .collect();
                (cells, *label)
            })
            .collect();
        Problem {
            width,
            features,
            rows,
            ridge: plan.ridge,
        }
    }

    /// The loss and its slope.
    fn loss(&self, weights: &[f64]) -> (f64, Vec<f64>) {
        let mut slope: Vec<f64> = weights.iter().map(|weight| weight * self.ridge).collect();
        let mut loss = dot(weights, weights) * self.ridge / 2.0;
        let mut scores = vec![0f64; self.width];
        for (cells, label) in &self.rows {
            scores.fill(0.0);
            for (column, value) in cells {
                let row = &weights[column * self.width..(column + 1) * self.width];
                scores
                    .iter_mut()
                    .zip(row)
                    .for_each(|(score, weight)| *score += weight * value);
            }
            let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = scores.iter().map(|score| (score - most).exp()).sum();
            loss -= scores[*label] - most - sum.ln();
            scores
                .iter_mut()
                .for_each(|score| *score = (*score - most).exp() / sum);
            scores[*label] -= 1.0;
            for (column, value) in cells {
                let row = &mut slope[column * self.width..(column + 1) * self.width];
                row.iter_mut()
                    .zip(&scores)
                    .for_each(|(cell, error)| *cell += error * value);
            }
        }
        (loss, slope)
    }

    fn solve(&self) -> Vec<f64> {
        let mut weights = vec![0f64; self.features.len() * self.width];
        let (mut loss, mut slope) = self.loss(&weights);
        let mut steps: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
        for _ in 0..STEPS {
            let direction = downhill(&slope, &steps);
            let fall = dot(&direction, &slope);
            let mut length = if steps.is_empty() {
                1.0 / dot(&slope, &slope).sqrt().max(1e-9)
            } else {
                1.0
            };
            let (next, next_loss, next_slope) = loop {
                let next: Vec<f64> = weights
                    .iter()
                    .zip(&direction)
                    .map(|(w, d)| w + length * d)
                    .collect();
                let (next_loss, next_slope) = self.loss(&next);
                // Armijo's rule with its usual constant.
                if next_loss <= loss + 1e-4 * length * fall || length < 1e-8 {
                    break (next, next_loss, next_slope);
                }
                length /= 2.0;
            };
            let step: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
            let bend: Vec<f64> = next_slope.iter().zip(&slope).map(|(a, b)| a - b).collect();
            if dot(&step, &bend) > 1e-12 {
                steps.push((step, bend));
                if steps.len() > MEMORY {
                    steps.remove(0);
                }
            }
            let gain = loss - next_loss;
            (weights, loss, slope) = (next, next_loss, next_slope);
            if gain < 1e-6 * loss.abs() {
                break;
            }
        }
        weights
    }
}

/// The two-loop recursion: where the remembered steps say that the loss falls fastest.
fn downhill(slope: &[f64], steps: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut direction: Vec<f64> = slope.iter().map(|value| -value).collect();
    let mut shares = Vec::new();
    for (step, bend) in steps.iter().rev() {
        let share = dot(step, &direction) / dot(step, bend);
        add(&mut direction, bend, -share);
        shares.push(share);
    }
    if let Some((step, bend)) = steps.last() {
        let scale = dot(step, bend) / dot(bend, bend);
        direction.iter_mut().for_each(|value| *value *= scale);
    }
    for ((step, bend), share) in steps.iter().zip(shares.into_iter().rev()) {
        let other = dot(bend, &direction) / dot(step, bend);
        add(&mut direction, step, share - other);
    }
    direction
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(to: &mut [f64], what: &[f64], times: f64) {
    to.iter_mut().zip(what).for_each(|(to, what)| *to += what * times);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_the_labels_apart_is_learnt_and_twice_the_same() {
        let sample = |names: &[&str], label| {
            let mut features = Features::new();
            names.iter().for_each(|name| features.add("word", &[name]));
            (features, label)
        };
        let samples = [
            sample(&["mortar", "town"], 0),
            sample(&["mortar", "village"], 0),
            sample(&["flood", "town"], 1),
            sample(&["flood", "village"], 1),
        ];
        let labels = ["shelling".to_owned(), "disaster".to_owned()];
        let plan = Plan {
            ridge: 0.01,
            least: 1,
        };
        let model = learn(&labels, &samples, plan);
        assert_eq!(model.best(&sample(&["mortar", "city"], 0).0), Some(0));
        assert_eq!(model.best(&sample(&["flood", "city"], 0).0), Some(1));
        assert_eq!(model.to_bytes(), learn(&labels, &samples, plan).to_bytes());
    }
}
