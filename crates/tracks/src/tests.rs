//! What following promises, told as small worlds of pages and claims.

mod holding;
mod sight;
mod talks;
mod world;

use crate::{Heard, coverage};
use jiff::civil::date;
use model::{Metric, Modality, PlacePrecision, Progress, Stance, Tracks};
use proptest::prelude::*;
use world::{Says, World, claim};

/// Everything followed, one line an entry.
fn lines(tracks: &Tracks) -> Vec<String> {
    let names = |mentions: Vec<&model::ActorMention>| {
        mentions
            .iter()
            .map(|one| one.label.clone())
            .collect::<Vec<_>>()
            .join("+")
    };
    let mut lines = Vec::new();
    for one in &tracks.rounds {
        let steps: Vec<&str> = one.steps.iter().map(|(step, _)| step.as_str()).collect();
        let people: Vec<String> = one
            .participants
            .iter()
            .map(|(who, part)| format!("{}:{part}", who.label))
            .collect();
        let number = one.number.map_or("?".to_owned(), |number| number.to_string());
        lines.push(format!(
            "round {} {number} {} {} [{}] [{}] {}",
            one.track,
            one.when,
            one.progress.as_str(),
            people.join(" "),
            steps.join(" "),
            one.claims.len()
        ));
    }
    for one in &tracks.meetings {
        let people = names(one.participants.iter().collect());
        let readouts: Vec<&str> = one.readouts.iter().map(|(by, _)| by.as_str()).collect();
        lines.push(format!(
            "{} {} {} {people} {} [{}] {}",
            one.form,
            one.when,
            one.place,
            one.progress.as_str(),
            readouts.join("+"),
            one.claims.len()
        ));
    }
    for one in &tracks.positions {
        lines.push(format!(
            "{} on {}: {} {} {}",
            one.holder.label,
            one.proposal,
            one.stance.as_str(),
            one.when,
            one.claims.len()
        ));
    }
    for one in &tracks.control {
        let holder = one.holder.as_ref().map_or("?", |holder| holder.label.as_str());
        let place = one.place.as_ref().map_or("?", |place| place.name.as_str());
        lines.push(format!(
            "{} {place} {holder} {} {}",
            one.act,
            one.when,
            one.claims.len()
        ));
    }
    for one in tracks.deliveries.iter().chain(&tracks.returns) {
        lines.push(format!(
            "{} {} {} {} {}",
            one.act,
            one.progress.as_str(),
            one.place,
            one.when,
            one.claims.len()
        ));
    }
    for one in &tracks.complaints {
        lines.push(format!(
            "complaint by {}: {} {}",
            one.by,
            one.words,
            one.claims.len()
        ));
    }
    lines
}

#[track_caller]
fn check(world: &World, expected: &[&str]) {
    assert_eq!(lines(&world.follow()), expected);
}

#[test]
fn a_round_gathers_its_number_its_parts_and_its_steps_and_the_next_round_stays_a_plan() {
    let mut world = World::default();
    world.page("p1", "2031-05-04", 5);
    let (town, country) = (PlacePrecision::Town, PlacePrecision::Country);
    world.say(
        "p1",
        0,
        "fourth round",
        claim("round")
            .when("2031-05-03")
            .counts(Metric::Other, 4, "round")
            .seat("Northland", "NN", country),
    );
    world.say(
        "p1",
        1,
        "talks",
        claim("round")
            .when("2031-05-03")
            .seat("Norburg", "NN", town)
            .between(&["council"]),
    );
    world.say(
        "p1",
        2,
        "sponsors",
        claim("mandate").between(&["redland", "blueland"]).part("sponsor"),
    );
    world.say(
        "p1",
        3,
        "suspended",
        claim("suspension").when("2031-05-03").between(&["council"]),
    );
    world.say(
        "p1",
        4,
        "next",
        claim("round")
            .modality(Modality::Planned)
            .seat("Lakeside", "LL", town),
    );
    check(
        &world,
        &[
            "round norburg 4 2031-05-03 done [blueland:sponsor council: redland:sponsor] [suspension] 4",
            "round lakeside ? XXXX planned [] [] 1",
        ],
    );
}

#[test]
fn every_readout_of_a_call_is_kept_beside_the_others() {
    let mut world = World::default();
    for page in ["p1", "p2"] {
        world.page(page, "2031-05-04", 5);
    }
    world.say(
        "p1",
        0,
        "spoke by phone",
        claim("call")
            .when("2031-05-02")
            .between(&["ann", "bob"])
            .by("the palace"),
    );
    let call = world.say(
        "p2",
        0,
        "call",
        claim("call")
            .when("2031-05-03")
            .between(&["bob", "ann"])
            .by("the chancellery"),
    );
    world.say(
        "p2",
        1,
        "no mention",
        claim("statement")
            .utters("zones", "", "")
            .denied()
            .by("the chancellery")
            .points_at(&call),
    );
    check(
        &world,
        &["call 2031-05-02/2031-05-03  ann+bob done [the chancellery+the chancellery+the palace] 3"],
    );
}

