//! One sentence as read: its tokens, and the actors, places, times, numbers, quotations and clauses in it.

use crate::arabic;
use crate::attribution::line::Line;
use crate::attribution::reader::{Model, Said};
use crate::disguise::{self, Disguise};
use crate::entities::{self, EntityHit};
use crate::kind::{self, Kind};
use crate::lexicon::Lexicon;
use crate::names::{self, ActorHit, PageNames};
use crate::phrase::{self, Hit, Piece};
use crate::spots::{self, PlaceHit};
use crate::times::{self, TimeHit};
use crate::tree::Tree;
use language::number::Quantity;
use language::{Sentence, Tag, Token};
use model::{Document, Passage, PassageKind, Span};
use std::cell::OnceCell;
use std::ops::Range;

/// The one language read so far.
pub(crate) const LANGUAGE: &str = "en";

/// A sentence with everything found in it; ranges are token indices unless said otherwise.
pub(crate) struct Reading<'a> {
    pub(crate) passage: &'a Passage,
    /// Passage's index among the main passages.
    pub(crate) passage_index: usize,
    pub(crate) sentence: Sentence,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) actors: Vec<ActorHit>,
    /// Mentions of people, bodies, places and weapons, named or described.
    pub(crate) entities: Vec<EntityHit>,
    pub(crate) places: Vec<PlaceHit>,
    /// Words in letters that only look right.
    pub(crate) disguises: Vec<Disguise>,
    pub(crate) times: Vec<TimeHit>,
    pub(crate) quantities: Vec<Quantity>,
    /// Inside quotation marks.
    pub(crate) quotes: Vec<Range<usize>>,
    /// Clause number of each token, rising.
    pub(crate) clauses: Vec<usize>,
    /// Commitment words: index into `Lexicon::marks`.
    pub(crate) marks: Vec<Hit<usize>>,
    pub(crate) proposals: Vec<Hit<usize>>,
    /// The world whose words the passage speaks in, when it is one that borrows the words of war.
    pub(crate) world: Option<String>,
    tree: OnceCell<Tree>,
    kinds: OnceCell<Vec<Kind>>,
    said: OnceCell<Vec<Said>>,
}

impl Reading<'_> {
    /// The kinds of news it sounds like, judged when first asked for.
    pub(crate) fn kinds(&self) -> &[Kind] {
        self.kinds.get_or_init(|| kind::kinds_of_sentence(&self.sentence))
    }
    /// The sentence's tree, made when it is first asked for.
    pub(crate) fn tree(&self) -> &Tree {
        self.tree.get_or_init(|| Tree::of(&self.sentence))
    }
    /// Who says what in the sentence, read by the trained reader when it is first asked for.
    pub(crate) fn said(&self) -> &[Said] {
        self.said.get_or_init(|| {
            let line = Line::of(&self.sentence, &self.quotes);
            Model::of(LANGUAGE).map_or_else(Vec::new, |model| model.sentence(&line))
        })
    }
    /// The raw bytes of some tokens.
    pub(crate) fn span(&self, tokens: &Range<usize>) -> Span {
        self.passage.raw(self.bytes(tokens))
    }
    /// The bytes of some tokens in the passage's text.
    pub(crate) fn bytes(&self, tokens: &Range<usize>) -> Range<usize> {
        let all = &self.sentence.tokens;
        let first = tokens.start.min(all.len().saturating_sub(1));
        let last = tokens.end.clamp(first + 1, all.len().max(1)) - 1;
        match (all.get(first), all.get(last)) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => self.sentence.span.clone(),
        }
    }
    /// The words of some tokens, as visible.
    pub(crate) fn words(&self, tokens: &Range<usize>) -> String {
        self.passage
            .text
            .get(self.bytes(tokens))
            .unwrap_or_default()
            .to_owned()
    }
    /// The whole sentence as tokens.
    pub(crate) fn all(&self) -> Range<usize> {
        0..self.sentence.tokens.len()
    }
    pub(crate) fn token(&self, index: usize) -> Option<&Token> {
        self.sentence.tokens.get(index)
    }
    pub(crate) fn lower(&self, index: usize) -> &str {
        self.token(index).map_or("", |token| token.lower.as_str())
    }
    pub(crate) fn clause(&self, index: usize) -> usize {
        self.clauses.get(index).copied().unwrap_or(0)
    }
    /// Whether a token can be a verb here.
    pub(crate) fn is_verb(&self, index: usize) -> bool {
        self.token(index).is_some_and(|token| match token.tag {
            Tag::Verb | Tag::Aux => true,
            Tag::X => !matches!(
                self.lower(index.wrapping_sub(1)),
                "the" | "a" | "an" | "of" | "its" | "their"
            ),
            _ => false,
        })
    }
    /// Whether a token lies inside quotation marks.
    pub(crate) fn quoted(&self, index: usize) -> bool {
        self.quotes.iter().any(|quote| quote.contains(&index))
    }
    /// Actors listed together with this one: "A, B and C"; in order.
    pub(crate) fn listed_with(&self, actor: usize) -> Vec<usize> {
        let mut group = vec![actor];
        let mut at = actor;
        while at + 1 < self.actors.len() && self.only_joins(&self.actors[at], &self.actors[at + 1]) {
            at += 1;
            group.push(at);
        }
        at = actor;
        while at > 0 && self.only_joins(&self.actors[at - 1], &self.actors[at]) {
            at -= 1;
            group.insert(0, at);
        }
        group
    }
    fn only_joins(&self, a: &ActorHit, b: &ActorHit) -> bool {
        if b.tokens.start < a.tokens.end {
            return false;
        }
        let between = a.tokens.end..b.tokens.start;
        let joined = between
            .clone()
            .any(|index| matches!(self.lower(index), "and" | "," | "or" | "&" | "as"));
        // "the UN envoy, Staffan de Mistura": one person and the office, no list.
        let comma_only = between.clone().all(|index| self.lower(index) == ",");
        if comma_only && (a.kind == "person") != (b.kind == "person") {
            return false;
        }
        joined
            && between.clone().all(|index| {
                matches!(
                    self.lower(index),
                    "and" | "," | "or" | "&" | "the" | "well" | "as" | "both"
                )
            })
    }
}

