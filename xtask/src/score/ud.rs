//! Cutting, tagging, lemmas and trees on Universal Dependencies English.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use language::{Language, Tag, lemma_of};

use super::{Counts, ScoreRow, bootstrap};
use crate::conllu::{self, Tree};

/// Right and all, of one sentence.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    right: usize,
    all: usize,
}

fn share<'s>(rows: impl IntoIterator<Item = &'s Share>) -> f64 {
    let (mut right, mut all) = (0usize, 0usize);
    for row in rows {
        right += row.right;
        all += row.all;
    }
    right as f64 / all.max(1) as f64
}

/// Scores every treebank file that is neither learnt from nor looked at while learning.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let mut rows = Vec::new();
    let usual = usual_tags(&crate::train::training_trees(shared)?);
    for file in super::files(&shared.join("gold/ud-english"), ".conllu.gz")? {
        let name = super::stem(&file);
        if name.ends_with("-train") || name.ends_with("-dev") {
            continue;
        }
        let set = &set_name(&name);
        let trees = conllu::read(&file)?;
        let raw = raw_counts(&trees);
        rows.push(counted(
            set,
            "tokens F1 (raw text)",
            raw.0,
            "UDPipe 1 about .99 (from memory)",
        ));
        rows.push(counted(
            set,
            "sentences F1 (raw text)",
            raw.1,
            "UDPipe 1 about .77 (EWT, from memory)",
        ));
        rows.push(shared_out(
            set,
            "UPOS (gold tokens)",
            &tag_shares(&trees),
            "UDPipe 1 about .94 (EWT, from memory)",
            Some((
                share(&usual_shares(&trees, &usual)),
                "each word's usual tag, else NOUN",
            )),
        ));
        let (heads, labels) = tree_shares(&trees);
        let next = share(&next_shares(&trees));
        let baseline = Some((next, "each word on the next"));
        rows.push(shared_out(
            set,
            "UAS (gold tokens)",
            &heads,
            "UDPipe 1 about .83 (EWT, from memory)",
            baseline,
        ));
        rows.push(shared_out(
            set,
            "LAS (gold tokens)",
            &labels,
            "UDPipe 1 about .80 (EWT, from memory)",
            None,
        ));
        rows.push(shared_out(
            set,
            "lemmas (gold tokens)",
            &lemma_shares(&trees),
            "UDPipe 1 about .96 (EWT, from memory)",
            Some((share(&lower_shares(&trees)), "lower-cased word")),
        ));
    }
    Ok(rows)
}

/// `en_ewt-test` is "EWT test".
fn set_name(file: &str) -> String {
    let (bank, part) = file.split_once('-').unwrap_or((file, "all"));
    let bank = bank.strip_prefix("en_").unwrap_or(bank);
    format!("{} {part}", bank.to_uppercase())
}

fn counted(set: &str, metric: &str, counts: Vec<Counts>, peer: &str) -> ScoreRow {
    let (low, high) = bootstrap(&counts, |rows| Counts::f1(rows.iter().copied()));
    ScoreRow {
        task: "ud".to_owned(),
        set: set.to_owned(),
        metric: metric.to_owned(),
        n: counts.iter().map(|c| c.expected).sum(),
        value: Counts::f1(&counts),
        low,
        high,
        baseline: None,
        baseline_name: String::new(),
        peer: peer.to_owned(),
    }
}

fn shared_out(
    set: &str,
    metric: &str,
    shares: &[Share],
    peer: &str,
    baseline: Option<(f64, &str)>,
) -> ScoreRow {
    let (low, high) = bootstrap(shares, |rows| share(rows.iter().copied()));
    ScoreRow {
        task: "ud".to_owned(),
        set: set.to_owned(),
        metric: metric.to_owned(),
        n: shares.iter().map(|s| s.all).sum(),
        value: share(shares),
        low,
        high,
        baseline: baseline.map(|(value, _)| value),
        baseline_name: baseline.map_or(String::new(), |(_, name)| name.to_owned()),
        peer: peer.to_owned(),
    }
}

/// Tokens and sentences found in running text, paragraph by paragraph.
fn raw_counts(trees: &[Tree]) -> (Vec<Counts>, Vec<Counts>) {
    let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
    let mut paragraph: Vec<&Tree> = Vec::new();
    for (i, tree) in trees.iter().enumerate() {
        paragraph.push(tree);
        if trees.get(i + 1).is_none_or(|next| next.begins_paragraph) {
            let (t, s) = raw_paragraph(&paragraph);
            tokens.push(t);
            sentences.push(s);
            paragraph.clear();
        }
    }
    (tokens, sentences)
}

