//! What people rule goes before every rule of ours, can be taken back, and takes nothing else with it.

use super::world::{Says, World, claim};
use model::{
    ClaimId, Decision, Element, Fused, Incident, Ruled, Ruling, RulingId, Rulings, Standing, Status, Waiting,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Rulings as they came, by whom.
fn rulings(list: &[(&str, Decision)]) -> Rulings {
    let list = list.iter().enumerate().map(|(at, (by, decision))| Ruling {
        id: id(at),
        decision: decision.clone(),
        by: (*by).to_owned(),
        made: format!("2031-06-01T10:00:{at:02}Z"),
        because: "seen".into(),
        words: BTreeMap::new(),
    });
    Rulings {
        list: list.collect(),
        two_people: ["verify".to_owned()].into(),
    }
}

fn id(at: usize) -> RulingId {
    RulingId::of(&["test", &at.to_string()])
}

/// Two shells in one town on one day, told apart by an hour nobody tells; a third in another town; and blame.
fn world() -> (World, [ClaimId; 4]) {
    let mut world = World::new();
    world.page(
        "p1",
        "2031-03-04",
        &["Shells struck the market of Karsa on Monday, the clinic said."],
    );
    world.page(
        "p2",
        "2031-03-04",
        &["A monitor wrote of Monday's fire on a market in Karsa that killed two."],
    );
    world.page(
        "p3",
        "2031-03-04",
        &["Mortar rounds fell on Belmar on Monday and killed four, residents said."],
    );
    world.page(
        "p4",
        "2031-03-04",
        &["The council blamed the Red Ministry for an attack."],
    );
    let shelling = || claim("shelling").day("2031-03-03");
    let first = world.say("p1", 0, shelling().at("Karsa").by("Karsa Clinic"));
    let second = world.say("p2", 0, shelling().at("Karsa").killed(2).by("Dorra Monitor"));
    let third = world.say("p3", 0, claim("mortar").day("2031-03-03").at("Belmar").killed(4));
    let blame = world.say(
        "p4",
        0,
        claim("accusation").target("Red Ministry", "red").by("Council"),
    );
    (world, [first, second, third, blame])
}

fn of<'a>(fused: &'a Fused, claim: &ClaimId) -> &'a Incident {
    let mut all = fused
        .incidents
        .iter()
        .filter(|incident| incident.claims.contains(claim));
    let found = all.next().expect("an incident with this claim");
    assert!(all.next().is_none(), "one claim is in one incident");
    found
}

fn standings(fused: &Fused) -> Vec<Standing> {
    fused.ruled.iter().map(|ruled: &Ruled| ruled.standing).collect()
}

#[test]
fn without_rulings_the_first_two_are_one_and_the_blame_is_about_none() {
    let (world, [first, second, third, blame]) = world();
    let fused = world.fuse();
    assert_eq!(of(&fused, &first).id, of(&fused, &second).id);
    assert_ne!(of(&fused, &first).id, of(&fused, &third).id);
    assert!(
        fused
            .incidents
            .iter()
            .all(|incident| !incident.claims.contains(&blame))
    );
}

#[test]
fn apart_and_same_are_kept_and_undone() {
    let (world, [first, second, third, _]) = world();
    let apart = Decision::Apart {
        claims: vec![first.clone()],
        from: vec![second.clone()],
    };
    let same = Decision::Same {
        claims: vec![first.clone(), third.clone()],
    };
    let fused = world.ruled(&rulings(&[("A", apart.clone()), ("A", same.clone())]));
    assert_ne!(of(&fused, &first).id, of(&fused, &second).id);
    assert_eq!(of(&fused, &first).id, of(&fused, &third).id);
    assert_eq!(
        of(&fused, &first).rulings,
        [id(0), id(1)]
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    );
    let undone = [
        ("A", apart),
        ("A", same),
        ("B", Decision::Undo { ruling: id(0) }),
        ("A", Decision::Undo { ruling: id(1) }),
    ];
    let fused = world.ruled(&rulings(&undone));
    assert_eq!(
        standings(&fused),
        [
            Standing::Undone,
            Standing::Undone,
            Standing::InForce,
            Standing::InForce
        ]
    );
    assert_eq!(fused.incidents, world.fuse().incidents);
}

#[test]
fn an_undo_that_is_undone_restores_the_ruling() {
    let (world, [first, second, ..]) = world();
    let apart = Decision::Apart {
        claims: vec![first.clone()],
        from: vec![second.clone()],
    };
    let list = [
        ("A", apart),
        ("A", Decision::Undo { ruling: id(0) }),
        ("A", Decision::Undo { ruling: id(1) }),
    ];
    let fused = world.ruled(&rulings(&list));
    assert_ne!(of(&fused, &first).id, of(&fused, &second).id);
}

