//! Sheets of paper: what stands where on each, in the order in which it is read, and the file made of them.

use super::map;
use super::text::{Cut, Piece, Style, TextLine, Type};
use krilla::Document;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Node, SpanTag, TagGroup, TagKind, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use std::collections::BTreeMap;

/// A4 and its margins of 2 cm, in points.
pub(super) const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
pub(super) const MARGIN: f32 = 56.7;
/// First and last height that the text may take.
pub(super) const TOP: f32 = 66.0;
pub(super) const BOTTOM: f32 = HEIGHT - 62.0;
/// Height of a line for one point of type.
pub(super) const LEADING: f32 = 1.36;

pub(super) const INK: [u8; 3] = [27, 31, 36];
pub(super) const FAINT: [u8; 3] = [87, 96, 106];
pub(super) const LINK: [u8; 3] = [10, 79, 163];
pub(super) const RULE: [u8; 3] = [190, 198, 206];

/// Number of a part of the document's structure.
pub(super) type Part = usize;

enum Child {
    Part(Part),
    /// Sheet and number of the mark on it.
    Mark(usize, usize),
}

/// What is put on a sheet.
enum Mark {
    Words {
        piece: Piece,
        x: f32,
        baseline: f32,
        /// Nothing for what a reader who listens does not need twice.
        part: Option<Part>,
    },
    Rule(Rect),
    Picture {
        svg: String,
        x: f32,
        y: f32,
        scale: f32,
    },
}

/// The sheets so far.
pub(super) struct Sheets {
    marks: Vec<Vec<Mark>>,
    /// How far down the last sheet is filled, in points.
    pub(super) y: f32,
    parts: Vec<(TagKind, Vec<Child>)>,
    open: Vec<Part>,
    anchors: BTreeMap<String, (usize, f32)>,
    outline: Vec<(u8, String, usize, f32)>,
}

impl Sheets {
    pub(super) fn new(root: impl Into<TagKind>) -> Self {
        Self {
            marks: vec![Vec::new()],
            y: TOP,
            parts: vec![(root.into(), Vec::new())],
            open: vec![0],
            anchors: BTreeMap::new(),
            outline: Vec::new(),
        }
    }

    pub(super) fn turn(&mut self) {
        self.marks.push(Vec::new());
        self.y = TOP;
    }

