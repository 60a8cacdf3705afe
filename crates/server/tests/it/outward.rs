//! What goes out: feeds of saved searches, signed messages, and features for programs that draw maps.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::world::{House, PASSWORD, Who, fill, records, start};

fn account(house: &House, root: &Who, name: &str) -> Who {
    let body = json!({ "name": name, "role": "analyst", "password": PASSWORD });
    assert_eq!(house.send(root, "POST", "/api/v1/users", Some(&body)).status, 200);
    house.sign_in(name)
}

fn saved(house: &House, who: &Who, query: &str, public: bool) -> Value {
    let body = json!({ "name": "all <b>", "query": query, "public": public });
    let reply = house.send(who, "POST", "/api/v1/searches", Some(&body));
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

fn withhold(house: &House, root: &Who, id: &str) {
    let body = json!({ "kind": "incident", "id": id, "field": "*", "role": "guarantor" });
    assert_eq!(
        house
            .send(root, "POST", "/api/v1/restrictions", Some(&body))
            .status,
        200
    );
}

#[test]
fn a_feed_shows_what_its_owner_may_see_and_never_more_than_an_analyst() {
    let house = start();
    let root = house.administrator();
    let ada = account(&house, &root, "ada");
    withhold(&house, &root, "incident_hidden");
    let nobody = Who::default();
    let own = saved(&house, &ada, "act=shelling&from=2031-01-01", false);
    let roots = saved(&house, &root, "", false);
    let public = saved(&house, &ada, "", true);
    let feed = |it: &Value| house.get(&nobody, it["feed"].as_str().unwrap());
    for it in [&own, &roots, &public] {
        let reply = feed(it);
        assert_eq!(reply.status, 200, "{reply:?}");
        assert!(
            reply
                .header("content-type")
                .unwrap()
                .starts_with("application/atom+xml")
        );
        assert!(
            reply.body.contains("urn:truceline:incident:incident_open"),
            "{reply:?}"
        );
        assert!(!reply.body.contains("incident_hidden"), "{reply:?}");
        assert!(reply.body.contains("<title>all &lt;b&gt;</title>"), "{reply:?}");
        assert!(reply.body.contains("<updated>20"), "{reply:?}");
    }
    let bare = format!("/feeds/{}", own["id"].as_str().unwrap());
    assert_eq!(house.get(&nobody, &bare).status, 404);
    assert_eq!(house.get(&ada, &format!("{bare}?token=guess")).status, 404);
    assert!(
        !house.get(&ada, "/api/v1/searches").body.contains("token"),
        "told once"
    );
    let none = saved(&house, &ada, "act=meeting", true);
    assert!(!feed(&none).body.contains("<entry>"));

    // Another account's search is not there.
    let eve = account(&house, &root, "eve");
    let path = format!("/api/v1/searches/{}", own["id"].as_str().unwrap());
    assert_eq!(house.send(&eve, "DELETE", &path, None).status, 404);
    assert!(!house.get(&eve, "/api/v1/searches").body.contains("ada"));
    for query in [
        "nothing=1",
        "act=",
        "from=2031-13-01",
        "act=a&act=b",
        "limit=5",
        "ids=a",
    ] {
        let body = json!({ "name": "x", "query": query, "public": true });
        let reply = house.send(&ada, "POST", "/api/v1/searches", Some(&body));
        assert_eq!(reply.status, 400, "{query}");
    }
    // A new state comes first, and whoever is disabled tells nothing.
    let mut again = records();
    again
        .iter_mut()
        .find(|it| it.id == "incident_part")
        .unwrap()
        .fields["secret"] = json!("other");
    fill(house.dir.path(), again, "test/log\n2\nroot\n");
    let body = feed(&own).body;
    assert!(
        body.contains("incident_part") && body.contains("incident_open"),
        "{body}"
    );
    house.send(
        &root,
        "PUT",
        "/api/v1/users/ada",
        Some(&json!({ "disabled": true })),
    );
    assert_eq!(feed(&own).status, 404);
    assert_eq!(feed(&public).status, 404);
}

/// A receiver that answers with these statuses in turn, and hands on what it got.
fn receiver(answers: Vec<&'static str>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (sender, got) = channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut all = Vec::new();
            let mut part = [0; 4_096];
            loop {
                let count = stream.read(&mut part).unwrap_or(0);
                all.extend(&part[..count]);
                let text = String::from_utf8_lossy(&all);
                let length = text.lines().find_map(|line| {
                    line.to_lowercase()
                        .strip_prefix("content-length: ")?
                        .parse::<usize>()
                        .ok()
                });
                let body = text.split_once("\r\n\r\n").map_or(0, |(_, body)| body.len());
                if count == 0 || length.is_some_and(|length| body >= length) {
                    break;
                }
            }
            let _ = stream.write_all(
                format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").as_bytes(),
            );
            let _ = sender.send(String::from_utf8_lossy(&all).into_owned());
        }
    });
    (address, got)
}

