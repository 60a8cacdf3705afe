//! Text and names that stand in XML.

use crate::plain::shown;

/// Text in which no character is markup and none is forbidden; marks that hide or reorder are shown.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in shown(text).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // Control characters are shown already; these two are no characters of XML.
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            '\u{b}' | '\u{c}' => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// A name that may be an id in XML: letters, digits and `_`, beginning with a letter.
pub(crate) fn ncname(text: &str) -> String {
    let safe: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    format!("i{safe}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_markup_or_forbidden() {
        assert_eq!(escape("<a b=\"c\">&\u{c}"), "&lt;a b=&quot;c&quot;&gt;&amp; ");
        assert!(!escape("\0\u{202e}").contains(['\0', '\u{202e}']));
    }
}