    /// Goes to a new sheet when less than this height is left.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.turn();
        }
    }

    pub(super) fn space(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Opens a part; what comes until it is closed belongs to it.
    pub(super) fn begin(&mut self, kind: impl Into<TagKind>) -> Part {
        let part = self.parts.len();
        self.parts.push((kind.into(), Vec::new()));
        let above = self.here();
        self.parts[above].1.push(Child::Part(part));
        self.open.push(part);
        part
    }

    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// The part that is open.
    pub(super) fn here(&self) -> Part {
        self.open.last().copied().unwrap_or(0)
    }

    /// Links may lead here.
    pub(super) fn anchor(&mut self, id: &str) {
        let at = (self.marks.len() - 1, self.y);
        self.anchors.entry(id.to_owned()).or_insert(at);
    }

    /// A heading for the list of contents.
    pub(super) fn entry(&mut self, level: u8, words: String) {
        self.outline.push((level, words, self.marks.len() - 1, self.y));
    }

    fn put(&mut self, mark: Mark, part: Option<Part>) {
        let sheet = self.marks.len() - 1;
        let index = self.marks[sheet].len();
        self.marks[sheet].push(mark);
        if let Some(part) = part {
            self.parts[part].1.push(Child::Mark(sheet, index));
        }
    }

    /// A line whose top is at this height; nothing else moves.
    pub(super) fn line_at(&mut self, line: &TextLine, x: f32, y: f32, width: f32, part: Option<Part>) {
        let shift = if line.from_right { width - line.width } else { 0.0 };
        for piece in &line.pieces {
            let mark = Mark::Words {
                x: x + shift + piece.x,
                baseline: y + line.size * 1.02,
                piece: piece.clone(),
                part,
            };
            self.put(mark, part);
        }
    }

    /// Lines one below the other, over as many sheets as they need.
    pub(super) fn lines(&mut self, lines: &[TextLine], x: f32, width: f32) {
        let part = self.here();
        for line in lines {
            let height = line.size * LEADING;
            self.need(height);
            let y = self.y;
            self.line_at(line, x, y, width, Some(part));
            self.y += height;
        }
    }

    pub(super) fn rule(&mut self, x: f32, y: f32, width: f32, height: f32) {
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            self.put(Mark::Rule(rect), None);
        }
    }

    /// A drawing of our own at the full width; nothing when it does not read.
    pub(super) fn picture(&mut self, svg: &str, width: f32, height_max: f32) {
        let Some((w, h)) = map::size(svg) else {
            return;
        };
        let scale = (width / w).min(height_max / h);
        self.need(h * scale);
        let mark = Mark::Picture {
            svg: svg.to_owned(),
            x: MARGIN,
            y: self.y,
            scale,
        };
        let part = self.here();
        self.put(mark, Some(part));
        self.y += h * scale;
    }

    /// The file. `head` stands on every sheet, at its beginning and at its end.
    pub(super) fn write(self, kind: &Type, title: &str, head: [&str; 2]) -> Option<Vec<u8>> {
        let fonts = [
            Font::new(dejavu::sans_condensed::regular().into(), 0)?,
            Font::new(dejavu::sans_condensed::bold().into(), 0)?,
        ];
        let mut document = Document::new();
        let mut nodes: BTreeMap<(usize, usize), Node> = BTreeMap::new();
        let of = self.marks.len();
        for (sheet, marks) in self.marks.iter().enumerate() {
            let mut page = document.start_page_with(PageSettings::from_wh(WIDTH, HEIGHT)?);
            let mut links = Vec::new();
            let mut surface = page.surface();
            for (index, mark) in marks.iter().enumerate() {
                let (place, target) = (
                    (sheet, index),
                    match mark {
                        Mark::Words { piece, .. } => {
                            piece.style.link.as_ref().and_then(|id| self.anchors.get(id))
                        }
                        _ => None,
                    },
                );
                let leaf = draw(&mut surface, kind, mark, &fonts);
                if let Some(leaf) = leaf {
                    nodes.insert(place, leaf);
                }
                if let (
                    Mark::Words {
                        piece, x, baseline, ..
                    },
                    Some((to, y)),
                ) = (mark, target)
                {
                    let size = piece.style.size;
                    let rect = Rect::from_xywh(*x, baseline - size, piece.width.max(1.0), size * 1.3)?;
                    let target = XyzDestination::new(*to, Point::from_xy(MARGIN, (y - 8.0).max(0.0)));
                    links.push((place, rect, target, piece.text.clone()));
                }
            }
            edges(&mut surface, kind, &fonts, head, (sheet + 1, of));
            surface.finish();
            for (place, rect, target, words) in links {
                let link = LinkAnnotation::new(rect, Target::Destination(target.into()));
                let annotation = page.add_tagged_annotation(Annotation::new_link(link, Some(words)));
                if let Some(leaf) = nodes.remove(&place) {
                    let children = vec![leaf, Node::Leaf(annotation)];
                    let group = TagGroup::with_children(krilla::tagging::Tag::Link, children);
                    nodes.insert(place, Node::Group(group));
                }
            }
            page.finish();
        }
        document.set_metadata(Metadata::new().title(title.to_owned()).language("en".to_owned()));
        document.set_outline(contents(&self.outline));
        let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
        tree.push(structure(&self.parts, 0, &mut nodes));
        document.set_tag_tree(tree);
        document.finish().ok()
    }
}

fn structure(
    parts: &[(TagKind, Vec<Child>)],
    part: Part,
    nodes: &mut BTreeMap<(usize, usize), Node>,
) -> TagGroup {
    let (kind, children) = &parts[part];
    let mut group = TagGroup::new(kind.clone());
    for child in children {
        match child {
            Child::Part(part) => group.push(structure(parts, *part, nodes)),
            Child::Mark(sheet, index) => {
                if let Some(node) = nodes.remove(&(*sheet, *index)) {
                    group.push(node);
                }
            }
        }
    }
    group
}

