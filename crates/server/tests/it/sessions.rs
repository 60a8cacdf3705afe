//! Signing in: the first account, sessions, and what must not be done with either.

use serde_json::json;

use crate::world::{PASSWORD, Who, signed, start, start_with};

#[test]
fn the_link_makes_one_account_once() {
    let house = start();
    let nobody = Who::default();
    let body = |token: &str| json!({ "token": token, "name": "root", "password": PASSWORD });
    let link = house.server.setup().unwrap().to_owned();
    assert_eq!(
        house
            .send(&nobody, "POST", "/api/v1/setup", Some(&body("guess")))
            .status,
        403
    );
    let short = json!({ "token": link, "name": "root", "password": "short" });
    assert_eq!(
        house.send(&nobody, "POST", "/api/v1/setup", Some(&short)).status,
        400
    );
    let who = signed(&house.send(&nobody, "POST", "/api/v1/setup", Some(&body(&link))));
    assert_eq!(house.get(&who, "/api/v1/users").status, 200);
    assert_eq!(
        house
            .send(&nobody, "POST", "/api/v1/setup", Some(&body(&link)))
            .status,
        403
    );
}

#[test]
fn a_session_is_always_a_new_one_and_ends_when_told() {
    let house = start();
    let root = house.administrator();
    let line = house.send(
        &Who::default(),
        "POST",
        "/api/v1/session",
        Some(&json!({"name": "root", "password": PASSWORD})),
    );
    let cookie = line.header("set-cookie").unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    // A token that somebody planted is not taken over.
    let planted = Who {
        cookie: "truceline=planted".to_owned(),
        csrf: String::new(),
    };
    let body = json!({ "name": "root", "password": PASSWORD });
    let who = signed(&house.send(&planted, "POST", "/api/v1/session", Some(&body)));
    assert_ne!(who.cookie, planted.cookie);
    assert_eq!(house.get(&planted, "/api/v1/session").json()["role"], "public");
    // Signing in again ends the session that one came with.
    let again = signed(&house.send(&who, "POST", "/api/v1/session", Some(&body)));
    assert_eq!(house.get(&who, "/api/v1/users").status, 401);
    assert_eq!(house.send(&again, "DELETE", "/api/v1/session", None).status, 200);
    assert_eq!(house.get(&again, "/api/v1/users").status, 401);
    // Two cookies of our name are none.
    let two = Who {
        cookie: format!("{}; truceline=other", root.cookie),
        csrf: root.csrf.clone(),
    };
    assert_eq!(house.get(&two, "/api/v1/users").status, 401);
    assert_eq!(house.get(&root, "/api/v1/users").status, 200);
    // The file holds no token, only its hash.
    let kept = std::fs::read(house.dir.path().join("desk.sqlite")).unwrap();
    let token = root.cookie.split_once('=').unwrap().1;
    assert!(!kept.windows(token.len()).any(|part| part == token.as_bytes()));
    assert!(
        !kept
            .windows(PASSWORD.len())
            .any(|part| part == PASSWORD.as_bytes())
    );
}

#[test]
fn another_server_knows_neither_the_cookie_nor_the_account() {
    let (one, other) = (start(), start());
    let root = one.administrator();
    assert_eq!(other.get(&root, "/api/v1/users").status, 401);
    let body = json!({ "name": "root", "password": PASSWORD });
    assert_eq!(
        other
            .send(&Who::default(), "POST", "/api/v1/session", Some(&body))
            .status,
        401
    );
}

#[test]
fn a_new_password_or_a_disabled_account_ends_every_session() {
    let house = start();
    let root = house.administrator();
    let ada = json!({ "name": "ada", "role": "analyst", "password": PASSWORD });
    assert_eq!(house.send(&root, "POST", "/api/v1/users", Some(&ada)).status, 200);
    assert_eq!(house.send(&root, "POST", "/api/v1/users", Some(&ada)).status, 409);
    let (first, second) = (house.sign_in("ada"), house.sign_in("ada"));
    let change = json!({ "old": PASSWORD, "new": "another phrase that is long" });
    let third = signed(&house.send(&first, "PUT", "/api/v1/session/password", Some(&change)));
    for old in [&first, &second] {
        assert_eq!(house.get(old, "/api/v1/notes").status, 401);
    }
    assert_eq!(house.get(&third, "/api/v1/notes").status, 200);
    let off = json!({ "disabled": true });
    assert_eq!(
        house.send(&root, "PUT", "/api/v1/users/ada", Some(&off)).status,
        200
    );
    assert_eq!(house.get(&third, "/api/v1/notes").status, 401);
    let body = json!({ "name": "ada", "password": "another phrase that is long" });
    assert_eq!(
        house
            .send(&Who::default(), "POST", "/api/v1/session", Some(&body))
            .status,
        401
    );
    let last = house.send(
        &root,
        "PUT",
        "/api/v1/users/root",
        Some(&json!({ "role": "analyst" })),
    );
    assert_eq!(last.status, 409, "somebody must administer: {last:?}");
}

