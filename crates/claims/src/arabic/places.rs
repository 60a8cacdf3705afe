//! Where, in Arabic: names of the gazetteer that stand as places do, and names that it does not know behind a word for a
//! kind of place.

use super::Sentence;
use super::data::Class;
use model::{Because, PlaceMention, PlaceRelation, PlaceRole};
use std::ops::Range;

/// A place and the words of its name.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) words: Range<usize>,
    pub(crate) mention: PlaceMention,
    /// Its word of kind tells of several: "the villages of X and Y".
    several: bool,
}

/// What leads up to a name.
#[derive(Default)]
struct Lead {
    start: usize,
    kind: String,
    near: bool,
    bearing: bool,
    /// It follows another place in a list, whose word of kind may tell of several.
    listed: bool,
    several: bool,
    border: bool,
    between: bool,
    /// It stands as a place does.
    seen: bool,
    /// Where people come from, not where it happened.
    origin: bool,
}

/// Fewest letters of a name behind a word of kind that the gazetteer does not know.
const STRANGER_LETTERS_MIN: usize = 3;

/// Finds the places of a sentence. `taken` are words of actors, speakers and acts.
pub(crate) fn find(sentence: &Sentence, taken: &[Range<usize>]) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        if taken.iter().any(|words| words.contains(&at)) {
            at += 1;
            continue;
        }
        let lead = lead(sentence, at, hits.last());
        let mut lead = lead;
        if lead.bearing && lead.kind.is_empty() {
            // "X west of Y": what is meant is the countryside of Y, which is wider than the town and holds it.
            "ريف".clone_into(&mut lead.kind);
        }
        // People flee from where it happened.
        lead.origin &= !sentence
            .acts
            .iter()
            .any(|act| act.named.act.id.as_str() == "displacement");
        let name = listed(sentence, at, &lead)
            .map(|(words, skipped)| (words, skipped, true))
            .or_else(|| {
                let words = stranger(sentence, at, &lead, taken)?;
                // "and" before a further name is attached to it.
                let joined = lead.listed && sentence.has_front(at, 'و');
                Some((words, if joined { 'و'.len_utf8() } else { 0 }, false))
            });
        let Some((words, skipped, listed)) = name else {
            at += 1;
            continue;
        };
        at = words.end;
        hits.push(place(sentence, words, skipped, listed, &lead));
    }
    between(sentence, &mut hits);
    // "#Y … in the village of X": Y tells in which countryside X lies.
    if hits
        .iter()
        .any(|hit| SETTLED.contains(&hit.mention.kind.as_str()))
    {
        for hit in hits.iter_mut().filter(|hit| hit.mention.kind.is_empty()) {
            "ريف".clone_into(&mut hit.mention.kind);
        }
    }
    hits
}

/// "between X and Y": one place, told by both; with one end only it is near that.
fn between(sentence: &Sentence, hits: &mut Vec<Hit>) {
    let is_end = |hit: &Hit| hit.mention.relation == PlaceRelation::Between;
    let mut at = 0;
    while at < hits.len() {
        let pair = hits.get(at + 1).filter(|next| is_end(&hits[at]) && is_end(next));
        if let Some(last) = pair.map(|next| next.mention.clone()) {
            let end = hits.remove(at + 1).words.end;
            let hit = &mut hits[at];
            hit.words.end = end;
            hit.mention.name = format!("{} و{}", hit.mention.name, last.name);
            hit.mention.span = sentence.span(&hit.words);
            hit.mention.kind.clear();
        } else if is_end(&hits[at]) {
            hits[at].mention.relation = PlaceRelation::Near;
        }
        at += 1;
    }
}

/// Kinds of places that are one settlement or a part of one.
const SETTLED: [&str; 4] = ["قرية", "بلدة", "حي", "مخيم"];

/// Whether a name stands as a place does: behind "in", "the capital" and the like.
pub(crate) fn is_seen<T>(sentence: &Sentence, name: &super::words::Found<'_, T>) -> bool {
    let lead = lead(sentence, name.words.start, None);
    let front = sentence.words[name.words.start].plain();
    sentence
        .tables
        .places
        .at(&sentence.words, name.words.start)
        .is_some()
        && (lead.start < name.words.start || front.starts_with('ب') && name.skipped > 0)
}