/// Headings, those of the second level under those of the first.
fn contents(entries: &[(u8, String, usize, f32)]) -> Outline {
    let mut outline = Outline::new();
    let node = |(_, words, sheet, y): &(u8, String, usize, f32)| {
        OutlineNode::new(
            words.clone(),
            XyzDestination::new(*sheet, Point::from_xy(MARGIN, *y)),
        )
    };
    let mut rest = entries.iter().peekable();
    while let Some(entry) = rest.next() {
        let mut above = node(entry);
        while let Some(below) = rest.next_if(|next| next.0 > entry.0) {
            above.push_child(node(below));
        }
        outline.push_child(above);
    }
    outline
}

fn fill(colour: [u8; 3]) -> Option<Fill> {
    let [red, green, blue] = colour;
    Some(Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        ..Fill::default()
    })
}

/// Draws a mark; gives the leaf by which the structure names it.
fn draw(surface: &mut Surface<'_>, kind: &Type, mark: &Mark, fonts: &[Font; 2]) -> Option<Node> {
    match mark {
        Mark::Words {
            piece,
            x,
            baseline,
            part,
        } => {
            let tag = match part {
                Some(_) => ContentTag::Span(SpanTag::empty()),
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
            };
            let leaf = surface.start_tagged(tag);
            words(surface, piece, *x, *baseline, fonts, None);
            surface.end_tagged();
            part.map(|_| Node::Leaf(leaf))
        }
        Mark::Rule(rect) => {
            let tag = ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout));
            surface.start_tagged(tag);
            let mut path = PathBuilder::new();
            path.push_rect(*rect);
            if let Some(path) = path.finish() {
                surface.set_fill(fill(RULE));
                surface.draw_path(&path);
            }
            surface.end_tagged();
            None
        }
        Mark::Picture { svg, x, y, scale } => {
            let leaf = surface.start_tagged(ContentTag::Other);
            map::draw(surface, kind, fonts, svg, (*x, *y), *scale);
            surface.end_tagged();
            Some(Node::Leaf(leaf))
        }
    }
}

/// Draws words; as outlines in another colour where that is given.
pub(super) fn words(
    surface: &mut Surface<'_>,
    piece: &Piece,
    x: f32,
    baseline: f32,
    fonts: &[Font; 2],
    outlined: Option<[u8; 3]>,
) {
    let glyphs: Vec<KrillaGlyph> = piece
        .glyphs
        .iter()
        .map(|it| {
            let id = GlyphId::new(it.id);
            KrillaGlyph::new(id, it.advance, it.right, it.up, 0.0, it.range.clone(), None)
        })
        .collect();
    surface.set_fill(fill(outlined.unwrap_or(piece.style.colour)));
    let font = &fonts[usize::from(piece.style.cut == Cut::Bold)];
    let size = piece.style.size;
    let at = Point::from_xy(x, baseline);
    surface.draw_glyphs(at, &glyphs, font.clone(), &piece.text, size, outlined.is_some());
}

/// What stands at the top and at the foot of every sheet.
fn edges(
    surface: &mut Surface<'_>,
    kind: &Type,
    fonts: &[Font; 2],
    [left, right]: [&str; 2],
    (sheet, of): (usize, usize),
) {
    let style = |cut| Style {
        cut,
        size: 8.0,
        colour: FAINT,
        link: None,
    };
    let width = WIDTH - 2.0 * MARGIN;
    let number = format!("Page {sheet} of {of}");
    let lines = [
        (left, Cut::Bold, 44.0, ArtifactType::Header, false),
        (right, Cut::Plain, 44.0, ArtifactType::Header, true),
        (
            number.as_str(),
            Cut::Plain,
            HEIGHT - 36.0,
            ArtifactType::Footer,
            true,
        ),
    ];
    for (text, cut, baseline, artifact, at_end) in lines {
        let part = if at_end { width * 0.4 } else { width * 0.58 };
        let lines = kind.lines(&[(text.to_owned(), style(cut))], part, false);
        let Some(line) = lines.first() else {
            continue;
        };
        let start = if at_end {
            WIDTH - MARGIN - line.width
        } else {
            MARGIN
        };
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(artifact)));
        for piece in &line.pieces {
            words(surface, piece, start + piece.x, baseline, fonts, None);
        }
        surface.end_tagged();
    }
}
