//! A log gives back what was appended, with proofs that hold.

use ledger::{Checkpoint, LEAF_BYTES_MAX, Ledger, LedgerError, ProofFile, Reader, VerifierKey, verify};
use proptest::prelude::*;

use crate::{files, key, leaf, leaves, log_grown_to};

#[test]
fn a_new_log_has_a_signed_empty_head() {
    let dir = tempfile::tempdir().unwrap();
    let log = Ledger::create(&dir.path().join("deep/log"), key()).unwrap();
    assert_eq!(log.checkpoint().size, 0);
    let reader = log.reader().unwrap();
    assert_eq!(reader.entries(0).count(), 0);
    assert!(matches!(
        reader.entry(0),
        Err(LedgerError::Beyond {
            asked: 0,
            size: 0,
            ..
        })
    ));
    assert!(matches!(reader.inclusion(0), Err(LedgerError::Beyond { .. })));
    assert!(matches!(reader.consistency(0), Err(LedgerError::Beyond { .. })));
}

#[test]
fn a_second_log_is_not_made_over_a_first() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &[3]);
    assert!(matches!(
        Ledger::create(dir.path(), key()),
        Err(LedgerError::AlreadyThere { .. })
    ));
    assert_eq!(Ledger::open(dir.path(), key()).unwrap().checkpoint().size, 3);
}

#[test]
fn a_directory_without_checkpoint_is_no_log() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(
        Ledger::open(dir.path(), key()),
        Err(LedgerError::NoCheckpoint { .. })
    ));
    log_grown_to(dir.path(), &[3]);
    std::fs::remove_file(dir.path().join("checkpoint")).unwrap();
    assert!(matches!(
        Ledger::open(dir.path(), key()),
        Err(LedgerError::NoCheckpoint { .. })
    ));
    assert!(matches!(
        Ledger::create(dir.path(), key()),
        Err(LedgerError::AlreadyThere { .. })
    ));
    assert!(matches!(
        verify(dir.path(), &key().verifier()),
        Err(LedgerError::NoCheckpoint { .. })
    ));
}

#[test]
fn a_leaf_that_does_not_fit_stops_the_whole_batch_before_anything_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Ledger::create(dir.path(), key()).unwrap();
    let before = files(dir.path());
    let batch = [leaf(0), vec![b'x'; LEAF_BYTES_MAX + 1]];
    let refused = log.append(&batch);
    assert!(matches!(
        refused,
        Err(LedgerError::LeafTooLong {
            position: 1,
            bytes: 65_536
        })
    ));
    assert_eq!(files(dir.path()), before);

    log.append(&[vec![b'x'; LEAF_BYTES_MAX], Vec::new()]).unwrap();
    assert_eq!(log.reader().unwrap().entry(0).unwrap().len(), LEAF_BYTES_MAX);
    assert_eq!(log.reader().unwrap().entry(1).unwrap(), b"");
    assert_eq!(verify(dir.path(), &key().verifier()).unwrap().fault, None);
}

#[test]
fn an_empty_batch_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut log = Ledger::create(dir.path(), key()).unwrap();
    log.append(&leaves(0..5)).unwrap();
    let head = log.signed_checkpoint();
    assert_eq!(log.append::<Vec<u8>>(&[]).unwrap().first, 5);
    assert_eq!(log.signed_checkpoint(), head);
}

#[test]
fn the_same_leaves_in_other_batches_give_the_same_head() {
    let (one, many) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    log_grown_to(one.path(), &[700]);
    log_grown_to(many.path(), &[1, 255, 256, 257, 511, 600, 700]);
    let read = |dir: &tempfile::TempDir| std::fs::read(dir.path().join("checkpoint")).unwrap();
    assert_eq!(read(&one), read(&many));
}

#[test]
fn files_lie_where_the_tile_specification_says() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &[100, 600]);
    let expected = [
        "checkpoint",
        "lock",
        "tile/0/000",
        "tile/0/001",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
        "tile/entries/000",
        "tile/entries/001",
        "tile/entries/002.p/88",
    ];
    assert_eq!(files(dir.path()), expected);
    let bundle = std::fs::read(dir.path().join("tile/entries/000")).unwrap();
    assert!(bundle.starts_with(b"\x00\x06leaf 0\x00\x06leaf 1"));
    assert_eq!(std::fs::read(dir.path().join("tile/0/000")).unwrap().len(), 8_192);
    assert_eq!(
        std::fs::read(dir.path().join("lock")).unwrap(),
        b"",
        "no process holds the log"
    );
}

#[test]
fn a_log_grows_across_three_levels_of_tiles() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &[65_000, 66_000]);
    let mut log = Ledger::open(dir.path(), key()).unwrap();
    log.append(&leaves(66_000..66_010)).unwrap();
    let reader = log.reader().unwrap();
    for index in [0, 255, 256, 65_535, 65_536, 66_009] {
        assert_eq!(reader.entry(index).unwrap(), leaf(index));
        reader
            .inclusion(index)
            .unwrap()
            .check(&leaf(index), &reader.checkpoint().root)
            .unwrap();
    }
    let report = verify(dir.path(), &key().verifier()).unwrap();
    assert_eq!((report.entries, report.fault), (66_010, None));
}