#[test]
fn what_a_participant_says_at_a_press_conference_beside_the_meeting_is_its_readout() {
    let mut world = World::default();
    world.page("p1", "2031-05-04", 5);
    world.say(
        "p1",
        0,
        "met in Port",
        claim("meeting")
            .seat("Port", "PP", PlacePrecision::Town)
            .between(&["ann", "bob"]),
    );
    world.say(
        "p1",
        2,
        "said at a joint press conference",
        claim("hope")
            .utters("zones", "joint press conference", "")
            .by("ann"),
    );
    let tracks = world.follow();
    assert_eq!(tracks.meetings[0].readouts.len(), 1);
    assert_eq!(tracks.meetings[0].place, "Port");
}

#[test]
fn a_planned_meeting_and_a_meeting_of_unknown_day_are_not_made_one() {
    let mut world = World::default();
    world.page("p1", "", 5);
    world.say(
        "p1",
        0,
        "will meet",
        claim("meeting")
            .between(&["ann", "bob"])
            .modality(Modality::Planned),
    );
    world.say("p1", 3, "met", claim("meeting").between(&["ann", "bob"]));
    assert_eq!(world.follow().meetings.len(), 2);
}

#[test]
fn a_change_of_mind_is_a_second_position_and_a_copy_is_none() {
    let mut world = World::default();
    world.page("p1", "2031-05-04", 5);
    world.page("p2", "2031-05-04", 5);
    for page in ["p1", "p2"] {
        world.say(
            page,
            0,
            "supports",
            claim("support")
                .when("2031-05-02")
                .between(&["council"])
                .utters("zones", "", "")
                .by("agency"),
        );
    }
    world.say(
        "p1",
        1,
        "rejects",
        claim("rejection")
            .when("2031-05-04")
            .between(&["council"])
            .utters("zones", "", ""),
    );
    world.say(
        "p1",
        2,
        "questions",
        claim("reservation")
            .by("the delegate")
            .utters("zones", "", "who guarantees"),
    );
    world.say(
        "p1",
        3,
        "nothing about a proposal",
        claim("support").by("the delegate").utters("", "", ""),
    );
    check(
        &world,
        &[
            "council on zones: support 2031-05-02 2",
            "council on zones: reject 2031-05-04 1",
            "the delegate on zones: reservation XXXX 1",
        ],
    );
}

#[test]
fn a_denied_support_is_no_position_for_or_against() {
    let mut world = World::default();
    world.page("p1", "", 1);
    world.say(
        "p1",
        0,
        "did not support",
        claim("support")
            .denied()
            .between(&["council"])
            .utters("zones", "", ""),
    );
    assert_eq!(world.follow().positions[0].stance, Stance::Neutral);
}

#[test]
fn a_place_retaken_on_two_pages_is_one_change_and_a_plan_to_take_it_is_none() {
    let mut world = World::default();
    world.page("p1", "", 2);
    world.page("p2", "", 2);
    for (page, day) in [("p1", "2031-05-02"), ("p2", "2031-05-03")] {
        world.say(
            page,
            0,
            "retook",
            claim("regain")
                .when(day)
                .seat("Karsa", "XX", PlacePrecision::Town)
                .between(&["force"])
                .by("monitor"),
        );
    }
    world.say(
        "p1",
        1,
        "will take",
        claim("seizure")
            .seat("Karsa", "XX", PlacePrecision::Town)
            .modality(Modality::Planned),
    );
    check(&world, &["regain Karsa force 2031-05-02/2031-05-03 2"]);
}

#[test]
fn an_aim_is_planned_a_convoy_is_done_and_a_blocked_one_is_refused() {
    let mut world = World::default();
    world.page("p1", "", 5);
    let town = |claim: model::LocatedClaim| claim.seat("Karsa", "XX", PlacePrecision::Town);
    world.say(
        "p1",
        0,
        "aims at the return of refugees",
        claim("return").modality(Modality::Planned),
    );
    world.say(
        "p1",
        1,
        "40 trucks came",
        town(claim("delivery"))
            .when("2031-05-02")
            .counts(Metric::Goods, 40, "trucks"),
    );
    world.say(
        "p1",
        2,
        "the convoy was turned back",
        town(claim("aid-blocked")).when("2031-05-04"),
    );
    world.say(
        "p1",
        3,
        "no aid came",
        town(claim("delivery")).when("2031-05-09").denied(),
    );
    check(
        &world,
        &[
            "delivery done Karsa 2031-05-02 1",
            "delivery refused Karsa 2031-05-04 1",
            "delivery refused Karsa 2031-05-09 1",
            "return planned  XXXX 1",
        ],
    );
    assert_eq!(
        world.follow().deliveries[0]
            .quantity
            .as_ref()
            .map(|(count, unit)| (count.low, unit.as_str())),
        Some((40, "trucks"))
    );
    assert!(
        world
            .follow()
            .returns
            .iter()
            .all(|one| one.progress == Progress::Planned)
    );
}

