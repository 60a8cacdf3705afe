//! Who says so: speech frames in a sentence, each with its speaker, its cue and its content.

pub mod cue;
pub mod line;
pub mod parts;
pub mod reader;

use crate::lexicon::Lexicon;
use crate::names::{self, ActorHit, HitForm};
use crate::phrase;
use crate::reading::{self, Reading};
use language::{Language, Sentence, Tag};
use model::{Document, Resolution, SourceKind, SourceLink, Span};
use reader::{Model, Said};
use std::ops::Range;

/// Somebody says, thinks, asks, hopes or wants something; spans are bytes of the raw page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Who, when the words tell.
    pub source: Option<Span>,
    /// The words that show it.
    pub cue: Span,
    /// What, in page order; in pieces where the cue or the source stands between, or sentences end.
    pub content: Vec<Span>,
    /// In the source's own words, at least in part.
    pub direct: bool,
}

/// The attributions of a document, in page order. Whether what is said is told as a fact, a hope or a plan, the
/// words of `cues.toml` decide, not this.
pub fn attributions(document: &Document) -> Vec<Attribution> {
    let Some(model) = Model::of(document.language.as_deref().unwrap_or(reading::LANGUAGE)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (_, passage) in reading::passages(document) {
        let sentences = sentences(&passage.text);
        let lines = line::lines(&sentences.iter().collect::<Vec<_>>());
        for (at, said) in model.read(&lines).into_iter().enumerate() {
            let span = |at: usize, tokens: &Range<usize>| {
                let tokens = &lines[at].tokens[tokens.clone()];
                let bytes = tokens.first().map_or(0, |token| token.span.start)
                    ..tokens.last().map_or(0, |token| token.span.end);
                passage.raw(bytes)
            };
            for one in said {
                let whole = |other: usize| span(other, &(0..lines[other].tokens.len()));
                let mut content: Vec<Span> = (at - one.around.0..at).map(whole).collect();
                content.extend(one.content.iter().map(|tokens| span(at, tokens)));
                content.extend((at + 1..=at + one.around.1).map(whole));
                let quoted = |tokens: &Range<usize>| tokens.clone().any(|token| lines[at].quoted[token]);
                all.push(Attribution {
                    source: one.source.as_ref().map(|tokens| span(at, tokens)),
                    cue: span(at, &one.cue),
                    content,
                    direct: one.content.iter().any(quoted),
                });
            }
        }
    }
    all
}

/// The sentences of a text as the reader sees them.
pub fn sentences(text: &str) -> Vec<Sentence> {
    reading::sentences(text, Language::english())
}

/// A speech frame: somebody says something.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// Index into `Lexicon::cues`.
    pub(crate) cue: usize,
    pub(crate) cue_tokens: Range<usize>,
    pub(crate) speaker: Speaker,
    /// What is said.
    pub(crate) content: Range<usize>,
    /// In the speaker's own words, at least in part.
    pub(crate) direct: bool,
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Speaker {
    /// Actors of the sentence, by index; several when they speak together.
    Actors(Vec<usize>),
    /// A word that points elsewhere: "he", "the spokesman".
    Words(Range<usize>),
    /// The page's own voice or nobody told.
    Nobody,
}

/// Finds the frames of a sentence, in order of their cues.
pub(crate) fn frames(reading: &Reading, lexicon: &Lexicon) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for hit in lexicon.cue_verbs.find(&reading.pieces, true) {
        let verb = hit.tokens.start;
        if frames.iter().any(|frame| frame.cue_tokens.contains(&verb))
            || !can_be_cue(reading, lexicon, &hit.tokens, hit.value)
        {
            continue;
        }
        let takes = lexicon.cues[hit.value].takes.as_str();
        let (mut speaker, after) = speaker(reading, &hit.tokens, frames.last());
        let mut content_read = None;
        if speaker == Speaker::Nobody && takes != "object" {
            // The rules see nobody; the trained reader may.
            let Some((found, said)) = read_speaker(reading, &hit.tokens) else {
                continue;
            };
            speaker = found;
            content_read = hull(&said.content).map(|tokens| trim(reading, tokens));
        }
        let content = content_read.or_else(|| content(reading, &hit.tokens, &speaker, after));
        let Some(content) = content.filter(|content| !content.is_empty()) else {
            continue;
        };
        let direct = (content.start..content.end).any(|index| reading.quoted(index));
        frames.push(Frame {
            cue: hit.value,
            cue_tokens: hit.tokens,
            speaker,
            content,
            direct,
        });
    }
    for hit in lexicon.cue_prepositions.find(&reading.pieces, false) {
        let Some(actor) = reading.actors.iter().position(|actor| {
            actor.tokens.start >= hit.tokens.end && actor.tokens.start <= hit.tokens.end + 3
        }) else {
            continue;
        };
        let end = reading.actors[actor].tokens.end;
        let content = if hit.tokens.start <= 1 {
            end..reading.all().end
        } else {
            0..hit.tokens.start
        };
        let direct = content.clone().any(|index| reading.quoted(index));
        frames.push(Frame {
            cue: hit.value,
            cue_tokens: hit.tokens,
            speaker: Speaker::Actors(reading.listed_with(actor)),
            content,
            direct,
        });
    }
    frames.extend(headline_source(reading, lexicon, &frames));
    frames.sort_by_key(|frame| frame.cue_tokens.start);
    // One frame ends where the next coordinated one begins: "reported A, and later said B".
    for index in 1..frames.len() {
        let start = frames[index].cue_tokens.start;
        let same_speaker = frames[index].speaker == frames[index - 1].speaker;
        let before = &mut frames[index - 1];
        if same_speaker && before.content.start < start && start < before.content.end {
            before.content.end = start;
        }
    }
    frames
}

