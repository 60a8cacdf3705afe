//! `truceline deliveries`, `evacuations`, `returns`, `releases`: planned, done or refused.

use super::listing::{self, Listing};
use clap::Args;
use reports::Question;

/// What was moved, how much, where, and how far it came.
#[derive(Debug, Args)]
pub(crate) struct Deliveries {
    #[command(flatten)]
    listing: Listing,
    /// Only at this place.
    #[arg(long, value_name = "PLACE")]
    at: Option<String>,
}

/// Runs the command for one act.
pub(crate) fn run(command: Deliveries, act: &'static str) -> anyhow::Result<u8> {
    let Deliveries { listing, at } = command;
    listing::run(&listing, Question::Moves { act, at })
}
