//! The server through its door, over real connections, on a small invented view.

mod hostile;
mod matrix;
mod sessions;
mod world;
