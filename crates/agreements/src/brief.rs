//! What the judge reads of an incident, and no more: place, time, act, who, and what it rests on. Two incidents
//! that are alike in this are judged alike, which is what lets a year of them be judged in seconds.

use crate::author::{self, Author};
use crate::words;
use model::{
    Act, Actor, ActorId, ActorMention, AgreementId, AttributionKind, ClaimId, Edtf, Incident, Location,
    Metres, Resolution, Status, Ternary, ZoneAnswer, ZoneId,
};
use std::collections::{BTreeMap, BTreeSet};

/// The actors of the house by key.
pub(crate) type Actors<'a> = BTreeMap<&'a str, &'a Actor>;

/// What is read of one incident.
#[derive(Clone, Debug)]
pub(crate) struct Brief {
    pub(crate) act: Act,
    /// Means as written, in small letters.
    pub(crate) weapon: String,
    pub(crate) when: Edtf,
    pub(crate) site: Site,
    pub(crate) who: Who,
    pub(crate) weight: Weight,
}

/// Where it happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Site {
    /// Whether any account says where.
    pub(crate) told: bool,
    pub(crate) contested: bool,
    /// Countries of the place that was chosen, or of all candidates.
    pub(crate) countries: Vec<String>,
    /// Radius of the region that holds the true site, in metres.
    pub(crate) radius_m: i64,
    pub(crate) zones: Vec<Told>,
    /// Name for readers.
    pub(crate) name: String,
    /// How closely the place is known, for readers.
    pub(crate) precision: &'static str,
}

/// What is told of one zone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Told {
    pub(crate) agreement: AgreementId,
    pub(crate) zone: ZoneId,
    pub(crate) inside: Ternary,
    /// From the centre of the region to the boundary, in metres, whichever the side.
    pub(crate) distance_m: Option<i64>,
    /// Why, for readers.
    pub(crate) words: String,
}

/// Who is said to have done it, and whom it hit.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Who {
    pub(crate) authors: Vec<Author>,
    pub(crate) targets: Vec<Target>,
}

/// Somebody who was hit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Target {
    pub(crate) identity: Identity,
    /// Name for readers.
    pub(crate) name: String,
}

/// Which known actor is meant, and of what kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Identity {
    /// One when it is resolved, several when they compete, none when nothing but a label is known.
    pub(crate) faces: Vec<Face>,
    /// Kind as written beside the name; empty when not known.
    pub(crate) kind: String,
    pub(crate) resolved: bool,
}

/// A known actor with what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Face {
    /// Its own key and the keys of every body it belongs to, nearest first.
    pub(crate) bodies: Vec<ActorId>,
    pub(crate) kind: String,
    pub(crate) side: String,
    /// Neutral name, for readers.
    pub(crate) name: String,
}

/// What it rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Weight {
    pub(crate) occurrence: Status,
    pub(crate) origins: usize,
    pub(crate) independent: usize,
    /// The weakest link, as it is published.
    pub(crate) strength: &'static str,
    pub(crate) documents: usize,
    pub(crate) labels: Vec<String>,
    pub(crate) claims: Vec<ClaimId>,
}

impl Brief {
    pub(crate) fn of(incident: &Incident, actors: &Actors<'_>) -> Self {
        Self {
            act: incident.act.clone(),
            weapon: incident.weapon.to_lowercase(),
            when: incident.when.clone(),
            site: Site::of(incident.location.as_ref(), incident.status.place),
            who: Who::of(incident, actors),
            weight: Weight::of(incident),
        }
    }

    /// The same without the words that only readers need.
    pub(crate) fn bare(mut self) -> Self {
        self.site.name.clear();
        let zones = std::mem::take(&mut self.site.zones);
        self.site.zones = zones.into_iter().map(Told::bare).collect();
        for author in &mut self.who.authors {
            author.bare();
        }
        for target in &mut self.who.targets {
            target.name.clear();
            target.identity.bare();
        }
        self.weight.documents = 0;
        self.weight.labels.clear();
        self.weight.claims.clear();
        self
    }
}

impl Site {
    fn of(location: Option<&Location>, status: Status) -> Self {
        let Some(location) = location else {
            return Self::default();
        };
        let mut countries: Vec<String> = match &location.chosen {
            Some(place) => vec![place.country.clone()],
            None => location
                .candidates
                .iter()
                .map(|place| place.country.clone())
                .collect(),
        };
        countries.sort();
        countries.dedup();
        let mut zones: Vec<Told> = location.zones.iter().map(Told::of).collect();
        zones.sort();
        Self {
            told: true,
            contested: status == Status::Contested,
            countries,
            radius_m: location
                .region
                .map_or(0, |region| words::whole_metres(region.radius)),
            zones,
            name: place_name(location),
            precision: location.precision.as_str(),
        }
    }
}

