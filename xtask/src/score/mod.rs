//! Accuracy on labelled data, beside the trivial baseline and the best published peer, with floors that do not
//! drop silently.
//!
//! Each task is a module with one `run(shared)`; to add one, copy a neighbour and name it in [`TASKS`].

mod case2021;
mod clusters;
mod copies;
mod figures;
mod main_text;
pub(crate) mod muc4;
mod places;
mod plover;
mod polnear;
pub(crate) mod re3d;
mod timex;
mod ud;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// One measured figure.
#[derive(Clone, Debug)]
pub(crate) struct ScoreRow {
    /// What is measured: `timex`.
    pub task: String,
    /// The data: `TimeBank`.
    pub set: String,
    /// The measure: `value F1`.
    pub metric: String,
    /// How many items were judged.
    pub n: usize,
    /// The score, 0 to 1 unless the metric says otherwise.
    pub value: f64,
    /// Lower end of the 95 % bootstrap interval.
    pub low: f64,
    /// Upper end of the 95 % bootstrap interval.
    pub high: f64,
    /// What the trivial method scores.
    pub baseline: Option<f64>,
    /// The trivial method.
    pub baseline_name: String,
    /// The best published figure, with its name.
    pub peer: String,
}

impl ScoreRow {
    /// The name under which a floor is kept: `timex/TimeBank/value F1`.
    pub(crate) fn key(&self) -> String {
        format!("{}/{}/{}", self.task, self.set, self.metric)
    }
}

type Task = (&'static str, fn(&Path) -> Result<Vec<ScoreRow>>);

/// Every task, in the order of the table.
const TASKS: &[Task] = &[
    ("case2021", case2021::run),
    ("clusters", clusters::run),
    ("copies", copies::run),
    ("figures", figures::run),
    ("main-text", main_text::run),
    ("muc4", muc4::run),
    ("places", places::run),
    ("re3d", re3d::run),
    ("polnear", polnear::run),
    ("plover", plover::run),
    ("timex", timex::run),
    ("ud", ud::run),
];

/// Runs the tasks named (all, if none is), prints the table, and fails if a figure lies below its floor.
pub(crate) fn main(shared: &Path, names: &[String]) -> Result<()> {
    if !shared.is_dir() {
        println!("nothing to score: {} is not here", shared.display());
        return Ok(());
    }
    for name in names.iter().filter(|name| !name.starts_with("--")) {
        if !TASKS.iter().any(|(task, _)| task == name) {
            let known: Vec<&str> = TASKS.iter().map(|(task, _)| *task).collect();
            bail!(
                "\"{name}\" is not a scoring task; there are: {}",
                known.join(", ")
            );
        }
    }
    let mut rows = Vec::new();
    for (name, run) in TASKS {
        if names.iter().all(|n| n.starts_with("--")) || names.iter().any(|n| n == name) {
            rows.extend(run(shared).with_context(|| format!("scoring \"{name}\""))?);
        }
    }
    print_table(&rows);
    check_floors(&rows, &crate::root().join("corpus/floors.json"))
}

fn print_table(rows: &[ScoreRow]) {
    let header = ["score", "n", "value", "95 %", "baseline", "peer"].map(str::to_owned);
    let mut lines = vec![header];
    for row in rows {
        let baseline = row.baseline.map_or("–".to_owned(), |value| {
            format!("{value:.3} {}", row.baseline_name)
        });
        lines.push([
            row.key(),
            row.n.to_string(),
            format!("{:.3}", row.value),
            format!("{:.3}–{:.3}", row.low, row.high),
            baseline,
            row.peer.clone(),
        ]);
    }
    let width = |column: usize| lines.iter().map(|l| l[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    for line in &lines {
        let cells: Vec<String> = line
            .iter()
            .zip(&widths)
            .map(|(cell, &w)| format!("{cell:<w$}"))
            .collect();
        println!("{}", cells.join("  ").trim_end());
    }
}

/// Every figure with a floor in `corpus/floors.json` (key → least value) must reach it.
fn check_floors(rows: &[ScoreRow], file: &Path) -> Result<()> {
    let Ok(text) = fs::read_to_string(file) else {
        println!("no floors: {} is not here", file.display());
        return Ok(());
    };
    let floors: BTreeMap<String, f64> =
        serde_json::from_str(&text).with_context(|| format!("reading {}", file.display()))?;
    let mut below = Vec::new();
    for row in rows {
        match floors.get(&row.key()) {
            Some(&floor) if row.value < floor => {
                below.push(format!(
                    "{} is {:.4}, its floor is {floor:.4}",
                    row.key(),
                    row.value
                ));
            }
            Some(_) => {}
            None => println!("no floor yet for {}", row.key()),
        }
    }
    if below.is_empty() {
        Ok(())
    } else {
        bail!("below the floor:\n  {}", below.join("\n  "))
    }
}

/// Draws for one interval. A usual number: more make the ends of the interval steadier and take longer.
const BOOTSTRAP_DRAWS: usize = 1_000;

/// The 95 % interval of a statistic over items, by resampling items with replacement. The seed is fixed: the
/// same items give the same interval on every machine.
pub(crate) fn bootstrap<T>(items: &[T], statistic: impl Fn(&[&T]) -> f64) -> (f64, f64) {
    if items.is_empty() {
        return (0.0, 0.0);
    }
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        // Knuth's MMIX constants; the high bits are the good ones
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0)
    };
    let mut values: Vec<f64> = (0..BOOTSTRAP_DRAWS)
        .map(|_| {
            let sample: Vec<&T> = (0..items.len()).map(|_| &items[next() % items.len()]).collect();
            statistic(&sample)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    (
        values[BOOTSTRAP_DRAWS * 25 / 1_000],
        values[BOOTSTRAP_DRAWS * 975 / 1_000],
    )
}

/// Right, found and expected: what precision, recall and F are made of.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// Found and expected.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Expected.
    pub expected: usize,
}

impl Counts {
    /// The harmonic mean of precision and recall over all items.
    pub(crate) fn f1<'c>(all: impl IntoIterator<Item = &'c Counts>) -> f64 {
        let mut sum = Counts::default();
        for counts in all {
            sum.right += counts.right;
            sum.found += counts.found;
            sum.expected += counts.expected;
        }
        if sum.right == 0 {
            0.0
        } else {
            2.0 * sum.right as f64 / (sum.found + sum.expected) as f64
        }
    }
}

/// The files of a folder whose names end so, by name.
pub(crate) fn files(folder: &Path, end: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(end) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The name of a file up to its first full stop.
pub(crate) fn stem(file: &Path) -> String {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// A whole gzip file as text.
pub(crate) fn read_gz(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut text)
        .with_context(|| format!("unpacking {}", file.display()))?;
    Ok(text)
}
