//! Whatever happens to a file of the log, the check finds it and names it, and no wrong leaf is served.

use std::path::Path;

use ledger::{Fault, Ledger, LedgerError, Reader, verify};

use crate::{files, key, leaf, log_grown_to};

/// Two full tiles' worth of paths with older part-filled forms beside the newest: 100 is superseded,
/// 280 and 300 both stay.
const SIZES: [u64; 3] = [100, 280, 300];

fn data_files(dir: &Path) -> Vec<String> {
    files(dir).into_iter().filter(|file| file != "lock").collect()
}

fn fault(dir: &Path) -> Option<Fault> {
    verify(dir, &key().verifier()).unwrap().fault
}

/// Reads the log as far as it can be read and checks that each leaf is the one that was appended, and
/// that whatever proof comes out holds.
fn leaves_served_rightly(dir: &Path) -> u64 {
    let Ok(reader) = Reader::open(dir, &key().verifier()) else {
        return 0;
    };
    let mut served = 0;
    for entry in reader.entries(0) {
        let Ok((index, read)) = entry else { break };
        assert_eq!(read, leaf(index), "a leaf that was not logged came out");
        served += 1;
    }
    for index in [0, 41, 255, 256, 299] {
        if let Ok(proof) = reader.inclusion(index) {
            proof.check(&leaf(index), &reader.checkpoint().root).unwrap();
        }
    }
    served
}

#[test]
fn a_whole_log_has_no_fault() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &SIZES);
    let report = verify(dir.path(), &key().verifier()).unwrap();
    assert_eq!(
        (report.entries, report.fault, report.beyond),
        (300, None, Vec::new())
    );
    assert_eq!(report.files, data_files(dir.path()).len() as u64);
    assert_eq!(leaves_served_rightly(dir.path()), 300);
}

#[test]
fn a_flipped_bit_in_any_byte_of_any_file_is_found_and_named() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &SIZES);
    let all_bits = std::env::var_os("RUN_SLOW_TESTS").is_some();
    let mut flips = 0;
    for file in data_files(dir.path()) {
        let path = dir.path().join(&file);
        let sound = std::fs::read(&path).unwrap();
        for place in 0..sound.len() {
            let bits = if all_bits { 0..8 } else { place % 8..place % 8 + 1 };
            for bit in bits {
                let mut flipped = sound.clone();
                flipped[place] ^= 1 << bit;
                std::fs::write(&path, &flipped).unwrap();
                let found = fault(dir.path());
                let found =
                    found.unwrap_or_else(|| panic!("flip of bit {bit} at {place} in {file} was missed"));
                assert_eq!(found.file, file, "flip of bit {bit} at {place}: {found}");
                assert_eq!(found.entry.is_none(), file == "checkpoint", "{found}");
                if place % 16 == 0 {
                    leaves_served_rightly(dir.path());
                }
                flips += 1;
            }
        }
        std::fs::write(&path, &sound).unwrap();
    }
    println!("{flips} flips, all found");
    assert!(
        flips > 13_000,
        "the log is large enough to mean something: {flips}"
    );
    assert_eq!(fault(dir.path()), None);
}

#[test]
fn a_fault_names_the_entry_it_touches() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &SIZES);
    let flip = |file: &str, place: usize| {
        let path = dir.path().join(file);
        let sound = std::fs::read(&path).unwrap();
        let mut flipped = sound.clone();
        flipped[place] ^= 1;
        std::fs::write(&path, flipped).unwrap();
        let found = fault(dir.path()).unwrap();
        std::fs::write(&path, sound).unwrap();
        (found.file, found.entry)
    };
    // Leaves 0 to 9 take 8 bytes each with their length, 10 to 99 take 9, the others 10.
    assert_eq!(
        flip("tile/entries/000", 3 * 8 + 4),
        ("tile/entries/000".to_owned(), Some(3))
    );
    assert_eq!(
        flip("tile/entries/000", 3 * 8 + 1),
        ("tile/entries/000".to_owned(), Some(3)),
        "its length"
    );
    assert_eq!(
        flip("tile/entries/001.p/44", 20 * 10 + 5),
        ("tile/entries/001.p/44".to_owned(), Some(276))
    );
    assert_eq!(
        flip("tile/entries/001.p/24", 20 * 10 + 5),
        ("tile/entries/001.p/24".to_owned(), Some(276))
    );
    assert_eq!(flip("tile/0/000", 200 * 32), ("tile/0/000".to_owned(), Some(200)));
    assert_eq!(
        flip("tile/0/001.p/44", 31),
        ("tile/0/001.p/44".to_owned(), Some(256))
    );
    assert_eq!(flip("tile/1/000.p/1", 0), ("tile/1/000.p/1".to_owned(), Some(0)));
}

