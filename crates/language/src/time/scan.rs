//! Walks over one sentence and reads the longest time expression that begins at each word.

use std::ops::Range;

use crate::analysis::Sentence;
use crate::number::NumberWords;
use crate::rules::Language;

use super::value::{
    Day, DayPart, Origin, Point, Position, Reach, TimeExpression, TimeOfDay, TimeValue, Unit, Which,
};
use super::words::TimeWords;

/// One word as the time rules see it: a token, or half of one (`mid-` and `June` of `mid-June`).
pub(super) struct Item {
    pub(super) span: Range<usize>,
    pub(super) is_capital: bool,
}

/// One sentence under reading.
pub(super) struct Scan<'s> {
    pub(super) items: Vec<Item>,
    pub(super) lowers: Vec<&'s str>,
    pub(super) words: &'s TimeWords,
    pub(super) numbers: &'s NumberWords,
    /// Every letter of the sentence is a capital: case tells nothing.
    pub(super) is_all_capitals: bool,
}

/// What a rule read: where it ends and what it says.
pub(super) struct Read<V> {
    pub(super) end: usize,
    pub(super) value: V,
    pub(super) rule: &'static str,
}

/// "a year ago" and the like: neither the start nor the end of one can be named.
pub(super) fn is_distance(rule: &str) -> bool {
    matches!(rule, "ago" | "quarter-before")
}

/// A day with the part of it, where the day's word names one ("tonight").
pub(super) type DayRead = Read<(Day, Option<TimeOfDay>)>;

