//! What became of a record, filling by filling: which fields changed, from what to what, and by which entries of
//! the log. What is withheld is withheld of old values too.

use std::collections::BTreeSet;

use model::record::Record;
use serde_json::{Value, json};
use store::{Reader, Revision};

use crate::answer::{Answer, Code, Refusal};
use crate::house::House;
use crate::records::{head, may_read};
use crate::route::{Asked, Trouble};
use crate::shutter::Shutter;

/// Most entries of the log that are named beside one revision.
///
/// 20: a screen. Raise it and a filling of a whole archive lists every page of it.
const ENTRIES_MAX: u64 = 20;

/// Most revisions in one answer, the newest.
const REVISIONS_MAX: usize = 100;

/// The history of a record.
pub(crate) fn list(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let record = record(reader, &shutter, asked)?;
        let revisions = reader.revisions(&record.kind, &record.id)?;
        let log = house.log()?;
        let mut items = Vec::new();
        let mut after = Some(shutter.show(&record));
        for revision in revisions.iter().take(REVISIONS_MAX) {
            let before = old(reader, &shutter, revision)?;
            let changed = match (&before, &after) {
                (Some(before), Some(after)) => differences(before, after),
                _ => Vec::new(),
            };
            let (first, end) = entries(revision);
            items.push(json!({
                "state": revision.state,
                "change": revision.what,
                "at": captured(&log, end.checked_sub(1)),
                "entries": { "first": first, "end": end, "items": named(&log, first, end) },
                "fields": changed,
                // Not kept any more, or not for this reader.
                "kept": revision.what != "changed" || before.is_some(),
            }));
            after = before;
        }
        let mut value = head(reader)?;
        value["kind"] = json!(record.kind);
        value["id"] = json!(record.id);
        value["total"] = json!(revisions.len());
        value["items"] = items.into();
        Ok(Answer::Json(value))
    })
}

/// What differs in a record between two states, the second of them now when none is named.
pub(crate) fn diff(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let record = record(reader, &shutter, asked)?;
        let states = reader.states()?;
        let at = |name: &str| -> Result<Option<Value>, Trouble> {
            if !states.iter().any(|(state, _)| state == name) {
                let told = "that state is not in the history of this view";
                return Err(Refusal::new(Code::Gone, told, "Read the record anew.").into());
            }
            match form_in(reader, &shutter, &states, &record, name)? {
                Form::There(value) => Ok(Some(value)),
                Form::Absent => Ok(None),
                Form::NotKept => Err(Refusal::not_found().into()),
            }
        };
        let from = at(asked.value("from").unwrap_or_default())?;
        let to = match asked.value("to") {
            Some(name) => at(name)?,
            None => Some(shutter.show(&record)),
        };
        let fields = match (&from, &to) {
            (Some(from), Some(to)) => differences(from, to),
            _ => Vec::new(),
        };
        let mut value = head(reader)?;
        value["kind"] = json!(record.kind);
        value["id"] = json!(record.id);
        value["there"] = json!({ "from": from.is_some(), "to": to.is_some() });
        value["fields"] = fields.into();
        Ok(Answer::Json(value))
    })
}

/// A record as it was in some state.
pub(crate) enum Form {
    /// As far as the role may see it.
    There(Value),
    /// It was not there.
    Absent,
    /// It was there; what it said is not kept, or not for this reader.
    NotKept,
}

/// A record of now as it was in a state; `states` are those of the history, the newest first.
pub(crate) fn form_in(
    reader: &Reader,
    shutter: &Shutter,
    states: &[(String, String)],
    record: &Record,
    name: &str,
) -> Result<Form, Trouble> {
    // The oldest change after that state holds the record as it was in it.
    let later: BTreeSet<&str> = states
        .iter()
        .map(|(state, _)| state.as_str())
        .take_while(|state| *state != name)
        .collect();
    let revisions = reader.revisions(&record.kind, &record.id)?;
    Ok(
        match revisions.iter().rfind(|it| later.contains(it.state.as_str())) {
            None => Form::There(shutter.show(record)),
            Some(next) if next.what == "added" => Form::Absent,
            Some(next) => old(reader, shutter, next)?.map_or(Form::NotKept, Form::There),
        },
    )
}

