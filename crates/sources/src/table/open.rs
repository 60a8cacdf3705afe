//! A file with a table in it, opened: text stays as it is, a sheet of a workbook and the features of GeoJSON are
//! written as lines of text first, so that there is one reader of rows. Line 7 is then row 7 of the sheet, or the
//! sixth feature.

use super::split::CELLS_MAX;
use super::{Refused, TABLE_BYTES_MAX, refuse};
use calamine::{Cell, DataRef, Reader as _, Xlsx};
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;
use std::io::{Cursor, Read as _};

/// A table as text.
#[derive(Clone, Debug)]
pub struct Opened<'a> {
    /// Its lines.
    pub(super) text: Cow<'a, [u8]>,
    /// The mark between cells where the lines are ours; in text it is told by the first line.
    pub(super) delimiter: Option<u8>,
    /// What it was, when no text.
    pub(super) form: &'static str,
    /// Names of the sheets of a workbook.
    pub sheets: Vec<String>,
    /// The sheet that is read; empty when it is no workbook.
    pub sheet: String,
}

impl<'a> Opened<'a> {
    /// Opens a file: CSV in any form, a workbook (XLSX) of which one sheet is read, or GeoJSON. Without a name the
    /// first sheet that has two cells side by side is read.
    ///
    /// # Errors
    /// When the file is too large once unpacked, damaged, or holds no table.
    pub fn new(bytes: &'a [u8], sheet: &str) -> Result<Self, Refused> {
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
        if bytes.len() > TABLE_BYTES_MAX {
            return too_large(bytes.len());
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return workbook(bytes, sheet);
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return refuse(
                "this is a workbook of the old form".into(),
                "Save it as XLSX or as CSV.",
            );
        }
        if first == Some(&b'{') {
            return geojson(start);
        }
        Ok(Self {
            text: Cow::Borrowed(bytes),
            delimiter: None,
            form: "",
            sheets: Vec::new(),
            sheet: String::new(),
        })
    }
    /// The lines; spans of rows are bytes of them.
    pub fn text(&self) -> &[u8] {
        &self.text
    }
}

fn too_large<T>(bytes: usize) -> Result<T, Refused> {
    refuse(
        format!("the table has {bytes} bytes where {TABLE_BYTES_MAX} is the limit"),
        "Split it into smaller files.",
    )
}

/// Most bytes that a workbook may have once unpacked.
///
/// 512 MiB: 100,000 rows of thirty columns have some 100 MB. Raise it and a small file of zeros takes more memory
/// than a small machine has.
const UNPACKED_MAX: u64 = 512 << 20;

/// Last row of a sheet in any program.
const SHEET_ROWS_MAX: u32 = 1 << 20;

fn damaged<T>(why: impl fmt::Display) -> Result<T, Refused> {
    refuse(
        format!("the workbook does not open: {why}"),
        "Open it in a spreadsheet program and save it as XLSX or as CSV.",
    )
}

fn workbook<'a>(bytes: &[u8], wanted: &str) -> Result<Opened<'a>, Refused> {
    unpacks_within_bounds(bytes)?;
    let mut book = match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(why) => return damaged(why),
    };
    let sheets = book.sheet_names();
    if !wanted.is_empty() && !sheets.iter().any(|name| name == wanted) {
        return refuse(
            format!("there is no sheet \"{wanted}\""),
            &format!("Sheets: {}.", sheets.join(", ")),
        );
    }
    for name in &sheets {
        if !wanted.is_empty() && wanted != name {
            continue;
        }
        let text = sheet_lines(&mut book, name)?;
        if !text.is_empty() || wanted == name {
            return Ok(Opened {
                text: Cow::Owned(text),
                delimiter: Some(b','),
                form: "a sheet of a workbook",
                sheet: name.clone(),
                sheets,
            });
        }
    }
    refuse(
        "no sheet of the workbook holds a table".into(),
        "A table has its names side by side in one row.",
    )
}

