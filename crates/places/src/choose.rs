//! Which candidate a name means: what is known about the name, the page and the country speaks for and
//! against each candidate. Gets matches and a page, gives scores and, when one stands out, a choice.
//!
//! Scores are logarithms of odds: a weight of 0.7 doubles, 2.3 makes ten times as likely. The
//! weights were set on every second article of two public sets of world news (LGL, GeoVirus; checked on the
//! others) and on the places of Airwars' Syrian incidents (all of them, so the score there is no blind one);
//! `cargo xtask score places` prints what they reach.

use crate::context::{Anchor, Context};
use crate::fold;
use crate::gazetteer::{Gazetteer, Match, Step};
use crate::kind::Kind;
use crate::zone::{point, same_name};
use geo::line_measures::{Distance, Haversine};
use model::{Edtf, PlaceMention, PlaceRelation, Span};

/// What each natural logarithm of population adds on pages about a war that the agreements name a country for.
/// 0.3: at 0.55 places abroad take the names of Syrian villages (precision on Airwars 0.84 instead of 0.92);
/// smaller and hamlets take the names of capitals.
const POPULATION: f64 = 0.3;

/// The same on pages about the world at large: at 0.3 one toponym in twenty of LGL stays unresolved that size
/// alone decides; at 0.7 small towns that the page speaks for lose to large ones.
const POPULATION_WORLD: f64 = 0.6;

/// What a spelling that is the place's main name adds over an alternate one.
const MAIN_NAME: f64 = 1.0;

/// What lying in a country that the agreement is about adds, also to a place that is not listed: on pages
/// about one war, a hamlet there that the gazetteer lacks is likelier than a namesake abroad.
const AGREEMENT_COUNTRY: f64 = 6.0;

/// What a page adds whose other places all lie in the candidate's country; less in proportion.
const PAGE_COUNTRY: f64 = 6.0;

/// What the candidate's own province or country adds when it is named right beside it.
const BESIDE: f64 = 4.0;

/// What being named right beside what holds it adds to the other mentions of the name: a page that has said
/// "Paris, Texas" goes on with "Paris".
const BESIDE_ELSEWHERE: f64 = 3.0;

/// How many bytes apart "Rastan, in the countryside of Homs" still counts as beside.
const BESIDE_BYTES: usize = 60;

/// How many bytes apart "Souran, Aleppo" and "Marjah (Aleppo)" are read as a place and what holds it.
pub(crate) const HOLDER_BYTES: usize = 4;

/// What a candidate loses that does not lie in a province named as its holder or beside it, where none named there
/// holds it.
const AGAINST: f64 = 3.0;

/// What the candidate's province adds when the page names it, or places in it, anywhere.
const PAGE_PROVINCE: f64 = 3.5;

/// What lying right at the nearest other place of the page adds; falls by a factor e per `NEARBY_METRES`.
const NEARBY: f64 = 3.0;

/// Distance over which closeness fades: 100 km, the width of a Syrian province.
const NEARBY_METRES: f64 = 100_000.0;

/// What a fitting word of kind ("province", "town") adds, and a word that does not fit takes away.
const KIND_FITS: f64 = 3.0;

/// People from which nobody calls a settlement a village. 50,000: the largest places that our Syrian texts call so have
/// some 30,000; "the village of Sayda" near Raqqa is not the city of Sidon.
const VILLAGE_PEOPLE_MAX: u64 = 50_000;

/// What a place loses that, as its row says, did not exist or bear the name at the time: a camp already
/// closed, a capital renamed. It stays a candidate, since dates in news slip.
const OUT_OF_TIME: f64 = 3.0;

/// Score of "some place that the gazetteer does not list".
///
/// -1: at 1, a third of the Syrian villages that are listed and named right stay unresolved (Acc@ADM1 0.34
/// instead of 0.43 on Airwars); at -3, namesakes take the names of unlisted villages (precision 0.85
/// instead of 0.91).
const UNLISTED: f64 = -1.0;

/// How far apart two rows of one name are one place: tables list a town twice with points a few streets apart.
/// Metres; 5 km, the distance between neighbouring villages in the plains of Syria.
const ONE_SITE: f64 = 5_000.0;

/// Share of belief from which one place stands out.
///
/// 0.5: more likely than everything else together. Raise it and more mentions stay unresolved with their
/// candidates shown; lower it and the share of wrong choices grows.
pub(crate) const STANDS_OUT: f64 = 0.5;

