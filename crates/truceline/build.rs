//! Packs the gazetteer of `data/gazetteer` for building it in; a fault in a table stops the build.

use std::path::{Path, PathBuf};
use std::{env, fs};

#[expect(
    clippy::disallowed_methods,
    reason = "this is how a build script learns its folders"
)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../data/gazetteer");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".tsv") {
            files.push((format!("gazetteer/{name}"), fs::read_to_string(&path)?));
        }
    }
    let (gazetteer, faults) = places::Gazetteer::parse(&files);
    if !faults.is_empty() {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        return Err(format!("the gazetteer has faults:\n{}", lines.join("\n")).into());
    }
    let packed = PathBuf::from(env::var("OUT_DIR")?).join("gazetteer.packed");
    fs::write(packed, gazetteer.packed())?;
    Ok(())
}
