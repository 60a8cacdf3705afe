//! The map is true: every crate is on it, and every path and link that a page names exists.

use serde_json::Value;

use super::files::Tree;
use super::{Fault, libraries};

/// First parts of the paths that pages name.
const TOP: &[&str] = &["crates/", "data/", "corpus/", "models/", "web/", "docs/", "xtask/", ".ci/"];

pub(crate) fn check(tree: &Tree, metadata: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    for page in tree.paths().filter(|path| is_page(path)) {
        let Ok(text) = tree.text(page) else { continue };
        if page == "ARCHITECTURE.md" {
            let folders: Vec<String> = libraries::own(metadata).iter().filter_map(|package| folder(package)).collect();
            faults.extend(forgotten(&text, &folders));
        }
        for (line, named) in named_paths(&text, page) {
            if !tree.has(&named) {
                let what = format!("it names \"{named}\", which does not exist");
                faults.push(Fault::new(format!("{page}:{line}"), what, "Name what is there, or write what is missing."));
            }
        }
    }
    faults
}

/// Pages that describe the house: those at the top and in `docs`.
fn is_page(path: &str) -> bool {
    path.ends_with(".md") && (!path.contains('/') || path.starts_with("docs/"))
}

/// Crates whose folder the map does not name.
fn forgotten(map: &str, folders: &[String]) -> Vec<Fault> {
    folders
        .iter()
        .filter(|folder| !map.contains(&format!("`{folder}`")))
        .map(|folder| {
            let what = format!("the map does not name `{folder}`");
            Fault::new("ARCHITECTURE.md", what, "Say in the code map what it does and what it never does.")
        })
        .collect()
}

/// `crates/model/` of a package's manifest path.
fn folder(package: &Value) -> Option<String> {
    let mut parts = package["manifest_path"].as_str()?.rsplit(['/', '\\']).skip(1);
    let name = parts.next()?;
    let above = parts.next()?;
    Some(if above == "crates" { format!("crates/{name}/") } else { format!("{name}/") })
}

/// Paths in backticks and targets of links, with the line they stand on, from the root of the repository.
/// A path with a placeholder (`<lang>`, `*`, `…`, `ID`) is followed up to it.
fn named_paths(text: &str, page: &str) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    let mut fenced = false;
    for (line, words) in text.lines().enumerate() {
        if words.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let spans = words.split('`').skip(1).step_by(2);
        for span in spans.filter(|span| TOP.iter().any(|top| span.starts_with(top)) && !span.contains(' ')) {
            named.push((line + 1, up_to_placeholder(span)));
        }
        for target in words.split("](").skip(1).filter_map(|rest| rest.split_once(')')) {
            let target = target.0.split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                named.push((line + 1, beside(page, target)));
            }
        }
    }
    named
}

fn up_to_placeholder(path: &str) -> String {
    let kept = path.split('/').take_while(|part| !part.contains(['<', '*', '…', '{']) && *part != "ID" && *part != "NNNN");
    kept.collect::<Vec<_>>().join("/").trim_end_matches('/').to_owned()
}

/// A link's target, from the root, as seen from the page it stands on.
fn beside(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::{check, forgotten};
    use crate::tidy::files::Tree;
    use serde_json::json;

    #[track_caller]
    fn check_page(page: &str, text: &str, expected: &[&str]) {
        let tree = Tree::of(&[(page, text), ("crates/model/src/lib.rs", ""), ("data/lexicon/en/acts.toml", ""), ("LICENSE", "")]);
        let faults: Vec<String> = check(&tree, &json!({})).into_iter().map(|fault| format!("{} {}", fault.place, fault.what)).collect();
        assert_eq!(faults, expected);
    }

    #[test]
    fn paths_that_exist_are_fine() {
        check_page("docs/a.md", "See `crates/model/`, `data/lexicon/<lang>/`, [it](../LICENSE) and [out](https://example.org).", &[]);
    }

    #[test]
    fn a_path_that_is_not_there_is_named_with_its_line() {
        check_page("docs/a.md", "\nSee `crates/server/`.", &["docs/a.md:2 it names \"crates/server\", which does not exist"]);
        check_page("README.md", "[gone](docs/gone.md#x)", &["README.md:1 it names \"docs/gone.md\", which does not exist"]);
    }

    #[test]
    fn shown_output_and_other_words_are_not_paths() {
        check_page("README.md", "```text\n`crates/none`\n```\nRun `cargo xtask ci` or `and/or`.", &[]);
    }

    #[test]
    fn a_crate_that_the_map_forgot_is_named() {
        let folders = ["crates/model/".to_owned(), "xtask/".to_owned()];
        let faults = forgotten("- `crates/model/` the nouns", &folders);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].what, "the map does not name `xtask/`");
    }
}
