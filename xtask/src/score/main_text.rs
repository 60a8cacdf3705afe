//! Main text on pages in the form of the public article extraction benchmark: a folder with
//! `ground-truth.json` (`{id: {articleBody, url}}`) and `html/ID.html.gz`, or such a folder packed as `.tar.gz`.
//!
//! The metric is the benchmark's: shingles of four words, counted as often as they stand; each page gives a
//! precision and a recall; the means over the pages give F. The page is read by `text::clean` alone. The body
//! that it is compared with has no title, byline, dateline or caption, so those passages are left out here too.
//!
//! Every such folder beneath `shared/gold`, at most one level deeper, is scored; `--pages=FOLDER` adds another.
//! `--misses` lists the worst pages.

use super::{ScoreRow, bootstrap};
use crate::bench::pack::Pack;
use anyhow::{Context as _, Result};
use model::{Given, Media, Page, PassageKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Words of a shingle, as the benchmark has it.
const SHINGLE: usize = 4;

/// The best published on the 181 pages of the benchmark; see `PEERS.md` beside the gold data.
const PEER: &str = "trafilatura-fast .962, rs-trafilatura .957, Readability.js .947 (181 pages)";

/// Name of the file with the answers.
const ANSWERS: &str = "ground-truth.json";

/// What the answers say of one page.
#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "articleBody", default)]
    body: String,
    #[serde(default)]
    url: Option<String>,
}

/// One set of pages.
struct Set {
    name: String,
    answers: BTreeMap<String, Answer>,
    /// HTML by id.
    pages: BTreeMap<String, Vec<u8>>,
}

/// Precision and recall of one page.
#[derive(Clone, Copy, Debug)]
struct Judged {
    precision: f64,
    recall: f64,
}

/// Scores every set that is here.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let sets = sets(&shared.join("gold"))?;
    if sets.is_empty() {
        println!(
            "main-text: skipped, no folder beneath {} holds {ANSWERS} and html/",
            shared.join("gold").display()
        );
        return Ok(Vec::new());
    }
    let pack = Pack::read(&crate::root().join("data"))?;
    Ok(sets.iter().flat_map(|set| score(set, &pack)).collect())
}

fn score(set: &Set, pack: &Pack) -> Vec<ScoreRow> {
    let mut judged = Vec::new();
    let mut baseline = Vec::new();
    let mut told = Vec::new();
    for (id, answer) in &set.answers {
        let Some(html) = set.pages.get(id) else {
            println!("main-text: {} has no page \"{id}\"", set.name);
            continue;
        };
        let document = read(id, html, answer.url.clone(), pack);
        let one = judge(&body(&document), &answer.body);
        told.push((f1(&[&one]), id, one));
        judged.push(one);
        baseline.push(judge(&everything(&document), &answer.body));
    }
    if std::env::args().any(|argument| argument == "--misses") {
        told.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (f, id, one) in &told {
            println!(
                "{f:.3} precision {:.3} recall {:.3} {id}",
                one.precision, one.recall
            );
        }
    }
    let row = |metric: &str, statistic: &dyn Fn(&[&Judged]) -> f64| {
        let (low, high) = bootstrap(&judged, statistic);
        ScoreRow {
            task: "main-text".into(),
            set: set.name.clone(),
            metric: metric.into(),
            n: judged.len(),
            value: statistic(&judged.iter().collect::<Vec<_>>()),
            low,
            high,
            baseline: Some(statistic(&baseline.iter().collect::<Vec<_>>())),
            baseline_name: "all visible text".into(),
            peer: PEER.into(),
        }
    };
    vec![
        row("shingle F1", &f1),
        row("shingle precision", &|all| mean(all, |one| one.precision)),
        row("shingle recall", &|all| mean(all, |one| one.recall)),
    ]
}

fn read(id: &str, html: &[u8], url: Option<String>, pack: &Pack) -> model::Document {
    let page = Page {
        name: format!("{id}.html"),
        bytes: html.to_vec(),
        media: Media::Html,
        given: Given {
            url,
            ..Given::default()
        },
    };
    text::clean(&page, &pack.outlets, &pack.damage)
}

/// The running text of the article.
fn body(document: &model::Document) -> String {
    let is_body = |kind| {
        matches!(
            kind,
            PassageKind::Lead | PassageKind::Body | PassageKind::Quotation
        )
    };
    let passages = document.passages.iter().filter(|passage| is_body(passage.kind));
    passages
        .map(|passage| passage.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

fn everything(document: &model::Document) -> String {
    let all = document.passages.iter().map(|passage| passage.text.as_str());
    all.collect::<Vec<_>>().join("\n")
}

/// Shingles of a text, each with how often it stands there; a text of fewer words is one shingle.
fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut all = BTreeMap::new();
    for start in 0..words.len().saturating_sub(SHINGLE - 1).max(1) {
        let shingle = words[start.min(words.len())..(start + SHINGLE).min(words.len())].to_vec();
        if !shingle.is_empty() {
            *all.entry(shingle).or_insert(0) += 1;
        }
    }
    all
}

fn judge(read: &str, expected: &str) -> Judged {
    let (read, expected) = (shingles(read), shingles(expected));
    let right: usize = read
        .iter()
        .map(|(shingle, count)| (*count).min(expected.get(shingle).copied().unwrap_or(0)))
        .sum();
    let share = |all: &BTreeMap<Vec<&str>, usize>| {
        let all: usize = all.values().sum();
        // Nothing told is not wrong, nothing expected is not missed.
        if all == 0 { 1.0 } else { right as f64 / all as f64 }
    };
    match (read.is_empty(), expected.is_empty()) {
        (true, false) | (false, true) => Judged {
            precision: 0.0,
            recall: 0.0,
        },
        _ => Judged {
            precision: share(&read),
            recall: share(&expected),
        },
    }
}

fn mean(all: &[&Judged], of: impl Fn(&Judged) -> f64) -> f64 {
    all.iter().map(|one| of(one)).sum::<f64>() / all.len().max(1) as f64
}

/// The harmonic mean of mean precision and mean recall.
fn f1(all: &[&Judged]) -> f64 {
    let (precision, recall) = (mean(all, |one| one.precision), mean(all, |one| one.recall));
    if precision + recall > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    }
}

