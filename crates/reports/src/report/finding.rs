//! Findings beside the words of the term; agreements in force and their deadlines.

use super::incident::sub;
use super::{or_dash, part, reason, section};
use crate::block::{Block, Inline, Table, head, text, written};
use crate::lookup::{Lookup, Quote, weight};
use crate::phrase;
use model::{Agreement, Finding, Incident, Test};

pub(super) fn of_incident(lookup: &Lookup<'_>, incident: &Incident) -> Option<Block> {
    let mut findings = lookup.findings(&incident.id).to_vec();
    if findings.is_empty() {
        return None;
    }
    findings.sort_by_key(|finding| weight(finding.verdict));
    let mut blocks = Vec::new();
    for (index, finding) in findings.into_iter().enumerate() {
        blocks.push(self::finding(lookup, finding, index));
    }
    Some(sub(incident, "findings", "Findings", blocks))
}

fn finding(lookup: &Lookup<'_>, finding: &Finding, index: usize) -> Block {
    let term = lookup.term(finding);
    let mut blocks = vec![Block::Para(match term {
        Some(term) => vec![
            Inline::Text(format!("{}: ", phrase::capital(term.duty.as_str()))),
            Inline::Written(term.words.clone()),
            Inline::Text(" \u{2013} ".into()),
            Inline::Written(term.cites.clone()),
        ],
        None => text("The words of the term are not in the data of this report."),
    })];
    if let Some(term) = term.filter(|term| !term.unsettled.is_empty()) {
        let words = vec![
            Inline::Text("Not settled: ".into()),
            Inline::Written(term.unsettled.clone()),
        ];
        blocks.push(Block::Para(words));
    }
    if !finding.reasons.is_empty() {
        let reasons = finding.reasons.iter().map(|reason| written(reason.clone()));
        blocks.push(Block::Bullets(reasons.collect()));
    }
    blocks.push(tests(finding));
    if !finding.missing.is_empty() {
        blocks.push(missing(finding));
    }
    let claims = finding.tests.iter().flat_map(|test| &test.claims);
    let quotes: Vec<Quote> = lookup.quotes(claims);
    if !quotes.is_empty() {
        let summary = text(format!(
            "Words that the tests used: {}",
            phrase::number(quotes.len(), "quotation", "quotations")
        ));
        blocks.push(Block::Fold {
            summary,
            blocks: quotes.into_iter().map(Block::Quote).collect(),
        });
    }
    let agreement = lookup.agreement(&finding.agreement, &finding.version);
    let name = agreement.map_or_else(
        || finding.agreement.to_string(),
        |agreement| agreement.title.clone(),
    );
    let mut title = vec![
        Inline::Verdict(Some(finding.verdict)),
        Inline::Text(" under term ".into()),
        Inline::Written(finding.term.to_string()),
        Inline::Text(" of ".into()),
        Inline::Written(name),
        Inline::Text(format!(", version {}", finding.version)),
    ];
    if !finding.strength.is_empty() {
        title.push(Inline::Text(format!(" (rests on: {})", finding.strength)));
    }
    Block::Section {
        id: format!("{}-{index}", finding.id),
        level: 5,
        title,
        blocks,
    }
}

fn tests(finding: &Finding) -> Block {
    let row = |test: &Test| {
        let inputs = if test.inputs.is_empty() {
            "\u{2013}".to_owned()
        } else {
            test.inputs.join("; ")
        };
        vec![
            written(test.question.clone()),
            vec![Inline::Strong(test.answer.as_str().to_owned())],
            written(inputs),
            reason(&test.because),
        ]
    };
    Block::Table(Table {
        caption: format!("Tests of {}", finding.id),
        head: head(&["Test", "Answer", "Inputs", "Why"]),
        rows: finding.tests.iter().map(row).collect(),
    })
}

fn missing(finding: &Finding) -> Block {
    let row = |fact: &model::MissingFact| {
        vec![
            written(fact.question.clone()),
            vec![Inline::Verdict(Some(fact.if_yes))],
            vec![Inline::Verdict(Some(fact.if_no))],
            text(fact.test.clone()),
        ]
    };
    Block::Table(Table {
        caption: "Missing facts, and what each would turn the finding into".into(),
        head: head(&["Missing fact", "If yes", "If no", "Test it decides"]),
        rows: finding.missing.iter().map(row).collect(),
    })
}