#[test]
fn guessing_is_stopped_for_the_name_from_that_address() {
    let house = start();
    let _ = house.administrator();
    let body = json!({ "name": "root", "password": "not the right phrase" });
    let reply = || house.send(&Who::default(), "POST", "/api/v1/session", Some(&body));
    let statuses: Vec<u16> = (0..6).map(|_| reply().status).collect();
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429]);
    assert!(reply().header("retry-after").is_some());
    // A claimed address changes nothing, and another name is not locked out.
    let claimed = house.send_with(
        &Who::default(),
        "POST",
        "/api/v1/session",
        Some(&body),
        "X-Forwarded-For: 10.0.0.9\r\n",
    );
    assert_eq!(claimed.status, 429);
    let other = json!({ "name": "ada", "password": "not the right phrase" });
    assert_eq!(
        house
            .send(&Who::default(), "POST", "/api/v1/session", Some(&other))
            .status,
        401
    );
}

#[test]
fn nobody_gives_himself_a_role() {
    let house = start();
    let root = house.administrator();
    let ada = json!({ "name": "ada", "role": "analyst", "password": PASSWORD });
    house.send(&root, "POST", "/api/v1/users", Some(&ada));
    let who = house.sign_in("ada");
    let nobody = Who::default();
    for (who, verb, path, body) in [
        (
            &nobody,
            "POST",
            "/api/v1/session",
            json!({ "name": "ada", "password": PASSWORD, "role": "administrator" }),
        ),
        (
            &who,
            "PUT",
            "/api/v1/session/password",
            json!({ "old": PASSWORD, "new": "a phrase of some length", "role": "administrator" }),
        ),
        (
            &root,
            "POST",
            "/api/v1/users",
            json!({ "name": "eve", "role": "public", "password": PASSWORD }),
        ),
        (
            &root,
            "POST",
            "/api/v1/users",
            json!({ "name": "../eve", "role": "analyst", "password": PASSWORD }),
        ),
        (&root, "PUT", "/api/v1/users/ada", json!({ "name": "root" })),
        (&root, "PUT", "/api/v1/users/ada", json!({ "disabled": "yes" })),
    ] {
        let reply = house.send(who, verb, path, Some(&body));
        assert_eq!(reply.status, 400, "{body} {reply:?}");
    }
    let twice = br#"{"name":"ada","name":"root","password":"a phrase that is long enough"}"#;
    let head = format!(
        "POST /api/v1/session HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        house.server.address(),
        twice.len()
    );
    assert_eq!(
        house.raw(&[head.as_bytes(), twice].concat()).status,
        400,
        "a key that stands twice"
    );
    assert_eq!(house.get(&who, "/api/v1/users").status, 403);
    assert_eq!(house.get(&who, "/api/v1/session").json()["role"], "analyst");
}

#[test]
fn only_our_own_pages_change_anything() {
    let house = start();
    let root = house.administrator();
    let body = json!({ "kind": "incident", "id": "*", "field": "*", "role": "administrator" });
    let send = |who: &Who, more: &str| {
        house
            .send_with(who, "POST", "/api/v1/restrictions", Some(&body), more)
            .status
    };
    let own = format!(
        "Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n",
        house.server.address()
    );
    assert_eq!(send(&root, "Origin: https://evil.example\r\n"), 403);
    assert_eq!(send(&root, "Origin: null\r\n"), 403);
    assert_eq!(send(&root, "Sec-Fetch-Site: cross-site\r\n"), 403);
    assert_eq!(send(&root, "Sec-Fetch-Site: same-site\r\n"), 403);
    assert_eq!(
        send(
            &Who {
                csrf: String::new(),
                ..root.clone()
            },
            &own
        ),
        403
    );
    assert_eq!(
        send(
            &Who {
                csrf: "guess".to_owned(),
                ..root.clone()
            },
            &own
        ),
        403
    );
    assert_eq!(
        house.get(&Who::default(), "/api/v1/incidents").json()["total"],
        3,
        "nothing was changed"
    );
    let form = "kind=incident&id=*&field=*&role=administrator";
    let head = format!(
        "POST /api/v1/restrictions HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\nX-CSRF-Token: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        house.server.address(),
        root.cookie,
        root.csrf,
        form.len()
    );
    assert_eq!(house.raw(head.as_bytes()).status, 415, "a form of another page");
    assert_eq!(send(&root, &own), 200);
    let over = house.send_with(
        &root,
        "GET",
        "/api/v1/users",
        None,
        "X-HTTP-Method-Override: POST\r\n",
    );
    assert_eq!(over.status, 200, "a method is what it is");
}

#[test]
fn behind_another_server_cookies_are_for_secure_lines_only() {
    let house = start_with(crate::world::records(), Some("https://desk.example"));
    let body =
        json!({ "token": house.server.setup().unwrap(), "name": "root", "password": PASSWORD }).to_string();
    let head = format!(
        "POST /api/v1/setup HTTP/1.1\r\nHost: desk.example\r\nOrigin: https://desk.example\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let reply = house.raw(head.as_bytes());
    assert_eq!(reply.status, 200, "{reply:?}");
    assert!(reply.header("set-cookie").unwrap().ends_with("; Secure"));
    assert!(reply.header("strict-transport-security").is_some());
    assert_eq!(
        house.get(&Who::default(), "/api/v1/session").status,
        400,
        "another name"
    );
}
