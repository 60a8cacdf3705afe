//! The server under steady load: as many requests a second as asked for, of all sorts, whether or not it keeps up.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use super::desk::{filter, made, map, quantiles};
use super::invented::Dice;
use super::{machine, verdict};
use crate::clock::{wait, wall};
use crate::served::{Client, Served, binary};

/// Requests a second.
const RATE: u64 = 200;
/// Seconds when nobody asks for minutes.
const SECONDS: u64 = 20;
/// Incidents of the view when nobody asks for another number.
const INCIDENTS: u64 = 20_000;
/// Of a hundred requests that anybody may make, how many come from somebody who is signed in: each of those asks the
/// desk's own tables too, for the session and what it may do.
const SIGNED_IN: u64 = 40;
/// The account that they are of, in a workspace of the bench only.
const ACCOUNT: (&str, &str) = ("bench", "a long password of the bench");
/// Connections at once.
const CONNECTIONS: usize = 32;
/// Longest time at the 99th of 100 answers, in milliseconds.
const ANSWER_MAX_MS: f64 = 150.0;
/// Growth of memory from the middle to the end that is still flat: a twentieth, or 10 MB.
const GROWTH_MAX: f64 = 0.05;
const GROWTH_MAX_KB: f64 = 10_000.0;

/// Looks at the memory after the first one.
const LOOKS: usize = 10;

struct Asked {
    seconds: u64,
    incidents: u64,
    database: Option<String>,
}

/// Serves, asks, and prints.
pub(super) fn main(_root: &Path, arguments: &[String]) -> Result<()> {
    let asked = read(arguments)?;
    println!("{}", machine());
    let binary =
        binary().context("no release binary is here; `cargo build --release -p truceline` makes it")?;
    let workspace = made(&binary, asked.incidents)?;
    let mut options = vec!["-q"];
    if let Some(address) = &asked.database {
        options.extend(["--database", address]);
    }
    let desk = Served::start(&binary, &workspace, &options)?;
    let known = known(&mut desk.client())?;
    let mut own = desk.signed_in(ACCOUNT.0, ACCOUNT.1)?;
    search(&mut own)?;
    let done = run(&desk, &own, &known, asked.seconds)?;
    let mut times: Vec<f64> = done.times.iter().map(|it| it.ms).collect();
    let count = times.len();
    let (half, most) = quantiles(&mut times);
    println!(
        "{count} requests in {:.0} s ({:.0} a second), {} incidents, {}",
        done.seconds,
        count as f64 / done.seconds,
        asked.incidents,
        if asked.database.is_some() {
            "PostgreSQL"
        } else {
            "SQLite"
        }
    );
    println!(
        "p50 {half:.1} ms, p99 {most:.1} ms, longest {:.1} ms{}",
        times.last().copied().unwrap_or_default(),
        verdict(
            most <= ANSWER_MAX_MS,
            &format!("at most {ANSWER_MAX_MS} ms at p99")
        )
    );
    for (name, signed) in [("public", false), ("signed in", true)] {
        told(name, done.times.iter().filter(|it| it.signed == signed));
    }
    for (sort, (name, ..)) in SORTS.iter().enumerate() {
        told(name, done.times.iter().filter(|it| it.sort == sort));
    }
    println!("errors {}{}", done.errors, verdict(done.errors == 0, "none"));
    let at = |place: usize| done.memory_kb.get(place).map_or(0.0, |kb| *kb as f64);
    let [start, middle, end] = [0, LOOKS / 2, LOOKS].map(at);
    let flat = end - middle <= (middle * GROWTH_MAX).max(GROWTH_MAX_KB);
    println!(
        "memory at the start {:.0} MB, in the middle {:.0} MB, at the end {:.0} MB{}",
        start / 1e3,
        middle / 1e3,
        end / 1e3,
        verdict(flat, "flat from the middle on")
    );
    let all: Vec<String> = done.memory_kb.iter().map(|kb| (kb / 1_000).to_string()).collect();
    println!("  every tenth of the time, in MB: {}", all.join(" "));
    Ok(())
}

fn told<'t>(name: &str, times: impl Iterator<Item = &'t Time>) {
    let mut times: Vec<f64> = times.map(|it| it.ms).collect();
    let (half, most) = quantiles(&mut times);
    println!(
        "  {name:<26} {:>7} p50 {half:>7.1} ms  p99 {most:>7.1} ms",
        times.len()
    );
}

/// A saved search, so that there is something of one's own to ask for.
fn search(own: &mut Client) -> Result<()> {
    let form = r#"{"name":"Fire in the north","query":"act=shelling","public":false}"#;
    let (status, _) = own.send("POST", "/api/v1/searches", form)?;
    // The desk of the workspace may hold it from the time before.
    ensure!(matches!(status, 200 | 409), "saving a search gave {status}");
    Ok(())
}

fn read(arguments: &[String]) -> Result<Asked> {
    let mut asked = Asked {
        seconds: SECONDS,
        incidents: INCIDENTS,
        database: None,
    };
    for pair in arguments.chunks(2) {
        match pair {
            [option, value] if option == "--minutes" => asked.seconds = 60 * value.parse::<u64>()?,
            [option, value] if option == "--incidents" => asked.incidents = value.parse()?,
            [option, value] if option == "--database" => asked.database = Some(value.clone()),
            _ => bail!("`bench load` takes --minutes N, --incidents N and --database ADDRESS"),
        }
    }
    Ok(asked)
}

