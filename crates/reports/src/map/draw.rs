//! The drawing: areas, zones, incidents with their circles, legend, scale, north, date.

use super::outline::MapOutline;
use super::projection::{Extent, Projection, circle, is_drawable, is_on_globe};
use super::shape::{SYMBOLS, symbol};
use crate::html::escape;
use crate::lookup::Lookup;
use crate::plain::{clip, visible};
use std::collections::BTreeSet;

use model::{Edtf, Incident, LatLon, PlacePrecision, Region, Verdict, Zone, ZoneShape};

/// Width and height that a drawing fits into, in drawing units, without its legend. 700 units make
/// the text of 12 units readable at the width of a printed page.
const WIDTH_MAX: f64 = 700.0;
const HEIGHT_MAX: f64 = 620.0;
/// A narrow country gets surroundings up to this width: the legend needs it.
const WIDTH_MIN: f64 = 600.0;
/// Height of the strip below the map that holds legend, scale and date.
const LEGEND: f64 = 110.0;
/// Half-width of a symbol.
const SIZE: f64 = 7.0;
/// How far beyond the outline and the zones an incident may stretch the map, as a share of their size:
/// an attack on another continent must not shrink the area that the report is about to a dot.
const STRETCH: f64 = 0.25;

/// The map of all incidents that it can show, as an SVG element, with whether it shows each of them;
/// empty when there is nothing to draw.
pub(crate) fn svg(lookup: &Lookup<'_>, outline: &MapOutline) -> (String, Vec<bool>) {
    let zones = zones(lookup);
    let Some(extent) = extent(lookup, outline, &zones) else {
        return (String::new(), vec![false; lookup.incidents.len()]);
    };
    let projection = Projection::fit(extent, (WIDTH_MIN, WIDTH_MAX), HEIGHT_MAX);
    let shown = |incident: &Incident| region(incident).filter(|region| extent.holds(region.centre));
    let placed: Vec<_> = lookup.incidents.iter().map(|incident| shown(incident)).collect();
    let mut drawn = Vec::new();
    for (index, incident) in lookup.incidents.iter().enumerate() {
        if let Some(region) = placed[index] {
            drawn.push(Mark {
                number: index + 1,
                id: incident.id.as_str(),
                verdict: lookup.verdict(&incident.id),
                wide: is_wide(incident),
                background: incident.background,
                region,
                title: format!("{}. {}", index + 1, crate::phrase::incident(incident)),
            });
        }
    }
    let (width, height) = (projection.width, projection.height + LEGEND);
    let mut out = format!(
        r#"<svg class="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" role="img" aria-labelledby="map-title"><title id="map-title">{}</title>"#,
        escape(&title(lookup, drawn.len()))
    );
    out.push_str(DEFINITIONS);
    out.push_str(&format!(
        r#"<clipPath id="frame"><rect width="{width:.1}" height="{0:.1}"/></clipPath><rect class="sea" width="{width:.1}" height="{0:.1}"/><g clip-path="url(#frame)">"#,
        projection.height
    ));
    areas(&mut out, &projection, outline);
    zone_shapes(&mut out, &projection, &zones);
    circles(&mut out, &projection, &drawn);
    names(&mut out, &projection, outline, &zones);
    marks(&mut out, &projection, &drawn);
    out.push_str("</g>");
    legend(&mut out, &projection, lookup, outline);
    out.push_str("</svg>");
    (out, placed.iter().map(Option::is_some).collect())
}

/// Why the map does not show an incident, for the list beside it.
pub(crate) fn not_shown_reason(incident: &Incident) -> &'static str {
    match &incident.location {
        None => "no place told",
        Some(location) if location.region.is_none() => "place not settled",
        Some(location) if is_too_vague(location.precision) => "known to the country only",
        Some(_) => "beyond the edge of the map",
    }
}

fn title(lookup: &Lookup<'_>, shown: usize) -> String {
    format!(
        "Map: {shown} of {} incidents; the list beside it holds all of them",
        lookup.incidents.len()
    )
}

/// An incident on the map.
struct Mark<'a> {
    number: usize,
    id: &'a str,
    verdict: Option<Verdict>,
    /// Known to an area only: the circle speaks, the symbol is small and inside it.
    wide: bool,
    background: bool,
    region: Region,
    title: String,
}

