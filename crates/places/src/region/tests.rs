use super::*;
use geo::line_measures::Distance;

const AT: LatLon = LatLon { lat: 36.0, lon: 37.0 };

#[track_caller]
fn check(kind: Kind, relation: PlaceRelation, from_place: f64, radius: f64, precision: PlacePrecision) {
    let (region, found) = region(AT, Metres(2_000.0), kind, relation);
    let moved = Geodesic.distance(point(AT), point(region.centre));
    assert!((moved - from_place).abs() < 1.0, "moved {moved} m");
    assert!(
        (region.radius.0 - radius).abs() < 1e-6,
        "radius {} m",
        region.radius.0
    );
    assert_eq!(found, precision);
}

#[test]
fn a_relation_widens_the_disc_and_never_sharpens_the_precision() {
    let offset = |metres: f64, bearing: Option<f64>| PlaceRelation::Offset {
        distance: Metres(metres),
        bearing,
    };
    check(Kind::Town, PlaceRelation::At, 0.0, 2_000.0, PlacePrecision::Town);
    check(
        Kind::Town,
        PlaceRelation::Near,
        0.0,
        7_000.0,
        PlacePrecision::Near,
    );
    check(
        Kind::Town,
        offset(10_000.0, Some(0.0)),
        10_000.0,
        6_000.0,
        PlacePrecision::Near,
    );
    check(
        Kind::Town,
        offset(10_000.0, None),
        0.0,
        12_000.0,
        PlacePrecision::Near,
    );
    check(
        Kind::Province,
        PlaceRelation::Near,
        0.0,
        7_000.0,
        PlacePrecision::Province,
    );
    check(
        Kind::Province,
        PlaceRelation::Part { bearing: Some(0.0) },
        1_000.0,
        1_800.0,
        PlacePrecision::Province,
    );
    check(
        Kind::Town,
        PlaceRelation::Part { bearing: Some(0.0) },
        0.0,
        2_000.0,
        PlacePrecision::Town,
    );
}

#[test]
fn ten_kilometres_north_is_north() {
    let relation = PlaceRelation::Offset {
        distance: Metres(10_000.0),
        bearing: Some(0.0),
    };
    let (region, _) = region(AT, Metres(2_000.0), Kind::Town, relation);
    assert!(region.centre.lat > 36.08 && (region.centre.lon - 37.0).abs() < 1e-9);
}

#[test]
fn numbers_that_are_none_do_not_move_it() {
    for metres in [f64::NAN, f64::INFINITY, -5.0] {
        let relation = PlaceRelation::Offset {
            distance: Metres(metres),
            bearing: Some(f64::NAN),
        };
        let (region, _) = region(AT, Metres(2_000.0), Kind::Town, relation);
        assert!(region.centre.lat.is_finite() && region.radius.0.is_finite());
    }
}
