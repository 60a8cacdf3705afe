//! `truceline data`: what experts edit.

use super::{Common, print};
use crate::fault::Kind;
use crate::pack::Pack;
use clap::{Args, Subcommand};

/// The data pack.
#[derive(Debug, Args)]
pub(crate) struct Data {
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Tell every fault at once: file, line, what is wrong, what a right line looks like. Runs every example.
    Check,
}

/// Runs the command. Exit code 1 when there is a fault.
pub(crate) fn run(command: &Data, common: &Common) -> anyhow::Result<u8> {
    let What::Check = command.command;
    let (pack, files) = Pack::read(common.data.as_deref())?;
    let mut faults = pack.faults.clone();
    faults.extend(claims::check_examples(&pack.lexicon));
    faults.extend(pack.worked_cases(&files));
    faults.sort();
    if faults.is_empty() {
        print(&format!(
            "no fault: {} files, {} actors, {} outlets, {} places, {} agreements; data sha256:{}\n",
            pack.files.len(),
            pack.actors().len(),
            pack.outlets.len(),
            pack.gazetteer.count(),
            pack.agreements.len(),
            pack.hash
        ))?;
        return Ok(0);
    }
    let lines: Vec<String> = faults.iter().map(|fault| format!("{fault}\n")).collect();
    print(&format!(
        "{}{} fault{}\n",
        lines.concat(),
        faults.len(),
        if faults.len() == 1 { "" } else { "s" }
    ))?;
    Ok(Kind::SaysNo as u8)
}
