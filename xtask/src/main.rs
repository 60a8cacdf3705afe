//! All automation of the house: tidy, score, bench, train, ci.
#![expect(clippy::print_stdout, reason = "xtask speaks to the person who started it")]

mod bench;
mod conllu;
mod score;
mod train;

use std::path::PathBuf;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = arguments
        .split_first()
        .map_or(("", &[][..]), |(c, rest)| (c.as_str(), rest));
    match command {
        "score" => score::main(&shared(), rest),
        "bench" => bench::main(&shared()),
        "train" => train::main(&shared(), rest),
        _ => bail!("\"{command}\" is not a task; there are: bench, score, train"),
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
