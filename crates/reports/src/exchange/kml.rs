//! Incidents and zones as KML 2.2, for globes: each with its time span, a disc where only an area is known.

use super::Out;
use super::columns::{COLUMNS, Cell, Row, rows};
use super::shape::{Shape, closed, region, shape};
use super::xml::{escape, ncname};
use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use crate::map::circle;
use crate::phrase;
use crate::record::degrees;
use model::{Edtf, LatLon, Verdict};
use std::fmt::Write as _;
use std::io;

pub(super) fn write(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n",
    );
    element(&mut text, "name", "Incidents as reported");
    element(&mut text, "description", &about(lookup));
    for (verdict, colour) in COLOURS {
        // Colours stand as alpha, blue, green, red.
        let _ = writeln!(
            text,
            "<Style id=\"{verdict}\"><IconStyle><color>ff{colour}</color></IconStyle><LineStyle><color>ff{colour}</color><width>1.5</width></LineStyle><PolyStyle><color>40{colour}</color></PolyStyle></Style>"
        );
    }
    text.push_str("<Style id=\"zone\"><LineStyle><color>ff666666</color><width>2</width></LineStyle><PolyStyle><fill>0</fill></PolyStyle></Style>");
    text.push_str("<Folder>\n<name>Incidents</name>\n");
    for row in rows(lookup, crosswalk) {
        incident(&mut text, &row);
        out.write_all(text.as_bytes())?;
        text.clear();
    }
    text.push_str("</Folder>\n<Folder>\n<name>Zones</name>\n");
    zones(&mut text, lookup);
    text.push_str("</Folder>\n</Document>\n</kml>\n");
    out.write_all(text.as_bytes())
}

fn zones(out: &mut String, lookup: &Lookup<'_>) {
    let mut agreements: Vec<_> = lookup.told.agreements.iter().collect();
    agreements.sort_by_key(|agreement| (&agreement.id, &agreement.version));
    for agreement in agreements {
        for (zone, shape) in agreement
            .zones
            .iter()
            .flat_map(|zone| zone.shapes.iter().map(move |shape| (zone, shape)))
        {
            out.push_str("<Placemark>\n");
            element(out, "name", &zone.name);
            element(
                out,
                "description",
                &format!("{} {}", zone.description, shape.status),
            );
            span(out, &shape.during);
            out.push_str("<styleUrl>#zone</styleUrl>\n<MultiGeometry>");
            for ring in &shape.rings {
                polygon(out, &closed(ring));
            }
            out.push_str("</MultiGeometry>\n</Placemark>\n");
        }
    }
}

fn about(lookup: &Lookup<'_>) -> String {
    let mut about = crate::summary::coverage(lookup.picture);
    if !lookup.picture.watermark.is_empty() {
        about = format!("{}. {about}", lookup.picture.watermark);
    }
    about
}

fn incident(out: &mut String, row: &Row<'_>) {
    let incident = row.incident;
    let _ = writeln!(out, "<Placemark id=\"{}\">", ncname(incident.id.as_str()));
    element(out, "name", &phrase::incident(incident));
    element(out, "description", &description(row));
    span(out, &incident.when);
    let verdict = row
        .lookup
        .verdict(&incident.id)
        .map_or("not judged", Verdict::as_str);
    let _ = writeln!(out, "<styleUrl>#{}</styleUrl>", verdict.replace(' ', "-"));
    out.push_str("<ExtendedData>");
    for column in &COLUMNS {
        let cell = (column.cell)(row);
        if cell != Cell::Empty {
            let _ = write!(
                out,
                "<Data name=\"{}\"><value>{}</value></Data>",
                column.name,
                escape(&cell.plain())
            );
        }
    }
    out.push_str("</ExtendedData>\n");
    match shape(incident) {
        Some(Shape::Point(at)) => {
            let _ = write!(
                out,
                "<MultiGeometry><Point><coordinates>{}</coordinates></Point>",
                position(at)
            );
            // The disc beside the point says how closely it is known.
            if let Some(region) = region(incident) {
                polygon(out, &circle(region));
            }
            out.push_str("</MultiGeometry>\n");
        }
        Some(Shape::Area(ring)) => polygon(out, &ring),
        None => {}
    }
    out.push_str("</Placemark>\n");
}

fn description(row: &Row<'_>) -> String {
    let incident = row.incident;
    format!(
        "{}. Occurrence {}. On the word of: {}.",
        phrase::location(incident.location.as_ref()),
        incident.status.occurrence.as_str(),
        row.sources()
    )
}

/// Days are civil days of the place; the form knows no zone of time for them.
fn span(out: &mut String, when: &Edtf) {
    if !when.is_known() {
        return;
    }
    out.push_str("<TimeSpan>");
    for (name, day) in [("begin", when.earliest()), ("end", when.latest())] {
        if let Some(day) = day {
            let _ = write!(out, "<{name}>{day}</{name}>");
        }
    }
    out.push_str("</TimeSpan>\n");
}

fn polygon(out: &mut String, ring: &[LatLon]) {
    let points: Vec<String> = ring.iter().map(|at| position(*at)).collect();
    let _ = writeln!(
        out,
        "<Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></outerBoundaryIs></Polygon>",
        points.join(" ")
    );
}

fn position(at: LatLon) -> String {
    format!("{},{}", degrees(at.lon), degrees(at.lat))
}

fn element(out: &mut String, name: &str, words: &str) {
    let _ = writeln!(out, "<{name}>{}</{name}>", escape(words));
}

/// A style for each verdict: its id, and its colour as blue, green, red.
const COLOURS: [(&str, &str); 6] = [
    ("violation", "1f1fc4"),
    ("not-assessable", "1a8fe0"),
    ("pending", "b36d2a"),
    ("excluded", "8a8a8a"),
    ("no-violation", "4f8a3c"),
    ("not-judged", "555555"),
];
