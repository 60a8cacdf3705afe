//! File operations that either happened and last, or are reported with the file's name.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::error::LedgerError;

/// Reads a whole file, refusing to read more than `bytes_max`.
pub(crate) fn read(path: &Path, bytes_max: usize) -> Result<Vec<u8>, LedgerError> {
    let file = File::open(path).map_err(LedgerError::io("open", path))?;
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a longer file shows as longer and is not cut silently.
    file.take(bytes_max as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(LedgerError::io("read", path))?;
    Ok(bytes)
}

/// Writes a file and waits until its bytes are on the disk. Its directory entry is not yet:
/// see [`sync_dirs`].
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), LedgerError> {
    let mut file = File::create(path).map_err(LedgerError::io("create", path))?;
    file.write_all(bytes).map_err(LedgerError::io("write", path))?;
    file.sync_all().map_err(LedgerError::io("write", path))
}

/// Makes `dir` and all directories above it, and adds every directory whose entries changed to
/// `changed`.
pub(crate) fn make_dirs(dir: &Path, changed: &mut BTreeSet<PathBuf>) -> Result<(), LedgerError> {
    if dir.is_dir() {
        return Ok(());
    }
    if let Some(above) = parent(dir) {
        make_dirs(above, changed)?;
        changed.insert(above.to_owned());
    }
    match fs::create_dir(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && dir.is_dir() => Ok(()),
        made => made.map_err(LedgerError::io("make directory", dir)),
    }
}

/// Waits until the entries of these directories are on the disk.
pub(crate) fn sync_dirs(dirs: &BTreeSet<PathBuf>) -> Result<(), LedgerError> {
    for dir in dirs {
        File::open(dir)
            .and_then(|dir| dir.sync_all())
            .map_err(LedgerError::io("sync directory", dir))?;
    }
    Ok(())
}

/// Puts `bytes` in the place of a file in one step: after a crash the old file is there or the new one.
pub(crate) fn replace(path: &Path, draft: &Path, bytes: &[u8]) -> Result<(), LedgerError> {
    write(draft, bytes)?;
    fs::rename(draft, path).map_err(LedgerError::io("replace", path))?;
    sync_dirs(&parent(path).map(Path::to_owned).into_iter().collect())
}

/// All files below `dir`, as paths relative to `base` with `/` between the parts, sorted.
///
/// A name that is not Unicode is shown with replacement characters: no path of a log has one.
pub(crate) fn files_below(base: &Path, dir: &Path) -> Result<Vec<String>, LedgerError> {
    let mut files = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        let listing = match fs::read_dir(&dir) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            listing => listing.map_err(LedgerError::io("list", &dir))?,
        };
        for entry in listing {
            let entry = entry.map_err(LedgerError::io("list", &dir))?;
            let kind = entry.file_type().map_err(LedgerError::io("list", &dir))?;
            if kind.is_dir() {
                open.push(entry.path());
            } else {
                files.push(relative(base, &entry.path()));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The directory a path lies in; the current one for a bare name.
pub(crate) fn parent(path: &Path) -> Option<&Path> {
    path.parent().map(|above| {
        if above.as_os_str().is_empty() {
            Path::new(".")
        } else {
            above
        }
    })
}

fn relative(base: &Path, path: &Path) -> String {
    let below = path.strip_prefix(base).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
