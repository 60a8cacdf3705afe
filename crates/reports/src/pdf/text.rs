//! Words into lines of glyphs: shaped, broken where Unicode allows it, each line in the order in which it is seen.

use harfrust::{Buffer, Direction, Font, ShapeOptions, ShaperFont, shape};
use std::collections::BTreeMap;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::linebreaks;

/// Which of the two cuts of the type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    #[default]
    Plain,
    Bold,
}

/// How words look, and where a click on them leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Style {
    pub(super) cut: Cut,
    /// Size in points.
    pub(super) size: f32,
    /// Red, green, blue.
    pub(super) colour: [u8; 3],
    /// Id of the part that a click leads to.
    pub(super) link: Option<String>,
}

/// A glyph, in shares of the type's size.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) id: u32,
    pub(super) advance: f32,
    pub(super) right: f32,
    pub(super) up: f32,
    /// The bytes of the piece that it stands for.
    pub(super) range: Range<usize>,
}

/// Glyphs of one look and one direction, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// From the left end of the line, in points.
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) style: Style,
}

/// One line.
#[derive(Clone, Debug, Default)]
pub(super) struct TextLine {
    pub(super) pieces: Vec<Piece>,
    pub(super) width: f32,
    /// Size of its largest type, in points.
    pub(super) size: f32,
    /// It begins at the right.
    pub(super) from_right: bool,
}

/// The type, which has letters for every language of the interface and of the pages that are read.
pub(super) struct Type {
    plain: Font,
    bold: Font,
}

impl Type {
    pub(super) fn new() -> Option<Self> {
        Some(Self {
            plain: Font::new(dejavu::sans_condensed::regular(), 0)?,
            bold: Font::new(dejavu::sans_condensed::bold(), 0)?,
        })
    }

    fn of(&self, cut: Cut) -> &Font {
        match cut {
            Cut::Plain => &self.plain,
            Cut::Bold => &self.bold,
        }
    }

    /// Words of several looks, broken into lines of at most this width. Where the first letter with a direction
    /// runs from right to left, `by_words` lets the lines do so too.
    pub(super) fn lines(&self, runs: &[(String, Style)], width: f32, by_words: bool) -> Vec<TextLine> {
        let mut text = String::new();
        let mut looks: Vec<(Range<usize>, &Style)> = Vec::new();
        for (words, style) in runs {
            let start = text.len();
            text.extend(words.chars().map(|c| if c.is_control() { ' ' } else { c }));
            looks.push((start..text.len(), style));
        }
        let size = looks.iter().map(|(_, style)| style.size).fold(0.0, f32::max);
        if text.trim().is_empty() {
            return vec![TextLine {
                size,
                ..TextLine::default()
            }];
        }
        let bidi = BidiInfo::new(&text, (!by_words).then(Level::ltr));
        let mut lines = Vec::new();
        // A separator of paragraphs within the words begins a new one.
        for paragraph in &bidi.paragraphs {
            let advances = self.advances(&text, &paragraph.range, &bidi.levels, &looks);
            for range in broken(&text, &paragraph.range, &advances, width) {
                let trimmed = range.start..range.start + text[range.clone()].trim_end().len();
                let (levels, visual) = bidi.visual_runs(paragraph, trimmed);
                let mut line = TextLine {
                    size,
                    from_right: paragraph.level.is_rtl(),
                    ..TextLine::default()
                };
                for run in visual {
                    let is_rtl = levels[run.start].is_rtl();
                    let mut parts: Vec<(Range<usize>, &Style)> = looks
                        .iter()
                        .map(|(look, style)| (look.start.max(run.start)..look.end.min(run.end), *style))
                        .flat_map(|(part, style)| {
                            seen(&text, part).into_iter().map(move |part| (part, style))
                        })
                        .collect();
                    if is_rtl {
                        parts.reverse();
                    }
                    for (part, style) in parts {
                        let piece = self.piece(&text[part], is_rtl, style, line.width);
                        line.width += piece.width;
                        line.pieces.push(piece);
                    }
                }
                lines.push(line);
            }
        }
        lines
    }

