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
use std::collections::{BTreeMap, BTreeSet};

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
    pub(crate) text: String,
    /// Where they stand, sorted, each once.
    pub(crate) sites: Vec<Site>,
    /// Where it happened.
    pub(crate) spot: Spot,
    /// Content words of the quoted words.
    pub(crate) words: Vec<u64>,
    /// The words of the time, in plain form.
    pub(crate) when_words: String,
    /// First and last day it can be, as days since 1970, for a quick look before comparing.
    pub(crate) days: (Option<i64>, Option<i64>),
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
    /// What it is by content alone; the order in which accounts are taken.
    pub(crate) key: String,
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
    /// Whether its time and another's lie more than so many days apart.
    pub(crate) fn is_days_apart(&self, other: &Self, days: i64) -> bool {
        let apart = |end: Option<i64>, start: Option<i64>| {
            end.zip(start)
                .is_some_and(|(end, start)| start.saturating_sub(end) > days)
        };
        apart(self.days.1, other.days.0) || apart(other.days.1, self.days.0)
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

/// Sorts the claims into accounts, in order of their keys; claims that neither found an incident nor speak
/// about one are left to other stages.
pub(crate) fn gather<'a>(claims: &'a [LocatedClaim], pages: &Pages<'_>, acts: &Acts) -> Vec<Account<'a>> {
    let mut seen = BTreeSet::new();
    let mut sorted: Vec<&LocatedClaim> = claims.iter().collect();
    sorted.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
    let speaking = claims
        .iter()
        .map(|located| &located.claim)
        .filter(|claim| speaks_about(claim));
    let speaking: BTreeSet<(&DocumentId, Span)> =
        speaking.map(|claim| (&claim.document, claim.span)).collect();
    let mut accounts: BTreeMap<String, Account<'a>> = BTreeMap::new();
    for located in sorted {
        let claim = &located.claim;
        let Some(mut part) = part(claim) else { continue };
        // "He blamed the attack on them" tells of no second attack: what is blamed is told elsewhere.
        if part == Part::Founds && is_bare(located) && speaking.contains(&(&claim.document, claim.span)) {
            part = Part::SpeaksAbout;
        }
        if !seen.insert(&claim.id) {
            continue;
        }
        let site = site(claim, pages);
        let spot = place::spot(located);
        let text = pages.copy_key(&claim.document);
        let key = key(claim, &spot, &text, part);
        match accounts.get_mut(&key) {
            Some(account) => {
                account.claims.push(located);
                account.sites.push(site);
                account.points_at.extend(pointed_at(claim, acts));
            }
            None => {
                let account = read(located, part, spot, site, (text, key.clone()), acts);
                accounts.insert(key, account);
            }
        }
    }
    let mut accounts: Vec<Account<'a>> = accounts.into_values().collect();
    for account in &mut accounts {
        account.sites.sort();
        account.sites.dedup();
        account.points_at.sort();
        account.points_at.dedup();
    }
    accounts
}

/// The pages of accounts that are compared, each pair once, lower id first. An account that stands on many copies is
/// taken by its first page: the others are known to be the same text.
pub(crate) fn page_pairs<'b>(
    accounts: &'b [Account<'_>],
    pairs: &[(usize, usize)],
) -> BTreeSet<(&'b DocumentId, &'b DocumentId)> {
    let first = |index: usize| accounts[index].sites.first().map(|site| &site.document);
    pairs
        .iter()
        .filter(|(a, b)| accounts[*a].text != accounts[*b].text)
        .filter_map(|(a, b)| Some((first(*a)?, first(*b)?)))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect()
}

fn read<'a>(
    located: &'a LocatedClaim,
    part: Part,
    spot: Spot,
    site: Site,
    (text, key): (String, String),
    acts: &Acts,
) -> Account<'a> {
    let claim = &located.claim;
    let actors = |mentions: &[model::ActorMention]| -> BTreeSet<String> {
        mentions
            .iter()
            .filter_map(|m| m.actor.resolved())
            .map(|actor| actor.0.clone())
            .collect()
    };
    Account {
        part,
        claims: vec![located],
        text,
        sites: vec![site],
        spot,
        words: wording::content(&claim.quote),
        when_words: wording::plain(&claim.when.words),
        days: (
            claim.when.edtf.earliest().map(day_number),
            claim.when.edtf.latest().map(day_number),
        ),
        weapon: wording::plain(&claim.weapon),
        harm: harm(claim),
        initiators: actors(&claim.initiators),
        targets: actors(&claim.targets),
        points_at: pointed_at(claim, acts),
        key,
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

/// Days since the first of January 1970.
fn day_number(date: Date) -> i64 {
    days_between(Date::constant(1970, 1, 1), date)
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
fn harm(claim: &Claim) -> Vec<(Metric, Count)> {
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
    let (order, main) = pages.passage(&claim.document, &claim.passage, claim.span.start);
    Site {
        document: claim.document.clone(),
        order,
        start: claim.trigger.start,
        sentence: claim.span.start,
        main,
    }
}

/// Everything that makes two claims of copies say the same.
fn key(claim: &Claim, spot: &Spot, page: &str, part: Part) -> String {
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
        page.to_owned(),
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
