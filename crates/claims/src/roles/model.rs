//! The weights, and the steps that use them.

use super::features::{self, Outline, View};
use super::gather::Entity;
use super::when::Candidate;
use super::{Kind, Part, Scene};
use language::linear::Classifier;

/// What is said of a phrase or of a whole act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// What kind of weapon.
    WeaponKind,
    /// What kind of thing was struck.
    ObjectKind,
    /// What befell the thing.
    ObjectEffect,
    /// What kind of person.
    PersonKind,
    /// What befell the person.
    PersonEffect,
    /// How surely the organisation did it.
    Certainty,
    /// Of which foreign nation the person is.
    PersonNation,
    /// Of which foreign nation the thing is.
    ObjectNation,
    /// What kind of place.
    PlaceKind,
    /// Of the act: in which country.
    Country,
    /// Of the act: by non-state groups or by a state.
    Author,
    /// Of the act: done, tried or threatened.
    Stage,
}

impl Attribute {
    /// Every attribute, in the order of the model file.
    pub const ALL: [Attribute; 12] = [
        Attribute::WeaponKind,
        Attribute::ObjectKind,
        Attribute::ObjectEffect,
        Attribute::PersonKind,
        Attribute::PersonEffect,
        Attribute::Certainty,
        Attribute::PersonNation,
        Attribute::ObjectNation,
        Attribute::PlaceKind,
        Attribute::Country,
        Attribute::Author,
        Attribute::Stage,
    ];

    /// The attributes of a phrase that plays this part.
    #[must_use]
    pub fn of(part: Part) -> &'static [Attribute] {
        match part {
            Part::Weapon => &[Attribute::WeaponKind],
            Part::Object => &[
                Attribute::ObjectKind,
                Attribute::ObjectEffect,
                Attribute::ObjectNation,
            ],
            Part::Name | Part::Person => &[
                Attribute::PersonKind,
                Attribute::PersonEffect,
                Attribute::PersonNation,
            ],
            Part::Organisation => &[Attribute::Certainty],
            Part::Place => &[Attribute::PlaceKind],
            Part::Initiator => &[],
        }
    }

    /// The attributes of a whole act.
    pub const SCENE: [Attribute; 3] = [Attribute::Country, Attribute::Author, Attribute::Stage];
}

/// The weights of all steps.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Sentence to kind or none: labels are "none" and the kinds.
    pub sentence: Classifier,
    /// Text to yes or no, one a kind.
    pub text: Vec<Classifier>,
    /// Word to part or none.
    pub part: Classifier,
    /// Phrase to yes or no.
    pub entity: Classifier,
    /// Two phrases to yes (they belong to one act) or no.
    pub pair: Classifier,
    /// Time to yes or no.
    pub time: Classifier,
    /// One for each of [`Attribute::ALL`]; the label "-" says that nothing is told.
    pub attributes: Vec<Classifier>,
    /// Hashes of the texts it was trained on, sorted: a score on these is no score.
    pub seen: Vec<u32>,
}

