//! Parts of the process that are told beside the acts: numbers of rounds, sponsors, brokers, guarantors.

use crate::arguments::{self, Arguments};
use crate::attribution::{self, Frame};
use crate::commitment;
use crate::draft::{self, Draft, Ground};
use crate::lexicon::Part;
use model::{Because, Claim, Count, Figure, FigureId, Metric, Resolution, Scope};
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
    let as_before =
        (noun.start.saturating_sub(3)..noun.start).any(|index| matches!(reading.lower(index), "as"));
    if as_before {
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
    all.sort_unstable();
    all.dedup();
    all
}
