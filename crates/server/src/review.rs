//! Decisions of people: what waits for them stands in the view as any record; what they decide goes to the log.

use model::record::{DecisionForm, reason};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::answer::{Answer, Code, Refusal};
use crate::house::{House, Unruled};
use crate::route::{Asked, Trouble};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    decision: DecisionForm,
    because: String,
}

/// Whether the body holds a decision for which people must show again who they are; what is no decision is refused
/// later, for what it is.
pub(crate) fn is_careful(house: &House, body: &[u8]) -> bool {
    let form = serde_json::from_slice::<Form>(body).ok();
    let decision = form.and_then(|form| form.decision.read().ok());
    decision.is_some_and(|decision| house.settings.proven.contains(decision.kind()))
}

/// Logs a decision of whoever is signed in, signed with their key. The view follows within moments; its new state
/// is told by `events`.
pub(crate) fn rule(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form = asked.form::<Form>()?;
    let decision = form.decision.read().map_err(Refusal::bad)?;
    let because = reason(&form.because).map_err(Refusal::bad)?;
    // Whoever may not read a record may not decide on it, nor learn that it is there.
    let named: Vec<String> = decision.claims().iter().map(ToString::to_string).collect();
    let undone = match &decision {
        model::Decision::Undo { ruling } => Some(ruling.to_string()),
        _ => None,
    };
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        for id in &named {
            let found = reader.with_ords(id)?;
            if !found.iter().any(|(ord, _)| shutter.admits(*ord)) {
                return Err(Trouble::from(Refusal::not_found()));
            }
        }
        // The view may not have the newest rulings yet; the log has, and is asked for them.
        if let Some(id) = &undone {
            let found = reader.with_ords(id)?;
            if !found.is_empty() && !found.iter().any(|(ord, _)| shutter.admits(*ord)) {
                return Err(Trouble::from(Refusal::not_found()));
            }
        }
        Ok(())
    })?;
    let who = asked
        .session
        .as_ref()
        .map_or("", |session| session.account.as_str());
    match (house.outside.rule)(who, &form.decision, &because) {
        Ok(id) => Ok(Answer::Json(json!({ "id": id }))),
        Err(Unruled::Refused(why)) => Err(Refusal::bad(why).into()),
        Err(Unruled::Busy) => Err(crate::house::busy().into()),
        Err(Unruled::Failed(why)) => Err(Trouble::Ours(why)),
    }
}

/// Refusals of [`rule`] beside those of any route.
pub(crate) const REFUSES: &[Code] = &[Code::NotFound];

/// The shape of a decision.
pub(crate) fn form() -> Value {
    let id = || json!({ "type": "string", "pattern": "^clm_[0-9a-f]{16}$" });
    let ids = |least: usize| json!({ "type": "array", "items": id(), "minItems": least, "maxItems": model::record::CLAIMS_MAX });
    let object = |fields: Value, needed: &[&str]| json!({ "type": "object", "properties": fields, "required": needed, "additionalProperties": false });
    let one = |kind: &str, fields: Value, needed: &[&str]| json!({ "type": "object", "properties": { kind: object(fields, needed) }, "required": [kind], "additionalProperties": false });
    let elements: Vec<&str> = model::Element::ALL.iter().map(|(_, word)| *word).collect();
    let name = json!({ "type": "string", "minLength": 1, "maxLength": model::record::NAME_CHARS_MAX });
    let decision = json!({ "oneOf": [
        one("same", json!({ "claims": ids(2) }), &["claims"]),
        one("apart", json!({ "claims": ids(1), "from": ids(1) }), &["claims", "from"]),
        one("move", json!({ "claim": id(), "to": { "oneOf": [id(), { "type": "null" }] } }), &["claim"]),
        one("reject", json!({ "claims": ids(1) }), &["claims"]),
        one("accept", json!({ "claims": ids(1) }), &["claims"]),
        one("verify", json!({ "claim": id(), "element": { "type": "string", "enum": elements } }), &["claim", "element"]),
        one("refute", json!({ "claim": id() }), &["claim"]),
        one("grade", json!({ "source": name, "reliability": { "type": "string", "enum": ["A", "B", "C", "D", "E", "F"] } }),
            &["source", "reliability"]),
        one("credit", json!({ "claim": id(), "credibility": { "type": "integer", "minimum": 1, "maximum": 6 } }),
            &["claim", "credibility"]),
        one("undo", json!({ "ruling": { "type": "string", "pattern": "^rul_[0-9a-f]{16}$" } }), &["ruling"]),
    ]});
    let because = json!({ "type": "string", "minLength": 1, "maxLength": model::record::REASON_CHARS_MAX });
    object(
        json!({ "decision": decision, "because": because }),
        &["decision", "because"],
    )
}
