//! Origins: pages that go back to one root are one origin, however many they are.

use super::world::{Says, World, claim};
use model::{Actor, LinkKind, Outlet, Status, Ternary};

pub(super) fn outlet(id: &str, family: &str, class: &str, interest: Option<&str>) -> Outlet {
    Outlet {
        id: id.into(),
        name: id.to_owned(),
        names: vec![],
        hosts: vec![],
        class: class.to_owned(),
        family: family.to_owned(),
        interest: interest.map(Into::into),
        republishes: vec![],
        credits: vec![],
        reliability: 'F',
        source: "test".into(),
    }
}

pub(super) fn actor(id: &str, kind: &str, side: &str) -> Actor {
    Actor {
        id: id.into(),
        name: id.to_owned(),
        kind: kind.to_owned(),
        side: side.to_owned(),
        member_of: vec![],
        backers: vec![],
        source: "test".into(),
    }
}

/// Pages written apart, each with a sentence of its own about one shelling.
fn pages(count: usize) -> World {
    let mut world = World::new();
    let texts = [
        "Guns were heard all morning along the river.",
        "Residents hid while shells fell nearby again.",
        "Nothing stayed whole after yesterday's bombardment.",
        "Smoke rose over the market by noon.",
    ];
    for (number, text) in texts.iter().enumerate().take(count) {
        world.page(&format!("p{number}"), "2031-05-03", &[text]);
    }
    world
}

fn shells() -> model::LocatedClaim {
    claim("shelling").day("2031-05-02").at("Karsa")
}

#[track_caller]
fn check(world: &World, origins: usize, occurrence: Status) -> model::Incident {
    let mut fused = world.fuse();
    assert_eq!(fused.incidents.len(), 1);
    let incident = fused.incidents.remove(0);
    assert_eq!(incident.origins.len(), origins, "{:#?}", incident.origins);
    assert_eq!(incident.status.occurrence, occurrence);
    incident
}

#[test]
fn two_pages_that_quote_one_speaker_are_one_origin() {
    let mut world = pages(2);
    world.say("p0", 0, shells().by("the Monitor of Dorra"));
    world.say("p1", 0, shells().by("Monitor of Dorra"));
    let incident = check(&world, 1, Status::Reported);
    assert_eq!(incident.origins[0].links[0].kind, LinkKind::SameSpeaker);
}

#[test]
fn a_body_that_is_read_in_part_is_one_speaker_under_its_whole_name_and_two_bodies_stay_two() {
    let sources = |first: &str, second: &str| {
        let mut world = World::new();
        for (page, sentence) in [("p0", first), ("p1", second)] {
            world.page(page, "2031-05-03", &[sentence]);
            world.say(page, 0, shells().by("Brigade"));
        }
        world
    };
    let one = sources(
        "The Second Coastal Brigade said shells fell on Karsa.",
        "Shells fell on Karsa on Monday, according to the Second Coastal Brigade.",
    );
    assert_eq!(
        check(&one, 1, Status::Reported).origins[0].label,
        "Second Coastal Brigade"
    );
    let two = sources(
        "The Second Coastal Brigade said shells fell on Karsa.",
        "The Third Mountain Brigade told that its men had heard shells over Karsa.",
    );
    check(&two, 2, Status::Corroborated);
}

#[test]
fn a_page_with_swapped_words_is_a_copy_and_a_page_with_the_same_facts_is_not() {
    let told =
        "A shell hit the old mill in Karsa on Monday and killed three people who were waiting for flour.";
    let swapped =
        "A missile struck the old mill in Karsa on Monday and slew three persons who were queuing for flour.";
    let own = "Three people died in Karsa on Monday: they stood in line for flour when a shell came down on the mill.";
    for (other, origins, status) in [(swapped, 1, Status::Reported), (own, 2, Status::Corroborated)] {
        let mut world = World::new();
        world.page("p0", "2031-05-03", &[told]);
        world.page("p1", "2031-05-03", &[other]);
        for page in ["p0", "p1"] {
            world.say(page, 0, shells());
        }
        check(&world, origins, status);
    }
}

