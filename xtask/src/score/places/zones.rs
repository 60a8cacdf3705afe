//! Whether a zone's answer is right: made-up places, zones and sites, so that the truth is known by construction.
//!
//! A site is drawn first; then it is told as news would tell it, by a town, its surroundings, a rounded distance
//! and bearing, or a province; `places::locate` answers from the telling alone.

use super::{claim, mention, score_row};
use crate::score::ScoreRow;
use crate::train::Dice;
use anyhow::Result;
use geo::line_measures::{Destination, Geodesic};
use geo::{Contains, LineString, Point, Polygon};
use model::{
    AgreementId, Edtf, LatLon, Metres, PlaceRelation, PlaceRole, Region, Ternary, Zone, ZoneId, ZoneShape,
};
use places::{Context, Gazetteer, ReadyZone};

/// Sites of each way of telling, on each zone.
const SITES: usize = 150;
/// Zones, each a star of so many corners.
const ZONES: usize = 4;
const CORNERS: usize = 60;
/// Provinces on a side of the made-up country, and towns in each; a province is a square of so many degrees.
const SIDE: usize = 4;
const TOWNS: usize = 25;
const PROVINCE_DEGREES: f64 = 1.0;
/// Where its south-western corner lies.
const CORNER: (f64, f64) = (33.0, 36.0);
/// Kilometres from a town within which people say "near" it: half of them within two, nearly all within five,
/// as monitors' spot reports have it.
const NEAR_KM: f64 = 2.0;

/// Metres from the edge of a zone within which a town lies by it: 10 km.
const EDGE: f64 = 10_000.0;

/// Ways of telling where something was.
#[derive(Clone, Copy)]
enum Told {
    In,
    Near,
    Away,
    Province,
}

const WAYS: [(Told, &str); 4] = [
    (Told::In, "in a town"),
    (Told::Near, "near a town"),
    (Told::Away, "a distance from a town"),
    (Told::Province, "in a province"),
];

/// A town: its name, its point, and metres to the end of its houses.
struct Town {
    name: String,
    at: Point<f64>,
    radius: f64,
}

/// Draws the country, asks of every site, and counts.
pub(super) fn run() -> Result<Vec<ScoreRow>> {
    let mut dice = Dice::new();
    let (towns, gazetteer) = country(&mut dice)?;
    let mut rows = Vec::new();
    let (mut right, mut told) = (Vec::new(), Vec::new());
    for (way, words) in WAYS {
        let mut open = Vec::new();
        for nth in 0..ZONES {
            let (outline, zone) = zone(nth, &mut dice);
            for _ in 0..SITES {
                let (site, answer) = ask(way, &towns, &zone, &gazetteer, &mut dice);
                let truth = outline.contains(&site);
                told.push(answer != Ternary::Undetermined);
                open.push(answer == Ternary::Undetermined);
                match answer {
                    Ternary::Yes => right.push(truth),
                    Ternary::No => right.push(!truth),
                    Ternary::Undetermined => {}
                }
            }
        }
        rows.push(score_row(
            "made-up zones",
            &format!("left open, {words}"),
            &open,
            None,
            "",
        ));
    }
    rows.insert(
        0,
        score_row("made-up zones", "right where it answers", &right, None, ""),
    );
    rows.insert(1, score_row("made-up zones", "answered", &told, None, ""));
    Ok(rows)
}

fn share(dice: &mut Dice) -> f64 {
    f64::from(dice.real()).midpoint(1.0)
}

/// Provinces in a square, towns anywhere in them.
fn country(dice: &mut Dice) -> Result<(Vec<Town>, Gazetteer)> {
    let mut table = String::from(
        "id\tname\tnames\tarabic\tlat\tlon\tkind\tadmin1\tcountry\tpopulation\tradius_km\tsource\tlicence\n",
    );
    let mut towns = Vec::new();
    for province in 0..SIDE * SIDE {
        let south = CORNER.0 + PROVINCE_DEGREES * (province / SIDE) as f64;
        let west = CORNER.1 + PROVINCE_DEGREES * (province % SIDE) as f64;
        let half = PROVINCE_DEGREES / 2.0;
        // The half diagonal of a square of one degree, in kilometres, rounded up.
        table.push_str(&format!(
            "adm1:SY.P{province}\tGovernorate {province}\t\t\t{}\t{}\tprovince\t\tSY\t\t80\tmade up\tCC0\n",
            south + half,
            west + half
        ));
        for nth in 0..TOWNS {
            let at = Point::new(
                west + PROVINCE_DEGREES * share(dice),
                south + PROVINCE_DEGREES * share(dice),
            );
            let people = [800, 3_000, 9_000, 40_000, 300_000][dice.below(5)];
            let name = format!("Stead {province} {nth}");
            table.push_str(&format!(
                "t:{province}-{nth}\t{name}\t\t\t{}\t{}\ttown\tGovernorate {province}\tSY\t{people}\t\tmade up\tCC0\n",
                at.y(),
                at.x()
            ));
            // The built-up disc at 8,000 people a square kilometre, denser than the program supposes.
            let radius = (f64::from(people) / 8_000.0 / std::f64::consts::PI).sqrt() * 1_000.0;
            towns.push(Town { name, at, radius });
        }
    }
    let (gazetteer, faults) = Gazetteer::parse(&[("made-up.tsv".to_owned(), table)]);
    anyhow::ensure!(faults.is_empty(), "the made-up country has faults: {faults:?}");
    Ok((towns, gazetteer))
}

