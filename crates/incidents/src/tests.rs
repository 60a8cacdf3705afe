//! What fusing promises, told as small worlds of pages and claims.

mod laws;
mod ledgers;
mod origins;
mod portions;
mod rulings;
mod world;

use crate::{Acts, Fit};
use model::{ContradictionKind, Count, Metric, Status, Ternary};
use world::{Says, World, acts, claim};

/// Fuses a world and checks what comes out, one line an incident:
/// act | time | place | killed | claims | flags.
#[track_caller]
fn check(world: &World, expected: &[&str]) {
    let fused = world.fuse();
    let told: Vec<String> = fused.incidents.iter().map(world::line).collect();
    assert_eq!(told, expected, "{:#?}", fused.notes);
}

#[test]
fn two_pages_with_two_tolls_are_one_incident_with_a_range() {
    let mut world = World::new();
    world.page(
        "p1",
        "2031-03-04",
        &["A car bomb killed four people in Karsa on Wednesday, the clinic said."],
    );
    world.page(
        "p2",
        "2031-03-04",
        &["At least five died when a vehicle exploded in Karsa, the monitor reported."],
    );
    world.say(
        "p1",
        0,
        claim("car-bomb")
            .day("2031-03-03")
            .at("Karsa")
            .killed(4)
            .by("Karsa Clinic"),
    );
    world.say(
        "p2",
        0,
        claim("car-bomb")
            .day("2031-03-03")
            .at("Karsa")
            .killed_at_least(5)
            .by("Dorra Monitor"),
    );
    check(&world, &["car-bomb | 2031-03-03 | Karsa | at least 4 best 4 | 2"]);
    let fused = world.fuse();
    let incident = &fused.incidents[0];
    assert_eq!(incident.status.occurrence, Status::Corroborated);
    assert_eq!(incident.status.toll, Status::Contested);
    assert_eq!(incident.origins.len(), 2);
    assert_eq!(fused.contradictions[0].kind, ContradictionKind::Count);
    assert_eq!(fused.contradictions[0].real, Ternary::Yes);
}

#[test]
fn at_least_five_and_six_agree_and_the_exact_figure_is_preferred() {
    let mut world = World::new();
    world.page("p1", "2031-03-04", &["first text of the day"]);
    world.page("p2", "2031-03-04", &["second text of the day"]);
    world.say(
        "p1",
        0,
        claim("shelling")
            .day("2031-03-03")
            .at("Karsa")
            .killed(6)
            .by("Karsa Clinic"),
    );
    world.say(
        "p2",
        0,
        claim("shelling")
            .day("2031-03-03")
            .at("Karsa")
            .killed_at_least(5)
            .by("Dorra Monitor"),
    );
    check(&world, &["shelling | 2031-03-03 | Karsa | at least 5 best 6 | 2"]);
    assert!(world.fuse().contradictions.is_empty());
}

#[test]
fn a_later_figure_of_one_origin_replaces_the_earlier_one_and_is_no_real_contradiction() {
    let mut world = World::new();
    world.page("p1", "2031-03-03", &["The monitor counts four dead."]);
    world.page("p2", "2031-03-04", &["The monitor counts seven dead."]);
    world.say(
        "p1",
        0,
        claim("shelling")
            .day("2031-03-03")
            .at("Karsa")
            .killed(4)
            .by("Dorra Monitor"),
    );
    world.say(
        "p2",
        0,
        claim("shelling")
            .day("2031-03-03")
            .at("Karsa")
            .killed(7)
            .by("Dorra Monitor"),
    );
    check(&world, &["shelling | 2031-03-03 | Karsa | 4\u{2013}7 best 7 | 2"]);
    let fused = world.fuse();
    assert_eq!(fused.incidents[0].origins.len(), 1);
    assert_eq!(fused.incidents[0].status.occurrence, Status::Reported);
    assert_eq!(fused.contradictions[0].real, Ternary::No);
}

