//! Two lists of incidents side by side: which are told alike, which could be one, and how many there are at least and
//! at most.

use crate::acts::{Acts, Fit};
use crate::evidence::DAYS_APART_MAX;
use crate::frame;
use crate::place::{PlaceFit, fit_regions};
use jiff::civil::Date;
use model::{Count, Region, days_between};
use std::collections::{BTreeMap, BTreeSet};

/// An incident as a list tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its id in the list.
    pub id: String,
    /// Its act, from `data/acts.tsv`.
    pub act: String,
    /// First and last day it can be.
    pub days: (Option<Date>, Option<Date>),
    /// Name of the place; empty when not told.
    pub place: String,
    /// Where the place lies, when that is known.
    pub region: Option<Region>,
}

/// Two lists side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Told alike: one place, one day, acts that fit. Each incident once; ids of the first and the second list.
    pub matched: Vec<(String, String)>,
    /// Only in the first list.
    pub only_a: Vec<String>,
    /// Only in the second list.
    pub only_b: Vec<String>,
    /// Of those, pairs that could be one: nothing told excludes it.
    pub possible: Vec<(String, String)>,
    /// Distinct incidents, from the greatest possible overlap to none but the same record.
    pub distinct: Count,
}

/// How near two told incidents are to being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    Excluded,
    Possible,
    Alike,
    Identical,
}

/// Sets two lists side by side. The order within a list does not matter.
pub fn compare(a: &[Listed], b: &[Listed], acts: &Acts) -> Compared {
    let (a, b) = (in_order(a), in_order(b));
    let mut near: Vec<(Near, usize, usize)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let found = nearness(x, y, acts);
            if found > Near::Excluded {
                near.push((found, i, j));
            }
        }
    }
    near.sort_by_key(|(found, i, j)| (std::cmp::Reverse(*found), *i, *j));
    let alike: Vec<(usize, usize)> = pairs_of(&near, Near::Alike);
    let identical = near
        .iter()
        .filter(|(found, ..)| *found == Near::Identical)
        .count();
    let matched = greatest(&alike, a.len());
    let all = a.len() + b.len();
    let overlap = greatest(&pairs_of(&near, Near::Possible), a.len()).len();
    let (taken_a, taken_b): (BTreeSet<usize>, BTreeSet<usize>) = matched.iter().copied().unzip();
    let free = |(i, j): &(usize, usize)| !taken_a.contains(i) && !taken_b.contains(j);
    let ids = |(i, j): (usize, usize)| (a[i].id.clone(), b[j].id.clone());
    let left = |list: &[&Listed], taken: &BTreeSet<usize>| -> Vec<String> {
        let free = (0..list.len()).filter(|index| !taken.contains(index));
        free.map(|index| list[index].id.clone()).collect()
    };
    let mut possible: Vec<(usize, usize)> =
        pairs_of(&near, Near::Possible).into_iter().filter(free).collect();
    possible.sort_unstable();
    let count = |size: usize| u64::try_from(size).unwrap_or(u64::MAX);
    Compared {
        only_a: left(&a, &taken_a),
        only_b: left(&b, &taken_b),
        possible: possible.into_iter().map(ids).collect(),
        matched: matched.into_iter().map(ids).collect(),
        distinct: Count::between(count(all - overlap), count(all - identical)),
    }
}

fn in_order(list: &[Listed]) -> Vec<&Listed> {
    let mut list: Vec<&Listed> = list.iter().collect();
    list.sort_by(|a, b| (a.days, &a.place, &a.id).cmp(&(b.days, &b.place, &b.id)));
    list.dedup_by(|a, b| a.id == b.id);
    list
}

fn pairs_of(near: &[(Near, usize, usize)], least: Near) -> Vec<(usize, usize)> {
    let enough = near.iter().filter(|(found, ..)| *found >= least);
    enough.map(|(_, i, j)| (*i, *j)).collect()
}

fn nearness(a: &Listed, b: &Listed, acts: &Acts) -> Near {
    if a.id == b.id {
        return Near::Identical;
    }
    let apart = |end: Option<Date>, start: Option<Date>| {
        end.zip(start)
            .is_some_and(|(end, start)| days_between(end, start) > DAYS_APART_MAX)
    };
    if apart(a.days.1, b.days.0)
        || apart(b.days.1, a.days.0)
        || acts.compatible(&a.act, &b.act) == Fit::Distinct
    {
        return Near::Excluded;
    }
    let named = !a.place.is_empty() && frame::name_key(&a.place) == frame::name_key(&b.place);
    let touching = a
        .region
        .zip(b.region)
        .map(|(x, y)| fit_regions(&x, &y, true) != PlaceFit::Far);
    if !named && touching == Some(false) {
        return Near::Excluded;
    }
    let one_day = a.days.0.is_some() && a.days.0 == a.days.1 && a.days == b.days;
    if one_day && named {
        return Near::Alike;
    }
    // Two names of places of which one is not known to lie anywhere: nothing says that they are one.
    let told = !a.place.is_empty() && !b.place.is_empty();
    if told && !named && touching.is_none() {
        return Near::Excluded;
    }
    Near::Possible
}

/// The most pairs that can hold at once, each member once: augmenting paths, in order of the pairs given.
fn greatest(pairs: &[(usize, usize)], size: usize) -> Vec<(usize, usize)> {
    let mut partners: Vec<Vec<usize>> = vec![Vec::new(); size];
    for (i, j) in pairs {
        partners[*i].push(*j);
    }
    let mut holder: BTreeMap<usize, usize> = BTreeMap::new();
    for start in 0..size {
        // Breadth first, so that a long chain needs no deep stack: which `i` reached each `j`.
        let mut reached: BTreeMap<usize, usize> = BTreeMap::new();
        let mut queue = std::collections::VecDeque::from([start]);
        let mut end = None;
        while let (Some(i), None) = (queue.pop_front(), end) {
            for j in &partners[i] {
                if reached.contains_key(j) {
                    continue;
                }
                reached.insert(*j, i);
                match holder.get(j) {
                    Some(next) => queue.push_back(*next),
                    None => {
                        end = Some(*j);
                        break;
                    }
                }
            }
        }
        let mut held_by: BTreeMap<usize, usize> = holder.iter().map(|(j, i)| (*i, *j)).collect();
        while let Some(j) = end {
            let i = reached[&j];
            end = held_by.insert(i, j);
            holder.insert(j, i);
        }
    }
    let mut found: Vec<(usize, usize)> = holder.into_iter().map(|(j, i)| (i, j)).collect();
    found.sort_unstable();
    found
}
