//! The trained reader: finds cues, then the source and the content of each. English is a set of weights.

use super::cue;
use super::line::{Chunk, Kind, Line, chunks, units};
use super::parts::Frame;
use language::linear::{Classifier, Sequencer};
use std::ops::Range;
use std::sync::LazyLock;

/// The weights of one language.
#[derive(Debug, Default)]
pub struct Model {
    /// Words other than verbs that may be cues, as [`cue::gate_hash`] knows them; sorted.
    pub gate: Vec<u32>,
    /// Turns most candidates away.
    pub glance: Classifier,
    /// Whether a candidate is a cue.
    pub cue: Classifier,
    /// Whether a cue takes in the next word.
    pub growth: Classifier,
    /// Whether a source begins with a phrase.
    pub source: Classifier,
    /// Whether a source goes on with a phrase.
    pub goes_on: Classifier,
    /// Which phrases make the content.
    pub content: Sequencer,
    /// FNV-1a hashes of the texts learnt from; sorted.
    pub learnt: Vec<u32>,
}

/// Least probability of a cue. Between 0.25 and 0.45 the F score on texts kept from training hardly moves.
const CUE_MIN: f32 = 0.35;
/// Least probability at a glance; keeps 99 of 100 cues of the texts kept from training.
const GLANCE_MIN: f32 = 0.08;
/// Least probability of a source; below it nobody is taken to be named.
const SOURCE_MIN: f32 = 0.3;

/// One attribution in a sentence; ranges are tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The token that makes the cue one.
    pub head: usize,
    /// The words of the cue.
    pub cue: Range<usize>,
    /// Who says it, when the sentence tells.
    pub source: Option<Range<usize>>,
    /// What is said, in order; in pieces when the cue or the source stand between.
    pub content: Vec<Range<usize>>,
    /// How many whole sentences before and after belong to the content too.
    pub around: (usize, usize),
    /// How sure it is that this is a cue, 0 to 1.
    pub sure: f32,
}

impl Model {
    /// The weights for a language, when there are any.
    pub fn of(language: &str) -> Option<&'static Model> {
        static ENGLISH: LazyLock<Option<Model>> =
            LazyLock::new(|| Model::from_bytes(include_bytes!("../../../../models/en/attribution.bin")));
        match language {
            "en" => ENGLISH.as_ref(),
            _ => None,
        }
    }

    /// The attributions of each sentence of a passage, in order of their cues.
    pub fn read(&self, lines: &[Line]) -> Vec<Vec<Said>> {
        let mut all: Vec<Vec<Said>> = lines.iter().map(|line| self.sentence(line)).collect();
        for at in 0..lines.len() {
            let mut said = std::mem::take(&mut all[at]);
            for one in &mut said {
                one.around = around(lines, &all, at, one);
            }
            all[at] = said;
        }
        all
    }

    /// The attributions of one sentence, its neighbours left out of account.
    pub fn sentence(&self, line: &Line) -> Vec<Said> {
        let cues = self.cues(line);
        let heads: Vec<usize> = cues.iter().map(|(head, ..)| *head).collect();
        cues.into_iter()
            .map(|(head, sure, cue)| self.parts(line, head, sure, cue, &heads))
            .collect()
    }

    /// The cues of a sentence: head, probability, words; the surest first take their words.
    fn cues(&self, line: &Line) -> Vec<(usize, f32, Range<usize>)> {
        let mut heads: Vec<(usize, f32)> = (0..line.tokens.len())
            .filter(|at| cue::may_be(line, *at, &self.gate))
            .filter(|at| yes(&self.glance, &cue::glance(line, *at)) >= GLANCE_MIN)
            .map(|at| (at, yes(&self.cue, &cue::features(line, at))))
            .filter(|(_, sure)| *sure >= CUE_MIN)
            .collect();
        heads.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut taken = vec![false; line.tokens.len()];
        let mut cues = Vec::new();
        for (head, sure) in heads {
            if taken[head] {
                continue;
            }
            let mut cue = self.grown(line, head);
            while cue.end > head + 1 && taken[head + 1..cue.end].contains(&true) {
                cue.end -= 1;
            }
            while cue.start < head && taken[cue.start..head].contains(&true) {
                cue.start += 1;
            }
            taken[cue.clone()].fill(true);
            cues.push((head, sure, cue));
        }
        cues.sort_by_key(|(head, ..)| *head);
        cues
    }

    /// The words of a cue around its head.
    pub fn grown(&self, line: &Line, head: usize) -> Range<usize> {
        let mut cue = head..head + 1;
        for right in [true, false] {
            for _ in 0..cue::REACH {
                let grows = cue::growth(line, head, &cue, right)
                    .is_some_and(|features| self.growth.best(&features) == Some(1));
                match (grows, right) {
                    (false, _) => break,
                    (true, true) => cue.end += 1,
                    (true, false) => cue.start -= 1,
                }
            }
        }
        cue
    }

    /// The source and the content of a cue; `rivals` are the heads of all cues of the sentence.
    pub fn parts(&self, line: &Line, head: usize, sure: f32, cue: Range<usize>, rivals: &[usize]) -> Said {
        let chunks = chunks(line, &cue);
        let frame = Frame::new(line, &chunks, head, rivals);
        let source = self.source(&frame);
        let units = units(&chunks, |at| {
            source.as_ref().is_some_and(|source| source.start == at)
        });
        let row: Vec<_> = units
            .iter()
            .map(|unit| frame.content(unit, source.as_ref()))
            .collect();
        let labels = self.content.label(&row);
        let source = source.map(|source| tokens(&chunks, &source));
        Said {
            head,
            source: source.clone(),
            content: filled(content(line, &chunks, &units, &labels), &cue, source.as_ref()),
            around: (0, 0),
            sure,
            cue,
        }
    }

    fn source(&self, frame: &Frame) -> Option<Range<usize>> {
        let (start, sure) = frame
            .source_starts()
            .map(|at| (at, yes(&self.source, &frame.source(at))))
            .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        if sure < SOURCE_MIN {
            return None;
        }
        let mut end = start + 1;
        while frame.may_go_on(end) && self.goes_on.best(&frame.goes_on(start, end)) == Some(1) {
            end += 1;
        }
        Some(start..end)
    }

    /// The packed model; equal weights give equal bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = |list: &[u32]| list.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
        let parts = [
            numbers(&self.gate),
            self.glance.to_bytes(),
            self.cue.to_bytes(),
            self.growth.to_bytes(),
            self.source.to_bytes(),
            self.goes_on.to_bytes(),
            self.content.to_bytes(),
            numbers(&self.learnt),
        ];
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_le_bytes());
            bytes.extend(part);
        }
        bytes
    }

    /// Reads what [`Model::to_bytes`] wrote; `None` for anything else.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Model> {
        let mut part = || {
            let (length, rest) = bytes.split_first_chunk::<4>()?;
            let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
            let (part, rest) = rest.split_at_checked(length)?;
            bytes = rest;
            Some(part)
        };
        let numbers = |part: &[u8]| -> Vec<u32> {
            let (all, _) = part.as_chunks::<4>();
            all.iter().map(|four| u32::from_le_bytes(*four)).collect()
        };
        Some(Model {
            gate: numbers(part()?),
            glance: Classifier::from_bytes(part()?)?,
            cue: Classifier::from_bytes(part()?)?,
            growth: Classifier::from_bytes(part()?)?,
            source: Classifier::from_bytes(part()?)?,
            goes_on: Classifier::from_bytes(part()?)?,
            content: Sequencer::from_bytes(part()?)?,
            learnt: numbers(part()?),
        })
    }
}

