//! Who could be heard in a period. Zero incidents mean something only beside this.

use jiff::civil::Date;
use model::{Coverage, Document, Edtf, Outlet, OutletId, Severity, add_days, days_between};
use std::collections::{BTreeMap, BTreeSet};

/// Days that a publication date may span and still show on which days a page could speak.
/// 3: a weekend edition; a month proves nothing about a day.
const DATED_DAYS_MAX: i64 = 3;

/// Longest period looked at day by day: ten years. A longer one is cut at its end, so that a slip of the
/// hand in a year costs no memory.
const PERIOD_DAYS_MAX: i64 = 3_660;

/// Pages read from each outlet, pages lost and undated, and the days on which nobody could be heard.
///
/// A page speaks of the day on which it was published and of the day before. An outlet that is known and of
/// which nothing was read is listed with 0 pages: silence is data.
///
/// ```
/// use jiff::civil::date;
/// let coverage = tracks::coverage(&[], &[], (date(2031, 5, 1), date(2031, 5, 3)));
/// assert_eq!(coverage.blind_days.len(), 3);
/// ```
pub fn coverage(documents: &[Document], outlets: &[Outlet], period: (Date, Date)) -> Coverage {
    let mut seen = BTreeSet::new();
    let documents: Vec<&Document> = documents
        .iter()
        .filter(|document| seen.insert(&document.id))
        .collect();
    let mut read: BTreeMap<Option<&OutletId>, (usize, Edtf)> = BTreeMap::new();
    for document in &documents {
        let entry = read
            .entry(document.outlet.as_ref())
            .or_insert_with(|| (0, Edtf::unknown()));
        entry.0 += 1;
        if document.published.edtf.latest() > entry.1.latest() {
            entry.1 = document.published.edtf.clone();
        }
    }
    let mut known: BTreeMap<String, (usize, Edtf)> = BTreeMap::new();
    for outlet in outlets {
        let of_outlet = read
            .remove(&Some(&outlet.id))
            .unwrap_or_else(|| (0, Edtf::unknown()));
        known.insert(outlet.name.clone(), of_outlet);
    }
    for (id, counted) in read {
        let name = id.map_or_else(|| "outlet not known".to_owned(), |id| id.0.clone());
        known.insert(name, counted);
    }
    Coverage {
        outlets: known
            .into_iter()
            .map(|(name, (pages, newest))| (name, pages, newest))
            .collect(),
        pages: documents.len(),
        lost: documents
            .iter()
            .filter(|document| document.notes.iter().any(|note| note.severity == Severity::Lost))
            .count(),
        undated: documents
            .iter()
            .filter(|document| !document.published.edtf.is_known())
            .count(),
        blind_days: blind_days(&documents, period),
    }
}

fn blind_days(documents: &[&Document], (first, last): (Date, Date)) -> Vec<Date> {
    let (first, last) = (first.min(last), first.max(last));
    let mut spoken: BTreeSet<Date> = BTreeSet::new();
    for document in documents {
        let published = &document.published.edtf;
        let (Some(from), Some(days)) = (published.earliest(), published.days()) else {
            continue;
        };
        if days <= DATED_DAYS_MAX {
            spoken.extend((-1..days).map(|day| add_days(from, day)));
        }
    }
    let days = days_between(first, last).min(PERIOD_DAYS_MAX - 1);
    (0..=days)
        .map(|day| add_days(first, day))
        .filter(|day| !spoken.contains(day))
        .collect()
}
