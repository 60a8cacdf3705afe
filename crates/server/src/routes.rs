//! Every route there is, each with its policy beside it.

mod tables;
mod withheld;

use std::sync::OnceLock;

use serde_json::json;

use crate::answer::{Answer, Code, JSON};
use crate::house::House;
use crate::policy::Policy;
use crate::records::{NOUNS, Noun, filters, list_parameters};
use crate::route::{Asked, Call, Care, Parameter, Route, Shape, Takes, Trouble, Verb};
use crate::schemas::{form, host, name, role, secret, words};
use crate::{
    between, clusters, counts, factor, forms, hooks, log, ogc, openapi, pages, records, review, revisions,
    searches, session, settings, trial,
};

const TEXT: &str = "text/plain; charset=utf-8";
const GEOJSON: &str = "application/geo+json; charset=utf-8";

/// The routes, made once.
pub(crate) fn all() -> &'static [Route] {
    static ROUTES: OnceLock<Vec<Route>> = OnceLock::new();
    ROUTES.get_or_init(|| {
        let mut routes = reading();
        routes.extend(drawn());
        routes.extend(proving());
        routes.extend(sessions());
        routes.extend(factors());
        routes.extend(history());
        routes.extend(told());
        routes.extend(features());
        routes.extend(deciding());
        routes.extend(tables::taking_in());
        routes.extend(administration());
        routes.extend(withheld::withholding());
        for noun in &NOUNS {
            routes.extend(of_noun(noun));
        }
        routes
    })
}

fn get(path: &'static str, policy: Policy, says: &'static str, call: Call) -> Route {
    Route {
        verb: Verb::Get,
        path,
        policy,
        says,
        takes: Vec::new(),
        body: Takes::Nothing,
        gives: (JSON, openapi::object),
        refuses: &[],
        care: Care::Plain,
        kind: "",
        call,
    }
}

fn change(verb: Verb, path: &'static str, policy: Policy, says: &'static str, call: Call) -> Route {
    Route {
        verb,
        ..get(path, policy, says, call)
    }
}

/// Two routes for each kind of record. The paths live as long as the program.
fn of_noun(noun: &'static Noun) -> [Route; 2] {
    let path: &'static str = String::leak(format!("/api/v1/{}", noun.name));
    let item: &'static str = String::leak(format!("/api/v1/{}/{{id}}", noun.name));
    [
        Route {
            takes: list_parameters(),
            gives: (JSON, openapi::list),
            kind: noun.kind,
            ..get(
                path,
                noun.policy(),
                "Records of this kind, narrowed and in pages.",
                records::list,
            )
        },
        Route {
            gives: (JSON, openapi::item),
            refuses: &[Code::NotFound],
            kind: noun.kind,
            ..get(item, noun.policy(), "One record of this kind.", records::item)
        },
    ]
}

fn format(words: &'static [&'static str]) -> Parameter {
    Parameter::new("format", Shape::OneOf(words), "The form.")
}

/// Records of several kinds, and the server itself.
fn reading() -> Vec<Route> {
    let anybody = Policy::ANYBODY;
    vec![
        Route {
            takes: vec![Parameter::new("ids", Shape::List, "Ids, at most 200.").needed()],
            ..get(
                "/api/v1/records",
                anybody,
                "Records of any kind by their ids.",
                records::by_ids,
            )
        },
        Route {
            takes: filters(),
            ..get(
                "/api/v1/summary",
                anybody,
                "Counts of incidents by day, act, verdict and so on.",
                counts::summary,
            )
        },
        Route {
            refuses: &[Code::NotFound, Code::Forbidden],
            ..get(
                "/api/v1/documents/{id}/text",
                anybody,
                "The page as it was read, with its claims.",
                pages::text,
            )
        },
        get("/api/v1/openapi.json", anybody, "This description.", description),
        get(
            "/health",
            anybody,
            "Whether the server can read its view.",
            health,
        ),
        Route {
            gives: (TEXT, openapi::text),
            ..get(
                "/metrics",
                Policy::ADMINISTRATORS,
                "Counts and times of requests, for Prometheus.",
                metrics,
            )
        },
    ]
}

