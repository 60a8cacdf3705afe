//! Time expressions of news text: found in a sentence, valued, and put on the calendar from an anchor.

mod value;

pub use value::{
    Amount, Anchor, Day, DayPart, Point, Position, Reach, Resolved, Season, Tense, TimeExpression, TimeOfDay,
    TimeValue, Unit, Vague, Weekday, Which,
};

use crate::analysis::Sentence;

/// The time expressions of a sentence, in order and without overlap. Spans leave prepositions out.
pub fn expressions(sentence: &Sentence, text: &str) -> Vec<TimeExpression> {
    let mut found = Vec::new();
    for token in &sentence.tokens {
        let Some(written) = text.get(token.span.clone()) else {
            continue;
        };
        if let Ok(date) = written.parse::<jiff::civil::Date>() {
            let day = Day::Date {
                year: Some(date.year()),
                month: date.month(),
                day: date.day(),
            };
            let value = TimeValue::Point(Point {
                day,
                position: None,
                time: None,
                reach: Reach::At,
                approximate: false,
            });
            found.push(TimeExpression {
                span: token.span.clone(),
                value,
                rule: "iso-date",
            });
        }
    }
    found
}

/// The days `value` can mean for a text with this anchor; `None` where the anchor is needed and missing, and for
/// values that name no day.
pub fn resolve(value: &TimeValue, _anchor: Anchor) -> Option<Resolved> {
    let TimeValue::Point(Point {
        day: Day::Date {
            year: Some(year),
            month,
            day,
        },
        ..
    }) = value
    else {
        return None;
    };
    let date = jiff::civil::Date::new(*year, *month, *day).ok()?;
    Some(Resolved {
        earliest: date,
        latest: date,
        edtf: date.to_string(),
        time_of_day: None,
        approximate: false,
        because: "the date is written out".to_owned(),
    })
}
