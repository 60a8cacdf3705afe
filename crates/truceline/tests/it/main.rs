//! The whole house through its front door: the binary, run as a user runs it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says so and stops"
)]

mod agreements;
mod bad_input;
mod changed;
mod demo;
mod exchange;
mod hostile;
mod languages;
mod laws;
mod manual;
mod proofs;
mod reconcile;
mod rulings;
mod seeds;
mod serve;
mod walk;

use std::path::Path;
use std::process::{Command, Output};

/// Runs the binary.
pub(crate) fn truceline(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_truceline"))
        .args(arguments)
        .output()
        .unwrap()
}

/// Runs the binary and wants it to succeed; gives what it printed.
#[track_caller]
pub(crate) fn told(arguments: &[&str]) -> String {
    let output = truceline(arguments);
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    );
    assert!(
        output.status.success(),
        "{arguments:?} gave {:?}\n{out}\n{err}",
        output.status.code()
    );
    out
}

/// Every exported record of a workspace.
pub(crate) fn records(workspace: &Path) -> Vec<serde_json::Value> {
    let lines = told(&["export", "--workspace", workspace.to_str().unwrap()]);
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The records of a kind.
pub(crate) fn of_kind<'a>(records: &'a [serde_json::Value], kind: &str) -> Vec<&'a serde_json::Value> {
    records.iter().filter(|record| record["kind"] == kind).collect()
}
