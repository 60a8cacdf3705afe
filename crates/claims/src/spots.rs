//! Place names in a sentence, what they do there, and how the event lies to them.

use crate::lexicon::Lexicon;
use crate::names::{HitForm, STRANGE_PLACE};
use crate::reading::Reading;
use language::{Shape, Tag};
use model::{ActClass, Because, Metres, PlaceRelation, PlaceRole};
use std::ops::Range;

/// A place name as it stands in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct PlaceHit {
    /// Tokens of the name, with a kind word beside it.
    pub(crate) tokens: Range<usize>,
    /// Tokens of the name alone.
    pub(crate) name_tokens: Range<usize>,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) role: PlaceRole,
    pub(crate) relation: PlaceRelation,
    pub(crate) because: Because,
}

/// Finds place names: those of the gazetteer, and capitalised strangers that stand where places stand.
pub(crate) fn find(reading: &Reading, lexicon: &Lexicon) -> Vec<PlaceHit> {
    let mut hits = crate::disguise::places(reading, lexicon);
    for hit in lexicon.place_names.find(&reading.pieces) {
        let proper = hit.tokens.clone().any(|index| {
            reading.token(index).is_some_and(|token| {
                matches!(token.shape, Shape::Capitalised | Shape::AllCaps | Shape::Mixed)
                    && matches!(token.tag, Tag::Propn | Tag::X | Tag::Noun | Tag::Adj)
            })
        });
        let proper = proper
            || reading
                .words(&hit.tokens)
                .chars()
                .any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
        if proper && !part_of_longer_name(reading, &hit.tokens) && !is_bearing(reading, lexicon, &hit.tokens)
        {
            let entry = "gazetteer".to_owned();
            hits.extend(place(reading, lexicon, hit.tokens, entry));
        }
    }
    for (index, actor) in reading.actors.iter().enumerate() {
        // A stranger after "in" or before "province" is a place the gazetteer does not know.
        let free = !hits.iter().any(|hit| overlap(&hit.tokens, &actor.tokens));
        if actor.form == HitForm::Stranger
            && free
            && (actor.kind == STRANGE_PLACE
                || stands_as_place(reading, lexicon, &reading.actors[index].tokens))
        {
            hits.extend(place(reading, lexicon, actor.tokens.clone(), String::new()));
        }
    }
    hits.sort_by_key(|hit| hit.tokens.start);
    list(reading, lexicon, &mut hits);
    fronted(reading, &mut hits);
    between(reading, &mut hits);
    hits
}

/// "the towns of A, B and C": what the first does, the others do, where nothing else says what they do.
fn list(reading: &Reading, lexicon: &Lexicon, hits: &mut [PlaceHit]) {
    let joins = |tokens: &Range<usize>| {
        !tokens.is_empty()
            && tokens
                .clone()
                .all(|index| lexicon.word("joins", reading.lower(index)))
    };
    for at in 1..hits.len() {
        let gap = |pair: usize| hits[pair - 1].tokens.end..hits[pair].tokens.start;
        // A comma alone may stand before anything; a list is closed by "and" or "or".
        let listed = (at..hits.len()).take_while(|pair| joins(&gap(*pair)));
        let is_closed = listed
            .flat_map(gap)
            .any(|index| !matches!(reading.lower(index), "," | ";"));
        let (first, role) = (&hits[at - 1], hits[at].role);
        if !is_closed || role != PlaceRole::Unknown || first.role != PlaceRole::Event {
            continue;
        }
        let (relation, name) = (first.relation, first.name.clone());
        let hit = &mut hits[at];
        (hit.role, hit.relation) = (PlaceRole::Event, relation);
        hit.because.words = format!("\"{}\" is listed with \"{name}\"", hit.name);
    }
}

/// "In Geneva, the envoy said that shells had hit Madaya": what stands before the speaker tells where he spoke, when
/// what he says has a place of its own.
fn fronted(reading: &Reading, hits: &mut [PlaceHit]) {
    let Some((first, rest)) = hits.split_first_mut() else {
        return;
    };
    let verb = reading
        .all()
        .skip(first.tokens.end)
        .filter_map(|index| reading.token(index))
        .find(|token| token.tag == Tag::Verb);
    let is_said = verb.is_some_and(|verb| is_of_speech(&verb.lemma));
    let is_scene = |hit: &PlaceHit| hit.role == PlaceRole::Event;
    if first.tokens.start <= FRONT_TOKENS
        && reading.lower(first.tokens.end) == ","
        && is_said
        && is_scene(first)
        && rest.iter().any(is_scene)
    {
        first.role = PlaceRole::Seat;
        first.because.words = format!("something is said in \"{}\", about another place", first.name);
    }
}

