//! The agreements of the house, read and judged through the door of the crate.

mod data;
mod laws;
mod worked;
mod world;
