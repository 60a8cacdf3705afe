//! Actors in a sentence: names from the data, descriptions of kinds, people the data does not know, and short
//! names that the page introduces before or after it uses them.

use crate::entities::EntityKind;
use crate::lexicon::{Alias, AliasForm, Lexicon};
use crate::phrase::Hit;
use crate::reading::Reading;
use language::{Shape, Tag};
use model::{ActorId, Because, Resolution};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// An actor as it stands in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct ActorHit {
    pub(crate) tokens: Range<usize>,
    /// The label as written.
    pub(crate) label: String,
    pub(crate) actor: Resolution<ActorId>,
    pub(crate) kind: String,
    pub(crate) form: HitForm,
    pub(crate) because: Because,
}

/// How the words stand for an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HitForm {
    /// A name from the data.
    Name,
    /// A nationality in front of another noun.
    Demonym,
    /// A description such as "militants".
    Descriptor,
    /// A capitalised name the data does not know.
    Stranger,
}

/// Names that the page itself teaches.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageNames {
    /// Short form (last name, acronym, head noun) to what it stands for on this page.
    short: BTreeMap<String, (Resolution<ActorId>, String, String)>,
    /// Full names of people on the page, in order.
    pub(crate) people: Vec<String>,
}

/// Finds names and descriptions.
pub(crate) fn find(reading: &Reading, lexicon: &Lexicon) -> Vec<ActorHit> {
    let mut hits = named(reading, lexicon);
    let disguised = crate::disguise::actors(reading, lexicon);
    if !disguised.is_empty() {
        hits.retain(|hit| !overlaps(&disguised, &hit.tokens));
        hits.extend(disguised);
    }
    for hit in lexicon.descriptors.find(&reading.pieces, false) {
        let after_name = hits
            .iter()
            .any(|other| other.tokens.end == hit.tokens.start && other.form == HitForm::Name);
        let verb = reading
            .token(hit.tokens.start)
            .is_some_and(|token| token.tag == Tag::Verb);
        // Right after a name even what the tagger takes for a verb belongs to it, when another verb follows.
        let verb_follows = (hit.tokens.end..hit.tokens.end + 3)
            .any(|index| reading.token(index).is_some_and(|token| token.tag == Tag::Verb));
        if overlaps(&hits, &hit.tokens) || verb && !(after_name && verb_follows) {
            continue;
        }
        // "rebel-held": part of a compound that describes a place.
        if reading.lower(hit.tokens.end) == "-"
            && matches!(
                reading.lower(hit.tokens.end + 1),
                "held" | "controlled" | "backed" | "run" | "led" | "dominated"
            )
        {
            continue;
        }
        // "Islamic State fighters", "the Observatory monitor": the name says who.
        if let Some(name) = hits
            .iter_mut()
            .find(|other| other.tokens.end == hit.tokens.start && other.form == HitForm::Name)
        {
            name.tokens.end = hit.tokens.end;
            name.label = reading.words(&name.tokens);
            continue;
        }
        let tokens = widen(reading, &hits, hit.tokens.clone());
        // A nationality or name in front belongs to the description: "Kurdish fighters".
        hits.retain(|other| !(tokens.start <= other.tokens.start && other.tokens.end <= tokens.end));
        let label = reading.words(&tokens);
        hits.push(ActorHit {
            because: Because::new(
                "descriptor",
                format!("\"{label}\" describes a kind of actor without naming one"),
            )
            .entry(format!(
                "actors/descriptors.tsv#{}",
                reading.words(&hit.tokens).to_lowercase()
            ))
            .span(reading.span(&tokens)),
            tokens,
            label,
            actor: Resolution::Unresolved,
            kind: hit.value.kind,
            form: HitForm::Descriptor,
        });
    }
    for tokens in strangers(reading) {
        if !overlaps(&hits, &tokens) {
            let label = reading.words(&tokens);
            hits.push(ActorHit {
                because: Because::new(
                    "capitalised-name",
                    format!("\"{label}\" is written as a name; the data does not know it"),
                )
                .span(reading.span(&tokens)),
                tokens,
                label,
                actor: Resolution::Unresolved,
                kind: String::new(),
                form: HitForm::Stranger,
            });
        }
    }
    hits.sort_by_key(|hit| hit.tokens.start);
    hits
}

