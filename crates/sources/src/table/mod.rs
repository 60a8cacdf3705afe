//! Tables of other people: ACLED, UCDP GED, anything with HXL tags, and tables whose columns are guessed; as text, as a
//! workbook, or as GeoJSON.
//!
//! [`Opened`] makes lines of any of them. [`Plan::of`] says how a table would be read, for people to look at before anything is kept; [`Plan::rows`] reads
//! it, row by row, each kept or rejected with its reason. Nothing is mended and nothing is guessed twice: a plan
//! that was used is kept with the table, so that a later program reads it alike.

mod columns;
mod day;
mod open;
mod row;
mod split;

pub use columns::{Columns, Family, Field};
pub use day::DayOrder;
pub use open::Opened;

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
    /// Fields and their columns.
    pub columns: Vec<(Field, Column)>,
    /// Order of day and month where both are numbers.
    pub order: Option<DayOrder>,
}

/// The column that a field is asked to be read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The first of this name.
    Named(String),
    /// The one of this number, counted from 0.
    At(usize),
    /// None, whatever would be guessed.
    None,
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
    /// The sheet of a workbook; empty when it is none.
    pub sheet: String,
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
    /// How a table would be read, also when it would give no row: for people to look at and to correct.
    ///
    /// # Errors
    /// When it is no table, or a column that was asked for is not there.
    pub fn guess(opened: &Opened<'_>, known: &Columns, wanted: &Wanted) -> Result<Self, Refused> {
        let (delimiter, rows) = first_rows(opened);
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
        for (field, column) in &wanted.columns {
            let at = column_at(names, column)?;
            columns.retain(|(known, taken)| known != field && Some(*taken) != at);
            columns.extend(at.map(|at| (*field, at)));
        }
        columns.sort_unstable();
        let mut plan = Self {
            family,
            because: match opened.form {
                "" => because,
                form => format!("{because}; {form}"),
            },
            source: wanted.source.clone(),
            sheet: opened.sheet.clone(),
            delimiter,
            head: names.clone(),
            skip,
            columns,
            order: wanted.order,
        };
        if plan.order.is_none() {
            plan.order = plan.order_of_days(opened.text());
        }
        Ok(plan)
    }
    /// How a table is read.
    ///
    /// # Errors
    /// Those of [`Self::guess`], and when no column holds a day.
    pub fn of(opened: &Opened<'_>, known: &Columns, wanted: &Wanted) -> Result<Self, Refused> {
        let plan = Self::guess(opened, known, wanted)?;
        match plan.has(Field::Date) {
            true => Ok(plan),
            false => refuse(
                "no column holds a day".into(),
                &format!(
                    "Name it with --columns date=NAME. Columns: {}.",
                    plan.head.join(", ")
                ),
            ),
        }
    }
    /// Whether a column holds this field.
    pub fn has(&self, field: Field) -> bool {
        self.columns.iter().any(|(known, _)| *known == field)
    }
    /// The rows of the table.
    pub fn rows<'a>(&'a self, opened: &'a Opened<'_>) -> Rows<'a> {
        Rows {
            plan: self,
            legacy: std::str::from_utf8(opened.text()).is_err(),
            splitter: self.below_head(opened.text()),
            seen: HashSet::new(),
            told: false,
        }
    }
    /// The cells of the first rows as they are written, also of rows that would be turned down.
    pub fn first_cells(&self, opened: &Opened<'_>, most: usize) -> Vec<Vec<String>> {
        let legacy = std::str::from_utf8(opened.text()).is_err();
        let mut splitter = self.below_head(opened.text());
        let mut rows = Vec::new();
        while rows.len() < most
            && let Some(split) = splitter.next()
        {
            let cells = split.cells.unwrap_or_default();
            rows.push(
                cells
                    .iter()
                    .map(|cell| decoded(cell, legacy).into_owned())
                    .collect(),
            );
        }
        rows
    }
    fn below_head<'b>(&self, bytes: &'b [u8]) -> Splitter<'b> {
        let mut splitter = Splitter::new(bytes, self.delimiter);
        for _ in 0..self.skip {
            splitter.next();
        }
        splitter
    }
    fn order_of_days(&self, bytes: &[u8]) -> Option<DayOrder> {
        let (_, at) = *self.columns.iter().find(|(field, _)| *field == Field::Date)?;
        let mut splitter = self.below_head(bytes);
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

/// Where a column stands that was asked for.
fn column_at(names: &[String], column: &Column) -> Result<Option<usize>, Refused> {
    match column {
        Column::None => Ok(None),
        Column::At(at) if *at < names.len() => Ok(Some(*at)),
        Column::At(at) => refuse(
            format!("there is no column of number {at}"),
            &format!("The table has {} columns, counted from 0.", names.len()),
        ),
        Column::Named(name) => {
            let at = names.iter().position(|column| column.trim() == name.trim());
            let near = || model::nearest_word(name, names.iter().map(String::as_str));
            at.map(Some).ok_or_else(|| Refused {
                what: format!("there is no column \"{name}\""),
                next: near().map_or_else(
                    || format!("Columns: {}.", names.join(", ")),
                    |near| format!("Did you mean \"{near}\"?"),
                ),
            })
        }
    }
}

/// The mark that splits the first line into most cells, and the first rows by it.
fn first_rows(opened: &Opened<'_>) -> (u8, Vec<Vec<String>>) {
    let of = |delimiter: u8| {
        let mut splitter = Splitter::new(opened.text(), delimiter);
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
    if let Some(delimiter) = opened.delimiter {
        return of(delimiter);
    }
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
