//! Reads texts and answer keys of the MUC-4 collection: folders or archives of plain files, in capitals, with
//! templates of 25 numbered slots. Gives [`Message`]s; judges nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};

/// The slots by their numbers in the key.
pub(crate) mod slot {
    pub(crate) const DATE: usize = 2;
    pub(crate) const LOCATION: usize = 3;
    pub(crate) const TYPE: usize = 4;
    pub(crate) const STAGE: usize = 5;
    pub(crate) const INSTRUMENT: usize = 6;
    pub(crate) const INSTRUMENT_TYPE: usize = 7;
    pub(crate) const CATEGORY: usize = 8;
    pub(crate) const PERPETRATOR: usize = 9;
    pub(crate) const ORGANISATION: usize = 10;
    pub(crate) const CONFIDENCE: usize = 11;
    pub(crate) const OBJECT: usize = 12;
    pub(crate) const OBJECT_TYPE: usize = 13;
    pub(crate) const OBJECT_NUMBER: usize = 14;
    pub(crate) const OBJECT_NATION: usize = 15;
    pub(crate) const OBJECT_EFFECT: usize = 16;
    pub(crate) const OBJECT_TOTAL: usize = 17;
    pub(crate) const NAME: usize = 18;
    pub(crate) const DESCRIPTION: usize = 19;
    pub(crate) const PERSON_TYPE: usize = 20;
    pub(crate) const PERSON_NUMBER: usize = 21;
    pub(crate) const PERSON_NATION: usize = 22;
    pub(crate) const PERSON_EFFECT: usize = 23;
    pub(crate) const PERSON_TOTAL: usize = 24;
    /// One more than the last slot.
    pub(crate) const END: usize = 25;
}

/// What stands in a slot and is compared in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Date,
    Place,
    /// One of a list, some lists with a hierarchy.
    Choice,
    /// One of a list, with the string it is about.
    ChoiceAbout,
    Number,
    /// A number, with the string it is about.
    NumberAbout,
    /// Words of the text.
    Words,
    /// Words of the text that name somebody.
    Name,
}

/// How the fills of a slot are compared; `None` for the numbers of message and template, which are not scored.
pub(crate) fn kind(slot: usize) -> Option<Kind> {
    Some(match slot {
        slot::DATE => Kind::Date,
        slot::LOCATION => Kind::Place,
        slot::TYPE | slot::STAGE | slot::CATEGORY => Kind::Choice,
        slot::INSTRUMENT_TYPE
        | slot::CONFIDENCE
        | slot::OBJECT_TYPE
        | slot::OBJECT_NATION
        | slot::OBJECT_EFFECT
        | slot::PERSON_TYPE
        | slot::PERSON_NATION
        | slot::PERSON_EFFECT => Kind::ChoiceAbout,
        slot::OBJECT_NUMBER | slot::PERSON_NUMBER => Kind::NumberAbout,
        slot::OBJECT_TOTAL | slot::PERSON_TOTAL => Kind::Number,
        slot::INSTRUMENT | slot::PERPETRATOR | slot::OBJECT | slot::DESCRIPTION => Kind::Words,
        slot::ORGANISATION | slot::NAME => Kind::Name,
        _ => return None,
    })
}

/// One fill of a slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fill {
    /// Marked `?` in the key: right if given, not missed if not.
    pub optional: bool,
    /// Each of these is right; a response has one.
    pub values: Vec<String>,
    /// The strings it is about, each right; `-` where the key names none. Empty for slots without reference.
    pub about: Vec<String>,
}

impl Fill {
    pub(crate) fn new(value: &str) -> Fill {
        Fill {
            values: vec![value.to_owned()],
            ..Fill::default()
        }
    }

    pub(crate) fn about(value: &str, about: &str) -> Fill {
        Fill {
            about: vec![about.to_owned()],
            ..Fill::new(value)
        }
    }
}

/// The slots of one incident. A slot that is nil (`-`) or does not apply (`*`) has no fill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Template {
    /// Right if given, not missed if not.
    pub optional: bool,
    /// Slot number to fills.
    pub slots: BTreeMap<usize, Vec<Fill>>,
}

impl Template {
    pub(crate) fn fills(&self, slot: usize) -> &[Fill] {
        self.slots.get(&slot).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn put(&mut self, slot: usize, fill: Fill) {
        let fills = self.slots.entry(slot).or_default();
        if !fills.contains(&fill) {
            fills.push(fill);
        }
    }
}

/// One text with its key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Message {
    /// `TST2-MUC4-0001`.
    pub id: String,
    /// Without the line of the id.
    pub text: String,
    /// No templates: the text tells of no incident asked for.
    pub key: Vec<Template>,
}

impl Message {
    /// The part of the collection, from the id: `TST2`.
    pub(crate) fn set(&self) -> &str {
        self.id.split('-').next().unwrap_or_default()
    }
}

