//! The time words of one language, from `times.tsv`.

use crate::fault::Fault;
use crate::hash::{FastMap, FastSet};
use crate::number::Phrases;
use crate::rules::rows;

use super::value::{DayPart, Position, Reach, Season, Tense, Unit, Vague, Weekday, Which};

/// The time words of one language. All lower case.
#[derive(Debug, Default)]
pub(crate) struct TimeWords {
    /// month and whether the word needs a capital
    pub(super) months: FastMap<String, (i8, bool)>,
    pub(super) weekdays: FastMap<String, Weekday>,
    pub(super) weekdays_plural: FastMap<String, Weekday>,
    pub(super) units: FastMap<String, Unit>,
    pub(super) relative_days: Phrases<(i32, Option<DayPart>)>,
    pub(super) parts: FastMap<String, DayPart>,
    /// season and whether the word also means something else
    pub(super) seasons: FastMap<String, (Season, bool)>,
    pub(super) which: Phrases<Which>,
    pub(super) story_which: Phrases<Which>,
    pub(super) positions: Phrases<Position>,
    pub(super) positions_of: Phrases<Position>,
    pub(super) within: Phrases<()>,
    pub(super) ago: Phrases<Ago>,
    pub(super) vague: Phrases<Vague>,
    pub(super) vague_adjectives: Phrases<Vague>,
    pub(super) ordinals: Phrases<i8>,
    pub(super) decades: FastMap<String, i16>,
    pub(super) sets: FastSet<String>,
    pub(super) rates: FastSet<String>,
    pub(super) often: FastMap<String, Unit>,
    pub(super) several: Phrases<Option<u32>>,
    pub(super) several_led: Phrases<Option<u32>>,
    pub(super) latest: Phrases<()>,
    pub(super) stretches: FastSet<String>,
    pub(super) business: Phrases<()>,
    pub(super) amount_adjectives: FastSet<String>,
    pub(super) about: Phrases<()>,
    /// true for the hours after noon
    pub(super) meridiems: FastMap<String, bool>,
    pub(super) zones: FastSet<String>,
    pub(super) clock_words: Phrases<()>,
    pub(super) reach: Phrases<Reach>,
    pub(super) year_cues: FastSet<String>,
    pub(super) month_cues: FastSet<String>,
    pub(super) season_cues: FastSet<String>,
    pub(super) day_cues: FastSet<String>,
    pub(super) part_cues: FastSet<String>,
    pub(super) duration_cues: FastSet<String>,
    pub(super) rate_cues: FastSet<String>,
    pub(super) wholes: FastSet<String>,
    pub(super) plurals: FastSet<String>,
    pub(super) fiscal: Phrases<()>,
    pub(super) auxiliaries: FastMap<String, Tense>,
    /// every word of the table
    known: FastSet<String>,
}

/// Where an amount of time leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ago {
    pub(super) back: bool,
    pub(super) from_story: bool,
}

impl TimeWords {
    pub(crate) fn read(tsv: &str, faults: &mut Vec<Fault>) -> TimeWords {
        const FILE: &str = "times.tsv";
        let mut words = TimeWords::default();
        for (line, [class, word, value]) in rows::<3>(FILE, tsv, faults) {
            words.known.extend(word.split(' ').map(str::to_owned));
            if let Err(what) = words.insert(class, word, value) {
                faults.push(Fault {
                    file: FILE.to_owned(),
                    line,
                    what,
                });
            }
        }
        words
    }

    /// Does the word stand anywhere in the table?
    pub(super) fn knows(&self, word: &str) -> bool {
        self.known.contains(word)
    }

    fn insert(&mut self, class: &str, word: &str, value: &str) -> Result<(), String> {
        let key = word.to_owned();
        let new = match class {
            "month" | "month-capital" => self
                .months
                .insert(key, (number(value, 1, 12)?, class == "month-capital"))
                .is_none(),
            "weekday" => self.weekdays.insert(key, weekday(value)?).is_none(),
            "weekdays" => self.weekdays_plural.insert(key, weekday(value)?).is_none(),
            "unit" => self.units.insert(key, unit(value)?).is_none(),
            "relative-day" => {
                let (days, part) = value.split_once(' ').map_or((value, None), |(d, p)| (d, Some(p)));
                let days = number::<i32>(days, -366, 366)?;
                self.relative_days
                    .insert(word, (days, part.map(day_part).transpose()?))
            }
            "part" => self.parts.insert(key, day_part(value)?).is_none(),
            "season" | "season-word" => self
                .seasons
                .insert(key, (season(value)?, class == "season-word"))
                .is_none(),
            "which" => self.which.insert(word, which(value)?),
            "story-which" => self.story_which.insert(word, which(value)?),
            "position" => self.positions.insert(word, position(value)?),
            "position-of" => self.positions_of.insert(word, position(value)?),
            "ago" => self.ago.insert(
                word,
                Ago {
                    back: true,
                    from_story: false,
                },
            ),
            "earlier" => self.ago.insert(
                word,
                Ago {
                    back: true,
                    from_story: true,
                },
            ),
            "hence" => self.ago.insert(
                word,
                Ago {
                    back: false,
                    from_story: false,
                },
            ),
            "later" => self.ago.insert(
                word,
                Ago {
                    back: false,
                    from_story: true,
                },
            ),
            "vague" => self.vague.insert(word, vague(value)?),
            "vague-adjective" => self.vague_adjectives.insert(word, vague(value)?),
            "ordinal" => self.ordinals.insert(word, number(value, 1, 99)?),
            "decade" => self.decades.insert(key, number(value, 1000, 2100)?).is_none(),
            "often" => self.often.insert(key, unit(value)?).is_none(),
            "meridiem" => self.meridiems.insert(key, value == "pm").is_none(),
            "tense" => {
                let tense = named(value, &[("past", Tense::Past), ("future", Tense::Future)])?;
                self.auxiliaries.insert(key, tense).is_none()
            }
            "several" => self.several.insert(word, count(value)?),
            "several-led" => self.several_led.insert(word, count(value)?),
            "reach" => self.reach.insert(word, reach(value)?),
            _ => return self.insert_plain(class, word),
        };
        if new {
            Ok(())
        } else {
            Err(format!("\"{class}\" is given twice for \"{word}\""))
        }
    }