/// A candidate's score before anything but its name is known.
pub(crate) fn prior(gazetteer: &Gazetteer, found: Match, page: &Context) -> f64 {
    let entry = gazetteer.entry(found.entry);
    let step = match found.step {
        Step::Plain => 0.0,
        Step::Bare => -0.5,
        Step::Sound => -1.0,
        Step::Bones => -4.0,
        Step::Demonym => -2.0,
        Step::Kind => -1.0,
    };
    #[expect(clippy::cast_precision_loss, reason = "a population has at most 11 digits")]
    let people = (entry.population as f64 + 1.0).ln();
    // A division has the people of all its towns, but its bare name more often means its capital; a
    // country's name hardly ever means anything else.
    let kind = match entry.kind {
        Kind::Country => 3.0,
        Kind::Capital => 1.5,
        Kind::Province => -1.0,
        Kind::District | Kind::Subdistrict => -1.5,
        Kind::Region | Kind::Road => 1.0,
        Kind::Neighbourhood => -1.0,
        _ => 0.0,
    };
    step + population_weight(found.step, page) * people + kind
}

/// A large place is often named, but all ways to write it are listed; so a name that had to be bent speaks
/// for a large place less than a listed one does.
fn population_weight(step: Step, page: &Context) -> f64 {
    let listed = if page.countries.is_empty() {
        POPULATION_WORLD
    } else {
        POPULATION
    };
    match step {
        Step::Plain | Step::Bare | Step::Demonym | Step::Kind => listed,
        Step::Sound => POPULATION * 0.6,
        Step::Bones => POPULATION * 0.3,
    }
}

/// Candidates of one mention with their scores, and the place chosen if one stands out.
pub(crate) struct Choice {
    pub(crate) scored: Vec<(Match, f64)>,
    /// The chosen entry and its reason.
    pub(crate) chosen: Option<(usize, String)>,
}

/// Weighs every match of a mention's name against the page.
pub(crate) fn choose(
    gazetteer: &Gazetteer,
    mention: &PlaceMention,
    name: &str,
    when: &Edtf,
    page: &Context,
) -> Choice {
    let matches = matches_with_kind(gazetteer, name, &mention.kind);
    let asked = gazetteer.kind_of_word(&mention.kind);
    let key = fold::sound(name);
    let around = around(mention, page);
    let mut scored: Vec<(Match, f64)> = matches
        .into_iter()
        .map(|found| {
            let entry = gazetteer.entry(found.entry);
            let main = if fold::sound(entry.name()) == key {
                MAIN_NAME
            } else {
                0.0
            };
            let fits = asked.map_or(0.0, |asked| match asked {
                Kind::Village if entry.population > VILLAGE_PEOPLE_MAX => -KIND_FITS,
                asked => kind_fits(asked, entry.kind),
            });
            let out_of_time = if entry.during().intersect(when).is_none() {
                -OUT_OF_TIME
            } else {
                0.0
            };
            let support = support(gazetteer, found.entry, &around, page);
            (
                found,
                prior(gazetteer, found, page) + main + fits + out_of_time + support,
            )
        })
        .collect();
    scored.sort_by(|(a, x), (b, y)| {
        y.total_cmp(x)
            .then_with(|| gazetteer.entry(a.entry).id.cmp(gazetteer.entry(b.entry).id))
    });
    let chosen = stands_out(gazetteer, &scored, asked, mention, &key, &around, page);
    Choice { scored, chosen }
}

/// "Damascus countryside" and "Rural Damascus" are names of their own, so the kind is tried as part of
/// the name first.
fn matches_with_kind(gazetteer: &Gazetteer, name: &str, kind: &str) -> Vec<Match> {
    if !kind.is_empty() {
        let mut wholes = vec![format!("{name} {kind}")];
        // "Green village" is not "Village Green".
        if !gazetteer.kind_of_word(kind).is_some_and(Kind::is_settlement) {
            wholes.push(format!("{kind} {name}"));
        }
        for whole in wholes {
            let mut matches = gazetteer.matches(&whole);
            matches.retain(|found| found.step <= Step::Bare);
            if !matches.is_empty() {
                return matches;
            }
        }
    }
    let mut matches = gazetteer.matches(name);
    if kind.is_empty() {
        // Press that has said "Clarke County" once goes on with "Clarke".
        let known: Vec<usize> = matches.iter().map(|found| found.entry).collect();
        let whole = gazetteer.matches(&format!("{name} county")).into_iter();
        let whole = whole.filter(|found| found.step == Step::Plain && !known.contains(&found.entry));
        matches.extend(whole.map(|found| Match {
            step: Step::Kind,
            ..found
        }));
    }
    matches
}

