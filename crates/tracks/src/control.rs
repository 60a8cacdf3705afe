//! Control changes: somebody is said to have taken, retaken or lost a place.

use crate::merge;
use crate::told::{Told, common_time, ids, plain, time_order, track_id, who};
use model::{ActorMention, Because, ControlChange, Polarity};
use std::collections::BTreeMap;

/// Days between two accounts of one handover. 1: pages differ by a day across midnight.
pub(crate) const SAME_HANDOVER_DAYS: i64 = 1;

pub(crate) fn changes(told: &[Told<'_>]) -> Vec<ControlChange> {
    let mut alike: BTreeMap<[String; 4], Vec<Told<'_>>> = BTreeMap::new();
    for one in told {
        let claim = one.claim();
        if !changes_hands(one) || !claim.modality.is_actual() || claim.polarity == Polarity::Denied {
            continue;
        }
        let place = one.place_key();
        // Without a place only the same words are the same handover.
        let words = if place.is_empty() {
            plain(&claim.quote)
        } else {
            String::new()
        };
        let holder = holder(one).map_or_else(String::new, who);
        alike
            .entry([one.act().to_owned(), place, holder, words])
            .or_default()
            .push(*one);
    }
    let groups = alike
        .into_values()
        .flat_map(|told| merge::by_time(told, SAME_HANDOVER_DAYS));
    let mut changes: Vec<ControlChange> = groups.map(|group| change(&group)).collect();
    changes.sort_by_cached_key(|one| (time_order(&one.when), one.id.clone()));
    changes
}

/// Whether the claim is about a place that changes hands.
pub(crate) fn changes_hands(one: &Told<'_>) -> bool {
    matches!(one.act(), "seizure" | "regain" | "control-loss")
}

/// Who loses the place by it, where that is told.
pub(crate) fn loser<'a>(one: &Told<'a>) -> Option<&'a ActorMention> {
    match one.act() {
        "control-loss" => one.claim().initiators.first(),
        _ => one.claim().targets.first(),
    }
}

/// Who holds the place after it; of a loss, whoever is named as the gaining side.
pub(crate) fn holder<'a>(one: &Told<'a>) -> Option<&'a ActorMention> {
    match one.act() {
        "control-loss" => one.claim().targets.first(),
        _ => one.claim().initiators.first(),
    }
}

fn change(group: &[Told<'_>]) -> ControlChange {
    let first = &group[0];
    let claims = ids(group);
    let because = Because::new(
        "said-to-hold",
        "a claim says that the place changed hands; who holds it is on that word only",
    )
    .span(first.claim().span);
    ControlChange {
        id: track_id("control", &claims),
        place: first.place().cloned(),
        holder: holder(first).cloned(),
        act: first.act().to_owned(),
        when: common_time(group),
        by: first.by(),
        claims,
        because: vec![because],
    }
}
