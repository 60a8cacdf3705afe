//! What stands on one page: the document, its passages, its damage; and notes.

use super::{Lazily, derived_id, ids, on_page, reasons, record};
use crate::lookup::Lookup;
use model::record::Record;
use model::{Document, Passage, Severity, Span};
use serde_json::json;
use std::rc::Rc;

pub(super) fn documents(lookup: &Lookup<'_>) -> Vec<Record> {
    lookup.documents.iter().map(|it| document(it)).collect()
}

fn document(document: &Document) -> Record {
    let fields = json!({
        "title": document.title,
        "byline": document.byline,
        "outlet": document.outlet.as_ref().map(ToString::to_string),
        "credits": ids(&document.credits),
        "language": document.language,
        "charset": document.charset,
        "raw_bytes": document.raw_bytes,
        "published": document.published.edtf.to_string(),
        "published_how": document.published.how.as_str(),
    });
    Record {
        document: Some(document.name.clone()),
        start: Some(0),
        end: Some(document.raw_bytes),
        because: reasons(&document.published.because),
        ..record("document", document.id.as_str(), fields)
    }
}

pub(super) fn passages<'a>(lookup: &Rc<Lookup<'a>>) -> Lazily<'a> {
    let documents = lookup.documents.clone();
    let of_document = |document: &'a Document| {
        let passages = document.passages.iter();
        passages.map(move |passage| self::passage(document, passage))
    };
    Box::new(documents.into_iter().flat_map(of_document))
}

fn passage(document: &Document, passage: &Passage) -> Record {
    let fields = json!({ "kind": passage.kind.as_str(), "main": passage.kind.is_main() });
    let of_kind = record("passage", passage.id.as_str(), fields);
    Record {
        basis: vec![document.id.to_string()],
        because: reasons(&passage.because),
        ..on_page(of_kind, document.name.clone(), passage.span, &passage.text)
    }
}

pub(super) fn artefacts(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all = Vec::new();
    for document in &lookup.documents {
        for artefact in &document.artefacts {
            let fields = json!({
                "kind": artefact.kind.as_str(),
                "proposed": (!artefact.proposed.is_empty()).then_some(&artefact.proposed),
            });
            let of_kind = record("artefact", artefact.id.as_str(), fields);
            all.push(Record {
                basis: vec![document.id.to_string()],
                because: reasons([&artefact.because]),
                ..on_page(of_kind, document.name.clone(), artefact.span, &artefact.quote)
            });
        }
    }
    all
}

pub(super) fn notes(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all = Vec::new();
    for note in lookup.notes() {
        let document = note.document.as_ref();
        let fields = json!({
            "severity": severity(note.severity),
            "stage": note.stage,
            "about": note.about,
            "what": note.what,
            "next": note.next,
        });
        // Two pages may share a name; the note of each is kept.
        let id = match document {
            Some(document) => derived_id("not", &[note.id().as_str(), document.as_str()]),
            None => note.id().to_string(),
        };
        all.push(Record {
            document: document.map(|id| lookup.name(id)),
            basis: ids(document),
            ..record("note", id, fields)
        });
    }
    all
}

/// The word that is published for a severity.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Hint => "hint",
        Severity::Partial => "partial",
        Severity::Lost => "lost",
    }
}

/// A span as published inside fields.
pub(super) fn span(span: Option<Span>) -> serde_json::Value {
    span.map_or(
        serde_json::Value::Null,
        |span| json!({ "start": span.start, "end": span.end }),
    )
}
