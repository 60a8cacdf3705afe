//! A year of the busiest mission: so many incidents under so many terms and dated zones, judged, and judged again
//! after one outline has moved.
//!
//! The terms are those of the agreements of the house, repeated under other names; zones and incidents are made up
//! by fixed arithmetic, alike in every run. Places and zones are answered by [`places::ReadyZone`], as the program does.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use agreements::{Attributing, Docket};
use anyhow::{Context as _, Result};
use jiff::civil::{Date, date};
use model::{
    Act, ActorId, Agreement, Attribution, AttributionKind, Because, Candidate, ClaimId, Edtf, ElementStatus,
    Incident, IncidentId, LatLon, Location, Metres, Origin, OriginId, PlaceId, PlaceMention, PlacePrecision,
    PlaceRelation, PlaceRole, Region, Resolution, Span, Status, Ternary, Zone, ZoneAnswer, ZoneShape,
    add_days,
};
use places::ReadyZone;

use super::pack::Pack;
use super::{memory, verdict};
use crate::clock::wall;

/// Incidents of a year, terms and zones, as the bar has them.
const INCIDENTS: usize = 300_000;
const TERMS: usize = 40;
const ZONES: usize = 12;
/// Different places at which they happen: about as many as a front of some hundred kilometres has settlements.
const SPOTS: usize = 4_000;
/// Threads; the bar is for two cores.
const THREADS: usize = 2;
/// Longest times, in seconds, and most memory, in megabytes.
const JUDGED_MAX_S: f64 = 10.0;
const AGAIN_MAX_S: f64 = 2.0;
const MEMORY_MAX_MB: f64 = 1_000.0;

/// The first day of the year.
const YEAR: Date = date(2017, 5, 6);

/// Times it and prints. Time on the wall, since two threads share the work.
pub(super) fn main(root: &Path) -> Result<()> {
    let pack = Pack::read(&root.join("data"))?;
    let agreement = agreement(&pack)?;
    let zones: Vec<ReadyZone> = agreement.zones.iter().cloned().map(ReadyZone::new).collect();
    let acts: Vec<Act> = pack.lexicon.acts().collect();
    let actors = pack.lexicon.actors();
    let mut dice = Dice(7);
    let spots: Vec<Region> = (0..SPOTS).map(|_| dice.spot()).collect();
    let lap = |start: Duration| (wall() - start).as_secs_f64();

    let mut docket = Docket::default();
    let (mut placed, start) = (0.0, wall());
    for first in (0..INCIDENTS).step_by(1_000) {
        let begun = wall();
        let made: Vec<(Incident, u32)> = (first..(first + 1_000).min(INCIDENTS))
            .map(|nth| incident(nth, &mut dice, &spots, &acts, actors, &zones))
            .collect();
        placed += lap(begun);
        docket.fill(made.iter().map(|(incident, spot)| (incident, *spot)), actors);
    }
    let filled = lap(start) - placed;

    let as_of = add_days(YEAR, 400);
    let start = wall();
    let before = docket.judge(&agreement, as_of, Attributing::Named, actors, THREADS);
    let judged = lap(start);

    let mut moved = agreement.clone();
    moved.zones[0] = zone(&agreement, 0, 0.15);
    let start = wall();
    let redrawn = ReadyZone::new(moved.zones[0].clone());
    // what happened at one place, while the same outlines held, has one answer
    let mut answers: BTreeMap<(u32, bool), ZoneAnswer> = BTreeMap::new();
    let changed = docket.redraw(|spot, when| {
        let held = redrawn.zone().during.intersect(when).is_some();
        let answer = || redrawn.inside(&spots[spot as usize], "", "", when);
        answers.entry((spot, held)).or_insert_with(answer).clone()
    });
    let turned = docket.turned(&changed, &before, &moved, as_of, Attributing::Named, actors);
    let again = lap(start);

    println!(
        "{} incidents, {} terms, {} dated zones: {} rulings",
        docket.len(),
        agreement.terms.len(),
        agreement.zones.len(),
        before.len()
    );
    for (verdict, word) in model::Verdict::ALL {
        let count = before.iter().filter(|ruling| ruling.verdict == verdict).count();
        println!("  {word:<16} {count}");
    }
    println!("made and placed      {placed:.2} s");
    println!("taken in             {filled:.2} s");
    let whole = filled + judged;
    let bar = format!("at most {JUDGED_MAX_S} s, taking in included");
    println!(
        "judged               {judged:.2} s{}",
        verdict(whole <= JUDGED_MAX_S, &bar)
    );
    let bar = format!("at most {AGAIN_MAX_S} s");
    println!(
        "one outline moved    {again:.2} s, {} incidents answered anew, {} rulings turned{}",
        changed.len(),
        turned.len(),
        verdict(again <= AGAIN_MAX_S, &bar)
    );
    println!("memory, highest      {} (at most {MEMORY_MAX_MB} MB)", memory());
    Ok(())
}

