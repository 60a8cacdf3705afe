//! How dates, times and lists are put in sentences for readers.

use jiff::civil::Date;
use model::{Actor, ActorId, Edtf, Metres, Resolution, Ternary};
use std::collections::BTreeMap;

/// A day for readers: "4 May 2017".
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A time for readers, to follow "it happened".
pub(crate) fn when(time: &Edtf) -> String {
    let mut words = match (time.earliest(), time.latest()) {
        (None, None) => "at a time that nobody tells".to_owned(),
        (Some(a), Some(b)) if a == b => format!("on {}", day(a)),
        (Some(a), Some(b)) => format!("between {} and {}", day(a), day(b)),
        (Some(a), None) => format!("on or after {}", day(a)),
        (None, Some(b)) => format!("on or before {}", day(b)),
    };
    if time.approximate {
        words.push_str(", approximately");
    }
    if time.uncertain {
        words.push_str(", which is uncertain");
    }
    words
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// The actor's neutral name, or its label in quotation marks when nobody known is meant.
pub(crate) fn actor_name(
    actor: &Resolution<ActorId>,
    label: &str,
    actors: &BTreeMap<&str, &Actor>,
) -> String {
    match actor.resolved() {
        Some(id) => known_name(id, actors),
        None => format!("\"{label}\""),
    }
}

/// The neutral name of an actor key; the key itself when it is not known.
pub(crate) fn known_name(id: &ActorId, actors: &BTreeMap<&str, &Actor>) -> String {
    actors
        .get(id.as_str())
        .map_or_else(|| id.as_str().to_owned(), |actor| actor.name.clone())
}

/// What all answers agree on; undetermined when they differ or there are none.
pub(crate) fn agreed(answers: impl IntoIterator<Item = Ternary>) -> Ternary {
    let mut answers = answers.into_iter();
    match answers.next() {
        Some(first) if answers.all(|answer| answer == first) => first,
        _ => Ternary::Undetermined,
    }
}

/// The text with its first letter large, to begin a sentence.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Whole metres; the uncertainty of any site is larger than one.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a length on the globe is far below 2^53 metres"
)]
pub(crate) fn whole_metres(length: Metres) -> i64 {
    if length.0.is_finite() {
        length.0.round().clamp(0.0, 1e9) as i64
    } else {
        0
    }
}
