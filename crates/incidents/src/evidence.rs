//! Whether two accounts are about one occurrence: what speaks against it at once, and which rule joins them.
//! A rule is a short list of things that must hold together; nothing is learnt and nothing is hidden.

use crate::account::{Account, Days, Part, Site};
use crate::acts::{Acts, Fit};
use crate::place::PlaceFit;
use crate::wording;
use model::{Because, Edtf};
use std::collections::BTreeSet;

/// Days by which two pages may differ about the day of one occurrence.
///
/// 1: a page is written on one side of midnight and read on the other, and "yesterday" is counted from the
/// day of either. Raise it and the shelling of two days is one; lower it and one night's raid is two.
pub(crate) const DAYS_APART_MAX: i64 = 1;

/// Days that a time may span and still be near enough to a day to be compared as one.
///
/// 3: a weekend, or "over the past two days". Beyond it a time is a period, and two acts within one period
/// need not be one.
const DAYS_CLOSE: i64 = 3;

/// Share of content words from which two sentences are one text.
///
/// 0.7: sentences of our demonstration pages whose words were swapped for supposed synonyms keep 0.70 to 0.75
/// of them. Raise it and reworked copies count as witnesses; lower it and two short reports written apart
/// about one event, which share its names and numbers, lose their independence: the safer error of the two.
pub(crate) const SAME_SENTENCE: f64 = 0.7;

/// Fewest content words for sentences to be compared at all.
///
/// 8: "a car bomb in X killed five people on Wednesday" has six, and anybody would write it so.
pub(crate) const SENTENCE_WORDS_MIN: usize = 8;

/// Signs beside place, day and act by which two accounts that name no closer place than a district are one: on a bad day
/// a province is shelled in many places.
const WIDE_SUPPORT_MIN: u32 = 2;

/// Share of content words that counts as support without deciding.
const LIKE_SENTENCE: f64 = 0.5;

/// Passages between two accounts of one page that count as next to each other, and those within which a
/// shared time, place or harm still joins them. 1 and 6: a reference such as "the attack" mostly points one
/// paragraph back; a page returns to its main event within half a dozen paragraphs.
const NEXT_PASSAGES: usize = 1;
const PAGE_PASSAGES: usize = 6;

/// Minutes between two told times of day from which two acts are two.
/// 360: pages round and confuse hours; morning and evening stay apart.
const MINUTES_APART_MAX: u16 = 360;

/// How two times lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeFit {
    /// They exclude each other.
    Apart,
    /// One is not told or is a period.
    Open,
    /// A day apart, which two pages may differ by.
    NextDay,
    /// Both are close and share a day.
    Close,
    /// The same day, or the same words on one page without a date.
    SameDay,
}

/// Which rule joined two accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    Ruling,
    Reference,
    SameSentence,
    PlaceAndDay,
    OnePage,
    OneText,
    LeftOpen,
    PlaceNextDay,
    NearAndDay,
    PlaceUndated,
    DayUnplaced,
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Self::Ruling => "ruled-one",
            Self::Reference => "points-at-it",
            Self::SameSentence => "same-sentence",
            Self::PlaceAndDay => "same-place-same-day",
            Self::OnePage => "told-together-on-one-page",
            Self::OneText => "told-in-one-text",
            Self::LeftOpen => "only-one-fits",
            Self::PlaceNextDay => "same-place-next-day",
            Self::NearAndDay => "near-place-same-day",
            Self::PlaceUndated => "same-place-undated",
            Self::DayUnplaced => "same-day-unplaced",
        }
    }
    fn words(self) -> &'static str {
        match self {
            Self::Ruling => "a person ruled that the accounts tell of one incident",
            Self::Reference => "one account points at the other with words such as \"the attack\"",
            Self::SameSentence => "the accounts share their sentence",
            Self::PlaceAndDay => "the accounts name the same place and the same day and acts that fit",
            Self::OnePage => {
                "one page tells the accounts together, with acts that fit and nothing against it"
            }
            Self::OneText => {
                "pages that are one text tell the accounts, with acts that fit and nothing against it"
            }
            Self::LeftOpen => {
                "the account points at an act told on its page, and all that it can mean is this incident"
            }
            Self::PlaceNextDay => "the accounts name the same place within a day, and more than that agrees",
            Self::NearAndDay => {
                "the accounts name the same day and places that lie within each other's reach, and more agrees"
            }
            Self::PlaceUndated => {
                "the accounts name the same place; one has no date, and what they tell agrees"
            }
            Self::DayUnplaced => {
                "the accounts name the same day; one has no place, and what they tell agrees"
            }
        }
    }
    /// The reason as a value.
    pub(crate) fn because(self) -> Because {
        Because::new(self.name(), self.words())
    }
}

