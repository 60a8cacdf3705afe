//! `truceline export`: everything that was read, for other programs.

use super::{At, Common, print};
use crate::fault::Fault;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Records as JSON Lines, incidents as CSV or GeoJSON.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    at: At,
    /// The form; `docs/formats.md` describes each.
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// In CSV, put a row of HXL tags under the head row.
    #[arg(long)]
    hxl: bool,
    /// Write to this file; standard output when not given.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
    Geojson,
}

/// Runs the command. JSON Lines come from the view; the other forms from the pages in the log, read again.
pub(crate) fn run(command: &Export, common: &Common) -> anyhow::Result<u8> {
    let text = match command.format {
        Format::Jsonl => {
            let view = super::show::view(&command.at.workspace)?;
            let mut lines = String::new();
            for kind in reports::KINDS {
                for record in view.by_kind(kind)? {
                    lines.push_str(&serde_json::to_string(&record)?);
                    lines.push('\n');
                }
            }
            lines
        }
        Format::Csv => drawn(command, common, reports::Form::Csv { hxl: command.hxl })?,
        Format::Geojson => drawn(command, common, reports::Form::GeoJson)?,
    };
    match &command.output {
        Some(path) => {
            std::fs::write(path, text).map_err(|error| {
                Fault::outside(
                    format!("could not write \"{}\"", path.display()),
                    "Choose another place with --output.",
                    error,
                )
            })?;
            print(&format!("written: {}\n", path.display()))?;
        }
        None => print(&text)?,
    }
    Ok(0)
}

fn drawn(command: &Export, common: &Common, form: reports::Form) -> anyhow::Result<String> {
    let (picture, pack) = super::show::picture(&command.at.workspace, common)?;
    let options = reports::ReportOptions {
        crosswalk: pack.crosswalk.clone(),
        ..reports::ReportOptions::default()
    };
    Ok(String::from_utf8_lossy(&reports::render(&picture, &pack.map, &options, form)).into_owned())
}
