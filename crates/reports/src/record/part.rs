//! Parts that several kinds of record share, each with one form.

use super::{degrees, span, whole_metres};
use model::{
    ActorId, ActorMention, Candidate, Count, Edtf, Location, PlaceMention, PlacePrecision, PlaceRelation,
    Resolution, TimeAnchor, When, ZoneAnswer,
};
use serde_json::{Map, Value, json};

/// `low`, `high` (null when nothing bounds it).
pub(super) fn count(count: Count) -> Value {
    json!({ "low": count.low, "high": count.high })
}

/// The EDTF value beside its first and last day, so that a reader needs no EDTF.
pub(super) fn edtf(value: &Edtf) -> Value {
    json!({
        "edtf": value.to_string(),
        "earliest": value.earliest().map(|day| day.to_string()),
        "latest": value.latest().map(|day| day.to_string()),
    })
}

pub(super) fn when(when: &When) -> Value {
    let mut value = edtf(&when.edtf);
    merge(
        &mut value,
        json!({
            "words": when.words,
            "anchor": anchor(when.anchor),
            "span": span(when.span),
            "rule": when.because.rule,
        }),
    );
    value
}

pub(super) fn anchor(anchor: TimeAnchor) -> &'static str {
    match anchor {
        TimeAnchor::Explicit => "explicit",
        TimeAnchor::Published => "published",
        TimeAnchor::Context => "context",
        TimeAnchor::None => "none",
    }
}

/// `actor`, `candidates`, `resolution`: one thing, several, or nothing known.
pub(super) fn resolution<T: ToString>(to: &Resolution<T>) -> (Value, Vec<String>, &'static str) {
    match to {
        Resolution::Resolved(thing) => (json!(thing.to_string()), Vec::new(), "resolved"),
        Resolution::Candidates(things) => {
            let names = things.iter().map(ToString::to_string).collect();
            (Value::Null, names, "candidates")
        }
        Resolution::Unresolved => (Value::Null, Vec::new(), "unresolved"),
    }
}

pub(super) fn actor(to: &Resolution<ActorId>) -> Value {
    let (actor, candidates, resolution) = resolution(to);
    json!({ "actor": actor, "candidates": candidates, "resolution": resolution })
}

pub(super) fn mention(mention: &ActorMention) -> Value {
    let mut value = json!({
        "id": mention.id.as_str(),
        "label": mention.label,
        "actor_kind": mention.kind,
        "span": span(Some(mention.span)),
    });
    merge(&mut value, actor(&mention.actor));
    value
}

pub(super) fn place_mention(place: &PlaceMention) -> Value {
    let (distance, bearing) = match place.relation {
        PlaceRelation::Offset { distance, bearing } => (Some(whole_metres(distance)), bearing),
        PlaceRelation::Part { bearing } => (None, bearing),
        _ => (None, None),
    };
    json!({
        "name": place.name,
        "kind": place.kind,
        "role": place.role.as_str(),
        "relation": relation(place.relation),
        "distance_m": distance,
        "bearing_deg": bearing,
        "span": span(Some(place.span)),
    })
}

fn relation(relation: PlaceRelation) -> &'static str {
    match relation {
        PlaceRelation::At => "at",
        PlaceRelation::Near => "near",
        PlaceRelation::Offset { .. } => "offset",
        PlaceRelation::Part { .. } => "part",
        PlaceRelation::Border => "border",
        PlaceRelation::Between => "between",
    }
}

/// A place mention with what the gazetteer made of it.
pub(super) fn location(location: &Location) -> Value {
    let mut value = place_mention(&location.mention);
    let region = location.region.map(|region| {
        json!({
            "lat": degrees(region.centre.lat),
            "lon": degrees(region.centre.lon),
            "radius_m": whole_metres(region.radius),
        })
    });
    merge(
        &mut value,
        json!({
            "chosen": location.chosen.as_ref().map(candidate),
            "candidates": location.candidates.iter().map(candidate).collect::<Vec<_>>(),
            "precision": location.precision.as_str(),
            "region": region,
            "zones": location.zones.iter().map(zone_answer).collect::<Vec<_>>(),
        }),
    );
    value
}

/// A place mention that nobody placed, with the same fields.
pub(super) fn unplaced(mention: &PlaceMention) -> Value {
    let mut value = place_mention(mention);
    merge(
        &mut value,
        json!({
            "chosen": null,
            "candidates": [],
            "precision": PlacePrecision::Unresolved.as_str(),
            "region": null,
            "zones": [],
        }),
    );
    value
}

fn candidate(candidate: &Candidate) -> Value {
    json!({
        "place": candidate.place.as_str(),
        "name": candidate.name,
        "province": candidate.province,
        "country": candidate.country,
        "lat": degrees(candidate.at.lat),
        "lon": degrees(candidate.at.lon),
        "precision": candidate.precision.as_str(),
        "share": (candidate.share * 1000.0).round() / 1000.0,
    })
}

fn zone_answer(answer: &ZoneAnswer) -> Value {
    json!({
        "agreement": answer.agreement.as_str(),
        "zone": answer.zone.as_str(),
        "name": answer.name,
        "inside": answer.inside.as_str(),
        "distance_m": answer.distance.map(whole_metres),
        "because": answer.because.words,
    })
}

/// Adds the entries of one object to another.
pub(super) fn merge(value: &mut Value, more: Value) {
    if let (Some(object), Value::Object(more)) = (value.as_object_mut(), more) {
        object.extend::<Map<String, Value>>(more);
    }
}
