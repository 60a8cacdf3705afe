//! Laws of the judge that hold for every incident, whatever it is.

use crate::world;
use agreements::Attributing;
use jiff::civil::{Date, date};
use model::{
    ActorId, ActorMention, Agreement, Assessed, Attribution, AttributionKind, Because, Candidate, ClaimId,
    Edtf, ElementStatus, Exemption, ExemptionLimits, Finding, Incident, IncidentId, LatLon, Location,
    MentionId, Origin, OriginId, PlaceId, PlaceMention, PlacePrecision, PlaceRelation, PlaceRole, Resolution,
    Span, Status, Ternary, Verdict, ZoneAnswer, add_days,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

const AS_OF: Date = date(2020, 1, 1);

fn assess(incidents: &[Incident], agreement: &Agreement) -> Assessed {
    agreements::assess(
        incidents,
        agreement,
        AS_OF,
        Attributing::Named,
        world::few_actors(),
    )
}

fn only(incident: &Incident, agreement: &Agreement) -> Option<Finding> {
    assess(std::slice::from_ref(incident), agreement)
        .findings
        .into_iter()
        .next()
}

fn ternary() -> impl Strategy<Value = Ternary> {
    prop_oneof![Just(Ternary::Yes), Just(Ternary::No), Just(Ternary::Undetermined)]
}

fn actor() -> impl Strategy<Value = Resolution<ActorId>> {
    prop_oneof![
        4 => Just(Resolution::Resolved("syrian-state-forces".into())),
        2 => Just(Resolution::Resolved("faylaq-al-sham".into())),
        2 => Just(Resolution::Resolved("nusra-front".into())),
        1 => Just(Resolution::Resolved("southern-front".into())),
        1 => Just(Resolution::Resolved("us-armed-forces".into())),
        1 => Just(Resolution::Candidates(vec!["isil".into(), "nusra-front".into()])),
        1 => Just(Resolution::Candidates(vec!["syrian-state-forces".into(), "isil".into()])),
        1 => Just(Resolution::Unresolved),
    ]
}

fn label(actor: &Resolution<ActorId>) -> String {
    match actor {
        Resolution::Resolved(id) => id.as_str().to_owned(),
        Resolution::Candidates(several) => several
            .iter()
            .map(ActorId::as_str)
            .collect::<Vec<_>>()
            .join(" or "),
        Resolution::Unresolved => "unknown men".to_owned(),
    }
}

fn attribution() -> impl Strategy<Value = Attribution> {
    let kind = prop_oneof![
        4 => Just(AttributionKind::Named),
        2 => Just(AttributionKind::Allegation),
        1 => Just(AttributionKind::ClaimOfResponsibility),
        1 => Just(AttributionKind::Denial),
    ];
    (kind, actor(), 0..3_u8).prop_map(|(kind, actor, by)| Attribution {
        kind,
        label: label(&actor),
        actor,
        actor_kind: String::new(),
        by: format!("source {by}"),
        claim: ClaimId::of(&["claim", &by.to_string()]),
    })
}

fn target() -> impl Strategy<Value = ActorMention> {
    (actor(), any::<bool>()).prop_map(|(actor, civilians)| {
        let actor = if civilians { Resolution::Unresolved } else { actor };
        ActorMention {
            id: MentionId::of(&[&label(&actor)]),
            label: label(&actor),
            span: Span { start: 0, end: 0 },
            actor,
            kind: if civilians { "population" } else { "" }.to_owned(),
            because: Vec::new(),
        }
    })
}

fn origin((n, independent): (usize, Ternary)) -> Origin {
    Origin {
        id: OriginId::of(&[&n.to_string()]),
        label: format!("origin {n}"),
        documents: Vec::new(),
        claims: vec![ClaimId::of(&["claim", &n.to_string()])],
        links: Vec::new(),
        independent,
        because: Vec::new(),
    }
}

fn when() -> impl Strategy<Value = Edtf> {
    let day = |offset: i64| add_days(date(2017, 4, 28), offset);
    prop_oneof![
        4 => (0..20_i64).prop_map(move |from| Edtf::day(day(from))),
        2 => (0..20_i64, 0..6_i64).prop_map(move |(from, days)| {
            Edtf::between(Some(day(from)), Some(day(from + days)))
        }),
        1 => (0..20_i64, any::<bool>()).prop_map(move |(from, open_start)| {
            if open_start { Edtf::between(None, Some(day(from))) } else { Edtf::between(Some(day(from)), None) }
        }),
        1 => (0..20_i64, any::<bool>()).prop_map(move |(from, approximate)| {
            let mut time = Edtf::day(day(from));
            (time.approximate, time.uncertain) = (approximate, !approximate);
            time
        }),
        1 => (180..220_i64).prop_map(move |from| Edtf::day(day(from))),
    ]
}

fn status() -> impl Strategy<Value = Status> {
    prop_oneof![
        6 => Just(Status::Reported),
        1 => Just(Status::Contested),
        1 => Just(Status::Refuted),
        1 => Just(Status::Verified),
        1 => Just(Status::Undetermined),
    ]
}

fn location(answers: [Ternary; 4], country: &str) -> Location {
    let agreement = world::agreement(world::IDS[0]);
    let because = Because::new("test", "A test.");
    let zones = agreement
        .zones
        .iter()
        .zip(answers)
        .map(|(zone, inside)| ZoneAnswer {
            agreement: agreement.id.clone(),
            zone: zone.id.clone(),
            name: zone.name.clone(),
            inside,
            distance: None,
            because: because.clone(),
        });
    let place = Candidate {
        place: PlaceId("test".to_owned()),
        name: "a town".to_owned(),
        province: String::new(),
        country: country.to_owned(),
        at: LatLon { lat: 0.0, lon: 0.0 },
        precision: PlacePrecision::Town,
        share: 1.0,
        because: because.clone(),
    };
    Location {
        mention: PlaceMention {
            name: "a town".to_owned(),
            kind: String::new(),
            span: Span { start: 0, end: 0 },
            role: PlaceRole::Event,
            relation: PlaceRelation::At,
            because: Vec::new(),
        },
        candidates: vec![place.clone()],
        chosen: Some(place),
        precision: PlacePrecision::Town,
        region: None,
        zones: zones.collect(),
        because: vec![because],
    }
}

fn place() -> impl Strategy<Value = Option<Location>> {
    let inside = [ternary(), ternary(), ternary(), ternary()];
    let country = prop_oneof![5 => Just("SY"), 1 => Just("TR")];
    prop_oneof![
        6 => (inside, country).prop_map(|(inside, country)| Some(location(inside, country))),
        1 => Just(None),
    ]
}

prop_compose! {
    fn incident()(
        n in 0..1_000_000_u32,
        act in prop_oneof![5 => Just("shelling"), 1 => Just("overflight"), 1 => Just("aid-blocked"), 1 => Just("meeting")],
        when in when(),
        location in place(),
        attributions in prop::collection::vec(attribution(), 0..4),
        targets in prop::collection::vec(target(), 0..3),
        origins in prop::collection::vec(ternary(), 0..4),
        (occurrence, place, author) in (status(), status(), status()),
    ) -> Incident {
        Incident {
            id: IncidentId::of(&[&n.to_string()]),
            act: world::acts().into_iter().find(|known| known.id.as_str() == act).expect("a known act"),
            when,
            location,
            claims: Vec::new(),
            attributions,
            targets,
            weapon: String::new(),
            tolls: Vec::new(),
            documents: Vec::new(),
            origins: origins.into_iter().enumerate().map(origin).collect(),
            status: ElementStatus {
                occurrence,
                place,
                author,
                time: Status::Reported,
                means: Status::Reported,
                toll: Status::Reported,
            },
            background: false,
            series: false,
            because: Vec::new(),
        }
    }
}

/// One way of knowing less about an incident.
#[derive(Clone, Debug)]
enum Widening {
    Time(i64),
    TimeLost,
    Zone(usize),
    PlaceLost,
    Contested(u8),
    AuthorsLost,
    AuthorsDoubled,
    TargetsLost,
    OriginsDoubtful,
    OriginsLost,
    Alleged,
}

fn widening() -> impl Strategy<Value = Widening> {
    prop_oneof![
        (1..9_i64).prop_map(Widening::Time),
        Just(Widening::TimeLost),
        (0..4_usize).prop_map(Widening::Zone),
        Just(Widening::PlaceLost),
        (0..3_u8).prop_map(Widening::Contested),
        Just(Widening::AuthorsLost),
        Just(Widening::AuthorsDoubled),
        Just(Widening::TargetsLost),
        Just(Widening::OriginsDoubtful),
        Just(Widening::OriginsLost),
        Just(Widening::Alleged),
    ]
}

fn widen(mut incident: Incident, how: &Widening) -> Incident {
    match how {
        Widening::Time(days) => {
            let mut wider = Edtf::between(
                incident.when.earliest().map(|day| add_days(day, -days)),
                incident.when.latest().map(|day| add_days(day, *days)),
            );
            wider.approximate = incident.when.approximate;
            wider.uncertain = incident.when.uncertain;
            incident.when = wider;
        }
        Widening::TimeLost => incident.when = Edtf::unknown(),
        Widening::Zone(at) => {
            if let Some(location) = &mut incident.location {
                location.zones[*at].inside = Ternary::Undetermined;
            }
        }
        Widening::PlaceLost => incident.location = None,
        Widening::Contested(0) => incident.status.occurrence = Status::Contested,
        Widening::Contested(1) => incident.status.place = Status::Contested,
        Widening::Contested(_) => incident.status.author = Status::Contested,
        Widening::AuthorsLost => {
            for attribution in &mut incident.attributions {
                attribution.actor = Resolution::Unresolved;
            }
        }
        Widening::AuthorsDoubled => {
            for attribution in &mut incident.attributions {
                if let Resolution::Resolved(id) = &attribution.actor {
                    attribution.actor = Resolution::Candidates(vec![id.clone(), "isil".into()]);
                }
            }
        }
        Widening::TargetsLost => {
            for target in &mut incident.targets {
                target.actor = Resolution::Unresolved;
                target.kind = String::new();
            }
        }
        Widening::OriginsDoubtful => {
            for origin in &mut incident.origins {
                origin.independent = Ternary::Undetermined;
            }
        }
        Widening::OriginsLost => incident.origins.clear(),
        Widening::Alleged => {
            for attribution in &mut incident.attributions {
                if attribution.kind != AttributionKind::Denial {
                    attribution.kind = AttributionKind::Allegation;
                }
            }
        }
    }
    incident
}

fn violations(incidents: &[Incident], agreement: &Agreement) -> BTreeSet<String> {
    let findings = assess(incidents, agreement).findings;
    let breaches = findings
        .into_iter()
        .filter(|finding| finding.verdict == Verdict::Violation);
    breaches.map(|finding| finding.incident.to_string()).collect()
}

fn both() -> [Agreement; 2] {
    world::IDS.map(world::agreement)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_finding_names_what_is_missing_exactly_when_it_cannot_be_made(incident in incident()) {
        for agreement in both() {
            if let Some(finding) = only(&incident, &agreement) {
                prop_assert_eq!(!finding.missing.is_empty(), finding.verdict == Verdict::NotAssessable);
                prop_assert!(!finding.reasons.is_empty());
                prop_assert_eq!(finding.tests.len(), 6);
                prop_assert!(finding.reasons.iter().all(|reason| reason.ends_with('.')), "{:?}", finding.reasons);
            }
        }
    }

    #[test]
    fn knowing_less_never_decides_what_was_open(incident in incident(), how in widening()) {
        for agreement in both() {
            let Some(before) = only(&incident, &agreement) else { continue };
            let after = only(&widen(incident.clone(), &how), &agreement).expect("the act is the same");
            if before.verdict == Verdict::NotAssessable {
                prop_assert_eq!(after.verdict, Verdict::NotAssessable, "{:?}: {:?}", how, after.reasons);
            }
            let appeared = after.verdict == Verdict::Violation && before.verdict != Verdict::Violation;
            prop_assert!(!appeared, "{:?}: {:?}", how, before.reasons);
        }
    }

    #[test]
    fn an_exemption_never_adds_a_violation(
        incidents in prop::collection::vec(incident(), 1..6),
        exempt in prop::sample::subsequence(vec!["syrian-state-forces", "faylaq-al-sham", "southern-front"], 0..3),
        areas in any::<bool>(),
    ) {
        for agreement in both() {
            let mut more = agreement.clone();
            more.exemptions.push(Exemption {
                id: "more".to_owned(),
                words: "More are exempt.".to_owned(),
                cites: "test".to_owned(),
                actors: exempt.iter().map(|id| ActorId::from(*id)).collect(),
                kinds: vec!["population".to_owned()],
                areas,
                limits: ExemptionLimits::default(),
            });
            prop_assert!(violations(&incidents, &more).is_subset(&violations(&incidents, &agreement)));
        }
    }

    #[test]
    fn the_order_of_the_input_does_not_matter(incidents in prop::collection::vec(incident(), 1..6)) {
        for agreement in both() {
            let mut turned = incidents.clone();
            turned.reverse();
            for incident in &mut turned {
                incident.attributions.reverse();
                incident.targets.reverse();
                incident.origins.reverse();
                if let Some(location) = &mut incident.location {
                    location.zones.reverse();
                }
            }
            let mut actors = world::few_actors().to_vec();
            actors.reverse();
            let forward = assess(&incidents, &agreement);
            let backward = agreements::assess(&turned, &agreement, AS_OF, Attributing::Named, &actors);
            for (a, b) in forward.findings.iter().zip(&backward.findings) {
                prop_assert_eq!(&a.reasons, &b.reasons);
                for (a, b) in a.tests.iter().zip(&b.tests) {
                    prop_assert_eq!(a, b);
                }
            }
            prop_assert_eq!(forward, backward);
        }
    }

    #[test]
    fn a_missing_fact_decides_as_it_was_told(incident in incident()) {
        let agreement = world::agreement(world::IDS[0]);
        let Some(finding) = only(&incident, &agreement) else { return Ok(()) };
        for missing in &finding.missing {
            for (yes, told) in [(true, missing.if_yes), (false, missing.if_no)] {
                if let Some(supplied) = supply(incident.clone(), &missing.test, yes) {
                    let found = only(&supplied, &agreement).expect("the act is the same");
                    prop_assert_eq!(found.verdict, told, "{} {}: {:?}", missing.test, yes, found.reasons);
                }
            }
        }
    }
}

/// The incident with one missing fact told; `None` where the fact cannot be told without telling another.
fn supply(mut incident: Incident, test: &str, yes: bool) -> Option<Incident> {
    match test {
        "in-force" => incident.when = Edtf::day(if yes { date(2017, 5, 20) } else { date(2017, 4, 1) }),
        "place" => {
            let rest = Ternary::No;
            incident.location = Some(location([rest, yes.into(), rest, rest], "SY"));
            incident.status.place = Status::Reported;
        }
        "bearer" => {
            if !incident.attributions.is_empty() || incident.status.author == Status::Contested {
                return None;
            }
            let id = if yes {
                "syrian-state-forces"
            } else {
                "us-armed-forces"
            };
            incident.attributions.push(Attribution {
                kind: AttributionKind::Named,
                label: id.to_owned(),
                actor: Resolution::Resolved(id.into()),
                actor_kind: String::new(),
                by: "a source".to_owned(),
                claim: ClaimId::of(&["told"]),
            });
        }
        "exemption" => {
            let by_author = incident
                .attributions
                .iter()
                .any(|attribution| match &attribution.actor {
                    Resolution::Resolved(id) => id.as_str() == "nusra-front",
                    _ => true,
                });
            if by_author {
                return None;
            }
            for target in &mut incident.targets {
                target.actor = if yes {
                    Resolution::Resolved("isil".into())
                } else {
                    Resolution::Unresolved
                };
                target.kind = if yes { "excluded-group" } else { "population" }.to_owned();
            }
            if yes && incident.independent_origins() == 0 {
                incident.origins.first_mut()?.independent = Ternary::Yes;
            }
        }
        "evidence" => {
            incident.status.occurrence = if yes { Status::Verified } else { Status::Refuted };
        }
        _ => return None,
    }
    Some(incident)
}

#[test]
fn an_incident_after_the_cut_off_is_noted_and_not_judged() {
    let agreement = world::agreement(world::IDS[0]);
    let files = world::files(world::IDS[0]);
    let (_, text) = files
        .iter()
        .find(|(name, _)| name == "cases.md")
        .expect("cases.md");
    let (cases, _) = agreements::cases("cases.md", text, &agreement, &world::known());
    let incident = cases[0]
        .incident
        .clone()
        .expect("the first example is about an incident");
    let assessed = agreements::assess(
        &[incident],
        &agreement,
        date(2017, 5, 6),
        Attributing::Named,
        &world::actors(),
    );
    assert!(assessed.findings.is_empty());
    assert_eq!(assessed.notes.len(), 1);
    assert!(
        assessed.notes[0].what.contains("after the cut-off on 6 May 2017"),
        "{:?}",
        assessed.notes
    );
}
