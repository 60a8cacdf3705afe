//! The gazetteer: places by any of their spellings. Gets tables, gives candidates for a name; never decides
//! which candidate a text means.

mod build;
mod import;
mod index;
mod packed;

use crate::fold;
use crate::kind::Kind;
use geo::line_measures::{Distance, Haversine};
use model::{Because, Candidate, DataFault, Edtf, LatLon, Metres, PlaceId, PlacePrecision};
use packed::{Packed, Part};
use std::collections::BTreeMap;

/// People per square kilometre of a built-up town.
///
/// 5,000: about the density of Aleppo (2.1 million on roughly 190 km²) and of most Levantine cities that
/// are not Damascus or Beirut, halved to take in the outskirts that news counts to a city. A smaller
/// figure makes the discs of cities larger and more zone answers undetermined.
const PEOPLE_PER_KM2: f64 = 5_000.0;

/// One place, as it stands in the packed rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'g> {
    pub(crate) at: LatLon,
    pub(crate) kind: Kind,
    /// The province's own entry.
    pub(crate) admin1: Option<usize>,
    pub(crate) country: &'g str,
    pub(crate) population: u64,
    pub(crate) radius: Metres,
    pub(crate) id: &'g str,
    from: &'g str,
    until: &'g str,
    files: &'g str,
    file: usize,
    count: usize,
    spellings: packed::Reader<'g>,
}

impl<'g> Entry<'g> {
    /// The name for readers.
    pub(crate) fn name(&self) -> &'g str {
        self.spellings().next().unwrap_or_default()
    }

    /// Every spelling, the name first.
    pub(crate) fn spellings(&self) -> impl Iterator<Item = &'g str> + use<'g> {
        let (mut rest, count) = (self.spellings, self.count);
        (0..count).map_while(move |_| rest.text())
    }

    /// When the place or its name holds; open where nothing is told.
    pub(crate) fn during(&self) -> Edtf {
        packed::during(self.from, self.until)
    }

    /// `file#id`, for reasons.
    pub(crate) fn source(&self) -> String {
        let line = self.files.lines().nth(self.file).unwrap_or_default();
        let file = line.split('\t').next().unwrap_or_default();
        format!("{file}#{}", self.id)
    }
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
    /// With the word for its kind, which is left out when said before: "Clarke" for "Clarke County".
    Kind,
}

impl Step {
    fn rule(self) -> &'static str {
        match self {
            Self::Plain => "name-as-listed",
            Self::Bare => "name-without-article",
            Self::Sound => "name-sounds-alike",
            Self::Bones => "name-same-consonants",
            Self::Demonym => "name-of-its-people",
            Self::Kind => "name-with-its-kind",
        }
    }
    fn words(self) -> &'static str {
        match self {
            Self::Plain => "the gazetteer lists this spelling",
            Self::Bare => "the gazetteer lists this name but for articles, spaces or doubled letters",
            Self::Sound => "the gazetteer lists another romanisation of this name",
            Self::Bones => "the gazetteer lists a name with the same consonants",
            Self::Demonym => "the word names its people",
            Self::Kind => "the gazetteer lists this name with a word for its kind",
        }
    }
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Match {
    pub(crate) entry: usize,
    pub(crate) step: Step,
}

/// Places by any of their spellings; opened once, asked often.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    packed: Packed,
    kinds: BTreeMap<String, Kind>,
    /// Countries by a word for their people.
    people: BTreeMap<String, Vec<usize>>,
    version: String,
}

impl Gazetteer {
    /// Reads gazetteer tables: pairs of file name and text. `aliases.tsv` holds more names of places in the
    /// other tables, `kinds.tsv` and `demonyms.tsv` hold words, every other `.tsv` places; other files are
    /// left alone. Gives what could be read and every fault.
    pub fn parse(files: &[(String, String)]) -> (Self, Vec<DataFault>) {
        let (packed, faults) = build::pack(files);
        (Self::open(packed), faults)
    }

    /// Opens what [`Gazetteer::packed`] gave, at no cost; `None` when it is something else.
    pub fn unpack(bytes: &'static [u8]) -> Option<Self> {
        Packed::new(bytes.into()).map(Self::open)
    }

    /// The whole gazetteer as bytes, for building it in.
    pub fn packed(&self) -> &[u8] {
        self.packed.bytes()
    }

