//! The words that tell damage, boilerplate, captions and dates, read from the files that experts edit.
//!
//! Three kinds of file, one set a language: `damage.toml` (fixed phrases and what probably stood there),
//! `boilerplate.tsv` (lines without domain content, captions, related links, markup names) and
//! `calendar.tsv` (months, weekdays, words that go with dates).

mod damage;
mod tables;

use crate::date::Calendar;
use crate::phrase::PhraseTable;
use crate::words::{Token, fold, fold_key, folded_line, tokens};
use model::{ArtefactKind, DataFault};
use std::collections::{BTreeMap, HashMap};

/// The lexicon of damage and page furniture; made by [`Damage::parse`].
#[derive(Debug, Default)]
pub struct Damage {
    pub(crate) phrases: PhraseTable,
    pub(crate) entries: Vec<DamageEntry>,
    pub(crate) lines: Vec<LineRule>,
    /// Rules by their first word or sign.
    by_first: HashMap<u64, Vec<usize>>,
    /// Longest line that any rule speaks of, in words.
    words_max: usize,
    /// Words of captions: rule and tokens, by the first token.
    captions: HashMap<u64, Vec<(usize, Vec<String>)>>,
    pub(crate) classes: BTreeMap<String, LineKind>,
    pub(crate) calendar: Calendar,
}

/// What an entry of `damage.toml` says beside its phrases.
#[derive(Debug)]
pub(crate) struct DamageEntry {
    pub(crate) kind: ArtefactKind,
    /// `file#key`.
    pub(crate) key: String,
    pub(crate) why: String,
}

/// What a line is, after `boilerplate.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LineKind {
    /// No domain content.
    Boilerplate,
    /// Invites to share, print or comment; a title may be glued to it.
    Share,
    /// Link to other news.
    Related,
    /// Words of a caption.
    Caption,
    /// Verbs that captions use in the present tense.
    CaptionVerb,
    /// Author line.
    Byline,
    /// Only for markup: navigation.
    Menu,
    /// Only for markup: beside the article.
    Beside,
    /// Only for markup: a date.
    Date,
    /// Only for markup: a whole class that hides its text from sight.
    Unseen,
    /// What a site shows in place of the article: a check, a sign-in, "not found".
    Wall,
}

impl LineKind {
    pub(crate) const ALL: [(Self, &'static str); 11] = [
        (Self::Boilerplate, "boilerplate"),
        (Self::Share, "share"),
        (Self::Related, "related"),
        (Self::Caption, "caption"),
        (Self::CaptionVerb, "caption-verb"),
        (Self::Byline, "byline"),
        (Self::Menu, "menu"),
        (Self::Beside, "beside"),
        (Self::Date, "date"),
        (Self::Unseen, "unseen"),
        (Self::Wall, "wall"),
    ];
}

/// Where in a line the words of a rule must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Whole,
    Starts,
    Contains,
    Ends,
}

/// One row of `boilerplate.tsv`.
#[derive(Debug)]
pub(crate) struct LineRule {
    pub(crate) kind: LineKind,
    pub(crate) place: Place,
    /// Folded words.
    pub(crate) words: String,
    /// Longest line, in words, that the rule speaks of.
    pub(crate) words_max: usize,
    pub(crate) key: String,
}

impl LineRule {
    /// Where in the folded line the words stand.
    pub(crate) fn at(&self, line: &str, words: usize) -> Option<usize> {
        if words > self.words_max {
            return None;
        }
        let is_edge = |at: usize| {
            let before = line[..at].chars().next_back();
            let inner = self.words.chars().next().is_some_and(char::is_alphanumeric);
            !(inner && before.is_some_and(char::is_alphanumeric))
        };
        let is_end = |at: usize| {
            let after = line[at..].chars().next();
            let inner = self.words.chars().next_back().is_some_and(char::is_alphanumeric);
            !(inner && after.is_some_and(char::is_alphanumeric))
        };
        let length = self.words.len();
        match self.place {
            Place::Whole => {
                let bare = |c: char| !c.is_alphanumeric();
                (line == self.words || line.trim_matches(bare) == self.words).then_some(0)
            }
            Place::Starts => (line.starts_with(&self.words) && is_end(length)).then_some(0),
            Place::Ends => {
                let at = line.len().checked_sub(length)?;
                (line.ends_with(&self.words) && is_edge(at)).then_some(at)
            }
            Place::Contains => line
                .match_indices(&self.words)
                .map(|(at, _)| at)
                .find(|at| is_edge(*at) && is_end(at + length)),
        }
    }
}