pub(super) fn agreements(lookup: &Lookup<'_>) -> Option<Block> {
    let mut agreements: Vec<_> = lookup.told.agreements.iter().collect();
    if agreements.is_empty() && lookup.picture.deadlines.is_empty() {
        return None;
    }
    agreements.sort_by_key(|agreement| (&agreement.id, &agreement.version));
    let mut blocks = Vec::new();
    for agreement in agreements {
        blocks.push(self::agreement(agreement));
    }
    if !lookup.picture.deadlines.is_empty() {
        blocks.push(deadlines(lookup));
    }
    Some(section("agreements", "Agreements and deadlines", blocks))
}

fn agreement(agreement: &Agreement) -> Block {
    let mut facts = vec![("Version", written(agreement.version.clone()))];
    for anchor in &agreement.anchors {
        let line = vec![
            Inline::Text(format!("{} ", anchor.date)),
            Inline::Strong(anchor.name.clone()),
            Inline::Text(" \u{2013} ".into()),
            Inline::Written(anchor.source.clone()),
        ];
        facts.push(("Date", line));
    }
    if agreement.until.is_known() {
        facts.push(("Until", text(phrase::when(&agreement.until))));
    }
    facts.push(("Source", or_dash(&agreement.source)));
    let mut blocks = vec![Block::Facts(facts)];
    blocks.extend(parties(agreement));
    blocks.extend(exemptions(agreement));
    blocks.extend(zones(agreement));
    let id = format!(
        "agreement-{}-{}",
        key(agreement.id.as_str()),
        key(&agreement.version)
    );
    part(&id, &agreement.title, blocks)
}

/// Alphabetical, so that the order says nothing.
fn parties(agreement: &Agreement) -> Option<Block> {
    let mut parties: Vec<_> = agreement.parties.iter().collect();
    parties.sort_by_key(|party| (&party.actor, &party.part));
    let row = |party: &&model::Party| {
        vec![
            written(party.actor.to_string()),
            text(party.part.clone()),
            text(party.bound.as_str()),
            or_dash(&party.source),
        ]
    };
    (!parties.is_empty()).then(|| {
        Block::Table(Table {
            caption: "Who has a part, in alphabetical order".into(),
            head: head(&["Actor", "Part", "Bound by the terms", "Where it says so"]),
            rows: parties.iter().map(row).collect(),
        })
    })
}

fn exemptions(agreement: &Agreement) -> Option<Block> {
    let row = |it: &model::Exemption| vec![written(it.words.clone()), or_dash(&it.cites)];
    (!agreement.exemptions.is_empty()).then(|| {
        Block::Table(Table {
            caption: "What the terms do not protect".into(),
            head: head(&["Exemption", "Where it says so"]),
            rows: agreement.exemptions.iter().map(row).collect(),
        })
    })
}

fn zones(agreement: &Agreement) -> Option<Block> {
    let row = |zone: &model::Zone| {
        let mut drawn = Vec::new();
        if !zone.whole_provinces.is_empty() {
            drawn.push(format!("whole of {}", phrase::list(&zone.whole_provinces)));
        }
        if zone
            .shapes
            .iter()
            .any(|shape| !shape.approximate && !shape.partial)
        {
            drawn.push("drawn".to_owned());
        }
        if zone.shapes.iter().any(|shape| shape.approximate) {
            drawn.push("drawn approximately".to_owned());
        }
        if zone.shapes.iter().any(|shape| shape.partial) {
            drawn.push("drawn in part".to_owned());
        }
        let drawn = if drawn.is_empty() {
            "not drawn".to_owned()
        } else {
            drawn.join("; ")
        };
        vec![
            written(zone.name.clone()),
            or_dash(&zone.description),
            text(drawn),
            or_dash(&zone.source),
        ]
    };
    (!agreement.zones.is_empty()).then(|| {
        Block::Table(Table {
            caption: "Zones: the text first, shapes second".into(),
            head: head(&["Zone", "Description", "Shape", "Source"]),
            rows: agreement.zones.iter().map(row).collect(),
        })
    })
}

/// Letters and digits of a name, for an id that can be linked to.
fn key(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect()
}

fn deadlines(lookup: &Lookup<'_>) -> Block {
    let mut all: Vec<_> = lookup.picture.deadlines.iter().collect();
    all.sort_by_key(|it| (&it.agreement, &it.version, &it.due, &it.deadline));
    let row = |status: &&model::DeadlineStatus| {
        let cites = lookup.deadline(status).map_or("", |deadline| &deadline.cites);
        vec![
            written(status.words.clone()),
            written(status.due.clone()),
            vec![Inline::Strong(status.state.clone())],
            or_dash(cites),
            reason(&status.because),
        ]
    };
    Block::Table(Table {
        caption: "Deadlines as they stand".into(),
        head: head(&["What is due", "Due", "State", "Citation", "Why"]),
        rows: all.iter().map(row).collect(),
    })
}
