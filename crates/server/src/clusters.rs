//! The map of however many incidents: those of one square together, with their number; single ones with their region.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use store::{Kept, Reader, Square, Window};

use crate::answer::{Answer, JSON};
use crate::house::House;
use crate::records::{filter, filters, head, kept};
use crate::route::{Asked, Parameter, Shape, Trouble, bbox};
use crate::shutter::Shutter;

/// Most incidents that are told one by one when so few lie in the window.
///
/// 500: a screen on which marks can still be told apart. Raise it and answers take longer; lower it and the map
/// gathers what it need not.
const SINGLE_MAX: usize = 500;

/// Squares of the map are this part of its tiles of 512 pixels, as a power of two.
///
/// 3: squares of 64 pixels, in which a round mark with a number has room. Raise it and marks overlap.
const SQUARES_IN_TILE: u32 = 3;

/// What the map may be asked for, beside the filters.
pub(crate) fn parameters() -> Vec<Parameter> {
    let mut all = filters();
    all.push(Parameter::new("window", Shape::Box, "The part of the world that is looked at.").needed());
    all.push(Parameter::new("zoom", Shape::Number(0, 22), "How near, as web maps count it.").needed());
    all
}

/// Incidents that the filter keeps, as they are drawn on a part of the map.
pub(crate) fn clusters(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let window = asked
        .value("window")
        .and_then(bbox)
        .unwrap_or([-180.0, -90.0, 180.0, 90.0]);
    let zoom: u32 = asked
        .value("zoom")
        .and_then(|zoom| zoom.parse().ok())
        .unwrap_or(0);
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let kept = kept(reader, &shutter, &filter(asked, "incident"))?;
        if shutter.privacy().is_some() {
            return coarse(reader, &shutter, &kept, window);
        }
        // An incident with a withheld part is counted, and not drawn: its place or its status may be that part.
        let mut drawn = kept.clone();
        for ord in shutter.parted() {
            drawn.leave_out(ord);
        }
        let looked = Window {
            bbox: window,
            level: zoom + SQUARES_IN_TILE,
        };
        let grid = drawn.grid(looked, SINGLE_MAX, "status");
        let few = grid.within <= SINGLE_MAX;
        let is_single = |square: &&Square| few || square.count == 1;
        let singles = grid.squares.iter().filter(is_single);
        let ords: Vec<i64> = singles.flat_map(|square| square.ords.iter().copied()).collect();
        let mut records = reader.at(&ords)?.into_iter();
        let mut features = Vec::new();
        for square in &grid.squares {
            if is_single(&square) {
                let of_square = records.by_ref().take(square.ords.len());
                features.extend(of_square.map(|record| single(&shutter.show(&record))));
            } else {
                features.push(cluster(square));
            }
        }
        let mut value = head(reader)?;
        value["type"] = json!("FeatureCollection");
        value["total"] = json!(kept.count());
        value["unplaced"] = json!(kept.count() - drawn.count_placed());
        value["within"] = json!(grid.within);
        value["extent"] = json!(grid.extent);
        value["features"] = features.into();
        Ok(Answer::Bytes {
            kind: JSON,
            bytes: value.to_string().into_bytes(),
            headers: Vec::new(),
        })
    })
}

/// Most incidents that are drawn where they are made coarser, which takes reading each.
///
/// 5,000: some tens of milliseconds. Beyond it none is drawn, and all are told to have no place on the map.
const COARSE_MAX: usize = 5_000;

/// Whether incidents have their places on the map.
pub(crate) fn draws(shutter: &Shutter, count: usize) -> bool {
    shutter.privacy().is_none() || count <= COARSE_MAX
}

/// The map of incidents that are made coarser: everything in it comes from what is shown of them.
fn coarse(reader: &Reader, shutter: &Shutter, kept: &Kept, window: [f64; 4]) -> Result<Answer, Trouble> {
    let parted: BTreeSet<i64> = shutter.parted().collect();
    let ords: Vec<i64> = match draws(shutter, kept.count()) {
        true => kept.ords().filter(|ord| !parted.contains(ord)).collect(),
        false => Vec::new(),
    };
    let shown: Vec<Value> = reader
        .at(&ords)?
        .iter()
        .map(|record| shutter.show(record))
        .collect();
    let mut squares: BTreeMap<(i64, i64), Vec<&Value>> = BTreeMap::new();
    let (mut placed, mut extent) = (0, None::<[f64; 4]>);
    let whole = |degrees: f64| (degrees * 1e5).round() as i64;
    for record in &shown {
        let region = &record["fields"]["place"]["region"];
        let Some((lat, lon)) = region["lat"].as_f64().zip(region["lon"].as_f64()) else {
            continue;
        };
        placed += 1;
        let [west, south, east, north] = extent.unwrap_or([lon, lat, lon, lat]);
        extent = Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)]);
        let [west, south, east, north] = window;
        let across = if west <= east {
            (west..=east).contains(&lon)
        } else {
            lon >= west || lon <= east
        };
        if across && (south..=north).contains(&lat) {
            squares.entry((whole(lat), whole(lon))).or_default().push(record);
        }
    }
    let within: usize = squares.values().map(Vec::len).sum();
    let mut features = Vec::new();
    for ((lat, lon), records) in squares {
        if within <= SINGLE_MAX || records.len() == 1 {
            features.extend(records.into_iter().map(single));
            continue;
        }
        let mut by: BTreeMap<String, usize> = BTreeMap::new();
        for record in &records {
            let status = record["fields"]["status"]["occurrence"]
                .as_str()
                .unwrap_or_default();
            *by.entry(status.to_owned()).or_default() += 1;
        }
        let (lat, lon) = (lat as f64 / 1e5, lon as f64 / 1e5);
        features.push(cluster(&Square {
            count: records.len(),
            middle: (lat, lon),
            bbox: [lon, lat, lon, lat],
            by,
            ords: Vec::new(),
        }));
    }
    let mut value = head(reader)?;
    value["type"] = json!("FeatureCollection");
    value["total"] = json!(kept.count());
    value["unplaced"] = json!(kept.count() - placed);
    value["within"] = json!(within);
    value["extent"] = json!(extent);
    value["features"] = features.into();
    Ok(Answer::Bytes {
        kind: JSON,
        bytes: value.to_string().into_bytes(),
        headers: Vec::new(),
    })
}

/// Several incidents of one square, with how well each is established.
fn cluster(square: &Square) -> Value {
    let (lat, lon) = square.middle;
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [rounded(lon), rounded(lat)] },
        "properties": {
            "kind": "cluster", "incidents": square.count, "statuses": square.by, "bbox": square.bbox,
        },
    })
}

/// One incident, as its record says it.
fn single(record: &Value) -> Value {
    let fields = &record["fields"];
    let region = &fields["place"]["region"];
    json!({
        "type": "Feature",
        "id": record["id"],
        "geometry": { "type": "Point", "coordinates": [region["lon"], region["lat"]] },
        "properties": {
            "kind": "incident",
            "act": fields["act"],
            "class": fields["class"],
            "status": fields["status"]["occurrence"],
            "precision": fields["place"]["precision"],
            "radius_m": region["radius_m"],
            "independent_origins": fields["independent_origins"],
            "archived": fields["archived"],
        },
    })
}

/// A mean has no more places than a metre is worth.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}
