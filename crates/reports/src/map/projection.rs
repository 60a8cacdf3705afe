//! Equirectangular projection, true to scale at the middle latitude of the map: straight, predictable,
//! and off by under 2 % across a country of five degrees.

use geo::{Destination, Distance, Haversine, Point};
use model::{LatLon, Region};

/// South, west, north and east edges, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub(super) south: f64,
    pub(super) west: f64,
    pub(super) north: f64,
    pub(super) east: f64,
}

impl Extent {
    /// The smallest extent that holds all points; `None` for no usable point.
    pub(super) fn of(points: impl IntoIterator<Item = LatLon>) -> Option<Self> {
        let mut extent: Option<Self> = None;
        for at in points.into_iter().filter(|at| is_on_globe(*at)) {
            let one = Self {
                south: at.lat,
                west: at.lon,
                north: at.lat,
                east: at.lon,
            };
            extent = Some(extent.map_or(one, |known| known.hull(one)));
        }
        extent
    }
    pub(super) fn hull(self, other: Self) -> Self {
        Self {
            south: self.south.min(other.south),
            west: self.west.min(other.west),
            north: self.north.max(other.north),
            east: self.east.max(other.east),
        }
    }
    /// Grown on each side by a share of its size, and at least by some degrees.
    pub(super) fn padded(self, share: f64, least: f64) -> Self {
        let high = ((self.north - self.south) * share).max(least);
        let wide = ((self.east - self.west) * share).max(least);
        Self {
            south: (self.south - high).max(-90.0),
            west: self.west - wide,
            north: (self.north + high).min(90.0),
            east: self.east + wide,
        }
    }
    pub(super) fn holds(self, at: LatLon) -> bool {
        (self.south..=self.north).contains(&at.lat) && (self.west..=self.east).contains(&at.lon)
    }
}

/// Finite and within the ranges of latitude and longitude.
pub(super) fn is_on_globe(at: LatLon) -> bool {
    at.lat.abs() <= 90.0 && at.lon.abs() <= 180.0
}

/// On the globe, with a radius that can be drawn: no more than half way round.
pub(crate) fn is_drawable(region: Region) -> bool {
    is_on_globe(region.centre) && (0.0..=20_000_000.0).contains(&region.radius.0)
}

/// From degrees to drawing units.
#[derive(Clone, Copy, Debug)]
pub(super) struct Projection {
    extent: Extent,
    /// Drawing units a degree of latitude.
    scale: f64,
    /// Cosine of the middle latitude: how much shorter a degree of longitude is.
    squeeze: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Projection {
    /// Fits an extent into a drawing of at most this width and height, with more ground to the east and
    /// the west when it would be narrower than the least width.
    pub(super) fn fit(extent: Extent, (width_min, width_max): (f64, f64), height_max: f64) -> Self {
        let squeeze = f64::midpoint(extent.south, extent.north)
            .to_radians()
            .cos()
            .max(0.05);
        let wide = ((extent.east - extent.west) * squeeze).max(1e-6);
        let high = (extent.north - extent.south).max(1e-6);
        let scale = (width_max / wide).min(height_max / high);
        let width = (wide * scale).max(width_min);
        let more = (width / scale - wide) / squeeze / 2.0;
        Self {
            extent: Extent {
                west: extent.west - more,
                east: extent.east + more,
                ..extent
            },
            scale,
            squeeze,
            width,
            height: high * scale,
        }
    }
    /// Right and down, in drawing units.
    pub(super) fn at(&self, at: LatLon) -> (f64, f64) {
        let x = (at.lon - self.extent.west) * self.squeeze * self.scale;
        let y = (self.extent.north - at.lat) * self.scale;
        (x, y)
    }
    /// Drawing units for a length at the middle of the map.
    pub(super) fn units(&self, metres: f64) -> f64 {
        let middle = Point::new(
            f64::midpoint(self.extent.west, self.extent.east),
            f64::midpoint(self.extent.south, self.extent.north).clamp(-89.0, 88.0),
        );
        let degree_north = Point::new(middle.x(), middle.y() + 1.0);
        metres / Haversine.distance(middle, degree_north) * self.scale
    }
}

/// The edge of a region as points, anticlockwise, first and last the same.
pub(crate) fn circle(region: Region) -> Vec<LatLon> {
    /// Points on the circle: its polygon lies within 0.5 % of the radius of the true circle.
    const POINTS: i32 = 32;
    let centre = Point::new(region.centre.lon, region.centre.lat);
    let mut ring: Vec<_> = (0..POINTS)
        .map(|step| {
            let bearing = 360.0 - f64::from(step) * 360.0 / f64::from(POINTS);
            let edge = Haversine.destination(centre, bearing, region.radius.0);
            // Kept on the same side of the date line as the centre.
            let turns = ((edge.x() - region.centre.lon) / 360.0).round();
            LatLon {
                lat: edge.y(),
                lon: edge.x() - turns * 360.0,
            }
        })
        .collect();
    ring.extend(ring.first().copied());
    ring
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Metres;

    #[test]
    fn a_degree_of_longitude_is_drawn_shorter_than_one_of_latitude() {
        let extent = Extent {
            south: 34.0,
            west: 36.0,
            north: 36.0,
            east: 38.0,
        };
        let projection = Projection::fit(extent, (0.0, 1000.0), 1000.0);
        let (x, y) = projection.at(LatLon { lat: 35.0, lon: 37.0 });
        assert!((x / y - 35.0_f64.to_radians().cos()).abs() < 1e-9);
        // One degree of latitude is 111.2 km on a sphere.
        assert!((projection.units(111_195.0) - 500.0).abs() < 1.0);
    }

    #[test]
    fn a_narrow_country_stays_in_the_middle_of_a_wide_drawing() {
        let extent = Extent {
            south: 33.0,
            west: 35.0,
            north: 35.0,
            east: 35.2,
        };
        let projection = Projection::fit(extent, (600.0, 700.0), 600.0);
        assert!((projection.width - 600.0).abs() < 1e-9 && (projection.height - 600.0).abs() < 1e-9);
        let (x, y) = projection.at(LatLon { lat: 34.0, lon: 35.1 });
        assert!((x - 300.0).abs() < 1e-6 && (y - 300.0).abs() < 1e-6, "{x} {y}");
    }

    #[test]
    fn a_circle_stays_at_its_distance_and_closes() {
        let centre = LatLon { lat: 35.0, lon: 37.0 };
        let ring = circle(Region {
            centre,
            radius: Metres(20_000.0),
        });
        assert_eq!(ring.first(), ring.last());
        for at in &ring {
            let away = Haversine.distance(Point::new(37.0, 35.0), Point::new(at.lon, at.lat));
            assert!((away - 20_000.0).abs() < 1.0, "{away}");
        }
    }

    #[test]
    fn a_circle_over_the_date_line_stays_whole() {
        let ring = circle(Region {
            centre: LatLon {
                lat: 10.0,
                lon: 179.9,
            },
            radius: Metres(50_000.0),
        });
        assert!(ring.iter().all(|at| (at.lon - 179.9).abs() < 1.0));
    }
}
