//! Times as EDTF (ISO 8601-2, level 1, the part that news needs): days, months, years, closed and open
//! intervals, `?` uncertain, `~` approximate. A time is what is known: an interval of civil days.

use crate::{Because, Span};
use jiff::civil::Date;
use jiff::{Span as JiffSpan, ToSpan, Unit};
use std::fmt;

/// A time as far as it is known: somewhere between two civil days, both included.
/// `None` at an end means that nothing is known on that side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf {
    earliest: Option<Date>,
    latest: Option<Date>,
    /// Approximate (`~`): the day may be a little off.
    pub approximate: bool,
    /// Uncertain (`?`): the whole reading may be wrong.
    pub uncertain: bool,
    /// Minute of the day, when the text gives one; local to the place.
    pub minute: Option<u16>,
}

impl Edtf {
    /// Nothing is known.
    pub fn unknown() -> Self {
        Self {
            earliest: None,
            latest: None,
            approximate: false,
            uncertain: false,
            minute: None,
        }
    }
    /// One day.
    pub fn day(date: Date) -> Self {
        Self::between(Some(date), Some(date))
    }
    /// A month; `None` when the calendar has no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self::between(Some(first), Some(first.last_of_month())))
    }
    /// A year; `None` outside the years -9999 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self::between(Some(first), Some(first.last_of_year())))
    }
    /// Between two days, both included; ends given in the wrong order are swapped.
    pub fn between(earliest: Option<Date>, latest: Option<Date>) -> Self {
        let (earliest, latest) = match (earliest, latest) {
            (Some(a), Some(b)) if b < a => (Some(b), Some(a)),
            ends => ends,
        };
        Self {
            earliest,
            latest,
            approximate: false,
            uncertain: false,
            minute: None,
        }
    }
    /// First day it can be.
    pub fn earliest(&self) -> Option<Date> {
        self.earliest
    }
    /// Last day it can be.
    pub fn latest(&self) -> Option<Date> {
        self.latest
    }
    /// Whether either end is known.
    pub fn is_known(&self) -> bool {
        self.earliest.is_some() || self.latest.is_some()
    }
    /// The day, when it is known to the day.
    pub fn single_day(&self) -> Option<Date> {
        self.earliest.filter(|day| self.latest == Some(*day))
    }
    /// Days from the first to the last, both counted; `None` when an end is open.
    pub fn days(&self) -> Option<i64> {
        Some(days_between(self.earliest?, self.latest?) + 1)
    }
    /// The part that two times share; `None` when they share no day.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        let earliest = later(self.earliest, other.earliest);
        let latest = earlier(self.latest, other.latest);
        if let (Some(a), Some(b)) = (earliest, latest)
            && b < a
        {
            return None;
        }
        Some(Self {
            earliest,
            latest,
            approximate: self.approximate && other.approximate,
            uncertain: self.uncertain || other.uncertain,
            minute: self.minute.or(other.minute),
        })
    }
    /// The smallest time that contains both.
    pub fn hull(&self, other: &Self) -> Self {
        Self {
            earliest: self.earliest.zip(other.earliest).map(|(a, b)| a.min(b)),
            latest: self.latest.zip(other.latest).map(|(a, b)| a.max(b)),
            approximate: self.approximate || other.approximate,
            uncertain: self.uncertain || other.uncertain,
            minute: self.minute.filter(|minute| other.minute == Some(*minute)),
        }
    }
    /// Days between two times that share none; 0 when they may be the same day.
    pub fn gap_days(&self, other: &Self) -> i64 {
        let gap = |end: Option<Date>, start: Option<Date>| match (end, start) {
            (Some(end), Some(start)) if end < start => days_between(end, start),
            _ => 0,
        };
        gap(self.latest, other.earliest).max(gap(other.latest, self.earliest))
    }
    /// Reads level 1 dates and intervals as this type writes them; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut text = text.trim();
        let mut value = Self::unknown();
        if let Some(rest) = text.strip_suffix('%') {
            (value.uncertain, value.approximate, text) = (true, true, rest);
        } else if let Some(rest) = text.strip_suffix('?') {
            (value.uncertain, text) = (true, rest);
        } else if let Some(rest) = text.strip_suffix('~') {
            (value.approximate, text) = (true, rest);
        }
        if let Some((start, end)) = text.split_once('/') {
            let open = |end: &str| end.is_empty() || end == "..";
            value.earliest = if open(start) {
                None
            } else {
                Some(Self::parse_part(start)?.0)
            };
            value.latest = if open(end) {
                None
            } else {
                Some(Self::parse_part(end)?.1)
            };
            if let (Some(a), Some(b)) = (value.earliest, value.latest)
                && b < a
            {
                return None;
            }
            return Some(value);
        }
        if text == "XXXX" {
            return Some(value);
        }
        let (day, minute) = match text.split_once('T') {
            Some((day, clock)) => (day, Some(parse_clock(clock)?)),
            None => (text, None),
        };
        let (first, last) = Self::parse_part(day)?;
        (value.earliest, value.latest, value.minute) = (Some(first), Some(last), minute);
        Some(value)
    }
    fn parse_part(text: &str) -> Option<(Date, Date)> {
        let mut parts = text.splitn(3, '-');
        let year = parts
            .next()
            .filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))?
            .parse()
            .ok()?;
        let number = |part: &str| part.parse::<i8>().ok().filter(|_| part.len() == 2);
        let value = match (parts.next(), parts.next()) {
            (None, _) => Self::year(year)?,
            (Some(month), None) => Self::month(year, number(month)?)?,
            (Some(month), Some(day)) => Self::day(Date::new(year, number(month)?, number(day)?).ok()?),
        };
        Some((value.earliest?, value.latest?))
    }
}

