//! Pages as captured, and documents as read: passages that are byte spans of the raw page.

use crate::{ArtefactId, Because, DocumentId, Edtf, Note, OutletId, PassageId, sha256_hex};
use std::ops::Range;

/// Bytes of a raw page, end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span; ends in the wrong order are swapped.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: start.min(end),
            end: start.max(end),
        }
    }
    /// The smallest span that holds both.
    pub fn hull(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
    /// Whether they share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A captured page: raw bytes and what is known about where they came from. Never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// File name or URL, as the user or the feed named it.
    pub name: String,
    /// Raw bytes as captured.
    pub bytes: Vec<u8>,
    /// What the bytes are.
    pub media: Media,
    /// Outlet, title and date given beside the page by its container (feed item, mail header, JSON line).
    pub given: Given,
}

impl Page {
    /// The document's id: the hash of the raw bytes and, where a container gave facts, of those facts;
    /// the same bytes under two file names are one document captured twice.
    pub fn id(&self) -> DocumentId {
        document_id(&sha256_hex(&self.bytes), &self.given)
    }
}

/// The id of the document with this SHA-256, in hexadecimal, and these given facts.
pub fn document_id(content_sha256: &str, given: &Given) -> DocumentId {
    let fact = |value: &Option<String>| value.clone().unwrap_or_default();
    let facts = [&given.url, &given.outlet, &given.title, &given.published].map(fact);
    DocumentId::of(&[content_sha256, &facts[0], &facts[1], &facts[2], &facts[3]])
}

/// What the bytes of a page are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Media {
    /// Plain text.
    Text,
    /// HTML.
    Html,
}

/// Facts that a container states about a page; all as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Publication date.
    pub published: Option<String>,
}

/// A page as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Hash of the page.
    pub id: DocumentId,
    /// File name or URL.
    pub name: String,
    /// Length of the raw page, in bytes.
    pub raw_bytes: usize,
    /// Character set that was used to read it, by its WHATWG name.
    pub charset: String,
    /// BCP 47 language, when there was enough text to tell.
    pub language: Option<String>,
    /// Title as read.
    pub title: Option<String>,
    /// Byline as written.
    pub byline: Option<String>,
    /// Outlet, when the page names one that `data/outlets` knows.
    pub outlet: Option<OutletId>,
    /// Agencies credited on the page.
    pub credits: Vec<OutletId>,
    /// When it was published.
    pub published: Published,
    /// Everything visible, in page order.
    pub passages: Vec<Passage>,
    /// Damage found.
    pub artefacts: Vec<Artefact>,
    /// MinHash signature of the body text, for copy detection: `text` makes it, `incidents` compares it.
    pub signature: Vec<u32>,
    /// What could not be read.
    pub notes: Vec<Note>,
}

impl Document {
    /// The passages that a reader would call the article: title, lead, body, captions, quotations.
    pub fn main(&self) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(|passage| passage.kind.is_main())
    }
}

/// When a page was published, and how that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The date, or an interval, or unknown.
    pub edtf: Edtf,
    /// How it was found.
    pub how: PublishedHow,
    /// The reason, with the words.
    pub because: Vec<Because>,
}

/// How a publication date was found, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PublishedHow {
    /// Written on the page.
    Visible,
    /// Stated in the page's metadata.
    Metadata,
    /// Stated by the feed, mail or list that carried the page.
    Container,
    /// Part of the address.
    Address,
    /// Worked out from the text and from dated pages that share text with it.
    Inferred,
    /// Not found.
    None,
}

impl PublishedHow {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visible => "visible",
            Self::Metadata => "metadata",
            Self::Container => "container",
            Self::Address => "address",
            Self::Inferred => "inferred",
            Self::None => "none",
        }
    }
}

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PassageKind {
    /// Title.
    Title,
    /// Author line.
    Byline,
    /// Publication date line.
    Dateline,
    /// First body paragraph.
    Lead,
    /// Body paragraph.
    Body,
    /// Caption of a picture or video.
    Caption,
    /// Paragraph that is one quotation.
    Quotation,
    /// Link to other news.
    RelatedLink,
    /// Text without domain content: menus, buttons, notices.
    Boilerplate,
}