/// Every set beneath a folder, in the order of names, and those that the command line adds.
fn sets(gold: &Path) -> Result<Vec<Set>> {
    let mut places = Vec::new();
    for entry in listed(gold) {
        if entry.is_dir() {
            places.extend(listed(&entry));
        }
        places.push(entry);
    }
    let added = std::env::args().filter_map(|argument| argument.strip_prefix("--pages=").map(PathBuf::from));
    places.extend(added);
    places.sort();
    let mut sets = Vec::new();
    for place in places {
        let set = if place.is_dir() {
            folder(&place)?
        } else if place.to_string_lossy().ends_with(".tar.gz") {
            packed(&place).with_context(|| format!("unpacking {}", place.display()))?
        } else {
            None
        };
        sets.extend(set);
    }
    Ok(sets)
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    all.sort();
    all
}

fn folder(place: &Path) -> Result<Option<Set>> {
    let (answers, html) = (place.join(ANSWERS), place.join("html"));
    if !answers.is_file() || !html.is_dir() {
        return Ok(None);
    }
    let mut pages = BTreeMap::new();
    for file in listed(&html) {
        let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        pages.extend(page(&name, bytes)?);
    }
    let text = fs::read_to_string(&answers).with_context(|| format!("reading {}", answers.display()))?;
    set(place, &text, pages).map(Some)
}

/// A set in a packed folder; `None` where it holds no answers.
fn packed(place: &Path) -> Result<Option<Set>> {
    let file = fs::File::open(place)?;
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let (mut answers, mut pages) = (None, BTreeMap::new());
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name == ANSWERS {
            let mut text = String::new();
            entry.read_to_string(&mut text)?;
            answers = Some(text);
        } else if path.parent().is_some_and(|parent| parent.ends_with("html")) {
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes)?;
            pages.extend(page(&name, bytes)?);
        }
    }
    answers.map(|text| set(place, &text, pages)).transpose()
}

fn set(place: &Path, answers: &str, pages: BTreeMap<String, Vec<u8>>) -> Result<Set> {
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    Ok(Set {
        name: name.trim_end_matches(".tar.gz").to_owned(),
        answers: serde_json::from_str(answers)
            .with_context(|| format!("reading the answers of {}", place.display()))?,
        pages,
    })
}

/// Id and bytes of a page's file; `None` for other files.
fn page(name: &str, bytes: Vec<u8>) -> Result<Option<(String, Vec<u8>)>> {
    if let Some(id) = name.strip_suffix(".html.gz") {
        let mut html = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..])
            .read_to_end(&mut html)
            .with_context(|| format!("unpacking {name}"))?;
        return Ok(Some((id.to_owned(), html)));
    }
    Ok(name.strip_suffix(".html").map(|id| (id.to_owned(), bytes)))
}

#[cfg(test)]
mod tests {
    use super::{f1, judge};

    #[test]
    fn shingles_are_compared_as_often_as_they_stand() {
        let whole = judge("one two three four five", "one two three four five");
        assert!(whole.precision > 0.999 && whole.recall > 0.999);
        let twice = judge("one two three four", "one two three four. One two three four");
        assert!(twice.precision > 0.999 && twice.recall < 0.3, "{twice:?}");
        let none = judge("", "one two three four");
        assert!(none.precision < 0.001 && f1(&[&none]) < 0.001);
    }

    #[test]
    fn a_short_text_is_one_shingle() {
        let one = judge("only three words", "only three words");
        assert!(one.precision > 0.999 && one.recall > 0.999);
    }

    #[test]
    fn sets_are_found_in_folders_and_packed() {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("pages/part");
        std::fs::create_dir_all(inner.join("html")).unwrap();
        std::fs::write(
            inner.join("ground-truth.json"),
            r#"{"a": {"articleBody": "Words."}}"#,
        )
        .unwrap();
        std::fs::write(inner.join("html/a.html"), "<p>Words.").unwrap();
        let file = std::fs::File::create(root.path().join("packed.tar.gz")).unwrap();
        let mut archive = tar::Builder::new(flate2::write::GzEncoder::new(file, flate2::Compression::fast()));
        archive.append_dir_all("packed", &inner).unwrap();
        archive.into_inner().unwrap().finish().unwrap();
        let sets = super::sets(root.path()).unwrap();
        let names: Vec<&str> = sets.iter().map(|set| set.name.as_str()).collect();
        assert_eq!(names, ["packed", "part"]);
        assert!(sets.iter().all(|set| set.pages["a"] == b"<p>Words."));
    }
}
