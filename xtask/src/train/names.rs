//! The labeller of mentions: a sequence model over what `claims` sees of a token, learned from re3d and, for the
//! nouns and names that re3d is too small to show, from the mentions marked in GUM.

use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::Result;
use claims::EntityKind;
use language::Relation;
use language::linear::{Features, Sequencer};
use model::Span;

use super::linear::{Plan, sequencer};
use crate::bench::pack::Pack;
use crate::conllu::{self, Tree};
use crate::score::re3d::{self, Source};

/// One sentence to learn from.
pub(crate) type Row = (Vec<Features>, Vec<usize>);

/// A mention: its bytes in the raw page, and its kind.
pub(crate) type Mention = (Span, EntityKind);

/// How often the sentences of re3d are shown for one showing of those of GUM, whose guideline differs.
const SHOWINGS: usize = 4;
/// Times through all rows. From 5 to 14 the held-out figures differ by less than their interval.
const EPOCHS: usize = 8;
/// A feature seen in fewer tokens than this is not learned: half the size of the file, and no loss held out.
const LEAST: usize = 3;

/// Trains and writes `models/en/names.bin`, and `names-seen.bin`: the pages learned from, as hashes.
pub(crate) fn train(shared: &Path) -> Result<()> {
    let pack = Pack::read(&crate::root().join("data"))?;
    let sources = re3d::read(shared, &pack)?;
    let general = general_rows(shared, &pack)?;
    let all: Vec<&Source> = sources.iter().collect();
    let model = learn(&all, &general, &pack);
    let bytes = model.to_bytes();
    let folder = crate::root().join("models/en");
    fs::write(folder.join("names.bin"), &bytes)?;
    println!("names.bin: {} bytes", bytes.len());
    let mut seen: Vec<u32> = sources
        .iter()
        .flat_map(|source| &source.pages)
        .map(|page| re3d::mark(&page.text))
        .collect();
    seen.sort_unstable();
    fs::write(
        folder.join("names-seen.bin"),
        seen.iter()
            .flat_map(|mark| mark.to_le_bytes())
            .collect::<Vec<u8>>(),
    )?;
    Ok(())
}

/// A model from these sources and the general rows.
pub(crate) fn learn(sources: &[&Source], general: &[Row], pack: &Pack) -> Sequencer {
    let mut rows: Vec<Row> = general.to_vec();
    for page in sources.iter().flat_map(|source| &source.pages) {
        let own = page_rows(&page.document, &page.outermost(), pack, true);
        for _ in 0..SHOWINGS {
            rows.extend(own.iter().cloned());
        }
        rows.extend(shouted_rows(page, pack));
    }
    let labels = claims::entity_labels();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let plan = Plan {
        epochs: EPOCHS,
        least: LEAST,
        ..Plan::default()
    };
    sequencer(&labels, &rows, may_follow, plan)
}

/// The page once more in capitals, as old wire texts have it.
fn shouted_rows(page: &re3d::Page, pack: &Pack) -> Vec<Row> {
    // Letters whose capital has another length would move the mentions.
    let shouted: String = page
        .text
        .chars()
        .map(|letter| {
            letter
                .to_uppercase()
                .next()
                .filter(|big| big.len_utf8() == letter.len_utf8())
                .unwrap_or(letter)
        })
        .collect();
    page_rows(
        &re3d::document("shouted", &shouted, pack),
        &page.outermost(),
        pack,
        true,
    )
}

/// The inside of a kind follows its beginning or its inside only.
fn may_follow(from: Option<usize>, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from.is_some_and(|from| from == to || from + 1 == to)
}

/// The sentences of a document with their labels.
pub(crate) fn page_rows(
    document: &model::Document,
    mentions: &[Mention],
    pack: &Pack,
    home: bool,
) -> Vec<Row> {
    let views = claims::entity_views(document, &pack.lexicon, home);
    let row = |view: claims::EntityView| {
        let labels = labels(&view.tokens, mentions);
        (view.features, labels)
    };
    views.into_iter().map(row).collect()
}

fn labels(tokens: &[Span], mentions: &[Mention]) -> Vec<usize> {
    let mut labels = vec![0; tokens.len()];
    for (span, kind) in mentions {
        let base = 1 + 2 * *kind as usize;
        let mut inside = false;
        for (label, token) in labels.iter_mut().zip(tokens) {
            if token.overlaps(*span) && *label == 0 {
                *label = if inside { base + 1 } else { base };
                inside = true;
            }
        }
    }
    labels
}

/// Kinds of text in GUM that are nothing like news.
const LEFT_OUT: [&str; 4] = ["conversation", "vlog", "fiction", "whow"];

/// The sentences of GUM, with mentions drawn the way re3d draws them as far as the trees allow.
pub(crate) fn general_rows(shared: &Path, pack: &Pack) -> Result<Vec<Row>> {
    let trees = conllu::read(&shared.join("gold/ud-english/en_gum-train.conllu.gz"))?;
    let mut rows = Vec::new();
    let mut text = String::new();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut flush = |text: &mut String, mentions: &mut Vec<Mention>| {
        let document = re3d::document("gum", &std::mem::take(text), pack);
        rows.extend(page_rows(
            &document,
            &outermost(std::mem::take(mentions)),
            pack,
            false,
        ));
    };
    for tree in &trees {
        if tree.begins_document && !text.is_empty() {
            flush(&mut text, &mut mentions);
        }
        if LEFT_OUT.iter().any(|kind| tree.document.contains(kind)) {
            continue;
        }
        mentions.extend(marked(tree, text.len(), &mut open, pack));
        text.push_str(&tree.text);
        text.push_str("\n\n");
    }
    flush(&mut text, &mut mentions);
    Ok(rows)
}

