//! The nouns of the house and their arithmetic: ids, spans, times, counts, three-valued logic, and the
//! values that flow from one stage to the next. Gets plain values, gives plain values.
//! Never parses prose, never does input or output, never holds a policy; `record` is the one place that
//! knows the published, versioned forms.

mod agreement;
mod because;
mod claim;
mod count;
mod coverage;
mod document;
mod fault;
mod finding;
mod id;
mod incident;
mod limits;
mod outlet;
mod picture;
mod place;
pub mod record;
mod ruling;
mod ternary;
mod time;
mod track;

pub use agreement::*;
pub use because::*;
pub use claim::*;
pub use count::*;
pub use coverage::*;
pub use document::*;
pub use fault::*;
pub use finding::*;
pub use id::*;
pub use incident::*;
pub use limits::*;
pub use outlet::*;
pub use picture::*;
pub use place::*;
pub use ruling::*;
pub use ternary::*;
pub use time::*;
pub use track::*;
