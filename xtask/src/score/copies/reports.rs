//! Reports of invented acts, written from the sentences of `corpus/copies/reports.toml`: the same facts told by
//! several desks that share no sentence, at length or in a few lines.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Deserialize;

/// A fixed source of choices: the same seed gives the same pairs on every machine.
pub(super) struct Choices(u64);

impl Choices {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }
    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        // Knuth's MMIX constants; the high bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
    /// True so often in a hundred.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    pub(super) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[derive(Deserialize)]
struct ActLine {
    act: String,
    act_def: String,
    family: String,
}

#[derive(Deserialize)]
struct PlaceLine {
    name: String,
    province: String,
    other: String,
}

#[derive(Deserialize)]
struct Lines {
    lines: Vec<String>,
    more: Option<Box<Lines>>,
}

#[derive(Deserialize)]
struct ByFamily {
    blast: Lines,
    strike: Lines,
    more: Option<Lines>,
}

impl ByFamily {
    fn of(&self, family: &str) -> &[String] {
        if family == "blast" {
            &self.blast.lines
        } else {
            &self.strike.lines
        }
    }
}

/// The sentences of `corpus/copies/reports.toml`.
#[derive(Deserialize)]
pub(super) struct Sentences {
    acts: Vec<ActLine>,
    places: Vec<PlaceLine>,
    targets: Vec<String>,
    hours: Vec<String>,
    names: Vec<String>,
    posts: Vec<String>,
    trades: Vec<String>,
    bodies: Vec<String>,
    lede: ByFamily,
    brief: ByFamily,
    headline: ByFamily,
    scene: Lines,
    witness: Lines,
    official: Lines,
    response: Lines,
    background: Lines,
    release: Lines,
    speaker: Lines,
    citing: Lines,
}

impl Sentences {
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let file = folder.join("reports.toml");
        let text = std::fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        toml::from_str(&text).with_context(|| format!("reading {}", file.display()))
    }
    /// Names of places with another spelling each.
    pub(super) fn spellings(&self) -> BTreeMap<&str, &str> {
        self.places
            .iter()
            .map(|place| (place.name.as_str(), place.other.as_str()))
            .collect()
    }
}

/// What happened, as every desk has it.
#[derive(Clone)]
pub(super) struct Facts {
    family: String,
    values: BTreeMap<&'static str, String>,
    pub(super) killed: usize,
    pub(super) wounded: usize,
    names: Vec<String>,
    /// Publication day of whoever writes about it.
    pub(super) published: String,
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const NUMBERS: [&str; 13] = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

pub(super) fn number(value: usize) -> String {
    NUMBERS
        .get(value)
        .map_or_else(|| value.to_string(), |word| (*word).to_owned())
}

impl Facts {
    /// An act on a day of May 2017; the first was a Monday.
    pub(super) fn invent(sentences: &Sentences, choices: &mut Choices) -> Self {
        let act = choices.pick(&sentences.acts);
        let place = choices.pick(&sentences.places);
        let day = 1 + choices.below(28);
        let mut names = sentences.names.clone();
        choices.shuffle(&mut names);
        let mut facts = Self {
            family: act.family.clone(),
            values: BTreeMap::new(),
            killed: 2 + choices.below(14),
            wounded: 3 + choices.below(40),
            names,
            published: format!("2017-05-{:02}", day + choices.below(2)),
        };
        let weekday = WEEKDAYS[(day - 1) % 7];
        facts.values.extend([
            ("act", act.act.clone()),
            ("act_def", act.act_def.clone()),
            ("place", place.name.clone()),
            ("province", place.province.clone()),
            ("target", choices.pick(&sentences.targets).clone()),
            ("hour", choices.pick(&sentences.hours).clone()),
            ("day", format!("on {weekday}")),
            ("weekday", weekday.to_owned()),
            ("body", choices.pick(&sentences.bodies).clone()),
        ]);
        facts
    }

    /// The same act as another desk heard of it: the figures may differ by one.
    pub(super) fn heard_elsewhere(&self, choices: &mut Choices) -> Self {
        let mut other = self.clone();
        if choices.chance(30) {
            other.wounded += 1 + choices.below(4);
        }
        if choices.chance(15) {
            other.killed += 1;
        }
        other
    }

    fn fill(&self, line: &str, extra: &BTreeMap<&str, String>) -> String {
        let mut text = line.to_owned();
        let counts = [("killed", number(self.killed)), ("wounded", number(self.wounded))];
        let values = self.values.iter().map(|(name, value)| (*name, value.clone()));
        let all = values
            .chain(counts)
            .chain(extra.iter().map(|(name, value)| (*name, value.clone())));
        for (name, value) in all {
            text = text.replace(&format!("{{{name}}}"), &value);
            let capital = |text: &str| {
                let mut letters = text.chars();
                letters
                    .next()
                    .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            };
            text = text.replace(&format!("{{{}}}", capital(name)), &capital(&value));
        }
        text
    }
}

/// A report as it is handed to the program.
#[derive(Clone)]
pub(super) struct Report {
    pub(super) title: String,
    pub(super) paragraphs: Vec<String>,
    pub(super) outlet: String,
    pub(super) published: String,
}

/// A desk that never writes a sentence that the other desk of a pair wrote.
pub(super) struct Desk<'a, 'c> {
    pub(super) sentences: &'a Sentences,
    pub(super) choices: &'c mut Choices,
    used: BTreeSet<String>,
    names_used: usize,
}

impl<'a, 'c> Desk<'a, 'c> {
    pub(super) fn new(sentences: &'a Sentences, choices: &'c mut Choices) -> Self {
        Self {
            sentences,
            choices,
            used: BTreeSet::new(),
            names_used: 0,
        }
    }

