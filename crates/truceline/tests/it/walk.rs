//! The walk of `docs/editing-data.md`, step by step, as somebody who knows no Rust would take it: a word, a
//! weapon, an actor and a rule, each in a copy of the data, each seen before and after.

use crate::{told, truceline};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// A copy of the data and the folder that keeps it.
pub(crate) fn data() -> (tempfile::TempDir, PathBuf) {
    let keep = tempfile::tempdir().unwrap();
    let data = keep.path().join("data");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data"), &data);
    (keep, data)
}

fn add(data: &Path, file: &str, text: &str) {
    let mut options = fs::OpenOptions::new();
    let mut file = options.append(true).create(true).open(data.join(file)).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn explain(data: &Path, sentence: &str) -> String {
    told(&[
        "explain",
        "--data",
        data.to_str().unwrap(),
        "--published",
        "2017-05-08",
        sentence,
    ])
}

/// What `data check` says, and whether it found no fault.
fn check(data: &Path) -> (bool, String) {
    let output = truceline(&["data", "check", "--data", data.to_str().unwrap()]);
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said)
}

/// The change is not read before, is read after, and the data hold no fault.
#[track_caller]
fn step(data: &Path, sentence: &str, read: &str, change: impl FnOnce(&Path)) {
    let before = explain(data, sentence);
    assert!(!before.contains(read), "read before the change:\n{before}");
    change(data);
    let after = explain(data, sentence);
    assert!(after.contains(read), "not read after the change:\n{after}");
    let (fine, said) = check(data);
    assert!(fine, "{said}");
}

#[test]
fn a_word_a_weapon_an_actor_and_a_rule_are_added_as_the_guide_says() {
    let (_keep, data) = data();
    step(
        &data,
        "The army drubbed Rastan on Sunday.",
        "claim: shelling",
        |data| {
            add(
                data,
                "lexicon/en/acts.toml",
                "\n[[trigger]]\nact = \"shelling\"\nverbs = [\"drub\"]\nbefore_not = [\"rivals\"]\n\
             examples = [\"The army drubbed the town overnight.\"]\nnot = [\"The team drubbed its rivals.\"]\n",
            );
        },
    );
    step(
        &data,
        "A thermite bomb hit a house in Rastan on Sunday.",
        "claim: incendiary",
        |data| {
            add(
                data,
                "acts.tsv",
                "incendiary\tforce\tair-strike\tExplosions/Remote violence\tAir/drone strike\tASSAULT\tincendiary bombs\tACLED codebook\n",
            );
            add(
                data,
                "lexicon/en/acts.toml",
                "\n[[trigger]]\nact = \"incendiary\"\nnouns = [\"thermite bomb\"]\nmeans = true\n\
             examples = [\"A thermite bomb hit a house.\"]\nnot = [\"The welder used thermite.\"]\n",
            );
        },
    );
    step(
        &data,
        "Karsa Local Council supports the ceasefire.",
        "karsa-council",
        |data| {
            add(
                data,
                "actors/karsa.toml",
                "[[actor]]\nid = \"karsa-council\"\nname = \"Karsa Local Council\"\nkind = \"civilian-body\"\n\
             side = \"none\"\naliases = [\"Karsa Local Council\", \"local council of Karsa\"]\nacronyms = []\n\
             demonyms = []\nmetonyms = []\nroles = []\nmember_of = []\nbackers = []\n\
             source = \"founding statement of the council, 2013\"\n",
            );
        },
    );
    step(
        &data,
        "The raid killed six people plus three guards.",
        "figure: killed 9",
        |data| {
            add(
                data,
                "lexicon/en/counting.tsv",
                "plus\tjoin\tThe raid killed six people plus three guards.\tkilled 9\n",
            );
        },
    );
}

#[test]
fn a_slip_is_told_with_its_line_and_what_would_be_right() {
    let (_keep, data) = data();
    let lines = fs::read_to_string(data.join("lexicon/en/acts.toml"))
        .unwrap()
        .lines()
        .count();
    add(
        &data,
        "lexicon/en/acts.toml",
        "\n[[trigger]]\nact = \"shelling\"\nverbs = [\"drub\"]\n\
         examples = [\"The army drubbed the town overnight.\"]\nnot = [\"The team drubbed its rivals.\"]\n",
    );
    let (fine, said) = check(&data);
    assert!(!fine);
    let line = format!("lexicon/en/acts.toml:{}:", lines + 2);
    assert!(
        said.contains(&line) && said.contains("is read as shelling"),
        "{said}"
    );
}