#[test]
fn a_reader_from_before_an_append_keeps_reading_its_own_head() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &[250]);
    let early = Reader::open(dir.path(), &key().verifier()).unwrap();
    let mut log = Ledger::open(dir.path(), key()).unwrap();
    log.append(&leaves(250..300)).unwrap();
    assert!(
        !dir.path().join("tile/0/000.p").exists(),
        "the part-filled tile gave way to the full one"
    );
    let read: Vec<_> = early.entries(0).map(|entry| entry.unwrap().1).collect();
    assert_eq!(read, leaves(0..250));
    early
        .inclusion(249)
        .unwrap()
        .check(&leaf(249), &early.checkpoint().root)
        .unwrap();
    log.reader().unwrap().extends(early.checkpoint()).unwrap();
}

#[test]
fn entries_can_be_read_from_any_leaf_on() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &[600]);
    let reader = Reader::open(dir.path(), &key().verifier()).unwrap();
    for first in [0, 1, 255, 256, 511, 599, 600, 601, u64::MAX] {
        let read: Vec<_> = reader.entries(first).map(Result::unwrap).collect();
        let expected: Vec<_> = (first.min(600)..600).map(|n| (n, leaf(n))).collect();
        assert_eq!(read, expected, "from leaf {first}");
    }
}

#[test]
fn a_log_put_back_to_an_older_head_does_not_extend_the_newer_one() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &[10]);
    let old = std::fs::read(dir.path().join("checkpoint")).unwrap();
    let mut log = Ledger::open(dir.path(), key()).unwrap();
    let newer = log.append(&leaves(10..20)).unwrap().checkpoint;
    drop(log);

    std::fs::write(dir.path().join("checkpoint"), old).unwrap();
    let reader = Reader::open(dir.path(), &key().verifier()).unwrap();
    assert!(matches!(
        reader.extends(&newer),
        Err(LedgerError::NotExtended {
            older: 20,
            size: 10,
            ..
        })
    ));

    let mut log = Ledger::open(dir.path(), key()).unwrap();
    assert!(
        !log.set_aside().is_empty(),
        "the newer leaves are kept, not deleted"
    );
    log.append(&leaves(30..50)).unwrap();
    let forked = log.reader().unwrap().extends(&newer);
    assert!(matches!(
        forked,
        Err(LedgerError::NotExtended { source: Some(_), .. })
    ));
    let other = Checkpoint {
        origin: "example.org/other".to_owned(),
        ..log.checkpoint().clone()
    };
    assert!(matches!(
        log.reader().unwrap().extends(&other),
        Err(LedgerError::NotExtended { .. })
    ));
}

#[test]
fn a_head_signed_by_another_key_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &[3]);
    let stranger = ledger::SigningKey::from_random("example.org/log", &[8; 32]).unwrap();
    assert!(matches!(
        Reader::open(dir.path(), &stranger.verifier()),
        Err(LedgerError::Checkpoint { .. })
    ));
    assert!(matches!(
        Ledger::open(dir.path(), stranger),
        Err(LedgerError::Checkpoint { .. })
    ));
}

#[test]
fn a_proof_file_shows_a_leaf_offline_and_nothing_else() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &[77]);
    let reader = Reader::open(dir.path(), &key().verifier()).unwrap();
    let written = reader.proof_file(41).unwrap().to_string();
    assert!(written.starts_with("c2sp.org/tlog-proof@v1\nindex 41\n"));

    let read = ProofFile::parse(written.as_bytes()).unwrap();
    let verifier = VerifierKey::parse(&key().verifier().to_string()).unwrap();
    assert_eq!(read.check(&leaf(41), &verifier).unwrap(), *reader.checkpoint());
    read.check(&leaf(42), &verifier).unwrap_err();

    let with_extra = written.replacen("index", "extra bm90ZQ==\nindex", 1);
    assert_eq!(ProofFile::parse(with_extra.as_bytes()).unwrap(), read);
    for (from, to) in [
        ("v1\n", "v2\n"),
        ("index 41", "index 041"),
        ("index 41", "index"),
        ("=\n\n", "=\n"),
        ("\n\n", "\nx\n\n"),
    ] {
        let broken = written.replacen(from, to, 1);
        ProofFile::parse(broken.as_bytes()).expect_err(&broken);
    }
    let moved = ProofFile::parse(written.replacen("index 41", "index 40", 1).as_bytes()).unwrap();
    moved.check(&leaf(41), &verifier).unwrap_err();
    let endless = format!(
        "c2sp.org/tlog-proof@v1\nindex 0\n{}\n\n",
        "AAAA\n".repeat(1_000_000)
    );
    ProofFile::parse(endless.as_bytes()).unwrap_err();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_appended_leaf_proves_and_every_older_head_is_extended(
        batches in prop::collection::vec(prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..150), 1..6)
    ) {
        let dir = tempfile::tempdir().unwrap();
        let mut log = Ledger::create(dir.path(), key()).unwrap();
        let mut heads = Vec::new();
        for batch in &batches {
            heads.push(log.append(batch).unwrap().checkpoint);
        }
        let all: Vec<&Vec<u8>> = batches.iter().flatten().collect();
        let reader = log.reader().unwrap();
        prop_assert_eq!(reader.size(), all.len() as u64);
        for (index, leaf) in (0..).zip(&all) {
            let proof = reader.inclusion(index).unwrap();
            proof.check(leaf, &reader.checkpoint().root).unwrap();
            let mut other = (*leaf).clone();
            other.push(0);
            prop_assert!(proof.check(&other, &reader.checkpoint().root).is_err());
        }
        for head in &heads {
            reader.extends(head).unwrap();
        }
        let read: Vec<Vec<u8>> = reader.entries(0).map(|entry| entry.unwrap().1).collect();
        prop_assert!(read.iter().eq(all));
        prop_assert_eq!(verify(dir.path(), &log.verifier()).unwrap().fault, None);
    }
}
