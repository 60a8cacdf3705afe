//! Dependency trees: a greedy arc-hybrid parser (Kuhlmann, Gómez-Rodríguez and Satta 2011) whose next step is
//! chosen by a small network over the words around it.
//!
//! The weights are learned by `cargo xtask train` through the same [`State`] and [`inputs`]; all arithmetic when
//! reading is on whole numbers, so that the same sentence gets the same tree on every machine.

mod layer;
mod network;

pub use layer::Layer;
pub(crate) use network::MAGIC;
pub use network::{ParseModel, Sizes, Table, VECTOR_REACH, WORD_UNKNOWN, WORDS_RESERVED, Weights};

use std::ops::Range;

use crate::analysis::{Relation, Sentence, Tag};
use crate::tagger::Keys;
use crate::vectors::{VECTOR_WIDTH, WordVectors};

/// Writes head and relation of every token.
pub(crate) fn write_tree(sentence: &mut Sentence, model: &ParseModel, vectors: Option<&WordVectors>) {
    let words: Vec<&str> = sentence.tokens.iter().map(|t| t.text.as_str()).collect();
    let tags: Vec<Tag> = sentence.tokens.iter().map(|t| t.tag).collect();
    let tree = tree(&words, &tags, model, vectors);
    for (token, (head, relation)) in sentence.tokens.iter_mut().zip(tree) {
        token.head = head;
        token.relation = Some(relation);
    }
}

/// The head (none for the root) and relation of every word of one tagged sentence. `vectors` are those the model
/// was trained with.
pub fn tree(
    words: &[&str],
    tags: &[Tag],
    model: &ParseModel,
    vectors: Option<&WordVectors>,
) -> Vec<(Option<usize>, Relation)> {
    let inputs = inputs(words, tags, vectors, |key| model.word_row(key));
    model.tree(&inputs, State::new(words.len())).into_tree()
}

/// How many tables a word is looked up in.
pub const TABLES: usize = 6;

/// Rows of the tables of endings, beginnings, shapes and tags, after that of words. Hashed: more rows, fewer
/// words that share one by accident, larger file.
pub const TABLE_ROWS: [u32; TABLES - 1] = [2_048, 512, 1_024, 256, 18];

/// A word as the network sees it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'v> {
    /// Its row in every table.
    pub rows: [u32; TABLES],
    /// Its vector, if it has one.
    pub vector: Option<&'v [i8; VECTOR_WIDTH]>,
}

/// What the network sees of every word, and last of the root.
pub fn inputs<'v>(
    words: &[&str],
    tags: &[Tag],
    vectors: Option<&'v WordVectors>,
    word_row: impl Fn(u64) -> u32,
) -> Vec<Input<'v>> {
    let mut inputs = Vec::with_capacity(words.len() + 1);
    for (i, (word, tag)) in words.iter().zip(tags).enumerate() {
        let keys = Keys::new(word, i == 0);
        let [suffix_3, suffix_2, prefix, shape] = keys.for_parser();
        let row = |key: u64, table: usize| u32::try_from(key % u64::from(TABLE_ROWS[table])).unwrap_or(0);
        inputs.push(Input {
            rows: [
                word_row(keys.word_key()),
                row(suffix_3, 0),
                row(suffix_2, 1),
                row(prefix, 2),
                row(shape, 3),
                *tag as u32,
            ],
            vector: vectors.and_then(|vectors| vectors.vector_at(keys.vector_key())),
        });
    }
    inputs.push(Input {
        rows: [network::WORD_ROOT, 0, 0, 0, 0, TABLE_ROWS[4] - 1],
        vector: None,
    });
    inputs
}

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Puts the next word on the stack.
    Shift,
    /// Hangs the top of the stack on the next word.
    Left(Relation),
    /// Hangs the top of the stack on the one below it.
    Right(Relation),
}

impl Action {
    /// How many actions there are.
    pub const COUNT: usize = 1 + 2 * Relation::ALL.len();

    /// The action's number, from 0.
    pub fn index(self) -> usize {
        match self {
            Action::Shift => 0,
            Action::Left(relation) => 1 + relation as usize,
            Action::Right(relation) => 1 + Relation::ALL.len() + relation as usize,
        }
    }

    /// The action of that number.
    pub fn at(index: usize) -> Action {
        let relations = Relation::ALL.len();
        match index {
            0 => Action::Shift,
            i if i <= relations => Action::Left(Relation::ALL[i - 1]),
            i => Action::Right(Relation::ALL[(i - 1 - relations).min(relations - 1)]),
        }
    }
}

/// How many words around the next step the network looks at.
pub const POSITIONS: usize = 9;

/// How many facts about the arcs so far the network is told.
pub const FACTS: usize = 7;

/// Values of the four facts that are relations: none, or one of them.
const RELATION_VALUES: usize = 1 + Relation::ALL.len();
/// Values of the facts that are numbers: so many, or more.
const NUMBER_VALUES: usize = 8;

/// How many facts there can be in all.
pub const FACT_ROWS: usize = 4 * RELATION_VALUES + 3 * NUMBER_VALUES;

/// Words on a stack, words to come, arcs made so far. The root stands behind the last word.
#[derive(Clone, Debug)]
pub struct State {
    stack: Vec<usize>,
    next: usize,
    heads: Vec<Option<usize>>,
    relations: Vec<Relation>,
    leftmost: Vec<Option<usize>>,
    rightmost: Vec<Option<usize>>,
    /// how many dependents a word has got on its left and on its right
    dependents: Vec<[u8; 2]>,
}