/// The first agreement of the house with the terms of all and zones of our own.
pub(super) fn agreement(pack: &Pack) -> Result<Agreement> {
    let mut agreement = pack.agreements.first().context("no agreement is here")?.clone();
    let names = |index: usize| format!("zone-{}", index % ZONES);
    let own = |term: &&model::Term| {
        let limits = &term.limits;
        limits.near.is_empty()
            && limits.except.is_empty()
            && limits.conditions.is_empty()
            && limits.by.is_empty()
    };
    let known: Vec<model::Term> = pack
        .agreements
        .iter()
        .flat_map(|one| &one.terms)
        .filter(own)
        .cloned()
        .collect();
    agreement.terms = (0..TERMS)
        .zip(known.iter().cycle())
        .map(|(nth, term)| {
            let mut term = term.clone();
            term.id = format!("{}-{nth}", term.id).as_str().into();
            if !term.zones.is_empty() {
                term.zones = (0..3).map(|step| names(nth + 4 * step).as_str().into()).collect();
            }
            if agreement.anchor(&term.from).is_none() {
                term.from = "signed".into();
            }
            term
        })
        .collect();
    agreement.until = Edtf::day(add_days(YEAR, 3_650));
    agreement.zones = (0..ZONES).map(|index| zone(&agreement, index, 0.0)).collect();
    Ok(agreement)
}

/// A round zone of a hundred corners in one of three rows, moved east by so many degrees, that holds for half a year.
fn zone(agreement: &Agreement, index: usize, moved: f64) -> Zone {
    let (row, column) = (index / 4, index % 4);
    let corner = |step: i32| {
        let angle = f64::from(step) * std::f64::consts::TAU / 100.0;
        LatLon {
            lat: 33.0 + 1.2 * row as f64 + 0.4 * angle.sin(),
            lon: 36.0 + 1.3 * column as f64 + moved + 0.4 * angle.cos(),
        }
    };
    let half = add_days(YEAR, 183 * (index as i64 % 2));
    let during = Edtf::between(Some(half), Some(add_days(half, 182)));
    Zone {
        agreement: agreement.id.clone(),
        id: format!("zone-{index}").as_str().into(),
        name: format!("zone {index}"),
        description: String::new(),
        source: "made up".into(),
        during: during.clone(),
        shapes: vec![ZoneShape {
            rings: vec![(0..100).map(corner).collect()],
            status: "agreed".into(),
            approximate: false,
            partial: false,
            band: Metres(500.0),
            during,
            source: "made up".into(),
        }],
        named_inside: Vec::new(),
        whole_provinces: Vec::new(),
        provinces: Vec::new(),
    }
}

/// Fixed arithmetic in place of chance.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        // the generator of Knuth's MMIX
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
    pub(super) fn spot(&mut self) -> Region {
        let mut degrees = |from: f64, width: usize| from + self.below(width * 1_000) as f64 / 1_000.0;
        let centre = LatLon {
            lat: degrees(32.0, 5),
            lon: degrees(35.0, 6),
        };
        let radius = Metres([1_000.0, 2_000.0, 5_000.0, 15_000.0][self.below(4)]);
        Region { centre, radius }
    }
}

