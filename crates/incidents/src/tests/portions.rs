//! Taking in page by page gives what fusing everything at once gives, in whatever portions and order: with copies, with
//! blocks larger than all their pairs are looked at, and with rulings.

use super::world::{Says, World, acts, claim};
use crate::{Change, Fusion};
use model::{
    ClaimId, Decision, Document, Fused, Incident, IncidentId, LocatedClaim, Ruling, RulingId, Rulings,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const ACTS: [&str; 6] = [
    "attack",
    "explosion",
    "shelling",
    "mortar",
    "armed-clash",
    "accusation",
];
const TOWNS: [&str; 4] = ["", "Karsa", "Belmar", "Osten"];
const DAYS: [&str; 4] = ["XXXX", "2031-05-01", "2031-05-02", "2031-05-03"];
const SPEAKERS: [&str; 3] = ["", "Dorra Monitor", "Karsa Clinic"];
const TITLES: [&str; 3] = ["", "Shells fall on the market", "A quiet night by the river"];
const SENTENCES: [&str; 8] = [
    "Heavy shells struck the covered market in the old quarter before noon prayers ended.",
    "Heavy rockets struck the covered bazaar in the old quarter before noon prayers ended.",
    "Several vehicles burned near the northern gate after a loud blast, witnesses recalled.",
    "Several cars burned near the northern gate after a loud explosion, witnesses remembered.",
    "The force said fighters stormed a checkpoint and fled toward distant orchards.",
    "It happened again.",
    "Residents counted the dead while rescue crews searched the rubble through the night.",
    "People counted the dead while rescue teams searched the ruins through the night.",
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
    words: usize,
}

fn told(pages: usize) -> impl Strategy<Value = Told> {
    (
        0..pages,
        0..3_usize,
        0..ACTS.len(),
        0..TOWNS.len(),
        0..DAYS.len(),
        0..SPEAKERS.len(),
        0..3_u64,
        0..5_usize,
    )
        .prop_map(|(page, passage, act, town, day, speaker, killed, words)| Told {
            page,
            passage,
            act,
            town,
            day,
            speaker,
            killed,
            words,
        })
}

/// Pages of three sentences each; pages with the same sentences are copies, and some differ in swapped words only.
fn world(texts: &[usize], told: &[Told]) -> World {
    let mut world = World::new();
    for (page, text) in texts.iter().enumerate() {
        let passages: Vec<&str> = (0..3)
            .map(|passage| SENTENCES[(text + 2 * passage) % SENTENCES.len()])
            .collect();
        let published = ["2031-05-02", "2031-05-03", "", "2031-05-04"][page % 4];
        let document = world.page(&format!("p{page}"), published, &passages);
        document.title = Some(TITLES[page % TITLES.len()].to_owned()).filter(|title| !title.is_empty());
        // Bins as a signature has them: pages share as many as they share sentences.
        let bin = |at: usize| crate::wording::fnv(passages[at % 3].bytes().chain([at as u8])) as u32;
        document.signature = (0..96).map(bin).collect();
    }
    let mut last: BTreeMap<usize, ClaimId> = BTreeMap::new();
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
        let quote = world.documents[told.page].passages[told.words % 3].text.clone();
        one = match (told.words, last.get(&told.page)) {
            (1, Some(to)) => one.points_at("the attack", to),
            (2, _) => one.leaves_open("the attack"),
            (3, _) => one.may_mean("the attack", &[&quote]),
            _ => one,
        };
        let id = world.say(&format!("p{}", told.page), told.passage, one);
        last.insert(told.page, id);
    }
    world
}

/// A number of claims decided about, from numbers drawn.
fn rulings(world: &World, drawn: &[(u8, usize, usize)]) -> Rulings {
    let claim = |at: usize| world.claims[at % world.claims.len()].claim.id.clone();
    let list = drawn.iter().enumerate().map(|(at, (kind, a, b))| {
        let (a, b) = (claim(*a), claim(*b));
        let decision = match kind {
            0 => Decision::Same { claims: vec![a, b] },
            1 => Decision::Apart {
                claims: vec![a],
                from: vec![b],
            },
            2 => Decision::Move {
                claim: a,
                to: Some(b),
            },
            3 => Decision::Reject { claims: vec![a] },
            4 => Decision::Refute { claim: a },
            _ => Decision::Accept { claims: vec![a] },
        };
        Ruling {
            id: RulingId::of(&["test", &at.to_string()]),
            decision,
            by: "A".into(),
            made: format!("2031-06-01T10:00:{at:02}Z"),
            because: "seen".into(),
            words: BTreeMap::new(),
        }
    });
    let list = if world.claims.is_empty() {
        Vec::new()
    } else {
        list.collect()
    };
    Rulings {
        list,
        two_people: BTreeSet::new(),
    }
}

