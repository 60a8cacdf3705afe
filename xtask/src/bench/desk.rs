//! Answers of the server over a view of a million incidents, and the daily report over a day of a thousand.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use super::invented::{self, ACTS, CHANGED_EVERY, Dice, STATUSES};
use super::{machine, verdict};
use crate::clock::wall;
use crate::served::{Client, Served, binary};

/// Incidents of the view when nobody asks for another number.
const INCIDENTS: u64 = 1_000_000;
/// Questions of each sort.
const QUESTIONS: usize = 200;
/// Longest time to the first mark on the map, at the 99th of 100 answers, in milliseconds.
const FIRST_MARK_MAX_MS: f64 = 300.0;
/// Pages of the day that is reported, enough for a thousand incidents; and how long its report may take, in seconds.
const PAGES_OF_A_DAY: usize = 1_500;
const REPORT_MAX_S: f64 = 2.0;

/// Makes the view where it is not there yet, serves it, asks, and prints.
pub(super) fn main(root: &Path, arguments: &[String]) -> Result<()> {
    let mut incidents = INCIDENTS;
    match arguments {
        [] => {}
        [option, number] if option == "--incidents" => incidents = number.parse()?,
        _ => bail!("`bench desk` takes --incidents N"),
    }
    println!("{}", machine());
    let binary =
        binary().context("no release binary is here; `cargo build --release -p truceline` makes it")?;
    let workspace = made(&binary, incidents)?;
    let desk = Served::start(&binary, &workspace, &["-q"])?;
    let mut client = desk.client();
    let start = wall();
    let total = asked(&mut client, "/api/v1/summary")?;
    println!(
        "{} incidents; first answer after the start {:.1} s, memory {:.0} MB",
        total["incidents"],
        (wall() - start).as_secs_f64(),
        desk.memory_kb().unwrap_or(0) as f64 / 1e3
    );
    ensure!(total["incidents"] == incidents, "the view holds another number");
    for (name, most_ms, question) in &SORTS {
        let mut times = Vec::new();
        let (mut found, mut bytes) = (0, 0);
        for number in 0..QUESTIONS {
            let path = question(&mut Dice(number as u64 * 7 + 1), incidents);
            let start = wall();
            let (status, body) = client.get(&path)?;
            times.push((wall() - start).as_secs_f64() * 1e3);
            ensure!(status == 200, "{path} gave {status}");
            found += usize::from(!body.is_empty());
            bytes = bytes.max(body.len());
        }
        let (half, most) = quantiles(&mut times);
        println!(
            "{name:<34} p50 {half:>6.1} ms  p99 {most:>6.1} ms  largest answer {:>6.0} kB, {found} answers{}",
            bytes as f64 / 1e3,
            verdict(most <= *most_ms, &format!("at most {most_ms} ms at p99"))
        );
    }
    in_step(&mut client)?;
    println!("memory {:.0} MB", desk.memory_kb().unwrap_or(0) as f64 / 1e3);
    drop(desk);
    report(root, &binary)
}

type Question = fn(&mut Dice, u64) -> String;

/// Longest history of a record, at the 99th of 100 answers, in milliseconds.
const HISTORY_MAX_MS: f64 = 150.0;

/// What people do with map, list and record: by name, with how long it may take, of a view of so many incidents.
const SORTS: [(&str, f64, Question); 9] = [
    ("map, whole country, no filter", FIRST_MARK_MAX_MS, |_, _| {
        map("", "35,32,43,38", 6)
    }),
    (
        "map, whole country, with a filter",
        FIRST_MARK_MAX_MS,
        |dice, _| map(&filter(dice), "35,32,43,38", 6),
    ),
    ("map, near, with a filter", FIRST_MARK_MAX_MS, |dice, _| {
        let (west, south) = (
            36.0 + dice.below(50) as f64 / 10.0,
            33.0 + dice.below(30) as f64 / 10.0,
        );
        map(
            &filter(dice),
            &format!("{west},{south},{},{}", west + 0.5, south + 0.4),
            10,
        )
    }),
    ("map, with a word", FIRST_MARK_MAX_MS, |dice, _| {
        map(&format!("text=witness+{}&", dice.below(5_000)), "35,32,43,38", 6)
    }),
    ("summary, with a filter", FIRST_MARK_MAX_MS, |dice, _| {
        format!("/api/v1/summary?{}x", filter(dice)).replace("&x", "")
    }),
    ("list, first page, with a filter", FIRST_MARK_MAX_MS, |dice, _| {
        format!("/api/v1/incidents?{}limit=100", filter(dice))
    }),
    ("list, a page behind", FIRST_MARK_MAX_MS, |dice, _| {
        format!(
            "/api/v1/incidents?{}limit=100&after={}",
            filter(dice),
            dice.below(2_000_000)
        )
    }),
    ("history of an incident", HISTORY_MAX_MS, |dice, incidents| {
        let number = dice.below(incidents);
        format!("/api/v1/records/inc_{number:012x}/revisions")
    }),
    (
        "history of one that changed",
        HISTORY_MAX_MS,
        |dice, incidents| {
            let number = dice.below(incidents / CHANGED_EVERY) * CHANGED_EVERY;
            format!("/api/v1/records/inc_{number:012x}/revisions")
        },
    ),
];

