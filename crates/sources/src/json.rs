//! JSON Lines and JSON arrays of articles.

use crate::{Read, note};
use model::{Given, Media, Page, Severity};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Names of the fields that are read, best first.
const URL: [&str; 4] = ["url", "link", "uri", "canonical_url"];
const OUTLET: [&str; 5] = ["outlet", "source", "publisher", "site", "site_name"];
const PUBLISHED: [&str; 6] = [
    "published",
    "published_at",
    "date",
    "publish_date",
    "datepublished",
    "pubdate",
];
const TITLE: [&str; 2] = ["title", "headline"];
const TEXT: [&str; 5] = ["text", "body", "content", "article", "maintext"];
const HTML: [&str; 3] = ["html", "raw_html", "body_html"];

/// Notes on single lines of one input; what is above is counted in one note.
const LINE_NOTES_MAX: usize = 20;

/// An article of a list: the fields we know, the others passed over without being kept.
#[derive(Debug, Default)]
struct Item {
    fields: Vec<(String, String)>,
    is_object: bool,
}

impl Item {
    /// Takes the first of these fields that is not empty.
    fn take(&mut self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let (_, value) = self.fields.iter_mut().find(|(key, _)| key == name)?;
            (!value.trim().is_empty()).then(|| std::mem::take(value))
        })
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemVisitor)
    }
}

struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Item;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a title or a text")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
        let mut item = Item {
            is_object: true,
            ..Item::default()
        };
        while let Some(key) = map.next_key::<String>()? {
            let key = key.to_ascii_lowercase();
            let is_known = [&URL[..], &OUTLET, &PUBLISHED, &TITLE, &TEXT, &HTML]
                .iter()
                .any(|names| names.contains(&key.as_str()));
            if is_known {
                if let Some(value) = map.next_value::<Words>()?.0 {
                    item.fields.push((key, value));
                }
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(item)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Item, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Item::default())
    }
    fn visit_str<E>(self, _: &str) -> Result<Item, E> {
        Ok(Item::default())
    }
    fn visit_unit<E>(self) -> Result<Item, E> {
        Ok(Item::default())
    }
    fn visit_bool<E>(self, _: bool) -> Result<Item, E> {
        Ok(Item::default())
    }
    fn visit_u64<E>(self, _: u64) -> Result<Item, E> {
        Ok(Item::default())
    }
    fn visit_i64<E>(self, _: i64) -> Result<Item, E> {
        Ok(Item::default())
    }
    fn visit_f64<E>(self, _: f64) -> Result<Item, E> {
        Ok(Item::default())
    }
}

/// Most paragraphs of a field that is a list; what is beyond is passed over without being kept.
const PARAGRAPHS_MAX: usize = 4_096;

/// The words of a field: a text, a number, the name in an object, the paragraphs of a list. Built as it is
/// read, so that a list of millions costs nothing.
struct Words(Option<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordsVisitor)
    }
}

struct WordsVisitor;

