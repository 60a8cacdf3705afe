//! Quantities that count something: metric, interval, bound words, scope, unit of count.

use crate::lexicon::Lexicon;
use crate::reading::Reading;
use language::number::{Bound, Quantity};
use model::{Because, Count, Figure, FigureId, Metric, Scope};
use std::ops::Range;

/// A figure as it stands in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct FigureHit {
    pub(crate) tokens: Range<usize>,
    pub(crate) figure: Figure,
}

/// How far a counting verb or noun may stand from its number, in words.
const REACH_MAX: usize = 9;

/// Finds the figures of a sentence.
pub(crate) fn find(reading: &Reading, lexicon: &Lexicon, document: &str) -> Vec<FigureHit> {
    let scope = scope(reading, lexicon);
    let mut hits = Vec::new();
    for quantity in &reading.quantities {
        let Some((metric, entry, anchor)) = metric(reading, lexicon, quantity) else {
            continue;
        };
        let unit = unit(reading, lexicon, quantity);
        let tokens = quantity.tokens.start..unit.as_ref().map_or(quantity.tokens.end, |unit| unit.end);
        let span = reading.span(&tokens);
        let quote = reading.words(&tokens);
        let count = Count {
            low: quantity.low,
            high: quantity.high,
        };
        let bound = match quantity.bound {
            Bound::Exact | Bound::Range => String::new(),
            _ => reading.words(&quantity.tokens),
        };
        let id = FigureId::of(&[document, &span.start.to_string(), metric.as_str()]);
        let words = format!(
            "\"{}\" counts {} beside \"{}\"",
            quote,
            metric.as_str(),
            reading.words(&anchor)
        );
        let mut because = vec![Because::new("number-beside-word", words).entry(entry).span(span)];
        let scope = match (&scope, metric) {
            (
                Some((scope, why)),
                Metric::Killed
                | Metric::Injured
                | Metric::Casualties
                | Metric::Displaced
                | Metric::Acts
                | Metric::Complaints,
            ) => {
                because.push(why.clone());
                scope.clone()
            }
            (_, Metric::Goods | Metric::Persons | Metric::Other) => Scope::Unknown,
            _ => Scope::Incident,
        };
        let unit = unit.map(|unit| reading.words(&unit)).unwrap_or_default();
        hits.push(FigureHit {
            tokens,
            figure: Figure {
                id,
                metric,
                count,
                bound,
                scope,
                unit,
                span,
                quote,
                because,
            },
        });
    }
    hits
}

fn scope(reading: &Reading, lexicon: &Lexicon) -> Option<(Scope, Because)> {
    let hit = lexicon.scopes.find(&reading.pieces, false).into_iter().next()?;
    let words = reading.words(&hit.tokens);
    let scope = if hit.value == "war" {
        Scope::War
    } else {
        Scope::Period(model::Edtf::unknown())
    };
    let because = Because::new(
        "scope-word",
        format!("\"{words}\" says that the figure covers more than one incident"),
    )
    .entry(format!("lexicon/en/scopes.tsv#{}", words.to_lowercase()))
    .span(reading.span(&hit.tokens));
    Some((scope, because))
}