/// The speaker of a cue as the trained reader finds it.
fn read_speaker<'r>(reading: &'r Reading, cue: &Range<usize>) -> Option<(Speaker, &'r Said)> {
    let said = reading.said().iter().find(|said| cue.contains(&said.head))?;
    let source = said.source.clone()?;
    let actors: Vec<usize> = (0..reading.actors.len())
        .filter(|actor| {
            let tokens = &reading.actors[*actor].tokens;
            source.start <= tokens.start && tokens.end <= source.end
        })
        .collect();
    let speaker = match actors.as_slice() {
        [] => Speaker::Words(source),
        [first, ..] => Speaker::Actors(reading.listed_with(*first)),
    };
    Some((speaker, said))
}

/// From the first to the last of some ranges.
fn hull(ranges: &[Range<usize>]) -> Option<Range<usize>> {
    Some(ranges.first()?.start..ranges.last()?.end)
}

/// Longest source behind a headline's dash, in words.
const HEADLINE_SOURCE_MAX: usize = 4;

/// "CONTENT - foreign ministry": a headline that names its source behind a dash.
fn headline_source(reading: &Reading, lexicon: &Lexicon, frames: &[Frame]) -> Option<Frame> {
    if reading.passage.kind != model::PassageKind::Title {
        return None;
    }
    let end = reading.all().end;
    let dash = (1..end)
        .rev()
        .find(|index| matches!(reading.lower(*index), "-" | "\u{2013}" | "\u{2014}" | ":"))?;
    let source = dash + 1..end;
    let nominal = source.clone().all(|index| {
        reading.token(index).is_some_and(|token| {
            matches!(token.tag, Tag::Noun | Tag::Propn | Tag::Adj | Tag::X)
                && token.text.chars().any(char::is_alphabetic)
        })
    });
    if source.is_empty()
        || source.len() > HEADLINE_SOURCE_MAX
        || !nominal
        || frames.iter().any(|frame| frame.cue_tokens.start >= dash)
    {
        return None;
    }
    let actor = reading
        .actors
        .iter()
        .position(|actor| actor.tokens.start >= dash && actor.tokens.end <= end);
    // A headline about a place or a masthead is no attribution: the words must name or describe an actor, or a body.
    let body = reading
        .token(end - 1)
        .is_some_and(|token| BODIES.contains(&token.lower.as_str()));
    let speaker = match actor {
        Some(actor) => Speaker::Actors(vec![actor]),
        None if body => Speaker::Words(source),
        None => return None,
    };
    let cue = lexicon
        .cues
        .iter()
        .position(|cue| cue.act.id.as_str() == "statement" && cue.takes == "content")?;
    Some(Frame {
        cue,
        cue_tokens: dash..dash + 1,
        speaker,
        content: 0..dash,
        direct: false,
    })
}

