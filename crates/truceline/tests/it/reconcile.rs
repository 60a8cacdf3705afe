//! `truceline reconcile`: two bulletins and two lists side by side, as a user sets them.

use crate::{told, truceline};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn demo(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../data/demo")
        .join(file);
    path.to_str().unwrap().to_owned()
}

fn json(a: &str, b: &str) -> Value {
    serde_json::from_str(&told(&["reconcile", a, b, "--json"])).unwrap()
}

#[test]
fn two_bulletins_of_one_day_give_bounds_by_province_and_side() {
    let (a, b) = (
        demo("ceasefire-centre-russia-2017-05-08.txt"),
        demo("ceasefire-centre-turkey-2017-05-08.txt"),
    );
    let found = json(&a, &b);
    let lines = found["lines"].as_array().unwrap();
    let line = |side: &str, province: &str| {
        let of = |line: &&Value| line["side"] == side && line["province"] == province;
        lines
            .iter()
            .find(of)
            .unwrap_or_else(|| panic!("{side} {province}: {found:#}"))
    };
    let idlib = line("Turkish side", "Idlib");
    assert_eq!((&idlib["a"], &idlib["b"]), (&3.into(), &5.into()), "{found:#}");
    assert_eq!(idlib["matched_most"], 3);
    let aleppo = line("Russian side", "Aleppo");
    assert_eq!((&aleppo["a"], &aleppo["b"]), (&2.into(), &Value::Null));
    // Nine and seven of one side, six and eleven of the other: from 9 + 11 to everything.
    assert_eq!(found["distinct"]["complaints"]["low"], 20);
    assert_eq!(found["distinct"]["complaints"]["high"], 33);
    assert_eq!(found["faults"], Value::Array(Vec::new()));
    let text = told(&["reconcile", &a, &b]);
    assert!(text.contains("20–33"), "{text}");
}

#[test]
fn a_headline_over_a_text_that_says_less_is_kept_with_its_words() {
    let (a, b) = (
        demo("ceasefire-centre-russia-2017-02-26.txt"),
        demo("ceasefire-centre-turkey-2017-05-08.txt"),
    );
    let found = json(&a, &b);
    let faults = found["faults"].as_array().unwrap();
    assert_eq!(faults.len(), 1, "{found:#}");
    assert_eq!((&faults[0]["said"], &faults[0]["sum"]), (&12.into(), &11.into()));
    assert!(
        faults[0]["words"]
            .as_str()
            .unwrap()
            .contains("registers 12 cases")
    );
}

#[test]
fn two_exported_lists_are_matched_and_a_list_beside_itself_has_nothing_left() {
    let folder = tempfile::tempdir().unwrap();
    let list = |name: &str, text: &str| {
        let (input, workspace) = (
            folder.path().join(format!("{name}.txt")),
            folder.path().join(name),
        );
        fs::write(&input, text).unwrap();
        let (input, workspace) = (input.to_str().unwrap(), workspace.to_str().unwrap());
        told(&["-q", "assess", input, "--workspace", workspace]);
        let out = folder.path().join(format!("{name}.jsonl"));
        fs::write(&out, told(&["export", "--workspace", workspace])).unwrap();
        out.to_str().unwrap().to_owned()
    };
    let a = list(
        "a",
        "Published: Thursday, May 4, 2017\n\nA car bomb killed five people in Azaz on Wednesday, residents said.\n",
    );
    let b = list(
        "b",
        "Published: Thursday, May 4, 2017\n\nSix people died on Wednesday when a car bomb exploded in Azaz, doctors said.\n\n\
         Shelling killed two people in Saraqib on Tuesday, rescuers said.\n",
    );
    let found = json(&a, &b);
    assert_eq!(found["matched"].as_array().unwrap().len(), 1, "{found:#}");
    assert_eq!(found["only_a"].as_array().unwrap().len(), 0, "{found:#}");
    assert_eq!(found["only_b"].as_array().unwrap().len(), 1, "{found:#}");
    assert_eq!(
        (&found["distinct"]["low"], &found["distinct"]["high"]),
        (&2.into(), &3.into())
    );
    let same = json(&b, &b);
    assert_eq!(
        (&same["distinct"]["low"], &same["distinct"]["high"]),
        (&2.into(), &2.into())
    );
    assert!(told(&["reconcile", &a, &b]).contains("1 in both, 0 only in A, 1 only in B"));
}

#[test]
fn what_cannot_be_set_side_by_side_is_told_with_the_next_step() {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("plain.txt");
    fs::write(&plain, "The lake was calm and the boats stayed in.\n").unwrap();
    let bulletin = demo("ceasefire-centre-turkey-2017-05-08.txt");
    for (other, code, words) in [
        (plain.to_str().unwrap(), 3, "counts no cases"),
        ("no-such-file.txt", 4, "could not read"),
    ] {
        let output = truceline(&["reconcile", &bulletin, other]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(words), "{said}");
    }
}
