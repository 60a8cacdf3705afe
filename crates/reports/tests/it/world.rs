//! A small invented world: two provinces, one agreement, seven pages, six incidents; and hostile words.

use jiff::civil::{Date, date};
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

const WIRE: &str = "Five people were killed when a car bomb went off in Karsa on Wednesday, the Lake \
Observatory said. The explosion hit the vegetable market. Shells fell near Tel Amun before dawn, \
residents said. Fighting went on in Brenn province. Last month a clinic in Odra was hit.";
const STATE: &str = "A car bomb killed seven in Karsa on 3 May, the Ministry of Health said, and blamed \
the Northern Column. The Northern Column denied any part in it.";
const OBSERVATORY: &str = "At least five people were killed when a car bomb went off in Karsa on Wednesday. \
Aircraft struck a depot 5 km north-east of Odra on 4 May; nobody was hurt.";
const SERAI: &str = "Fighters of the Column fired on a post at the Serai crossing on 5 May. \
The joint staff counted 12 breaches since Monday and blamed the other side. \
The Column took the village of Wadi Osk, residents said.";
const TALKS: &str = "The fourth round of the Lake talks opened in Meron on 3 May. The envoy met the minister. \
The minister backed the zones but wanted monitors first. The Column rejected the zones.";
const AID: &str = "Forty trucks reached Odra on 4 May. A further 60 trucks are planned for next week. \
Some 200 families hope to return to Tel Amun.";
const HOSTILE: &str = "<script>alert('x')</script> \u{202e}gnihton\u{202c} happened in =cmd|'/c calc'!A1, \
\"quoted\" & <b>bold</b> | `code` *star* _low_ [link](http://evil.example) said.";

pub(crate) fn outline_text() -> &'static str {
    r#"{"type":"FeatureCollection","source":"drawn for tests","features":[
    {"type":"Feature","properties":{"name":"Odra"},"geometry":{"type":"Polygon","coordinates":[[[20,10],[22.1,9.8],[22.3,11.1],[21.9,12.2],[20.2,12.4],[19.7,11.2],[20,10]]]}},
    {"type":"Feature","properties":{"name":"Brenn"},"geometry":{"type":"MultiPolygon","coordinates":[[[[22.1,9.8],[24.2,10.1],[24.4,11.8],[21.9,12.2],[22.3,11.1],[22.1,9.8]]],[[[24.6,9.9],[24.9,9.9],[24.8,10.2],[24.6,9.9]]]]}}]}"#
}

pub(crate) fn document_id(name: &str) -> DocumentId {
    DocumentId::of(&[name])
}

fn passage_id(name: &str) -> PassageId {
    PassageId::of(&[name])
}

fn body(name: &str) -> &'static str {
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

