//! Copies on generated pairs of pages: copies that other outlets made of a text in nine ways, and independent reports
//! of one act, read with the real pipeline. A pair is found to be one origin when fusing links its pages or puts them
//! on one origin.
//!
//! The pairs are written from sentences of our own in `corpus/copies/`; everything the program knows about them it
//! reads from the pages. Three simpler methods are measured on the same pairs. `--misses` prints the pairs that were
//! judged wrongly, `--pairs` prints some of each kind.

mod changes;
mod reports;
mod rivals;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use model::{Given, LinkKind, Media, Page};

use super::{ScoreRow, bootstrap};
use crate::bench::pack::Pack;
use changes::Synonyms;
use reports::{Choices, Desk, Facts, Report, Sentences};

/// Pairs of each of the nine kinds of copies, and of each of the four kinds of independent reports: 1,350 and
/// 1,240, enough to tell 2 % within 0.8 points.
const COPIES_OF_A_KIND: usize = 150;
const INDEPENDENT_OF_A_KIND: usize = 310;

/// The share of equal MinHash bins from which the peers' examples call two texts copies.
const MINHASH_MIN: f64 = 0.55;
/// Share of shingles in common from which two texts are copies by shingles: half of the shorter.
const SHINGLES_MIN: f64 = 0.5;

/// Publishers that carry the pages; no two are of one family, and the last two are agencies that are known.
const OUTLETS: [&str; 14] = [
    "Northgate Gazette",
    "The Valley Herald",
    "Cedar Street Journal",
    "Old Harbour Mail",
    "Morning Lantern",
    "The Plains Reporter",
    "Granite Post",
    "River Town Chronicle",
    "The Weekly Compass",
    "Hillside Dispatch",
    "Lower Town Bulletin",
    "The Copper Mirror",
    "Northern Wire",
    "Orontes Agency",
];
const KNOWN_AGENCIES: std::ops::Range<usize> = 12..14;

/// Two pages, and whether one is a copy of the other or has the same single source.
struct Pair {
    kind: &'static str,
    copy: bool,
    pages: [Report; 2],
}

/// What was said of a pair.
struct Judged {
    kind: &'static str,
    copy: bool,
    /// Linked, or on one origin.
    joined: bool,
    /// In one incident, on two origins.
    counted_twice: bool,
    minhash: f64,
    shingles: f64,
    same_publisher: bool,
}

/// Scores the generated pairs.
pub(crate) fn run(_: &Path) -> Result<Vec<ScoreRow>> {
    let root = crate::root();
    let pack = Pack::read(&root.join("data"))?;
    let pairs = pairs(&root.join("corpus/copies"))?;
    let flag = |name: &str| std::env::args().any(|argument| argument == name);
    let mut judged = Vec::with_capacity(pairs.len());
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in &pairs {
        let one = judge(pair, &pack);
        let wrong = one.joined != one.copy;
        let shown = shown.entry(pair.kind).or_default();
        if *shown < 3 && ((flag("--misses") && wrong) || flag("--pairs")) {
            *shown += 1;
            print_pair(pair, &one);
        }
        judged.push(one);
    }
    print_methods(&judged);
    let rates: Vec<(&str, f64, usize)> = by_kind(&judged);
    for (kind, rate, n) in rates {
        println!("{kind:<36} {n:>5}  judged rightly {rate:.3}");
    }
    Ok(rows(&judged))
}

fn print_pair(pair: &Pair, judged: &Judged) {
    println!(
        "{} (copy: {}, joined: {}, counted twice: {}, minhash {:.2}, shingles {:.2})",
        pair.kind, pair.copy, judged.joined, judged.counted_twice, judged.minhash, judged.shingles
    );
    for page in &pair.pages {
        println!("  [{}, {}] {}", page.outlet, page.published, page.title);
        for paragraph in &page.paragraphs {
            println!("    {paragraph}");
        }
    }
}

