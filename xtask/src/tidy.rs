//! The habits of the house as checks that can fail: who knows whom, is the map true, how long is a file,
//! what may lie in the repository, whose code do we use.
//!
//! Every check is a pure function from texts to faults, so each is tested with an example that it must catch.

mod data;
mod files;
mod length;
mod libraries;
mod map;
mod serde_derive;
mod source;
mod star;
mod table;
mod words;

use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use files::Tree;

/// Something that breaks a habit: where, what, and what would put it right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    place: String,
    what: String,
    next: String,
}

impl Fault {
    fn new(place: impl Into<String>, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into(), next: next.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  hint: {}", self.place, self.what, self.next)
    }
}

/// Runs every check over the repository and prints every fault.
pub(crate) fn main(root: &Path) -> Result<()> {
    let tree = Tree::read(root)?;
    let metadata = metadata(root)?;
    let architecture = tree.text("ARCHITECTURE.md")?;
    let mut faults = Vec::new();
    faults.extend(star::check(&architecture, &metadata));
    faults.extend(map::check(&tree, &metadata));
    faults.extend(length::check(&tree)?);
    faults.extend(files::check(&tree)?);
    faults.extend(serde_derive::check(&tree));
    faults.extend(words::check(&tree));
    let libraries = libraries::check(&tree, &metadata)?;
    faults.extend(libraries.faults);
    faults.extend(data::check(&tree));
    faults.sort();
    for fault in &faults {
        println!("{fault}");
    }
    println!("info: {}", libraries.duplicates);
    if faults.is_empty() {
        println!("tidy: {} files, no fault", tree.len());
        Ok(())
    } else {
        bail!("{} faults", faults.len());
    }
}

/// What `cargo metadata` says about the workspace; fails when `Cargo.lock` does not fit the manifests.
pub(crate) fn metadata(root: &Path) -> Result<Value> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root)
        .output()
        .context("could not start cargo")?;
    if !output.status.success() {
        bail!("cargo metadata said no: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    serde_json::from_slice(&output.stdout).context("cargo metadata gave no JSON")
}
