//! Laws that hold for any world: order does not matter, a copy adds nothing, and fusing again changes nothing.

use super::world::{Says, World, claim};
use model::{Fused, Incident};
use proptest::prelude::*;

const ACTS: [&str; 9] = [
    "attack",
    "explosion",
    "car-bomb",
    "suicide-attack",
    "shelling",
    "mortar",
    "armed-clash",
    "regain",
    "accusation",
];
const TOWNS: [&str; 5] = ["", "Karsa", "Belmar", "Karsa Mills", "Osten"];
const DAYS: [&str; 6] = [
    "XXXX",
    "2031-05-01",
    "2031-05-02",
    "2031-05-03",
    "2031-05",
    "2031-01",
];
const SPEAKERS: [&str; 4] = ["", "Dorra Monitor", "Karsa Clinic", "Red Ministry"];
const SENTENCES: [&str; 5] = [
    "Heavy shells struck the covered market in the old quarter before noon prayers ended.",
    "Several vehicles burned near the northern gate after a loud blast, witnesses recalled.",
    "The force said fighters stormed a checkpoint and fled toward distant orchards.",
    "It happened again.",
    "Residents counted the dead while rescue crews searched the rubble through the night.",
];

#[derive(Clone, Debug)]
struct Told {
    page: usize,
    passage: usize,
    act: usize,
    town: usize,
    day: usize,
    speaker: usize,
    killed: u64,
    background: bool,
    points_back: bool,
}

fn told() -> impl Strategy<Value = Told> {
    (
        0..4_usize,
        0..4_usize,
        0..ACTS.len(),
        0..TOWNS.len(),
        0..DAYS.len(),
        0..SPEAKERS.len(),
        0..4_u64,
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(page, passage, act, town, day, speaker, killed, background, points_back)| Told {
                page,
                passage,
                act,
                town,
                day,
                speaker,
                killed,
                background,
                points_back,
            },
        )
}

fn world(told: &[Told]) -> World {
    let mut world = World::new();
    for page in 0..4 {
        let passages: Vec<&str> = (0..4)
            .map(|passage| SENTENCES[(page + passage) % SENTENCES.len()])
            .collect();
        let published = ["2031-05-02", "2031-05-03", "", "2031-05-04"][page];
        world.page(&format!("p{page}"), published, &passages);
    }
    let mut last = None;
    for told in told {
        let mut one = claim(ACTS[told.act]).when(DAYS[told.day]);
        if !TOWNS[told.town].is_empty() {
            one = one.at(TOWNS[told.town]);
        }
        if told.killed > 0 {
            one = one.killed(told.killed);
        }
        if !SPEAKERS[told.speaker].is_empty() {
            one = one.by(SPEAKERS[told.speaker]);
        }
        if told.background && told.day == 5 {
            one = one.background();
        }
        let page = format!("p{}", told.page);
        if let Some((on, id)) = last
            .as_ref()
            .filter(|(on, _)| told.points_back && *on == told.page)
        {
            let _: &usize = on;
            one = one.points_at("the attack", id);
        }
        last = Some((told.page, world.say(&page, told.passage, one)));
    }
    world
}

/// What a copy must not change.
fn gist(fused: &Fused) -> Vec<String> {
    let one = |incident: &Incident| {
        let tolls: Vec<String> = incident
            .tolls
            .iter()
            .map(|toll| format!("{} {} {}", toll.metric.as_str(), toll.range, toll.best))
            .collect();
        let mut origins: Vec<&str> = incident.origins.iter().map(|origin| origin.id.as_str()).collect();
        origins.sort_unstable();
        let place = incident
            .location
            .as_ref()
            .map(|location| location.mention.name.clone());
        format!(
            "{} {} {place:?} {tolls:?} {origins:?} {:?}",
            incident.act.id, incident.when, incident.status
        )
    };
    let mut gist: Vec<String> = fused.incidents.iter().map(one).collect();
    gist.sort();
    gist
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_input_does_not_matter(told in prop::collection::vec(told(), 0..14), seed in any::<u64>()) {
        let world = world(&told);
        let mut shuffled = world.clone();
        let mut state = seed | 1;
        let mut next = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        for at in (1..shuffled.claims.len()).rev() {
            shuffled.claims.swap(at, next(at + 1));
        }
        shuffled.documents.reverse();
        prop_assert_eq!(world.fuse(), shuffled.fuse());
    }

    #[test]
    fn a_copy_adds_no_incident_and_no_origin_and_changes_no_toll(told in prop::collection::vec(told(), 1..14), page in 0..4_usize) {
        let world = world(&told);
        let copied = world.with_copy_of(&format!("p{page}"), "copy");
        prop_assert_eq!(gist(&world.fuse()), gist(&copied.fuse()));
    }

    #[test]
    fn the_same_claims_twice_are_the_same_claims(told in prop::collection::vec(told(), 0..14)) {
        let world = world(&told);
        let mut twice = world.clone();
        twice.claims.extend(world.claims.clone());
        twice.documents.extend(world.documents.clone());
        prop_assert_eq!(world.fuse(), twice.fuse());
    }

    #[test]
    fn every_claim_that_can_found_an_incident_stands_in_exactly_one(told in prop::collection::vec(told(), 0..14)) {
        let world = world(&told);
        let fused = world.fuse();
        for located in &world.claims {
            let homes = fused.incidents.iter().filter(|incident| incident.claims.contains(&located.claim.id)).count();
            // Blame, and what stands bare in its sentence, may find no incident.
            let sentence = |other: &model::LocatedClaim| (other.claim.document.clone(), other.claim.span);
            let blame = |other: &&model::LocatedClaim| other.claim.act.id.as_str() == "accusation";
            let blamed = world.claims.iter().filter(blame).any(|other| sentence(other) == sentence(located));
            let told = located.claim.when.edtf.days().is_some() || !located.locations.is_empty();
            // Nor need an earlier act that is only mentioned: a series, or one without place and number.
            let claim = &located.claim;
            let placed = claim.places.iter().any(|place| place.role == model::PlaceRole::Event);
            let passing = claim.background && (claim.series || (claim.figures.is_empty() && !placed));
            prop_assert!(homes == 1 || (homes == 0 && (passing || blamed && (blame(&located) || !told))), "{homes}");
        }
    }

    #[test]
    fn no_incident_holds_two_days_or_two_towns_that_exclude_each_other(told in prop::collection::vec(told(), 0..14)) {
        let fused = world(&told).fuse();
        for incident in &fused.incidents {
            if let Some(days) = incident.when.days().filter(|days| *days < 28) {
                prop_assert!(days <= 2, "{}", incident.when);
            }
        }
    }
}