/// Bodies that headlines name as a source without a name of their own.
const BODIES: [&str; 14] = [
    "ministry",
    "monitor",
    "observatory",
    "army",
    "officials",
    "official",
    "sources",
    "source",
    "minister",
    "envoy",
    "government",
    "agency",
    "military",
    "activists",
];

fn can_be_cue(reading: &Reading, lexicon: &Lexicon, tokens: &Range<usize>, cue: usize) -> bool {
    let cue = &lexicon.cues[cue];
    // A phrase of several words carries its own proof; a single word has to be a verb here.
    let verb = (tokens.start..tokens.end)
        .any(|index| reading.token(index).is_some_and(|token| token.tag == Tag::Verb))
        || reading
            .token(tokens.start)
            .is_some_and(|token| token.tag == Tag::X && reading.is_verb(tokens.start))
        || taken_for_noun(reading, tokens.start);
    let multiword = tokens.len() > 1 && cue.takes == "object";
    let inside_quote = reading.quoted(tokens.start) && !reading.quoted(0);
    (verb || multiword)
        && !inside_quote
        && reading.lower(tokens.start.wrapping_sub(1)) != "-"
        && phrase::touches(&cue.before_not, &reading.pieces, tokens, true).is_none()
        && !mid_object(reading, tokens, &cue.before_not)
        && reading.lower(tokens.start.wrapping_sub(1)) != "be"
}

/// "The ministry plans to open", "the banner reads, \"…\"": a noun for the tagger, a verb by what follows.
fn taken_for_noun(reading: &Reading, at: usize) -> bool {
    let noun = |index: usize| {
        reading
            .token(index)
            .is_some_and(|token| matches!(token.tag, Tag::Noun | Tag::Propn))
    };
    let opens_quote = reading.lower(at + 1) == "," && reading.quoted(at + 3);
    at > 0
        && noun(at)
        && noun(at - 1)
        && reading.lower(at).ends_with('s')
        && (matches!(reading.lower(at + 1), "to" | "that") || opens_quote)
}

/// "denied the patrol access": the words that rule a cue out may stand after its object.
fn mid_object(reading: &Reading, tokens: &Range<usize>, not: &[String]) -> bool {
    (tokens.end..(tokens.end + 5).min(reading.all().end))
        .any(|index| not.iter().any(|word| word == reading.lower(index)))
}

