//! The full check of a log: every hash is computed again from the leaves, and every file compared.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use crate::checkpoint::Checkpoint;
use crate::disk;
use crate::edge::{Edge, Filled};
use crate::error::LedgerError;
use crate::key::VerifierKey;
use crate::proof::leaf_hash;
use crate::read::{self, CHECKPOINT, beginning};
use crate::tile::{Holds, Place, TILE_WIDTH, split_bundle};

/// What is wrong with a log, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, below the log's directory.
    pub file: String,
    /// The first leaf that the fault touches, where it touches leaves.
    pub entry: Option<u64>,
    /// What is wrong, in words.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "file {:?}", self.file)?;
        if let Some(entry) = self.entry {
            write!(f, ", entry {entry}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// What the full check of a log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// The signed head, unless it is the head itself that is at fault.
    pub checkpoint: Option<Checkpoint>,
    /// How many leaves were read and hashed.
    pub entries: u64,
    /// How many files were compared.
    pub files: u64,
    /// Files beyond the head, left by an interrupted append. They are no part of the log.
    pub beyond: Vec<String>,
    /// The first fault, if any.
    pub fault: Option<Fault>,
}

/// Checks a whole log from its leaves up: every bundle, every tile, the root and the signature.
///
/// A changed bit in any file of the log shows as a fault that names the file, and the entry where one is
/// touched. What it cannot show is a log that was rolled back to an older signed head: for that, keep a
/// head and ask [`crate::Reader::extends`].
///
/// # Errors
/// Only when there is no log or the system refuses to read it; damage is in the report.
pub fn verify(dir: &Path, key: &VerifierKey) -> Result<VerifyReport, LedgerError> {
    let mut report = VerifyReport {
        checkpoint: None,
        entries: 0,
        files: 1,
        beyond: Vec::new(),
        fault: None,
    };
    let head = match read::head(dir, key) {
        Ok((head, _)) => head,
        Err(LedgerError::Checkpoint { source, .. }) => {
            let reason = std::error::Error::source(&source).map(|inner| format!(": {inner}"));
            report.fault = Some(fault(
                CHECKPOINT,
                None,
                format!("{source}{}", reason.unwrap_or_default()),
            ));
            return Ok(report);
        }
        Err(error) => return Err(error),
    };
    let mut audit = Audit {
        dir,
        listing: BTreeMap::new(),
        edge: Edge::default(),
        hash_fault: None,
        part_fault: None,
    };
    let strange = audit.list(head.size, &mut report)?;
    report.fault = audit.run(&head, &mut report)?.or(strange);
    report.checkpoint = Some(head);
    Ok(report)
}

/// The fault of a log that did not read as it should, as an error.
pub(crate) fn damage(dir: &Path, key: &VerifierKey) -> LedgerError {
    match verify(dir, key) {
        Ok(VerifyReport {
            fault: Some(fault), ..
        }) => LedgerError::Damaged(fault),
        Ok(_) => {
            let what = "its files changed while they were read; open it again".to_owned();
            LedgerError::Damaged(fault(CHECKPOINT, None, what))
        }
        Err(error) => error,
    }
}

struct Audit<'d> {
    dir: &'d Path,
    /// For each tile the widths in which it is on disk.
    listing: BTreeMap<(Holds, u64), Vec<u64>>,
    /// The tree as the bundles give it.
    edge: Edge,
    /// The first tile that is not what the bundles give.
    hash_fault: Option<(Place, Fault)>,
    /// The first older, narrower form of a bundle or tile that is not its beginning.
    part_fault: Option<Fault>,
}