#[test]
fn an_explosion_of_january_told_as_background_stays_its_own_incident_of_unknown_place() {
    let mut world = World::new();
    world.page(
        "p1",
        "2031-05-06",
        &[
            "A blast on Wednesday killed five in Karsa.",
            "A large blast in January left at least 50 dead there.",
        ],
    );
    world.say(
        "p1",
        0,
        claim("explosion")
            .day("2031-05-03")
            .at("Karsa")
            .killed(5)
            .by("Dorra Monitor"),
    );
    world.say(
        "p1",
        1,
        claim("explosion")
            .when("2031-01")
            .place_word("there")
            .killed_at_least(50)
            .background(),
    );
    check(
        &world,
        &[
            "explosion | 2031-01 | there? | at least 50 best at least 50 | 1 | background",
            "explosion | 2031-05-03 | Karsa | 5 best 5 | 1",
        ],
    );
    assert_eq!(world.fuse().incidents[0].status.place, Status::Undetermined);
}

#[test]
fn one_day_on_one_page_is_told_in_several_paragraphs_and_is_one_incident() {
    let mut world = World::new();
    let text = [
        "Yesterday's bomb attack hit the council.",
        "A video shows Wednesday's explosion.",
        "Visas remain banned.",
        "A car bomb on Wednesday killed five in Karsa.",
    ];
    world.page("p1", "", &text);
    world.say("p1", 0, claim("ied").words("Yesterday"));
    world.say("p1", 0, claim("attack").series());
    world.say(
        "p1",
        1,
        claim("explosion").words("Wednesday").by("Karsa Media Centre"),
    );
    world.say(
        "p1",
        3,
        claim("car-bomb")
            .words("Wednesday")
            .at("Karsa")
            .killed_at_least(5)
            .by("Dorra Monitor"),
    );
    check(
        &world,
        &[
            "car-bomb | XXXX | Karsa | at least 5 best at least 5 | 3",
            "attack | XXXX | - | - | 1 | series",
        ],
    );
    let incident = &world.fuse().incidents[0];
    assert_eq!(incident.status.occurrence, Status::Corroborated);
    assert_eq!(incident.status.toll, Status::Reported);
    assert_eq!(incident.status.author, Status::Undetermined);
}

#[test]
fn a_suicide_attack_and_the_clash_it_opens_are_one_attack_and_ground_regained_is_its_outcome() {
    let mut world = World::new();
    let text = [
        "Heavy fighting followed the attack; later the force regained control in Dorra province.",
        "The attack included suicide bombers and heavy clashes.",
    ];
    world.page("p1", "2031-05-06", &text);
    world.say("p1", 0, claim("armed-clash").by("Dorra Monitor"));
    world.say("p1", 0, claim("attack").by("Dorra Monitor"));
    world.say("p1", 0, claim("regain").province("Dorra").by("Dorra Monitor"));
    world.say("p1", 1, claim("suicide-attack").by("Dorra Monitor"));
    world.say("p1", 1, claim("armed-clash").by("Dorra Monitor"));
    check(&world, &["armed-clash | XXXX | Dorra | - | 5"]);
}

#[test]
fn ground_taken_with_no_fight_beside_it_is_its_own_incident() {
    let mut world = World::new();
    world.page("p1", "2031-05-06", &["The force took Karsa on Tuesday."]);
    world.say("p1", 0, claim("seizure").day("2031-05-02").at("Karsa"));
    check(&world, &["seizure | 2031-05-02 | Karsa | - | 1"]);
}

#[test]
fn the_attack_points_back_and_blame_joins_it_without_founding_anything() {
    let mut world = World::new();
    world.page(
        "p1",
        "2031-05-06",
        &[
            "Shells hit Karsa on Tuesday.",
            "The council blamed the army for the attack.",
        ],
    );
    let shells = world.say("p1", 0, claim("shelling").day("2031-05-02").at("Karsa"));
    world.say(
        "p1",
        1,
        claim("accusation")
            .target("the army", "army")
            .points_at("the attack", &shells)
            .by("Town Council"),
    );
    check(&world, &["shelling | 2031-05-02 | Karsa | - | 2"]);
    let incident = &world.fuse().incidents[0];
    assert_eq!(incident.attributions[0].label, "the army");
    assert_eq!(incident.attributions[0].by, "Town Council");
    assert_eq!(incident.status.author, Status::Reported);
}

