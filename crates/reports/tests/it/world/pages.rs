//! The pages, and claims and places that are looked up in them.

use model::*;

/// Pages by name; every quotation below is looked up in them.
pub(crate) const PAGES: [(&str, &str); 7] = [
    ("wire-1.txt", WIRE),
    ("https://state.example/karsa?id=1&x=<2>", STATE),
    ("observatory.html", OBSERVATORY),
    ("serai-daily.txt", SERAI),
    ("talks.txt", TALKS),
    ("aid.txt", AID),
    ("hostile.html", HOSTILE),
];

pub(crate) const WIRE: &str = "Five people were killed when a car bomb went off in Karsa on Wednesday, the Lake \
Observatory said. The explosion hit the vegetable market. Shells fell near Tel Amun before dawn, \
residents said. Fighting went on in Brenn province. Last month a clinic in Odra was hit.";
pub(crate) const STATE: &str = "A car bomb killed seven in Karsa on 3 May, the Ministry of Health said, and blamed \
the Northern Column. The Northern Column denied any part in it.";
pub(crate) const OBSERVATORY: &str = "At least five people were killed when a car bomb went off in Karsa on Wednesday. \
Aircraft struck a depot 5 km north-east of Odra on 4 May; nobody was hurt.";
pub(crate) const SERAI: &str = "Fighters of the Column fired on a post at the Serai crossing on 5 May. \
The joint staff counted 12 breaches since Monday and blamed the other side. \
The Column took the village of Wadi Osk, residents said.";
pub(crate) const TALKS: &str = "The fourth round of the Lake talks opened in Meron on 3 May. The envoy met the minister. \
The minister backed the zones but wanted monitors first. The Column rejected the zones.";
pub(crate) const AID: &str = "Forty trucks reached Odra on 4 May. A further 60 trucks are planned for next week. \
Some 200 families hope to return to Tel Amun.";
pub(crate) const HOSTILE: &str = "<script>alert('x')</script> \u{202e}gnihton\u{202c} happened in =cmd|'/c calc'!A1, \
\"quoted\" & <b>bold</b> | `code` *star* _low_ [link](http://evil.example) said.";

pub(crate) fn outline_text() -> &'static str {
    r#"{"type":"FeatureCollection","source":"drawn for tests","features":[
    {"type":"Feature","properties":{"name":"Odra"},"geometry":{"type":"Polygon","coordinates":[[[20,10],[22.1,9.8],[22.3,11.1],[21.9,12.2],[20.2,12.4],[19.7,11.2],[20,10]]]}},
    {"type":"Feature","properties":{"name":"Brenn"},"geometry":{"type":"MultiPolygon","coordinates":[[[[22.1,9.8],[24.2,10.1],[24.4,11.8],[21.9,12.2],[22.3,11.1],[22.1,9.8]]],[[[24.6,9.9],[24.9,9.9],[24.8,10.2],[24.6,9.9]]]]}}]}"#
}

pub(crate) fn id_of(name: &str) -> DocumentId {
    DocumentId::of(&[name])
}

pub(crate) fn passage_id(name: &str) -> PassageId {
    PassageId::of(&[name])
}

pub(crate) fn body(name: &str) -> &'static str {
    let (_, text) = PAGES
        .iter()
        .find(|(known, _)| *known == name)
        .expect("a page of this world");
    text
}

/// Where words stand on a page.
pub(crate) fn span(name: &str, words: &str) -> Span {
    let start = body(name)
        .find(words)
        .unwrap_or_else(|| panic!("{words:?} is not on {name}"));
    Span::new(start, start + words.len())
}

pub(crate) fn why(rule: &str, words: &str) -> Because {
    Because::new(rule, words)
}

pub(crate) fn day(text: &str) -> Edtf {
    Edtf::parse(text).expect("a level 1 value")
}

pub(crate) fn mention(name: &str, label: &str, actor: Option<&str>) -> ActorMention {
    ActorMention {
        id: MentionId::of(&[name, label]),
        label: label.into(),
        span: span(name, label),
        actor: actor.map_or(Resolution::Unresolved, |actor| Resolution::Resolved(actor.into())),
        kind: if actor.is_some() {
            "armed-group".into()
        } else {
            String::new()
        },
        because: vec![why("name-in-list", "the name is in the list of actors")],
    }
}

pub(crate) struct Told<'a> {
    pub(crate) page: &'a str,
    pub(crate) quote: &'a str,
    pub(crate) act: (&'a str, ActClass),
    pub(crate) by: &'a str,
    pub(crate) when: (&'a str, &'a str),
    pub(crate) killed: Option<(Count, &'a str, &'a str)>,
}

