//! `truceline completions` and `truceline man`: what a shell and a manual need, made from the command line itself.

use super::{Cli, print};
use crate::fault::Fault;
use clap::{Args, CommandFactory as _};
use std::path::PathBuf;

/// Prints the completion script of a shell.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell.
    shell: clap_complete::Shell,
}

/// Writes a manual page for every command.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Folder that takes the pages; made when it is not there.
    #[arg(value_name = "DIR")]
    into: PathBuf,
}

/// Runs `completions`.
pub(crate) fn completions(command: &Completions) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut Cli::command(), "truceline", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(0)
}

/// Runs `man`.
pub(crate) fn man(command: &Man) -> anyhow::Result<u8> {
    let hint = "Name a folder that may be written to.";
    let told = |error: std::io::Error| Fault::outside("could not write the manual pages", hint, error);
    std::fs::create_dir_all(&command.into).map_err(told)?;
    clap_mangen::generate_to(Cli::command().disable_help_subcommand(true), &command.into).map_err(told)?;
    print(&format!(
        "manual pages are in {0}; read one with `man -l {0}/truceline.1`\n",
        command.into.display()
    ))?;
    Ok(0)
}
