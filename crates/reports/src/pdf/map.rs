//! Our own drawing of the map as vectors on paper, in the colours of the page in light. It reads what `map` writes and
//! no other SVG: paths of straight lines, circles, rectangles, polygons and words, each with its class.

use super::sheet::words;
use super::text::{Cut, Style, Type};
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::Font;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Width and height of a drawing in its own units; nothing when there is none.
pub(super) fn size(svg: &str) -> Option<(f32, f32)> {
    let view = svg.split_once("viewBox=\"")?.1.split('"').next()?;
    let numbers: Vec<f32> = view.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
    let [_, _, width, height] = numbers[..] else {
        return None;
    };
    (width > 0.0 && height > 0.0).then_some((width, height))
}

/// Draws it with its corner at `at`, `scale` points to a unit.
pub(super) fn draw(
    surface: &mut Surface<'_>,
    kind: &Type,
    fonts: &[Font; 2],
    svg: &str,
    at: (f32, f32),
    scale: f32,
) {
    surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, at.0, at.1));
    let mut pen = Pen {
        surface,
        kind,
        fonts,
        size: size(svg).unwrap_or_default(),
        groups: Vec::new(),
        frame: None,
        text: None,
    };
    let mut reader = Reader::from_str(svg);
    let mut hidden = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => match start.name().as_ref() {
                "defs" | "title" => hidden += 1,
                _ if hidden > 0 => {}
                "clipPath" | "g" | "text" => pen.open(&start),
                _ => pen.shape(&start),
            },
            Ok(Event::Empty(start)) if hidden == 0 => pen.shape(&start),
            Ok(Event::Text(text)) if hidden == 0 => {
                if let Some((_, all)) = &mut pen.text {
                    all.push_str(&text);
                }
            }
            Ok(Event::GeneralRef(name)) if hidden == 0 => {
                let c = match (name.resolve_char_ref(), name.as_ref()) {
                    (Ok(Some(c)), _) => c,
                    (_, "amp") => '&',
                    (_, "lt") => '<',
                    (_, "gt") => '>',
                    (_, "quot") => '"',
                    _ => '\'',
                };
                if let Some((_, all)) = &mut pen.text {
                    all.push(c);
                }
            }
            Ok(Event::End(end)) => match end.name().as_ref() {
                "defs" | "title" => hidden = hidden.saturating_sub(1),
                "g" => pen.close(),
                "text" => pen.write(),
                _ => {}
            },
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    while !pen.groups.is_empty() {
        pen.close();
    }
    surface.pop();
}

/// How a class is drawn: fill, stroke and its width, dash, opacity of both.
#[derive(Clone, Copy, Default)]
struct Look {
    fill: Option<[u8; 3]>,
    stroke: Option<([u8; 3], f32)>,
    dash: Option<[f32; 2]>,
    fill_opacity: f32,
    stroke_opacity: f32,
}

/// The rules of `report.css` for the map, in the colours of light.
fn look(classes: &str) -> Look {
    let has = |name: &str| classes.split(' ').any(|class| class == name);
    let solid = |fill: Option<[u8; 3]>, stroke: Option<([u8; 3], f32)>| Look {
        fill,
        stroke,
        dash: None,
        fill_opacity: 1.0,
        stroke_opacity: 1.0,
    };
    let dashed = |look: Look, dash: [f32; 2]| Look {
        dash: Some(dash),
        ..look
    };
    let marks = [
        ("violation", [193, 39, 45]),
        ("not-assessable", [168, 91, 0]),
        ("pending", [31, 95, 168]),
        ("excluded", [107, 63, 160]),
        ("no-violation", [26, 115, 72]),
    ];
    if has("mark") {
        return match marks.iter().find(|(class, _)| has(class)) {
            Some((_, colour)) => solid(Some(*colour), Some((WHITE, 1.0))),
            None => solid(None, Some((FAINT, 2.0))),
        };
    }
    let zone = solid(None, Some((ZONE, 1.4)));
    let reach = Look {
        fill_opacity: 0.05,
        stroke_opacity: 0.65,
        ..solid(Some(INK), Some((INK, 0.9)))
    };
    match () {
        () if has("sea") => solid(Some([233, 237, 241]), None),
        () if has("area") => solid(Some(WHITE), Some(([208, 215, 222], 1.0))),
        () if has("approximate") => dashed(zone, [5.0, 4.0]),
        () if has("zone") => zone,
        () if has("wide") => dashed(reach, [2.0, 3.0]),
        () if has("reach") => reach,
        () if has("scale") => solid(None, Some((INK, 1.4))),
        () => solid(Some(INK), None),
    }
}

