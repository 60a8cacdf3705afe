//! Plain tables: with borders and wrapped cells on a terminal, tab-separated in a pipe.

use crate::lookup::Lookup;
use crate::phrase;
use crate::plain::{clip, visible};
use Column::{Both, Pipe};
use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, Width, presets};
use model::{Edtf, Incident, TrackId, Verdict};

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Incidents, by day.
    Incidents,
    /// Findings, by incident and term.
    Findings,
    /// Claims, by page and place on it.
    Claims,
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
        TableKind::Complaints => complaints(lookup),
        TableKind::Contradictions => contradictions(lookup),
        TableKind::Deadlines => deadlines(lookup),
        TableKind::Documents => documents(lookup),
        TableKind::Notes => notes(lookup),
    };
    print(&head, rows, screen)
}

/// A head row and rows of as many cells, as the screen wants them.
pub(crate) fn print(head: &[Column<'_>], rows: Vec<Vec<String>>, screen: Screen) -> String {
    match screen {
        Screen::Pipe => {
            let names: Vec<_> = head.iter().map(|column| column.name()).collect();
            let mut out = format!("{}\n", names.join("\t"));
            for row in rows {
                let cells: Vec<_> = row.iter().map(|cell| visible(cell)).collect();
                out.push_str(&format!("{}\n", cells.join("\t")));
            }
            out
        }
        Screen::Terminal(width) => terminal(head, rows, width.max(WIDTH_MIN)),
    }
}

/// A column by its name, and where it is shown.
#[derive(Clone, Copy)]
pub(crate) enum Column<'n> {
    /// On a terminal and in a pipe.
    Both(&'n str),
    /// In a pipe only: a terminal has no room for it.
    Pipe(&'n str),
}

impl<'n> Column<'n> {
    fn name(self) -> &'n str {
        match self {
            Both(name) | Pipe(name) => name,
        }
    }
}

/// A narrower terminal gets lines that it has to wrap itself.
const WIDTH_MIN: u16 = 60;

fn terminal(head: &[Column<'_>], rows: Vec<Vec<String>>, width: u16) -> String {
    let shown = |index: &usize| matches!(head[*index], Both(_));
    let columns: Vec<usize> = (0..head.len()).filter(shown).collect();
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()));
    table
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    table.set_header(columns.iter().map(|column| head[*column].name()));
    for row in &rows {
        let cell = |column: &usize| row.get(*column).map(|cell| clip(&visible(cell), CELL_MAX));
        table.add_row(columns.iter().filter_map(cell));
    }
    // Words stay whole where there is room for the longest word of each column.
    let longest = |column: &usize| {
        let cells = rows.iter().filter_map(|row| row.get(*column).map(String::as_str));
        let words = cells
            .chain([head[*column].name()])
            .flat_map(str::split_whitespace);
        words
            .map(|word| word.chars().count().min(WORD_MAX))
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = columns.iter().map(|column| longest(column) + PADDING).collect();
    if widths.iter().sum::<usize>() <= usize::from(width) {
        let constraint =
            |width: usize| ColumnConstraint::LowerBoundary(Width::Fixed(u16::try_from(width).unwrap_or(0)));
        table.set_constraints(widths.into_iter().map(constraint));
    }
    format!("{table}\n")
}

/// Characters of a word that are kept whole on a terminal; ids have 20.
const WORD_MAX: usize = 20;
/// Spaces that a column has beside its words.
const PADDING: usize = 2;

/// Head row, and rows of as many cells.
type Cells = (Vec<Column<'static>>, Vec<Vec<String>>);

fn incidents(lookup: &Lookup<'_>) -> Cells {
    let row = |(index, incident): (usize, &&Incident)| {
        let tolls = incident
            .tolls
            .iter()
            .map(|toll| format!("{} {}", toll.range, toll.metric.as_str()));
        let tolls: Vec<_> = tolls.collect();
        let authors: Vec<_> = incident.attributions.iter().map(phrase::attribution).collect();
        let place = incident.location.as_ref().map(phrase::placed);
        vec![
            (index + 1).to_string(),
            incident.when.to_string(),
            phrase::act(&incident.act.id),
            place.unwrap_or_else(|| "not told".to_owned()),
            if tolls.is_empty() {
                "no number".to_owned()
            } else {
                tolls.join("; ")
            },
            if authors.is_empty() {
                "not told".to_owned()
            } else {
                authors.join("; ")
            },
            incident.documents.len().to_string(),
            incident.origins.len().to_string(),
            incident.independent_origins().to_string(),
            lookup
                .verdict(&incident.id)
                .map_or("not judged", Verdict::as_str)
                .to_owned(),
            format!(
                "{}{}",
                if incident.background { "background" } else { "news" },
                if incident.archived { ", archived" } else { "" }
            ),
            incident.id.to_string(),
        ]
    };
    let head = vec![
        Both("no"),
        Both("when"),
        Both("act"),
        Both("where"),
        Both("reported toll"),
        Pipe("author, as alleged"),
        Both("pages"),
        Both("origins"),
        Pipe("independent origins"),
        Both("finding"),
        Both("told as"),
        Pipe("id"),
    ];
    (head, lookup.incidents.iter().enumerate().map(row).collect())
}

fn findings(lookup: &Lookup<'_>) -> Cells {
    let row = |finding: &model::Finding| {
        let missing: Vec<_> = finding.missing.iter().map(|fact| fact.question.clone()).collect();
        let number = lookup
            .incidents
            .iter()
            .position(|incident| incident.id == finding.incident);
        vec![
            number.map_or_else(|| "\u{2013}".to_owned(), |index| (index + 1).to_string()),
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
        Both("no"),
        Pipe("incident"),
        Both("agreement"),
        Both("term"),
        Both("verdict"),
        Both("reasons"),
        Both("missing facts"),
        Both("rests on"),
        Pipe("id"),
    ];
    (head, lookup.findings_in_order().into_iter().map(row).collect())
}

fn claims(lookup: &Lookup<'_>) -> Cells {
    let row = |located: &&model::LocatedClaim| {
        let claim = &located.claim;
        let place = located.event_location().map(phrase::placed).unwrap_or_default();
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
        Both("page"),
        Both("bytes"),
        Both("act"),
        Both("on the word of"),
        Both("when"),
        Both("where"),
        Both("words"),
        Pipe("id"),
    ];
    (head, lookup.claims.iter().map(row).collect())
}

/// Rows by first day, last day and id; days that nobody knows come last.
fn by_day(mut dated: Vec<(&Edtf, &TrackId, Vec<String>)>) -> Vec<Vec<String>> {
    dated.sort_by_key(|(when, id, _)| (when.earliest().is_none(), when.earliest(), when.latest(), *id));
    dated.into_iter().map(|(_, _, row)| row).collect()
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
        vec![
            Both("on the word of"),
            Both("against"),
            Both("when"),
            Both("words"),
            Pipe("id"),
        ],
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
        vec![
            Both("about"),
            Both("real"),
            Both("what each says"),
            Both("why"),
            Pipe("id"),
        ],
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
        vec![
            Both("agreement"),
            Both("what is due"),
            Both("due"),
            Both("state"),
            Both("why"),
        ],
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
        Both("page"),
        Both("title"),
        Both("outlet"),
        Both("published"),
        Both("date found"),
        Both("places of damage"),
        Both("bytes"),
        Pipe("id"),
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
        vec![
            Both("missing"),
            Both("stage"),
            Both("about"),
            Both("what and why"),
            Both("next step"),
        ],
        lookup.notes().into_iter().map(row).collect(),
    )
}
