//! Tolls: every account kept, the interval that holds them all, and the one preferred with its reason.
//! Figures of different scopes never meet here: only figures about the incident itself come in.

use crate::origin::Origins;
use jiff::civil::Date;
use model::{Because, ClaimId, Count, DocumentId, Metric, Ternary, Toll};
use std::collections::{BTreeMap, BTreeSet};

/// One figure of one claim, with what is needed to weigh it.
pub(crate) struct Told<'a> {
    pub(crate) metric: Metric,
    pub(crate) count: Count,
    pub(crate) claim: &'a ClaimId,
    pub(crate) document: &'a DocumentId,
    /// First byte of the sentence.
    pub(crate) start: usize,
    /// It is told as background to other news.
    pub(crate) background: bool,
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
    let mut by_origin: BTreeMap<usize, Vec<&Told<'_>>> = BTreeMap::new();
    for one in told {
        by_origin
            .entry(origins.of_claim.get(one.claim).copied().unwrap_or(usize::MAX))
            .or_default()
            .push(one);
    }
    let leads = leads(told);
    let (mut present, mut replaced, mut range) = (Vec::new(), Vec::new(), None);
    let mut leading = BTreeSet::new();
    for (origin, told) in by_origin {
        let told = whole(told, &leads);
        if told.iter().any(|one| leads.get(one.document) == Some(&one.start)) {
            leading.insert(origin);
        }
        for one in &told {
            range = Some(range.map_or(one.count, |range: Count| range.hull(one.count)));
        }
        let newest = told.iter().filter_map(|one| one.published).max();
        let (last, earlier): (Vec<&Told<'_>>, Vec<&Told<'_>>) = told
            .iter()
            .partition(|one| newest.is_none() || one.published == newest);
        let Some(count) = told_most(&last) else {
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
    let (best, because) = prefer(&weighty(&present, &leading, origins), !replaced.is_empty())?;
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
            range: range?,
            best,
            accounts,
            because,
        },
        present,
        replaced,
    })
}

/// For each page the first byte of the sentence that leads: the first that says how many, background last.
/// News leads with its total; what comes later is detail, or another's account.
fn leads<'a>(told: &[&Told<'a>]) -> BTreeMap<&'a DocumentId, usize> {
    let rank = |one: &Told<'_>| (is_vague(one.count), one.background, one.start);
    let mut leads: BTreeMap<&DocumentId, (bool, bool, usize)> = BTreeMap::new();
    for one in told {
        let entry = leads.entry(one.document).or_insert_with(|| rank(one));
        *entry = rank(one).min(*entry);
    }
    leads
        .into_iter()
        .map(|(document, (.., start))| (document, start))
        .collect()
}

/// Of the figures of one origin on one day the one that most of its pages carry, the lower where they tie: a single
/// reworked copy does not speak for the text that it was made from.
fn told_most(told: &[&Told<'_>]) -> Option<Count> {
    let mut pages: BTreeMap<Count, BTreeSet<&DocumentId>> = BTreeMap::new();
    for one in told {
        pages.entry(one.count).or_default().insert(one.document);
    }
    let ranked = pages.into_iter();
    ranked
        .min_by_key(|(count, pages)| (std::cmp::Reverse(pages.len()), lowest_first(count)))
        .map(|(count, _)| count)
}

/// "Civilians were killed", "several": more than one and no number.
fn is_vague(count: Count) -> bool {
    count.low <= 2 && count.high.is_none()
}

/// Of one origin on one page the figures of the sentence that leads the page, or else of the first; and of those
/// the largest: a smaller one beside it is a part ("two of the dead").
fn whole<'a, 'b>(told: Vec<&'b Told<'a>>, leads: &BTreeMap<&'a DocumentId, usize>) -> Vec<&'b Told<'a>> {
    let size = |one: &Told<'_>| (one.count.high.unwrap_or(one.count.low), one.count.low);
    let mut chosen: BTreeMap<&DocumentId, (bool, usize, (u64, u64))> = BTreeMap::new();
    for one in &told {
        let rank = (leads.get(one.document) != Some(&one.start), one.start);
        let entry = chosen
            .entry(one.document)
            .or_insert_with(|| (rank.0, rank.1, size(one)));
        if rank < (entry.0, entry.1) {
            *entry = (rank.0, rank.1, size(one));
        } else if rank == (entry.0, entry.1) {
            entry.2 = size(one).max(entry.2);
        }
    }
    told.into_iter()
        .filter(|one| {
            chosen
                .get(one.document)
                .is_some_and(|(_, start, largest)| (*start, *largest) == (one.start, size(one)))
        })
        .collect()
}

/// The figures that are weighed: of origins that belong to no party, where there are any, because a party has an
/// interest in the number; and among them of those that lead a page, because a page that tells its own figure
/// has weighed what it quotes after it.
fn weighty(
    present: &[(usize, Count, Vec<ClaimId>, Option<Date>)],
    leading: &BTreeSet<usize>,
    origins: &Origins,
) -> Vec<Count> {
    let of_party = |origin: usize| {
        origins
            .origins
            .get(origin)
            .is_some_and(|one| one.independent == Ternary::No)
    };
    let counts = |keep: &dyn Fn(usize) -> bool| -> Vec<Count> {
        present
            .iter()
            .filter(|(origin, ..)| keep(*origin))
            .map(|(_, count, ..)| *count)
            .collect()
    };
    [
        counts(&|origin| !of_party(origin) && leading.contains(&origin)),
        counts(&|origin| !of_party(origin)),
        counts(&|origin| leading.contains(&origin)),
    ]
    .into_iter()
    .find(|counts| !counts.is_empty())
    .unwrap_or_default()
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
            1 => format!("the one origin that is weighed says so{revision}"),
            many => format!("all {many} origins that are weighed say so{revision}"),
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
            "{} of {} origins that are weighed agree with it{revision}",
            support(most),
            counts.len()
        );
        return Some((*most, Because::new("majority-of-origins", words)));
    }
    let lowest = distinct.iter().copied().min_by_key(lowest_first)?;
    let words = format!(
        "the {} origins that are weighed differ; the lowest account is the most that all support{revision}",
        counts.len()
    );
    Some((lowest, Because::new("lowest-credible", words)))
}
