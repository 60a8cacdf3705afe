//! Dates as pages write them, in any of the calendar's languages; only those that name their year.

use crate::words::{Token, fold, tokens};
use jiff::civil::{Date, Weekday};
use model::Edtf;
use std::collections::BTreeMap;
use std::ops::Range;

/// First year a news page can bear.
///
/// 1900: before it no page on the web was published, and broken templates print years such as 0025 or 1899.
/// Lower it and such dates are believed.
pub(crate) const YEAR_FIRST: i16 = 1900;
/// Last year a news page can bear; see [`YEAR_FIRST`]. The clock is not known here, so this only stops
/// nonsense such as 9999.
pub(crate) const YEAR_LAST: i16 = 2100;

/// Names of months and weekdays and the words that go with dates, from `calendar.tsv`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calendar {
    pub(crate) months: BTreeMap<String, i8>,
    pub(crate) weekdays: BTreeMap<String, Weekday>,
    /// Words that announce the publication date ("published") and those that announce a change ("updated").
    pub(crate) published: Vec<String>,
    /// Words that follow the date of a post ("· Shared with Public").
    pub(crate) published_after: Vec<String>,
    pub(crate) updated: Vec<String>,
    /// Words for a day counted from publication, with the days to add.
    pub(crate) relative: BTreeMap<String, i64>,
    /// Words that name an occurrence, with the sort that they share with other words.
    pub(crate) occurrences: BTreeMap<String, String>,
    /// Words after which a weekday lies ahead of publication.
    pub(crate) ahead: Vec<String>,
}

impl Calendar {
    pub(crate) fn month(&self, word: &str) -> Option<i8> {
        self.months.get(word).copied()
    }
    pub(crate) fn weekday(&self, word: &str) -> Option<Weekday> {
        self.weekdays
            .get(word.strip_suffix("'s").unwrap_or(word))
            .copied()
    }
    pub(crate) fn is_named(&self, word: &str) -> bool {
        self.month(word).is_some() || self.weekday(word).is_some()
    }
    #[cfg(test)]
    pub(crate) fn for_tests() -> Self {
        crate::lexicon::for_tests().0.calendar
    }
}

/// A date found in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FoundDate {
    /// The day, the month, or an interval when day and month could be either way round.
    pub(crate) edtf: Edtf,
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// Tokens it takes, with weekday and clock.
    pub(crate) tokens: usize,
    /// Day and month could be either way round.
    pub(crate) is_ambiguous: bool,
}

/// What a text says about dates.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    pub(crate) found: Vec<FoundDate>,
    /// Written like a date, but no calendar or no press has such a one.
    pub(crate) refused: Vec<Range<usize>>,
}

/// A run of digits, a run of letters, or a sign.
#[derive(Clone, Copy, Debug)]
struct Atom<'t> {
    text: &'t str,
    start: usize,
    number: Option<i64>,
}

impl Atom<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }
    fn is_sign(&self, signs: &[char]) -> bool {
        self.text.chars().next().is_some_and(|c| signs.contains(&c))
    }
    fn digits(&self) -> usize {
        if self.number.is_some() {
            self.text.chars().count()
        } else {
            0
        }
    }
}

/// All full dates in a text, in order.
pub(crate) fn dates(text: &str, calendar: &Calendar) -> Dates {
    let mut dates = Dates::default();
    // Every date has a year in digits.
    if !text.chars().any(|c| digit(c).is_some()) {
        return dates;
    }
    let tokens = tokens(text);
    let atoms: Vec<Atom<'_>> = tokens.iter().flat_map(|token| atoms(token, calendar)).collect();
    let mut at = 0;
    while at < atoms.len() {
        match date_at(&atoms[at..], calendar) {
            Some(Ok((mut edtf, length, is_ambiguous))) => {
                let (clock, after) = clock(&atoms[at + length..]);
                let first = weekday_before(&atoms, at, calendar);
                let named = calendar.weekday(&fold(atoms[first].text)).filter(|_| first < at);
                if let (true, Some(weekday)) = (is_ambiguous, named) {
                    settle(&mut edtf, weekday);
                }
                if edtf.single_day().is_some() {
                    edtf.minute = clock;
                }
                let still_open = edtf.single_day().is_none() && is_ambiguous;
                dates.found.push(FoundDate {
                    edtf,
                    range: atoms[first].start..atoms[at + length - 1].end(),
                    tokens: at - first + length + after,
                    is_ambiguous: still_open,
                });
                at += length + after;
            }
            Some(Err(length)) => {
                dates.refused.push(atoms[at].start..atoms[at + length - 1].end());
                at += length;
            }
            None => at += 1,
        }
    }
    dates
}

