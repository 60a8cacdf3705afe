//! `truceline log`: whether the log is intact, and proofs for its entries.

use super::{At, print};
use crate::fault::{Fault, Kind};
use crate::workspace;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// The log of every input.
#[derive(Debug, Args)]
pub(crate) struct Log {
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Recompute every hash, compare every tile and the signed head, open every page.
    Verify {
        #[command(flatten)]
        at: At,
    },
    /// Print a proof that an entry is in the log; anyone can check it without this program.
    Proof {
        /// Number of the entry, from 0.
        entry: u64,
        #[command(flatten)]
        at: At,
    },
    /// Print an entry of the log, byte for byte as it was hashed.
    Leaf {
        /// Number of the entry, from 0.
        entry: u64,
        #[command(flatten)]
        at: At,
    },
    /// Print the public key of the log, to be handed to whoever checks proofs.
    Key {
        #[command(flatten)]
        at: At,
    },
    /// Check a proof against an entry and a key; no workspace is needed. Exit code 1 when it does not hold.
    Check {
        /// The proof, as `log proof` prints it.
        proof: PathBuf,
        /// The entry, as `log leaf` prints it.
        #[arg(long, value_name = "FILE")]
        leaf: PathBuf,
        /// The log's public key, as `log key` prints it.
        #[arg(long, value_name = "KEY")]
        key: String,
    },
}

/// Runs the command. Exit code 1 when the log is not intact.
pub(crate) fn run(command: &Log) -> anyhow::Result<u8> {
    match &command.command {
        What::Verify { at } => verify(at),
        What::Proof { entry, at } => {
            print(&reader_with(at, *entry)?.proof_file(*entry)?.to_string())?;
            Ok(0)
        }
        What::Leaf { entry, at } => {
            let leaf = reader_with(at, *entry)?.entry(*entry)?;
            print(&String::from_utf8_lossy(&leaf))?;
            Ok(0)
        }
        What::Key { at } => {
            print(&format!("{}\n", workspace::key(&at.workspace)?))?;
            Ok(0)
        }
        What::Check { proof, leaf, key } => check(proof, leaf, key),
    }
}

/// The log, when it has the entry.
fn reader_with(at: &At, entry: u64) -> anyhow::Result<ledger::Reader> {
    let (_, reader) = workspace::reader(&at.workspace)?;
    match entry < reader.size() {
        true => Ok(reader),
        false => Err(Fault::of(
            Kind::Usage,
            format!("the log has no entry {entry}"),
            format!("It has {} entries, counted from 0.", reader.size()),
        )),
    }
}

fn check(proof: &Path, leaf: &Path, key: &str) -> anyhow::Result<u8> {
    let read = |path: &Path| {
        std::fs::read(path).map_err(|error| {
            let what = format!("could not read \"{}\"", path.display());
            Fault::outside(what, "Name a file that `log proof` or `log leaf` printed.", error)
        })
    };
    let key = ledger::VerifierKey::parse(key).map_err(|error| {
        Fault::of(
            Kind::Usage,
            format!("{error}"),
            "Give the line that `log key` prints, whole.",
        )
    })?;
    let (proof, leaf) = (read(proof)?, read(leaf)?);
    let held =
        ledger::ProofFile::parse(&proof).and_then(|proof| Ok((proof.check(&leaf, &key)?, proof.index)));
    match held {
        Ok((head, index)) => {
            print(&format!(
                "holds: entry {index} is in the log of {} entries, root {}, signed by {}\n",
                head.size,
                head.root,
                key.name()
            ))?;
            Ok(0)
        }
        Err(error) => {
            print(&format!("does not hold: {error}{}\n", every_cause(&error)))?;
            Ok(Kind::SaysNo as u8)
        }
    }
}

fn every_cause(error: &dyn std::error::Error) -> String {
    let mut words = String::new();
    let mut at = error.source();
    while let Some(cause) = at {
        words.push_str(&format!(": {cause}"));
        at = cause.source();
    }
    words
}

fn verify(at: &At) -> anyhow::Result<u8> {
    let key = workspace::key(&at.workspace)?;
    let report = match ledger::verify(&at.workspace.join("log"), &key) {
        Ok(report) => report,
        Err(error) => {
            print(&format!(
                "not intact: {error}{}\nRestore the workspace from a backup; do not add to it.\n",
                because(&error)
            ))?;
            return Ok(Kind::SaysNo as u8);
        }
    };
    if let Some(fault) = &report.fault {
        print(&format!(
            "not intact: {fault}\nRestore the workspace from a backup; do not add to it.\n"
        ))?;
        return Ok(Kind::SaysNo as u8);
    }
    let (_, reader) = workspace::reader(&at.workspace)?;
    if let Some(seen) = workspace::seen(&at.workspace) {
        let older = ledger::Checkpoint::open(&seen, &key)?;
        if let Err(error) = reader.extends(&older) {
            print(&format!(
                "rolled back: the log does not extend the head seen here before, of {} entries: {error}\n",
                older.size
            ))?;
            return Ok(Kind::SaysNo as u8);
        }
    }
    let blobs = store::Blobs::open(&at.workspace)?;
    let replay = workspace::replay(&at.workspace, &reader, &blobs)?;
    let (tables, closed_tables) = workspace::tables(&at.workspace, &reader)?;
    let closed: Vec<String> = replay
        .closed
        .iter()
        .chain(&closed_tables)
        .map(|note| format!("  {}: {}. {}\n", note.about, note.what, note.next))
        .collect();
    print(&format!(
        "intact: {} entries in {} files, root signed by {}\npages: {} opened and fit the log, {} closed\n{}{}",
        report.entries,
        report.files,
        key.name(),
        replay.pages.len(),
        replay.closed.len(),
        match tables.len() + closed_tables.len() {
            0 => String::new(),
            _ => format!(
                "tables: {} opened and fit the log, {} closed\n",
                tables.len(),
                closed_tables.len()
            ),
        },
        closed.concat()
    ))?;
    Ok(if closed.is_empty() { 0 } else { Kind::SaysNo as u8 })
}

fn because(error: &dyn std::error::Error) -> String {
    error
        .source()
        .map(|source| format!(": {source}"))
        .unwrap_or_default()
}
