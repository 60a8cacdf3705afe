//! Tables of other people: ACLED, UCDP GED, anything with HXL tags, and CSV whose columns are guessed.
//!
//! [`Plan::of`] says how a table would be read, for people to look at before anything is kept; [`Plan::rows`] reads
//! it, row by row, each kept or rejected with its reason. Nothing is mended and nothing is guessed twice: a plan
//! that was used is kept with the table, so that a later program reads it alike.

mod columns;
mod day;
mod row;
mod split;

pub use columns::{Columns, Family, Field};
pub use day::DayOrder;

use model::{Foreign, Span};
use split::Splitter;
use std::borrow::Cow;
use std::collections::HashSet;

/// Largest table that is read, in bytes.
///
/// 256 MiB: what the blobs beside the log hold, and all of UCDP GED. Lower it and whole data sets must be split.
pub const TABLE_BYTES_MAX: usize = 256 << 20;

/// How a table is asked to be read; what is not said is guessed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The kind of table.
    pub family: Option<Family>,
    /// Whose table it is.
    pub source: String,
    /// Fields and the names of their columns.
    pub columns: Vec<(Field, String)>,
    /// Order of day and month where both are numbers.
    pub order: Option<DayOrder>,
}

/// How a table is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The kind of table.
    pub family: Family,
    /// Why it is taken for that.
    pub because: String,
    /// Whose table it is.
    pub source: String,
    /// The mark between cells.
    pub delimiter: u8,
    /// Names of the columns.
    pub head: Vec<String>,
    /// Rows before the first of the table.
    pub skip: usize,
    /// Which column holds which field.
    pub columns: Vec<(Field, usize)>,
    /// Order of day and month.
    pub order: Option<DayOrder>,
}

/// Why a table cannot be read, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub what: String,
    /// The next step.
    pub next: String,
}

/// A row that is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Line on which it begins, counted from 1.
    pub line: usize,
    /// Its bytes in the file.
    pub span: Span,
    /// Why.
    pub why: String,
}

impl Plan {
    /// How these bytes would be read.
    ///
    /// # Errors
    /// When they are no table, or a column that is needed is not there.
    pub fn of(bytes: &[u8], known: &Columns, wanted: &Wanted) -> Result<Self, Refused> {
        if bytes.len() > TABLE_BYTES_MAX {
            let what = format!(
                "the table has {} bytes where {TABLE_BYTES_MAX} is the limit",
                bytes.len()
            );
            return refuse(what, "Split it into smaller files.");
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return refuse(
                "this is a workbook or an archive, not text".into(),
                "Save the sheet as CSV.",
            );
        }
        let (delimiter, rows) = first_rows(bytes);
        let Some(head) = rows.first().filter(|head| head.len() > 1) else {
            let next = "A table has names in its first line, between commas, semicolons or tabs.";
            return refuse("the first line holds no names of columns".into(), next);
        };
        let tags = rows.iter().take(HXL_ROWS).position(|row| is_tags(row));
        let (family, because) = match wanted.family {
            Some(family) => (family, "asked for".to_owned()),
            None => told_apart(head, tags.is_some()),
        };
        let (names, skip) = match (family, tags) {
            (Family::Hxl, Some(at)) => (&rows[at], at + 1),
            (Family::Hxl, None) => {
                return refuse(
                    "no row of HXL tags is among the first lines".into(),
                    "Read it as --as csv, or add a row of tags such as #date and #loc.",
                );
            }
            // Tags under the names are no row of the table.
            (_, tags) => (head, tags.map_or(1, |at| at + 1)),
        };
        let mut columns = known.guess(family, names);
        for (field, name) in &wanted.columns {
            let Some(at) = names.iter().position(|column| column.trim() == name.trim()) else {
                let near = model::nearest_word(name, names.iter().map(String::as_str));
                let next = near.map_or_else(
                    || format!("Columns: {}.", names.join(", ")),
                    |near| format!("Did you mean \"{near}\"?"),
                );
                return refuse(format!("there is no column \"{name}\""), &next);
            };
            columns.retain(|(known, taken)| known != field && *taken != at);
            columns.push((*field, at));
        }
        columns.sort_unstable();
        let mut plan = Self {
            family,
            because,
            source: wanted.source.clone(),
            delimiter,
            head: names.clone(),
            skip,
            columns,
            order: wanted.order,
        };
        if !plan.has(Field::Date) {
            return refuse(
                "no column holds a day".into(),
                &format!(
                    "Name it with --columns date=NAME. Columns: {}.",
                    plan.head.join(", ")
                ),
            );
        }
        if plan.order.is_none() {
            plan.order = plan.order_of_days(bytes);
        }
        Ok(plan)
    }
    /// Whether a column holds this field.
    pub fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|(known, _)| *known == field)
    }
    /// The rows of the table.
    pub fn rows<'a>(&'a self, bytes: &'a [u8]) -> Rows<'a> {
        let mut splitter = Splitter::new(bytes, self.delimiter);
        for _ in 0..self.skip {
            splitter.next();
        }
        Rows {
            plan: self,
            legacy: std::str::from_utf8(bytes).is_err(),
            splitter,
            seen: HashSet::new(),
            told: false,
        }
    }
    fn order_of_days(&self, bytes: &[u8]) -> Option<DayOrder> {
        let at = self.columns.iter().find(|(field, _)| *field == Field::Date)?.1;
        let mut splitter = Splitter::new(bytes, self.delimiter);
        for _ in 0..self.skip {
            splitter.next();
        }
        let mut days = Vec::new();
        while let Some(split) = splitter.next() {
            let cell = split.cells.and_then(|cells| cells.get(at).copied());
            // A day that begins with its year has no order to find, and most tables write such.
            let day = cell.and_then(|cell| std::str::from_utf8(cell).ok());
            if let Some(day) =
                day.filter(|day| day.get(..4).is_none_or(|start| start.parse::<u16>().is_err()))
            {
                days.push(day.to_owned());
                if days.len() >= ORDER_ROWS {
                    break;
                }
            }
        }
        day::order(days.iter().map(String::as_str))
    }
}

