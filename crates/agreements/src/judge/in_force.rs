//! Was the term in force when it happened? Compares what is known of the time with every account of the date
//! from which the term holds, with the periods that the text gives, and with the end of the agreement.

use super::{Matter, Outcome};
use crate::{period, words};
use jiff::civil::Date;
use model::{Anchor, Edtf, Ternary, add_days};

/// How far beside the truth an approximate day ("~") may lie.
///
/// One day: what a page that says "about" or dates an evening report leaves open. Raise it and more incidents
/// near an anchor stay undetermined; lower it and an approximate day counts as exact.
const APPROXIMATE_DAYS: i64 = 1;

/// What is known of the term's time and the incident's.
struct Known {
    /// First and last account of the start; `None` when no account is recorded.
    start: Option<(Date, Date)>,
    /// First day on which the agreement no longer held.
    end: Edtf,
    earliest: Option<Date>,
    latest: Option<Date>,
    began: Ternary,
    within: Ternary,
    lasted: Ternary,
}

fn known(matter: Matter<'_>) -> Known {
    let accounts = || matter.frame.agreement.accounts(&matter.term.from);
    let start = accounts()
        .map(|anchor| anchor.date)
        .min()
        .zip(accounts().map(|anchor| anchor.date).max());
    let (earliest, latest) = bounds(matter.when);
    let began = match start {
        Some((first, _)) if latest.is_some_and(|day| day < first) => Ternary::No,
        Some((_, last)) if earliest.is_some_and(|day| day >= last) => Ternary::Yes,
        _ => Ternary::Undetermined,
    };
    let end = period::end(matter.frame.agreement, matter.frame.as_of);
    let during = &matter.term.limits.during;
    let within = match during.is_empty() {
        true => Ternary::Yes,
        false => during.iter().fold(Ternary::No, |all, window| {
            all.or(covers(window, earliest, latest))
        }),
    };
    Known {
        start,
        lasted: not_ended(&end, earliest, latest),
        end,
        earliest,
        latest,
        began,
        within,
    }
}

/// Whether a time lies within a period.
pub(super) fn covers(period: &Edtf, earliest: Option<Date>, latest: Option<Date>) -> Ternary {
    let after = latest
        .zip(period.earliest())
        .is_some_and(|(day, from)| day < from);
    let before = earliest
        .zip(period.latest())
        .is_some_and(|(day, until)| day > until);
    let starts = match period.earliest() {
        None => true,
        Some(from) => earliest.is_some_and(|day| day >= from),
    };
    let ends = match period.latest() {
        None => true,
        Some(until) => latest.is_some_and(|day| day <= until),
    };
    match (after || before, starts && ends) {
        (true, _) => Ternary::No,
        (false, true) => Ternary::Yes,
        (false, false) => Ternary::Undetermined,
    }
}

pub(super) fn answer(matter: Matter<'_>) -> Ternary {
    let known = known(matter);
    // An uncertain time may be wrong as a whole, so it decides nothing.
    if matter.when.uncertain || known.start.is_none() {
        Ternary::Undetermined
    } else {
        known.began.and(known.within).and(known.lasted)
    }
}

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let known = known(matter);
    let Some((first, last)) = known.start else {
        let words = "The day from which the term holds is not recorded.";
        return Outcome::new(
            Ternary::Undetermined,
            words,
            "Did the term hold when it happened?",
        );
    };
    let start = start_words(first, last);
    let bounds = known.earliest.zip(known.latest);
    let open = open_words(known.began, known.within, first, last, bounds);
    let outcome = Outcome::new(answer(matter), time_words(matter, &known, &start), open)
        .input(format!("Time of the incident: {}.", matter.when))
        .inputs(period::inputs(
            matter.frame.agreement,
            matter.frame.as_of,
            &known.end,
        ));
    let windows = matter.term.limits.during.iter();
    let outcome = outcome.inputs(windows.map(|window| format!("The term holds {}.", words::when(window))));
    let accounts = matter.frame.agreement.accounts(&matter.term.from);
    let account = |anchor: &Anchor| format!("\"{}\": {} ({}).", anchor.name, anchor.date, anchor.source);
    outcome
        .inputs(accounts.map(account))
        .inputs(signed(matter).into_iter().map(account))
}

/// How the time lies to the term, as a sentence.
fn time_words(matter: Matter<'_>, known: &Known, start: &str) -> String {
    let happened = words::when(matter.when);
    match (known.began, known.within, known.lasted) {
        _ if matter.when.uncertain => format!("It is said to have happened {happened}; {start}."),
        (Ternary::No, _, _) => before_words(matter, known.latest, start),
        (_, Ternary::No, _) => {
            format!("It happened {happened}, outside the periods in which the term holds.")
        }
        (_, _, Ternary::No) => format!("It happened {happened}, after the agreement ended."),
        (Ternary::Undetermined, _, _) => {
            format!("It happened {happened}, and whether the term then held is undetermined: {start}.")
        }
        (_, Ternary::Undetermined, _) => format!(
            "It happened {happened}, and whether that lies in the periods in which the term holds is \
             undetermined."
        ),
        (_, _, Ternary::Undetermined) => format!(
            "It happened {happened}, and whether the agreement was still in force is undetermined: its period may \
             have ended on {}.",
            known
                .end
                .earliest()
                .map_or_else(|| "a day that nobody tells".to_owned(), words::day)
        ),
        _ => format!("It happened {happened}; {start}."),
    }
}

/// First and last day it can have been, an approximate time widened on both sides.
pub(super) fn bounds(when: &Edtf) -> (Option<Date>, Option<Date>) {
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
        _ => matter.frame.agreement.accounts("signed").collect(),
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
    let happened = words::when(matter.when);
    let signed = matter
        .frame
        .agreement
        .accounts("signed")
        .map(|anchor| anchor.date);
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
fn open_words(
    began: Ternary,
    within: Ternary,
    first: Date,
    last: Date,
    bounds: Option<(Date, Date)>,
) -> String {
    match bounds {
        _ if began == Ternary::Yes && within != Ternary::Yes => {
            "Did it happen in a period in which the term holds?".to_owned()
        }
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
