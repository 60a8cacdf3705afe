//! The view holds what was put in, shows any change to it, and refuses what it cannot read.

use std::path::Path;
use std::process::Command;

use model::record::{Reason, Record};
use proptest::prelude::*;
use serde_json::json;
use store::{Changes, Filter, Reader, SCHEMA_VERSION, StoreError, View};

use crate::{files, holds};

fn record(kind: &str, id: &str, quote: Option<&str>) -> Record {
    Record {
        v: 1,
        kind: kind.to_owned(),
        id: id.to_owned(),
        document: quote.map(|_| "page.html".to_owned()),
        start: quote.map(|_| 10),
        end: quote.map(|quote| 10 + quote.len()),
        quote: quote.map(str::to_owned),
        fields: json!({"z": 1, "a": {"y": [1, {"b": 2, "a": null}], "x": 0.5}}),
        basis: vec!["doc_1".to_owned()],
        because: vec![Reason {
            rule: "rule".to_owned(),
            entry: String::new(),
            span: Some((1, 2)),
            words: "it says so".to_owned(),
        }],
    }
}

fn some_records() -> Vec<Record> {
    vec![
        record("document", "doc_1", None),
        record("claim", "clm_2", Some("Two shells fell on Karsa.")),
        record("claim", "clm_1", Some("The ministry denied shelling Karsa.")),
        record("note", "clm_1", Some("A bridge in Zümrüt was closed.")),
    ]
}

fn filled(path: &Path, records: Vec<Record>) -> View {
    let mut view = View::open(path).unwrap();
    view.replace_all(records).unwrap();
    view
}

fn ids(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.id.as_str()).collect()
}

#[test]
fn records_come_back_whole_by_kind_id_document_and_words() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("view.sqlite");
    let view = filled(&path, some_records());
    assert_eq!(
        view.by_kind("claim").unwrap(),
        some_records()[1..3],
        "in the order put in"
    );
    assert_eq!(
        view.by_id("clm_1").unwrap(),
        some_records()[2..4],
        "one of each kind"
    );
    assert_eq!(view.by_id("clm_9").unwrap(), []);
    assert_eq!(view.by_document("page.html").unwrap(), some_records()[1..4]);
    let counts = [("claim", 2), ("document", 1), ("note", 1)].map(|(kind, n)| (kind.to_owned(), n));
    assert_eq!(view.kinds().unwrap(), counts);

    let found = |words: &str| view.search(words, 10).unwrap();
    assert_eq!(ids(&found("karsa")), ["clm_2", "clm_1"]);
    assert_eq!(ids(&found("KARSA shell*")), ["clm_2", "clm_1"]);
    assert_eq!(ids(&found("shells karsa")), ["clm_2"]);
    assert_eq!(ids(&found("zumrut")), ["clm_1"], "accents do not matter");
    assert_eq!(ids(&view.search("karsa", 1).unwrap()), ["clm_2"]);
    drop(view);
    assert_eq!(
        View::open(&path).unwrap().by_kind("document").unwrap(),
        some_records()[..1]
    );
}

#[test]
fn no_question_is_read_as_a_command() {
    let dir = tempfile::tempdir().unwrap();
    let view = filled(&dir.path().join("view.sqlite"), some_records());
    for words in [
        "",
        " ",
        "\"",
        "\"\"\"",
        "*",
        "NOT",
        "AND OR NEAR(",
        "karsa)",
        "quote:karsa",
        "^karsa",
        "-karsa",
        "a\0b",
        "'; DROP TABLE record; --",
        "karsa + shells",
        "{quote} : karsa",
        "\u{202e}",
        "💥",
    ] {
        view.search(words, 10)
            .unwrap_or_else(|error| panic!("{words:?}: {error:?}"));
    }
    assert_eq!(view.by_kind("claim").unwrap().len(), 2);
}

