//! Visible blocks of a page: what a reader sees between two line breaks of the layout.

use super::entity;
use super::hidden::{Colour, Sheet, WHITE, colour, colours, hides, is_unseen};
use super::scan::{Attributes, Event, scan};
use super::tag::{Display, Role, ends_sibling, tag};
use super::{Census, DEPTH_MAX};
use crate::charset::Decoded;
use crate::lexicon::LineKind;
use crate::piece::Piece;
use crate::words::ends_sentence;
use std::collections::BTreeMap;
use std::ops::Range;

/// Where a block stands in the page.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Flags {
    pub(crate) nav: bool,
    pub(crate) beside: bool,
    pub(crate) footer: bool,
    pub(crate) header: bool,
    pub(crate) figure: bool,
    pub(crate) caption: bool,
    pub(crate) related: bool,
    pub(crate) byline: bool,
    pub(crate) date: bool,
    pub(crate) quote: bool,
    pub(crate) item: bool,
    pub(crate) cell: bool,
    pub(crate) control: bool,
    pub(crate) article: bool,
    /// Level of the heading; 0 for none.
    pub(crate) heading: u8,
}

/// A visible block.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    pub(crate) piece: Piece,
    pub(crate) flags: Flags,
    /// Bytes of `piece.text` that are link text.
    pub(crate) link_bytes: usize,
    /// `datetime` of a `time` element inside.
    pub(crate) datetime: Option<String>,
}

impl Block {
    /// Share of the text that is link text, 0 to 1.
    pub(crate) fn link_share(&self) -> f64 {
        self.link_bytes as f64 / self.piece.text.len().max(1) as f64
    }
}

#[derive(Clone, Copy)]
struct Frame {
    name: usize,
    hidden: bool,
    link: bool,
    block: bool,
    flags: Flags,
    /// Colour of the ground, where an element or the page states it.
    ground: Option<Colour>,
}

struct Builder<'p> {
    page: &'p Decoded,
    classes: &'p BTreeMap<String, LineKind>,
    sheet: Sheet,
    /// Colour of the ground where no element states it: white until a style sheet may say otherwise.
    ground: Option<Colour>,
    names: BTreeMap<String, usize>,
    open: Vec<usize>,
    stack: Vec<Frame>,
    blocks: Vec<Block>,
    block: Block,
    space: Option<Range<usize>>,
    census: Census,
}

/// Reads the visible blocks of a page. Linear in the page's length.
pub(crate) fn blocks(page: &Decoded, classes: &BTreeMap<String, LineKind>) -> (Vec<Block>, Census) {
    let mut builder = Builder {
        page,
        classes,
        sheet: Sheet::default(),
        ground: Some(WHITE),
        names: BTreeMap::new(),
        open: Vec::new(),
        stack: Vec::new(),
        blocks: Vec::new(),
        block: Block::default(),
        space: None,
        census: Census {
            bytes: page.text.len(),
            brackets: page.text.bytes().filter(|byte| *byte == b'<').count(),
            ..Census::default()
        },
    };
    scan(&page.text, &mut |event| builder.on(event));
    builder.flush();
    (builder.blocks, builder.census)
}

