use super::{Lists, REGISTRY, duplicates, foreign, older, reasons};
use serde_json::{Value, json};

const LISTS: &str = r#"
licences = ["MIT"]

[[banned]]
name = "second-client"
reason = "One client is enough."

[[least]]
name = "old"
version = "0.41.0"
reason = "A flaw was mended there."
"#;

fn library(name: &str, version: &str, licence: &str, source: &str) -> Value {
    json!({"packages": [{"id": name, "name": name, "version": version, "license": licence, "source": source}]})
}

#[track_caller]
fn check(metadata: &Value, expected: &[&str]) {
    let lists: Lists = toml::from_str(LISTS).unwrap();
    let faults: Vec<String> = foreign(metadata, &lists).into_iter().map(|fault| fault.what).collect();
    assert_eq!(faults, expected);
}

#[test]
fn a_library_with_a_listed_licence_is_fine() {
    check(&library("fine", "1.0.0", "MIT", REGISTRY), &[]);
}

#[test]
fn a_licence_that_is_not_listed_is_a_fault() {
    check(&library("x", "1.0.0", "AGPL-3.0-only", REGISTRY), &["its licence \"AGPL-3.0-only\" is not on the list"]);
    check(&library("x", "1.0.0", "", REGISTRY), &["its licence \"\" is not on the list"]);
}

#[test]
fn banned_old_and_strayed_libraries_are_faults() {
    check(&library("second-client", "1.0.0", "MIT", REGISTRY), &["it is banned"]);
    check(&library("old", "0.40.9", "MIT", REGISTRY), &["it is older than 0.41.0"]);
    check(&library("x", "1.0.0", "MIT", "git+https://example.org/x"), &["it comes from \"git+https://example.org/x\""]);
}

#[test]
fn versions_are_compared_as_numbers() {
    assert!(older("0.9.0", "0.10.0"));
    assert!(!older("1.0.0", "0.10.0"));
    assert!(!older("0.41.0", "0.41.0"));
    assert!(!older("0.41.0-rc.1", "0.41.0"));
}

#[test]
fn every_dependency_has_a_reason_and_every_reason_a_dependency() {
    let metadata = json!({
        "workspace_members": ["m"],
        "packages": [{"id": "m", "name": "truceline-model", "dependencies": [
            {"name": "serde", "path": null}, {"name": "jiff", "path": null}, {"name": "truceline-text", "path": "/x"}]}],
    });
    let page = "## Direct dependencies\n\n| library | problem | why not ours | pulls in |\n|--|--|--|--|\n\
                | `jiff` | time | zones | |\n| `gone` | a | b | c |\n";
    let faults: Vec<String> = reasons(page, &metadata).into_iter().map(|fault| fault.what).collect();
    let expected = [
        "the line for \"jiff\" lacks a cell",
        "there is no line for \"serde\", which model uses",
        "\"gone\" is used by no crate",
    ];
    assert_eq!(faults, expected);
}

#[test]
fn several_versions_are_told() {
    let metadata = json!({"packages": [{"name": "a", "version": "1.0.0"}, {"name": "a", "version": "2.0.0"}, {"name": "b", "version": "1.0.0"}]});
    assert_eq!(duplicates(&metadata), "2 packages, 1 of them in several versions: a (1.0.0, 2.0.0)");
}
