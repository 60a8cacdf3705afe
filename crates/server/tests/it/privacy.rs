//! Incidents made coarser: no route tells a place, an hour, a name or a word to whoever is shown them so, and two
//! records that are shown alike answer every question alike.

use model::record::Record;
use serde_json::{Value, json};
use server::Role;

use crate::world::{House, PASSWORD, Who, records, start_with};

/// From this role on everything is shown.
const LOWEST: Role = Role::Reviewer;

/// Kinds that are shown whoever asks: what agreements say whatever happened.
const OPEN: [&str; 2] = ["agreement", "zone"];

/// A place, an hour and names, as exact as they come.
#[derive(Clone, Copy)]
struct Exact {
    lat: f64,
    lon: f64,
    radius_m: f64,
    hour: &'static str,
    word: &'static str,
    inside: &'static str,
}

const HERE: Exact = Exact {
    lat: 35.12345,
    lon: 36.71234,
    radius_m: 1_900.0,
    hour: "04:37",
    word: "hither",
    inside: "yes",
};

/// In the same square, and otherwise all different.
const THERE: Exact = Exact {
    lat: 35.15432,
    lon: 36.69876,
    radius_m: 700.0,
    hour: "21:12",
    word: "yonder",
    inside: "no",
};

/// The records of the tests, their incidents with a place, an hour, names and words.
fn exact(it: Exact) -> Vec<Record> {
    let mut all = records();
    for record in all
        .iter_mut()
        .filter(|record| !OPEN.contains(&record.kind.as_str()))
    {
        let word = |what: &str| format!("{what}of{}{}", record.kind, it.word);
        record.quote = Some(word("quote"));
        record.because[0].words = word("reason");
        record.basis = vec![word("basis")];
        record.document = Some(word("page"));
        let at = json!({ "lat": it.lat, "lon": it.lon, "radius_m": it.radius_m });
        record.fields = json!({
            "secret": word("secret"), "act": "shelling", "class": "force", "status": { "occurrence": "reported" },
            "pages": 2, "origins": [word("origin")], "independent_origins": 1, "grade": "weak", "credibility": 6,
            "background": false, "series": false, "archived": false, "weapon": word("weapon"), "day": "2031-05-03",
            "agreement": "pact", "zone": "north", "verdict": "violation", "term": "quiet",
            "when": { "edtf": format!("2031-05-03T{}", it.hour), "earliest": "2031-05-03", "latest": "2031-05-03", "words": word("hour") },
            "place": {
                "name": word("place"), "precision": "town", "region": at, "candidates": [{ "name": word("place") }],
                "chosen": { "name": word("place"), "province": word("province"), "country": "SY", "lat": it.lat, "lon": it.lon },
                "zones": [{ "agreement": "pact", "zone": "north", "inside": it.inside, "because": word("distance"), "distance_m": it.lat }],
            },
            "attributions": [{ "label": word("author"), "by": word("speaker") }], "targets": [{ "label": word("target") }],
            "tolls": [{ "metric": "killed", "scope": "incident", "low": 1, "high": 2, "best": { "low": 1, "high": 2 },
                "because": word("toll"), "accounts": [{ "by": word("witness") }] }],
            "documents": [word("page")], "quotes": [{ "quote": word("quote"), "document": word("page") }], "rulings": [word("ruling")],
        });
    }
    all
}

fn with_privacy(records: Vec<Record>, privacy: &Value) -> (House, Vec<(Role, Who)>) {
    let house = start_with(records, None);
    let administrator = house.administrator();
    let people = Role::ALL.map(|role| {
        let who = match role {
            Role::Public => Who::default(),
            Role::Administrator => administrator.clone(),
            _ => {
                let body = json!({ "name": role.as_str(), "role": role.as_str(), "password": PASSWORD });
                house.send(&administrator, "POST", "/api/v1/users", Some(&body));
                house.sign_in(role.as_str())
            }
        };
        (role, who)
    });
    let body = json!({ "factor_roles": [], "hook_hosts": [], "privacy": privacy });
    let reply = house.send(&administrator, "PUT", "/api/v1/settings", Some(&body));
    assert_eq!(reply.status, 200, "{reply:?}");
    (house, people.to_vec())
}

fn coarse() -> Value {
    json!({ "role": LOWEST.as_str(), "place_km": 20, "days_only": true })
}

