//! Who did what to whom in a sentence, in the types of PLOVER (`data/plover.tsv`): one event a sentence, with the
//! phrases that name its actors and recipients.
//!
//! Gets a text, gives for each sentence the type with its probability and reason. Two linear models judge: one
//! the type, from the words and the verbs at the top of the tree; one each noun phrase, from where it hangs.
//! Makes no claim by itself; politics that no trigger names can be coded here.

use crate::kind::{KindRow, NO_KIND, is_word, ranked, word_features};
use crate::lexicon::Lexicon;
use crate::table::entries;
use crate::tree::Tree;
use language::linear::{Classifier, Features};
use language::{Language, Relation, Sentence, Tag};
use model::{Because, DataFault};
use std::ops::Range;
use std::sync::LazyLock;

/// An event as coded.
#[derive(Clone, Debug, PartialEq)]
pub struct CodedEvent {
    /// A type of `data/plover.tsv`, or [`NO_KIND`].
    pub kind: String,
    /// Probability of the type, 0 to 1.
    pub probability: f32,
    /// The phrases that name who did it.
    pub actors: Vec<String>,
    /// The phrases that name to whom.
    pub recipients: Vec<String>,
    /// Why this type.
    pub because: Because,
}

/// Codes every sentence of a text.
pub fn code_events(text: &str) -> Vec<CodedEvent> {
    ENGLISH.code(text)
}

/// Codes a sentence that is already read.
pub(crate) fn code_sentence(sentence: &Sentence) -> Option<CodedEvent> {
    ENGLISH.event(&EventSentence::new(sentence.clone()))
}

static ENGLISH: LazyLock<EventModel> = LazyLock::new(|| {
    let types = include_bytes!("../../../models/en/events.bin");
    EventModel::read(types, include_bytes!("../../../models/en/roles.bin")).unwrap_or_default()
});

/// The weights that code events.
#[derive(Clone, Debug, Default)]
pub struct EventModel {
    types: Classifier,
    roles: Classifier,
}

/// What a noun phrase can be in an event, in the order of the labels of the second model.
pub const ROLES: [&str; 3] = ["none", "actor", "recipient"];

/// From this probability on a phrase has a role beside another phrase that fits it better: both of "A and B".
const SECOND_MIN: f32 = 0.5;

/// Below this probability even the phrase that fits best has no role: the event names nobody for it.
const FIRST_MIN: f32 = 0.25;

impl EventModel {
    /// Reads what `cargo xtask train events` wrote; `None` for anything else.
    pub fn read(types: &[u8], roles: &[u8]) -> Option<Self> {
        Some(Self {
            types: Classifier::from_bytes(types)?,
            roles: Classifier::from_bytes(roles)?,
        })
    }

    /// What [`code_events`] does, with these weights.
    pub fn code(&self, text: &str) -> Vec<CodedEvent> {
        EventSentence::of(text)
            .iter()
            .filter_map(|sentence| self.event(sentence))
            .collect()
    }

    fn event(&self, sentence: &EventSentence) -> Option<CodedEvent> {
        // Numbers and marks alone code nothing.
        sentence
            .sentence
            .tokens
            .iter()
            .find(|token| is_word(&token.lower))?;
        let (label, probability) = *ranked(&self.types, &sentence.type_features())?.first()?;
        let kind = self.types.labels()[label].clone();
        let mut event = CodedEvent {
            because: Because::new(
                "coded-event",
                format!("the sentence reads like {kind} ({:.0} %)", probability * 100.0),
            )
            .entry(format!("plover.tsv#{kind}")),
            probability,
            actors: Vec::new(),
            recipients: Vec::new(),
            kind,
        };
        if event.kind == NO_KIND {
            return Some(event);
        }
        let fits: Vec<Vec<f32>> = (0..sentence.phrases.len())
            .map(|phrase| self.fit(&sentence.role_features(phrase, &event.kind)))
            .collect();
        event.actors = sentence.labels(&chosen(&fits, 1));
        event.recipients = sentence.labels(&chosen(&fits, 2));
        Some(event)
    }

    /// The probability of each role.
    fn fit(&self, features: &Features) -> Vec<f32> {
        let mut fit = vec![0.0; ROLES.len()];
        for (label, probability) in ranked(&self.roles, features).unwrap_or_default() {
            if let Some(cell) = fit.get_mut(label) {
                *cell = probability;
            }
        }
        fit
    }
}

fn chosen(fits: &[Vec<f32>], role: usize) -> Vec<usize> {
    let best = (0..fits.len())
        .rev()
        .max_by(|a, b| fits[*a][role].total_cmp(&fits[*b][role]));
    (0..fits.len())
        .filter(|phrase| {
            let other = fits[*phrase][ROLES.len() - role];
            let first =
                Some(*phrase) == best && fits[*phrase][role] >= FIRST_MIN && fits[*phrase][role] >= other;
            first || fits[*phrase][role] >= SECOND_MIN
        })
        .collect()
}

