//! Incidents as columns: what tables of every kind share, names and cells alike.

use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use crate::phrase;
use crate::plain::visible;
use jiff::civil::Date;
use model::{Edtf, Incident, Metric, PlacePrecision, Resolution, Verdict};

/// What a column holds; a cell of it is that or empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Words,
    Whole,
    Real,
    Day,
    Truth,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Empty,
    /// Words that may come from pages.
    Words(String),
    /// Words of ours, such as dates with marks.
    Code(String),
    Whole(u64),
    Real(f64),
    Day(Date),
    Truth(bool),
}

impl Cell {
    /// As text where nothing runs formulas; marks that hide or reorder text are shown.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Words(words) => visible(words),
            other => other.written(),
        }
    }
    /// As text for tables of text. Words of pages are guarded.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Code(code) => code.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Truth(truth) => truth.to_string(),
            Self::Words(words) => guarded(words),
        }
    }
}

/// Words of others for a table of text: what a spreadsheet would run as a formula has an apostrophe before it, and
/// marks that hide or reorder text are shown.
pub fn guarded(words: &str) -> String {
    let risky = words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']);
    let words = visible(words);
    // White space in front is trimmed away by some readers before they look.
    let risky =
        risky || words.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if risky { format!("'{words}") } else { words }
}

pub(super) fn whole(value: Option<impl TryInto<u64>>) -> Cell {
    value
        .and_then(|value| value.try_into().ok())
        .map_or(Cell::Empty, Cell::Whole)
}

pub(super) fn real(value: Option<f64>) -> Cell {
    value
        .filter(|value| value.is_finite())
        .map_or(Cell::Empty, Cell::Real)
}

pub(super) fn day(value: Option<Date>) -> Cell {
    value.map_or(Cell::Empty, Cell::Day)
}

pub(super) fn words(value: impl Into<String>) -> Cell {
    let value = value.into();
    if value.is_empty() {
        Cell::Empty
    } else {
        Cell::Words(value)
    }
}

pub(super) fn code(value: impl Into<String>) -> Cell {
    let value = value.into();
    if value.is_empty() {
        Cell::Empty
    } else {
        Cell::Code(value)
    }
}

/// A code that is a whole number.
pub(super) fn number(value: &str) -> Cell {
    whole(value.parse::<u64>().ok())
}

/// An incident with what its cells are made from.
pub(super) struct Row<'a> {
    pub(super) lookup: &'a Lookup<'a>,
    pub(super) crosswalk: &'a Crosswalk,
    pub(super) incident: &'a Incident,
}

pub(super) struct Column {
    pub(super) name: &'static str,
    /// HXL tag; empty where the standard has none that fits.
    pub(super) tag: &'static str,
    pub(super) kind: Kind,
    pub(super) cell: fn(&Row<'_>) -> Cell,
}

pub(super) const fn column(
    name: &'static str,
    tag: &'static str,
    kind: Kind,
    cell: fn(&Row<'_>) -> Cell,
) -> Column {
    Column {
        name,
        tag,
        kind,
        cell,
    }
}

/// Every incident as a row, in the order of the report.
pub(super) fn rows<'a>(lookup: &'a Lookup<'a>, crosswalk: &'a Crosswalk) -> impl Iterator<Item = Row<'a>> {
    lookup.incidents.iter().map(move |incident| Row {
        lookup,
        crosswalk,
        incident,
    })
}

