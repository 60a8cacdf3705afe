//! A small invented world: two provinces, one agreement, seven pages, six incidents; and hostile words.

mod agreement;
mod coverage;
mod incidents;
mod pages;
mod process;

pub(crate) use pages::{PAGES, outline_text};

use agreement::{agreement, finding};
use incidents::incidents;
use jiff::civil::date;
use model::*;
use pages::*;
use process::tracks;

/// Everything at once.
pub(crate) fn picture() -> Picture {
    let (incidents, mut claims) = incidents();
    let tracks = tracks(&mut claims);
    let findings = incidents
        .iter()
        .zip(Verdict::ALL)
        .map(|(incident, (verdict, _))| finding(incident, verdict))
        .collect();
    let coverage = coverage::coverage(&incidents);
    let karsa = &incidents[0];
    let contradiction = Contradiction {
        id: ContradictionId::of(&["karsa toll"]),
        kind: ContradictionKind::Count,
        real: Ternary::Yes,
        claims: karsa.claims[..3].to_vec(),
        words: "the Lake Observatory says 5 killed, the Ministry of Health says 7".into(),
        because: why("intervals-apart", "5 and 7 cannot both hold"),
    };
    let accepted = karsa.claims.clone();
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
        mentions: vec![(id_of("talks.txt"), mention("talks.txt", "The envoy", None))],
        contradictions: vec![contradiction],
        links: vec![],
        ruled: vec![model::Ruled {
            ruling: model::Ruling {
                id: model::RulingId::of(&["test"]),
                decision: model::Decision::Accept {
                    claims: accepted.clone(),
                },
                by: "Reviewer One".into(),
                made: "2031-05-07T09:00:00Z".into(),
                because: "read over".into(),
                words: std::collections::BTreeMap::new(),
            },
            standing: model::Standing::InForce,
            why: String::new(),
            incidents: vec![incidents[0].id.clone()],
            claims: accepted,
        }],
        review: vec![model::ReviewItem {
            incident: Some(incidents[1].id.clone()),
            claims: incidents[1].claims.clone(),
            waiting: vec![model::Waiting::New],
            candidates: vec![],
            group: "unlisted".into(),
            rulings: vec![],
        }],
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
        coverage,
        notes: vec![
            Note::new(
                Severity::Lost,
                "sources",
                "broken.warc",
                "the file ends inside a record",
            )
            .next("Fetch the page again."),
            Note::new(Severity::Partial, "text", HOSTILE, "hidden marks were found")
                .document(&id_of("hostile.html")),
            Note::new(Severity::Hint, "places", long, "the name is too long to look up"),
        ],
        watermark: "DEMONSTRATION".into(),
        incidents,
    }
}

fn body_of(claim: &Claim) -> &'static str {
    PAGES
        .iter()
        .find(|(name, _)| id_of(name) == claim.document)
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
    picture.coverage.zones.reverse();
    picture.coverage.by_day.reverse();
    picture.notes.reverse();
    picture.tracks.rounds.reverse();
    picture.tracks.meetings.reverse();
    picture.tracks.positions.reverse();
    picture.tracks.deliveries.reverse();
    picture.tracks.returns.reverse();
    picture.tracks.complaints.reverse();
    picture.tracks.stands.reverse();
    picture.tracks.control.reverse();
    picture.tracks.holdings.reverse();
    picture.tracks.measures.reverse();
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
