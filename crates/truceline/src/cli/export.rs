//! `truceline export`: everything that was read, for other programs.

use super::{At, Common};
use crate::fault::{Fault, Kind};
use crate::progress::Progress;
use clap::Args;
use clap::builder::PossibleValue;
use clap::builder::PossibleValuesParser;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// Records as JSON Lines, or incidents in the forms of other programs.
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    at: At,
    /// The form; `docs/formats.md` describes each.
    #[arg(long, value_parser = formats(), default_value = "jsonl")]
    format: String,
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
    let bytes = if *format == reports::JSON_LINES {
        let view = super::show::view(&command.at.workspace)?;
        let mut lines = String::new();
        for kind in reports::KINDS {
            for record in view.by_kind(kind)? {
                lines.push_str(&serde_json::to_string(&record)?);
                lines.push('\n');
            }
        }
        lines.into_bytes()
    } else {
        let (picture, pack) = super::show::picture(&command.at.workspace, common)?;
        let options = reports::ReportOptions {
            crosswalk: pack.crosswalk.clone(),
            ..reports::ReportOptions::default()
        };
        let left_out = reports::left_out(&picture, &options, format);
        if left_out > 0 {
            progress.say(&format!(
                "{left_out} of {} incidents have no form in \"{}\" and are left out; docs/formats.md says why",
                picture.incidents.len(),
                format.word
            ));
        }
        reports::render(&picture, &pack.map, &options, reports::Form::Export(format))
    };
    match &command.output {
        Some(path) => {
            std::fs::write(path, bytes).map_err(|error| {
                Fault::outside(
                    format!("could not write \"{}\"", path.display()),
                    "Choose another place with --output.",
                    error,
                )
            })?;
            super::print(&format!("written: {}\n", path.display()))?;
        }
        None => {
            let mut out = std::io::stdout().lock();
            match out.write_all(&bytes).and_then(|()| out.flush()) {
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
                other => other?,
            }
        }
    }
    Ok(0)
}
