//! Laying a text that was taken from a page back onto the blocks of the page.
//!
//! The text may join words of neighbouring cells, drop pieces of a paragraph, or hold a line of the page's menu
//! that the article repeats; so blocks are compared by their letters and digits alone, in the order of the page,
//! and each letter of the text can stand for one block only.

use super::Block;
use crate::piece::is_hidden_mark;
use std::collections::HashMap;

/// Letters that must follow one another in block and text to be called the same.
///
/// 12: two words of English or four of Chinese; by chance such a run comes again about once in a long article.
const RUN: usize = 12;
/// Share of a block's letters that must lie in such runs.
///
/// 0.6: a link or a footnote inside a paragraph may be missing; below one half a block is more often a teaser
/// that repeats the title.
const SHARE_MIN: f64 = 0.6;
/// Places of the text that are tried for one block: a run that comes more often tells nothing.
const PLACES_MAX: usize = 32;
/// Letters of the text behind the last block in which a short block is looked for.
const REACH: usize = 400;

/// Letters and digits of a text, in lower case.
struct Letters {
    all: Vec<char>,
    /// A word begins here.
    starts: Vec<bool>,
}

impl Letters {
    fn of(text: &str) -> Self {
        let (mut all, mut starts) = (Vec::new(), Vec::new());
        let mut before = ' ';
        for c in text.chars().filter(|c| !is_hidden_mark(*c)) {
            if c.is_alphanumeric() {
                // Where cells were joined, a word begins inside a word.
                let begins = !before.is_alphanumeric()
                    || before.is_numeric() != c.is_numeric()
                    || before.is_lowercase() && c.is_uppercase();
                for (index, lower) in c.to_lowercase().enumerate() {
                    all.push(lower);
                    starts.push(begins && index == 0);
                }
            }
            before = c;
        }
        Self { all, starts }
    }
    /// Hashes of all runs, by the letter that each begins with.
    fn runs(&self) -> Vec<u64> {
        // A polynomial of the letters modulo 2^64; the factor is Knuth's MMIX multiplier.
        const FACTOR: u64 = 6_364_136_223_846_793_005;
        let top = (1..RUN).fold(1u64, |power, _| power.wrapping_mul(FACTOR));
        let mut hash = 0u64;
        let mut runs = Vec::with_capacity(self.all.len());
        for (index, c) in self.all.iter().enumerate() {
            if index >= RUN {
                hash = hash.wrapping_sub((self.all[index - RUN] as u64).wrapping_mul(top));
            }
            hash = hash.wrapping_mul(FACTOR).wrapping_add(*c as u64);
            if index + 1 >= RUN {
                runs.push(hash);
            }
        }
        runs
    }
}

/// A place of the text where a block may stand.
#[derive(Clone, Copy)]
struct Place {
    block: usize,
    at: usize,
    /// Letters that are the same from there on.
    same: usize,
}

/// Which blocks stand in the text.
pub(super) fn align(blocks: &[Block], text: &str) -> Vec<bool> {
    let text = Letters::of(text);
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, run) in text.runs().into_iter().enumerate() {
        let known = places.entry(run).or_default();
        if known.len() < PLACES_MAX {
            known.push(at);
        }
    }
    let own: Vec<(Letters, Vec<u64>)> = blocks
        .iter()
        .map(|block| {
            let letters = Letters::of(&block.piece.text);
            let runs = letters.runs();
            (letters, runs)
        })
        .collect();
    let mut taken = vec![false; text.all.len()];
    let mut at_of: Vec<Option<(usize, usize)>> = vec![None; blocks.len()];
    let mut in_order = chain(&candidates(&own, &text, &places), text.all.len());
    in_order.sort_by_key(|place| place.block);
    // Those in the order of the text take their letters first; what is left may stand in another order.
    let rest = (0..blocks.len()).filter(|index| in_order.binary_search_by_key(index, |p| p.block).is_err());
    let order: Vec<(usize, usize)> = in_order
        .iter()
        .map(|place| (place.block, place.at))
        .chain(rest.map(|index| (index, 0)))
        .collect();
    for (index, from) in order {
        let (letters, runs) = &own[index];
        if !runs.is_empty() {
            at_of[index] = take(letters.all.len(), runs, from, &places, &mut taken);
        }
    }
    short_blocks(&own, &text, &mut at_of);
    at_of.iter().map(Option::is_some).collect()
}

/// Where each block may begin in the text.
fn candidates(own: &[(Letters, Vec<u64>)], text: &Letters, places: &HashMap<u64, Vec<usize>>) -> Vec<Place> {
    let mut all = Vec::new();
    for (block, (letters, runs)) in own.iter().enumerate() {
        let found = runs
            .iter()
            .enumerate()
            .find_map(|(offset, run)| Some((offset, places.get(run)?)));
        let Some((offset, found)) = found else { continue };
        for &at in found {
            let pairs = letters.all[offset..].iter().zip(&text.all[at..]);
            let same = pairs.take_while(|(one, other)| one == other).count();
            all.push(Place { block, at, same });
        }
    }
    all
}

