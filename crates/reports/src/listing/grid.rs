//! Zones by days. A day on which nothing is told and a day on which nobody looked never have one mark.

use super::text;
use crate::plain::{clip, visible};
use crate::table::{self, Column, Screen};
use model::Sight;
use model::record::Record;
use std::collections::BTreeMap;

/// Days side by side on a terminal.
const DAYS_MAX: usize = 11;

pub(super) fn coverage(records: &[Record], screen: Screen) -> String {
    match screen {
        Screen::Pipe => lines(records, screen),
        Screen::Terminal(_) => grid(records),
    }
}

fn list(record: &Record, field: &str) -> Vec<String> {
    let listed = record.fields[field].as_array().into_iter().flatten();
    listed.filter_map(|it| it.as_str().map(str::to_owned)).collect()
}

fn count(record: &Record, field: &str) -> u64 {
    record.fields[field].as_u64().unwrap_or_default()
}

fn lines(records: &[Record], screen: Screen) -> String {
    let columns = [
        "agreement",
        "zone",
        "name",
        "day",
        "sight",
        "incidents",
        "perhaps",
        "heard",
        "silent",
        "hindered",
        "rests on",
    ];
    let row = |it: &Record| {
        let mut row: Vec<String> = ["agreement", "zone", "name", "day", "sight"]
            .map(|field| text(it, field).to_owned())
            .into();
        // A number without its coverage would read as calm: none is printed where nobody looked.
        let seen = it.fields["sight"]
            .as_str()
            .and_then(sight)
            .is_some_and(Sight::is_seen);
        let number = |field| match seen {
            true => count(it, field).to_string(),
            false => "not known".to_owned(),
        };
        row.extend([number("incidents"), number("perhaps")]);
        row.extend([list(it, "heard").join(", "), list(it, "silent").join(", ")]);
        row.extend([count(it, "hindered").to_string(), it.basis.join(" ")]);
        row
    };
    let days = records.iter().filter(|it| it.kind == "zone_day");
    table::print(&columns.map(Column::Both), days.map(row).collect(), screen)
}

fn sight(word: &str) -> Option<Sight> {
    Sight::ALL
        .iter()
        .find(|(_, known)| *known == word)
        .map(|(sight, _)| *sight)
}

/// A zone on a day, in a few characters; the legend stands below the table.
fn mark(record: &Record) -> String {
    let (surely, perhaps, heard) = (
        count(record, "incidents"),
        count(record, "perhaps"),
        list(record, "heard").len(),
    );
    match sight(text(record, "sight")) {
        Some(Sight::Incidents) if perhaps == 0 => format!("{surely}/{heard}"),
        Some(Sight::Incidents) if surely == 0 => format!("{perhaps}?/{heard}"),
        Some(Sight::Incidents) => format!("{surely}+{perhaps}?/{heard}"),
        Some(Sight::NothingTold) => format!("0/{heard}"),
        Some(Sight::Hindered) => "!".to_owned(),
        Some(Sight::Unwatched) => "\u{2013}".to_owned(),
        Some(Sight::Blind) | None => BLIND.to_owned(),
    }
}

/// The mark of a day that no page speaks of.
const BLIND: &str = "\u{d7}";

const LEGEND: &str = "\
2/3   2 incidents told; 3 outlets that tell of the zone could speak of the day; 1+2?/3: 2 more are perhaps there or then
0/3   no incident told, and 3 such outlets could speak of the day
!     no incident told; observers are told to have been kept out or jammed: nothing is known
\u{2013}     outlets spoke of the day, none of them tells of the zone: nothing is known
\u{d7}     no page speaks of the day: nothing is known
";

type Key<'r> = (&'r str, &'r str, &'r str);

