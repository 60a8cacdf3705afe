//! Promises about names: what kind of thing a mention stands for, and names in letters that only look right.

use super::{lexicon, page};
use crate::{EntityKind, entities, extract};
use model::Resolution;

fn kinds(text: &str) -> Vec<(String, EntityKind)> {
    let found = entities(&page(&[text], "2017-05-08"), lexicon());
    found
        .into_iter()
        .map(|entity| (entity.words, entity.kind))
        .collect()
}

#[test]
fn mentions_say_what_they_stand_for() {
    let found = kinds("Two militants fired a rocket at a hospital in Karsanta, General Harun Velid said.");
    let has = |words: &str, kind| {
        found
            .iter()
            .any(|(own, own_kind)| own.contains(words) && *own_kind == kind)
    };
    assert!(has("militants", EntityKind::Organisation), "{found:?}");
    assert!(has("rocket", EntityKind::Weapon), "{found:?}");
    assert!(has("hospital", EntityKind::Place), "{found:?}");
    assert!(has("Karsanta", EntityKind::Place), "{found:?}");
    assert!(has("Velid", EntityKind::Person), "{found:?}");
}

#[test]
fn spans_of_mentions_are_the_words_of_the_page() {
    let text = "Troops of the Norland army shelled the old town of Karsa, the governor said.";
    let found = entities(&page(&[text], "2017-05-08"), lexicon());
    assert!(!found.is_empty());
    for entity in found {
        assert_eq!(
            text.get(entity.span.start..entity.span.end),
            Some(entity.words.as_str())
        );
    }
}

#[test]
fn a_name_in_letters_that_only_look_right_is_a_candidate_with_a_note() {
    // The first letter of the place and the "e" of the actor are Cyrillic.
    let text = "Shells hit \u{410}zaz on Sunday. Th\u{435} Islamic Stat\u{435} said nothing.";
    let read = extract(&page(&[text], "2017-05-08"), lexicon());
    assert!(
        read.notes
            .iter()
            .any(|note| note.what.contains("looks like \"azaz\"")),
        "{:?}",
        read.notes
    );
    let state: Vec<_> = read
        .mentions
        .iter()
        .filter(|mention| mention.label.contains("Stat\u{435}"))
        .collect();
    assert!(!state.is_empty());
    assert!(
        state
            .iter()
            .all(|mention| matches!(mention.actor, Resolution::Candidates(_))),
        "{state:?}"
    );
    let plain = extract(&page(&["Shells hit Azaz on Sunday."], "2017-05-08"), lexicon());
    assert!(plain.notes.is_empty(), "{:?}", plain.notes);
}

#[test]
fn a_name_in_its_own_script_is_no_disguise() {
    let text = "Shells hit \u{410}\u{437}\u{430}\u{437} on Sunday, residents said.";
    let read = extract(&page(&[text], "2017-05-08"), lexicon());
    assert!(read.notes.is_empty(), "{:?}", read.notes);
}

fn actors_of(text: &[&str], label: &str) -> Vec<Resolution<model::ActorId>> {
    let read = extract(&page(text, "2017-05-08"), lexicon());
    let own = read
        .mentions
        .into_iter()
        .filter(|mention| mention.label.trim_start_matches("The ") == label);
    own.map(|mention| mention.actor).collect()
}

#[test]
fn an_acronym_before_its_expansion_is_the_same_actor() {
    let text = [
        "Observers of the XQZ (the High Negotiations Committee) left on Sunday.",
        "The XQZ said nothing.",
    ];
    let found = actors_of(&text, "XQZ");
    assert!(!found.is_empty());
    assert!(found.iter().all(|actor| actor.resolved().is_some()), "{found:?}");
}

#[test]
fn a_short_name_of_two_known_actors_keeps_both_as_candidates() {
    let text = [
        "The High Negotiations Committee met the International Committee of the Red Cross on Sunday.",
        "The Committee said nothing.",
    ];
    let found = actors_of(&text, "Committee");
    assert!(!found.is_empty());
    assert!(
        found
            .iter()
            .all(|actor| matches!(actor, Resolution::Candidates(both) if both.len() >= 2)),
        "{found:?}"
    );
}
