//! Templates from the scenes that [`claims::roles`] reads: the form of the collection, its names and its dates.

use claims::roles::{Attribute, Entity, Kind, Model, Part, Scene, read};
use jiff::civil::Date;
use language::Language;
use language::time::{Anchor, Tense};

use super::key::{Fill, Template, slot};

/// The cut-offs below which nothing is filled in, as probabilities.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cuts {
    /// A kind of act in a text.
    pub kind: f32,
    /// A phrase.
    pub phrase: f32,
    /// A label of a phrase.
    pub label: f32,
    /// The likeliest phrase of an act that has none above the cut-off.
    pub only: f32,
    /// A day told in the text.
    pub time: f32,
    /// A place below the country.
    pub place: f32,
}

/// Chosen among a few on one in five development texts, held out, and on TST1. A fill pays where it is right more often than half the F
/// that the whole reaches; a template more often than that, for it brings many fills.
pub(crate) const CUTS: Cuts = Cuts {
    kind: 0.2,
    phrase: 0.4,
    label: 0.3,
    only: 0.2,
    time: 0.4,
    place: 0.4,
};

/// The collection's name of a kind.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Attack => "ATTACK",
        Kind::Bombing => "BOMBING",
        Kind::Kidnapping => "KIDNAPPING",
        Kind::Arson => "ARSON",
        Kind::Robbery => "ROBBERY",
        Kind::Stoppage => "FORCED WORK STOPPAGE",
    }
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];

/// A day as the keys write it: `03 JAN 90`.
pub(crate) fn day(date: Date) -> String {
    let month = MONTHS[usize::from(date.month().unsigned_abs()).saturating_sub(1) % 12];
    format!("{:02} {month} {:02}", date.day(), date.year().rem_euclid(100))
}

/// The day under which a text was sent: "SAN SALVADOR, 3 JAN 90 (AFP) --".
pub(crate) fn dateline(text: &str) -> Anchor {
    let head: String = text.trim_start().chars().take(DATELINE_LETTERS).collect();
    let words: Vec<&str> = head
        .split("--")
        .next()
        .unwrap_or_default()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    for triple in words.windows(3) {
        let month = MONTHS.iter().position(|month| triple[1].starts_with(month));
        let (Some(month), Ok(day), Ok(year)) = (month, triple[0].parse::<i8>(), triple[2].parse::<i16>())
        else {
            continue;
        };
        let month = i8::try_from(month + 1).unwrap_or(1);
        if let Ok(date) = Date::new(1900 + year % 100, month, day) {
            return Anchor::on(date, Tense::Unknown);
        }
    }
    Anchor::unknown()
}

/// A dateline is over after so many letters.
const DATELINE_LETTERS: usize = 200;

/// The templates of a text.
pub(crate) fn templates(text: &str, model: &Model, cuts: Cuts) -> Vec<Template> {
    let sentences = language::analyse_shallow(text, Language::english()).sentences;
    let anchor = dateline(text);
    read(&sentences, anchor, text, model, cuts.kind)
        .iter()
        .filter_map(|scene| template(scene, anchor, cuts))
        .collect()
}

/// One template; `None` for an act of nobody and nothing, which cannot be matched.
fn template(scene: &Scene, anchor: Anchor, cuts: Cuts) -> Option<Template> {
    let mut template = Template::default();
    template.put(slot::TYPE, Fill::new(kind_name(scene.kind)));
    let label = |attribute: Attribute| {
        scene
            .labels
            .iter()
            .find(|(of, _, probability)| *of == attribute && *probability >= cuts.label)
            .map(|(_, label, _)| label.as_str())
    };
    template.put(
        slot::STAGE,
        Fill::new(label(Attribute::Stage).unwrap_or("ACCOMPLISHED")),
    );
    if let Some(author) = label(Attribute::Author) {
        template.put(slot::CATEGORY, Fill::new(author));
    }
    if let Some(date) = date(scene, anchor, cuts) {
        template.put(slot::DATE, Fill::new(&date));
    }
    if let Some(country) = label(Attribute::Country) {
        let place = scene
            .entities
            .iter()
            .find(|entity| entity.part == Part::Place && entity.probability >= cuts.place);
        let place = place.and_then(|place| {
            let (kind, _) = of(place, Attribute::PlaceKind)?;
            Some(format!("{country}: {} ({kind})", place.words.to_uppercase()))
        });
        template.put(slot::LOCATION, Fill::new(place.as_deref().unwrap_or(country)));
    }
    let who = scene.entities.iter().filter(|entity| {
        !matches!(entity.part, Part::Place | Part::Weapon) && applies(scene.kind, entity.part)
    });
    let most = who.map(|entity| entity.probability).fold(0.0f32, f32::max);
    if most < cuts.only {
        return None;
    }
    let least = cuts.phrase.min(most);
    for entity in &scene.entities {
        if entity.probability >= least && applies(scene.kind, entity.part) {
            put(&mut template, entity, scene, cuts);
        }
    }
    Some(template)
}

