//! `truceline rounds`: rounds of talks, meetings and calls, with read-outs side by side.

use super::listing::{self, Listing};
use clap::Args;
use reports::Question;

/// Rounds, meetings and calls.
#[derive(Debug, Args)]
pub(crate) struct Rounds {
    #[command(flatten)]
    listing: Listing,
}

/// Runs the command.
pub(crate) fn run(command: &Rounds) -> anyhow::Result<u8> {
    listing::run(&command.listing, Question::Rounds)
}
