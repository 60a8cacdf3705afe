//! Who could be heard in a period, and what could be seen of each zone on each day. Zero incidents mean
//! something only beside this.

use crate::sight;
use jiff::civil::Date;
use model::{
    Coverage, Document, DocumentId, Edtf, Incident, LocatedClaim, Outlet, OutletDay, OutletId, Severity,
    Zone, add_days, days_between,
};
use std::collections::{BTreeMap, BTreeSet};

/// Days that a publication date may span and still show on which days a page could speak.
/// 3: a weekend edition; a month proves nothing about a day.
const DATED_DAYS_MAX: i64 = 3;

/// Days after its last page on which an outlet counts as fallen silent; later it is only not heard.
/// 7: the period of a report; whoever spoke in the last one and not in this one is missed.
const SILENT_DAYS: i64 = 7;

/// Longest period looked at day by day: ten years. A longer one is cut at its end, so that a slip of the
/// hand in a year costs no memory.
const PERIOD_DAYS_MAX: i64 = 3_660;

/// Everything that was read, and what there was to read it by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heard<'a> {
    /// Pages read.
    pub documents: &'a [Document],
    /// Outlets that are known.
    pub outlets: &'a [Outlet],
    /// What the pages tell, placed.
    pub claims: &'a [LocatedClaim],
    /// What they tell of, brought together.
    pub incidents: &'a [Incident],
    /// Zones of the agreements.
    pub zones: &'a [Zone],
}

/// Pages read from each outlet, pages lost and undated, the days on which nobody could be heard; and for
/// each zone and day which outlets that tell of the zone were alive, which had fallen silent, and which
/// places nobody can see into.
///
/// A page speaks of the day on which it was published and of the day before. An outlet that is known and of
/// which nothing was read is listed with 0 pages: silence is data. Incidents outside every zone stand under
/// one last zone without a key, so that no incident is missing from the count.
///
/// ```
/// use jiff::civil::date;
/// let coverage = tracks::coverage(tracks::Heard::default(), (date(2031, 5, 1), date(2031, 5, 3)));
/// assert_eq!(coverage.blind_days.len(), 3);
/// ```
pub fn coverage(heard: Heard<'_>, (first, last): (Date, Date)) -> Coverage {
    let mut seen = BTreeSet::new();
    let mut documents: Vec<&Document> = heard
        .documents
        .iter()
        .filter(|document| seen.insert(&document.id))
        .collect();
    documents.sort_by_key(|document| &document.id);
    let days = period(first.min(last), first.max(last));
    let names = Names::new(heard.outlets);
    let voices = Voices::new(&documents, &names);
    Coverage {
        outlets: outlets(&documents, heard.outlets),
        pages: documents.len(),
        lost: documents
            .iter()
            .filter(|document| document.notes.iter().any(|note| note.severity == Severity::Lost))
            .count(),
        undated: documents
            .iter()
            .filter(|document| !document.published.edtf.is_known())
            .count(),
        blind_days: days
            .iter()
            .filter(|day| !voices.days.contains_key(day))
            .copied()
            .collect(),
        by_day: days.iter().map(|day| voices.outlet_day(*day)).collect(),
        zones: sight::zones(heard, &documents, (&names, &voices), &days),
    }
}

fn period(first: Date, last: Date) -> Vec<Date> {
    let days = days_between(first, last).min(PERIOD_DAYS_MAX - 1);
    (0..=days).map(|day| add_days(first, day)).collect()
}

/// Name for readers of a page's outlet.
const NOT_KNOWN: &str = "outlet not known";

fn outlets(documents: &[&Document], outlets: &[Outlet]) -> Vec<(String, usize, Edtf)> {
    let mut read: BTreeMap<Option<&OutletId>, (usize, Edtf)> = BTreeMap::new();
    for document in documents {
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
        let name = id.map_or_else(|| NOT_KNOWN.to_owned(), |id| id.0.clone());
        known.insert(name, counted);
    }
    known
        .into_iter()
        .map(|(name, (pages, newest))| (name, pages, newest))
        .collect()
}

/// Names of outlets for readers.
pub(crate) struct Names<'a>(BTreeMap<&'a OutletId, &'a str>);

impl<'a> Names<'a> {
    fn new(outlets: &'a [Outlet]) -> Self {
        let name = |outlet: &'a Outlet| (&outlet.id, outlet.name.as_str());
        Self(outlets.iter().map(name).collect())
    }
    /// The name of a page's outlet.
    pub(crate) fn name(&self, document: &'a Document) -> &'a str {
        let id = document.outlet.as_ref();
        id.map_or(NOT_KNOWN, |id| self.0.get(id).copied().unwrap_or(id.as_str()))
    }
}

/// Which outlets speak of which days, and with which pages.
pub(crate) struct Voices<'a> {
    /// Pages that could speak of a day, by day and outlet.
    pub(crate) days: BTreeMap<Date, BTreeMap<&'a str, BTreeSet<&'a DocumentId>>>,
}

impl<'a> Voices<'a> {
    fn new(documents: &[&'a Document], names: &Names<'a>) -> Self {
        let mut days: BTreeMap<Date, BTreeMap<&'a str, BTreeSet<&'a DocumentId>>> = BTreeMap::new();
        for document in documents.iter().copied() {
            let name = names.name(document);
            for day in spoken(&document.published.edtf) {
                days.entry(day)
                    .or_default()
                    .entry(name)
                    .or_default()
                    .insert(&document.id);
            }
        }
        Self { days }
    }
    /// Outlets alive on the day, and those that spoke in the days before and are not.
    fn outlet_day(&self, day: Date) -> OutletDay {
        let alive = self.alive(day);
        OutletDay {
            day,
            silent: owned(&self.before(day) - &alive),
            alive: owned(alive),
        }
    }
    /// Outlets with a page that could speak of the day.
    pub(crate) fn alive(&self, day: Date) -> BTreeSet<&'a str> {
        let of_day = self.days.get(&day).into_iter().flat_map(BTreeMap::keys);
        of_day.copied().collect()
    }
    /// Outlets alive on any of the days before the day.
    pub(crate) fn before(&self, day: Date) -> BTreeSet<&'a str> {
        let days = self.days.range(add_days(day, -SILENT_DAYS)..day);
        days.flat_map(|(_, outlets)| outlets.keys().copied()).collect()
    }
}

pub(crate) fn owned(names: BTreeSet<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// The days that a page published then can speak of.
pub(crate) fn spoken(published: &Edtf) -> Vec<Date> {
    match (published.earliest(), published.days()) {
        (Some(from), Some(days)) if days <= DATED_DAYS_MAX => {
            (-1..days).map(|day| add_days(from, day)).collect()
        }
        _ => Vec::new(),
    }
}