#[test]
fn the_later_of_two_rulings_that_exclude_each_other_holds() {
    let (world, [first, second, third, _]) = world();
    let same = |a: &ClaimId, b: &ClaimId| Decision::Same {
        claims: vec![a.clone(), b.clone()],
    };
    let apart = Decision::Apart {
        claims: vec![second.clone()],
        from: vec![third.clone()],
    };
    // The first two would bring together, through a third, what the last one parts.
    let fused = world.ruled(&rulings(&[
        ("A", same(&second, &first)),
        ("A", same(&first, &third)),
        ("A", apart),
    ]));
    assert_ne!(of(&fused, &second).id, of(&fused, &third).id);
    assert_eq!(
        standings(&fused),
        [Standing::Superseded, Standing::InForce, Standing::InForce]
    );
}

#[test]
fn blame_is_moved_to_the_incident_it_is_about() {
    let (world, [first, _, third, blame]) = world();
    let to = |claim: &ClaimId| Decision::Move {
        claim: blame.clone(),
        to: Some(claim.clone()),
    };
    let fused = world.ruled(&rulings(&[("A", to(&first)), ("A", to(&third))]));
    assert!(of(&fused, &third).claims.contains(&blame));
    assert!(
        of(&fused, &third)
            .attributions
            .iter()
            .any(|one| one.label == "Red Ministry")
    );
    assert_eq!(standings(&fused), [Standing::Superseded, Standing::InForce]);
}

#[test]
fn nothing_rests_on_a_claim_that_is_rejected_nor_on_its_copies() {
    let (world, [first, second, ..]) = world();
    let world = world.with_copy_of("p2", "p2-copied");
    let fused = world.ruled(&rulings(&[(
        "A",
        Decision::Reject {
            claims: vec![second.clone()],
        },
    )]));
    assert_eq!(of(&fused, &first).claims, std::slice::from_ref(&first));
    assert!(
        fused
            .incidents
            .iter()
            .all(|incident| !incident.claims.contains(&second))
    );
    assert_eq!(fused.rejected.len(), 2, "the claim and its copy");
}

#[test]
fn verified_needs_two_people_where_the_policy_says_so() {
    let (world, [first, second, ..]) = world();
    let verify = |claim: &ClaimId| Decision::Verify {
        claim: claim.clone(),
        element: Element::Toll,
    };
    let twice_one = world.ruled(&rulings(&[("A", verify(&second)), ("A", verify(&second))]));
    assert_eq!(of(&twice_one, &first).status.toll, Status::Reported);
    assert_eq!(standings(&twice_one), [Standing::Pending, Standing::Pending]);
    assert_eq!(twice_one.review[0].waiting[0], Waiting::SecondPerson);
    let by_two = world.ruled(&rulings(&[("A", verify(&second)), ("B", verify(&second))]));
    assert_eq!(of(&by_two, &first).status.toll, Status::Verified);
    assert_eq!(standings(&by_two), [Standing::InForce, Standing::InForce]);
    // The claim tells no toll: the ruling has no effect, and a note says so.
    let nothing = world.ruled(&rulings(&[("A", verify(&first)), ("B", verify(&first))]));
    assert_eq!(standings(&nothing), [Standing::NoEffect, Standing::NoEffect]);
    assert!(nothing.notes.iter().any(|note| note.what.contains("no effect")));
}

#[test]
fn grades_are_a_persons_and_the_newest_holds() {
    let (world, [first, ..]) = world();
    let ungraded = world.fuse();
    assert!(
        of(&ungraded, &first)
            .origins
            .iter()
            .all(|origin| origin.reliability == 'F')
    );
    assert_eq!(
        (of(&ungraded, &first).credibility, of(&ungraded, &first).grade()),
        (6, "fair")
    );
    let grade = |letter| Decision::Grade {
        source: "karsa clinic".into(),
        reliability: letter,
    };
    let credit = Decision::Credit {
        claim: first.clone(),
        credibility: 2,
    };
    let fused = world.ruled(&rulings(&[("A", grade('D')), ("A", grade('B')), ("A", credit)]));
    let graded = of(&fused, &first)
        .origins
        .iter()
        .find(|origin| origin.label == "Karsa Clinic");
    assert_eq!(graded.map(|origin| origin.reliability), Some('B'));
    assert_eq!(of(&fused, &first).credibility, 2);
    assert_eq!(
        standings(&fused),
        [Standing::Superseded, Standing::InForce, Standing::InForce]
    );
    let refuted = world.ruled(&rulings(&[("A", Decision::Refute { claim: first.clone() })]));
    assert_eq!(
        (
            of(&refuted, &first).status.occurrence,
            of(&refuted, &first).grade()
        ),
        (Status::Refuted, "discounted")
    );
}

