//! What pages do to the text of others: they cut it, move its paragraphs, put a program's synonyms in place of its
//! words, give it another headline, or spell its names and numbers another way.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::reports::{Choices, Report, number};

/// Words and what a spinning program puts in their place.
pub(super) struct Synonyms(BTreeMap<String, Vec<String>>);

impl Synonyms {
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let file = folder.join("synonyms.tsv");
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let mut words = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((word, others)) = line.split_once('\t') else {
                bail!("{}: \"{line}\" has no tab", file.display());
            };
            words.insert(word.to_owned(), others.split('|').map(str::to_owned).collect());
        }
        Ok(Self(words))
    }
}

/// Keeps the first paragraph and from two in five to four in five of the others.
pub(super) fn cut(report: &Report, choices: &mut Choices) -> Report {
    let keep = 40 + choices.below(40);
    let mut paragraphs: Vec<String> = Vec::new();
    for (position, paragraph) in report.paragraphs.iter().enumerate() {
        if position == 0 || choices.chance(keep) {
            paragraphs.push(paragraph.clone());
        }
    }
    Report {
        paragraphs,
        ..report.clone()
    }
}

pub(super) fn reorder(report: &Report, choices: &mut Choices) -> Report {
    let mut paragraphs = report.paragraphs.clone();
    choices.shuffle(&mut paragraphs);
    Report {
        paragraphs,
        ..report.clone()
    }
}

/// Replaces so many in a hundred of the words that the table knows.
pub(super) fn spin(report: &Report, synonyms: &Synonyms, percent: usize, choices: &mut Choices) -> Report {
    let mut spin = |text: &str| -> String {
        let words = text.split(' ').map(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let known = synonyms.0.get(&bare.to_lowercase());
            match known {
                Some(others) if !bare.is_empty() && choices.chance(percent) => {
                    let other = choices.pick(others);
                    let capital = bare.chars().next().is_some_and(char::is_uppercase);
                    let other = if capital {
                        capitalised(other)
                    } else {
                        other.clone()
                    };
                    word.replacen(bare, &other, 1)
                }
                _ => word.to_owned(),
            }
        });
        words.collect::<Vec<_>>().join(" ")
    };
    Report {
        title: spin(&report.title),
        paragraphs: report.paragraphs.iter().map(|text| spin(text)).collect(),
        ..report.clone()
    }
}

/// Other spellings of places and persons, digits for number words: what a translation there and back leaves.
pub(super) fn respell(report: &Report, spellings: &BTreeMap<&str, &str>, choices: &mut Choices) -> Report {
    let mut respell = |text: &str| -> String {
        let mut text = text.to_owned();
        for (name, other) in spellings {
            text = text.replace(name, other);
        }
        let words = text.split(' ').map(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let digits = (2..=12).find(|value| number(*value) == bare.to_lowercase());
            if let Some(digits) = digits {
                return word.replacen(bare, &digits.to_string(), 1);
            }
            let name = bare.len() > 4 && bare.chars().next().is_some_and(char::is_uppercase);
            if name && !spellings.values().any(|other| other.contains(bare)) && choices.chance(20) {
                return word.replacen(bare, &letters_changed(bare), 1);
            }
            word.to_owned()
        });
        words.collect::<Vec<_>>().join(" ")
    };
    Report {
        title: respell(&report.title),
        paragraphs: report.paragraphs.iter().map(|text| respell(text)).collect(),
        ..report.clone()
    }
}

/// A name as another alphabet's reader would write it: `ou` for `u`, `e` for `i`, doubled letters single.
fn letters_changed(name: &str) -> String {
    let mut changed = String::new();
    let mut last = ' ';
    for letter in name.chars() {
        match letter {
            'u' if last != 'o' => changed.push_str("ou"),
            'i' => changed.push('e'),
            same if same == last => {}
            other => changed.push(other),
        }
        last = letter;
    }
    changed
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
