//! A sentence as the reader of attributions sees it: its tokens, what is quoted, and its base phrases.

use language::{Sentence, Tag, Token};
use std::ops::Range;

/// A sentence, with the quotation marks of its passage worked out.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// The tokens of the sentence.
    pub tokens: &'a [Token],
    /// Whether each token lies inside quotation marks; the marks themselves do not.
    pub quoted: Vec<bool>,
    /// Whether each token is a quotation mark.
    pub mark: Vec<bool>,
    /// A quotation goes on from the sentence before.
    pub open_before: bool,
    /// A quotation goes on into the next sentence.
    pub open_after: bool,
    /// Something in the sentence is quoted.
    pub any: bool,
}

/// Longest stretch between two quotation marks that is still read as one quotation, in bytes; beyond it a mark
/// is taken for a stray one. About 200 words: longer than news quotes in one breath.
const QUOTE_BYTES_MAX: usize = 1_200;

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Opens,
    Closes,
    Either,
}

fn mark(text: &str) -> Option<Mark> {
    match text {
        "\u{201c}" | "\u{ab}" | "\u{201e}" | "``" => Some(Mark::Opens),
        "\u{201d}" | "\u{bb}" => Some(Mark::Closes),
        "\"" | "''" => Some(Mark::Either),
        _ => None,
    }
}

/// The sentences of one passage, in order. Time grows with the passage.
pub fn lines<'a>(sentences: &[&'a Sentence]) -> Vec<Line<'a>> {
    let tokens: Vec<&Token> = sentences.iter().flat_map(|sentence| &sentence.tokens).collect();
    let marks: Vec<bool> = tokens.iter().map(|token| mark(&token.text).is_some()).collect();
    let quoted = quoted(&tokens);
    let mut lines = Vec::with_capacity(sentences.len());
    let mut start = 0;
    for sentence in sentences {
        let end = start + sentence.tokens.len();
        let inside = |at: usize| quoted.get(at).copied().unwrap_or(false);
        let either = |at: usize| inside(at) || marks.get(at).copied().unwrap_or(false);
        lines.push(Line {
            tokens: &sentence.tokens,
            quoted: quoted[start..end].to_vec(),
            mark: marks[start..end].to_vec(),
            open_before: start > 0 && inside(start) && either(start - 1),
            open_after: end > start && inside(end - 1) && either(end),
            any: quoted[start..end].contains(&true),
        });
        start = end;
    }
    lines
}

/// Which tokens stand between quotation marks.
fn quoted(tokens: &[&Token]) -> Vec<bool> {
    let mut quoted = vec![false; tokens.len()];
    let mut open: Option<usize> = None;
    let mut fill = |from: usize, to: usize| {
        let bytes = tokens[to - 1].span.end - tokens[from].span.start;
        if from + 1 < to && bytes <= QUOTE_BYTES_MAX {
            quoted[from + 1..to].fill(true);
        }
    };
    for at in 0..tokens.len() {
        let Some(kind) = mark(&tokens[at].text) else {
            continue;
        };
        let touches_left = at > 0 && tokens[at - 1].span.end == tokens[at].span.start;
        let touches_right = tokens
            .get(at + 1)
            .is_some_and(|next| next.span.start == tokens[at].span.end);
        let opens = match kind {
            Mark::Opens => true,
            Mark::Closes => false,
            Mark::Either => open.is_none() || (touches_right && !touches_left),
        };
        match (opens, open) {
            (true, None) => open = Some(at),
            // The earlier mark was never closed: a new paragraph of the same speech, or a slip.
            (true, Some(from)) if kind == Mark::Either => {
                fill(from, at);
                open = Some(at);
            }
            // A quotation inside a quotation.
            (true, Some(_)) | (false, None) => {}
            (false, Some(from)) => {
                fill(from, at);
                open = None;
            }
        }
    }
    if let Some(from) = open {
        fill(from, tokens.len());
    }
    for (at, token) in tokens.iter().enumerate() {
        if mark(&token.text).is_some() {
            quoted[at] = false;
        }
    }
    quoted
}

impl<'a> Line<'a> {
    /// A sentence whose quotations (tokens between the marks) are known.
    pub(crate) fn of(sentence: &'a Sentence, quotes: &[Range<usize>]) -> Self {
        let mut quoted = vec![false; sentence.tokens.len()];
        for quote in quotes {
            if let Some(inside) = quoted.get_mut(quote.clone()) {
                inside.fill(true);
            }
        }
        let mark: Vec<bool> = sentence
            .tokens
            .iter()
            .map(|token| mark(&token.text).is_some())
            .collect();
        for (quoted, mark) in quoted.iter_mut().zip(&mark) {
            *quoted &= !mark;
        }
        Line {
            tokens: &sentence.tokens,
            any: quoted.contains(&true),
            quoted,
            mark,
            open_before: false,
            open_after: false,
        }
    }
}

