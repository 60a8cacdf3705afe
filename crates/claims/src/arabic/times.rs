//! When, in Arabic: "today", "yesterday", days of the week, dates with either name of a month.

use super::Sentence;
use super::data::Class;
use crate::times::on_calendar;
use language::time::{Day, Origin, Point, Reach, Tense, TimeValue, Unit, Weekday, Which};
use model::{Because, When};
use std::ops::Range;

/// A time as it stands in a sentence, the surest kinds first.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) words: Range<usize>,
    pub(crate) when: When,
    /// 0 a date, 1 a day of the week, 2 a day counted from the page.
    pub(crate) rank: u8,
}

/// Finds the times of a sentence.
pub(crate) fn find(sentence: &Sentence) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        let found = date(sentence, at)
            .or_else(|| numeric(sentence, at))
            .or_else(|| weekday(sentence, at))
            .or_else(|| day(sentence, at));
        let Some((end, day, rank)) = found else {
            at += 1;
            continue;
        };
        hits.push(hit(sentence, at..end, day, rank));
        at = end;
    }
    hits
}

fn hit(sentence: &Sentence, words: Range<usize>, day: Day, rank: u8) -> Hit {
    let value = TimeValue::Point(Point {
        day,
        position: None,
        time: None,
        reach: Reach::At,
        approximate: false,
    });
    let text = sentence.text_of(&words);
    let (edtf, anchor, reason) = on_calendar(&value, &sentence.document.published.edtf, Tense::Past, &text);
    let span = sentence.span(&words);
    Hit {
        words,
        when: When {
            edtf,
            words: text,
            span: Some(span),
            anchor,
            because: Because::new("time-arabic", reason)
                .entry("lexicon/ar/calendar.tsv")
                .span(span),
        },
        rank,
    }
}

/// "8 September 2022", "8 Aylul/September", with or without the year.
fn date(sentence: &Sentence, at: usize) -> Option<(usize, Day, u8)> {
    let words = &sentence.words;
    let day = i8::try_from(words.get(at)?.digits()?)
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let month = sentence.tables.months.at(words, at + 1)?;
    let mut end = month.words.end;
    if let Some(again) = sentence
        .tables
        .months
        .at(words, end)
        .filter(|again| again.value == month.value)
    {
        end = again.words.end;
    }
    let year = words.get(end).and_then(super::words::Word::digits).and_then(year);
    let date = Day::Date {
        year,
        month: *month.value,
        day,
    };
    Some((end + usize::from(year.is_some()), date, 0))
}

/// "8/9/2022" and "2022-09-08"; the day stands before the month.
fn numeric(sentence: &Sentence, at: usize) -> Option<(usize, Day, u8)> {
    let number = |step: usize| {
        sentence
            .words
            .get(at + step)
            .filter(|word| step == 0 || word.parted)?
            .digits()
    };
    let (first, second, third) = (number(0)?, number(1)?, number(2)?);
    let apart = |step: usize| {
        let (before, word) = (&sentence.words[at + step - 1], &sentence.words[at + step]);
        let between = sentence.passage.text.get(before.bytes.end..word.bytes.start);
        matches!(between, Some("/" | "-" | "."))
    };
    if !apart(1) || !apart(2) {
        return None;
    }
    let (day, month, of) = match (year(first), year(third)) {
        (Some(of), _) => (third, second, of),
        (_, Some(of)) => (first, second, of),
        _ => return None,
    };
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    let fits = (1..=31).contains(&day) && (1..=12).contains(&month);
    let date = Day::Date {
        year: Some(of),
        month,
        day,
    };
    fits.then_some((at + 3, date, 0))
}

/// Years that a page can speak of; other numbers of four digits are counts.
fn year(number: u64) -> Option<i16> {
    i16::try_from(number)
        .ok()
        .filter(|year| (1900..2100).contains(year))
}

fn weekday(sentence: &Sentence, at: usize) -> Option<(usize, Day, u8)> {
    let found = sentence.tables.weekdays.at(&sentence.words, at)?;
    let weekday = *Weekday::ALL.get(*found.value)?;
    let day = Day::Weekday {
        weekday,
        which: Which::Unsaid,
    };
    Some((found.words.end, day, 1))
}

fn day(sentence: &Sentence, at: usize) -> Option<(usize, Day, u8)> {
    let (Class::Day, value, end) = sentence.class(at)? else {
        return None;
    };
    let day = Day::Offset {
        unit: Unit::Day,
        count: value.parse().ok()?,
        whole: true,
        origin: Origin::Publication,
    };
    Some((end, day, 2))
}