    /// The classes whose words carry no value.
    fn insert_plain(&mut self, class: &str, word: &str) -> Result<(), String> {
        let key = word.to_owned();
        let new = match class {
            "within" => self.within.insert(word, ()),
            "set" => self.sets.insert(key),
            "rate" => self.rates.insert(key),
            "latest" => self.latest.insert(word, ()),
            "stretch" => self.stretches.insert(key),
            "business" => self.business.insert(word, ()),
            "amount-adjective" => self.amount_adjectives.insert(key),
            "about" => self.about.insert(word, ()),
            "zone" => self.zones.insert(key),
            "clock-word" => self.clock_words.insert(word, ()),
            "year-cue" => self.year_cues.insert(key),
            "month-cue" => self.month_cues.insert(key),
            "season-cue" => self.season_cues.insert(key),
            "day-cue" => self.day_cues.insert(key),
            "part-cue" => self.part_cues.insert(key),
            "duration-cue" => self.duration_cues.insert(key),
            "rate-cue" => self.rate_cues.insert(key),
            "whole" => self.wholes.insert(key),
            "plural" => self.plurals.insert(key),
            "fiscal" => self.fiscal.insert(word, ()),
            _ => return Err(format!("\"{class}\" is not a class named at the top of the file")),
        };
        if new {
            Ok(())
        } else {
            Err(format!("\"{class}\" is given twice for \"{word}\""))
        }
    }
}

fn number<N: std::str::FromStr + PartialOrd + std::fmt::Display>(
    text: &str,
    low: N,
    high: N,
) -> Result<N, String> {
    match text.parse::<N>() {
        Ok(value) if value >= low && value <= high => Ok(value),
        _ => Err(format!("\"{text}\" is not a whole number from {low} to {high}")),
    }
}

/// A number, or `-` for an amount that nobody counted.
fn count(text: &str) -> Result<Option<u32>, String> {
    if text == "-" {
        return Ok(None);
    }
    number(text, 1, 1_000).map(Some)
}

fn weekday(text: &str) -> Result<Weekday, String> {
    number::<usize>(text, 1, 7).map(|day| Weekday::ALL[day - 1])
}

/// Finds `text` among named values, or says which names there are.
fn named<V: Copy>(text: &str, names: &[(&str, V)]) -> Result<V, String> {
    names
        .iter()
        .find(|(name, _)| *name == text)
        .map(|&(_, value)| value)
        .ok_or_else(|| {
            let known: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
            format!("\"{text}\" is not one of {}", known.join(", "))
        })
}

fn unit(text: &str) -> Result<Unit, String> {
    let names = [
        ("second", Unit::Second),
        ("minute", Unit::Minute),
        ("hour", Unit::Hour),
        ("day", Unit::Day),
        ("weekend", Unit::Weekend),
        ("week", Unit::Week),
        ("month", Unit::Month),
        ("quarter", Unit::Quarter),
        ("year", Unit::Year),
        ("decade", Unit::Decade),
        ("century", Unit::Century),
    ];
    named(text, &names)
}

fn day_part(text: &str) -> Result<DayPart, String> {
    let names = [
        ("dawn", DayPart::Dawn),
        ("morning", DayPart::Morning),
        ("noon", DayPart::Noon),
        ("afternoon", DayPart::Afternoon),
        ("evening", DayPart::Evening),
        ("night", DayPart::Night),
        ("midnight", DayPart::Midnight),
    ];
    named(text, &names)
}

fn season(text: &str) -> Result<Season, String> {
    let names = [
        ("spring", Season::Spring),
        ("summer", Season::Summer),
        ("autumn", Season::Autumn),
        ("winter", Season::Winter),
    ];
    named(text, &names)
}

fn which(text: &str) -> Result<Which, String> {
    named(
        text,
        &[
            ("last", Which::Last),
            ("this", Which::This),
            ("next", Which::Next),
        ],
    )
}

fn position(text: &str) -> Result<Position, String> {
    named(
        text,
        &[
            ("start", Position::Start),
            ("middle", Position::Middle),
            ("end", Position::End),
        ],
    )
}

fn vague(text: &str) -> Result<Vague, String> {
    named(
        text,
        &[
            ("past", Vague::Past),
            ("present", Vague::Present),
            ("future", Vague::Future),
        ],
    )
}

fn reach(text: &str) -> Result<Reach, String> {
    named(
        text,
        &[
            ("since", Reach::Since),
            ("until", Reach::Until),
            ("after", Reach::After),
        ],
    )
}
