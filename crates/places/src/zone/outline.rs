//! Outlines made ready for many questions: built once, asked for every place. Gets rings, tells which points
//! they hold and how far their edge is; the geometry of each edge is the `geo` library's.

use super::polygon;
use geo::algorithm::indexed::IntervalTreeMultiPolygon;
use geo::line_measures::{Distance, Geodesic, Haversine};
use geo::{
    BoundingRect, Closest, Contains, CoordsIter, HaversineClosestPoint, Line, LinesIter, MultiPolygon, Point,
    Rect,
};
use model::LatLon;

/// Edges of a leaf. 4: below, going down the tree costs more than asking the edges.
const LEAF_EDGES: usize = 4;

/// By how much a bound may be off before a group of edges is passed over, as a chord of the unit globe:
/// 60 cm, far above what rounding does; larger only asks more edges.
const SLACK: f64 = 1e-7;

/// Radius of the globe in metres by which [`Haversine`] counts (the mean radius of IUGG).
const EARTH: f64 = 6_371_008.8;

/// The rings of one shape.
pub(super) struct Outline {
    rings: Vec<Ring>,
}

impl Outline {
    /// Rings that are no polygon are left out; [`super::check_shape`] tells of them.
    pub(super) fn new(rings: &[Vec<LatLon>]) -> Self {
        Self {
            rings: rings.iter().filter_map(|ring| Ring::new(ring)).collect(),
        }
    }

    /// Whether a point lies in one of the rings; on the edge is not in.
    pub(super) fn holds(&self, at: &Point<f64>) -> bool {
        self.rings.iter().any(|ring| ring.holds(at))
    }

    /// Metres along the ellipsoid from a point to the nearest edge; `None` when there is none or it cannot
    /// be told.
    pub(super) fn edge_distance(&self, from: &Point<f64>) -> Option<f64> {
        self.rings
            .iter()
            .filter_map(|ring| ring.edge_distance(from))
            .min_by(f64::total_cmp)
            .filter(|metres| metres.is_finite())
    }
}

struct Ring {
    frame: Rect<f64>,
    inner: IntervalTreeMultiPolygon<f64>,
    edges: Vec<Line<f64>>,
    /// Groups of neighbouring edges, the largest first.
    groups: Vec<Group>,
}

/// Neighbouring edges of a ring in a ball that holds them all, in a globe of radius 1.
struct Group {
    centre: [f64; 3],
    radius: f64,
    /// The edges, from one up to but without the other.
    edges: (usize, usize),
    /// Where its two halves are among the groups; `None` for a leaf.
    halves: Option<(usize, usize)>,
}

impl Ring {
    fn new(ring: &[LatLon]) -> Option<Self> {
        let polygon = polygon(ring)?;
        let frame = polygon.bounding_rect()?;
        let edges: Vec<Line<f64>> = polygon.exterior().lines_iter().collect();
        let mut groups = Vec::with_capacity(edges.len());
        group(&edges, (0, edges.len()), &mut groups);
        Some(Self {
            frame,
            inner: IntervalTreeMultiPolygon::new(&MultiPolygon::new(vec![polygon])),
            edges,
            groups,
        })
    }

    fn holds(&self, at: &Point<f64>) -> bool {
        let (low, high) = (self.frame.min(), self.frame.max());
        let framed = low.x <= at.x() && at.x() <= high.x && low.y <= at.y() && at.y() <= high.y;
        framed && self.inner.contains(&at.0)
    }

    fn edge_distance(&self, from: &Point<f64>) -> Option<f64> {
        let mut best = Nearest {
            metres: f64::INFINITY,
            chord: f64::INFINITY,
            edge: usize::MAX,
            point: None,
        };
        let unit = on_unit_globe(from);
        let mut open = vec![0];
        while let Some(at) = open.pop() {
            let group = &self.groups[at];
            if group.bound(&unit) > best.chord + SLACK {
                continue;
            }
            match group.halves {
                None => {
                    for edge in group.edges.0..group.edges.1 {
                        if !best.ask(edge, &self.edges[edge], from) {
                            return Some(0.0);
                        }
                    }
                }
                // The nearer half is asked first: the farther one is then mostly passed over.
                Some((left, right)) => {
                    let nearer = self.groups[left].bound(&unit) <= self.groups[right].bound(&unit);
                    open.extend(if nearer { [right, left] } else { [left, right] });
                }
            }
        }
        Some(Geodesic.distance(*from, best.point?))
    }
}

