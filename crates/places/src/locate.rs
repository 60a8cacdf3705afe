//! Places the places of a claim. Gets a claim, its page and the gazetteer, gives one location for each
//! mention that plays a part; never changes the claim.

use crate::choose::{self, Choice};
use crate::context::Context;
use crate::gazetteer::Gazetteer;
use crate::kind::Kind;
use crate::region;
use crate::zone::{ReadyZone, Spelt};
use model::{
    Because, Candidate, Claim, LocatedClaim, Location, Metres, PlaceId, PlaceMention, PlacePrecision,
    PlaceRelation, PlaceRole, Reference, Region, Resolution, Ternary, Zone, ZoneAnswer,
};

/// Candidates shown for one mention. Beyond the eighth none has ever had a share of 1 % on the sets we
/// measure on.
const CANDIDATES_MAX: usize = 8;

/// What the places of one claim are weighed with.
#[derive(Clone, Copy)]
struct Ground<'a> {
    claim: &'a Claim,
    page: &'a Context,
    gazetteer: &'a Gazetteer,
    zones: &'a [ReadyZone],
}

/// Places every event place and seat of a claim. Names inside actors' names, metonyms, topics and names
/// without a role get no location. Event places come first, the closest known first of all.
pub fn locate(claim: Claim, page: &Context, gazetteer: &Gazetteer, zones: &[ReadyZone]) -> LocatedClaim {
    let ground = Ground {
        claim: &claim,
        page,
        gazetteer,
        zones,
    };
    let mentions = claim
        .places
        .iter()
        .filter(|mention| matches!(mention.role, PlaceRole::Event | PlaceRole::Seat));
    let mut locations: Vec<Location> = mentions.map(|mention| location(mention, ground)).collect();
    for at in 0..locations.len() {
        if stands_for_province(&locations, at) {
            locations[at] = of_province(&locations[at].mention, ground);
        }
    }
    let unlisted = locations.iter().filter(|location| is_unlisted(location, ground));
    let unlisted: Vec<String> = unlisted.map(|location| location.mention.name.clone()).collect();
    for location in &mut locations {
        widen(location, &unlisted, ground);
    }
    locations.sort_by_key(|location| (location.mention.role != PlaceRole::Event, location.precision));
    LocatedClaim { claim, locations }
}

/// "Raqqa, Ma'dan": a capital named without a word of kind beside another settlement of its province tells the province.
fn stands_for_province(locations: &[Location], at: usize) -> bool {
    let location = &locations[at];
    let Some(capital) = location
        .chosen
        .as_ref()
        .filter(|_| location.mention.kind.is_empty())
    else {
        return false;
    };
    let is_namesake = |other: &Candidate| {
        other.precision == PlacePrecision::Province
            && other.country == capital.country
            && other.name == capital.province
    };
    let closer = |(other, located): (usize, &Location)| {
        let chosen = located.chosen.as_ref();
        other != at
            && located.mention.role == PlaceRole::Event
            && located.precision <= PlacePrecision::Near
            && chosen.is_some_and(|other| {
                other.place != capital.place
                    && other.province == capital.province
                    && other.country == capital.country
            })
    };
    capital.precision == PlacePrecision::Town
        && location.mention.role == PlaceRole::Event
        && location.candidates.iter().any(is_namesake)
        && locations.iter().enumerate().any(closer)
}

/// The province that a name tells.
fn of_province(mention: &PlaceMention, ground: Ground<'_>) -> Location {
    let called = PlaceMention {
        kind: Kind::Province.as_str().to_owned(),
        ..mention.clone()
    };
    let words = format!(
        "a place in the province of {} is named beside \"{}\"",
        mention.name, mention.name
    );
    let because = vec![Because::new("place-of-province", words).span(mention.span)];
    Location {
        mention: mention.clone(),
        ..named(&called, &mention.name, because, ground)
    }
}

/// Whether a location is a village, a town or a camp by the word beside it, of which nobody knows where it lies.
fn is_unlisted(location: &Location, ground: Ground<'_>) -> bool {
    let mention = &location.mention;
    let kind = ground.gazetteer.kind_of_word(&mention.kind);
    location.chosen.is_none()
        && mention.role == PlaceRole::Event
        && kind.is_some_and(|kind| kind.is_settlement() || kind == Kind::Camp)
        && reference_of(mention, ground.claim).is_none()
}