/// A sentence with its tree and noun phrases: what both models look at.
#[derive(Debug)]
pub struct EventSentence {
    sentence: Sentence,
    tree: Tree,
    root: usize,
    phrases: Vec<Range<usize>>,
}

impl EventSentence {
    /// The sentences of a text.
    pub fn of(text: &str) -> Vec<Self> {
        let language = Language::english();
        let analysis = language::analyse_shallow(text, language);
        analysis.sentences.into_iter().map(Self::new).collect()
    }

    fn new(sentence: Sentence) -> Self {
        let tree = Tree::of(&sentence);
        let root = (0..sentence.tokens.len())
            .find(|at| tree.head(*at).is_none())
            .unwrap_or(0);
        Self {
            phrases: phrases(&sentence),
            sentence,
            tree,
            root,
        }
    }

    /// How many noun phrases it has.
    pub fn phrase_count(&self) -> usize {
        self.phrases.len()
    }

    /// The words of a noun phrase.
    pub fn phrase(&self, phrase: usize) -> String {
        let words = self.phrases[phrase]
            .clone()
            .map(|at| self.sentence.tokens[at].text.as_str());
        words.collect::<Vec<_>>().join(" ")
    }

    fn labels(&self, phrases: &[usize]) -> Vec<String> {
        phrases.iter().map(|phrase| self.phrase(*phrase)).collect()
    }

    fn lemma(&self, at: usize) -> String {
        self.sentence.tokens[at].lemma.to_lowercase()
    }

    /// What the first model sees: the words, and the verbs at the top of the tree with what hangs on them.
    pub fn type_features(&self) -> Features {
        let tokens = &self.sentence.tokens;
        let mut features = word_features(
            tokens
                .iter()
                .map(|token| token.lower.as_str())
                .filter(|word| is_word(word)),
        );
        let verb_below = |at: usize| {
            let ties = [
                Relation::Xcomp,
                Relation::Ccomp,
                Relation::Advcl,
                Relation::Conj,
                Relation::Acl,
            ];
            self.tree.by(at, &ties).collect::<Vec<_>>()
        };
        let mut top = vec![(self.root, 0usize)];
        for at in verb_below(self.root) {
            top.push((at, 1));
            top.extend(verb_below(at).into_iter().map(|below| (below, 2)));
        }
        for (at, depth) in top {
            let (lemma, level) = (self.lemma(at), depth.to_string());
            features.add("verb", &[&level, &lemma]);
            features.add("verb-anywhere", &[&lemma]);
            if let Some(classes) = Language::english().classes(&tokens[at].lower) {
                features.add("verb-class", &[&level, &classes[2].to_string()]);
                features.add("verb-class-coarse", &[&level, &classes[1].to_string()]);
            }
            if let Some(head) = self.tree.head(at) {
                features.add("verb-under", &[&self.lemma(head), &lemma]);
            }
            for child in self.tree.children(at) {
                let relation = self.tree.relation(child);
                match relation {
                    Relation::Obj | Relation::Obl | Relation::NsubjPass => {
                        features.add("object", &[&lemma, &self.lemma(child)]);
                        features.add("object-anywhere", &[relation.name(), &self.lemma(child)]);
                    }
                    Relation::Aux | Relation::AuxPass | Relation::CompoundPrt | Relation::Advmod => {
                        features.add("beside", &[&level, relation.name(), &self.lemma(child)]);
                    }
                    _ => {}
                }
            }
        }
        features
    }

    /// What the second model sees of a noun phrase in an event of a type.
    pub fn role_features(&self, phrase: usize, kind: &str) -> Features {
        let (tree, tokens) = (&self.tree, &self.sentence.tokens);
        let range = &self.phrases[phrase];
        let top = tree.top(range);
        let mut features = Features::new();
        let (relation, case) = (tree.relation(top).name(), tree.case(top));
        let path = self.path(top);
        let capital = |range: &Range<usize>| {
            range.clone().any(|at| {
                tokens[at].text.starts_with(char::is_uppercase) && at > 0 || tokens[at].tag == Tag::Propn
            })
        };
        let named = capital(range);
        let rank = self.phrases[..phrase]
            .iter()
            .filter(|range| capital(range))
            .count()
            .min(RANK_MAX)
            .to_string();
        let name = if named { "named" } else { "plain" };
        let side = if range.start < self.root {
            "before"
        } else {
            "after"
        };
        let passive = if tree.is_passive(self.root) {
            "passive"
        } else {
            "active"
        };
        features.add("bias", &[]);
        features.add("hangs", &[relation, case]);
        features.add("path", &[&path]);
        features.add("path-voice", &[&path, passive, name]);
        features.add("path-type", &[&path, kind]);
        features.add("place", &[name, &rank, side]);
        features.add("rank", &[name, &rank]);
        features.add("place-type", &[name, &rank, side, kind]);
        features.add("order", &[&phrase.min(RANK_MAX).to_string(), name]);
        features.add("case-named", &[case, name, side]);
        features.add("case-type", &[case, kind]);
        if let Some(head) = tree.head(top) {
            features.add("head", &[relation, case, &self.lemma(head)]);
            if let Some(classes) = Language::english().classes(&tokens[head].lower) {
                features.add("head-class", &[relation, case, &classes[1].to_string()]);
            }
        }
        features.add("word", &[&self.lemma(top)]);
        let next = tokens.get(range.end).map_or("", |token| token.lower.as_str());
        features.add(
            "next",
            &[
                if next.starts_with('\'') || is_word(next) {
                    next
                } else {
                    ""
                },
                name,
            ],
        );
        for at in range.clone() {
            features.add("inside", &[tokens[at].tag.name()]);
            if let Some(classes) = Language::english().classes(&tokens[at].lower) {
                features.add("class", &[&classes[0].to_string(), side]);
                features.add("class-fine", &[&classes[1].to_string()]);
            }
        }
        features
    }

