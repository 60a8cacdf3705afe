//! What the labeller knows of a token: the word and its neighbours, tags, letters, the head of its noun phrase,
//! and what the data say about them.

use crate::lexicon::Lexicon;
use crate::names::HitForm;
use crate::reading::Reading;
use language::linear::Features;
use language::{Shape, Tag, Token};

/// What stands before and after a sentence.
const EDGE: &str = "^";

/// The features of every token of a sentence.
pub(crate) fn of(reading: &Reading, lexicon: &Lexicon) -> Vec<Features> {
    let tokens = &reading.sentence.tokens;
    let classes = classes(reading, lexicon);
    let heads = heads(tokens);
    let lemmas: Vec<String> = tokens.iter().map(|token| token.lemma.to_lowercase()).collect();
    let sight = Sight {
        tokens,
        classes: &classes,
        heads: &heads,
        lemmas: &lemmas,
    };
    (0..tokens.len()).map(|at| sight.features(at)).collect()
}

/// What the data say of a token; empty where they say nothing.
#[derive(Clone, Debug, Default)]
struct Class {
    noun: String,
    actor: String,
    place: &'static str,
}

impl Class {
    /// The most telling of the three.
    fn first(&self) -> &str {
        [self.actor.as_str(), self.place, self.noun.as_str()]
            .into_iter()
            .find(|class| !class.is_empty())
            .unwrap_or_default()
    }
}

fn classes(reading: &Reading, lexicon: &Lexicon) -> Vec<Class> {
    let mut classes = vec![Class::default(); reading.sentence.tokens.len()];
    let edge = |index: usize, start: usize| if index == start { "B" } else { "I" };
    for hit in lexicon.nouns.find(&reading.pieces, false) {
        for index in hit.tokens.clone() {
            classes[index].noun = format!("{}{}", edge(index, hit.tokens.start), hit.value);
        }
    }
    for hit in &reading.actors {
        let form = match hit.form {
            HitForm::Name => "name",
            HitForm::Demonym => "demonym",
            HitForm::Descriptor => "descriptor",
            HitForm::Stranger => continue,
        };
        for index in hit.tokens.clone() {
            classes[index].actor = format!("{}{form}{}", edge(index, hit.tokens.start), hit.kind);
        }
    }
    for hit in lexicon.place_names.find(&reading.pieces, false) {
        let capital = |index: usize| reading.sentence.tokens[index].text.starts_with(char::is_uppercase);
        if hit.tokens.clone().any(capital) {
            for index in hit.tokens.clone() {
                classes[index].place = if index == hit.tokens.start { "Bplace-name" } else { "Iplace-name" };
            }
        }
    }
    classes
}

/// The head noun of the noun phrase that each token belongs to: the last noun of the run it stands in.
fn heads(tokens: &[Token]) -> Vec<Option<usize>> {
    let is_noun = |index: usize| tokens.get(index).is_some_and(|token| matches!(token.tag, Tag::Noun | Tag::Propn));
    let mut heads = vec![None; tokens.len()];
    for index in (0..tokens.len()).rev() {
        let joins = matches!(
            tokens[index].tag,
            Tag::Noun | Tag::Propn | Tag::Adj | Tag::Det | Tag::Num | Tag::X
        ) || matches!(tokens[index].lower.as_str(), "-" | "'s");
        heads[index] = if is_noun(index) && !is_noun(index + 1) {
            Some(index)
        } else if joins {
            heads.get(index + 1).copied().flatten()
        } else {
            None
        };
    }
    heads
}

/// A sentence with all that is worked out once for it.
struct Sight<'s> {
    tokens: &'s [Token],
    classes: &'s [Class],
    heads: &'s [Option<usize>],
    lemmas: &'s [String],
}

