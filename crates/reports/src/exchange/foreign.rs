//! Incidents in the columns of ACLED and of UCDP GED, as far as they can be filled honestly.
//!
//! What needs the judgement of their coders (sides of a dyad, kinds of actor, type of violence, ids of
//! conflicts) stays empty. What their table has no form for is no row: see [`takes_acled`], [`takes_ucdp`].

use super::Out;
use super::columns::{
    Cell, Column, Kind, Row, code, column, day, number, real, rows, time_precision, whole, words,
};
use super::csv::table;
use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use crate::phrase;
use model::{Edtf, Metric, PlacePrecision, Status};
use std::io;

pub(super) fn acled(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    table(&ACLED, false, rows(lookup, crosswalk).filter(takes_acled), out)
}

pub(super) fn ucdp(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    table(&UCDP, false, rows(lookup, crosswalk).filter(takes_ucdp), out)
}

/// ACLED has rows for acts of its own list that begin on a known day, and none for what was shown false.
pub(super) fn takes_acled(row: &Row<'_>) -> bool {
    let incident = row.incident;
    incident.status.occurrence != Status::Refuted
        && !row.crosswalk.acled(&incident.act.id).0.is_empty()
        && incident.when.earliest().is_some()
}

/// UCDP has rows for armed force with at least one death on some account, a place and both ends of the time,
/// and none for what was shown false.
pub(super) fn takes_ucdp(row: &Row<'_>) -> bool {
    let incident = row.incident;
    let force = row.crosswalk.code("ucdp", "class", incident.act.class.as_str());
    let deaths = incident.toll(Metric::Killed);
    incident.status.occurrence != Status::Refuted
        && !force.is_empty()
        && deaths.is_some_and(|toll| toll.range.high != Some(0))
        && !where_prec(row).is_empty()
        && incident.when.days().is_some()
}

fn where_prec<'a>(row: &'a Row<'_>) -> &'a str {
    let precision = row.precision().map_or("", PlacePrecision::as_str);
    row.crosswalk.code("ucdp", "where_prec", precision)
}

/// UCDP: 1 the day, 2 two to six days, 3 the week, 4 the month, 5 the year.
fn date_prec(when: &Edtf) -> Option<u8> {
    match when.days()? {
        1 if !when.approximate => Some(1),
        days if days <= 6 => Some(2),
        7 => Some(3),
        days if days <= 31 => Some(4),
        days if days <= 366 => Some(5),
        _ => None,
    }
}

fn country<'a>(row: &'a Row<'_>, field: &str) -> &'a str {
    row.chosen()
        .map_or("", |it| row.crosswalk.code("country", field, &it.country))
}

/// Days of the pages, each once.
fn page_days(row: &Row<'_>) -> String {
    let pages = row
        .incident
        .documents
        .iter()
        .filter_map(|id| row.lookup.document(id));
    let days: std::collections::BTreeSet<String> = pages
        .map(|page| &page.published.edtf)
        .filter(|day| day.is_known())
        .map(ToString::to_string)
        .collect();
    days.into_iter().collect::<Vec<_>>().join("; ")
}

fn headlines(row: &Row<'_>) -> String {
    let pages = row
        .incident
        .documents
        .iter()
        .filter_map(|id| row.lookup.document(id));
    let titles: std::collections::BTreeSet<&str> = pages.filter_map(|page| page.title.as_deref()).collect();
    titles.into_iter().collect::<Vec<_>>().join("; ")
}

/// The sentence that tells the incident, with what a table of this kind has no column for.
fn notes(row: &Row<'_>) -> Cell {
    let incident = row.incident;
    let mut told = phrase::incident(incident);
    told.push_str(&format!(
        ". Occurrence {}; {}, {} independent of the parties; time {}.",
        incident.status.occurrence.as_str(),
        phrase::number(incident.origins.len(), "origin", "origins"),
        incident.independent_origins(),
        incident.when,
    ));
    let attributions = row.attributions();
    if !attributions.is_empty() {
        told.push_str(&format!(" Author as told: {attributions}."));
    }
    words(told)
}