/// Tokens that may stand before a place that opens its sentence: a preposition and an article.
const FRONT_TOKENS: usize = 2;

/// Words of speech and meeting, not of force.
fn is_of_speech(lemma: &str) -> bool {
    matches!(
        lemma.to_lowercase().as_str(),
        "talk"
            | "negotiation"
            | "meeting"
            | "meet"
            | "say"
            | "tell"
            | "reporter"
            | "journalist"
            | "conference"
            | "summit"
            | "round"
            | "consultation"
            | "remain"
            | "speak"
            | "host"
    )
}

/// "the road between A and B": neither end is the place, both tell it.
fn between(reading: &Reading, hits: &mut Vec<PlaceHit>) {
    let mut at = 1;
    while at < hits.len() {
        let (first, second) = (&hits[at - 1], &hits[at]);
        let before = (0..first.tokens.start)
            .rev()
            .find(|index| reading.token(*index).is_some_and(|token| token.tag != Tag::Det));
        let joined = (first.tokens.end..second.tokens.start)
            .filter(|index| reading.token(*index).is_some_and(|token| token.tag != Tag::Det));
        let is_pair = before.is_some_and(|index| reading.lower(index) == "between")
            && joined.map(|index| reading.lower(index)).eq(["and"])
            && [first.role, second.role] == [PlaceRole::Event; 2];
        if !is_pair {
            at += 1;
            continue;
        }
        let second = hits.remove(at);
        let first = &mut hits[at - 1];
        first.name = format!("{} and {}", first.name, second.name);
        first.name_tokens = first.name_tokens.start..second.name_tokens.end;
        first.tokens = first.tokens.start..second.tokens.end;
        first.kind.clear();
        first.relation = PlaceRelation::Between;
        first.because.words = format!("\"between {}\" says where", first.name);
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// "Northwest Syria": a word for a part of what follows it, whatever hamlet bears it as a name.
fn is_bearing(reading: &Reading, lexicon: &Lexicon, tokens: &Range<usize>) -> bool {
    let word = lexicon.place_words.get(reading.lower(tokens.start));
    let named = reading
        .token(tokens.end)
        .is_some_and(|next| matches!(next.shape, Shape::Capitalised | Shape::AllCaps));
    tokens.len() == 1
        && named
        && word.is_some_and(|word| word.starts_with("part:") || word.starts_with("bearing:"))
}

/// A gazetteer name inside a longer name of an actor ("Damascus Declaration", "al-Assad") is not a place.
fn part_of_longer_name(reading: &Reading, tokens: &Range<usize>) -> bool {
    reading.actors.iter().any(|actor| {
        let inside = actor.tokens.start <= tokens.start && tokens.end <= actor.tokens.end;
        inside && actor.tokens.len() > tokens.len() && actor.form != HitForm::Descriptor
    })
}

fn stands_as_place(reading: &Reading, lexicon: &Lexicon, tokens: &Range<usize>) -> bool {
    let kind_after = kind_word(reading, lexicon, tokens.end).is_some();
    let kind_before = kind_before(reading, lexicon, tokens.start).is_some();
    let locative = preposition_before(reading, lexicon, tokens.start).is_some_and(|(_, word)| {
        matches!(
            word.as_str(),
            "in" | "near" | "at" | "outside" | "inside" | "around"
        )
    });
    kind_after || kind_before || locative
}

fn place(reading: &Reading, lexicon: &Lexicon, name_tokens: Range<usize>, entry: String) -> Option<PlaceHit> {
    let mut tokens = name_tokens.clone();
    let mut kind = String::new();
    if let Some(word) = kind_word(reading, lexicon, tokens.end) {
        kind = word;
        tokens.end += 1;
    } else if let Some((start, word)) = kind_before(reading, lexicon, tokens.start) {
        kind = word;
        tokens.start = start;
    }
    let name = reading.words(&name_tokens);
    let (role, why) = role(reading, lexicon, &name_tokens, &tokens, &kind);
    let relation = relation(reading, lexicon, &tokens);
    let because = Because::new("place-role", why)
        .entry(entry)
        .span(reading.span(&name_tokens));
    Some(PlaceHit {
        tokens,
        name_tokens,
        name,
        kind,
        role,
        relation,
        because,
    })
}

/// "town", "province" right after the name.
fn kind_word(reading: &Reading, lexicon: &Lexicon, at: usize) -> Option<String> {
    let token = reading.token(at)?;
    let lemma = token.lemma.to_lowercase();
    let known = |word: &str| lexicon.place_words.get(word).is_some_and(|kind| kind == "kind");
    known(&token.lower)
        .then(|| token.lower.clone())
        .or_else(|| known(&lemma).then_some(lemma))
}

/// "the town of" right before the name: where it starts, and the kind.
fn kind_before(reading: &Reading, lexicon: &Lexicon, start: usize) -> Option<(usize, String)> {
    let of = start
        .checked_sub(1)
        .filter(|index| matches!(reading.lower(*index), "of" | "called" | "'s"));
    let at = of.map_or(start.checked_sub(1)?, |of| of.saturating_sub(1));
    let word = kind_word(reading, lexicon, at)?;
    (at < start).then_some((at, word))
}

/// The preposition that governs a name: its index and word. Articles, adjectives and nationalities may stand
/// between.
fn preposition_before(reading: &Reading, lexicon: &Lexicon, start: usize) -> Option<(usize, String)> {
    let mut at = start;
    for _ in 0..8 {
        at = at.checked_sub(1)?;
        let token = reading.token(at)?;
        if let Some(kind) = lexicon.place_words.get(&token.lower)
            && (kind == "preposition" || kind == "near")
        {
            return Some((at, token.lower.clone()));
        }
        let passes = matches!(
            token.tag,
            Tag::Det | Tag::Adj | Tag::Num | Tag::Noun | Tag::Propn | Tag::X
        ) || matches!(token.text.as_str(), "-" | "'s" | "and" | ",")
            || matches!(
                token.lower.as_str(),
                "of" | "held" | "backed" | "controlled" | "besieged"
            );
        if !passes {
            return None;
        }
    }
    None
}

fn role(
    reading: &Reading,
    lexicon: &Lexicon,
    name: &Range<usize>,
    tokens: &Range<usize>,
    kind: &str,
) -> (PlaceRole, String) {
    let words = reading.words(name);
    let actor = reading
        .actors
        .iter()
        .find(|actor| actor.tokens.start <= name.start && name.end <= actor.tokens.end);
    if let Some(actor) =
        actor.filter(|actor| actor.form == HitForm::Descriptor || actor.tokens.len() > name.len())
    {
        return (
            PlaceRole::ActorName,
            format!("\"{words}\" is part of \"{}\"", actor.label),
        );
    }
    let possessive = reading.lower(name.end) == "'s" || reading.lower(name.end) == "\u{2019}s";
    let state = lexicon.states.contains(&words.to_lowercase());
    let governed = preposition_before(reading, lexicon, tokens.start);
    let locative = governed.as_ref().map(|(_, word)| word.as_str());
    if state
        && !is_struck(reading, lexicon, tokens)
        && (possessive
            || !matches!(
                locative,
                Some(
                    "in" | "at"
                        | "near"
                        | "inside"
                        | "outside"
                        | "across"
                        | "throughout"
                        | "around"
                        | "from"
                        | "to"
                        | "into"
                        | "over"
                )
            ))
    {
        return (
            PlaceRole::Metonym,
            format!("\"{words}\" stands for those who govern from it"),
        );
    }
    if reading.lower(name.end) == "-" {
        return (PlaceRole::ActorName, format!("\"{words}\" is part of a compound"));
    }
    let Some((_, word)) = governed else {
        if let Some(class) =
            class_before(reading, lexicon, tokens.start).filter(|_| is_led_up_to(reading, lexicon, tokens))
        {
            return match class {
                ActClass::Process => (PlaceRole::Seat, format!("\"{words}\" says where it is held")),
                _ => (PlaceRole::Event, format!("\"{words}\" says where it happened")),
            };
        }
        if !reading.proposals.is_empty() {
            return (
                PlaceRole::Topic,
                format!("\"{words}\" is part of what a proposal is about"),
            );
        }
        if !kind.is_empty() {
            return (PlaceRole::Event, format!("\"{words}\" is called a {kind}"));
        }
        return (
            PlaceRole::Unknown,
            format!("nothing says what \"{words}\" does here"),
        );
    };
    if let Some(class) = class_before(reading, lexicon, tokens.start) {
        return match class {
            ActClass::Process => (PlaceRole::Seat, format!("something is held \"{word} {words}\"")),
            _ => (PlaceRole::Event, format!("\"{word} {words}\" says where")),
        };
    }
    if word == "from" {
        return (
            PlaceRole::ActorName,
            format!("\"{words}\" tells where somebody comes from"),
        );
    }
    said_or_done(reading, tokens, &word, &words)
}

/// "Shells hit Damascus": right behind a verb of force a capital is a town and no government.
fn is_struck(reading: &Reading, lexicon: &Lexicon, tokens: &Range<usize>) -> bool {
    let verbs = lexicon.trigger_verbs.find(&reading.pieces, true).into_iter();
    verbs
        .filter(|hit| hit.tokens.end == tokens.start && reading.is_verb(hit.tokens.start))
        .any(|hit| lexicon.triggers[hit.value].act.class == ActClass::Force)
}

/// A place without an act before it: where something is said, or where something happens.
fn said_or_done(reading: &Reading, tokens: &Range<usize>, word: &str, words: &str) -> (PlaceRole, String) {
    let seat_before = (tokens.start.saturating_sub(6)..tokens.start).any(|index| {
        reading
            .token(index)
            .is_some_and(|token| is_of_speech(&token.lemma))
    });
    if seat_before {
        return (
            PlaceRole::Seat,
            format!("something is said or held \"{word} {words}\""),
        );
    }
    (PlaceRole::Event, format!("\"{word} {words}\" says where"))
}

/// "the market of X", "10 km north of X", "a bomb shook X": a name that the words before it lead up to.
fn is_led_up_to(reading: &Reading, lexicon: &Lexicon, tokens: &Range<usize>) -> bool {
    let Some(before) = tokens.start.checked_sub(1) else {
        return false;
    };
    let of = reading.lower(before) == "of";
    let verb = reading.token(before).is_some_and(|token| token.tag == Tag::Verb);
    of || verb || relation(reading, lexicon, tokens) != PlaceRelation::At
}

/// The class of the act named last before a place, in its sentence.
fn class_before(reading: &Reading, lexicon: &Lexicon, at: usize) -> Option<ActClass> {
    let nouns = lexicon.trigger_nouns.find(&reading.pieces, false);
    let verbs = lexicon
        .trigger_verbs
        .find(&reading.pieces, true)
        .into_iter()
        .filter(|hit| reading.is_verb(hit.tokens.start));
    let last = nouns
        .into_iter()
        .chain(verbs)
        .filter(|hit| hit.tokens.end <= at)
        .max_by_key(|hit| hit.tokens.end)?;
    let class = lexicon.triggers[last.value].act.class;
    (class.is_incident() || class == ActClass::Process).then_some(class)
}

/// "10 km north of X", "near X", "northern X", "the border with X".
fn relation(reading: &Reading, lexicon: &Lexicon, tokens: &Range<usize>) -> PlaceRelation {
    let start = tokens.start;
    let before = |back: usize| start.checked_sub(back).map_or("", |index| reading.lower(index));
    let word = |text: &str| {
        lexicon
            .place_words
            .get(text)
            .map(String::as_str)
            .unwrap_or_default()
    };
    // Articles between the preposition and the name do not matter here.
    let skip = usize::from(matches!(before(1), "the" | "a"));
    let near = |back: usize| before(back + skip);
    if near(1) == "of" || near(1) == "from" {
        if let Some(bearing) = word(near(2))
            .strip_prefix("bearing:")
            .and_then(|b| b.parse::<f64>().ok())
        {
            let distance = distance_before(reading, start.saturating_sub(2 + skip));
            return match distance {
                Some(distance) => PlaceRelation::Offset {
                    distance,
                    bearing: Some(bearing),
                },
                None if matches!(near(3), "the") => PlaceRelation::Part {
                    bearing: Some(bearing),
                },
                None => PlaceRelation::Near,
            };
        }
        if let Some(distance) = distance_before(reading, start.saturating_sub(1 + skip)) {
            return PlaceRelation::Offset {
                distance,
                bearing: None,
            };
        }
        if matches!(near(2), "outskirts" | "edge" | "edges" | "vicinity") {
            return PlaceRelation::Near;
        }
    }
    if let Some(part) = word(near(1))
        .strip_prefix("part:")
        .and_then(|b| b.parse::<f64>().ok())
    {
        return PlaceRelation::Part {
            bearing: (part >= 0.0).then_some(part),
        };
    }
    if near(1) == "with" && near(2) == "border" || reading.lower(tokens.end) == "border" {
        return PlaceRelation::Border;
    }
    if word(near(1)) == "near" || (near(1) == "to" && matches!(near(2), "close" | "next")) {
        return PlaceRelation::Near;
    }
    PlaceRelation::At
}

/// "10 km", "six miles" right before a token.
fn distance_before(reading: &Reading, end: usize) -> Option<Metres> {
    let unit = end.checked_sub(1).map(|index| reading.lower(index))?;
    // Metres in one unit: SI and the international mile.
    let metres = match unit {
        "km" | "kilometres" | "kilometers" | "kilometre" | "kilometer" | "kms" => 1_000.0,
        "mile" | "miles" | "mi" => 1_609.344,
        "metres" | "meters" | "m" => 1.0,
        _ => return None,
    };
    let quantity = reading
        .quantities
        .iter()
        .find(|quantity| quantity.tokens.end + 1 == end);
    let written = end
        .checked_sub(2)
        .and_then(|index| reading.lower(index).parse::<f64>().ok());
    let number = quantity.map(|quantity| quantity.low as f64).or(written)?;
    Some(Metres(number * metres))
}
