//! The server through its door, over real connections, on a small invented view.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so and stops")]

mod archive;
mod clusters;
mod factors;
mod history;
mod hostile;
mod imports;
mod matrix;
mod outward;
mod privacy;
mod sessions;
mod world;