/// Every address that can be asked, with every object in it and every filter behind it.
fn addresses(state: &str) -> Vec<String> {
    let mut all = Vec::new();
    for route in server::declared()
        .into_iter()
        .filter(|route| route.method == "GET")
    {
        let kind = if route.kind.is_empty() {
            "incident"
        } else {
            route.kind
        };
        for object in ["open", "hidden", "part"] {
            let path = route
                .path
                .replace("{id}", &format!("{kind}_{object}"))
                .replace("{entry}", "0")
                .replace("{collection}", "incidents")
                .replace("{name}", "nobody");
            let path = match route.path {
                "/api/v1/records" => {
                    format!("{path}?ids=incident_{object},claim_{object},finding_{object},place_{object}")
                }
                "/api/v1/records/{id}/diff" | "/api/v1/diff" => format!("{path}?from={state}"),
                "/api/v1/map/clusters" => format!("{path}?window=-180,-90,180,90&zoom=9"),
                "/api/v1/changes" => format!("{path}?since={state}"),
                _ => path,
            };
            if !path.contains("session") && !all.contains(&path) {
                all.push(path);
            }
        }
    }
    let filters = [
        "bbox=36.70,35.11,36.72,35.13",
        "bbox=36.69,35.15,36.70,35.16",
        "bbox=36.5,35.0,37.0,35.5",
        "zone=pact/north",
        "province=SY/provinceofincidenthither",
        "text=quoteofincidenthither",
        "document=pageofincidenthither",
        "on=basisofincidenthither",
        "verdict=violation",
        "term=quiet",
        "agreement=pact",
        "act=shelling",
        "class=force&status=reported&background=false&archived=any",
        "from=2031-05-03&to=2031-05-03",
        "from=2031-05-04",
    ];
    for path in [
        "incidents?",
        "summary?",
        "export?format=jsonl&",
        "map/clusters?window=-180,-90,180,90&zoom=9&",
    ] {
        all.extend(filters.map(|filter| format!("/api/v1/{path}{filter}")));
    }
    for window in [
        "36.70,35.11,36.72,35.13",
        "36.69,35.15,36.70,35.16",
        "36.5,35.0,37.0,35.5",
    ] {
        all.push(format!("/api/v1/map/clusters?window={window}&zoom=14"));
    }
    for format in reports::FORMAT_WORDS {
        all.push(format!("/api/v1/export?format={format}"));
    }
    all
}

fn state(house: &House) -> String {
    let head = house.get(&Who::default(), "/api/v1/checkpoint").json();
    head["checkpoint"].as_str().unwrap().to_owned()
}

#[test]
fn no_route_tells_more_than_the_coarse_to_whoever_is_shown_it() {
    let (house, people) = with_privacy(exact(HERE), &coarse());
    let (mut cells, mut seen) = (0, 0);
    let told = ["35.123", "36.712", "04:37", "hither", "1900", "distance_m"];
    for path in addresses(&state(&house)) {
        for (role, who) in &people {
            let reply = house.get(who, &path);
            for word in told {
                // What the asker put into the address may come back in a refusal.
                let found =
                    reply.status < 400 && reply.body.contains(word) && !path.contains("/api/v1/restrictions");
                assert!(
                    !found || *role >= LOWEST,
                    "{role:?} {path} tells {word}: {reply:?}"
                );
                seen += usize::from(found);
                cells += 1;
            }
        }
    }
    assert!(seen > 500, "those who may, read it: {seen}");
    println!("{cells} cells of role, route, object and word; {seen} readings by those who may; 0 leaks");
}

#[test]
fn what_is_shown_alike_answers_every_question_alike() {
    let ask = |it: Exact, privacy: &Value| {
        let (house, people) = with_privacy(exact(it), privacy);
        let state = state(&house);
        let mut answers = Vec::new();
        for path in addresses(&state) {
            for (role, who) in people.iter().filter(|(role, _)| *role < LOWEST) {
                // Names of states hold a digest of the view, and saved things carry random words.
                let reply = house.get(who, &path);
                answers.push((
                    format!("{role:?} {}", path.replace(&state, "S")),
                    reply.status,
                    reply.body.replace(&state, "S"),
                ));
            }
        }
        answers
    };
    let (here, there) = (ask(HERE, &coarse()), ask(THERE, &coarse()));
    assert_eq!(here.len(), there.len());
    for (one, other) in here.iter().zip(&there) {
        assert_eq!(one, other);
    }
    println!("{} answers, byte for byte the same", here.len());
    // And they would not be without: the test can fail.
    let bare = json!(null);
    assert_ne!(ask(HERE, &bare), ask(THERE, &bare));
}

