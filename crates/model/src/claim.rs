//! Claims: one attributed proposition each, anchored to its words. A claim is not a fact.

use crate::{
    ActId, ActorId, Because, ClaimId, DocumentId, Figure, Location, MentionId, Note, PassageId, PlaceMention,
    ProposalId, Span, When,
};

/// Families of acts, after the merged taxonomy; `Speech` holds what is only said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActClass {
    /// A. Use of force.
    Force,
    /// B. Air: overflight, drops.
    Air,
    /// C. Forces and weapons: movement, fortification, withdrawal.
    Forces,
    /// D. Lines and territory.
    Territory,
    /// E. Harm to civilians beside force.
    Civilians,
    /// F. Aid, access, evacuation, return.
    Humanitarian,
    /// G. Monitors hindered.
    Monitors,
    /// H. The process: meetings, rounds, bodies, exchanges, measures.
    Process,
    /// I. Information and incitement.
    Information,
    /// Speech acts: statements, positions, accusations, denials.
    Speech,
}

impl ActClass {
    /// All classes with the words that are published and used in data.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Force, "force"),
        (Self::Air, "air"),
        (Self::Forces, "forces"),
        (Self::Territory, "territory"),
        (Self::Civilians, "civilians"),
        (Self::Humanitarian, "humanitarian"),
        (Self::Monitors, "monitors"),
        (Self::Process, "process"),
        (Self::Information, "information"),
        (Self::Speech, "speech"),
    ];
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(class, _)| *class == self)
            .map_or("", |(_, word)| word)
    }
    /// Reads the published word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(class, _)| *class)
    }
    /// Whether an act of this class happens at a place and can become an incident.
    pub fn is_incident(self) -> bool {
        !matches!(self, Self::Process | Self::Speech | Self::Information)
    }
}

/// What kind of act, from `data/acts.tsv`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Act {
    /// Key, such as `car-bomb`.
    pub id: ActId,
    /// Family.
    pub class: ActClass,
}

/// How far the speaker commits to the act having happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    /// The page says so in its own voice.
    Asserted,
    /// A named or unnamed source says so.
    Reported,
    /// A source with an interest says so, with words of doubt ("claimed", "alleged").
    Claimed,
    /// Hoped for.
    Hoped,
    /// Planned, aimed at, announced, demanded: not yet done.
    Planned,
    /// Holds only if something else does.
    Conditional,
}

impl Modality {
    /// All with the words that are published.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Asserted, "asserted"),
        (Self::Reported, "reported"),
        (Self::Claimed, "claimed"),
        (Self::Hoped, "hoped"),
        (Self::Planned, "planned"),
        (Self::Conditional, "conditional"),
    ];
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(modality, _)| *modality == self)
            .map_or("", |(_, word)| word)
    }
    /// Whether the act is said to have happened.
    pub fn is_actual(self) -> bool {
        matches!(self, Self::Asserted | Self::Reported | Self::Claimed)
    }
}

/// Affirmed or denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// It is said to be so.
    Affirmed,
    /// It is said not to be so.
    Denied,
}

impl Polarity {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Affirmed => "affirmed",
            Self::Denied => "denied",
        }
    }
}

/// What a name or a reference stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resolution<T> {
    /// One thing.
    Resolved(T),
    /// Several things could be meant, best first; none is chosen.
    Candidates(Vec<T>),
    /// Nothing known fits.
    Unresolved,
}

impl<T> Resolution<T> {
    /// The thing, when it is resolved.
    pub fn resolved(&self) -> Option<&T> {
        match self {
            Self::Resolved(thing) => Some(thing),
            _ => None,
        }
    }
}

/// An actor as written, and who that is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActorMention {
    /// Its id.
    pub id: MentionId,
    /// The label as written.
    pub label: String,
    /// Where it stands.
    pub span: Span,
    /// Canonical actor.
    pub actor: Resolution<ActorId>,
    /// Kind from `data/actors`, such as `state-forces` or `excluded-group`; empty when not known.
    pub kind: String,
    /// Why.
    pub because: Vec<Because>,
}

/// A link of a source chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceKind {
    /// The page itself.
    Page,
    /// A news agency or other outlet the page cites.
    Outlet,
    /// An organisation.
    Organisation,
    /// A person.
    Speaker,
    /// Unnamed people: "residents", "diplomats".
    Unnamed,
}

