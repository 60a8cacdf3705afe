//! The parser: network and transitions learned together, with a dynamic oracle (Goldberg and Nivre 2013) that
//! follows the parser's own mistakes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use language::parser::{
    Action, FACT_ROWS, Layer, POSITIONS, ParseModel, Sizes, State, TABLE_ROWS, TABLES, Table, VECTOR_REACH,
    WORD_UNKNOWN, WORDS_RESERVED, Weights, inputs, tree,
};
use language::tagger::{TagModel, tags, word_key};
use language::vectors::{VECTOR_LENGTH, VECTOR_WIDTH, WordVectors};
use language::{Relation, Tag};

use super::net::{Dense, Parameters, add_scaled};
use super::{Dice, tagger, training_trees};
use crate::conllu::{self, Tree};

/// Widths of the tables of words, endings (3, 2), beginnings, shapes and tags.
const TABLE_WIDTHS: [usize; TABLES] = [64, 32, 16, 16, 16, 32];
/// Width of a word inside the network. Wider is better and slower by its square.
const WIDTH: usize = 96;
/// Layers that look at two other words, and how far to either side these are.
const REACHES: [usize; 3] = [1, 2, 3];
/// Words of zeros on either side of a sentence: the farthest reach.
const MARGIN: usize = 3;
/// Width of what enters the network of a word.
const INPUT: usize = 64 + 32 + 16 + 16 + 16 + 32 + VECTOR_WIDTH;
/// Width of the layer before the output.
const HIDDEN: usize = 96;

/// Words seen less often share the row of unknown words.
const WORD_COUNT_MIN: usize = 2;
/// Passes over the treebanks.
const PASSES: usize = 16;
/// Sentences between two steps of the optimiser.
const BATCH: usize = 8;
/// Steps between two steps of averaging.
const AVERAGE_EVERY: usize = 8;
/// The size of a step at the start; it falls in a straight line to a twentieth.
const RATE: f32 = 0.001_5;
/// A word seen n times is hidden with the chance this / (this + n), so that unknown words are learned too.
const HIDE_WORD: f32 = 0.25;
/// Share of the values between layers that are set to zero while learning.
const DROP: f32 = 0.2;
/// Share of the steps at which the parser follows its own choice, from the second pass on.
const FOLLOW: f32 = 0.9;

struct Example {
    rows: Vec<[u32; TABLES]>,
    /// zeros for words without one
    vectors: Vec<[f32; VECTOR_WIDTH]>,
    heads: Vec<usize>,
    relations: Vec<Relation>,
}

struct Network {
    tables: Vec<Parameters>,
    input: Dense,
    convolutions: Vec<Dense>,
    positions: Vec<Dense>,
    empty: Parameters,
    facts: Parameters,
    output: Dense,
}

