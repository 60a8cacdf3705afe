//! Tables of others on their way into the log: one way for the command line and for the desk, with the same guess of
//! columns, the same rows turned down, and one entry for the whole table.

use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use crate::tables::{self, Reading};
use crate::workspace::Workspace;
use model::Foreign;
use sources::{Family, Field, Opened, Plan, Refused, Rejected, Wanted};
use std::collections::BTreeMap;
use std::path::Path;

/// A table as it would be read.
pub(crate) struct Looked<'a> {
    pub(crate) opened: Opened<'a>,
    pub(crate) plan: Plan,
    /// Rows that can be kept.
    pub(crate) kept: usize,
    /// Rows that cannot, with the reason.
    pub(crate) rejected: Vec<Rejected>,
    /// The first of those that can.
    pub(crate) first: Vec<Foreign>,
}

/// Rows that a look shows.
pub(crate) const SHOWN: usize = 5;

/// Rows between two looks at the progress.
const STEP: usize = 2_000;

impl<'a> Looked<'a> {
    /// Reads every row and keeps none. `told` hears of the progress: bytes read, bytes in all, rows.
    pub(crate) fn at(opened: Opened<'a>, mut plan: Plan, told: &mut dyn FnMut(usize, usize, usize)) -> Self {
        if plan.source.is_empty() && matches!(plan.family, Family::Acled | Family::Ucdp) {
            plan.source = plan.family.as_str().to_owned();
        }
        let (mut kept, mut rejected, mut first) = (0, Vec::new(), Vec::new());
        let mut rows = plan.rows(&opened);
        let mut count = 0;
        while let Some(row) = rows.next() {
            match row {
                Ok(row) => {
                    kept += 1;
                    if first.len() < SHOWN {
                        first.push(row);
                    }
                }
                Err(row) => rejected.push(row),
            }
            count += 1;
            if count % STEP == 0 {
                told(rows.position(), opened.text().len(), count);
            }
        }
        Self {
            opened,
            plan,
            kept,
            rejected,
            first,
        }
    }

    /// The rows turned down as a table: line, reason and the row as it stands there.
    pub(crate) fn rejected_csv(&self) -> String {
        let mut text = String::from("line,reason,row\r\n");
        for row in &self.rejected {
            let words = self.words(row);
            for cell in [&row.line.to_string(), &row.why, &words] {
                text.push_str(&quoted(cell));
                text.push(',');
            }
            text.pop();
            text.push_str("\r\n");
        }
        text
    }

    /// A row that was turned down, as it stands in the table.
    pub(crate) fn words(&self, row: &Rejected) -> String {
        let words = self.opened.text().get(row.span.start..row.span.end);
        let words = words.unwrap_or_default();
        String::from_utf8_lossy(&words[..words.len().min(ROW_SHOWN)]).into_owned()
    }

    /// Each reason with how many rows it turned down and the first line of them; the most frequent first.
    pub(crate) fn reasons(&self) -> Vec<(String, usize, usize)> {
        let mut by_reason: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for row in &self.rejected {
            // What is quoted differs from row to row; the reason does not.
            let ends = row.why.find('"').zip(row.why.rfind('"'));
            let (before, behind) = ends.map_or((row.why.as_str(), ""), |(first, last)| {
                (&row.why[..first], &row.why[last + 1..])
            });
            let reason = format!("{}{behind}", before.trim_end_matches([' ', ':']));
            by_reason.entry(reason).or_insert((0, row.line)).0 += 1;
        }
        let mut rows: Vec<(String, usize, usize)> = by_reason
            .into_iter()
            .map(|(reason, (count, line))| (reason, count, line))
            .collect();
        rows.sort_by(|(a, x, _), (b, y, _)| y.cmp(x).then_with(|| a.cmp(b)));
        rows
    }

