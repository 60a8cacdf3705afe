//! Which accounts are worth comparing: those of neighbouring passages, of one place or neighbouring cell and
//! day, or of shared wording. Everything else is never looked at, so the work grows with the number of
//! accounts and not with its square.

use crate::account::{self, Account, Days, Part};
use crate::evidence::DAYS_APART_MAX;
use crate::near::Near;
use crate::place::{self, Spot};
use crate::wording;
use model::{Claim, LocatedClaim, add_days};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Most accounts of one block that are all compared with each other.
///
/// 48, that is 1,128 pairs. Beyond it each account is compared with those beside it in order of act and
/// key, which still chains accounts of one act; what is lost is a pair of different acts on a day and at a
/// place with more than 48 accounts.
const BLOCK_ALL_MAX: usize = 48;

/// Neighbours that an account of a large block is compared with.
const BLOCK_NEIGHBOURS: usize = 12;

/// Accounts that follow on a page and are compared with an account.
///
/// 32: more than half a dozen paragraphs hold; bounds the work on pages that are long lists.
pub(crate) const PAGE_NEIGHBOURS: usize = 32;

/// Most days of a time that are blocked one by one; longer times are blocked by place and wording alone.
const DAYS_BLOCKED_MAX: i64 = 7;

/// Places a name may mean that are looked under; the gazetteer ranks them, and the rest are far-fetched.
const CANDIDATES_MAX: usize = 5;

/// Edge of a cell in degrees. 0.25, about 28 km north to south: with its eight neighbours a cell holds every
/// region that can touch one of up to 28 km radius.
const CELL_DEGREES: f64 = 0.25;

/// Accounts and pages by what brings them together.
pub(crate) fn near() -> Near {
    Near::new(BLOCK_ALL_MAX, BLOCK_NEIGHBOURS)
}

/// Keys of what a claim says that do not depend on the text it stands in, sorted: accounts with one in common are
/// compared.
pub(crate) fn wording_keys(located: &LocatedClaim) -> Vec<u64> {
    let claim = &located.claim;
    let mut keys: Vec<u64> = wording::sketch(&claim.quote)
        .into_iter()
        .map(|pair| wording::fnv(b"w".iter().copied().chain(pair.to_be_bytes())))
        .collect();
    let places: BTreeSet<String> = places(&place::spot(located)).into_iter().collect();
    let (days, harm) = (days(claim), account::harm(claim));
    let (act, when_words) = (claim.act.id.as_str(), wording::plain(&claim.when.words));
    for place in &places {
        for day in &days {
            keys.push(key(&["p", place, day]));
        }
        // What lets an undated account be joined: the same words for the time, or agreeing harm.
        if !when_words.is_empty() {
            keys.push(key(&["u", place, &when_words, act]));
        }
        for (metric, count) in &harm {
            keys.push(key(&["h", place, metric.as_str(), &count.low.to_string()]));
        }
    }
    for (metric, count) in &harm {
        for day in &days {
            keys.push(key(&["d", day, metric.as_str(), &count.low.to_string()]));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Keys of an account within its text, sorted: pages of one text tell one story, in whatever order and words.
pub(crate) fn text_keys(account: &Account<'_>) -> Vec<u64> {
    let mut keys = vec![key(&["t", &account.text, account.act()])];
    for (metric, count) in &account.harm {
        keys.push(key(&[
            "t",
            &account.text,
            metric.as_str(),
            &count.low.to_string(),
        ]));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The order in which accounts stand in a large block: those of one act and time beside each other.
pub(crate) fn order(a: &Account<'_>, b: &Account<'_>) -> Ordering {
    by_act_and_time((a.claim(), a.days), (b.claim(), b.days)).then_with(|| a.order(b))
}

/// The first part of that order, which does not depend on the text.
pub(crate) fn by_act_and_time((a, days_a): (&Claim, Days), (b, days_b): (&Claim, Days)) -> Ordering {
    let acts = a.act.id.cmp(&b.act.id);
    acts.then_with(|| days_a.cmp(&days_b))
        .then_with(|| a.when.edtf.cmp(&b.when.edtf))
}

/// Whether two accounts that share a key are worth comparing.
pub(crate) fn are_worth((part_a, days_a): (Part, Days), (part_b, days_b): (Part, Days)) -> bool {
    let founds = part_a == Part::Founds || part_b == Part::Founds;
    founds && !days_a.are_apart(days_b, DAYS_APART_MAX)
}

fn key(parts: &[&str]) -> u64 {
    wording::fnv(parts.join("\u{1f}").bytes())
}

fn places(spot: &Spot) -> Vec<String> {
    match spot {
        Spot::Untold => Vec::new(),
        Spot::Pointed { candidates } => candidates
            .iter()
            .take(CANDIDATES_MAX)
            .map(|place| format!("i{place}"))
            .collect(),
        Spot::Named { name, candidates } => {
            let mut places = vec![format!("n{name}")];
            places.extend(
                candidates
                    .iter()
                    .take(CANDIDATES_MAX)
                    .map(|candidate| format!("i{candidate}")),
            );
            places
        }
        Spot::Placed {
            place,
            names,
            province,
            region,
            ..
        } => {
            let mut places = vec![format!("i{place}"), format!("n{province}")];
            places.extend(names.iter().map(|name| format!("n{name}")));
            if let Some(region) = region {
                let cell = |degrees: f64, step: f64| ((degrees / CELL_DEGREES).floor() + step) as i64;
                for (north, east) in [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)] {
                    let (row, column) = (cell(region.centre.lat, north), cell(region.centre.lon, east));
                    places.push(format!("c{row} {column}"));
                }
            }
            places
        }
    }
}

/// The days of a close time, each also as the day after, so that a day's difference still shares a key.
fn days(claim: &Claim) -> Vec<String> {
    let when = &claim.when.edtf;
    let (Some(first), Some(days)) = (when.earliest(), when.days()) else {
        return Vec::new();
    };
    if days > DAYS_BLOCKED_MAX {
        return Vec::new();
    }
    (0..=days).map(|day| add_days(first, day).to_string()).collect()
}
