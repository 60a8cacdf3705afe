//! `truceline foreign`: rows of tables of others, and what changed in them.

use super::{At, Common, day, print};
use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use crate::progress::Progress;
use crate::tables;
use clap::Args;
use jiff::civil::Date;
use model::ForeignVersion;
use std::fmt::Write;

/// Newest versions, by source and id. They are what others wrote, and no evidence for our incidents.
#[derive(Debug, Args)]
pub(crate) struct Foreign {
    #[command(flatten)]
    at: At,
    /// Only rows of this source.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// First day; keeps what can lie on it or later.
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<Date>,
    /// Last day; keeps what can lie on it or earlier.
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<Date>,
    /// Every version of the row with this id of theirs, with what changed.
    #[arg(long, value_name = "ID")]
    history: Option<String>,
    /// Print one JSON record a line.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(command: &Foreign, common: &Common) -> anyhow::Result<u8> {
    let (versions, notes) = tables::versions(&command.at.workspace)?;
    let progress = Progress::new(common.quiet);
    for note in &notes {
        progress.say(&format!("{}: {}. {}", note.about, note.what, note.next));
    }
    let asked = |version: &&ForeignVersion| {
        let when = &version.row.when;
        let source = command.source.as_ref();
        source.is_none_or(|source| *source == version.row.source)
            && command
                .since
                .is_none_or(|day| when.latest().is_none_or(|last| last >= day))
            && command
                .until
                .is_none_or(|day| when.earliest().is_none_or(|first| first <= day))
    };
    let found: Vec<&ForeignVersion> = match &command.history {
        Some(key) => versions
            .all()
            .filter(|version| version.row.key == *key)
            .filter(asked)
            .collect(),
        None => versions.newest().filter(asked).collect(),
    };
    if found.is_empty() {
        return Err(Fault::of(
            Kind::Usage,
            "no row of others is there",
            "Take a table in with `truceline import FILE`, or ask for another id, source or day.",
        ));
    }
    let mut out = String::new();
    if command.json {
        let pack = Pack::load(common.data.as_deref())?;
        for version in found {
            let record = reports::foreign_record(version, &pack.crosswalk);
            out.push_str(&serde_json::to_string(&record)?);
            out.push('\n');
        }
    } else if command.history.is_some() {
        for version in found {
            history(&mut out, version)?;
        }
    } else {
        out.push_str("source\tid\twhen\tplace\tevent\tdeaths\tversions\n");
        for version in found {
            let row = &version.row;
            let event = if row.sub_event.is_empty() {
                &row.event
            } else {
                &row.sub_event
            };
            let cells = [
                row.source.clone(),
                row.key.clone(),
                row.when.to_string(),
                row.place.clone(),
                event.clone(),
                reports::deaths(&row.deaths),
                version.of.to_string(),
            ];
            let cells: Vec<String> = cells.iter().map(|cell| reports::plain_cell(cell)).collect();
            writeln!(out, "{}", cells.join("\t"))?;
        }
    }
    print(&out)?;
    Ok(0)
}

fn history(out: &mut String, version: &ForeignVersion) -> anyhow::Result<()> {
    let row = &version.row;
    writeln!(
        out,
        "{} {} version {} of {}, taken in {} from {}, line {}, log entry {}",
        row.source,
        reports::plain_cell(&row.key),
        version.number,
        version.of,
        version.taken_in,
        reports::plain_cell(&version.file),
        row.line,
        version.entry
    )?;
    if version.number == 1 {
        for (name, value) in row.parts() {
            if !value.is_empty() {
                writeln!(out, "  {name}: {}", reports::plain_cell(&value))?;
            }
        }
    }
    for (name, before, after) in &version.changed {
        writeln!(
            out,
            "  {name}: {} -> {}",
            reports::plain_cell(before),
            reports::plain_cell(after)
        )?;
    }
    if version.number > 1 && version.changed.is_empty() {
        writeln!(out, "  changed in columns that are not read")?;
    }
    Ok(())
}