    fn line(&mut self, lines: &[String], facts: &Facts, extra: &BTreeMap<&str, String>) -> String {
        let free: Vec<&String> = lines.iter().filter(|line| !self.used.contains(*line)).collect();
        let line = match free[..] {
            [] => self.choices.pick(lines).clone(),
            _ => (*self.choices.pick(&free)).clone(),
        };
        let text = facts.fill(&line, extra);
        self.used.insert(line);
        text
    }

    fn person(
        &mut self,
        facts: &Facts,
        roles: &[String],
        role: &'static str,
    ) -> BTreeMap<&'static str, String> {
        let who = facts.names[self.names_used % facts.names.len()].clone();
        self.names_used += 1;
        BTreeMap::from([("who", who), (role, self.choices.pick(roles).clone())])
    }

    fn report(&mut self, facts: &Facts, paragraphs: Vec<String>, outlet: &str) -> Report {
        let headline = self.sentences.headline.of(&facts.family);
        Report {
            title: self.line(headline, facts, &BTreeMap::new()),
            paragraphs,
            outlet: outlet.to_owned(),
            published: facts.published.clone(),
        }
    }

    /// Seven to ten sentences: what happened, who says how many, what it looked like, what came after.
    pub(super) fn long(&mut self, facts: &Facts, outlet: &str) -> Report {
        let s = self.sentences;
        let none = BTreeMap::new();
        let lede = self.line(s.lede.of(&facts.family), facts, &none);
        let official = self.person(facts, &s.posts, "post");
        let official = self.line(&s.official.lines, facts, &official);
        let witness = self.person(facts, &s.trades, "trade");
        let witness = self.line(&s.witness.lines, facts, &witness);
        let mut rest = vec![official, witness];
        for (lines, most) in [(&s.scene, 3), (&s.response, 2), (&s.background, 2)] {
            for _ in 0..=self.choices.below(most) {
                rest.push(self.line(&lines.lines, facts, &none));
            }
        }
        if self.choices.chance(50) {
            self.choices.shuffle(&mut rest);
        }
        let mut paragraphs = vec![lede];
        for sentence in rest {
            match paragraphs.last_mut() {
                Some(last) if self.choices.chance(25) && !last.is_empty() => {
                    last.push(' ');
                    last.push_str(&sentence);
                }
                _ => paragraphs.push(sentence),
            }
        }
        self.report(facts, paragraphs, outlet)
    }

    /// One to three sentences, as anybody writes them.
    pub(super) fn brief(&mut self, facts: &Facts, outlet: &str) -> Report {
        let s = self.sentences;
        let none = BTreeMap::new();
        let mut paragraphs = vec![self.line(s.brief.of(&facts.family), facts, &none)];
        if let Some(more) = &s.brief.more {
            for _ in 0..self.choices.below(3) {
                paragraphs.push(self.line(&more.lines, facts, &none));
            }
        }
        self.report(facts, paragraphs, outlet)
    }

    /// A page whose only source is a person, a body or an agency: other words, one source.
    fn sourced(
        &mut self,
        lines: &'a Lines,
        facts: &Facts,
        extra: &BTreeMap<&str, String>,
        outlet: &str,
    ) -> Report {
        let mut paragraphs = vec![self.line(&lines.lines, facts, extra)];
        if let Some(more) = &lines.more {
            for _ in 0..=self.choices.below(2) {
                paragraphs.push(self.line(&more.lines, facts, extra));
            }
        }
        if self.choices.chance(40) {
            let scene = &self.sentences.background.lines;
            paragraphs.push(self.line(scene, facts, &BTreeMap::new()));
        }
        self.report(facts, paragraphs, outlet)
    }

    pub(super) fn speaker(&mut self, facts: &Facts) -> BTreeMap<&'static str, String> {
        let posts = &self.sentences.posts;
        self.person(facts, posts, "post")
    }
    pub(super) fn quoting(&mut self, facts: &Facts, who: &BTreeMap<&str, String>, outlet: &str) -> Report {
        let lines = &self.sentences.speaker;
        self.sourced(lines, facts, who, outlet)
    }
    pub(super) fn release(&mut self, facts: &Facts, outlet: &str) -> Report {
        let lines = &self.sentences.release;
        self.sourced(lines, facts, &BTreeMap::new(), outlet)
    }
    pub(super) fn citing(&mut self, facts: &Facts, agency: &str, outlet: &str) -> Report {
        let lines = &self.sentences.citing;
        let extra = BTreeMap::from([("agency", agency.to_owned())]);
        self.sourced(lines, facts, &extra, outlet)
    }
    /// A further sentence in which a person is quoted, beside what the desk has of its own.
    pub(super) fn remark(&mut self, facts: &Facts, who: &BTreeMap<&str, String>) -> String {
        let more = self.sentences.speaker.more.as_deref();
        more.map_or_else(String::new, |more| self.line(&more.lines, facts, who))
    }
    /// Another opening sentence and another headline for the same facts.
    pub(super) fn opening(&mut self, facts: &Facts) -> (String, String) {
        let s = self.sentences;
        let none = BTreeMap::new();
        let title = self.line(s.headline.of(&facts.family), facts, &none);
        (title, self.line(&s.background.lines, facts, &none))
    }
}
