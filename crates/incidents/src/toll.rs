//! Tolls: every account kept, the interval that holds them all, and the one preferred with its reason.
//! Figures of different scopes never meet here: only figures about the incident itself come in.

use crate::origin::Origins;
use jiff::civil::Date;
use model::{Because, ClaimId, Count, Metric, Toll};
use std::collections::{BTreeMap, BTreeSet};

/// One figure of one claim, with what is needed to weigh it.
pub(crate) struct Told<'a> {
    pub(crate) metric: Metric,
    pub(crate) count: Count,
    pub(crate) claim: &'a ClaimId,
    /// The day on which the page was published, when known.
    pub(crate) published: Option<Date>,
}

/// A toll with what each origin says last.
#[derive(Debug)]
pub(crate) struct Weighed {
    pub(crate) toll: Toll,
    /// For each origin by position: its present figure, its claims for it, and its newest page's day.
    pub(crate) present: Vec<(usize, Count, Vec<ClaimId>, Option<Date>)>,
    /// Claims whose figures an origin has replaced by a later one: origin, old figure, claims.
    pub(crate) replaced: Vec<(usize, Count, Vec<ClaimId>)>,
}

/// Tolls of one incident, one for each metric that somebody counts.
pub(crate) fn weigh(told: &[Told<'_>], origins: &Origins) -> Vec<Weighed> {
    let mut metrics: BTreeMap<Metric, Vec<&Told<'_>>> = BTreeMap::new();
    for one in told {
        metrics.entry(one.metric).or_default().push(one);
    }
    metrics
        .into_iter()
        .filter_map(|(metric, told)| weigh_one(metric, &told, origins))
        .collect()
}

fn weigh_one(metric: Metric, told: &[&Told<'_>], origins: &Origins) -> Option<Weighed> {
    let range = told.iter().map(|one| one.count).reduce(Count::hull)?;
    let mut by_origin: BTreeMap<usize, Vec<&Told<'_>>> = BTreeMap::new();
    for one in told {
        by_origin
            .entry(origins.of_claim.get(one.claim).copied().unwrap_or(usize::MAX))
            .or_default()
            .push(one);
    }
    let (mut present, mut replaced) = (Vec::new(), Vec::new());
    for (origin, told) in by_origin {
        let newest = told.iter().filter_map(|one| one.published).max();
        let (last, earlier): (Vec<&Told<'_>>, Vec<&Told<'_>>) = told
            .iter()
            .partition(|one| newest.is_none() || one.published == newest);
        let Some(count) = last.iter().map(|one| one.count).min_by_key(lowest_first) else {
            continue;
        };
        let of = |told: &[&Told<'_>], count: Count| -> Vec<ClaimId> {
            let claims: BTreeSet<&ClaimId> = told
                .iter()
                .filter(|one| one.count == count)
                .map(|one| one.claim)
                .collect();
            claims.into_iter().cloned().collect()
        };
        let old: BTreeSet<Count> = earlier
            .iter()
            .map(|one| one.count)
            .filter(|old| *old != count)
            .collect();
        replaced.extend(old.into_iter().map(|old| (origin, old, of(&earlier, old))));
        present.push((origin, count, of(&told, count), newest));
    }
    let (best, because) = prefer(
        &present.iter().map(|(_, count, ..)| *count).collect::<Vec<_>>(),
        !replaced.is_empty(),
    )?;
    let label = |claim: &ClaimId| {
        origins
            .of_claim
            .get(claim)
            .map_or_else(String::new, |at| origins.origins[*at].label.clone())
    };
    let mut accounts: Vec<(String, Count, ClaimId)> = told
        .iter()
        .map(|one| (label(one.claim), one.count, one.claim.clone()))
        .collect();
    accounts.sort();
    accounts.dedup();
    Some(Weighed {
        toll: Toll {
            metric,
            range,
            best,
            accounts,
            because,
        },
        present,
        replaced,
    })
}

/// Lowest first; of two that start alike the bounded one first.
fn lowest_first(count: &Count) -> (u64, u64) {
    (count.low, count.high.unwrap_or(u64::MAX))
}

/// The preferred figure among those of the origins.
fn prefer(counts: &[Count], revised: bool) -> Option<(Count, Because)> {
    let distinct: BTreeSet<Count> = counts.iter().copied().collect();
    let revision = if revised {
        "; an origin's later report replaces its earlier one"
    } else {
        ""
    };
    if distinct.len() == 1 {
        let words = match counts.len() {
            1 => format!("the one origin that counts says so{revision}"),
            many => format!("all {many} origins that count say so{revision}"),
        };
        return Some((counts[0], Because::new("only-figure", words)));
    }
    let support = |count: &Count| counts.iter().filter(|other| count.agrees(**other)).count();
    let width = |count: &Count| count.high.map_or(u64::MAX, |high| high - count.low);
    let most = distinct.iter().max_by_key(|count| {
        (
            support(count),
            std::cmp::Reverse(width(count)),
            std::cmp::Reverse(count.low),
        )
    })?;
    if 2 * support(most) > counts.len() {
        let words = format!(
            "{} of {} origins agree with it{revision}",
            support(most),
            counts.len()
        );
        return Some((*most, Because::new("majority-of-origins", words)));
    }
    let lowest = distinct.iter().copied().min_by_key(lowest_first)?;
    let words = format!(
        "the {} origins differ; the lowest account is the most that all support{revision}",
        counts.len()
    );
    Some((lowest, Because::new("lowest-credible", words)))
}