#[test]
fn a_claim_that_is_read_anew_is_found_by_its_words() {
    let (world, [first, second, ..]) = world();
    let mut list = rulings(&[(
        "A",
        Decision::Reject {
            claims: vec![ClaimId::of(&["as it was read once"])],
        },
    )]);
    let told = world.claims.iter().find(|it| it.claim.id == second).unwrap();
    let words = (told.claim.document.clone(), told.claim.quote.clone());
    let fused = world.ruled(&list);
    assert_eq!(standings(&fused), [Standing::NoEffect]);
    list.list[0]
        .words
        .insert(ClaimId::of(&["as it was read once"]), words);
    let fused = world.ruled(&list);
    assert_eq!(standings(&fused), [Standing::InForce]);
    assert_eq!(of(&fused, &first).claims, std::slice::from_ref(&first));
}

#[test]
fn what_was_read_over_leaves_the_queue_until_it_changes() {
    let (world, [first, second, third, blame]) = world();
    assert_eq!(world.fuse().review.len(), 3);
    let accept = |claims: &[&ClaimId]| Decision::Accept {
        claims: claims.iter().copied().cloned().collect(),
    };
    let all = rulings(&[("A", accept(&[&first, &second, &third, &blame]))]);
    assert_eq!(world.ruled(&all).review, []);
    // A copy of what was read over is no news; another account is.
    assert_eq!(world.with_copy_of("p1", "p1-copied").ruled(&all).review, []);
    let mut more = world.clone();
    more.page(
        "p9",
        "2031-03-04",
        &["Officials in Karsa spoke of a bombardment on Monday with nine dead."],
    );
    more.say(
        "p9",
        0,
        claim("shelling")
            .day("2031-03-03")
            .at("Karsa")
            .killed(9)
            .by("Officials of Karsa"),
    );
    let waiting = more.ruled(&all).review;
    assert_eq!(waiting.len(), 1);
    assert!(waiting[0].waiting.contains(&Waiting::Changed));
}

#[test]
fn what_is_archived_is_kept_marked_and_out_of_the_queue_until_something_new_is_told() {
    let (world, [first, second, third, _]) = world();
    let archive = |claims: &[&ClaimId]| Decision::Archive {
        claims: claims.iter().copied().cloned().collect(),
    };
    let fused = world.ruled(&rulings(&[("A", archive(&[&first, &second]))]));
    let plain = world.fuse();
    let incident = of(&fused, &first);
    assert!(incident.archived && !of(&fused, &third).archived);
    assert_eq!(
        incident.claims,
        of(&plain, &first).claims,
        "nothing of it is lost"
    );
    assert_eq!(incident.rulings, [id(0)]);
    assert!(
        incident
            .because
            .iter()
            .any(|why| why.words.contains("archived") && why.words.contains("\"seen\""))
    );
    let waits = |fused: &Fused| fused.review.iter().any(|item| item.claims.contains(&first));
    assert!(waits(&plain) && !waits(&fused));
    // One of its accounts is not enough: the other was not looked at.
    let half = world.ruled(&rulings(&[("A", archive(&[&first]))]));
    assert!(!of(&half, &first).archived);
    assert_eq!(standings(&half), [Standing::NoEffect]);
    // A copy is nothing new; another account brings it back, into the queue too, and a note says so.
    let copied = world.with_copy_of("p1", "p1-copied");
    assert!(
        of(
            &copied.ruled(&rulings(&[("A", archive(&[&first, &second]))])),
            &first
        )
        .archived
    );
    let mut more = world.clone();
    more.page(
        "p9",
        "2031-03-04",
        &["Officials in Karsa spoke of a bombardment on Monday with nine dead."],
    );
    let ninth = claim("shelling").day("2031-03-03").at("Karsa").killed(9);
    let ninth = more.say("p9", 0, ninth.by("Officials of Karsa"));
    let list = [("A", archive(&[&first, &second]))];
    let back = more.ruled(&rulings(&list));
    assert_eq!(of(&back, &first).id, of(&back, &ninth).id);
    assert!(!of(&back, &first).archived);
    assert_eq!(standings(&back), [Standing::NoEffect]);
    assert!(back.notes.iter().any(|note| note.what.contains("shown again")));
    let item = back
        .review
        .iter()
        .find(|item| item.claims.contains(&ninth))
        .unwrap();
    assert!(item.waiting.contains(&Waiting::Changed));
    // And an undo brings back everything as it was.
    let undone = [list[0].clone(), ("B", Decision::Undo { ruling: id(0) })];
    let undone = world.ruled(&rulings(&undone));
    assert_eq!((undone.incidents, undone.review), (plain.incidents, plain.review));
}

