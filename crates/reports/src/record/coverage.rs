//! Who could be heard, zone by zone and day by day.

use super::{derived_id, ids, part, record};
use crate::lookup::Lookup;
use model::record::{Reason, Record};
use model::{DaySight, Sight, ZoneCoverage};
use serde_json::json;

fn because(rule: &str, words: impl Into<String>) -> Vec<Reason> {
    vec![Reason {
        rule: rule.to_owned(),
        entry: String::new(),
        span: None,
        words: words.into(),
    }]
}

/// The zones by agreement and name, everything outside them last.
pub(crate) fn zones<'a>(lookup: &Lookup<'a>) -> Vec<&'a ZoneCoverage> {
    let mut zones: Vec<_> = lookup.picture.coverage.zones.iter().collect();
    zones.sort_by_key(|zone| {
        (
            zone.zone.as_str().is_empty(),
            &zone.agreement,
            &zone.name,
            &zone.zone,
        )
    });
    zones
}

pub(super) fn zone_days(lookup: &Lookup<'_>) -> Vec<Record> {
    zones(lookup)
        .into_iter()
        .flat_map(|zone| zone.days.iter().map(move |day| zone_day(zone, day)))
        .collect()
}

fn zone_day(zone: &ZoneCoverage, day: &DaySight) -> Record {
    let date = day.day.to_string();
    let fields = json!({
        "agreement": zone.agreement.as_str(),
        "zone": zone.zone.as_str(),
        "name": zone.name,
        "day": date,
        "sight": day.sight.as_str(),
        "incidents": day.surely.len(),
        "perhaps": day.perhaps.len(),
        "heard": day.heard,
        "silent": day.silent,
        "hindered": day.hindered.len(),
    });
    let mut basis = ids(day.surely.iter().chain(&day.perhaps));
    basis.extend(ids(&day.hindered));
    basis.extend(ids(&day.pages));
    let id = derived_id("zon", &[zone.agreement.as_str(), zone.zone.as_str(), &date]);
    Record {
        basis,
        because: because("sight", why(day.sight)),
        ..record("zone_day", id, fields)
    }
}

/// The rule of each answer, for readers.
pub(crate) fn why(sight: Sight) -> &'static str {
    match sight {
        Sight::Incidents => "at least one incident is told, surely or perhaps there and then",
        Sight::NothingTold => {
            "no incident is told; outlets that tell of the zone within a month could speak of the day"
        }
        Sight::Hindered => "no incident is told; observers are told to have been kept out or jammed",
        Sight::Unwatched => "pages speak of the day, none of an outlet that tells of the zone within a month",
        Sight::Blind => "no page speaks of the day",
    }
}

pub(super) fn outlet_days(lookup: &Lookup<'_>) -> Vec<Record> {
    let of_day = |it: &model::OutletDay| {
        let day = it.day.to_string();
        let fields = json!({ "day": day, "alive": it.alive, "silent": it.silent });
        Record {
            because: because(
                "page-of-the-day",
                "a page speaks of its day and of the day before",
            ),
            ..record("outlet_day", derived_id("out", &[&day]), fields)
        }
    };
    let mut days: Vec<_> = lookup.picture.coverage.by_day.iter().collect();
    days.sort_by_key(|it| it.day);
    days.into_iter().map(of_day).collect()
}

pub(super) fn unseen(lookup: &Lookup<'_>) -> Vec<Record> {
    let of_zone = |zone: &ZoneCoverage| -> Vec<Record> {
        let one = |it: &model::Unseen| {
            let fields = json!({
                "agreement": zone.agreement.as_str(),
                "zone": zone.zone.as_str(),
                "name": zone.name,
                "place": it.place,
                "why": it.why,
                "when": part::edtf(&it.when),
            });
            let mut parts = vec![zone.agreement.as_str(), zone.zone.as_str(), &it.place, &it.why];
            parts.extend(it.claims.iter().map(model::ClaimId::as_str));
            let words = lookup.quotes(&it.claims);
            let placed = super::resting_on(record("unseen", derived_id("uns", &parts), fields), &words);
            Record {
                basis: ids(&it.claims),
                because: because("not-seen", it.why.clone()),
                ..placed
            }
        };
        zone.unseen.iter().map(one).collect()
    };
    zones(lookup).into_iter().flat_map(of_zone).collect()
}
