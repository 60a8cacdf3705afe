//! Who is said to hold a place, from when to when: computed from changes of control, never typed. A later
//! change ends a holding only where it is surely later; everything else stays beside it.

use crate::control;
use crate::merge;
use crate::told::{Told, common_time, ids, plain, time_order, who};
use model::{Actor, ActorId, ActorMention, Because, ClaimId, Edtf, Holding, PlaceId, Polarity, TrackId};
use std::collections::{BTreeMap, BTreeSet};

/// Days between a handover and a denial of it. 7: a denial follows within the week in which the handover is
/// news; a later one is about another.
const DENIAL_DAYS: i64 = 7;

/// Words for the side of an actor that name no side: two actors that have one are not of one side.
/// After `data/actors/README.md`; excluded groups fight each other too.
const NO_SIDES: [&str; 5] = ["", "none", "international", "third", "excluded"];

/// What is told of one place.
#[derive(Default)]
struct Place<'a> {
    /// Who is said to have come to hold it.
    gains: BTreeMap<String, Vec<Told<'a>>>,
    /// Everything that somebody is said to have taken or lost there.
    changes: Vec<Told<'a>>,
    denials: Vec<Told<'a>>,
}

/// All holdings, by place, time and holder. A place that is not named is held by nobody.
pub(crate) fn holdings(told: &[Told<'_>], actors: &[Actor]) -> Vec<Holding> {
    let named = actors
        .iter()
        .filter(|actor| !NO_SIDES.contains(&actor.side.as_str()));
    let sides = Sides(named.map(|actor| (&actor.id, actor.side.as_str())).collect());
    let mut places: BTreeMap<String, Place<'_>> = BTreeMap::new();
    for one in told.iter().filter(|one| control::changes_hands(one)) {
        let key = one.place_key();
        if key.is_empty() || !one.claim().modality.is_actual() {
            continue;
        }
        let place = places.entry(key).or_default();
        if one.claim().polarity == Polarity::Denied {
            place.denials.push(*one);
            continue;
        }
        place.changes.push(*one);
        if let Some(holder) = control::holder(one) {
            place.gains.entry(who(holder)).or_default().push(*one);
        }
    }
    let mut holdings: Vec<Holding> = Vec::new();
    for (key, place) in places {
        for (holder, told) in &place.gains {
            holdings.extend(of_holder((&key, &place, &sides), holder, told));
        }
    }
    holdings.sort_by_cached_key(|one| (one.place.clone(), time_order(&one.since), one.id.clone()));
    holdings
}

/// The side of each actor.
struct Sides<'a>(BTreeMap<&'a ActorId, &'a str>);

impl<'a> Sides<'a> {
    /// Empty when it is not known.
    fn side(&self, mention: &ActorMention) -> &'a str {
        let actor = mention.actor.resolved();
        actor
            .and_then(|actor| self.0.get(actor))
            .copied()
            .unwrap_or_default()
    }
    /// Whether two mentions may be one actor or actors of one side: they are, or one of them is a label of
    /// which nobody knows whose it is.
    fn may_be_one(&self, a: &ActorMention, b: &ActorMention) -> bool {
        let side = self.side(a);
        let open = |mention: &ActorMention| mention.actor.resolved().is_none();
        who(a) == who(b) || (!side.is_empty() && side == self.side(b)) || open(a) || open(b)
    }
}

/// A place: its key, what is told of it, and the sides of actors.
type At<'p, 'a> = (&'p str, &'p Place<'a>, &'p Sides<'a>);

fn of_holder(at: At<'_, '_>, holder: &str, told: &[Told<'_>]) -> Vec<Holding> {
    let mut starts: Vec<(Vec<Told<'_>>, Vec<Told<'_>>)> = Vec::new();
    let mut groups = merge::by_time(told.to_vec(), control::SAME_HANDOVER_DAYS);
    groups.sort_by_key(|group| time_order(&common_time(group)));
    for group in groups {
        let since = common_time(&group);
        let ends = ends(at.1, holder, &since);
        match starts.last_mut() {
            // Told again with nobody else in between: it is the same holding.
            Some((known, known_ends)) if !ended_before(known_ends, &since) => known.extend(group),
            _ => starts.push((group, ends)),
        }
    }
    starts
        .iter()
        .map(|(group, ends)| holding(at, holder, group, ends))
        .collect()
}

/// The accounts of the first change that surely comes after `since` and takes the place from the holder.
fn ends<'a>(place: &Place<'a>, holder: &str, since: &Edtf) -> Vec<Told<'a>> {
    let after = |one: &&Told<'a>| {
        let gains = control::holder(one).map(who);
        let loses = control::loser(one).map(who);
        let takes = gains.as_deref() != Some(holder) && loses.as_deref().is_none_or(|loses| loses == holder);
        let later = one.when().earliest().zip(since.latest());
        takes && later.is_some_and(|(end, start)| end > start)
    };
    let mut after: Vec<Told<'a>> = place.changes.iter().filter(after).copied().collect();
    after.sort_by(|a, b| (time_order(a.when()), &a.claim().id).cmp(&(time_order(b.when()), &b.claim().id)));
    let Some(first) = after.first().copied() else {
        return after;
    };
    after.retain(|one| one.when().gap_days(first.when()) <= control::SAME_HANDOVER_DAYS);
    after
}