impl Audit<'_> {
    /// Lists all tile files; gives a fault for the first that no log has.
    fn list(&mut self, size: u64, report: &mut VerifyReport) -> Result<Option<Fault>, LedgerError> {
        let mut strange = None;
        for name in disk::files_below(self.dir, &self.dir.join("tile"))? {
            match Place::parse(&name) {
                None => {
                    strange.get_or_insert_with(|| {
                        fault(&name, None, "a log has no file of this name".to_owned())
                    });
                }
                Some(place) if place.is_within(size) => {
                    self.listing
                        .entry((place.holds, place.index))
                        .or_default()
                        .push(place.width);
                }
                Some(_) => report.beyond.push(name),
            }
        }
        Ok(strange)
    }

    fn run(&mut self, head: &Checkpoint, report: &mut VerifyReport) -> Result<Option<Fault>, LedgerError> {
        for index in 0..head.size.div_ceil(TILE_WIDTH) {
            let width = (head.size - index * TILE_WIDTH).min(TILE_WIDTH);
            let place = Place {
                holds: Holds::Entries,
                index,
                width,
            };
            let filled = match self.take_bundle(place, report)? {
                Ok(filled) => filled,
                Err(fault) => return Ok(Some(fault)),
            };
            self.compare_all(&filled, report)?;
        }
        let parts = self.edge.parts_since(0);
        self.compare_all(&parts, report)?;
        let root = self.edge.root();
        Ok(match (root == head.root, self.hash_fault.take()) {
            (true, found) => found.map(|(_, fault)| fault).or(self.part_fault.take()),
            (false, None) => {
                let what = format!(
                    "leaves and tiles agree with each other on root {root}, and the signed root is another"
                );
                Some(fault(CHECKPOINT, None, what))
            }
            // The leaves do not give the signed root, and this is the first place they part from it.
            (false, Some((place, found))) if place.holds == Holds::Hashes(0) => {
                let bundle = Place {
                    holds: Holds::Entries,
                    ..place
                };
                Some(fault(
                    &bundle.path(),
                    found.entry,
                    "the entry is not the one that was logged".to_owned(),
                ))
            }
            (false, Some((_, found))) => Some(found),
        })
    }

    /// Reads a bundle and adds its leaves to the tree; gives the tiles they fill.
    fn take_bundle(
        &mut self,
        place: Place,
        report: &mut VerifyReport,
    ) -> Result<Result<Vec<Filled>, Fault>, LedgerError> {
        let name = place.path();
        let bytes = match disk::read(&self.dir.join(&name), place.holds.bytes_max()) {
            Err(error) if error.is_not_found() => {
                return Ok(Err(fault(
                    &name,
                    Some(place.first_leaf()),
                    "the file is missing".to_owned(),
                )));
            }
            read => read?,
        };
        let (leaves, is_whole) = split_bundle(&bytes);
        if leaves.len() as u64 != place.width || !is_whole {
            let entry = self.first_wrong_entry(place, &leaves);
            let what = format!("it does not divide into {} entries", place.width);
            return Ok(Err(fault(&name, Some(entry), what)));
        }
        let mut filled = Vec::new();
        for leaf in &leaves {
            self.edge.push(leaf, &mut filled);
            report.entries += 1;
        }
        Ok(Ok(filled))
    }

    /// Where the leaves part from the level 0 tile; where one is missing if they never do.
    fn first_wrong_entry(&self, place: Place, leaves: &[&[u8]]) -> u64 {
        let tile = Place {
            holds: Holds::Hashes(0),
            ..place
        };
        let hashes = disk::read(&self.dir.join(tile.path()), tile.holds.bytes_max()).unwrap_or_default();
        let stored = hashes.as_chunks::<32>().0;
        let agree = leaves
            .iter()
            .zip(stored)
            .take_while(|(leaf, hash)| leaf_hash(leaf).0 == **hash);
        place.first_leaf() + (agree.count() as u64).min(place.width - 1)
    }

    /// Compares tiles that the leaves gave with all the widths in which they are on disk.
    fn compare_all(&mut self, tiles: &[Filled], report: &mut VerifyReport) -> Result<(), LedgerError> {
        for (place, bytes) in tiles {
            report.files += 1;
            if let Some(found) = self.compare(*place, bytes)? {
                self.hash_fault.get_or_insert((*place, found));
            }
            let older = self
                .listing
                .remove(&(place.holds, place.index))
                .unwrap_or_default();
            for width in older.into_iter().filter(|width| *width < place.width) {
                let part = Place { width, ..*place };
                report.files += 1;
                if let Some(found) = self.compare(part, &beginning(part, bytes.clone()))? {
                    self.part_fault.get_or_insert(found);
                }
            }
        }
        Ok(())
    }

    fn compare(&self, place: Place, right: &[u8]) -> Result<Option<Fault>, LedgerError> {
        let name = place.path();
        let stored = match disk::read(&self.dir.join(&name), place.holds.bytes_max()) {
            Err(error) if error.is_not_found() => {
                let what = "the file is missing".to_owned();
                return Ok(Some(fault(&name, Some(place.first_leaf()), what)));
            }
            read => read?,
        };
        if stored == right {
            return Ok(None);
        }
        let item = match place.holds {
            Holds::Hashes(_) => agreeing(stored.chunks(32), right.chunks(32)),
            Holds::Entries => agreeing(
                split_bundle(&stored).0.into_iter(),
                split_bundle(right).0.into_iter(),
            ),
        };
        let entry = place.first_leaf_under(item.min(place.width - 1));
        Ok(Some(fault(
            &name,
            Some(entry),
            "it is not what the entries give".to_owned(),
        )))
    }
}

/// How many items agree before the first that does not.
fn agreeing<'b>(left: impl Iterator<Item = &'b [u8]>, right: impl Iterator<Item = &'b [u8]>) -> u64 {
    left.zip(right).take_while(|(left, right)| left == right).count() as u64
}

fn fault(file: &str, entry: Option<u64>, what: String) -> Fault {
    Fault {
        file: file.to_owned(),
        entry,
        what,
    }
}
