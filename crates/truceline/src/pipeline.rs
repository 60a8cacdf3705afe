//! The story: pages in, the whole picture out. Pure: same pages, same data, same settings, same picture.

use crate::pack::Pack;
use agreements::Attributing;
use jiff::civil::Date;
use model::{Agreement, Assessed, Document, LocatedClaim, Note, Page, Picture, Severity, Zone};

/// What the reader asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    /// The day up to which the picture speaks; the newest page's day when not given.
    pub(crate) as_of: Option<Date>,
    /// First day of the period; six days before `as_of` when not given.
    pub(crate) since: Option<Date>,
    /// Only this agreement; all of them when not given.
    pub(crate) agreement: Option<String>,
    /// Printed across the report.
    pub(crate) watermark: String,
    /// How an author may be established.
    pub(crate) attributing: Attributing,
}

/// Days of the period when nobody asks for another: a week, the rhythm of the councils that read the report.
const PERIOD_DAYS: i64 = 7;

/// Reads pages and judges what they say. `on` is told of each page as it is read.
pub(crate) fn run(
    pages: &[Page],
    notes: Vec<Note>,
    pack: &Pack,
    settings: &Settings,
    on: &mut dyn FnMut(usize, &Document),
) -> Picture {
    let documents = read(pages, pack, on);

    let (as_of, period) = period(&documents, settings);
    let agreements = chosen(&pack.agreements, settings, as_of);
    let zones: Vec<Zone> = agreements
        .iter()
        .flat_map(|agreement| agreement.zones.clone())
        .collect();
    let ready: Vec<places::ReadyZone> = zones.iter().cloned().map(places::ReadyZone::new).collect();
    let countries: Vec<String> = agreements
        .iter()
        .flat_map(|agreement| agreement.countries.clone())
        .collect();

    let mut picture = Picture {
        watermark: settings.watermark.clone(),
        notes,
        ..Picture::default()
    };
    for document in &documents {
        let extracted = claims::extract(document, &pack.lexicon);
        picture
            .notes
            .extend(document.notes.iter().cloned().chain(extracted.notes));
        picture.mentions.extend(
            extracted
                .mentions
                .into_iter()
                .map(|mention| (document.id.clone(), mention)),
        );
        let context = places::Context::new(
            extracted.claims.iter().flat_map(|claim| &claim.places),
            &countries,
            &pack.gazetteer,
        );
        let located = extracted
            .claims
            .into_iter()
            .map(|claim| places::locate(claim, &context, &pack.gazetteer, &ready));
        picture.claims.extend(located);
    }

    let fused = incidents::fuse(
        &picture.claims,
        &documents,
        &pack.outlets,
        pack.actors(),
        &pack.acts,
    );
    picture = picture.with_fused(fused);
    picture.documents = documents;
    judge(&mut picture, &agreements, pack, settings, as_of);
    picture.tracks = tracks::follow(&picture.claims, &picture.documents, pack.actors());
    if let Some(period) = period {
        let heard = tracks::Heard {
            documents: &picture.documents,
            outlets: &pack.outlets,
            claims: &picture.claims,
            incidents: &picture.incidents,
            zones: &zones,
        };
        picture.coverage = tracks::coverage(heard, period);
    }
    (picture.as_of, picture.period) = (as_of, period);
    picture.agreements = agreements;
    picture.outlets.clone_from(&pack.outlets);
    picture.notes.sort();
    picture.notes.dedup();
    order(&mut picture.claims);
    picture
}

/// Judges the incidents under each agreement; without a day nothing is judged, and the picture says so.
fn judge(
    picture: &mut Picture,
    agreements: &[Agreement],
    pack: &Pack,
    settings: &Settings,
    as_of: Option<Date>,
) {
    let Some(as_of) = as_of else {
        if !picture.documents.is_empty() {
            picture.notes.push(
                Note::new(
                    Severity::Partial,
                    "agreements",
                    "all pages",
                    "nothing was judged, because no page has a date and no day was given",
                )
                .next("Give the day with --as-of."),
            );
        }
        return;
    };
    for agreement in agreements {
        let Assessed {
            findings,
            deadlines,
            notes,
        } = agreements::assess(
            &picture.incidents,
            agreement,
            as_of,
            settings.attributing,
            pack.actors(),
        );
        picture.findings.extend(findings);
        picture.deadlines.extend(deadlines);
        picture.notes.extend(notes);
    }
    for draft in chosen(&pack.drafts, settings, Some(as_of)) {
        picture.deadlines.extend(agreements::deadlines(&draft, as_of));
    }
}

/// Pages into documents, each once, the undated dated from the others.
fn read(pages: &[Page], pack: &Pack, on: &mut dyn FnMut(usize, &Document)) -> Vec<Document> {
    let mut documents = Vec::with_capacity(pages.len());
    for (index, page) in pages.iter().enumerate() {
        let document = text::clean(page, &pack.outlets, &pack.damage);
        on(index, &document);
        documents.push(document);
    }
    documents.sort_by(|a, b| a.id.cmp(&b.id));
    documents.dedup_by(|a, b| a.id == b.id);
    text::date_undated(documents)
}

/// The agreement that is asked for; when none is, all that stand on the day of the picture.
pub(crate) fn chosen(agreements: &[Agreement], settings: &Settings, as_of: Option<Date>) -> Vec<Agreement> {
    let is_chosen = |agreement: &&Agreement| match settings.agreement.as_deref() {
        Some(id) => agreement.id.as_str() == id,
        None => agreements::stands(agreement, as_of),
    };
    agreements.iter().filter(is_chosen).cloned().collect()
}

/// The day the picture speaks up to, and its period.
fn period(documents: &[Document], settings: &Settings) -> (Option<Date>, Option<(Date, Date)>) {
    let newest = documents
        .iter()
        .filter_map(|document| document.published.edtf.latest())
        .max();
    let as_of = settings.as_of.or(newest);
    let period = as_of.map(|last| {
        (
            settings
                .since
                .unwrap_or_else(|| model::add_days(last, 1 - PERIOD_DAYS)),
            last,
        )
    });
    (as_of, period)
}

fn order(claims: &mut [LocatedClaim]) {
    claims.sort_by(|a, b| {
        (&a.claim.document, a.claim.span, a.claim.trigger, &a.claim.id).cmp(&(
            &b.claim.document,
            b.claim.span,
            b.claim.trigger,
            &b.claim.id,
        ))
    });
}
