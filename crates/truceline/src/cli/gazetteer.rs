//! `truceline gazetteer import`: place tables of others, turned into ours.

use super::{Common, print};
use crate::fault::{Fault, Kind};
use crate::progress::Progress;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// Place tables.
#[derive(Debug, Args)]
pub(crate) struct Gazetteer {
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read a GeoNames country file, with its alternate names, or a table of OCHA p-codes.
    Import {
        /// The file: GeoNames `XX.txt`, or p-codes as CSV or tab-separated text.
        file: PathBuf,
        /// GeoNames `alternateNamesV2` file of the same country.
        #[arg(long, value_name = "FILE")]
        alternates: Option<PathBuf>,
        /// The file is a table of p-codes.
        #[arg(long)]
        pcodes: bool,
        /// Where to write our table; put it under `gazetteer/` of a data folder.
        #[arg(long, short, value_name = "FILE")]
        output: PathBuf,
    },
}

/// Runs the command. Exit code 3 when no row could be read.
pub(crate) fn run(command: &Gazetteer, common: &Common) -> anyhow::Result<u8> {
    let What::Import {
        file,
        alternates,
        pcodes,
        output,
    } = &command.command;
    let text = read(file)?;
    let progress = Progress::new(common.quiet);
    let (mut before, name) = (0, file.display().to_string());
    let mut on = |read: usize, all: usize| {
        progress.part(read, all, before, &name);
        before = read;
    };
    let (table, faults) = if *pcodes {
        places::Gazetteer::pcodes(&text, &mut on)
    } else {
        let alternates = alternates.as_deref().map(read).transpose()?;
        places::Gazetteer::geonames_country_file(&text, alternates.as_deref(), &mut on)
    };
    progress.finish();
    let rows = table.lines().count().saturating_sub(1);
    for fault in faults.iter().take(FAULTS_SHOWN) {
        print(&format!("{fault}\n"))?;
    }
    if faults.len() > FAULTS_SHOWN {
        print(&format!("… and {} more faults\n", faults.len() - FAULTS_SHOWN))?;
    }
    if rows == 0 {
        return Err(Fault::of(
            Kind::Data,
            format!("no place could be read from \"{}\"", file.display()),
            "Check that it is a GeoNames country file, or give --pcodes.",
        ));
    }
    std::fs::write(output, table).map_err(|error| {
        Fault::outside(
            format!("could not write \"{}\"", output.display()),
            "Choose another place with --output.",
            error,
        )
    })?;
    print(&format!(
        "{rows} places written to {}; {} rows left out\n",
        output.display(),
        faults.len()
    ))?;
    Ok(0)
}

/// Faults printed one by one; a wrong file has one in every row.
const FAULTS_SHOWN: usize = 20;

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).map_err(|error| {
        Fault::outside(
            format!("could not read \"{}\"", path.display()),
            "Check the path; the file must be UTF-8 text.",
            error,
        )
    })
}
