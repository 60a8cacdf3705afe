//! The one writer of a log: takes batches of leaves, makes them durable, then signs the new head.
//!
//! The order is the whole of crash safety. Bundles and tiles are written and synced first, under names
//! that no signed head refers to yet; only then does the new `checkpoint` replace the old one in one
//! step. A crash before that step leaves the old log, and what lies beyond it is set aside at the next
//! start.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use crate::audit;
use crate::checkpoint::Checkpoint;
use crate::disk;
use crate::edge::{Edge, Filled};
use crate::error::LedgerError;
use crate::key::{SigningKey, VerifierKey};
use crate::proof::Hash;
use crate::read::{self, CHECKPOINT, Reader};
use crate::tile::{Holds, LEAF_BYTES_MAX, Place, TILE_WIDTH};
use crate::tree::{Tree, part_at_edge};
use crate::{SIZE_MAX, note::Note};

/// A log open for appending. While it lives, no other process can append.
pub struct Ledger {
    dir: PathBuf,
    key: SigningKey,
    edge: Edge,
    head: Checkpoint,
    signed: Note,
    lock: File,
    set_aside: Vec<PathBuf>,
    is_unfinished: bool,
}

/// What an append came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// The index of the batch's first leaf; the others follow it.
    pub first: u64,
    /// The new head of the log.
    pub checkpoint: Checkpoint,
}

impl Ledger {
    /// Starts a log in `dir`, which is made if need be, and signs its empty head.
    ///
    /// # Errors
    /// When there is already a log, another process is at it, or the disk refuses.
    pub fn create(dir: &Path, key: SigningKey) -> Result<Self, LedgerError> {
        let mut changed = BTreeSet::new();
        disk::make_dirs(dir, &mut changed)?;
        let lock = take_lock(dir)?;
        let checkpoint = dir.join(CHECKPOINT);
        if checkpoint.exists() || dir.join("tile").exists() {
            return Err(LedgerError::AlreadyThere { dir: dir.to_owned() });
        }
        disk::sync_dirs(&changed)?;
        let head = Checkpoint {
            origin: key.name().to_owned(),
            size: 0,
            root: Hash::EMPTY,
        };
        let signed = sign(&head, &key, &checkpoint)?;
        disk::replace(&checkpoint, &dir.join(DRAFT), signed.to_string().as_bytes())?;
        let (edge, dir) = (Edge::default(), dir.to_owned());
        Ok(Self {
            dir,
            key,
            edge,
            head,
            signed,
            lock,
            set_aside: Vec::new(),
            is_unfinished: false,
        })
    }

    /// Opens the log in `dir` for appending, after checking that its right edge adds up to the signed
    /// root. What an interrupted append left beyond the head is moved to `aside/`, never deleted.
    ///
    /// # Errors
    /// When there is no log, another process is at it, its head is not by this key, or it is damaged.
    pub fn open(dir: &Path, key: SigningKey) -> Result<Self, LedgerError> {
        if !dir.join(CHECKPOINT).exists() {
            return Err(LedgerError::NoCheckpoint { dir: dir.to_owned() });
        }
        let lock = take_lock(dir)?;
        let (head, signed) = read::head(dir, &key.verifier())?;
        let edge = load_edge(dir, &head, &key.verifier())?;
        let set_aside = set_leftovers_aside(dir, head.size)?;
        let dir = dir.to_owned();
        Ok(Self {
            dir,
            key,
            edge,
            head,
            signed,
            lock,
            set_aside,
            is_unfinished: false,
        })
    }

    /// Appends all `leaves` or none: when this returns, they are on the disk under a signed head.
    ///
    /// One call is one commit however many leaves it has, so callers collect a batch. No leaves, no
    /// change.
    ///
    /// # Errors
    /// When a leaf is too long (nothing was written), or the disk refuses: then the old head stands or,
    /// if the very last step failed, the new one; open the log again to see which.
    pub fn append<L: AsRef<[u8]>>(&mut self, leaves: &[L]) -> Result<Appended, LedgerError> {
        if self.is_unfinished {
            return Err(LedgerError::Unfinished {
                dir: self.dir.clone(),
            });
        }
        self.check_leaves(leaves)?;
        let first = self.head.size;
        if leaves.is_empty() {
            return Ok(Appended {
                first,
                checkpoint: self.head.clone(),
            });
        }
        let mut edge = self.edge.clone();
        let mut tiles = Vec::new();
        for leaf in leaves {
            edge.push(leaf.as_ref(), &mut tiles);
        }
        tiles.extend(edge.parts_since(first));
        let head = Checkpoint {
            origin: self.head.origin.clone(),
            size: edge.size(),
            root: edge.root(),
        };
        let path = self.dir.join(CHECKPOINT);
        let signed = sign(&head, &self.key, &path)?;

        // From the first byte written until the last step held, the state on disk is in doubt.
        self.is_unfinished = true;
        write_tiles(&self.dir, &tiles)?;
        disk::replace(&path, &self.dir.join(DRAFT), signed.to_string().as_bytes())?;
        self.is_unfinished = false;

        drop_superseded(&self.dir, &tiles);
        (self.edge, self.head, self.signed) = (edge, head, signed);
        Ok(Appended {
            first,
            checkpoint: self.head.clone(),
        })
    }

