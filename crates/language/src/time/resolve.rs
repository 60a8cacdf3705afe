//! Puts a value on the calendar, from the day or days a text may have been published.

use jiff::Span;
use jiff::civil;

use super::value::{
    Anchor, Day, Origin, Point, Position, Reach, Resolved, Season, Tense, TimeValue, Unit, Weekday, Which,
};

/// The days `value` can mean for a text with this anchor.
///
/// Dates written in full need no anchor. Everything else is read from the first and from the last day the text
/// can have been published, and the answer spans both. `None` where the anchor is needed and missing, where the
/// words name no day ("recently", "for six years"), where they count from the story ("two days later"), and for
/// days that do not exist (31 February).
pub fn resolve(value: &TimeValue, anchor: Anchor) -> Option<Resolved> {
    let point = match value {
        TimeValue::Point(point) => point,
        TimeValue::Duration {
            amount,
            which: Which::Last | Which::Next,
        } => {
            return resolve_recent(amount.count?, amount.unit, value, anchor);
        }
        _ => return None,
    };
    if let Some(days) = explicit(&point.day) {
        return Some(finish(point, days?, anchor));
    }
    let (earliest, latest) = (anchor.published_earliest?, anchor.published_latest?);
    let (earliest, latest) = if earliest <= latest {
        (earliest, latest)
    } else {
        (latest, earliest)
    };
    let first = from_day(&point.day, earliest, anchor.tense)?;
    if earliest == latest {
        return Some(finish(point, first, anchor));
    }
    let last = from_day(&point.day, latest, anchor.tense)?;
    let edtf = if first.edtf == last.edtf {
        first.edtf
    } else {
        interval(first.earliest, last.latest)
    };
    let because = format!("{} (published between {earliest} and {latest})", first.because);
    let soft = first.soft || last.soft;
    let hull = Days {
        earliest: first.earliest.min(last.earliest),
        latest: first.latest.max(last.latest),
        edtf,
        because,
        soft,
    };
    Some(finish(point, hull, anchor))
}

/// A run of days, with its EDTF form before position and reach are added.
struct Days {
    earliest: civil::Date,
    latest: civil::Date,
    edtf: String,
    because: String,
    /// the edges are ours, not the words'
    soft: bool,
}

impl Days {
    fn new(earliest: civil::Date, latest: civil::Date, edtf: String, because: &str) -> Option<Days> {
        (earliest <= latest).then(|| Days {
            earliest,
            latest,
            edtf,
            because: because.to_owned(),
            soft: false,
        })
    }

    fn one(day: civil::Date, because: &str) -> Days {
        Days {
            earliest: day,
            latest: day,
            edtf: day.to_string(),
            because: because.to_owned(),
            soft: false,
        }
    }
}

/// Adds position, reach and time of day.
fn finish(point: &Point, days: Days, anchor: Anchor) -> Resolved {
    let Days {
        mut earliest,
        mut latest,
        mut edtf,
        because,
        soft,
    } = days;
    let mut approximate = point.approximate || soft;
    let length = earliest.until(latest).map_or(0, |span| span.get_days());
    if let Some(position) = point.position.filter(|_| length > 0) {
        // a third: "early May" is the first ten days or so; nothing says so more exactly
        let third = (length + 1) / 3;
        match position {
            Position::Start => latest = shift(earliest, third).unwrap_or(latest),
            Position::Middle => {
                (earliest, latest) = (
                    shift(earliest, third).unwrap_or(earliest),
                    shift(latest, -third).unwrap_or(latest),
                );
            }
            Position::End => earliest = shift(latest, -third).unwrap_or(earliest),
        }
        approximate = true;
    }
    let is_plain = !edtf.contains(['/', 'X', '~']);
    if approximate && is_plain {
        edtf.push('~');
    }
    let bare = if is_plain {
        edtf.clone()
    } else {
        earliest.to_string()
    };
    match point.reach {
        Reach::At => {}
        Reach::Since => {
            edtf = format!("{bare}/..");
            latest = anchor
                .published_latest
                .map_or(latest, |published| published.max(latest));
        }
        Reach::Until => {
            edtf = format!(
                "../{}",
                if is_plain {
                    edtf.clone()
                } else {
                    latest.to_string()
                }
            )
        }
        Reach::After => {
            edtf = format!("{}/..", latest);
            earliest = latest;
            latest = anchor
                .published_latest
                .map_or(latest, |published| published.max(latest));
        }
    }
    Resolved {
        earliest,
        latest,
        edtf,
        time_of_day: point.time,
        approximate,
        because,
    }
}

