//! Accounts: what fusing compares. An account is one wording about one act; the claims that copies of one
//! text make with the same words are one account, so that a further copy changes nothing.

use crate::acts::Acts;
use crate::pages::Pages;
use crate::place::{self, Spot};
use crate::wording;
use jiff::civil::Date;
use model::{
    Claim, ClaimId, Count, DocumentId, Edtf, LocatedClaim, Metric, PlaceRole, Polarity, Scope, SourceKind,
    Span, days_between,
};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an account can do for an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// It can found an incident.
    Founds,
    /// It speaks about an incident: blame, denial, claim of responsibility, a denied act.
    SpeaksAbout,
}

/// Where a claim of the account stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Site {
    /// The page.
    pub(crate) document: DocumentId,
    /// Order of the passage.
    pub(crate) order: usize,
    /// First byte, to order claims of one passage.
    pub(crate) start: usize,
    /// First byte of its sentence.
    pub(crate) sentence: usize,
    /// Whether the passage belongs to the article.
    pub(crate) main: bool,
}

/// One wording about one act.
#[derive(Debug)]
pub(crate) struct Account<'a> {
    /// What it can do.
    pub(crate) part: Part,
    /// Its claims, in order of id.
    pub(crate) claims: Vec<&'a LocatedClaim>,
    /// Key of the text it stands in, the same for copies.
    pub(crate) text: Arc<str>,
    /// Where they stand, sorted, each once.
    pub(crate) sites: Vec<Site>,
    /// Where it happened.
    pub(crate) spot: Spot,
    /// Content words of the quoted words.
    pub(crate) words: Vec<u64>,
    /// The words of the time, in plain form.
    pub(crate) when_words: String,
    /// First and last day it can be, for a quick look before comparing.
    pub(crate) days: Days,
    /// The number of its act.
    pub(crate) act_number: usize,
    /// The weapon in plain words.
    pub(crate) weapon: String,
    /// Persons harmed, as far as the figures are about this incident.
    pub(crate) harm: Vec<(Metric, Count)>,
    /// Who did it: keys of resolved actors.
    pub(crate) initiators: BTreeSet<String>,
    /// Whom it hit: keys of resolved actors.
    pub(crate) targets: BTreeSet<String>,
    /// Claims its references point at.
    pub(crate) points_at: Vec<ClaimId>,
    /// What it is by content alone, beside its text.
    pub(crate) wording: Arc<str>,
}

impl<'a> Account<'a> {
    /// The first of its claims; all say the same.
    pub(crate) fn claim(&self) -> &'a Claim {
        &self.claims[0].claim
    }
    /// The key of its act.
    pub(crate) fn act(&self) -> &'a str {
        self.claim().act.id.as_str()
    }
    /// Where it stands on a page.
    pub(crate) fn sites_on(&self, page: &DocumentId) -> &[Site] {
        let from = self.sites.partition_point(|site| site.document < *page);
        let count = self.sites[from..].partition_point(|site| site.document == *page);
        &self.sites[from..from + count]
    }
    /// The order in which accounts are taken, by content alone.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        (&self.text, &self.wording).cmp(&(&other.text, &other.wording))
    }
    /// When it happened.
    pub(crate) fn when(&self) -> &'a Edtf {
        &self.claim().when.edtf
    }
}

/// Metrics that count persons harmed.
pub(crate) const HARM: [Metric; 6] = [
    Metric::Killed,
    Metric::Injured,
    Metric::Casualties,
    Metric::Detained,
    Metric::Missing,
    Metric::Displaced,
];

/// Acts that speak about an incident of somebody.
const SPEAKS_ABOUT: [&str; 3] = ["accusation", "denial", "claim-of-responsibility"];

/// A claim that fusing is about, with what its account is known by beside the text.
pub(crate) struct Said<'a> {
    pub(crate) located: &'a LocatedClaim,
    pub(crate) part: Part,
    pub(crate) wording: String,
}

/// The claims of one page that found an incident or speak about one, in order of id; the others are left to other
/// stages. The claims of the page come in order of id.
pub(crate) fn said<'a>(claims: &[&'a LocatedClaim]) -> Vec<Said<'a>> {
    let speaking: BTreeSet<Span> = claims
        .iter()
        .filter(|located| speaks_about(&located.claim))
        .map(|located| located.claim.span)
        .collect();
    let said = claims.iter().filter_map(|located| {
        let claim = &located.claim;
        let mut part = part(claim)?;
        // "He blamed the attack on them" tells of no second attack: what is blamed is told elsewhere.
        if part == Part::Founds && speaking.contains(&claim.span) && is_bare(located) {
            part = Part::SpeaksAbout;
        }
        let wording = key(claim, &place::spot(located), part);
        Some(Said {
            located,
            part,
            wording,
        })
    });
    said.collect()
}

