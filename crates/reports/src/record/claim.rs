//! Claims, the statements they stand in, and their parts: figures, actor mentions, places, times.

use super::{Lazily, derived_id, ids, on_page, part, reasons, record, span};
use crate::lookup::Lookup;
use model::record::Record;
use model::{
    ActClass, ActorMention, Claim, ClaimId, DocumentId, Edtf, Figure, LocatedClaim, Location, MentionId,
    Picture, PlaceMention, Reference, Scope, SourceLink, Utterance,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The records that `make` gives for each claim, made when they are asked for.
fn each<'a>(
    lookup: &Rc<Lookup<'a>>,
    make: impl Fn(&Lookup<'a>, &LocatedClaim) -> Vec<Record> + 'a,
) -> Lazily<'a> {
    let (claims, lookup) = (lookup.claims.clone(), Rc::clone(lookup));
    Box::new(claims.into_iter().flat_map(move |it| make(&lookup, it)))
}

pub(super) fn claims<'a>(lookup: &Rc<Lookup<'a>>) -> Lazily<'a> {
    each(lookup, |lookup, it| vec![claim(lookup, it)])
}

fn claim(lookup: &Lookup<'_>, located: &LocatedClaim) -> Record {
    let claim = &located.claim;
    let places: Vec<_> = placed(located).iter().map(Placed::value).collect();
    let mut fields = json!({
        "act": claim.act.id.as_str(),
        "class": claim.act.class.as_str(),
        "modality": claim.modality.as_str(),
        "polarity": claim.polarity.as_str(),
        "hedges": claim.hedges,
        "sources": claim.sources.iter().map(source).collect::<Vec<_>>(),
        "initiators": claim.initiators.iter().map(part::mention).collect::<Vec<_>>(),
        "part": claim.part,
        "targets": claim.targets.iter().map(part::mention).collect::<Vec<_>>(),
        "weapon": claim.weapon,
        "when": part::when(&claim.when),
        "places": places,
        "figures": ids(claim.figures.iter().map(|figure| &figure.id)),
        "references": claim.references.iter().map(reference).collect::<Vec<_>>(),
        "trigger": span(Some(claim.trigger)),
        "background": claim.background,
        "series": claim.series,
        "passage": claim.passage.as_str(),
        "statement": claim.utterance.as_ref().map(|_| statement_id(claim)),
    });
    if let Some(utterance) = &claim.utterance {
        part::merge(
            &mut fields,
            json!({ "about": utterance.about.as_ref().map(ToString::to_string) }),
        );
    }
    of_claim(lookup, claim, record("claim", claim.id.as_str(), fields))
}

/// Places a record on the words of its claim, with the claim's reasons.
fn of_claim(lookup: &Lookup<'_>, claim: &Claim, record: Record) -> Record {
    let basis = vec![claim.document.to_string(), claim.passage.to_string()];
    let document = lookup.name(&claim.document);
    Record {
        basis,
        because: reasons(&claim.because),
        ..on_page(record, document, claim.span, &claim.quote)
    }
}

fn source(link: &SourceLink) -> Value {
    let mut value = json!({
        "kind": link.kind.as_str(),
        "label": link.label,
        "cue": link.cue,
        "span": span(link.span),
    });
    part::merge(&mut value, part::actor(&link.actor));
    value
}

fn reference(reference: &Reference) -> Value {
    let (to, candidates, resolution) = part::resolution(&reference.to);
    json!({
        "words": reference.words,
        "span": span(Some(reference.span)),
        "to": to,
        "candidates": candidates,
        "resolution": resolution,
        "claim": reference.claim.as_ref().map(ToString::to_string),
        "because": reference.because.words,
    })
}

pub(super) fn statements<'a>(lookup: &Rc<Lookup<'a>>) -> Lazily<'a> {
    each(lookup, |lookup, located| {
        let utterance = located.claim.utterance.iter();
        utterance
            .map(|utterance| statement(lookup, &located.claim, utterance))
            .collect()
    })
}

