//! Blame, denials and claims of responsibility join the incident they are about, when that can be told.

use crate::account::{Account, Part};
use crate::acts::Acts;
use crate::cluster::Cluster;
use crate::evidence::{Rule, Tie};
use crate::pages::Pages;
use model::{Note, Resolution, Severity};
use std::collections::BTreeMap;

/// Which account joined which cluster, and what could not be joined.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    /// For each cluster, the accounts that speak about it and the rule that joined them.
    pub(crate) speaking: BTreeMap<usize, Vec<(usize, Rule)>>,
    /// What could not be decided.
    pub(crate) notes: Vec<Note>,
}

/// Joins every account that speaks about an incident to the cluster it is tied to most strongly. When two
/// clusters tie, or the page itself leaves open what "the attack" is, it joins none and a note says so.
pub(crate) fn attach(
    accounts: &[Account<'_>],
    clusters: &[Cluster],
    ties: &[Tie],
    pages: &Pages<'_>,
    acts: &Acts,
) -> Attached {
    let mut cluster_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (cluster, members) in clusters.iter().enumerate() {
        cluster_of.extend(members.members.iter().map(|member| (*member, cluster)));
    }
    let mut best: BTreeMap<usize, BTreeMap<usize, (u32, Rule)>> = BTreeMap::new();
    for tie in ties {
        for (speaker, founder) in [(tie.a, tie.b), (tie.b, tie.a)] {
            if accounts[speaker].part == Part::SpeaksAbout
                && let Some(cluster) = cluster_of.get(&founder)
            {
                let entry = best
                    .entry(speaker)
                    .or_default()
                    .entry(*cluster)
                    .or_insert((0, tie.rule));
                *entry = (tie.score, tie.rule).max(*entry);
            }
        }
    }
    let mut attached = Attached::default();
    for (index, account) in accounts
        .iter()
        .enumerate()
        .filter(|(_, account)| account.part == Part::SpeaksAbout)
    {
        let mut choices: Vec<(u32, Rule, usize)> = best
            .get(&index)
            .into_iter()
            .flatten()
            .map(|(cluster, (score, rule))| (*score, *rule, *cluster))
            .filter(|(_, rule, _)| *rule != Rule::OnePage || !left_open(account, acts))
            .collect();
        choices.sort_by_key(|(score, _, cluster)| (std::cmp::Reverse(*score), *cluster));
        match choices[..] {
            [(_, rule, cluster)] => attached.speaking.entry(cluster).or_default().push((index, rule)),
            [(first, rule, cluster), (second, ..), ..] if first > second => {
                attached.speaking.entry(cluster).or_default().push((index, rule));
            }
            _ => attached.notes.extend(unattached(account, choices.len(), pages)),
        }
    }
    attached
}

/// Whether the account points at an act with words ("the attack") that the page does not resolve.
fn left_open(account: &Account<'_>, acts: &Acts) -> bool {
    account.claims.iter().any(|located| {
        located.claim.references.iter().any(|reference| {
            reference.claim.is_none()
                && !matches!(reference.to, Resolution::Resolved(_))
                && acts.names_an_act(&reference.words)
        })
    })
}

fn unattached(account: &Account<'_>, choices: usize, pages: &Pages<'_>) -> Vec<Note> {
    let what = |act: &str| match choices {
        0 => format!("this {act} names no incident that its page or another tells"),
        count => format!("this {act} could be about {count} incidents and is joined to none"),
    };
    let note = |located: &&model::LocatedClaim| {
        let claim = &located.claim;
        let name = pages
            .document(&claim.document)
            .map_or_else(|| claim.document.to_string(), |document| document.name.clone());
        let act = if claim.act.class.is_incident() {
            "denial"
        } else {
            claim.act.id.as_str()
        };
        Note::new(
            Severity::Hint,
            "incidents",
            name,
            format!("{}: \"{}\"", what(act), claim.quote),
        )
        .document(&claim.document)
        .next("Open the claim and say by a ruling which incident it is about.")
    };
    account.claims.iter().map(note).collect()
}