/// The heaviest choice of places, one for a block at most, in which blocks and places rise together.
fn chain(places: &[Place], length: usize) -> Vec<Place> {
    // Best chains by the place of their last member: a Fenwick tree of maxima.
    let mut tree: Vec<(usize, usize)> = vec![(0, usize::MAX); length + 1];
    let mut before: Vec<usize> = vec![usize::MAX; places.len()];
    let mut best = (0, usize::MAX);
    let mut order: Vec<usize> = (0..places.len()).collect();
    // Places of one block from the last to the first, so that none can follow another of its block.
    order.sort_by_key(|index| (places[*index].block, std::cmp::Reverse(places[*index].at)));
    for index in order {
        let place = places[index];
        let mut found = (0, usize::MAX);
        let mut node = place.at;
        while node > 0 {
            if tree[node].0 > found.0 {
                found = tree[node];
            }
            node &= node - 1;
        }
        before[index] = found.1;
        let own = (found.0 + place.same, index);
        // Of two equal beginnings the later one lies nearer to what follows; of two equal ends the earlier one.
        let is_better = |own: (usize, usize), known: (usize, usize)| {
            own.0 > known.0 || own.0 == known.0 && found.1 == usize::MAX
        };
        if is_better(own, best) {
            best = own;
        }
        let mut node = place.at + 1;
        while node < tree.len() {
            if is_better(own, tree[node]) {
                tree[node] = own;
            }
            node += node & node.wrapping_neg();
        }
    }
    let mut chosen = Vec::new();
    let mut index = best.1;
    while let Some(place) = places.get(index) {
        chosen.push(*place);
        index = before[index];
    }
    chosen
}

/// Takes the letters of a block out of the text, from a place on; gives first and last place when enough
/// of them were there.
fn take(
    letters: usize,
    runs: &[u64],
    from: usize,
    places: &HashMap<u64, Vec<usize>>,
    taken: &mut [bool],
) -> Option<(usize, usize)> {
    let mut hits: Vec<usize> = Vec::new();
    let mut covered = 0;
    let mut covered_to = 0;
    for (offset, run) in runs.iter().enumerate() {
        let next = hits.last().map_or(from, |last| last + 1);
        let free = |at: &&usize| !taken[**at];
        let Some(known) = places.get(run) else { continue };
        let at = known
            .iter()
            .filter(free)
            .find(|at| **at >= next)
            .or_else(|| known.iter().find(free));
        if let Some(at) = at {
            hits.push(*at);
            covered += (offset + RUN) - covered_to.max(offset);
            covered_to = offset + RUN;
        }
    }
    if (covered as f64) < letters as f64 * SHARE_MIN {
        return None;
    }
    for at in &hits {
        taken[*at] = true;
    }
    let first = hits.iter().min()?;
    let last = hits.iter().max()? + RUN;
    Some((*first, last))
}

/// Blocks of less than one run: they count where the text has them between the blocks around them.
fn short_blocks(own: &[(Letters, Vec<u64>)], text: &Letters, at_of: &mut [Option<(usize, usize)>]) {
    let mut next_start = vec![text.all.len(); at_of.len() + 1];
    for index in (0..at_of.len()).rev() {
        next_start[index] = at_of[index].map_or(next_start[index + 1], |(start, _)| start);
    }
    let mut cursor = 0;
    for index in 0..at_of.len() {
        if let Some((_, end)) = at_of[index] {
            cursor = end;
            continue;
        }
        let (letters, runs) = &own[index];
        if letters.all.is_empty() || !runs.is_empty() {
            continue;
        }
        let end = next_start[index].min(cursor + REACH).min(text.all.len());
        let length = letters.all.len();
        let found = (cursor..(end + 1).saturating_sub(length)).find(|at| {
            let is_end = text.starts.get(at + length).copied().unwrap_or(true);
            text.starts[*at] && is_end && text.all[*at..*at + length] == letters.all[..]
        });
        if let Some(at) = found {
            at_of[index] = Some((at, at + length));
            cursor = at + length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::align;
    use crate::html::Block;
    use crate::piece::Piece;

    #[track_caller]
    fn check(blocks: &[&str], text: &str, expected: &[bool]) {
        let blocks: Vec<Block> = blocks
            .iter()
            .map(|text| Block {
                piece: Piece {
                    text: (*text).to_owned(),
                    ..Piece::default()
                },
                ..Block::default()
            })
            .collect();
        assert_eq!(align(&blocks, text), expected, "{text}");
    }

    const BODY: &str = "The bridge over the river was opened to traffic on Monday, officials said.";
    const MORE: &str = "A second bridge will follow in the autumn, the ministry of works told reporters.";

    #[test]
    fn a_teaser_above_the_article_is_not_its_body() {
        let text = format!("{BODY}\n{MORE}");
        check(&[BODY, "Home", BODY, MORE], &text, &[false, false, true, true]);
        check(
            &["Bridge", "Works", BODY, MORE],
            &text,
            &[false, false, true, true],
        );
    }

    #[test]
    fn short_lines_count_where_the_text_has_them() {
        let text = format!("{BODY}\nWorks\n{MORE}");
        check(
            &["Works", BODY, "Works", "Sport", MORE, "Works"],
            &text,
            &[false, true, true, false, true, false],
        );
    }

    #[test]
    fn joined_cells_soft_hyphens_and_lost_notes_do_no_harm() {
        check(&["Lorries", "1,200"], "Lorries1,200", &[true, true]);
        check(&[BODY], &BODY.replace("traffic", "traf\u{AD}fic"), &[true]);
        check(
            &[BODY],
            "The bridge over the river was opened on Monday, officials said.",
            &[true],
        );
        check(&[MORE], BODY, &[false]);
    }

    #[test]
    fn letters_without_spaces_between_words_are_laid_back_too() {
        let text = "\u{6865}\u{6881}\u{5468}\u{4e00}\u{91cd}\u{65b0}\u{5f00}\u{653e}\u{ff0c}\u{5b98}\u{5458}\u{8bf4}\u{3002}";
        check(&[text, "\u{9996}\u{9875}"], text, &[true, false]);
    }
}
