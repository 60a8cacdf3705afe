//! Reads gazetteer tables. Gets the text of a file, gives its rows and every fault in it at once.

use crate::kind::Kind;
use model::{DataFault, Edtf, LatLon, Metres};
use std::collections::BTreeMap;

/// Columns of a table of places, in the order they are written.
pub(crate) const COLUMNS: [&str; 16] = [
    "id",
    "name",
    "names",
    "arabic",
    "lat",
    "lon",
    "kind",
    "admin1",
    "admin2",
    "country",
    "population",
    "radius_km",
    "from",
    "until",
    "source",
    "licence",
];

/// Columns that a table of places may leave out when it would leave them empty.
const MAY_LACK: [&str; 5] = ["admin2", "radius_km", "from", "until", "arabic"];

/// What a right line looks like, for fault reports.
const RIGHT: &str = "id, name, names separated by |, arabic names separated by |, lat, lon, kind, admin1, admin2, \
     country, population, radius_km, from, until, source, licence; a tab between each";

/// One line of a table of places, read and checked on its own.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) names: Vec<String>,
    pub(crate) arabic: Vec<String>,
    pub(crate) at: LatLon,
    pub(crate) kind: Kind,
    pub(crate) admin1: String,
    pub(crate) country: String,
    pub(crate) population: u64,
    pub(crate) radius: Option<Metres>,
    pub(crate) during: Edtf,
    pub(crate) file: String,
    pub(crate) line: usize,
}

/// Cells of one line with their columns; a dozen, so a list is faster than a map.
pub(crate) struct Fields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Fields<'a> {
    /// The cell of a column; empty when there is none.
    pub(crate) fn cell(&self, column: &str) -> &'a str {
        let found = self.0.iter().find(|(known, _)| *known == column);
        found.map_or("", |(_, cell)| cell)
    }
}

/// Lines of a tab-separated file with a header, with their line numbers; unknown and missing columns and
/// lines of another length are faults. Columns in `may_lack` need not be there. A line
/// `#default TAB column TAB value` fills that column's empty cells in the lines below it; other lines that
/// start with `#` are remarks.
pub(crate) fn lines<'a>(
    file: &str,
    text: &'a str,
    columns: &[&'a str],
    may_lack: &[&str],
    faults: &mut Vec<DataFault>,
) -> Vec<(usize, Fields<'a>)> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim_end_matches('\r')));
    let Some((_, header)) = lines.next() else {
        faults.push(DataFault::new(file, 0, "the file is empty", columns.join("\t")));
        return Vec::new();
    };
    let header: Vec<&str> = header.trim_start_matches('\u{feff}').split('\t').collect();
    for column in header.iter().filter(|column| !columns.contains(column)) {
        faults.push(unknown_column(file, 1, column, columns));
    }
    for column in columns
        .iter()
        .filter(|column| !header.contains(column) && !may_lack.contains(column))
    {
        faults.push(DataFault::new(
            file,
            1,
            format!("column \"{column}\" is missing"),
            columns.join("\t"),
        ));
    }
    let mut defaults: BTreeMap<&'a str, &'a str> = BTreeMap::new();
    let mut rows = Vec::new();
    for (number, line) in lines {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        match cells[..] {
            ["#default", column, value] if columns.contains(&column) => {
                defaults.insert(column, value);
            }
            ["#default", column, _] => faults.push(unknown_column(file, number, column, columns)),
            [first, ..] if first.starts_with('#') => {}
            [] | [""] => {}
            _ if cells.len() != header.len() => {
                let what = format!("the line has {} fields, the header {}", cells.len(), header.len());
                faults.push(DataFault::new(file, number, what, header.join("\t")));
            }
            _ => {
                let cells = header.iter().zip(cells).map(|(column, cell)| {
                    let default = defaults.get(column).filter(|_| cell.is_empty());
                    (*column, default.map_or(cell, |default| default))
                });
                rows.push((number, Fields(cells.collect())));
            }
        }
    }
    rows
}

fn unknown_column(file: &str, line: usize, column: &str, columns: &[&str]) -> DataFault {
    let fault = DataFault::new(
        file,
        line,
        format!("column \"{column}\" is not known"),
        columns.join("\t"),
    );
    fault.nearest(column, columns.iter().copied())
}

/// Reads a table of places.
pub(crate) fn places(file: &str, text: &str, faults: &mut Vec<DataFault>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (line, fields) in lines(file, text, &COLUMNS, &MAY_LACK, faults) {
        let before = faults.len();
        let row = place(file, line, &fields, faults);
        if faults.len() == before {
            rows.extend(row);
        }
    }
    rows
}