/// Two accounts that a rule joins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tie {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) score: u32,
    pub(crate) rule: Rule,
}

/// The rule that joins two accounts, with its strength; `None` when none does. The first stands before the second in
/// the order of accounts.
pub(crate) fn tie(a: &Account<'_>, b: &Account<'_>, acts_fit: Fit, acts: &Acts) -> Option<(u32, Rule)> {
    let speak_both = a.part == Part::SpeaksAbout && b.part == Part::SpeaksAbout;
    if speak_both || a.days.are_apart(b.days, DAYS_APART_MAX as i32) {
        return None;
    }
    judge(a, b, acts_fit, acts)
}

/// The rule that joins two accounts, with its strength; `None` when none does.
fn judge(a: &Account<'_>, b: &Account<'_>, acts_fit: Fit, acts: &Acts) -> Option<(u32, Rule)> {
    let pair = Pair::read(a, b, acts_fit, acts);
    let points = points_at(a, b) || points_at(b, a);
    if pair.is_excluded(points) {
        return None;
    }
    if points {
        return Some((100, Rule::Reference));
    }
    if pair.about {
        return pair.about_rule();
    }
    let support = pair.support;
    let strong = |base: u32, rule: Rule| Some((base + support.min(9), rule));
    let (place, time, fit) = (pair.place, pair.time, acts_fit);
    let day = time == TimeFit::SameDay;
    // Bulletins tell many acts in the same words: one sentence about two villages is no one act.
    if pair.sentence >= SAME_SENTENCE && place != PlaceFit::Unclear {
        return strong(90, Rule::SameSentence);
    }
    // Of two acts in one province on one day more must agree than the day.
    let wide = a.spot.is_wide() && b.spot.is_wide();
    let agrees = if wide {
        fit >= Fit::Allied && support >= WIDE_SUPPORT_MIN
    } else {
        fit >= Fit::Allied || support >= 1
    };
    if place == PlaceFit::Same && day && agrees {
        return strong(80, Rule::PlaceAndDay);
    }
    if let Some(base) = pair.one_page() {
        return strong(base, Rule::OnePage);
    }
    let told_alike = pair.harm_agrees || (fit >= Fit::Kin && support >= 1);
    if pair.one_text && fit >= Fit::Allied && place != PlaceFit::Unclear && told_alike {
        return strong(45, Rule::OneText);
    }
    if place == PlaceFit::Same
        && !wide
        && matches!(time, TimeFit::NextDay | TimeFit::Close)
        && fit >= Fit::Allied
        && support >= 2
    {
        return strong(50, Rule::PlaceNextDay);
    }
    if matches!(place, PlaceFit::Contains | PlaceFit::Near)
        && matches!(time, TimeFit::SameDay | TimeFit::Close)
        && fit >= Fit::Allied
        && support >= 2
    {
        return strong(40, Rule::NearAndDay);
    }
    // Without a day, more must agree than the kind of act: a village may be shelled every night.
    let close = a.spot.is_close() && b.spot.is_close();
    if place == PlaceFit::Same && close && time == TimeFit::Open && fit >= Fit::Kin && support >= 2 {
        return strong(30, Rule::PlaceUndated);
    }
    // News without a time, of the same place and the same days, as of one day.
    if place == PlaceFit::Same && close && pair.recent && fit >= Fit::Allied && !pair.harm_disagrees {
        return strong(30, Rule::PlaceUndated);
    }
    if place == PlaceFit::Open && day && fit >= Fit::Kin && support >= 3 {
        return strong(20, Rule::DayUnplaced);
    }
    None
}

/// What two accounts have in common, and what keeps them apart.
struct Pair {
    place: PlaceFit,
    time: TimeFit,
    acts: Fit,
    sentence: f64,
    support: u32,
    distance: Option<usize>,
    about: bool,
    speech: bool,
    excluded: bool,
    one_text: bool,
    told_before: bool,
    part_of_harm: bool,
    harm_disagrees: bool,
    shared_time_words: bool,
    harm_agrees: bool,
    targets_agree: bool,
    /// One is news without a time, and the other is of the same days.
    recent: bool,
}

