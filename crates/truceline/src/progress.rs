//! Progress of long work: a bar on a terminal, one line a page otherwise, nothing when asked to be quiet.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// How progress is shown.
pub(crate) enum Progress {
    Bar(ProgressBar),
    Lines,
    Quiet,
}

impl Progress {
    /// A bar where standard error is a terminal, lines otherwise.
    pub(crate) fn new(quiet: bool) -> Self {
        if quiet {
            return Self::Quiet;
        }
        if !std::io::stderr().is_terminal() {
            return Self::Lines;
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        Self::Bar(bar)
    }
    /// One more page is read.
    #[expect(clippy::print_stderr, reason = "the binary speaks to people")]
    pub(crate) fn page(&self, done: usize, all: usize, line: &str) {
        match self {
            Self::Bar(bar) => {
                bar.set_length(all as u64);
                bar.set_position(done as u64);
                bar.set_message(line.to_owned());
            }
            Self::Lines => eprintln!("{line}"),
            Self::Quiet => {}
        }
    }
    /// A part of one long piece of work is done; without a terminal each tenth of it is a line.
    #[expect(clippy::print_stderr, reason = "the binary speaks to people")]
    pub(crate) fn part(&self, done: usize, all: usize, before: usize, line: &str) {
        let tenth = |done: usize| 10 * done / all.max(1);
        match self {
            Self::Bar(bar) => {
                bar.set_length(all as u64);
                bar.set_position(done as u64);
                bar.set_message(line.to_owned());
            }
            Self::Lines if tenth(done) > tenth(before) => eprintln!("{} % {line}", 10 * tenth(done)),
            _ => {}
        }
    }
    /// A line that stays: what was made, what was left out.
    #[expect(clippy::print_stderr, reason = "the binary speaks to people")]
    pub(crate) fn say(&self, line: &str) {
        match self {
            Self::Bar(bar) => bar.suspend(|| eprintln!("{line}")),
            Self::Lines => eprintln!("{line}"),
            Self::Quiet => {}
        }
    }
    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