const WHITE: [u8; 3] = [255, 255, 255];
const INK: [u8; 3] = super::sheet::INK;
const FAINT: [u8; 3] = super::sheet::FAINT;
const ZONE: [u8; 3] = [63, 111, 143];

/// Units between two lines of the hatching of zones.
const HATCH: f32 = 6.0;

struct Pen<'s, 'p> {
    surface: &'s mut Surface<'p>,
    kind: &'s Type,
    fonts: &'s [Font; 2],
    /// Width and height of the drawing.
    size: (f32, f32),
    /// How much each open group has pushed.
    groups: Vec<usize>,
    /// The frame that a group may be clipped by.
    frame: Option<Path>,
    /// Class, place and words of the text that is open.
    text: Option<((String, f32, f32), String)>,
}

impl Pen<'_, '_> {
    fn open(&mut self, start: &BytesStart<'_>) {
        match start.name().as_ref() {
            "g" => {
                let mut pushed = 0;
                if let (Some(_), Some(frame)) = (value(start, "clip-path"), &self.frame) {
                    self.surface.push_clip_path(frame, &FillRule::NonZero);
                    pushed += 1;
                }
                if value(start, "class").is_some_and(|class| class.contains("background"))
                    && let Some(share) = NormalizedF32::new(0.55)
                {
                    self.surface.push_opacity(share);
                    pushed += 1;
                }
                self.groups.push(pushed);
            }
            "text" => {
                let class = value(start, "class").unwrap_or_default();
                self.text = Some(((class, number(start, "x"), number(start, "y")), String::new()));
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        for _ in 0..self.groups.pop().unwrap_or(0) {
            self.surface.pop();
        }
    }

    fn shape(&mut self, start: &BytesStart<'_>) {
        let mut path = PathBuilder::new();
        match start.name().as_ref() {
            "path" => lines(&value(start, "d").unwrap_or_default(), &mut path),
            "polygon" => {
                let points = value(start, "points").unwrap_or_default();
                for (index, point) in points.split(' ').enumerate() {
                    let Some((x, y)) = point
                        .split_once(',')
                        .and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)))
                    else {
                        continue;
                    };
                    match index {
                        0 => path.move_to(x, y),
                        _ => path.line_to(x, y),
                    }
                }
                path.close();
            }
            "circle" => round(
                number(start, "cx"),
                number(start, "cy"),
                number(start, "r"),
                &mut path,
            ),
            "rect" => {
                let (x, y) = (number(start, "x"), number(start, "y"));
                if let Some(rect) = Rect::from_xywh(x, y, number(start, "width"), number(start, "height")) {
                    path.push_rect(rect);
                }
            }
            _ => return,
        }
        let Some(path) = path.finish() else {
            return;
        };
        let class = value(start, "class").unwrap_or_default();
        if class.is_empty() {
            // The frame of the map has no look; it only bounds what is drawn in it.
            self.frame = Some(path);
            return;
        }
        let even = value(start, "fill-rule").is_some();
        if class.starts_with("zone") {
            self.hatch(&path);
        }
        self.paint(&path, look(&class), even);
    }

    fn paint(&mut self, path: &Path, look: Look, even: bool) {
        self.surface.set_fill(look.fill.map(|colour| Fill {
            paint: paint(colour),
            opacity: NormalizedF32::new(look.fill_opacity).unwrap_or(NormalizedF32::ONE),
            rule: if even {
                FillRule::EvenOdd
            } else {
                FillRule::NonZero
            },
        }));
        self.surface.set_stroke(look.stroke.map(|(colour, width)| Stroke {
            paint: paint(colour),
            width,
            opacity: NormalizedF32::new(look.stroke_opacity).unwrap_or(NormalizedF32::ONE),
            dash: look.dash.map(|dash| StrokeDash {
                array: dash.to_vec(),
                offset: 0.0,
            }),
            ..Stroke::default()
        }));
        self.surface.draw_path(path);
        self.surface.set_stroke(None);
    }

    /// Slanted lines over a zone.
    fn hatch(&mut self, path: &Path) {
        let (width, height) = self.size;
        let mut hatch = PathBuilder::new();
        // Over the whole map, so that those of neighbours join; the zone cuts out its own.
        let mut x = -height;
        while x < width {
            hatch.move_to(x, height);
            hatch.line_to(x + height, 0.0);
            x += HATCH * std::f32::consts::SQRT_2;
        }
        if let Some(hatch) = hatch.finish() {
            self.surface.push_clip_path(path, &FillRule::NonZero);
            let look = Look {
                stroke: Some((ZONE, 1.0)),
                stroke_opacity: 0.4,
                ..Look::default()
            };
            self.paint(&hatch, look, false);
            self.surface.pop();
        }
    }

    fn write(&mut self) {
        let Some(((class, x, y), text)) = self.text.take() else {
            return;
        };
        let has = |name: &str| class.split(' ').any(|one| one == name);
        let (size, colour) = match () {
            () if has("area-name") => (10.0, FAINT),
            () if has("zone-name") => (11.0, ZONE),
            () if has("under") => (10.0, FAINT),
            () => (12.0, INK),
        };
        let style = Style {
            cut: if has("number") { Cut::Bold } else { Cut::Plain },
            size,
            colour,
            link: None,
        };
        let lines = self.kind.lines(&[(text, style)], f32::INFINITY, false);
        let Some(line) = lines.first() else {
            return;
        };
        let start = match () {
            () if has("end") => x - line.width,
            () if has("area-name") || has("zone-name") => x - line.width / 2.0,
            () => x,
        };
        let halo = has("area-name") || has("zone-name") || has("number");
        for piece in &line.pieces {
            if halo {
                let stroke = Stroke {
                    paint: paint(WHITE),
                    width: 3.0,
                    ..Stroke::default()
                };
                self.surface.set_stroke(Some(stroke));
                // As an outline: the words stand in the file once.
                words(self.surface, piece, start + piece.x, y, self.fonts, Some(WHITE));
                self.surface.set_stroke(None);
            }
            words(self.surface, piece, start + piece.x, y, self.fonts, None);
        }
    }
}