/// Ids that can be asked for.
struct Known {
    incidents: Vec<String>,
    pages: Vec<String>,
    state: String,
}

fn known(client: &mut Client) -> Result<Known> {
    let (status, body) = client.get("/api/v1/incidents?limit=500")?;
    ensure!(status == 200, "the list gave {status}");
    let list: Value = serde_json::from_slice(&body)?;
    let items = list["items"].as_array().context("a list without items")?;
    let word = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
    Ok(Known {
        incidents: items.iter().map(|item| word(item, "id")).collect(),
        pages: items.iter().map(|item| word(item, "document")).collect(),
        state: word(&list, "checkpoint"),
    })
}

type Question = fn(&mut Dice, &Known) -> String;

/// What is asked for, with its share. The last ones are for people who are signed in.
const SORTS: [(&str, u64, Question); 14] = [
    ("map", 24, |dice, _| map(&filter(dice), "35,32,43,38", 6)),
    ("map, near", 8, |dice, _| {
        map(&filter(dice), "36.5,34.5,37.5,35.3", 10)
    }),
    ("list", 18, |dice, _| {
        format!("/api/v1/incidents?{}limit=50", filter(dice))
    }),
    ("summary", 12, |dice, _| {
        format!("/api/v1/summary?{}", filter(dice).trim_end_matches('&'))
    }),
    ("incident", 14, |dice, known| {
        format!("/api/v1/incidents/{}", dice.one(&known.incidents))
    }),
    ("findings of an incident", 8, |dice, known| {
        format!("/api/v1/findings?on={}", dice.one(&known.incidents))
    }),
    ("claims of a page", 4, |dice, known| {
        format!("/api/v1/claims?document={}", dice.one(&known.pages))
    }),
    ("words", 3, |dice, _| {
        format!("/api/v1/incidents?text=witness+{}", dice.below(5_000))
    }),
    ("zones", 3, |_, _| "/api/v1/map/zones?on=2017-05-06".to_owned()),
    ("checkpoint and changes", 3, |_, known| {
        format!("/api/v1/changes?since={}", known.state)
    }),
    ("the page itself", 3, |_, _| "/".to_owned()),
    ("who is asking", 4, |_, _| "/api/v1/session".to_owned()),
    ("own searches", 3, |_, _| "/api/v1/searches".to_owned()),
    ("review queue", 3, |_, _| "/api/v1/review?limit=50".to_owned()),
];
/// How many of them are.
const FOR_SIGNED_IN: usize = 3;

/// A request that was answered.
struct Time {
    sort: usize,
    signed: bool,
    /// Milliseconds, counted from when it was due.
    ms: f64,
}

struct Done {
    times: Vec<Time>,
    errors: u64,
    memory_kb: Vec<u64>,
    seconds: f64,
}

fn run(desk: &Served, own: &Client, known: &Known, seconds: u64) -> Result<Done> {
    let next = AtomicU64::new(0);
    let errors = AtomicU64::new(0);
    let times = Mutex::new(Vec::new());
    let all = seconds * RATE;
    let start = wall();
    let ask = || {
        let (mut public, mut signed_in) = (desk.client(), own.again());
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= all {
                break;
            }
            let due = start + Duration::from_micros(number * 1_000_000 / RATE);
            wait(due.saturating_sub(wall()));
            let mut dice = Dice(number);
            let mut left = dice.below(SORTS.iter().map(|(_, share, _)| share).sum());
            let sort = SORTS.iter().position(|(_, share, _)| {
                let is_it = left < *share;
                left = left.saturating_sub(*share);
                is_it
            });
            let sort = sort.unwrap_or_default();
            let path = SORTS[sort].2(&mut dice, known);
            let signed = sort >= SORTS.len() - FOR_SIGNED_IN || dice.below(100) < SIGNED_IN;
            let client = if signed { &mut signed_in } else { &mut public };
            match client.get(&path) {
                Ok((200, _)) => {}
                other => {
                    if errors.fetch_add(1, Ordering::Relaxed) < 5 {
                        let told = other
                            .map(|(status, _)| status.to_string())
                            .unwrap_or_else(|error| error.to_string());
                        println!("{path}: {told}");
                    }
                }
            }
            let ms = wall().saturating_sub(due).as_secs_f64() * 1e3;
            done.push(Time { sort, signed, ms });
        }
        times.lock().unwrap_or_else(PoisonError::into_inner).extend(done);
    };
    let mut memory_kb = Vec::new();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(ask)).collect();
        // The first seconds fill caches; flat is what comes after. The last look is a little before the end.
        for look in 0..=LOOKS {
            let at = start + Duration::from_secs_f64(seconds as f64 * (look as f64 / LOOKS as f64).min(0.98));
            wait(at.saturating_sub(wall()));
            memory_kb.push(desk.memory_kb().unwrap_or(0));
        }
        drop(workers);
    });
    Ok(Done {
        times: times.into_inner().unwrap_or_else(PoisonError::into_inner),
        errors: errors.into_inner(),
        memory_kb,
        seconds: (wall() - start).as_secs_f64(),
    })
}
