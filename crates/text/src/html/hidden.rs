//! What a page hides from its readers by style: inline styles, plain rules of its style sheets, and letters in the
//! colour of their ground.
//!
//! Text that readers cannot see must not become a claim: it is bait for machines, or left over from a template.
//! Style sheets that a page only links to are not here; what they hide stays unknown.

use std::collections::BTreeSet;

/// Pixels off the page from which an element is out of sight; hidden menus stand 10,000 to the left, shifted
/// pictures less than 1,000.
const OFF_PAGE_PX: f64 = 1_000.0;
/// Size of type in pixels that nobody reads.
const SMALL_TYPE_PX: f64 = 1.0;
/// Rules of style sheets that are read; real pages have 200 to 3,000.
const RULES_MAX: usize = 6_000;

/// Colour as red, green and blue.
pub(super) type Colour = (u8, u8, u8);

/// White, the ground of a page that says nothing else.
pub(super) const WHITE: Colour = (255, 255, 255);

/// The declarations of a style, lower-cased, without white space around their parts.
fn declarations(style: &str) -> Vec<(String, String)> {
    style
        .split(';')
        .filter_map(|declaration| {
            let (name, value) = declaration.split_once(':')?;
            let value = value.to_ascii_lowercase();
            let value = value
                .trim()
                .trim_end_matches("important")
                .trim_end_matches(['!', ' ']);
            Some((name.trim().to_ascii_lowercase(), value.to_owned()))
        })
        .collect()
}

/// Whether a style hides what it styles.
pub(super) fn hides(style: &str) -> bool {
    // Most styles set a width or a colour; only these words can hide.
    let signs = [
        "none",
        "hid",
        "coll",
        "rgba",
        "size",
        "opacity",
        "clip",
        "-",
        "height",
        "width",
        "scale",
        "transparent",
        "font",
    ];
    let lower = style.to_ascii_lowercase();
    if !signs.iter().any(|sign| lower.contains(sign)) {
        return false;
    }
    let all = declarations(&lower);
    let value = |wanted: &str| {
        all.iter()
            .rev()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    let is_cut = value("overflow").is_some_and(|overflow| overflow.starts_with("hidden"));
    let is_placed = value("position").is_some_and(|position| matches!(position, "absolute" | "fixed"));
    all.iter().any(|(name, value)| match name.as_str() {
        "display" => value == "none",
        "visibility" => matches!(value.as_str(), "hidden" | "collapse"),
        "content-visibility" => value == "hidden",
        "mso-hide" => value == "all",
        "opacity" => number(value).is_some_and(|opacity| opacity < 0.02),
        "color" => value == "transparent" || value.ends_with(",0)") || value.ends_with(", 0)"),
        "font-size" => {
            length(value).is_some_and(|size| size <= SMALL_TYPE_PX) || number(value).is_some_and(|n| n <= 0.0)
        }
        "font" => value
            .split([' ', '/'])
            .any(|part| matches!(part, "0" | "0px" | "0em" | "0pt")),
        "text-indent" | "margin-left" | "margin-top" => is_far(value),
        "left" | "top" | "right" | "bottom" => is_placed && is_far(value),
        "transform" => is_flat(value) || value.contains("translate") && value.split(['(', ',']).any(is_far),
        "scale" => number(value).is_some_and(|scale| scale <= 0.0),
        "filter" => value.contains("opacity(0"),
        "clip" => is_placed && value.starts_with("rect(") && is_small_box(value),
        "clip-path" => {
            value.starts_with("inset(50%") || value.starts_with("inset(100%") || value.starts_with("circle(0")
        }
        "width" | "height" | "max-height" | "max-width" | "line-height" => {
            is_cut && length(value).is_some_and(|size| size <= 1.0)
        }
        _ => false,
    })
}

fn is_flat(transform: &str) -> bool {
    ["scale(0)", "scale(0,0)", "scale(0, 0)", "scalex(0)", "scaley(0)"]
        .iter()
        .any(|flat| transform.contains(flat))
}

/// A box of a pixel or less: all four of its sides are 0 or 1, or all are 50 or more per cent.
fn is_small_box(clip: &str) -> bool {
    let inner = clip.trim_start_matches("rect(").trim_end_matches(')');
    inner
        .split([',', ' '])
        .filter(|side| !side.is_empty())
        .all(|side| length(side).is_some_and(|side| side <= 1.0))
}

fn is_far(value: &str) -> bool {
    let value = value.trim().trim_end_matches(')');
    if let Some(share) = value.strip_prefix('-').and_then(|value| value.strip_suffix('%')) {
        return share.parse::<f64>().is_ok_and(|share| share >= 500.0);
    }
    value
        .strip_prefix('-')
        .and_then(length)
        .is_some_and(|pixels| pixels >= OFF_PAGE_PX)
}

/// A length in pixels; letters are taken to be 16 pixels high, percentages have none.
fn length(value: &str) -> Option<f64> {
    let value = value.trim();
    let end = value
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(value.len());
    let amount: f64 = value[..end].parse().ok()?;
    match &value[end..] {
        "" | "px" => Some(amount),
        "pt" => Some(amount * 4.0 / 3.0),
        "em" | "rem" | "ch" | "ex" => Some(amount * 16.0),
        "vw" | "vh" => Some(amount * 10.0),
        "%" if amount <= 0.0 => Some(0.0),
        _ => None,
    }
}

fn number(value: &str) -> Option<f64> {
    value.trim().trim_end_matches('%').parse().ok()
}

/// The colour of letters and of their ground that a style states.
pub(super) fn colours(style: &str) -> (Option<Colour>, Option<Colour>) {
    let (mut letters, mut ground) = (None, None);
    for (name, value) in declarations(style) {
        match name.as_str() {
            "color" => letters = colour(&value),
            "background-color" => ground = colour(&value),
            // A picture may lie over the colour.
            "background" if !value.contains("url") => ground = value.split(' ').find_map(colour),
            _ => {}
        }
    }
    (letters, ground)
}

/// A colour by a common name, by its hexadecimal digits, or by its three parts.
pub(super) fn colour(value: &str) -> Option<Colour> {
    let value = value.trim().to_ascii_lowercase();
    match value.as_str() {
        "white" => return Some(WHITE),
        "black" => return Some((0, 0, 0)),
        _ => {}
    }
    if let Some(digits) = value.strip_prefix('#') {
        let part = |at: usize, length: usize| {
            let part = digits.get(at..at + length)?;
            let part = u8::from_str_radix(part, 16).ok()?;
            Some(if length == 1 { part * 17 } else { part })
        };
        return match digits.len() {
            3 | 4 => Some((part(0, 1)?, part(1, 1)?, part(2, 1)?)),
            6 | 8 => Some((part(0, 2)?, part(2, 2)?, part(4, 2)?)),
            _ => None,
        };
    }
    let inner = value
        .strip_prefix("rgb(")
        .or_else(|| value.strip_prefix("rgba("))?;
    let mut parts = inner
        .split([',', ' ', ')'])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse::<u8>().ok());
    Some((parts.next()??, parts.next()??, parts.next()??))
}

