//! Incidents as CSV: columns that readers of ACLED know, then ours; on request a row of HXL tags.

use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use crate::phrase;
use crate::plain::visible;
use model::{Edtf, Incident, Metric, PlacePrecision, Resolution, Verdict};

/// The whole table, one row for each incident, lines ended by CR LF after RFC 4180.
pub(crate) fn write(lookup: &Lookup<'_>, crosswalk: &Crosswalk, hxl: bool) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut put = |row: Vec<String>| {
        // Writing to memory fails only when rows differ in length, and all are made from COLUMNS.
        let written = writer.write_record(&row);
        debug_assert!(written.is_ok(), "a row of another length");
    };
    put(COLUMNS.iter().map(|column| column.name.to_owned()).collect());
    if hxl {
        put(COLUMNS.iter().map(|column| column.tag.to_owned()).collect());
    }
    for incident in &lookup.incidents {
        let row = Row {
            lookup,
            crosswalk,
            incident,
        };
        put(COLUMNS
            .iter()
            .map(|column| (column.cell)(&row).written())
            .collect());
    }
    writer.into_inner().unwrap_or_default()
}

/// A cell: words from pages are guarded, numbers of ours are not.
enum Cell {
    Words(String),
    Number(String),
}

impl Cell {
    /// A spreadsheet runs a cell that starts with one of these marks as a formula; an apostrophe keeps it
    /// text. Marks that hide or reorder text are shown.
    fn written(self) -> String {
        match self {
            Self::Number(number) => number,
            Self::Words(words) => {
                let risky = words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']);
                let words = visible(&words);
                // White space in front is trimmed away by some readers before they look.
                let risky = risky
                    || words
                        .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
                if risky { format!("'{words}") } else { words }
            }
        }
    }
}

fn number(value: impl ToString) -> Cell {
    Cell::Number(value.to_string())
}

fn optional(value: Option<impl ToString>) -> Cell {
    Cell::Number(value.map(|value| value.to_string()).unwrap_or_default())
}

fn words(value: impl Into<String>) -> Cell {
    Cell::Words(value.into())
}

struct Row<'a> {
    lookup: &'a Lookup<'a>,
    crosswalk: &'a Crosswalk,
    incident: &'a Incident,
}

