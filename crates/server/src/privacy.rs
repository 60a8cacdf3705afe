//! Incidents made coarser for everybody below a role: places rounded, times without hours, nobody quoted or named.
//!
//! What is shown of an incident is a list of what may be, not of what may not: whatever is added to incidents later is
//! hidden until somebody names it here. Everything that could tell the rest (words, pages, claims, findings with their
//! distances, days of zones) is hidden whole.

use model::record::Record;
use serde_json::{Map, Value, json};
use store::Filter;

use crate::answer::Refusal;
use crate::policy::Role;
use crate::record::Privacy;

/// Kinds that are shown at all: the incidents, and what agreements say whatever happened.
pub(crate) const OPEN_KINDS: [&str; 3] = ["incident", "agreement", "zone"];

/// Fields of an incident that are shown as they are: none of them tells a place, an hour or a name.
const FIELDS: [&str; 10] = [
    "act",
    "class",
    "pages",
    "independent_origins",
    "status",
    "background",
    "series",
    "archived",
    "grade",
    "credibility",
];

/// Fields that are lists and are shown empty, and told to be withheld.
const LISTS: [&str; 6] = [
    "attributions",
    "targets",
    "origins",
    "rulings",
    "documents",
    "quotes",
];

/// Facets that tell no more than the shown fields do.
const SAFE: [&str; 5] = ["act", "class", "status", "background", "archived"];

/// Facets that tell of the place; as safe as it where the place is shown as it is.
const PLACES: [&str; 2] = ["zone", "province"];

/// Most kilometres: beyond it a square is a country.
const KM_MAX: u32 = 500;

/// Half the way round the earth along a meridian, and all the way round the equator, in kilometres.
const MERIDIAN_KM: f64 = 20_003.9;
const EQUATOR_KM: f64 = 40_075.0;

impl Privacy {
    /// The same, when it can be kept to.
    pub(crate) fn checked(self) -> Result<Self, Refusal> {
        let role = Role::read(&self.role).filter(|role| *role != Role::Public);
        if role.is_none() {
            return Err(Refusal::bad(
                "the role is not one of those that an account may have",
            ));
        }
        match self.place_km {
            Some(km) if !(1..=KM_MAX).contains(&km) => {
                Err(Refusal::bad(format!("places are rounded to 1 to {KM_MAX} km")))
            }
            _ => Ok(self),
        }
    }

    /// Whether it holds for a role. A word that is no role holds for everybody.
    pub(crate) fn holds_for(&self, role: Role) -> bool {
        Role::read(&self.role).is_none_or(|lowest| role < lowest)
    }

    /// Whether an answer to a filter of incidents tells no more than what is shown of them does.
    pub(crate) fn admits(&self, filter: &Filter) -> bool {
        let safe = |name: &str| SAFE.contains(&name) || (self.place_km.is_none() && PLACES.contains(&name));
        filter.facets.iter().all(|(name, _)| safe(name))
            && filter.text.is_none()
            && filter.document.is_none()
            && (filter.bbox.is_none() || self.place_km.is_none())
    }

    /// Whether incidents may be counted by a facet.
    pub(crate) fn counts_by(&self, name: &str) -> bool {
        SAFE.contains(&name) || (self.place_km.is_none() && PLACES.contains(&name))
    }

    /// An incident as it is shown.
    pub(crate) fn shown(&self, record: &Record) -> Value {
        let fields = &record.fields;
        let mut shown = Map::new();
        for name in FIELDS {
            if let Some(value) = fields.get(name) {
                shown.insert(name.to_owned(), value.clone());
            }
        }
        shown.insert("when".to_owned(), self.when(&fields["when"]));
        shown.insert("place".to_owned(), self.place(&fields["place"]));
        shown.insert("tolls".to_owned(), tolls(&fields["tolls"]));
        shown.insert("weapon".to_owned(), json!(""));
        for name in LISTS {
            shown.insert(name.to_owned(), json!([]));
        }
        let lists = LISTS.iter().map(|name| format!("fields.{name}"));
        let withheld: Vec<String> = [
            "because",
            "basis",
            "document",
            "quote",
            "fields.tolls.accounts",
            "fields.weapon",
        ]
        .into_iter()
        .map(str::to_owned)
        .chain(lists)
        .collect();
        json!({
            "v": record.v, "kind": record.kind, "id": record.id, "fields": shown, "basis": [], "because": [],
            "coarse": { "place_km": self.place_km, "days_only": self.days_only }, "withheld": withheld,
        })
    }

