//! Did it hit somebody whom the term protects? One of several is enough; silence about the target is no "no".

use super::{Matter, Outcome};
use crate::brief::Target;
use crate::words;
use model::Ternary;

fn is_protected(target: &Target, matter: Matter<'_>) -> Ternary {
    let protected = &matter.term.limits.protected;
    target.identity.holds(
        |face| Ternary::from(protected.iter().any(|word| face.is_meant(word))),
        |kind| protected.iter().any(|word| word == kind),
    )
}

pub(super) fn answer(matter: Matter<'_>) -> Ternary {
    let targets = &matter.who.targets;
    if targets.is_empty() {
        return Ternary::Undetermined;
    }
    let answers = targets.iter().map(|target| is_protected(target, matter));
    answers.fold(Ternary::No, Ternary::or)
}

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let mut names: Vec<String> = matter
        .who
        .targets
        .iter()
        .map(|target| target.name.clone())
        .collect();
    names.dedup();
    let whom = words::list(&matter.term.limits.protected);
    let answer = answer(matter);
    let words = match (names.is_empty(), answer) {
        (true, _) => "No account says whom it hit.".to_owned(),
        (_, Ternary::Yes) => format!("It hit {}, and the term protects {whom}.", words::list(&names)),
        (_, Ternary::No) => format!("It hit {}; the term protects {whom} only.", words::list(&names)),
        (_, Ternary::Undetermined) => {
            format!(
                "Whether {} is one whom the term protects ({whom}) has not been established.",
                words::list(&names)
            )
        }
    };
    Outcome::new(
        answer,
        words,
        format!("Did it hit one whom the term protects ({whom})?"),
    )
    .inputs(names.into_iter().map(|name| format!("Target: {name}.")))
}
