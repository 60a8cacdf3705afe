//! What a page says of itself where readers do not look: meta tags, JSON-LD, the title in the head.

use super::entity;
use super::scan::{Attributes, Event, scan};
use crate::charset::Decoded;
use serde_json::Value;
use std::ops::Range;

/// Meta names that give the publication date, best first.
const DATE_NAMES: [&str; 16] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
    "article.published",
    "citation_date",
];
/// Meta names that give the author.
const AUTHOR_NAMES: [&str; 6] = [
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
];
/// Longest JSON-LD block that is read, in bytes, and most of them in a page: real ones have 1 to 20 KB, and
/// only the first few speak of the article.
const JSON_BYTES_MAX: usize = 64 << 10;
const JSON_BLOCKS_MAX: usize = 16;

/// Words of the page about itself, each with its bytes in the decoded text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meta {
    /// `<title>`.
    pub(crate) head_title: Option<String>,
    /// Title for sharing or headline.
    pub(crate) title: Option<String>,
    /// Site or publisher.
    pub(crate) site: Option<String>,
    pub(crate) author: Option<String>,
    /// Address of the page.
    pub(crate) address: Option<String>,
    /// Language stated for the page.
    pub(crate) language: Option<String>,
    /// Publication dates as written, best first, with the name of their source.
    pub(crate) dates: Vec<(String, String, Range<usize>)>,
}

/// Reads what a page says of itself.
pub(crate) fn meta(page: &Decoded) -> Meta {
    let mut meta = Meta::default();
    let mut ranked: Vec<(usize, String, String, Range<usize>)> = Vec::new();
    let mut json_blocks = 0;
    scan(&page.text, &mut |event| {
        let Event::Start {
            name,
            attributes,
            at,
            raw,
        } = event
        else {
            return;
        };
        match name.to_ascii_lowercase().as_str() {
            "meta" => read_meta(&mut meta, &mut ranked, attributes, at),
            "title" if meta.head_title.is_none() => {
                meta.head_title = raw
                    .map(|raw| tidy(&page.text[raw]))
                    .filter(|title| !title.is_empty());
            }
            "html" if meta.language.is_none() => meta.language = attributes.value("lang").map(str::to_owned),
            "link"
                if attributes
                    .value("rel")
                    .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                meta.address = attributes.value("href").map(tidy);
            }
            "script" => {
                let is_json = attributes
                    .value("type")
                    .is_some_and(|kind| kind.contains("ld+json"));
                if let Some(raw) =
                    raw.filter(|raw| is_json && raw.len() <= JSON_BYTES_MAX && json_blocks < JSON_BLOCKS_MAX)
                {
                    json_blocks += 1;
                    if let Ok(value) = serde_json::from_str::<Value>(&page.text[raw.clone()]) {
                        read_json(&value, &mut meta, &mut ranked, &raw, 0);
                    }
                }
            }
            _ => {}
        }
    });
    ranked.sort_by_key(|(rank, ..)| *rank);
    meta.dates = ranked
        .into_iter()
        .map(|(_, value, source, at)| (value, source, at))
        .collect();
    meta
}

fn read_meta(
    meta: &mut Meta,
    ranked: &mut Vec<(usize, String, String, Range<usize>)>,
    attributes: Attributes<'_>,
    at: Range<usize>,
) {
    let Some(content) = attributes
        .value("content")
        .map(tidy)
        .filter(|content| !content.is_empty())
    else {
        return;
    };
    for key in ["property", "name", "itemprop"] {
        let Some(name) = attributes.value(key).map(str::to_ascii_lowercase) else {
            continue;
        };
        if let Some(rank) = DATE_NAMES.iter().position(|known| *known == name) {
            ranked.push((rank, content.clone(), format!("meta {name}"), at.clone()));
        } else if AUTHOR_NAMES.contains(&name.as_str()) {
            // Some templates put an address here.
            if !content.starts_with("http") {
                meta.author.get_or_insert(content.clone());
            }
        } else {
            match name.as_str() {
                "og:title" | "twitter:title" | "headline" | "dc.title" => {
                    meta.title.get_or_insert(content.clone());
                }
                "og:site_name" | "application-name" | "publisher" => {
                    meta.site.get_or_insert(content.clone());
                }
                "og:url" => {
                    meta.address.get_or_insert(content.clone());
                }
                _ => {}
            }
        }
    }
}

/// Types of JSON-LD objects that describe the article itself.
fn is_article(value: &Value) -> bool {
    let of = |name: &str| {
        name.ends_with("Article") || matches!(name, "Report" | "BlogPosting" | "LiveBlogPosting" | "WebPage")
    };
    match &value["@type"] {
        Value::String(name) => of(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(of),
        _ => false,
    }
}

fn read_json(
    value: &Value,
    meta: &mut Meta,
    ranked: &mut Vec<(usize, String, String, Range<usize>)>,
    at: &Range<usize>,
    depth: usize,
) {
    match value {
        Value::Array(items) if depth < 4 => {
            for item in items {
                read_json(item, meta, ranked, at, depth + 1);
            }
        }
        Value::Object(_) => {
            if is_article(value) {
                let text = |value: &Value| value.as_str().map(tidy).filter(|text| !text.is_empty());
                if let Some(date) = text(&value["datePublished"]) {
                    ranked.push((1, date, "JSON-LD datePublished".to_owned(), at.clone()));
                }
                if let Some(title) = text(&value["headline"]) {
                    meta.title.get_or_insert(title);
                }
                let author = match &value["author"] {
                    Value::Array(authors) => authors.first().cloned().unwrap_or(Value::Null),
                    author => author.clone(),
                };
                if let Some(author) = text(&author["name"]).or_else(|| text(&author)) {
                    meta.author.get_or_insert(author);
                }
                if let Some(site) = text(&value["publisher"]["name"]) {
                    meta.site.get_or_insert(site);
                }
            }
            if depth < 4 {
                read_json(&value["@graph"], meta, ranked, at, depth + 1);
            }
        }
        _ => {}
    }
}

/// References read, white space made single.
fn tidy(text: &str) -> String {
    entity::read(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
