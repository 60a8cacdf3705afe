//! Places in bulk: points in zones beside the `geo` library alone, and gazetteers of others read in.

use anyhow::Result;
use geo::algorithm::indexed::IntervalTreeMultiPolygon;
use geo::line_measures::{Distance, Geodesic};
use geo::{
    BoundingRect, Closest, Contains, HaversineClosestPoint, Intersects, LineString, MultiPolygon, Point,
    Polygon, Rect,
};
use model::{AgreementId, Edtf, LatLon, Metres, Region, Ternary, Zone, ZoneId, ZoneShape};
use places::{Gazetteer, ReadyZone};

use crate::clock::processor;
use crate::train::Dice;

/// Zones and corners of each, as the bar has them.
const ZONES: usize = 100;
const CORNERS: usize = 1_000;
/// Points that are asked about, each time ten times as many.
const POINTS: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// Points up to which every zone gives its whole answer, with distance and reason; a million would be a hundred
/// million answers.
const ANSWERED_MAX: usize = 10_000;
/// Points up to which the plain polygons are asked, which is slow.
const PLAIN_MAX: usize = 1_000;

/// Rows of the made-up GeoNames file, alternate names of each, and rows of the made-up p-codes.
const ROWS: usize = 200_000;
const NAMES_EACH: usize = 3;
const PCODES: usize = 20_000;

/// Times both, and prints.
pub(super) fn main() -> Result<()> {
    zones()?;
    import()
}

/// Seconds of processor time a call takes, and what it gives.
fn timed<T>(run: impl FnOnce() -> T) -> (f64, T) {
    let start = processor();
    let given = run();
    ((processor() - start).as_secs_f64(), given)
}

fn degrees(dice: &mut Dice, from: f64, width: f64) -> f64 {
    from + width * f64::from(dice.real()).midpoint(1.0)
}

/// Stars of a thousand corners over an area the size of Syria.
fn rings(dice: &mut Dice) -> Vec<Vec<LatLon>> {
    let mut ring = |_| {
        let (lat, lon) = (degrees(dice, 32.5, 4.5), degrees(dice, 35.5, 6.5));
        let mut points: Vec<LatLon> = (0..CORNERS)
            .map(|corner| {
                let turn = std::f64::consts::TAU * corner as f64 / CORNERS as f64;
                let far = degrees(dice, 0.2, 0.1);
                LatLon {
                    lat: lat + far * turn.sin(),
                    lon: lon + far * turn.cos(),
                }
            })
            .collect();
        points.push(points[0]);
        points
    };
    (0..ZONES).map(&mut ring).collect()
}

fn zone(nth: usize, ring: &[LatLon]) -> Zone {
    Zone {
        agreement: AgreementId::from("made-up"),
        id: ZoneId::from(format!("zone-{nth}").as_str()),
        name: format!("zone {nth}"),
        description: "made up".to_owned(),
        source: "made up".to_owned(),
        during: Edtf::unknown(),
        shapes: vec![ZoneShape {
            rings: vec![ring.to_vec()],
            status: "agreed".to_owned(),
            approximate: false,
            partial: false,
            band: Metres(1_000.0),
            during: Edtf::unknown(),
            source: "made up".to_owned(),
        }],
        named_inside: Vec::new(),
        whole_provinces: Vec::new(),
        provinces: Vec::new(),
    }
}

fn zones() -> Result<()> {
    let mut dice = Dice::new();
    let rings = rings(&mut dice);
    let plain: Vec<Polygon<f64>> = rings
        .iter()
        .map(|ring| {
            let line: Vec<(f64, f64)> = ring.iter().map(|at| (at.lon, at.lat)).collect();
            Polygon::new(LineString::from(line), Vec::new())
        })
        .collect();
    let (building, ready) = timed(|| {
        let zones = rings
            .iter()
            .enumerate()
            .map(|(nth, ring)| ReadyZone::new(zone(nth, ring)));
        zones.collect::<Vec<ReadyZone>>()
    });
    let indexed: Vec<(Rect<f64>, IntervalTreeMultiPolygon<f64>)> = plain
        .iter()
        .filter_map(|polygon| {
            let inner = IntervalTreeMultiPolygon::new(&MultiPolygon::new(vec![polygon.clone()]));
            Some((polygon.bounding_rect()?, inner))
        })
        .collect();
    println!(
        "points in {ZONES} zones of {CORNERS} corners; making the zones ready takes {:.1} ms",
        building * 1e3
    );
    println!(
        "{:>9}  {:>28}  {:>28}  {:>30}",
        "points", "ours, which zones hold it", "geo indexed with frames", "ours, answer and reason each"
    );
    let when = Edtf::unknown();
    for count in POINTS {
        let points: Vec<LatLon> = (0..count)
            .map(|_| LatLon {
                lat: degrees(&mut dice, 32.5, 4.5),
                lon: degrees(&mut dice, 35.5, 6.5),
            })
            .collect();
        let (ours, held) = timed(|| {
            let holding = |at: &LatLon| ready.iter().filter(|zone| zone.holds(*at, &when)).count();
            points.iter().map(holding).sum::<usize>()
        });
        let (theirs, also) = timed(|| {
            let holding = |at: &LatLon| {
                let at = Point::new(at.lon, at.lat);
                let framed = indexed.iter().filter(|(frame, _)| frame.intersects(&at));
                framed.filter(|(_, inner)| inner.contains(&at)).count()
            };
            points.iter().map(holding).sum::<usize>()
        });
        anyhow::ensure!(held == also, "ours says {held}, geo {also}");
        let answers = (count <= ANSWERED_MAX).then(|| answered(&ready, &points, &when));
        println!(
            "{count:>9}  {:>26}/s  {:>26}/s  {:>30}",
            rate(count, ours),
            rate(count, theirs),
            answers.map_or_else(String::new, |seconds| format!(
                "{:.2} µs an answer",
                seconds * 1e6 / (count * ZONES) as f64
            ))
        );
        if count <= PLAIN_MAX {
            let (seconds, ()) = timed(|| asked_plainly(&plain, &points));
            println!(
                "           the plain polygons of geo, containment and distance to the edge: {:.2} µs an answer",
                seconds * 1e6 / (count * ZONES) as f64
            );
        }
    }
    Ok(())
}

