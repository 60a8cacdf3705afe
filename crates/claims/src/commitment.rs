//! How far something is said to have happened: modality, polarity, hedges, series, background.

use crate::draft::{self, Ground};
use crate::lexicon::Mark;
use crate::phrase::Hit;
use language::{Relation, Tag};
use model::{Because, Modality, Polarity};
use std::ops::Range;

/// What the words around a trigger do to it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Standing {
    /// It is told as it is.
    Plain,
    /// It is told as having stopped: the act itself is not claimed.
    Ended(String),
}

/// The settled reading.
pub(crate) struct Stand {
    pub(crate) modality: Modality,
    pub(crate) polarity: Polarity,
    pub(crate) hedges: Vec<String>,
    pub(crate) because: Vec<Because>,
    pub(crate) background: bool,
    pub(crate) series: bool,
}

/// How far before a trigger a word still governs it, in words.
const REACH: usize = 14;
/// How far before a trigger a noun or an adjective still governs it, in words: "the goal is the safe return".
const NOUN_REACH: usize = 4;
/// How far before a trigger "no" and "not" still negate it, in words.
const NEGATION_REACH: usize = 4;
/// How far before a trigger "halt of", "end to" still end it, in words.
const END_REACH: usize = 4;

/// Whether the act is told as having stopped.
pub(crate) fn standing(ground: &Ground, at: &Range<usize>) -> Standing {
    for hit in &ground.reading.marks {
        if effect(ground, hit) == "end"
            && (hit.tokens.end <= at.start && at.start - hit.tokens.end <= END_REACH || ends(ground, hit, at))
        {
            return Standing::Ended(ground.reading.words(&hit.tokens));
        }
    }
    Standing::Plain
}

/// "Shelling came to an end", "air strikes and sniper fire are forbidden": the act is what ends.
fn ends(ground: &Ground, hit: &Hit<usize>, at: &Range<usize>) -> bool {
    let tree = ground.reading.tree();
    let mark = tree.top(&hit.tokens);
    let act = tree.top(at);
    let straight = [
        Relation::Obj,
        Relation::Nsubj,
        Relation::NsubjPass,
        Relation::Nmod,
        Relation::Compound,
        Relation::Conj,
    ];
    let verb = |at: usize| {
        ground
            .reading
            .token(at)
            .is_some_and(|token| token.tag == Tag::Verb)
    };
    let mut below = act;
    for (node, relation) in tree.above(act) {
        if !straight.contains(&relation) || relation == Relation::Conj && verb(below) {
            return false;
        }
        if node == mark {
            return true;
        }
        below = node;
    }
    false
}

