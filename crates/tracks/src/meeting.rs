//! Meetings, calls and visits: claims about one meeting are merged, and every read-out of it is kept beside
//! the others.

use crate::told::{Told, common_time, ids, time_order, track_id, who};
use model::{ActorMention, Because, ClaimId, Meeting, Polarity, Progress, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// Days between two accounts of one meeting. 1: pages differ by a day across time zones.
const SAME_MEETING_DAYS: i64 = 1;

/// Passages between a meeting and a statement made at it.
/// 3: a page tells what was said at a meeting right after telling that it was held.
const SAID_AT_IT_PASSAGES: usize = 3;

/// Accounts that share two participants and are compared with each other, in order of time. Bounds the work
/// when two people meet daily for years.
const NEIGHBOURS: usize = 32;

/// All meetings and calls.
pub(crate) fn meetings(told: &[Told<'_>]) -> Vec<Meeting> {
    let held: Vec<Told<'_>> = told
        .iter()
        .filter(|one| matches!(one.act(), "meeting" | "call") && one.claim().polarity == Polarity::Affirmed)
        .copied()
        .collect();
    let mut meetings: Vec<Meeting> = group(&held).iter().map(|group| meeting(group, told)).collect();
    meetings.sort_by_cached_key(|one| (time_order(&one.when), one.id.clone()));
    meetings
}

/// Brings together accounts of one meeting: those that point at each other, and those of one form that share
/// two participants, or their only ones, at compatible times and places.
fn group<'a>(held: &[Told<'a>]) -> Vec<Vec<Told<'a>>> {
    let mut parents: Vec<usize> = (0..held.len()).collect();
    for (a, b) in candidates(held) {
        if same_meeting(&held[a], &held[b]) {
            let (a, b) = (root(&parents, a), root(&parents, b));
            parents[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<Told<'a>>> = BTreeMap::new();
    for (index, one) in held.iter().enumerate() {
        groups.entry(root(&parents, index)).or_default().push(*one);
    }
    groups.into_values().collect()
}

fn root(parents: &[usize], mut at: usize) -> usize {
    while parents[at] != at {
        at = parents[at];
    }
    at
}

fn candidates(held: &[Told<'_>]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    let of_claim: BTreeMap<&ClaimId, usize> = held
        .iter()
        .enumerate()
        .map(|(index, one)| (&one.claim().id, index))
        .collect();
    let mut sharing: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, one) in held.iter().enumerate() {
        for other in one.points_at().filter_map(|id| of_claim.get(id)) {
            pairs.insert((index.min(*other), index.max(*other)));
        }
        let people: BTreeSet<String> = one.participants().into_iter().map(who).collect();
        if people.len() == 1 {
            sharing
                .entry((
                    one.act().to_owned(),
                    people.iter().next().cloned().unwrap_or_default(),
                ))
                .or_default()
                .push(index);
        }
        for a in &people {
            for b in people.range(a.clone()..).skip(1) {
                sharing.entry((a.clone(), b.clone())).or_default().push(index);
            }
        }
    }
    for members in sharing.values_mut() {
        members.sort_by_key(|index| (time_order(held[*index].when()), held[*index].claim().id.clone()));
        for (position, a) in members.iter().enumerate() {
            for b in members.iter().skip(position + 1).take(NEIGHBOURS) {
                pairs.insert((*a.min(b), *a.max(b)));
            }
        }
    }
    pairs.retain(|(a, b)| a != b);
    pairs
}

fn same_meeting(a: &Told<'_>, b: &Told<'_>) -> bool {
    let points = a.points_at().any(|id| *id == b.claim().id) || b.points_at().any(|id| *id == a.claim().id);
    let dated = a.when().is_known() && b.when().is_known();
    let one_happened = a.claim().modality.is_actual() == b.claim().modality.is_actual();
    let (place_a, place_b) = (a.place_key(), b.place_key());
    let places_fit = place_a.is_empty() || place_b.is_empty() || place_a == place_b;
    a.when().gap_days(b.when()) <= SAME_MEETING_DAYS
        && (points || (a.act() == b.act() && places_fit && (one_happened || dated)))
}

fn meeting(group: &[Told<'_>], all: &[Told<'_>]) -> Meeting {
    let first = &group[0];
    let said = statements_at(group, all);
    let everything: Vec<Told<'_>> = group.iter().chain(&said).copied().collect();
    let claims = ids(&everything);
    let mut participants: BTreeMap<String, ActorMention> = BTreeMap::new();
    for mention in group.iter().flat_map(Told::participants) {
        participants
            .entry(who(mention))
            .or_insert_with(|| mention.clone());
    }
    let readouts: BTreeSet<(String, ClaimId)> = everything
        .iter()
        .filter(|one| {
            one.claim()
                .source()
                .is_some_and(|source| source.kind != SourceKind::Page)
        })
        .map(|one| (one.by(), one.claim().id.clone()))
        .collect();
    let happened = group.iter().any(|one| one.claim().modality.is_actual());
    let words = match group.len() {
        1 => "one account tells it".to_owned(),
        many => format!("{many} accounts name the same participants at compatible times"),
    };
    let place = group.iter().map(Told::place_name).find(|place| !place.is_empty());
    Meeting {
        id: track_id("meeting", &claims),
        form: first.act().to_owned(),
        when: common_time(group),
        place: place.unwrap_or_default(),
        participants: participants.into_values().collect(),
        progress: if happened {
            Progress::Done
        } else {
            Progress::Planned
        },
        readouts: readouts.into_iter().collect(),
        claims,
        because: vec![Because::new("same-participants", words).span(first.claim().span)],
    }
}

/// Statements that point at the meeting, or that a participant made on an occasion told right beside it.
fn statements_at<'a>(group: &[Told<'a>], all: &[Told<'a>]) -> Vec<Told<'a>> {
    let meeting: BTreeSet<&ClaimId> = group.iter().map(|one| &one.claim().id).collect();
    let people: BTreeSet<String> = group.iter().flat_map(Told::participants).map(who).collect();
    let near = |one: &Told<'_>| {
        group.iter().any(|held| {
            held.claim().document == one.claim().document
                && held.order.abs_diff(one.order) <= SAID_AT_IT_PASSAGES
        })
    };
    let speaks = |one: &Told<'_>| {
        let speaker = one.speaker().map(|speaker| who(&speaker));
        speaker.is_some_and(|speaker| people.contains(&speaker))
            || one.body.is_some_and(|body| people.contains(&body.0))
    };
    let at_it = |one: &&Told<'_>| {
        let Some(utterance) = &one.claim().utterance else {
            return false;
        };
        if matches!(one.act(), "meeting" | "call" | "round") {
            return false;
        }
        one.points_at().any(|id| meeting.contains(id))
            || (!utterance.occasion.is_empty() && near(one) && speaks(one))
    };
    all.iter().filter(at_it).copied().collect()
}
