//! How a line to a server is kept from the eyes of others.

use store::{Reader, StoreError};

use crate::conformance::{filled, some_records};
use crate::server::Server;

pub(crate) fn a_line_is_encrypted_as_the_address_says(server: &Server) {
    let database = server.database();
    drop(filled(&database, some_records()));
    let read = |host: &str, query: &str| {
        let reader = server.address(&database, host, query).and_then(Reader::open)?;
        reader.by_kind("claim").map(|found| assert_eq!(found.len(), 2))
    };
    let told = |host: &str, query: &str| match read(host, query) {
        Ok(()) => String::new(),
        Err(StoreError::Encryption { why }) => why,
        Err(other) => panic!("{query}: {other:?}"),
    };
    read("localhost", "").unwrap();
    read("localhost", "sslmode=prefer").unwrap();
    assert!(told("localhost", "sslmode=require").contains("offers no encryption"));

    let certificate = server.encrypt();
    let ours = format!("sslmode=verify-full&sslrootcert={}", certificate.display());
    for (query, encrypted) in [
        ("sslmode=disable", false),
        ("", true),
        ("sslmode=prefer", true),
        ("sslmode=require", true),
        (&ours, true),
    ] {
        let place = server.address(&database, "localhost", query).unwrap();
        let reader = Reader::open(place).unwrap();
        let seen = "SELECT bool_or(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
            WHERE application_name = 'truceline' AND datname = current_database()";
        let seen: bool = server.client(&database).query_one(seen, &[]).unwrap().get(0);
        assert_eq!(seen, encrypted, "{query}");
        drop(reader);
    }
    assert!(
        told("localhost", "sslmode=verify-full").contains("does not do"),
        "nobody vouches for it"
    );
    assert!(
        told("127.0.0.1", &ours).contains("does not do"),
        "it is for another name"
    );
    let empty = certificate.with_extension("key");
    let wrong = format!("sslmode=verify-full&sslrootcert={}", empty.display());
    assert!(told("localhost", &wrong).contains("holds no certificate"));
    assert!(told("localhost", "sslmode=verify-ca").contains("is not known"));
}