/// Pages in an order drawn, each with its claims; of some the claims or the page come later.
fn portions(world: &World, order: &[usize]) -> Vec<(Vec<Document>, Vec<LocatedClaim>)> {
    let mut portions: Vec<(usize, Vec<Document>, Vec<LocatedClaim>)> = Vec::new();
    for (page, document) in world.documents.iter().enumerate() {
        let claims = world
            .claims
            .iter()
            .filter(|located| located.claim.document == document.id);
        let claims: Vec<LocatedClaim> = claims.cloned().collect();
        let drawn = order[page % order.len()];
        match drawn % 5 {
            0 => {
                let later = order[(page + 1) % order.len()];
                portions.push((drawn, vec![document.clone()], Vec::new()));
                portions.push((later, Vec::new(), claims));
            }
            1 => {
                let (some, rest) = claims.split_at(claims.len() / 2);
                portions.push((drawn, vec![document.clone()], some.to_vec()));
                portions.push((order[(page + 1) % order.len()], Vec::new(), rest.to_vec()));
            }
            _ => portions.push((drawn, vec![document.clone()], claims)),
        }
    }
    portions.sort_by_key(|(drawn, ..)| *drawn);
    portions
        .into_iter()
        .map(|(_, documents, claims)| (documents, claims))
        .collect()
}

/// What a reader of the changes holds after each.
fn follow(held: &mut BTreeSet<IncidentId>, change: Change) {
    for id in change.gone {
        assert!(held.remove(&id), "{id} was not held");
    }
    for id in change.come {
        assert!(held.insert(id.clone()), "{id} was held already");
    }
}

fn check(world: &World, rulings: &Rulings, order: &[usize]) {
    let acts = acts();
    let portions = portions(world, order);
    let mut fusion = Fusion::new(&world.outlets, &world.actors, &acts, rulings);
    let mut held = BTreeSet::new();
    let (mut documents, mut claims): (Vec<Document>, Vec<LocatedClaim>) = (Vec::new(), Vec::new());
    for (step, (more_documents, more_claims)) in portions.iter().enumerate() {
        follow(&mut held, fusion.add(more_documents, more_claims));
        documents.extend(more_documents.iter().cloned());
        claims.extend(more_claims.iter().cloned());
        // Halfway is as good as the end.
        if step == portions.len() / 2 || step + 1 == portions.len() {
            let whole = crate::fuse(&claims, &documents, &world.outlets, &world.actors, &acts, rulings);
            same(&fusion.fused(), &whole);
            let ids: BTreeSet<IncidentId> = whole
                .incidents
                .iter()
                .map(|incident| incident.id.clone())
                .collect();
            assert_eq!(held, ids);
        }
    }
    for (more_documents, more_claims) in &portions {
        assert_eq!(
            fusion.add(more_documents, more_claims),
            Change::default(),
            "again changes nothing"
        );
    }
}

#[track_caller]
fn same(found: &Fused, whole: &Fused) {
    let line = |incident: &Incident| format!("{} {}", super::world::line(incident), incident.id);
    let lines = |fused: &Fused| fused.incidents.iter().map(line).collect::<Vec<_>>();
    assert_eq!(lines(found), lines(whole));
    let only = |a: &Fused, b: &Fused| -> Vec<model::OriginLink> {
        a.links
            .iter()
            .filter(|link| !b.links.contains(link))
            .cloned()
            .collect()
    };
    assert_eq!(only(found, whole), only(whole, found));
    assert_eq!(found.notes, whole.notes);
    assert_eq!(found.contradictions, whole.contradictions);
    assert_eq!(found.review, whole.review);
    assert_eq!(found.ruled, whole.ruled);
    for (one, other) in found.incidents.iter().zip(&whole.incidents) {
        assert_eq!(one, other);
    }
    assert_eq!(found, whole);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn page_by_page_gives_what_all_at_once_gives(
        texts in prop::collection::vec(0..8_usize, 8),
        told in prop::collection::vec(told(8), 0..24),
        order in prop::collection::vec(0..1000_usize, 9),
    ) {
        check(&world(&texts, &told), &Rulings::default(), &order);
    }

    #[test]
    fn rulings_hold_page_by_page_as_they_hold_at_once(
        texts in prop::collection::vec(0..8_usize, 6),
        told in prop::collection::vec(told(6), 1..18),
        order in prop::collection::vec(0..1000_usize, 7),
        drawn in prop::collection::vec((0..6_u8, 0..100_usize, 0..100_usize), 1..6),
    ) {
        let world = world(&texts, &told);
        check(&world, &rulings(&world, &drawn), &order);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn blocks_too_large_for_all_their_pairs_change_as_they_would_have_been(
        texts in prop::collection::vec(0..4_usize, 70),
        told in prop::collection::vec(told(70), 120..170),
        order in prop::collection::vec(0..1000_usize, 71),
    ) {
        check(&world(&texts, &told), &Rulings::default(), &order);
    }
}

#[test]
fn a_page_that_is_there_already_changes_nothing() {
    let mut world = World::new();
    world.page("p1", "2031-05-03", &["Shells fell on Karsa."]);
    world.say("p1", 0, claim("shelling").day("2031-05-02").at("Karsa"));
    let (acts, rulings) = (acts(), Rulings::default());
    let mut fusion = Fusion::new(&[], &[], &acts, &rulings);
    let change = fusion.add(&world.documents, &world.claims);
    assert_eq!((change.gone.len(), change.come.len()), (0, 1));
    assert_eq!(fusion.add(&world.documents, &world.claims), Change::default());
}
