//! Notes, keys and checkpoints keep to the C2SP text, and agree with an independent implementation.

use std::io::Read as _;

use ledger::{
    Checkpoint, CheckpointError, Hash, KeyError, Note, NoteError, SigningKey, VerifierKey, leaf_hash,
};
use signed_note::{Signer as _, StandardSigner, StandardVerifier, VerifierList};

use crate::{key, outside_vectors};

fn head() -> Checkpoint {
    Checkpoint {
        origin: "example.org/log".to_owned(),
        size: 42,
        root: leaf_hash(b"any"),
    }
}

fn signed() -> String {
    head().sign(&key()).unwrap().to_string()
}

#[track_caller]
fn check_refused(note: &str, why: &str) {
    match Note::parse(note.as_bytes()) {
        Err(error) => assert!(error.to_string().contains(why), "{error}"),
        Ok(read) => panic!("accepted as {read:?}"),
    }
}

#[test]
fn a_signed_checkpoint_reads_back() {
    let read = Checkpoint::open(signed().as_bytes(), &key().verifier()).unwrap();
    assert_eq!(read, head());
    assert_eq!(Note::parse(signed().as_bytes()).unwrap().to_string(), signed());
}

#[test]
fn notes_that_break_the_form_are_refused() {
    let note = signed();
    check_refused("", "blank line");
    check_refused("text only\n", "blank line");
    check_refused("text\n\n", "does not end");
    check_refused(note.trim_end(), "does not end");
    check_refused(&note.replace('\n', "\r\n"), "control character");
    check_refused(&note.replacen("42", "4\t2", 1), "control character");
    check_refused(&note.replacen('\u{2014}', "-", 1), "malformed");
    check_refused(&note.replacen("\u{2014} ", "\u{2014}  ", 1), "malformed");
    check_refused(
        &note.replacen("\u{2014} example.org/log", "\u{2014} exa+mple", 1),
        "malformed",
    );
    check_refused(&format!("{note}\n"), "does not end");
    check_refused(&format!("{note}trailing\n"), "malformed");
    check_refused(&"x".repeat(70_000), "longer");
    let line = note.lines().last().unwrap();
    let with_lines = |n: usize| format!("{}\n{}", head().text(), format!("{line}\n").repeat(n));
    check_refused(&with_lines(65), "more than 64");
    Note::parse(with_lines(64).as_bytes())
        .unwrap()
        .verify(&[key().verifier()])
        .unwrap();
    assert!(matches!(
        Note::parse(b"a\xFF\n\n"),
        Err(NoteError::Form {
            why: "it is not UTF-8"
        })
    ));
}

#[test]
fn a_second_line_by_a_known_key_must_hold_too() {
    let note = signed();
    let line = note.lines().last().unwrap();
    let (start, last) = line.split_at(line.len() - 10);
    let forged = format!("{note}{start}A{}\n", &last[1..]);
    let read = Note::parse(forged.as_bytes()).unwrap();
    assert_eq!(read.signatures().len(), 2);
    assert!(matches!(
        read.verify(&[key().verifier()]),
        Err(NoteError::BadSignature { .. })
    ));
}

#[test]
fn lines_by_strangers_are_ignored_and_do_not_count() {
    let stranger = SigningKey::from_random("example.org/stranger", &[1; 32]).unwrap();
    let by_stranger = Note::sign(&head().text(), &stranger).unwrap().to_string();
    let both = format!("{}{}\n", signed(), by_stranger.lines().last().unwrap());
    assert_eq!(
        Checkpoint::open(both.as_bytes(), &key().verifier()).unwrap(),
        head()
    );
    let refused = Checkpoint::open(by_stranger.as_bytes(), &key().verifier());
    assert!(matches!(
        refused,
        Err(CheckpointError::Note(NoteError::NoKnownSignature { .. }))
    ));
    // A key of the same name that somebody else made has another id.
    let namesake = SigningKey::from_random("example.org/log", &[2; 32]).unwrap();
    let refused = Note::parse(signed().as_bytes())
        .unwrap()
        .verify(&[namesake.verifier()])
        .unwrap_err();
    assert!(matches!(refused, NoteError::NoKnownSignature { .. }));
}