/// Rows of a table, each kept or rejected.
pub struct Rows<'a> {
    plan: &'a Plan,
    /// The file is no UTF-8: cells are read in the charset of old spreadsheets.
    legacy: bool,
    splitter: Splitter<'a>,
    seen: HashSet<String>,
    told: bool,
}

impl Rows<'_> {
    /// Bytes read so far.
    pub fn position(&self) -> usize {
        self.splitter.position()
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Foreign, Rejected>;
    fn next(&mut self) -> Option<Self::Item> {
        let at = self.splitter.position();
        let Some(split) = self.splitter.next() else {
            if !self.splitter.gave_up() || std::mem::replace(&mut self.told, true) {
                return None;
            }
            return Some(Err(Rejected {
                line: 0,
                span: Span::new(at, at),
                why: "too many rows do not end; nothing after them was read".to_owned(),
            }));
        };
        let (line, span) = (split.line, split.span);
        let reject = |why: String| Some(Err(Rejected { line, span, why }));
        let Some(cells) = split.cells else {
            return reject(format!(
                "a row of more than {} bytes or {} cells, or a quotation mark that is never closed",
                split::ROW_BYTES_MAX,
                split::CELLS_MAX
            ));
        };
        let cells: Vec<String> = cells
            .into_iter()
            .map(|cell| decoded(cell, self.legacy).into_owned())
            .collect();
        match row::read(self.plan, line, span, &cells) {
            Err(why) => reject(why),
            Ok(row) if self.seen.insert(row.key.clone()) => Some(Ok(row)),
            Ok(row) => reject(format!("the id \"{}\" stands in an earlier row", row.key)),
        }
    }
}

fn decoded(cell: &[u8], legacy: bool) -> Cow<'_, str> {
    match legacy {
        false => String::from_utf8_lossy(cell),
        true => encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0,
    }
}

fn refuse<T>(what: String, next: &str) -> Result<T, Refused> {
    Err(Refused {
        what,
        next: next.to_owned(),
    })
}

/// The mark that splits the first line into most cells, and the first rows by it.
fn first_rows(bytes: &[u8]) -> (u8, Vec<Vec<String>>) {
    let of = |delimiter: u8| {
        let mut splitter = Splitter::new(bytes, delimiter);
        let mut rows = Vec::new();
        while rows.len() < HXL_ROWS
            && let Some(split) = splitter.next()
        {
            let cells = split.cells.unwrap_or_default();
            rows.push(
                cells
                    .iter()
                    .map(|cell| decoded(cell, false).trim().to_owned())
                    .collect::<Vec<_>>(),
            );
        }
        (delimiter, rows)
    };
    let cells = |(_, rows): &(u8, Vec<Vec<String>>)| rows.first().map_or(0, Vec::len);
    // Of marks that split alike the first: a comma.
    let mut best = of(b',');
    for delimiter in *b";\t" {
        let other = of(delimiter);
        if cells(&other) > cells(&best) {
            best = other;
        }
    }
    best
}

/// HXL: cells that are tags or empty, at least one of them a tag.
fn is_tags(row: &[String]) -> bool {
    row.iter().any(|cell| cell.starts_with('#'))
        && row.iter().all(|cell| cell.is_empty() || cell.starts_with('#'))
}

/// What kind of table it is by its names.
fn told_apart(head: &[String], tagged: bool) -> (Family, String) {
    let has = |name: &str| head.iter().any(|column| columns::plain(column) == name);
    if tagged {
        (Family::Hxl, "a row of HXL tags".into())
    } else if has("sub_event_type") && (has("event_id_cnty") || has("data_id")) {
        (
            Family::Acled,
            "the columns event_id_cnty and sub_event_type".into(),
        )
    } else if has("type_of_violence") && has("where_prec") {
        (Family::Ucdp, "the columns type_of_violence and where_prec".into())
    } else {
        (
            Family::Csv,
            "no other kind: columns are guessed by their names".into(),
        )
    }
}

/// Lines among which HXL allows its tags.
const HXL_ROWS: usize = 25;

/// Days that are looked at for the order of day and month.
const ORDER_ROWS: usize = 1_000_000;
