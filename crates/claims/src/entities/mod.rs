//! Who, where and with what: every mention of a person, an organisation or group, a place, a weapon or a carrier
//! of weapons, named or described ("the town", "three gunmen", "he").
//!
//! A trained sequence labeller reads each sentence; words and names of the data are among what it looks at. It
//! says what kind of thing the words stand for, never which one: that is for `names` and `spots`.

mod features;

use crate::lexicon::{Lexicon, Noun};
use crate::names::HitForm;
use crate::phrase::Hit;
use crate::reading::{self, Reading};
use features::Page;
use language::Tag;
use language::linear::{Features, Sequencer};
use model::{Because, Document, Span};
use std::ops::Range;
use std::sync::OnceLock;

/// What a mention stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// One person.
    Person,
    /// A state, body, force or group of people.
    Organisation,
    /// A place, from a country to a building.
    Place,
    /// A weapon or ammunition.
    Weapon,
    /// What carries weapons or troops: aircraft, ships, tanks, vehicles.
    Platform,
    /// A people or faith, as an adjective or a noun.
    Nationality,
}

impl EntityKind {
    /// All kinds, in the order of their labels.
    pub const ALL: [EntityKind; 6] = [
        EntityKind::Person,
        EntityKind::Organisation,
        EntityKind::Place,
        EntityKind::Weapon,
        EntityKind::Platform,
        EntityKind::Nationality,
    ];

    /// The word for it in explanations and models.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Weapon => "weapon",
            Self::Platform => "platform",
            Self::Nationality => "nationality",
        }
    }
}

/// A mention, with the bytes of the raw page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it stands for.
    pub kind: EntityKind,
    /// The bytes of the raw page.
    pub span: Span,
    /// The words as visible.
    pub words: String,
    /// Why.
    pub because: Because,
}

/// A mention in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct EntityHit {
    pub(crate) tokens: Range<usize>,
    pub(crate) kind: EntityKind,
}

/// One sentence as the labeller sees it: for the trainer, which must see the same.
#[derive(Clone, Debug)]
pub struct EntityView {
    /// The bytes of each token in the raw page.
    pub tokens: Vec<Span>,
    /// What the labeller knows of each token.
    pub features: Vec<Features>,
}

/// Every mention in the main passages of a document, in page order.
pub fn entities(document: &Document, lexicon: &Lexicon) -> Vec<Entity> {
    model().map_or_else(Vec::new, |model| entities_by(document, lexicon, model))
}

fn told(readings: &[Reading]) -> Vec<Entity> {
    let of = |reading: &Reading| -> Vec<Entity> {
        let made = reading.entities.iter().map(|hit| Entity {
            kind: hit.kind,
            span: reading.span(&hit.tokens),
            words: reading.words(&hit.tokens),
            because: because(reading, hit),
        });
        made.collect()
    };
    readings.iter().flat_map(of).collect()
}

/// Gives readings every mention, not only those that extraction has use for.
pub(crate) fn complete(readings: &mut [Reading], document: &Document, lexicon: &Lexicon) {
    let mut labelled = reading::annotated(document, lexicon);
    if let Some(model) = model() {
        label_all(&mut labelled, lexicon, model);
    }
    for (reading, labelled) in readings.iter_mut().zip(labelled) {
        reading.entities = labelled.entities;
    }
}

/// As [`entities`], with another model: for scoring pages that the model of the product was trained on.
pub fn entities_by(document: &Document, lexicon: &Lexicon, model: &Sequencer) -> Vec<Entity> {
    let mut readings = reading::annotated(document, lexicon);
    label_all(&mut readings, lexicon, model);
    told(&readings)
}

/// Every sentence of a document as the labeller sees it; `home` is true for text whose mentions are drawn by the
/// guideline that the product follows.
pub fn entity_views(document: &Document, lexicon: &Lexicon, home: bool) -> Vec<EntityView> {
    let readings = reading::annotated(document, lexicon);
    let page = Page::of(&readings, lexicon);
    let view = |reading: &Reading| EntityView {
        tokens: (0..reading.sentence.tokens.len())
            .map(|index| reading.span(&(index..index + 1)))
            .collect(),
        features: features::of(reading, lexicon, &page, home),
    };
    readings.iter().map(view).collect()
}

/// The mentions that a row of label numbers means, as token ranges.
pub fn entity_ranges(labels: &[usize]) -> Vec<(Range<usize>, EntityKind)> {
    let mut found: Vec<(Range<usize>, EntityKind)> = Vec::new();
    for (index, &label) in labels.iter().enumerate() {
        let Some(kind) = label.checked_sub(1).and_then(|at| EntityKind::ALL.get(at / 2)) else {
            continue;
        };
        let begins = label % 2 == 1;
        match found.last_mut() {
            Some((range, last)) if !begins && range.end == index && last == kind => range.end += 1,
            _ => found.push((index..index + 1, *kind)),
        }
    }
    found
}

/// The label names of a model: outside, then beginning and inside of each kind.
pub fn entity_labels() -> Vec<String> {
    let of = |kind: &EntityKind| [format!("B-{}", kind.as_str()), format!("I-{}", kind.as_str())];
    std::iter::once("O".to_owned())
        .chain(EntityKind::ALL.iter().flat_map(of))
        .collect()
}

