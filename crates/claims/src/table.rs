//! Reading the data files that experts edit: every fault is told, with its line; what is right is kept.

use model::DataFault;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Spanned, Table, Value};

/// One entry of a TOML file, with the line it starts on.
pub(crate) struct Entry {
    pub(crate) file: String,
    pub(crate) line: usize,
    table: Table,
}

/// Every `[[name]]` entry of a TOML file.
pub(crate) fn entries(file: &str, text: &str, name: &str, faults: &mut Vec<DataFault>) -> Vec<Entry> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct File(BTreeMap<String, Vec<Spanned<Table>>>);

    let parsed: File = match toml::from_str(text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let line = error.span().map_or(0, |span| line_of(text, span.start));
            let what = error.message().lines().next().unwrap_or("not TOML").to_owned();
            faults.push(DataFault::new(
                file,
                line,
                what,
                format!("[[{name}]] with key = value lines"),
            ));
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for (key, tables) in parsed.0 {
        for spanned in tables {
            let line = line_of(text, spanned.span().start);
            if key == name {
                found.push(Entry {
                    file: file.to_owned(),
                    line,
                    table: spanned.into_inner(),
                });
            } else {
                let fault = DataFault::new(
                    file,
                    line,
                    format!("\"{key}\" is not a kind of entry here"),
                    format!("[[{name}]]"),
                );
                faults.push(fault.nearest(&key, [name]));
            }
        }
    }
    found.sort_by_key(|entry| entry.line);
    found
}

fn line_of(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|b| *b == b'\n').count() + 1
}

impl Entry {
    /// Tells every key that is not one of these.
    pub(crate) fn allow(&self, keys: &[&str], faults: &mut Vec<DataFault>) {
        for key in self.table.keys().filter(|key| !keys.contains(&key.as_str())) {
            let fault = self.fault(
                format!("\"{key}\" is not a key of this entry"),
                format!("one of: {}", keys.join(", ")),
            );
            faults.push(fault.nearest(key, keys.iter().copied()));
        }
    }
    /// A fault in this entry.
    pub(crate) fn fault(&self, what: impl Into<String>, right: impl Into<String>) -> DataFault {
        DataFault::new(self.file.clone(), self.line, what, right)
    }
    /// A text that must be there.
    pub(crate) fn need(&self, key: &str, faults: &mut Vec<DataFault>) -> String {
        match self.table.get(key) {
            Some(Value::String(text)) if !text.trim().is_empty() => text.clone(),
            Some(_) => {
                faults.push(self.fault(
                    format!("\"{key}\" must be a text that is not empty"),
                    format!("{key} = \"…\""),
                ));
                String::new()
            }
            None => {
                faults.push(self.fault(format!("\"{key}\" is missing"), format!("{key} = \"…\"")));
                String::new()
            }
        }
    }
    /// A text that may be left out.
    pub(crate) fn text(&self, key: &str, faults: &mut Vec<DataFault>) -> String {
        match self.table.get(key) {
            None => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(_) => {
                faults.push(self.fault(format!("\"{key}\" must be a text"), format!("{key} = \"…\"")));
                String::new()
            }
        }
    }
    /// A list of texts that may be left out.
    pub(crate) fn list(&self, key: &str, faults: &mut Vec<DataFault>) -> Vec<String> {
        match self.table.get(key) {
            None => Vec::new(),
            Some(Value::Array(values)) if values.iter().all(Value::is_str) => values
                .iter()
                .filter_map(|value| value.as_str().map(str::to_owned))
                .collect(),
            Some(_) => {
                faults.push(self.fault(
                    format!("\"{key}\" must be a list of texts"),
                    format!("{key} = [\"…\", \"…\"]"),
                ));
                Vec::new()
            }
        }
    }
    /// A yes or no that may be left out.
    pub(crate) fn flag(&self, key: &str, faults: &mut Vec<DataFault>) -> bool {
        match self.table.get(key) {
            None => false,
            Some(Value::Boolean(value)) => *value,
            Some(_) => {
                faults.push(self.fault(
                    format!("\"{key}\" must be true or false"),
                    format!("{key} = true"),
                ));
                false
            }
        }
    }
    /// Examples and counter-examples; both must be there.
    pub(crate) fn examples(&self, faults: &mut Vec<DataFault>) -> (Vec<String>, Vec<String>) {
        let (examples, not) = (self.list("examples", faults), self.list("not", faults));
        if examples.is_empty() || not.is_empty() {
            faults.push(self.fault(
                "a rule needs at least one sentence under `examples` and one under `not`",
                "examples = [\"…\"]",
            ));
        }
        (examples, not)
    }
}

/// The rows of a tab-separated table with a header line: every row has as many cells as the header.
pub(crate) fn rows(
    file: &str,
    text: &str,
    columns: &[&str],
    faults: &mut Vec<DataFault>,
) -> Vec<(usize, Vec<String>)> {
    let mut lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let header: Vec<&str> = lines
        .next()
        .map(|(_, line)| line.split('\t').collect())
        .unwrap_or_default();
    if header != columns {
        faults.push(DataFault::new(
            file,
            1,
            "the header line is not the one expected",
            columns.join("<tab>"),
        ));
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, line) in lines {
        let cells: Vec<String> = line.split('\t').map(|cell| cell.trim().to_owned()).collect();
        if cells.len() == columns.len() {
            found.push((index + 1, cells));
        } else {
            let what = format!("{} cells where the header has {}", cells.len(), columns.len());
            faults.push(DataFault::new(file, index + 1, what, columns.join("<tab>")));
        }
    }
    found
}
