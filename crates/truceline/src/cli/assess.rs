//! `truceline assess`: pages in, findings out.

use super::{At, Common, day, print};
use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use crate::pipeline::{self, Settings};
use crate::progress::Progress;
use crate::workspace::Workspace;
use agreements::Attributing;
use clap::Args;
use jiff::civil::Date;
use model::{Note, Page, Picture, Severity};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Files, folders (read through), or `-` for standard input: plain text, HTML, RSS or Atom, mail, JSON Lines.
#[derive(Debug, Args)]
pub(crate) struct Assess {
    /// Files and folders; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    ask: Ask,
    /// Where to write the HTML report; `report.html` in the workspace when not given.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
}

/// What the picture is to show.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Ask {
    /// The day up to which the picture speaks, as 2017-05-06; the newest page's day when not given.
    #[arg(long, value_name = "TIME", value_parser = day)]
    as_of: Option<Date>,
    /// First day of the period; six days before the last when not given.
    #[arg(long, value_name = "TIME", value_parser = day)]
    since: Option<Date>,
    /// Judge under this agreement only, such as astana-2017-05-04.
    #[arg(long, value_name = "ID")]
    agreement: Option<String>,
    /// How an author may be established: by name, by name or by who holds the place, or not at all.
    #[arg(long, value_name = "POLICY", value_parser = attributing, default_value = "named")]
    attribution: Attributing,
}

/// Reads a way of attributing.
pub(crate) fn attributing(word: &str) -> Result<Attributing, String> {
    Attributing::read(word).ok_or_else(|| {
        let known: Vec<&str> = Attributing::ALL.iter().map(|(word, _)| *word).collect();
        format!("\"{word}\" is not known; write one of: {}", known.join(", "))
    })
}

impl Ask {
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            as_of: self.as_of,
            since: self.since,
            agreement: self.agreement.clone(),
            watermark: String::new(),
            attributing: self.attribution,
        }
    }
}

/// Runs the command. Exit code 0 when anything could be read, 3 when nothing could.
pub(crate) fn run(command: Assess, common: &Common) -> anyhow::Result<u8> {
    let pack = Pack::load(common.data.as_deref())?;
    let settings = command.ask.settings();
    check_agreement(&pack, &settings)?;
    let progress = Progress::new(common.quiet);
    let mut workspace = Workspace::open(&command.at.workspace, &|line| progress.say(line))?;
    let input = read_inputs(&command.paths, &command.at.workspace, &progress)?;
    let nothing = input.pages.is_empty();
    let report = command
        .report
        .unwrap_or_else(|| command.at.workspace.join("report.html"));
    let picture = assess(&mut workspace, &input, &pack, &settings, &progress)?;
    write_report(&picture, &pack, &workspace, &report)?;
    let summary = reports::summary(&picture);
    if command.json {
        print(&format!(
            "{}\n",
            serde_json::to_string_pretty(&super::summary_json(&summary))?
        ))?;
    } else {
        print(&format!("{summary}\nreport: {}\n", report.display()))?;
    }
    Ok(if nothing { Kind::Data as u8 } else { 0 })
}

pub(crate) fn check_agreement(pack: &Pack, settings: &Settings) -> anyhow::Result<()> {
    let Some(asked) = &settings.agreement else {
        return Ok(());
    };
    let known: Vec<&str> = pack
        .agreements
        .iter()
        .map(|agreement| agreement.id.as_str())
        .collect();
    if known.contains(&asked.as_str()) {
        return Ok(());
    }
    let near = model::nearest_word(asked, known.iter().copied())
        .map(|near| format!(" Did you mean \"{near}\"?"))
        .unwrap_or_default();
    Err(Fault::of(
        Kind::Usage,
        format!("there is no agreement \"{asked}\""),
        format!("Known: {}.{near}", known.join(", ")),
    ))
}

/// Pages read from the command line's paths, and what could not be read.
#[derive(Default)]
pub(crate) struct Input {
    pub(crate) pages: Vec<Page>,
    pub(crate) notes: Vec<Note>,
}

impl Input {
    /// Takes in one file's bytes.
    pub(crate) fn take(&mut self, name: String, bytes: Vec<u8>) {
        let read = sources::read(sources::Input { name, bytes });
        self.pages.extend(read.pages);
        self.notes.extend(read.notes);
    }
}

