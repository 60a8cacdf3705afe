//! Which names of a sentence are where it happened: sentences of our own with a part for every name.

use super::score_row;
use crate::bench::pack::Pack;
use crate::score::ScoreRow;
use anyhow::{Context as _, Result};
use model::{Given, Media, Page, PlaceRole};
use std::fs;
use std::path::Path;

/// The parts a name may play, as `corpus/places/roles.md` writes them.
const PARTS: [&str; 6] = ["event", "seat", "metonym", "people", "topic", "dateline"];

/// A name of a sentence and what was read of it.
struct Named {
    part: String,
    /// Whether some claim has it as the place of what happened.
    is_scene: bool,
}

/// Reads every sentence as a page of its own.
pub(super) fn run(root: &Path) -> Result<Vec<ScoreRow>> {
    let file = root.join("corpus/places/roles.md");
    let text = fs::read_to_string(&file).with_context(|| format!("could not read {file:?}"))?;
    let pack = Pack::read(&root.join("data"))?;
    let mut named = Vec::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("- ")) {
        named.extend(sentence(line, &pack)?);
    }
    let hits = |of: &dyn Fn(&Named) -> bool| -> Vec<bool> {
        let chosen = named.iter().filter(|name| of(name));
        chosen
            .map(|name| name.is_scene == (name.part == "event"))
            .collect()
    };
    let all = hits(&|_| true);
    let scenes = named.iter().filter(|name| name.part == "event").count();
    #[expect(clippy::cast_precision_loss, reason = "a few hundred names")]
    let every = scenes as f64 / named.len().max(1) as f64;
    let row = |metric: &str, hits: &[bool], baseline: Option<f64>| {
        let baseline = baseline.map(|value| (value, "every name is the scene"));
        score_row("parts of names", metric, hits, baseline, "")
    };
    let mut rows = vec![
        row("scene or not", &all, Some(every)),
        row("scenes found", &hits(&|name| name.part == "event"), None),
    ];
    for part in PARTS.iter().skip(1) {
        let kept_out = hits(&|name| name.part == *part);
        rows.push(row(&format!("kept out, {part}"), &kept_out, None));
    }
    Ok(rows)
}

fn sentence(line: &str, pack: &Pack) -> Result<Vec<Named>> {
    let (mut text, mut names) = (String::new(), Vec::new());
    for (nth, piece) in line.split('{').enumerate() {
        if nth == 0 {
            text.push_str(piece);
            continue;
        }
        let (marked, rest) = piece
            .split_once('}')
            .with_context(|| format!("a brace is open: {line}"))?;
        let (name, part) = marked
            .split_once('=')
            .with_context(|| format!("a name has no part: {line}"))?;
        anyhow::ensure!(
            PARTS.contains(&part),
            "\"{part}\" is no part; there are {PARTS:?}: {line}"
        );
        names.push((name.to_owned(), part.to_owned()));
        text.push_str(name);
        text.push_str(rest);
    }
    let page = Page {
        name: "sentence".to_owned(),
        bytes: text.into_bytes(),
        media: Media::Text,
        given: Given {
            url: None,
            outlet: Some("Agency A".to_owned()),
            title: None,
            published: Some("2017-05-09T10:00Z".to_owned()),
        },
    };
    let document = text::clean(&page, &pack.outlets, &pack.damage);
    let claims = claims::extract(&document, &pack.lexicon).claims;
    let scenes: Vec<String> = claims
        .iter()
        .flat_map(|claim| &claim.places)
        .filter(|place| place.role == PlaceRole::Event)
        .map(|place| place.name.to_lowercase())
        .collect();
    let mut named = Vec::new();
    for (name, part) in names {
        let is_scene = scenes.iter().any(|scene| scene.contains(&name.to_lowercase()));
        if is_scene != (part == "event") && std::env::args().any(|argument| argument == "--misses") {
            println!("missed: {name} as {part}; scenes read: {scenes:?}; {line}");
        }
        named.push(Named { part, is_scene });
    }
    Ok(named)
}