/// Days fixed by the words alone: `None` if they are not, `Some(None)` if there is no such day.
fn explicit(day: &Day) -> Option<Option<Days>> {
    const WRITTEN: &str = "the date is written out";
    Some(match *day {
        Day::Date {
            year: Some(year),
            month,
            day,
        } => civil::Date::new(year, month, day)
            .ok()
            .map(|day| Days::one(day, WRITTEN)),
        Day::Month {
            year: Some(year),
            month,
            ..
        } => month_days(year, month, WRITTEN),
        Day::Season {
            year: Some(year),
            season,
            ..
        } => season_days(year, season, WRITTEN),
        Day::YearPart {
            year: Some(year),
            parts,
            part,
            ..
        } => part_days(year, parts, part, WRITTEN),
        Day::Year(year) => year_days(year, WRITTEN),
        Day::Decade(year) => {
            let last = civil::Date::new(year.checked_add(9)?, 12, 31).ok();
            let first = civil::Date::new(year, 1, 1).ok();
            first
                .zip(last)
                .and_then(|(a, b)| Days::new(a, b, format!("{:03}X", year / 10), WRITTEN))
        }
        Day::Century(number) => {
            let first_year = (number.checked_sub(1)?).checked_mul(100)?;
            let first = civil::Date::new(first_year, 1, 1).ok();
            let last = civil::Date::new(first_year.checked_add(99)?, 12, 31).ok();
            first
                .zip(last)
                .and_then(|(a, b)| Days::new(a, b, format!("{:02}XX", first_year / 100), WRITTEN))
        }
        _ => return None,
    })
}

/// Days counted from the day of publication.
fn from_day(day: &Day, now: civil::Date, tense: Tense) -> Option<Days> {
    match *day {
        Day::Weekday { weekday, which } => weekday_near(weekday, which, now, tense),
        Day::Date {
            year: None,
            month,
            day,
        } => date_near(month, day, now, tense),
        Day::DayOfMonth(day) => day_of_month_near(day, now, tense),
        Day::Month {
            year: None,
            month,
            which,
        } => {
            let year = year_of_part(month, month, which, now, tense)?;
            month_days(year, month, said(which, tense))
        }
        Day::Season {
            year: None,
            season,
            which,
        } => {
            let (first, last) = season_months(season);
            let year = year_of_part(first, last, which, now, tense)?;
            season_days(year, season, said(which, tense))
        }
        Day::YearPart {
            year: None,
            parts,
            part,
            which,
        } => {
            let months = 12 / i8::try_from(parts).ok()?;
            let first = (i8::try_from(part).ok()? - 1) * months + 1;
            let year = year_of_part(first, first + months - 1, which, now, tense)?;
            part_days(year, parts, part, said(which, tense))
        }
        Day::Offset {
            unit,
            count,
            whole,
            origin: Origin::Publication,
        } => offset(unit, count, whole, now),
        _ => None,
    }
}

fn said(which: Which, tense: Tense) -> &'static str {
    match (which, tense) {
        (Which::Last, _) => "\"last\" before the publication",
        (Which::This, _) => "\"this\" one, nearest the publication",
        (Which::Next, _) => "\"next\" after the publication",
        (Which::InWeek(_) | Which::InYear(_), _) => "in the week or year named, from the publication",
        (Which::Unsaid, Tense::Future) => "the next from the publication on, as the sentence looks ahead",
        (Which::Unsaid, Tense::Past) => "the latest up to the publication, as the sentence looks back",
        (Which::Unsaid, Tense::Unknown) => "the latest up to the publication, as news looks back",
    }
}

