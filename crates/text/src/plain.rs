//! Plain text into paragraphs, each verbatim.

use crate::charset::Decoded;
use crate::piece::Piece;
use crate::words::ends_sentence;
use std::ops::Range;

/// Longest line that a mail program or typewriter breaks by itself, in characters.
const WRAP_MAX: usize = 100;
/// Shortest line length at which text is wrapped; below it lines are headings, lists or verse.
const WRAP_MIN: usize = 50;

/// The paragraphs of a text: parted by blank lines, and by single line ends where the lines are no wrapped
/// paragraph.
pub(crate) fn paragraphs(page: &Decoded) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut group: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in page.text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let range = at..at + line.len();
        at += line.len();
        if line.trim().is_empty() {
            // CRLF shows as an empty line after the CR: not a blank line.
            let is_crlf = line == "\n" && page.text[..range.start].ends_with('\r');
            if !is_crlf {
                close(page, &mut group, &mut pieces);
            }
            continue;
        }
        let start = range.start + (line.len() - line.trim_start().len());
        group.push(start..start + line.trim().len());
    }
    close(page, &mut group, &mut pieces);
    pieces
}

fn close(page: &Decoded, group: &mut Vec<Range<usize>>, pieces: &mut Vec<Piece>) {
    let lines = std::mem::take(group);
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
        return;
    };
    let whole = first.start..last.end;
    let ranges = if is_wrapped(page, &lines) {
        std::iter::once(whole).collect()
    } else {
        lines
    };
    for range in ranges {
        let mut piece = Piece::default();
        piece.push(page, range);
        piece.trim();
        if piece.text.chars().any(char::is_alphanumeric) {
            pieces.push(piece);
        }
    }
}

/// Whether lines are one paragraph broken to a width: all within the width, and most of them neither end
/// a sentence nor begin one.
fn is_wrapped(page: &Decoded, lines: &[Range<usize>]) -> bool {
    if lines.len() < 2 {
        return false;
    }
    let text = |line: &Range<usize>| &page.text[line.clone()];
    let width = lines
        .iter()
        .map(|line| text(line).chars().count())
        .max()
        .unwrap_or(0);
    if !(WRAP_MIN..=WRAP_MAX).contains(&width) {
        return false;
    }
    let fits = |pair: &[Range<usize>]| {
        let (before, after) = (text(&pair[0]), text(&pair[1]));
        let next_word = after
            .split_whitespace()
            .next()
            .map_or(0, |word| word.chars().count());
        let was_full = before.chars().count() + 1 + next_word + RAGGED > width;
        let goes_on = after.starts_with(|c: char| !c.is_uppercase());
        (
            was_full && (goes_on || !ends_sentence(before)),
            was_full && goes_on,
        )
    };
    let (mut joins, mut goes_on) = (0, 0);
    for (joined, lower) in lines.windows(2).map(fits) {
        joins += usize::from(joined);
        goes_on += usize::from(lower);
    }
    joins * 2 > lines.len() - 1 && goes_on * 3 >= lines.len() - 1
}

/// Characters that a wrapped line may be short of the width beside the word that did not fit.
const RAGGED: usize = 6;

#[cfg(test)]
mod tests;