#[test]
fn pages_of_one_family_or_one_credited_agency_are_one_origin_and_others_are_not() {
    let mut world = pages(4);
    world.outlets = vec![
        outlet("morning", "press house", "newspaper", None),
        outlet("evening", "press house", "newspaper", None),
        outlet("wire", "wire", "agency", None),
    ];
    for (page, outlet) in [(0, "morning"), (1, "evening")] {
        world.documents[page].outlet = Some(outlet.into());
    }
    for page in [2, 3] {
        world.documents[page].credits = vec!["wire".into()];
    }
    for page in ["p0", "p1", "p2", "p3"] {
        world.say(page, 0, shells());
    }
    let incident = check(&world, 2, Status::Corroborated);
    let kinds: Vec<LinkKind> = incident
        .origins
        .iter()
        .map(|origin| origin.links[0].kind)
        .collect();
    assert_eq!(kinds, [LinkKind::SameFamily, LinkKind::SameAgency]);
}

#[test]
fn a_page_that_cites_a_wire_and_the_wire_itself_are_one_origin() {
    let mut world = pages(2);
    world.outlets = vec![outlet("wire", "wire", "agency", None)];
    world.documents[1].outlet = Some("wire".into());
    world.say("p0", 0, shells().by("wire"));
    world.say("p1", 0, shells());
    let incident = check(&world, 1, Status::Reported);
    assert_eq!(incident.origins[0].links[0].kind, LinkKind::Cites);
    assert_eq!(incident.origins[0].independent, Ternary::Yes);
}

#[test]
fn pages_with_one_headline_and_different_text_are_linked_and_not_counted_twice() {
    let mut world = pages(2);
    for document in &mut world.documents {
        document.title = Some("Shells fall on Karsa again".into());
    }
    world.say("p0", 0, shells());
    world.say("p1", 0, shells());
    let incident = check(&world, 1, Status::Reported);
    assert_eq!(incident.documents.len(), 2);
    assert_eq!(incident.origins[0].links[0].kind, LinkKind::SameTitle);
    assert!(
        world
            .fuse()
            .links
            .iter()
            .all(|link| link.kind == LinkKind::SameTitle)
    );
}

#[test]
fn a_sentence_with_swapped_words_is_still_the_same_text() {
    let mut world = World::new();
    world.page(
        "p0",
        "2031-05-03",
        &["Gunners shelled the covered market of Karsa shortly before noon prayers, wounding dozens."],
    );
    world.page(
        "p1",
        "2031-05-03",
        &["Gunners shelled the covered bazaar of Karsa shortly before noon prayers, wounding dozens."],
    );
    world.say("p0", 0, shells());
    world.say("p1", 0, shells());
    let incident = check(&world, 1, Status::Reported);
    assert_eq!(incident.origins[0].links[0].kind, LinkKind::SameText);
}

#[test]
fn two_bodies_of_one_side_are_two_origins_and_one_voice() {
    let mut world = pages(2);
    world.actors = vec![
        actor("army", "state-forces", "red"),
        actor("ministry", "state", "red"),
    ];
    for (page, speaker) in [("p0", "army"), ("p1", "ministry")] {
        let mut said = shells().by(speaker);
        said.claim.sources.last_mut().unwrap().actor = model::Resolution::Resolved(speaker.into());
        world.say(page, 0, said);
    }
    let incident = check(&world, 2, Status::Reported);
    assert_eq!(incident.independent_origins(), 0);
    assert!(
        incident
            .origins
            .iter()
            .all(|origin| origin.independent == Ternary::No)
    );
}

