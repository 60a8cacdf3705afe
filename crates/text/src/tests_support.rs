//! What the unit tests of several modules share: a plain page through the door with the repository's words.

use model::{Document, Given, Media, Page};

/// Reads a plain page.
pub(crate) fn kinds(text: &str) -> Document {
    page("page", text, Media::Text, Given::default())
}

/// Reads a page.
pub(crate) fn page(name: &str, text: &str, media: Media, given: Given) -> Document {
    let page = Page {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
        media,
        given,
    };
    crate::clean(&page, &[], &crate::lexicon::for_tests().0)
}
