//! `truceline import`: tables of others, with a look before anything is kept.

use super::reconcile::columns;
use super::{At, Common, print};
use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use crate::progress::Progress;
use crate::tables::{self, ORDERS, Reading};
use crate::workspace::Workspace;
use clap::Args;
use clap::builder::PossibleValuesParser;
use sources::{DayOrder, Family, Field, Plan, Rejected, Wanted};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Rows of others are kept apart from our claims and never count as evidence for them; `truceline foreign` lists
/// them and `truceline reconcile` sets them beside incidents. A file is kept whole or not at all: after a stop the
/// same command goes on with the files that are not in the log yet.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Tables as text: a download of ACLED, UCDP GED, anything with HXL tags, or CSV.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    at: At,
    /// The kind of table; told by its columns when not given.
    #[arg(long = "as", value_name = "KIND", value_parser = PossibleValuesParser::new(Family::ALL.map(|(_, word)| word)))]
    family: Option<String>,
    /// Whose table it is: rows with one id of one source are versions of one another. Needed for hxl and csv.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Which columns hold what, such as id=Ref,date="Date of event"; the rest is guessed.
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',', value_parser = column)]
    columns: Vec<(Field, String)>,
    /// Order of day and month where both are numbers.
    #[arg(long, value_name = "ORDER", value_parser = PossibleValuesParser::new(ORDERS.map(|(_, word)| word)))]
    dates: Option<String>,
    /// Show how the table would be read and what would be turned down; keep nothing.
    #[arg(long)]
    preview: bool,
    /// Where rows that are turned down go, with the reason; `rejected/` in the workspace when not given.
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
}

fn column(text: &str) -> Result<(Field, String), String> {
    let known: Vec<&str> = Field::ALL.iter().map(|(_, word)| *word).collect();
    let (field, name) = text
        .split_once('=')
        .ok_or_else(|| format!("\"{text}\" is not FIELD=NAME"))?;
    let field =
        Field::read(field).ok_or_else(|| format!("\"{field}\" is no field; fields: {}", known.join(", ")))?;
    Ok((field, name.to_owned()))
}

/// What was read of one file.
struct Taken {
    kept: usize,
    rejected: Vec<Rejected>,
    first: Vec<model::Foreign>,
}

/// Runs the command. Exit code 3 when a file holds no row that can be kept.
pub(crate) fn run(command: &Import, common: &Common) -> anyhow::Result<u8> {
    let pack = Pack::load(common.data.as_deref())?;
    let progress = Progress::new(common.quiet);
    if command.rejected.is_some() && command.files.len() > 1 {
        return Err(Fault::of(
            Kind::Usage,
            "one file for the rows turned down of several tables",
            "Import the tables one by one, or leave --rejected out.",
        ));
    }
    for path in &command.files {
        let bytes = read(path)?;
        let plan = plan(command, &bytes, &pack, path)?;
        let taken = take(&plan, &bytes, &progress);
        progress.finish();
        if command.preview {
            print(&preview(&plan, &taken, path)?)?;
            if let Some(to) = &command.rejected {
                write_rejected(to, &bytes, &taken.rejected)?;
            }
            continue;
        }
        keep(command, path, &bytes, &plan, &taken, &progress)?;
    }
    Ok(0)
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    let told = |error: std::io::Error| {
        Fault::outside(
            format!("could not read \"{}\"", path.display()),
            "Check the name of the file.",
            error,
        )
    };
    let size = std::fs::metadata(path).map_err(told)?.len();
    if size > sources::TABLE_BYTES_MAX as u64 {
        return Err(Fault::of(
            Kind::Data,
            format!(
                "\"{}\" has {size} bytes where {} is the limit",
                path.display(),
                sources::TABLE_BYTES_MAX
            ),
            "Split it into smaller files.",
        ));
    }
    std::fs::read(path).map_err(told)
}