pub(super) fn map(filter: &str, window: &str, zoom: u32) -> String {
    format!("/api/v1/map/clusters?{filter}window={window}&zoom={zoom}")
}

/// Some filter that a reader may choose, ending in `&`.
pub(super) fn filter(dice: &mut Dice) -> String {
    let act = dice.one(&ACTS).0;
    let status = *dice.one(&STATUSES);
    let to = invented::first_day().saturating_add(jiff::Span::new().days(30 + dice.below(1_430) as i64));
    let from = to.saturating_sub(jiff::Span::new().days(1 + dice.below(365) as i64));
    match dice.below(5) {
        0 => format!("act={act}&"),
        1 => format!("from={from}&to={to}&"),
        2 => format!("status={status}&from={from}&to={to}&"),
        3 => format!("zone=invented/north&act={act}&"),
        _ => format!("verdict=violation&from={from}&to={to}&"),
    }
}

pub(super) fn quantiles(times: &mut [f64]) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        times
            .get((times.len() as f64 * share) as usize)
            .copied()
            .unwrap_or(0.0)
    };
    (at(0.5), at(0.99))
}

/// The folder of a workspace with so many invented incidents, kept beside the build outputs.
pub(super) fn made(binary: &Path, incidents: u64) -> Result<PathBuf> {
    let folder = binary
        .parent()
        .unwrap_or(binary)
        .join(format!("bench-desk-{incidents}-{}", store::SCHEMA_VERSION));
    if folder.join("made").exists() {
        return Ok(folder);
    }
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    invented::workspace(binary, &folder)?;
    let start = wall();
    invented::fill(&folder, incidents)?;
    std::fs::write(folder.join("made"), "")?;
    println!(
        "view of {incidents} invented incidents written in {:.0} s",
        (wall() - start).as_secs_f64()
    );
    Ok(folder)
}

fn asked(client: &mut Client, path: &str) -> Result<Value> {
    let (status, body) = client.get(path)?;
    ensure!(status == 200, "{path} gave {status}");
    Ok(serde_json::from_slice(&body)?)
}

/// Map, list and counts tell of the same set, and every cluster of as many as it says.
fn in_step(client: &mut Client) -> Result<()> {
    for number in 0..20 {
        let filter = filter(&mut Dice(number));
        let map = asked(client, &map(&filter, "-180,-90,180,90", 5))?;
        let list = asked(client, &format!("/api/v1/incidents?{filter}limit=1"))?;
        let counts = asked(
            client,
            &format!("/api/v1/summary?{}", filter.trim_end_matches('&')),
        )?;
        let drawn: u64 = map["features"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|feature| feature["properties"]["incidents"].as_u64().unwrap_or(1))
            .sum();
        let unplaced = map["unplaced"].as_u64().unwrap_or_default();
        ensure!(
            map["total"] == list["total"]
                && map["total"] == counts["incidents"]
                && map["total"] == drawn + unplaced,
            "{filter}: map {} ({drawn} drawn, {unplaced} without a place), list {}, counts {}",
            map["total"],
            list["total"],
            counts["incidents"]
        );
    }
    println!("20 filters: map, list and counts tell of the same number");
    Ok(())
}

/// The daily report over one day of many incidents: the first one after the pages were read, and the next.
fn report(root: &Path, binary: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (pages, workspace) = (folder.path().join("pages.jsonl"), folder.path().join("workspace"));
    std::fs::write(&pages, invented::day_of_pages(root, PAGES_OF_A_DAY)?)?;
    let start = wall();
    let assessed = Command::new(binary)
        .args(["-q", "assess"])
        .arg(&pages)
        .arg("--workspace")
        .arg(&workspace)
        .output()?;
    ensure!(assessed.status.success(), "assess ended with {}", assessed.status);
    println!(
        "{PAGES_OF_A_DAY} pages of one day read in {:.1} s",
        (wall() - start).as_secs_f64()
    );
    let desk = Served::start(binary, &workspace, &["-q"])?;
    let mut client = desk.client();
    let mut times = Vec::new();
    for _ in 0..5 {
        let start = wall();
        let (status, body) = client.get("/api/v1/report?format=html")?;
        ensure!(status == 200 && !body.is_empty(), "the report gave {status}");
        times.push((wall() - start).as_secs_f64());
    }
    let counts = asked(&mut client, "/api/v1/summary")?;
    let first = times.remove(0);
    let most = times.iter().copied().fold(0.0, f64::max);
    println!(
        "daily report over {} incidents: {most:.2} s{}; {first:.2} s right after the start, while its picture is drawn{}",
        counts["incidents"],
        verdict(most <= REPORT_MAX_S, &format!("at most {REPORT_MAX_S} s")),
        verdict(first <= REPORT_MAX_S, &format!("at most {REPORT_MAX_S} s")),
    );
    Ok(())
}