/// Every text that has a key under `folder`, plain or in `.tar.gz` archives, in the order of the ids.
pub(crate) fn read(folder: &Path) -> Result<Vec<Message>> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut keys: BTreeMap<String, Vec<Template>> = BTreeMap::new();
    for content in contents(folder)? {
        if content.contains("MESSAGE: ID") {
            for (id, template) in templates(&content) {
                keys.entry(id).or_default().extend(template);
            }
        } else {
            texts.extend(bodies(&content));
        }
    }
    Ok(texts
        .into_iter()
        .filter_map(|(id, text)| keys.remove(&id).map(|key| Message { id, text, key }))
        .collect())
}

fn contents(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("listing {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut contents = Vec::new();
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        if file
            .extension()
            .is_some_and(|ending| ending == "gz" || ending == "tgz")
        {
            let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(&bytes[..]));
            for entry in archive.entries()? {
                let mut bytes = Vec::new();
                entry?.read_to_end(&mut bytes)?;
                contents.push(latin(&bytes));
            }
        } else {
            contents.push(latin(&bytes));
        }
    }
    Ok(contents)
}

/// The files are in ISO 8859-1.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

/// The texts of a file, each under a line with its id: `TST2-MUC4-0001` or `DEV-MUC3-0001 (NOSC)`.
fn bodies(content: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in content.lines() {
        let first = line.split_whitespace().next().unwrap_or_default();
        if !line.starts_with(' ') && first.contains("-MUC") && first.len() < 24 {
            found.push((first.to_owned(), String::new()));
        } else if let Some((_, body)) = found.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    found
}

/// The templates of a key file with the id of their text; `None` where the key says that there is none.
fn templates(content: &str) -> Vec<(String, Option<Template>)> {
    let mut found: Vec<(String, Option<Template>)> = Vec::new();
    let mut slot = None;
    for line in content.lines() {
        if line.starts_with(';') {
            continue;
        }
        if let Some((number, value)) = slot_line(line) {
            slot = Some(number);
            if number == 0 {
                let id = value.split_whitespace().next().unwrap_or_default();
                found.push((id.to_owned(), None));
            } else if let Some((_, template)) = found.last_mut() {
                fill_slot(template, number, value);
            }
        } else if line.trim().is_empty() {
            slot = None;
        } else if let (Some(number), Some((_, template))) = (slot, found.last_mut()) {
            fill_slot(template, number, line.trim());
        }
    }
    found
}

/// `4.  INCIDENT: TYPE                  ATTACK`: the number and what follows the name.
fn slot_line(line: &str) -> Option<(usize, &str)> {
    let (number, rest) = line.split_once('.')?;
    let number: usize = number.parse().ok().filter(|&number| number < slot::END)?;
    let name = rest.trim_start();
    let end = name.find("  ").unwrap_or(name.len());
    Some((number, name[end..].trim()))
}

fn fill_slot(template: &mut Option<Template>, number: usize, value: &str) {
    if number == 1 {
        *template = (!value.starts_with('*')).then(|| Template {
            optional: value.contains("OPTIONAL"),
            ..Template::default()
        });
    } else if let (Some(template), Some(fill)) = (template, fill(number, value)) {
        template.slots.entry(number).or_default().push(fill);
    }
}

/// One line of a slot; `None` where it says that there is nothing to fill in.
pub(crate) fn fill(number: usize, line: &str) -> Option<Fill> {
    let kind = kind(number)?;
    let line = line.trim();
    let optional = line.starts_with('?');
    let line = line.trim_start_matches('?').trim();
    if matches!(line, "" | "-" | "*") {
        return None;
    }
    let parts = match kind {
        Kind::Place | Kind::Date => vec![line.to_owned()],
        _ => split(line, ':'),
    };
    let clean = |value: &String| {
        let value = value.trim_start_matches('?').trim();
        let bare = value
            .strip_prefix('(')
            .and_then(|value| value.strip_suffix(')'))
            .unwrap_or(value);
        bare.replace("\\\"", "").replace('"', "").trim().to_owned()
    };
    let mut values: Vec<String> = Vec::new();
    for value in split(parts.first()?, '/') {
        // "(A / B)": alternatives in brackets
        values.extend(split(&clean(&value), '/'));
    }
    values.retain(|value| !value.is_empty());
    if values.is_empty() || values == ["-"] {
        return None;
    }
    let about = match kind {
        Kind::ChoiceAbout | Kind::NumberAbout => match parts.get(1) {
            Some(about) => split(about, '/').iter().map(clean).collect(),
            None => vec!["-".to_owned()],
        },
        _ => Vec::new(),
    };
    Some(Fill {
        optional,
        values,
        about,
    })
}

/// Parts between separators that stand outside quotation marks and brackets, trimmed.
fn split(line: &str, separator: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut depth, mut escaped) = (false, 0i32, false);
    for letter in line.chars() {
        match letter {
            '"' if !escaped => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        escaped = letter == '\\';
        if letter == separator && !quoted && depth <= 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}
