//! Reports, maps, tables and exchange formats. Gets the whole picture, gives bytes.
//! Never reads a file or the clock, never decides anything: what is uncertain in the picture is
//! uncertain on the page.

mod block;
mod html;
mod lookup;
mod map;
mod phrase;
mod plain;
mod record;
mod report;
mod summary;

pub use map::{MapOutline, OutlineArea};
pub use record::{KINDS, records};
pub use summary::{FindingLine, Summary, TollLine, summary};

use model::Picture;

/// What a reader wants the picture as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One self-contained page, for a browser and for paper.
    Html,
    /// One record a line; see `docs/formats.md`.
    JsonLines,
}

/// What the caller adds to a report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportOptions {
    /// Its title; empty for a plain one.
    pub title: String,
    /// Lines at its end, such as the checkpoint of the log.
    pub footer: Vec<String>,
}

/// The picture in a form.
pub fn render(picture: &Picture, map: &MapOutline, options: &ReportOptions, form: Form) -> Vec<u8> {
    match form {
        Form::Html => html::write(&report::build(picture, map, options)).into_bytes(),
        Form::JsonLines => record::json_lines(picture),
    }
}
