//! Incidents and zones for programs that draw maps, after OGC API – Features, part 1: core, as GeoJSON.

use jiff::civil::Date;
use serde_json::{Value, json};
use store::Filter;

use crate::answer::{Answer, Refusal};
use crate::forms::{drawn, whole_forms_only, zone_map};
use crate::house::House;
use crate::records::{found, state_and_shutter};
use crate::route::{Asked, Parameter, Shape, Trouble, bbox};
use crate::searches::{base, moment};

const GEOJSON: &str = "application/geo+json";

/// Most features in one answer; whoever asks for more gets these, as the standard has it.
const LIMIT_MAX: usize = 10_000;
const LIMIT: usize = 100;

/// Longitude and latitude in degrees, as GeoJSON has them.
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

const COLLECTIONS: [(&str, &str, &str); 2] = [
    (
        "incidents",
        "Incidents",
        "What was told to have happened; a point is the middle of the region that it may lie in, precision says how wide.",
    ),
    (
        "zones",
        "Zones",
        "Zones of agreements, a feature for each dated shape.",
    ),
];

/// What the items may be narrowed by.
pub(crate) fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::new(
            "bbox",
            Shape::Words,
            "West, south, east, north in degrees; heights are taken and not used.",
        ),
        Parameter::new(
            "datetime",
            Shape::Words,
            "A moment or an interval such as 2017-05-01/2017-05-31 or ../2017-05-31.",
        ),
        Parameter::new(
            "limit",
            Shape::Number(1, 1 << 31),
            "How many at most; never more than 10,000.",
        ),
        Parameter::new("offset", Shape::Number(0, 1 << 53), "How many to pass over."),
    ]
}

fn link(house: &House, rel: &str, kind: &str, path: &str, title: &str) -> Value {
    json!({ "rel": rel, "type": kind, "href": format!("{}/ogc{path}", base(house)), "title": title })
}

const JSON: &str = "application/json";

/// The landing page.
pub(crate) fn landing(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    Ok(Answer::Json(json!({
        "title": "Truceline",
        "description": "Incidents and zones of a ceasefire record.",
        "links": [
            link(house, "self", JSON, "", "This page"),
            link(house, "service-desc", "application/vnd.oai.openapi+json;version=3.1", "/api", "The interface"),
            link(house, "conformance", JSON, "/conformance", "What it conforms to"),
            link(house, "data", JSON, "/collections", "The collections"),
        ],
    })))
}

/// What it conforms to.
pub(crate) fn conformance(_: &House, _: &Asked) -> Result<Answer, Trouble> {
    let class = |name: &str| format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}");
    Ok(Answer::Json(
        json!({ "conformsTo": [class("core"), class("geojson")] }),
    ))
}

/// The description of the interface.
pub(crate) fn api(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    Ok(Answer::Bytes {
        kind: "application/vnd.oai.openapi+json;version=3.1",
        bytes: house.description.clone().into_bytes(),
        headers: Vec::new(),
    })
}

fn described(house: &House, (id, title, description): (&str, &str, &str)) -> Value {
    json!({
        "id": id, "title": title, "description": description, "itemType": "feature", "crs": [CRS84],
        "links": [
            link(house, "self", JSON, &format!("/collections/{id}"), title),
            link(house, "items", GEOJSON, &format!("/collections/{id}/items"), title),
        ],
    })
}

/// The collections.
pub(crate) fn collections(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    let all: Vec<Value> = COLLECTIONS.into_iter().map(|it| described(house, it)).collect();
    let own = link(house, "self", JSON, "/collections", "The collections");
    Ok(Answer::Json(json!({ "links": [own], "collections": all })))
}

/// The name of the collection that is asked for, out of ours.
fn known(asked: &Asked) -> Result<(&'static str, &'static str, &'static str), Refusal> {
    let found = COLLECTIONS
        .into_iter()
        .find(|(id, ..)| *id == asked.part("collection"));
    found.ok_or_else(Refusal::not_found)
}

/// One of them.
pub(crate) fn one(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    Ok(Answer::Json(described(house, known(asked)?)))
}

/// Days of an interval, the open ends as nothing.
fn days(text: &str) -> Result<(Option<Date>, Option<Date>), Refusal> {
    let wrong = || Refusal::bad("\"datetime\" is a day, a moment, or an interval of them with a slash");
    let day = |part: &str| -> Result<Option<Date>, Refusal> {
        if part.is_empty() || part == ".." {
            return Ok(None);
        }
        if part.len() == 10 {
            return part.parse().map(Some).map_err(|_| wrong());
        }
        let moment: jiff::Timestamp = part.parse().map_err(|_| wrong())?;
        Ok(Some(moment.to_zoned(jiff::tz::TimeZone::UTC).date()))
    };
    let (from, to) = match text.split_once('/') {
        None => {
            let day = day(text)?.ok_or_else(wrong)?;
            (Some(day), Some(day))
        }
        Some((from, to)) => (day(from)?, day(to)?),
    };
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(wrong());
    }
    Ok((from, to))
}

