//! All automation of the house: ci, tidy, score, bench, train, and the desk from a bare checkout.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "xtask speaks to the person who started it"
)]

mod bench;
mod brat;
mod ci;
mod clock;
mod conllu;
mod desk;
mod gazetteer;
mod score;
mod served;
mod tidy;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};

/// That of the binary, so that what is timed here is what it takes there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = arguments
        .split_first()
        .map_or(("", &[][..]), |(c, rest)| (c.as_str(), rest));
    match (command, rest) {
        ("ci", steps) => ci::main(&root(), steps),
        ("tidy", []) => tidy::main(&root()),
        ("score", tasks) => score::main(&shared(), tasks),
        ("bench", options) => bench::main(&root(), &shared(), options),
        ("train", models) => train::main(&shared(), models),
        ("desk", options) => desk::main(&root(), options),
        ("gazetteer", [packages]) => gazetteer::run(packages.as_ref(), &root()),
        _ => bail!(
            "\"{command}\" is not a task; there are: ci [STEP…], tidy, score [TASK…], bench, train [MODEL…], desk [OPTION…], gazetteer FOLDER_WITH_PACKAGES"
        ),
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
