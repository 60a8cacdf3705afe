//! The first page: summary with figures that lead to their incidents, map.

use super::{footnotes, section, to_incident};
use crate::block::{Block, Inline, Line, MapFigure, text};
use crate::lookup::Lookup;
use crate::map::{self, MapOutline};
use crate::phrase;
use crate::summary::{Summary, incident_words, progress_words, toll_words};

pub(super) fn summary(lookup: &Lookup<'_>, summary: &Summary) -> Block {
    let mut bullets = Vec::new();
    let mut incidents = vec![Inline::Strong(incident_words(summary))];
    incidents.extend(footnotes(lookup, &summary.new));
    incidents.push(Inline::Text(format!(". Coverage: {}", summary.coverage)));
    bullets.push(incidents);
    for line in &summary.tolls {
        let mut words = vec![Inline::Written(toll_words(line))];
        words.extend(footnotes(lookup, &line.incidents));
        words.push(Inline::Text(
            ". The range holds every account; series are left out.".into(),
        ));
        bullets.push(words);
    }
    for line in &summary.findings {
        bullets.push(finding_line(lookup, line));
    }
    if summary.findings.is_empty() && !(summary.new.is_empty() && summary.background.is_empty()) {
        bullets.push(text("No incident was judged: no agreement was applied."));
    }
    let complaints = phrase::number(summary.complaints, "complaint", "complaints");
    bullets.push(text(format!(
        "{complaints} without an incident that could be judged, kept as allegations."
    )));
    for (name, when, progress) in &summary.rounds {
        let words = format!(": {}, {}", progress.as_str(), phrase::when(when));
        bullets.push(vec![Inline::Written(name.clone()), Inline::Text(words)]);
    }
    let meetings = phrase::number(summary.meetings, "meeting or call", "meetings and calls");
    let positions = phrase::number(summary.positions, "position", "positions");
    bullets.push(text(format!("{meetings} and {positions} on proposals reported.")));
    let deliveries = progress_words(&summary.deliveries);
    let returns = progress_words(&summary.returns);
    bullets.push(text(format!(
        "Deliveries of aid: {deliveries}. Returns, evacuations and releases: {returns}."
    )));
    bullets.push(text(format!(
        "Pages: {} read, {} could not be read, {} without a date.",
        summary.pages, summary.lost, summary.undated
    )));
    section("summary", "Summary", vec![Block::Bullets(bullets)])
}

fn finding_line(lookup: &Lookup<'_>, line: &crate::summary::FindingLine) -> Line {
    let mut words = vec![
        Inline::Strong("Findings under ".into()),
        Inline::Written(line.agreement.clone()),
        Inline::Text(", version ".into()),
        Inline::Written(line.version.clone()),
        Inline::Text(" (one incident under one term each): ".into()),
    ];
    for (index, (verdict, count, incidents)) in line.verdicts.iter().enumerate() {
        words.push(Inline::Text(format!(
            "{}{count} ",
            if index > 0 { "; " } else { "" }
        )));
        words.push(Inline::Verdict(Some(*verdict)));
        words.extend(footnotes(lookup, incidents));
    }
    words.push(Inline::Text(".".into()));
    words
}

pub(super) fn map(lookup: &Lookup<'_>, outline: &MapOutline) -> Block {
    let (svg, shown) = map::svg(lookup, outline);
    let mut figure = MapFigure {
        caption: format!(
            "All {} of this report, new and background; the list holds the same incidents as the map. \
             Zones are drawn as data describes them, not as a claim about who holds what.",
            phrase::number(lookup.incidents.len(), "incident", "incidents")
        ),
        svg,
        shown: Vec::new(),
        not_shown: Vec::new(),
    };
    for (index, incident) in lookup.incidents.iter().enumerate() {
        let mut line = vec![
            Inline::Link {
                to: incident.id.to_string(),
                words: phrase::incident(incident),
            },
            Inline::Text(" ".into()),
            Inline::Verdict(lookup.verdict(&incident.id)),
        ];
        if incident.background {
            line.push(Inline::Text(" (background)".into()));
        }
        if shown.get(index) == Some(&true) {
            figure.shown.push((index + 1, line));
        } else {
            line.push(Inline::Text(format!(
                " \u{2013} {}",
                map::not_shown_reason(incident)
            )));
            figure.not_shown.push((index + 1, line));
        }
    }
    section("map", "Map", vec![Block::Map(figure)])
}

/// The number of an incident in the report, as a link.
pub(super) fn numbered(lookup: &Lookup<'_>, incident: &model::Incident) -> Line {
    vec![to_incident(lookup, &incident.id)]
}
