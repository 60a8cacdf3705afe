//! A report as Markdown, for wikis, mail and version control: the same parts and words as the page.

use crate::block::{Block, Inline, Line, MapFigure, Report, Table};
use crate::html::{LABEL_MAX, QUOTE_MAX};
use crate::plain::{clip, shown, visible};

/// The whole file.
pub(crate) fn write(report: &Report) -> String {
    let mut out = String::new();
    if !report.watermark.is_empty() {
        out.push_str(&format!("**{}**\n\n", escape(&visible(&report.watermark))));
    }
    out.push_str(&format!("# {}\n\n", escape(&visible(&report.title))));
    paragraphs(&mut out, &report.standfirst);
    blocks(&mut out, &report.sections);
    out.push_str("---\n\n");
    paragraphs(&mut out, &report.footer);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Text in which no character is markup. Line breaks are gone already.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        // What can open a span, a link, a tag, an entity or a cell.
        if "\\`*_[]<>|~&".contains(c) {
            safe.push('\\');
        }
        safe.push(c);
    }
    // An address must not become a link that a reader follows by mistake.
    let safe = safe
        .replace("://", ":\\//")
        .replace("www.", "www\\.")
        .replace('@', "\\@");
    // A mark or a number at the start would open a list or a heading.
    match safe.split_once(|c: char| !c.is_ascii_digit()) {
        _ if safe.starts_with(['-', '=', '+', '#']) => format!("\\{safe}"),
        Some((digits, _)) if !digits.is_empty() && safe[digits.len()..].starts_with('.') => {
            format!("{digits}\\{}", &safe[digits.len()..])
        }
        _ => safe,
    }
}

fn line(pieces: &Line) -> String {
    let safe = |words: &str| escape(&clip(&visible(words), LABEL_MAX));
    let piece = |piece: &Inline| match piece {
        Inline::Text(words) => escape(&shown(words)),
        Inline::Strong(words) => {
            // Marks hug their words; spaces stay outside.
            let inner = words.trim();
            let (before, after) = words.split_once(inner).unwrap_or_default();
            format!("{before}**{}**{after}", escape(&visible(inner)))
        }
        Inline::Written(words) => safe(words),
        Inline::Code(words) => code(&clip(&visible(words), LABEL_MAX)),
        Inline::Link { to, words } => format!("[{}](#{to})", safe(words)),
        Inline::Sight(sight, numbers) => format!("{} ({})", escape(numbers), sight.as_str()),
        Inline::Verdict(verdict) => {
            format!("**{}**", verdict.map_or("not judged", |verdict| verdict.as_str()))
        }
    };
    pieces.iter().map(piece).collect()
}

/// Code may hold anything but the mark that ends it; a bar would end a cell.
fn code(words: &str) -> String {
    format!("`{}`", words.replace('`', "'").replace('|', "\u{2502}"))
}

fn paragraphs(out: &mut String, lines: &[Line]) {
    for pieces in lines {
        out.push_str(&line(pieces));
        out.push_str("\n\n");
    }
}

fn blocks(out: &mut String, blocks: &[Block]) {
    for each in blocks {
        block(out, each);
    }
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Section {
            id,
            level,
            title,
            blocks,
        } => {
            let marks = "#".repeat(usize::from((*level).clamp(2, 6)));
            out.push_str(&format!("<a id=\"{id}\"></a>\n\n{marks} {}\n\n", line(title)));
            self::blocks(out, blocks);
        }
        Block::Para(pieces) => paragraphs(out, std::slice::from_ref(pieces)),
        Block::Banner(pieces) => out.push_str(&format!("> **Note:** {}\n\n", line(pieces))),
        Block::Bullets(lines) => {
            for pieces in lines {
                out.push_str(&format!("- {}\n", line(pieces)));
            }
            out.push('\n');
        }
        Block::Facts(facts) => {
            for (name, pieces) in facts {
                out.push_str(&format!("- {name}: {}\n", line(pieces)));
            }
            out.push('\n');
        }
        Block::Table(table) => self::table(out, table),
        Block::Quote(quote) => {
            let words = escape(&clip(&visible(&quote.words), QUOTE_MAX));
            let name = code(&clip(&visible(&quote.document), LABEL_MAX));
            let by = escape(&clip(&visible(&quote.by), LABEL_MAX));
            let (start, end) = (quote.span.start, quote.span.end);
            out.push_str(&format!(
                "> {words}\n>\n> on the word of {by} \u{b7} {name}, bytes {start}\u{2013}{end}\n\n"
            ));
        }
        Block::Fold { summary, blocks } => {
            out.push_str(&format!("{}:\n\n", line(summary)));
            self::blocks(out, blocks);
        }
        Block::Map(figure) => map(out, figure),
    }
}

fn table(out: &mut String, table: &Table) {
    out.push_str(&format!("{}:\n\n", escape(&visible(&table.caption))));
    let head: Vec<_> = table.head.iter().map(|name| escape(name)).collect();
    out.push_str(&format!(
        "| {} |\n|{}\n",
        head.join(" | "),
        " --- |".repeat(head.len())
    ));
    for row in &table.rows {
        let cells: Vec<_> = row.iter().map(line).collect();
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out.push('\n');
}

/// The list that stands beside the map; the drawing is in the page form.
fn map(out: &mut String, figure: &MapFigure) {
    let lists = [
        ("With a place on the map", &figure.shown),
        ("Without a place on the map", &figure.not_shown),
    ];
    for (title, lines) in lists {
        out.push_str(&format!("{title}: {}\n\n", lines.len()));
        for (number, pieces) in lines {
            out.push_str(&format!("{number}. {}\n", line(pieces)));
        }
        if !lines.is_empty() {
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_of_a_page_is_markup() {
        assert_eq!(escape("<b> *x* [y](z) | 1"), "\\<b\\> \\*x\\* \\[y\\](z) \\| 1");
        assert_eq!(escape("- x"), "\\- x");
        assert_eq!(escape("12. x"), "12\\. x");
        assert_eq!(code("a`b|c"), "`a'b\u{2502}c`");
    }
}