/// Whether letters in one colour cannot be told from a ground in the other: no part differs by more than a
/// fortieth, which screens hardly show.
pub(super) fn is_unseen(letters: Colour, ground: Colour) -> bool {
    let near = |one: u8, other: u8| one.abs_diff(other) <= 6;
    near(letters.0, ground.0) && near(letters.1, ground.1) && near(letters.2, ground.2)
}

/// What the style sheets of a page hide: only rules with a plain selector (`.a`, `#b`, `p.a`) are read.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    hidden: BTreeSet<String>,
    rules: usize,
}

impl Sheet {
    /// Reads a style sheet; a later rule overrides an earlier one. Rules for printers and for screens of some
    /// size only are left out.
    pub(super) fn read(&mut self, css: &str) {
        let css = without_comments(css);
        // Whether the rules inside each open brace hold.
        let mut open: Vec<bool> = Vec::new();
        let mut from = 0;
        for (at, sign) in css.match_indices(['{', '}', ';']) {
            let holds = open.last().copied().unwrap_or(true);
            match sign {
                "{" => {
                    let prelude = css[from..at].trim();
                    let is_rule = !prelude.starts_with('@');
                    if is_rule && holds {
                        let end = css[at..].find('}').map_or(css.len(), |end| at + end);
                        self.rule(prelude, &css[at + 1..end]);
                    }
                    open.push(holds && !is_rule && always_holds(prelude));
                    from = at + 1;
                }
                "}" => {
                    open.pop();
                    from = at + 1;
                }
                _ => from = at + 1,
            }
            if self.rules > RULES_MAX {
                return;
            }
        }
    }
    fn rule(&mut self, selectors: &str, body: &str) {
        self.rules += 1;
        let hides_it = hides(body);
        let shows_it = || {
            declarations(body)
                .iter()
                .any(|(name, _)| matches!(name.as_str(), "display" | "visibility"))
        };
        if !hides_it && (self.hidden.is_empty() || !shows_it()) {
            return;
        }
        for selector in selectors
            .split(',')
            .map(str::trim)
            .filter(|selector| is_plain(selector))
        {
            if hides_it {
                self.hidden.insert(selector.to_owned());
            } else {
                self.hidden.remove(selector);
            }
        }
    }
    /// Whether an element with this class (`.`) or id (`#`) is hidden.
    pub(super) fn hides(&self, name: &str, sign: char, value: &str) -> bool {
        !self.hidden.is_empty()
            && value.split_ascii_whitespace().any(|word| {
                let own = format!("{sign}{word}");
                self.hidden.contains(&own)
                    || self
                        .hidden
                        .contains(&format!("{}{own}", name.to_ascii_lowercase()))
            })
    }
}

