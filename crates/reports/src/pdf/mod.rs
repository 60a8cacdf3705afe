//! A report on paper (PDF): A4, numbered, with the same parts and words as the page. Figures lead to their incidents,
//! heads of tables stand again on each sheet, the map is drawn as vectors, and its structure is there for readers who
//! listen. Words of Arabic and Hebrew run from right to left. The same report gives the same bytes.

mod map;
mod sheet;
mod text;

use crate::block::{Block, Inline, Line, MapFigure, Report, Table};
use crate::html::{LABEL_MAX, QUOTE_MAX};
use crate::lookup::Quote;
use crate::plain::{clip, shown, visible};
use krilla::tagging::{ListNumbering, TableHeaderScope, Tag};
use sheet::{BOTTOM, FAINT, INK, LEADING, LINK, MARGIN, Sheets, TOP, WIDTH};
use std::num::NonZeroU16;
use text::{Cut, Style, TextLine, Type};

/// Width of the text, in points.
const MEASURE: f32 = WIDTH - 2.0 * MARGIN;

/// Sizes of type in points: text, tables and small print, and the map's greatest height.
const SIZE: f32 = 9.6;
const SMALL: f32 = 8.0;
const MAP_MAX: f32 = 430.0;

/// Least room for a column of a table in shares of the text's width; ids would else leave none for words.
const COLUMN_MIN_MAX: f32 = 0.22;

/// The whole file; empty only if the built-in type cannot be read.
pub(crate) fn write(report: &Report) -> Vec<u8> {
    let Some(kind) = Type::new() else {
        return Vec::new();
    };
    let mut writer = Writer {
        sheets: Sheets::new(Tag::Part),
        kind: &kind,
    };
    writer.opening(report);
    writer.blocks(&report.sections, MARGIN);
    writer.sheets.space(10.0);
    for line in &report.footer {
        writer.paragraph(line, MARGIN, &small());
    }
    let title = visible(&report.title);
    let left = match report.watermark.is_empty() {
        true => title.clone(),
        false => visible(&report.watermark),
    };
    let as_of = format!("as of {}", report.as_of);
    let file = writer.sheets.write(&kind, &title, [&left, &as_of]);
    file.unwrap_or_default()
}

fn plain() -> Style {
    Style {
        size: SIZE,
        colour: INK,
        ..Style::default()
    }
}

fn small() -> Style {
    Style {
        size: SMALL,
        colour: FAINT,
        ..Style::default()
    }
}

struct Writer<'t> {
    sheets: Sheets,
    kind: &'t Type,
}

