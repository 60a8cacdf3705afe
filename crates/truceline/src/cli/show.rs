//! `truceline incidents`, `findings`, `claims`: tables on a terminal, tab-separated lines in a pipe.

use super::{At, Common, print};
use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use crate::pipeline;
use crate::workspace::Workspace;
use clap::Args;
use model::Picture;
use reports::{Form, TableKind};
use std::path::Path;

/// A table on a terminal, tab-separated lines in a pipe.
#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    at: At,
    /// Print one JSON record a line.
    #[arg(long)]
    json: bool,
    /// As it stood at an earlier head of the log: a file with the signed head, a number of entries, or a day.
    #[arg(long, value_name = "CHECKPOINT")]
    as_known_at: Option<String>,
}

/// Opens the view of a workspace for reading.
pub(crate) fn view(workspace: &Path) -> anyhow::Result<store::Reader> {
    let path = workspace.join("view.sqlite");
    if !path.exists() {
        return Err(Fault::of(
            Kind::Usage,
            format!("there is no workspace with a view in \"{}\"", workspace.display()),
            "Run `truceline assess PATH…` first, or name the workspace with --workspace.",
        ));
    }
    store::Reader::open(&path).map_err(|error| {
        Fault::outside(
            "could not open the view",
            "If another truceline is at work there, wait for it; otherwise run `truceline rebuild`.",
            error,
        )
    })
}

/// The picture of a workspace as it was last asked for, read again from the log.
pub(crate) fn picture(workspace: &Path, common: &Common) -> anyhow::Result<(Picture, Pack)> {
    picture_known_at(workspace, None, common)
}

/// The same as it stood at an earlier head of the log. The data pack is the present one: the log holds its hash,
/// and not its files.
pub(crate) fn picture_known_at(
    workspace: &Path,
    known_at: Option<&str>,
    common: &Common,
) -> anyhow::Result<(Picture, Pack)> {
    picture_asked(workspace, known_at, common, |_| ())
}

/// The same with other settings than those that were last asked for.
pub(crate) fn picture_asked(
    workspace: &Path,
    known_at: Option<&str>,
    common: &Common,
    ask: impl FnOnce(&mut pipeline::Settings),
) -> anyhow::Result<(Picture, Pack)> {
    drop(view(workspace)?);
    let pack = Pack::load(common.data.as_deref())?;
    let size = known_at.map_or(Ok(u64::MAX), |text| crate::known_at::size(workspace, text))?;
    let workspace = Workspace::open(workspace, &|_| {})?;
    let mut settings = super::rebuild::settings(workspace.view_path())?;
    ask(&mut settings);
    let replay = workspace.replay_first(size)?;
    let picture = pipeline::run(replay, &pack, &settings, &mut |_, _| {});
    Ok((picture, pack))
}

/// Runs the command; `kind` names the records that `--json` prints.
pub(crate) fn run(command: &Show, table: TableKind, kind: &str, common: &Common) -> anyhow::Result<u8> {
    let known_at = command.as_known_at.as_deref();
    if command.json {
        let mut lines = String::new();
        let records = match known_at {
            None => view(&command.at.workspace)?.by_kind(kind)?,
            Some(_) => {
                let (picture, _) = picture_known_at(&command.at.workspace, known_at, common)?;
                let all = reports::records(&picture);
                all.filter(|record| record.kind == kind).collect()
            }
        };
        for record in records {
            lines.push_str(&serde_json::to_string(&record)?);
            lines.push('\n');
        }
        print(&lines)?;
        return Ok(0);
    }
    let (picture, pack) = picture_known_at(&command.at.workspace, known_at, common)?;
    let screen = super::listing::screen();
    let bytes = reports::render(
        &picture,
        &pack.map,
        &reports::ReportOptions::default(),
        Form::Table(table, screen),
    );
    print(&String::from_utf8_lossy(&bytes))?;
    Ok(0)
}
