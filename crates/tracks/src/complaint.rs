//! Complaints: alleged breaches without an act that could be placed; allegations stay allegations.

use crate::merge;
use crate::told::{Told, common_time, ids, plain, time_order, track_id};
use model::{Because, Complaint};
use std::collections::BTreeMap;

/// Days between two statements of one complaint in the same words.
/// 3: a statement is carried by other pages for a day or two.
const SAME_WORDS_DAYS: i64 = 3;

pub(crate) fn complaints(told: &[Told<'_>]) -> Vec<Complaint> {
    let mut alike: BTreeMap<(String, String), Vec<Told<'_>>> = BTreeMap::new();
    for one in told.iter().filter(|one| one.act() == "complaint") {
        alike
            .entry((plain(&one.by()), plain(&words(one))))
            .or_default()
            .push(*one);
    }
    let groups = alike
        .into_values()
        .flat_map(|told| merge::by_time(told, SAME_WORDS_DAYS));
    let mut complaints: Vec<Complaint> = groups.map(|group| complaint(&group)).collect();
    complaints.sort_by_cached_key(|one| (time_order(&one.when), one.id.clone()));
    complaints
}

fn words(one: &Told<'_>) -> String {
    let claim = one.claim();
    let content = claim
        .utterance
        .as_ref()
        .map(|utterance| utterance.content.clone());
    content
        .filter(|content| !content.is_empty())
        .unwrap_or_else(|| claim.quote.clone())
}

fn complaint(group: &[Told<'_>]) -> Complaint {
    let first = &group[0];
    let claims = ids(group);
    let against: Vec<&str> = first
        .claim()
        .targets
        .iter()
        .map(|target| target.label.as_str())
        .collect();
    let because = Because::new(
        "kept-as-allegation",
        "somebody alleges breaches and names no act that could be placed",
    )
    .span(first.claim().span);
    Complaint {
        id: track_id("complaint", &claims),
        by: first.by(),
        against: against.join(", "),
        words: words(first),
        when: common_time(group),
        claims,
        because: vec![because],
    }
}
