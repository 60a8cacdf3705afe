//! Every role at every route, on records that are open, withheld whole, and withheld in part.

use serde_json::{Value, json};
use server::Role;

use crate::world::{House, PASSWORD, Who, start};

/// From this role on, what the tests withhold may be read.
const LOWEST: Role = Role::Guarantor;

/// Somebody of each role.
fn people(house: &House) -> Vec<(Role, Who)> {
    let administrator = house.administrator();
    let mut people = Vec::new();
    for role in Role::ALL {
        let who = match role {
            Role::Public => Who::default(),
            Role::Administrator => administrator.clone(),
            _ => {
                let body = json!({ "name": role.as_str(), "role": role.as_str(), "password": PASSWORD });
                assert_eq!(
                    house
                        .send(&administrator, "POST", "/api/v1/users", Some(&body))
                        .status,
                    200
                );
                house.sign_in(role.as_str())
            }
        };
        people.push((role, who));
    }
    for kind in reports::KINDS {
        for (id, field) in [("hidden", "*"), ("part", "fields.secret")] {
            let body = json!({
                "kind": kind, "id": format!("{kind}_{id}"), "field": field, "role": LOWEST.as_str(),
            });
            let reply = house.send(&administrator, "POST", "/api/v1/restrictions", Some(&body));
            assert_eq!(reply.status, 200, "{reply:?}");
        }
    }
    people
}

/// Name of the state that the view is in.
fn state(house: &House) -> String {
    let head = house.get(&Who::default(), "/api/v1/checkpoint").json();
    head["checkpoint"].as_str().unwrap().to_owned()
}

/// An address for a route, with the object in it.
fn address(house: &House, route: &server::Declared, kind: &str, object: &str) -> String {
    let path = route
        .path
        .replace("{id}", &format!("{kind}_{object}"))
        .replace("{entry}", "0")
        .replace("{collection}", "incidents")
        .replace("{name}", "nobody");
    match route.path {
        "/api/v1/records" => format!("{path}?ids={kind}_{object}"),
        "/api/v1/records/{id}/diff" | "/api/v1/diff" => format!("{path}?from={}", state(house)),
        "/api/v1/restrictions/preview" => format!("{path}?id={kind}_{object}&role=analyst"),
        "/api/v1/map/clusters" => format!("{path}?window=-180,-90,180,90&zoom=3"),
        "/api/v1/changes" => format!("{path}?since=1-0"),
        _ => path,
    }
}

#[test]
fn no_role_reads_what_its_policy_does_not_admit() {
    let house = start();
    let people = people(&house);
    let (mut cells, mut seen) = (0, 0);
    for route in server::declared() {
        // Others' kinds stand in a route's address only where it is about no kind.
        let kind = if route.kind.is_empty() {
            "incident"
        } else {
            route.kind
        };
        for (role, who) in &people {
            let admitted = route.roles.contains(&role.as_str());
            if route.method != "GET" {
                // A body that fits no form: whoever is admitted gets as far as the form.
                let who = if route.path == "/api/v1/session" {
                    &Who::default()
                } else {
                    who
                };
                let body = route.body.then(|| json!({ "nothing": true }));
                let reply = house.send(
                    who,
                    route.method,
                    &address(&house, &route, kind, "open"),
                    body.as_ref(),
                );
                let refused = matches!(reply.status, 401 | 403);
                let expected = !admitted && route.path != "/api/v1/session";
                assert_eq!(
                    refused, expected,
                    "{role:?} {} {}: {reply:?}",
                    route.method, route.path
                );
                cells += 1;
                continue;
            }
            for object in ["open", "hidden", "part"] {
                let reply = house.get(who, &address(&house, &route, kind, object));
                let place = format!("{role:?} {} {object}", route.path);
                assert_eq!(
                    matches!(reply.status, 401),
                    !admitted && *role == Role::Public,
                    "{place}: {reply:?}"
                );
                if !admitted {
                    assert!(matches!(reply.status, 401 | 403), "{place}: {reply:?}");
                    assert!(!reply.body.contains("of incident"), "{place}");
                }
                for of in reports::KINDS {
                    for (owner, field) in [
                        ("hidden", "quote"),
                        ("hidden", "secret"),
                        ("hidden", "reason"),
                        ("part", "secret"),
                    ] {
                        let canary = format!("{field}of{of}{owner}");
                        let found = reply.body.contains(&canary);
                        assert!(!found || (admitted && *role >= LOWEST), "{place} tells {canary}");
                        seen += usize::from(found);
                        cells += 1;
                    }
                }
                let open = reply.body.contains(&format!("secretof{kind}open"));
                let is_item = route.path.ends_with("/{id}") && !route.kind.is_empty();
                if admitted && is_item {
                    assert_eq!(open, object == "open", "{place}: {reply:?}");
                    let expected = if object == "hidden" && *role < LOWEST {
                        404
                    } else {
                        200
                    };
                    assert_eq!(reply.status, expected, "{place}: {reply:?}");
                }
                if admitted && !route.kind.is_empty() && !is_item && !route.path.contains('{') {
                    assert!(open, "{place}: what is open must be told");
                    let total = if *role < LOWEST { 2 } else { 3 };
                    assert_eq!(reply.json()["total"], total, "{place}");
                }
            }
        }
    }
    assert!(seen > 900, "those who may, read it: {seen}");
    println!("{cells} cells of role, route, object and field; {seen} readings by those who may; 0 leaks");
}

