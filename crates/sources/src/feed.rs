//! RSS, RDF and Atom feeds: one page an item, dates and names as written.
//!
//! The feed is read event by event and no tree is built; entities that a feed declares for itself are not
//! expanded, and nothing that it points to is opened.

use crate::{Read, note};
use model::{Given, Media, Page, Severity};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Most items of a feed. Feeds of news sites carry 10 to 500.
const ITEMS_MAX: usize = 5_000;
/// Deepest nesting inside an item.
const DEPTH_MAX: usize = 512;
/// Longest text of one item, in bytes; the same as the largest page.
const ITEM_BYTES_MAX: usize = 4 << 20;

#[derive(Debug, Default)]
struct Item {
    title: String,
    link: String,
    guid: String,
    published: String,
    updated: String,
    summary: String,
    content: String,
    source: String,
    /// Content that is markup as it stands, not escaped.
    has_markup: bool,
}

/// The field of an item that text goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Link,
    Guid,
    Published,
    Updated,
    Summary,
    Content,
    Source,
}

/// Reads a feed. What comes before a break in the markup is kept, the break is noted.
pub(crate) fn read(name: &str, text: &str) -> Read {
    let mut feed = Feed {
        name,
        text,
        read: Read::default(),
        items: 0,
        outlet: String::new(),
        item: None,
        field: None,
        path: Vec::new(),
    };
    feed.run();
    if feed.read.pages.is_empty() && feed.read.notes.is_empty() {
        return Read::lost(
            name,
            "the feed has no items",
            "Look whether its address is still right.",
        );
    }
    feed.read
}

struct Feed<'t> {
    name: &'t str,
    text: &'t str,
    read: Read,
    items: usize,
    outlet: String,
    item: Option<(Item, usize)>,
    /// Field that is open, and the depth at which it was opened.
    field: Option<(Field, usize)>,
    path: Vec<String>,
}