    /// Why it cannot be kept, and the next step; nothing when it can.
    pub(crate) fn lacks(&self) -> Option<Refused> {
        let lacks = |what: &str, next: &str| {
            Some(Refused {
                what: what.to_owned(),
                next: next.to_owned(),
            })
        };
        if !self.plan.has(Field::Date) {
            return lacks("no column holds a day", "Say which column it is.");
        }
        if self.plan.source.is_empty() {
            return lacks(
                "nobody says whose table it is",
                "Name its publisher, the same for each of its tables, so that a later one gives new versions of its rows.",
            );
        }
        match self.kept {
            0 => lacks("no row of it can be kept", "Look how its columns are read."),
            _ => None,
        }
    }
}

/// What became of a table.
pub(crate) enum Kept {
    /// It is an entry of the log: its number, rows that are new, rows that say something else than before.
    Entry { entry: u64, new: usize, changed: usize },
    /// The log holds it already, read in the same way.
    Already,
}

/// Logs a table.
pub(crate) fn keep(
    workspace: &mut Workspace,
    looked: &Looked<'_>,
    name: &str,
    bytes: &[u8],
) -> anyhow::Result<Kept> {
    if let Some(refused) = looked.lacks() {
        return Err(Fault::of(
            Kind::Data,
            format!("\"{name}\": {}", refused.what),
            refused.next,
        ));
    }
    let value = serde_json::to_string(&Reading::of(&looked.plan, name))?;
    let Some(entry) = workspace.add_table(bytes, value)? else {
        return Ok(Kept::Already);
    };
    let (versions, _) = tables::versions(workspace.dir())?;
    let (mut new, mut changed) = (0, 0);
    for version in versions.all().filter(|version| version.entry == entry) {
        match version.number {
            1 => new += 1,
            _ => changed += 1,
        }
    }
    Ok(Kept::Entry { entry, new, changed })
}

/// How a file would be read: opened, and its columns guessed where they are not told. With `needs_day` a table
/// without a day is refused.
pub(crate) fn plan<'a>(
    bytes: &'a [u8],
    sheet: &str,
    wanted: &Wanted,
    pack: &Pack,
    needs_day: bool,
) -> Result<(Opened<'a>, Plan), Refused> {
    let opened = Opened::new(bytes, sheet)?;
    let plan = match needs_day {
        true => Plan::of(&opened, &pack.columns, wanted)?,
        false => Plan::guess(&opened, &pack.columns, wanted)?,
    };
    Ok((opened, plan))
}

/// The name of a file without its folders, as it is kept with the table.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Bytes of a row that are written beside the reason.
const ROW_SHOWN: usize = 10_000;

/// A cell that no spreadsheet runs.
fn quoted(cell: &str) -> String {
    let risky = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\0']);
    let mark = if risky { "'" } else { "" };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}

/// What a row says in a field, as it was read.
pub(crate) fn value(row: &Foreign, field: Field) -> String {
    let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    match field {
        Field::Id => row.key.clone(),
        Field::Date => row.when.to_string(),
        Field::DateEnd => row.when.latest().map(|day| day.to_string()).unwrap_or_default(),
        Field::TimeCode => row.time_code.clone(),
        Field::Place => row.place.clone(),
        Field::Province => row.province.clone(),
        Field::Country => row.country.clone(),
        Field::Lat => row.at.map(|at| at.lat.to_string()).unwrap_or_default(),
        Field::Lon => row.at.map(|at| at.lon.to_string()).unwrap_or_default(),
        Field::PlaceCode => row.place_code.clone(),
        Field::Event => row.event.clone(),
        Field::SubEvent => row.sub_event.clone(),
        Field::Actor1 => row.actors.first().cloned().unwrap_or_default(),
        Field::Actor2 => row.actors.get(1).cloned().unwrap_or_default(),
        Field::Deaths => number(row.deaths.best),
        Field::DeathsLow => number(row.deaths.low),
        Field::DeathsHigh => number(row.deaths.high),
        Field::Sources => row.sources.clone(),
        Field::Notes => row.notes.clone(),
    }
}
