//! Who is said to hold what, measures, and where accounts of one meeting differ.

use super::process::{pages, words};
use super::{or_dash, section};
use crate::block::{Block, Inline, Line, Table, head, text, written};
use crate::lookup::Lookup;
use crate::phrase;
use model::{ActorMention, Difference, Holding, Measure};

/// Who is said to hold which place, from when to when; denials stand beside it.
pub(super) fn holdings(lookup: &Lookup<'_>) -> Table {
    let mut all: Vec<&Holding> = lookup.picture.tracks.holdings.iter().collect();
    all.sort_by_key(|it| {
        (
            &it.names,
            it.since.earliest().is_none(),
            it.since.earliest(),
            &it.id,
        )
    });
    let row = |it: &&Holding| {
        let until = match &it.until {
            Some(until) => phrase::when(until),
            None => "no end told".to_owned(),
        };
        let denied = match it.denied.len() {
            0 => "\u{2013}".to_owned(),
            denied => phrase::number(denied, "claim denies it", "claims deny it"),
        };
        vec![
            written(it.names.join(" / ")),
            written(phrase::mention(&it.holder)),
            text(phrase::when(&it.since)),
            text(until),
            or_dash(&it.by.join(", ")),
            text(denied),
            pages(lookup, &it.claims),
        ]
    };
    Table {
        caption:
            "Who is said to hold which place; an end is told only where a later account takes the place over"
                .into(),
        head: head(&[
            "Place",
            "Said to be held by",
            "Since",
            "Until",
            "On the word of",
            "Denied",
            "Page",
        ]),
        rows: all.iter().map(row).collect(),
    }
}

pub(super) fn measures(lookup: &Lookup<'_>) -> Option<Block> {
    let mut all: Vec<&Measure> = lookup.picture.tracks.measures.iter().collect();
    if all.is_empty() {
        return None;
    }
    all.sort_by_key(|it| {
        (
            it.when.earliest().is_none(),
            it.when.earliest(),
            it.when.latest(),
            &it.id,
        )
    });
    let names = |mentions: &[ActorMention]| {
        let names: Vec<_> = mentions.iter().map(phrase::mention).collect();
        or_dash(&phrase::list(&names))
    };
    let row = |it: &&Measure| {
        vec![
            text(it.act.replace('-', " ")),
            vec![Inline::Strong(it.progress.as_str().to_owned())],
            names(&it.takers),
            names(&it.against),
            or_dash(&it.place),
            text(phrase::when(&it.when)),
            or_dash(&it.by),
            pages(lookup, &it.claims),
        ]
    };
    let table = Block::Table(Table {
        caption: phrase::number(all.len(), "measure, as reported", "measures, as reported"),
        head: head(&[
            "Act",
            "Progress",
            "Taken by",
            "Against",
            "Where",
            "When",
            "On the word of",
            "Page",
        ]),
        rows: all.iter().map(row).collect(),
    });
    let claims: Vec<_> = all.iter().flat_map(|it| it.claims.iter().cloned()).collect();
    let mut blocks = vec![
        Block::Para(text(
            "Threats, plans and demands are kept apart from what is said to be done.",
        )),
        table,
    ];
    blocks.extend(words(lookup, "Words they rest on", &claims));
    Some(section(
        "measures",
        "Sanctions, closures and other measures",
        blocks,
    ))
}

/// Where accounts differ, each on its own word.
pub(super) fn differences(differ: &[Difference]) -> Option<Block> {
    let line = |it: &Difference| -> Line {
        let mut line = vec![Inline::Strong(format!(
            "Accounts differ about the {}: ",
            it.about
        ))];
        for (index, (value, by, _)) in it.told.iter().enumerate() {
            let join = if index > 0 { "; " } else { "" };
            line.push(Inline::Text(join.to_owned()));
            line.push(Inline::Written(value.clone()));
            line.push(Inline::Text(" on the word of ".into()));
            line.push(Inline::Written(by.clone()));
        }
        line
    };
    (!differ.is_empty()).then(|| Block::Bullets(differ.iter().map(line).collect()))
}