/// All pairs, the same on every machine.
fn pairs(folder: &Path) -> Result<Vec<Pair>> {
    let sentences = Sentences::read(folder)?;
    let synonyms = Synonyms::read(folder)?;
    let mut choices = Choices::new(20_170_503);
    let mut pairs = Vec::new();
    for kind in 0..9 {
        for _ in 0..COPIES_OF_A_KIND {
            pairs.push(copy(kind, &sentences, &synonyms, &mut choices));
        }
    }
    for kind in 0..4 {
        for _ in 0..INDEPENDENT_OF_A_KIND {
            pairs.push(independent(kind, &sentences, &mut choices));
        }
    }
    Ok(pairs)
}

fn two_outlets(choices: &mut Choices) -> (usize, usize) {
    let first = choices.below(OUTLETS.len());
    let second = (first + 1 + choices.below(OUTLETS.len() - 1)) % OUTLETS.len();
    (first, second)
}

fn copy(kind: usize, sentences: &Sentences, synonyms: &Synonyms, choices: &mut Choices) -> Pair {
    let facts = Facts::invent(sentences, choices);
    let (a, b) = two_outlets(choices);
    let long = kind == 1 || choices.chance(70);
    let mut desk = Desk::new(sentences, choices);
    let original = if long {
        desk.long(&facts, OUTLETS[a])
    } else {
        desk.brief(&facts, OUTLETS[a])
    };
    let (name, mut pages) = match kind {
        0 => ("copy, verbatim", [original.clone(), original]),
        1 => (
            "copy, cut",
            [original.clone(), changes::cut(&original, desk.choices)],
        ),
        2 => (
            "copy, paragraphs reordered",
            [original.clone(), changes::reorder(&original, desk.choices)],
        ),
        3 => {
            let percent = 55 + desk.choices.below(40);
            let mut spun = changes::spin(&original, synonyms, percent, desk.choices);
            if desk.choices.chance(40) {
                spun = changes::reorder(&spun, desk.choices);
            }
            ("copy, spun", [original, spun])
        }
        4 => {
            let (title, own) = desk.opening(&facts);
            let mut other = changes::spin(&original, synonyms, 10, desk.choices);
            other.title = title;
            other.paragraphs.push(own);
            ("copy, another headline", [original, other])
        }
        5 => {
            let other = changes::respell(&original, &sentences.spellings(), desk.choices);
            let other = changes::spin(&other, synonyms, 35, desk.choices);
            ("copy, names and numbers respelt", [original, other])
        }
        6 => {
            let who = desk.speaker(&facts);
            let first = desk.quoting(&facts, &who, OUTLETS[a]);
            (
                "one speaker, other words",
                [first, desk.quoting(&facts, &who, OUTLETS[b])],
            )
        }
        7 => {
            let first = desk.release(&facts, OUTLETS[a]);
            (
                "one statement, other words",
                [first, desk.release(&facts, OUTLETS[b])],
            )
        }
        _ => {
            let agency = KNOWN_AGENCIES.start + desk.choices.below(KNOWN_AGENCIES.len());
            let page = Report {
                outlet: OUTLETS[agency].into(),
                ..original
            };
            let carrier = desk.choices.below(KNOWN_AGENCIES.start);
            let other = desk.citing(&facts, OUTLETS[agency], OUTLETS[carrier]);
            let pages = [page, other];
            return Pair {
                kind: "one page cites the other's publisher",
                copy: true,
                pages,
            };
        }
    };
    pages[1].outlet = OUTLETS[b].to_owned();
    Pair {
        kind: name,
        copy: true,
        pages,
    }
}