#[test]
fn people_without_a_name_whom_a_page_quotes_are_its_own_witnesses() {
    let mut world = pages(3);
    world.outlets = vec![outlet("wire", "wire", "agency", None)];
    for page in [0, 1] {
        world.documents[page].credits = vec!["wire".into()];
    }
    world.say("p0", 0, shells().by("a hospital official"));
    world.say("p1", 0, shells().by("residents"));
    world.say("p2", 0, shells().by("Dorra Monitor"));
    let incident = check(&world, 2, Status::Corroborated);
    let labels: Vec<&str> = incident
        .origins
        .iter()
        .map(|origin| origin.label.as_str())
        .collect();
    assert_eq!(labels, ["Dorra Monitor", "wire"]);
}

#[test]
fn what_a_sentence_tells_is_its_only_speakers_word() {
    let mut world = World::new();
    world.page(
        "p0",
        "2031-05-03",
        &[
            "Footage by Karsa Media Centre shows shells hitting Karsa.",
            "Dorra Monitor said shells hit Karsa.",
        ],
    );
    world.say("p0", 0, claim("statement").by("Karsa Media Centre"));
    world.say("p0", 0, shells());
    world.say("p0", 1, shells().by("Dorra Monitor"));
    check(&world, 2, Status::Corroborated);
}

#[test]
fn a_page_that_names_its_source_has_no_voice_of_its_own() {
    let mut world = World::new();
    world.page(
        "p0",
        "2031-05-03",
        &["Shells hit Karsa.", "The monitor said shells hit Karsa."],
    );
    world.say("p0", 0, shells());
    world.say("p0", 1, shells().by("Dorra Monitor"));
    let incident = check(&world, 1, Status::Reported);
    assert_eq!(incident.origins[0].label, "Dorra Monitor");
}

#[test]
fn a_state_outlet_is_not_independent_and_an_unknown_page_is_undetermined() {
    let mut world = pages(2);
    world.outlets = vec![outlet("gazette", "gazette", "state", Some("ministry"))];
    world.documents[0].outlet = Some("gazette".into());
    world.say("p0", 0, shells());
    world.say("p1", 0, shells());
    let incident = check(&world, 2, Status::Corroborated);
    let answers: Vec<Ternary> = incident.origins.iter().map(|origin| origin.independent).collect();
    assert_eq!(answers, [Ternary::No, Ternary::Undetermined]);
}

#[test]
fn five_hundred_copies_are_one_origin() {
    let mut world = pages(1);
    world.say("p0", 0, shells().killed(3));
    let mut copies = world.clone();
    for number in 0..500 {
        copies = if number == 0 {
            world.with_copy_of("p0", "c0")
        } else {
            copies
        };
        let one = world.with_copy_of("p0", &format!("c{number}"));
        if number > 0 {
            copies.documents.extend(one.documents.into_iter().skip(1));
            copies.claims.extend(one.claims.into_iter().skip(1));
        }
    }
    let incident = check(&copies, 1, Status::Reported);
    assert_eq!(incident.documents.len(), 501);
    assert_eq!(incident.claims.len(), 501);
}

#[test]
fn a_headline_has_no_witness_that_its_text_does_not_name() {
    let mut world = World::new();
    let page = world.page(
        "p1",
        "2031-03-04",
        &[
            "At least five killed by shells in Karsa: monitor",
            "Shells killed at least five people in Karsa on Monday, the Dorra Monitor said.",
        ],
    );
    page.passages[0].kind = model::PassageKind::Title;
    let mut headline = claim("shelling")
        .day("2031-03-03")
        .at("Karsa")
        .killed_at_least(5)
        .by("monitor");
    for link in headline.claim.sources.iter_mut().skip(1) {
        link.kind = model::SourceKind::Unnamed;
    }
    world.say("p1", 0, headline);
    let text = claim("shelling").day("2031-03-03").at("Karsa").killed_at_least(5);
    world.say("p1", 1, text.by("Dorra Monitor"));
    check(&world, 1, Status::Reported);
}
