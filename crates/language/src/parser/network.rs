//! The network, on whole numbers.
//!
//! ```text
//! rows of six tables and the word's vector, side by side ──► input layer
//!    ──► for each reach r: word + layer(word r before, word, word r after)
//!    ──► per position a layer of its own, summed over the positions, and a row per fact
//!    ──► output layer ──► one score an action
//! ```
//! Values are multiples of 1/256 in 16 bits; weights carry their own binary scale per layer.

use fearless_simd::Level;

use crate::hash::FastMap;
use crate::packed::{Reader, Writer};

use crate::vectors::{VECTOR_LENGTH, VECTOR_WIDTH};

use super::layer::{LANES, Layer, pairs, rectified};
use super::{Action, FACT_ROWS, Input, POSITIONS, State, TABLES};

/// Values are counted in units of 2 to the power of minus this.
pub(super) const VALUE_BITS: u32 = 8;

/// Entries of the tables are counted in units of 2 to the power of minus this.
const TABLE_BITS: u32 = 6;

/// The largest value that passes between layers: 16. Larger ones are cut off, which keeps sums inside 32 bits.
pub(super) const VALUE_MAX: i32 = 16 << VALUE_BITS;

/// How long a word's vector is where it enters, in whole values: its numbers are then about as large as the entries
/// of the tables.
pub const VECTOR_REACH: i32 = 3;

/// The row of words that are not in the vocabulary.
pub const WORD_UNKNOWN: u32 = 0;
/// The row of the root.
pub(super) const WORD_ROOT: u32 = 1;
/// Rows before those of the vocabulary.
pub const WORDS_RESERVED: u32 = 2;

/// The first bytes of the file; the last is the version of the format.
pub(crate) const MAGIC: [u8; 4] = *b"pr\0\x03";

/// How wide the parts of a network are; each a multiple of eight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// The width of each table.
    pub tables: [usize; TABLES],
    /// The width of a word after the input layer.
    pub width: usize,
    /// For each layer that sees two other words, how far to either side they are.
    pub reaches: Vec<usize>,
    /// The width of the layer before the output.
    pub hidden: usize,
}

impl Sizes {
    fn input(&self) -> usize {
        self.tables.iter().sum::<usize>() + VECTOR_WIDTH
    }
}

/// The parts of a network, as learned.
#[derive(Debug)]
pub struct Weights {
    /// One for each of [`TABLES`].
    pub tables: Vec<Table>,
    /// Input, one for each reach, positions, output.
    pub layers: Vec<Layer>,
    /// What an empty position adds, position by position.
    pub empty: Vec<f32>,
    /// What a fact adds, row by row.
    pub facts: Vec<f32>,
}

/// Rows of small numbers, one per word, ending, shape or tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    width: usize,
    entries: Vec<i8>,
}

impl Table {
    /// From real entries, row after row.
    pub fn new(entries: &[f32], width: usize) -> Table {
        let whole = |e: &f32| (e * (1u32 << TABLE_BITS) as f32).round().clamp(-127.0, 127.0) as i8;
        Table {
            width,
            entries: entries.iter().map(whole).collect(),
        }
    }

    fn row(&self, row: u32) -> &[i8] {
        let start = row as usize * self.width;
        self.entries.get(start..start + self.width).unwrap_or(&[])
    }
}

/// The weights of a parser.
#[derive(Debug, PartialEq, Eq)]
pub struct ParseModel {
    sizes: Sizes,
    vocabulary: FastMap<u64, u32>,
    tables: Vec<Table>,
    input: Layer,
    /// one for each reach
    convolutions: Vec<Layer>,
    /// one for each position
    positions: Vec<Layer>,
    /// what an empty position adds, position by position
    empty: Vec<i32>,
    /// what a fact adds, row by row
    facts: Vec<i32>,
    output: Layer,
}

/// A sentence as the network has read it.
#[derive(Debug)]
struct Reading {
    level: Level,
    /// word by word, two by two
    values: Vec<i32>,
    /// where in `added` stands what a word adds at a position, word by word; [`NOT_YET`] if it is not there
    slots: Vec<u32>,
    added: Vec<i32>,
    /// for one step
    sums: Vec<i32>,
    hidden: Vec<i16>,
    scores: Vec<i32>,
}

const NOT_YET: u32 = u32::MAX;

