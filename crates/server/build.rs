//! Builds the program anew when the pages for people were built anew.

fn main() {
    let pages = std::path::Path::new("../../web/dist");
    // A folder that is not there counts as changed each time, and would build everything each time; an empty one
    // changes when the pages come. Where none can be made, none can be built either.
    let there = pages.exists() || std::fs::create_dir_all(pages).is_ok();
    let watched = if there {
        pages
    } else {
        std::path::Path::new("build.rs")
    };
    println!("cargo::rerun-if-changed={}", watched.display());
}
