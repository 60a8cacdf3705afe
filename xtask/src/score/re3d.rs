//! Mentions of actors, places and weapons on re3d (Dstl, 2017): texts on Syria and Iraq of several publishers,
//! every mention marked with its kind, named ("Raqqah"), described ("the town") or a pronoun ("we").
//!
//! What counts: the annotations that people confirmed (confidence of a half or more; those at zero are the
//! proposals of a machine that they turned down or replaced), once each, nested ones too. Kinds: persons,
//! organisations, places ("Location"), weapons ("Weapon"), carriers ("MilitaryPlatform" and "Vehicle"). Peoples
//! and faiths ("Nationality"), times, quantities, money and documents are no actors, places or weapons.
//! A mention is right if kind and words agree: exactly, or by overlap, each with one partner at most.
//!
//! The model is trained on the pages here. Pages it has seen are scored with a model that has seen no page of
//! their publisher; others with the model of the product.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use claims::EntityKind;
use model::{Document, Given, Media, Span};
use serde::Deserialize;

use super::{Counts, ScoreRow, bootstrap};
use crate::bench::pack::Pack;
use crate::train::names::{self, Mention};

/// The texts of one publisher.
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) pages: Vec<Page>,
}

/// One text with the mentions that people confirmed.
pub(crate) struct Page {
    pub(crate) text: String,
    pub(crate) document: Document,
    /// Also the peoples and faiths, which are learned and not scored.
    pub(crate) mentions: Vec<Mention>,
}

impl Page {
    /// The mentions without those inside another.
    pub(crate) fn outermost(&self) -> Vec<Mention> {
        names::outermost(self.mentions.clone())
    }
}

#[derive(Deserialize)]
struct Text {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Annotation {
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    value: String,
    #[serde(rename = "documentId")]
    document: String,
    confidence: f64,
}

/// From this confidence on an annotation was confirmed by people.
const CONFIRMED_MIN: f64 = 0.5;

/// Every source of the archive.
pub(crate) fn read(shared: &Path, pack: &Pack) -> Result<Vec<Source>> {
    let file = shared.join("gold/re3d/re3d.tar.gz");
    let bytes = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&bytes[..]));
    let mut files: BTreeMap<(String, String), String> = BTreeMap::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let part = |path: Option<&std::ffi::OsStr>| path.unwrap_or_default().to_string_lossy().into_owned();
        let (name, folder) = (
            part(path.file_name()),
            part(path.parent().and_then(Path::file_name)),
        );
        if matches!(name.as_str(), "documents.json" | "entities.json") {
            let mut text = String::new();
            entry.read_to_string(&mut text)?;
            files.insert((folder, name), text);
        }
    }
    let mut sources = Vec::new();
    for ((folder, name), text) in &files {
        if name != "documents.json" {
            continue;
        }
        let marks = files
            .get(&(folder.clone(), "entities.json".to_owned()))
            .map_or("", String::as_str);
        let marks: Vec<Annotation> =
            lines(marks).with_context(|| format!("reading the entities of {folder}"))?;
        let texts: Vec<Text> = lines(text).with_context(|| format!("reading the texts of {folder}"))?;
        sources.push(Source {
            name: folder.clone(),
            pages: texts.into_iter().map(|text| page(text, &marks, pack)).collect(),
        });
    }
    Ok(sources)
}

fn lines<T: for<'d> Deserialize<'d>>(text: &str) -> Result<Vec<T>> {
    let full = text.lines().filter(|line| !line.trim().is_empty());
    full.map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn page(text: Text, marks: &[Annotation], pack: &Pack) -> Page {
    let mut mentions: Vec<Mention> = marks
        .iter()
        .filter(|mark| mark.document == text.id && mark.confidence >= CONFIRMED_MIN)
        .filter_map(|mark| Some((span(&text.text, mark)?, kind(&mark.kind)?)))
        .collect();
    mentions.sort();
    mentions.dedup();
    Page {
        document: document(&text.id, &text.text, pack),
        text: text.text,
        mentions,
    }
}

/// A plain text as the product cleans it.
pub(crate) fn document(name: &str, text: &str, pack: &Pack) -> Document {
    let page = model::Page {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
        media: Media::Text,
        given: Given::default(),
    };
    text::clean(&page, &pack.outlets, &pack.damage)
}

/// The bytes of an annotation, which counts characters, or UTF-16 units where those fit its words better.
fn span(text: &str, mark: &Annotation) -> Option<Span> {
    let at = |unit: fn(char) -> usize, wanted: usize| {
        let mut count = 0;
        for (byte, letter) in text.char_indices() {
            if count >= wanted {
                return byte;
            }
            count += unit(letter);
        }
        text.len()
    };
    let with = |unit: fn(char) -> usize| Span::new(at(unit, mark.begin), at(unit, mark.end));
    let span = [with(|_| 1), with(char::len_utf16)]
        .into_iter()
        .find(|span| text.get(span.start..span.end) == Some(mark.value.as_str()))
        .unwrap_or_else(|| with(|_| 1));
    (span.start < span.end).then_some(span)
}

fn kind(word: &str) -> Option<EntityKind> {
    Some(match word {
        "Person" => EntityKind::Person,
        "Organisation" => EntityKind::Organisation,
        "Location" => EntityKind::Place,
        "Weapon" => EntityKind::Weapon,
        "MilitaryPlatform" | "Vehicle" => EntityKind::Platform,
        "Nationality" => EntityKind::Nationality,
        _ => return None,
    })
}

/// By what a text learned from is known again: 32 bits of FNV-1a.
pub(crate) fn mark(text: &str) -> u32 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32) as u32
}

