//! Builds small worlds of pages and claims.

use crate::{Acts, fuse};
use model::{
    Act, ActClass, Actor, ActorMention, Because, Candidate, Claim, ClaimId, Count, Document, DocumentId,
    Edtf, Figure, FigureId, Fused, Incident, LatLon, LocatedClaim, Location, MentionId, Metres, Metric,
    Modality, Outlet, Passage, PassageId, PassageKind, PlaceMention, PlacePrecision, PlaceRelation,
    PlaceRole, Polarity, Published, PublishedHow, Reference, Region, Resolution, Scope, SourceKind,
    SourceLink, Span, TimeAnchor, Utterance, When,
};

/// Towns of the test world: name, province, latitude, longitude.
const TOWNS: [(&str, &str, f64, f64); 4] = [
    ("Karsa", "Dorra", 10.0, 20.0),
    ("Belmar", "Dorra", 10.5, 20.5),
    ("Karsa Mills", "Dorra", 10.02, 20.02),
    ("Osten", "Lurem", 15.0, 25.0),
];

#[derive(Clone, Default)]
pub(super) struct World {
    pub(super) documents: Vec<Document>,
    pub(super) claims: Vec<LocatedClaim>,
    pub(super) outlets: Vec<Outlet>,
    pub(super) actors: Vec<Actor>,
}

pub(super) fn acts() -> Acts {
    let read = |name: &str| {
        let path = format!("{}/../../data/{name}", env!("CARGO_MANIFEST_DIR"));
        (
            name.to_owned(),
            std::fs::read_to_string(path).expect("the data file is there"),
        )
    };
    let (acts, faults) = Acts::parse(&[read("acts.tsv"), read("acts-together.tsv")]);
    assert!(faults.is_empty(), "{faults:#?}");
    acts
}

fn because() -> Because {
    Because::new("test", "made by the test")
}

impl World {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn fuse(&self) -> Fused {
        self.ruled(&model::Rulings::default())
    }

    pub(super) fn ruled(&self, rulings: &model::Rulings) -> Fused {
        fuse(
            &self.claims,
            &self.documents,
            &self.outlets,
            &self.actors,
            &acts(),
            rulings,
        )
    }

    /// A page with its passages; an empty date is an undated page.
    pub(super) fn page(&mut self, name: &str, published: &str, passages: &[&str]) -> &mut Document {
        let id = DocumentId::of(&[name]);
        let mut at = 0;
        let passages = passages.iter().enumerate().map(|(index, text)| {
            let span = Span::new(at, at + text.len());
            at += text.len() + 2;
            Passage {
                id: PassageId::of(&[name, &index.to_string()]),
                kind: PassageKind::Body,
                span,
                text: (*text).to_owned(),
                runs: vec![],
                because: vec![],
            }
        });
        let edtf = Edtf::parse(published).unwrap_or_else(Edtf::unknown);
        let document = Document {
            id,
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
        };
        self.documents.push(document);
        self.documents.last_mut().unwrap()
    }

    /// Adds a claim of a page; its quote is the passage.
    pub(super) fn say(&mut self, page: &str, passage: usize, mut located: LocatedClaim) -> ClaimId {
        let id = DocumentId::of(&[page]);
        let document = self
            .documents
            .iter()
            .find(|document| document.id == id)
            .expect("a page of the world");
        let passage = &document.passages[passage];
        let claim = &mut located.claim;
        let number = self.claims.len().to_string();
        claim.id = ClaimId::of(&[page, claim.act.id.as_str(), &number]);
        claim.document = id;
        claim.passage = passage.id.clone();
        claim.span = passage.span;
        claim.trigger = passage.span;
        claim.quote = passage.text.clone();
        let id = claim.id.clone();
        self.claims.push(located);
        id
    }

    /// The same pages and claims again under other names: what a second publisher of the same text adds.
    pub(super) fn with_copy_of(&self, page: &str, copy: &str) -> Self {
        let mut world = self.clone();
        let (from, to) = (DocumentId::of(&[page]), DocumentId::of(&[copy]));
        let mut document = self
            .documents
            .iter()
            .find(|document| document.id == from)
            .expect("a page")
            .clone();
        document.id = to.clone();
        document.name = copy.to_owned();
        for passage in &mut document.passages {
            passage.id = PassageId::of(&[copy, passage.id.as_str()]);
        }
        world.documents.push(document);
        let renamed = |id: &ClaimId| ClaimId::of(&[copy, id.as_str()]);
        for located in self
            .claims
            .iter()
            .filter(|located| located.claim.document == from)
        {
            let mut located = located.clone();
            located.claim.id = renamed(&located.claim.id);
            located.claim.document = to.clone();
            located.claim.passage = PassageId::of(&[copy, located.claim.passage.as_str()]);
            for reference in &mut located.claim.references {
                reference.claim = reference.claim.as_ref().map(renamed);
            }
            world.claims.push(located);
        }
        world
    }
}

