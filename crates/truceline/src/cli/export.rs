//! `truceline export`: everything that was read, for other programs.

use super::{At, Common};
use crate::fault::{Fault, Kind};
use crate::progress::Progress;
use clap::Args;
use clap::builder::PossibleValue;
use clap::builder::PossibleValuesParser;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use store::StoreError;

/// Records as JSON Lines, or incidents in the forms of other programs.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    at: At,
    /// The form; `docs/formats.md` describes each.
    #[arg(long, value_parser = formats(), default_value = "jsonl")]
    format: String,
    /// Also incidents that rulings archived; JSON Lines hold the whole record, and mark them, either way.
    #[arg(long)]
    archived: bool,
    /// Write to this file; standard output when not given.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn formats() -> PossibleValuesParser {
    let values = reports::FORMATS.map(|format| PossibleValue::new(format.word).help(format.about));
    PossibleValuesParser::new(values)
}

/// Runs the command. JSON Lines come from the view; the other forms from the pages in the log, read again.
pub(crate) fn run(command: &Export, common: &Common) -> anyhow::Result<u8> {
    let format = reports::Format::read(&command.format).unwrap_or(&reports::JSON_LINES);
    let progress = Progress::new(common.quiet);
    let binary = !format.media.starts_with("text/") && !format.media.contains("json");
    if binary && command.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Fault::of(
            Kind::Usage,
            format!("\"{}\" is not text, and a terminal shows text only", format.word),
            format!("Give a file with --output incidents.{}.", format.ending),
        ));
    }
    if *format == reports::JSON_LINES {
        let view = super::show::view(&command.at.workspace)?;
        // Line by line: the records of years weigh more than the memory of a small machine.
        return written(command, |out| {
            view.each(|record| {
                let line = serde_json::to_string(&record).unwrap_or_default();
                writeln!(out, "{line}").map_err(|source| StoreError::Io {
                    doing: "write",
                    path: command.output.clone().unwrap_or_default(),
                    source,
                })
            })
            .map_err(|error| match error {
                StoreError::Io { source, .. } => source.into(),
                other => other.into(),
            })
        });
    }
    let (picture, pack) = super::show::picture(&command.at.workspace, common)?;
    let archived = picture.incidents.iter().filter(|it| it.archived).count();
    if archived > 0 && !command.archived {
        progress.say(&format!(
            "archived and left out: {archived}; --archived takes them along"
        ));
    }
    let told = reports::Told {
        archived: command.archived,
        ..reports::Told::whole(&picture)
    };
    let mut left_out = 0;
    let code = written(command, |out| {
        left_out = reports::export(&told, &pack.crosswalk, format, out)?;
        Ok(())
    })?;
    if left_out > 0 {
        progress.say(&format!(
            "{left_out} of {} incidents have no form in \"{}\" and are left out; docs/formats.md says why",
            picture.incidents.len(),
            format.word
        ));
    }
    Ok(code)
}

/// Writes to the file or to standard output.
fn written(
    command: &Export,
    write: impl FnOnce(&mut (dyn Write + Send)) -> anyhow::Result<()>,
) -> anyhow::Result<u8> {
    let Some(path) = &command.output else {
        let mut out = BufWriter::new(std::io::stdout());
        let done = write(&mut out).and_then(|()| Ok(out.flush()?));
        let is_closed = |error: &anyhow::Error| {
            let io = error.downcast_ref::<std::io::Error>();
            io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
        };
        return match done {
            // Who reads has seen enough.
            Err(error) if is_closed(&error) => {
                // What is left to write is let go of: nobody takes it.
                drop(out.into_parts());
                Ok(0)
            }
            other => other.map(|()| 0),
        };
    };
    let hint = "Choose another place with --output.";
    let refused = |error: std::io::Error| {
        Fault::outside(format!("could not write \"{}\"", path.display()), hint, error)
    };
    let mut out = BufWriter::new(std::fs::File::create(path).map_err(refused)?);
    write(&mut out).and_then(|()| Ok(out.flush()?)).map_err(|error| {
        match error.downcast::<std::io::Error>() {
            Ok(error) => refused(error),
            Err(other) => other,
        }
    })?;
    super::print(&format!("written: {}\n", path.display()))?;
    Ok(0)
}
