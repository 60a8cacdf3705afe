//! Coverage: when and where anybody could be heard. A zero means something only beside it.

use crate::{AgreementId, ClaimId, DocumentId, Edtf, IncidentId, ZoneId};
use jiff::civil::Date;

/// What could be seen of a zone on a day, from most to least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sight {
    /// At least one incident is told, surely or perhaps there and then.
    Incidents,
    /// No incident is told, and an outlet that tells of the zone could speak of the day.
    NothingTold,
    /// No incident is told, and monitors or observers are told to have been kept out or jammed.
    Hindered,
    /// Outlets could speak of the day, and none of them tells of the zone at that time.
    Unwatched,
    /// No page at all could speak of the day.
    Blind,
}

impl Sight {
    /// All with the words that are published.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Incidents, "incidents"),
        (Self::NothingTold, "nothing told"),
        (Self::Hindered, "hindered"),
        (Self::Unwatched, "unwatched"),
        (Self::Blind, "blind"),
    ];
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(sight, _)| *sight == self)
            .map_or("", |(_, word)| word)
    }
    /// Whether a count of zero says that nothing was reported, and not only that nobody looked.
    pub fn is_seen(self) -> bool {
        matches!(self, Self::Incidents | Self::NothingTold)
    }
}

/// One zone on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySight {
    /// The day.
    pub day: Date,
    /// What could be seen.
    pub sight: Sight,
    /// Incidents that are surely in the zone and on the day.
    pub surely: Vec<IncidentId>,
    /// Incidents that may be in the zone or on the day, and are not surely both.
    pub perhaps: Vec<IncidentId>,
    /// Outlets that tell of the zone at that time and could speak of the day.
    pub heard: Vec<String>,
    /// Outlets that tell of the zone at that time, spoke in the week before, and are silent on the day.
    pub silent: Vec<String>,
    /// Pages of the outlets heard that could speak of the day.
    pub pages: Vec<DocumentId>,
    /// Claims that observers were kept out or jammed.
    pub hindered: Vec<ClaimId>,
}

/// A place that nobody can see into, as far as is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// The place, as written or as the agreement names it.
    pub place: String,
    /// Why: `access denied or jammed` or `no outlet tells of it`.
    pub why: String,
    /// When, where told.
    pub when: Edtf,
    /// The claims it rests on; empty where it is an absence.
    pub claims: Vec<ClaimId>,
}

/// What could be seen of a zone, day by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneCoverage {
    /// The agreement; empty for everything outside the zones.
    pub agreement: AgreementId,
    /// The zone; empty for everything outside the zones.
    pub zone: ZoneId,
    /// Name for readers.
    pub name: String,
    /// Every day of the period, in order.
    pub days: Vec<DaySight>,
    /// Incidents surely or perhaps there whose day is not known closely enough to stand on a day.
    pub undated: Vec<IncidentId>,
    /// Places of the zone that nobody can see into.
    pub unseen: Vec<Unseen>,
}

/// Which outlets could speak of a day, and which had fallen silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutletDay {
    /// The day.
    pub day: Date,
    /// Outlets with a page that could speak of it.
    pub alive: Vec<String>,
    /// Outlets that spoke in the week before and have no such page.
    pub silent: Vec<String>,
}

/// Who could be heard in the period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Each outlet that is known or was read: name, pages read, newest page's date.
    pub outlets: Vec<(String, usize, Edtf)>,
    /// Pages read in all.
    pub pages: usize,
    /// Pages that could not be read.
    pub lost: usize,
    /// Pages without a date.
    pub undated: usize,
    /// Days of the period on which no page at all speaks of.
    pub blind_days: Vec<Date>,
    /// Outlets day by day, over the period.
    pub by_day: Vec<OutletDay>,
    /// Zones day by day, over the period; the last is everything outside the zones.
    pub zones: Vec<ZoneCoverage>,
}
