//! Dates for pages that bear none, from their own words and from dated pages that share title or text.
//!
//! A page that says "yesterday" and "Wednesday" of one occurrence was written on a Thursday. Which Thursday
//! it was, only a dated page of the same story can tell: the latest one up to that page's date, and that
//! date is the last day the page can be of. The result is an interval with its reasons. Without such words,
//! or without such a page, the date stays unknown; it is never taken from a file or from the time of capture.

use crate::own_words::{TOLD_RULE, WEEKDAY_RULE};
use crate::signature::likeness;
use crate::words::key;
use jiff::civil::{Date, Weekday};
use model::{Because, Document, Edtf, PassageKind, Published, PublishedHow, add_days};

/// Likeness of signatures from which two pages share text.
///
/// 0.12: a page that holds about a sixth of another's shingles; unrelated pages of one war measure under
/// 0.03 with four-word shingles, and the standard error is 0.044. Raise it and mixed copies lose their
/// siblings; lower it and stock phrases make siblings.
const SHARED_TEXT_MIN: f64 = 0.12;
/// Fewest words of a title that can stand for a story.
const TITLE_WORDS_MIN: usize = 4;

/// How a dated page is kin to an undated one, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kinship {
    /// They bear the same title.
    Title,
    /// They share text.
    Text,
    /// The undated page links to the dated one by its title.
    Link,
}

/// Dates what can be dated of the pages without a date. Documents come back in the order they were given;
/// what is found does not depend on that order.
pub fn date_undated(documents: Vec<Document>) -> Vec<Document> {
    let dated: Vec<Dated<'_>> = documents.iter().filter_map(Dated::of).collect();
    let inferred: Vec<Option<Published>> = documents
        .iter()
        .map(|document| {
            (document.published.how == PublishedHow::None)
                .then(|| infer(document, &dated))
                .flatten()
        })
        .collect();
    drop(dated);
    documents
        .into_iter()
        .zip(inferred)
        .map(|(mut document, inferred)| {
            if let Some(published) = inferred {
                document.published = published;
            }
            document
        })
        .collect()
}

/// A page with a day of its own.
struct Dated<'d> {
    document: &'d Document,
    day: Date,
    title: String,
}

impl<'d> Dated<'d> {
    fn of(document: &'d Document) -> Option<Self> {
        if matches!(
            document.published.how,
            PublishedHow::None | PublishedHow::Inferred
        ) {
            return None;
        }
        Some(Self {
            document,
            day: document.published.edtf.single_day()?,
            title: document.title.as_deref().map(key).unwrap_or_default(),
        })
    }
    fn kinship(&self, titles: &[String], links: &[String], signature: &[u32]) -> Option<Kinship> {
        let is_told = self.title.split(' ').count() >= TITLE_WORDS_MIN;
        if is_told && titles.contains(&self.title) {
            Some(Kinship::Title)
        } else if likeness(&self.document.signature, signature) >= SHARED_TEXT_MIN {
            Some(Kinship::Text)
        } else if is_told && links.iter().any(|link| link.ends_with(&self.title)) {
            Some(Kinship::Link)
        } else {
            None
        }
    }
}

fn infer(document: &Document, dated: &[Dated<'_>]) -> Option<Published> {
    let own = |rule: &str| {
        let because = document
            .published
            .because
            .iter()
            .find(|because| because.rule == rule)?;
        because.entry.rsplit('#').next().map(str::to_owned)
    };
    let weekday = weekday_named(&own(WEEKDAY_RULE)?)?;
    let told: Option<Date> = own(TOLD_RULE).and_then(|day| day.parse().ok());
    let of = |kind: PassageKind| {
        let passages = document
            .passages
            .iter()
            .filter(move |passage| passage.kind == kind);
        passages
            .map(|passage| key(&passage.text))
            .collect::<Vec<String>>()
    };
    let mut titles = of(PassageKind::Title);
    titles.extend(document.title.as_deref().map(key));
    let links = of(PassageKind::RelatedLink);
    let mut kin: Vec<(Kinship, Date, &Dated<'_>)> = dated
        .iter()
        .filter(|other| other.document.id != document.id)
        .filter_map(|other| {
            Some((
                other.kinship(&titles, &links, &document.signature)?,
                other.day,
                other,
            ))
        })
        .collect();
    kin.sort_by(|a, b| (a.0, a.1, &a.2.document.id).cmp(&(b.0, b.1, &b.2.document.id)));
    let best = kin.first()?.0;
    kin.retain(|(kinship, ..)| *kinship == best);
    let (first, last) = (kin.first()?, kin.last()?);
    let (start, end, how) = if best == Kinship::Link {
        // A page is no older than what it links to.
        let day = on_or_after(last.1, weekday);
        (
            day,
            day,
            "the first such day from the date of the page that it links to",
        )
    } else {
        (
            on_or_before(first.1, weekday),
            last.1,
            "from the latest such day up to the date of the page that shares its story",
        )
    };
    let start = told.filter(|told| *told > start && *told <= end).unwrap_or(start);
    let mut because = vec![Because::new(
        "weekday-before-sibling",
        format!("It was published on a {weekday:?}: {how}."),
    )];
    let own_reasons = document.published.because.iter();
    because.extend(
        own_reasons
            .filter(|because| [WEEKDAY_RULE, TOLD_RULE].contains(&because.rule.as_str()))
            .cloned(),
    );
    for (kinship, day, other) in kin.iter().take(3) {
        let relation = match kinship {
            Kinship::Title => "bears the same title",
            Kinship::Text => "shares text with it",
            Kinship::Link => "is linked from it",
        };
        let words = format!("\"{}\" of {day} {relation}.", other.document.name);
        because.push(Because::new("dated-sibling", words).entry(format!("document#{}", other.document.id)));
    }
    Some(Published {
        edtf: Edtf::between(Some(start), Some(end)),
        how: PublishedHow::Inferred,
        because,
    })
}

fn weekday_named(name: &str) -> Option<Weekday> {
    (1..=7)
        .filter_map(|day| Weekday::from_monday_one_offset(day).ok())
        .find(|day| format!("{day:?}") == name)
}

fn on_or_before(day: Date, weekday: Weekday) -> Date {
    add_days(day, -i64::from(weekday.until(day.weekday())))
}

fn on_or_after(day: Date, weekday: Weekday) -> Date {
    add_days(day, i64::from(day.weekday().until(weekday)))
}

#[cfg(test)]
mod tests;