/// The metric, the data entry, and the tokens of the word that gives it.
fn metric(
    reading: &Reading,
    lexicon: &Lexicon,
    quantity: &Quantity,
) -> Option<(Metric, String, Range<usize>)> {
    let number = &quantity.tokens;
    let mut best: Option<(usize, Metric, String, Range<usize>)> = None;
    let mut consider = |distance: usize, metric: Metric, entry: &str, tokens: Range<usize>| {
        if distance <= REACH_MAX && best.as_ref().is_none_or(|known| distance < known.0) {
            best = Some((distance, metric, entry.to_owned(), tokens));
        }
    };
    for rule in &lexicon.metrics {
        for hit in rule.nouns.find(&reading.pieces, false) {
            // Right after the number, with words that describe between: "12 more civilian deaths".
            let gap = hit.tokens.start.checked_sub(number.end);
            if let Some(gap) = gap.filter(|gap| *gap <= 3 && plain(reading, number.end..hit.tokens.start)) {
                consider(gap, rule.metric, &rule.entry, hit.tokens.clone());
            }
        }
        for hit in rule.verbs.find(&reading.pieces, true) {
            if !reading.is_verb(hit.tokens.start) && !participle_after(reading, hit.tokens.start, number) {
                continue;
            }
            let passive = passive(reading, hit.tokens.start);
            if !passive && hit.tokens.end <= number.start {
                let gap = number.start - hit.tokens.end;
                if no_other_number(reading, hit.tokens.end..number.start)
                    && same_stretch(reading, hit.tokens.end..number.start)
                {
                    consider(gap + 1, rule.metric, &rule.entry, hit.tokens.clone());
                }
            } else if number.end <= hit.tokens.start
                && (passive || participle_after(reading, hit.tokens.start, number))
            {
                let gap = hit.tokens.start - number.end;
                if no_other_number(reading, number.end..hit.tokens.start) {
                    consider(gap + 1, rule.metric, &rule.entry, hit.tokens.clone());
                }
            }
        }
        for hit in rule.subjects.find(&reading.pieces, true) {
            if number.end <= hit.tokens.start && no_other_number(reading, number.end..hit.tokens.start) {
                consider(
                    hit.tokens.start - number.end + 1,
                    rule.metric,
                    &rule.entry,
                    hit.tokens.clone(),
                );
            }
        }
    }
    best.map(|(_, metric, entry, tokens)| (metric, entry, tokens))
}

/// Only words that describe, no verb and no mark.
fn plain(reading: &Reading, tokens: Range<usize>) -> bool {
    use language::Tag;
    tokens.into_iter().all(|index| {
        reading.token(index).is_some_and(|token| {
            !matches!(
                token.tag,
                Tag::Verb | Tag::Punct | Tag::Aux | Tag::Adp | Tag::Cconj
            )
        })
    })
}

fn same_stretch(reading: &Reading, tokens: Range<usize>) -> bool {
    tokens.into_iter().all(|index| {
        !matches!(
            reading.lower(index),
            ";" | "." | "when" | "after" | "before" | "while"
        )
    })
}

fn no_other_number(reading: &Reading, between: Range<usize>) -> bool {
    !reading
        .quantities
        .iter()
        .any(|other| between.start <= other.tokens.start && other.tokens.end <= between.end)
}

/// A form of "be" stands close before the verb.
fn passive(reading: &Reading, verb: usize) -> bool {
    (verb.saturating_sub(3)..verb).any(|index| {
        matches!(
            reading.lower(index),
            "was" | "were" | "been" | "be" | "is" | "are" | "being" | "got"
        )
    })
}

/// "five killed and seven wounded": a participle right after the number or its unit.
fn participle_after(reading: &Reading, verb: usize, number: &Range<usize>) -> bool {
    verb >= number.end
        && verb - number.end <= 2
        && reading
            .token(verb)
            .is_some_and(|token| token.lower.ends_with("ed") || token.lower == "hurt")
}

/// The counted noun after the number.
fn unit(reading: &Reading, lexicon: &Lexicon, quantity: &Quantity) -> Option<Range<usize>> {
    use language::Tag;
    let mut at = quantity.tokens.end;
    if reading.lower(at) == "of" {
        at += 1;
    }
    let limit = (at + 4).min(reading.all().end);
    while at < limit {
        let token = reading.token(at)?;
        let lemma = token.lemma.to_lowercase();
        if lexicon.units.contains(&token.lower)
            || lexicon.units.contains(&lemma)
            || (token.tag == Tag::Noun && reading.token(at + 1).is_none_or(|next| next.tag != Tag::Noun))
        {
            return Some(quantity.tokens.end..at + 1);
        }
        if !matches!(
            token.tag,
            Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num | Tag::Det | Tag::X
        ) {
            return None;
        }
        at += 1;
    }
    None
}