/// Four accounts that our rules hold to be one shelling.
fn four() -> (World, Vec<ClaimId>) {
    let mut world = World::new();
    let words = [
        (
            "Shells struck the market of Karsa on Monday, the clinic said.",
            "Karsa Clinic",
        ),
        (
            "A monitor wrote of Monday's fire on a market in Karsa.",
            "Dorra Monitor",
        ),
        (
            "Residents of Karsa told of a bombardment on Monday.",
            "residents of Karsa",
        ),
        (
            "The town council of Karsa counted shells on Monday.",
            "Karsa Council",
        ),
    ];
    let mut claims = Vec::new();
    for (at, (words, by)) in words.into_iter().enumerate() {
        let page = format!("p{at}");
        world.page(&page, "2031-03-04", &[words]);
        let told = claim("shelling").day("2031-03-03").at("Karsa").by(by);
        claims.push(world.say(&page, 0, told));
    }
    (world, claims)
}

#[test]
fn one_decision_parts_an_incident_into_any_number_and_one_undo_takes_it_back() {
    let (world, claims) = four();
    let plain = world.fuse();
    assert_eq!(plain.incidents.len(), 1);
    let group = |at: &[usize]| at.iter().map(|at| claims[*at].clone()).collect::<Vec<_>>();
    let split = |groups: &[&[usize]]| Decision::Split {
        groups: groups.iter().map(|at| group(at)).collect(),
    };
    let fused = world.ruled(&rulings(&[("A", split(&[&[0, 3], &[1], &[2]]))]));
    assert_eq!(standings(&fused), [Standing::InForce]);
    assert_eq!(fused.incidents.len(), 3);
    assert_eq!(of(&fused, &claims[0]).id, of(&fused, &claims[3]).id);
    assert_ne!(of(&fused, &claims[1]).id, of(&fused, &claims[2]).id);
    assert!(fused.incidents.iter().all(|incident| incident.rulings == [id(0)]));
    let copied = world.with_copy_of("p1", "p1-copied");
    let with_copy = copied.ruled(&rulings(&[("A", split(&[&[0, 3], &[1], &[2]]))]));
    assert_eq!(
        of(&with_copy, &claims[1]).claims.len(),
        2,
        "a copy goes with its words"
    );
    // A later decision about two of the groups holds against it, and only there.
    let same = Decision::Same {
        claims: group(&[1, 2]),
    };
    let joined = world.ruled(&rulings(&[("A", split(&[&[0, 3], &[1], &[2]])), ("A", same)]));
    assert_eq!(joined.incidents.len(), 2);
    assert_eq!(standings(&joined), [Standing::InForce, Standing::InForce]);
    let undone = [
        ("A", split(&[&[0], &[1], &[2], &[3]])),
        ("B", Decision::Undo { ruling: id(0) }),
    ];
    assert_eq!(world.ruled(&rulings(&undone[..1])).incidents.len(), 4);
    assert_eq!(world.ruled(&rulings(&undone)).incidents, plain.incidents);
}

#[test]
fn copies_of_the_same_words_are_not_parted_and_blame_goes_with_its_group() {
    let (world, claims) = four();
    let copied = world.with_copy_of("p1", "p1-copied");
    let copy = copied
        .claims
        .iter()
        .map(|it| &it.claim.id)
        .find(|id| !claims.contains(id));
    let split = Decision::Split {
        groups: vec![
            vec![claims[1].clone()],
            vec![copy.unwrap().clone(), claims[0].clone()],
        ],
    };
    let fused = copied.ruled(&rulings(&[("A", split)]));
    assert_eq!(standings(&fused), [Standing::NoEffect]);
    assert!(fused.ruled[0].why.contains("copies of the same words"));

    let (world, [first, second, third, blame]) = self::world();
    let split = |groups: &[&[&ClaimId]]| Decision::Split {
        groups: groups
            .iter()
            .map(|group| group.iter().copied().cloned().collect())
            .collect(),
    };
    let with = world.ruled(&rulings(&[(
        "A",
        split(&[&[&first], &[&blame, &second], &[&third]]),
    )]));
    assert!(of(&with, &second).claims.contains(&blame));
    assert_ne!(of(&with, &first).id, of(&with, &second).id);
    let alone = [
        ("A", split(&[&[&first], &[&blame, &second], &[&third]])),
        ("A", split(&[&[&first, &second], &[&blame]])),
    ];
    let alone = world.ruled(&rulings(&alone));
    assert!(
        alone
            .incidents
            .iter()
            .all(|incident| !incident.claims.contains(&blame))
    );
    assert_eq!(of(&alone, &first).id, of(&alone, &second).id);
}