impl Pair {
    fn read(a: &Account<'_>, b: &Account<'_>, acts_fit: Fit, acts: &Acts) -> Self {
        let distance = passages_between(a, b);
        let one_page = on_one_page(a, b).next().is_some();
        let about = a.part != b.part;
        let shared_time_words = !a.when_words.is_empty() && a.when_words == b.when_words;
        let time = fit_times(a.when(), b.when(), one_page, one_page && shared_time_words);
        let sentence = sentence_share(a, b);
        let harm_agrees = harm(a, b, |x, y| x.agrees(y));
        let harm_disagrees = harm(a, b, |x, y| !x.agrees(y));
        let shares = |x: &BTreeSet<String>, y: &BTreeSet<String>| x.intersection(y).next().is_some();
        let targets_agree = shares(&a.targets, &b.targets);
        let specific = acts_fit == Fit::Same && !acts.is_means_not_told(a.act());
        let signs = [
            harm_agrees,
            targets_agree,
            shares(&a.initiators, &b.initiators),
            !a.weapon.is_empty() && a.weapon == b.weapon,
            specific,
            shared_time_words && !one_page,
            sentence >= LIKE_SENTENCE,
        ];
        let support = signs.iter().map(|sign| u32::from(*sign)).sum();
        let place = a.spot.fit(&b.spot);
        let mut pair = Self {
            place,
            time,
            acts: acts_fit,
            sentence,
            support,
            distance,
            about,
            speech: !a.claim().act.class.is_incident() || !b.claim().act.class.is_incident(),
            one_text: a.text == b.text,
            told_before: if a.part == Part::Founds {
                told_before(a, b)
            } else {
                told_before(b, a)
            },
            part_of_harm: is_part(a, b) || is_part(b, a),
            excluded: false,
            harm_disagrees,
            shared_time_words,
            harm_agrees,
            targets_agree,
            recent: time == TimeFit::Open && is_recent(a, b),
        };
        pair.excluded = pair.forbids(a, b, one_page);
        pair
    }

    /// What no rule overcomes.
    fn forbids(&self, a: &Account<'_>, b: &Account<'_>, one_page: bool) -> bool {
        let both_speak_of_now = a.claim().background == b.claim().background;
        let authors_differ = one_page
            && !self.about
            && !a.initiators.is_empty()
            && !b.initiators.is_empty()
            && a.initiators.is_disjoint(&b.initiators)
            && a.initiators.is_disjoint(&b.targets);
        self.time == TimeFit::Apart
            || self.place == PlaceFit::Far
            || (a.claim().series != b.claim().series && !self.about)
            || (!both_speak_of_now && !matches!(self.time, TimeFit::SameDay | TimeFit::Close))
            || authors_differ
    }

    fn is_excluded(&self, points: bool) -> bool {
        let acts_exclude = self.acts == Fit::Distinct && !self.about && !points;
        self.excluded || acts_exclude
    }

    /// One page tells both: strength, falling with the distance between them.
    fn one_page(&self) -> Option<u32> {
        let distance = u32::try_from(self.distance?).ok()?;
        if self.place == PlaceFit::Unclear || self.acts == Fit::Distinct {
            return None;
        }
        let day = matches!(self.time, TimeFit::SameDay | TimeFit::Close);
        let place = matches!(self.place, PlaceFit::Same | PlaceFit::Contains | PlaceFit::Near);
        let shared = day || self.shared_time_words || place || self.harm_agrees || self.targets_agree;
        let next = self.distance? <= NEXT_PASSAGES && (shared || !self.harm_disagrees || self.part_of_harm);
        let within = self.distance? <= PAGE_PASSAGES && shared && self.acts > Fit::OnePage;
        let outcome = self.distance? <= PAGE_PASSAGES / 2 && shared;
        (next || within || outcome).then(|| 70 - 2 * distance.min(PAGE_PASSAGES as u32) + u32::from(shared))
    }

    /// An account that speaks about an incident and one that founds it.
    fn about_rule(&self) -> Option<(u32, Rule)> {
        if self.acts == Fit::Distinct && !self.speech {
            return None;
        }
        let anchored = matches!(self.place, PlaceFit::Same | PlaceFit::Contains | PlaceFit::Near);
        if anchored && matches!(self.time, TimeFit::SameDay | TimeFit::Close | TimeFit::NextDay) {
            return Some((80 + self.support.min(9), Rule::PlaceAndDay));
        }
        let near = self.distance.is_some_and(|distance| distance <= NEXT_PASSAGES) && self.told_before;
        (near && self.place != PlaceFit::Unclear).then_some((60 + self.support.min(9), Rule::OnePage))
    }
}

/// Whether one of two accounts is news without a time and the days that it is about are those of the other.
fn is_recent(a: &Account<'_>, b: &Account<'_>) -> bool {
    let (news_a, news_b) = (Days::of_news(a.claim()), Days::of_news(b.claim()));
    let told = |account: &Account<'_>| account.when().days().is_some_and(|days| days <= DAYS_CLOSE);
    match (news_a, news_b) {
        (Some(a), Some(b)) => !a.are_apart(b, 0),
        (Some(news), None) if told(b) => !news.are_apart(b.days, 0),
        (None, Some(news)) if told(a) => !news.are_apart(a.days, 0),
        _ => false,
    }
}

