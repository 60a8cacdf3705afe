//! The data that the tests share: the house's acts, the actors that the agreements name, the agreements.

use agreements::{Known, parse};
use model::{Act, ActClass, Actor, Agreement};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub(crate) const IDS: [&str; 5] = [
    "astana-2017-05-04",
    "ceasefire-2016-12-30",
    "south-west-2017-07-07",
    "idlib-2018-09-17",
    "minsk-2015-02-12",
];

/// The house's actors.
pub(crate) fn actors() -> Vec<Actor> {
    static ACTORS: LazyLock<Vec<Actor>> = LazyLock::new(|| {
        let tables = texts(&data().join("actors"))
            .into_iter()
            .filter(|(name, _)| name.ends_with(".toml"));
        tables.flat_map(|(_, text)| actors_of(&text)).collect()
    });
    ACTORS.clone()
}

/// The actors that the laws use and the bodies they belong to; few, so that thousands of incidents are quick.
pub(crate) fn few_actors() -> &'static [Actor] {
    const FEW: [&str; 10] = [
        "syrian-state-forces",
        "syrian-government",
        "faylaq-al-sham",
        "southern-front",
        "fsa",
        "syrian-opposition",
        "nusra-front",
        "al-qaida",
        "isil",
        "us-armed-forces",
    ];
    static ACTORS: LazyLock<Vec<Actor>> = LazyLock::new(|| {
        actors()
            .into_iter()
            .filter(|actor| FEW.contains(&actor.id.as_str()))
            .collect()
    });
    &ACTORS
}

fn actors_of(text: &str) -> Vec<Actor> {
    let table: toml::Table = text.parse().expect("a file of actors");
    let entries = table["actor"].as_array().expect("actors").iter();
    let word = |entry: &toml::Value, key: &str| entry[key].as_str().expect("a word").to_owned();
    entries
        .map(|entry| Actor {
            id: word(entry, "id").as_str().into(),
            name: word(entry, "name"),
            kind: word(entry, "kind"),
            side: word(entry, "side"),
            member_of: entry["member_of"]
                .as_array()
                .expect("bodies")
                .iter()
                .map(|body| body.as_str().expect("a key").into())
                .collect(),
            backers: Vec::new(),
            source: word(entry, "source"),
        })
        .collect()
}

/// Names in the gazetteer of Syria, other spellings too; of provinces only the name that is chosen for print.
fn gazetteer() -> (Vec<String>, Vec<String>) {
    let (mut places, mut provinces) = (Vec::new(), Vec::new());
    for file in ["sy.tsv", "sy-admin.tsv", "sy-extra.tsv", "aliases.tsv"] {
        let text = std::fs::read_to_string(data().join("gazetteer").join(file)).expect("a gazetteer");
        let mut rows = text
            .lines()
            .filter(|row| !row.is_empty() && !row.starts_with('#'))
            .map(|row| row.split('\t').collect::<Vec<&str>>());
        let head = rows.next().expect("a head");
        for row in rows {
            let cell = |key: &str| {
                let at = head.iter().position(|name| *name == key);
                at.and_then(|at| row.get(at)).copied().unwrap_or_default()
            };
            if cell("kind") == "province" {
                provinces.push(cell("name").to_owned());
            }
            let names = cell("names").split('|').chain([cell("name")]);
            places.extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    (places, provinces)
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
    static KNOWN: LazyLock<Known> = LazyLock::new(|| {
        let (places, provinces) = gazetteer();
        Known {
            acts: acts(),
            actors: actors(),
            places,
            provinces,
        }
    });
    KNOWN.clone()
}

/// Every file of an agreement's folder.
pub(crate) fn files(id: &str) -> Vec<(String, String)> {
    texts(&data().join("agreements").join(id))
}

/// Every file of a folder, by name.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder")
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

/// The version that is judged by; read once, since the laws ask for it thousands of times.
pub(crate) fn agreement(id: &str) -> Agreement {
    static READ: LazyLock<Vec<Agreement>> = LazyLock::new(|| {
        let first = |id| versions(id).into_iter().next().expect("a version");
        IDS.map(first).to_vec()
    });
    READ.iter()
        .find(|agreement| agreement.id.as_str() == id)
        .cloned()
        .expect("a known id")
}

/// The accord that nobody signed, with a term of every kind, from the folder beside this file.
pub(crate) fn lakes_files() -> Vec<(String, String)> {
    texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/lakes"))
}

/// The accord that nobody signed; read once.
pub(crate) fn lakes() -> Agreement {
    static READ: LazyLock<Agreement> = LazyLock::new(|| {
        let (versions, faults) = parse("lakes", &lakes_files(), &known());
        assert!(faults.is_empty(), "{faults:#?}");
        versions.into_iter().next().expect("a version")
    });
    READ.clone()
}

/// The two agreements that the laws look at.
pub(crate) fn looked_at() -> [Agreement; 2] {
    [agreement(IDS[0]), lakes()]
}