/// The kinds that are scored.
const SCORED: [EntityKind; 5] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::Place,
    EntityKind::Weapon,
    EntityKind::Platform,
];

/// What is right on one page: all kinds together, then each.
struct Judged {
    exact: [Counts; 6],
    overlap: [Counts; 6],
    baseline: Counts,
    baseline_exact: Counts,
}

/// Scores the mentions of every text.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let pack = Pack::read(&crate::root().join("data"))?;
    let sources = read(shared, &pack)?;
    let seen = std::fs::read(crate::root().join("models/en/names-seen.bin")).unwrap_or_default();
    let seen: Vec<u32> = seen
        .chunks_exact(4)
        .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
        .collect();
    let is_seen = |page: &Page| seen.binary_search(&mark(&page.text)).is_ok();
    let any_seen = sources.iter().flat_map(|source| &source.pages).any(is_seen);
    let general = if any_seen {
        names::general_rows(shared, &pack)?
    } else {
        Vec::new()
    };
    let show = std::env::args().any(|argument| argument == "--misses");
    let (mut held_out, mut unseen) = (Vec::new(), Vec::new());
    for source in &sources {
        let others: Vec<&Source> = sources.iter().filter(|other| other.name != source.name).collect();
        let model = source
            .pages
            .iter()
            .any(is_seen)
            .then(|| names::learn(&others, &general, &pack));
        let mut own = Vec::new();
        for page in &source.pages {
            let found = match model.as_ref().filter(|_| is_seen(page)) {
                Some(model) => claims::entities_by(&page.document, &pack.lexicon, model),
                None => claims::entities(&page.document, &pack.lexicon),
            };
            let found: Vec<Mention> = found
                .into_iter()
                .map(|entity| (entity.span, entity.kind))
                .collect();
            own.push(judge(page, &found, show));
        }
        let all: Vec<&Judged> = own.iter().collect();
        println!(
            "{}: {} mentions, {} found, exact F1 {:.3}, overlap F1 {:.3}",
            source.name,
            all.iter().map(|one| one.exact[0].expected).sum::<usize>(),
            all.iter().map(|one| one.exact[0].found).sum::<usize>(),
            f1(&all, |one| &one.exact[0]),
            f1(&all, |one| &one.overlap[0]),
        );
        if model.is_some() {
            &mut held_out
        } else {
            &mut unseen
        }
        .extend(own);
    }
    let mut rows = table("publishers held out", &held_out);
    rows.extend(table("unseen publishers", &unseen));
    Ok(rows)
}

fn f1(judged: &[&Judged], pick: impl Fn(&Judged) -> &Counts) -> f64 {
    Counts::f1(judged.iter().map(|one| pick(one)))
}

fn table(set: &str, judged: &[Judged]) -> Vec<ScoreRow> {
    if judged.is_empty() {
        return Vec::new();
    }
    let row = |metric: String, pick: &dyn Fn(&Judged) -> &Counts, baseline: Option<f64>| {
        let all: Vec<&Judged> = judged.iter().collect();
        let (low, high) = bootstrap(judged, |items| f1(items, pick));
        let peer = match metric.as_str() {
            "overlap F1" => "bar .70, goal .85; spaCy en_core_web_sm .451 (run here, names only)",
            "exact F1" => "spaCy en_core_web_sm .253 (run here, names only)",
            _ => "",
        };
        ScoreRow {
            task: "re3d".to_owned(),
            set: set.to_owned(),
            metric,
            n: judged.iter().map(|one| pick(one).expected).sum(),
            value: f1(&all, pick),
            low,
            high,
            baseline,
            baseline_name: "capitalised runs, kinds from lists".to_owned(),
            peer: peer.to_owned(),
        }
    };
    let all: Vec<&Judged> = judged.iter().collect();
    let trivial = (f1(&all, |one| &one.baseline), f1(&all, |one| &one.baseline_exact));
    let mut rows = vec![
        row("overlap F1".to_owned(), &|one| &one.overlap[0], Some(trivial.0)),
        row("exact F1".to_owned(), &|one| &one.exact[0], Some(trivial.1)),
    ];
    for (at, kind) in SCORED.iter().enumerate() {
        rows.push(row(
            format!("overlap F1, {}", kind.as_str()),
            &|one| &one.overlap[at + 1],
            None,
        ));
        rows.push(row(
            format!("exact F1, {}", kind.as_str()),
            &|one| &one.exact[at + 1],
            None,
        ));
    }
    rows
}

