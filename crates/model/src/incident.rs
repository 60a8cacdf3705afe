//! Incidents: one occurrence each, built from claims; corroboration counts origins, never pages.

use crate::{
    Act, ActorId, ActorMention, Because, ClaimId, ContradictionId, Count, DocumentId, Edtf, IncidentId,
    Location, Metric, Note, OriginId, Resolution, ReviewItem, Ruled, RulingId, Ternary,
};
use std::collections::BTreeSet;

/// How well an element of an incident is established. `Verified` and `Refuted` come only from rulings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One origin.
    Reported,
    /// Two or more independent origins agree.
    Corroborated,
    /// Independent accounts conflict.
    Contested,
    /// Shown false by a ruling.
    Refuted,
    /// Nobody says, or what is said does not decide.
    Undetermined,
    /// Ruled so by a person.
    Verified,
}

impl Status {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Corroborated => "corroborated",
            Self::Contested => "contested",
            Self::Refuted => "refuted",
            Self::Undetermined => "undetermined",
            Self::Verified => "verified",
        }
    }
}

/// The status of each element; level attaches to the element, never to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ElementStatus {
    /// That it happened.
    pub occurrence: Status,
    /// Where.
    pub place: Status,
    /// When.
    pub time: Status,
    /// How.
    pub means: Status,
    /// How many.
    pub toll: Status,
    /// Who.
    pub author: Status,
}

/// What joins two documents into one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// The same text, whole or in part.
    SameText,
    /// The same headline over different text.
    SameTitle,
    /// The same publisher family.
    SameFamily,
    /// The same agency credited.
    SameAgency,
    /// The same person or body quoted for it.
    SameSpeaker,
    /// One cites the other.
    Cites,
}

impl LinkKind {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SameText => "same-text",
            Self::SameTitle => "same-title",
            Self::SameFamily => "same-family",
            Self::SameAgency => "same-agency",
            Self::SameSpeaker => "same-speaker",
            Self::Cites => "cites",
        }
    }
}

/// Why two documents are not independent.
#[derive(Clone, Debug, PartialEq)]
pub struct OriginLink {
    /// What joins them.
    pub kind: LinkKind,
    /// One document.
    pub a: DocumentId,
    /// The other.
    pub b: DocumentId,
    /// Strength, 0 to 1: the share of text in common; 1 for links that are named.
    pub score: f64,
    /// Why.
    pub because: Because,
}

/// An independent root behind one or more documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Its id.
    pub id: OriginId,
    /// Who it is, for readers: the speaker or publisher at the root.
    pub label: String,
    /// Documents that rest on it.
    pub documents: Vec<DocumentId>,
    /// Claims that rest on it.
    pub claims: Vec<ClaimId>,
    /// What joined the documents.
    pub links: Vec<OriginLink>,
    /// Independent of every party and guarantor?
    pub independent: Ternary,
    /// Reliability as a person graded it, `A` to `F` of the Admiralty code; `F`, cannot be judged, until somebody
    /// does.
    pub reliability: char,
    /// Why.
    pub because: Vec<Because>,
}

/// How an attribution of authorship came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttributionKind {
    /// The page or a source names the author in passing.
    Named,
    /// Somebody blames somebody.
    Allegation,
    /// Somebody says it was them.
    ClaimOfResponsibility,
    /// Somebody says it was not them.
    Denial,
}

impl AttributionKind {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Allegation => "allegation",
            Self::ClaimOfResponsibility => "claim-of-responsibility",
            Self::Denial => "denial",
        }
    }
}

/// Who is said to have done it, and on whose word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// How it came about.
    pub kind: AttributionKind,
    /// The label as written.
    pub label: String,
    /// Canonical actor.
    pub actor: Resolution<ActorId>,
    /// Kind of the actor from `data/actors`; empty when not known.
    pub actor_kind: String,
    /// Who says so, as written.
    pub by: String,
    /// The claim that says so.
    pub claim: ClaimId,
    /// A ruling holds that it was somebody else.
    pub set_aside: bool,
}

/// A toll over all claims of one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toll {
    /// What it counts.
    pub metric: Metric,
    /// The interval that holds every account.
    pub range: Count,
    /// The account preferred, with the reason in `because`.
    pub best: Count,
    /// Every account: who, how many, which claim; in a fixed order.
    pub accounts: Vec<(String, Count, ClaimId)>,
    /// Why this best and this range.
    pub because: Because,
}

