//! What could be seen of each zone on each day. A day without incidents on which somebody watched and a day
//! on which nobody could look are different answers.

use crate::coverage::{Heard, Names, Voices, owned};
use crate::told::plain;
use jiff::civil::Date;
use model::{
    AgreementId, ClaimId, DaySight, Document, DocumentId, Edtf, Incident, IncidentId, LocatedClaim, Location,
    PlacePrecision, PlaceRole, Polarity, Sight, Ternary, Unseen, Zone, ZoneCoverage, ZoneId, add_days,
    days_between,
};
use std::collections::{BTreeMap, BTreeSet};

/// Days around a page that tells of a zone in which its outlet counts as watching the zone.
/// 30: who wrote of a place within the month had eyes or a source there. Raise it and an outlet that left
/// makes blind days look seen; lower it and a slow week looks blind.
const WATCH_DAYS: i64 = 30;

/// The widest place told of that shows that its outlet sees into a zone: "in Syria" and "in Idlib province"
/// say nothing of a part of either.
const WATCHED_PRECISION: PlacePrecision = PlacePrecision::District;

/// Longest time, in days, that puts an incident on days. 7: a week; a month would put it on all.
const PLACING_DAYS: i64 = 7;

type Key<'a> = (&'a AgreementId, &'a ZoneId);

/// What is told of one zone.
#[derive(Default)]
struct Told<'a> {
    /// Days on which each outlet published something about it.
    watched: BTreeMap<&'a str, BTreeSet<Date>>,
    surely: BTreeMap<Date, BTreeSet<&'a IncidentId>>,
    perhaps: BTreeMap<Date, BTreeSet<&'a IncidentId>>,
    undated: BTreeSet<&'a IncidentId>,
    /// Claims that observers were kept out, with the place and the time.
    hindered: BTreeSet<(&'a ClaimId, String, &'a Edtf)>,
    /// Places told of, in plain words.
    places: BTreeSet<String>,
}

/// The key of everything outside the zones.
fn elsewhere() -> (AgreementId, ZoneId) {
    (AgreementId::from(""), ZoneId::from(""))
}

/// Every zone, then everything outside them, each with every day.
pub(crate) fn zones<'a>(
    heard: Heard<'a>,
    documents: &[&'a Document],
    (names, voices): (&Names<'a>, &Voices<'a>),
    days: &[Date],
) -> Vec<ZoneCoverage> {
    let outside = elsewhere();
    let mut told: BTreeMap<Key<'_>, Told<'_>> = BTreeMap::new();
    let published: BTreeMap<&DocumentId, &Document> = documents.iter().map(|it| (&it.id, *it)).collect();
    for located in heard.claims {
        let Some(document) = published.get(&located.claim.document) else {
            continue;
        };
        for location in &located.locations {
            // A name as wide as a country may lie in any zone; who names it need not see into one.
            let happened = location.mention.role == PlaceRole::Event;
            if happened && location.precision <= WATCHED_PRECISION {
                for (key, _) in keys(Some(location), (&outside.0, &outside.1)) {
                    watch(told.entry(key).or_default(), located, location, document, names);
                }
            }
        }
    }
    for incident in heard.incidents {
        for (key, inside) in keys(incident.location.as_ref(), (&outside.0, &outside.1)) {
            count(told.entry(key).or_default(), incident, inside);
        }
    }
    let mut listed: BTreeMap<Key<'_>, &Zone> = BTreeMap::new();
    for zone in heard.zones {
        listed.entry((&zone.agreement, &zone.id)).or_insert(zone);
    }
    let nothing = Told::default();
    let mut zones: Vec<ZoneCoverage> = listed
        .iter()
        .map(|(key, zone)| {
            let told = told.get(key).unwrap_or(&nothing);
            of_zone(*key, &zone.name, told, voices, days, &zone.named_inside)
        })
        .collect();
    let key = (&outside.0, &outside.1);
    let told = told.get(&key).unwrap_or(&nothing);
    zones.push(of_zone(
        key,
        "outside the zones, or place not told",
        told,
        voices,
        days,
        &[],
    ));
    zones
}