/// The probability of the second label, "yes".
fn yes(model: &Classifier, features: &language::linear::Features) -> f32 {
    let scores = model.scores(features);
    match scores.as_slice() {
        [no, yes] => 1.0 / (1.0 + (no - yes).exp()),
        _ => 0.0,
    }
}

fn tokens(chunks: &[Chunk], range: &Range<usize>) -> Range<usize> {
    chunks[range.start].tokens.start..chunks[range.end - 1].tokens.end
}

/// The ranges labelled as content, with the marks that belong to them.
fn content(line: &Line, chunks: &[Chunk], units: &[Range<usize>], labels: &[usize]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (unit, label) in units.iter().zip(labels) {
        if *label != 1 || chunks[unit.start].kind == Kind::Cue {
            continue;
        }
        let tokens = tokens(chunks, unit);
        match ranges.last_mut() {
            Some(last) if last.end == tokens.start => last.end = tokens.end,
            _ => ranges.push(tokens),
        }
    }
    ranges.retain(|range| range.clone().any(|at| !line.is(at, &[language::Tag::Punct])));
    ranges
}

/// Content is in pieces only where the cue or the source stands between them.
fn filled(ranges: Vec<Range<usize>>, cue: &Range<usize>, source: Option<&Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        let parted = |last: &Range<usize>| {
            let between = |part: &Range<usize>| last.end <= part.start && part.end <= range.start;
            between(cue) || source.is_some_and(between)
        };
        match all.last_mut() {
            Some(last) if !parted(last) => last.end = range.end,
            _ => all.push(range),
        }
    }
    all
}

/// Farthest that a quotation is followed into other sentences.
const SENTENCES_MAX: usize = 12;

/// How many whole sentences before and after belong to what is said: a quotation that goes on, or one that
/// follows right after "…, he said."
fn around(lines: &[Line], all: &[Vec<Said>], at: usize, said: &Said) -> (usize, usize) {
    let line = &lines[at];
    let quoted = |range: &Range<usize>| range.clone().any(|token| line.is_quoted(token));
    if line.is_quoted(said.head) || !said.content.iter().any(quoted) {
        return (0, 0);
    }
    let first = said.content.first().is_some_and(|range| range.start <= 1);
    let mut before = 0;
    if first && line.open_before {
        before = 1;
        while before < SENTENCES_MAX && at > before && lines[at - before].open_before {
            before += 1;
        }
    }
    let last = said
        .content
        .last()
        .is_some_and(|range| range.end + 2 >= line.tokens.len());
    let mut after = 0;
    if last && line.open_after {
        after = 1;
    }
    // Nobody else speaks in a sentence that is all quotation.
    while after < SENTENCES_MAX
        && let (Some(next), Some(cues)) = (lines.get(at + after + 1), all.get(at + after + 1))
        && is_all_quoted(next)
        && !cues.iter().any(|cue| !next.is_quoted(cue.head))
        && (after == 0 || lines[at + after].open_after || next.is_mark(0))
    {
        after += 1;
    }
    (before, after)
}

fn is_all_quoted(line: &Line) -> bool {
    (0..line.tokens.len()).all(|at| line.is_quoted(at) || line.is(at, &[language::Tag::Punct]))
}
