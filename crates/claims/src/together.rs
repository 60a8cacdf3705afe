//! What the sentences of a page say together: a toll told after its act, an act that a later sentence goes on
//! about, a charge that names the author of an act told before, an answer to an attack.
//!
//! Gets the claims of a page in order; moves and copies what the text ties together and says so in `because`.
//! Where two acts could be meant nothing is moved.

use crate::draft::Ground;
use crate::lexicon::Lexicon;
use language::Relation;
use model::{
    ActClass, ActorMention, Because, Claim, ClaimId, MentionId, Metric, Modality, PlaceMention, PlaceRole,
    Polarity, Resolution, Scope,
};
use std::ops::Range;

/// The place of a claim, as far as its own words tell it.
fn own_place(claim: &Claim) -> bool {
    claim
        .places
        .iter()
        .any(|place| place.role == PlaceRole::Event && !place.name.is_empty())
}

fn told_as_done(claim: &Claim) -> bool {
    claim.modality.is_actual() && claim.polarity == Polarity::Affirmed && !claim.background && !claim.series
}

fn can_harm(class: ActClass) -> bool {
    matches!(class, ActClass::Force | ActClass::Monitors | ActClass::Civilians)
}

/// "Rockets hit fields outside the town. Nobody was killed.": a sentence that only counts belongs to the one act
/// told right before it in its paragraph.
pub(crate) fn carry_tolls(claims: &mut Vec<Claim>, rejected: &mut Vec<Because>) {
    let mut at = 0;
    while at < claims.len() {
        let claim = &claims[at];
        let lone = claim.act.id.as_str() == "killing"
            && !claim.figures.is_empty()
            && claim.figures.iter().all(|figure| figure.scope == Scope::Incident)
            && !own_place(claim)
            && claim.when.span.is_none()
            && claim.initiators.is_empty()
            && claim.references.is_empty();
        let nobody =
            claim.figures.iter().all(|figure| figure.count.high == Some(0)) && !claim.figures.is_empty();
        if !lone || !(nobody || told_as_done(claim)) {
            at += 1;
            continue;
        }
        let before = act_before(claims, at);
        if let Some(before) = before {
            let figures = claims[at].figures.clone();
            for mut figure in figures {
                if claims[before]
                    .figures
                    .iter()
                    .any(|known| known.metric == figure.metric)
                {
                    continue;
                }
                let words = format!("\"{}\" counts for the act told right before it", figure.quote);
                figure
                    .because
                    .push(Because::new("toll-told-after", words).span(figure.span));
                claims[before].figures.push(figure);
            }
        }
        if before.is_some() || nobody {
            let gone = claims.remove(at);
            let words = if nobody {
                format!("\"{}\" tells that nobody was hurt, and no act", gone.quote)
            } else {
                format!("\"{}\" only counts what the act before it did", gone.quote)
            };
            rejected.push(Because::new("toll-told-after", words).span(gone.trigger));
        } else {
            at += 1;
        }
    }
}

/// The one act told in the sentence before a claim that acts are told in.
fn act_before(claims: &[Claim], at: usize) -> Option<usize> {
    let claim = &claims[at];
    let earlier = |other: &Claim| {
        other.passage == claim.passage && other.span.end <= claim.span.start && other.act.class.is_incident()
    };
    let sentence = claims
        .iter()
        .filter(|other| earlier(other))
        .map(|other| other.span.start)
        .max()?;
    let all: Vec<usize> = (0..claims.len())
        .filter(|index| earlier(&claims[*index]) && claims[*index].span.start == sentence)
        .collect();
    let [one] = all.as_slice() else { return None };
    let other = &claims[*one];
    let close = claim.span.start - other.span.end < SENTENCE_GAP;
    let counted = claim
        .figures
        .iter()
        .all(|figure| other.figures.iter().any(|known| known.metric == figure.metric));
    (close && can_harm(other.act.class) && told_as_done(other) && !counted).then_some(*one)
}

/// Most bytes between two sentences that follow each other directly: a space, a quotation mark, a line break.
const SENTENCE_GAP: usize = 8;

/// Takes over what a claim leaves to the act it points at: what it was, where and when.
pub(crate) fn take_over(claim: &mut Claim, from: &Claim, lexicon: &Lexicon) {
    let reason = |what: &str| {
        Because::new(
            "told-of-the-act-meant",
            format!("{what} is told where the act is told: \"{}\"", from.quote),
        )
        .span(from.trigger)
    };
    let general =
        claim.act.id.as_str() == "killing" || lexicon.is_a(from.act.id.as_str(), claim.act.id.as_str());
    if claim.act.class == ActClass::Force && general && claim.act != from.act {
        claim.because.push(reason("what it was"));
        claim.act = from.act.clone();
    }
    if claim.act.class == ActClass::Force && !own_place(claim) {
        let places: Vec<PlaceMention> = from
            .places
            .iter()
            .filter(|place| place.role == PlaceRole::Event && !place.name.is_empty())
            .cloned()
            .collect();
        if !places.is_empty() {
            claim.because.push(reason("where it happened"));
            claim.places.retain(|place| place.role != PlaceRole::Event);
            claim.places.extend(places);
        }
    }
    if claim.act.class == ActClass::Force && claim.when.span.is_none() && from.when.span.is_some() {
        claim.because.push(reason("when it happened"));
        claim.when = from.when.clone();
    }
}

