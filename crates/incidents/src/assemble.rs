//! Builds the incident from its accounts: act, time, place, who, whom, tolls, origins, status, reasons.

use crate::account::{Account, Part};
use crate::acts::{Acts, Fit};
use crate::contradiction;
use crate::evidence::Rule;
use crate::origin::{self, Library, Origins};
use crate::place;
use crate::ruling::Decided;
use crate::status;
use crate::toll::{self, Told, Weighed};
use model::{
    Act, ActClass, ActorMention, Attribution, AttributionKind, Because, Claim, ClaimId, Contradiction,
    DocumentId, Edtf, ElementStatus, Fused, Incident, IncidentId, LocatedClaim, Location, OriginLink,
    Polarity,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One incident's accounts with everything worked out about them; contradictions are read from it.
pub(crate) struct Case<'a, 'b> {
    pub(crate) founding: Vec<&'b Account<'a>>,
    pub(crate) speaking: Vec<(&'b Account<'a>, Rule)>,
    pub(crate) origins: Origins,
    pub(crate) tolls: Vec<Weighed>,
    pub(crate) attributions: Vec<Attribution>,
}

/// "Cannot be judged" of the Admiralty code.
const CREDIBILITY_UNJUDGED: u8 = 6;

/// An incident, and the contradictions between its accounts.
#[derive(Clone)]
pub(crate) struct Made {
    pub(crate) incident: Incident,
    contradictions: Vec<Contradiction>,
}

/// Accounts of one incident: those that found it, those that speak about it, and those that may.
pub(crate) type Accounts<'a, 'b> = (
    Vec<&'b Account<'a>>,
    Vec<(&'b Account<'a>, Rule)>,
    Vec<&'b Account<'a>>,
);

/// One incident.
pub(crate) fn made(
    (founding, speaking, may_mean): Accounts<'_, '_>,
    rules: &BTreeSet<Rule>,
    library: &Library<'_>,
    acts: &Acts,
    decided: Option<&mut Decided<'_>>,
) -> Made {
    let case = case(founding, speaking, may_mean, library);
    let mut incident = incident(&case, rules, acts);
    if let Some(decided) = decided {
        decided.hold(&mut incident, &case);
    }
    let contradictions = contradiction::within(&case, &incident);
    Made {
        incident,
        contradictions,
    }
}

/// All incidents, contradictions and links, in order; links of pages come in, those of origins are added.
pub(crate) fn whole(made: Vec<Made>, mut links: Vec<OriginLink>) -> Fused {
    let mut incidents = Vec::with_capacity(made.len());
    let mut contradictions = Vec::new();
    for one in made {
        let origins = one.incident.origins.iter();
        links.extend(origins.flat_map(|origin| origin.links.iter().cloned()));
        contradictions.extend(one.contradictions);
        incidents.push(one.incident);
    }
    incidents.sort_by_cached_key(|incident| {
        let place = incident
            .location
            .as_ref()
            .map(|location| location.mention.name.clone());
        let when = incident.when.earliest();
        (when.is_none(), when, place.is_none(), place, incident.id.clone())
    });
    contradictions.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    contradictions.dedup_by(|a, b| a.id == b.id);
    origin::tidy(&mut links);
    Fused {
        incidents,
        contradictions,
        links,
        ..Fused::default()
    }
}

/// The tolls of accounts that all tell of one occurrence.
pub(crate) fn tolls(accounts: &[&Account<'_>], library: &Library<'_>) -> Vec<model::Toll> {
    let founding = accounts
        .iter()
        .copied()
        .filter(|account| account.part == Part::Founds);
    let case = case(founding.collect(), Vec::new(), Vec::new(), library);
    case.tolls.into_iter().map(|weighed| weighed.toll).collect()
}

fn case<'a, 'b>(
    founding: Vec<&'b Account<'a>>,
    speaking: Vec<(&'b Account<'a>, Rule)>,
    may_mean: Vec<&'b Account<'a>>,
    library: &Library<'_>,
) -> Case<'a, 'b> {
    let claims: Vec<&LocatedClaim> = founding
        .iter()
        .chain(speaking.iter().map(|(account, _)| account))
        .flat_map(|account| account.claims.iter().copied())
        .collect();
    let origins = origin::trace(&claims, library);
    let told: Vec<Told<'_>> = founding
        .iter()
        .flat_map(|account| {
            account
                .claims
                .iter()
                .flat_map(move |located| account.harm.iter().map(move |harm| (located, harm)))
        })
        .map(|(located, (metric, count))| Told {
            metric: *metric,
            count: *count,
            claim: &located.claim.id,
            document: &located.claim.document,
            start: located.claim.span.start,
            background: located.claim.background,
            published: library
                .pages
                .document(&located.claim.document)
                .and_then(|document| document.published.edtf.single_day()),
        })
        .collect();
    let tolls = toll::weigh(&told, &origins);
    let mut attributions = attributions(&founding, &speaking);
    attributions.extend(possible(&may_mean));
    Case {
        founding,
        speaking,
        origins,
        tolls,
        attributions,
    }
}

fn incident(case: &Case<'_, '_>, rules: &BTreeSet<Rule>, acts: &Acts) -> Incident {
    let claims: BTreeSet<&ClaimId> = case.all_claims().map(|claim| &claim.id).collect();
    let documents: BTreeSet<&DocumentId> = case.all_claims().map(|claim| &claim.document).collect();
    let ids: Vec<&str> = claims.iter().map(|id| id.as_str()).collect();
    let (act, act_reason) = act(&case.founding, acts);
    let location = location(&case.founding);
    let mut because: Vec<Because> = vec![founded(&case.founding)];
    because.extend(rules.iter().map(|rule| rule.because()));
    because.extend(case.speaking.iter().map(|(account, rule)| {
        let reason = rule.because();
        Because {
            words: format!(
                "{} \"{}\": {}",
                account.act(),
                account.claim().quote,
                reason.words
            ),
            ..reason
        }
    }));
    because.extend(act_reason);
    if location.as_ref().is_none_or(|location| location.chosen.is_none()) {
        because.push(undetermined_place(location.as_ref()));
    }
    because.dedup();
    Incident {
        id: IncidentId::of(&ids),
        act,
        when: when(&case.founding),
        location,
        claims: claims.into_iter().cloned().collect(),
        attributions: case.attributions.clone(),
        targets: targets(&case.founding),
        weapon: weapon(&case.founding),
        tolls: case.tolls.iter().map(|weighed| weighed.toll.clone()).collect(),
        documents: documents.into_iter().cloned().collect(),
        origins: case.origins.origins.clone(),
        status: statuses(case, acts),
        background: case.founding.iter().all(|account| account.claim().background),
        series: case.founding.iter().any(|account| account.claim().series),
        archived: false,
        credibility: CREDIBILITY_UNJUDGED,
        rulings: Vec::new(),
        because,
    }
}

impl<'a> Case<'a, '_> {
    pub(crate) fn all_claims(&self) -> impl Iterator<Item = &'a Claim> {
        let accounts = self
            .founding
            .iter()
            .copied()
            .chain(self.speaking.iter().map(|(account, _)| *account));
        accounts.flat_map(|account| account.claims.iter().map(|located| &located.claim))
    }
}

