//! What the daily report says, part by part, in the order of a monitoring mission's daily report:
//! summary, map, coverage, incidents, process, what is in force, sources, what could not be read.

mod coverage;
mod finding;
mod incident;
mod opening;
mod periods;
mod process;
mod sources;
mod track;

use crate::block::{Block, Inline, Line, Report, text};
use crate::lookup::Lookup;
use crate::map::MapOutline;
use crate::{ReportOptions, summary};
use model::{ActorId, Because, IncidentId, Picture};

/// The report on a picture.
pub(crate) fn build(picture: &Picture, outline: &MapOutline, options: &ReportOptions) -> Report {
    let lookup = Lookup::in_use(picture);
    let summary = summary::of(&lookup);
    let mut sections = vec![
        opening::summary(&lookup, &summary),
        opening::map(&lookup, outline),
        coverage::coverage(&lookup, &summary),
        incident::overview(&lookup, &summary),
    ];
    sections.extend(periods::zones(&lookup));
    sections.extend(incident::archived(&lookup));
    sections.extend(incident::details(&lookup));
    sections.extend(process::contradictions(&lookup));
    sections.extend(process::talks(&lookup));
    sections.extend(process::complaints(&lookup));
    sections.extend(process::control(&lookup));
    sections.extend(process::movements(&lookup));
    sections.extend(track::measures(&lookup));
    sections.extend(finding::agreements(&lookup));
    sections.push(sources::documents(&lookup));
    sections.push(sources::notes(&lookup));
    Report {
        title: title(options),
        as_of: until(picture),
        standfirst: standfirst(picture),
        watermark: picture.watermark.clone(),
        sections,
        footer: footer(options),
    }
}

fn title(options: &ReportOptions) -> String {
    if options.title.is_empty() {
        "Ceasefire monitoring report".to_owned()
    } else {
        options.title.clone()
    }
}

fn until(picture: &Picture) -> String {
    let day = picture.as_of.map(|day| day.to_string());
    day.unwrap_or_else(|| "a day that was not given".to_owned())
}

fn standfirst(picture: &Picture) -> Vec<Line> {
    let until = until(picture);
    let mut lines = vec![text(format!(
        "Based on pages captured up to {until}. Times as written on the pages."
    ))];
    if let Some((from, to)) = picture.period {
        lines.push(text(format!("Period: {from} to {to}, both days included.")));
    }
    lines
}

fn footer(options: &ReportOptions) -> Vec<Line> {
    let mut lines = vec![
        vec![
            Inline::Strong("What this report can show. ".to_owned()),
            Inline::Text(
                "Each statement rests on quoted words of pages; bytes count from the start of the raw page. \
                 The log proves when a page was captured and that it did not change, not that its content is true. \
                 Findings are proposals by rule: only a person\u{2019}s ruling makes an element verified, \
                 and only signatures make a finding agreed."
                    .to_owned(),
            ),
        ],
        text(
            "Labels of persons, groups and places are as written on the pages; keys in square brackets are \
             neutral keys from the data. Numbers of different scope or unit are never added. \
             Corroboration counts origins, not pages.",
        ),
    ];
    lines.extend(
        options
            .footer
            .iter()
            .map(|line| vec![Inline::Written(line.clone())]),
    );
    lines
}

fn section(id: &str, title: &str, blocks: Vec<Block>) -> Block {
    Block::Section {
        id: id.to_owned(),
        level: 2,
        title: text(title),
        blocks,
    }
}

fn part(id: &str, title: &str, blocks: Vec<Block>) -> Block {
    Block::Section {
        id: id.to_owned(),
        level: 3,
        title: text(title),
        blocks,
    }
}

/// A link to an incident by its number in the report; its id when the picture does not hold it.
fn to_incident(lookup: &Lookup<'_>, id: &IncidentId) -> Inline {
    match lookup.incidents.iter().position(|incident| incident.id == *id) {
        Some(index) => Inline::Link {
            to: id.to_string(),
            words: format!("{}", index + 1),
        },
        None => Inline::Code(id.to_string()),
    }
}

/// Footnote links " (see 1, 2)" behind a figure.
fn footnotes<'b>(lookup: &Lookup<'_>, ids: impl IntoIterator<Item = &'b IncidentId>) -> Line {
    /// More would drown the figure; the table of incidents has them all.
    const LINKS_MAX: usize = 12;
    let mut ids = ids.into_iter();
    let mut line: Line = Vec::new();
    for id in ids.by_ref().take(LINKS_MAX) {
        line.push(Inline::Text(
            if line.is_empty() { " (see " } else { ", " }.to_owned(),
        ));
        line.push(to_incident(lookup, id));
    }
    let more = ids.count();
    if more > 0 {
        line.push(Inline::Text(format!(" and {more} more in the table below")));
    }
    if !line.is_empty() {
        line.push(Inline::Text(")".to_owned()));
    }
    line
}

/// Every reason, each with the rule and the data entry behind it.
fn reasons<'b>(because: impl IntoIterator<Item = &'b Because>) -> Vec<Line> {
    because.into_iter().map(reason).collect()
}

fn reason(because: &Because) -> Line {
    let mut line = vec![Inline::Written(because.words.clone()), Inline::Text(" ".into())];
    line.push(Inline::Code(because.rule.clone()));
    if !because.entry.is_empty() {
        line.push(Inline::Text(" ".into()));
        line.push(Inline::Code(because.entry.clone()));
    }
    line
}

/// Words of a page, or a dash where there are none.
fn or_dash(words: &str) -> Line {
    if words.is_empty() {
        text("\u{2013}")
    } else {
        vec![Inline::Written(words.to_owned())]
    }
}

/// A document by name.
fn page(lookup: &Lookup<'_>, id: &model::DocumentId) -> Inline {
    Inline::Code(lookup.name(id))
}

/// What groups mentions of one holder: the actor when it is resolved, the label otherwise.
fn holder(mention: &model::ActorMention) -> (String, String) {
    let label = mention.label.to_lowercase();
    let key = mention
        .actor
        .resolved()
        .map_or(label, |actor: &ActorId| actor.to_string());
    (key, crate::phrase::mention(mention))
}
