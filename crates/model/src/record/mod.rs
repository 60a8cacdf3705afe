//! The published, versioned forms: one JSON object a line, documented in `docs/formats.md`.

mod ruling;

pub use ruling::{CLAIMS_MAX, DecisionForm, NAME_CHARS_MAX, REASON_CHARS_MAX, RulingForm, WordsForm, reason};

use crate::Because;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Version of the published form; a reader for every older one is kept.
pub const VERSION: u32 = 1;

/// One published record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Version of this form.
    pub v: u32,
    /// What it is: document, passage, claim, incident, finding and so on.
    pub kind: String,
    /// Its id.
    pub id: String,
    /// File name or URL of the page; `None` for what rests on several pages.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub document: Option<String>,
    /// First byte in the raw page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start: Option<usize>,
    /// One past the last byte in the raw page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end: Option<usize>,
    /// The words, as visible.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub quote: Option<String>,
    /// Everything else, by kind.
    pub fields: Value,
    /// Ids of what it rests on.
    pub basis: Vec<String>,
    /// Why.
    pub because: Vec<Reason>,
}

/// A published reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule that fired.
    pub rule: String,
    /// The data entry it used.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub entry: String,
    /// First and one past the last byte of the words it rests on.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<(usize, usize)>,
    /// One plain sentence.
    pub words: String,
}

impl From<&Because> for Reason {
    fn from(because: &Because) -> Self {
        Self {
            rule: because.rule.clone(),
            entry: because.entry.clone(),
            span: because.span.map(|span| (span.start, span.end)),
            words: because.words.clone(),
        }
    }
}
