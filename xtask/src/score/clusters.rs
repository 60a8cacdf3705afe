//! Pages into incidents, on Airwars' archived sources for Syria: each text is read with the real pipeline, and pages
//! that tell of one incident should stand together.
//!
//! A page belongs to the incident that most of its claims tell of, and with its copies; a page that tells of none stands
//! alone. The measure is B³: for each page, how much of its company is right, and how much of its right company is
//! there. Texts of fewer than 60 bytes are left out: what is left of a page that the archive could not fetch.

use super::{ScoreRow, bootstrap, read_gz};
use crate::bench::pack::Pack;
use anyhow::{Context as _, Result};
use model::{DocumentId, Given, LinkKind, Media, Page};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Fewest bytes of a text.
const TEXT_BYTES_MIN: usize = 60;

#[derive(Deserialize)]
struct Row {
    source_id: String,
    lang: String,
    incidents: Vec<String>,
    url: String,
    publisher: String,
    published: String,
    text: String,
}

/// A page with the company it should keep and the company it was put in.
struct Told {
    incidents: Vec<String>,
    group: usize,
}

/// Scores the English and the Arabic texts.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let pack = Pack::read(&crate::root().join("data"))?;
    let text = read_gz(&shared.join("gold/airwars-syria/texts.jsonl.gz"))?;
    let all: Vec<Row> = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .context("a text cannot be read")?;
    let mut rows = Vec::new();
    for (set, lang) in [("airwars-syria English", "en"), ("airwars-syria Arabic", "ar")] {
        let texts: Vec<&Row> = all
            .iter()
            .filter(|row| row.lang == lang && row.text.len() >= TEXT_BYTES_MIN)
            .collect();
        let told = group(&texts, &pack);
        let found = |sample: &[&Told]| b_cubed(sample, &told, |a, b| a.group == b.group);
        let every: Vec<&Told> = told.iter().collect();
        let (low, high) = bootstrap(&told, found);
        rows.push(ScoreRow {
            task: "clusters".into(),
            set: set.into(),
            metric: "B³ F".into(),
            n: told.len(),
            value: found(&every),
            low,
            high,
            baseline: Some(b_cubed(&every, &told, |a, b| std::ptr::eq(a, b))),
            baseline_name: "every text alone".into(),
            peer: "–".into(),
        });
    }
    Ok(rows)
}

/// Reads the texts together and puts each with its incident.
fn group(texts: &[&Row], pack: &Pack) -> Vec<Told> {
    let pages: Vec<Page> = texts.iter().map(|row| page(row)).collect();
    let fused = super::copies::fuse(&pages, pack);
    let index: BTreeMap<DocumentId, usize> = pages
        .iter()
        .enumerate()
        .map(|(index, page)| (page.id(), index))
        .collect();
    let mut group: Vec<usize> = (0..texts.len()).collect();
    let mut most = vec![0_usize; texts.len()];
    for (number, incident) in fused.incidents.iter().enumerate() {
        for document in &incident.documents {
            let Some(at) = index.get(document).copied() else {
                continue;
            };
            let of_page = incident
                .origins
                .iter()
                .filter(|origin| origin.documents.contains(document));
            let claims = of_page.map(|origin| origin.claims.len()).sum::<usize>().max(1);
            // Of incidents told alike, the one that is told by more pages; the first of those.
            let weight = claims * incident.documents.len();
            if weight > most[at] {
                (most[at], group[at]) = (weight, texts.len() + number);
            }
        }
    }
    for link in fused.links.iter().filter(|link| link.kind == LinkKind::SameText) {
        let ends = (index.get(&link.a), index.get(&link.b));
        let (Some(a), Some(b)) = ends else { continue };
        let (stays, goes) = (group[*a].max(group[*b]), group[*a].min(group[*b]));
        for at in group.iter_mut().filter(|at| **at == goes && goes < texts.len()) {
            *at = stays;
        }
    }
    let flag = std::env::args().any(|argument| argument == "--misses");
    for (row, group) in texts.iter().zip(&group).filter(|_| flag) {
        let start: String = row.text.chars().filter(|c| *c != '\n').take(100).collect();
        println!("{group}\t{}\t{}\t{start}", row.incidents.join("+"), row.source_id);
    }
    texts
        .iter()
        .zip(group)
        .map(|(row, group)| Told {
            incidents: row.incidents.clone(),
            group,
        })
        .collect()
}

fn page(row: &Row) -> Page {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Page {
        name: row.source_id.clone(),
        bytes: row.text.clone().into_bytes(),
        media: Media::Text,
        given: Given {
            url: given(&row.url),
            outlet: given(&row.publisher),
            title: None,
            published: given(&row.published),
        },
    }
}

/// B³ F of some pages within all of them. Two pages belong together when they have an incident in common.
fn b_cubed(sample: &[&Told], all: &[Told], together: impl Fn(&Told, &Told) -> bool) -> f64 {
    let (mut precision, mut recall) = (0.0, 0.0);
    for one in sample {
        let right = |other: &Told| {
            one.incidents
                .iter()
                .any(|incident| other.incidents.contains(incident))
        };
        let found = all.iter().filter(|other| together(one, other)).count();
        let expected = all.iter().filter(|other| right(other)).count();
        let both = all
            .iter()
            .filter(|other| together(one, other) && right(other))
            .count() as f64;
        precision += both / found.max(1) as f64;
        recall += both / expected.max(1) as f64;
    }
    let n = sample.len().max(1) as f64;
    let (precision, recall) = (precision / n, recall / n);
    if precision + recall == 0.0 {
        0.0
    } else {
        2.0 * precision * recall / (precision + recall)
    }
}
