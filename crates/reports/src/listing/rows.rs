//! Lists whose every row leads to quoted words.

use super::text;
use crate::phrase;
use crate::plain::{clip, visible};
use crate::table::{self, Column, Screen};
use jiff::civil::Date;
use model::Edtf;
use model::record::Record;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Quotations under a table that one row gets; the records have all.
const QUOTES_MAX: usize = 3;
/// Characters of a quotation on a terminal.
const QUOTE_CHARACTERS: usize = 280;

/// Quotations of a record: the words, the page, the first and one past the last byte.
fn quotes(record: &Record) -> Vec<(&str, &str, u64, u64)> {
    let listed = record.fields["quotes"].as_array().into_iter().flatten();
    listed
        .map(|it| {
            let word = |name: &str| it[name].as_str().unwrap_or_default();
            let byte = |name: &str| it[name].as_u64().unwrap_or_default();
            (word("quote"), word("document"), byte("start"), byte("end"))
        })
        .collect()
}

/// A table of rows with their records. On a terminal each row is numbered and its words stand below under
/// its number; in a pipe they stand in the row, with the ids of the claims.
fn listed(head: &[&'static str], rows: Vec<(Vec<String>, &Record)>, nothing: &str, screen: Screen) -> String {
    let numbered = |(at, (cells, record)): (usize, &(Vec<String>, &Record))| {
        let words: Vec<&str> = quotes(record).into_iter().map(|(words, ..)| words).collect();
        let mut row = vec![(at + 1).to_string()];
        row.extend(cells.iter().cloned());
        row.extend([words.join(" | "), record.basis.join(" "), record.id.clone()]);
        row
    };
    let mut columns = vec![Column::Both("no")];
    columns.extend(head.iter().map(|name| Column::Both(name)));
    columns.extend(["words", "rests on", "id"].map(Column::Pipe));
    let cells = rows.iter().enumerate().map(numbered).collect();
    match screen {
        Screen::Terminal(_) if rows.is_empty() => format!("{nothing}\n"),
        Screen::Terminal(_) => {
            let records = rows.iter().enumerate().map(|(at, (_, record))| (at + 1, *record));
            format!("{}{}", table::print(&columns, cells, screen), words(records))
        }
        Screen::Pipe => table::print(&columns, cells, screen),
    }
}

/// The words of numbered rows.
fn words<'r>(rows: impl Iterator<Item = (usize, &'r Record)>) -> String {
    let mut out = String::from("\nWords\n");
    for (number, record) in rows {
        let all = quotes(record);
        for (words, page, start, end) in all.iter().take(QUOTES_MAX) {
            let words = clip(&visible(words), QUOTE_CHARACTERS);
            let page = visible(page);
            out.push_str(&format!(
                "[{number}] \u{201c}{words}\u{201d} ({page}, bytes {start}\u{2013}{end})\n"
            ));
        }
        if all.len() > QUOTES_MAX {
            out.push_str(&format!(
                "[{number}] and {} more; --json has all\n",
                all.len() - QUOTES_MAX
            ));
        }
        out.push_str(&differences(number, record));
    }
    out
}

/// Where the accounts of a row differ, side by side.
fn differences(number: usize, record: &Record) -> String {
    let listed = record.fields["differ"].as_array().into_iter().flatten();
    let one = |it: &Value| {
        let about = it["about"].as_str().unwrap_or_default();
        format!(
            "[{number}] accounts differ about the {about}: {}\n",
            told(it).join("; ")
        )
    };
    listed.map(one).collect()
}

fn told(difference: &Value) -> Vec<String> {
    let told = difference["told"].as_array().into_iter().flatten();
    told.map(|it| {
        let word = |name: &str| visible(it[name].as_str().unwrap_or_default());
        format!("{} (on the word of {})", word("value"), word("by"))
    })
    .collect()
}

/// A published time in words.
fn when(time: &Value) -> String {
    let edtf = time["edtf"].as_str().and_then(Edtf::parse);
    phrase::when(&edtf.unwrap_or_else(Edtf::unknown))
}

fn label(mention: &Value) -> String {
    let name = mention["label"].as_str().unwrap_or_default();
    match mention["actor"].as_str() {
        Some(actor) => format!("{name} [{actor}]"),
        None if name.is_empty() => "not told".to_owned(),
        None => name.to_owned(),
    }
}

