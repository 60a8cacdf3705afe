//! Does the term bind its author? The author must be established, and bound; an allegation establishes none.

use super::author::{self, Author, Standing};
use super::{Matter, Outcome};
use crate::words;
use model::{ActorId, Resolution, Ternary};

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let authors = author::authors(matter);
    let reported: Vec<&Author> = authors
        .iter()
        .filter(|author| author.standing == Standing::Reported)
        .collect();
    let disputed = authors.iter().any(|author| author.standing == Standing::Disputed);
    let mut outcome = if authors.is_empty() {
        let words = "The author is not established: no account says who did it.";
        Outcome::new(Ternary::Undetermined, words, who(matter))
    } else if reported.is_empty() || disputed {
        let doubtful = authors
            .iter()
            .filter(|author| author.standing != Standing::Reported);
        let sentences: Vec<String> = doubtful.map(Author::words).collect();
        let words = format!("The author is not established. {}", sentences.join(" "));
        Outcome::new(Ternary::Undetermined, words, who(matter))
    } else {
        established(&reported, matter)
    };
    for author in authors {
        outcome.inputs.push(author.words());
        outcome.claims.extend(author.claims);
    }
    outcome.claims.sort();
    outcome.claims.dedup();
    outcome
}

/// What is open when the author is not established.
fn who(matter: Matter<'_>) -> String {
    let bound = matter
        .agreement
        .parties
        .iter()
        .filter(|party| party.bound == Ternary::Yes);
    let names: Vec<String> = bound
        .map(|party| words::known_name(&party.actor, matter.actors))
        .collect();
    match names.as_slice() {
        [] => "Was the author somebody whom the term binds?".to_owned(),
        names => format!(
            "Was the author somebody whom the term binds, such as {}?",
            names.join(" or ")
        ),
    }
}

/// Every author that is reported must be bound, or none: which of several it was need then not be known.
fn established(reported: &[&Author], matter: Matter<'_>) -> Outcome {
    let bound: Vec<Bound> = reported.iter().map(|author| bound(author, matter)).collect();
    let answer = words::agreed(bound.iter().map(|bound| bound.answer));
    let sentences: Vec<&str> = bound.iter().map(|bound| bound.words.as_str()).collect();
    let names: Vec<String> = reported.iter().map(|author| author.name.clone()).collect();
    let open = format!("Does the term bind {}?", words::list(&names));
    let mut outcome = Outcome::new(answer, sentences.join(" "), open);
    outcome.inputs = bound.into_iter().flat_map(|bound| bound.input).collect();
    outcome
}

/// Whether the term binds one author, why, as a sentence, and what was looked at.
struct Bound {
    answer: Ternary,
    words: String,
    input: Option<String>,
}

impl Bound {
    fn new(answer: Ternary, words: String) -> Self {
        Self {
            answer,
            words,
            input: None,
        }
    }
}

fn bound(author: &Author, matter: Matter<'_>) -> Bound {
    let name = words::sentence(&author.name);
    match &author.actor {
        Resolution::Resolved(id) => actor_bound(id, author, matter),
        Resolution::Candidates(several) if !several.is_empty() => {
            let answers = several.iter().map(|id| actor_bound(id, author, matter).answer);
            let answer = words::agreed(answers);
            let names: Vec<String> = several
                .iter()
                .map(|id| words::known_name(id, matter.actors))
                .collect();
            Bound::new(
                answer,
                format!("{name} is named as the author; it may be {}.", names.join(" or ")),
            )
        }
        _ => Bound::new(
            Ternary::Undetermined,
            format!("{name} is named as the author; which body that is has not been established."),
        ),
    }
}

fn actor_bound(id: &ActorId, author: &Author, matter: Matter<'_>) -> Bound {
    let name = words::known_name(id, matter.actors);
    let bodies = author::bodies(id, matter);
    let resolved = Resolution::Resolved(id.clone());
    let kind = author::kind_of(&resolved, &author.kind, matter);
    let bearers = &matter.term.bearers;
    let is_bearer = |word: &String| word == kind || bodies.iter().any(|body| body.as_str() == word);
    if !bearers.is_empty() && !bearers.iter().any(is_bearer) {
        return Bound::new(
            Ternary::No,
            format!("The author is reported to be {name}, and the term does not bind that actor."),
        );
    }
    let parties = &matter.agreement.parties;
    let named = bodies
        .iter()
        .find_map(|body| parties.iter().find(|party| party.actor == *body));
    let side = author::side_of(id, matter);
    let of_kind = || {
        parties
            .iter()
            .find(|party| party.kinds.iter().any(|word| word == kind || word == side))
    };
    let Some(party) = named.or_else(of_kind) else {
        let words = format!(
            "The author is reported to be {name}, which has no part in the agreement; the term does not bind it."
        );
        return Bound::new(Ternary::No, words);
    };
    let words = match party.bound {
        Ternary::Yes => format!("The author is reported to be {name}, and the term binds that actor."),
        Ternary::No => format!("The author is reported to be {name}, and the term does not bind that actor."),
        Ternary::Undetermined => {
            format!(
                "The author is reported to be {name}, and whether the term binds that actor is undetermined."
            )
        }
    };
    let whom = match named {
        Some(party) => words::sentence(&words::known_name(&party.actor, matter.actors)),
        None => format!("Others that are \"{}\"", party.kinds.join("\" or \"")),
    };
    let input = format!(
        "{whom}, {}, bound: {} ({}).",
        party.part,
        party.bound.as_str(),
        party.source
    );
    Bound {
        answer: party.bound,
        words,
        input: Some(input),
    }
}
