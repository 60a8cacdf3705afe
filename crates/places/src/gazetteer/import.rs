//! Reads gazetteers that others publish into our table. Gets their text, gives ours and every fault.

use crate::kind::Kind;
use crate::table::COLUMNS;
use model::DataFault;
use std::collections::{BTreeMap, BTreeSet};

/// Fields of a line of a GeoNames country file.
const GEONAMES_FIELDS: usize = 19;

/// Alternate names kept for one place; the longest list in GeoNames has over 200, nearly all in scripts
/// that no outlet of ours writes.
const NAMES_MAX: usize = 60;

/// Lines from one look at how far the work is to the next.
const LINES_A_LOOK: usize = 1_000;

pub(super) fn geonames_country_file(
    tsv: &str,
    alternates: Option<&str>,
    on: &mut dyn FnMut(usize, usize),
) -> (String, Vec<DataFault>) {
    let mut faults = Vec::new();
    let alternates = alternates.unwrap_or_default();
    let all = alternates.len() + tsv.len();
    let mut more = alternate_names(alternates, &mut faults, &mut |read| on(read, all));
    let mut out = header();
    let mut read = alternates.len();
    for (at, line) in tsv.lines().enumerate() {
        read += line.len() + 1;
        if at % LINES_A_LOOK == 0 {
            on(read, all);
        }
        let cells: Vec<&str> = line.trim_end_matches('\r').split('\t').collect();
        if line.trim().is_empty() {
            continue;
        }
        if cells.len() != GEONAMES_FIELDS {
            let what = format!("the line has {} fields, not {GEONAMES_FIELDS}", cells.len());
            faults.push(DataFault::new(
                "geonames",
                at + 1,
                what,
                "a line of a GeoNames country file",
            ));
            continue;
        }
        let Some(kind) = geonames_kind(cells[6], cells[7], cells[14]) else {
            continue;
        };
        let mut names: BTreeSet<String> = more.remove(cells[0]).unwrap_or_default();
        names.extend(cells[3].split(',').chain([cells[2]]).map(str::to_owned));
        let (arabic, latin) = sort_names(names, cells[1]);
        let province = kind == Kind::Province;
        let id = if province {
            format!("adm1:{}.{}", cells[8], cells[10])
        } else {
            format!("gn:{}", cells[0])
        };
        let admin1 = if province || kind == Kind::Country {
            ""
        } else {
            cells[10]
        };
        let row = [
            id.as_str(),
            cells[1],
            &latin,
            &arabic,
            cells[4],
            cells[5],
            kind.as_str(),
            admin1,
            "",
            cells[8],
            cells[14],
            "",
            "",
            "",
            "GeoNames",
            "CC BY 4.0",
        ];
        push_row(&mut out, &row);
    }
    (out, faults)
}

fn geonames_kind(class: &str, code: &str, population: &str) -> Option<Kind> {
    // A city from 100,000 people on, a town from 5,000: the classes that GeoNames' own extracts use.
    let people: u64 = population.parse().unwrap_or(0);
    Some(match (class, code) {
        ("A", "PCLI") => Kind::Country,
        ("A", "ADM1") => Kind::Province,
        ("A", "ADM2") => Kind::District,
        ("A", "ADM3" | "ADM4") => Kind::Subdistrict,
        ("P", "PPLX") => Kind::Neighbourhood,
        ("P", "PPLQ" | "PPLW" | "PPLH") => return None,
        ("P", _) if people >= 100_000 => Kind::City,
        ("P", _) if people >= 5_000 => Kind::Town,
        ("P", _) => Kind::Village,
        ("S", "AIRB" | "AIRP" | "AIRF" | "MILB" | "INSM") => Kind::Base,
        ("S", "CMPREF" | "CMP") => Kind::Camp,
        ("S", "PSTB" | "CSTM") => Kind::Crossing,
        ("S", "DAM") | ("H", "SPNG") => Kind::Site,
        ("L", "RGN" | "AREA") | ("T", "VAL" | "PLN") => Kind::Region,
        _ => return None,
    })
}

/// Names by place from a GeoNames alternate-names file: id, place, language, name.
fn alternate_names(
    tsv: &str,
    faults: &mut Vec<DataFault>,
    on: &mut dyn FnMut(usize),
) -> BTreeMap<String, BTreeSet<String>> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut read = 0;
    for (at, line) in tsv.lines().enumerate() {
        read += line.len() + 1;
        if at % LINES_A_LOOK == 0 {
            on(read);
        }
        if line.trim().is_empty() {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, place, language, name, ..] = cells[..] else {
            let what = format!("the line has {} fields, not 4 or more", cells.len());
            faults.push(DataFault::new(
                "alternates",
                at + 1,
                what,
                "id, place, language, name",
            ));
            continue;
        };
        // Links, codes and postal numbers stand in the same file under these pseudo-languages.
        if !["link", "wkdt", "iata", "icao", "faac", "post", "unlc", "phon"].contains(&language) {
            names.entry(place.to_owned()).or_default().insert(name.to_owned());
        }
    }
    names
}

/// Arabic-script and Latin-script names, each joined; other scripts are left out.
fn sort_names(names: BTreeSet<String>, name: &str) -> (String, String) {
    let (mut arabic, mut latin) = (Vec::new(), Vec::new());
    for alternate in names {
        let alternate = alternate.replace(['|', '\t'], " ").trim().to_owned();
        if alternate.is_empty() || alternate == name {
        } else if crate::fold::is_arabic(&alternate) {
            arabic.push(alternate);
        } else if alternate
            .chars()
            .all(|letter| u32::from(letter) < 0x250 || "‘’ʿʾʼḩḨţŢşŞẕẔạẠ".contains(letter))
        {
            latin.push(alternate);
        }
    }
    arabic.truncate(NAMES_MAX);
    latin.truncate(NAMES_MAX);
    (arabic.join("|"), latin.join("|"))
}

