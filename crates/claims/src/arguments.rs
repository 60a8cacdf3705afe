//! Who did it and to whom: the actors around a trigger.

use crate::attribution;
use crate::lexicon::{Lexicon, Subject};
use crate::names::HitForm;
use crate::reading::Reading;
use language::Tag;
use std::ops::Range;

/// Actors of an act, as indices into `Reading::actors`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    pub(crate) initiators: Vec<usize>,
    pub(crate) targets: Vec<usize>,
}

/// How far an argument may stand from a noun that names the act, in words.
const NOUN_REACH_MAX: usize = 6;

/// The arguments of a verb.
pub(crate) fn of_verb(reading: &Reading, verb: &Range<usize>, subject: Subject) -> Arguments {
    let mut arguments = Arguments::default();
    let left = attribution::subject(reading, verb)
        .map(|actor| reading.listed_with(actor))
        .unwrap_or_default();
    if is_passive(reading, verb.start) {
        arguments.targets = left;
        arguments.initiators = after_preposition(reading, verb.end, &["by"], NOUN_REACH_MAX);
        return arguments;
    }
    let right: Vec<usize> = object(reading, verb)
        .map(|actor| reading.listed_with(actor))
        .unwrap_or_default();
    // "Aid worker abducted in Idlib": a headline leaves out the auxiliary of the passive.
    let headline = reading.passage.kind == model::PassageKind::Title
        && right.is_empty()
        && reading.lower(verb.start).ends_with("ed")
        && reading
            .token(verb.end)
            .is_none_or(|token| matches!(token.tag, Tag::Adp | Tag::Punct));
    if headline && subject == Subject::Initiator {
        arguments.targets = left;
        arguments.initiators = after_preposition(reading, verb.end, &["by"], NOUN_REACH_MAX);
        return arguments;
    }
    match subject {
        Subject::Initiator => (arguments.initiators, arguments.targets) = (left, right),
        Subject::Target => {
            arguments.targets = if left.is_empty() { right } else { left };
        }
        Subject::Means => arguments.targets = right,
    }
    arguments
        .targets
        .retain(|actor| !arguments.initiators.contains(actor));
    arguments
}

/// The arguments of a noun that names an act.
pub(crate) fn of_noun(reading: &Reading, lexicon: &Lexicon, noun: &Range<usize>) -> Arguments {
    let between = after_preposition(reading, noun.end, &["between", "among"], 3);
    if !between.is_empty() {
        return Arguments {
            initiators: between,
            targets: Vec::new(),
        };
    }
    let mut arguments = Arguments {
        initiators: after_preposition(reading, noun.end, &["by", "from"], NOUN_REACH_MAX),
        targets: after_preposition(reading, noun.end, &["on", "against", "targeting", "at"], 4),
    };
    let with = after_preposition(reading, noun.end, &["with"], 3);
    // "clashes with X": the other side.
    arguments.targets.extend(with);
    if arguments.initiators.is_empty() {
        // "Russian air strikes", "the army's shelling": right before the noun.
        let before = reading.actors.iter().rposition(|actor| {
            actor.tokens.end <= noun.start
                && noun.start - actor.tokens.end <= 2
                && (actor.tokens.end..noun.start).all(|index| {
                    matches!(
                        reading.lower(index),
                        "'s" | "'" | "\u{2019}s" | "-" | "led" | "air"
                    ) || reading.token(index).is_some_and(|token| token.tag == Tag::Adj)
                })
                && reading.clause(actor.tokens.start) == reading.clause(noun.start)
        });
        arguments.initiators = before.map(|actor| vec![actor]).unwrap_or_default();
    }
    if arguments.initiators.is_empty()
        && let Some(verb) = light_verb(reading, lexicon, noun)
    {
        // "X carried out the attack", "X launched an assault".
        // "A retaliated by imposing sanctions": the subject of the verb before.
        let by = reading.lower(verb.start.wrapping_sub(1)) == "by";
        let main = if by {
            main_verb(reading, verb.start).unwrap_or_else(|| verb.clone())
        } else {
            verb.clone()
        };
        arguments.initiators = attribution::subject(reading, &main)
            .map(|actor| reading.listed_with(actor))
            .unwrap_or_default();
        if by && arguments.targets.is_empty() {
            arguments.targets = after_preposition(reading, main.end, &["against", "on"], 2);
        }
        if is_passive(reading, verb.start) {
            arguments.initiators.clear();
        }
    }
    if arguments.targets.is_empty()
        && let Some(verb) = following_verb(reading, noun)
    {
        // "A car bomb killed five people": what the verb hits.
        let hit = object(reading, &verb).filter(|_| !is_passive(reading, verb.start));
        arguments.targets = hit.map(|actor| reading.listed_with(actor)).unwrap_or_default();
    }
    arguments
        .targets
        .retain(|actor| !arguments.initiators.contains(actor));
    arguments
}

