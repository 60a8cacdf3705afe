//! Tables into a packed gazetteer. Gets the files, gives bytes and every fault; never answers a question.

use super::index::Keys;
use super::is_romanised;
use super::packed::{self, Packed, Part, Writer};
use crate::fold;
use crate::kind::Kind;
use crate::table::{self, Row};
use crate::zone::point;
use geo::line_measures::{Distance, Geodesic};
use model::{DataFault, LatLon, Metres};
use std::collections::BTreeMap;
use std::fmt::Write;

/// End of the names of tables whose places answer when they are asked for but are not looked for in prose:
/// hamlets far away, with names such as "Hope" and "Battle".
const UNSEARCHED: &str = "-small.tsv";

/// Reads the tables and packs them.
pub(super) fn pack(files: &[(String, String)]) -> (Packed, Vec<DataFault>) {
    let mut faults = Vec::new();
    let mut files: Vec<&(String, String)> = files.iter().filter(|(file, _)| file.ends_with(".tsv")).collect();
    files.sort();
    let (mut rows, mut aliases, mut points) = (Vec::new(), Vec::new(), Vec::new());
    let (mut kinds, mut demonyms) = (BTreeMap::new(), Vec::new());
    for (file, text) in &files {
        match file.rsplit('/').next() {
            Some("kinds.tsv") => kinds.extend(kind_words(file, text, &mut faults)),
            Some("aliases.tsv") => aliases.push((file, text)),
            Some("points.tsv") => points.push((file, text)),
            Some("demonyms.tsv") => demonyms.extend(demonym_words(file, text, &mut faults)),
            _ => rows.extend(table::places(file, text, &mut faults)),
        }
    }
    for (file, text) in aliases {
        add_aliases(file, text, &mut rows, &mut faults);
    }
    for (file, text) in points {
        move_points(file, text, &mut rows, &mut faults);
    }
    let rows = each_once(rows, &mut faults);
    let provinces = province_of(&rows, &mut faults);
    let spellings: Vec<Vec<String>> = rows.iter().map(spellings).collect();
    let mut tables = String::new();
    for (file, text) in &files {
        let _ = writeln!(tables, "{file}\t{}", model::sha256_hex(text.as_bytes()));
    }
    let file_of = |row: &Row| files.iter().position(|(file, _)| *file == row.file);
    let packed = rows.iter().zip(&spellings).zip(provinces);
    let packed = packed.map(|((row, spellings), admin1)| {
        (
            row,
            admin1,
            spellings.as_slice(),
            file_of(row).unwrap_or_default(),
        )
    });
    let (offsets, bytes) = packed::rows(packed);
    let mut keys = Keys::default();
    for (at, (row, spellings)) in rows.iter().zip(&spellings).enumerate() {
        keys.add(at, &row.country, spellings);
    }
    let mut writer = Writer::default();
    writer.part(Part::Files, tables.into_bytes());
    writer.part(Part::Offsets, offsets);
    writer.part(Part::Rows, bytes);
    writer.part(Part::Names, names(&rows, &spellings).into_bytes());
    let words = kinds
        .iter()
        .map(|(word, kind)| format!("{word}\t{}\n", kind.as_str()));
    writer.part(Part::Kinds, words.collect::<String>().into_bytes());
    writer.part(Part::Demonyms, people(&rows, &demonyms).into_bytes());
    for (part, bytes) in keys.parts() {
        writer.part(part, bytes);
    }
    (writer.finish(), faults)
}

/// Words for peoples with the place they lead to: a country by its code, any other by its id.
fn people(rows: &[Row], demonyms: &[(String, String)]) -> String {
    let mut lines = String::new();
    for (at, row) in rows.iter().enumerate() {
        let is = |place: &str| place == row.id || (row.kind == Kind::Country && place == row.country);
        for (_, word) in demonyms.iter().filter(|(place, _)| is(place)) {
            let _ = writeln!(lines, "{at}\t{}", fold::plain(word));
        }
    }
    lines
}

/// Every spelling of a row, the name first, each once.
fn spellings(row: &Row) -> Vec<String> {
    let mut spellings = vec![row.name.clone()];
    for spelling in row.names.iter().chain(&row.arabic) {
        if !spellings.contains(spelling) {
            spellings.push(spelling.clone());
        }
    }
    spellings
}