/// A claim about an act; `World::say` gives it its page and words.
pub(super) fn claim(act: &str) -> LocatedClaim {
    let class = match act {
        "seizure" | "regain" => ActClass::Territory,
        "delivery" => ActClass::Humanitarian,
        "statement" | "accusation" | "denial" => ActClass::Speech,
        _ => ActClass::Force,
    };
    let when = When {
        edtf: Edtf::unknown(),
        words: String::new(),
        span: None,
        anchor: TimeAnchor::None,
        because: because(),
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
        when,
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

/// What a claim says, word by word.
pub(super) trait Says: Sized {
    fn day(self, day: &str) -> Self;
    fn when(self, edtf: &str) -> Self;
    fn words(self, words: &str) -> Self;
    fn at(self, town: &str) -> Self;
    fn province(self, name: &str) -> Self;
    fn place_word(self, word: &str) -> Self;
    fn killed(self, count: u64) -> Self;
    fn killed_at_least(self, count: u64) -> Self;
    fn war_toll(self, count: u64) -> Self;
    fn total_acts(self, count: u64) -> Self;
    fn by(self, speaker: &str) -> Self;
    fn initiator(self, label: &str, actor: &str) -> Self;
    fn target(self, label: &str, actor: &str) -> Self;
    fn points_at(self, words: &str, claim: &ClaimId) -> Self;
    fn leaves_open(self, words: &str) -> Self;
    fn about(self, proposal: &str) -> Self;
    fn denied(self) -> Self;
    fn leaves_out(self) -> Self;
    fn may_mean(self, words: &str, quotes: &[&str]) -> Self;
    fn conditional(self) -> Self;
    fn background(self) -> Self;
    fn series(self) -> Self;
}

fn figure(metric: Metric, count: Count, scope: Scope) -> Figure {
    Figure {
        id: FigureId::of(&[metric.as_str(), &count.to_string()]),
        metric,
        count,
        bound: String::new(),
        scope,
        unit: "people".into(),
        span: Span::new(0, 0),
        quote: count.to_string(),
        because: vec![],
    }
}

fn mention(label: &str, actor: &str) -> ActorMention {
    ActorMention {
        id: MentionId::of(&[label]),
        label: label.to_owned(),
        span: Span::new(0, 0),
        actor: Resolution::Resolved(actor.into()),
        kind: String::new(),
        because: vec![],
    }
}

fn place(name: &str) -> PlaceMention {
    PlaceMention {
        name: name.to_owned(),
        kind: String::new(),
        span: Span::new(1, 1),
        role: PlaceRole::Event,
        relation: PlaceRelation::At,
        because: vec![],
    }
}

fn located(name: &str, province: &str, at: LatLon, precision: PlacePrecision, radius: f64) -> Location {
    let candidate = Candidate {
        place: format!("test:{name}").as_str().into(),
        name: name.to_owned(),
        province: province.to_owned(),
        country: "XX".into(),
        at,
        precision,
        share: 1.0,
        because: because(),
    };
    Location {
        mention: place(name),
        chosen: Some(candidate.clone()),
        candidates: vec![candidate],
        precision,
        region: Some(Region {
            centre: at,
            radius: Metres(radius),
        }),
        zones: vec![],
        because: vec![],
    }
}

impl Says for LocatedClaim {
    fn day(self, day: &str) -> Self {
        self.when(day)
    }
    fn when(mut self, edtf: &str) -> Self {
        self.claim.when.edtf = Edtf::parse(edtf).expect("a time");
        self
    }
    fn words(mut self, words: &str) -> Self {
        self.claim.when.words = words.to_owned();
        self
    }
    fn at(mut self, town: &str) -> Self {
        let (name, province, lat, lon) = TOWNS.iter().find(|(name, ..)| *name == town).expect("a town");
        let location = located(
            name,
            province,
            LatLon { lat: *lat, lon: *lon },
            PlacePrecision::Town,
            3_000.0,
        );
        self.claim.places.push(location.mention.clone());
        self.locations.push(location);
        self
    }
    fn province(mut self, name: &str) -> Self {
        let location = located(
            name,
            "",
            LatLon { lat: 10.2, lon: 20.2 },
            PlacePrecision::Province,
            80_000.0,
        );
        self.claim.places.push(location.mention.clone());
        self.locations.push(location);
        self
    }
    fn place_word(mut self, word: &str) -> Self {
        let mention = place(word);
        self.claim.references.push(Reference {
            words: word.to_owned(),
            span: mention.span,
            to: Resolution::Unresolved,
            claim: None,
            because: because(),
        });
        self.claim.places.push(mention.clone());
        self.locations.push(Location {
            mention,
            chosen: None,
            candidates: vec![],
            precision: PlacePrecision::Unresolved,
            region: None,
            zones: vec![],
            because: vec![],
        });
        self
    }
    fn killed(mut self, count: u64) -> Self {
        self.claim
            .figures
            .push(figure(Metric::Killed, Count::exactly(count), Scope::Incident));
        self
    }
    fn killed_at_least(mut self, count: u64) -> Self {
        self.claim
            .figures
            .push(figure(Metric::Killed, Count::at_least(count), Scope::Incident));
        self
    }
    fn war_toll(mut self, count: u64) -> Self {
        self.claim
            .figures
            .push(figure(Metric::Killed, Count::exactly(count), Scope::War));
        self
    }
    fn total_acts(mut self, count: u64) -> Self {
        let scope = Scope::Period(self.claim.when.edtf.clone());
        self.claim
            .figures
            .push(figure(Metric::Acts, Count::exactly(count), scope));
        self
    }
    fn by(mut self, speaker: &str) -> Self {
        self.claim.modality = Modality::Reported;
        self.claim.sources.push(SourceLink {
            kind: SourceKind::Organisation,
            label: speaker.to_owned(),
            actor: Resolution::Unresolved,
            cue: "said".into(),
            span: None,
        });
        self
    }
    fn initiator(mut self, label: &str, actor: &str) -> Self {
        self.claim.initiators.push(mention(label, actor));
        self
    }
    fn target(mut self, label: &str, actor: &str) -> Self {
        self.claim.targets.push(mention(label, actor));
        self
    }
    fn points_at(mut self, words: &str, claim: &ClaimId) -> Self {
        self.claim.references.push(Reference {
            words: words.to_owned(),
            span: Span::new(2, 2),
            to: Resolution::Resolved(words.to_owned()),
            claim: Some(claim.clone()),
            because: because(),
        });
        self
    }
    fn leaves_open(mut self, words: &str) -> Self {
        self.claim.references.push(Reference {
            words: words.to_owned(),
            span: Span::new(2, 2),
            to: Resolution::Unresolved,
            claim: None,
            because: because(),
        });
        self
    }
    fn about(mut self, proposal: &str) -> Self {
        self.claim.utterance = Some(Utterance {
            cue: "said".into(),
            content: "the zones".into(),
            content_span: Span::new(0, 0),
            direct: false,
            occasion: String::new(),
            about: Some(proposal.into()),
            stance: None,
            reservation: String::new(),
        });
        self
    }
    fn denied(mut self) -> Self {
        self.claim.polarity = Polarity::Denied;
        self
    }
    fn leaves_out(mut self) -> Self {
        self.claim
            .because
            .push(Because::new("omission", "made by the test"));
        self
    }
    fn may_mean(mut self, words: &str, quotes: &[&str]) -> Self {
        self = self.leaves_open(words);
        if let Some(reference) = self.claim.references.last_mut() {
            reference.to = Resolution::Candidates(quotes.iter().map(|quote| (*quote).to_owned()).collect());
        }
        self
    }
    fn conditional(mut self) -> Self {
        self.claim.modality = Modality::Conditional;
        self
    }
    fn background(mut self) -> Self {
        self.claim.background = true;
        self
    }
    fn series(mut self) -> Self {
        self.claim.series = true;
        self
    }
}

/// An incident on one line: act | time | place | killed | claims | flags.
pub(super) fn line(incident: &Incident) -> String {
    let place = incident.location.as_ref().map_or("-".to_owned(), |location| {
        format!(
            "{}{}",
            location.mention.name,
            if location.chosen.is_none() { "?" } else { "" }
        )
    });
    let killed = incident.toll(Metric::Killed).map_or("-".to_owned(), |toll| {
        format!("{} best {}", toll.range, toll.best)
    });
    let mut parts = vec![
        incident.act.id.to_string(),
        incident.when.to_string(),
        place,
        killed,
        incident.claims.len().to_string(),
    ];
    parts.extend(incident.background.then(|| "background".to_owned()));
    parts.extend(incident.series.then(|| "series".to_owned()));
    parts.join(" | ")
}
