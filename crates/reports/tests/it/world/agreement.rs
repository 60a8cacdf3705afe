//! One agreement, and a finding of each verdict.

use super::pages::why;
use jiff::civil::date;
use model::*;

pub(crate) fn test(name: &str, question: &str, answer: Ternary, input: &str, claims: &[ClaimId]) -> Test {
    Test {
        name: name.into(),
        question: question.into(),
        answer,
        inputs: vec![input.into()],
        claims: claims.to_vec(),
        because: why("from-the-incident", "taken from the incident as reported"),
    }
}

pub(crate) fn finding(incident: &Incident, verdict: Verdict) -> Finding {
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

pub(crate) fn agreement() -> Agreement {
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
            limits: Limits::default(),
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
        on_request: false,
        register: Register::default(),
    }
}
