//! Who is said to have done it, and how well that is established.

use crate::brief::{Actors, Identity};
use crate::words;
use model::{Attribution, AttributionKind, ClaimId, Incident, Resolution, Status};
use std::collections::{BTreeMap, BTreeSet};

/// How well one author is established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Named by an account in its own voice, or by itself.
    Reported,
    /// Blamed by somebody, and by no more than that.
    Alleged,
    /// Named or blamed, and denied, or contested between accounts.
    Disputed,
}

/// One actor that is said to have done it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Author {
    pub(crate) identity: Identity,
    pub(crate) standing: Standing,
    /// Name for readers.
    pub(crate) name: String,
    /// Who says so, each once.
    pub(crate) by: Vec<String>,
    /// Who denies it, each once.
    pub(crate) denied_by: Vec<String>,
    pub(crate) claims: Vec<ClaimId>,
}

impl Author {
    /// Takes away the words that only readers need.
    pub(crate) fn bare(&mut self) {
        self.identity.bare();
        self.name.clear();
        self.by.clear();
        self.denied_by.clear();
        self.claims.clear();
    }
    /// How the author comes to be known, as a sentence.
    pub(crate) fn words(&self) -> String {
        let (name, by) = (words::sentence(&self.name), words::list(&self.by));
        match self.standing {
            Standing::Reported => format!("{name} is named as the author by {by}."),
            Standing::Alleged => format!("An allegation by {by} points at {}.", self.name),
            Standing::Disputed if self.denied_by.is_empty() => {
                format!("{name} is named as the author by {by}, and accounts conflict about it.")
            }
            Standing::Disputed => format!(
                "{name} is named as the author by {by}; {} denies it.",
                words::list(&self.denied_by)
            ),
        }
    }
}

/// Everybody who is said to have done it, in a fixed order; who is only denied to have done it is left out.
pub(crate) fn authors(incident: &Incident, actors: &Actors<'_>) -> Vec<Author> {
    let mut by_key: BTreeMap<String, Vec<&Attribution>> = BTreeMap::new();
    // Whom a ruling sets aside is shown with the incident, and no term binds them for it.
    for attribution in incident.attributions.iter().filter(|one| !one.set_aside) {
        by_key.entry(key(attribution)).or_default().push(attribution);
    }
    let contested = incident.status.author == Status::Contested;
    let grouped = by_key.into_values();
    grouped
        .filter_map(|same| author(&same, contested, actors))
        .collect()
}

fn key(attribution: &Attribution) -> String {
    match &attribution.actor {
        Resolution::Resolved(id) => format!("id {id}"),
        _ => format!("label {}", attribution.label.to_lowercase()),
    }
}

fn author(same: &[&Attribution], contested: bool, actors: &Actors<'_>) -> Option<Author> {
    let said_by = |wanted: fn(AttributionKind) -> bool| -> Vec<String> {
        let said = same.iter().filter(|attribution| wanted(attribution.kind));
        let names: BTreeSet<String> = said.map(|attribution| speaker(attribution)).collect();
        names.into_iter().collect()
    };
    let reported = said_by(|kind| {
        matches!(
            kind,
            AttributionKind::Named | AttributionKind::ClaimOfResponsibility
        )
    });
    let alleged = said_by(|kind| kind == AttributionKind::Allegation);
    let denied_by = said_by(|kind| kind == AttributionKind::Denial);
    let (standing, by) = match (reported.is_empty(), alleged.is_empty()) {
        (true, true) => return None,
        (false, _) if contested || !denied_by.is_empty() => (Standing::Disputed, reported),
        (false, _) => (Standing::Reported, reported),
        (true, false) if !denied_by.is_empty() => (Standing::Disputed, alleged),
        (true, false) => (Standing::Alleged, alleged),
    };
    // Every attribution of one key agrees on the actor; the least label stands for all, whatever their order.
    let shown = same
        .iter()
        .min_by_key(|attribution| (&attribution.label, &attribution.actor))?;
    let kinds: BTreeSet<&str> = same
        .iter()
        .map(|attribution| attribution.actor_kind.as_str())
        .filter(|kind| !kind.is_empty())
        .collect();
    let kind = match kinds.len() {
        1 => kinds.first().copied().unwrap_or_default(),
        _ => "",
    };
    let claims: BTreeSet<&ClaimId> = same.iter().map(|attribution| &attribution.claim).collect();
    Some(Author {
        identity: Identity::of(&shown.actor, kind, actors),
        name: words::actor_name(&shown.actor, &shown.label, actors),
        standing,
        by,
        denied_by,
        claims: claims.into_iter().cloned().collect(),
    })
}

fn speaker(attribution: &Attribution) -> String {
    match (attribution.kind, attribution.by.as_str()) {
        (AttributionKind::ClaimOfResponsibility, _) => "its own claim of responsibility".to_owned(),
        (_, "") => "an unnamed source".to_owned(),
        (_, by) => by.to_owned(),
    }
}
