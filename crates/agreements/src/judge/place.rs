//! Did it happen where the term applies? In a zone that the term names or within a distance of a line, and in
//! none that it leaves out; without any of these, in the agreement's countries.

use super::{Matter, Outcome, in_force};
use crate::brief::Told;
use crate::words;
use model::{Near, Ternary, Zone, ZoneId};

pub(super) fn answer(matter: Matter<'_>) -> Ternary {
    if !matter.site.told || matter.site.contested {
        return Ternary::Undetermined;
    }
    let limits = &matter.term.limits;
    let named = matter.term.zones.iter().map(|zone| in_zone(zone, matter));
    let near = limits.near.iter().map(|near| in_band(near, matter));
    let covered = match matter.term.zones.is_empty() && limits.near.is_empty() {
        true => in_countries(matter),
        false => named.chain(near).fold(Ternary::No, Ternary::or),
    };
    let left_out = limits.except.iter().map(|zone| in_zone(zone, matter));
    covered.and(left_out.fold(Ternary::No, Ternary::or).negate())
}

fn told<'a>(zone: &ZoneId, matter: Matter<'a>) -> Option<&'a Told> {
    let agreement = &matter.frame.agreement.id;
    let zones = &matter.site.zones;
    zones
        .iter()
        .find(|told| told.zone == *zone && told.agreement == *agreement)
}

fn zone<'a>(id: &ZoneId, matter: Matter<'a>) -> Option<&'a Zone> {
    matter.frame.agreement.zones.iter().find(|zone| zone.id == *id)
}

/// Whether it happened in a zone that existed then.
pub(super) fn in_zone(id: &ZoneId, matter: Matter<'_>) -> Ternary {
    let inside = told(id, matter).map_or(Ternary::Undetermined, |told| told.inside);
    let exists = zone(id, matter).map_or(Ternary::Undetermined, |zone| exists(zone, matter));
    inside.and(exists)
}

/// Whether a zone existed when it happened. A zone that ends with the agreement has no end of its own, and
/// whether the term held on that day is the test before this one, so only an end before the incident counts.
fn exists(zone: &Zone, matter: Matter<'_>) -> Ternary {
    let (earliest, latest) = in_force::bounds(matter.when);
    match (zone.during.latest(), earliest, latest) {
        (None, _, _) => Ternary::Yes,
        (Some(end), Some(first), _) if first > end => Ternary::No,
        (Some(end), _, Some(last)) if last <= end => Ternary::Yes,
        _ => Ternary::Undetermined,
    }
}

/// Whether it happened within a distance of a line: surely when the whole region does, the doubt about the line
/// itself added; surely not when no part of it does.
fn in_band(near: &Near, matter: Matter<'_>) -> Ternary {
    let Some(distance) = told(&near.zone, matter).and_then(|told| told.distance_m) else {
        return Ternary::Undetermined;
    };
    let doubt = matter.site.radius_m.saturating_add(doubt_m(near, matter));
    let answer = match words::whole_metres(near.within) {
        within if distance.saturating_add(doubt) <= within => Ternary::Yes,
        within if distance.saturating_sub(doubt) > within => Ternary::No,
        _ => Ternary::Undetermined,
    };
    answer.and(zone(&near.zone, matter).map_or(Ternary::Undetermined, |zone| exists(zone, matter)))
}

/// How far the drawn line may lie beside the true one.
fn doubt_m(near: &Near, matter: Matter<'_>) -> i64 {
    let shapes = zone(&near.zone, matter).into_iter().flat_map(|zone| &zone.shapes);
    shapes
        .map(|shape| words::whole_metres(shape.band))
        .max()
        .unwrap_or(0)
}

fn in_countries(matter: Matter<'_>) -> Ternary {
    let countries = &matter.frame.agreement.countries;
    words::agreed(
        matter
            .site
            .countries
            .iter()
            .map(|country| Ternary::from(countries.contains(country))),
    )
}

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let open = format!("Did it happen in {}?", area(matter));
    let site = matter.site;
    if !site.told {
        return Outcome::new(Ternary::Undetermined, "No account says where it happened.", open);
    }
    let whole_country = matter.term.zones.is_empty() && matter.term.limits.near.is_empty();
    let outcome = if whole_country && matter.term.limits.except.is_empty() {
        by_countries(matter, open)
    } else {
        by_zones(matter, open)
    };
    let outcome = outcome.input(format!(
        "Place of the incident: {}, known as {}.",
        site.name, site.precision
    ));
    if site.contested {
        return Outcome {
            answer: Ternary::Undetermined,
            words: format!(
                "Accounts conflict about where it happened; on the best one, it is {}.",
                site.name
            ),
            ..outcome
        };
    }
    outcome
}

