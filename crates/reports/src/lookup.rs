//! The picture with its references made followable, and every list in the order in which it is printed.

use crate::{Told, phrase};
use model::{
    Agreement, ClaimId, Deadline, DeadlineStatus, Document, DocumentId, Finding, Incident, IncidentId,
    LocatedClaim, Note, Picture, Span, Term, Verdict,
};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a page, with where they stand: what everything derived rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quote {
    /// File name or URL of the page.
    pub(crate) document: String,
    /// Bytes of the raw page.
    pub(crate) span: Span,
    /// The words, as visible.
    pub(crate) words: String,
    /// Who says so and how firmly: "the Observatory, reported".
    pub(crate) by: String,
}

/// A picture and the way from each id to its thing.
pub(crate) struct Lookup<'a> {
    pub(crate) picture: &'a Picture,
    pub(crate) told: Told<'a>,
    /// Documents by name and id.
    pub(crate) documents: Vec<&'a Document>,
    /// Claims by document, place on the page and id.
    pub(crate) claims: Vec<&'a LocatedClaim>,
    /// Incidents by first day, last day, place and id; days that nobody knows come last.
    pub(crate) incidents: Vec<&'a Incident>,
    /// Incidents that rulings archived, in the same order, where they are left out of the others. Their findings are
    /// left out too.
    pub(crate) archived: Vec<&'a Incident>,
    document_by_id: BTreeMap<&'a DocumentId, &'a Document>,
    claim_by_id: BTreeMap<&'a ClaimId, &'a LocatedClaim>,
    findings_by_incident: BTreeMap<&'a IncidentId, Vec<&'a Finding>>,
}

