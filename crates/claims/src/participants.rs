//! Who did it and to whom, as plain nouns: "a judge", "a convoy of 17 trucks", "the Red Crescent's warehouse".
//!
//! Names and kinds of actors are found by their words; here the tree says which noun stands where they are
//! missing. Never overrules what the words already told.

use crate::attribution::Speaker;
use crate::draft::{self, Ground};
use crate::lexicon::{Lexicon, Subject, Trigger};
use crate::names::HitForm;
use crate::reading::Reading;
use crate::tree::Tree;
use crate::triggers::TriggerHit;
use language::{Relation, Tag};
use model::{ActClass, ActorMention, Because, Claim, MentionId, Resolution};
use std::ops::Range;

/// Fills who did it and whom it hit, where the claim does not say yet.
pub(crate) fn complete(ground: &Ground, hit: &TriggerHit, claim: &mut Claim) {
    if !claim.initiators.is_empty() && !claim.targets.is_empty() {
        return;
    }
    let tree = ground.reading.tree();
    let top = tree.top(&hit.tokens);
    let found = if hit.noun {
        of_noun(ground, tree, top, claim.act.class)
    } else {
        of_verb(
            ground.reading,
            ground.lexicon,
            &hit.tokens,
            &ground.lexicon.triggers[hit.trigger],
        )
    };
    if claim.initiators.is_empty() {
        let speakers = speakers(ground, &hit.tokens);
        let doers: Vec<usize> = found
            .initiators
            .into_iter()
            .filter(|noun| !speakers.iter().any(|tokens| tokens.contains(noun)))
            .collect();
        claim.initiators = mentions(ground, tree, &doers, false);
    }
    if claim.targets.is_empty() {
        claim.targets = mentions(ground, tree, &found.targets, claim.act.class.is_incident());
    }
    let initiators = claim.initiators.clone();
    claim
        .targets
        .retain(|target| !initiators.iter().any(|one| one.span.overlaps(target.span)));
}

/// Words before whom or what an act is directed at.
const AGAINST: [&str; 4] = ["at", "on", "against", "about"];

/// Whether a noun of a class of `needs.tsv` acts, or is acted on.
pub(crate) fn has(
    reading: &Reading,
    lexicon: &Lexicon,
    trigger: &Trigger,
    tokens: &Range<usize>,
    acts: bool,
    class: &str,
) -> bool {
    let tree = reading.tree();
    let top = tree.top(tokens);
    let noun_trigger = !reading.is_verb(top);
    let found = if noun_trigger {
        Nouns {
            initiators: tree.tied(top, &["by", "of"]),
            targets: tree.tied(top, &["on", "against", "at", "of"]),
        }
    } else {
        of_verb(reading, lexicon, tokens, trigger)
    };
    // A verb whose subject suffers the act still has it for its subject.
    let nouns = match (acts, trigger.subject) {
        (true, Subject::Target | Subject::Means) if !noun_trigger => tree.subjects(top).0,
        (true, _) => found.initiators,
        (false, _) => found.targets,
    };
    let fits = |word: &str| lexicon.shows(class, word);
    nouns.iter().any(|noun| {
        let known = reading
            .token(*noun)
            .is_some_and(|token| fits(&token.lower) || fits(&token.lemma.to_lowercase()));
        // A place by its name is ground.
        known
            || class == "ground"
                && reading
                    .places
                    .iter()
                    .any(|place| place.name_tokens.contains(noun))
    })
}

/// "X supports the plan but has doubts about Y": whoever the verb goes on from holds the doubt too.
pub(crate) fn holder_in_tree(ground: &Ground, cue: &Range<usize>, claim: &mut Claim) {
    let tree = ground.reading.tree();
    let top = tree.top(cue);
    let verb = if ground.reading.is_verb(top) {
        Some(top)
    } else {
        tree.head(top)
            .filter(|head| ground.reading.is_verb(*head) && tree.relation(top) == Relation::Obj)
    };
    if let Some(verb) = verb {
        claim.initiators = mentions(ground, tree, &tree.subjects(verb).0, false);
    }
}

/// Takes the whole phrase for a description: "army command" for "army", "commander of the group" for "commander".
pub(crate) fn name_fully(ground: &Ground, claim: &mut Claim) {
    let Ground { reading, .. } = ground;
    // "killed five people" says nobody in particular whom it hit.
    let anyone = |mention: &ActorMention| ground.lexicon.word("anyone", &mention.label.to_lowercase());
    claim.targets.retain(|target| !anyone(target));
    let described = |mention: &ActorMention| {
        reading
            .actors
            .iter()
            .find(|actor| actor.form == HitForm::Descriptor && reading.span(&actor.tokens) == mention.span)
    };
    for mention in claim.initiators.iter_mut().chain(&mut claim.targets) {
        let Some(hit) = described(mention) else { continue };
        let tree = reading.tree();
        let top = tree.top(&hit.tokens);
        let head = tree.head(top).filter(|head| {
            tree.relation(top) == Relation::Compound && is_person(reading, ground.lexicon, *head)
        });
        let wider = plain(ground, tree, head.unwrap_or(top));
        if wider.span.overlaps(mention.span) && mention.span.end <= wider.span.end {
            (mention.label, mention.span) = (wider.label, wider.span);
        }
    }
}

