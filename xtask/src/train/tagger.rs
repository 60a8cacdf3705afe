//! The tagger: an averaged perceptron (Collins 2002), greedy, trained on its own guesses.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use anyhow::Result;
use language::Tag;
use language::tagger::{Context, TagModel, tags, word_key};
use language::vectors::WordVectors;

use super::{Dice, training_trees};
use crate::conllu::{self, Tree};

/// Passes over the treebanks; a usual number, not tuned.
const PASSES: usize = 10;

/// One sentence in so many is seen a second time in capitals, as wire headlines and old wire texts have it.
const CAPITALS_EVERY: usize = 8;

/// A word seen less often has no set of tags of its own.
const AMBIGUITY_COUNT_MIN: u32 = 3;

/// A feature seen less often in the treebanks is not learned: most such help only the sentence they come from.
const FEATURE_COUNT_MIN: u32 = 2;

/// The largest weight as a whole number. At 127, with nothing cut off at the top, the development score is .9535
/// on EWT; at 2,047 it is .9536 to .9537.
const WEIGHT_MAX: i16 = 2_047;

/// Weights smaller than this are dropped, to keep the file small. At 5 the development score is .9537 for
/// .9536 on EWT, and the file 14 KB larger.
const WEIGHT_MIN: i16 = 9;

struct Example {
    words: Vec<String>,
    tags: Vec<Tag>,
}

/// Weights while learning, with what is needed to average them in the end.
#[derive(Default)]
struct Learner {
    index: BTreeMap<u32, usize>,
    weights: Vec<[f32; 17]>,
    sums: Vec<[f64; 17]>,
    stamps: Vec<[u32; 17]>,
    now: u32,
}

impl Learner {
    fn add(&mut self, row: usize, tag: usize, amount: f32) {
        let waited = f64::from(self.now - self.stamps[row][tag]);
        self.sums[row][tag] += waited * f64::from(self.weights[row][tag]);
        self.stamps[row][tag] = self.now;
        self.weights[row][tag] += amount;
    }

    fn averaged(&self, row: usize) -> [f32; 17] {
        std::array::from_fn(|tag| {
            let waited = f64::from(self.now - self.stamps[row][tag]);
            let sum = self.sums[row][tag] + waited * f64::from(self.weights[row][tag]);
            (sum / f64::from(self.now)) as f32
        })
    }
}

/// Trains and writes `models/en/tagger.bin`.
pub(crate) fn train(shared: &Path) -> Result<()> {
    let trees: Vec<Tree> = training_trees(shared)?;
    let vectors = super::word_vectors()?;
    let bytes = learned(&trees.iter().collect::<Vec<_>>(), &vectors, PASSES);
    let file = crate::root().join("models/en/tagger.bin");
    fs::write(&file, &bytes)?;
    println!("{}: {} bytes", file.display(), bytes.len());
    let model = TagModel::decode(&bytes).expect("a model just encoded decodes");
    for set in ["en_ewt-dev", "en_gum-dev"] {
        let trees = conllu::read(&shared.join(format!("gold/ud-english/{set}.conllu.gz")))?;
        println!("{set}: UPOS {:.4}", accuracy(&trees, &model, &vectors));
    }
    Ok(())
}

/// The tags of the training trees, each guessed by a tagger that has not seen it: what a parser must learn from
/// to meet the tags it will get.
pub(super) fn unseen_tags(trees: &[Tree], vectors: &WordVectors) -> Vec<Vec<Tag>> {
    /// Parts the treebanks are dealt into; more come nearer to the final tagger and take longer.
    const PARTS: usize = 4;
    /// Passes of these lesser taggers.
    const PART_PASSES: usize = 5;
    let mut tags_of = vec![Vec::new(); trees.len()];
    for part in 0..PARTS {
        let others: Vec<&Tree> = trees
            .iter()
            .enumerate()
            .filter(|(i, _)| i % PARTS != part)
            .map(|(_, tree)| tree)
            .collect();
        let model =
            TagModel::decode(&learned(&others, vectors, PART_PASSES)).expect("a model just encoded decodes");
        for i in (part..trees.len()).step_by(PARTS) {
            let words: Vec<&str> = trees[i].words.iter().map(|w| w.form.as_str()).collect();
            tags_of[i] = tags(&words, &model, Some(vectors));
        }
    }
    tags_of
}

/// The bytes of a tagger learned from these trees.
fn learned(trees: &[&Tree], vectors: &WordVectors, passes: usize) -> Vec<u8> {
    let examples = examples(trees);
    let ambiguity = ambiguity(&examples);
    let look_up: HashMap<u64, u32> = ambiguity.iter().copied().collect();
    let contexts: Vec<Context> = examples
        .iter()
        .map(|e| {
            let words: Vec<&str> = e.words.iter().map(String::as_str).collect();
            Context::new(&words, Some(vectors), |key| {
                look_up.get(&key).copied().unwrap_or(0)
            })
        })
        .collect();
    let learner = learn(&examples, &contexts, passes);
    TagModel::encode(&quantised(&learner), &ambiguity)
}