/// The speaker, and whether it stands after the cue ("…", said X).
fn speaker(reading: &Reading, cue: &Range<usize>, last: Option<&Frame>) -> (Speaker, bool) {
    // Inverted: a quotation or a comma, then the verb, then the name.
    let before = cue.start.checked_sub(1).map_or("", |index| reading.lower(index));
    let closes = matches!(before, "," | "\"" | "\u{201d}" | "\u{bb}" | "''");
    let behind = reading.actors.iter().position(|actor| {
        actor.tokens.start >= cue.end
            && actor.tokens.start <= cue.end + 2
            && actor.form != HitForm::Demonym
            && (cue.end..actor.tokens.start).all(|i| {
                let tag = reading.token(i).map(|token| token.tag);
                matches!(tag, Some(Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn))
            })
    });
    if let Some(actor) = behind.filter(|_| closes)
        && (subject(reading, cue).is_none() || reading.quoted(cue.start.saturating_sub(3)))
    {
        return (Speaker::Actors(named_speaker(reading, actor)), true);
    }
    // ", saying it was": the speaker goes on.
    if let Some(last) = last.filter(|_| reading.lower(cue.start).ends_with("ing") && before == ",") {
        return (last.speaker.clone(), false);
    }
    if let Some(actor) = subject(reading, cue) {
        return (Speaker::Actors(reading.listed_with(actor)), false);
    }
    if let Some(words) = pointing_subject(reading, cue).or_else(|| plain_subject(reading, cue)) {
        return (Speaker::Words(words), false);
    }
    // "… reported A, and later said B": the speaker goes on.
    let clause = reading.clause(cue.start);
    if let Some(last) = last {
        let begins = (0..cue.start)
            .rev()
            .take_while(|index| reading.clause(*index) == clause)
            .last()
            .unwrap_or(cue.start);
        let coordinated = (begins..cue.start).all(|index| {
            reading.token(index).is_some_and(|token| {
                matches!(token.tag, Tag::Adv | Tag::Cconj | Tag::Aux)
                    || matches!(token.lower.as_str(), "and" | "later" | "also" | "but" | ",")
            })
        });
        let participle = reading.lower(cue.start).ends_with("ing");
        if coordinated || participle {
            return (last.speaker.clone(), false);
        }
    }
    (Speaker::Nobody, false)
}

/// "said a spokesman, Anuar X": the person speaks for the description before it.
fn named_speaker(reading: &Reading, actor: usize) -> Vec<usize> {
    let next = actor + 1;
    match reading.actors.get(next) {
        Some(person)
            if names::is_person(person, reading)
                && person.tokens.start <= reading.actors[actor].tokens.end + 1 =>
        {
            vec![next]
        }
        _ => reading.listed_with(actor),
    }
}

/// How many words may stand between a subject and its verb: titles, adverbs, an apposition.
const SUBJECT_GAP_MAX: usize = 7;

/// The actor that is the verb's subject: the nearest one to the left in its clause, with no other verb between.
pub(crate) fn subject(reading: &Reading, verb: &Range<usize>) -> Option<usize> {
    let clause = reading.clause(verb.start);
    let (index, actor) = reading
        .actors
        .iter()
        .enumerate()
        .filter(|(_, actor)| actor.tokens.end <= verb.start && reading.clause(actor.tokens.start) == clause)
        .rfind(|(_, actor)| actor.form != HitForm::Demonym)?;
    let between = actor.tokens.end..verb.start;
    let governed = is_governed(reading, actor);
    let clear = between.clone().all(|at| {
        reading
            .token(at)
            .is_none_or(|token| token.tag != Tag::Verb || is_auxiliary(&token.lower))
    });
    if !clear || between.len() > SUBJECT_GAP_MAX {
        return None;
    }
    if !governed {
        return Some(index);
    }
    // "The chief of the X said": the head of the phrase is a description or a name further left.
    let head = reading.actors[..index]
        .iter()
        .rposition(|other| reading.clause(other.tokens.start) == clause && !is_governed(reading, other));
    head.filter(|head| verb.start.saturating_sub(reading.actors[*head].tokens.end) <= SUBJECT_GAP_MAX + 8)
        .filter(|head| {
            (reading.actors[*head].tokens.end..verb.start).all(|at| {
                reading
                    .token(at)
                    .is_none_or(|token| token.tag != Tag::Verb || is_auxiliary(&token.lower))
            })
        })
}

/// Forms that help a verb, whatever the tagger calls them.
fn is_auxiliary(lower: &str) -> bool {
    matches!(
        lower,
        "had"
            | "has"
            | "have"
            | "was"
            | "were"
            | "been"
            | "be"
            | "is"
            | "are"
            | "did"
            | "do"
            | "does"
            | "will"
            | "would"
    )
}

/// Whether a preposition stands before it: then it is not a subject.
fn is_governed(reading: &Reading, actor: &ActorHit) -> bool {
    let mut at = actor.tokens.start;
    while let Some(before) = at.checked_sub(1) {
        let Some(token) = reading.token(before) else {
            return false;
        };
        match token.tag {
            Tag::Adp => return token.lower != "as" && token.lower != "unlike",
            Tag::Det | Tag::Adj | Tag::Num => at = before,
            _ => {
                return matches!(
                    token.lower.as_str(),
                    "of" | "by" | "in" | "for" | "with" | "to" | "from" | "on" | "between" | "against"
                );
            }
        }
    }
    false
}

