//! When: time expressions of a sentence, put on the calendar from the page's publication.

use crate::lexicon::Lexicon;
use crate::reading::Reading;
use language::Tag;
use language::time::{Anchor, Day, Point, Resolved, Tense, TimeOfDay, TimeValue};
use model::{Because, Edtf, TimeAnchor, When};
use std::ops::Range;

/// A time as it stands in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct TimeHit {
    pub(crate) tokens: Range<usize>,
    pub(crate) when: When,
}

/// Finds the times of a sentence that name days, months or years.
pub(crate) fn find(reading: &Reading, lexicon: &Lexicon, published: &Edtf) -> Vec<TimeHit> {
    let text = &reading.passage.text;
    let mut hits = Vec::new();
    for expression in language::time::expressions(&reading.sentence, text) {
        if !matches!(expression.value, TimeValue::Point(_)) {
            continue;
        }
        let tokens = tokens_of(reading, &expression.span);
        let words = text.get(expression.span.clone()).unwrap_or_default().to_owned();
        let tense = tense(reading, lexicon, tokens.start);
        let (edtf, anchor, reason) = on_calendar(&expression.value, published, tense, &words);
        let span = reading.passage.raw(expression.span.clone());
        let because = Because::new(expression.rule, reason).span(span);
        hits.push(TimeHit {
            tokens,
            when: When {
                edtf,
                words,
                span: Some(span),
                anchor,
                because,
            },
        });
    }
    hits
}

/// Puts a time on the calendar from the page's publication: the days, what they are counted from, and why.
pub(crate) fn on_calendar(
    value: &TimeValue,
    published: &Edtf,
    tense: Tense,
    words: &str,
) -> (Edtf, TimeAnchor, String) {
    let anchor = Anchor {
        published_earliest: published.earliest(),
        published_latest: published.latest(),
        tense,
    };
    let resolved = language::time::resolve(value, anchor);
    let explicit = matches!(
        value,
        TimeValue::Point(Point {
            day: Day::Date { year: Some(_), .. } | Day::Month { year: Some(_), .. } | Day::Year(_),
            ..
        })
    );
    let edtf = resolved.as_ref().map_or_else(Edtf::unknown, edtf);
    let reason = match &resolved {
        Some(resolved) => resolved.because.clone(),
        None => format!("\"{words}\" cannot be put on the calendar: the page has no date to count from"),
    };
    let anchor = match (&resolved, explicit) {
        (None, _) => TimeAnchor::None,
        (Some(_), true) => TimeAnchor::Explicit,
        (Some(_), false) => TimeAnchor::Published,
    };
    (edtf, anchor, reason)
}

fn edtf(resolved: &Resolved) -> Edtf {
    let mut edtf = Edtf::between(Some(resolved.earliest), Some(resolved.latest));
    edtf.approximate = resolved.approximate;
    if let Some(TimeOfDay::Clock { hour, minute }) = resolved.time_of_day {
        edtf.minute = u16::try_from(i32::from(hour) * 60 + i32::from(minute)).ok();
    }
    edtf
}

fn tokens_of(reading: &Reading, bytes: &Range<usize>) -> Range<usize> {
    let tokens = &reading.sentence.tokens;
    let start = tokens.partition_point(|token| token.span.end <= bytes.start);
    let end = tokens.partition_point(|token| token.span.start < bytes.end);
    start..end.max(start + 1).min(tokens.len().max(1))
}

/// Whether the clause around a token tells of the past or of what is to come.
fn tense(reading: &Reading, lexicon: &Lexicon, at: usize) -> Tense {
    let clause = reading.clause(at);
    let mut tense = Tense::Unknown;
    // Words in quotation marks have their own tense.
    let quoted = reading.quoted(at);
    // "is due to deliver on Wednesday"
    let planned = reading.marks.iter().any(|mark| {
        let first = mark.tokens.start;
        let verb = reading
            .token(first)
            .is_some_and(|token| matches!(token.tag, Tag::Verb | Tag::Aux));
        verb && lexicon.marks[mark.value].effect == "plan"
            && reading.clause(first) == clause
            && reading.quoted(first) == quoted
            && !matches!(reading.lower(first), "was" | "were")
            && !reading.lower(first).ends_with("ed")
    });
    if planned {
        return Tense::Future;
    }
    for (index, token) in reading
        .sentence
        .tokens
        .iter()
        .enumerate()
        .filter(|(index, _)| reading.clause(*index) == clause && reading.quoted(*index) == quoted)
    {
        match token.lower.as_str() {
            "will" | "shall" | "'ll" => return Tense::Future,
            "was" | "were" | "had" | "did" => tense = Tense::Past,
            lower
                if token.tag == Tag::Verb
                    && (lower.ends_with("ed") || lower != token.lemma.to_lowercase()) =>
            {
                let participle = lower.ends_with("ing") || lower.ends_with('s') && !lower.ends_with("ss");
                if !participle {
                    tense = Tense::Past;
                }
            }
            _ => {}
        }
        let _ = index;
    }
    tense
}

/// A time as the act has it: "tomorrow" in somebody's quoted words counts from the day they were said, and
/// where that is not told, from no day that is known.
pub(crate) fn as_quoted(ground: &crate::draft::Ground, time: &TimeHit) -> When {
    let reading = ground.reading;
    let relative = time.when.anchor == TimeAnchor::Published
        && ground
            .lexicon
            .word("day-from-now", &time.when.words.to_lowercase());
    if !relative || !reading.quoted(time.tokens.start) {
        return time.when.clone();
    }
    let said = reading
        .times
        .iter()
        .find(|other| !reading.quoted(other.tokens.start) && other.when.edtf.is_known());
    let shift = |day: jiff::civil::Date, from: jiff::civil::Date, to: jiff::civil::Date| {
        day.checked_add(jiff::Span::new().days(model::days_between(from, to)))
            .ok()
    };
    let mut when = time.when.clone();
    let (earliest, latest) = (time.when.edtf.earliest(), time.when.edtf.latest());
    let published = ground.document.published.edtf.latest();
    let moved = said.and_then(|said| {
        let (from, day) = (published?, said.when.edtf.earliest()?);
        Some(Edtf::between(
            shift(earliest?, from, day),
            shift(latest?, from, day),
        ))
    });
    let (edtf, words) = match moved {
        Some(edtf) => (
            edtf,
            format!("\"{}\" counts from the day it was said", time.when.words),
        ),
        None => (
            Edtf::between(None, latest),
            format!(
                "\"{}\" is quoted, and the day on which it was said is not told",
                time.when.words
            ),
        ),
    };
    when.edtf = edtf;
    when.because = Because::new("time-in-quotation", words).span(reading.span(&time.tokens));
    when
}

/// The time of an act that is planned, hoped for or conditional and not dated: not before the page.
pub(crate) fn still_to_come(published: &Edtf) -> When {
    let words = "it has not happened yet, as the sentence tells it".to_owned();
    When {
        edtf: Edtf::between(published.earliest(), None),
        words: String::new(),
        span: None,
        anchor: TimeAnchor::None,
        because: Because::new("still-to-come", words),
    }
}

/// The time of an act that its sentence does not date: no later than the page itself.
pub(crate) fn undated(published: &Edtf) -> When {
    let words = match published.latest() {
        Some(day) => format!("the sentence gives no time; no later than the page, {day}"),
        None => "the sentence gives no time and the page has no date".to_owned(),
    };
    When {
        edtf: Edtf::between(None, published.latest()),
        words: String::new(),
        span: None,
        anchor: TimeAnchor::None,
        because: Because::new("no-time-given", words),
    }
}
