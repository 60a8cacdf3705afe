//! The words of a sentence that name acts, and why words that could name one do not.

use crate::figures::FigureHit;
use crate::kind;
use crate::lexicon::{Lexicon, Trigger};
use crate::participants;
use crate::phrase;
use crate::reading::Reading;
use language::{Relation, Tag};
use model::{ActClass, Because, Metric, PlaceRole, Scope};
use std::ops::Range;

/// A trigger in a sentence that passed its tests.
#[derive(Clone, Debug)]
pub(crate) struct TriggerHit {
    /// Index into `Lexicon::triggers`.
    pub(crate) trigger: usize,
    pub(crate) tokens: Range<usize>,
    pub(crate) noun: bool,
}

/// Finds the triggers of a sentence; what was considered and turned down goes to `rejected`.
pub(crate) fn find(
    reading: &Reading,
    lexicon: &Lexicon,
    figures: &[FigureHit],
    rejected: &mut Vec<Because>,
) -> Vec<TriggerHit> {
    let nouns = lexicon
        .trigger_nouns
        .find(&reading.pieces, false)
        .into_iter()
        .map(|hit| (hit, true));
    let verbs = lexicon
        .trigger_verbs
        .find(&reading.pieces, true)
        .into_iter()
        .map(|hit| (hit, false));
    let mut found: Vec<(usize, TriggerHit)> = Vec::new();
    for (hit, noun) in nouns.chain(verbs) {
        let trigger = &lexicon.triggers[hit.value];
        let words = reading.words(&hit.tokens);
        match turned_down(reading, lexicon, trigger, &hit.tokens, noun, figures) {
            Some(why) => rejected.push(
                Because::new(
                    "trigger-rejected",
                    format!("\"{words}\" could name {}, but {why}", trigger.act.id),
                )
                .entry(trigger.entry.clone())
                .span(reading.span(&hit.tokens)),
            ),
            None => found.push((
                hit.words,
                TriggerHit {
                    trigger: hit.value,
                    tokens: hit.tokens,
                    noun,
                },
            )),
        }
    }
    // Longer phrases first; what they cover is not read again.
    // Of two acts with the same words, the one that asks for more beside it.
    found.sort_by_key(|(words, hit)| {
        let asks = lexicon.triggers[hit.trigger].needs.contains(':');
        (usize::MAX - words, hit.tokens.start, !asks, hit.trigger)
    });
    let mut kept: Vec<TriggerHit> = Vec::new();
    for (_, hit) in found {
        if !kept
            .iter()
            .any(|other| other.tokens.start < hit.tokens.end && hit.tokens.start < other.tokens.end)
        {
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.tokens.start);
    drop_general(reading, lexicon, kept, rejected)
}

/// Why the words do not name the act here; `None` when they do.
fn turned_down(
    reading: &Reading,
    lexicon: &Lexicon,
    trigger: &Trigger,
    tokens: &Range<usize>,
    noun: bool,
    figures: &[FigureHit],
) -> Option<String> {
    let single = tokens.len() == 1;
    let tag = reading.token(tokens.start).map(|token| token.tag)?;
    if noun && single && reading.lower(tokens.start).ends_with("ing") && gerund(reading, tokens.start) {
        // "Fighting broke out": a noun by its place, whatever the tagger says.
    } else if noun
        && single
        && matches!(tag, Tag::Verb | Tag::Aux | Tag::Adv)
        && !looks_nominal(reading, tokens.start)
        && !opens_headline(reading, tokens)
    {
        return Some("it is a verb here".into());
    }
    let head = if noun { tokens.end - 1 } else { tokens.start };
    if !noun && opens_headline(reading, tokens) {
        return Some("a noun opens the headline".into());
    }
    if !noun && !(head..tokens.end.min(head + 2)).any(|index| reading.is_verb(index)) {
        return Some("it is not a verb here".into());
    }
    if !noun && single && describes(reading, head) {
        return Some("it only describes the noun behind it".into());
    }
    if let Some(word) = phrase::touches(&trigger.before_not, &reading.pieces, tokens, true) {
        return Some(format!("\"{word}\" follows"));
    }
    if let Some(word) = phrase::touches(&trigger.after_not, &reading.pieces, tokens, false) {
        return Some(format!("\"{word}\" stands before it"));
    }
    if let Some(scope) = lexicon
        .scopes
        .find(&reading.pieces, false)
        .into_iter()
        .find(|scope| {
            scope.value == "war" && scope.tokens.start <= tokens.start && tokens.end <= scope.tokens.end
        })
    {
        return Some(format!(
            "\"{}\" names the war as a whole",
            reading.words(&scope.tokens)
        ));
    }
    if noun && only_points(reading, trigger, tokens, figures) {
        return Some("it points at an act told elsewhere and adds nothing to it".into());
    }
    if let Some(actor) = reading.actors.iter().find(|actor| {
        actor.tokens.start <= tokens.start
            && tokens.end <= actor.tokens.end
            && actor.tokens.len() > tokens.len()
    }) {
        return Some(format!("it is part of \"{}\"", actor.label));
    }
    needs_met(reading, lexicon, trigger, tokens, figures)
}

/// "displaced families", "the wounded men": a participle before its noun.
fn describes(reading: &Reading, at: usize) -> bool {
    let noun = reading.token(at + 1).is_some_and(|token| token.tag == Tag::Noun);
    let form = reading.lower(at).ends_with("ed") || reading.lower(at).ends_with('n');
    noun && form && reading.tree().relation(at) == Relation::Amod
}

/// A word in -ing that stands as a noun: no auxiliary before it, no object behind it.
fn gerund(reading: &Reading, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|index| reading.token(index));
    let auxiliary =
        before.is_some_and(|token| matches!(token.tag, Tag::Aux | Tag::Noun | Tag::Propn | Tag::Pron));
    let object = reading
        .token(at + 1)
        .is_some_and(|token| matches!(token.tag, Tag::Det | Tag::Propn | Tag::Pron | Tag::Num | Tag::Adj));
    !auxiliary && !object
}

