//! A report as one HTML file: no request to anywhere, no script, all page text as text.

use crate::block::{Block, Inline, Line, MapFigure, Report, Table};
use crate::map::shape;
use crate::plain::{clip, shown, visible};

/// Characters of a quotation that are printed; the rest is in the page, whose span is printed beside it.
/// The longest passage a news page needs is a paragraph; more is damage or an attack on the reader.
pub(crate) const QUOTE_MAX: usize = 1200;
/// Characters of a name or label that are printed.
pub(crate) const LABEL_MAX: usize = 240;

/// Text made safe inside elements and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// The whole file.
pub(crate) fn write(report: &Report) -> String {
    let mut page = Page::default();
    let title = escape(&visible(&report.title));
    page.raw(&format!(
        r##"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{STYLE}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
"##
    ));
    if !report.watermark.is_empty() {
        let words = escape(&clip(&visible(&report.watermark), LABEL_MAX));
        page.raw(&format!("<p class=\"watermark\"><strong>{words}</strong></p>\n"));
    }
    page.raw(&format!("<header>\n<h1>{title}</h1>\n"));
    for line in &report.standfirst {
        page.element("p", line);
    }
    page.contents(&report.sections);
    page.raw("</header>\n<main id=\"main\">\n");
    page.blocks(&report.sections);
    page.raw("</main>\n<footer>\n");
    for line in &report.footer {
        page.element("p", line);
    }
    page.raw("</footer>\n</body>\n</html>\n");
    page.out
}

/// Nothing is loaded, run, framed or sent.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("report.css");

#[derive(Default)]
struct Page {
    out: String,
    /// Whether the section now written is one of the report's own parts.
    depth: usize,
}

