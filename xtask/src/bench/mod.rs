//! Speed on real articles, in megabytes of text a second on one core.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use language::{Language, analyse, analyse_shallow, number, segment, time};

/// Articles measured: enough for a steady figure, few enough for a minute.
const ARTICLES: usize = 600;

/// Measures and prints.
pub(crate) fn main(shared: &Path) -> Result<()> {
    let all = crate::score::read_gz(&shared.join("gold/throughput/articles.jsonl.gz"))?;
    let mut texts = Vec::new();
    for line in all.lines().take(ARTICLES) {
        let article: serde_json::Value = serde_json::from_str(line)?;
        texts.push(
            article["text"]
                .as_str()
                .context("an article without text")?
                .to_owned(),
        );
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let load = clock(|| Language::english().code().len());
    println!("loading English: {} ms", load.as_millis());
    let language = Language::english();
    let show = |name: &str, took: Duration| {
        println!("{name:<28}{:8.2} MB/s", bytes as f64 / 1e6 / took.as_secs_f64());
    };
    show(
        "tokens and sentences",
        clock(|| texts.iter().map(|t| segment(t, language).sentences.len()).sum()),
    );
    show(
        "and tags and lemmas",
        clock(|| {
            texts
                .iter()
                .map(|t| analyse_shallow(t, language).sentences.len())
                .sum()
        }),
    );
    show(
        "and trees",
        clock(|| texts.iter().map(|t| analyse(t, language).sentences.len()).sum()),
    );
    let cut: Vec<_> = texts.iter().map(|t| (t, segment(t, language))).collect();
    let times = || {
        cut.iter()
            .flat_map(|(t, a)| a.sentences.iter().map(|s| time::expressions(s, t).len()))
            .sum()
    };
    show("time expressions alone", clock(times));
    let numbers = || {
        cut.iter()
            .flat_map(|(t, a)| a.sentences.iter().map(|s| number::quantities(s, t).len()))
            .sum()
    };
    show("quantities alone", clock(numbers));
    Ok(())
}

/// How long the processor works on it; the result is looked at, so that no work is left out.
fn clock(work: impl FnOnce() -> usize) -> Duration {
    let start = processor_time();
    let result = std::hint::black_box(work());
    let took = processor_time().saturating_sub(start);
    std::hint::black_box(result);
    took
}

/// Time this process has had on a processor, where the system tells (a busy machine then does not matter), else
/// time on the wall.
#[expect(clippy::disallowed_methods, reason = "measuring speed is what this is for")]
fn processor_time() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    let schedule = std::fs::read_to_string("/proc/self/schedstat").ok();
    let spent = schedule.and_then(|text| text.split(' ').next()?.parse().ok());
    spent.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
