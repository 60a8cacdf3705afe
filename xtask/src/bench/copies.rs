//! Copies among up to a hundred thousand articles, beside `gaoya` in the same run: from words to pairs that are one
//! text, with signatures of the same size, runs of four words, and the same bands.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
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
pub(super) fn main(root: &Path) -> Result<()> {
    let peer = Peer::build(root)?;
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
        let (theirs, theirs_paired) = peer.run(&texts)?;
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

/// The peer as a program of its own: what it brings along is in no lock file of ours.
struct Peer {
    folder: PathBuf,
}

impl Peer {
    fn build(root: &Path) -> Result<Self> {
        let folder = root.join("target").join("peers").join("gaoya");
        std::fs::create_dir_all(folder.join("src"))?;
        std::fs::write(folder.join("Cargo.toml"), MANIFEST)?;
        std::fs::write(folder.join("src").join("main.rs"), include_str!("gaoya.rs"))?;
        let status = Command::new("cargo")
            .args(["build", "--release", "--quiet"])
            .env_remove("CARGO_TARGET_DIR")
            .current_dir(&folder)
            .status()
            .context("could not start cargo")?;
        ensure!(
            status.success(),
            "the peer could not be built; it needs the registry"
        );
        Ok(Self { folder })
    }

    /// Seconds of the processor, and how many articles it finds another for.
    fn run(&self, texts: &[String]) -> Result<(f64, usize)> {
        let file = self.folder.join("texts.jsonl");
        let mut lines = String::new();
        for text in texts {
            lines.push_str(&serde_json::to_string(text)?);
            lines.push('\n');
        }
        std::fs::write(&file, lines)?;
        let output = Command::new(self.folder.join("target").join("release").join("peer"))
            .arg(&file)
            .args([BANDS, ROWS, text::SIGNATURE_SHINGLE_WORDS].map(|number| number.to_string()))
            .arg(SHARE_MIN.to_string())
            .output()
            .context("could not start the peer")?;
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        let (seconds, paired) = told.trim().split_once(' ').context("the peer told nothing")?;
        Ok((seconds.parse()?, paired.parse()?))
    }
}

const MANIFEST: &str = r#"[package]
name = "peer"
version = "0.0.0"
edition = "2021"

[dependencies]
gaoya = "0.2"
serde_json = "1"

[workspace]
"#;

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