/// Sizes that an archive claims are not believed: everything is unpacked once, into nothing.
fn unpacks_within_bounds(bytes: &[u8]) -> Result<(), Refused> {
    let mut archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(why) => return damaged(why),
    };
    let mut left = UNPACKED_MAX;
    for index in 0..archive.len() {
        let mut file = match archive.by_index(index) {
            Ok(file) => file.take(left + 1),
            Err(why) => return damaged(why),
        };
        match std::io::copy(&mut file, &mut std::io::sink()) {
            Ok(size) if size <= left => left -= size,
            Ok(_) => {
                return refuse(
                    format!("the workbook has more than {UNPACKED_MAX} bytes once unpacked"),
                    "Split it, or save the sheet as CSV.",
                );
            }
            Err(why) => return damaged(why),
        }
    }
    Ok(())
}

/// A sheet, a line for each row; empty when no row has two cells. What stands above the first such row is a title.
fn sheet_lines(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<u8>, Refused> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(why) => return damaged(why),
    };
    let mut lines = Lines::default();
    // Cells come one by one: a sheet that has one in its last corner does not take the room of all between.
    let (mut row, mut at) = (Vec::new(), 0_u32);
    loop {
        let next = match cells.next_cell() {
            Ok(next) => next,
            Err(why) => return damaged(why),
        };
        let place = next.as_ref().map(Cell::get_position);
        if place.is_none_or(|(line, _)| line != at) {
            lines.sheet_row(at, std::mem::take(&mut row))?;
        }
        let (Some(cell), Some((line, column))) = (next, place) else {
            return Ok(lines.out);
        };
        if line < at || line >= SHEET_ROWS_MAX {
            return damaged("its rows are not in their order");
        }
        at = line;
        let words = words(cell.get_value());
        if words.is_empty() {
            continue;
        }
        // One cell too many is enough for the row to be turned down.
        let column = (column as usize).min(CELLS_MAX);
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = words;
    }
}

fn words(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(words) => words.clone(),
        DataRef::SharedString(words) => (*words).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => words.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
        DataRef::DateTime(time) if time.is_datetime() && DAYS.contains(&time.as_f64()) => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
            }
        }
        DataRef::DateTime(time) => time.as_f64().to_string(),
    }
}

/// Numbers that are days in a workbook: from 1 January 1900 to 31 December 9999.
const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;

/// Lines of text that are ours: a comma between cells, each cell between quotation marks and on one line.
#[derive(Default)]
struct Lines {
    out: Vec<u8>,
    /// Lines so far.
    count: u32,
    /// Cells of the first line.
    width: usize,
}

impl Lines {
    fn sheet_row(&mut self, at: u32, mut row: Vec<String>) -> Result<(), Refused> {
        let filled = row.iter().filter(|cell| !cell.is_empty()).count();
        if filled == 0 || (self.width == 0 && filled < 2) {
            return Ok(());
        }
        self.out
            .extend(std::iter::repeat_n(b'\n', at.saturating_sub(self.count) as usize));
        self.count = at;
        if row.len() < self.width {
            row.resize(self.width, String::new());
        }
        self.push(row.iter().map(String::as_str))
    }
    fn push<'c>(&mut self, cells: impl Iterator<Item = &'c str>) -> Result<(), Refused> {
        let mut width = 0;
        for cell in cells {
            if width > 0 {
                self.out.push(b',');
            }
            width += 1;
            self.out.push(b'"');
            for byte in cell.bytes() {
                match byte {
                    b'"' => self.out.extend(b"\"\""),
                    b'\r' | b'\n' => self.out.push(b' '),
                    byte => self.out.push(byte),
                }
            }
            self.out.push(b'"');
        }
        self.out.push(b'\n');
        self.count += 1;
        if self.width == 0 {
            self.width = width;
        }
        match self.out.len() > TABLE_BYTES_MAX {
            true => too_large(self.out.len()),
            false => Ok(()),
        }
    }
}