impl Builder<'_> {
    fn on(&mut self, event: Event<'_>) {
        match event {
            Event::Text(range) => self.text(range),
            Event::Start {
                name,
                attributes,
                at,
                raw,
            } => self.start(name, attributes, at, raw),
            Event::End { name } => self.end(name),
        }
    }

    fn top(&self) -> Frame {
        self.stack.last().copied().unwrap_or(Frame {
            name: usize::MAX,
            hidden: false,
            link: false,
            block: false,
            flags: Flags::default(),
            ground: None,
        })
    }

    fn name_index(&mut self, name: &str) -> usize {
        let lower = name.to_ascii_lowercase();
        let next = self.names.len();
        let index = *self.names.entry(lower).or_insert(next);
        if index == self.open.len() {
            self.open.push(0);
        }
        index
    }

    fn start(&mut self, name: &str, attributes: Attributes<'_>, at: Range<usize>, raw: Option<Range<usize>>) {
        self.census.elements += 1;
        self.census.attributes = self.census.attributes.max(attributes.count());
        let known = tag(name);
        if let Some(raw) = &raw
            && super::is_unread(name, attributes)
        {
            // No tree builder gets to see it.
            let inner = &self.page.text[raw.clone()];
            self.census.bytes -= inner.len();
            self.census.brackets -= inner.bytes().filter(|byte| *byte == b'<').count();
            if name.eq_ignore_ascii_case("style") {
                self.sheet.read(inner);
                self.ground = None;
            }
        }
        if name.eq_ignore_ascii_case("br") {
            self.line_break(at);
            return;
        }
        if name.eq_ignore_ascii_case("link")
            && attributes
                .value("rel")
                .is_some_and(|rel| rel.to_ascii_lowercase().contains("stylesheet"))
        {
            self.ground = None;
        }
        if known.display == Display::Void || raw.is_some() {
            if matches!(name.to_ascii_lowercase().as_str(), "hr" | "textarea") {
                self.flush();
            }
            return;
        }
        let is_block = known.display == Display::Block;
        if is_block {
            self.flush();
            self.end_siblings(name);
        }
        let parent = self.top();
        let mut frame = Frame {
            name: self.name_index(name),
            hidden: parent.hidden || known.display == Display::Unseen,
            link: parent.link || known.role == Role::Link,
            block: is_block,
            flags: parent.flags,
            ground: parent.ground,
        };
        frame.hidden = frame.hidden || self.is_hidden(name, attributes, &mut frame.ground);
        set_role(&mut frame.flags, known.role);
        if !matches!(name.to_ascii_lowercase().as_str(), "body" | "html") {
            self.set_classes(&mut frame.flags, attributes);
        }
        if known.role == Role::Time
            && !frame.hidden
            && let Some(value) = attributes.value("datetime")
        {
            self.block
                .datetime
                .get_or_insert_with(|| entity::read(value).into_owned());
        }
        self.open[frame.name] += 1;
        self.stack.push(frame);
        self.census.depth = self.census.depth.max(self.stack.len());
        self.census.ancestors += self.stack.len();
        if is_block {
            self.block.flags = frame.flags;
        }
    }

    /// A new `p` ends an open one, a new `li` the one before it in the same list, and so on.
    fn end_siblings(&mut self, name: &str) {
        let own = ends_sibling(name);
        for frame in (0..self.stack.len()).rev().take(8) {
            let open = self.stack[frame].name;
            let is = |wanted: &str| self.names.get(wanted) == Some(&open);
            let ended = own.is_some_and(&is)
                || is("p")
                || (matches!(own, Some("td" | "th")) && (is("td") || is("th")))
                || (own == Some("tr") && (is("td") || is("th")))
                || (matches!(own, Some("dt" | "dd")) && (is("dt") || is("dd")));
            if ended {
                self.cut_stack(frame);
                continue;
            }
            // Only inline elements may be skipped on the way up.
            if self.stack[frame].block {
                return;
            }
        }
    }

    fn cut_stack(&mut self, length: usize) {
        for frame in self.stack.drain(length..) {
            self.open[frame.name] -= 1;
        }
    }

    fn end(&mut self, name: &str) {
        let known = tag(name);
        let is_block = known.display == Display::Block;
        if is_block {
            self.flush();
        }
        if name.eq_ignore_ascii_case("br") {
            self.flush();
        }
        let index = self.name_index(name);
        if self.open[index] > 0 {
            // An inline end tag never closes a block around it, and is not looked for without end.
            let reach = if is_block || known.display == Display::Unseen {
                usize::MAX
            } else {
                DEPTH_MAX
            };
            let at = self
                .stack
                .iter()
                .rev()
                .take(reach)
                .take_while(|frame| frame.name == index || reach == usize::MAX || !frame.block)
                .position(|frame| frame.name == index);
            if let Some(above) = at {
                self.cut_stack(self.stack.len() - 1 - above);
            }
        }
        if is_block {
            self.block.flags = self.top().flags;
        }
    }

    /// Whether an element is hidden by what it states of itself, or by a style sheet of the page; keeps the
    /// colour of its ground.
    fn is_hidden(&self, name: &str, attributes: Attributes<'_>, ground: &mut Option<Colour>) -> bool {
        let mut hidden = false;
        let mut is_open = false;
        let mut letters = None;
        for (key, value) in attributes.each() {
            match key.to_ascii_lowercase().as_str() {
                "hidden" => hidden |= !value.eq_ignore_ascii_case("false"),
                "popover" => hidden = true,
                "aria-hidden" => hidden |= value.trim().eq_ignore_ascii_case("true"),
                "style" => {
                    let style = entity::read(value);
                    hidden |= hides(&style);
                    let (own, behind) = colours(&style);
                    letters = own.or(letters);
                    *ground = behind.or(*ground);
                }
                "color" => letters = colour(value).or(letters),
                "bgcolor" => *ground = colour(value).or(*ground),
                "open" => is_open = true,
                "class" => hidden |= self.sheet.hides(name, '.', value) || self.names_unseen(value),
                "id" => hidden |= self.sheet.hides(name, '#', value),
                _ => {}
            }
        }
        hidden
            || (name.eq_ignore_ascii_case("dialog") && !is_open)
            || letters
                .zip(ground.or(self.ground))
                .is_some_and(|(letters, ground)| is_unseen(letters, ground))
    }

    /// Whether a class is one that pages give to text for screen readers only.
    fn names_unseen(&self, classes: &str) -> bool {
        classes
            .split_ascii_whitespace()
            .any(|class| self.classes.get(&class.to_ascii_lowercase()) == Some(&LineKind::Unseen))
    }

    fn set_classes(&self, flags: &mut Flags, attributes: Attributes<'_>) {
        for (key, value) in attributes.each() {
            if !["class", "id", "role", "itemprop", "rel"]
                .iter()
                .any(|wanted| wanted.eq_ignore_ascii_case(key))
            {
                continue;
            }
            for part in class_words(value) {
                match self.classes.get(&part) {
                    Some(LineKind::Menu) => flags.nav = true,
                    Some(LineKind::Beside) => flags.beside = true,
                    Some(LineKind::Related) => (flags.beside, flags.related) = (true, true),
                    Some(LineKind::Caption) => flags.caption = true,
                    Some(LineKind::Byline) => flags.byline = true,
                    Some(LineKind::Date) => flags.date = true,
                    _ => {}
                }
            }
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let page = self.page;
        let text = &page.text[range.clone()];
        let frame = self.top();
        if frame.hidden {
            self.census.entities += text.bytes().filter(|byte| *byte == b'&').count();
            if text.chars().any(char::is_alphanumeric) {
                self.census.hidden += 1;
            }
            return;
        }
        let before = self.block.piece.text.len();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let length = match rest.chars().next() {
                Some(c) if c.is_whitespace() => {
                    let length = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
                    self.note_space(range.start + at..range.start + at + length);
                    length
                }
                Some('&') => {
                    self.census.entities += 1;
                    let (shown, length) = entity::reference(rest).unwrap_or_else(|| ("&".to_owned(), 1));
                    self.entity(&shown, range.start + at..range.start + at + length);
                    length
                }
                _ => {
                    let length = rest
                        .find(|c: char| c.is_whitespace() || c == '&')
                        .unwrap_or(rest.len());
                    self.write_space();
                    self.block
                        .piece
                        .push(page, range.start + at..range.start + at + length);
                    length
                }
            };
            at += length;
        }
        if frame.link {
            self.block.link_bytes += self.block.piece.text.len() - before;
        }
        let flags = frame.flags;
        let own = &mut self.block.flags;
        own.byline |= flags.byline;
        own.date |= flags.date;
        own.control |= flags.control;
    }

    fn entity(&mut self, shown: &str, at: Range<usize>) {
        if shown.chars().all(char::is_whitespace) {
            self.note_space(at);
        } else if shown.chars().all(crate::piece::is_hidden_mark) {
            let raw = self.page.raw(at);
            let mark = shown.chars().next().unwrap_or('\u{200B}');
            let place = self.block.piece.text.len();
            self.block
                .piece
                .marks
                .push((place, model::Span::new(raw.start, raw.end), mark));
        } else {
            self.write_space();
            self.block.piece.push_for(shown, self.page, at);
        }
    }

    fn note_space(&mut self, at: Range<usize>) {
        if !self.block.piece.text.is_empty() {
            self.space.get_or_insert(at);
        }
    }

    fn write_space(&mut self) {
        if let Some(at) = self.space.take()
            && !self.block.piece.text.ends_with('\n')
        {
            self.block.piece.push_for(" ", self.page, at);
        }
    }

    /// A line break ends a block where a sentence or a line of its own has ended; elsewhere it is only a
    /// new line, so that a sentence broken for the layout stays whole.
    fn line_break(&mut self, at: Range<usize>) {
        if self.top().hidden {
            return;
        }
        let text = &self.block.piece.text;
        let is_first = !text.contains('\n');
        if text.is_empty() || text.ends_with('\n') || ends_sentence(text) || (is_first && text.len() < 50) {
            let flags = self.block.flags;
            self.flush();
            self.block.flags = flags;
        } else {
            self.space = None;
            self.block.piece.push_for("\n", self.page, at);
        }
    }

    fn flush(&mut self) {
        self.space = None;
        let flags = self.top().flags;
        let mut block = std::mem::take(&mut self.block);
        self.block.flags = flags;
        block.piece.trim();
        if block.piece.text.chars().any(char::is_alphanumeric) {
            self.blocks.push(block);
        } else if block.datetime.is_some() {
            self.block.datetime = block.datetime;
        }
    }
}

