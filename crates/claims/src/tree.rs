//! Who hangs on whom: the dependency tree of one sentence, with the questions that claims ask of it.
//!
//! Gets a tagged sentence, gives heads, subtrees and noun phrases. Made only for sentences in which an act is
//! told, since a tree costs more than everything else that is read.

use language::{Relation, Sentence, Tag};
use std::ops::Range;

/// The tree of a sentence; every answer is a token index.
#[derive(Debug)]
pub(crate) struct Tree {
    heads: Vec<Option<usize>>,
    relations: Vec<Relation>,
    tags: Vec<Tag>,
    lower: Vec<String>,
    /// First and last token below each one, itself included.
    spans: Vec<Range<usize>>,
}

/// Deepest path that is followed; trees of news are not deeper, and a faulty one cannot hold anybody up.
const DEPTH_MAX: usize = 60;

impl Tree {
    /// Parses a sentence.
    pub(crate) fn of(sentence: &Sentence) -> Self {
        let mut parsed = sentence.clone();
        language::parse(&mut parsed, language::Language::english());
        let mut heads: Vec<Option<usize>> = parsed.tokens.iter().map(|token| token.head).collect();
        let mut relations: Vec<Relation> = parsed
            .tokens
            .iter()
            .map(|token| token.relation.unwrap_or(Relation::Dep))
            .collect();
        find_main_verb(&parsed, &mut heads, &mut relations);
        let count = heads.len();
        let mut spans: Vec<Range<usize>> = (0..count).map(|index| index..index + 1).collect();
        for index in 0..count {
            let mut at = index;
            for _ in 0..DEPTH_MAX {
                let Some(head) = heads[at].filter(|head| *head < count) else {
                    break;
                };
                spans[head].start = spans[head].start.min(index);
                spans[head].end = spans[head].end.max(index + 1);
                at = head;
            }
        }
        Self {
            relations,
            tags: parsed.tokens.iter().map(|token| token.tag).collect(),
            lower: parsed.tokens.into_iter().map(|token| token.lower).collect(),
            heads,
            spans,
        }
    }

    /// The token it hangs on.
    pub(crate) fn head(&self, at: usize) -> Option<usize> {
        self.heads.get(at).copied().flatten()
    }

    /// How it hangs on its head.
    pub(crate) fn relation(&self, at: usize) -> Relation {
        self.relations.get(at).copied().unwrap_or(Relation::Dep)
    }