/// The claims of some accounts.
pub(crate) fn claims_of<'a, 'b: 'a>(
    accounts: impl IntoIterator<Item = &'a &'a Account<'b>>,
) -> Vec<&'b ClaimId> {
    let claims: BTreeSet<&ClaimId> = accounts
        .into_iter()
        .flat_map(|account| account.claims.iter().map(|located| &located.claim.id))
        .collect();
    claims.into_iter().collect()
}

fn founded(founding: &[&Account<'_>]) -> Because {
    let first = founding[0].claim();
    let words = match founding.len() {
        1 => format!("one account tells it: \"{}\"", first.quote),
        many => format!("{many} accounts tell it, such as \"{}\"", first.quote),
    };
    Because::new("founded", words).span(first.span)
}

fn undetermined_place(location: Option<&Location>) -> Because {
    let named: Vec<&str> = location
        .into_iter()
        .flat_map(|location| {
            location
                .candidates
                .iter()
                .map(|candidate| candidate.name.as_str())
        })
        .collect();
    let words = if named.is_empty() {
        "no account names a place that could be found; the place is undetermined".to_owned()
    } else {
        format!("the place is undetermined; it may be {}", named.join(", "))
    };
    Because::new("place-undetermined", words)
}

/// The most specific act that the accounts agree on. Words that tell no means yield to words that do;
/// where several kinds remain that none includes, what they share, or else the one told most often.
fn act(founding: &[&Account<'_>], acts: &Acts) -> (Act, Option<Because>) {
    let mut told: BTreeMap<&Act, usize> = BTreeMap::new();
    for account in founding {
        *told.entry(&account.claim().act).or_default() += 1;
    }
    let force = told.keys().any(|act| act.class == ActClass::Force);
    let weighty = |act: &&&Act| !force || act.class != ActClass::Territory;
    let telling = |act: &&&Act| weighty(act) && !acts.is_means_not_told(act.id.as_str());
    let mut kept: Vec<&Act> = told.keys().filter(telling).copied().collect();
    if kept.is_empty() {
        kept = told.keys().filter(weighty).copied().collect();
    }
    let above =
        |act: &Act, other: &Act| act != other && acts.ancestors(other.id.as_str()).contains(&act.id.as_str());
    let deepest: Vec<&Act> = kept
        .iter()
        .filter(|act| !kept.iter().any(|other| above(act, other)))
        .copied()
        .collect();
    if let [only] = deepest[..] {
        return ((*only).clone(), None);
    }
    let names: Vec<&str> = deepest.iter().map(|act| act.id.as_str()).collect();
    let words = |chosen: &str| format!("the accounts tell {}; kept as {chosen}", names.join(", "));
    let cousins = deepest.iter().all(|a| {
        deepest
            .iter()
            .all(|b| acts.compatible(a.id.as_str(), b.id.as_str()) >= Fit::Cousin)
    });
    let common = || {
        acts.ancestors(names[0]).into_iter().find(|id| {
            deepest
                .iter()
                .all(|act| acts.ancestors(act.id.as_str()).contains(id))
        })
    };
    if let Some(id) = common().filter(|_| cousins) {
        let act = Act {
            id: id.into(),
            class: deepest[0].class,
        };
        let reason = Because::new("common-act", words(id));
        return (act, Some(reason));
    }
    let most = deepest
        .iter()
        .max_by_key(|act| {
            (
                told.get(**act).copied(),
                acts.depth(act.id.as_str()),
                Reverse(&act.id),
            )
        })
        .map_or_else(|| founding[0].claim().act.clone(), |act| (**act).clone());
    let reason = Because::new("act-told-most", words(most.id.as_str()));
    (most, Some(reason))
}

/// What all times share; where two pages differ by a day, the days of both.
fn when(founding: &[&Account<'_>]) -> Edtf {
    let mut times: Vec<&Edtf> = founding
        .iter()
        .map(|account| account.when())
        .filter(|time| time.is_known())
        .collect();
    times.sort_by_key(|time| (time.days().unwrap_or(i64::MAX), *time));
    times.dedup();
    let mut shared = Edtf::unknown();
    for time in &times {
        match shared.intersect(time) {
            Some(both) if shared.is_known() => shared = both,
            _ if !shared.is_known() => shared = (*time).clone(),
            _ => shared = shared.hull(time),
        }
    }
    shared
}

/// The best located account: a chosen place before none, a finer one before a coarser, then the one told
/// most often.
fn location(founding: &[&Account<'_>]) -> Option<Location> {
    let mut told: BTreeMap<String, (usize, &Location)> = BTreeMap::new();
    for account in founding {
        if let Some(location) = account.claims[0].event_location() {
            let chosen = location.chosen.as_ref().map(|chosen| chosen.place.0.clone());
            let key = chosen.unwrap_or_else(|| format!("name {}", location.mention.name));
            told.entry(key).or_insert((0, location)).0 += 1;
        }
    }
    told.into_iter()
        .min_by_key(|(key, (times, location))| (place::rank(location), Reverse(*times), key.clone()))
        .map(|(_, (_, location))| location.clone())
}

fn targets(founding: &[&Account<'_>]) -> Vec<ActorMention> {
    let mut targets: BTreeMap<String, &ActorMention> = BTreeMap::new();
    for mention in founding.iter().flat_map(|account| account.claim().targets.iter()) {
        targets.entry(who(mention)).or_insert(mention);
    }
    targets.into_values().cloned().collect()
}

/// What makes two mentions the same actor.
pub(crate) fn who(mention: &ActorMention) -> String {
    let label = || crate::wording::plain(&mention.label);
    mention
        .actor
        .resolved()
        .map_or_else(label, |actor| actor.0.clone())
}

/// The weapon as most accounts write it.
fn weapon(founding: &[&Account<'_>]) -> String {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for weapon in founding
        .iter()
        .map(|account| account.claim().weapon.as_str())
        .filter(|weapon| !weapon.is_empty())
    {
        *told.entry(weapon).or_default() += 1;
    }
    told.into_iter()
        .max_by_key(|(weapon, times)| (*times, weapon.len(), Reverse(*weapon)))
        .map_or_else(String::new, |(weapon, _)| weapon.to_owned())
}

fn attributions(founding: &[&Account<'_>], speaking: &[(&Account<'_>, Rule)]) -> Vec<Attribution> {
    let mut made: BTreeMap<(ClaimId, String), Attribution> = BTreeMap::new();
    let mut add = |kind: AttributionKind, claim: &Claim, label: &str, mention: Option<&ActorMention>| {
        let attribution = Attribution {
            kind,
            label: label.to_owned(),
            actor: mention.map_or(model::Resolution::Unresolved, |mention| mention.actor.clone()),
            actor_kind: mention.map_or_else(String::new, |mention| mention.kind.clone()),
            by: claim
                .source()
                .map_or_else(String::new, |source| source.label.clone()),
            claim: claim.id.clone(),
            set_aside: false,
        };
        made.entry((claim.id.clone(), label.to_owned()))
            .or_insert(attribution);
    };
    for claim in founding
        .iter()
        .flat_map(|account| account.claims.iter().map(|located| &located.claim))
    {
        for mention in &claim.initiators {
            add(AttributionKind::Named, claim, &mention.label, Some(mention));
        }
    }
    for claim in speaking
        .iter()
        .flat_map(|(account, _)| account.claims.iter().map(|located| &located.claim))
    {
        let (kind, named) = match claim.act.id.as_str() {
            // Of blame the one blamed is the target; who blames is the source.
            "accusation" => (AttributionKind::Allegation, &claim.targets),
            "claim-of-responsibility" => (AttributionKind::ClaimOfResponsibility, &claim.initiators),
            _ => (AttributionKind::Denial, &claim.initiators),
        };
        for mention in named {
            add(kind, claim, &mention.label, Some(mention));
        }
        if named.is_empty() && kind != AttributionKind::Allegation {
            let label = claim.source().map_or("", |source| source.label.as_str());
            add(kind, claim, label, None);
        }
    }
    made.into_values().collect()
}

/// Blame that may be about this incident: an allegation whose words say that its object is not told apart.
fn possible(may_mean: &[&Account<'_>]) -> Vec<Attribution> {
    let claims = may_mean
        .iter()
        .flat_map(|account| account.claims.iter().map(|located| &located.claim));
    let mut made: Vec<Attribution> = claims
        .flat_map(|claim| {
            let by = claim.source().map_or("", |source| source.label.as_str());
            claim.targets.iter().map(move |mention| Attribution {
                kind: AttributionKind::Allegation,
                label: mention.label.clone(),
                actor: mention.actor.clone(),
                actor_kind: mention.kind.clone(),
                by: format!("\"{by}\" (of an act that the words do not tell apart; it may be this one)"),
                claim: claim.id.clone(),
                set_aside: false,
            })
        })
        .collect();
    made.sort_by(|a, b| (&a.claim, &a.label).cmp(&(&b.claim, &b.label)));
    made.dedup();
    made
}

fn statuses(case: &Case<'_, '_>, acts: &Acts) -> ElementStatus {
    let voices = |test: &dyn Fn(&Account<'_>) -> bool| {
        let accounts: Vec<&Account<'_>> = case
            .founding
            .iter()
            .copied()
            .filter(|account| test(account))
            .collect();
        case.origins.voices(claims_of(&accounts)).len()
    };
    let tells_means =
        |account: &Account<'_>| !account.claim().weapon.is_empty() || !acts.is_means_not_told(account.act());
    ElementStatus {
        occurrence: status::of(voices(&|_| true), !contradiction::denied(case).is_empty()),
        place: status::of(
            voices(&|account| account.spot.is_told()),
            contradiction::places(case).is_some(),
        ),
        time: status::of(
            voices(&|account| account.when().days().is_some()),
            contradiction::times(case).is_some(),
        ),
        means: status::of(voices(&tells_means), false),
        toll: toll_status(case),
        author: author_status(case),
    }
}

fn toll_status(case: &Case<'_, '_>) -> model::Status {
    let disputed = case.tolls.iter().any(contradiction::count_differs);
    let most = case.tolls.iter().map(|weighed| {
        let claims = weighed.present.iter().flat_map(|(_, _, claims, _)| claims);
        case.origins.voices(claims).len()
    });
    status::of(most.max().unwrap_or(0), disputed)
}

fn author_status(case: &Case<'_, '_>) -> model::Status {
    let named: Vec<&Attribution> = case
        .attributions
        .iter()
        .filter(|one| one.kind != AttributionKind::Denial)
        .collect();
    let voices = case
        .origins
        .voices(named.iter().map(|attribution| &attribution.claim))
        .len();
    let denies = case
        .speaking
        .iter()
        .any(|(account, _)| account.act() == "denial" || account.claim().polarity == Polarity::Denied);
    status::of(
        voices,
        contradiction::authors(case).is_some() || (denies && voices > 0),
    )
}
