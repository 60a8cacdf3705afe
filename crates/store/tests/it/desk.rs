//! What a desk promises, in either database.

use store::{Account, Desk, DeskItem, Restriction, Session, StoreError, View};

use crate::conformance::{Fresh, filled, record};

pub(crate) fn a_desk_keeps_things(fresh: Fresh<'_>) {
    let desk = store::Desk::open(fresh()).unwrap();
    let thing = |id: &str, json: &str| store::DeskItem {
        kind: "search".to_owned(),
        id: id.to_owned(),
        owner: "ada".to_owned(),
        json: json.to_owned(),
    };
    desk.keep(&thing("b", "1")).unwrap();
    desk.keep(&thing("a", "2")).unwrap();
    desk.keep(&thing("b", "3")).unwrap();
    assert_eq!(
        desk.all_kept("search").unwrap(),
        [thing("a", "2"), thing("b", "3")]
    );
    assert_eq!(desk.kept("search", "b").unwrap(), Some(thing("b", "3")));
    assert_eq!(desk.kept("hook", "b").unwrap(), None);
    assert!(desk.forget("search", "b").unwrap() && !desk.forget("search", "b").unwrap());
    assert_eq!(desk.all_kept("search").unwrap(), [thing("a", "2")]);
}

pub(crate) fn what_rested_on_something_gone_is_kept_no_more(fresh: Fresh<'_>) {
    let told = |n: u32, basis: &[&str]| {
        let mut incident = record("incident", "inc_1", Some(&format!("Xylophonist {n}")));
        incident.basis = basis.iter().map(|id| (*id).to_owned()).collect();
        incident
    };
    let claim = |id: &str| record("claim", id, Some("words"));
    let mut view = filled(
        &fresh(),
        vec![claim("clm_1"), claim("clm_2"), told(1, &["clm_1"])],
    );
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
    // More is told of it, under another id; an origin that it named is no more, which is no word of a page.
    let mut more = told(4, &["clm_2", "clm_3"]);
    more.id = "inc_2".to_owned();
    view.replace_all([claim("clm_2"), claim("clm_3"), more]).unwrap();
    view.sign("head 5").unwrap();
    let followed = view.revisions("incident", "inc_2").unwrap();
    let was: Vec<_> = followed
        .iter()
        .map(|it| it.before.as_ref()?.quote.clone())
        .collect();
    assert_eq!(
        was,
        [
            Some("Xylophonist 3".to_owned()),
            Some("Xylophonist 2".to_owned()),
            None
        ]
    );
    assert_eq!(
        (followed[0].what.as_str(), followed[0].checkpoint.as_str()),
        ("changed", "head 5")
    );
    view.replace_all([claim("clm_3")]).unwrap();
    view.sign("head 6").unwrap();
    assert_eq!(kept(&view), [None, None], "of what is gone nothing is kept");
}

pub(crate) fn the_desk_keeps_what_it_is_told(fresh: Fresh<'_>) {
    let place = fresh();
    let desk = Desk::open(&place).unwrap();
    let mut account = Account {
        name: "o'brien".to_owned(),
        role: "analyst".to_owned(),
        password: "$argon2id$x".to_owned(),
        disabled: false,
    };
    desk.put_account(&account).unwrap();
    // What was read is never given once it is no longer so.
    assert_eq!(desk.account("o'brien").unwrap().as_ref(), Some(&account));
    account.disabled = true;
    desk.put_account(&account).unwrap();
    assert_eq!(desk.account("o'brien").unwrap().as_ref(), Some(&account));
    assert_eq!(desk.account("nobody").unwrap(), None);
    let session = |byte: u8, used| Session {
        token: [byte; 32],
        account: account.name.clone(),
        csrf: "word".to_owned(),
        made: 10,
        used,
    };
    for (byte, used) in [(1, 20), (1, 30), (2, 20), (3, 40)] {
        desk.put_session(&session(byte, used)).unwrap();
    }
    assert_eq!(desk.session(&[1; 32]).unwrap(), Some(session(1, 30)));
    desk.end_old_sessions(0, 25).unwrap();
    assert_eq!(desk.session(&[2; 32]).unwrap(), None);
    desk.end_session(&[1; 32]).unwrap();
    assert_eq!(desk.session(&[1; 32]).unwrap(), None);
    desk.end_sessions("o'brien").unwrap();
    assert_eq!(desk.session(&[3; 32]).unwrap(), None);
    let mut restriction = Restriction {
        kind: "claim".to_owned(),
        id: "*".to_owned(),
        field: "quote".to_owned(),
        role: "reviewer".to_owned(),
    };
    desk.restrict(&restriction).unwrap();
    restriction.role = "guarantor".to_owned();
    desk.restrict(&restriction).unwrap();
    let refused = Desk::open(&place).unwrap_err();
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused:?}");
    drop(desk);
    let desk = Desk::open(&place).unwrap();
    assert_eq!(desk.accounts().unwrap(), [account]);
    assert_eq!(desk.restrictions().unwrap(), [restriction.clone()]);
    assert!(desk.release(&restriction).unwrap() && !desk.release(&restriction).unwrap());
}

pub(crate) fn an_older_desk_is_brought_on_and_a_newer_one_refused(fresh: Fresh<'_>) {
    let place = fresh();
    let account = Account {
        name: "ada".to_owned(),
        role: "analyst".to_owned(),
        password: "$argon2id$x".to_owned(),
        disabled: false,
    };
    let desk = Desk::open(&place).unwrap();
    desk.put_account(&account).unwrap();
    drop(desk);
    crate::server::set_layout(&place, "desk", 0, "DROP TABLE kept");
    let desk = Desk::open(&place).unwrap();
    assert_eq!(desk.accounts().unwrap(), [account]);
    let mut item = DeskItem {
        kind: "search".to_owned(),
        id: "1".to_owned(),
        owner: "ada".to_owned(),
        json: "{}".to_owned(),
    };
    desk.keep(&item).unwrap();
    item.json = r#"{"a":"'"}"#.to_owned();
    desk.keep(&item).unwrap();
    assert_eq!(desk.kept("search", "1").unwrap(), Some(item.clone()));
    assert_eq!(desk.all_kept("search").unwrap(), [item]);
    assert!(desk.forget("search", "1").unwrap() && !desk.forget("search", "1").unwrap());
    drop(desk);
    crate::server::set_layout(&place, "desk", 99, "");
    let refused = Desk::open(&place).unwrap_err();
    assert!(
        matches!(refused, StoreError::TooNew { found: 99, .. }),
        "{refused:?}"
    );
}
