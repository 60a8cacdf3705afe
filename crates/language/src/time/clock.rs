//! Times of day.

use super::scan::{Read, Scan, is_distance};
use super::value::{Day, DayPart, Origin, Point, Reach, TimeOfDay, TimeValue, Unit};

impl Scan<'_> {
    /// "10 p.m. Wednesday", "noon on Friday", "at 10:30", "the evening of May 4".
    pub(super) fn clock_then_day(&self, start: usize) -> Option<Read<TimeValue>> {
        let about = self
            .words
            .about
            .starting(&self.lowers, start)
            .map_or(0, |(length, ())| length);
        let (after, time, mut position) = self.time_then(start + about)?;
        let mut at = after;
        at += usize::from(self.lower(at) == ",");
        at += usize::from(matches!(self.lower(at), "on" | "of"));
        if self.lower(after) != "of" && position.is_none() {
            position = self
                .words
                .positions
                .starting(&self.lowers, at)
                .map(|(length, &found)| {
                    at += length;
                    found
                });
        }
        let approximate = about > 0;
        let day = self.day(at, false).filter(|read| {
            read.value.1.is_none()
                && matches!(
                    read.value.0,
                    Day::Date { .. } | Day::Weekday { .. } | Day::Offset { unit: Unit::Day, .. }
                )
                && !is_distance(read.rule)
        });
        let is_clock = matches!(
            time,
            TimeOfDay::Clock { .. } | TimeOfDay::Part(DayPart::Noon | DayPart::Midnight)
        );
        match day {
            Some(read) => {
                let point = Point {
                    day: read.value.0,
                    position,
                    time: Some(time),
                    reach: Reach::At,
                    approximate,
                };
                Some(Read {
                    end: read.end,
                    value: TimeValue::Point(point),
                    rule: "clock-day",
                })
            }
            None if is_clock => {
                let day = Day::Offset {
                    unit: Unit::Day,
                    count: 0,
                    whole: true,
                    origin: Origin::Story,
                };
                let point = Point {
                    day,
                    position: None,
                    time: Some(time),
                    reach: Reach::At,
                    approximate,
                };
                Some(Read {
                    end: after,
                    value: TimeValue::Point(point),
                    rule: "clock",
                })
            }
            None => None,
        }
    }

    /// A clock time or part of the day that may have its day after it.
    fn time_then(&self, at: usize) -> Option<(usize, TimeOfDay, Option<super::Position>)> {
        if let Some((end, time)) = self.clock(at) {
            return Some((end, time, None));
        }
        let the = usize::from(self.lower(at) == "the");
        let mut start = at + the;
        let position = self
            .words
            .positions
            .starting(&self.lowers, start)
            .map(|(length, &found)| {
                start += length;
                found
            });
        let &part = self.words.parts.get(self.lower(start))?;
        Some((start + 1, TimeOfDay::Part(part), position))
    }

    /// "at 10:30", ", 10 p.m." after a day.
    pub(super) fn clock_after(&self, at: usize) -> Option<(usize, TimeOfDay)> {
        let mut start = at;
        start += usize::from(self.lower(start) == ",");
        start += usize::from(self.lower(start) == "at");
        start += self
            .words
            .about
            .starting(&self.lowers, start)
            .map_or(0, |(length, ())| length);
        self.clock(start).or_else(|| {
            let part = self
                .words
                .parts
                .get(self.lower(start))
                .filter(|_| start > at && self.lower(start - 1) == "at");
            part.map(|&part| (start + 1, TimeOfDay::Part(part)))
        })
    }

    /// "10:30 a.m. EST", "10 a.m.", "1400 GMT", "10 o'clock".
    pub(super) fn clock(&self, at: usize) -> Option<(usize, TimeOfDay)> {
        let (mut hour, minute, digits) = self.clock_figure(at)?;
        let mut end = at + 1;
        let mut firm = digits.contains(':');
        if let Some(&after_noon) = self.words.meridiems.get(self.lower(end)) {
            if !(1..=12).contains(&hour) {
                return None;
            }
            hour = hour % 12 + if after_noon { 12 } else { 0 };
            end += 1;
            firm = true;
        }
        let bracket = usize::from(self.lower(end) == "(");
        if self.words.zones.contains(self.lower(end + bracket))
            && (bracket == 0 || self.lower(end + 2) == ")")
        {
            firm |= digits.len() >= 3;
            end += 1 + 2 * bracket;
        } else if let Some((length, ())) = self.words.clock_words.starting(&self.lowers, end) {
            firm |= digits.len() == 4 || self.lower(end) == "o'clock";
            end += if firm { length } else { 0 };
        }
        firm.then_some((end, TimeOfDay::Clock { hour, minute }))
    }

    fn clock_figure(&self, at: usize) -> Option<(i8, i8, &str)> {
        let word = self.lower(at);
        let is_figure = word.bytes().all(|b| b.is_ascii_digit() || b == b':') && word.len() <= 8;
        if !is_figure || word.is_empty() {
            return None;
        }
        let (hour, minute) = match word.split_once(':') {
            Some((hour, rest)) if rest.len() >= 2 => (hour, &rest[..2]),
            Some(_) => return None,
            None if word.len() == 4 => word.split_at(2),
            None => (word, "0"),
        };
        let (hour, minute) = (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?);
        ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute, word))
    }
}