/// A town is named for the country around it where it is called an area ("the countryside of Afrin"), and where an
/// unlisted village is named beside it ("the village of X in Afrin"): then it happened around the town, as far as a
/// subdistrict reaches.
fn widen(location: &mut Location, unlisted: &[String], ground: Ground<'_>) {
    let mention = &location.mention;
    let (Some(chosen), Some(told)) = (&location.chosen, &location.region) else {
        return;
    };
    let called = ground.gazetteer.kind_of_word(&mention.kind);
    let is_peer = matches!(called, Some(Kind::Village | Kind::Neighbourhood | Kind::Camp));
    if chosen.precision != PlacePrecision::Town || mention.role != PlaceRole::Event || is_peer {
        return;
    }
    let words = if called.is_some_and(Kind::is_area) {
        format!(
            "\"{}\" is called {}, which reaches around the town",
            mention.name, mention.kind
        )
    } else if let Some(village) = unlisted.first() {
        format!(
            "\"{village}\" is not listed and told by {}, around which it lies",
            mention.name
        )
    } else {
        return;
    };
    let radius = Metres(told.radius.0 + Kind::Subdistrict.radius_default().0);
    let region = Region { radius, ..*told };
    location.region = Some(region);
    location.precision = location.precision.max(PlacePrecision::Near);
    location
        .because
        .push(Because::new("place-around", words).span(mention.span));
    let answers = ground
        .zones
        .iter()
        .map(|zone| zone.inside(&region, "", "", &ground.claim.when.edtf));
    location.zones = answers.collect();
}

fn location(mention: &PlaceMention, ground: Ground<'_>) -> Location {
    match reference_of(mention, ground.claim) {
        Some(reference) => match &reference.to {
            Resolution::Resolved(label) => {
                let words = format!("\"{}\" points at {label}", reference.words);
                let because = Because::new("place-by-reference", words).span(reference.span);
                named(mention, label, vec![because], ground)
            }
            Resolution::Candidates(labels) => {
                let words = format!("\"{}\" may point at {}", reference.words, labels.join(" or "));
                let because = Because::new("place-reference-open", words).span(reference.span);
                unresolved(mention, one_each(labels, ground.gazetteer), because, ground.zones)
            }
            Resolution::Unresolved => {
                let words = format!("nothing on the page tells what \"{}\" points at", reference.words);
                unresolved(
                    mention,
                    Vec::new(),
                    Because::new("place-reference-open", words).span(reference.span),
                    ground.zones,
                )
            }
        },
        None if mention.name.trim().is_empty() => {
            let because = Because::new("place-without-name", "the words name no place").span(mention.span);
            unresolved(mention, Vec::new(), because, ground.zones)
        }
        None if mention.relation == PlaceRelation::Between => between(mention, ground),
        None => named(mention, &mention.name, Vec::new(), ground),
    }
}

/// What joins the two names of "between X and Y", in the languages that are read.
const JOINS: [&str; 2] = [" and ", " و"];

/// Places "between X and Y"; it stays open where one of the two is not known.
fn between(mention: &PlaceMention, ground: Ground<'_>) -> Location {
    let name = mention.name.as_str();
    let ends = JOINS.iter().find_map(|join| name.split_once(join));
    let place = |name: &str| {
        let end = PlaceMention {
            name: name.trim().to_owned(),
            ..mention.clone()
        };
        let found = named(&end, &end.name, Vec::new(), Ground { zones: &[], ..ground });
        Some((found.chosen?, found.region?))
    };
    let placed = ends.and_then(|(from, to)| Some((place(from)?, place(to)?)));
    let Some(((from, at), (to, and))) = placed else {
        let words = format!("of \"between {name}\" one end is not known");
        let because = Because::new("place-between-open", words).span(mention.span);
        return unresolved(mention, Vec::new(), because, ground.zones);
    };
    let (region, precision) = region::between(at, and);
    let mut ids = [from.place.as_str(), to.place.as_str()];
    ids.sort_unstable();
    let same = |a: &str, b: &str| if a == b { a.to_owned() } else { String::new() };
    let because = Because::new(
        "place-between",
        format!("what happened did so between {} and {}", from.name, to.name),
    )
    .span(mention.span);
    let chosen = Candidate {
        place: PlaceId(ids.join("+")),
        name: format!("{} and {}", from.name, to.name),
        province: same(&from.province, &to.province),
        country: same(&from.country, &to.country),
        at: region.centre,
        precision,
        share: from.share.min(to.share),
        because: because.clone(),
    };
    let answers = ground
        .zones
        .iter()
        .map(|zone| zone.inside(&region, &chosen.province, "", &ground.claim.when.edtf));
    Location {
        mention: mention.clone(),
        zones: answers.collect(),
        candidates: vec![chosen.clone()],
        chosen: Some(chosen),
        precision,
        region: Some(region),
        because: vec![because],
    }
}

