//! Rows of tables of others: kept apart from the records of the view, and read by whoever has signed in, because
//! their publishers set terms on passing them on.

use serde_json::json;

use crate::answer::Answer;
use crate::house::House;
use crate::records::{PAGE_MAX, head};
use crate::route::{Asked, Parameter, Shape, Trouble};

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
    house.look(|reader| {
        let world = house.world(&reader.state()?.unwrap_or_default())?;
        let day = |name| -> Option<jiff::civil::Date> { asked.value(name).and_then(|day| day.parse().ok()) };
        let number = |name| -> Option<usize> { asked.value(name).and_then(|number| number.parse().ok()) };
        let (from, to, source, key) = (day("from"), day("to"), asked.value("source"), asked.value("key"));
        let kept = |version: &&model::ForeignVersion| {
            let row = &version.row;
            source.is_none_or(|source| source == row.source)
                && key.is_none_or(|key| key == row.key)
                && (key.is_some() || version.number == version.of)
                && from.is_none_or(|day| row.when.latest().is_none_or(|last| last >= day))
                && to.is_none_or(|day| row.when.earliest().is_none_or(|first| first <= day))
        };
        let found: Vec<&model::ForeignVersion> = world.foreign.all().filter(kept).collect();
        let begin = number("after").unwrap_or(0).min(found.len());
        let end = found.len().min(begin + number("limit").unwrap_or(PAGE));
        let items: Vec<_> = found[begin..end]
            .iter()
            .map(|version| reports::foreign_record(version, &world.crosswalk))
            .collect();
        let mut value = head(reader)?;
        value["total"] = json!(found.len());
        value["next"] = json!((end < found.len()).then(|| end.to_string()));
        value["items"] = json!(items);
        Ok(Answer::Json(value))
    })
}