impl SourceKind {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Outlet => "outlet",
            Self::Organisation => "organisation",
            Self::Speaker => "speaker",
            Self::Unnamed => "unnamed",
        }
    }
}

/// One link of the chain from the page to whoever first said it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceLink {
    /// What kind of source.
    pub kind: SourceKind,
    /// The label as written; for the page, its name.
    pub label: String,
    /// Canonical actor.
    pub actor: Resolution<ActorId>,
    /// Words of attribution, such as "said"; empty for the page.
    pub cue: String,
    /// Where the label stands; `None` for the page.
    pub span: Option<Span>,
}

/// A word that points elsewhere: "there", "the attack", "he".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The words.
    pub words: String,
    /// Where they stand.
    pub span: Span,
    /// What they point at, as labels; candidates when the text does not decide.
    pub to: Resolution<String>,
    /// The claim pointed at, when it is one.
    pub claim: Option<ClaimId>,
    /// Why.
    pub because: Because,
}

/// What somebody says about a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// For it.
    Support,
    /// For it, if a condition is met.
    Conditional,
    /// For it or silent on it, with a reservation.
    Reservation,
    /// Against it.
    Reject,
    /// Speaks about it without taking sides.
    Neutral,
}

impl Stance {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Conditional => "conditional",
            Self::Reservation => "reservation",
            Self::Reject => "reject",
            Self::Neutral => "neutral",
        }
    }
}

/// What was uttered, when the claim is a speech act or stands inside one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// Words of attribution.
    pub cue: String,
    /// The content as written.
    pub content: String,
    /// Where the content stands.
    pub content_span: Span,
    /// In the speaker's own words, between quotation marks.
    pub direct: bool,
    /// Where or at what it was said; empty when not told.
    pub occasion: String,
    /// The proposal it is about.
    pub about: Option<ProposalId>,
    /// The stance it shows.
    pub stance: Option<Stance>,
    /// Reservation or condition in the speaker's words; empty when none.
    pub reservation: String,
}

/// One attributed proposition.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its id: document, span and act.
    pub id: ClaimId,
    /// The document.
    pub document: DocumentId,
    /// The passage.
    pub passage: PassageId,
    /// The words it rests on, in the raw page.
    pub span: Span,
    /// The words, as visible.
    pub quote: String,
    /// From the page to whoever first said it; never empty.
    pub sources: Vec<SourceLink>,
    /// How far the speaker commits.
    pub modality: Modality,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// Words that limit commitment.
    pub hedges: Vec<String>,
    /// What kind of act.
    pub act: Act,
    /// The words that name the act.
    pub trigger: Span,
    /// Who did it, as written; empty when the text does not say.
    pub initiators: Vec<ActorMention>,
    /// Whom or what it was done to, or the other side.
    pub targets: Vec<ActorMention>,
    /// Weapon or means, as written; empty when none.
    pub weapon: String,
    /// When.
    pub when: When,
    /// Place names and their roles.
    pub places: Vec<PlaceMention>,
    /// Quantities.
    pub figures: Vec<Figure>,
    /// Words that point elsewhere.
    pub references: Vec<Reference>,
    /// What was uttered.
    pub utterance: Option<Utterance>,
    /// Part that the initiators play in a process, such as `sponsor`; empty when none.
    pub part: String,
    /// Mentioned as background: before the news of the page.
    pub background: bool,
    /// A series or a total over many acts, not one act.
    pub series: bool,
    /// Why it was read so.
    pub because: Vec<Because>,
}

impl Claim {
    /// Whoever first said it: the last link of the chain.
    pub fn source(&self) -> Option<&SourceLink> {
        self.sources.last()
    }
}

/// What `claims` reads from one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extracted {
    /// The claims, in page order.
    pub claims: Vec<Claim>,
    /// Every actor named, in page order.
    pub mentions: Vec<ActorMention>,
    /// What was considered and turned down, with the reason; for `explain`.
    pub rejected: Vec<Because>,
    /// What could not be read.
    pub notes: Vec<Note>,
}

/// A claim with its places placed.
#[derive(Clone, Debug, PartialEq)]
pub struct LocatedClaim {
    /// The claim.
    pub claim: Claim,
    /// One location for each place mention that plays a part, event places first.
    pub locations: Vec<Location>,
}

impl LocatedClaim {
    /// Where it happened, when that is told.
    pub fn event_location(&self) -> Option<&Location> {
        self.locations
            .iter()
            .find(|location| location.mention.role == crate::PlaceRole::Event)
    }
}
