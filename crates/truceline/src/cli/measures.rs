//! `truceline measures`: sanctions, visa bans, closures.

use super::listing::{self, Listing};
use clap::Args;
use reports::Question;

/// Measures between parties short of force.
#[derive(Debug, Args)]
pub(crate) struct Measures {
    #[command(flatten)]
    listing: Listing,
}

/// Runs the command.
pub(crate) fn run(command: &Measures) -> anyhow::Result<u8> {
    listing::run(&command.listing, Question::Measures)
}
