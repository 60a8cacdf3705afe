//! A strict reader of TOML tables: every key is asked for by name, whatever was not asked for is a fault, and
//! every fault knows its line.

use jiff::civil::Date;
use model::{DataFault, Edtf};
use std::collections::BTreeSet;
use toml::de::{DeTable, DeValue};

/// The faults of one file, and where its lines begin.
pub(crate) struct Faults {
    file: String,
    line_starts: Vec<usize>,
    list: Vec<DataFault>,
}

impl Faults {
    pub(crate) fn new(file: String, text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            file,
            line_starts: std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect(),
            list: Vec::new(),
        }
    }
    /// The line of a byte, counted from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at)
    }
    pub(crate) fn add(&mut self, line: usize, what: impl Into<String>, right: impl Into<String>) {
        self.list.push(DataFault::new(&self.file, line, what, right));
    }
    /// A word that is not one of those known.
    pub(crate) fn stranger<'k>(
        &mut self,
        line: usize,
        kind: &str,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let right = match known.len() {
            0 => "none is defined yet; define it first".to_owned(),
            1..=12 => format!("one of: {}", known.join(", ")),
            _ => "one that the data defines".to_owned(),
        };
        let fault = DataFault::new(&self.file, line, format!("{kind} \"{word}\" is not known"), right);
        self.list.push(fault.nearest(word, known));
    }
    pub(crate) fn into_list(self) -> Vec<DataFault> {
        self.list
    }
}

/// One table of a file.
pub(crate) struct Entry<'t> {
    table: &'t DeTable<'t>,
    /// What it is, for faults: "term", "anchor".
    kind: &'static str,
    /// Line on which it begins.
    pub(crate) line: usize,
    asked: BTreeSet<&'static str>,
}

