//! Incidents made up at random, and ways of knowing less about them.

use crate::world;
use jiff::civil::date;
use model::{
    ActorId, ActorMention, Attribution, AttributionKind, Because, Candidate, ClaimId, Edtf, ElementStatus,
    Incident, IncidentId, LatLon, Location, MentionId, Metres, Origin, OriginId, PlaceId, PlaceMention,
    PlacePrecision, PlaceRelation, PlaceRole, Region, Resolution, Span, Status, Ternary, ZoneAnswer,
    add_days,
};
use proptest::prelude::*;

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
        set_aside: false,
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
        reliability: 'F',
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

/// A place with an answer for each zone of the two agreements that the laws look at: the four of the first, then
/// the three of the made-up accord, each with a distance in kilometres.
pub(crate) fn location(answers: [Ternary; 7], km: u8, country: &str) -> Location {
    let because = Because::new("test", "A test.");
    let zones = world::looked_at()
        .into_iter()
        .flat_map(|agreement| agreement.zones);
    let zones = zones.zip(answers).map(|(zone, inside)| ZoneAnswer {
        agreement: zone.agreement.clone(),
        zone: zone.id.clone(),
        name: zone.name.clone(),
        inside,
        distance: Some(Metres(f64::from(km) * 1000.0)),
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
        region: Some(Region {
            centre: LatLon { lat: 0.0, lon: 0.0 },
            radius: Metres(1000.0),
        }),
        zones: zones.collect(),
        because: vec![because],
    }
}

fn place() -> impl Strategy<Value = Option<Location>> {
    let inside = [
        ternary(),
        ternary(),
        ternary(),
        ternary(),
        ternary(),
        ternary(),
        ternary(),
    ];
    let country = prop_oneof![5 => Just("SY"), 1 => Just("TR")];
    prop_oneof![
        6 => (inside, 0..16_u8, country)
            .prop_map(|(inside, km, country)| Some(location(inside, km, country))),
        1 => Just(None),
    ]
}

prop_compose! {
    pub(crate) fn incident()(
        n in 0..1_000_000_u32,
        act in prop_oneof![
            5 => Just("shelling"),
            2 => Just("overflight"),
            2 => Just("aid-blocked"),
            1 => Just("live-fire-exercise"),
            1 => Just("meeting"),
        ],
        weapon in prop_oneof![2 => Just(""), 1 => Just("a howitzer"), 1 => Just("rifles")],
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
            weapon: weapon.to_owned(),
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
            archived: false,
            credibility: 6,
            rulings: Vec::new(),
        }
    }
}

/// One way of knowing less about an incident.
#[derive(Clone, Debug)]
pub(crate) enum Widening {
    Time(i64),
    TimeLost,
    Zone(usize),
    Region(u8),
    PlaceLost,
    Contested(u8),
    AuthorsLost,
    AuthorsDoubled,
    TargetsLost,
    OriginsDoubtful,
    OriginsLost,
    Alleged,
}

pub(crate) fn widening() -> impl Strategy<Value = Widening> {
    prop_oneof![
        (1..9_i64).prop_map(Widening::Time),
        Just(Widening::TimeLost),
        (0..7_usize).prop_map(Widening::Zone),
        (1..9_u8).prop_map(Widening::Region),
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

impl Widening {
    /// The tests that the facts it touches may decide.
    pub(crate) fn tests(&self) -> &'static [&'static str] {
        match self {
            Self::Time(_) | Self::TimeLost => &[
                "in-force",
                "due",
                "place",
                "condition",
                "exemption",
                "bearer",
                "count",
            ],
            Self::Zone(_) | Self::Region(_) | Self::PlaceLost | Self::Contested(1) => {
                &["place", "exemption", "bearer", "count"]
            }
            Self::Contested(0) => &["evidence", "count"],
            Self::Contested(_) | Self::AuthorsLost | Self::AuthorsDoubled | Self::Alleged => {
                &["bearer", "exemption", "count"]
            }
            Self::TargetsLost => &["protected", "exemption", "count"],
            Self::OriginsDoubtful | Self::OriginsLost => &["evidence", "exemption", "count"],
        }
    }
}

pub(crate) fn widen(mut incident: Incident, how: &Widening) -> Incident {
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
        Widening::Region(km) => {
            let region = incident
                .location
                .as_mut()
                .and_then(|location| location.region.as_mut());
            if let Some(region) = region {
                region.radius.0 += f64::from(*km) * 1000.0;
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
