//! What could be seen of a zone on a day.

use super::world::{Says, World, claim, incident, zone};
use crate::{Heard, coverage};
use jiff::civil::date;
use model::{Incident, PlacePrecision, Sight, Ternary, ZoneCoverage};
use proptest::prelude::*;

fn seen(world: &World, incidents: &[Incident], zones: &[model::Zone]) -> Vec<ZoneCoverage> {
    let heard = Heard {
        documents: &world.documents,
        outlets: &[],
        claims: &world.claims,
        incidents,
        zones,
    };
    coverage(heard, (date(2031, 5, 1), date(2031, 5, 5))).zones
}

fn marks(zone: &ZoneCoverage) -> String {
    let mark = |sight: Sight| match sight {
        Sight::Incidents => 'I',
        Sight::NothingTold => '0',
        Sight::Hindered => '!',
        Sight::Unwatched => '-',
        Sight::Blind => 'x',
    };
    zone.days.iter().map(|day| mark(day.sight)).collect()
}

/// A page of outlet `wire` on 3 May that tells of a town in the zone, and one of another outlet on 5 May.
fn world() -> World {
    let mut world = World::default();
    world.page("p1", "2031-05-03", 2).outlet = Some("wire".into());
    world.page("p2", "2031-05-05", 2).outlet = Some("sport".into());
    let told = claim("shelling")
        .when("2031-05-02")
        .happens("Karsa", PlacePrecision::Town, Ternary::Yes);
    world.say("p1", 0, "shelled", told);
    world
}

#[test]
fn a_day_without_incidents_and_a_day_that_nobody_could_see_have_different_marks() {
    let world = world();
    let zones = seen(
        &world,
        &[incident("i1", "2031-05-02", Ternary::Yes)],
        &[zone("Northern zone", &["Odra"])],
    );
    // 1 May: no page. 2 May: the incident. 3 May: wire speaks, nothing told. 4, 5 May: only the other outlet.
    assert_eq!(marks(&zones[0]), "xI0--");
    assert_eq!(zones[0].days[1].heard, ["wire"]);
    assert_eq!(zones[0].days[3].silent, ["wire"]);
    assert_eq!(zones[0].unseen[0].place, "Odra");
    // The whole count stands somewhere: nothing is left for the last row.
    assert_eq!(zones[1].days.iter().map(|day| day.surely.len()).sum::<usize>(), 0);
}

#[test]
fn an_incident_of_unsettled_place_or_week_is_only_perhaps_there() {
    let world = world();
    let incidents = [
        incident("i1", "2031-05-02", Ternary::Undetermined),
        incident("i2", "2031-05-03/2031-05-04", Ternary::Yes),
        incident("i3", "2031-05", Ternary::Yes),
        incident("i4", "2031-05-02", Ternary::No),
    ];
    let zones = seen(&world, &incidents, &[zone("Northern zone", &[])]);
    let perhaps: Vec<usize> = zones[0].days.iter().map(|day| day.perhaps.len()).collect();
    assert_eq!(perhaps, [0, 1, 1, 1, 0]);
    assert!(zones[0].days.iter().all(|day| day.surely.is_empty()));
    assert_eq!(zones[0].undated, [incidents[2].id.clone()]);
    assert_eq!(zones[1].days[1].surely, [incidents[3].id.clone()]);
}

#[test]
fn observers_kept_out_make_a_zero_unknown_and_only_when_they_surely_were() {
    let mut world = world();
    let kept_out = || {
        claim("monitor-access-denied")
            .when("2031-05-03")
            .happens("Karsa", PlacePrecision::Town, Ternary::Yes)
    };
    world.say(
        "p1",
        1,
        "may be kept out",
        kept_out().modality(model::Modality::Conditional),
    );
    assert_eq!(
        marks(&seen(&world, &[], &[zone("Northern zone", &[])])[0]),
        "x00--"
    );
    world.say("p1", 1, "were kept out", kept_out());
    let zones = seen(&world, &[], &[zone("Northern zone", &[])]);
    assert_eq!(marks(&zones[0]), "x0!--");
    assert_eq!(zones[0].unseen[0].why, "access denied or jammed");
}

#[test]
fn who_only_names_the_country_does_not_watch_its_zones() {
    let mut world = World::default();
    world.page("p1", "2031-05-03", 2).outlet = Some("wire".into());
    let told = claim("shelling").when("2031-05-02").happens(
        "Lakeland",
        PlacePrecision::Country,
        Ternary::Undetermined,
    );
    world.say("p1", 0, "fighting in the country", told);
    assert_eq!(
        marks(&seen(&world, &[], &[zone("Northern zone", &[])])[0]),
        "x--xx"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_zero_without_a_watching_outlet_and_no_order(
        pages in prop::collection::vec((1..6_i8, 0..3_usize, 0..4_usize), 0..8),
        told in prop::collection::vec((1..6_i8, 0..3_usize), 0..5),
    ) {
        let mut world = World::default();
        for (at, (day, outlet, about)) in pages.iter().enumerate() {
            let name = format!("p{at}");
            world.page(&name, &format!("2031-05-0{day}"), 2).outlet = Some(["wire", "sport", "radio"][*outlet].into());
            let inside = [Ternary::Yes, Ternary::Undetermined, Ternary::No];
            if let Some(inside) = inside.get(*about) {
                world.say(&name, 0, "words", claim("shelling").happens("Karsa", PlacePrecision::Town, *inside));
            }
        }
        let answers = [Ternary::Yes, Ternary::Undetermined, Ternary::No];
        let mut incidents: Vec<Incident> = told
            .iter()
            .enumerate()
            .map(|(at, (day, inside))| incident(&at.to_string(), &format!("2031-05-0{day}"), answers[*inside]))
            .collect();
        let zones = [zone("Northern zone", &[]), zone("Southern zone", &[])];
        let first = seen(&world, &incidents, &zones);
        for day in first.iter().flat_map(|zone| &zone.days) {
            let counted = day.surely.len() + day.perhaps.len();
            prop_assert_eq!(day.sight == Sight::Incidents, counted > 0);
            if day.sight == Sight::NothingTold {
                prop_assert!(!day.heard.is_empty() && !day.pages.is_empty());
            }
            if day.sight == Sight::Blind {
                prop_assert!(day.heard.is_empty());
            }
        }
        // Every incident is in some row.
        let rows = first.iter().flat_map(|zone| &zone.days);
        let shown: std::collections::BTreeSet<_> = rows.flat_map(|day| day.surely.iter().chain(&day.perhaps)).collect();
        prop_assert_eq!(shown.len(), incidents.len());
        incidents.reverse();
        world.claims.reverse();
        world.documents.reverse();
        prop_assert_eq!(first, seen(&world, &incidents, &[zones[1].clone(), zones[0].clone()]));
    }
}