/// Columns up to `fatalities` are named as in ACLED; `fatalities` is the lowest account, as there.
pub(super) const COLUMNS: [Column; 48] = [
    column("event_id", "#event+id", Kind::Words, |row| {
        words(row.incident.id.as_str())
    }),
    column("event_date", "#date+event", Kind::Day, |row| {
        day(row.incident.when.earliest())
    }),
    column("year", "#date+year", Kind::Whole, |row| {
        whole(row.incident.when.earliest().map(|day| day.year().unsigned_abs()))
    }),
    column("time_precision", "#x_precision+time", Kind::Whole, |row| {
        whole(time_precision(&row.incident.when))
    }),
    column("event_type", "#event+type", Kind::Words, |row| {
        words(row.crosswalk.acled(&row.incident.act.id).0)
    }),
    column("sub_event_type", "#event+type+sub", Kind::Words, |row| {
        words(row.crosswalk.acled(&row.incident.act.id).1)
    }),
    column("actor1", "#x_actor+alleged", Kind::Words, |row| {
        words(row.alleged())
    }),
    column("actor2", "#x_actor+target", Kind::Words, |row| {
        words(row.targets())
    }),
    column("country", "#country+code", Kind::Words, |row| {
        words(row.chosen().map_or("", |it| &it.country))
    }),
    column("admin1", "#adm1+name", Kind::Words, |row| {
        words(row.chosen().map_or("", |it| &it.province))
    }),
    column("location", "#loc+name", Kind::Words, |row| {
        words(row.chosen().map_or("", |it| &it.name))
    }),
    column("latitude", "#geo+lat", Kind::Real, |row| {
        real(row.at().map(|(lat, _)| lat))
    }),
    column("longitude", "#geo+lon", Kind::Real, |row| {
        real(row.at().map(|(_, lon)| lon))
    }),
    column("geo_precision", "#x_precision+geo", Kind::Whole, |row| {
        number(row.geo_precision())
    }),
    column("source", "#meta+source", Kind::Words, |row| words(row.sources())),
    column("notes", "#description", Kind::Words, |row| {
        words(phrase::incident(row.incident))
    }),
    column("fatalities", "#affected+killed", Kind::Whole, |row| {
        whole(row.toll(Metric::Killed).map(|(low, _)| low))
    }),
    column("date_earliest", "#date+start", Kind::Day, |row| {
        day(row.incident.when.earliest())
    }),
    column("date_latest", "#date+end", Kind::Day, |row| {
        day(row.incident.when.latest())
    }),
    column("date_edtf", "", Kind::Words, |row| {
        code(row.incident.when.to_string())
    }),
    column("act", "#x_act", Kind::Words, |row| {
        words(row.incident.act.id.as_str())
    }),
    column("act_class", "#x_act+class", Kind::Words, |row| {
        words(row.incident.act.class.as_str())
    }),
    column("weapon", "", Kind::Words, |row| words(&*row.incident.weapon)),
    column("killed_low", "#affected+killed+min", Kind::Whole, |row| {
        whole(row.toll(Metric::Killed).map(|(low, _)| low))
    }),
    column("killed_high", "#affected+killed+max", Kind::Whole, |row| {
        whole(row.toll(Metric::Killed).and_then(|(_, high)| high))
    }),
    column("injured_low", "#affected+injured+min", Kind::Whole, |row| {
        whole(row.toll(Metric::Injured).map(|(low, _)| low))
    }),
    column("injured_high", "#affected+injured+max", Kind::Whole, |row| {
        whole(row.toll(Metric::Injured).and_then(|(_, high)| high))
    }),
    column("attribution", "", Kind::Words, |row| words(row.attributions())),
    column("place_as_written", "", Kind::Words, |row| {
        words(
            row.incident
                .location
                .as_ref()
                .map(phrase::placed)
                .unwrap_or_default(),
        )
    }),
    column("place_precision", "", Kind::Words, |row| {
        words(
            row.incident
                .location
                .as_ref()
                .map_or("", |it| it.precision.as_str()),
        )
    }),
    column("radius_m", "#x_radius+m", Kind::Whole, |row| {
        whole(
            row.incident
                .location
                .as_ref()
                .and_then(|it| it.region)
                .map(|it| it.radius.0.round() as u64),
        )
    }),
    column("zone", "", Kind::Words, |row| words(row.zones())),
    column("pages", "#x_count+pages", Kind::Whole, |row| {
        whole(Some(row.incident.documents.len()))
    }),
    column("origins", "#x_count+origins", Kind::Whole, |row| {
        whole(Some(row.incident.origins.len()))
    }),
    column(
        "independent_origins",
        "#x_count+origins+independent",
        Kind::Whole,
        |row| whole(Some(row.incident.independent_origins())),
    ),
    column("status_occurrence", "#status+occurrence", Kind::Words, |row| {
        words(row.incident.status.occurrence.as_str())
    }),
    column("status_place", "#status+place", Kind::Words, |row| {
        words(row.incident.status.place.as_str())
    }),
    column("status_time", "#status+time", Kind::Words, |row| {
        words(row.incident.status.time.as_str())
    }),
    column("status_means", "#status+means", Kind::Words, |row| {
        words(row.incident.status.means.as_str())
    }),
    column("status_toll", "#status+toll", Kind::Words, |row| {
        words(row.incident.status.toll.as_str())
    }),
    column("status_author", "#status+author", Kind::Words, |row| {
        words(row.incident.status.author.as_str())
    }),
    column("background", "", Kind::Truth, |row| {
        Cell::Truth(row.incident.background)
    }),
    column("series", "", Kind::Truth, |row| Cell::Truth(row.incident.series)),
    column("archived", "", Kind::Truth, |row| {
        Cell::Truth(row.incident.archived)
    }),
    column("verdict", "#x_verdict", Kind::Words, |row| {
        words(
            row.lookup
                .verdict(&row.incident.id)
                .map_or("not judged", Verdict::as_str),
        )
    }),
    column("findings", "", Kind::Words, |row| words(row.findings())),
    column("quote", "#x_quote", Kind::Words, |row| words(row.quote())),
    column("page_names", "#meta+url", Kind::Words, |row| words(row.pages())),
];

