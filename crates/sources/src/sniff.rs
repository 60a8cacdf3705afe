//! What an input is, told by its bytes.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Nothing but white space.
    Empty,
    /// Not text; the words say what.
    Binary(&'static str),
    Html,
    Feed,
    Mail,
    Json,
    Text,
}

/// Bytes at the head of an input that are looked at: enough for long comments before the first tag.
const HEAD_BYTES: usize = 8 << 10;
/// Share of control characters above which bytes are no text, one in this many. Text has none; a text with
/// scars has a few; programs, pictures and archives have more than one in ten.
const CONTROL_ONE_IN: usize = 20;

/// First bytes of files that are no text.
const MAGIC: [(&[u8], &str); 22] = [
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!\x1A\x07", "a rar archive"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x1A\x45\xDF\xA3", "a video file"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\xCA\xFE\xBA\xBE", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"\0asm", "a program"),
];

/// Tells what an input is. The name decides only between HTML and plain text, and for mail.
pub(crate) fn sort(name: &str, bytes: &[u8]) -> Sort {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Sort::Binary(what);
    }
    if bytes.len() > 12 && &bytes[4..8] == b"ftyp" {
        return Sort::Binary("a video file");
    }
    let wide = wide_encoding(bytes);
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0)
        || (bytes.len() <= 3 && Encoding::for_bom(bytes).is_some())
    {
        return Sort::Empty;
    }
    if wide.is_none() && is_binary(&bytes[..bytes.len().min(8 * HEAD_BYTES)]) {
        return Sort::Binary("binary data");
    }
    let head = utf8(&bytes[..bytes.len().min(HEAD_BYTES)]);
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\0');
    let lower = start.to_ascii_lowercase();
    let extension = name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    if lower.starts_with('<')
        && ["<rss", "<feed", "<rdf:rdf"]
            .iter()
            .any(|tag| lower.contains(tag))
        && !lower.contains("<html")
    {
        return Sort::Feed;
    }
    let after_bracket = start.strip_prefix('[').map(str::trim_start);
    if start.starts_with('{') && start[1..].trim_start().starts_with(['"', '}'])
        || after_bracket.is_some_and(|rest| rest.starts_with('{'))
    {
        return Sort::Json;
    }
    if matches!(extension.as_str(), "eml") || is_mail(start) {
        return Sort::Mail;
    }
    const TAGS: [&str; 14] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<p>",
        "<p ",
        "<div",
        "<article",
        "<br",
        "<table",
        "<meta",
        "<title",
        "<h1",
        "<span",
    ];
    let is_markup = TAGS.iter().any(|tag| lower.contains(tag));
    let is_named = matches!(
        extension.as_str(),
        "html" | "htm" | "xhtml" | "shtml" | "mht" | "asp" | "php"
    );
    if is_named || (is_markup && (lower.starts_with('<') || lower.contains("</"))) {
        return Sort::Html;
    }
    Sort::Text
}

fn is_binary(bytes: &[u8]) -> bool {
    let controls = bytes
        .iter()
        .filter(|byte| matches!(byte, 0..=8 | 0x0B | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F))
        .count();
    controls > 8 && controls * CONTROL_ONE_IN > bytes.len()
}

/// Headers that a mail has; two of them at the head of an input make it one.
const MAIL_HEADERS: [&str; 9] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "delivered-to",
];

fn is_mail(head: &str) -> bool {
    let mut seen = 0;
    for (index, line) in head.lines().enumerate() {
        if line.starts_with([' ', '\t']) && index > 0 {
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            break;
        };
        let is_key = !key.is_empty()
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !is_key {
            break;
        }
        let is_known = MAIL_HEADERS.iter().any(|known| known.eq_ignore_ascii_case(key));
        seen += usize::from(is_known && !value.trim().is_empty());
    }
    // "Date:" and "Subject:" may also head a plain memo; a mail names its sender in an address.
    seen >= 3 && head.contains('@')
}

/// UTF-16, by its mark or by the NUL in every other byte of Western text.
fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding == UTF_16LE || encoding == UTF_16BE).then_some(encoding);
    }
    let head = &bytes[..bytes.len().min(256) & !1];
    let zeros = |offset: usize| {
        head.iter()
            .skip(offset)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (even, odd) if half >= 4 && odd * 10 > half * 7 && even * 10 < half => Some(UTF_16LE),
        (even, odd) if half >= 4 && even * 10 > half * 7 && odd * 10 < half => Some(UTF_16BE),
        _ => None,
    }
}

/// Structured input as UTF-8: UTF-16 by its mark, the charset of an XML declaration, else UTF-8 with
/// replacement marks.
pub(crate) fn utf8(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(encoding) = wide_encoding(bytes) {
        return encoding.decode(bytes).0;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let declared = head.split_once("encoding=").and_then(|(_, rest)| {
        let label = rest
            .trim_start_matches(['"', '\''])
            .split(['"', '\'', ' ', '?'])
            .next()?;
        Encoding::for_label(label.as_bytes())
    });
    match declared {
        Some(encoding) if head.trim_start().starts_with("<?xml") => {
            encoding.decode_without_bom_handling(bytes).0
        }
        _ => String::from_utf8_lossy(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], expected: Sort) {
        assert_eq!(sort(name, bytes), expected);
    }

    #[test]
    fn each_sort_is_told_by_its_bytes() {
        check("x", b"<!DOCTYPE html><html>", Sort::Html);
        check("x", b"<P>Old page</P>", Sort::Html);
        check("x.html", b"no tag at all", Sort::Html);
        check(
            "x",
            b"<?xml version=\"1.0\"?><!-- c --><rss version=\"2.0\">",
            Sort::Feed,
        );
        check("x", b"<feed xmlns=\"http://www.w3.org/2005/Atom\">", Sort::Feed);
        check("x", b"{\"title\": \"a\"}\n", Sort::Json);
        check("x", b"[ {\"title\": \"a\"}]", Sort::Json);
        check(
            "x",
            b"From: a@b.example\nTo: c@d.example\nSubject: x\n\nbody",
            Sort::Mail,
        );
        check("x", b"[Updated] The bridge is open", Sort::Text);
        check("x", b"{see below} The bridge is open", Sort::Text);
        check("x", b"Published: Monday\nThe bridge is open", Sort::Text);
        check("x", b"a < b and b > c", Sort::Text);
        check("x", b"\xFF\xFEh\0i\0", Sort::Text);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        check("x", b"", Sort::Empty);
        check("x", b" \n\t\0", Sort::Empty);
        check("x", b"\xEF\xBB\xBF", Sort::Empty);
        check("x.txt", b"%PDF-1.4", Sort::Binary("a PDF file"));
        let noise: Vec<u8> = (0..4096u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        check("x.txt", &noise, Sort::Binary("binary data"));
    }

    #[test]
    fn a_text_with_a_few_nul_bytes_is_text() {
        check(
            "x",
            b"The bridge\0 is open and the market is too, said the council on Monday.",
            Sort::Text,
        );
    }
}
