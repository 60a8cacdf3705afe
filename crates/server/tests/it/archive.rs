//! What a ruling archived is left out of lists, map and counts, told beside them, and there for whoever asks; and where
//! the mark is withheld, nothing tells of it. What a decision would change is told before it is made.

use serde_json::{Value, json};

use crate::world::{House, PASSWORD, Who, records, start_with};

/// Five incidents of one town, the last two of them archived, on two days.
fn some() -> Vec<model::record::Record> {
    let like = records().into_iter().find(|it| it.kind == "incident").unwrap();
    (0..5)
        .map(|n| {
            let mut record = like.clone();
            record.id = format!("inc_{n}");
            record.document = Some(format!("page_{n}.txt"));
            record.fields["archived"] = json!(n >= 3);
            record.fields["place"]["precision"] = json!("town");
            let day = if n == 4 { "2031-05-04" } else { "2031-05-03" };
            record.fields["when"] = json!({ "earliest": day, "latest": day });
            record
        })
        .collect()
}

fn json_of(house: &House, path: &str) -> Value {
    let reply = house.get(&Who::default(), &format!("/api/v1/{path}"));
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

#[test]
fn what_is_archived_is_left_out_everywhere_and_told_beside() {
    let house = start_with(some(), None);
    for (query, total) in [
        ("", 3),
        ("archived=false", 3),
        ("archived=true", 2),
        ("archived=any", 5),
    ] {
        let list = json_of(&house, &format!("incidents?{query}"));
        assert_eq!(
            (&list["total"], &list["archived"]),
            (&json!(total), &json!(2)),
            "{query}"
        );
        let counts = json_of(&house, &format!("summary?{query}"));
        assert_eq!(counts["incidents"], total, "{query}");
        assert_eq!(counts["archived"]["incidents"], 2, "{query}");
        assert_eq!(
            counts["archived"]["by_day"],
            json!([{ "day": "2031-05-03", "incidents": 1 }, { "day": "2031-05-04", "incidents": 1 }]),
            "{query}"
        );
        let map = json_of(
            &house,
            &format!("map/clusters?window=-180,-90,180,90&zoom=3&{query}"),
        );
        assert_eq!(
            (&map["total"], &map["within"]),
            (&json!(total), &json!(total)),
            "{query}"
        );
    }
    // A day of which all is archived: nothing is listed, and it is no quiet day.
    let day = json_of(&house, "incidents?from=2031-05-04&to=2031-05-04");
    assert_eq!((&day["total"], &day["archived"]), (&json!(0), &json!(1)));
    // By its id it is there, and marked.
    assert_eq!(
        json_of(&house, "incidents/inc_4")["item"]["fields"]["archived"],
        true
    );
    assert_eq!(json_of(&house, "records?ids=inc_4")["items"][0]["id"], "inc_4");
    let lines = |query: &str| {
        house
            .get(&Who::default(), &format!("/api/v1/export?{query}"))
            .body
    };
    assert!(!lines("").contains("inc_4") && lines("archived=any").contains("inc_4"));
    let refused = house.get(&Who::default(), "/api/v1/incidents?archived=maybe");
    assert_eq!(refused.status, 400, "{refused:?}");
}

#[test]
fn where_the_mark_is_withheld_no_list_tells_who_has_it() {
    let house = start_with(some(), None);
    let administrator = house.administrator();
    for (id, field) in [
        ("*", "fields.archived"),
        ("inc_4", "fields.archived"),
        ("inc_4", "fields"),
    ] {
        let body = json!({ "kind": "incident", "id": id, "field": field, "role": "guarantor" });
        let reply = house.send(&administrator, "POST", "/api/v1/restrictions", Some(&body));
        assert_eq!(reply.status, 200, "{reply:?}");
        let ids = |query: &str| {
            let list = json_of(&house, &format!("incidents?{query}"));
            let items = list["items"].as_array().unwrap().iter();
            let ids: Vec<String> = items.map(|it| it["id"].as_str().unwrap().to_owned()).collect();
            (ids, list["archived"].clone())
        };
        let (default, beside) = ids("");
        assert_eq!(default, ids("archived=any").0, "{id} {field}");
        assert!(default.contains(&"inc_4".to_owned()));
        assert!(!ids("archived=true").0.contains(&"inc_4".to_owned()));
        assert_eq!(beside, if id == "*" { 0 } else { 1 }, "{id} {field}");
        let dated = ids("from=2031-05-04&to=2031-05-04").0;
        assert_eq!(dated, ids("from=2031-05-04&to=2031-05-04&archived=any").0);
        let whole = house.get(&administrator, "/api/v1/incidents").json();
        assert_eq!(whole["total"], 3, "whoever may know sees the list as it is");
        house.send(&administrator, "DELETE", "/api/v1/restrictions", Some(&body));
    }
}

#[test]
fn a_preview_is_for_those_who_decide_and_may_read_everything() {
    let mut all = some();
    let mut claim = records().into_iter().find(|it| it.kind == "claim").unwrap();
    claim.id = "clm_0123456789abcdef".to_owned();
    all.push(claim);
    let house = start_with(all, None);
    let administrator = house.administrator();
    let person = |role: &str| {
        let body = json!({ "name": role, "role": role, "password": PASSWORD });
        house.send(&administrator, "POST", "/api/v1/users", Some(&body));
        house.sign_in(role)
    };
    let (analyst, reviewer) = (person("analyst"), person("reviewer"));
    let body = |because: &str| json!({ "decision": { "archive": { "claims": ["clm_0123456789abcdef"] } }, "because": because });
    let ask =
        |who: &Who, because: &str| house.send(who, "POST", "/api/v1/rulings/preview", Some(&body(because)));
    assert_eq!(ask(&Who::default(), "seen").status, 401);
    assert_eq!(ask(&analyst, "seen").status, 403);
    let told = ask(&reviewer, "seen").json();
    assert_eq!(
        (&told["standing"], &told["total"]),
        (&json!("in-force"), &json!(1))
    );
    assert_eq!(told["new"][0]["verdict"], "violation");
    assert!(told["why"].as_str().unwrap().starts_with("Archive"), "{told}");
    assert_eq!(ask(&reviewer, "refused").status, 400);
    assert_eq!(ask(&reviewer, "busy").status, 503);
    let strange =
        json!({ "decision": { "archive": { "claims": ["clm_ffffffffffffffff"] } }, "because": "seen" });
    let reply = house.send(&reviewer, "POST", "/api/v1/rulings/preview", Some(&strange));
    assert_eq!(reply.status, 404, "{reply:?}");
    let twice = json!({ "decision": { "split": { "groups": [["clm_0123456789abcdef"], ["clm_0123456789abcdef"]] } }, "because": "seen" });
    let reply = house.send(&reviewer, "POST", "/api/v1/rulings/preview", Some(&twice));
    assert!(
        reply.status == 400 && reply.body.contains("two of them"),
        "{reply:?}"
    );
    // What would be made of records is in no view: whoever may not read all is not told.
    let hidden =
        json!({ "kind": "incident", "id": "inc_0", "field": "fields.weapon", "role": "administrator" });
    house.send(&administrator, "POST", "/api/v1/restrictions", Some(&hidden));
    let reply = ask(&reviewer, "seen");
    assert!(
        reply.status == 403 && reply.body.contains("withheld"),
        "{reply:?}"
    );
    assert_eq!(ask(&administrator, "seen").status, 200);
}
