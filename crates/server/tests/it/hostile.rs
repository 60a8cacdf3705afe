//! Requests that nobody means well with, and words of pages that would like to be more than words.

use serde_json::json;

use crate::world::{Who, fill, records, start, start_with};

/// Words that a browser would run, in every place of a record.
const LIVE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "</script><svg/onload=alert(1)>",
    "\u{2028}alert(1)//\u{202e}",
    "{{constructor.constructor('alert(1)')()}}",
];

#[test]
fn words_of_pages_stay_words() {
    let mut all = records();
    for (n, words) in LIVE.iter().enumerate() {
        let mut record = all[0].clone();
        record.kind = "incident".to_owned();
        record.id = format!("inc_live{n}");
        record.quote = Some((*words).to_owned());
        record.document = Some((*words).to_owned());
        record.fields = json!({ *words: words });
        all.push(record);
    }
    let house = start_with(all, None);
    let nobody = Who::default();
    for path in [
        "/api/v1/incidents",
        "/api/v1/export",
        "/api/v1/incidents/inc_live0",
        "/api/v1/map/incidents",
    ] {
        let reply = house.get(&nobody, path);
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        let kind = reply.header("content-type").unwrap();
        assert!(kind.contains("json"), "{path} is {kind}");
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
    }
    let back = house.get(&nobody, "/api/v1/incidents/inc_live0").json();
    assert_eq!(back["item"]["quote"], LIVE[0], "the words themselves are kept");
    for live in LIVE {
        let asked: String = live.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for path in [
            format!("/api/v1/incidents/{asked}"),
            format!("/{asked}"),
            format!("/api/v1/incidents?act={asked}"),
            format!("/api/v1/incidents?{asked}=1"),
            format!("/api/v1/changes?since={asked}"),
        ] {
            let reply = house.get(&nobody, &path);
            assert!(
                !reply.body.contains(live) || path.contains("changes"),
                "{path} gives back what it was sent"
            );
        }
    }
}

#[test]
fn every_answer_wears_its_headers() {
    let house = start();
    for path in [
        "/",
        "/assets/none.js",
        "/api/v1/none",
        "/api/v1/incidents",
        "/health",
        "/metrics",
        "/setup",
    ] {
        let reply = house.get(&Who::default(), path);
        for name in [
            "content-security-policy",
            "x-content-type-options",
            "referrer-policy",
            "x-frame-options",
        ] {
            assert!(reply.header(name).is_some(), "{path} has no {name}");
        }
        assert!(reply.header("access-control-allow-origin").is_none(), "{path}");
        let policy = reply.header("content-security-policy").unwrap();
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
    }
    let start = house.get(&Who::default(), "/");
    assert!(
        start.header("content-type").unwrap().starts_with("text/html"),
        "{start:?}"
    );
}

#[test]
fn no_path_leads_out() {
    let house = start();
    let ups = [
        "..",
        "../..",
        "%2e%2e",
        "%2e%2e/%2e%2e",
        "..%2f..%2f",
        "%252e%252e%252f",
        "..\\..",
        "%5c..%5c..",
        ".%00./",
        "....//....//",
        "%c0%ae%c0%ae/",
        "/etc/passwd",
        "file:///etc/passwd",
        "key",
        "desk.sqlite",
        "view.sqlite",
        "log/checkpoint",
        ":id",
        "{id}",
        "%3Aid",
        "*",
        "%00",
        "%ff%fe",
        "con",
        "aux.txt",
    ];
    let mut tried = 0;
    for up in ups {
        for before in [
            "/",
            "/assets/",
            "/api/v1/",
            "/api/v1/incidents/",
            "/api/v1/documents/",
            "/api/v1/log/",
            "/api/v1/zones/",
        ] {
            for after in ["", "/etc/passwd", "/desk.sqlite", "/key", "/text", "/proof"] {
                let reply = house.get(&Who::default(), &format!("{before}{up}{after}"));
                let place = format!("{before}{up}{after}");
                assert!(
                    matches!(reply.status, 200 | 400 | 404 | 405),
                    "{place}: {reply:?}"
                );
                for found in ["root:x:", "PRIVATE", "SQLite format"] {
                    assert!(!reply.body.contains(found), "{place} tells {found}");
                }
                let is_page = reply.body.contains("The pages for people") || reply.body.contains("<div id=");
                assert!(
                    reply.status != 200 || is_page || place.contains("/api/v1/log/checkpoint"),
                    "{place}: {reply:?}"
                );
                tried += 1;
            }
        }
    }
    println!("{tried} paths, none led out");
}

