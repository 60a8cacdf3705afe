//! Cutting HTML into tags and text, in one pass, by the rules that browsers use for broken markup.

use memchr::{memchr, memmem};
use std::ops::Range;

/// A piece of markup.
#[derive(Debug)]
pub(crate) enum Event<'h> {
    /// Character data, entities not yet read.
    Text(Range<usize>),
    /// A start tag; `raw` is the content of an element whose content is no markup (script, style, title).
    Start {
        name: &'h str,
        attributes: Attributes<'h>,
        at: Range<usize>,
        raw: Option<Range<usize>>,
    },
    /// An end tag.
    End { name: &'h str },
}

/// The attributes of a tag, read when asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attributes<'h> {
    source: &'h str,
}

/// Elements whose content is not markup.
const RAW: [&str; 9] = [
    "script",
    "style",
    "title",
    "textarea",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
];

/// Calls `on` for each piece of markup, in order.
pub(crate) fn scan<'h>(html: &'h str, on: &mut dyn FnMut(Event<'h>)) {
    let bytes = html.as_bytes();
    let mut at = 0;
    let mut text = 0;
    while let Some(offset) = memchr(b'<', &bytes[at..]) {
        let open = at + offset;
        let (end, event) = match bytes.get(open + 1) {
            Some(b'!') if bytes[open..].starts_with(b"<!--") => (comment_end(bytes, open), None),
            Some(b'!' | b'?') => (tag_end_plain(bytes, open), None),
            Some(b'/') if bytes.get(open + 2).is_some_and(u8::is_ascii_alphabetic) => {
                let name = name(html, open + 2);
                (tag_end(bytes, open + 2 + name.len()), Some(Event::End { name }))
            }
            Some(b'/') => (tag_end_plain(bytes, open), None),
            Some(c) if c.is_ascii_alphabetic() => {
                let name = name(html, open + 1);
                let from = open + 1 + name.len();
                let end = tag_end(bytes, from);
                let source = html[from..end].trim_end_matches(['>', '/']);
                let raw = RAW
                    .iter()
                    .find(|raw| raw.eq_ignore_ascii_case(name))
                    .map(|raw| end..raw_end(bytes, end, raw));
                let event = Event::Start {
                    name,
                    attributes: Attributes { source },
                    at: open..end,
                    raw,
                };
                (end, Some(event))
            }
            // A lone bracket is text.
            _ => {
                at = open + 1;
                continue;
            }
        };
        if text < open {
            on(Event::Text(text..open));
        }
        let mut next = end;
        if let Some(event) = event {
            if let Event::Start { raw: Some(raw), .. } = &event {
                next = raw.end;
            }
            on(event);
        }
        at = next;
        text = next;
    }
    if text < html.len() {
        on(Event::Text(text..html.len()));
    }
}

fn name(html: &str, at: usize) -> &str {
    let length = html.as_bytes()[at..]
        .iter()
        .take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'/' | b'<'))
        .count();
    // The bytes before a stop sign end on a character boundary, since all stop signs are ASCII.
    &html[at..at + length]
}

fn comment_end(bytes: &[u8], open: usize) -> usize {
    if bytes[open..].starts_with(b"<!-->") {
        return open + 5;
    }
    memmem::find(&bytes[open + 4..], b"-->").map_or(bytes.len(), |at| open + 4 + at + 3)
}

fn tag_end_plain(bytes: &[u8], from: usize) -> usize {
    memchr(b'>', &bytes[from..]).map_or(bytes.len(), |at| from + at + 1)
}

/// The end of a tag, brackets inside quoted values left alone; a quote opens a value only after `=`.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return at + 1,
            b'"' | b'\'' if after_equals => {
                let Some(close) = memchr(byte, &bytes[at + 1..]) else {
                    return bytes.len();
                };
                at += close + 1;
                after_equals = false;
            }
            b'=' => after_equals = true,
            byte if byte.is_ascii_whitespace() => {}
            _ => after_equals = false,
        }
        at += 1;
    }
    bytes.len()
}

/// Where the content of a raw element ends: before its end tag.
fn raw_end(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    if name == "plaintext" {
        return bytes.len();
    }
    while let Some(found) = memmem::find(&bytes[at..], b"</") {
        let tag = at + found + 2;
        if bytes[tag..].len() >= name.len()
            && bytes[tag..tag + name.len()].eq_ignore_ascii_case(name.as_bytes())
        {
            return at + found;
        }
        at = tag;
    }
    bytes.len()
}

impl<'h> Attributes<'h> {
    /// Name and value of each attribute; entities in values are not yet read.
    pub(crate) fn each(self) -> impl Iterator<Item = (&'h str, &'h str)> {
        let mut rest = self.source;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            // The first sign belongs to the name even when it is an equals sign.
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..]
                .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/'))
                .map_or(rest.len(), |at| first + at);
            let name = &rest[..end];
            rest = rest[end..].trim_start_matches(|c: char| c.is_ascii_whitespace());
            let Some(value) = rest.strip_prefix('=') else {
                return Some((name, ""));
            };
            let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = &value[1..];
                    inner
                        .find(quote)
                        .map_or((inner, ""), |at| (&inner[..at], &inner[at + 1..]))
                }
                _ => {
                    let at = value
                        .find(|c: char| c.is_ascii_whitespace())
                        .unwrap_or(value.len());
                    value.split_at(at)
                }
            };
            rest = after;
            Some((name, value))
        })
    }
    /// The value of an attribute; the first one counts, as in browsers.
    pub(crate) fn value(self, wanted: &str) -> Option<&'h str> {
        self.each()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value)
    }
    pub(crate) fn count(self) -> usize {
        self.each().count()
    }
}