/// The passages that are read as English: the main ones, in the page's language, without the headline said again.
pub(crate) fn passages(document: &Document) -> impl Iterator<Item = (usize, &Passage)> {
    told_once(document)
        .filter(|(_, passage)| other_language(passage).is_none() && !arabic::is_written(&passage.text))
}

/// The passages that are read as Arabic: those in its letters, unless they are of another language that uses them.
pub(crate) fn arabic_passages(document: &Document) -> Vec<&Passage> {
    told_once(document)
        .map(|(_, passage)| passage)
        .filter(|passage| arabic::is_written(&passage.text))
        .filter(|passage| other_language(passage).is_none_or(|language| language == "ar"))
        .collect()
}

/// The main passages without the headline said again, which says nothing twice.
fn told_once(document: &Document) -> impl Iterator<Item = (usize, &Passage)> {
    let repeated = |passage: &Passage| {
        let again = |artefact: &model::Artefact| {
            artefact.kind == model::ArtefactKind::RepeatedTitle && passage.span.contains(artefact.span)
        };
        document.artefacts.iter().any(again)
    };
    document
        .main()
        .enumerate()
        .filter(move |(_, passage)| !repeated(passage))
}

/// The language that the page's reader found a passage to be in, when it is another than the page's.
fn other_language(passage: &Passage) -> Option<&str> {
    let because = passage
        .because
        .iter()
        .find(|because| because.rule == "other-language");
    because.map(|because| because.entry.as_str())
}

/// Reads every main passage of a document, sentence by sentence.
pub(crate) fn read<'a>(document: &'a Document, lexicon: &Lexicon) -> (Vec<Reading<'a>>, PageNames) {
    let mut readings = annotated(document, lexicon);
    entities::label_strangers(&mut readings, lexicon);
    readings.iter_mut().for_each(names::tell_strangers);
    let page_names = names::learn(&readings);
    for reading in &mut readings {
        names::resolve_short_names(reading, &page_names);
        reading.places = spots::find(reading, lexicon);
        names::drop_places(reading);
    }
    (readings, page_names)
}

/// The sentences by themselves, before anything is learned from the page: what the labeller of mentions sees, so
/// that its features never rest on its own answers.
pub(crate) fn annotated<'a>(document: &'a Document, lexicon: &Lexicon) -> Vec<Reading<'a>> {
    let language = language::Language::english();
    let mut readings = Vec::new();
    for (passage_index, passage) in passages(document) {
        let quotes = quote_ranges(&passage.text);
        let first = readings.len();
        for sentence in sentences(&passage.text, language) {
            readings.push(annotate(
                passage,
                passage_index,
                sentence,
                &quotes,
                document,
                lexicon,
            ));
        }
        let world = world_of(&readings[first..], lexicon);
        readings[first..]
            .iter_mut()
            .for_each(|reading| reading.world.clone_from(&world));
    }
    headlines_follow(&mut readings, lexicon);
    readings
}