/// The record of this id, and of this kind where one is named, that the role may see.
fn record(reader: &Reader, shutter: &Shutter, asked: &Asked) -> Result<Record, Trouble> {
    let seen = reader
        .with_ords(asked.part("id"))?
        .into_iter()
        .find(|(ord, record)| {
            let wanted = asked.value("kind").is_none_or(|kind| kind == record.kind);
            wanted && may_read(asked, &record.kind) && shutter.admits(*ord)
        });
    Ok(seen.map(|(_, record)| record).ok_or_else(Refusal::not_found)?)
}

/// The record as it was before, as far as the role may see it: what it rested on or named then must all be open now.
fn old(reader: &Reader, shutter: &Shutter, revision: &Revision) -> Result<Option<Value>, Trouble> {
    let Some(record) = &revision.before else {
        return Ok(None);
    };
    if !shutter.hides_records() {
        return Ok(Some(shutter.show(record)));
    }
    if record.document.as_ref().is_some_and(|page| shutter.is_torn(page)) {
        return Ok(None);
    }
    let whole = serde_json::to_value(record).unwrap_or_default();
    let mut words = BTreeSet::new();
    collect(&whole, &mut words);
    words.remove(record.id.as_str());
    for id in &record.basis {
        // What it rested on and is no more may have been withheld.
        if reader.with_ords(id)?.is_empty() {
            return Ok(None);
        }
    }
    for word in words {
        let hidden = reader
            .with_ords(word)?
            .iter()
            .any(|(ord, _)| !shutter.admits(*ord));
        if hidden || shutter.names(word) {
            return Ok(None);
        }
    }
    Ok(Some(shutter.show(record)))
}

/// Every text in a value.
fn collect<'v>(value: &'v Value, into: &mut BTreeSet<&'v str>) {
    match value {
        Value::String(word) => {
            into.insert(word);
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, into)),
        _ => {}
    }
}

/// Entries of the log that came between the filling before and this one, as first and one past the last.
fn entries(revision: &Revision) -> (u64, u64) {
    let end = size(&revision.checkpoint);
    let first = revision.checkpoint_before.as_deref().map_or(0, size);
    (first.min(end), end)
}

/// How many entries the log had at a signed head.
pub(crate) fn size(checkpoint: &str) -> u64 {
    let line = checkpoint.lines().nth(1);
    line.and_then(|line| line.parse().ok()).unwrap_or(0)
}

/// When an entry was taken in, as the log has it.
pub(crate) fn captured(log: &ledger::Reader, entry: Option<u64>) -> Option<String> {
    leaf(log, entry?)?["captured"].as_str().map(str::to_owned)
}

fn leaf(log: &ledger::Reader, entry: u64) -> Option<Value> {
    let bytes = (entry < log.size()).then(|| log.entry(entry).ok())??;
    serde_json::from_slice(&bytes).ok()
}

fn named(log: &ledger::Reader, first: u64, end: u64) -> Vec<Value> {
    (first..end.min(first + ENTRIES_MAX))
        .map(|entry| {
            let leaf = leaf(log, entry).unwrap_or_default();
            json!({ "entry": entry, "kind": leaf["kind"], "at": leaf["captured"] })
        })
        .collect()
}

/// Fields that are not as they were, each with its old and its new value. Of lists only the items that differ.
pub(crate) fn differences(old: &Value, new: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    compare("", old, new, &mut found);
    found
}

fn compare(path: &str, old: &Value, new: &Value, found: &mut Vec<Value>) {
    if old == new {
        return;
    }
    let told = |old: &Value, new: &Value| json!({ "field": path, "old": old, "new": new });
    match (old, new) {
        (Value::Object(a), Value::Object(b)) => {
            let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for name in names {
                let under = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                let at =
                    |fields: &serde_json::Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
                compare(&under, &at(a), &at(b), found);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            let only = |these: &[Value], those: &[Value]| -> Value {
                these.iter().filter(|it| !those.contains(it)).cloned().collect()
            };
            found.push(told(&only(a, b), &only(b, a)));
        }
        _ => found.push(told(old, new)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_name_the_field_and_of_lists_only_the_items() {
        let old = json!({ "a": 1, "b": { "c": "x", "d": [1, 2] }, "same": true, "gone": 5 });
        let new = json!({ "a": 2, "b": { "c": "x", "d": [2, 3] }, "same": true, "come": null });
        assert_eq!(
            differences(&old, &new),
            [
                json!({ "field": "a", "old": 1, "new": 2 }),
                json!({ "field": "b.d", "old": [1], "new": [3] }),
                json!({ "field": "gone", "old": 5, "new": null }),
            ]
        );
    }
}
