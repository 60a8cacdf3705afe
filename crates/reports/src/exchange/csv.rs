//! Tables of text: incidents as CSV in our columns, with HXL tags, or in the columns of others.

use super::columns::{COLUMNS, Column, Row, rows};
use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;

/// Our columns.
pub(super) fn write(lookup: &Lookup<'_>, crosswalk: &Crosswalk) -> Vec<u8> {
    table(&COLUMNS, false, rows(lookup, crosswalk))
}

/// Our columns with a row of HXL tags under the head row.
pub(super) fn hxl(lookup: &Lookup<'_>, crosswalk: &Crosswalk) -> Vec<u8> {
    table(&COLUMNS, true, rows(lookup, crosswalk))
}

/// The whole table, one line for each row, lines ended by CR LF after RFC 4180.
pub(super) fn table<'a>(columns: &[Column], hxl: bool, rows: impl Iterator<Item = Row<'a>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut put = |row: Vec<String>| {
        // Writing to memory fails only when rows differ in length, and all are made from the same columns.
        let written = writer.write_record(&row);
        debug_assert!(written.is_ok(), "a row of another length");
    };
    put(columns.iter().map(|column| column.name.to_owned()).collect());
    if hxl {
        put(columns.iter().map(|column| column.tag.to_owned()).collect());
    }
    for row in rows {
        put(columns
            .iter()
            .map(|column| (column.cell)(&row).written())
            .collect());
    }
    writer.into_inner().unwrap_or_default()
}
