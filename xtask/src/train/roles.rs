//! The parts that people, organisations and things play in acts of violence, learnt from the texts and keys of the
//! MUC-4 collection.
//!
//! A key says what a text tells, not where: every place where the words of a fill stand in its text is taken for an
//! example. Each step learns from what the step before says of texts it has not seen (three folds), so that it
//! meets in training the mistakes it will meet later.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use claims::roles::{
    Attribute, Entity, Kind, Model, Outline, Part, View, candidates, features, gather, mentions,
};
use language::linear::{Classifier, Features};
use language::{Language, Sentence, Shape};

use super::linear::{Plan, classifier};
use crate::score::muc4::fill::{dateline, day, kind_name};
use crate::score::muc4::key::{Fill, Message, Template, read, slot};
use crate::score::muc4::rules::words_credit;

/// Parts of the collection that are never learnt from.
const KEPT_BACK: &[&str] = &["TST2", "TST3", "TST4"];

/// Trains and writes `models/en/scenes.bin`.
pub(crate) fn train(shared: &Path) -> Result<()> {
    let messages = read(&shared.join("gold/muc4"))?;
    let pages: Vec<Page> = messages
        .iter()
        .filter(|message| !KEPT_BACK.contains(&message.set()))
        .map(prepare)
        .collect();
    if pages.is_empty() {
        bail!(
            "no text to learn from under {}",
            shared.join("gold/muc4").display()
        );
    }
    let bytes = learn(&pages.iter().collect::<Vec<_>>()).to_bytes();
    let file = crate::root().join("models/en/scenes.bin");
    fs::write(&file, &bytes)?;
    println!(
        "{}: {} bytes from {} texts",
        file.display(),
        bytes.len(),
        pages.len()
    );
    Ok(())
}

/// A text, analysed, with what its key says.
pub(crate) struct Page {
    message: Message,
    sentences: Vec<Sentence>,
    /// The kind each sentence tells of, counted from 1; 0 for none.
    kinds: Vec<usize>,
    /// The part of each word of each sentence, counted from 1; 0 for none.
    parts: Vec<Vec<usize>>,
}

impl Page {
    fn view(&self) -> View<'_> {
        View::new(&self.sentences, Language::english())
    }
}

/// The slots whose words are those of a part.
const SLOTS: [(usize, Part); 6] = [
    (slot::INSTRUMENT, Part::Weapon),
    (slot::NAME, Part::Name),
    (slot::ORGANISATION, Part::Organisation),
    (slot::PERPETRATOR, Part::Initiator),
    (slot::OBJECT, Part::Object),
    (slot::DESCRIPTION, Part::Person),
];

/// Analyses a text and finds the words of its key in it.
pub(crate) fn prepare(message: &Message) -> Page {
    let language = Language::english();
    let sentences = language::analyse_shallow(&message.text, language).sentences;
    let mut phrases: Vec<(Vec<String>, Part)> = Vec::new();
    for template in &message.key {
        for (number, part) in SLOTS {
            for value in template.fills(number).iter().flat_map(|fill| &fill.values) {
                phrases.push((cut(value), part));
            }
        }
        for place in template
            .fills(slot::LOCATION)
            .iter()
            .flat_map(|fill| &fill.values)
        {
            for (name, _) in place_names(place) {
                phrases.push((cut(&name), Part::Place));
            }
        }
    }
    phrases.retain(|(words, _)| !words.is_empty());
    phrases.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    phrases.dedup();
    let parts = sentences
        .iter()
        .map(|sentence| parts_of(sentence, &phrases))
        .collect();
    let kinds = sentences
        .iter()
        .map(|sentence| kind_of(sentence, &message.key))
        .collect();
    Page {
        message: message.clone(),
        sentences,
        kinds,
        parts,
    }
}

/// The words of a fill as the texts are cut.
fn cut(value: &str) -> Vec<String> {
    let analysis = language::segment(value, Language::english());
    let tokens = analysis
        .sentences
        .into_iter()
        .flat_map(|sentence| sentence.tokens);
    tokens.map(|token| token.lower).collect()
}