fn place(sentence: &Sentence, words: Range<usize>, skipped: usize, listed: bool, lead: &Lead) -> Hit {
    let first = &sentence.words[words.start];
    let last = &sentence.words[words.end - 1];
    let bytes = first.bytes.start + skipped..last.bytes.end;
    let name = sentence
        .passage
        .text
        .get(bytes.clone())
        .unwrap_or_default()
        .replace('_', " ");
    let bearing = match sentence.class(words.end) {
        Some((Class::Bearing, degrees, _)) if sentence.has_front(words.end, 'ا') => degrees.parse().ok(),
        _ => None,
    };
    let relation = if lead.between {
        PlaceRelation::Between
    } else if lead.border {
        PlaceRelation::Border
    } else if lead.near {
        PlaceRelation::Near
    } else if bearing.is_some() {
        PlaceRelation::Part { bearing }
    } else {
        PlaceRelation::At
    };
    let role = if lead.origin {
        PlaceRole::Unknown
    } else {
        PlaceRole::Event
    };
    let span = sentence.passage.raw(bytes);
    let (entry, why) = match (lead.origin, listed) {
        (true, _) => ("gazetteer", format!("\"{name}\" tells where people come from")),
        (_, true) => ("gazetteer", format!("\"{name}\" says where it happened")),
        (_, false) => ("", format!("\"{name}\" is called a {}", lead.kind)),
    };
    Hit {
        mention: PlaceMention {
            name,
            kind: lead.kind.clone(),
            span,
            role,
            relation,
            because: vec![Because::new("place-role", why).entry(entry).span(span)],
        },
        several: lead.several,
        words,
    }
}

/// Reads backwards what leads up to a name: kinds, bearings, "near", "in".
fn lead(sentence: &Sentence, at: usize, before: Option<&Hit>) -> Lead {
    let mut lead = Lead {
        start: at,
        ..Lead::default()
    };
    lead.seen = sentence.words[at].tagged || sentence.has_front(at, 'ب');
    while let Some(previous) = lead.start.checked_sub(1) {
        if sentence.words[lead.start].parted {
            break;
        }
        let word = &sentence.words[previous];
        match sentence.class(previous) {
            Some((Class::Kind, kind, end)) if end == lead.start => {
                if lead.kind.is_empty() {
                    kind.clone_into(&mut lead.kind);
                    lead.several = !word.is(&super::words::fold(kind));
                }
            }
            Some((Class::Near, ..)) => lead.near = true,
            Some((Class::Border, ..)) => lead.border = true,
            Some((Class::Between, ..)) => lead.between = true,
            // "north of a town" is near it; "north of a province" lies in it, which its disc holds too.
            Some((Class::Bearing, ..)) => (lead.near, lead.bearing) = (true, true),
            Some((Class::At, ..)) => {}
            _ if word.plain() == "من" => {
                let near = previous.checked_sub(1).and_then(|at| sentence.class(at));
                if !matches!(near, Some((Class::Near | Class::Bearing, ..))) {
                    lead.origin = true;
                    break;
                }
            }
            _ if matches!(word.plain(), "ابنا" | "اهالي" | "سكان") => {
                lead.origin = true;
                break;
            }
            _ => break,
        }
        lead.seen = true;
        lead.start = previous;
        if sentence.has_front(previous, 'ب') && !matches!(sentence.class(previous), Some((Class::Near, ..)))
        {
            break;
        }
    }
    // "the towns of X and Y": what leads up to the first leads up to the second.
    let listed = before.filter(|hit| {
        hit.words.end == lead.start && (sentence.has_front(at, 'و') || sentence.words[at].parted)
    });
    if let Some(hit) = listed.filter(|_| lead.start == at) {
        lead.seen = true;
        lead.listed = true;
        lead.several = hit.several;
        lead.kind.clone_from(&hit.mention.kind);
        lead.near = hit.mention.relation == PlaceRelation::Near;
        lead.between = hit.mention.relation == PlaceRelation::Between;
        lead.origin = hit.mention.role != PlaceRole::Event;
    }
    // "shelling of X", "X … a raid": right behind an act, or first of all.
    lead.seen |= lead.start == 0 || sentence.acts.iter().any(|act| act.words.end == lead.start);
    lead
}

