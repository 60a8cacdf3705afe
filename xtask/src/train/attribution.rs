//! Trains the reader of attributions on PolNeAR's training articles: source, cue and content from the annotators,
//! tokens and tags from our own reading.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::Result;
use claims::attribution::cue;
use claims::attribution::line::{self, Line};
use claims::attribution::parts::Frame;
use claims::attribution::reader::Model;
use claims::attribution::sentences;
use language::Sentence;
use language::linear::Features;

use super::linear::{Plan, classifier, sequencer};
use crate::brat::{self, Article, Spans};

/// Trains on every article of the training archive.
pub(crate) fn train(shared: &Path) -> Result<()> {
    let articles = brat::read(&shared.join("gold/polnear/train.tar.gz"))?;
    let model = learn(&articles.iter().collect::<Vec<_>>());
    let bytes = model.to_bytes();
    println!(
        "attribution: learnt from {} articles, {} bytes",
        articles.len(),
        bytes.len()
    );
    fs::write(crate::root().join("models/en/attribution.bin"), bytes)?;
    Ok(())
}

/// The hash under which a model remembers a text it learnt from (FNV-1a).
pub(crate) fn hash_of(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// The sentences of each paragraph, with byte ranges of the whole text.
pub(crate) fn read_paragraphs(article: &Article) -> Vec<Vec<Sentence>> {
    let shifted = |range: Range<usize>, by: usize| range.start + by..range.end + by;
    let paragraphs = article.paragraphs().into_iter().map(|paragraph| {
        let mut read = sentences(&article.text[paragraph.clone()]);
        for sentence in &mut read {
            sentence.span = shifted(sentence.span.clone(), paragraph.start);
            for token in &mut sentence.tokens {
                token.span = shifted(token.span.clone(), paragraph.start);
            }
        }
        read
    });
    paragraphs.collect()
}

/// An attribution in a sentence; all numbers are tokens.
struct Item {
    head: usize,
    cue: Range<usize>,
    source: Vec<usize>,
    content: Vec<usize>,
}

/// What the models learn from.
#[derive(Default)]
struct Samples {
    glance: Vec<(Features, usize)>,
    cue: Vec<(Features, usize)>,
    growth: Vec<(Features, usize)>,
    source: Vec<(Features, usize)>,
    goes_on: Vec<(Features, usize)>,
    content: Vec<(Vec<Features>, Vec<usize>)>,
}

/// Learns from articles. Same articles, same model.
pub(crate) fn learn(articles: &[&Article]) -> Model {
    let read: Vec<Vec<Vec<Sentence>>> = articles.iter().map(|article| read_paragraphs(article)).collect();
    let mut lines: Vec<(usize, Line)> = Vec::new();
    for (number, paragraphs) in read.iter().enumerate() {
        for paragraph in paragraphs {
            let own = line::lines(&paragraph.iter().collect::<Vec<_>>());
            lines.extend(own.into_iter().map(|line| (number, line)));
        }
    }
    let share = CueShare::of(articles, &lines);
    let items: Vec<Vec<Item>> = lines
        .iter()
        .map(|(number, line)| share.items(articles[*number], line))
        .collect();
    let gate = gate(&lines, &items);
    let mut samples = Samples::default();
    for ((_, line), items) in lines.iter().zip(&items) {
        samples.add(line, items, &gate);
    }
    let mut learnt: Vec<u32> = articles.iter().map(|article| hash_of(&article.text)).collect();
    learnt.sort_unstable();
    samples.model(gate, learnt)
}

/// The share of a word's uses that stand in a cue: which word of a cue makes it one.
struct CueShare<'a> {
    /// In a cue, and in all.
    counts: HashMap<(&'a str, &'static str), (usize, usize)>,
}

impl<'a> CueShare<'a> {
    fn of(articles: &[&Article], lines: &'a [(usize, Line)]) -> Self {
        let mut counts: HashMap<(&str, &'static str), (usize, usize)> = HashMap::new();
        for (number, line) in lines {
            let annotations = articles[*number].annotators.first();
            let inside: Vec<usize> = annotations
                .into_iter()
                .flatten()
                .flat_map(|one| tokens_of(line, &one.cue))
                .collect();
            for at in 0..line.tokens.len() {
                let count = counts.entry(word(line, at)).or_default();
                count.1 += 1;
                count.0 += usize::from(inside.contains(&at));
            }
        }
        CueShare { counts }
    }

    /// A verb is the head before anything else; among verbs the one most often found in cues.
    fn weight(&self, line: &Line, at: usize) -> f64 {
        const RARE: f64 = 5.0;
        const VERB: f64 = 0.3;
        let (inside, all) = self.counts.get(&word(line, at)).copied().unwrap_or_default();
        let verb = if line.is_verb(at) { VERB } else { 0.0 };
        inside as f64 / (all as f64 + RARE) + verb
    }

    /// The attributions whose cue begins in a sentence.
    fn items(&self, article: &Article, line: &Line) -> Vec<Item> {
        let mut items = Vec::new();
        for one in article.annotators.first().into_iter().flatten() {
            let cue = tokens_of(line, &one.cue);
            let head = cue.iter().copied().max_by(|a, b| {
                self.weight(line, *a)
                    .total_cmp(&self.weight(line, *b))
                    .then(a.cmp(b))
            });
            let Some(head) = head else { continue };
            let (mut start, mut end) = (head, head + 1);
            while start > 0 && cue.contains(&(start - 1)) {
                start -= 1;
            }
            while cue.contains(&end) {
                end += 1;
            }
            items.push(Item {
                head,
                cue: start..end,
                source: tokens_of(line, &one.source),
                content: tokens_of(line, &one.content),
            });
        }
        items.sort_by_key(|item| item.head);
        items
    }
}

fn word<'l>(line: &'l Line, at: usize) -> (&'l str, &'static str) {
    let token = &line.tokens[at];
    (token.lemma.as_str(), token.tag.name())
}

