//! Reading `data/actors`: who there is, by which names, and words that describe kinds of actors.

use crate::arabic;
use crate::lexicon::{Alias, AliasForm, Descriptor, Lexicon, Noun};
use crate::table::{entries, rows};
use model::{Actor, ActorId, DataFault};

/// What an actor can be. The code reads these words; a slip in one would silently make an armed group a crowd.
const KINDS: [&str; 11] = [
    "armed-group",
    "civilian-body",
    "coalition",
    "excluded-group",
    "media",
    "office",
    "organisation",
    "person",
    "population",
    "state",
    "state-forces",
];

/// The fault of a kind that is none; a missing one is told elsewhere.
fn wrong_kind(file: &str, line: usize, kind: &str) -> Option<DataFault> {
    let wrong = !kind.is_empty() && !KINDS.contains(&kind);
    wrong.then(|| {
        DataFault::new(
            file,
            line,
            format!("\"{kind}\" is not a kind of actor"),
            KINDS.join(" | "),
        )
        .nearest(kind, KINDS)
    })
}

/// Reads a file that says who or what there is; others are passed over.
pub(crate) fn read(lexicon: &mut Lexicon, file: &str, text: &str, faults: &mut Vec<DataFault>) {
    let is_toml = file.ends_with(".toml");
    if file == "lexicon/en/nouns.tsv" {
        read_nouns(lexicon, file, text, faults);
    } else if file == "actors/descriptors.tsv" {
        read_descriptors(lexicon, file, text, faults);
    } else if is_toml && file.starts_with("outlets/") {
        read_outlets(lexicon, file, text);
    } else if is_toml && file.starts_with("actors/") {
        read_actors(lexicon, file, text, faults);
    }
}

/// Reads one `actors/*.toml`.
fn read_actors(lexicon: &mut Lexicon, file: &str, text: &str, faults: &mut Vec<DataFault>) {
    const KEYS: [&str; 17] = [
        "id",
        "name",
        "kind",
        "side",
        "aliases",
        "acronyms",
        "demonyms",
        "metonyms",
        "roles",
        "member_of",
        "backers",
        "source",
        "from",
        "until",
        "title",
        "note",
        "names_ar",
    ];
    for entry in entries(file, text, "actor", faults) {
        entry.allow(&KEYS, faults);
        let id = entry.need("id", faults);
        let name = entry.need("name", faults);
        let kind = entry.need("kind", faults);
        faults.extend(wrong_kind(file, entry.line, &kind));
        let ids = |list: Vec<String>| list.into_iter().map(ActorId).collect::<Vec<_>>();
        let actor = lexicon.add_actor(Actor {
            id: ActorId(id),
            name: name.clone(),
            kind: kind.clone(),
            side: entry.text("side", faults),
            member_of: ids(entry.list("member_of", faults)),
            backers: ids(entry.list("backers", faults)),
            source: entry.need("source", faults),
        });
        let forms = [
            (AliasForm::Name, entry.list("aliases", faults)),
            (AliasForm::Acronym, entry.list("acronyms", faults)),
            (AliasForm::Demonym, entry.list("demonyms", faults)),
            (AliasForm::Metonym, entry.list("metonyms", faults)),
        ];
        if matches!(kind.as_str(), "state" | "population") {
            lexicon.states.insert(name.to_lowercase());
        }
        lexicon.add_alias(
            &name,
            Alias {
                actor,
                written: name.clone(),
                form: AliasForm::Name,
            },
        );
        for (form, names) in forms {
            for written in names {
                if form == AliasForm::Metonym || (form == AliasForm::Name && kind == "state") {
                    lexicon.states.insert(written.to_lowercase());
                }
                lexicon.add_alias(
                    &written,
                    Alias {
                        actor,
                        written: written.clone(),
                        form,
                    },
                );
            }
        }
    }
}

/// Reads one `outlets/*.toml` for the names that pages cite outlets by; faults are told by the room that owns
/// the file.
fn read_outlets(lexicon: &mut Lexicon, file: &str, text: &str) {
    let mut faults = Vec::new();
    for entry in entries(file, text, "outlet", &mut faults) {
        let name = entry.need("name", &mut faults);
        let interest = entry.text("interest", &mut faults);
        let actor = lexicon.add_actor(Actor {
            id: ActorId(entry.need("id", &mut faults)),
            name: name.clone(),
            kind: "media".into(),
            side: if interest == "none" {
                String::new()
            } else {
                interest
            },
            member_of: Vec::new(),
            backers: Vec::new(),
            source: entry.need("source", &mut faults),
        });
        let names = entry.list("names", &mut faults);
        for written in names.iter().chain([&name]) {
            lexicon.add_alias(
                written,
                Alias {
                    actor,
                    written: written.clone(),
                    form: AliasForm::Name,
                },
            );
        }
    }
}

/// Reads `actors/descriptors.tsv`.
fn read_descriptors(lexicon: &mut Lexicon, file: &str, text: &str, faults: &mut Vec<DataFault>) {
    for (line, cells) in rows(
        file,
        text,
        &["written", "kind", "label", "examples", "not", "source"],
        faults,
    ) {
        faults.extend(wrong_kind(file, line, &cells[1]));
        let descriptor = Descriptor {
            kind: cells[1].clone(),
        };
        if arabic::is_written(&cells[0]) {
            lexicon.arabic.descriptors.add(&cells[0], descriptor.clone());
        }
        lexicon.descriptors.add(&cells[0], descriptor);
    }
}

/// What a noun can stand for.
const NOUN_KINDS: [&str; 6] = ["person", "group", "organisation", "place", "weapon", "platform"];

/// Reads `lexicon/<lang>/nouns.tsv`.
fn read_nouns(lexicon: &mut Lexicon, file: &str, text: &str, faults: &mut Vec<DataFault>) {
    for (line, cells) in rows(file, text, &["words", "kind", "source"], faults) {
        match NOUN_KINDS.into_iter().find(|kind| *kind == cells[1]) {
            Some(kind) => {
                let proper = cells[0].contains(char::is_uppercase);
                lexicon.nouns.add(&cells[0], Noun { kind, proper });
            }
            None => {
                let what = format!("\"{}\" is not what a noun can stand for", cells[1]);
                let fault = DataFault::new(file, line, what, NOUN_KINDS.join(" | "));
                faults.push(fault.nearest(&cells[1], NOUN_KINDS));
            }
        }
    }
}