/// The forms of `reports`.
fn drawn() -> Vec<Route> {
    let anybody = Policy::ANYBODY;
    let mut export_takes = filters();
    export_takes.push(format(&reports::FORMAT_WORDS));
    vec![
        Route {
            takes: filters(),
            gives: (GEOJSON, openapi::collection),
            refuses: &[Code::Forbidden],
            ..get(
                "/api/v1/map/incidents",
                anybody,
                "Incidents as GeoJSON.",
                forms::incidents,
            )
        },
        Route {
            takes: clusters::parameters(),
            gives: (JSON, openapi::collection),
            ..get(
                "/api/v1/map/clusters",
                anybody,
                "Incidents as they are drawn on a part of the map: many in one place as a number.",
                clusters::clusters,
            )
        },
        Route {
            takes: vec![
                Parameter::new("on", Shape::Day, "Only shapes that may hold on this day."),
                Parameter::new("agreement", Shape::Words, "Key of the agreement."),
            ],
            gives: (GEOJSON, openapi::collection),
            refuses: &[Code::Forbidden],
            ..get(
                "/api/v1/map/zones",
                anybody,
                "Shapes of zones as GeoJSON.",
                forms::zones,
            )
        },
        Route {
            gives: (GEOJSON, openapi::collection),
            ..get(
                "/api/v1/map/outline",
                anybody,
                "Outlines of provinces to draw on.",
                forms::outline,
            )
        },
        Route {
            takes: vec![format(&["html", "markdown", "docx", "pdf"])],
            gives: ("text/html; charset=utf-8", openapi::text),
            refuses: &[Code::Forbidden],
            ..get("/api/v1/report", anybody, "The daily report.", forms::report)
        },
        Route {
            takes: export_takes,
            gives: ("application/jsonl; charset=utf-8", openapi::text),
            refuses: &[Code::Forbidden],
            ..get(
                "/api/v1/export",
                anybody,
                "What the filter keeps, as a file.",
                forms::export,
            )
        },
    ]
}

/// What the log proves, and what changed.
fn proving() -> Vec<Route> {
    let anybody = Policy::ANYBODY;
    vec![
        Route {
            gives: (TEXT, openapi::text),
            refuses: &[Code::NotFound],
            ..get(
                "/api/v1/documents/{id}/proof",
                anybody,
                "The proof that the page is in the log.",
                log::page_proof,
            )
        },
        Route {
            refuses: &[Code::NotFound],
            ..get(
                "/api/v1/documents/{id}/leaf",
                anybody,
                "The entry of the log that the page is in, as it was hashed.",
                log::page_leaf,
            )
        },
        Route {
            gives: (TEXT, openapi::text),
            ..get(
                "/api/v1/log/public-key",
                anybody,
                "The public key of the log.",
                log::key,
            )
        },
        get(
            "/api/v1/checkpoint",
            anybody,
            "State of the view, and the signed head it was made from.",
            log::checkpoint,
        ),
        Route {
            takes: vec![Parameter::new("since", Shape::Words, "State that the reader knows.").needed()],
            refuses: &[Code::Gone],
            ..get(
                "/api/v1/changes",
                anybody,
                "Which records are not as they were in that state.",
                log::changes,
            )
        },
        Route {
            gives: ("text/event-stream", openapi::text),
            ..get(
                "/api/v1/events",
                anybody,
                "The name of each new state, as it comes.",
                log::events,
            )
        },
        Route {
            gives: (TEXT, openapi::text),
            ..get(
                "/api/v1/log/checkpoint",
                anybody,
                "The signed head of the log.",
                log::signed,
            )
        },
        Route {
            gives: (TEXT, openapi::text),
            refuses: &[Code::NotFound],
            ..get(
                "/api/v1/log/{entry}/proof",
                anybody,
                "The proof that an entry is in the log.",
                log::proof,
            )
        },
    ]
}