/// West, south, east and north; of six numbers the heights go.
fn edges(text: &str) -> Result<[f64; 4], Refusal> {
    let parts: Vec<&str> = text.split(',').collect();
    let flat = match parts.as_slice() {
        [west, south, _, east, north, _] => [*west, *south, *east, *north].join(","),
        _ => text.to_owned(),
    };
    bbox(&flat).ok_or_else(|| Refusal::bad("\"bbox\" is four or six numbers with commas"))
}

/// Features of a collection.
pub(crate) fn items(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let (name, ..) = known(asked)?;
    let (from, to) = asked.value("datetime").map_or(Ok((None, None)), days)?;
    let edges = asked.value("bbox").map(edges).transpose()?;
    let number = |name| asked.value(name).and_then(|it| it.parse::<usize>().ok());
    let limit = number("limit").unwrap_or(LIMIT).min(LIMIT_MAX);
    let offset = number("offset").unwrap_or(0);
    let (features, matched) = match name {
        "incidents" => incidents(house, asked, (from, to), edges, (offset, limit))?,
        _ => {
            let mut all = zones(house, asked, (from, to))?;
            all.retain(|zone| edges.is_none_or(|edges| touches(&zone["geometry"], edges)));
            let matched = all.len();
            (all.into_iter().skip(offset).take(limit).collect(), matched)
        }
    };
    let path = format!("/collections/{name}");
    let address = |offset: usize| {
        let mut query: Vec<String> = ["bbox", "datetime"]
            .into_iter()
            .filter_map(|name| Some(format!("{name}={}", encoded(asked.value(name)?))))
            .collect();
        query.push(format!("limit={limit}"));
        query.push(format!("offset={offset}"));
        format!("{path}/items?{}", query.join("&"))
    };
    let mut links = vec![
        link(house, "self", GEOJSON, &address(offset), "These"),
        link(house, "collection", JSON, &path, "The collection"),
    ];
    if offset + features.len() < matched {
        links.push(link(
            house,
            "next",
            GEOJSON,
            &address(offset + limit),
            "Those after these",
        ));
    }
    if offset > 0 {
        links.push(link(
            house,
            "prev",
            GEOJSON,
            &address(offset.saturating_sub(limit)),
            "Those before these",
        ));
    }
    Ok(geojson(&json!({
        "type": "FeatureCollection", "features": features, "numberMatched": matched,
        "numberReturned": features.len(), "timeStamp": moment(house.now_s()), "links": links,
    })))
}

/// What stands in a query without breaking it.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b',' | b'/' | b':' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn incidents(
    house: &House,
    asked: &Asked,
    (from, to): (Option<Date>, Option<Date>),
    edges: Option<[f64; 4]>,
    (offset, limit): (usize, usize),
) -> Result<(Vec<Value>, usize), Trouble> {
    house.look(|reader| {
        let (state, shutter) = state_and_shutter(house, reader, asked)?;
        whole_forms_only(&shutter)?;
        let filter = Filter {
            kind: "incident".to_owned(),
            from: from.map(|day| day.to_string()),
            to: to.map(|day| day.to_string()),
            bbox: edges,
            without: vec![crate::records::archived()],
            ..Filter::default()
        };
        let ords = found(reader, &shutter, &filter)?;
        let page: Vec<i64> = ords.iter().copied().skip(offset).take(limit).collect();
        let ids = reader.ids(&page)?;
        let wanted = ids.iter().cloned().collect();
        let mut map = drawn(&*house.world(&state)?, reader, &shutter, &wanted)?;
        let mut features: Vec<Value> = map["features"]
            .as_array_mut()
            .map(std::mem::take)
            .unwrap_or_default();
        let place = |feature: &Value| ids.iter().position(|id| feature["id"] == id.as_str());
        features.sort_by_key(place);
        Ok((features, ords.len()))
    })
}

/// The shapes that hold at some time of an interval, each under an id of its own.
fn zones(
    house: &House,
    asked: &Asked,
    (from, to): (Option<Date>, Option<Date>),
) -> Result<Vec<Value>, Trouble> {
    house.look(|reader| {
        let (state, shutter) = state_and_shutter(house, reader, asked)?;
        whole_forms_only(&shutter)?;
        let holds = |during: &model::Edtf| {
            to.is_none_or(|to| during.earliest().is_none_or(|first| first <= to))
                && from.is_none_or(|from| during.latest().is_none_or(|last| last >= from))
        };
        let mut map = zone_map(reader, &shutter, &*house.world(&state)?, &holds, None)?;
        let mut features: Vec<Value> = map["features"]
            .as_array_mut()
            .map(std::mem::take)
            .unwrap_or_default();
        let mut seen = std::collections::BTreeMap::new();
        for feature in &mut features {
            // A slash would end the part of the address; a zone with several shapes has a number for each.
            let id = feature["id"].as_str().unwrap_or_default().replace('/', ".");
            let times: &mut usize = seen.entry(id.clone()).or_default();
            *times += 1;
            feature["id"] = if *times == 1 {
                json!(id)
            } else {
                json!(format!("{id}.{times}"))
            };
        }
        Ok(features)
    })
}

