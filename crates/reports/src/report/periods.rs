//! Zones with the period before, in the shape of a monitoring mission's daily report: incidents, what was found of
//! them, persons killed and injured, and how many days could be seen.

use super::{footnotes, section};
use crate::block::{Block, Inline, Line, Table, head, text, written};
use crate::lookup::Lookup;
use crate::phrase;
use jiff::civil::Date;
use model::{Count, Incident, Metric, Ternary, Verdict, ZoneCoverage, add_days, days_between};

/// Both ends included.
type Period = (Date, Date);

pub(super) fn zones(lookup: &Lookup<'_>) -> Option<Block> {
    let now = lookup.picture.period?;
    let zones: Vec<&ZoneCoverage> = crate::record::zones(lookup);
    if zones.is_empty() {
        return None;
    }
    let days = days_between(now.0, now.1) + 1;
    let before = (add_days(now.0, -days), add_days(now.1, -days));
    let read = lookup
        .documents
        .iter()
        .filter(|page| meets(&page.published.edtf, before))
        .count();
    let rows = zones.iter().map(|zone| {
        let (surely, perhaps) = told(&lookup.incidents, zone, now);
        let mut incidents = text(counted(surely.len(), perhaps.len()));
        incidents.extend(footnotes(lookup, surely.iter().chain(&perhaps).map(|it| &it.id)));
        incidents.extend(beside(lookup, zone, now));
        let breaches = surely
            .iter()
            .filter(|it| lookup.verdict(&it.id) == Some(Verdict::Violation))
            .count();
        let (earlier, earlier_perhaps) = told(&lookup.incidents, zone, before);
        let previous = match read {
            0 => text("no page of that period"),
            _ => {
                let mut line = text(counted(earlier.len(), earlier_perhaps.len()));
                line.extend(footnotes(
                    lookup,
                    earlier.iter().chain(&earlier_perhaps).map(|it| &it.id),
                ));
                line.extend(beside(lookup, zone, before));
                line
            }
        };
        let seen = zone.days.iter().filter(|day| day.sight.is_seen()).count();
        let row: Vec<Line> = vec![
            written(zone.name.clone()),
            incidents,
            text(breaches.to_string()),
            text(persons(&surely, &perhaps, Metric::Killed)),
            text(persons(&surely, &perhaps, Metric::Injured)),
            text(format!("{seen} of {}", zone.days.len())),
            previous,
        ];
        row
    });
    let table = Table {
        caption: format!(
            "Incidents by zone, {} to {}; the period before is {} to {}",
            now.0, now.1, before.0, before.1
        ),
        head: head(&[
            "Zone",
            "Incidents",
            "With a finding of violation",
            "Killed",
            "Injured",
            "Days seen",
            "Period before",
        ]),
        rows: rows.collect(),
    };
    let blocks = vec![
        Block::Para(text(format!(
            "Incidents reported as news; \u{201c}?\u{201d} counts those that are perhaps there or then. Zones may overlap, so rows are not added. \
             Persons run from the least that is told of incidents surely there to the most that is told of all. \
             A day is seen when an outlet that tells of the zone could speak of it: without such days a small number says nothing. \
             Of the period before, {} at hand were published in it, and what was heard then was not assessed day by day.",
            phrase::number(read, "page", "pages")
        ))),
        Block::Table(table),
    ];
    Some(section("zones-periods", "Zones and the period before", blocks))
}

/// Incidents surely, and those perhaps, in a zone and a period. The last zone is everything outside.
fn told<'a>(
    incidents: &[&'a Incident],
    zone: &ZoneCoverage,
    period: Period,
) -> (Vec<&'a Incident>, Vec<&'a Incident>) {
    let (mut surely, mut perhaps) = (Vec::new(), Vec::new());
    for incident in incidents.iter().filter(|it| !it.background) {
        let there = place(incident, zone);
        let when = &incident.when;
        let within = when.earliest().is_some_and(|day| day >= period.0)
            && when.latest().is_some_and(|day| day <= period.1);
        if there == Ternary::No || !meets(when, period) {
            continue;
        }
        if there == Ternary::Yes && within {
            surely.push(*incident);
        } else {
            perhaps.push(*incident);
        }
    }
    (surely, perhaps)
}

/// "; 2 archived" where a ruling left some out that may lie there and then: a quiet period is none of these.
fn beside(lookup: &Lookup<'_>, zone: &ZoneCoverage, period: Period) -> Option<Inline> {
    let (surely, perhaps) = told(&lookup.archived, zone, period);
    let all = surely.len() + perhaps.len();
    (all > 0).then(|| Inline::Text(format!("; {all} archived")))
}

fn meets(when: &model::Edtf, (first, last): Period) -> bool {
    when.is_known()
        && when.earliest().is_none_or(|day| day <= last)
        && when.latest().is_none_or(|day| day >= first)
}

fn place(incident: &Incident, zone: &ZoneCoverage) -> Ternary {
    let answers = || incident.location.iter().flat_map(|location| &location.zones);
    if zone.zone.as_str().is_empty() {
        // Outside the zones, or no place: surely when every zone is known not to hold it.
        let inside = answers().map(|answer| answer.inside);
        return match inside.clone().any(|it| it == Ternary::Yes) {
            true => Ternary::No,
            false if inside.clone().all(|it| it == Ternary::No) => Ternary::Yes,
            false => Ternary::Undetermined,
        };
    }
    answers()
        .find(|answer| answer.agreement == zone.agreement && answer.zone == zone.zone)
        .map_or(Ternary::No, |answer| answer.inside)
}

fn counted(surely: usize, perhaps: usize) -> String {
    match perhaps {
        0 => surely.to_string(),
        _ => format!("{surely} and {perhaps}?"),
    }
}

/// The sum over incidents that give a number, from the least to the most; of those that are perhaps there or then
/// the least is nobody. Series are left out.
fn persons(surely: &[&Incident], perhaps: &[&Incident], metric: Metric) -> String {
    let told = |incidents: &[&Incident]| -> Vec<Count> {
        let single = incidents.iter().filter(|it| !it.series);
        single
            .filter_map(|it| it.toll(metric))
            .map(|toll| toll.range)
            .collect()
    };
    let maybe = told(perhaps).into_iter().map(|range| Count { low: 0, ..range });
    let sum = told(surely).into_iter().chain(maybe).reduce(Count::plus);
    sum.map_or_else(|| "no number told".to_owned(), |sum| sum.to_string())
}