impl Page {
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }
    fn block(&mut self, block: &Block) {
        match block {
            Block::Section {
                id,
                level,
                title,
                blocks,
            } => self.section(id, *level, title, blocks),
            Block::Para(line) => self.element("p", line),
            Block::Banner(line) => {
                self.raw("<p class=\"banner\">");
                self.line(line);
                self.raw("</p>\n");
            }
            Block::Bullets(lines) => {
                self.raw("<ul>\n");
                lines.iter().for_each(|line| self.element("li", line));
                self.raw("</ul>\n");
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Quote(quote) => {
                let words = escape(&clip(&visible(&quote.words), QUOTE_MAX));
                let name = escape(&clip(&visible(&quote.document), LABEL_MAX));
                let by = escape(&clip(&visible(&quote.by), LABEL_MAX));
                let (start, end) = (quote.span.start, quote.span.end);
                self.raw(&format!(
                    "<figure class=\"quote\"><blockquote><p dir=\"auto\">{words}</p></blockquote>\
                     <figcaption>on the word of <bdi>{by}</bdi> \u{b7} <bdi>{name}</bdi>, bytes {start}\u{2013}{end}</figcaption></figure>\n"
                ));
            }
            Block::Fold { summary, blocks } => {
                self.raw("<details><summary>");
                self.line(summary);
                self.raw("</summary>\n");
                self.blocks(blocks);
                self.raw("</details>\n");
            }
            Block::Map(figure) => self.map(figure),
        }
    }
    fn section(&mut self, id: &str, level: u8, title: &Line, blocks: &[Block]) {
        let (id, level) = (escape(id), level.clamp(2, 6));
        self.depth += 1;
        self.raw(&format!(
            "<section id=\"{id}\" aria-labelledby=\"{id}-heading\">\n<h{level} id=\"{id}-heading\">"
        ));
        self.line(title);
        self.raw(&format!("</h{level}>\n"));
        self.blocks(blocks);
        self.raw("</section>\n");
        self.depth -= 1;
    }
    /// Links to the parts of the report.
    fn contents(&mut self, sections: &[Block]) {
        self.raw("<nav aria-label=\"Parts of this report\"><ul>\n");
        for section in sections {
            if let Block::Section { id, title, .. } = section {
                self.raw(&format!("<li><a href=\"#{}\">", escape(id)));
                self.line(title);
                self.raw("</a></li>\n");
            }
        }
        self.raw("</ul></nav>\n");
    }
    fn element(&mut self, name: &str, line: &Line) {
        self.raw(&format!("<{name}>"));
        self.line(line);
        self.raw(&format!("</{name}>\n"));
    }
    fn facts(&mut self, facts: &[(&'static str, Line)]) {
        self.raw("<dl>\n");
        for (name, line) in facts {
            self.raw(&format!("<div><dt>{}</dt>", escape(name)));
            self.element("dd", line);
            self.raw("</div>\n");
        }
        self.raw("</dl>\n");
    }
    fn table(&mut self, table: &Table) {
        let caption = escape(&visible(&table.caption));
        self.raw(&format!(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table><caption>{caption}</caption>\n<thead><tr>"
        ));
        for head in &table.head {
            self.raw(&format!("<th scope=\"col\">{}</th>", escape(head)));
        }
        self.raw("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.raw("<tr>");
            for (index, cell) in row.iter().enumerate() {
                let (open, close) = if index == 0 {
                    ("<th scope=\"row\">", "</th>")
                } else {
                    ("<td>", "</td>")
                };
                self.raw(open);
                self.line(cell);
                self.raw(close);
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody></table></div>\n");
    }
    fn map(&mut self, figure: &MapFigure) {
        let class = if figure.shown.len() + figure.not_shown.len() > BESIDE_MAX {
            "map-below"
        } else {
            "map-beside"
        };
        self.raw(&format!("<div class=\"{class}\"><figure>\n"));
        self.raw(&figure.svg);
        self.raw(&format!(
            "\n<figcaption>{}</figcaption></figure>\n<div>\n",
            escape(&figure.caption)
        ));
        self.numbered(&format!("On the map: {}", figure.shown.len()), &figure.shown);
        self.numbered(
            &format!("Not on the map: {}", figure.not_shown.len()),
            &figure.not_shown,
        );
        self.raw("</div></div>\n");
    }
    fn numbered(&mut self, title: &str, lines: &[(usize, Line)]) {
        self.raw(&format!("<h3>{}</h3>\n", escape(title)));
        if lines.is_empty() {
            return;
        }
        self.raw("<ol class=\"incidents\">\n");
        for (number, line) in lines {
            self.raw(&format!("<li value=\"{number}\">"));
            self.line(line);
            self.raw("</li>\n");
        }
        self.raw("</ol>\n");
    }
    fn line(&mut self, line: &Line) {
        for piece in line {
            self.piece(piece);
        }
    }
    fn piece(&mut self, piece: &Inline) {
        let safe = |words: &str| escape(&clip(&visible(words), LABEL_MAX));
        let markup = match piece {
            // Our own words keep the spaces at their ends.
            Inline::Text(words) => dates(&escape(&shown(words))),
            Inline::Strong(words) => format!("<strong>{}</strong>", escape(&shown(words))),
            Inline::Written(words) => format!("<bdi{}>{}</bdi>", long(words), dates(&safe(words))),
            Inline::Code(words) => format!("<code><bdi{}>{}</bdi></code>", long(words), safe(words)),
            Inline::Link { to, words } => format!("<a href=\"#{}\">{}</a>", escape(to), safe(words)),
            Inline::Sight(sight, numbers) => {
                let (class, words) = (sight.as_str().replace(' ', "-"), sight.as_str());
                format!(
                    "<span class=\"sight {class}\" title=\"{words}\">{}<span class=\"unseen\">{words}</span></span>",
                    escape(numbers)
                )
            }
            Inline::Verdict(verdict) => {
                let words = verdict.map_or("not judged", |verdict| verdict.as_str());
                format!(
                    "<span class=\"verdict {}\"><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\">{}</svg>{words}</span>",
                    shape::class(*verdict),
                    shape::symbol(*verdict, (8.0, 8.0), 6.0)
                )
            }
        };
        self.raw(&markup);
    }
}

/// A mark for words that have to be broken anywhere to fit a column.
fn long(words: &str) -> &'static str {
    /// Longer than the words of any language that news is written in, and than most file names.
    const WORD_MAX: usize = 28;
    let is_long = words
        .split([' ', '-', '/', '?'])
        .any(|word| word.chars().count() > WORD_MAX);
    if is_long { " class=\"long\"" } else { "" }
}

/// Marks days such as 2031-05-03 as times, so that no line breaks inside them.
fn dates(safe: &str) -> String {
    const FORM: &[u8] = b"dddd-dd-dd";
    let is_day = |bytes: &[u8]| {
        bytes.iter().zip(FORM).all(|(byte, form)| match form {
            b'd' => byte.is_ascii_digit(),
            other => byte == other,
        })
    };
    let (mut marked, mut rest) = (String::with_capacity(safe.len()), safe);
    let mut from = 0;
    while let Some(window) = rest.as_bytes().get(from..from + FORM.len()) {
        if is_day(window) {
            marked.push_str(&format!(
                "{}<time>{}</time>",
                &rest[..from],
                &rest[from..from + FORM.len()]
            ));
            rest = &rest[from + FORM.len()..];
            from = 0;
        } else {
            from += 1;
        }
    }
    marked.push_str(rest);
    marked
}

/// Incidents that fit into the list beside the map; more stand below it.
const BESIDE_MAX: usize = 14;

#[cfg(test)]
mod tests;