#[test]
fn rows_of_others_are_withheld_in_every_version_and_by_every_filter() {
    let house = start();
    let people = people(&house);
    let (_, administrator) = people.last().unwrap();
    let rows = crate::world::foreign();
    for (name, field) in [("hidden", "*"), ("part", "fields.sources")] {
        // The older version is named: what it says stands in the changes of the newer one too.
        let version = rows
            .all()
            .find(|it| it.row.key == name && it.number == 1)
            .unwrap();
        let id = version.row.id().to_string();
        let body = json!({ "kind": "foreign", "id": id, "field": field, "role": LOWEST.as_str() });
        let reply = house.send(administrator, "POST", "/api/v1/restrictions", Some(&body));
        assert_eq!(reply.status, 200, "{reply:?}");
    }
    let (mut cells, mut seen) = (0, 0);
    let queries = [
        "",
        "?key=open",
        "?key=hidden",
        "?key=part",
        "?source=office",
        "?from=2031-05-03",
    ];
    for (role, who) in &people {
        for query in queries {
            let reply = house.get(who, &format!("/api/v1/foreign{query}"));
            if *role == Role::Public {
                assert_eq!(reply.status, 401);
                continue;
            }
            assert_eq!(reply.status, 200, "{reply:?}");
            for (owner, what) in [
                ("hidden", "quote"),
                ("hidden", "secret"),
                ("hidden", "content"),
                ("part", "secret"),
                ("part", "content"),
            ] {
                let found = reply.body.contains(&format!("{what}offoreign{owner}"));
                assert!(
                    !found || *role >= LOWEST,
                    "{role:?} {query} tells {what} of {owner}"
                );
                seen += usize::from(found);
                cells += 1;
            }
            let total = match (query, *role < LOWEST) {
                ("", true) => 2,
                ("" | "?source=office" | "?from=2031-05-03", false) => 3,
                ("?key=open", _) | (_, false) => 2,
                ("?key=hidden" | "?key=part", true) => 0,
                (_, true) => 1,
            };
            assert_eq!(reply.json()["total"], total, "{role:?} {query}");
        }
    }
    assert_eq!(seen, 2 * (5 * 3 + 3 + 2), "those who may, read it");
    println!("{cells} cells of role, query, row and field; {seen} readings by those who may; 0 leaks");
}