struct Column {
    name: &'static str,
    /// HXL tag; empty where the standard has none that fits.
    tag: &'static str,
    cell: fn(&Row<'_>) -> Cell,
}

const fn column(name: &'static str, tag: &'static str, cell: fn(&Row<'_>) -> Cell) -> Column {
    Column { name, tag, cell }
}

/// Columns up to `fatalities` are named as in ACLED; `fatalities` is the lowest account, as there.
const COLUMNS: [Column; 47] = [
    column("event_id", "#event+id", |row| words(row.incident.id.as_str())),
    column("event_date", "#date+event", |row| {
        optional(row.incident.when.earliest())
    }),
    column("year", "#date+year", |row| {
        optional(row.incident.when.earliest().map(|day| day.year()))
    }),
    column("time_precision", "#x_precision+time", |row| {
        optional(time_precision(&row.incident.when))
    }),
    column("event_type", "#event+type", |row| {
        words(row.crosswalk.acled(&row.incident.act.id).0)
    }),
    column("sub_event_type", "#event+type+sub", |row| {
        words(row.crosswalk.acled(&row.incident.act.id).1)
    }),
    column("actor1", "#x_actor+alleged", |row| words(row.alleged())),
    column("actor2", "#x_actor+target", |row| words(row.targets())),
    column("country", "#country+code", |row| {
        words(row.chosen().map_or("", |it| &it.country))
    }),
    column("admin1", "#adm1+name", |row| {
        words(row.chosen().map_or("", |it| &it.province))
    }),
    column("location", "#loc+name", |row| {
        words(row.chosen().map_or("", |it| &it.name))
    }),
    column("latitude", "#geo+lat", |row| {
        optional(row.at().map(|(lat, _)| lat))
    }),
    column("longitude", "#geo+lon", |row| {
        optional(row.at().map(|(_, lon)| lon))
    }),
    column("geo_precision", "#x_precision+geo", |row| {
        optional(geo_precision(row.precision()))
    }),
    column("source", "#meta+source", |row| words(row.sources())),
    column("notes", "#description", |row| {
        words(phrase::incident(row.incident))
    }),
    column("fatalities", "#affected+killed", |row| {
        optional(row.toll(Metric::Killed).map(|(low, _)| low))
    }),
    column("date_earliest", "#date+start", |row| {
        optional(row.incident.when.earliest())
    }),
    column("date_latest", "#date+end", |row| {
        optional(row.incident.when.latest())
    }),
    column("date_edtf", "", |row| number(&row.incident.when)),
    column("act", "#x_act", |row| words(row.incident.act.id.as_str())),
    column("act_class", "#x_act+class", |row| {
        words(row.incident.act.class.as_str())
    }),
    column("weapon", "", |row| words(&*row.incident.weapon)),
    column("killed_low", "#affected+killed+min", |row| {
        optional(row.toll(Metric::Killed).map(|(low, _)| low))
    }),
    column("killed_high", "#affected+killed+max", |row| {
        optional(row.toll(Metric::Killed).and_then(|(_, high)| high))
    }),
    column("injured_low", "#affected+injured+min", |row| {
        optional(row.toll(Metric::Injured).map(|(low, _)| low))
    }),
    column("injured_high", "#affected+injured+max", |row| {
        optional(row.toll(Metric::Injured).and_then(|(_, high)| high))
    }),
    column("attribution", "", |row| words(row.attributions())),
    column("place_as_written", "", |row| {
        words(
            row.incident
                .location
                .as_ref()
                .map(|it| phrase::place(&it.mention))
                .unwrap_or_default(),
        )
    }),
    column("place_precision", "", |row| {
        words(
            row.incident
                .location
                .as_ref()
                .map_or("", |it| it.precision.as_str()),
        )
    }),
    column("radius_m", "#x_radius+m", |row| {
        optional(
            row.incident
                .location
                .as_ref()
                .and_then(|it| it.region)
                .map(|it| it.radius.0.round()),
        )
    }),
    column("zone", "", |row| words(row.zones())),
    column("pages", "#x_count+pages", |row| {
        number(row.incident.documents.len())
    }),
    column("origins", "#x_count+origins", |row| {
        number(row.incident.origins.len())
    }),
    column("independent_origins", "#x_count+origins+independent", |row| {
        number(row.incident.independent_origins())
    }),
    column("status_occurrence", "#status+occurrence", |row| {
        words(row.incident.status.occurrence.as_str())
    }),
    column("status_place", "#status+place", |row| {
        words(row.incident.status.place.as_str())
    }),
    column("status_time", "#status+time", |row| {
        words(row.incident.status.time.as_str())
    }),
    column("status_means", "#status+means", |row| {
        words(row.incident.status.means.as_str())
    }),
    column("status_toll", "#status+toll", |row| {
        words(row.incident.status.toll.as_str())
    }),
    column("status_author", "#status+author", |row| {
        words(row.incident.status.author.as_str())
    }),
    column("background", "", |row| number(row.incident.background)),
    column("series", "", |row| number(row.incident.series)),
    column("verdict", "#x_verdict", |row| {
        words(
            row.lookup
                .verdict(&row.incident.id)
                .map_or("not judged", Verdict::as_str),
        )
    }),
    column("findings", "", |row| words(row.findings())),
    column("quote", "#x_quote", |row| words(row.quote())),
    column("page_names", "#meta+url", |row| words(row.pages())),
];

impl Row<'_> {
    fn chosen(&self) -> Option<&model::Candidate> {
        self.incident
            .location
            .as_ref()
            .and_then(|location| location.chosen.as_ref())
    }
    fn precision(&self) -> Option<PlacePrecision> {
        self.incident.location.as_ref().map(|location| location.precision)
    }
    /// Degrees to five decimals, only where the place is known more closely than a country.
    fn at(&self) -> Option<(f64, f64)> {
        geo_precision(self.precision())?;
        let region = self.incident.location.as_ref()?.region;
        let centre = region.filter(|region| crate::map::is_drawable(*region))?.centre;
        Some((
            crate::record::degrees(centre.lat),
            crate::record::degrees(centre.lon),
        ))
    }
    fn toll(&self, metric: Metric) -> Option<(u64, Option<u64>)> {
        self.incident
            .toll(metric)
            .map(|toll| (toll.range.low, toll.range.high))
    }
    /// Everybody who is named as the author by anybody, without those who are only denied.
    fn alleged(&self) -> String {
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
    fn targets(&self) -> String {
        distinct(self.incident.targets.iter().map(|it| it.label.clone()))
    }
    fn sources(&self) -> String {
        distinct(self.incident.origins.iter().map(|origin| origin.label.clone()))
    }
    fn attributions(&self) -> String {
        distinct(self.incident.attributions.iter().map(phrase::attribution))
    }
    fn zones(&self) -> String {
        let zones = self.incident.location.iter().flat_map(|location| &location.zones);
        distinct(zones.map(|it| format!("{}/{}={}", it.agreement, it.zone, it.inside.as_str())))
    }
    fn findings(&self) -> String {
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
    fn quote(&self) -> String {
        let quotes = self.lookup.quotes(&self.incident.claims);
        quotes
            .into_iter()
            .next()
            .map(|quote| quote.words)
            .unwrap_or_default()
    }
    fn pages(&self) -> String {
        distinct(self.incident.documents.iter().map(|id| self.lookup.name(id)))
    }
}

/// Each once, in order, between semicolons.
fn distinct(values: impl IntoIterator<Item = String>) -> String {
    let values: std::collections::BTreeSet<_> = values.into_iter().collect();
    values.into_iter().collect::<Vec<_>>().join("; ")
}

/// ACLED: 1 the day, 2 the week, 3 the month. Anything wider, or open, has no code there.
fn time_precision(when: &Edtf) -> Option<u8> {
    match when.days()? {
        1 if !when.approximate => Some(1),
        days if days <= 7 => Some(2),
        days if days <= 31 => Some(3),
        _ => None,
    }
}

/// ACLED: 1 the town, 2 near it or a part of a region, 3 a larger region. A country has no code there.
fn geo_precision(precision: Option<PlacePrecision>) -> Option<u8> {
    match precision? {
        PlacePrecision::Exact | PlacePrecision::Town => Some(1),
        PlacePrecision::Near => Some(2),
        PlacePrecision::District | PlacePrecision::Province => Some(3),
        PlacePrecision::Country | PlacePrecision::Unresolved => None,
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
        assert_eq!(number(-70.5).written(), "-70.5");
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
