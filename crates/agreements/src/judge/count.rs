//! Did it happen more often than the term allows? Counted over every incident that breaches the term in all
//! other tests, surely or perhaps, so that what is not known widens the count and never narrows it.

use super::{Matter, Outcome, Question, blank, in_force, verdict};
use jiff::civil::Date;
use model::{Ternary, Verdict, add_days};

/// How often it happened within the days that the term counts over, around one incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Surely, this one among them.
    pub(crate) sure: u64,
    /// Perhaps, the sure ones among them.
    pub(crate) possible: u64,
}

pub(super) fn answer(matter: Matter<'_>) -> Ternary {
    match (matter.term.limits.at_most, matter.tally) {
        (Some(limit), Some(tally)) if tally.sure > limit.number => Ternary::Yes,
        (Some(limit), Some(tally)) if tally.possible <= limit.number => Ternary::No,
        _ => Ternary::Undetermined,
    }
}

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let answer = answer(matter);
    let Some((limit, tally)) = matter.term.limits.at_most.zip(matter.tally) else {
        let words = "How often it happened has not been counted.";
        return Outcome::new(answer, words, "Did it happen more often than the term allows?");
    };
    let days = match limit.days {
        1 => "on one day".to_owned(),
        n => format!("within {n} days"),
    };
    let times = match (tally.sure, tally.possible) {
        (sure, possible) if sure == possible => format!("{sure}"),
        (sure, possible) => format!("{sure} to {possible}"),
    };
    let words = format!(
        "Incidents of the kind {days}: {times}; the term allows no more than {}.",
        limit.number
    );
    let open = format!(
        "Were there more than {} such incidents {days} that breach the term in every other test?",
        limit.number
    );
    Outcome::new(answer, words, open).input(format!("Counted: {times}; allowed: {}.", limit.number))
}

/// Tallies of incidents under one term that counts; one for each matter, in order.
///
/// An incident counts surely when every other test says breach and its day is known, perhaps when no test
/// speaks against it. Incidents count together when they can lie within the days of the term of each other.
pub(crate) fn tallies(matters: &[Matter<'_>], days: i64) -> Vec<Tally> {
    let counted: Vec<Counted> = matters.iter().map(|matter| Counted::of(*matter)).collect();
    let reach = days.max(1) - 1;
    let sorted = |pick: fn(&Counted) -> Option<Date>| {
        let mut all: Vec<Date> = counted.iter().filter_map(pick).collect();
        all.sort_unstable();
        all
    };
    let sure = sorted(|one| one.sure);
    let first = sorted(|one| one.possible.map(|(first, _)| first));
    let last = sorted(|one| one.possible.map(|(_, last)| last));
    let up_to = |all: &[Date], day: Date| all.partition_point(|other| *other <= day);
    let before = |all: &[Date], day: Date| all.partition_point(|other| *other < day);
    let tally = |one: &Counted| {
        let Some((own_first, own_last)) = one.possible else {
            return Tally { sure: 0, possible: 0 };
        };
        // All that begin before the end of the stretch, less those that end before its start.
        let possible = up_to(&first, add_days(own_last, reach)) - before(&last, add_days(own_first, -reach));
        // The fullest stretch of the term's length that holds this one.
        let stretches = one.sure.into_iter().flat_map(|day| {
            let starts = (0..=reach).map(move |back| add_days(day, -back));
            starts.map(|start| up_to(&sure, add_days(start, reach)) - before(&sure, start))
        });
        Tally {
            sure: stretches.max().unwrap_or(0) as u64,
            possible: possible as u64,
        }
    };
    counted.iter().map(tally).collect()
}

/// How one incident counts.
struct Counted {
    /// First and last day it can have been, when no test speaks against it.
    possible: Option<(Date, Date)>,
    /// Its day, when it counts surely.
    sure: Option<Date>,
}

impl Counted {
    fn of(matter: Matter<'_>) -> Self {
        let mut answers = blank(matter);
        for question in Question::ALL {
            if question != Question::Count && question.is_asked(matter.term) {
                answers = answers.with(question, question.answer(matter));
            }
        }
        let verdict = verdict(&answers);
        let is_sure = verdict == Verdict::Violation && !matter.when.approximate;
        // A time that may be wrong as a whole can be any.
        let (earliest, latest) = match matter.when.uncertain {
            true => (None, None),
            false => in_force::bounds(matter.when),
        };
        let days = (earliest.unwrap_or(Date::MIN), latest.unwrap_or(Date::MAX));
        Self {
            possible: matches!(verdict, Verdict::Violation | Verdict::NotAssessable).then_some(days),
            sure: matter.when.single_day().filter(|_| is_sure),
        }
    }
}
