//! Incidents and zones as GeoJSON (RFC 7946): a point always carries its precision and radius, and what
//! is known to an area only is an area.

use super::Out;
use super::shape::{Shape, closed, shape};
use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use crate::phrase;
use crate::record::{degrees, whole_metres};
use model::{Incident, LatLon, Metric, PlacePrecision, Verdict, Zone, ZoneShape};
use serde_json::{Value, json};
use std::io;

/// The whole collection: incidents in the order of the report, then zones.
pub(super) fn write(lookup: &Lookup<'_>, _: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    let incidents = lookup.incidents.iter().map(|it| incident(lookup, it));
    let mut agreements: Vec<_> = lookup.told.agreements.iter().collect();
    agreements.sort_by_key(|agreement| (&agreement.id, &agreement.version));
    let zones = agreements.into_iter().flat_map(|agreement| {
        let shapes = agreement.zones.iter();
        let shapes = shapes.flat_map(|zone| zone.shapes.iter().map(move |shape| (zone, shape)));
        shapes.map(|(zone, shape)| self::zone(&agreement.version, zone, shape))
    });
    let collection = json!({
        "type": "FeatureCollection",
        "as_of": lookup.picture.as_of.map(|day| day.to_string()),
        "watermark": lookup.picture.watermark,
        "coverage": crate::summary::coverage(lookup.picture),
        "features": [],
    });
    super::filled(out, &collection, "features", incidents.chain(zones))
}

fn incident(lookup: &Lookup<'_>, incident: &Incident) -> Value {
    let location = incident.location.as_ref();
    let toll = |metric| {
        incident
            .toll(metric)
            .map(|toll| json!({ "low": toll.range.low, "high": toll.range.high }))
    };
    let findings = lookup.findings(&incident.id).iter().map(|finding| {
        json!({
            "id": finding.id.as_str(),
            "agreement": finding.agreement.as_str(),
            "version": finding.version,
            "term": finding.term.as_str(),
            "verdict": finding.verdict.as_str(),
        })
    });
    let documents: Vec<_> = incident.documents.iter().map(|id| lookup.name(id)).collect();
    json!({
        "type": "Feature",
        "id": incident.id.as_str(),
        "geometry": geometry(incident),
        "properties": {
            "kind": "incident",
            "title": phrase::incident(incident),
            "act": incident.act.id.as_str(),
            "class": incident.act.class.as_str(),
            "when": incident.when.to_string(),
            "date_earliest": incident.when.earliest().map(|day| day.to_string()),
            "date_latest": incident.when.latest().map(|day| day.to_string()),
            "place": location.map(phrase::placed),
            "precision": location.map_or(PlacePrecision::Unresolved, |it| it.precision).as_str(),
            "radius_m": location.and_then(|it| it.region).map(|region| whole_metres(region.radius)),
            "killed": toll(Metric::Killed),
            "injured": toll(Metric::Injured),
            "pages": incident.documents.len(),
            "origins": incident.origins.len(),
            "independent_origins": incident.independent_origins(),
            "background": incident.background,
            "series": incident.series,
            "archived": incident.archived,
            "verdict": lookup.verdict(&incident.id).map_or("not judged", Verdict::as_str),
            "findings": findings.collect::<Vec<_>>(),
            "documents": documents,
        },
    })
}

fn geometry(incident: &Incident) -> Value {
    match shape(incident) {
        Some(Shape::Point(at)) => json!({ "type": "Point", "coordinates": position(at) }),
        Some(Shape::Area(points)) => json!({ "type": "Polygon", "coordinates": [ring(&points)] }),
        None => Value::Null,
    }
}

fn zone(version: &str, zone: &Zone, shape: &ZoneShape) -> Value {
    json!({
        "type": "Feature",
        "id": format!("{}/{version}/{}", zone.agreement, zone.id),
        "geometry": shape_geometry(shape),
        "properties": {
            "kind": "zone",
            "agreement": zone.agreement.as_str(),
            "version": version,
            "zone": zone.id.as_str(),
            "name": zone.name,
            "description": zone.description,
            "status": shape.status,
            "approximate": shape.approximate,
            "partial": shape.partial,
            "band_m": whole_metres(shape.band),
            "during": shape.during.to_string(),
            "source": shape.source,
        },
    })
}

/// A drawn shape, each ring a polygon of its own.
pub(crate) fn shape_geometry(shape: &ZoneShape) -> Value {
    let polygons: Vec<_> = shape.rings.iter().map(|points| [ring(&closed(points))]).collect();
    json!({ "type": "MultiPolygon", "coordinates": polygons })
}

fn ring(points: &[LatLon]) -> Vec<Value> {
    points.iter().map(|at| position(*at)).collect()
}

fn position(at: LatLon) -> Value {
    json!([degrees(at.lon), degrees(at.lat)])
}
