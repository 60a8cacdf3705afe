//! Agreements that run: terms, parties, exemptions, zones and deadlines read from `data/agreements`, and
//! every incident judged under them with each test, its inputs and the missing fact that would decide it.
//! Gets incidents, an agreement and a date; gives findings and deadlines.
//! Never extracts, places or fuses, never changes what is believed to have happened, never reads a clock.

mod case;
mod deadline;
mod judge;
mod read;
mod words;

pub use case::{Case, cases, run};
pub use deadline::deadlines;
pub use read::{Known, parse};

use jiff::civil::Date;
use model::{Actor, Agreement, Assessed, Incident, Note, Severity};
use std::collections::BTreeMap;

/// Judges every incident under an agreement and says how its deadlines stand on the day `as_of`.
///
/// An incident gets one finding, under the most specific term that its act falls under, and none when no term
/// is about such an act. Neither the order of the incidents nor that of the actors matters. `actors` tells
/// which body belongs to which; an actor that is not in it is known by its key alone.
/// `Incident::when` is taken to hold every account of the time.
pub fn assess(incidents: &[Incident], agreement: &Agreement, as_of: Date, actors: &[Actor]) -> Assessed {
    let actors: BTreeMap<&str, &Actor> = actors.iter().map(|actor| (actor.id.as_str(), actor)).collect();
    let mut ordered: Vec<&Incident> = incidents.iter().collect();
    ordered.sort_by(|a, b| (a.when.earliest(), &a.id).cmp(&(b.when.earliest(), &b.id)));
    ordered.dedup_by(|a, b| a.id == b.id);
    let mut assessed = Assessed {
        deadlines: deadlines(agreement, as_of),
        ..Assessed::default()
    };
    for incident in ordered {
        if incident.when.earliest().is_some_and(|day| day > as_of) {
            assessed.notes.push(after_cut_off(incident, agreement, as_of));
        } else {
            assessed
                .findings
                .extend(judge::judge(incident, agreement, &actors));
        }
    }
    assessed
}

fn after_cut_off(incident: &Incident, agreement: &Agreement, as_of: Date) -> Note {
    Note::new(
        Severity::Hint,
        "agreements",
        incident.id.as_str(),
        format!(
            "not judged under \"{}\": it happened {}, after the cut-off on {}",
            agreement.id,
            words::when(&incident.when),
            words::day(as_of)
        ),
    )
    .next("Choose a later cut-off to have it judged.")
}
