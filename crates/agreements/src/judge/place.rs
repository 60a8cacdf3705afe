//! Did it happen where the term applies? In a zone that the term names, or in the agreement's countries.

use super::{Matter, Outcome};
use crate::words;
use model::{Location, Status, Ternary, Zone};

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let open = format!("Did it happen in {}?", area(matter));
    let Some(location) = &matter.incident.location else {
        return Outcome::new(Ternary::Undetermined, "No account says where it happened.", open);
    };
    let name = place_name(location);
    let outcome = if matter.term.zones.is_empty() {
        in_countries(matter, location, &name, open)
    } else {
        in_zones(matter, location, &name, open)
    };
    let outcome = outcome.input(format!(
        "Place of the incident: {name}, known as {}.",
        location.precision.as_str()
    ));
    match matter.incident.status.place {
        Status::Contested => Outcome {
            answer: Ternary::Undetermined,
            words: format!("Accounts conflict about where it happened; on the best one, it is {name}."),
            ..outcome
        },
        _ => outcome,
    }
}

/// The covered area for readers.
fn area(matter: Matter<'_>) -> String {
    if matter.term.zones.is_empty() {
        return format!(
            "a country that the agreement is about ({})",
            matter.agreement.countries.join(", ")
        );
    }
    let names: Vec<String> = zones(matter).map(|zone| zone.name.clone()).collect();
    format!("an area that the term covers ({})", names.join("; "))
}

fn zones<'a>(matter: Matter<'a>) -> impl Iterator<Item = &'a Zone> {
    let covered = |zone: &&Zone| matter.term.zones.contains(&zone.id);
    matter.agreement.zones.iter().filter(covered)
}

/// The place as the page writes it, so that a reader finds the word again, with its province.
fn place_name(location: &Location) -> String {
    let written = &location.mention.name;
    match &location.chosen {
        Some(place) if !written.is_empty() && !place.province.is_empty() && place.province != *written => {
            format!("{written} ({})", place.province)
        }
        Some(place) if place.province.is_empty() || place.province == place.name => place.name.clone(),
        Some(place) => format!("{} ({})", place.name, place.province),
        None if location.mention.name.is_empty() => "the place, which no account names,".to_owned(),
        None => format!("\"{}\"", location.mention.name),
    }
}

fn in_zones(matter: Matter<'_>, location: &Location, name: &str, open: String) -> Outcome {
    let mut answer = Ternary::No;
    let mut undetermined = Vec::new();
    let mut inside = Vec::new();
    let mut inputs = Vec::new();
    for zone in zones(matter) {
        let told = location
            .zones
            .iter()
            .find(|told| told.agreement == matter.agreement.id && told.zone == zone.id);
        let here = told.map_or(Ternary::Undetermined, |told| told.inside);
        let here = here.and(exists(zone, matter));
        answer = answer.or(here);
        match here {
            Ternary::Yes => inside.push(zone.name.clone()),
            Ternary::Undetermined => undetermined.push(zone.name.clone()),
            Ternary::No => {}
        }
        let why = told.map_or("nobody has compared the place with it", |told| {
            told.because.words.as_str()
        });
        inputs.push(format!(
            "{}: {} ({}).",
            zone.name,
            here.as_str(),
            why.trim_end_matches('.')
        ));
    }
    let words = match answer {
        Ternary::Yes => format!("It happened in {name}, inside {}.", words::list(&inside)),
        Ternary::No => format!("It happened in {name}, outside every area that the term covers."),
        Ternary::Undetermined => format!(
            "Whether {name} lies in an area that the term covers is undetermined: {}.",
            words::list(&undetermined)
        ),
    };
    let open = match undetermined.as_slice() {
        [] => open,
        zones => format!("Did it happen inside {}?", zones.join(" or ")),
    };
    let mut outcome = Outcome::new(answer, words, open);
    outcome.inputs = inputs;
    outcome
}

/// Whether a zone existed when it happened. A zone that ends with the agreement has no end of its own, and
/// whether the term held on that day is the test before this one, so only an end before the incident counts.
fn exists(zone: &Zone, matter: Matter<'_>) -> Ternary {
    match (
        zone.during.latest(),
        matter.incident.when.earliest(),
        matter.incident.when.latest(),
    ) {
        (None, _, _) => Ternary::Yes,
        (Some(end), Some(first), _) if first > end => Ternary::No,
        (Some(end), _, Some(last)) if last <= end => Ternary::Yes,
        _ => Ternary::Undetermined,
    }
}

fn in_countries(matter: Matter<'_>, location: &Location, name: &str, open: String) -> Outcome {
    let covers = |country: &String| Ternary::from(matter.agreement.countries.contains(country));
    let answer = match &location.chosen {
        Some(place) => covers(&place.country),
        None => words::agreed(location.candidates.iter().map(|place| covers(&place.country))),
    };
    let countries = matter.agreement.countries.join(", ");
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
