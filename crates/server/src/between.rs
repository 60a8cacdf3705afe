//! What differs between any two states of the view: what came, what went, what changed, field by field, and which
//! pages and rulings did it.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::header;
use model::record::Record;
use serde_json::{Value, json};
use store::{Changes, Reader};

use crate::answer::{Answer, Code, Refusal};
use crate::house::House;
use crate::records::{head, may_read};
use crate::revisions::{Form, captured, differences, form_in, size};
use crate::route::{Asked, Parameter, Shape, Trouble};
use crate::shutter::Shutter;

/// What became of a record.
const WHAT: [&str; 3] = ["added", "changed", "gone"];

/// Most rows of one answer, and how many when nothing is asked.
///
/// 200: some hundred kilobytes. Raise it and one answer holds a turn for long.
const ROWS_MAX: u64 = 200;
const ROWS: usize = 50;

/// The kind that gets another id when more is told of the same thing.
const FOLLOWED: &str = "incident";

/// What the comparison may be asked for.
pub(crate) fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::new("from", Shape::Words, "A state.").needed(),
        Parameter::new("to", Shape::Words, "A later one; now when there is none."),
        Parameter::new("kind", Shape::Words, "Only rows of this kind."),
        Parameter::new("change", Shape::OneOf(&WHAT), "Only rows of this sort."),
        Parameter::new(
            "format",
            Shape::OneOf(&["json", "csv"]),
            "A page of rows, or all of them as a table with a line for each field.",
        ),
        Parameter::new("limit", Shape::Number(1, ROWS_MAX), "How many at most."),
        Parameter::new(
            "after",
            Shape::Number(0, 1 << 53),
            "The value of next in the answer before.",
        ),
    ]
}

/// Every state that the history holds, the newest first.
pub(crate) fn states(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let log = house.log()?;
        let mut value = head(reader)?;
        value["items"] = reader
            .states()?
            .iter()
            .map(|(name, checkpoint)| {
                let entries = size(checkpoint);
                json!({ "state": name, "entries": entries, "at": captured(&log, entries.checked_sub(1)) })
            })
            .collect();
        Ok(Answer::Json(value))
    })
}

/// A record that is not in the later state as it was in the earlier one.
struct Row {
    kind: String,
    id: String,
    what: &'static str,
    /// The id that it had in the earlier state, when that was another.
    was: Option<String>,
}

/// What differs between two states.
pub(crate) fn diff(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let newest = reader.state()?.unwrap_or_default();
        let from = asked.value("from").unwrap_or_default();
        let to = asked.value("to").unwrap_or(&newest);
        let states = reader.states()?;
        let place = |name: &str| states.iter().position(|(state, _)| state == name);
        if let (Some(first), Some(last)) = (place(from), place(to))
            && first < last
        {
            return Err(Refusal::bad("from is later than to; change them over").into());
        }
        let Changes::Known(changes) = reader.changes_between(from, to)? else {
            let told = "that state is not in the history of this view";
            return Err(Refusal::new(Code::Gone, told, "/api/v1/states lists those that are.").into());
        };
        let mut rows = Vec::new();
        for change in changes.into_iter().filter(|it| may_read(asked, &it.kind)) {
            let what = WHAT.iter().find(|what| **what == change.what).copied();
            if let Some(what) = what
                && is_open(reader, &shutter, &change.kind, &change.id)?
            {
                let (kind, id) = (change.kind, change.id);
                rows.push(Row {
                    kind,
                    id,
                    what,
                    was: None,
                });
            }
        }
        follow(reader, &shutter, &states, from, &mut rows)?;
        let mut counts: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        for row in &rows {
            *counts
                .entry(row.kind.clone())
                .or_default()
                .entry(row.what)
                .or_default() += 1;
        }
        rows.retain(|row| asked.value("kind").is_none_or(|kind| kind == row.kind));
        rows.retain(|row| asked.value("change").is_none_or(|what| what == row.what));
        let tell = |row: &Row| told(reader, &shutter, &states, (from, to), row);
        if asked.value("format") == Some("csv") {
            let items = rows.iter().map(tell).collect::<Result<Vec<_>, _>>()?;
            return Ok(table(&items));
        }
        let number = |name| asked.value(name).and_then(|text| text.parse::<usize>().ok());
        let (after, limit) = (number("after").unwrap_or(0), number("limit").unwrap_or(ROWS));
        let page = rows.iter().skip(after).take(limit).map(tell);
        let mut value = head(reader)?;
        value["from"] = json!(from);
        value["to"] = json!(to);
        value["counts"] = json!(counts);
        value["total"] = json!(rows.len());
        value["items"] = page.collect::<Result<Vec<_>, _>>()?.into();
        let end = after.saturating_add(limit);
        value["next"] = json!((end < rows.len()).then(|| end.to_string()));
        Ok(Answer::Json(value))
    })
}