/// The zones that a location surely or perhaps lies in; none of them is everything outside.
fn keys<'a>(location: Option<&'a Location>, outside: Key<'a>) -> Vec<(Key<'a>, Ternary)> {
    let answers = location.into_iter().flat_map(|location| &location.zones);
    let mut keys: Vec<(Key<'a>, Ternary)> = answers
        .filter(|answer| answer.inside != Ternary::No)
        .map(|answer| ((&answer.agreement, &answer.zone), answer.inside))
        .collect();
    if keys.is_empty() {
        keys.push((outside, Ternary::Yes));
    }
    keys
}

fn watch<'a>(
    told: &mut Told<'a>,
    located: &'a LocatedClaim,
    location: &'a Location,
    document: &'a Document,
    names: &Names<'a>,
) {
    let published = &document.published.edtf;
    if let (Some(day), Some(days)) = (published.earliest(), published.days())
        && days <= PLACING_DAYS
    {
        told.watched.entry(names.name(document)).or_default().insert(day);
    }
    told.places.insert(plain(&location.mention.name));
    told.places
        .extend(location.chosen.iter().map(|chosen| plain(&chosen.name)));
    let claim = &located.claim;
    let kept_out = claim.act.id.as_str() == "monitor-access-denied"
        && claim.modality.is_actual()
        && claim.polarity == Polarity::Affirmed;
    if kept_out {
        told.hindered
            .insert((&claim.id, location.mention.name.clone(), &claim.when.edtf));
    }
}

fn count<'a>(told: &mut Told<'a>, incident: &'a Incident, inside: Ternary) {
    let (Some(first), Some(days)) = (incident.when.earliest(), incident.when.days()) else {
        told.undated.insert(&incident.id);
        return;
    };
    if days > PLACING_DAYS {
        told.undated.insert(&incident.id);
        return;
    }
    let surely = days == 1 && inside == Ternary::Yes;
    let list = if surely {
        &mut told.surely
    } else {
        &mut told.perhaps
    };
    for day in 0..days {
        list.entry(add_days(first, day)).or_default().insert(&incident.id);
    }
}

fn of_zone(
    (agreement, zone): Key<'_>,
    name: &str,
    told: &Told<'_>,
    voices: &Voices<'_>,
    days: &[Date],
    named: &[String],
) -> ZoneCoverage {
    let mut unseen: Vec<Unseen> = told
        .hindered
        .iter()
        .map(|(claim, place, when)| Unseen {
            place: place.clone(),
            why: "access denied or jammed".to_owned(),
            when: (*when).clone(),
            claims: vec![(*claim).clone()],
        })
        .collect();
    let dark = named.iter().filter(|place| !told.places.contains(&plain(place)));
    unseen.extend(dark.map(|place| Unseen {
        place: place.clone(),
        why: "no outlet tells of it".to_owned(),
        when: Edtf::unknown(),
        claims: vec![],
    }));
    unseen.sort_by(|a, b| (&a.place, &a.why, &a.claims).cmp(&(&b.place, &b.why, &b.claims)));
    unseen.dedup();
    ZoneCoverage {
        agreement: agreement.clone(),
        zone: zone.clone(),
        name: name.to_owned(),
        days: days.iter().map(|day| of_day(told, voices, *day)).collect(),
        undated: told.undated.iter().map(|id| (*id).clone()).collect(),
        unseen,
    }
}

fn of_day(told: &Told<'_>, voices: &Voices<'_>, day: Date) -> DaySight {
    let near = |published: &Date| days_between(*published, day).abs() <= WATCH_DAYS;
    let watching: BTreeSet<&str> = told
        .watched
        .iter()
        .filter(|(_, days)| days.iter().any(near))
        .map(|(name, _)| *name)
        .collect();
    let alive = voices.alive(day);
    let heard = &alive & &watching;
    let list = |incidents: &BTreeMap<Date, BTreeSet<&IncidentId>>| -> Vec<IncidentId> {
        let of_day = incidents.get(&day).into_iter().flatten();
        of_day.map(|id| (*id).clone()).collect()
    };
    let (surely, perhaps) = (list(&told.surely), list(&told.perhaps));
    let hindered: Vec<ClaimId> = told
        .hindered
        .iter()
        .filter(|(_, _, when)| {
            let short = when.days().is_some_and(|days| days <= PLACING_DAYS);
            short && when.intersect(&Edtf::day(day)).is_some()
        })
        .map(|(claim, ..)| (*claim).clone())
        .collect();
    let sight = match () {
        () if !surely.is_empty() || !perhaps.is_empty() => Sight::Incidents,
        () if !hindered.is_empty() => Sight::Hindered,
        () if !heard.is_empty() => Sight::NothingTold,
        () if !alive.is_empty() => Sight::Unwatched,
        () => Sight::Blind,
    };
    let of_day = voices.days.get(&day).into_iter().flatten();
    let pages: BTreeSet<&DocumentId> = of_day
        .filter(|(outlet, _)| heard.contains(*outlet))
        .flat_map(|(_, pages)| pages.iter().copied())
        .collect();
    DaySight {
        day,
        sight,
        surely,
        perhaps,
        silent: owned(&(&voices.before(day) & &watching) - &alive),
        heard: owned(heard),
        pages: pages.into_iter().cloned().collect(),
        hindered,
    }
}
