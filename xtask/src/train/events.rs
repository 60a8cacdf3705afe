//! The models that code events (`claims::code_events`): sentences coded after PLOVER 0.5b1 by the Open Event Data
//! Alliance, and the examples of `data/lexicon/en/events.toml`, which teach the types alone.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use claims::{EventModel, EventSentence, NO_KIND, ROLES};
use serde_json::Value;

use super::acts;
use super::softmax::{Plan, Sample, learn};

/// The version of PLOVER whose types are read. Sentences coded after another are left out and told.
pub(crate) const VERSION: &str = "0.5b1";

const TYPES: Plan = Plan {
    ridge: 0.01,
    least: 1,
};

const ROLE_PLAN: Plan = Plan {
    ridge: 0.05,
    least: 2,
};

/// A sentence with what people coded in it.
#[derive(Clone, Debug)]
pub(crate) struct Coded {
    pub(crate) text: String,
    pub(crate) kind: String,
    pub(crate) actors: Vec<String>,
    pub(crate) recipients: Vec<String>,
}

/// Trains and writes `models/en/events.bin` and `roles.bin`, and the hashes of the sentences they were trained on.
pub(crate) fn train(shared: &Path) -> Result<()> {
    let sentences = coded(shared)?;
    let (types, roles) = bytes(&sentences.iter().collect::<Vec<_>>())?;
    let folder = crate::root().join("models/en");
    println!(
        "events.bin: {} bytes; roles.bin: {} bytes",
        types.len(),
        roles.len()
    );
    fs::write(folder.join("events.bin"), types)?;
    fs::write(folder.join("roles.bin"), roles)?;
    let seen: BTreeSet<u32> = sentences.iter().map(|one| acts::hash(&one.text)).collect();
    let packed: Vec<u8> = seen.iter().flat_map(|hash| hash.to_le_bytes()).collect();
    fs::write(folder.join("events-seen.bin"), packed)?;
    Ok(())
}

/// A model from these sentences and our own.
pub(crate) fn model(sentences: &[&Coded]) -> Result<EventModel> {
    let (types, roles) = bytes(sentences)?;
    Ok(EventModel::read(&types, &roles).unwrap_or_default())
}

fn bytes(sentences: &[&Coded]) -> Result<(Vec<u8>, Vec<u8>)> {
    let (labels, own) = acts::own_pieces("events.toml", "event")?;
    // What tells nothing of any kind of news codes no event either.
    let (_, news) = acts::own_pieces("kinds.toml", "kind")?;
    let none = news.into_iter().filter(|piece| piece.kind == NO_KIND);
    let number = |kind: &str| labels.iter().position(|label| label == kind);
    let mut types: Vec<Sample> = Vec::new();
    let mut roles: Vec<Sample> = Vec::new();
    for piece in own.into_iter().chain(none) {
        let label = number(&piece.kind).context("a type that is no id")?;
        types.extend(
            EventSentence::of(&piece.text)
                .iter()
                .take(1)
                .map(|read| (read.type_features(), label)),
        );
    }
    for coded in sentences {
        let label = number(&coded.kind)
            .with_context(|| format!("\"{}\" is no type of data/plover.tsv", coded.kind))?;
        for read in EventSentence::of(&coded.text).iter().take(1) {
            types.push((read.type_features(), label));
            let roles_of = roles_in(read, coded);
            roles.extend(
                roles_of
                    .iter()
                    .enumerate()
                    .map(|(phrase, role)| (read.role_features(phrase, &coded.kind), *role)),
            );
        }
    }
    let role_labels = ROLES.map(str::to_owned);
    Ok((
        learn(&labels, &types, TYPES).to_bytes(),
        learn(&role_labels, &roles, ROLE_PLAN).to_bytes(),
    ))
}

/// The role of each noun phrase: the first phrase that names a coded actor is the actor.
fn roles_in(read: &EventSentence, coded: &Coded) -> Vec<usize> {
    let mut roles = vec![0; read.phrase_count()];
    for (role, names) in [(1, &coded.actors), (2, &coded.recipients)] {
        for name in names {
            let found =
                (0..roles.len()).find(|phrase| roles[*phrase] == 0 && same(name, &read.phrase(*phrase)));
            if let Some(phrase) = found {
                roles[phrase] = role;
            }
        }
    }
    roles
}

/// Whether two phrases name the same: all words of one stand in the other, articles and possessives left out.
pub(crate) fn same(one: &str, other: &str) -> bool {
    let words = |phrase: &str| -> BTreeSet<String> {
        phrase
            .to_lowercase()
            .replace("'s", " ")
            .split(|letter: char| !letter.is_alphanumeric() && letter != '.')
            .map(|word| word.trim_matches('.').to_owned())
            .filter(|word| !matches!(word.as_str(), "" | "the" | "a" | "an" | "s" | "of" | "in" | "and"))
            .collect()
    };
    let (one, other) = (words(one), words(other));
    !one.is_empty() && !other.is_empty() && (one.is_subset(&other) || other.is_subset(&one))
}

/// The coded sentences at hand.
pub(crate) fn coded(shared: &Path) -> Result<Vec<Coded>> {
    let folder = shared.join("gold/plover");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .with_context(|| format!("could not list {}", folder.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.to_string_lossy().ends_with(".tar.gz"));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let packed = fs::read(&file)?;
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&packed[..]));
        for entry in archive.entries()? {
            let mut entry = entry?;
            if !entry.header().entry_type().is_file() {
                continue;
            }
            let mut raw = Vec::new();
            entry.read_to_end(&mut raw)?;
            // Line breaks inside texts are not JSON; between values they mean nothing.
            let text: String = String::from_utf8_lossy(&raw)
                .chars()
                .map(|letter| if letter.is_control() { ' ' } else { letter })
                .collect();
            let Ok(Value::Array(items)) = serde_json::from_str(&text) else {
                continue;
            };
            all.extend(items.iter().filter_map(one));
        }
    }
    Ok(all)
}

/// One coded sentence; `None` for documentation and other versions.
fn one(item: &Value) -> Option<Coded> {
    let text = item.get("text")?.as_str()?.to_owned();
    let kind = item.get("event")?.as_str()?.to_owned();
    let version = item.get("version").and_then(Value::as_str).unwrap_or(VERSION);
    if version != VERSION {
        return None;
    }
    let names = |key: &str| -> Vec<String> {
        let list = item
            .get(key)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let names = list.iter().filter_map(|actor| actor.get("actorText")?.as_str());
        names
            .map(str::to_owned)
            .filter(|name| !name.trim().is_empty())
            .collect()
    };
    Some(Coded {
        text,
        kind,
        actors: names("source"),
        recipients: names("target"),
    })
}
