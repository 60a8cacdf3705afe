//! One stage after the other, each run several times on what the stage before it gave.

use std::collections::BTreeSet;
use std::time::Duration;

use ::language::Language;
use model::{Document, Extracted, Fused, LocatedClaim, Page};
use places::ReadyZone;

use super::pack::Pack;
use crate::clock::{processor, wall};

/// What was counted and timed on one set of pages.
pub(crate) struct Measured {
    pub(crate) pages: usize,
    pub(crate) bytes: usize,
    pub(crate) sentences: usize,
    /// Sentences in which a claim was read.
    pub(crate) telling: usize,
    pub(crate) claims: usize,
    pub(crate) incidents: usize,
    pub(crate) findings: usize,
    /// Seconds by stage, in order; the whole way last.
    pub(crate) stages: Vec<(&'static str, f64)>,
}

/// Runs each stage `runs` times over all pages and takes the median.
pub(crate) fn measure(pages: &[Page], pack: &Pack, runs: usize) -> Measured {
    let zones: Vec<ReadyZone> = pack
        .agreements
        .iter()
        .flat_map(|agreement| agreement.zones.iter().cloned().map(ReadyZone::new))
        .collect();
    let countries: Vec<String> = pack
        .agreements
        .iter()
        .flat_map(|agreement| agreement.countries.clone())
        .collect();
    let setting = Setting {
        pack,
        zones,
        countries,
    };

    let (clean, documents) = timed(runs, || setting.clean(pages));
    let (extract, extracted) = timed(runs, || setting.extract(&documents));
    let (locate, located) = timed(runs, || setting.locate(&extracted));
    let (fuse, fused) = timed(runs, || setting.fuse(&located, &documents));
    let (assess, findings) = timed(runs, || setting.assess(&fused, &documents));
    let (whole, _) = timed(runs, || {
        let documents = setting.clean(pages);
        let located = setting.locate(&setting.extract(&documents));
        let fused = setting.fuse(&located, &documents);
        setting.assess(&fused, &documents)
    });
    let (sentences, telling) = sentences(&documents, &extracted);
    Measured {
        pages: pages.len(),
        bytes: pages.iter().map(|page| page.bytes.len()).sum(),
        sentences,
        telling,
        claims: located.len(),
        incidents: fused.incidents.len(),
        findings,
        stages: vec![
            ("text::clean", clean),
            ("claims::extract", extract),
            ("places::locate", locate),
            ("incidents::fuse", fuse),
            ("agreements::assess", assess),
            ("end to end", whole),
        ],
    }
}

/// The calls of the pipeline, one a stage.
struct Setting<'a> {
    pack: &'a Pack,
    zones: Vec<ReadyZone>,
    countries: Vec<String>,
}

impl Setting<'_> {
    fn clean(&self, pages: &[Page]) -> Vec<Document> {
        let read = pages
            .iter()
            .map(|page| text::clean(page, &self.pack.outlets, &self.pack.damage));
        let mut documents: Vec<Document> = read.collect();
        documents.sort_by(|a, b| a.id.cmp(&b.id));
        documents.dedup_by(|a, b| a.id == b.id);
        text::date_undated(documents)
    }

    fn extract(&self, documents: &[Document]) -> Vec<Extracted> {
        documents
            .iter()
            .map(|document| claims::extract(document, &self.pack.lexicon))
            .collect()
    }

    fn locate(&self, extracted: &[Extracted]) -> Vec<LocatedClaim> {
        let mut located = Vec::new();
        for page in extracted {
            let names = page.claims.iter().flat_map(|claim| &claim.places);
            let context = places::Context::new(names, &self.countries, &self.pack.gazetteer);
            let claims = page.claims.iter().cloned();
            located.extend(
                claims.map(|claim| places::locate(claim, &context, &self.pack.gazetteer, &self.zones)),
            );
        }
        located
    }

    fn fuse(&self, located: &[LocatedClaim], documents: &[Document]) -> Fused {
        incidents::fuse(
            located,
            documents,
            &self.pack.outlets,
            self.pack.lexicon.actors(),
            &self.pack.acts,
            &model::Rulings::default(),
        )
    }

    /// Judges under every agreement on the newest page's day; gives how many findings there were.
    fn assess(&self, fused: &Fused, documents: &[Document]) -> usize {
        let Some(day) = documents
            .iter()
            .filter_map(|document| document.published.edtf.latest())
            .max()
        else {
            return 0;
        };
        let all = self.pack.agreements.iter();
        let standing = all.filter(|agreement| agreements::stands(agreement, Some(day)));
        let judged = standing.map(|agreement| {
            agreements::assess(
                &fused.incidents,
                agreement,
                day,
                agreements::Attributing::Named,
                self.pack.lexicon.actors(),
            )
            .findings
            .len()
        });
        judged.sum()
    }
}

/// Sentences of the articles, and how many of them hold the words that a claim was read from.
fn sentences(documents: &[Document], extracted: &[Extracted]) -> (usize, usize) {
    let (mut all, mut telling) = (0, 0);
    for (document, page) in documents.iter().zip(extracted) {
        let triggers: BTreeSet<usize> = page.claims.iter().map(|claim| claim.trigger.start).collect();
        for passage in document.main() {
            for sentence in ::language::segment(&passage.text, Language::english()).sentences {
                let span = passage.raw(sentence.span);
                all += 1;
                telling += usize::from(triggers.range(span.start..span.end).next().is_some());
            }
        }
    }
    (all, telling)
}

/// Shortest run that the system's count of processor time tells well: it moves in steps of some milliseconds.
const RUN_MIN: Duration = Duration::from_millis(100);

/// Median seconds of several runs, and what the last one gave. Work that is too quick to be told is done
/// several times in a row.
pub(super) fn timed<T>(runs: usize, mut work: impl FnMut() -> T) -> (f64, T) {
    let start = wall();
    let mut gave = std::hint::black_box(work());
    let times = times_in_a_row(wall() - start);
    let mut seconds = Vec::with_capacity(runs);
    for _ in 0..runs {
        let start = processor();
        for _ in 0..times {
            gave = std::hint::black_box(work());
        }
        let spent = processor().saturating_sub(start);
        seconds.push(spent.as_secs_f64() / f64::from(times));
    }
    (median(seconds), gave)
}

/// How often work that takes `once` is done in one run.
fn times_in_a_row(once: Duration) -> u32 {
    let times = RUN_MIN.as_nanos() / once.as_nanos().max(1);
    u32::try_from(times).unwrap_or(u32::MAX).max(1)
}

pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let (low, high) = (values.get((values.len() - 1) / 2), values.get(values.len() / 2));
    match (low, high) {
        (Some(low), Some(high)) => f64::midpoint(*low, *high),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{RUN_MIN, median, timed, times_in_a_row};
    use std::time::Duration;

    #[test]
    fn the_median_shrugs_off_one_busy_moment() {
        assert!((median(vec![1.0, 900.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median(vec![1.0, 3.0]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn quick_work_is_done_many_times_in_a_row() {
        assert_eq!(times_in_a_row(RUN_MIN * 9), 1);
        assert_eq!(times_in_a_row(RUN_MIN / 50), 50);
        assert!(times_in_a_row(Duration::ZERO) > 1_000);
    }

    #[test]
    fn work_gives_what_its_last_time_gave() {
        let mut times = 0;
        let (_, gave) = timed(1, || {
            times += 1;
            times
        });
        assert_eq!(gave, times);
        assert!(times >= 2);
    }
}
