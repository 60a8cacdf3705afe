//! Places: names in claims become places with a precision, and regions get an answer about each zone:
//! inside, outside or undetermined. Gets claims, gazetteer tables and zones; gives locations. Never reads a
//! file, never decides whether a term was broken, and never places a name that does not stand out.
//!
//! ```
//! let header = "id\tname\tnames\tarabic\tlat\tlon\tkind\tadmin1\tadmin2\tcountry\tpopulation\tradius_km\tfrom\tuntil\tsource\tlicence";
//! let rows = format!("{header}\nx:1\tKarsa\t\t\t36.1\t37.2\ttown\t\t\tSY\t9000\t\t\t\tinvented\tCC0");
//! let (gazetteer, faults) = places::Gazetteer::parse(&[("karsa.tsv".into(), rows)]);
//! assert!(faults.is_empty());
//! assert_eq!(gazetteer.find("al-Karsah")[0].name, "Karsa");
//! ```

mod choose;
mod context;
mod fold;
mod gazetteer;
mod kind;
mod locate;
mod region;
mod table;
mod zone;

pub use context::Context;
pub use gazetteer::Gazetteer;
pub use kind::Kind;
pub use locate::locate;
pub use zone::{ReadyZone, check_shape, check_swapped};
