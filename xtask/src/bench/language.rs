//! Speed of the linguistic layers on real articles, in megabytes of text a second on one core.

use std::path::Path;
use std::time::Duration;

use ::language::{Language, analyse, analyse_shallow, number, parse, segment, time};
use anyhow::{Context as _, Result};

use crate::clock::processor;

/// Articles measured: enough for a steady figure, few enough for a minute.
const ARTICLES: usize = 600;

/// Articles whose every sentence is coded; slower than all the rest, so fewer.
const CODED_ARTICLES: usize = 100;

/// Measures and prints.
pub(crate) fn main(shared: &Path) -> Result<()> {
    let file = shared.join(super::NEWS);
    if !file.exists() {
        println!("nothing to measure: {} is not here", file.display());
        return Ok(());
    }
    let all = crate::score::read_gz(&file)?;
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
    let words = ["The", "rain", "stopped"];
    let first = |name: &str, took: Duration| println!("first use of {name}: {} ms", took.as_millis());
    first(
        "word vectors",
        clock(|| usize::from(language.classes("rain").is_some())),
    );
    first("the tagger", clock(|| language.tags(&words).len()));
    let tags = language.tags(&words);
    first("the parser", clock(|| language.tree(&words, &tags).len()));
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
    let mut tagged: Vec<_> = texts.iter().map(|t| analyse_shallow(t, language)).collect();
    let tokens: usize = tagged
        .iter()
        .flat_map(|a| &a.sentences)
        .map(|s| s.tokens.len())
        .sum();
    let trees = clock(|| {
        let sentences = tagged.iter_mut().flat_map(|a| &mut a.sentences);
        sentences.map(|sentence| parse(sentence, language)).count()
    });
    show("trees alone", trees);
    println!(
        "trees alone {:16.0} tokens/s",
        tokens as f64 / trees.as_secs_f64()
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
    show(
        "kinds of news alone",
        clock(|| texts.iter().map(|t| claims::kinds_of_news(t).len()).sum()),
    );
    let few = &texts[..texts.len().min(CODED_ARTICLES)];
    let coded = clock(|| few.iter().map(|t| claims::code_events(t).len()).sum());
    let few_bytes: usize = few.iter().map(String::len).sum();
    println!("{:<28}{:8.2} MB/s", "coded events, with trees", few_bytes as f64 / 1e6 / coded.as_secs_f64());
    Ok(())
}

/// How long the processor works on it; the result is looked at, so that no work is left out.
fn clock(work: impl FnOnce() -> usize) -> Duration {
    let start = processor();
    let result = std::hint::black_box(work());
    let took = processor().saturating_sub(start);
    std::hint::black_box(result);
    took
}
