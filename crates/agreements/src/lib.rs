//! Agreements that run: terms, parties, exemptions, zones and deadlines read from `data/agreements`, and
//! every incident judged under them with each test, its inputs and the missing fact that would decide it.
//! Gets incidents, an agreement and a date; gives findings and deadlines.
//! Never extracts, places or fuses, never changes what is believed to have happened, never reads a clock.

mod author;
mod brief;
mod case;
mod check;
mod deadline;
mod docket;
mod judge;
mod period;
mod quiet;
mod read;
mod walk;
mod words;

pub use case::{Case, cases, run};
pub use check::check;
pub use deadline::deadlines;
pub use docket::{Docket, Ruling, Spot};
pub use read::{Known, parse};
pub use walk::{Step, overlaps, walk};

use brief::{Actors, Brief};
use jiff::civil::Date;
use judge::{Frame, Matter};
use model::{Actor, Agreement, Assessed, Finding, Incident, Note, Severity, Term};

/// How an author may be established; missions differ in what they are asked to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attributing {
    /// Nobody is named: only terms that count an act whoever did it can be breached.
    None,
    /// By name; and, where nobody is named or blamed in earnest, by who held the place, for acts that are done
    /// where their author stands.
    AreaOfControl,
    /// By name: in an account's own voice, or by a claim of responsibility; never by an allegation.
    #[default]
    Named,
}

impl Attributing {
    /// All with the words used in settings.
    pub const ALL: [(&'static str, Self); 3] = [
        ("none", Self::None),
        ("area-of-control", Self::AreaOfControl),
        ("named", Self::Named),
    ];
    /// The word used in settings.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, policy)| *policy == self)
            .map_or("", |(word, _)| word)
    }
    /// Reads the word used in settings.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == word)
            .map(|(_, policy)| *policy)
    }
}

/// Whether an agreement is judged by when nobody asks for one by name: it was signed by the day of the picture, on
/// its earliest account, and belongs to the conflict that the data is about. Without a day, every one was signed.
pub fn stands(agreement: &Agreement, as_of: Option<Date>) -> bool {
    let signed = agreement.accounts("signed").map(|anchor| anchor.date).min();
    !agreement.on_request && signed.zip(as_of).is_none_or(|(signed, as_of)| signed <= as_of)
}

/// Judges every incident under an agreement and says how its deadlines stand on the day `as_of`.
///
/// An incident gets one finding under each term that is about such an act, and none when no term is. Neither
/// the order of the incidents nor that of the actors matters. `actors` tells which body belongs to which; an
/// actor that is not in it is known by its key alone. `Incident::when` is taken to hold every account of the
/// time. Entries of the agreement's register that became known after `as_of` are left out.
pub fn assess(
    incidents: &[Incident],
    agreement: &Agreement,
    as_of: Date,
    attributing: Attributing,
    actors: &[Actor],
) -> Assessed {
    let actors = by_key(actors);
    let frame = Frame {
        agreement,
        actors: &actors,
        attributing,
        as_of,
    };
    let mut ordered: Vec<&Incident> = incidents.iter().collect();
    ordered.sort_by(|a, b| (a.when.earliest(), &a.id).cmp(&(b.when.earliest(), &b.id)));
    ordered.dedup_by(|a, b| a.id == b.id);
    let mut assessed = Assessed {
        deadlines: deadlines(agreement, as_of),
        ..Assessed::default()
    };
    let is_later = |incident: &&Incident| incident.when.earliest().is_some_and(|day| day > as_of);
    let (later, ordered): (Vec<&Incident>, Vec<&Incident>) = ordered.into_iter().partition(is_later);
    assessed.notes.extend(
        later
            .into_iter()
            .map(|incident| after_cut_off(incident, agreement, as_of)),
    );
    let briefs: Vec<(&Incident, Brief)> = ordered
        .into_iter()
        .map(|incident| (incident, Brief::of(incident, &actors)))
        .collect();
    let mut findings: Vec<(usize, usize, Finding)> = Vec::new();
    for (at, term) in agreement.terms.iter().enumerate() {
        let judged = judged(&briefs, term, &frame);
        findings.extend(
            judged
                .into_iter()
                .map(|(incident, finding)| (incident, at, finding)),
        );
        assessed.notes.extend(quiet::note(&briefs, term, &frame));
    }
    findings.sort_by_key(|(incident, term, _)| (*incident, *term));
    assessed.findings = findings.into_iter().map(|(_, _, finding)| finding).collect();
    assessed
}

/// The findings under one term, each with the index of its incident.
fn judged(briefs: &[(&Incident, Brief)], term: &Term, frame: &Frame<'_>) -> Vec<(usize, Finding)> {
    let about = briefs
        .iter()
        .enumerate()
        .filter(|(_, (_, brief))| judge::is_about(term, &brief.act));
    let mut matters: Vec<(usize, &Incident, Matter<'_>)> = about
        .map(|(at, (incident, brief))| (at, *incident, Matter::new(brief, term, frame)))
        .collect();
    if let Some(limit) = term.limits.at_most {
        let all: Vec<Matter<'_>> = matters.iter().map(|(_, _, matter)| *matter).collect();
        for ((_, _, matter), tally) in matters.iter_mut().zip(judge::tallies(&all, limit.days)) {
            matter.tally = Some(tally);
        }
    }
    matters
        .into_iter()
        .map(|(at, incident, matter)| (at, judge::judge(incident, matter)))
        .collect()
}

fn by_key(actors: &[Actor]) -> Actors<'_> {
    actors.iter().map(|actor| (actor.id.as_str(), actor)).collect()
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