#[test]
fn replacing_is_all_or_nothing_and_empties_meta() {
    let dir = tempfile::tempdir().unwrap();
    let mut view = filled(&dir.path().join("view.sqlite"), some_records());
    view.set_meta("checkpoint_size", "42").unwrap();
    view.set_meta("checkpoint_size", "43").unwrap();
    assert_eq!(view.meta("checkpoint_size").unwrap().as_deref(), Some("43"));
    assert_eq!(view.meta("as_of").unwrap(), None);
    let digest = view.digest().unwrap();

    let mut other = record("claim", "clm_2", Some("Three shells fell."));
    let refused = view
        .replace_all([some_records(), vec![other.clone()]].concat())
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "there are two different records of kind \"claim\" with id \"clm_2\""
    );
    assert_eq!(view.digest().unwrap(), digest);
    assert_eq!(view.meta("checkpoint_size").unwrap().as_deref(), Some("43"));

    let twice = [some_records(), some_records()].concat();
    assert_eq!(
        view.replace_all(twice).unwrap(),
        4,
        "an exact repeat is kept once"
    );
    assert_eq!(view.digest().unwrap(), digest);
    assert_eq!(view.meta("checkpoint_size").unwrap(), None);

    other.id = "clm_3".to_owned();
    assert_eq!(view.replace_all([other]).unwrap(), 1);
    assert_eq!(view.by_kind("document").unwrap(), []);
    assert_eq!(view.search("karsa", 10).unwrap(), []);
    assert_eq!(ids(&view.search("three", 10).unwrap()), ["clm_3"]);
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
}

#[test]
fn what_rested_on_something_gone_is_kept_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("view.sqlite");
    let told = |n: u32, basis: &[&str]| {
        let mut incident = record("incident", "inc_1", Some(&format!("Xylophonist {n}")));
        incident.basis = basis.iter().map(|id| (*id).to_owned()).collect();
        incident
    };
    let claim = |id: &str| record("claim", id, Some("words"));
    let mut view = filled(&path, vec![claim("clm_1"), claim("clm_2"), told(1, &["clm_1"])]);
    for (n, records) in [
        (2, vec![claim("clm_1"), claim("clm_2"), told(2, &["clm_2"])]),
        (3, vec![claim("clm_1"), claim("clm_2"), told(3, &["clm_2"])]),
    ] {
        view.sign(&format!("head {}", n - 1)).unwrap();
        view.replace_all(records).unwrap();
    }
    view.sign("head 3").unwrap();
    let kept = |view: &View| -> Vec<Option<String>> {
        let all = view.revisions("incident", "inc_1").unwrap();
        all.into_iter().map(|it| it.before?.quote).collect()
    };
    assert_eq!(
        kept(&view),
        [Some("Xylophonist 2".to_owned()), Some("Xylophonist 1".to_owned())]
    );
    view.replace_all([claim("clm_2"), told(3, &["clm_2"])]).unwrap();
    view.sign("head 4").unwrap();
    assert_eq!(kept(&view), [Some("Xylophonist 2".to_owned()), None]);
    assert!(!holds(dir.path(), b"Xylophonist 1"));
    view.replace_all([claim("clm_2")]).unwrap();
    view.sign("head 5").unwrap();
    assert_eq!(kept(&view), [None, None, None]);
    assert!(!holds(dir.path(), b"Xylophonist"));
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
    let hide = "DELETE FROM facet WHERE name = 'basis' AND value = 'doc_1' AND ord = 1";
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

/// A record with what it can be filtered by.
fn dated(id: &str, act: &str, days: (Option<&str>, Option<&str>), zone: &str, inside: &str) -> Record {
    Record {
        fields: json!({
            "act": act, "when": {"earliest": days.0, "latest": days.1},
            "place": {"region": {"lat": 35.0, "lon": 179.5}, "zones": [{"agreement": "a", "zone": zone, "inside": inside}]},
        }),
        ..record("incident", id, Some("Shells fell."))
    }
}

