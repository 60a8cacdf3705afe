//! Tracks: what is followed over time beside incidents.

use crate::{ActorMention, Because, ClaimId, Count, Edtf, PlaceMention, ProposalId, Stance, TrackId};

/// How far an announced thing has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Progress {
    /// Only planned, demanded, hoped for or announced.
    Planned,
    /// Tried, outcome not told.
    Attempted,
    /// Done.
    Done,
    /// Refused or blocked.
    Refused,
}

impl Progress {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Attempted => "attempted",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }
}

/// A meeting, call or visit, with every read-out kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// Its id.
    pub id: TrackId,
    /// `meeting` or `call`.
    pub form: String,
    /// When.
    pub when: Edtf,
    /// Where, as written; empty when not told.
    pub place: String,
    /// Who took part.
    pub participants: Vec<ActorMention>,
    /// Planned or held.
    pub progress: Progress,
    /// Read-outs: who gave it and the claim; several may differ and all are kept.
    pub readouts: Vec<(String, ClaimId)>,
    /// The claims it rests on.
    pub claims: Vec<ClaimId>,
    /// Why.
    pub because: Vec<Because>,
}

/// A numbered meeting of a process.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// Its id.
    pub id: TrackId,
    /// The process, such as `astana`.
    pub track: String,
    /// Its number, when told.
    pub number: Option<u64>,
    /// When.
    pub when: Edtf,
    /// Where, as written.
    pub place: String,
    /// Who takes part, with the words for their part ("guarantor", "sponsor"); the part may be empty.
    pub participants: Vec<(ActorMention, String)>,
    /// Planned or held.
    pub progress: Progress,
    /// Steps such as suspension, return, walk-out: the word and the claim.
    pub steps: Vec<(String, ClaimId)>,
    /// The claims it rests on.
    pub claims: Vec<ClaimId>,
    /// Why.
    pub because: Vec<Because>,
}

/// A holder's stance on a proposal at a time; computed from statements, never typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// Its id.
    pub id: TrackId,
    /// Whose.
    pub holder: ActorMention,
    /// On what.
    pub proposal: ProposalId,
    /// For, against, or in between.
    pub stance: Stance,
    /// Reservation or condition in the holder's words; empty when none.
    pub reservation: String,
    /// Since when.
    pub when: Edtf,
    /// On whose word, as written.
    pub by: String,
    /// The claims it rests on.
    pub claims: Vec<ClaimId>,
    /// Why.
    pub because: Vec<Because>,
}

/// Somebody is said to have gained, regained or lost a place.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlChange {
    /// Its id.
    pub id: TrackId,
    /// Which place.
    pub place: Option<PlaceMention>,
    /// Who holds it now, as far as the claim goes.
    pub holder: Option<ActorMention>,
    /// The act: seizure, regain, control-loss.
    pub act: String,
    /// When.
    pub when: Edtf,
    /// On whose word.
    pub by: String,
    /// The claims it rests on.
    pub claims: Vec<ClaimId>,
    /// Why.
    pub because: Vec<Because>,
}

/// A delivery, evacuation, return or release.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// Its id.
    pub id: TrackId,
    /// The act: delivery, evacuation, return, release.
    pub act: String,
    /// How far it has come; plans and aims never become facts.
    pub progress: Progress,
    /// How much, when told, with the unit as written.
    pub quantity: Option<(Count, String)>,
    /// Where, as written; empty when not told.
    pub place: String,
    /// When.
    pub when: Edtf,
    /// On whose word.
    pub by: String,
    /// The claims it rests on.
    pub claims: Vec<ClaimId>,
    /// Why.
    pub because: Vec<Because>,
}

/// An allegation of breaches without an incident that could be judged; kept as an allegation.
#[derive(Clone, Debug, PartialEq)]
pub struct Complaint {
    /// Its id.
    pub id: TrackId,
    /// Who alleges.
    pub by: String,
    /// Against whom, as written; empty when not told.
    pub against: String,
    /// The words.
    pub words: String,
    /// When it was said.
    pub when: Edtf,
    /// The claim it rests on.
    pub claims: Vec<ClaimId>,
    /// Why.
    pub because: Vec<Because>,
}

/// Everything followed over time, each list in order of time and id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tracks {
    /// Rounds of talks.
    pub rounds: Vec<Round>,
    /// Meetings, calls, visits.
    pub meetings: Vec<Meeting>,
    /// Positions on proposals.
    pub positions: Vec<Position>,
    /// Control changes.
    pub control: Vec<ControlChange>,
    /// Deliveries of aid.
    pub deliveries: Vec<Movement>,
    /// Returns, evacuations, releases.
    pub returns: Vec<Movement>,
    /// Allegations without an incident.
    pub complaints: Vec<Complaint>,
}
