//! What a view on a server promises beside the suite.

use crate::conformance::{dated, filled, record, some_records};
use crate::server::Server;
use store::{Place, Reader, StoreError, View};

pub(crate) fn a_lost_connection_is_made_again(server: &Server) {
    let place = server.database();
    drop(filled(&place, some_records()));
    let reader = Reader::open(&place).unwrap();
    assert_eq!(reader.by_kind("claim").unwrap().len(), 2);
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'truceline' AND datname = current_database()";
    server.client(&place).query(end, &[]).unwrap();
    // The question that meets the lost connection fails; all others are answered.
    let tries = (0..3).filter(|_| reader.by_kind("claim").is_ok_and(|found| found.len() == 2));
    assert!(tries.count() >= 2);

    // A transaction is never gone on with on another connection.
    let mut view = View::open(&place).unwrap();
    let records = some_records().into_iter().chain((0..2_000).map(|n| {
        if n == 1_500 {
            server.client(&place).query(end, &[]).unwrap();
        }
        record("claim", &format!("more_{n}"), Some("More words."))
    }));
    let refused = view.replace_all(records).unwrap_err();
    assert!(matches!(refused, StoreError::Database { .. }), "{refused:?}");
    drop(view);
    assert_eq!(
        Reader::open(&place).unwrap().by_kind("claim").unwrap().len(),
        2,
        "all of it or none"
    );
}

pub(crate) fn the_same_records_have_one_digest_in_both(server: &Server) {
    let dir = tempfile::tempdir().unwrap();
    let file = Place::from(dir.path().join("view.sqlite"));
    let place = server.database();
    let odd = dated("inc_1", "shelling", (Some("2031-05-03"), None), "north", "yes");
    let records = || [some_records(), vec![odd.clone()]].concat();
    drop((filled(&file, records()), filled(&place, records())));
    let (here, there) = (Reader::open(&file).unwrap(), Reader::open(&place).unwrap());
    assert_eq!(here.digest().unwrap(), there.digest().unwrap());
    assert_eq!(here.first_difference(&there).unwrap(), None);
    let tamper = "UPDATE truceline.record SET quote = 'Three shells fell on Karsa.' WHERE id = 'clm_2'";
    server.client(&place).batch_execute(tamper).unwrap();
    assert_ne!(here.digest().unwrap(), there.digest().unwrap());
    let first = here.first_difference(&there).unwrap();
    assert_eq!(first, Some(("claim".to_owned(), "clm_2".to_owned())));
}