/// The places of a location below the country, with their kinds: `SAN SALVADOR`, `CITY`.
fn place_names(location: &str) -> Vec<(String, String)> {
    let part = |part: &str| {
        let (name, kind) = part.split_once('(').unwrap_or((part, ""));
        (
            name.trim().to_owned(),
            kind.trim_end_matches([')', ' ']).to_owned(),
        )
    };
    location.split(':').skip(1).map(part).collect()
}

fn starts_of<'s>(sentence: &'s Sentence, words: &'s [String]) -> impl Iterator<Item = usize> + 's {
    let last = (sentence.tokens.len() + 1).saturating_sub(words.len());
    (0..last).filter(move |start| {
        let tokens = &sentence.tokens[*start..*start + words.len()];
        tokens.iter().zip(words).all(|(token, word)| token.lower == *word)
    })
}

fn parts_of(sentence: &Sentence, phrases: &[(Vec<String>, Part)]) -> Vec<usize> {
    let mut parts = vec![0; sentence.tokens.len()];
    for (words, part) in phrases {
        for start in starts_of(sentence, words) {
            let own = &mut parts[start..start + words.len()];
            if own.iter().all(|part| *part == 0) {
                own.fill(*part as usize + 1);
            }
        }
    }
    parts
}

/// The kind of the template that has the most fills in the sentence; an organisation alone is not enough.
fn kind_of(sentence: &Sentence, key: &[Template]) -> usize {
    let mut best = (1, 0);
    for template in key {
        let Some(kind) = kinds_of(template).next() else {
            continue;
        };
        let mut found = 0;
        for (number, part) in SLOTS {
            for fill in template.fills(number) {
                let stands = |value: &String| starts_of(sentence, &cut(value)).next().is_some();
                if fill.values.iter().any(stands) {
                    found += if part == Part::Organisation { 1 } else { 2 };
                }
            }
        }
        if found > best.0 {
            best = (found, kind as usize + 1);
        }
    }
    best.1
}

fn kinds_of(template: &Template) -> impl Iterator<Item = Kind> + '_ {
    let values = template.fills(slot::TYPE).iter().flat_map(|fill| &fill.values);
    values.filter_map(|value| Kind::ALL.into_iter().find(|kind| kind_name(*kind) == value))
}

/// Texts are dealt into so many folds.
const FOLDS: usize = 3;

/// Gives each page what a model trained on the other folds says; and the model trained on all.
fn crosswise<M, T>(
    pages: &[&Page],
    train: impl Fn(&dyn Fn(usize) -> bool) -> M,
    apply: impl Fn(&M, usize) -> T,
) -> (M, Vec<T>) {
    let mut given: Vec<Option<T>> = pages.iter().map(|_| None).collect();
    for fold in 0..FOLDS {
        let model = train(&|at| at % FOLDS != fold);
        for at in (fold..pages.len()).step_by(FOLDS) {
            given[at] = Some(apply(&model, at));
        }
    }
    (train(&|_| true), given.into_iter().flatten().collect())
}

/// All steps from these pages.
pub(crate) fn learn(pages: &[&Page]) -> Model {
    let mut model = Model::default();
    let outlines = learn_outlines(pages, &mut model);
    let entities = learn_parts(pages, &outlines, &mut model);
    learn_entities(pages, &outlines, &entities, &mut model);
    learn_pairs(pages, &outlines, &entities, &mut model);
    learn_attributes(pages, &outlines, &entities, &mut model);
    learn_times(pages, &outlines, &mut model);
    model.seen = pages.iter().map(|page| text_hash(&page.message.text)).collect();
    model.seen.sort_unstable();
    model
}

/// A 32-bit hash of a text (FNV-1a).
pub(crate) fn text_hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

