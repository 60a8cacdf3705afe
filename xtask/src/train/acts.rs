//! The model of kinds of news (`claims::kinds_of_news`): labelled news of CASE 2021 and the examples of
//! `data/lexicon/en/kinds.toml`, which say in our own words what news of each kind sounds like.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use language::linear::Classifier;
use serde::Deserialize;

use super::softmax::{Plan, Sample, learn};
use crate::score::read_gz;

/// Chosen by cross-validation on the labelled news: a tenth or ten times this lose a point or less.
const PLAN: Plan = Plan {
    ridge: 0.01,
    least: 1,
};

/// A labelled piece of news.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// An id of `data/kinds.tsv`.
    pub(crate) kind: String,
}

/// Trains and writes `models/en/kinds.bin`, and beside it the hashes of the news it was trained on.
pub(crate) fn train(shared: &Path) -> Result<()> {
    let news = labelled(shared)?;
    let model = model(&news.iter().collect::<Vec<_>>())?;
    let folder = crate::root().join("models/en");
    let bytes = model.to_bytes();
    fs::write(folder.join("kinds.bin"), &bytes)?;
    let seen: BTreeSet<u32> = news.iter().map(|piece| hash(&piece.text)).collect();
    let packed: Vec<u8> = seen.iter().flat_map(|hash| hash.to_le_bytes()).collect();
    fs::write(folder.join("kinds-seen.bin"), packed)?;
    println!(
        "kinds.bin: {} bytes from {} labelled pieces and our own",
        bytes.len(),
        news.len()
    );
    Ok(())
}

/// A model from these pieces and our own.
pub(crate) fn model(news: &[&Piece]) -> Result<Classifier> {
    let (labels, own) = own_pieces("kinds.toml", "kind")?;
    let number = |kind: &str| labels.iter().position(|label| label == kind);
    let mut samples: Vec<Sample> = Vec::new();
    for piece in news.iter().copied().chain(&own) {
        let Some(label) = number(&piece.kind) else {
            bail!("\"{}\" is not a kind of data/kinds.tsv", piece.kind);
        };
        let words = claims::words_of(&piece.text);
        samples.push((claims::word_features(words.iter().map(String::as_str)), label));
    }
    Ok(learn(&labels, &samples, PLAN))
}

/// The hashes of the texts that a shipped model was trained on.
pub(crate) fn seen(file: &str) -> Result<BTreeSet<u32>> {
    let bytes = fs::read(crate::root().join("models/en").join(file))?;
    let hashes = bytes.chunks_exact(4).map(|chunk| {
        chunk
            .iter()
            .rev()
            .fold(0, |sum, &byte| sum << 8 | u32::from(byte))
    });
    Ok(hashes.collect())
}

/// FNV-1a of the text's letters and digits, folded to 32 bits: the same for a text with other spaces.
pub(crate) fn hash(text: &str) -> u32 {
    let hash = text
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, letter| {
            (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3)
        });
    (hash ^ hash >> 32) as u32
}

/// The labelled news at hand, with our names of its labels.
pub(crate) fn labelled(shared: &Path) -> Result<Vec<Piece>> {
    #[derive(Deserialize)]
    struct Row {
        text: String,
        label: String,
    }
    let table = fs::read_to_string(crate::root().join("data/kinds.tsv"))?;
    let names: Vec<(&str, &str)> = table
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some((cells.nth(2 + 1)?, line.split('\t').next()?))
        })
        .collect();
    let folder = shared.join("gold/case2021");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .with_context(|| format!("could not list {}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.to_string_lossy().ends_with(".jsonl.gz"));
    files.sort();
    let mut pieces = Vec::new();
    for file in files {
        for line in read_gz(&file)?.lines() {
            let row: Row =
                serde_json::from_str(line).with_context(|| format!("reading {}", file.display()))?;
            let Some((_, kind)) = names.iter().find(|(code, _)| *code == row.label) else {
                bail!("\"{}\" stands in no row of data/kinds.tsv", row.label);
            };
            pieces.push(Piece {
                text: row.text,
                kind: (*kind).to_owned(),
            });
        }
    }
    Ok(pieces)
}

/// The labels of a file of examples, and its pieces: the examples, and the counter-examples as of no kind.
pub(crate) fn own_pieces(file: &str, key: &str) -> Result<(Vec<String>, Vec<Piece>)> {
    #[derive(Deserialize)]
    struct Entry {
        id: String,
        examples: Vec<String>,
        not: Vec<String>,
    }
    let text = fs::read_to_string(crate::root().join("data/lexicon/en").join(file))?;
    let mut tables: BTreeMap<String, Vec<Entry>> =
        toml::from_str(&text).with_context(|| format!("reading {file}"))?;
    let entries = tables.remove(key).unwrap_or_default();
    let mut labels: Vec<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    if !labels.iter().any(|label| label == claims::NO_KIND) {
        labels.push(claims::NO_KIND.to_owned());
    }
    let mut pieces = Vec::new();
    for entry in entries {
        let own = entry.examples.into_iter().map(|text| (text, entry.id.clone()));
        // What only sounds like "none" is of some kind, and which is not said.
        let not = entry.not.into_iter().filter(|_| entry.id != claims::NO_KIND);
        let not = not.map(|text| (text, claims::NO_KIND.to_owned()));
        pieces.extend(own.chain(not).map(|(text, kind)| Piece { text, kind }));
    }
    Ok((labels, pieces))
}
