//! The OpenAPI 3.1 document, made from the declared routes and nothing else, so that it cannot drift.

use serde_json::{Map, Value, json};

use crate::answer::Code;
use crate::policy::Policy;
use crate::route::{Care, Parameter, Route, Shape, Takes, Verb};

/// The document.
pub(crate) fn document(routes: &[Route]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let verb = route.verb.as_str().to_lowercase();
        paths.entry(route.path).or_insert_with(|| json!({}))[verb] = operation(route);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Truceline",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Claims, incidents and findings under written agreements, each followable to quoted words. \
                Records have the form of docs/formats.md.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": { "Record": record(), "Refusal": refusal() },
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": "truceline" },
                "csrf": { "type": "apiKey", "in": "header", "name": "X-CSRF-Token" },
            },
        },
    })
}

fn operation(route: &Route) -> Value {
    let mut parameters: Vec<Value> = names_in(route.path)
        .map(|name| {
            json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 } })
        })
        .collect();
    parameters.extend(route.takes.iter().map(parameter));
    let (kind, schema) = route.gives;
    let media = kind.split(';').next().unwrap_or(kind);
    let mut content = json!({ media: { "schema": schema() } });
    let format = route.takes.iter().find(|it| it.name == "format");
    if let Some(Shape::OneOf(words)) = format.map(|it| &it.shape) {
        for (_, media, schema) in OTHER_FORMS.iter().filter(|(word, ..)| words.contains(word)) {
            content[media] = json!({ "schema": schema() });
        }
        for format in reports::FORMATS
            .iter()
            .filter(|format| words.contains(&format.word))
        {
            let media = format.media.split(';').next().unwrap_or(format.media);
            if content[media].is_null() {
                content[media] = json!({ "schema": {} });
            }
        }
    }
    let mut responses = json!({ "200": { "description": "As asked.", "content": content } });
    if !route.takes.is_empty() {
        responses["414"] = json!({ "description": "The address is longer than 65,534 bytes." });
    }
    for code in refusals(route) {
        let status = code.status().to_string();
        responses[status] = json!({
            "description": format!("{code:?}"),
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Refusal" } } },
        });
    }
    let mut value = json!({
        "operationId": format!("{} {}", route.verb.as_str(), route.path),
        "summary": route.says,
        "description": format!("For: {}.", route.policy.roles().collect::<Vec<_>>().join(", ")),
        "parameters": parameters,
        "responses": responses,
    });
    let content = match route.body {
        Takes::Nothing => json!(null),
        Takes::Form(schema) => json!({ "application/json": { "schema": schema() } }),
        Takes::File => {
            json!({ "application/octet-stream": { "schema": { "type": "string", "format": "binary" } } })
        }
    };
    if route.body.is_any() {
        value["requestBody"] = json!({ "required": true, "content": content });
    }
    if route.policy != Policy::ANYBODY {
        value["security"] = match route.verb {
            Verb::Get => json!([{ "session": [] }]),
            _ => json!([{ "session": [], "csrf": [] }]),
        };
    }
    value
}

/// Makes a schema.
type Schema = fn() -> Value;

/// Media types and schemas of forms other than the first.
const OTHER_FORMS: [(&str, &str, Schema); 5] = [
    ("markdown", "text/markdown", text),
    ("docx", DOCX, openly),
    ("pdf", "application/pdf", openly),
    ("csv", "text/csv", text),
    ("geojson", "application/geo+json", collection),
];

/// A document for word processors.
pub(crate) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Bytes, or whatever the media type says.
fn openly() -> Value {
    json!({})
}

/// What a route may refuse with: its own, and what the checks in front of it give.
fn refusals(route: &Route) -> Vec<Code> {
    let mut all = vec![Code::BadRequest, Code::TooMany, Code::Internal, Code::Busy];
    if route.policy != Policy::ANYBODY {
        all.extend([Code::Unauthenticated, Code::Forbidden]);
    }
    if route.verb != Verb::Get {
        all.push(Code::Forbidden);
    }
    if route.body.is_any() {
        all.extend([Code::TooLarge, Code::WrongType]);
    }
    if matches!(route.care, Care::Fresh | Care::FreshFor(_)) {
        all.push(Code::ProofNeeded);
    }
    all.extend(route.refuses);
    all.sort_by_key(|code| code.status());
    all.dedup();
    all
}

