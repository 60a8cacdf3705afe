//! All automation of the house: what is checked, measured, trained and made is a command here.
#![expect(clippy::print_stdout, reason = "xtask speaks to the person who started it")]

mod ci;
mod clock;
mod conllu;
mod gazetteer;
mod score;
mod tidy;
mod train;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["ci"] => ci::main(&root(), None),
        ["ci", step] => ci::main(&root(), Some(step)),
        ["tidy"] => tidy::main(&root()),
        ["gazetteer", packages] => gazetteer::run(Path::new(packages), &root()),
        ["score", ..] => score::main(&shared(), &arguments[1..]),
        ["train", ..] => train::main(&shared(), &arguments[1..]),
        _ => bail!("usage: cargo xtask ci [STEP] | tidy | gazetteer FOLDER_WITH_PACKAGES | score [TASK…] | train [TASK…]"),
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of labelled data beside the repository.
fn shared() -> PathBuf {
    root().join("../shared")
}