impl PassageKind {
    /// Whether it belongs to the article.
    pub fn is_main(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Lead | Self::Body | Self::Caption | Self::Quotation
        )
    }
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Lead => "lead",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Quotation => "quotation",
            Self::RelatedLink => "related-link",
            Self::Boilerplate => "boilerplate",
        }
    }
}

/// A passage: visible text, and where each byte of it stands in the raw page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its id.
    pub id: PassageId,
    /// What it is.
    pub kind: PassageKind,
    /// Its bytes in the raw page.
    pub span: Span,
    /// Visible text, decoded to UTF-8.
    pub text: String,
    /// How `text` maps to the raw page: runs in rising order of `text`, each of which begins at a byte
    /// of `text` and stands for raw bytes.
    pub runs: Vec<Run>,
    /// Why it has this kind.
    pub because: Vec<Because>,
}

/// A run of visible text and the raw bytes it was read from.
/// When both lengths are equal the run maps byte by byte; otherwise (an entity, another charset) as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// First byte in `Passage::text`.
    pub text_start: usize,
    /// Length in `Passage::text`.
    pub text_bytes: usize,
    /// First byte in the raw page.
    pub raw_start: usize,
    /// Length in the raw page.
    pub raw_bytes: usize,
}

impl Passage {
    /// Where a byte range of `text` stands in the raw page.
    pub fn raw(&self, text: Range<usize>) -> Span {
        let start = self.raw_at(text.start, false);
        let end = if text.end > text.start {
            self.raw_at(text.end - 1, true)
        } else {
            start
        };
        Span::new(start, end)
    }
    fn raw_at(&self, at: usize, end: bool) -> usize {
        let after = self.runs.partition_point(|run| run.text_start <= at);
        let Some(run) = after.checked_sub(1).map(|index| self.runs[index]) else {
            return self.span.start;
        };
        let within = (at - run.text_start).min(run.text_bytes.saturating_sub(1));
        match (run.text_bytes == run.raw_bytes, end) {
            (true, _) => run.raw_start + within + usize::from(end),
            (false, true) => run.raw_start + run.raw_bytes,
            (false, false) => run.raw_start,
        }
    }
}

/// What kind of damage an artefact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArtefactKind {
    /// A word replaced by a supposed synonym inside a fixed phrase.
    SpunWord,
    /// A quantity that cannot have been meant.
    BrokenQuantity,
    /// A date that lost its day or number.
    LostDate,
    /// A caption glued to body text.
    GluedCaption,
    /// A title repeated in the text.
    RepeatedTitle,
    /// A pronoun or reference whose antecedent is not on the page.
    LostAntecedent,
    /// Marks that hide or reorder text.
    HiddenMark,
    /// Other damage, such as wrong decoding.
    Other,
}

impl ArtefactKind {
    /// The word that is published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SpunWord => "spun-word",
            Self::BrokenQuantity => "broken-quantity",
            Self::LostDate => "lost-date",
            Self::GluedCaption => "glued-caption",
            Self::RepeatedTitle => "repeated-title",
            Self::LostAntecedent => "lost-antecedent",
            Self::HiddenMark => "hidden-mark",
            Self::Other => "other",
        }
    }
}

/// Damage in a page; the raw text is never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artefact {
    /// Its id.
    pub id: ArtefactId,
    /// What kind of damage.
    pub kind: ArtefactKind,
    /// Where.
    pub span: Span,
    /// The damaged words.
    pub quote: String,
    /// What probably stood there; empty when nobody can tell.
    pub proposed: String,
    /// Why.
    pub because: Because,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_maps_as_a_whole_and_plain_text_byte_by_byte() {
        // raw: "<p>a &amp; b</p>", visible: "a & b"
        let run = |text_start, text_bytes, raw_start, raw_bytes| Run {
            text_start,
            text_bytes,
            raw_start,
            raw_bytes,
        };
        let passage = Passage {
            id: PassageId::of(&["x"]),
            kind: PassageKind::Body,
            span: Span::new(3, 12),
            text: "a & b".into(),
            runs: vec![run(0, 2, 3, 2), run(2, 1, 5, 5), run(3, 2, 10, 2)],
            because: vec![],
        };
        assert_eq!(passage.raw(0..1), Span::new(3, 4));
        assert_eq!(passage.raw(2..3), Span::new(5, 10));
        assert_eq!(passage.raw(4..5), Span::new(11, 12));
        assert_eq!(passage.raw(0..5), Span::new(3, 12));
    }
}
