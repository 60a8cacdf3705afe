//! Bytes into rows of cells, within bounds: no row is held that is longer than [`ROW_BYTES_MAX`] or has more cells
//! than [`CELLS_MAX`].

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use model::Span;

/// Most bytes of a row's cells.
///
/// 1 MiB: a long narrative with all its sources has some kilobytes. Raise it and one quotation mark that is never
/// closed costs more before it is noticed.
pub(super) const ROW_BYTES_MAX: usize = 1 << 20;

/// Most cells of a row; a table of events has some fifty.
pub(super) const CELLS_MAX: usize = 500;

/// Most bytes that are read for nothing, because a row did not end.
///
/// 64 MiB, after which the rest is given up: rows that open a quotation mark each could otherwise be read a
/// megabyte each.
const WASTED_MAX: usize = 64 << 20;

/// A row as it stands in the file.
pub(super) struct Split<'a> {
    /// Line on which it begins, counted from 1.
    pub(super) line: usize,
    /// Its bytes, without the end of the line.
    pub(super) span: Span,
    /// Its cells, quotation marks taken away; `None` when it is too long or has too many.
    pub(super) cells: Option<Vec<&'a [u8]>>,
}

/// Reads rows one after the other; the cells of one are gone when the next is asked for.
pub(super) struct Splitter<'b> {
    bytes: &'b [u8],
    at: usize,
    line: usize,
    reader: Reader,
    delimiter: u8,
    text: Vec<u8>,
    ends: Vec<usize>,
    wasted: usize,
}

impl<'b> Splitter<'b> {
    pub(super) fn new(bytes: &'b [u8], delimiter: u8) -> Self {
        let at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        Self {
            bytes,
            at,
            line: 1,
            reader: build(delimiter),
            delimiter,
            text: vec![0; ROW_BYTES_MAX],
            ends: vec![0; CELLS_MAX],
            wasted: 0,
        }
    }
    /// Bytes read so far.
    pub(super) fn position(&self) -> usize {
        self.at
    }
    /// The next row that is not empty.
    pub(super) fn next(&mut self) -> Option<Split<'_>> {
        while self
            .bytes
            .get(self.at)
            .is_some_and(|byte| matches!(byte, b'\r' | b'\n'))
        {
            self.line += usize::from(self.bytes[self.at] == b'\n');
            self.at += 1;
        }
        let (start, line) = (self.at, self.line);
        if start >= self.bytes.len() || self.wasted > WASTED_MAX {
            return None;
        }
        let (mut written, mut ended) = (0, 0);
        let whole = loop {
            let input = &self.bytes[self.at..];
            let (result, read, put, marked) =
                self.reader
                    .read_record(input, &mut self.text[written..], &mut self.ends[ended..]);
            self.at += read;
            written += put;
            ended += marked;
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => break true,
                // The end of the input is told by empty input.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => break false,
            }
        };
        if !whole {
            self.wasted += self.at - start;
            let end = memchr::memchr(b'\n', &self.bytes[start..]).map_or(self.bytes.len(), |end| start + end);
            self.at = end;
            self.reader = build(self.delimiter);
            return Some(Split {
                line,
                span: trimmed(self.bytes, start, end),
                cells: None,
            });
        }
        self.line += memchr::memchr_iter(b'\n', &self.bytes[start..self.at]).count();
        let mut cells = Vec::with_capacity(ended);
        let mut from = 0;
        for end in &self.ends[..ended] {
            cells.push(&self.text[from..*end]);
            from = *end;
        }
        Some(Split {
            line,
            span: trimmed(self.bytes, start, self.at),
            cells: Some(cells),
        })
    }
    /// Whether it stopped before the end of the file.
    pub(super) fn gave_up(&self) -> bool {
        self.wasted > WASTED_MAX
    }
}

fn build(delimiter: u8) -> Reader {
    ReaderBuilder::new().delimiter(delimiter).build()
}

fn trimmed(bytes: &[u8], start: usize, mut end: usize) -> Span {
    while end > start && matches!(bytes[end - 1], b'\r' | b'\n') {
        end -= 1;
    }
    Span::new(start, end)
}
