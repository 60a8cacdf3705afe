//! The view: published records in an embedded database or on a server, and page bytes beside the log.
//!
//! Gets records and bytes, gives them back by kind, id, document or words. The view holds nothing of its
//! own: it is replaced as a whole from the log, and [`View::digest`] shows whether it still is what the
//! log gives. It never extracts, fuses or judges. [`Desk`] holds, apart from the view, who may sign in
//! where people work with it.
//!
//! ```
//! let dir = tempfile::tempdir()?;
//! let mut view = store::View::open(dir.path().join("view.sqlite"))?;
//! let record: model::record::Record = serde_json::from_str(
//!     r#"{"v":1,"kind":"claim","id":"clm_1","quote":"two shells fell","fields":{},"basis":[],"because":[]}"#,
//! )?;
//! view.replace_all([record])?;
//! view.set_meta("as_of", "2026-03-04")?;
//! assert_eq!(view.search("shells", 10)?[0].id, "clm_1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod view;

mod reader;

mod facet;

mod tables;

mod grid;

mod words;

mod change;

mod revision;

mod digest;

mod desk;

mod blobs;

mod db;

mod place;

mod error;

pub use blobs::{BlobHash, Blobs};
pub use change::{Change, Changes};
pub use desk::{Account, Desk, DeskItem, Restriction, Session};
pub use error::StoreError;
pub use facet::Filter;
pub use grid::{Grid, Square, Window};
pub use place::Place;
pub use reader::{Outline, RECORDS_FOUND_MAX, Reader};
pub use revision::Revision;
pub use tables::{Kept, Tables};
pub use view::{SCHEMA_VERSION, View};
