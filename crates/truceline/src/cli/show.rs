//! `truceline incidents`, `findings`, `claims`, `positions`: tables from the view.

use super::table::{self, Column};
use super::{At, print};
use crate::fault::{Fault, Kind};
use clap::Args;
use model::record::Record;
use serde_json::Value;
use std::path::Path;

/// A table on a terminal, tab-separated lines in a pipe.
#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    at: At,
    /// Print one JSON record a line.
    #[arg(long)]
    json: bool,
}

/// Which records.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    Incidents,
    Findings,
    Claims,
    Positions,
}

impl What {
    fn kind(self) -> &'static str {
        match self {
            Self::Incidents => "incident",
            Self::Findings => "finding",
            Self::Claims => "claim",
            Self::Positions => "position",
        }
    }
}

/// Opens the view of a workspace.
pub(crate) fn view(workspace: &Path) -> anyhow::Result<store::View> {
    let path = workspace.join("view.sqlite");
    if !path.exists() {
        return Err(Fault::new(
            Kind::Usage,
            format!("there is no workspace with a view in \"{}\"", workspace.display()),
            "Run `truceline assess PATH…` first, or name the workspace with --workspace.",
        ));
    }
    store::View::open(&path).map_err(|error| Fault::outside("could not open the view", "Run `truceline rebuild`.", error))
}

/// Runs the command.
pub(crate) fn run(command: &Show, what: What) -> anyhow::Result<u8> {
    let records = view(&command.at.workspace)?.by_kind(what.kind())?;
    if command.json {
        let mut lines = String::new();
        for record in &records {
            lines.push_str(&serde_json::to_string(record)?);
            lines.push('\n');
        }
        print(&lines)?;
        return Ok(0);
    }
    let columns = columns(what);
    print(&table::draw(&columns, &records))?;
    Ok(0)
}

fn columns(what: What) -> Vec<Column> {
    match what {
        What::Incidents => vec![
            Column::new("id", |r| r.id.clone()),
            Column::new("when", |r| field(r, &["when", "edtf"])),
            Column::new("where", |r| field(r, &["place"])),
            Column::new("act", |r| field(r, &["act"])),
            Column::new("killed", |r| field(r, &["killed"])),
            Column::new("pages", |r| field(r, &["pages"])),
            Column::new("origins", |r| field(r, &["origins"])),
            Column::new("independent", |r| field(r, &["independent_origins"])),
        ],
        What::Findings => vec![
            Column::new("id", |r| r.id.clone()),
            Column::new("verdict", |r| field(r, &["verdict"])),
            Column::new("agreement", |r| field(r, &["agreement"])),
            Column::new("term", |r| field(r, &["term"])),
            Column::new("incident", |r| field(r, &["incident"])),
            Column::new("reasons", |r| field(r, &["reasons"])),
        ],
        What::Claims => vec![
            Column::new("id", |r| r.id.clone()),
            Column::new("page", |r| r.document.clone().unwrap_or_default()),
            Column::new("act", |r| field(r, &["act"])),
            Column::new("modality", |r| field(r, &["modality"])),
            Column::new("when", |r| field(r, &["when", "edtf"])),
            Column::new("source", |r| field(r, &["source"])),
            Column::new("quote", |r| r.quote.clone().unwrap_or_default()),
        ],
        What::Positions => vec![
            Column::new("holder", |r| field(r, &["holder", "label"])),
            Column::new("stance", |r| field(r, &["stance"])),
            Column::new("on", |r| field(r, &["proposal"])),
            Column::new("when", |r| field(r, &["when", "edtf"])),
            Column::new("by", |r| field(r, &["by"])),
            Column::new("reservation", |r| field(r, &["reservation"])),
            Column::new("id", |r| r.id.clone()),
        ],
    }
}

/// A field as a reader sees it; lists are joined.
fn field(record: &Record, path: &[&str]) -> String {
    let mut at = &record.fields;
    for key in path {
        match at.get(key) {
            Some(value) => at = value,
            None => return String::new(),
        }
    }
    plain(at)
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; "),
        Value::Object(map) => ["label", "name", "words", "edtf", "id"].iter().find_map(|key| map.get(*key)).map(plain).unwrap_or_default(),
        other => other.to_string(),
    }
}
