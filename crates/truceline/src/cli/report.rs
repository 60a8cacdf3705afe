//! `truceline report`: the report on a workspace, in the form that is asked for.

use super::{At, Common, day, print};
use crate::fault::Fault;
use crate::workspace;
use clap::Args;
use clap::ValueEnum;
use jiff::civil::Date;
use std::path::PathBuf;

/// The report of a day, a week, or the period that was last asked for with `assess`; to print it, open the HTML form in a browser
/// and print it to paper or PDF.
#[derive(Debug, Args)]
pub(crate) struct Report {
    #[command(flatten)]
    at: At,
    /// The form.
    #[arg(long, value_enum, default_value = "html")]
    format: Form,
    /// The last day, as 2017-05-06; that of the last `assess` when not given.
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Date>,
    /// The first day: the same for a daily report, six days before for a weekly one.
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<Date>,
    /// Where it goes; `report` with the form's ending when not given.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Its title.
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// Print what a neutral report must not say, of our own words, the agreements and the incidents; exit code 1
    /// when there is any.
    #[arg(long)]
    lint: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// A page for browsers and for paper, with its map.
    Html,
    /// Markdown.
    Markdown,
    /// A document for word processors.
    Docx,
    /// For paper and archives: numbered sheets of A4 with the map.
    Pdf,
    /// The annex: every incident, one a line.
    Csv,
}

/// Runs the command.
pub(crate) fn run(command: &Report, common: &Common) -> anyhow::Result<u8> {
    let (picture, pack) = super::show::picture_asked(&command.at.workspace, None, common, |settings| {
        settings.as_of = command.as_of.or(settings.as_of);
        settings.since = command.since.or(settings.since);
    })?;
    if command.lint {
        let found = reports::judging(&picture, &pack.judging);
        for judged in &found {
            print(&format!(
                "{}: \"{}\" in \"{}\": {}\n",
                judged.place, judged.word, judged.words, judged.instead
            ))?;
        }
        print(&format!("{} judging words\n", found.len()))?;
        return Ok(u8::from(!found.is_empty()));
    }
    let checkpoint = super::show::view(&command.at.workspace)?
        .meta("checkpoint")?
        .unwrap_or_default();
    drop(workspace::key(&command.at.workspace)?);
    let options = reports::ReportOptions {
        title: command.title.clone().unwrap_or_default(),
        footer: super::assess::footer(&checkpoint),
        crosswalk: pack.crosswalk.clone(),
        ..reports::ReportOptions::default()
    };
    let (form, ending) = match command.format {
        Form::Html => (reports::Form::Html, "html"),
        Form::Markdown => (reports::Form::Markdown, "md"),
        Form::Docx => (reports::Form::Docx, "docx"),
        Form::Pdf => (reports::Form::Pdf, "pdf"),
        Form::Csv => (reports::Form::Export(&reports::CSV), "csv"),
    };
    let path = command
        .output
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("report.{ending}")));
    std::fs::write(&path, reports::render(&picture, &pack.map, &options, form)).map_err(|error| {
        Fault::outside(
            format!("could not write the report \"{}\"", path.display()),
            "Choose another place with --output.",
            error,
        )
    })?;
    print(&format!("written: {}\n", path.display()))?;
    Ok(0)
}
