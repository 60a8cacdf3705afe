//! The desk's server: the view over HTTP for programs, and pages for people that are built in.
//!
//! Gets a view, a log and a picture from the binary; gives records, maps, reports and proofs to whoever the
//! policy of a route admits. Every route is declared with its policy; there is no other way to make one. It
//! never extracts, fuses or assesses, reads no clock, makes no randomness, and takes no query language.

mod answer;
mod policy;
mod route;

mod routes;

mod record;

mod records;

mod schemas;

mod pages;

mod foreign;
mod forms;
mod imports;

mod counts;

mod clusters;

mod log;

mod session;

mod factor;

mod settings;

mod kept;

mod revisions;

mod between;

mod trial;

mod searches;

mod hooks;

mod outward;

mod ogc;

mod privacy;

mod restrictions;

mod review;

mod openapi;

mod web;

mod house;

mod shutter;

mod guard;

mod gate;

mod password;

mod metrics;

mod events;

mod door;

pub use door::{Declared, ServeError, Server, declared, description};
pub use house::{Foresee, Keep, Look, Outside, Rows, Rule, Settings, Trial, Unruled, World};
pub use imports::{Kept, Looked, Unread, Upload};
pub use policy::Role;
pub use review::{Foreseen, Told};
pub use trial::{Flaw, Tried, Turned};
