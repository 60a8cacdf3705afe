//! Bytes to text: which character set, and where each decoded byte came from.

use crate::piece::push_run;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem;
use model::{Note, Run, Severity};
use std::ops::Range;

/// Bytes of the page in which a declared charset is looked for: twice what the HTML standard asks of
/// browsers, since broken pages put long comments first.
const DECLARATION_BYTES: usize = 2048;

/// Share of non-ASCII bytes above which a page cannot be a Western one with accents.
///
/// French and Vietnamese prose in a single-byte charset stay under 0.15 and 0.25; Cyrillic and Arabic prose
/// stand above 0.6 of letters, about 0.3 of a page with markup. Raise it and mislabelled Arabic stays
/// unreadable; lower it and accented Latin is taken for Cyrillic.
const WESTERN_HIGH_BYTES_MAX: f64 = 0.25;

/// A page as text, and the way back to its bytes.
pub(crate) struct Decoded {
    /// The page in UTF-8.
    pub(crate) text: String,
    /// Runs from `text` to raw bytes, in order.
    runs: Vec<Run>,
    /// WHATWG name of the charset.
    pub(crate) charset: &'static str,
    /// What was noticed, each as (severity, what).
    pub(crate) notes: Vec<Note>,
}

impl Decoded {
    /// The runs that stand for a range of `text`, cut to that range and counted from its start.
    pub(crate) fn runs(&self, range: Range<usize>) -> impl Iterator<Item = Run> + '_ {
        let first = self
            .runs
            .partition_point(|run| run.text_start + run.text_bytes <= range.start);
        self.runs[first..]
            .iter()
            .take_while(move |run| run.text_start < range.end)
            .map(move |run| {
                let start = run.text_start.max(range.start);
                let end = (run.text_start + run.text_bytes).min(range.end);
                if run.text_bytes == run.raw_bytes {
                    Run {
                        text_start: start - range.start,
                        text_bytes: end - start,
                        raw_start: run.raw_start + (start - run.text_start),
                        raw_bytes: end - start,
                    }
                } else {
                    Run {
                        text_start: start - range.start,
                        text_bytes: end - start,
                        ..*run
                    }
                }
            })
    }
    /// The raw bytes behind a range of `text`.
    pub(crate) fn raw(&self, range: Range<usize>) -> Range<usize> {
        let mut runs = self.runs(range);
        let Some(first) = runs.next() else { return 0..0 };
        let last = runs.last().unwrap_or(first);
        first.raw_start..last.raw_start + last.raw_bytes
    }
}

/// Reads bytes as text. `markup` allows a charset declared inside the page.
pub(crate) fn decode(bytes: &[u8], markup: bool, about: &str) -> Decoded {
    let mut notes = Vec::new();
    let mut note = |severity, what: String| notes.push(Note::new(severity, "text", about, what));
    let (encoding, skip) = choose(bytes, markup, &mut note);
    let (text, runs, broken) = if encoding == UTF_8 {
        decode_utf8(bytes, skip)
    } else {
        decode_other(bytes, skip, encoding)
    };
    if broken > 0 {
        note(
            Severity::Partial,
            format!(
                "{broken} places could not be read as {} and show a replacement mark",
                encoding.name()
            ),
        );
    }
    Decoded {
        text,
        runs,
        charset: encoding.name(),
        notes,
    }
}

