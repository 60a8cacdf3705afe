//! Tables of others as the log holds them, read again: every version of every row.

use crate::workspace::{self, Table};
use model::{ForeignVersions, Note, Severity};
use serde::{Deserialize, Serialize};
use sources::{DayOrder, Family, Field, Opened, Plan};
use std::path::Path;

/// How a table was read, as it is kept with it: a later program reads it alike.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reading {
    /// Name of the file.
    pub(crate) file: String,
    family: String,
    source: String,
    /// The sheet of a workbook.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    sheet: String,
    delimiter: char,
    head: Vec<String>,
    skip: usize,
    /// Field and number of the column, counted from 0.
    columns: Vec<(String, usize)>,
    /// `day-first`, `month-first`, or empty.
    dates: String,
}

/// Words for the order of day and month.
pub(crate) const ORDERS: [(DayOrder, &str); 2] = [
    (DayOrder::DayFirst, "day-first"),
    (DayOrder::MonthFirst, "month-first"),
];

impl Reading {
    pub(crate) fn of(plan: &Plan, file: &str) -> Self {
        let order = ORDERS.iter().find(|(order, _)| plan.order == Some(*order));
        Self {
            file: file.to_owned(),
            family: plan.family.as_str().to_owned(),
            source: plan.source.clone(),
            sheet: plan.sheet.clone(),
            delimiter: char::from(plan.delimiter),
            head: plan.head.clone(),
            skip: plan.skip,
            columns: plan
                .columns
                .iter()
                .map(|(field, at)| (field.as_str().to_owned(), *at))
                .collect(),
            dates: order.map_or("", |(_, word)| word).to_owned(),
        }
    }
    fn plan(&self) -> Option<Plan> {
        let columns = self
            .columns
            .iter()
            .map(|(field, at)| Some((Field::read(field)?, *at)));
        Some(Plan {
            family: Family::read(&self.family)?,
            because: "as it was first read".to_owned(),
            source: self.source.clone(),
            sheet: self.sheet.clone(),
            delimiter: u8::try_from(self.delimiter).ok()?,
            head: self.head.clone(),
            skip: self.skip,
            columns: columns.collect::<Option<_>>()?,
            order: ORDERS
                .iter()
                .find(|(_, word)| *word == self.dates)
                .map(|(order, _)| *order),
        })
    }
}

/// Every version of every row that the log of a workspace holds, and what could not be opened.
pub(crate) fn versions(dir: &Path) -> anyhow::Result<(ForeignVersions, Vec<Note>)> {
    let (_, reader) = workspace::reader(dir)?;
    let (tables, mut notes) = workspace::tables(dir, &reader)?;
    let mut versions = ForeignVersions::default();
    for table in tables {
        if take(&mut versions, &table).is_none() {
            notes.push(
                Note::new(
                    Severity::Lost,
                    "log",
                    format!("entry {}", table.entry),
                    "how the table was read is not known to this program",
                )
                .next("Read it with the version of truceline that took it in, or a later one."),
            );
        }
    }
    Ok((versions, notes))
}

fn take(versions: &mut ForeignVersions, table: &Table) -> Option<()> {
    let reading: Reading = serde_json::from_str(&table.value).ok()?;
    let plan = reading.plan()?;
    let opened = Opened::new(&table.bytes, &reading.sheet).ok()?;
    for row in plan.rows(&opened).flatten() {
        versions.take(row, &reading.file, table.entry, &table.taken_in);
    }
    Some(())
}
