//! Values in words for readers. Neutral by form: "reported", "on the word of", "not told"; every number
//! with its unit; an unknown said as an unknown.

use model::{
    ActId, ActorId, ActorMention, Attribution, Claim, Count, Edtf, Incident, Location, Metric, PlaceMention,
    PlaceRelation, Polarity, Region, Resolution,
};

/// `car-bomb` as "car bomb".
pub(crate) fn act(act: &ActId) -> String {
    act.as_str().replace(['-', '_'], " ")
}

/// With a capital first letter.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// A time in words: "3 May 2017" is never guessed from an interval.
pub(crate) fn when(edtf: &Edtf) -> String {
    let about = if edtf.approximate { "about " } else { "" };
    let mut words = match (edtf.earliest(), edtf.latest()) {
        (None, None) => return "day not told".to_owned(),
        (Some(a), Some(b)) if a == b => match edtf.minute {
            Some(minute) => format!("{about}{a} {:02}:{:02}", minute / 60, minute % 60),
            None => format!("{about}{a}"),
        },
        (Some(a), Some(b)) => format!("{about}between {a} and {b}"),
        (Some(a), None) => format!("{about}{a} or later"),
        (None, Some(b)) => format!("{about}{b} or earlier"),
    };
    if edtf.uncertain {
        words.push_str(" (uncertain)");
    }
    words
}

/// How what happened lies to the named place: "near X", "5 km north-east of X".
pub(crate) fn place(mention: &PlaceMention) -> String {
    let name = if mention.name.is_empty() {
        "a place without a name"
    } else {
        &mention.name
    };
    match mention.relation {
        PlaceRelation::At => name.to_owned(),
        PlaceRelation::Near => format!("near {name}"),
        PlaceRelation::Border => format!("by the border with {name}"),
        PlaceRelation::Between => format!("between {name}"),
        PlaceRelation::Part { bearing: None } => format!("in a part of {name}"),
        PlaceRelation::Part {
            bearing: Some(bearing),
        } => format!("in the {} of {name}", wind(bearing)),
        PlaceRelation::Offset { distance, bearing } => match bearing {
            Some(bearing) => format!("{} {} of {name}", kilometres(distance.0), wind(bearing)),
            None => format!("{} from {name}", kilometres(distance.0)),
        },
    }
}

/// The same of a place that was chosen: of a name in another script than ours readers get the gazetteer's.
pub(crate) fn placed(location: &Location) -> String {
    let mut mention = location.mention.clone();
    if let Some(chosen) = location.chosen.as_ref().filter(|_| is_foreign(&mention.name)) {
        mention.name.clone_from(&chosen.name);
    }
    place(&mention)
}

/// Whether a name has no letter that readers of Latin script could read.
pub(crate) fn is_foreign(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_ascii_alphabetic())
}

/// The nearest of the eight winds.
fn wind(bearing: f64) -> &'static str {
    const WINDS: [&str; 8] = [
        "north",
        "north-east",
        "east",
        "south-east",
        "south",
        "south-west",
        "west",
        "north-west",
    ];
    let turned = (bearing.rem_euclid(360.0) / 45.0).round();
    // From 0 to 8 by the remainder; 8 is north again. Not a number becomes 0.
    WINDS[turned as usize % 8]
}

/// "800 m", "3.5 km", "120 km": no more digits than news has.
pub(crate) fn kilometres(metres: f64) -> String {
    if metres < 1000.0 {
        format!("{metres:.0} m")
    } else if metres < 10_000.0 {
        let km = (metres / 100.0).round() / 10.0;
        format!("{km} km")
    } else {
        format!("{:.0} km", metres / 1000.0)
    }
}

/// Where on the best account, with the gazetteer's name and how closely it is known.
pub(crate) fn location(location: Option<&Location>) -> String {
    let Some(location) = location else {
        return "place not told".to_owned();
    };
    let named = placed(location);
    let known = match (&location.chosen, location.candidates.len()) {
        (Some(chosen), _) => {
            let mut parts = Vec::new();
            if is_foreign(&location.mention.name) {
                parts.push(location.mention.name.clone());
            } else if chosen.name != location.mention.name {
                parts.push(chosen.name.clone());
            }
            if !chosen.province.is_empty() && chosen.province != chosen.name {
                parts.push(chosen.province.clone());
            }
            parts.push(format!("known to the {}", precision(location)));
            parts.join(", ")
        }
        (None, 0) => "not in the gazetteer".to_owned(),
        (None, 1) => "not settled: 1 candidate".to_owned(),
        (None, several) => format!("not settled: {several} candidates"),
    };
    format!("{named} ({known})")
}

