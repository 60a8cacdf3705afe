//! Publishers and actors: who speaks, who stands behind them, and what interest they have.

use crate::{ActorId, OutletId};

/// A publisher, from `data/outlets`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlet {
    /// Its key.
    pub id: OutletId,
    /// Name for readers.
    pub name: String,
    /// Names as written on pages.
    pub names: Vec<String>,
    /// Hosts of its pages.
    pub hosts: Vec<String>,
    /// Class: agency, newspaper, broadcaster, monitor, party, state, international, aggregator, unknown.
    pub class: String,
    /// Publisher family: outlets of one family are one origin.
    pub family: String,
    /// The party or guarantor it belongs to; `None` when none is known.
    pub interest: Option<ActorId>,
    /// Outlets whose reports it carries.
    pub republishes: Vec<OutletId>,
    /// Credit phrases that show its text on other pages.
    pub credits: Vec<String>,
    /// Reliability letter A to F; F, cannot be judged, until a person grades it.
    pub reliability: char,
    /// Where these facts come from.
    pub source: String,
}

/// An actor, from `data/actors`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Its key.
    pub id: ActorId,
    /// Neutral name for readers.
    pub name: String,
    /// Kind, such as `state-forces`, `armed-group`, `excluded-group`, `person`.
    pub kind: String,
    /// Side it belongs to; empty when none.
    pub side: String,
    /// Bodies it belongs to.
    pub member_of: Vec<ActorId>,
    /// Backers.
    pub backers: Vec<ActorId>,
    /// Where these facts come from.
    pub source: String,
}