fn labels(mentions: &Value) -> String {
    let listed: Vec<String> = mentions.as_array().into_iter().flatten().map(label).collect();
    match listed.is_empty() {
        true => "not told".to_owned(),
        false => listed.join(", "),
    }
}

fn or_not_told(words: &str) -> String {
    match words {
        "" => "not told".to_owned(),
        words => words.to_owned(),
    }
}

pub(super) fn positions(records: &[Record], screen: Screen) -> String {
    let row = |it: &Value| {
        let word = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
        vec![
            label(&it["holder"]),
            word("proposal").replace('-', " "),
            word("stance"),
            word("reservation"),
            when(&it["when"]),
            word("by"),
        ]
    };
    let mut order: Vec<&Record> = records.iter().collect();
    order.sort_by_cached_key(|it| (text(it, "proposal").to_owned(), label(&it.fields["holder"])));
    let rows = order.into_iter().map(|it| (row(&it.fields), it)).collect();
    let head = [
        "holder",
        "proposal",
        "stance",
        "reservation",
        "since",
        "on the word of",
    ];
    listed(&head, rows, "No position was read.", screen)
}

/// Holders by proposals. A cell has every position over time, the newest last, each with the number of its
/// words; a holder without one is silent where it was heard on other things, and else not heard.
pub(super) fn matrix(stands: &[Record], positions: &[Record], screen: Screen) -> String {
    let by_id: BTreeMap<&str, (usize, &Record)> = positions
        .iter()
        .enumerate()
        .map(|(at, it)| (it.id.as_str(), (at + 1, it)))
        .collect();
    let mut proposals: Vec<&str> = stands.iter().map(|it| text(it, "proposal")).collect();
    proposals.sort_unstable();
    proposals.dedup();
    let mut holders: BTreeMap<(String, String), BTreeMap<&str, String>> = BTreeMap::new();
    for stand in stands {
        let holder = &stand.fields["holder"];
        let who = holder["actor"].as_str().or_else(|| holder["label"].as_str());
        let key = (label(holder).to_lowercase(), who.unwrap_or_default().to_owned());
        let cells = holders.entry(key).or_default();
        cells.insert("", label(holder));
        cells.insert(text(stand, "proposal"), cell(stand, &by_id, screen));
    }
    let names: Vec<String> = proposals
        .iter()
        .map(|proposal| proposal.replace('-', " "))
        .collect();
    let mut columns = vec![Column::Both("holder")];
    columns.extend(names.iter().map(|name| Column::Both(name)));
    let row = |cells: &BTreeMap<&str, String>| {
        let mut row = vec![cells.get("").cloned().unwrap_or_default()];
        row.extend(
            proposals
                .iter()
                .map(|it| cells.get(it).cloned().unwrap_or_default()),
        );
        row
    };
    let rows: Vec<Vec<String>> = holders.values().map(row).collect();
    if rows.is_empty() && matches!(screen, Screen::Terminal(_)) {
        return "No position was read.\n".to_owned();
    }
    let grid = table::print(&columns, rows, screen);
    match screen {
        Screen::Pipe => grid,
        Screen::Terminal(_) => {
            let numbered = positions.iter().enumerate().map(|(at, it)| (at + 1, it));
            let key = "\"silent\": heard about other things, never about this. \"not heard\": no statement was read.\n";
            format!("{grid}{key}{}", words(numbered))
        }
    }
}

fn cell(stand: &Record, positions: &BTreeMap<&str, (usize, &Record)>, screen: Screen) -> String {
    let over_time = stand.fields["positions"].as_array().into_iter().flatten();
    let stances: Vec<String> = over_time
        .filter_map(|id| positions.get(id.as_str()?))
        .map(|(number, it)| {
            let mark = match screen {
                Screen::Terminal(_) => number.to_string(),
                Screen::Pipe => it.id.clone(),
            };
            format!("{}, {} [{mark}]", text(it, "stance"), when(&it.fields["when"]))
        })
        .collect();
    let in_order = stand.fields["newest"]
        .as_array()
        .is_none_or(|newest| newest.len() <= 1);
    match (stances.is_empty(), in_order) {
        (true, _) => text(stand, "without_position").to_owned(),
        (false, true) => stances.join(", then "),
        (false, false) => format!("order not known: {}", stances.join("; ")),
    }
}

