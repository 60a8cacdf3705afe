//! Incidents as a workbook: one sheet with our columns, typed, and one that says what it shows.

use super::Out;
use super::columns::{COLUMNS, Cell, rows};
use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use crate::plain::clip;
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io;

/// Rows under the head row that a sheet holds, after the limit of the format.
pub(super) const ROWS_MAX: usize = 1_048_575;

/// Characters of a cell; the format's limit is 32,767 units of UTF-16, of which a character takes at most two.
const CELL_MAX: usize = 16_000;

/// Rows wait in a nameless file of the system until the sheet is packed; only words that stand in several cells are held.
pub(super) fn write(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    book(lookup, crosswalk, out).map_err(|error| match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    })
}

fn book(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    // The picture's day, never the clock: the same picture gives the same file.
    let made = lookup
        .picture
        .as_of
        .and_then(moment)
        .map_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1), Ok)?;
    book.set_properties(
        &DocProperties::new()
            .set_title("Incidents as reported")
            .set_creation_datetime(&made),
    );
    let bold = Format::new().set_bold();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet_with_low_memory()?.set_name("Incidents")?;
    for (index, column) in (0..).zip(&COLUMNS) {
        sheet.write_string_with_format(0, index, column.name, &bold)?;
        let width = if matches!(column.name, "notes" | "quote") {
            60
        } else {
            14
        };
        sheet.set_column_width(index, width)?;
    }
    let mut last = 0;
    for (at, row) in (1..).zip(rows(lookup, crosswalk).take(ROWS_MAX)) {
        for (index, column) in (0..).zip(&COLUMNS) {
            cell(sheet, (at, index), &(column.cell)(&row), &day)?;
        }
        last = at;
    }
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, last, (COLUMNS.len() - 1) as u16)?;
    let about = book.add_worksheet().set_name("About")?;
    about.set_column_width(0, 120)?;
    for (at, line) in (0..).zip(super::about(lookup)) {
        about.write_string(at, 0, Cell::Words(line).written())?;
    }
    book.save_to_writer(out)
}

fn cell(
    sheet: &mut Worksheet,
    (at, index): (u32, u16),
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        // Beyond 2^53 the format has no exact number.
        Cell::Whole(number) if *number < 1 << 53 => {
            sheet.write_number(at, index, *number as f64)?;
        }
        Cell::Real(number) => {
            sheet.write_number(at, index, *number)?;
        }
        Cell::Truth(truth) => {
            sheet.write_boolean(at, index, *truth)?;
        }
        Cell::Day(day) => match moment(*day) {
            Some(moment) => {
                sheet.write_datetime_with_format(at, index, &moment, format)?;
            }
            None => {
                sheet.write_string(at, index, day.to_string())?;
            }
        },
        words => {
            sheet.write_string(at, index, clip(&words.written(), CELL_MAX))?;
        }
    }
    Ok(())
}

/// A day as the format counts them, which begins in 1900.
fn moment(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok().filter(|year| *year >= 1901)?;
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs()).ok()
}
