//! Published forms live in one place: `record`.
//!
//! A type of a stage that can be written as JSON soon *is* the published format, and every rename breaks a
//! reader. So in the library crates a type may derive `Serialize` only inside `record`, and may derive
//! `Deserialize` elsewhere only when it is private to its file: the shape of a table that a data reader parses.
//! The binary and xtask are free.

use super::files::Tree;
use super::{Fault, source};

/// Packages that face people, not other crates.
const FREE: &[&str] = &["crates/truceline/", "xtask/"];

pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    tree.rust()
        .filter(|(path, _)| !is_free(path))
        .flat_map(|(path, text)| file(path, text))
        .collect()
}

fn is_free(path: &str) -> bool {
    let is_record = path
        .split('/')
        .any(|part| part == "record" || part == "record.rs");
    is_record || path.contains("/tests/") || FREE.iter().any(|folder| path.starts_with(folder))
}

fn file(path: &str, text: &str) -> Vec<Fault> {
    let code = source::blank(text);
    let mut faults = Vec::new();
    for (at, _) in code.match_indices("derive(") {
        let Some(close) = code[at..].find(')') else {
            continue;
        };
        let derived: Vec<&str> = code[at + 7..at + close]
            .split(',')
            .map(|name| name.trim().rsplit("::").next().unwrap_or_default())
            .collect();
        let line = code[..at].lines().count().max(1);
        let place = format!("{path}:{line}");
        if derived.contains(&"Serialize") {
            let next = "Give it a form in record and convert at that one place.";
            faults.push(Fault::new(place, "a type outside record derives Serialize", next));
        } else if derived.contains(&"Deserialize") && is_public(&code[at + close..]) {
            let next =
                "Keep the shape of the file private to its reader, and give the caller a checked type.";
            faults.push(Fault::new(
                place,
                "a public type outside record derives Deserialize",
                next,
            ));
        }
    }
    faults
}

/// Whether the item after its attributes starts with `pub`.
fn is_public(after: &str) -> bool {
    let item = ["struct ", "enum "]
        .iter()
        .filter_map(|word| after.find(word))
        .min();
    item.is_some_and(|item| {
        after[..item]
            .split_whitespace()
            .any(|word| word == "pub" || word.starts_with("pub("))
    })
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::files::Tree;

    #[track_caller]
    fn check_file(path: &str, text: &str, expected: &[&str]) {
        let faults: Vec<String> = check(&Tree::of(&[(path, text)]))
            .into_iter()
            .map(|fault| fault.what)
            .collect();
        assert_eq!(faults, expected);
    }

    #[test]
    fn a_stage_type_that_writes_itself_is_a_fault() {
        let text = "#[derive(Clone, serde::Serialize)]\npub struct Claim;\n";
        check_file(
            "crates/model/src/claim.rs",
            text,
            &["a type outside record derives Serialize"],
        );
        check_file("crates/model/src/record.rs", text, &[]);
        check_file("crates/reports/src/record/claim.rs", text, &[]);
        check_file("crates/truceline/src/cli/assess.rs", text, &[]);
    }

    #[test]
    fn the_shape_of_a_file_is_private_to_its_reader() {
        let path = "crates/claims/src/lexicon.rs";
        check_file(
            path,
            "#[derive(Deserialize)]\n#[serde(deny_unknown_fields)]\nstruct Row { pub a: u8 }\n",
            &[],
        );
        check_file(
            path,
            "#[derive(Deserialize)]\npub(crate) struct Row;\n",
            &["a public type outside record derives Deserialize"],
        );
        check_file(
            path,
            "#[derive(Debug,\n    Deserialize)]\npub enum Row {}\n",
            &["a public type outside record derives Deserialize"],
        );
    }

    #[test]
    fn a_derive_in_a_comment_is_none() {
        check_file(
            "crates/text/src/lib.rs",
            "// #[derive(Serialize)]\npub struct A;\n",
            &[],
        );
    }
}
