//! Builds the program anew when the pages for people were built anew.

fn main() {
    let pages = std::path::Path::new("../../web/dist");
    // A folder that is not there counts as changed each time, and would build everything each time.
    let watched = if pages.exists() {
        pages
    } else {
        std::path::Path::new("build.rs")
    };
    println!("cargo::rerun-if-changed={}", watched.display());
}