/// Names and nationalities from the data.
fn named(reading: &Reading, lexicon: &Lexicon) -> Vec<ActorHit> {
    let mut by_place: BTreeMap<(usize, usize), Vec<Hit<Alias>>> = BTreeMap::new();
    for hit in lexicon.aliases.find(&reading.pieces, false) {
        if written_alike(reading, &hit) {
            by_place
                .entry((hit.tokens.start, hit.tokens.end))
                .or_default()
                .push(hit);
        }
    }
    let mut hits = Vec::new();
    for ((start, end), mut candidates) in by_place {
        let tokens = start..end;
        candidates.sort_by_key(|hit| (hit.value.form, hit.value.actor));
        candidates.dedup_by_key(|hit| hit.value.actor);
        let label = reading.words(&tokens);
        let first = &candidates[0].value;
        let demonym = candidates.iter().all(|hit| hit.value.form == AliasForm::Demonym);
        let ids: Vec<ActorId> = candidates
            .iter()
            .map(|hit| lexicon.actor_at(hit.value.actor).clone())
            .collect();
        let actor = match ids.as_slice() {
            [one] => Resolution::Resolved(one.clone()),
            _ => Resolution::Candidates(ids.clone()),
        };
        let names: Vec<&str> = ids.iter().map(ActorId::as_str).collect();
        hits.push(ActorHit {
            because: Because::new(
                "name-in-data",
                format!("\"{label}\" is a name of {}", names.join(" or ")),
            )
            .entry(format!("actors#{}", names.join("|")))
            .span(reading.span(&tokens)),
            tokens,
            label,
            actor,
            kind: lexicon.actors()[first.actor].kind.clone(),
            form: if demonym { HitForm::Demonym } else { HitForm::Name },
        });
    }
    hits
}

/// Capitals must agree with the data: "IS" is a name, "is" is a verb; a lower-case alias matches any case.
fn written_alike(reading: &Reading, hit: &Hit<Alias>) -> bool {
    let words = reading.words(&hit.tokens);
    let written = &hit.value.written;
    let all_caps =
        |text: &str| text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase);
    if all_caps(written) && written.chars().count() <= 6 {
        let page_shouts = reading
            .sentence
            .tokens
            .iter()
            .filter(|t| t.shape == Shape::Word)
            .count()
            == 0;
        return all_caps(&words) && !(page_shouts && written.chars().count() <= 2 && is_common_short(&words));
    }
    let capital = |text: &str| text.chars().any(char::is_uppercase);
    !capital(written) || capital(&words)
}

/// Short names that are also words when everything is in capitals.
fn is_common_short(words: &str) -> bool {
    matches!(words, "IS" | "US" | "UN" | "IT" | "AN")
}

/// Takes in what stands before a description: articles, numbers, adjectives, nationalities; after it, an
/// organisation it speaks for ("a spokesman for the ministry").
fn widen(reading: &Reading, hits: &[ActorHit], mut tokens: Range<usize>) -> Range<usize> {
    while tokens.start > 0 {
        let before = tokens.start - 1;
        let Some(token) = reading.token(before) else { break };
        let demonym = hits
            .iter()
            .any(|hit| hit.tokens.contains(&before) && hit.form == HitForm::Demonym);
        let hyphen = token.text == "-"
            || token.lower == "backed"
            || token.lower == "dominated"
            || token.lower == "led";
        let modifies = matches!(token.tag, Tag::Adj) || demonym || hyphen;
        let name_before_hyphen =
            reading.lower(before + 1) == "-" && matches!(token.tag, Tag::Propn | Tag::Noun);
        if !(modifies || name_before_hyphen) || token.text == "," {
            break;
        }
        tokens.start = before;
    }
    tokens
}

/// Runs of capitalised words that are not at the start of the sentence, or stand there as a subject.
fn strangers(reading: &Reading) -> Vec<Range<usize>> {
    let tokens = &reading.sentence.tokens;
    let proper = |index: usize| {
        tokens.get(index).is_some_and(|token| {
            let capital = matches!(token.shape, Shape::Capitalised | Shape::AllCaps);
            let tagged = match token.tag {
                Tag::Propn => true,
                Tag::X => index > 0 || token.text.chars().count() > 3,
                _ => false,
            };
            capital && tagged && !is_calendar(&token.lower)
        })
    };
    let mut runs = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !proper(at) {
            at += 1;
            continue;
        }
        let start = at;
        while proper(at)
            || (matches!(
                reading.lower(at),
                "al" | "-" | "de" | "bin" | "abu" | "ibn" | "el" | "van" | "von"
            ) && proper(at + 1))
        {
            at += 1;
        }
        runs.push(start..at);
    }
    runs
}

fn is_calendar(word: &str) -> bool {
    const WORDS: [&str; 26] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sat",
        "sun",
        "mon",
    ];
    WORDS.contains(&word)
}

