//! Words that point elsewhere: "there", "the attack", "he", "the two leaders". Resolved only when the text
//! decides; a wrong referent is worse than none.

use crate::lexicon::Lexicon;
use crate::names::{self, HitForm};
use crate::reading::Reading;
use crate::together;
use model::{ArtefactKind, Because, Claim, Document, PlaceRole, Reference, Resolution};
use std::ops::Range;

/// A pointing word in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Pointer {
    pub(crate) tokens: Range<usize>,
    /// `act`, `place`, `place-kind`, `person`, `body`, `group`.
    pub(crate) to: String,
}

/// The pointing words of a sentence.
pub(crate) fn pointers(reading: &Reading, lexicon: &Lexicon) -> Vec<Pointer> {
    lexicon
        .references
        .find(&reading.pieces, false)
        .into_iter()
        .filter(|hit| match hit.value.as_str() {
            // "there is", "there were" point nowhere; "the town of X" says where itself.
            "place" => !matches!(
                reading.lower(hit.tokens.end),
                "is" | "are" | "was" | "were" | "has" | "have" | "had" | "will" | "'s"
            ),
            // "blamed the attack on X"
            "act" if blames(reading, &hit.tokens) => true,
            "place-kind" | "act" => !matches!(
                reading.lower(hit.tokens.end),
                "of" | "on" | "in" | "by" | "against"
            ),
            "body" => hit.tokens.start <= 1,
            _ => true,
        })
        .map(|hit| Pointer {
            tokens: hit.tokens,
            to: hit.value,
        })
        .collect()
}

fn blames(reading: &Reading, tokens: &Range<usize>) -> bool {
    let before = tokens.start.saturating_sub(3)..tokens.start;
    before.into_iter().any(|index| {
        reading
            .token(index)
            .is_some_and(|token| token.lemma.eq_ignore_ascii_case("blame"))
    })
}

/// Whether the page is damaged in a way that breaks the order of its paragraphs: then nothing is resolved
/// across passages.
pub(crate) fn is_shuffled(document: &Document) -> bool {
    document.artefacts.iter().any(|artefact| {
        matches!(
            artefact.kind,
            ArtefactKind::SpunWord
                | ArtefactKind::LostDate
                | ArtefactKind::GluedCaption
                | ArtefactKind::LostAntecedent
                | ArtefactKind::BrokenQuantity
        )
    })
}