/// A mention that has begun and not ended: its number in the document, first word, kind.
struct Open {
    number: String,
    start: usize,
    kind: String,
}

/// The mentions of one tree. `base`: where its text begins.
fn marked(tree: &Tree, base: usize, open: &mut Vec<Open>, pack: &Pack) -> Vec<Mention> {
    open.clear();
    let mut found = Vec::new();
    for (at, word) in tree.words.iter().enumerate() {
        let Some(marks) = word
            .beside
            .split('|')
            .find_map(|cell| cell.strip_prefix("Entity="))
        else {
            continue;
        };
        for mark in parts(marks) {
            if let Some(opening) = mark.strip_prefix('(') {
                let mut cells = opening.trim_end_matches(')').split('-');
                let begun = Open {
                    number: cells.next().unwrap_or_default().to_owned(),
                    start: at,
                    kind: cells.next().unwrap_or_default().to_owned(),
                };
                if mark.ends_with(')') {
                    found.extend(mention(tree, begun.start..at + 1, &begun.kind, base, pack));
                } else {
                    open.push(begun);
                }
            } else {
                let number = mark.trim_end_matches(')');
                if let Some(index) = open.iter().rposition(|begun| begun.number == number) {
                    let begun = open.remove(index);
                    found.extend(mention(tree, begun.start..at + 1, &begun.kind, base, pack));
                }
            }
        }
    }
    found
}

/// `(1-person(2-place)1)` as its parts.
fn parts(marks: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, letter) in marks.char_indices() {
        if letter == '(' && at > start {
            parts.push(&marks[start..at]);
            start = at;
        }
        if letter == ')' {
            parts.push(&marks[start..=at]);
            start = at + 1;
        }
    }
    if start < marks.len() {
        parts.push(&marks[start..]);
    }
    parts
}

/// Pronouns for several people.
const PLURAL: [&str; 8] = ["we", "us", "our", "ours", "they", "them", "their", "theirs"];
/// Pronouns that re3d leaves alone.
const NOBODY: [&str; 9] = [
    "you", "your", "yours", "who", "whom", "whose", "which", "that", "one",
];

fn mention(tree: &Tree, words: Range<usize>, kind: &str, base: usize, pack: &Pack) -> Option<Mention> {
    let (words, head) = trimmed(tree, words);
    let word = &tree.words[head];
    let lower = word.form.to_lowercase();
    if NOBODY.contains(&lower.as_str()) {
        return None;
    }
    let plural = PLURAL.contains(&lower.as_str())
        || lower == "people"
        || (word.tag == language::Tag::Noun && word.lemma.to_lowercase() != lower);
    let kind = match kind {
        "person" if plural => EntityKind::Organisation,
        "person" => EntityKind::Person,
        "organization" => EntityKind::Organisation,
        "place" => EntityKind::Place,
        "object" => match claims::noun_kind(&pack.lexicon, &lower)? {
            "weapon" => EntityKind::Weapon,
            "platform" => EntityKind::Platform,
            _ => return None,
        },
        _ => return None,
    };
    let start = tree.words[words.start].span.clone()?.start;
    let end = tree.words[words.end - 1].span.clone()?.end;
    Some((Span::new(base + start, base + end), kind))
}

/// The words up to the first clause or apposition that hangs on the head, and the head.
fn trimmed(tree: &Tree, words: Range<usize>) -> (Range<usize>, usize) {
    let head = words
        .clone()
        .find(|&at| tree.words[at].head.is_none_or(|head| !words.contains(&head)))
        .unwrap_or(words.end - 1);
    let hangs = |mut at: usize, from: usize| {
        for _ in 0..tree.words.len() {
            if at == from {
                return true;
            }
            match tree.words[at].head {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    };
    let mut end = words.end;
    for child in head + 1..words.end {
        let cuts = matches!(
            tree.words[child].relation,
            Relation::Acl | Relation::AclRelcl | Relation::Appos | Relation::Parataxis | Relation::Advcl
        );
        if cuts && tree.words[child].head == Some(head) {
            let first = (head + 1..words.end)
                .find(|&at| hangs(at, child))
                .unwrap_or(child);
            end = end.min(first);
        }
    }
    while end > head + 1
        && matches!(
            tree.words[end - 1].tag,
            language::Tag::Punct | language::Tag::Cconj
        )
    {
        end -= 1;
    }
    (words.start..end, head)
}

/// Without the mentions that lie inside another; the first of two that cross.
pub(crate) fn outermost(mut mentions: Vec<Mention>) -> Vec<Mention> {
    mentions.sort_by_key(|(span, kind)| (span.start, usize::MAX - span.end, *kind));
    let mut kept: Vec<Mention> = Vec::new();
    for mention in mentions {
        if kept.last().is_none_or(|(last, _)| !last.overlaps(mention.0)) {
            kept.push(mention);
        }
    }
    kept
}
