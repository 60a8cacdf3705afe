//! Accounts of one incident that disagree, kept side by side; and read-outs that leave out what others say.

use crate::account::Account;
use crate::assemble::{Case, claims_of, who};
use crate::evidence::{SAME_SENTENCE, sentence_share};
use crate::place::PlaceFit;
use crate::toll::Weighed;
use model::{
    AttributionKind, Because, ClaimId, Contradiction, ContradictionId, ContradictionKind, Incident,
    LocatedClaim, Polarity, Ternary, TimeAnchor,
};
use std::collections::{BTreeMap, BTreeSet};

/// Everything about which the accounts of one incident disagree.
pub(crate) fn within(case: &Case<'_, '_>, incident: &Incident) -> Vec<Contradiction> {
    let mut found: Vec<Contradiction> = case
        .tolls
        .iter()
        .flat_map(|weighed| counts(weighed, case))
        .collect();
    found.extend(times(case));
    found.extend(places(case));
    found.extend(authors(case));
    found.extend(altered_names(case));
    let denied = denied(case);
    if !denied.is_empty() {
        let claims: BTreeSet<&ClaimId> = denied.iter().copied().chain(claims_of(&case.founding)).collect();
        let words = format!(
            "{} accounts tell it; {} deny that it happened",
            case.founding.len(),
            denied.len()
        );
        let because = Because::new("denied", "a claim about the same act, time and place denies it");
        found.push(make(
            ContradictionKind::Occurrence,
            Ternary::Yes,
            claims,
            words,
            because,
        ));
    }
    found.retain(|contradiction| {
        contradiction
            .claims
            .iter()
            .all(|claim| incident.claims.contains(claim))
    });
    found
}

fn make<'a>(
    kind: ContradictionKind,
    real: Ternary,
    claims: impl IntoIterator<Item = &'a ClaimId>,
    words: String,
    because: Because,
) -> Contradiction {
    let claims: Vec<ClaimId> = claims
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .cloned()
        .collect();
    let mut parts = vec![kind.as_str(), because.rule.as_str()];
    parts.extend(claims.iter().map(ClaimId::as_str));
    Contradiction {
        id: ContradictionId::of(&parts),
        kind,
        real,
        claims,
        words,
        because,
    }
}

/// Claims that deny the act itself, by somebody who is not one of those who tell it.
pub(crate) fn denied<'a>(case: &Case<'a, '_>) -> Vec<&'a ClaimId> {
    let denying = case.speaking.iter().filter(|(account, _)| {
        account.claim().polarity == Polarity::Denied && account.claim().act.class.is_incident()
    });
    denying
        .flat_map(|(account, _)| account.claims.iter().map(|located| &located.claim.id))
        .collect()
}

/// Whether two origins count differently.
pub(crate) fn count_differs(weighed: &Weighed) -> bool {
    let present = &weighed.present;
    present
        .iter()
        .any(|(_, a, ..)| present.iter().any(|(_, b, ..)| !a.agrees(*b)))
}

fn counts(weighed: &Weighed, case: &Case<'_, '_>) -> Vec<Contradiction> {
    let metric = weighed.toll.metric.as_str();
    let label = |origin: usize| {
        case.origins
            .origins
            .get(origin)
            .map_or("a page", |origin| origin.label.as_str())
    };
    let mut found = Vec::new();
    if count_differs(weighed) {
        let says: Vec<String> = weighed
            .present
            .iter()
            .map(|(origin, count, ..)| format!("{} says {count}", label(*origin)))
            .collect();
        let claims = weighed.present.iter().flat_map(|(_, _, claims, _)| claims);
        let days: BTreeSet<_> = weighed.present.iter().map(|(.., day)| day).collect();
        // Tolls rise from day to day: figures of different days may both have been right.
        let (real, why) = match (days.len(), days.contains(&None)) {
            (1, false) => (
                Ternary::Yes,
                "origins that do not depend on each other count differently on one day",
            ),
            _ => (
                Ternary::Undetermined,
                "origins count differently; their pages are of different or unknown days, so one may be a later count",
            ),
        };
        let words = format!("{metric}: {}", says.join("; "));
        found.push(make(
            ContradictionKind::Count,
            real,
            claims,
            words,
            Because::new("counts-differ", why),
        ));
    }
    for (origin, old, claims) in &weighed.replaced {
        let now = weighed.present.iter().find(|(at, ..)| at == origin);
        let Some((_, count, new_claims, _)) = now.filter(|(_, count, ..)| !count.agrees(*old)) else {
            continue;
        };
        let words = format!("{metric}: {} said {old} and later {count}", label(*origin));
        let because = Because::new("later-revision", "one origin replaced its figure by a later one");
        found.push(make(
            ContradictionKind::Count,
            Ternary::No,
            claims.iter().chain(new_claims),
            words,
            because,
        ));
    }
    found
}

