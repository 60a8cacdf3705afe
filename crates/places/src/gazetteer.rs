//! The gazetteer: places by any of their spellings. Gets tables, gives candidates for a name; never decides
//! which candidate a text means.

mod import;
mod index;

use crate::fold;
use crate::kind::Kind;
use crate::table::{self, Row};
use index::Index;
use model::{Because, Candidate, DataFault, Edtf, LatLon, Metres, PlaceId};
use std::collections::BTreeMap;

/// People per square kilometre of a built-up town.
///
/// 5,000: about the density of Aleppo (2.1 million on roughly 190 km²) and of most Levantine cities that
/// are not Damascus or Beirut, halved to take in the outskirts that news counts to a city. A smaller
/// figure makes the discs of cities larger and more zone answers undetermined.
const PEOPLE_PER_KM2: f64 = 5_000.0;

/// One place.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) id: PlaceId,
    pub(crate) name: String,
    /// Every spelling, the name first.
    pub(crate) spellings: Vec<String>,
    pub(crate) at: LatLon,
    pub(crate) kind: Kind,
    /// Province for readers; empty when none.
    pub(crate) province: String,
    /// The province's own entry.
    pub(crate) admin1: Option<usize>,
    pub(crate) country: String,
    pub(crate) population: u64,
    pub(crate) radius: Metres,
    /// When the place or its name holds; open where nothing is told.
    pub(crate) during: Edtf,
    /// `file#id`, for reasons.
    pub(crate) source: String,
}

/// How far a name had to bend to meet a spelling, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// Same letters but for case, marks and apostrophes.
    Plain,
    /// Without articles, spaces and doubled letters.
    Bare,
    /// Same sound in another romanisation.
    Sound,
    /// Same consonants, in the same or the other script.
    Bones,
    /// A word for its people: "Turkish".
    Demonym,
}

impl Step {
    fn rule(self) -> &'static str {
        match self {
            Self::Plain => "name-as-listed",
            Self::Bare => "name-without-article",
            Self::Sound => "name-sounds-alike",
            Self::Bones => "name-same-consonants",
            Self::Demonym => "name-of-its-people",
        }
    }
    fn words(self) -> &'static str {
        match self {
            Self::Plain => "the gazetteer lists this spelling",
            Self::Bare => "the gazetteer lists this name but for articles, spaces or doubled letters",
            Self::Sound => "the gazetteer lists another romanisation of this name",
            Self::Bones => "the gazetteer lists a name with the same consonants",
            Self::Demonym => "the word names its people",
        }
    }
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    pub(crate) entry: usize,
    pub(crate) step: Step,
}

/// Places by any of their spellings; built once, asked often.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    entries: Vec<Entry>,
    index: Index,
    spellings: Vec<String>,
    kinds: BTreeMap<String, Kind>,
    version: String,
}

impl Gazetteer {
    /// Reads gazetteer tables: pairs of file name and text. `aliases.tsv` holds more names of places in the
    /// other tables, `kinds.tsv` and `demonyms.tsv` hold words, every other `.tsv` places; other files are
    /// left alone. Gives what could be read and every fault.
    pub fn parse(files: &[(String, String)]) -> (Self, Vec<DataFault>) {
        let mut faults = Vec::new();
        let mut files: Vec<&(String, String)> =
            files.iter().filter(|(file, _)| file.ends_with(".tsv")).collect();
        files.sort();
        let (mut rows, mut aliases) = (Vec::new(), Vec::new());
        let (mut kinds, mut demonyms) = (BTreeMap::new(), Vec::new());
        for (file, text) in &files {
            match file.rsplit('/').next() {
                Some("kinds.tsv") => kinds.extend(kind_words(file, text, &mut faults)),
                Some("aliases.tsv") => aliases.push((file, text)),
                Some("demonyms.tsv") => demonyms.extend(demonym_words(file, text, &mut faults)),
                _ => rows.extend(table::places(file, text, &mut faults)),
            }
        }
        for (file, text) in aliases {
            add_aliases(file, text, &mut rows, &mut faults);
        }
        let entries = entries(rows, &mut faults);
        let index = Index::build(&entries, &demonyms);
        let spellings = all_spellings(&entries);
        let mut parts = Vec::new();
        for (file, text) in &files {
            parts.extend([file.as_str(), "\0", text.as_str(), "\0"]);
        }
        let version = model::sha256_hex(parts.concat().as_bytes());
        let gazetteer = Self {
            entries,
            index,
            spellings,
            kinds,
            version,
        };
        (gazetteer, faults)
    }

