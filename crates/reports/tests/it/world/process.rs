//! Talks, aid, complaints, a village that changed hands.

use super::pages::*;
use model::*;

pub(crate) fn tracks(claims: &mut Vec<Claim>) -> Tracks {
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
    let stand = |holder: &str, positions: Vec<TrackId>, statements| Stand {
        id: TrackId::of(&["stand", holder]),
        holder: mention("talks.txt", holder, None),
        proposal: "de-escalation-zones".into(),
        over_time: positions.clone(),
        newest: positions,
        statements,
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
            differ: vec![Difference {
                about: "date".into(),
                told: vec![
                    ("2031-05-02".into(), "the Column".into(), rejects.id.clone()),
                    ("2031-05-03".into(), "the page".into(), round.id.clone()),
                ],
            }],
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
            differ: vec![],
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
        stands: vec![
            stand("The envoy", vec![], vec![met.id.clone()]),
            stand(
                "the minister",
                vec![TrackId::of(&[backs.id.as_str()])],
                vec![backs.id.clone()],
            ),
        ],
        holdings: holdings(&osk, &because),
        measures: measures(&breaches, &because),
        control: control(&osk, &because),
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
        complaints: complaints(&breaches, &hostile, &because),
    };
    claims.extend([
        osk, round, met, backs, rejects, forty, sixty, families, breaches, hostile,
    ]);
    tracks
}

/// The village that the Column took, as held.
fn holdings(claim: &Claim, because: &[Because]) -> Vec<Holding> {
    vec![Holding {
        id: TrackId::of(&["holding", "osk"]),
        place: "wadi osk".into(),
        names: vec!["Wadi Osk".into()],
        holder: mention("serai-daily.txt", "The Column", Some("northern-column")),
        side: String::new(),
        since: day("../2031-05-05"),
        until: None,
        by: vec!["residents".into()],
        denied: vec![],
        claims: vec![claim.id.clone()],
        because: because.to_vec(),
    }]
}

/// A closed checkpoint, planned.
fn measures(claim: &Claim, because: &[Because]) -> Vec<Measure> {
    vec![Measure {
        id: TrackId::of(&["measure"]),
        act: "checkpoint-closure".into(),
        progress: Progress::Planned,
        takers: vec![mention("serai-daily.txt", "The Column", Some("northern-column"))],
        against: vec![],
        place: "Serai".into(),
        when: day("2031-05-05"),
        by: "the joint staff".into(),
        claims: vec![claim.id.clone()],
        because: because.to_vec(),
    }]
}

/// The village that the Column took, as a change.
fn control(claim: &Claim, because: &[Because]) -> Vec<ControlChange> {
    vec![ControlChange {
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
        claims: vec![claim.id.clone()],
        because: because.to_vec(),
    }]
}

/// Breaches that one side counted, and a hostile page's words.
fn complaints(breaches: &Claim, hostile: &Claim, because: &[Because]) -> Vec<Complaint> {
    vec![
        complaint("the joint staff", "12 breaches since Monday", breaches, because),
        complaint(HOSTILE, HOSTILE, hostile, because),
    ]
}

fn complaint(by: &str, words: &str, claim: &Claim, because: &[Because]) -> Complaint {
    Complaint {
        id: TrackId::of(&[claim.id.as_str()]),
        by: by.into(),
        against: "the other side".into(),
        words: words.into(),
        when: claim.when.edtf.clone(),
        claims: vec![claim.id.clone()],
        because: because.to_vec(),
    }
}
