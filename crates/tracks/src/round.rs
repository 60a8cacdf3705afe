//! Rounds of talks: numbered meetings of a process, who takes part in which part, and steps such as
//! suspension and return.

use crate::difference::differences;
use crate::told::{Told, common_time, ids, plain, time_order, track_id, who};
use model::{ActorMention, Because, ClaimId, DocumentId, Metric, PlacePrecision, Polarity, Progress, Round};
use std::collections::BTreeMap;

/// Days between two accounts of one round that has no number. 3: a round lasts two or three days.
const SAME_ROUND_DAYS: i64 = 3;

/// Days between two accounts of one numbered round. 45: rounds of a process follow each other by weeks, and
/// a round is spoken of long before and after; its number tells it from the next.
const SAME_NUMBER_DAYS: i64 = 45;

/// Passages between a round and a part or a step told beside it.
const BESIDE_PASSAGES: usize = 6;

/// A round while it is put together.
struct Draft<'a> {
    track: String,
    number: Option<u64>,
    told: Vec<Told<'a>>,
    parts: Vec<Told<'a>>,
    steps: Vec<Told<'a>>,
}

/// All rounds.
pub(crate) fn rounds(told: &[Told<'_>]) -> Vec<Round> {
    let names = track_names(told);
    let mut drafts = drafts(told, &names);
    for one in told {
        match one.act() {
            "mandate" => {
                if let Some(draft) = beside(&mut drafts, one, &names) {
                    draft.parts.push(*one);
                }
            }
            "suspension" | "resumption" | "walk-out" if one.claim().polarity == Polarity::Affirmed => {
                match beside(&mut drafts, one, &names) {
                    Some(draft) => draft.steps.push(*one),
                    None => drafts.push(Draft {
                        track: track(one, &names),
                        number: None,
                        told: vec![],
                        parts: vec![],
                        steps: vec![*one],
                    }),
                }
            }
            _ => {}
        }
    }
    let mut rounds: Vec<Round> = drafts.iter().map(round).collect();
    rounds.sort_by_cached_key(|one| (time_order(&one.when), one.id.clone()));
    rounds
}

/// The process a round belongs to: the place it is named after. Where one claim names the town and another
/// only its country, the town's name is the track's.
fn track(one: &Told<'_>, names: &BTreeMap<String, String>) -> String {
    let name = plain(&one.place_name());
    let wide = one
        .location()
        .filter(|location| location.precision == PlacePrecision::Country);
    let country = wide
        .and_then(|location| location.chosen.as_ref())
        .map(|chosen| &chosen.country);
    country
        .and_then(|country| names.get(country).cloned())
        .unwrap_or(name)
}

/// For each country the plain name of the seat of rounds and their steps in it: the closest place told, then
/// the first by name.
fn track_names(told: &[Told<'_>]) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, (PlacePrecision, String)> = BTreeMap::new();
    let of_process = ["round", "suspension", "resumption", "walk-out"];
    for one in told.iter().filter(|one| of_process.contains(&one.act())) {
        if let Some(location) = one.location()
            && let Some(chosen) = &location.chosen
        {
            let found = (location.precision, plain(&location.mention.name));
            let entry = names
                .entry(chosen.country.clone())
                .or_insert_with(|| found.clone());
            if found < *entry {
                *entry = found;
            }
        }
    }
    names
        .into_iter()
        .map(|(country, (_, name))| (country, name))
        .collect()
}

fn number(one: &Told<'_>) -> Option<u64> {
    let figures = &one.claim().figures;
    let ordinal = figures
        .iter()
        .find(|figure| figure.metric == Metric::Other && plain(&figure.unit) == "round")?;
    ordinal.count.high.filter(|high| *high == ordinal.count.low)
}

fn drafts<'a>(told: &[Told<'a>], names: &BTreeMap<String, String>) -> Vec<Draft<'a>> {
    let mut numbered: BTreeMap<(String, u64), Vec<Told<'a>>> = BTreeMap::new();
    let mut others: BTreeMap<(String, bool), Vec<Told<'a>>> = BTreeMap::new();
    for one in told
        .iter()
        .filter(|one| one.act() == "round" && one.claim().polarity == Polarity::Affirmed)
    {
        let track = track(one, names);
        match number(one) {
            Some(number) => numbered.entry((track, number)).or_default().push(*one),
            None => others
                .entry((track, one.claim().modality.is_actual()))
                .or_default()
                .push(*one),
        }
    }
    let mut drafts: Vec<Draft<'a>> = Vec::new();
    for ((track, number), told) in numbered {
        for told in crate::merge::by_time(told, SAME_NUMBER_DAYS) {
            drafts.push(Draft {
                track: track.clone(),
                number: Some(number),
                told,
                parts: vec![],
                steps: vec![],
            });
        }
    }
    let known = drafts.len();
    for ((track, _), told) in others {
        let mut left = Vec::new();
        for one in told {
            // A round without a number that its page tells beside a numbered one of the same track is that one.
            let fitting: Vec<usize> = (0..known).filter(|at| fits(&drafts[*at], &one, &track)).collect();
            match fitting[..] {
                [at] => drafts[at].told.push(one),
                _ => left.push(one),
            }
        }
        for told in crate::merge::by_time(left, SAME_ROUND_DAYS) {
            drafts.push(Draft {
                track: track.clone(),
                number: None,
                told,
                parts: vec![],
                steps: vec![],
            });
        }
    }
    drafts
}