/// "he", "they", "the spokesman": a subject that is no actor of the sentence.
fn pointing_subject(reading: &Reading, verb: &Range<usize>) -> Option<Range<usize>> {
    let clause = reading.clause(verb.start);
    let start = verb.start.saturating_sub(4);
    (start..verb.start)
        .rev()
        .filter(|index| reading.clause(*index) == clause)
        .find(|index| {
            matches!(
                reading.lower(*index),
                "he" | "she" | "they" | "it" | "who" | "we" | "i"
            )
        })
        .map(|index| index..index + 1)
}

/// A subject the data does not know: the noun phrase right before the verb, "the mayor said".
fn plain_subject(reading: &Reading, verb: &Range<usize>) -> Option<Range<usize>> {
    let clause = reading.clause(verb.start);
    let part = |index: usize, tags: &[Tag]| {
        reading.clause(index) == clause && reading.token(index).is_some_and(|t| tags.contains(&t.tag))
    };
    let mut end = verb.start;
    while end > 0 && part(end - 1, &[Tag::Aux, Tag::Adv, Tag::Part]) {
        end -= 1;
    }
    let mut start = end;
    while start > 0
        && part(
            start - 1,
            &[Tag::Noun, Tag::Propn, Tag::Adj, Tag::Det, Tag::Num, Tag::X],
        )
        && reading
            .token(start - 1)
            .is_some_and(|t| t.text.chars().any(char::is_alphanumeric))
    {
        start -= 1;
    }
    let noun = end > start && part(end - 1, &[Tag::Noun, Tag::Propn, Tag::X]);
    let governed = start > 0 && reading.token(start - 1).is_some_and(|t| t.tag == Tag::Adp);
    (noun && !governed && end - start <= SUBJECT_GAP_MAX).then_some(start..end)
}

fn content(reading: &Reading, cue: &Range<usize>, speaker: &Speaker, inverted: bool) -> Option<Range<usize>> {
    let all = reading.all();
    let speaker_start = match speaker {
        Speaker::Actors(actors) => actors
            .iter()
            .map(|actor| reading.actors[*actor].tokens.start)
            .min(),
        Speaker::Words(words) => Some(words.start),
        Speaker::Nobody => None,
    };
    if inverted {
        return Some(trim(reading, all.start..cue.start));
    }
    // A quotation ends right before the speaker: "…", X said at the meeting.
    if let Some(start) = speaker_start.map(|start| phrase_start(reading, start)) {
        let quoted_before = reading
            .quotes
            .iter()
            .any(|quote| quote.end <= start && start - quote.end <= 3 && quote.end < cue.start);
        let quoted_after = reading.quotes.iter().any(|quote| quote.start >= cue.end);
        if quoted_before && !quoted_after {
            return Some(trim(reading, all.start..start));
        }
    }
    let after = trim(reading, cue.end..all.end);
    let words_after = after
        .clone()
        .filter(|index| reading.token(*index).is_some_and(|t| t.tag != Tag::Punct))
        .count();
    let time_or_place_only = after.clone().all(|index| {
        let token_is = |range: &Range<usize>| range.contains(&index);
        reading.times.iter().any(|time| token_is(&time.tokens))
            || reading
                .token(index)
                .is_some_and(|t| matches!(t.tag, Tag::Punct | Tag::Adp | Tag::Det))
            || matches!(
                reading.lower(index),
                "statement"
                    | "interview"
                    | "reporters"
                    | "in"
                    | "on"
                    | "to"
                    | "the"
                    | "a"
                    | "report"
                    | "late"
            )
    });
    let comma_before_speaker = speaker_start.is_some_and(|start| {
        let at = phrase_start(reading, start);
        at > 0 && matches!(reading.lower(at - 1), "," | "\"" | "\u{201d}" | "\u{2013}" | "-")
    });
    if (words_after == 0 || time_or_place_only) && comma_before_speaker {
        let start = phrase_start(reading, speaker_start.unwrap_or(cue.start));
        return Some(trim(reading, all.start..start));
    }
    if words_after == 0 {
        return speaker_start
            .filter(|start| *start > 2)
            .map(|start| trim(reading, all.start..start));
    }
    Some(after)
}

