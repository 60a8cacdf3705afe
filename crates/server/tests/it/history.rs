//! What became of a record, with what is withheld withheld of old values too; and agreements as tried.

use serde_json::{Value, json};

use crate::world::{House, PASSWORD, Who, fill, records, start};

/// The view filled anew: every record's secret is another, and the open incident rests on another claim.
fn filled_again(house: &House) {
    let mut again = records();
    for record in &mut again {
        let secret = record.fields["secret"].as_str().unwrap().to_owned();
        record.fields["secret"] = json!(format!("new{secret}"));
    }
    fill(house.dir.path(), again, "test/log\n2\nroot\n");
}

fn revisions(house: &House, who: &Who, id: &str) -> Value {
    let reply = house.get(who, &format!("/api/v1/records/{id}/revisions"));
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

#[test]
fn a_revision_names_the_fields_and_the_entries_of_the_log() {
    let house = start();
    let nobody = Who::default();
    assert_eq!(revisions(&house, &nobody, "claim_open")["total"], 0);
    let first = house.get(&nobody, "/api/v1/checkpoint").json()["checkpoint"].clone();
    filled_again(&house);
    let told = revisions(&house, &nobody, "claim_open");
    let item = &told["items"][0];
    assert_eq!(item["change"], "changed");
    assert_eq!(
        item["fields"],
        json!([{ "field": "fields.secret", "old": "secretofclaimopen", "new": "newsecretofclaimopen" }])
    );
    assert_eq!(item["entries"]["end"], 2);
    assert_eq!(item["entries"]["items"].as_array().unwrap().len(), 2);
    assert_eq!(item["state"], told["checkpoint"]);

    let diff = |query: &str| house.get(&nobody, &format!("/api/v1/records/claim_open/diff?{query}"));
    let first = first.as_str().unwrap();
    let now = told["checkpoint"].as_str().unwrap();
    assert_eq!(diff(&format!("from={first}")).json()["fields"], item["fields"]);
    let back = diff(&format!("from={now}&to={first}")).json();
    assert_eq!(back["fields"][0]["old"], "newsecretofclaimopen");
    assert_eq!(diff(&format!("from={now}&to={now}")).json()["fields"], json!([]));
    assert_eq!(diff("from=9-nothing").status, 410);
    assert_eq!(
        house.get(&nobody, "/api/v1/records/nothing/revisions").status,
        404
    );
}

#[test]
fn old_values_are_withheld_as_new_ones_are() {
    let mut before = records();
    // What rested on a claim that is withheld now, though it rests on another today.
    for record in before.iter_mut().filter(|it| it.id == "incident_open") {
        record.basis = vec!["claim_hidden".to_owned()];
        record.fields["told"] = json!("wordsofthehiddenclaim");
    }
    let house = crate::world::start_with(before, None);
    let root = house.administrator();
    let analyst = json!({ "name": "ada", "role": "analyst", "password": PASSWORD });
    house.send(&root, "POST", "/api/v1/users", Some(&analyst));
    for (kind, id, field) in [("claim", "hidden", "*"), ("claim", "part", "fields.secret")] {
        let body =
            json!({ "kind": kind, "id": format!("{kind}_{id}"), "field": field, "role": "administrator" });
        assert_eq!(
            house
                .send(&root, "POST", "/api/v1/restrictions", Some(&body))
                .status,
            200
        );
    }
    filled_again(&house);
    for who in [Who::default(), house.sign_in("ada")] {
        let part = revisions(&house, &who, "claim_part");
        assert_eq!(
            part["items"][0]["fields"],
            json!([]),
            "the part is absent in both"
        );
        assert_eq!(
            house.get(&who, "/api/v1/records/claim_hidden/revisions").status,
            404
        );
        let open = revisions(&house, &who, "incident_open");
        assert_eq!(open["items"][0]["kept"], false);
        for path in ["claim_part", "incident_open", "claim_hidden"] {
            let state = house.get(&who, "/api/v1/checkpoint").json()["checkpoint"].clone();
            assert!(state.as_str().unwrap().starts_with("2-"), "{state}");
            let reply = house.get(&who, &format!("/api/v1/records/{path}/revisions"));
            for canary in [
                "wordsofthehiddenclaim",
                "secretofclaimpart",
                "secretofclaimhidden",
            ] {
                assert!(!reply.body.contains(canary), "{path} tells {canary}");
            }
        }
    }
    let root = revisions(&house, &root, "incident_open");
    assert_eq!(
        root["items"][0]["fields"].as_array().unwrap().len(),
        3,
        "basis, told, secret: {root}"
    );
}

#[test]
fn two_states_differ_by_what_came_went_and_changed() {
    let house = start();
    let nobody = Who::default();
    let state = || {
        house.get(&nobody, "/api/v1/checkpoint").json()["checkpoint"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let diff = |query: &str| house.get(&nobody, &format!("/api/v1/diff?{query}"));
    let first = state();
    filled_again(&house);
    let second = state();
    // One claim goes, one comes, and the open incident now rests on a page and a ruling more.
    let mut third = records();
    for record in &mut third {
        let secret = record.fields["secret"].as_str().unwrap().to_owned();
        record.fields["secret"] = json!(format!("new{secret}"));
        if record.id == "incident_open" {
            record.fields["documents"] = json!(["second.html"]);
            record.fields["rulings"] = json!(["rul_1"]);
        }
    }
    let gone = third.iter().position(|it| it.id == "claim_part").unwrap();
    let mut come = third.remove(gone);
    come.id = "claim_new".to_owned();
    come.quote = Some("=1+1".to_owned());
    third.push(come);
    fill(house.dir.path(), third, "test/log\n3\nroot\n");

    let states = house.get(&nobody, "/api/v1/states").json();
    let names: Vec<&str> = states["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["state"].as_str().unwrap())
        .collect();
    assert_eq!(names, [state().as_str(), &second, &first]);
    assert_eq!(states["items"][0]["entries"], 3);

    let told = diff(&format!("from={second}")).json();
    assert_eq!(told["counts"]["claim"], json!({ "added": 1, "gone": 1 }));
    assert_eq!(told["counts"]["incident"], json!({ "changed": 1 }));
    assert_eq!(told["total"], 3);
    let incident = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["kind"] == "incident")
        .unwrap();
    assert_eq!(incident["pages"], json!({ "came": ["second.html"], "went": [] }));
    assert_eq!(incident["rulings"]["came"], json!(["rul_1"]));
    let fields: Vec<&str> = incident["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["fields.documents", "fields.rulings"]);

    let earlier = diff(&format!("from={first}&to={second}&kind=incident&limit=1")).json();
    assert_eq!(earlier["items"].as_array().unwrap().len(), 1);
    assert_eq!(earlier["items"][0]["fields"][0]["field"], "fields.secret");
    let more = earlier["total"].as_u64().unwrap() > 1;
    assert_eq!(earlier["next"], if more { json!("1") } else { Value::Null });
    assert_eq!(
        diff(&format!("from={second}&to={second}")).json()["counts"],
        json!({})
    );
    assert_eq!(diff(&format!("from={second}&to={first}")).status, 400);
    assert_eq!(diff("from=9-nothing").status, 410);

    let table = diff(&format!("from={second}&format=csv"));
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(
        table.body.starts_with("kind,id,change,was,field,old,new,"),
        "{}",
        table.body
    );
    assert!(
        table.body.contains("\"claim\",\"claim_part\",\"gone\""),
        "{}",
        table.body
    );
    assert_eq!(table.body.lines().count(), 5, "{}", table.body);
}

#[test]
fn what_is_withheld_is_in_no_difference() {
    let house = start();
    let root = house.administrator();
    let first = house.get(&root, "/api/v1/checkpoint").json()["checkpoint"].clone();
    let first = first.as_str().unwrap();
    for (id, field) in [("claim_hidden", "*"), ("claim_part", "fields.secret")] {
        let body = json!({ "kind": "claim", "id": id, "field": field, "role": "administrator" });
        assert_eq!(
            house
                .send(&root, "POST", "/api/v1/restrictions", Some(&body))
                .status,
            200
        );
    }
    filled_again(&house);
    for form in ["json&limit=200", "csv"] {
        let reply = house.get(
            &Who::default(),
            &format!("/api/v1/diff?from={first}&format={form}"),
        );
        assert_eq!(reply.status, 200);
        assert!(reply.body.contains("newsecretofclaimopen"), "{form}");
        for canary in ["claim_hidden", "secretofclaimhidden", "secretofclaimpart"] {
            assert!(!reply.body.contains(canary), "{form} tells {canary}");
        }
        let reply = house.get(&root, &format!("/api/v1/diff?from={first}&format={form}"));
        assert!(reply.body.contains("newsecretofclaimhidden"), "{form}");
    }
}

#[test]
fn an_agreement_is_tried_by_those_who_have_signed_in_and_over_what_they_may_see() {
    let mut all = records();
    for record in all.iter_mut().filter(|it| it.kind == "agreement") {
        record.fields["agreement"] = json!("pact");
    }
    let house = crate::world::start_with(all, None);
    let root = house.administrator();
    let analyst = json!({ "name": "ada", "role": "analyst", "password": PASSWORD });
    house.send(&root, "POST", "/api/v1/users", Some(&analyst));
    let ada = house.sign_in("ada");
    let path = "/api/v1/agreements/pact/trial";
    let ask = |who: &Who, text: &str| house.send(who, "POST", path, Some(&json!({ "text": text })));
    assert_eq!(ask(&Who::default(), "other").status, 401);
    assert_eq!(
        house.get(&Who::default(), "/api/v1/agreements/pact/text").status,
        401
    );
    assert_eq!(
        house.get(&ada, "/api/v1/agreements/pact/text").json()["text"],
        "words of the pact"
    );
    assert_eq!(house.get(&ada, "/api/v1/agreements/other/text").status, 404);

    let wrong = ask(&ada, "wrong").json();
    assert_eq!(wrong["faults"][0]["line"], 1);
    assert_eq!(
        (&wrong["total"], &wrong["before"]["violation"]),
        (&json!(0), &json!(0))
    );
    let tried = ask(&ada, "other").json();
    assert_eq!(
        (&tried["total"], &tried["before"]["violation"]),
        (&json!(3), &json!(3))
    );
    let body = json!({ "kind": "incident", "id": "incident_hidden", "field": "*", "role": "guarantor" });
    house.send(&root, "POST", "/api/v1/restrictions", Some(&body));
    let tried = ask(&ada, "other");
    assert!(!tried.body.contains("incident_hidden"), "{tried:?}");
    assert_eq!(
        (&tried.json()["total"], &tried.json()["before"]["violation"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(ask(&root, "other").json()["total"], 3);
    let body = json!({ "kind": "incident", "id": "*", "field": "fields.secret", "role": "guarantor" });
    house.send(&root, "POST", "/api/v1/restrictions", Some(&body));
    assert_eq!(
        ask(&ada, "other").status,
        403,
        "reasons may repeat what is withheld"
    );
    let long = "x".repeat(70_000);
    assert_eq!(ask(&root, &long).status, 413);
}
