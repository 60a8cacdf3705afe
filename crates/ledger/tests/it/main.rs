//! The promises of the log, checked through its door.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic and say why it skips"
)]

mod commitments;
mod crash;
mod damage;
mod lock;
mod log;
mod notes;
mod proofs;

use std::path::{Path, PathBuf};

use ledger::{Ledger, SigningKey};

/// The key of every log in these tests.
fn key() -> SigningKey {
    SigningKey::from_random("example.org/log", &[7; 32]).unwrap()
}

/// Leaf number `n` of every log in these tests.
fn leaf(n: u64) -> Vec<u8> {
    format!("leaf {n}").into_bytes()
}

fn leaves(range: std::ops::Range<u64>) -> Vec<Vec<u8>> {
    range.map(leaf).collect()
}

/// A log that grew to each of `sizes` in turn, one commit each; the writer is gone again.
fn log_grown_to(dir: &Path, sizes: &[u64]) {
    let mut log = Ledger::create(dir, key()).unwrap();
    let mut size = 0;
    for &next in sizes {
        log.append(&leaves(size..next)).unwrap();
        size = next;
    }
}

/// All files below a directory, relative to it, sorted.
fn files(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(below) = open.pop() {
        for entry in std::fs::read_dir(below).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// Copies a log to another directory.
fn copy_log(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(&file);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(from.join(&file), target).unwrap();
    }
}

/// A file of outside vectors beside the repository, or nothing with the reason printed.
fn outside_vectors(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/vectors")
        .join(name);
    if !path.exists() {
        println!("skipped: the outside vectors {name} are not beside this repository");
        return None;
    }
    Some(path)
}