impl Told {
    pub(crate) fn of(answer: &ZoneAnswer) -> Self {
        Self {
            agreement: answer.agreement.clone(),
            zone: answer.zone.clone(),
            inside: answer.inside,
            distance_m: answer
                .distance
                .map(|metres| words::whole_metres(Metres(metres.0.abs()))),
            words: answer.because.words.clone(),
        }
    }
    /// Without the words that only readers need.
    pub(crate) fn bare(mut self) -> Self {
        self.words.clear();
        self
    }
}

/// The place as the page writes it, so that a reader finds the word again, with its province.
fn place_name(location: &Location) -> String {
    let written = &location.mention.name;
    match &location.chosen {
        Some(place) if !written.is_empty() && !place.province.is_empty() && place.province != *written => {
            format!("{written} ({})", place.province)
        }
        Some(place) if place.province.is_empty() || place.province == place.name => place.name.clone(),
        Some(place) => format!("{} ({})", place.name, place.province),
        None if location.mention.name.is_empty() => "the place, which no account names,".to_owned(),
        None => format!("\"{}\"", location.mention.name),
    }
}

impl Who {
    fn of(incident: &Incident, actors: &Actors<'_>) -> Self {
        let mut targets: Vec<Target> = incident
            .targets
            .iter()
            .map(|target| Target::of(target, actors))
            .collect();
        targets.sort();
        Self {
            authors: author::authors(incident, actors),
            targets,
        }
    }
}

impl Target {
    fn of(mention: &ActorMention, actors: &Actors<'_>) -> Self {
        Self {
            identity: Identity::of(&mention.actor, &mention.kind, actors),
            name: words::actor_name(&mention.actor, &mention.label, actors),
        }
    }
}

impl Identity {
    pub(crate) fn of(actor: &Resolution<ActorId>, kind: &str, actors: &Actors<'_>) -> Self {
        let faces = match actor {
            Resolution::Resolved(id) => vec![Face::of(id, kind, actors)],
            Resolution::Candidates(several) => several.iter().map(|id| Face::of(id, kind, actors)).collect(),
            Resolution::Unresolved => Vec::new(),
        };
        Self {
            faces,
            kind: kind.to_owned(),
            resolved: actor.resolved().is_some(),
        }
    }

    /// What holds of whoever is meant: of the one, of all that compete, or of the kind alone; undetermined when
    /// nothing but a label is known.
    pub(crate) fn holds(
        &self,
        of_face: impl Fn(&Face) -> Ternary,
        of_kind: impl Fn(&str) -> bool,
    ) -> Ternary {
        if !self.faces.is_empty() {
            words::agreed(self.faces.iter().map(of_face))
        } else if self.kind.is_empty() {
            Ternary::Undetermined
        } else {
            Ternary::from(of_kind(&self.kind))
        }
    }

    /// Whether anything but a label is known.
    pub(crate) fn is_known(&self) -> bool {
        self.resolved || !self.kind.is_empty()
    }

    pub(crate) fn bare(&mut self) {
        for face in &mut self.faces {
            face.name.clear();
        }
    }
}

impl Face {
    pub(crate) fn of(id: &ActorId, kind: &str, actors: &Actors<'_>) -> Self {
        let known = actors.get(id.as_str());
        Self {
            bodies: bodies(id, actors),
            kind: known.map_or(kind, |actor| actor.kind.as_str()).to_owned(),
            side: known.map_or("", |actor| actor.side.as_str()).to_owned(),
            name: words::known_name(id, actors),
        }
    }

    /// Whether a word of the data means it: the key of it or of a body it belongs to, its kind, or its side.
    pub(crate) fn is_meant(&self, word: &str) -> bool {
        word == self.kind || word == self.side || self.belongs_to(word)
    }

    pub(crate) fn belongs_to(&self, key: &str) -> bool {
        self.bodies.iter().any(|body| body.as_str() == key)
    }
}

fn bodies(id: &ActorId, actors: &Actors<'_>) -> Vec<ActorId> {
    let mut found = vec![id.clone()];
    let mut next = 0;
    while let Some(actor) = found.get(next).and_then(|id| actors.get(id.as_str())) {
        for body in &actor.member_of {
            if !found.contains(body) {
                found.push(body.clone());
            }
        }
        next += 1;
    }
    found
}

impl Weight {
    fn of(incident: &Incident) -> Self {
        let mut labels: Vec<String> = incident
            .origins
            .iter()
            .map(|origin| origin.label.clone())
            .collect();
        labels.sort();
        let mut claims = incident.claims.clone();
        claims.sort();
        Self {
            occurrence: incident.status.occurrence,
            origins: incident.origins.len(),
            independent: incident.independent_origins(),
            strength: strength(incident),
            documents: incident.documents.len(),
            labels,
            claims,
        }
    }
}

/// The weakest link that a finding rests on: the fewer of the origins behind the incident and those behind its
/// author; an author known by allegation alone is weaker than any.
fn strength(incident: &Incident) -> &'static str {
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