/// One occurrence in space and time; its author may be unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// Its id: the ids of its claims.
    pub id: IncidentId,
    /// The most specific act that the claims agree on.
    pub act: Act,
    /// When.
    pub when: Edtf,
    /// Where, on the best account.
    pub location: Option<Location>,
    /// Every claim it rests on.
    pub claims: Vec<ClaimId>,
    /// Who is said to have done it.
    pub attributions: Vec<Attribution>,
    /// Whom it hit.
    pub targets: Vec<ActorMention>,
    /// Weapon or means as written; empty when none.
    pub weapon: String,
    /// Tolls, one for each metric.
    pub tolls: Vec<Toll>,
    /// Every document that reports it.
    pub documents: Vec<DocumentId>,
    /// The origins behind it.
    pub origins: Vec<Origin>,
    /// Status of each element.
    pub status: ElementStatus,
    /// Reported only as background, such as an earlier attack recalled.
    pub background: bool,
    /// A series of acts, not one.
    pub series: bool,
    /// A ruling archived it, and nothing was told of it since: it is left out of lists, maps and counts.
    pub archived: bool,
    /// Credibility as a person credited it, 1 to 6 of the Admiralty code; 6, cannot be judged, until somebody does.
    pub credibility: u8,
    /// The rulings in force that had a part in it.
    pub rulings: Vec<RulingId>,
    /// Why its claims are one incident.
    pub because: Vec<Because>,
}

impl Incident {
    /// How many origins are independent of the parties.
    pub fn independent_origins(&self) -> usize {
        self.origins
            .iter()
            .filter(|origin| origin.independent == Ternary::Yes)
            .count()
    }
    /// The grade of its occurrence after the practice of Airwars: `confirmed`, `fair`, `weak`, `contested` or
    /// `discounted`. Confirmed is what an author admits or a ruling holds; fair rests on two origins, weak on one.
    pub fn grade(&self) -> &'static str {
        let admitted = |attribution: &Attribution| {
            attribution.kind == AttributionKind::ClaimOfResponsibility && !attribution.set_aside
        };
        match self.status.occurrence {
            Status::Refuted => "discounted",
            Status::Verified => "confirmed",
            Status::Contested => "contested",
            _ if self.attributions.iter().any(admitted) => "confirmed",
            Status::Corroborated => "fair",
            Status::Reported | Status::Undetermined => "weak",
        }
    }
    /// The toll of a metric.
    pub fn toll(&self, metric: Metric) -> Option<&Toll> {
        self.tolls.iter().find(|toll| toll.metric == metric)
    }
}

/// What two accounts disagree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContradictionKind {
    /// A number.
    Count,
    /// A time.
    Time,
    /// A place.
    Place,
    /// Who did it, or which part somebody played.
    Role,
    /// Whether it happened.
    Occurrence,
    /// One account leaves out what another says.
    Omission,
    /// A forecast or plan against what came.
    Forecast,
}

impl ContradictionKind {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Time => "time",
            Self::Place => "place",
            Self::Role => "role",
            Self::Occurrence => "occurrence",
            Self::Omission => "omission",
            Self::Forecast => "forecast",
        }
    }
}

/// Two accounts that cannot both hold, or that leave out what the other says; kept side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Its id.
    pub id: ContradictionId,
    /// About what.
    pub kind: ContradictionKind,
    /// Real, or only apparent (different scope, later revision).
    pub real: Ternary,
    /// The claims that disagree.
    pub claims: Vec<ClaimId>,
    /// What each says, in one sentence.
    pub words: String,
    /// Why.
    pub because: Because,
}

/// What `incidents` makes of all claims.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fused {
    /// The incidents, in order of time, place, id.
    pub incidents: Vec<Incident>,
    /// Accounts that disagree.
    pub contradictions: Vec<Contradiction>,
    /// Links between documents, whatever their incidents.
    pub links: Vec<OriginLink>,
    /// Every ruling with what became of it, in the order of the log.
    pub ruled: Vec<Ruled>,
    /// What waits for a person, in the order in which it is to be taken.
    pub review: Vec<ReviewItem>,
    /// Claims that a ruling rejects, copies of their words included; nothing may rest on them.
    pub rejected: BTreeSet<ClaimId>,
    /// What could not be decided.
    pub notes: Vec<Note>,
}
