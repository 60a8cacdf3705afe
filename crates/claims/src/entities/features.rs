//! What the labeller knows of a token: the word and its neighbours, tags, letters, the head of its noun phrase,
//! and what the data say about them.

use crate::lexicon::Lexicon;
use crate::names::HitForm;
use crate::reading::Reading;
use language::linear::Features;
use language::vectors::CLASS_COUNTS;
use language::{Shape, Tag, Token};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

/// About how many features a token has.
const FEATURES: usize = 48;

/// What stands before and after a sentence.
const EDGE: &str = "^";

/// The number of a class, written once for all.
fn written(class: u16) -> &'static str {
    static NUMBERS: OnceLock<Vec<String>> = OnceLock::new();
    let numbers = NUMBERS.get_or_init(|| {
        let most = CLASS_COUNTS.into_iter().max().unwrap_or(0);
        (0..most).map(|number| number.to_string()).collect()
    });
    numbers.get(usize::from(class)).map_or("", String::as_str)
}

/// The features of every token of a sentence. `home`: the mentions of the text are drawn by the guideline that
/// the product follows; false only for other people's text that the model learns from as well.
pub(crate) fn of(reading: &Reading, lexicon: &Lexicon, page: &Page, home: bool) -> Vec<Features> {
    let all = reading.all();
    of_parts(reading, lexicon, page, home, &[all])
        .pop()
        .unwrap_or_default()
}