impl Writer<'_> {
    fn opening(&mut self, report: &Report) {
        let style = Style {
            cut: Cut::Bold,
            size: 19.0,
            ..plain()
        };
        self.sheets.begin(Tag::Hn(NonZeroU16::MIN, None));
        let lines = self
            .kind
            .lines(&[(visible(&report.title), style)], MEASURE, false);
        self.sheets.lines(&lines, MARGIN, MEASURE);
        self.sheets.end();
        for line in &report.standfirst {
            self.paragraph(line, MARGIN, &small());
        }
    }

    fn blocks(&mut self, blocks: &[Block], x: f32) {
        for block in blocks {
            self.block(block, x);
        }
    }

    fn block(&mut self, block: &Block, x: f32) {
        match block {
            Block::Section {
                id,
                level,
                title,
                blocks,
            } => {
                self.heading(id, *level, title);
                self.blocks(blocks, x);
            }
            Block::Para(line) => self.paragraph(line, x, &plain()),
            Block::Banner(line) => {
                let style = Style {
                    cut: Cut::Bold,
                    ..plain()
                };
                self.paragraph(line, x, &style);
            }
            Block::Bullets(lines) => self.list(lines.iter().map(|line| ("\u{2022}".to_owned(), line)), x),
            Block::Facts(facts) => {
                for (name, line) in facts {
                    let mut whole: Line = vec![Inline::Strong(format!("{name}: "))];
                    whole.extend(line.iter().cloned());
                    self.paragraph(&whole, x, &plain());
                }
            }
            Block::Table(table) => self.table(table),
            Block::Quote(quote) => self.quote(quote, x),
            Block::Fold { summary, blocks } => {
                self.paragraph(summary, x, &plain());
                self.blocks(blocks, x);
            }
            Block::Map(figure) => self.map(figure),
        }
    }

    fn heading(&mut self, id: &str, level: u8, title: &Line) {
        let size = match level {
            0..=2 => 14.0,
            3 => 11.5,
            _ => 10.0,
        };
        let style = Style {
            cut: Cut::Bold,
            size,
            ..plain()
        };
        let runs = runs(title, &style);
        let words: String = runs.iter().map(|(words, _)| words.as_str()).collect();
        let lines = self.kind.lines(&runs, MEASURE, false);
        self.sheets.space(size);
        // A heading alone at the foot of a sheet is lost.
        let lines_height = lines.iter().map(|line| line.size * LEADING).sum::<f32>();
        self.sheets.need(lines_height + 4.0 * SIZE * LEADING);
        self.sheets.anchor(id);
        if level <= 3 {
            self.sheets.entry(level, words.clone());
        }
        let of = NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
        self.sheets.begin(Tag::Hn(of, Some(words)));
        self.sheets.lines(&lines, MARGIN, MEASURE);
        self.sheets.end();
        if level <= 2 {
            let y = self.sheets.y;
            self.sheets.rule(MARGIN, y + 1.0, MEASURE, 0.8);
            self.sheets.y += 4.0;
        }
        self.sheets.y += 3.0;
    }

    fn paragraph(&mut self, line: &Line, x: f32, style: &Style) {
        let width = MARGIN + MEASURE - x;
        let lines = self.kind.lines(&runs(line, style), width, false);
        self.sheets.begin(Tag::P);
        self.sheets.lines(&lines, x, width);
        self.sheets.end();
        self.sheets.y += style.size * 0.4;
    }

    fn list<'b>(&mut self, lines: impl Iterator<Item = (String, &'b Line)>, x: f32) {
        self.sheets.begin(Tag::L(ListNumbering::None));
        for (label, line) in lines {
            let indent = x + SIZE * if label.len() > 3 { 2.4 } else { 1.4 };
            let width = MARGIN + MEASURE - indent;
            let body = self.kind.lines(&runs(line, &plain()), width, false);
            let mark = self.kind.lines(&[(label, plain())], indent - x, false);
            self.sheets.begin(Tag::LI);
            self.sheets.need(SIZE * LEADING);
            let part = self.sheets.begin(Tag::Lbl);
            let y = self.sheets.y;
            if let Some(mark) = mark.first() {
                self.sheets.line_at(mark, x, y, indent - x, Some(part));
            }
            self.sheets.end();
            self.sheets.begin(Tag::LBody);
            self.sheets.lines(&body, indent, width);
            self.sheets.end();
            self.sheets.end();
            self.sheets.y += SIZE * 0.25;
        }
        self.sheets.end();
        self.sheets.y += SIZE * 0.2;
    }

    fn quote(&mut self, quote: &Quote, x: f32) {
        let (indent, width) = (x + 14.0, MARGIN + MEASURE - x - 14.0);
        let words = clip(&visible(&quote.words), QUOTE_MAX);
        let lines = self.kind.lines(&[(words, plain())], width, true);
        self.sheets.begin(Tag::BlockQuote);
        self.sheets
            .need((lines.len().min(3) as f32 + 1.0) * SIZE * LEADING);
        self.sheets.begin(Tag::P);
        for line in &lines {
            self.sheets.need(SIZE * LEADING);
            let y = self.sheets.y;
            // A bar on the side where its lines begin.
            let (bar, start) = match line.from_right {
                true => (MARGIN + MEASURE - 7.6, x),
                false => (x + 6.0, indent),
            };
            self.sheets.rule(bar, y, 1.6, SIZE * LEADING);
            self.sheets.lines(std::slice::from_ref(line), start, width);
        }
        self.sheets.end();
        let (start, end) = (quote.span.start, quote.span.end);
        let source = vec![
            Inline::Text("on the word of ".into()),
            Inline::Written(quote.by.clone()),
            Inline::Text(" \u{b7} ".into()),
            Inline::Code(quote.document.clone()),
            Inline::Text(format!(", bytes {start}\u{2013}{end}")),
        ];
        self.paragraph(&source, indent, &small());
        self.sheets.end();
    }

    fn map(&mut self, figure: &MapFigure) {
        if !figure.svg.is_empty() {
            self.sheets.begin(Tag::Figure(Some(visible(&figure.caption))));
            self.sheets.picture(&figure.svg, MEASURE, MAP_MAX);
            self.sheets.end();
            self.sheets.y += 4.0;
        }
        self.paragraph(&vec![Inline::Text(figure.caption.clone())], MARGIN, &small());
        let strong = Style {
            cut: Cut::Bold,
            ..plain()
        };
        for (title, lines) in [
            ("With a place on the map", &figure.shown),
            ("Without a place on the map", &figure.not_shown),
        ] {
            let head = vec![Inline::Text(format!("{title}: {}", lines.len()))];
            self.sheets.need(4.0 * SIZE * LEADING);
            self.paragraph(&head, MARGIN, &strong);
            self.list(
                lines.iter().map(|(number, line)| (format!("{number}."), line)),
                MARGIN,
            );
        }
    }

    fn table(&mut self, table: &Table) {
        let caption = vec![Inline::Strong(visible(&table.caption))];
        self.sheets.need(6.0 * SIZE * LEADING);
        self.paragraph(
            &caption,
            MARGIN,
            &Style {
                size: SMALL,
                ..plain()
            },
        );
        let cell = Style {
            size: SMALL,
            ..plain()
        };
        let bold = Style {
            cut: Cut::Bold,
            ..cell.clone()
        };
        let head: Vec<Vec<(String, Style)>> = table
            .head
            .iter()
            .map(|name| vec![(shown(name), bold.clone())])
            .collect();
        let rows: Vec<Vec<Vec<(String, Style)>>> = table
            .rows
            .iter()
            .map(|row| row.iter().map(|line| runs(line, &cell)).collect())
            .collect();
        let widths = self.widths(&head, &rows);
        let laid = |cells: &[Vec<(String, Style)>]| -> Vec<Vec<TextLine>> {
            let each = cells.iter().zip(&widths);
            each.map(|(runs, width)| self.kind.lines(runs, width - GAP, false))
                .collect()
        };
        let head = laid(&head);
        let rows: Vec<Vec<Vec<TextLine>>> = rows.iter().map(|row| laid(row)).collect();
        self.sheets.begin(Tag::Table);
        self.sheets.begin(Tag::THead);
        self.row(&head, &widths, None, true);
        self.sheets.end();
        self.sheets.begin(Tag::TBody);
        for row in &rows {
            self.row(row, &widths, Some(&head), false);
        }
        self.sheets.end();
        self.sheets.end();
        self.sheets.y += SIZE;
    }

    /// Widths of columns: as wide as their words want, within what there is, and never narrower than a word.
    fn widths(&self, head: &[Vec<(String, Style)>], rows: &[Vec<Vec<(String, Style)>>]) -> Vec<f32> {
        let mut bounds = vec![(0.0_f32, 0.0_f32); head.len()];
        for row in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)) {
            for (bound, runs) in bounds.iter_mut().zip(row) {
                let (least, most) = self.kind.widths(runs);
                bound.0 = bound.0.max(least.min(MEASURE * COLUMN_MIN_MAX));
                bound.1 = bound.1.max(most);
            }
        }
        for bound in &mut bounds {
            bound.0 += GAP;
            bound.1 = (bound.1 + GAP).max(bound.0);
        }
        let least: f32 = bounds.iter().map(|bound| bound.0).sum();
        let most: f32 = bounds.iter().map(|bound| bound.1).sum();
        let share = ((MEASURE - least) / (most - least).max(1.0)).clamp(0.0, 1.0);
        let fit = (MEASURE / least).min(1.0);
        bounds
            .iter()
            .map(|(least, most)| (least + (most - least) * share) * fit)
            .collect()
    }

    /// A row, on one sheet where it fits on one; `head` stands again on a new sheet.
    fn row(
        &mut self,
        cells: &[Vec<TextLine>],
        widths: &[f32],
        head: Option<&[Vec<TextLine>]>,
        is_head: bool,
    ) {
        let step = SMALL * LEADING;
        let count = cells.iter().map(Vec::len).max().unwrap_or(0);
        let whole = count as f32 * step + PAD;
        let left = BOTTOM - self.sheets.y;
        if whole > left && (whole < (BOTTOM - TOP) * 0.8 || left < 3.0 * step) {
            self.next_sheet(widths, head);
        }
        let row = self.sheets.begin(Tag::TR);
        let parts: Vec<usize> = (0..cells.len())
            .map(|index| {
                let part = match (is_head, index) {
                    (true, _) => self.sheets.begin(Tag::TH(TableHeaderScope::Column)),
                    (false, 0) => self.sheets.begin(Tag::TH(TableHeaderScope::Row)),
                    (false, _) => self.sheets.begin(Tag::TD),
                };
                self.sheets.end();
                part
            })
            .collect();
        debug_assert_eq!(row, self.sheets.here(), "cells are closed again");
        self.sheets.end();
        for line in 0..count {
            if self.sheets.y + step > BOTTOM {
                self.next_sheet(widths, head);
            }
            let (mut x, y) = (MARGIN, self.sheets.y);
            for ((cell, width), part) in cells.iter().zip(widths).zip(&parts) {
                if let Some(line) = cell.get(line) {
                    self.sheets.line_at(line, x, y, width - GAP, Some(*part));
                }
                x += width;
            }
            self.sheets.y += step;
        }
        let y = self.sheets.y;
        self.sheets
            .rule(MARGIN, y + PAD * 0.4, MEASURE, if is_head { 0.9 } else { 0.4 });
        self.sheets.y += PAD;
    }

    /// A new sheet with the head again, which listeners have heard already.
    fn next_sheet(&mut self, widths: &[f32], head: Option<&[Vec<TextLine>]>) {
        self.sheets.turn();
        let Some(head) = head else {
            return;
        };
        for line in 0..head.iter().map(Vec::len).max().unwrap_or(0) {
            let (mut x, y) = (MARGIN, self.sheets.y);
            for (cell, width) in head.iter().zip(widths) {
                if let Some(line) = cell.get(line) {
                    self.sheets.line_at(line, x, y, width - GAP, None);
                }
                x += width;
            }
            self.sheets.y += SMALL * LEADING;
        }
        let y = self.sheets.y;
        self.sheets.rule(MARGIN, y + PAD * 0.4, MEASURE, 0.9);
        self.sheets.y += PAD;
    }
}

