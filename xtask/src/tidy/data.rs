//! Data files can be read at all: TOML, JSON and UTF-8. What they say is checked by `truceline data check`.

use super::Fault;
use super::files::Tree;

pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let is_data = |path: &str| path.starts_with("data/") || path.starts_with("corpus/");
    let mut faults = Vec::new();
    for path in tree.paths().filter(|path| is_data(path)) {
        let kind = path.rsplit('.').next().unwrap_or_default();
        // Pages of the demonstration may be in any charset, as real ones are.
        if !matches!(kind, "toml" | "json" | "geojson" | "tsv" | "md") {
            continue;
        }
        let fault = match tree.text(path) {
            Err(error) => Some(format!("{error:#}")),
            Ok(text) => match kind {
                "toml" => text.parse::<toml::Table>().err().map(|error| error.to_string().trim().to_owned()),
                "json" | "geojson" => serde_json::from_str::<serde_json::Value>(&text).err().map(|error| error.to_string()),
                _ => None,
            },
        };
        if let Some(what) = fault {
            faults.push(Fault::new(path, what, "Run `truceline data check` for every fault with its line."));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::files::Tree;

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let tree = Tree::of(&[("data/a.toml", "[x\n"), ("data/b.geojson", "{"), ("data/c.toml", "x = 1"), ("xtask/d.toml", "[")]);
        let places: Vec<String> = check(&tree).into_iter().map(|fault| fault.place).collect();
        assert_eq!(places, ["data/a.toml", "data/b.geojson"]);
    }
}
