//! The flat tables: `boilerplate.tsv` and `calendar.tsv`.

use super::{Damage, LineKind, LineRule, Place};
use crate::date::Calendar;
use crate::words::{fold, folded_line, words};
use jiff::civil::Weekday;
use model::DataFault;

const LINE_COLUMNS: [&str; 7] = ["kind", "where", "words", "max_words", "example", "not", "source"];
const LINE_RIGHT: &str = "related	starts	more news:	40	More news: Fuel prices rise	More news is expected on Monday.	seen on news pages";
const CALENDAR_COLUMNS: [&str; 4] = ["kind", "words", "value", "source"];
const CALENDAR_RIGHT: &str = "month	May	5	CLDR";

const PLACES: [(Place, &str); 4] = [
    (Place::Whole, "whole"),
    (Place::Starts, "starts"),
    (Place::Contains, "contains"),
    (Place::Ends, "ends"),
];

/// The rows of a table as (line number, cells); the header and rows of the wrong width are faults.
fn rows<'t, const N: usize>(
    path: &str,
    text: &'t str,
    columns: [&str; N],
    right: &str,
    faults: &mut Vec<DataFault>,
) -> Vec<(usize, [&'t str; N])> {
    let mut rows = Vec::new();
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    match lines.next() {
        Some((_, header)) if header.split('\t').eq(columns) => {}
        Some((index, header)) => faults.push(DataFault::new(
            path,
            index + 1,
            format!("the header reads \"{}\"", header.replace('\t', " | ")),
            columns.join("\t"),
        )),
        None => faults.push(DataFault::new(path, 0, "the table is empty", columns.join("\t"))),
    }
    for (index, line) in lines {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        match <[&str; N]>::try_from(cells) {
            Ok(cells) => rows.push((index + 1, cells)),
            Err(cells) => faults.push(DataFault::new(
                path,
                index + 1,
                format!("{} columns where {N} are needed", cells.len()),
                right,
            )),
        }
    }
    rows
}

pub(super) fn read_lines(path: &str, text: &str, lexicon: &mut Damage, faults: &mut Vec<DataFault>) {
    for (line, [kind, place, raw, max, example, not, source]) in
        rows(path, text, LINE_COLUMNS, LINE_RIGHT, faults)
    {
        let mut fault = |what: String| faults.push(DataFault::new(path, line, what, LINE_RIGHT));
        if raw.is_empty() || source.is_empty() {
            fault("the words or their source are missing".to_owned());
            continue;
        }
        let Some((kind, _)) = LineKind::ALL.iter().find(|(_, name)| *name == kind) else {
            let known = LineKind::ALL.iter().map(|(_, name)| *name);
            faults.push(
                DataFault::new(path, line, format!("\"{kind}\" is not a kind"), LINE_RIGHT)
                    .nearest(kind, known),
            );
            continue;
        };
        if place == "class" {
            lexicon.classes.insert(raw.to_lowercase(), *kind);
            continue;
        }
        let Some((place, _)) = PLACES.iter().find(|(_, name)| *name == place) else {
            let known = PLACES.iter().map(|(_, name)| *name).chain(["class"]);
            faults.push(
                DataFault::new(
                    path,
                    line,
                    format!("\"{place}\" is not a place in a line"),
                    LINE_RIGHT,
                )
                .nearest(place, known),
            );
            continue;
        };
        let Ok(words_max) = max.parse() else {
            fault(format!("\"{max}\" is not a number of words"));
            continue;
        };
        let rule = LineRule {
            kind: *kind,
            place: *place,
            words: folded_line(raw),
            words_max,
            key: format!("{path}#{raw}"),
        };
        let meets = |sample: &str| rule.at(&folded_line(sample), words(sample).len()).is_some();
        if example.is_empty() || not.is_empty() {
            fault("an example and a counter-example are needed".to_owned());
        } else if !meets(example) {
            fault(format!("its own example \"{example}\" is not met"));
        } else if meets(not) {
            fault(format!("its counter-example \"{not}\" is met"));
        }
        lexicon.lines.push(rule);
    }
}

pub(super) fn read_calendar(path: &str, text: &str, calendar: &mut Calendar, faults: &mut Vec<DataFault>) {
    for (line, [kind, raw, value, source]) in rows(path, text, CALENDAR_COLUMNS, CALENDAR_RIGHT, faults) {
        let mut fault = |what: String| faults.push(DataFault::new(path, line, what, CALENDAR_RIGHT));
        if raw.is_empty() || source.is_empty() {
            fault("the words or their source are missing".to_owned());
            continue;
        }
        let word = fold(raw);
        let number = value.parse::<i8>();
        match (kind, number) {
            ("month", Ok(number @ 1..=12)) => {
                calendar.months.insert(word, number);
            }
            ("weekday", Ok(number @ 1..=7)) => {
                if let Ok(weekday) = Weekday::from_monday_one_offset(number) {
                    calendar.weekdays.insert(word, weekday);
                }
            }
            ("relative", Ok(number)) => {
                calendar.relative.insert(word, i64::from(number));
            }
            ("month" | "weekday" | "relative", _) => {
                fault(format!("\"{value}\" is not the number of a {kind}"))
            }
            ("published", _) => calendar.published.push(folded_line(raw)),
            ("published-after", _) => calendar.published_after.push(folded_line(raw)),
            ("updated", _) => calendar.updated.push(folded_line(raw)),
            ("ahead", _) => calendar.ahead.push(word),
            ("occurrence", _) if !value.is_empty() => {
                calendar.occurrences.insert(word, value.to_owned());
            }
            ("occurrence", _) => fault("an occurrence needs the sort it belongs to".to_owned()),
            _ => {
                let known = [
                    "month",
                    "weekday",
                    "relative",
                    "published",
                    "published-after",
                    "updated",
                    "ahead",
                    "occurrence",
                ];
                faults.push(
                    DataFault::new(path, line, format!("\"{kind}\" is not a kind"), CALENDAR_RIGHT)
                        .nearest(kind, known),
                );
            }
        }
    }
}