fn plan(command: &Import, bytes: &[u8], pack: &Pack, path: &Path) -> anyhow::Result<Plan> {
    let order = |word: &String| -> Option<DayOrder> {
        ORDERS
            .iter()
            .find(|(_, known)| known == word)
            .map(|(order, _)| *order)
    };
    let wanted = Wanted {
        family: command.family.as_deref().and_then(Family::read),
        source: command.source.clone().unwrap_or_default(),
        columns: command.columns.clone(),
        order: command.dates.as_ref().and_then(order),
    };
    let mut plan = Plan::of(bytes, &pack.columns, &wanted).map_err(|refused| {
        Fault::of(
            Kind::Data,
            format!("\"{}\": {}", path.display(), refused.what),
            refused.next,
        )
    })?;
    if plan.source.is_empty() {
        match plan.family {
            Family::Acled | Family::Ucdp => plan.source = plan.family.as_str().to_owned(),
            _ if command.preview => {}
            _ => {
                return Err(Fault::of(
                    Kind::Usage,
                    format!("nobody says whose table \"{}\" is", path.display()),
                    "Name its publisher with --source NAME, the same for each of its tables, so that a later one gives new versions of its rows.",
                ));
            }
        }
    }
    Ok(plan)
}

/// Rows that a preview shows.
const SHOWN: usize = 5;

/// Rows between two looks at the progress.
const STEP: usize = 2_000;

fn take(plan: &Plan, bytes: &[u8], progress: &Progress) -> Taken {
    let mut taken = Taken {
        kept: 0,
        rejected: Vec::new(),
        first: Vec::new(),
    };
    let (mut rows, mut count, mut before) = (plan.rows(bytes), 0, 0);
    while let Some(row) = rows.next() {
        match row {
            Ok(row) => {
                taken.kept += 1;
                if taken.first.len() < SHOWN {
                    taken.first.push(row);
                }
            }
            Err(rejected) => taken.rejected.push(rejected),
        }
        count += 1;
        if count % STEP == 0 {
            let at = rows.position();
            progress.part(at, bytes.len(), before, &format!("{count} rows"));
            before = at;
        }
    }
    taken
}

fn keep(
    command: &Import,
    path: &Path,
    bytes: &[u8],
    plan: &Plan,
    taken: &Taken,
    progress: &Progress,
) -> anyhow::Result<()> {
    let dir = &command.at.workspace;
    let mut workspace = Workspace::open(dir, &|line| progress.say(line))?;
    let hash = store::BlobHash::of(bytes).to_string();
    let mut told = String::new();
    if !taken.rejected.is_empty() {
        let to = match &command.rejected {
            Some(to) => to.clone(),
            None => dir.join("rejected").join(format!("{}.csv", &hash[..16])),
        };
        write_rejected(&to, bytes, &taken.rejected)?;
        told = format!(
            "{} rows turned down: {}\n{}",
            taken.rejected.len(),
            to.display(),
            reasons(&taken.rejected)?
        );
    }
    if taken.kept == 0 {
        print(&told)?;
        return Err(Fault::of(
            Kind::Data,
            format!("\"{}\" holds no row that can be kept", path.display()),
            "Look with --preview how its columns are read.",
        ));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let value = serde_json::to_string(&Reading::of(plan, &name))?;
    let before = tables::versions(dir).map_or(0, |(versions, _)| versions.all().count());
    let Some(entry) = workspace.add_table(bytes, value)? else {
        return print(&format!("{name}: in the log already, read in the same way\n"));
    };
    let (versions, _) = tables::versions(dir)?;
    let (new, first) = versions
        .all()
        .filter(|version| version.entry == entry)
        .fold((0, 0), |(new, first), version| {
            (new + 1, first + usize::from(version.number == 1))
        });
    debug_assert_eq!(before + new, versions.all().count(), "versions only grow");
    print(&format!(
        "{name}: {} rows of {} ({}) kept as entry {entry} of the log: {first} new, {} changed, {} as before\n{told}",
        taken.kept,
        plan.source,
        plan.family.as_str(),
        new - first,
        taken.kept - new,
    ))
}

/// Line, reason and the row as it stands in the file.
fn write_rejected(to: &Path, bytes: &[u8], rejected: &[Rejected]) -> anyhow::Result<()> {
    let told = |error: std::io::Error| {
        Fault::outside(
            format!("could not write \"{}\"", to.display()),
            "Choose another place with --rejected.",
            error,
        )
    };
    let mut text = String::from("line,reason,row\r\n");
    for row in rejected {
        let words = bytes.get(row.span.start..row.span.end).unwrap_or_default();
        let words = String::from_utf8_lossy(&words[..words.len().min(ROW_SHOWN)]);
        for cell in [&row.line.to_string(), &row.why, words.as_ref()] {
            text.push_str(&quoted(cell));
            text.push(',');
        }
        text.pop();
        text.push_str("\r\n");
    }
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(told)?;
    }
    let draft = to.with_extension("part");
    std::fs::write(&draft, text)
        .and_then(|()| std::fs::rename(&draft, to))
        .map_err(told)
}