#[test]
fn blame_for_an_attack_that_the_page_leaves_open_joins_nothing_and_is_noted() {
    let mut world = World::new();
    world.page(
        "p1",
        "2031-05-06",
        &[
            "Shells hit Karsa on Tuesday.",
            "He blamed the group for the attack.",
        ],
    );
    world.say("p1", 0, claim("shelling").day("2031-05-02").at("Karsa"));
    world.say(
        "p1",
        1,
        claim("accusation")
            .target("the group", "group")
            .leaves_open("the attack"),
    );
    check(&world, &["shelling | 2031-05-02 | Karsa | - | 1"]);
    assert_eq!(world.fuse().notes.len(), 1);
}

#[test]
fn words_that_may_mean_several_tellings_of_one_incident_mean_that_incident() {
    let mut world = World::new();
    let text = [
        "A bomb killed five in Karsa on Tuesday.",
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "g",
        "The bombing came as talks opened.",
    ];
    world.page("p1", "2031-05-03", &text);
    world.say("p1", 0, claim("car-bomb").day("2031-05-02").at("Karsa").killed(5));
    world.say("p1", 8, claim("ied").may_mean("the attack", &[text[0]]));
    world.say(
        "p1",
        8,
        claim("accusation")
            .target("the group", "group")
            .may_mean("the attack", &[text[0], text[8]]),
    );
    check(&world, &["car-bomb | 2031-05-02 | Karsa | 5 best 5 | 3"]);
}

#[test]
fn blame_points_back_and_never_at_an_earlier_blast_recalled_after_it() {
    let mut world = World::new();
    world.page(
        "p1",
        "2031-05-06",
        &[
            "He blamed the group.",
            "A large blast in January left at least 50 dead there.",
        ],
    );
    world.say("p1", 0, claim("accusation").target("the group", "group"));
    world.say(
        "p1",
        1,
        claim("explosion")
            .when("2031-01")
            .killed_at_least(50)
            .background(),
    );
    check(
        &world,
        &["explosion | 2031-01 | - | at least 50 best at least 50 | 1 | background"],
    );
}

#[test]
fn the_object_of_blame_founds_no_incident_of_its_own() {
    let mut world = World::new();
    world.page("p1", "2031-05-03", &["He blamed the attack on the group."]);
    world.say("p1", 0, claim("accusation").target("the group", "group"));
    world.say("p1", 0, claim("attack"));
    check(&world, &[]);
}

#[test]
fn a_smaller_figure_on_the_same_page_is_a_part_and_no_contradiction() {
    let mut world = World::new();
    world.page(
        "p1",
        "2031-05-03",
        &[
            "Shells killed five in Karsa.",
            "Two of the dead were brothers, a doctor said.",
        ],
    );
    world.say("p1", 0, claim("shelling").day("2031-05-02").at("Karsa").killed(5));
    world.say("p1", 1, claim("killing").killed(2).by("doctor"));
    check(&world, &["shelling | 2031-05-02 | Karsa | 5 best 5 | 2"]);
    assert!(world.fuse().contradictions.is_empty());
}

#[test]
fn a_figure_of_a_party_gives_way_to_figures_of_others_and_stays_in_the_range() {
    let mut world = World::new();
    world.actors = vec![origins::actor("army", "state-forces", "red")];
    for page in ["p1", "p2", "p3"] {
        world.page(page, "2031-05-03", &[&format!("text of {page}")]);
    }
    let mut party = claim("shelling")
        .day("2031-05-02")
        .at("Karsa")
        .killed(1)
        .by("army");
    party.claim.sources.last_mut().unwrap().actor = model::Resolution::Resolved("army".into());
    world.say("p1", 0, party);
    world.say(
        "p2",
        0,
        claim("shelling")
            .day("2031-05-02")
            .at("Karsa")
            .killed(5)
            .by("Karsa Clinic"),
    );
    world.say(
        "p3",
        0,
        claim("shelling")
            .day("2031-05-02")
            .at("Karsa")
            .killed_at_least(5)
            .by("Dorra Monitor"),
    );
    check(&world, &["shelling | 2031-05-02 | Karsa | at least 1 best 5 | 3"]);
}

