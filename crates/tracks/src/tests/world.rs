//! Builds small worlds of pages and claims.

use crate::follow;
use model::{
    Act, ActClass, Actor, ActorMention, Because, Candidate, Claim, ClaimId, Count, Document, DocumentId,
    Edtf, ElementStatus, Figure, FigureId, Incident, IncidentId, LatLon, LocatedClaim, Location, MentionId,
    Metric, Modality, Passage, PassageId, PassageKind, PlaceMention, PlacePrecision, PlaceRelation,
    PlaceRole, Polarity, Published, PublishedHow, Reference, Resolution, Scope, SourceKind, SourceLink, Span,
    Status, Ternary, TimeAnchor, Tracks, Utterance, When, Zone, ZoneAnswer,
};

#[derive(Clone, Default)]
pub(super) struct World {
    pub(super) documents: Vec<Document>,
    pub(super) claims: Vec<LocatedClaim>,
    pub(super) actors: Vec<Actor>,
}

fn because() -> Because {
    Because::new("test", "made by the test")
}

impl World {
    pub(super) fn follow(&self) -> Tracks {
        follow(&self.claims, &self.documents, &self.actors)
    }

    pub(super) fn page(&mut self, name: &str, published: &str, passages: usize) -> &mut Document {
        let passages = (0..passages).map(|index| Passage {
            id: PassageId::of(&[name, &index.to_string()]),
            kind: PassageKind::Body,
            span: Span::new(index * 100, index * 100 + 90),
            text: format!("passage {index}"),
            runs: vec![],
            because: vec![],
        });
        let edtf = Edtf::parse(published).unwrap_or_else(Edtf::unknown);
        self.documents.push(Document {
            id: DocumentId::of(&[name]),
            name: name.to_owned(),
            raw_bytes: 0,
            charset: "UTF-8".into(),
            language: None,
            title: None,
            byline: None,
            outlet: None,
            credits: vec![],
            published: Published {
                edtf,
                how: PublishedHow::Visible,
                because: vec![],
            },
            passages: passages.collect(),
            artefacts: vec![],
            signature: vec![],
            notes: vec![],
        });
        self.documents.last_mut().unwrap()
    }

    pub(super) fn say(
        &mut self,
        page: &str,
        passage: usize,
        quote: &str,
        mut located: LocatedClaim,
    ) -> ClaimId {
        let claim = &mut located.claim;
        claim.id = ClaimId::of(&[page, claim.act.id.as_str(), &self.claims.len().to_string()]);
        claim.document = DocumentId::of(&[page]);
        claim.passage = PassageId::of(&[page, &passage.to_string()]);
        claim.span = Span::new(passage * 100, passage * 100 + 90);
        claim.quote = quote.to_owned();
        let id = claim.id.clone();
        self.claims.push(located);
        id
    }
}

pub(super) fn claim(act: &str) -> LocatedClaim {
    let class = match act {
        "meeting" | "call" | "round" | "suspension" | "resumption" | "mandate" => ActClass::Process,
        "seizure" | "regain" | "control-loss" => ActClass::Territory,
        "delivery" | "return" | "evacuation" | "aid-blocked" => ActClass::Humanitarian,
        _ => ActClass::Speech,
    };
    let page = SourceLink {
        kind: SourceKind::Page,
        label: "page".into(),
        actor: Resolution::Unresolved,
        cue: String::new(),
        span: None,
    };
    let claim = Claim {
        id: ClaimId::of(&[act]),
        document: DocumentId::of(&[]),
        passage: PassageId::of(&[]),
        span: Span::new(0, 0),
        quote: String::new(),
        sources: vec![page],
        modality: Modality::Asserted,
        polarity: Polarity::Affirmed,
        hedges: vec![],
        act: Act {
            id: act.into(),
            class,
        },
        trigger: Span::new(0, 0),
        initiators: vec![],
        targets: vec![],
        weapon: String::new(),
        when: When {
            edtf: Edtf::unknown(),
            words: String::new(),
            span: None,
            anchor: TimeAnchor::None,
            because: because(),
        },
        places: vec![],
        figures: vec![],
        references: vec![],
        utterance: None,
        part: String::new(),
        background: false,
        series: false,
        because: vec![],
    };
    LocatedClaim {
        claim,
        locations: vec![],
    }
}

fn answer(inside: Ternary) -> ZoneAnswer {
    ZoneAnswer {
        agreement: "lake-accord".into(),
        zone: "Northern zone".into(),
        name: "Northern zone".into(),
        inside,
        distance: None,
        because: because(),
    }
}

pub(super) fn zone(name: &str, named_inside: &[&str]) -> Zone {
    Zone {
        agreement: "lake-accord".into(),
        id: name.into(),
        name: name.to_owned(),
        description: String::new(),
        source: String::new(),
        during: Edtf::unknown(),
        shapes: vec![],
        named_inside: named_inside.iter().map(|place| (*place).to_owned()).collect(),
        whole_provinces: vec![],
        provinces: vec![],
    }
}

