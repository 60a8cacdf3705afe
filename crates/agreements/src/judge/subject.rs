//! Is the term about such an act? A term that does not speak of the act's kind is never asked; what may stay
//! open is whether the text says what the term says, and whether the means is one that the text names.

use super::{Matter, Outcome};
use crate::words;
use model::Ternary;

/// Whether it was done with a weapon that the term names; an account that tells no weapon leaves it open.
fn by_weapon(matter: Matter<'_>) -> Ternary {
    let named = &matter.term.limits.weapons;
    if named.is_empty() || named.iter().any(|word| word == matter.act.id.as_str()) {
        Ternary::Yes
    } else if matter.weapon.is_empty() {
        Ternary::Undetermined
    } else {
        let word_in = |word: &String| has_word(matter.weapon, word);
        Ternary::from(named.iter().any(word_in))
    }
}

/// Whether a text holds a word, or several in a row, at the beginning of a word; a plural ending may follow.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].trim_start_matches('s').chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

pub(super) fn answer(matter: Matter<'_>) -> Ternary {
    let settled = match matter.term.unsettled.is_empty() {
        true => Ternary::Yes,
        false => Ternary::Undetermined,
    };
    settled.and(by_weapon(matter))
}

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let (act, term) = (matter.act, matter.term);
    let how = if term.acts.contains(&act.id) {
        "by name"
    } else {
        "by its class"
    };
    let weapons = words::list(&term.limits.weapons);
    let (words, open) = match (by_weapon(matter), term.unsettled.is_empty()) {
        (Ternary::No, _) => (
            format!(
                "It was done with \"{}\"; the term is about {weapons}.",
                matter.weapon
            ),
            String::new(),
        ),
        (_, false) => (
            format!(
                "Whether the agreement covers an act such as \"{}\" is undetermined: {}",
                act.id, term.unsettled
            ),
            format!("Does the text cover an act such as \"{}\"?", act.id),
        ),
        (Ternary::Undetermined, true) => (
            format!("No account says with what it was done; the term is about {weapons}."),
            format!("Was it done with one of these: {weapons}?"),
        ),
        (Ternary::Yes, true) => (
            format!(
                "The act is \"{}\"; the term \"{}\" covers it {how}.",
                act.id, term.id
            ),
            String::new(),
        ),
    };
    let mut outcome = Outcome::new(answer(matter), words, open)
        .input(format!(
            "Act of the incident: {} ({}).",
            act.id,
            act.class.as_str()
        ))
        .input(format!(
            "Term \"{}\": {} ({}).",
            term.id,
            term.words.trim_end_matches('.'),
            term.cites
        ));
    if !matter.weapon.is_empty() {
        outcome = outcome.input(format!("Means: {}.", matter.weapon));
    }
    outcome
}