/// "the attack" with no author, time, place or toll of its own.
fn only_points(reading: &Reading, trigger: &Trigger, tokens: &Range<usize>, figures: &[FigureHit]) -> bool {
    let definite = matches!(
        reading.lower(tokens.start.wrapping_sub(1)),
        "the" | "this" | "that"
    );
    let clause = reading.clause(tokens.start);
    let own = |range: &Range<usize>| reading.clause(range.start) == clause;
    definite
        && trigger.act.class == ActClass::Force
        && tokens.len() <= 2
        && !matches!(
            reading.lower(tokens.end),
            "by" | "of" | "on" | "in" | "at" | "near" | "between" | "with" | "against"
        )
        && !figures.iter().any(|figure| own(&figure.tokens))
        && !reading.times.iter().any(|time| own(&time.tokens))
        || definite && reading.lower(tokens.end) == "on" && blamed(reading, tokens)
        || definite && claimed(reading, tokens)
}

/// "claimed responsibility for the attack", "took credit for the blast".
fn claimed(reading: &Reading, tokens: &Range<usize>) -> bool {
    let before = tokens.start.saturating_sub(4)..tokens.start;
    reading.lower(tokens.start.wrapping_sub(2)) == "for"
        && before
            .into_iter()
            .any(|index| matches!(reading.lower(index), "responsibility" | "credit"))
}

/// "blamed the attack on X": what follows "on" is the author blamed, not the target.
fn blamed(reading: &Reading, tokens: &Range<usize>) -> bool {
    (tokens.start.saturating_sub(3)..tokens.start).any(|index| {
        reading
            .token(index)
            .is_some_and(|token| token.lemma.eq_ignore_ascii_case("blame"))
    })
}

/// "Bomb in X leaves five dead": a word that opens a sentence before a preposition is a noun, no command.
fn opens_headline(reading: &Reading, tokens: &Range<usize>) -> bool {
    let adposition = reading
        .token(tokens.end)
        .is_some_and(|token| token.tag == Tag::Adp);
    tokens.start == 0 && tokens.len() == 1 && adposition && !reading.lower(0).ends_with("ing")
}

/// A tagger's slip: an article or adjective right before shows a noun.
fn looks_nominal(reading: &Reading, at: usize) -> bool {
    at > 0
        && reading
            .token(at - 1)
            .is_some_and(|token| matches!(token.tag, Tag::Det | Tag::Adj) || token.lower == "of")
}

fn needs_met(
    reading: &Reading,
    lexicon: &Lexicon,
    trigger: &Trigger,
    tokens: &Range<usize>,
    figures: &[FigureHit],
) -> Option<String> {
    let nearest = |figure: &&FigureHit| {
        figure.tokens.start.abs_diff(tokens.end) <= 3
            && reading.clause(figure.tokens.start) == reading.clause(tokens.start)
    };
    if figures
        .iter()
        .filter(nearest)
        .any(|figure| figure.figure.scope == Scope::War)
    {
        return Some("the number beside it counts the whole war".into());
    }
    let harm = figures.iter().any(|hit| {
        matches!(
            hit.figure.metric,
            Metric::Killed | Metric::Injured | Metric::Casualties
        )
    });
    let armed = reading
        .actors
        .iter()
        .any(|actor| is_armed(&actor.kind) && actor.kind != "state");
    if let Some(world) = reading
        .world
        .as_ref()
        .filter(|_| !harm && !armed && trigger.act.class.is_incident())
    {
        return Some(format!(
            "the passage speaks of {world}, and nobody armed or hurt is in the sentence"
        ));
    }
    let said = |need: &str| {
        let mut tokens = reading.sentence.tokens.iter();
        tokens.any(|token| lexicon.shows(need, &token.lower))
    };
    let met = match trigger.needs.as_str() {
        "" => true,
        "force" => {
            harm || reading.actors.iter().any(|actor| is_armed(&actor.kind))
                || reading.places.iter().any(|place| place.role == PlaceRole::Event)
                || reading.lower(tokens.start.wrapping_sub(1)) == "the"
                || other_force_words(reading, lexicon, tokens)
        }
        "harm" => {
            harm || other_force_words(reading, lexicon, tokens)
                || lexicon.metrics.iter().any(|rule| {
                    matches!(rule.metric, Metric::Killed | Metric::Injured)
                        && !rule.verbs.find(&reading.pieces, false).is_empty()
                })
        }
        need => match need.split_once(':') {
            Some((part, class)) => {
                participants::has(reading, lexicon, trigger, tokens, part == "subject", class)
            }
            None => said(need),
        },
    };
    // What must stand beside a word as its subject or object, no sound of the sentence makes up for.
    let shown = met
        || !trigger.needs.contains(':') && kind::vouches(reading, lexicon, trigger.act.id.as_str()).is_some();
    (!shown).then(|| format!("nothing beside it shows that ({})", trigger.needs))
}