/// Whether the rectangle around a geometry and another have a point in common.
fn touches(geometry: &Value, [west, south, east, north]: [f64; 4]) -> bool {
    fn around(value: &Value, edges: &mut [f64; 4]) {
        match value.as_array().map(Vec::as_slice) {
            Some([Value::Number(x), Value::Number(y), ..]) => {
                let (x, y) = (x.as_f64().unwrap_or_default(), y.as_f64().unwrap_or_default());
                *edges = [edges[0].min(x), edges[1].min(y), edges[2].max(x), edges[3].max(y)];
            }
            Some(parts) => parts.iter().for_each(|part| around(part, edges)),
            None => {}
        }
    }
    let mut own = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    around(&geometry["coordinates"], &mut own);
    let across = |west: f64, east: f64| own[0] <= east && own[2] >= west;
    // A rectangle whose west lies east of its east goes over the line of the date.
    let side = if west <= east {
        across(west, east)
    } else {
        across(west, 180.0) || across(-180.0, east)
    };
    side && own[1] <= north && own[3] >= south
}

/// One feature.
pub(crate) fn item(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let (name, ..) = known(asked)?;
    let id = asked.part("id");
    let feature = match name {
        "incidents" => house.look(|reader| {
            let (state, shutter) = state_and_shutter(house, reader, asked)?;
            whole_forms_only(&shutter)?;
            crate::records::one(reader, &shutter, "incident", id)?;
            let mut map = drawn(&*house.world(&state)?, reader, &shutter, &[id.to_owned()].into())?;
            Ok(map["features"].get_mut(0).map(Value::take))
        })?,
        _ => zones(house, asked, (None, None))?
            .into_iter()
            .find(|zone| zone["id"] == id),
    };
    let mut feature = feature.ok_or_else(Refusal::not_found)?;
    feature["links"] = json!([
        link(
            house,
            "self",
            GEOJSON,
            &format!("/collections/{name}/items/{}", encoded(id)),
            "This"
        ),
        link(
            house,
            "collection",
            JSON,
            &format!("/collections/{name}"),
            "The collection"
        ),
    ]);
    Ok(geojson(&feature))
}

fn geojson(value: &Value) -> Answer {
    Answer::Bytes {
        kind: GEOJSON,
        bytes: value.to_string().into_bytes(),
        headers: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_have_open_ends_and_moments_are_days() {
        let day = |text: &str| Some(text.parse::<Date>().expect(text));
        for (text, from, to) in [
            ("2017-05-04", day("2017-05-04"), day("2017-05-04")),
            ("2017-05-04T23:30:00Z", day("2017-05-04"), day("2017-05-04")),
            ("2017-05-04T23:30:00-02:00/..", day("2017-05-05"), None),
            ("../2017-05-04", None, day("2017-05-04")),
            ("/2017-05-04", None, day("2017-05-04")),
            ("2017-05-04/2017-05-06", day("2017-05-04"), day("2017-05-06")),
            ("../..", None, None),
        ] {
            assert_eq!(days(text).ok(), Some((from, to)), "{text}");
        }
        for text in [
            "",
            "..",
            "2017",
            "2017-13-01",
            "2017-05-06/2017-05-04",
            "2017-05-04/x",
            "a/b/c",
        ] {
            assert!(days(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rectangles_touch_also_over_the_line_of_the_date() {
        let square = json!({ "coordinates": [[[170.0, 10.0], [175.0, 10.0], [175.0, 12.0], [170.0, 12.0], [170.0, 10.0]]] });
        assert!(touches(&square, [160.0, 0.0, 171.0, 11.0]));
        assert!(touches(&square, [174.0, 0.0, -170.0, 11.0]));
        assert!(!touches(&square, [176.0, 0.0, -170.0, 11.0]));
        assert!(!touches(&square, [160.0, 13.0, 171.0, 20.0]));
        assert!(!touches(&Value::Null, [-180.0, -90.0, 180.0, 90.0]));
        assert_eq!(edges("1,2,0,3,4,9").ok(), Some([1.0, 2.0, 3.0, 4.0]));
        assert!(edges("1,2,3").is_err() && edges("1,9,3,4").is_err());
    }
}
