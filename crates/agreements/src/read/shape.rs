//! Outlines of zones from GeoJSON (RFC 7946): a collection of polygons and lines, each with the properties below.

use super::entry::Faults;
use model::{Edtf, LatLon, Metres, ZoneShape};
use serde_json::{Map, Value};

/// Properties of an outline; all must be there, save `until`.
const PROPERTIES: [&str; 8] = [
    "zone",
    "status",
    "approximate",
    "partial",
    "band_m",
    "from",
    "until",
    "source",
];

/// How an outline came to be.
const STATUSES: [&str; 4] = ["described", "proposed", "agreed", "de-facto"];

/// Reads the outlines, each with the zone it names and its line.
pub(super) fn read(text: &str, faults: &mut Faults) -> Vec<(String, usize, ZoneShape)> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            faults.add(
                error.line(),
                format!("this is not JSON: {error}"),
                "GeoJSON, RFC 7946",
            );
            return Vec::new();
        }
    };
    let Some(features) = value.get("features").and_then(Value::as_array) else {
        faults.add(
            1,
            "there are no features",
            "{ \"type\": \"FeatureCollection\", \"features\": [] }",
        );
        return Vec::new();
    };
    // JSON keeps no lines: the nth feature begins where "Feature" stands for the nth time.
    let lines: Vec<usize> = text
        .match_indices("\"Feature\"")
        .map(|(at, _)| faults.line(at))
        .collect();
    let numbered = features.iter().enumerate();
    numbered
        .filter_map(|(n, feature)| outline(feature, lines.get(n).copied().unwrap_or(0), faults))
        .collect()
}

fn outline(feature: &Value, line: usize, faults: &mut Faults) -> Option<(String, usize, ZoneShape)> {
    let Some(properties) = feature.get("properties").and_then(Value::as_object) else {
        faults.add(
            line,
            "this outline has no properties",
            format!("{:?}", PROPERTIES),
        );
        return None;
    };
    for key in properties.keys() {
        if !PROPERTIES.contains(&key.as_str()) {
            faults.stranger(line, "property of an outline", key, PROPERTIES);
        }
    }
    let status = text(properties, "status", line, faults);
    if !STATUSES.contains(&status.as_str()) {
        faults.stranger(line, "status", &status, STATUSES);
    }
    let shape = ZoneShape {
        rings: rings(feature, line, faults),
        status,
        approximate: flag(properties, "approximate", line, faults),
        partial: flag(properties, "partial", line, faults),
        band: band(properties, line, faults),
        during: during(properties, line, faults),
        source: text(properties, "source", line, faults),
    };
    Some((text(properties, "zone", line, faults), line, shape))
}

fn text(properties: &Map<String, Value>, key: &str, line: usize, faults: &mut Faults) -> String {
    let found = properties.get(key).and_then(Value::as_str).map(str::trim);
    if found.is_none_or(str::is_empty) {
        faults.add(
            line,
            format!("this outline has no \"{key}\""),
            format!("\"{key}\": \"words\""),
        );
    }
    found.unwrap_or_default().to_owned()
}

fn flag(properties: &Map<String, Value>, key: &str, line: usize, faults: &mut Faults) -> bool {
    let found = properties.get(key).and_then(Value::as_bool);
    if found.is_none() {
        let what = format!("this outline does not say whether it is \"{key}\"");
        faults.add(line, what, format!("\"{key}\": true"));
    }
    // The cautious reading of what is not told.
    found.unwrap_or(true)
}

fn band(properties: &Map<String, Value>, line: usize, faults: &mut Faults) -> Metres {
    let found = properties.get("band_m").and_then(Value::as_f64);
    let band = found.filter(|metres| metres.is_finite() && *metres >= 0.0);
    if band.is_none() {
        faults.add(
            line,
            "this outline has no \"band_m\"",
            "\"band_m\": 10000, in metres",
        );
    }
    Metres(band.unwrap_or(0.0))
}

fn during(properties: &Map<String, Value>, line: usize, faults: &mut Faults) -> Edtf {
    let mut day = |key: &str, must: bool| {
        let found = properties.get(key);
        let day = found
            .and_then(Value::as_str)
            .and_then(Edtf::parse)
            .and_then(|time| time.single_day());
        if day.is_none() && (must || found.is_some()) {
            faults.add(
                line,
                format!("\"{key}\" is not a day"),
                format!("\"{key}\": \"2017-05-04\""),
            );
        }
        day
    };
    let (from, until) = (day("from", true), day("until", false));
    Edtf::between(from, until.map(|until| model::add_days(until, -1)))
}

fn rings(feature: &Value, line: usize, faults: &mut Faults) -> Vec<Vec<LatLon>> {
    let kind = feature
        .pointer("/geometry/type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let coordinates = feature.pointer("/geometry/coordinates").and_then(Value::as_array);
    let Some(coordinates) = coordinates.filter(|_| kind == "Polygon" || kind == "LineString") else {
        faults.add(
            line,
            "this outline is neither a polygon nor a line",
            "\"geometry\": { \"type\": \"Polygon\", … }, or \"LineString\"",
        );
        return Vec::new();
    };
    if kind == "LineString" {
        return vec![there_and_back(coordinates, line, faults)];
    }
    if coordinates.len() != 1 {
        faults.add(line, "this outline has holes or no ring", "one outer ring");
    }
    let rings = coordinates.iter().map(|ring| {
        let points = ring.as_array().map(Vec::as_slice).unwrap_or_default();
        let read: Vec<LatLon> = points.iter().filter_map(point).collect();
        if read.len() != points.len() {
            let right = "[36.6, 35.9]: degrees east, then degrees north";
            faults.add(line, "this outline holds something that is not a point", right);
        }
        if read.len() < 4 || read.first() != read.last() {
            let right = "at least four points, the last like the first";
            faults.add(line, "this outline is not closed", right);
        }
        read
    });
    rings.collect()
}

/// A line is kept as a ring that goes out and comes back the same way.
fn there_and_back(coordinates: &[Value], line: usize, faults: &mut Faults) -> Vec<LatLon> {
    let out: Vec<LatLon> = coordinates.iter().filter_map(point).collect();
    if out.len() != coordinates.len() || out.len() < 2 {
        let right = "two or more points, each [degrees east, degrees north]";
        faults.add(
            line,
            "this line holds something that is not a point, or too few",
            right,
        );
    }
    out.iter().chain(out.iter().rev().skip(1)).copied().collect()
}

fn point(value: &Value) -> Option<LatLon> {
    let [lon, lat] = value.as_array()?.as_slice() else {
        return None;
    };
    let (lon, lat) = (lon.as_f64()?, lat.as_f64()?);
    (lon.abs() <= 180.0 && lat.abs() <= 90.0).then_some(LatLon { lat, lon })
}