    /// SHA-256 of the tables it was read from.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// How many places it holds.
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// Names of first-level areas, in every spelling.
    pub fn provinces(&self) -> impl Iterator<Item = &str> {
        let provinces = self.entries.iter().filter(|entry| entry.kind == Kind::Province);
        provinces.flat_map(|entry| entry.spellings.iter().map(String::as_str))
    }

    /// Every spelling of every place, sorted, each once; words for peoples are not among them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.spellings.iter().map(String::as_str)
    }

    /// Every place that a name may mean, most likely first when nothing is known but the name. Spellings
    /// may differ in case, marks, articles, romanisation and script.
    pub fn find(&self, name: &str) -> Vec<Candidate> {
        let scored = self
            .matches(name)
            .into_iter()
            .map(|found| (found, crate::choose::prior(self, found)));
        self.candidates(scored.collect())
    }

    /// Reads a country file of GeoNames (`SY.txt`) and, if given, its alternate names, into our table.
    pub fn geonames_country_file(tsv: &str, alternates: Option<&str>) -> (String, Vec<DataFault>) {
        import::geonames_country_file(tsv, alternates)
    }

    /// Reads a p-code list with a header line, comma- or tab-separated, into our table.
    pub fn pcodes(text: &str) -> (String, Vec<DataFault>) {
        import::pcodes(text)
    }

    pub(crate) fn entry(&self, at: usize) -> &Entry {
        &self.entries[at]
    }

    pub(crate) fn kind_of_word(&self, word: &str) -> Option<Kind> {
        self.kinds.get(&fold::plain(word)).copied()
    }

    pub(crate) fn matches(&self, name: &str) -> Vec<Match> {
        self.index.matches(name, &self.entries)
    }

    /// Whether one entry lies in the country or province that the other is.
    pub(crate) fn is_in(&self, inner: usize, outer: usize) -> bool {
        let (inner, area) = (&self.entries[inner], &self.entries[outer]);
        match area.kind {
            Kind::Country => inner.country == area.country,
            Kind::Province => inner.admin1 == Some(outer),
            _ => false,
        }
    }

    /// Turns scored matches into candidates with shares, best first; equal ones by id.
    pub(crate) fn candidates(&self, mut scored: Vec<(Match, f64)>) -> Vec<Candidate> {
        let best = scored
            .iter()
            .map(|(_, score)| *score)
            .fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = scored.iter().map(|(_, score)| (score - best).exp()).sum();
        scored.sort_by(|(a, x), (b, y)| {
            y.total_cmp(x)
                .then_with(|| self.entries[a.entry].id.cmp(&self.entries[b.entry].id))
        });
        scored
            .into_iter()
            .map(|(found, score)| self.candidate(found, (score - best).exp() / total))
            .collect()
    }

    fn candidate(&self, found: Match, share: f64) -> Candidate {
        let entry = &self.entries[found.entry];
        Candidate {
            place: entry.id.clone(),
            name: entry.name.clone(),
            province: entry.province.clone(),
            country: entry.country.clone(),
            at: entry.at,
            precision: entry.kind.precision(),
            share,
            because: Because::new(found.step.rule(), found.step.words()).entry(entry.source.clone()),
        }
    }
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

/// Pairs of country code and a word for its people.
fn demonym_words(file: &str, text: &str, faults: &mut Vec<DataFault>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (line, fields) in table::lines(file, text, &["country", "words", "source"], &[], faults) {
        let field = |column: &str| fields.cell(column);
        for column in ["country", "words", "source"] {
            if field(column).is_empty() {
                let what = format!("\"{column}\" is empty");
                faults.push(DataFault::new(
                    file,
                    line,
                    what,
                    "country code, words separated by |, source",
                ));
            }
        }
        let words = field("words")
            .split('|')
            .map(str::trim)
            .filter(|word| !word.is_empty());
        pairs.extend(words.map(|word| (field("country").to_owned(), word.to_owned())));
    }
    pairs
}

