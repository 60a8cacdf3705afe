//! Parts of the process that are told beside the acts: numbers of rounds, sponsors, brokers, guarantors.

use crate::arguments::{self, Arguments};
use crate::attribution::{self, Frame, Speaker};
use crate::commitment;
use crate::draft::{self, Draft, Ground};
use crate::lexicon::Part;
use language::Tag;
use model::{Because, Claim, Count, Figure, FigureId, Metric, Modality, Resolution, Scope};
use std::ops::Range;

/// Claims that somebody plays a part: "sponsored by X, Y and Z", "X would act as guarantor".
pub(crate) fn parts(ground: &Ground, pointed: &dyn Fn(&Frame) -> Resolution<String>) -> Vec<Claim> {
    let Ground { lexicon, reading, .. } = ground;
    let Some(act) = lexicon.act("mandate") else {
        return Vec::new();
    };
    let mut claims = Vec::new();
    for part in &lexicon.parts {
        let mut found: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
        for hit in part.verbs.find(&reading.pieces, false) {
            let by = arguments::after_preposition(reading, hit.tokens.end, &["by"], 5);
            let participle = reading.lower(hit.tokens.start).ends_with("ed");
            if participle && !by.is_empty() {
                found.push((hit.tokens, by));
            }
        }
        for hit in part.nouns.find(&reading.pieces, false) {
            let who = noun_players(ground, part, &hit.tokens);
            if !who.is_empty() && !found.iter().any(|(tokens, _)| *tokens == hit.tokens) {
                found.push((hit.tokens, who));
            }
        }
        for (tokens, initiators) in found {
            let arguments = Arguments {
                initiators,
                targets: Vec::new(),
            };
            let mut claim = draft::build(
                ground,
                act.clone(),
                Draft {
                    tokens: tokens.clone(),
                    arguments,
                    weapon: String::new(),
                },
                pointed,
            );
            let stand = commitment::settle(ground, &tokens, None);
            (claim.modality, claim.polarity, claim.hedges) = (stand.modality, stand.polarity, stand.hedges);
            // "the chief negotiator, X, will come": who holds an office holds it, whatever is planned.
            let holds = part
                .nouns
                .find(&reading.pieces, false)
                .iter()
                .any(|hit| hit.tokens == tokens)
                && !takes_on(ground, &tokens);
            if holds && !claim.modality.is_actual() {
                let told = ground
                    .frames
                    .iter()
                    .any(|frame| frame.content.start <= tokens.start && tokens.end <= frame.content.end);
                claim.modality = if told {
                    Modality::Reported
                } else {
                    Modality::Asserted
                };
            }
            claim.because = stand.because;
            claim.because.insert(
                0,
                Because::new(
                    "part-in-process",
                    format!("\"{}\" names the part {}", reading.words(&tokens), part.part),
                )
                .entry(part.entry.clone())
                .span(reading.span(&tokens)),
            );
            claim.part.clone_from(&part.part);
            claims.push(claim);
        }
    }
    claims
}

/// The tokens of parts, so that times and places told with them stay with them.
pub(crate) fn heads(
    reading: &crate::reading::Reading,
    lexicon: &crate::lexicon::Lexicon,
) -> Vec<Range<usize>> {
    let by = |end: usize| (end..end + 5).any(|index| reading.lower(index) == "by");
    lexicon
        .parts
        .iter()
        .flat_map(|part| part.verbs.find(&reading.pieces, false))
        .map(|hit| hit.tokens)
        .filter(|tokens| by(tokens.end))
        .collect()
}

