//! Blobs come back as they went in, or not at all, and a takedown leaves nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use store::{BlobHash, Blobs, StoreError};

use crate::{files, holds};

const PAGE: &[u8] = b"<html>Two shells fell on Karsa.</html>";

struct Kept {
    dir: tempfile::TempDir,
    blobs: Blobs,
    hash: BlobHash,
}

fn kept() -> Kept {
    let dir = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(dir.path()).unwrap();
    let hash = blobs.put(PAGE).unwrap();
    Kept { dir, blobs, hash }
}

impl Kept {
    fn path(&self, part: &str) -> PathBuf {
        let name = self.hash.to_string();
        self.dir.path().join(part).join(&name[..2]).join(&name)
    }
}

#[test]
fn bytes_come_back_under_their_own_hash() {
    let kept = kept();
    assert_eq!(kept.blobs.fetch(kept.hash).unwrap(), PAGE);
    assert_eq!(BlobHash::of(PAGE), kept.hash);
    assert_eq!(BlobHash::parse(&kept.hash.to_string()), Some(kept.hash));
    assert_eq!(files(kept.dir.path()), [kept.path("blobs")]);
    assert_eq!(
        kept.blobs.put(PAGE).unwrap(),
        kept.hash,
        "putting again is no fault"
    );
    assert_eq!(kept.blobs.put(b"").unwrap(), BlobHash::of(b""));
    assert_eq!(
        Blobs::open(kept.dir.path()).unwrap().fetch(kept.hash).unwrap(),
        PAGE
    );
}

#[test]
fn text_that_is_no_hash_names_no_file() {
    let sound = BlobHash::of(PAGE).to_string();
    for text in [
        "",
        "../../../etc/passwd",
        &sound[..63],
        &sound.to_uppercase(),
        &format!("{sound}0"),
        &"é".repeat(32),
    ] {
        assert_eq!(BlobHash::parse(text), None, "{text:?}");
    }
}

#[test]
fn a_flipped_bit_in_any_byte_is_refused_by_name() {
    let kept = kept();
    let path = kept.path("blobs");
    for place in 0..PAGE.len() {
        let mut flipped = PAGE.to_vec();
        flipped[place] ^= 1 << (place % 8);
        std::fs::write(&path, &flipped).unwrap();
        let refused = kept.blobs.fetch(kept.hash).unwrap_err();
        assert!(matches!(refused, StoreError::DamagedBlob { .. }));
        assert!(refused.to_string().contains(&kept.hash.to_string()), "{refused}");
    }
    for other in [&PAGE[1..], b"", &[PAGE, b"\0"].concat()] {
        std::fs::write(&path, other).unwrap();
        assert!(matches!(
            kept.blobs.fetch(kept.hash),
            Err(StoreError::DamagedBlob { .. })
        ));
    }
    kept.blobs.put(PAGE).unwrap();
    assert_eq!(
        kept.blobs.fetch(kept.hash).unwrap(),
        PAGE,
        "putting the bytes again repairs the blob"
    );
}

#[test]
fn salts_are_kept_by_field_and_damaged_ones_refused() {
    let kept = kept();
    assert_eq!(kept.blobs.salts(kept.hash).unwrap(), BTreeMap::new());
    let salts = BTreeMap::from([("bytes".to_owned(), [1; 32]), ("outlet.name".to_owned(), [2; 32])]);
    kept.blobs.put_salts(kept.hash, &salts).unwrap();
    assert_eq!(kept.blobs.salts(kept.hash).unwrap(), salts);
    for field in ["", "two words", "line\n"] {
        let wrong = BTreeMap::from([(field.to_owned(), [1; 32])]);
        assert!(kept.blobs.put_salts(kept.hash, &wrong).is_err(), "{field:?}");
    }
    assert_eq!(kept.blobs.salts(kept.hash).unwrap(), salts);
    let sound = std::fs::read(kept.path("salts")).unwrap();
    std::fs::write(kept.path("salts"), &sound[..sound.len() - 1]).unwrap();
    assert!(matches!(
        kept.blobs.salts(kept.hash),
        Err(StoreError::DamagedSalts { line: 2, .. })
    ));
}

#[test]
fn a_takedown_leaves_neither_bytes_nor_salts_nor_drafts() {
    let kept = kept();
    let other = kept.blobs.put(b"another page").unwrap();
    kept.blobs
        .put_salts(kept.hash, &BTreeMap::from([("bytes".to_owned(), [0xAB; 32])]))
        .unwrap();
    // What a crash in the middle of a write leaves beside the blob.
    std::fs::write(kept.path("blobs").with_extension("draft-1-0"), &PAGE[..20]).unwrap();

    assert!(kept.blobs.remove(kept.hash).unwrap());
    assert!(!holds(kept.dir.path(), &PAGE[..20]));
    assert!(!holds(kept.dir.path(), "ab".repeat(32).as_bytes()));
    assert!(matches!(
        kept.blobs.fetch(kept.hash),
        Err(StoreError::NoBlob { .. })
    ));
    assert_eq!(kept.blobs.salts(kept.hash).unwrap(), BTreeMap::new());
    assert_eq!(kept.blobs.fetch(other).unwrap(), b"another page");
    assert!(
        !kept.blobs.remove(kept.hash).unwrap(),
        "there is nothing left to remove"
    );
}

#[test]
fn a_refusal_of_the_system_names_the_file_and_loses_nothing() {
    let kept = kept();
    let page = b"a page for which there is no room";
    let name = BlobHash::of(page).to_string();
    // A file stands where the directory of this blob is to be made.
    let obstacle = kept.dir.path().join("blobs").join(&name[..2]);
    std::fs::write(&obstacle, "").unwrap();
    let refused = kept.blobs.put(page).unwrap_err();
    assert!(
        refused.to_string().contains(&format!("{obstacle:?}")) || refused.to_string().contains(&name),
        "{refused}"
    );
    assert_eq!(kept.blobs.fetch(kept.hash).unwrap(), PAGE);
    std::fs::remove_file(&obstacle).unwrap();
    kept.blobs.put(page).unwrap();

    let file = kept.dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    let refused = Blobs::open(&file).unwrap_err();
    assert!(
        refused.to_string().starts_with("could not make directory"),
        "{refused}"
    );
}