/// Where an incident can be drawn: a disc on the globe, closer than a country.
fn region(incident: &Incident) -> Option<Region> {
    let location = incident.location.as_ref()?;
    location
        .region
        .filter(|region| is_drawable(*region) && !is_too_vague(location.precision))
}

fn is_too_vague(precision: PlacePrecision) -> bool {
    matches!(precision, PlacePrecision::Country | PlacePrecision::Unresolved)
}

fn is_wide(incident: &Incident) -> bool {
    let precision = incident.location.as_ref().map(|location| location.precision);
    matches!(
        precision,
        Some(PlacePrecision::District | PlacePrecision::Province)
    )
}

/// Zones with the shapes that hold on the day of the report.
fn zones<'a>(lookup: &Lookup<'a>) -> Vec<(&'a Zone, Vec<&'a ZoneShape>)> {
    let day = lookup.picture.as_of.map(Edtf::day);
    let holds = |shape: &ZoneShape| {
        day.as_ref()
            .is_none_or(|day| shape.during.intersect(day).is_some())
    };
    let mut all: Vec<_> = Vec::new();
    for agreement in lookup.told.agreements {
        for zone in &agreement.zones {
            all.push((zone, zone.shapes.iter().filter(|shape| holds(shape)).collect()));
        }
    }
    all.sort_by_key(|(zone, _): &(&Zone, Vec<_>)| (&zone.agreement, &zone.id));
    all.dedup_by_key(|(zone, _)| (&zone.agreement, &zone.id));
    all
}

fn extent(lookup: &Lookup<'_>, outline: &MapOutline, zones: &[(&Zone, Vec<&ZoneShape>)]) -> Option<Extent> {
    let of_areas = outline
        .areas
        .iter()
        .flat_map(|area| area.rings.iter().flatten().copied());
    let shapes = zones.iter().flat_map(|(_, shapes)| shapes.iter().copied());
    let of_zones = shapes.flat_map(|shape| shape.rings.iter().flatten().copied());
    let ground = Extent::of(of_areas.chain(of_zones));
    let centres = lookup
        .incidents
        .iter()
        .filter_map(|incident| region(incident))
        .map(|region| region.centre);
    let near = match ground {
        Some(ground) => {
            let limit = ground.padded(STRETCH, 0.0);
            Extent::of(centres.filter(|at| limit.holds(*at)))
        }
        None => Extent::of(centres),
    };
    let whole = match (ground, near) {
        (Some(a), Some(b)) => a.hull(b),
        (a, b) => a.or(b)?,
    };
    // A tenth of a degree, about 10 km: a single village still gets surroundings.
    Some(whole.padded(0.03, 0.1))
}

fn path(projection: &Projection, rings: &[Vec<LatLon>]) -> String {
    let mut path = String::new();
    for ring in rings {
        for (index, at) in ring.iter().filter(|at| is_on_globe(**at)).enumerate() {
            let (x, y) = projection.at(*at);
            path.push_str(&format!("{}{x:.1} {y:.1}", if index == 0 { "M" } else { "L" }));
        }
        if !ring.is_empty() {
            path.push('Z');
        }
    }
    path
}

