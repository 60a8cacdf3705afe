//! The network, on whole numbers.
//!
//! ```text
//! rows of six tables, side by side ──► input layer ──► CONVOLUTIONS × (word + layer(left, word, right))
//!    ──► per position a layer of its own, summed over the positions ──► output layer ──► one score an action
//! ```
//! Values are multiples of 1/256 in 16 bits; weights carry their own binary scale per layer.

use wide::{i16x8, i32x4};

use crate::hash::FastMap;
use crate::packed::{Reader, Writer};

use super::{Action, POSITIONS, State, TABLES};

/// Values are counted in units of 2 to the power of minus this.
const VALUE_BITS: u32 = 8;

/// Entries of the tables are counted in units of 2 to the power of minus this.
const TABLE_BITS: u32 = 6;

/// The largest value that passes between layers: 16. Larger ones are cut off, which keeps sums inside 32 bits.
const VALUE_MAX: i32 = 16 << VALUE_BITS;

/// The row of words that are not in the vocabulary.
pub const WORD_UNKNOWN: u32 = 0;
/// The row of the root.
pub(super) const WORD_ROOT: u32 = 1;
/// Rows before those of the vocabulary.
pub const WORDS_RESERVED: u32 = 2;

/// The first bytes of the file; the last is the version of the format.
const MAGIC: u64 = 0x7072_0001;

/// How wide the parts of a network are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// The width of each table.
    pub tables: [usize; TABLES],
    /// The width of a word after the input layer.
    pub width: usize,
    /// How many layers see a word's neighbours.
    pub convolutions: usize,
    /// The width of the layer before the output.
    pub hidden: usize,
}

impl Sizes {
    fn input(&self) -> usize {
        self.tables.iter().sum()
    }
}

/// One row of weights per output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    inputs: usize,
    shift: u32,
    weights: Vec<i16>,
    /// in units of values
    bias: Vec<i32>,
}

impl Layer {
    /// From real weights, `weights[output * inputs + input]`.
    pub fn new(weights: &[f32], bias: &[f32]) -> Layer {
        let largest = weights.iter().fold(0f32, |max, w| max.max(w.abs()));
        // the finest binary scale at which every weight stays within 11 bits
        let shift = (0..=12)
            .rev()
            .find(|&s| largest * (1u32 << s) as f32 <= 2_047.0)
            .unwrap_or(0);
        let whole = |w: f32| (w * (1u32 << shift) as f32).round().clamp(-2_047.0, 2_047.0) as i16;
        Layer {
            inputs: weights.len() / bias.len().max(1),
            shift,
            weights: weights.iter().map(|&w| whole(w)).collect(),
            bias: bias
                .iter()
                .map(|b| (b * (1u32 << VALUE_BITS) as f32).round() as i32)
                .collect(),
        }
    }

    /// Adds the layer's outputs, in units of values, to `sums`.
    fn add_to(&self, sums: &mut [i32], values: &[i16]) {
        for ((sum, row), bias) in sums
            .iter_mut()
            .zip(self.weights.chunks_exact(self.inputs))
            .zip(&self.bias)
        {
            *sum = sum
                .wrapping_add(dot(row, values) >> self.shift)
                .wrapping_add(*bias);
        }
    }

    fn write(&self, writer: &mut Writer) {
        writer.number(self.inputs as u64);
        writer.number(self.bias.len() as u64);
        writer.number(u64::from(self.shift));
        for &weight in &self.weights {
            writer.signed(i64::from(weight));
        }
        for &bias in &self.bias {
            writer.signed(i64::from(bias));
        }
    }

    fn read(reader: &mut Reader, inputs: usize, outputs: usize) -> Option<Layer> {
        if reader.number()? != inputs as u64 || reader.number()? != outputs as u64 {
            return None;
        }
        let shift = u32::try_from(reader.number()?).ok().filter(|&s| s <= 16)?;
        let mut weights = Vec::with_capacity(inputs * outputs);
        for _ in 0..inputs * outputs {
            weights.push(i16::try_from(reader.signed()?).ok()?);
        }
        let mut bias = Vec::with_capacity(outputs);
        for _ in 0..outputs {
            bias.push(i32::try_from(reader.signed()?).ok()?);
        }
        Some(Layer {
            inputs,
            shift,
            weights,
            bias,
        })
    }
}