#[test]
fn the_coarse_is_shown_drawn_and_counted() {
    let (house, people) = with_privacy(exact(HERE), &coarse());
    let nobody = Who::default();
    let get = |path: &str| house.get(&nobody, &format!("/api/v1/{path}"));
    let item = get("incidents/incident_open").json()["item"].clone();
    assert_eq!(item["coarse"], json!({ "place_km": 20, "days_only": true }));
    assert_eq!(
        item["fields"]["when"],
        json!({ "edtf": "2031-05-03", "earliest": "2031-05-03", "latest": "2031-05-03" })
    );
    assert_eq!(item["fields"]["place"]["precision"], "coarse");
    let region = &item["fields"]["place"]["region"];
    assert!(region["radius_m"].as_f64().unwrap() > 20_000.0, "{region}");
    assert_eq!(item["fields"]["tolls"][0]["high"], 2);
    assert!(
        item["withheld"]
            .as_array()
            .unwrap()
            .contains(&json!("fields.attributions"))
    );
    let map = get("map/clusters?window=-180,-90,180,90&zoom=9").json();
    assert_eq!(
        (&map["total"], &map["within"], &map["unplaced"]),
        (&json!(3), &json!(3), &json!(0))
    );
    assert_eq!(
        map["features"][0]["geometry"]["coordinates"],
        json!([region["lon"], region["lat"]])
    );
    let counts = get("summary?act=shelling").json();
    assert_eq!(
        (&counts["incidents"], &counts["by_act"]),
        (&json!(3), &json!({ "shelling": 3 }))
    );
    assert_eq!(
        (&counts["by_zone"], &counts["by_province"], &counts["by_verdict"]),
        (&json!({}), &json!({}), &json!({ "withheld": 3 }))
    );
    assert_eq!(get("incidents?from=2031-05-03&to=2031-05-03").json()["total"], 3);
    for unsafe_filter in [
        "zone=pact/north",
        "bbox=0,0,90,90",
        "text=quote*",
        "verdict=violation",
    ] {
        assert_eq!(
            get(&format!("incidents?{unsafe_filter}")).json()["total"],
            0,
            "{unsafe_filter}"
        );
    }
    assert_eq!(get("checkpoint").json()["coarse"], true);
    for refused in ["report", "export?format=csv", "map/incidents"] {
        assert_eq!(get(refused).status, 403, "{refused}");
    }
    assert_eq!(get("map/zones").status, 200);
    assert_eq!(get("claims").json()["total"], 0);
    // A feed that an analyst opened to the public, and one that only they read, tell no more.
    let (_, analyst) = people.iter().find(|(role, _)| *role == Role::Analyst).unwrap();
    for public in [true, false] {
        let search = json!({ "name": "all", "query": "", "public": public });
        let feed = house
            .send(analyst, "POST", "/api/v1/searches", Some(&search))
            .json()["feed"]
            .as_str()
            .unwrap()
            .to_owned();
        let body = house.get(&nobody, &feed).body;
        assert_eq!(body.matches("<entry>").count(), 3, "{body}");
        assert!(
            !["hither", "04:37", "35.12"]
                .iter()
                .any(|word| body.contains(word)),
            "{body}"
        );
    }
}

#[test]
fn an_administrator_sees_it_as_others_do_and_a_restriction_takes_away_more() {
    let (house, people) = with_privacy(exact(HERE), &coarse());
    let nobody = Who::default();
    let get = |path: &str| house.get(&nobody, &format!("/api/v1/{path}"));
    let item = get("incidents/incident_open").json()["item"].clone();
    let (_, administrator) = people.last().unwrap();
    let preview = house.get(
        administrator,
        "/api/v1/restrictions/preview?id=incident_open&role=public",
    );
    assert_eq!(preview.json()["items"][0], item);
    let hidden = json!({ "kind": "incident", "id": "*", "field": "fields.tolls", "role": "guarantor" });
    house.send(administrator, "POST", "/api/v1/restrictions", Some(&hidden));
    let less = get("incidents/incident_open").json()["item"].clone();
    assert!(
        less["fields"].get("tolls").is_none()
            && less["withheld"]
                .as_array()
                .unwrap()
                .contains(&json!("fields.tolls"))
    );
}

#[test]
fn each_switch_works_by_itself_and_a_wrong_one_is_refused() {
    let nobody = Who::default();
    for (privacy, name, hour) in [
        (
            json!({ "role": "analyst", "place_km": null, "days_only": true }),
            true,
            false,
        ),
        (json!({ "role": "analyst", "place_km": 5 }), false, true),
        (json!({ "role": "analyst" }), true, true),
    ] {
        let (house, _) = with_privacy(exact(HERE), &privacy);
        let body = house.get(&nobody, "/api/v1/incidents/incident_open").body;
        assert_eq!(
            (body.contains("placeof"), body.contains("04:37")),
            (name, hour),
            "{privacy}"
        );
        assert!(
            !body.contains("authorof") && !body.contains("quoteof") && !body.contains("witnessof"),
            "{privacy}"
        );
    }
    let (house, people) = with_privacy(exact(HERE), &coarse());
    let (_, administrator) = people.last().unwrap();
    for wrong in [
        json!({ "role": "public" }),
        json!({ "role": "analyst", "place_km": 0 }),
        json!({ "role": "analyst", "place_km": 501 }),
        json!({ "role": "king" }),
    ] {
        let body = json!({ "privacy": wrong });
        assert_eq!(
            house
                .send(administrator, "PUT", "/api/v1/settings", Some(&body))
                .status,
            400,
            "{wrong}"
        );
    }
}
