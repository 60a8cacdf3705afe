//! Which column of a table means what, from `data/columns.tsv`.

use model::DataFault;

/// What a column can mean to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Their id.
    Id,
    /// The day, or the first day.
    Date,
    /// The last day.
    DateEnd,
    /// Code of how closely the time is known.
    TimeCode,
    /// Name of the place.
    Place,
    /// Name of the province.
    Province,
    /// Country.
    Country,
    /// Latitude, degrees.
    Lat,
    /// Longitude, degrees.
    Lon,
    /// Code of how closely the place is known.
    PlaceCode,
    /// Type of event.
    Event,
    /// Type below it.
    SubEvent,
    /// An actor.
    Actor1,
    /// Another actor.
    Actor2,
    /// Persons killed, the figure preferred.
    Deaths,
    /// Persons killed, lowest figure.
    DeathsLow,
    /// Persons killed, highest figure.
    DeathsHigh,
    /// Sources.
    Sources,
    /// Words.
    Notes,
}

impl Field {
    /// All with their words.
    pub const ALL: [(Self, &'static str); 19] = [
        (Self::Id, "id"),
        (Self::Date, "date"),
        (Self::DateEnd, "date_end"),
        (Self::TimeCode, "time_code"),
        (Self::Place, "place"),
        (Self::Province, "province"),
        (Self::Country, "country"),
        (Self::Lat, "lat"),
        (Self::Lon, "lon"),
        (Self::PlaceCode, "place_code"),
        (Self::Event, "event"),
        (Self::SubEvent, "sub_event"),
        (Self::Actor1, "actor1"),
        (Self::Actor2, "actor2"),
        (Self::Deaths, "deaths"),
        (Self::DeathsLow, "deaths_low"),
        (Self::DeathsHigh, "deaths_high"),
        (Self::Sources, "sources"),
        (Self::Notes, "notes"),
    ];
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(field, _)| *field == self)
            .map_or("", |(_, word)| word)
    }
    /// The field of this word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(field, _)| *field)
    }
}

/// Kinds of tables whose columns are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// A download of ACLED.
    Acled,
    /// UCDP GED.
    Ucdp,
    /// Any table with a row of HXL tags.
    Hxl,
    /// Any other table.
    Csv,
}

impl Family {
    /// All with their words.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Acled, "acled"),
        (Self::Ucdp, "ucdp"),
        (Self::Hxl, "hxl"),
        (Self::Csv, "csv"),
    ];
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(family, _)| *family == self)
            .map_or("", |(_, word)| word)
    }
    /// The family of this word.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(family, _)| *family)
    }
}

/// The names that columns have, by family and field.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    names: Vec<(Family, Field, Vec<String>)>,
}

impl Columns {
    /// Reads the table of names.
    ///
    /// # Errors
    /// Every fault of it.
    pub fn parse(file: &str, text: &str) -> Result<Self, Vec<DataFault>> {
        let (mut names, mut faults) = (Vec::new(), Vec::new());
        let mut lines = text.lines().enumerate();
        if lines.next().map(|(_, head)| head) != Some("family\tfield\tnames\tsource") {
            return Err(vec![DataFault::new(file, 1, "another head row", RIGHT)]);
        }
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let mut fault = |what: String| faults.push(DataFault::new(file, index + 1, what, RIGHT));
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let [family, field, all, source] = cells[..] else {
                fault(format!("{} cells where 4 are needed", cells.len()));
                continue;
            };
            if all.is_empty() || source.is_empty() {
                fault("an empty cell".into());
            }
            match (Family::read(family), Field::read(field)) {
                (Some(family), Some(field)) => {
                    names.push((family, field, all.split('|').map(str::to_owned).collect()));
                }
                (None, _) => fault(format!("\"{family}\" is no kind of table")),
                (_, None) => fault(format!("\"{field}\" is no field")),
            }
        }
        if faults.is_empty() {
            Ok(Self { names })
        } else {
            Err(faults)
        }
    }
    /// Which column holds which field, by the names of a family; of several names the first that is there.
    pub(super) fn guess(&self, family: Family, head: &[String]) -> Vec<(Field, usize)> {
        let mut found: Vec<(Field, usize)> = Vec::new();
        for (known, field, names) in &self.names {
            if *known != family || found.iter().any(|(taken, _)| taken == field) {
                continue;
            }
            let at = names.iter().find_map(|name| {
                head.iter().position(|column| match family {
                    Family::Hxl => fits_tag(name, column),
                    _ => plain(column) == *name,
                })
            });
            if let Some(at) = at.filter(|at| !found.iter().any(|(_, taken)| taken == at)) {
                found.push((*field, at));
            }
        }
        found.sort_unstable();
        found
    }
}

/// A name in small letters, everything but letters and digits as `_`.
pub(super) fn plain(name: &str) -> String {
    let marked: String = name
        .trim()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect::<String>()
        .to_lowercase();
    let words: Vec<&str> = marked.split('_').filter(|word| !word.is_empty()).collect();
    words.join("_")
}

/// Whether a tag has the pattern's base and all its attributes.
fn fits_tag(pattern: &str, tag: &str) -> bool {
    let tag = tag.to_lowercase().replace(' ', "");
    let has: Vec<&str> = tag.split('+').collect();
    let mut wanted = pattern.split('+');
    wanted.next() == has.first().copied() && wanted.all(|attribute| has[1..].contains(&attribute))
}

const RIGHT: &str = "family<TAB>field<TAB>name|other name<TAB>source";