/// Reads a file; gives its top table to `read`.
pub(crate) fn with_table<T>(
    file: String,
    text: &str,
    kind: &'static str,
    read: impl FnOnce(&mut Entry<'_>, &mut Faults) -> T,
) -> (T, Vec<DataFault>) {
    let mut faults = Faults::new(file, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let line = error.span().map_or(0, |span| faults.line(span.start));
        faults.add(line, error.message().to_owned(), "key = \"value\"");
    }
    let mut entry = Entry {
        table: table.get_ref(),
        kind,
        line: 1,
        asked: BTreeSet::new(),
    };
    let value = read(&mut entry, &mut faults);
    entry.close(&mut faults);
    (value, faults.into_list())
}

impl<'t> Entry<'t> {
    fn find(&mut self, key: &'static str, faults: &Faults) -> Option<(&'t DeValue<'t>, usize)> {
        self.asked.insert(key);
        let (_, value) = self
            .table
            .iter()
            .find(|(name, _)| name.get_ref().as_ref() == key)?;
        Some((value.get_ref(), faults.line(value.span().start)))
    }
    /// The line of a key, or of the table when it has none.
    pub(crate) fn line_of(&self, key: &str, faults: &Faults) -> usize {
        let found = self.table.iter().find(|(name, _)| name.get_ref().as_ref() == key);
        found.map_or(self.line, |(name, _)| faults.line(name.span().start))
    }
    pub(crate) fn has(&mut self, key: &'static str) -> bool {
        self.asked.insert(key);
        self.table.iter().any(|(name, _)| name.get_ref().as_ref() == key)
    }
    fn missing(&self, key: &str, right: &str, faults: &mut Faults) {
        faults.add(self.line, format!("this {} has no \"{key}\"", self.kind), right);
    }
    /// A text that may be left out.
    pub(crate) fn text_or_empty(&mut self, key: &'static str, faults: &mut Faults) -> String {
        match self.find(key, faults) {
            None => String::new(),
            Some((DeValue::String(text), line)) => {
                let text = text.trim().to_owned();
                if text.is_empty() {
                    faults.add(line, format!("\"{key}\" is empty"), format!("{key} = \"words\""));
                }
                text
            }
            Some((_, line)) => {
                faults.add(
                    line,
                    format!("\"{key}\" is not a text"),
                    format!("{key} = \"words\""),
                );
                String::new()
            }
        }
    }
    /// A text that must be there.
    pub(crate) fn text(&mut self, key: &'static str, faults: &mut Faults) -> String {
        if !self.has(key) {
            self.missing(key, &format!("{key} = \"words\""), faults);
        }
        self.text_or_empty(key, faults)
    }
    /// One of several words; the first of them when it is left out or not known.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        known: &[(&'static str, T)],
        faults: &mut Faults,
    ) -> T {
        let word = self.text(key, faults);
        let found = known.iter().find(|(name, _)| *name == word);
        if found.is_none() && !word.is_empty() {
            let line = self.line_of(key, faults);
            faults.stranger(line, key, &word, known.iter().map(|(name, _)| *name));
        }
        found.unwrap_or(&known[0]).1
    }
    /// One of several words, which may be left out.
    pub(crate) fn choice_or<T: Copy>(
        &mut self,
        key: &'static str,
        known: &[(&'static str, T)],
        otherwise: T,
        faults: &mut Faults,
    ) -> T {
        match self.has(key) {
            true => self.choice(key, known, faults),
            false => otherwise,
        }
    }
    /// A list of texts that may be left out.
    pub(crate) fn texts(&mut self, key: &'static str, faults: &mut Faults) -> Vec<String> {
        let right = format!("{key} = [\"one\", \"two\"]");
        match self.find(key, faults) {
            None => Vec::new(),
            Some((DeValue::Array(items), line)) => {
                let mut texts = Vec::new();
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::String(text) => texts.push(text.trim().to_owned()),
                        _ => faults.add(
                            line,
                            format!("\"{key}\" holds something that is not a text"),
                            &right,
                        ),
                    }
                }
                texts
            }
            Some((_, line)) => {
                faults.add(line, format!("\"{key}\" is not a list"), right);
                Vec::new()
            }
        }
    }
    /// Yes or no; no when it is left out.
    pub(crate) fn flag(&mut self, key: &'static str, faults: &mut Faults) -> bool {
        match self.find(key, faults) {
            None => false,
            Some((DeValue::Boolean(value), _)) => *value,
            Some((_, line)) => {
                faults.add(
                    line,
                    format!("\"{key}\" is neither true nor false"),
                    format!("{key} = true"),
                );
                false
            }
        }
    }
    /// A whole number that may be left out.
    pub(crate) fn number(&mut self, key: &'static str, faults: &mut Faults) -> Option<i64> {
        let (value, line) = self.find(key, faults)?;
        let number = match value {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            faults.add(
                line,
                format!("\"{key}\" is not a whole number"),
                format!("{key} = 14"),
            );
        }
        number
    }
    /// A day that may be left out.
    pub(crate) fn day_or_none(&mut self, key: &'static str, faults: &mut Faults) -> Option<Date> {
        let (value, line) = self.find(key, faults)?;
        let text = match value {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            _ => String::new(),
        };
        let day = Edtf::parse(&text).and_then(|time| time.single_day().filter(|_| text.len() == 10));
        if day.is_none() {
            faults.add(
                line,
                format!("\"{key}\" is not a day of the calendar"),
                format!("{key} = 2017-05-04"),
            );
        }
        day
    }
    /// A day that must be there.
    pub(crate) fn day(&mut self, key: &'static str, faults: &mut Faults) -> Option<Date> {
        if !self.has(key) {
            self.missing(key, &format!("{key} = 2017-05-04"), faults);
        }
        self.day_or_none(key, faults)
    }
    /// The period from `from`, which must be there, to the day before `until`, if that is known.
    pub(crate) fn period(&mut self, faults: &mut Faults) -> Edtf {
        let from = self.day("from", faults);
        let until = self.day_or_none("until", faults);
        if let (Some(from), Some(until)) = (from, until)
            && until <= from
        {
            let line = self.line_of("until", faults);
            faults.add(
                line,
                format!("\"until\" ({until}) is not after \"from\" ({from})"),
                "a later day, the first on which it no longer holds",
            );
        }
        Edtf::between(from, until.map(|until| model::add_days(until, -1)))
    }
    /// The tables `[[key]]`; none when it is left out.
    pub(crate) fn entries(&mut self, key: &'static str, faults: &mut Faults) -> Vec<Entry<'t>> {
        let right = format!("[[{key}]] and its keys below");
        match self.find(key, faults) {
            None => Vec::new(),
            Some((DeValue::Array(items), line)) => {
                let mut entries = Vec::new();
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::Table(table) => entries.push(Entry {
                            table,
                            kind: key,
                            line: faults.line(item.span().start),
                            asked: BTreeSet::new(),
                        }),
                        _ => faults.add(
                            line,
                            format!("\"{key}\" holds something that is not a table"),
                            &right,
                        ),
                    }
                }
                entries
            }
            Some((_, line)) => {
                faults.add(line, format!("\"{key}\" is not a list of tables"), right);
                Vec::new()
            }
        }
    }
    /// The table `[key]`.
    pub(crate) fn entry(&mut self, key: &'static str, faults: &mut Faults) -> Option<Entry<'t>> {
        match self.find(key, faults) {
            None => {
                self.missing(key, &format!("[{key}] and its keys below"), faults);
                None
            }
            Some((DeValue::Table(table), line)) => Some(Entry {
                table,
                kind: key,
                line,
                asked: BTreeSet::new(),
            }),
            Some((_, line)) => {
                faults.add(line, format!("\"{key}\" is not a table"), format!("[{key}]"));
                None
            }
        }
    }
    /// Reports every key that nobody asked for.
    pub(crate) fn close(&self, faults: &mut Faults) {
        for (name, _) in self.table.iter() {
            let word = name.get_ref().as_ref();
            if !self.asked.contains(word) {
                let line = faults.line(name.span().start);
                faults.stranger(
                    line,
                    &format!("key of a {}", self.kind),
                    word,
                    self.asked.iter().copied(),
                );
            }
        }
    }
}
