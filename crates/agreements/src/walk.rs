//! One incident walked through every term of an agreement, and through the agreements that meet at its place.

use crate::brief::Brief;
use crate::judge::{self, Frame};
use crate::{Attributing, by_key};
use jiff::civil::Date;
use model::{Actor, Agreement, AgreementId, Duty, Finding, Incident, Term, TermId, Ternary};

/// What one term has to say about an incident.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// It judges nothing of the kind, and why, as a full sentence.
    Silent(TermId, String),
    /// It judges it.
    Judged(Finding),
}

/// Every term of the agreement in order, with its finding or the reason why it has none. A term that counts is
/// judged with the other incidents in view, so `incidents` holds them all; the one that is walked is `of`.
pub fn walk(
    of: &Incident,
    incidents: &[Incident],
    agreement: &Agreement,
    as_of: Date,
    attributing: Attributing,
    actors: &[Actor],
) -> Vec<Step> {
    let findings = crate::assess(incidents, agreement, as_of, attributing, actors).findings;
    let mut own = findings
        .into_iter()
        .filter(|finding| finding.incident == of.id)
        .collect::<Vec<_>>();
    let step = |term: &Term| match own.iter().position(|finding| finding.term == term.id) {
        Some(at) => Step::Judged(own.remove(at)),
        None => Step::Silent(term.id.clone(), silence(term, of)),
    };
    agreement.terms.iter().map(step).collect()
}

fn silence(term: &Term, of: &Incident) -> String {
    let nameless = term.acts.is_empty() && term.classes.is_empty();
    match term.duty {
        Duty::Permission => "It allows something, and a permission judges no incident.".to_owned(),
        _ if nameless && !term.limits.by.is_empty() => {
            format!(
                "It is judged by its deadline \"{}\" and by no incident.",
                term.limits.by
            )
        }
        _ if nameless => {
            "It asks for something that no single incident shows, so no incident is judged under it."
                .to_owned()
        }
        _ if !judge::is_about(term, &of.act) => {
            format!("It is not about an act such as \"{}\".", of.act.id)
        }
        _ => "It happened after the cut-off.".to_owned(),
    }
}

/// The agreements whose places cover the place of an incident, surely or perhaps, while they were in force: each
/// with the answer and with its guarantors. Two or more answer to different guarantors on one spot.
pub fn overlaps(
    of: &Incident,
    agreements: &[Agreement],
    as_of: Date,
    attributing: Attributing,
    actors: &[Actor],
) -> Vec<(AgreementId, Ternary, Vec<String>)> {
    let actors = by_key(actors);
    let brief = Brief::of(of, &actors);
    let mut met = Vec::new();
    for agreement in agreements {
        let frame = Frame {
            agreement,
            actors: &actors,
            attributing,
            as_of,
        };
        let covered = agreement
            .terms
            .iter()
            .filter(|term| term.duty != Duty::Permission)
            .map(|term| judge::covers(judge::Matter::new(&brief, term, &frame)))
            .fold(Ternary::No, Ternary::or);
        if covered != Ternary::No {
            let guarantors = agreement
                .parties
                .iter()
                .filter(|party| party.part == "guarantor")
                .map(|party| crate::words::known_name(&party.actor, &actors));
            met.push((agreement.id.clone(), covered, guarantors.collect()));
        }
    }
    met
}
