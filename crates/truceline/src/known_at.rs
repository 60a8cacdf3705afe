//! What was known at an earlier head of the log: how many of its entries it then had.

use crate::fault::{Fault, Kind};
use crate::workspace::{self, Leaf};
use jiff::civil::Date;
use std::path::Path;

/// Entries of a workspace's log at a checkpoint: a file that holds a signed head, a number of entries, or a day,
/// to its end in UTC. A signed head must be an earlier state of this very log.
pub(crate) fn size(dir: &Path, checkpoint: &str) -> anyhow::Result<u64> {
    let (key, reader) = workspace::reader(dir)?;
    if let Ok(size) = checkpoint.parse::<u64>() {
        return match size <= reader.size() {
            true => Ok(size),
            false => Err(Fault::of(
                Kind::Usage,
                format!(
                    "the log has {} entries, and \"{size}\" were asked for",
                    reader.size()
                ),
                "Give a smaller number, or leave --as-known-at out for all of them.",
            )),
        };
    }
    if let Ok(day) = checkpoint.parse::<Date>() {
        return by_day(&reader, day);
    }
    let signed = std::fs::read(checkpoint).map_err(|error| {
        Fault::outside(
            format!("\"{checkpoint}\" is no number of entries and no day, and could not be read as a file"),
            "Give a file with a signed head such as log/checkpoint of a copy, a number of entries, or a day such as \
             2017-05-06.",
            error,
        )
    })?;
    let hint = "Keep a copy of \"log/checkpoint\" when you want to come back to a state of the log.";
    let head = ledger::Checkpoint::open(&signed, &key).map_err(|error| {
        Fault::of(
            Kind::Data,
            format!("\"{checkpoint}\" holds no head signed by this workspace's log: {error}"),
            hint,
        )
    })?;
    reader.extends(&head).map_err(|error| {
        Fault::of(
            Kind::SaysNo,
            format!("the log is no continuation of the head in \"{checkpoint}\": {error}"),
            "Run `truceline log verify`; one of the two was changed.",
        )
    })?;
    Ok(head.size)
}

/// Entries taken in up to the end of a day.
fn by_day(reader: &ledger::Reader, day: Date) -> anyhow::Result<u64> {
    let mut size = 0;
    for entry in reader.entries(0) {
        let (index, bytes) = entry?;
        let leaf: Leaf = serde_json::from_slice(&bytes)?;
        let taken = leaf.captured.get(..10).and_then(|text| text.parse::<Date>().ok());
        if taken.is_some_and(|taken| taken <= day) {
            size = index + 1;
        }
    }
    Ok(size)
}