impl<'a> Account<'a> {
    /// Reads the account of some claims, which come in order of id and say the same in one text.
    pub(crate) fn read(
        claims: Vec<&'a LocatedClaim>,
        part: Part,
        (text, wording): (Arc<str>, Arc<str>),
        act_number: usize,
        pages: &Pages<'_>,
        acts: &Acts,
    ) -> Self {
        let located = claims[0];
        let claim = &located.claim;
        let actors = |mentions: &[model::ActorMention]| -> BTreeSet<String> {
            mentions
                .iter()
                .filter_map(|m| m.actor.resolved())
                .map(|actor| actor.0.clone())
                .collect()
        };
        let mut sites: Vec<Site> = claims.iter().map(|located| site(&located.claim, pages)).collect();
        sites.sort();
        sites.dedup();
        let mut points_at: Vec<ClaimId> = claims
            .iter()
            .flat_map(|located| pointed_at(&located.claim, acts))
            .collect();
        points_at.sort();
        points_at.dedup();
        Self {
            part,
            text,
            sites,
            spot: place::spot(located),
            words: wording::content(&claim.quote),
            when_words: wording::plain(&claim.when.words),
            days: Days::of(claim),
            act_number,
            weapon: wording::plain(&claim.weapon),
            harm: harm(claim),
            initiators: actors(&claim.initiators),
            targets: actors(&claim.targets),
            points_at,
            wording,
            claims,
        }
    }
}

/// First and last day that a time can be, as days since 1970; an end that is not told lies beyond all days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Days(i32, i32);

impl Days {
    pub(crate) fn of(claim: &Claim) -> Self {
        let edtf = &claim.when.edtf;
        let number = |date: Date| i32::try_from(days_between(Date::constant(1970, 1, 1), date)).ok();
        Self(
            edtf.earliest().and_then(number).unwrap_or(i32::MIN),
            edtf.latest().and_then(number).unwrap_or(i32::MAX),
        )
    }

    /// The days that news without a time is about: that of its page and the one before; none for claims that tell their
    /// time, for background and for series.
    pub(crate) fn of_news(claim: &Claim) -> Option<Self> {
        let edtf = &claim.when.edtf;
        let untold = claim.when.span.is_none() && edtf.earliest().is_none();
        let Self(_, page) = Self::of(claim);
        let is_news = untold && page < i32::MAX && !claim.background && !claim.series;
        is_news.then(|| Self(page - 1, page))
    }

    /// Whether two times lie more than so many days apart.
    pub(crate) fn are_apart(self, other: Self, days: i32) -> bool {
        let apart =
            |end: i32, start: i32| end < i32::MAX && start > i32::MIN && start.saturating_sub(end) > days;
        apart(self.1, other.0) || apart(other.1, self.0)
    }

    /// Each day from the first to the last; none for longer times and for those that are not told.
    pub(crate) fn each_told(self, most: i32) -> std::ops::Range<i32> {
        let days = self.each(most);
        days.start..days.end - i32::from(!days.is_empty())
    }

    /// Each day from the first to the last, and the day after, so that a day's difference still shares one; none for
    /// longer times and for those that are not told.
    pub(crate) fn each(self, most: i32) -> std::ops::Range<i32> {
        let is_told = self.0 > i32::MIN && self.1 < i32::MAX;
        if is_told && self.1 - self.0 < most {
            self.0..self.1 + 2
        } else {
            0..0
        }
    }
}

fn speaks_about(claim: &Claim) -> bool {
    SPEAKS_ABOUT.contains(&claim.act.id.as_str())
}

/// Whether a claim names an act and tells neither when nor where nor how many.
fn is_bare(located: &LocatedClaim) -> bool {
    let claim = &located.claim;
    let dated = claim.when.edtf.days().is_some();
    !dated && !place::spot(located).is_told() && harm(claim).is_empty()
}

/// What a claim can do for an incident; `None` for claims that are about other things.
fn part(claim: &Claim) -> Option<Part> {
    if speaks_about(claim) {
        return Some(Part::SpeaksAbout);
    }
    if !claim.act.class.is_incident() || !claim.modality.is_actual() {
        return None;
    }
    match claim.polarity {
        Polarity::Denied => Some(Part::SpeaksAbout),
        Polarity::Affirmed => (!is_total(claim) && !is_in_passing(claim)).then_some(Part::Founds),
    }
}

