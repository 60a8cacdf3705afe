//! Outlines of provinces or countries, read from any GeoJSON feature collection of polygons.

use model::{DataFault, LatLon};
use serde_json::Value;

/// Areas that the map is drawn on; empty is fine: incidents and zones are drawn without it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapOutline {
    /// The areas, in the order of the file.
    pub areas: Vec<OutlineArea>,
    /// Where the shapes come from, printed under the map; empty when the file does not say.
    pub source: String,
}

/// One area of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct OutlineArea {
    /// Its name for readers; empty when the file gives none.
    pub name: String,
    /// Outer and inner rings, drawn with the even-odd rule.
    pub rings: Vec<Vec<LatLon>>,
}

impl MapOutline {
    /// Reads a feature collection of polygons and multipolygons, in degrees, longitude first (RFC 7946).
    /// A feature's `name` property is its name; `source` of the collection is its source.
    ///
    /// ```
    /// let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Qala"},
    ///   "geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,35]]]}}]}"#;
    /// let outline = reports::MapOutline::parse("map/qala.geojson", text).expect("a feature collection");
    /// assert_eq!(outline.areas[0].name, "Qala");
    /// ```
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<DataFault>> {
        let collection: Value = serde_json::from_str(text).map_err(|error| {
            vec![DataFault::new(
                file,
                error.line(),
                format!("not JSON: {error}"),
                RIGHT,
            )]
        })?;
        let Some(features) = collection["features"].as_array() else {
            return Err(vec![DataFault::new(file, 0, "no \"features\" list", RIGHT)]);
        };
        let (mut areas, mut faults) = (Vec::new(), Vec::new());
        for (index, feature) in features.iter().enumerate() {
            match area(feature) {
                Ok(area) => areas.push(area),
                Err(what) => faults.push(DataFault::new(file, 0, format!("feature {index}: {what}"), RIGHT)),
            }
        }
        let source = collection["source"].as_str().unwrap_or_default().to_owned();
        if faults.is_empty() {
            Ok(Self { areas, source })
        } else {
            Err(faults)
        }
    }
}

fn area(feature: &Value) -> Result<OutlineArea, String> {
    let geometry = &feature["geometry"];
    let coordinates = &geometry["coordinates"];
    let rings = match geometry["type"].as_str() {
        Some("Polygon") => rings(coordinates)?,
        Some("MultiPolygon") => {
            let mut all = Vec::new();
            for polygon in list(coordinates)? {
                all.extend(rings(polygon)?);
            }
            all
        }
        other => return Err(format!("geometry {other:?} is not a Polygon or MultiPolygon")),
    };
    let name = feature["properties"]["name"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    Ok(OutlineArea { name, rings })
}

fn rings(polygon: &Value) -> Result<Vec<Vec<LatLon>>, String> {
    list(polygon)?
        .iter()
        .map(|ring| list(ring)?.iter().map(point).collect())
        .collect()
}

fn list(value: &Value) -> Result<&Vec<Value>, String> {
    value
        .as_array()
        .ok_or_else(|| "coordinates are not nested lists".to_owned())
}

fn point(value: &Value) -> Result<LatLon, String> {
    let (lon, lat) = (value[0].as_f64(), value[1].as_f64());
    match (lon, lat) {
        (Some(lon), Some(lat)) if lon.abs() <= 180.0 && lat.abs() <= 90.0 => Ok(LatLon { lat, lon }),
        _ => Err(format!("{value} is not a longitude and a latitude")),
    }
}

const RIGHT: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Qala"},"geometry":{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,35]]]}}]}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_faulty_feature_is_told() {
        let text = r#"{"features":[{"geometry":{"type":"Point","coordinates":[1,2]}},
            {"geometry":{"type":"Polygon","coordinates":[[[500,2]]]}}]}"#;
        let faults = MapOutline::parse("map/x.geojson", text).expect_err("two faults");
        assert_eq!(faults.len(), 2);
        assert!(faults[1].what.contains("feature 1"), "{faults:?}");
    }

    #[test]
    fn text_that_is_not_json_is_a_fault_with_its_line() {
        let faults = MapOutline::parse("map/x.geojson", "{\n!").expect_err("a fault");
        assert_eq!(faults[0].line, 2);
    }
}
