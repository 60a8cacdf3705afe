//! Where it all comes from, and what could not be read.

use super::{or_dash, part, reasons, section};
use crate::block::{Block, Inline, Table, head, text, written};
use crate::lookup::Lookup;
use crate::phrase;
use crate::record::severity;
use model::Document;

pub(super) fn documents(lookup: &Lookup<'_>) -> Block {
    if lookup.documents.is_empty() {
        return section("documents", "Pages", vec![Block::Para(text("No page was read."))]);
    }
    let row = |document: &&Document| {
        let outlet = document.outlet.as_ref().map_or("", |outlet| outlet.as_str());
        let published = &document.published;
        let how = match published.how {
            model::PublishedHow::None => "no date found".to_owned(),
            how => format!("{} ({})", phrase::when(&published.edtf), how.as_str()),
        };
        let mut why = Vec::new();
        for line in reasons(&published.because) {
            if !why.is_empty() {
                why.push(Inline::Text("; ".into()));
            }
            why.extend(line);
        }
        if why.is_empty() {
            why = text("\u{2013}");
        }
        vec![
            vec![Inline::Code(document.name.clone())],
            or_dash(document.title.as_deref().unwrap_or_default()),
            or_dash(outlet),
            text(how),
            why,
            text(document.raw_bytes.to_string()),
        ]
    };
    let mut blocks = vec![Block::Table(Table {
        caption: phrase::number(lookup.documents.len(), "page read", "pages read"),
        head: head(&[
            "Page",
            "Title",
            "Outlet",
            "Published (how found)",
            "Why this date",
            "Bytes",
        ]),
        rows: lookup.documents.iter().map(row).collect(),
    })];
    blocks.extend(artefacts(lookup));
    section("documents", "Pages", blocks)
}

fn artefacts(lookup: &Lookup<'_>) -> Option<Block> {
    let mut rows = Vec::new();
    for document in &lookup.documents {
        for artefact in &document.artefacts {
            rows.push(vec![
                vec![Inline::Code(document.name.clone())],
                text(artefact.kind.as_str().replace('-', " ")),
                written(artefact.quote.clone()),
                or_dash(&artefact.proposed),
                text(format!("{}\u{2013}{}", artefact.span.start, artefact.span.end)),
                written(artefact.because.words.clone()),
            ]);
        }
    }
    if rows.is_empty() {
        return None;
    }
    let table = Table {
        caption: phrase::number(
            rows.len(),
            "place of damage; the page is never changed",
            "places of damage; the pages are never changed",
        ),
        head: head(&["Page", "Damage", "Words", "Probably meant", "Bytes", "Why"]),
        rows,
    };
    Some(part(
        "artefacts",
        "Damage found in pages",
        vec![Block::Table(table)],
    ))
}

pub(super) fn notes(lookup: &Lookup<'_>) -> Block {
    let notes = lookup.notes();
    let title = "What could not be read or decided";
    if notes.is_empty() {
        return section("notes", title, vec![Block::Para(text("No stage left a note."))]);
    }
    let row = |note: &&model::Note| {
        vec![
            vec![Inline::Code(note.about.clone())],
            text(severity(note.severity)),
            text(note.stage.clone()),
            written(note.what.clone()),
            or_dash(&note.next),
        ]
    };
    let table = Table {
        caption: phrase::number(notes.len(), "note", "notes"),
        head: head(&[
            "About",
            "How much is missing",
            "Stage",
            "What and why",
            "Next step",
        ]),
        rows: notes.iter().map(row).collect(),
    };
    section("notes", title, vec![Block::Table(table)])
}
