//! Plain tables: with borders and wrapped cells on a terminal, tab-separated in a pipe.

use crate::lookup::Lookup;
use crate::plain::{clip, visible};
use crate::{phrase, summary};
use comfy_table::{ContentArrangement, Table, presets};
use model::{Edtf, Incident, Movement, TrackId, Verdict};

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Incidents, by day.
    Incidents,
    /// Findings, by incident and term.
    Findings,
    /// Claims, by page and place on it.
    Claims,
    /// Positions on proposals.
    Positions,
    /// Rounds, meetings and calls.
    Meetings,
    /// Deliveries, returns, evacuations, releases.
    Movements,
    /// Changes of control.
    Control,
    /// Complaints.
    Complaints,
    /// Accounts that disagree.
    Contradictions,
    /// Deadlines.
    Deadlines,
    /// Pages.
    Documents,
    /// What could not be read.
    Notes,
}

/// Where a table goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// A terminal of this many columns: borders, wrapped cells.
    Terminal(u16),
    /// A pipe: a head row and one line a row, cells between tabs, nothing cut.
    Pipe,
}

/// Characters of a cell on a terminal; a pipe gets them all.
const CELL_MAX: usize = 160;

/// The whole table.
pub(crate) fn write(lookup: &Lookup<'_>, kind: TableKind, screen: Screen) -> String {
    let (head, rows) = match kind {
        TableKind::Incidents => incidents(lookup),
        TableKind::Findings => findings(lookup),
        TableKind::Claims => claims(lookup),
        TableKind::Positions => positions(lookup),
        TableKind::Meetings => meetings(lookup),
        TableKind::Movements => movements(lookup),
        TableKind::Control => control(lookup),
        TableKind::Complaints => complaints(lookup),
        TableKind::Contradictions => contradictions(lookup),
        TableKind::Deadlines => deadlines(lookup),
        TableKind::Documents => documents(lookup),
        TableKind::Notes => notes(lookup),
    };
    match screen {
        Screen::Pipe => {
            let mut out = format!("{}\n", head.join("\t"));
            for row in rows {
                let cells: Vec<_> = row.iter().map(|cell| visible(cell)).collect();
                out.push_str(&format!("{}\n", cells.join("\t")));
            }
            out
        }
        Screen::Terminal(width) => {
            let mut table = Table::new();
            table.load_style(presets::UTF8_HORIZONTAL_ONLY);
            table
                .set_content_arrangement(ContentArrangement::Dynamic)
                .set_width(width.max(WIDTH_MIN));
            table.set_header(head);
            for row in rows {
                table.add_row(row.iter().map(|cell| clip(&visible(cell), CELL_MAX)));
            }
            format!("{table}\n")
        }
    }
}

/// A narrower terminal gets lines that it has to wrap itself.
const WIDTH_MIN: u16 = 60;