/// Reads files, folders and standard input; whatever cannot be read becomes a note, and the rest goes on. What lies in the
/// workspace is its own and no page, also where the workspace lies among the pages.
fn read_inputs(paths: &[PathBuf], workspace: &Path, progress: &Progress) -> anyhow::Result<Input> {
    let mut input = Input::default();
    let own = std::fs::canonicalize(workspace).ok();
    for path in paths {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            // One byte over the limit tells that there was more.
            std::io::stdin()
                .lock()
                .take(sources::INPUT_BYTES_MAX as u64 + 1)
                .read_to_end(&mut bytes)?;
            if bytes.len() > sources::INPUT_BYTES_MAX {
                input.notes.push(
                    Note::new(
                        Severity::Lost,
                        "sources",
                        "standard input",
                        format!("longer than the limit of {} bytes", sources::INPUT_BYTES_MAX),
                    )
                    .next("Split it into files."),
                );
            } else {
                input.take("stdin".into(), bytes);
            }
            continue;
        }
        let below = std::fs::canonicalize(path)
            .is_ok_and(|path| own.as_ref().is_some_and(|own| own.starts_with(path)));
        let is_own = |name: &str| {
            let file = std::fs::canonicalize(name).ok();
            below
                && file
                    .zip(own.as_ref())
                    .is_some_and(|(file, own)| file.starts_with(own))
        };
        sources::list(path, &mut |event| match event {
            sources::Event::Input(found) if is_own(&found.name) => {}
            sources::Event::Input(found) => input.take(short_name(path, &found.name), found.bytes),
            sources::Event::Note(note) => input.notes.push(note),
        });
    }
    for note in input.notes.iter().filter(|note| note.severity == Severity::Lost) {
        progress.say(&format!("left out: {}: {}. {}", note.about, note.what, note.next));
    }
    Ok(input)
}

/// A file by its name, a file in a folder by its path inside the folder: the same wherever the folder stands.
fn short_name(asked: &Path, name: &str) -> String {
    let found = Path::new(name);
    let inside = found
        .strip_prefix(asked)
        .ok()
        .filter(|rest| !rest.as_os_str().is_empty());
    let rest = inside
        .map(Path::to_path_buf)
        .or_else(|| found.file_name().map(PathBuf::from));
    rest.map_or_else(
        || name.to_owned(),
        |rest| rest.to_string_lossy().replace('\\', "/"),
    )
}

/// Logs the input, reads everything the log holds, and makes the view.
pub(crate) fn assess(
    workspace: &mut Workspace,
    input: &Input,
    pack: &Pack,
    settings: &Settings,
    progress: &Progress,
) -> anyhow::Result<Picture> {
    let clock = crate::clock::stopwatch();
    let new = workspace.add(&input.pages, &input.notes, &pack.inputs())?;
    let replay = workspace.replay()?;
    let all = replay.pages.len();
    let picture = pipeline::run(replay, pack, settings, &mut |index, document| {
        let claims = document.main().count();
        progress.page(
            index + 1,
            all,
            &format!("[{}/{all}] {} ({claims} passages)", index + 1, document.name),
        );
    });
    progress.finish();
    super::rebuild::write_view(
        workspace.view_path(),
        &picture,
        pack,
        settings,
        &workspace.checkpoint(),
    )?;
    progress.say(&format!(
        "{new} new page{}, {all} in the workspace, read in {:.1} s; log: {} entries",
        if new == 1 { "" } else { "s" },
        clock(),
        workspace.size()
    ));
    Ok(picture)
}

/// Writes the HTML report.
pub(crate) fn write_report(
    picture: &Picture,
    pack: &Pack,
    workspace: &Workspace,
    path: &Path,
) -> anyhow::Result<()> {
    let options = reports::ReportOptions {
        title: String::new(),
        footer: footer(&workspace.checkpoint()),
        crosswalk: pack.crosswalk.clone(),
        ..reports::ReportOptions::default()
    };
    let bytes = reports::render(picture, &pack.map, &options, reports::Form::Html);
    std::fs::write(path, bytes).map_err(|error| {
        Fault::outside(
            format!("could not write the report \"{}\"", path.display()),
            "Choose another place with --report.",
            error,
        )
    })
}

pub(crate) fn footer(checkpoint: &str) -> Vec<String> {
    let mut lines = checkpoint.lines();
    let (name, size, root) = (
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
        lines.next().unwrap_or_default(),
    );
    vec![format!("Log {name}, {size} entries, root {root}.")]
}
