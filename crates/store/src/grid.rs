//! Records with a place, by squares of the map.

use std::collections::BTreeMap;

use crate::tables::Kept;

/// Where a record lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// From the west and from the north of the square world map, in parts of 2^32.
    x: u32,
    y: u32,
}

/// The part of the map that is asked for, and how coarse its squares are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// West, south, east and north in degrees; west may be greater than east, across the line of 180 degrees.
    pub bbox: [f64; 4],
    /// The world is two to the power of this many squares wide and high. Squares of a window that would be more
    /// than 4,096 are taken coarser.
    pub level: u32,
}

/// What lies in one square.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    /// How many records.
    pub count: usize,
    /// Mean latitude and longitude of their places.
    pub middle: (f64, f64),
    /// West, south, east and north of their places.
    pub bbox: [f64; 4],
    /// How many have each value of the facet that was asked for, by value.
    pub by: BTreeMap<String, usize>,
    /// Places in the replay, when there are no more than asked for; else empty.
    pub ords: Vec<i64>,
}

/// What lies in a window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The squares with something in them, from north to south and from west to east.
    pub squares: Vec<Square>,
    /// How many records lie in the window.
    pub within: usize,
    /// West, south, east and north of all that have a place, in the window or not; nothing when none has.
    pub extent: Option<[f64; 4]>,
}

/// Latitude beyond which the square world map does not reach.
const LAT_MAX: f64 = 85.051_128;

/// Finest level of squares.
///
/// 28: some tens of centimetres, finer than any place is known.
const LEVEL_MAX: u32 = 28;

/// The spot of a place on the square world map (Mercator's, as all web maps have it).
pub(crate) fn spot(lat: f64, lon: f64) -> Spot {
    let angle = lat.clamp(-LAT_MAX, LAT_MAX).to_radians();
    let north = (1.0 - angle.tan().asinh() / std::f64::consts::PI) / 2.0;
    let east = (lon + 180.0) / 360.0;
    // Floating numbers stop at the ends of whole ones.
    let whole = |share: f64| (share * 4_294_967_296.0) as u32;
    Spot {
        lat,
        lon,
        x: whole(east),
        y: whole(north),
    }
}

/// Most squares of one answer; beyond it they are taken coarser.
///
/// 4,096: a wide screen has some 400. Raise it and one answer grows to megabytes.
const SQUARES_MAX: u64 = 4_096;

/// A square being filled.
#[derive(Clone)]
struct Sum {
    count: usize,
    lat: f64,
    lon: f64,
    bbox: [f64; 4],
    ords: Vec<i64>,
    by: Vec<usize>,
}

const NOWHERE: [f64; 4] = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];

fn widen([west, south, east, north]: &mut [f64; 4], spot: Spot) {
    *west = west.min(spot.lon);
    *south = south.min(spot.lat);
    *east = east.max(spot.lon);
    *north = north.max(spot.lat);
}

/// The squares of a window, row by row from its north-western corner.
struct Frame {
    bbox: [f64; 4],
    /// How many low bits of a place do not matter.
    shift: u32,
    left: u32,
    top: u32,
    width: u64,
    height: u64,
}

impl Frame {
    fn of(window: Window) -> Self {
        let [west, south, east, north] = window.bbox;
        let (first, last) = (spot(north, west), spot(south, east));
        let mut shift = 32 - window.level.clamp(1, LEVEL_MAX);
        loop {
            let around = u32::MAX >> shift;
            // From the western edge eastwards, also across the line of 180 degrees.
            let width = u64::from((last.x >> shift).wrapping_sub(first.x >> shift) & around) + 1;
            let height = u64::from((last.y >> shift).saturating_sub(first.y >> shift)) + 1;
            if width * height <= SQUARES_MAX || shift >= 31 {
                return Self {
                    bbox: window.bbox,
                    shift,
                    left: first.x >> shift,
                    top: first.y >> shift,
                    width,
                    height,
                };
            }
            shift += 1;
        }
    }

    /// The number of the square of a spot; nothing when it lies outside.
    fn square(&self, spot: Spot) -> Option<usize> {
        let [west, south, east, north] = self.bbox;
        let inside = if west <= east {
            spot.lon >= west && spot.lon <= east
        } else {
            spot.lon >= west || spot.lon <= east
        };
        if !inside || spot.lat < south || spot.lat > north {
            return None;
        }
        let column = (spot.x >> self.shift).wrapping_sub(self.left) & (u32::MAX >> self.shift);
        let row = (spot.y >> self.shift).saturating_sub(self.top);
        usize::try_from(u64::from(row) * self.width + u64::from(column)).ok()
    }
}

impl Kept {
    /// Those with a place in the window, by squares. A square with no more than `few` records names them; `facet`
    /// is counted in every square.
    #[must_use]
    pub fn grid(&self, window: Window, few: usize, facet: &str) -> Grid {
        let frame = Frame::of(window);
        let values: Vec<(&String, &Vec<u32>)> = self.table.values(facet).collect();
        let empty = Sum {
            count: 0,
            lat: 0.0,
            lon: 0.0,
            bbox: NOWHERE,
            ords: Vec::new(),
            by: vec![0; values.len()],
        };
        // There are at most as many as SQUARES_MAX, and one more for what lies outside.
        let outside = (frame.width * frame.height) as usize;
        let mut sums = vec![empty; outside + 1];
        let mut squares = vec![outside as u16; self.table.spots.len()];
        let mut extent = NOWHERE;
        for number in self.bits.iter() {
            let Some(spot) = self.table.spot(number) else {
                continue;
            };
            widen(&mut extent, spot);
            let Some(square) = frame.square(spot).filter(|square| *square < outside) else {
                continue;
            };
            squares[number as usize] = square as u16;
            let sum = &mut sums[square];
            sum.count += 1;
            sum.lat += spot.lat;
            sum.lon += spot.lon;
            widen(&mut sum.bbox, spot);
            if sum.ords.len() <= few {
                sum.ords.push(self.table.ord(number));
            }
        }
        for (place, (_, numbers)) in values.iter().enumerate() {
            for number in numbers.iter() {
                // What is not kept, or has no place, was given no square.
                let square = squares
                    .get(*number as usize)
                    .map_or(outside, |square| usize::from(*square));
                sums[square].by[place] += 1;
            }
        }
        sums.truncate(outside);
        let squares = sums.into_iter().filter(|sum| sum.count > 0).map(|sum| {
            let by = values.iter().zip(sum.by).filter(|(_, count)| *count > 0);
            Square {
                count: sum.count,
                middle: (sum.lat / sum.count as f64, sum.lon / sum.count as f64),
                bbox: sum.bbox,
                by: by.map(|((value, _), count)| ((*value).clone(), count)).collect(),
                ords: if sum.ords.len() <= few {
                    sum.ords
                } else {
                    Vec::new()
                },
            }
        });
        let squares: Vec<Square> = squares.collect();
        Grid {
            within: squares.iter().map(|square| square.count).sum(),
            squares,
            extent: (extent != NOWHERE).then_some(extent),
        }
    }
}
