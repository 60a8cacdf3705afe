//! Reasons ride along with every value; notes carry what could not be read to the report's footer.

use crate::{DocumentId, NoteId, Span};

/// Why a value is what it is: the rule that fired, the data entry it used, the words it rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Because {
    /// Short kebab-case name of the rule in code, such as `weekday-before-publication`.
    pub rule: String,
    /// Data entry that was used, as `file#key`; empty when none was.
    pub entry: String,
    /// The bytes of the raw page it rests on.
    pub span: Option<Span>,
    /// One plain sentence for a reader.
    pub words: String,
}

impl Because {
    /// A reason with its rule and its sentence; add the rest with [`Because::entry`] and [`Because::span`].
    pub fn new(rule: &str, words: impl Into<String>) -> Self {
        Self {
            rule: rule.to_owned(),
            entry: String::new(),
            span: None,
            words: words.into(),
        }
    }
    /// Names the data entry that was used.
    pub fn entry(mut self, entry: impl Into<String>) -> Self {
        self.entry = entry.into();
        self
    }
    /// Names the bytes it rests on.
    pub fn span(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }
}

/// How much a note takes away from what the reader sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is missing.
    Hint,
    /// A part was left out or guessed.
    Partial,
    /// A whole page or input was lost.
    Lost,
}

/// Something a stage could not do: what, why, and what the reader can do next.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// How much is missing.
    pub severity: Severity,
    /// The stage that says it: `sources`, `text`, `claims` and so on.
    pub stage: String,
    /// The input it is about, as the user named it.
    pub about: String,
    /// The document, when there is one.
    pub document: Option<DocumentId>,
    /// What happened and why, without a full stop.
    pub what: String,
    /// The next step, a full sentence; empty when there is none.
    pub next: String,
}

impl Note {
    /// A note of a stage about an input.
    pub fn new(severity: Severity, stage: &str, about: impl Into<String>, what: impl Into<String>) -> Self {
        let (about, what) = (about.into(), what.into());
        Self {
            severity,
            stage: stage.to_owned(),
            about,
            document: None,
            what,
            next: String::new(),
        }
    }
    /// Adds the next step.
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next = next.into();
        self
    }
    /// Says which document it is about.
    pub fn document(mut self, id: &DocumentId) -> Self {
        self.document = Some(id.clone());
        self
    }
    /// The note's id.
    pub fn id(&self) -> NoteId {
        NoteId::of(&[&self.stage, &self.about, &self.what])
    }
}