/// Where the noun phrase that ends with a speaker's name begins: "Syrian state news agency SANA".
fn phrase_start(reading: &Reading, mut at: usize) -> usize {
    while at > 0
        && reading
            .token(at - 1)
            .is_some_and(|t| matches!(t.tag, Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn))
    {
        at -= 1;
    }
    at
}

/// Without marks, "that" and articles at the ends.
fn trim(reading: &Reading, mut tokens: Range<usize>) -> Range<usize> {
    while tokens.start < tokens.end
        && (matches!(
            reading.lower(tokens.start),
            "that" | "," | ":" | "and" | "\"" | "\u{201c}" | "``"
        ) || reading.token(tokens.start).is_some_and(|t| t.tag == Tag::Punct))
    {
        tokens.start += 1;
    }
    while tokens.end > tokens.start
        && reading
            .token(tokens.end - 1)
            .is_some_and(|t| matches!(t.text.as_str(), "." | "," | ";" | "\"" | "\u{201d}" | "''"))
    {
        tokens.end -= 1;
    }
    while tokens.end > tokens.start && matches!(reading.lower(tokens.end - 1), "the" | "a" | "an" | "and") {
        tokens.end -= 1;
    }
    tokens
}

/// The source links of a frame: the body a spokesperson speaks for, then the speaker.
pub(crate) fn links(reading: &Reading, frame: &Frame, pointed: &Resolution<String>) -> Vec<SourceLink> {
    let cue = reading.words(&frame.cue_tokens);
    match &frame.speaker {
        Speaker::Nobody => Vec::new(),
        Speaker::Words(words) => {
            let label = match pointed {
                Resolution::Resolved(name) => name.clone(),
                _ => reading.words(words),
            };
            vec![SourceLink {
                kind: SourceKind::Speaker,
                label,
                actor: Resolution::Unresolved,
                cue,
                span: Some(reading.span(words)),
            }]
        }
        Speaker::Actors(actors) => {
            let mut links = Vec::new();
            for actor in actors {
                let hit = &reading.actors[*actor];
                if let Some(body) = body_of(reading, *actor) {
                    links.push(link(reading, &reading.actors[body], &cue));
                }
                links.push(link(reading, hit, &cue));
            }
            links
        }
    }
}

/// "A spokesman for the ministry, Anuar X, said": the ministry.
fn body_of(reading: &Reading, speaker: usize) -> Option<usize> {
    let hit = &reading.actors[speaker];
    let person = names::is_person(hit, reading);
    let near =
        |other: &ActorHit| other.tokens.end <= hit.tokens.start && hit.tokens.start - other.tokens.end <= 2;
    if person
        && speaker > 0
        && near(&reading.actors[speaker - 1])
        && reading.actors[speaker - 1].kind != "person"
    {
        return Some(speaker - 1);
    }
    None
}

fn link(reading: &Reading, hit: &ActorHit, cue: &str) -> SourceLink {
    let kind = match (hit.form, hit.kind.as_str()) {
        (HitForm::Descriptor, _) => SourceKind::Unnamed,
        (_, "media") => SourceKind::Outlet,
        (_, "person") => SourceKind::Speaker,
        (HitForm::Stranger, _) if names::is_person(hit, reading) => SourceKind::Speaker,
        _ => SourceKind::Organisation,
    };
    SourceLink {
        kind,
        label: hit.label.clone(),
        actor: hit.actor.clone(),
        cue: cue.to_owned(),
        span: Some(reading.span(&hit.tokens)),
    }
}

#[cfg(test)]
mod tests;