fn independent(kind: usize, sentences: &Sentences, choices: &mut Choices) -> Pair {
    let facts = Facts::invent(sentences, choices);
    let other = facts.heard_elsewhere(choices);
    let (a, b) = two_outlets(choices);
    let mut desk = Desk::new(sentences, choices);
    let (name, pages) = match kind {
        0 => (
            "independent, long",
            [desk.long(&facts, OUTLETS[a]), desk.long(&other, OUTLETS[b])],
        ),
        1 => (
            "independent, long and short",
            [desk.long(&facts, OUTLETS[a]), desk.brief(&other, OUTLETS[b])],
        ),
        2 => (
            "independent, short",
            [desk.brief(&facts, OUTLETS[a]), desk.brief(&other, OUTLETS[b])],
        ),
        _ => {
            let who = desk.speaker(&facts);
            let mut pages = [desk.long(&facts, OUTLETS[a]), desk.long(&other, OUTLETS[b])];
            for page in &mut pages {
                let remark = desk.remark(&facts, &who);
                page.paragraphs.push(remark);
            }
            ("independent, one remark in both", pages)
        }
    };
    Pair {
        kind: name,
        copy: false,
        pages,
    }
}

/// A report as a page of plain text.
fn page(report: &Report, number: usize) -> Page {
    Page {
        name: format!("page-{number}"),
        bytes: report.paragraphs.join("\n\n").into_bytes(),
        media: Media::Text,
        given: Given {
            url: None,
            outlet: Some(report.outlet.clone()),
            title: Some(report.title.clone()),
            published: Some(report.published.clone()),
        },
    }
}

fn judge(pair: &Pair, pack: &Pack) -> Judged {
    let fused = fuse(&[page(&pair.pages[0], 0), page(&pair.pages[1], 1)], pack);
    let one_origin =
        |incident: &model::Incident| incident.origins.iter().any(|origin| origin.documents.len() > 1);
    let linked = fused.links.iter().any(|link| link.kind != LinkKind::SameTitle);
    let joined = linked || fused.incidents.iter().any(one_origin);
    let twice = |incident: &model::Incident| incident.documents.len() > 1 && !one_origin(incident);
    let text = |report: &Report| rivals::shingles(&report.paragraphs.join("\n"));
    let (a, b): (BTreeSet<u64>, BTreeSet<u64>) = (text(&pair.pages[0]), text(&pair.pages[1]));
    Judged {
        kind: pair.kind,
        copy: pair.copy,
        joined,
        counted_twice: !joined && fused.incidents.iter().any(twice),
        minhash: rivals::minhash(&a, &b),
        shingles: rivals::overlap(&a, &b),
        same_publisher: pair.pages[0].outlet == pair.pages[1].outlet,
    }
}

/// Pages through the stages, as the binary does it.
pub(super) fn fuse(pages: &[Page], pack: &Pack) -> model::Fused {
    let mut documents: Vec<model::Document> = pages
        .iter()
        .map(|page| text::clean(page, &pack.outlets, &pack.damage))
        .collect();
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    documents.dedup_by(|a, b| a.id == b.id);
    let documents = text::date_undated(documents);
    let countries: Vec<String> = pack
        .agreements
        .iter()
        .flat_map(|agreement| agreement.countries.clone())
        .collect();
    let mut located = Vec::new();
    for document in &documents {
        let claims = claims::extract(document, &pack.lexicon).claims;
        let names = claims.iter().flat_map(|claim| &claim.places);
        let context = places::Context::new(names, &countries, &pack.gazetteer);
        located.extend(
            claims
                .into_iter()
                .map(|claim| places::locate(claim, &context, &pack.gazetteer, &[])),
        );
    }
    if std::env::var("DBG").is_ok() { for d in &documents { eprintln!("DOC\t{}\t{}\t{:?}\t{}", d.name, d.published.edtf, d.language, d.main().count());
        for l in located.iter().filter(|l| l.claim.document == d.id) { let c=&l.claim; let loc=l.event_location();
            eprintln!("   C {} | {} {} | {} | {:?} | {}", c.act.id, c.when.edtf, c.when.words, c.figures.iter().map(|f| format!("{} {}", f.metric.as_str(), f.count)).collect::<Vec<_>>().join(","), l.locations.iter().map(|l| format!("{}:{}:{}", l.mention.name, l.mention.kind, l.precision.as_str())).collect::<Vec<_>>(), loc.and_then(|l| l.chosen.as_ref()).map_or("-".into(), |c| c.name.clone())); } } }
    incidents::fuse(
        &located,
        &documents,
        &pack.outlets,
        pack.lexicon.actors(),
        &pack.acts,
        &model::Rulings::default(),
    )
}