    fn when(&self, when: &Value) -> Value {
        let day = |name: &str| {
            let day = when[name].as_str().and_then(|text| text.get(..10));
            day.filter(|day| day.parse::<jiff::civil::Date>().is_ok())
        };
        let (first, last) = (day("earliest"), day("latest"));
        let edtf = match (first, last, self.days_only) {
            (_, _, false) => when["edtf"].as_str().unwrap_or_default().to_owned(),
            (None, None, true) => "XXXX".to_owned(),
            (Some(first), Some(last), true) if first == last => first.to_owned(),
            (first, last, true) => format!("{}/{}", first.unwrap_or(".."), last.unwrap_or("..")),
        };
        json!({ "edtf": edtf, "earliest": first, "latest": last })
    }

    fn place(&self, place: &Value) -> Value {
        let Some(km) = self.place_km else {
            return place.clone();
        };
        if !place.is_object() {
            return Value::Null;
        }
        let precision = place["precision"].as_str().unwrap_or_default();
        let region = &place["region"];
        let at = region["lat"].as_f64().zip(region["lon"].as_f64());
        let region = at.filter(|_| precision != "country").map(|(lat, lon)| {
            let square = Square::of(lat, lon, f64::from(km));
            let own = region["radius_m"].as_f64().unwrap_or_default() / 1000.0;
            // In whole steps: an exact radius would tell one place from another in the same square.
            let steps = (own / f64::from(km)).ceil().max(0.0);
            let radius = (square.half_diagonal_km + steps * f64::from(km)) * 1000.0;
            json!({ "lat": rounded(square.lat), "lon": rounded(square.lon), "radius_m": radius.round() })
        });
        let precision = match (&region, precision) {
            (Some(_), _) => "coarse",
            (None, "country") => "country",
            (None, _) => "unresolved",
        };
        json!({
            "name": "", "kind": "", "relation": "", "precision": precision, "chosen": null, "candidates": [],
            "region": region, "zones": [],
        })
    }
}

/// A square of a grid that is the same for everybody and every day. Each coarser grid is made of whole squares of the
/// finer ones, so that two roundings of one place tell no more together than the finer one alone.
struct Square {
    lat: f64,
    lon: f64,
    half_diagonal_km: f64,
}

impl Square {
    fn of(lat: f64, lon: f64, km: f64) -> Self {
        let (lat, lon) = (lat.clamp(-90.0, 90.0), (lon + 180.0).rem_euclid(360.0) - 180.0);
        // The world in a power of two of rows, each at least as high as is asked.
        let rows = (MERIDIAN_KM / km).log2().floor().max(0.0).exp2();
        let high = 180.0 / rows;
        let row = ((lat + 90.0) / high).floor().min(rows - 1.0);
        let (south, north) = (row * high - 90.0, (row + 1.0) * high - 90.0);
        // And each row in a power of two of columns, each at least as wide at its narrower end.
        let narrow = south.abs().max(north.abs()).to_radians().cos().max(0.0);
        let columns = (EQUATOR_KM * narrow / (MERIDIAN_KM / rows))
            .max(1.0)
            .log2()
            .floor()
            .exp2();
        let wide = 360.0 / columns;
        let column = ((lon + 180.0) / wide).floor().min(columns - 1.0);
        let wide_km = EQUATOR_KM / columns * south.abs().min(north.abs()).to_radians().cos();
        Self {
            lat: f64::midpoint(south, north),
            lon: (column + 0.5) * wide - 180.0,
            half_diagonal_km: (MERIDIAN_KM / rows).hypot(wide_km) / 2.0,
        }
    }
}