/// Four in five hit by force, two in three with an author who is named.
pub(super) fn incident(
    nth: usize,
    dice: &mut Dice,
    spots: &[Region],
    acts: &[Act],
    actors: &[model::Actor],
    zones: &[ReadyZone],
) -> (Incident, u32) {
    let forces = |act: &&Act| act.class == model::ActClass::Force;
    let forceful = acts.iter().filter(forces).count();
    let act = if dice.below(5) < 4 {
        acts.iter().filter(forces).nth(dice.below(forceful))
    } else {
        acts.get(dice.below(acts.len()))
    };
    let spot = dice.below(spots.len());
    let day = add_days(YEAR, dice.below(365) as i64);
    let when = match dice.below(4) {
        0 => Edtf::between(Some(day), Some(add_days(day, 1 + dice.below(3) as i64))),
        _ => Edtf::day(day),
    };
    let author = match dice.below(3) {
        0 => Vec::new(),
        kind => vec![attribution(kind, actors[dice.below(actors.len())].id.clone())],
    };
    let origins = (0..=dice.below(3))
        .map(|n| origin(n, dice.below(2) == 0))
        .collect();
    let reported = Status::Reported;
    let incident = Incident {
        id: IncidentId::of(&[&nth.to_string()]),
        act: act.unwrap_or(&acts[0]).clone(),
        location: Some(location(spots[spot], spot, zones, &when)),
        when,
        claims: Vec::new(),
        attributions: author,
        targets: Vec::new(),
        weapon: String::new(),
        tolls: Vec::new(),
        documents: Vec::new(),
        origins,
        status: ElementStatus {
            occurrence: reported,
            place: reported,
            time: reported,
            means: reported,
            toll: reported,
            author: reported,
        },
        background: false,
        series: false,
        because: Vec::new(),
        archived: false,
        credibility: 6,
        rulings: Vec::new(),
    };
    (incident, spot as u32)
}

fn attribution(kind: usize, actor: ActorId) -> Attribution {
    Attribution {
        kind: if kind == 1 {
            AttributionKind::Named
        } else {
            AttributionKind::Allegation
        },
        label: actor.to_string(),
        actor: Resolution::Resolved(actor),
        actor_kind: String::new(),
        by: "a page".into(),
        claim: ClaimId::of(&["claim"]),
        set_aside: false,
    }
}

fn origin(n: usize, independent: bool) -> Origin {
    Origin {
        id: OriginId::of(&[&n.to_string()]),
        label: format!("origin {n}"),
        documents: Vec::new(),
        claims: vec![ClaimId::of(&["claim"])],
        links: Vec::new(),
        independent: if independent { Ternary::Yes } else { Ternary::No },
        because: Vec::new(),
        reliability: 'F',
    }
}

fn location(region: Region, spot: usize, zones: &[ReadyZone], when: &Edtf) -> Location {
    let because = Because::new("made-up", "made up");
    let candidate = Candidate {
        place: PlaceId(format!("made-up:{spot}")),
        name: format!("place {spot}"),
        province: String::new(),
        country: "SY".into(),
        at: region.centre,
        precision: PlacePrecision::Town,
        share: 1.0,
        because: because.clone(),
    };
    Location {
        mention: PlaceMention {
            name: candidate.name.clone(),
            kind: String::new(),
            span: Span { start: 0, end: 0 },
            role: PlaceRole::Event,
            relation: PlaceRelation::At,
            because: Vec::new(),
        },
        candidates: vec![candidate.clone()],
        chosen: Some(candidate),
        precision: PlacePrecision::Town,
        region: Some(region),
        zones: zones
            .iter()
            .map(|zone| zone.inside(&region, "", "", when))
            .collect(),
        because: vec![because],
    }
}
