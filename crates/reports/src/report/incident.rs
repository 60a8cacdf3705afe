//! Incidents: a table of all, then each with its elements, tolls, origins, quotes and findings.

use super::{finding, opening, or_dash, page, reasons, section};
use crate::block::{Block, Inline, Line, Table, head, text, written};
use crate::lookup::Lookup;
use crate::phrase;
use crate::summary::Summary;
use model::{Decision, Incident, Origin, Status, Ternary, Toll};

pub(super) fn overview(lookup: &Lookup<'_>, summary: &Summary) -> Block {
    let (background, news): (Vec<&Incident>, Vec<&Incident>) = lookup
        .incidents
        .iter()
        .copied()
        .partition(|incident| incident.background);
    let mut blocks = Vec::new();
    if news.is_empty() {
        blocks.push(Block::Banner(text(format!(
            "0 incidents reported as news. {}",
            summary.coverage
        ))));
    } else {
        blocks.push(table(lookup, "Incidents reported as news, by day", &news));
    }
    if !background.is_empty() {
        blocks.push(table(
            lookup,
            "Incidents recalled as background, by day",
            &background,
        ));
    }
    section("incidents", "Incidents", blocks)
}

/// What rulings archived: a line for each, with the reason, so that nobody takes what is left out for what never was.
pub(super) fn archived(lookup: &Lookup<'_>) -> Option<Block> {
    if lookup.archived.is_empty() {
        return None;
    }
    let row = |incident: &&Incident| {
        let why = incident.because.iter().filter(|reason| {
            let by = lookup
                .picture
                .ruled
                .iter()
                .find(|ruled| ruled.ruling.id.as_str() == reason.entry);
            by.is_some_and(|ruled| matches!(ruled.ruling.decision, Decision::Archive { .. }))
        });
        let why: Vec<&str> = why.map(|reason| reason.words.as_str()).collect();
        vec![
            text(phrase::when(&incident.when)),
            text(phrase::act(&incident.act.id)),
            written(phrase::location(incident.location.as_ref())),
            written(why.join("; ")),
            vec![Inline::Code(incident.id.to_string())],
        ]
    };
    let table = Table {
        caption: format!(
            "Archived: {}",
            phrase::number(lookup.archived.len(), "incident", "incidents")
        ),
        head: head(&["When", "Act", "Where", "Why it is left out", "Id"]),
        rows: lookup.archived.iter().map(row).collect(),
    };
    let words = "A ruling left these out of the counts, tables and maps of this report. They, their words and their \
                 findings are kept in the record, and the ruling can be taken back. What is archived is not quiet: the \
                 strips of coverage go on counting it as told.";
    Some(section(
        "archived",
        "Archived",
        vec![Block::Para(text(words)), Block::Table(table)],
    ))
}

fn table(lookup: &Lookup<'_>, caption: &str, incidents: &[&Incident]) -> Block {
    let row = |incident: &&Incident| {
        let tolls: Vec<_> = incident
            .tolls
            .iter()
            .map(|toll| phrase::tally(toll.range, toll.metric))
            .collect();
        let tolls = if tolls.is_empty() {
            "no number given".to_owned()
        } else {
            tolls.join("; ")
        };
        vec![
            opening::numbered(lookup, incident),
            text(phrase::when(&incident.when)),
            text(phrase::act(&incident.act.id)),
            written(phrase::location(incident.location.as_ref())),
            text(tolls),
            author(incident),
            text(sources(incident)),
            vec![Inline::Verdict(lookup.verdict(&incident.id))],
        ]
    };
    Block::Table(Table {
        caption: format!(
            "{caption}: {}",
            phrase::number(incidents.len(), "incident", "incidents")
        ),
        head: head(&[
            "No.",
            "When",
            "Act",
            "Where",
            "Toll, as reported",
            "Author, as alleged",
            "Sources",
            "Finding",
        ]),
        rows: incidents.iter().map(row).collect(),
    })
}

fn author(incident: &Incident) -> Line {
    match incident.attributions.as_slice() {
        [] => text("not told"),
        [one] => written(phrase::attribution(one)),
        [first, rest @ ..] => {
            let more = format!("; {} more", phrase::number(rest.len(), "account", "accounts"));
            vec![Inline::Written(phrase::attribution(first)), Inline::Text(more)]
        }
    }
}

/// "12 pages, 3 origins, 2 independent of the parties".
fn sources(incident: &Incident) -> String {
    format!(
        "{}, {}, {} independent of the parties",
        phrase::number(incident.documents.len(), "page", "pages"),
        phrase::number(incident.origins.len(), "origin", "origins"),
        incident.independent_origins()
    )
}