fn shift(day: civil::Date, days: i32) -> Option<civil::Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

fn weekday_index(day: civil::Date) -> i32 {
    i32::from(day.weekday().to_monday_zero_offset())
}

/// News counts weekdays from the publication: a past Wednesday is the latest one, the day itself included.
fn weekday_near(weekday: Weekday, which: Which, now: civil::Date, tense: Tense) -> Option<Days> {
    let back = (weekday_index(now) - weekday.index()).rem_euclid(7);
    let ahead = (7 - back) % 7;
    let days = match (which, tense) {
        (Which::Last, _) => -(if back == 0 { 7 } else { back }),
        (Which::Next, _) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        (Which::InWeek(weeks), _) => weekday.index() - weekday_index(now) + 7 * i32::from(weeks),
        (_, Tense::Future) => ahead,
        (Which::This, Tense::Unknown) => weekday.index() - weekday_index(now),
        _ => -back,
    };
    let mut found = Days::one(shift(now, days)?, said(which, tense));
    found.soft = which == Which::Unsaid && tense == Tense::Unknown;
    Some(found)
}

/// How many times farther than its rival the date a tense points to may lie. A tense is read from one verb and may be
/// that of another clause ("said the vote on 10 November …"); a date eleven months off where one is a week off
/// is the sign of it. Raise it and such slips land in the wrong year; lower it and true old dates move near.
const TENSE_TRUST: i32 = 4;

/// "May 4": the latest in the past, the next in the future, the nearest where the tense is unknown.
fn date_near(month: i8, day: i8, now: civil::Date, tense: Tense) -> Option<Days> {
    // four years either way find 29 February too
    let mut candidates: Vec<civil::Date> = (-4..=4)
        .filter_map(|years| civil::Date::new(now.year().checked_add(years)?, month, day).ok())
        .collect();
    candidates.sort_unstable();
    let past = candidates.iter().rev().find(|d| **d <= now).copied();
    let future = candidates.iter().find(|d| **d >= now).copied();
    let distance = |d: civil::Date| now.until(d).map_or(i32::MAX, |span| span.get_days().abs());
    let (chosen, other, because) = match tense {
        Tense::Past => (past, future, "the latest such date up to the publication"),
        Tense::Future => (future, past, "the next such date from the publication on"),
        Tense::Unknown => {
            let nearest = past.into_iter().chain(future).min_by_key(|d| distance(*d));
            (nearest, None, "the such date nearest the publication")
        }
    };
    let is_far =
        |d: &civil::Date| other.is_some_and(|o| distance(o).saturating_mul(TENSE_TRUST) < distance(*d));
    if chosen.as_ref().is_some_and(is_far) {
        let mut days = Days::one(
            other?,
            "far nearer the publication than the one the tense points to",
        );
        days.soft = true;
        return Some(days);
    }
    chosen.map(|day| Days::one(day, because))
}

fn day_of_month_near(day: i8, now: civil::Date, tense: Tense) -> Option<Days> {
    let first = now.first_of_month();
    let step = if tense == Tense::Future { 1 } else { -1 };
    // two months on, every day number has come up
    let candidates = (0..3).filter_map(|i| {
        let month = first.checked_add(Span::new().try_months(i * step).ok()?).ok()?;
        civil::Date::new(month.year(), month.month(), day).ok()
    });
    let fits = |d: &civil::Date| {
        if tense == Tense::Future {
            *d >= now
        } else {
            *d <= now
        }
    };
    candidates
        .into_iter()
        .find(fits)
        .map(|day| Days::one(day, "the day of the month nearest the publication"))
}

