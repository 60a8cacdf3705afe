//! Tables that people send to the desk, read and kept as `truceline import` does.

use super::serve::is_in_use;
use crate::intake::{self, Kept, Looked};
use crate::pack::Pack;
use crate::tables::ORDERS;
use crate::workspace::Workspace;
use server::{Unread, Upload};
use sources::{Column, Family, Field, Refused, Wanted};
use std::path::Path;

/// Rows as written, and rows turned down, that a look shows; the file of rejected rows has them all.
const FIRST: usize = 6;
const TURNED_DOWN: usize = 200;

/// Bytes of a row turned down that the look shows.
const ROW_CHARS: usize = 400;

fn refused(refused: Refused) -> Unread {
    Unread::Refused(refused.what, refused.next)
}

fn failed(error: anyhow::Error) -> Unread {
    match is_in_use(&error) {
        true => Unread::Busy,
        false => Unread::Failed(format!("{error:#}")),
    }
}

fn read<'a>(upload: &Upload<'a>, data: Option<&Path>) -> Result<Looked<'a>, Unread> {
    let pack = Pack::load(data).map_err(failed)?;
    let field = |word: &str| {
        Field::read(word).ok_or_else(|| {
            let known: Vec<&str> = Field::ALL.iter().map(|(_, word)| *word).collect();
            Unread::Refused(
                format!("\"{word}\" is no field"),
                format!("Fields: {}.", known.join(", ")),
            )
        })
    };
    let columns = upload.columns.iter().map(|(word, at)| {
        let column = at.map_or(Column::None, Column::At);
        Ok((field(word)?, column))
    });
    let order = ORDERS
        .iter()
        .find(|(_, word)| upload.dates.as_deref() == Some(*word));
    let wanted = Wanted {
        family: upload.family.as_deref().and_then(Family::read),
        source: upload.source.clone(),
        columns: columns.collect::<Result<_, Unread>>()?,
        order: order.map(|(order, _)| *order),
    };
    let (opened, plan) = intake::plan(upload.bytes, &upload.sheet, &wanted, &pack, false).map_err(refused)?;
    Ok(Looked::at(opened, plan, &mut |_, _, _| {}))
}

/// How the table would be read; also one that cannot be kept so, for people to correct.
pub(super) fn look(upload: &Upload<'_>, data: Option<&Path>) -> Result<server::Looked, Unread> {
    let found = read(upload, data)?;
    let plan = &found.plan;
    let field_at = |at: usize| plan.columns.iter().find(|(_, taken)| *taken == at);
    let read = found.first.iter().map(|row| {
        let fields = plan.columns.iter();
        fields
            .map(|(field, _)| (field.as_str().to_owned(), intake::value(row, *field)))
            .collect()
    });
    let order = ORDERS.iter().find(|(order, _)| plan.order == Some(*order));
    let turned_down = found.rejected.iter().take(TURNED_DOWN).map(|row| {
        let words: String = found.words(row).chars().take(ROW_CHARS).collect();
        (row.line, row.why.clone(), words)
    });
    Ok(server::Looked {
        family: plan.family.as_str().to_owned(),
        because: plan.because.clone(),
        source: plan.source.clone(),
        sheet: plan.sheet.clone(),
        sheets: found.opened.sheets.clone(),
        dates: order.map(|(_, word)| (*word).to_owned()),
        fields: Field::ALL.iter().map(|(_, word)| (*word).to_owned()).collect(),
        columns: plan
            .head
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let field = field_at(at).map(|(field, _)| field.as_str().to_owned());
                (name.clone(), field)
            })
            .collect(),
        first: plan.first_cells(&found.opened, FIRST),
        read: read.collect(),
        kept: found.kept,
        rejected: found.rejected.len(),
        reasons: found.reasons(),
        turned_down: turned_down.collect(),
        rejected_csv: found.rejected_csv(),
        lacks: found.lacks().map(|refused| (refused.what, refused.next)),
    })
}

/// Keeps the table.
pub(super) fn keep(upload: &Upload<'_>, dir: &Path, data: Option<&Path>) -> Result<server::Kept, Unread> {
    let found = read(upload, data)?;
    if let Some(lacks) = found.lacks() {
        return Err(refused(lacks));
    }
    let mut workspace = Workspace::open(dir, &|_| {}).map_err(failed)?;
    let kept = intake::keep(&mut workspace, &found, &upload.name, upload.bytes).map_err(failed)?;
    let (entry, new, changed) = match kept {
        Kept::Entry { entry, new, changed } => (Some(entry), new, changed),
        Kept::Already => (None, 0, 0),
    };
    Ok(server::Kept {
        entry,
        rows: found.kept,
        new,
        changed,
        rejected: found.rejected.len(),
    })
}