fn paint([red, green, blue]: [u8; 3]) -> krilla::paint::Paint {
    rgb::Color::new(red, green, blue).into()
}

fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = start.try_get_attribute(name).ok()??;
    Some(found.value.into_owned())
}

fn number(start: &BytesStart<'_>, name: &str) -> f32 {
    value(start, name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(0.0)
}

/// A circle of four arcs.
fn round(x: f32, y: f32, r: f32, path: &mut PathBuilder) {
    // How far the handles of a quarter of a circle reach, in radii.
    let k = r * 0.552_285;
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
    path.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
    path.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
    path.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
    path.close();
}

/// The straight lines of a path's data: moves, lines, upright and level ones, closings.
fn lines(data: &str, path: &mut PathBuilder) {
    let (mut x, mut y) = (0.0_f32, 0.0_f32);
    let mut rest = data;
    while let Some(command) = rest.chars().next() {
        let body = &rest[command.len_utf8()..];
        let end = body.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(body.len());
        let spaced = body[..end].replace('-', " -");
        let numbers: Vec<f32> = spaced
            .split_whitespace()
            .filter_map(|it| it.parse().ok())
            .collect();
        rest = &body[end..];
        match (command, &numbers[..]) {
            ('M', [a, b]) => {
                (x, y) = (*a, *b);
                path.move_to(x, y);
                continue;
            }
            ('L', [a, b]) => (x, y) = (*a, *b),
            ('l', [a, b]) => (x, y) = (x + a, y + b),
            ('H', [a]) => x = *a,
            ('h', [a]) => x += a,
            ('V', [b]) => y = *b,
            ('v', [b]) => y += b,
            _ => {
                path.close();
                continue;
            }
        }
        path.line_to(x, y);
    }
}