impl ParseModel {
    /// The bytes of a model file. `vocabulary` holds word keys, sorted, in the order of the rows of the first
    /// table after the reserved ones.
    pub fn encode(sizes: &Sizes, vocabulary: &[u64], weights: &Weights) -> Vec<u8> {
        let mut writer = Writer::begin(MAGIC);
        for &width in &sizes.tables {
            writer.number(width as u64);
        }
        writer.number(sizes.width as u64);
        writer.number(sizes.hidden as u64);
        writer.number(sizes.reaches.len() as u64);
        for &reach in &sizes.reaches {
            writer.number(reach as u64);
        }
        writer.number(vocabulary.len() as u64);
        let mut last = 0;
        for &key in vocabulary {
            writer.number(key - last);
            last = key;
        }
        for table in &weights.tables {
            writer.number(table.entries.len() as u64);
            for &entry in &table.entries {
                writer.byte(entry.cast_unsigned());
            }
        }
        for layer in &weights.layers {
            layer.write(&mut writer);
        }
        for value in weights.empty.iter().chain(&weights.facts) {
            writer.signed((value * (1u32 << VALUE_BITS) as f32).round() as i64);
        }
        writer.finish()
    }

    /// Reads a model file; `None` if it is not one.
    pub fn decode(bytes: &[u8]) -> Option<ParseModel> {
        let mut reader = Reader::begin(bytes, MAGIC)?;
        let sizes = sizes(&mut reader)?;
        let mut vocabulary = FastMap::default();
        let mut key = 0u64;
        for row in 0..u32::try_from(reader.number()?).ok()? {
            key = key.checked_add(reader.number()?)?;
            vocabulary.insert(key, row.checked_add(WORDS_RESERVED)?);
        }
        let mut tables = Vec::with_capacity(TABLES);
        for width in sizes.tables {
            let length = usize::try_from(reader.number()?).ok()?;
            let entries = reader
                .bytes(length)?
                .iter()
                .map(|byte| byte.cast_signed())
                .collect();
            tables.push(Table { width, entries });
        }
        let input = Layer::read(&mut reader, sizes.input(), sizes.width)?;
        let mut convolutions = Vec::new();
        for _ in &sizes.reaches {
            convolutions.push(Layer::read(&mut reader, 3 * sizes.width, sizes.width)?);
        }
        let mut positions = Vec::new();
        for _ in 0..POSITIONS {
            positions.push(Layer::read(&mut reader, sizes.width, sizes.hidden)?);
        }
        let output = Layer::read(&mut reader, sizes.hidden, Action::COUNT)?;
        let mut rows = |count: usize| {
            (0..count * sizes.hidden)
                .map(|_| i32::try_from(reader.signed()?).ok())
                .collect::<Option<Vec<i32>>>()
        };
        Some(ParseModel {
            empty: rows(POSITIONS)?,
            facts: rows(FACT_ROWS)?,
            sizes,
            vocabulary,
            tables,
            input,
            convolutions,
            positions,
            output,
        })
    }

    /// The row of a word by its key.
    pub(super) fn word_row(&self, key: u64) -> u32 {
        self.vocabulary.get(&key).copied().unwrap_or(WORD_UNKNOWN)
    }

    /// Reads a sentence and takes every step of its tree, with the widest instructions that the processor has.
    ///
    /// All arithmetic is on whole numbers: whichever instructions do it, the tree is the same.
    pub(super) fn tree(&self, inputs: &[Input], mut state: State) -> State {
        let mut reading = self.read(inputs);
        while !state.is_done() {
            let action = self.best(&mut reading, &state);
            state.apply(action);
        }
        state
    }

    fn read(&self, inputs: &[Input]) -> Reading {
        let level = Level::new();
        let (width, words) = (self.sizes.width, inputs.len());
        let mut sums = vec![0i32; words * width];
        let entries = pairs(&self.entries(inputs));
        self.input
            .set(level, &mut sums, &entries, &[0], self.sizes.input() / 2);
        // words of zeros on either side
        let margin = self.sizes.reaches.iter().copied().max().unwrap_or(0);
        let mut values = vec![0i16; (words + 2 * margin) * width];
        let inner = margin * width..(margin + words) * width;
        for (value, &sum) in values[inner.clone()].iter_mut().zip(&sums) {
            *value = rectified(sum);
        }
        for (layer, reach) in self.convolutions.iter().zip(&self.sizes.reaches) {
            let starts = [margin - reach, margin, margin + reach].map(|word| word * width / 2);
            layer.set(level, &mut sums, &pairs(&values), &starts, width / 2);
            for (value, &sum) in values[inner.clone()].iter_mut().zip(&sums) {
                *value = rectified(i32::from(*value) + i32::from(rectified(sum)));
            }
        }
        let hidden = self.sizes.hidden;
        let mut reading = Reading {
            level,
            slots: vec![NOT_YET; words * POSITIONS],
            added: Vec::with_capacity(words * hidden * (State::USUAL.len() + 3)),
            values: pairs(&values[inner]),
            sums: vec![0; hidden],
            hidden: vec![0; hidden],
            scores: vec![0; self.output.sums()],
        };
        for position in State::USUAL {
            let start = reading.added.len();
            reading.added.resize(start + words * hidden, 0);
            let added = &mut reading.added[start..];
            self.positions[position].set(level, added, &reading.values, &[0], width / 2);
            for (word, slots) in reading.slots.chunks_exact_mut(POSITIONS).enumerate() {
                slots[position] = u32::try_from(start + word * hidden).unwrap_or(NOT_YET);
            }
        }
        reading
    }