pub(super) fn details(lookup: &Lookup<'_>) -> Option<Block> {
    if lookup.incidents.is_empty() {
        return None;
    }
    let all = lookup
        .incidents
        .iter()
        .enumerate()
        .map(|(index, incident)| detail(lookup, index + 1, incident));
    Some(section("details", "Each incident in detail", all.collect()))
}

fn detail(lookup: &Lookup<'_>, number: usize, incident: &Incident) -> Block {
    let mut blocks = vec![Block::Facts(facts(incident)), elements(incident)];
    if !incident.tolls.is_empty() {
        blocks.push(tolls(lookup, incident));
    }
    blocks.push(origins(lookup, incident));
    let quotes = lookup.quotes(&incident.claims);
    if !quotes.is_empty() {
        let words = phrase::number(quotes.len(), "quotation", "quotations");
        let mut quoted = quotes.into_iter().map(Block::Quote);
        let shown: Vec<_> = quoted.by_ref().take(QUOTES_OPEN).collect();
        let mut quotations = shown;
        let folded: Vec<_> = quoted.collect();
        if !folded.is_empty() {
            let summary = text(format!(
                "{} more",
                phrase::number(folded.len(), "quotation", "quotations")
            ));
            quotations.push(Block::Fold {
                summary,
                blocks: folded,
            });
        }
        blocks.push(sub(
            incident,
            "words",
            &format!("Words it rests on: {words}"),
            quotations,
        ));
    }
    blocks.extend(finding::of_incident(lookup, incident));
    if !incident.because.is_empty() {
        let why = Block::Bullets(reasons(&incident.because));
        blocks.push(Block::Fold {
            summary: text("Why these accounts are one incident"),
            blocks: vec![why],
        });
    }
    Block::Section {
        id: incident.id.to_string(),
        level: 3,
        title: vec![
            Inline::Text(format!("{number}. ")),
            Inline::Written(phrase::incident(incident)),
        ],
        blocks,
    }
}

/// Quotations that are open in the report; more are folded.
const QUOTES_OPEN: usize = 4;

/// A part of one incident, with an id of its own.
pub(super) fn sub(incident: &Incident, key: &str, title: &str, blocks: Vec<Block>) -> Block {
    Block::Section {
        id: format!("{}-{key}", incident.id),
        level: 4,
        title: text(title),
        blocks,
    }
}

fn facts(incident: &Incident) -> Vec<(&'static str, Line)> {
    let mut facts = vec![
        (
            "What",
            text(format!(
                "{} ({})",
                phrase::act(&incident.act.id),
                incident.act.class.as_str()
            )),
        ),
        ("When", when(incident)),
        ("Where", written(phrase::location(incident.location.as_ref()))),
    ];
    if !incident.weapon.is_empty() {
        facts.push(("Means", written(incident.weapon.clone())));
    }
    if incident.attributions.is_empty() {
        facts.push(("Author", text("not told")));
    }
    for attribution in &incident.attributions {
        facts.push(("Author", written(phrase::attribution(attribution))));
    }
    if !incident.targets.is_empty() {
        let targets: Vec<_> = incident.targets.iter().map(phrase::mention).collect();
        facts.push(("Against", written(phrase::list(&targets))));
    }
    for zone in incident.location.iter().flat_map(|location| &location.zones) {
        let distance = match zone.distance {
            Some(distance) if distance.0 < 0.0 => {
                format!(", {} inside its edge", phrase::kilometres(-distance.0))
            }
            Some(distance) => format!(", {} outside its edge", phrase::kilometres(distance.0)),
            None => String::new(),
        };
        let inside = match zone.inside {
            Ternary::Yes => "inside",
            Ternary::No => "outside",
            Ternary::Undetermined => "inside or outside: undetermined",
        };
        let words = format!(": {inside}{distance}");
        facts.push((
            "Zone",
            vec![Inline::Written(zone.name.clone()), Inline::Text(words)],
        ));
    }
    facts.push(("Sources", text(sources(incident))));
    let mut kind = Vec::new();
    if incident.background {
        kind.push("recalled as background");
    }
    if incident.series {
        kind.push("a series of acts, not one");
    }
    if !kind.is_empty() {
        facts.push(("Kind", text(kind.join("; "))));
    }
    facts.push(("Id", vec![Inline::Code(incident.id.to_string())]));
    facts
}

/// The time in words and, where it says more, as EDTF.
fn when(incident: &Incident) -> Line {
    let (words, edtf) = (phrase::when(&incident.when), incident.when.to_string());
    if words == edtf || !incident.when.is_known() {
        return text(words);
    }
    vec![Inline::Text(format!("{words} ")), Inline::Code(edtf)]
}

