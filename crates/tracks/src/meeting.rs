//! Meetings, calls and visits: claims about one meeting are merged, and every read-out of it is kept beside
//! the others.

use crate::difference::differences;
use crate::told::{Told, common_time, ids, time_order, track_id, who};
use model::{ActorMention, Because, ClaimId, DocumentId, Meeting, Polarity, Progress, SourceKind, Span};
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
    let people = participants(&held, told);
    let mut meetings: Vec<Meeting> = group(&held, &people)
        .iter()
        .map(|group| meeting(group, &people, told))
        .collect();
    meetings.sort_by_cached_key(|one| (time_order(&one.when), one.id.clone()));
    meetings
}

/// Who takes part in each meeting, by the claim's id.
type People<'a> = BTreeMap<&'a ClaimId, Vec<&'a ActorMention>>;

/// Who takes part: those the claim names, else those who do something together in the same sentence
/// ("meeting in the resort, A and B expressed hope").
fn participants<'a>(held: &[Told<'a>], all: &[Told<'a>]) -> People<'a> {
    let mut of_sentence: BTreeMap<(&DocumentId, Span), Vec<&'a ActorMention>> = BTreeMap::new();
    for one in all.iter().filter(|one| one.claim().initiators.len() >= 2) {
        let sentence = (&one.claim().document, one.claim().span);
        of_sentence
            .entry(sentence)
            .or_insert_with(|| one.claim().initiators.iter().collect());
    }
    let who_takes_part = |one: &Told<'a>| {
        let named = one.participants();
        let sentence = (&one.claim().document, one.claim().span);
        let people = match named.is_empty() {
            true => of_sentence.get(&sentence).cloned().unwrap_or_default(),
            false => named,
        };
        (&one.claim().id, people)
    };
    held.iter().map(who_takes_part).collect()
}

/// Whether none of the participants is known: "the two leaders".
fn is_faceless(one: &Told<'_>, people: &People<'_>) -> bool {
    people
        .get(&one.claim().id)
        .is_none_or(|people| people.iter().all(|who| who.actor.resolved().is_none()))
}

/// Brings together accounts of one meeting: those that point at each other, and those of one form that share
/// two participants, or their only ones, at compatible times and places.
fn group<'a>(held: &[Told<'a>], people: &People<'a>) -> Vec<Vec<Told<'a>>> {
    let mut parents: Vec<usize> = (0..held.len()).collect();
    for (a, b) in candidates(held, people) {
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

fn candidates(held: &[Told<'_>], people: &People<'_>) -> BTreeSet<(usize, usize)> {
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
        let people: BTreeSet<String> = people
            .get(&one.claim().id)
            .into_iter()
            .flatten()
            .copied()
            .map(who)
            .collect();
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
    faceless(held, people, &mut pairs);
    pairs.retain(|(a, b)| a != b);
    pairs
}

/// A meeting of people whom the page does not name is the one told in the next passage, when that is the
/// only one beside it.
fn faceless(held: &[Told<'_>], people: &People<'_>, pairs: &mut BTreeSet<(usize, usize)>) {
    for (index, one) in held
        .iter()
        .enumerate()
        .filter(|(_, one)| is_faceless(one, people))
    {
        let beside: Vec<usize> = (0..held.len())
            .skip(index.saturating_sub(NEIGHBOURS))
            .take(2 * NEIGHBOURS)
            .filter(|other| {
                let other = &held[*other];
                let page = other.claim().document == one.claim().document && other.act() == one.act();
                page && other.order.abs_diff(one.order) <= 1 && !is_faceless(other, people)
            })
            .collect();
        if let [only] = beside[..] {
            pairs.insert((index.min(only), index.max(only)));
        }
    }
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

fn meeting(group: &[Told<'_>], people: &People<'_>, all: &[Told<'_>]) -> Meeting {
    let first = &group[0];
    let said = statements_at(group, people, all);
    let everything: Vec<Told<'_>> = group.iter().chain(&said).copied().collect();
    let claims = ids(&everything);
    let mut participants: BTreeMap<String, ActorMention> = BTreeMap::new();
    let known = group.iter().any(|one| !is_faceless(one, people));
    let named = group
        .iter()
        .filter_map(|one| people.get(&one.claim().id))
        .flatten();
    for mention in named.filter(|mention| !known || mention.actor.resolved().is_some()) {
        participants
            .entry(who(mention))
            .or_insert_with(|| (*mention).clone());
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
        differ: differences(group, &everything),
        claims,
        because: vec![Because::new("same-participants", words).span(first.claim().span)],
    }
}

/// Statements that point at the meeting or stand in its sentence, or that a participant made on an occasion told right beside it.
fn statements_at<'a>(group: &[Told<'a>], people: &People<'_>, all: &[Told<'a>]) -> Vec<Told<'a>> {
    let meeting: BTreeSet<&ClaimId> = group.iter().map(|one| &one.claim().id).collect();
    let named = group
        .iter()
        .filter_map(|one| people.get(&one.claim().id))
        .flatten();
    let people: BTreeSet<String> = named.copied().map(who).collect();
    let sentences: BTreeSet<(&DocumentId, Span)> = group
        .iter()
        .map(|one| (&one.claim().document, one.claim().span))
        .collect();
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
            || sentences.contains(&(&one.claim().document, one.claim().span))
            || (!utterance.occasion.is_empty() && near(one) && speaks(one))
    };
    all.iter().filter(at_it).copied().collect()
}