/// The features of GeoJSON, a line for each: its properties, its id, and its coordinates where it is a point.
fn geojson<'a>(bytes: &[u8]) -> Result<Opened<'a>, Refused> {
    let mut names: Vec<String> = Vec::new();
    let mut too_many = false;
    each_feature(bytes, &mut |feature| {
        let (_, fields) = cells(feature);
        for (name, _) in fields {
            if !names.contains(&name) {
                too_many |= names.len() >= CELLS_MAX;
                if !too_many {
                    names.push(name);
                }
            }
        }
    })?;
    if too_many {
        return refuse(
            format!("its features have more than {CELLS_MAX} properties between them"),
            "Leave out those that nobody reads.",
        );
    }
    let mut lines = Lines::default();
    lines.push(names.iter().map(String::as_str))?;
    let mut told = Ok(());
    each_feature(bytes, &mut |feature| {
        let (is_feature, fields) = cells(feature);
        let value = |name: &String| fields.iter().find(|(known, _)| known == name);
        let row = names
            .iter()
            .map(|name| value(name).map_or("", |(_, words)| words.as_str()));
        if told.is_ok() {
            // What is no feature keeps its line, and is turned down there.
            told = match is_feature {
                true => lines.push(row),
                false => lines.push(std::iter::once("no feature")),
            };
        }
    })?;
    told?;
    Ok(Opened {
        text: Cow::Owned(lines.out),
        delimiter: Some(b','),
        form: "GeoJSON",
        sheets: Vec::new(),
        sheet: String::new(),
    })
}

/// Whether it is a feature, and its cells.
fn cells(feature: Value) -> (bool, Vec<(String, String)>) {
    let Value::Object(mut feature) = feature else {
        return (false, Vec::new());
    };
    if feature.get("type").and_then(Value::as_str) != Some("Feature") {
        return (false, Vec::new());
    }
    let mut fields: Vec<(String, String)> = match feature.remove("properties") {
        Some(Value::Object(properties)) => properties
            .into_iter()
            .map(|(name, value)| (name, plain(value)))
            .collect(),
        _ => Vec::new(),
    };
    let has = |fields: &[(String, String)], name: &str| {
        fields
            .iter()
            .any(|(known, words)| known == name && !words.is_empty())
    };
    let mut add = |name: &str, words: String| {
        if !has(&fields, name) {
            fields.retain(|(known, _)| known != name);
            fields.push((name.to_owned(), words));
        }
    };
    if let Some(id) = feature.remove("id") {
        add("id", plain(id));
    }
    if let Some((lon, lat)) = feature.get("geometry").and_then(Value::as_object).and_then(point) {
        add("longitude", lon);
        add("latitude", lat);
    }
    (true, fields)
}

/// Coordinates of a point; other shapes have none that are theirs.
fn point(geometry: &Map<String, Value>) -> Option<(String, String)> {
    let is_point = geometry.get("type").and_then(Value::as_str) == Some("Point");
    let at = geometry.get("coordinates").and_then(Value::as_array)?;
    let number = |index: usize| at.get(index).filter(|it| it.is_number()).map(Value::to_string);
    is_point.then(|| Some((number(0)?, number(1)?)))?
}

fn plain(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => words,
        other => other.to_string(),
    }
}

fn each_feature(bytes: &[u8], each: &mut dyn FnMut(Value)) -> Result<(), Refused> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = reader
        .deserialize_map(Collection(each))
        .and_then(|found| reader.end().map(|()| found));
    match read {
        Ok(true) => Ok(()),
        Ok(false) => refuse(
            "this is JSON, and no collection of features".into(),
            "GeoJSON has \"type\": \"FeatureCollection\" and a list of features.",
        ),
        Err(why) => refuse(
            format!("the GeoJSON does not read: {why}"),
            "Write it anew with the program it came from.",
        ),
    }
}

/// Reads features one after the other, without holding them all.
struct Collection<'f>(&'f mut dyn FnMut(Value));

impl<'de> Visitor<'de> for Collection<'_> {
    type Value = bool;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a collection of features")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let (mut is_collection, mut has_features) = (false, false);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => is_collection = map.next_value::<Value>()? == "FeatureCollection",
                "features" if !has_features => {
                    map.next_value_seed(Features(&mut *self.0))?;
                    has_features = true;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(is_collection && has_features)
    }
}

struct Features<'f>(&'f mut dyn FnMut(Value));

impl<'de> serde::de::DeserializeSeed<'de> for Features<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(feature) = seq.next_element::<Value>()? {
            (self.0)(feature);
        }
        Ok(())
    }
}
