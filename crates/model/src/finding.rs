//! Findings: an incident judged under a term, with each test, its inputs and the missing facts.

use crate::{AgreementId, Because, ClaimId, FindingId, IncidentId, Note, TermId, Ternary};

/// What a finding says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Contrary to a term in force, by a bound party, in a covered place, without exemption.
    Violation,
    /// Judged, and not contrary to the term.
    NoViolation,
    /// Outside what the agreement protects.
    Excluded,
    /// Something is missing; the finding names it.
    NotAssessable,
    /// A deadline that is still open.
    Pending,
}

impl Verdict {
    /// All with the words that are published and used in worked cases.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Violation, "violation"),
        (Self::NoViolation, "no violation"),
        (Self::Excluded, "excluded"),
        (Self::NotAssessable, "not assessable"),
        (Self::Pending, "pending"),
    ];
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(verdict, _)| *verdict == self)
            .map_or("", |(_, word)| word)
    }
}

/// One test of a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// Short name: `in-force`, `act`, `place`, `bearer`, `exemption`, `evidence`.
    pub name: String,
    /// The question for readers.
    pub question: String,
    /// The answer.
    pub answer: Ternary,
    /// What was put in, as short sentences with the values.
    pub inputs: Vec<String>,
    /// The claims behind the inputs.
    pub claims: Vec<ClaimId>,
    /// Why this answer.
    pub because: Because,
}

/// A fact that would decide an open test, and what it would turn the finding into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFact {
    /// The test it would decide.
    pub test: String,
    /// The fact, as a question.
    pub question: String,
    /// The verdict if the answer were yes, all else equal.
    pub if_yes: Verdict,
    /// The verdict if the answer were no, all else equal.
    pub if_no: Verdict,
}

/// An incident judged under a term.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its id: incident, agreement, version, term.
    pub id: FindingId,
    /// The incident.
    pub incident: IncidentId,
    /// The agreement.
    pub agreement: AgreementId,
    /// Its version.
    pub version: String,
    /// The term.
    pub term: TermId,
    /// What it says.
    pub verdict: Verdict,
    /// Every test, in a fixed order.
    pub tests: Vec<Test>,
    /// What is missing; never empty when not assessable, always empty otherwise.
    pub missing: Vec<MissingFact>,
    /// All reasons that hold, as plain sentences, weightiest first.
    pub reasons: Vec<String>,
    /// The weakest link it rests on: `no origin`, `allegation`, `one origin`, `two origins`, `ruling`.
    pub strength: String,
}

/// A deadline as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct DeadlineStatus {
    /// The agreement.
    pub agreement: AgreementId,
    /// Its version.
    pub version: String,
    /// Key of the deadline.
    pub deadline: String,
    /// What is due, for readers.
    pub words: String,
    /// The date, and the anchor it was counted from.
    pub due: String,
    /// `pending`, `met`, `missed` or `nobody knows`.
    pub state: String,
    /// Why.
    pub because: Because,
}

/// What `agreements` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessed {
    /// Findings, in order of incident and term.
    pub findings: Vec<Finding>,
    /// Deadlines.
    pub deadlines: Vec<DeadlineStatus>,
    /// What could not be judged.
    pub notes: Vec<Note>,
}