    /// The relations from a word up to the root, with the preposition it stands behind.
    fn path(&self, from: usize) -> String {
        let mut path = String::from(self.tree.case(from));
        let mut at = from;
        for _ in 0..PATH_MAX {
            let Some(head) = self.tree.head(at) else {
                return path;
            };
            let relation = self.tree.relation(at);
            // "A and B": what is listed hangs where the first hangs.
            if relation != Relation::Conj || matches!(self.sentence.tokens[at].tag, Tag::Verb) {
                path.push('<');
                path.push_str(relation.name());
            }
            at = head;
        }
        path.push_str("<…");
        path
    }
}

/// Phrases and names are counted up to this; later ones are alike.
const RANK_MAX: usize = 4;

/// Longest path told in full; longer ones are alike.
const PATH_MAX: usize = 5;

/// Runs of nouns and what describes them, without articles, cut at the possessive.
fn phrases(sentence: &Sentence) -> Vec<Range<usize>> {
    let tokens = &sentence.tokens;
    let mut found = Vec::new();
    let mut start = None;
    for at in 0..=tokens.len() {
        let inside = tokens.get(at).is_some_and(|token| {
            matches!(token.tag, Tag::Adj | Tag::Noun | Tag::Propn | Tag::X)
                || token.lower == "-"
                    && start.is_some()
                    && tokens.get(at + 1).is_some_and(|next| is_word(&next.lower))
        });
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(first)) => {
                let range = first..at;
                let nominal = |at: usize| {
                    matches!(tokens[at].tag, Tag::Noun | Tag::Propn)
                        || tokens[at].text.starts_with(char::is_uppercase)
                };
                if range.clone().any(nominal) {
                    found.push(range);
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Reads `lexicon/en/events.toml`: only that it is in order; the sentences teach the model.
pub(crate) fn read_examples(lexicon: &mut Lexicon, file: &str, text: &str, faults: &mut Vec<DataFault>) {
    for entry in entries(file, text, "event", faults) {
        entry.allow(&["id", "examples", "not"], faults);
        let id = entry.need("id", faults);
        let (examples, not) = entry.examples(faults);
        lexicon.events.push(KindRow {
            id,
            sub_event: String::new(),
            examples,
            not,
            line: entry.line,
        });
    }
}

/// Every example that is coded as another type, and every counter-example that is coded as this one.
pub(crate) fn check_examples(lexicon: &Lexicon) -> Vec<DataFault> {
    crate::kind::misread(&lexicon.events, "lexicon/en/events.toml", |piece| {
        code_events(piece).into_iter().next().map(|event| event.kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(sentence: &str) -> (String, String, String) {
        let event = code_events(sentence).into_iter().next().expect("an event");
        (event.kind, event.actors.join(" / "), event.recipients.join(" / "))
    }

    #[test]
    fn active_and_passive_name_the_same_actor_and_recipient() {
        let told = |kind: &str, by: &str, to: &str| (kind.to_owned(), by.to_owned(), to.to_owned());
        assert_eq!(
            coded("Ruritania accused Borduria of spying."),
            told("DISAPPROVE", "Ruritania", "Borduria")
        );
        assert_eq!(
            coded("Borduria was accused of spying by Ruritania."),
            told("DISAPPROVE", "Ruritania", "Borduria")
        );
    }

    #[test]
    fn both_sides_of_a_meeting_are_actors() {
        let (kind, by, _) = coded("Norway and Sweden held talks on fishing rights on Monday.");
        assert_eq!((kind.as_str(), by.as_str()), ("CONSULT", "Norway / Sweden"));
    }

    #[test]
    fn a_text_without_words_codes_nothing() {
        assert_eq!(code_events("12, 13 …"), Vec::new());
        assert_eq!(code_events(""), Vec::new());
    }
}
