//! Rulings: what people decide about what was read, and what became of each decision.

use crate::{ClaimId, DocumentId, IncidentId, RulingId};
use std::collections::{BTreeMap, BTreeSet};

/// A part of an incident that can be established by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    /// That it happened.
    Occurrence,
    /// Where.
    Place,
    /// When.
    Time,
    /// How.
    Means,
    /// How many.
    Toll,
    /// Who.
    Author,
}

impl Element {
    /// Every element with its word.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Occurrence, "occurrence"),
        (Self::Place, "place"),
        (Self::Time, "time"),
        (Self::Means, "means"),
        (Self::Toll, "toll"),
        (Self::Author, "author"),
    ];
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(element, _)| *element == self)
            .map_or("", |(_, word)| word)
    }
    /// Reads a word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(element, _)| *element)
    }
}

/// What is decided. Claims stand for the wording they share with their copies: a ruling about one goes for all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// These claims tell of one incident.
    Same {
        /// Two claims or more.
        claims: Vec<ClaimId>,
    },
    /// None of these claims is about what any of the others is about.
    Apart {
        /// The claims on one side.
        claims: Vec<ClaimId>,
        /// Those on the other.
        from: Vec<ClaimId>,
    },
    /// The claims of each group tell of one incident, and of another than those of any other group.
    Split {
        /// Two groups or more; no claim stands in two of them.
        groups: Vec<Vec<ClaimId>>,
    },
    /// The claim belongs to the incident that another tells, or to none told so far.
    Move {
        /// The claim.
        claim: ClaimId,
        /// A claim that tells the incident it belongs to; nothing when it stands alone.
        to: Option<ClaimId>,
    },
    /// The claims were misread, or are no claims; nothing rests on them any more.
    Reject {
        /// The claims.
        claims: Vec<ClaimId>,
    },
    /// The claims were read over and stand as they are.
    Accept {
        /// The claims.
        claims: Vec<ClaimId>,
    },
    /// The incident that the claims tell is kept, and left out of lists, maps and counts, until something new is
    /// told of it.
    Archive {
        /// The claims: every account of the incident.
        claims: Vec<ClaimId>,
    },
    /// What the claim says of this element is so.
    Verify {
        /// The claim.
        claim: ClaimId,
        /// The element.
        element: Element,
    },
    /// What the claim tells did not happen, or not there and then.
    Refute {
        /// The claim.
        claim: ClaimId,
    },
    /// How reliable a source is, after the Admiralty code.
    Grade {
        /// Name of the speaker or publisher, as origins are labelled.
        source: String,
        /// `A` completely reliable to `E` unreliable; `F` cannot be judged.
        reliability: char,
    },
    /// How credible a claim is, after the Admiralty code.
    Credit {
        /// The claim.
        claim: ClaimId,
        /// 1 confirmed by other sources to 5 improbable; 6 cannot be judged.
        credibility: u8,
    },
    /// An earlier ruling is taken back.
    Undo {
        /// The ruling.
        ruling: RulingId,
    },
}

impl Decision {
    /// The word of each kind of decision.
    pub const KINDS: [&'static str; 12] = [
        "same", "apart", "split", "move", "reject", "accept", "archive", "verify", "refute", "grade",
        "credit", "undo",
    ];
    /// The word of its kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Same { .. } => "same",
            Self::Apart { .. } => "apart",
            Self::Split { .. } => "split",
            Self::Move { .. } => "move",
            Self::Reject { .. } => "reject",
            Self::Accept { .. } => "accept",
            Self::Archive { .. } => "archive",
            Self::Verify { .. } => "verify",
            Self::Refute { .. } => "refute",
            Self::Grade { .. } => "grade",
            Self::Credit { .. } => "credit",
            Self::Undo { .. } => "undo",
        }
    }
    /// Every claim that it names.
    pub fn claims(&self) -> Vec<&ClaimId> {
        match self {
            Self::Same { claims }
            | Self::Reject { claims }
            | Self::Accept { claims }
            | Self::Archive { claims } => claims.iter().collect(),
            Self::Split { groups } => groups.iter().flatten().collect(),
            Self::Apart { claims, from } => claims.iter().chain(from).collect(),
            Self::Move { claim, to } => std::iter::once(claim).chain(to).collect(),
            Self::Verify { claim, .. } | Self::Refute { claim } | Self::Credit { claim, .. } => vec![claim],
            Self::Grade { .. } | Self::Undo { .. } => Vec::new(),
        }
    }
}

/// A decision, who made it, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Its id: the hash of the signed text.
    pub id: RulingId,
    /// What is decided.
    pub decision: Decision,
    /// Name of the person.
    pub by: String,
    /// When, UTC to the second, such as `2017-05-06T10:00:00Z`.
    pub made: String,
    /// Why, in the person's words.
    pub because: String,
    /// The page and the words of each claim named, by which it is found again when a claim is read anew under
    /// another id.
    pub words: BTreeMap<ClaimId, (DocumentId, String)>,
}

/// Every ruling in the order of the log, and which kinds of decision need two people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rulings {
    /// The rulings, oldest first.
    pub list: Vec<Ruling>,
    /// Words of the kinds of decision that take effect only when two people have made them.
    pub two_people: BTreeSet<String>,
}

/// What became of a ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It has its effect.
    InForce,
    /// A second person must decide the same.
    Pending,
    /// A later ruling decides otherwise.
    Superseded,
    /// It was taken back.
    Undone,
    /// What it is about is not there.
    NoEffect,
}

impl Standing {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Pending => "pending",
            Self::Superseded => "superseded",
            Self::Undone => "undone",
            Self::NoEffect => "no-effect",
        }
    }
}

/// A ruling with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruled {
    /// The ruling.
    pub ruling: Ruling,
    /// What became of it.
    pub standing: Standing,
    /// Why, as one sentence.
    pub why: String,
    /// The incidents that its claims are now part of.
    pub incidents: Vec<IncidentId>,
    /// The claims it names, as they are read now.
    pub claims: Vec<ClaimId>,
}

/// Why something waits for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waiting {
    /// A ruling about it needs a second person.
    SecondPerson,
    /// Independent accounts conflict.
    Contested,
    /// It was read over before, and accounts were added since.
    Changed,
    /// Nobody has read it over.
    New,
    /// It could be about several incidents, or about none that is told.
    WhichIncident,
}

impl Waiting {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SecondPerson => "second-person",
            Self::WhichIncident => "which-incident",
            Self::Contested => "contested",
            Self::Changed => "changed",
            Self::New => "new",
        }
    }
    /// The same as a sentence for readers.
    pub fn words(self) -> &'static str {
        match self {
            Self::SecondPerson => "a ruling about it needs a second person",
            Self::WhichIncident => "it could be about several incidents, or about none that is told",
            Self::Contested => "independent accounts conflict",
            Self::Changed => "it was read over before, and accounts were added since",
            Self::New => "nobody has read it over",
        }
    }
}

/// Something that waits for a person; one for each incident, however many copies tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewItem {
    /// The incident; nothing for a claim that no incident could be told for.
    pub incident: Option<IncidentId>,
    /// The claims to decide on: of each wording the first, with those nobody has read over in front.
    pub claims: Vec<ClaimId>,
    /// Why it waits, weightiest first.
    pub waiting: Vec<Waiting>,
    /// Incidents that it may be one with, or be about.
    pub candidates: Vec<IncidentId>,
    /// The group of sources in which it takes its turn.
    pub group: String,
    /// Rulings about it that need a second person.
    pub rulings: Vec<RulingId>,
}
