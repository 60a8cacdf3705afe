//! Who is said to have done it, and how well that is established.

use super::Matter;
use crate::words;
use model::{ActorId, Attribution, AttributionKind, ClaimId, Resolution, Status};
use std::collections::{BTreeMap, BTreeSet};

/// How well one author is established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Named by an account in its own voice, or by itself.
    Reported,
    /// Blamed by somebody, and by no more than that.
    Alleged,
    /// Named or blamed, and denied, or contested between accounts.
    Disputed,
}

/// One actor that is said to have done it.
#[derive(Clone, Debug)]
pub(super) struct Author {
    pub(super) actor: Resolution<ActorId>,
    /// Kind from the attribution; empty when not known.
    pub(super) kind: String,
    /// Name for readers.
    pub(super) name: String,
    pub(super) standing: Standing,
    /// Who says so, each once.
    pub(super) by: Vec<String>,
    /// Who denies it, each once.
    pub(super) denied_by: Vec<String>,
    pub(super) claims: Vec<ClaimId>,
}

impl Author {
    /// How the author comes to be known, as a sentence.
    pub(super) fn words(&self) -> String {
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
pub(super) fn authors(matter: Matter<'_>) -> Vec<Author> {
    let mut by_key: BTreeMap<String, Vec<&Attribution>> = BTreeMap::new();
    for attribution in &matter.incident.attributions {
        by_key.entry(key(attribution)).or_default().push(attribution);
    }
    let contested = matter.incident.status.author == Status::Contested;
    let grouped = by_key.into_values();
    grouped
        .filter_map(|same| author(matter, &same, contested))
        .collect()
}

fn key(attribution: &Attribution) -> String {
    match &attribution.actor {
        Resolution::Resolved(id) => format!("id {id}"),
        _ => format!("label {}", attribution.label.to_lowercase()),
    }
}

fn author(matter: Matter<'_>, same: &[&Attribution], contested: bool) -> Option<Author> {
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
    let claims: BTreeSet<&ClaimId> = same.iter().map(|attribution| &attribution.claim).collect();
    Some(Author {
        actor: shown.actor.clone(),
        kind: if kinds.len() == 1 {
            kinds.first().map_or_else(String::new, |kind| (*kind).to_owned())
        } else {
            String::new()
        },
        name: words::actor_name(&shown.actor, &shown.label, matter.actors),
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

/// An actor's own key and the keys of every body it belongs to, nearest first.
pub(super) fn bodies(id: &ActorId, matter: Matter<'_>) -> Vec<ActorId> {
    let mut found = vec![id.clone()];
    let mut next = 0;
    while let Some(actor) = found.get(next).and_then(|id| matter.actors.get(id.as_str())) {
        for body in &actor.member_of {
            if !found.contains(body) {
                found.push(body.clone());
            }
        }
        next += 1;
    }
    found
}

/// The kind of an actor: as written beside it, or as the data about actors has it.
pub(super) fn kind_of<'a>(actor: &Resolution<ActorId>, kind: &'a str, matter: Matter<'a>) -> &'a str {
    let known = actor.resolved().and_then(|id| matter.actors.get(id.as_str()));
    known.map_or(kind, |actor| actor.kind.as_str())
}

/// The side of an actor, as the data about actors has it; empty when it has none.
pub(super) fn side_of<'a>(id: &ActorId, matter: Matter<'a>) -> &'a str {
    matter
        .actors
        .get(id.as_str())
        .map_or("", |actor| actor.side.as_str())
}
