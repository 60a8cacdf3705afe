//! Prints what `text` reads of files: for people who edit the lexicon.
use model::{Given, Media, Page};
fn main() {
    let (lexicon, outlets) = load();
    let mut documents = Vec::new();
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).expect("a file");
        let media = if path.ends_with("html") { Media::Html } else { Media::Text };
        let page = Page { name: path, bytes, media, given: Given::default() };
        documents.push(text::clean(&page, &outlets, &lexicon));
    }
    for d in text::date_undated(documents) {
        println!("=== {} {:?} {:?} {} {} {:?} outlet={:?} credits={:?} title={:?} by={:?}", d.name, d.charset, d.language, d.published.edtf, d.published.how.as_str(), d.published.because.iter().map(|b| b.words.as_str()).collect::<Vec<_>>(), d.outlet, d.credits, d.title, d.byline);
        for p in &d.passages { println!("  {:12} [{}] {}", p.kind.as_str(), p.because.iter().map(|b| b.rule.as_str()).collect::<Vec<_>>().join(","), p.text); }
        for a in &d.artefacts { println!("  ! {} \"{}\" -> \"{}\" ({})", a.kind.as_str(), a.quote, a.proposed, a.because.entry); }
        for n in &d.notes { println!("  note {}", n.what); }
    }
}
fn load() -> (text::Damage, Vec<model::Outlet>) {
    let read = |folder: &str| {
        let mut files = Vec::new();
        let mut stack = vec![std::path::PathBuf::from(folder)];
        while let Some(at) = stack.pop() {
            let Ok(entries) = std::fs::read_dir(&at) else { continue };
            for entry in entries.flatten() {
                let path = entry.path();
                if path.is_dir() { stack.push(path) } else if let Ok(text) = std::fs::read_to_string(&path) { files.push((path.display().to_string(), text)); }
            }
        }
        files.sort();
        files
    };
    let (lexicon, faults) = text::Damage::parse(&read("data/lexicon"));
    for f in faults { println!("{f}"); }
    let (outlets, faults) = text::outlets(&read("data/outlets"));
    for f in faults { println!("{f}"); }
    (lexicon, outlets)
}
