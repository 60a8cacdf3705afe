//! Phrases from words, and entities from phrases that mean the same.

use super::Part;
use super::model::Attribute;
use language::{Sentence, Shape, Tag};
use std::ops::Range;

/// A phrase that may play a part.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The number of its sentence.
    pub sentence: usize,
    /// Its words.
    pub tokens: Range<usize>,
    /// The part it may play.
    pub part: Part,
    /// How probable that is, by the words alone.
    pub probability: f32,
}

/// Phrases of one text that mean the same.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The part it may play.
    pub part: Part,
    /// The likeliest or fullest of its phrases, as written, words parted by one blank.
    pub words: String,
    /// Its other names: acronym and full form.
    pub others: Vec<String>,
    /// Words for a named person that stand beside the name: "mayor".
    pub described: Option<String>,
    /// Its phrases in the order of the text.
    pub mentions: Vec<Mention>,
    /// How probable it is that it plays the part in an act of the text.
    pub probability: f32,
    /// What it is and what befell it, with probabilities.
    pub attributes: Vec<(Attribute, String, f32)>,
    /// How many: the words of the figure, or `None` for one.
    pub number: Option<String>,
    /// The head is a plural.
    pub plural: bool,
}

impl Entity {
    /// The probability of its likeliest phrase.
    #[must_use]
    pub fn strength(&self) -> f32 {
        self.mentions
            .iter()
            .map(|mention| mention.probability)
            .fold(0.0, f32::max)
    }

    /// Its likeliest phrase, the first of equals.
    #[must_use]
    pub fn best(&self) -> Option<&Mention> {
        self.mentions
            .iter()
            .rev()
            .max_by(|a, b| a.probability.total_cmp(&b.probability))
    }
}

/// A word less likely than this to be of its likeliest part is of none.
const WORD_MIN: f32 = 0.2;

/// The phrases of one sentence, from the probabilities of each part for each word.
#[must_use]
pub fn mentions(sentence: &Sentence, at: usize, parts: &[[f32; 7]]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for (word, probabilities) in parts.iter().enumerate() {
        let mut best = Part::Initiator;
        for part in Part::ALL {
            if probabilities[part as usize] > probabilities[best as usize] {
                best = part;
            }
        }
        let probability = probabilities[best as usize];
        if probability < WORD_MIN {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.tokens.end == word && last.part == best => {
                let length = last.tokens.len() as f32;
                last.probability = (last.probability * length + probability) / (length + 1.0);
                last.tokens.end = word + 1;
            }
            _ => found.push(Mention {
                sentence: at,
                tokens: word..word + 1,
                part: best,
                probability,
            }),
        }
    }
    found.retain_mut(|mention| trim(mention, sentence));
    found
}

/// Takes articles, figures and marks off both ends; false if nothing is left.
fn trim(mention: &mut Mention, sentence: &Sentence) -> bool {
    let outer = |at: usize| {
        let token = &sentence.tokens[at];
        token.shape == Shape::Punctuation
            || matches!(
                token.tag,
                Tag::Det | Tag::Adp | Tag::Cconj | Tag::Aux | Tag::Punct
            )
            || token.lower == "'s"
    };
    while !mention.tokens.is_empty() && outer(mention.tokens.start) {
        mention.tokens.start += 1;
    }
    while !mention.tokens.is_empty() && outer(mention.tokens.end - 1) {
        mention.tokens.end -= 1;
    }
    !mention.tokens.is_empty()
}

/// The words of a mention, parted by one blank, without blanks around hyphens and before `'s`.
#[must_use]
pub(super) fn words(sentences: &[Sentence], mention: &Mention) -> String {
    let mut words = String::new();
    let tokens = &sentences[mention.sentence].tokens[mention.tokens.clone()];
    let mut end = None;
    for token in tokens {
        if end.is_some_and(|end| end < token.span.start) {
            words.push(' ');
        }
        words.push_str(&token.text);
        end = Some(token.span.end);
    }
    words
}

/// Brings phrases of one meaning together.
#[must_use]
pub fn gather(sentences: &[Sentence], found: Vec<Mention>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    for mention in found {
        let words = words(sentences, &mention);
        match entities
            .iter_mut()
            .find(|entity| is_same(entity, &words, mention.part))
        {
            Some(entity) => {
                let stronger = mention.probability > entity.strength();
                let longer = words.len() > entity.words.len();
                let better = match mention.part {
                    Part::Name | Part::Organisation => longer,
                    _ => stronger,
                };
                if better && words != entity.words {
                    let old = std::mem::replace(&mut entity.words, words);
                    entity.others.push(old);
                } else if words != entity.words && !entity.others.contains(&words) {
                    entity.others.push(words);
                }
                entity.mentions.push(mention);
            }
            None => entities.push(Entity {
                part: mention.part,
                words,
                others: Vec::new(),
                described: None,
                mentions: vec![mention],
                probability: 0.0,
                attributes: Vec::new(),
                number: None,
                plural: false,
            }),
        }
    }
    join_acronyms(&mut entities, sentences);
    describe(&mut entities, sentences);
    for entity in &mut entities {
        number(entity, sentences);
    }
    entities
}

