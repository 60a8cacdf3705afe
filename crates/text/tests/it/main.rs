//! The crate through its door, with the words and the outlets of the repository.

mod bad;
mod demo;
mod hidden;

use model::{DataFault, Document, Given, Media, Outlet, Page};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All files below a folder of the repository, in the order of their names.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
        for entry in std::fs::read_dir(&path).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                all.push((path.display().to_string(), text));
            }
        }
    }
    all.sort();
    all
}

fn lexicon() -> text::Damage {
    let (lexicon, faults): (_, Vec<DataFault>) = text::Damage::parse(&files("data/lexicon"));
    assert!(faults.is_empty(), "{faults:?}");
    lexicon
}

fn outlets() -> Vec<Outlet> {
    text::outlets(&files("data/outlets")).0
}

fn clean(bytes: impl Into<Vec<u8>>, media: Media, given: Given) -> Document {
    let page = Page {
        name: "page".to_owned(),
        bytes: bytes.into(),
        media,
        given,
    };
    let document = text::clean(&page, &outlets(), &lexicon());
    // What holds of every document, whatever the page.
    for passage in &document.passages {
        assert!(passage.span.end <= document.raw_bytes && passage.span.start <= passage.span.end);
        for run in &passage.runs {
            assert!(
                passage.text.is_char_boundary(run.text_start)
                    && run.raw_start + run.raw_bytes <= document.raw_bytes
            );
        }
    }
    document
}