/// Pages that name different days for it.
pub(crate) fn times(case: &Case<'_, '_>) -> Option<Contradiction> {
    let dated: Vec<&&Account<'_>> = case
        .founding
        .iter()
        .filter(|account| account.when().single_day().is_some())
        .collect();
    let days: BTreeSet<_> = dated
        .iter()
        .filter_map(|account| account.when().single_day())
        .collect();
    if days.len() < 2 {
        return None;
    }
    let explicit = dated
        .iter()
        .all(|account| account.claim().when.anchor == TimeAnchor::Explicit);
    let real = if explicit {
        Ternary::Yes
    } else {
        Ternary::Undetermined
    };
    let told: Vec<String> = days.iter().map(ToString::to_string).collect();
    let words = format!("the accounts name {}", told.join(" and "));
    let because = Because::new(
        "days-differ",
        "accounts of one incident name neighbouring days; a day counted from a page's date may be off by one",
    );
    Some(make(
        ContradictionKind::Time,
        real,
        claims_of(dated.iter().copied()),
        words,
        because,
    ))
}

/// Pages that name different places for it, none of which contains the other.
pub(crate) fn places(case: &Case<'_, '_>) -> Option<Contradiction> {
    let placed: Vec<&&Account<'_>> = case
        .founding
        .iter()
        .filter(|account| account.spot.is_told())
        .collect();
    let mut spots: BTreeMap<String, &Account<'_>> = BTreeMap::new();
    for account in &placed {
        spots.entry(account.spot.key()).or_insert(account);
    }
    let differ = |a: &Account<'_>, b: &Account<'_>| {
        matches!(
            a.spot.fit(&b.spot),
            PlaceFit::Far | PlaceFit::Near | PlaceFit::Unclear
        )
    };
    let apart: BTreeSet<&String> = spots
        .iter()
        .filter(|(key, a)| spots.iter().any(|(other, b)| *key != other && differ(a, b)))
        .map(|(key, _)| key)
        .collect();
    if apart.len() < 2 {
        return None;
    }
    let disagreeing: Vec<&Account<'_>> = placed
        .iter()
        .map(|account| **account)
        .filter(|account| apart.contains(&account.spot.key()))
        .collect();
    let names: BTreeSet<&str> = disagreeing
        .iter()
        .filter_map(|account| account.claims[0].event_location())
        .map(|location| location.mention.name.as_str())
        .collect();
    let words = format!(
        "the accounts name {}",
        names.into_iter().collect::<Vec<_>>().join(" and ")
    );
    let because = Because::new(
        "places-differ",
        "accounts of one incident name different places; one may be written more widely than the other",
    );
    Some(make(
        ContradictionKind::Place,
        Ternary::Undetermined,
        claims_of(&disagreeing),
        words,
        because,
    ))
}

/// Different authors named, or the author of one account hit in another.
pub(crate) fn authors(case: &Case<'_, '_>) -> Option<Contradiction> {
    let mut named: BTreeMap<String, (BTreeSet<&str>, BTreeSet<&ClaimId>)> = BTreeMap::new();
    let mut of_claim: BTreeMap<&ClaimId, BTreeSet<String>> = BTreeMap::new();
    for attribution in case
        .attributions
        .iter()
        .filter(|one| one.kind != AttributionKind::Denial)
    {
        let Some(actor) = attribution.actor.resolved() else {
            continue;
        };
        let entry = named.entry(actor.0.clone()).or_default();
        entry.0.insert(&attribution.label);
        entry.1.insert(&attribution.claim);
        of_claim
            .entry(&attribution.claim)
            .or_default()
            .insert(actor.0.clone());
    }
    // Two sides of one clash named in one claim do not contradict each other.
    let sets: Vec<&BTreeSet<String>> = of_claim.values().collect();
    let clash = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        let both = |x: &str, y: &str| {
            case.founding.iter().any(|account| {
                let of = |key: &str| account.initiators.contains(key) || account.targets.contains(key);
                of(x) && of(y)
            })
        };
        a.is_disjoint(b) && !a.iter().any(|x| b.iter().any(|y| both(x, y)))
    };
    if !sets.iter().any(|a| sets.iter().any(|b| clash(a, b))) {
        return None;
    }
    let labels: Vec<String> = named
        .values()
        .map(|(labels, _)| labels.iter().copied().collect::<Vec<_>>().join("/"))
        .collect();
    let claims: BTreeSet<&ClaimId> = named
        .values()
        .flat_map(|(_, claims)| claims.iter().copied())
        .collect();
    let words = format!("the accounts name {}", labels.join(" and "));
    let because = Because::new(
        "authors-differ",
        "accounts of one incident name different authors",
    );
    Some(make(
        ContradictionKind::Role,
        Ternary::Yes,
        claims,
        words,
        because,
    ))
}