/// The mark of the picture stands in each row: rows are cut out and passed on.
fn watermark(row: &Row<'_>) -> Cell {
    words(row.lookup.picture.watermark.as_str())
}

const EMPTY: fn(&Row<'_>) -> Cell = |_| Cell::Empty;

/// The columns of an ACLED download. `fatalities` is the lowest account; `actor1` and `actor2` imply no direction
/// there, and hold who is told to have done it and whom it hit.
const ACLED: [Column; 31] = [
    column("event_id_cnty", "", Kind::Words, |row| {
        words(row.incident.id.as_str())
    }),
    column("event_date", "", Kind::Day, |row| {
        day(row.incident.when.earliest())
    }),
    column("year", "", Kind::Whole, |row| {
        whole(row.incident.when.earliest().map(|day| day.year().unsigned_abs()))
    }),
    column("time_precision", "", Kind::Whole, |row| {
        whole(time_precision(&row.incident.when))
    }),
    column("disorder_type", "", Kind::Words, |row| {
        let event = row.crosswalk.acled(&row.incident.act.id).0;
        words(row.crosswalk.code("acled", "disorder_type", event))
    }),
    column("event_type", "", Kind::Words, |row| {
        words(row.crosswalk.acled(&row.incident.act.id).0)
    }),
    column("sub_event_type", "", Kind::Words, |row| {
        words(row.crosswalk.acled(&row.incident.act.id).1)
    }),
    column("actor1", "", Kind::Words, |row| words(row.alleged())),
    column("assoc_actor_1", "", Kind::Words, EMPTY),
    column("inter1", "", Kind::Words, EMPTY),
    column("actor2", "", Kind::Words, |row| words(row.targets())),
    column("assoc_actor_2", "", Kind::Words, EMPTY),
    column("inter2", "", Kind::Words, EMPTY),
    column("interaction", "", Kind::Words, EMPTY),
    column("civilian_targeting", "", Kind::Words, EMPTY),
    column("iso", "", Kind::Whole, |row| number(country(row, "iso"))),
    column("region", "", Kind::Words, EMPTY),
    column("country", "", Kind::Words, |row| words(country(row, "name"))),
    column("admin1", "", Kind::Words, |row| {
        words(row.chosen().map_or("", |it| &it.province))
    }),
    column("admin2", "", Kind::Words, EMPTY),
    column("admin3", "", Kind::Words, EMPTY),
    column("location", "", Kind::Words, |row| {
        words(row.chosen().map_or("", |it| &it.name))
    }),
    column("latitude", "", Kind::Real, |row| {
        real(row.at().map(|(lat, _)| lat))
    }),
    column("longitude", "", Kind::Real, |row| {
        real(row.at().map(|(_, lon)| lon))
    }),
    column("geo_precision", "", Kind::Whole, |row| {
        number(row.geo_precision())
    }),
    column("source", "", Kind::Words, |row| words(row.sources())),
    column("source_scale", "", Kind::Words, EMPTY),
    column("notes", "", Kind::Words, notes),
    column("fatalities", "", Kind::Whole, |row| {
        whole(row.toll(Metric::Killed).map(|(low, _)| low))
    }),
    column("tags", "", Kind::Words, watermark),
    column("timestamp", "", Kind::Whole, EMPTY),
];

/// The columns of UCDP GED. Deaths are not told apart by side, so all of them stand under `deaths_unknown`.
const UCDP: [Column; 49] = [
    column("id", "", Kind::Words, |row| words(row.incident.id.as_str())),
    column("relid", "", Kind::Words, EMPTY),
    column("year", "", Kind::Whole, |row| {
        whole(row.incident.when.earliest().map(|day| day.year().unsigned_abs()))
    }),
    column("active_year", "", Kind::Whole, EMPTY),
    column("code_status", "", Kind::Words, watermark),
    column("type_of_violence", "", Kind::Whole, EMPTY),
    column("conflict_dset_id", "", Kind::Whole, EMPTY),
    column("conflict_new_id", "", Kind::Whole, EMPTY),
    column("conflict_name", "", Kind::Words, EMPTY),
    column("dyad_dset_id", "", Kind::Whole, EMPTY),
    column("dyad_new_id", "", Kind::Whole, EMPTY),
    column("dyad_name", "", Kind::Words, EMPTY),
    column("side_a_dset_id", "", Kind::Whole, EMPTY),
    column("side_a_new_id", "", Kind::Whole, EMPTY),
    column("side_a", "", Kind::Words, EMPTY),
    column("side_b_dset_id", "", Kind::Whole, EMPTY),
    column("side_b_new_id", "", Kind::Whole, EMPTY),
    column("side_b", "", Kind::Words, EMPTY),
    column("number_of_sources", "", Kind::Whole, |row| {
        whole(Some(row.incident.origins.len()))
    }),
    column("source_article", "", Kind::Words, |row| words(row.pages())),
    column("source_office", "", Kind::Words, EMPTY),
    column("source_date", "", Kind::Words, |row| code(page_days(row))),
    column("source_headline", "", Kind::Words, |row| words(headlines(row))),
    column("source_original", "", Kind::Words, |row| words(row.sources())),
    column("where_prec", "", Kind::Whole, |row| number(where_prec(row))),
    column("where_coordinates", "", Kind::Words, |row| {
        words(row.chosen().map_or("", |it| &it.name))
    }),
    column("where_description", "", Kind::Words, |row| {
        words(phrase::location(row.incident.location.as_ref()))
    }),
    column("adm_1", "", Kind::Words, |row| {
        words(row.chosen().map_or("", |it| &it.province))
    }),
    column("adm_2", "", Kind::Words, EMPTY),
    column("latitude", "", Kind::Real, |row| {
        real(row.at().map(|(lat, _)| lat))
    }),
    column("longitude", "", Kind::Real, |row| {
        real(row.at().map(|(_, lon)| lon))
    }),
    column("geom_wkt", "", Kind::Words, |row| {
        code(
            row.at()
                .map(|(lat, lon)| format!("POINT ({lon} {lat})"))
                .unwrap_or_default(),
        )
    }),
    column("priogrid_gid", "", Kind::Whole, EMPTY),
    column("country", "", Kind::Words, |row| words(country(row, "name"))),
    column("country_id", "", Kind::Whole, |row| number(country(row, "gw"))),
    column("region", "", Kind::Words, EMPTY),
    column("event_clarity", "", Kind::Whole, |row| {
        whole(Some(if row.incident.series { 2_u8 } else { 1 }))
    }),
    column("date_prec", "", Kind::Whole, |row| {
        whole(date_prec(&row.incident.when))
    }),
    column("date_start", "", Kind::Day, |row| {
        day(row.incident.when.earliest())
    }),
    column("date_end", "", Kind::Day, |row| day(row.incident.when.latest())),
    column("deaths_a", "", Kind::Whole, EMPTY),
    column("deaths_b", "", Kind::Whole, EMPTY),
    column("deaths_civilians", "", Kind::Whole, EMPTY),
    column("deaths_unknown", "", Kind::Whole, |row| {
        whole(row.best(Metric::Killed))
    }),
    column("best", "", Kind::Whole, |row| whole(row.best(Metric::Killed))),
    column("high", "", Kind::Whole, |row| {
        whole(row.toll(Metric::Killed).and_then(|(_, high)| high))
    }),
    column("low", "", Kind::Whole, |row| {
        whole(row.toll(Metric::Killed).map(|(low, _)| low))
    }),
    column("gwnoa", "", Kind::Whole, EMPTY),
    column("gwnob", "", Kind::Whole, EMPTY),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_codes_of_ucdp() {
        let prec = |text: &str| date_prec(&Edtf::parse(text).expect("level 1"));
        assert_eq!(prec("2031-05-03"), Some(1));
        assert_eq!(prec("2031-05-03/2031-05-06"), Some(2));
        assert_eq!(prec("2031-05-03/2031-05-09"), Some(3));
        assert_eq!(prec("2031-05"), Some(4));
        assert_eq!(prec("2031"), Some(5));
        assert_eq!(prec("2031-05-03/.."), None);
    }
}
