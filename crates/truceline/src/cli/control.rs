//! `truceline control`: who is said to hold which place, since when, on whose word.

use super::day;
use super::listing::{self, Listing};
use clap::Args;
use jiff::civil::Date;
use reports::Question;

/// Who is said to hold which place.
#[derive(Debug, Args)]
pub(crate) struct Control {
    #[command(flatten)]
    listing: Listing,
    /// Only this place, by any of its names.
    #[arg(long, value_name = "PLACE")]
    at: Option<String>,
    /// As it stood on this day, as 2017-05-06; the whole story when not given.
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,
}

/// Runs the command.
pub(crate) fn run(command: Control) -> anyhow::Result<u8> {
    let Control { listing, at, on } = command;
    listing::run(&listing, Question::Control { at, on })
}
