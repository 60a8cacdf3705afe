//! Sanctions, visa bans, closures: planned, done or undone. A threat or a plan never becomes a fact.

use crate::merge;
use crate::told::{Told, common_time, ids, mentions, plain, progress, time_order, track_id, who};
use model::{Because, Measure, Progress};
use std::collections::BTreeMap;

/// Days between two accounts of one measure. 3: a decision is carried by other pages for a day or two.
const SAME_MEASURE_DAYS: i64 = 3;

/// All measures.
pub(crate) fn measures(told: &[Told<'_>]) -> Vec<Measure> {
    let mut alike: BTreeMap<[String; 5], Vec<Told<'_>>> = BTreeMap::new();
    for one in told
        .iter()
        .filter(|one| matches!(one.act(), "sanction" | "measure" | "checkpoint-closure"))
    {
        let claim = one.claim();
        let keys = |mentions: &[model::ActorMention]| {
            let mut keys: Vec<String> = mentions.iter().map(who).collect();
            keys.sort();
            keys.join(" ")
        };
        let (takers, against, place) = (keys(&claim.initiators), keys(&claim.targets), one.place_key());
        // Without anybody or any place only the same words are the same measure.
        let place = match takers.is_empty() && against.is_empty() && place.is_empty() {
            true => plain(&claim.quote),
            false => place,
        };
        let progress = progress(claim).as_str().to_owned();
        alike
            .entry([one.act().to_owned(), progress, takers, against, place])
            .or_default()
            .push(*one);
    }
    let groups = alike
        .into_values()
        .flat_map(|told| merge::by_time(told, SAME_MEASURE_DAYS));
    let mut measures: Vec<Measure> = groups.map(|group| measure(&group)).collect();
    measures.sort_by_cached_key(|one| (time_order(&one.when), one.id.clone()));
    measures
}

fn measure(group: &[Told<'_>]) -> Measure {
    let first = &group[0];
    let claims = ids(group);
    let progress = progress(first.claim());
    let words = match progress {
        Progress::Done => "a claim says that it was taken",
        Progress::Refused => "a claim says that it was not taken, or was lifted",
        _ => "it is planned, threatened, demanded or conditional; nobody says that it was taken",
    };
    Measure {
        id: track_id("measure", &claims),
        act: first.act().to_owned(),
        progress,
        takers: mentions(group, |claim| &claim.initiators),
        against: mentions(group, |claim| &claim.targets),
        place: first.place_name(),
        when: common_time(group),
        by: first.by(),
        claims,
        because: vec![Because::new(progress.as_str(), words).span(first.claim().span)],
    }
}
