//! The command line: a file a command.

mod agreement;
mod assess;
mod control;
mod coverage;
mod data;
mod deliveries;
mod demo;
mod explain;
mod export;
mod foreign;
mod gazetteer;
mod import;
mod listing;
mod log;
mod manual;
mod measures;
mod positions;
mod reassess;
mod rebuild;
mod reconcile;
mod report;
mod review;
mod rounds;
mod ruling;
mod serve;
mod show;
mod trial;
mod upload;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use std::path::PathBuf;

/// Reads contradictory news of a ceasefire and judges what it says under the written agreement.
///
/// Every figure can be followed to quoted words. What is not known stays not known.
#[derive(Debug, Parser)]
#[command(name = "truceline", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Read the data pack from this folder instead of the one compiled in.
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Print no progress.
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read the demonstration corpus in a throw-away workspace and write its report.
    Demo(demo::Demo),
    /// Read pages, judge what they say, and write a report.
    Assess(assess::Assess),
    /// Show how a sentence is read, or how a claim, an incident or a finding came to be.
    Explain(explain::Explain),
    /// List incidents.
    Incidents(show::ShowJudged),
    /// List findings.
    Findings(show::ShowJudged),
    /// List claims.
    Claims(show::Show),
    /// List positions: who stands where on what, on whose word.
    Positions(positions::Positions),
    /// List rounds of talks, meetings and calls, with read-outs side by side.
    Rounds(rounds::Rounds),
    /// Say who is told to hold which place, since when, on whose word.
    Control(control::Control),
    /// List deliveries of aid: planned, done or refused.
    Deliveries(deliveries::Deliveries),
    /// List evacuations: planned, done or refused.
    Evacuations(deliveries::Deliveries),
    /// List returns of people: planned, done or refused.
    Returns(deliveries::Deliveries),
    /// List releases and exchanges of people: planned, done or refused.
    Releases(deliveries::Deliveries),
    /// List sanctions, visa bans, closures and other measures.
    Measures(measures::Measures),
    /// Show which zones could be seen on which days, and who was silent.
    Coverage(coverage::Coverage),
    /// Write the report in another form: a page, Markdown, a document, the annex.
    Report(report::Report),
    /// Write everything that was read, for other programs.
    Export(export::Export),
    /// List what waits for a person, in the order in which it is to be taken.
    Review(review::Review),
    /// Decide about what was read: signed, logged, and taken back when it was wrong.
    Ruling(ruling::Ruling),
    /// List the rulings and what became of each.
    Rulings(review::Rulings),
    /// Take in tables of others: ACLED, UCDP GED, HXL, CSV; every version of a row is kept.
    Import(import::Import),
    /// List rows of tables of others, newest version first or all of them.
    Foreign(foreign::Foreign),
    /// Serve the workspace to browsers and programs.
    Serve(serve::Serve),
    /// Check the log, or print a proof for one of its entries.
    Log(log::Log),
    /// Make the view again from the log.
    Rebuild(rebuild::Rebuild),
    /// Set two parties' bulletins, or two lists of incidents, side by side.
    Reconcile(reconcile::Reconcile),
    /// Judge the log again by other data, and show every finding that turns.
    Reassess(reassess::Reassess),
    /// Check, show and explain written agreements.
    Agreement(agreement::AgreementCommand),
    /// Check the data that experts edit.
    Data(data::Data),
    /// Turn place tables of others into ours.
    Gazetteer(gazetteer::Gazetteer),
    /// Print the completion script of a shell.
    Completions(manual::Completions),
    /// Write a manual page for every command.
    Man(manual::Man),
}

/// Where the workspace is.
#[derive(Clone, Debug, Args)]
pub(crate) struct At {
    /// Folder of the workspace; made when it is not there.
    #[arg(long, value_name = "DIR", default_value = "truceline-data")]
    pub(crate) workspace: PathBuf,
}

/// What goes for every command.
#[derive(Clone, Debug)]
pub(crate) struct Common {
    pub(crate) data: Option<PathBuf>,
    pub(crate) quiet: bool,
}

/// Reads the command line; clap prints help and faults and ends the program with code 0 or 2.
pub(crate) fn parse() -> Cli {
    Cli::parse()
}

