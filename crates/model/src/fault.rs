//! Faults in the data that experts edit; loaders report all of them at once.

use std::fmt;

/// One fault in a data file, told so that the person who edits the file can mend it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DataFault {
    /// File, relative to the data folder.
    pub file: String,
    /// Line, counted from 1; 0 when it is about the whole file.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What a right line looks like, or the next step; may be empty.
    pub right: String,
    /// The nearest known word, when a word was not known.
    pub nearest: Option<String>,
}

impl DataFault {
    /// A fault at a line of a file.
    pub fn new(
        file: impl Into<String>,
        line: usize,
        what: impl Into<String>,
        right: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            line,
            what: what.into(),
            right: right.into(),
            nearest: None,
        }
    }
    /// Adds the nearest known word to a fault about a word that is not known.
    pub fn nearest<'a>(mut self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.nearest = nearest_word(word, known);
        self
    }
}

impl fmt::Display for DataFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)?;
        if let Some(nearest) = &self.nearest {
            write!(f, " (did you mean \"{nearest}\"?)")?;
        }
        if !self.right.is_empty() {
            write!(f, "\n    right: {}", self.right)?;
        }
        Ok(())
    }
}

/// The known word closest to `word`, when it is close enough to be a slip of the hand:
/// at most a third of its letters differ.
pub fn nearest_word<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let limit = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (edit_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

/// Levenshtein distance in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_finds_its_word_and_a_stranger_finds_none() {
        assert_eq!(
            nearest_word("sheling", ["shelling", "meeting"]),
            Some("shelling".into())
        );
        assert_eq!(nearest_word("banana", ["shelling", "meeting"]), None);
    }
}
