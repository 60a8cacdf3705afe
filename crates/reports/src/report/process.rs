//! What is followed beside incidents: accounts that disagree, talks, complaints, control, movements.

use super::{holder, or_dash, page, part, section, track};
use crate::block::{Block, Inline, Line, Table, head, text, written};
use crate::lookup::Lookup;
use crate::{phrase, summary};
use model::{ClaimId, Edtf, Movement, Position, Ternary, TrackId};
use std::collections::{BTreeMap, BTreeSet};

/// Order of everything dated: by first day, last day and id; days that nobody knows come last.
fn dated<'b>(when: &'b Edtf, id: &'b TrackId) -> impl Ord + 'b {
    (when.earliest().is_none(), when.earliest(), when.latest(), id)
}

/// The words of claims, folded under one line.
pub(super) fn words(lookup: &Lookup<'_>, title: &str, claims: &[ClaimId]) -> Option<Block> {
    let quotes = lookup.quotes(claims);
    if quotes.is_empty() {
        return None;
    }
    let summary = vec![
        Inline::Written(title.to_owned()),
        Inline::Text(format!(
            ": {}",
            phrase::number(quotes.len(), "quotation", "quotations")
        )),
    ];
    Some(Block::Fold {
        summary,
        blocks: quotes.into_iter().map(Block::Quote).collect(),
    })
}

/// Pages of claims, in one cell.
pub(super) fn pages(lookup: &Lookup<'_>, claims: &[ClaimId]) -> Line {
    let documents: BTreeSet<_> = claims
        .iter()
        .filter_map(|id| lookup.claim(id))
        .map(|it| &it.claim.document)
        .collect();
    let mut line: Line = Vec::new();
    for document in documents {
        if !line.is_empty() {
            line.push(Inline::Text("; ".into()));
        }
        line.push(page(lookup, document));
    }
    if line.is_empty() { text("\u{2013}") } else { line }
}

pub(super) fn contradictions(lookup: &Lookup<'_>) -> Option<Block> {
    let mut all: Vec<_> = lookup.picture.contradictions.iter().collect();
    if all.is_empty() {
        return None;
    }
    all.sort_by_key(|it| (it.kind, &it.id));
    let mut blocks = vec![Block::Para(text(
        "Accounts that disagree are kept side by side; neither is corrected and no mean is taken.",
    ))];
    let row = |it: &&model::Contradiction| {
        let real = match it.real {
            Ternary::Yes => "real",
            Ternary::No => "apparent only",
            Ternary::Undetermined => "undetermined",
        };
        vec![
            text(it.kind.as_str()),
            written(it.words.clone()),
            text(real),
            written(it.because.words.clone()),
            pages(lookup, &it.claims),
        ]
    };
    blocks.push(Block::Table(Table {
        caption: phrase::number(all.len(), "contradiction", "contradictions"),
        head: head(&["About", "What each says", "Real or apparent", "Why", "Pages"]),
        rows: all.iter().map(row).collect(),
    }));
    for it in &all {
        blocks.extend(words(
            lookup,
            &format!("{}: {}", it.kind.as_str(), it.words),
            &it.claims,
        ));
    }
    Some(section("contradictions", "Accounts that disagree", blocks))
}

pub(super) fn talks(lookup: &Lookup<'_>) -> Option<Block> {
    let tracks = &lookup.picture.tracks;
    if tracks.rounds.is_empty() && tracks.meetings.is_empty() && tracks.positions.is_empty() {
        return None;
    }
    let parts = [rounds(lookup), meetings(lookup), positions(lookup)];
    Some(section(
        "talks",
        "Talks: rounds, meetings, positions",
        parts.into_iter().flatten().collect(),
    ))
}

