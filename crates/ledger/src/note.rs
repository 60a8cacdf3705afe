//! Signed notes after <https://c2sp.org/signed-note>: text, a blank line, signature lines.
//!
//! Gets bytes, gives the text and whose signatures hold. It is stricter than the specification asks in
//! one place: *every* line that names a known key must hold, also a second one by the same key.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::key::{SigningKey, VerifierKey, is_key_name};

/// The longest note we read, in bytes.
///
/// 64 KiB: sixteen post-quantum signature lines of about 3.3 kB fit with room to spare; the
/// specification asks for sixteen signatures. Lower it and notes with many cosignatures are refused;
/// raise it and a hostile note costs more to refuse.
pub const NOTE_BYTES_MAX: usize = 64 * 1024;

/// The most signature lines we read. The specification asks for at least 16. Lower it and widely
/// cosigned notes are refused; each line costs one Ed25519 check (about 80 µs) when its key is known.
pub const SIGNATURES_MAX: usize = 64;

/// An em dash and a space start each signature line.
const LINE_START: &str = "\u{2014} ";

/// Why a note is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The bytes do not have the form of a signed note.
    #[error("this is not a signed note: {why}")]
    Form {
        /// What the form breaks.
        why: &'static str,
    },
    /// A line names a key we know, and its signature does not hold.
    #[error("the signature by {name:?} does not fit the text: text or signature were altered")]
    BadSignature {
        /// The key's name.
        name: String,
    },
    /// No line is by a key we know.
    #[error("no signature is by a key we were given, {known}; found signatures by {found}")]
    NoKnownSignature {
        /// The names we would have trusted.
        known: String,
        /// The names in the note.
        found: String,
    },
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key.
    pub name: String,
    /// The short id of the key.
    pub key_id: u32,
    /// The signature itself, without the key id.
    pub bytes: Vec<u8>,
}

/// A text with its signatures, read but not yet believed: call [`Note::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

impl Note {
    /// Reads a note; checks its form only.
    ///
    /// # Errors
    /// When the bytes break the form of a signed note or our limits.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        let refuse = |why| Err(NoteError::Form { why });
        if bytes.len() > NOTE_BYTES_MAX {
            return refuse("it is longer than 65,536 bytes");
        }
        let Ok(all) = std::str::from_utf8(bytes) else {
            return refuse("it is not UTF-8");
        };
        if all.bytes().any(|b| b < 0x20 && b != b'\n') {
            return refuse("it holds a control character");
        }
        let Some(gap) = all.rfind("\n\n") else {
            return refuse("it has no blank line before signatures");
        };
        let (text, lines) = (&all[..=gap], &all[gap + 2..]);
        let Some(lines) = lines.strip_suffix('\n') else {
            return refuse("its last line does not end");
        };
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == SIGNATURES_MAX {
                return refuse("it has more than 64 signatures");
            }
            let Some(signature) = parse_line(line) else {
                return refuse("a signature line is malformed");
            };
            signatures.push(signature);
        }
        Ok(Self {
            text: text.to_owned(),
            signatures,
        })
    }

    /// Signs a text. The text must end its last line and hold no control character.
    ///
    /// # Errors
    /// When the text cannot be the text of a note.
    pub fn sign(text: &str, key: &SigningKey) -> Result<Self, NoteError> {
        let verifier = key.verifier();
        let signature = NoteSignature {
            name: verifier.name().to_owned(),
            key_id: verifier.id(),
            bytes: key.sign(text.as_bytes()).to_vec(),
        };
        let note = Self {
            text: text.to_owned(),
            signatures: vec![signature],
        };
        // Reading back what we wrote is the whole of the form check.
        match Self::parse(note.to_string().as_bytes()) {
            Ok(read) if read == note => Ok(note),
            Ok(_) => Err(NoteError::Form {
                why: "its text does not end its last line",
            }),
            Err(error) => Err(error),
        }
    }

    /// The text that was signed, with its last newline.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines, believed or not.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Checks every line that names one of `keys`; gives the keys that signed, in the order given.
    ///
    /// Lines by other keys are ignored, as the specification asks.
    ///
    /// # Errors
    /// When a line by a known key does not hold, or no line is by a known key.
    pub fn verify<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<&'k VerifierKey>, NoteError> {
        let mut signers = Vec::new();
        for key in keys {
            let mut lines = self
                .signatures
                .iter()
                .filter(|s| s.name == key.name() && s.key_id == key.id());
            let Some(first) = lines.next() else { continue };
            if !std::iter::once(first)
                .chain(lines)
                .all(|s| key.accepts(self.text.as_bytes(), &s.bytes))
            {
                return Err(NoteError::BadSignature {
                    name: key.name().to_owned(),
                });
            }
            signers.push(key);
        }
        if signers.is_empty() {
            let list = |names: Vec<&str>| format!("{names:?}");
            return Err(NoteError::NoKnownSignature {
                known: list(keys.iter().map(VerifierKey::name).collect()),
                found: list(self.signatures.iter().map(|s| s.name.as_str()).collect()),
            });
        }
        Ok(signers)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for signature in &self.signatures {
            let mut blob = signature.key_id.to_be_bytes().to_vec();
            blob.extend_from_slice(&signature.bytes);
            writeln!(
                f,
                "{LINE_START}{} {}",
                signature.name,
                BASE64_STANDARD.encode(blob)
            )?;
        }
        Ok(())
    }
}

fn parse_line(line: &str) -> Option<NoteSignature> {
    let (name, encoded) = line.strip_prefix(LINE_START)?.split_once(' ')?;
    let blob = BASE64_STANDARD.decode(encoded).ok()?;
    let (key_id, bytes) = blob.split_first_chunk::<4>()?;
    (is_key_name(name) && !bytes.is_empty()).then(|| NoteSignature {
        name: name.to_owned(),
        key_id: u32::from_be_bytes(*key_id),
        bytes: bytes.to_vec(),
    })
}