fn examples(trees: &[&Tree]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (i, tree) in trees.iter().enumerate() {
        let tags: Vec<Tag> = tree.words.iter().map(|w| w.tag).collect();
        if i % CAPITALS_EVERY == 0 {
            let words = tree.words.iter().map(|w| w.form.to_uppercase()).collect();
            examples.push(Example {
                words,
                tags: tags.clone(),
            });
        }
        examples.push(Example {
            words: tree.words.iter().map(|w| w.form.clone()).collect(),
            tags,
        });
    }
    examples
}

/// The set of tags of every word seen often enough, leaving out tags it has less than once in fifty.
fn ambiguity(examples: &[Example]) -> Vec<(u64, u32)> {
    let mut counts: BTreeMap<u64, [u32; 17]> = BTreeMap::new();
    for example in examples {
        for (word, &tag) in example.words.iter().zip(&example.tags) {
            counts.entry(word_key(word)).or_default()[tag as usize] += 1;
        }
    }
    let frequent = counts
        .into_iter()
        .filter(|(_, c)| c.iter().sum::<u32>() >= AMBIGUITY_COUNT_MIN);
    let set = |counts: &[u32; 17]| {
        let total: u32 = counts.iter().sum();
        counts
            .iter()
            .enumerate()
            .fold(0, |set, (tag, &n)| set | u32::from(n * 50 > total) << tag)
    };
    frequent.map(|(key, counts)| (key, set(&counts))).collect()
}

fn learn(examples: &[Example], contexts: &[Context], passes: usize) -> Learner {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for (example, context) in examples.iter().zip(contexts) {
        for i in 0..example.words.len() {
            for feature in context.features(i, &example.tags) {
                *counts.entry(feature).or_default() += 1;
            }
        }
    }
    let kept = counts
        .into_iter()
        .filter(|&(_, n)| n >= FEATURE_COUNT_MIN)
        .map(|(feature, _)| feature);
    let index: BTreeMap<u32, usize> = kept.enumerate().map(|(row, feature)| (feature, row)).collect();
    let fast: HashMap<u32, usize> = index.iter().map(|(&f, &row)| (f, row)).collect();
    let rows = index.len();
    let mut learner = Learner {
        index,
        weights: vec![[0.0; 17]; rows],
        sums: vec![[0.0; 17]; rows],
        stamps: vec![[0; 17]; rows],
        now: 0,
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut dice = Dice::new();
    for pass in 0..passes {
        dice.shuffle(&mut order);
        let (mut right, mut all) = (0usize, 0usize);
        for &e in &order {
            let (example, context) = (&examples[e], &contexts[e]);
            let mut guessed = Vec::with_capacity(example.words.len());
            for (i, &gold) in example.tags.iter().enumerate() {
                let features = context.features(i, &guessed);
                let rows: Vec<usize> = features.iter().filter_map(|f| fast.get(f).copied()).collect();
                let guess = best(&learner.weights, &rows);
                learner.now += 1;
                if guess != gold as usize {
                    for &row in &rows {
                        learner.add(row, gold as usize, 1.0);
                        learner.add(row, guess, -1.0);
                    }
                }
                right += usize::from(guess == gold as usize);
                all += 1;
                guessed.push(Tag::ALL[guess]);
            }
        }
        println!(
            "tagger, pass {}: {:.4} of the training words",
            pass + 1,
            right as f64 / all as f64
        );
    }
    learner
}

fn best(weights: &[[f32; 17]], rows: &[usize]) -> usize {
    let mut sums = [0f32; 17];
    for &row in rows {
        for (sum, weight) in sums.iter_mut().zip(&weights[row]) {
            *sum += weight;
        }
    }
    (1..17).fold(0, |best, tag| if sums[tag] > sums[best] { tag } else { best })
}

/// Averaged weights as whole numbers, sorted by feature; features without weight are left out.
fn quantised(learner: &Learner) -> Vec<(u32, [i16; 17])> {
    let averaged: Vec<(u32, [f32; 17])> = learner
        .index
        .iter()
        .map(|(&feature, &row)| (feature, learner.averaged(row)))
        .collect();
    // no weight may be cut off at the top: the largest decide most
    let top = averaged
        .iter()
        .flat_map(|(_, w)| w)
        .fold(0f32, |top, w| top.max(w.abs()));
    let scale = top / f32::from(WEIGHT_MAX);
    let whole = |w: f32| {
        let whole = (w / scale).round() as i16;
        if whole.abs() < WEIGHT_MIN { 0 } else { whole }
    };
    let rows = averaged
        .into_iter()
        .map(|(feature, weights)| (feature, weights.map(whole)));
    rows.filter(|(_, weights)| weights.iter().any(|w| *w != 0))
        .collect()
}

fn accuracy(trees: &[Tree], model: &TagModel, vectors: &WordVectors) -> f64 {
    let (mut right, mut all) = (0usize, 0usize);
    for tree in trees {
        let words: Vec<&str> = tree.words.iter().map(|w| w.form.as_str()).collect();
        let guessed = tags(&words, model, Some(vectors));
        right += tree
            .words
            .iter()
            .zip(guessed)
            .filter(|(word, tag)| word.tag == *tag)
            .count();
        all += tree.words.len();
    }
    right as f64 / all as f64
}
