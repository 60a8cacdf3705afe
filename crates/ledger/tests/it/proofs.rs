//! Proofs agree with the published vectors and with an independent implementation.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Read as _;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use ledger::{
    ConsistencyProof, Hash, InclusionProof, Reader, check_subtree_consistency, check_subtree_inclusion,
    leaf_hash,
};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::{key, leaf, log_grown_to, outside_vectors};

#[test]
fn all_published_merkle_vectors_get_the_published_verdict() {
    let Some(path) = outside_vectors("merkle-testdata.tar.gz") else {
        return;
    };
    let file = std::fs::File::open(path).unwrap();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_str().unwrap().to_owned();
        if !name.ends_with(".json") {
            continue;
        }
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        let case: Value = serde_json::from_str(&text).unwrap();
        let kind = name
            .split('/')
            .find(|part| part.ends_with("inclusion") || part.ends_with("consistency"));
        let holds = verdict(&case);
        assert_eq!(
            holds,
            !case["wantErr"].as_bool().unwrap(),
            "{name}: {}",
            case["desc"]
        );
        *tally.entry(kind.unwrap_or_default().to_owned()).or_default() += 1;
    }
    println!("{tally:?}");
    assert_eq!(tally.values().sum::<usize>(), 518);
}

/// Which of the four kinds a vector is shows in its fields.
fn verdict(case: &Value) -> bool {
    let number = |field: &str| case[field].as_u64();
    let hash = |field: &str| vector_hash(&case[field]);
    let proof: Vec<Hash> = case["proof"]
        .as_array()
        .into_iter()
        .flatten()
        .map(vector_hash)
        .collect();
    if let Some(index) = number("leafIdx") {
        // Our type holds no leaf hash but one of 32 bytes.
        if BASE64_STANDARD
            .decode(case["leafHash"].as_str().unwrap())
            .unwrap()
            .len()
            != 32
        {
            return false;
        }
        let leaves = match number("treeSize") {
            Some(size) => 0..size,
            None => number("start").unwrap()..number("end").unwrap(),
        };
        check_subtree_inclusion(&proof, index, leaves, hash("leafHash"), hash("root")).is_ok()
    } else {
        let (older_root, root) = (hash("root1"), hash("root2"));
        if let Some(older) = number("size1") {
            let newer = number("size2").unwrap();
            return ConsistencyProof {
                older,
                newer,
                hashes: proof,
            }
            .check(&older_root, &root)
            .is_ok();
        }
        let leaves = number("start").unwrap()..number("end").unwrap();
        check_subtree_consistency(&proof, leaves, number("size").unwrap(), older_root, root).is_ok()
    }
}

/// A root or proof hash of a vector. Some stand in for "any bytes" and are not 32 long; our type cannot hold those, so
/// a hash of them stands in: equal ones stay equal, different ones different.
fn vector_hash(text: &Value) -> Hash {
    let bytes = BASE64_STANDARD.decode(text.as_str().unwrap()).unwrap();
    Hash(
        <[u8; 32]>::try_from(&bytes[..])
            .unwrap_or_else(|_| Sha256::digest([b"odd length", &bytes[..]].concat()).into()),
    )
}

/// The hashes of a tree in memory, as the other implementation stores them.
#[derive(Default)]
struct Stored(RefCell<Vec<tlog_tiles::Hash>>);

impl tlog_tiles::HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes
            .iter()
            .map(|index| self.0.borrow()[usize::try_from(*index).unwrap()])
            .collect())
    }
}

fn ours(hashes: Vec<tlog_tiles::Hash>) -> Vec<Hash> {
    hashes.into_iter().map(|hash| Hash(hash.0)).collect()
}