#[test]
fn what_does_not_read_is_refused_plainly() {
    let house = start();
    let long = "a".repeat(20_000);
    let queries = [
        "from=yesterday",
        "from=2031-02-30",
        "limit=0",
        "limit=1001",
        "limit=-1",
        "limit=1e3",
        "after=x",
        "act=",
        "act=,",
        "bbox=1,2,3",
        "bbox=NaN,0,1,1",
        "bbox=inf,0,1,1",
        "bbox=0,5,1,1",
        "bbox=999,0,1,1",
        "background=maybe",
        "limit=1&limit=2",
        "nothing=1",
        "text=",
        "from[]=2031-05-03",
        "sql=select",
        "ids=a",
    ];
    for query in queries {
        let reply = house.get(&Who::default(), &format!("/api/v1/incidents?{query}"));
        assert_eq!(reply.status, 400, "{query}: {reply:?}");
        assert_eq!(reply.json()["error"]["code"], "bad-request", "{query}");
    }
    assert_eq!(
        house
            .get(&Who::default(), &format!("/api/v1/incidents?act={long}"))
            .status,
        400
    );
    for text in [
        "%27",
        "%22",
        "*",
        "NEAR(",
        "a*b*c*",
        "%25%25%25",
        "OR%201=1",
        "%00",
        "%F0%9F%92%A5",
    ] {
        let reply = house.get(&Who::default(), &format!("/api/v1/incidents?text={text}"));
        assert_eq!(
            reply.status, 200,
            "any words are a fair question: {text}: {reply:?}"
        );
    }
    let big = json!({ "name": "x", "password": "y".repeat(100_000) });
    assert_eq!(
        house
            .send(&Who::default(), "POST", "/api/v1/session", Some(&big))
            .status,
        413
    );
    assert_eq!(
        house
            .send(&Who::default(), "PUT", "/api/v1/incidents", None)
            .status,
        405
    );
    assert_eq!(house.send(&Who::default(), "POST", "/", None).status, 405);
    let lied = "GET /api/v1/session HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(
        house.raw(lied.as_bytes()).status,
        400,
        "a name of another host that points here"
    );
    for nonsense in [
        "\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ] {
        let reply = house.raw(nonsense.as_bytes());
        assert!(matches!(reply.status, 0 | 400 | 404), "{nonsense:?}: {reply:?}");
    }
    assert_eq!(house.get(&Who::default(), "/health").status, 200, "and it lives");
}

#[test]
fn a_reader_learns_what_changed_and_of_nothing_else() {
    let house = start();
    let nobody = Who::default();
    let state = |reply: &crate::world::Reply| reply.json()["checkpoint"].as_str().unwrap().to_owned();
    let first = state(&house.get(&nobody, "/api/v1/checkpoint"));
    let changes = |since: &str| house.get(&nobody, &format!("/api/v1/changes?since={since}"));
    assert_eq!(changes(&first).json()["changes"], json!([]));
    let mut all = records();
    all.retain(|record| record.id != "claim_open");
    all.iter_mut()
        .filter(|record| record.id == "incident_open")
        .for_each(|it| it.quote = Some("other words".into()));
    let mut added = all[0].clone();
    added.id = "document_new".to_owned();
    all.push(added);
    fill(house.dir.path(), all, "second head");
    let reply = changes(&first);
    let told = json!([
        { "kind": "claim", "id": "claim_open", "change": "gone" },
        { "kind": "document", "id": "document_new", "change": "added" },
        { "kind": "incident", "id": "incident_open", "change": "changed" },
    ]);
    assert_eq!(reply.json()["changes"], told);
    assert_ne!(state(&reply), first);
    assert_eq!(changes("9-nothing").status, 410);
    let events = house.get(&nobody, "/api/v1/events");
    assert!(events.body.contains("event: checkpoint"), "{events:?}");
}

#[test]
fn a_proof_checks_with_the_public_key_alone() {
    let house = start();
    let nobody = Who::default();
    let proof = house.get(&nobody, "/api/v1/documents/document_open/proof");
    assert_eq!(proof.status, 200, "{proof:?}");
    let key = ledger::SigningKey::from_random("test/log", &[7; 32])
        .unwrap()
        .verifier();
    let file = ledger::ProofFile::parse(proof.body.as_bytes()).unwrap();
    assert!(file.check(b"an entry", &key).is_ok());
    assert!(file.check(b"another", &key).is_err());
    assert_eq!(house.get(&nobody, "/api/v1/log/2/proof").status, 404);
    assert_eq!(house.get(&nobody, "/api/v1/log/-1/proof").status, 404);
    assert!(
        house
            .get(&nobody, "/api/v1/log/checkpoint")
            .body
            .starts_with("test/log\n2\n")
    );
}

#[test]
fn the_description_tells_of_every_route_and_of_no_other() {
    let house = start();
    let told = house.get(&Who::default(), "/api/v1/openapi.json").json();
    let mut paths = 0;
    for (path, verbs) in told["paths"].as_object().unwrap() {
        for verb in verbs.as_object().unwrap().keys() {
            let declared = server::declared();
            assert!(
                declared
                    .iter()
                    .any(|it| it.path == path && it.method.to_lowercase() == *verb),
                "{verb} {path}"
            );
            paths += 1;
        }
    }
    assert_eq!(paths, server::declared().len());
    assert_eq!(told["openapi"], "3.1.0");
}

#[test]
fn long_texts_are_packed_for_those_who_take_them_and_secrets_never_are() {
    let house = start();
    let asked = |path: &str, takes: &str| {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{takes}Connection: close\r\n\r\n");
        house.raw(request.as_bytes())
    };
    let packed = "Accept-Encoding: gzip\r\n";
    let long = asked("/api/v1/openapi.json", packed);
    assert_eq!(
        (long.status, long.header("content-encoding")),
        (200, Some("gzip"))
    );
    let plain = asked("/api/v1/openapi.json", "");
    assert_eq!((plain.status, plain.header("content-encoding")), (200, None));
    let secret = asked("/api/v1/session", packed);
    assert_eq!((secret.status, secret.header("content-encoding")), (200, None));
}
