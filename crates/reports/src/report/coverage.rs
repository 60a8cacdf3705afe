//! Who could be heard: zones by days, outlets, places that nobody can see, pages that were lost.

use super::{footnotes, part, section};
use crate::block::{Block, Inline, Line, Table, head, text, written};
use crate::lookup::Lookup;
use crate::phrase;
use crate::record::{why, zones};
use crate::summary::Summary;
use model::{DaySight, Sight, ZoneCoverage};

/// Days in one strip: a fortnight, the most that stands side by side on a page, on paper too.
const STRIP_DAYS: usize = 14;

pub(super) fn coverage(lookup: &Lookup<'_>, summary: &Summary) -> Block {
    let coverage = &lookup.picture.coverage;
    let mut blocks = vec![Block::Para(text(summary.coverage.clone()))];
    blocks.extend(strips(lookup));
    if !coverage.blind_days.is_empty() {
        let days: Vec<_> = coverage.blind_days.iter().map(ToString::to_string).collect();
        let words = format!(
            "Days of the period that no page speaks of: {}. Nothing is known about them; they are not quiet days.",
            phrase::list(&days)
        );
        blocks.push(Block::Para(text(words)));
    }
    blocks.extend(unseen(lookup));
    blocks.extend(silent(lookup));
    let mut outlets: Vec<_> = coverage.outlets.iter().collect();
    outlets.sort();
    let (heard, unheard): (Vec<_>, Vec<_>) = outlets.into_iter().partition(|(_, pages, _)| *pages > 0);
    if !heard.is_empty() {
        let rows = heard.into_iter().map(|(name, pages, newest)| {
            vec![
                written(name.clone()),
                text(pages.to_string()),
                text(phrase::when(newest)),
            ]
        });
        blocks.push(Block::Table(Table {
            caption: "Outlets that were read".into(),
            head: head(&["Outlet", "Pages read", "Newest page"]),
            rows: rows.collect(),
        }));
    }
    if !unheard.is_empty() {
        // One line each would take pages of paper to say one thing.
        let mut line = text(format!(
            "{} known and not heard: ",
            phrase::number(unheard.len(), "outlet is", "outlets are")
        ));
        for (index, (name, ..)) in unheard.into_iter().enumerate() {
            if index > 0 {
                line.push(Inline::Text(", ".into()));
            }
            line.push(Inline::Written(name.clone()));
        }
        line.push(Inline::Text(".".into()));
        blocks.push(Block::Para(line));
    }
    if let Some(lost) = lost(lookup) {
        blocks.push(lost);
    }
    section("coverage", "Coverage: who could be heard", blocks)
}

/// Zone by day, a table a month, with the legend in front.
fn strips(lookup: &Lookup<'_>) -> Option<Block> {
    let zones = zones(lookup);
    let days = zones.first().map_or(0, |zone| zone.days.len());
    if days == 0 {
        return None;
    }
    let mut blocks = vec![Block::Para(text(
        "Each cell is one zone on one day. A number stands only where an outlet that tells of the zone could speak of \
         the day: incidents / such outlets, with \u{201c}?\u{201d} behind incidents that are perhaps there or then.",
    ))];
    let legend = Sight::ALL.iter().map(|(sight, _)| {
        vec![
            Inline::Sight(*sight, example(*sight).to_owned()),
            Inline::Text(format!(" {}: {}", sight.as_str(), why(*sight))),
        ]
    });
    blocks.push(Block::Bullets(legend.collect()));
    for first in (0..days).step_by(STRIP_DAYS) {
        let part = |zone: &&ZoneCoverage| -> Vec<DaySight> {
            zone.days.iter().skip(first).take(STRIP_DAYS).cloned().collect()
        };
        blocks.push(strip(&zones, &zones.iter().map(part).collect::<Vec<_>>()));
    }
    blocks.extend(undated(lookup, &zones));
    Some(part("zones-by-day", "Zones by day", blocks))
}

fn strip(zones: &[&ZoneCoverage], days: &[Vec<DaySight>]) -> Block {
    let of_days = days.first().map_or(&[][..], Vec::as_slice);
    let ends = of_days.first().zip(of_days.last());
    let period = ends.map_or_else(String::new, |(a, b)| format!("{} to {}", a.day, b.day));
    if days.iter().flatten().all(|day| day.sight == Sight::Blind) {
        return Block::Para(text(format!(
            "{period}: no page speaks of any of these days. Nothing is known about them."
        )));
    }
    let mut head = head(&["Zone"]);
    head.extend(of_days.iter().map(|it| it.day.to_string()[5..].to_owned()));
    let row = |(zone, days): (&&ZoneCoverage, &Vec<DaySight>)| {
        let mut row = vec![written(zone.name.clone())];
        row.extend(
            days.iter()
                .map(|day| vec![Inline::Sight(day.sight, numbers(day))]),
        );
        row
    };
    Block::Table(Table {
        caption: format!("What could be seen of each zone, {period}"),
        head,
        rows: zones.iter().zip(days).map(row).collect(),
    })
}