/// What became of a record, and what would become of findings under another text.
fn history() -> Vec<Route> {
    let kind = || {
        Parameter::new(
            "kind",
            Shape::Words,
            "Kind of the record, where several have the id.",
        )
    };
    vec![
        Route {
            takes: vec![kind()],
            refuses: &[Code::NotFound],
            ..get(
                "/api/v1/records/{id}/revisions",
                Policy::ANYBODY,
                "What changed in a record, filling by filling, with old and new values.",
                revisions::list,
            )
        },
        Route {
            takes: vec![
                kind(),
                Parameter::new("from", Shape::Words, "A state.").needed(),
                Parameter::new("to", Shape::Words, "Another; now when there is none."),
            ],
            refuses: &[Code::NotFound, Code::Gone],
            ..get(
                "/api/v1/records/{id}/diff",
                Policy::ANYBODY,
                "What differs in a record between two states.",
                revisions::diff,
            )
        },
        get(
            "/api/v1/states",
            Policy::ANYBODY,
            "States of the view that the history holds, the newest first.",
            between::states,
        ),
        Route {
            takes: between::parameters(),
            refuses: &[Code::Gone],
            ..get(
                "/api/v1/diff",
                Policy::ANYBODY,
                "What came, went and changed between two states, with fields, pages and rulings.",
                between::diff,
            )
        },
        Route {
            refuses: &[Code::NotFound],
            ..get(
                "/api/v1/agreements/{id}/text",
                Policy::SIGNED_IN,
                "The text of an agreement, by its key, as it is judged by.",
                trial::text,
            )
        },
        Route {
            body: Takes::Form(|| form(&[("text", words())], &["text"])),
            refuses: &[Code::NotFound],
            ..change(
                Verb::Post,
                "/api/v1/agreements/{id}/trial",
                Policy::SIGNED_IN,
                "What past incidents would be judged if the agreement read so; nothing is kept.",
                trial::try_text,
            )
        },
    ]
}

/// Saved searches, their feeds, and hooks.
fn told() -> Vec<Route> {
    let signed_in = Policy::SIGNED_IN;
    let (searches, hook) = ("/api/v1/searches", "/api/v1/hooks");
    vec![
        get(searches, signed_in, "One's own saved searches.", searches::list),
        Route {
            body: Takes::Form(|| {
                let name = json!({ "type": "string", "minLength": 1, "maxLength": 100 });
                let query = json!({ "type": "string", "maxLength": 2_000 });
                let public = json!({ "type": "boolean" });
                form(
                    &[("name", name), ("query", query), ("public", public)],
                    &["name", "query", "public"],
                )
            }),
            refuses: &[Code::NotFound, Code::Conflict],
            ..change(
                Verb::Post,
                searches,
                signed_in,
                "Saves a search: a name and a filter of incidents. Tells the address of its feed.",
                searches::save,
            )
        },
        Route {
            refuses: &[Code::NotFound],
            ..change(
                Verb::Delete,
                "/api/v1/searches/{id}",
                signed_in,
                "Removes a search with its feed and its hooks.",
                searches::remove,
            )
        },
        Route {
            takes: vec![Parameter::new(
                "token",
                Shape::Words,
                "The word of a feed that is not public.",
            )],
            gives: ("application/atom+xml; charset=utf-8", openapi::text),
            refuses: &[Code::NotFound],
            ..get(
                "/feeds/{id}",
                Policy::ANYBODY,
                "Incidents of a saved search as an Atom feed, those that changed last first.",
                searches::feed,
            )
        },
        Route {
            refuses: &[Code::NotFound],
            ..get(hook, signed_in, "One's own hooks.", hooks::list)
        },
        Route {
            body: Takes::Form(|| form(&[("search", words()), ("url", words())], &["search", "url"])),
            refuses: &[Code::NotFound, Code::Conflict],
            care: Care::Fresh,
            ..change(
                Verb::Post,
                hook,
                signed_in,
                "Sets a hook: a signed message to an address when incidents of a search are new or changed.",
                hooks::set,
            )
        },
        Route {
            refuses: &[Code::NotFound],
            ..change(
                Verb::Delete,
                "/api/v1/hooks/{id}",
                signed_in,
                "Removes a hook with what waits for it.",
                hooks::remove,
            )
        },
        Route {
            refuses: &[Code::NotFound],
            ..get(
                "/api/v1/hooks/{id}/deliveries",
                signed_in,
                "The newest messages of a hook, and how each fared.",
                hooks::deliveries,
            )
        },
        Route {
            refuses: &[Code::NotFound],
            ..change(
                Verb::Post,
                "/api/v1/hooks/{id}/ping",
                signed_in,
                "Sends a message without changes.",
                hooks::ping,
            )
        },
    ]
}

