//! Copies among up to a hundred thousand articles, beside `gaoya` in the same run: from words to pairs that are one
//! text, with signatures of the same size, runs of four words, and the same bands.

use anyhow::{Result, ensure};
use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher64V1};
use model::{Document, DocumentId, Edtf, Passage, PassageId, PassageKind, Published, PublishedHow, Span};

use super::{made, verdict};
use crate::clock::processor;

/// Articles, each time ten times as many.
const ARTICLES: [usize; 3] = [1_000, 10_000, 100_000];
/// Bands and rows of the peer, as ours: 128 numbers.
const BANDS: usize = 32;
const ROWS: usize = 4;
/// Share of runs from which two articles are one text.
const SHARE_MIN: f64 = 0.5;
/// How much faster than the peer is asked for.
const RATIO_MIN: f64 = 3.0;

/// Times both, and prints.
pub(super) fn main() -> Result<()> {
    println!("articles a second on one core; {}", super::machine());
    println!(
        "{:>9} {:>10} {:>10} {:>8} {:>13} {:>13}",
        "articles", "ours", "gaoya", "ratio", "ours, paired", "gaoya, paired"
    );
    for count in ARTICLES {
        let articles = made::articles(count);
        let mut documents: Vec<Document> = articles
            .iter()
            .enumerate()
            .map(|(number, texts)| document(number, texts))
            .collect();
        let start = processor();
        for document in &mut documents {
            document.signature =
                text::signature(document.passages.iter().map(|passage| passage.text.as_str()));
        }
        let pairs = incidents::copies(&documents);
        let ours = (processor() - start).as_secs_f64();
        let mut paired: Vec<&DocumentId> = pairs.iter().flat_map(|(a, b, _)| [*a, *b]).collect();
        paired.sort();
        paired.dedup();
        let texts: Vec<String> = articles.iter().map(|texts| texts.join("\n")).collect();
        let start = processor();
        let theirs_paired = peer(&texts);
        let theirs = (processor() - start).as_secs_f64();
        ensure!(
            paired.len() * 10 >= theirs_paired * 9,
            "ours pairs {}, gaoya {theirs_paired}",
            paired.len()
        );
        let ratio = theirs / ours;
        println!(
            "{count:>9} {:>10.0} {:>10.0} {ratio:>8.1} {:>13} {theirs_paired:>13}{}",
            count as f64 / ours,
            count as f64 / theirs,
            paired.len(),
            verdict(
                ratio >= RATIO_MIN,
                &format!("at least {RATIO_MIN} times the peer")
            )
        );
    }
    println!("memory {}", super::memory());
    Ok(())
}

/// How many articles the peer finds another for.
fn peer(texts: &[String]) -> usize {
    let hasher = MinHasher64V1::new(BANDS * ROWS);
    let mut index: MinHashIndex<u64, usize> = MinHashIndex::new(BANDS, ROWS, SHARE_MIN);
    let mut signatures = Vec::with_capacity(texts.len());
    for (number, text) in texts.iter().enumerate() {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let signature = hasher.create_signature(words.windows(text::SIGNATURE_SHINGLE_WORDS));
        index.insert(number, signature.clone());
        signatures.push(signature);
    }
    let found = signatures
        .iter()
        .filter(|signature| index.query(signature).len() > 1);
    found.count()
}

fn document(number: usize, texts: &[String]) -> Document {
    let name = format!("article-{number}");
    let mut at = 0;
    let passages = texts.iter().enumerate().map(|(order, text)| {
        let span = Span::new(at, at + text.len());
        at += text.len() + 2;
        Passage {
            id: PassageId::of(&[&name, &order.to_string()]),
            kind: PassageKind::Body,
            span,
            text: text.clone(),
            runs: Vec::new(),
            because: Vec::new(),
        }
    });
    let passages = passages.collect();
    Document {
        id: DocumentId::of(&[&name]),
        raw_bytes: at,
        charset: "UTF-8".into(),
        language: None,
        title: None,
        byline: None,
        outlet: None,
        credits: Vec::new(),
        published: Published {
            edtf: Edtf::unknown(),
            how: PublishedHow::Visible,
            because: Vec::new(),
        },
        passages,
        artefacts: Vec::new(),
        signature: Vec::new(),
        notes: Vec::new(),
        name,
    }
}
