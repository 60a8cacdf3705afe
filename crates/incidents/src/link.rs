//! Links between pages, whatever their incidents: one text, paragraphs in common, one headline.

use crate::origin::{self, Library};
use crate::wording;
use model::{Because, LinkKind, OriginLink, PassageKind};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest content words of a paragraph for two pages that share it to be linked.
///
/// 12: a sentence of news has about ten content words; anything shorter ("click to share") recurs on pages
/// that have nothing to do with each other.
const PARAGRAPH_WORDS_MIN: usize = 12;

/// Fewest words of a headline to be compared; "live updates" is everybody's headline.
const TITLE_WORDS_MIN: usize = 4;

/// All links between pages that do not depend on an incident, in a fixed order.
pub(crate) fn pages(library: &Library<'_>) -> Vec<OriginLink> {
    let pages = library.pages;
    let mut links = Vec::new();
    let mut one_text = BTreeSet::new();
    for (a, b, score) in &pages.same_text {
        one_text.insert((*a, *b));
        let words = format!("the pages share {:.0} % of their word runs", score * 100.0);
        links.push(between(
            library,
            *a,
            *b,
            LinkKind::SameText,
            *score,
            Because::new("same-text", words),
        ));
    }
    for (a, b, score) in &pages.reworked {
        if one_text.insert((*a, *b)) {
            let words = format!(
                "{:.0} % of the shorter page stands in sentences that the other builds alike, with other words in their places",
                score * 100.0
            );
            let because = Because::new("reworked-text", words);
            links.push(between(library, *a, *b, LinkKind::SameText, *score, because));
        }
    }
    for (a, b, score) in shared_paragraphs(library) {
        if !one_text.contains(&(a, b)) {
            let words = format!(
                "the pages share whole paragraphs, {:.0} % of the shorter page",
                score * 100.0
            );
            links.push(between(
                library,
                a,
                b,
                LinkKind::SameText,
                score,
                Because::new("shared-paragraphs", words),
            ));
        }
    }
    let mut titles: BTreeMap<String, usize> = BTreeMap::new();
    for (index, document) in pages.documents().iter().enumerate() {
        let Some(title) = document.title.as_deref().map(wording::plain) else {
            continue;
        };
        if title.split(' ').count() < TITLE_WORDS_MIN {
            continue;
        }
        match titles.get(&title) {
            // A masthead read as the headline is no shared headline.
            Some(first) if library.is_one_outlet(pages.at(*first), document) => {}
            Some(first) => {
                let because = Because::new(
                    "same-title",
                    "the pages carry the same headline; their headline has one origin",
                );
                links.push(between(library, *first, index, LinkKind::SameTitle, 1.0, because));
            }
            None => drop(titles.insert(title, index)),
        }
    }
    origin::tidy(&mut links);
    links
}

fn between(
    library: &Library<'_>,
    a: usize,
    b: usize,
    kind: LinkKind,
    score: f64,
    because: Because,
) -> OriginLink {
    let (a, b) = (&library.pages.at(a).id, &library.pages.at(b).id);
    OriginLink {
        kind,
        a: a.min(b).clone(),
        b: a.max(b).clone(),
        score,
        because,
    }
}

/// Pairs of pages with whole paragraphs in common, and what share of the shorter page's words those are.
/// Each page is paired with the first that has the paragraph, so that many copies cost no square.
fn shared_paragraphs(library: &Library<'_>) -> Vec<(usize, usize, f64)> {
    let mut first: BTreeMap<u64, usize> = BTreeMap::new();
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut sizes: Vec<usize> = Vec::new();
    for (index, document) in library.pages.documents().iter().enumerate() {
        let mut size = 0;
        let mut seen = BTreeSet::new();
        for passage in document
            .main()
            .filter(|passage| passage.kind != PassageKind::Title)
        {
            let words = wording::content(&passage.text);
            size += words.len();
            let hash = wording::fnv(words.iter().flat_map(|word| word.to_be_bytes()));
            if words.len() < PARAGRAPH_WORDS_MIN || !seen.insert(hash) {
                continue;
            }
            match first.get(&hash) {
                Some(other) => *common.entry((*other, index)).or_default() += words.len(),
                None => drop(first.insert(hash, index)),
            }
        }
        sizes.push(size);
    }
    let share = |((a, b), words): ((usize, usize), usize)| {
        let shorter = u32::try_from(sizes[a].min(sizes[b]).max(1)).unwrap_or(u32::MAX);
        (
            a,
            b,
            (f64::from(u32::try_from(words).unwrap_or(u32::MAX)) / f64::from(shorter)).min(1.0),
        )
    };
    common.into_iter().map(share).collect()
}
