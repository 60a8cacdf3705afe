//! What a user of the binary waits for and pays: how long it takes to start, and how much memory a day's pages cost.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result};
use model::Page;

use super::{MEMORY_MAX_MB, START_MAX_MS, peak_kilobytes, verdict};
use crate::clock::{wait, wall};
use crate::served::binary;

/// Starts of each command; the median counts.
const STARTS: usize = 9;

/// Times the binary that lies beside this program, and prints.
pub(super) fn main(pages: &[Page]) -> Result<()> {
    println!("\nthe binary");
    let Some(binary) = binary() else {
        println!("left out: no release binary is here; `cargo build --release -p truceline` makes it");
        return Ok(());
    };
    let sentence = "A car bomb killed five people in Azaz on Wednesday, a doctor said.";
    for arguments in [&["--help"][..], &["explain", sentence]] {
        let mut all = Vec::with_capacity(STARTS);
        for _ in 0..STARTS {
            let start = wall();
            let status = Command::new(&binary)
                .args(arguments)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .with_context(|| format!("could not start {}", binary.display()))?;
            anyhow::ensure!(
                status.success(),
                "{} {arguments:?} gave {status}",
                binary.display()
            );
            all.push((wall() - start).as_secs_f64() * 1e3);
        }
        let milliseconds = super::stages::median(all);
        println!(
            "truceline {:<10} {milliseconds:>8.0} ms from start to end{}",
            arguments[0],
            verdict(
                milliseconds <= START_MAX_MS,
                &format!("at most {START_MAX_MS} ms")
            )
        );
    }
    if !pages.is_empty() {
        let megabytes = memory(&binary, pages)?;
        println!(
            "truceline assess of {} pages: {megabytes:.0} MB at the highest{}",
            pages.len(),
            verdict(megabytes <= MEMORY_MAX_MB, &format!("at most {MEMORY_MAX_MB} MB"))
        );
    }
    Ok(())
}

/// Megabytes that an assessment of the pages takes at its highest, looked up while it runs.
fn memory(binary: &Path, pages: &[Page]) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let list = folder.path().join("pages.jsonl");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&list)?);
    for page in pages {
        let line = serde_json::json!({
            "url": format!("https://example.org/{}", page.name),
            "outlet": page.given.outlet,
            "title": page.given.title,
            "published": page.given.published,
            "text": String::from_utf8_lossy(&page.bytes),
        });
        writeln!(file, "{line}")?;
    }
    file.flush()?;
    drop(file);
    let mut child = Command::new(binary)
        .args(["-q", "assess"])
        .arg(&list)
        .arg("--workspace")
        .arg(folder.path().join("workspace"))
        .stdout(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut highest = 0;
    while child.try_wait()?.is_none() {
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        highest = highest.max(peak_kilobytes(&told).unwrap_or(0));
        wait(Duration::from_millis(5));
    }
    Ok(highest as f64 / 1e3)
}
