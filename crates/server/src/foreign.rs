//! Rows of tables of others: kept apart from the records of the view, and read by whoever has signed in, because
//! their publishers set terms on passing them on.

use std::collections::{BTreeMap, BTreeSet};

use model::record::Record;
use model::{Foreign, ForeignVersion, ForeignVersions};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::house::House;
use crate::records::{PAGE_MAX, head};
use crate::route::{Asked, Parameter, Shape, Trouble};
use crate::shutter;

/// What the list may be narrowed by.
pub(crate) fn parameters() -> Vec<Parameter> {
    vec![
        Parameter::new("source", Shape::Words, "Whose table, as the importer named it."),
        Parameter::new("key", Shape::Words, "Their id; gives every version of that row."),
        Parameter::new(
            "from",
            Shape::Day,
            "First day; keeps what can lie on it or later.",
        ),
        Parameter::new("to", Shape::Day, "Last day; keeps what can lie on it or earlier."),
        Parameter::new("limit", Shape::Number(1, PAGE_MAX), "How many at most."),
        Parameter::new(
            "after",
            Shape::Number(0, 1 << 53),
            "The value of next in the answer before.",
        ),
    ]
}

/// Rows in one answer when nothing is asked.
const PAGE: usize = 100;

/// The newest version of each row; every version where one id is asked for.
pub(crate) fn list(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let foreign = house.foreign()?;
    house.look(|reader| {
        let world = house.world(&reader.state()?.unwrap_or_default())?;
        let withheld = Withheld::of(&foreign, house.shutter(reader, asked.role)?.foreign());
        let day = |name| -> Option<jiff::civil::Date> { asked.value(name).and_then(|day| day.parse().ok()) };
        let number = |name| -> Option<usize> { asked.value(name).and_then(|number| number.parse().ok()) };
        let (from, to, source, key) = (day("from"), day("to"), asked.value("source"), asked.value("key"));
        let narrowed = from.is_some() || to.is_some() || source.is_some() || key.is_some();
        let kept = |version: &&ForeignVersion| {
            let (row, parts) = (&version.row, withheld.parts(&version.row));
            // An answer to "which have this?" would tell of a withheld part.
            !shutter::is_whole(&parts)
                && (parts.is_empty() || !narrowed)
                && source.is_none_or(|source| source == row.source)
                && key.is_none_or(|key| key == row.key)
                && (key.is_some() || version.number == version.of)
                && from.is_none_or(|day| row.when.latest().is_none_or(|last| last >= day))
                && to.is_none_or(|day| row.when.earliest().is_none_or(|first| first <= day))
        };
        let found: Vec<&ForeignVersion> = foreign.all().filter(kept).collect();
        let begin = number("after").unwrap_or(0).min(found.len());
        let end = found.len().min(begin + number("limit").unwrap_or(PAGE));
        let items: Vec<_> = found[begin..end]
            .iter()
            .map(|version| {
                let record = reports::foreign_record(version, &world.crosswalk);
                withheld.show(&record, &withheld.parts(&version.row))
            })
            .collect();
        let mut value = head(reader)?;
        value["total"] = json!(found.len());
        value["next"] = json!((end < found.len()).then(|| end.to_string()));
        value["items"] = json!(items);
        Ok(Answer::Json(value))
    })
}

/// What a role does not see of rows of others. A version repeats the one before it in what it changed, so that what
/// is withheld of one is withheld of all.
struct Withheld {
    of_all: BTreeSet<String>,
    of_row: BTreeMap<RowKey, BTreeSet<String>>,
}

/// Kind, source and id of a row in all its versions.
type RowKey = (String, String, String);

fn row_key(row: &Foreign) -> RowKey {
    (row.family.clone(), row.source.clone(), row.key.clone())
}

impl Withheld {
    fn of(rows: &ForeignVersions, rules: &BTreeMap<String, BTreeSet<String>>) -> Self {
        let mut of_row: BTreeMap<RowKey, BTreeSet<String>> = BTreeMap::new();
        let named = rules.keys().any(|id| id != "*");
        for version in rows.all().filter(|_| named) {
            if let Some(parts) = rules.get(version.row.id().as_str()) {
                let all = of_row.entry(row_key(&version.row)).or_default();
                all.extend(parts.iter().cloned());
            }
        }
        Self {
            of_all: rules.get("*").cloned().unwrap_or_default(),
            of_row,
        }
    }

    fn parts(&self, row: &Foreign) -> BTreeSet<String> {
        let mut parts = self.of_all.clone();
        if !self.of_row.is_empty() {
            parts.extend(self.of_row.get(&row_key(row)).into_iter().flatten().cloned());
        }
        parts
    }

    /// The row without what is withheld, nor what would give it away: its changes and the hash of its cells.
    fn show(&self, record: &Record, parts: &BTreeSet<String>) -> Value {
        // A record is plain data with text keys, which JSON can always hold.
        let mut value = serde_json::to_value(record).unwrap_or_default();
        if parts.is_empty() {
            return value;
        }
        let beside = ["fields.changed", "fields.content"].map(str::to_owned);
        let all: BTreeSet<&String> = parts.iter().chain(&beside).collect();
        for part in &all {
            shutter::take_out(&mut value, part);
        }
        value["withheld"] = json!(all);
        value
    }
}
