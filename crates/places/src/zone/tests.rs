use super::*;
use model::{AgreementId, ZoneId};
use proptest::prelude::*;

/// Half a degree either way around 36 N, 37 E, about 45 by 55 km.
fn square(lat: f64, lon: f64, half: f64) -> Vec<LatLon> {
    let corner = |y: f64, x: f64| LatLon {
        lat: lat + y * half,
        lon: lon + x * half,
    };
    vec![
        corner(-1.0, -1.0),
        corner(-1.0, 1.0),
        corner(1.0, 1.0),
        corner(1.0, -1.0),
        corner(-1.0, -1.0),
    ]
}

fn shape(ring: Vec<LatLon>, band: f64, during: &str) -> ZoneShape {
    ZoneShape {
        rings: vec![ring],
        status: "described".into(),
        approximate: true,
        partial: false,
        band: Metres(band),
        during: Edtf::parse(during).unwrap(),
        source: "drawn for the test".into(),
    }
}

fn zone(shapes: Vec<ZoneShape>) -> Zone {
    Zone {
        agreement: AgreementId::from("test"),
        id: ZoneId::from("one"),
        name: "Zone one".into(),
        description: "certain parts of Karsa province".into(),
        source: "drawn for the test".into(),
        during: Edtf::unknown(),
        shapes,
        whole_provinces: Vec::new(),
        named_inside: vec!["Ar-Rastan".into()],
        provinces: vec!["Karsa".into(), "Homs".into()],
    }
}

fn disc(lat: f64, lon: f64, radius: f64) -> Region {
    Region {
        centre: LatLon { lat, lon },
        radius: Metres(radius),
    }
}

fn inside(zone: &Zone, region: &Region, province: &str, name: &str, when: &Edtf) -> ZoneAnswer {
    ReadyZone::new(zone.clone()).inside(region, province, name, when)
}

#[track_caller]
fn check(
    zone: &Zone,
    region: &Region,
    province: &str,
    name: &str,
    when: &str,
    expected: Ternary,
    rule: &str,
) {
    let answer = inside(zone, region, province, name, &Edtf::parse(when).unwrap());
    assert_eq!(
        (answer.inside, answer.because.rule.as_str()),
        (expected, rule),
        "{}",
        answer.because.words
    );
}

#[test]
fn a_region_is_inside_only_if_all_of_it_lies_beyond_the_band() {
    let drawn = zone(vec![shape(square(36.0, 37.0, 0.5), 5_000.0, "2017-05-04/..")]);
    let when = "2017-05-08";
    check(
        &drawn,
        &disc(36.0, 37.0, 2_000.0),
        "",
        "",
        when,
        Ternary::Yes,
        "zone-wholly-inside",
    );
    check(
        &drawn,
        &disc(36.0, 37.0, 60_000.0),
        "",
        "",
        when,
        Ternary::Undetermined,
        "zone-near-edge",
    );
    // 0.45 degrees of longitude east of the centre is 4.5 km from the edge: within band and radius.
    check(
        &drawn,
        &disc(36.0, 37.45, 2_000.0),
        "",
        "",
        when,
        Ternary::Undetermined,
        "zone-near-edge",
    );
    check(
        &drawn,
        &disc(36.0, 37.55, 2_000.0),
        "",
        "",
        when,
        Ternary::Undetermined,
        "zone-near-edge",
    );
    check(
        &drawn,
        &disc(36.0, 38.5, 2_000.0),
        "",
        "",
        when,
        Ternary::No,
        "zone-wholly-outside",
    );
}

#[test]
fn a_name_that_the_text_puts_inside_is_inside_whatever_the_shape() {
    let drawn = zone(vec![shape(square(36.0, 37.0, 0.5), 5_000.0, "2017-05-04/..")]);
    check(
        &drawn,
        &disc(34.9, 36.7, 2_000.0),
        "Homs",
        "Rastan",
        "2017-05-08",
        Ternary::Yes,
        "zone-names-place",
    );
    check(
        &drawn,
        &disc(34.9, 36.7, 2_000.0),
        "Homs",
        "",
        "2017-05-08",
        Ternary::No,
        "zone-wholly-outside",
    );
}

#[test]
fn beyond_a_lower_bound_a_place_in_a_touched_province_is_undetermined_and_never_outside() {
    let mut bound = shape(square(36.0, 37.0, 0.5), 5_000.0, "2017-05-04/..");
    bound.partial = true;
    let drawn = zone(vec![bound]);
    let when = "2017-05-08";
    let (far, beyond) = (disc(36.0, 38.5, 2_000.0), "zone-beyond-lower-bound");
    check(&drawn, &far, "Karsa", "", when, Ternary::Undetermined, beyond);
    check(&drawn, &far, "", "", when, Ternary::Undetermined, beyond);
    check(
        &drawn,
        &far,
        "Aleppo",
        "",
        when,
        Ternary::No,
        "zone-other-province",
    );
    let core = disc(36.0, 37.0, 2_000.0);
    check(
        &drawn,
        &core,
        "Karsa",
        "",
        when,
        Ternary::Yes,
        "zone-wholly-inside",
    );
}

