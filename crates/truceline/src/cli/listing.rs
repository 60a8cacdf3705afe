//! What `positions`, `rounds`, `control`, `deliveries`, `measures` and `coverage` share: a question to the
//! view, answered as a table or as records.

use super::{At, print};
use crate::fault::{Fault, Kind};
use clap::Args;
use reports::{Question, Screen, Unknown};
use std::io::IsTerminal;

/// Where to look and how to print.
#[derive(Debug, Args)]
pub(crate) struct Listing {
    #[command(flatten)]
    at: At,
    /// Print one JSON record a line.
    #[arg(long)]
    json: bool,
}

/// Columns of a terminal whose width is not told.
const WIDTH: u16 = 140;

/// A terminal or a pipe.
pub(crate) fn screen() -> Screen {
    if std::io::stdout().is_terminal() {
        Screen::Terminal(WIDTH)
    } else {
        Screen::Pipe
    }
}

/// Answers a question from the view of a workspace; gives the exit code.
pub(crate) fn run(listing: &Listing, question: Question) -> anyhow::Result<u8> {
    let view = super::show::view(&listing.at.workspace)?;
    let mut records = Vec::new();
    for kind in question.kinds() {
        records.extend(view.by_kind(kind)?);
    }
    let answer = question.answer(records).map_err(|unknown| fault(&unknown))?;
    if !listing.json {
        print(&answer.table(screen()))?;
        return Ok(0);
    }
    let mut lines = String::new();
    for record in answer.records() {
        lines.push_str(&serde_json::to_string(record)?);
        lines.push('\n');
    }
    print(&lines)?;
    Ok(0)
}

/// Known names that a message lists.
const KNOWN_MAX: usize = 12;

fn fault(unknown: &Unknown) -> anyhow::Error {
    let Unknown { what, asked, known } = unknown;
    let plain = |name: &str| name.to_lowercase().replace('-', " ");
    let lower: Vec<String> = known.iter().map(|name| plain(name)).collect();
    let near = model::nearest_word(&plain(asked), lower.iter().map(String::as_str));
    let at = lower
        .iter()
        .position(|name| near.as_ref() == Some(name))
        .or_else(|| lower.iter().position(|name| name.contains(&plain(asked))));
    let near = at.map_or_else(String::new, |at| format!("Did you mean \"{}\"? ", known[at]));
    let listed: Vec<&str> = known.iter().take(KNOWN_MAX).map(String::as_str).collect();
    let more = match known.len().saturating_sub(KNOWN_MAX) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let hint = match listed.is_empty() {
        true => {
            format!("Nothing that was read tells of any {what}; read more pages with `truceline assess`.")
        }
        false => format!("{near}Known: {}{more}.", listed.join(", ")),
    };
    let told = match *what {
        "day" => format!("the day {asked} is not in the period of the view"),
        _ => format!("nothing that was read tells of the {what} \"{asked}\""),
    };
    Fault::of(Kind::Usage, told, hint)
}
