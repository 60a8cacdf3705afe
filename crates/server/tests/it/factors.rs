//! The second factor, and showing again who one is before something careful.

use std::sync::atomic::Ordering;

use hmac::{Hmac, Mac as _};
use serde_json::{Value, json};
use sha1::Sha1;

use crate::world::{House, PASSWORD, Who, signed, start};

/// What an authenticator shows now for a secret, `steps` of thirty seconds later.
fn code(house: &House, secret: &str, steps: i64) -> String {
    let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let step = house.clock_ms.load(Ordering::Relaxed) / 30_000 + steps;
    let mut mac = Hmac::<Sha1>::new_from_slice(&secret).unwrap();
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    let word: [u8; 4] = hash[at..at + 4].try_into().unwrap();
    format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000)
}

const FACTOR: &str = "/api/v1/session/factor";

/// Sets a second factor up; gives the new session, the secret and the recovery codes.
fn enrolled(house: &House, who: &Who) -> (Who, String, Vec<String>) {
    let offer = house.send(who, "POST", FACTOR, None);
    assert_eq!(offer.status, 200, "{offer:?}");
    let secret = offer.json()["secret"].as_str().unwrap().to_owned();
    assert!(offer.json()["link"].as_str().unwrap().contains(&secret));
    let body = json!({ "code": code(house, &secret, 0) });
    let reply = house.send(who, "PUT", FACTOR, Some(&body));
    let recovery: Vec<String> = serde_json::from_value(reply.json()["recovery"].clone()).unwrap();
    (signed(&reply), secret, recovery)
}

fn later(house: &House, seconds: i64) {
    house.clock_ms.fetch_add(seconds * 1_000, Ordering::Relaxed);
}

fn sign_in(house: &House, code: Option<&str>) -> crate::world::Reply {
    let mut body = json!({ "name": "root", "password": PASSWORD });
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    house.send(&Who::default(), "POST", "/api/v1/session", Some(&body))
}

fn refused(reply: &crate::world::Reply) -> (u16, Value) {
    (reply.status, reply.json()["error"]["code"].clone())
}

#[test]
fn with_a_second_factor_the_password_alone_opens_nothing() {
    let house = start();
    let root = house.administrator();
    let (own, secret, recovery) = enrolled(&house, &root);
    assert_eq!(
        house.get(&root, "/api/v1/users").status,
        401,
        "the older session has ended"
    );
    assert_eq!(house.get(&own, "/api/v1/users").status, 200);
    assert_eq!(recovery.len(), 10);

    assert_eq!(refused(&sign_in(&house, None)), (401, json!("code-needed")));
    let used = code(&house, &secret, 0);
    assert_eq!(
        refused(&sign_in(&house, Some(&used))),
        (401, json!("code-needed")),
        "the code that set it up is used up"
    );
    later(&house, 60);
    let fresh = code(&house, &secret, 0);
    assert_eq!(sign_in(&house, Some(&fresh)).status, 200);
    assert_eq!(sign_in(&house, Some(&fresh)).status, 401, "a code is taken once");
    assert_eq!(
        sign_in(&house, Some(&code(&house, &secret, -1))).status,
        401,
        "nor is an older one taken after it"
    );
    assert_eq!(sign_in(&house, Some(&recovery[3].to_lowercase())).status, 200);
    assert_eq!(
        sign_in(&house, Some(&recovery[3])).status,
        401,
        "a recovery code works once"
    );
    let left = house.get(&own, FACTOR).json();
    assert_eq!(left, json!({ "on": true, "needed": false, "recovery_left": 9 }));

    // The wrong password says nothing of a code.
    let wrong = json!({ "name": "root", "password": "not the right phrase", "code": "000000" });
    let reply = house.send(&Who::default(), "POST", "/api/v1/session", Some(&wrong));
    assert_eq!(refused(&reply), (401, json!("unauthenticated")));

    let kept = std::fs::read(house.dir.path().join("desk.sqlite")).unwrap();
    let holds = |words: &str| kept.windows(words.len()).any(|part| part == words.as_bytes());
    assert!(!recovery.iter().any(|it| holds(it) || holds(&it.replace('-', ""))));
}