/// A day so many days after the first of 1901.
fn day(number: i64) -> String {
    model::add_days(jiff::civil::date(1901, 1, 1), number).to_string()
}

#[test]
fn ten_thousand_reports_of_nobody_known_do_not_bury_twenty() {
    let mut world = World::new();
    for outlet in 0..4 {
        let name = format!("outlet-{outlet}");
        world
            .outlets
            .push(super::origins::outlet(&name, &name, "agency", None));
    }
    for number in 0..10_000 {
        let page = format!("junk{number}");
        world.page(
            &page,
            "2031-03-04",
            &[&format!(
                "Terrible attack number {number} they hide from you happened."
            )],
        );
        world.say(&page, 0, claim("attack").day(&day(3 * number)).killed(900));
    }
    for number in 0..20 {
        let page = format!("good{number}");
        world
            .page(
                &page,
                "2031-03-04",
                &[&format!(
                    "Mortar rounds hit house {number} of the row, the clinic wrote."
                )],
            )
            .outlet = Some(format!("outlet-{}", number % 4).as_str().into());
        world.say(&page, 0, claim("mortar").day(&day(31 + 50 * number)));
    }
    let review = world.fuse().review;
    let good = |item: &model::ReviewItem| item.group != "unlisted";
    assert_eq!(
        (review.len(), review.iter().filter(|item| good(item)).count()),
        (10_020, 20)
    );
    let last = review.iter().rposition(good).unwrap();
    // Four groups of five and one of junk: twenty-five turns, at ten seconds each well within the hour.
    assert!(last < 25, "the last of the twenty stands at {last}");
}

fn decision(claims: Vec<ClaimId>) -> impl Strategy<Value = Decision> {
    let one = prop::sample::select(claims.clone());
    let some = prop::sample::subsequence(claims, 1..3);
    (0..9_u8, one, some.clone(), some, 0..4_usize).prop_map(|(kind, one, some, others, at)| match kind {
        0 => Decision::Same {
            claims: some.into_iter().chain([one]).collect(),
        },
        1 => Decision::Apart {
            claims: some,
            from: others,
        },
        2 => Decision::Move {
            claim: one,
            to: others.first().cloned(),
        },
        3 => Decision::Reject { claims: some },
        4 => Decision::Accept { claims: some },
        6 => Decision::Archive { claims: some },
        7 => Decision::Split {
            groups: vec![some, others, vec![one]],
        },
        5 => Decision::Verify {
            claim: one,
            element: Element::ALL[at].0,
        },
        _ => Decision::Undo { ruling: id(at) },
    })
}

proptest! {
    /// Whatever is ruled: the order of pages changes nothing, no account is lost save those rejected, and taking
    /// everything back restores what was.
    #[test]
    fn rulings_keep_the_laws(list in prop::collection::vec(decision(world().1.to_vec()), 0..8), by in prop::collection::vec(0..2_usize, 8)) {
        let (world, claims) = world();
        let list: Vec<(&str, Decision)> = list.into_iter().zip(by).map(|(decision, by)| (["A", "B"][by], decision)).collect();
        let fused = world.ruled(&rulings(&list));
        let mut turned = world.clone();
        turned.claims.reverse();
        turned.documents.reverse();
        prop_assert_eq!(&turned.ruled(&rulings(&list)), &fused);
        for claim in &claims[..3] {
            let told = fused.incidents.iter().filter(|incident| incident.claims.contains(claim)).count();
            prop_assert_eq!(told, usize::from(!fused.rejected.contains(claim)));
        }
        let mut undone = list.clone();
        for at in (0..list.len()).filter(|at| !matches!(list[*at].1, Decision::Undo { .. })) {
            undone.push(("A", Decision::Undo { ruling: id(at) }));
        }
        prop_assert_eq!(world.ruled(&rulings(&undone)).incidents, world.fuse().incidents);
    }
}
