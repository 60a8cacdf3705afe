//! Counts what the damage table finds in JSON Lines of text: for people who edit the table.
use std::collections::BTreeMap;
use std::io::BufRead;
use model::{Given, Media, Page};
fn main() {
    let read = |name: &str| { let p = format!("data/lexicon/en/{name}"); (p.clone(), std::fs::read_to_string(p).unwrap()) };
    let (lexicon, _) = text::Damage::parse(&[read("damage.toml"), read("boilerplate.tsv"), read("calendar.tsv")]);
    let mut hits: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    let mut n = 0;
    for line in std::io::stdin().lock().lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let t = ["text", "body", "content", "article"].iter().find_map(|k| v[*k].as_str()).unwrap_or("").to_owned();
        let page = Page { name: "x".into(), bytes: t.into_bytes(), media: Media::Text, given: Given::default() };
        let d = text::clean(&page, &[], &lexicon);
        n += 1;
        for a in d.artefacts {
            let e = hits.entry(format!("{} {} {}", a.kind.as_str(), a.because.rule, a.because.entry)).or_default();
            e.0 += 1;
            if e.1.len() < 4 { e.1.push(a.quote.chars().take(60).collect()); }
        }
    }
    let mut v: Vec<_> = hits.into_iter().collect();
    v.sort_by_key(|x| std::cmp::Reverse(x.1.0));
    println!("{n} documents");
    for (k, (c, q)) in v.iter().take(70) { println!("{c:6} {k} {q:?}"); }
}
