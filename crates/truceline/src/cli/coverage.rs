//! `truceline coverage`: which zones could be seen on which days, and who was silent.

use super::day;
use super::listing::{self, Listing};
use clap::Args;
use jiff::civil::Date;
use reports::Question;

/// Zones by days of the period: incidents, nothing told, or nobody looking.
#[derive(Debug, Args)]
pub(crate) struct Coverage {
    #[command(flatten)]
    listing: Listing,
    /// Only zones of which the name has these words, or the zone with this key.
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Only this day, as 2017-05-06.
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Option<Date>,
}

/// Runs the command.
pub(crate) fn run(command: Coverage) -> anyhow::Result<u8> {
    let Coverage { listing, zone, on } = command;
    listing::run(&listing, Question::Coverage { zone, on })
}