fn parse_clock(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Whole days from `a` to `b`; negative when `b` is earlier.
pub fn days_between(a: Date, b: Date) -> i64 {
    a.until((Unit::Day, b))
        .map_or(0, |span| i64::from(span.get_days()))
}

/// The day `days` after `date`, or the nearest end of the calendar.
pub fn add_days(date: Date, days: i64) -> Date {
    let span: JiffSpan = days.clamp(-7_000_000, 7_000_000).days();
    date.saturating_add(span)
}

fn later(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    a.max(b)
}

fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.earliest, self.latest) {
            (None, None) => f.write_str("XXXX")?,
            (Some(a), Some(b)) if a == b => write!(f, "{a}")?,
            (Some(a), Some(b)) if a == a.first_of_year() && b == a.last_of_year() => {
                write!(f, "{:04}", a.year())?
            }
            (Some(a), Some(b)) if a == a.first_of_month() && b == a.last_of_month() => {
                write!(f, "{:04}-{:02}", a.year(), a.month())?;
            }
            (a, b) => {
                let end = |date: Option<Date>| date.map_or_else(|| "..".to_owned(), |date| date.to_string());
                write!(f, "{}/{}", end(a), end(b))?;
            }
        }
        if let (Some(minute), Some(_)) = (self.minute, self.single_day()) {
            write!(f, "T{:02}:{:02}", minute / 60, minute % 60)?;
        }
        f.write_str(match (self.uncertain, self.approximate) {
            (true, true) => "%",
            (true, false) => "?",
            (false, true) => "~",
            (false, false) => "",
        })
    }
}

/// What a time expression was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeAnchor {
    /// The words give the date themselves.
    Explicit,
    /// Counted from the page's publication.
    Published,
    /// Taken from another sentence of the page.
    Context,
    /// Not known: the page has no date, or the words give none.
    None,
}

/// When something is said to have happened, with the words and the reason.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// The time as far as it is known.
    pub edtf: Edtf,
    /// The words that say it; empty when taken from context.
    pub words: String,
    /// Where they stand in the raw page.
    pub span: Option<Span>,
    /// What it was counted from.
    pub anchor: TimeAnchor,
    /// The rule and its sentence.
    pub because: Because,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, earliest: Option<&str>, latest: Option<&str>) {
        let value = Edtf::parse(text).expect("a level 1 value");
        let show = |date: Option<Date>| date.map(|date| date.to_string());
        assert_eq!(show(value.earliest()).as_deref(), earliest);
        assert_eq!(show(value.latest()).as_deref(), latest);
        assert_eq!(value.to_string(), text);
    }

    #[test]
    fn level_1_values_are_read_and_written_alike() {
        check("2017-05-03", Some("2017-05-03"), Some("2017-05-03"));
        check("2017-05", Some("2017-05-01"), Some("2017-05-31"));
        check("2017", Some("2017-01-01"), Some("2017-12-31"));
        check("2017-05-04/2017-05-06", Some("2017-05-04"), Some("2017-05-06"));
        check("../2017-05-06", None, Some("2017-05-06"));
        check("2017-05-03T14:30", Some("2017-05-03"), Some("2017-05-03"));
        check("2017-01~", Some("2017-01-01"), Some("2017-01-31"));
        check("XXXX", None, None);
    }

    #[test]
    fn days_that_no_calendar_has_are_refused() {
        for text in [
            "2017-02-31",
            "2017-13",
            "17-05-03",
            "2017-5-3",
            "2017-05-04/2017-05-01",
            "",
            "2017-05-03T25:00",
        ] {
            assert_eq!(Edtf::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_two_times_share_is_an_intersection_and_never_a_guess() {
        let (month, day) = (
            Edtf::parse("2017-05").unwrap(),
            Edtf::parse("2017-05-03").unwrap(),
        );
        assert_eq!(month.intersect(&day), Some(day.clone()));
        assert_eq!(day.intersect(&Edtf::parse("2017-04").unwrap()), None);
        assert_eq!(day.gap_days(&Edtf::parse("2017-04").unwrap()), 3);
        assert_eq!(day.intersect(&Edtf::unknown()), Some(day.clone()));
        assert_eq!(day.hull(&Edtf::unknown()), Edtf::unknown());
    }
}