    /// The inputs of the input layer, word by word.
    fn entries(&self, inputs: &[Input]) -> Vec<i16> {
        /// From units of vectors to units of values.
        const VECTOR_SCALE: i16 = ((VECTOR_REACH << VALUE_BITS) / VECTOR_LENGTH) as i16;
        let mut entries = vec![0i16; inputs.len() * self.sizes.input()];
        for (input, row) in inputs.iter().zip(entries.chunks_exact_mut(self.sizes.input())) {
            let mut at = 0;
            for (table, &index) in self.tables.iter().zip(&input.rows) {
                for (value, &entry) in row[at..].iter_mut().zip(table.row(index)) {
                    *value = i16::from(entry) << (VALUE_BITS - TABLE_BITS);
                }
                at += table.width;
            }
            for (value, &entry) in row[at..].iter_mut().zip(input.vector.into_iter().flatten()) {
                *value = i16::from(entry) * VECTOR_SCALE;
            }
        }
        entries
    }

    /// The allowed action with the highest score; the first of equals.
    fn best(&self, reading: &mut Reading, state: &State) -> Action {
        let (width, hidden) = (self.sizes.width, self.sizes.hidden);
        reading.sums.fill(0);
        for (position, word) in state.positions().into_iter().enumerate() {
            let part = match word {
                Some(word) => {
                    let slot = word * POSITIONS + position;
                    if reading.slots[slot] == NOT_YET {
                        let start = reading.added.len();
                        reading.added.resize(start + hidden, 0);
                        let values = &reading.values[word * width / 2..][..width / 2];
                        let added = &mut reading.added[start..];
                        self.positions[position].set(reading.level, added, values, &[0], 0);
                        reading.slots[slot] = u32::try_from(start).unwrap_or(NOT_YET);
                    }
                    let start = reading.slots[slot] as usize;
                    &reading.added[start..start + hidden]
                }
                None => &self.empty[position * hidden..(position + 1) * hidden],
            };
            add(&mut reading.sums, part);
        }
        for fact in state.facts() {
            add(&mut reading.sums, &self.facts[fact * hidden..(fact + 1) * hidden]);
        }
        for (value, &sum) in reading.hidden.iter_mut().zip(&reading.sums) {
            *value = rectified(sum);
        }
        let values = pairs(&reading.hidden);
        self.output
            .set(reading.level, &mut reading.scores, &values, &[0], 0);
        let mut best = (i32::MIN, 0);
        for range in state.allowed_ranges() {
            for index in range {
                if reading.scores[index] > best.0 {
                    best = (reading.scores[index], index);
                }
            }
        }
        Action::at(best.1)
    }
}

#[inline(always)]
fn add(sums: &mut [i32], part: &[i32]) {
    for (sum, &value) in sums.iter_mut().zip(part) {
        *sum = sum.wrapping_add(value);
    }
}

fn sizes(reader: &mut Reader) -> Option<Sizes> {
    /// No part of a network is wider, none has more layers or reaches farther: a broken file must not ask for the
    /// whole memory.
    const WIDTH_MAX: u64 = 4_096;
    const REACH_MAX: u64 = 16;
    let mut width = || {
        reader
            .number()
            .filter(|&n| n > 0 && n <= WIDTH_MAX)
            .and_then(|n| usize::try_from(n).ok())
            .filter(|n| n % LANES == 0)
    };
    let mut tables = [0; TABLES];
    for table in &mut tables {
        *table = width()?;
    }
    let (width, hidden) = (width()?, width()?);
    let mut reach = || {
        reader
            .number()
            .filter(|&n| n > 0 && n <= REACH_MAX)
            .and_then(|n| usize::try_from(n).ok())
    };
    let mut reaches = Vec::new();
    for _ in 0..reach()? {
        reaches.push(reach()?);
    }
    Some(Sizes {
        tables,
        width,
        reaches,
        hidden,
    })
}