/// Adds more names to rows of other tables.
fn add_aliases(file: &str, text: &str, rows: &mut [Row], faults: &mut Vec<DataFault>) {
    let at: BTreeMap<String, usize> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| (row.id.clone(), at))
        .collect();
    for (line, fields) in table::lines(file, text, &["place", "names", "source"], &[], faults) {
        let field = |column: &str| fields.cell(column);
        for column in ["names", "source"] {
            if field(column).is_empty() {
                let what = format!("\"{column}\" is empty");
                faults.push(DataFault::new(
                    file,
                    line,
                    what,
                    "place id, names separated by |, source",
                ));
            }
        }
        let Some(at) = at.get(field("place")) else {
            let what = format!("place \"{}\" is in no table", field("place"));
            let fault = DataFault::new(file, line, what, "the id of a place in another table");
            faults.push(fault.nearest(field("place"), at.keys().map(String::as_str)));
            continue;
        };
        let names = field("names")
            .split('|')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        rows[*at].names.extend(names.map(str::to_owned));
    }
}

fn entries(rows: Vec<Row>, faults: &mut Vec<DataFault>) -> Vec<Entry> {
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
    let provinces = provinces(&kept);
    let mut entries: Vec<Entry> = Vec::with_capacity(kept.len());
    for (at, row) in kept.iter().enumerate() {
        let admin1 = if row.admin1.is_empty() || row.kind == Kind::Country {
            None
        } else {
            let found = provinces
                .get(&(row.country.as_str(), fold::bare(&row.admin1)))
                .copied();
            if found.is_none() {
                let what = format!("admin1 \"{}\" is no province of {}", row.admin1, row.country);
                let known = kept
                    .iter()
                    .filter(|p| p.kind == Kind::Province && p.country == row.country);
                let fault = DataFault::new(&row.file, row.line, what, "a province by its code or name");
                faults.push(fault.nearest(&row.admin1, known.map(|p| p.name.as_str())));
            }
            found
        };
        let province = if row.kind == Kind::Province {
            Some(at)
        } else {
            admin1
        };
        let province = province.map_or_else(String::new, |at| kept[at].name.clone());
        entries.push(entry(row, province, admin1));
    }
    entries
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

fn entry(row: &Row, province: String, admin1: Option<usize>) -> Entry {
    let mut spellings = vec![row.name.clone()];
    for spelling in row.names.iter().chain(&row.arabic) {
        if !spellings.contains(spelling) {
            spellings.push(spelling.clone());
        }
    }
    Entry {
        id: PlaceId(row.id.clone()),
        name: row.name.clone(),
        spellings,
        at: row.at,
        kind: row.kind,
        province,
        admin1,
        country: row.country.clone(),
        population: row.population,
        radius: row.radius.unwrap_or_else(|| radius(row.kind, row.population)),
        during: row.during.clone(),
        source: format!("{}#{}", row.file, row.id),
    }
}

/// A settlement is a disc of even density, never smaller than its kind.
fn radius(kind: Kind, population: u64) -> Metres {
    let least = kind.radius_default();
    if !kind.is_settlement() {
        return least;
    }
    // Far below 2^52, so the conversion keeps every digit that matters.
    #[expect(clippy::cast_precision_loss, reason = "a population has at most 11 digits")]
    let people = population as f64;
    Metres(
        least
            .0
            .max((people / PEOPLE_PER_KM2 / std::f64::consts::PI).sqrt() * 1000.0),
    )
}

/// Countries whose names reach news through more than one romanisation of Arabic, Kurdish, Persian or
/// Hebrew; only their places are looked up by sound. Elsewhere the same loosening merges strangers:
/// "Paris" and "Perris", "Cannes" and "Caen".
const ROMANISED: [&str; 28] = [
    "AE", "AF", "BH", "DJ", "DZ", "EG", "EH", "ER", "IL", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA",
    "MR", "OM", "PK", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE",
];

pub(crate) fn is_romanised(country: &str) -> bool {
    ROMANISED.binary_search(&country).is_ok()
}

fn all_spellings(entries: &[Entry]) -> Vec<String> {
    let mut spellings = Vec::with_capacity(2 * entries.len());
    for entry in entries {
        for spelling in &entry.spellings {
            spellings.extend(written_forms(spelling, is_romanised(&entry.country)));
        }
    }
    // One letter is an initial, not a name.
    spellings.retain(|spelling| spelling.chars().nth(1).is_some());
    spellings.sort_unstable();
    spellings.dedup();
    spellings
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
            && [
                "al", "ar", "as", "ash", "ad", "adh", "an", "at", "ath", "az", "el", "er", "es", "en", "et",
                "ez", "ed",
            ]
            .contains(&article.to_lowercase().as_str())
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
        forms.push(form);
    }
    forms
}

#[cfg(test)]
mod tests;
