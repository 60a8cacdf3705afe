//! Where an incident may be drawn: the same in every form that has geometry.

use crate::map::{circle, is_drawable};
use model::{Incident, LatLon, PlacePrecision, Region};

/// What is drawn for an incident.
pub(super) enum Shape {
    /// Known to a town or its neighbourhood.
    Point(LatLon),
    /// Known to an area only: its edge, anticlockwise and closed.
    Area(Vec<LatLon>),
}

/// A point down to the neighbourhood of a town, a disc for an area, nothing for a country: a centre of a
/// country is where nothing happened.
pub(super) fn shape(incident: &Incident) -> Option<Shape> {
    let region = region(incident)?;
    match incident.location.as_ref()?.precision {
        PlacePrecision::Exact | PlacePrecision::Town | PlacePrecision::Near => {
            Some(Shape::Point(region.centre))
        }
        _ => Some(Shape::Area(circle(region))),
    }
}

/// The disc that holds the true site, where it is known more closely than a country and can be drawn.
pub(super) fn region(incident: &Incident) -> Option<Region> {
    let location = incident.location.as_ref()?;
    let closer = location.precision < PlacePrecision::Country;
    location.region.filter(|region| closer && is_drawable(*region))
}

/// Closed, and anticlockwise as the standard asks of outer rings.
pub(super) fn closed(points: &[LatLon]) -> Vec<LatLon> {
    let mut ring = points.to_vec();
    if ring.first() != ring.last() {
        ring.extend(points.first().copied());
    }
    let twice_area: f64 = ring
        .windows(2)
        .map(|pair| (pair[1].lon - pair[0].lon) * (pair[1].lat + pair[0].lat))
        .sum();
    if twice_area > 0.0 {
        ring.reverse();
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_closed_and_anticlockwise() {
        let at = |lat, lon| LatLon { lat, lon };
        let anticlockwise = vec![at(0.0, 0.0), at(0.0, 1.0), at(1.0, 1.0), at(0.0, 0.0)];
        assert_eq!(closed(&anticlockwise), anticlockwise);
        assert_eq!(
            closed(&[at(1.0, 1.0), at(0.0, 1.0), at(0.0, 0.0)]).first(),
            Some(&at(1.0, 1.0))
        );
        let turned = closed(&[at(1.0, 1.0), at(0.0, 1.0), at(0.0, 0.0)]);
        assert_eq!(turned, [at(1.0, 1.0), at(0.0, 0.0), at(0.0, 1.0), at(1.0, 1.0)]);
    }
}
