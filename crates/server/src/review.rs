//! Decisions of people: what waits for them stands in the view as any record; what they decide goes to the log.

use model::Verdict;
use model::record::{DecisionForm, Record, reason};
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

/// An incident with the verdict that a reader must look at first.
#[derive(Clone, Debug)]
pub struct Told {
    /// The incident.
    pub incident: Record,
    /// The verdict; nothing where no term is about it.
    pub verdict: Option<Verdict>,
}

/// What a decision would change.
#[derive(Clone, Debug, Default)]
pub struct Foreseen {
    /// What would become of the ruling, such as `in-force` or `pending`.
    pub standing: String,
    /// Why, as one sentence; empty when there is nothing to say.
    pub why: String,
    /// Incidents that would be there no more.
    pub gone: Vec<Told>,
    /// Incidents that would be new.
    pub new: Vec<Told>,
    /// Incidents that would not be as they are: as they are, and as they would be.
    pub changed: Vec<(Told, Told)>,
}

/// Logs a decision of whoever is signed in, signed with their key. The view follows within moments; its new state
/// is told by `events`.
pub(crate) fn rule(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let (form, because) = decided(house, asked)?;
    let id = (house.outside.rule)(who(asked), &form.decision, &because).map_err(unruled)?;
    Ok(Answer::Json(json!({ "id": id })))
}

/// Tells what a decision would change, and logs nothing.
pub(crate) fn foresee(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let (form, because) = decided(house, asked)?;
    // What would be made of records is in no view yet, so what is withheld of them cannot be taken out of it.
    house.look(
        |reader| match house.shutter(reader, asked.role)?.hides_records() {
            true => Err(Refusal::forbidden(
                "The preview may hold what is withheld from your role; decide without it.",
            )
            .into()),
            false => Ok(()),
        },
    )?;
    let Ok(_turn) = house.trying.try_lock() else {
        return Err(crate::house::busy().into());
    };
    let seen = (house.outside.foresee)(who(asked), &form.decision, &because).map_err(unruled)?;
    let told = |it: &Told| json!({ "incident": it.incident, "verdict": it.verdict.map(Verdict::as_str) });
    let all = |list: &[Told]| list.iter().take(TOLD_MAX).map(told).collect::<Vec<_>>();
    let changed = seen.changed.iter().take(TOLD_MAX);
    Ok(Answer::Json(json!({
        "standing": seen.standing,
        "why": seen.why,
        "total": seen.gone.len() + seen.new.len() + seen.changed.len(),
        "gone": all(&seen.gone),
        "new": all(&seen.new),
        "changed": changed.map(|(was, is)| json!({ "was": told(was), "is": told(is) })).collect::<Vec<_>>(),
    })))
}

/// Most incidents of each sort in a preview.
///
/// 100: a decision is about one incident and changes a few; `total` says how many there are.
const TOLD_MAX: usize = 100;

fn who(asked: &Asked) -> &str {
    let session = asked.session.as_ref();
    session.map_or("", |session| session.account.as_str())
}

fn unruled(why: Unruled) -> Trouble {
    match why {
        Unruled::Refused(why) => Refusal::bad(why).into(),
        Unruled::Busy => crate::house::busy().into(),
        Unruled::Failed(why) => Trouble::Ours(why),
    }
}

/// The decision in the body, when whoever asks may read everything that it names; and its reason.
fn decided(house: &House, asked: &Asked) -> Result<(Form, String), Trouble> {
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
    Ok((form, because))
}

/// Refusals of [`rule`] beside those of any route.
pub(crate) const REFUSES: &[Code] = &[Code::NotFound, Code::Forbidden];

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
        one("split", json!({ "groups": { "type": "array", "items": ids(1), "minItems": 2 } }), &["groups"]),
        one("archive", json!({ "claims": ids(1) }), &["claims"]),
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