/// Head row, and rows of as many cells.
type Cells = (Vec<&'static str>, Vec<Vec<String>>);

fn incidents(lookup: &Lookup<'_>) -> Cells {
    let row = |(index, incident): (usize, &&Incident)| {
        let tolls: Vec<_> = incident
            .tolls
            .iter()
            .map(|toll| phrase::tally(toll.range, toll.metric))
            .collect();
        let authors: Vec<_> = incident.attributions.iter().map(phrase::attribution).collect();
        vec![
            (index + 1).to_string(),
            phrase::when(&incident.when),
            phrase::act(&incident.act.id),
            incident
                .location
                .as_ref()
                .map_or_else(|| "not told".to_owned(), |it| phrase::place(&it.mention)),
            if tolls.is_empty() {
                "no number given".to_owned()
            } else {
                tolls.join("; ")
            },
            if authors.is_empty() {
                "not told".to_owned()
            } else {
                authors.join("; ")
            },
            format!(
                "{}/{}/{}",
                incident.documents.len(),
                incident.origins.len(),
                incident.independent_origins()
            ),
            lookup
                .verdict(&incident.id)
                .map_or("not judged", Verdict::as_str)
                .to_owned(),
            if incident.background {
                "background".to_owned()
            } else {
                "news".to_owned()
            },
            incident.id.to_string(),
        ]
    };
    let head = vec![
        "no",
        "when",
        "act",
        "where",
        "toll, as reported",
        "author, as alleged",
        "pages/origins/independent",
        "finding",
        "told as",
        "id",
    ];
    (head, lookup.incidents.iter().enumerate().map(row).collect())
}

fn findings(lookup: &Lookup<'_>) -> Cells {
    let row = |finding: &model::Finding| {
        let missing: Vec<_> = finding.missing.iter().map(|fact| fact.question.clone()).collect();
        vec![
            finding.incident.to_string(),
            format!("{} {}", finding.agreement, finding.version),
            finding.term.to_string(),
            finding.verdict.as_str().to_owned(),
            finding.reasons.join("; "),
            missing.join("; "),
            finding.strength.clone(),
            finding.id.to_string(),
        ]
    };
    let head = vec![
        "incident",
        "agreement",
        "term",
        "verdict",
        "reasons",
        "missing facts",
        "rests on",
        "id",
    ];
    (head, lookup.findings_in_order().into_iter().map(row).collect())
}

fn claims(lookup: &Lookup<'_>) -> Cells {
    let row = |located: &&model::LocatedClaim| {
        let claim = &located.claim;
        let place = located
            .event_location()
            .map(|it| phrase::place(&it.mention))
            .unwrap_or_default();
        vec![
            lookup.name(&claim.document),
            format!("{}-{}", claim.span.start, claim.span.end),
            phrase::act(&claim.act.id),
            phrase::said_by(claim),
            phrase::when(&claim.when.edtf),
            place,
            claim.quote.clone(),
            claim.id.to_string(),
        ]
    };
    let head = vec![
        "page",
        "bytes",
        "act",
        "on the word of",
        "when",
        "where",
        "words",
        "id",
    ];
    (head, lookup.claims.iter().map(row).collect())
}

/// Rows by first day, last day and id; days that nobody knows come last.
fn by_day(mut dated: Vec<(&Edtf, &TrackId, Vec<String>)>) -> Vec<Vec<String>> {
    dated.sort_by_key(|(when, id, _)| (when.earliest().is_none(), when.earliest(), when.latest(), *id));
    dated.into_iter().map(|(_, _, row)| row).collect()
}

fn positions(lookup: &Lookup<'_>) -> Cells {
    let row = |it: &model::Position| {
        vec![
            phrase::mention(&it.holder),
            it.proposal.to_string(),
            it.stance.as_str().to_owned(),
            it.reservation.clone(),
            phrase::when(&it.when),
            it.by.clone(),
            it.id.to_string(),
        ]
    };
    let rows = lookup
        .picture
        .tracks
        .positions
        .iter()
        .map(|it| (&it.when, &it.id, row(it)));
    let head = vec![
        "holder",
        "proposal",
        "stance",
        "reservation",
        "since",
        "on the word of",
        "id",
    ];
    (head, by_day(rows.collect()))
}

fn meetings(lookup: &Lookup<'_>) -> Cells {
    let tracks = &lookup.picture.tracks;
    let list = |names: Vec<String>| phrase::list(&names);
    let mut rows = Vec::new();
    for it in &tracks.rounds {
        let who = list(
            it.participants
                .iter()
                .map(|(who, _)| phrase::mention(who))
                .collect(),
        );
        let row = vec![
            summary::round_name(it),
            it.progress.as_str().into(),
            phrase::when(&it.when),
            it.place.clone(),
            who,
            it.id.to_string(),
        ];
        rows.push((&it.when, &it.id, row));
    }
    for it in &tracks.meetings {
        let who = list(it.participants.iter().map(phrase::mention).collect());
        let row = vec![
            it.form.clone(),
            it.progress.as_str().into(),
            phrase::when(&it.when),
            it.place.clone(),
            who,
            it.id.to_string(),
        ];
        rows.push((&it.when, &it.id, row));
    }
    (
        vec!["what", "progress", "when", "where", "who", "id"],
        by_day(rows),
    )
}

fn movements(lookup: &Lookup<'_>) -> Cells {
    let tracks = &lookup.picture.tracks;
    let row = |it: &Movement| {
        let quantity = it
            .quantity
            .as_ref()
            .map(|(count, unit)| format!("{count} {unit}"));
        vec![
            it.act.clone(),
            it.progress.as_str().to_owned(),
            quantity.unwrap_or_else(|| "no number given".to_owned()),
            it.place.clone(),
            phrase::when(&it.when),
            it.by.clone(),
            it.id.to_string(),
        ]
    };
    let rows = tracks
        .deliveries
        .iter()
        .chain(&tracks.returns)
        .map(|it| (&it.when, &it.id, row(it)));
    (
        vec![
            "act",
            "progress",
            "quantity",
            "where",
            "when",
            "on the word of",
            "id",
        ],
        by_day(rows.collect()),
    )
}

fn control(lookup: &Lookup<'_>) -> Cells {
    let row = |it: &model::ControlChange| {
        vec![
            it.place.as_ref().map(phrase::place).unwrap_or_default(),
            it.act.clone(),
            it.holder.as_ref().map(phrase::mention).unwrap_or_default(),
            phrase::when(&it.when),
            it.by.clone(),
            it.id.to_string(),
        ]
    };
    let rows = lookup
        .picture
        .tracks
        .control
        .iter()
        .map(|it| (&it.when, &it.id, row(it)));
    (
        vec!["place", "act", "holder after it", "when", "on the word of", "id"],
        by_day(rows.collect()),
    )
}

fn complaints(lookup: &Lookup<'_>) -> Cells {
    let row = |it: &model::Complaint| {
        vec![
            it.by.clone(),
            it.against.clone(),
            phrase::when(&it.when),
            it.words.clone(),
            it.id.to_string(),
        ]
    };
    let rows = lookup
        .picture
        .tracks
        .complaints
        .iter()
        .map(|it| (&it.when, &it.id, row(it)));
    (
        vec!["on the word of", "against", "when", "words", "id"],
        by_day(rows.collect()),
    )
}

fn contradictions(lookup: &Lookup<'_>) -> Cells {
    let mut all: Vec<_> = lookup.picture.contradictions.iter().collect();
    all.sort_by_key(|it| (it.kind, &it.id));
    let row = |it: &model::Contradiction| {
        vec![
            it.kind.as_str().to_owned(),
            it.real.as_str().to_owned(),
            it.words.clone(),
            it.because.words.clone(),
            it.id.to_string(),
        ]
    };
    (
        vec!["about", "real", "what each says", "why", "id"],
        all.into_iter().map(row).collect(),
    )
}

fn deadlines(lookup: &Lookup<'_>) -> Cells {
    let mut all: Vec<_> = lookup.picture.deadlines.iter().collect();
    all.sort_by_key(|it| (&it.agreement, &it.version, &it.due, &it.deadline));
    let row = |it: &model::DeadlineStatus| {
        vec![
            format!("{} {}", it.agreement, it.version),
            it.words.clone(),
            it.due.clone(),
            it.state.clone(),
            it.because.words.clone(),
        ]
    };
    (
        vec!["agreement", "what is due", "due", "state", "why"],
        all.into_iter().map(row).collect(),
    )
}

fn documents(lookup: &Lookup<'_>) -> Cells {
    let row = |it: &&model::Document| {
        vec![
            it.name.clone(),
            it.title.clone().unwrap_or_default(),
            it.outlet.as_ref().map(ToString::to_string).unwrap_or_default(),
            phrase::when(&it.published.edtf),
            it.published.how.as_str().to_owned(),
            it.artefacts.len().to_string(),
            it.raw_bytes.to_string(),
            it.id.to_string(),
        ]
    };
    let head = vec![
        "page",
        "title",
        "outlet",
        "published",
        "date found",
        "places of damage",
        "bytes",
        "id",
    ];
    (head, lookup.documents.iter().map(row).collect())
}

fn notes(lookup: &Lookup<'_>) -> Cells {
    let row = |it: &model::Note| {
        let severity = crate::record::severity(it.severity).to_owned();
        vec![
            severity,
            it.stage.clone(),
            it.about.clone(),
            it.what.clone(),
            it.next.clone(),
        ]
    };
    (
        vec!["missing", "stage", "about", "what and why", "next step"],
        lookup.notes().into_iter().map(row).collect(),
    )
}