    /// The signed head, as far as the log goes.
    #[must_use]
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.head
    }

    /// The head with its signature, as it lies on disk.
    #[must_use]
    pub fn signed_checkpoint(&self) -> String {
        self.signed.to_string()
    }

    /// The key to check this log with.
    #[must_use]
    pub fn verifier(&self) -> VerifierKey {
        self.key.verifier()
    }

    /// The log as it now is, for reading.
    ///
    /// # Errors
    /// When the checkpoint on disk can no longer be read or trusted.
    pub fn reader(&self) -> Result<Reader, LedgerError> {
        Reader::open(&self.dir, &self.key.verifier())
    }

    /// Files that lay beyond the head when the log was opened, where they now are. An interrupted append
    /// leaves some; so does a checkpoint that was put back to an older one.
    #[must_use]
    pub fn set_aside(&self) -> &[PathBuf] {
        &self.set_aside
    }

    fn check_leaves<L: AsRef<[u8]>>(&self, leaves: &[L]) -> Result<(), LedgerError> {
        for (position, leaf) in leaves.iter().enumerate() {
            let bytes = leaf.as_ref().len();
            if bytes > LEAF_BYTES_MAX {
                return Err(LedgerError::LeafTooLong { position, bytes });
            }
        }
        if self.head.size + leaves.len() as u64 > SIZE_MAX {
            return Err(LedgerError::Full {
                dir: self.dir.clone(),
            });
        }
        Ok(())
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        // The lock itself ends with the file; an empty file shows that no process holds it. A failure
        // leaves an old process id behind, which nobody reads while the lock is free.
        let _ = self.lock.set_len(0);
    }
}

/// The new checkpoint before it takes its place.
const DRAFT: &str = "checkpoint.draft";

/// The file that the one writer holds locked.
const LOCK: &str = "lock";

fn sign(head: &Checkpoint, key: &SigningKey, path: &Path) -> Result<Note, LedgerError> {
    head.sign(key).map_err(|source| LedgerError::Checkpoint {
        path: path.to_owned(),
        source,
    })
}

fn take_lock(dir: &Path) -> Result<File, LedgerError> {
    let path = dir.join(LOCK);
    let mut lock = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .map_err(LedgerError::io("open", &path))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut pid = String::new();
            // Whatever cannot be read leaves the id open; the refusal stands either way.
            let _ = lock.take(32).read_to_string(&mut pid);
            let pid = if pid.trim().is_empty() { "?" } else { pid.trim() };
            return Err(LedgerError::InUse {
                dir: dir.to_owned(),
                pid: pid.to_owned(),
            });
        }
        Err(TryLockError::Error(source)) => return Err(LedgerError::io("lock", &path)(source)),
    }
    let write_pid = |lock: &mut File| -> std::io::Result<()> {
        lock.set_len(0)?;
        lock.rewind()?;
        writeln!(lock, "{}", std::process::id())
    };
    write_pid(&mut lock).map_err(LedgerError::io("write", &path))?;
    Ok(lock)
}

/// Reads the right edge and checks it: its hashes lead to the root, its entries to its hashes.
fn load_edge(dir: &Path, head: &Checkpoint, key: &VerifierKey) -> Result<Edge, LedgerError> {
    let levels = Tree::load(dir, key, head)?.into_edge();
    let bundle = match part_at_edge(Holds::Entries, head.size) {
        Some(place) => read::tile(dir, key, place)?,
        None => Vec::new(),
    };
    let edge = Edge::resume(head.size, bundle, levels);
    if edge.is_bundle_sound() {
        Ok(edge)
    } else {
        Err(audit::damage(dir, key))
    }
}

/// Moves every tile file that the head does not cover out of the way, keeping its name.
fn set_leftovers_aside(dir: &Path, size: u64) -> Result<Vec<PathBuf>, LedgerError> {
    let mut changed = BTreeSet::new();
    let mut moved = Vec::new();
    for name in disk::files_below(dir, &dir.join("tile"))? {
        if Place::parse(&name).is_none_or(|place| place.is_within(size)) {
            continue;
        }
        let (from, to) = (dir.join(&name), dir.join("aside").join(&name));
        for path in [&from, &to] {
            let above = disk::parent(path)
                .expect("a path below the log has a directory")
                .to_owned();
            disk::make_dirs(&above, &mut changed)?;
            changed.insert(above);
        }
        fs::rename(&from, &to).map_err(LedgerError::io("set aside", &from))?;
        moved.push(to);
    }
    disk::sync_dirs(&changed)?;
    Ok(moved)
}

fn write_tiles(dir: &Path, tiles: &[Filled]) -> Result<(), LedgerError> {
    let mut changed = BTreeSet::new();
    for (place, bytes) in tiles {
        let path = dir.join(place.path());
        let above = disk::parent(&path).expect("a path below the log has a directory");
        disk::make_dirs(above, &mut changed)?;
        disk::write(&path, bytes)?;
        // Up to the log itself: a directory that is already there may be one that an interrupted append
        // made and did not sync.
        changed.extend(
            path.ancestors()
                .skip(1)
                .take_while(|above| above.starts_with(dir))
                .map(Path::to_owned),
        );
    }
    disk::sync_dirs(&changed)
}

/// Removes the part-filled forms of tiles that are now full, as the specification allows.
fn drop_superseded(dir: &Path, tiles: &[Filled]) {
    for (place, _) in tiles.iter().filter(|(place, _)| place.width == TILE_WIDTH) {
        // A failure here costs space only: an older part stays a true beginning of its tile.
        let _ = fs::remove_dir_all(dir.join(format!("{}.p", place.path())));
    }
}