fn rounds(lookup: &Lookup<'_>) -> Option<Block> {
    let mut all: Vec<_> = lookup.picture.tracks.rounds.iter().collect();
    all.sort_by(|a, b| dated(&a.when, &a.id).cmp(&dated(&b.when, &b.id)));
    if all.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    let row = |round: &&model::Round| {
        let participants: Vec<_> = round
            .participants
            .iter()
            .map(|(who, as_what)| match as_what.as_str() {
                "" => phrase::mention(who),
                as_what => format!("{} ({as_what})", phrase::mention(who)),
            })
            .collect();
        let steps: Vec<_> = round.steps.iter().map(|(step, _)| step.clone()).collect();
        vec![
            written(summary::round_name(round)),
            text(phrase::when(&round.when)),
            or_dash(&round.place),
            text(round.progress.as_str()),
            or_dash(&phrase::list(&participants)),
            or_dash(&steps.join("; ")),
        ]
    };
    blocks.push(Block::Table(Table {
        caption: phrase::number(all.len(), "round of talks", "rounds of talks"),
        head: head(&["Round", "When", "Where", "Progress", "Who takes part", "Steps"]),
        rows: all.iter().map(row).collect(),
    }));
    for round in &all {
        blocks.extend(track::differences(&round.differ));
        blocks.extend(words(lookup, &summary::round_name(round), &round.claims));
    }
    Some(part("rounds", "Rounds", blocks))
}

fn meetings(lookup: &Lookup<'_>) -> Option<Block> {
    let mut all: Vec<_> = lookup.picture.tracks.meetings.iter().collect();
    all.sort_by(|a, b| dated(&a.when, &a.id).cmp(&dated(&b.when, &b.id)));
    if all.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    for meeting in all {
        let who: Vec<_> = meeting.participants.iter().map(phrase::mention).collect();
        let who = if who.is_empty() {
            "participants not told".to_owned()
        } else {
            phrase::list(&who)
        };
        let place = if meeting.place.is_empty() {
            String::new()
        } else {
            format!(", {}", meeting.place)
        };
        blocks.push(Block::Para(vec![
            Inline::Strong(phrase::capital(&meeting.form)),
            Inline::Text(format!(
                " ({}), {}",
                meeting.progress.as_str(),
                phrase::when(&meeting.when)
            )),
            Inline::Written(place),
            Inline::Text(": ".into()),
            Inline::Written(who),
        ]));
        blocks.extend(track::differences(&meeting.differ));
        if meeting.readouts.is_empty() {
            blocks.extend(words(lookup, "Words it rests on", &meeting.claims));
            continue;
        }
        let row = |(by, claim): &(String, ClaimId)| {
            let quote = lookup.quote(claim);
            let words = quote.as_ref().map_or("", |quote| &quote.words);
            let from = quote.as_ref().map_or_else(
                || text("\u{2013}"),
                |quote| {
                    let (start, end) = (quote.span.start, quote.span.end);
                    vec![
                        Inline::Code(quote.document.clone()),
                        Inline::Text(format!(", bytes {start}\u{2013}{end}")),
                    ]
                },
            );
            vec![or_dash(by), or_dash(words), from]
        };
        blocks.push(Block::Table(Table {
            caption: "Read-outs side by side".into(),
            head: head(&["Read-out by", "Words", "Page"]),
            rows: meeting.readouts.iter().map(row).collect(),
        }));
    }
    Some(part("meetings", "Meetings and calls", blocks))
}

fn positions(lookup: &Lookup<'_>) -> Option<Block> {
    let mut all: Vec<_> = lookup.picture.tracks.positions.iter().collect();
    all.sort_by(|a, b| dated(&a.when, &a.id).cmp(&dated(&b.when, &b.id)));
    if all.is_empty() {
        return None;
    }
    // By proposal and holder: the same holder's stances stand together, in order of time.
    let mut by_pair: BTreeMap<_, Vec<&Position>> = BTreeMap::new();
    for position in all {
        by_pair
            .entry((&position.proposal, holder(&position.holder).0))
            .or_default()
            .push(position);
    }
    let mut rows = Vec::new();
    for ((proposal, _), positions) in by_pair {
        for position in positions {
            let quotes = lookup.quotes(&position.claims);
            rows.push(vec![
                written(phrase::mention(&position.holder)),
                text(proposal.as_str().replace('-', " ")),
                vec![Inline::Strong(position.stance.as_str().to_owned())],
                or_dash(&position.reservation),
                text(phrase::when(&position.when)),
                or_dash(&position.by),
                or_dash(quotes.first().map_or("", |quote| &quote.words)),
                pages(lookup, &position.claims),
            ]);
        }
    }
    let table = Table {
        caption: format!(
            "{}, computed from statements",
            phrase::number(rows.len(), "position", "positions")
        ),
        head: head(&[
            "Holder",
            "Proposal",
            "Stance",
            "Reservation",
            "Since",
            "On the word of",
            "Words",
            "Page",
        ]),
        rows,
    };
    let mut blocks: Vec<Block> = matrix(lookup).into_iter().collect();
    blocks.push(Block::Table(table));
    Some(part("positions", "Positions", blocks))
}