pub(super) fn rounds(records: &[Record], screen: Screen) -> String {
    let mut order: Vec<&Record> = records.iter().collect();
    order.sort_by_key(|it| {
        let earliest = it.fields["when"]["earliest"].as_str();
        (earliest.is_none(), earliest, &it.id)
    });
    let row = |it: &Record| {
        let number = it.fields["number"].as_u64().map(|number| number.to_string());
        let what = match it.kind.as_str() {
            "round" => {
                let track = phrase::capital(&or_not_told(text(it, "track")));
                format!(
                    "round {} of {track}",
                    number.unwrap_or_else(|| "(number not told)".to_owned())
                )
            }
            _ => text(it, "form").to_owned(),
        };
        let steps = it.fields["steps"].as_array().into_iter().flatten();
        let steps: Vec<&str> = steps.filter_map(|step| step["step"].as_str()).collect();
        let readouts = it.fields["readouts"].as_array().into_iter().flatten();
        let mut readouts: Vec<&str> = readouts.filter_map(|one| one["by"].as_str()).collect();
        readouts.dedup();
        let differ = it.fields["differ"].as_array().into_iter().flatten();
        let differ: Vec<&str> = differ.filter_map(|one| one["about"].as_str()).collect();
        vec![
            what,
            when(&it.fields["when"]),
            or_not_told(text(it, "place")),
            text(it, "progress").to_owned(),
            parts(&it.fields["participants"]),
            steps.join(", "),
            readouts.join(", "),
            differ.join(", "),
        ]
    };
    let rows = order.into_iter().map(|it| (row(it), it)).collect();
    let head = [
        "what",
        "when",
        "where",
        "progress",
        "who",
        "steps",
        "read-outs by",
        "accounts differ about",
    ];
    listed(&head, rows, "No round and no meeting was read.", screen)
}

/// Participants, with the part where one is told.
fn parts(participants: &Value) -> String {
    let one = |it: &Value| match it["part"].as_str() {
        Some(part) if !part.is_empty() => format!("{} ({part})", label(it)),
        _ => label(it),
    };
    let all: Vec<String> = participants.as_array().into_iter().flatten().map(one).collect();
    or_not_told(&all.join(", "))
}

/// Who holds what. For one day, holders of more than one side, or a denial, make the place contested.
pub(super) fn control(records: &[Record], on: Option<Date>, screen: Screen) -> String {
    let mut holders: BTreeMap<&str, BTreeSet<(bool, String)>> = BTreeMap::new();
    for it in records {
        let holder = &it.fields["holder"];
        let name = match text(it, "side") {
            "" => label(holder),
            side => side.to_owned(),
        };
        let settled = holder["actor"].is_string();
        holders
            .entry(text(it, "place"))
            .or_default()
            .insert((settled, name));
    }
    let row = |it: &Record| {
        let names = it.fields["names"].as_array().into_iter().flatten();
        let names: Vec<&str> = names.filter_map(Value::as_str).collect();
        let by = it.fields["by"].as_array().into_iter().flatten();
        let by: Vec<&str> = by.filter_map(Value::as_str).collect();
        let denied = it.fields["denied"].as_array().map_or(0, Vec::len);
        let until = match &it.fields["until"] {
            Value::Null => "no end told".to_owned(),
            until => when(until),
        };
        let of_place = holders
            .get(text(it, "place"))
            .filter(|holders| on.is_some() && holders.len() > 1);
        let settled =
            of_place.is_some_and(|holders| holders.iter().filter(|(settled, _)| *settled).count() > 1);
        let standing = match (of_place.is_some(), denied) {
            (true, _) if settled => "contested: several are said to hold it".to_owned(),
            (true, 0) => "not settled: whether the labels are one holder is not known".to_owned(),
            (true, _) => "contested: denied, and whether the labels are one holder is not known".to_owned(),
            (false, 0) => "not denied".to_owned(),
            (false, denied) => format!(
                "contested: denied in {}",
                phrase::number(denied, "claim", "claims")
            ),
        };
        vec![
            names.join(" / "),
            label(&it.fields["holder"]),
            when(&it.fields["since"]),
            until,
            by.join(", "),
            standing,
        ]
    };
    let rows = records.iter().map(|it| (row(it), it)).collect();
    let head = [
        "place",
        "said to be held by",
        "since",
        "until",
        "on the word of",
        "standing",
    ];
    let nothing = match on {
        Some(on) => format!("Nobody is told to hold it on {on}: no page that was read says so."),
        None => "Nobody is told to have taken or lost it: no page that was read says so.".to_owned(),
    };
    listed(&head, rows, &nothing, screen)
}