/// Of a day that can be read two ways, keeps the one that falls on the weekday named beside it.
fn settle(edtf: &mut Edtf, weekday: Weekday) {
    let fits: Vec<Date> = [edtf.earliest(), edtf.latest()]
        .into_iter()
        .flatten()
        .filter(|day| day.weekday() == weekday)
        .collect();
    if let [day] = fits.as_slice() {
        *edtf = Edtf::day(*day);
    }
}

fn digit(c: char) -> Option<i64> {
    match c {
        '0'..='9' => Some(i64::from(c as u32 - '0' as u32)),
        '\u{660}'..='\u{669}' => Some(i64::from(c as u32 - 0x660)),
        '\u{6F0}'..='\u{6F9}' => Some(i64::from(c as u32 - 0x6F0)),
        _ => None,
    }
}

/// Where the name of a month begins inside letters that were glued to its front: "A. WriterMarch 25, 2025".
fn glued_month(letters: &str, calendar: &Calendar) -> Option<usize> {
    let mut before: Option<char> = None;
    for (at, c) in letters.char_indices() {
        let begins = c.is_uppercase() && before.is_some_and(|before| !before.is_uppercase());
        if begins && calendar.month(&fold(&letters[at..])).is_some() {
            return Some(at);
        }
        before = Some(c);
    }
    None
}

fn atoms<'t>(token: &Token<'t>, calendar: &Calendar) -> Vec<Atom<'t>> {
    let mut all = Vec::new();
    let mut start = 0;
    let text = token.text;
    while start < text.len() {
        let is_digit = text[start..].chars().next().is_some_and(|c| digit(c).is_some());
        let length = text[start..]
            .find(|c: char| digit(c).is_some() != is_digit)
            .unwrap_or(text.len() - start);
        let glued = glued_month(&text[start..start + length], calendar).filter(|_| !is_digit);
        let length = glued.unwrap_or(length);
        let part = &text[start..start + length];
        let number = (is_digit && part.chars().count() <= 8)
            .then(|| part.chars().filter_map(digit).fold(0, |sum, d| sum * 10 + d));
        all.push(Atom {
            text: part,
            start: token.start + start,
            number,
        });
        start += length;
    }
    all
}

type Reading = Result<(Edtf, usize, bool), usize>;

