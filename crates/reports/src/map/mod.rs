//! The map: an outline read from GeoJSON, a projection, and a drawing that stays honest about precision.

mod draw;
mod outline;
mod projection;
pub(crate) mod shape;

pub(crate) use draw::{not_shown_reason, svg};
pub use outline::{MapOutline, OutlineArea};
pub(crate) use projection::{circle, is_drawable};
