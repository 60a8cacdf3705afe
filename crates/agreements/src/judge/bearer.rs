//! Does the term bind its author? The author must be established, and bound; an allegation establishes none.
//! How an author may be established is a setting, because missions differ: by name only, by who holds the place
//! too, or not at all.

use super::{Matter, Outcome, in_force, place};
use crate::Attributing;
use crate::author::{Author, Standing};
use crate::brief::{Face, Identity};
use crate::words;
use model::{ActorId, Party, Ternary};

/// How the author stands.
enum Known<'a> {
    /// The text counts the act, whoever did it.
    Whoever,
    /// The mission names nobody.
    Unnamed,
    /// Named and undisputed, each of them.
    Reported(Vec<&'a Author>),
    /// Nobody is named; the place was held by one actor and the act is done where its author stands.
    Holder(Face, String),
    /// No account says who did it.
    Nobody,
    /// Blamed only, or disputed.
    Doubtful(Vec<&'a Author>),
}

fn known(matter: Matter<'_>) -> Known<'_> {
    if matter.term.limits.whoever {
        return Known::Whoever;
    }
    if matter.frame.attributing == Attributing::None {
        return Known::Unnamed;
    }
    let authors = &matter.who.authors;
    let is = |author: &&Author, standing: Standing| author.standing == standing;
    let disputed = authors.iter().any(|author| is(&author, Standing::Disputed));
    let reported: Vec<&Author> = authors
        .iter()
        .filter(|author| is(author, Standing::Reported))
        .collect();
    if !reported.is_empty() && !disputed {
        return Known::Reported(reported);
    }
    if reported.is_empty()
        && !disputed
        && let Some((face, source)) = holder(matter)
    {
        return Known::Holder(face, source);
    }
    match authors.is_empty() {
        true => Known::Nobody,
        false => Known::Doubtful(
            authors
                .iter()
                .filter(|author| !is(author, Standing::Reported))
                .collect(),
        ),
    }
}

/// Who held the place, when the mission attributes by control and the act is done where its author stands; only
/// when all accounts that speak of the place and the time agree.
fn holder(matter: Matter<'_>) -> Option<(Face, String)> {
    if matter.frame.attributing != Attributing::AreaOfControl || !matter.term.limits.at_place {
        return None;
    }
    let (earliest, latest) = in_force::bounds(matter.when);
    let mut held = matter.frame.agreement.register.holdings.iter().filter(|holding| {
        holding.known <= matter.frame.as_of
            && in_force::covers(&holding.during, earliest, latest) == Ternary::Yes
            && place::in_zone(&holding.zone, matter) == Ternary::Yes
    });
    let first = held.next()?;
    if matter.site.contested || matter.when.uncertain || held.any(|other| other.actor != first.actor) {
        return None;
    }
    Some((
        Face::of(&first.actor, "", matter.frame.actors),
        first.source.clone(),
    ))
}

pub(super) fn answer(matter: Matter<'_>) -> Ternary {
    match known(matter) {
        Known::Whoever => Ternary::Yes,
        Known::Unnamed | Known::Nobody | Known::Doubtful(_) => Ternary::Undetermined,
        Known::Reported(authors) => words::agreed(
            authors
                .iter()
                .map(|author| identity_bound(&author.identity, matter)),
        ),
        Known::Holder(face, _) => bound(&face, matter),
    }
}

/// The weakest link that the finding rests on.
pub(super) fn strength(matter: Matter<'_>) -> &'static str {
    match known(matter) {
        Known::Holder(..) => "area of control",
        _ => matter.weight.strength,
    }
}

fn identity_bound(identity: &Identity, matter: Matter<'_>) -> Ternary {
    words::agreed(identity.faces.iter().map(|face| bound(face, matter)))
}

fn bound(face: &Face, matter: Matter<'_>) -> Ternary {
    if !is_bearer(face, matter) {
        return Ternary::No;
    }
    entry(face, matter).map_or(Ternary::No, |party| party.bound)
}

fn is_bearer(face: &Face, matter: Matter<'_>) -> bool {
    let bearers = &matter.term.bearers;
    bearers.is_empty() || bearers.iter().any(|word| face.is_meant(word))
}

/// The entry of the agreement that speaks of an actor: the nearest body that is named, or else one that stands
/// for its kind or side.
fn entry<'a>(face: &Face, matter: Matter<'a>) -> Option<&'a Party> {
    named(face, matter).or_else(|| {
        let parties = matter.frame.agreement.parties.iter();
        let mut of_kind = parties.filter(|party| {
            party
                .kinds
                .iter()
                .any(|word| *word == face.kind || *word == face.side)
        });
        of_kind.next()
    })
}

fn named<'a>(face: &Face, matter: Matter<'a>) -> Option<&'a Party> {
    let parties = &matter.frame.agreement.parties;
    face.bodies
        .iter()
        .find_map(|body| parties.iter().find(|party| party.actor == *body))
}

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let mut outcome = match known(matter) {
        Known::Whoever => Outcome::new(
            Ternary::Yes,
            "The text counts the act, whoever did it.",
            who(matter),
        ),
        Known::Unnamed => Outcome::new(
            Ternary::Undetermined,
            "No author is named, because the attribution policy is \"none\".",
            who(matter),
        ),
        Known::Nobody => Outcome::new(
            Ternary::Undetermined,
            "The author is not established: no account says who did it.",
            who(matter),
        ),
        Known::Doubtful(authors) => {
            let sentences: Vec<String> = authors.iter().map(|author| author.words()).collect();
            let words = format!("The author is not established. {}", sentences.join(" "));
            Outcome::new(Ternary::Undetermined, words, who(matter))
        }
        Known::Reported(authors) => established(&authors, matter),
        Known::Holder(face, source) => {
            let words = format!(
                "No account names the author; {} held the place, and the attribution policy is \"area of control\". {}",
                face.name,
                bound_words(&face, "the holder", matter)
            );
            Outcome::new(
                bound(&face, matter),
                words,
                format!("Does the term bind {}?", face.name),
            )
            .inputs(entry_input(&face, matter))
            .input(format!("Held by {} ({source}).", face.name))
        }
    };
    for author in &matter.who.authors {
        outcome.inputs.push(author.words());
        outcome.claims.extend(author.claims.iter().cloned());
    }
    outcome.claims.sort();
    outcome.claims.dedup();
    outcome
}