fn grid(records: &[Record]) -> String {
    let mut days: Vec<&str> = records
        .iter()
        .filter(|it| it.kind == "zone_day")
        .map(|it| text(it, "day"))
        .collect();
    days.sort_unstable();
    days.dedup();
    if days.is_empty() {
        return "Nothing was read that has a day: nothing is known of any zone.\n".to_owned();
    }
    // In order of the records: by agreement and zone, everything outside the zones last.
    let mut order: Vec<Key<'_>> = Vec::new();
    let mut marks: BTreeMap<Key<'_>, BTreeMap<&str, String>> = BTreeMap::new();
    for it in records.iter().filter(|it| it.kind == "zone_day") {
        let key = (text(it, "agreement"), text(it, "zone"), text(it, "name"));
        if !marks.contains_key(&key) {
            order.push(key);
        }
        marks.entry(key).or_default().insert(text(it, "day"), mark(it));
    }
    let mut out = String::new();
    let mut agreements: Vec<&str> = order
        .iter()
        .map(|key| key.0)
        .filter(|it| !it.is_empty())
        .collect();
    agreements.dedup();
    if !agreements.is_empty() {
        out.push_str(&format!("Zones of {}\n", agreements.join(", ")));
    }
    for part in days.chunks(DAYS_MAX) {
        out.push('\n');
        out.push_str(&strip(part, &order, &marks));
    }
    out.push('\n');
    out.push_str(LEGEND);
    if days.len() <= DAYS_MAX {
        out.push_str(&outlets(records));
    } else {
        out.push_str("\nWho was alive and who had fallen silent on a day: --on DATE.\n");
    }
    out.push_str(&unseen(records));
    out
}

/// Characters of a zone's name, and of a day.
const NAME: usize = 40;
const DAY: usize = 9;

/// A row a zone, a column a day. Days on which nobody speaks of anything are told in one line.
fn strip(days: &[&str], order: &[Key<'_>], marks: &BTreeMap<Key<'_>, BTreeMap<&str, String>>) -> String {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return String::new();
    };
    let of = |key: &Key<'_>, day: &str| -> String {
        let mark = marks.get(key).and_then(|marks| marks.get(day));
        mark.cloned().unwrap_or_default()
    };
    if order
        .iter()
        .all(|key| days.iter().all(|day| of(key, day) == BLIND))
    {
        return format!("{first} to {last}: no page speaks of any of these days; nothing is known of them\n");
    }
    let heads: Vec<String> = days
        .iter()
        .map(|day| format!("{:<DAY$}", &day[5.min(day.len())..]))
        .collect();
    let year = format!("{first} to {last}");
    let mut out = format!("{year:<NAME$}{}\n", heads.concat());
    for key in order {
        let name = clip(&visible(key.2), NAME - 2);
        let cells: Vec<String> = days.iter().map(|day| format!("{:<DAY$}", of(key, day))).collect();
        out.push_str(&format!("{name:<NAME$}{}", cells.concat()));
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

/// Who was alive and who had fallen silent, day by day.
fn outlets(records: &[Record]) -> String {
    let mut out = String::from("\nOutlets by day\n");
    for it in records.iter().filter(|it| it.kind == "outlet_day") {
        let none_or = |field: &str| match list(it, field) {
            names if names.is_empty() => "nobody".to_owned(),
            names => names.join(", "),
        };
        out.push_str(&format!(
            "{}  alive: {}; fallen silent within the week: {}\n",
            text(it, "day"),
            none_or("alive"),
            none_or("silent")
        ));
    }
    out
}

fn unseen(records: &[Record]) -> String {
    let all: Vec<&Record> = records.iter().filter(|it| it.kind == "unseen").collect();
    if all.is_empty() {
        return String::new();
    }
    let mut out = String::from("\nPlaces that nobody can see\n");
    for it in all {
        let (place, why, name) = (text(it, "place"), text(it, "why"), text(it, "name"));
        let words = it
            .quote
            .as_ref()
            .map_or_else(String::new, |quote| format!(": \u{201c}{quote}\u{201d}"));
        out.push_str(&visible(&format!("{place} ({name}): {why}{words}")));
        out.push('\n');
    }
    out
}
