//! `truceline positions`: who stands where on what, on whose word.

use super::listing::{self, Listing};
use clap::Args;
use reports::Question;

/// Positions on proposals, as a list or as holders by proposals.
#[derive(Debug, Args)]
pub(crate) struct Positions {
    #[command(flatten)]
    listing: Listing,
    /// Only on this proposal, such as "de-escalation zones".
    #[arg(long, value_name = "PROPOSAL")]
    on: Option<String>,
    /// Holders by proposals, with every position over time.
    #[arg(long)]
    matrix: bool,
}

/// Runs the command.
pub(crate) fn run(command: Positions) -> anyhow::Result<u8> {
    let Positions { listing, on, matrix } = command;
    listing::run(&listing, Question::Positions { on, matrix })
}