/// Trains and writes `models/en/parser.bin`.
pub(crate) fn train(shared: &Path) -> Result<()> {
    let trees = training_trees(shared)?;
    let vectors = super::word_vectors()?;
    let tags = tagger::unseen_tags(&trees, &vectors);
    let counts = word_counts(&trees);
    let vocabulary: Vec<u64> = counts
        .iter()
        .filter(|(_, n)| **n >= WORD_COUNT_MIN)
        .map(|(&key, _)| key)
        .collect();
    let rows: BTreeMap<u64, u32> = vocabulary.iter().copied().zip(WORDS_RESERVED..).collect();
    let examples: Vec<Example> = trees
        .iter()
        .zip(&tags)
        .map(|(tree, tags)| example(tree, tags, &vectors, &rows))
        .collect();
    let mut row_counts = vec![0usize; vocabulary.len() + WORDS_RESERVED as usize];
    for (key, row) in &rows {
        row_counts[*row as usize] = counts[key];
    }
    let dev = development(shared, &vectors)?;
    let mut dice = Dice::new();
    let mut network = Network::new(row_counts.len(), &mut dice);
    let file = crate::root().join("models/en/parser.bin");
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let updates = PASSES * examples.len().div_ceil(BATCH);
    let mut update = 0;
    for pass in 0..PASSES {
        dice.shuffle(&mut order);
        let mut loss = 0.0;
        for batch in order.chunks(BATCH) {
            for &i in batch {
                loss += f64::from(network.learn(&examples[i], &row_counts, pass > 0, &mut dice));
            }
            let rate = RATE * (1.0 - 0.95 * update as f32 / updates as f32);
            update += 1;
            for parameters in network.each() {
                parameters.step(rate);
                if update % AVERAGE_EVERY == 0 {
                    parameters.average();
                }
            }
        }
        let bytes = network.encode(&vocabulary);
        fs::write(&file, &bytes)?;
        let model = ParseModel::decode(&bytes).expect("a model just encoded decodes");
        print!(
            "parser, pass {}: loss {:.4}",
            pass + 1,
            loss / examples.len() as f64
        );
        for (set, trees) in &dev {
            let (uas, las) = accuracy(trees, &model, &vectors);
            print!("; {set} UAS {uas:.4} LAS {las:.4}");
        }
        println!("; {} bytes", bytes.len());
    }
    Ok(())
}

