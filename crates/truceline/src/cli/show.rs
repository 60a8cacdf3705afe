//! `truceline incidents`, `findings`, `claims`: tables on a terminal, tab-separated lines in a pipe.

use super::{At, Common, print};
use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use crate::pipeline;
use crate::progress::Progress;
use crate::workspace::Workspace;
use clap::Args;
use model::Picture;
use model::record::Record;
use reports::{Form, TableKind};
use std::collections::BTreeSet;
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

/// The same of incidents and of what was found of them.
#[derive(Debug, Args)]
pub(crate) struct ShowJudged {
    #[command(flatten)]
    show: Show,
    /// Also what rulings archived.
    #[arg(long)]
    archived: bool,
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

/// Runs `truceline claims`.
pub(crate) fn claims(command: &Show, common: &Common) -> anyhow::Result<u8> {
    run(command, TableKind::Claims, "claim", true, common)
}

/// Runs `truceline incidents` or `findings`; `kind` names the records that `--json` prints.
pub(crate) fn judged(
    command: &ShowJudged,
    table: TableKind,
    kind: &str,
    common: &Common,
) -> anyhow::Result<u8> {
    run(&command.show, table, kind, command.archived, common)
}

fn run(command: &Show, table: TableKind, kind: &str, archived: bool, common: &Common) -> anyhow::Result<u8> {
    let known_at = command.as_known_at.as_deref();
    if command.json {
        let mut lines = String::new();
        let kinds = [kind, "incident"];
        let records: Vec<Record> = match known_at {
            None => {
                let view = view(&command.at.workspace)?;
                let all = kinds.map(|kind| view.by_kind(kind));
                all.into_iter().collect::<Result<Vec<_>, _>>()?.concat()
            }
            Some(_) => {
                let (picture, _) = picture_known_at(&command.at.workspace, known_at, common)?;
                let all = reports::records(&picture);
                all.filter(|record| kinds.contains(&record.kind.as_str()))
                    .collect()
            }
        };
        let is_archived = |record: &&Record| record.fields["archived"] == true;
        let left_out: BTreeSet<String> = match archived {
            true => BTreeSet::new(),
            false => records
                .iter()
                .filter(is_archived)
                .map(|it| it.id.clone())
                .collect(),
        };
        let about = |record: &Record| {
            record.fields["incident"]
                .as_str()
                .unwrap_or(&record.id)
                .to_owned()
        };
        let mut seen = BTreeSet::new();
        let shown = records.into_iter().filter(|record| {
            record.kind == kind && !left_out.contains(&about(record)) && seen.insert(record.id.clone())
        });
        for record in shown {
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
        &reports::ReportOptions {
            archived,
            ..reports::ReportOptions::default()
        },
        Form::Table(table, screen),
    );
    print(&String::from_utf8_lossy(&bytes))?;
    let kept = picture.incidents.iter().filter(|it| it.archived).count();
    if kept > 0 && !archived {
        Progress::new(common.quiet).say(&format!("archived and left out: {kept}; --archived shows them"));
    }
    Ok(0)
}
