//! Deliveries, evacuations, returns and releases: planned, done or refused. A plan never becomes a fact.

use crate::merge;
use crate::told::{Told, common_time, ids, plain, progress, time_order, track_id};
use model::{Because, Count, Figure, Metric, Movement, Polarity, Progress, Scope};
use std::collections::BTreeMap;

/// Days between two accounts of one delivery or return.
/// 2: a convoy takes a day, and pages differ by another.
const SAME_MOVEMENT_DAYS: i64 = 2;

/// Deliveries, and returns with evacuations and releases.
pub(crate) fn movements(told: &[Told<'_>]) -> (Vec<Movement>, Vec<Movement>) {
    let mut alike: BTreeMap<[String; 5], Vec<Told<'_>>> = BTreeMap::new();
    for one in told {
        let Some((act, progress)) = read(one) else {
            continue;
        };
        let quantity = quantity(one).map_or_else(String::new, |figure| {
            format!("{} {}", figure.count, plain(&figure.unit))
        });
        let place = one.place_key();
        // Without place and quantity only the same words are the same thing.
        let words = if place.is_empty() && quantity.is_empty() {
            plain(&one.claim().quote)
        } else {
            String::new()
        };
        alike
            .entry([
                act.to_owned(),
                progress.as_str().to_owned(),
                place,
                quantity,
                words,
            ])
            .or_default()
            .push(*one);
    }
    let groups = alike
        .into_values()
        .flat_map(|told| merge::by_time(told, SAME_MOVEMENT_DAYS));
    let mut movements: Vec<Movement> = groups.filter_map(|group| movement(&group)).collect();
    movements.sort_by_cached_key(|one| (time_order(&one.when), one.id.clone()));
    movements.into_iter().partition(|one| one.act == "delivery")
}

/// The act and how far it has come; `None` for claims about other things.
fn read(one: &Told<'_>) -> Option<(&'static str, Progress)> {
    let claim = one.claim();
    let act = match one.act() {
        "delivery" => "delivery",
        "aid-blocked" => {
            let happened = claim.modality.is_actual() && claim.polarity == Polarity::Affirmed;
            return happened.then_some(("delivery", Progress::Refused));
        }
        "evacuation" => "evacuation",
        "return" => "return",
        "release" => "release",
        _ => return None,
    };
    Some((act, progress(claim)))
}

fn quantity<'a>(one: &Told<'a>) -> Option<&'a Figure> {
    one.claim().figures.iter().find(|figure| {
        let moved = matches!(
            figure.metric,
            Metric::Goods | Metric::Persons | Metric::Displaced | Metric::Other
        );
        moved && figure.scope != Scope::War
    })
}

fn movement(group: &[Told<'_>]) -> Option<Movement> {
    let first = &group[0];
    let (act, progress) = read(first)?;
    let claims = ids(group);
    let words = match progress {
        Progress::Planned => {
            "it is planned, hoped for, demanded or conditional; nobody says that it was done"
        }
        Progress::Attempted => "it was tried; the outcome is not told",
        Progress::Done => "a claim says that it was done",
        Progress::Refused => "a claim says that it was blocked, refused or did not happen",
    };
    let quantity: Option<(Count, String)> = quantity(first).map(|figure| (figure.count, figure.unit.clone()));
    Some(Movement {
        id: track_id("movement", &claims),
        act: act.to_owned(),
        progress,
        quantity,
        place: first.place_name(),
        when: common_time(group),
        by: first.by(),
        claims,
        because: vec![Because::new(progress.as_str(), words).span(first.claim().span)],
    })
}
