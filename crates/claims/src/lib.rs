//! Who says what happened: claims from one document, each anchored to its words.
//!
//! Gets a [`Document`] and a [`Lexicon`]; gives claims in page order, every actor named, what was turned down and
//! why, and notes. Never reads a file, never judges, and knows no word of any agreement: "violation" is no act
//! here, only something a speaker may allege.

mod actor_data;
mod arabic;
mod arguments;
pub mod attribution;
mod commitment;
mod counted;
mod disguise;
mod draft;
mod entities;
mod event;
mod explain;
mod figure_data;
mod figures;
mod kind;
mod lexicon;
mod names;
mod participants;
mod phrase;
mod process;
mod reading;
mod references;
pub mod roles;
mod speech;
mod spots;
mod table;
mod times;
mod together;
mod tree;
mod triggers;

pub use attribution::{Attribution, attributions};
pub use entities::{
    Entity, EntityKind, EntityView, entities, entities_by, entity_labels, entity_ranges, entity_views,
    noun_kind,
};
pub use event::{CodedEvent, EventModel, EventSentence, ROLES, code_events};
pub use explain::{Explained, Word, explain};
pub use kind::{Kind, KindModel, NO_KIND, kinds_of_news, word_features, words_of};
pub use lexicon::Lexicon;

use attribution::{Frame, Speaker};
use draft::Ground;
use figures::FigureHit;
use model::{ActClass, Claim, DataFault, Document, Extracted, Note, Reference, Resolution, Severity};
use reading::Reading;
use references::Pointer;
use std::ops::Range;

/// Languages whose pages are read, as BCP 47 codes.
const READ: [&str; 2] = ["en", "ar"];

/// Reads the claims of a document: English in full, Arabic for acts, places, times and harm. Never fails: a page in
/// a language the lexicon does not cover gives no claim and a note that says so.
pub fn extract(document: &Document, lexicon: &Lexicon) -> Extracted {
    let mut extracted = Extracted::default();
    if let Some(language) = document
        .language
        .as_deref()
        .filter(|language| !READ.contains(language))
    {
        extracted.notes.push(
            Note::new(
                Severity::Lost,
                "claims",
                document.name.clone(),
                format!("the page is in \"{language}\", which is not read yet"),
            )
            .next("Have it translated, or add data for the language under data/lexicon.")
            .document(&document.id),
        );
        return extracted;
    }
    let arabic = reading::arabic_passages(document);
    if !arabic.is_empty() {
        arabic::extract(document, &arabic, lexicon, &mut extracted);
        extracted.notes.push(
            Note::new(
                Severity::Partial,
                "claims",
                document.name.clone(),
                "Arabic is read for acts, places, times, harm and who says so; positions, talks, control and aid are not",
            )
            .next("Have the page translated where those matter.")
            .document(&document.id),
        );
    }
    if document.language.as_deref() != Some("ar") {
        english(document, lexicon, &mut extracted);
    }
    once_only(&mut extracted.claims);
    extracted
}

fn english(document: &Document, lexicon: &Lexicon, extracted: &mut Extracted) {
    let (readings, _) = reading::read(document, lexicon);
    let shuffled = references::is_shuffled(document);
    let mut act_pointers = Vec::new();
    for at in 0..readings.len() {
        sentence(
            document,
            lexicon,
            &readings,
            at,
            shuffled,
            extracted,
            &mut act_pointers,
        );
    }
    extracted.notes.extend(disguise::notes(document, &readings));
    references::link_acts(&mut extracted.claims, &act_pointers, lexicon, shuffled);
    once_only(&mut extracted.claims);
    together::name_groups(&mut extracted.claims, &extracted.mentions);
    together::carry_tolls(&mut extracted.claims, &mut extracted.rejected);
}

/// Runs every rule's examples and counter-examples; one that is read otherwise is a fault of the data.
pub fn check_examples(lexicon: &Lexicon) -> Vec<DataFault> {
    let mut faults = Vec::new();
    for (entry, line, act, sentence, expected) in lexicon.examples() {
        let document = explain::page_of(&sentence);
        let extracted = extract(&document, lexicon);
        let read = extracted.claims.iter().any(|claim| {
            lexicon.is_a(claim.act.id.as_str(), act.as_str())
                || (act.as_str() == "statement" && claim.utterance.is_some())
        });
        if read != expected {
            faults.push(example_fault(&entry, line, &sentence, act.as_str(), expected));
        }
    }
    let read = |sentence: &str| extract(&explain::page_of(sentence), lexicon);
    faults.extend(arabic::check_examples(lexicon, read, example_fault));
    faults.extend(figures::check_examples(lexicon));
    faults.extend(kind::check_examples(lexicon));
    faults.extend(event::check_examples(lexicon));
    faults
}