/// Actors after one of these prepositions, close behind a word.
pub(crate) fn after_preposition(reading: &Reading, from: usize, words: &[&str], reach: usize) -> Vec<usize> {
    let clause = reading.clause(from.saturating_sub(1));
    let end = (from + reach).min(reading.all().end);
    let found = (from..end)
        .find(|index| words.contains(&reading.lower(*index)) && reading.clause(*index) <= clause + 1);
    let Some(at) = found else { return Vec::new() };
    // Nothing but words that belong to the noun may stand before the preposition.
    if (from..at).any(|index| {
        reading.token(index).is_some_and(|token| token.tag == Tag::Verb)
            || matches!(reading.lower(index), "," | ";" | ".")
    }) {
        return Vec::new();
    }
    reading
        .actors
        .iter()
        .position(|actor| actor.tokens.start > at && actor.tokens.start <= at + 4)
        .map(|actor| reading.listed_with(actor))
        .unwrap_or_default()
}

/// The actor right of a verb, before any other verb.
pub(crate) fn object(reading: &Reading, verb: &Range<usize>) -> Option<usize> {
    let clause = reading.clause(verb.start);
    let (index, actor) = reading
        .actors
        .iter()
        .enumerate()
        .find(|(_, actor)| actor.tokens.start >= verb.end && actor.form != HitForm::Demonym)?;
    let between = verb.end..actor.tokens.start;
    let clear = between.clone().all(|at| {
        reading
            .token(at)
            .is_none_or(|token| !matches!(token.tag, Tag::Verb | Tag::Adp | Tag::Sconj))
            && !matches!(reading.lower(at), "," | ";" | "in" | "near" | "by")
    });
    (clear && between.len() <= 5 && reading.clause(actor.tokens.start) == clause).then_some(index)
}

/// A form of "be" close before a participle.
pub(crate) fn is_passive(reading: &Reading, verb: usize) -> bool {
    let participle = reading.token(verb).is_some_and(|token| {
        token.lower.ends_with("ed")
            || token.lower.ends_with('n')
            || token.lower.ends_with("t")
            || token.lemma.to_lowercase() != token.lower
    }) && !reading.lower(verb).ends_with("ing");
    participle
        && (verb.saturating_sub(3)..verb).any(|index| {
            matches!(
                reading.lower(index),
                "was" | "were" | "been" | "be" | "is" | "are" | "being" | "got" | "came"
            ) && reading.clause(index) == reading.clause(verb)
        })
}

/// A verb shortly before the noun, as in "carried out an attack".
fn light_verb(reading: &Reading, lexicon: &Lexicon, noun: &Range<usize>) -> Option<Range<usize>> {
    let start = noun.start.saturating_sub(5);
    (start..noun.start)
        .rev()
        .find(|index| reading.token(*index).is_some_and(|token| token.tag == Tag::Verb))
        .filter(|verb| {
            let lemma = reading
                .token(*verb)
                .map(|token| token.lemma.to_lowercase())
                .unwrap_or_default();
            lexicon.word("does", &lemma)
        })
        .map(|verb| verb..verb + 1)
}

/// The verb before another one, in the same clause.
fn main_verb(reading: &Reading, before: usize) -> Option<Range<usize>> {
    let clause = reading.clause(before);
    (0..before)
        .rev()
        .take_while(|index| reading.clause(*index) == clause)
        .find(|index| reading.token(*index).is_some_and(|token| token.tag == Tag::Verb))
        .map(|verb| verb..verb + 1)
}

/// The verb that follows the noun in its clause.
fn following_verb(reading: &Reading, noun: &Range<usize>) -> Option<Range<usize>> {
    let clause = reading.clause(noun.start);
    (noun.end..reading.all().end)
        .take_while(|index| reading.clause(*index) == clause)
        .find(|index| reading.token(*index).is_some_and(|token| token.tag == Tag::Verb))
        .map(|verb| verb..verb + 1)
}
