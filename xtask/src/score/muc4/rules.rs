//! When a fill of a response equals one of the key: wholly, in part, or not. See the table in [`super`].

use super::key::{Fill, Kind, kind, slot};

/// Half points: 2 for right, 1 for partly right, 0 for wrong.
pub(crate) type Halves = i32;
pub(crate) const RIGHT: Halves = 2;
pub(crate) const PARTLY: Halves = 1;
pub(crate) const WRONG: Halves = 0;

/// The credit of one fill of a response (its first value, its first reference) against one of the key.
pub(crate) fn credit(number: usize, response: &Fill, key: &Fill) -> Halves {
    let Some(kind) = kind(number) else { return WRONG };
    let Some(given) = response.values.first() else {
        return WRONG;
    };
    let value = |right: &String| match kind {
        Kind::Date => date(given, right),
        Kind::Place => place(given, right),
        Kind::Choice | Kind::ChoiceAbout => choice(given, right),
        Kind::Number | Kind::NumberAbout => number_credit(given, right),
        Kind::Words => words_credit(given, right, false),
        Kind::Name => words_credit(given, right, true),
    };
    let best = key.values.iter().map(value).max().unwrap_or(WRONG);
    if !matches!(kind, Kind::ChoiceAbout | Kind::NumberAbout) || best == WRONG {
        return best;
    }
    let about = response.about.first().map_or("-", String::as_str);
    let naming = number == slot::CONFIDENCE;
    let reference = key
        .about
        .iter()
        .map(|right| words_credit(about, right, naming))
        .max();
    match reference.unwrap_or(WRONG) {
        WRONG => WRONG,
        RIGHT => best,
        _ => PARTLY,
    }
}

/// One of a list. Partly right if the response is the more general kind of the key's.
fn choice(given: &str, right: &str) -> Halves {
    if given == right {
        return RIGHT;
    }
    let mut kind = right;
    while let Some((_, parent)) = KINDS.iter().find(|(child, _)| *child == kind) {
        if *parent == given {
            return PARTLY;
        }
        kind = parent;
    }
    WRONG
}

/// Kind and the more general kind: incident types and instruments of the task description.
const KINDS: &[(&str, &str)] = &[
    ("BOMBING", "ATTACK"),
    ("ARSON", "ATTACK"),
    ("MACHINE GUN", "GUN"),
    ("MORTAR", "GUN"),
    ("HANDGUN", "GUN"),
    ("RIFLE", "GUN"),
    ("BOMB", "EXPLOSIVE"),
    ("VEHICLE BOMB", "BOMB"),
    ("AERIAL BOMB", "BOMB"),
    ("DYNAMITE", "EXPLOSIVE"),
    ("MINE", "EXPLOSIVE"),
    ("GRENADE", "EXPLOSIVE"),
    ("MOLOTOV COCKTAIL", "EXPLOSIVE"),
    ("MISSILE", "PROJECTILE"),
    ("ROCKET", "PROJECTILE"),
];

/// `COUNTRY: PLACE (KIND): PLACE (KIND)`. Partly right if the country is right and one of the two lists of places
/// holds the other, or both share a place.
fn place(given: &str, right: &str) -> Halves {
    if given == right {
        return RIGHT;
    }
    let names = |place: &str| -> Vec<String> {
        place
            .split(':')
            .map(|part| part.split('(').next().unwrap_or_default().trim().to_owned())
            .collect()
    };
    let (given, right) = (names(given), names(right));
    if given[0] != right[0] {
        return WRONG;
    }
    let holds = |all: &[String], some: &[String]| some.iter().all(|name| all.contains(name));
    let shares = given[1..].iter().any(|name| right[1..].contains(name));
    if holds(&given, &right) || holds(&right, &given) || shares {
        PARTLY
    } else {
        WRONG
    }
}

/// Partly right if the two share a day at one end (`12 SEP 89` and `- 12 SEP 89`), or one is the month of the other.
fn date(given: &str, right: &str) -> Halves {
    if given == right {
        return RIGHT;
    }
    let (given, right) = (days(given), days(right));
    let near = |a: &String, b: &String| a == b || a.ends_with(b.as_str()) || b.ends_with(a.as_str());
    if given.iter().any(|a| right.iter().any(|b| near(a, b))) {
        PARTLY
    } else {
        WRONG
    }
}

/// The days or months of a date: `12 SEP 89 - 14 SEP 89` has two.
fn days(date: &str) -> Vec<String> {
    date.split('-')
        .map(|day| day.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|day| day.split(' ').count() >= 2)
        .collect()
}

/// Partly right if only "about" (`~`) or "at least, at most" (`-`) differ.
fn number_credit(given: &str, right: &str) -> Halves {
    let bare = |number: &str| number.trim_matches(['~', '-', ' ']).to_owned();
    if given == right {
        RIGHT
    } else if !bare(given).is_empty() && bare(given) == bare(right) {
        PARTLY
    } else {
        WRONG
    }
}

/// Words of the text, by their content words. Right if these are equal, or, for what is no name, if one holds the
/// other and both have the same head: they differ in modifiers only. Partly right if one holds the other, or the
/// heads are the same.
pub(crate) fn words_credit(given: &str, right: &str, is_name: bool) -> Halves {
    if given == right {
        return RIGHT;
    }
    if given == "-" || right == "-" {
        return WRONG;
    }
    let (a, b) = (content(given), content(right));
    let holds = |all: &[String], some: &[String]| some.iter().all(|word| all.contains(word));
    let nested = holds(&a, &b) || holds(&b, &a);
    let same_head = head(given) == head(right);
    let equal = a.len() == b.len() && holds(&a, &b) && holds(&b, &a);
    if equal || (!is_name && nested && same_head) {
        RIGHT
    } else if nested || same_head {
        PARTLY
    } else {
        WRONG
    }
}

/// The words without articles, prepositions and the like; all of them if nothing would be left.
fn content(phrase: &str) -> Vec<String> {
    let all = pieces(phrase);
    let mut content: Vec<String> = all.iter().filter(|word| !is_small(word)).cloned().collect();
    if content.is_empty() {
        content = all;
    }
    content.sort();
    content
}

/// The last content word before the first preposition, relative or comma.
fn head(phrase: &str) -> Option<String> {
    let mut before = String::new();
    for (at, piece) in phrase.split_whitespace().enumerate() {
        if at > 0 && ENDS.contains(&piece) {
            break;
        }
        before.push_str(piece);
        before.push(' ');
        if piece.ends_with(',') {
            break;
        }
    }
    let words = pieces(&before);
    words
        .iter()
        .rev()
        .find(|word| !is_small(word))
        .or(words.last())
        .cloned()
}

fn pieces(phrase: &str) -> Vec<String> {
    phrase
        .to_uppercase()
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '\''))
        .filter(|piece| !piece.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

/// What follows the head of a noun phrase.
const ENDS: &[&str] = &["OF", "IN", "ON", "AT", "FOR", "FROM", "WITH", "WHO", "THAT"];

/// Words that are never the content of a fill.
const SMALL: &[&str] = &[
    "THE", "A", "AN", "OF", "IN", "ON", "AT", "TO", "FOR", "AND", "BY", "FROM", "WITH", "HIS", "HER",
    "THEIR", "ITS", "THIS", "THAT", "THESE", "THOSE", "SOME", "ANY", "NO", "ABOUT", "LEAST",
];
