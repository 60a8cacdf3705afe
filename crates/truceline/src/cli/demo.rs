//! `truceline demo`: the whole way on pages of our own, in a throw-away workspace.

use super::assess::{self, Input};
use super::{Common, print};
use crate::pack::{self, Pack};
use crate::pipeline::Settings;
use crate::progress::Progress;
use crate::workspace::Workspace;
use anyhow::Context;
use clap::Args;
use model::Picture;
use std::path::{Path, PathBuf};

/// The demonstration: about forty-seven pages that nobody published, told of Syria in the winter and spring of
/// 2016 and 2017.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Keep the workspace here instead of in a temporary folder.
    #[arg(long, value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// Where to write the HTML report.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
}

/// Last day of the demonstration's pages, and the day before the first ceasefire's first full day.
const AS_OF: &str = "2017-05-08";
const SINCE: &str = "2016-12-29";

/// Runs the command.
pub(crate) fn run(command: Demo, common: &Common) -> anyhow::Result<u8> {
    let pack = Pack::load(common.data.as_deref())?;
    let progress = Progress::new(common.quiet);
    let folder = match command.workspace {
        Some(folder) => folder,
        None => tempfile::Builder::new()
            .prefix("truceline-demo-")
            .tempdir()
            .context("could not make a temporary folder")?
            .keep(),
    };
    let (workspace, picture) = read(&folder, &pack, &progress)?;
    let report = command.report.unwrap_or_else(|| folder.join("report.html"));
    assess::write_report(&picture, &pack, &workspace, &report)?;
    let summary = reports::summary(&picture);
    if command.json {
        print(&format!(
            "{}\n",
            serde_json::to_string_pretty(&super::summary_json(&summary))?
        ))?;
        return Ok(0);
    }
    print(&format!(
        "{summary}\nreport: {}\n\nLook further:\n  truceline incidents --workspace {at}\n  truceline findings --workspace {at}\n  truceline explain --workspace {at} ID\n",
        report.display(),
        at = folder.display()
    ))?;
    Ok(0)
}

/// Reads the demonstration's pages into a workspace.
pub(crate) fn read(folder: &Path, pack: &Pack, progress: &Progress) -> anyhow::Result<(Workspace, Picture)> {
    let mut workspace = Workspace::open(folder, &|line| progress.say(line))?;
    let mut input = Input::default();
    for (name, bytes) in pack::demo() {
        input.take(name, bytes);
    }
    let settings = Settings {
        as_of: AS_OF.parse().ok(),
        since: SINCE.parse().ok(),
        agreement: None,
        watermark: "DEMONSTRATION — not news".into(),
        ..Settings::default()
    };
    let picture = assess::assess(&mut workspace, &input, pack, &settings, progress)?;
    Ok((workspace, picture))
}