impl Damage {
    /// Reads the files of the lexicon, given as (path, text); files of other names are left alone.
    /// Every fault is told at once, and every example is tried: one that its own entry does not find, or a
    /// `not` that it does find, is a fault too. What has no fault can be used.
    pub fn parse(files: &[(String, String)]) -> (Self, Vec<DataFault>) {
        let mut lexicon = Self::default();
        let mut faults = Vec::new();
        let mut damaged = Vec::new();
        for (path, text) in files {
            match path.rsplit('/').next() {
                Some("damage.toml") => damage::read(path, text, &mut lexicon, &mut damaged, &mut faults),
                Some("boilerplate.tsv") => tables::read_lines(path, text, &mut lexicon, &mut faults),
                Some("calendar.tsv") => tables::read_calendar(path, text, &mut lexicon.calendar, &mut faults),
                _ => {}
            }
        }
        for (index, rule) in lexicon.lines.iter().enumerate() {
            if matches!(rule.kind, LineKind::Caption | LineKind::CaptionVerb) {
                let words: Vec<String> = tokens(&rule.words).iter().map(|token| fold(token.text)).collect();
                if let Some(first) = words.first() {
                    lexicon
                        .captions
                        .entry(fold_key(first))
                        .or_default()
                        .push((index, words));
                }
            }
            if let Some(first) = tokens(&rule.words).first() {
                lexicon
                    .by_first
                    .entry(fold_key(first.text))
                    .or_default()
                    .push(index);
            }
        }
        lexicon.words_max = lexicon.lines.iter().map(|rule| rule.words_max).max().unwrap_or(0);
        damage::try_examples(&lexicon, &damaged, &mut faults);
        faults.sort();
        (lexicon, faults)
    }
    /// The words of captions that stand in tokens: each rule with one past its last token.
    pub(crate) fn caption_words(&self, head: &[Token<'_>]) -> Vec<(&LineRule, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        let is_there = |at: usize, words: &[String]| {
            let own = head[at..].iter().take(words.len()).map(|token| fold(token.text));
            at + words.len() <= head.len() && own.eq(words.iter().cloned())
        };
        for (at, word) in head.iter().enumerate() {
            let known = self.captions.get(&fold_key(word.text));
            for (index, words) in known.map_or(&[][..], Vec::as_slice) {
                if is_there(at, words) && !found.iter().any(|(known, _)| known == index) {
                    found.push((*index, at + words.len()));
                }
            }
        }
        found.sort_unstable();
        found
            .into_iter()
            .map(|(index, end)| (&self.lines[index], end))
            .collect()
    }
    /// The rules that speak of a line, in the order of the data, with where their words stand in the
    /// folded line.
    pub(crate) fn line_rules(&self, text: &str, words: usize) -> Vec<(&LineRule, usize)> {
        if words > self.words_max {
            return Vec::new();
        }
        let line = folded_line(text);
        let mut hits: Vec<usize> = tokens(&line)
            .iter()
            .filter_map(|token| self.by_first.get(&fold_key(token.text)))
            .flatten()
            .copied()
            .collect();
        hits.sort_unstable();
        hits.dedup();
        hits.iter()
            .map(|index| &self.lines[*index])
            .filter_map(|rule| rule.at(&line, words).map(|at| (rule, at)))
            .collect()
    }
}

/// The lexicon of the repository.
#[cfg(test)]
pub(crate) fn for_tests() -> (Damage, Vec<DataFault>) {
    let mut files = Vec::new();
    for language in ["ar", "en", "ru", "tr"] {
        for name in ["boilerplate.tsv", "calendar.tsv", "damage.toml"] {
            let path = format!("lexicon/{language}/{name}");
            let on_disk = format!("{}/../../data/{path}", env!("CARGO_MANIFEST_DIR"));
            if let Ok(text) = std::fs::read_to_string(on_disk) {
                files.push((path, text));
            }
        }
    }
    assert!(files.len() >= 3, "the lexicon of the repository is there");
    Damage::parse(&files)
}

#[cfg(test)]
mod tests;