/// OGC API – Features.
fn features() -> Vec<Route> {
    let anybody = Policy::ANYBODY;
    let geojson = "application/geo+json";
    vec![
        get(
            "/ogc",
            anybody,
            "OGC API – Features: where to go on.",
            ogc::landing,
        ),
        get(
            "/ogc/conformance",
            anybody,
            "What of the standard it conforms to.",
            ogc::conformance,
        ),
        Route {
            gives: ("application/vnd.oai.openapi+json;version=3.1", openapi::object),
            ..get("/ogc/api", anybody, "This description.", ogc::api)
        },
        get("/ogc/collections", anybody, "The collections.", ogc::collections),
        Route {
            refuses: &[Code::NotFound],
            ..get(
                "/ogc/collections/{collection}",
                anybody,
                "A collection.",
                ogc::one,
            )
        },
        Route {
            takes: ogc::parameters(),
            gives: (geojson, openapi::collection),
            refuses: &[Code::NotFound, Code::Forbidden],
            ..get(
                "/ogc/collections/{collection}/items",
                anybody,
                "Features of a collection.",
                ogc::items,
            )
        },
        Route {
            gives: (geojson, openapi::object),
            refuses: &[Code::NotFound, Code::Forbidden],
            ..get(
                "/ogc/collections/{collection}/items/{id}",
                anybody,
                "One feature.",
                ogc::item,
            )
        },
    ]
}

fn sessions() -> Vec<Route> {
    let (anybody, signed_in) = (Policy::ANYBODY, Policy::SIGNED_IN);
    let path = "/api/v1/session";
    vec![
        Route {
            gives: (JSON, openapi::session),
            care: Care::Enrolling,
            ..get(path, anybody, "Who is asking.", session::show)
        },
        Route {
            body: Takes::Form(|| {
                form(
                    &[("name", name()), ("password", words()), ("code", words())],
                    &["name", "password"],
                )
            }),
            gives: (JSON, openapi::session),
            refuses: &[Code::Unauthenticated, Code::FactorNeeded, Code::Forbidden],
            ..change(Verb::Post, path, anybody, "Signs in.", session::sign_in)
        },
        Route {
            gives: (JSON, openapi::session),
            refuses: &[Code::Forbidden],
            ..change(Verb::Delete, path, anybody, "Signs out.", session::sign_out)
        },
        Route {
            body: Takes::Form(|| form(&[("old", words()), ("new", secret())], &["old", "new"])),
            gives: (JSON, openapi::session),
            refuses: &[Code::NotFound],
            ..change(
                Verb::Put,
                "/api/v1/session/password",
                signed_in,
                "Changes one's own password, and ends one's other sessions.",
                session::change_password,
            )
        },
        Route {
            body: Takes::Form(|| {
                form(
                    &[("token", words()), ("name", name()), ("password", secret())],
                    &["token", "name", "password"],
                )
            }),
            gives: (JSON, openapi::session),
            refuses: &[Code::Forbidden],
            ..change(
                Verb::Post,
                "/api/v1/setup",
                anybody,
                "Makes the first account.",
                session::set_up,
            )
        },
    ]
}

