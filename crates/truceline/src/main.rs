//! The one binary: reads the command line, tells the story in `pipeline`, and speaks to people.

mod abreast;
mod cli;
mod clock;
mod fault;
mod intake;
mod known_at;
mod pack;
mod pipeline;
mod progress;
mod ruling;
mod tables;
mod workspace;

use std::process::ExitCode;

/// Reading makes and drops millions of short texts; this allocator takes a sixth off the whole.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let command = cli::parse();
    match cli::run(command) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            fault::tell(&error);
            ExitCode::from(fault::exit_code(&error))
        }
    }
}
