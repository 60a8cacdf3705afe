//! Where: names in their roles, regions with a radius, and whether a region lies in a zone.

use crate::{AgreementId, Because, PlaceId, Span, Ternary, ZoneId};

/// A point on the globe, WGS 84, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct LatLon {
    /// Latitude, degrees north.
    pub lat: f64,
    /// Longitude, degrees east.
    pub lon: f64,
}

/// A length in metres.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Metres(pub f64);

/// What a place name does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceRole {
    /// Where it happened.
    Event,
    /// Where something was said, or a meeting was held.
    Seat,
    /// Part of an actor's name or nationality.
    ActorName,
    /// Stands for a government or body ("Damascus supports").
    Metonym,
    /// What an agreement or proposal is about.
    Topic,
    /// None of these could be told.
    Unknown,
}

impl PlaceRole {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Seat => "seat",
            Self::ActorName => "actor-name",
            Self::Metonym => "metonym",
            Self::Topic => "topic",
            Self::Unknown => "unknown",
        }
    }
}

/// How the text relates what happened to the named place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlaceRelation {
    /// At or in it.
    At,
    /// Near it, on its outskirts or edge.
    Near,
    /// A distance from it, with a bearing in degrees from north where the text gives one.
    Offset {
        /// Distance from the named place.
        distance: Metres,
        /// Bearing in degrees from north, clockwise.
        bearing: Option<f64>,
    },
    /// A part of it: "northern Aleppo", "the north of the province".
    Part {
        /// Bearing of the part in degrees from north, clockwise, where told.
        bearing: Option<f64>,
    },
    /// By the border with it.
    Border,
    /// Between two places, which the name tells both: "Saraqib and Idlib".
    Between,
}

/// A place name in a claim, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// The name as written, without articles and kinds.
    pub name: String,
    /// Kind of place as written beside the name: "town", "province", "crossing"; empty when none.
    pub kind: String,
    /// Where it stands.
    pub span: Span,
    /// What it does.
    pub role: PlaceRole,
    /// How the event lies to it.
    pub relation: PlaceRelation,
    /// Why.
    pub because: Vec<Because>,
}

/// How closely a place is known, finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlacePrecision {
    /// A site within a town.
    Exact,
    /// A town or village.
    Town,
    /// Near or between towns.
    Near,
    /// A district.
    District,
    /// A province.
    Province,
    /// A country.
    Country,
    /// Not known.
    Unresolved,
}

impl PlacePrecision {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Town => "town",
            Self::Near => "near",
            Self::District => "district",
            Self::Province => "province",
            Self::Country => "country",
            Self::Unresolved => "unresolved",
        }
    }
}

/// A gazetteer entry that a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The place.
    pub place: PlaceId,
    /// Its name for readers.
    pub name: String,
    /// Province for readers; empty when none.
    pub province: String,
    /// ISO 3166-1 alpha-2 country code.
    pub country: String,
    /// Its point.
    pub at: LatLon,
    /// What kind of place: how closely an event "in" it is known.
    pub precision: PlacePrecision,
    /// Share of belief among the candidates, 0 to 1.
    pub share: f64,
    /// Why it is a candidate and why it ranks so.
    pub because: Because,
}

/// A disc that holds the true site, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Centre.
    pub centre: LatLon,
    /// Radius.
    pub radius: Metres,
}

/// Whether a region lies in a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct ZoneAnswer {
    /// The agreement whose zone it is.
    pub agreement: AgreementId,
    /// The zone.
    pub zone: ZoneId,
    /// The zone's name for readers.
    pub name: String,
    /// Inside?
    pub inside: Ternary,
    /// From the region's centre to the boundary: negative inside; `None` when nobody drew the zone.
    pub distance: Option<Metres>,
    /// Why.
    pub because: Because,
}

/// A place name placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// The name as written; for a reference ("there") the words of the reference.
    pub mention: PlaceMention,
    /// The place, when one candidate stands out.
    pub chosen: Option<Candidate>,
    /// All candidates, best first.
    pub candidates: Vec<Candidate>,
    /// How closely it is known.
    pub precision: PlacePrecision,
    /// The region, when a place was chosen.
    pub region: Option<Region>,
    /// Which zones it lies in.
    pub zones: Vec<ZoneAnswer>,
    /// Why.
    pub because: Vec<Because>,
}