fn header(message: &str, name: &str) -> String {
    let mut lines = message.lines().filter_map(|line| line.split_once(": "));
    lines
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .unwrap()
        .1
        .to_owned()
}

fn body(message: &str) -> &str {
    message.split_once("\r\n\r\n").unwrap().1
}

const WAIT: Duration = Duration::from_secs(30);

fn deliveries(house: &House, who: &Who, hook: &str) -> Value {
    house.get(who, &format!("/api/v1/hooks/{hook}/deliveries")).json()["items"].clone()
}

/// The newest delivery once it is as it should be.
#[expect(
    clippy::disallowed_methods,
    reason = "the server sends in its own time, and tells nobody when"
)]
fn eventually(house: &House, who: &Who, hook: &str, holds: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..300 {
        let newest = deliveries(house, who, hook)[0].clone();
        if holds(&newest) {
            return newest;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("{}", deliveries(house, who, hook));
}

#[test]
fn a_hook_tells_of_changes_signed_and_again_until_it_is_heard() {
    let house = start();
    let root = house.administrator();
    let ada = account(&house, &root, "ada");
    withhold(&house, &root, "incident_hidden");
    let (address, got) = receiver(vec![
        "500 Broken",
        "200 OK",
        "302 Found\r\nLocation: http://127.0.0.1:9/",
    ]);
    let set = |who: &Who, search: &Value, url: &str| {
        let body = json!({ "search": search["id"], "url": url });
        house.send(who, "POST", "/api/v1/hooks", Some(&body))
    };
    let search = saved(&house, &ada, "act=shelling", false);
    let url = format!("http://{address}/in?x=1");
    assert_eq!(set(&ada, &search, &url).status, 400, "an inner address");
    let allow = json!({ "hook_hosts": [address] });
    assert_eq!(
        house.send(&root, "PUT", "/api/v1/settings", Some(&allow)).status,
        200
    );
    let roots = saved(&house, &root, "", false);
    assert_eq!(set(&ada, &roots, &url).status, 404, "another's search");
    let hook = set(&ada, &search, &url).json();
    let (id, secret) = (hook["id"].as_str().unwrap(), hook["secret"].as_str().unwrap());
    assert!(
        !house.get(&ada, "/api/v1/hooks").body.contains("secret"),
        "told once"
    );

    let mut again = records();
    for record in again.iter_mut().filter(|it| it.kind == "incident") {
        record.fields["secret"] = json!("other");
    }
    fill(house.dir.path(), again, "test/log\n2\nroot\n");
    let first = got.recv_timeout(WAIT).unwrap();
    assert!(first.starts_with("POST /in?x=1 HTTP/1.1\r\n"), "{first}");
    let told: Value = serde_json::from_str(body(&first)).unwrap();
    assert_eq!(
        (&told["total"], &told["type"]),
        (&json!(2), &json!("incidents.changed"))
    );
    assert!(!first.contains("incident_hidden"), "{first}");
    let signed = |message: &str| {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        let (id, at) = (
            header(message, "webhook-id"),
            header(message, "webhook-timestamp"),
        );
        mac.update(format!("{id}.{at}.{}", body(message)).as_bytes());
        let signature = header(message, "webhook-signature");
        mac.verify_slice(&STANDARD.decode(signature.strip_prefix("v1,").unwrap()).unwrap())
            .unwrap();
        (id, at)
    };
    let (name, at) = signed(&first);
    let waiting = eventually(&house, &ada, id, |it| it["status"] == 500);
    assert_eq!(
        (&waiting["state"], &waiting["tries"]),
        (&json!("waiting"), &json!(1))
    );
    house.clock_ms.fetch_add(11_000, Ordering::Relaxed);
    let second = got.recv_timeout(WAIT).unwrap();
    let (same, later) = signed(&second);
    assert_eq!((same, body(&second)), (name, body(&first)), "the same message");
    assert_ne!(later, at, "signed anew");
    let done = eventually(&house, &ada, id, |it| it["state"] == "done");
    assert_eq!((&done["status"], &done["tries"]), (&json!(200), &json!(2)));

    // A redirect is not followed, and tells a failure.
    house.send(&ada, "POST", &format!("/api/v1/hooks/{id}/ping"), None);
    let ping = got.recv_timeout(WAIT).unwrap();
    assert!(ping.contains("\"type\":\"ping\""), "{ping}");
    let redirected = eventually(&house, &ada, id, |it| it["status"] == 302);
    assert_eq!(redirected["error"], "redirects are not followed");
    let eve = account(&house, &root, "eve");
    for (verb, path) in [("GET", "deliveries"), ("POST", "ping")] {
        assert_eq!(
            house
                .send(&eve, verb, &format!("/api/v1/hooks/{id}/{path}"), None)
                .status,
            404
        );
    }
    let search = format!("/api/v1/searches/{}", search["id"].as_str().unwrap());
    assert_eq!(house.send(&ada, "DELETE", &search, None).status, 200);
    assert_eq!(
        house.get(&ada, "/api/v1/hooks").json()["items"],
        json!([]),
        "gone with its search"
    );
}

#[test]
fn no_hook_reaches_an_inner_address() {
    let house = start();
    let root = house.administrator();
    let search = saved(&house, &root, "", false);
    let canary = TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    let port = canary.local_addr().unwrap().port();
    let set = |url: &str| {
        let body = json!({ "search": search["id"], "url": url });
        house.send(&root, "POST", "/api/v1/hooks", Some(&body))
    };
    let mut refused = 0;
    for host in [
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "0x7f.1",
        "0177.0.0.1",
        "2130706433",
        "127.1",
        "0",
        "169.254.169.254",
        "10.1.2.3",
    ] {
        for scheme in ["http", "https", "file", "gopher"] {
            let reply = set(&format!("{scheme}://{host}:{port}/"));
            if reply.status == 400 {
                refused += 1;
                continue;
            }
            let id = reply.json()["id"].as_str().unwrap().to_owned();
            house.send(&root, "POST", &format!("/api/v1/hooks/{id}/ping"), None);
            let tried = eventually(&house, &root, &id, |it| it["tries"] == 1);
            let why = tried["error"].as_str().unwrap();
            assert!(
                why.contains("not a public") || why.contains("not known"),
                "{host}: {why}"
            );
            refused += 1;
        }
    }
    assert_eq!(refused, 44);
    assert!(canary.accept().is_err(), "nobody came");
}

#[test]
fn features_are_given_as_the_standard_has_them() {
    let house = start();
    let nobody = Who::default();
    let get = |path: &str| house.get(&nobody, path);
    let landing = get("/ogc").json();
    for rel in ["self", "service-desc", "conformance", "data"] {
        let links = landing["links"].as_array().unwrap();
        let link = links.iter().find(|it| it["rel"] == rel).unwrap();
        assert!(
            link["href"].as_str().unwrap().starts_with("http://127.0.0.1"),
            "{link}"
        );
    }
    let classes = get("/ogc/conformance").json()["conformsTo"].to_string();
    assert!(classes.contains("/conf/core") && classes.contains("/conf/geojson"));
    assert_eq!(get("/ogc/api").json()["openapi"], "3.1.0");
    let all = get("/ogc/collections").json();
    for collection in all["collections"].as_array().unwrap() {
        let id = collection["id"].as_str().unwrap();
        assert_eq!(&get(&format!("/ogc/collections/{id}")).json(), collection);
        let items = get(&format!("/ogc/collections/{id}/items?limit=2000000000"));
        assert_eq!(items.status, 200, "more than the most is no fault: {items:?}");
        assert_eq!(items.header("content-type"), Some("application/geo+json"));
        let items = items.json();
        assert_eq!(
            items["numberReturned"],
            items["features"].as_array().unwrap().len()
        );
        for query in [
            "limit=0",
            "limit=x",
            "bbox=1,2,3",
            "bbox=1,2,3,x",
            "datetime=yesterday",
            "unknown=1",
            "limit=1&limit=2",
            "offset=-1",
        ] {
            assert_eq!(
                get(&format!("/ogc/collections/{id}/items?{query}")).status,
                400,
                "{query}"
            );
        }
        assert_eq!(get(&format!("/ogc/collections/{id}/items/nothing")).status, 404);
    }
    let page = get("/ogc/collections/incidents/items?limit=1&offset=1&datetime=../2031-12-31").json();
    assert_eq!(page["numberMatched"], 3);
    let rels: Vec<_> = page["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["rel"].as_str().unwrap())
        .collect();
    assert_eq!(rels, ["self", "collection", "next", "prev"]);
    let next = page["links"][2]["href"].as_str().unwrap();
    assert!(
        next.ends_with("/items?datetime=../2031-12-31&limit=1&offset=2"),
        "{next}"
    );
    assert_eq!(get("/ogc/collections/other/items").status, 404);
    let early =
        get("/ogc/collections/incidents/items?datetime=2031-05-01T00:00:00Z/2031-05-02T00:00:00Z").json();
    assert_eq!(early["numberMatched"], 0);
}
