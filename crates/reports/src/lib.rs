//! Reports, maps, tables and exchange formats. Gets the whole picture, gives bytes.
//! Never reads the clock or a file, save one of its own in which what is written waits for its beginning; never decides
//! anything: what is uncertain in the picture is uncertain on the page.

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
use model::{Agreement, Picture};
use std::collections::BTreeSet;
use std::io::{self, Write};

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
        Form::Export(format) => {
            let mut bytes = Vec::new();
            // Memory does not refuse, and what goes into each form is within its limits.
            let written = export(&told(picture, options), &options.crosswalk, format, &mut bytes);
            debug_assert!(written.is_ok(), "{written:?}");
            bytes
        }
        Form::Table(kind, screen) => {
            table::write(&Lookup::of(&told(picture, options)), kind, screen).into_bytes()
        }
    }
}

fn told<'a>(picture: &'a Picture, options: &ReportOptions) -> Told<'a> {
    Told {
        archived: options.archived,
        ..Told::whole(picture)
    }
}

/// What of a picture goes into a file.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The picture; its pages and claims are told where incidents rest on them.
    pub picture: &'a Picture,
    /// Ids of the incidents that are told; all when not given.
    pub incidents: Option<&'a BTreeSet<String>>,
    /// Ids of the findings that are told of them; all when not given.
    pub findings: Option<&'a BTreeSet<String>>,
    /// Agreements whose zones are told.
    pub agreements: &'a [Agreement],
    /// Whether incidents that rulings archived are told among the others.
    pub archived: bool,
}

impl<'a> Told<'a> {
    /// All of it.
    #[must_use]
    pub fn whole(picture: &'a Picture) -> Self {
        Self {
            picture,
            incidents: None,
            findings: None,
            agreements: &picture.agreements,
            archived: true,
        }
    }
}

/// Writes a picture in one of [`FORMATS`], row by row where the form allows it; gives how many incidents the form has no
/// row for.
///
/// ```
/// use reports::{CSV, Crosswalk, Told, export};
/// let mut file = Vec::new();
/// let picture = model::Picture::default();
/// assert_eq!(export(&Told::whole(&picture), &Crosswalk::default(), &CSV, &mut file)?, 0);
/// assert!(file.starts_with(b"event_id,event_date"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// What `out` gives, and what the system gives for the file in which workbooks, archives and databases wait for their
/// beginning.
pub fn export(
    told: &Told<'_>,
    crosswalk: &Crosswalk,
    format: &Format,
    out: &mut (dyn Write + Send),
) -> io::Result<usize> {
    let lookup = Lookup::of(told);
    format.write(&lookup, crosswalk, out)?;
    Ok(format.left_out(&lookup, crosswalk))
}
