//! The pages that speed is measured on.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use anyhow::{Context as _, Result};
use flate2::read::GzDecoder;
use model::{Given, Media, Page};
use serde::Deserialize;

/// One article of the set, as far as it is read.
#[derive(Deserialize)]
struct Article {
    id: String,
    title: String,
    date: String,
    source: String,
    text: String,
}

/// The first `most` articles of a packed file of JSON lines.
pub(crate) fn news(file: &Path, most: usize) -> Result<Vec<Page>> {
    let open = File::open(file).with_context(|| format!("could not open {file:?}"))?;
    let mut pages = Vec::new();
    for line in BufReader::new(GzDecoder::new(open)).lines().take(most) {
        let article: Article = serde_json::from_str(&line.context("the packed file breaks off")?).context("an article cannot be read")?;
        let given = Given { url: None, outlet: Some(article.source), title: Some(article.title), published: Some(article.date) };
        pages.push(Page { name: article.id, bytes: article.text.into_bytes(), media: Media::Text, given });
    }
    Ok(pages)
}

/// The pages of a folder, read as the binary reads them; what is no page there is left out.
pub(crate) fn folder(folder: &Path) -> Vec<Page> {
    let mut pages = Vec::new();
    sources::list(folder, &mut |event| {
        if let sources::Event::Input(input) = event
            && !(input.name.ends_with(".md") || input.name.ends_with(".toml"))
        {
            pages.extend(sources::read(input).pages);
        }
    });
    pages
}
