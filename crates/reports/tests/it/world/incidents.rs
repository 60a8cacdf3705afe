//! Six incidents: a bomb told by three, shells near a town, fighting in a province, a strike off a town, an
//! attack recalled, shots at a place nobody knows.

use super::pages::*;
use model::*;

pub(crate) fn status(occurrence: Status, author: Status) -> ElementStatus {
    ElementStatus {
        occurrence,
        place: Status::Corroborated,
        time: Status::Reported,
        means: Status::Undetermined,
        toll: Status::Contested,
        author,
    }
}

pub(crate) fn origin(label: &str, pages: &[&str], claims: &[&Claim], independent: Ternary) -> Origin {
    let documents: Vec<_> = pages.iter().map(|page| id_of(page)).collect();
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
        reliability: 'F',
    }
}

pub(crate) fn incident(claims: &[&Claim], location: Option<Location>, when: &str) -> Incident {
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
        archived: false,
        credibility: 6,
        rulings: Vec::new(),
    }
}

pub(crate) const FORCE: ActClass = ActClass::Force;

/// The claims about the bomb in Karsa: the Observatory twice, the ministry, and a denial.
pub(crate) fn karsa() -> [Claim; 4] {
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

pub(crate) fn karsa_incident(claims: &[Claim; 4]) -> Incident {
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
        set_aside: false,
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

pub(crate) fn incidents() -> (Vec<Incident>, Vec<Claim>) {
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
