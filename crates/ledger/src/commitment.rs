//! Salted commitments: a log can bind itself to a value that it does not show, and the value can be
//! taken away later without breaking any proof.
//!
//! ```text
//! SHA-256( domain || len(field) field || salt || len(value) value 0 0 0 … up to the padding class )
//! ```
//!
//! Both lengths are eight bytes, high byte first, so no two inputs share an encoding. The salt makes a
//! guess useless: it must be 32 fresh random bytes for each field of each revision, kept apart from the
//! log, and deleted together with the value. Padding hides the length from whoever watches how long
//! values take to hash or to store.

use sha2::{Digest as _, Sha256};

/// What every commitment starts with, so that none can be mistaken for a hash of another kind.
pub const COMMIT_DOMAIN: &[u8] = b"truceline/commit/v1";

/// How long a value becomes, in bytes, with its length in front; longer ones are filled to a multiple
/// of the last class.
///
/// Eight classes: few enough that a length says little, and wide enough that a page of text is not
/// padded to many times its size. Changing one changes the commitment of every value in it, so a change
/// needs a new [`COMMIT_DOMAIN`].
const PADDING_CLASSES: [usize; 8] = [32, 64, 128, 256, 1_024, 4_096, 16_384, 65_536];

/// Commits to `value` in `field` under `salt`.
#[must_use]
pub fn commit(field: &str, salt: &[u8; 32], value: &[u8]) -> [u8; 32] {
    let length = |bytes: usize| (bytes as u64).to_be_bytes();
    let framed = value.len().saturating_add(8);
    let padding = vec![0; padded_length(framed) - framed];
    Sha256::new()
        .chain_update(COMMIT_DOMAIN)
        .chain_update(length(field.len()))
        .chain_update(field)
        .chain_update(salt)
        .chain_update(length(value.len()))
        .chain_update(value)
        .chain_update(padding)
        .finalize()
        .into()
}

/// Whether `commitment` is the one to `value` in `field` under `salt`.
#[must_use]
pub fn open(commitment: &[u8; 32], field: &str, salt: &[u8; 32], value: &[u8]) -> bool {
    commit(field, salt, value) == *commitment
}

fn padded_length(bytes: usize) -> usize {
    let largest = PADDING_CLASSES[PADDING_CLASSES.len() - 1];
    PADDING_CLASSES
        .into_iter()
        .find(|class| bytes <= *class)
        .unwrap_or_else(|| bytes.next_multiple_of(largest))
}
