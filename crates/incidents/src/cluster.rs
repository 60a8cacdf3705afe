//! Joins accounts into occurrences along their ties, strongest first, as long as the whole stays consistent:
//! a chain of pairs that each fit must not bring together two that exclude each other.

use crate::account::{Account, Part};
use crate::acts::{Acts, Fit};
use crate::evidence::{DAYS_APART_MAX, Rule, Tie};
use crate::groups::Groups;
use crate::place::{PlaceFit, Spot};
use crate::ruling::Bonds;
use jiff::civil::Date;
use model::days_between;
use std::collections::{BTreeMap, BTreeSet};

/// Most different spots of one occurrence that are all compared with those of another. A real occurrence
/// has a handful; the bound keeps a broken input from costing a square.
const SPOTS_MAX: usize = 16;

/// An occurrence as its accounts.
#[derive(Debug)]
pub(crate) struct Cluster {
    /// Its accounts, by index, sorted.
    pub(crate) members: Vec<usize>,
    /// The rules that joined them.
    pub(crate) rules: BTreeSet<Rule>,
}

/// What all accounts of an occurrence must agree with.
struct Summary<'a> {
    latest_start: Option<Date>,
    earliest_end: Option<Date>,
    spots: BTreeMap<String, &'a Spot>,
    acts: BTreeSet<&'a str>,
}

impl<'a> Summary<'a> {
    fn of(account: &'a Account<'_>) -> Self {
        let when = account.when();
        let spots = account
            .spot
            .is_told()
            .then(|| (account.spot.key(), &account.spot));
        Self {
            latest_start: when.earliest(),
            earliest_end: when.latest(),
            spots: spots.into_iter().collect(),
            acts: BTreeSet::from([account.act()]),
        }
    }

    /// Whether all of both can be one occurrence.
    fn agrees(&self, other: &Self, fits: &mut Fits<'a, '_>) -> bool {
        let start = self.latest_start.max(other.latest_start);
        let end = match (self.earliest_end, other.earliest_end) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        if let (Some(start), Some(end)) = (start, end)
            && days_between(end, start) > DAYS_APART_MAX
        {
            return false;
        }
        let far = |a: &Spot, b: &Spot| a.fit(b) == PlaceFit::Far;
        let spots =
            |summary: &Self| -> Vec<&'a Spot> { summary.spots.values().take(SPOTS_MAX).copied().collect() };
        let (a, b) = (spots(self), spots(other));
        if a.iter().any(|x| b.iter().any(|y| far(x, y))) {
            return false;
        }
        self.acts
            .iter()
            .all(|x| other.acts.iter().all(|y| fits.of(x, y) != Fit::Distinct))
    }

    fn take(&mut self, other: Self) {
        self.latest_start = self.latest_start.max(other.latest_start);
        self.earliest_end = match (self.earliest_end, other.earliest_end) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.spots.extend(other.spots);
        self.acts.extend(other.acts);
    }
}

struct Fits<'a, 'b> {
    acts: &'b Acts,
    known: BTreeMap<(&'a str, &'a str), Fit>,
}

impl<'a> Fits<'a, '_> {
    fn of(&mut self, a: &'a str, b: &'a str) -> Fit {
        *self
            .known
            .entry((a, b))
            .or_insert_with(|| self.acts.compatible(a, b))
    }
}

/// Groups that were ruled to be apart, by their roots.
struct Apart {
    others: BTreeMap<usize, BTreeSet<usize>>,
}

impl Apart {
    fn of(bonds: &Bonds) -> Self {
        let mut others: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (a, b) in &bonds.apart {
            others.entry(*a).or_default().insert(*b);
            others.entry(*b).or_default().insert(*a);
        }
        Self { others }
    }

    fn are(&self, a: usize, b: usize) -> bool {
        self.others.get(&a).is_some_and(|others| others.contains(&b))
    }

    fn unite(&mut self, stays: usize, goes: usize) {
        for other in self.others.remove(&goes).unwrap_or_default() {
            if let Some(back) = self.others.get_mut(&other) {
                back.remove(&goes);
                back.insert(stays);
            }
            self.others.entry(stays).or_default().insert(other);
        }
    }
}

/// Joins the accounts that found incidents; in order of their first accounts.
/// What people ruled goes before every rule.
pub(crate) fn join(accounts: &[&Account<'_>], ties: &[Tie], acts: &Acts, bonds: &Bonds) -> Vec<Cluster> {
    let mut groups = Groups::alone(accounts.len());
    let mut summaries: Vec<Option<Summary<'_>>> = accounts
        .iter()
        .map(|account| Some(Summary::of(account)))
        .collect();
    let mut fits = Fits {
        acts,
        known: BTreeMap::new(),
    };
    let mut used: Vec<(usize, Rule)> = Vec::new();
    let founds = |index: usize| accounts[index].part == Part::Founds;
    let free = |index: usize| founds(index) && bonds.leaves_free(index);
    // What is ruled one need not fit: it is joined beside, so that no rule of ours sees a town in two places.
    let mut apart = Apart::of(bonds);
    let mut whole = Groups::alone(accounts.len());
    for (a, b) in &bonds.same {
        if let Some((stays, goes)) = whole.unite(*a, *b) {
            apart.unite(stays, goes);
            used.push((*a, Rule::Ruling));
        }
    }
    for tie in ties.iter().filter(|tie| free(tie.a) && free(tie.b)) {
        let (a, b) = (groups.root(tie.a), groups.root(tie.b));
        if a == b || apart.are(whole.root(tie.a), whole.root(tie.b)) {
            continue;
        }
        let agree = match (&summaries[a], &summaries[b]) {
            (Some(x), Some(y)) => x.agrees(y, &mut fits),
            _ => false,
        };
        if agree && let Some((stays, goes)) = groups.unite(a, b) {
            if let (Some(gone), Some(kept)) = (summaries[goes].take(), summaries[stays].as_mut()) {
                kept.take(gone);
            }
            if let Some((stays, goes)) = whole.unite(tie.a, tie.b) {
                apart.unite(stays, goes);
            }
            used.push((tie.a, tie.rule));
        }
    }
    let mut groups = whole;
    let mut clusters: BTreeMap<usize, Cluster> = BTreeMap::new();
    for index in (0..accounts.len()).filter(|index| founds(*index)) {
        let cluster = clusters.entry(groups.root(index)).or_insert_with(|| Cluster {
            members: vec![],
            rules: BTreeSet::new(),
        });
        cluster.members.push(index);
    }
    for (index, rule) in used {
        if let Some(cluster) = clusters.get_mut(&groups.root(index)) {
            cluster.rules.insert(rule);
        }
    }
    clusters.into_values().collect()
}
