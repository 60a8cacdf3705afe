//! Zones: whether a region lies inside, as far as the drawn shapes and the text can tell. Gets values, gives
//! an answer with its reason; all geometry is the `geo` library's.

mod outline;

use crate::fold;
use geo::line_measures::{Distance, Geodesic, Length};
use geo::{BoundingRect, Contains, Coord, GeodesicArea, LineString, Point, Polygon, Validation};
use model::{Because, Edtf, LatLon, Metres, Region, Ternary, Zone, ZoneAnswer, ZoneShape};
use outline::Outline;

/// A zone whose outlines are ready to be asked about many places.
pub struct ReadyZone {
    zone: Zone,
    /// One for each shape of the zone.
    outlines: Vec<Outline>,
    /// The names of its text as they are compared.
    named_inside: Vec<Spelt>,
    whole_provinces: Vec<Spelt>,
    provinces: Vec<Spelt>,
}

impl ReadyZone {
    /// Builds the outlines once; dear beside a question, so keep it.
    pub fn new(zone: Zone) -> Self {
        let spelt = |names: &[String]| names.iter().map(|name| Spelt::of(name)).collect();
        Self {
            named_inside: spelt(&zone.named_inside),
            whole_provinces: spelt(&zone.whole_provinces),
            provinces: spelt(&zone.provinces),
            outlines: zone
                .shapes
                .iter()
                .map(|shape| Outline::new(&shape.rings))
                .collect(),
            zone,
        }
    }

    /// The zone it was made from.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Whether one of the shapes that hold at `when` is drawn around a point.
    pub fn holds(&self, at: LatLon, when: &Edtf) -> bool {
        let centre = point(at);
        let mut shapes = self.zone.shapes.iter().zip(&self.outlines);
        // The frame of an outline rules out most points, and is cheaper to ask than time.
        shapes.any(|(shape, outline)| outline.holds(&centre) && shape.during.intersect(when).is_some())
    }

    /// Whether a region lies in the zone at a time.
    ///
    /// `province` is the province of the place, `name` its name; both empty when the place is not known that
    /// closely (a region "near" a town may lie over a provincial line, a province is no town). Names that the
    /// text puts inside come first, then provinces that the zone does not touch, then the shapes that hold at
    /// `when`: inside or outside only if the whole region lies beyond the shape's band, and only if all shapes
    /// agree. Without shapes the answer is undetermined and no distance is given.
    pub fn inside(&self, region: &Region, province: &str, name: &str, when: &Edtf) -> ZoneAnswer {
        let zone = &self.zone;
        let readings: Vec<(&ZoneShape, Reading)> = self
            .held(when)
            .filter_map(|(shape, outline)| Some((shape, reading(shape, outline, region)?)))
            .collect();
        let nearest = readings.iter().map(|(_, reading)| reading.distance);
        let distance = nearest.min_by(|a, b| a.abs().total_cmp(&b.abs())).map(Metres);
        let (inside, because) = self
            .by_text(province, name)
            .unwrap_or_else(|| by_shapes(zone, &readings));
        ZoneAnswer {
            agreement: zone.agreement.clone(),
            zone: zone.id.clone(),
            name: zone.name.clone(),
            inside,
            distance,
            because: because.entry(format!("agreements/{}#{}", zone.agreement, zone.id)),
        }
    }

    /// The shapes that hold at a time.
    fn held(&self, when: &Edtf) -> impl Iterator<Item = (&ZoneShape, &Outline)> {
        let shapes = self.zone.shapes.iter().zip(&self.outlines);
        shapes.filter(|(shape, _)| shape.during.intersect(when).is_some())
    }

    /// Whether its text puts a place of this name inside.
    pub(crate) fn names(&self, name: &Spelt) -> bool {
        self.named_inside.iter().any(|inside| inside.same(name))
    }

    fn by_text(&self, province: &str, name: &str) -> Option<(Ternary, Because)> {
        let zone = &self.zone;
        if !name.is_empty() && self.names(&Spelt::of(name)) {
            let words = format!(
                "{name} is among the places that the text of {} puts inside",
                zone.name
            );
            return Some((Ternary::Yes, Because::new("zone-names-place", words)));
        }
        if province.is_empty() {
            return None;
        }
        let spelt = Spelt::of(province);
        if self.whole_provinces.iter().any(|whole| whole.same(&spelt)) {
            let words = format!(
                "the text puts the province of {province} inside {} as a whole",
                zone.name
            );
            return Some((Ternary::Yes, Because::new("zone-whole-province", words)));
        }
        if !self.provinces.is_empty() && !self.provinces.iter().any(|touched| touched.same(&spelt)) {
            let words = format!("{} does not touch the province of {province}", zone.name);
            return Some((Ternary::No, Because::new("zone-other-province", words)));
        }
        None
    }
}