/// The date that begins with the first atom: its time, its length in atoms, whether it is ambiguous;
/// `Err` with the length when it is written like a date but cannot be one.
fn date_at(atoms: &[Atom<'_>], calendar: &Calendar) -> Option<Reading> {
    let first = atoms.first()?;
    match first.number {
        Some(year) if first.digits() == 4 => year_first(atoms, year),
        Some(day) if first.digits() <= 2 => day_first(atoms, day, calendar),
        Some(_) => None,
        None => month_first(atoms, calendar),
    }
}

/// 2017-05-04, 2017/05/04, 2017.05.04
fn year_first(atoms: &[Atom<'_>], year: i64) -> Option<Reading> {
    let [_, one, month, two, day, ..] = atoms else {
        return None;
    };
    let joined = one.is_sign(&['-', '/', '.', '\u{2010}', '\u{2011}']) && one.text == two.text;
    let (month_number, day_number) = (month.number?, day.number?);
    (joined && month.digits() <= 2 && day.digits() <= 2).then(|| reading(year, month_number, day_number, 5))
}

fn day_first(atoms: &[Atom<'_>], day: i64, calendar: &Calendar) -> Option<Reading> {
    // 04.05.2017, 04/05/2017, 04-05-2017
    if let [_, one, second, two, year, ..] = atoms
        && one.is_sign(&['-', '/', '.'])
        && one.text == two.text
        && year.digits() == 4
        && second.digits() > 0
        && second.digits() <= 2
    {
        return numeric(day, second.number?, year.number?, one.text == ".");
    }
    // 4 May 2017, 4th of May, 2017, 04-May-2017
    let mut at = 1;
    let mut skip = |test: &dyn Fn(&Atom<'_>) -> bool| {
        if atoms.get(at).is_some_and(test) {
            at += 1;
        }
        at
    };
    skip(&|a| matches!(a.text, "st" | "nd" | "rd" | "th"));
    skip(&|a| a.is_sign(&['.', '-', ' ', '/']));
    skip(&|a| matches!(a.text, "of" | "de"));
    let at_month = skip(&|_| false);
    let (month, words) = month_at(&atoms[at_month..], calendar)?;
    at += words;
    // Arabic papers write both names of a month: "28 Āb/Aghusṭus 2013".
    let other = || month_at(atoms.get(at + 1..)?, calendar).filter(|(other, _)| *other == month);
    if atoms.get(at).is_some_and(|a| a.is_sign(&['/']))
        && let Some((_, words)) = other()
    {
        at += 1 + words;
    }
    let mut skip = |test: &dyn Fn(&Atom<'_>) -> bool| {
        if atoms.get(at).is_some_and(test) {
            at += 1;
        }
        at
    };
    skip(&|a| a.is_sign(&['.', ',', '-', '\u{60C}', '/']));
    let at_year = skip(&|_| false);
    let year = atoms.get(at_year).filter(|a| a.digits() == 4)?;
    Some(reading(year.number?, i64::from(month), day, at_year + 1))
}

/// The month that begins with the first atom, of one word or two ("Kānūn ath-thānī"), and its atoms.
fn month_at(atoms: &[Atom<'_>], calendar: &Calendar) -> Option<(i8, usize)> {
    let first = fold(atoms.first()?.text);
    let second = atoms.get(1).map(|atom| format!("{first} {}", fold(atom.text)));
    let of_two = second
        .and_then(|name| calendar.month(&name))
        .map(|month| (month, 2));
    of_two.or_else(|| calendar.month(&first).map(|month| (month, 1)))
}

/// May 4, 2017; May 4th 2017; May 2017 is only a month and is read as such.
fn month_first(atoms: &[Atom<'_>], calendar: &Calendar) -> Option<Reading> {
    // "may 2000 men" is no date: before its number a month's name has its capital, where the script has them.
    if atoms[0].text.starts_with(char::is_lowercase) {
        return None;
    }
    let month = calendar.month(&fold(atoms[0].text))?;
    let mut at = 1;
    if atoms.get(at).is_some_and(|a| a.is_sign(&['.', '-'])) {
        at += 1;
    }
    let number = atoms.get(at)?;
    let value = number.number?;
    if number.digits() == 4 {
        return (i64::from(YEAR_FIRST)..=i64::from(YEAR_LAST))
            .contains(&value)
            .then(|| Edtf::month(i16::try_from(value).ok()?, month))
            .flatten()
            .map(|edtf| Ok((edtf, at + 1, false)));
    }
    if number.digits() > 2 {
        return None;
    }
    at += 1;
    if atoms
        .get(at)
        .is_some_and(|a| matches!(a.text, "st" | "nd" | "rd" | "th"))
    {
        at += 1;
    }
    if atoms
        .get(at)
        .is_some_and(|a| a.is_sign(&[',', '-', '.', '\u{60C}']))
    {
        at += 1;
    }
    let year = atoms.get(at).filter(|a| a.digits() == 4)?;
    Some(reading(year.number?, i64::from(month), value, at + 1))
}

fn numeric(first: i64, second: i64, year: i64, is_dotted: bool) -> Option<Reading> {
    // Dots are written by day-first countries only.
    if is_dotted || first > 12 {
        return Some(reading(year, second, first, 5));
    }
    if second > 12 || first == second {
        return Some(reading(year, first, second, 5));
    }
    let one = day_of(year, second, first)?;
    let other = day_of(year, first, second)?;
    Some(Ok((Edtf::between(Some(one), Some(other)), 5, true)))
}

fn reading(year: i64, month: i64, day: i64, length: usize) -> Reading {
    day_of(year, month, day).map_or(Err(length), |date| Ok((Edtf::day(date), length, false)))
}

/// A day that a page can bear; `None` otherwise.
pub(crate) fn day_of(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = i16::try_from(year)
        .ok()
        .filter(|year| (YEAR_FIRST..=YEAR_LAST).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A clock after a date: minute of the day and the atoms it takes.
fn clock(atoms: &[Atom<'_>]) -> (Option<u16>, usize) {
    let skip = atoms
        .iter()
        .take(2)
        .take_while(|a| {
            a.is_sign(&[',', '|', '\u{B7}', '-', '\u{2013}', '\u{2014}', '/']) || matches!(a.text, "T" | "at")
        })
        .count();
    let [hour, colon, minute, after @ ..] = &atoms[skip..] else {
        return (None, 0);
    };
    let (Some(hour), Some(minute_number)) = (hour.number, minute.number) else {
        return (None, 0);
    };
    if !colon.is_sign(&[':', '.']) || minute.digits() != 2 {
        return (None, 0);
    }
    let mut length = skip + 3;
    // Seconds and their parts.
    let mut rest = after;
    while let [sign, number, more @ ..] = rest {
        if !(sign.is_sign(&[':', '.']) && number.number.is_some()) {
            break;
        }
        length += 2;
        rest = more;
    }
    let half = rest.first().map(|a| fold(a.text));
    let hour = match half.as_deref() {
        Some("pm" | "p") if hour < 12 => hour + 12,
        Some("am" | "a") if hour == 12 => 0,
        _ => hour,
    };
    if matches!(
        half.as_deref(),
        Some("am" | "pm" | "gmt" | "utc" | "z" | "est" | "edt" | "bst")
    ) {
        length += 1;
    }
    if !(0..24).contains(&hour) || !(0..60).contains(&minute_number) {
        return (None, 0);
    }
    (u16::try_from(hour * 60 + minute_number).ok(), length)
}

/// The atom with which the date begins when a weekday stands right before it.
fn weekday_before(atoms: &[Atom<'_>], at: usize, calendar: &Calendar) -> usize {
    let is_day = |index: usize| calendar.weekday(&fold(atoms[index].text)).is_some();
    if at >= 1 && is_day(at - 1) {
        at - 1
    } else if at >= 2 && atoms[at - 1].is_sign(&[',', '.', '\u{60C}']) && is_day(at - 2) {
        at - 2
    } else {
        at
    }
}

/// Milliseconds from 1970 to the moment that numbers of posts on X, formerly Twitter, count from, and the bits below the
/// milliseconds: `twepoch` and the shifts of the "Snowflake" that its makers published in 2010.
const POSTS_SINCE_MS: u64 = 1_288_834_974_657;
const POST_BITS: u32 = 22;

/// Milliseconds below which a number tells no time: until November 2010 posts were numbered in turn, up to some
/// 30,000 million, which is 7 seconds in the later form.
const POSTS_FIRST_MS: u64 = 10_000;

/// The day, UTC, on which a post on X was made, from its number in an address such as `twitter.com/name/status/1489…`.
fn post_date(address: &str) -> Option<Date> {
    let (host, path) = address.split_once("://")?.1.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let host = ["www.", "mobile.", "m."]
        .iter()
        .find_map(|front| host.strip_prefix(front))
        .unwrap_or(&host);
    let mut parts = path.split('/').skip_while(|part| *part != "status");
    let number = matches!(host, "twitter.com" | "x.com").then(|| parts.nth(1))??;
    let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
    let since = digits.parse::<u64>().ok()? >> POST_BITS;
    let ms = i64::try_from(since.checked_add(POSTS_SINCE_MS)?).ok()?;
    if since < POSTS_FIRST_MS {
        return None;
    }
    let day = jiff::Timestamp::from_millisecond(ms).ok()?;
    let date = day.to_zoned(jiff::tz::TimeZone::UTC).date();
    day_of(
        i64::from(date.year()),
        i64::from(date.month()),
        i64::from(date.day()),
    )
}

/// The date in an address such as `/2017/05/04/`, `-2017-05-04-` or `/20170504`, or in the number of a post.
pub(crate) fn address_date(address: &str) -> Option<Date> {
    if let Some(date) = post_date(address) {
        return Some(date);
    }
    let bytes = address.as_bytes();
    let digits = |at: usize, length: usize| -> Option<i64> {
        let part = bytes.get(at..at + length)?;
        part.iter()
            .all(u8::is_ascii_digit)
            .then(|| part.iter().fold(0, |sum, b| sum * 10 + i64::from(b - b'0')))
    };
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    for at in 0..bytes.len() {
        if !is_digit(at) || (at > 0 && is_digit(at - 1)) {
            continue;
        }
        let Some(year) = digits(at, 4) else { continue };
        if !is_digit(at + 4) {
            let sign = bytes.get(at + 4).copied();
            let month_digits = if is_digit(at + 6) { 2 } else { 1 };
            let at_day = at + 5 + month_digits + 1;
            let day_digits = if is_digit(at_day + 1) { 2 } else { 1 };
            if matches!(sign, Some(b'/' | b'-' | b'_' | b'.'))
                && bytes.get(at_day - 1).copied() == sign
                && !is_digit(at_day + day_digits)
                && let (Some(month), Some(day)) = (digits(at + 5, month_digits), digits(at_day, day_digits))
                && let Some(date) = day_of(year, month, day)
            {
                return Some(date);
            }
        } else if !is_digit(at + 8)
            && let (Some(month), Some(day)) = (digits(at + 4, 2), digits(at + 6, 2))
            && let Some(date) = day_of(year, month, day)
        {
            return Some(date);
        }
    }
    None
}

#[cfg(test)]
mod tests;