#[test]
fn guessing_codes_is_stopped() {
    let house = start();
    let (_, secret, _) = enrolled(&house, &house.administrator());
    later(&house, 60);
    let right = code(&house, &secret, 0);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let statuses: Vec<u16> = (0..6).map(|_| sign_in(&house, Some(wrong)).status).collect();
    assert_eq!(statuses, [401, 401, 401, 401, 401, 429]);
    assert_eq!(
        sign_in(&house, Some(&right)).status,
        429,
        "also with the right one"
    );
    later(&house, 901);
    assert_eq!(sign_in(&house, Some(&code(&house, &secret, 0))).status, 200);
}

#[test]
fn a_role_that_must_have_a_second_factor_does_nothing_without() {
    let house = start();
    let root = house.administrator();
    let must = json!({ "factor_roles": ["administrator", "administrator"] });
    let reply = house.send(&root, "PUT", "/api/v1/settings", Some(&must));
    assert_eq!(
        reply.json()["factor_roles"],
        json!(["administrator"]),
        "{reply:?}"
    );
    let bad = json!({ "factor_roles": ["public"] });
    assert_eq!(
        house.send(&root, "PUT", "/api/v1/settings", Some(&bad)).status,
        403
    );
    for path in ["/api/v1/users", "/api/v1/notes", "/api/v1/settings", "/metrics"] {
        assert_eq!(house.get(&root, path).status, 403, "{path}");
    }
    assert_eq!(house.get(&root, "/api/v1/session").json()["must_enrol"], true);
    assert_eq!(
        house.get(&root, "/api/v1/incidents").status,
        200,
        "as anybody may"
    );
    let change = json!({ "old": PASSWORD, "new": "another phrase that is long" });
    assert_eq!(
        house
            .send(&root, "PUT", "/api/v1/session/password", Some(&change))
            .status,
        403
    );

    let (root, ..) = enrolled(&house, &root);
    assert_eq!(
        house.get(&root, "/api/v1/users").json()["items"][0]["factor"],
        true
    );
    assert_eq!(house.get(&root, "/api/v1/session").json()["must_enrol"], false);
    assert_eq!(
        house.send(&root, "PUT", "/api/v1/settings", Some(&bad)).status,
        400
    );
    assert_eq!(house.send(&root, "DELETE", FACTOR, None).status, 200);
    assert_eq!(house.get(&root, "/api/v1/users").status, 403, "and again without");
}