    /// The tokens that hang on one, in order.
    pub(crate) fn children(&self, of: usize) -> impl Iterator<Item = usize> + '_ {
        let span = self.spans.get(of).cloned().unwrap_or(0..0);
        span.filter(move |index| self.heads[*index] == Some(of))
    }

    /// The tokens that hang on one by a relation.
    pub(crate) fn by<'a>(&'a self, of: usize, relations: &'a [Relation]) -> impl Iterator<Item = usize> + 'a {
        self.children(of)
            .filter(move |index| relations.contains(&self.relations[*index]))
    }

    /// First to last token below one.
    pub(crate) fn span(&self, of: usize) -> Range<usize> {
        self.spans.get(of).cloned().unwrap_or(of..of + 1)
    }

    /// The token of a range on which the others hang.
    pub(crate) fn top(&self, tokens: &Range<usize>) -> usize {
        let outside = |index: &usize| self.head(*index).is_none_or(|head| !tokens.contains(&head));
        let small = |index: &usize| {
            matches!(
                self.tags[*index],
                Tag::Det | Tag::Adp | Tag::Punct | Tag::Num | Tag::Aux
            )
        };
        let mut tops = tokens
            .clone()
            .filter(|index| *index < self.heads.len())
            .filter(outside);
        let first = tops.clone().next();
        tops.find(|index| !small(index)).or(first).unwrap_or(tokens.start)
    }

    /// The tokens above one, nearest first, each with the relation by which the path reaches it.
    pub(crate) fn above(&self, from: usize) -> Vec<(usize, Relation)> {
        let mut path = Vec::new();
        let mut at = from;
        while let Some(head) = self.head(at).filter(|_| path.len() < DEPTH_MAX) {
            path.push((head, self.relation(at)));
            at = head;
        }
        path
    }

    /// The word that ties a noun to its head: "of", "by", "after".
    pub(crate) fn case(&self, noun: usize) -> &str {
        self.by(noun, &[Relation::Case])
            .next()
            .map_or("", |at| self.lower[at].as_str())
    }

    /// The nouns listed with one, itself first: "A, B and C".
    pub(crate) fn listed(&self, first: usize) -> Vec<usize> {
        let mut all = vec![first];
        let nominal = |at: &usize| matches!(self.tags[*at], Tag::Noun | Tag::Propn | Tag::Pron | Tag::Num);
        all.extend(self.by(first, &[Relation::Conj]).filter(nominal));
        all
    }

    /// A noun with the words that belong to it and tell what it is: "commander of the group"; articles, numbers
    /// and clauses left out.
    pub(crate) fn phrase(&self, noun: usize) -> Range<usize> {
        let mut range = noun..noun + 1;
        let close = [
            Relation::Amod,
            Relation::Compound,
            Relation::Flat,
            Relation::Fixed,
            Relation::NmodPoss,
            Relation::NmodDesc,
        ];
        for child in self
            .by(noun, &close)
            .filter(|child| *child < noun || self.relation(*child) == Relation::Flat)
        {
            let span = self.span(child);
            if span.end <= noun + PHRASE_MAX && noun <= span.start + PHRASE_MAX {
                range.start = range.start.min(span.start);
                range.end = range.end.max(span.end);
            }
        }
        for child in self
            .by(noun, &[Relation::Nmod])
            .filter(|child| self.case(*child) == "of")
        {
            let mut inner = self.phrase(child);
            for below in self.by(child, &[Relation::Nummod, Relation::Det, Relation::Case]) {
                inner.start = inner.start.min(below);
            }
            if inner.start <= range.end + 1 && inner.end <= noun + PHRASE_MAX {
                range.end = range.end.max(inner.end);
            }
        }
        let leads = |at: usize| {
            matches!(
                self.tags[at],
                Tag::Det | Tag::Num | Tag::Pron | Tag::Punct | Tag::Part | Tag::Adp
            )
        };
        while range.start < noun && leads(range.start) {
            range.start += 1;
        }
        range
    }

    /// The subjects of a verb, its own or those of the verb it goes on from; and whether they suffer the act.
    pub(crate) fn subjects(&self, verb: usize) -> (Vec<usize>, bool) {
        let passive = self.is_passive(verb);
        let own: Vec<usize> = self
            .by(
                verb,
                &[Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter],
            )
            .collect();
        if let Some(subject) = own.first() {
            // "the men who fled": the pronoun stands for the noun that the clause hangs on.
            let relative = self.relation(verb) == Relation::AclRelcl
                && matches!(self.tags[*subject], Tag::Pron | Tag::Det);
            // Behind a comma it is the name right before it, if one stands there.
            let nearest = (0..*subject).rev().find(|index| self.tags[*index] != Tag::Punct);
            let name = nearest.filter(|index| relative && self.tags[*index] == Tag::Propn);
            let named = name.or(self.head(verb).filter(|_| relative)).unwrap_or(*subject);
            return (self.listed(named), passive);
        }
        match (self.relation(verb), self.head(verb)) {
            (
                Relation::Conj | Relation::Xcomp | Relation::Advcl | Relation::Dep | Relation::Parataxis,
                Some(head),
            ) if matches!(self.tags[head], Tag::Verb | Tag::Aux | Tag::Adj) && head < verb => {
                let (subjects, _) = self.subjects(head);
                (subjects, passive)
            }
            // "fighters attacking the post"; "a man killed in the raid"
            (Relation::Acl, Some(head)) if self.tags[head] != Tag::Verb => {
                let ing = self.lower[verb].ends_with("ing");
                (self.listed(head), passive || !ing)
            }
            _ => (Vec::new(), passive),
        }
    }

    /// Whether the verb stands in the passive.
    pub(crate) fn is_passive(&self, verb: usize) -> bool {
        let marks = [Relation::AuxPass, Relation::NsubjPass, Relation::CsubjPass];
        self.by(verb, &marks).next().is_some()
            || (self.relation(verb) == Relation::Conj
                && self.by(verb, &[Relation::Aux, Relation::Nsubj]).next().is_none()
                && self.lower[verb].ends_with("ed")
                && self.by(verb, &[Relation::Obj]).next().is_none()
                && self
                    .head(verb)
                    .is_some_and(|head| head < verb && self.by(head, &marks).next().is_some()))
    }

    /// The objects of a verb.
    pub(crate) fn objects(&self, verb: usize) -> Vec<usize> {
        self.by(verb, &[Relation::Obj])
            .flat_map(|object| self.listed(object))
            .collect()
    }

    /// The nouns tied to a word by one of these prepositions.
    pub(crate) fn tied(&self, to: usize, words: &[&str]) -> Vec<usize> {
        let ties = [Relation::Obl, Relation::OblAgent, Relation::Nmod];
        self.by(to, &ties)
            .filter(|noun| words.contains(&self.case(*noun)))
            .flat_map(|noun| self.listed(noun))
            .collect()
    }
}