/// Holder by proposal, with the newest stance in each cell, its day and its reservation; silence is told
/// apart from not having been heard.
fn matrix(lookup: &Lookup<'_>) -> Option<Block> {
    let tracks = &lookup.picture.tracks;
    let positions: BTreeMap<_, &Position> = tracks.positions.iter().map(|it| (&it.id, it)).collect();
    let proposals: BTreeSet<_> = tracks.stands.iter().map(|stand| &stand.proposal).collect();
    let mut holders: BTreeMap<(String, String), BTreeMap<_, Line>> = BTreeMap::new();
    for stand in &tracks.stands {
        let (key, name) = holder(&stand.holder);
        let mut cell: Line = Vec::new();
        for position in stand.newest.iter().filter_map(|id| positions.get(id)) {
            if !cell.is_empty() {
                cell.push(Inline::Text("; or, the order is not known: ".into()));
            }
            cell.extend(stance(position));
        }
        if cell.is_empty() {
            cell = text(stand.without_position());
        }
        holders
            .entry((name, key))
            .or_default()
            .insert(&stand.proposal, cell);
    }
    if holders.len() < 2 {
        return None;
    }
    let mut head = head(&["Holder"]);
    head.extend(
        proposals
            .iter()
            .map(|proposal| phrase::capital(&proposal.as_str().replace('-', " "))),
    );
    let row = |((name, _), mut stances): ((String, String), BTreeMap<_, Line>)| {
        let mut row = vec![written(name)];
        row.extend(
            proposals
                .iter()
                .map(|proposal| stances.remove(proposal).unwrap_or_default()),
        );
        row
    };
    Some(Block::Table(Table {
        caption: "Newest position of each holder, in alphabetical order; \u{201c}silent\u{201d}: heard about other \
                  things, never about this; \u{201c}not heard\u{201d}: no statement was read"
            .into(),
        head,
        rows: holders.into_iter().map(row).collect(),
    }))
}

fn stance(position: &Position) -> Line {
    let mut cell = vec![
        Inline::Strong(position.stance.as_str().to_owned()),
        Inline::Text(format!(", {}", phrase::when(&position.when))),
    ];
    if !position.reservation.is_empty() {
        cell.push(Inline::Text(": \u{201c}".into()));
        cell.push(Inline::Written(position.reservation.clone()));
        cell.push(Inline::Text("\u{201d}".into()));
    }
    cell
}

pub(super) fn complaints(lookup: &Lookup<'_>) -> Option<Block> {
    let mut all: Vec<_> = lookup.picture.tracks.complaints.iter().collect();
    all.sort_by(|a, b| dated(&a.when, &a.id).cmp(&dated(&b.when, &b.id)));
    if all.is_empty() {
        return None;
    }
    let row = |it: &&model::Complaint| {
        vec![
            or_dash(&it.by),
            or_dash(&it.against),
            text(phrase::when(&it.when)),
            or_dash(&it.words),
            pages(lookup, &it.claims),
        ]
    };
    let table = Block::Table(Table {
        caption: phrase::number(all.len(), "complaint", "complaints"),
        head: head(&["On the word of", "Against", "When", "Words", "Page"]),
        rows: all.iter().map(row).collect(),
    });
    let kept = text(
        "Allegations of breaches without an incident that could be judged. They are kept as allegations and counted apart from incidents.",
    );
    Some(section(
        "complaints",
        "Complaints",
        vec![Block::Para(kept), table],
    ))
}

