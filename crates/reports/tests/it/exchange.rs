//! CSV and GeoJSON.

use crate::{check, world};
use reports::Form;
use serde_json::Value;

fn rows(form: Form) -> (Vec<String>, Vec<csv::StringRecord>) {
    let text = check(&world::picture(), form);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader
        .headers()
        .expect("a head row")
        .iter()
        .map(str::to_owned)
        .collect();
    (head, reader.records().map(|row| row.expect("a row")).collect())
}

#[test]
fn each_incident_is_a_row_with_codes_that_other_tools_know() {
    let (head, rows) = rows(Form::Export(&reports::CSV));
    assert_eq!(rows.len(), 6);
    let cell = |row: usize, name: &str| {
        let column = head.iter().position(|known| known == name).expect("a column");
        rows[row][column].to_owned()
    };
    // Rows are in order of time; the third is the bomb in Karsa.
    assert_eq!(cell(2, "event_type"), "Explosions/Remote violence");
    assert_eq!(cell(2, "sub_event_type"), "Remote explosive/landmine/IED");
    assert_eq!(
        (cell(2, "fatalities"), cell(2, "killed_high")),
        ("5".into(), "7".into())
    );
    assert_eq!(
        (cell(2, "time_precision"), cell(2, "geo_precision")),
        ("1".into(), "1".into())
    );
    assert_eq!(cell(2, "actor1"), "northern-column");
    assert_eq!(cell(2, "independent_origins"), "1");
    assert_eq!(cell(2, "findings"), "lake-accord/2031-05-01/1=violation");
    // A province is precision 3, no place has no coordinates.
    assert_eq!(
        (cell(1, "geo_precision"), cell(1, "radius_m")),
        ("3".into(), "70000".into())
    );
    assert_eq!(
        (cell(5, "latitude"), cell(5, "geo_precision")),
        (String::new(), String::new())
    );
}

#[test]
fn words_of_pages_never_become_formulas() {
    let mut picture = world::picture();
    picture.incidents[0].weapon = "=cmd|'/c calc'!A1".into();
    picture.incidents[1].weapon = "\0=1+1".into();
    let text = check(&picture, Form::Export(&reports::CSV));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    for row in reader.records() {
        for cell in row.expect("a row").iter() {
            let is_number = cell.parse::<f64>().is_ok();
            assert!(
                is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\0']),
                "{cell:?}"
            );
        }
    }
    assert!(text.contains("'=cmd"));
}

#[test]
fn the_second_row_holds_hxl_tags_when_asked() {
    let (head, rows) = rows(Form::Export(&reports::HXL));
    assert_eq!(rows.len(), 7);
    assert_eq!(rows[0].len(), head.len());
    assert!(
        rows[0].iter().all(|tag| tag.is_empty() || tag.starts_with('#')),
        "{:?}",
        rows[0]
    );
    assert!(rows[0].iter().any(|tag| tag == "#geo+lat"));
}

#[test]
fn a_point_has_its_radius_and_an_area_is_an_area() {
    let collection: Value =
        serde_json::from_str(&check(&world::picture(), Form::Export(&reports::GEOJSON))).expect("JSON");
    let features = collection["features"].as_array().expect("features");
    let incidents: Vec<_> = features
        .iter()
        .filter(|it| it["properties"]["kind"] == "incident")
        .collect();
    assert_eq!(incidents.len(), 6);
    for feature in &incidents {
        let precision = feature["properties"]["precision"].as_str().unwrap_or_default();
        let has_radius = feature["properties"]["radius_m"].is_number();
        match feature["geometry"]["type"].as_str() {
            Some("Point") => assert!(
                has_radius && ["exact", "town", "near"].contains(&precision),
                "{feature}"
            ),
            Some("Polygon") => assert!(has_radius && precision == "province", "{feature}"),
            None => assert!(feature["geometry"].is_null()),
            other => panic!("{other:?}"),
        }
    }
    let zones: Vec<_> = features
        .iter()
        .filter(|it| it["properties"]["kind"] == "zone")
        .collect();
    assert_eq!(zones.len(), 2);
    assert_eq!(zones[0]["properties"]["approximate"], true);
    let ring = zones[0]["geometry"]["coordinates"][0][0]
        .as_array()
        .expect("a ring");
    assert_eq!(ring.first(), ring.last(), "rings are closed");
    assert!(
        collection["coverage"]
            .as_str()
            .is_some_and(|words| words.contains("2 of 3 outlets"))
    );
}