#[test]
fn a_province_that_the_text_puts_inside_as_a_whole_is_inside_whatever_the_shape() {
    let mut drawn = zone(vec![shape(square(36.0, 37.0, 0.5), 5_000.0, "2017-05-04/..")]);
    drawn.whole_provinces = vec!["Karsa".into()];
    let (far, rule) = (disc(36.0, 38.5, 2_000.0), "zone-whole-province");
    check(&drawn, &far, "Karsa", "", "2017-05-08", Ternary::Yes, rule);
    check(
        &drawn,
        &far,
        "Homs",
        "",
        "2017-05-08",
        Ternary::No,
        "zone-wholly-outside",
    );
}

#[test]
fn without_a_shape_a_place_in_an_untouched_province_is_outside_and_others_are_undetermined() {
    let text_only = zone(vec![]);
    let region = disc(36.0, 37.0, 2_000.0);
    check(
        &text_only,
        &region,
        "Latakia",
        "Jableh",
        "2017-05-08",
        Ternary::No,
        "zone-other-province",
    );
    check(
        &text_only,
        &region,
        "Karsa",
        "Dim",
        "2017-05-08",
        Ternary::Undetermined,
        "zone-not-drawn",
    );
    check(
        &text_only,
        &region,
        "",
        "",
        "2017-05-08",
        Ternary::Undetermined,
        "zone-not-drawn",
    );
    let answer = inside(&text_only, &region, "Karsa", "Dim", &Edtf::unknown());
    assert_eq!(
        answer.distance, None,
        "nobody drew it, so no distance can be told"
    );
}

#[test]
fn shapes_that_disagree_leave_it_undetermined() {
    let two = zone(vec![
        shape(square(36.0, 37.0, 0.5), 0.0, "2017-05-04/.."),
        shape(square(38.0, 37.0, 0.5), 0.0, "2017-05-04/.."),
    ]);
    check(
        &two,
        &disc(36.0, 37.0, 2_000.0),
        "",
        "",
        "2017-05-08",
        Ternary::Undetermined,
        "zone-shapes-disagree",
    );
    check(
        &two,
        &disc(30.0, 37.0, 2_000.0),
        "",
        "",
        "2017-05-08",
        Ternary::No,
        "zone-wholly-outside",
    );
}

#[test]
fn a_shape_counts_only_while_it_holds() {
    let old = zone(vec![shape(square(36.0, 37.0, 0.5), 0.0, "2017-05-04/2017-09-15")]);
    let region = disc(36.0, 37.0, 2_000.0);
    check(
        &old,
        &region,
        "",
        "",
        "2017-05-08",
        Ternary::Yes,
        "zone-wholly-inside",
    );
    check(
        &old,
        &region,
        "",
        "",
        "2018-05-08",
        Ternary::Undetermined,
        "zone-not-drawn",
    );
}

#[test]
fn the_distance_is_negative_inside() {
    let drawn = zone(vec![shape(square(36.0, 37.0, 0.5), 0.0, "2017/..")]);
    let metres = |lat: f64| {
        let answer = inside(&drawn, &disc(lat, 37.0, 1.0), "", "", &Edtf::unknown());
        answer.distance.expect("it is drawn").0
    };
    // Half a degree of longitude at 36 N is 45.1 km; half a degree of latitude 55.5 km.
    assert!((metres(36.0) + 45_100.0).abs() < 500.0, "{}", metres(36.0));
    assert!((metres(37.0) - 55_500.0).abs() < 500.0, "{}", metres(37.0));
}

#[track_caller]
fn check_faults(ring: Vec<LatLon>, part: &str) {
    let faults = check_shape(&shape(ring, 0.0, "2017"));
    if part.is_empty() {
        assert_eq!(faults, Vec::<String>::new());
    } else {
        assert!(
            faults.iter().any(|fault| fault.contains(part)),
            "{faults:?} lacks {part:?}"
        );
    }
}

