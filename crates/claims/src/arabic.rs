//! Reads Arabic: which acts a sentence tells of, where, when, how many were harmed, who did it and who says so.
//!
//! Simpler than the reading of English: words are known from tables with what is attached to them, and there is no
//! grammar behind them. What it cannot tell it leaves open. Positions, talks and control are not read.

mod data;
mod figures;
mod places;
mod said;
mod times;
mod words;

pub(crate) use data::Tables;

use crate::draft;
use crate::lexicon::{AliasForm, Lexicon};
use data::{ActWords, Class, Means};
use figures::Hit as FigureHit;
use model::{
    Act, ActClass, ActorMention, Because, Claim, ClaimId, DataFault, Document, Extracted, Figure, MentionId,
    Metric, Modality, Passage, PassageKind, PlaceMention, PlaceRole, Polarity, Resolution, Scope, Span, When,
};
use std::ops::Range;
use words::Word;

/// Whether a text is written in Arabic letters: more of them than of others.
pub(crate) fn is_written(text: &str) -> bool {
    let (mut arabic, mut other) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if words::is_arabic(c) {
            arabic += 1;
        } else {
            other += 1;
        }
    }
    arabic > other
}

/// An act as it stands in a sentence.
#[derive(Clone, Debug)]
struct ActHit<'t> {
    words: Range<usize>,
    named: &'t ActWords,
}

/// A sentence as read so far.
struct Sentence<'a> {
    document: &'a Document,
    passage: &'a Passage,
    tables: &'a Tables,
    words: Vec<Word>,
    acts: Vec<ActHit<'a>>,
    times: Vec<times::Hit>,
}

impl Sentence<'_> {
    fn class(&self, at: usize) -> Option<(Class, &str, usize)> {
        self.tables.class(&self.words, at)
    }
    /// Whether a word has this letter attached to its front, or begins with it.
    fn has_front(&self, at: usize, letter: char) -> bool {
        self.words
            .get(at)
            .is_some_and(|word| word.plain().starts_with(letter))
    }
    fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        let first = self.words.get(words.start).map_or(0, |word| word.bytes.start);
        let last = words.end.checked_sub(1).and_then(|at| self.words.get(at));
        first..last.map_or(first, |word| word.bytes.end)
    }
    fn span(&self, words: &Range<usize>) -> Span {
        self.passage.raw(self.bytes(words))
    }
    fn text_of(&self, words: &Range<usize>) -> String {
        self.passage
            .text
            .get(self.bytes(words))
            .unwrap_or_default()
            .to_owned()
    }
    /// "did not", "without": a word right before says that it was not so.
    fn is_negated(&self, at: usize) -> bool {
        let near = at.saturating_sub(NEGATION_REACH)..at;
        near.into_iter()
            .any(|at| matches!(self.class(at), Some((Class::Not, ..))))
    }
}

/// Words between a negation and what it denies: "without the falling of wounded".
const NEGATION_REACH: usize = 2;

/// Reads the claims of the passages in Arabic. An act that only the headline tells is taken from there.
pub(crate) fn extract(
    document: &Document,
    passages: &[&Passage],
    lexicon: &Lexicon,
    extracted: &mut Extracted,
) {
    let first = extracted.claims.len();
    // Places of the page so far, and how many sentences it has.
    let (mut named, mut sentences) = (Vec::new(), 0);
    let is_title = |passage: &Passage| passage.kind == PassageKind::Title;
    for passage in passages {
        let before = extracted.claims.len();
        for words in words::sentences(&passage.text) {
            sentence(document, passage, words, lexicon, &mut named, extracted);
            sentences += 1;
        }
        if is_title(passage) && passages.iter().any(|other| !is_title(other)) {
            extracted.claims.truncate(before);
        }
    }
    if extracted.claims.len() == first {
        let titles = passages.iter().filter(|passage| is_title(passage));
        for (passage, words) in titles.flat_map(|passage| {
            words::sentences(&passage.text)
                .into_iter()
                .map(move |words| (passage, words))
        }) {
            sentence(document, passage, words, lexicon, &mut named, extracted);
        }
    }
    if sentences <= POST_SENTENCES_MAX {
        only_place(&named, &mut extracted.claims[first..]);
    }
}

/// Most sentences of a page that is short enough to be about the only place it names.
const POST_SENTENCES_MAX: usize = 12;

/// A short post that names one place happens there, whichever of its sentences names it.
fn only_place(named: &[PlaceMention], claims: &mut [Claim]) {
    let close: Vec<&PlaceMention> = named
        .iter()
        .filter(|place| !WIDE.contains(&place.kind.as_str()))
        .collect();
    let Some((first, rest)) = close.split_first() else {
        return;
    };
    if rest
        .iter()
        .any(|place| words::fold(&place.name) != words::fold(&first.name))
    {
        return;
    }
    let is_event = |place: &PlaceMention| place.role == PlaceRole::Event;
    for claim in claims
        .iter_mut()
        .filter(|claim| !claim.places.iter().any(is_event))
    {
        let why = format!("\"{}\" is the only place that the post names", first.name);
        claim.places.push(PlaceMention {
            because: vec![Because::new("place-only-one", why).span(first.span)],
            ..(*first).clone()
        });
    }
}

