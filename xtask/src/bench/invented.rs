//! An invented view of any size, and an invented day of pages: the same each time, and nothing in them happened.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use model::record::{Reason, Record};
use serde_json::json;

/// Numbers that look like chance and are the same each time (SplitMix64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    pub(super) fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }
}

pub(super) const ACTS: [(&str, &str); 9] = [
    ("shelling", "force"),
    ("air-strike", "air"),
    ("mortar", "force"),
    ("ied", "force"),
    ("clash", "force"),
    ("uav-strike", "air"),
    ("movement", "forces"),
    ("arrest", "civilians"),
    ("aid-blocked", "humanitarian"),
];
pub(super) const STATUSES: [&str; 6] = [
    "reported",
    "reported",
    "corroborated",
    "contested",
    "undetermined",
    "refuted",
];
const VERDICTS: [&str; 5] = [
    "violation",
    "not assessable",
    "pending",
    "excluded",
    "no violation",
];
const ZONES: [&str; 4] = ["north", "south", "east", "middle"];
const WORDS: [&str; 12] = [
    "market",
    "bridge",
    "school",
    "checkpoint",
    "orchard",
    "mill",
    "hospital",
    "convoy",
    "depot",
    "hill",
    "well",
    "road",
];

/// Days over which incidents are spread, and the last of them.
const DAYS: u64 = 1_461;
pub(super) const LAST: Date = date(2017, 5, 8);

/// Fills the view of a workspace with invented incidents, the claims they rest on, and findings of every second one.
pub(super) fn fill(workspace: &Path, incidents: u64) -> Result<()> {
    let path = workspace.join("view.sqlite");
    let notes = store::Reader::open(&path)?.notes()?;
    let mut view = store::View::open(&path)?;
    let checkpoint = notes.iter().find(|(key, _)| key == "checkpoint");
    // Twice: the second filling changes some, so that there is a history.
    for filling in 0..2 {
        view.replace_all((0..incidents).flat_map(|number| told(number, filling)))?;
        for (key, value) in notes.iter().filter(|(key, _)| key != "checkpoint") {
            view.set_meta(key, value)?;
        }
        view.set_meta("since", &first_day().to_string())?;
        view.sign(checkpoint.map_or("", |(_, value)| value))?;
    }
    Ok(())
}

/// Of so many incidents the second filling changes one.
pub(super) const CHANGED_EVERY: u64 = 100;

pub(super) fn first_day() -> Date {
    LAST.checked_sub((DAYS as i64 - 1).days()).unwrap_or(LAST)
}

