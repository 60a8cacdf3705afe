//! Symbols of verdicts: each has a shape and a colour, so that neither is needed to tell them apart.

use model::Verdict;

/// Every symbol with the words of the legend, in the order of the legend.
pub(crate) const SYMBOLS: [(Option<Verdict>, &str); 6] = [
    (Some(Verdict::Violation), "violation"),
    (Some(Verdict::NotAssessable), "not assessable"),
    (Some(Verdict::Pending), "pending"),
    (Some(Verdict::Excluded), "excluded"),
    (Some(Verdict::NoViolation), "no violation"),
    (None, "not judged"),
];

/// The style class of a verdict.
pub(crate) fn class(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Violation) => "violation",
        Some(Verdict::NotAssessable) => "not-assessable",
        Some(Verdict::Pending) => "pending",
        Some(Verdict::Excluded) => "excluded",
        Some(Verdict::NoViolation) => "no-violation",
        None => "not-judged",
    }
}

/// The symbol as SVG markup around a centre; `size` is its half-width in drawing units.
pub(crate) fn symbol(verdict: Option<Verdict>, (x, y): (f64, f64), size: f64) -> String {
    let class = class(verdict);
    let path = |points: &[(f64, f64)]| {
        let points: Vec<_> = points
            .iter()
            .map(|(dx, dy)| format!("{:.1},{:.1}", x + dx * size, y + dy * size))
            .collect();
        format!(r#"<polygon class="mark {class}" points="{}"/>"#, points.join(" "))
    };
    match verdict {
        Some(Verdict::Violation) => path(&[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)]),
        Some(Verdict::NotAssessable) => path(&[(0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)]),
        Some(Verdict::Pending) => path(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        Some(Verdict::Excluded) => path(&CROSS),
        Some(Verdict::NoViolation) | None => {
            format!(r#"<circle class="mark {class}" cx="{x:.1}" cy="{y:.1}" r="{size:.1}"/>"#)
        }
    }
}

/// A cross with thick arms.
const CROSS: [(f64, f64); 12] = [
    (-0.4, -1.1),
    (0.4, -1.1),
    (0.4, -0.4),
    (1.1, -0.4),
    (1.1, 0.4),
    (0.4, 0.4),
    (0.4, 1.1),
    (-0.4, 1.1),
    (-0.4, 0.4),
    (-1.1, 0.4),
    (-1.1, -0.4),
    (-0.4, -0.4),
];
