//! What waits for a person, and in which order. Each group of sources takes its turn, so that many reports of one
//! kind of source never stand before a few of another.

use crate::account::Account;
use crate::origin::Library;
use crate::ruling::Decided;
use crate::wording::Hashed;
use model::{ClaimId, Incident, IncidentId, Metric, ReviewItem, RulingId, Status, Waiting};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Most incidents shown as possibly the same.
///
/// 8: more is no help to a person. A city under fire has dozens within a day; the map shows those.
const CANDIDATES_MAX: usize = 8;

/// The group of all pages whose outlet is in no table: however many names they go by, they have one turn.
const UNLISTED: &str = "unlisted";

/// What an item is ordered by inside its group: why it waits, persons killed, day, id.
type Rank = (Waiting, Reverse<u64>, Reverse<Option<jiff::civil::Date>>, String);

/// An incident with its accounts, which come in order.
pub(crate) struct Told<'a, 'b> {
    pub(crate) incident: &'b Incident,
    pub(crate) founding: Vec<&'b Account<'a>>,
    pub(crate) speaking: Vec<&'b Account<'a>>,
}

/// An account that speaks about an incident which could not be told, with the positions of those it could be about.
pub(crate) type Open<'a, 'b> = (&'b Account<'a>, Vec<usize>);

/// The queue, in the order in which it is to be taken.
pub(crate) fn queue(
    told: &[Told<'_, '_>],
    open: &[Open<'_, '_>],
    decided: Option<&Decided<'_>>,
    library: &Library<'_>,
) -> Vec<ReviewItem> {
    let accepted = decided.map(Decided::accepted).unwrap_or_default();
    let pending = decided.map(Decided::pending).unwrap_or_default();
    let mut pending_of: BTreeMap<&ClaimId, BTreeSet<&RulingId>> = BTreeMap::new();
    for (ruling, claims) in &pending {
        for claim in claims {
            pending_of.entry(claim).or_default().insert(ruling);
        }
    }
    let near = Near::read(told);
    let groups = |members: &[&Account<'_>]| -> BTreeSet<String> {
        let sites = members.iter().flat_map(|account| &account.sites);
        let families: BTreeSet<&str> = sites
            .map(|site| library.family(&site.document).unwrap_or(UNLISTED))
            .collect();
        families.into_iter().map(str::to_owned).collect()
    };
    let seen = |account: &Account<'_>| {
        let ids = &mut account.claims.iter().map(|it| &it.claim.id);
        (!accepted.is_empty() && ids.any(|id| accepted.contains(id)))
            || decided.is_some_and(|decided| decided.archives(account))
    };
    let ids = |positions: &[usize]| -> Vec<IncidentId> {
        let few = positions.iter().take(CANDIDATES_MAX);
        few.map(|at| told[*at].incident.id.clone()).collect()
    };
    let mut items: Vec<(ReviewItem, Rank, BTreeSet<String>)> = Vec::new();
    for (position, one) in told.iter().enumerate() {
        let incident = one.incident;
        if incident.archived {
            continue;
        }
        let mut members: Vec<&Account<'_>> = one.founding.iter().chain(&one.speaking).copied().collect();
        let waiting_rulings: BTreeSet<&RulingId> = incident
            .claims
            .iter()
            .filter_map(|id| pending_of.get(id))
            .flatten()
            .copied()
            .collect();
        let unseen = members.iter().filter(|account| !seen(account)).count();
        if unseen == 0 && waiting_rulings.is_empty() {
            continue;
        }
        members.sort_by(|a, b| seen(a).cmp(&seen(b)).then_with(|| a.order(b)));
        let waiting = why(incident, !waiting_rulings.is_empty(), unseen, members.len());
        let killed = incident.toll(Metric::Killed).map_or(0, |toll| toll.best.low);
        let rank = (
            waiting[0],
            Reverse(killed),
            Reverse(incident.when.latest()),
            incident.id.to_string(),
        );
        let item = ReviewItem {
            incident: Some(incident.id.clone()),
            claims: members.iter().map(|account| account.claim().id.clone()).collect(),
            waiting,
            candidates: ids(&near.of(position)),
            group: String::new(),
            rulings: waiting_rulings.into_iter().cloned().collect(),
        };
        items.push((item, rank, groups(&members)));
    }
    for (account, meant) in open.iter().filter(|(account, _)| !seen(account)) {
        let (item, rank) = left_open(account, ids(meant));
        items.push((item, rank, groups(&[*account])));
    }
    in_turn(items)
}

