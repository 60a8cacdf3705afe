//! Amounts of time: durations, distances from now, sets; and the words that fix nothing.

use super::scan::{Read, Scan};
use super::value::{Amount, Day, Origin, Recurring, TimeValue, Unit, Vague, Which};

impl Scan<'_> {
    /// "three days ago", "a year earlier", "nearly two weeks later", "year-ago".
    pub(super) fn ago(&self, at: usize) -> Option<Read<Day>> {
        let the = usize::from(self.lower(at) == "the");
        let (end, amount) = self.amount(at + the, true)?;
        // "the year-ago quarter", but not "the three days ago"
        if the == 1 && end != at + 3 {
            return None;
        }
        let (length, ago) = self.words.ago.starting(&self.lowers, end)?;
        let count = i32::try_from(amount.count?).ok()?;
        let is_year = amount.unit == Unit::Year && count == 1 && !amount.half && ago.back;
        if is_year && self.is_business() {
            return Some(self.quarter_before(end + length));
        }
        let origin = if ago.from_story {
            Origin::Story
        } else {
            Origin::Publication
        };
        let count = if ago.back { -count } else { count };
        let value = Day::Offset {
            unit: amount.unit,
            count,
            whole: false,
            origin,
        };
        Some(Read {
            end: end + length,
            value,
            rule: "ago",
        })
    }

    /// "a year earlier" and "the year-ago quarter" where business is reported: the quarter that ended a year before
    /// the one most lately over.
    fn quarter_before(&self, end: usize) -> Read<Day> {
        let which = self.ordinal(end).map_or(end, |(end, _)| end);
        let named = self.words.units.get(self.lower(which)) == Some(&Unit::Quarter)
            || self.words.stretches.contains(self.lower(which));
        Read {
            end: if named { which + 1 } else { end },
            value: Day::Offset {
                unit: Unit::Quarter,
                count: -5,
                whole: true,
                origin: Origin::Publication,
            },
            rule: "quarter-before",
        }
    }

    /// Does the sentence report on business?
    fn is_business(&self) -> bool {
        (0..self.lowers.len()).any(|at| self.words.business.starting(&self.lowers, at).is_some())
    }

    /// "the quarter", "the latest period" where business is reported, "the latest week": the one most lately over.
    fn latest_unit(&self, at: usize, opened: bool) -> Option<Read<Day>> {
        let latest = self.words.latest.starting(&self.lowers, at);
        let (start, known) = match latest {
            Some((length, ())) => (at + length, true),
            None => (at + 1, self.lower(at) == "the" && !opened),
        };
        let word = self.lower(start);
        let unit = match self.words.units.get(word) {
            Some(&unit) if latest.is_some() && unit >= Unit::Week && !word.ends_with('s') => unit,
            Some(Unit::Quarter) if self.is_business() => Unit::Quarter,
            None if latest.is_some() && self.words.stretches.contains(word) && self.is_business() => {
                Unit::Quarter
            }
            _ => return None,
        };
        known.then_some(Read {
            end: start + 1,
            value: Day::Offset {
                unit,
                count: -1,
                whole: true,
                origin: Origin::Publication,
            },
            rule: "latest-unit",
        })
    }

    /// "last week", "this year", "next month"; "the following day"; "the year" after "the end of"; "year-end".
    pub(super) fn which_unit(&self, at: usize, opened: bool) -> Option<Read<Day>> {
        let offset = |end, unit, which, origin| {
            let count = match which {
                Which::Last => -1,
                Which::Next => 1,
                _ => 0,
            };
            Some(Read {
                end,
                value: Day::Offset {
                    unit,
                    count,
                    whole: true,
                    origin,
                },
                rule: "which-unit",
            })
        };
        let whole_unit = |at: usize| {
            let fiscal = self
                .words
                .fiscal
                .starting(&self.lowers, at)
                .map_or(0, |(length, ())| length);
            let unit = self.words.units.get(self.lower(at + fiscal)).copied();
            unit.filter(|&u| u >= Unit::Day && !self.lower(at + fiscal).ends_with('s'))
                .map(|u| (at + fiscal + 1, u))
        };
        if let Some((length, &which)) = self.words.which.starting(&self.lowers, at)
            && let Some((end, unit)) = whole_unit(at + length)
        {
            // "the last day", "the next day" count from the story
            let from_story = unit == Unit::Day && (self.lower(at) == "the" || which == Which::Next);
            return offset(
                end,
                unit,
                which,
                if from_story {
                    Origin::Story
                } else {
                    Origin::Publication
                },
            );
        }
        if let Some((length, &which)) = self.words.story_which.starting(&self.lowers, at)
            && let Some((end, unit)) = whole_unit(at + length)
        {
            return offset(end, unit, which, Origin::Story);
        }
        if let Some(read) = self.latest_unit(at, opened) {
            return Some(read);
        }
        let the = usize::from(matches!(self.lower(at), "the" | "each"));
        if let Some((end, unit)) = whole_unit(at + the) {
            if the == 1 && (opened || unit == Unit::Weekend) {
                return offset(end, unit, Which::This, Origin::Publication);
            }
            let joint = usize::from(matches!(self.lower(end), "-" | "'s"));
            if self.lower(end + joint) == "end" {
                return offset(end + joint + 1, unit, Which::This, Origin::Publication);
            }
        }
        None
    }

    /// "six years", "for three days", "the past two months", "two-year", "half an hour".
    pub(super) fn duration(&self, start: usize) -> Option<Read<TimeValue>> {
        let mut at = start;
        let mut which = Which::Unsaid;
        if let Some((length, &found)) = self
            .words
            .which
            .starting(&self.lowers, at)
            .filter(|(_, w)| **w != Which::This)
        {
            which = found;
            at += length;
        } else if self.lower(at) == "the" {
            at += 1;
            at += usize::from(self.words.wholes.contains(self.lower(at)));
        }
        let led = at > start;
        let (end, amount) = self.amount(at, led)?;
        let before = start.checked_sub(1).map_or("", |i| self.lower(i));
        let bare = amount.count.is_none() && end == at + 1;
        let ago = self.words.ago.starting(&self.lowers, end);
        let led_in = which != Which::Unsaid || self.words.duration_cues.contains(before);
        if bare && ago.is_none() && !led_in {
            return None;
        }
        if let Some((length, ago)) = ago {
            if amount.count.is_some() {
                return None;
            }
            let vague = if ago.back { Vague::Past } else { Vague::Future };
            return Some(Read {
                end: end + length,
                value: TimeValue::Vague(vague),
                rule: "years-ago",
            });
        }
        // "$5 a year", "twice a day": how often, not how long
        let is_article = self.words.rates.contains(self.lower(at));
        if is_article && !led && end == at + 2 && self.follows_count(start) {
            return Some(Read {
                end,
                value: TimeValue::Set(Recurring::Every(amount)),
                rule: "rate",
            });
        }
        let age = self.lower(end) == "old" || self.lower(end) == "-" && self.lower(end + 1) == "old";
        Some(Read {
            end,
            value: TimeValue::Duration { amount, which },
            rule: if age { "age" } else { "duration" },
        })
    }

    /// Does a number, a sum or "once", "twice" stand right before?
    fn follows_count(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|i| self.lower(i)) else {
            return false;
        };
        self.words.rate_cues.contains(before)
            || before.starts_with(|c: char| c.is_ascii_digit())
            || self.numbers.multiplies(before)
    }

    /// "every day", "each July", "every two weeks", "Mondays", "daily".
    pub(super) fn set(&self, at: usize) -> Option<Read<TimeValue>> {
        let read = |end, recurring| {
            Some(Read {
                end,
                value: TimeValue::Set(recurring),
                rule: "set",
            })
        };
        if let Some(&weekday) = self.words.weekdays_plural.get(self.lower(at)) {
            return read(at + 1, Recurring::Weekday(weekday));
        }
        let one = |unit| {
            Recurring::Every(Amount {
                count: Some(1),
                half: false,
                unit,
                approximate: false,
            })
        };
        if let Some(&unit) = self.words.often.get(self.lower(at)) {
            return read(at + 1, one(unit));
        }
        if !self.words.sets.contains(self.lower(at)) {
            return None;
        }
        let next = at + 1 + usize::from(self.lower(at + 1) == "single");
        let word = self.lower(next);
        if let Some(&weekday) = self.words.weekdays.get(word) {
            return read(next + 1, Recurring::Weekday(weekday));
        }
        if let Some(&(month, _)) = self.words.months.get(word) {
            return read(next + 1, Recurring::Month(month));
        }
        if let Some(&part) = self.words.parts.get(word) {
            return read(next + 1, Recurring::Part(part));
        }
        if let Some(&unit) = self.words.units.get(word) {
            return read(next + 1, one(unit));
        }
        let (end, amount) = self.amount(next, false)?;
        read(end, Recurring::Every(amount))
    }

    /// "now", "recently", "the future", "recent weeks".
    pub(super) fn vague(&self, at: usize) -> Option<Read<TimeValue>> {
        if let Some((length, &vague)) = self.words.vague.starting(&self.lowers, at) {
            return Some(Read {
                end: at + length,
                value: TimeValue::Vague(vague),
                rule: "vague",
            });
        }
        let (length, &vague) = self.words.vague_adjectives.starting(&self.lowers, at)?;
        let some = self
            .words
            .several
            .starting(&self.lowers, at + length)
            .map_or(0, |(length, _)| length);
        let end = at + length + some;
        let plural = self.words.units.contains_key(self.lower(end)) && self.lower(end).ends_with('s');
        let days = plural && self.lower(end) != "seconds";
        days.then_some(Read {
            end: end + 1,
            value: TimeValue::Vague(vague),
            rule: "recent-weeks",
        })
    }

    /// A number of units. `led`: "the", "last" or "ago" make bare units ("years") and lone articles an amount.
    fn amount(&self, start: usize, led: bool) -> Option<(usize, Amount)> {
        let about = self
            .words
            .about
            .starting(&self.lowers, start)
            .map_or(0, |(length, ())| length);
        let mut approximate = about > 0;
        let mut at = start + about;
        let mut count = None;
        let mut half = false;
        let mut is_figure = false;
        if self.lower(at) == "half" && matches!(self.lower(at + 1), "a" | "an") {
            at += 2;
            (count, half) = (Some(0), true);
        } else if let Some((length, &some)) = self.words.several.starting(&self.lowers, at) {
            at += length;
            count = some;
        } else if let Some((length, &some)) =
            self.words.several_led.starting(&self.lowers, at).filter(|_| led)
        {
            at += length;
            count = some;
        } else if let Some((end, value)) = self.count(at) {
            at = end;
            count = Some(value);
            is_figure = true;
            if self.lower(at) == "and" && self.lower(at + 1) == "a" && self.lower(at + 2) == "half" {
                half = true;
                at += 3;
            }
        } else if about > 0 {
            return None;
        }
        let hyphen = usize::from(is_figure && self.lower(at) == "-");
        at += hyphen;
        at += usize::from(is_figure && self.words.amount_adjectives.contains(self.lower(at)));
        let &unit = self.words.units.get(self.lower(at))?;
        let is_plural = self.lower(at).ends_with('s');
        // "the 1989 quarter" is no amount, "three quarters" a share
        let is_year = count.is_some_and(|n| n > 100) && !is_plural;
        if is_year || unit == Unit::Quarter && !led && matches!(count, Some(1 | 3)) {
            return None;
        }
        if at == start && !led && !is_plural || unit == Unit::Second && !is_figure {
            return None;
        }
        if at == start + usize::from(self.lower(start) == "the") && !is_plural {
            // a bare "year-ago" is one year
            let joined = matches!(self.lower(at + 1), "-" | "ago" | "earlier");
            if !led || !joined {
                return None;
            }
            count = Some(1);
        }
        let mut end = at + 1;
        if self.lower(end) == "and" && self.lower(end + 1) == "a" && self.lower(end + 2) == "half" {
            half = true;
            end += 3;
        }
        if self.lower(end) == "or" && matches!(self.lower(end + 1), "so" | "more") {
            approximate = true;
            end += 2;
        }
        if self.lower(end) == "-" && self.words.ago.starting(&self.lowers, end + 1).is_some() {
            end += 1;
        }
        Some((
            end,
            Amount {
                count,
                half,
                unit,
                approximate,
            },
        ))
    }

    /// "3", "1,000", "three", "twenty-one", "two hundred", "a", "an", "one".
    fn count(&self, at: usize) -> Option<(usize, u32)> {
        let word = self.lower(at);
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let plain = word.replace(',', "");
            return plain.parse::<u32>().ok().map(|value| (at + 1, value));
        }
        if matches!(word, "a" | "an") {
            let times = self
                .numbers
                .multiplier(self.lower(at + 1))
                .and_then(|by| u32::try_from(by).ok());
            return Some(times.map_or((at + 1, 1), |by| (at + 2, by)));
        }
        let (end, value) = self.numbers.cardinal_at(&self.lowers, at)?;
        u32::try_from(value).ok().map(|value| (end, value))
    }
}
