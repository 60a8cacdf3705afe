//! Silence is not compliance: where nothing was reported under a term for as long as it says, readers are told.

use crate::brief::Brief;
use crate::judge::{self, Frame};
use crate::words;
use model::{Incident, Note, Severity, Term, add_days};

/// Hours of a day; times here are days.
const HOURS: i64 = 24;

/// A note when no incident under the term can have happened in the last hours before the cut-off, as many as
/// the term says, rounded up to whole days. An incident without a known time breaks no silence.
pub(crate) fn note(briefs: &[(&Incident, Brief)], term: &Term, frame: &Frame<'_>) -> Option<Note> {
    let hours = term.limits.quiet_hours?;
    let days = hours.div_euclid(HOURS) + i64::from(hours.rem_euclid(HOURS) > 0);
    let since = add_days(frame.as_of, 1 - days.max(1));
    let heard = briefs
        .iter()
        .filter(|(_, brief)| judge::is_about(term, &brief.act))
        .any(|(_, brief)| brief.when.latest().is_some_and(|day| day >= since));
    (!heard).then(|| {
        let what = format!(
            "under the term \"{}\" of \"{}\" nothing was reported to have happened from {} to {}; that is no sign of \
             compliance",
            term.id,
            frame.agreement.id,
            words::day(since),
            words::day(frame.as_of)
        );
        Note::new(Severity::Hint, "agreements", frame.agreement.id.as_str(), what)
            .next("Look at the coverage: who could have reported, and who was heard.")
    })
}
