//! Silence, differences between accounts, measures.

use super::world::{Says, World, claim};
use model::{PlacePrecision, Progress, Stance};

fn world() -> World {
    let mut world = World::default();
    world.page("p1", "2031-05-20", 6);
    world.page("p2", "2031-05-20", 6);
    world
}

/// One line a stand: holder, proposal, what it is.
fn stands(world: &World) -> Vec<String> {
    let tracks = world.follow();
    let stance = |id: &model::TrackId| {
        let found = tracks.positions.iter().find(|it| it.id == *id);
        found.map_or("lost", |it| it.stance.as_str())
    };
    let line = |it: &model::Stand| {
        let newest: Vec<&str> = it.newest.iter().map(stance).collect();
        let words = match newest.is_empty() {
            true => it.without_position().to_owned(),
            false => newest.join(" or "),
        };
        format!(
            "{} on {}: {words}, {} told",
            it.holder.label,
            it.proposal,
            it.over_time.len()
        )
    };
    tracks.stands.iter().map(line).collect()
}

#[test]
fn silence_is_told_apart_from_not_having_been_heard() {
    let mut world = world();
    world.say(
        "p1",
        0,
        "supports",
        claim("support")
            .when("2031-05-02")
            .between(&["ann"])
            .utters("zones", "", ""),
    );
    world.say("p1", 1, "says", claim("statement").by("bob").utters("", "", ""));
    world.say(
        "p1",
        2,
        "talks",
        claim("round")
            .when("2031-05-03")
            .seat("Port", "PP", PlacePrecision::Town)
            .between(&["bob", "cid"]),
    );
    assert_eq!(
        stands(&world),
        [
            "ann on zones: support, 1 told",
            "bob on zones: silent, 0 told",
            "cid on zones: not heard, 0 told"
        ]
    );
}

#[test]
fn the_newest_position_stands_and_where_the_order_is_not_known_all_do() {
    let mut world = world();
    let says = |act: &str, day: &str| claim(act).when(day).between(&["ann"]).utters("zones", "", "");
    world.say("p1", 0, "supports", says("support", "2031-05-02"));
    world.say("p1", 1, "rejects", says("rejection", "2031-05-04"));
    assert_eq!(stands(&world), ["ann on zones: reject, 2 told"]);
    world.say("p1", 2, "doubts", says("reservation", "2031-05"));
    assert_eq!(stands(&world), ["ann on zones: reservation or reject, 3 told"]);
}

#[test]
fn readouts_that_differ_stand_side_by_side() {
    let mut world = world();
    let call = world.say(
        "p1",
        0,
        "spoke",
        claim("call")
            .when("2031-05-02")
            .between(&["ann", "bob"])
            .by("the palace"),
    );
    world.say(
        "p2",
        0,
        "call",
        claim("call")
            .when("2031-05-03")
            .between(&["ann", "bob"])
            .by("the chancellery"),
    );
    world.say(
        "p2",
        1,
        "zones",
        claim("statement")
            .utters("zones", "", "")
            .by("the chancellery")
            .points_at(&call),
    );
    let tracks = world.follow();
    let told = |about: &str| -> Vec<String> {
        let of = tracks.meetings[0].differ.iter().filter(|it| it.about == about);
        of.flat_map(|it| &it.told)
            .map(|(value, by, _)| format!("{value}: {by}"))
            .collect()
    };
    assert_eq!(
        told("date"),
        ["2031-05-02: the palace", "2031-05-03: the chancellery"]
    );
    assert_eq!(
        told("topic"),
        ["nothing about zones: the palace", "zones: the chancellery"]
    );
    assert!(told("place").is_empty());
}

#[test]
fn accounts_that_agree_do_not_differ() {
    let mut world = world();
    for page in ["p1", "p2"] {
        world.say(
            page,
            0,
            "spoke",
            claim("call").when("2031-05-02").between(&["ann", "bob"]).by(page),
        );
    }
    assert!(world.follow().meetings[0].differ.is_empty());
}

#[test]
fn a_threatened_sanction_is_planned_and_one_that_is_lifted_is_not_in_force() {
    let mut world = world();
    let sanction = || claim("sanction").between(&["ann"]);
    world.say("p1", 0, "imposed", sanction().when("2031-05-02"));
    world.say("p2", 0, "imposed", sanction().when("2031-05-03"));
    world.say(
        "p1",
        1,
        "will",
        sanction()
            .when("2031-05-09")
            .modality(model::Modality::Conditional),
    );
    world.say("p1", 2, "not", sanction().when("2031-05-12").denied());
    let told: Vec<(Progress, usize)> = world
        .follow()
        .measures
        .iter()
        .map(|it| (it.progress, it.claims.len()))
        .collect();
    assert_eq!(
        told,
        [
            (Progress::Done, 2),
            (Progress::Planned, 1),
            (Progress::Refused, 1)
        ]
    );
}

#[test]
fn a_position_keeps_its_stance_when_somebody_else_is_silent() {
    let mut world = world();
    world.say(
        "p1",
        0,
        "supports",
        claim("support")
            .when("2031-05-02")
            .between(&["ann"])
            .utters("zones", "", ""),
    );
    assert_eq!(world.follow().positions[0].stance, Stance::Support);
    assert_eq!(world.follow().stands.len(), 1);
}