fn kind_words(file: &str, text: &str, faults: &mut Vec<DataFault>) -> Vec<(String, Kind)> {
    let mut words = Vec::new();
    for (line, fields) in table::lines(file, text, &["word", "kind", "source"], &[], faults) {
        let field = |column: &str| fields.cell(column);
        if field("source").is_empty() {
            faults.push(DataFault::new(
                file,
                line,
                "\"source\" is empty",
                "word, kind, source",
            ));
        }
        match Kind::read(field("kind")) {
            Some(kind) => words.push((fold::plain(field("word")), kind)),
            None => {
                let what = format!("kind \"{}\" is not known", field("kind"));
                let known = Kind::ALL.iter().map(|(_, word)| *word);
                faults
                    .push(DataFault::new(file, line, what, "a kind of place").nearest(field("kind"), known));
            }
        }
    }
    words
}

/// Pairs of a country code or the id of a place, and a word for its people.
fn demonym_words(file: &str, text: &str, faults: &mut Vec<DataFault>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (line, fields) in table::lines(file, text, &["place", "words", "source"], &[], faults) {
        let field = |column: &str| fields.cell(column);
        for column in ["place", "words", "source"] {
            if field(column).is_empty() {
                let what = format!("\"{column}\" is empty");
                faults.push(DataFault::new(
                    file,
                    line,
                    what,
                    "country code or place id, words separated by |, source",
                ));
            }
        }
        let words = field("words")
            .split('|')
            .map(str::trim)
            .filter(|word| !word.is_empty());
        pairs.extend(words.map(|word| (field("place").to_owned(), word.to_owned())));
    }
    pairs
}

/// Adds more names to rows of other tables.
fn add_aliases(file: &str, text: &str, rows: &mut [Row], faults: &mut Vec<DataFault>) {
    let right = "place id, names separated by |, source";
    for (at, _, fields) in rows_of(file, text, &["place", "names", "source"], right, rows, faults) {
        let names = fields.cell("names").split('|').map(str::trim);
        let names = names.filter(|name| !name.is_empty()).map(str::to_owned);
        rows[at].names.extend(names);
    }
}

/// Moves rows of other tables to a better point; a disc that was told grows by the way, so that it still holds
/// the place.
fn move_points(file: &str, text: &str, rows: &mut [Row], faults: &mut Vec<DataFault>) {
    let right = "place id, lat, lon, source";
    for (at, line, fields) in rows_of(
        file,
        text,
        &["place", "lat", "lon", "source"],
        right,
        rows,
        faults,
    ) {
        let lat = table::degrees(file, line, "lat", fields.cell("lat"), 90.0, faults);
        let lon = table::degrees(file, line, "lon", fields.cell("lon"), 180.0, faults);
        let (Some(lat), Some(lon)) = (lat, lon) else {
            continue;
        };
        let to = LatLon { lat, lon };
        let row = &mut rows[at];
        let moved = Geodesic.distance(point(row.at), point(to));
        row.radius = row.radius.map(|radius| Metres(radius.0 + moved));
        row.at = to;
    }
}

/// Lines of a table that tells more about places of other tables: the row that each is about, its line number
/// and its cells.
fn rows_of<'t>(
    file: &str,
    text: &'t str,
    columns: &[&'t str],
    right: &str,
    rows: &[Row],
    faults: &mut Vec<DataFault>,
) -> Vec<(usize, usize, table::Fields<'t>)> {
    let at: BTreeMap<&str, usize> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| (row.id.as_str(), at))
        .collect();
    let mut found = Vec::new();
    for (line, fields) in table::lines(file, text, columns, &[], faults) {
        for column in columns
            .iter()
            .skip(1)
            .filter(|column| fields.cell(column).is_empty())
        {
            faults.push(DataFault::new(
                file,
                line,
                format!("\"{column}\" is empty"),
                right,
            ));
        }
        let place = fields.cell("place");
        match at.get(place) {
            Some(at) => found.push((*at, line, fields)),
            None => {
                let what = format!("place \"{place}\" is in no table");
                let fault = DataFault::new(file, line, what, "the id of a place in another table");
                faults.push(fault.nearest(place, at.keys().copied()));
            }
        }
    }
    found
}