fn kind_fits(asked: Kind, kind: Kind) -> f64 {
    let fits = asked == kind
        || (asked.is_settlement() && kind.is_settlement())
        || (asked == Kind::Region && kind == Kind::Province)
        || (asked == Kind::District && kind == Kind::Subdistrict)
        || (asked == Kind::Subdistrict && kind == Kind::District);
    if fits { KIND_FITS } else { -KIND_FITS }
}

/// How the other mentions of a page lie to one mention: what holds for every candidate of it.
struct Around<'p> {
    anchor: &'p Anchor,
    /// Right beside the mention.
    close: bool,
    /// Right beside the same name elsewhere on the page.
    close_elsewhere: bool,
    /// In the place of what holds it: "Souran, Aleppo".
    holder: bool,
}

/// The mentions of a page that are not the one asked about.
fn around<'p>(mention: &PlaceMention, page: &'p Context) -> Vec<Around<'p>> {
    let span = mention.span;
    let name = fold::plain(&mention.name);
    let same: Vec<Span> = page
        .anchors
        .iter()
        .filter(|anchor| anchor.name == name)
        .map(|anchor| anchor.span)
        .collect();
    let beside = |anchor: &Anchor, span: Span| gap(anchor.span, span) <= BESIDE_BYTES;
    page.anchors
        .iter()
        .filter(|anchor| !anchor.span.overlaps(span))
        .map(|anchor| Around {
            anchor,
            close: beside(anchor, span),
            close_elsewhere: anchor.name != name && same.iter().any(|other| beside(anchor, *other)),
            holder: anchor.span.start >= span.end && gap(anchor.span, span) <= HOLDER_BYTES,
        })
        .collect()
}

