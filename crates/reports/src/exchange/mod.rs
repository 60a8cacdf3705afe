//! Incidents in the forms that other people's tools read. [`FORMATS`] is the one list of them: the command
//! line, the server and the pages about formats go by it.

mod cap;
mod columns;
mod csv;
mod foreign;
mod geojson;
mod geopackage;
mod kml;
mod package;
mod parquet;
mod plover;
mod qml;
mod shape;
mod wkb;
mod xlsx;
mod xml;

use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use columns::Row;
pub use columns::guarded;
use serde_json::Value;
use std::io::{self, Write};

pub(crate) use geojson::shape_geometry;
pub(crate) use package::Package;
pub(crate) use xml::escape;

/// A form in which incidents leave the house.
#[derive(Debug)]
pub struct Format {
    /// The word by which people ask for it.
    pub word: &'static str,
    /// What it is, in one line.
    pub about: &'static str,
    /// Media type.
    pub media: &'static str,
    /// Ending of a file's name, without the dot.
    pub ending: &'static str,
    /// Whether a reader can tell from it that parts are withheld. The others are whole or refused.
    pub tells_gaps: bool,
    write: fn(&Lookup<'_>, &Crosswalk, Out<'_>) -> io::Result<()>,
    takes: fn(&Row<'_>) -> bool,
}

/// Where a form goes, row by row.
pub(crate) type Out<'o> = &'o mut (dyn Write + Send);

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Eq for Format {}

impl Format {
    /// The format of this word.
    pub fn read(word: &str) -> Option<&'static Self> {
        FORMATS.into_iter().find(|format| format.word == word)
    }
    pub(crate) fn write(&self, lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
        (self.write)(lookup, crosswalk, out)
    }
    /// How many incidents it has no form for.
    pub(crate) fn left_out(&self, lookup: &Lookup<'_>, crosswalk: &Crosswalk) -> usize {
        let taken = columns::rows(lookup, crosswalk).filter(self.takes).count();
        let taken = if *self == XLSX {
            taken.min(xlsx::ROWS_MAX)
        } else {
            taken
        };
        lookup.incidents.len() - taken
    }
}

/// Every format, in the order in which people are shown them.
pub static FORMATS: [&Format; 12] = [
    &JSON_LINES,
    &CSV,
    &XLSX,
    &GEOJSON,
    &GEOPACKAGE,
    &PARQUET,
    &KML,
    &HXL,
    &ACLED,
    &UCDP,
    &CAP,
    &PLOVER,
];

/// Every record, one JSON object a line.
pub static JSON_LINES: Format = Format {
    word: "jsonl",
    about: "every record, one JSON object a line",
    media: "application/jsonl; charset=utf-8",
    ending: "jsonl",
    tells_gaps: true,
    write: |lookup, _, out| crate::record::json_lines(&lookup.told, out),
    takes: |_| true,
};

/// Incidents, one a line.
pub static CSV: Format = Format {
    word: "csv",
    about: "incidents, one a line",
    media: "text/csv; charset=utf-8",
    ending: "csv",
    tells_gaps: false,
    write: csv::write,
    takes: |_| true,
};

/// Incidents as a workbook.
pub static XLSX: Format = Format {
    word: "xlsx",
    about: "incidents as a workbook",
    media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ending: "xlsx",
    tells_gaps: false,
    write: xlsx::write,
    takes: |_| true,
};

/// Incidents and zones as a feature collection.
pub static GEOJSON: Format = Format {
    word: "geojson",
    about: "incidents and zones as a feature collection",
    media: "application/geo+json; charset=utf-8",
    ending: "geojson",
    tells_gaps: false,
    write: geojson::write,
    takes: |_| true,
};

/// Incidents, their regions and zones as a GeoPackage with styles and times for QGIS.
pub static GEOPACKAGE: Format = Format {
    word: "gpkg",
    about: "incidents, their regions and zones as a GeoPackage with styles and times for QGIS",
    media: "application/geopackage+sqlite3",
    ending: "gpkg",
    tells_gaps: false,
    write: geopackage::write,
    takes: |_| true,
};