/// Resolves a pointing word of sentence `at`.
pub(crate) fn resolve(
    pointer: &Pointer,
    lexicon: &Lexicon,
    at: usize,
    readings: &[Reading],
    shuffled: bool,
) -> (Resolution<String>, Because) {
    let reading = &readings[at];
    let words = reading.words(&pointer.tokens);
    let span = reading.span(&pointer.tokens);
    // Nearest first: earlier in the sentence, then back through the passage; across passages only as candidates
    // or, on an undamaged page, when nothing else fits.
    let near: Vec<usize> = (0..at)
        .rev()
        .take_while(|index| readings[*index].passage_index == reading.passage_index)
        .take(3)
        .collect();
    let found = |sources: &[usize]| -> Vec<String> { collect(pointer, reading, readings, sources) };
    // "X said that he hopes": the one person named before in the sentence.
    if pointer.to == "person" {
        let before: Vec<&str> = reading
            .actors
            .iter()
            .filter(|hit| hit.tokens.end <= pointer.tokens.start && names::is_person(hit, reading))
            .map(|hit| hit.label.as_str())
            .collect();
        if let [one] = before.as_slice() {
            let why = format!("\"{words}\" means \"{one}\", the one person named before it in the sentence");
            return (
                Resolution::Resolved((*one).to_owned()),
                Because::new("same-sentence", why).span(span),
            );
        }
    }
    if pointer.to == "place" {
        return place(pointer, lexicon, at, readings, &near, shuffled);
    }
    if let Some(wanted) = pointer.to.strip_prefix("group") {
        return group(pointer, wanted, at, readings, &near, shuffled);
    }
    let close = found(&near);
    let mut far_sources: Vec<usize> = (0..at)
        .rev()
        .filter(|index| !near.contains(index))
        .take(12)
        .collect();
    far_sources.extend((at + 1..readings.len()).take(6));
    let far = found(&far_sources);
    let resolved = match (close.as_slice(), pointer.to.as_str()) {
        ([one], "person") if far.is_empty() || !shuffled => Some(one.clone()),
        ([one], "person") => Some(one.clone()),
        ([one], "place-kind") => Some(one.clone()),
        ([], "place-kind") if far.len() == 1 => Some(far[0].clone()),
        ([], "person") if !shuffled && far.len() == 1 => Some(far[0].clone()),
        _ => None,
    };
    if let Some(name) = resolved {
        let why = format!("\"{words}\" can only mean \"{name}\" here");
        return (
            Resolution::Resolved(name),
            Because::new("only-candidate", why).span(span),
        );
    }
    let mut all = close;
    for name in far {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.truncate(CANDIDATES_MAX);
    let why = if all.is_empty() {
        format!("nothing on the page tells what \"{words}\" means")
    } else {
        format!(
            "\"{words}\" could mean {}; the text does not decide",
            all.iter()
                .map(|name| format!("\"{name}\""))
                .collect::<Vec<_>>()
                .join(" or ")
        )
    };
    let to = if all.is_empty() {
        Resolution::Unresolved
    } else {
        Resolution::Candidates(all)
    };
    (to, Because::new("not-decided", why).span(span))
}

/// "the two leaders", "both sides", "the three guarantors": the one list of as many, of that kind.
fn group(
    pointer: &Pointer,
    wanted: &str,
    at: usize,
    readings: &[Reading],
    near: &[usize],
    shuffled: bool,
) -> (Resolution<String>, Because) {
    let reading = &readings[at];
    let words = reading.words(&pointer.tokens);
    let span = reading.span(&pointer.tokens);
    let mut parts = wanted.split_whitespace();
    let (number, kind) = (parts.next().unwrap_or("-"), parts.next().unwrap_or("-"));
    let number: Option<usize> = number.parse().ok();
    let fits = |other: &Reading, list: &[usize]| {
        let all =
            |test: &dyn Fn(&names::ActorHit) -> bool| list.iter().all(|actor| test(&other.actors[*actor]));
        number.is_none_or(|number| list.len() == number)
            && match kind {
                "person" => all(&|hit| names::is_person(hit, other) || hit.kind == "person"),
                "state" => all(&|hit| hit.kind == "state"),
                "side" => all(&|hit| hit.kind != "person" && hit.form != HitForm::Stranger),
                _ => true,
            }
    };
    // Lists of the same actors are one group, under the name it was first told by.
    let mut groups: Vec<(Vec<String>, String, bool)> = Vec::new();
    let order = near
        .iter()
        .copied()
        .chain((0..readings.len()).filter(|index| *index != at && !near.contains(index)));
    for index in order {
        let other = &readings[index];
        for actor in 0..other.actors.len() {
            let list = other.listed_with(actor);
            if list.len() < 2 || list[0] != actor || !fits(other, &list) {
                continue;
            }
            let hits: Vec<&names::ActorHit> = list.iter().map(|actor| &other.actors[*actor]).collect();
            let mut key: Vec<String> = hits
                .iter()
                .map(|hit| {
                    hit.actor
                        .resolved()
                        .map_or_else(|| hit.label.to_lowercase(), |id| id.as_str().to_owned())
                })
                .collect();
            key.sort();
            let labels: Vec<&str> = hits.iter().map(|hit| hit.label.as_str()).collect();
            if !groups.iter().any(|(known, _, _)| *known == key) {
                groups.push((key, labels.join(", "), near.contains(&index)));
            }
        }
    }
    let close: Vec<&(Vec<String>, String, bool)> = groups.iter().filter(|group| group.2).collect();
    let chosen = match (close.as_slice(), groups.as_slice()) {
        ([one], _) if !shuffled || groups.len() == 1 => Some(&one.1),
        ([], [one]) if number.is_some() => Some(&one.1),
        _ => None,
    };
    if let Some(labels) = chosen {
        let why = format!(
            "\"{words}\" can only mean \"{labels}\": no other such list stands near it or on the page"
        );
        return (
            Resolution::Resolved(labels.clone()),
            Because::new("only-group", why).span(span),
        );
    }
    let names: Vec<String> = groups
        .into_iter()
        .map(|group| group.1)
        .take(CANDIDATES_MAX)
        .collect();
    if names.is_empty() {
        let why = format!("nothing on the page tells whom \"{words}\" means");
        return (
            Resolution::Unresolved,
            Because::new("not-decided", why).span(span),
        );
    }
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    let why = format!(
        "\"{words}\" could mean {}; the text does not decide",
        quoted.join(" or ")
    );
    (
        Resolution::Candidates(names),
        Because::new("not-decided", why).span(span),
    )
}

/// Whether a word of the sentence names something that happens to a place.
fn tells_of_an_incident(reading: &Reading, lexicon: &Lexicon) -> bool {
    let nouns = lexicon.trigger_nouns.find(&reading.pieces, false);
    let mut named = nouns.iter().map(|hit| lexicon.triggers[hit.value].act.class);
    named.any(model::ActClass::is_incident)
}

/// "there", "on it": the one place told of shortly before. A seat of talks or a topic never decides, and with
/// one of them beside it no other place does.
fn place(
    pointer: &Pointer,
    lexicon: &Lexicon,
    at: usize,
    readings: &[Reading],
    near: &[usize],
    shuffled: bool,
) -> (Resolution<String>, Because) {
    let reading = &readings[at];
    let words = reading.words(&pointer.tokens);
    let span = reading.span(&pointer.tokens);
    let mut firm: Vec<String> = Vec::new();
    let mut loose: Vec<String> = Vec::new();
    let mut add = |hit: &crate::spots::PlaceHit, happens: bool| {
        let list = match hit.role {
            PlaceRole::Event => &mut firm,
            PlaceRole::Unknown if happens => &mut firm,
            PlaceRole::Unknown | PlaceRole::Seat | PlaceRole::Topic => &mut loose,
            _ => return,
        };
        if !hit.name.is_empty() && !list.contains(&hit.name) {
            list.push(hit.name.clone());
        }
    };
    for hit in reading
        .places
        .iter()
        .filter(|hit| hit.tokens.end <= pointer.tokens.start)
    {
        add(hit, false);
    }
    for other in near.iter().map(|index| &readings[*index]) {
        let happens = tells_of_an_incident(other, lexicon);
        other.places.iter().for_each(|hit| add(hit, happens));
    }
    if let ([one], []) = (firm.as_slice(), loose.as_slice()) {
        let why = format!("\"{words}\" can only mean \"{one}\" here");
        return (
            Resolution::Resolved(one.clone()),
            Because::new("only-candidate", why).span(span),
        );
    }
    let far = (0..readings.len()).filter(|index| *index != at && !near.contains(index));
    let far = far
        .flat_map(|index| &readings[index].places)
        .filter(|hit| hit.role == PlaceRole::Event);
    for hit in far.filter(|_| shuffled || firm.is_empty()).collect::<Vec<_>>() {
        if !hit.name.is_empty() && !firm.contains(&hit.name) {
            firm.push(hit.name.clone());
        }
    }
    firm.extend(
        loose
            .into_iter()
            .filter(|name| !firm.contains(name))
            .collect::<Vec<_>>(),
    );
    firm.truncate(CANDIDATES_MAX);
    let why = match firm.as_slice() {
        [] => format!("nothing on the page tells what \"{words}\" means"),
        names => {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            format!(
                "\"{words}\" could mean {}; the text does not decide",
                names.join(" or ")
            )
        }
    };
    let to = if firm.is_empty() {
        Resolution::Unresolved
    } else {
        Resolution::Candidates(firm)
    };
    (to, Because::new("not-decided", why).span(span))
}

/// Most candidates shown for one reference: enough to choose from, few enough to read.
const CANDIDATES_MAX: usize = 5;

fn collect(pointer: &Pointer, own: &Reading, readings: &[Reading], sources: &[usize]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: String| {
        if !names.contains(&name) {
            names.push(name);
        }
    };
    match pointer.to.as_str() {
        "person" => {
            for reading in sources.iter().map(|index| &readings[*index]) {
                for hit in &reading.actors {
                    let person = names::is_person(hit, reading)
                        && (hit.form == HitForm::Name || reads_as_speaker(hit.tokens.end, reading));
                    if person {
                        add(hit.label.clone());
                    }
                }
            }
        }
        "place-kind" => {
            let kind = own.words(&pointer.tokens).to_lowercase();
            let kind = kind.trim_start_matches("the ").to_owned();
            for reading in sources.iter().map(|index| &readings[*index]) {
                for place in &reading.places {
                    if place.kind == kind && place.role == PlaceRole::Event {
                        add(place.name.clone());
                    }
                }
            }
        }
        _ => {}
    }
    names
}

/// A stranger counts as a person only where it does what people do: a verb follows close by.
fn reads_as_speaker(end: usize, reading: &Reading) -> bool {
    (end..end + 3).any(|index| {
        reading
            .token(index)
            .is_some_and(|token| token.tag == language::Tag::Verb)
    }) || end >= 2
        && reading
            .token(end.saturating_sub(2))
            .is_some_and(|token| token.tag == language::Tag::Verb)
}

/// Points "the attack" at the claims it can mean, once all claims of the page are made.
pub(crate) fn link_acts(
    claims: &mut Vec<Claim>,
    pointers: &[(usize, Reference, usize)],
    lexicon: &Lexicon,
    shuffled: bool,
) {
    // (claim index, reference, passage index of the reference)
    let passages: Vec<String> = claims
        .iter()
        .map(|claim| claim.passage.as_str().to_owned())
        .collect();
    let mut chosen_acts: Vec<(usize, usize)> = Vec::new();
    for (index, reference, _) in pointers {
        let own = &claims[*index];
        let fits = |claim: &Claim| {
            claim.act.class == model::ActClass::Force
                && claim.id != own.id
                && claim.span != own.span
                && claim.modality.is_actual()
                && !claim.series
                && act_fits(&reference.words, claim.act.id.as_str(), lexicon)
        };
        let same_passage: Vec<usize> = (0..claims.len())
            .filter(|other| {
                fits(&claims[*other])
                    && passages[*other] == passages[*index]
                    && claims[*other].span.end <= own.span.start
            })
            .collect();
        let speaker = |claim: &Claim| {
            claim
                .source()
                .map(|link| (link.label.clone(), link.actor.clone()))
        };
        // The same source goes on about the same act in a passage next to it.
        let same_source: Vec<usize> = (0..claims.len())
            .filter(|other| {
                fits(&claims[*other]) && claims[*other].source().is_some_and(|link| link.span.is_some())
            })
            .filter(|other| {
                let (a, b) = (speaker(&claims[*other]), speaker(own));
                match (a, b) {
                    (Some((label_a, actor_a)), Some((label_b, actor_b))) => {
                        (actor_a.resolved().is_some() && actor_a == actor_b) || label_a == label_b
                    }
                    _ => false,
                }
            })
            .filter(|other| {
                !claims[*other].background
                    && claims[*other].span.start.abs_diff(own.span.start) < NEIGHBOUR_BYTES
            })
            // Where the order is broken, a sentence that points itself does not tell what another points at.
            .filter(|other| {
                let points =
                    |(index, _, _): &(usize, Reference, usize)| claims[*index].span == claims[*other].span;
                !shuffled || !pointers.iter().any(points)
            })
            .collect();
        let anywhere: Vec<usize> = (0..claims.len()).filter(|other| fits(&claims[*other])).collect();
        let chosen = match (same_passage.last(), same_source.first(), anywhere.as_slice()) {
            (Some(claim), _, _) => Some(*claim),
            (None, Some(claim), _) => Some(*claim),
            (None, None, [one]) if !shuffled && !claims[*one].background => Some(*one),
            _ => None,
        };
        let mut reference = reference.clone();
        match chosen {
            Some(claim) => {
                chosen_acts.push((*index, claim));
                reference.claim = Some(claims[claim].id.clone());
                let label = claims[claim].quote.clone();
                reference.because = Because::new(
                    "act-referred-to",
                    format!(
                        "\"{}\" means the {} told in \"{}\"",
                        reference.words,
                        claims[claim].act.id,
                        shorten(&label)
                    ),
                )
                .span(reference.span);
                reference.to = Resolution::Resolved(label);
            }
            None => {
                let labels: Vec<String> = anywhere
                    .iter()
                    .map(|claim| claims[*claim].quote.clone())
                    .take(CANDIDATES_MAX)
                    .collect();
                let why = format!(
                    "\"{}\" could mean {} acts told on the page; the text does not decide",
                    reference.words,
                    labels.len()
                );
                reference.because = Because::new("not-decided", why).span(reference.span);
                reference.to = if labels.is_empty() {
                    Resolution::Unresolved
                } else {
                    Resolution::Candidates(labels)
                };
            }
        }
        claims[*index].references.push(reference);
    }
    let mut charges: Vec<Claim> = Vec::new();
    for (index, act) in chosen_acts {
        let act = claims[act].clone();
        together::take_over(&mut claims[index], &act, lexicon);
        charges.extend(together::charge(&claims[index], &act));
    }
    claims.extend(charges);
}

/// How far apart two passages of one source may stand and still tell of one act, in bytes: about two
/// paragraphs.
const NEIGHBOUR_BYTES: usize = 900;

fn act_fits(words: &str, act: &str, lexicon: &Lexicon) -> bool {
    let word = words.to_lowercase();
    let word = word.trim_start_matches("the ").trim_start_matches("this ");
    match word {
        "attack" | "incident" | "assault" | "offensive" | "killing" | "bomb attack" | "ambush" => {
            lexicon.is_a(act, "attack")
        }
        "blast" | "explosion" | "bombing" | "bomb" | "car bomb" => {
            lexicon.is_a(act, "explosion") || act == "suicide-attack"
        }
        "strike" | "raid" => lexicon.is_a(act, "air-strike") || act == "missile-strike",
        "shelling" => lexicon.is_a(act, "shelling"),
        "clashes" | "fighting" => act == "armed-clash",
        _ => false,
    }
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(80).collect();
    if short.len() < text.len() {
        short.push('\u{2026}');
    }
    short
}