fn rate(count: usize, seconds: f64) -> String {
    format!("{:.0}", count as f64 / seconds)
}

fn answered(zones: &[ReadyZone], points: &[LatLon], when: &Edtf) -> f64 {
    let (seconds, inside) = timed(|| {
        let mut inside = 0;
        for at in points {
            let region = Region {
                centre: *at,
                radius: Metres(2_000.0),
            };
            let answers = zones.iter().map(|zone| zone.inside(&region, "", "", when));
            inside += answers.filter(|answer| answer.inside == Ternary::Yes).count();
        }
        inside
    });
    std::hint::black_box(inside);
    seconds
}

fn asked_plainly(zones: &[Polygon<f64>], points: &[LatLon]) {
    for at in points {
        let at = Point::new(at.lon, at.lat);
        for zone in zones {
            let edge = match zone.exterior().haversine_closest_point(&at) {
                Closest::SinglePoint(nearest) => Geodesic.distance(at, nearest),
                _ => 0.0,
            };
            std::hint::black_box((zone.contains(&at), edge));
        }
    }
}

/// A made-up country in GeoNames' form, read in, and the table that comes of it read by the program.
fn import() -> Result<()> {
    let mut dice = Dice::new();
    let syllables = [
        "ka", "ra", "bi", "tel", "qu", "sa", "mar", "den", "ash", "zi", "un", "hal",
    ];
    let mut name = || {
        let parts: Vec<&str> = (0..3 + dice.below(2))
            .map(|_| syllables[dice.below(syllables.len())])
            .collect();
        let word = parts.concat();
        format!("{}{}", word[..1].to_uppercase(), &word[1..])
    };
    let (mut file, mut alternates, mut pcodes) = (String::new(), String::new(), String::new());
    file.push_str(
        "1\tMiddle\tMiddle\t\t34.5\t38.5\tA\tADM1\tSY\t\t99\t\t\t\t0\t\t\tAsia/Damascus\t2026-01-01\n",
    );
    for row in 0..ROWS {
        let word = name();
        file.push_str(&format!(
            "{}\t{word}\t{word}\t\t{:.4}\t{:.4}\tP\tPPL\tSY\t\t99\t\t\t\t{}\t\t\tAsia/Damascus\t2026-01-01\n",
            row + 2,
            32.5 + (row % 450) as f64 / 100.0,
            35.5 + (row % 650) as f64 / 100.0,
            row % 3_000
        ));
        for nth in 0..NAMES_EACH {
            alternates.push_str(&format!(
                "{}\t{}\ten\t{}\t\t\t\t\n",
                row * NAMES_EACH + nth,
                row + 2,
                name()
            ));
        }
    }
    pcodes.push_str("admin1Name_en,admin1Pcode,admin4Name_en,admin4Pcode,Latitude,Longitude\n");
    for row in 0..PCODES {
        pcodes.push_str(&format!(
            "Middle,SY99,{},C{row:05},{:.4},{:.4}\n",
            name(),
            32.5 + (row % 450) as f64 / 100.0,
            35.5 + (row % 650) as f64 / 100.0
        ));
    }
    let megabytes = (file.len() + alternates.len()) as f64 / 1e6;
    let (seconds, (table, faults)) =
        timed(|| Gazetteer::geonames_country_file(&file, Some(&alternates), &mut |_, _| {}));
    anyhow::ensure!(
        faults.is_empty(),
        "the made-up file has faults: {:?}",
        faults.first()
    );
    println!(
        "\nGeoNames file of {ROWS} rows with {} alternate names, {megabytes:.0} MB: {seconds:.2} s",
        ROWS * NAMES_EACH
    );
    let (seconds, (codes, faults)) = timed(|| Gazetteer::pcodes(&pcodes, &mut |_, _| {}));
    println!(
        "p-codes, {PCODES} rows: {:.2} s, {} read, {} faults",
        seconds,
        codes.lines().count() - 1,
        faults.len()
    );
    let (seconds, (gazetteer, faults)) = timed(|| Gazetteer::parse(&[("made-up.tsv".to_owned(), table)]));
    println!(
        "the table that came of it, read by the program: {} places in {seconds:.2} s, {} faults",
        gazetteer.count(),
        faults.len()
    );
    Ok(())
}
