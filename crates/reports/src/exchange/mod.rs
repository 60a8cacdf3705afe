//! Incidents in the forms that other people's tools read.

mod csv;
mod geojson;

pub(crate) use csv::write as csv;
pub(crate) use geojson::{shape_geometry, write as geojson};
