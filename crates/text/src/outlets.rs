//! The outlets that experts list in `data/outlets`.

use model::{ActorId, DataFault, Outlet, OutletId};
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const KEYS: [&str; 13] = [
    "id",
    "name",
    "names",
    "hosts",
    "class",
    "family",
    "interest",
    "republishes",
    "reliability",
    "credits",
    "source",
    "from",
    "until",
];
const CLASSES: [&str; 9] = [
    "agency",
    "newspaper",
    "broadcaster",
    "monitor",
    "party",
    "state",
    "international",
    "aggregator",
    "unknown",
];
const RIGHT: &str = "[[outlet]]
id = \"example-post\"
name = \"Example Post\"
names = [\"Example Post\", \"The Post\"]
hosts = [\"examplepost.example\"]
class = \"newspaper\"
family = \"example-media\"
republishes = [\"example-wire\"]
reliability = \"F\"
credits = [\"(Example Post)\"]
source = \"its imprint page\"
from = 2017-01-01";

/// Reads the outlets from files given as (path, text). Tells every fault at once, with its line; outlets
/// without a fault are returned all the same, in the order of their keys.
pub fn outlets(files: &[(String, String)]) -> (Vec<Outlet>, Vec<DataFault>) {
    let mut faults = Vec::new();
    let mut all: BTreeMap<OutletId, Outlet> = BTreeMap::new();
    let mut wanted: Vec<(String, usize, OutletId)> = Vec::new();
    for (path, text) in files {
        if !path.ends_with(".toml") {
            continue;
        }
        let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let line = error.span().map_or(0, |span| line_of(span.start));
            faults.push(DataFault::new(&**path, line, error.message(), ""));
        }
        for (key, value) in root.get_ref() {
            let entries = value.get_ref().as_array();
            let Some(entries) = entries.filter(|_| key.get_ref() == "outlet") else {
                let what = format!("\"{}\" is not a key of this file", key.get_ref());
                let line = line_of(key.span().start);
                faults.push(DataFault::new(&**path, line, what, RIGHT).nearest(key.get_ref(), ["outlet"]));
                continue;
            };
            for entry in entries {
                let mut reader = Entry {
                    path,
                    line: line_of(entry.span().start),
                    faults: &mut faults,
                };
                let Some(outlet) = entry.get_ref().as_table().and_then(|table| reader.outlet(table)) else {
                    continue;
                };
                wanted.extend(
                    outlet
                        .republishes
                        .iter()
                        .map(|id| (path.clone(), reader.line, id.clone())),
                );
                let (line, id) = (reader.line, outlet.id.clone());
                if all.insert(id.clone(), outlet).is_some() {
                    faults.push(DataFault::new(
                        &**path,
                        line,
                        format!("the outlet \"{id}\" is listed twice"),
                        "",
                    ));
                }
            }
        }
    }
    for (path, line, id) in wanted {
        if !all.contains_key(&id) {
            let what = format!("it republishes \"{id}\", which no file lists");
            faults.push(
                DataFault::new(path, line, what, "").nearest(id.as_str(), all.keys().map(OutletId::as_str)),
            );
        }
    }
    faults.sort();
    (all.into_values().collect(), faults)
}

struct Entry<'f> {
    path: &'f str,
    line: usize,
    faults: &'f mut Vec<DataFault>,
}

impl Entry<'_> {
    fn fault(&mut self, what: impl Into<String>) {
        self.faults
            .push(DataFault::new(self.path, self.line, what, RIGHT));
    }
    fn outlet(&mut self, table: &DeTable<'_>) -> Option<Outlet> {
        for key in table.keys().map(|key| key.get_ref().to_string()) {
            if !KEYS.contains(&key.as_str()) {
                let fault = DataFault::new(
                    self.path,
                    self.line,
                    format!("\"{key}\" is not a key of an outlet"),
                    RIGHT,
                );
                self.faults.push(fault.nearest(&key, KEYS));
            }
        }
        let id = self.needed(table, "id");
        let name = self.needed(table, "name");
        let source = self.needed(table, "source");
        let class = self.needed(table, "class");
        if let Some(class) = class.as_deref().filter(|class| !CLASSES.contains(class)) {
            let fault = DataFault::new(
                self.path,
                self.line,
                format!("\"{class}\" is not a class of outlets"),
                RIGHT,
            );
            self.faults.push(fault.nearest(class, CLASSES));
        }
        if !table.contains_key("from") {
            self.fault("\"from\" is missing: the day from which this is known to hold");
        }
        let grade = self.text(table, "reliability").unwrap_or_else(|| "F".to_owned());
        let reliability = match grade.chars().next() {
            Some(letter @ 'A'..='F') if grade.len() == 1 => letter,
            _ => {
                self.fault(format!("\"{grade}\" is not a reliability letter from A to F"));
                'F'
            }
        };
        let list = |this: &mut Self, key: &str| this.list(table, key);
        let names = list(self, "names");
        let hosts = list(self, "hosts");
        let republishes = list(self, "republishes");
        let credits = list(self, "credits");
        let family = self.text(table, "family");
        let interest = self
            .text(table, "interest")
            .filter(|interest| !interest.is_empty() && interest != "none");
        let (id, name) = (id?, name?);
        Some(Outlet {
            names: if names.is_empty() {
                vec![name.clone()]
            } else {
                names
            },
            hosts,
            class: class?,
            family: family
                .filter(|family| !family.is_empty())
                .unwrap_or_else(|| id.clone()),
            interest: interest.map(ActorId),
            republishes: republishes.into_iter().map(OutletId).collect(),
            credits,
            reliability,
            source: source?,
            id: OutletId(id),
            name,
        })
    }
    fn needed(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = self.text(table, key).filter(|value| !value.trim().is_empty());
        if value.is_none() {
            self.fault(format!("\"{key}\" is missing"));
        }
        value
    }
    fn text(&mut self, table: &DeTable<'_>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.fault(format!("\"{key}\" is not a text in quotes"));
        }
        text
    }
    fn list(&mut self, table: &DeTable<'_>, key: &str) -> Vec<String> {
        let Some(value) = table.get(key) else {
            return Vec::new();
        };
        let texts = texts(value);
        if texts.is_none() {
            self.fault(format!("\"{key}\" is not a list of texts"));
        }
        texts.unwrap_or_default()
    }
}

fn texts(value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
    let items = value.get_ref().as_array()?;
    items
        .iter()
        .map(|item| item.get_ref().as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests;
