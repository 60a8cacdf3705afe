//! How the places of two claims lie to each other.

use crate::frame::name_key;
use crate::wording;
use geo::{Distance, Haversine, Point};
use model::{LocatedClaim, Location, PlacePrecision, PlaceRole, Region};

/// Where a claim happened, as far as fusing needs it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Spot {
    /// Not told, or no closer than a country.
    Untold,
    /// Told by a word that points elsewhere ("there"), with the places it may mean.
    Pointed {
        /// Gazetteer keys it may mean.
        candidates: Vec<String>,
    },
    /// A name that was not placed, with the places it may mean.
    Named {
        /// The name, in plain words.
        name: String,
        /// Gazetteer keys it may mean.
        candidates: Vec<String>,
    },
    /// A chosen place.
    Placed {
        /// Gazetteer key.
        place: String,
        /// Names it goes by: the gazetteer's and the page's, in plain words.
        names: [String; 2],
        /// Province in plain words; empty when none.
        province: String,
        /// The region, when there is one.
        region: Option<Region>,
        /// How closely it is known.
        precision: PlacePrecision,
        /// Keys of places within it that are named and that the gazetteer does not list, sorted: "the village of X in
        /// the countryside of Y" is not all of Y.
        inside: Vec<u64>,
    },
}

/// How two spots lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlaceFit {
    /// They exclude each other.
    Far,
    /// Two names of which nothing shows that they are near or far.
    Unclear,
    /// One or both are not told.
    Open,
    /// Their regions touch, or a name may mean the other place.
    Near,
    /// One contains the other.
    Contains,
    /// The same place, or the same name that nobody could place.
    Same,
}

/// The spot of a claim.
pub(crate) fn spot(located: &LocatedClaim) -> Spot {
    let Some(location) = located.event_location() else {
        return Spot::Untold;
    };
    let pointing =
        located.claim.references.iter().any(|reference| {
            reference.span == location.mention.span || reference.words == location.mention.name
        });
    match &location.chosen {
        Some(_) if location.precision == PlacePrecision::Country => Spot::Untold,
        Some(chosen) => Spot::Placed {
            place: chosen.place.0.clone(),
            names: [
                wording::plain(&chosen.name),
                wording::plain(&location.mention.name),
            ],
            province: wording::plain(&chosen.province),
            region: location.region,
            precision: location.precision,
            inside: inside(located, location),
        },
        None => {
            let candidates = location.candidates.iter().map(|c| c.place.0.clone()).collect();
            match pointing || location.mention.name.is_empty() {
                true => Spot::Pointed { candidates },
                false => Spot::Named {
                    name: wording::plain(&location.mention.name),
                    candidates,
                },
            }
        }
    }
}

/// Keys of the unlisted places that a claim names beside a chosen one which is no closer than "near a town".
fn inside(located: &LocatedClaim, chosen: &Location) -> Vec<u64> {
    if chosen.precision < PlacePrecision::Near {
        return Vec::new();
    }
    let unlisted = located.locations.iter().filter(|location| {
        let mention = &location.mention;
        location.chosen.is_none() && mention.role == PlaceRole::Event && !mention.kind.is_empty()
    });
    let mut names: Vec<u64> = unlisted
        .map(|location| name_key(&location.mention.name))
        .collect();
    names.retain(|name| *name != 0);
    names.sort_unstable();
    names.dedup();
    names
}

fn is_wide(precision: PlacePrecision) -> bool {
    precision >= PlacePrecision::District
}

