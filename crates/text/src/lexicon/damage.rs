//! `damage.toml`: entries of damaged fixed phrases.

use super::{Damage, DamageEntry};
use model::{ArtefactKind, DataFault};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const KEYS: [&str; 7] = ["kind", "right", "wrong", "why", "examples", "not", "source"];
const RIGHT: &str = "[[phrase]]
right = \"car bomb(s)\"
wrong = [\"auto|automobile bomb(s)\"]
examples = [\"An auto bomb went off.\"]
not = [\"The auto bombed at the fair.\"]
source = \"thesaurus replacement of car\"";

const KINDS: [(ArtefactKind, &str); 5] = [
    (ArtefactKind::SpunWord, "spun-word"),
    (ArtefactKind::BrokenQuantity, "broken-quantity"),
    (ArtefactKind::LostDate, "lost-date"),
    (ArtefactKind::HiddenMark, "hidden-mark"),
    (ArtefactKind::Other, "other"),
];

/// The examples of an entry, tried once all tables are read.
pub(super) struct Examples {
    path: String,
    line: usize,
    entry: usize,
    examples: Vec<String>,
    not: Vec<String>,
}

pub(super) fn read(
    path: &str,
    text: &str,
    lexicon: &mut Damage,
    examples: &mut Vec<Examples>,
    faults: &mut Vec<DataFault>,
) {
    let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let line = error.span().map_or(0, |span| line_of(span.start));
        faults.push(DataFault::new(path, line, error.message(), ""));
    }
    for (key, value) in root.get_ref() {
        let line = line_of(key.span().start);
        if key.get_ref() != "phrase" {
            faults.push(
                DataFault::new(path, line, format!("\"{}\" is not a key", key.get_ref()), RIGHT)
                    .nearest(key.get_ref(), ["phrase"]),
            );
            continue;
        }
        let Some(entries) = value.get_ref().as_array() else {
            faults.push(DataFault::new(
                path,
                line,
                "\"phrase\" is not a list of tables",
                RIGHT,
            ));
            continue;
        };
        for entry in entries {
            let line = line_of(entry.span().start);
            match entry.get_ref().as_table() {
                Some(table) => read_entry(path, line, table, lexicon, examples, faults),
                None => faults.push(DataFault::new(path, line, "an entry is not a table", RIGHT)),
            }
        }
    }
}

fn read_entry(
    path: &str,
    line: usize,
    table: &DeTable<'_>,
    lexicon: &mut Damage,
    examples: &mut Vec<Examples>,
    faults: &mut Vec<DataFault>,
) {
    let mut fault = |what: String| faults.push(DataFault::new(path, line, what, RIGHT));
    let mut unknown = Vec::new();
    for key in table.keys() {
        if !KEYS.contains(&key.get_ref().as_ref()) {
            unknown.push(key.get_ref().to_string());
        }
    }
    let text = |key: &str| {
        table
            .get(key)
            .and_then(|value| value.get_ref().as_str())
            .map(str::to_owned)
    };
    let list = |key: &str| table.get(key).map(strings).unwrap_or_default();
    let (wrong, right) = (list("wrong"), text("right"));
    let (shown, hidden) = (list("examples"), list("not"));
    if wrong.is_empty() || shown.is_empty() || hidden.is_empty() {
        fault("\"wrong\", \"examples\" and \"not\" each need at least one line".to_owned());
    }
    if text("source").is_none_or(|source| source.is_empty()) {
        fault("the source is missing".to_owned());
    }
    if right.is_none() {
        fault("\"right\" is missing; leave it empty when nobody can tell".to_owned());
    }
    let named = text("kind").unwrap_or_else(|| "spun-word".to_owned());
    let kind = KINDS
        .iter()
        .find(|(_, name)| *name == named)
        .map(|(kind, _)| *kind);
    if kind.is_none() {
        fault(format!("\"{named}\" is not a kind of damage"));
    }
    let right = right.unwrap_or_default();
    let index = lexicon.entries.len();
    for pattern in &wrong {
        if let Err(what) = lexicon.phrases.add(pattern, &right, index) {
            fault(what);
        }
    }
    for key in unknown {
        faults.push(DataFault::new(path, line, format!("\"{key}\" is not a key"), RIGHT).nearest(&key, KEYS));
    }
    let key = if right.is_empty() {
        wrong.first().cloned().unwrap_or_default()
    } else {
        right
    };
    lexicon.entries.push(DamageEntry {
        kind: kind.unwrap_or(ArtefactKind::Other),
        key: format!("{path}#{key}"),
        why: text("why").unwrap_or_default(),
    });
    examples.push(Examples {
        path: path.to_owned(),
        line,
        entry: index,
        examples: shown,
        not: hidden,
    });
}

fn strings(value: &Spanned<DeValue<'_>>) -> Vec<String> {
    match value.get_ref() {
        DeValue::Array(items) => items
            .iter()
            .filter_map(|item| item.get_ref().as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

/// Tries every example; a rule that cannot find its own example is only a wish.
pub(super) fn try_examples(lexicon: &Damage, all: &[Examples], faults: &mut Vec<DataFault>) {
    for entry in all {
        let finds = |sample: &str| {
            lexicon
                .phrases
                .find(sample, &lexicon.calendar)
                .iter()
                .any(|found| found.entry == entry.entry)
        };
        let mut fault = |what: String| faults.push(DataFault::new(&*entry.path, entry.line, what, RIGHT));
        for sample in entry.examples.iter().filter(|sample| !finds(sample)) {
            fault(format!("its own example \"{sample}\" is not found"));
        }
        for sample in entry.not.iter().filter(|sample| finds(sample)) {
            fault(format!("its counter-example \"{sample}\" is found"));
        }
    }
}