/// "Late strike sinks Homs side": a headline is too short to show its world, so it speaks in the one that most
/// of its page does.
fn headlines_follow(readings: &mut [Reading], lexicon: &Lexicon) {
    let is_headline =
        |reading: &Reading| reading.passage.kind == PassageKind::Title && reading.world.is_none();
    let told = readings.iter().filter(|reading| !is_headline(reading)).count();
    let of_world = readings.iter().filter(|reading| reading.world.is_some()).count();
    if 2 * of_world <= told || told == 0 {
        return;
    }
    let world = world_of(readings, lexicon);
    for reading in readings.iter_mut().filter(|reading| is_headline(reading)) {
        reading.world.clone_from(&world);
    }
}

/// The sentences of a text, tagged, with what the tagger is known to get wrong put right.
pub(crate) fn sentences(text: &str, language: &language::Language) -> Vec<Sentence> {
    let mut sentences = language::analyse_shallow(text, language).sentences;
    for sentence in &mut sentences {
        correct_participles(sentence, language);
    }
    sentences
}

/// A word in -ed that the tagger took for an adjective is a verb after "had" or "was", and between a noun and
/// its object: "had regained control", "the sides exchanged prisoners".
fn correct_participles(sentence: &mut Sentence, language: &language::Language) {
    let tokens = &sentence.tokens;
    let verbs: Vec<usize> = (1..tokens.len())
        .filter(|index| tokens[*index].tag == Tag::Adj && tokens[*index].lower.ends_with("ed"))
        .filter(|index| {
            let (before, after) = (&tokens[index - 1], tokens.get(index + 1));
            let auxiliary = before.tag == Tag::Aux || matches!(before.lower.as_str(), "had" | "has" | "have");
            let between = matches!(before.tag, Tag::Noun | Tag::Propn | Tag::Pron)
                && after
                    .is_some_and(|after| matches!(after.tag, Tag::Det | Tag::Noun | Tag::Propn | Tag::Num));
            auxiliary || between
        })
        .collect();
    // "The governor hopes that …"
    let hopes: Vec<usize> = (1..tokens.len().saturating_sub(1))
        .filter(|index| {
            tokens[*index].tag == Tag::Noun
                && tokens[*index].lower.ends_with('s')
                && matches!(tokens[index - 1].tag, Tag::Noun | Tag::Propn)
                && tokens[index + 1].lower == "that"
                && index + 2 < tokens.len()
                && !matches!(tokens[index + 2].tag, Tag::Verb | Tag::Aux)
        })
        .collect();
    let verbs: Vec<usize> = verbs.into_iter().chain(hopes).collect();
    // "Shelling, air strikes and sniper fire are …", "Fighting has resumed".
    let opens = tokens.len() > 2
        && tokens[0].tag == Tag::Verb
        && tokens[0].lower.ends_with("ing")
        && (matches!(tokens[1].tag, Tag::Aux | Tag::Cconj) || tokens[1].lower == ",");
    if verbs.is_empty() && !opens {
        return;
    }
    for index in verbs {
        sentence.tokens[index].tag = Tag::Verb;
    }
    if opens {
        sentence.tokens[0].tag = Tag::Noun;
    }
    language::lemmatise(sentence, language);
}

fn annotate<'a>(
    passage: &'a Passage,
    passage_index: usize,
    sentence: Sentence,
    quotes: &[Range<usize>],
    document: &Document,
    lexicon: &Lexicon,
) -> Reading<'a> {
    let pieces = phrase::pieces(&sentence);
    // Quotations are in order: only those that reach into the sentence are looked at.
    let first = quotes.partition_point(|bytes| bytes.end <= sentence.span.start);
    let quotes = quotes[first..]
        .iter()
        .take_while(|bytes| bytes.start < sentence.span.end)
        .filter_map(|bytes| tokens_in(&sentence, bytes))
        .collect();
    let clauses = clauses(&sentence);
    let mut reading = Reading {
        passage,
        passage_index,
        actors: Vec::new(),
        entities: Vec::new(),
        disguises: disguise::find(&sentence.tokens, &passage.text),
        places: Vec::new(),
        times: Vec::new(),
        quantities: language::number::quantities(&sentence, &passage.text),
        quotes,
        clauses,
        marks: lexicon.mark_phrases.find(&pieces, false),
        proposals: lexicon.proposal_names.find(&pieces, false),
        world: None,
        tree: OnceCell::new(),
        kinds: OnceCell::new(),
        said: OnceCell::new(),
        pieces,
        sentence,
    };
    reading.times = times::find(&reading, lexicon, &document.published.edtf);
    reading.actors = names::find(&reading, lexicon);
    reading
}

/// Fewest different words of one world in a passage for its words of war to be taken as figures of speech.
/// Two: one alone ("the team", "prices") stands in news of war every day.
const WORLD_WORDS_MIN: usize = 2;

