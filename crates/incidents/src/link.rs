//! Links between pages, whatever their incidents: one text, paragraphs in common, one headline.

use crate::origin;
use crate::pages::{OnePage, Pages};
use crate::wording::{self, Hashed};
use model::{Because, LinkKind, OriginLink, PassageKind};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Fewest content words of a paragraph for two pages that share it to be linked.
///
/// 12: a sentence of news has about ten content words; anything shorter ("click to share") recurs on pages
/// that have nothing to do with each other.
const PARAGRAPH_WORDS_MIN: usize = 12;

/// Fewest words of a headline to be compared; "live updates" is everybody's headline.
const TITLE_WORDS_MIN: usize = 4;

/// All links between pages that do not depend on an incident, in a fixed order.
pub(crate) fn pages(pages: &Pages<'_>) -> Vec<OriginLink> {
    let in_order = pages.in_order();
    let mut links = Vec::new();
    let mut one_text: HashSet<(u32, u32), Hashed> = HashSet::default();
    let mut add = |a: u32, b: u32, kind: LinkKind, score: f64, because: Because| {
        links.push(between(pages, a, b, kind, score, because));
    };
    let later = |a: u32, links: &BTreeMap<u32, f64>| -> Vec<(u32, f64)> {
        let after = links.iter().filter(|(b, _)| pages.by_id(a, **b).is_lt());
        after.map(|(b, score)| (*b, *score)).collect()
    };
    for a in &in_order {
        let page = &pages.pages[*a as usize];
        for (b, score) in later(*a, &page.same_text) {
            one_text.insert((*a, b));
            let words = format!("the pages share {:.0} % of their word runs", score * 100.0);
            add(*a, b, LinkKind::SameText, score, Because::new("same-text", words));
        }
        for (b, score) in later(*a, &page.reworked) {
            if one_text.insert((*a, b)) {
                let words = format!(
                    "{:.0} % of the shorter page stands in sentences that the other builds alike, with other words in their places",
                    score * 100.0
                );
                add(
                    *a,
                    b,
                    LinkKind::SameText,
                    score,
                    Because::new("reworked-text", words),
                );
            }
        }
    }
    for (a, b, score) in shared_paragraphs(pages, &in_order) {
        if !one_text.contains(&(a, b)) {
            let words = format!(
                "the pages share whole paragraphs, {:.0} % of the shorter page",
                score * 100.0
            );
            add(
                a,
                b,
                LinkKind::SameText,
                score,
                Because::new("shared-paragraphs", words),
            );
        }
    }
    let mut titles: HashMap<&str, u32, Hashed> = HashMap::default();
    for index in &in_order {
        let page = &pages.pages[*index as usize];
        let title = page.title.as_deref();
        let Some(title) = title.filter(|title| title.split(' ').count() >= TITLE_WORDS_MIN) else {
            continue;
        };
        match titles.get(title) {
            // A masthead read as the headline is no shared headline.
            Some(first) if is_one_outlet(&pages.pages[*first as usize], page) => {}
            Some(first) => {
                let because = Because::new(
                    "same-title",
                    "the pages carry the same headline; their headline has one origin",
                );
                add(*first, *index, LinkKind::SameTitle, 1.0, because);
            }
            None => drop(titles.insert(title, *index)),
        }
    }
    origin::tidy(&mut links);
    links
}

/// Whether two pages are of one known outlet, or carry an outlet's own name as their headline.
fn is_one_outlet(a: &OnePage<'_>, b: &OnePage<'_>) -> bool {
    let outlet = |page: &OnePage<'_>| page.document.and_then(|document| document.outlet.clone());
    a.is_masthead || (outlet(a).is_some() && outlet(a) == outlet(b))
}

fn between(pages: &Pages<'_>, a: u32, b: u32, kind: LinkKind, score: f64, because: Because) -> OriginLink {
    let (a, b) = (pages.pages[a as usize].id, pages.pages[b as usize].id);
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
fn shared_paragraphs(pages: &Pages<'_>, in_order: &[u32]) -> Vec<(u32, u32, f64)> {
    let mut first: HashMap<u64, usize, Hashed> = HashMap::default();
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut sizes: Vec<usize> = Vec::new();
    let documents = in_order
        .iter()
        .filter_map(|page| pages.pages[*page as usize].document);
    for (index, document) in documents.enumerate() {
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
        let shorter = sizes[a].min(sizes[b]).max(1);
        (in_order[a], in_order[b], (words as f64 / shorter as f64).min(1.0))
    };
    common.into_iter().map(share).collect()
}