/// What is open when the author is not established.
fn who(matter: Matter<'_>) -> String {
    let parties = matter.frame.agreement.parties.iter();
    let names: Vec<String> = parties
        .filter(|party| party.bound == Ternary::Yes && may_bear(&party.actor, matter))
        .map(|party| words::known_name(&party.actor, matter.frame.actors))
        .collect();
    match names.as_slice() {
        [] => "Was the author somebody whom the term binds?".to_owned(),
        names => format!(
            "Was the author somebody whom the term binds, such as {}?",
            names.join(" or ")
        ),
    }
}

fn may_bear(actor: &ActorId, matter: Matter<'_>) -> bool {
    is_bearer(&Face::of(actor, "", matter.frame.actors), matter)
}

/// Every author that is reported must be bound, or none: which of several it was need then not be known.
fn established(authors: &[&Author], matter: Matter<'_>) -> Outcome {
    let sentences: Vec<String> = authors
        .iter()
        .map(|author| author_words(author, matter))
        .collect();
    let names: Vec<String> = authors.iter().map(|author| author.name.clone()).collect();
    let single = |author: &&&Author| author.identity.resolved;
    let inputs = authors
        .iter()
        .filter(single)
        .flat_map(|author| &author.identity.faces);
    Outcome::new(
        answer(matter),
        sentences.join(" "),
        format!("Does the term bind {}?", words::list(&names)),
    )
    .inputs(inputs.filter_map(|face| entry_input(face, matter)))
}

fn author_words(author: &Author, matter: Matter<'_>) -> String {
    let name = words::sentence(&author.name);
    match author.identity.faces.as_slice() {
        [] => {
            format!("{name} is named as the author; which body that is has not been established.")
        }
        [face] if author.identity.resolved => format!(
            "The author is reported to be {}{}",
            face.name,
            bound_words(face, "", matter)
        ),
        several => {
            let names: Vec<&str> = several.iter().map(|face| face.name.as_str()).collect();
            format!("{name} is named as the author; it may be {}.", names.join(" or "))
        }
    }
}

/// Whether the term binds an actor: the rest of a sentence about the author, or one about somebody else.
fn bound_words(face: &Face, subject: &str, matter: Matter<'_>) -> String {
    let rest = match (bound(face, matter), entry(face, matter)) {
        (Ternary::No, None) if is_bearer(face, matter) => {
            return match subject {
                "" => ", which has no part in the agreement; the term does not bind it.".to_owned(),
                _ => "It has no part in the agreement; the term does not bind it.".to_owned(),
            };
        }
        (Ternary::Yes, _) => "the term binds",
        (Ternary::No, _) => "the term does not bind",
        (Ternary::Undetermined, _) => "whether the term binds",
    };
    let end = match bound(face, matter) {
        Ternary::Undetermined => " is undetermined.",
        _ => ".",
    };
    match subject {
        "" => format!(", and {rest} that actor{end}"),
        _ => format!("{} {subject}{end}", words::sentence(rest)),
    }
}

fn entry_input(face: &Face, matter: Matter<'_>) -> Option<String> {
    let party = entry(face, matter).filter(|_| is_bearer(face, matter))?;
    let whom = match named(face, matter) {
        Some(party) => words::sentence(&words::known_name(&party.actor, matter.frame.actors)),
        None => format!("Others that are \"{}\"", party.kinds.join("\" or \"")),
    };
    Some(format!(
        "{whom}, {}, bound: {} ({}).",
        party.part,
        party.bound.as_str(),
        party.source
    ))
}