fn choose(bytes: &[u8], markup: bool, note: &mut impl FnMut(Severity, String)) -> (&'static Encoding, usize) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return (encoding, length);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        note(
            Severity::Hint,
            format!("no charset stated; read as {}", encoding.name()),
        );
        return (encoding, 0);
    }
    let declared = markup.then(|| declared(bytes)).flatten();
    // The last three bytes may be half a character where the page was cut.
    let is_utf8 = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && bytes.len() - error.valid_up_to() < 4,
    };
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    if is_utf8 {
        if let Some(other) = declared.filter(|label| *label != UTF_8 && high > 0) {
            note(
                Severity::Hint,
                format!(
                    "the page says it is {} but its bytes are UTF-8; read as UTF-8",
                    other.name()
                ),
            );
        }
        return (UTF_8, 0);
    }
    let guessed = || {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    };
    match declared {
        Some(label) if label == UTF_8 => {
            if mostly_utf8(bytes) {
                return (UTF_8, 0);
            }
            let encoding = guessed();
            note(
                Severity::Hint,
                format!(
                    "the page says it is UTF-8 but its bytes are not; read as {}",
                    encoding.name()
                ),
            );
            (encoding, 0)
        }
        // windows-1252 is what careless templates say of any page.
        Some(label) if label == WINDOWS_1252 => {
            let visible = bytes
                .iter()
                .filter(|byte| !byte.is_ascii_whitespace())
                .count()
                .max(1);
            let encoding = guessed();
            if encoding != label && high as f64 / visible as f64 > WESTERN_HIGH_BYTES_MAX {
                note(
                    Severity::Hint,
                    format!(
                        "the page says it is {} but reads as {}",
                        label.name(),
                        encoding.name()
                    ),
                );
                return (encoding, 0);
            }
            (label, 0)
        }
        Some(label) => (label, 0),
        None if mostly_utf8(bytes) => (UTF_8, 0),
        None => {
            let encoding = guessed();
            note(
                Severity::Hint,
                format!("no charset stated; read as {}", encoding.name()),
            );
            (encoding, 0)
        }
    }
}

/// Whether well-formed multi-byte sequences outnumber broken bytes ten to one: UTF-8 with a few scars.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good > broken.saturating_mul(10)
}

/// UTF-16 without a mark shows as NUL in every other byte of mostly Western markup.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 > half * 7 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 7 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The charset a page declares: `charset=` in a meta tag or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION_BYTES)].to_ascii_lowercase();
    let after = |key: &[u8]| {
        let at = memmem::find(&head, key)? + key.len();
        let label: Vec<u8> = head[at..]
            .iter()
            .copied()
            .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\''))
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.'))
            .collect();
        Encoding::for_label(&label)
    };
    let label = after(b"charset").or_else(|| after(b"encoding"))?;
    // A page whose declaration could be read at all is not UTF-16.
    Some(if label == UTF_16LE || label == UTF_16BE {
        UTF_8
    } else {
        label
    })
}

fn decode_utf8(bytes: &[u8], skip: usize) -> (String, Vec<Run>, usize) {
    let mut text = String::with_capacity(bytes.len());
    let mut runs = Vec::new();
    let mut broken = 0;
    let mut at = skip;
    for chunk in bytes[skip..].utf8_chunks() {
        let valid = chunk.valid();
        push_run(&mut runs, text.len(), valid.len(), at, valid.len());
        text.push_str(valid);
        at += valid.len();
        if !chunk.invalid().is_empty() {
            let invalid = chunk.invalid().len();
            runs.push(Run {
                text_start: text.len(),
                text_bytes: 3,
                raw_start: at,
                raw_bytes: invalid,
            });
            text.push('\u{FFFD}');
            at += invalid;
            broken += 1;
        }
    }
    (text, runs, broken)
}

/// Any other charset: ASCII in bulk where the charset allows it, all else byte by byte, so that each
/// character knows its bytes.
fn decode_other(bytes: &[u8], skip: usize, encoding: &'static Encoding) -> (String, Vec<Run>, usize) {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut runs = Vec::new();
    let mut broken = 0;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut piece = String::with_capacity(64);
    let mut start = skip;
    let mut at = skip;
    while at < bytes.len() {
        if start == at && encoding.is_single_byte() && bytes[at].is_ascii() {
            let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii()).count();
            if let Ok(ascii) = std::str::from_utf8(&bytes[at..end]) {
                push_run(&mut runs, text.len(), ascii.len(), at, ascii.len());
                text.push_str(ascii);
                at = end;
                start = end;
                continue;
            }
        }
        let last = at + 1 == bytes.len();
        let (_, _, replaced) = decoder.decode_to_string(&bytes[at..=at], &mut piece, last);
        broken += usize::from(replaced);
        at += 1;
        if !piece.is_empty() {
            push_run(&mut runs, text.len(), piece.len(), start, at - start);
            text.push_str(&piece);
            piece.clear();
            start = at;
        }
    }
    (text, runs, broken)
}

#[cfg(test)]
mod tests;
