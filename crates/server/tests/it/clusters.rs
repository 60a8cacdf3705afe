//! The map of many incidents: clusters tell how many and of which status, and nothing of what is withheld.

use serde_json::{Value, json};

use crate::world::{House, Who, records, start_with};

const WORLD: &str = "window=-180,-90,180,90";

fn map(house: &House, who: &Who, query: &str) -> Value {
    let reply = house.get(who, &format!("/api/v1/map/clusters?{query}"));
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

/// Incidents that the marks of an answer stand for.
fn drawn(map: &Value) -> u64 {
    let features = map["features"].as_array().unwrap();
    features
        .iter()
        .map(|it| it["properties"]["incidents"].as_u64().unwrap_or(1))
        .sum()
}

/// Incidents over a country, one in ten of them known to the country only.
fn many(count: u32) -> Vec<model::record::Record> {
    let like = records().into_iter().find(|it| it.kind == "incident").unwrap();
    (0..count)
        .map(|n| {
            let mut record = like.clone();
            record.id = format!("inc_{n}");
            record.document = Some(format!("page_{n}.txt"));
            record.fields["status"]["occurrence"] =
                json!(["reported", "contested", "refuted"][n as usize % 3]);
            record.fields["act"] = json!(["shelling", "mortar"][n as usize % 2]);
            let place = &mut record.fields["place"];
            place["precision"] = json!(if n % 10 == 9 { "country" } else { "town" });
            let (lat, lon) = (33.0 + f64::from(n % 40) / 10.0, 36.0 + f64::from(n % 53) / 10.0);
            place["region"] = json!({ "lat": lat, "lon": lon, "radius_m": 2000.0 });
            record
        })
        .collect()
}

#[test]
fn map_list_and_counts_tell_of_the_same_set() {
    let house = start_with(many(3_000), None);
    let nobody = Who::default();
    for filter in [
        "",
        "act=mortar&",
        "status=contested,refuted&",
        "bbox=36,33,37,34&",
        "from=2031-06-01&",
    ] {
        let list = house
            .get(&nobody, &format!("/api/v1/incidents?{filter}limit=1"))
            .json();
        let counts = house
            .get(
                &nobody,
                &format!("/api/v1/summary?{}", filter.trim_end_matches('&')),
            )
            .json();
        for zoom in [0, 4, 7, 22] {
            let map = map(&house, &nobody, &format!("{filter}{WORLD}&zoom={zoom}"));
            let place = format!("{filter} {zoom}");
            assert_eq!(
                (&map["total"], &map["total"]),
                (&list["total"], &counts["incidents"]),
                "{place}"
            );
            assert_eq!(map["unplaced"], counts["unplaced"], "{place}");
            assert_eq!(map["within"].as_u64().unwrap(), drawn(&map), "{place}");
            assert_eq!(
                map["total"].as_u64().unwrap(),
                drawn(&map) + map["unplaced"].as_u64().unwrap(),
                "{place}"
            );
        }
    }
}

#[test]
fn a_cluster_tells_how_many_of_which_status_and_a_lone_incident_its_region() {
    let house = start_with(many(3_000), None);
    let nobody = Who::default();
    let far = map(&house, &nobody, &format!("{WORLD}&zoom=2"));
    let features = far["features"].as_array().unwrap();
    assert!(features.len() < 20, "{}", features.len());
    for feature in features {
        let told = &feature["properties"];
        assert_eq!(told["kind"], "cluster");
        let statuses = told["statuses"].as_object().unwrap().values();
        assert_eq!(
            statuses.map(|it| it.as_u64().unwrap()).sum::<u64>(),
            told["incidents"].as_u64().unwrap()
        );
    }
    let near = map(&house, &nobody, "window=36.05,33.05,36.35,33.35&zoom=10");
    let within = near["within"].as_u64().unwrap();
    assert!((1..=500).contains(&within), "{within}");
    for feature in near["features"].as_array().unwrap() {
        assert_eq!(
            feature["properties"]["kind"], "incident",
            "so few are told one by one"
        );
        assert_eq!(feature["properties"]["radius_m"], 2000.0);
        assert_eq!(feature["properties"]["precision"], "town");
    }
    assert_eq!(
        near["extent"], far["extent"],
        "of the whole set, wherever one looks"
    );
}

#[test]
fn the_map_tells_nothing_of_what_is_withheld() {
    let house = start_with(records(), None);
    let administrator = house.administrator();
    for (id, field) in [("incident_hidden", "*"), ("incident_part", "fields.place")] {
        let body = json!({ "kind": "incident", "id": id, "field": field, "role": "guarantor" });
        house.send(&administrator, "POST", "/api/v1/restrictions", Some(&body));
    }
    let told = map(&house, &Who::default(), &format!("{WORLD}&zoom=3"));
    assert_eq!(
        (&told["total"], &told["within"], &told["unplaced"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!(told["features"][0]["id"], "incident_open");
    let whole = map(&house, &administrator, &format!("{WORLD}&zoom=3"));
    assert_eq!((&whole["total"], &whole["within"]), (&json!(3), &json!(3)));
    let counts = house.get(&Who::default(), "/api/v1/summary").json();
    assert_eq!(
        counts["by_act"],
        json!({ "shelling": 1 }),
        "of a part withheld nothing is counted"
    );
    assert_eq!(counts["incidents"], 2);
    // A filter on what is withheld finds nothing.
    let found = map(
        &house,
        &Who::default(),
        &format!("{WORLD}&zoom=3&bbox=36,34,38,36"),
    );
    assert_eq!((&found["total"], &found["within"]), (&json!(1), &json!(1)));
}
