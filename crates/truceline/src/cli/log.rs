//! `truceline log`: whether the log is intact, and proofs for its entries.

use super::{At, print};
use crate::fault::{Fault, Kind};
use crate::workspace;
use clap::{Args, Subcommand};

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
}

/// Runs the command. Exit code 1 when the log is not intact.
pub(crate) fn run(command: &Log) -> anyhow::Result<u8> {
    match &command.command {
        What::Verify { at } => verify(at),
        What::Proof { entry, at } => {
            let (_, reader) = workspace::reader(&at.workspace)?;
            if *entry >= reader.size() {
                return Err(Fault::of(
                    Kind::Usage,
                    format!("the log has no entry {entry}"),
                    format!("It has {} entries, counted from 0.", reader.size()),
                ));
            }
            print(&reader.proof_file(*entry)?.to_string())?;
            Ok(0)
        }
    }
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
