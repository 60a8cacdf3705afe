use super::*;

/// Relative luminance of a colour written `#rrggbb` or `#rgb`, after WCAG 2.2.
fn luminance(colour: &str) -> f64 {
    let digits: String = match colour.trim_start_matches('#') {
        short if short.len() == 3 => short.chars().flat_map(|c| [c, c]).collect(),
        long => long.to_owned(),
    };
    let channel = |at: usize| {
        let value = u8::from_str_radix(&digits[at..at + 2], 16).expect("a colour");
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colours of each `:root` rule of the style, by name.
fn themes() -> Vec<Vec<(&'static str, &'static str)>> {
    let rules = STYLE
        .split(":root {")
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap_or_default());
    let colour = |entry: &'static str| entry.trim().strip_prefix("--")?.split_once(": ");
    rules
        .map(|rule| rule.split(';').filter_map(colour).collect())
        .collect()
}

#[test]
fn text_and_symbols_stand_out_in_light_in_dark_and_on_paper() {
    let themes = themes();
    assert_eq!(themes.len(), 3);
    for theme in themes {
        let named = |name: &str| {
            let found = theme.iter().find(|(known, _)| *known == name);
            found.map(|(_, colour)| *colour).expect("a colour of this name")
        };
        for ink in ["ink", "faint", "link"] {
            for ground in ["paper", "wash"] {
                let ratio = contrast(named(ink), named(ground));
                assert!(ratio >= 4.5, "{ink} on {ground} has {ratio:.2}");
            }
        }
        assert!(contrast(named("warn-ink"), named("warn")) >= 4.5);
        // WCAG 1.4.11 asks for 3 beside graphics.
        for mark in [
            "violation",
            "not-assessable",
            "pending",
            "excluded",
            "no-violation",
            "not-judged",
            "zone",
        ] {
            for ground in ["paper", "area", "sea"] {
                let ratio = contrast(named(mark), named(ground));
                assert!(ratio >= 3.0, "{mark} on {ground} has {ratio:.2}");
            }
        }
    }
}

#[test]
fn days_do_not_break_and_other_digits_are_left_alone() {
    assert_eq!(dates("on 2031-05-03, 7"), "on <time>2031-05-03</time>, 7");
    assert_eq!(dates("é2031-05-0é"), "é2031-05-0é");
    assert_eq!(dates("2031-05-03"), "<time>2031-05-03</time>");
}
