//! A piece of visible text on its way to becoming a passage, with its way back to the raw bytes.

use crate::charset::Decoded;
use model::{Run, Span};
use std::ops::Range;

/// Visible text and the raw bytes it was read from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Piece {
    /// Visible text.
    pub(crate) text: String,
    /// Runs from `text` to raw bytes.
    pub(crate) runs: Vec<Run>,
    /// Hidden marks that were left out: byte of `text` before which each stood, raw bytes, the mark.
    pub(crate) marks: Vec<(usize, Span, char)>,
}

/// Appends a run, growing the last one when both sides go on byte by byte.
pub(crate) fn push_run(
    runs: &mut Vec<Run>,
    text_start: usize,
    text_bytes: usize,
    raw_start: usize,
    raw_bytes: usize,
) {
    if text_bytes == 0 {
        return;
    }
    if let Some(last) = runs.last_mut()
        && last.text_bytes == last.raw_bytes
        && text_bytes == raw_bytes
        && last.text_start + last.text_bytes == text_start
        && last.raw_start + last.raw_bytes == raw_start
    {
        last.text_bytes += text_bytes;
        last.raw_bytes += raw_bytes;
        return;
    }
    runs.push(Run {
        text_start,
        text_bytes,
        raw_start,
        raw_bytes,
    });
}

/// Marks that change how text looks or compares without being seen, and control characters.
/// Joiners U+200C and U+200D and the direction marks U+200E and U+200F stay: Arabic, Persian and emoji
/// need them.
pub(crate) fn is_hidden_mark(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}' | '\u{180E}'
        | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

impl Piece {
    /// Appends decoded text as it stands, leaving hidden marks out and remembering them.
    pub(crate) fn push(&mut self, page: &Decoded, range: Range<usize>) {
        let text = &page.text[range.clone()];
        let mut from = 0;
        if !text.is_ascii() || text.bytes().any(|byte| byte < b' ' || byte == 0x7F) {
            for (at, c) in text.char_indices().filter(|(_, c)| is_hidden_mark(*c)) {
                self.push_seen(page, range.start + from..range.start + at);
                from = at + c.len_utf8();
                let raw = page.raw(range.start + at..range.start + from);
                self.marks
                    .push((self.text.len(), Span::new(raw.start, raw.end), c));
            }
        }
        self.push_seen(page, range.start + from..range.end);
    }
    fn push_seen(&mut self, page: &Decoded, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let start = self.text.len();
        for run in page.runs(range.clone()) {
            push_run(
                &mut self.runs,
                start + run.text_start,
                run.text_bytes,
                run.raw_start,
                run.raw_bytes,
            );
        }
        self.text.push_str(&page.text[range]);
    }
    /// Appends text that stands for other decoded text: an entity, a run of white space.
    pub(crate) fn push_for(&mut self, shown: &str, page: &Decoded, range: Range<usize>) {
        let raw = page.raw(range);
        push_run(&mut self.runs, self.text.len(), shown.len(), raw.start, raw.len());
        self.text.push_str(shown);
    }
    /// Takes white space off both ends.
    pub(crate) fn trim(&mut self) {
        let end = self.text.trim_end().len();
        let start = self.text.len() - self.text.trim_start().len();
        if start > 0 || end < self.text.len() {
            *self = self.part(start.min(end)..end);
        }
    }
    /// A part of the piece; the range must lie on character boundaries.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        let runs = self
            .runs_in(range.clone())
            .iter()
            .map(|run| {
                let start = run.text_start.max(range.start);
                let end = (run.text_start + run.text_bytes).min(range.end);
                let whole = run.text_bytes != run.raw_bytes;
                Run {
                    text_start: start - range.start,
                    text_bytes: end - start,
                    raw_start: if whole {
                        run.raw_start
                    } else {
                        run.raw_start + (start - run.text_start)
                    },
                    raw_bytes: if whole { run.raw_bytes } else { end - start },
                }
            })
            .collect();
        let marks = self.marks.iter().filter(|(at, ..)| range.contains(at));
        Self {
            text: self.text[range.clone()].to_owned(),
            runs,
            marks: marks.map(|(at, span, c)| (at - range.start, *span, *c)).collect(),
        }
    }
    /// The runs that share a byte with a range of the text.
    fn runs_in(&self, range: Range<usize>) -> &[Run] {
        let first = self
            .runs
            .partition_point(|run| run.text_start + run.text_bytes <= range.start);
        let last = self.runs.partition_point(|run| run.text_start < range.end);
        &self.runs[first..last.max(first)]
    }
    /// The raw bytes behind a range of the text.
    pub(crate) fn span_of(&self, range: Range<usize>) -> Span {
        let runs = self.runs_in(range.clone());
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
            return Span::new(0, 0);
        };
        let start = match first.text_bytes == first.raw_bytes {
            true => first.raw_start + range.start.saturating_sub(first.text_start),
            false => first.raw_start,
        };
        let end = match last.text_bytes == last.raw_bytes {
            true => last.raw_start + (range.end - last.text_start).min(last.raw_bytes),
            false => last.raw_start + last.raw_bytes,
        };
        Span::new(start, end)
    }
    /// All raw bytes from the first to the last.
    pub(crate) fn span(&self) -> Span {
        match (self.runs.first(), self.runs.last()) {
            (Some(first), Some(last)) => Span::new(first.raw_start, last.raw_start + last.raw_bytes),
            _ => Span::new(0, 0),
        }
    }
}
