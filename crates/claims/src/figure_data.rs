//! The data that figures are read with: what a number counts, what is counted, words beside numbers, scopes.

use crate::counted::ROLES;
use crate::lexicon::{Lexicon, phrases};
use crate::phrase::Phrases;
use crate::table::{entries, rows};
use model::{DataFault, Metric};
use std::collections::{BTreeMap, BTreeSet};

const METRICS: [(&str, Metric); 9] = [
    ("killed", Metric::Killed),
    ("injured", Metric::Injured),
    ("casualties", Metric::Casualties),
    ("detained", Metric::Detained),
    ("missing", Metric::Missing),
    ("displaced", Metric::Displaced),
    ("acts", Metric::Acts),
    ("complaints", Metric::Complaints),
    ("goods", Metric::Goods),
];

/// What is counted, as `units.tsv` may say it.
const KINDS: [&str; 2] = ["persons", "groups"];

/// Over how much a toll may run, as `scopes.tsv` may say it.
const SCOPES: [&str; 2] = ["war", "period"];

/// What makes a number count something.
#[derive(Clone, Debug)]
pub(crate) struct MetricRule {
    pub(crate) metric: Metric,
    pub(crate) entry: String,
    /// Line of the entry in its file.
    pub(crate) line: usize,
    pub(crate) verbs: Phrases<()>,
    pub(crate) participles: BTreeSet<String>,
    pub(crate) subjects: Phrases<()>,
    pub(crate) nouns: Phrases<()>,
    pub(crate) tolls: Phrases<()>,
    pub(crate) examples: Vec<String>,
    pub(crate) not: Vec<String>,
}

/// Nouns that are counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Units {
    /// Each form of the word to its kind and whether it is of one.
    forms: BTreeMap<String, (String, bool)>,
}

impl Units {
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.forms.contains_key(word)
    }
    /// Whether the word is of persons and can be added up.
    pub(crate) fn is_person(&self, word: &str) -> bool {
        self.forms.get(word).is_some_and(|(kind, _)| kind == "persons")
    }
    /// Whether the form is of one.
    pub(crate) fn is_one(&self, word: &str) -> bool {
        self.forms.get(word).is_some_and(|(_, one)| *one)
    }
}

/// A sentence and the tolls that must be read in it.
#[derive(Clone, Debug)]
pub(crate) struct CountingExample {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) sentence: String,
    /// "killed 6; injured 2+": in any order, parts left out.
    pub(crate) reads: String,
}

/// A sentence whose toll must, or must not, run over more than one incident.
#[derive(Clone, Debug)]
pub(crate) struct ScopeExample {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) scope: String,
    pub(crate) sentence: String,
    pub(crate) is: bool,
}

impl Lexicon {
    /// Every figure rule's examples: the data entry, the metric, the sentence, and whether it must be read.
    pub(crate) fn figure_examples(&self) -> Vec<(String, usize, Metric, String, bool)> {
        let mut all = Vec::new();
        for rule in &self.metrics {
            let add =
                |sentence: &String, is| (rule.entry.clone(), rule.line, rule.metric, sentence.clone(), is);
            all.extend(rule.examples.iter().map(|sentence| add(sentence, true)));
            all.extend(rule.not.iter().map(|sentence| add(sentence, false)));
        }
        all
    }

    /// Reads one of the files that figures are read with.
    pub(crate) fn read_figures(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        match file {
            "lexicon/en/figures.toml" => self.read_metrics(file, text, faults),
            "lexicon/en/units.tsv" => self.read_units(file, text, faults),
            "lexicon/en/counting.tsv" => self.read_counting(file, text, faults),
            _ => {
                for (line, cells) in rows(file, text, &["words", "scope", "example", "not"], faults) {
                    if known(file, line, &cells[1], &SCOPES, "scope", faults) {
                        self.scopes.add(&cells[0], cells[1].clone());
                        for (cell, is) in [(2, true), (3, false)] {
                            self.scope_examples.push(ScopeExample {
                                file: file.to_owned(),
                                line,
                                scope: cells[1].clone(),
                                sentence: cells[cell].clone(),
                                is,
                            });
                        }
                    }
                }
            }
        }
    }