/// "The mayor blamed X for the bomb": beside the accusation, the act told before as X's, on the mayor's word.
pub(crate) fn charge(accusation: &Claim, act: &Claim) -> Option<Claim> {
    if accusation.act.id.as_str() != "accusation"
        || accusation.targets.is_empty()
        || accusation.polarity == Polarity::Denied
    {
        return None;
    }
    let mut claim = accusation.clone();
    claim.act = act.act.clone();
    claim.id = ClaimId::of(&[
        claim.document.as_str(),
        &claim.trigger.start.to_string(),
        &claim.trigger.end.to_string(),
        claim.act.id.as_str(),
        "charge",
    ]);
    claim.initiators = std::mem::take(&mut claim.targets);
    claim.modality = Modality::Claimed;
    claim.weapon.clone_from(&act.weapon);
    claim.when = act.when.clone();
    claim.places.retain(|place| place.role != PlaceRole::Event);
    claim.places.extend(
        act.places
            .iter()
            .filter(|place| place.role == PlaceRole::Event)
            .cloned(),
    );
    claim.figures.clear();
    claim.background = act.background;
    claim.because.push(
        Because::new(
            "charge-for-an-act-told",
            format!("the act that somebody is blamed for is told in \"{}\"", act.quote),
        )
        .span(act.trigger),
    );
    Some(claim)
}

/// "The two leaders spoke by phone": who they are, where the text tells it, or where the page tells of one such
/// meeting only and names those who took part.
pub(crate) fn name_groups(claims: &mut [Claim], mentions: &[ActorMention]) {
    let labels = |claim: &Claim| -> Vec<String> {
        let all = claim.initiators.iter().chain(&claim.targets);
        all.map(|mention| mention.label.clone()).collect()
    };
    let held: Vec<(String, Vec<String>)> = claims
        .iter()
        .filter(|claim| claim.act.class == ActClass::Process)
        .map(|claim| (claim.act.id.as_str().to_owned(), labels(claim)))
        .filter(|(_, labels)| labels.len() == 2)
        .collect();
    for claim in claims {
        let act = claim.act.id.as_str().to_owned();
        for index in 0..claim.references.len() {
            let reference = &claim.references[index];
            let told = held
                .iter()
                .filter(|(other, _)| *other == act)
                .map(|(_, labels)| labels.join(", "));
            let mut told: Vec<String> = told.collect();
            told.sort();
            told.dedup();
            let (group, because) = match (&reference.to, told.as_slice()) {
                (Resolution::Resolved(group), _) if reference.because.rule == "only-group" => {
                    (group.clone(), reference.because.clone())
                }
                (Resolution::Candidates(groups), [one]) if groups.contains(one) => {
                    let why = format!("the page tells of one {act} only, of {one}");
                    (
                        one.clone(),
                        Because::new("only-one-told", why).span(reference.span),
                    )
                }
                _ => continue,
            };
            let span = reference.span;
            claim.references[index].to = Resolution::Resolved(group.clone());
            claim.references[index].because = because.clone();
            for list in [&mut claim.initiators, &mut claim.targets] {
                let Some(at) = list.iter().position(|mention| mention.span.overlaps(span)) else {
                    continue;
                };
                let pointer = list.remove(at);
                for label in group.split(", ") {
                    let Some(known) = mentions.iter().find(|mention| mention.label == label) else {
                        continue;
                    };
                    let mut one = pointer.clone();
                    one.id = MentionId::of(&[pointer.id.as_str(), label]);
                    (one.actor, one.kind) = (known.actor.clone(), known.kind.clone());
                    one.because = vec![because.clone()];
                    list.push(one);
                }
            }
        }
    }
}

/// "imposed sanctions following the downing of a jet in 2015": what follows something long past, and has no day
/// of its own, is past as well.
pub(crate) fn follow(ground: &Ground, hits: &[crate::triggers::TriggerHit], claims: &mut [Claim]) {
    let Ground { reading, lexicon, .. } = ground;
    for hit in hits {
        let near = hit.tokens.start.saturating_sub(crate::draft::FOLLOWS_REACH)..hit.tokens.start;
        if !near
            .into_iter()
            .any(|index| lexicon.word("factual", reading.lower(index)))
        {
            continue;
        }
        let span = reading.span(&hit.tokens);
        let past = claims
            .iter()
            .any(|claim| claim.trigger == span && claim.background && claim.when.span.is_some());
        for claim in claims
            .iter_mut()
            .filter(|claim| past && claim.trigger.end <= span.start)
        {
            if claim.when.span.is_none() && claim.modality.is_actual() && !claim.background {
                claim.background = true;
                let words = format!(
                    "it followed something told as past: \"{}\"",
                    reading.words(&hit.tokens)
                );
                claim
                    .because
                    .push(Because::new("follows-what-is-past", words).span(span));
            }
        }
    }
}

