//! What a time expression can say, before anyone asks when "now" is.

use jiff::civil;

/// A time expression found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// Bytes in the analysed text.
    pub span: std::ops::Range<usize>,
    /// What it says.
    pub value: TimeValue,
    /// The rule that read it.
    pub rule: &'static str,
}

/// What a time expression says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeValue {
    /// Some day, month, year or time of day.
    Point(Point),
    /// How long: "six years", "for three days", "the past two months".
    Duration {
        /// How much time.
        amount: Amount,
        /// [`Which::Last`]: ending at the publication; [`Which::Next`]: beginning there.
        which: Which,
    },
    /// How often: "every day", "weekly".
    Set(Recurring),
    /// "now", "recently", "in the future".
    Vague(Vague),
}

/// A place in time, as far as the words fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Which day, week, month, year …
    pub day: Day,
    /// "early", "mid-", "the end of".
    pub position: Option<Position>,
    /// "at 10:30", "night".
    pub time: Option<TimeOfDay>,
    /// "since", "until": the point is one end of the interval meant.
    pub reach: Reach,
    /// "about", "around".
    pub approximate: bool,
}

/// Which day, or which longer unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Day {
    /// A day and a month, with or without the year: "4 May 2017", "May 4".
    Date {
        /// The year, where given.
        year: Option<i16>,
        /// 1 to 12.
        month: i8,
        /// 1 to 31; 30 February is a value without resolution.
        day: i8,
    },
    /// "the 5th", with nothing more.
    DayOfMonth(i8),
    /// "Wednesday", "last Friday", "next Monday".
    Weekday {
        /// The day's name.
        weekday: Weekday,
        /// Which one of that name.
        which: Which,
    },
    /// "January", "last May", "May 2017".
    Month {
        /// The year, where given.
        year: Option<i16>,
        /// 1 to 12.
        month: i8,
        /// Which one of that name, where no year is given.
        which: Which,
    },
    /// "summer", "last winter", "spring 2016".
    Season {
        /// The year, where given.
        year: Option<i16>,
        /// The season's name, northern.
        season: Season,
        /// Which one of that name, where no year is given.
        which: Which,
    },
    /// "the first quarter", "the second half of 2016".
    YearPart {
        /// The year, where given.
        year: Option<i16>,
        /// 4 for quarters, 2 for halves.
        parts: u8,
        /// Counted from 1.
        part: u8,
        /// Which one, where no year is given.
        which: Which,
    },
    /// "2016".
    Year(i16),
    /// "the 1990s" (its first year).
    Decade(i16),
    /// "the 19th century" (19).
    Century(i16),
    /// So many units from the anchor: "yesterday" (−1 day), "next week" (+1 week), "this year" (0 years),
    /// "three months ago" (−3 months, `whole` false: some day thereabouts).
    Offset {
        /// The unit counted.
        unit: Unit,
        /// How many; below zero for the past.
        count: i32,
        /// Counted as a whole calendar unit ("last month"), not as a distance ("a month ago").
        whole: bool,
        /// What it is counted from.
        origin: Origin,
    },
}

/// Which one of several days, months or seasons of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Nothing said: the tense decides.
    Unsaid,
    /// "last", "past", "previous".
    Last,
    /// "this".
    This,
    /// "next", "coming".
    Next,
    /// "Monday of last week": in the week so many away from the anchor's.
    InWeek(i8),
    /// "last year's May": in the year so many away from the anchor's.
    InYear(i8),
}

/// What an offset is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The day of publication: "three days ago".
    Publication,
    /// The day the story has reached, which only the reader of the story knows: "three days earlier", "that day".
    Story,
}

/// What comes back again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recurring {
    /// "every two weeks", "daily".
    Every(Amount),
    /// "every Monday", "Mondays".
    Weekday(Weekday),
    /// "each July".
    Month(i8),
    /// "every night".
    Part(DayPart),
}

/// Which part of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// "early", "the beginning of".
    Start,
    /// "mid-", "the middle of".
    Middle,
    /// "late", "the end of".
    End,
}

/// How the point bounds what is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The point itself.
    At,
    /// "since", "from … on": from the point to the anchor.
    Since,
    /// "until", "by", "before": up to the point.
    Until,
    /// "after": later than the point.
    After,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOfDay {
    /// On the clock, as written; no zone is known.
    Clock {
        /// 0 to 23.
        hour: i8,
        /// 0 to 59.
        minute: i8,
    },
    /// "at dawn", "in the morning".
    Part(DayPart),
}

/// A part of the day by name.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
}

/// How much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How many units; `None` for "days", "several years".
    pub count: Option<u32>,
    /// The half in "two and a half years", "half an hour".
    pub half: bool,
    /// The unit.
    pub unit: Unit,
    /// "about", "nearly", "more than".
    pub approximate: bool,
}

/// References that fix no date.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vague {
    Past,
    Present,
    Future,
}

/// Units of time.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Days of the week.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// Seasons of the northern year.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// When a text was published, and how its sentence looks at time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The earliest day the text can have been published; `None` if nothing is known.
    pub published_earliest: Option<civil::Date>,
    /// The latest day it can have been published; `None` if nothing is known.
    pub published_latest: Option<civil::Date>,
    /// Whether the sentence tells of the past or of what is to come.
    pub tense: Tense,
}

impl Weekday {
    /// The days from Monday on.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
}

impl Anchor {
    /// Published on a known day.
    pub fn on(day: civil::Date, tense: Tense) -> Anchor {
        Anchor {
            published_earliest: Some(day),
            published_latest: Some(day),
            tense,
        }
    }

    /// Published some day between two, both included.
    pub fn between(earliest: civil::Date, latest: civil::Date, tense: Tense) -> Anchor {
        Anchor {
            published_earliest: Some(earliest),
            published_latest: Some(latest),
            tense,
        }
    }

    /// Nobody knows when: only explicit dates resolve.
    pub fn unknown() -> Anchor {
        Anchor {
            published_earliest: None,
            published_latest: None,
            tense: Tense::Unknown,
        }
    }
}

/// How a sentence looks at time.
#[expect(missing_docs, reason = "the names say it")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    Past,
    Future,
    Unknown,
}

/// A time expression on the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The first day it can mean.
    pub earliest: civil::Date,
    /// The last day it can mean.
    pub latest: civil::Date,
    /// The same in the Extended Date/Time Format, level 1 (loc.gov/standards/datetime).
    pub edtf: String,
    /// The time of day, where the words give one.
    pub time_of_day: Option<TimeOfDay>,
    /// The words or the anchor leave the edges soft.
    pub approximate: bool,
    /// How the days were reached.
    pub because: String,
}
