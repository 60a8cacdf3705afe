//! `truceline reconcile`: two parties' ledgers side by side, counts or lists of incidents.

use super::{Common, print};
use crate::fault::{Fault, Kind};
use crate::pack::Pack;
use clap::Args;
use incidents::{Compared, Ledger, Listed, Reconciled};
use jiff::civil::Date;
use model::record::Record;
use model::{Claim, Count, LatLon, Metres, Note, Region};
use places::Gazetteer;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Sets two ledgers side by side: what both have, what only one has, how many there are at least and at most.
#[derive(Debug, Args)]
pub(crate) struct Reconcile {
    /// A bulletin that counts cases by province and side, or incidents or rows of others as JSON Lines.
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The other, of the same kind.
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

/// What a file holds.
enum Side {
    Bulletin(Vec<Claim>),
    List(BTreeMap<String, (Listed, String)>),
}

/// Runs the command.
pub(crate) fn run(command: &Reconcile, common: &Common) -> anyhow::Result<u8> {
    let pack = Pack::load(common.data.as_deref())?;
    let names = [&command.a, &command.b].map(|path| file_name(path));
    let text = match (read(&command.a, &pack)?, read(&command.b, &pack)?) {
        (Side::List(a), Side::List(b)) => {
            let listed = |side: &BTreeMap<String, (Listed, String)>| -> Vec<Listed> {
                side.values().map(|(listed, _)| listed.clone()).collect()
            };
            let found = incidents::compare(&listed(&a), &listed(&b), &pack.acts);
            if command.json {
                lists_json(&names, &found)
            } else {
                lists_text(&names, &found, &a, &b)?
            }
        }
        (Side::Bulletin(a), Side::Bulletin(b)) => {
            let ([a, b], notes) = incidents::bulletins((&names[0], &a), (&names[1], &b));
            for (ledger, path) in [(&a, &command.a), (&b, &command.b)] {
                counted(ledger, path)?;
            }
            let found = incidents::reconcile(&a, &b);
            if command.json {
                ledgers_json(&names, &found, &notes)
            } else {
                ledgers_text(&names, &found, &notes)?
            }
        }
        _ => {
            return Err(Fault::of(
                Kind::Usage,
                format!("\"{}\" and \"{}\" are not of one kind", names[0], names[1]),
                "Give two bulletins, or two files that `truceline export` wrote.",
            ));
        }
    };
    print(&text)?;
    Ok(0)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// Reads a file: records of ours are a list, anything else is a bulletin.
fn read(path: &Path, pack: &Pack) -> anyhow::Result<Side> {
    let bytes = std::fs::read(path).map_err(|error| {
        Fault::outside(
            format!("could not read \"{}\"", path.display()),
            "Check the name of the file.",
            error,
        )
    })?;
    let records: Option<Vec<Record>> = std::str::from_utf8(&bytes).ok().and_then(|text| {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| serde_json::from_str(line).ok()).collect()
    });
    if let Some(records) = records.filter(|records| !records.is_empty()) {
        let told = ["incident", "foreign"];
        let incidents = records
            .iter()
            .filter(|record| told.contains(&record.kind.as_str()));
        let list: BTreeMap<String, (Listed, String)> = incidents
            .map(|record| (record.id.clone(), listed(record, &pack.gazetteer)))
            .collect();
        if list.is_empty() {
            return Err(Fault::of(
                Kind::Data,
                format!("\"{}\" holds records and no incident", path.display()),
                "`truceline incidents --json` and `truceline export` write incidents, `truceline foreign --json` rows of others.",
            ));
        }
        return Ok(Side::List(list));
    }
    let input = sources::read(sources::Input {
        name: file_name(path),
        bytes,
    });
    let documents = input
        .pages
        .iter()
        .map(|page| text::clean(page, &pack.outlets, &pack.damage));
    let claims = documents.flat_map(|document| claims::extract(&document, &pack.lexicon).claims);
    Ok(Side::Bulletin(claims.collect()))
}

fn counted(ledger: &Ledger, path: &Path) -> anyhow::Result<()> {
    if ledger.totals.is_empty() {
        return Err(Fault::of(
            Kind::Data,
            format!("\"{}\" counts no cases", path.display()),
            "A bulletin says how many cases a side registered, such as \"9 cases of fire: 4 in Hama province\".",
        ));
    }
    Ok(())
}

/// An exported incident, and a line that tells it to readers. The place of a row of others is the one that the
/// gazetteer knows by what the row says of it; spellings differ from table to table.
fn listed(record: &Record, gazetteer: &Gazetteer) -> (Listed, String) {
    let fields = &record.fields;
    let day = |key: &str| {
        fields["when"][key]
            .as_str()
            .and_then(|text| text.parse::<Date>().ok())
    };
    let place = &fields["place"];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let region = (|| {
        let number = |key: &str| place["region"][key].as_f64().filter(|number| number.is_finite());
        Some(Region {
            centre: LatLon {
                lat: number("lat")?,
                lon: number("lon")?,
            },
            radius: Metres(number("radius_m")?),
        })
    })();
    let mut chosen = text(&place["chosen"]["name"]);
    if record.kind == "foreign" {
        let point = place["lat"].as_f64().zip(place["lon"].as_f64());
        let found = gazetteer.meant(
            &text(&place["name"]),
            &text(&place["province"]),
            &text(&place["country"]),
            point.map(|(lat, lon)| LatLon { lat, lon }),
        );
        chosen = found.map_or(String::new(), |found| found.name);
    }
    let listed = Listed {
        id: record.id.clone(),
        act: text(&fields["act"]),
        days: (day("earliest"), day("latest")),
        place: if chosen.is_empty() {
            text(&place["name"])
        } else {
            chosen
        },
        region,
    };
    let when = text(&fields["when"]["edtf"]);
    let line = format!("{when}  {}  {}", listed.act, listed.place);
    (listed, line.trim_end().to_owned())
}

fn bounds(count: Count) -> Value {
    json!({ "low": count.low, "high": count.high })
}

fn ledgers_json(names: &[String; 2], found: &Reconciled, notes: &[Note]) -> String {
    let lines = found.lines.iter().map(|line| {
        json!({
            "unit": line.unit, "side": line.side, "province": line.province, "a": line.a, "b": line.b,
            "matched_most": line.matched_most, "only_a_least": line.only_a_least,
            "only_b_least": line.only_b_least, "distinct": bounds(line.distinct),
        })
    });
    let faults = found.faults.iter().map(|fault| {
        json!({
            "ledger": fault.ledger, "side": fault.side, "unit": fault.unit, "said": fault.said,
            "sum": fault.sum, "words": fault.words,
        })
    });
    let distinct: BTreeMap<&str, Value> = found
        .distinct
        .iter()
        .map(|(unit, count)| (unit.as_str(), bounds(*count)))
        .collect();
    let notes = notes
        .iter()
        .chain(&found.notes)
        .map(|note| format!("{}: {}", note.about, note.what));
    let value = json!({
        "a": names[0], "b": names[1],
        "lines": lines.collect::<Vec<_>>(),
        "distinct": distinct,
        "faults": faults.collect::<Vec<_>>(),
        "because": found.because.words,
        "notes": notes.collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn ledgers_text(names: &[String; 2], found: &Reconciled, notes: &[Note]) -> anyhow::Result<String> {
    let mut out = format!("A  {}\nB  {}\n\n", names[0], names[1]);
    let told = |count: Option<u64>| count.map_or_else(|| "–".to_owned(), |count| count.to_string());
    let head = [
        "side",
        "province",
        "A",
        "B",
        "in both, at most",
        "only A, at least",
        "only B, at least",
        "distinct",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for line in &found.lines {
        let named = |name: &str| {
            if name.is_empty() {
                "not told".to_owned()
            } else {
                name.to_owned()
            }
        };
        rows.push(vec![
            named(&line.side),
            named(&line.province),
            told(line.a),
            told(line.b),
            line.matched_most.to_string(),
            line.only_a_least.to_string(),
            line.only_b_least.to_string(),
            line.distinct.to_string(),
        ]);
    }
    columns(&mut out, &rows)?;
    writeln!(out)?;
    for (unit, count) in &found.distinct {
        writeln!(out, "Distinct incidents told as {unit}: {count}")?;
    }
    writeln!(out, "because {}", found.because.words)?;
    for fault in &found.faults {
        writeln!(
            out,
            "does not add up: {}: “{}” says {}, its provinces {}",
            fault.ledger, fault.words, fault.said, fault.sum
        )?;
    }
    for note in notes.iter().chain(&found.notes) {
        writeln!(out, "note: {}: {}", note.about, note.what)?;
    }
    Ok(out)
}

fn lists_json(names: &[String; 2], found: &Compared) -> String {
    let pairs = |pairs: &[(String, String)]| -> Vec<Value> {
        pairs.iter().map(|(a, b)| json!({ "a": a, "b": b })).collect()
    };
    let value = json!({
        "a": names[0], "b": names[1],
        "matched": pairs(&found.matched),
        "only_a": found.only_a, "only_b": found.only_b,
        "possible": pairs(&found.possible),
        "distinct": bounds(found.distinct),
    });
    format!("{value:#}\n")
}

fn lists_text(
    names: &[String; 2],
    found: &Compared,
    a: &BTreeMap<String, (Listed, String)>,
    b: &BTreeMap<String, (Listed, String)>,
) -> anyhow::Result<String> {
    let mut out = format!("A  {}\nB  {}\n\n", names[0], names[1]);
    let line = |list: &BTreeMap<String, (Listed, String)>, id: &str| {
        list.get(id).map_or_else(String::new, |(_, line)| line.clone())
    };
    let mut rows = Vec::new();
    for (x, y) in &found.matched {
        rows.push(vec!["both".into(), x.clone(), y.clone(), line(a, x)]);
    }
    for (words, ids, list) in [("only A", &found.only_a, a), ("only B", &found.only_b, b)] {
        for id in ids {
            let (x, y) = if words == "only A" {
                (id.as_str(), "–")
            } else {
                ("–", id.as_str())
            };
            rows.push(vec![words.to_owned(), x.to_owned(), y.to_owned(), line(list, id)]);
        }
    }
    columns(&mut out, &rows)?;
    writeln!(out)?;
    for (x, y) in &found.possible {
        writeln!(out, "could be one: {x} ({}) and {y} ({})", line(a, x), line(b, y))?;
    }
    writeln!(
        out,
        "{} in both, {} only in A, {} only in B; distinct incidents: {}",
        found.matched.len(),
        found.only_a.len(),
        found.only_b.len(),
        found.distinct
    )?;
    Ok(out)
}

/// Rows in columns as wide as their widest cell.
pub(super) fn columns(out: &mut String, rows: &[Vec<String>]) -> anyhow::Result<()> {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows.iter().map(Vec::len).max().unwrap_or(0))
        .map(width)
        .collect();
    for row in rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}
