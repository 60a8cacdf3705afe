//! `truceline import`: tables of others, with a look before anything is kept.

use super::reconcile::columns;
use super::{At, Common, print};
use crate::fault::{Fault, Kind};
use crate::intake::{self, Kept, Looked};
use crate::pack::Pack;
use crate::progress::Progress;
use crate::tables::ORDERS;
use crate::workspace::Workspace;
use clap::Args;
use clap::builder::PossibleValuesParser;
use sources::{Column, DayOrder, Family, Field, Wanted};
use std::path::{Path, PathBuf};

/// Rows of others are kept apart from our claims and never count as evidence for them; `truceline foreign` lists
/// them and `truceline reconcile` sets them beside incidents. A file is kept whole or not at all: after a stop the
/// same command goes on with the files that are not in the log yet.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Tables: a download of ACLED, UCDP GED, anything with HXL tags, or your own; as CSV, XLSX or GeoJSON.
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
    /// Which columns hold what, such as id=Ref,date="Date of event"; "notes=" is read from none. The rest is guessed.
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',', value_parser = column)]
    columns: Vec<(Field, Column)>,
    /// The sheet of a workbook; the first that holds a table when not given.
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
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

fn column(text: &str) -> Result<(Field, Column), String> {
    let known: Vec<&str> = Field::ALL.iter().map(|(_, word)| *word).collect();
    let (field, name) = text
        .split_once('=')
        .ok_or_else(|| format!("\"{text}\" is not FIELD=NAME"))?;
    let field =
        Field::read(field).ok_or_else(|| format!("\"{field}\" is no field; fields: {}", known.join(", ")))?;
    Ok((
        field,
        match name {
            "" => Column::None,
            name => Column::Named(name.to_owned()),
        },
    ))
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
        let looked = look(command, &bytes, &pack, path, &progress)?;
        if command.preview {
            print(&preview(&looked, path)?)?;
            if let Some(to) = &command.rejected {
                write_rejected(to, &looked)?;
            }
            continue;
        }
        keep(command, path, &bytes, &looked, &progress)?;
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

fn look<'a>(
    command: &Import,
    bytes: &'a [u8],
    pack: &Pack,
    path: &Path,
    progress: &Progress,
) -> anyhow::Result<Looked<'a>> {
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
    let sheet = command.sheet.as_deref().unwrap_or_default();
    let refused = |refused: sources::Refused| {
        Fault::of(
            Kind::Data,
            format!("\"{}\": {}", path.display(), refused.what),
            refused.next,
        )
    };
    let (opened, plan) = intake::plan(bytes, sheet, &wanted, pack, true).map_err(refused)?;
    if plan.source.is_empty() && matches!(plan.family, Family::Hxl | Family::Csv) && !command.preview {
        return Err(Fault::of(
            Kind::Usage,
            format!("nobody says whose table \"{}\" is", path.display()),
            "Name its publisher with --source NAME, the same for each of its tables, so that a later one gives new versions of its rows.",
        ));
    }
    let mut before = 0;
    let looked = Looked::at(opened, plan, &mut |at, of, rows| {
        progress.part(at, of, before, &format!("{rows} rows"));
        before = at;
    });
    progress.finish();
    Ok(looked)
}

fn keep(
    command: &Import,
    path: &Path,
    bytes: &[u8],
    looked: &Looked<'_>,
    progress: &Progress,
) -> anyhow::Result<()> {
    let dir = &command.at.workspace;
    let mut workspace = Workspace::open(dir, &|line| progress.say(line))?;
    let hash = store::BlobHash::of(bytes).to_string();
    let mut told = String::new();
    if !looked.rejected.is_empty() {
        let to = match &command.rejected {
            Some(to) => to.clone(),
            None => dir.join("rejected").join(format!("{}.csv", &hash[..16])),
        };
        write_rejected(&to, looked)?;
        told = format!(
            "{} rows turned down: {}\n{}",
            looked.rejected.len(),
            to.display(),
            reasons(looked)?
        );
    }
    if looked.kept == 0 {
        print(&told)?;
        return Err(Fault::of(
            Kind::Data,
            format!("\"{}\" holds no row that can be kept", path.display()),
            "Look with --preview how its columns are read.",
        ));
    }
    let name = intake::file_name(path);
    let Kept::Entry { entry, new, changed } = intake::keep(&mut workspace, looked, &name, bytes)? else {
        return print(&format!("{name}: in the log already, read in the same way\n"));
    };
    print(&format!(
        "{name}: {} rows of {} ({}) kept as entry {entry} of the log: {new} new, {changed} changed, {} as before\n{told}",
        looked.kept,
        looked.plan.source,
        looked.plan.family.as_str(),
        looked.kept - new - changed,
    ))
}

/// Line, reason and the row as it stands in the file.
fn write_rejected(to: &Path, looked: &Looked<'_>) -> anyhow::Result<()> {
    let told = |error: std::io::Error| {
        Fault::outside(
            format!("could not write \"{}\"", to.display()),
            "Choose another place with --rejected.",
            error,
        )
    };
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(told)?;
    }
    let draft = to.with_extension("part");
    std::fs::write(&draft, looked.rejected_csv())
        .and_then(|()| std::fs::rename(&draft, to))
        .map_err(told)
}

/// Each reason with how many rows it turned down, the first line of each.
fn reasons(looked: &Looked<'_>) -> anyhow::Result<String> {
    let rows: Vec<Vec<String>> = looked
        .reasons()
        .into_iter()
        .take(REASONS)
        .map(|(reason, count, line)| vec![format!("  {count}"), reason, format!("first on line {line}")])
        .collect();
    let mut out = String::new();
    columns(&mut out, &rows)?;
    Ok(out)
}

/// Reasons that are told; the file has them all.
const REASONS: usize = 10;

fn preview(looked: &Looked<'_>, path: &Path) -> anyhow::Result<String> {
    let plan = &looked.plan;
    let mut out = format!(
        "{}: read as {}, by {}\n\n",
        path.display(),
        plan.family.as_str(),
        plan.because
    );
    if looked.opened.sheets.len() > 1 {
        out.push_str(&format!(
            "sheet \"{}\" of: {}\n\n",
            plan.sheet,
            looked.opened.sheets.join(", ")
        ));
    }
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
        let values: Vec<String> = looked
            .first
            .iter()
            .take(3)
            .map(|row| clip(&intake::value(row, field)))
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
        looked.kept,
        looked.rejected.len(),
        reasons(looked)?
    ));
    Ok(out)
}

fn clip(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    match plain.char_indices().nth(28) {
        Some((end, _)) => format!("{}…", &plain[..end]),
        None => plain,
    }
}
