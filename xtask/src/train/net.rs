//! Just enough of a neural-network library: layers and tables with their gradients, and Adam (Kingma and Ba 2015).
//!
//! Every sum is written out in a fixed order, so that the same data give the same weights, bit by bit.

use super::Dice;

/// How fast the running means of Adam forget: the usual values.
const MEAN_KEEP: f32 = 0.9;
const SQUARE_KEEP: f32 = 0.98;

/// Keeps the first steps finite.
const SQUARE_FLOOR: f32 = 1e-8;

/// How much of the running average of the weights is kept at each step of averaging; see [`Parameters::average`].
const AVERAGE_KEEP: f32 = 0.98;

/// Outputs worked on at a time.
const BLOCK: usize = 32;

/// Numbers to be learned, in rows that are updated only when something in them changed.
pub(super) struct Parameters {
    pub(super) values: Vec<f32>,
    pub(super) width: usize,
    gradient: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
    averaged: Vec<f32>,
    steps: Vec<i32>,
    touched: Vec<bool>,
    touched_rows: Vec<usize>,
}

impl Parameters {
    /// Random numbers from −`reach` to `reach`.
    pub(super) fn new(rows: usize, width: usize, reach: f32, dice: &mut Dice) -> Parameters {
        let values: Vec<f32> = (0..rows * width).map(|_| dice.real() * reach).collect();
        Parameters {
            averaged: values.clone(),
            gradient: vec![0.0; values.len()],
            mean: vec![0.0; values.len()],
            square: vec![0.0; values.len()],
            steps: vec![0; rows],
            touched: vec![false; rows],
            touched_rows: Vec::new(),
            width,
            values,
        }
    }

    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.width..(row + 1) * self.width]
    }

    /// The gradient of a row, to be added to.
    pub(super) fn gradient(&mut self, row: usize) -> &mut [f32] {
        if !self.touched[row] {
            self.touched[row] = true;
            self.touched_rows.push(row);
        }
        &mut self.gradient[row * self.width..(row + 1) * self.width]
    }

    /// One step of Adam over the rows that have a gradient; then the gradient is zero again.
    pub(super) fn step(&mut self, rate: f32) {
        for row in std::mem::take(&mut self.touched_rows) {
            self.touched[row] = false;
            self.steps[row] += 1;
            let mean_scale = 1.0 / (1.0 - MEAN_KEEP.powi(self.steps[row]));
            let square_scale = 1.0 / (1.0 - SQUARE_KEEP.powi(self.steps[row]));
            for i in row * self.width..(row + 1) * self.width {
                let gradient = std::mem::take(&mut self.gradient[i]);
                self.mean[i] = MEAN_KEEP * self.mean[i] + (1.0 - MEAN_KEEP) * gradient;
                self.square[i] = SQUARE_KEEP * self.square[i] + (1.0 - SQUARE_KEEP) * gradient * gradient;
                let size = (self.square[i] * square_scale).sqrt() + SQUARE_FLOOR;
                self.values[i] -= rate * self.mean[i] * mean_scale / size;
            }
        }
    }

    /// Moves the running average towards the present values.
    pub(super) fn average(&mut self) {
        for (averaged, value) in self.averaged.iter_mut().zip(&self.values) {
            *averaged = AVERAGE_KEEP * *averaged + (1.0 - AVERAGE_KEEP) * value;
        }
    }

    pub(super) fn averaged(&self) -> &[f32] {
        &self.averaged
    }
}

/// A layer: one row of weights per input, and a bias.
pub(super) struct Dense {
    pub(super) weights: Parameters,
    pub(super) bias: Parameters,
}

impl Dense {
    pub(super) fn new(inputs: usize, outputs: usize, dice: &mut Dice) -> Dense {
        // Glorot and Bengio 2010
        let reach = (6.0 / (inputs + outputs) as f32).sqrt();
        Dense {
            weights: Parameters::new(inputs, outputs, reach, dice),
            bias: Parameters::new(1, outputs, 0.0, dice),
        }
    }

    /// Adds the outputs to `out`.
    pub(super) fn forward(&self, input: &[f32], out: &mut [f32]) {
        add_scaled(out, self.bias.row(0), 1.0);
        let active = active(input);
        let width = self.weights.width;
        // a block of outputs at a time, which the processor keeps at hand
        let mut from = 0;
        for block in out.chunks_mut(BLOCK) {
            if let Ok(block) = <&mut [f32; BLOCK]>::try_from(&mut *block) {
                let mut sums = *block;
                for &i in &active {
                    let at = i as usize * width + from;
                    let row: &[f32; BLOCK] = self.weights.values[at..at + BLOCK].try_into().expect("a block");
                    let x = input[i as usize];
                    for (sum, weight) in sums.iter_mut().zip(row) {
                        *sum += weight * x;
                    }
                }
                *block = sums;
            } else {
                for &i in &active {
                    let at = i as usize * width + from;
                    add_scaled(
                        block,
                        &self.weights.values[at..at + block.len()],
                        input[i as usize],
                    );
                }
            }
            from += BLOCK;
        }
    }

    /// From the gradient of the outputs: adds to the weights' gradients, and to that of the inputs that are not
    /// zero. (Zeros are those below the threshold or dropped: no gradient passes there.)
    pub(super) fn backward(&mut self, input: &[f32], d_out: &[f32], d_input: &mut [f32]) {
        add_scaled(self.bias.gradient(0), d_out, 1.0);
        for i in active(input) {
            let i = i as usize;
            d_input[i] += dot(self.weights.row(i), d_out);
            add_scaled(self.weights.gradient(i), d_out, input[i]);
        }
    }

    pub(super) fn each(&mut self) -> [&mut Parameters; 2] {
        [&mut self.weights, &mut self.bias]
    }
}

/// `out += row × factor`
pub(super) fn add_scaled(out: &mut [f32], row: &[f32], factor: f32) {
    for (o, r) in out.iter_mut().zip(row) {
        *o += r * factor;
    }
}

/// The inputs that are not zero.
fn active(input: &[f32]) -> Vec<u32> {
    let numbers = (0u32..).zip(input);
    numbers.filter(|(_, x)| **x != 0.0).map(|(i, _)| i).collect()
}

/// A dot product in sixteen partial sums, which the processor can keep side by side.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 16];
    let (a16, b16) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = a16
        .remainder()
        .iter()
        .zip(b16.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a16.zip(b16) {
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum += x * y;
        }
    }
    sums.iter().sum::<f32>() + rest
}