/// [`of`] some parts of a sentence.
pub(crate) fn of_parts(
    reading: &Reading,
    lexicon: &Lexicon,
    page: &Page,
    home: bool,
    parts: &[Range<usize>],
) -> Vec<Vec<Features>> {
    let tokens = &reading.sentence.tokens;
    let classes = classes(reading, lexicon);
    let language = language::Language::english();
    let known: Vec<Option<[&str; 3]>> = tokens
        .iter()
        .map(|token| language.classes(&token.lower).map(|classes| classes.map(written)))
        .collect();
    let heads = heads(tokens);
    let lemmas: Vec<String> = tokens.iter().map(|token| token.lemma.to_lowercase()).collect();
    let sight = Sight {
        tokens,
        classes: &classes,
        heads: &heads,
        lemmas: &lemmas,
        known: &known,
        page,
        home,
    };
    let part = |part: &Range<usize>| part.clone().map(|at| sight.features(at)).collect();
    parts.iter().map(part).collect()
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
    for hit in super::nouns(reading, lexicon) {
        for index in hit.tokens.clone() {
            classes[index].noun = format!("{}{}", edge(index, hit.tokens.start), hit.value.kind);
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
    for hit in lexicon.place_names.find(&reading.pieces) {
        let capital = |index: usize| {
            reading.sentence.tokens[index]
                .text
                .starts_with(char::is_uppercase)
        };
        if hit.tokens.clone().any(capital) {
            for index in hit.tokens.clone() {
                classes[index].place = if index == hit.tokens.start {
                    "Bplace-name"
                } else {
                    "Iplace-name"
                };
            }
        }
    }
    classes
}

/// The head noun of the noun phrase that each token belongs to: the last noun of the run it stands in.
fn heads(tokens: &[Token]) -> Vec<Option<usize>> {
    let is_noun = |index: usize| {
        tokens
            .get(index)
            .is_some_and(|token| matches!(token.tag, Tag::Noun | Tag::Propn))
    };
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

/// What a page tells elsewhere about the names on it.
#[derive(Debug, Default)]
pub(crate) struct Page {
    facts: BTreeMap<String, BTreeSet<&'static str>>,
}

impl Page {
    /// Looks at every run of capitalised words that does not begin a sentence, and at those of two or more words.
    pub(crate) fn of(readings: &[Reading], lexicon: &Lexicon) -> Page {
        let mut page = Page::default();
        for reading in readings {
            let tokens = &reading.sentence.tokens;
            if tokens.iter().all(|token| token.shape != Shape::Word) {
                continue;
            }
            let mut at = 0;
            while at < tokens.len() {
                let start = at;
                while tokens.get(at).is_some_and(is_capital) {
                    at += 1;
                }
                if at > start && (start > 0 || at > 1) {
                    page.note(reading, lexicon, start..at);
                }
                at = at.max(start + 1);
            }
        }
        page
    }

    fn note(&mut self, reading: &Reading, lexicon: &Lexicon, run: Range<usize>) {
        let tokens = &reading.sentence.tokens;
        let noun = |index: usize| {
            let token = tokens.get(index)?;
            lexicon.nouns.exactly(&token.lower).first().map(|noun| noun.kind)
        };
        let before = run.start.checked_sub(1);
        let person = before.and_then(noun) == Some("person")
            || (run.start..run.end - 1).any(|index| noun(index) == Some("person"))
            || before.is_some_and(|index| tokens[index].text == "." && run.len() >= 2);
        let body =
            matches!(noun(run.end - 1), Some("group" | "organisation")) || noun(run.end) == Some("group");
        let place = before.is_some_and(|index| matches!(tokens[index].lower.as_str(), "in" | "near" | "at"));
        let article = before.is_some_and(|index| tokens[index].lower == "the");
        let speaks = (run.end..run.end + 2).any(|index| {
            tokens
                .get(index)
                .is_some_and(|token| matches!(token.lemma.as_str(), "say" | "tell" | "add"))
        });
        let facts: [(bool, &'static str); 6] = [
            (person, "person"),
            (body, "body"),
            (place, "place"),
            (article, "article"),
            (speaks, "speaks"),
            (run.len() > 1, "long"),
        ];
        for index in run.clone() {
            let last = index + 1 == run.end;
            let word = &tokens[index].lower;
            let entry = self.facts.entry(word.clone()).or_default();
            entry.extend(
                facts
                    .iter()
                    .filter(|(holds, _)| *holds && last)
                    .map(|(_, fact)| *fact),
            );
            if !last {
                entry.insert("begins");
            }
        }
    }

    fn facts(&self, token: &Token) -> impl Iterator<Item = &'static str> {
        let known = is_capital(token).then(|| self.facts.get(&token.lower)).flatten();
        known.into_iter().flatten().copied()
    }
}

fn is_capital(token: &Token) -> bool {
    matches!(token.shape, Shape::Capitalised | Shape::AllCaps | Shape::Mixed)
        && token.text.starts_with(char::is_uppercase)
}

/// A sentence with all that is worked out once for it.
struct Sight<'s> {
    tokens: &'s [Token],
    classes: &'s [Class],
    heads: &'s [Option<usize>],
    lemmas: &'s [String],
    /// The word classes of each token, from coarse to fine, where it has any.
    known: &'s [Option<[&'static str; 3]>],
    page: &'s Page,
    home: bool,
}

