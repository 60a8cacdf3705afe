//! Just enough of Rust's grammar to see functions and attributes: comments and texts are blanked out, so a
//! brace in a string counts for nothing.

/// The source with every comment, string and character replaced by blanks; line breaks stay.
pub(crate) fn blank(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => line_end(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => comment_end(bytes, at),
            b'"' => string_end(bytes, at),
            b'r' | b'b' | b'c' if !is_word(at.checked_sub(1).map_or(b' ', |before| bytes[before])) => {
                prefixed_end(bytes, at).unwrap_or(at)
            }
            b'\'' => character_end(bytes, at).unwrap_or(at),
            _ => at,
        };
        if end == at {
            out.push(bytes[at]);
            at += 1;
        } else {
            out.extend(bytes[at..end].iter().map(|byte| if *byte == b'\n' { b'\n' } else { b' ' }));
            at = end;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Every function with a body, and its lines from `fn` to the closing brace.
pub(crate) fn functions(source: &str) -> Vec<(String, usize)> {
    let code = blank(source);
    let bytes = code.as_bytes();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        if at > 0 && is_word(bytes[at - 1]) {
            continue;
        }
        let name: String = code[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if name.is_empty() {
            continue;
        }
        if let Some(end) = body_end(bytes, at) {
            found.push((name, code[at..=end].lines().count()));
        }
    }
    found
}

/// Where the body of the function that starts at `at` closes; none for a declaration without a body.
fn body_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut brackets = 0_usize;
    let mut braces = 0_usize;
    for (index, byte) in bytes.iter().enumerate().skip(at) {
        match byte {
            b'(' | b'[' => brackets += 1,
            b')' | b']' => brackets = brackets.saturating_sub(1),
            b';' if braces == 0 && brackets == 0 => return None,
            b'{' => braces += 1,
            b'}' => {
                braces = braces.saturating_sub(1);
                if braces == 0 {
                    return Some(index);
                }
            }
            _ => {}
        }
    }
    None
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length)
}

fn comment_end(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < bytes.len() {
        match &bytes[at..bytes.len().min(at + 2)] {
            b"/*" => (depth, at) = (depth + 1, at + 2),
            b"*/" => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// End of a text whose opening quote stands at `at`; a backslash takes the next byte with it.
fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    bytes.len().min(at + 1)
}

/// End of `b"…"`, `c"…"`, `r"…"`, `br#"…"#` and their like; none if no text starts here.
fn prefixed_end(bytes: &[u8], at: usize) -> Option<usize> {
    let letters = bytes[at..].iter().take(2).take_while(|byte| matches!(byte, b'r' | b'b' | b'c')).count();
    let is_raw = bytes[at..at + letters].contains(&b'r');
    let hashes = bytes[at + letters..].iter().take_while(|byte| **byte == b'#').count();
    let quote = at + letters + hashes;
    if bytes.get(quote) != Some(&b'"') || (hashes > 0 && !is_raw) {
        return None;
    }
    if !is_raw {
        return Some(string_end(bytes, quote));
    }
    let close: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
    let length = bytes[quote + 1..].windows(close.len()).position(|window| window == close);
    Some(length.map_or(bytes.len(), |length| quote + 1 + length + close.len()))
}

/// End of `'x'` or `'\n'`; none for a lifetime.
fn character_end(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at + 1) == Some(&b'\\') {
        let close = bytes[at + 3..].iter().position(|byte| *byte == b'\'')?;
        return Some(at + 3 + close + 1);
    }
    // A character takes at most four bytes.
    let close = (2..=5).find(|ahead| bytes.get(at + ahead) == Some(&b'\''))?;
    let inside = std::str::from_utf8(&bytes[at + 1..at + close]).ok()?;
    (inside.chars().count() == 1).then_some(at + close + 1)
}

#[cfg(test)]
mod tests {
    use super::{blank, functions};

    #[track_caller]
    fn check(source: &str, expected: &[(&str, usize)]) {
        let found = functions(source);
        let found: Vec<(&str, usize)> = found.iter().map(|(name, lines)| (name.as_str(), *lines)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn braces_in_texts_comments_and_characters_count_for_nothing() {
        check("fn a() {\n    let x = \"}\"; // }\n    let y = '}';\n}\n", &[("a", 4)]);
        check("fn a<'x>(s: &'x str) {\n    let r = r#\"}\"}\"#;\n    let b = b\"\\\"}\";\n    /* } /* } */ */\n}\n", &[("a", 5)]);
        check("fn a() {\n    let q = '\\'';\n    let s = '\"';\n}\n", &[("a", 4)]);
    }

    #[test]
    fn declarations_and_words_that_end_in_fn_are_no_functions() {
        check("trait T {\n    fn a(x: [u8; 3]);\n    fn b() {}\n}\n", &[("b", 1)]);
        check("// fn c() {}\nlet xfn = 1; type F = fn (u8);", &[]);
    }

    #[test]
    fn line_breaks_stay() {
        assert_eq!(blank("a \"x\ny\" b"), "a   \n   b");
    }
}
