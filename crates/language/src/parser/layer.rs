//! One layer of the network: small whole numbers multiplied and summed, eight outputs and two inputs at a time.

use fearless_simd::Level;

use crate::packed::{Reader, Writer};

use super::network::{VALUE_BITS, VALUE_MAX};

/// Outputs that are summed together.
pub(super) const LANES: usize = 8;

/// The weights of eight outputs for two inputs: those of the first output, those of the second, and so on.
type Block = [i16; 2 * LANES];

/// One row of weights per output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    inputs: usize,
    outputs: usize,
    shift: u32,
    /// all inputs of the first eight outputs, all inputs of the next; weights of zero behind the last output
    blocks: Vec<Block>,
    /// in units of values
    bias: Vec<[i32; LANES]>,
}

impl Layer {
    /// From real weights, `weights[output * inputs + input]`. Inputs come in pairs: their number is even.
    pub fn new(weights: &[f32], bias: &[f32]) -> Layer {
        let largest = weights.iter().fold(0f32, |max, w| max.max(w.abs()));
        // the finest binary scale at which every weight stays within 11 bits
        let shift = (0..=12)
            .rev()
            .find(|&s| largest * (1u32 << s) as f32 <= 2_047.0)
            .unwrap_or(0);
        let whole = |w: f32| (w * (1u32 << shift) as f32).round().clamp(-2_047.0, 2_047.0) as i16;
        let bias: Vec<i32> = bias
            .iter()
            .map(|b| (b * (1u32 << VALUE_BITS) as f32).round() as i32)
            .collect();
        let inputs = weights.len() / bias.len().max(1);
        Layer::of(inputs, shift, weights.iter().map(|&w| whole(w)), &bias)
    }

    fn of(inputs: usize, shift: u32, weights: impl Iterator<Item = i16>, bias: &[i32]) -> Layer {
        let outputs = bias.len();
        let mut layer = Layer {
            inputs,
            outputs,
            shift,
            blocks: vec![[0; 2 * LANES]; outputs.div_ceil(LANES) * (inputs / 2)],
            bias: vec![[0; LANES]; outputs.div_ceil(LANES)],
        };
        for (output, &bias) in bias.iter().enumerate() {
            layer.bias[output / LANES][output % LANES] = bias;
        }
        for (at, weight) in weights.enumerate() {
            let (block, lane) = layer.place(at / inputs, at % inputs);
            layer.blocks[block][lane] = weight;
        }
        layer
    }

    /// Where the weight of an input for an output stands.
    fn place(&self, output: usize, input: usize) -> (usize, usize) {
        let block = output / LANES * (self.inputs / 2) + input / 2;
        (block, output % LANES * 2 + input % 2)
    }

    /// How many sums there are for a word: the outputs, rounded up to whole [`LANES`].
    pub(super) fn sums(&self) -> usize {
        self.bias.len() * LANES
    }

    /// Sets `sums`, word by word, to the layer's outputs for many words. The inputs of word `w` are parts of equal
    /// length that begin in the [`pairs`] at `starts[…] + w × stride`. Four words at a time, so that each weight
    /// is fetched once for four.
    pub(super) fn set(&self, level: Level, sums: &mut [i32], pairs: &[i32], starts: &[usize], stride: usize) {
        let per_word = self.sums();
        let part = self.inputs / 2 / starts.len().max(1);
        for (group, sums) in sums.chunks_mut(4 * per_word).enumerate() {
            let words = sums.len() / per_word.max(1);
            for (at, bias) in self.bias.iter().enumerate() {
                let row = &self.blocks[at * (self.inputs / 2)..][..self.inputs / 2];
                let mut totals = [[0i32; LANES]; 4];
                for (weights, start) in row.chunks_exact(part).zip(starts) {
                    let word = |w: usize| {
                        // the last group may have fewer words: its last one is done again
                        let start = start + (group * 4 + w.min(words - 1)) * stride;
                        &pairs[start..start + part]
                    };
                    if words == 1 {
                        add_one(level, &mut totals[0], weights, word(0));
                    } else {
                        add_four(level, &mut totals, weights, [word(0), word(1), word(2), word(3)]);
                    }
                }
                for (sums, totals) in sums.chunks_exact_mut(per_word).zip(&totals) {
                    let sums = &mut sums[at * LANES..][..LANES];
                    for ((sum, &total), &bias) in sums.iter_mut().zip(totals).zip(bias) {
                        *sum = (total >> self.shift).wrapping_add(bias);
                    }
                }
            }
        }
    }

    pub(super) fn write(&self, writer: &mut Writer) {
        writer.number(self.inputs as u64);
        writer.number(self.outputs as u64);
        writer.number(u64::from(self.shift));
        for output in 0..self.outputs {
            for input in 0..self.inputs {
                let (block, lane) = self.place(output, input);
                writer.signed(i64::from(self.blocks[block][lane]));
            }
        }
        for &bias in self.bias.as_flattened().iter().take(self.outputs) {
            writer.signed(i64::from(bias));
        }
    }

    pub(super) fn read(reader: &mut Reader, inputs: usize, outputs: usize) -> Option<Layer> {
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
        Some(Layer::of(inputs, shift, weights.into_iter(), &bias))
    }
}

/// Values two by two, the first in the low half.
pub(super) fn pairs(values: &[i16]) -> Vec<i32> {
    let (pairs, _) = values.as_chunks::<2>();
    pairs
        .iter()
        .map(|[low, high]| i32::from(*high) << 16 | i32::from(*low) & 0xffff)
        .collect()
}

/// Below zero is zero; too large is cut off.
#[inline(always)]
pub(super) fn rectified(sum: i32) -> i16 {
    i16::try_from(sum.clamp(0, VALUE_MAX)).unwrap_or(0)
}

