//! Rows of other people's tables, as they wrote them: kept apart from claims, and never evidence for them.

use crate::{Edtf, ForeignId, LatLon, Span};

/// Persons killed, as a table of others gives them; what it does not give is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deaths {
    /// Lowest figure.
    pub low: Option<u64>,
    /// The figure that its publisher prefers.
    pub best: Option<u64>,
    /// Highest figure.
    pub high: Option<u64>,
}

/// One row of a table of others.
#[derive(Clone, Debug, PartialEq)]
pub struct Foreign {
    /// Kind of table: `acled`, `ucdp`, `hxl` or `csv`.
    pub family: String,
    /// Whose table it is, as the importer named it.
    pub source: String,
    /// Its id there.
    pub key: String,
    /// Line of the file on which the row begins, counted from 1.
    pub line: usize,
    /// Bytes of the row in the file.
    pub span: Span,
    /// SHA-256 of its cells, in hexadecimal: two rows with one content say the same.
    pub content: String,
    /// When, as far as day and precision code say.
    pub when: Edtf,
    /// Code of how closely the time is known, as written.
    pub time_code: String,
    /// Name of the place, as written.
    pub place: String,
    /// Name of the province, as written.
    pub province: String,
    /// Country, as written.
    pub country: String,
    /// Coordinates as written, degrees.
    pub at: Option<LatLon>,
    /// Code of how closely the place is known, as written.
    pub place_code: String,
    /// Type of event, as written.
    pub event: String,
    /// Type below it, as written.
    pub sub_event: String,
    /// Actors as written; their order implies no direction.
    pub actors: Vec<String>,
    /// Persons killed.
    pub deaths: Deaths,
    /// Sources, as written.
    pub sources: String,
    /// The publisher's own words.
    pub notes: String,
}

impl Foreign {
    /// The id of this version: whose, which, and what it says.
    pub fn id(&self) -> ForeignId {
        ForeignId::of(&[&self.family, &self.source, &self.key, &self.content])
    }
    /// What readers compare between versions: name and value of each part, in a fixed order.
    pub fn parts(&self) -> [(&'static str, String); 16] {
        let number = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
        [
            ("when", self.when.to_string()),
            ("time_code", self.time_code.clone()),
            ("place", self.place.clone()),
            ("province", self.province.clone()),
            ("country", self.country.clone()),
            ("lat", self.at.map(|at| at.lat.to_string()).unwrap_or_default()),
            ("lon", self.at.map(|at| at.lon.to_string()).unwrap_or_default()),
            ("place_code", self.place_code.clone()),
            ("event", self.event.clone()),
            ("sub_event", self.sub_event.clone()),
            ("actors", self.actors.join("; ")),
            ("deaths_low", number(self.deaths.low)),
            ("deaths", number(self.deaths.best)),
            ("deaths_high", number(self.deaths.high)),
            ("sources", self.sources.clone()),
            ("notes", self.notes.clone()),
        ]
    }
}

/// One version of a foreign row, with where it came in.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignVersion {
    /// The row.
    pub row: Foreign,
    /// Name of the file.
    pub file: String,
    /// Number of the log's entry that holds the file.
    pub entry: u64,
    /// When the file was taken in, UTC to the second.
    pub taken_in: String,
    /// Which version it is, counted from 1.
    pub number: usize,
    /// How many versions there are.
    pub of: usize,
    /// What differs from the version before: name, before, after.
    pub changed: Vec<(&'static str, String, String)>,
}

/// Versions of rows, file by file in the order of the log. A row that says what its newest version says is no new
/// version; a row that is missing from a later file is not gone, because a file may hold a part.
#[derive(Debug, Default)]
pub struct ForeignVersions {
    by_key: std::collections::BTreeMap<(String, String, String), Vec<ForeignVersion>>,
}

impl ForeignVersions {
    /// Takes in a row; gives whether it is a new version.
    pub fn take(&mut self, row: Foreign, file: &str, entry: u64, taken_in: &str) -> bool {
        let key = (row.family.clone(), row.source.clone(), row.key.clone());
        let versions = self.by_key.entry(key).or_default();
        let mut changed = Vec::new();
        if let Some(before) = versions.last() {
            if before.row.content == row.content {
                return false;
            }
            let parts = before.row.parts().into_iter().zip(row.parts());
            changed.extend(
                parts
                    .filter(|((_, before), (_, after))| before != after)
                    .map(|((name, before), (_, after))| (name, before, after)),
            );
        }
        let number = versions.len() + 1;
        for version in versions.iter_mut() {
            version.of = number;
        }
        versions.push(ForeignVersion {
            row,
            file: file.to_owned(),
            entry,
            taken_in: taken_in.to_owned(),
            number,
            of: number,
            changed,
        });
        true
    }
    /// Every version, by family, source, key and number.
    pub fn all(&self) -> impl Iterator<Item = &ForeignVersion> {
        self.by_key.values().flatten()
    }
    /// The newest version of each row.
    pub fn newest(&self) -> impl Iterator<Item = &ForeignVersion> {
        self.by_key.values().filter_map(|versions| versions.last())
    }
}