/// The year of a month, season or quarter named without one.
fn year_of_part(first: i8, last: i8, which: Which, now: civil::Date, tense: Tense) -> Option<i16> {
    let year = now.year();
    let begun = first <= now.month();
    let over = last < now.month() && first <= last;
    let inside = begun && !over;
    let past = if begun { year } else { year.checked_sub(1)? };
    let future = if over { year.checked_add(1)? } else { year };
    match which {
        Which::InYear(years) => year.checked_add(i16::from(years)),
        Which::InWeek(_) => None,
        Which::This => Some(year),
        Which::Last if inside => year.checked_sub(1),
        Which::Last => Some(past),
        Which::Next if inside => year.checked_add(1),
        Which::Next => Some(future),
        Which::Unsaid => {
            let months = i32::from(now.month());
            let back = if begun {
                months - i32::from(last.max(first))
            } else {
                months + 12 - i32::from(last.max(first))
            };
            let ahead = if over {
                i32::from(first) + 12 - months
            } else {
                i32::from(first) - months
            };
            let (back, ahead) = (back.max(0), ahead.max(0));
            let looks_ahead = match tense {
                Tense::Future => back * TENSE_TRUST > ahead,
                _ => ahead * TENSE_TRUST < back,
            };
            Some(if looks_ahead || inside { future } else { past })
        }
    }
}

fn month_days(year: i16, month: i8, because: &str) -> Option<Days> {
    let first = civil::Date::new(year, month, 1).ok()?;
    Days::new(
        first,
        first.last_of_month(),
        format!("{year:04}-{month:02}"),
        because,
    )
}

fn year_days(year: i16, because: &str) -> Option<Days> {
    let first = civil::Date::new(year, 1, 1).ok()?;
    Days::new(first, first.last_of_year(), format!("{year:04}"), because)
}

/// First and last month, northern and by the weather; winter reaches into the next year.
fn season_months(season: Season) -> (i8, i8) {
    match season {
        Season::Spring => (3, 5),
        Season::Summer => (6, 8),
        Season::Autumn => (9, 11),
        Season::Winter => (12, 2),
    }
}

fn season_days(year: i16, season: Season, because: &str) -> Option<Days> {
    let (first, last) = season_months(season);
    let code = 21 + season as u8;
    let last_year = if last < first { year.checked_add(1)? } else { year };
    let first = civil::Date::new(year, first, 1).ok()?;
    let last = civil::Date::new(last_year, last, 1).ok()?.last_of_month();
    let mut days = Days::new(first, last, format!("{year:04}-{code}"), because)?;
    days.soft = true;
    Some(days)
}

fn part_days(year: i16, parts: u8, part: u8, because: &str) -> Option<Days> {
    let months = 12 / i8::try_from(parts).ok().filter(|&parts| parts > 0)?;
    let last_month = i8::try_from(part).ok()?.checked_mul(months)?;
    let first = civil::Date::new(year, last_month - months + 1, 1).ok()?;
    let last = civil::Date::new(year, last_month, 1).ok()?.last_of_month();
    let edtf = format!("{year:04}-{:02}/{year:04}-{last_month:02}", first.month());
    Days::new(first, last, edtf, because)
}

fn interval(earliest: civil::Date, latest: civil::Date) -> String {
    if earliest == latest {
        earliest.to_string()
    } else {
        format!("{earliest}/{latest}")
    }
}