    /// Whether a word counts harm by itself: "casualties", "deaths".
    pub(crate) fn is_harm_noun(&self, word: &str) -> bool {
        let harm =
            |rule: &&MetricRule| matches!(rule.metric, Metric::Killed | Metric::Injured | Metric::Casualties);
        let one = word.strip_suffix('s').unwrap_or(word);
        self.metrics.iter().filter(harm).any(|rule| {
            !rule.nouns.exactly(word).is_empty()
                || !rule.nouns.exactly(one).is_empty()
                || word
                    .strip_suffix("ies")
                    .is_some_and(|stem| !rule.nouns.exactly(&format!("{stem}y")).is_empty())
        })
    }

    fn read_metrics(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        for entry in entries(file, text, "metric", faults) {
            entry.allow(
                &[
                    "metric",
                    "verbs",
                    "participles",
                    "subjects",
                    "nouns",
                    "tolls",
                    "examples",
                    "not",
                ],
                faults,
            );
            let (examples, not) = entry.examples(faults);
            let word = entry.need("metric", faults);
            let Some((_, metric)) = METRICS.iter().find(|(known, _)| *known == word) else {
                let fault = entry.fault(
                    format!("\"{word}\" is not a metric"),
                    METRICS.map(|(known, _)| known).join(" | "),
                );
                faults.push(fault.nearest(&word, METRICS.map(|(known, _)| known)));
                continue;
            };
            let verbs = entry.list("verbs", faults);
            let participles = entry.list("participles", faults);
            let both = phrases(&verbs.iter().chain(&participles).cloned().collect::<Vec<_>>());
            self.metrics.push(MetricRule {
                metric: *metric,
                entry: format!("{file}#{word}"),
                line: entry.line,
                verbs: both,
                participles: participles.into_iter().collect(),
                subjects: phrases(&entry.list("subjects", faults)),
                nouns: phrases(&entry.list("nouns", faults)),
                tolls: phrases(&entry.list("tolls", faults)),
                examples,
                not,
            });
        }
    }

    fn read_units(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        for (line, cells) in rows(file, text, &["words", "one", "kind", "example"], faults) {
            if !known(file, line, &cells[2], &KINDS, "kind", faults) {
                continue;
            }
            // A word that is its own plural is read as the plural.
            for (form, one) in [(&cells[1], true), (&cells[0], false)] {
                if form != "-" {
                    self.units.forms.insert(form.clone(), (cells[2].clone(), one));
                }
            }
        }
    }

    fn read_counting(&mut self, file: &str, text: &str, faults: &mut Vec<DataFault>) {
        for (line, cells) in rows(file, text, &["words", "role", "example", "reads"], faults) {
            if !known(file, line, &cells[1], &ROLES, "role", faults) {
                continue;
            }
            self.counting.add(&cells[0], cells[1].clone());
            if cells[2].is_empty() {
                faults.push(DataFault::new(
                    file,
                    line,
                    "the example is missing",
                    "a sentence with the words, and in the last cell what must be read, such as \"killed 6\"",
                ));
                continue;
            }
            self.counting_examples.push(CountingExample {
                file: file.to_owned(),
                line,
                sentence: cells[2].clone(),
                reads: cells[3].clone(),
            });
        }
    }
}

/// Whether a cell holds one of the words that may stand there; a fault if not.
fn known(
    file: &str,
    line: usize,
    cell: &str,
    words: &[&'static str],
    column: &str,
    faults: &mut Vec<DataFault>,
) -> bool {
    if words.contains(&cell) {
        return true;
    }
    let fault = DataFault::new(
        file,
        line,
        format!("\"{cell}\" is not a {column}"),
        words.join(" | "),
    );
    faults.push(fault.nearest(cell, words.iter().copied()));
    false
}