/// An incident at a time, in the northern zone or not.
pub(super) fn incident(name: &str, when: &str, inside: Ternary) -> Incident {
    let placed = claim("shelling").happens("Karsa", PlacePrecision::Town, inside);
    Incident {
        id: IncidentId::of(&[name]),
        act: placed.claim.act.clone(),
        when: Edtf::parse(when).expect("a time"),
        location: placed.locations.into_iter().next(),
        claims: vec![],
        attributions: vec![],
        targets: vec![],
        weapon: String::new(),
        tolls: vec![],
        documents: vec![],
        origins: vec![],
        status: ElementStatus {
            occurrence: Status::Reported,
            place: Status::Reported,
            time: Status::Reported,
            means: Status::Reported,
            toll: Status::Reported,
            author: Status::Reported,
        },
        background: false,
        series: false,
        because: vec![],
        archived: false,
        credibility: 6,
        rulings: Vec::new(),
    }
}

pub(super) trait Says: Sized {
    fn when(self, edtf: &str) -> Self;
    fn seat(self, name: &str, country: &str, precision: PlacePrecision) -> Self;
    fn happens(self, name: &str, precision: PlacePrecision, inside: Ternary) -> Self;
    fn between(self, actors: &[&str]) -> Self;
    fn by(self, speaker: &str) -> Self;
    fn utters(self, about: &str, occasion: &str, reservation: &str) -> Self;
    fn counts(self, metric: Metric, count: u64, unit: &str) -> Self;
    fn modality(self, modality: Modality) -> Self;
    fn denied(self) -> Self;
    fn points_at(self, claim: &ClaimId) -> Self;
    fn part(self, part: &str) -> Self;
}

impl Says for LocatedClaim {
    fn when(mut self, edtf: &str) -> Self {
        self.claim.when.edtf = Edtf::parse(edtf).expect("a time");
        self
    }
    /// Where it happened, and whether that is in the northern zone.
    fn happens(self, name: &str, precision: PlacePrecision, inside: Ternary) -> Self {
        let mut told = self.seat(name, "XX", precision);
        for mention in &mut told.claim.places {
            mention.role = PlaceRole::Event;
        }
        for location in &mut told.locations {
            location.mention.role = PlaceRole::Event;
            location.zones = vec![answer(inside)];
        }
        told
    }
    fn seat(mut self, name: &str, country: &str, precision: PlacePrecision) -> Self {
        let mention = PlaceMention {
            name: name.to_owned(),
            kind: String::new(),
            span: Span::new(1, 2),
            role: PlaceRole::Seat,
            relation: PlaceRelation::At,
            because: vec![],
        };
        let candidate = Candidate {
            place: format!("test:{name}").as_str().into(),
            name: name.to_owned(),
            province: String::new(),
            country: country.to_owned(),
            at: LatLon { lat: 1.0, lon: 1.0 },
            precision,
            share: 1.0,
            because: because(),
        };
        self.claim.places.push(mention.clone());
        self.locations.push(Location {
            mention,
            chosen: Some(candidate.clone()),
            candidates: vec![candidate],
            precision,
            region: None,
            zones: vec![],
            because: vec![],
        });
        self
    }
    fn between(mut self, actors: &[&str]) -> Self {
        self.claim
            .initiators
            .extend(actors.iter().map(|actor| ActorMention {
                id: MentionId::of(&[actor]),
                label: (*actor).to_owned(),
                span: Span::new(0, 0),
                actor: Resolution::Resolved((*actor).into()),
                kind: String::new(),
                because: vec![],
            }));
        self
    }
    fn by(mut self, speaker: &str) -> Self {
        self.claim.modality = Modality::Reported;
        self.claim.sources.push(SourceLink {
            kind: SourceKind::Speaker,
            label: speaker.to_owned(),
            actor: Resolution::Resolved(speaker.into()),
            cue: "said".into(),
            span: None,
        });
        self
    }
    fn utters(mut self, about: &str, occasion: &str, reservation: &str) -> Self {
        self.claim.utterance = Some(Utterance {
            cue: "said".into(),
            content: "content".into(),
            content_span: Span::new(0, 0),
            direct: false,
            occasion: occasion.to_owned(),
            about: (!about.is_empty()).then(|| about.into()),
            stance: None,
            reservation: reservation.to_owned(),
        });
        self
    }
    fn counts(mut self, metric: Metric, count: u64, unit: &str) -> Self {
        self.claim.figures.push(Figure {
            id: FigureId::of(&[unit]),
            metric,
            count: Count::exactly(count),
            bound: String::new(),
            scope: Scope::Unknown,
            unit: unit.to_owned(),
            span: Span::new(0, 0),
            quote: String::new(),
            because: vec![],
        });
        self
    }
    fn modality(mut self, modality: Modality) -> Self {
        self.claim.modality = modality;
        self
    }
    fn denied(mut self) -> Self {
        self.claim.polarity = Polarity::Denied;
        self
    }
    fn points_at(mut self, claim: &ClaimId) -> Self {
        self.claim.references.push(Reference {
            words: "the meeting".into(),
            span: Span::new(3, 4),
            to: Resolution::Resolved("the meeting".into()),
            claim: Some(claim.clone()),
            because: because(),
        });
        self
    }
    fn part(mut self, part: &str) -> Self {
        self.claim.part = part.to_owned();
        self
    }
}
