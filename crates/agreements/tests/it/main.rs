//! The agreements of the house, read and judged through the door of the crate.

mod data;
mod laws;
mod made;
mod worked;
mod world;
