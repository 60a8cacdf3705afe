//! Speed of each stage and of the whole way, on one core, on ordinary news and on the dense demonstration.
//!
//! The calls are those of `crates/truceline/src/pipeline.rs`, in the same order; what is measured is what runs.
//! Peers (`--peers`) are not here yet: they need other programs to be installed.

mod language;
pub(crate) mod pack;
mod pages;
mod stages;

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use pack::Pack;
use stages::Measured;

/// Ordinary news, beside the repository.
const NEWS: &str = "gold/throughput/articles.jsonl.gz";

/// Runs of each stage when nobody asks for another number: the median of five shrugs off one busy moment.
const RUNS: usize = 5;

/// Pages of ordinary news when nobody asks for another number.
///
/// 1,000: about 6 MB, a long day of one observatory; all 9,389 take ten times as long and say the same.
const PAGES: usize = 1_000;

/// Times every stage on every set that is here, and prints a table; with `language`, the layers of that crate.
pub(crate) fn main(root: &Path, shared: &Path, arguments: &[String]) -> Result<()> {
    if arguments == ["language"] {
        return language::main(shared);
    }
    let asked = Asked::read(arguments)?;
    println!(
        "processor time on one core, median of {} runs; {}",
        asked.runs,
        machine()
    );
    let pack = Pack::read(&root.join("data"))?;
    println!("data pack read; memory {}", memory());
    let news = shared.join(NEWS);
    if news.exists() {
        let pages = pages::news(&news, asked.pages)?;
        report("ordinary news", &stages::measure(&pages, &pack, asked.runs));
    } else {
        println!("\nordinary news: left out, {} is not here", news.display());
    }
    let pages = pages::folder(&root.join("data/demo"));
    report("demonstration", &stages::measure(&pages, &pack, asked.runs));
    println!("\nmemory, highest so far: {}", memory());
    println!("peers: not measured here yet");
    Ok(())
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    runs: usize,
    pages: usize,
}

impl Asked {
    /// Reads `--runs N` and `--pages N`.
    fn read(arguments: &[String]) -> Result<Self> {
        let mut asked = Self {
            runs: RUNS,
            pages: PAGES,
        };
        let mut rest = arguments.iter();
        while let Some(option) = rest.next() {
            let number = rest
                .next()
                .with_context(|| format!("\"{option}\" needs a number behind it"))?;
            let number: usize = number
                .parse()
                .with_context(|| format!("\"{number}\" is not a number"))?;
            match option.as_str() {
                "--runs" => asked.runs = number.max(1),
                "--pages" => asked.pages = number,
                _ => bail!("\"{option}\" is not known; there are: language, --runs N, --pages N"),
            }
        }
        Ok(asked)
    }
}

fn report(name: &str, measured: &Measured) {
    let Measured {
        pages,
        bytes,
        sentences,
        telling,
        claims,
        incidents,
        findings,
        stages,
    } = measured;
    println!("\n{name}: {pages} pages, {:.2} MB", megabytes(*bytes));
    println!(
        "{:<22} {:>10} {:>10} {:>10}",
        "stage", "seconds", "pages/s", "MB/s"
    );
    for (stage, seconds) in stages {
        let per = |amount: f64| if *seconds > 0.0 { amount / seconds } else { 0.0 };
        println!(
            "{stage:<22} {seconds:>10.4} {:>10.0} {:>10.2}",
            per(*pages as f64),
            per(megabytes(*bytes))
        );
    }
    let share = 100.0 * *telling as f64 / (*sentences).max(1) as f64;
    println!(
        "{sentences} sentences, {telling} with a claim ({share:.1} %); {claims} claims, {incidents} incidents, {findings} findings"
    );
    println!("memory {}", memory());
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Resident memory at its highest, as Linux counts it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    match peak_kilobytes(&status) {
        Some(kilobytes) => format!("{:.0} MB", kilobytes as f64 / 1e3),
        None => "not told by this system".to_owned(),
    }
}

fn peak_kilobytes(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The processor, as Linux names it.
fn machine() -> String {
    let told = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = told
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    model.map_or_else(
        || "processor not told by this system".to_owned(),
        |(_, name)| name.trim().to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::{Asked, PAGES, RUNS, peak_kilobytes};

    fn read(words: &[&str]) -> anyhow::Result<Asked> {
        Asked::read(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_read_and_others_refused() {
        assert_eq!(
            read(&[]).unwrap(),
            Asked {
                runs: RUNS,
                pages: PAGES
            }
        );
        assert_eq!(
            read(&["--pages", "7", "--runs", "0"]).unwrap(),
            Asked { runs: 1, pages: 7 }
        );
        assert!(read(&["--peers", "1"]).is_err());
        assert!(read(&["--runs"]).is_err());
        assert!(read(&["--runs", "many"]).is_err());
    }

    #[test]
    fn the_highest_memory_is_read() {
        assert_eq!(
            peak_kilobytes("VmPeak:\t 9 kB\nVmHWM:\t  1234 kB\nVmRSS:\t 5 kB\n"),
            Some(1234)
        );
        assert_eq!(peak_kilobytes("Name: x"), None);
    }
}
