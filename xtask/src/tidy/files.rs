//! What may lie in the repository: known kinds of file, none large, save those listed with a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::Fault;

/// Largest file that needs no reason, in bytes.
///
/// 500 KB: ten times our longest hand-written file. Raise it and outputs slip in, which every clone then carries
/// for ever; lower it and map outlines need reasons.
const BYTES_MAX: u64 = 500_000;

/// Kinds of file that people write or review here.
const KINDS: &[&str] = &[
    "css", "csv", "eml", "ftl", "geojson", "html", "js", "json", "jsonl", "lock", "md", "mjs", "rs", "sql",
    "svelte", "svg", "toml", "ts", "tsv", "txt", "xml",
];

/// Files that have no extension by custom.
const BARE: &[&str] = &[
    "LICENSE",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "NOTICE",
    ".gitignore",
    ".gitattributes",
    ".npmrc",
    ".ci/run",
];

/// The files that git tracks or would track, with their bytes read once.
pub(crate) struct Tree {
    files: BTreeMap<String, Vec<u8>>,
    folders: BTreeSet<String>,
}

impl Tree {
    /// Reads every file under `root` that git does not ignore.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("could not start git")?;
        if !output.status.success() {
            bail!(
                "git ls-files said no: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut files = BTreeMap::new();
        for path in listed.split('\0').filter(|path| !path.is_empty()) {
            // A file deleted but not yet committed is no longer part of the house.
            if let Ok(bytes) = std::fs::read(root.join(path)) {
                files.insert(path.to_owned(), bytes);
            }
        }
        Ok(Self::from_files(files))
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self::from_files(
            files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
                .collect(),
        )
    }

    fn from_files(files: BTreeMap<String, Vec<u8>>) -> Self {
        let mut folders = BTreeSet::new();
        for path in files.keys() {
            for (at, _) in path.match_indices('/') {
                folders.insert(path[..at].to_owned());
            }
        }
        Self { files, folders }
    }

    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether a file or a folder stands at a path.
    pub(crate) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        path.is_empty() || self.files.contains_key(path) || self.folders.contains(path)
    }

    pub(crate) fn text(&self, path: &str) -> Result<String> {
        let bytes = self
            .files
            .get(path)
            .with_context(|| format!("{path:?} is missing"))?;
        String::from_utf8(bytes.clone()).with_context(|| format!("{path:?} is not UTF-8"))
    }

    /// Every file that is text, with its text.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)))
    }

    /// Rust files with their text.
    pub(crate) fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(|(path, _)| path.ends_with(".rs"))
    }
}

/// File with the exceptions: path, a tab, the reason.
const LIST: &str = "xtask/tidy-files.tsv";

/// Compares every file with the kinds and the size that need no reason.
pub(crate) fn check(tree: &Tree) -> Result<Vec<Fault>> {
    let listed = tree.text(LIST)?;
    let mut reasons = BTreeMap::new();
    let mut faults = Vec::new();
    for (line, row) in listed.lines().enumerate().skip(1) {
        match row.split_once('\t') {
            Some((path, reason)) if !reason.trim().is_empty() => {
                reasons.insert(path, line + 1);
            }
            _ => faults.push(Fault::new(
                format!("{LIST}:{}", line + 1),
                "a line without a reason",
                "Write: path, a tab, the reason.",
            )),
        }
    }
    for (path, line) in &reasons {
        let needless = tree
            .files
            .get(*path)
            .is_none_or(|bytes| complaint(path, bytes.len() as u64).is_none());
        if needless {
            let what = format!("\"{path}\" needs no exception");
            faults.push(Fault::new(format!("{LIST}:{line}"), what, "Take the line out."));
        }
    }
    for (path, bytes) in tree
        .files
        .iter()
        .filter(|(path, _)| !reasons.contains_key(path.as_str()))
    {
        if let Some(what) = complaint(path, bytes.len() as u64) {
            let next =
                format!("Keep it out of git and make it by a recipe, or list it in {LIST} with a reason.");
            faults.push(Fault::new(path, what, next));
        }
    }
    Ok(faults)
}

/// What is wrong with a file of this name and size.
fn complaint(path: &str, bytes: u64) -> Option<String> {
    if bytes > BYTES_MAX {
        return Some(format!("it has {bytes} bytes, more than {BYTES_MAX}"));
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    if BARE.contains(&path) || BARE.contains(&name) {
        return None;
    }
    match name.rsplit_once('.') {
        Some((_, kind)) if KINDS.contains(&kind) => None,
        Some((_, kind)) => Some(format!("\"{kind}\" is no kind of file that we keep")),
        None => Some("it has no extension".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{LIST, Tree, check, complaint};

    #[track_caller]
    fn check_tree(files: &[(&str, &str)], expected: &[&str]) {
        let faults: Vec<String> = check(&Tree::of(files))
            .unwrap()
            .into_iter()
            .map(|fault| format!("{} {}", fault.place, fault.what))
            .collect();
        assert_eq!(faults, expected);
    }

    #[test]
    fn ordinary_files_need_no_reason() {
        check_tree(
            &[
                (LIST, "path\treason\n"),
                ("a/b.rs", ""),
                ("LICENSE", ""),
                (".ci/run", ""),
            ],
            &[],
        );
    }

    #[test]
    fn outputs_and_large_files_are_named() {
        check_tree(
            &[(LIST, "path\treason\n"), ("model.pkl", "")],
            &["model.pkl \"pkl\" is no kind of file that we keep"],
        );
        assert!(complaint("data/big.tsv", 500_001).is_some());
        assert!(complaint("data/big.tsv", 500_000).is_none());
        assert!(complaint("data/notes", 1).is_some());
    }

    #[test]
    fn an_exception_needs_a_reason_and_a_need() {
        let list = "path\treason\nmodel.bin\tweights, recipe in xtask\nold.bin\tgone\nx.rs\n";
        let line = format!("{LIST}:4 a line without a reason");
        let gone = format!("{LIST}:3 \"old.bin\" needs no exception");
        check_tree(&[(LIST, list), ("model.bin", "")], &[&line, &gone]);
    }
}