/// "last week", "three months ago".
fn offset(unit: Unit, count: i32, whole: bool, now: civil::Date) -> Option<Days> {
    const WHOLE: &str = "a calendar unit counted from the publication";
    const AGO: &str = "a distance counted from the publication";
    let moved = |span: Result<Span, jiff::Error>| now.checked_add(span.ok()?).ok();
    match unit {
        // an hour ago is today or, near midnight, the day beside it
        Unit::Second | Unit::Minute => Some(Days::one(now, AGO)),
        Unit::Hour => {
            let days = count / 24;
            let (a, b) = (shift(now, days)?, shift(now, days + count.signum())?);
            Days::new(a.min(b), a.max(b), interval(a.min(b), a.max(b)), AGO)
        }
        Unit::Day => Some(Days::one(shift(now, count)?, "days counted from the publication")),
        Unit::Week if whole => {
            let monday = shift(now, 7i32.checked_mul(count)? - weekday_index(now))?;
            let sunday = shift(monday, 6)?;
            Days::new(monday, sunday, interval(monday, sunday), WHOLE)
        }
        Unit::Weekend => {
            let saturday = shift(now, 7i32.checked_mul(count)? - weekday_index(now) + 5)?;
            // on a Monday "the weekend" is the one just over
            let is_over = count == 0 && weekday_index(now) < 3;
            let saturday = if is_over { shift(saturday, -7)? } else { saturday };
            let sunday = shift(saturday, 1)?;
            Days::new(saturday, sunday, interval(saturday, sunday), WHOLE)
        }
        Unit::Week => around(shift(now, count.checked_mul(7)?)?, 3, AGO, false),
        Unit::Month => {
            let there = moved(Span::new().try_months(count))?;
            if whole {
                month_days(there.year(), there.month(), WHOLE)
            } else {
                around(there, 15, AGO, true)
            }
        }
        Unit::Quarter => {
            let there = moved(Span::new().try_months(count.checked_mul(3)?))?;
            part_days(
                there.year(),
                4,
                u8::try_from((there.month() - 1) / 3 + 1).ok()?,
                WHOLE,
            )
        }
        Unit::Year => {
            let year = now.year().checked_add(i16::try_from(count).ok()?)?;
            let mut days = year_days(year, if whole { WHOLE } else { AGO })?;
            days.soft = !whole;
            Some(days)
        }
        Unit::Decade | Unit::Century => {
            let years = count.checked_mul(if unit == Unit::Decade { 10 } else { 100 })?;
            let year = now.year().checked_add(i16::try_from(years).ok()?)?;
            let margin = if unit == Unit::Decade { 5 } else { 50 };
            let first = civil::Date::new(year.checked_sub(margin)?, 1, 1).ok()?;
            let last = civil::Date::new(year.checked_add(margin)?, 12, 31).ok()?;
            let mut days = Days::new(first, last, interval(first, last), AGO)?;
            days.soft = true;
            Some(days)
        }
    }
}

/// So many days round a day: "three weeks ago" is no exact day.
fn around(day: civil::Date, margin: i32, because: &str, by_month: bool) -> Option<Days> {
    let (earliest, latest) = (shift(day, -margin)?, shift(day, margin)?);
    let edtf = if by_month {
        format!("{:04}-{:02}~", day.year(), day.month())
    } else {
        interval(earliest, latest)
    };
    let mut days = Days::new(earliest, latest, edtf, because)?;
    days.soft = true;
    Some(days)
}

/// "the past two months", "the next three days": from the publication back, or on.
fn resolve_recent(count: u32, unit: Unit, value: &TimeValue, anchor: Anchor) -> Option<Resolved> {
    let (earliest, latest) = (anchor.published_earliest?, anchor.published_latest?);
    let back = matches!(
        value,
        TimeValue::Duration {
            which: Which::Last,
            ..
        }
    );
    let days_per: i32 = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => 1,
        Unit::Day | Unit::Weekend => 1,
        Unit::Week => 7,
        Unit::Month => 31,
        Unit::Quarter => 92,
        Unit::Year => 366,
        Unit::Decade => 3_653,
        Unit::Century => 36_525,
    };
    let count = i32::try_from(count).ok()?;
    let count = if unit == Unit::Hour { count / 24 + 1 } else { count };
    let reach = count.checked_mul(days_per)?;
    let (earliest, latest) = if back {
        (shift(earliest, -reach)?, latest)
    } else {
        (earliest, shift(latest, reach)?)
    };
    (earliest <= latest).then(|| Resolved {
        earliest,
        latest,
        edtf: interval(earliest, latest),
        time_of_day: None,
        approximate: true,
        because: "the stretch of time that ends or begins with the publication".to_owned(),
    })
}
