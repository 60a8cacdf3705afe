//! Tracks: what is followed over time beside incidents.

use crate::{
    ActorMention, Because, ClaimId, Count, Edtf, PlaceId, PlaceMention, ProposalId, Stance, TrackId,
};

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

/// A point on which accounts of one meeting or round differ. All are kept; none is corrected.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What they differ about: `date`, `place` or `topic`.
    pub about: String,
    /// What each says, who says it, and the claim.
    pub told: Vec<(String, String, ClaimId)>,
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
    /// Where its accounts and read-outs differ.
    pub differ: Vec<Difference>,
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
    /// Where its accounts differ.
    pub differ: Vec<Difference>,
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

/// Where a holder stands on a proposal: a cell of the matrix of holders and proposals.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// Its id.
    pub id: TrackId,
    /// Whose.
    pub holder: ActorMention,
    /// On what.
    pub proposal: ProposalId,
    /// All positions of the holder on it, in order of time, those of unknown time last.
    pub over_time: Vec<TrackId>,
    /// Those that no other one surely follows: more than one where their order is not known.
    pub newest: Vec<TrackId>,
    /// Statements of the holder about anything: with none, nobody heard the holder, and having no position
    /// is not silence.
    pub statements: Vec<ClaimId>,
    /// Why.
    pub because: Vec<Because>,
}

impl Stand {
    /// The word for a holder without a position: `silent` when it was heard on other things.
    pub fn without_position(&self) -> &'static str {
        if self.statements.is_empty() {
            "not heard"
        } else {
            "silent"
        }
    }
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

/// Somebody is said to hold a place, from when to when.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// Its id.
    pub id: TrackId,
    /// What makes two places the same: the gazetteer's key, else the name in plain words.
    pub place: PlaceId,
    /// Names of the place, as written and for readers.
    pub names: Vec<String>,
    /// Who is said to hold it.
    pub holder: ActorMention,
    /// The side that the holder belongs to; empty when none is known.
    pub side: String,
    /// Since when.
    pub since: Edtf,
    /// Until when, where somebody tells of an end.
    pub until: Option<Edtf>,
    /// On whose word.
    pub by: Vec<String>,
    /// Claims that deny it.
    pub denied: Vec<ClaimId>,
    /// The claims it rests on, those of its end included.
    pub claims: Vec<ClaimId>,
    /// Why.
    pub because: Vec<Because>,
}

/// A sanction, a visa ban, a closure: something done between parties short of force.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// Its id.
    pub id: TrackId,
    /// The act: sanction, measure, checkpoint-closure.
    pub act: String,
    /// How far it has come; plans and threats never become facts.
    pub progress: Progress,
    /// Who takes it, as far as told.
    pub takers: Vec<ActorMention>,
    /// Against whom or what, as far as told.
    pub against: Vec<ActorMention>,
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
    /// Where each holder stands on each proposal, by proposal and holder.
    pub stands: Vec<Stand>,
    /// Control changes.
    pub control: Vec<ControlChange>,
    /// Who is said to hold which place, by place and time.
    pub holdings: Vec<Holding>,
    /// Deliveries of aid.
    pub deliveries: Vec<Movement>,
    /// Returns, evacuations, releases.
    pub returns: Vec<Movement>,
    /// Sanctions, closures and the like.
    pub measures: Vec<Measure>,
    /// Allegations without an incident.
    pub complaints: Vec<Complaint>,
}