/// "X and Y act as guarantors", "the chief negotiator of B, C".
fn noun_players(ground: &Ground, part: &Part, noun: &Range<usize>) -> Vec<usize> {
    let reading = ground.reading;
    let between = arguments::after_preposition(reading, noun.end, &["between"], 2);
    if between.len() >= 2 {
        return between;
    }
    if takes_on(ground, noun) {
        let subject = attribution::subject(reading, noun).or_else(|| {
            reading
                .actors
                .iter()
                .rposition(|actor| actor.tokens.end <= noun.start && noun.start - actor.tokens.end <= 5)
        });
        return subject
            .map(|actor| reading.listed_with(actor))
            .unwrap_or_default();
    }
    if part.part == "chief-negotiator" {
        // The person stands right after, or after the body: "the chief negotiator of the X, Mohammed Y".
        return reading
            .actors
            .iter()
            .enumerate()
            .filter(|(_, actor)| actor.tokens.start >= noun.end && actor.tokens.start <= noun.end + 16)
            .find(|(_, actor)| crate::names::is_person(actor, reading))
            .map(|(index, _)| vec![index])
            .unwrap_or_default();
    }
    // "the guarantors, X, Y and Z"
    match reading.lower(noun.end) {
        "," | "(" | ":" => reading
            .actors
            .iter()
            .position(|actor| actor.tokens.start == noun.end + 1)
            .map(|actor| reading.listed_with(actor))
            .filter(|list| list.len() >= 2)
            .unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// "act as guarantors": a part that is taken on, and need not be held yet.
fn takes_on(ground: &Ground, noun: &Range<usize>) -> bool {
    (noun.start.saturating_sub(3)..noun.start).any(|index| ground.reading.lower(index) == "as")
}

/// "all parties will take part, including the chief negotiator of X, Y": those named of many; a person named
/// with the office stands for the office.
pub(crate) fn including(ground: &Ground, tokens: &Range<usize>, claim: &mut Claim) {
    let Ground { reading, lexicon, .. } = ground;
    let Some(at) = (tokens.end..reading.all().end).find(|index| lexicon.word("among", reading.lower(*index)))
    else {
        return;
    };
    let end = (at + 1..reading.all().end)
        .find(|index| reading.is_verb(*index) || matches!(reading.lower(*index), ";" | "."))
        .unwrap_or(reading.all().end);
    let inside: Vec<usize> = (0..reading.actors.len())
        .filter(|index| at < reading.actors[*index].tokens.start && reading.actors[*index].tokens.end <= end)
        .collect();
    let person = |index: &&usize| crate::names::is_person(&reading.actors[**index], reading);
    let mut chosen: Vec<usize> = inside.iter().filter(person).copied().collect();
    if chosen.is_empty() {
        chosen = inside
            .first()
            .map(|first| reading.listed_with(*first))
            .unwrap_or_default();
    }
    for index in chosen {
        let mention = draft::mention(ground, &reading.actors[index]);
        let known = claim
            .initiators
            .iter()
            .chain(&claim.targets)
            .any(|one| one.span.overlaps(mention.span));
        if !known {
            claim.initiators.push(mention);
        }
    }
}

/// "the travel ban on Turks": whom a measure touches.
pub(crate) fn touched(ground: &Ground, tokens: &Range<usize>, claim: &mut Claim) {
    let reading = ground.reading;
    if !claim.targets.is_empty() || !matches!(claim.act.id.as_str(), "measure" | "sanction") {
        return;
    }
    let tree = reading.tree();
    let below = tree.span(tree.top(tokens));
    let of_people = |actor: &crate::names::ActorHit| {
        let last = actor.tokens.end - 1;
        let noun = reading
            .token(last)
            .is_some_and(|token| matches!(token.tag, Tag::Noun | Tag::Propn));
        let describes = reading
            .token(actor.tokens.end)
            .is_some_and(|token| matches!(token.tag, Tag::Noun | Tag::Adj | Tag::Propn));
        below.contains(&actor.tokens.start)
            && actor.tokens.start >= tokens.end.min(below.end)
            && actor.tokens.start <= tokens.end + 6
            && reading.clause(actor.tokens.start) == reading.clause(tokens.start)
            && reading.lower(actor.tokens.start.wrapping_sub(1)) != "by"
            && noun
            && !describes
    };
    claim.targets = reading
        .actors
        .iter()
        .filter(|actor| of_people(actor))
        .map(|actor| draft::mention(ground, actor))
        .filter(|mention| !claim.initiators.iter().any(|one| one.id == mention.id))
        .take(1)
        .collect();
}

/// "the fourth round": the number of a round as a figure with the unit `round`.
pub(crate) fn number_round(ground: &Ground, claim: &mut Claim, tokens: &Range<usize>) {
    let reading = ground.reading;
    let start = tokens.start.saturating_sub(3);
    for index in (start..tokens.start.min(reading.all().end)).rev() {
        let Some(number) = ground.lexicon.ordinals.get(reading.lower(index)) else {
            continue;
        };
        let range = index..tokens.end;
        let span = reading.span(&range);
        let words = format!("\"{}\" numbers the round", reading.lower(index));
        claim.figures.push(Figure {
            id: FigureId::of(&[ground.document.id.as_str(), &span.start.to_string(), "round"]),
            metric: Metric::Other,
            count: Count::exactly(*number),
            bound: String::new(),
            scope: Scope::Unknown,
            unit: "round".into(),
            span,
            quote: reading.words(&range),
            because: vec![
                Because::new("ordinal", words)
                    .entry("lexicon/en/ordinals.tsv")
                    .span(span),
            ],
        });
        return;
    }
}

/// "between the X and the Y", "with Z": who takes part in a meeting, call or round, beside its subject.
pub(crate) fn participants(ground: &Ground, tokens: &Range<usize>) -> Vec<usize> {
    let reading = ground.reading;
    let between = arguments::after_preposition(reading, tokens.end, &["between"], 8);
    if !between.is_empty() {
        return between;
    }
    // "Meeting in X, A and B said": the subject follows.
    if tokens.start == 0 && reading.lower(0).ends_with("ing") {
        let comma = (tokens.end..reading.all().end)
            .find(|index| reading.lower(*index) == ",")
            .unwrap_or(0);
        if let Some(actor) = reading
            .actors
            .iter()
            .position(|actor| actor.tokens.start > comma && actor.tokens.start <= comma + 3)
        {
            return reading.listed_with(actor);
        }
    }
    let mut all: Vec<usize> = attribution::subject(reading, tokens)
        .map(|actor| reading.listed_with(actor))
        .unwrap_or_default();
    all.extend(arguments::after_preposition(reading, tokens.end, &["with"], 4));
    // "X told reporters, standing beside Y"
    let beside = (tokens.end..(tokens.end + BESIDE_REACH).min(reading.all().end))
        .find(|index| ground.lexicon.word("beside", reading.lower(*index)));
    let other = beside.and_then(|at| {
        reading
            .actors
            .iter()
            .position(|actor| (at + 1..=at + 3).contains(&actor.tokens.start))
    });
    if let Some(other) = other {
        let speaker = ground
            .frames
            .iter()
            .rev()
            .find(|frame| frame.cue_tokens.end <= tokens.start && !frame.content.contains(&tokens.start));
        if let Some(Speaker::Actors(actors)) = speaker.map(|frame| &frame.speaker).filter(|_| all.is_empty())
        {
            all.extend(actors.iter().copied());
        }
        all.push(other);
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// How far behind a meeting "alongside" may stand, in words: a comma and a participle.
const BESIDE_REACH: usize = 6;