/// Figures without whose they are.
fn tolls(tolls: &Value) -> Value {
    let one = |toll: &Value| {
        json!({
            "metric": toll["metric"], "scope": toll["scope"], "low": toll["low"], "high": toll["high"],
            "best": { "low": toll["best"]["low"], "high": toll["best"]["high"] }, "because": "", "accounts": [],
        })
    };
    tolls.as_array().into_iter().flatten().map(one).collect()
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn km_between(a: (f64, f64), b: (f64, f64)) -> f64 {
        let north = (a.0 - b.0) * MERIDIAN_KM / 180.0;
        let east = (a.1 - b.1) * EQUATOR_KM / 360.0 * f64::midpoint(a.0, b.0).to_radians().cos();
        north.hypot(east)
    }

    #[test]
    fn a_square_is_as_wide_as_asked_and_its_circle_holds_the_place() {
        for lat in (-178..=178).map(|it| f64::from(it) / 2.0 + 0.013) {
            for lon in [-179.99, -36.7, 0.0, 36.123, 179.99] {
                for km in [1.0, 5.0, 20.0, 100.0, 500.0] {
                    let square = Square::of(lat, lon, km);
                    let away = km_between((lat, lon), (square.lat, square.lon));
                    assert!(away <= square.half_diagonal_km * 1.01, "{lat} {lon} {km}: {away}");
                    // The middle of a square is its own.
                    let again = Square::of(square.lat, square.lon, km);
                    assert_eq!(
                        (again.lat, again.lon),
                        (square.lat, square.lon),
                        "{lat} {lon} {km}"
                    );
                    assert!(
                        square.half_diagonal_km * 2.0 >= km * std::f64::consts::SQRT_2 * 0.99,
                        "{lat} {lon} {km}"
                    );
                }
            }
        }
    }

    #[test]
    fn coarser_squares_are_made_of_finer_ones() {
        for number in 0..4_000_u32 {
            let (lat, lon) = (
                f64::from(number * 37 % 1_780) / 10.0 - 89.0,
                f64::from(number * 113 % 3_599) / 10.0 - 179.9,
            );
            let fine = Square::of(lat, lon, 5.0);
            for km in [10.0, 20.0, 50.0, 200.0] {
                let (coarse, of_fine) = (Square::of(lat, lon, km), Square::of(fine.lat, fine.lon, km));
                assert_eq!(
                    (coarse.lat, coarse.lon),
                    (of_fine.lat, of_fine.lon),
                    "{lat} {lon} {km}"
                );
            }
        }
    }

    #[test]
    fn all_that_lies_in_a_square_is_shown_alike() {
        let privacy = Privacy {
            role: "analyst".into(),
            place_km: Some(20),
            days_only: true,
        };
        let like = |lat: f64, lon: f64, radius: f64, hour: &str| {
            let mut record: Record = serde_json::from_value(json!({
                "v": 1, "kind": "incident", "id": "inc_1", "fields": {}, "basis": ["clm_1"], "because": [],
            }))
            .expect("a record");
            record.fields = json!({
                "act": "shelling", "new field": "a town",
                "when": { "edtf": format!("2031-05-03T{hour}"), "earliest": "2031-05-03", "latest": "2031-05-03", "words": "at dawn" },
                "place": { "name": "a town", "precision": "town", "region": { "lat": lat, "lon": lon, "radius_m": radius },
                    "zones": [{ "because": "12 m inside" }], "chosen": { "lat": lat } },
                "tolls": [{ "metric": "killed", "low": 1, "high": 2, "best": { "low": 1, "high": 2 }, "because": "a clinic of a town", "accounts": [{ "by": "a clinic of a town" }] }],
            });
            privacy.shown(&record)
        };
        let one = like(35.101, 36.701, 1_900.0, "04:30");
        assert_eq!(one, like(35.142, 36.723, 700.0, "23:10"));
        let text = one.to_string();
        for told in ["town", "04:30", "dawn", "35.101", "inside", "clm_1"] {
            assert!(!text.contains(told), "{told} in {text}");
        }
        assert_eq!(one["fields"]["when"]["edtf"], "2031-05-03");
        assert_ne!(one, like(36.5, 36.7, 1_900.0, "04:30"));
    }
}
