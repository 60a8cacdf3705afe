//! What waits for a person, and in which order. Each group of sources takes its turn, so that many reports of one
//! kind of source never stand before a few of another.

use crate::account::Account;
use crate::attach::Attached;
use crate::cluster::Cluster;
use crate::origin::Library;
use crate::ruling::Decided;
use model::{ClaimId, Incident, IncidentId, Metric, ReviewItem, RulingId, Status, Waiting};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Most incidents shown as possibly the same.
///
/// 8: more is no help to a person. A city under fire has dozens within a day; the map shows those.
const CANDIDATES_MAX: usize = 8;

/// The group of all pages whose outlet is in no table: however many names they go by, they have one turn.
const UNLISTED: &str = "unlisted";

/// What an item is ordered by inside its group: why it waits, persons killed, day, id.
type Rank = (Waiting, Reverse<u64>, Reverse<Option<jiff::civil::Date>>, String);

/// The queue, in the order in which it is to be taken. `clusters` and `ids` go together.
pub(crate) fn queue(
    accounts: &[Account<'_>],
    clusters: &[Cluster],
    attached: &Attached,
    ids: &[IncidentId],
    incidents: &[Incident],
    decided: &Decided<'_>,
    library: &Library<'_>,
) -> Vec<ReviewItem> {
    let accepted = decided.accepted();
    let pending = decided.pending();
    let mut pending_of: BTreeMap<&ClaimId, BTreeSet<&RulingId>> = BTreeMap::new();
    for (ruling, claims) in &pending {
        for claim in claims {
            pending_of.entry(claim).or_default().insert(ruling);
        }
    }
    let by_id: BTreeMap<&IncidentId, &Incident> = incidents
        .iter()
        .map(|incident| (&incident.id, incident))
        .collect();
    let near = Near::read(accounts, clusters);
    let groups = |members: &[usize]| -> BTreeSet<String> {
        let sites = members.iter().flat_map(|index| &accounts[*index].sites);
        sites
            .map(|site| library.family(&site.document).unwrap_or(UNLISTED).to_owned())
            .collect()
    };
    let seen = |index: usize| {
        accounts[index]
            .claims
            .iter()
            .any(|it| accepted.contains(&it.claim.id))
    };
    let mut items: Vec<(ReviewItem, Rank, BTreeSet<String>)> = Vec::new();
    for (position, cluster) in clusters.iter().enumerate() {
        let Some(incident) = ids.get(position).and_then(|id| by_id.get(id)) else {
            continue;
        };
        let speaking = attached
            .speaking
            .get(&position)
            .into_iter()
            .flatten()
            .map(|(index, _)| *index);
        let mut members: Vec<usize> = cluster.members.iter().copied().chain(speaking).collect();
        let waiting_rulings: BTreeSet<&RulingId> = incident
            .claims
            .iter()
            .filter_map(|id| pending_of.get(id))
            .flatten()
            .copied()
            .collect();
        let unseen = members.iter().filter(|index| !seen(**index)).count();
        if unseen == 0 && waiting_rulings.is_empty() {
            continue;
        }
        members.sort_by_key(|index| (seen(*index), *index));
        let mut waiting = Vec::new();
        if !waiting_rulings.is_empty() {
            waiting.push(Waiting::SecondPerson);
        }
        if unseen > 0 {
            if is_contested(incident) {
                waiting.push(Waiting::Contested);
            }
            let untouched = unseen == members.len();
            waiting.push(if untouched { Waiting::New } else { Waiting::Changed });
        }
        let killed = incident.toll(Metric::Killed).map_or(0, |toll| toll.best.low);
        let rank = (
            waiting[0],
            Reverse(killed),
            Reverse(incident.when.latest()),
            incident.id.to_string(),
        );
        let candidates = near.of(position);
        let item = ReviewItem {
            incident: Some(incident.id.clone()),
            claims: members
                .iter()
                .map(|index| accounts[*index].claim().id.clone())
                .collect(),
            waiting,
            candidates: candidates
                .into_iter()
                .filter_map(|at| ids.get(at))
                .cloned()
                .collect(),
            group: String::new(),
            rulings: waiting_rulings.into_iter().cloned().collect(),
        };
        items.push((item, rank, groups(&members)));
    }
    for (index, meant) in attached.open.iter().filter(|(index, _)| !seen(*index)) {
        let claim = accounts[*index].claim();
        let item = ReviewItem {
            incident: None,
            claims: vec![claim.id.clone()],
            waiting: vec![Waiting::WhichIncident],
            candidates: meant
                .iter()
                .take(CANDIDATES_MAX)
                .filter_map(|at| ids.get(*at))
                .cloned()
                .collect(),
            group: String::new(),
            rulings: Vec::new(),
        };
        let rank = (
            Waiting::WhichIncident,
            Reverse(0),
            Reverse(None),
            claim.id.to_string(),
        );
        items.push((item, rank, groups(&[*index])));
    }
    in_turn(items)
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

/// Clusters by the place and the day that their accounts name.
struct Near {
    at: BTreeMap<(String, i64), BTreeSet<usize>>,
    of: Vec<BTreeSet<(String, i64)>>,
}

impl Near {
    fn read(accounts: &[Account<'_>], clusters: &[Cluster]) -> Self {
        let mut near = Self {
            at: BTreeMap::new(),
            of: vec![BTreeSet::new(); clusters.len()],
        };
        for (position, cluster) in clusters.iter().enumerate() {
            for account in cluster.members.iter().map(|index| &accounts[*index]) {
                let (Some(first), Some(last)) = account.days else {
                    continue;
                };
                if account.spot.is_told() && last - first <= 1 {
                    for day in first..=last {
                        let key = (account.spot.key(), day);
                        near.at.entry(key.clone()).or_default().insert(position);
                        near.of[position].insert(key);
                    }
                }
            }
        }
        near
    }

    /// Other clusters that name the same place within a day.
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
