//! The door: a page in, a document out.

use crate::artefact::artefacts;
use crate::charset::{Decoded, decode};
use crate::html::{self, Meta};
use crate::kind::{Draft, Hints, label};
use crate::lexicon::{Damage, LineKind};
use crate::own_words::own_words;
use crate::{PAGE_BYTES_MAX, language, outlet, plain, published, signature};
use model::{
    ArtefactKind, Because, Document, Media, Note, Outlet, Page, Passage, PassageId, PassageKind, Severity,
};

/// Reads a page. Never fails: what could not be read is told in the notes of the document.
///
/// The raw bytes stay as they are; every passage knows which of them it was read from. Text that the page
/// hides from readers yields nothing.
pub fn clean(page: &Page, outlets: &[Outlet], damage: &Damage) -> Document {
    let mut notes = Vec::new();
    let bytes = capped(page, &mut notes);
    let decoded = decode(bytes, page.media == Media::Html, &page.name);
    notes.extend(decoded.notes.iter().cloned());
    let (drafts, meta, main_rule) = match page.media {
        Media::Html => from_html(page, &decoded, damage, &mut notes),
        Media::Text => (from_text(&decoded), Meta::default(), "paragraph"),
    };
    let drafts = counted(drafts, &page.name, &mut notes);
    let hints = Hints {
        titles: meta.title.iter().chain(&page.given.title).cloned().collect(),
        head_title: meta.head_title.clone(),
        author: meta.author.clone(),
        outlets,
        main_rule,
    };
    let mut drafts = label(drafts, &hints, damage);
    notes.extend(wall(&mut drafts, damage, &page.name));
    let raw = |range| decoded.raw(range);
    let mut published =
        published::published(&drafts, &meta, &page.given, &page.name, &raw, damage, &mut notes);
    if published.how == model::PublishedHow::None {
        published.because.extend(own_words(&drafts, damage));
    }
    let outlet = outlet::outlet(&drafts, &meta, &page.given, &page.name, outlets, &mut notes);
    let id = page.id();
    let mut document = Document {
        credits: outlet::credits(&drafts, outlets, outlet.as_ref()),
        outlet,
        title: title(&drafts, &meta, page),
        byline: byline(&drafts, &meta),
        artefacts: artefacts(&id, &drafts, damage),
        name: page.name.clone(),
        raw_bytes: page.bytes.len(),
        charset: decoded.charset.to_owned(),
        language: None,
        published,
        passages: passages(&id, drafts),
        signature: Vec::new(),
        notes,
        id,
    };
    document.language = language::language(&document, meta.language.as_deref());
    language::mark_other_languages(&mut document);
    document.signature = sign(&document);
    if document.main().next().is_none() {
        let note = Note::new(
            Severity::Lost,
            "text",
            &page.name,
            "the page has no readable text",
        );
        document
            .notes
            .push(note.next("Open the page and look whether it needs a script to show its text."));
    }
    for note in &mut document.notes {
        note.document = Some(document.id.clone());
    }
    document
}

/// Most words beside the words of a wall for a page to be nothing else. A short post has 20 to 100 words of its own; menus
/// around a wall have some dozens.
const WALL_WORDS_MAX: usize = 60;

/// Lines in which a wall is looked for.
const WALL_LINES: usize = 40;

/// Takes a page whose site shows a check, a sign-in or "not found" in place of the article for what it is: nothing of it
/// is read, two of them are no copies of each other, and the day is no quieter for it.
fn wall(drafts: &mut [Draft], damage: &Damage, name: &str) -> Option<Note> {
    let is_main = |draft: &&mut Draft| draft.kind.is_none_or(PassageKind::is_main);
    let (mut words, mut wall) = (0, None);
    for draft in drafts.iter_mut().filter(is_main).take(WALL_LINES) {
        let count = draft.words();
        let rules = damage.line_rules(draft.text(), count);
        match rules.iter().find(|(rule, _)| rule.kind == LineKind::Wall) {
            Some((rule, _)) => wall = wall.or_else(|| Some(rule.key.clone())),
            None => words += count,
        }
    }
    let wall = wall.filter(|_| words <= WALL_WORDS_MAX)?;
    let words = "The site shows this in place of the article.";
    for draft in drafts.iter_mut().filter(is_main) {
        draft.kind = Some(PassageKind::Boilerplate);
        draft.because = vec![Because::new("wall", words).entry(&wall)];
    }
    let what =
        "the site shows a check, a sign-in or \"not found\" in place of the article; nothing of it was read";
    let note = Note::new(Severity::Lost, "text", name, what);
    Some(note.next("Capture the page again in a browser, or from an archive."))
}

fn capped<'p>(page: &'p Page, notes: &mut Vec<Note>) -> &'p [u8] {
    if page.bytes.len() <= PAGE_BYTES_MAX {
        return &page.bytes;
    }
    let left = page.bytes.len() - PAGE_BYTES_MAX;
    let what = format!("the page is larger than {PAGE_BYTES_MAX} bytes; its last {left} bytes were not read");
    let note = Note::new(Severity::Partial, "text", &page.name, what);
    notes.push(note.next("Split the file into pages and read them one by one."));
    &page.bytes[..PAGE_BYTES_MAX]
}

