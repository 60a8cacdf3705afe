//! Long files and long functions, with a list of old offenders that can only shrink.

use std::collections::BTreeMap;

use anyhow::Result;

use super::files::Tree;
use super::{Fault, source};

/// Longest file, in lines. We aim at 400; beyond 800 nobody reads a file from top to bottom.
const FILE_MAX: usize = 800;

/// Longest function, in lines from `fn` to its brace. We aim at 60; beyond 100 it tells more than one thing.
const FUNCTION_MAX: usize = 100;

/// The list of old offenders: file, kind (`file` or `fn NAME`), limit in lines.
const LIST: &str = "xtask/tidy-ratchet.tsv";

/// Measures every Rust file against the limits and the list.
pub(crate) fn check(tree: &Tree) -> Result<Vec<Fault>> {
    Ok(compare(&measured(tree.rust()), &tree.text(LIST)?))
}

/// Everything beyond a limit: file and kind, with its lines.
fn measured<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<(String, String), usize> {
    let mut long = BTreeMap::new();
    for (path, text) in files {
        let lines = text.lines().count();
        if lines > FILE_MAX {
            long.insert((path.to_owned(), "file".to_owned()), lines);
        }
        for (name, lines) in source::functions(text).into_iter().filter(|(_, lines)| *lines > FUNCTION_MAX) {
            let longest = long.entry((path.to_owned(), format!("fn {name}"))).or_default();
            *longest = lines.max(*longest);
        }
    }
    long
}

fn compare(long: &BTreeMap<(String, String), usize>, list: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut limits = BTreeMap::new();
    for (line, row) in list.lines().enumerate().skip(1) {
        let place = format!("{LIST}:{}", line + 1);
        let [path, kind, limit] = row.split('\t').collect::<Vec<_>>()[..] else {
            faults.push(Fault::new(place, "a line that cannot be read", "Write: file, kind, limit, with tabs between."));
            continue;
        };
        let limit = limit.parse::<usize>().unwrap_or(0);
        let key = (path.to_owned(), kind.to_owned());
        match long.get(&key) {
            None => faults.push(Fault::new(place, format!("\"{path}\" ({kind}) is short enough now"), "Take the line out.")),
            Some(&lines) if lines < limit => {
                let what = format!("\"{path}\" ({kind}) has {lines} lines, fewer than its limit of {limit}");
                faults.push(Fault::new(place, what, format!("Lower the limit to {lines}.")));
            }
            Some(_) => {}
        }
        limits.insert(key, limit);
    }
    for ((path, kind), &lines) in long {
        let most = if kind == "file" { FILE_MAX } else { FUNCTION_MAX };
        let limit = limits.get(&(path.clone(), kind.clone())).copied().unwrap_or(most);
        if lines > limit {
            let what = format!("{kind} has {lines} lines, more than {limit}");
            faults.push(Fault::new(path, what, "Cut it where it tells a second thing; the list only shrinks."));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{FILE_MAX, compare, measured};

    #[track_caller]
    fn check(path: &str, text: &str, list: &str, expected: &[&str]) {
        let long = measured([(path, text)].into_iter());
        let faults: Vec<String> = compare(&long, &format!("file\tkind\tlimit\n{list}")).into_iter().map(|fault| fault.what).collect();
        assert_eq!(faults, expected);
    }

    fn function(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "let a = 1;\n".repeat(lines - 2))
    }

    #[test]
    fn a_file_at_the_limit_passes_and_one_line_more_does_not() {
        check("a.rs", &"//\n".repeat(FILE_MAX), "", &[]);
        check("a.rs", &"//\n".repeat(FILE_MAX + 1), "", &["file has 801 lines, more than 800"]);
    }

    #[test]
    fn a_function_at_the_limit_passes_and_one_line_more_does_not() {
        check("a.rs", &function(100), "", &[]);
        check("a.rs", &function(101), "", &["fn long has 101 lines, more than 100"]);
    }

    #[test]
    fn an_old_offender_may_stay_but_not_grow() {
        check("a.rs", &function(120), "a.rs\tfn long\t120\n", &[]);
        check("a.rs", &function(121), "a.rs\tfn long\t120\n", &["fn long has 121 lines, more than 120"]);
    }

    #[test]
    fn an_old_offender_that_shrank_lowers_its_limit() {
        check("a.rs", &function(110), "a.rs\tfn long\t120\n", &["\"a.rs\" (fn long) has 110 lines, fewer than its limit of 120"]);
        check("a.rs", "", "a.rs\tfile\t900\n", &["\"a.rs\" (file) is short enough now"]);
    }
}