#[test]
fn damaged_rings_are_told() {
    let good = square(36.0, 37.0, 0.5);
    check_faults(good.clone(), "");
    check_faults(good[..4].to_vec(), "not closed");
    check_faults(
        vec![good[0], good[2], good[1], good[3], good[0]],
        "crosses itself",
    );
    check_faults(vec![], "three or more points");
    check_faults(
        good.iter()
            .map(|at| LatLon {
                lat: at.lon + 60.0,
                lon: at.lat,
            })
            .collect(),
        "swapped",
    );
    let across = vec![
        (60.0, 170.0),
        (60.0, -170.0),
        (65.0, -170.0),
        (65.0, 170.0),
        (60.0, 170.0),
    ];
    check_faults(
        across.into_iter().map(|(lat, lon)| LatLon { lat, lon }).collect(),
        "180th meridian",
    );
    check_faults(
        vec![
            LatLon {
                lat: f64::NAN,
                lon: 1.0
            };
            4
        ],
        "on the globe",
    );
}

#[test]
fn rings_at_a_pole_slivers_and_rings_in_rings_are_told() {
    let ring = |points: &[(f64, f64)]| -> Vec<LatLon> {
        points
            .iter()
            .map(|(lat, lon)| LatLon { lat: *lat, lon: *lon })
            .collect()
    };
    check_faults(
        ring(&[(80.0, 0.0), (80.0, 90.0), (90.0, 90.0), (80.0, 0.0)]),
        "pole",
    );
    // Three metres wide and eleven kilometres long.
    let thin = [
        (36.0, 37.0),
        (36.0, 37.00003),
        (36.1, 37.00003),
        (36.1, 37.0),
        (36.0, 37.0),
    ];
    check_faults(ring(&thin), "sliver");
    let mut two = shape(square(36.0, 37.0, 0.5), 0.0, "2017");
    two.rings.push(square(36.0, 37.0, 0.1));
    assert!(check_shape(&two)[0].contains("ring 2 lies within ring 1"));
    two.rings[1] = square(38.0, 37.0, 0.1);
    assert_eq!(check_shape(&two), Vec::<String>::new());
}

#[test]
fn swapped_degrees_are_told_when_the_country_is_known() {
    let syria = [disc(35.0, 38.5, 420_000.0)];
    let swapped = square(36.0, 37.0, 0.5)
        .iter()
        .map(|at| LatLon {
            lat: at.lon + 3.0,
            lon: at.lat - 3.0,
        })
        .collect();
    assert!(check_swapped(&shape(square(36.0, 37.0, 0.5), 0.0, "2017"), &syria).is_none());
    assert!(check_swapped(&shape(swapped, 0.0, "2017"), &[disc(33.0, 40.0, 200_000.0)]).is_some());
}

fn rank(answer: Ternary) -> u8 {
    match answer {
        Ternary::Yes => 2,
        Ternary::Undetermined => 1,
        Ternary::No => 0,
    }
}

proptest! {
    #[test]
    fn moving_a_point_outward_never_makes_it_inside(
        bearing in 0.0..360.0_f64, start in 0.0..100_000.0_f64, step in 1.0..50_000.0_f64, radius in 0.0..20_000.0_f64
    ) {
        use geo::line_measures::Destination;
        let drawn = zone(vec![shape(square(36.0, 37.0, 0.5), 3_000.0, "2017/..")]);
        let answer = |metres: f64| {
            let at = Geodesic.destination(Point::new(37.0, 36.0), bearing, metres);
            inside(&drawn, &disc(at.y(), at.x(), radius), "", "", &Edtf::unknown()).inside
        };
        prop_assert!(rank(answer(start + step)) <= rank(answer(start)));
    }

    #[test]
    fn a_larger_region_is_never_surer(
        lat in 34.0..38.0_f64, lon in 35.0..39.0_f64, radius in 0.0..50_000.0_f64, more in 0.0..50_000.0_f64
    ) {
        let drawn = zone(vec![shape(square(36.0, 37.0, 0.5), 3_000.0, "2017/..")]);
        let answer = |radius: f64| inside(&drawn, &disc(lat, lon, radius), "", "", &Edtf::unknown()).inside;
        let larger = answer(radius + more);
        prop_assert!(larger == Ternary::Undetermined || larger == answer(radius));
    }

    #[test]
    fn any_numbers_get_an_answer(
        ring in proptest::collection::vec((proptest::num::f64::ANY, proptest::num::f64::ANY), 0..6),
        lat in proptest::num::f64::ANY, lon in proptest::num::f64::ANY, radius in proptest::num::f64::ANY
    ) {
        let ring: Vec<LatLon> = ring.into_iter().map(|(lat, lon)| LatLon { lat, lon }).collect();
        let drawn = shape(ring, radius, "2017/..");
        let _ = check_shape(&drawn);
        let _ = inside(&zone(vec![drawn]), &disc(lat, lon, radius), "", "", &Edtf::unknown());
    }
}
