//! How a sentence was read: every token, name, time, number and frame, before any claim is made of them.

use crate::attribution::{self, Speaker};
use crate::entities;
use crate::event;
use crate::kind::NO_KIND;
use crate::lexicon::Lexicon;
use crate::reading::{self, Reading};
use model::{
    Because, Document, DocumentId, Edtf, Passage, PassageId, PassageKind, Published, PublishedHow, Run, Span,
};

/// One sentence as read; each line names what was found and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// The sentence.
    pub sentence: String,
    /// Each token.
    pub tokens: Vec<Word>,
    /// What was found in it, with the reason: actors, places, times, numbers, pointing words.
    pub found: Vec<(String, Because)>,
    /// Who says what: speaker, cue, content.
    pub frames: Vec<(String, String, String)>,
    /// Words that change how far something is said to have happened, and what they do.
    pub marks: Vec<(String, String)>,
}

/// A token as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// As written.
    pub text: String,
    /// Part of speech.
    pub tag: String,
    /// Dictionary form.
    pub lemma: String,
    /// Number of its clause.
    pub clause: usize,
    /// How it hangs on which word of the sentence: "subject of fired".
    pub hangs: String,
}

/// Shows how every sentence of a document is read.
pub fn explain(document: &Document, lexicon: &Lexicon) -> Vec<Explained> {
    let (mut readings, _) = reading::read(document, lexicon);
    entities::complete(&mut readings, document, lexicon);
    readings.iter().map(|reading| one(reading, lexicon)).collect()
}

/// Actors, places and mentions, each at its first token.
fn named(reading: &Reading) -> Vec<(usize, String, Because)> {
    let actors = reading.actors.iter().map(|hit| {
        let what = format!("actor {}", hit.kind);
        (hit.tokens.start, what, hit.because.clone())
    });
    let places = reading.places.iter().map(|hit| {
        let what = format!("place, {}", hit.role.as_str());
        (hit.tokens.start, what, hit.because.clone())
    });
    let mentions = reading.entities.iter().map(|hit| {
        let what = format!("mention, {}", hit.kind.as_str());
        (hit.tokens.start, what, entities::because(reading, hit))
    });
    actors.chain(places).chain(mentions).collect()
}

fn one(reading: &Reading, lexicon: &Lexicon) -> Explained {
    let tokens = reading
        .sentence
        .tokens
        .iter()
        .enumerate()
        .map(|(index, token)| {
            let tree = reading.tree();
            let head = tree.head(index).map_or("", |head| {
                reading.token(head).map_or("", |token| token.text.as_str())
            });
            Word {
                text: token.text.clone(),
                tag: token.tag.name().to_owned(),
                lemma: token.lemma.clone(),
                clause: reading.clause(index),
                hangs: format!("{} {head}", tree.relation(index).name())
                    .trim()
                    .to_owned(),
            }
        })
        .collect();
    let mut found = named(reading);
    for hit in &reading.times {
        found.push((
            hit.tokens.start,
            format!("time {}", hit.when.edtf),
            hit.when.because.clone(),
        ));
    }
    for hit in crate::figures::find(reading, lexicon, "") {
        let figure = &hit.figure;
        let what = format!(
            "figure {} {}, scope {}",
            figure.metric.as_str(),
            figure.count,
            figure.scope.as_str()
        );
        found.extend(
            figure
                .because
                .iter()
                .map(|because| (hit.tokens.start, what.clone(), because.clone())),
        );
    }
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    found.extend(as_a_whole(reading));
    let frames = frames(reading, lexicon);
    let marks = reading
        .marks
        .iter()
        .map(|hit| {
            (
                reading.words(&hit.tokens),
                lexicon.marks[hit.value].effect.clone(),
            )
        })
        .collect();
    Explained {
        sentence: reading.words(&reading.all()),
        tokens,
        found: found
            .into_iter()
            .map(|(_, what, because)| (what, because))
            .collect(),
        frames,
        marks,
    }
}

/// Who says what: speaker, words of attribution, content; by the lexicon first.
fn frames(reading: &Reading, lexicon: &Lexicon) -> Vec<(String, String, String)> {
    let frames = attribution::frames(reading, lexicon);
    // What the trained reader finds beside the words of the lexicon.
    let also: Vec<(String, String, String)> = reading
        .said()
        .iter()
        .filter(|said| !frames.iter().any(|frame| frame.cue_tokens.contains(&said.head)))
        .map(|said| {
            let content: Vec<String> = said.content.iter().map(|tokens| reading.words(tokens)).collect();
            (
                said.source
                    .as_ref()
                    .map_or_else(|| "nobody named".to_owned(), |tokens| reading.words(tokens)),
                format!("{} (no word of cues.toml)", reading.words(&said.cue)),
                content.join(" … "),
            )
        })
        .collect();
    frames
        .iter()
        .map(|frame| {
            let speaker = match &frame.speaker {
                Speaker::Actors(actors) => actors
                    .iter()
                    .map(|actor| reading.actors[*actor].label.as_str())
                    .collect::<Vec<_>>()
                    .join(" / "),
                Speaker::Words(words) => reading.words(words),
                Speaker::Nobody => "nobody named".to_owned(),
            };
            (
                speaker,
                reading.words(&frame.cue_tokens),
                reading.words(&frame.content),
            )
        })
        .chain(also)
        .collect()
}

/// What the sentence as a whole sounds like: its kind of news, and the event it would be coded as.
fn as_a_whole(reading: &Reading) -> Vec<(usize, String, Because)> {
    let end = reading.all().end;
    let kind = reading.kinds().first();
    let kind = kind.map(|kind| (end, format!("kind of news {}", kind.id), kind.because.clone()));
    let event = event::code_sentence(&reading.sentence).filter(|event| event.kind != NO_KIND);
    let event = event.map(|event| {
        let (by, to) = (event.actors.join(" / "), event.recipients.join(" / "));
        (
            end,
            format!("event {} by \"{by}\" to \"{to}\"", event.kind),
            event.because,
        )
    });
    kind.into_iter().chain(event).collect()
}

/// A page that holds one paragraph and no date.
pub(crate) fn page_of(text: &str) -> Document {
    let run = Run {
        text_start: 0,
        text_bytes: text.len(),
        raw_start: 0,
        raw_bytes: text.len(),
    };
    let passage = Passage {
        id: PassageId::of(&[text]),
        kind: PassageKind::Body,
        span: Span::new(0, text.len()),
        text: text.to_owned(),
        runs: vec![run],
        because: Vec::new(),
    };
    Document {
        id: DocumentId::of(&[text]),
        name: "sentence".into(),
        raw_bytes: text.len(),
        charset: "UTF-8".into(),
        language: Some("en".into()),
        title: None,
        byline: None,
        outlet: None,
        credits: Vec::new(),
        published: Published {
            edtf: Edtf::unknown(),
            how: PublishedHow::None,
            because: Vec::new(),
        },
        passages: vec![passage],
        artefacts: Vec::new(),
        signature: Vec::new(),
        notes: Vec::new(),
    }
}
