//! Who and what plays which part in acts of violence: initiator, organisation, weapon, object, victim, place.
//!
//! Gets the sentences of one text and a [`Model`]; gives [`Scene`]s, one for each kind of act the text tells of, with
//! their [`Entity`]s. All is by trained weights, in capitals as in ordinary case, and every answer has a probability.
//! Never looks at what a speaker is worth, and never resolves a name.
//!
//! The reading has five steps, each a linear model that sees what the step before found: the kind of act of each
//! sentence; the kinds of the whole text; the part of each word, only in sentences that may tell of an act; which
//! of the phrases so found belong to an act; what each of them is and what befell it.

pub mod features;
mod gather;
mod model;
mod when;

pub use features::{Outline, SCENE_MIN, View};
pub use gather::{Entity, Mention, gather, mentions};
pub use model::{Attribute, Model};
pub use when::{Candidate, candidates};

use language::time::{Anchor, Resolved};
use language::{Language, Sentence};

/// The kinds of act told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Shooting, killing, assault, and violence not told more exactly.
    Attack,
    /// Explosives were used.
    Bombing,
    /// Somebody was taken or held.
    Kidnapping,
    /// Something was set on fire.
    Arson,
    /// Something was taken by force.
    Robbery,
    /// People were kept from work by threats.
    Stoppage,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 6] = [
        Kind::Attack,
        Kind::Bombing,
        Kind::Kidnapping,
        Kind::Arson,
        Kind::Robbery,
        Kind::Stoppage,
    ];

    /// The name under which the weights know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["attack", "bombing", "kidnapping", "arson", "robbery", "stoppage"][self as usize]
    }
}

/// The part a phrase plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Somebody who acts, not named as an organisation: "two gunmen".
    Initiator,
    /// An organisation that acts.
    Organisation,
    /// What the act is done with.
    Weapon,
    /// A building, vehicle or other thing that is struck.
    Object,
    /// The name of somebody to whom the act is done.
    Name,
    /// Words for somebody to whom the act is done: "the mayor", "three students".
    Person,
    /// Where.
    Place,
}

impl Part {
    /// Every part.
    pub const ALL: [Part; 7] = [
        Part::Initiator,
        Part::Organisation,
        Part::Weapon,
        Part::Object,
        Part::Name,
        Part::Person,
        Part::Place,
    ];

    /// The name under which the weights know it.
    #[must_use]
    pub fn name(self) -> &'static str {
        [
            "initiator",
            "organisation",
            "weapon",
            "object",
            "name",
            "person",
            "place",
        ][self as usize]
    }
}

/// An act that a text tells of, as far as its phrases say.
#[derive(Clone, Debug)]
pub struct Scene {
    /// What kind of act.
    pub kind: Kind,
    /// How probable it is that the text tells of one.
    pub probability: f32,
    /// Who and what plays a part, the most probable first.
    pub entities: Vec<Entity>,
    /// When, if a time expression says so, with its probability.
    pub when: Option<(Resolved, f32)>,
    /// Labels of the whole act: [`Attribute::Country`], [`Attribute::Author`], [`Attribute::Stage`].
    pub labels: Vec<(Attribute, String, f32)>,
}

/// Reads the scenes of a text. A kind is kept from the probability `least` on.
#[must_use]
pub fn read(sentences: &[Sentence], anchor: Anchor, text: &str, model: &Model, least: f32) -> Vec<Scene> {
    let view = View::new(sentences, Language::english());
    let outline = model.outline(&view);
    let chosen: Vec<Kind> = Kind::ALL
        .into_iter()
        .filter(|kind| outline.text[*kind as usize] >= least)
        .collect();
    if chosen.is_empty() {
        return Vec::new();
    }
    let found: Vec<Mention> = (0..sentences.len())
        .filter(|at| outline.is_worth(*at))
        .flat_map(|at| mentions(&sentences[at], at, &model.parts(&view, at, &outline)))
        .collect();
    let mut entities = gather(sentences, found);
    model.judge(&mut entities, &view, &outline);
    let times = candidates(sentences, anchor, text);
    chosen
        .iter()
        .flat_map(|kind| model.scenes(*kind, &chosen, &entities, &times, &view, &outline))
        .collect()
}

#[cfg(test)]
mod tests;
