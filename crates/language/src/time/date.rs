//! Dates, months, seasons and years written out or named.

use super::scan::{DayRead, Read, Scan};
use super::value::{Day, Origin, TimeOfDay, Unit, Weekday, Which};

impl Scan<'_> {
    /// `2016-05-04`, `05/04/2016` (month first, as English news has it, unless that is no month), `04.05.2016`.
    pub(super) fn numeric_date(&self, at: usize) -> Option<Read<Day>> {
        let written = self.lower(at);
        let separator = ['-', '/', '.']
            .into_iter()
            .find(|&c| written.matches(c).count() == 2)?;
        let mut parts = written.split(separator);
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        let digits =
            |s: &str| (!s.is_empty() && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i16>().ok());
        let (x, y, z) = (digits(a)??, digits(b)??, digits(c)??);
        let (year, month, day) = match separator {
            _ if a.len() == 4 => (x, y, z),
            _ if !matches!(c.len(), 2 | 4) => return None,
            '.' => (full_year(c.len(), z), y, x),
            _ if x > 12 => (full_year(c.len(), z), y, x),
            _ => (full_year(c.len(), z), x, y),
        };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
        let value = Day::Date {
            year: Some(year),
            month,
            day,
        };
        is_date.then_some(Read {
            end: at + 1,
            value,
            rule: "numeric-date",
        })
    }

    /// "May 4", "May 4th, 2017", "Jan. 5 last year".
    pub(super) fn month_day(&self, at: usize) -> Option<Read<Day>> {
        let month = self.month_name(at, true)?;
        let the = usize::from(self.lower(at + 1) == "the");
        let (end, day) = self.day_number(at + 1 + the)?;
        let (end, year) = self.year_after(end);
        Some(Read {
            end,
            value: Day::Date { year, month, day },
            rule: "month-day",
        })
    }

    /// "4 May", "4th of May 2017", "the 4th of May", and the "4" of "4-5 May".
    pub(super) fn day_month(&self, at: usize) -> Option<Read<Day>> {
        let start = at + usize::from(self.lower(at) == "the");
        let (after_day, day) = self.day_number(start)?;
        let of = usize::from(self.lower(after_day) == "of");
        if let Some(month) = self.month_name(after_day + of, true) {
            let (end, year) = self.year_after(after_day + of + 1);
            return Some(Read {
                end,
                value: Day::Date { year, month, day },
                rule: "day-month",
            });
        }
        if matches!(self.lower(after_day), "-" | "–" | "and" | "to" | "or" | "/") {
            let (after_second, second) = self.day_number(after_day + 1)?;
            let of = usize::from(self.lower(after_second) == "of");
            let month = self
                .month_name(after_second + of, true)
                .filter(|_| second > day)?;
            let (_, year) = self.year_after(after_second + of + 1);
            return Some(Read {
                end: after_day,
                value: Day::Date { year, month, day },
                rule: "first-day",
            });
        }
        None
    }

    /// "Wednesday", "last Friday", "Monday of last week", "Wednesday, May 4" (which is the date).
    pub(super) fn weekday(&self, at: usize) -> Option<Read<Day>> {
        let (start, which) = self.which_before(at);
        let weekday = *self.words.weekdays.get(self.lower(start))?;
        let end = start + 1;
        let comma = usize::from(matches!(self.lower(end), "," | "("));
        for from in [
            end + comma,
            end + comma + usize::from(self.lower(end + comma) == "the"),
        ] {
            if let Some(date) = self.month_day(from).or_else(|| self.day_month(from)) {
                let close = usize::from(self.lower(end) == "(" && self.lower(date.end) == ")");
                return Some(Read {
                    end: date.end + close,
                    ..date
                });
            }
        }
        let of = usize::from(self.lower(end) == "of");
        if let Some((after, weeks)) = self.which_offset(end + of, Unit::Week) {
            let value = Day::Weekday {
                weekday,
                which: Which::InWeek(weeks),
            };
            return Some(Read {
                end: after,
                value,
                rule: "weekday-of-week",
            });
        }
        if which == Which::Unsaid && self.lower(end) == "last" && self.lower(end + 1) != "week" {
            let is_end = matches!(self.lower(end + 1), "" | "," | "." | ";");
            if is_end {
                let value = Day::Weekday {
                    weekday,
                    which: Which::Last,
                };
                return Some(Read {
                    end: end + 1,
                    value,
                    rule: "weekday",
                });
            }
        }
        Some(Read {
            end,
            value: Day::Weekday { weekday, which },
            rule: "weekday",
        })
    }

    /// "January", "last May", "January 2016", "May of last year".
    pub(super) fn month(&self, at: usize) -> Option<Read<Day>> {
        let (start, which) = self.which_before(at);
        let with_year = self
            .month_name(start, true)
            .map(|month| (month, self.year_after(start + 1)));
        if let Some((month, (end, Some(year)))) = with_year {
            let value = Day::Month {
                year: Some(year),
                month,
                which: Which::Unsaid,
            };
            return Some(Read {
                end,
                value,
                rule: "month-year",
            });
        }
        let month = self.month_name(start, which != Which::Unsaid)?;
        let end = start + 1;
        let of = usize::from(self.lower(end) == "of");
        if let Some((after, years)) = self.which_offset(end + of, Unit::Year) {
            let value = Day::Month {
                year: None,
                month,
                which: Which::InYear(years),
            };
            return Some(Read {
                end: after,
                value,
                rule: "month-of-year",
            });
        }
        Some(Read {
            end,
            value: Day::Month {
                year: None,
                month,
                which,
            },
            rule: "month",
        })
    }

    /// "summer 2016", "last winter", "the spring of 2015", "this fall".
    pub(super) fn season(&self, at: usize) -> Option<Read<Day>> {
        let (mut start, which) = self.which_before(at);
        let the = which == Which::Unsaid && self.lower(start) == "the";
        start += usize::from(the);
        let &(season, is_word) = self.words.seasons.get(self.lower(start))?;
        let end = start + 1;
        if let (after, Some(year)) = self.year_after(end) {
            let value = Day::Season {
                year: Some(year),
                season,
                which: Which::Unsaid,
            };
            return Some(Read {
                end: after,
                value,
                rule: "season-year",
            });
        }
        let of = usize::from(self.lower(end) == "of");
        if let Some((after, years)) = self.which_offset(end + of, Unit::Year) {
            let value = Day::Season {
                year: None,
                season,
                which: Which::InYear(years),
            };
            return Some(Read {
                end: after,
                value,
                rule: "season-of-year",
            });
        }
        let before = start
            .checked_sub(1 + usize::from(the))
            .map_or("", |i| self.lower(i));
        let is_placed = which != Which::Unsaid || self.words.season_cues.contains(before);
        if is_word && !(is_placed && (the || which != Which::Unsaid || before == "in")) {
            return None;
        }
        Some(Read {
            end,
            value: Day::Season {
                year: None,
                season,
                which,
            },
            rule: "season",
        })
    }

    /// "the third quarter", "first half of 2016", "last year's fourth quarter", "Q3 2016".
    pub(super) fn year_part(&self, at: usize) -> Option<Read<Day>> {
        if let Some((end, years)) = self.which_offset(at, Unit::Year)
            && self.lower(end) == "'s"
        {
            let (end, parts, part) = self.named_part(end + 1)?;
            let value = Day::YearPart {
                year: None,
                parts,
                part,
                which: Which::InYear(years),
            };
            return Some(Read {
                end,
                value,
                rule: "year-part",
            });
        }
        let (mut start, which) = self.which_before(at);
        start += usize::from(which == Which::Unsaid && self.lower(start) == "the");
        start += self
            .words
            .fiscal
            .starting(&self.lowers, start)
            .map_or(0, |(length, ())| length);
        let year_before = self.year_number(start, false);
        start = year_before.map_or(start, |(end, _)| end);
        let (end, parts, part) = self.named_part(start)?;
        if let Some((_, year)) = year_before {
            let value = Day::YearPart {
                year: Some(year),
                parts,
                part,
                which: Which::Unsaid,
            };
            return Some(Read {
                end,
                value,
                rule: "year-part",
            });
        }
        if let (after, Some(year)) = self.year_after(end) {
            let value = Day::YearPart {
                year: Some(year),
                parts,
                part,
                which: Which::Unsaid,
            };
            return Some(Read {
                end: after,
                value,
                rule: "year-part",
            });
        }
        let of = usize::from(self.lower(end) == "of");
        if let Some((after, years)) = self.which_offset(end + of, Unit::Year) {
            let value = Day::YearPart {
                year: None,
                parts,
                part,
                which: Which::InYear(years),
            };
            return Some(Read {
                end: after,
                value,
                rule: "year-part",
            });
        }
        // a bare "first half" is most often half of something else
        (parts == 4).then_some(Read {
            end,
            value: Day::YearPart {
                year: None,
                parts,
                part,
                which,
            },
            rule: "year-part",
        })
    }

    /// "third quarter", "second-half", "Q3".
    fn named_part(&self, at: usize) -> Option<(usize, u8, u8)> {
        if let Some(digit) = self.lower(at).strip_prefix('q') {
            let part = digit
                .parse::<u8>()
                .ok()
                .filter(|part| (1..=4).contains(part) && digit.len() == 1)?;
            return Some((at + 1, 4, part));
        }
        let (end, part) = self.ordinal(at)?;
        let end = end + usize::from(self.lower(end) == "-");
        let parts = match self.lower(end) {
            "quarter" => 4,
            "half" => 2,
            _ => return None,
        };
        u8::try_from(part)
            .ok()
            .filter(|part| (1..=parts).contains(part))
            .map(|part| (end + 1, parts, part))
    }

    /// "yesterday", "tonight", "the day before yesterday".
    pub(super) fn relative_day(&self, at: usize) -> Option<DayRead> {
        let the = usize::from(self.lower(at) == "the");
        let (length, &(count, part)) = self.words.relative_days.starting(&self.lowers, at + the)?;
        // "today's" is today, "the today" is not
        if the == 1 && length == 1 {
            return None;
        }
        let day = Day::Offset {
            unit: Unit::Day,
            count,
            whole: true,
            origin: Origin::Publication,
        };
        Some(Read {
            end: at + the + length,
            value: (day, part.map(TimeOfDay::Part)),
            rule: "relative-day",
        })
    }

    /// "2016", "the year 2016", "fiscal 1989", "'98", "nineteen ninety-six".
    pub(super) fn year(&self, at: usize) -> Option<Read<Day>> {
        let the = usize::from(self.lower(at) == "the");
        let mut start = at + the;
        let fiscal = self
            .words
            .fiscal
            .starting(&self.lowers, at)
            .map(|(length, ())| length);
        start = fiscal.map_or(start, |length| at + length);
        let named = self.lower(start) == "year";
        start += usize::from(named);
        if (the == 1 || start > at) && !named && fiscal.is_none() {
            // "the 1989 period" belongs to what follows
            return None;
        }
        let (end, year) = self.year_number(start, named || fiscal.is_some())?;
        if !named && fiscal.is_none() && !self.is_year_in_context(start, end) {
            return None;
        }
        Some(Read {
            end,
            value: Day::Year(year),
            rule: "year",
        })
    }

    /// Is a bare four-digit figure here a year, not a count?
    fn is_year_in_context(&self, start: usize, end: usize) -> bool {
        let before = start.checked_sub(1).map_or("", |i| self.lower(i));
        let after = self.lower(end);
        if self.words.year_cues.contains(before) {
            return !self.is_plural_word(after) || matches!(before, "in" | "since");
        }
        let is_money =
            before.ends_with(['$', '€', '£', '#', '+', '*', '.']) || matches!(before, "no." | "number");
        let is_measured =
            after == "%" || self.words.units.contains_key(after) || self.numbers.multiplies(after);
        !is_money && !is_measured && !self.is_plural_word(after) && !self.is_number_like(before)
    }

    fn is_plural_word(&self, word: &str) -> bool {
        word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && word != "was"
            || self.words.plurals.contains(word)
    }

    fn is_number_like(&self, word: &str) -> bool {
        word.starts_with(|c: char| c.is_ascii_digit())
    }

    /// "1990s", "the '90s", "the nineties".
    pub(super) fn decade(&self, at: usize) -> Option<Read<Day>> {
        let the = usize::from(self.lower(at) == "the");
        let start = at + the;
        let word = self.lower(start);
        let read = |year| {
            Some(Read {
                end: start + 1,
                value: Day::Decade(year),
                rule: "decade",
            })
        };
        if let Some(&year) = self.words.decades.get(word) {
            let position = at
                .checked_sub(1)
                .is_some_and(|i| self.words.positions.starting(&self.lowers, i).is_some());
            return if the == 1 || position { read(year) } else { None };
        }
        let figure = word.strip_suffix('s')?;
        let figure = figure.strip_suffix('\'').unwrap_or(figure);
        if let Some(short) = figure.strip_prefix('\'') {
            let year = short
                .parse::<i16>()
                .ok()
                .filter(|y| short.len() == 2 && y % 10 == 0)?;
            return read(1900 + year);
        }
        let year = figure
            .parse::<i16>()
            .ok()
            .filter(|y| figure.len() == 4 && y % 10 == 0 && (1000..2100).contains(y))?;
        read(year)
    }

    /// "the 19th century".
    pub(super) fn century(&self, at: usize) -> Option<Read<Day>> {
        let start = at + usize::from(self.lower(at) == "the");
        let (end, number) = self.ordinal(start)?;
        let end = end + usize::from(self.lower(end) == "-");
        let is_century = self.lower(end) == "century" && (1..=22).contains(&number);
        is_century.then_some(Read {
            end: end + 1,
            value: Day::Century(i16::from(number)),
            rule: "century",
        })
    }

    /// "on the 5th", with nothing after it that the 5th could belong to.
    pub(super) fn day_of_month(&self, at: usize) -> Option<Read<Day>> {
        let on = at
            .checked_sub(1)
            .is_some_and(|i| self.words.day_cues.contains(self.lower(i)));
        if !on || self.lower(at) != "the" {
            return None;
        }
        let (end, day) = self.ordinal(at + 1)?;
        let alone = matches!(self.lower(end), "" | "," | "." | ";" | ":" | ")" | "and" | "to");
        let of_month =
            self.lower(end) == "of" && self.lower(end + 1) == "the" && self.lower(end + 2) == "month";
        let end = if of_month { end + 3 } else { end };
        let fits = (alone || of_month) && (1..=31).contains(&day);
        fits.then_some(Read {
            end,
            value: Day::DayOfMonth(day),
            rule: "day-of-month",
        })
    }

    /// A "last", "this", "next" that stands before, and where what it belongs to begins.
    pub(super) fn which_before(&self, at: usize) -> (usize, Which) {
        if let Some((length, &which)) = self.words.which.starting(&self.lowers, at) {
            return (at + length, which);
        }
        match self.words.story_which.starting(&self.lowers, at) {
            Some((length, &which)) if which != Which::This => (at + length, which),
            _ => (at, Which::Unsaid),
        }
    }

    /// "last week" with that unit, as −1.
    pub(super) fn which_offset(&self, at: usize, unit: Unit) -> Option<(usize, i8)> {
        let (length, which) = self.words.which.starting(&self.lowers, at)?;
        let end = at + length;
        let is_unit = self.words.units.get(self.lower(end)) == Some(&unit);
        let count = match which {
            Which::Last => -1,
            Which::Next => 1,
            _ => 0,
        };
        is_unit.then_some((end + 1, count))
    }

    /// The month named at `at`. `firm`: its neighbours leave no doubt that a date is meant.
    fn month_name(&self, at: usize, firm: bool) -> Option<i8> {
        let &(month, needs_capital) = self.words.months.get(self.lower(at))?;
        let item = &self.items[at];
        if !needs_capital {
            return Some(month);
        }
        if !item.is_capital {
            return None;
        }
        // "May" first in a sentence, or among capitals, may be the verb
        let before = at.checked_sub(1).map_or("", |i| self.lower(i));
        let led = self.words.month_cues.contains(before);
        let open = at == 0 || self.is_all_capitals || matches!(before, "\"" | "“" | "'" | "‘" | "(");
        (firm || led || !open).then_some(month)
    }

    /// A day of the month: a figure, an ordinal figure or an ordinal word from 1 to 31.
    pub(super) fn day_number(&self, at: usize) -> Option<(usize, i8)> {
        let word = self.lower(at);
        let figure = word
            .parse::<i8>()
            .ok()
            .filter(|_| word.len() <= 2 && !word.starts_with(['+', '-']));
        let (end, day) = figure.map(|day| (at + 1, day)).or_else(|| self.ordinal(at))?;
        (1..=31).contains(&day).then_some((end, day))
    }

    /// "5th", "fifth", "twenty-first".
    pub(super) fn ordinal(&self, at: usize) -> Option<(usize, i8)> {
        if let Some((length, &value)) = self.words.ordinals.starting(&self.lowers, at) {
            return Some((at + length, value));
        }
        let word = self.lower(at);
        let digits = word
            .strip_suffix("st")
            .or_else(|| word.strip_suffix("nd"))
            .or_else(|| word.strip_suffix("rd"))
            .or_else(|| word.strip_suffix("th"))?;
        digits.parse::<i8>().ok().filter(|&n| n > 0).map(|n| (at + 1, n))
    }

    /// A year after a month or day, with or without comma or "of"; or none.
    pub(super) fn year_after(&self, at: usize) -> (usize, Option<i16>) {
        let skip = usize::from(matches!(self.lower(at), "," | "of" | "in"));
        let year = self.year_number(at + skip, true);
        if let Some((end, year)) = year
            // "in May, 2016 people" is no date, "of 20" no year
            && !(skip == 1 && self.is_plural_word(self.lower(end)))
            && !(self.lower(at) == "in" && year < 1000)
        {
            return (end, Some(year));
        }
        (at, None)
    }

    /// "2016", "'98", "nineteen ninety-six", "two thousand five". `firm`: any four-digit year, not just near ones.
    fn year_number(&self, at: usize, firm: bool) -> Option<(usize, i16)> {
        let word = self.lower(at);
        if word.bytes().all(|b| b.is_ascii_digit()) && word.len() == 4 {
            let year = word.parse::<i16>().ok()?;
            let range = if firm { 1000..=2199 } else { YEARS_PLAIN };
            return range.contains(&year).then_some((at + 1, year));
        }
        if let Some(short) = word.strip_prefix('\'').filter(|s| s.len() == 2) {
            return short.parse::<i16>().ok().map(|year| (at + 1, full_year(2, year)));
        }
        self.spoken_year(at, firm)
            .filter(|&(end, _)| !self.numbers.multiplies(self.lower(end)))
    }

    /// "nineteen ninety-six", "two thousand (and) five".
    fn spoken_year(&self, at: usize, firm: bool) -> Option<(usize, i16)> {
        let first = self.small_cardinal(at)?;
        if firm && first.1 == 2 && self.lower(first.0) == "thousand" {
            let and = first.0 + 1 + usize::from(self.lower(first.0 + 1) == "and");
            return Some(
                self.small_cardinal(and)
                    .map_or((first.0 + 1, 2000), |(end, n)| (end, 2000 + n)),
            );
        }
        if !matches!(first.1, 17..=20) {
            return None;
        }
        let (end, second) = self.small_cardinal(first.0).filter(|&(_, n)| n >= 10)?;
        Some((end, first.1 * 100 + second))
    }

    /// A number word below one hundred.
    fn small_cardinal(&self, at: usize) -> Option<(usize, i16)> {
        let (end, value) = self.numbers.cardinal_at(&self.lowers, at)?;
        i16::try_from(value).ok().filter(|&n| n < 100).map(|n| (end, n))
    }
}

/// Years a bare figure may stand for without any word that says so. Wider, and counts become years; narrower,
/// and older history goes unread.
const YEARS_PLAIN: std::ops::RangeInclusive<i16> = 1900..=2059;

/// Two-digit years up to here are of this century. News archives reach back to the 1970s and forward to now.
const PIVOT: i16 = 49;

fn full_year(digits: usize, year: i16) -> i16 {
    match digits {
        2 if year <= PIVOT => 2000 + year,
        2 => 1900 + year,
        _ => year,
    }
}

impl Weekday {
    /// From Monday, 0, to Sunday, 6.
    pub(super) fn index(self) -> i32 {
        Weekday::ALL
            .iter()
            .position(|&day| day == self)
            .and_then(|i| i32::try_from(i).ok())
            .unwrap_or(0)
    }
}
