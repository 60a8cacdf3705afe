//! From a place and the words around it to a disc that holds the true site. Gets a place and a relation,
//! gives a region and how closely it is known.

use crate::kind::Kind;
use crate::zone::point;
use geo::line_measures::{Destination, Distance, Geodesic, InterpolatePoint};
use model::{LatLon, Metres, PlacePrecision, PlaceRelation, Region};

/// How far "near", "outside" or "on the outskirts of" reaches beyond the place itself.
///
/// Metres. 5 km: monitors place such reports within 1 to 5 km (OSCE spot reports give "near" up to about
/// 5 km). Larger and every village is near every other; smaller and the true site falls outside the disc.
const NEAR: Metres = Metres(5_000.0);

/// How far from a border "on the border" reaches. 10 km, the depth that border incidents are reported at.
const BORDER: Metres = Metres(10_000.0);

/// Share of a distance by which it may be off, given with a bearing.
///
/// 0.4: news gives eight points of the compass, so the bearing is known to 22.5 degrees either way, and
/// sin(22.5°) = 0.38; distances are rounded to fives.
const OFFSET_ERROR: f64 = 0.4;

/// A part of an area: its centre lies half way to the edge, its disc takes 0.9 of the area's radius, which
/// holds all of the half disc on that side but its two corners.
const PART_SHIFT: f64 = 0.5;
const PART_RADIUS: f64 = 0.9;

/// No distance from a place is longer than half way round the globe, in metres.
const DISTANCE_MAX: f64 = 20_000_000.0;

/// The region that a relation to a place tells, and how closely that is known.
pub(crate) fn region(
    at: LatLon,
    radius: Metres,
    kind: Kind,
    relation: PlaceRelation,
) -> (Region, PlacePrecision) {
    let (radius, precision) = (radius.0, kind.precision());
    let disc = |centre: LatLon, radius: f64| Region {
        centre,
        radius: Metres(radius),
    };
    let looser = |least: PlacePrecision| precision.max(least);
    match relation {
        // The two ends of "between" are placed each by itself.
        PlaceRelation::At | PlaceRelation::Between => (disc(at, radius), precision),
        PlaceRelation::Near => (disc(at, radius + NEAR.0), looser(PlacePrecision::Near)),
        PlaceRelation::Border => (disc(at, radius + BORDER.0), looser(PlacePrecision::Near)),
        PlaceRelation::Offset { distance, bearing } => {
            let metres = if distance.0.is_finite() {
                distance.0.clamp(0.0, DISTANCE_MAX)
            } else {
                0.0
            };
            let precision = looser(PlacePrecision::Near);
            match bearing.filter(|bearing| bearing.is_finite()) {
                Some(bearing) => (
                    disc(moved(at, bearing, metres), radius + metres * OFFSET_ERROR),
                    precision,
                ),
                None => (disc(at, radius + metres), precision),
            }
        }
        PlaceRelation::Part { bearing } => match bearing.filter(|bearing| bearing.is_finite()) {
            Some(bearing) if kind.is_area() => (
                disc(moved(at, bearing, radius * PART_SHIFT), radius * PART_RADIUS),
                precision,
            ),
            _ => (disc(at, radius), precision),
        },
    }
}

/// The region between two others: the disc over the way from one to the other, with their own room. How closely it is
/// known goes by its size: within a district's radius it is near both.
pub(crate) fn between(a: Region, b: Region) -> (Region, PlacePrecision) {
    let (from, to) = (point(a.centre), point(b.centre));
    let middle = Geodesic.point_at_ratio_between(from, to, 0.5);
    let radius = Geodesic.distance(from, to) / 2.0 + a.radius.0.max(b.radius.0);
    let precision = if radius <= Kind::District.radius_default().0 {
        PlacePrecision::Near
    } else if radius <= Kind::Province.radius_default().0 {
        PlacePrecision::District
    } else {
        PlacePrecision::Province
    };
    let centre = LatLon {
        lat: middle.y(),
        lon: middle.x(),
    };
    let radius = Metres(radius);
    (Region { centre, radius }, precision)
}

fn moved(at: LatLon, bearing: f64, metres: f64) -> LatLon {
    let end = Geodesic.destination(point(at), bearing, metres);
    LatLon {
        lat: end.y(),
        lon: end.x(),
    }
}

#[cfg(test)]
mod tests;