/// Incidents and outlets; no number where nobody looked.
fn numbers(day: &DaySight) -> String {
    let (surely, perhaps, heard) = (day.surely.len(), day.perhaps.len(), day.heard.len());
    match day.sight {
        Sight::Incidents if perhaps == 0 => format!("{surely}/{heard}"),
        Sight::Incidents if surely == 0 => format!("{perhaps}?/{heard}"),
        Sight::Incidents => format!("{surely}+{perhaps}?/{heard}"),
        Sight::NothingTold => format!("0/{heard}"),
        other => example(other).to_owned(),
    }
}

fn example(sight: Sight) -> &'static str {
    match sight {
        Sight::Incidents => "2/3",
        Sight::NothingTold => "0/3",
        Sight::Hindered => "!",
        Sight::Unwatched => "\u{2013}",
        Sight::Blind => "\u{d7}",
    }
}

/// Incidents that stand in no cell because their day is not known closely enough.
fn undated(lookup: &Lookup<'_>, zones: &[&ZoneCoverage]) -> Option<Block> {
    let line = |zone: &&&ZoneCoverage| -> Line {
        let count = phrase::number(zone.undated.len(), "incident", "incidents");
        let mut line = vec![
            Inline::Written(zone.name.clone()),
            Inline::Text(format!(": {count}")),
        ];
        line.extend(footnotes(lookup, &zone.undated));
        line
    };
    let lines: Vec<Line> = zones
        .iter()
        .filter(|zone| !zone.undated.is_empty())
        .map(|it| line(&it))
        .collect();
    (!lines.is_empty()).then(|| Block::Fold {
        summary: text("Incidents that stand on no day, because their day is not known to the week"),
        blocks: vec![Block::Bullets(lines)],
    })
}

/// Places that nobody can see into.
fn unseen(lookup: &Lookup<'_>) -> Option<Block> {
    let mut rows = Vec::new();
    let mut blocks = Vec::new();
    for zone in zones(lookup) {
        for it in &zone.unseen {
            let when = if it.when.is_known() {
                phrase::when(&it.when)
            } else {
                "\u{2013}".to_owned()
            };
            rows.push(vec![
                written(it.place.clone()),
                written(zone.name.clone()),
                text(it.why.clone()),
                text(when),
            ]);
            blocks.extend(lookup.quotes(&it.claims).into_iter().map(Block::Quote));
        }
    }
    (!rows.is_empty()).then(|| {
        let table = Block::Table(Table {
            caption: phrase::number(
                rows.len(),
                "place that nobody can see",
                "places that nobody can see",
            ),
            head: head(&["Place", "Zone", "Why", "When"]),
            rows,
        });
        blocks.insert(0, table);
        part("unseen", "Places that nobody can see", blocks)
    })
}

/// Days of a strip of outlets; a longer period has its days in the records.
fn silent(lookup: &Lookup<'_>) -> Option<Block> {
    let mut by_day: Vec<_> = lookup.picture.coverage.by_day.iter().collect();
    by_day.sort_by_key(|it| it.day);
    let list = |names: &[String]| match names.is_empty() {
        true => text("nobody"),
        false => written(names.join(", ")),
    };
    let row = |it: &&model::OutletDay| vec![text(it.day.to_string()), list(&it.alive), list(&it.silent)];
    let shown: Vec<_> = by_day
        .iter()
        .filter(|it| !(it.alive.is_empty() && it.silent.is_empty()))
        .map(row)
        .collect();
    (!shown.is_empty()).then(|| Block::Fold {
        summary: text("Outlets by day: who was alive, who had fallen silent within the week"),
        blocks: vec![Block::Table(Table {
            caption: "Days with anybody alive or missed".into(),
            head: head(&["Day", "Alive", "Fallen silent"]),
            rows: shown,
        })],
    })
}

/// Inputs that were lost as a whole, where they cannot be overlooked.
fn lost(lookup: &Lookup<'_>) -> Option<Block> {
    let notes = lookup.notes();
    let lost: Vec<_> = notes
        .iter()
        .filter(|note| note.severity == model::Severity::Lost)
        .collect();
    let line = |note: &&&model::Note| {
        vec![
            Inline::Code(note.about.clone()),
            Inline::Text(": ".into()),
            Inline::Written(note.what.clone()),
        ]
    };
    let lines = lost.iter().map(line).collect();
    (!lost.is_empty()).then(|| part("lost", "Not read at all", vec![Block::Bullets(lines)]))
}