/// `.a`, `#b` or `p.a`.
fn is_plain(selector: &str) -> bool {
    let Some(at) = selector.find(['.', '#']) else {
        return false;
    };
    let (element, rest) = selector.split_at(at);
    element.chars().all(|c| c.is_ascii_alphanumeric())
        && rest.len() > 1
        && rest[1..]
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Whether the rules of an at-rule hold on every screen.
fn always_holds(prelude: &str) -> bool {
    let lower = prelude.to_ascii_lowercase();
    let condition = lower.strip_prefix("@media").map(str::trim);
    match condition {
        Some(condition) => matches!(condition, "" | "all" | "screen" | "only screen"),
        None => lower.starts_with("@layer"),
    }
}

fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("/*") {
        kept.push_str(&rest[..at]);
        rest = rest[at + 2..].split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::{Sheet, WHITE, colour, hides, is_unseen};

    #[test]
    fn styles_that_hide_are_told_from_styles_that_do_not() {
        for style in [
            "display:none",
            "color:red; DISPLAY : none !important",
            "visibility:hidden",
            "font-size:0",
            "font-size: 0.0em",
            "font:0/0 a",
            "opacity:0.0",
            "position:absolute;left:-9999px",
            "text-indent:-5000px",
            "position:absolute;clip:rect(0 0 0 0)",
            "width:1px;height:1px;overflow:hidden",
            "transform:translateX(-9999px)",
            "transform:scale(0)",
            "color:transparent",
            "clip-path:inset(50%)",
            "mso-hide:all",
        ] {
            assert!(hides(style), "{style}");
        }
        for style in [
            "",
            "display:block",
            "font-size:10px",
            "opacity:0.9",
            "margin-left:-10px",
            "left:-20px;position:absolute",
            "height:0",
            "max-height:400px;overflow:hidden",
            "background:none",
            "text-decoration:none",
            "list-style:none",
            "width:100%;overflow:hidden",
        ] {
            assert!(!hides(style), "{style}");
        }
    }

    #[test]
    fn only_rules_for_every_screen_count_and_the_last_one_wins() {
        let mut sheet = Sheet::default();
        sheet.read(
            ".a{display:none} /* .b{display:none} */ @media print{.c{color:red}.d{display:none}} \
             @media screen{.e{display:none}} .f{display:none} .f{display:block} p.g , #h{visibility:hidden}",
        );
        let hidden = |name: &str, sign: char, word: &str| sheet.hides(name, sign, word);
        assert!(
            hidden("p", '.', "x a")
                && hidden("p", '.', "e")
                && hidden("P", '.', "g")
                && hidden("p", '#', "h")
        );
        for word in ["b", "c", "d", "f"] {
            assert!(!hidden("p", '.', word), "{word}");
        }
        assert!(!hidden("div", '.', "g"));
    }

    #[test]
    fn letters_in_the_colour_of_their_ground_are_unseen() {
        for white in [
            "white",
            "#FFF",
            "#fffffe",
            "rgb(255, 255, 255)",
            "rgba(250,250,250,1)",
        ] {
            assert!(
                colour(white).is_some_and(|letters| is_unseen(letters, WHITE)),
                "{white}"
            );
        }
        assert!(colour("#eee").is_some_and(|letters| !is_unseen(letters, WHITE)));
        assert_eq!(colour("inherit"), None);
    }
}