impl Model {
    /// The weights for English, compiled in; read on first use and kept.
    #[must_use]
    pub fn english() -> &'static Model {
        use std::sync::LazyLock;
        static ENGLISH: LazyLock<Model> = LazyLock::new(|| {
            let bytes = include_bytes!("../../../../models/en/scenes.bin");
            Model::from_bytes(bytes).expect("the built-in weights are read by a test")
        });
        &ENGLISH
    }

    /// Reads what [`Model::to_bytes`] wrote; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Model> {
        let mut rest = bytes;
        let mut take = || take(&mut rest);
        let sentence = Classifier::from_bytes(take()?)?;
        let mut text = Vec::new();
        for _ in Kind::ALL {
            text.push(Classifier::from_bytes(take()?)?);
        }
        let part = Classifier::from_bytes(take()?)?;
        let entity = Classifier::from_bytes(take()?)?;
        let pair = Classifier::from_bytes(take()?)?;
        let time = Classifier::from_bytes(take()?)?;
        let mut attributes = Vec::new();
        for _ in Attribute::ALL {
            attributes.push(Classifier::from_bytes(take()?)?);
        }
        let seen = take()?
            .as_chunks::<4>()
            .0
            .iter()
            .map(|hash| u32::from_le_bytes(*hash))
            .collect();
        Some(Model {
            sentence,
            text,
            part,
            entity,
            pair,
            time,
            attributes,
            seen,
        })
    }

    /// The model file; equal weights give equal bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut put = |part: &[u8]| {
            bytes.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
            bytes.extend(part);
        };
        put(&self.sentence.to_bytes());
        self.text.iter().for_each(|model| put(&model.to_bytes()));
        put(&self.part.to_bytes());
        put(&self.entity.to_bytes());
        put(&self.pair.to_bytes());
        put(&self.time.to_bytes());
        self.attributes.iter().for_each(|model| put(&model.to_bytes()));
        let seen: Vec<u8> = self.seen.iter().flat_map(|hash| hash.to_le_bytes()).collect();
        put(&seen);
        bytes
    }

    /// The first two steps: kinds of the sentences and of the text.
    #[must_use]
    pub fn outline(&self, view: &View) -> Outline {
        let kinds: Vec<[f32; 6]> = (0..view.sentences.len())
            .map(|at| by_kind(&self.sentence, &features::of_sentence(view, at)))
            .collect();
        let text = std::array::from_fn(|at| {
            let features = features::of_text(view, &kinds, Kind::ALL[at]);
            self.text.get(at).map_or(0.0, |model| yes(model, &features))
        });
        Outline {
            sentences: kinds,
            text,
        }
    }

    /// The third step: the probability of each part for each word of a sentence.
    #[must_use]
    pub fn parts(&self, view: &View, at: usize, outline: &Outline) -> Vec<[f32; 7]> {
        (0..view.sentences[at].tokens.len())
            .map(|word| {
                let features = features::of_token(view, at, word, outline);
                let probabilities = self.part.probabilities(&features);
                let of = |part: Part| probability(&self.part, &probabilities, part.name());
                Part::ALL.map(of)
            })
            .collect()
    }

    /// The fourth and fifth step: whether each phrase plays its part, what it is and what befell it.
    pub fn judge(&self, entities: &mut [Entity], view: &View, outline: &Outline) {
        let probabilities: Vec<f32> = (0..entities.len())
            .map(|at| yes(&self.entity, &features::of_entity(entities, at, view, outline)))
            .collect();
        for (entity, probability) in entities.iter_mut().zip(probabilities) {
            entity.probability = probability;
            for attribute in Attribute::of(entity.part) {
                let features = match attribute {
                    Attribute::PlaceKind => features::of_place(entity, view),
                    _ => features::of_attribute(entity, view, outline),
                };
                if let Some((label, probability)) = self.label(*attribute, &features) {
                    entity.attributes.push((*attribute, label, probability));
                }
            }
        }
    }

    /// The best label of an attribute that says something, with its probability.
    fn label(&self, attribute: Attribute, features: &language::linear::Features) -> Option<(String, f32)> {
        let model = self.attributes.get(attribute as usize)?;
        let probabilities = model.probabilities(features);
        let mut best: Option<(usize, f32)> = None;
        for (at, probability) in probabilities.iter().enumerate() {
            if model.labels()[at] != "-" && best.is_none_or(|(_, most)| *probability > most) {
                best = Some((at, *probability));
            }
        }
        best.map(|(at, probability)| (model.labels()[at].clone(), probability))
    }

    /// The scenes of one kind: the phrases told in its sentences, their time, their labels.
    pub(super) fn scenes(
        &self,
        kind: Kind,
        chosen: &[Kind],
        entities: &[Entity],
        times: &[Candidate],
        view: &View,
        outline: &Outline,
    ) -> Vec<Scene> {
        let mut own: Vec<Entity> = entities
            .iter()
            .filter(|entity| share(entity, kind, chosen, outline) >= SHARE_MIN)
            .cloned()
            .collect();
        own.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        let mut when: Option<(&Candidate, f32)> = None;
        for candidate in times {
            let probability = yes(&self.time, &features::of_time(candidate, kind, view, outline));
            if when.is_none_or(|(_, most)| probability > most) {
                when = Some((candidate, probability));
            }
        }
        let when = when.map(|(candidate, probability)| (candidate.resolved.clone(), probability));
        let groups = self.split(own, kind, view, outline);
        groups
            .into_iter()
            .map(|entities| Scene {
                kind,
                probability: outline.text[kind as usize],
                labels: self.scene_labels(kind, &entities, view, outline),
                entities,
                when: when.clone(),
            })
            .collect()
    }

    fn scene_labels(
        &self,
        kind: Kind,
        entities: &[Entity],
        view: &View,
        outline: &Outline,
    ) -> Vec<(Attribute, String, f32)> {
        let probable: Vec<&Entity> = entities
            .iter()
            .filter(|entity| entity.probability >= 0.5)
            .collect();
        let features = features::of_scene(kind, &probable, view, outline);
        let labels = Attribute::SCENE.into_iter().filter_map(|attribute| {
            let (label, probability) = self.label(attribute, &features)?;
            Some((attribute, label, probability))
        });
        labels.collect()
    }

    /// Deals phrases out to acts: each that suffered joins those it probably suffered with, or begins a new act;
    /// the others go where they probably belong.
    fn split(&self, own: Vec<Entity>, kind: Kind, view: &View, outline: &Outline) -> Vec<Vec<Entity>> {
        let together = |at: usize, group: &[usize]| {
            let sum: f32 = group
                .iter()
                .map(|other| {
                    yes(
                        &self.pair,
                        &features::of_pair(&own[at], &own[*other], kind, view, outline),
                    )
                })
                .sum();
            sum / group.len().max(1) as f32
        };
        let suffers = |at: &usize| {
            own[*at].probability >= SPLIT_MIN
                && matches!(own[*at].part, Part::Object | Part::Name | Part::Person)
        };
        let (mut sufferers, others): (Vec<usize>, Vec<usize>) = (0..own.len()).partition(suffers);
        sufferers.sort_by_key(|at| own[*at].mentions.first().map_or(0, |mention| mention.sentence));
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for at in sufferers {
            let best = (0..groups.len())
                .map(|group| (together(at, &groups[group]), group))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            match best {
                Some((probability, group)) if probability >= TOGETHER_MIN => groups[group].push(at),
                _ => groups.push(vec![at]),
            }
        }
        if groups.len() < 2 {
            return vec![own];
        }
        let mut full = groups.clone();
        for at in others {
            let fits: Vec<f32> = groups.iter().map(|group| together(at, group)).collect();
            let most = fits.iter().copied().fold(0.0f32, f32::max);
            for (group, fit) in fits.iter().enumerate() {
                if *fit >= 0.5 || *fit >= most {
                    full[group].push(at);
                }
            }
        }
        let chosen = |mut group: Vec<usize>| {
            group.sort_unstable();
            group.into_iter().map(|at| own[at].clone()).collect()
        };
        full.into_iter().map(chosen).collect()
    }
}

