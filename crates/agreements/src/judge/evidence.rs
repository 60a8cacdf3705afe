//! Does at least one account say that it happened, and how strong is the weakest link?

use super::{Matter, Outcome};
use model::{AttributionKind, ClaimId, Incident, Status, Ternary};
use std::collections::BTreeSet;

pub(super) fn ask(matter: Matter<'_>) -> Outcome {
    let incident = matter.incident;
    let origins = incident.origins.len();
    let (answer, words) = match incident.status.occurrence {
        Status::Verified => (Ternary::Yes, "A ruling holds that it happened.".to_owned()),
        Status::Refuted => (Ternary::No, "A ruling holds that it did not happen.".to_owned()),
        Status::Contested => (
            Ternary::Undetermined,
            "Independent accounts conflict on whether it happened.".to_owned(),
        ),
        Status::Undetermined => (
            Ternary::Undetermined,
            "What is said does not decide whether it happened.".to_owned(),
        ),
        _ if origins == 0 => (
            Ternary::Undetermined,
            "No origin is known for any account of it.".to_owned(),
        ),
        _ => (
            Ternary::Yes,
            format!(
                "It rests on {}, {} of them known to be independent of the parties.",
                count(origins),
                incident.independent_origins()
            ),
        ),
    };
    let mut outcome = Outcome::new(answer, words, "Did it happen?").input(format!(
        "{} document(s), {}.",
        incident.documents.len(),
        count(origins)
    ));
    let mut labels: Vec<&str> = incident
        .origins
        .iter()
        .map(|origin| origin.label.as_str())
        .collect();
    labels.sort_unstable();
    outcome
        .inputs
        .extend(labels.into_iter().map(|label| format!("Origin: {label}.")));
    outcome.claims.clone_from(&incident.claims);
    outcome.claims.sort();
    outcome
}

fn count(origins: usize) -> String {
    match origins {
        1 => "1 origin".to_owned(),
        n => format!("{n} origins"),
    }
}

/// The weakest link that a finding rests on: the fewer of the origins behind the incident and those behind its
/// author; an author known by allegation alone is weaker than any.
pub(super) fn strength(incident: &Incident) -> &'static str {
    let ruled = incident.status.occurrence == Status::Verified;
    let reports = incident.attributions.iter().filter(|attribution| {
        matches!(
            attribution.kind,
            AttributionKind::Named | AttributionKind::ClaimOfResponsibility
        )
    });
    let reports: BTreeSet<&ClaimId> = reports.map(|attribution| &attribution.claim).collect();
    let alleged = incident
        .attributions
        .iter()
        .any(|attribution| attribution.kind == AttributionKind::Allegation);
    if incident.status.author != Status::Verified && alleged && reports.is_empty() {
        return "allegation";
    }
    let behind_author = incident
        .origins
        .iter()
        .filter(|origin| origin.claims.iter().any(|claim| reports.contains(claim)))
        .count();
    let origins = if reports.is_empty() {
        incident.origins.len()
    } else {
        behind_author.max(1).min(incident.origins.len())
    };
    match origins {
        _ if ruled && (reports.is_empty() || incident.status.author == Status::Verified) => "ruling",
        0 => "no origin",
        1 => "one origin",
        _ => "two origins",
    }
}
