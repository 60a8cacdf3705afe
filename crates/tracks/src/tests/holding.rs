//! Who is said to hold a place.

use super::world::{Says, World, claim};
use model::{LocatedClaim, Modality, PlacePrecision};

fn taken(act: &str, day: &str) -> LocatedClaim {
    claim(act).when(day).seat("Karsa", "XX", PlacePrecision::Town)
}

/// One line a holding: who, since when, until when, how many deny it.
fn held(world: &World) -> Vec<String> {
    let tracks = world.follow();
    let line = |it: &model::Holding| {
        let until = it.until.as_ref().map_or("..".to_owned(), ToString::to_string);
        format!("{} {} {until} {}", it.holder.label, it.since, it.denied.len())
    };
    tracks.holdings.iter().map(line).collect()
}

fn world() -> World {
    let mut world = World::default();
    world.page("p1", "2031-05-20", 6);
    world
}

#[test]
fn a_later_taker_ends_a_holding_and_a_second_telling_does_not_begin_another() {
    let mut world = world();
    world.say(
        "p1",
        0,
        "took",
        taken("seizure", "2031-05-02").between(&["ann"]).by("monitor"),
    );
    world.say(
        "p1",
        1,
        "took it again",
        taken("seizure", "2031-05-06").between(&["ann"]),
    );
    world.say("p1", 2, "retook", taken("regain", "2031-05-10").between(&["bob"]));
    assert_eq!(
        held(&world),
        ["ann 2031-05-02/2031-05-06 2031-05-10 0", "bob 2031-05-10 .. 0"]
    );
}

#[test]
fn who_came_first_stays_open_where_the_days_do_not_tell() {
    let mut world = world();
    world.say("p1", 0, "took", taken("seizure", "2031-05").between(&["ann"]));
    world.say("p1", 1, "took", taken("seizure", "2031-05-10").between(&["bob"]));
    assert_eq!(held(&world), ["ann 2031-05 .. 0", "bob 2031-05-10 .. 0"]);
}

#[test]
fn a_denial_stands_beside_the_holding_and_ends_nothing() {
    let mut world = world();
    world.say("p1", 0, "took", taken("seizure", "2031-05-02").between(&["ann"]));
    world.say(
        "p1",
        1,
        "did not take",
        taken("seizure", "2031-05-03").between(&["ann"]).denied(),
    );
    world.say(
        "p1",
        2,
        "another did not",
        taken("seizure", "2031-05-03").between(&["bob"]).denied(),
    );
    world.say(
        "p1",
        3,
        "weeks later",
        taken("seizure", "2031-05-19").between(&["ann"]).denied(),
    );
    assert_eq!(held(&world), ["ann 2031-05-02 .. 1"]);
}

#[test]
fn a_loss_ends_what_the_loser_held_and_nobody_elses() {
    let mut world = world();
    world.say("p1", 0, "took", taken("seizure", "2031-05-02").between(&["ann"]));
    world.say(
        "p1",
        1,
        "lost",
        taken("control-loss", "2031-05-04").between(&["bob"]),
    );
    assert_eq!(held(&world), ["ann 2031-05-02 .. 0"]);
    world.say(
        "p1",
        2,
        "lost",
        taken("control-loss", "2031-05-05").between(&["ann"]),
    );
    assert_eq!(held(&world), ["ann 2031-05-02 2031-05-05 0"]);
}

#[test]
fn a_plan_to_take_a_place_holds_nothing() {
    let mut world = world();
    for modality in [Modality::Planned, Modality::Hoped, Modality::Conditional] {
        world.say(
            "p1",
            0,
            "will",
            taken("seizure", "2031-05-02")
                .between(&["ann"])
                .modality(modality),
        );
    }
    assert!(held(&world).is_empty());
}

#[test]
fn of_a_province_and_a_town_in_it_the_town_changes_hands() {
    let mut world = world();
    let told = claim("seizure")
        .when("2031-05-02")
        .seat("Odra", "XX", PlacePrecision::Province)
        .seat("Karsa", "XX", PlacePrecision::Town)
        .between(&["ann"]);
    world.say("p1", 0, "took", told);
    assert_eq!(world.follow().holdings[0].names, ["Karsa"]);
}