/// A name as spellings of one place are compared; made once where it is compared with many.
pub(crate) struct Spelt {
    bare: String,
    sound: String,
}

impl Spelt {
    pub(crate) fn of(name: &str) -> Self {
        Self {
            bare: fold::bare(name),
            sound: fold::sound(name),
        }
    }

    /// Whether two spellings name one place; used on short lists where a false merge is unlikely.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.bare == other.bare || self.sound == other.sound
    }
}

/// Whether two spellings name one place.
pub(crate) fn same_name(a: &str, b: &str) -> bool {
    Spelt::of(a).same(&Spelt::of(b))
}

/// How a region lies to one shape.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reading {
    inside: Ternary,
    /// From the centre to the boundary in metres, negative inside.
    distance: f64,
}

fn reading(shape: &ZoneShape, outline: &Outline, region: &Region) -> Option<Reading> {
    let centre = point(region.centre);
    let edge = outline.edge_distance(&centre)?;
    let contains = outline.holds(&centre);
    let clear = edge > region.radius.0.max(0.0) + shape.band.0.max(0.0);
    Some(Reading {
        inside: match (clear, contains) {
            (true, true) => Ternary::Yes,
            // A lower bound says nothing about what lies beyond it.
            (true, false) if !shape.partial => Ternary::No,
            _ => Ternary::Undetermined,
        },
        distance: if contains { -edge } else { edge },
    })
}

fn by_shapes(zone: &Zone, readings: &[(&ZoneShape, Reading)]) -> (Ternary, Because) {
    let Some((shape, first)) = readings.first() else {
        let words = if zone.shapes.is_empty() {
            format!("nobody drew {}: \"{}\"", zone.name, zone.description)
        } else {
            format!("no drawn outline of {} holds at that time", zone.name)
        };
        return (Ternary::Undetermined, Because::new("zone-not-drawn", words));
    };
    if readings.iter().any(|(_, reading)| reading.inside != first.inside) {
        let sources: Vec<String> = readings
            .iter()
            .map(|(shape, reading)| {
                format!("{} ({}): {}", shape.source, shape.status, reading.inside.as_str())
            })
            .collect();
        let words = format!(
            "the drawn outlines of {} disagree: {}",
            zone.name,
            sources.join("; ")
        );
        return (Ternary::Undetermined, Because::new("zone-shapes-disagree", words));
    }
    let km = first.distance.abs() / 1000.0;
    let side = if first.distance < 0.0 { "within" } else { "outside" };
    let outline = format!("the {} outline of {} ({})", shape.status, zone.name, shape.source);
    let (rule, words) = match first.inside {
        Ternary::Yes => (
            "zone-wholly-inside",
            format!("all of the region lies in {outline}, {km:.1} km from its edge"),
        ),
        Ternary::No => (
            "zone-wholly-outside",
            format!("no part of the region lies in {outline}: its centre is {km:.1} km beyond the edge"),
        ),
        Ternary::Undetermined if shape.partial && first.distance > 0.0 => (
            "zone-beyond-lower-bound",
            format!("{outline} is drawn as a lower bound, and the centre lies {km:.1} km beyond it"),
        ),
        Ternary::Undetermined => (
            "zone-near-edge",
            format!("the region may reach over {outline}: its centre lies {km:.1} km {side} the edge"),
        ),
    };
    (first.inside, Because::new(rule, words))
}

pub(crate) fn point(at: LatLon) -> Point<f64> {
    Point::new(at.lon, at.lat)
}

/// A ring as a polygon; `None` when a coordinate is no place on the globe or fewer than three differ.
fn polygon(ring: &[LatLon]) -> Option<Polygon<f64>> {
    let on_globe = |at: &LatLon| at.lat.abs() <= 90.0 && at.lon.abs() <= 180.0;
    if ring.len() < 3 || !ring.iter().all(on_globe) {
        return None;
    }
    let line: Vec<Coord<f64>> = ring.iter().map(|at| Coord { x: at.lon, y: at.lat }).collect();
    // `Polygon::new` closes an open ring.
    Some(Polygon::new(LineString::new(line), Vec::new()))
}

