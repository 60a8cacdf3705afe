//! Kinds of places, with how closely an event "in" one is known and how large one is by default.

use model::{Metres, PlacePrecision};

/// What kind of place a gazetteer entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A state or territory with an ISO 3166-1 code.
    Country,
    /// A first-level division: province, governorate, state, oblast.
    Province,
    /// A natural or customary region that is no division: a plain, a valley, a countryside.
    Region,
    /// A second-level division.
    District,
    /// A third-level division.
    Subdistrict,
    /// The capital of a country.
    Capital,
    /// A city.
    City,
    /// A town.
    Town,
    /// A village or hamlet.
    Village,
    /// A part of a city or town.
    Neighbourhood,
    /// A camp of displaced people or refugees.
    Camp,
    /// A border or line crossing.
    Crossing,
    /// A base, airfield or barracks.
    Base,
    /// A dam, spring, station, bridge or other single site.
    Site,
    /// A road.
    Road,
}

impl Kind {
    /// All kinds with the words that data use.
    pub const ALL: [(Self, &'static str); 15] = [
        (Self::Country, "country"),
        (Self::Province, "province"),
        (Self::Region, "region"),
        (Self::District, "district"),
        (Self::Subdistrict, "subdistrict"),
        (Self::Capital, "capital"),
        (Self::City, "city"),
        (Self::Town, "town"),
        (Self::Village, "village"),
        (Self::Neighbourhood, "neighbourhood"),
        (Self::Camp, "camp"),
        (Self::Crossing, "crossing"),
        (Self::Base, "base"),
        (Self::Site, "site"),
        (Self::Road, "road"),
    ];

    /// Reads the word used in data.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(kind, _)| *kind)
    }

    /// The word used in data.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(kind, _)| *kind == self)
            .map_or("", |(_, word)| word)
    }

    /// How closely an event in such a place is known.
    pub fn precision(self) -> PlacePrecision {
        match self {
            Self::Country => PlacePrecision::Country,
            Self::Province => PlacePrecision::Province,
            Self::Region | Self::District | Self::Subdistrict | Self::Road => PlacePrecision::District,
            Self::Capital | Self::City | Self::Town | Self::Village => PlacePrecision::Town,
            Self::Neighbourhood | Self::Camp | Self::Crossing | Self::Base | Self::Site => {
                PlacePrecision::Exact
            }
        }
    }

    /// Whether it is an area with other places in it.
    pub fn is_area(self) -> bool {
        self <= Self::Subdistrict || self == Self::Road
    }

    /// Whether people live in it as in a town.
    pub fn is_settlement(self) -> bool {
        matches!(self, Self::Capital | Self::City | Self::Town | Self::Village)
    }

    /// Radius that holds the place when its row gives none and no population says more.
    ///
    /// Metres. 2 km: GeoNames points lie within 1.1 km of the town centre drawn on maps for Syrian towns
    /// we looked up, and a small town is about 1 km across either way. Areas: 15 km is the radius of a
    /// mean Syrian subdistrict (185,180 km² among 272), 30 km of a district (among 61), 65 km of a
    /// province (among 14), all by `sqrt(area / pi)` and rounded up. Smaller values make `inside` answer
    /// "yes" too early, larger ones make it answer "undetermined" too often.
    pub fn radius_default(self) -> Metres {
        Metres(match self {
            Self::Country => 400_000.0,
            Self::Province => 65_000.0,
            Self::Region | Self::Road => 30_000.0,
            Self::District => 31_000.0,
            Self::Subdistrict => 15_000.0,
            Self::Capital | Self::City | Self::Town | Self::Village => 2_000.0,
            Self::Neighbourhood | Self::Camp | Self::Base => 1_500.0,
            Self::Crossing | Self::Site => 1_000.0,
        })
    }
}