fn elements(incident: &Incident) -> Block {
    let status = &incident.status;
    let rows = [
        ("that it happened", status.occurrence),
        ("where", status.place),
        ("when", status.time),
        ("by what means", status.means),
        ("how many", status.toll),
        ("who", status.author),
    ];
    let row = |(element, status): &(&str, Status)| {
        vec![
            text(*element),
            vec![Inline::Strong(status.as_str().to_owned())],
            text(meaning(*status)),
        ]
    };
    Block::Table(Table {
        caption: "How well each element is established".into(),
        head: head(&["Element", "Status", "Meaning"]),
        rows: rows.iter().map(row).collect(),
    })
}

fn meaning(status: Status) -> &'static str {
    match status {
        Status::Reported => "one origin says so",
        Status::Corroborated => "two or more independent origins agree",
        Status::Contested => "independent accounts conflict",
        Status::Refuted => "ruled false by a person",
        Status::Undetermined => "nobody says, or what is said does not decide",
        Status::Verified => "ruled so by a person",
    }
}

fn tolls(lookup: &Lookup<'_>, incident: &Incident) -> Block {
    let mut blocks = Vec::new();
    for toll in &incident.tolls {
        let metric = toll.metric;
        blocks.push(Block::Para(vec![
            Inline::Strong(phrase::tally(toll.range, metric)),
            Inline::Text(format!(
                ", as reported; on the account preferred: {} ({}).",
                toll.best, toll.because.words
            )),
        ]));
        blocks.push(accounts(lookup, toll));
    }
    sub(incident, "toll", "Toll, accounts side by side", blocks)
}

fn accounts(lookup: &Lookup<'_>, toll: &Toll) -> Block {
    let row = |(by, count, claim): &(String, model::Count, model::ClaimId)| {
        let located = lookup.claim(claim);
        let mut figures = located.iter().flat_map(|located| &located.claim.figures);
        let figure = figures.find(|figure| figure.metric == toll.metric && figure.count == *count);
        let words = figure.map_or("", |figure| &figure.quote);
        let unit = figure.map_or("", |figure| &figure.unit);
        let bound = figure.map_or("", |figure| &figure.bound);
        let from = located.map_or_else(
            || text("\u{2013}"),
            |located| vec![page(lookup, &located.claim.document)],
        );
        vec![
            or_dash(by),
            text(count.to_string()),
            or_dash(bound),
            or_dash(unit),
            or_dash(words),
            from,
        ]
    };
    Block::Table(Table {
        caption: format!("Accounts of {}", toll.metric.as_str()),
        head: head(&[
            "On the word of",
            "Number",
            "Bound, as written",
            "Unit, as written",
            "Words",
            "Page",
        ]),
        rows: toll.accounts.iter().map(row).collect(),
    })
}

fn origins(lookup: &Lookup<'_>, incident: &Incident) -> Block {
    if incident.origins.is_empty() {
        let words = format!("{}. No origin was traced.", sources(incident));
        return sub(
            incident,
            "origins",
            "Pages and origins",
            vec![Block::Para(text(words))],
        );
    }
    let mut blocks = Vec::new();
    let row = |origin: &Origin| {
        let mut pages: Line = Vec::new();
        for document in &origin.documents {
            if !pages.is_empty() {
                pages.push(Inline::Text("; ".into()));
            }
            pages.push(page(lookup, document));
        }
        let why: Vec<_> = origin
            .because
            .iter()
            .map(|because| because.words.clone())
            .collect();
        vec![
            written(origin.label.clone()),
            text(origin.independent.as_str()),
            pages,
            or_dash(&why.join("; ")),
        ]
    };
    blocks.push(Block::Table(Table {
        caption: sources(incident),
        head: head(&[
            "Origin",
            "Independent of the parties",
            "Pages that rest on it",
            "Why",
        ]),
        rows: incident.origins.iter().map(row).collect(),
    }));
    let mut links: Vec<Line> = Vec::new();
    for link in incident.origins.iter().flat_map(|origin| &origin.links) {
        let words = format!(" {} ({:.0} %): ", link.kind.as_str(), link.score * 100.0);
        links.push(vec![
            page(lookup, &link.a),
            Inline::Text(" and ".into()),
            page(lookup, &link.b),
            Inline::Text(words),
            Inline::Written(link.because.words.clone()),
        ]);
    }
    if !links.is_empty() {
        let count = phrase::number(links.len(), "link", "links");
        let summary = text(format!("Why these pages are not independent: {count}"));
        blocks.push(Block::Fold {
            summary,
            blocks: vec![Block::Bullets(links)],
        });
    }
    sub(incident, "origins", "Pages and origins", blocks)
}