/// A star somewhere in the country with a band of 0 to 3 km.
fn zone(nth: usize, dice: &mut Dice) -> (Polygon<f64>, ReadyZone) {
    let extent = PROVINCE_DEGREES * SIDE as f64;
    let middle = Point::new(
        CORNER.1 + extent * (0.3 + 0.4 * share(dice)),
        CORNER.0 + extent * (0.3 + 0.4 * share(dice)),
    );
    let mut ring = Vec::new();
    for corner in 0..CORNERS {
        let bearing = 360.0 * corner as f64 / CORNERS as f64;
        let at = Geodesic.destination(middle, bearing, 30_000.0 + 50_000.0 * share(dice));
        ring.push(LatLon {
            lat: at.y(),
            lon: at.x(),
        });
    }
    ring.push(ring[0]);
    let line: Vec<(f64, f64)> = ring.iter().map(|at| (at.lon, at.lat)).collect();
    let zone = Zone {
        agreement: AgreementId::from("made-up"),
        id: ZoneId::from(format!("zone-{nth}").as_str()),
        name: format!("zone {nth}"),
        description: "made up".to_owned(),
        source: "made up".to_owned(),
        during: Edtf::unknown(),
        shapes: vec![ZoneShape {
            rings: vec![ring],
            status: "agreed".to_owned(),
            approximate: false,
            partial: false,
            band: Metres(1_000.0 * nth as f64),
            during: Edtf::unknown(),
            source: "made up".to_owned(),
        }],
        named_inside: Vec::new(),
        whole_provinces: Vec::new(),
        provinces: Vec::new(),
    };
    (
        Polygon::new(LineString::from(line), Vec::new()),
        ReadyZone::new(zone),
    )
}

/// A town; every other time one that lies by the edge of the zone, where answers are hard.
fn town_by_the_edge<'t>(towns: &'t [Town], zone: &ReadyZone, dice: &mut Dice) -> &'t Town {
    let by_the_edge = |town: &&Town| {
        let region = Region {
            centre: LatLon {
                lat: town.at.y(),
                lon: town.at.x(),
            },
            radius: Metres(0.0),
        };
        let distance = zone.inside(&region, "", "", &Edtf::unknown()).distance;
        distance.is_some_and(|metres| metres.0.abs() <= EDGE)
    };
    let hard: Vec<&Town> = towns.iter().filter(by_the_edge).collect();
    if dice.below(2) == 0 && !hard.is_empty() {
        return hard[dice.below(hard.len())];
    }
    &towns[dice.below(towns.len())]
}

/// Draws a site, tells it, and gives both the site and the zone's answer.
fn ask(
    way: Told,
    towns: &[Town],
    zone: &ReadyZone,
    gazetteer: &Gazetteer,
    dice: &mut Dice,
) -> (Point<f64>, Ternary) {
    let town = town_by_the_edge(towns, zone, dice);
    let bearing = 360.0 * share(dice);
    let moved = |bearing: f64, metres: f64| Geodesic.destination(town.at, bearing, metres);
    let within = town.radius * share(dice).sqrt();
    let (site, name, kind, relation) = match way {
        Told::In => (moved(bearing, within), town.name.clone(), "", PlaceRelation::At),
        Told::Near => {
            let beyond = -NEAR_KM * 1_000.0 * (1.0 - share(dice).min(0.999)).ln();
            (
                moved(bearing, town.radius + beyond),
                town.name.clone(),
                "",
                PlaceRelation::Near,
            )
        }
        Told::Away => {
            let metres = 3_000.0 + 27_000.0 * share(dice);
            // News gives whole kilometres, above ten fives, and eight points of the compass.
            let step = if metres > 10_000.0 { 5_000.0 } else { 1_000.0 };
            let told = PlaceRelation::Offset {
                distance: Metres((metres / step).round() * step),
                bearing: Some((bearing / 45.0).round() * 45.0 % 360.0),
            };
            (moved(bearing, metres), town.name.clone(), "", told)
        }
        Told::Province => {
            let province = dice.below(SIDE * SIDE);
            let site = Point::new(
                CORNER.1 + PROVINCE_DEGREES * ((province % SIDE) as f64 + share(dice)),
                CORNER.0 + PROVINCE_DEGREES * ((province / SIDE) as f64 + share(dice)),
            );
            (site, format!("Governorate {province}"), "", PlaceRelation::At)
        }
    };
    let mut place = mention(&name, kind, 0, PlaceRole::Event);
    place.relation = relation;
    let page = Context::new(std::slice::from_ref(&place), &["SY".to_owned()], gazetteer);
    let located = places::locate(claim(vec![place]), &page, gazetteer, std::slice::from_ref(zone));
    let answer = located
        .event_location()
        .map_or(Ternary::Undetermined, |location| location.zones[0].inside);
    (site, answer)
}
