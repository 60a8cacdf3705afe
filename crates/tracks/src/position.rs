//! Positions: what a holder thinks of a proposal, computed from statements and never typed; a change of mind
//! is a second position, not a correction.

use crate::told::{Told, ids, plain, time_order, track_id, who};
use model::{ActorMention, Because, Polarity, Position, ProposalId, SourceKind, Stance};
use std::collections::BTreeMap;

struct Stated<'a> {
    told: Told<'a>,
    stance: Stance,
    reservation: String,
    holder: ActorMention,
}

/// Positions of all holders on all proposals.
pub(crate) fn positions(told: &[Told<'_>]) -> Vec<Position> {
    let mut held: BTreeMap<(String, ProposalId), Vec<Stated<'_>>> = BTreeMap::new();
    for one in told {
        for (proposal, stated) in read(one) {
            held.entry((who(&stated.holder), proposal))
                .or_default()
                .push(stated);
        }
    }
    let mut positions: Vec<Position> = held
        .into_iter()
        .flat_map(|((_, proposal), stated)| over_time(&proposal, stated))
        .collect();
    positions.sort_by_cached_key(|one| (time_order(&one.when), one.id.clone()));
    positions
}

/// The positions that a claim states, one for each holder it names.
fn read<'a>(one: &Told<'a>) -> Vec<(ProposalId, Stated<'a>)> {
    let claim = one.claim();
    let Some(utterance) = &claim.utterance else {
        return Vec::new();
    };
    let (Some(proposal), Some(by_act)) = (&utterance.about, stance_of(one)) else {
        return Vec::new();
    };
    let stance = match (utterance.stance.unwrap_or(by_act), claim.polarity) {
        (stance, Polarity::Affirmed) => stance,
        // "Did not support" is less than a rejection, and "did not reject" is no support.
        (_, Polarity::Denied) => Stance::Neutral,
    };
    // Those who hold it are named as the doers ("the council supports, the agency reported"), else it is the
    // one who says it; the page itself holds no position.
    let holders = match claim.initiators.is_empty() {
        true => one.speaker().into_iter().collect(),
        false => claim.initiators.clone(),
    };
    let state = |holder| {
        let reservation = utterance.reservation.clone();
        (
            proposal.clone(),
            Stated {
                told: *one,
                stance,
                reservation,
                holder,
            },
        )
    };
    holders.into_iter().map(state).collect()
}

/// The stance that the act shows; `None` when it shows none, or none yet: support that is only hoped for or
/// planned is not support. A reservation that somebody is going to voice is one already.
fn stance_of(one: &Told<'_>) -> Option<Stance> {
    let actual = one.claim().modality.is_actual();
    match one.act() {
        "support" if actual => Some(Stance::Support),
        "conditional-support" => Some(Stance::Conditional),
        "reservation" => Some(Stance::Reservation),
        "rejection" if actual => Some(Stance::Reject),
        // Who hopes that a proposal works, or demands it, speaks for it only as far as the words show.
        "hope" | "demand" => Some(Stance::Neutral),
        _ => None,
    }
}

/// One holder on one proposal: consecutive statements of the same stance are one position. Statements
/// without a date come last, those of one stance together, and join a dated position of their stance when
/// there is exactly one.
fn over_time(proposal: &ProposalId, mut stated: Vec<Stated<'_>>) -> Vec<Position> {
    stated.sort_by(|a, b| {
        let order = |one: &Stated<'_>| {
            (
                time_order(one.told.when()),
                one.stance,
                plain(&one.reservation),
                one.told.claim().id.clone(),
            )
        };
        order(a).cmp(&order(b))
    });
    let (dated, undated): (Vec<_>, Vec<_>) = stated
        .into_iter()
        .partition(|one| one.told.when().earliest().is_some());
    let alike = |a: &Stated<'_>, b: &Stated<'_>| {
        a.stance == b.stance && plain(&a.reservation) == plain(&b.reservation)
    };
    let mut groups: Vec<Vec<Stated<'_>>> = Vec::new();
    for one in dated {
        match groups.last_mut() {
            Some(group) if alike(&group[0], &one) => group.push(one),
            _ => groups.push(vec![one]),
        }
    }
    let dated_groups = groups.len();
    for one in undated {
        let fitting: Vec<usize> = (0..groups.len())
            .filter(|at| alike(&groups[*at][0], &one))
            .collect();
        match fitting[..] {
            [at] => groups[at].push(one),
            [.., last] if last >= dated_groups => groups[last].push(one),
            _ => groups.push(vec![one]),
        }
    }
    groups
        .into_iter()
        .map(|group| position(proposal, &group))
        .collect()
}

fn position(proposal: &ProposalId, group: &[Stated<'_>]) -> Position {
    let first = &group[0];
    let told: Vec<Told<'_>> = group.iter().map(|one| one.told).collect();
    let claims = ids(&told);
    let direct = group.iter().any(|one| {
        one.told
            .claim()
            .utterance
            .as_ref()
            .is_some_and(|utterance| utterance.direct)
    });
    let by = first.told.by();
    let relayed = first
        .told
        .claim()
        .source()
        .is_none_or(|source| source.kind == SourceKind::Page)
        || plain(&by) != plain(&first.holder.label);
    let words = match (direct, relayed) {
        (true, _) => "in the holder's own words, between quotation marks",
        (false, true) => "told by somebody else than the holder",
        (false, false) => "the holder is reported to have said so",
    };
    Position {
        id: track_id("position", &claims),
        holder: first.holder.clone(),
        proposal: proposal.clone(),
        stance: first.stance,
        reservation: first.reservation.clone(),
        when: first.told.when().clone(),
        by,
        claims,
        because: vec![Because::new("stated", words).span(first.told.claim().span)],
    }
}
