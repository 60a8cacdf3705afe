//! Files and folders, one input at a time.

use crate::{INPUT_BYTES_MAX, Input, note, too_large};
use model::{Note, Severity};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// Deepest folder below the one that was named; deeper ones are a mistake or a loop.
const FOLDERS_MAX: usize = 64;

/// What a walk meets.
#[derive(Debug)]
pub enum Event {
    /// A file that was read.
    Input(Input),
    /// Something that could not be read.
    Note(Note),
}

/// Walks a file or a folder, in the order of names, and gives each file to `on`, one at a time, so that
/// only one is in memory.
///
/// Goes into folders. Follows a link only to a file inside the folder that was named. Leaves out names that
/// begin with a dot. What cannot be read is noted, and the walk goes on.
pub fn list(path: &Path, on: &mut dyn FnMut(Event)) {
    let root = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut files = 0;
    match fs::metadata(path) {
        Err(error) => on(lost(
            path,
            &format!("could not be opened: {}", reason(&error)),
            "Check the name and the right to read it.",
        )),
        Ok(meta) if meta.is_dir() => {
            folder(path, &root, 0, &mut |event| {
                files += 1;
                on(event);
            });
            if files == 0 {
                on(lost(
                    path,
                    "the folder has no files",
                    "Name the folder in which the pages lie.",
                ));
            }
        }
        Ok(_) => file(path, on),
    }
}

fn folder(path: &Path, root: &Path, depth: usize, on: &mut dyn FnMut(Event)) {
    if depth > FOLDERS_MAX {
        on(lost(
            path,
            &format!("the folder lies more than {FOLDERS_MAX} folders deep"),
            "Name it by itself.",
        ));
        return;
    }
    let names: io::Result<Vec<PathBuf>> =
        fs::read_dir(path).and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect());
    let mut names = match names {
        Ok(names) => names,
        Err(error) => {
            on(lost(
                path,
                &format!("the folder could not be opened: {}", reason(&error)),
                "Check the right to read it.",
            ));
            return;
        }
    };
    names.sort();
    for name in names {
        let is_hidden = name
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden {
            continue;
        }
        match fs::symlink_metadata(&name) {
            Err(error) => on(lost(
                &name,
                &format!("could not be opened: {}", reason(&error)),
                "Check the right to read it.",
            )),
            Ok(meta) if meta.is_symlink() => link(&name, root, on),
            Ok(meta) if meta.is_dir() => folder(&name, root, depth + 1, on),
            Ok(_) => file(&name, on),
        }
    }
}

/// A link is followed to a file inside the folder that was named, and nowhere else.
fn link(path: &Path, root: &Path, on: &mut dyn FnMut(Event)) {
    match fs::canonicalize(path) {
        Ok(target) if target.is_file() && target.starts_with(root) => file(path, on),
        Ok(_) => on(Event::Note(note(
            Severity::Hint,
            &path.to_string_lossy(),
            "the link leads to a folder or out of the folder that was named, and was not followed",
        ))),
        Err(error) => on(lost(
            path,
            &format!("the link leads nowhere: {}", reason(&error)),
            "",
        )),
    }
}

fn file(path: &Path, on: &mut dyn FnMut(Event)) {
    let name = path.to_string_lossy().into_owned();
    match load(path) {
        Ok(Loaded::Bytes(bytes)) => on(Event::Input(Input { name, bytes })),
        Ok(Loaded::TooLarge(bytes)) => too_large(&name, bytes)
            .notes
            .into_iter()
            .for_each(|note| on(Event::Note(note))),
        Ok(Loaded::Special) => on(lost(
            path,
            "it is no file but a pipe or a device",
            "Copy its content into a file.",
        )),
        Err(error) => on(lost(
            path,
            &format!("could not be read: {}", reason(&error)),
            "Check the right to read it.",
        )),
    }
}

enum Loaded {
    Bytes(Vec<u8>),
    TooLarge(u64),
    Special,
}

fn load(path: &Path) -> io::Result<Loaded> {
    let meta = fs::metadata(path)?;
    // A pipe would make the program wait for ever.
    if !meta.is_file() {
        return Ok(Loaded::Special);
    }
    let limit = INPUT_BYTES_MAX as u64;
    if meta.len() > limit {
        return Ok(Loaded::TooLarge(meta.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or(0));
    // One byte more than the limit shows a file that grew, or that did not tell its length.
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(Loaded::TooLarge(bytes.len() as u64));
    }
    Ok(Loaded::Bytes(bytes))
}

fn lost(path: &Path, what: &str, next: &str) -> Event {
    Event::Note(note(Severity::Lost, &path.to_string_lossy(), what).next(next))
}

/// Why the system refused, in words without its numbers.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "the right to read it is missing".to_owned(),
        _ => {
            let words = error.to_string();
            words.split(" (os error").next().unwrap_or(&words).to_lowercase()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_cannot_be_opened_is_noted() {
        // A file cannot be opened as a folder by anybody, so this also holds for an almighty user.
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let mut notes = Vec::new();
        folder(&here, &here, 0, &mut |event| notes.push(event));
        let [Event::Note(note)] = notes.as_slice() else {
            panic!("{notes:?}")
        };
        assert!(note.what.contains("could not be opened"), "{}", note.what);
        assert_eq!(note.severity, Severity::Lost);
    }

    #[test]
    fn reasons_are_words() {
        assert_eq!(
            reason(&io::Error::from(io::ErrorKind::PermissionDenied)),
            "the right to read it is missing"
        );
        assert!(!reason(&io::Error::from_raw_os_error(40)).contains("os error"));
    }
}
