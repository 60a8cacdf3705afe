//! Values in the notation of TIMEX3 (timeml.org, TimeML 1.2.1), for exchange and for measuring against corpora.

use jiff::civil;

use super::resolve::resolve;
use super::value::{
    Amount, Anchor, Day, DayPart, Origin, Point, Reach, Recurring, Season, Tense, TimeOfDay, TimeValue, Unit,
    Vague,
};

/// The TIMEX3 type and value of a time value: `("DATE", "1998-02-13")`, `("DURATION", "P2Y")`.
///
/// Where the value counts from a day and `published` is not known, the digits that would need it are `X`.
pub fn timex3(value: &TimeValue, published: Option<civil::Date>, tense: Tense) -> (&'static str, String) {
    match value {
        TimeValue::Vague(vague) => ("DATE", vague_name(*vague).to_owned()),
        TimeValue::Duration { amount, .. } => ("DURATION", period(amount)),
        TimeValue::Set(Recurring::Every(amount)) => ("SET", period(amount)),
        TimeValue::Set(Recurring::Weekday(day)) => ("SET", format!("XXXX-WXX-{}", day.index() + 1)),
        TimeValue::Set(Recurring::Month(month)) => ("SET", format!("XXXX-{month:02}")),
        TimeValue::Set(Recurring::Part(part)) => ("SET", format!("XXXX-XX-XX{}", part_code(*part))),
        TimeValue::Point(point) => {
            let day = day_value(point, published, tense);
            match point.time {
                None => ("DATE", day),
                Some(TimeOfDay::Clock { hour, minute }) => ("TIME", format!("{day}T{hour:02}:{minute:02}")),
                Some(TimeOfDay::Part(part)) => ("TIME", format!("{day}{}", part_code(part))),
            }
        }
    }
}

fn vague_name(vague: Vague) -> &'static str {
    match vague {
        Vague::Past => "PAST_REF",
        Vague::Present => "PRESENT_REF",
        Vague::Future => "FUTURE_REF",
    }
}

fn part_code(part: DayPart) -> &'static str {
    match part {
        DayPart::Dawn | DayPart::Morning => "TMO",
        DayPart::Noon => "T12:00",
        DayPart::Afternoon => "TAF",
        DayPart::Evening => "TEV",
        DayPart::Night => "TNI",
        DayPart::Midnight => "T24:00",
    }
}

fn period(amount: &Amount) -> String {
    let (time, letter) = match amount.unit {
        Unit::Second => ("T", "S"),
        Unit::Minute => ("T", "M"),
        Unit::Hour => ("T", "H"),
        Unit::Day => ("", "D"),
        Unit::Weekend => ("", "WE"),
        Unit::Week => ("", "W"),
        Unit::Month => ("", "M"),
        Unit::Quarter => ("", "Q"),
        Unit::Year => ("", "Y"),
        Unit::Decade => ("", "E"),
        Unit::Century => ("", "C"),
    };
    let count = amount.count.map_or("X".to_owned(), |count| count.to_string());
    let half = if amount.half { ".5" } else { "" };
    format!("P{time}{count}{half}{letter}")
}

/// The value of the day part of a point.
fn day_value(point: &Point, published: Option<civil::Date>, tense: Tense) -> String {
    let plain = Point {
        position: None,
        time: None,
        reach: Reach::At,
        approximate: false,
        day: from_publication(&point.day),
    };
    let anchor = published.map_or(Anchor::unknown(), |day| Anchor::on(day, tense));
    let Some(resolved) = resolve(&TimeValue::Point(plain), anchor) else {
        return unresolved(&point.day);
    };
    let day = resolved.earliest;
    match point.day {
        Day::Date { .. } | Day::DayOfMonth(_) | Day::Weekday { .. } => day.to_string(),
        Day::Month { .. } => format!("{:04}-{:02}", day.year(), day.month()),
        Day::Season { season, .. } => format!("{:04}-{}", day.year(), season_code(season)),
        Day::YearPart { parts: 4, part, .. } => format!("{:04}-Q{part}", day.year()),
        Day::YearPart { part, .. } => format!("{:04}-H{part}", day.year()),
        Day::Year(year) => format!("{year:04}"),
        Day::Decade(year) => format!("{:03}", year / 10),
        Day::Century(number) => format!("{:02}", number.saturating_sub(1)),
        Day::Offset { unit, count, .. } => offset_value(unit, count, day, published.unwrap_or(day)),
    }
}

/// The story's own day is not known here; the publication stands in for it.
fn from_publication(day: &Day) -> Day {
    match *day {
        Day::Offset {
            unit, count, whole, ..
        } => Day::Offset {
            unit,
            count,
            whole,
            origin: Origin::Publication,
        },
        ref other => other.clone(),
    }
}

fn season_code(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

fn offset_value(unit: Unit, count: i32, first: civil::Date, published: civil::Date) -> String {
    let week = |day: civil::Date| {
        let iso = day.iso_week_date();
        format!("{:04}-W{:02}", iso.year(), iso.week())
    };
    let shifted = |days: i32| {
        published
            .checked_add(jiff::Span::new().try_days(days).unwrap_or_default())
            .unwrap_or(first)
    };
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => first.to_string(),
        Unit::Week => week(shifted(count.clamp(-9_999, 9_999) * 7)),
        Unit::Weekend => format!("{}-WE", week(first)),
        Unit::Month => {
            let months = jiff::Span::new().try_months(count).unwrap_or_default();
            let day = published.checked_add(months).unwrap_or(first);
            format!("{:04}-{:02}", day.year(), day.month())
        }
        Unit::Quarter => format!("{:04}-Q{}", first.year(), (first.month() - 1) / 3 + 1),
        Unit::Year => format!("{:04}", first.year()),
        Unit::Decade => format!("{:03}", first.year() / 10),
        Unit::Century => format!("{:02}", first.year() / 100),
    }
}

/// What is known without an anchor.
fn unresolved(day: &Day) -> String {
    match *day {
        Day::Date { year, month, day } => {
            let year = year.map_or("XXXX".to_owned(), |year| format!("{year:04}"));
            format!("{year}-{month:02}-{day:02}")
        }
        Day::DayOfMonth(day) => format!("XXXX-XX-{day:02}"),
        Day::Weekday { weekday, .. } => format!("XXXX-WXX-{}", weekday.index() + 1),
        Day::Month { month, .. } => format!("XXXX-{month:02}"),
        Day::Season { season, .. } => format!("XXXX-{}", season_code(season)),
        Day::YearPart { parts: 4, part, .. } => format!("XXXX-Q{part}"),
        Day::YearPart { part, .. } => format!("XXXX-H{part}"),
        Day::Offset { unit: Unit::Week, .. } => "XXXX-WXX".to_owned(),
        Day::Offset {
            unit: Unit::Month, ..
        } => "XXXX-XX".to_owned(),
        Day::Offset { unit: Unit::Year, .. } => "XXXX".to_owned(),
        _ => "XXXX-XX-XX".to_owned(),
    }
}