fn raw_paragraph(trees: &[&Tree]) -> (Counts, Counts) {
    let mut text = String::new();
    let (mut gold_tokens, mut gold_sentences) = (Vec::new(), Vec::new());
    for tree in trees {
        let start = text.len();
        text.push_str(&tree.text);
        gold_sentences.push(start..text.len());
        let spans = tree.words.iter().filter_map(|w| w.span.clone());
        gold_tokens.extend(spans.map(|span| start + span.start..start + span.end));
        text.push(' ');
    }
    let analysis = language::segment(&text, Language::english());
    let mut tokens = Counts {
        right: 0,
        found: 0,
        expected: gold_tokens.len(),
    };
    let mut sentences = Counts {
        right: 0,
        found: analysis.sentences.len(),
        expected: gold_sentences.len(),
    };
    for sentence in &analysis.sentences {
        sentences.right += usize::from(gold_sentences.contains(&sentence.span));
        for token in &sentence.tokens {
            tokens.found += 1;
            tokens.right += usize::from(
                gold_tokens
                    .binary_search_by_key(&token.span.start, |s| s.start)
                    .is_ok_and(|i| gold_tokens[i].end == token.span.end),
            );
        }
    }
    (tokens, sentences)
}

fn tag_shares(trees: &[Tree]) -> Vec<Share> {
    let judge = |tree: &Tree| {
        let words: Vec<&str> = tree.words.iter().map(|w| w.form.as_str()).collect();
        let tags = Language::english().tags(&words);
        let right = tree
            .words
            .iter()
            .zip(tags)
            .filter(|(word, tag)| word.tag == *tag)
            .count();
        Share {
            right,
            all: tree.words.len(),
        }
    };
    trees.iter().map(judge).collect()
}

/// Heads, and heads with their relations, on guessed tags.
fn tree_shares(trees: &[Tree]) -> (Vec<Share>, Vec<Share>) {
    let language = Language::english();
    let judge = |tree: &Tree| {
        let words: Vec<&str> = tree.words.iter().map(|w| w.form.as_str()).collect();
        let guessed = language.tree(&words, &language.tags(&words));
        let (mut heads, mut labels) = (0, 0);
        for (word, (head, relation)) in tree.words.iter().zip(guessed) {
            heads += usize::from(word.head == head);
            labels += usize::from(word.head == head && word.relation == relation);
        }
        let all = tree.words.len();
        (Share { right: heads, all }, Share { right: labels, all })
    };
    trees.iter().map(judge).unzip()
}

fn next_shares(trees: &[Tree]) -> Vec<Share> {
    let judge = |tree: &Tree| {
        let all = tree.words.len();
        let next = |i: usize| if i + 1 < all { Some(i + 1) } else { None };
        Share {
            right: tree
                .words
                .iter()
                .enumerate()
                .filter(|(i, w)| w.head == next(*i))
                .count(),
            all,
        }
    };
    trees.iter().map(judge).collect()
}

fn usual_tags(trees: &[Tree]) -> BTreeMap<String, Tag> {
    let mut counts: BTreeMap<String, BTreeMap<Tag, usize>> = BTreeMap::new();
    for word in trees.iter().flat_map(|t| &t.words) {
        *counts
            .entry(word.form.clone())
            .or_default()
            .entry(word.tag)
            .or_default() += 1;
    }
    let usual = |tags: BTreeMap<Tag, usize>| {
        tags.into_iter()
            .max_by_key(|(_, n)| *n)
            .map_or(Tag::Noun, |(tag, _)| tag)
    };
    counts
        .into_iter()
        .map(|(form, tags)| (form, usual(tags)))
        .collect()
}

fn usual_shares(trees: &[Tree], usual: &BTreeMap<String, Tag>) -> Vec<Share> {
    let judge = |tree: &Tree| {
        let tag = |form: &str| usual.get(form).copied().unwrap_or(Tag::Noun);
        Share {
            right: tree.words.iter().filter(|w| tag(&w.form) == w.tag).count(),
            all: tree.words.len(),
        }
    };
    trees.iter().map(judge).collect()
}

/// Lemmas from gold tags, so that the figure is that of the lemma rules alone.
fn lemma_shares(trees: &[Tree]) -> Vec<Share> {
    let show = std::env::args().any(|argument| argument == "--misses");
    let judge = |tree: &Tree| {
        let mut right = 0;
        for word in &tree.words {
            let lemma = lemma_of(&word.form, word.tag, Language::english());
            let is_right = lemma == word.lemma;
            if show && !is_right {
                println!(
                    "lemma\t{}\t{}\t{}\tread {lemma}",
                    word.form,
                    word.tag.name(),
                    word.lemma
                );
            }
            right += usize::from(is_right);
        }
        Share {
            right,
            all: tree.words.len(),
        }
    };
    trees.iter().map(judge).collect()
}

fn lower_shares(trees: &[Tree]) -> Vec<Share> {
    let judge = |tree: &Tree| {
        let right = tree
            .words
            .iter()
            .filter(|w| w.form.to_lowercase() == w.lemma)
            .count();
        Share {
            right,
            all: tree.words.len(),
        }
    };
    trees.iter().map(judge).collect()
}