/// A name of the gazetteer that stands as a place does: its words, and the bytes attached to its front.
fn listed(sentence: &Sentence, at: usize, lead: &Lead) -> Option<(Range<usize>, usize)> {
    let found = sentence.tables.places.at(&sentence.words, at)?;
    if matches!(sentence.class(at), Some((Class::At, ..))) {
        return None;
    }
    let first = &sentence.words[at];
    let front = sentence
        .passage
        .text
        .get(first.bytes.start..first.bytes.start + found.skipped)?;
    let front = super::words::fold(front);
    let article = front.ends_with("ال") || front.ends_with("لل");
    let several = found.words.len() > 1;
    ((lead.seen || lead.origin || several) && (!article || !lead.kind.is_empty()))
        .then(|| (found.words.clone(), if article { 0 } else { found.skipped }))
}

/// A name that the gazetteer does not know, behind a word for a kind of place.
fn stranger(sentence: &Sentence, at: usize, lead: &Lead, taken: &[Range<usize>]) -> Option<Range<usize>> {
    let behind_kind = at
        .checked_sub(1)
        .is_some_and(|before| takes_name(sentence, before, at));
    let listed = lead.listed && lead.several && sentence.has_front(at, 'و');
    if !(behind_kind || listed) || sentence.words[at].parted || !is_name(sentence, at) {
        return None;
    }
    let head = matches!(sentence.class(at), Some((Class::NameHead, ..)));
    let next = at + 1;
    let more = sentence.words.get(next).is_some_and(|word| {
        let article = word.plain().starts_with("ال");
        let idafa = article && !sentence.words[at].plain().starts_with("ال");
        let free =
            !word.parted && is_name(sentence, next) && !taken.iter().any(|words| words.contains(&next));
        free && (head || idafa)
    });
    if head && !more {
        return None;
    }
    Some(at..next + usize::from(more))
}

/// Whether a word of kind is followed by a name: not with its article ("the village this morning"), and an area only
/// where its name says so ("a safer area").
fn takes_name(sentence: &Sentence, before: usize, at: usize) -> bool {
    let Some((Class::Kind, kind, _)) = sentence.class(before) else {
        return false;
    };
    let article = sentence.words[before].has_article();
    let wide = kind == "منطقة" && !sentence.words[at].plain().starts_with("ال");
    let head = matches!(sentence.class(at), Some((Class::NameHead, ..)));
    !article && (!wide || head)
}

/// "the village": the place that it points back to, when the sentence names none. `before` are the places named so far.
pub(crate) fn pointed(sentence: &Sentence, before: &[PlaceMention]) -> Option<PlaceMention> {
    let (at, kind) = (0..sentence.words.len()).find_map(|at| match sentence.class(at) {
        Some((Class::Kind, kind, _)) if sentence.words[at].has_article() => Some((at, kind)),
        _ => None,
    })?;
    let place = before.iter().rev().find(|place| place.kind == kind)?;
    let span = sentence.span(&(at..at + 1));
    let why = format!(
        "\"{}\" points back at {}",
        sentence.text_of(&(at..at + 1)),
        place.name
    );
    Some(PlaceMention {
        span,
        relation: PlaceRelation::At,
        role: PlaceRole::Event,
        because: vec![Because::new("place-points-back", why).span(span)],
        ..place.clone()
    })
}

/// Whether a word can be (part of) a name: no word that does something else in a sentence.
fn is_name(sentence: &Sentence, at: usize) -> bool {
    let words = &sentence.words;
    let Some(word) = words.get(at) else { return false };
    let tables = sentence.tables;
    let letters = word
        .plain()
        .chars()
        .filter(|c| super::words::is_arabic(*c))
        .count();
    let (head, known) = match sentence.class(at) {
        Some((Class::NameHead, ..)) => (true, false),
        class => (false, class.is_some()),
    };
    (head || letters >= STRANGER_LETTERS_MIN)
        && letters == word.plain().chars().count()
        && !known
        && tables.acts.at(words, at).is_none()
        && tables.harm.at(words, at).is_none()
        && tables.people.at(words, at).is_none()
        && tables.actors.at(words, at).is_none()
        && tables.numbers.at(words, at).is_none()
}