/// Mends the slip that costs most: a verb in -ed read as describing a noun where the sentence has no other verb
/// ("Rebels fired mortars at the town"), or as the main verb where another follows it ("the convoy planned for
/// Sunday did not reach the town").
fn find_main_verb(sentence: &Sentence, heads: &mut [Option<usize>], relations: &mut [Relation]) {
    let tokens = &sentence.tokens;
    let Some(root) = (0..heads.len()).find(|index| relations[*index] == Relation::Root) else {
        return;
    };
    let finished = tokens
        .last()
        .is_some_and(|token| matches!(token.text.as_str(), "." | "!" | "?" | "\""));
    if matches!(tokens[root].tag, Tag::Noun | Tag::Propn | Tag::Num) && finished {
        let verbs: Vec<usize> = (0..tokens.len())
            .filter(|index| matches!(tokens[*index].tag, Tag::Verb | Tag::Aux))
            .collect();
        let [verb] = verbs.as_slice() else { return };
        let verb = *verb;
        if !tokens[verb].lower.ends_with("ed") || verb == 0 {
            return;
        }
        match relations[verb] {
            Relation::Acl if root < verb => {
                (heads[verb], relations[verb]) = (None, Relation::Root);
                (heads[root], relations[root]) = (Some(verb), Relation::Nsubj);
            }
            Relation::Amod => {
                // What the verb was taken to describe is its object, when it stands behind it.
                let noun = heads[verb].unwrap_or(root);
                (heads[verb], relations[verb]) = (None, Relation::Root);
                let relation = if root < verb {
                    Relation::Nsubj
                } else {
                    Relation::Obj
                };
                (heads[root], relations[root]) = (Some(verb), relation);
                if noun != root && noun > verb {
                    (heads[noun], relations[noun]) = (Some(verb), Relation::Obj);
                }
            }
            _ => {}
        }
        return;
    }
    let subject = (0..root).find(|index| heads[*index] == Some(root) && relations[*index] == Relation::Nsubj);
    let own = |of: usize, wanted: &[Relation]| {
        (0..heads.len()).any(|index| heads[index] == Some(of) && wanted.contains(&relations[index]))
    };
    let later = (root + 1..heads.len()).find(|index| {
        heads[*index] == Some(root)
            && matches!(
                relations[*index],
                Relation::Dep | Relation::Conj | Relation::Parataxis | Relation::Advcl
            )
            && tokens[*index].tag == Tag::Verb
            && own(*index, &[Relation::Aux])
            && !own(
                *index,
                &[Relation::Nsubj, Relation::NsubjPass, Relation::Cc, Relation::Mark],
            )
            && !(root..*index)
                .any(|between| matches!(tokens[between].lower.as_str(), "," | ";" | ":" | "and"))
    });
    if let (Some(subject), Some(later)) = (subject, later)
        && tokens[root].lower.ends_with("ed")
        && !own(root, &[Relation::Aux, Relation::AuxPass, Relation::Obj])
    {
        (heads[later], relations[later]) = (None, Relation::Root);
        (heads[subject], relations[subject]) = (Some(later), Relation::Nsubj);
        (heads[root], relations[root]) = (Some(subject), Relation::Acl);
    }
}

/// Longest noun phrase that is kept as a label, in words: beyond it the tree has gone wrong or the label says
/// too much.
const PHRASE_MAX: usize = 8;
