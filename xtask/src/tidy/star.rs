//! The star of crates: a crate knows only those that the table "Who may know whom" in `ARCHITECTURE.md` grants.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Fault, table};

/// Heading of the table in `ARCHITECTURE.md`.
const HEADING: &str = "Who may know whom";

/// Word in the table for a crate that may know all others.
const ALL: &str = "all";

/// A row of the table: the crates that one may know, and the libraries it is kept to, where it is kept to some.
struct Grant {
    crates: BTreeSet<String>,
    libraries: Option<BTreeSet<String>>,
}

/// Compares the table with the dependencies of every kind that cargo sees.
pub(crate) fn check(architecture: &str, metadata: &Value) -> Vec<Fault> {
    let grants: BTreeMap<String, Grant> = table::rows(architecture, HEADING)
        .into_iter()
        .map(|row| {
            let cell = |index: usize| row.get(index).map_or("", String::as_str);
            let libraries = (cell(2) != "any").then(|| words(cell(2)));
            (cell(0).to_owned(), Grant { crates: words(cell(1)), libraries })
        })
        .collect();
    let place = "ARCHITECTURE.md";
    if grants.is_empty() {
        let next = "Write the table that says which crate may know which.";
        return vec![Fault::new(place, format!("there is no table under \"{HEADING}\""), next)];
    }
    let members = members(metadata);
    let mut faults = Vec::new();
    for name in grants.keys().filter(|name| !members.contains_key(*name)) {
        faults.push(Fault::new(place, format!("the table names \"{name}\", which is no crate"), "Take the row out."));
    }
    for (name, known) in &members {
        let Some(grant) = grants.get(name) else {
            let next = "Add a row; a crate that nobody placed on the map may know nothing.";
            faults.push(Fault::new(place, format!("the table does not name the crate \"{name}\""), next));
            continue;
        };
        for other in known.crates.iter().filter(|other| !grant.crates.contains(*other) && !grant.crates.contains(ALL)) {
            let next = "Hand the value forward through the binary, or move the noun to model.";
            faults.push(Fault::new(format!("crate {name}"), format!("it knows \"{other}\", which the table does not grant"), next));
        }
        let Some(libraries) = &grant.libraries else { continue };
        for library in known.libraries.difference(libraries) {
            let next = "Leave it out; where it is truly needed, change the table and say why in docs/decisions.";
            faults.push(Fault::new(format!("crate {name}"), format!("it uses \"{library}\", which the table does not grant"), next));
        }
    }
    faults
}

/// What a crate knows: crates of the house, and libraries that its own code (not its tests) uses.
#[derive(Default)]
struct Known {
    crates: BTreeSet<String>,
    libraries: BTreeSet<String>,
}

/// Every crate of the workspace by its folder's name.
fn members(metadata: &Value) -> BTreeMap<String, Known> {
    let mut members = BTreeMap::new();
    for package in super::libraries::own(metadata) {
        let mut known = Known::default();
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let name = dependency["name"].as_str().unwrap_or_default();
            if dependency["path"].is_string() {
                known.crates.insert(short(name));
            } else if dependency["kind"] != "dev" {
                known.libraries.insert(name.to_owned());
            }
        }
        members.insert(short(package["name"].as_str().unwrap_or_default()), known);
    }
    members
}

fn short(name: &str) -> String {
    name.strip_prefix("truceline-").unwrap_or(name).to_owned()
}

fn words(cell: &str) -> BTreeSet<String> {
    cell.split_whitespace().filter(|word| *word != "–").map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{check, words};
    use serde_json::{Value, json};

    const TABLE: &str = "## Who may know whom\n\n| crate | may know | libraries |\n|--|--|--|\n\
                         | `model` | – | `serde` |\n| `text` | `model` | any |\n| `truceline` | all | any |\n";

    fn house(text_knows: &str, model_uses: &str) -> Value {
        let path = |name: &str| json!({"name": name, "path": "/x", "kind": null});
        let library = |name: &str| json!({"name": name, "path": null, "kind": null});
        json!({
            "workspace_members": ["a", "b", "c"],
            "packages": [
                {"id": "a", "name": "truceline-model", "dependencies": [library(model_uses)]},
                {"id": "b", "name": "truceline-text", "dependencies": [path(text_knows), library("html5ever")]},
                {"id": "c", "name": "truceline", "dependencies": [path("truceline-text"), path("truceline-model")]},
                {"id": "d", "name": "serde", "dependencies": []},
            ],
        })
    }

    #[track_caller]
    fn check_says(table: &str, house: &Value, expected: &[&str]) {
        let faults: Vec<String> = check(table, house).into_iter().map(|fault| fault.what).collect();
        assert_eq!(faults, expected);
    }

    #[test]
    fn a_house_that_keeps_to_the_table_is_silent() {
        check_says(TABLE, &house("truceline-model", "serde"), &[]);
    }

    #[test]
    fn a_crate_that_knows_too_much_is_named() {
        check_says(TABLE, &house("truceline", "serde"), &["it knows \"truceline\", which the table does not grant"]);
    }

    #[test]
    fn a_library_in_a_crate_kept_to_few_is_named() {
        check_says(TABLE, &house("truceline-model", "rusqlite"), &["it uses \"rusqlite\", which the table does not grant"]);
    }

    #[test]
    fn table_and_crates_must_be_the_same_set() {
        let less = TABLE.replace("| `text` | `model` | any |\n", "| `texts` | `model` | any |\n");
        let expected = ["the table names \"texts\", which is no crate", "the table does not name the crate \"text\""];
        check_says(&less, &house("truceline-model", "serde"), &expected);
        check_says("no table", &house("truceline-model", "serde"), &["there is no table under \"Who may know whom\""]);
    }

    #[test]
    fn a_dash_is_no_crate() {
        assert!(words("–").is_empty());
    }
}
