//! Casualty intervals on Airwars' assessments of Gaza: each narrative is read with the real pipeline, as one
//! incident, and its toll is compared with the bounds that human coders gave.
//!
//! The rules are hand-written. They were developed while looking at the misses of one half of the incidents
//! (even FNV-1a hash of the code); the other half, whose texts nobody looked at, gives the figure. On another
//! set (`shared/gold/…` of the same form) both halves are unseen.

use super::{ScoreRow, bootstrap, read_gz};
use crate::bench::pack::Pack;
use anyhow::{Context as _, Result};
use model::{Count, Given, Media, Metric, Page, Toll};
use serde::Deserialize;
use std::path::Path;

/// One incident of the set. `summary_raw` holds the answer and is never read.
#[derive(Deserialize)]
struct Row {
    code: String,
    assessment: String,
    k_min: Option<u64>,
    k_max: Option<u64>,
    i_min: Option<u64>,
    i_max: Option<u64>,
}

/// An interval told and an interval expected.
struct Judged {
    developed_on: bool,
    expected: (u64, u64),
    read: Option<(u64, u64)>,
    baseline: Option<(u64, u64)>,
}

/// Scores the killed and the injured of every assessment.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let pack = Pack::read(&crate::root().join("data"))?;
    let text = read_gz(&shared.join("gold/airwars-gaza/incidents.jsonl.gz"))?;
    let show = std::env::args().any(|argument| argument == "--misses");
    let (mut killed, mut injured) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let row: Row = serde_json::from_str(line).context("reading an incident")?;
        let tolls = tolls(&row, &pack);
        let developed_on = is_developed_on(&row.code);
        let first = first_number(&unbroken(&row.assessment));
        let bounds = [
            (Metric::Killed, row.k_min, row.k_max, &mut killed),
            (Metric::Injured, row.i_min, row.i_max, &mut injured),
        ];
        for (metric, low, high, judged) in bounds {
            let read = tolls.iter().find(|toll| toll.metric == metric).map(closed);
            let Some(expected) = low.zip(high) else { continue };
            if show && developed_on && read != Some(expected) {
                println!(
                    "{}\t{}\texpected {expected:?}\tread {read:?}",
                    row.code,
                    metric.as_str()
                );
                for toll in tolls.iter().filter(|toll| toll.metric == metric) {
                    println!(
                        "\tbest {} range {} because {}",
                        toll.best, toll.range, toll.because.words
                    );
                    for (who, count, _) in &toll.accounts {
                        println!("\t\t{who}: {count}");
                    }
                }
            }
            judged.push(Judged {
                developed_on,
                expected,
                read,
                baseline: first,
            });
        }
    }
    let mut rows = Vec::new();
    for (name, judged) in [("killed", &killed), ("injured", &injured)] {
        for (half, seen) in [("unseen half", false), ("half developed on", true)] {
            let part: Vec<&Judged> = judged.iter().filter(|one| one.developed_on == seen).collect();
            rows.extend(table(name, half, &part));
        }
    }
    Ok(rows)
}

fn tolls(row: &Row, pack: &Pack) -> Vec<Toll> {
    let page = Page {
        name: row.code.clone(),
        bytes: unbroken(&row.assessment).into_bytes(),
        media: Media::Text,
        given: Given::default(),
    };
    let document = text::clean(&page, &pack.outlets, &pack.damage);
    let claims = claims::extract(&document, &pack.lexicon).claims;
    let context = places::Context::new(
        claims.iter().flat_map(|claim| &claim.places),
        &[],
        &pack.gazetteer,
    );
    let located: Vec<model::LocatedClaim> = claims
        .into_iter()
        .map(|claim| places::locate(claim, &context, &pack.gazetteer, &[]))
        .collect();
    incidents::tolls(
        &located,
        &[document],
        &pack.outlets,
        pack.lexicon.actors(),
        &pack.acts,
    )
}

/// The narrative with its paragraphs only: the set breaks the line before and after every link, in the middle of
/// a sentence.
fn unbroken(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.lines() {
        let ended = whole.trim_end().ends_with(['.', '!', '?', '"', '\u{201d}', ':']);
        whole.push(if ended { '\n' } else { ' ' });
        whole.push_str(line);
    }
    whole
}

/// The preferred account as two bounds. The coders know no open interval: "at least five" is 5–5 unless
/// somebody tells more, and then up to the most that anybody tells.
fn closed(toll: &Toll) -> (u64, u64) {
    let low = toll.best.low;
    let most = |count: &Count| count.high.unwrap_or(count.low);
    let told = toll.accounts.iter().map(|(_, count, _)| most(count)).max();
    (
        low,
        toll.best.high.unwrap_or_else(|| told.unwrap_or(low).max(low)),
    )
}

/// The trivial method: the first number of the text that is no date or time, for both bounds.
fn first_number(text: &str) -> Option<(u64, u64)> {
    let analysis = language::analyse_shallow(text, language::Language::english());
    analysis
        .sentences
        .iter()
        .flat_map(|sentence| language::number::quantities(sentence, text))
        .next()
        .map(|quantity| (quantity.low, quantity.high.unwrap_or(quantity.low)))
}

/// Whether the incident is of the half whose misses were looked at while the rules were written.
fn is_developed_on(code: &str) -> bool {
    let hash = code.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 16).is_multiple_of(2)
}

/// A pair of bounds expected and one read; gives what they are worth.
type Measure = fn((u64, u64), Option<(u64, u64)>) -> f64;

fn table(name: &str, half: &str, judged: &[&Judged]) -> Vec<ScoreRow> {
    type Pick = fn(&Judged) -> Option<(u64, u64)>;
    let read: Pick = |one| one.read;
    let trivial: Pick = |one| one.baseline;
    let row = |metric: &str, measure: Measure, peer: &str| {
        let mean = |items: &[&&Judged], pick: Pick| {
            let sum: f64 = items.iter().map(|one| measure(one.expected, pick(one))).sum();
            sum / items.len().max(1) as f64
        };
        let (low, high) = bootstrap(judged, |items| mean(items, read));
        let all: Vec<&&Judged> = judged.iter().collect();
        ScoreRow {
            task: "figures".to_owned(),
            set: format!("Airwars Gaza, {half}"),
            metric: format!("{name}, {metric}"),
            n: judged.len(),
            value: mean(&all, read),
            low,
            high,
            baseline: Some(mean(&all, trivial)),
            baseline_name: "first number".to_owned(),
            peer: peer.to_owned(),
        }
    };
    vec![
        row(
            "both bounds exact",
            |expected, read| f64::from(u8::from(read == Some(expected))),
            "bar .60; both bounds stand in 82 % of the texts",
        ),
        row(
            "lower exact",
            |expected, read| f64::from(u8::from(read.is_some_and(|read| read.0 == expected.0))),
            "",
        ),
        row(
            "upper exact",
            |expected, read| f64::from(u8::from(read.is_some_and(|read| read.1 == expected.1))),
            "",
        ),
        row("bound error, persons (smaller is better)", bound_error, ""),
        row(
            "interval held",
            |expected, read| {
                f64::from(u8::from(
                    read.is_some_and(|read| read.0 <= expected.0 && expected.1 <= read.1),
                ))
            },
            "",
        ),
    ]
}

/// Mean distance of the two bounds; what was not read counts as zero.
fn bound_error(expected: (u64, u64), read: Option<(u64, u64)>) -> f64 {
    let (low, high) = read.unwrap_or((0, 0));
    (low.abs_diff(expected.0) + high.abs_diff(expected.1)) as f64 / 2.0
}