fn is_same(entity: &Entity, words: &str, part: Part) -> bool {
    if entity.part != part {
        return false;
    }
    let (a, b) = (entity.words.to_lowercase(), words.to_lowercase());
    if a == b || entity.others.iter().any(|other| other.to_lowercase() == b) {
        return true;
    }
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    match part {
        Part::Name => {
            let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
            short.iter().all(|word| word.len() > 2 && long.contains(word))
        }
        Part::Organisation | Part::Place => false,
        _ => {
            let (head_a, head_b) = (stem(a[a.len() - 1]), stem(b[b.len() - 1]));
            head_a == head_b
        }
    }
}

/// A noun without the ending of the plural.
fn stem(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// "People's Front (PF)", "PF [People's Front]": one organisation.
fn join_acronyms(entities: &mut Vec<Entity>, sentences: &[Sentence]) {
    let mut at = 0;
    while at < entities.len() {
        let partner = (0..at).find(|before| {
            entities[*before].part == Part::Organisation
                && entities[at].part == Part::Organisation
                && are_bracketed(&entities[*before], &entities[at], sentences)
        });
        if let Some(partner) = partner {
            let other = entities.remove(at);
            let entity = &mut entities[partner];
            if other.words.len() > entity.words.len() {
                let old = std::mem::replace(&mut entity.words, other.words);
                entity.others.push(old);
            } else {
                entity.others.push(other.words);
            }
            entity.others.extend(other.others);
            entity.mentions.extend(other.mentions);
            entity
                .mentions
                .sort_by_key(|mention| (mention.sentence, mention.tokens.start));
        } else {
            at += 1;
        }
    }
}

fn are_bracketed(a: &Entity, b: &Entity, sentences: &[Sentence]) -> bool {
    let bracketed = |first: &Mention, second: &Mention| {
        first.sentence == second.sentence
            && first.tokens.end + 1 == second.tokens.start
            && matches!(
                sentences[first.sentence].tokens[first.tokens.end].lower.as_str(),
                "[" | "("
            )
    };
    a.mentions
        .iter()
        .any(|x| b.mentions.iter().any(|y| bracketed(x, y) || bracketed(y, x)))
}

/// Words for a person that stand beside a name ("mayor Juan Soto", "Juan Soto, mayor of …") go to the name.
fn describe(entities: &mut [Entity], sentences: &[Sentence]) {
    let beside = |a: &Mention, b: &Mention| {
        if a.sentence != b.sentence {
            return false;
        }
        let (first, second) = if a.tokens.start < b.tokens.start {
            (a, b)
        } else {
            (b, a)
        };
        let between =
            &sentences[a.sentence].tokens[first.tokens.end..second.tokens.start.max(first.tokens.end)];
        match between {
            [] => true,
            [only] => matches!(only.lower.as_str(), "," | "the" | "\""),
            [comma, article] => comma.lower == "," && matches!(article.tag, Tag::Det),
            _ => false,
        }
    };
    for at in 0..entities.len() {
        if entities[at].part != Part::Name {
            continue;
        }
        let found = entities.iter().position(|other| {
            other.part == Part::Person
                && other
                    .mentions
                    .iter()
                    .any(|x| entities[at].mentions.iter().any(|y| beside(x, y)))
        });
        if let Some(found) = found {
            entities[at].described = Some(entities[found].words.clone());
        }
    }
}

/// The figure before the likeliest phrase or in it, and whether the head is a plural.
fn number(entity: &mut Entity, sentences: &[Sentence]) {
    let Some(best) = entity.best().cloned() else {
        return;
    };
    let tokens = &sentences[best.sentence].tokens;
    let head = &tokens[best.tokens.end - 1];
    entity.plural = head.lower != head.lemma.to_lowercase() && head.lower.ends_with('s')
        || matches!(
            head.lower.as_str(),
            "people" | "men" | "women" | "children" | "personnel" | "police"
        )
        || head.tag != Tag::Propn && head.lower.ends_with('s') && !head.lower.ends_with("ss");
    let from = best.tokens.start.saturating_sub(2);
    entity.number = (from..best.tokens.end)
        .rev()
        .filter(|at| *at + 2 >= best.tokens.start)
        .find(|at| tokens[*at].tag == Tag::Num)
        .map(|at| tokens[at].lower.clone());
    // the figure is told beside the phrase, not in it
    if entity.part != Part::Name && entity.words.split(' ').count() > 1 {
        let first = &tokens[best.tokens.start];
        if first.tag == Tag::Num && best.tokens.len() > 1 {
            let rest = Mention {
                tokens: best.tokens.start + 1..best.tokens.end,
                ..best
            };
            entity.words = words(sentences, &rest);
        }
    }
}