/// Incidents as Parquet, with geometry.
pub static PARQUET: Format = Format {
    word: "parquet",
    about: "incidents as Parquet, with geometry",
    media: "application/vnd.apache.parquet",
    ending: "parquet",
    tells_gaps: false,
    write: parquet::write,
    takes: |_| true,
};

/// Incidents and zones for globes, with time spans.
pub static KML: Format = Format {
    word: "kml",
    about: "incidents and zones for globes, with time spans",
    media: "application/vnd.google-earth.kml+xml",
    ending: "kml",
    tells_gaps: false,
    write: kml::write,
    takes: |_| true,
};

/// Incidents as CSV with a row of HXL tags.
pub static HXL: Format = Format {
    word: "hxl",
    about: "incidents as CSV with a row of HXL tags",
    media: "text/csv; charset=utf-8",
    ending: "hxl.csv",
    tells_gaps: false,
    write: csv::hxl,
    takes: |_| true,
};

/// Incidents in the columns of ACLED.
pub static ACLED: Format = Format {
    word: "acled",
    about: "incidents in the columns of ACLED",
    media: "text/csv; charset=utf-8",
    ending: "acled.csv",
    tells_gaps: false,
    write: foreign::acled,
    takes: foreign::takes_acled,
};

/// Deadly incidents in the columns of UCDP GED.
pub static UCDP: Format = Format {
    word: "ucdp",
    about: "deadly incidents in the columns of UCDP GED",
    media: "text/csv; charset=utf-8",
    ending: "ucdp.csv",
    tells_gaps: false,
    write: foreign::ucdp,
    takes: foreign::takes_ucdp,
};

/// Incidents as CAP 1.2 alerts, drafts or exercises, one file each in a ZIP archive.
pub static CAP: Format = Format {
    word: "cap",
    about: "incidents as CAP 1.2 alerts, drafts or exercises, one file each in a ZIP archive",
    media: "application/zip",
    ending: "cap.zip",
    tells_gaps: false,
    write: cap::write,
    takes: cap::takes,
};

/// Incidents as events after the PLOVER 2.0 draft, in JSON.
pub static PLOVER: Format = Format {
    word: "plover",
    about: "incidents as events after the PLOVER 2.0 draft, in JSON",
    media: "application/json",
    ending: "plover.json",
    tells_gaps: false,
    write: plover::write,
    takes: plover::takes,
};

/// The words of all formats, in their order.
pub const FORMAT_WORDS: [&str; FORMATS.len()] = {
    let mut words = [""; FORMATS.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = FORMATS[at].word;
        at += 1;
    }
    words
};

/// An object as JSON with these items in its empty list of a name. Each is written and let go of before the next is
/// made: as values they weigh twenty times as much as their words.
fn filled(out: Out<'_>, object: &Value, name: &str, items: impl Iterator<Item = Value>) -> io::Result<()> {
    let text = object.to_string();
    // Within a text every quotation mark has a stroke before it, so this is the list itself.
    let list = format!("\"{name}\":[");
    let end = text.find(&list).map_or(text.len(), |at| at + list.len());
    out.write_all(&text.as_bytes()[..end])?;
    for (place, item) in items.enumerate() {
        let comma = if place > 0 { "," } else { "" };
        write!(out, "{comma}{item}")?;
    }
    writeln!(out, "{}", &text[end..])
}

/// What a reader must know beside the rows: the mark, the day, the period, who could be heard.
fn about(lookup: &Lookup<'_>) -> Vec<String> {
    let picture = lookup.picture;
    let mut lines = Vec::new();
    if !picture.watermark.is_empty() {
        lines.push(picture.watermark.clone());
    }
    if let Some(day) = picture.as_of {
        lines.push(format!("Based on pages captured up to {day}."));
    }
    if let Some((first, last)) = picture.period {
        lines.push(format!("Period: {first} to {last}, both days included."));
    }
    lines.push(crate::summary::coverage(picture));
    lines.push(
        "As reported: numbers are bounds over all accounts, and findings are proposals by rule. docs/formats.md says what each column holds."
            .to_owned(),
    );
    lines
}