impl<'s> Scan<'s> {
    pub(super) fn new(sentence: &'s Sentence, language: &'s Language) -> Scan<'s> {
        let mut items = Vec::with_capacity(sentence.tokens.len());
        let mut lowers = Vec::with_capacity(sentence.tokens.len());
        for token in &sentence.tokens {
            let lower = token.lower.as_str();
            let is_capital = token.text.starts_with(char::is_uppercase);
            let cut = "mid-".len();
            if lower.starts_with("mid-")
                && token.text.len() > cut
                && token.text.is_char_boundary(cut)
                && lower.len() == token.text.len()
            {
                let middle = token.span.start + cut;
                items.push(Item {
                    span: token.span.start..middle,
                    is_capital,
                });
                lowers.push(&lower[..cut]);
                let is_capital = token.text[cut..].starts_with(char::is_uppercase);
                items.push(Item {
                    span: middle..token.span.end,
                    is_capital,
                });
                lowers.push(&lower[cut..]);
            } else {
                items.push(Item {
                    span: token.span.clone(),
                    is_capital,
                });
                lowers.push(lower);
            }
        }
        let is_all_capitals = sentence.tokens.iter().all(|t| t.text == t.text.to_uppercase())
            && sentence.tokens.iter().any(|t| t.text.len() > 3);
        Scan {
            items,
            lowers,
            words: &language.times,
            numbers: &language.numbers,
            is_all_capitals,
        }
    }

    pub(super) fn read(&self) -> Vec<TimeExpression> {
        let mut found: Vec<TimeExpression> = Vec::new();
        let mut at = 0;
        while at < self.items.len() {
            let Some(read) = self.may_open(at).then(|| self.expression(at)).flatten() else {
                at += 1;
                continue;
            };
            self.emit(at, &read, &mut found);
            let mut end = read.end;
            while let Some(next) = self.second_day(end, &read.value) {
                let begin = next.end - 1;
                self.emit(begin, &next, &mut found);
                end = next.end;
            }
            at = end.max(at + 1);
        }
        found
    }

    fn emit(&self, start: usize, read: &Read<TimeValue>, found: &mut Vec<TimeExpression>) {
        let mut value = read.value.clone();
        if let TimeValue::Point(point) = &mut value
            && let Some((_, &reach)) = self.words.reach.ending(&self.lowers, start)
        {
            point.reach = reach;
        }
        let span = self.items[start].span.start..self.items[read.end - 1].span.end;
        found.push(TimeExpression {
            span,
            value,
            rule: read.rule,
        });
    }

    pub(super) fn lower(&self, at: usize) -> &'s str {
        self.lowers.get(at).copied().unwrap_or("")
    }

    /// A plain word that no table knows opens nothing: the rules name no other word to begin with.
    fn may_open(&self, at: usize) -> bool {
        let word = self.lower(at);
        let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
        !is_plain || self.words.knows(word) || self.numbers.knows(word)
    }

    fn expression(&self, at: usize) -> Option<Read<TimeValue>> {
        let readings = [
            self.vague(at),
            self.set(at),
            self.clock_then_day(at),
            self.point(at),
            self.duration(at),
        ];
        // the longest; the first of equals
        readings
            .into_iter()
            .flatten()
            .reduce(|best, next| if next.end > best.end { next } else { best })
    }

    /// "4-5 May" and "May 4-5": the second day shares the month of the first.
    fn second_day(&self, at: usize, first: &TimeValue) -> Option<Read<TimeValue>> {
        let TimeValue::Point(point) = first else {
            return None;
        };
        let Day::Date { year, month, day } = point.day else {
            return None;
        };
        let joined = matches!(
            self.lower(at),
            "-" | "–" | "—" | "to" | "and" | "through" | "or" | "/"
        );
        let (end, second) = self.day_number(at + 1).filter(|_| joined)?;
        let ends_here = matches!(
            self.lower(end),
            "" | "," | "." | ";" | ":" | ")" | "in" | "at" | "and" | "the" | "with"
        );
        if second <= day || !ends_here || end != at + 2 {
            return None;
        }
        let point = Point {
            day: Day::Date {
                year,
                month,
                day: second,
            },
            ..point.clone()
        };
        Some(Read {
            end,
            value: TimeValue::Point(point),
            rule: "second-day",
        })
    }

    /// A day, month, year … with what stands before ("early", "the end of") and after it ("night", "at 10:30").
    fn point(&self, start: usize) -> Option<Read<TimeValue>> {
        let mut at = start;
        let mut position = None;
        let mut opened = false;
        let about = self
            .words
            .about
            .starting(&self.lowers, at)
            .map(|(length, ())| length);
        if let Some((length, &found)) = self.words.positions_of.starting(&self.lowers, at) {
            at += length;
            position = Some(found);
            opened = true;
        } else {
            if let Some((length, ())) = self.words.within.starting(&self.lowers, at) {
                at += length;
                opened = self.lower(at - 1) == "in";
                at += usize::from(matches!(self.lower(at), "on") && at > start);
            }
            if let Some((length, &found)) = self.words.positions.starting(&self.lowers, at) {
                at += length;
                position = Some(found);
                opened |= self.lower(at - 1) == "in";
                at += usize::from(self.lower(at) == "on");
            }
        }
        if position.is_none()
            && at == start
            && let Some(length) = about
        {
            // "about" before a plain date stays outside, before an amount it belongs to it
            let read = self
                .day(at + length, false)
                .filter(|read| is_distance(read.rule))?;
            return self.with_time(read, None, true);
        }
        let read = self
            .day(at, opened)
            .or_else(|| (at == start).then(|| self.lone_part(at)).flatten())?;
        if position.is_some() && is_distance(read.rule) {
            return None;
        }
        self.with_time(read, position, false)
    }

    /// Adds a part of the day or a clock time that follows a day.
    fn with_time(
        &self,
        read: DayRead,
        position: Option<Position>,
        approximate: bool,
    ) -> Option<Read<TimeValue>> {
        let (day, mut time) = read.value;
        let mut end = read.end;
        let mut position = position;
        let takes_time = matches!(
            day,
            Day::Date { .. } | Day::Weekday { .. } | Day::Offset { unit: Unit::Day, .. } | Day::DayOfMonth(_)
        );
        if takes_time && time.is_none() {
            let mut at = end;
            if let Some((length, &found)) = self.words.positions.starting(&self.lowers, at)
                && self.words.parts.contains_key(self.lower(at + length))
            {
                at += length;
                position = Some(found);
            }
            if let Some(&part) = self.words.parts.get(self.lower(at)) {
                time = Some(TimeOfDay::Part(part));
                end = at + 1;
            } else if let Some((after, clock)) = self.clock_after(end) {
                time = Some(clock);
                end = after;
            }
        }
        let point = Point {
            day,
            position,
            time,
            reach: Reach::At,
            approximate,
        };
        Some(Read {
            end,
            value: TimeValue::Point(point),
            rule: read.rule,
        })
    }

    /// "this morning", "last night", "at dawn", "in the evening".
    fn lone_part(&self, at: usize) -> Option<DayRead> {
        let day = |count, origin| Day::Offset {
            unit: Unit::Day,
            count,
            whole: true,
            origin,
        };
        if let Some((length, &which)) = self.words.which.starting(&self.lowers, at)
            && let Some((end, part)) = self.part_after(at + length)
        {
            let count = match which {
                Which::Last => -1,
                Which::Next => 1,
                _ => 0,
            };
            let value = (day(count, Origin::Publication), Some(TimeOfDay::Part(part)));
            return Some(Read {
                end,
                value,
                rule: "this-morning",
            });
        }
        let before = at.checked_sub(1).map_or("", |i| self.lower(i));
        let article = usize::from(self.lower(at) == "the");
        let fits = if article == 1 {
            self.words.part_cues.contains(before)
        } else {
            before == "at"
        };
        let (end, part) = self.part_after(at + article).filter(|_| fits)?;
        let value = (day(0, Origin::Story), Some(TimeOfDay::Part(part)));
        Some(Read {
            end,
            value,
            rule: "at-night",
        })
    }

    /// A part of the day, perhaps with "early", "late" or "mid-" before it.
    fn part_after(&self, at: usize) -> Option<(usize, DayPart)> {
        let skip = self
            .words
            .positions
            .starting(&self.lowers, at)
            .map_or(0, |(length, _)| length);
        self.words
            .parts
            .get(self.lower(at + skip))
            .map(|&part| (at + skip + 1, part))
    }

    /// The longest reading of a day, month, year … that begins at `at`. `opened`: "the end of" or the like stands
    /// before, so that a bare "the year" is this year.
    pub(super) fn day(&self, at: usize, opened: bool) -> Option<DayRead> {
        let plain = |read: Option<Read<Day>>| {
            read.map(|r| Read {
                end: r.end,
                value: (r.value, None),
                rule: r.rule,
            })
        };
        let readings = [
            plain(self.numeric_date(at)),
            plain(self.month_day(at)),
            plain(self.day_month(at)),
            plain(self.weekday(at)),
            plain(self.month(at)),
            plain(self.season(at)),
            plain(self.year_part(at)),
            self.relative_day(at),
            plain(self.which_unit(at, opened)),
            plain(self.ago(at)),
            plain(self.year(at)),
            plain(self.decade(at)),
            plain(self.century(at)),
            plain(self.day_of_month(at)),
        ];
        readings
            .into_iter()
            .flatten()
            .reduce(|best, next| if next.end > best.end { next } else { best })
    }
}
