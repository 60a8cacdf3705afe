//! A written agreement as data: terms, parties, zones, deadlines, versions.

use crate::{
    ActClass, ActId, ActorId, AgreementId, Edtf, ExemptionLimits, LatLon, Limits, Metres, Register, TermId,
    ZoneId,
};
use jiff::civil::Date;

/// One agreement, one version of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Its key: the folder name.
    pub id: AgreementId,
    /// Version key; drafts are versions too.
    pub version: String,
    /// Title for readers.
    pub title: String,
    /// Dates that deadlines are counted from: `signed`, `in-force`, `operative`; each with its source.
    /// Several of one name are conflicting accounts; the first is the one that is counted from.
    pub anchors: Vec<Anchor>,
    /// When it ended, lapsed or was superseded, as far as known.
    pub until: Edtf,
    /// Who is bound and in which part.
    pub parties: Vec<Party>,
    /// Terms.
    pub terms: Vec<Term>,
    /// Acts or groups that the terms do not protect.
    pub exemptions: Vec<Exemption>,
    /// Deadlines.
    pub deadlines: Vec<Deadline>,
    /// Zones.
    pub zones: Vec<Zone>,
    /// Where the text comes from.
    pub source: String,
    /// ISO 3166-1 alpha-2 codes of the countries it is about.
    pub countries: Vec<String>,
    /// Judged by only when somebody asks for it by name, since it belongs to another conflict.
    pub on_request: bool,
    /// What became of it after signature.
    pub register: Register,
}

impl Agreement {
    /// The date of an anchor, on the account that deadlines are counted from.
    pub fn anchor(&self, name: &str) -> Option<&Anchor> {
        self.accounts(name).next()
    }
    /// Every account of an anchor, the chosen one first.
    pub fn accounts(&self, name: &str) -> impl Iterator<Item = &Anchor> {
        self.anchors.iter().filter(move |anchor| anchor.name == name)
    }
}

/// A date that deadlines and terms are counted from.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    /// `signed`, `in-force` or `operative`.
    pub name: String,
    /// The date.
    pub date: Date,
    /// Where the date comes from.
    pub source: String,
}

/// Somebody with a part in the agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// Who.
    pub actor: ActorId,
    /// Part: `party`, `guarantor`, `sponsor`, `broker`, `observer`, `host`.
    pub part: String,
    /// Kinds or sides of actors that this entry also stands for, where no other entry names the actor or a body
    /// it belongs to.
    pub kinds: Vec<String>,
    /// Whether the terms bind it; undetermined where the text leaves it open.
    pub bound: crate::Ternary,
    /// Where it says so.
    pub source: String,
}

/// A numbered provision.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Key within the agreement.
    pub id: TermId,
    /// The provision in our words, for readers.
    pub words: String,
    /// Where the text says it.
    pub cites: String,
    /// Duty or prohibition.
    pub duty: Duty,
    /// Kinds of actors it binds: actor kinds or keys; empty means every party.
    pub bearers: Vec<String>,
    /// Families of acts it is about.
    pub classes: Vec<ActClass>,
    /// Single acts it is about, beside the families.
    pub acts: Vec<ActId>,
    /// Zones it covers; empty means everywhere in the agreement's countries.
    pub zones: Vec<ZoneId>,
    /// Anchor from which it holds.
    pub from: String,
    /// Why it is not settled that the text says this, as a full sentence; empty when it is settled.
    pub unsettled: String,
    /// What else narrows it; nothing when the text says no more.
    pub limits: Limits,
}

/// What a term demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// The act must not be done.
    Prohibition,
    /// The act must be done.
    Obligation,
    /// The act may be done.
    Permission,
}

impl Duty {
    /// The word used in data and in what is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prohibition => "prohibition",
            Self::Obligation => "obligation",
            Self::Permission => "permission",
        }
    }
}

/// Acts or groups that the terms do not protect.
#[derive(Clone, Debug, PartialEq)]
pub struct Exemption {
    /// Key within the agreement.
    pub id: String,
    /// In our words, for readers.
    pub words: String,
    /// Where the text says it.
    pub cites: String,
    /// Actors it names: acts by or against them fall outside.
    pub actors: Vec<ActorId>,
    /// Actor kinds it names.
    pub kinds: Vec<String>,
    /// It also exempts areas of combat against them, and nobody has drawn those areas: unless both sides of
    /// an incident are known, whether it happened in one stays undetermined.
    pub areas: bool,
    /// What else narrows it.
    pub limits: ExemptionLimits,
}

/// A date by which something is due.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    /// Key within the agreement.
    pub id: String,
    /// What is due, for readers.
    pub words: String,
    /// Anchor it is counted from; empty when a date is given.
    pub anchor: String,
    /// Days after the anchor.
    pub days: Option<i64>,
    /// The date itself, computed or given.
    pub due: Option<Date>,
    /// Where it says so.
    pub cites: String,
}

/// An area: text first, shapes second.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// The agreement.
    pub agreement: AgreementId,
    /// Key within the agreement.
    pub id: ZoneId,
    /// Name for readers.
    pub name: String,
    /// The text's own description.
    pub description: String,
    /// Where the description comes from.
    pub source: String,
    /// When the zone exists.
    pub during: Edtf,
    /// Shapes, each dated and sourced; empty when nobody drew it.
    pub shapes: Vec<ZoneShape>,
    /// Gazetteer names that the text or its source puts inside, whatever the shape.
    pub named_inside: Vec<String>,
    /// Provinces that the text puts inside as a whole.
    pub whole_provinces: Vec<String>,
    /// Provinces that the zone touches; a place in another province is outside. Empty means not told.
    pub provinces: Vec<String>,
}

/// A drawn outline of a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneShape {
    /// Outer rings, each closed or not, in degrees.
    pub rings: Vec<Vec<LatLon>>,
    /// Status: described, proposed, agreed, de-facto.
    pub status: String,
    /// Drawn approximately.
    pub approximate: bool,
    /// A lower bound: a place beyond it, in a province that the zone touches, is undetermined, not outside.
    pub partial: bool,
    /// Half-width of the band along the boundary in which inside and outside cannot be told.
    pub band: Metres,
    /// When the shape holds.
    pub during: Edtf,
    /// Where it comes from.
    pub source: String,
}

impl ZoneShape {
    /// Whether it is a line and no area: every ring goes out and comes back the same way.
    pub fn is_line(&self) -> bool {
        let there_and_back = |ring: &Vec<LatLon>| ring.len() > 2 && ring.iter().eq(ring.iter().rev());
        !self.rings.is_empty() && self.rings.iter().all(there_and_back)
    }
}
