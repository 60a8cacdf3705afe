//! Kind of news on the snippets of CASE 2021 (30 types after ACLED): `claims::kinds_of_news`, as the product runs it.
//!
//! Snippets that the shipped model was trained on (known by their hash in `models/en/kinds-seen.bin`) are judged
//! by models that did not see them: five folds, dealt by the hash of the text, trained here. All others are
//! judged by the shipped model. The product can also answer "none of these"; the task has no such type, so the
//! likeliest of the thirty counts. Our own examples are in every training. They were written after looking at
//! about half of the labelled snippets; the row "own examples only" says what they are worth alone.

use super::{ScoreRow, bootstrap};
use crate::train::acts::{self, Piece};
use anyhow::Result;
use claims::{KindModel, NO_KIND};
use std::collections::BTreeMap;
use std::path::Path;

/// Parts for cross-validation; the usual number.
const FOLDS: u32 = 5;

/// A piece's type and the one read.
struct Judged {
    gold: String,
    read: String,
}

/// Scores every snippet at hand.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let pieces = acts::labelled(shared)?;
    let known = acts::seen("kinds-seen.bin")?;
    let (seen, unseen): (Vec<&Piece>, Vec<&Piece>) = pieces
        .iter()
        .partition(|piece| known.contains(&acts::hash(&piece.text)));
    let mut rows = Vec::new();
    if !unseen.is_empty() {
        let judged: Vec<Judged> = unseen
            .iter()
            .map(|piece| judged(piece, claims::kinds_of_news(&piece.text)))
            .collect();
        rows.extend(table("unseen snippets", &judged));
    }
    if !seen.is_empty() {
        let mut all = Vec::new();
        for fold in 0..FOLDS {
            let (held, others): (Vec<&Piece>, Vec<&Piece>) = seen
                .iter()
                .partition(|piece| acts::hash(&piece.text) % FOLDS == fold);
            all.extend(judge(&held, &others)?);
        }
        rows.extend(table("snippets, five folds", &all));
        rows.extend(table("snippets, own examples only", &judge(&seen, &[])?));
    }
    Ok(rows)
}

/// Judges pieces with a model that learnt from others.
fn judge(held: &[&Piece], others: &[&Piece]) -> Result<Vec<Judged>> {
    let bytes = acts::model(others)?.to_bytes();
    let model = KindModel::read(&bytes).unwrap_or_default();
    Ok(held
        .iter()
        .map(|piece| judged(piece, model.judge(&piece.text)))
        .collect())
}

fn judged(piece: &Piece, kinds: Vec<claims::Kind>) -> Judged {
    if std::env::args().any(|argument| argument == "--misses")
        && kinds.first().is_some_and(|kind| kind.id != piece.kind)
    {
        println!("{}\t{}", piece.kind, kinds[0].because.words);
    }
    Judged {
        gold: piece.kind.clone(),
        read: kinds
            .into_iter()
            .map(|kind| kind.id)
            .find(|id| id != NO_KIND)
            .unwrap_or_default(),
    }
}

/// F1 of each type with its number of pieces.
fn by_type(judged: &[&Judged]) -> Vec<(f64, usize)> {
    // right, read, gold
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for one in judged {
        counts.entry(&one.gold).or_default()[2] += 1;
        counts.entry(&one.read).or_default()[1] += 1;
        if one.gold == one.read {
            counts.entry(&one.gold).or_default()[0] += 1;
        }
    }
    counts
        .values()
        .filter(|[_, _, gold]| *gold > 0)
        .map(|[right, read, gold]| (2.0 * *right as f64 / (read + gold) as f64, *gold))
        .collect()
}

/// The mean F1 over pieces: each type counts by its size.
fn weighted(judged: &[&Judged]) -> f64 {
    let sum: f64 = by_type(judged).iter().map(|(f1, gold)| f1 * *gold as f64).sum();
    sum / judged.len().max(1) as f64
}

/// The mean F1 over types.
fn plain(judged: &[&Judged]) -> f64 {
    let types = by_type(judged);
    types.iter().map(|(f1, _)| f1).sum::<f64>() / types.len().max(1) as f64
}

type Measure = fn(&[&Judged]) -> f64;

fn table(set: &str, judged: &[Judged]) -> Vec<ScoreRow> {
    let all: Vec<&Judged> = judged.iter().collect();
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    judged
        .iter()
        .for_each(|one| *sizes.entry(&one.gold).or_default() += 1);
    let largest = sizes
        .into_iter()
        .max_by_key(|(_, size)| *size)
        .map_or("", |(id, _)| id)
        .to_owned();
    let trivial: Vec<Judged> = judged
        .iter()
        .map(|one| Judged {
            gold: one.gold.clone(),
            read: largest.clone(),
        })
        .collect();
    let trivial: Vec<&Judged> = trivial.iter().collect();
    let measures: [(&str, Measure, &str); 2] = [
        (
            "weighted F1",
            weighted,
            "fine-tuned RoBERTa .839, next systems .797 and .771",
        ),
        ("macro F1", plain, ""),
    ];
    measures
        .into_iter()
        .map(|(metric, measure, peer)| {
            let (low, high) = bootstrap(judged, measure);
            ScoreRow {
                task: "case2021".to_owned(),
                set: set.to_owned(),
                metric: metric.to_owned(),
                n: judged.len(),
                value: measure(&all),
                low,
                high,
                baseline: Some(measure(&trivial)),
                baseline_name: "largest type".to_owned(),
                peer: peer.to_owned(),
            }
        })
        .collect()
}
