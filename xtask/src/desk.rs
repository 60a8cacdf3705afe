//! The desk with the demonstration, from a bare checkout: builds the pages, then the program, and serves.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Builds and serves until it is stopped; `options` go to `truceline serve`.
pub(crate) fn main(root: &Path, options: &[String]) -> Result<()> {
    run(root, "npm", &["ci", "--prefix", "web"])?;
    run(root, "npm", &["run", "build", "--prefix", "web"])?;
    let serve = ["run", "--release", "--locked", "--", "serve", "--demo"];
    let workspace = ["--workspace", "target/desk"];
    let given = options.iter().any(|option| option == "--workspace");
    let all: Vec<&str> = serve
        .into_iter()
        .chain(workspace.into_iter().filter(|_| !given))
        .chain(options.iter().map(String::as_str))
        .collect();
    run(root, "cargo", &all)
}

fn run(root: &Path, program: &str, arguments: &[&str]) -> Result<()> {
    println!("$ {program} {}", arguments.join(" "));
    let status = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .status()
        .with_context(|| {
            format!("could not start \"{program}\"; the pages need Node.js 20 or newer with npm")
        })?;
    if !status.success() {
        bail!("`{program} {}` ended with {status}", arguments.join(" "));
    }
    Ok(())
}