fn is_armed(kind: &str) -> bool {
    matches!(
        kind,
        "state-forces" | "armed-group" | "excluded-group" | "coalition" | "armed-opposition-group" | "state"
    ) || kind.contains("force")
        || kind.contains("armed")
}

fn other_force_words(reading: &Reading, lexicon: &Lexicon, tokens: &Range<usize>) -> bool {
    lexicon
        .trigger_nouns
        .find(&reading.pieces, false)
        .iter()
        .any(|hit| {
            let trigger = &lexicon.triggers[hit.value];
            trigger.act.class == ActClass::Force && trigger.needs.is_empty() && hit.tokens != *tokens
        })
}

/// "The attack … a car bomb killed five": the general word is left out where a precise one of the same clause
/// says more.
fn drop_general(
    reading: &Reading,
    lexicon: &Lexicon,
    hits: Vec<TriggerHit>,
    rejected: &mut Vec<Because>,
) -> Vec<TriggerHit> {
    let id = |hit: &TriggerHit| lexicon.triggers[hit.trigger].act.id.as_str().to_owned();
    let mut kept = Vec::new();
    for hit in &hits {
        let class = lexicon.triggers[hit.trigger].act.class;
        let own = id(hit);
        let by = hits.iter().find(|other| {
            let theirs = id(other);
            other.tokens != hit.tokens
                && lexicon.triggers[other.trigger].act.class == class
                && (reading.clause(other.tokens.start) == reading.clause(hit.tokens.start)
                    || own == "killing" && told_on(reading, lexicon, hit, other))
                && ((theirs != own
                    && theirs != "killing"
                    && lexicon.is_a(&theirs, &own)
                    && (own == "explosion" || close(other, hit)))
                    || (own == "killing" && class == ActClass::Force && theirs != "killing")
                    || (theirs == own && other.tokens.start < hit.tokens.start && close(other, hit)))
        });
        match by {
            Some(by) => rejected.push(
                Because::new(
                    "said-more-precisely",
                    format!(
                        "\"{}\" says no more than \"{}\" beside it",
                        reading.words(&hit.tokens),
                        reading.words(&by.tokens)
                    ),
                )
                .span(reading.span(&hit.tokens)),
            ),
            None => kept.push(hit.clone()),
        }
    }
    kept
}

/// "Three people were killed when a mine exploded", "the town was shelled and three people were killed": the
/// harm of the act in the clause beside it, where nothing says that it is another's.
fn told_on(reading: &Reading, lexicon: &Lexicon, killing: &TriggerHit, act: &TriggerHit) -> bool {
    let (own, other) = (
        reading.clause(killing.tokens.start),
        reading.clause(act.tokens.start),
    );
    if own.abs_diff(other) != 1 {
        return false;
    }
    let opening = reading
        .all()
        .find(|index| reading.clause(*index) == own.max(other))
        .unwrap_or_default();
    let word = reading.lower(opening);
    let joins = lexicon.word("joins", word) || own < other && lexicon.word("cause", word);
    let has = |clause: usize| {
        let place = reading
            .places
            .iter()
            .any(|place| place.role == PlaceRole::Event && reading.clause(place.tokens.start) == clause);
        let time = reading
            .times
            .iter()
            .any(|time| reading.clause(time.tokens.start) == clause);
        (place, time)
    };
    let (mine, theirs) = (has(own), has(other));
    joins && !(mine.0 && theirs.0) && !(mine.1 && theirs.1)
}

fn close(a: &TriggerHit, b: &TriggerHit) -> bool {
    let gap = a
        .tokens
        .start
        .max(b.tokens.start)
        .saturating_sub(a.tokens.end.min(b.tokens.end));
    gap <= 3
}