/// Slots that the task calls not applicable to a kind.
fn applies(kind: Kind, part: Part) -> bool {
    match part {
        Part::Weapon => !matches!(kind, Kind::Kidnapping | Kind::Arson),
        Part::Object => kind != Kind::Kidnapping,
        _ => true,
    }
}

fn date(scene: &Scene, anchor: Anchor, cuts: Cuts) -> Option<String> {
    if let Some((when, probability)) = &scene.when
        && *probability >= cuts.time
        && when.earliest == when.latest
    {
        return Some(day(when.latest));
    }
    anchor.published_latest.map(|date| format!("- {}", day(date)))
}

fn of(entity: &Entity, attribute: Attribute) -> Option<(&str, f32)> {
    let found = entity.attributes.iter().find(|(of, _, _)| *of == attribute);
    found.map(|(_, label, probability)| (label.as_str(), *probability))
}

/// Puts a phrase and what is said of it into its slots.
fn put(template: &mut Template, entity: &Entity, scene: &Scene, cuts: Cuts) {
    let words = entity.words.to_uppercase();
    let mut about = |number: usize, attribute: Attribute| {
        if let Some((label, probability)) = of(entity, attribute)
            && probability >= cuts.label
        {
            template.put(number, Fill::about(label, &words));
        }
    };
    match entity.part {
        Part::Weapon => {
            about(slot::INSTRUMENT_TYPE, Attribute::WeaponKind);
            template.put(slot::INSTRUMENT, Fill::new(&words));
        }
        Part::Initiator => template.put(slot::PERPETRATOR, Fill::new(&words)),
        Part::Organisation => {
            about(slot::CONFIDENCE, Attribute::Certainty);
            template.put(slot::ORGANISATION, Fill::new(&words));
        }
        Part::Object => {
            about(slot::OBJECT_TYPE, Attribute::ObjectKind);
            about(slot::OBJECT_EFFECT, Attribute::ObjectEffect);
            about(slot::OBJECT_NATION, Attribute::ObjectNation);
            template.put(slot::OBJECT, Fill::new(&words));
            template.put(slot::OBJECT_NUMBER, Fill::about(&number(entity), &words));
        }
        Part::Name | Part::Person => {
            let belongs = |other: &Entity| {
                other.part == Part::Name && other.described.as_deref() == Some(entity.words.as_str())
            };
            if entity.part == Part::Person && scene.entities.iter().any(belongs) {
                return;
            }
            about(slot::PERSON_TYPE, Attribute::PersonKind);
            about(slot::PERSON_EFFECT, Attribute::PersonEffect);
            about(slot::PERSON_NATION, Attribute::PersonNation);
            template.put(slot::PERSON_NUMBER, Fill::about(&number(entity), &words));
            if entity.part == Part::Name {
                template.put(slot::NAME, Fill::new(&words));
                if let Some(described) = &entity.described {
                    template.put(slot::DESCRIPTION, Fill::new(&described.to_uppercase()));
                }
            } else {
                template.put(slot::DESCRIPTION, Fill::new(&words));
            }
        }
        Part::Place => {}
    }
}

/// `1`, the figure told, or `PLURAL`.
fn number(entity: &Entity) -> String {
    if entity.part == Part::Name {
        return "1".to_owned();
    }
    let figure = entity.number.as_deref().and_then(|words| {
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        let spelled = SPELLED
            .iter()
            .position(|word| *word == words)
            .map(|at| (at + 1).to_string());
        spelled.or((!digits.is_empty()).then_some(digits))
    });
    match figure {
        Some(figure) => figure,
        None if entity.plural => "PLURAL".to_owned(),
        None => "1".to_owned(),
    }
}

/// The figures that wire texts write as words.
const SPELLED: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];
