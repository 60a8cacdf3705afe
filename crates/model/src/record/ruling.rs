//! The form in which a ruling is written down, signed and sent.

use crate::{ClaimId, Decision, DocumentId, Element, Ruling, RulingId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest reason, in characters: a page of text.
pub const REASON_CHARS_MAX: usize = 4_000;

/// Longest name of a person or a source, in characters.
pub const NAME_CHARS_MAX: usize = 200;

/// Most claims that one decision names on one side.
///
/// 2,000: more than any incident has. Raise it and one line of the log holds a novel.
pub const CLAIMS_MAX: usize = 2_000;

/// A ruling as it is signed: one JSON object on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulingForm {
    /// Version of this form.
    pub v: u32,
    /// What is decided.
    pub decision: DecisionForm,
    /// Name of the person.
    pub by: String,
    /// When, UTC to the second.
    pub made: String,
    /// Why, in the person's words.
    pub because: String,
    /// The page and the words of each claim named.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, WordsForm>,
}

/// A claim's page and words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsForm {
    /// Id of the document.
    pub document: String,
    /// The quoted words.
    pub quote: String,
}

/// What is decided, such as `{"same": {"claims": ["clm_…", "clm_…"]}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum DecisionForm {
    /// These claims tell of one incident.
    Same {
        /// Ids of claims.
        claims: Vec<String>,
    },
    /// None of these is about what any of the others is about.
    Apart {
        /// Ids of claims.
        claims: Vec<String>,
        /// Ids of claims.
        from: Vec<String>,
    },
    /// The claims of each group tell of one incident, and of another than those of any other group.
    Split {
        /// Ids of claims, group by group.
        groups: Vec<Vec<String>>,
    },
    /// The claim belongs to another incident, or to none told so far.
    Move {
        /// Id of the claim.
        claim: String,
        /// Id of a claim that tells the incident it belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    /// Nothing rests on these claims.
    Reject {
        /// Ids of claims.
        claims: Vec<String>,
    },
    /// These claims were read over.
    Accept {
        /// Ids of claims.
        claims: Vec<String>,
    },
    /// The incident that these claims tell is left out of lists, maps and counts.
    Archive {
        /// Ids of claims.
        claims: Vec<String>,
    },
    /// What the claim says of the element is so.
    Verify {
        /// Id of the claim.
        claim: String,
        /// `occurrence`, `place`, `time`, `means`, `toll` or `author`.
        element: String,
    },
    /// What the claim tells did not happen so.
    Refute {
        /// Id of the claim.
        claim: String,
    },
    /// How reliable a source is.
    Grade {
        /// Name of the source, as origins are labelled.
        source: String,
        /// `A` to `F` of the Admiralty code.
        reliability: String,
    },
    /// How credible a claim is.
    Credit {
        /// Id of the claim.
        claim: String,
        /// 1 to 6 of the Admiralty code.
        credibility: u8,
    },
    /// An earlier ruling is taken back.
    Undo {
        /// Id of the ruling.
        ruling: String,
    },
}

impl DecisionForm {
    /// The decision.
    ///
    /// # Errors
    /// A sentence that says what is not as it must be.
    pub fn read(&self) -> Result<Decision, String> {
        Ok(match self {
            Self::Same { claims } => {
                let claims = ids(claims)?;
                if claims.len() < 2 {
                    return Err("\"same\" needs two claims or more".to_owned());
                }
                Decision::Same { claims }
            }
            Self::Apart { claims, from } => Decision::Apart {
                claims: ids(claims)?,
                from: ids(from)?,
            },
            Self::Split { groups } => Decision::Split {
                groups: split(groups)?,
            },
            Self::Move { claim, to } => Decision::Move {
                claim: id(claim)?,
                to: to.as_deref().map(id).transpose()?,
            },
            Self::Reject { claims } => Decision::Reject { claims: ids(claims)? },
            Self::Accept { claims } => Decision::Accept { claims: ids(claims)? },
            Self::Archive { claims } => Decision::Archive { claims: ids(claims)? },
            Self::Verify { claim, element } => Decision::Verify {
                claim: id(claim)?,
                element: Element::read(element).ok_or_else(|| {
                    let known: Vec<&str> = Element::ALL.iter().map(|(_, word)| *word).collect();
                    format!("\"{element}\" is no element; write one of: {}", known.join(", "))
                })?,
            },
            Self::Refute { claim } => Decision::Refute { claim: id(claim)? },
            Self::Grade { source, reliability } => Decision::Grade {
                source: name(source, "the source's name")?,
                reliability: match reliability.as_bytes() {
                    [letter @ b'A'..=b'F'] => char::from(*letter),
                    _ => return Err("reliability is one letter, A to F".to_owned()),
                },
            },
            Self::Credit { claim, credibility } if (1..=6).contains(credibility) => Decision::Credit {
                claim: id(claim)?,
                credibility: *credibility,
            },
            Self::Credit { .. } => return Err("credibility is a number, 1 to 6".to_owned()),
            Self::Undo { ruling } => Decision::Undo {
                ruling: RulingId::read(ruling).ok_or_else(|| format!("\"{ruling}\" is no id of a ruling"))?,
            },
        })
    }
}

