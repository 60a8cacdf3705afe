//! Who says so, on PolNeAR: source, cue and content of every attribution, by overlap and by exact span.
//!
//! The model learnt from the training archive, which is left out; every other archive of the folder is scored.
//! An article that the model remembers having learnt from is left out too, and said so.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use claims::attribution::reader::Model;
use language::{Language, Tag};
use model::{
    Document, DocumentId, Edtf, Passage, PassageId, PassageKind, Published, PublishedHow, Run, Span,
};

use super::{ScoreRow, bootstrap};
use crate::brat::{self, Article, Attribution, Spans};
use crate::train::attribution::hash_of;

/// What is compared: the three roles, and all three of one attribution.
const ROLES: [&str; 4] = ["source", "cue", "content", "full triple"];

/// How the found and the expected of one role agree.
#[derive(Clone, Copy, Debug, Default)]
struct Agreement {
    /// Found, and overlapping an expected one; found.
    found: (usize, usize),
    /// Expected, and overlapping a found one; expected.
    expected: (usize, usize),
    /// Found just as expected.
    exact: usize,
}

/// Precision, recall and their harmonic mean.
fn overlap(all: &[Agreement]) -> [f64; 3] {
    let share = |pick: fn(&Agreement) -> (usize, usize)| {
        let hit: usize = all.iter().map(|one| pick(one).0).sum();
        let of: usize = all.iter().map(|one| pick(one).1).sum();
        hit as f64 / of.max(1) as f64
    };
    let (precision, recall) = (share(|one| one.found), share(|one| one.expected));
    let f = if precision + recall > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    };
    [precision, recall, f]
}

fn exact(all: &[Agreement]) -> f64 {
    let right: usize = all.iter().map(|one| one.exact).sum();
    let of: usize = all.iter().map(|one| one.found.1 + one.expected.1).sum();
    2.0 * right as f64 / of.max(1) as f64
}

type Judged = [Agreement; 4];

/// Scores every archive but the training one.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let folder = shared.join("gold/polnear");
    let mut archives: Vec<PathBuf> = fs::read_dir(&folder)
        .with_context(|| format!("reading {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".tar.gz"))
        .collect();
    archives.sort();
    let words = baseline_words()?;
    let (mut rows, mut annotators) = (Vec::new(), Vec::new());
    for archive in &archives {
        let name = archive
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().replace(".tar.gz", ""));
        let articles = brat::read(archive)?;
        annotators.extend(articles.iter().flat_map(between_annotators));
        if name == "train" {
            continue;
        }
        let learnt = |article: &&Article| {
            Model::of("en").is_some_and(|model| model.learnt.binary_search(&hash_of(&article.text)).is_ok())
        };
        let (seen, unseen): (Vec<&Article>, Vec<&Article>) = articles
            .iter()
            .filter(|article| !article.annotators.is_empty())
            .partition(learnt);
        if !seen.is_empty() {
            println!(
                "polnear: {} of {} articles of {name} were learnt from and are left out",
                seen.len(),
                seen.len() + unseen.len()
            );
        }
        let judged: Vec<(Judged, Judged)> = unseen
            .iter()
            .map(|article| {
                let gold = &article.annotators[0];
                (
                    compare(&read(article), gold),
                    compare(&baseline(article, &words), gold),
                )
            })
            .collect();
        rows.extend((0..ROLES.len()).flat_map(|role| table(&name, role, &judged)));
    }
    for row in &mut rows {
        if let Some(role) = ROLES
            .iter()
            .position(|role| row.metric.starts_with(&format!("{role} overlap F")))
        {
            let pairs: Vec<Agreement> = annotators.iter().map(|pair: &Judged| pair[role]).collect();
            row.peer = format!(
                "two annotators {:.3}, same measure, {} pairs; published .92",
                overlap(&pairs)[2],
                pairs.len()
            );
        }
    }
    Ok(rows)
}

fn table(set: &str, role: usize, judged: &[(Judged, Judged)]) -> Vec<ScoreRow> {
    let name = ROLES[role];
    let own: Vec<Agreement> = judged.iter().map(|(own, _)| own[role]).collect();
    let trivial: Vec<Agreement> = judged.iter().map(|(_, trivial)| trivial[role]).collect();
    let row = |metric: &str, of: &dyn Fn(&[Agreement]) -> f64| {
        let (low, high) = bootstrap(&own, |sample| {
            of(&sample.iter().map(|one| **one).collect::<Vec<_>>())
        });
        ScoreRow {
            task: "polnear".to_owned(),
            set: set.to_owned(),
            metric: format!("{name} {metric}"),
            n: own.iter().map(|one| one.expected.1).sum(),
            value: of(&own),
            low,
            high,
            baseline: Some(of(&trivial)),
            baseline_name: "cue words of the lexicon, nearest noun phrase".to_owned(),
            peer: String::new(),
        }
    };
    let mut rows = vec![
        row("overlap F", &|all| overlap(all)[2]),
        row("overlap precision", &|all| overlap(all)[0]),
        row("overlap recall", &|all| overlap(all)[1]),
    ];
    if role < 3 {
        rows.push(row("exact F", &exact));
    }
    rows
}

fn meet(a: &Spans, b: &Spans) -> bool {
    a.iter()
        .any(|x| b.iter().any(|y| x.start < y.end && y.start < x.end))
}