fn names_with_none(names: &[&'static str]) -> Vec<&'static str> {
    std::iter::once("none").chain(names.iter().copied()).collect()
}

/// The first two steps. The outlines are those of models that have not seen the page.
fn learn_outlines(pages: &[&Page], model: &mut Model) -> Vec<Outline> {
    let labels = names_with_none(&Kind::ALL.map(Kind::name));
    let samples: Vec<Vec<(Features, usize)>> = pages
        .iter()
        .map(|page| {
            let view = page.view();
            (0..page.sentences.len())
                .map(|at| (features::of_sentence(&view, at), page.kinds[at]))
                .collect()
        })
        .collect();
    let (sentence, kinds) = crosswise(
        pages,
        |is_in| {
            let chosen = samples.iter().enumerate().filter(|(at, _)| is_in(*at));
            let chosen: Vec<_> = chosen.flat_map(|(_, samples)| samples.clone()).collect();
            classifier(&labels, &chosen, plan(8, 2, 0.02))
        },
        |model: &Classifier, at| {
            let told = Model {
                sentence: model.clone(),
                ..Model::default()
            };
            told.outline(&pages[at].view()).sentences
        },
    );
    model.sentence = sentence;
    let mut outlines: Vec<Outline> = kinds
        .into_iter()
        .map(|sentences| Outline {
            sentences,
            text: [0.0; 6],
        })
        .collect();
    for kind in Kind::ALL {
        let samples: Vec<(Features, usize)> = pages
            .iter()
            .zip(&outlines)
            .map(|(page, outline)| {
                let told = page
                    .message
                    .key
                    .iter()
                    .any(|template| kinds_of(template).any(|k| k == kind));
                (
                    features::of_text(&page.view(), &outline.sentences, kind),
                    usize::from(told),
                )
            })
            .collect();
        let (text, given) = crosswise(
            pages,
            |is_in| {
                let chosen = samples.iter().enumerate().filter(|(at, _)| is_in(*at));
                let chosen: Vec<_> = chosen.map(|(_, sample)| sample.clone()).collect();
                classifier(&["no", "yes"], &chosen, plan(10, 3, 0.005))
            },
            |model: &Classifier, at| model.probabilities(&samples[at].0)[1],
        );
        model.text.push(text);
        for (outline, probability) in outlines.iter_mut().zip(given) {
            outline.text[kind as usize] = probability;
        }
    }
    outlines
}

/// Passes, least count and rate: the more features a sample has, the smaller the step, or the probabilities are all
/// near 0 or 1. Found on held-out development texts.
fn plan(epochs: usize, least: usize, rate: f32) -> Plan {
    Plan {
        epochs,
        least,
        rate,
        ..Plan::default()
    }
}

/// The third step. The entities are those of models that have not seen the page.
fn learn_parts(pages: &[&Page], outlines: &[Outline], model: &mut Model) -> Vec<Vec<Entity>> {
    let labels = names_with_none(&Part::ALL.map(Part::name));
    let train = |is_in: &dyn Fn(usize) -> bool| {
        let mut samples = Vec::new();
        for (at, page) in pages.iter().enumerate().filter(|(at, _)| is_in(*at)) {
            let view = page.view();
            for (number, sentence) in page.sentences.iter().enumerate() {
                if !outlines[at].is_worth(number) {
                    continue;
                }
                for word in 0..sentence.tokens.len() {
                    if sentence.tokens[word].shape == Shape::Punctuation && page.parts[number][word] == 0 {
                        continue;
                    }
                    let seen = features::of_token(&view, number, word, &outlines[at]);
                    samples.push((seen, page.parts[number][word]));
                }
            }
        }
        classifier(&labels, &samples, plan(5, 2, 0.03))
    };
    let (part, entities) = crosswise(pages, train, |part: &Classifier, at| {
        let told = Model {
            part: part.clone(),
            ..Model::default()
        };
        let (sentences, outline) = (&pages[at].sentences, &outlines[at]);
        let view = pages[at].view();
        let found = (0..sentences.len())
            .filter(|number| outline.is_worth(*number))
            .flat_map(|number| mentions(&sentences[number], number, &told.parts(&view, number, outline)))
            .collect();
        gather(sentences, found)
    });
    model.part = part;
    entities
}

/// The slot of a part; the location for a place.
fn slot_of(part: Part) -> usize {
    SLOTS
        .iter()
        .find(|(_, other)| *other == part)
        .map_or(slot::LOCATION, |(number, _)| *number)
}

/// Whether a phrase is a fill of a template.
fn is_fill(entity: &Entity, template: &Template) -> bool {
    let mut values = template
        .fills(slot_of(entity.part))
        .iter()
        .flat_map(|fill| &fill.values);
    values.any(|value| match entity.part {
        Part::Place => place_names(value)
            .iter()
            .any(|(name, _)| *name == entity.words.to_uppercase()),
        _ => is_credited(entity, value),
    })
}

fn is_credited(entity: &Entity, value: &str) -> bool {
    let is_name = matches!(entity.part, Part::Name | Part::Organisation);
    std::iter::once(&entity.words)
        .chain(&entity.others)
        .any(|words| words_credit(&words.to_uppercase(), value, is_name) > 0)
}

fn learn_entities(pages: &[&Page], outlines: &[Outline], entities: &[Vec<Entity>], model: &mut Model) {
    let mut samples = Vec::new();
    for ((page, outline), entities) in pages.iter().zip(outlines).zip(entities) {
        let view = page.view();
        for (at, entity) in entities.iter().enumerate() {
            let seen = features::of_entity(entities, at, &view, outline);
            let told = page.message.key.iter().any(|template| is_fill(entity, template));
            samples.push((seen, usize::from(told)));
        }
    }
    model.entity = classifier(&["no", "yes"], &samples, plan(6, 2, 0.03));
}

/// Phrases of which one at least suffered are asked for; two belong together if a template has both.
fn learn_pairs(pages: &[&Page], outlines: &[Outline], entities: &[Vec<Entity>], model: &mut Model) {
    let mut samples = Vec::new();
    for ((page, outline), entities) in pages.iter().zip(outlines).zip(entities) {
        let view = page.view();
        for kind in Kind::ALL {
            let of_kind = page
                .message
                .key
                .iter()
                .filter(|template| kinds_of(template).any(|k| k == kind));
            let templates: Vec<&Template> = of_kind.collect();
            let told: Vec<(&Entity, Vec<bool>)> = entities
                .iter()
                .map(|entity| {
                    (
                        entity,
                        templates
                            .iter()
                            .map(|template| is_fill(entity, template))
                            .collect(),
                    )
                })
                .filter(|(_, fills): &(&Entity, Vec<bool>)| fills.contains(&true))
                .collect();
            for (at, (a, in_a)) in told.iter().enumerate() {
                for (b, in_b) in &told[..at] {
                    let suffers =
                        |entity: &Entity| matches!(entity.part, Part::Object | Part::Name | Part::Person);
                    if suffers(a) || suffers(b) {
                        let together = in_a.iter().zip(in_b).any(|(a, b)| *a && *b);
                        samples.push((
                            features::of_pair(a, b, kind, &view, outline),
                            usize::from(together),
                        ));
                    }
                }
            }
        }
    }
    model.pair = classifier(&["no", "yes"], &samples, plan(6, 2, 0.03));
}

/// The slot that says it; `None` for what is not told in a slot with a reference.
fn attribute_slot(attribute: Attribute) -> Option<usize> {
    Some(match attribute {
        Attribute::WeaponKind => slot::INSTRUMENT_TYPE,
        Attribute::ObjectKind => slot::OBJECT_TYPE,
        Attribute::ObjectEffect => slot::OBJECT_EFFECT,
        Attribute::PersonKind => slot::PERSON_TYPE,
        Attribute::PersonEffect => slot::PERSON_EFFECT,
        Attribute::Certainty => slot::CONFIDENCE,
        Attribute::PersonNation => slot::PERSON_NATION,
        Attribute::ObjectNation => slot::OBJECT_NATION,
        Attribute::Author => slot::CATEGORY,
        Attribute::Stage => slot::STAGE,
        Attribute::PlaceKind | Attribute::Country => return None,
    })
}

/// What a template says of a phrase.
fn attribute_of(attribute: Attribute, entity: &Entity, template: &Template) -> Option<String> {
    if attribute == Attribute::PlaceKind {
        let values = template
            .fills(slot::LOCATION)
            .iter()
            .flat_map(|fill| &fill.values);
        return values
            .flat_map(|value| place_names(value))
            .find(|(name, _)| *name == entity.words.to_uppercase())
            .map(|(_, kind)| kind);
    }
    let fills = template.fills(attribute_slot(attribute)?);
    let about = |fill: &&Fill| fill.about.iter().any(|about| is_credited(entity, about));
    fills.iter().find(about)?.values.first().cloned()
}

fn learn_attributes(pages: &[&Page], outlines: &[Outline], entities: &[Vec<Entity>], model: &mut Model) {
    for attribute in Attribute::ALL {
        let mut samples: Vec<(Features, String)> = Vec::new();
        for ((page, outline), entities) in pages.iter().zip(outlines).zip(entities) {
            let view = page.view();
            for template in &page.message.key {
                let own = entities.iter().filter(|entity| is_fill(entity, template));
                if Attribute::SCENE.contains(&attribute) {
                    let own: Vec<&Entity> = own.collect();
                    let Some(kind) = kinds_of(template).next() else {
                        continue;
                    };
                    let seen = features::of_scene(kind, &own, &view, outline);
                    samples.push((seen, scene_label(attribute, template)));
                    continue;
                }
                for entity in own.filter(|entity| Attribute::of(entity.part).contains(&attribute)) {
                    let label = attribute_of(attribute, entity, template).unwrap_or_else(|| "-".to_owned());
                    let seen = match attribute {
                        Attribute::PlaceKind => features::of_place(entity, &view),
                        _ => features::of_attribute(entity, &view, outline),
                    };
                    samples.push((seen, label));
                }
            }
        }
        model.attributes.push(labelled(&samples));
    }
}

fn scene_label(attribute: Attribute, template: &Template) -> String {
    let number = attribute_slot(attribute).unwrap_or(slot::LOCATION);
    let value = template
        .fills(number)
        .first()
        .and_then(|fill| fill.values.first());
    let value = value.map_or("-", String::as_str);
    value.split(':').next().unwrap_or(value).trim().to_owned()
}

/// A classifier for the labels found.
fn labelled(samples: &[(Features, String)]) -> Classifier {
    let mut labels: Vec<&str> = samples.iter().map(|(_, label)| label.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    let numbered: Vec<(Features, usize)> = samples
        .iter()
        .map(|(features, label)| {
            let at = labels.binary_search(&label.as_str()).unwrap_or(0);
            (features.clone(), at)
        })
        .collect();
    classifier(&labels, &numbered, plan(8, 2, 0.02))
}

fn learn_times(pages: &[&Page], outlines: &[Outline], model: &mut Model) {
    let mut samples = Vec::new();
    for (page, outline) in pages.iter().zip(outlines) {
        let found = candidates(&page.sentences, dateline(&page.message.text), &page.message.text);
        let view = page.view();
        for template in &page.message.key {
            let Some(kind) = kinds_of(template).next() else {
                continue;
            };
            let dates: Vec<&String> = template
                .fills(slot::DATE)
                .iter()
                .flat_map(|fill| &fill.values)
                .collect();
            for candidate in &found {
                let told = candidate.days == 0 && dates.contains(&&day(candidate.resolved.latest));
                let seen = features::of_time(candidate, kind, &view, outline);
                samples.push((seen, usize::from(told)));
            }
        }
    }
    model.time = classifier(&["no", "yes"], &samples, plan(6, 2, 0.05));
}