/// Columns of a p-code list by what they hold; the deepest level that has both a code and a name is read.
pub(super) fn pcodes(text: &str, on: &mut dyn FnMut(usize, usize)) -> (String, Vec<DataFault>) {
    let mut faults = Vec::new();
    let mut out = header();
    let delimiter = if text.lines().next().is_some_and(|line| line.contains('\t')) {
        b'\t'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(header) => header
            .iter()
            .map(|column| column.trim_start_matches('\u{feff}').to_lowercase())
            .collect(),
        Err(error) => {
            faults.push(DataFault::new(
                "pcodes",
                1,
                format!("the header cannot be read: {error}"),
                "",
            ));
            return (out, faults);
        }
    };
    let Some(layout) = Layout::of(&columns) else {
        let right = "columns such as admin1Pcode, admin1Name_en, admin1Name_ar, latitude, longitude";
        faults.push(DataFault::new(
            "pcodes",
            1,
            "no level has a code, a name and a point",
            right,
        ));
        return (out, faults);
    };
    for (at, record) in reader.records().enumerate() {
        let line = at + 2;
        let start = record.as_ref().ok().and_then(csv::StringRecord::position);
        if let Some(start) = start.filter(|_| at % LINES_A_LOOK == 0) {
            on(start.byte() as usize, text.len());
        }
        let Ok(record) = record else {
            faults.push(DataFault::new(
                "pcodes",
                line,
                "the line cannot be read",
                "a line as long as the header",
            ));
            continue;
        };
        let cell = |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or_default().trim();
        let code = cell(Some(layout.code));
        if code.starts_with('#') {
            continue; // The HXL tag row.
        }
        let point = [layout.lat, layout.lon].map(|column| cell(Some(column)).parse::<f64>().is_ok());
        if code.is_empty() || cell(Some(layout.name)).is_empty() || point != [true, true] {
            faults.push(DataFault::new(
                "pcodes",
                line,
                "the code, the name or the point is missing",
                "",
            ));
            continue;
        }
        let letters = code.chars().take_while(char::is_ascii_uppercase).count();
        let country = if letters == 2 {
            &code[..2]
        } else {
            layout.country_default()
        };
        let id = format!("ocha:{code}");
        let (name, arabic) = (clean(cell(Some(layout.name))), clean(cell(layout.arabic)));
        let admin1 = clean(cell(layout.admin1));
        let (lat, lon) = (cell(Some(layout.lat)), cell(Some(layout.lon)));
        let row = [
            id.as_str(),
            &name,
            code,
            &arabic,
            lat,
            lon,
            layout.kind.as_str(),
            &admin1,
            "",
            country,
            "",
            "",
            "",
            "",
            "OCHA common operational dataset",
            "CC BY-IGO",
        ];
        push_row(&mut out, &row);
    }
    (out, faults)
}

struct Layout {
    kind: Kind,
    code: usize,
    name: usize,
    arabic: Option<usize>,
    admin1: Option<usize>,
    lat: usize,
    lon: usize,
}

impl Layout {
    fn of(columns: &[String]) -> Option<Self> {
        let find = |names: &[String]| columns.iter().position(|column| names.contains(column));
        let find_name = |level: &str| {
            let names = ["name_en", "name", "_en", "_name"].map(|end| format!("{level}{end}"));
            find(&names)
        };
        let lat = find(&["latitude", "lat", "y", "center_lat", "latitude_y"].map(str::to_owned))?;
        let lon = find(&["longitude", "lon", "lng", "x", "center_lon", "longitude_x"].map(str::to_owned))?;
        // From the finest level to the coarsest.
        let levels = [
            ("admin4", Kind::Village),
            ("location", Kind::Village),
            ("adm4", Kind::Village),
            ("admin3", Kind::Subdistrict),
            ("adm3", Kind::Subdistrict),
            ("admin2", Kind::District),
            ("adm2", Kind::District),
            ("admin1", Kind::Province),
            ("adm1", Kind::Province),
        ];
        levels.into_iter().find_map(|(level, kind)| {
            let code = find(&[
                format!("{level}pcode"),
                format!("{level}_pcode"),
                format!("{level}_code"),
            ])?;
            let name = find_name(level)?;
            let arabic = find(&[format!("{level}name_ar"), format!("{level}_ar")]);
            let upper = if level.starts_with("adm") && !level.starts_with("admin") {
                "adm1"
            } else {
                "admin1"
            };
            let admin1 = if kind == Kind::Province {
                None
            } else {
                find_name(upper)
            };
            Some(Self {
                kind,
                code,
                name,
                arabic,
                admin1,
                lat,
                lon,
            })
        })
    }

    /// Populated places have codes such as C1234, without the country: OCHA's Syrian lists do so, and no
    /// other country's list that we know of.
    fn country_default(&self) -> &'static str {
        "SY"
    }
}

fn clean(cell: &str) -> String {
    cell.replace(['\t', '\n', '\r', '|'], " ")
}

fn header() -> String {
    let mut out = COLUMNS.join("\t");
    out.push('\n');
    out
}

fn push_row(out: &mut String, row: &[&str; 16]) {
    out.push_str(&row.join("\t"));
    out.push('\n');
}
