//! The promises of the store, checked through its door.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod blobs;
mod conformance;
mod desk;
mod encryption;
mod server;
mod server_only;
mod view;

use std::path::{Path, PathBuf};

/// All files below a directory, sorted.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(below) = open.pop() {
        for entry in std::fs::read_dir(below).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path)
            } else {
                found.push(path)
            }
        }
    }
    found.sort();
    found
}

/// Whether any file below a directory holds these bytes.
fn holds(dir: &Path, bytes: &[u8]) -> bool {
    files(dir).iter().any(|file| {
        std::fs::read(file)
            .unwrap()
            .windows(bytes.len())
            .any(|part| part == bytes)
    })
}
