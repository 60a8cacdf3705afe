//! A report before it has a form: sections, lines, tables, quotations. Text in here is raw; each form
//! escapes it on its own, in one place.

use crate::lookup::Quote;
use model::{Sight, Verdict};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inline {
    /// Our words.
    Text(String),
    /// Our words, weighty.
    Strong(String),
    /// Words, names and labels from pages; may run in any direction.
    Written(String),
    /// Ids, keys, file names.
    Code(String),
    /// A link within the report.
    Link { to: String, words: String },
    /// What could be seen of a zone on a day, with a few characters for the numbers.
    Sight(Sight, String),
    /// A verdict with its symbol; `None` where nothing was judged.
    Verdict(Option<Verdict>),
}

/// Pieces in a row.
pub(crate) type Line = Vec<Inline>;

/// Our words as a line.
pub(crate) fn text(words: impl Into<String>) -> Line {
    vec![Inline::Text(words.into())]
}

/// Words of a page as a line.
pub(crate) fn written(words: impl Into<String>) -> Line {
    vec![Inline::Written(words.into())]
}

/// The head row of a table.
pub(crate) fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A table with one head row; the first cell of each row names the row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<Line>>,
}

/// A piece of a report.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// Part with a heading of this level; the id can be linked to.
    Section {
        id: String,
        level: u8,
        title: Line,
        blocks: Vec<Block>,
    },
    /// A paragraph.
    Para(Line),
    /// Something that must not be overlooked.
    Banner(Line),
    /// A list without order.
    Bullets(Vec<Line>),
    /// Names and values.
    Facts(Vec<(&'static str, Line)>),
    /// A table.
    Table(Table),
    /// Words of a page, with where they stand.
    Quote(Quote),
    /// Details that a reader may open.
    Fold { summary: Line, blocks: Vec<Block> },
    /// The map and the list of the same incidents.
    Map(MapFigure),
}

/// The map as a drawing, beside the list of what it shows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MapFigure {
    /// A whole SVG element, made by `map`; empty when there is nothing to draw.
    pub(crate) svg: String,
    pub(crate) caption: String,
    /// Every incident that the map shows, with its number.
    pub(crate) shown: Vec<(usize, Line)>,
    /// Every incident that it cannot show, with its number and the reason.
    pub(crate) not_shown: Vec<(usize, Line)>,
}

/// A whole report.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Report {
    pub(crate) title: String,
    /// The day up to which pages were read, in words.
    pub(crate) as_of: String,
    /// Lines under the title.
    pub(crate) standfirst: Vec<Line>,
    /// Printed across the report; empty when none.
    pub(crate) watermark: String,
    pub(crate) sections: Vec<Block>,
    pub(crate) footer: Vec<Line>,
}