/// The second factor, and showing again who one is.
fn factors() -> Vec<Route> {
    let (signed_in, path) = (Policy::SIGNED_IN, "/api/v1/session/factor");
    vec![
        Route {
            body: Takes::Form(|| form(&[("password", words()), ("code", words())], &[])),
            gives: (JSON, openapi::session),
            refuses: &[Code::NotFound, Code::FactorNeeded],
            care: Care::Enrolling,
            ..change(
                Verb::Post,
                "/api/v1/session/proof",
                signed_in,
                "Shows again who one is: by a code where there is a second factor, by the password where there is none.",
                session::prove,
            )
        },
        Route {
            refuses: &[Code::NotFound],
            care: Care::Enrolling,
            ..get(path, signed_in, "Whether one has a second factor.", factor::show)
        },
        Route {
            refuses: &[Code::NotFound],
            care: Care::Enrolling,
            ..change(
                Verb::Post,
                path,
                signed_in,
                "Offers a secret for an authenticator.",
                factor::offer,
            )
        },
        Route {
            body: Takes::Form(|| form(&[("code", words())], &["code"])),
            gives: (JSON, openapi::session),
            refuses: &[Code::NotFound, Code::Conflict],
            care: Care::Enrolling,
            ..change(
                Verb::Put,
                path,
                signed_in,
                "Takes the offered secret as the second factor, and gives the recovery codes.",
                factor::confirm,
            )
        },
        Route {
            refuses: &[Code::NotFound],
            care: Care::Fresh,
            ..change(
                Verb::Delete,
                path,
                signed_in,
                "Takes one's own second factor away.",
                factor::remove,
            )
        },
        Route {
            refuses: &[Code::NotFound],
            care: Care::Fresh,
            ..change(
                Verb::Delete,
                "/api/v1/users/{name}/factor",
                Policy::ADMINISTRATORS,
                "Takes somebody's second factor away.",
                factor::reset,
            )
        },
        get(
            "/api/v1/settings",
            Policy::ADMINISTRATORS,
            "What is set for the whole desk.",
            settings::show,
        ),
        Route {
            body: Takes::Form(|| {
                let roles = json!({ "type": "array", "items": role() });
                let hosts = json!({ "type": "array", "items": host(), "maxItems": 100 });
                let privacy = crate::schemas::privacy();
                form(
                    &[
                        ("factor_roles", roles),
                        ("hook_hosts", hosts),
                        ("privacy", privacy),
                    ],
                    &[],
                )
            }),
            care: Care::Fresh,
            ..change(
                Verb::Put,
                "/api/v1/settings",
                Policy::ADMINISTRATORS,
                "Sets it.",
                settings::put,
            )
        },
    ]
}

fn deciding() -> Vec<Route> {
    let route = |path, says, call| Route {
        body: Takes::Form(review::form),
        refuses: review::REFUSES,
        ..change(Verb::Post, path, Policy::DECIDERS, says, call)
    };
    let path = "/api/v1/rulings";
    vec![
        Route {
            care: Care::FreshFor(review::is_careful),
            ..route(path, "Logs a decision about what was read.", review::rule)
        },
        route(
            "/api/v1/rulings/preview",
            "What a decision would change; nothing is logged.",
            review::foresee,
        ),
    ]
}

fn administration() -> Vec<Route> {
    let administrators = Policy::ADMINISTRATORS;
    let users = "/api/v1/users";
    vec![
        get(users, administrators, "All accounts.", session::users),
        Route {
            body: Takes::Form(|| {
                form(
                    &[("name", name()), ("role", role()), ("password", secret())],
                    &["name", "role", "password"],
                )
            }),
            refuses: &[Code::Conflict],
            care: Care::Fresh,
            ..change(
                Verb::Post,
                users,
                administrators,
                "Makes an account.",
                session::new_user,
            )
        },
        Route {
            body: Takes::Form(|| {
                form(
                    &[
                        ("role", role()),
                        ("password", secret()),
                        ("disabled", json!({ "type": "boolean" })),
                    ],
                    &[],
                )
            }),
            refuses: &[Code::NotFound, Code::Conflict],
            care: Care::Fresh,
            ..change(
                Verb::Put,
                "/api/v1/users/{name}",
                administrators,
                "Changes an account, and ends its sessions.",
                session::change_user,
            )
        },
    ]
}

fn description(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    Ok(Answer::Bytes {
        kind: JSON,
        bytes: house.description.clone().into_bytes(),
        headers: Vec::new(),
    })
}

fn health(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        Ok(Answer::Json(
            json!({ "status": "ok", "checkpoint": reader.state()? }),
        ))
    })
}

fn metrics(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    Ok(Answer::Bytes {
        kind: TEXT,
        bytes: house.metrics.text().into_bytes(),
        headers: Vec::new(),
    })
}