/// A dot product, sixteen pairs a step. Sums of at most [`VALUE_MAX`] × 2,047 stay far inside 32 bits, so that
/// the order of adding does not matter and every machine gets the same.
fn dot(row: &[i16], values: &[i16]) -> i32 {
    let (rows, others) = (row.chunks_exact(16), values.chunks_exact(16));
    let rest = rows.remainder().iter().zip(others.remainder());
    let rest = rest.fold(0i32, |sum, (&w, &v)| {
        sum.wrapping_add(i32::from(w).wrapping_mul(i32::from(v)))
    });
    let eight = |half: &[i16]| i16x8::new(half.try_into().expect("halves of sixteen"));
    let (mut low, mut high) = (i32x4::ZERO, i32x4::ZERO);
    for (w, v) in rows.zip(others) {
        low += eight(&w[..8]).dot(eight(&v[..8]));
        high += eight(&w[8..]).dot(eight(&v[8..]));
    }
    (low + high).reduce_add().wrapping_add(rest)
}

/// Below zero is zero; too large is cut off.
fn rectified(sum: i32) -> i16 {
    i16::try_from(sum.clamp(0, VALUE_MAX)).unwrap_or(0)
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
    convolutions: Vec<Layer>,
    /// one for each position
    positions: Vec<Layer>,
    /// what an empty position adds
    empty: Vec<Vec<i32>>,
    output: Layer,
}

/// A sentence as the network has read it: what each word adds at each position.
#[derive(Debug)]
pub(super) struct ReadSentence {
    added: Vec<i32>,
}