impl Sight<'_> {
    fn at(&self, at: usize, step: isize) -> Option<usize> {
        at.checked_add_signed(step)
            .filter(|&index| index < self.tokens.len())
    }
    fn word(&self, at: usize, step: isize) -> &str {
        self.at(at, step)
            .map_or(EDGE, |index| self.tokens[index].lower.as_str())
    }
    fn tag(&self, at: usize, step: isize) -> &str {
        self.at(at, step)
            .map_or(EDGE, |index| self.tokens[index].tag.name())
    }
    fn shape(&self, at: usize, step: isize) -> &'static str {
        self.at(at, step).map_or(EDGE, |index| shape(&self.tokens[index]))
    }
    fn class(&self, at: usize, step: isize) -> &str {
        self.at(at, step).map_or("", |index| self.classes[index].first())
    }

    fn features(&self, at: usize) -> Features {
        let mut features = Features::with_room(FEATURES);
        let mut add = |name: &str, values: &[&str]| features.add(name, values);
        self.words(at, &mut add);
        self.tags(at, &mut add);
        self.data(at, &mut add);
        for fact in self.page.facts(&self.tokens[at]) {
            add("page", &[fact]);
        }
        if self.home {
            self.home(at, &mut add);
        }
        features
    }

    fn words(&self, at: usize, add: &mut dyn FnMut(&str, &[&str])) {
        let word = self.word(at, 0);
        add("w", &[word]);
        add("l", &[&self.lemmas[at]]);
        for (name, step) in [("w-2", -2), ("w-1", -1), ("w+1", 1), ("w+2", 2)] {
            add(name, &[self.word(at, step)]);
        }
        add("w-1w", &[self.word(at, -1), word]);
        add("ww+1", &[word, self.word(at, 1)]);
        for (name, letters) in [("p3", 3), ("p4", 4)] {
            add(name, &[first(word, letters)]);
        }
        for (name, letters) in [("x2", 2), ("x3", 3)] {
            add(name, &[last(word, letters)]);
        }
        add("s", &[self.shape(at, 0)]);
        add("s+1", &[self.shape(at, 1)]);
    }

    fn tags(&self, at: usize, add: &mut dyn FnMut(&str, &[&str])) {
        let [t_2, t_1, tag, t1, t2] = [-2, -1, 0, 1, 2].map(|step| self.tag(at, step));
        add("any", &[]);
        add("t", &[tag]);
        add("t-1", &[t_1]);
        add("t+1", &[t1]);
        add("t-1t", &[t_1, tag]);
        add("tt+1", &[tag, t1]);
        add("ttt", &[t_1, tag, t1]);
        add("ttt-", &[t_2, t_1, tag]);
        add("ttt+", &[tag, t1, t2]);
        match self.heads[at] {
            Some(head) => {
                add("h", &[&self.lemmas[head]]);
                add("ht", &[&self.lemmas[head], tag]);
            }
            None => add("h-", &[tag]),
        }
    }

    /// What the data and the word classes say of the token, its neighbours and its head.
    fn data(&self, at: usize, add: &mut dyn FnMut(&str, &[&str])) {
        let tag = self.tag(at, 0);
        let class = &self.classes[at];
        for (name, value) in [
            ("n", class.noun.as_str()),
            ("a", &class.actor),
            ("z", class.place),
        ] {
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
        if let Some([_, middle, fine]) = self.known[at] {
            add("k1", &[middle]);
            add("k2", &[fine]);
        }
        let Some(head) = self.heads[at] else { return };
        let class = self.classes[head].first();
        if !class.is_empty() {
            add("hc", &[class]);
            add("hct", &[class, tag, self.is_head(at)]);
        }
        if let Some([_, middle, _]) = self.known[head] {
            add("kh", &[middle, tag]);
        }
    }

    /// A second copy of the features that tell guidelines apart, for text drawn by our own.
    fn home(&self, at: usize, add: &mut dyn FnMut(&str, &[&str])) {
        let [t_2, t_1, tag, t1, t2] = [-2, -1, 0, 1, 2].map(|step| self.tag(at, step));
        add("any!", &[]);
        add("w!", &[self.word(at, 0)]);
        add("t!", &[t_1, tag, t1]);
        add("t!-", &[t_2, t_1, tag]);
        add("t!+", &[tag, t1, t2]);
        if let Some(head) = self.heads[at] {
            add("hct!", &[self.classes[head].first(), tag, self.is_head(at)]);
        }
    }

    fn is_head(&self, at: usize) -> &'static str {
        if self.heads[at] == Some(at) { "=" } else { "" }
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
    word.char_indices()
        .nth(letters)
        .map_or(word, |(end, _)| &word[..end])
}

/// The last letters of a word.
fn last(word: &str, letters: usize) -> &str {
    word.char_indices()
        .rev()
        .nth(letters - 1)
        .map_or(word, |(start, _)| &word[start..])
}