#[test]
fn an_administrator_sees_what_another_role_sees() {
    let house = start();
    let people = people(&house);
    let (_, administrator) = people.last().unwrap();
    let preview = |id: &str, role: &str| {
        house.get(
            administrator,
            &format!("/api/v1/restrictions/preview?id={id}&role={role}"),
        )
    };
    for (role, whole) in [("public", false), ("analyst", false), ("guarantor", true)] {
        let hidden = preview("incident_hidden", role).json();
        assert_eq!(
            hidden["items"].as_array().unwrap().len(),
            usize::from(whole),
            "{role}"
        );
        assert_eq!(hidden["of"], 1, "{role}");
        let part = preview("incident_part", role);
        assert_eq!(
            part.body.contains("secretofincidentpart"),
            whole,
            "{role}: {part:?}"
        );
        assert_eq!(
            part.body.contains("\"withheld\":[\"fields.secret\"]"),
            !whole,
            "{role}: {part:?}"
        );
    }
    // Notes are for those who have signed in.
    assert_eq!(preview("note_open", "public").json()["items"], json!([]));
    assert_eq!(preview("nothing", "public").status, 404);
}

#[test]
fn a_filter_tells_nothing_of_what_is_withheld() {
    let house = start();
    let people = people(&house);
    for (role, who) in people {
        let count =
            |query: &str| house.get(&who, &format!("/api/v1/incidents?{query}")).json()["total"].clone();
        let whole: Value = if role < LOWEST { 1.into() } else { 3.into() };
        assert_eq!(count("act=shelling"), whole, "{role:?}");
        assert_eq!(count("from=2031-05-03&to=2031-05-03"), whole, "{role:?}");
        let hidden: Value = if role < LOWEST { 0.into() } else { 1.into() };
        assert_eq!(count("text=quoteofincidenthidden"), hidden, "{role:?}");
        let total = house.get(&who, "/api/v1/summary?act=shelling").json()["incidents"].clone();
        assert_eq!(total, whole, "{role:?}");
    }
}

#[test]
fn what_rests_on_something_withheld_is_withheld_and_so_are_its_words_on_the_page() {
    let mut records = crate::world::records();
    let page = |id: &str, kind: &str, span: (usize, usize), basis: &[&str]| {
        let mut record = crate::world::records().remove(0);
        record.kind = kind.to_owned();
        record.id = id.to_owned();
        record.document = Some("page.txt".to_owned());
        (record.start, record.end) = (Some(span.0), Some(span.1));
        record.quote = Some(format!("wordsof{id}"));
        record.basis = basis.iter().map(|id| (*id).to_owned()).collect();
        record
    };
    records.extend([
        page("pas_1", "passage", (0, 50), &[]),
        page("pas_2", "passage", (60, 90), &[]),
        page("clm_1", "claim", (0, 20), &["pas_1"]),
        page("clm_same", "claim", (10, 20), &["pas_1"]),
        page("clm_beside", "claim", (30, 50), &["pas_1"]),
        page("clm_2", "claim", (60, 90), &["pas_2"]),
        page("inc_1", "incident", (0, 20), &["clm_1", "clm_2"]),
        page("fin_1", "finding", (0, 20), &["inc_1"]),
        page("inc_2", "incident", (60, 90), &["clm_2"]),
    ]);
    let house = crate::world::start_with(records, None);
    let administrator = house.administrator();
    let body = json!({ "kind": "claim", "id": "clm_1", "field": "*", "role": "administrator" });
    house.send(&administrator, "POST", "/api/v1/restrictions", Some(&body));
    let status = |path: &str| house.get(&Who::default(), path).status;
    for gone in [
        "claims/clm_1",
        "claims/clm_same",
        "incidents/inc_1",
        "findings/fin_1",
    ] {
        assert_eq!(status(&format!("/api/v1/{gone}")), 404, "{gone}");
    }
    for left in ["claims/clm_beside", "claims/clm_2", "incidents/inc_2"] {
        assert_eq!(status(&format!("/api/v1/{left}")), 200, "{left}");
    }
    let reply = house.send(
        &administrator,
        "DELETE",
        "/api/v1/restrictions",
        Some(&json!({"kind": "claim", "id": "clm_1", "field": "*"})),
    );
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(status("/api/v1/claims/clm_1"), 200);
}