/// Most passages of a page. Long live blogs have 2,000; above this a page is a list or an attack, and each
/// passage costs a hash and a few hundred bytes.
const PASSAGES_MAX: usize = 20_000;

fn counted(mut drafts: Vec<Draft>, name: &str, notes: &mut Vec<Note>) -> Vec<Draft> {
    if drafts.len() > PASSAGES_MAX {
        let what = format!(
            "the page has {} passages; those after the first {PASSAGES_MAX} were left out",
            drafts.len()
        );
        notes.push(Note::new(Severity::Partial, "text", name, what));
        drafts.truncate(PASSAGES_MAX);
    }
    drafts
}

fn from_text(decoded: &Decoded) -> Vec<Draft> {
    plain::paragraphs(decoded)
        .into_iter()
        .map(|piece| Draft {
            piece,
            is_main: true,
            ..Draft::default()
        })
        .collect()
}

fn from_html(
    page: &Page,
    decoded: &Decoded,
    damage: &Damage,
    notes: &mut Vec<Note>,
) -> (Vec<Draft>, Meta, &'static str) {
    let (blocks, census) = html::blocks(decoded, &damage.classes);
    let meta = html::meta(decoded);
    let address = page.given.url.as_deref().or(meta.address.as_deref());
    let choice = html::main_blocks(&decoded.text, &blocks, &census, address);
    if let Some(refusal) = choice.refusal {
        notes.push(Note::new(Severity::Partial, "text", &page.name, refusal));
    }
    if census.hidden > 0 {
        let what = format!(
            "{} pieces of text that the page hides from its readers were left out",
            census.hidden
        );
        notes.push(Note::new(Severity::Hint, "text", &page.name, what));
    }
    let drafts = blocks
        .into_iter()
        .zip(choice.is_main)
        .map(|(block, is_main)| Draft {
            link_share: block.link_share(),
            piece: block.piece,
            flags: block.flags,
            is_main,
            is_markup: true,
            datetime: block.datetime,
            ..Draft::default()
        })
        .collect();
    (drafts, meta, choice.rule)
}

/// The title passage, else what markup or container state, without the site's name.
fn title(drafts: &[Draft], meta: &Meta, page: &Page) -> Option<String> {
    let passage = drafts.iter().find(|draft| draft.kind == Some(PassageKind::Title));
    passage
        .map(|draft| draft.text().to_owned())
        .or_else(|| meta.title.clone())
        .or_else(|| meta.head_title.clone())
        .or_else(|| page.given.title.clone())
        .filter(|title| !title.trim().is_empty())
}

fn byline(drafts: &[Draft], meta: &Meta) -> Option<String> {
    // A credit such as "(Agency)" or "Source: Agency" names no author.
    let is_author = |draft: &&Draft| !draft.text().starts_with('(') && !draft.text().contains(':');
    let passage = drafts
        .iter()
        .filter(|draft| draft.kind == Some(PassageKind::Byline))
        .find(is_author);
    // "By A. Writer, 5 May 2017" is a date line and an author line in one.
    let dated = || {
        drafts
            .iter()
            .find(|draft| draft.kind == Some(PassageKind::Dateline) && draft.text().starts_with("By "))
    };
    let line = passage.or_else(dated);
    // "World | By A. Writer": the section is none of the author's.
    let author = |text: &str| {
        text.rsplit(['|', '\u{B7}'])
            .next()
            .unwrap_or(text)
            .trim()
            .to_owned()
    };
    line.map(|draft| author(draft.text()))
        .filter(|line| !line.is_empty())
        .or_else(|| meta.author.clone())
}

fn passages(id: &model::DocumentId, drafts: Vec<Draft>) -> Vec<Passage> {
    drafts
        .into_iter()
        .map(|draft| {
            let span = draft.piece.span();
            let kind = draft.kind.unwrap_or(PassageKind::Body);
            let mut because = draft.because;
            if because.is_empty() {
                because.push(Because::new("paragraph", "It is a paragraph of the page."));
            }
            Passage {
                id: PassageId::of(&[id.as_str(), &span.start.to_string(), &span.end.to_string()]),
                kind,
                span,
                text: draft.piece.text,
                runs: draft.piece.runs,
                because,
            }
        })
        .collect()
}

/// The copy signature of the article without captions and without titles met again, which are copied
/// apart from the text.
fn sign(document: &Document) -> Vec<u32> {
    let again: Vec<model::Span> = document
        .artefacts
        .iter()
        .filter(|artefact| artefact.kind == ArtefactKind::RepeatedTitle)
        .map(|artefact| artefact.span)
        .collect();
    let is_signed = |passage: &&Passage| {
        matches!(
            passage.kind,
            PassageKind::Lead | PassageKind::Body | PassageKind::Quotation
        ) && !again.contains(&passage.span)
    };
    signature::signature(
        document
            .passages
            .iter()
            .filter(is_signed)
            .map(|passage| passage.text.as_str()),
    )
}