fn precision(location: &Location) -> String {
    let words = match location.precision {
        model::PlacePrecision::Exact => "site",
        model::PlacePrecision::Near => "neighbourhood of the town",
        model::PlacePrecision::Unresolved => "name only",
        other => other.as_str(),
    };
    match location.region {
        Some(Region { radius, .. }) => format!("{words}, within {}", kilometres(radius.0)),
        None => words.to_owned(),
    }
}

/// "5–7 persons killed"; the metric brings its unit.
pub(crate) fn tally(count: Count, metric: Metric) -> String {
    let unit = match metric {
        Metric::Killed => "persons killed",
        Metric::Injured => "persons injured",
        Metric::Casualties => "persons killed or injured",
        Metric::Detained => "persons detained",
        Metric::Missing => "persons abducted or missing",
        Metric::Displaced => "persons displaced",
        Metric::Persons => "persons present",
        Metric::Acts => "acts of fire",
        Metric::Complaints => "complaints",
        Metric::Goods => "goods",
        Metric::Other => "of other kinds",
    };
    format!("{count} {unit}")
}

/// The label as written and, in brackets, who that is in `data/actors`.
pub(crate) fn actor(label: &str, to: &Resolution<ActorId>) -> String {
    let label = if label.is_empty() { "not named" } else { label };
    match to {
        Resolution::Resolved(actor) if actor.as_str() != label => format!("{label} [{actor}]"),
        Resolution::Candidates(several) if !several.is_empty() => {
            let names: Vec<_> = several.iter().map(ActorId::as_str).collect();
            format!("{label} [one of: {}]", names.join(", "))
        }
        _ => label.to_owned(),
    }
}

pub(crate) fn mention(mention: &ActorMention) -> String {
    actor(&mention.label, &mention.actor)
}

/// "the army [state-army], alleged by the Observatory".
pub(crate) fn attribution(attribution: &Attribution) -> String {
    let who = actor(&attribution.label, &attribution.actor);
    let by = if attribution.by.is_empty() {
        "a source not named"
    } else {
        &attribution.by
    };
    match attribution.kind {
        model::AttributionKind::Named => format!("{who}, named by {by}"),
        model::AttributionKind::Allegation => format!("{who}, alleged by {by}"),
        model::AttributionKind::ClaimOfResponsibility => format!("{who}, responsibility claimed by {by}"),
        model::AttributionKind::Denial => format!("{who}, denied by {by}"),
    }
}

/// Who first said it, as written, and how firmly: "the Observatory, reported, denied".
pub(crate) fn said_by(claim: &Claim) -> String {
    let by = claim.source().map_or("", |link| &link.label);
    let by = if by.is_empty() { "a source not named" } else { by };
    match claim.polarity {
        Polarity::Affirmed => format!("{by}, {}", claim.modality.as_str()),
        Polarity::Denied => format!("{by}, {}, denied", claim.modality.as_str()),
    }
}

/// One line that names an incident: act, place, day.
pub(crate) fn incident(incident: &Incident) -> String {
    let what = capital(&act(&incident.act.id));
    let series = if incident.series {
        " (a series of acts)"
    } else {
        ""
    };
    let at = match &incident.location {
        Some(location) => match location.mention.relation {
            PlaceRelation::At => format!("at {}", placed(location)),
            _ => placed(location),
        },
        None => "place not told".to_owned(),
    };
    format!("{what}{series}, {at}, {}", when(&incident.when))
}

/// "1 page", "2 pages".
pub(crate) fn number(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_say_what_is_not_known() {
        let check = |text: &str, words: &str| {
            assert_eq!(when(&Edtf::parse(text).expect("level 1")), words);
        };
        check("2017-05-03", "2017-05-03");
        check("2017-05-03T14:30~", "about 2017-05-03 14:30");
        check("2017-05", "between 2017-05-01 and 2017-05-31");
        check("../2017-05-03?", "2017-05-03 or earlier (uncertain)");
        check("XXXX", "day not told");
    }

    #[test]
    fn bearings_of_any_size_have_a_wind() {
        for (bearing, word) in [
            (0.0, "north"),
            (359.0, "north"),
            (-90.0, "west"),
            (720.0 + 46.0, "north-east"),
        ] {
            assert_eq!(wind(bearing), word);
        }
        assert_eq!(wind(f64::NAN), "north");
    }
}
