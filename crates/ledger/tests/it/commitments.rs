//! A commitment binds to one value in one field under one salt, and shows none of them.

use ledger::{COMMIT_DOMAIN, commit, open};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

const SALT: [u8; 32] = [9; 32];

#[test]
fn a_commitment_is_the_documented_hash() {
    let mut wire = COMMIT_DOMAIN.to_vec();
    wire.extend(5_u64.to_be_bytes());
    wire.extend(b"phone");
    wire.extend(SALT);
    wire.extend(3_u64.to_be_bytes());
    wire.extend(b"123");
    wire.extend([0; 32 - 8 - 3]);
    assert_eq!(
        commit("phone", &SALT, b"123"),
        <[u8; 32]>::from(Sha256::digest(wire))
    );
}

#[test]
fn values_on_both_sides_of_every_padding_class_open() {
    for class in [
        0,
        24,
        56,
        120,
        248,
        1_016,
        4_088,
        16_376,
        65_528,
        65_536,
        131_064,
        200_000_usize,
    ] {
        for length in [class.saturating_sub(1), class, class + 1] {
            let value = vec![b'v'; length];
            let commitment = commit("field", &SALT, &value);
            assert!(open(&commitment, "field", &SALT, &value));
            assert!(!open(&commitment, "field", &SALT, &vec![b'v'; length + 1]));
            let longer = [&value[..], b"\0"].concat();
            assert!(
                !open(&commitment, "field", &SALT, &longer),
                "padding is not part of a value"
            );
        }
    }
}

proptest! {
    #[test]
    fn nothing_but_the_same_field_salt_and_value_opens(
        one in ("[a-z]{0,4}", any::<[u8; 2]>(), prop::collection::vec(any::<u8>(), 0..40)),
        other in ("[a-z]{0,4}", any::<[u8; 2]>(), prop::collection::vec(any::<u8>(), 0..40)),
    ) {
        let salt = |start: [u8; 2]| { let mut salt = SALT; salt[..2].copy_from_slice(&start); salt };
        let commitment = commit(&one.0, &salt(one.1), &one.2);
        prop_assert!(open(&commitment, &one.0, &salt(one.1), &one.2));
        prop_assert_eq!(open(&commitment, &other.0, &salt(other.1), &other.2), one == other);
        // Bytes moved from the field to the value make another commitment.
        let joined = format!("{}{}", one.0, String::from_utf8_lossy(&one.2));
        prop_assert_eq!(open(&commitment, &joined, &salt(one.1), b""), one.2.is_empty());
    }
}
