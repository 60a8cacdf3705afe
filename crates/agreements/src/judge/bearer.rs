//! Does the term bind its author? The author must be established, and bound; an allegation establishes none.

use super::author::{self, Author, Standing};
use super::{Matter, Outcome};
use crate::words;
use model::{ActorId, Party, Resolution, Ternary};

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let open = "Is the author established as somebody whom the term binds?";
    let authors = author::authors(matter);
    let reported: Vec<&Author> = authors
        .iter()
        .filter(|author| author.standing == Standing::Reported)
        .collect();
    let disputed = authors.iter().any(|author| author.standing == Standing::Disputed);
    let mut outcome = if authors.is_empty() {
        Outcome::new(
            Ternary::Undetermined,
            "The author is not established: no account says who did it.",
            open,
        )
    } else if reported.is_empty() || disputed {
        let doubtful = authors
            .iter()
            .filter(|author| author.standing != Standing::Reported);
        let sentences: Vec<String> = doubtful.map(Author::words).collect();
        let words = format!("The author is not established. {}", sentences.join(" "));
        Outcome::new(Ternary::Undetermined, words, open)
    } else {
        let bound: Vec<(Ternary, String)> = reported.iter().map(|author| bound(author, matter)).collect();
        let answer = words::agreed(bound.iter().map(|(answer, _)| *answer));
        let sentences: Vec<String> = bound.into_iter().map(|(_, words)| words).collect();
        Outcome::new(answer, sentences.join(" "), open)
    };
    for author in authors {
        outcome.inputs.push(author.words());
        outcome.claims.extend(author.claims);
    }
    outcome.claims.sort();
    outcome.claims.dedup();
    outcome
}

/// Whether the term binds one author, and why, as a sentence.
fn bound(author: &Author, matter: Matter<'_>) -> (Ternary, String) {
    let name = &author.name;
    match &author.actor {
        Resolution::Resolved(id) => actor_bound(id, author, matter),
        Resolution::Candidates(several) if !several.is_empty() => {
            let answers = several.iter().map(|id| actor_bound(id, author, matter).0);
            let answer = words::agreed(answers);
            let names: Vec<String> = several
                .iter()
                .map(|id| words::known_name(id, matter.actors))
                .collect();
            (
                answer,
                format!("{name} is named as the author; it may be {}.", names.join(" or ")),
            )
        }
        _ => (
            Ternary::Undetermined,
            format!("{name} is named as the author; which body that is has not been established."),
        ),
    }
}

fn actor_bound(id: &ActorId, author: &Author, matter: Matter<'_>) -> (Ternary, String) {
    let name = words::known_name(id, matter.actors);
    let bodies = author::bodies(id, matter);
    let resolved = Resolution::Resolved(id.clone());
    let kind = author::kind_of(&resolved, &author.kind, matter);
    let bearers = &matter.term.bearers;
    let is_bearer = |word: &String| word == kind || bodies.iter().any(|body| body.as_str() == word);
    if !bearers.is_empty() && !bearers.iter().any(is_bearer) {
        let words = format!("The author is {name}, and the term does not bind it.");
        return (Ternary::No, words);
    }
    let named = bodies
        .iter()
        .find_map(|body| matter.agreement.parties.iter().find(|party| party.actor == *body));
    let of_kind = || {
        matter
            .agreement
            .parties
            .iter()
            .find(|party| party.kinds.iter().any(|word| word == kind))
    };
    match named.or_else(of_kind) {
        Some(party) => (party.bound, party_words(&name, party)),
        None => (
            Ternary::No,
            format!("The author is {name}, which has no part in the agreement; the term does not bind it."),
        ),
    }
}

fn party_words(name: &str, party: &Party) -> String {
    let source = party.source.trim_end_matches('.');
    match party.bound {
        Ternary::Yes => format!("The author is {name}, and the term binds it ({source})."),
        Ternary::No => format!("The author is {name}, and the term does not bind it ({source})."),
        Ternary::Undetermined => {
            format!("The author is {name}, and whether the term binds it is undetermined ({source}).")
        }
    }
}
