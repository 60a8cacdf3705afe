//! Had the day passed by which something was due? An act on the last day is still in time.

use super::{Matter, Outcome, in_force};
use crate::{deadline, words};
use model::{Edtf, Ternary};

/// The last day on which the act was still in time, as far as was known on the day of judgement.
fn last_day(matter: Matter<'_>) -> Option<Edtf> {
    let agreement = matter.frame.agreement;
    let found = agreement
        .deadlines
        .iter()
        .find(|deadline| deadline.id == matter.term.limits.by)?;
    Some(deadline::due(agreement, found, matter.frame.as_of))
}

/// Whether that day has not passed on the day of judgement.
pub(super) fn is_open(matter: Matter<'_>) -> bool {
    let latest = last_day(matter).and_then(|due| due.latest());
    latest.is_some_and(|day| matter.frame.as_of <= day)
}

pub(super) fn answer(matter: Matter<'_>) -> Ternary {
    let Some(due) = last_day(matter) else {
        return Ternary::Undetermined;
    };
    let (earliest, latest) = in_force::bounds(matter.when);
    match (due.earliest(), due.latest()) {
        (Some(first), _) if latest.is_some_and(|day| day <= first) => Ternary::No,
        (_, Some(last)) if earliest.is_some_and(|day| day > last) => Ternary::Yes,
        _ => Ternary::Undetermined,
    }
}

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let due = last_day(matter);
    let day = due.as_ref().filter(|due| due.is_known()).map(words::when);
    let answer = answer(matter);
    let happened = words::when(matter.when);
    let words = match (&day, answer) {
        (None, _) => "The day by which it was due is not known.".to_owned(),
        (Some(day), Ternary::Yes) => format!("It happened {happened}; what the term demands was due {day}."),
        (Some(day), Ternary::No) => {
            format!("It happened {happened}, before it was due: what the term demands was due {day}.")
        }
        (Some(day), Ternary::Undetermined) => {
            format!(
                "It happened {happened}, and whether that was after the day it was due, {day}, is undetermined."
            )
        }
    };
    let open = match &day {
        Some(day) => format!("Did it happen after the day by which it was due, {day}?"),
        None => "Had the day passed by which it was due?".to_owned(),
    };
    let found = matter.frame.agreement.deadlines.iter();
    let found = found.filter(|deadline| deadline.id == matter.term.limits.by);
    Outcome::new(answer, words, open).inputs(found.map(|deadline| {
        format!(
            "Deadline \"{}\": {} ({}).",
            deadline.id,
            deadline.words.trim_end_matches('.'),
            deadline.cites
        )
    }))
}
