//! Zones: dated text first, outlines second.

use super::entry::{Entry, Faults, with_table};
use super::{Known, shape};
use model::{AgreementId, DataFault, Zone, ZoneId, ZoneShape};

/// Reads `zones.toml` and joins the outlines of `zones.geojson` to the zones they name.
pub(super) fn read(
    id: &str,
    folder: &str,
    zones: Option<&str>,
    shapes: Option<&str>,
    known: &Known,
) -> (Vec<Zone>, Vec<DataFault>) {
    let (mut zones, mut all_faults) = match zones {
        None => (Vec::new(), Vec::new()),
        Some(text) => with_table(
            format!("{folder}/zones.toml"),
            text,
            "file of zones",
            |top, faults| all(id, top, known, faults),
        ),
    };
    if let Some(text) = shapes {
        let mut faults = Faults::new(format!("{folder}/zones.geojson"), text);
        for (zone, line, outline) in shape::read(text, &mut faults) {
            join(&mut zones, &zone, line, outline, &mut faults);
        }
        all_faults.extend(faults.into_list());
    }
    (zones, all_faults)
}

fn join(zones: &mut [Zone], name: &str, line: usize, outline: ZoneShape, faults: &mut Faults) {
    match zones.iter().position(|zone| zone.id.as_str() == name) {
        Some(at) => zones[at].shapes.push(outline),
        None => faults.stranger(line, "zone", name, zones.iter().map(|zone| zone.id.as_str())),
    }
}

fn all(id: &str, top: &mut Entry<'_>, known: &Known, faults: &mut Faults) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    for mut entry in top.entries("zone", faults) {
        let zone_id = super::fresh_id(&mut entry, zones.iter().map(|zone| zone.id.as_str()), faults);
        let provinces = names(&mut entry, "provinces", &known.provinces, faults);
        let whole_provinces = names(&mut entry, "whole_provinces", &known.provinces, faults);
        if let Some(stray) = whole_provinces.iter().find(|name| !provinces.contains(name)) {
            let line = entry.line_of("whole_provinces", faults);
            faults.add(
                line,
                format!("\"{stray}\" is whole in this zone, and the zone does not touch it"),
                "name it under \"provinces\" too",
            );
        }
        zones.push(Zone {
            agreement: AgreementId(id.to_owned()),
            id: ZoneId(zone_id),
            name: entry.text("name", faults),
            description: entry.text("description", faults),
            source: entry.text("source", faults),
            during: entry.period(faults),
            shapes: Vec::new(),
            named_inside: inside(&mut entry, known, faults),
            whole_provinces,
            provinces,
        });
        entry.close(faults);
    }
    zones
}

fn names(entry: &mut Entry<'_>, key: &'static str, known: &[String], faults: &mut Faults) -> Vec<String> {
    let names = entry.texts(key, faults);
    let line = entry.line_of(key, faults);
    for name in &names {
        if !known.is_empty() && !known.contains(name) {
            faults.stranger(line, "province", name, known.iter().map(String::as_str));
        }
    }
    names
}

/// Places that a source puts inside, one `[[zone.inside]]` each.
fn inside(entry: &mut Entry<'_>, known: &Known, faults: &mut Faults) -> Vec<String> {
    let mut places = Vec::new();
    for mut place in entry.entries("inside", faults) {
        let name = place.text("place", faults);
        let line = place.line_of("place", faults);
        if !known.places.is_empty() && !known.places.contains(&name) {
            faults.stranger(line, "place", &name, known.places.iter().map(String::as_str));
        }
        place.text("source", faults);
        place.close(faults);
        places.push(name);
    }
    places
}