impl ParseModel {
    /// The bytes of a model file. `vocabulary` holds word keys, sorted, in the order of the rows of the first
    /// table after the reserved ones; `layers` are input, convolutions, positions, output; `empty` is real.
    pub fn encode(
        sizes: &Sizes,
        vocabulary: &[u64],
        tables: &[Table],
        layers: &[Layer],
        empty: &[f32],
    ) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.number(MAGIC);
        for &width in &sizes.tables {
            writer.number(width as u64);
        }
        for size in [sizes.width, sizes.convolutions, sizes.hidden] {
            writer.number(size as u64);
        }
        writer.number(vocabulary.len() as u64);
        let mut last = 0;
        for &key in vocabulary {
            writer.number(key - last);
            last = key;
        }
        for table in tables {
            writer.number(table.entries.len() as u64);
            for &entry in &table.entries {
                writer.byte(entry.cast_unsigned());
            }
        }
        for layer in layers {
            layer.write(&mut writer);
        }
        for value in empty {
            writer.signed((value * (1u32 << VALUE_BITS) as f32).round() as i64);
        }
        writer.pack()
    }

    /// Reads a model file; `None` if it is not one.
    pub fn decode(bytes: &[u8]) -> Option<ParseModel> {
        /// No part of a network is wider: a broken file must not ask for the whole memory.
        const SIZE_MAX: u64 = 4_096;
        let mut reader = Reader::unpack(bytes)?;
        if reader.number()? != MAGIC {
            return None;
        }
        let mut size = || {
            reader
                .number()
                .filter(|&n| n > 0 && n <= SIZE_MAX)
                .and_then(|n| usize::try_from(n).ok())
        };
        let mut tables = [0; TABLES];
        for width in &mut tables {
            *width = size()?;
        }
        let sizes = Sizes {
            tables,
            width: size()?,
            convolutions: size()?,
            hidden: size()?,
        };
        let mut vocabulary = FastMap::default();
        let mut key = 0u64;
        for row in 0..u32::try_from(reader.number()?).ok()? {
            key = key.checked_add(reader.number()?)?;
            vocabulary.insert(key, row + WORDS_RESERVED);
        }
        let mut read_tables = Vec::with_capacity(TABLES);
        for width in sizes.tables {
            let mut entries = Vec::new();
            for _ in 0..reader.number()? {
                entries.push(reader.byte()?.cast_signed());
            }
            read_tables.push(Table { width, entries });
        }
        let input = Layer::read(&mut reader, sizes.input(), sizes.width)?;
        let mut convolutions = Vec::new();
        for _ in 0..sizes.convolutions {
            convolutions.push(Layer::read(&mut reader, 3 * sizes.width, sizes.width)?);
        }
        let mut positions = Vec::new();
        for _ in 0..POSITIONS {
            positions.push(Layer::read(&mut reader, sizes.width, sizes.hidden)?);
        }
        let output = Layer::read(&mut reader, sizes.hidden, Action::COUNT)?;
        let mut empty = vec![vec![0; sizes.hidden]; POSITIONS];
        for value in empty.iter_mut().flatten() {
            *value = i32::try_from(reader.signed()?).ok()?;
        }
        Some(ParseModel {
            sizes,
            vocabulary,
            tables: read_tables,
            input,
            convolutions,
            positions,
            empty,
            output,
        })
    }

    /// The row of a word by its key.
    pub(super) fn word_row(&self, key: u64) -> u32 {
        self.vocabulary.get(&key).copied().unwrap_or(WORD_UNKNOWN)
    }

    /// Reads a sentence given as rows of the tables.
    pub(super) fn read(&self, inputs: &[[u32; TABLES]]) -> ReadSentence {
        let width = self.sizes.width;
        // one word of zeros on either side
        let mut values = vec![0i16; (inputs.len() + 2) * width];
        let mut row = vec![0i16; self.sizes.input()];
        let mut sums = vec![0i32; width];
        for (i, input) in inputs.iter().enumerate() {
            let mut at = 0;
            for (table, &index) in self.tables.iter().zip(input) {
                for (value, &entry) in row[at..].iter_mut().zip(table.row(index)) {
                    *value = i16::from(entry) << (VALUE_BITS - TABLE_BITS);
                }
                at += table.width;
            }
            sums.fill(0);
            self.input.add_to(&mut sums, &row);
            for (value, &sum) in values[(i + 1) * width..].iter_mut().zip(&sums) {
                *value = rectified(sum);
            }
        }
        let mut before = values.clone();
        for layer in &self.convolutions {
            before.copy_from_slice(&values);
            for i in 0..inputs.len() {
                sums.fill(0);
                layer.add_to(&mut sums, &before[i * width..(i + 3) * width]);
                for (value, &sum) in values[(i + 1) * width..].iter_mut().zip(&sums) {
                    *value = rectified(i32::from(*value) + i32::from(rectified(sum)));
                }
            }
        }
        let hidden = self.sizes.hidden;
        let mut added = vec![0i32; inputs.len() * POSITIONS * hidden];
        for (i, chunk) in added.chunks_exact_mut(POSITIONS * hidden).enumerate() {
            let word = &values[(i + 1) * width..(i + 2) * width];
            for (layer, part) in self.positions.iter().zip(chunk.chunks_exact_mut(hidden)) {
                layer.add_to(part, word);
            }
        }
        ReadSentence { added }
    }

    /// The allowed action with the highest score; the first of equals.
    pub(super) fn best(&self, sentence: &ReadSentence, state: &State) -> Action {
        let hidden = self.sizes.hidden;
        let mut sums = vec![0i32; hidden];
        for (position, word) in state.positions().into_iter().enumerate() {
            let part = match word {
                Some(word) => {
                    let start = (word * POSITIONS + position) * hidden;
                    &sentence.added[start..start + hidden]
                }
                None => &self.empty[position],
            };
            for (sum, &value) in sums.iter_mut().zip(part) {
                *sum = sum.wrapping_add(value);
            }
        }
        let values: Vec<i16> = sums.into_iter().map(rectified).collect();
        let mut best = (i32::MIN, 0);
        for range in state.allowed_ranges() {
            for index in range {
                let row = &self.output.weights[index * hidden..(index + 1) * hidden];
                let score = (dot(row, &values) >> self.output.shift).wrapping_add(self.output.bias[index]);
                if score > best.0 {
                    best = (score, index);
                }
            }
        }
        Action::at(best.1)
    }
}