#[test]
fn texts_that_are_no_checkpoint_are_refused_though_signed() {
    let root = head().root;
    for text in [
        format!("example.org/log\n42\n{root}\nextension\n"),
        format!("example.org/log\n042\n{root}\n"),
        format!("example.org/log\n+42\n{root}\n"),
        format!("example.org/log\n-1\n{root}\n"),
        format!("example.org/log\n18446744073709551615\n{root}\n"),
        format!("example.org/log\n18446744073709551616\n{root}\n"),
        format!("example.org/log\n0\n{root}\n"),
        format!("example.org/log\n42\n{}\n", &root.to_string()[4..]),
        "example.org/log\n42\n".to_owned(),
        format!("\n42\n{root}\n"),
        format!("example.org/other\n42\n{root}\n"),
    ] {
        let note = Note::sign(&text, &key()).unwrap().to_string();
        let refused = Checkpoint::open(note.as_bytes(), &key().verifier()).expect_err(&text);
        assert!(
            matches!(
                refused,
                CheckpointError::Form { .. } | CheckpointError::Origin { .. }
            ),
            "{text}"
        );
    }
    Note::sign("no newline", &key()).unwrap_err();
    Note::sign("tab\t\n", &key()).unwrap_err();
    assert!(
        Checkpoint {
            origin: "example.org/other".to_owned(),
            ..head()
        }
        .sign(&key())
        .is_err()
    );
}

#[test]
fn keys_read_back_and_altered_ones_do_not() {
    let (private, public) = (key().to_key_string(), key().verifier().to_string());
    assert_eq!(SigningKey::parse(&private).unwrap().to_key_string(), private);
    assert_eq!(
        VerifierKey::parse(&format!("{public}\n")).unwrap(),
        key().verifier()
    );
    assert!(!format!("{:?}", key()).contains("CQkJ") && format!("{:?}", key()).contains("example.org/log"));
    for place in 0..public.len() {
        let mut altered = public.clone().into_bytes();
        altered[place] ^= 1;
        let Ok(altered) = String::from_utf8(altered) else {
            continue;
        };
        VerifierKey::parse(&altered).expect_err(&altered);
    }
    for name in ["", "two words", "a+b", "tab\t", "no\u{a0}break", "line\n"] {
        let refused = SigningKey::from_random(name, &[7; 32]).unwrap_err();
        assert!(matches!(refused, KeyError::Name { .. }), "{name:?}");
    }
    // A point of small order would let anybody sign.
    assert_eq!(VerifierKey::from_bytes("weak", &[0; 32]), Err(KeyError::Point));
}

#[test]
fn an_independent_implementation_accepts_our_notes_and_we_accept_theirs() {
    let public = key().verifier().to_string();
    let known = || VerifierList::new(vec![Box::new(StandardVerifier::new(&public).unwrap())]);
    let theirs = signed_note::Note::from_bytes(signed().as_bytes()).unwrap();
    assert_eq!(theirs.verify(&known()).unwrap().0.len(), 1);
    assert_eq!(theirs.to_bytes(), signed().as_bytes());
    let body = tlog_tiles::Checkpoint::from_bytes(theirs.text()).unwrap();
    assert_eq!(
        (body.origin(), body.size(), body.hash().0),
        ("example.org/log", 42, head().root.0)
    );

    let signer = StandardSigner::new(&key().to_key_string()).unwrap();
    assert_eq!(signer.key_id(), key().verifier().id());
    let mut note = signed_note::Note::new(head().text().as_bytes(), &[]).unwrap();
    note.add_sigs(&[&signer]).unwrap();
    assert_eq!(note.to_bytes(), signed().as_bytes());
}

#[test]
fn edge_case_signatures_get_the_one_strict_verdict() {
    let Some(path) = outside_vectors("ed25519-edge-cases.json.gz") else {
        return;
    };
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    let cases: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let accepted = cases.iter().filter(|case| {
        let bytes = |field: &str| from_hex(case[field].as_str().unwrap());
        let public = bytes("key").try_into().unwrap();
        let message = case["msg"].as_str().unwrap().as_bytes();
        VerifierKey::from_bytes("case", &public).is_ok_and(|key| key.accepts(message, &bytes("sig")))
    });
    assert_eq!((accepted.count(), cases.len()), (43, 914));
}

fn from_hex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

#[test]
fn the_empty_log_has_the_hash_of_nothing() {
    let empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    assert_eq!(Hash::EMPTY.to_string(), empty);
    assert_eq!(Hash::parse(empty), Ok(Hash::EMPTY));
    Hash::parse("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=").expect_err("bits beyond the 32 bytes");
}