fn names_in(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn parameter(it: &Parameter) -> Value {
    json!({
        "name": it.name, "in": "query", "required": it.needed, "description": it.says, "schema": it.schema(),
    })
}

fn record() -> Value {
    let number = json!({ "type": "integer", "minimum": 0 });
    json!({
        "type": "object",
        "required": ["v", "kind", "id", "fields", "basis", "because"],
        "properties": {
            "v": { "const": model::record::VERSION },
            "kind": { "enum": reports::KINDS.iter().chain(&["foreign"]).collect::<Vec<_>>() },
            "id": { "type": "string" },
            "document": { "type": "string" },
            "start": number, "end": number,
            "quote": { "type": "string" },
            "fields": { "type": "object" },
            "basis": { "type": "array", "items": { "type": "string" } },
            "because": { "type": "array", "items": {
                "type": "object",
                "required": ["rule", "words"],
                "properties": {
                    "rule": { "type": "string" }, "entry": { "type": "string" }, "words": { "type": "string" },
                    "span": { "type": "array", "items": number, "minItems": 2, "maxItems": 2 },
                },
            } },
            "withheld": { "type": "array", "items": { "type": "string" } },
        },
    })
}

fn refusal() -> Value {
    let word = json!({ "type": "string" });
    let codes: Vec<_> = Code::ALL.iter().map(|(_, _, word)| *word).collect();
    json!({
        "type": "object",
        "required": ["error"],
        "properties": { "error": {
            "type": "object",
            "required": ["code", "message", "hint"],
            "properties": { "code": { "enum": codes }, "message": word, "hint": word },
        } },
    })
}

fn view(more: Value, needed: &[&str]) -> Value {
    let or_nothing = json!({ "type": ["string", "null"] });
    let mut properties = json!({
        "checkpoint": { "type": "string" }, "as_of": or_nothing, "since": or_nothing, "watermark": or_nothing,
    });
    if let (Some(all), Value::Object(more)) = (properties.as_object_mut(), more) {
        all.extend(more);
    }
    let mut required = vec!["checkpoint"];
    required.extend(needed);
    json!({ "type": "object", "required": required, "properties": properties })
}

/// Schema of a list of records.
pub(crate) fn list() -> Value {
    let more = json!({
        "total": { "type": "integer", "minimum": 0 },
        "next": { "type": ["string", "null"] },
        "items": { "type": "array", "items": { "$ref": "#/components/schemas/Record" } },
    });
    view(more, &["total", "next", "items"])
}

/// Schema of one record.
pub(crate) fn item() -> Value {
    view(
        json!({ "item": { "$ref": "#/components/schemas/Record" } }),
        &["item"],
    )
}

/// Schema of an object that docs/server.md describes.
pub(crate) fn object() -> Value {
    json!({ "type": "object" })
}

/// Schema of text.
pub(crate) fn text() -> Value {
    json!({ "type": "string" })
}

/// Schema of a feature collection.
pub(crate) fn collection() -> Value {
    json!({
        "type": "object",
        "required": ["type", "features"],
        "properties": { "type": { "const": "FeatureCollection" }, "features": { "type": "array" } },
    })
}

/// Schema of who is asking.
pub(crate) fn session() -> Value {
    json!({
        "type": "object",
        "required": ["role", "name", "csrf", "set_up", "must_enrol"],
        "properties": {
            "role": { "type": "string" }, "name": { "type": ["string", "null"] },
            "csrf": { "type": ["string", "null"] }, "set_up": { "type": "boolean" },
            "must_enrol": { "type": "boolean" },
        },
    })
}
