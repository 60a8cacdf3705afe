//! Where each holder stands on each proposal: the newest positions, and silence told apart from not having
//! been heard.

use crate::told::{Told, time_order, who};
use model::{ActorMention, Because, ClaimId, Position, ProposalId, Round, Stand, TrackId};
use std::collections::{BTreeMap, BTreeSet};

/// One stand for each holder and each proposal that anybody takes a position on, by proposal and holder.
/// Holders are those with a position and those who take part in a round and are known.
pub(crate) fn stands(told: &[Told<'_>], positions: &[Position], rounds: &[Round]) -> Vec<Stand> {
    let proposals: BTreeSet<&ProposalId> = positions.iter().map(|one| &one.proposal).collect();
    let mut holders: BTreeMap<String, &ActorMention> = BTreeMap::new();
    let in_rounds = rounds.iter().flat_map(|round| &round.participants);
    let known = in_rounds
        .map(|(mention, _)| mention)
        .filter(|mention| mention.actor.resolved().is_some());
    for mention in positions.iter().map(|one| &one.holder).chain(known) {
        let entry = holders.entry(who(mention)).or_insert(mention);
        if (&mention.label, &mention.id) < (&entry.label, &entry.id) {
            *entry = mention;
        }
    }
    let statements = statements(told, &holders);
    let mut stands = Vec::new();
    for proposal in proposals {
        for (key, holder) in &holders {
            let held: Vec<&Position> = positions
                .iter()
                .filter(|one| one.proposal == *proposal && who(&one.holder) == *key)
                .collect();
            let said = statements.get(key).cloned().unwrap_or_default();
            stands.push(stand((key, holder), proposal, &held, said));
        }
    }
    stands
}

/// What each holder is told to have said about anything.
fn statements(
    told: &[Told<'_>],
    holders: &BTreeMap<String, &ActorMention>,
) -> BTreeMap<String, Vec<ClaimId>> {
    let mut said: BTreeMap<String, BTreeSet<&ClaimId>> = BTreeMap::new();
    for one in told.iter().filter(|one| one.claim().utterance.is_some()) {
        let speaker = one.speaker().map(|speaker| who(&speaker));
        let body = one.body.map(|body| body.0.clone());
        // Of a speech act told by somebody else the doers are the speakers.
        let told_of: Vec<String> = match one.claim().act.class {
            model::ActClass::Speech => one.claim().initiators.iter().map(who).collect(),
            _ => Vec::new(),
        };
        for key in speaker.into_iter().chain(body).chain(told_of) {
            if holders.contains_key(&key) {
                said.entry(key).or_default().insert(&one.claim().id);
            }
        }
    }
    said.into_iter()
        .map(|(key, claims)| (key, claims.into_iter().cloned().collect()))
        .collect()
}

fn stand(
    (key, holder): (&String, &ActorMention),
    proposal: &ProposalId,
    held: &[&Position],
    statements: Vec<ClaimId>,
) -> Stand {
    let mut over_time = held.to_vec();
    over_time.sort_by_cached_key(|one| (time_order(&one.when), one.id.clone()));
    let followed = |one: &Position| {
        held.iter().any(|other| {
            let later = other.when.earliest().zip(one.when.latest());
            later.is_some_and(|(start, end)| start > end)
        })
    };
    let newest: Vec<TrackId> = over_time
        .iter()
        .filter(|one| !followed(one))
        .map(|one| one.id.clone())
        .collect();
    let because = match (over_time.len(), newest.len(), statements.len()) {
        (0, _, 0) => Because::new("not-heard", "no statement of the holder was read"),
        (0, _, said) => Because::new(
            "silent",
            format!("of {said} read, no statement of the holder is about the proposal"),
        ),
        (_, 1, _) => Because::new("newest", "the newest of its positions"),
        (_, many, _) => Because::new(
            "order-not-known",
            format!("the order of {many} positions is not known; none is taken for the newest"),
        ),
    };
    Stand {
        id: TrackId::of(&["stand", key, proposal.as_str()]),
        holder: holder.clone(),
        proposal: proposal.clone(),
        over_time: over_time.into_iter().map(|one| one.id.clone()).collect(),
        newest,
        statements,
        because: vec![because],
    }
}
