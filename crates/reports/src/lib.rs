//! Reports, maps, tables and exchange formats. Gets the whole picture, gives bytes.
//! Never reads a file or the clock, never decides anything: what is uncertain in the picture is
//! uncertain on the page.

mod block;
mod crosswalk;
mod docx;
mod exchange;
mod html;
mod judging;
mod listing;
mod lookup;
mod map;
mod markdown;
mod pdf;
mod phrase;
mod plain;
mod record;
mod report;
mod story;
mod summary;
mod table;

pub use crosswalk::Crosswalk;
pub use exchange::{
    ACLED, CAP, CSV, FORMAT_WORDS, FORMATS, Format, GEOJSON, GEOPACKAGE, HXL, JSON_LINES, KML, PARQUET,
    PLOVER, UCDP, XLSX, guarded,
};
pub use judging::{Judged, Judging, judging};
pub use listing::{Answer, Question, Unknown};
pub use lookup::weight;
pub use map::{MapOutline, OutlineArea};
pub use record::{KINDS, deaths, foreign_record, incident_records, plain_cell, records};
pub use story::story;
pub use summary::{FindingLine, Summary, TollLine, summary};
pub use table::{Screen, TableKind};

use lookup::Lookup;
use model::Picture;

/// What a reader wants the picture as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The daily report as one self-contained page, for a browser and for paper.
    Html,
    /// The daily report as Markdown; the map is a list.
    Markdown,
    /// The daily report as a document for word processors; the map is a list.
    Docx,
    /// The daily report on paper, with its map, as PDF.
    Pdf,
    /// A form for other programs, one of [`FORMATS`]; see `docs/formats.md`.
    Export(&'static Format),
    /// One list as a table.
    Table(TableKind, Screen),
}

/// What the caller adds to the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportOptions {
    /// Title of the report; empty for a plain one.
    pub title: String,
    /// Lines at its end, such as the checkpoint of the log.
    pub footer: Vec<String>,
    /// Whether lists and exchange forms hold the incidents that rulings archived. The report tells of them apart.
    pub archived: bool,
    /// Codes of other tables for our acts; without it their columns stay empty.
    pub crosswalk: Crosswalk,
}

/// The picture in a form. Never fails: what is missing in the picture is said to be missing.
///
/// ```
/// use reports::{Form, MapOutline, ReportOptions, render};
/// let bytes = render(&model::Picture::default(), &MapOutline::default(), &ReportOptions::default(), Form::Html);
/// let page = String::from_utf8(bytes).expect("UTF-8");
/// assert!(page.contains("No outlet was heard"));
/// ```
pub fn render(picture: &Picture, map: &MapOutline, options: &ReportOptions, form: Form) -> Vec<u8> {
    match form {
        Form::Html => html::write(&report::build(picture, map, options)).into_bytes(),
        Form::Markdown => markdown::write(&report::build(picture, map, options)).into_bytes(),
        Form::Docx => docx::write(&report::build(picture, map, options)),
        Form::Pdf => pdf::write(&report::build(picture, map, options)),
        Form::Export(format) => format.write(&Lookup::new(picture, options.archived), &options.crosswalk),
        Form::Table(kind, screen) => {
            table::write(&Lookup::new(picture, options.archived), kind, screen).into_bytes()
        }
    }
}

/// How many incidents of the picture a format has no form for.
pub fn left_out(picture: &Picture, options: &ReportOptions, format: &Format) -> usize {
    format.left_out(&Lookup::new(picture, options.archived), &options.crosswalk)
}
