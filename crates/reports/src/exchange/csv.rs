//! Tables of text: incidents as CSV in our columns, with HXL tags, or in the columns of others.

use super::Out;
use super::columns::{COLUMNS, Column, Row, rows};
use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use std::io;

/// Our columns.
pub(super) fn write(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    table(&COLUMNS, false, rows(lookup, crosswalk), out)
}

/// Our columns with a row of HXL tags under the head row.
pub(super) fn hxl(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    table(&COLUMNS, true, rows(lookup, crosswalk), out)
}

/// The whole table, one line for each row, lines ended by CR LF after RFC 4180.
pub(super) fn table<'a>(
    columns: &[Column],
    hxl: bool,
    rows: impl Iterator<Item = Row<'a>>,
    out: Out<'_>,
) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(columns.iter().map(|column| column.name))?;
    if hxl {
        writer.write_record(columns.iter().map(|column| column.tag))?;
    }
    for row in rows {
        writer.write_record(columns.iter().map(|column| (column.cell)(&row).written()))?;
    }
    writer.flush()
}
