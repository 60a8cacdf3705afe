//! Which blocks are the article.
//!
//! Asked first is the library `rs-trafilatura`, the best known here on the 181-page benchmark; it works on
//! a tree and returns text, so its words are aligned back onto our blocks, which know their bytes. Where
//! the guards keep it away, or it finds next to nothing, our own measure decides: the run of blocks in which
//! prose outweighs links most.

use super::scan::{Event, scan};
use super::{Block, Census};
use crate::words::words;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words of a block that must follow one another in the library's text to be called its words.
const SHINGLE: usize = 4;
/// Share of a block's shingles that must be found in the library's text.
///
/// 0.6: the library drops or joins a link or a footnote inside a paragraph; below one half a block is more
/// often a teaser that repeats the title.
const SHARE_MIN: f64 = 0.6;
/// Words below which what the library found is not an article, when our own measure finds three times more.
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
    let own_words = count(blocks, &own);
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
    let words = count(blocks, &aligned);
    if words < WORDS_MIN && own_words > words * 3 {
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

fn count(blocks: &[Block], chosen: &[bool]) -> usize {
    blocks
        .iter()
        .zip(chosen)
        .filter(|(_, chosen)| **chosen)
        .map(|(block, _)| block.piece.text.split_whitespace().count())
        .sum()
}

/// The text the library calls the article; `None` when it finds none. A panic inside it loses its answer
/// only, not the page.
fn ask_library(html: &str, address: Option<&str>) -> Option<String> {
    let options = rs_trafilatura::Options {
        url: address.map(str::to_owned),
        include_comments: false,
        // The library cuts longer text at a byte, even inside a character; our own caps have been applied.
        max_extracted_len: usize::MAX,
        ..rs_trafilatura::Options::default()
    };
    let html = &lean(html);
    let answer = std::panic::catch_unwind(|| rs_trafilatura::extract_with_options(html, &options));
    answer.ok()?.ok().map(|found| found.content_text)
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
        {
            let is_data = attributes.value("type").is_some_and(|kind| kind.contains("json"));
            let is_unread =
                name.eq_ignore_ascii_case("style") || (name.eq_ignore_ascii_case("script") && !is_data);
            if is_unread {
                kept.push_str(&html[from..raw.start]);
                from = raw.end;
            }
        }
    });
    kept.push_str(&html[from..]);
    if kept.contains('\0') {
        kept.replace('\0', "")
    } else {
        kept
    }
}

fn hash(words: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// The blocks whose words stand in the library's text in the same order.
fn align(blocks: &[Block], text: &str) -> Vec<bool> {
    let all = words(text);
    let shingles: BTreeSet<u64> = all.windows(SHINGLE).map(hash).collect();
    let lines: BTreeSet<u64> = text.lines().map(|line| hash(&words(line))).collect();
    blocks
        .iter()
        .map(|block| {
            let own = words(&block.piece.text);
            if lines.contains(&hash(&own)) {
                return true;
            }
            if own.len() < SHINGLE {
                return false;
            }
            let total = own.len() - SHINGLE + 1;
            let met = own
                .windows(SHINGLE)
                .filter(|window| shingles.contains(&hash(window)))
                .count();
            met as f64 >= total as f64 * SHARE_MIN
        })
        .collect()
}

/// The run of blocks whose prose outweighs links and scraps the most.
fn own_choice(blocks: &[Block]) -> Vec<bool> {
    // Flags of the furniture are believed only where they do not swallow the page.
    let words_of = |block: &Block| block.piece.text.split_whitespace().count();
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
    let words = i64::try_from(block.piece.text.split_whitespace().count()).unwrap_or(i64::MAX);
    if is_furniture {
        return -words.min(40) - 5;
    }
    if block.link_share() > 0.5 {
        return -words.min(20) - 5;
    }
    let is_sentence = crate::words::ends_sentence(&block.piece.text);
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
