//! Character references, as the HTML standard reads them.

use std::borrow::Cow;

/// Longest name of a reference in the standard's list, without the ampersand.
const NAME_MAX: usize = 32;

/// The character reference at the start of `text`, which begins with an ampersand: what it shows and its
/// length. `None` when the ampersand stands for itself.
pub(crate) fn reference(text: &str) -> Option<(String, usize)> {
    let rest = text.strip_prefix('&')?;
    if let Some(number) = rest.strip_prefix('#') {
        return numeric(number).map(|(shown, length)| (shown, length + 2));
    }
    let name_length = rest
        .bytes()
        .take(NAME_MAX)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    if name_length < 2 {
        return None;
    }
    let with_semicolon = rest.as_bytes().get(name_length) == Some(&b';');
    if with_semicolon && let Some(shown) = named(&rest[..=name_length]) {
        return Some((shown, name_length + 2));
    }
    // Old names such as `&amp` need no semicolon; the longest that fits counts.
    (2..=name_length)
        .rev()
        .find_map(|length| named(&rest[..length]).map(|shown| (shown, length + 1)))
}

fn named(name: &str) -> Option<String> {
    let (first, second) = *web_atoms::NAMED_ENTITIES.get(name)?;
    // Prefixes of names stand in the list as (0, 0).
    let first = char::from_u32(first).filter(|c| *c != '\0')?;
    let second = char::from_u32(second).filter(|c| *c != '\0');
    Some(std::iter::once(first).chain(second).collect())
}

fn numeric(text: &str) -> Option<(String, usize)> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 1),
        None => (text, 10, 0),
    };
    let length = digits
        .bytes()
        .take_while(|byte| (*byte as char).is_digit(radix))
        .count();
    if length == 0 {
        return None;
    }
    let code = u32::from_str_radix(&digits[..length.min(12)], radix).unwrap_or(u32::MAX);
    let shown = match code {
        // The standard reads these as windows-1252.
        0x80..=0x9F => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(&[code as u8])
            .0
            .into_owned(),
        0 => "\u{FFFD}".to_owned(),
        _ => char::from_u32(code).unwrap_or('\u{FFFD}').to_string(),
    };
    let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
    Some((shown, prefix + length + semicolon))
}

/// Text with its references read; for attribute values and titles, which need no way back.
pub(crate) fn read(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        shown.push_str(&rest[..at]);
        match reference(&rest[at..]) {
            Some((value, length)) => {
                shown.push_str(&value);
                rest = &rest[at + length..];
            }
            None => {
                shown.push('&');
                rest = &rest[at + 1..];
            }
        }
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}