/// One sentence on two pages with different names in it: a page has altered the words, nobody disagrees.
fn altered_names(case: &Case<'_, '_>) -> Option<Contradiction> {
    let names = |account: &Account<'_>| -> BTreeSet<String> {
        let claim = account.claim();
        claim.initiators.iter().chain(&claim.targets).map(who).collect()
    };
    let pairs = case.founding.windows(2).filter(|pair| {
        let documents = |account: &Account<'_>| {
            account
                .sites
                .iter()
                .map(|site| site.document.clone())
                .collect::<BTreeSet<_>>()
        };
        let (a, b) = (names(pair[0]), names(pair[1]));
        !a.is_empty()
            && !b.is_empty()
            && a.is_disjoint(&b)
            && documents(pair[0]).is_disjoint(&documents(pair[1]))
            && sentence_share(pair[0], pair[1]) >= SAME_SENTENCE
    });
    let altered: Vec<&Account<'_>> = pairs.flat_map(|pair| pair.iter().copied()).collect();
    if altered.is_empty() {
        return None;
    }
    let labels: BTreeSet<&str> = altered
        .iter()
        .flat_map(|account| account.claim().initiators.iter().chain(&account.claim().targets))
        .map(|mention| mention.label.as_str())
        .collect();
    let words = format!(
        "one sentence, with the names {}",
        labels.into_iter().collect::<Vec<_>>().join(" and ")
    );
    let because = Because::new(
        "altered-names",
        "pages that share the sentence write different names in it; one has altered the words",
    );
    Some(make(
        ContradictionKind::Role,
        Ternary::No,
        claims_of(&altered),
        words,
        because,
    ))
}

/// Days between a read-out and another's for them to be about one meeting.
/// 3: read-outs follow a meeting within a day or two.
const READOUT_DAYS_MAX: i64 = 3;

/// Statements said to leave out a proposal, each with what others say about it.
///
/// The claims stage marks such a statement with the reason `omission`; its utterance is about the proposal
/// that is left out.
pub(crate) fn omissions<'a>(claims: impl Iterator<Item = &'a LocatedClaim>) -> Vec<Contradiction> {
    let claims: Vec<&LocatedClaim> = claims.collect();
    let about = |located: &LocatedClaim| {
        located
            .claim
            .utterance
            .as_ref()
            .and_then(|utterance| utterance.about.clone())
    };
    let is_meeting = |claim: &model::Claim| matches!(claim.act.id.as_str(), "meeting" | "call" | "round");
    let meetings: BTreeSet<(&model::DocumentId, model::Span)> = claims
        .iter()
        .map(|located| &located.claim)
        .filter(|claim| is_meeting(claim))
        .map(|claim| (&claim.document, claim.span))
        .collect();
    let mut telling: BTreeMap<model::ProposalId, Vec<&LocatedClaim>> = BTreeMap::new();
    let mut omitting: Vec<(&LocatedClaim, model::ProposalId)> = Vec::new();
    for located in claims.iter().copied() {
        let claim = &located.claim;
        let readout = is_meeting(claim) || claim.act.id.as_str() == "statement";
        match about(located) {
            Some(proposal) if omits(claim) => omitting.push((located, proposal)),
            Some(proposal) if readout => telling.entry(proposal).or_default().push(located),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (silent, proposal) in omitting {
        let who = speaker(silent);
        let others: Vec<&&LocatedClaim> = telling
            .get(&proposal)
            .into_iter()
            .flatten()
            .filter(|other| {
                speaker(other) != who
                    && silent.claim.when.edtf.gap_days(&other.claim.when.edtf) <= READOUT_DAYS_MAX
            })
            .collect();
        if others.is_empty() {
            continue;
        }
        // Read-outs of a meeting stand in the sentence that tells of it; where there are none, any statement.
        let of_meeting =
            |other: &&&LocatedClaim| meetings.contains(&(&other.claim.document, other.claim.span));
        let readouts: Vec<&&LocatedClaim> = others.iter().copied().filter(of_meeting).collect();
        let others = if readouts.is_empty() { others } else { readouts };
        let speakers: BTreeSet<String> = others.iter().map(|other| speaker(other)).collect();
        let claims = others
            .iter()
            .map(|other| &other.claim.id)
            .chain([&silent.claim.id]);
        let words = format!(
            "{} speaks of \"{proposal}\"; {who} is said to make no mention of it",
            speakers.into_iter().collect::<Vec<_>>().join(", ")
        );
        let because = Because::new(
            "left-out",
            "one read-out leaves out what another says; silence is no denial",
        )
        .span(silent.claim.span);
        found.push(make(
            ContradictionKind::Omission,
            Ternary::Undetermined,
            claims,
            words,
            because,
        ));
    }
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found.dedup_by(|a, b| a.id == b.id);
    found
}

fn omits(claim: &model::Claim) -> bool {
    claim.because.iter().any(|because| because.rule == "omission")
}

fn speaker(located: &LocatedClaim) -> String {
    located
        .claim
        .source()
        .map_or_else(String::new, |source| source.label.clone())
}
