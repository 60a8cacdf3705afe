use super::*;
use rusqlite::OptionalExtension as _;

fn record(id: &str, quote: &str) -> Record {
    Record {
        v: 1,
        kind: "claim".to_owned(),
        id: id.to_owned(),
        document: None,
        start: None,
        end: None,
        quote: Some(quote.to_owned()),
        fields: Json::Null,
        basis: Vec::new(),
        because: Vec::new(),
    }
}

#[test]
fn a_full_disk_is_said_and_the_old_records_stand() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("view.sqlite");
    let mut view = View::open(&path).unwrap();
    view.replace_all([record("clm_1", "the first words")]).unwrap();
    view.set_meta("as_of", "2026-03-04").unwrap();
    let digest = view.digest().unwrap();

    // The database itself refuses to grow, with the code that it gives when the disk is full.
    let pages: i64 = view
        .db
        .sqlite()
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    view.db
        .sqlite()
        .pragma_update(None, "max_page_count", pages + 4)
        .unwrap();
    let many = (0..2_000).map(|n| record(&format!("clm_{n}"), &"many words ".repeat(20)));
    let refused = view.replace_all(many).unwrap_err();
    assert!(matches!(refused, StoreError::Full { .. }), "{refused:?}");
    assert!(
        refused.to_string().starts_with("the disk is full: could not"),
        "{refused}"
    );
    assert_eq!(view.digest().unwrap(), digest);
    assert_eq!(view.meta("as_of").unwrap().as_deref(), Some("2026-03-04"));
    drop(view);

    let mut view = View::open(&path).unwrap();
    assert_eq!(view.digest().unwrap(), digest);
    assert_eq!(
        view.replace_all((0..500).map(|n| record(&format!("clm_{n}"), "words")))
            .unwrap(),
        500
    );
}

#[test]
fn the_database_runs_with_the_settings_that_keep_it_safe() {
    let dir = tempfile::tempdir().unwrap();
    let view = View::open(dir.path().join("view.sqlite")).unwrap();
    let setting = |name: &str| -> String {
        let value = view.db.sqlite().pragma_query_value(None, name, |row| {
            row.get::<_, rusqlite::types::Value>(0)
                .map(|value| format!("{value:?}"))
        });
        value.optional().unwrap().unwrap_or_default()
    };
    assert_eq!(setting("locking_mode"), "Text(\"exclusive\")");
    assert_eq!(setting("journal_mode"), "Text(\"truncate\")");
    assert_eq!(setting("synchronous"), "Integer(2)");
    assert_eq!(setting("secure_delete"), "Integer(1)");
    assert_eq!(setting("mmap_size"), "Integer(0)");
    // The write-ahead-log corruption is fixed from 3.51.3 on.
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}