/// Room between columns and below rows, in points.
const GAP: f32 = 7.0;
const PAD: f32 = 4.0;

/// A line of the report as words with their looks.
fn runs(line: &Line, style: &Style) -> Vec<(String, Style)> {
    let with = |cut: Cut, colour: [u8; 3]| Style {
        cut,
        colour,
        ..style.clone()
    };
    line.iter()
        .map(|piece| match piece {
            Inline::Text(words) => (shown(words), style.clone()),
            Inline::Strong(words) => (shown(words), with(Cut::Bold, style.colour)),
            Inline::Written(words) => (apart(&clip(&visible(words), LABEL_MAX)), style.clone()),
            Inline::Code(words) => (clip(&visible(words), LABEL_MAX), with(style.cut, FAINT)),
            Inline::Link { to, words } => {
                let link = Style {
                    link: Some(to.clone()),
                    ..with(style.cut, LINK)
                };
                (apart(&clip(&visible(words), LABEL_MAX)), link)
            }
            // In a narrow cell the sign alone, as the list above the table explains it.
            Inline::Sight(_, numbers) if style.size < SIZE => (numbers.clone(), style.clone()),
            Inline::Sight(sight, numbers) => (format!("{numbers} ({})", sight.as_str()), style.clone()),
            Inline::Verdict(verdict) => {
                let words = verdict.map_or("not judged", |verdict| verdict.as_str());
                (words.to_owned(), with(Cut::Bold, style.colour))
            }
        })
        .collect()
}

/// Words that run from right to left, set apart so that the numbers around them keep their place.
fn apart(words: &str) -> String {
    match words.chars().any(|c| ('\u{590}'..='\u{8ff}').contains(&c)) {
        true => format!("\u{2068}{words}\u{2069}"),
        false => words.to_owned(),
    }
}
