//! Reads treebanks in CoNLL-U (universaldependencies.org/format.html).

use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use language::{Relation, Tag};

/// One annotated sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// The sentence as written.
    pub text: String,
    /// Syntactic words.
    pub words: Vec<Word>,
    /// A new document or paragraph begins here.
    pub begins_paragraph: bool,
    /// A new document begins here.
    pub begins_document: bool,
    /// The name of the document, empty where the treebank names none.
    pub document: String,
}

/// One syntactic word.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// As written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub tag: Tag,
    /// Index of the head in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// How it hangs on its head.
    pub relation: Relation,
    /// Bytes in the text, where the word can be found there.
    pub span: Option<Range<usize>>,
    /// What is marked beside the tree: `Entity=(1-person)|SpaceAfter=No`.
    pub beside: String,
}

/// All sentences of a packed treebank file.
pub(crate) fn read(file: &Path) -> Result<Vec<Tree>> {
    let text = crate::score::read_gz(file)?;
    let mut trees = Vec::new();
    let mut tree = Tree::default();
    let mut document = String::new();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() {
            if !tree.words.is_empty() {
                align(&mut tree);
                tree.document.clone_from(&document);
                trees.push(std::mem::take(&mut tree));
            }
        } else if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start();
            tree.begins_paragraph |= comment.starts_with("newdoc") || comment.starts_with("newpar");
            if let Some(name) = comment.strip_prefix("newdoc id = ") {
                name.clone_into(&mut document);
                tree.begins_document = true;
            }
            if let Some(text) = comment.strip_prefix("text = ") {
                tree.text = text.to_owned();
            }
        } else if let Some(word) = word(line).with_context(|| format!("{}:{}", file.display(), number + 1))? {
            tree.words.push(word);
        }
    }
    Ok(trees)
}

/// One line; `None` for the lines of multi-word tokens and empty nodes.
fn word(line: &str) -> Result<Option<Word>> {
    let cells: Vec<&str> = line.split('\t').collect();
    anyhow::ensure!(cells.len() == 10, "expected 10 cells, found {}", cells.len());
    if cells[0].contains(['-', '.']) {
        return Ok(None);
    }
    let head: usize = cells[6].parse().context("the head is not a number")?;
    Ok(Some(Word {
        form: cells[1].to_owned(),
        lemma: cells[2].to_owned(),
        tag: Tag::named(cells[3]).with_context(|| format!("\"{}\" is no universal tag", cells[3]))?,
        head: head.checked_sub(1),
        relation: relation(cells[7]).with_context(|| format!("\"{}\" is no relation", cells[7]))?,
        span: None,
        beside: cells[9].to_owned(),
    }))
}

/// The relation, or without its subtype where the subtype is not among ours.
fn relation(name: &str) -> Option<Relation> {
    Relation::named(name).or_else(|| Relation::named(name.split(':').next()?))
}

/// Finds each word in the text.
fn align(tree: &mut Tree) {
    let mut at = 0;
    for word in &mut tree.words {
        let rest = &tree.text[at..];
        let blank = rest.len() - rest.trim_start().len();
        if rest[blank..].starts_with(word.form.as_str()) {
            let start = at + blank;
            at = start + word.form.len();
            word.span = Some(start..at);
        }
    }
}