/// The nearest point of the edges asked so far.
struct Nearest {
    metres: f64,
    /// The same as a chord of the unit globe.
    chord: f64,
    edge: usize,
    point: Option<Point<f64>>,
}

impl Nearest {
    /// Whether to go on: not when the point lies on the edge.
    fn ask(&mut self, at: usize, edge: &Line<f64>, from: &Point<f64>) -> bool {
        let Closest::SinglePoint(nearest) = edge.haversine_closest_point(from) else {
            return false;
        };
        let metres = Haversine.distance(nearest, *from);
        // Of edges equally far the first counts, in whatever order they are asked.
        if metres < self.metres || (metres <= self.metres && at < self.edge) {
            (self.metres, self.edge, self.point) = (metres, at, Some(nearest));
            self.chord = 2.0 * (metres / (2.0 * EARTH)).sin();
        }
        true
    }
}

impl Group {
    /// No edge of the group is nearer than this, as a chord of the unit globe.
    fn bound(&self, from: &[f64; 3]) -> f64 {
        chord(from, &self.centre) - self.radius
    }
}

/// Adds the group of a range of edges and, after it, its halves; gives its place.
fn group(edges: &[Line<f64>], range: (usize, usize), groups: &mut Vec<Group>) -> usize {
    let at = groups.len();
    let ends: Vec<[f64; 3]> = edges[range.0..range.1]
        .iter()
        .flat_map(|edge| {
            edge.coords_iter()
                .map(|end| on_unit_globe(&end.into()))
                .collect::<Vec<_>>()
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "a ring has far fewer than 2^52 points")]
    let centre = [0, 1, 2].map(|axis| ends.iter().map(|end| end[axis]).sum::<f64>() / ends.len() as f64);
    // An arc leaves the ball around its two ends by no more than half their chord.
    let reach = |pair: &[[f64; 3]]| {
        let half = chord(&pair[0], &pair[1]) / 2.0;
        let middle = [0, 1, 2].map(|axis| f64::midpoint(pair[0][axis], pair[1][axis]));
        chord(&middle, &centre) + half
    };
    groups.push(Group {
        centre,
        radius: ends.chunks_exact(2).map(reach).fold(0.0, f64::max),
        edges: range,
        halves: None,
    });
    if range.1 - range.0 > LEAF_EDGES {
        let middle = usize::midpoint(range.0, range.1);
        let left = group(edges, (range.0, middle), groups);
        let right = group(edges, (middle, range.1), groups);
        groups[at].halves = Some((left, right));
    }
    at
}

fn on_unit_globe(at: &Point<f64>) -> [f64; 3] {
    let (lat, lon) = (at.y().to_radians(), at.x().to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

fn chord(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    let squares = a.iter().zip(b).map(|(x, y)| (x - y) * (x - y));
    squares.sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::point;
    use proptest::prelude::*;

    /// The same answers the long way: the polygon itself and every edge of it.
    fn plain(ring: &[LatLon], at: &Point<f64>) -> Option<(bool, f64)> {
        let polygon = polygon(ring)?;
        let edge = match polygon.exterior().haversine_closest_point(at) {
            Closest::SinglePoint(nearest) => Geodesic.distance(*at, nearest),
            Closest::Intersection(_) => 0.0,
            Closest::Indeterminate => return None,
        };
        Some((polygon.contains(at), edge))
    }

    proptest! {
        #[test]
        fn a_ready_outline_answers_as_the_plain_polygon(
            spokes in prop::collection::vec(0.05_f64..3.0, 3..80),
            lat in -70.0_f64..70.0, lon in -170.0_f64..170.0,
            north in -6.0_f64..6.0, east in -6.0_f64..6.0,
            corner in 0_usize..80, on_corner in prop::bool::weighted(0.1),
        ) {
            let turn = std::f64::consts::TAU / spokes.len() as f64;
            let mut ring: Vec<LatLon> = spokes.iter().enumerate().map(|(nth, far)| LatLon {
                lat: lat + far * (turn * nth as f64).sin(),
                lon: lon + far * (turn * nth as f64).cos(),
            }).collect();
            ring.push(ring[0]);
            let at = if on_corner { point(ring[corner % ring.len()]) } else { Point::new(lon + east, lat + north) };
            let outline = Outline::new(std::slice::from_ref(&ring));
            let (holds, edge) = plain(&ring, &at).expect("a star is a polygon");
            prop_assert_eq!(outline.holds(&at), holds);
            prop_assert!((outline.edge_distance(&at).expect("it has edges") - edge).abs() < 1e-3);
        }
    }
}