/// Says what the strangers are, where the labeller of mentions can tell.
pub(crate) fn tell_strangers(reading: &mut Reading) {
    for index in 0..reading.actors.len() {
        let hit = &reading.actors[index];
        if hit.form != HitForm::Stranger {
            continue;
        }
        let last = hit.tokens.end - 1;
        let before = reading
            .entities
            .partition_point(|entity| entity.tokens.start <= last);
        let mention = before.checked_sub(1).map(|at| &reading.entities[at]);
        let mention = mention.filter(|mention| mention.tokens.contains(&last));
        let Some(kind) = mention.map(|mention| mention.kind) else {
            continue;
        };
        let kind = match kind {
            EntityKind::Person => "person",
            EntityKind::Organisation => "organisation",
            EntityKind::Place => STRANGE_PLACE,
            _ => continue,
        };
        let because = Because::new(
            "name-of-kind",
            format!(
                "\"{}\" reads as the name of a {kind}; the data does not know it",
                hit.label
            ),
        )
        .entry("models/en/names.bin")
        .span(reading.span(&hit.tokens));
        let hit = &mut reading.actors[index];
        (hit.kind, hit.because) = (kind.to_owned(), because);
    }
}

/// The kind of a stranger that is a place and no actor.
pub(crate) const STRANGE_PLACE: &str = "place";

fn overlaps(hits: &[ActorHit], tokens: &Range<usize>) -> bool {
    hits.iter()
        .any(|hit| hit.tokens.start < tokens.end && tokens.start < hit.tokens.end)
}

/// Learns the page's own short names: last names, acronyms in brackets, head nouns of long names.
pub(crate) fn learn(readings: &[Reading]) -> PageNames {
    let mut names = PageNames::default();
    // Short names that stand for several, with the actors and labels they can mean.
    let mut ambiguous: BTreeMap<String, (BTreeSet<ActorId>, BTreeSet<String>)> = BTreeMap::new();
    let mut teach = |short: String, hit: &ActorHit, names: &mut PageNames| {
        let value = (hit.actor.clone(), hit.kind.clone(), hit.label.clone());
        match names.short.get(&short) {
            Some(known)
                if known.0 != value.0 || (known.0 == Resolution::Unresolved && known.2 != value.2) =>
            {
                let (actors, labels) = ambiguous.entry(short).or_default();
                for (actor, label) in [(&known.0, &known.2), (&value.0, &value.2)] {
                    match actor {
                        Resolution::Resolved(one) => actors.extend([one.clone()]),
                        Resolution::Candidates(several) => actors.extend(several.iter().cloned()),
                        Resolution::Unresolved => {}
                    }
                    labels.insert(label.clone());
                }
            }
            _ => {
                names.short.insert(short, value);
            }
        }
    };
    for reading in readings {
        for hit in reading
            .actors
            .iter()
            .filter(|hit| matches!(hit.form, HitForm::Name | HitForm::Stranger))
        {
            let words: Vec<&str> = reading.sentence.tokens[hit.tokens.clone()]
                .iter()
                .map(|t| t.text.as_str())
                .collect();
            if words.len() >= 2 && is_person(hit, reading) {
                if !names.people.contains(&hit.label) {
                    names.people.push(hit.label.clone());
                }
                let last = words.last().copied().unwrap_or_default().to_owned();
                teach(last, hit, &mut names);
            }
            if words.len() >= 3 && hit.form == HitForm::Name {
                // "the Observatory" for "Syrian Observatory for Human Rights": every capitalised common noun.
                for token in &reading.sentence.tokens[hit.tokens.clone()] {
                    let teachable =
                        token.text.chars().count() > 4 && token.text.starts_with(char::is_uppercase);
                    if teachable && HEADS.contains(&token.lower.as_str()) {
                        teach(token.text.clone(), hit, &mut names);
                    }
                }
            }
            // "Long Name (LN)"
            let close = hit.tokens.end;
            if reading.lower(close) == "("
                && reading.lower(close + 2) == ")"
                && let Some(acronym) = reading.token(close + 1).filter(|t| t.shape == Shape::AllCaps)
            {
                teach(acronym.text.clone(), hit, &mut names);
            }
            // "LN (Long Name)"
            if words.len() >= 2
                && reading.lower(close) == ")"
                && let Some(acronym) = acronym_before(reading, hit.tokens.start)
            {
                teach(acronym.to_owned(), hit, &mut names);
            }
        }
    }
    for (short, (actors, labels)) in ambiguous {
        let known = names.short.remove(&short);
        // Known actors are candidates; names that nobody knows decide nothing.
        if let Some((_, kind, _)) = known.filter(|_| actors.len() >= 2) {
            let labels: Vec<String> = labels.into_iter().collect();
            let actors = Resolution::Candidates(actors.into_iter().collect());
            names.short.insert(short, (actors, kind, labels.join("\" or \"")));
        }
    }
    names
}

