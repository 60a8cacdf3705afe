//! The tables of `data/lexicon/ar`: every fault is told with its line, what is right is kept.

use super::words::Table;
use crate::lexicon::{Alias, Descriptor};
use crate::table::rows;
use model::{Act, DataFault, Metric};

/// Everything Arabic is read with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub(crate) acts: Table<ActWords>,
    pub(crate) harm: Table<Harm>,
    pub(crate) people: Table<People>,
    pub(crate) numbers: Table<u64>,
    pub(crate) words: Table<(Class, String)>,
    pub(crate) months: Table<i8>,
    pub(crate) weekdays: Table<usize>,
    pub(crate) actors: Table<Alias>,
    pub(crate) descriptors: Table<Descriptor>,
    pub(crate) places: Table<()>,
    /// Sentences with the act that must be read from them, or must not.
    pub(crate) examples: Vec<Example>,
}

/// A sentence of a table with what must be read from it.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) entry: String,
    pub(crate) line: usize,
    pub(crate) sentence: String,
    pub(crate) act: String,
    pub(crate) is: bool,
}

/// Words that name an act.
#[derive(Clone, Debug)]
pub(crate) struct ActWords {
    pub(crate) act: Act,
    pub(crate) means: Means,
    pub(crate) entry: String,
}

/// What words say about the weapon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// They name it, and found an act only beside another act or somebody harmed.
    Named,
    /// They leave it open, and give way to words that name it.
    Open,
    /// The act is a kind by itself.
    Inherent,
    /// So it is, whatever is named beside it: troops that land from helicopters are no air strike.
    Apart,
}

/// Words that count the harmed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Harm {
    pub(crate) metric: Metric,
    pub(crate) told: Told,
}

/// How a word tells a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    One,
    Two,
    Several,
    /// With any number, by itself none.
    Any,
    /// The number or the persons stand behind it.
    Takes,
    /// They stand before it.
    Back,
}

/// A word for persons.
#[derive(Clone, Debug)]
pub(crate) struct People {
    pub(crate) told: Told,
    /// In the words of the English tables; empty for "others".
    pub(crate) unit: String,
}

/// What a word does in a sentence; the classes of `words.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    At,
    Near,
    Border,
    Between,
    Bearing,
    Kind,
    NameHead,
    NotName,
    Say,
    By,
    That,
    Source,
    Not,
    Plan,
    Truce,
    Whole,
    Series,
    Past,
    Part,
    Bound,
    Tens,
    Several,
    Target,
    Day,
}

const CLASSES: [(&str, Class); 24] = [
    ("at", Class::At),
    ("near", Class::Near),
    ("border", Class::Border),
    ("between", Class::Between),
    ("bearing", Class::Bearing),
    ("kind", Class::Kind),
    ("name-head", Class::NameHead),
    ("not-name", Class::NotName),
    ("say", Class::Say),
    ("by", Class::By),
    ("that", Class::That),
    ("source", Class::Source),
    ("not", Class::Not),
    ("plan", Class::Plan),
    ("truce", Class::Truce),
    ("whole", Class::Whole),
    ("series", Class::Series),
    ("past", Class::Past),
    ("part", Class::Part),
    ("bound", Class::Bound),
    ("tens", Class::Tens),
    ("several", Class::Several),
    ("target", Class::Target),
    ("day", Class::Day),
];

const TOLD: [(&str, Told); 6] = [
    ("one", Told::One),
    ("two", Told::Two),
    ("several", Told::Several),
    ("any", Told::Any),
    ("takes", Told::Takes),
    ("back", Told::Back),
];

const METRICS: [(&str, Metric); 3] = [
    ("killed", Metric::Killed),
    ("injured", Metric::Injured),
    ("casualties", Metric::Casualties),
];

const MEANS: [(&str, Means); 4] = [
    ("yes", Means::Named),
    ("any", Means::Open),
    ("-", Means::Inherent),
    ("apart", Means::Apart),
];

