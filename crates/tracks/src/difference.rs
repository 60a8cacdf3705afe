//! Where accounts of one meeting or round differ: kept side by side, each on its own word.

use crate::told::{Told, plain};
use model::{ClaimId, Difference, PlacePrecision, Polarity, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// Differences of date and place between `accounts`, and of topic between all that is `said` about it.
pub(crate) fn differences(accounts: &[Told<'_>], said: &[Told<'_>]) -> Vec<Difference> {
    let mut all: Vec<Difference> = [date(accounts), place(accounts)].into_iter().flatten().collect();
    all.extend(topics(said));
    all
}

fn told(about: &str, mut told: Vec<(String, String, ClaimId)>) -> Difference {
    told.sort();
    told.dedup();
    Difference {
        about: about.to_owned(),
        told,
    }
}

/// Days that cannot both be right.
fn date(accounts: &[Told<'_>]) -> Option<Difference> {
    let dated: Vec<&Told<'_>> = accounts.iter().filter(|one| one.when().is_known()).collect();
    let apart = |a: &Told<'_>| dated.iter().any(|b| a.when().intersect(b.when()).is_none());
    let value = |one: &&Told<'_>| (one.when().to_string(), one.by(), one.claim().id.clone());
    dated
        .iter()
        .any(|one| apart(one))
        .then(|| told("date", dated.iter().map(value).collect()))
}

/// Different towns; a town and its country do not differ.
fn place(accounts: &[Told<'_>]) -> Option<Difference> {
    let placed: Vec<&Told<'_>> = accounts
        .iter()
        .filter(|one| {
            one.location()
                .is_some_and(|location| location.precision <= PlacePrecision::Near)
        })
        .collect();
    let keys: BTreeSet<String> = placed.iter().map(|one| one.place_key()).collect();
    let value = |one: &&Told<'_>| (one.place_name(), one.by(), one.claim().id.clone());
    (keys.len() > 1).then(|| told("place", placed.iter().map(value).collect()))
}

/// What one speaker's words say of a proposal, and the first claim of the speaker.
#[derive(Default)]
struct Readout {
    by: String,
    first: Option<ClaimId>,
    about: BTreeMap<String, (String, ClaimId)>,
}

/// Proposals that one read-out speaks of, and another denies or leaves out.
fn topics(said: &[Told<'_>]) -> Vec<Difference> {
    let mut readouts: BTreeMap<String, Readout> = BTreeMap::new();
    for one in said {
        let claim = one.claim();
        if claim
            .source()
            .is_none_or(|source| source.kind == SourceKind::Page)
        {
            continue;
        }
        let readout = readouts.entry(plain(&one.by())).or_default();
        readout.by = one.by();
        let first = readout.first.get_or_insert_with(|| claim.id.clone());
        *first = first.clone().min(claim.id.clone());
        let about = claim
            .utterance
            .as_ref()
            .and_then(|utterance| utterance.about.as_ref());
        if let Some(proposal) = about {
            let proposal = proposal.as_str().replace('-', " ");
            let words = match claim.polarity {
                Polarity::Affirmed => proposal.clone(),
                Polarity::Denied => format!("denied: {proposal}"),
            };
            let entry = (words, claim.id.clone());
            let known = readout.about.entry(proposal).or_insert_with(|| entry.clone());
            *known = known.clone().min(entry);
        }
    }
    let proposals: BTreeSet<&String> = readouts.values().flat_map(|one| one.about.keys()).collect();
    let mut all = Vec::new();
    for proposal in proposals {
        let value = |one: &Readout| {
            let (words, claim) = match (one.about.get(proposal), &one.first) {
                (Some((words, claim)), _) => (words.clone(), claim.clone()),
                (None, Some(first)) => (format!("nothing about {proposal}"), first.clone()),
                (None, None) => return None,
            };
            Some((words, one.by.clone(), claim))
        };
        let values: Vec<_> = readouts.values().filter_map(value).collect();
        let words: BTreeSet<&String> = values.iter().map(|(words, ..)| words).collect();
        if words.len() > 1 {
            all.push(told("topic", values));
        }
    }
    all
}