/// The words of those who tell of the act: a tree that goes wrong must not make them its authors.
fn speakers(ground: &Ground, at: &Range<usize>) -> Vec<Range<usize>> {
    let around = ground
        .frames
        .iter()
        .filter(|frame| frame.content.start <= at.start && at.end <= frame.content.end);
    around
        .flat_map(|frame| match &frame.speaker {
            Speaker::Actors(actors) => {
                let tokens = |actor: &usize| ground.reading.actors[*actor].tokens.clone();
                actors.iter().map(tokens).collect()
            }
            Speaker::Words(words) => vec![words.clone()],
            Speaker::Nobody => Vec::new(),
        })
        .collect()
}

/// Nouns that act and that are acted on.
#[derive(Default)]
struct Nouns {
    initiators: Vec<usize>,
    targets: Vec<usize>,
}

fn of_verb(reading: &Reading, lexicon: &Lexicon, tokens: &Range<usize>, trigger: &Trigger) -> Nouns {
    let (tree, class, subject) = (reading.tree(), trigger.act.class, trigger.subject);
    let verb = tree.top(tokens);
    if !reading.is_verb(verb) {
        return Nouns::default();
    }
    let (subjects, passive) = tree.subjects(verb);
    if passive {
        return Nouns {
            initiators: tree.tied(verb, &["by"]),
            targets: subjects,
        };
    }
    // "denied the monitors access", "imposed sanctions on X": a noun inside the act's own words is nobody.
    let mut objects: Vec<usize> = tree.by(verb, &[Relation::Iobj]).collect();
    objects.extend(tree.objects(verb));
    objects.extend(tokens.clone().skip(1));
    objects.retain(|object| !tokens.contains(object) || is_person(reading, lexicon, *object));
    if objects.is_empty() && !matches!(class, ActClass::Forces | ActClass::Humanitarian | ActClass::Air) {
        let inside = tokens.clone().flat_map(|at| tree.tied(at, &AGAINST));
        objects = inside.filter(|noun| !tokens.contains(noun)).collect();
    }
    // "held talks with X"
    if class == ActClass::Process {
        objects.extend(tokens.clone().flat_map(|at| tree.tied(at, &["with"])));
        objects.dedup();
    }
    // "retaliated against X by imposing sanctions"
    if objects.is_empty() && tree.relation(verb) == Relation::Advcl {
        objects = tree
            .head(verb)
            .map_or_else(Vec::new, |head| tree.tied(head, &["against"]));
    }
    match subject {
        Subject::Initiator => Nouns {
            initiators: subjects,
            targets: objects,
        },
        Subject::Target => Nouns {
            initiators: Vec::new(),
            targets: if subjects.is_empty() { objects } else { subjects },
        },
        Subject::Means => Nouns {
            initiators: Vec::new(),
            targets: objects,
        },
    }
}

fn of_noun(ground: &Ground, tree: &Tree, noun: usize, class: ActClass) -> Nouns {
    let reading = ground.reading;
    let mut found = Nouns {
        initiators: tree.tied(noun, &["by", "between"]),
        targets: tree.tied(noun, &["on", "against", "about"]),
    };
    let of = reading.lower(noun).ends_with("ing") && class == ActClass::Force;
    if found.targets.is_empty() && of {
        found.targets = tree.tied(noun, &["of"]);
    }
    // "A sniper killed a man": whoever does it is named by the act's own word.
    if found.initiators.is_empty() && is_person(ground.reading, ground.lexicon, noun) {
        found.initiators.push(noun);
    }
    let (Some(verb), relation) = (tree.head(noun), tree.relation(noun)) else {
        return found;
    };
    if !reading.is_verb(verb) {
        return found;
    }
    let passive = tree.is_passive(verb);
    match relation {
        Relation::Nsubj if class == ActClass::Force && found.targets.is_empty() => {
            found.targets = tree.objects(verb);
        }
        // "A judge was killed by mortar fire": the means; "was killed in the raid".
        Relation::Obl | Relation::OblAgent
            if class == ActClass::Force
                && found.targets.is_empty()
                && matches!(tree.case(noun), "by" | "in" | "with")
                && passive =>
        {
            found.targets = tree.subjects(verb).0;
        }
        // "an attack was directed at the offices of X".
        Relation::NsubjPass if class == ActClass::Force && found.targets.is_empty() => {
            found.targets = tree.tied(verb, &["at", "against", "on"]);
        }
        // "Rebels fired mortars at the town", "gunmen carried out the attack".
        Relation::Obj
            if !passive
                && found.initiators.is_empty()
                && (class == ActClass::Speech
                    || reading
                        .token(verb)
                        .is_some_and(|token| ground.lexicon.word("does", &token.lemma.to_lowercase()))) =>
        {
            found.initiators = tree.subjects(verb).0;
            if found.targets.is_empty() {
                found.targets = tree.tied(verb, &AGAINST);
            }
        }
        // "The army answered with rocket fire".
        Relation::Obl if tree.case(noun) == "with" && !passive && found.initiators.is_empty() => {
            found.initiators = tree.subjects(verb).0;
        }
        _ => {}
    }
    found
}

