//! A view in a file: it shows any change to it, leaves nothing behind, and refuses what it cannot read.

use std::path::Path;
use std::process::Command;

use model::record::Record;
use store::{SCHEMA_VERSION, StoreError, View};

use crate::conformance::{record, some_records};
use crate::{files, holds};

fn filled(path: &Path, records: Vec<Record>) -> View {
    let mut view = View::open(path).unwrap();
    view.replace_all(records).unwrap();
    view
}

#[test]
fn a_replaced_record_is_gone_from_every_file() {
    let dir = tempfile::tempdir().unwrap();
    let name = "Xylophonist Quarrymaster";
    let mut records: Vec<Record> = (0..300)
        .map(|n| record("claim", &format!("clm_{n}"), Some("filler words")))
        .collect();
    records.push(record("claim", "clm_x", Some(&format!("Said {name} of Karsa."))));
    let mut view = filled(&dir.path().join("view.sqlite"), records.clone());
    assert!(holds(dir.path(), name.as_bytes()));
    // Fewer records than before, so that the page it stood on is freed and not written over.
    records.truncate(3);
    view.replace_all(records).unwrap();
    assert!(!holds(dir.path(), name.as_bytes()));
    assert!(!holds(dir.path(), b"quarrymaster"), "nor is it in the word index");
    // Nor does it live on as an earlier value of what rested on it.
    let mut incident = record("incident", "inc_x", Some(name));
    incident.basis = vec!["clm_y".to_owned()];
    view.sign("head 1").unwrap();
    view.replace_all([record("claim", "clm_y", Some("words")), incident.clone()])
        .unwrap();
    view.sign("head 2").unwrap();
    incident.quote = Some("other words".to_owned());
    view.replace_all([record("claim", "clm_y", Some("words")), incident.clone()])
        .unwrap();
    view.sign("head 3").unwrap();
    assert!(holds(dir.path(), name.as_bytes()));
    view.replace_all([incident]).unwrap();
    assert!(!holds(dir.path(), name.as_bytes()));
}

#[test]
fn the_same_records_give_the_same_digest_and_a_tampered_row_another() {
    let dir = tempfile::tempdir().unwrap();
    let (path, again) = (dir.path().join("view.sqlite"), dir.path().join("again.sqlite"));
    let digest = filled(&path, some_records()).digest().unwrap();
    let rebuilt = filled(&again, some_records());
    assert_eq!(rebuilt.digest().unwrap(), digest);
    for (tamper, named) in [
        (
            "UPDATE record SET quote = 'No shells fell.' WHERE id = 'clm_2'",
            "clm_2",
        ),
        (
            "UPDATE record SET json = replace(json, '0.5', '0.6') WHERE id = 'doc_1'",
            "doc_1",
        ),
        ("UPDATE record SET start = 11 WHERE id = 'clm_2'", "clm_2"),
        ("UPDATE record SET document = NULL WHERE id = 'clm_2'", "clm_2"),
        ("UPDATE record SET ord = 9 WHERE kind = 'note'", "clm_1"),
        ("UPDATE record SET id = 'clm_7' WHERE id = 'clm_2'", "clm_2"),
        ("UPDATE record SET lat = 1.5 WHERE id = 'doc_1'", "doc_1"),
        ("DELETE FROM record WHERE id = 'doc_1'", "doc_1"),
        (
            "INSERT INTO record SELECT 77, kind, 'clm_0', document, start, \"end\", quote, json, first, last, lat, lon FROM record LIMIT 1",
            "clm_0",
        ),
    ] {
        filled(&path, some_records());
        rusqlite::Connection::open(&path)
            .unwrap()
            .execute(tamper, [])
            .unwrap();
        let view = View::open(&path).unwrap();
        assert_ne!(view.digest().unwrap(), digest, "{tamper}");
        assert_eq!(
            view.first_difference(&rebuilt).unwrap().unwrap().1,
            named,
            "{tamper}"
        );
    }
    assert_eq!(
        filled(&path, some_records()).first_difference(&rebuilt).unwrap(),
        None
    );
    let hide = "DELETE FROM basis WHERE id = 'doc_1' AND ord = 1";
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute(hide, [])
        .unwrap();
    assert_ne!(
        View::open(&path).unwrap().digest().unwrap(),
        digest,
        "what no filter finds"
    );
}

#[test]
fn a_view_written_by_a_newer_build_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("view.sqlite");
    drop(filled(&path, some_records()));
    let set_version = |version: i64| {
        rusqlite::Connection::open(&path)
            .unwrap()
            .pragma_update(None, "user_version", version)
            .unwrap();
    };
    set_version(SCHEMA_VERSION + 1);
    let refused = View::open(&path).unwrap_err();
    let said = format!(
        "store {path:?} was written by version {}, this build reads up to {SCHEMA_VERSION}",
        SCHEMA_VERSION + 1
    );
    assert_eq!(refused.to_string(), said);
    set_version(SCHEMA_VERSION);
    assert_eq!(
        View::open(&path).unwrap().by_kind("claim").unwrap().len(),
        2,
        "the refusal changed nothing"
    );
    set_version(SCHEMA_VERSION - 1);
    assert_eq!(
        View::open(&path).unwrap().kinds().unwrap(),
        [],
        "an older layout is emptied for the rebuild"
    );
}

#[test]
fn a_file_that_is_no_view_is_refused_and_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("view.sqlite");
    std::fs::write(&path, "a text that somebody needs ".repeat(100)).unwrap();
    assert!(matches!(View::open(&path), Err(StoreError::NotOurs { .. })));
    assert!(std::fs::read(&path).unwrap().starts_with(b"a text that"));

    let other = dir.path().join("other.sqlite");
    rusqlite::Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE accounts (name)")
        .unwrap();
    assert!(matches!(View::open(&other), Err(StoreError::NotOurs { .. })));

    let nowhere = dir.path().join("no/such/dir/view.sqlite");
    let refused = View::open(&nowhere).unwrap_err();
    assert_eq!(refused.to_string(), format!("could not open store {nowhere:?}"));
    assert!(matches!(View::open(dir.path()), Err(StoreError::Database { .. })));
}

/// Names the file when this test runs again as the second process.
const FILE: &str = "STORE_TEST_SECOND_PROCESS_FILE";

#[test]
fn a_second_process_is_refused() {
    if let Some(file) = std::env::var_os(FILE) {
        let opened = View::open(std::path::Path::new(&file));
        assert!(matches!(opened, Err(StoreError::InUse { .. })), "{opened:?}");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("view.sqlite");
    let view = filled(&path, some_records());
    let second_process_is_refused = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "view::a_second_process_is_refused"])
            .env(FILE, &path)
            .output()
            .unwrap()
            .status
            .success()
    };
    assert!(second_process_is_refused());
    drop(view);
    assert!(!second_process_is_refused(), "it is free again");
    let names: Vec<_> = files(dir.path())
        .into_iter()
        .map(|file| file.file_name().unwrap().to_owned())
        .collect();
    assert!(
        !names.iter().any(|name| name.to_string_lossy().ends_with("-shm")),
        "{names:?}"
    );
}