fn fits(draft: &Draft<'_>, one: &Told<'_>, track: &str) -> bool {
    let same_kind = |other: &Told<'_>| other.claim().modality.is_actual() == one.claim().modality.is_actual();
    let near = |other: &Told<'_>| {
        let page = other.claim().document == one.claim().document;
        let dated = other.when().is_known() && one.when().is_known();
        (page || dated) && other.when().gap_days(one.when()) <= SAME_ROUND_DAYS
    };
    (draft.track == track || track.is_empty())
        && draft.told.iter().any(|other| same_kind(other) && near(other))
}

/// The round a part or a step belongs to: one of its page, what happened goes to a round that
/// happened, and then to the nearest in passages; else the only one of its
/// track within days.
fn beside<'a, 'b>(
    drafts: &'b mut [Draft<'a>],
    one: &Told<'a>,
    names: &BTreeMap<String, String>,
) -> Option<&'b mut Draft<'a>> {
    let track = track(one, names);
    let on_page = |draft: &Draft<'_>, document: &DocumentId| {
        let orders = draft
            .told
            .iter()
            .filter(|told| told.claim().document == *document)
            .map(|told| told.order);
        orders.map(|order| order.abs_diff(one.order)).min()
    };
    let points = |draft: &Draft<'_>| {
        one.points_at()
            .any(|id| draft.told.iter().any(|told| told.claim().id == *id))
    };
    let near = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| track.is_empty() || draft.track.is_empty() || draft.track == track)
        .filter_map(|(at, draft)| {
            let distance = if points(draft) {
                0
            } else {
                on_page(draft, &one.claim().document)?
            };
            // What happened is no step of a round that is only planned.
            let happened = |told: &Told<'_>| told.claim().modality.is_actual();
            let only_planned = happened(one) && !draft.told.iter().any(happened);
            (distance <= BESIDE_PASSAGES).then_some((only_planned, distance, draft.number.is_none(), at))
        })
        .min();
    if let Some((.., at)) = near {
        return drafts.get_mut(at);
    }
    let of_track = |draft: &Draft<'_>| {
        let day = draft.told.iter().chain(&draft.steps).any(|told| {
            told.when().is_known()
                && one.when().is_known()
                && told.when().gap_days(one.when()) <= SAME_ROUND_DAYS
        });
        !track.is_empty() && draft.track == track && day
    };
    let fitting: Vec<usize> = (0..drafts.len()).filter(|at| of_track(&drafts[*at])).collect();
    match fitting[..] {
        [at] => drafts.get_mut(at),
        _ => None,
    }
}

fn round(draft: &Draft<'_>) -> Round {
    let mut everything = draft.told.clone();
    everything.extend(&draft.parts);
    everything.extend(&draft.steps);
    let claims = ids(&everything);
    let mut participants: BTreeMap<(String, String), ActorMention> = BTreeMap::new();
    for one in &draft.parts {
        for mention in one.participants() {
            participants
                .entry((who(mention), one.claim().part.clone()))
                .or_insert_with(|| mention.clone());
        }
    }
    for mention in draft.told.iter().flat_map(Told::participants) {
        let known = participants.keys().any(|(key, _)| *key == who(mention));
        if !known {
            participants.insert((who(mention), String::new()), mention.clone());
        }
    }
    let mut steps: Vec<(&Told<'_>, String)> = draft
        .steps
        .iter()
        .map(|one| (one, one.act().to_owned()))
        .collect();
    steps.sort_by(|(a, _), (b, _)| {
        (time_order(a.when()), &a.claim().id).cmp(&(time_order(b.when()), &b.claim().id))
    });
    let steps: Vec<(String, ClaimId)> = steps
        .into_iter()
        .map(|(one, act)| (act, one.claim().id.clone()))
        .collect();
    let told = if draft.told.is_empty() {
        &draft.steps
    } else {
        &draft.told
    };
    let happened = draft.told.iter().any(|one| one.claim().modality.is_actual());
    let because = match (draft.number, draft.told.is_empty()) {
        (_, true) => Because::new(
            "step-without-round",
            "a step of the process is told and its round is not",
        ),
        (Some(number), _) => Because::new("numbered-round", format!("the claims give the number {number}")),
        (None, _) => Because::new("unnumbered-round", "no claim gives its number"),
    };
    let place = told.iter().map(Told::place_name).find(|place| !place.is_empty());
    Round {
        id: track_id("round", &claims),
        track: draft.track.clone(),
        number: draft.number,
        when: common_time(told),
        place: place.unwrap_or_default(),
        participants: participants
            .into_iter()
            .map(|((_, part), mention)| (mention, part))
            .collect(),
        progress: if happened {
            Progress::Done
        } else {
            Progress::Planned
        },
        steps,
        differ: differences(&draft.told, &everything),
        claims,
        because: vec![because],
    }
}
