//! Other news inside what the library took for the article: runs of links with the heading above them, and runs
//! of cards, each a linked headline with a line of summary.

use super::Draft;
use crate::words::ends_sentence;
use model::PassageKind;

/// Share of link text from which a line is only a link.
const LINK_SHARE_MIN: f64 = 0.8;
/// Words of a sentence that is only a link.
const LINK_WORDS_MAX: usize = 20;
/// Links in a row that make a list of other news; articles that list their sources put prose between them.
const RUN_MIN: usize = 3;
/// The same for a run below which no more prose stands.
const LAST_RUN_MIN: usize = 2;
/// Words of a heading above such a list.
const HEADING_WORDS_MAX: usize = 8;

/// Words of the summary on a card; paragraphs of an article below linked subheadings are longer or more.
const SUMMARY_WORDS_MAX: usize = 45;
/// Words of the headline on a card.
const HEADLINE_WORDS_MIN: usize = 3;

/// Calls runs of links related links. Lines that already have a kind neither break a run nor count.
pub(super) fn runs(drafts: &mut [Draft]) {
    let is_prose = |draft: &Draft| !is_link(draft) && ends_sentence(draft.text());
    let open = open(drafts);
    let last_prose = open.iter().rposition(|index| is_prose(&drafts[*index]));
    let mut at = 0;
    while at < open.len() {
        let length = open[at..]
            .iter()
            .take_while(|index| is_link(&drafts[**index]))
            .count();
        let least = if last_prose.is_some_and(|last| at > last) {
            LAST_RUN_MIN
        } else {
            RUN_MIN
        };
        if length >= least {
            let heading = at.checked_sub(1).map(|before| open[before]).filter(|index| {
                let draft = &drafts[*index];
                draft.words() <= HEADING_WORDS_MAX && !ends_sentence(draft.text())
            });
            for index in heading.into_iter().chain(open[at..at + length].iter().copied()) {
                drafts[index].is(
                    PassageKind::RelatedLink,
                    "run-of-links",
                    "Several links in a row make a list of other news.",
                );
            }
        }
        at += length.max(1);
    }
    cards(drafts);
}

/// A paragraph of prose that is one link stands inside a link that its page forgot to close.
fn is_link(draft: &Draft) -> bool {
    let is_paragraph = draft.words() > LINK_WORDS_MAX && ends_sentence(draft.text());
    draft.link_share > LINK_SHARE_MIN && !is_paragraph
}

/// Lines of the article that have no kind yet.
fn open(drafts: &[Draft]) -> Vec<usize> {
    let is_open = |draft: &Draft| draft.is_markup && draft.is_main && draft.kind.is_none();
    (0..drafts.len())
        .filter(|index| is_open(&drafts[*index]))
        .collect()
}

/// Calls runs of cards below the first prose related links.
fn cards(drafts: &mut [Draft]) {
    let open = open(drafts);
    let draft = |at: usize| open.get(at).map(|index| &drafts[*index]);
    let is_headline = |at: usize| draft(at).is_some_and(|d| is_link(d) && d.words() >= HEADLINE_WORDS_MIN);
    let is_summary = |at: usize| draft(at).is_some_and(|d| !is_link(d) && d.words() <= SUMMARY_WORDS_MAX);
    let Some(first) =
        (0..open.len()).find(|at| draft(*at).is_some_and(|d| !is_link(d) && ends_sentence(d.text())))
    else {
        return;
    };
    let mut found = Vec::new();
    let mut at = first + 1;
    while at < open.len() {
        let (mut end, mut count) = (at, 0);
        while is_headline(end) && is_summary(end + 1) && (is_headline(end + 2) || count + 1 >= RUN_MIN) {
            count += 1;
            end += 2;
        }
        if count >= RUN_MIN {
            found.extend(open[at..end].iter().copied());
        }
        at = end.max(at + 1);
    }
    for index in found {
        drafts[index].is(
            PassageKind::RelatedLink,
            "run-of-cards",
            "A linked headline with a summary, one of several in a row.",
        );
    }
}