/// Reads the words around a trigger and the frames it stands in.
/// Words inside `but` do not count: what a speaker says does not change that it is said.
pub(crate) fn settle(ground: &Ground, at: &Range<usize>, but: Option<&Range<usize>>) -> Stand {
    let reading = ground.reading;
    let mut stand = Stand {
        modality: Modality::Asserted,
        polarity: Polarity::Affirmed,
        hedges: Vec::new(),
        because: Vec::new(),
        background: false,
        series: false,
    };
    let mut inside_speech = false;
    for frame in ground.frames {
        if !(frame.content.start <= at.start && at.end <= frame.content.end)
            || frame.cue_tokens.contains(&at.start)
        {
            continue;
        }
        if ground.lexicon.cues[frame.cue].takes == "object" || draft::told_beside(ground, frame, at) {
            continue;
        }
        inside_speech = true;
        let cue = &ground.lexicon.cues[frame.cue];
        let modality = match cue.commitment.as_str() {
            "claimed" => Modality::Claimed,
            "hoped" => Modality::Hoped,
            "planned" => Modality::Planned,
            "conditional" => Modality::Conditional,
            _ => Modality::Reported,
        };
        stand.modality = stand.modality.max(modality);
        if cue.denied {
            stand.polarity = Polarity::Denied;
        }
        stand.because.push(
            Because::new(
                "speech-frame",
                format!("said with \"{}\"", reading.words(&frame.cue_tokens)),
            )
            .entry(cue.entry.clone())
            .span(reading.span(&frame.cue_tokens)),
        );
    }
    for hit in &reading.marks {
        let mark = &ground.lexicon.marks[hit.value];
        let left_out = but.is_some_and(|but| but.start <= hit.tokens.start && hit.tokens.end <= but.end);
        if left_out || !governs(ground, hit, mark, at) {
            continue;
        }
        let words = reading.words(&hit.tokens);
        match mark.effect.as_str() {
            "negation" => stand.polarity = Polarity::Denied,
            // "hopes that families will return": hoped, and no plan.
            "plan" | "conditional"
                if stand.modality == Modality::Hoped
                    && matches!(words.to_lowercase().as_str(), "will" | "would")
                    && !has_if(ground) => {}
            "plan" => stand.modality = stand.modality.max(Modality::Planned),
            "hope" => stand.modality = stand.modality.max(Modality::Hoped),
            // "He said they would stay": told from the past, a plan and no condition.
            "conditional" if inside_speech && words.eq_ignore_ascii_case("would") && !has_if(ground) => {
                stand.modality = stand.modality.max(Modality::Planned);
            }
            "conditional" => stand.modality = Modality::Conditional,
            "hedge" => stand.hedges.push(words.clone()),
            "series" | "total" => stand.series = true,
            "background" => stand.background = true,
            "topic" => (stand.background, stand.series) = (true, true),
            _ => continue,
        }
        stand.because.push(
            Because::new(
                "commitment-word",
                format!("\"{words}\" marks it as {}", mark.effect),
            )
            .entry(mark.entry.clone())
            .span(reading.span(&hit.tokens)),
        );
    }
    stand
}

fn effect<'a>(ground: &'a Ground, hit: &Hit<usize>) -> &'a str {
    &ground.lexicon.marks[hit.value].effect
}

fn has_if(ground: &Ground) -> bool {
    ground
        .reading
        .sentence
        .tokens
        .iter()
        .any(|token| matches!(token.lower.as_str(), "if" | "unless"))
}

/// How a word stands to an act in the tree.
#[derive(PartialEq)]
enum Over {
    /// Over it: "would see … shelling come to an end".
    Yes,
    /// What a relative clause tells, or what follows "after", is told for itself.
    No,
    /// The tree ties them in no way.
    Apart,
}

fn over(ground: &Ground, hit: &Hit<usize>, at: &Range<usize>) -> Over {
    let tree = ground.reading.tree();
    let mark_effect = effect(ground, hit);
    let (mark, act) = (tree.top(&hit.tokens), tree.top(at));
    let ties = [
        Relation::Aux,
        Relation::AuxPass,
        Relation::Mark,
        Relation::Advmod,
        Relation::Cop,
    ];
    let from = if ties.contains(&tree.relation(mark)) {
        tree.head(mark).unwrap_or(mark)
    } else {
        mark
    };
    // "The aim is to …": the noun stands over what is said of it.
    let named = matches!(tree.relation(mark), Relation::Nsubj | Relation::NsubjOuter)
        && matches!(mark_effect, "plan" | "hope");
    let from = if named {
        tree.head(from).unwrap_or(from)
    } else {
        from
    };
    if from == act || at.contains(&from) {
        return Over::Yes;
    }
    let lower = |index: usize| ground.reading.lower(index);
    let mut below = act;
    let mut alone = false;
    for (node, relation) in tree.above(act) {
        alone |= match relation {
            Relation::AclRelcl | Relation::AdvclRelcl | Relation::Parataxis | Relation::Appos => true,
            // "a ceasefire brokered in December"
            Relation::Acl => {
                ground.reading.is_verb(below) && (lower(below).ends_with("ed") || tree.is_passive(below))
            }
            Relation::Advcl => !tree.children(below).any(|child| {
                matches!(tree.relation(child), Relation::Mark | Relation::Aux)
                    && ground.lexicon.word("purpose", lower(child))
            }),
            Relation::Obl | Relation::Nmod => ground.lexicon.word("factual", tree.case(below)),
            _ => false,
        };
        if node == from {
            return if alone { Over::No } else { Over::Yes };
        }
        below = node;
    }
    Over::Apart
}

