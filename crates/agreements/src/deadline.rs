//! Deadlines as they stand on a day.

use jiff::civil::Date;
use model::{Agreement, Because, Deadline, DeadlineOutcome, DeadlineStatus, Edtf, days_between};

use crate::words;

/// How the deadlines of one version stand on the day `as_of`: `pending` up to and on the day they are due;
/// `met`, `missed` or `extended` where the register tells; `nobody knows` where it does not, or where its
/// accounts conflict. What became known later than `as_of` is left out.
pub fn deadlines(agreement: &Agreement, as_of: Date) -> Vec<DeadlineStatus> {
    agreement
        .deadlines
        .iter()
        .map(|deadline| status(agreement, deadline, as_of))
        .collect()
}

/// What the register tells of a deadline, as far as was known.
fn told<'a>(
    agreement: &'a Agreement,
    deadline: &'a Deadline,
    as_of: Date,
) -> impl Iterator<Item = &'a DeadlineOutcome> {
    let all = agreement.register.outcomes.iter();
    all.filter(move |outcome| outcome.deadline == deadline.id && outcome.known <= as_of)
}

/// The day on which it is due, extensions counted in; between two days where accounts conflict.
pub(crate) fn due(agreement: &Agreement, deadline: &Deadline, as_of: Date) -> Edtf {
    let extended = || told(agreement, deadline, as_of).filter_map(|outcome| outcome.extended);
    match (extended().min(), extended().max()) {
        (Some(first), Some(last)) => Edtf::between(Some(first), Some(last)),
        _ => Edtf::between(deadline.due, deadline.due),
    }
}

fn status(agreement: &Agreement, deadline: &Deadline, as_of: Date) -> DeadlineStatus {
    let (state, why) = state(agreement, deadline, as_of);
    DeadlineStatus {
        agreement: agreement.id.clone(),
        version: agreement.version.clone(),
        deadline: deadline.id.clone(),
        words: deadline.words.clone(),
        due: due_words(agreement, deadline),
        state: state.to_owned(),
        because: Because::new("deadline", why).entry(format!("{}#deadline-{}", agreement.id, deadline.id)),
    }
}

/// How it stands, and why.
fn state(agreement: &Agreement, deadline: &Deadline, as_of: Date) -> (&'static str, String) {
    let accounts: Vec<&DeadlineOutcome> = told(agreement, deadline, as_of).collect();
    let quoted: Vec<String> = accounts.iter().map(|account| quote(account)).collect();
    let due = due(agreement, deadline, as_of);
    let (Some(first), Some(last)) = (due.earliest(), due.latest()) else {
        return (
            "nobody knows",
            "The day on which it is due is not known.".to_owned(),
        );
    };
    let done: Vec<Option<Date>> = accounts
        .iter()
        .filter(|account| account.extended.is_none())
        .map(|account| account.done)
        .collect();
    let in_time = done.iter().any(|done| done.is_some_and(|day| day <= first));
    let late = done.iter().any(|done| done.is_none_or(|day| day > last));
    let quoted = quoted.join(" ");
    match (in_time, late) {
        (true, true) => ("nobody knows", format!("Accounts conflict. {quoted}")),
        (true, false) => ("met", quoted),
        (false, true) => ("missed", format!("{quoted}{}", lateness(&done, last))),
        _ if !done.is_empty() => (
            "nobody knows",
            format!("Accounts conflict on the day it was due. {quoted}"),
        ),
        _ if as_of <= last && !accounts.is_empty() => (
            "extended",
            format!(
                "{quoted} It is due on {}, and this is as of {}.",
                words::day(last),
                words::day(as_of)
            ),
        ),
        _ if as_of <= last => (
            "pending",
            format!(
                "It is due on {}, and this is as of {}.",
                words::day(last),
                words::day(as_of)
            ),
        ),
        _ => (
            "nobody knows",
            format!(
                "It was due on {}; nothing has been read that shows whether it was met or missed.",
                words::day(last)
            ),
        ),
    }
}

fn quote(account: &DeadlineOutcome) -> String {
    format!("{} ({}).", account.words.trim_end_matches('.'), account.source)
}

/// By how many days it was late, where the day it was done is known.
fn lateness(done: &[Option<Date>], due: Date) -> String {
    let days = done.iter().flatten().map(|day| days_between(due, *day)).max();
    days.map_or_else(String::new, |days| match days {
        1 => " That is 1 day late.".to_owned(),
        days => format!(" That is {days} days late."),
    })
}

fn due_words(agreement: &Agreement, deadline: &Deadline) -> String {
    let Some(due) = deadline.due else {
        return "not known".to_owned();
    };
    match (deadline.days, agreement.anchor(&deadline.anchor)) {
        (Some(days), Some(anchor)) => {
            format!("{due}, {days} days after \"{}\" on {}", anchor.name, anchor.date)
        }
        (None, Some(anchor)) => format!("{due}, counted from \"{}\" on {}", anchor.name, anchor.date),
        _ => format!("{due}, a date given in the text"),
    }
}