/// Faults of a drawn shape, one sentence each with what to do: rings that are open, cross themselves, leave the
/// globe, reach over the 180th meridian or to a pole, are slivers, or lie in one another like holes; a band
/// below zero. Empty when the shape can be used.
pub fn check_shape(shape: &ZoneShape) -> Vec<String> {
    let mut faults = Vec::new();
    if shape.rings.is_empty() {
        faults.push("the shape has no ring".to_owned());
    }
    if !shape.band.0.is_finite() || shape.band.0 < 0.0 {
        faults.push(format!("the band is {} m; it must be 0 or more", shape.band.0));
    }
    for (at, ring) in shape.rings.iter().enumerate() {
        faults.extend(
            ring_faults(ring)
                .into_iter()
                .map(|fault| format!("ring {}: {fault}", at + 1)),
        );
    }
    if faults.is_empty() {
        faults.extend(holes(&shape.rings));
    }
    faults
}

/// Rings are taken together, so one within another would take nothing away.
fn holes(rings: &[Vec<LatLon>]) -> Vec<String> {
    let polygons: Vec<Polygon<f64>> = rings.iter().filter_map(|ring| polygon(ring)).collect();
    let mut faults = Vec::new();
    for (outer, around) in polygons.iter().enumerate() {
        for (inner, within) in polygons.iter().enumerate() {
            if outer != inner && around.contains(within) {
                faults.push(format!(
                    "ring {} lies within ring {}: for a hole, cut the outer ring open to its edge; else leave it out",
                    inner + 1,
                    outer + 1
                ));
            }
        }
    }
    faults
}

/// Degrees of latitude from which a ring counts as reaching to a pole, where longitudes say nothing: 89.9, some
/// 11 km from it.
const POLAR: f64 = 89.9;

/// Twice the area over the length of the edge, in metres, below which a ring is a sliver left over by some
/// tool and no zone: 10 m, the width of a street.
const SLIVER: f64 = 10.0;

fn ring_faults(ring: &[LatLon]) -> Vec<String> {
    let mut faults = Vec::new();
    if ring
        .iter()
        .any(|at| at.lat.abs() > 90.0 && at.lat.abs() <= 180.0 && at.lon.abs() <= 90.0)
    {
        faults.push("a latitude lies beyond 90: latitude and longitude look swapped".to_owned());
    }
    let Some(polygon) = polygon(ring) else {
        faults.push("it needs three or more points on the globe".to_owned());
        return faults;
    };
    if ring.first() != ring.last() {
        faults.push("it is not closed: the last point must repeat the first".to_owned());
    }
    if ring.iter().any(|at| at.lat.abs() > POLAR) {
        faults.push(format!(
            "it reaches to a pole; end it at {POLAR} degrees or before"
        ));
    }
    // Degrees. A ring over half the globe wide is one that reaches over the 180th meridian, drawn the long
    // way round; no agreement covers half the globe.
    const WIDTH_MAX: f64 = 180.0;
    if polygon
        .bounding_rect()
        .is_some_and(|rect| rect.width() > WIDTH_MAX)
    {
        faults.push("it reaches over the 180th meridian; cut it there into two rings".to_owned());
    }
    faults.extend(
        polygon
            .validation_errors()
            .iter()
            .map(|error| format!("it crosses itself or is damaged: {error}")),
    );
    if faults.is_empty() {
        let area = polygon.geodesic_area_unsigned();
        let width = 2.0 * area / Geodesic.length(polygon.exterior());
        if width < SLIVER {
            faults.push(format!(
                "it is a sliver, {width:.1} m wide on the whole; leave it out"
            ));
        }
    }
    faults
}

/// Whether a shape lies so far from the agreement's countries that its latitudes and longitudes look
/// swapped; `countries` are discs that hold them.
pub fn check_swapped(shape: &ZoneShape, countries: &[Region]) -> Option<String> {
    let inside = |at: LatLon| {
        countries
            .iter()
            .any(|disc| Geodesic.distance(point(at), point(disc.centre)) <= disc.radius.0)
    };
    let points: Vec<LatLon> = shape.rings.iter().flatten().copied().collect();
    let swappable = |at: &LatLon| at.lon.abs() <= 90.0 && at.lat.abs() <= 90.0;
    if countries.is_empty() || points.is_empty() || !points.iter().all(swappable) {
        return None;
    }
    let swapped = points.iter().all(|at| {
        inside(LatLon {
            lat: at.lon,
            lon: at.lat,
        })
    });
    let straight = points.iter().any(|at| inside(*at));
    (swapped && !straight).then(|| {
        "latitude and longitude look swapped: swapped, it lies in the agreement's countries".to_owned()
    })
}

#[cfg(test)]
mod tests;