impl Spot {
    /// A short key: equal keys are the same spot.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Untold => String::new(),
            Self::Pointed { candidates } => format!("may be {}", candidates.join(" ")),
            Self::Named { name, .. } => format!("name:{name}"),
            Self::Placed { place, inside, .. } if inside.is_empty() => format!("place:{place}"),
            Self::Placed { place, inside, .. } => format!("place:{place} within:{inside:?}"),
        }
    }

    /// Whether it is told at all.
    pub(crate) fn is_told(&self) -> bool {
        matches!(self, Self::Named { .. } | Self::Placed { .. })
    }

    /// Whether it is a district, a province or more and nothing closer is named: two acts in it need not be near.
    pub(crate) fn is_wide(&self) -> bool {
        matches!(self, Self::Placed { precision, inside, .. } if is_wide(*precision) && inside.is_empty())
    }

    /// Whether it is a town or closer, or an unlisted place by its name: two acts in it are near each other. "Near a
    /// city" holds a dozen villages.
    pub(crate) fn is_close(&self) -> bool {
        match self {
            Self::Placed {
                precision, inside, ..
            } => *precision < PlacePrecision::Near || !inside.is_empty(),
            Self::Named { .. } => true,
            Self::Untold | Self::Pointed { .. } => false,
        }
    }

    /// Gazetteer keys it may mean; of a chosen place the one.
    fn may_mean(&self) -> &[String] {
        match self {
            Self::Untold => &[],
            Self::Pointed { candidates } | Self::Named { candidates, .. } => candidates,
            Self::Placed { place, .. } => std::slice::from_ref(place),
        }
    }

    /// How it lies to another spot.
    pub(crate) fn fit(&self, other: &Self) -> PlaceFit {
        match (self, other) {
            (Self::Untold, _) | (_, Self::Untold) => PlaceFit::Open,
            (Self::Pointed { .. }, _) | (_, Self::Pointed { .. }) => {
                let shared = self
                    .may_mean()
                    .iter()
                    .any(|place| other.may_mean().contains(place));
                if shared { PlaceFit::Near } else { PlaceFit::Open }
            }
            (Self::Named { name: a, .. }, Self::Named { name: b, .. }) => match name_key(a) == name_key(b) {
                true => PlaceFit::Same,
                false => PlaceFit::Unclear,
            },
            (
                Self::Named { name, candidates },
                Self::Placed {
                    place, names, inside, ..
                },
            )
            | (
                Self::Placed {
                    place, names, inside, ..
                },
                Self::Named { name, candidates },
            ) => {
                if inside.contains(&name_key(name)) {
                    PlaceFit::Same
                } else if candidates.contains(place) {
                    PlaceFit::Near
                } else if names.contains(name) {
                    PlaceFit::Same
                } else {
                    PlaceFit::Unclear
                }
            }
            (Self::Placed { .. }, Self::Placed { .. }) => self.fit_placed(other),
        }
    }

    fn fit_placed(&self, other: &Self) -> PlaceFit {
        let (
            Self::Placed {
                place: a,
                names: names_a,
                province: province_a,
                region: region_a,
                precision: precision_a,
                inside: inside_a,
            },
            Self::Placed {
                place: b,
                names: names_b,
                province: province_b,
                region: region_b,
                precision: precision_b,
                inside: inside_b,
            },
        ) = (self, other)
        else {
            return PlaceFit::Open;
        };
        let shared = inside_a.iter().any(|name| inside_b.binary_search(name).is_ok());
        let both_named = !inside_a.is_empty() && !inside_b.is_empty();
        if a == b {
            return match (inside_a == inside_b || shared, both_named) {
                (true, _) => PlaceFit::Same,
                (false, true) => PlaceFit::Unclear,
                (false, false) => PlaceFit::Contains,
            };
        }
        if shared {
            // One unlisted name within a district and within its province.
            let regions = region_a.as_ref().zip(region_b.as_ref());
            return match regions.map(|(a, b)| fit_regions(a, b, true)) {
                Some(PlaceFit::Far) => PlaceFit::Far,
                _ => PlaceFit::Same,
            };
        }
        let wide = |precision: &PlacePrecision| *precision >= PlacePrecision::Province;
        match (wide(precision_a), wide(precision_b)) {
            (true, false) if !province_b.is_empty() => contains(names_a.contains(province_b), inside_a),
            (false, true) if !province_a.is_empty() => contains(names_b.contains(province_a), inside_b),
            (true, true) => PlaceFit::Far,
            _ => match (region_a, region_b) {
                (Some(a), Some(b)) => fit_regions(a, b, precision_a != precision_b),
                _ => PlaceFit::Unclear,
            },
        }
    }
}

/// How a province lies to a place of which it is known whether it lies in it; with an unlisted place named within the
/// province nothing shows how near the two are.
fn contains(yes: bool, inside: &[u64]) -> PlaceFit {
    match (yes, inside.is_empty()) {
        (true, true) => PlaceFit::Contains,
        (true, false) => PlaceFit::Unclear,
        (false, _) => PlaceFit::Far,
    }
}

pub(crate) fn fit_regions(a: &Region, b: &Region, one_is_wider: bool) -> PlaceFit {
    let point = |region: &Region| Point::new(region.centre.lon, region.centre.lat);
    let apart = Haversine.distance(point(a), point(b));
    let (wide, narrow) = (a.radius.0.max(b.radius.0), a.radius.0.min(b.radius.0));
    if one_is_wider && apart + narrow <= wide {
        PlaceFit::Contains
    } else if apart <= wide + narrow {
        PlaceFit::Near
    } else {
        PlaceFit::Far
    }
}

/// Of two locations of one incident, whether the first is the better account of where it was.
pub(crate) fn rank(location: &Location) -> (bool, PlacePrecision) {
    (location.chosen.is_none(), location.precision)
}