/// Whether the role may know of a record. What is no more is told by its id alone, unless that is withheld.
fn is_open(reader: &Reader, shutter: &Shutter, kind: &str, id: &str) -> Result<bool, Trouble> {
    let found = reader.with_ords(id)?;
    let mut of_kind = found.iter().filter(|(_, record)| record.kind == kind).peekable();
    if of_kind.peek().is_none() {
        return Ok(!shutter.names(id) && !shutter.hides_kind(kind));
    }
    Ok(of_kind.any(|(ord, _)| shutter.admits(*ord)))
}

/// What came in the place of what went is one row: a change of a record that got another id.
fn follow(
    reader: &Reader,
    shutter: &Shutter,
    states: &[(String, String)],
    from: &str,
    rows: &mut Vec<Row>,
) -> Result<(), Trouble> {
    let mut taken_over = BTreeSet::new();
    for row in rows
        .iter_mut()
        .filter(|row| row.kind == FOLLOWED && row.what == "added")
    {
        if let Some(record) = now(reader, shutter, row)?
            && let Form::There(before) = form_in(reader, shutter, states, &record, from)?
            && let Some(was) = before["id"].as_str()
        {
            taken_over.insert(was.to_owned());
            row.what = "changed";
            row.was = Some(was.to_owned());
        }
    }
    rows.retain(|row| !(row.kind == FOLLOWED && row.what == "gone" && taken_over.contains(&row.id)));
    Ok(())
}

/// The record as it stands, where it still does and the role may see it.
fn now(reader: &Reader, shutter: &Shutter, row: &Row) -> Result<Option<Record>, Trouble> {
    let found = reader.with_ords(&row.id)?;
    let mut open = found
        .into_iter()
        .filter(|(ord, record)| record.kind == row.kind && shutter.admits(*ord));
    Ok(open.next().map(|(_, record)| record))
}

/// A row with its fields, and the pages and rulings that came to the record or left it.
fn told(
    reader: &Reader,
    shutter: &Shutter,
    states: &[(String, String)],
    (from, to): (&str, &str),
    row: &Row,
) -> Result<Value, Trouble> {
    let (mut before, mut after) = (Form::Absent, Form::Absent);
    if let Some(record) = now(reader, shutter, row)? {
        before = form_in(reader, shutter, states, &record, from)?;
        after = form_in(reader, shutter, states, &record, to)?;
    }
    let fields = match (&before, &after) {
        (Form::There(before), Form::There(after)) => differences(before, after),
        _ => Vec::new(),
    };
    let kept = row.what == "added" || !matches!(before, Form::Absent | Form::NotKept);
    let names = |form: &Form, field: &str| -> BTreeSet<String> {
        let Form::There(value) = form else {
            return BTreeSet::new();
        };
        let mut all = BTreeSet::new();
        let listed = value["fields"][field].as_array().into_iter().flatten();
        all.extend(listed.filter_map(Value::as_str).map(str::to_owned));
        if field == "documents" {
            all.extend(value["document"].as_str().map(str::to_owned));
        }
        all
    };
    let moved = |field: &str| {
        let (old, new) = (names(&before, field), names(&after, field));
        json!({ "came": new.difference(&old).collect::<Vec<_>>(), "went": old.difference(&new).collect::<Vec<_>>() })
    };
    Ok(json!({
        "kind": row.kind, "id": row.id, "change": row.what, "was": row.was, "kept": kept, "fields": fields,
        "pages": moved("documents"), "rulings": moved("rulings"),
    }))
}

/// The rows as a table, a line for each field that differs.
fn table(items: &[Value]) -> Answer {
    let mut text =
        String::from("kind,id,change,was,field,old,new,pages_came,pages_went,rulings_came,rulings_went\r\n");
    let plain = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(words) => words.clone(),
        other => other.to_string(),
    };
    let joined = |value: &Value| -> String {
        let all: Vec<String> = value.as_array().into_iter().flatten().map(plain).collect();
        all.join(" | ")
    };
    for item in items {
        let one = [json!({})];
        let fields = item["fields"].as_array().filter(|fields| !fields.is_empty());
        for field in fields.map_or(&one[..], Vec::as_slice) {
            let cells = [
                plain(&item["kind"]),
                plain(&item["id"]),
                plain(&item["change"]),
                plain(&item["was"]),
                plain(&field["field"]),
                plain(&field["old"]),
                plain(&field["new"]),
                joined(&item["pages"]["came"]),
                joined(&item["pages"]["went"]),
                joined(&item["rulings"]["came"]),
                joined(&item["rulings"]["went"]),
            ];
            let cells = cells.map(|cell| format!("\"{}\"", reports::guarded(&cell).replace('"', "\"\"")));
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
    }
    Answer::Bytes {
        kind: "text/csv; charset=utf-8",
        bytes: text.into_bytes(),
        headers: vec![(
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"differences.csv\"".to_owned(),
        )],
    }
}
