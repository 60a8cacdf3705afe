//! Shapes of what bodies hold, as JSON schemas.

use serde_json::{Value, json};

use crate::records::NOUNS;
use crate::{password, policy};

/// An object with these fields and no others.
pub(crate) fn form(fields: &[(&str, Value)], needed: &[&str]) -> Value {
    let fields: serde_json::Map<_, _> = fields
        .iter()
        .map(|(name, schema)| ((*name).to_owned(), schema.clone()))
        .collect();
    json!({ "type": "object", "properties": fields, "required": needed, "additionalProperties": false })
}

/// Any words.
pub(crate) fn words() -> Value {
    json!({ "type": "string" })
}

/// A password.
pub(crate) fn secret() -> Value {
    let length = password::LENGTH;
    json!({ "type": "string", "minLength": length.start(), "maxLength": length.end() })
}

/// A name to sign in with.
pub(crate) fn name() -> Value {
    json!({ "type": "string", "pattern": "^[._-]*[a-z0-9][a-z0-9._-]*$", "minLength": 1, "maxLength": 64 })
}

/// A host, with or without a port.
pub(crate) fn host() -> Value {
    json!({ "type": "string", "pattern": "^[a-z0-9.:-]{1,255}$" })
}

/// A role that an account may have.
pub(crate) fn role() -> Value {
    let roles = policy::Role::ALL.iter().skip(1).map(|role| role.as_str());
    json!({ "type": "string", "enum": roles.collect::<Vec<_>>() })
}

/// A kind of record.
pub(crate) fn kinds() -> Value {
    let kinds = NOUNS
        .iter()
        .map(|noun| noun.kind)
        .chain([crate::shutter::FOREIGN]);
    json!({ "type": "string", "enum": kinds.collect::<Vec<_>>() })
}

/// A part of a record, or all of it.
pub(crate) fn part() -> Value {
    json!({ "type": "string", "pattern": "^(\\*|[A-Za-z0-9_.]{1,128})$" })
}

/// What is made coarser for whom, or nothing.
pub(crate) fn privacy() -> Value {
    let km = json!({ "type": ["integer", "null"], "minimum": 1, "maximum": 500 });
    let one = form(
        &[
            ("role", role()),
            ("place_km", km),
            ("days_only", json!({ "type": "boolean" })),
        ],
        &["role"],
    );
    json!({ "oneOf": [one, { "type": "null" }] })
}