/// "The ban will continue": what goes on is there already.
fn goes_on(ground: &Ground, hit: &Hit<usize>, at: &Range<usize>) -> bool {
    let reading = ground.reading;
    let verb =
        (hit.tokens.end..(hit.tokens.end + 3).min(reading.all().end)).find(|index| reading.is_verb(*index));
    verb.and_then(|verb| reading.token(verb)).is_some_and(|token| {
        ground.lexicon.word("goes-on", &token.lemma.to_lowercase()) && at.end <= hit.tokens.start
    })
}

fn governs(ground: &Ground, hit: &Hit<usize>, mark: &Mark, at: &Range<usize>) -> bool {
    let reading = ground.reading;
    let before = hit.tokens.end <= at.start;
    let gap = if before {
        at.start - hit.tokens.end
    } else {
        hit.tokens.start.saturating_sub(at.end)
    };
    let same_clause = reading.clause(hit.tokens.start) == reading.clause(at.start);
    // What a quotation will bring says nothing of what stands outside it.
    if reading.quoted(hit.tokens.start) && !reading.quoted(at.start) {
        return false;
    }
    // "May 2017" is a month, "a will" a noun.
    let first = reading.token(hit.tokens.start);
    let modal = !matches!(reading.lower(hit.tokens.start), "may" | "will" | "might")
        || first.is_some_and(|token| {
            token.text.starts_with(char::is_lowercase) && !matches!(token.tag, Tag::Noun | Tag::Propn)
        });
    match mark.effect.as_str() {
        "negation" => before && gap <= NEGATION_REACH && same_clause,
        "plan" | "hope" | "conditional" => {
            let opens = matches!(
                reading.lower(hit.tokens.start),
                "if" | "unless" | "provided" | "in"
            );
            let condition = opens && mark.effect == "conditional";
            let verbal = hit.tokens.clone().any(|index| {
                reading.token(index).is_some_and(|token| {
                    matches!(token.tag, Tag::Verb | Tag::Aux | Tag::Sconj | Tag::Part | Tag::X)
                })
            });
            let reach = if verbal || condition { REACH } else { NOUN_REACH };
            let near = before && gap <= reach && (same_clause || condition)
                || verbal && verb_of_subject(ground, hit, at)
                || predicate(ground, hit, at);
            modal
                && !goes_on(ground, hit, at)
                && match over(ground, hit, at) {
                    Over::Yes => true,
                    Over::No => false,
                    Over::Apart => near,
                }
        }
        "hedge" => same_clause,
        "topic" => before && over(ground, hit, at) == Over::Yes,
        _ => true,
    }
}

/// "The return of refugees is one of its aims": a noun in what is said of the act with "is".
fn predicate(ground: &Ground, hit: &Hit<usize>, at: &Range<usize>) -> bool {
    let tree = ground.reading.tree();
    let (mark, act) = (tree.top(&hit.tokens), tree.top(at));
    if tree.relation(act) != Relation::Nsubj {
        return false;
    }
    let Some(told) = tree.head(act) else { return false };
    let is_said_to_be = tree
        .children(told)
        .any(|child| tree.relation(child) == Relation::Cop);
    let inside = mark == told || tree.head(mark) == Some(told) && tree.relation(mark) == Relation::Nmod;
    is_said_to_be && inside
}

/// "The return of refugees is planned", "the attack would be": the mark follows a noun that is its subject.
fn verb_of_subject(ground: &Ground, hit: &Hit<usize>, at: &Range<usize>) -> bool {
    let reading = ground.reading;
    at.end <= hit.tokens.start
        && hit.tokens.start - at.end <= 4
        && reading.clause(hit.tokens.start) == reading.clause(at.start)
        && (at.end..hit.tokens.start).all(|index| {
            reading
                .token(index)
                .is_some_and(|token| !matches!(token.tag, Tag::Verb | Tag::Punct))
        })
        && reading
            .token(at.end - 1)
            .is_some_and(|token| token.tag != Tag::Verb)
}
