//! Captured bytes in, a readable document out: charset, visible passages with their exact bytes, main text,
//! publication date, language, outlet, credits, damage and a copy signature.
//!
//! Gets a [`Page`], the outlets and the [`Damage`] lexicon; gives a [`Document`]. Never fails, never changes
//! the raw bytes, never mends damaged words, never reads a network, a clock or a file, and knows nothing of
//! who did what to whom.
//!
//! ```
//! use model::{Given, Media, Page, PassageKind};
//! let page = Page {
//!     name: "note.txt".into(),
//!     bytes: b"Bridge reopens in border town\n\nThe bridge was opened to traffic on Monday, officials said.".to_vec(),
//!     media: Media::Text,
//!     given: Given::default(),
//! };
//! let (lexicon, faults) = text::Damage::parse(&[]);
//! assert!(faults.is_empty());
//! let document = text::clean(&page, &[], &lexicon);
//! assert_eq!(document.title.as_deref(), Some("Bridge reopens in border town"));
//! assert_eq!(document.passages[1].kind, PassageKind::Lead);
//! ```

mod artefact;
mod charset;
mod date;
mod document;
mod html;
mod kind;
mod language;
mod lexicon;
mod outlet;
mod outlets;
mod own_words;
mod phrase;
mod piece;
mod plain;
mod published;
mod signature;
#[cfg(test)]
mod tests_support;
mod undated;
mod words;

pub use document::clean;
pub use language::OTHER_LANGUAGE_RULE;
pub use lexicon::Damage;
pub use outlets::outlets;
pub use signature::{SIGNATURE_BINS, SIGNATURE_EMPTY, SIGNATURE_SHINGLE_WORDS, signature};
pub use undated::date_undated;

/// Largest raw page that is read, in bytes; what follows is left out and the document says so.
///
/// 4 MiB: article pages measure 50–400 KB, and at 4 MiB every linear pass here stays well under a second.
/// Raise it and one hostile page holds up a night's run; lower it and live blogs lose their tail.
pub const PAGE_BYTES_MAX: usize = 4 << 20;
