//! What people decided, and what waits for them.

use super::{derived_id, ids, record, resting_on};
use crate::lookup::Lookup;
use model::record::{DecisionForm, Record};
use model::{Decision, ReviewItem, Ruled};
use serde_json::{Value, json};

pub(super) fn rulings(lookup: &Lookup<'_>) -> Vec<Record> {
    let all = lookup.picture.ruled.iter();
    all.map(|ruled| ruling(lookup, ruled)).collect()
}

fn ruling(lookup: &Lookup<'_>, ruled: &Ruled) -> Record {
    let Ruled { ruling, .. } = ruled;
    let takes_back = match &ruling.decision {
        Decision::Undo { ruling } => Value::from(ruling.as_str()),
        _ => Value::Null,
    };
    let fields = json!({
        "decision": ruling.decision.kind(),
        // The form in which it was signed; plain data with text keys, which JSON can always hold.
        "form": serde_json::to_value(DecisionForm::from(&ruling.decision)).unwrap_or_default(),
        "by": ruling.by,
        "made": ruling.made,
        "reason": ruling.because,
        "standing": ruled.standing.as_str(),
        "why": ruled.why,
        "incidents": ids(&ruled.incidents),
        "takes_back": takes_back,
    });
    let of_kind = record("ruling", ruling.id.as_str(), fields);
    Record {
        basis: ids(&ruled.claims),
        ..resting_on(of_kind, &lookup.quotes(&ruled.claims))
    }
}

pub(super) fn review(lookup: &Lookup<'_>) -> Vec<Record> {
    let all = lookup.picture.review.iter().enumerate();
    all.map(|(turn, item)| waiting(lookup, turn, item)).collect()
}

fn waiting(lookup: &Lookup<'_>, turn: usize, item: &ReviewItem) -> Record {
    let words: Vec<&str> = item.waiting.iter().map(|waiting| waiting.as_str()).collect();
    let incident = item.incident.as_ref().map(ToString::to_string);
    let fields = json!({
        "turn": turn + 1,
        "incident": incident,
        "claims": ids(&item.claims),
        "waiting": words,
        "candidates": ids(&item.candidates),
        "group": item.group,
        "rulings": ids(&item.rulings),
    });
    let about = incident
        .clone()
        .unwrap_or_else(|| item.claims.first().map(ToString::to_string).unwrap_or_default());
    let of_kind = record("review", derived_id("rev", &[&about]), fields);
    Record {
        basis: incident.into_iter().chain(ids(&item.claims)).collect(),
        ..resting_on(of_kind, &lookup.quotes(&item.claims))
    }
}
