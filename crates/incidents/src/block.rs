//! Which accounts are worth comparing: those of neighbouring passages, of one place or neighbouring cell and
//! day, or of shared wording. Everything else is never looked at, so the work grows with the number of
//! accounts and not with its square.

use crate::account::{self, Account, Days, Part};
use crate::evidence::DAYS_APART_MAX;
use crate::near::Near;
use crate::place::{self, Spot};
use crate::wording;
use model::{Count, LocatedClaim, Metric};
use std::cmp::Ordering;

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
const DAYS_BLOCKED_MAX: i32 = 7;

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
        .map(|pair| key(b'w', &[&pair.to_be_bytes()]))
        .collect();
    let mut places = places(&place::spot(located));
    places.sort_unstable();
    places.dedup();
    let days = Days::of_news(claim)
        .unwrap_or_else(|| Days::of(claim))
        .each(DAYS_BLOCKED_MAX);
    let harm = account::harm(claim);
    let (act, when_words) = (claim.act.id.as_str(), wording::plain(&claim.when.words));
    let harmed = |(metric, count): &(Metric, Count)| {
        key(b'm', &[metric.as_str().as_bytes(), &count.low.to_be_bytes()])
    };
    let harm: Vec<[u8; 8]> = harm.iter().map(|harm| harmed(harm).to_be_bytes()).collect();
    for place in places.iter().map(|place| place.to_be_bytes()) {
        keys.extend(days.clone().map(|day| key(b'p', &[&place, &day.to_be_bytes()])));
        // What lets an undated account be joined: the same words for the time, or agreeing harm.
        if !when_words.is_empty() {
            keys.push(key(b'u', &[&place, when_words.as_bytes(), act.as_bytes()]));
        }
        keys.extend(harm.iter().map(|harm| key(b'h', &[&place, harm])));
    }
    for harm in &harm {
        keys.extend(days.clone().map(|day| key(b'd', &[harm, &day.to_be_bytes()])));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Keys of an account within its text, sorted: pages of one text tell one story, in whatever order and words.
pub(crate) fn text_keys(account: &Account<'_>) -> Vec<u64> {
    let text = account.text.as_bytes();
    let mut keys = vec![key(b't', &[text, account.act().as_bytes()])];
    let harm = account.harm.iter();
    keys.extend(harm.map(|(metric, count)| {
        key(
            b'n',
            &[text, metric.as_str().as_bytes(), &count.low.to_be_bytes()],
        )
    }));
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The order in which accounts stand in a large block: those of one act and time beside each other.
pub(crate) fn order(a: &Account<'_>, b: &Account<'_>) -> Ordering {
    a.act()
        .cmp(b.act())
        .then_with(|| a.days.cmp(&b.days))
        .then_with(|| a.when().cmp(b.when()))
        .then_with(|| a.order(b))
}

/// Whether two accounts that share a key are worth comparing.
pub(crate) fn are_worth((part_a, days_a): (Part, Days), (part_b, days_b): (Part, Days)) -> bool {
    let founds = part_a == Part::Founds || part_b == Part::Founds;
    founds && !days_a.are_apart(days_b, DAYS_APART_MAX as i32)
}

fn key(kind: u8, parts: &[&[u8]]) -> u64 {
    let parts = parts.iter().flat_map(|part| part.iter().copied().chain([0x1f]));
    wording::fnv(std::iter::once(kind).chain(parts))
}

/// Keys of the places that a spot is or may be.
fn places(spot: &Spot) -> Vec<u64> {
    let id = |place: &String| key(b'i', &[place.as_bytes()]);
    let keyed = |name: u64| key(b'n', &[&name.to_be_bytes()]);
    let named = |name: &String| keyed(crate::frame::name_key(name));
    match spot {
        Spot::Untold => Vec::new(),
        Spot::Pointed { candidates } => candidates.iter().take(CANDIDATES_MAX).map(id).collect(),
        Spot::Named { name, candidates } => {
            let mut places = vec![named(name)];
            places.extend(candidates.iter().take(CANDIDATES_MAX).map(id));
            places
        }
        Spot::Placed {
            place,
            names,
            province,
            region,
            inside,
            ..
        } => {
            let mut places = vec![id(place), named(province)];
            places.extend(names.iter().map(named));
            places.extend(inside.iter().copied().map(keyed));
            if let Some(region) = region {
                let cell = |degrees: f64, step: f64| ((degrees / CELL_DEGREES).floor() + step) as i64;
                for (north, east) in [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)] {
                    let (row, column) = (cell(region.centre.lat, north), cell(region.centre.lon, east));
                    places.push(key(b'c', &[&row.to_be_bytes(), &column.to_be_bytes()]));
                }
            }
            places
        }
    }
}
