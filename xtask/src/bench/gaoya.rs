//! The peer of `cargo xtask bench copies`, built by it outside the workspace: texts in, one JSON string a line; out
//! come seconds of the processor and how many texts have another that is the same.

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher64V1};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |at: usize| arguments[at].parse::<usize>().unwrap();
    let (bands, rows, words_in_run) = (number(2), number(3), number(4));
    let share: f64 = arguments[5].parse().unwrap();
    let file = std::fs::read_to_string(&arguments[1]).unwrap();
    let texts: Vec<String> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let start = processor();
    let hasher = MinHasher64V1::new(bands * rows);
    let mut index: MinHashIndex<u64, usize> = MinHashIndex::new(bands, rows, share);
    let mut signatures = Vec::with_capacity(texts.len());
    for (number, text) in texts.iter().enumerate() {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let signature = hasher.create_signature(words.windows(words_in_run));
        index.insert(number, signature.clone());
        signatures.push(signature);
    }
    let paired = signatures.iter().filter(|signature| index.query(signature).len() > 1).count();
    println!("{} {paired}", processor() - start);
}

/// Seconds of the processor so far; the system counts hundredths.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}
