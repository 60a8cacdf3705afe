//! Styles for QGIS: shape by class of act, colour by how well the occurrence is established, time set on the
//! first and last moment of each feature.

use super::xml::escape;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Marks for the classes and statuses at hand.
pub(super) fn incidents(kinds: &BTreeSet<(String, String)>) -> String {
    let (mut categories, mut symbols) = (String::new(), String::new());
    for (index, (class, status)) in kinds.iter().enumerate() {
        let value = escape(&format!("{class} / {status}"));
        let _ = write!(
            categories,
            "<category symbol=\"{index}\" value=\"{value}\" label=\"{value}\" render=\"true\"/>"
        );
        let shape = SHAPES
            .iter()
            .find(|(known, _)| known == class)
            .map_or("circle", |(_, shape)| shape);
        let colour = COLOURS
            .iter()
            .find(|(known, _)| known == status)
            .map_or(GREY, |(_, colour)| colour);
        let options = [
            ("name", shape),
            ("color", colour),
            ("outline_color", "255,255,255,255"),
            ("outline_width", "0.3"),
            ("size", "3.2"),
            ("size_unit", "MM"),
        ];
        symbols.push_str(&symbol("marker", index, "SimpleMarker", &options));
    }
    style(&format!(
        "<renderer-v2 type=\"categorizedSymbol\" attr=\"&quot;act_class&quot; || ' / ' || &quot;status_occurrence&quot;\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\"><categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>"
    ))
}

/// Discs, faint, so that many of them show where much is told.
pub(super) fn regions() -> String {
    let options = [
        ("color", "42,109,179,26"),
        ("outline_color", "42,109,179,160"),
        ("outline_style", "dash"),
        ("outline_width", "0.26"),
        ("style", "solid"),
    ];
    single(&options)
}

/// Edges of zones, without a filling.
pub(super) fn zones() -> String {
    let options = [
        ("color", "255,255,255,0"),
        ("outline_color", "80,80,80,255"),
        ("outline_style", "solid"),
        ("outline_width", "0.5"),
        ("style", "no"),
    ];
    single(&options)
}

fn single(options: &[(&str, &str)]) -> String {
    let symbol = symbol("fill", 0, "SimpleFill", options);
    style(&format!(
        "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\"><symbols>{symbol}</symbols></renderer-v2>"
    ))
}

/// A symbol in the words of QGIS before 3.26 (`prop`) and since (`Option`).
fn symbol(kind: &str, index: usize, class: &str, options: &[(&str, &str)]) -> String {
    let mut out = format!(
        "<symbol type=\"{kind}\" name=\"{index}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">"
    );
    for (name, value) in options {
        let _ = write!(
            out,
            "<Option type=\"QString\" name=\"{name}\" value=\"{value}\"/>"
        );
    }
    out.push_str("</Option>");
    for (name, value) in options {
        let _ = write!(out, "<prop k=\"{name}\" v=\"{value}\"/>");
    }
    out.push_str("</layer></symbol>");
    out
}

/// The whole style. Mode 2: from the field of the first moment to that of the last.
fn style(renderer: &str) -> String {
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" styleCategories=\"Symbology|Temporal\"><temporal enabled=\"1\" mode=\"2\" startField=\"first_moment\" endField=\"last_moment\" durationField=\"\" durationUnit=\"min\" fixedDuration=\"0\" accumulate=\"0\" limitMode=\"1\" startExpression=\"\" endExpression=\"\"><fixedRange><start></start><end></end></fixedRange></temporal>{renderer}</qgis>\n"
    )
}

/// Shapes that QGIS knows, by class of act.
const SHAPES: [(&str, &str); 8] = [
    ("force", "diamond"),
    ("air", "triangle"),
    ("forces", "square"),
    ("territory", "pentagon"),
    ("civilians", "star"),
    ("humanitarian", "cross_fill"),
    ("monitors", "hexagon"),
    ("process", "circle"),
];

/// Red, green, blue, opacity, by status of the occurrence.
const COLOURS: [(&str, &str); 6] = [
    ("reported", "42,109,179,255"),
    ("corroborated", "24,66,120,255"),
    ("verified", "29,120,75,255"),
    ("contested", "196,98,16,255"),
    ("refuted", "150,150,150,255"),
    ("undetermined", "110,110,110,255"),
];

const GREY: &str = "110,110,110,255";
