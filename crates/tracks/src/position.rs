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
        if let Some((proposal, stated)) = read(one) {
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

fn read<'a>(one: &Told<'a>) -> Option<(ProposalId, Stated<'a>)> {
    let claim = one.claim();
    let utterance = claim.utterance.as_ref()?;
    let proposal = utterance.about.clone()?;
    let by_act = match one.act() {
        "support" => Stance::Support,
        "conditional-support" => Stance::Conditional,
        "reservation" => Stance::Reservation,
        "rejection" => Stance::Reject,
        // Who hopes that a proposal works, or demands it, speaks for it only as far as the words show.
        "hope" | "demand" => Stance::Neutral,
        _ => return None,
    };
    let stance = match (utterance.stance.unwrap_or(by_act), claim.polarity) {
        (stance, Polarity::Affirmed) => stance,
        // "Did not support" is less than a rejection, and "did not reject" is no support.
        (_, Polarity::Denied) => Stance::Neutral,
    };
    // The one who holds it is named as the doer ("the council supports, the agency reported"), else it is
    // the one who says it; the page itself holds no position.
    let holder = claim.initiators.first().cloned().or_else(|| one.speaker())?;
    let reservation = utterance.reservation.clone();
    Some((
        proposal,
        Stated {
            told: *one,
            stance,
            reservation,
            holder,
        },
    ))
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
