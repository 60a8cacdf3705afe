//! Which accounts are worth comparing: those of neighbouring passages, of one place or neighbouring cell and
//! day, or of shared wording. Everything else is never looked at, so the work grows with the number of
//! accounts and not with its square.

use crate::account::{Account, Part};
use crate::evidence::DAYS_APART_MAX;
use crate::place::Spot;
use crate::wording;
use model::{ClaimId, DocumentId, add_days};
use std::collections::{BTreeMap, BTreeSet};

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
const PAGE_NEIGHBOURS: usize = 32;

/// Most days of a time that are blocked one by one; longer times are blocked by place and wording alone.
const DAYS_BLOCKED_MAX: i64 = 7;

/// Places a name may mean that are looked under; the gazetteer ranks them, and the rest are far-fetched.
const CANDIDATES_MAX: usize = 5;

/// Edge of a cell in degrees. 0.25, about 28 km north to south: with its eight neighbours a cell holds every
/// region that can touch one of up to 28 km radius.
const CELL_DEGREES: f64 = 0.25;

/// Pairs of accounts worth comparing, by index, lower first.
pub(crate) fn pairs(accounts: &[Account<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    page_neighbours(accounts, &mut pairs);
    references(accounts, &mut pairs);
    for members in blocks(accounts).values() {
        pair_block(accounts, members, &mut pairs);
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn add(pairs: &mut Vec<(usize, usize)>, a: usize, b: usize) {
    if a != b {
        pairs.push((a.min(b), a.max(b)));
    }
}

fn page_neighbours(accounts: &[Account<'_>], pairs: &mut Vec<(usize, usize)>) {
    let mut on_page: BTreeMap<&DocumentId, Vec<(usize, usize, &str, usize)>> = BTreeMap::new();
    for (index, account) in accounts.iter().enumerate() {
        for site in &account.sites {
            let entry = on_page.entry(&site.document).or_default();
            entry.push((site.order, site.start, account.key.as_str(), index));
        }
    }
    for sites in on_page.values_mut() {
        sites.sort();
        for (position, a) in sites.iter().enumerate() {
            for b in sites.iter().skip(position + 1).take(PAGE_NEIGHBOURS) {
                add(pairs, a.3, b.3);
            }
        }
    }
}

fn references(accounts: &[Account<'_>], pairs: &mut Vec<(usize, usize)>) {
    let mut of_claim: BTreeMap<&ClaimId, usize> = BTreeMap::new();
    for (index, account) in accounts.iter().enumerate() {
        of_claim.extend(account.claims.iter().map(|located| (&located.claim.id, index)));
    }
    for (index, account) in accounts.iter().enumerate() {
        for target in account.points_at.iter().filter_map(|id| of_claim.get(id)) {
            add(pairs, index, *target);
        }
    }
}

/// Keys of blocks, hashed: accounts with a key in common are compared.
fn blocks(accounts: &[Account<'_>]) -> BTreeMap<u64, Vec<usize>> {
    let mut blocks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (index, account) in accounts.iter().enumerate() {
        let mut keys = BTreeSet::new();
        for pair in wording::sketch(&account.claim().quote) {
            keys.insert(wording::fnv(b"w".iter().copied().chain(pair.to_be_bytes())));
        }
        place_keys(account, &mut keys);
        for key in keys {
            blocks.entry(key).or_default().push(index);
        }
    }
    blocks.retain(|_, members| members.len() > 1);
    blocks
}

fn place_keys(account: &Account<'_>, keys: &mut BTreeSet<u64>) {
    let key = |parts: &[&str]| wording::fnv(parts.join("\u{1f}").bytes());
    let places = places(&account.spot);
    let days = days(account);
    for place in &places {
        for day in &days {
            keys.insert(key(&["p", place, day]));
        }
        // What lets an undated account be joined: the same words for the time, or agreeing harm.
        if !account.when_words.is_empty() {
            keys.insert(key(&["u", place, &account.when_words, account.act()]));
        }
        for (metric, count) in &account.harm {
            keys.insert(key(&["h", place, metric.as_str(), &count.low.to_string()]));
        }
    }
    // Pages of one text tell one story, in whatever order and words.
    keys.insert(key(&["t", &account.text, account.act()]));
    for (metric, count) in &account.harm {
        keys.insert(key(&[
            "t",
            &account.text,
            metric.as_str(),
            &count.low.to_string(),
        ]));
        for day in &days {
            keys.insert(key(&["d", day, metric.as_str(), &count.low.to_string()]));
        }
    }
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
fn days(account: &Account<'_>) -> Vec<String> {
    let when = account.when();
    let (Some(first), Some(days)) = (when.earliest(), when.days()) else {
        return Vec::new();
    };
    if days > DAYS_BLOCKED_MAX {
        return Vec::new();
    }
    (0..=days).map(|day| add_days(first, day).to_string()).collect()
}

fn pair_block(accounts: &[Account<'_>], members: &[usize], pairs: &mut Vec<(usize, usize)>) {
    let founds = |index: &usize| accounts[*index].part == Part::Founds;
    let mut sorted: Vec<usize> = members.to_vec();
    sorted.sort_by_key(|index| (accounts[*index].act(), accounts[*index].when(), *index));
    let reach = if sorted.len() <= BLOCK_ALL_MAX {
        sorted.len()
    } else {
        BLOCK_NEIGHBOURS
    };
    for (position, a) in sorted.iter().enumerate() {
        for b in sorted.iter().skip(position + 1).take(reach) {
            let apart = accounts[*a].is_days_apart(&accounts[*b], DAYS_APART_MAX);
            if !apart && (founds(a) || founds(b)) {
                add(pairs, *a, *b);
            }
        }
    }
}
