//! All automation of the house: tidy, score, bench, train, ci.

mod gazetteer;
mod score;

use std::path::Path;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["gazetteer", packages] => gazetteer::run(Path::new(packages), Path::new(".")),
        ["score", "places"] => score::print(&score::places::run(Path::new("../shared"))?),
        _ => anyhow::bail!("usage: cargo xtask gazetteer FOLDER_WITH_PACKAGES | score places"),
    }
}