fn judge(page: &Page, found: &[Mention], show: bool) -> Judged {
    let of = |mentions: &[Mention], kinds: &[EntityKind]| -> Vec<Mention> {
        let kept = mentions.iter().filter(|(_, kind)| kinds.contains(kind));
        kept.copied().collect()
    };
    let expected = of(&page.mentions, &SCORED);
    let found = of(found, &SCORED);
    if show {
        tell("missed", &page.text, &expected, &found);
        tell("extra", &page.text, &found, &expected);
    }
    let mut judged = Judged {
        exact: [Counts::default(); 6],
        overlap: [Counts::default(); 6],
        baseline: Counts::default(),
        baseline_exact: Counts::default(),
    };
    for slot in 0..6 {
        let kinds = if slot == 0 {
            &SCORED[..]
        } else {
            &SCORED[slot - 1..slot]
        };
        let (expected, found) = (of(&expected, kinds), of(&found, kinds));
        judged.exact[slot] = counts(&expected, &found, |a, b| a == b);
        judged.overlap[slot] = counts(&expected, &found, |a, b| a.1 == b.1 && a.0.overlaps(b.0));
    }
    let trivial = baseline(page);
    judged.baseline = counts(&expected, &trivial, |a, b| a.1 == b.1 && a.0.overlaps(b.0));
    judged.baseline_exact = counts(&expected, &trivial, |a, b| a == b);
    judged
}

fn tell(what: &str, text: &str, mentions: &[Mention], others: &[Mention]) {
    for mention in mentions.iter().filter(|mention| !others.contains(mention)) {
        let words = text.get(mention.0.start..mention.0.end).unwrap_or_default();
        println!("{what}\t{}\t{words}", mention.1.as_str());
    }
}

/// How many of the expected have a partner among the found, each found one serving once. Exact partners are
/// taken before others.
fn counts(expected: &[Mention], found: &[Mention], fits: impl Fn(&Mention, &Mention) -> bool) -> Counts {
    let mut free = vec![true; found.len()];
    let mut right = 0;
    let mut left = Vec::new();
    for mention in expected {
        match (0..found.len()).find(|&at| free[at] && found[at] == *mention) {
            Some(at) => (free[at], right) = (false, right + 1),
            None => left.push(mention),
        }
    }
    for mention in left {
        // The one that ends first: later ones may serve later mentions.
        if let Some(at) = (0..found.len()).find(|&at| free[at] && fits(mention, &found[at])) {
            (free[at], right) = (false, right + 1);
        }
    }
    // An exact measure lets no other partner in.
    Counts {
        right,
        found: found.len(),
        expected: expected.len(),
    }
}

/// The trivial method: runs of capitalised words are names, places if "in" or the like stands before them,
/// otherwise organisations.
fn baseline(page: &Page) -> Vec<Mention> {
    let mut found = Vec::new();
    for passage in page.document.main() {
        let analysis = language::segment(&passage.text, language::Language::english());
        for sentence in &analysis.sentences {
            let tokens = &sentence.tokens;
            let capital = |at: usize| {
                tokens
                    .get(at)
                    .is_some_and(|token: &language::Token| token.text.starts_with(char::is_uppercase))
            };
            let mut at = 1;
            while at < tokens.len() {
                if !capital(at) {
                    at += 1;
                    continue;
                }
                let start = at;
                while capital(at) {
                    at += 1;
                }
                let place = matches!(tokens[start - 1].lower.as_str(), "in" | "near" | "at" | "from");
                let kind = if place {
                    EntityKind::Place
                } else {
                    EntityKind::Organisation
                };
                let bytes = tokens[start].span.start..tokens[at - 1].span.end;
                found.push((passage.raw(bytes), kind));
            }
        }
    }
    found
}