impl From<&Decision> for DecisionForm {
    fn from(decision: &Decision) -> Self {
        let all = |ids: &[ClaimId]| ids.iter().map(ClaimId::to_string).collect();
        match decision {
            Decision::Same { claims } => Self::Same { claims: all(claims) },
            Decision::Apart { claims, from } => Self::Apart {
                claims: all(claims),
                from: all(from),
            },
            Decision::Split { groups } => Self::Split {
                groups: groups.iter().map(|group| all(group)).collect(),
            },
            Decision::Move { claim, to } => Self::Move {
                claim: claim.to_string(),
                to: to.as_ref().map(ClaimId::to_string),
            },
            Decision::Reject { claims } => Self::Reject { claims: all(claims) },
            Decision::Accept { claims } => Self::Accept { claims: all(claims) },
            Decision::Archive { claims } => Self::Archive { claims: all(claims) },
            Decision::Verify { claim, element } => Self::Verify {
                claim: claim.to_string(),
                element: element.as_str().to_owned(),
            },
            Decision::Refute { claim } => Self::Refute {
                claim: claim.to_string(),
            },
            Decision::Grade { source, reliability } => Self::Grade {
                source: source.clone(),
                reliability: reliability.to_string(),
            },
            Decision::Credit { claim, credibility } => Self::Credit {
                claim: claim.to_string(),
                credibility: *credibility,
            },
            Decision::Undo { ruling } => Self::Undo {
                ruling: ruling.to_string(),
            },
        }
    }
}

impl RulingForm {
    /// Writes a ruling down for signing: one line of JSON with a line feed.
    pub fn text(ruling: &Ruling) -> String {
        let words = ruling.words.iter().map(|(id, (document, quote))| {
            let words = WordsForm {
                document: document.to_string(),
                quote: quote.clone(),
            };
            (id.to_string(), words)
        });
        let form = Self {
            v: super::VERSION,
            decision: DecisionForm::from(&ruling.decision),
            by: ruling.by.clone(),
            made: ruling.made.clone(),
            because: ruling.because.clone(),
            words: words.collect(),
        };
        // Plain data with text keys, which JSON can always hold.
        let mut text = serde_json::to_string(&form).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads what was signed; the ruling's id is the hash of exactly this text.
    ///
    /// # Errors
    /// A sentence that says what is not as it must be.
    pub fn read(text: &str) -> Result<Ruling, String> {
        let form: Self = serde_json::from_str(text).map_err(|error| format!("it is no ruling: {error}"))?;
        if form.v != super::VERSION {
            return Err(format!(
                "its form is version {}, and {} is known",
                form.v,
                super::VERSION
            ));
        }
        let mut words = BTreeMap::new();
        for (claim, form) in &form.words {
            let document = DocumentId::read(&form.document)
                .ok_or_else(|| format!("\"{}\" is no id of a document", form.document))?;
            words.insert(id(claim)?, (document, form.quote.clone()));
        }
        Ok(Ruling {
            id: RulingId::of(&[text]),
            decision: form.decision.read()?,
            by: name(&form.by, "the person's name")?,
            made: form.made.clone(),
            because: reason(&form.because)?,
            words,
        })
    }
}

/// A reason for a ruling, without blanks around it.
///
/// # Errors
/// When there is none, or it is longer than [`REASON_CHARS_MAX`].
pub fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err("a ruling needs a reason".to_owned()),
        length if length > REASON_CHARS_MAX => {
            Err(format!("the reason has more than {REASON_CHARS_MAX} characters"))
        }
        _ => Ok(text.to_owned()),
    }
}

fn name(text: &str, what: &str) -> Result<String, String> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 || length > NAME_CHARS_MAX || text.chars().any(char::is_control) {
        return Err(format!("{what} has 1 to {NAME_CHARS_MAX} characters on one line"));
    }
    Ok(text.to_owned())
}

fn id(text: &str) -> Result<ClaimId, String> {
    ClaimId::read(text).ok_or_else(|| format!("\"{text}\" is no id of a claim"))
}

fn split(texts: &[Vec<String>]) -> Result<Vec<Vec<ClaimId>>, String> {
    if texts.len() < 2 || texts.iter().map(Vec::len).sum::<usize>() > CLAIMS_MAX {
        return Err(format!(
            "\"split\" needs two groups or more, with at most {CLAIMS_MAX} claims"
        ));
    }
    let groups = texts
        .iter()
        .map(|group| ids(group))
        .collect::<Result<Vec<_>, _>>()?;
    let mut seen = std::collections::BTreeSet::new();
    match groups.iter().flatten().find(|id| !seen.insert(*id)) {
        Some(twice) => Err(format!(
            "the claim {twice} stands in a group twice, or in two of them"
        )),
        None => Ok(groups),
    }
}

fn ids(texts: &[String]) -> Result<Vec<ClaimId>, String> {
    if texts.is_empty() || texts.len() > CLAIMS_MAX {
        return Err(format!("a decision names 1 to {CLAIMS_MAX} claims"));
    }
    texts.iter().map(|text| id(text)).collect()
}