/// Why an incident waits, weightiest first; `unseen` of its accounts nobody has read over.
fn why(incident: &Incident, pending: bool, unseen: usize, all: usize) -> Vec<Waiting> {
    let mut waiting = Vec::new();
    if pending {
        waiting.push(Waiting::SecondPerson);
    }
    if unseen > 0 {
        if is_contested(incident) {
            waiting.push(Waiting::Contested);
        }
        waiting.push(if unseen == all {
            Waiting::New
        } else {
            Waiting::Changed
        });
    }
    waiting
}

/// An account that speaks about an incident which could not be told.
fn left_open(account: &Account<'_>, candidates: Vec<IncidentId>) -> (ReviewItem, Rank) {
    let claim = account.claim();
    let item = ReviewItem {
        incident: None,
        claims: vec![claim.id.clone()],
        waiting: vec![Waiting::WhichIncident],
        candidates,
        group: String::new(),
        rulings: Vec::new(),
    };
    let rank = (
        Waiting::WhichIncident,
        Reverse(0),
        Reverse(None),
        claim.id.to_string(),
    );
    (item, rank)
}

fn is_contested(incident: &Incident) -> bool {
    let status = &incident.status;
    [
        status.occurrence,
        status.place,
        status.time,
        status.means,
        status.toll,
        status.author,
    ]
    .contains(&Status::Contested)
}

/// One item of each group, then the second of each, and so on. What several groups tell takes its turn with the
/// smallest of them.
fn in_turn(items: Vec<(ReviewItem, Rank, BTreeSet<String>)>) -> Vec<ReviewItem> {
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for group in items.iter().flat_map(|(.., groups)| groups) {
        *sizes.entry(group.clone()).or_default() += 1;
    }
    let mut by_group: BTreeMap<String, Vec<(Rank, ReviewItem)>> = BTreeMap::new();
    for (item, rank, groups) in items {
        let smallest = groups
            .into_iter()
            .min_by_key(|group| (sizes.get(group).copied(), group.clone()));
        let group = smallest.unwrap_or_else(|| UNLISTED.to_owned());
        let item = ReviewItem {
            group: group.clone(),
            ..item
        };
        by_group.entry(group).or_default().push((rank, item));
    }
    let mut turns: Vec<(usize, Rank, ReviewItem)> = Vec::new();
    for mut group in by_group.into_values() {
        group.sort_by(|(a, _), (b, _)| a.cmp(b));
        let numbered = group.into_iter().enumerate();
        turns.extend(numbered.map(|(turn, (rank, item))| (turn, rank, item)));
    }
    turns.sort_by(|(x, a, _), (y, b, _)| (x, a).cmp(&(y, b)));
    turns.into_iter().map(|(.., item)| item).collect()
}

/// Incidents by the place and the day that their accounts name.
struct Near {
    at: HashMap<(String, i32), Vec<usize>, Hashed>,
    of: Vec<BTreeSet<(String, i32)>>,
}

impl Near {
    fn read(told: &[Told<'_, '_>]) -> Self {
        let mut near = Self {
            at: HashMap::default(),
            of: vec![BTreeSet::new(); told.len()],
        };
        for (position, one) in told.iter().enumerate() {
            for account in &one.founding {
                if account.spot.is_told() {
                    let days = account.days.each_told(2);
                    near.of[position].extend(days.map(|day| (account.spot.key(), day)));
                }
            }
            for key in &near.of[position] {
                near.at.entry(key.clone()).or_default().push(position);
            }
        }
        near
    }

    /// Other incidents that name the same place within a day, as far as they are shown.
    fn of(&self, position: usize) -> Vec<usize> {
        let mut found = BTreeSet::new();
        for (place, day) in &self.of[position] {
            for day in day - 1..=day + 1 {
                found.extend(self.at.get(&(place.clone(), day)).into_iter().flatten().copied());
            }
        }
        found.remove(&position);
        found.into_iter().take(CANDIDATES_MAX).collect()
    }
}
