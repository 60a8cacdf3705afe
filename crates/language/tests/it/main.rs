//! The crate through its door.

mod robust;
mod segment;
