//! Captured inputs into pages: web pages, feeds, mails, JSON lists, plain text, from files and folders.
//!
//! Gets bytes and a name, or a path; gives [`Page`]s and notes. Never fails, never judges what a page says,
//! never loads more than [`INPUT_BYTES_MAX`] of one input, and never opens a network connection: fetching
//! from sites is a later part of this crate, and nothing here waits for anything but the disk.
//!
//! What carries several pages (a feed, a list) becomes one page an item, named `file#1`, `file#2` and so on;
//! an item's page holds the item's own text, and what its container said of it stands in `given`.
//!
//! ```
//! let input = sources::Input { name: "a.txt".into(), bytes: b"Bridge reopens\n\nIt was opened on Monday.".to_vec() };
//! let read = sources::read(input);
//! assert_eq!(read.pages.len(), 1);
//! assert!(read.notes.is_empty());
//! ```

mod feed;
mod folder;
mod json;
mod mail;
mod sniff;
mod table;

pub use folder::{Event, list};
pub use table::{
    Column, Columns, DayOrder, Family, Field, Opened, Plan, Refused, Rejected, Rows, TABLE_BYTES_MAX, Wanted,
};

use model::{Given, Media, Note, Page, Severity};
use sniff::Sort;

/// Largest input that is read, in bytes.
///
/// 64 MiB: a day's JSON list of 10,000 articles measures about 60 MB. Raise it and one hostile file takes
/// more than the 256 MB that an input may cost; lower it and honest lists must be split.
pub const INPUT_BYTES_MAX: usize = 64 << 20;

/// A captured input, as the user named it.
#[derive(Clone, Debug)]
pub struct Input {
    /// File name, or what else the user calls it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The pages of an input, in its order, and what could not be read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The pages.
    pub pages: Vec<Page>,
    /// What could not be read, and why.
    pub notes: Vec<Note>,
}

impl Read {
    fn lost(name: &str, what: impl Into<String>, next: &str) -> Self {
        Self {
            pages: Vec::new(),
            notes: vec![note(Severity::Lost, name, what).next(next)],
        }
    }
}

fn note(severity: Severity, name: &str, what: impl Into<String>) -> Note {
    Note::new(severity, "sources", name, what)
}

/// Reads an input: tells by its bytes what it is, and takes it apart. Never fails; what is lost is noted.
pub fn read(input: Input) -> Read {
    let name = input.name.clone();
    if input.bytes.len() > INPUT_BYTES_MAX {
        return too_large(&name, input.bytes.len() as u64);
    }
    match sniff::sort(&name, &input.bytes) {
        Sort::Empty => Read::lost(
            &name,
            "the input is empty",
            "Look whether its download was cut off.",
        ),
        Sort::Binary(what) => Read::lost(
            &name,
            format!("the input is {what}, not text"),
            "Save the page as HTML or as plain text.",
        ),
        Sort::Html => whole(input, Media::Html),
        Sort::Text => whole(input, Media::Text),
        Sort::Feed => feed::read(&name, &sniff::utf8(&input.bytes)),
        Sort::Mail => mail::read(&name, &input.bytes),
        Sort::Json => json::read(&name, &sniff::utf8(&input.bytes)),
    }
}

fn whole(input: Input, media: Media) -> Read {
    Read {
        pages: vec![Page {
            name: input.name,
            bytes: input.bytes,
            media,
            given: Given::default(),
        }],
        notes: Vec::new(),
    }
}

fn too_large(name: &str, bytes: u64) -> Read {
    let what =
        format!("the input has {bytes} bytes where {INPUT_BYTES_MAX} is the limit; none of it was read");
    Read::lost(name, what, "Split it into smaller files.")
}