fn statement_id(claim: &Claim) -> String {
    derived_id("sta", &[claim.id.as_str()])
}

fn statement(lookup: &Lookup<'_>, claim: &Claim, utterance: &Utterance) -> Record {
    let (said, said_from) = said(lookup, claim);
    let mut fields = json!({
        "claim": claim.id.as_str(),
        "speaker": claim.source().map(|link| &link.label),
        "speaker_kind": claim.source().map(|link| link.kind.as_str()),
        "cue": utterance.cue,
        "content": utterance.content,
        "content_span": span(Some(utterance.content_span)),
        "direct": utterance.direct,
        "occasion": utterance.occasion,
        "about": utterance.about.as_ref().map(ToString::to_string),
        "stance": utterance.stance.map(|stance| stance.as_str()),
        "reservation": utterance.reservation,
        "said": part::edtf(&said),
        "said_from": said_from,
    });
    if let Some(link) = claim.source() {
        part::merge(&mut fields, part::actor(&link.actor));
    }
    let mut statement = of_claim(lookup, claim, record("statement", statement_id(claim), fields));
    statement.basis.push(claim.id.to_string());
    statement
}

/// When it was said. A speech act's own time is when it was said; words about something else were said
/// no later than the page that carries them.
fn said(lookup: &Lookup<'_>, claim: &Claim) -> (Edtf, &'static str) {
    if claim.act.class == ActClass::Speech && claim.when.edtf.is_known() {
        return (claim.when.edtf.clone(), "told");
    }
    let published = lookup
        .document(&claim.document)
        .and_then(|document| document.published.edtf.latest());
    match published {
        Some(day) => (Edtf::between(None, Some(day)), "no later than the page"),
        None => (Edtf::unknown(), "not told"),
    }
}

pub(super) fn figures<'a>(lookup: &Rc<Lookup<'a>>) -> Lazily<'a> {
    each(lookup, |lookup, located| {
        let figures = located.claim.figures.iter();
        figures.map(|it| figure(lookup, &located.claim, it)).collect()
    })
}

fn figure(lookup: &Lookup<'_>, claim: &Claim, figure: &Figure) -> Record {
    let period = match &figure.scope {
        Scope::Period(period) => part::edtf(period),
        _ => Value::Null,
    };
    let mut fields = json!({
        "metric": figure.metric.as_str(),
        "bound": figure.bound,
        "scope": figure.scope.as_str(),
        "period": period,
        "unit": figure.unit,
    });
    part::merge(&mut fields, part::count(figure.count));
    let of_kind = record("figure", figure.id.as_str(), fields);
    Record {
        basis: vec![claim.id.to_string()],
        because: reasons(&figure.because),
        ..on_page(of_kind, lookup.name(&claim.document), figure.span, &figure.quote)
    }
}

/// Mentions that the picture lists and those inside claims; the claims that use a mention are its basis.
pub(super) fn actor_mentions<'a>(lookup: &Rc<Lookup<'a>>) -> Lazily<'a> {
    let mut users: BTreeMap<&'a MentionId, BTreeSet<&'a ClaimId>> = BTreeMap::new();
    let mut mentions: BTreeMap<&'a MentionId, (&'a DocumentId, &'a ActorMention)> = BTreeMap::new();
    let picture: &'a Picture = lookup.picture;
    for (document, mention) in &picture.mentions {
        mentions.insert(&mention.id, (document, mention));
    }
    for located in lookup.claims.iter().copied() {
        let claim: &'a Claim = &located.claim;
        for mention in claim.initiators.iter().chain(&claim.targets) {
            mentions.entry(&mention.id).or_insert((&claim.document, mention));
            users.entry(&mention.id).or_default().insert(&claim.id);
        }
    }
    let mut mentions: Vec<_> = mentions.into_values().collect();
    mentions.sort_by_cached_key(|(document, it)| (lookup.name(document), it.span, it.id.clone()));
    let lookup = Rc::clone(lookup);
    Box::new(mentions.into_iter().map(move |(document, mention)| {
        let mut fields = json!({ "label": mention.label, "actor_kind": mention.kind });
        part::merge(&mut fields, part::actor(&mention.actor));
        let of_kind = record("actor_mention", mention.id.as_str(), fields);
        let mut basis = vec![document.to_string()];
        basis.extend(ids(users.get(&mention.id).into_iter().flatten()));
        Record {
            basis,
            because: reasons(&mention.because),
            ..on_page(of_kind, lookup.name(document), mention.span, &mention.label)
        }
    }))
}

