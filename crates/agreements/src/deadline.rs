//! Deadlines as they stand on a day.

use jiff::civil::Date;
use model::{Agreement, Because, Deadline, DeadlineStatus};

use crate::words;

/// How the deadlines of one version stand on the day `as_of`: pending up to and on the day they are due, and
/// "nobody knows" after it, since no claim is read yet as evidence that one was met or missed.
pub fn deadlines(agreement: &Agreement, as_of: Date) -> Vec<DeadlineStatus> {
    agreement
        .deadlines
        .iter()
        .map(|deadline| status(agreement, deadline, as_of))
        .collect()
}

fn status(agreement: &Agreement, deadline: &Deadline, as_of: Date) -> DeadlineStatus {
    let (state, why) = match deadline.due {
        None => (
            "nobody knows",
            "The day on which it is due is not known.".to_owned(),
        ),
        Some(due) if as_of <= due => (
            "pending",
            format!(
                "It is due on {}, and this is as of {}.",
                words::day(due),
                words::day(as_of)
            ),
        ),
        Some(due) => (
            "nobody knows",
            format!(
                "It was due on {}; nothing has been read that shows whether it was met or missed.",
                words::day(due)
            ),
        ),
    };
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
