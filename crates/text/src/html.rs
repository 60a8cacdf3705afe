//! HTML read by a linear scanner: visible blocks with their exact bytes, metadata, and what the guards saw.
//!
//! The scanner builds no tree, so no page can make it slow. The library that decides what the article is
//! builds one, and is only asked when the page is within the guards.

mod align;
mod blocks;
mod entity;
mod hidden;
mod main_text;
mod meta;
mod scan;
mod tag;

pub(crate) use blocks::{Block, Flags, blocks};
use main_text::is_unread;
pub(crate) use main_text::main_blocks;
pub(crate) use meta::{Meta, meta};

/// Deepest nesting handed to a tree builder; 512 is what browsers' parsers use, and below it the slowest
/// library measured needs 0.13 s. Real pages stay under 60.
pub(crate) const DEPTH_MAX: usize = 512;
/// Most attributes of one element handed to a tree builder, which compares each with each.
pub(crate) const ATTRIBUTES_MAX: usize = 256;
/// Most character references handed to a tree builder; a million cost it 1.5 to 20 s.
pub(crate) const ENTITIES_MAX: usize = 100_000;
/// Most elements handed to a tree builder. Article pages have 500 to 8,000; the library needs about
/// 0.4 s for 20,000 flat ones.
pub(crate) const ELEMENTS_MAX: usize = 20_000;
/// Most ancestors, summed over all elements: time in a tree goes with it. Article pages have 20,000 to
/// 150,000; 12,000 elements at an average depth of 100 took the library 1.5 s.
pub(crate) const ANCESTORS_MAX: usize = 400_000;
/// Most opening brackets: each that begins no tag costs the tokeniser an error message, two million of them
/// nine seconds.
pub(crate) const BRACKETS_MAX: usize = 80_000;
/// Largest page handed to a tree builder, in bytes without scripts and styles.
pub(crate) const TREE_BYTES_MAX: usize = 2 << 20;

/// What the scanner counted, for the guards.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Census {
    pub(crate) depth: usize,
    pub(crate) attributes: usize,
    pub(crate) entities: usize,
    pub(crate) elements: usize,
    pub(crate) bytes: usize,
    /// Sum of the depths of all elements.
    pub(crate) ancestors: usize,
    pub(crate) brackets: usize,
    /// Pieces of text that the page hides from its readers.
    pub(crate) hidden: usize,
}

impl Census {
    /// Why the page must not reach a tree builder, if so.
    pub(crate) fn refusal(&self) -> Option<String> {
        [
            (self.depth, DEPTH_MAX, "levels of nesting"),
            (self.attributes, ATTRIBUTES_MAX, "attributes on one element"),
            (self.entities, ENTITIES_MAX, "character references"),
            (self.elements, ELEMENTS_MAX, "elements"),
            (self.ancestors, ANCESTORS_MAX, "ancestors of elements"),
            (self.brackets, BRACKETS_MAX, "opening brackets"),
            (self.bytes, TREE_BYTES_MAX, "bytes of markup"),
        ]
        .into_iter()
        .find(|(seen, limit, _)| seen > limit)
        .map(|(seen, limit, what)| format!("{seen} {what} where {limit} is the limit"))
    }
}

#[cfg(test)]
mod tests;