/// A place mention, located or not.
enum Placed<'a> {
    Located(&'a Location),
    Named(&'a PlaceMention),
}

impl Placed<'_> {
    fn mention(&self) -> &PlaceMention {
        match self {
            Self::Located(location) => &location.mention,
            Self::Named(mention) => mention,
        }
    }
    fn value(&self) -> Value {
        match self {
            Self::Located(location) => part::location(location),
            Self::Named(mention) => part::unplaced(mention),
        }
    }
    fn because(&self) -> Vec<model::record::Reason> {
        let mut all = reasons(&self.mention().because);
        if let Self::Located(location) = self {
            all.extend(reasons(&location.because));
            all.extend(reasons(location.chosen.as_ref().map(|chosen| &chosen.because)));
        }
        all
    }
}

/// Every location of a claim, and every place mention that was not located, by place on the page.
fn placed(located: &LocatedClaim) -> Vec<Placed<'_>> {
    let is_located = |mention: &PlaceMention| {
        located.locations.iter().any(|location| {
            let other = &location.mention;
            other.span == mention.span && other.name == mention.name && other.role == mention.role
        })
    };
    let named = located.claim.places.iter().filter(|mention| !is_located(mention));
    let mut all: Vec<_> = located.locations.iter().map(Placed::Located).collect();
    all.extend(named.map(Placed::Named));
    all.sort_by_key(|placed| (placed.mention().span, placed.mention().role));
    all
}

pub(super) fn places<'a>(lookup: &Rc<Lookup<'a>>) -> Lazily<'a> {
    each(lookup, |lookup, located| {
        let places = placed(located);
        places
            .iter()
            .map(|it| place(lookup, &located.claim, it))
            .collect()
    })
}

fn place(lookup: &Lookup<'_>, claim: &Claim, placed: &Placed<'_>) -> Record {
    let mention = placed.mention();
    let at = format!("{}-{}", mention.span.start, mention.span.end);
    let parts = [claim.id.as_str(), mention.role.as_str(), &mention.name, &at];
    let of_kind = record("place", derived_id("plc", &parts), placed.value());
    let document = lookup.name(&claim.document);
    Record {
        basis: vec![claim.id.to_string()],
        because: placed.because(),
        ..on_page(of_kind, document, mention.span, words_of(claim, mention))
    }
}

/// One time for each claim that has words for it or a known day.
pub(super) fn times<'a>(lookup: &Rc<Lookup<'a>>) -> Lazily<'a> {
    each(lookup, |lookup, located| {
        time(lookup, &located.claim).into_iter().collect()
    })
}

fn time(lookup: &Lookup<'_>, claim: &Claim) -> Option<Record> {
    let when = &claim.when;
    if when.words.is_empty() && !when.edtf.is_known() {
        return None;
    }
    let of_kind = record("time", derived_id("tim", &[claim.id.as_str()]), part::when(when));
    let document = lookup.name(&claim.document);
    let placed = match when.span {
        Some(span) => on_page(of_kind, document, span, &when.words),
        None => Record {
            document: Some(document),
            ..of_kind
        },
    };
    Some(Record {
        basis: vec![claim.id.to_string()],
        because: reasons([&when.because]),
        ..placed
    })
}

/// The words of a place: its name, or the word that points at it ("there") when no name is told.
fn words_of<'a>(claim: &'a model::Claim, mention: &'a model::PlaceMention) -> &'a str {
    let pointing = claim
        .references
        .iter()
        .find(|reference| reference.span == mention.span);
    match pointing {
        Some(reference) => &reference.words,
        None => &mention.name,
    }
}