fn set_role(flags: &mut Flags, role: Role) {
    match role {
        Role::None | Role::Link => {}
        Role::Nav => flags.nav = true,
        Role::Aside => flags.beside = true,
        Role::Footer => flags.footer = true,
        Role::Header => flags.header = true,
        Role::Figure => flags.figure = true,
        Role::Caption => flags.caption = true,
        Role::Heading(level) => flags.heading = level,
        Role::Quote => flags.quote = true,
        Role::Item => flags.item = true,
        Role::Cell => flags.cell = true,
        Role::Control => flags.control = true,
        Role::Article => flags.article = true,
        Role::Time => flags.date = true,
    }
}

/// The words of a class, id or role: cut at signs and at inner capitals, lower-cased.
fn class_words(value: &str) -> Vec<String> {
    let mut all = Vec::new();
    for part in value
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
    {
        let mut word = String::new();
        let mut was_lower = false;
        for c in part.chars() {
            if c.is_ascii_uppercase() && was_lower {
                all.push(std::mem::take(&mut word));
            }
            was_lower = c.is_ascii_lowercase();
            word.push(c.to_ascii_lowercase());
        }
        all.push(word);
        if part.chars().any(|c| c.is_ascii_uppercase()) {
            all.push(part.to_ascii_lowercase());
        }
    }
    all
}