#[test]
fn a_complaint_stays_an_allegation_with_its_words() {
    let mut world = World::default();
    world.page("p1", "", 1);
    world.page("p2", "", 1);
    for page in ["p1", "p2"] {
        world.say(
            page,
            0,
            "they broke the truce",
            claim("complaint").by("the delegate"),
        );
    }
    check(&world, &["complaint by the delegate: they broke the truce 2"]);
}

#[test]
fn silence_is_counted_outlets_unheard_days_blind_pages_undated() {
    let mut world = World::default();
    world.page("p1", "2031-05-03", 1);
    world.page("p2", "", 1);
    let heard = Heard {
        documents: &world.documents,
        ..Heard::default()
    };
    let coverage = coverage(heard, (date(2031, 5, 1), date(2031, 5, 4)));
    assert_eq!((coverage.pages, coverage.undated, coverage.lost), (2, 1, 0));
    assert_eq!(coverage.blind_days, [date(2031, 5, 1), date(2031, 5, 4)]);
    assert_eq!(coverage.outlets[0].0, "outlet not known");
    assert_eq!(coverage.outlets[0].1, 2);
}

const ACTS: [&str; 12] = [
    "sanction",
    "seizure",
    "round",
    "meeting",
    "call",
    "support",
    "rejection",
    "regain",
    "delivery",
    "return",
    "suspension",
    "complaint",
];
const DAYS: [&str; 5] = ["XXXX", "2031-05-01", "2031-05-02", "2031-05-05", "2031-05"];
const PEOPLE: [&[&str]; 4] = [&[], &["ann"], &["ann", "bob"], &["bob", "cid"]];

fn world_of(told: &[(usize, usize, usize, usize, bool, bool)]) -> World {
    let mut world = World::default();
    for page in ["p0", "p1", "p2"] {
        world.page(page, "2031-05-03", 6);
    }
    for (position, (act, day, people, page, planned, numbered)) in told.iter().enumerate() {
        let mut one = claim(ACTS[*act]).when(DAYS[*day]).between(PEOPLE[*people]);
        if *planned {
            one = one.modality(Modality::Planned);
        }
        if *numbered {
            one = one
                .counts(Metric::Other, 3, "round")
                .seat("Norburg", "NN", PlacePrecision::Town);
        }
        if matches!(ACTS[*act], "support" | "rejection") {
            one = one.utters("zones", "", "");
        }
        world.say(&format!("p{page}"), position % 6, "words", one);
    }
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_input_does_not_matter(
        told in prop::collection::vec((0..ACTS.len(), 0..DAYS.len(), 0..PEOPLE.len(), 0..3_usize, any::<bool>(), any::<bool>()), 0..14),
        turn in 0..14_usize,
    ) {
        let world = world_of(&told);
        let mut other = world.clone();
        other.claims.reverse();
        let turn = turn.min(other.claims.len());
        other.claims.rotate_left(turn);
        other.documents.reverse();
        prop_assert_eq!(world.follow(), other.follow());
    }

    #[test]
    fn the_same_claims_twice_are_the_same_claims(
        told in prop::collection::vec((0..ACTS.len(), 0..DAYS.len(), 0..PEOPLE.len(), 0..3_usize, any::<bool>(), any::<bool>()), 0..14),
    ) {
        let world = world_of(&told);
        let mut twice = world.clone();
        twice.claims.extend(world.claims.clone());
        prop_assert_eq!(world.follow(), twice.follow());
    }

    #[test]
    fn nothing_that_is_only_planned_becomes_done(
        told in prop::collection::vec((0..ACTS.len(), 0..DAYS.len(), 0..PEOPLE.len(), 0..3_usize, Just(true), any::<bool>()), 0..14),
    ) {
        let tracks = world_of(&told).follow();
        prop_assert!(tracks.control.is_empty());
        prop_assert!(tracks.holdings.is_empty());
        prop_assert!(tracks.measures.iter().all(|one| one.progress == Progress::Planned));
        let progress = tracks.meetings.iter().map(|one| one.progress).chain(tracks.rounds.iter().map(|one| one.progress));
        let moved = tracks.deliveries.iter().chain(&tracks.returns).map(|one| one.progress);
        prop_assert!(progress.chain(moved).all(|progress| progress == Progress::Planned));
    }

    #[test]
    fn one_more_readout_takes_none_away(
        told in prop::collection::vec((0..ACTS.len(), 0..DAYS.len(), 0..PEOPLE.len(), 0..3_usize, any::<bool>(), any::<bool>()), 0..14),
        day in 0..DAYS.len(),
        people in 0..PEOPLE.len(),
    ) {
        let mut world = world_of(&told);
        let readouts = |world: &World| -> std::collections::BTreeSet<model::ClaimId> {
            let tracks = world.follow();
            let meetings = tracks.meetings.iter().flat_map(|one| one.readouts.iter().map(|(_, claim)| claim.clone()));
            meetings.collect()
        };
        let before = readouts(&world);
        let more = world.say("p0", 2, "read-out", claim("meeting").when(DAYS[day]).between(PEOPLE[people]).by("palace"));
        let after = readouts(&world);
        prop_assert!(after.is_superset(&before));
        prop_assert!(after.contains(&more));
    }
}