/// Whether a noun names persons or a body of persons.
fn is_person(reading: &Reading, lexicon: &Lexicon, noun: usize) -> bool {
    let units = &lexicon.units;
    let word = reading.lower(noun);
    let nominal = reading
        .token(noun)
        .is_some_and(|token| matches!(token.tag, Tag::Noun | Tag::Propn | Tag::X));
    nominal
        && (units.contains(word) && units.is_person(word)
            || units.is_one(word)
            || lexicon.word("body", word)
            || reading
                .token(noun)
                .is_some_and(|token| lexicon.word("body", &token.lemma.to_lowercase())))
}

/// The mentions of some nouns; with `owned`, what belongs to an actor stands for it: "a Red Crescent warehouse".
fn mentions(ground: &Ground, tree: &Tree, nouns: &[usize], owned: bool) -> Vec<ActorMention> {
    let mut all: Vec<ActorMention> = Vec::new();
    for noun in nouns {
        let Some(mention) = mention(ground, tree, *noun, owned) else {
            continue;
        };
        if !all.iter().any(|known| known.span.overlaps(mention.span)) {
            all.push(mention);
        }
    }
    all
}

fn mention(ground: &Ground, tree: &Tree, noun: usize, owned: bool) -> Option<ActorMention> {
    let reading = ground.reading;
    let actor = |at: usize| {
        reading
            .actors
            .iter()
            .find(|actor| actor.tokens.contains(&at) && actor.form != HitForm::Demonym)
    };
    let event = reading.places.iter().any(|place| {
        place.name_tokens.contains(&noun)
            && matches!(place.role, model::PlaceRole::Event | model::PlaceRole::Seat)
    });
    if event {
        return None;
    }
    if let Some(hit) = actor(noun).filter(|hit| hit.form != HitForm::Descriptor) {
        return Some(draft::mention(ground, hit));
    }
    if ground.lexicon.word("anyone", reading.lower(noun)) {
        return None;
    }
    if is_person(ground.reading, ground.lexicon, noun) || actor(noun).is_some() {
        return Some(plain(ground, tree, noun));
    }
    if !owned {
        return None;
    }
    let owner = tree
        .children(noun)
        .filter(|child| {
            matches!(
                tree.relation(*child),
                Relation::Compound | Relation::NmodPoss | Relation::Nmod
            )
        })
        .find(|child| actor(*child).is_some() || is_person(reading, ground.lexicon, *child))?;
    match actor(owner) {
        Some(hit) if matches!(hit.form, HitForm::Stranger) => None,
        Some(hit) if hit.form == HitForm::Name => Some(draft::mention(ground, hit)),
        // "an army post": nobody by name, so the thing is named with its owner.
        _ if tree.relation(owner) == Relation::Compound => Some(plain(ground, tree, noun)),
        _ => Some(plain(ground, tree, owner)),
    }
}

/// A noun that names nobody in particular, with the words that belong to it.
fn plain(ground: &Ground, tree: &Tree, noun: usize) -> ActorMention {
    let reading = ground.reading;
    let mut phrase = tree.phrase(noun);
    let hit = reading.actors.iter().find(|actor| actor.tokens.contains(&noun));
    if let Some(hit) = hit {
        phrase.start = phrase.start.min(hit.tokens.start);
        phrase.end = phrase.end.max(hit.tokens.end);
    }
    let span = reading.span(&phrase);
    let label = reading.words(&phrase);
    let words = format!("\"{label}\" stands where the tree has who does it or whom it hits");
    ActorMention {
        id: MentionId::of(&[
            ground.document.id.as_str(),
            &span.start.to_string(),
            &span.end.to_string(),
        ]),
        label,
        span,
        actor: hit.map_or(Resolution::Unresolved, |hit| hit.actor.clone()),
        kind: hit.map_or_else(String::new, |hit| hit.kind.clone()),
        because: vec![Because::new("noun-in-tree", words).span(span)],
    }
}