fn place(file: &str, line: usize, fields: &Fields<'_>, faults: &mut Vec<DataFault>) -> Option<Row> {
    let field = |column: &str| fields.cell(column);
    for column in ["id", "name", "kind", "source", "licence"] {
        if field(column).is_empty() {
            faults.push(DataFault::new(
                file,
                line,
                format!("\"{column}\" is empty"),
                RIGHT,
            ));
        }
    }
    let kind = Kind::read(field("kind"));
    if kind.is_none() && !field("kind").is_empty() {
        let what = format!("kind \"{}\" is not known", field("kind"));
        let words: Vec<&str> = Kind::ALL.iter().map(|(_, word)| *word).collect();
        faults.push(
            DataFault::new(file, line, what, words.join(", ")).nearest(field("kind"), words.iter().copied()),
        );
    }
    let country = field("country");
    // A region may lie in several countries or in none.
    let no_country = country.is_empty() && kind == Some(Kind::Region);
    let code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    if !no_country && !code {
        let what = format!("country \"{country}\" is no ISO 3166-1 alpha-2 code");
        faults.push(DataFault::new(
            file,
            line,
            what,
            "two capital letters, such as SY",
        ));
    }
    let lat = degrees(file, line, "lat", field("lat"), 90.0, faults);
    let lon = degrees(file, line, "lon", field("lon"), 180.0, faults);
    let population = count(file, line, field("population"), faults);
    let radius = radius(file, line, field("radius_km"), faults);
    let during = during(file, line, field("from"), field("until"), faults);
    let split = |column: &str| -> Vec<String> {
        let names = field(column)
            .split('|')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    };
    Some(Row {
        id: field("id").to_owned(),
        name: field("name").to_owned(),
        names: split("names"),
        arabic: split("arabic"),
        at: LatLon { lat: lat?, lon: lon? },
        kind: kind?,
        admin1: field("admin1").to_owned(),
        country: country.to_owned(),
        population,
        radius,
        during,
        file: file.to_owned(),
        line,
    })
}

pub(crate) fn degrees(
    file: &str,
    line: usize,
    column: &str,
    text: &str,
    limit: f64,
    faults: &mut Vec<DataFault>,
) -> Option<f64> {
    let value = text.parse::<f64>().ok().filter(|value| value.abs() <= limit);
    if value.is_none() {
        let what = format!("\"{column}\" is \"{text}\", not degrees between -{limit} and {limit}");
        faults.push(DataFault::new(
            file,
            line,
            what,
            "decimal degrees with a point, such as 36.5866",
        ));
    }
    value
}

fn count(file: &str, line: usize, text: &str, faults: &mut Vec<DataFault>) -> u64 {
    if text.is_empty() {
        return 0;
    }
    text.parse().unwrap_or_else(|_| {
        let what = format!("population \"{text}\" is no whole number");
        faults.push(DataFault::new(
            file,
            line,
            what,
            "digits only, or nothing when it is not known",
        ));
        0
    })
}

fn radius(file: &str, line: usize, text: &str, faults: &mut Vec<DataFault>) -> Option<Metres> {
    if text.is_empty() {
        return None;
    }
    // Half the circumference of the globe, in kilometres: no disc on it has a larger radius.
    const RADIUS_KM_MAX: f64 = 20_015.0;
    match text
        .parse::<f64>()
        .ok()
        .filter(|km| *km > 0.0 && *km <= RADIUS_KM_MAX)
    {
        Some(km) => Some(Metres(km * 1000.0)),
        None => {
            let what = format!("radius_km \"{text}\" is no radius");
            faults.push(DataFault::new(
                file,
                line,
                what,
                "kilometres above 0, such as 2 or 0.5",
            ));
            None
        }
    }
}

fn during(file: &str, line: usize, from: &str, until: &str, faults: &mut Vec<DataFault>) -> Edtf {
    let mut read = |column: &str, text: &str| {
        if text.is_empty() {
            return Edtf::unknown();
        }
        Edtf::parse(text).unwrap_or_else(|| {
            let what = format!("{column} \"{text}\" is no date");
            faults.push(DataFault::new(
                file,
                line,
                what,
                "2017, 2017-05 or 2017-05-04; nothing when not known",
            ));
            Edtf::unknown()
        })
    };
    let (from_day, until_day) = (read("from", from).earliest(), read("until", until).latest());
    if let (Some(start), Some(end)) = (from_day, until_day)
        && end < start
    {
        faults.push(DataFault::new(
            file,
            line,
            "\"until\" lies before \"from\"",
            "from no later than until",
        ));
    }
    Edtf::between(from_day, until_day)
}