/// A claim, the incident that rests on it, and of every second one a finding.
fn told(number: u64, filling: u64) -> Vec<Record> {
    let mut dice = Dice(number);
    let (act, class) = *dice.one(&ACTS);
    let day = LAST
        .checked_sub((dice.below(DAYS) as i64).days())
        .unwrap_or(LAST)
        .to_string();
    let status = *dice.one(&STATUSES);
    let place = dice.below(4_000);
    let mut where_ = Dice(place);
    let lat = 32.5 + where_.below(45_000) as f64 / 10_000.0;
    let lon = 35.8 + where_.below(62_000) as f64 / 10_000.0;
    let precision = *where_.one(&["town", "near", "district", "town", "exact", "country"]);
    let name = format!("Place {place}");
    let (things, rare) = (*dice.one(&WORDS), dice.below(5_000));
    let quote = format!("Fire hit the {things} of {name}, witness {rare} said.");
    let page = format!("page-{}.html", number / 10);
    let (claim, id) = (format!("clm_{number:012x}"), format!("inc_{number:012x}"));
    let zone = *where_.one(&ZONES);
    let when = json!({ "edtf": day, "earliest": day, "latest": day });
    let start = 100 * (number % 10);
    let record = |kind: &str, id: &str, fields, basis: &[&str]| Record {
        v: 1,
        kind: kind.to_owned(),
        id: id.to_owned(),
        document: Some(page.clone()),
        start: Some(start as usize),
        end: Some(start as usize + quote.len()),
        quote: Some(quote.clone()),
        fields,
        basis: basis.iter().map(|id| (*id).to_owned()).collect(),
        because: vec![Reason {
            rule: "invented".to_owned(),
            entry: act.to_owned(),
            span: None,
            words: quote.clone(),
        }],
    };
    let (killed, wide) = (dice.below(9), dice.below(4));
    let killed = killed + filling * u64::from(number.is_multiple_of(CHANGED_EVERY));
    let region = json!({ "lat": lat, "lon": lon, "radius_m": 1_000 + where_.below(9_000) });
    let inside = *dice.one(&["yes", "undetermined", "no"]);
    let incident = json!({
        "act": act, "class": class, "when": when,
        "place": {
            "name": name, "kind": "town", "relation": "in", "precision": precision, "candidates": [], "region": region,
            "chosen": { "name": name, "province": "Invented", "country": "XX", "lat": lat, "lon": lon },
            "zones": [{ "agreement": "invented", "zone": zone, "name": zone, "inside": inside, "because": "invented" }],
        },
        "attributions": [], "targets": [], "weapon": "",
        "tolls": [{
            "metric": "killed", "scope": "incident", "low": killed, "high": killed + wide, "because": "invented",
            "best": { "low": killed, "high": killed + wide },
            "accounts": [{ "by": "witness", "low": killed, "high": killed + wide, "claim": claim }],
        }],
        "pages": 1, "origins": [], "independent_origins": dice.below(3),
        "status": {
            "occurrence": status, "place": status, "time": status, "means": status, "toll": status, "author": status,
        },
        "background": false, "series": false, "documents": [page],
        "quotes": [{ "document": page, "start": start, "end": start + 60, "quote": quote }],
    });
    let modality = json!({
        "act": act, "modality": "asserted", "polarity": "affirmed", "hedges": [], "sources": [], "when": when,
    });
    let mut all = vec![
        record("claim", &claim, modality, &[]),
        record("incident", &id, incident, &[&claim]),
    ];
    if number.is_multiple_of(2) {
        let finding = json!({
            "incident": id, "agreement": "invented", "version": "1", "term": "fire", "verdict": dice.one(&VERDICTS),
            "term_words": "No fire.", "cites": null, "tests": [], "missing": [], "reasons": [], "strength": "alleged",
        });
        all.push(Record {
            quote: None,
            ..record("finding", &format!("fnd_{number:012x}"), finding, &[&id, &claim])
        });
    }
    all
}

/// A workspace with a log, made by the demonstration.
pub(super) fn workspace(binary: &Path, folder: &Path) -> Result<()> {
    let demo = Command::new(binary)
        .args(["-q", "demo", "--workspace"])
        .arg(folder)
        .output()
        .context("could not start the demonstration")?;
    ensure!(
        demo.status.success(),
        "the demonstration ended with {}",
        demo.status
    );
    Ok(())
}

/// As many pages of one day as asked for, each telling of one act at a place and hour of its own, as JSON Lines.
pub(super) fn day_of_pages(root: &Path, count: usize) -> Result<String> {
    let table = std::fs::read_to_string(root.join("data/gazetteer/sy.tsv"))?;
    let mut names: Vec<&str> = table
        .lines()
        .filter(|line| line.starts_with("gn:"))
        .filter_map(|line| {
            let mut columns = line.split('\t').skip(1);
            let (name, others) = (columns.next()?, columns.next()?);
            others
                .split('|')
                .chain([name])
                .find(|name| name.is_ascii() && name.len() > 2)
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    let acts = [
        "Artillery shelled the town of {}",
        "An air strike hit the town of {}",
        "A car bomb exploded in the town of {}",
        "Mortar fire hit the town of {}",
        "A landmine exploded in the town of {}",
        "Gunmen attacked a checkpoint in the town of {}",
    ];
    let mut text = String::new();
    for number in 0..count {
        let name = names[number % names.len()];
        let act = acts[number / names.len() % acts.len()].replace("{}", name);
        let killed = 2 + number % 7;
        let page = json!({
            "url": format!("https://example.org/{number}"), "outlet": "Invented Wire", "published": "2017-05-08T12:00:00Z",
            "title": format!("Report {number}"),
            "text": format!("{act} on Sunday, killing {killed} people, a doctor at the hospital in {name} said.\n"),
        });
        writeln!(text, "{page}")?;
    }
    Ok(text)
}