#[test]
fn our_checks_and_their_proofs_agree_for_every_small_tree() {
    let stored = Stored::default();
    let mut roots = vec![Hash::EMPTY];
    for size in 1..=66_u64 {
        let new = tlog_tiles::stored_hashes(size - 1, &leaf(size - 1), &stored).unwrap();
        stored.0.borrow_mut().extend(new);
        let root = Hash(tlog_tiles::tree_hash(size, &stored).unwrap().0);
        roots.push(root);
        for index in 0..size {
            let hashes = ours(tlog_tiles::prove_record(size, index, &stored).unwrap());
            let proof = InclusionProof { index, size, hashes };
            proof.check(&leaf(index), &root).unwrap();
            check_bent_proofs_fail(&proof.hashes, |hashes| {
                InclusionProof {
                    hashes,
                    ..proof.clone()
                }
                .check(&leaf(index), &root)
                .is_ok()
            });
            let misplaced = InclusionProof {
                index: index ^ 1,
                ..proof.clone()
            };
            assert!(misplaced.check(&leaf(index), &root).is_err() || size == 1);
        }
        for older in 1..=size {
            let hashes = ours(tlog_tiles::prove_tree(size, older, &stored).unwrap());
            let older_root = roots[usize::try_from(older).unwrap()];
            let proof = ConsistencyProof {
                older,
                newer: size,
                hashes,
            };
            proof.check(&older_root, &root).unwrap();
            proof.check(&leaf_hash(b"other"), &root).unwrap_err();
            proof.check(&older_root, &leaf_hash(b"other")).unwrap_err();
            check_bent_proofs_fail(&proof.hashes, |hashes| {
                ConsistencyProof {
                    hashes,
                    ..proof.clone()
                }
                .check(&older_root, &root)
                .is_ok()
            });
        }
    }
}

/// A proof with a hash changed, dropped, doubled or added proves nothing.
fn check_bent_proofs_fail(sound: &[Hash], holds: impl Fn(Vec<Hash>) -> bool) {
    for place in 0..sound.len() {
        let mut changed = sound.to_vec();
        changed[place].0[place % 32] ^= 1;
        let mut dropped = sound.to_vec();
        dropped.remove(place);
        let mut doubled = sound.to_vec();
        doubled.insert(place, sound[place]);
        for bent in [changed, dropped, doubled] {
            assert!(!holds(bent));
        }
    }
    let mut longer = sound.to_vec();
    longer.push(leaf_hash(b"one more"));
    assert!(!holds(longer));
}

#[test]
fn our_proofs_convince_the_other_implementation() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &[1, 77, 256, 600]);
    let reader = Reader::open(dir.path(), &key().verifier()).unwrap();
    let root = tlog_tiles::Hash(reader.checkpoint().root.0);
    let theirs = |hashes: &[Hash]| hashes.iter().map(|hash| tlog_tiles::Hash(hash.0)).collect();
    let stored = Stored::default();
    for index in 0..600 {
        let new = tlog_tiles::stored_hashes(index, &leaf(index), &stored).unwrap();
        stored.0.borrow_mut().extend(new);
        let proof = reader.inclusion(index).unwrap();
        let hash = tlog_tiles::record_hash(&leaf(index));
        tlog_tiles::check_record(&theirs(&proof.hashes), 600, root, index, hash).unwrap();
        let older_root = tlog_tiles::tree_hash(index + 1, &stored).unwrap();
        let proof = reader.consistency(index + 1).unwrap();
        tlog_tiles::check_tree(&theirs(&proof.hashes), 600, root, index + 1, older_root).unwrap();
    }
    assert_eq!(tlog_tiles::tree_hash(600, &stored).unwrap(), root);
}

#[test]
fn endless_proofs_and_the_largest_numbers_are_refused_at_once() {
    let endless = vec![leaf_hash(b"x"); 1_000_000];
    let root = leaf_hash(b"root");
    for (index, size) in [
        (0, 1),
        (0, u64::MAX),
        (u64::MAX - 1, u64::MAX),
        (u64::MAX, u64::MAX),
    ] {
        InclusionProof {
            index,
            size,
            hashes: endless.clone(),
        }
        .check(b"leaf", &root)
        .unwrap_err();
        InclusionProof {
            index,
            size,
            hashes: Vec::new(),
        }
        .check(b"other leaf", &root)
        .unwrap_err();
        for newer in [size, u64::MAX] {
            ConsistencyProof {
                older: size,
                newer,
                hashes: endless.clone(),
            }
            .check(&root, &root)
            .unwrap_err();
        }
    }
    check_subtree_inclusion(&endless, 5, 5..u64::MAX, root, root).unwrap_err();
    check_subtree_consistency(&endless, 1 << 63..u64::MAX, u64::MAX, root, root).unwrap_err();
}
