//! The crate through its door.

mod grammar;
mod robust;
mod segment;
