//! The server through its door, over real connections, on a small invented view.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so and stops")]

mod clusters;
mod hostile;
mod matrix;
mod sessions;
mod world;
