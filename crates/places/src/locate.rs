//! Places the places of a claim. Gets a claim, its page and the gazetteer, gives one location for each
//! mention that plays a part; never changes the claim.

use crate::choose::{self, Choice};
use crate::context::Context;
use crate::gazetteer::Gazetteer;
use crate::kind::Kind;
use crate::region;
use crate::zone::{ReadyZone, Spelt};
use model::{
    Because, Candidate, Claim, LocatedClaim, Location, PlaceMention, PlacePrecision, PlaceRelation,
    PlaceRole, Reference, Resolution, Ternary, Zone, ZoneAnswer,
};

/// Candidates shown for one mention. Beyond the eighth none has ever had a share of 1 % on the sets we
/// measure on.
const CANDIDATES_MAX: usize = 8;

/// Places every event place and seat of a claim. Names inside actors' names, metonyms, topics and names
/// without a role get no location. Event places come first, the closest known first of all.
pub fn locate(claim: Claim, page: &Context, gazetteer: &Gazetteer, zones: &[ReadyZone]) -> LocatedClaim {
    let mut locations: Vec<Location> = claim
        .places
        .iter()
        .filter(|mention| matches!(mention.role, PlaceRole::Event | PlaceRole::Seat))
        .map(|mention| location(mention, &claim, page, gazetteer, zones))
        .collect();
    locations.sort_by_key(|location| (location.mention.role != PlaceRole::Event, location.precision));
    LocatedClaim { claim, locations }
}

fn location(
    mention: &PlaceMention,
    claim: &Claim,
    page: &Context,
    gazetteer: &Gazetteer,
    zones: &[ReadyZone],
) -> Location {
    match reference_of(mention, claim) {
        Some(reference) => match &reference.to {
            Resolution::Resolved(label) => {
                let words = format!("\"{}\" points at {label}", reference.words);
                let because = Because::new("place-by-reference", words).span(reference.span);
                named(mention, label, vec![because], claim, page, gazetteer, zones)
            }
            Resolution::Candidates(labels) => {
                let words = format!("\"{}\" may point at {}", reference.words, labels.join(" or "));
                let because = Because::new("place-reference-open", words).span(reference.span);
                unresolved(mention, one_each(labels, gazetteer), because, zones)
            }
            Resolution::Unresolved => {
                let words = format!("nothing on the page tells what \"{}\" points at", reference.words);
                unresolved(
                    mention,
                    Vec::new(),
                    Because::new("place-reference-open", words).span(reference.span),
                    zones,
                )
            }
        },
        None if mention.name.trim().is_empty() => {
            let because = Because::new("place-without-name", "the words name no place").span(mention.span);
            unresolved(mention, Vec::new(), because, zones)
        }
        None => named(mention, &mention.name, Vec::new(), claim, page, gazetteer, zones),
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

fn named(
    mention: &PlaceMention,
    name: &str,
    mut because: Vec<Because>,
    claim: &Claim,
    page: &Context,
    gazetteer: &Gazetteer,
    zones: &[ReadyZone],
) -> Location {
    let Choice { scored, chosen } = choose::choose(gazetteer, mention, name, &claim.when.edtf, page);
    let mut candidates = gazetteer.candidates(scored);
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
        return unresolved(mention, candidates, reason.span(mention.span), zones);
    };
    let entry = gazetteer.entry(at);
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
    let known = known_as(gazetteer, at, mention.relation, precision);
    let zones = zones.iter().map(|zone| {
        let name = known.spelling(zone);
        zone.inside(&region, known.province, name, &claim.when.edtf)
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