/// The reference that a mention is, if it is one: "there", "the town".
fn reference_of<'c>(mention: &PlaceMention, claim: &'c Claim) -> Option<&'c Reference> {
    claim.references.iter().find(|reference| {
        let same = reference.span == mention.span;
        same || (mention.name.trim().is_empty() && reference.span.overlaps(mention.span))
    })
}

/// The likeliest place of each label, with equal shares: the text does not decide among them.
fn one_each(labels: &[String], gazetteer: &Gazetteer) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for label in labels {
        if let Some(first) = gazetteer.find(label).into_iter().next()
            && candidates.iter().all(|known| known.place != first.place)
        {
            candidates.push(first);
        }
    }
    candidates.truncate(CANDIDATES_MAX);
    #[expect(clippy::cast_precision_loss, reason = "a handful of labels")]
    let share = 1.0 / candidates.len().max(1) as f64;
    candidates
        .iter_mut()
        .for_each(|candidate| candidate.share = share);
    candidates
}

fn named(mention: &PlaceMention, name: &str, mut because: Vec<Because>, ground: Ground<'_>) -> Location {
    let Choice { scored, chosen } = choose::choose(
        ground.gazetteer,
        mention,
        name,
        &ground.claim.when.edtf,
        ground.page,
    );
    let mut candidates = ground.gazetteer.candidates(scored);
    let Some((at, words)) = chosen else {
        candidates.truncate(CANDIDATES_MAX);
        let reason = if candidates.is_empty() {
            Because::new(
                "place-not-listed",
                format!("the gazetteer lists no place like \"{name}\""),
            )
        } else {
            let first = candidates
                .iter()
                .take(3)
                .map(|c| format!("{}, {}", c.name, c.country));
            let words = format!(
                "\"{name}\" may be {}; none stands out",
                first.collect::<Vec<_>>().join(" or ")
            );
            Because::new("place-none-stands-out", words)
        };
        return unresolved(mention, candidates, reason.span(mention.span), ground.zones);
    };
    let entry = ground.gazetteer.entry(at);
    let chosen = candidates
        .iter()
        .find(|candidate| candidate.place.as_str() == entry.id)
        .cloned();
    candidates.truncate(CANDIDATES_MAX);
    let (region, precision) = region::region(entry.at, entry.radius, entry.kind, mention.relation);
    because.push(
        Because::new("place-stands-out", words)
            .entry(entry.source())
            .span(mention.span),
    );
    let known = known_as(ground.gazetteer, at, mention.relation, precision);
    let zones = ground.zones.iter().map(|zone| {
        let name = known.spelling(zone);
        zone.inside(&region, known.province, name, &ground.claim.when.edtf)
    });
    Location {
        mention: mention.clone(),
        chosen,
        candidates,
        precision,
        region: Some(region),
        zones: zones.collect(),
        because,
    }
}

/// What may be said of a place in a zone's own words: its name and province, where it is known so closely.
struct KnownAs<'g> {
    names: Vec<(&'g str, Spelt)>,
    province: &'g str,
}

impl<'g> KnownAs<'g> {
    /// The spelling that the zone uses too, else the name for readers; empty when it must not be used.
    fn spelling(&self, zone: &ReadyZone) -> &'g str {
        let names = &self.names;
        let used = names.iter().find(|(_, spelt)| zone.names(spelt));
        used.or(names.first()).map_or("", |(name, _)| name)
    }
}

fn known_as(
    gazetteer: &Gazetteer,
    at: usize,
    relation: PlaceRelation,
    precision: PlacePrecision,
) -> KnownAs<'_> {
    let entry = gazetteer.entry(at);
    let close = precision <= PlacePrecision::Town || entry.kind == Kind::Region;
    let within = matches!(relation, PlaceRelation::At | PlaceRelation::Part { .. });
    let names = if matches!(relation, PlaceRelation::At) && close {
        let spellings = entry.spellings();
        spellings.map(|name| (name, Spelt::of(name))).collect()
    } else {
        Vec::new()
    };
    KnownAs {
        names,
        province: if within { gazetteer.province(at) } else { "" },
    }
}

fn unresolved(
    mention: &PlaceMention,
    candidates: Vec<Candidate>,
    because: Because,
    zones: &[ReadyZone],
) -> Location {
    let answer = |zone: &Zone| ZoneAnswer {
        agreement: zone.agreement.clone(),
        zone: zone.id.clone(),
        name: zone.name.clone(),
        inside: Ternary::Undetermined,
        distance: None,
        because: because.clone(),
    };
    Location {
        mention: mention.clone(),
        chosen: None,
        candidates,
        precision: PlacePrecision::Unresolved,
        region: None,
        zones: zones.iter().map(|zone| answer(zone.zone())).collect(),
        because: vec![because],
    }
}
