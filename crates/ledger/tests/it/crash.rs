//! An append that is cut short anywhere leaves the old log, and the next one goes on from it.

use std::path::Path;

use ledger::{Ledger, LedgerError, Reader, verify};
use proptest::prelude::*;

use crate::{copy_log, files, key, leaf, leaves, log_grown_to};

/// What a crash may leave of a file that was being written.
#[derive(Debug, Clone, Copy)]
enum Left {
    Nothing,
    Empty,
    Half,
    Whole,
    Garbage,
}

const ALL: [Left; 5] = [Left::Nothing, Left::Empty, Left::Half, Left::Whole, Left::Garbage];

/// Before the append that is cut short: one leaf short of filling a tile, with an older part beside it.
const BEFORE: [u64; 2] = [200, 255];
const AFTER: u64 = 600;

struct Interrupted {
    before: tempfile::TempDir,
    after: tempfile::TempDir,
    new_files: Vec<String>,
}

fn interrupted() -> Interrupted {
    let (before, after) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    log_grown_to(before.path(), &BEFORE);
    copy_log(before.path(), after.path());
    Ledger::open(after.path(), key())
        .unwrap()
        .append(&leaves(255..AFTER))
        .unwrap();
    let old = files(before.path());
    let new_files: Vec<String> = files(after.path())
        .into_iter()
        .filter(|file| !old.contains(file))
        .collect();
    assert_eq!(
        new_files.len(),
        7,
        "two full and one part-filled tile and bundle, one hash above them"
    );
    Interrupted {
        before,
        after,
        new_files,
    }
}

impl Interrupted {
    /// The disk after a crash that left each new file in the given state, with the old head.
    fn disk(&self, left: &[Left], draft: Left) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        copy_log(self.before.path(), dir.path());
        for (file, left) in self.new_files.iter().zip(left) {
            let whole = std::fs::read(self.after.path().join(file)).unwrap();
            leave(&dir.path().join(file), &whole, *left);
        }
        let head = std::fs::read(self.after.path().join("checkpoint")).unwrap();
        leave(&dir.path().join("checkpoint.draft"), &head, draft);
        dir
    }
}

fn leave(path: &Path, whole: &[u8], left: Left) {
    let bytes = match left {
        Left::Nothing => return,
        Left::Empty => Vec::new(),
        Left::Half => whole[..whole.len() / 2].to_vec(),
        Left::Whole => whole.to_vec(),
        Left::Garbage => vec![0xA5; whole.len()],
    };
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The old log stands, and it can be appended to with other leaves than those of the cut-short batch.
fn check_recovers(dir: &Path) {
    let report = verify(dir, &key().verifier()).unwrap();
    assert_eq!((report.entries, report.fault), (255, None));
    let mut log = Ledger::open(dir, key()).unwrap();
    assert_eq!(log.set_aside().len(), report.beyond.len());
    let mut expected = leaves(0..255);
    // First a few, so that part-filled tiles lie where the cut-short batch had full ones; then many.
    for batch in [leaves(1_000..1_003), leaves(2_000..2_400)] {
        log.append(&batch).unwrap();
        expected.extend(batch);
        let report = verify(dir, &key().verifier()).unwrap();
        assert_eq!(
            (report.entries, report.fault, report.beyond),
            (expected.len() as u64, None, Vec::new())
        );
    }
    let read: Vec<_> = log
        .reader()
        .unwrap()
        .entries(0)
        .map(|entry| entry.unwrap().1)
        .collect();
    assert_eq!(read, expected);
}

#[test]
fn one_file_lost_or_torn_by_a_crash_leaves_the_old_log() {
    let log = interrupted();
    for torn in 0..log.new_files.len() {
        for state in ALL {
            let mut left = vec![Left::Whole; log.new_files.len()];
            left[torn] = state;
            check_recovers(log.disk(&left, state).path());
        }
    }
}

#[test]
fn a_crash_between_any_two_files_leaves_the_old_log() {
    let log = interrupted();
    for written in 0..=log.new_files.len() {
        let left: Vec<Left> = (0..log.new_files.len())
            .map(|file| {
                if file < written {
                    Left::Whole
                } else {
                    Left::Nothing
                }
            })
            .collect();
        check_recovers(log.disk(&left, Left::Nothing).path());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_of_lost_and_torn_files_leaves_the_old_log(
        left in prop::collection::vec(prop::sample::select(&ALL[..]), 7),
        draft in prop::sample::select(&ALL[..]),
    ) {
        check_recovers(interrupted().disk(&left, draft).path());
    }
}

#[test]
fn a_crash_right_after_the_new_head_leaves_the_new_log() {
    let log = interrupted();
    let dir = log.disk(&[Left::Whole; 7], Left::Nothing);
    // The head is in place; the superseded parts were not yet removed.
    std::fs::copy(log.after.path().join("checkpoint"), dir.path().join("checkpoint")).unwrap();
    assert!(dir.path().join("tile/0/000.p/200").exists());
    let report = verify(dir.path(), &key().verifier()).unwrap();
    assert_eq!((report.entries, report.fault), (AFTER, None));
    let mut log = Ledger::open(dir.path(), key()).unwrap();
    log.append(&leaves(AFTER..AFTER + 5)).unwrap();
    assert_eq!(verify(dir.path(), &key().verifier()).unwrap().fault, None);
}

#[test]
fn files_lost_under_a_new_head_are_named_and_not_signed_over() {
    let log = interrupted();
    for (lost, file) in log.new_files.iter().enumerate() {
        for state in [Left::Nothing, Left::Empty, Left::Half, Left::Garbage] {
            let mut left = [Left::Whole; 7];
            left[lost] = state;
            let dir = log.disk(&left, Left::Nothing);
            std::fs::copy(log.after.path().join("checkpoint"), dir.path().join("checkpoint")).unwrap();
            let found = verify(dir.path(), &key().verifier())
                .unwrap()
                .fault
                .expect("a fault");
            assert_eq!(&found.file, file, "{state:?}");
            let reader = Reader::open(dir.path(), &key().verifier()).unwrap();
            for entry in reader.entries(0).map_while(Result::ok) {
                assert_eq!(entry.1, leaf(entry.0));
            }
            // An edge that is gone stops the writer; an inner tile stops whoever reads it.
            let is_edge = file.contains(".p/");
            assert_eq!(
                Ledger::open(dir.path(), key()).is_err(),
                is_edge,
                "{file} {state:?}"
            );
        }
    }
}

#[test]
fn after_a_failed_append_the_writer_refuses_until_it_is_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    log_grown_to(dir.path(), &[10]);
    let mut log = Ledger::open(dir.path(), key()).unwrap();
    // A directory stands where the tile is to be written, so the system refuses in the middle.
    let obstacle = dir.path().join("tile/0/000.p/15");
    std::fs::create_dir_all(&obstacle).unwrap();
    match log.append(&leaves(10..15)) {
        Err(LedgerError::Io {
            doing: "create",
            path,
            ..
        }) => assert_eq!(path, obstacle),
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        log.append(&leaves(10..12)),
        Err(LedgerError::Unfinished { .. })
    ));
    assert_eq!(log.checkpoint().size, 10);
    drop(log);

    std::fs::remove_dir(&obstacle).unwrap();
    let mut log = Ledger::open(dir.path(), key()).unwrap();
    assert_eq!(log.set_aside(), [dir.path().join("aside/tile/entries/000.p/15")]);
    log.append(&leaves(10..15)).unwrap();
    assert_eq!(verify(dir.path(), &key().verifier()).unwrap().fault, None);
}