/// Whether the first account, which tells neither when nor where, counts fewer harmed than the second: "two
/// of the dead were brothers".
fn is_part(a: &Account<'_>, b: &Account<'_>) -> bool {
    let bare = !a.spot.is_told() && a.when().days().is_none();
    let size = |count: &model::Count| count.high.unwrap_or(count.low);
    let smaller =
        |x: &(model::Metric, model::Count)| b.harm.iter().any(|y| x.0 == y.0 && size(&x.1) < size(&y.1));
    bare && !a.harm.is_empty() && a.harm.iter().all(smaller)
}

pub(crate) fn points_at(a: &Account<'_>, b: &Account<'_>) -> bool {
    let claims = |id: &model::ClaimId| {
        b.claims
            .binary_search_by(|located| located.claim.id.cmp(id))
            .is_ok()
    };
    a.points_at.iter().any(claims)
}

/// Where two accounts stand on each page that has both.
fn on_one_page<'s>(a: &'s Account<'_>, b: &'s Account<'_>) -> impl Iterator<Item = (&'s [Site], &'s [Site])> {
    let swapped = a.sites.len() > b.sites.len();
    let (fewer, more) = if swapped { (b, a) } else { (a, b) };
    let pages = fewer.sites.chunk_by(|x, y| x.document == y.document);
    pages.filter_map(move |sites| {
        let others = more.sites_on(&sites[0].document);
        let pair = if swapped { (others, sites) } else { (sites, others) };
        (!others.is_empty()).then_some(pair)
    })
}

/// Passages between two accounts on a page that tells both in its article; `None` when no page does.
fn passages_between(a: &Account<'_>, b: &Account<'_>) -> Option<usize> {
    let pairs = on_one_page(a, b)
        .flat_map(|(on_a, on_b)| on_a.iter().flat_map(move |x| on_b.iter().map(move |y| (x, y))));
    pairs
        .filter(|(x, y)| x.main && y.main)
        .map(|(x, y)| x.order.abs_diff(y.order))
        .min()
}

/// Whether a page tells the first account before the second or in its sentence: blame points back.
fn told_before(first: &Account<'_>, second: &Account<'_>) -> bool {
    on_one_page(first, second).any(|(on_first, on_second)| {
        let before = |x: &Site, y: &Site| (x.order, x.start) < (y.order, y.start) || x.sentence == y.sentence;
        on_first.iter().any(|x| on_second.iter().any(|y| before(x, y)))
    })
}

/// Share of content words in common; 0 when either is too short to tell.
pub(crate) fn sentence_share(a: &Account<'_>, b: &Account<'_>) -> f64 {
    if a.words.len().min(b.words.len()) < SENTENCE_WORDS_MIN {
        return 0.0;
    }
    wording::containment(&a.words, &b.words)
}

fn harm(a: &Account<'_>, b: &Account<'_>, test: impl Fn(model::Count, model::Count) -> bool) -> bool {
    let pairs = a.harm.iter().flat_map(|x| b.harm.iter().map(move |y| (x, y)));
    pairs.filter(|(x, y)| x.0 == y.0).any(|(x, y)| test(x.1, y.1))
}

/// How two times lie to each other; on one page a day's difference is a difference.
pub(crate) fn fit_times(a: &Edtf, b: &Edtf, one_page: bool, same_words: bool) -> TimeFit {
    let vague = a.approximate || b.approximate || a.uncertain || b.uncertain;
    let most = if one_page && !vague { 0 } else { DAYS_APART_MAX };
    let gap = a.gap_days(b);
    if gap > most {
        return TimeFit::Apart;
    }
    if let (Some(x), Some(y)) = (a.minute, b.minute)
        && gap == 0
        && x.abs_diff(y) > MINUTES_APART_MAX
    {
        return TimeFit::Apart;
    }
    let close = |time: &Edtf| time.days().is_some_and(|days| days <= DAYS_CLOSE);
    if !close(a) || !close(b) {
        return if same_words && !close(a) && !close(b) {
            TimeFit::SameDay
        } else {
            TimeFit::Open
        };
    }
    match (a.single_day(), b.single_day()) {
        _ if gap > 0 => TimeFit::NextDay,
        (Some(_), Some(_)) => TimeFit::SameDay,
        _ => TimeFit::Close,
    }
}