#[test]
fn a_missing_shortened_or_lengthened_file_is_found_and_named() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &SIZES);
    // An older part-filled form may go: the specification lets a log delete it, and nothing reads it.
    let kept = data_files(dir.path())
        .into_iter()
        .filter(|file| !file.ends_with(".p/24") && file != "checkpoint");
    for file in kept {
        let path = dir.path().join(&file);
        let sound = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(fault(dir.path()).expect("missing").file, file);
        leaves_served_rightly(dir.path());
        for length in [0, 1, sound.len() / 2, sound.len() - 1] {
            std::fs::write(&path, &sound[..length]).unwrap();
            assert_eq!(fault(dir.path()).expect("shortened").file, file);
            leaves_served_rightly(dir.path());
        }
        for more in [&b"\0"[..], b"\0\0", &[0; 9_000]] {
            std::fs::write(&path, [&sound, more].concat()).unwrap();
            assert_eq!(fault(dir.path()).expect("lengthened").file, file);
        }
        std::fs::write(&path, &sound).unwrap();
    }
    assert_eq!(fault(dir.path()), None);
}

#[test]
fn a_file_that_no_log_has_is_named() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &SIZES);
    for stray in [
        "tile/0/0",
        "tile/entries/x000/000",
        "tile/entries/000.p/0",
        "tile/0/001.p/044",
        "tile/y/000",
    ] {
        let path = dir.path().join(stray);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, b"stray").unwrap();
        assert_eq!(fault(dir.path()).expect(stray).file, stray);
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_leaf_changed_together_with_all_its_tiles_is_still_found() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    log_grown_to(dir.path(), &SIZES);
    // The same log with one other leaf, its own tiles and no right to sign.
    let mut forged = Ledger::create(other.path(), key()).unwrap();
    let mut leaves = crate::leaves(0..300);
    leaves[41] = b"leaf XLI".to_vec();
    forged.append(&leaves).unwrap();
    for file in files(other.path())
        .into_iter()
        .filter(|file| file.starts_with("tile/"))
    {
        std::fs::copy(other.path().join(&file), dir.path().join(&file)).unwrap();
    }
    assert_eq!(fault(dir.path()).unwrap().file, "checkpoint");
    assert_eq!(leaves_served_rightly(dir.path()), 0);

    // With the true hashes one level up left in place, the forged tile is the first that parts from them.
    let sound = tempfile::tempdir().unwrap();
    log_grown_to(sound.path(), &SIZES);
    std::fs::copy(
        sound.path().join("tile/1/000.p/1"),
        dir.path().join("tile/1/000.p/1"),
    )
    .unwrap();
    assert_eq!(fault(dir.path()).unwrap().file, "tile/1/000.p/1");
    assert_eq!(leaves_served_rightly(dir.path()), 0);
}

#[test]
fn a_damaged_edge_is_refused_before_anything_is_signed_on_top_of_it() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &SIZES);
    for file in ["tile/entries/001.p/44", "tile/0/001.p/44", "tile/1/000.p/1"] {
        let path = dir.path().join(file);
        let sound = std::fs::read(&path).unwrap();
        let mut flipped = sound.clone();
        flipped[9] ^= 0x40;
        for broken in [flipped, sound[..sound.len() - 1].to_vec(), Vec::new()] {
            std::fs::write(&path, broken).unwrap();
            match Ledger::open(dir.path(), key()).err() {
                Some(LedgerError::Damaged(found)) => assert_eq!(found.file, file),
                other => panic!("{file} was damaged and opening gave {other:?}"),
            }
        }
        std::fs::write(&path, sound).unwrap();
    }
    Ledger::open(dir.path(), key()).unwrap();
}