impl Row<'_> {
    pub(super) fn chosen(&self) -> Option<&model::Candidate> {
        self.incident
            .location
            .as_ref()
            .and_then(|location| location.chosen.as_ref())
    }
    pub(super) fn precision(&self) -> Option<PlacePrecision> {
        self.incident.location.as_ref().map(|location| location.precision)
    }
    /// The ACLED code of how closely the place is known; empty for a country, which has none there.
    pub(super) fn geo_precision(&self) -> &str {
        let precision = self.precision().map_or("", PlacePrecision::as_str);
        self.crosswalk.code("acled", "geo_precision", precision)
    }
    /// Degrees to five decimals, only where the place is known more closely than a country.
    pub(super) fn at(&self) -> Option<(f64, f64)> {
        let closer = |it: &PlacePrecision| *it < PlacePrecision::Country;
        self.precision().filter(closer)?;
        let region = self.incident.location.as_ref()?.region;
        let centre = region.filter(|region| crate::map::is_drawable(*region))?.centre;
        Some((
            crate::record::degrees(centre.lat),
            crate::record::degrees(centre.lon),
        ))
    }
    pub(super) fn toll(&self, metric: Metric) -> Option<(u64, Option<u64>)> {
        self.incident
            .toll(metric)
            .map(|toll| (toll.range.low, toll.range.high))
    }
    /// The least that the preferred account says.
    pub(super) fn best(&self, metric: Metric) -> Option<u64> {
        self.incident.toll(metric).map(|toll| toll.best.low)
    }
    /// Everybody who is named as the author by anybody, without those who are only denied.
    pub(super) fn alleged(&self) -> String {
        let named = self
            .incident
            .attributions
            .iter()
            .filter(|it| it.kind != model::AttributionKind::Denial);
        let names = named.map(|it| match &it.actor {
            Resolution::Resolved(actor) => actor.to_string(),
            _ => it.label.clone(),
        });
        distinct(names)
    }
    pub(super) fn targets(&self) -> String {
        distinct(self.incident.targets.iter().map(|it| it.label.clone()))
    }
    pub(super) fn sources(&self) -> String {
        distinct(self.incident.origins.iter().map(|origin| origin.label.clone()))
    }
    pub(super) fn attributions(&self) -> String {
        distinct(self.incident.attributions.iter().map(phrase::attribution))
    }
    pub(super) fn zones(&self) -> String {
        let zones = self.incident.location.iter().flat_map(|location| &location.zones);
        distinct(zones.map(|it| format!("{}/{}={}", it.agreement, it.zone, it.inside.as_str())))
    }
    pub(super) fn findings(&self) -> String {
        let findings = self.lookup.findings(&self.incident.id).iter();
        distinct(findings.map(|it| {
            format!(
                "{}/{}/{}={}",
                it.agreement,
                it.version,
                it.term,
                it.verdict.as_str()
            )
        }))
    }
    pub(super) fn quote(&self) -> String {
        let quotes = self.lookup.quotes(&self.incident.claims);
        quotes
            .into_iter()
            .next()
            .map(|quote| quote.words)
            .unwrap_or_default()
    }
    pub(super) fn pages(&self) -> String {
        distinct(self.incident.documents.iter().map(|id| self.lookup.name(id)))
    }
}

/// Each once, in order, between semicolons.
fn distinct(values: impl IntoIterator<Item = String>) -> String {
    let values: std::collections::BTreeSet<_> = values.into_iter().collect();
    values.into_iter().collect::<Vec<_>>().join("; ")
}

/// ACLED: 1 the day, 2 the week, 3 the month. Anything wider, or open, has no code there.
pub(super) fn time_precision(when: &Edtf) -> Option<u8> {
    match when.days()? {
        1 if !when.approximate => Some(1),
        days if days <= 7 => Some(2),
        days if days <= 31 => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_words_is_a_formula() {
        for risky in ["=1+1", "+1", "-1", "@x", "\t=1", "\0=1", " =1", "\u{ff1d}1"] {
            assert!(words(risky).written().starts_with('\''), "{risky:?}");
        }
        assert_eq!(real(Some(-70.5)).written(), "-70.5");
        assert_eq!(words("Karsa").written(), "Karsa");
    }

    #[test]
    fn wide_times_have_no_code() {
        let code = |text: &str| time_precision(&Edtf::parse(text).expect("level 1"));
        assert_eq!(code("2031-05-03"), Some(1));
        assert_eq!(code("2031-05-03/2031-05-09"), Some(2));
        assert_eq!(code("2031-05"), Some(3));
        assert_eq!(code("2031"), None);
        assert_eq!(code("../2031-05-03"), None);
    }
}
