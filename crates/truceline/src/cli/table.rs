//! Tables: drawn on a terminal, tab-separated in a pipe.

use comfy_table::{ContentArrangement, Table, presets};
use model::record::Record;
use std::io::IsTerminal;

/// A column: its name and what it shows of a record.
pub(crate) struct Column {
    name: &'static str,
    show: fn(&Record) -> String,
}

impl Column {
    pub(crate) fn new(name: &'static str, show: fn(&Record) -> String) -> Self {
        Self { name, show }
    }
}

/// Longest text of a cell on a terminal, in characters; a pipe gets everything.
const CELL_MAX: usize = 110;

/// Draws the records.
pub(crate) fn draw(columns: &[Column], records: &[Record]) -> String {
    let names = columns.iter().map(|column| column.name);
    if !std::io::stdout().is_terminal() {
        let mut text = names.collect::<Vec<_>>().join("\t") + "\n";
        for record in records {
            let cells: Vec<String> = columns.iter().map(|column| one_line(&(column.show)(record))).collect();
            text.push_str(&(cells.join("\t") + "\n"));
        }
        return text;
    }
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic).set_header(names);
    for record in records {
        table.add_row(columns.iter().map(|column| shorten(&one_line(&(column.show)(record)))));
    }
    format!("{table}\n{} rows\n", records.len())
}

/// Control characters of hostile text must not reach a terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c) { ' ' } else { c }).collect()
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= CELL_MAX {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(CELL_MAX - 1).collect();
    short.push('\u{2026}');
    short
}