    fn open(packed: Packed) -> Self {
        let pairs = |part| packed.text(part).lines().filter_map(|line| line.split_once('\t'));
        let kinds = pairs(Part::Kinds).filter_map(|(word, kind)| Some((word.to_owned(), Kind::read(kind)?)));
        let mut people: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, word) in pairs(Part::Demonyms) {
            people
                .entry(word.to_owned())
                .or_default()
                .extend(at.parse::<usize>());
        }
        Self {
            kinds: kinds.collect(),
            people,
            version: model::sha256_hex(packed.part(Part::Files)),
            packed,
        }
    }

    /// SHA-256 over the names and hashes of the tables it was read from.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The tables it was read from: file name and SHA-256.
    pub fn tables(&self) -> impl Iterator<Item = (&str, &str)> {
        let lines = self.packed.text(Part::Files).lines();
        lines.filter_map(|line| line.split_once('\t'))
    }

    /// How many places it holds.
    pub fn count(&self) -> usize {
        self.packed.count()
    }

    /// Names of first-level areas, in every spelling.
    pub fn provinces(&self) -> impl Iterator<Item = &str> {
        let entries = (0..self.count()).map(|at| self.entry(at));
        let provinces = entries.filter(|entry| entry.kind == Kind::Province);
        provinces.flat_map(|entry| entry.spellings())
    }

    /// Every spelling that pages may use for a place, sorted, each once; words for peoples are not among them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.packed.text(Part::Names).lines()
    }

    /// Every place that a name may mean, most likely first when nothing is known but the name. Spellings
    /// may differ in case, marks, articles, romanisation and script.
    pub fn find(&self, name: &str) -> Vec<Candidate> {
        let scored = self.matches(name).into_iter().map(|found| {
            (
                found,
                crate::choose::prior(self, found, &crate::context::Context::default()),
            )
        });
        self.candidates(scored.collect())
    }

    /// The place that a row of a table means: its name, narrowed by the country, the province and the point that stand
    /// beside it. Nothing when the name is not known, or when several places fit as well.
    pub fn meant(&self, name: &str, province: &str, country: &str, at: Option<LatLon>) -> Option<Candidate> {
        let mut all = self.find(name);
        let countries: Vec<String> = self
            .find(country)
            .into_iter()
            .filter(|it| it.precision == PlacePrecision::Country)
            .map(|it| it.country)
            .collect();
        if !countries.is_empty() {
            all.retain(|it| countries.contains(&it.country));
        }
        let provinces: Vec<String> = self.find(province).into_iter().map(|it| it.province).collect();
        if provinces.iter().any(|name| !name.is_empty()) {
            all.retain(|it| provinces.contains(&it.province));
        }
        if let Some(at) = at {
            let metres = |it: &Candidate| {
                Haversine.distance(
                    geo::Point::new(at.lon, at.lat),
                    geo::Point::new(it.at.lon, it.at.lat),
                )
            };
            let is_spot =
                |it: &Candidate| matches!(it.precision, PlacePrecision::Exact | PlacePrecision::Town);
            let reach = |it: &Candidate| {
                if is_spot(it) {
                    ROW_POINT_M_MAX
                } else {
                    ROW_AREA_M_MAX
                }
            };
            all.retain(|it| metres(it) <= reach(it));
            // The likeliest of the settlements there; an area only where there is none.
            all.sort_by_key(|it| !is_spot(it));
            return all.into_iter().next();
        }
        // The first is the likeliest; a name that two places share alike is nobody's.
        let mut rest = all.into_iter();
        let (first, second) = (rest.next()?, rest.next());
        second
            .is_none_or(|second| first.share >= ROW_ODDS * second.share)
            .then_some(first)
    }

    /// Reads a country file of GeoNames (`SY.txt`) and, if given, its alternate names, into our table. `on` is told now
    /// and then how many bytes are read, and of how many.
    pub fn geonames_country_file(
        tsv: &str,
        alternates: Option<&str>,
        on: &mut dyn FnMut(usize, usize),
    ) -> (String, Vec<DataFault>) {
        import::geonames_country_file(tsv, alternates, on)
    }

    /// Reads a p-code list with a header line, comma- or tab-separated, into our table; `on` as above.
    pub fn pcodes(text: &str, on: &mut dyn FnMut(usize, usize)) -> (String, Vec<DataFault>) {
        import::pcodes(text, on)
    }

    /// A place by its index, which must be one that a match gave.
    pub(crate) fn entry(&self, at: usize) -> Entry<'_> {
        self.packed
            .entry(at)
            .expect("matches come from the same gazetteer")
    }

    /// The name of a place's province for readers; empty when none.
    pub(crate) fn province(&self, at: usize) -> &str {
        let entry = self.entry(at);
        match (entry.kind, entry.admin1) {
            (Kind::Province, _) => entry.name(),
            (_, Some(province)) => self.entry(province).name(),
            (_, None) => "",
        }
    }

    pub(crate) fn kind_of_word(&self, word: &str) -> Option<Kind> {
        self.kinds.get(&fold::plain(word)).copied()
    }

    pub(crate) fn matches(&self, name: &str) -> Vec<Match> {
        index::matches(&self.packed, &self.people, name)
    }

    /// Whether one entry lies in the country or province that the other is.
    pub(crate) fn is_in(&self, inner: usize, outer: usize) -> bool {
        let (inner, area) = (self.entry(inner), self.entry(outer));
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
                .then_with(|| self.entry(a.entry).id.cmp(self.entry(b.entry).id))
        });
        scored
            .into_iter()
            .map(|(found, score)| self.candidate(found, (score - best).exp() / total))
            .collect()
    }

    fn candidate(&self, found: Match, share: f64) -> Candidate {
        let entry = self.entry(found.entry);
        Candidate {
            place: PlaceId(entry.id.to_owned()),
            name: entry.name().to_owned(),
            province: self.province(found.entry).to_owned(),
            country: entry.country.to_owned(),
            at: entry.at,
            precision: entry.kind.precision(),
            share,
            because: Because::new(found.step.rule(), found.step.words()).entry(entry.source()),
        }
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

/// How much likelier than any other the place of a row must be that has no point.
///
/// Twice: a town beside a hamlet of a like name is, two villages of one name are not. Lower it and rows of one
/// village are set beside incidents of another; raise it and towns that share a name with a hamlet stay apart.
const ROW_ODDS: f64 = 2.0;

/// How far the point of a row may lie from our point of the settlement that it names, in metres.
///
/// 10 km: points of one town differ by some kilometres between GeoNames and the tables of others (centre, station,
/// site of the event), and towns of one name lie further apart. Raise it and namesakes next to each other are mixed.
const ROW_POINT_M_MAX: f64 = 10_000.0;

/// The same for an area, whose point is its middle: 150 km, half the width of the largest province of Syria.
const ROW_AREA_M_MAX: f64 = 150_000.0;

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

#[cfg(test)]
mod tests;