/// Words of kind that tell in which province or region a place lies, not where it happened.
const WIDE: [&str; 4] = ["ريف", "محافظة", "منطقة", "دولة"];

/// Runs the examples of the tables.
pub(crate) fn check_examples(
    lexicon: &Lexicon,
    read: impl Fn(&str) -> Extracted,
    fault: impl Fn(&str, usize, &str, &str, bool) -> DataFault,
) -> Vec<DataFault> {
    let examples = lexicon.arabic.examples.iter();
    examples
        .filter(|example| {
            let claims = read(&example.sentence).claims;
            let found = claims
                .iter()
                .any(|claim| lexicon.is_a(claim.act.id.as_str(), &example.act));
            found != example.is
        })
        .map(|example| {
            fault(
                &example.entry,
                example.line,
                &example.sentence,
                &example.act,
                example.is,
            )
        })
        .collect()
}

fn sentence(
    document: &Document,
    passage: &Passage,
    words: Vec<Word>,
    lexicon: &Lexicon,
    named: &mut Vec<PlaceMention>,
    extracted: &mut Extracted,
) {
    let tables = &lexicon.arabic;
    let mut read = Sentence {
        document,
        passage,
        tables,
        acts: acts(&words, tables),
        words,
        times: Vec::new(),
    };
    read.times = times::find(&read);
    let scope = scope(&read);
    let figures = figures::find(&read, &scope);
    let told = kept(&read, &figures, lexicon);
    let harmed: Vec<&FigureHit> = figures
        .iter()
        .filter(|hit| hit.figure.metric != Metric::Acts)
        .collect();
    let actors = actors(&read, lexicon);
    let said = said::find(&read, &actors);
    let mut taken: Vec<Range<usize>> = actors.iter().map(|(words, _)| words.clone()).collect();
    taken.extend(read.acts.iter().map(|act| act.words.clone()));
    taken.extend(said.label.clone());
    let mut places: Vec<_> = places::find(&read, &taken)
        .into_iter()
        .map(|hit| hit.mention)
        .collect();
    let is_event = |place: &PlaceMention| place.role == PlaceRole::Event;
    if !places
        .iter()
        .any(|place| is_event(place) && !WIDE.contains(&place.kind.as_str()))
    {
        places.extend(places::pointed(&read, named));
    }
    named.extend(places.iter().filter(|place| is_event(place)).cloned());
    if told.is_empty() && harmed.is_empty() {
        return;
    }
    let outside: Vec<_> = actors
        .iter()
        .filter(|(words, _)| said.label.as_ref().is_none_or(|label| !overlap(label, words)))
        .collect();
    let fire = |hit: &&ActHit| hit.named.act.class == ActClass::Force;
    let mut claims = Vec::new();
    for hit in &told {
        let mine = figures.iter().filter(|figure| {
            let nearest = told
                .iter()
                .filter(fire)
                .min_by_key(|other| gap(&other.words, &figure.words));
            nearest.is_some_and(|nearest| nearest.words == hit.words)
        });
        let mut figures: Vec<Figure> = mine.map(|hit| hit.figure.clone()).collect();
        figures.extend(rounds(&read, hit, &scope));
        let because = Because::new(
            "trigger",
            format!(
                "\"{}\" names the act {}",
                read.text_of(&hit.words),
                hit.named.act.id
            ),
        )
        .entry(hit.named.entry.clone())
        .span(read.span(&hit.words));
        let mut claim = claim(&read, hit.named.act.clone(), &hit.words, because);
        claim.figures = figures;
        claim.weapon = weapon(&read);
        (claim.initiators, claim.targets) = sides(&read, &hit.words, &outside);
        claims.push(claim);
    }
    if !told.iter().any(|hit| fire(&hit))
        && let (Some(first), Some(act)) = (harmed.first(), lexicon.act("killing"))
    {
        let because =
            Because::new("harm-told", "somebody was harmed, and nothing says how").span(first.figure.span);
        let mut claim = claim(&read, act, &first.words, because);
        claim.figures = harmed.iter().map(|hit| hit.figure.clone()).collect();
        claims.push(claim);
    }
    for mut claim in claims {
        claim.places.clone_from(&places);
        said.apply(&mut claim, &read);
        claim.series = scope != Scope::Incident || has(&read, Class::Series);
        claim.background =
            scope == Scope::War || has(&read, Class::Past) || draft::is_long_past(&claim, document);
        extracted.claims.push(claim);
    }
    extracted
        .mentions
        .extend(actors.into_iter().map(|(_, mention)| mention));
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.start.saturating_sub(b.end).max(b.start.saturating_sub(a.end))
}