/// Whether an earlier act is only mentioned: a series told as background, or background that says neither
/// where nor how many. Such words help to understand the news and tell of no occurrence that could be counted.
fn is_in_passing(claim: &Claim) -> bool {
    let told = !claim.figures.is_empty()
        || claim
            .places
            .iter()
            .any(|place| place.role == model::PlaceRole::Event);
    claim.background && (claim.series || !told)
}

/// Longest time, in days, within which a claim can still be about one occurrence or one series. 366: "in 2015"
/// tells of an occurrence of that year; "since 2011" tells of the war.
const ONE_ACT_DAYS_MAX: i64 = 366;

/// Whether the claim is a toll of the whole conflict or a total over many acts of a period: such a number
/// is about no single occurrence.
fn is_total(claim: &Claim) -> bool {
    let has = |test: &dyn Fn(&Scope) -> bool| claim.figures.iter().any(|figure| test(&figure.scope));
    let of_incident = has(&|scope| *scope == Scope::Incident);
    let counts_acts = claim.figures.iter().any(|figure| {
        matches!(figure.metric, Metric::Acts | Metric::Complaints)
            && matches!(figure.scope, Scope::Period(_) | Scope::War)
    });
    let lasts_years = claim.when.edtf.days().is_some_and(|days| days > ONE_ACT_DAYS_MAX);
    let of_period = has(&|scope| matches!(scope, Scope::Period(_)));
    counts_acts
        || lasts_years
        || (!of_incident && (has(&|scope| *scope == Scope::War) || (of_period && claim.series)))
}

/// Persons harmed in this incident: for each metric the largest figure of the claim, because a smaller one
/// in the same sentence is a part of it ("five people, two of them children").
pub(crate) fn harm(claim: &Claim) -> Vec<(Metric, Count)> {
    let mut harm: BTreeMap<Metric, Count> = BTreeMap::new();
    for figure in &claim.figures {
        if HARM.contains(&figure.metric) && matches!(figure.scope, Scope::Incident | Scope::Unknown) {
            let size = |count: &Count| (count.high.unwrap_or(count.low), count.low);
            let entry = harm.entry(figure.metric).or_insert(figure.count);
            if size(&figure.count) > size(entry) {
                *entry = figure.count;
            }
        }
    }
    harm.into_iter().collect()
}

/// The claims that words such as "the attack" point at; words that point at a place or a person do not
/// make two claims one occurrence.
fn pointed_at(claim: &Claim, acts: &Acts) -> Vec<ClaimId> {
    let points = claim
        .references
        .iter()
        .filter(|reference| acts.points_at_act(&reference.words));
    points
        .filter_map(|reference| reference.claim.clone())
        .filter(|id| *id != claim.id)
        .collect()
}

fn site(claim: &Claim, pages: &Pages<'_>) -> Site {
    let page = pages.page(&claim.document);
    let (order, main) = page.map_or((0, true), |page| page.passage(&claim.passage, claim.span.start));
    Site {
        document: claim.document.clone(),
        order,
        start: claim.trigger.start,
        sentence: claim.span.start,
        main,
    }
}

/// Everything that makes two claims of copies say the same, beside the text.
fn key(claim: &Claim, spot: &Spot, part: Part) -> String {
    let figures: Vec<String> = claim
        .figures
        .iter()
        .map(|figure| {
            format!(
                "{} {} {}",
                figure.metric.as_str(),
                figure.count,
                figure.scope.as_str()
            )
        })
        .collect();
    let labels = |mentions: &[model::ActorMention]| -> String {
        mentions
            .iter()
            .map(|mention| wording::plain(&mention.label))
            .collect::<Vec<_>>()
            .join("+")
    };
    let chain: Vec<String> = claim
        .sources
        .iter()
        .filter(|link| link.kind != SourceKind::Page)
        .map(|link| wording::plain(&link.label))
        .collect();
    let topics: Vec<String> = claim
        .places
        .iter()
        .filter(|place| place.role == PlaceRole::Event)
        .map(|place| wording::plain(&place.name))
        .collect();
    [
        wording::plain(&claim.quote),
        claim.act.id.0.clone(),
        claim.when.edtf.to_string(),
        wording::plain(&claim.when.words),
        spot.key(),
        topics.join("+"),
        figures.join("+"),
        labels(&claim.initiators),
        labels(&claim.targets),
        chain.join(">"),
        format!("{} {} {part:?}", claim.modality.as_str(), claim.polarity.as_str()),
        format!("{} {}", claim.background, claim.series),
    ]
    .join("|")
}