/// "…, and the army answered with rocket fire": at whom and where is told by the attack that is answered.
pub(crate) fn answers(ground: &Ground, tokens: &Range<usize>, claim: &mut Claim, before: &[Claim]) {
    let tree = ground.reading.tree();
    let top = tree.top(tokens);
    let verb = match tree.relation(top) {
        Relation::Obl | Relation::Advcl | Relation::Obj | Relation::Xcomp => tree.head(top),
        _ => Some(top),
    };
    let answers = verb
        .and_then(|verb| ground.reading.token(verb))
        .is_some_and(|token| ground.lexicon.word("answer", &token.lemma.to_lowercase()));
    let attack = before
        .iter()
        .rev()
        .find(|other| other.span == claim.span && other.act.class == ActClass::Force);
    let Some(attack) = attack.filter(|_| answers) else {
        return;
    };
    let why = |what: &str| {
        Because::new("answer", format!("{what} is told by the attack that is answered")).span(attack.trigger)
    };
    if claim.targets.is_empty() && !attack.initiators.is_empty() {
        claim.targets.clone_from(&attack.initiators);
        claim.because.push(why("against whom"));
    }
    if !own_place(claim) && own_place(attack) {
        claim.places.extend(
            attack
                .places
                .iter()
                .filter(|place| place.role == PlaceRole::Event)
                .cloned(),
        );
        claim.because.push(why("where"));
    }
    if claim.when.span.is_none() && attack.when.span.is_some() {
        claim.when = attack.when.clone();
        claim.because.push(why("when"));
    }
}

/// "Rebels shelled A and B": what falls on two places is two occurrences, each with its own toll; one toll for
/// both keeps them together.
pub(crate) fn split(ground: &Ground, claim: Claim) -> Vec<Claim> {
    let event = |place: &&PlaceMention| place.role == PlaceRole::Event && !place.name.is_empty();
    let places: Vec<PlaceMention> = claim.places.iter().filter(event).cloned().collect();
    if !claim.act.class.is_incident() || places.len() < 2 || !listed(ground, &places) {
        return vec![claim];
    }
    let harm = |metric: Metric| {
        matches!(
            metric,
            Metric::Killed | Metric::Injured | Metric::Casualties | Metric::Missing | Metric::Detained
        )
    };
    let home = |start: usize| places.iter().position(|place| start < place.span.start);
    let homes: Vec<Option<usize>> = claim
        .figures
        .iter()
        .filter(|figure| harm(figure.metric))
        .map(|figure| home(figure.span.start))
        .collect();
    let each = (0..places.len()).all(|index| homes.contains(&Some(index)));
    if !homes.is_empty() && !each {
        return vec![claim];
    }
    places
        .iter()
        .enumerate()
        .map(|(index, place)| {
            let mut one = claim.clone();
            one.id = ClaimId::of(&[claim.id.as_str(), &place.span.start.to_string()]);
            one.places.retain(|other| other.role != PlaceRole::Event);
            one.places.push(place.clone());
            one.figures
                .retain(|figure| !harm(figure.metric) || home(figure.span.start) == Some(index));
            one.because.push(
                Because::new(
                    "a-place-each",
                    format!("\"{}\" is one of several places told of", place.name),
                )
                .span(place.span),
            );
            one
        })
        .collect()
}

/// Whether places are listed side by side: "A, B and C", "two in A and three in B".
fn listed(ground: &Ground, places: &[PlaceMention]) -> bool {
    let Ground { reading, lexicon, .. } = ground;
    let hit = |place: &PlaceMention| {
        reading
            .places
            .iter()
            .find(|hit| reading.span(&hit.name_tokens) == place.span)
    };
    let mut joined = false;
    for pair in places.windows(2) {
        let (Some(first), Some(second)) = (hit(&pair[0]), hit(&pair[1])) else {
            return false;
        };
        let between = first.tokens.end..second.tokens.start;
        let counted = |index: usize| ground.figures.iter().any(|figure| figure.tokens.contains(&index));
        let fine = between.clone().all(|index| {
            let word = reading.lower(index);
            lexicon.word("joins", word)
                || counted(index)
                || lexicon.place_words.contains_key(word)
                || reading
                    .token(index)
                    .is_some_and(|token| token.tag == language::Tag::Det)
        });
        joined |= between
            .clone()
            .any(|index| lexicon.word("joins", reading.lower(index)) && reading.lower(index) != ",");
        if !fine || between.is_empty() || first.relation != second.relation && first.kind != second.kind {
            return false;
        }
        // "the town of A, B province": the second says where the first lies.
        let wide = |kind: &str| lexicon.word("wide-place", kind);
        if wide(&first.kind) != wide(&second.kind) {
            return false;
        }
    }
    joined
}