fn has(sentence: &Sentence, class: Class) -> bool {
    (0..sentence.words.len()).any(|at| sentence.class(at).is_some_and(|(found, ..)| found == class))
}

/// Every act that a sentence names, but for those inside "ceasefire" and the like.
fn acts<'t>(words: &[Word], tables: &'t Tables) -> Vec<ActHit<'t>> {
    let mut truces = Vec::new();
    for at in 0..words.len() {
        if let Some((Class::Truce, _, end)) = tables.class(words, at) {
            truces.push(at..end);
        }
    }
    let found = tables.acts.find(words).into_iter();
    found
        .filter(|hit| !truces.iter().any(|truce| overlap(truce, &hit.words)))
        .map(|hit| ActHit {
            words: hit.words,
            named: hit.value,
        })
        .collect()
}

/// The acts that found claims, one of each kind: what only names a weapon, or leaves open what a more telling word says,
/// gives way.
fn kept<'t>(sentence: &Sentence<'t>, figures: &[FigureHit], lexicon: &Lexicon) -> Vec<ActHit<'t>> {
    let all: Vec<&ActHit> = sentence
        .acts
        .iter()
        .filter(|hit| !sentence.is_negated(hit.words.start))
        .collect();
    let act = |hit: &ActHit| hit.named.act.id.as_str().to_owned();
    let founded = |hit: &ActHit| {
        let other = all
            .iter()
            .any(|other| !matches!(other.named.means, Means::Named | Means::Apart));
        hit.named.means != Means::Named || other || !figures.is_empty()
    };
    let gives_way = |hit: &ActHit| {
        all.iter()
            .filter(|other| founded(other) && act(other) != act(hit))
            .any(|other| {
                let below = lexicon.is_a(&act(other), &act(hit)) && hit.named.means != Means::Apart;
                let telling = other.named.means == Means::Named
                    || lexicon.is_a(&act(other), "air-strike")
                    || lexicon.is_a(&act(other), "missile-strike");
                let harm_only = act(hit) == "killing" && other.named.act.class == ActClass::Force;
                below
                    || harm_only
                    || (hit.named.means == Means::Open && telling && lexicon.is_a(&act(other), "attack"))
            })
    };
    let mut kept: Vec<ActHit> = Vec::new();
    for hit in all.iter().filter(|hit| founded(hit) && !gives_way(hit)) {
        if kept.iter().all(|other| act(other) != act(hit)) {
            kept.push((*hit).clone());
        }
    }
    kept
}

/// The weapon as written: the first words that name one.
fn weapon(sentence: &Sentence) -> String {
    let named = sentence.acts.iter().find(|hit| hit.named.means == Means::Named);
    named.map_or_else(String::new, |hit| sentence.text_of(&hit.words))
}

/// How often fire came down: "11 raids".
fn rounds(sentence: &Sentence, hit: &ActHit, scope: &Scope) -> Option<Figure> {
    let number = hit.words.start.checked_sub(1)?;
    let value = sentence.words[number].digits().or_else(|| {
        let found = sentence.tables.numbers.at(&sentence.words, number)?;
        (found.words.end == hit.words.start).then_some(*found.value)
    })?;
    if sentence.times.iter().any(|time| time.words.contains(&number)) {
        return None;
    }
    Some(figures::acts(sentence, number..hit.words.end, value, scope))
}

fn scope(sentence: &Sentence) -> Scope {
    let whole = (0..sentence.words.len()).find_map(|at| match sentence.class(at) {
        Some((Class::Whole, value, _)) => Some(value.to_owned()),
        _ => None,
    });
    match whole.as_deref() {
        Some("war") => Scope::War,
        Some(_) => Scope::Period(model::Edtf::unknown()),
        None => Scope::Incident,
    }
}

