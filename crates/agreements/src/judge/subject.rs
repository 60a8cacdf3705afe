//! Is the term about such an act? A term that does not speak of the act's kind is never asked; what may stay
//! open is whether the text says what the term says.

use super::{Matter, Outcome};
use model::Ternary;

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let (act, term) = (&matter.incident.act, matter.term);
    let how = if term.acts.contains(&act.id) {
        "by name"
    } else {
        "by its class"
    };
    let open = format!("Does the text cover an act such as \"{}\"?", act.id);
    let outcome = if term.unsettled.is_empty() {
        let words = format!(
            "The act is \"{}\"; the term \"{}\" covers it {how}.",
            act.id, term.id
        );
        Outcome::new(Ternary::Yes, words, open)
    } else {
        let words = format!(
            "Whether the agreement covers an act such as \"{}\" is undetermined: {}",
            act.id, term.unsettled
        );
        Outcome::new(Ternary::Undetermined, words, open)
    };
    outcome
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
        ))
}