impl<'de> Visitor<'de> for WordsVisitor {
    type Value = Words;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
        let mut name = None;
        while let Some(key) = map.next_key::<String>()? {
            if name.is_none() && matches!(key.as_str(), "name" | "title" | "text") {
                name = map.next_value::<Words>()?.0;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Words(name))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Words, A::Error> {
        let mut lines = Vec::new();
        while lines.len() < PARAGRAPHS_MAX {
            match seq.next_element::<Words>()? {
                Some(Words(line)) => lines.extend(line),
                None => break,
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Words((!lines.is_empty()).then(|| lines.join("\n\n"))))
    }
    fn visit_str<E>(self, text: &str) -> Result<Words, E> {
        Ok(Words(Some(text.to_owned())))
    }
    fn visit_string<E>(self, text: String) -> Result<Words, E> {
        Ok(Words(Some(text)))
    }
    fn visit_unit<E>(self) -> Result<Words, E> {
        Ok(Words(None))
    }
    fn visit_bool<E>(self, _: bool) -> Result<Words, E> {
        Ok(Words(None))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Words, E> {
        Ok(Words(Some(number.to_string())))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Words, E> {
        Ok(Words(Some(number.to_string())))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Words, E> {
        Ok(Words(Some(number.to_string())))
    }
}

/// Reads a list of articles. Good lines are kept, bad ones noted with their number.
pub(crate) fn read(name: &str, text: &str) -> Read {
    let mut list = List {
        name,
        read: Read::default(),
        items: 0,
        bad_lines: 0,
    };
    let start = text.trim_start();
    if start.starts_with('[') {
        list.array(text);
    } else if start
        .lines()
        .next()
        .is_some_and(|line| matches!(line.trim(), "{" | ""))
    {
        list.stream(text);
    } else {
        list.lines(text);
    }
    list.finish()
}

struct List<'n> {
    name: &'n str,
    read: Read,
    items: usize,
    bad_lines: usize,
}

impl List<'_> {
    fn lines(&mut self, text: &str) {
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            match serde_json::from_str::<Item>(line) {
                Ok(item) => self.item(item, index + 1),
                Err(error) => self.bad_line(index + 1, &reason(&error)),
            }
        }
    }

    /// Objects one after another, each over several lines.
    fn stream(&mut self, text: &str) {
        let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Item>();
        while let Some(item) = stream.next() {
            let line = text[..stream.byte_offset().min(text.len())].matches('\n').count() + 1;
            match item {
                Ok(item) => self.item(item, line),
                Err(error) => {
                    self.bad_line(error.line(), &reason(&error));
                    break;
                }
            }
        }
    }

    fn array(&mut self, text: &str) {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let mut index = 0;
        let ended = (&mut deserializer).deserialize_seq(Items {
            on: &mut |item| {
                index += 1;
                self.item(item, index);
            },
        });
        if let Err(error) = ended {
            self.bad_line(error.line(), &reason(&error));
        }
    }

    fn item(&mut self, mut item: Item, line: usize) {
        self.items += 1;
        let (html, text) = (item.take(&HTML), item.take(&TEXT));
        let title = item.take(&TITLE);
        if !item.is_object || (html.is_none() && text.is_none() && title.is_none()) {
            let what = if item.is_object {
                "it has no field \"text\", \"html\" or \"title\""
            } else {
                "it is no object"
            };
            self.bad_line(line, what);
            return;
        }
        let is_markup = |text: &str| {
            ["</p>", "<br", "<div", "<p>", "</a>"]
                .iter()
                .any(|tag| text.contains(tag))
        };
        let (media, body) = match (html, text) {
            (Some(html), None) => (Media::Html, html),
            (_, Some(text)) if is_markup(&text) => (Media::Html, text),
            (_, Some(text)) => (Media::Text, text),
            (None, None) => (Media::Text, title.clone().unwrap_or_default()),
        };
        self.read.pages.push(Page {
            name: format!("{}#{}", self.name, self.items),
            bytes: body.into_bytes(),
            media,
            given: Given {
                url: item.take(&URL),
                outlet: item.take(&OUTLET),
                title,
                published: item.take(&PUBLISHED),
            },
        });
    }

    fn bad_line(&mut self, line: usize, why: &str) {
        self.bad_lines += 1;
        if self.bad_lines <= LINE_NOTES_MAX {
            let what = format!("line {line} could not be read: {why}");
            let next = "Mend the line, or take it out.";
            self.read
                .notes
                .push(note(Severity::Lost, self.name, what).next(next));
        }
    }

    fn finish(mut self) -> Read {
        if self.bad_lines > LINE_NOTES_MAX {
            let what = format!("{} more lines could not be read", self.bad_lines - LINE_NOTES_MAX);
            self.read.notes.push(note(Severity::Lost, self.name, what));
        }
        if self.read.pages.is_empty() && self.read.notes.is_empty() {
            return Read::lost(
                self.name,
                "the list has no articles",
                "Each line is an object with a \"title\" and a \"text\".",
            );
        }
        self.read
    }
}

/// Reads the items of an array one by one, so that those before a break are kept.
struct Items<'i> {
    on: &'i mut dyn FnMut(Item),
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of articles")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(item) = seq.next_element::<Item>()? {
            (self.on)(item);
        }
        Ok(())
    }
}

/// The reader's reason without its own place, which is told in our words.
fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    let plain = words.split(" at line ").next().unwrap_or(&words);
    if error.is_eof() {
        "it ends in the middle".to_owned()
    } else {
        plain.to_owned()
    }
}