#[test]
fn careful_things_ask_again_after_five_minutes() {
    let house = start();
    let root = house.administrator();
    let ada = json!({ "name": "ada", "role": "analyst", "password": PASSWORD });
    let withheld = json!({ "kind": "claim", "id": "*", "field": "quote" });
    let careful = |who: &Who| {
        [
            ("POST", "/api/v1/users", Some(&ada)),
            ("PUT", "/api/v1/users/root", Some(&ada)),
            ("POST", "/api/v1/restrictions", Some(&withheld)),
            ("DELETE", "/api/v1/restrictions", Some(&withheld)),
            ("PUT", "/api/v1/settings", Some(&ada)),
            ("DELETE", FACTOR, None),
            ("DELETE", "/api/v1/users/ada/factor", None),
        ]
        .map(|(verb, path, body)| refused(&house.send(who, verb, path, body)))
    };
    later(&house, 301);
    let needed = (403, json!("proof-needed"));
    assert_eq!(careful(&root), [(); 7].map(|()| needed.clone()));
    assert_eq!(house.get(&root, "/api/v1/users").status, 200, "reading goes on");

    let proof = |who: &Who, body: Value| house.send(who, "POST", "/api/v1/session/proof", Some(&body));
    assert_eq!(
        proof(&root, json!({ "password": "not the right phrase" })).status,
        403
    );
    assert_eq!(proof(&root, json!({ "code": "000000" })).status, 403);
    assert_eq!(proof(&root, json!({})).status, 403);
    let shown = signed(&proof(&root, json!({ "password": PASSWORD })));
    assert_ne!(
        shown.cookie, root.cookie,
        "a new session, so that an older token gains nothing"
    );
    assert_eq!(shown.csrf, root.csrf, "other windows go on");
    assert_eq!(house.get(&root, "/api/v1/users").status, 401);
    assert_eq!(
        house.send(&shown, "POST", "/api/v1/users", Some(&ada)).status,
        200
    );

    // With a second factor the password is not enough.
    let (root, secret, _) = enrolled(&house, &shown);
    later(&house, 301);
    assert_eq!(
        refused(&proof(&root, json!({ "password": PASSWORD }))),
        (401, json!("code-needed"))
    );
    let change = json!({ "old": PASSWORD, "new": "another phrase that is long" });
    assert_eq!(
        refused(&house.send(&root, "PUT", "/api/v1/session/password", Some(&change))),
        needed
    );
    let right = json!({ "code": code(&house, &secret, 0) });
    let shown = signed(&proof(&root, right.clone()));
    assert_eq!(proof(&shown, right).status, 401, "a code is taken once");
    let reply = house.send(&shown, "POST", "/api/v1/restrictions", Some(&withheld));
    assert_eq!(reply.status, 200, "{reply:?}");
    let guesses: Vec<u16> = (0..5)
        .map(|_| proof(&shown, json!({ "code": "1" })).status)
        .collect();
    assert_eq!(guesses, [401, 401, 401, 401, 429], "the one above counts too");
}

#[test]
fn only_rulings_that_the_policy_marks_ask_who_one_is() {
    let house = start();
    let root = house.administrator();
    let (claim, rulings) = ("clm_0123456789abcdef", "/api/v1/rulings");
    let rule = |who: &Who, decision: Value| {
        let body = json!({ "decision": decision, "because": "why" });
        refused(&house.send(who, "POST", rulings, Some(&body)))
    };
    let verify = json!({ "verify": { "claim": claim, "element": "occurrence" } });
    let reject = json!({ "reject": { "claims": [claim] } });
    // No such claim is there: whoever gets that far is told so.
    let (told, needed) = ((404, json!("not-found")), (403, json!("proof-needed")));
    assert_eq!(rule(&root, verify.clone()), told, "just signed in");
    later(&house, 301);
    assert_eq!(rule(&root, verify.clone()), needed);
    assert_eq!(rule(&root, reject), told);
    assert_eq!(rule(&root, json!({ "verify": {} })).0, 400, "no decision at all");
    let proof = json!({ "password": PASSWORD });
    let root = signed(&house.send(&root, "POST", "/api/v1/session/proof", Some(&proof)));
    assert_eq!(rule(&root, verify), told);
}

#[test]
fn an_administrator_takes_away_what_was_lost() {
    let house = start();
    let root = house.administrator();
    let ada = json!({ "name": "ada", "role": "analyst", "password": PASSWORD });
    house.send(&root, "POST", "/api/v1/users", Some(&ada));
    let (ada, ..) = enrolled(&house, &house.sign_in("ada"));
    assert_eq!(
        house
            .send(&ada, "DELETE", "/api/v1/users/ada/factor", None)
            .status,
        403
    );
    assert_eq!(
        house
            .send(&root, "DELETE", "/api/v1/users/ada/factor", None)
            .status,
        200
    );
    assert_eq!(
        house.get(&ada, FACTOR).status,
        401,
        "whoever holds the session is out too"
    );
    assert_eq!(
        house
            .send(&root, "DELETE", "/api/v1/users/ada/factor", None)
            .status,
        404
    );
    let _ = house.sign_in("ada");
}