    /// Least and greatest width that words want: of the longest part that is not broken, and of all in one line.
    pub(super) fn widths(&self, runs: &[(String, Style)]) -> (f32, f32) {
        let lines = self.lines(runs, f32::INFINITY, false);
        let mut least = 0.0_f32;
        let mut word = 0.0_f32;
        for piece in lines.iter().flat_map(|line| &line.pieces) {
            for glyph in &piece.glyphs {
                let is_blank = piece.text[glyph.range.clone()].trim().is_empty();
                word = if is_blank {
                    0.0
                } else {
                    word + glyph.advance * piece.style.size
                };
                least = least.max(word);
            }
        }
        let most = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        (least, most)
    }

    /// Width of each cluster by its first byte, in points.
    fn advances(
        &self,
        text: &str,
        range: &Range<usize>,
        levels: &[Level],
        looks: &[(Range<usize>, &Style)],
    ) -> BTreeMap<usize, f32> {
        let mut advances = BTreeMap::new();
        for (look, style) in looks {
            let end = look.end.min(range.end);
            let mut start = look.start.max(range.start);
            while start < end {
                let level = levels[start];
                let same = levels[start..end].iter().take_while(|other| **other == level);
                let stop = start + same.count();
                for glyph in self.piece(&text[start..stop], level.is_rtl(), style, 0.0).glyphs {
                    *advances.entry(start + glyph.range.start).or_insert(0.0) += glyph.advance * style.size;
                }
                start = stop;
            }
        }
        advances
    }

    fn piece(&self, text: &str, is_rtl: bool, style: &Style, x: f32) -> Piece {
        let font = self.of(style.cut);
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(match is_rtl {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        });
        buffer.guess_segment_properties();
        let shaped = shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::default());
        let mut glyphs = Vec::new();
        if shaped.is_ok() {
            let mut starts: Vec<usize> = buffer
                .glyph_infos()
                .iter()
                .map(|it| it.cluster as usize)
                .collect();
            starts.sort_unstable();
            starts.dedup();
            #[expect(clippy::cast_precision_loss, reason = "units of a type are some thousands")]
            let share = |units: i32| units as f32 / f32::from(font.units_per_em());
            for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
                let start = info.cluster as usize;
                let next = starts.get(starts.partition_point(|it| *it <= start));
                glyphs.push(Glyph {
                    id: info.glyph_id,
                    advance: share(position.x_advance),
                    right: share(position.x_offset),
                    up: share(position.y_offset),
                    range: start..next.copied().unwrap_or(text.len()),
                });
            }
        }
        Piece {
            x,
            width: glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * style.size,
            text: text.to_owned(),
            glyphs,
            style: style.clone(),
        }
    }
}

/// A part without the marks that only set directions: they have no letter, and readers of the file would stumble.
fn seen(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let (mut parts, mut from) = (Vec::new(), part.start);
    if part.is_empty() {
        return parts;
    }
    for (at, mark) in text[part.clone()].match_indices(|c| ('\u{2066}'..='\u{2069}').contains(&c)) {
        parts.push(from..part.start + at);
        from = part.start + at + mark.len();
    }
    parts.push(from..part.end);
    parts.retain(|part| part.start < part.end);
    parts
}

/// Lines by the places where Unicode lets a line end; a word that is wider than the line is cut.
fn broken(
    text: &str,
    range: &Range<usize>,
    advances: &BTreeMap<usize, f32>,
    width: f32,
) -> Vec<Range<usize>> {
    let of = |part: Range<usize>| -> f32 { advances.range(part).map(|(_, advance)| advance).sum() };
    let mut lines = Vec::new();
    let (mut start, mut end, mut used) = (range.start, range.start, 0.0);
    for (stop, _) in linebreaks(&text[range.clone()]) {
        let stop = range.start + stop;
        let words = text[end..stop].trim_end().len();
        if used + of(end..end + words) > width && end > start {
            lines.push(start..end);
            (start, used) = (end, 0.0);
        }
        if of(end..end + words) > width {
            let mut left = 0.0;
            for (at, advance) in advances.range(end..end + words) {
                if left + advance > width && *at > start {
                    lines.push(start..*at);
                    (start, left) = (*at, 0.0);
                }
                left += advance;
            }
            used = left + of(end + words..stop);
        } else {
            used += of(end..stop);
        }
        end = stop;
    }
    if start < range.end || lines.is_empty() {
        lines.push(start..range.end);
    }
    lines
}