/// Adds the products of weights and one word's values. Sums of at most [`VALUE_MAX`] × 2,047 wrap round alike on
/// every machine, and the order of adding does not matter.
#[inline]
fn add_one(level: Level, sums: &mut [i32; LANES], weights: &[Block], word: &[i32]) {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if let Some(avx2) = level.as_avx2() {
        return wide::one(avx2, sums, weights, word);
    }
    let _ = level;
    for (weights, &pair) in weights.iter().zip(word) {
        add_pair(sums, weights, pair);
    }
}

/// [`add_one`] for four words.
#[inline]
fn add_four(level: Level, sums: &mut [[i32; LANES]; 4], weights: &[Block], words: [&[i32]; 4]) {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if let Some(avx2) = level.as_avx2() {
        return wide::four(avx2, sums, weights, words);
    }
    for (sums, word) in sums.iter_mut().zip(words) {
        add_one(level, sums, weights, word);
    }
}

#[inline(always)]
fn add_pair(sums: &mut [i32; LANES], weights: &Block, pair: i32) {
    let (low, high) = (pair << 16 >> 16, pair >> 16);
    for (lane, sum) in sums.iter_mut().enumerate() {
        // sixteen bits each
        let two = i32::from(weights[2 * lane])
            .wrapping_mul(low)
            .wrapping_add(i32::from(weights[2 * lane + 1]).wrapping_mul(high));
        *sum = sum.wrapping_add(two);
    }
}

/// The same with the instruction that multiplies sixteen pairs of numbers at once, where the processor has it.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
mod wide {
    use super::{Block, LANES};
    use fearless_simd::{i16x16, i32x8, kernel, prelude::*};
    #[cfg(target_arch = "x86")]
    use std::arch::x86::{__m256i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_set1_epi32};
    #[cfg(target_arch = "x86_64")]
    use std::arch::x86_64::{__m256i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_set1_epi32};

    kernel!(
        pub(super) fn one(avx2: Avx2, sums: &mut [i32; LANES], weights: &[Block], word: &[i32]) {
            let before: i32x8<_> = (*sums).simd_into(avx2);
            let mut total: __m256i = before.into();
            for (weights, &pair) in weights.iter().zip(word) {
                let weights: i16x16<_> = (*weights).simd_into(avx2);
                let products = _mm256_madd_epi16(weights.into(), _mm256_set1_epi32(pair));
                total = _mm256_add_epi32(total, products);
            }
            let after: i32x8<_> = total.simd_into(avx2);
            *sums = after.into();
        }
    );

    kernel!(
        pub(super) fn four(avx2: Avx2, sums: &mut [[i32; LANES]; 4], weights: &[Block], words: [&[i32]; 4]) {
            let mut totals: [__m256i; 4] = sums.map(|sums| {
                let before: i32x8<_> = sums.simd_into(avx2);
                before.into()
            });
            let [first, second, third, fourth] = words;
            let pairs = first.iter().zip(second).zip(third).zip(fourth);
            for (weights, (((a, b), c), d)) in weights.iter().zip(pairs) {
                let weights: i16x16<_> = (*weights).simd_into(avx2);
                let weights: __m256i = weights.into();
                for (total, pair) in totals.iter_mut().zip([a, b, c, d]) {
                    let products = _mm256_madd_epi16(weights, _mm256_set1_epi32(*pair));
                    *total = _mm256_add_epi32(*total, products);
                }
            }
            for (sums, total) in sums.iter_mut().zip(totals) {
                let after: i32x8<_> = total.simd_into(avx2);
                *sums = after.into();
            }
        }
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_summing_gives_the_products() {
        let mut seed = 1u32;
        let mut next = |limit: i32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            i16::try_from(i32::try_from(seed >> 8).unwrap_or(0) % limit).unwrap_or(0)
        };
        for (inputs, outputs, words) in [(6, 3, 1), (96, 96, 5), (30, 75, 4), (18, 8, 7)] {
            let weights: Vec<i16> = (0..inputs * outputs).map(|_| next(4_094) - 2_047).collect();
            let bias: Vec<i32> = (0..outputs).map(|_| i32::from(next(5_000))).collect();
            let layer = Layer::of(inputs, 3, weights.iter().copied(), &bias);
            // three parts that lie a word apart, as in a convolution
            let values: Vec<i16> = (0..(words + 2) * inputs / 3).map(|_| next(4_097)).collect();
            let stride = inputs / 3;
            let plain: Vec<i32> = (0..words)
                .flat_map(|word| (0..outputs).map(move |output| (word, output)))
                .map(|(word, output)| {
                    let row = &weights[output * inputs..][..inputs];
                    let values = &values[word * stride..][..inputs];
                    let products = row.iter().zip(values).map(|(w, v)| i32::from(*w) * i32::from(*v));
                    (products.sum::<i32>() >> 3) + bias[output]
                })
                .collect();
            for level in [Level::new(), Level::baseline()] {
                let mut sums = vec![0; words * layer.sums()];
                let starts = [0, stride / 2, stride];
                layer.set(level, &mut sums, &pairs(&values), &starts, stride / 2);
                let sums: Vec<i32> = sums
                    .chunks(layer.sums())
                    .flat_map(|word| &word[..outputs])
                    .copied()
                    .collect();
                assert_eq!(sums, plain, "{inputs} inputs, {outputs} outputs, {words} words");
            }
            let mut writer = Writer::default();
            layer.write(&mut writer);
            let bytes = writer.finish();
            assert_eq!(
                Layer::read(&mut Reader::new(&bytes), inputs, outputs),
                Some(layer)
            );
        }
    }
}