pub(crate) fn example_fault(
    entry: &str,
    line: usize,
    sentence: &str,
    what: &str,
    expected: bool,
) -> DataFault {
    let file = entry.split('#').next().unwrap_or(entry);
    let said = if expected { "is not read as" } else { "is read as" };
    DataFault::new(
        file,
        line,
        format!("the example \"{sentence}\" {said} {what}"),
        format!("see entry {entry}; `truceline explain` shows how the sentence is read"),
    )
}

/// Reads one sentence.
fn sentence(
    document: &Document,
    lexicon: &Lexicon,
    readings: &[Reading],
    at: usize,
    shuffled: bool,
    extracted: &mut Extracted,
    act_pointers: &mut Vec<(usize, Reference, usize)>,
) {
    let reading = &readings[at];
    let mut frames = attribution::frames(reading, lexicon);
    frames.retain(|frame| !speech::describes(reading, frame));
    speech::tidy(reading, lexicon, &mut frames);
    let figures = figures::find(reading, lexicon, document.id.as_str());
    let hits = triggers::find(reading, lexicon, &figures, &mut extracted.rejected);
    let pointers = references::pointers(reading, lexicon);
    let resolved: Vec<_> = pointers
        .iter()
        .map(|pointer| references::resolve(pointer, lexicon, at, readings, shuffled))
        .collect();
    let heads: Vec<Range<usize>> = hits.iter().map(|hit| hit.tokens.clone()).collect();
    let part_heads = process::heads(reading, lexicon);
    let ground = Ground {
        document,
        lexicon,
        reading,
        frames: &frames,
        figures: &figures,
        heads,
        part_heads,
    };
    let pointed = |frame: &Frame| speaker_pointed(frame, &pointers, &resolved);

    for hit in &reading.actors {
        extracted.mentions.push(draft::mention(&ground, hit));
    }
    let first = extracted.claims.len();
    let mut inner: Vec<Range<usize>> = Vec::new();
    for hit in &hits {
        // A title tells the news again; acts are read from the text, positions also from the title.
        let Some(mut claim) = draft::claim(&ground, hit, &pointed) else {
            continue;
        };
        if claim.act.class == ActClass::Process {
            let all = process::participants(&ground, &hit.tokens);
            if claim.initiators.is_empty() && claim.targets.is_empty() {
                claim.initiators = all
                    .iter()
                    .map(|actor| draft::mention(&ground, &reading.actors[*actor]))
                    .collect();
            }
            process::including(&ground, &hit.tokens, &mut claim);
            process::touched(&ground, &hit.tokens, &mut claim);
            if claim.act.id.as_str() == "round" {
                process::number_round(&ground, &mut claim, &hit.tokens);
            }
        }
        if claim.act.class == ActClass::Force {
            together::answers(&ground, &hit.tokens, &mut claim, &extracted.claims[first..]);
        }
        if let Some(frame) = innermost(&ground, &hit.tokens) {
            claim.utterance = Some(speech::utterance(&ground, frame));
            extracted
                .claims
                .extend(speech::threat(&ground, frame, &hit.tokens, &claim, &pointed));
        }
        inner.push(hit.tokens.clone());
        extracted.claims.extend(together::split(&ground, claim));
    }
    together::follow(&ground, &hits, &mut extracted.claims[first..]);
    extracted.claims.extend(process::parts(&ground, &pointed));
    for frame in &frames {
        let holds =
            |tokens: &Range<usize>| frame.content.start <= tokens.start && tokens.end <= frame.content.end;
        let has_inner = inner.iter().any(holds) || frames.iter().any(|other| holds(&other.cue_tokens));
        extracted.claims.extend(speech::claim(
            &ground,
            frame,
            has_inner,
            &pointed,
            &mut extracted.rejected,
        ));
    }
    for quote in &reading.quotes {
        let framed = frames
            .iter()
            .any(|frame| frame.content.start < quote.end && quote.start < frame.content.end);
        let spoken = extracted.claims[first..]
            .iter()
            .any(|claim| claim.act.class == ActClass::Speech);
        if !framed && !spoken && quote.len() >= ORPHAN_QUOTE_WORDS {
            extracted
                .claims
                .extend(speech::orphan_quote(&ground, quote, &pointed));
        }
    }
    lone_figures(&ground, &figures, first, extracted, &pointed);
    attach_pointers(reading, &pointers, &resolved, first, extracted, act_pointers);
}

/// Fewest words of a quotation that is kept when nobody is named as its speaker; shorter ones are labels.
const ORPHAN_QUOTE_WORDS: usize = 4;

fn innermost<'a>(ground: &Ground<'a>, tokens: &Range<usize>) -> Option<&'a Frame> {
    ground
        .frames
        .iter()
        .filter(|frame| frame.content.start <= tokens.start && tokens.end <= frame.content.end)
        .filter(|frame| !draft::told_beside(ground, frame, tokens))
        .min_by_key(|frame| frame.content.len())
}