fn ended_before(ends: &[Told<'_>], start: &Edtf) -> bool {
    let end = common_time(ends);
    end.latest()
        .zip(start.earliest())
        .is_some_and(|(end, start)| end <= start)
}

fn holding((key, place, sides): At<'_, '_>, who: &str, group: &[Told<'_>], ends: &[Told<'_>]) -> Holding {
    let (since, holder) = (common_time(group), named_holder(group));
    let denied: Vec<Told<'_>> = place
        .denials
        .iter()
        .filter(|one| denies(one, &holder, sides, &since))
        .copied()
        .collect();
    let everything: Vec<Told<'_>> = group.iter().chain(ends).copied().collect();
    let by: BTreeSet<String> = group.iter().map(Told::by).collect();
    let mut because = vec![
        Because::new(
            "said-to-hold",
            "somebody says that the holder took the place; nobody is said to have taken it since",
        )
        .span(group[0].claim().span),
    ];
    if let Some(end) = ends.first() {
        because[0].words = "somebody says that the holder took the place".into();
        let words = format!("the end is on the word of {}", end.by());
        because.push(Because::new("said-to-end", words).span(end.claim().span));
    }
    if let Some(denial) = denied.first() {
        let words = format!("{} denies it", denial.by());
        because.push(Because::new("denied", words).span(denial.claim().span));
    }
    Holding {
        id: TrackId::of(&[
            "holding",
            key,
            who,
            &ids(group)
                .iter()
                .map(ClaimId::as_str)
                .collect::<Vec<_>>()
                .join(" "),
        ]),
        place: PlaceId(key.to_owned()),
        names: names(&everything),
        side: sides.side(&holder).to_owned(),
        holder,
        since,
        until: (!ends.is_empty()).then(|| common_time(ends)),
        by: by.into_iter().collect(),
        denied: ids(&denied),
        claims: ids(&everything),
        because,
    }
}

/// "X denied that Y took it": Y, and others of its side, did not take it. "X denied losing it": nobody
/// else took it. Where a label is not settled, the denial stands beside the holding all the same.
fn denies(one: &Told<'_>, holder: &ActorMention, sides: &Sides<'_>, since: &Edtf) -> bool {
    let near = one.when().gap_days(since) <= DENIAL_DAYS;
    let named = match one.act() {
        "control-loss" => control::loser(one).is_none_or(|loser| who(loser) != who(holder)),
        _ => control::holder(one).is_none_or(|taker| sides.may_be_one(taker, holder)),
    };
    near && named
}

/// Every name of the place, each once in plain words: as written, then as the gazetteer gives it.
fn names(told: &[Told<'_>]) -> Vec<String> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for one in told {
        let chosen = one.location().and_then(|location| location.chosen.as_ref());
        for name in [Some(one.place_name()), chosen.map(|chosen| chosen.name.clone())] {
            let name = name.unwrap_or_default();
            let entry = names.entry(plain(&name)).or_insert_with(|| name.clone());
            *entry = entry.clone().min(name);
        }
    }
    names.remove("");
    names.into_values().collect()
}

fn named_holder(group: &[Told<'_>]) -> ActorMention {
    let mut named: Vec<&ActorMention> = group.iter().filter_map(control::holder).collect();
    named.sort_by_key(|mention| (&mention.label, &mention.id));
    // Every claim of the group was put there by its holder.
    named[0].clone()
}