/// A phrase less likely than this to play its part begins no act of its own.
const SPLIT_MIN: f32 = 0.3;
/// Less likely than this to belong to the same act, two phrases are told of different ones. Low, for a wrong split
/// costs more than a wrong joint.
const TOGETHER_MIN: f32 = 0.3;

/// A phrase goes to every kind of act that has at least this share of its sentences.
const SHARE_MIN: f32 = 0.3;

/// The share of a kind, among those told of in the text, in the sentences of a phrase.
fn share(entity: &Entity, kind: Kind, chosen: &[Kind], outline: &Outline) -> f32 {
    let sum = |kind: &Kind| -> f32 {
        entity
            .mentions
            .iter()
            .map(|mention| mention.probability * outline.sentences[mention.sentence][*kind as usize])
            .sum::<f32>()
            + 1e-4
    };
    sum(&kind) / chosen.iter().map(sum).sum::<f32>()
}

/// One part of the model file: its length in four bytes, then its bytes.
fn take<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let part = after.get(..length)?;
    *rest = &after[length..];
    Some(part)
}

fn by_kind(model: &Classifier, features: &language::linear::Features) -> [f32; 6] {
    let probabilities = model.probabilities(features);
    Kind::ALL.map(|kind| probability(model, &probabilities, kind.name()))
}

fn probability(model: &Classifier, probabilities: &[f32], label: &str) -> f32 {
    let at = model.labels().iter().position(|name| name == label);
    at.and_then(|at| probabilities.get(at)).copied().unwrap_or(0.0)
}

/// The probability of "yes".
fn yes(model: &Classifier, features: &language::linear::Features) -> f32 {
    let probabilities = model.probabilities(features);
    probability(model, &probabilities, "yes")
}
