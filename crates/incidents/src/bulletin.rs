//! Ledgers of two bulletins: who counted how many cases, and where, from claims that count complaints.

use crate::ledgers::{Ledger, LedgerLine, LedgerTotal};
use model::{Claim, Metric, Note, Severity, SourceKind};
use std::collections::BTreeSet;

/// Words of a side's name by which two bulletins name the same one: "Russian side" stands in "Russian side of the
/// joint commission".
const SIDE_WORDS: usize = 2;

/// Marks between the items of a list.
const BETWEEN_ITEMS: [char; 9] = [',', ';', ':', '.', '(', ')', '،', '؛', '\n'];

/// Reads the ledgers of two bulletins from their claims; a note for every place that stands without its number.
///
/// A sentence gives a total and, behind it, places with numbers in digits beside them ("9 cases of fire: 4 in Hama
/// province", "Idlib 5, Hama 4"). Sides are who the sentence says counted; a sentence without a speaker is put under a
/// side that either bulletin names and that it begins with.
pub fn bulletins(a: (&str, &[Claim]), b: (&str, &[Claim])) -> ([Ledger; 2], Vec<Note>) {
    let counting = |claims: &[Claim]| -> Vec<Claim> {
        let mut counting: Vec<Claim> = claims
            .iter()
            .filter(|claim| total(claim).is_some())
            .cloned()
            .collect();
        counting.sort_by_key(|claim| (claim.span, claim.id.clone()));
        counting.dedup_by_key(|claim| claim.span);
        counting
    };
    let (of_a, of_b) = (counting(a.1), counting(b.1));
    let sides: BTreeSet<String> = of_a.iter().chain(&of_b).filter_map(speaker).collect();
    let mut notes = Vec::new();
    let ledgers = [(a.0, of_a), (b.0, of_b)].map(|(name, claims)| {
        let mut ledger = Ledger {
            name: name.to_owned(),
            ..Ledger::default()
        };
        for claim in &claims {
            read(claim, &sides, &mut ledger, &mut notes);
        }
        ledger
    });
    (ledgers, notes)
}

/// The first number of complaints of a claim, with the words that give it.
fn total(claim: &Claim) -> Option<(u64, &str)> {
    let figures = claim
        .figures
        .iter()
        .filter(|figure| figure.metric == Metric::Complaints);
    let first = figures.min_by_key(|figure| figure.span)?;
    (first.count.high == Some(first.count.low)).then_some((first.count.low, first.quote.as_str()))
}

/// The side that a claim names as having counted.
fn speaker(claim: &Claim) -> Option<String> {
    let link = claim.source().filter(|link| link.kind != SourceKind::Page)?;
    Some(first_words(&link.label))
}

fn first_words(text: &str) -> String {
    text.split_whitespace()
        .take(SIDE_WORDS)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The side under which a claim is put; empty when none is named.
fn side(claim: &Claim, sides: &BTreeSet<String>) -> String {
    let begins = || {
        let opening = first_words(&claim.quote);
        sides.contains(&opening).then_some(opening)
    };
    speaker(claim).or_else(begins).unwrap_or_default()
}

fn read(claim: &Claim, sides: &BTreeSet<String>, ledger: &mut Ledger, notes: &mut Vec<Note>) {
    let Some((count, words)) = total(claim) else {
        return;
    };
    let side = side(claim, sides);
    let unit = Metric::Complaints.as_str().to_owned();
    let behind = claim.quote.split_once(words).map_or("", |(_, behind)| behind);
    let mut names: Vec<&str> = claim.places.iter().map(|place| place.name.as_str()).collect();
    // The longest name first: "Deir ez-Zor" is not "Zor".
    names.sort_by_key(|name| (std::cmp::Reverse(name.len()), *name));
    names.dedup();
    for item in behind.split(BETWEEN_ITEMS) {
        let Some(pairs) = pairs(item, &names) else {
            let what = format!(
                "the places in \"{}\" do not stand beside one number each",
                item.trim()
            );
            notes.push(Note::new(Severity::Partial, "incidents", &ledger.name, what));
            continue;
        };
        ledger
            .lines
            .extend(pairs.into_iter().map(|(province, count)| LedgerLine {
                province,
                side: side.clone(),
                unit: unit.clone(),
                count,
            }));
    }
    ledger.totals.push(LedgerTotal {
        side,
        unit,
        count,
        words: claim.quote.clone(),
    });
}

/// The places of one item of a list with their numbers, as they follow each other; `None` when there are not as many
/// numbers as places.
fn pairs(item: &str, names: &[&str]) -> Option<Vec<(String, u64)>> {
    let mut places: Vec<(usize, &str)> = Vec::new();
    for name in names {
        for (at, _) in item.match_indices(name) {
            let inside = |(start, other): &(usize, &str)| (*start..start + other.len()).contains(&at);
            if !places.iter().any(inside) {
                places.push((at, name));
            }
        }
    }
    if places.is_empty() {
        return Some(Vec::new());
    }
    places.sort_unstable();
    let numbers: Vec<u64> = item
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.parse().ok())
        .collect();
    let named = places.into_iter().map(|(_, name)| name.to_owned());
    (numbers.len() == named.len()).then(|| named.zip(numbers).collect())
}