fn why(rule: &str, words: &str) -> Because {
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
        document: document_id(told.page),
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

fn documents() -> Vec<Document> {
    let mut all = Vec::new();
    for (name, text) in PAGES {
        let dated = name != "hostile.html";
        all.push(Document {
            id: document_id(name),
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

fn status(occurrence: Status, author: Status) -> ElementStatus {
    ElementStatus {
        occurrence,
        place: Status::Corroborated,
        time: Status::Reported,
        means: Status::Undetermined,
        toll: Status::Contested,
        author,
    }
}

fn origin(label: &str, pages: &[&str], claims: &[&Claim], independent: Ternary) -> Origin {
    let documents: Vec<_> = pages.iter().map(|page| document_id(page)).collect();
    let link = |pair: &[DocumentId]| OriginLink {
        kind: LinkKind::SameText,
        a: pair[0].clone(),
        b: pair[1].clone(),
        score: 0.86,
        because: why("shared-sentences", "they share a sentence of 14 words"),
    };
    Origin {
        id: OriginId::of(&[label]),
        label: label.into(),
        links: documents.windows(2).map(link).collect(),
        documents,
        claims: claims.iter().map(|claim| claim.id.clone()).collect(),
        independent,
        because: vec![why("named-speaker", "the same body is quoted for it")],
    }
}

fn incident(claims: &[&Claim], location: Option<Location>, when: &str) -> Incident {
    let ids: Vec<_> = claims.iter().map(|claim| claim.id.clone()).collect();
    let mut documents: Vec<_> = claims.iter().map(|claim| claim.document.clone()).collect();
    documents.sort();
    documents.dedup();
    Incident {
        id: IncidentId::of(&ids.iter().map(ClaimId::as_str).collect::<Vec<_>>()),
        act: claims[0].act.clone(),
        when: day(when),
        location,
        claims: ids,
        attributions: vec![],
        targets: vec![],
        weapon: String::new(),
        tolls: vec![],
        documents,
        origins: vec![],
        status: status(Status::Reported, Status::Undetermined),
        background: false,
        series: false,
        because: vec![why(
            "same-place-and-day",
            "the accounts name one place and one day",
        )],
    }
}

const FORCE: ActClass = ActClass::Force;

/// The claims about the bomb in Karsa: the Observatory twice, the ministry, and a denial.
fn karsa() -> [Claim; 4] {
    let five =
        "Five people were killed when a car bomb went off in Karsa on Wednesday, the Lake Observatory said.";
    let bomb = ("car-bomb", FORCE);
    let told = |page, quote, by, when, killed| {
        claim(&Told {
            page,
            quote,
            act: bomb,
            by,
            when,
            killed,
        })
    };
    let wednesday = ("2031-05-03", "on Wednesday");
    let mut denial = told(
        "https://state.example/karsa?id=1&x=<2>",
        "The Northern Column denied any part in it.",
        "the Northern Column",
        ("2031-05-03", ""),
        None,
    );
    denial.polarity = Polarity::Denied;
    denial.utterance = Some(Utterance {
        cue: "denied".into(),
        content: "any part in it".into(),
        content_span: span(PAGES[1].0, "any part in it"),
        direct: false,
        occasion: String::new(),
        about: None,
        stance: None,
        reservation: String::new(),
    });
    denial.initiators = vec![mention(PAGES[1].0, "Northern Column", Some("northern-column"))];
    [
        told(
            "wire-1.txt",
            five,
            "the Lake Observatory",
            wednesday,
            Some((Count::exactly(5), "", "Five people")),
        ),
        told(
            "observatory.html",
            "At least five people were killed when a car bomb went off in Karsa on Wednesday.",
            "the Lake Observatory",
            wednesday,
            Some((Count::at_least(5), "at least", "At least five people")),
        ),
        told(
            PAGES[1].0,
            "A car bomb killed seven in Karsa on 3 May, the Ministry of Health said, and blamed the Northern Column.",
            "the Ministry of Health",
            ("2031-05-03", "on 3 May"),
            Some((Count::exactly(7), "", "seven")),
        ),
        denial,
    ]
}

fn karsa_incident(claims: &[Claim; 4]) -> Incident {
    let at = place(
        "wire-1.txt",
        "Karsa",
        PlaceRelation::At,
        (11.2, 21.1),
        (PlacePrecision::Town, 3000.0),
    );
    let [wire, observatory, ministry, denial] = claims;
    let attribution = |kind, by: &str, claim: &Claim| Attribution {
        kind,
        label: "the Northern Column".into(),
        actor: Resolution::Resolved("northern-column".into()),
        actor_kind: "armed-group".into(),
        by: by.into(),
        claim: claim.id.clone(),
    };
    let account = |by: &str, count, claim: &Claim| (by.to_owned(), count, claim.id.clone());
    Incident {
        attributions: vec![
            attribution(AttributionKind::Allegation, "the Ministry of Health", ministry),
            attribution(AttributionKind::Denial, "the Northern Column", denial),
        ],
        tolls: vec![Toll {
            metric: Metric::Killed,
            range: Count::between(5, 7),
            best: Count::exactly(5),
            accounts: vec![
                account("the Lake Observatory", Count::exactly(5), wire),
                account("the Lake Observatory", Count::at_least(5), observatory),
                account("the Ministry of Health", Count::exactly(7), ministry),
            ],
            because: why(
                "most-independent",
                "the account of the origin that is independent of the parties",
            ),
        }],
        origins: vec![
            origin(
                "the Lake Observatory",
                &["wire-1.txt", "observatory.html"],
                &[wire, observatory],
                Ternary::Yes,
            ),
            origin(
                "the Ministry of Health",
                &[PAGES[1].0],
                &[ministry, denial],
                Ternary::No,
            ),
        ],
        weapon: "car bomb".into(),
        status: status(Status::Corroborated, Status::Contested),
        ..incident(&[wire, observatory, ministry, denial], Some(at), "2031-05-03")
    }
}

fn incidents() -> (Vec<Incident>, Vec<Claim>) {
    let karsa_claims = karsa();
    let told = |page, quote, act, by, when| {
        claim(&Told {
            page,
            quote,
            act: (act, FORCE),
            by,
            when,
            killed: None,
        })
    };
    let amun = told(
        "wire-1.txt",
        "Shells fell near Tel Amun before dawn, residents said.",
        "shelling",
        "residents",
        ("2031-05-03", ""),
    );
    let brenn = told(
        "wire-1.txt",
        "Fighting went on in Brenn province.",
        "armed-clash",
        "the page",
        ("2031-05", ""),
    );
    let odra = told(
        "wire-1.txt",
        "Last month a clinic in Odra was hit.",
        "attack",
        "the page",
        ("2031-04", "Last month"),
    );
    let depot = told(
        "observatory.html",
        "Aircraft struck a depot 5 km north-east of Odra on 4 May; nobody was hurt.",
        "air-strike",
        "the Lake Observatory",
        ("2031-05-04", "on 4 May"),
    );
    let serai = told(
        "serai-daily.txt",
        "Fighters of the Column fired on a post at the Serai crossing on 5 May.",
        "small-arms-fire",
        "the page",
        ("2031-05-05", "on 5 May"),
    );
    let north_east = PlaceRelation::Offset {
        distance: Metres(5000.0),
        bearing: Some(45.0),
    };
    let mut all = vec![
        karsa_incident(&karsa_claims),
        incident(
            &[&amun],
            Some(place(
                "wire-1.txt",
                "Tel Amun",
                PlaceRelation::Near,
                (11.6, 22.4),
                (PlacePrecision::Near, 12_000.0),
            )),
            "2031-05-03",
        ),
        Incident {
            series: true,
            ..incident(
                &[&brenn],
                Some(place(
                    "wire-1.txt",
                    "Brenn",
                    PlaceRelation::At,
                    (11.0, 23.2),
                    (PlacePrecision::Province, 70_000.0),
                )),
                "2031-05",
            )
        },
        Incident {
            background: true,
            ..incident(
                &[&odra],
                Some(place(
                    "wire-1.txt",
                    "Odra",
                    PlaceRelation::At,
                    (10.6, 20.8),
                    (PlacePrecision::Town, 4000.0),
                )),
                "2031-04",
            )
        },
        incident(
            &[&depot],
            Some(place(
                "observatory.html",
                "Odra",
                north_east,
                (10.63, 20.83),
                (PlacePrecision::Near, 5000.0),
            )),
            "2031-05-04",
        ),
        incident(&[&serai], None, "2031-05-05"),
    ];
    all[5].targets = vec![];
    let mut claims = karsa_claims.to_vec();
    claims.extend([amun, brenn, odra, depot, serai]);
    (all, claims)
}

fn test(name: &str, question: &str, answer: Ternary, input: &str, claims: &[ClaimId]) -> Test {
    Test {
        name: name.into(),
        question: question.into(),
        answer,
        inputs: vec![input.into()],
        claims: claims.to_vec(),
        because: why("from-the-incident", "taken from the incident as reported"),
    }
}

fn finding(incident: &Incident, verdict: Verdict) -> Finding {
    let missing = MissingFact {
        test: "bearer".into(),
        question: "Was it done by a party that the terms bind?".into(),
        if_yes: Verdict::Violation,
        if_no: Verdict::Excluded,
    };
    Finding {
        id: FindingId::of(&[incident.id.as_str(), verdict.as_str()]),
        incident: incident.id.clone(),
        agreement: "lake-accord".into(),
        version: "2031-05-01".into(),
        term: "1".into(),
        verdict,
        tests: vec![
            test(
                "in-force",
                "Was the term in force?",
                Ternary::Yes,
                "in force from 2031-05-01",
                &[],
            ),
            test(
                "act",
                "Is it an act that the term is about?",
                Ternary::Yes,
                &incident.act.id.0,
                &incident.claims,
            ),
            test(
                "bearer",
                "Was it done by a party that the terms bind?",
                Ternary::Undetermined,
                "author not told",
                &[],
            ),
        ],
        missing: if verdict == Verdict::NotAssessable {
            vec![missing]
        } else {
            vec![]
        },
        reasons: vec![format!("it is {} by the tests below", verdict.as_str())],
        strength: "one origin".into(),
    }
}

fn agreement() -> Agreement {
    let ring = |points: &[(f64, f64)]| {
        points
            .iter()
            .map(|(lat, lon)| LatLon { lat: *lat, lon: *lon })
            .collect()
    };
    let zone = |id: &str, name: &str, approximate, points: &[(f64, f64)]| Zone {
        agreement: "lake-accord".into(),
        id: id.into(),
        name: name.into(),
        description: "the towns by the northern lake".into(),
        source: "article 3".into(),
        during: Edtf::unknown(),
        whole_provinces: vec![],
        shapes: vec![ZoneShape {
            rings: vec![ring(points)],
            status: "described".into(),
            approximate,
            partial: false,
            band: Metres(5000.0),
            during: Edtf::unknown(),
            source: "drawn for tests".into(),
        }],
        named_inside: vec![],
        provinces: vec![],
    };
    Agreement {
        id: "lake-accord".into(),
        version: "2031-05-01".into(),
        title: "Accord of the Lakes".into(),
        anchors: vec![Anchor {
            name: "in-force".into(),
            date: date(2031, 5, 1),
            source: "article 9".into(),
        }],
        until: Edtf::unknown(),
        parties: vec![Party {
            actor: "northern-column".into(),
            part: "party".into(),
            kinds: vec![],
            bound: Ternary::Yes,
            source: "article 1".into(),
        }],
        terms: vec![Term {
            id: "1".into(),
            words: "The parties cease fire.".into(),
            cites: "article 2, paragraph 1".into(),
            duty: Duty::Prohibition,
            bearers: vec![],
            classes: vec![ActClass::Force],
            acts: vec![],
            zones: vec![],
            from: "in-force".into(),
            unsettled: "Two printings of the accord differ here.".into(),
        }],
        exemptions: vec![],
        deadlines: vec![Deadline {
            id: "maps".into(),
            words: "Maps of the zones are exchanged".into(),
            anchor: "in-force".into(),
            days: Some(30),
            due: Some(date(2031, 5, 31)),
            cites: "article 5".into(),
        }],
        zones: vec![
            zone(
                "north",
                "Northern zone",
                true,
                &[(11.4, 20.6), (12.1, 20.9), (11.9, 22.0), (11.0, 21.6)],
            ),
            zone(
                "south",
                "Southern zone",
                false,
                &[(10.1, 22.8), (10.7, 22.9), (10.6, 23.6), (10.0, 23.5)],
            ),
        ],
        source: "written for tests".into(),
        countries: vec!["XL".into()],
    }
}

fn tracks(claims: &mut Vec<Claim>) -> Tracks {
    let process = |page, quote, act, by, when| {
        claim(&Told {
            page,
            quote,
            act: (act, ActClass::Process),
            by,
            when,
            killed: None,
        })
    };
    let round = process(
        "talks.txt",
        "The fourth round of the Lake talks opened in Meron on 3 May.",
        "round",
        "the page",
        ("2031-05-03", "on 3 May"),
    );
    let met = process(
        "talks.txt",
        "The envoy met the minister.",
        "meeting",
        "the page",
        ("2031-05-03", ""),
    );
    let backs = process(
        "talks.txt",
        "The minister backed the zones but wanted monitors first.",
        "support",
        "the minister",
        ("2031-05-03", ""),
    );
    let rejects = process(
        "talks.txt",
        "The Column rejected the zones.",
        "reject",
        "the Column",
        ("2031-05-03", ""),
    );
    let forty = process(
        "aid.txt",
        "Forty trucks reached Odra on 4 May.",
        "delivery",
        "the page",
        ("2031-05-04", "on 4 May"),
    );
    let sixty = process(
        "aid.txt",
        "A further 60 trucks are planned for next week.",
        "delivery",
        "the page",
        ("2031-05-08/2031-05-14", "next week"),
    );
    let families = process(
        "aid.txt",
        "Some 200 families hope to return to Tel Amun.",
        "return",
        "the page",
        ("XXXX", ""),
    );
    let breaches = process(
        "serai-daily.txt",
        "The joint staff counted 12 breaches since Monday and blamed the other side.",
        "accusation",
        "the joint staff",
        ("2031-05-05", ""),
    );
    let osk = process(
        "serai-daily.txt",
        "The Column took the village of Wadi Osk, residents said.",
        "seizure",
        "residents",
        ("../2031-05-05", ""),
    );
    let hostile = process("hostile.html", HOSTILE, "accusation", HOSTILE, ("XXXX", ""));
    let because = vec![why("from-claims", "computed from the claims")];
    let movement = |act: &str, progress, count, unit: &str, place: &str, claim: &Claim| Movement {
        id: TrackId::of(&[claim.id.as_str()]),
        act: act.into(),
        progress,
        quantity: Some((count, unit.to_owned())),
        place: place.into(),
        when: claim.when.edtf.clone(),
        by: "the page".into(),
        claims: vec![claim.id.clone()],
        because: because.clone(),
    };
    let position = |holder: &str, stance, reservation: &str, claim: &Claim| Position {
        id: TrackId::of(&[claim.id.as_str()]),
        holder: mention("talks.txt", holder, None),
        proposal: "de-escalation-zones".into(),
        stance,
        reservation: reservation.into(),
        when: claim.when.edtf.clone(),
        by: "the page".into(),
        claims: vec![claim.id.clone()],
        because: because.clone(),
    };
    let complaint = |by: &str, words: &str, claim: &Claim| Complaint {
        id: TrackId::of(&[claim.id.as_str()]),
        by: by.into(),
        against: "the other side".into(),
        words: words.into(),
        when: claim.when.edtf.clone(),
        claims: vec![claim.id.clone()],
        because: because.clone(),
    };
    let tracks = Tracks {
        rounds: vec![Round {
            id: TrackId::of(&["round"]),
            track: "lake".into(),
            number: Some(4),
            when: day("2031-05-03"),
            place: "Meron".into(),
            participants: vec![(mention("talks.txt", "The envoy", None), "broker".into())],
            progress: Progress::Done,
            steps: vec![("opened".into(), round.id.clone())],
            claims: vec![round.id.clone()],
            because: because.clone(),
        }],
        meetings: vec![Meeting {
            id: TrackId::of(&["meeting"]),
            form: "meeting".into(),
            when: day("2031-05-03"),
            place: "Meron".into(),
            participants: vec![
                mention("talks.txt", "The envoy", None),
                mention("talks.txt", "the minister", None),
            ],
            progress: Progress::Done,
            readouts: vec![
                ("the page".into(), met.id.clone()),
                ("the minister".into(), backs.id.clone()),
            ],
            claims: vec![met.id.clone(), backs.id.clone()],
            because: because.clone(),
        }],
        positions: vec![
            position(
                "the minister",
                Stance::Conditional,
                "wanted monitors first",
                &backs,
            ),
            position("The Column", Stance::Reject, "", &rejects),
        ],
        control: vec![ControlChange {
            id: TrackId::of(&["osk"]),
            place: Some(PlaceMention {
                name: "Wadi Osk".into(),
                kind: "village".into(),
                span: span("serai-daily.txt", "Wadi Osk"),
                role: PlaceRole::Event,
                relation: PlaceRelation::At,
                because: vec![],
            }),
            holder: Some(mention("serai-daily.txt", "The Column", Some("northern-column"))),
            act: "seizure".into(),
            when: day("../2031-05-05"),
            by: "residents".into(),
            claims: vec![osk.id.clone()],
            because: because.clone(),
        }],
        deliveries: vec![
            movement(
                "delivery",
                Progress::Done,
                Count::exactly(40),
                "trucks",
                "Odra",
                &forty,
            ),
            movement(
                "delivery",
                Progress::Planned,
                Count::exactly(60),
                "trucks",
                "",
                &sixty,
            ),
        ],
        returns: vec![movement(
            "return",
            Progress::Planned,
            Count::exactly(200),
            "families",
            "Tel Amun",
            &families,
        )],
        complaints: vec![
            complaint("the joint staff", "12 breaches since Monday", &breaches),
            complaint(HOSTILE, HOSTILE, &hostile),
        ],
    };
    claims.extend([
        osk, round, met, backs, rejects, forty, sixty, families, breaches, hostile,
    ]);
    tracks
}

/// Everything at once.
pub(crate) fn picture() -> Picture {
    let (incidents, mut claims) = incidents();
    let tracks = tracks(&mut claims);
    let findings = incidents
        .iter()
        .zip(Verdict::ALL)
        .map(|(incident, (verdict, _))| finding(incident, verdict))
        .collect();
    let karsa = &incidents[0];
    let contradiction = Contradiction {
        id: ContradictionId::of(&["karsa toll"]),
        kind: ContradictionKind::Count,
        real: Ternary::Yes,
        claims: karsa.claims[..3].to_vec(),
        words: "the Lake Observatory says 5 killed, the Ministry of Health says 7".into(),
        because: why("intervals-apart", "5 and 7 cannot both hold"),
    };
    let long = "very long name ".repeat(700);
    let locate = |claim: Claim| LocatedClaim {
        locations: incidents
            .iter()
            .filter(|incident| incident.claims.contains(&claim.id))
            .filter_map(|incident| incident.location.clone())
            .filter(|location| {
                body_of(&claim).get(location.mention.span.start..location.mention.span.end)
                    == Some(&location.mention.name)
            })
            .collect(),
        claim,
    };
    Picture {
        as_of: Some(date(2031, 5, 6)),
        period: Some((date(2031, 5, 3), date(2031, 5, 6))),
        documents: documents(),
        claims: claims.into_iter().map(locate).collect(),
        mentions: vec![(document_id("talks.txt"), mention("talks.txt", "The envoy", None))],
        contradictions: vec![contradiction],
        links: vec![],
        findings,
        deadlines: vec![DeadlineStatus {
            agreement: "lake-accord".into(),
            version: "2031-05-01".into(),
            deadline: "maps".into(),
            words: "Maps of the zones are exchanged".into(),
            due: "2031-05-31, 30 days after in-force".into(),
            state: "pending".into(),
            because: why("day-not-reached", "2031-05-06 is before 2031-05-31"),
        }],
        tracks,
        agreements: vec![agreement()],
        outlets: vec![],
        coverage: Coverage {
            outlets: vec![
                ("Lake Wire".into(), 4, day("2031-05-05")),
                ("State Journal".into(), 1, day("2031-05-03")),
                ("Radio Brenn".into(), 0, Edtf::unknown()),
            ],
            pages: 7,
            lost: 1,
            undated: 1,
            blind_days: vec![Date::constant(2031, 5, 6)],
        },
        notes: vec![
            Note::new(
                Severity::Lost,
                "sources",
                "broken.warc",
                "the file ends inside a record",
            )
            .next("Fetch the page again."),
            Note::new(Severity::Partial, "text", HOSTILE, "hidden marks were found")
                .document(&document_id("hostile.html")),
            Note::new(Severity::Hint, "places", long, "the name is too long to look up"),
        ],
        watermark: "DEMONSTRATION".into(),
        incidents,
    }
}

fn body_of(claim: &Claim) -> &'static str {
    PAGES
        .iter()
        .find(|(name, _)| document_id(name) == claim.document)
        .map_or("", |(_, text)| text)
}

/// The same picture with every list turned round: what comes from a set must not depend on its order.
pub(crate) fn turned(mut picture: Picture) -> Picture {
    picture.documents.reverse();
    picture.claims.reverse();
    picture.mentions.reverse();
    picture.incidents.reverse();
    picture.contradictions.reverse();
    picture.findings.reverse();
    picture.deadlines.reverse();
    picture.agreements.reverse();
    picture.coverage.outlets.reverse();
    picture.notes.reverse();
    picture.tracks.rounds.reverse();
    picture.tracks.meetings.reverse();
    picture.tracks.positions.reverse();
    picture.tracks.deliveries.reverse();
    picture.tracks.returns.reverse();
    picture.tracks.complaints.reverse();
    picture
}

/// The same picture with everything missing that can be missing, and numbers at their limits.
pub(crate) fn broken(mut picture: Picture) -> Picture {
    picture.documents.truncate(2);
    picture.agreements.clear();
    picture.claims.truncate(3);
    picture.as_of = None;
    picture.period = None;
    let limits = [
        (f64::NAN, 0.0, 1.0),
        (91.0, 0.0, 1.0),
        (0.0, 180.0, f64::NAN),
        (90.0, 180.0, 5e7),
        (-90.0, -180.0, -1.0),
    ];
    for (incident, (lat, lon, radius)) in picture.incidents.iter_mut().zip(limits) {
        let Some(location) = &mut incident.location else {
            continue;
        };
        location.region = Some(Region {
            centre: LatLon { lat, lon },
            radius: Metres(radius),
        });
        location.mention.relation = PlaceRelation::Offset {
            distance: Metres(f64::INFINITY),
            bearing: Some(f64::NAN),
        };
        incident.tolls = vec![Toll {
            metric: Metric::Killed,
            range: Count {
                low: u64::MAX,
                high: Some(u64::MAX),
            },
            best: Count::at_least(u64::MAX),
            accounts: vec![(String::new(), Count::at_least(0), ClaimId::of(&["nobody has it"]))],
            because: why("", ""),
        }];
        incident.when = Edtf::unknown();
    }
    picture
}
