//! Days as tables write them. Nothing is guessed: what can be read two ways is not read.

use jiff::civil::Date;

/// Whether the day or the month comes first in `3/5/2017`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
}

/// The day, or why there is none. A time of day behind it is left out: the time zone is not told.
pub(super) fn read(text: &str, order: Option<DayOrder>) -> Result<Date, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Err("no day");
    }
    let text = text
        .split(['T', ' '])
        .next()
        .filter(|first| first.len() >= 8)
        .unwrap_or(text);
    let parts: Vec<&str> = text
        .split(['-', '/', '.', ' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let [a, b, c] = parts[..] else {
        return match text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => of(&text[..4], &text[4..6], &text[6..]),
            false => Err(NO_DAY),
        };
    };
    if a.len() == 4 {
        return of(a, month(b).as_deref().unwrap_or(b), c);
    }
    if c.len() != 4 {
        return Err("a year of two digits, which can be of any century");
    }
    if let Some(month) = month(b) {
        return of(c, &month, a);
    }
    if let Some(month) = month(a) {
        return of(c, &month, b);
    }
    match order {
        Some(DayOrder::DayFirst) => of(c, b, a),
        Some(DayOrder::MonthFirst) => of(c, a, b),
        None if a == b => of(c, b, a),
        None => Err("day and month cannot be told apart; name their order"),
    }
}

/// What a column of such days says about their order; `None` when it says nothing, or both.
pub(super) fn order<'a>(days: impl Iterator<Item = &'a str>) -> Option<DayOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for day in days {
        let mut parts = day.trim().split(['/', '.', '-']);
        let mut number = || {
            parts
                .next()
                .filter(|part| part.len() <= 2)
                .and_then(|part| part.parse::<u8>().ok())
        };
        if let (Some(a), Some(b)) = (number(), number()) {
            day_first |= a > 12;
            month_first |= b > 12;
        }
    }
    match (day_first, month_first) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

fn of(year: &str, month: &str, day: &str) -> Result<Date, &'static str> {
    let (Ok(year), Ok(month), Ok(day)) = (year.parse::<i16>(), month.parse::<i8>(), day.parse::<i8>()) else {
        return Err(NO_DAY);
    };
    // Outside these years it is a slip of the pen.
    if !(1900..=2200).contains(&year) {
        return Err("a year before 1900 or after 2200");
    }
    Date::new(year, month, day).map_err(|_| "no day of the calendar")
}

/// The number of an English month, from its first three letters.
fn month(word: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let word = word.to_lowercase();
    let start = word.get(..3)?;
    MONTHS
        .iter()
        .position(|month| *month == start)
        .map(|at| (at + 1).to_string())
}

const NO_DAY: &str = "not a day, such as 2017-05-03";

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_as_written_and_never_guessed() {
        let may = Ok(date(2017, 5, 3));
        for text in [
            "2017-05-03",
            "2017-05-03 00:00:00.000",
            "2017-05-03T12:00:00Z",
            "3 May 2017",
            "03-May-2017",
            "May 3, 2017",
            "20170503",
            "2017/05/03",
        ] {
            assert_eq!(read(text, None), may, "{text}");
        }
        assert_eq!(read("3/5/2017 0:00:00", Some(DayOrder::DayFirst)), may);
        assert_eq!(read("5/3/2017", Some(DayOrder::MonthFirst)), may);
        for text in [
            "3/5/2017",
            "3-May-17",
            "2017-02-30",
            "20170230",
            "",
            "yesterday",
            "0201-01-01",
        ] {
            assert!(read(text, None).is_err(), "{text}");
        }
    }

    #[test]
    fn a_column_tells_its_order_only_when_it_can() {
        assert_eq!(
            order(["3/5/2017", "13/5/2017"].into_iter()),
            Some(DayOrder::DayFirst)
        );
        assert_eq!(
            order(["3/5/2017", "5/23/2017"].into_iter()),
            Some(DayOrder::MonthFirst)
        );
        assert_eq!(order(["3/5/2017"].into_iter()), None);
        assert_eq!(order(["13/5/2017", "5/13/2017"].into_iter()), None);
    }
}