impl<'a> Lookup<'a> {
    /// What is told of a picture.
    pub(crate) fn of(told: &Told<'a>) -> Self {
        let picture = told.picture;
        let document_by_id: BTreeMap<_, _> = picture.documents.iter().map(|it| (&it.id, it)).collect();
        let mut documents: Vec<_> = document_by_id.values().copied().collect();
        documents.sort_by_key(|document| (&document.name, &document.id));
        let claim_by_id: BTreeMap<_, _> = picture.claims.iter().map(|it| (&it.claim.id, it)).collect();
        let mut claims: Vec<_> = claim_by_id.values().copied().collect();
        claims.sort_by_key(|located| {
            let claim = &located.claim;
            let name = document_by_id.get(&claim.document).map(|document| &document.name);
            (name, &claim.document, claim.span, &claim.id)
        });
        let is_told = |ids: Option<&BTreeSet<String>>, id: &str| ids.is_none_or(|ids| ids.contains(id));
        let told_incident = |id: &IncidentId| is_told(told.incidents, id.as_str());
        let incidents = picture.incidents.iter().filter(|it| told_incident(&it.id));
        let incident_by_id: BTreeMap<_, _> = incidents.map(|it| (&it.id, it)).collect();
        let mut incidents: Vec<_> = incident_by_id.into_values().collect();
        incidents.sort_by_key(|incident| {
            let (first, last) = (incident.when.earliest(), incident.when.latest());
            let place = incident.location.as_ref().map_or("", |it| &it.mention.name);
            (first.is_none(), first, last, place, &incident.id)
        });
        let (archived, incidents): (Vec<_>, Vec<_>) = incidents
            .into_iter()
            .partition(|incident| incident.archived && !told.archived);
        let left_out: BTreeSet<_> = archived.iter().map(|incident| &incident.id).collect();
        let mut findings_by_incident: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let findings = picture.findings.iter();
        let findings = findings.filter(|it| !left_out.contains(&it.incident));
        for finding in
            findings.filter(|it| told_incident(&it.incident) && is_told(told.findings, it.id.as_str()))
        {
            let of_incident: &mut Vec<&Finding> = findings_by_incident.entry(&finding.incident).or_default();
            if !of_incident.iter().any(|known| known.id == finding.id) {
                of_incident.push(finding);
            }
        }
        for findings in findings_by_incident.values_mut() {
            findings.sort_by_key(|it| (&it.agreement, &it.version, &it.term, &it.id));
        }
        Self {
            picture,
            told: *told,
            documents,
            claims,
            incidents,
            archived,
            document_by_id,
            claim_by_id,
            findings_by_incident,
        }
    }
    /// What is told of a picture, in the order of records: by time and id only. Where a place is withheld from somebody,
    /// their order must not tell its name.
    pub(crate) fn in_record_order(told: &Told<'a>) -> Self {
        let mut lookup = Self::of(told);
        lookup.incidents.sort_by_key(|incident| {
            let (first, last) = (incident.when.earliest(), incident.when.latest());
            (first.is_none(), first, last, &incident.id)
        });
        lookup
    }
    /// A picture without what rulings archived, which stands beside it.
    pub(crate) fn in_use(picture: &'a Picture) -> Self {
        Self::of(&Told {
            archived: false,
            ..Told::whole(picture)
        })
    }
    /// File name or URL of a document; its id when the picture does not hold it.
    pub(crate) fn name(&self, id: &DocumentId) -> String {
        let known = self.document_by_id.get(id);
        known.map_or_else(|| id.to_string(), |document| document.name.clone())
    }
    pub(crate) fn document(&self, id: &DocumentId) -> Option<&'a Document> {
        self.document_by_id.get(id).copied()
    }
    pub(crate) fn claim(&self, id: &ClaimId) -> Option<&'a LocatedClaim> {
        self.claim_by_id.get(id).copied()
    }
    /// The words of one claim.
    pub(crate) fn quote(&self, id: &ClaimId) -> Option<Quote> {
        self.claim(id).map(|located| Quote {
            document: self.name(&located.claim.document),
            span: located.claim.span,
            words: located.claim.quote.clone(),
            by: phrase::said_by(&located.claim),
        })
    }
    /// The words of claims, each once, by document and place on the page.
    pub(crate) fn quotes<'b>(&self, claims: impl IntoIterator<Item = &'b ClaimId>) -> Vec<Quote> {
        let quotes: BTreeSet<_> = claims.into_iter().filter_map(|id| self.quote(id)).collect();
        quotes.into_iter().collect()
    }
    /// Findings about an incident, by agreement and term.
    pub(crate) fn findings(&self, incident: &IncidentId) -> &[&'a Finding] {
        self.findings_by_incident.get(incident).map_or(&[], Vec::as_slice)
    }
    /// The finding that a reader must see first: see [`weight`].
    pub(crate) fn verdict(&self, incident: &IncidentId) -> Option<Verdict> {
        let verdicts = self.findings(incident).iter().map(|finding| finding.verdict);
        verdicts.min_by_key(|verdict| weight(*verdict))
    }
    /// Findings whose incident is not in the picture; they are still reported.
    pub(crate) fn findings_in_order(&self) -> Vec<&'a Finding> {
        let mut all = Vec::new();
        for incident in &self.incidents {
            all.extend_from_slice(self.findings(&incident.id));
        }
        let known: BTreeSet<_> = self.incidents.iter().map(|incident| &incident.id).collect();
        for (incident, findings) in &self.findings_by_incident {
            if !known.contains(incident) {
                all.extend_from_slice(findings);
            }
        }
        all
    }
    pub(crate) fn agreement(&self, id: &model::AgreementId, version: &str) -> Option<&'a Agreement> {
        let mut agreements = self.told.agreements.iter();
        agreements.find(|agreement| agreement.id == *id && agreement.version == version)
    }
    pub(crate) fn term(&self, finding: &Finding) -> Option<&'a Term> {
        let agreement = self.agreement(&finding.agreement, &finding.version)?;
        agreement.terms.iter().find(|term| term.id == finding.term)
    }
    pub(crate) fn deadline(&self, status: &DeadlineStatus) -> Option<&'a Deadline> {
        let agreement = self.agreement(&status.agreement, &status.version)?;
        let mut deadlines = agreement.deadlines.iter();
        deadlines.find(|deadline| deadline.id == status.deadline)
    }
    /// Notes of the picture and of its documents, each once, the heaviest loss first.
    pub(crate) fn notes(&self) -> Vec<&'a Note> {
        let of_documents = self.picture.documents.iter().flat_map(|document| &document.notes);
        let unique: BTreeSet<_> = self.picture.notes.iter().chain(of_documents).collect();
        let mut notes: Vec<_> = unique.into_iter().collect();
        notes.sort_by_key(|note| std::cmp::Reverse(note.severity));
        notes
    }
}

/// Order in which verdicts are told: what is contrary to a term first, then what is missing a fact, then
/// what is open, then what is decided without a breach. It ranks what a reader must look at, not truth.
pub fn weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Violation => 0,
        Verdict::NotAssessable => 1,
        Verdict::Pending => 2,
        Verdict::Excluded => 3,
        Verdict::NoViolation => 4,
    }
}