fn tokens_of(line: &Line, spans: &Spans) -> Vec<usize> {
    let mut all = Vec::new();
    for span in spans {
        let first = line.tokens.partition_point(|token| token.span.end <= span.start);
        let end = line.tokens.partition_point(|token| token.span.start < span.end);
        all.extend(first..end.max(first));
    }
    all
}

/// Words other than verbs that were the head of a cue often enough to be worth looking at.
fn gate(lines: &[(usize, Line)], items: &[Vec<Item>]) -> Vec<u32> {
    const LEAST: usize = 2;
    const SHARE: f64 = 0.02;
    let mut counts: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for ((_, line), items) in lines.iter().zip(items) {
        for at in 0..line.tokens.len() {
            counts.entry(cue::gate_hash(line, at)).or_default().1 += 1;
        }
        for item in items {
            counts.entry(cue::gate_hash(line, item.head)).or_default().0 += 1;
        }
    }
    let often = |(heads, all): &(usize, usize)| *heads >= LEAST && *heads as f64 >= SHARE * *all as f64;
    counts
        .into_iter()
        .filter(|(_, count)| often(count))
        .map(|(hash, _)| hash)
        .collect()
}

impl Samples {
    fn add(&mut self, line: &Line, items: &[Item], gate: &[u32]) {
        for at in (0..line.tokens.len()).filter(|at| cue::may_be(line, *at, gate)) {
            let is_cue = items.iter().any(|item| item.head == at);
            // Another word of a cue is neither right nor wrong.
            if is_cue || !items.iter().any(|item| item.cue.contains(&at)) {
                self.glance.push((cue::glance(line, at), usize::from(is_cue)));
                self.cue.push((cue::features(line, at), usize::from(is_cue)));
            }
        }
        let rivals: Vec<usize> = items.iter().map(|item| item.head).collect();
        for item in items {
            self.growth(line, item);
            self.parts(line, item, &rivals);
        }
    }

    fn growth(&mut self, line: &Line, item: &Item) {
        for right in [true, false] {
            let mut cue = item.head..item.head + 1;
            for _ in 0..cue::REACH {
                let Some(features) = cue::growth(line, item.head, &cue, right) else {
                    break;
                };
                let grows = if right {
                    cue.end < item.cue.end
                } else {
                    cue.start > item.cue.start
                };
                self.growth.push((features, usize::from(grows)));
                match (grows, right) {
                    (false, _) => break,
                    (true, true) => cue.end += 1,
                    (true, false) => cue.start -= 1,
                }
            }
        }
    }

    fn parts(&mut self, line: &Line, item: &Item, rivals: &[usize]) {
        let chunks = line::chunks(line, &item.cue);
        let frame = Frame::new(line, &chunks, item.head, rivals);
        let share = |tokens: &Range<usize>, of: &[usize]| {
            of.iter().filter(|token| tokens.contains(token)).count() as f64 / tokens.len() as f64
        };
        let start = frame
            .source_starts()
            .find(|at| share(&chunks[*at].tokens, &item.source) > 0.0);
        for at in frame.source_starts() {
            self.source
                .push((frame.source(at), usize::from(start == Some(at))));
        }
        let source = start.map(|start| {
            let mut end = start + 1;
            while frame.may_go_on(end) {
                let goes_on = share(&chunks[end].tokens, &item.source) > 0.5;
                self.goes_on
                    .push((frame.goes_on(start, end), usize::from(goes_on)));
                if !goes_on {
                    break;
                }
                end += 1;
            }
            start..end
        });
        let units = line::units(&chunks, |at| {
            source.as_ref().is_some_and(|source| source.start == at)
        });
        let row = units
            .iter()
            .map(|unit| frame.content(unit, source.as_ref()))
            .collect();
        let gold = units.iter().map(|unit| {
            let tokens = chunks[unit.start].tokens.start..chunks[unit.end - 1].tokens.end;
            let cue = item.cue.contains(&tokens.start);
            usize::from(!cue && share(&tokens, &item.content) > 0.5)
        });
        self.content.push((row, gold.collect()));
    }

    fn model(&self, gate: Vec<u32>, learnt: Vec<u32>) -> Model {
        // A low rate keeps rare features from being learnt by heart; rates from 0.01 to 0.03 score alike on
        // articles kept from training.
        let plan = Plan {
            epochs: 8,
            rate: 0.02,
            decay: 1e-4,
            least: 2,
        };
        let labels = ["no", "yes"];
        let learn = |samples: &[(Features, usize)]| classifier(&labels, samples, plan);
        let once = Plan { epochs: 6, ..plan };
        Model {
            gate,
            glance: learn(&self.glance),
            cue: learn(&self.cue),
            growth: learn(&self.growth),
            source: learn(&self.source),
            goes_on: learn(&self.goes_on),
            content: sequencer(&labels, &self.content, |_, _| true, once),
            learnt,
        }
    }
}