fn speaker_pointed(
    frame: &Frame,
    pointers: &[Pointer],
    resolved: &[(Resolution<String>, model::Because)],
) -> Resolution<String> {
    let Speaker::Words(words) = &frame.speaker else {
        return Resolution::Unresolved;
    };
    pointers
        .iter()
        .zip(resolved)
        .find(|(pointer, _)| pointer.tokens.start <= words.start && words.end <= pointer.tokens.end)
        .map_or(Resolution::Unresolved, |(_, (resolution, _))| resolution.clone())
}

/// Figures that no trigger carries, such as the toll of a war: kept as a claim of their own.
fn lone_figures(
    ground: &Ground,
    figures: &[FigureHit],
    first: usize,
    extracted: &mut Extracted,
    pointed: &dyn Fn(&Frame) -> Resolution<String>,
) {
    for hit in figures {
        let carried = extracted.claims[first..]
            .iter()
            .any(|claim| claim.figures.iter().any(|figure| figure.id == hit.figure.id));
        let toll = matches!(
            hit.figure.metric,
            model::Metric::Killed
                | model::Metric::Injured
                | model::Metric::Casualties
                | model::Metric::Displaced
                | model::Metric::Complaints
        );
        if carried || !toll {
            continue;
        }
        let act = match hit.figure.metric {
            model::Metric::Displaced => "displacement",
            model::Metric::Complaints => "complaint",
            _ => "killing",
        };
        let Some(act) = ground.lexicon.act(act) else {
            continue;
        };
        let draft = draft::Draft {
            tokens: hit.tokens.clone(),
            arguments: Default::default(),
            weapon: String::new(),
        };
        let mut claim = draft::build(ground, act, draft, pointed);
        let stand = commitment::settle(ground, &hit.tokens, None);
        (claim.modality, claim.polarity, claim.hedges, claim.because) =
            (stand.modality, stand.polarity, stand.hedges, stand.because);
        if hit.figure.scope == model::Scope::War && !claim.modality.is_actual() {
            // The toll of the war so far is told as it is, whatever else the sentence hopes for.
            claim.modality = model::Modality::Reported;
        }
        claim.figures = vec![hit.figure.clone()];
        claim.series = stand.series || hit.figure.scope != model::Scope::Incident;
        claim.background = stand.background || hit.figure.scope == model::Scope::War;
        claim.because.extend(hit.figure.because.iter().cloned());
        if let Some(frame) = innermost(ground, &hit.tokens) {
            claim.utterance = Some(speech::utterance(ground, frame));
        }
        extracted.claims.push(claim);
    }
}

/// Gives each pointing word to the claim nearest to it.
fn attach_pointers(
    reading: &Reading,
    pointers: &[Pointer],
    resolved: &[(Resolution<String>, model::Because)],
    first: usize,
    extracted: &mut Extracted,
    act_pointers: &mut Vec<(usize, Reference, usize)>,
) {
    for (pointer, (resolution, because)) in pointers.iter().zip(resolved) {
        let span = reading.span(&pointer.tokens);
        let words = reading.words(&pointer.tokens);
        let nearest = (first..extracted.claims.len())
            .filter(|index| {
                // A place reference belongs to what happens, not to who speaks.
                let class = extracted.claims[*index].act.class;
                !pointer.to.starts_with("place") || class.is_incident()
            })
            .filter(|index| {
                pointer.to != "act" || extracted.claims[*index].trigger.start.abs_diff(span.start) > 0
            })
            .min_by_key(|index| extracted.claims[*index].trigger.start.abs_diff(span.start));
        let Some(index) = nearest else { continue };
        let reference = Reference {
            words: words.clone(),
            span,
            to: resolution.clone(),
            claim: None,
            because: because.clone(),
        };
        match pointer.to.as_str() {
            "act" => {
                act_pointers.push((index, reference, reading.passage_index));
            }
            kind => {
                if kind.starts_with("place") && !has_place(&extracted.claims[index]) {
                    extracted.claims[index]
                        .places
                        .push(pointed_place(&reference, kind));
                }
                extracted.claims[index].references.push(reference);
            }
        }
    }
}

fn has_place(claim: &Claim) -> bool {
    claim
        .places
        .iter()
        .any(|place| place.role == model::PlaceRole::Event)
}

/// A place told only by a pointing word: the name when it is resolved, otherwise none.
fn pointed_place(reference: &Reference, kind: &str) -> model::PlaceMention {
    let name = reference.to.resolved().cloned().unwrap_or_default();
    model::PlaceMention {
        name,
        kind: if kind == "place-kind" {
            reference.words.trim_start_matches("the ").to_lowercase()
        } else {
            String::new()
        },
        span: reference.span,
        role: model::PlaceRole::Event,
        relation: model::PlaceRelation::At,
        because: vec![reference.because.clone()],
    }
}

/// The same act read twice from the same words is one claim; page order.
fn once_only(claims: &mut Vec<Claim>) {
    claims.sort_by(|a, b| (a.span.start, a.trigger, &a.act.id).cmp(&(b.span.start, b.trigger, &b.act.id)));
    claims.dedup_by(|a, b| a.id == b.id);
}

#[cfg(test)]
mod tests;