#[test]
fn a_denial_on_another_page_contests_the_occurrence() {
    let mut world = World::new();
    world.page("p1", "2031-05-03", &["Shells hit Karsa."]);
    world.page(
        "p2",
        "2031-05-04",
        &["The ministry denied shelling Karsa on Tuesday."],
    );
    world.say(
        "p1",
        0,
        claim("shelling").day("2031-05-02").at("Karsa").by("Karsa Clinic"),
    );
    world.say(
        "p2",
        0,
        claim("shelling")
            .day("2031-05-02")
            .at("Karsa")
            .denied()
            .initiator("the army", "army")
            .by("Red Ministry"),
    );
    check(&world, &["shelling | 2031-05-02 | Karsa | - | 2"]);
    let fused = world.fuse();
    assert_eq!(fused.incidents[0].status.occurrence, Status::Contested);
    assert_eq!(fused.contradictions[0].kind, ContradictionKind::Occurrence);
}

#[test]
fn plans_conditions_war_tolls_and_daily_totals_found_nothing() {
    let mut world = World::new();
    world.page(
        "p1",
        "2031-05-03",
        &[
            "Six years of fighting killed 400,000.",
            "The office counted 14 cases of fire.",
            "Shelling may resume.",
        ],
    );
    world.say("p1", 0, claim("armed-clash").war_toll(400_000));
    world.say("p1", 1, claim("shelling").day("2031-05-02").total_acts(14));
    world.say("p1", 2, claim("shelling").conditional());
    world.say(
        "p1",
        0,
        claim("killing").when("2025-01-01/2031-05-03").killed(300_000),
    );
    check(&world, &[]);
}

#[test]
fn other_places_other_days_and_other_weapons_stay_apart() {
    let mut world = World::new();
    world.page("p1", "2031-05-06", &["a", "b", "c", "d", "e", "f", "g", "h"]);
    world.page("p2", "2031-05-06", &["i"]);
    world.say("p1", 0, claim("shelling").day("2031-05-02").at("Karsa"));
    world.say("p1", 0, claim("shelling").day("2031-05-02").at("Belmar"));
    world.say("p1", 0, claim("shelling").day("2031-05-04").at("Karsa"));
    world.say("p2", 0, claim("air-strike").day("2031-05-02").at("Karsa"));
    assert_eq!(world.fuse().incidents.len(), 4);
}

#[test]
fn a_general_word_bridges_no_two_weapons() {
    let mut world = World::new();
    world.page("p1", "2031-05-06", &["An attack, an air strike and a car bomb."]);
    for act in ["attack", "air-strike", "car-bomb"] {
        world.say("p1", 0, claim(act).day("2031-05-02").at("Karsa"));
    }
    assert_eq!(world.fuse().incidents.len(), 2);
}

#[test]
fn a_page_across_midnight_names_the_next_day_and_still_means_the_same() {
    let mut world = World::new();
    world.page("p1", "2031-05-03", &["one"]);
    world.page("p2", "2031-05-03", &["two"]);
    world.say(
        "p1",
        0,
        claim("car-bomb")
            .day("2031-05-02")
            .at("Karsa")
            .killed(5)
            .by("Karsa Clinic"),
    );
    world.say(
        "p2",
        0,
        claim("car-bomb")
            .day("2031-05-03")
            .at("Karsa")
            .killed(5)
            .by("Dorra Monitor"),
    );
    check(
        &world,
        &["car-bomb | 2031-05-02/2031-05-03 | Karsa | 5 best 5 | 2"],
    );
    let fused = world.fuse();
    assert_eq!(fused.incidents[0].status.time, Status::Contested);
    assert_eq!(fused.contradictions[0].kind, ContradictionKind::Time);
}