/// The acronym in "LN (the Long Name)", for the token at which the long name starts.
fn acronym_before<'r>(reading: &'r Reading, start: usize) -> Option<&'r str> {
    let open = start.checked_sub(1)?;
    let open = if reading.lower(open) == "the" {
        open.checked_sub(1)?
    } else {
        open
    };
    let acronym = reading.token(open.checked_sub(1)?)?;
    (reading.lower(open) == "(" && acronym.shape == Shape::AllCaps).then_some(acronym.text.as_str())
}

/// Head nouns by which organisations are called for short once named in full.
const HEADS: [&str; 21] = [
    "observatory",
    "coalition",
    "committee",
    "council",
    "ministry",
    "commission",
    "front",
    "army",
    "alliance",
    "network",
    "organisation",
    "organization",
    "centre",
    "center",
    "mission",
    "government",
    "forces",
    "group",
    "office",
    "agency",
    "union",
];

/// Whether a hit reads as a person: known as one, or a stranger of two or three words.
pub(crate) fn is_person(hit: &ActorHit, reading: &Reading) -> bool {
    match hit.form {
        HitForm::Name => hit.kind == "person",
        HitForm::Stranger if !hit.kind.is_empty() => hit.kind == "person",
        HitForm::Stranger => {
            let words = hit.tokens.len();
            (1..=4).contains(&words)
                && !HEADS.contains(&reading.lower(hit.tokens.end.saturating_sub(1)))
                && !reading.sentence.tokens[hit.tokens.clone()]
                    .iter()
                    .any(|t| t.shape == Shape::AllCaps)
        }
        _ => false,
    }
}

/// Resolves short names by what the page itself says, before or after.
pub(crate) fn resolve_short_names(reading: &mut Reading, names: &PageNames) {
    let mut changed = Vec::new();
    for (index, hit) in reading.actors.iter().enumerate() {
        let short = hit.label.trim_start_matches("the ").trim_start_matches("The ");
        let known = names.short.get(short).filter(|known| known.2 != hit.label);
        if let Some((actor, kind, full)) = known
            && !matches!((&hit.actor, hit.form), (Resolution::Resolved(_), HitForm::Name))
        {
            let because = Because::new(
                "short-name",
                format!("\"{}\" is short for \"{full}\" on this page", hit.label),
            )
            .span(reading.span(&hit.tokens));
            changed.push((index, actor.clone(), kind.clone(), because));
        }
    }
    for (index, actor, kind, because) in changed {
        let hit = &mut reading.actors[index];
        (hit.actor, hit.kind, hit.because) = (actor, kind, because);
        hit.form = HitForm::Name;
    }
    // A capitalised common noun that the page spells out elsewhere: "the Observatory".
    for index in 0..reading.sentence.tokens.len() {
        let Some((actor, kind, full)) = names.short.get(&reading.sentence.tokens[index].text) else {
            continue;
        };
        let tokens = index..index + 1;
        if !overlaps(&reading.actors, &tokens) {
            let text = reading.sentence.tokens[index].text.clone();
            let because = Because::new(
                "short-name",
                format!("\"{text}\" is short for \"{full}\" on this page"),
            )
            .span(reading.span(&tokens));
            let (actor, kind) = (actor.clone(), kind.clone());
            reading.actors.push(ActorHit {
                tokens,
                label: text,
                actor,
                kind,
                form: HitForm::Name,
                because,
            });
        }
    }
    reading.actors.sort_by_key(|hit| hit.tokens.start);
}

/// Takes out the actors that are places here: a state's name after "in", a stranger that the gazetteer knows.
pub(crate) fn drop_places(reading: &mut Reading) {
    let places: Vec<Range<usize>> = reading
        .places
        .iter()
        .filter(|place| matches!(place.role, model::PlaceRole::Event | model::PlaceRole::Seat))
        .map(|place| place.tokens.clone())
        .collect();
    let known: Vec<Range<usize>> = reading
        .places
        .iter()
        .filter(|place| !place.because.entry.is_empty() && place.role != model::PlaceRole::ActorName)
        .map(|place| place.tokens.clone())
        .collect();
    reading.actors.retain(|hit| {
        hit.form != HitForm::Stranger
            || !known
                .iter()
                .any(|place| place.start <= hit.tokens.start && hit.tokens.end <= place.end)
    });
    reading.actors.retain(|hit| {
        !places
            .iter()
            .any(|place| place.start <= hit.tokens.start && hit.tokens.end <= place.end)
    });
}