/// Bytes of a row that are written beside the reason.
const ROW_SHOWN: usize = 10_000;

/// A cell that no spreadsheet runs.
fn quoted(cell: &str) -> String {
    let risky = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\0']);
    let mark = if risky { "'" } else { "" };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}

/// Each reason with how many rows it turned down, the first line of each.
fn reasons(rejected: &[Rejected]) -> anyhow::Result<String> {
    let mut by_reason: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rejected {
        // What is quoted differs from row to row; the reason does not.
        let reason = row
            .why
            .split('"')
            .next()
            .unwrap_or_default()
            .trim_end_matches([' ', ':']);
        by_reason.entry(reason).or_insert((0, row.line)).0 += 1;
    }
    let mut rows: Vec<(&str, usize, usize)> = by_reason
        .into_iter()
        .map(|(reason, (count, line))| (reason, count, line))
        .collect();
    rows.sort_by_key(|(reason, count, _)| (std::cmp::Reverse(*count), *reason));
    let rows: Vec<Vec<String>> = rows
        .iter()
        .take(REASONS)
        .map(|(reason, count, line)| {
            vec![
                format!("  {count}"),
                (*reason).to_owned(),
                format!("first on line {line}"),
            ]
        })
        .collect();
    let mut out = String::new();
    columns(&mut out, &rows)?;
    Ok(out)
}

/// Reasons that are told; the file has them all.
const REASONS: usize = 10;

fn preview(plan: &Plan, taken: &Taken, path: &Path) -> anyhow::Result<String> {
    let mut out = format!(
        "{}: read as {}, by {}\n\n",
        path.display(),
        plan.family.as_str(),
        plan.because
    );
    let mut rows = vec![vec![
        "field".to_owned(),
        "column".to_owned(),
        "first values".to_owned(),
    ]];
    for (field, word) in Field::ALL {
        let column = plan.columns.iter().find(|(known, _)| *known == field);
        let Some((_, at)) = column else {
            rows.push(vec![word.to_owned(), "–".to_owned(), String::new()]);
            continue;
        };
        let values: Vec<String> = taken
            .first
            .iter()
            .take(3)
            .map(|row| clip(&value(row, field)))
            .collect();
        rows.push(vec![word.to_owned(), plan.head[*at].clone(), values.join(" | ")]);
    }
    columns(&mut out, &rows)?;
    let unread: Vec<&str> = (0..plan.head.len())
        .filter(|at| !plan.columns.iter().any(|(_, taken)| taken == at))
        .map(|at| plan.head[at].as_str())
        .filter(|name| !name.is_empty())
        .collect();
    if !unread.is_empty() {
        out.push_str(&format!("\nnot read, kept in the file: {}\n", unread.join(", ")));
    }
    if !plan.has(Field::Id) {
        out.push_str(
            "\nno column holds ids: a row that changes is another row; name it with --columns id=NAME\n",
        );
    }
    out.push_str(&format!(
        "\n{} rows would be kept, {} turned down\n{}nothing was kept\n",
        taken.kept,
        taken.rejected.len(),
        reasons(&taken.rejected)?
    ));
    Ok(out)
}

fn value(row: &model::Foreign, field: Field) -> String {
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

fn clip(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    match plain.char_indices().nth(28) {
        Some((end, _)) => format!("{}…", &plain[..end]),
        None => plain,
    }
}
