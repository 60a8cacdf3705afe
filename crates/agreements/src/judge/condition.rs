//! Did the conditions of the term hold? Only the register of the agreement can tell; nothing is presumed.

use super::{Matter, Outcome, in_force};
use crate::words;
use model::{Circumstance, Condition, Ternary};

/// What the register tells of one condition at the time of the incident, as far as was known.
fn told<'a>(condition: &'a Condition, matter: Matter<'a>) -> impl Iterator<Item = &'a Circumstance> {
    let (earliest, latest) = in_force::bounds(matter.when);
    let all = matter.frame.agreement.register.circumstances.iter();
    all.filter(move |circumstance| {
        circumstance.condition == condition.id
            && circumstance.known <= matter.frame.as_of
            && in_force::covers(&circumstance.during, earliest, latest) == Ternary::Yes
    })
}

fn holds(condition: &Condition, matter: Matter<'_>) -> Ternary {
    words::agreed(told(condition, matter).map(|circumstance| circumstance.holds))
}

pub(super) fn answer(matter: Matter<'_>) -> Ternary {
    let conditions = matter.term.limits.conditions.iter();
    let answers = conditions.map(|condition| holds(condition, matter));
    answers.fold(Ternary::Yes, Ternary::and)
}

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let mut sentences = Vec::new();
    let mut open = Vec::new();
    let mut inputs = Vec::new();
    for condition in &matter.term.limits.conditions {
        let words = condition.words.trim_end_matches('.');
        let (sentence, is_open) = match holds(condition, matter) {
            Ternary::Yes => (format!("The condition held: {words}."), false),
            Ternary::No => (format!("The condition did not hold: {words}."), false),
            Ternary::Undetermined => (
                format!("Whether the condition held is not on record: {words}."),
                true,
            ),
        };
        sentences.push(sentence);
        if is_open {
            open.push(words.to_owned());
        }
        inputs.push(format!(
            "Condition \"{}\": {words} ({}).",
            condition.id, condition.cites
        ));
        let accounts = told(condition, matter);
        inputs.extend(accounts.map(|account| format!("{}: {}.", account.holds.as_str(), account.source)));
    }
    let question = format!("Did this hold at the time: {}?", open.join("; "));
    Outcome::new(answer(matter), sentences.join(" "), question).inputs(inputs)
}