/// What the data say a noun stands for: `person`, `group`, `organisation`, `place`, `weapon`, `platform`.
pub fn noun_kind(lexicon: &Lexicon, noun: &str) -> Option<&'static str> {
    lexicon.nouns.exactly(noun).first().map(|noun| noun.kind)
}

/// The nouns of the data in a sentence.
fn nouns(reading: &Reading, lexicon: &Lexicon) -> Vec<Hit<Noun>> {
    let mut hits = lexicon.nouns.find(&reading.pieces, false);
    let capital = |hit: &Hit<Noun>| {
        reading
            .token(hit.tokens.start)
            .is_some_and(|token| token.text.starts_with(char::is_uppercase))
    };
    hits.retain(|hit| !hit.value.proper || capital(hit));
    hits
}

/// Labels what stands round the names that the data does not know: where extraction has use for it. [`entities`]
/// and `explain` ask for the rest too.
pub(crate) fn label_strangers(readings: &mut [Reading], lexicon: &Lexicon) {
    let parts: Vec<Vec<Range<usize>>> = readings.iter().map(round_strangers).collect();
    let Some(model) = model().filter(|_| parts.iter().any(|parts| !parts.is_empty())) else {
        return;
    };
    let page = Page::of(readings, lexicon);
    for (reading, parts) in readings.iter_mut().zip(parts) {
        if parts.is_empty() {
            continue;
        }
        let features = features::of_parts(reading, lexicon, &page, true, &parts);
        let labelled = parts.iter().zip(features);
        let hits = labelled.flat_map(|(part, features)| {
            let ranges = entity_ranges(&model.label(&features)).into_iter();
            ranges.map(|(tokens, kind)| EntityHit {
                tokens: part.start + tokens.start..part.start + tokens.end,
                kind,
            })
        });
        reading.entities = hits.collect();
    }
}

/// How many words on either side of a name are labelled with it: a label hardly ever hangs on words farther off.
const REACH: usize = 4;

/// The parts of a sentence that hold its strangers, in order and apart.
fn round_strangers(reading: &Reading) -> Vec<Range<usize>> {
    let strangers = reading.actors.iter().filter(|hit| hit.form == HitForm::Stranger);
    let mut parts: Vec<Range<usize>> = Vec::new();
    for hit in strangers {
        let start = hit.tokens.start.saturating_sub(REACH);
        let end = (hit.tokens.end + REACH).min(reading.sentence.tokens.len());
        match parts.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => parts.push(start..end),
        }
    }
    parts
}

/// Labels every sentence of a page.
fn label_all(readings: &mut [Reading], lexicon: &Lexicon, model: &Sequencer) {
    let page = Page::of(readings, lexicon);
    for reading in readings.iter_mut() {
        let labels = model.label(&features::of(reading, lexicon, &page, true));
        let mut hits: Vec<EntityHit> = entity_ranges(&labels)
            .into_iter()
            .map(|(tokens, kind)| EntityHit { tokens, kind })
            .collect();
        add_weapons(reading, lexicon, &mut hits);
        reading.entities = hits;
    }
}

/// Weapons and carriers that the data know and the labeller passed over: the noun phrase that such a noun heads.
fn add_weapons(reading: &Reading, lexicon: &Lexicon, hits: &mut Vec<EntityHit>) {
    let tokens = &reading.sentence.tokens;
    let tag = |index: usize| tokens.get(index).map(|token| token.tag);
    let mut taken = vec![false; tokens.len()];
    for hit in hits.iter() {
        taken[hit.tokens.clone()].fill(true);
    }
    for noun in nouns(reading, lexicon) {
        let kind = match noun.value.kind {
            "weapon" => EntityKind::Weapon,
            "platform" => EntityKind::Platform,
            _ => continue,
        };
        let is_noun = |tag: Option<Tag>| matches!(tag, Some(Tag::Noun | Tag::Propn));
        let end = noun.tokens.end;
        if !is_noun(tag(end - 1)) || is_noun(tag(end)) || taken[noun.tokens.clone()].contains(&true) {
            continue;
        }
        let mut start = noun.tokens.start;
        while let Some(before) = start.checked_sub(1) {
            let joins = matches!(tag(before), Some(Tag::Adj | Tag::Noun | Tag::Propn | Tag::Det))
                || tokens[before].text == "-";
            if !joins || taken[before] {
                break;
            }
            start = before;
            if tag(before) == Some(Tag::Det) {
                break;
            }
        }
        taken[start..end].fill(true);
        hits.push(EntityHit {
            tokens: start..end,
            kind,
        });
    }
    hits.sort_by_key(|hit| hit.tokens.start);
}

/// Why a mention was found.
pub(crate) fn because(reading: &Reading, hit: &EntityHit) -> Because {
    let words = reading.words(&hit.tokens);
    Because::new(
        "entity-labeller",
        format!("\"{words}\" reads as a mention: {}", hit.kind.as_str()),
    )
    .entry("models/en/names.bin")
    .span(reading.span(&hit.tokens))
}

fn model() -> Option<&'static Sequencer> {
    static MODEL: OnceLock<Option<Sequencer>> = OnceLock::new();
    MODEL
        .get_or_init(|| Sequencer::from_bytes(include_bytes!("../../../../models/en/names.bin")))
        .as_ref()
}