fn compare(found: &[Attribution], expected: &[Attribution]) -> Judged {
    let roles: [fn(&Attribution) -> &Spans; 3] = [|one| &one.source, |one| &one.cue, |one| &one.content];
    let mut judged = Judged::default();
    for (agreement, role) in judged.iter_mut().zip(roles) {
        let spans = |all: &[Attribution]| -> Vec<Spans> {
            all.iter()
                .map(role)
                .filter(|spans| !spans.is_empty())
                .cloned()
                .collect()
        };
        let (own, gold) = (spans(found), spans(expected));
        let met = |one: &Spans, others: &[Spans]| others.iter().any(|other| meet(one, other));
        *agreement = Agreement {
            found: (own.iter().filter(|one| met(one, &gold)).count(), own.len()),
            expected: (gold.iter().filter(|one| met(one, &own)).count(), gold.len()),
            exact: gold.iter().filter(|one| own.contains(one)).count(),
        };
    }
    let same = |a: &Attribution, b: &Attribution| {
        let sources = meet(&a.source, &b.source) || a.source.is_empty() && b.source.is_empty();
        sources && meet(&a.cue, &b.cue) && meet(&a.content, &b.content)
    };
    let all = |a: &[Attribution], b: &[Attribution]| {
        let met = a.iter().filter(|one| b.iter().any(|other| same(one, other)));
        (met.count(), a.len())
    };
    judged[3] = Agreement {
        found: all(found, expected),
        expected: all(expected, found),
        exact: 0,
    };
    judged
}

/// Each annotator of an article judged by each other one.
fn between_annotators(article: &Article) -> Vec<Judged> {
    let all = &article.annotators;
    let pairs = (0..all.len()).flat_map(|a| (a + 1..all.len()).map(move |b| (a, b)));
    pairs.map(|(a, b)| compare(&all[a], &all[b])).collect()
}

/// What the product reads.
fn read(article: &Article) -> Vec<Attribution> {
    let range = |span: &Span| span.start..span.end;
    claims::attributions(&document(article))
        .iter()
        .map(|one| Attribution {
            source: one.source.iter().map(range).collect(),
            cue: vec![range(&one.cue)],
            content: brat::joined(one.content.iter().map(range).collect(), &article.text),
        })
        .collect()
}

/// The article as a cleaned page: a passage for each paragraph.
fn document(article: &Article) -> Document {
    let passage = |range: Range<usize>| {
        let text = &article.text[range.clone()];
        Passage {
            id: PassageId::of(&[text]),
            kind: PassageKind::Body,
            span: Span::new(range.start, range.end),
            text: text.to_owned(),
            runs: vec![Run {
                text_start: 0,
                text_bytes: text.len(),
                raw_start: range.start,
                raw_bytes: text.len(),
            }],
            because: Vec::new(),
        }
    };
    Document {
        id: DocumentId::of(&[&article.name]),
        name: article.name.clone(),
        raw_bytes: article.text.len(),
        charset: "UTF-8".into(),
        language: Some("en".into()),
        title: None,
        byline: None,
        outlet: None,
        credits: Vec::new(),
        published: Published {
            edtf: Edtf::unknown(),
            how: PublishedHow::None,
            because: Vec::new(),
        },
        passages: article.paragraphs().into_iter().map(passage).collect(),
        artefacts: Vec::new(),
        signature: Vec::new(),
        notes: Vec::new(),
    }
}

/// The single verbs of the cue lexicon.
fn baseline_words() -> Result<Vec<String>> {
    let file = crate::root().join("data/lexicon/en/cues.toml");
    let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let table: toml::Table = text.parse().context("reading the cues")?;
    let cues = table.get("cue").and_then(toml::Value::as_array);
    let verbs = cues
        .into_iter()
        .flatten()
        .filter_map(|cue| cue.get("verbs")?.as_array());
    Ok(verbs
        .flatten()
        .filter_map(|verb| Some(verb.as_str()?.to_owned()))
        .collect())
}

/// A verb of the lexicon is a cue, the nearest noun or pronoun before it the source, and what follows it (what
/// stands before, if nothing follows) the content.
fn baseline(article: &Article, words: &[String]) -> Vec<Attribution> {
    let mut all = Vec::new();
    for paragraph in article.paragraphs() {
        let analysis = language::analyse_shallow(&article.text[paragraph.clone()], Language::english());
        for sentence in analysis.sentences {
            let tokens = &sentence.tokens;
            let bytes = |range: Range<usize>| {
                let (first, last) = (tokens.get(range.start)?, tokens.get(range.end.checked_sub(1)?)?);
                (range.start < range.end)
                    .then(|| paragraph.start + first.span.start..paragraph.start + last.span.end)
            };
            for at in (0..tokens.len())
                .filter(|at| tokens[*at].tag == Tag::Verb && words.contains(&tokens[*at].lemma))
            {
                let source = (0..at)
                    .rev()
                    .find(|before| matches!(tokens[*before].tag, Tag::Noun | Tag::Propn | Tag::Pron));
                let content = if at + 2 < tokens.len() {
                    at + 1..tokens.len()
                } else {
                    0..at
                };
                all.push(Attribution {
                    source: source
                        .and_then(|source| bytes(source..source + 1))
                        .into_iter()
                        .collect(),
                    cue: bytes(at..at + 1).into_iter().collect(),
                    content: bytes(content).into_iter().collect(),
                });
            }
        }
    }
    all
}
