//! Whose code we use: licences, banned libraries, lowest versions without a known flaw, and one line of reason
//! for each direct dependency in `docs/dependencies.md`. What `cargo deny` does, without a network.

mod licence;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::files::Tree;
use super::{Fault, table};

/// The lists, as people edit them.
const LISTS: &str = "xtask/libraries.toml";

/// The page of reasons.
const REASONS: &str = "docs/dependencies.md";

/// The only registry that libraries may come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What was found, and what is only worth knowing.
pub(crate) struct Libraries {
    pub(crate) faults: Vec<Fault>,
    /// Libraries that stand in the lock file in several versions.
    pub(crate) duplicates: String,
}

/// The lists of `xtask/libraries.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    licences: Vec<String>,
    #[serde(default)]
    banned: Vec<Banned>,
    #[serde(default)]
    least: Vec<Least>,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Banned {
    name: String,
    reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Least {
    name: String,
    version: String,
    reason: String,
}

pub(crate) fn check(tree: &Tree, metadata: &Value) -> Result<Libraries> {
    let lists: Lists = toml::from_str(&tree.text(LISTS)?).with_context(|| format!("could not read \"{LISTS}\""))?;
    let mut faults = foreign(metadata, &lists);
    faults.extend(reasons(&tree.text(REASONS).unwrap_or_default(), metadata));
    if !tree.has("Cargo.lock") {
        let next = "Commit it: everybody builds the same libraries.";
        faults.push(Fault::new("Cargo.lock", "it is not in the repository", next));
    }
    Ok(Libraries { faults, duplicates: duplicates(metadata) })
}

/// The packages of this workspace.
pub(crate) fn own(metadata: &Value) -> Vec<&Value> {
    let members: BTreeSet<&str> = metadata["workspace_members"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    packages(metadata).filter(|package| package["id"].as_str().is_some_and(|id| members.contains(id))).collect()
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

fn word<'a>(package: &'a Value, key: &str) -> &'a str {
    package[key].as_str().unwrap_or_default()
}

/// Every package that is not ours, against the lists.
fn foreign(metadata: &Value, lists: &Lists) -> Vec<Fault> {
    let mut faults = Vec::new();
    for package in packages(metadata).filter(|package| package["source"].is_string()) {
        let (name, version) = (word(package, "name"), word(package, "version"));
        let place = format!("{name} {version}");
        let source = word(package, "source");
        if source != REGISTRY {
            let next = "Take it from the public registry, where its bytes are pinned by hash.";
            faults.push(Fault::new(&place, format!("it comes from \"{source}\""), next));
        }
        let licence = word(package, "license");
        if !licence::is_allowed(licence, &lists.licences) {
            let next = format!("Use another library; a licence joins the list in {LISTS} only by a decision.");
            faults.push(Fault::new(&place, format!("its licence \"{licence}\" is not on the list"), next));
        }
        if let Some(banned) = lists.banned.iter().find(|banned| banned.name == name) {
            faults.push(Fault::new(&place, "it is banned", banned.reason.clone()));
        }
        if let Some(least) = lists.least.iter().find(|least| least.name == name)
            && older(version, &least.version)
        {
            faults.push(Fault::new(&place, format!("it is older than {}", least.version), least.reason.clone()));
        }
    }
    faults
}

/// Whether a version lies before another; a release candidate counts as its release.
fn older(version: &str, least: &str) -> bool {
    let numbers = |text: &str| -> Vec<u64> {
        let core = text.split(['-', '+']).next().unwrap_or_default();
        core.split('.').map(|part| part.parse().unwrap_or(0)).collect()
    };
    numbers(version) < numbers(least)
}

/// Every direct dependency has a line of reasons, and every line has a dependency.
fn reasons(page: &str, metadata: &Value) -> Vec<Fault> {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in own(metadata) {
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            if dependency["path"].is_null() {
                let user = word(package, "name");
                users.entry(word(dependency, "name")).or_default().insert(user.strip_prefix("truceline-").unwrap_or(user));
            }
        }
    }
    let rows = table::rows(page, "Direct dependencies");
    let mut faults = Vec::new();
    for (name, users) in &users {
        let users: Vec<&str> = users.iter().copied().collect();
        match rows.iter().find(|row| row[0] == *name) {
            None => {
                let what = format!("there is no line for \"{name}\", which {} uses", users.join(", "));
                faults.push(Fault::new(REASONS, what, "Say what problem it solves, why we do not, and what it pulls in."));
            }
            Some(row) if row.iter().any(String::is_empty) || row.len() < 4 => {
                let next = "Say what problem it solves, why we do not, and what it pulls in.";
                faults.push(Fault::new(REASONS, format!("the line for \"{name}\" lacks a cell"), next));
            }
            Some(_) => {}
        }
    }
    for row in rows.iter().filter(|row| !users.contains_key(row[0].as_str())) {
        faults.push(Fault::new(REASONS, format!("\"{}\" is used by no crate", row[0]), "Take the line out."));
    }
    faults
}

fn duplicates(metadata: &Value) -> String {
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages(metadata) {
        versions.entry(word(package, "name")).or_default().insert(word(package, "version"));
    }
    let several: Vec<String> = versions
        .iter()
        .filter(|(_, versions)| versions.len() > 1)
        .map(|(name, versions)| format!("{name} ({})", versions.iter().copied().collect::<Vec<_>>().join(", ")))
        .collect();
    format!("{} packages, {} of them in several versions: {}", versions.len(), several.len(), several.join("; "))
}

#[cfg(test)]
mod tests;