/// What the page says for a candidate.
fn support(gazetteer: &Gazetteer, at: usize, around: &[Around<'_>], page: &Context) -> f64 {
    let entry = gazetteer.entry(at);
    let mut score = 0.0;
    if page.countries.iter().any(|country| country == entry.country) {
        score += AGREEMENT_COUNTRY;
    }
    let (mut total, mut same_country, mut same_province) = (0.0, 0.0, 0.0_f64);
    let (mut beside, mut beside_elsewhere, mut against) = (false, false, false);
    let mut nearest = f64::INFINITY;
    for other in around {
        for (held, share) in &other.anchor.places {
            if *held == at {
                // The same name elsewhere on the page says nothing about which of its places is meant.
                continue;
            }
            let place = gazetteer.entry(*held);
            total += share;
            if place.country == entry.country {
                same_country += share;
            }
            let contains = gazetteer.is_in(at, *held);
            let sure = *share >= STANDS_OUT;
            beside |= other.close && contains && sure;
            beside_elsewhere |= other.close_elsewhere && contains && sure;
            against |= (other.holder || other.close) && place.kind == Kind::Province && !contains && sure;
            let shares_province = place.admin1.is_some() && place.admin1 == entry.admin1;
            if (contains && place.kind == Kind::Province) || shares_province {
                same_province = same_province.max(*share);
            }
            if sure && !place.kind.is_area() {
                nearest = nearest.min(Haversine.distance(point(place.at), point(entry.at)));
            }
        }
    }
    if total > 0.0 {
        score += PAGE_COUNTRY * same_country / total;
    }
    score += PAGE_PROVINCE * same_province + NEARBY * (-nearest / NEARBY_METRES).exp();
    if beside {
        score + BESIDE
    } else if against {
        score - AGAINST
    } else if beside_elsewhere {
        score + BESIDE_ELSEWHERE
    } else {
        score
    }
}

fn gap(a: Span, b: Span) -> usize {
    a.start.saturating_sub(b.end).max(b.start.saturating_sub(a.end))
}

/// The place that stands out: a town and the province or district named after it count as one place, and
/// within it the words decide.
fn stands_out(
    gazetteer: &Gazetteer,
    scored: &[(Match, f64)],
    asked: Option<Kind>,
    mention: &PlaceMention,
    key: &str,
    around: &[Around<'_>],
    page: &Context,
) -> Option<(usize, String)> {
    let (top, best) = scored.first()?;
    let odds = |score: f64| (score - best).exp();
    let unlisted = unlisted(gazetteer, asked, around, page);
    let total: f64 = scored.iter().map(|(_, score)| odds(*score)).sum::<f64>() + odds(unlisted);
    let family: Vec<(usize, f64)> = scored
        .iter()
        .filter(|(found, _)| found.entry == top.entry || nested(gazetteer, found.entry, top.entry))
        .map(|(found, score)| (found.entry, odds(*score) / total))
        .collect();
    let share: f64 = family.iter().map(|(_, share)| share).sum();
    if share < STANDS_OUT {
        return None;
    }
    let (at, why) = within(gazetteer, &family, asked, mention, key);
    let entry = gazetteer.entry(at);
    let rest = if family.len() > 1 && asked.is_none() {
        "; an area of the same name holds it or lies in it"
    } else {
        ""
    };
    let words = format!(
        "{} in {} stands out with {:.0} % of belief: {why}{rest}",
        entry.name(),
        entry.country,
        share * 100.0
    );
    Some((at, words))
}

/// The score of a place that is not listed. On pages about a war it is one of the country at war, with what the page
/// says for that country; a settlement that is called one fits its word whether it is listed or not.
fn unlisted(gazetteer: &Gazetteer, asked: Option<Kind>, around: &[Around<'_>], page: &Context) -> f64 {
    if page.countries.is_empty() {
        return UNLISTED;
    }
    let places = around.iter().flat_map(|other| &other.anchor.places);
    let (mut total, mut at_war) = (0.0, 0.0);
    for (held, share) in places {
        total += share;
        let country = gazetteer.entry(*held).country;
        if page.countries.iter().any(|it| it == country) {
            at_war += share;
        }
    }
    let of_page = if total > 0.0 {
        PAGE_COUNTRY * at_war / total
    } else {
        0.0
    };
    let of_kind = match asked.is_some_and(Kind::is_settlement) {
        true => KIND_FITS,
        false => 0.0,
    };
    UNLISTED + AGREEMENT_COUNTRY + of_page + of_kind
}

/// Two places of one name, one in the other or on the same site.
fn nested(gazetteer: &Gazetteer, a: usize, b: usize) -> bool {
    let (x, y) = (gazetteer.entry(a), gazetteer.entry(b));
    let apart = Haversine.distance(point(x.at), point(y.at));
    if x.country == y.country && apart <= ONE_SITE {
        return true;
    }
    let holds = |outer: usize, inner: usize| {
        let (area, place) = (gazetteer.entry(outer), gazetteer.entry(inner));
        area.kind.is_area()
            && (gazetteer.is_in(inner, outer)
                || Haversine.distance(point(area.at), point(place.at)) <= area.radius.0)
    };
    x.country == y.country && (holds(a, b) || holds(b, a))
}

fn within(
    gazetteer: &Gazetteer,
    family: &[(usize, f64)],
    asked: Option<Kind>,
    mention: &PlaceMention,
    key: &str,
) -> (usize, &'static str) {
    let best = |fits: &dyn Fn(usize) -> bool| {
        let mut fitting = family.iter().filter(|(at, _)| fits(*at));
        fitting.next().map(|(at, _)| *at)
    };
    let kind = |at: usize| gazetteer.entry(at).kind;
    if let Some(asked) = asked
        && let Some(at) = best(&|at| kind_fits(asked, kind(at)) > 0.0)
    {
        return (at, "the word beside the name tells its kind");
    }
    if asked.is_none()
        && matches!(mention.relation, PlaceRelation::Part { .. })
        && let Some(at) = best(&|at| matches!(kind(at), Kind::Province | Kind::Country | Kind::Region))
    {
        return (at, "a part of it is meant, and towns are seldom split so");
    }
    let first = family.first().map_or(0, |(at, _)| *at);
    let name = |at: usize| gazetteer.entry(at).name();
    // A town reached by one of its lesser names, such as a capital that shares its state's, must not stand
    // for the state; one that bears the area's very name is meant more often than the area.
    let namesake = |at: usize| fold::sound(name(at)) == key || same_name(name(at), name(first));
    if asked.is_none()
        && kind(first) != Kind::Country
        && let Some(at) = best(&|at| kind(at).is_settlement() && namesake(at))
    {
        return (at, "its name, its size and the page speak for it");
    }
    (first, "its name, its size and the page speak for it")
}