/// The covered area for readers.
fn area(matter: Matter<'_>) -> String {
    let parts = parts(matter);
    let country = || {
        format!(
            "a country that the agreement is about ({})",
            matter.frame.agreement.countries.join(", ")
        )
    };
    let covered = match parts.is_empty() {
        true => country(),
        false => {
            let names: Vec<&str> = parts.iter().map(|(name, _, _)| name.as_str()).collect();
            format!("an area that the term covers ({})", names.join("; "))
        }
    };
    let except = except(matter);
    match except.is_empty() {
        true => covered,
        false => {
            let names: Vec<&str> = except.iter().map(|(name, _, _)| name.as_str()).collect();
            format!("{covered}, outside {}", names.join(" and "))
        }
    }
}

/// A part of the covered area: its name, the answer, and why.
type Part = (String, Ternary, String);

fn parts(matter: Matter<'_>) -> Vec<Part> {
    let named = matter.term.zones.iter().map(|id| zone_part(id, matter));
    let near = matter.term.limits.near.iter().map(|near| near_part(near, matter));
    named.chain(near).collect()
}

fn except(matter: Matter<'_>) -> Vec<Part> {
    let except = matter.term.limits.except.iter();
    except.map(|id| zone_part(id, matter)).collect()
}

fn zone_part(id: &ZoneId, matter: Matter<'_>) -> Part {
    let why = told(id, matter).map_or("nobody has compared the place with it", |told| {
        told.words.as_str()
    });
    let name = zone(id, matter).map_or(id.as_str(), |zone| zone.name.as_str());
    (
        name.to_owned(),
        in_zone(id, matter),
        why.trim_end_matches('.').to_owned(),
    )
}

fn near_part(near: &Near, matter: Matter<'_>) -> Part {
    let line = zone(&near.zone, matter).map_or(near.zone.as_str(), |zone| zone.name.as_str());
    let name = format!("{} of {line}", kilometres(words::whole_metres(near.within)));
    let why = match told(&near.zone, matter).and_then(|told| told.distance_m) {
        None => "how far the place lies from it is not known".to_owned(),
        Some(distance) => format!(
            "the place is known to lie {} from it, give or take {}",
            kilometres(distance),
            kilometres(matter.site.radius_m.saturating_add(doubt_m(near, matter)))
        ),
    };
    (name, in_band(near, matter), why)
}

fn kilometres(metres: i64) -> String {
    if metres % 1000 == 0 {
        format!("{} km", metres / 1000)
    } else {
        format!("{}.{} km", metres / 1000, metres % 1000 / 100)
    }
}

fn by_zones(matter: Matter<'_>, open: String) -> Outcome {
    let (parts, except) = (parts(matter), except(matter));
    let answer = answer(matter);
    let with = |parts: &[Part], wanted: Ternary| -> Vec<String> {
        let found = parts.iter().filter(|(_, answer, _)| *answer == wanted);
        found.map(|(name, _, _)| name.clone()).collect()
    };
    let name = &matter.site.name;
    let doubtful = match with(&except, Ternary::Undetermined) {
        left_out if !left_out.is_empty() && with(&parts, Ternary::Undetermined).is_empty() => left_out,
        _ => with(&parts, Ternary::Undetermined),
    };
    let left_out = with(&except, Ternary::Yes);
    let words = match answer {
        Ternary::Yes if parts.is_empty() => {
            format!("It happened in {name}, outside every area that the term leaves out.")
        }
        Ternary::Yes => format!(
            "It happened in {name}, inside {}.",
            words::list(&with(&parts, Ternary::Yes))
        ),
        Ternary::No if !left_out.is_empty() => format!(
            "It happened in {name}, inside {}, which the term leaves out.",
            words::list(&left_out)
        ),
        Ternary::No => format!("It happened in {name}, outside every area that the term covers."),
        Ternary::Undetermined => format!(
            "Whether {name} lies in an area that the term covers is undetermined: {}.",
            words::list(&doubtful)
        ),
    };
    let open = match (
        doubtful.as_slice(),
        with(&except, Ternary::Undetermined).is_empty(),
    ) {
        ([], _) => open,
        (zones, true) => format!("Did it happen inside {}?", zones.join(" or ")),
        _ => open,
    };
    let inputs = parts.into_iter().chain(except);
    Outcome::new(answer, words, open)
        .inputs(inputs.map(|(name, answer, why)| format!("{name}: {} ({why}).", answer.as_str())))
}

fn by_countries(matter: Matter<'_>, open: String) -> Outcome {
    let (answer, name) = (answer(matter), &matter.site.name);
    let countries = matter.frame.agreement.countries.join(", ");
    let words = match answer {
        Ternary::Yes => {
            format!("It happened in {name}, in a country that the agreement is about ({countries}).")
        }
        Ternary::No => {
            format!("It happened in {name}, outside the country that the agreement is about ({countries}).")
        }
        Ternary::Undetermined => format!("Which place {name} is has not been established."),
    };
    Outcome::new(answer, words, open)
}
