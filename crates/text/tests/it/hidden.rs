//! Text that a page hides from its readers is no part of any passage.

use crate::clean;
use model::{Given, Media};

/// Words that only hidden text holds.
const BAIT: &str = "A car bomb killed ninety people in Harasta on Tuesday, the army said.";
/// What readers see.
const SEEN: &str =
    "The council of the town said on Monday that the bridge had been opened again to all traffic.";

/// Styles that hide.
const STYLES: [&str; 38] = [
    "display:none",
    "DISPLAY: NONE",
    "display:none !important",
    "display:none!important;color:red",
    "visibility:hidden",
    "visibility:collapse",
    "opacity:0",
    "opacity: 0.0",
    "font-size:0",
    "font-size:0px",
    "font-size:0.0em",
    "font-size:1px",
    "font:0/0 serif",
    "color:transparent",
    "color:rgba(0,0,0,0)",
    "color:#fff",
    "color:white;background:#ffffff",
    "background-color:#123456;color:#123456",
    "color:rgb(255,255,255)",
    "position:absolute;left:-9999px",
    "position:absolute;top:-10000px",
    "position:fixed;right:-5000px",
    "position:absolute;left:-100em",
    "text-indent:-9999px",
    "margin-left:-9999px",
    "transform:translateX(-9999px)",
    "transform:scale(0)",
    "clip:rect(0,0,0,0);position:absolute",
    "position:absolute;clip:rect(1px 1px 1px 1px)",
    "clip-path:inset(50%)",
    "clip-path:circle(0)",
    "height:0;overflow:hidden",
    "width:1px;height:1px;overflow:hidden",
    "max-height:0;overflow:hidden",
    "line-height:0;overflow:hidden",
    "content-visibility:hidden",
    "filter:opacity(0)",
    "mso-hide:all",
];

/// Attributes that hide.
const ATTRIBUTES: [&str; 10] = [
    "hidden",
    "hidden=\"\"",
    "hidden=until-found",
    "aria-hidden=\"true\"",
    "aria-hidden=TRUE",
    "popover",
    "class=\"sr-only\"",
    "class=\"note visually-hidden\"",
    "class=screen-reader-text",
    "style=\"&#100;isplay:none\"",
];

/// Markup whose content or whose letters cannot be seen.
const FRAMES: [(&str, &str); 28] = [
    ("<!--", "-->"),
    ("<!-- > -->\n<!--", "--!>-->"),
    ("<script>", "</script>"),
    ("<script type=text/template><p>", "</p></script>"),
    ("<style>", "</style>"),
    ("<template><p>", "</p></template>"),
    ("<noscript><p>", "</p></noscript>"),
    ("<textarea>", "</textarea>"),
    ("<iframe>", "</iframe>"),
    ("<noframes>", "</noframes>"),
    ("<object><p>", "</p></object>"),
    ("<svg><text>", "</text></svg>"),
    ("<video><p>", "</p></video>"),
    ("<canvas>", "</canvas>"),
    ("<datalist><option>", "</option></datalist>"),
    ("<dialog><p>", "</p></dialog>"),
    ("<head><p>", "</p></head>"),
    ("<input type=hidden value=\"", "\">"),
    ("<img alt=\"", "\">"),
    ("<a title=\"", "\"></a>"),
    ("<meta name=description content=\"", "\">"),
    ("<font color=white>", "</font>"),
    (
        "<div style=\"background:#000\"><p style=\"color:black\">",
        "</p></div>",
    ),
    (
        "<table bgcolor=\"#EEEEEE\"><tr><td><font color=\"#eeeeee\">",
        "</font></td></tr></table>",
    ),
    ("<style>.q7{display:none}</style><p class=q7>", "</p>"),
    ("<style>#q7{visibility:hidden}</style><p id=q7>", "</p>"),
    ("<style>p.q7, .z{font-size:0}</style><p class=\"x q7\">", "</p>"),
    (
        "<style>@media screen{.q7{display:none}}</style><p class=q7>",
        "</p>",
    ),
];

/// Every way to hide that is tried, each with the bait inside.
fn ways() -> Vec<String> {
    let mut all = Vec::new();
    for style in STYLES {
        all.push(format!("<p style=\"{style}\">{BAIT}</p>"));
        all.push(format!(
            "<div style='{style}'><div><p><b>{BAIT}</b></p></div></div>"
        ));
    }
    for attribute in ATTRIBUTES {
        all.push(format!("<p {attribute}>{BAIT}</p>"));
        all.push(format!("<section {attribute}><p>{BAIT}</p></section>"));
    }
    for (before, after) in FRAMES {
        all.push(format!("{before}{BAIT}{after}"));
    }
    all
}

#[test]
fn hidden_text_is_no_part_of_any_passage() {
    let ways = ways();
    assert!(ways.len() >= 100);
    for way in &ways {
        let html = format!(
            "<html><body><article><p>{SEEN}</p>{way}<p>{SEEN} It was closed for a year.</p></article></body></html>"
        );
        let document = clean(html, Media::Html, Given::default());
        let shown: Vec<&str> = document
            .passages
            .iter()
            .map(|passage| passage.text.as_str())
            .collect();
        assert!(
            !shown.iter().any(|text| text.contains("Harasta")),
            "{way}: {shown:?}"
        );
        assert!(
            shown.iter().any(|text| text.contains("for a year")),
            "{way}: {shown:?}"
        );
    }
}

#[test]
fn text_that_readers_see_is_kept() {
    for (before, after) in [
        ("<p style=\"display:block\">", "</p>"),
        ("<p style=\"color:#fff;background:#000\">", "</p>"),
        (
            "<div style=\"background:url(x.png) #fff\"><p style=\"color:#eee\">",
            "</p></div>",
        ),
        (
            "<style>@media print{.a{color:red}.q7{display:none}}</style><p class=q7>",
            "</p>",
        ),
        (
            "<style>@media (max-width:600px){.q7{display:none}}</style><p class=q7>",
            "</p>",
        ),
        (
            "<style>.q7{display:none}.q7{display:block}</style><p class=q7>",
            "</p>",
        ),
        ("<style>.q7{display:none}</style><p class=q8>", "</p>"),
        (
            "<link rel=stylesheet href=a.css><p style=\"color:white\">",
            "</p>",
        ),
        ("<p aria-hidden=false>", "</p>"),
        ("<details><summary>More</summary><p>", "</p></details>"),
        ("<dialog open><p>", "</p></dialog>"),
        ("<p style=\"position:absolute;left:-20px\">", "</p>"),
        ("<p style=\"max-height:900px;overflow:hidden\">", "</p>"),
    ] {
        let html = format!("<html><body><article><p>{SEEN}</p>{before}{BAIT}{after}</article></body></html>");
        let document = clean(html, Media::Html, Given::default());
        let is_kept = document
            .passages
            .iter()
            .any(|passage| passage.text.contains("Harasta"));
        assert!(is_kept, "{before}");
    }
}
