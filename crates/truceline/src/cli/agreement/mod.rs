//! `truceline agreement`: a written agreement checked, shown, and walked through with one incident.

mod check;
mod page;
mod walk;

pub(super) use check::picture;

use super::{At, Common};
use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use clap::{Args, Subcommand};
use model::Agreement;
use std::path::PathBuf;

/// Written agreements.
#[derive(Debug, Args)]
pub(crate) struct AgreementCommand {
    #[command(subcommand)]
    command: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Tell every fault of an agreement's files with the line it stands on, run its examples, and remark on terms
    /// that contradict each other or can never fire, zones nobody drew, parties nobody is.
    Check {
        /// The folder of an agreement, or a file in it.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Print an agreement as a page to read: dates, parties, terms, exemptions, deadlines, zones, register.
    Show {
        /// Its key, such as astana-2017-05-04; all keys are listed when none is given.
        #[arg(value_name = "ID")]
        id: Option<String>,
    },
    /// Walk one incident through every term of every agreement in play.
    Explain {
        /// Id of an incident; the first characters are enough.
        #[arg(value_name = "INCIDENT")]
        incident: String,
        /// Walk through this agreement only.
        #[arg(long, value_name = "ID")]
        agreement: Option<String>,
        #[command(flatten)]
        at: At,
    },
}

/// Runs the command. Exit code 1 when a checked agreement has a fault.
pub(crate) fn run(command: &AgreementCommand, common: &Common) -> anyhow::Result<u8> {
    match &command.command {
        What::Check { file } => check::run(file, common),
        What::Show { id } => page::run(id.as_deref(), common),
        What::Explain {
            incident,
            agreement,
            at,
        } => walk::run(incident, agreement.as_deref(), at, common),
    }
}

/// The agreement of this key.
fn find<'p>(pack: &'p Pack, id: &str) -> anyhow::Result<&'p Agreement> {
    let known: Vec<&str> = pack
        .agreements
        .iter()
        .map(|agreement| agreement.id.as_str())
        .collect();
    let found = pack
        .agreements
        .iter()
        .find(|agreement| agreement.id.as_str() == id);
    found.ok_or_else(|| {
        let near = model::nearest_word(id, known.iter().copied())
            .map(|near| format!(" Did you mean \"{near}\"?"))
            .unwrap_or_default();
        Fault::of(
            Kind::Usage,
            format!("there is no agreement \"{id}\""),
            format!("Known: {}.{near}", known.join(", ")),
        )
    })
}

/// Columns of a page for people; longer lines are broken between words.
const WIDTH: usize = 96;

/// Text broken between words, each line after `pad` blanks.
fn wrapped(text: &str, pad: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column == 0 {
            out.push_str(&" ".repeat(pad));
            column = pad;
        } else if column + 1 + length > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(pad));
            column = pad;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn long_lines_are_broken_between_words_and_keep_their_margin() {
        let text = wrapped(&"word ".repeat(60), 4);
        assert!(text.lines().count() > 3);
        assert!(
            text.lines()
                .all(|line| line.starts_with("    word") && line.len() <= 96)
        );
        assert_eq!(wrapped("one", 2), "  one\n");
    }
}