pub(super) fn moves(records: &[Record], screen: Screen) -> String {
    let row = |it: &Record| {
        let quantity = &it.fields["quantity"];
        let number = |name: &str| quantity[name].as_u64();
        let counted = match (number("low"), number("high")) {
            (None, _) => "no number given".to_owned(),
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}\u{2013}{high}"),
            (Some(low), None) => format!("at least {low}"),
        };
        let unit = quantity["unit"].as_str().unwrap_or_default();
        vec![
            text(it, "act").replace('-', " "),
            text(it, "progress").to_owned(),
            format!("{counted} {unit}").trim_end().to_owned(),
            or_not_told(text(it, "place")),
            when(&it.fields["when"]),
            text(it, "by").to_owned(),
        ]
    };
    let rows = records.iter().map(|it| (row(it), it)).collect();
    let head = ["act", "progress", "quantity", "where", "when", "on the word of"];
    listed(
        &head,
        rows,
        "None was read of. What nobody reported is not known.",
        screen,
    )
}

pub(super) fn measures(records: &[Record], screen: Screen) -> String {
    let row = |it: &Record| {
        vec![
            text(it, "act").replace('-', " "),
            text(it, "progress").to_owned(),
            labels(&it.fields["takers"]),
            labels(&it.fields["against"]),
            or_not_told(text(it, "place")),
            when(&it.fields["when"]),
            text(it, "by").to_owned(),
        ]
    };
    let rows = records.iter().map(|it| (row(it), it)).collect();
    let head = [
        "act",
        "progress",
        "taken by",
        "against",
        "where",
        "when",
        "on the word of",
    ];
    listed(
        &head,
        rows,
        "None was read of. What nobody reported is not known.",
        screen,
    )
}

pub(super) fn rulings(records: &[Record], screen: Screen) -> String {
    let row = |it: &Record| {
        let incidents: Vec<&str> = it.fields["incidents"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        vec![
            it.id.clone(),
            text(it, "decision").to_owned(),
            text(it, "standing").to_owned(),
            text(it, "by").to_owned(),
            text(it, "made").to_owned(),
            text(it, "reason").to_owned(),
            text(it, "why").to_owned(),
            incidents.join(", "),
        ]
    };
    let rows = records.iter().map(|it| (row(it), it)).collect();
    let head = [
        "ruling",
        "decision",
        "standing",
        "by",
        "made",
        "reason",
        "why",
        "incidents",
    ];
    listed(&head, rows, "Nobody has ruled on anything.", screen)
}

/// The queue; `incidents` are those that it is about.
pub(super) fn review(records: &[Record], incidents: &[Record], screen: Screen) -> String {
    let by_id: std::collections::BTreeMap<&str, &Record> = incidents
        .iter()
        .map(|incident| (incident.id.as_str(), incident))
        .collect();
    let row = |it: &Record| {
        let words = |name: &str| -> Vec<&str> {
            it.fields[name]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect()
        };
        let incident = by_id.get(text(it, "incident"));
        let of = |name: &str| incident.map_or(String::new(), |incident| text(incident, name).to_owned());
        let place = incident.and_then(|incident| incident.fields["place"]["name"].as_str());
        vec![
            it.fields["turn"].to_string(),
            words("waiting").join(", "),
            match text(it, "incident") {
                "" => words("claims").join(", "),
                id => id.to_owned(),
            },
            of("act").replace('-', " "),
            or_not_told(place.unwrap_or_default()),
            incident.map_or(String::new(), |incident| when(&incident.fields["when"])),
            of("grade"),
            text(it, "group").to_owned(),
            words("candidates").join(", "),
        ]
    };
    let rows = records.iter().map(|it| (row(it), it)).collect();
    let head = [
        "turn",
        "waits for",
        "about",
        "act",
        "where",
        "when",
        "grade",
        "sources",
        "may be one with",
    ];
    listed(&head, rows, "Nothing waits.", screen)
}
