//! Time expressions on TimeBank: relaxed span F1, and F1 of type-and-value on top of it.

use std::fs;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::civil;
use language::{Language, analyse_shallow, time};

use super::{Counts, ScoreRow, bootstrap};

/// A gold time expression.
struct Gold {
    span: Range<usize>,
    kind: String,
    value: String,
}

struct Document {
    name: String,
    text: String,
    published: Option<civil::Date>,
    expressions: Vec<Gold>,
}

/// Scores of one document.
struct Judged {
    spans: Counts,
    values: Counts,
    exact: Counts,
    baseline: Counts,
}

/// Scores time expressions on every article of every archive.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let mut rows = Vec::new();
    for file in super::files(&shared.join("gold/timex"), ".tar.gz")? {
        let name = super::stem(&file);
        let set = if name == "timebank" { "TimeBank" } else { &name };
        rows.extend(scored(set, &read(&file)?));
    }
    Ok(rows)
}

fn scored(set: &str, documents: &[Document]) -> Vec<ScoreRow> {
    let show = std::env::args().any(|argument| argument == "--misses");
    let judged: Vec<Judged> = documents.iter().map(|document| judge(document, show)).collect();
    let row = |metric: &str, pick: fn(&Judged) -> &Counts, peer: &str| {
        let f1 = |rows: &[&Judged]| Counts::f1(rows.iter().map(|row| pick(row)));
        let all: Vec<&Judged> = judged.iter().collect();
        let (low, high) = bootstrap(&judged, f1);
        // the baseline finds words and gives them no value
        let spans_only = metric.contains("span");
        ScoreRow {
            task: "timex".to_owned(),
            set: set.to_owned(),
            metric: metric.to_owned(),
            n: judged.iter().map(|j| j.spans.expected).sum(),
            value: f1(&all),
            low,
            high,
            baseline: spans_only.then(|| Counts::f1(judged.iter().map(|j| &j.baseline))),
            baseline_name: if spans_only {
                "weekday, month and year words".to_owned()
            } else {
                String::new()
            },
            peer: peer.to_owned(),
        }
    };
    vec![
        row(
            "relaxed span F1",
            |j| &j.spans,
            "HeidelTime about .90 (TempEval-3, from memory)",
        ),
        row(
            "exact span F1",
            |j| &j.exact,
            "HeidelTime about .81 (TempEval-3, from memory)",
        ),
        row(
            "value F1",
            |j| &j.values,
            "HeidelTime about .776 (TempEval-3, from memory)",
        ),
    ]
}

fn judge(document: &Document, show: bool) -> Judged {
    let language = Language::english();
    let analysis = analyse_shallow(&document.text, language);
    let mut found = Vec::new();
    for sentence in &analysis.sentences {
        for expression in time::expressions(sentence, &document.text) {
            let tense = time::tense_near(sentence, &expression.span, language);
            let (kind, value) = time::timex3(&expression.value, document.published, tense);
            found.push((expression.span, kind, value, expression.rule));
        }
    }
    let gold = &document.expressions;
    let mut judged = Judged {
        spans: Counts {
            right: 0,
            found: found.len(),
            expected: gold.len(),
        },
        values: Counts {
            right: 0,
            found: found.len(),
            expected: gold.len(),
        },
        exact: Counts {
            right: 0,
            found: found.len(),
            expected: gold.len(),
        },
        baseline: baseline(document),
    };
    let mut taken = vec![false; found.len()];
    for expected in gold {
        let overlaps = |span: &Range<usize>| span.start < expected.span.end && expected.span.start < span.end;
        let matched = (0..found.len()).find(|&i| !taken[i] && overlaps(&found[i].0));
        let words = &document.text[expected.span.clone()];
        let Some(i) = matched else {
            if show {
                println!(
                    "missed\t{}\t{words}\t{}\t{}",
                    document.name, expected.kind, expected.value
                );
            }
            continue;
        };
        taken[i] = true;
        let (span, kind, value, rule) = &found[i];
        judged.spans.right += 1;
        judged.exact.right += usize::from(*span == expected.span);
        let is_right = *value == expected.value;
        judged.values.right += usize::from(is_right);
        if show && !is_right {
            println!(
                "value\t{}\t{words}\t{}\t{}\tread {}\t{kind}\t{value}\t{rule}",
                document.name,
                expected.kind,
                expected.value,
                &document.text[span.clone()],
            );
        }
    }
    for (i, (span, kind, value, rule)) in found.iter().enumerate() {
        if show && !taken[i] {
            println!(
                "extra\t{}\t{}\t{kind}\t{value}\t{rule}",
                document.name,
                &document.text[span.clone()]
            );
        }
    }
    judged
}

/// Every capitalised weekday or month and every four-digit figure that begins with 19 or 20 is an expression.
fn baseline(document: &Document) -> Counts {
    const WORDS: [&str; 20] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "today",
    ];
    let analysis = language::segment(&document.text, Language::english());
    let mut counts = Counts {
        right: 0,
        found: 0,
        expected: document.expressions.len(),
    };
    for token in analysis.sentences.iter().flat_map(|s| &s.tokens) {
        let is_year = token.text.len() == 4 && (token.text.starts_with("19") || token.text.starts_with("20"));
        if WORDS.contains(&token.text.as_str()) || is_year {
            counts.found += 1;
            let hit = |gold: &Gold| gold.span.start <= token.span.start && token.span.end <= gold.span.end;
            counts.right += usize::from(document.expressions.iter().any(hit));
        }
    }
    counts
}

fn read(file: &Path) -> Result<Vec<Document>> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&bytes[..]));
    let mut documents = Vec::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry
            .path()?
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        if !name.ends_with(".tml") || name.starts_with("._") {
            continue;
        }
        let mut xml = String::new();
        entry
            .read_to_string(&mut xml)
            .with_context(|| format!("reading {name}"))?;
        documents.push(document(name, &xml));
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(documents)
}

/// The text between `<TEXT>` and `</TEXT>` without its tags, with the expressions marked in it.
fn document(name: String, xml: &str) -> Document {
    let published = xml
        .split_once("functionInDocument=\"CREATION_TIME\"")
        .and_then(|(before, _)| before.rsplit_once("value=\""))
        .and_then(|(_, value)| value.get(..10))
        .and_then(|day| day.parse().ok());
    let body = xml.split_once("<TEXT>").map_or("", |(_, rest)| rest);
    let body = body.split_once("</TEXT>").map_or(body, |(body, _)| body);
    let mut text = String::new();
    let mut expressions = Vec::new();
    let mut open: Option<Gold> = None;
    let mut rest = body;
    while let Some(at) = rest.find('<') {
        text.push_str(&unescaped(&rest[..at]));
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        let tag = &rest[at..end];
        if tag.starts_with("<TIMEX3") {
            let attribute = |key: &str| {
                let (_, after) = tag.split_once(&format!(" {key}=\""))?;
                after.split_once('"').map(|(value, _)| value.to_owned())
            };
            let (kind, value) = (
                attribute("type").unwrap_or_default(),
                attribute("value").unwrap_or_default(),
            );
            open = Some(Gold {
                span: text.len()..text.len(),
                kind,
                value,
            });
        } else if tag == "</TIMEX3>"
            && let Some(mut gold) = open.take()
        {
            gold.span.end = text.len();
            expressions.push(gold);
        }
        rest = &rest[end..];
    }
    text.push_str(&unescaped(rest));
    expressions.retain(|gold| !gold.span.is_empty());
    Document {
        name,
        text,
        published,
        expressions,
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
