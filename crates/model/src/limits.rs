//! What narrows a term or an exemption, and what became of an agreement after signature.

use crate::{ActClass, ActId, ActorId, Edtf, Metres, Ternary, ZoneId};
use jiff::civil::Date;

/// What kind of provision a term is, for readers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clause {
    /// Acts that must not be done.
    #[default]
    Acts,
    /// Weapons or forces go beyond a line by a deadline.
    Withdrawal,
    /// Armed groups part from groups that the agreement lists.
    Separation,
    /// Delivery, evacuation, return and movement are let through.
    Access,
    /// Monitors are not hindered.
    Monitors,
    /// Something is handed over or formed by a deadline.
    Deliver,
    /// Something is told before it is done.
    Notify,
    /// Something is done no more often than a number of times.
    Count,
}

impl Clause {
    /// All with the words used in data and in what is published.
    pub const ALL: [(&'static str, Self); 8] = [
        ("acts", Self::Acts),
        ("withdrawal", Self::Withdrawal),
        ("separation", Self::Separation),
        ("access", Self::Access),
        ("monitors", Self::Monitors),
        ("deliver", Self::Deliver),
        ("notify", Self::Notify),
        ("count", Self::Count),
    ];
    /// The word used in data and in what is published.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, clause)| *clause == self)
            .map_or("", |(word, _)| word)
    }
}

/// How much the text itself asks for before an act counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// One account.
    #[default]
    Account,
    /// An origin independent of the parties.
    Independent,
    /// Two origins.
    TwoOrigins,
    /// A ruling by whoever decides.
    Ruling,
}

impl Demand {
    /// All with the words used in data and in what is published.
    pub const ALL: [(&'static str, Self); 4] = [
        ("account", Self::Account),
        ("independent", Self::Independent),
        ("two-origins", Self::TwoOrigins),
        ("ruling", Self::Ruling),
    ];
}

/// What narrows a term; the default narrows nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// What kind of provision it is.
    pub clause: Clause,
    /// Whom it protects: kinds, sides or keys of actors; empty means everybody.
    pub protected: Vec<String>,
    /// Words for weapons; the act counts only when done with one of them. Empty means any.
    pub weapons: Vec<String>,
    /// Zones that are left out of the places it covers.
    pub except: Vec<ZoneId>,
    /// Distances from a line or from the edge of a zone within which it holds, beside its zones.
    pub near: Vec<Near>,
    /// Periods in which it holds; empty means from its anchor to the end of the agreement.
    pub during: Vec<Edtf>,
    /// Key of the deadline after which the act counts; empty when none.
    pub by: String,
    /// What must hold besides.
    pub conditions: Vec<Condition>,
    /// How often the act may be done.
    pub at_most: Option<AtMost>,
    /// What evidence the text itself demands.
    pub evidence: Demand,
    /// Who decides on it under the text; empty when the text does not say.
    pub decides: String,
    /// The text counts the act, whoever did it.
    pub whoever: bool,
    /// The act is done where its author stands, so that whoever holds the place may stand for the author.
    pub at_place: bool,
    /// Hours without a report after which readers are reminded that silence is not compliance.
    pub quiet_hours: Option<i64>,
}

/// A band along a line or along the edge of a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// The line, kept as a zone.
    pub zone: ZoneId,
    /// Width of the band, on either side.
    pub within: Metres,
}

/// Something that must hold for a term to apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Key within the agreement.
    pub id: String,
    /// In our words, to follow "only if".
    pub words: String,
    /// Where the text says it.
    pub cites: String,
}

/// No more than a number of times in a number of days, over all places that the term covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtMost {
    /// Incidents that are allowed.
    pub number: u64,
    /// Days over which they are counted, a calendar day being one.
    pub days: i64,
}

/// What narrows an exemption; the default narrows nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExemptionLimits {
    /// Families of acts it is about; empty, with no acts, means any.
    pub classes: Vec<ActClass>,
    /// Single acts it is about.
    pub acts: Vec<ActId>,
    /// It holds inside these zones only.
    pub inside: Vec<ZoneId>,
    /// It holds outside these zones only.
    pub outside: Vec<ZoneId>,
    /// What must have been declared for it to hold, such as `exercise` or `self-defence`; empty when nothing.
    pub declared: String,
    /// The declaration must have been received before the act.
    pub beforehand: bool,
    /// What is taken to hold when no declaration is on record.
    pub unrecorded: Option<Ternary>,
}

/// What became of an agreement after signature, each entry with its source and the day it was known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// What was declared: exercises, self-defence, evacuations.
    pub declarations: Vec<Declaration>,
    /// How deadlines came out.
    pub outcomes: Vec<DeadlineOutcome>,
    /// Extensions and ends of the period.
    pub periods: Vec<Period>,
    /// Whether conditions held.
    pub circumstances: Vec<Circumstance>,
    /// Who held which zone.
    pub holdings: Vec<ZoneHolding>,
}

/// Something that a party declared about its own acts.
#[derive(Clone, Debug, PartialEq)]
pub struct Declaration {
    /// What: `exercise`, `self-defence`, `medical-evacuation`.
    pub what: String,
    /// Who declared it.
    pub by: ActorId,
    /// Where it holds; empty means everywhere.
    pub zones: Vec<ZoneId>,
    /// When it holds.
    pub during: Edtf,
    /// When it was received.
    pub received: Date,
    /// Whether whoever decides accepted it.
    pub accepted: Ternary,
    /// Where it comes from.
    pub source: String,
}

/// How a deadline came out, on one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineOutcome {
    /// Key of the deadline.
    pub deadline: String,
    /// The day it was done; `None` when the account says that it was not done.
    pub done: Option<Date>,
    /// The day to which it was put off.
    pub extended: Option<Date>,
    /// When this was known.
    pub known: Date,
    /// In our words, for readers.
    pub words: String,
    /// Where it comes from.
    pub source: String,
}

/// An extension or an end of the agreement's period, on one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day on which it no longer held; `None` when it went on without a day.
    pub until: Option<Date>,
    /// When this was known.
    pub known: Date,
    /// In our words, for readers.
    pub words: String,
    /// Where it comes from.
    pub source: String,
}

/// Whether a condition held in a period, on one account.
#[derive(Clone, Debug, PartialEq)]
pub struct Circumstance {
    /// Key of the condition.
    pub condition: String,
    /// Whether it held.
    pub holds: Ternary,
    /// When.
    pub during: Edtf,
    /// When this was known.
    pub known: Date,
    /// Where it comes from.
    pub source: String,
}

/// Who held a zone in a period, on one account.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneHolding {
    /// The zone.
    pub zone: ZoneId,
    /// Who held it.
    pub actor: ActorId,
    /// When.
    pub during: Edtf,
    /// When this was known.
    pub known: Date,
    /// Where it comes from.
    pub source: String,
}
