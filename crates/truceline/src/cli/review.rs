//! `truceline review` and `truceline rulings`: what waits for a person, and what people decided.

use super::listing::{self, Listing};
use clap::Args;
use reports::Question;

/// What nobody has read over, what accounts contest, and what needs a second person; one line for each incident.
#[derive(Debug, Args)]
pub(crate) struct Review {
    #[command(flatten)]
    listing: Listing,
}

/// Every ruling with who made it, why, and what became of it.
#[derive(Debug, Args)]
pub(crate) struct Rulings {
    #[command(flatten)]
    listing: Listing,
}

/// Runs `truceline review`.
pub(crate) fn review(command: &Review) -> anyhow::Result<u8> {
    listing::run(&command.listing, Question::Review)
}

/// Runs `truceline rulings`.
pub(crate) fn rulings(command: &Rulings) -> anyhow::Result<u8> {
    listing::run(&command.listing, Question::Rulings)
}
