//! Was the term in force when it happened? Compares what is known of the time with every account of the date
//! from which the term holds, and with the earliest end of the agreement.

use super::{Matter, Outcome};
use crate::words;
use jiff::civil::Date;
use model::{Anchor, Edtf, Ternary, add_days};

/// How far beside the truth an approximate day ("~") may lie.
///
/// One day: what a page that says "about" or dates an evening report leaves open. Raise it and more incidents
/// near an anchor stay undetermined; lower it and an approximate day counts as exact.
const APPROXIMATE_DAYS: i64 = 1;

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let when = &matter.incident.when;
    let starts: Vec<&Anchor> = matter.agreement.accounts(&matter.term.from).collect();
    let dates = starts.iter().map(|anchor| anchor.date);
    let (Some(first), Some(last)) = (dates.clone().min(), dates.max()) else {
        let words = "The day from which the term holds is not recorded.";
        return Outcome::new(
            Ternary::Undetermined,
            words,
            "Did the term hold when it happened?",
        );
    };
    let (earliest, latest) = bounds(when);
    let began = if latest.is_some_and(|day| day < first) {
        Ternary::No
    } else if earliest.is_some_and(|day| day >= last) {
        Ternary::Yes
    } else {
        Ternary::Undetermined
    };
    let until = &matter.agreement.until;
    let lasted = not_ended(until, earliest, latest);
    let answer = began.and(lasted);
    // An uncertain time may be wrong as a whole, so it decides nothing.
    let answer = if when.uncertain {
        Ternary::Undetermined
    } else {
        answer
    };
    let start = start_words(first, last);
    let words = match (began, lasted) {
        _ if when.uncertain => format!("It is said to have happened {}; {start}.", words::when(when)),
        (Ternary::No, _) => before_words(matter, latest, &start),
        (_, Ternary::No) => format!("It happened {}, after the agreement ended.", words::when(when)),
        (Ternary::Undetermined, _) => {
            format!(
                "It happened {}, and whether the term then held is undetermined: {start}.",
                words::when(when)
            )
        }
        (_, Ternary::Undetermined) => format!(
            "It happened {}, and whether the agreement was still in force is undetermined: its period may have \
             ended on {}.",
            words::when(when),
            until
                .earliest()
                .map_or_else(|| "a day that nobody tells".to_owned(), words::day)
        ),
        _ => format!("It happened {}; {start}.", words::when(when)),
    };
    let open = open_words(began, first, last, earliest.zip(latest));
    let outcome = Outcome::new(answer, words, open)
        .input(format!("Time of the incident: {when}."))
        .input(match until.is_known() {
            true => format!("End of the agreement: {until}."),
            false => "No end of the agreement is recorded.".to_owned(),
        });
    let accounts = starts.iter().fold(outcome, |outcome, anchor| {
        outcome.input(format!(
            "\"{}\": {} ({}).",
            anchor.name, anchor.date, anchor.source
        ))
    });
    signed(matter).into_iter().fold(accounts, |outcome, anchor| {
        outcome.input(format!("\"signed\": {} ({}).", anchor.date, anchor.source))
    })
}

/// First and last day it can have been, an approximate time widened on both sides.
fn bounds(when: &Edtf) -> (Option<Date>, Option<Date>) {
    let slack = if when.approximate {
        APPROXIMATE_DAYS.max(when.days().unwrap_or(0))
    } else {
        0
    };
    (
        when.earliest().map(|day| add_days(day, -slack)),
        when.latest().map(|day| add_days(day, slack)),
    )
}

/// Whether it happened before the agreement ended. `until` holds the first day on which it no longer held,
/// as far as that is known; when nothing is known of an end, none is assumed.
fn not_ended(until: &Edtf, earliest: Option<Date>, latest: Option<Date>) -> Ternary {
    if !until.is_known() || latest.zip(until.earliest()).is_some_and(|(day, end)| day < end) {
        Ternary::Yes
    } else if earliest.zip(until.latest()).is_some_and(|(day, end)| day >= end) {
        Ternary::No
    } else {
        Ternary::Undetermined
    }
}

fn signed<'a>(matter: Matter<'a>) -> Vec<&'a Anchor> {
    match matter.term.from.as_str() {
        "signed" => Vec::new(),
        _ => matter.agreement.accounts("signed").collect(),
    }
}

/// When the term began, to end a sentence; the sources of the accounts stand among the inputs.
fn start_words(first: Date, last: Date) -> String {
    if first == last {
        format!("the term held from {}", words::day(first))
    } else {
        format!(
            "accounts date the start of the term between {} and {}",
            words::day(first),
            words::day(last)
        )
    }
}

fn before_words(matter: Matter<'_>, latest: Option<Date>, start: &str) -> String {
    let happened = words::when(&matter.incident.when);
    let signed = matter.agreement.accounts("signed").map(|anchor| anchor.date);
    if let Some(first_signed) = signed.min()
        && latest.is_some_and(|day| day < first_signed)
    {
        return format!(
            "It happened {happened}, before signature on {}.",
            words::day(first_signed)
        );
    }
    format!("It happened {happened}, on or after signature and before the term was in force: {start}.")
}

/// The fact whose "yes" puts the incident within the term's time.
fn open_words(began: Ternary, first: Date, last: Date, bounds: Option<(Date, Date)>) -> String {
    match bounds {
        // The day is known well enough; what is open is when the term began.
        Some((earliest, latest)) if began == Ternary::Undetermined && first <= earliest && latest < last => {
            format!(
                "Did the term already hold on {}?",
                if earliest == latest {
                    words::day(earliest)
                } else {
                    format!("{} to {}", words::day(earliest), words::day(latest))
                }
            )
        }
        _ if began == Ternary::Yes => "Was the agreement still in force on that day?".to_owned(),
        _ => format!(
            "Did it happen on or after {}, while the term held?",
            words::day(last)
        ),
    }
}
