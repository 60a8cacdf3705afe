//! Only one process appends to a log.

use std::process::Command;

use ledger::{Ledger, LedgerError};

use crate::{key, leaves};

/// Names the directory when this test runs again as the second process.
const DIR: &str = "LEDGER_TEST_SECOND_PROCESS_DIR";

#[test]
fn a_second_process_is_refused_and_told_who_is_at_it() {
    if let Some(dir) = std::env::var_os(DIR) {
        match Ledger::open(dir.as_ref(), key()).err() {
            Some(error @ LedgerError::InUse { .. }) => println!("refused: {error}"),
            other => println!("not refused: {other:?}"),
        }
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let mut log = Ledger::create(dir.path(), key()).unwrap();
    let second_process = || {
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "lock::a_second_process_is_refused_and_told_who_is_at_it",
                "--nocapture",
            ])
            .env(DIR, dir.path())
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let refusal = format!(
        "refused: log {:?} is in use by process {}",
        dir.path(),
        std::process::id()
    );
    let said = second_process();
    assert!(said.contains(&refusal), "{said}");
    assert!(!said.contains("not refused"), "{said}");

    log.append(&leaves(0..3)).unwrap();
    drop(log);
    let said = second_process();
    assert!(said.contains("not refused: None"), "{said}");
}

#[test]
fn the_log_is_free_again_when_its_writer_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let log = Ledger::create(dir.path(), key()).unwrap();
    assert!(matches!(
        Ledger::open(dir.path(), key()),
        Err(LedgerError::InUse { .. })
    ));
    assert!(log.reader().is_ok(), "readers take no lock");
    drop(log);
    // A process id that a killed writer left behind does not lock anybody out.
    std::fs::write(dir.path().join("lock"), "12345\n").unwrap();
    Ledger::open(dir.path(), key()).unwrap();
}
