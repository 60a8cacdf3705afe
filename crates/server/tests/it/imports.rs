//! Tables that people send: who may, how large, in what form, and that nothing is read for those who may not.

use serde_json::{Value, json};

use crate::world::{PASSWORD, Who, raw, start};

const LOOK: &str = "/api/v1/foreign/preview";

#[test]
fn a_file_is_looked_at_and_kept_by_those_who_may() {
    let house = start();
    let root = house.administrator();
    let path = format!(
        "{LOOK}?name=..%2F..%2Fetc%2Fmay.csv&source=office&columns=id=0,date=3,notes=&dates=day-first&kind=csv"
    );
    let reply = house.file(&root, &path, b"a,b\n1,2\n");
    assert_eq!(reply.status, 200, "{reply:?}");
    let (found, asked) = (reply.json(), reply.json()["because"].to_string());
    assert_eq!((&found["kept"], &found["lacks"]), (&8.into(), &Value::Null));
    for words in [
        "name: \\\"may.csv\\\"",
        "(\\\"date\\\", Some(3))",
        "(\\\"notes\\\", None)",
        "day-first",
    ] {
        assert!(asked.contains(words), "{words}: {asked}");
    }
    let kept = house.file(&root, "/api/v1/foreign?name=may.csv&source=office", b"a,b\n");
    assert_eq!((kept.status, &kept.json()["entry"]), (200, &7.into()), "{kept:?}");
    let rejected = house.file(&root, "/api/v1/foreign/rejected?name=may.csv", b"a,b\n");
    assert!(
        rejected
            .header("content-disposition")
            .is_some_and(|it| it.contains("rejected.csv"))
    );
    assert!(rejected.body.starts_with("line,reason,row"), "{rejected:?}");
    for (query, body) in [
        ("", &b"a"[..]),
        ("?name=a&kind=xls", b"a"),
        ("?name=a&columns=date", b"a"),
        ("?name=a&columns=date=x", b"a"),
        ("?name=a%00b", b"a"),
        ("?name=a&path=/etc", b"a"),
        ("?name=a", b"none"),
    ] {
        let reply = house.file(&root, &format!("{LOOK}{query}"), body);
        assert_eq!(reply.status, 400, "{query}: {reply:?}");
    }
    assert_eq!(house.file(&root, &format!("{LOOK}?name=a"), b"busy").status, 503);
    let form = house.send(&root, "POST", &format!("{LOOK}?name=a"), Some(&json!({})));
    assert_eq!(form.status, 415, "{form:?}");
}

#[test]
fn nobody_s_file_is_taken_in_before_it_is_known_who_sends_it() {
    let house = start();
    let root = house.administrator();
    let guarantor = json!({ "name": "gar", "role": "guarantor", "password": PASSWORD });
    assert_eq!(
        house
            .send(&root, "POST", "/api/v1/users", Some(&guarantor))
            .status,
        200
    );
    let guarantor = house.sign_in("gar");
    let forged = Who {
        csrf: "another".to_owned(),
        ..root.clone()
    };
    for (who, status) in [(&Who::default(), 401), (&guarantor, 403), (&forged, 403)] {
        // The body is promised and never sent: the answer comes all the same.
        let head = format!(
            "POST {LOOK}?name=a HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\nX-CSRF-Token: {}\r\n\
            Content-Type: application/octet-stream\r\nContent-Length: 60000000\r\n\r\n",
            house.server.address(),
            who.cookie,
            who.csrf
        );
        assert_eq!(raw(house.server.address(), head.as_bytes()).status, status);
    }
    let large = vec![b'a'; (64 << 20) + 1];
    assert_eq!(house.file(&root, &format!("{LOOK}?name=a"), &large).status, 413);
}