#[test]
fn filters_keep_what_can_be_meant() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("view.sqlite");
    let finding = Record {
        fields: json!({"incident": "inc_1", "verdict": "violation", "agreement": "a", "term": "t"}),
        basis: vec!["inc_1".to_owned()],
        ..record("finding", "fin_1", None)
    };
    let view = filled(
        &path,
        vec![
            dated(
                "inc_1",
                "shelling",
                (Some("2031-05-03"), Some("2031-05-03")),
                "north",
                "yes",
            ),
            dated(
                "inc_2",
                "mortar",
                (Some("2031-05-01"), Some("2031-05-31")),
                "north",
                "undetermined",
            ),
            dated("inc_3", "mortar", (None, None), "north", "no"),
            finding,
        ],
    );
    let kept = |filter: Filter| {
        let filter = Filter {
            kind: "incident".to_owned(),
            ..filter
        };
        view.ords(&filter).unwrap()
    };
    let facet = |name, value: &str| Filter {
        facets: vec![(name, vec![value.to_owned()])],
        ..Filter::default()
    };
    let days = |from: &str, to: &str| Filter {
        from: Some(from.into()),
        to: Some(to.into()),
        ..Filter::default()
    };
    assert_eq!(kept(Filter::default()), [0, 1, 2]);
    assert_eq!(
        kept(days("2031-05-03", "2031-05-03")),
        [0, 1, 2],
        "a day that is not known may be this one"
    );
    assert_eq!(kept(days("2031-05-04", "2031-05-09")), [1, 2]);
    assert_eq!(kept(days("2031-06-01", "2031-06-09")), [2]);
    assert_eq!(kept(facet("act", "mortar")), [1, 2]);
    assert_eq!(
        kept(facet("zone", "a/north")),
        [0, 1],
        "only what is told to lie outside is left out"
    );
    assert_eq!(kept(facet("verdict", "violation")), [0], "by its finding");
    assert_eq!(kept(facet("act", "' OR 1=1 --")), [] as [i64; 0]);
    assert_eq!(
        kept(Filter {
            bbox: Some([179.0, 30.0, -179.0, 40.0]),
            ..Filter::default()
        }),
        [0, 1, 2]
    );
    assert_eq!(
        kept(Filter {
            bbox: Some([-179.0, 30.0, 179.0, 40.0]),
            ..Filter::default()
        }),
        [] as [i64; 0]
    );
    assert_eq!(
        kept(Filter {
            text: Some("shells".into()),
            ..Filter::default()
        }),
        [0, 1, 2]
    );
    assert_eq!(
        kept(Filter {
            text: Some("\"".into()),
            ..Filter::default()
        }),
        [] as [i64; 0]
    );
}

#[test]
fn a_reader_sees_one_state_and_learns_what_changed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("view.sqlite");
    let mut view = filled(&path, some_records());
    view.sign("head 1").unwrap();
    drop(view);
    let reader = Reader::open(&path).unwrap();
    let first = reader.state().unwrap().unwrap();
    assert_eq!(reader.changes_since(&first).unwrap(), Changes::Known(Vec::new()));
    let again = filled(&path, some_records());
    drop(again);
    let mut view = View::open(&path).unwrap();
    view.sign("head 1").unwrap();
    assert_eq!(view.state().unwrap().unwrap(), first, "nothing changed");
    let mut records = some_records();
    records[1].quote = Some("Three shells fell.".into());
    records.remove(2);
    view.replace_all(records).unwrap();
    view.sign("head 2").unwrap();
    drop(view);
    let Changes::Known(changes) = reader.changes_since(&first).unwrap() else {
        panic!("the state is known");
    };
    let told: Vec<_> = changes
        .iter()
        .map(|it| (it.id.as_str(), it.what.as_str()))
        .collect();
    assert_eq!(told, [("clm_1", "gone"), ("clm_2", "changed")]);
    assert_eq!(
        reader.revisions("claim", "clm_1").unwrap()[0].before,
        None,
        "what is gone is not kept"
    );
    let revisions = reader.revisions("claim", "clm_2").unwrap();
    assert_eq!(revisions.len(), 1);
    assert_eq!(revisions[0].before.as_ref(), Some(&some_records()[1]));
    assert_eq!(
        (revisions[0].checkpoint.as_str(), revisions[0].what.as_str()),
        ("head 2", "changed")
    );
    assert_eq!(revisions[0].checkpoint_before.as_deref(), Some("head 1"));
    let states: Vec<_> = reader
        .states()
        .unwrap()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(states, [reader.state().unwrap().unwrap(), first.clone()]);
    assert_eq!(reader.changes_since("2-other").unwrap(), Changes::Unknown);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_back_as_it_went_in(texts in prop::collection::vec((".*", ".*", prop::option::of(".*")), 0..8)) {
        let dir = tempfile::tempdir().unwrap();
        let mut records: Vec<Record> =
            texts.iter().map(|(kind, id, quote)| record(kind, id, quote.as_deref())).collect();
        records.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
        records.dedup_by(|a, b| (&a.kind, &a.id) == (&b.kind, &b.id));
        let view = filled(&dir.path().join("view.sqlite"), records.clone());
        for record in &records {
            prop_assert!(view.by_id(&record.id).unwrap().contains(record));
            view.search(&record.id, 10).unwrap();
        }
        prop_assert_eq!(view.kinds().unwrap().iter().map(|(_, n)| n).sum::<u64>(), records.len() as u64);
    }
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
        let opened = View::open(file.as_ref());
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
