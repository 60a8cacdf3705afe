//! The data that the tests share: the house's acts, the actors that the agreements name, the agreements.

use agreements::{Known, parse};
use model::{Act, ActClass, Actor, Agreement};
use std::path::{Path, PathBuf};

pub(crate) const IDS: [&str; 2] = ["astana-2017-05-04", "ceasefire-2016-12-30"];

/// Key, name, kind, body it belongs to.
const ACTORS: [(&str, &str, &str, &str); 16] = [
    ("ahrar-al-sham", "Ahrar al-Sham", "armed-group", ""),
    ("al-qaida", "Al-Qaida", "excluded-group", ""),
    ("armed-opposition", "armed opposition groups", "armed-group", ""),
    ("faylaq-al-sham", "Faylaq al-Sham", "armed-group", ""),
    ("iran", "Iran", "state", ""),
    ("isil", "ISIL", "excluded-group", ""),
    ("jaysh-al-islam", "Jaysh al-Islam", "armed-group", ""),
    ("kazakhstan", "Kazakhstan", "state", ""),
    ("nusra-front", "the Nusra Front", "excluded-group", ""),
    ("russia", "Russia", "state", ""),
    ("southern-front", "the Southern Front", "armed-group", ""),
    (
        "syrian-army",
        "the Syrian army",
        "state-forces",
        "syrian-government",
    ),
    ("syrian-government", "the Syrian government", "government", ""),
    ("turkey", "Turkey", "state", ""),
    ("united-nations", "the United Nations", "international", ""),
    ("united-states", "the United States", "state", ""),
];

pub(crate) fn actors() -> Vec<Actor> {
    let actors = ACTORS.iter().map(|(id, name, kind, body)| Actor {
        id: (*id).into(),
        name: (*name).to_owned(),
        kind: (*kind).to_owned(),
        side: String::new(),
        member_of: Some(*body)
            .filter(|body| !body.is_empty())
            .map(Into::into)
            .into_iter()
            .collect(),
        backers: Vec::new(),
        source: "test".to_owned(),
    });
    actors.collect()
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

/// The house's acts.
pub(crate) fn acts() -> Vec<Act> {
    let text = std::fs::read_to_string(data().join("acts.tsv")).expect("data/acts.tsv");
    let rows = text
        .lines()
        .skip(1)
        .map(|row| row.split('\t').collect::<Vec<_>>());
    rows.map(|row| Act {
        id: row[0].into(),
        class: ActClass::read(row[1]).expect("a class"),
    })
    .collect()
}

pub(crate) fn known() -> Known {
    Known {
        acts: acts(),
        actors: actors(),
        places: Vec::new(),
        provinces: Vec::new(),
    }
}

/// Every file of an agreement's folder.
pub(crate) fn files(id: &str) -> Vec<(String, String)> {
    let folder = data().join("agreements").join(id);
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the agreement's folder")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .into_string()
                .expect("a plain name")
        })
        .collect();
    names.sort();
    let read = |name: &String| std::fs::read_to_string(folder.join(name)).expect("a text");
    names.iter().map(|name| (name.clone(), read(name))).collect()
}

/// The versions of an agreement, the one that is judged by first.
#[track_caller]
pub(crate) fn versions(id: &str) -> Vec<Agreement> {
    let (versions, faults) = parse(id, &files(id), &known());
    assert!(
        faults.is_empty(),
        "{}",
        faults
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    );
    versions
}

pub(crate) fn agreement(id: &str) -> Agreement {
    versions(id).into_iter().next().expect("a version")
}