/// The trees to look at while learning, with tags as the finished tagger guesses them.
type Development = Vec<(&'static str, Vec<(Tree, Vec<Tag>)>)>;

fn development(shared: &Path, vectors: &WordVectors) -> Result<Development> {
    let bytes = fs::read(crate::root().join("models/en/tagger.bin"))?;
    let tagger = TagModel::decode(&bytes).context("train the tagger first")?;
    let mut sets = Vec::new();
    for set in ["en_ewt-dev", "en_gum-dev"] {
        let trees = conllu::read(&shared.join(format!("gold/ud-english/{set}.conllu.gz")))?;
        let tagged = trees.into_iter().map(|tree| {
            let words: Vec<&str> = tree.words.iter().map(|w| w.form.as_str()).collect();
            let tags = tags(&words, &tagger, Some(vectors));
            (tree, tags)
        });
        sets.push((set, tagged.collect()));
    }
    Ok(sets)
}

fn word_counts(trees: &[Tree]) -> BTreeMap<u64, usize> {
    let mut counts = BTreeMap::new();
    for word in trees.iter().flat_map(|t| &t.words) {
        *counts.entry(word_key(&word.form)).or_default() += 1;
    }
    counts
}

fn example(tree: &Tree, tags: &[Tag], vectors: &WordVectors, rows: &BTreeMap<u64, u32>) -> Example {
    let words: Vec<&str> = tree.words.iter().map(|w| w.form.as_str()).collect();
    let root = words.len();
    let inputs = inputs(&words, tags, Some(vectors), |key| {
        rows.get(&key).copied().unwrap_or(WORD_UNKNOWN)
    });
    let scale = VECTOR_REACH as f32 / VECTOR_LENGTH as f32;
    let real = |vector: Option<&[i8; VECTOR_WIDTH]>| {
        vector.map_or([0.0; VECTOR_WIDTH], |vector| vector.map(|x| f32::from(x) * scale))
    };
    Example {
        rows: inputs.iter().map(|input| input.rows).collect(),
        vectors: inputs.iter().map(|input| real(input.vector)).collect(),
        heads: tree.words.iter().map(|w| w.head.unwrap_or(root)).collect(),
        relations: tree.words.iter().map(|w| w.relation).collect(),
    }
}

/// What the forward pass leaves for the backward pass.
struct Trace {
    rows: Vec<[u32; TABLES]>,
    /// input of the input layer, after dropping
    entries: Vec<Vec<f32>>,
    /// values after each layer, with words of zeros on either side
    values: Vec<Vec<f32>>,
    /// what each convolution added, before the sum
    added: Vec<Vec<f32>>,
    /// 0 or the scale that makes up for dropping, over the last values
    kept: Vec<f32>,
}

impl Network {
    fn new(words: usize, dice: &mut Dice) -> Network {
        let rows = |table: usize| {
            if table == 0 {
                words
            } else {
                TABLE_ROWS[table - 1] as usize
            }
        };
        // entries of about the size the layers expect
        let reach = 0.35;
        Network {
            tables: (0..TABLES)
                .map(|t| Parameters::new(rows(t), TABLE_WIDTHS[t], reach, dice))
                .collect(),
            input: Dense::new(INPUT, WIDTH, dice),
            convolutions: REACHES.map(|_| Dense::new(3 * WIDTH, WIDTH, dice)).into(),
            positions: (0..POSITIONS).map(|_| Dense::new(WIDTH, HIDDEN, dice)).collect(),
            empty: Parameters::new(POSITIONS, HIDDEN, 0.01, dice),
            facts: Parameters::new(FACT_ROWS, HIDDEN, 0.01, dice),
            output: Dense::new(HIDDEN, Action::COUNT, dice),
        }
    }

    fn each(&mut self) -> Vec<&mut Parameters> {
        let dense = std::iter::once(&mut self.input)
            .chain(&mut self.convolutions)
            .chain(&mut self.positions);
        let dense = dense
            .chain(std::iter::once(&mut self.output))
            .flat_map(Dense::each);
        self.tables
            .iter_mut()
            .chain(dense)
            .chain([&mut self.empty, &mut self.facts])
            .collect()
    }

    fn read(&self, example: &Example, row_counts: &[usize], dice: &mut Dice) -> Trace {
        let words = example.rows.len();
        let mut rows = example.rows.clone();
        for row in &mut rows {
            let count = row_counts[row[0] as usize];
            if row[0] >= WORDS_RESERVED && dice.chance(HIDE_WORD / (HIDE_WORD + count as f32)) {
                row[0] = WORD_UNKNOWN;
            }
        }
        let mut values = vec![0f32; (words + 2 * MARGIN) * WIDTH];
        let mut entries = Vec::with_capacity(words);
        for (i, (row, vector)) in rows.iter().zip(&example.vectors).enumerate() {
            let mut entry: Vec<f32> = Vec::with_capacity(INPUT);
            for (table, &row) in self.tables.iter().zip(row) {
                entry.extend_from_slice(table.row(row as usize));
            }
            entry.extend_from_slice(vector);
            drop_some(&mut entry, DROP / 2.0, dice);
            let out = &mut values[(MARGIN + i) * WIDTH..(MARGIN + i + 1) * WIDTH];
            self.input.forward(&entry, out);
            rectify(out);
            entries.push(entry);
        }
        let mut all_values = vec![values];
        let mut all_added = Vec::new();
        for (layer, reach) in self.convolutions.iter().zip(REACHES) {
            let before = all_values.last().expect("the input layer is there");
            let mut added = vec![0f32; words * WIDTH];
            let mut after = before.clone();
            let mut window = [0f32; 3 * WIDTH];
            for i in 0..words {
                let out = &mut added[i * WIDTH..(i + 1) * WIDTH];
                look(before, MARGIN + i, reach, &mut window);
                layer.forward(&window, out);
                rectify(out);
                let at = (MARGIN + i) * WIDTH;
                add_scaled(&mut after[at..at + WIDTH], out, 1.0);
            }
            all_added.push(added);
            all_values.push(after);
        }
        let mut kept = vec![1f32; words * WIDTH];
        drop_some(&mut kept, DROP, dice);
        Trace {
            rows,
            entries,
            values: all_values,
            added: all_added,
            kept,
        }
    }

    /// Learns from one sentence: gradients are added, nothing is changed yet. Gives the loss per step.
    fn learn(&mut self, example: &Example, row_counts: &[usize], follow: bool, dice: &mut Dice) -> f32 {
        let words = example.rows.len();
        let trace = self.read(example, row_counts, dice);
        let last = &trace.values[REACHES.len()][MARGIN * WIDTH..(MARGIN + words) * WIDTH];
        let seen: Vec<f32> = last.iter().zip(&trace.kept).map(|(v, k)| v * k).collect();
        let mut parts = vec![0f32; words * POSITIONS * HIDDEN];
        for (i, chunk) in parts.chunks_exact_mut(POSITIONS * HIDDEN).enumerate() {
            for (layer, part) in self.positions.iter().zip(chunk.chunks_exact_mut(HIDDEN)) {
                layer.forward(&seen[i * WIDTH..(i + 1) * WIDTH], part);
            }
        }
        let mut d_parts = vec![0f32; parts.len()];
        let mut used = vec![false; words * POSITIONS];
        let mut state = State::new(words - 1);
        let (mut loss, mut steps) = (0f32, 0usize);
        while !state.is_done() {
            let positions = state.positions();
            let mut hidden = vec![0f32; HIDDEN];
            for (position, word) in positions.iter().enumerate() {
                match word {
                    Some(word) => {
                        let start = (word * POSITIONS + position) * HIDDEN;
                        add_scaled(&mut hidden, &parts[start..start + HIDDEN], 1.0);
                    }
                    None => add_scaled(&mut hidden, self.empty.row(position), 1.0),
                }
            }
            let facts = state.facts();
            for fact in facts {
                add_scaled(&mut hidden, self.facts.row(fact), 1.0);
            }
            rectify(&mut hidden);
            let mut scores = vec![0f32; Action::COUNT];
            self.output.forward(&hidden, &mut scores);
            let good = good_actions(&state, example);
            let (step_loss, d_scores, best, best_good) = softmax_loss(&scores, &state, &good);
            loss += step_loss;
            steps += 1;
            let mut d_hidden = vec![0f32; HIDDEN];
            self.output.backward(&hidden, &d_scores, &mut d_hidden);
            for (d, h) in d_hidden.iter_mut().zip(&hidden) {
                *d = if *h > 0.0 { *d } else { 0.0 };
            }
            for (position, word) in positions.iter().enumerate() {
                match word {
                    Some(word) => {
                        used[word * POSITIONS + position] = true;
                        let start = (word * POSITIONS + position) * HIDDEN;
                        add_scaled(&mut d_parts[start..start + HIDDEN], &d_hidden, 1.0);
                    }
                    None => add_scaled(self.empty.gradient(position), &d_hidden, 1.0),
                }
            }
            for fact in facts {
                add_scaled(self.facts.gradient(fact), &d_hidden, 1.0);
            }
            state.apply(Action::at(if follow && dice.chance(FOLLOW) {
                best
            } else {
                best_good
            }));
        }
        self.learn_reading(&trace, &seen, &d_parts, &used);
        loss / steps.max(1) as f32
    }

    /// The backward pass through everything below the positions.
    fn learn_reading(&mut self, trace: &Trace, seen: &[f32], d_parts: &[f32], used: &[bool]) {
        let words = trace.rows.len();
        let mut d_seen = vec![0f32; words * WIDTH];
        for (slot, _) in used.iter().enumerate().filter(|(_, used)| **used) {
            let (word, position) = (slot / POSITIONS, slot % POSITIONS);
            self.positions[position].backward(
                &seen[word * WIDTH..(word + 1) * WIDTH],
                &d_parts[slot * HIDDEN..(slot + 1) * HIDDEN],
                &mut d_seen[word * WIDTH..(word + 1) * WIDTH],
            );
        }
        let mut d_values = vec![0f32; (words + 2 * MARGIN) * WIDTH];
        for ((d, from), kept) in d_values[MARGIN * WIDTH..]
            .iter_mut()
            .zip(&d_seen)
            .zip(&trace.kept)
        {
            *d = from * kept;
        }
        for ((layer, reach), (before, added)) in self
            .convolutions
            .iter_mut()
            .zip(REACHES)
            .zip(trace.values.iter().zip(&trace.added))
            .rev()
        {
            let mut d_before = d_values.clone();
            let mut window = [0f32; 3 * WIDTH];
            for i in 0..words {
                let d_out: Vec<f32> = d_values[(MARGIN + i) * WIDTH..(MARGIN + i + 1) * WIDTH]
                    .iter()
                    .zip(&added[i * WIDTH..])
                    .map(|(d, a)| if *a > 0.0 { *d } else { 0.0 })
                    .collect();
                look(before, MARGIN + i, reach, &mut window);
                let mut d_window = [0f32; 3 * WIDTH];
                layer.backward(&window, &d_out, &mut d_window);
                for (part, word) in d_window.chunks_exact(WIDTH).zip(seen_words(MARGIN + i, reach)) {
                    add_scaled(&mut d_before[word * WIDTH..(word + 1) * WIDTH], part, 1.0);
                }
            }
            d_values = d_before;
        }
        for (i, (entry, rows)) in trace.entries.iter().zip(&trace.rows).enumerate() {
            let place = (MARGIN + i) * WIDTH..(MARGIN + i + 1) * WIDTH;
            let d_out: Vec<f32> = d_values[place.clone()]
                .iter()
                .zip(&trace.values[0][place])
                .map(|(d, v)| if *v > 0.0 { *d } else { 0.0 })
                .collect();
            let mut d_entry = vec![0f32; entry.len()];
            self.input.backward(entry, &d_out, &mut d_entry);
            let mut at = 0;
            for (table, &row) in self.tables.iter_mut().zip(rows) {
                let width = table.width;
                // entries that were dropped had no part in it
                let part = entry[at..at + width].iter().zip(&d_entry[at..at + width]);
                for (gradient, (e, d)) in table.gradient(row as usize).iter_mut().zip(part) {
                    *gradient += if *e == 0.0 { 0.0 } else { *d };
                }
                at += width;
            }
        }
    }

    fn encode(&self, vocabulary: &[u64]) -> Vec<u8> {
        let sizes = Sizes {
            tables: TABLE_WIDTHS,
            width: WIDTH,
            reaches: REACHES.into(),
            hidden: HIDDEN,
        };
        let table = |t: &Parameters| Table::new(t.averaged(), t.width);
        let dense = std::iter::once(&self.input)
            .chain(&self.convolutions)
            .chain(&self.positions);
        let weights = Weights {
            tables: self.tables.iter().map(table).collect(),
            layers: dense.chain(std::iter::once(&self.output)).map(layer).collect(),
            empty: self.empty.averaged().to_vec(),
            facts: self.facts.averaged().to_vec(),
        };
        ParseModel::encode(&sizes, vocabulary, &weights)
    }
}

/// The words that a layer of this reach sees around a word.
fn seen_words(word: usize, reach: usize) -> [usize; 3] {
    [word - reach, word, word + reach]
}

/// The values of the words that a layer sees, side by side.
fn look(values: &[f32], word: usize, reach: usize, window: &mut [f32]) {
    for (part, word) in window.chunks_exact_mut(WIDTH).zip(seen_words(word, reach)) {
        part.copy_from_slice(&values[word * WIDTH..(word + 1) * WIDTH]);
    }
}

/// A layer as it is read: one row per output.
fn layer(dense: &Dense) -> Layer {
    let (weights, outputs) = (dense.weights.averaged(), dense.weights.width);
    let inputs = weights.len() / outputs;
    let turned: Vec<f32> = (0..outputs)
        .flat_map(|o| (0..inputs).map(move |i| weights[i * outputs + o]))
        .collect();
    Layer::new(&turned, dense.bias.averaged())
}

fn rectify(values: &mut [f32]) {
    for value in values {
        *value = value.max(0.0);
    }
}

/// Sets a share of the values to zero and scales the others up to make good for it.
fn drop_some(values: &mut [f32], share: f32, dice: &mut Dice) {
    let scale = 1.0 / (1.0 - share);
    for value in values {
        *value = if dice.chance(share) { 0.0 } else { *value * scale };
    }
}

/// The actions that lose the fewest arcs of the tree that can still be reached.
fn good_actions(state: &State, example: &Example) -> Vec<Action> {
    let heads = &example.heads;
    let root = state.root();
    let (stack, next) = (state.stack(), state.next());
    let top = stack.last().copied();
    let below = &stack[..stack.len().saturating_sub(1)];
    let mut costs: Vec<(usize, Action)> = Vec::with_capacity(3);
    if let Some(top) = top {
        let dependents_ahead = (next..root).filter(|&d| heads[d] == top).count();
        let relation = example.relations[top];
        // a wrong arc gets a relation all the same; the root's belongs to the root alone
        let label = if relation == Relation::Root {
            Relation::Dep
        } else {
            relation
        };
        let left = Action::Left(if next == root { Relation::Root } else { label });
        if state.allows(left) {
            let lost = below.last() == Some(&heads[top]) || heads[top] > next;
            costs.push((usize::from(lost) + dependents_ahead, left));
        }
        let right = Action::Right(label);
        if state.allows(right) {
            costs.push((usize::from(heads[top] >= next) + dependents_ahead, right));
        }
    }
    if state.allows(Action::Shift) {
        let head_lost = below.contains(&heads[next]);
        let dependents_lost = stack.iter().filter(|&&d| heads[d] == next).count();
        costs.push((usize::from(head_lost) + dependents_lost, Action::Shift));
    }
    let least = costs.iter().map(|(cost, _)| *cost).min().unwrap_or(0);
    costs
        .into_iter()
        .filter(|(cost, _)| *cost == least)
        .map(|(_, action)| action)
        .collect()
}

/// The loss of not choosing a good action, its gradient, the best allowed action and the best good one.
fn softmax_loss(scores: &[f32], state: &State, good: &[Action]) -> (f32, Vec<f32>, usize, usize) {
    let allowed: Vec<bool> = (0..Action::COUNT).map(|i| state.allows(Action::at(i))).collect();
    let best = (0..scores.len())
        .filter(|&i| allowed[i])
        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)));
    let best = best.expect("some action is always allowed");
    let good: Vec<usize> = good.iter().map(|a| a.index()).collect();
    let best_good = good
        .iter()
        .copied()
        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]))
        .unwrap_or(best);
    let mut shares: Vec<f32> = scores
        .iter()
        .zip(&allowed)
        .map(|(s, &ok)| if ok { (s - scores[best]).exp() } else { 0.0 })
        .collect();
    let sum: f32 = shares.iter().sum();
    for share in &mut shares {
        *share /= sum;
    }
    let good_sum: f32 = good.iter().map(|&i| shares[i]).sum::<f32>().max(1e-9);
    let mut gradient = shares.clone();
    for &i in &good {
        gradient[i] -= shares[i] / good_sum;
    }
    (-good_sum.ln(), gradient, best, best_good)
}

/// Unlabelled and labelled attachment.
fn accuracy(trees: &[(Tree, Vec<Tag>)], model: &ParseModel, vectors: &WordVectors) -> (f64, f64) {
    let (mut heads, mut labels, mut all) = (0usize, 0usize, 0usize);
    for (gold, tags) in trees {
        let words: Vec<&str> = gold.words.iter().map(|w| w.form.as_str()).collect();
        for (word, (head, relation)) in gold.words.iter().zip(tree(&words, tags, model, Some(vectors))) {
            all += 1;
            heads += usize::from(word.head == head);
            labels += usize::from(word.head == head && word.relation == relation);
        }
    }
    (heads as f64 / all as f64, labels as f64 / all as f64)
}