impl Feed<'_> {
    fn run(&mut self) {
        let mut reader = Reader::from_str(self.text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        loop {
            let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(Event::Start(tag)) => {
                    if self.path.len() >= DEPTH_MAX {
                        self.broken(format!("the feed nests more than {DEPTH_MAX} levels deep"));
                        return;
                    }
                    self.start(&tag);
                    self.path.push(local(&tag));
                }
                Ok(Event::Empty(tag)) => self.empty(&tag),
                Ok(Event::Text(part)) => self.text_part(&part),
                Ok(Event::CData(part)) => self.text_part(&part),
                Ok(Event::GeneralRef(part)) => self.reference(&part),
                Ok(Event::End(_)) => {
                    let name = self.path.pop().unwrap_or_default();
                    self.end(&name);
                }
                Ok(_) => {}
                Err(error) => {
                    let line = self.text[..before.min(self.text.len())].matches('\n').count() + 1;
                    self.broken(format!("the feed breaks off at line {line}: {error}"));
                    return;
                }
            }
            if self.items >= ITEMS_MAX {
                self.broken(format!("the feed has more than {ITEMS_MAX} items"));
                return;
            }
        }
        if self.item.is_some() {
            self.broken("the feed ends in the middle of an item".to_owned());
        }
    }

    fn broken(&mut self, what: String) {
        self.finish_item();
        let what = format!("{what}; {} items were read", self.items);
        let next = "Fetch the feed again, or read the pages themselves.";
        self.read
            .notes
            .push(note(Severity::Partial, self.name, what).next(next));
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = local(tag);
        if matches!(name.as_str(), "item" | "entry") {
            self.finish_item();
            self.item = Some((Item::default(), self.path.len()));
            return;
        }
        let Some((item, _)) = &mut self.item else { return };
        if let Some((Field::Content | Field::Summary, _)) = self.field {
            // Markup inside Atom's XHTML content.
            item.has_markup = true;
            self.append(&format!("<{name}>"));
            return;
        }
        if self.field.is_some() {
            return;
        }
        let field = match name.as_str() {
            "title" => Field::Title,
            "link" => {
                let is_page = attribute(tag, "rel").is_none_or(|rel| rel == "alternate");
                if let Some(href) = attribute(tag, "href").filter(|_| is_page && item.link.is_empty()) {
                    item.link = href;
                }
                Field::Link
            }
            "guid" | "id" => Field::Guid,
            "pubDate" | "published" | "date" | "issued" => Field::Published,
            "updated" | "modified" => Field::Updated,
            "description" | "summary" => Field::Summary,
            "encoded" | "content" => Field::Content,
            "source" => Field::Source,
            _ => return,
        };
        self.field = Some((field, self.path.len()));
    }

    fn empty(&mut self, tag: &BytesStart<'_>) {
        let name = local(tag);
        if name == "link" && self.field.is_none() {
            let is_page = attribute(tag, "rel").is_none_or(|rel| rel == "alternate");
            if let (Some((item, _)), Some(href), true) = (&mut self.item, attribute(tag, "href"), is_page)
                && item.link.is_empty()
            {
                item.link = href;
            }
        } else if matches!(name.as_str(), "item" | "entry") {
            self.finish_item();
            self.items += 1;
        } else if matches!(self.field, Some((Field::Content | Field::Summary, _))) && self.item.is_some() {
            self.append(&format!("<{name}>"));
        }
    }

    fn end(&mut self, name: &str) {
        match (self.field, &self.item) {
            (Some((_, depth)), _) if self.path.len() == depth => self.field = None,
            (Some((Field::Content | Field::Summary, _)), Some((item, _))) if item.has_markup => {
                self.append(&format!("</{name}>"))
            }
            (None, Some((_, depth))) if self.path.len() <= *depth => self.finish_item(),
            _ => {}
        }
    }

    fn text_part(&mut self, part: &str) {
        self.append(part);
        let in_channel_title = self.item.is_none()
            && self.path.len() <= 3
            && self.path.last().is_some_and(|name| name == "title")
            && !self.path.iter().any(|name| name == "image");
        if in_channel_title {
            self.outlet.push_str(part);
        }
    }

    fn reference(&mut self, name: &str) {
        let shown = match name {
            "lt" => "<".to_owned(),
            "gt" => ">".to_owned(),
            "amp" => "&".to_owned(),
            "quot" => "\"".to_owned(),
            "apos" => "'".to_owned(),
            _ => {
                let number =
                    name.strip_prefix('#')
                        .and_then(|digits| match digits.strip_prefix(['x', 'X']) {
                            Some(hex) => u32::from_str_radix(hex, 16).ok(),
                            None => digits.parse().ok(),
                        });
                // Names of HTML are left for the reader of the page; names of the feed's own are not expanded.
                number
                    .and_then(char::from_u32)
                    .map_or_else(|| format!("&{name};"), |c| c.to_string())
            }
        };
        self.text_part(&shown);
    }

    fn append(&mut self, part: &str) {
        let (Some((item, _)), Some((field, _))) = (&mut self.item, self.field) else {
            return;
        };
        let target = match field {
            Field::Title => &mut item.title,
            Field::Link => &mut item.link,
            Field::Guid => &mut item.guid,
            Field::Published => &mut item.published,
            Field::Updated => &mut item.updated,
            Field::Summary => &mut item.summary,
            Field::Content => &mut item.content,
            Field::Source => &mut item.source,
        };
        if target.len() + part.len() <= ITEM_BYTES_MAX {
            target.push_str(part);
        }
    }

    fn finish_item(&mut self) {
        self.field = None;
        let Some((item, _)) = self.item.take() else { return };
        self.items += 1;
        let trimmed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let body = if item.content.trim().len() >= item.summary.trim().len() {
            &item.content
        } else {
            &item.summary
        };
        let title = trimmed(&item.title);
        let Some(body) = trimmed(body).or_else(|| title.clone()) else {
            let what = format!("item {} has neither title nor text", self.items);
            // An empty item is no loss of news; many of them tell the same.
            if self.read.notes.len() < 5 {
                self.read.notes.push(note(Severity::Hint, self.name, what));
            }
            return;
        };
        let is_markup = item.has_markup || (body.contains('<') && body.contains('>')) || body.contains('&');
        let link =
            trimmed(&item.link).or_else(|| trimmed(&item.guid).filter(|guid| guid.starts_with("http")));
        self.read.pages.push(Page {
            name: format!("{}#{}", self.name, self.items),
            bytes: body.into_bytes(),
            media: if is_markup { Media::Html } else { Media::Text },
            given: Given {
                url: link,
                outlet: trimmed(&item.source).or_else(|| trimmed(&self.outlet)),
                title,
                published: trimmed(&item.published).or_else(|| trimmed(&item.updated)),
            },
        });
    }
}

fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

fn attribute(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    // Two hundred attributes are looked through; a tag with more is no feed's.
    tag.attributes()
        .with_checks(false)
        .take(200)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == wanted)
        .map(|attribute| attribute.value.replace("&amp;", "&"))
}
