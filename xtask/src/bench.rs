//! Speed of each stage and of the whole way, on one core, on ordinary news and on the dense demonstration.
//!
//! The calls are those of `crates/truceline/src/pipeline.rs`, in the same order; what is measured is what runs.
//! The binary beside this program is started too, for its start and its memory. `--peers` installs other people's
//! programs into the build folder and times them on the same articles.

mod copies;
mod desk;
mod exchange;
mod incidents;
mod invented;
mod judging;
mod language;
mod load;
mod made;
pub(crate) mod pack;
mod pages;
mod peers;
mod places;
mod stages;
mod start;

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

/// Least articles a second and megabytes a second from cleaned text to claims, on ordinary news.
const ARTICLES_MIN: f64 = 150.0;
const MEGABYTES_MIN: f64 = 1.0;
/// Longest start of the binary, in milliseconds.
const START_MAX_MS: f64 = 100.0;
/// Most memory of the binary, in megabytes.
const MEMORY_MAX_MB: f64 = 300.0;

/// Times every stage on every set that is here, and prints a table; with `language`, the layers of that crate;
/// with `judging`, a year of incidents under many terms; with `exchange`, exports and imports;
/// with `places`, points in zones and gazetteers of others; with
/// `desk`, answers of the server over a million incidents; with `load`, the server under steady load.
/// with `incidents`, a made-up war fused at once and page by page; with `copies`, copies found beside a peer.
pub(crate) fn main(root: &Path, shared: &Path, arguments: &[String]) -> Result<()> {
    if arguments == ["language"] {
        return language::main(shared);
    }
    if arguments == ["judging"] {
        return judging::main(root);
    }
    if arguments == ["exchange"] {
        return exchange::main(root);
    }
    if arguments == ["places"] {
        return places::main();
    }
    if arguments == ["incidents"] {
        return incidents::main(root);
    }
    if arguments == ["copies"] {
        return copies::main(root);
    }
    match arguments.split_first() {
        Some((first, rest)) if first == "desk" => return desk::main(root, rest),
        Some((first, rest)) if first == "load" => return load::main(root, rest),
        _ => {}
    }
    let asked = Asked::read(arguments)?;
    println!(
        "processor time on one core, median of {} runs; {}",
        asked.runs,
        machine()
    );
    let (pack, times) = Pack::read_timed(&root.join("data"))?;
    let parts: Vec<String> = times.iter().map(|(part, ms)| format!("{part} {ms:.0}")).collect();
    println!(
        "data pack read in {:.0} ms ({}); memory {}",
        times.iter().map(|(_, ms)| ms).sum::<f64>(),
        parts.join(", "),
        memory()
    );
    let file = shared.join(NEWS);
    let mut news = Vec::new();
    if file.exists() {
        news = pages::news(&file, asked.pages)?;
        let measured = stages::measure(&news, &pack, asked.runs);
        report("ordinary news", &measured);
        reading(&measured);
    } else {
        println!("\nordinary news: left out, {} is not here", file.display());
    }
    let demo = pages::folder(&root.join("data/demo"));
    report("demonstration", &stages::measure(&demo, &pack, asked.runs));
    println!("\nmemory, highest so far: {}", memory());
    start::main(&news)?;
    if asked.peers {
        peers::main(if news.is_empty() { &demo } else { &news }, &pack, asked.runs)?;
    } else {
        println!("\npeers: not asked for; --peers installs them and times them on the same articles");
    }
    Ok(())
}

/// What the command line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    runs: usize,
    pages: usize,
    peers: bool,
}

impl Asked {
    /// Reads `--runs N`, `--pages N` and `--peers`.
    fn read(arguments: &[String]) -> Result<Self> {
        let mut asked = Self {
            runs: RUNS,
            pages: PAGES,
            peers: false,
        };
        let mut rest = arguments.iter();
        while let Some(option) = rest.next() {
            if option == "--peers" {
                asked.peers = true;
                continue;
            }
            let number = rest
                .next()
                .with_context(|| format!("\"{option}\" needs a number behind it"))?;
            let number: usize = number
                .parse()
                .with_context(|| format!("\"{number}\" is not a number"))?;
            match option.as_str() {
                "--runs" => asked.runs = number.max(1),
                "--pages" => asked.pages = number,
                _ => bail!(
                    "\"{option}\" is not known; there are: language, judging, places, incidents, copies, exchange, desk, load, --runs N, --pages N, --peers"
                ),
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

/// From cleaned text to claims, beside what is asked of it.
fn reading(measured: &Measured) {
    let Some((_, seconds)) = measured
        .stages
        .iter()
        .find(|(stage, _)| *stage == "claims::extract")
    else {
        return;
    };
    let (articles, speed) = (
        measured.pages as f64 / seconds,
        megabytes(measured.bytes) / seconds,
    );
    println!(
        "cleaned text to claims: {articles:.0} articles/s, {speed:.2} MB/s; all {} sentences were tagged and read{}",
        measured.sentences,
        verdict(
            articles >= ARTICLES_MIN && speed >= MEGABYTES_MIN,
            &format!("at least {ARTICLES_MIN} articles/s and {MEGABYTES_MIN} MB/s")
        )
    );
}

/// Whether a figure is what is asked for.
fn verdict(holds: bool, asked: &str) -> String {
    format!(" ({}: {asked})", if holds { "reached" } else { "MISSED" })
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
                pages: PAGES,
                peers: false
            }
        );
        assert_eq!(
            read(&["--pages", "7", "--runs", "0"]).unwrap(),
            Asked {
                runs: 1,
                pages: 7,
                peers: false
            }
        );
        assert!(read(&["--peers"]).unwrap().peers);
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
