//! How long fusing takes: `cargo run --release --example measure -p truceline-incidents [claims...]`.
//! Makes a synthetic war of pages with about three claims each, a third of them copies, over 400 towns and
//! a year, and prints seconds and incidents for each size.

#![expect(clippy::print_stdout, reason = "a measurement prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a measurement needs the clock")]

use incidents::{Acts, fuse};
use jiff::civil::date;
use model::{
    Act, ActClass, Because, Candidate, Claim, ClaimId, Count, Document, DocumentId, Edtf, Figure, FigureId,
    LatLon, LocatedClaim, Location, Metres, Metric, Modality, Passage, PassageId, PassageKind, PlaceMention,
    PlacePrecision, PlaceRelation, PlaceRole, Polarity, Published, PublishedHow, Region, Resolution, Scope,
    SourceKind, SourceLink, Span, TimeAnchor, When, add_days,
};
use std::time::Instant;

const ACTS: [&str; 8] = [
    "shelling",
    "mortar",
    "air-strike",
    "car-bomb",
    "attack",
    "explosion",
    "armed-clash",
    "small-arms-fire",
];
const WORDS: [&str; 16] = [
    "market",
    "checkpoint",
    "orchard",
    "convoy",
    "bridge",
    "hospital",
    "residents",
    "fighters",
    "morning",
    "evening",
    "quarter",
    "village",
    "smoke",
    "rescue",
    "ambulance",
    "northern",
];

/// A fixed stream of numbers, the same in every run.
struct Stream(u64);

impl Stream {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit
    }
}

fn main() {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|size| size.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![1_000, 10_000, 100_000]
    } else {
        sizes
    };
    let data = |name: &str| {
        let path = format!("{}/../../data/{name}", env!("CARGO_MANIFEST_DIR"));
        (name.to_owned(), std::fs::read_to_string(path).unwrap_or_default())
    };
    let (acts, _) = Acts::parse(&[data("acts.tsv"), data("acts-together.tsv")]);
    for size in sizes {
        let (claims, documents) = world(size);
        let start = Instant::now();
        let fused = fuse(&claims, &documents, &[], &[], &acts, &model::Rulings::default());
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{} claims on {} pages: {seconds:.2} s, {} incidents, largest {}, {} links",
            claims.len(),
            documents.len(),
            fused.incidents.len(),
            fused
                .incidents
                .iter()
                .map(|incident| incident.claims.len())
                .max()
                .unwrap_or(0),
            fused.links.len()
        );
    }
}

fn world(size: usize) -> (Vec<LocatedClaim>, Vec<Document>) {
    let mut stream = Stream(7);
    let (mut claims, mut documents) = (Vec::new(), Vec::<Document>::new());
    // Busy days bring many claims about few places, as news does.
    let days = (size / 60).clamp(5, 365);
    while claims.len() < size {
        let name = format!("page{}", documents.len());
        let seed = if documents.is_empty() || stream.below(3) > 0 {
            documents.len()
        } else {
            stream.below(documents.len())
        };
        let mut own = Stream(u64::try_from(seed).unwrap_or(0) * 2 + 1);
        let count = 1 + own.below(5);
        let texts: Vec<String> = (0..count)
            .map(|_| {
                (0..14)
                    .map(|_| format!("{}{}", WORDS[own.below(16)], own.below(40)))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        for (order, text) in texts.iter().enumerate() {
            claims.push(claim(&name, order, text, days, &mut own));
        }
        documents.push(document(&name, &texts));
    }
    (claims, documents)
}

fn document(name: &str, texts: &[String]) -> Document {
    let passages = texts.iter().enumerate().map(|(order, text)| Passage {
        id: PassageId::of(&[name, &order.to_string()]),
        kind: PassageKind::Body,
        span: Span::new(0, 0),
        text: text.clone(),
        runs: vec![],
        because: vec![],
    });
    Document {
        id: DocumentId::of(&[name]),
        name: name.to_owned(),
        raw_bytes: 0,
        charset: String::new(),
        language: None,
        title: None,
        byline: None,
        outlet: None,
        credits: vec![],
        published: Published {
            edtf: Edtf::unknown(),
            how: PublishedHow::None,
            because: vec![],
        },
        passages: passages.collect(),
        artefacts: vec![],
        signature: vec![],
        notes: vec![],
    }
}

fn claim(page: &str, order: usize, text: &str, days: usize, stream: &mut Stream) -> LocatedClaim {
    let because = || Because::new("made", "made for the measurement");
    let day = add_days(date(2031, 1, 1), i64::try_from(stream.below(days)).unwrap_or(0));
    let edtf = if stream.below(8) == 0 {
        Edtf::unknown()
    } else {
        Edtf::day(day)
    };
    let town = stream.below(20) * stream.below(21);
    let location = (stream.below(8) > 0).then(|| location(town));
    let killed = stream.below(9);
    let figure = Figure {
        id: FigureId::of(&[page]),
        metric: Metric::Killed,
        count: Count::exactly(u64::try_from(killed).unwrap_or(0)),
        bound: String::new(),
        scope: Scope::Incident,
        unit: "people".into(),
        span: Span::new(0, 0),
        quote: String::new(),
        because: vec![],
    };
    let source = SourceLink {
        kind: SourceKind::Organisation,
        label: format!("speaker {}", stream.below(40)),
        actor: Resolution::Unresolved,
        cue: "said".into(),
        span: None,
    };
    let claim = Claim {
        id: ClaimId::of(&[page, &order.to_string()]),
        document: DocumentId::of(&[page]),
        passage: PassageId::of(&[page, &order.to_string()]),
        span: Span::new(0, 0),
        quote: text.to_owned(),
        sources: vec![source],
        modality: Modality::Reported,
        polarity: Polarity::Affirmed,
        hedges: vec![],
        act: Act {
            id: ACTS[stream.below(8)].into(),
            class: ActClass::Force,
        },
        trigger: Span::new(0, 0),
        initiators: vec![],
        targets: vec![],
        weapon: String::new(),
        when: When {
            edtf,
            words: String::new(),
            span: None,
            anchor: TimeAnchor::None,
            because: because(),
        },
        places: vec![],
        figures: if killed > 2 { vec![figure] } else { vec![] },
        references: vec![],
        utterance: None,
        part: String::new(),
        background: false,
        series: false,
        because: vec![],
    };
    LocatedClaim {
        claim,
        locations: location.into_iter().collect(),
    }
}

fn location(town: usize) -> Location {
    let number = f64::from(u32::try_from(town).unwrap_or(0));
    let at = LatLon {
        lat: 30.0 + (number / 20.0).floor() * 0.3,
        lon: 40.0 + (number % 20.0) * 0.3,
    };
    let mention = PlaceMention {
        name: format!("Town {town}"),
        kind: "town".into(),
        span: Span::new(0, 0),
        role: PlaceRole::Event,
        relation: PlaceRelation::At,
        because: vec![],
    };
    let chosen = Candidate {
        place: format!("made:{town}").as_str().into(),
        name: mention.name.clone(),
        province: format!("Province {}", town / 40),
        country: "XX".into(),
        at,
        precision: PlacePrecision::Town,
        share: 1.0,
        because: Because::new("made", "made for the measurement"),
    };
    Location {
        mention,
        chosen: Some(chosen),
        candidates: vec![],
        precision: PlacePrecision::Town,
        region: Some(Region {
            centre: at,
            radius: Metres(3_000.0),
        }),
        zones: vec![],
        because: vec![],
    }
}