/// A claim of this world, and its id is that of its words and act.
pub(crate) fn claim(told: &Told<'_>) -> Claim {
    let span_of = |words: &str| span(told.page, words);
    let figure = told.killed.map(|(count, bound, words)| Figure {
        id: FigureId::of(&[told.page, words]),
        metric: Metric::Killed,
        count,
        bound: bound.into(),
        scope: Scope::Incident,
        unit: "people".into(),
        span: span_of(words),
        quote: words.into(),
        because: vec![why("number-before-unit", "a number before a word for persons")],
    });
    Claim {
        id: ClaimId::of(&[told.page, told.quote, told.act.0]),
        document: id_of(told.page),
        passage: passage_id(told.page),
        span: span_of(told.quote),
        quote: told.quote.into(),
        sources: vec![
            SourceLink {
                kind: SourceKind::Page,
                label: told.page.into(),
                actor: Resolution::Unresolved,
                cue: String::new(),
                span: None,
            },
            SourceLink {
                kind: SourceKind::Organisation,
                label: told.by.into(),
                actor: Resolution::Unresolved,
                cue: "said".into(),
                span: None,
            },
        ],
        modality: Modality::Reported,
        polarity: Polarity::Affirmed,
        hedges: vec![],
        act: Act {
            id: told.act.0.into(),
            class: told.act.1,
        },
        trigger: span_of(told.quote),
        initiators: vec![],
        part: String::new(),
        targets: vec![],
        weapon: String::new(),
        when: When {
            edtf: day(told.when.0),
            words: told.when.1.into(),
            span: Some(span_of(told.when.1)).filter(|_| !told.when.1.is_empty()),
            anchor: TimeAnchor::Explicit,
            because: why("day-and-month", "a day and a month of the page's year"),
        },
        places: vec![],
        figures: figure.into_iter().collect(),
        references: vec![],
        utterance: None,
        background: false,
        series: false,
        because: vec![why("act-verb", "a verb of the act in the main clause")],
    }
}

pub(crate) fn place(
    page: &str,
    name: &str,
    relation: PlaceRelation,
    at: (f64, f64),
    how: (PlacePrecision, f64),
) -> Location {
    let centre = LatLon { lat: at.0, lon: at.1 };
    let (precision, radius) = how;
    let candidate = Candidate {
        place: PlaceId(format!("test:{name}")),
        name: name.into(),
        province: "Odra".into(),
        country: "XL".into(),
        at: centre,
        precision,
        share: 0.9,
        because: why("only-name", "the only place of this name in the country"),
    };
    Location {
        mention: PlaceMention {
            name: name.into(),
            kind: "town".into(),
            span: span(page, name),
            role: PlaceRole::Event,
            relation,
            because: vec![],
        },
        chosen: Some(candidate.clone()),
        candidates: vec![candidate],
        precision,
        region: Some(Region {
            centre,
            radius: Metres(radius),
        }),
        zones: vec![ZoneAnswer {
            agreement: "lake-accord".into(),
            zone: "north".into(),
            name: "Northern zone".into(),
            inside: Ternary::Undetermined,
            distance: Some(Metres(-1200.0)),
            because: why("within-band", "the region crosses the band along the edge"),
        }],
        because: vec![why("only-candidate", "one candidate stands out")],
    }
}

pub(crate) fn documents() -> Vec<Document> {
    let mut all = Vec::new();
    for (name, text) in PAGES {
        let dated = name != "hostile.html";
        all.push(Document {
            id: id_of(name),
            name: name.into(),
            raw_bytes: text.len(),
            charset: "UTF-8".into(),
            language: Some("en".into()),
            title: Some(if dated {
                "News of the lakes".into()
            } else {
                HOSTILE.into()
            }),
            byline: None,
            outlet: dated.then(|| "lake-wire".into()),
            credits: vec![],
            published: Published {
                edtf: if dated { day("2031-05-05") } else { Edtf::unknown() },
                how: if dated {
                    PublishedHow::Visible
                } else {
                    PublishedHow::None
                },
                because: vec![why("dateline", "a date stands under the title")],
            },
            passages: vec![Passage {
                id: passage_id(name),
                kind: PassageKind::Body,
                span: Span::new(0, text.len()),
                text: text.into(),
                runs: vec![Run {
                    text_start: 0,
                    text_bytes: text.len(),
                    raw_start: 0,
                    raw_bytes: text.len(),
                }],
                because: vec![why("paragraph", "running text")],
            }],
            artefacts: vec![],
            signature: vec![],
            notes: vec![],
        });
    }
    all[6].artefacts.push(Artefact {
        id: ArtefactId::of(&["hidden"]),
        kind: ArtefactKind::HiddenMark,
        span: span("hostile.html", "\u{202e}gnihton\u{202c}"),
        quote: "\u{202e}gnihton\u{202c}".into(),
        proposed: "gnihton".into(),
        because: why("bidi-control", "a control that reorders text"),
    });
    all
}