fn areas(out: &mut String, projection: &Projection, outline: &MapOutline) {
    for area in &outline.areas {
        let path = path(projection, &area.rings);
        out.push_str(&format!(r#"<path class="area" fill-rule="evenodd" d="{path}"/>"#));
    }
}

fn zone_shapes(out: &mut String, projection: &Projection, zones: &[(&Zone, Vec<&ZoneShape>)]) {
    for (zone, shapes) in zones {
        for shape in shapes {
            let class = if shape.approximate {
                "zone approximate"
            } else {
                "zone"
            };
            let words = if shape.approximate {
                ", drawn approximately"
            } else {
                ""
            };
            out.push_str(&format!(
                r#"<path class="{class}" d="{}"><title>{}{words} ({})</title></path>"#,
                path(projection, &shape.rings),
                escape(&clip(&visible(&zone.name), 120)),
                escape(&visible(&shape.status))
            ));
        }
    }
}

fn names(
    out: &mut String,
    projection: &Projection,
    outline: &MapOutline,
    zones: &[(&Zone, Vec<&ZoneShape>)],
) {
    let of_areas = outline
        .areas
        .iter()
        .map(|area| ("area-name", area.name.as_str(), area.rings.as_slice()));
    let of_zones = zones.iter().flat_map(|(zone, shapes)| {
        shapes
            .iter()
            .take(1)
            .map(|shape| ("zone-name", zone.name.as_str(), shape.rings.as_slice()))
    });
    for (class, name, rings) in of_areas.chain(of_zones) {
        // The widest ring carries the name.
        let extents = rings.iter().filter_map(|ring| Extent::of(ring.iter().copied()));
        let widest = extents.max_by(|a, b| (a.east - a.west).total_cmp(&(b.east - b.west)));
        let Some(extent) = widest.filter(|_| !name.is_empty()) else {
            continue;
        };
        let middle = LatLon {
            lat: f64::midpoint(extent.south, extent.north),
            lon: f64::midpoint(extent.west, extent.east),
        };
        // Below the middle: what is known to the area only is drawn at its middle.
        let (x, y) = (projection.at(middle).0, projection.at(middle).1 + SIZE * 2.6);
        let name = escape(&clip(&visible(name), 40));
        out.push_str(&format!(
            r#"<text class="{class}" x="{x:.1}" y="{y:.1}">{name}</text>"#
        ));
    }
}

/// Each circle once, however many incidents share it.
fn circles(out: &mut String, projection: &Projection, drawn: &[Mark<'_>]) {
    let mut paths = BTreeSet::new();
    for mark in drawn {
        // Wide circles first: they lie under the others.
        paths.insert((!mark.wide, path(projection, &[circle(mark.region)])));
    }
    for (narrow, path) in paths {
        let class = if narrow { "reach" } else { "reach wide" };
        out.push_str(&format!(r#"<path class="{class}" d="{path}"/>"#));
    }
}

/// Incidents whose symbols would hide each other share a place: one symbol for each verdict among them, in
/// a row around the true place of the first, so that no symbol wanders off.
fn marks(out: &mut String, projection: &Projection, drawn: &[Mark<'_>]) {
    let mut groups: Vec<((f64, f64), Vec<&Mark<'_>>)> = Vec::new();
    for mark in drawn {
        let (x, y) = projection.at(mark.region.centre);
        let near = |(at, _): &&mut ((f64, f64), Vec<_>)| {
            (at.0 - x).abs() < SIZE * 2.4 && (at.1 - y).abs() < SIZE * 2.0
        };
        match groups.iter_mut().find(near) {
            Some((_, marks)) => marks.push(mark),
            None => groups.push(((x, y), vec![mark])),
        }
    }
    for (at, marks) in &groups {
        group(out, *at, marks);
    }
}

fn group(out: &mut String, (x, y): (f64, f64), marks: &[&Mark<'_>]) {
    let Some(first) = marks.first() else {
        return;
    };
    let verdicts = SYMBOLS.iter().map(|(verdict, _)| *verdict);
    let verdicts: Vec<_> = verdicts
        .filter(|verdict| marks.iter().any(|mark| mark.verdict == *verdict))
        .collect();
    let size = if marks.iter().all(|mark| mark.wide) {
        SIZE * 0.8
    } else {
        SIZE
    };
    let step = size * 2.4;
    let left = x - step * (verdicts.len() - 1) as f64 / 2.0;
    let symbols: String = (0_u32..)
        .zip(&verdicts)
        .map(|(index, verdict)| symbol(*verdict, (left + step * f64::from(index), y), size))
        .collect();
    let numbers: Vec<_> = marks
        .iter()
        .take(NUMBERS_MAX)
        .map(|mark| mark.number.to_string())
        .collect();
    let more = if marks.len() > NUMBERS_MAX {
        format!(" +{}", marks.len() - NUMBERS_MAX)
    } else {
        String::new()
    };
    let titles: Vec<_> = marks
        .iter()
        .map(|mark| clip(&visible(&mark.title), 200))
        .collect();
    let class = if marks.iter().all(|mark| mark.background) {
        "incident background"
    } else {
        "incident"
    };
    out.push_str(&format!(
        r##"<a href="#{}"><g class="{class}"><title>{}</title>{symbols}<text class="number" x="{:.1}" y="{:.1}">{}{more}</text></g></a>"##,
        first.id,
        escape(&titles.join("; ")),
        left + step * (verdicts.len() - 1) as f64 + size + 2.0,
        y + 4.0,
        numbers.join(", "),
    ));
}

/// Numbers that are written beside a place; the list beside the map has them all.
const NUMBERS_MAX: usize = 3;

fn legend(out: &mut String, projection: &Projection, lookup: &Lookup<'_>, outline: &MapOutline) {
    let top = projection.height + 20.0;
    let column = projection.width / 3.0;
    for (index, (verdict, words)) in SYMBOLS.iter().enumerate() {
        let (x, y) = (
            12.0 + column * 0.62 * (index / 3) as f64,
            top + 22.0 * (index % 3) as f64,
        );
        out.push_str(&symbol(*verdict, (x, y), SIZE));
        out.push_str(&format!(
            r#"<text class="key" x="{:.1}" y="{:.1}">{words}</text>"#,
            x + 14.0,
            y + 4.0
        ));
    }
    let x = column * 1.3;
    let entries = [
        (
            format!(
                r#"<circle class="reach" cx="{:.1}" cy="{top:.1}" r="8"/>"#,
                x + 12.0
            ),
            "true place within this circle",
        ),
        (
            format!(
                r#"<circle class="reach wide" cx="{:.1}" cy="{:.1}" r="8"/>"#,
                x + 12.0,
                top + 22.0
            ),
            "only the area is known",
        ),
        (
            format!(
                r#"<rect class="zone approximate" x="{:.1}" y="{:.1}" width="24" height="14"/>"#,
                x,
                top + 37.0
            ),
            "zone; dashed: drawn approximately",
        ),
    ];
    for (row, (sample, words)) in entries.iter().enumerate() {
        let y = top + 22.0 * row as f64 + 4.0;
        out.push_str(&format!(
            r#"{sample}<text class="key" x="{:.1}" y="{y:.1}">{words}</text>"#,
            x + 32.0
        ));
    }
    scale_and_north(out, projection, (projection.width - 12.0, top));
    let day = lookup
        .picture
        .as_of
        .map_or_else(|| "no date".to_owned(), |day| format!("as of {day}"));
    let source = match outline.source.as_str() {
        "" => String::new(),
        source => format!(" \u{b7} outline: {source}"),
    };
    let under = [
        format!("{day} \u{b7} numbers as in the list \u{b7} symbols in a row share one place"),
        format!("of several findings on one incident, the first in the order of this legend{source}"),
    ];
    for (line, y) in under.iter().zip([
        projection.height + LEGEND - 20.0,
        projection.height + LEGEND - 6.0,
    ]) {
        out.push_str(&format!(
            r#"<text class="under" x="6" y="{y:.1}">{}</text>"#,
            escape(&visible(line))
        ));
    }
}

/// A bar of a round length, at most a quarter of the map, and an arrow to the north.
fn scale_and_north(out: &mut String, projection: &Projection, (right, top): (f64, f64)) {
    const LENGTHS_KM: [u32; 12] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
    let units = |km: u32| projection.units(f64::from(km) * 1000.0);
    let fits = LENGTHS_KM
        .iter()
        .rev()
        .find(|km| units(**km) <= projection.width / 4.0);
    let km = *fits.unwrap_or(&LENGTHS_KM[0]);
    let (left, y) = (right - units(km), top + 40.0);
    out.push_str(&format!(
        r#"<path class="scale" d="M{left:.1} {0:.1}V{y:.1}H{right:.1}V{0:.1}"/><text class="key end" x="{right:.1}" y="{1:.1}">{km} km</text>"#,
        y - 6.0,
        y - 12.0,
    ));
    out.push_str(&format!(
        r#"<path class="north" d="M{x:.1} {0:.1}l5 14h-10z"/><text class="key end" x="{1:.1}" y="{2:.1}">N</text>"#,
        top - 10.0,
        right - 16.0,
        top + 4.0,
        x = right - 6.0,
    ));
}

/// Hatching of zones, drawn so that symbols stay readable over it.
const DEFINITIONS: &str = r#"<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>"#;