pub(super) fn control(lookup: &Lookup<'_>) -> Option<Block> {
    let mut all: Vec<_> = lookup.picture.tracks.control.iter().collect();
    all.sort_by(|a, b| dated(&a.when, &a.id).cmp(&dated(&b.when, &b.id)));
    if all.is_empty() {
        return None;
    }
    let row = |it: &&model::ControlChange| {
        let place = it
            .place
            .as_ref()
            .map_or_else(|| "not told".to_owned(), phrase::place);
        let holder = it
            .holder
            .as_ref()
            .map_or_else(|| "not told".to_owned(), phrase::mention);
        vec![
            written(place),
            text(it.act.replace('-', " ")),
            written(holder),
            text(phrase::when(&it.when)),
            or_dash(&it.by),
            pages(lookup, &it.claims),
        ]
    };
    let table = Block::Table(Table {
        caption: phrase::number(
            all.len(),
            "change of control, as reported",
            "changes of control, as reported",
        ),
        head: head(&[
            "Place",
            "Act",
            "Holder after it",
            "When",
            "On the word of",
            "Page",
        ]),
        rows: all.iter().map(row).collect(),
    });
    let mut blocks = vec![Block::Table(track::holdings(lookup)), table];
    for it in &all {
        let place = it
            .place
            .as_ref()
            .map_or_else(|| "place not told".to_owned(), phrase::place);
        blocks.extend(words(lookup, &place, &it.claims));
    }
    Some(section("control", "Control of places", blocks))
}

pub(super) fn movements(lookup: &Lookup<'_>) -> Option<Block> {
    let tracks = &lookup.picture.tracks;
    let lists = [
        ("Deliveries of aid", "deliveries", &tracks.deliveries),
        ("Returns, evacuations and releases", "returns", &tracks.returns),
    ];
    let parts = lists.into_iter().filter(|(_, _, all)| !all.is_empty());
    let parts: Vec<_> = parts
        .map(|(title, id, all)| part(id, title, movement_list(lookup, all)))
        .collect();
    let plans = text("Plans, aims and announcements are kept apart from what is said to be done.");
    (!parts.is_empty()).then(|| {
        let mut blocks = vec![Block::Para(plans)];
        blocks.extend(parts);
        section("movements", "Deliveries and returns", blocks)
    })
}

fn movement_list(lookup: &Lookup<'_>, movements: &[Movement]) -> Vec<Block> {
    let mut all: Vec<_> = movements.iter().collect();
    all.sort_by(|a, b| dated(&a.when, &a.id).cmp(&dated(&b.when, &b.id)));
    let row = |it: &&Movement| {
        let quantity = it.quantity.as_ref().map_or_else(
            || text("no number given"),
            |(count, unit)| {
                let unit = if unit.is_empty() { "(unit not told)" } else { unit };
                vec![
                    Inline::Text(format!("{count} ")),
                    Inline::Written(unit.to_owned()),
                ]
            },
        );
        vec![
            text(it.act.replace('-', " ")),
            vec![Inline::Strong(it.progress.as_str().to_owned())],
            quantity,
            or_dash(&it.place),
            text(phrase::when(&it.when)),
            or_dash(&it.by),
            pages(lookup, &it.claims),
        ]
    };
    let mut blocks = vec![Block::Table(Table {
        caption: phrase::number(all.len(), "report", "reports"),
        head: head(&[
            "Act",
            "Progress",
            "Quantity",
            "Where",
            "When",
            "On the word of",
            "Page",
        ]),
        rows: all.iter().map(row).collect(),
    })];
    let claims: Vec<_> = all.iter().flat_map(|it| it.claims.iter().cloned()).collect();
    blocks.extend(words(lookup, "Words they rest on", &claims));
    blocks
}
