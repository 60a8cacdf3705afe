//! Text of pages made safe to print: nothing hidden, nothing that reorders, nothing that drives a terminal.

/// Shows marks that hide or reorder text as their code points, and turns line breaks into spaces.
/// Page text is quoted in reports that courts and parties read: a reader must see what a machine saw.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() && !is_hidden(c) {
            space = !shown.is_empty();
            continue;
        }
        if space {
            shown.push(' ');
            space = false;
        }
        if is_hidden(c) {
            shown.push_str(&code_point(c));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Shows hidden marks and leaves white space as it is: for our own sentences that carry names from pages.
pub(crate) fn shown(text: &str) -> String {
    if !text.contains(is_hidden) {
        return text.to_owned();
    }
    let show = |c| {
        if is_hidden(c) {
            code_point(c)
        } else {
            String::from(c)
        }
    };
    text.chars().map(show).collect()
}

fn code_point(c: char) -> String {
    format!("\u{27e6}U+{:04X}\u{27e7}", u32::from(c))
}

/// Control characters other than white space, bidirectional controls, and characters without width that
/// can hide text. The joiners U+200C and U+200D stay: Persian and Arabic need them.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}'))
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// At most `most` characters, with an ellipsis in place of the rest.
pub(crate) fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}\u{2026}", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_marks_are_shown_and_line_breaks_become_spaces() {
        assert_eq!(
            visible(" a\n\tb\u{202e}c\u{1b}[31m "),
            "a b\u{27e6}U+202E\u{27e7}c\u{27e6}U+001B\u{27e7}[31m"
        );
        assert_eq!(visible("می\u{200c}خواهم"), "می\u{200c}خواهم");
    }

    #[test]
    fn clipping_never_cuts_a_character() {
        assert_eq!(clip("çöş", 2), "çö…");
        assert_eq!(clip("çö", 2), "çö");
    }
}