#[test]
fn different_authors_are_a_contradiction_and_the_author_is_contested() {
    let mut world = World::new();
    world.page("p1", "2031-05-03", &["one"]);
    world.page("p2", "2031-05-03", &["two"]);
    world.say(
        "p1",
        0,
        claim("shelling")
            .day("2031-05-02")
            .at("Karsa")
            .initiator("the army", "army")
            .by("Karsa Clinic"),
    );
    world.say(
        "p2",
        0,
        claim("shelling")
            .day("2031-05-02")
            .at("Karsa")
            .initiator("the group", "group")
            .by("Red Ministry"),
    );
    let fused = world.fuse();
    assert_eq!(fused.incidents.len(), 1);
    assert_eq!(fused.incidents[0].status.author, Status::Contested);
    assert_eq!(fused.contradictions[0].kind, ContradictionKind::Role);
}

#[test]
fn a_readout_that_leaves_out_what_the_other_says_is_an_omission_and_no_denial() {
    let mut world = World::new();
    world.page(
        "p1",
        "2031-05-03",
        &[
            "The palace said the call included the zones.",
            "The chancellery made no mention of the zones.",
        ],
    );
    world.say("p1", 0, claim("statement").about("calm-zones").by("the palace"));
    world.say(
        "p1",
        1,
        claim("statement")
            .about("calm-zones")
            .leaves_out()
            .by("the chancellery"),
    );
    let fused = world.fuse();
    assert!(fused.incidents.is_empty());
    assert_eq!(fused.contradictions.len(), 1);
    assert_eq!(fused.contradictions[0].kind, ContradictionKind::Omission);
    assert_eq!(fused.contradictions[0].claims.len(), 2);
}

#[test]
fn acts_fit_by_their_hierarchy_and_by_the_pairs_that_go_together() {
    let acts = acts();
    for (a, b, fit) in [
        ("car-bomb", "explosion", Fit::Kin),
        ("car-bomb", "attack", Fit::Kin),
        ("mortar", "artillery", Fit::Cousin),
        ("suicide-attack", "car-bomb", Fit::Allied),
        ("killing", "mortar", Fit::Allied),
        ("armed-clash", "suicide-attack", Fit::OnePage),
        ("regain", "armed-clash", Fit::OnePage),
        ("air-strike", "car-bomb", Fit::Distinct),
        ("explosion", "artillery", Fit::Allied),
        ("explosion", "air-strike", Fit::Allied),
        ("car-bomb", "artillery", Fit::Distinct),
        ("delivery", "shelling", Fit::Distinct),
    ] {
        assert_eq!(acts.compatible(a, b), fit, "{a} {b}");
        assert_eq!(acts.compatible(b, a), fit, "{b} {a}");
    }
}

#[test]
fn all_faults_of_the_act_tables_come_back_at_once_with_the_nearest_word() {
    let files = [
        (
            "acts.tsv".to_owned(),
            "id\tclass\tparent\nattack\tforce\t\nshelling\tforce\tatack\na\tforce\tb\nb\tforce\ta\n"
                .to_owned(),
        ),
        (
            "acts-together.tsv".to_owned(),
            "a\tb\treach\tmeaning\texample\tsource\nshellin\tattack\tanywere\tm\te\ts\nx\n".to_owned(),
        ),
    ];
    let (_, faults) = Acts::parse(&files);
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.len() >= 5, "{told:#?}");
    assert!(
        told.iter().any(|fault| fault.contains("did you mean \"attack\"")),
        "{told:#?}"
    );
    assert!(
        told.iter()
            .any(|fault| fault.contains("did you mean \"anywhere\"")),
        "{told:#?}"
    );
}

#[test]
fn tolls_of_different_scopes_never_meet() {
    let mut world = World::new();
    world.page("p1", "2031-05-03", &["one"]);
    world.say(
        "p1",
        0,
        claim("shelling")
            .day("2031-05-02")
            .at("Karsa")
            .killed(5)
            .war_toll(400_000),
    );
    let incident = &world.fuse().incidents[0];
    assert_eq!(incident.toll(Metric::Killed).unwrap().range, Count::exactly(5));
}
