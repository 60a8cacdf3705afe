//! Proofs of the log, whole and bent: the desk's browser and the program read one table of them and must agree.

use crate::{told, truceline};
use serde_json::Value;
use std::fs;
use std::path::Path;

#[test]
fn a_proof_has_the_verdict_that_the_browser_is_held_to() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/test/proofs.json");
    let table: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (proof, leaf) = (folder.path().join("proof"), folder.path().join("leaf"));
    for case in table["cases"].as_array().unwrap() {
        let text = |name: &str| case[name].as_str().unwrap();
        fs::write(&proof, text("proof")).unwrap();
        fs::write(&leaf, text("leaf")).unwrap();
        let (proof, leaf) = (proof.to_str().unwrap(), leaf.to_str().unwrap());
        let out = truceline(&["log", "check", proof, "--leaf", leaf, "--key", text("key")]);
        let said = [out.stdout, out.stderr].concat();
        let said = String::from_utf8(said).unwrap();
        assert_eq!(
            out.status.code().map(i64::from),
            case["code"].as_i64(),
            "{}: {said}",
            text("name")
        );
        assert_eq!(said.lines().next(), Some(text("says")), "{}", text("name"));
    }
}

#[test]
fn every_entry_of_a_workspace_is_proven_to_whoever_has_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("w");
    let workspace = workspace.to_str().unwrap();
    told(&["-q", "demo", "--workspace", workspace]);
    let key = told(&["log", "key", "--workspace", workspace]);
    let (proof, leaf) = (folder.path().join("proof"), folder.path().join("leaf"));
    for entry in ["0", "7", "33"] {
        fs::write(&proof, told(&["log", "proof", entry, "--workspace", workspace])).unwrap();
        fs::write(&leaf, told(&["log", "leaf", entry, "--workspace", workspace])).unwrap();
        let (proof, leaf) = (proof.to_str().unwrap(), leaf.to_str().unwrap());
        let said = told(&["log", "check", proof, "--leaf", leaf, "--key", &key]);
        assert!(
            said.starts_with(&format!("holds: entry {entry} is in the log")),
            "{said}"
        );
    }
    let out = truceline(&["log", "leaf", "100000", "--workspace", workspace]);
    assert_eq!(out.status.code(), Some(2));
}
