//! The story: pages in, the whole picture out. Pure: same pages, same data, same settings, same picture.

use crate::abreast;
use crate::pack::Pack;
use crate::ruling::Words;
use crate::workspace::Replay;
use agreements::Attributing;
use jiff::civil::Date;
use model::{
    ActorMention, Agreement, Assessed, ClaimId, Decision, Document, DocumentId, LocatedClaim, Note, Page,
    Picture, Rulings, Severity, Zone,
};
use std::collections::BTreeSet;

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

/// What was read from pages, before anything is fused or judged: as long as the pages, the data and the choice of
/// agreements stay the same, so does this.
#[derive(Clone)]
pub(crate) struct Reading {
    documents: Vec<Document>,
    claims: Vec<LocatedClaim>,
    mentions: Vec<(DocumentId, ActorMention)>,
    notes: Vec<Note>,
    agreements: Vec<Agreement>,
    as_of: Option<Date>,
    period: Option<(Date, Date)>,
}

/// Reads what the log gave back and judges what it says. `on` is told of each page as it is read.
pub(crate) fn run(
    replay: Replay,
    pack: &Pack,
    settings: &Settings,
    on: &mut dyn FnMut(usize, &Document),
) -> Picture {
    let rulings = replay.rulings(pack);
    reading(&replay.pages, replay.notes, pack, settings, on).judged(pack, settings, &rulings)
}

/// Reads pages: who says what, and where that is.
pub(crate) fn reading(
    pages: &[Page],
    notes: Vec<Note>,
    pack: &Pack,
    settings: &Settings,
    on: &mut dyn FnMut(usize, &Document),
) -> Reading {
    let documents = read(pages, pack, on);
    let (as_of, period) = period(&documents, settings);
    let agreements = chosen(&pack.agreements, settings, as_of);
    let ready: Vec<places::ReadyZone> = zones(&agreements)
        .into_iter()
        .map(places::ReadyZone::new)
        .collect();
    let countries: Vec<String> = agreements
        .iter()
        .flat_map(|agreement| agreement.countries.clone())
        .collect();
    let mut reading = Reading {
        documents: Vec::new(),
        claims: Vec::new(),
        mentions: Vec::new(),
        notes,
        agreements,
        as_of,
        period,
    };
    let said = abreast::each(
        &documents,
        |document| said(document, &countries, &ready, pack),
        &mut |_, _| {},
    );
    for (document, said) in documents.iter().zip(said) {
        let notes = document.notes.iter().cloned();
        reading.notes.extend(notes.chain(said.notes));
        let mentions = said.mentions.into_iter();
        reading
            .mentions
            .extend(mentions.map(|mention| (document.id.clone(), mention)));
        reading.claims.extend(said.claims);
    }
    order(&mut reading.claims);
    reading.documents = documents;
    reading
}

/// What one page says.
struct Said {
    claims: Vec<LocatedClaim>,
    mentions: Vec<ActorMention>,
    notes: Vec<Note>,
}

/// Who says what on a page, and where that is.
fn said(document: &Document, countries: &[String], ready: &[places::ReadyZone], pack: &Pack) -> Said {
    let extracted = claims::extract(document, &pack.lexicon);
    let context = places::Context::new(
        extracted.claims.iter().flat_map(|claim| &claim.places),
        countries,
        &pack.gazetteer,
    );
    let located = extracted
        .claims
        .into_iter()
        .map(|claim| places::locate(claim, &context, &pack.gazetteer, ready));
    Said {
        claims: located.collect(),
        mentions: extracted.mentions,
        notes: extracted.notes,
    }
}

impl Reading {
    /// The page and the words of each claim that a decision names.
    pub(crate) fn words(&self, decision: &Decision) -> Words {
        let named: BTreeSet<&ClaimId> = decision.claims().into_iter().collect();
        let claims = self.claims.iter().map(|located| &located.claim);
        claims
            .filter(|claim| named.contains(&claim.id))
            .map(|claim| (claim.id.clone(), (claim.document.clone(), claim.quote.clone())))
            .collect()
    }

    /// Fuses and judges what was read, as people ruled.
    pub(crate) fn judged(self, pack: &Pack, settings: &Settings, rulings: &Rulings) -> Picture {
        let zones = zones(&self.agreements);
        let mut picture = Picture {
            watermark: settings.watermark.clone(),
            notes: self.notes,
            mentions: self.mentions,
            claims: self.claims,
            documents: self.documents,
            as_of: self.as_of,
            period: self.period,
            ..Picture::default()
        };
        let fused = incidents::fuse(
            &picture.claims,
            &picture.documents,
            &pack.outlets,
            pack.actors(),
            &pack.acts,
            rulings,
        );
        // What a ruling rejects stays in the picture, for people to see, and nothing rests on it.
        let rejected = fused.rejected.clone();
        picture = picture.with_fused(fused);
        judge(&mut picture, &self.agreements, pack, settings, self.as_of);
        let kept: Vec<LocatedClaim>;
        let claims = match rejected.is_empty() {
            true => &picture.claims,
            false => {
                let all = picture.claims.iter();
                kept = all
                    .filter(|it| !rejected.contains(&it.claim.id))
                    .cloned()
                    .collect();
                &kept
            }
        };
        picture.tracks = tracks::follow(claims, &picture.documents, pack.actors());
        if let Some(period) = self.period {
            let heard = tracks::Heard {
                documents: &picture.documents,
                outlets: &pack.outlets,
                claims,
                incidents: &picture.incidents,
                zones: &zones,
            };
            picture.coverage = tracks::coverage(heard, period);
        }
        picture.agreements = self.agreements;
        picture.outlets.clone_from(&pack.outlets);
        picture.notes.sort();
        picture.notes.dedup();
        picture
    }
}

fn zones(agreements: &[Agreement]) -> Vec<Zone> {
    let all = agreements.iter();
    all.flat_map(|agreement| agreement.zones.clone()).collect()
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
    let clean = |page: &Page| text::clean(page, &pack.outlets, &pack.damage);
    let mut documents = abreast::each(pages, clean, on);
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
