//! The whole picture at one time: everything the stages gave, for the report, the store and the exports.

use crate::{
    ActorMention, Agreement, Contradiction, Coverage, DeadlineStatus, Document, DocumentId, Finding, Fused,
    Incident, LocatedClaim, Note, OriginLink, Outlet, ReviewItem, Ruled, Tracks,
};
use jiff::civil::Date;

/// Everything known as of a time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The day up to which it speaks.
    pub as_of: Option<Date>,
    /// The period it is about.
    pub period: Option<(Date, Date)>,
    /// Documents, by id.
    pub documents: Vec<Document>,
    /// Claims, by document and place on the page.
    pub claims: Vec<LocatedClaim>,
    /// Actors named, with their document.
    pub mentions: Vec<(DocumentId, ActorMention)>,
    /// Incidents.
    pub incidents: Vec<Incident>,
    /// Accounts that disagree.
    pub contradictions: Vec<Contradiction>,
    /// Links between documents.
    pub links: Vec<OriginLink>,
    /// Rulings of people, with what became of each.
    pub ruled: Vec<Ruled>,
    /// What waits for a person, in the order in which it is to be taken.
    pub review: Vec<ReviewItem>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Deadlines.
    pub deadlines: Vec<DeadlineStatus>,
    /// Tracks.
    pub tracks: Tracks,
    /// Agreements that were applied.
    pub agreements: Vec<Agreement>,
    /// Outlets that are known.
    pub outlets: Vec<Outlet>,
    /// Who could be heard.
    pub coverage: Coverage,
    /// Everything that could not be done.
    pub notes: Vec<Note>,
    /// Printed across the report when set, such as "DEMONSTRATION".
    pub watermark: String,
}

impl Picture {
    /// Takes in what `incidents` made.
    pub fn with_fused(mut self, fused: Fused) -> Self {
        self.incidents = fused.incidents;
        self.contradictions = fused.contradictions;
        self.links = fused.links;
        self.ruled = fused.ruled;
        self.review = fused.review;
        self.notes.extend(fused.notes);
        self
    }
    /// The document with this id.
    pub fn document(&self, id: &DocumentId) -> Option<&Document> {
        self.documents.iter().find(|document| document.id == *id)
    }
}
