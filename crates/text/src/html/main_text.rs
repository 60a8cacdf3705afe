//! Which blocks are the article.
//!
//! Asked first is the library `rs-trafilatura`, the best known here on the 181-page benchmark; it works on
//! a tree and returns text, so its words are aligned back onto our blocks, which know their bytes. Where
//! the guards keep it away, or it finds next to nothing, our own measure decides: the run of blocks in which
//! prose outweighs links most.

use super::align::align;
use super::scan::{Attributes, Event, scan};
use super::{Block, Census};
use crate::words::{count_words, ends_sentence};

/// Words beside links below which what the library found is not an article, when our own measure finds three times
/// more.
const WORDS_MIN: usize = 25;

/// Which blocks are the article, and who said so.
pub(crate) struct Choice {
    pub(crate) is_main: Vec<bool>,
    /// Rule for `because`.
    pub(crate) rule: &'static str,
    /// Why the library was not asked or not followed.
    pub(crate) refusal: Option<String>,
}

/// Decides which blocks are the article. Never fails.
pub(crate) fn main_blocks(html: &str, blocks: &[Block], census: &Census, address: Option<&str>) -> Choice {
    let own = own_choice(blocks);
    if let Some(refusal) = census.refusal() {
        return Choice {
            is_main: own,
            rule: "prose-outweighs-links",
            refusal: Some(format!(
                "the page has {refusal}, so only the simple reader was used"
            )),
        };
    }
    let Some(text) = ask_library(html, address) else {
        return Choice {
            is_main: own,
            rule: "prose-outweighs-links",
            refusal: None,
        };
    };
    let aligned = align(blocks, &text);
    let words = own_words(blocks, &aligned);
    if words < WORDS_MIN && own_words(blocks, &own) > words * 3 {
        return Choice {
            is_main: own,
            rule: "prose-outweighs-links",
            refusal: None,
        };
    }
    Choice {
        is_main: aligned,
        rule: "main-text-by-trafilatura",
        refusal: None,
    }
}

/// Words of the chosen blocks that are no links, such as those of a menu.
fn own_words(blocks: &[Block], chosen: &[bool]) -> usize {
    let chosen = blocks.iter().zip(chosen).filter(|(_, chosen)| **chosen);
    let text = chosen.map(|(block, _)| block).filter(|block| !is_link(block));
    text.map(|block| count_words(&block.piece.text)).sum()
}

/// Words of a sentence that is only a link; longer ones stand in a link that their page forgot to close.
const LINK_WORDS_MAX: usize = 20;

fn is_link(block: &Block) -> bool {
    let text = &block.piece.text;
    block.link_share() > 0.5 && !(count_words(text) > LINK_WORDS_MAX && ends_sentence(text))
}

/// The text the library calls the article; `None` when it finds none. A panic inside it loses its answer
/// only, not the page.
fn ask_library(html: &str, address: Option<&str>) -> Option<String> {
    let options = rs_trafilatura::Options {
        url: address.map(str::to_owned),
        include_comments: false,
        // Its guess of the page's type reads the news front of a forum or a shop at times; we read news.
        page_type: Some(rs_trafilatura::page_type::PageType::Article),
        // The library cuts longer text at a byte, even inside a character; our own caps have been applied.
        max_extracted_len: usize::MAX,
        ..rs_trafilatura::Options::default()
    };
    let html = &lean(html);
    let answer = std::panic::catch_unwind(|| rs_trafilatura::extract_with_options(html, &options));
    answer.ok()?.ok().map(|found| found.content_text)
}

/// Whether the content of an element is thrown away before the library is asked.
pub(super) fn is_unread(name: &str, attributes: Attributes<'_>) -> bool {
    let is_data = || attributes.value("type").is_some_and(|kind| kind.contains("json"));
    name.eq_ignore_ascii_case("style") || (name.eq_ignore_ascii_case("script") && !is_data())
}

/// The page without what no reader sees and the library throws away after parsing: styles and scripts, save
/// the JSON-LD it reads; and without NUL, each of which costs its tokeniser an error message.
fn lean(html: &str) -> String {
    let mut kept = String::with_capacity(html.len() / 2);
    let mut from = 0;
    scan(html, &mut |event| {
        if let Event::Start {
            name,
            attributes,
            raw: Some(raw),
            ..
        } = event
            && is_unread(name, attributes)
        {
            kept.push_str(&html[from..raw.start]);
            from = raw.end;
        }
    });
    kept.push_str(&html[from..]);
    if kept.contains('\0') {
        kept.replace('\0', "")
    } else {
        kept
    }
}

/// The run of blocks whose prose outweighs links and scraps the most.
fn own_choice(blocks: &[Block]) -> Vec<bool> {
    // Flags of the furniture are believed only where they do not swallow the page.
    let words_of = |block: &Block| count_words(&block.piece.text);
    let total: usize = blocks.iter().map(words_of).sum();
    let flagged =
        |block: &Block| block.flags.nav || block.flags.beside || block.flags.footer || block.flags.control;
    let in_flagged: usize = blocks.iter().filter(|block| flagged(block)).map(words_of).sum();
    let believe = in_flagged * 10 < total * 8;
    let weights: Vec<i64> = blocks
        .iter()
        .map(|block| weight(block, believe && flagged(block)))
        .collect();
    let mut is_main = vec![false; blocks.len()];
    let Some((start, end)) = heaviest_run(&weights) else {
        return is_main;
    };
    for index in start..end {
        is_main[index] = weights[index] > SCRAP;
    }
    is_main
}

/// Weight of a block that is only a few words, such as a subheading.
const SCRAP: i64 = -3;

fn weight(block: &Block, is_furniture: bool) -> i64 {
    let words = i64::try_from(count_words(&block.piece.text)).unwrap_or(i64::MAX);
    if is_furniture {
        return -words.min(40) - 5;
    }
    if is_link(block) {
        return -words.min(20) - 5;
    }
    let is_sentence = ends_sentence(&block.piece.text);
    match (words, is_sentence, block.flags.heading > 0) {
        (10.., true, _) => words.min(120),
        (20.., false, _) => words.min(120) / 2,
        (4.., true, _) => 2,
        (_, _, true) => -2,
        _ => SCRAP - 3,
    }
}

/// The run with the greatest sum (Kadane), as (start, end).
fn heaviest_run(weights: &[i64]) -> Option<(usize, usize)> {
    let mut best: Option<(i64, usize, usize)> = None;
    let (mut sum, mut start) = (0i64, 0);
    for (index, weight) in weights.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, index);
        }
        sum += weight;
        if sum > 0 && best.is_none_or(|(most, ..)| sum > most) {
            best = Some((sum, start, index + 1));
        }
    }
    best.map(|(_, start, end)| (start, end))
}