fn by_kind(judged: &[Judged]) -> Vec<(&'static str, f64, usize)> {
    let mut kinds: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    for one in judged {
        let entry = kinds.entry(one.kind).or_default();
        entry.0 += usize::from(one.joined == one.copy);
        entry.1 += 1;
    }
    kinds
        .into_iter()
        .map(|(kind, (right, all))| (kind, right as f64 / all as f64, all))
        .collect()
}

fn share(judged: &[&Judged], copies: bool, test: impl Fn(&Judged) -> bool) -> f64 {
    let of_kind: Vec<&&Judged> = judged.iter().filter(|one| one.copy == copies).collect();
    of_kind.iter().filter(|one| test(one)).count() as f64 / of_kind.len().max(1) as f64
}

/// One line for each method: copies found, copies counted as a second origin, independent reports taken for copies.
fn print_methods(judged: &[Judged]) {
    let all: Vec<&Judged> = judged.iter().collect();
    println!(
        "{:<34} {:>13} {:>20} {:>24}",
        "method", "copies found", "false corroboration", "independent taken as copy"
    );
    let line = |name: &str, joined: &dyn Fn(&Judged) -> bool, twice: &dyn Fn(&Judged) -> bool| {
        println!(
            "{name:<34} {:>13.3} {:>20.3} {:>24.3}",
            share(&all, true, joined),
            share(&all, true, twice),
            share(&all, false, joined)
        );
    };
    line("truceline", &|one| one.joined, &|one| one.counted_twice);
    let simple = |name: &str, joined: &dyn Fn(&Judged) -> bool| line(name, joined, &|one| !joined(one));
    simple("publisher count", &|one| one.same_publisher);
    simple("MinHash, 0.55", &|one| one.minhash >= MINHASH_MIN);
    simple("shingles, half of the shorter", &|one| {
        one.shingles >= SHINGLES_MIN
    });
    for (name, score) in [
        (
            "MinHash at 95 % of copies",
            (|one: &Judged| one.minhash) as fn(&Judged) -> f64,
        ),
        ("shingles at 95 % of copies", |one: &Judged| one.shingles),
    ] {
        let mut scores: Vec<f64> = all.iter().filter(|one| one.copy).map(|one| score(one)).collect();
        scores.sort_by(f64::total_cmp);
        let least = scores[scores.len() / 20];
        line(name, &|one| score(one) >= least, &|one| score(one) < least);
    }
}

fn rows(judged: &[Judged]) -> Vec<ScoreRow> {
    let row = |metric: &str, copies: bool, test: fn(&Judged) -> bool, baseline: fn(&Judged) -> bool| {
        let items: Vec<&Judged> = judged.iter().filter(|one| one.copy == copies).collect();
        let statistic = |sample: &[&&Judged]| {
            sample.iter().filter(|one| test(one)).count() as f64 / sample.len().max(1) as f64
        };
        let (low, high) = bootstrap(&items, statistic);
        ScoreRow {
            task: "copies".into(),
            set: "generated pairs".into(),
            metric: metric.into(),
            n: items.len(),
            value: share(&items, copies, test),
            low,
            high,
            baseline: Some(share(&items, copies, baseline)),
            baseline_name: "MinHash 0.55".into(),
            peer: "–".into(),
        }
    };
    vec![
        row(
            "copies found",
            true,
            |one| one.joined,
            |one| one.minhash >= MINHASH_MIN,
        ),
        row(
            "copies not counted twice",
            true,
            |one| !one.counted_twice,
            |one| one.minhash >= MINHASH_MIN,
        ),
        row(
            "independent reports kept apart",
            false,
            |one| !one.joined,
            |one| one.minhash < MINHASH_MIN,
        ),
    ]
}