impl Sight<'_> {
    fn at(&self, at: usize, step: isize) -> Option<usize> {
        at.checked_add_signed(step).filter(|&index| index < self.tokens.len())
    }
    fn word(&self, at: usize, step: isize) -> &str {
        self.at(at, step).map_or(EDGE, |index| self.tokens[index].lower.as_str())
    }
    fn tag(&self, at: usize, step: isize) -> &str {
        self.at(at, step).map_or(EDGE, |index| self.tokens[index].tag.name())
    }
    fn shape(&self, at: usize, step: isize) -> &'static str {
        self.at(at, step).map_or(EDGE, |index| shape(&self.tokens[index]))
    }
    fn class(&self, at: usize, step: isize) -> &str {
        self.at(at, step).map_or("", |index| self.classes[index].first())
    }

    fn features(&self, at: usize) -> Features {
        let mut features = Features::new();
        let word = self.word(at, 0);
        let tag = self.tag(at, 0);
        let mut add = |name: &str, values: &[&str]| features.add(name, values);
        add("any", &[]);
        add("w", &[word]);
        add("l", &[&self.lemmas[at]]);
        add("s", &[self.shape(at, 0)]);
        add("wt", &[word, tag]);
        for (name, step) in [("w-2", -2), ("w-1", -1), ("w+1", 1), ("w+2", 2)] {
            add(name, &[self.word(at, step)]);
        }
        add("s-1", &[self.shape(at, -1)]);
        add("s+1", &[self.shape(at, 1)]);
        let (t_2, t_1, t1, t2) = (self.tag(at, -2), self.tag(at, -1), self.tag(at, 1), self.tag(at, 2));
        add("t", &[tag]);
        add("t-1", &[t_1]);
        add("t+1", &[t1]);
        add("t-1t", &[t_1, tag]);
        add("tt+1", &[tag, t1]);
        add("ttt", &[t_1, tag, t1]);
        add("ttt-", &[t_2, t_1, tag]);
        add("ttt+", &[tag, t1, t2]);
        add("w-1w", &[self.word(at, -1), word]);
        add("ww+1", &[word, self.word(at, 1)]);
        for (name, letters) in [("p2", 2), ("p3", 3), ("p4", 4)] {
            add(name, &[first(word, letters)]);
        }
        for (name, letters) in [("x2", 2), ("x3", 3), ("x4", 4)] {
            add(name, &[last(word, letters)]);
        }
        let class = &self.classes[at];
        for (name, value) in [("n", class.noun.as_str()), ("a", &class.actor), ("z", class.place)] {
            if !value.is_empty() {
                add(name, &[value]);
                add("nt", &[name, value, tag]);
            }
        }
        for (name, step) in [("c-1", -1), ("c+1", 1)] {
            let class = self.class(at, step);
            if !class.is_empty() {
                add(name, &[class]);
            }
        }
        if let Some(head) = self.heads[at] {
            add("h", &[&self.lemmas[head]]);
            add("ht", &[&self.lemmas[head], tag]);
            let class = self.classes[head].first();
            if !class.is_empty() {
                add("hc", &[class]);
                add("hct", &[class, tag, if head == at { "=" } else { "" }]);
            }
        } else {
            add("h-", &[tag]);
        }
        features
    }
}

fn shape(token: &Token) -> &'static str {
    match token.shape {
        Shape::Word => "word",
        Shape::Capitalised => "Capital",
        Shape::AllCaps if token.text.len() <= 2 => "C",
        Shape::AllCaps => "CAPS",
        Shape::Number => "1",
        Shape::Mixed => "mixed",
        Shape::Punctuation => ".",
        Shape::Symbol => "$",
    }
}

/// The first letters of a word.
fn first(word: &str, letters: usize) -> &str {
    word.char_indices().nth(letters).map_or(word, |(end, _)| &word[..end])
}

/// The last letters of a word.
fn last(word: &str, letters: usize) -> &str {
    word.char_indices().rev().nth(letters - 1).map_or(word, |(start, _)| &word[start..])
}
