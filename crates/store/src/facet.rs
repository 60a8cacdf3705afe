//! What records are filtered by: their days, their place, and words of a fixed list.

use std::collections::BTreeSet;

use model::record::Record;
use serde_json::Value;

/// Which records of a kind to keep; the default keeps all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// The kind.
    pub kind: String,
    /// First day, such as 2031-05-03; keeps what can lie on it or later.
    pub from: Option<String>,
    /// Last day; keeps what can lie on it or earlier.
    pub to: Option<String>,
    /// Names of facets with the values of which a record must have one.
    pub facets: Vec<(&'static str, Vec<String>)>,
    /// Names of facets with values of which a record must have none.
    pub without: Vec<(&'static str, Vec<String>)>,
    /// Name of a page that it stands on.
    pub document: Option<String>,
    /// Words that its quoted words, or those of what it rests on, all hold.
    pub text: Option<String>,
    /// West, south, east and north in degrees; the centre of its place lies between. West may be greater
    /// than east, across the line of 180 degrees.
    pub bbox: Option<[f64; 4]>,
}

/// Name of the facet of what a record rests on. It has a table of its own, since its values are ids.
pub(crate) const BASIS: &str = "basis";

/// First and last day that a record can be, as far as it is dated.
pub(crate) fn days(record: &Record) -> (Option<String>, Option<String>) {
    let fields = &record.fields;
    let text = |value: &Value| {
        value
            .as_str()
            .filter(|day| read_day(day).is_some())
            .map(str::to_owned)
    };
    for name in ["when", "said", "during"] {
        if fields[name].is_object() {
            return (text(&fields[name]["earliest"]), text(&fields[name]["latest"]));
        }
    }
    if fields["since"].is_object() {
        return (
            text(&fields["since"]["earliest"]),
            text(&fields["until"]["latest"]),
        );
    }
    let day = ["day", "published"].iter().find_map(|name| text(&fields[*name]));
    (day.clone(), day)
}

/// A day such as 2031-05-03 as the number 20310503.
pub(crate) fn read_day(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    let is_day = bytes.len() == 10
        && bytes.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_day.then(|| {
        let digits = bytes.iter().filter(|byte| **byte != b'-');
        digits.fold(0, |number, digit| number * 10 + i32::from(digit - b'0'))
    })
}

/// The day of such a number.
pub(crate) fn day(number: i32) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        number / 10_000,
        number / 100 % 100,
        number % 100
    )
}

/// Latitude and longitude of the middle of its place. What is known to a country only has none: in the middle of
/// a country nothing happened.
pub(crate) fn point(record: &Record) -> Option<(f64, f64)> {
    let (own, place) = (&record.fields["region"], &record.fields["place"]);
    let region = if own.is_object() { own } else { &place["region"] };
    if place["precision"] == "country" {
        return None;
    }
    region["lat"].as_f64().zip(region["lon"].as_f64())
}

/// Names and values of the facets of a record, each once.
pub(crate) fn facets(record: &Record) -> BTreeSet<(&'static str, String)> {
    let fields = &record.fields;
    let mut all = BTreeSet::new();
    // An incident has these by its findings.
    let own = OWN
        .iter()
        .filter(|name| record.kind != "incident" || !JUDGED.contains(name));
    for name in own {
        match &fields[*name] {
            Value::String(value) => all.insert((*name, value.clone())),
            Value::Bool(value) => all.insert((*name, value.to_string())),
            _ => continue,
        };
    }
    // Few are: to leave them out costs less than to name all others.
    if fields["archived"] == true {
        all.insert(("archived", "true".to_owned()));
    }
    if let Some(status) = fields["status"]["occurrence"].as_str() {
        all.insert(("status", status.to_owned()));
    }
    if let (Some(agreement), Some(zone)) = (fields["agreement"].as_str(), fields["zone"].as_str()) {
        all.insert(("zone", format!("{agreement}/{zone}")));
    }
    let places = fields["places"].as_array().into_iter().flatten();
    for place in places.chain([&fields["place"], fields]) {
        for zone in place["zones"].as_array().into_iter().flatten() {
            // What is not told to lie outside cannot be left out of the zone.
            if let (Some(agreement), Some(key)) = (zone["agreement"].as_str(), zone["zone"].as_str())
                && zone["inside"] != "no"
            {
                all.insert(("zone", format!("{agreement}/{key}")));
            }
        }
        all.extend(provinces(place).map(|key| ("province", key)));
    }
    all
}

/// Provinces that a place may lie in, as country/name: that of the chosen place, or else of every candidate.
fn provinces(place: &Value) -> impl Iterator<Item = String> {
    let (chosen, candidates) = (&place["chosen"], place["candidates"].as_array());
    let candidates = candidates.filter(|_| !chosen.is_object());
    [chosen]
        .into_iter()
        .chain(candidates.into_iter().flatten())
        .filter_map(|one| {
            let (country, name) = one["country"].as_str().zip(one["province"].as_str())?;
            (!name.is_empty()).then(|| format!("{country}/{name}"))
        })
}

/// The incident that a finding is about, and what an incident is found by through it.
pub(crate) fn judged(record: &Record) -> Option<(&str, impl Iterator<Item = (&'static str, &str)>)> {
    let fields = &record.fields;
    let incident = fields["incident"].as_str().filter(|_| record.kind == "finding")?;
    let facets = JUDGED.iter();
    Some((
        incident,
        facets.filter_map(|name| Some((*name, fields[*name].as_str()?))),
    ))
}

/// What an incident is found by through its findings.
const JUDGED: [&str; 3] = ["verdict", "agreement", "term"];

/// Fields that are facets under their own name.
const OWN: &[&str] = &[
    "act",
    "class",
    "agreement",
    "term",
    "verdict",
    "background",
    "outlet",
];