fn world_of(readings: &[Reading], lexicon: &Lexicon) -> Option<String> {
    let mut found: std::collections::BTreeMap<&str, std::collections::BTreeSet<&str>> =
        std::collections::BTreeMap::new();
    for piece in readings.iter().flat_map(|reading| &reading.pieces) {
        let known = lexicon
            .figurative
            .get_key_value(&piece.lower)
            .or_else(|| lexicon.figurative.get_key_value(&piece.lemma));
        if let Some((word, world)) = known {
            found.entry(world).or_default().insert(word);
        }
    }
    let most = found
        .into_iter()
        .filter(|(_, words)| words.len() >= WORLD_WORDS_MIN)
        .max_by_key(|(_, words)| words.len());
    most.map(|(world, _)| world.to_owned())
}

/// The tokens that lie inside a byte range of the passage.
fn tokens_in(sentence: &Sentence, bytes: &Range<usize>) -> Option<Range<usize>> {
    let start = sentence
        .tokens
        .partition_point(|token| token.span.start < bytes.start);
    let end = sentence
        .tokens
        .partition_point(|token| token.span.end <= bytes.end);
    (start < end).then_some(start..end)
}

/// Longest text between two quotation marks that is still read as one quotation; beyond it a mark is taken
/// for a stray one. 1,200 bytes: about 200 words, longer than news quotes in one breath.
const QUOTE_BYTES_MAX: usize = 1_200;

/// The byte ranges between quotation marks, marks left out.
pub(crate) fn quote_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut open: Option<usize> = None;
    for (at, mark) in text.char_indices() {
        let width = mark.len_utf8();
        match (mark, open) {
            ('\u{201c}' | '\u{ab}' | '\u{201e}', None) => open = Some(at + width),
            ('"', None) => open = Some(at + width),
            ('"' | '\u{201d}' | '\u{bb}', Some(start)) => {
                if at - start <= QUOTE_BYTES_MAX {
                    ranges.push(start..at);
                }
                open = None;
            }
            _ => {}
        }
        if open.is_some_and(|start| at.saturating_sub(start) > QUOTE_BYTES_MAX) {
            open = None;
        }
    }
    ranges
}

/// Words that begin a clause of their own.
const SUBORDINATORS: [&str; 16] = [
    "while",
    "after",
    "before",
    "when",
    "which",
    "who",
    "where",
    "following",
    "because",
    "although",
    "though",
    "since",
    "whereas",
    "until",
    "whose",
    "amid",
];

/// Cuts a sentence into clauses: at semicolons, dashes, subordinators, and coordinated verbs.
fn clauses(sentence: &Sentence) -> Vec<usize> {
    let tokens = &sentence.tokens;
    let mut numbers = Vec::with_capacity(tokens.len());
    let (mut clause, mut verb_seen) = (0, false);
    let opens = tokens
        .first()
        .is_some_and(|token| token.tag == Tag::Sconj || SUBORDINATORS.contains(&token.lower.as_str()));
    for (index, token) in tokens.iter().enumerate() {
        let begins = match token.lower.as_str() {
            ";" | ":" | "\u{2014}" | "\u{2013}" => true,
            word if SUBORDINATORS.contains(&word) => index > 0,
            "as" => verb_seen && verb_within(tokens, index + 1, 5),
            "and" | "but" | "or" => verb_seen && coordinates_verbs(tokens, index),
            // "If our towns are shelled, we …": the clause that opens the sentence ends at its comma.
            "," => clause == 0 && verb_seen && opens && verb_within(tokens, index + 1, 8),
            _ => false,
        };
        if begins {
            clause += 1;
            verb_seen = false;
        }
        verb_seen |= matches!(token.tag, Tag::Verb | Tag::Aux);
        numbers.push(clause);
    }
    numbers
}

fn verb_within(tokens: &[Token], from: usize, count: usize) -> bool {
    tokens
        .iter()
        .skip(from)
        .take(count)
        .any(|token| matches!(token.tag, Tag::Verb | Tag::Aux))
}

/// "… and later said", "… and the army shelled": a verb follows, at once or after one noun phrase.
fn coordinates_verbs(tokens: &[Token], and: usize) -> bool {
    let after_comma = and > 0 && tokens[and - 1].lower == ",";
    for (step, token) in tokens.iter().skip(and + 1).take(8).enumerate() {
        match token.tag {
            Tag::Verb | Tag::Aux => return step <= 1 || after_comma || step <= 5,
            Tag::Adv if step == 0 => {}
            Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num | Tag::Part | Tag::Pron => {}
            Tag::Adv | Tag::Adp => {}
            _ => return false,
        }
    }
    false
}