/// Runs a command; gives the exit code.
pub(crate) fn run(cli: Cli) -> anyhow::Result<u8> {
    let common = Common {
        data: cli.data,
        quiet: cli.quiet,
    };
    match cli.command {
        Command::Demo(command) => demo::run(command, &common),
        Command::Assess(command) => assess::run(command, &common),
        Command::Explain(command) => explain::run(&command, &common),
        Command::Incidents(command) => {
            show::judged(&command, reports::TableKind::Incidents, "incident", &common)
        }
        Command::Findings(command) => {
            show::judged(&command, reports::TableKind::Findings, "finding", &common)
        }
        Command::Claims(command) => show::claims(&command, &common),
        Command::Positions(command) => positions::run(command),
        Command::Rounds(command) => rounds::run(&command),
        Command::Control(command) => control::run(command),
        Command::Deliveries(command) => deliveries::run(command, "delivery"),
        Command::Evacuations(command) => deliveries::run(command, "evacuation"),
        Command::Returns(command) => deliveries::run(command, "return"),
        Command::Releases(command) => deliveries::run(command, "release"),
        Command::Measures(command) => measures::run(&command),
        Command::Coverage(command) => coverage::run(command),
        Command::Report(command) => report::run(&command, &common),
        Command::Export(command) => export::run(&command, &common),
        Command::Review(command) => review::review(&command),
        Command::Ruling(command) => ruling::run(&command, &common),
        Command::Rulings(command) => review::rulings(&command),
        Command::Import(command) => import::run(&command, &common),
        Command::Foreign(command) => foreign::run(&command, &common),
        Command::Serve(command) => serve::run(&command, common),
        Command::Log(command) => log::run(&command),
        Command::Rebuild(command) => rebuild::run(&command, &common),
        Command::Reconcile(command) => reconcile::run(&command, &common),
        Command::Reassess(command) => reassess::run(&command, &common),
        Command::Agreement(command) => agreement::run(&command, &common),
        Command::Data(command) => data::run(&command, &common),
        Command::Gazetteer(command) => gazetteer::run(&command, &common),
        Command::Completions(command) => manual::completions(&command),
        Command::Man(command) => manual::man(&command),
    }
}

/// A day as `2017-05-06`; a time of day behind it is taken off, because the picture speaks of days.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    let day = text.split('T').next().unwrap_or(text);
    day.parse()
        .map_err(|_| format!("\"{text}\" is not a day of the calendar; write it as 2017-05-06"))
}

/// The summary for programs.
pub(crate) fn summary_json(summary: &reports::Summary) -> serde_json::Value {
    use serde_json::json;
    let tolls: Vec<_> = summary
        .tolls
        .iter()
        .map(|toll| json!({"metric": toll.metric.as_str(), "low": toll.range.low, "high": toll.range.high, "unit": "persons", "incidents": toll.incidents.len(), "untold": toll.untold, "by": toll.by}))
        .collect();
    let findings: Vec<_> = summary
        .findings
        .iter()
        .map(|line| {
            let verdicts: serde_json::Map<_, _> = line
                .verdicts
                .iter()
                .map(|(verdict, count, _)| (verdict.as_str().to_owned(), json!(count)))
                .collect();
            json!({"agreement": line.agreement, "version": line.version, "verdicts": verdicts})
        })
        .collect();
    let progress = |counts: &std::collections::BTreeMap<model::Progress, usize>| -> serde_json::Map<String, serde_json::Value> {
        counts.iter().map(|(progress, count)| (progress.as_str().to_owned(), json!(count))).collect()
    };
    json!({
        "as_of": summary.as_of.map(|day| day.to_string()),
        "period": summary.period.map(|(first, last)| [first.to_string(), last.to_string()]),
        "watermark": summary.watermark,
        "pages": {"read": summary.pages, "lost": summary.lost, "undated": summary.undated},
        "incidents": {"new": summary.new.len(), "background": summary.background.len(), "archived": summary.archived.len()},
        "tolls": tolls,
        "findings": findings,
        "complaints": summary.complaints,
        "rounds": summary.rounds.len(),
        "meetings": summary.meetings,
        "positions": summary.positions,
        "deliveries": progress(&summary.deliveries),
        "returns": progress(&summary.returns),
        "coverage": summary.coverage,
        "notes": summary.notes.values().sum::<usize>(),
    })
}

/// Prints to standard output; a reader that went away is no fault.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