/// Names of actors, and descriptions of some.
fn actors(sentence: &Sentence, lexicon: &Lexicon) -> Vec<(Range<usize>, ActorMention)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        let name = sentence.tables.actors.at(&sentence.words, at);
        let described = sentence.tables.descriptors.at(&sentence.words, at);
        let longer = |a: usize| described.as_ref().is_none_or(|hit| hit.words.len() <= a);
        let hit = match (name, &described) {
            // "in Damascus": the name of a seat of government that stands as a place does is one.
            (Some(name), _) if stands_for(&name.value.form) && places::is_seen(sentence, &name) => {
                at = name.words.end;
                continue;
            }
            (Some(name), _) if longer(name.words.len()) => {
                let actor = lexicon.actor_at(name.value.actor).clone();
                let kind = lexicon.actors[name.value.actor].kind.clone();
                (name.words, name.skipped, Resolution::Resolved(actor), kind)
            }
            (_, Some(hit)) => (
                hit.words.clone(),
                hit.skipped,
                Resolution::Unresolved,
                hit.value.kind.clone(),
            ),
            _ => {
                at += 1;
                continue;
            }
        };
        let (words, skipped, actor, kind) = hit;
        // "by the army" is one word: the label is the name alone.
        let whole = sentence.bytes(&words);
        let bytes = whole.start + skipped..whole.end;
        let span = sentence.passage.raw(bytes.clone());
        let label = sentence.passage.text.get(bytes).unwrap_or_default().to_owned();
        let mention = ActorMention {
            id: MentionId::of(&[
                sentence.document.id.as_str(),
                &span.start.to_string(),
                &span.end.to_string(),
            ]),
            because: vec![
                Because::new("actor-arabic", format!("\"{label}\" is a name of data/actors")).span(span),
            ],
            label,
            span,
            actor,
            kind,
        };
        at = words.end;
        found.push((words, mention));
    }
    found
}

/// Whether a name is one of a place that can stand for those who govern from it.
fn stands_for(form: &AliasForm) -> bool {
    *form == AliasForm::Metonym
}

/// Words from an act within which its doer is named: "shelling by the heavy artillery of the regime".
const DOER_REACH: usize = 5;

/// Who did it and to whom: the actor next to the act did it, one behind "positions of" or "against" was hit.
fn sides(
    sentence: &Sentence,
    act: &Range<usize>,
    actors: &[&(Range<usize>, ActorMention)],
) -> (Vec<ActorMention>, Vec<ActorMention>) {
    let is_target = |words: &Range<usize>| {
        let near = words.start.saturating_sub(2)..words.start;
        near.into_iter()
            .any(|at| matches!(sentence.class(at), Some((Class::Target, ..))))
    };
    let (hit, others): (Vec<&(Range<usize>, ActorMention)>, Vec<_>) =
        actors.iter().copied().partition(|(words, _)| is_target(words));
    let free = others
        .into_iter()
        .filter(|(_, mention)| DOERS.contains(&mention.kind.as_str()));
    let free: Vec<&(Range<usize>, ActorMention)> = free.collect();
    let behind = free
        .iter()
        .filter(|(words, _)| words.start >= act.end && words.start - act.end <= DOER_REACH)
        .min_by_key(|(words, _)| words.start);
    let before = free
        .iter()
        .filter(|(words, _)| words.end <= act.start && act.start - words.end <= DOER_REACH)
        .max_by_key(|(words, _)| words.end);
    let doer = behind.or(before).map(|(_, mention)| mention.clone());
    let targets = hit.into_iter().map(|(_, mention)| mention.clone());
    (doer.into_iter().collect(), targets.collect())
}

/// Kinds of actors that use force. A crowd, a broadcaster or a council beside an act did not do it, and of a person
/// nearness does not tell.
const DOERS: [&str; 5] = [
    "armed-group",
    "coalition",
    "excluded-group",
    "state",
    "state-forces",
];

/// A claim around an act; what the sentence shares among its claims is added by the caller.
fn claim(sentence: &Sentence, act: Act, trigger: &Range<usize>, because: Because) -> Claim {
    let all = 0..sentence.words.len();
    let span = sentence.span(trigger);
    let planned = has(sentence, Class::Plan);
    Claim {
        id: ClaimId::of(&[
            sentence.document.id.as_str(),
            &span.start.to_string(),
            &span.end.to_string(),
            act.id.as_str(),
        ]),
        document: sentence.document.id.clone(),
        passage: sentence.passage.id.clone(),
        span: sentence.span(&all),
        quote: sentence.text_of(&all),
        sources: Vec::new(),
        modality: if planned {
            Modality::Planned
        } else {
            Modality::Asserted
        },
        polarity: Polarity::Affirmed,
        hedges: Vec::new(),
        act,
        trigger: span,
        initiators: Vec::new(),
        targets: Vec::new(),
        weapon: String::new(),
        when: when(sentence, trigger),
        places: Vec::new(),
        figures: Vec::new(),
        references: Vec::new(),
        utterance: None,
        part: String::new(),
        background: false,
        series: false,
        because: vec![because],
    }
}

/// The surest time of the sentence, the nearest of those.
fn when(sentence: &Sentence, trigger: &Range<usize>) -> When {
    let known = sentence
        .times
        .iter()
        .min_by_key(|hit| (!hit.when.edtf.is_known(), hit.rank, gap(&hit.words, trigger)));
    known.map_or_else(
        || crate::times::undated(&sentence.document.published.edtf),
        |hit| hit.when.clone(),
    )
}

#[cfg(test)]
mod tests;
