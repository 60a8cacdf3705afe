//! Gets located claims with their documents and actors; gives what is followed over time beside incidents:
//! rounds and meetings of the process, positions, control, deliveries, returns, measures, complaints; and who
//! could be heard at all, zone by zone and day by day. Plans, aims and conditions never become facts here, and no read-out replaces another.
//! Never judges, never reads prose, never depends on the order in which pages arrive.

mod complaint;
mod control;
mod coverage;
mod difference;
mod holding;
mod measure;
mod meeting;
mod merge;
mod movement;
mod position;
mod round;
mod sight;
mod stand;
mod told;

pub use coverage::{Heard, coverage};

use model::{Actor, Document, LocatedClaim, Tracks};

/// Follows everything that is not an incident through time: claims go in, in any order and with any number
/// of copies; each list comes out in order of time and id, every entry with all the claims it rests on.
///
/// ```
/// let tracks = tracks::follow(&[], &[], &[]);
/// assert!(tracks.rounds.is_empty());
/// ```
pub fn follow(claims: &[LocatedClaim], documents: &[Document], actors: &[Actor]) -> Tracks {
    let told = told::sorted(claims, documents, actors);
    let (deliveries, returns) = movement::movements(&told);
    let (rounds, positions) = (round::rounds(&told), position::positions(&told));
    Tracks {
        stands: stand::stands(&told, &positions, &rounds),
        rounds,
        meetings: meeting::meetings(&told),
        positions,
        control: control::changes(&told),
        holdings: holding::holdings(&told, actors),
        measures: measure::measures(&told),
        deliveries,
        returns,
        complaints: complaint::complaints(&told),
    }
}

#[cfg(test)]
mod tests;