fn each_once(rows: Vec<Row>, faults: &mut Vec<DataFault>) -> Vec<Row> {
    let mut ids: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some((file, line)) = ids.get(&row.id) {
            let what = format!("id \"{}\" is already used at {file}:{line}", row.id);
            faults.push(DataFault::new(&row.file, row.line, what, "one line for each id"));
            continue;
        }
        ids.insert(row.id.clone(), (row.file.clone(), row.line));
        kept.push(row);
    }
    kept
}

/// The province of each row, as an index of rows.
fn province_of(rows: &[Row], faults: &mut Vec<DataFault>) -> Vec<Option<usize>> {
    let provinces = provinces(rows);
    let find = |row: &Row| {
        if row.admin1.is_empty() || row.kind == Kind::Country {
            return None;
        }
        let key = (row.country.as_str(), fold::bare(&row.admin1));
        let found = provinces.get(&key).copied();
        if found.is_none() {
            let what = format!("admin1 \"{}\" is no province of {}", row.admin1, row.country);
            let known = rows
                .iter()
                .filter(|p| p.kind == Kind::Province && p.country == row.country);
            let fault = DataFault::new(&row.file, row.line, what, "a province by its code or name");
            faults.push(fault.nearest(&row.admin1, known.map(|p| p.name.as_str())));
        }
        found
    };
    rows.iter().map(find).collect()
}

/// Provinces by country and by code or any spelling, folded.
fn provinces(rows: &[Row]) -> BTreeMap<(&str, String), usize> {
    let mut provinces = BTreeMap::new();
    for (at, row) in rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.kind == Kind::Province)
    {
        let code = row.id.rsplit('.').next().unwrap_or_default();
        let spellings = [code, row.name.as_str()]
            .into_iter()
            .chain(row.names.iter().map(String::as_str));
        for spelling in spellings {
            provinces
                .entry((row.country.as_str(), fold::bare(spelling)))
                .or_insert(at);
        }
    }
    provinces
}

/// Every spelling that pages may use, sorted, a line each.
fn names(rows: &[Row], spellings: &[Vec<String>]) -> String {
    let mut names = Vec::with_capacity(2 * rows.len());
    let searched = |row: &Row| !row.file.ends_with(UNSEARCHED);
    for (row, spellings) in rows.iter().zip(spellings).filter(|(row, _)| searched(row)) {
        for spelling in spellings {
            names.extend(written_forms(spelling, is_romanised(&row.country)));
        }
    }
    // One letter is an initial, not a name.
    names.retain(|name| name.chars().nth(1).is_some());
    names.sort_unstable();
    names.dedup();
    names.join(
        "
",
    )
}

/// A spelling as pages write it: with and without marks, apostrophes and article.
fn written_forms(spelling: &str, romanised: bool) -> Vec<String> {
    let mut forms = vec![spelling.to_owned()];
    let ascii = if fold::is_arabic(spelling) {
        spelling.to_owned()
    } else {
        fold::ascii(spelling)
    };
    if ascii != spelling && !ascii.is_empty() {
        forms.push(ascii.clone());
    }
    if !romanised {
        return forms;
    }
    let unquoted: String = ascii
        .chars()
        .filter(|letter| !fold::is_apostrophe(*letter))
        .collect();
    // "al-Mina" and "Al Mina" are both written; "Mina" alone too, if the rest is long enough for a name.
    const REST_MIN: usize = 4;
    for form in [ascii, unquoted] {
        if let Some((article, rest)) = form.split_once([' ', '-'])
            && is_article(article)
            && rest.starts_with(char::is_uppercase)
        {
            forms.extend([
                format!("{article}-{rest}"),
                format!("Al-{rest}"),
                format!("al-{rest}"),
            ]);
            if rest.chars().count() >= REST_MIN {
                forms.push(rest.to_owned());
            }
        }
        // "Jisr ash Shughur" is written "Jisr al-Shughur".
        let words: Vec<&str> = form.split([' ', '-']).collect();
        if let [first, article, rest] = words[..]
            && is_article(article)
        {
            forms.extend([format!("{first} al-{rest}"), format!("{first} {article}-{rest}")]);
        }
        forms.push(form);
    }
    forms
}

/// Articles of Arabic as romanisations write them, before sun letters too.
fn is_article(word: &str) -> bool {
    const ARTICLES: [&str; 17] = [
        "al", "ar", "as", "ash", "ad", "adh", "an", "at", "ath", "az", "el", "er", "es", "en", "et", "ez",
        "ed",
    ];
    ARTICLES.contains(&word.to_lowercase().as_str())
}