impl Tables {
    /// Reads a file of `lexicon/ar`; others are passed over. `act` looks an act up by its key.
    pub(crate) fn read(
        &mut self,
        file: &str,
        text: &str,
        act: impl Fn(&str) -> Option<Act>,
        faults: &mut Vec<DataFault>,
    ) {
        match file {
            "lexicon/ar/act-words.tsv" => self.read_acts(file, text, act, faults),
            "lexicon/ar/harm.tsv" => {
                for (line, cells) in rows(file, text, &["words", "metric", "told", "example"], faults) {
                    let metric = one_of(&METRICS, file, line, &cells[1], "metric of harm", faults);
                    let told = one_of(&TOLD, file, line, &cells[2], "way of counting", faults);
                    if let (Some(metric), Some(told)) = (metric, told) {
                        self.harm.add(&cells[0], Harm { metric, told });
                        self.example(file, line, &cells, (3, "attack"), true);
                    }
                }
            }
            "lexicon/ar/people.tsv" => {
                for (line, cells) in rows(file, text, &["words", "told", "unit"], faults) {
                    if let Some(told) = one_of(&TOLD, file, line, &cells[1], "way of counting", faults) {
                        let unit = cells[2].trim_matches('-').to_owned();
                        self.people.add(&cells[0], People { told, unit });
                    }
                }
            }
            "lexicon/ar/numbers.tsv" => {
                for (line, cells) in rows(file, text, &["words", "value"], faults) {
                    if let Some(value) = whole(file, line, &cells[1], faults) {
                        self.numbers.add(&cells[0], value);
                    }
                }
            }
            "lexicon/ar/words.tsv" => {
                for (line, cells) in rows(file, text, &["words", "class", "value", "source"], faults) {
                    if let Some(class) = one_of(&CLASSES, file, line, &cells[1], "class of words", faults) {
                        self.words.add(&cells[0], (class, cells[2].clone()));
                    }
                }
            }
            "lexicon/ar/calendar.tsv" => {
                for (line, cells) in rows(file, text, &["kind", "words", "value", "source"], faults) {
                    let kind = cells[0].as_str();
                    if !matches!(kind, "month" | "weekday") {
                        continue;
                    }
                    let value = whole(file, line, &cells[2], faults);
                    match value.and_then(|value| i8::try_from(value).ok()) {
                        Some(month @ 1..=12) if kind == "month" => self.months.add(&cells[1], month),
                        Some(day @ 1..=7) if kind == "weekday" => {
                            self.weekdays.add(&cells[1], usize::from(day.unsigned_abs()) - 1);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn read_acts(
        &mut self,
        file: &str,
        text: &str,
        act: impl Fn(&str) -> Option<Act>,
        faults: &mut Vec<DataFault>,
    ) {
        for (line, cells) in rows(file, text, &["words", "act", "means", "example", "not"], faults) {
            let means = one_of(&MEANS, file, line, &cells[2], "way to name a weapon", faults);
            let Some(known) = act(&cells[1]) else {
                let what = format!("\"{}\" is not an act", cells[1]);
                faults.push(DataFault::new(file, line, what, "an id of acts.tsv"));
                continue;
            };
            let Some(means) = means else { continue };
            self.acts.add(
                &cells[0],
                ActWords {
                    act: known,
                    means,
                    entry: format!("{file}#{}", cells[0]),
                },
            );
            let act = cells[1].clone();
            self.example(file, line, &cells, (3, &act), true);
            self.example(file, line, &cells, (4, &act), false);
        }
    }

    fn example(&mut self, file: &str, line: usize, cells: &[String], (at, act): (usize, &str), is: bool) {
        let sentence = cells.get(at).map_or("-", String::as_str);
        if sentence != "-" {
            self.examples.push(Example {
                entry: format!("{file}#{}", cells[0]),
                line,
                sentence: sentence.to_owned(),
                act: act.to_owned(),
                is,
            });
        }
    }

    /// The class and value of the words at a place, when there are any.
    pub(crate) fn class(&self, words: &[super::words::Word], at: usize) -> Option<(Class, &str, usize)> {
        let found = self.words.at(words, at)?;
        let (class, value) = found.value;
        Some((*class, value, found.words.end))
    }
}

fn one_of<T: Copy, const N: usize>(
    known: &[(&'static str, T); N],
    file: &str,
    line: usize,
    word: &str,
    what: &str,
    faults: &mut Vec<DataFault>,
) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == word);
    if found.is_none() {
        let names = known.map(|(name, _)| name);
        let fault = DataFault::new(
            file,
            line,
            format!("\"{word}\" is not a {what}"),
            names.join(" | "),
        );
        faults.push(fault.nearest(word, names));
    }
    found.map(|(_, value)| *value)
}

fn whole(file: &str, line: usize, word: &str, faults: &mut Vec<DataFault>) -> Option<u64> {
    let value = word.parse().ok();
    if value.is_none() {
        let what = format!("\"{word}\" is not a whole number");
        faults.push(DataFault::new(file, line, what, "a number such as 4"));
    }
    value
}