impl State {
    /// The beginning, for a sentence of so many words.
    pub fn new(words: usize) -> State {
        State {
            stack: Vec::with_capacity(16),
            next: 0,
            heads: vec![None; words],
            relations: vec![Relation::Dep; words],
            leftmost: vec![None; words + 1],
            rightmost: vec![None; words + 1],
            dependents: vec![[0; 2]; words + 1],
        }
    }

    /// The root's index: one behind the last word.
    pub fn root(&self) -> usize {
        self.heads.len()
    }

    /// Nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.stack.is_empty() && self.next == self.root()
    }

    /// The stack, its top last.
    pub fn stack(&self) -> &[usize] {
        &self.stack
    }

    /// The next word to come; the root when there is none.
    pub fn next(&self) -> usize {
        self.next
    }

    /// May this action come now? Exactly one word hangs on the root, with the relation of that name.
    pub fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.next < self.root(),
            Action::Left(relation) => match self.stack.len() {
                0 => false,
                1 if self.next == self.root() => relation == Relation::Root,
                _ => self.next < self.root() && relation != Relation::Root,
            },
            Action::Right(relation) => self.stack.len() >= 2 && relation != Relation::Root,
        }
    }

    /// The numbers of all allowed actions, as runs in rising order.
    fn allowed_ranges(&self) -> [Range<usize>; 3] {
        let relations = Relation::ALL.len();
        // the root's relation is the first
        let (left, right) = (1, 1 + relations);
        let shift = 0..usize::from(self.next < self.root());
        let left = match (self.stack.len(), self.next == self.root()) {
            (1, true) => left..left + 1,
            (1.., false) => left + 1..right,
            _ => 0..0,
        };
        let right = if self.stack.len() >= 2 {
            right + 1..right + relations
        } else {
            0..0
        };
        [shift, left, right]
    }

    /// Does an allowed action.
    pub fn apply(&mut self, action: Action) {
        match action {
            Action::Shift => {
                self.stack.push(self.next);
                self.next = (self.next + 1).min(self.root());
            }
            Action::Left(relation) => {
                if let Some(dependent) = self.stack.pop() {
                    self.arc(self.next, dependent, relation);
                }
            }
            Action::Right(relation) => {
                if let Some(dependent) = self.stack.pop()
                    && let Some(&head) = self.stack.last()
                {
                    self.arc(head, dependent, relation);
                }
            }
        }
    }

    fn arc(&mut self, head: usize, dependent: usize, relation: Relation) {
        self.heads[dependent] = Some(head);
        self.relations[dependent] = relation;
        let side = if dependent < head {
            &mut self.leftmost
        } else {
            &mut self.rightmost
        };
        // later arcs on one side reach farther out
        side[head] = Some(dependent);
        let count = &mut self.dependents[head][usize::from(dependent > head)];
        *count = count.saturating_add(1);
    }

    /// The positions at which nearly every word stands once.
    const USUAL: [usize; 4] = [0, 1, 3, 4];

    /// The words the network looks at: the top three of the stack, the next two to come, and outer dependents.
    pub fn positions(&self) -> [Option<usize>; POSITIONS] {
        let below = |depth: usize| self.stack.len().checked_sub(depth + 1).map(|i| self.stack[i]);
        let (top, second) = (below(0), below(1));
        let left = |word: Option<usize>| word.and_then(|w| self.leftmost[w]);
        let right = |word: Option<usize>| word.and_then(|w| self.rightmost[w]);
        let after = self.next + 1;
        [
            top,
            second,
            below(2),
            Some(self.next),
            (after <= self.root()).then_some(after),
            left(top),
            right(top),
            right(second),
            left(Some(self.next)),
        ]
    }

    /// What the arcs so far say about the next step: the relations of the outer dependents, how far the top of
    /// the stack lies from the next word, and how many dependents these have; each the number of a row, of
    /// [`FACT_ROWS`].
    pub fn facts(&self) -> [usize; FACTS] {
        let below = |depth: usize| self.stack.len().checked_sub(depth + 1).map(|i| self.stack[i]);
        let (top, second) = (below(0), below(1));
        let relation = |word: Option<usize>, side: &[Option<usize>]| {
            word.and_then(|w| side[w])
                .map_or(0, |dependent| 1 + self.relations[dependent] as usize)
        };
        // 1, 2, 3, 4, 5 to 6, 7 to 10, farther
        let distance = match top.map_or(0, |top| self.next - top) {
            near @ 0..5 => near,
            5..7 => 5,
            7..11 => 6,
            _ => NUMBER_VALUES - 1,
        };
        let count = |word: Option<usize>, side: usize| {
            word.map_or(0, |w| {
                usize::from(self.dependents[w][side]).min(NUMBER_VALUES - 1)
            })
        };
        let numbers = 4 * RELATION_VALUES;
        [
            relation(top, &self.leftmost),
            RELATION_VALUES + relation(top, &self.rightmost),
            2 * RELATION_VALUES + relation(second, &self.rightmost),
            3 * RELATION_VALUES + relation(Some(self.next), &self.leftmost),
            numbers + distance,
            numbers + NUMBER_VALUES + count(top, 1),
            numbers + 2 * NUMBER_VALUES + count(Some(self.next), 0),
        ]
    }

    fn into_tree(self) -> Vec<(Option<usize>, Relation)> {
        let root = self.heads.len();
        self.heads
            .into_iter()
            .map(|head| head.filter(|&h| h < root))
            .zip(self.relations)
            .collect()
    }
}

#[cfg(test)]
mod tests;