impl Line<'_> {
    /// The dictionary form; one word for all names, which would teach nothing one by one.
    pub(crate) fn lemma(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| match token.tag {
            Tag::Propn => "PROPN",
            _ => token.lemma.as_str(),
        })
    }

    /// Whether a token is a verb.
    pub fn is_verb(&self, at: usize) -> bool {
        self.is(at, &[Tag::Verb])
    }

    pub(crate) fn lower(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lower.as_str())
    }

    pub(crate) fn tag(&self, at: usize) -> &'static str {
        self.tokens.get(at).map_or("-", |token| token.tag.name())
    }

    pub(crate) fn is(&self, at: usize, tags: &[Tag]) -> bool {
        self.tokens.get(at).is_some_and(|token| tags.contains(&token.tag))
    }

    pub(crate) fn is_quoted(&self, at: usize) -> bool {
        self.quoted.get(at).copied().unwrap_or(false)
    }

    pub(crate) fn is_mark(&self, at: usize) -> bool {
        self.mark.get(at).copied().unwrap_or(false)
    }

    /// The last three letters, lower-cased: how a word is inflected, roughly, in many languages.
    pub(crate) fn ending(&self, at: usize) -> &str {
        let word = self.lower(at);
        let start = word.char_indices().rev().nth(2).map_or(0, |(start, _)| start);
        &word[start..]
    }
}

/// What kind of phrase a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A noun with what stands before it.
    Noun,
    /// A pronoun alone.
    Pronoun,
    /// Verbs, their helpers and adverbs.
    Verb,
    /// A preposition.
    Adposition,
    /// A conjunction.
    Link,
    /// A comma.
    Comma,
    /// Any other mark.
    Stop,
    /// A quotation mark.
    Quote,
    /// Anything else.
    Other,
    /// The cue.
    Cue,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Noun => "N",
            Kind::Pronoun => "R",
            Kind::Verb => "V",
            Kind::Adposition => "P",
            Kind::Link => "L",
            Kind::Comma => ",",
            Kind::Stop => ".",
            Kind::Quote => "Q",
            Kind::Other => "X",
            Kind::Cue => "*",
        }
    }
}

/// A base phrase.
#[derive(Clone, Debug)]
pub struct Chunk {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// The token that stands for it.
    pub head: usize,
}

fn kind(line: &Line, at: usize) -> Kind {
    let token = &line.tokens[at];
    if line.is_mark(at) {
        return Kind::Quote;
    }
    match token.tag {
        Tag::Noun | Tag::Propn | Tag::Num | Tag::Det | Tag::Adj | Tag::Sym => Kind::Noun,
        // "his campaign": a possessive is part of the noun phrase; its dictionary form is another word.
        Tag::Pron if token.lemma != token.lower && line.is(at + 1, NOMINAL) => Kind::Noun,
        Tag::Pron => Kind::Pronoun,
        Tag::Verb | Tag::Aux | Tag::Adv => Kind::Verb,
        Tag::Part if token.lower.starts_with('\'') => Kind::Noun,
        Tag::Part => Kind::Verb,
        Tag::Adp => Kind::Adposition,
        Tag::Cconj | Tag::Sconj => Kind::Link,
        Tag::Punct if token.text == "," => Kind::Comma,
        Tag::Punct if token.text == "-" => Kind::Other,
        Tag::Punct => Kind::Stop,
        _ => Kind::Other,
    }
}

const NOMINAL: &[Tag] = &[Tag::Noun, Tag::Adj, Tag::Propn, Tag::Num];

/// How far from a cue its source and content are looked for, in tokens: longer than any ordinary sentence.
const WINDOW: usize = 120;

/// Cuts the surroundings of a cue into base phrases; the cue is a chunk of its own.
pub fn chunks(line: &Line, cue: &Range<usize>) -> Vec<Chunk> {
    let mut all: Vec<Chunk> = Vec::new();
    for at in cue.start.saturating_sub(WINDOW)..(cue.end + WINDOW).min(line.tokens.len()) {
        let token = &line.tokens[at];
        let kind = if cue.contains(&at) {
            Kind::Cue
        } else {
            kind(line, at)
        };
        if let Some(last) = all.last_mut()
            && joins(line, last, kind, at)
        {
            last.tokens.end = at + 1;
            let stands_for_it = match last.kind {
                Kind::Noun => matches!(token.tag, Tag::Noun | Tag::Propn),
                Kind::Verb => token.tag == Tag::Verb,
                _ => false,
            };
            if stands_for_it {
                last.head = at;
            }
        } else {
            all.push(Chunk {
                tokens: at..at + 1,
                kind,
                head: at,
            });
        }
    }
    all
}

/// Whether a token goes on with the chunk before it.
fn joins(line: &Line, last: &Chunk, kind: Kind, at: usize) -> bool {
    let before = &line.tokens[at - 1];
    match (last.kind, kind) {
        (Kind::Cue, Kind::Cue) | (Kind::Verb, Kind::Verb) => true,
        (Kind::Noun, Kind::Noun) => {
            let begins = line.is(at, &[Tag::Det, Tag::Pron]);
            !(begins && matches!(before.tag, Tag::Noun | Tag::Propn | Tag::Num))
        }
        // A hyphen inside a noun phrase.
        (Kind::Noun, Kind::Other) => {
            line.tokens[at].text == "-" && before.span.end == line.tokens[at].span.start
        }
        _ => false,
    }
}

/// Joins chunks that a content never cuts apart, as ranges of chunks: a preposition or a verb with its noun.
pub fn units(chunks: &[Chunk], apart: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    for at in 0..chunks.len() {
        match units.last_mut() {
            Some(last)
                if last.len() == 1
                    && matches!(chunks[at].kind, Kind::Noun | Kind::Pronoun)
                    && matches!(chunks[at - 1].kind, Kind::Adposition | Kind::Verb)
                    && !apart(at) =>
            {
                last.end = at + 1;
            }
            _ => units.push(at..at + 1),
        }
    }
    units
}
