//! Reads one folder of `data/agreements` and reports every fault at once.

mod entry;
mod limits;
mod register;
mod shape;
mod term;
mod version;
mod zone;

use entry::{Entry, Faults, with_table};
use jiff::ToSpan;
use jiff::civil::Date;
use model::{
    Act, Actor, Agreement, AgreementId, Anchor, DataFault, Deadline, Edtf, Party, Register, Ternary, Zone,
};
use std::collections::BTreeSet;

/// What the other data knows, so that an agreement cannot name what does not exist.
/// An empty list is not checked against.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Acts, from `data/acts.tsv`.
    pub acts: Vec<Act>,
    /// Actors, from `data/actors`.
    pub actors: Vec<Actor>,
    /// Names of places, from the gazetteer.
    pub places: Vec<String>,
    /// Names of provinces, from the gazetteer.
    pub provinces: Vec<String>,
}

impl Known {
    /// Actor kinds, each once.
    pub(crate) fn kinds(&self) -> BTreeSet<&str> {
        self.actors.iter().map(|actor| actor.kind.as_str()).collect()
    }
    fn sides(&self) -> impl Iterator<Item = &str> {
        self.actors.iter().map(|actor| actor.side.as_str())
    }
    /// A kind or side of actors, or the key of one.
    pub(crate) fn check_whom(&self, word: &str, line: usize, faults: &mut Faults) {
        if !self.kinds().contains(word) && !self.sides().any(|side| side == word) {
            self.check_actor(word, line, faults);
        }
    }
    pub(crate) fn check_actor(&self, word: &str, line: usize, faults: &mut Faults) {
        if !self.actors.is_empty() && !self.actors.iter().any(|actor| actor.id.as_str() == word) {
            faults.stranger(
                line,
                "actor",
                word,
                self.actors.iter().map(|actor| actor.id.as_str()),
            );
        }
    }
    fn check_kind(&self, word: &str, line: usize, faults: &mut Faults) {
        let kinds = self.kinds();
        if !kinds.is_empty() && !kinds.contains(word) {
            faults.stranger(line, "actor kind", word, kinds);
        }
    }
    pub(crate) fn check_kind_or_side(&self, word: &str, line: usize, faults: &mut Faults) {
        let words: BTreeSet<&str> = self.kinds().into_iter().chain(self.sides()).collect();
        if !words.is_empty() && !words.contains(word) {
            faults.stranger(line, "kind or side of actors", word, words);
        }
    }
}

/// The parts that somebody may have in an agreement.
const PARTS: [(&str, &str); 6] = [
    ("party", "party"),
    ("guarantor", "guarantor"),
    ("sponsor", "sponsor"),
    ("broker", "broker"),
    ("observer", "observer"),
    ("host", "host"),
];

/// The dates that terms and deadlines may be counted from.
const ANCHORS: [(&str, &str); 3] = [
    ("signed", "signed"),
    ("in-force", "in-force"),
    ("operative", "operative"),
];

pub(crate) const TERNARY: [(&str, Ternary); 3] = [
    ("undetermined", Ternary::Undetermined),
    ("yes", Ternary::Yes),
    ("no", Ternary::No),
];

/// Reads the agreement `id` from the files of its folder, as (name within the folder, text).
///
/// Gives one agreement for each version, the one that is judged by first; the other versions carry deadlines
/// and no terms, since a draft or a digest binds nobody. Markdown files are not read here. Whatever could be
/// read is given even when there are faults.
pub fn parse(id: &str, files: &[(String, String)], known: &Known) -> (Vec<Agreement>, Vec<DataFault>) {
    let folder = format!("agreements/{id}");
    let text_of = |name: &str| {
        files
            .iter()
            .find(|(file, _)| file == name)
            .map(|(_, text)| text.as_str())
    };
    let mut all_faults = strange_files(&folder, files);

    let (zones, faults) = zone::read(
        id,
        &folder,
        text_of("zones.toml"),
        text_of("zones.geojson"),
        known,
    );
    all_faults.extend(faults);
    let Some(text) = text_of("agreement.toml") else {
        all_faults.push(DataFault::new(
            folder.clone(),
            0,
            "there is no agreement.toml",
            "copy the one of a neighbouring folder and edit it",
        ));
        return (Vec::new(), sorted(all_faults));
    };
    let (agreement, faults) = with_table(
        format!("{folder}/agreement.toml"),
        text,
        "agreement",
        |top, faults| agreement(id, top, zones, known, faults),
    );
    all_faults.extend(faults);
    let mut agreement = agreement;
    if let Some(text) = text_of("register.toml") {
        let (register, faults) = with_table(
            format!("{folder}/register.toml"),
            text,
            "register",
            |top, faults| register::read(top, &agreement, known, faults),
        );
        all_faults.extend(faults);
        agreement.register = register;
    }
    let mut versions = vec![agreement];
    if let Some(text) = text_of("versions.toml") {
        let (others, faults) = with_table(
            format!("{folder}/versions.toml"),
            text,
            "file of versions",
            |top, faults| version::read(top, &versions[0], faults),
        );
        all_faults.extend(faults);
        versions.extend(others);
    }
    (versions, sorted(all_faults))
}

fn sorted(mut faults: Vec<DataFault>) -> Vec<DataFault> {
    faults.sort();
    faults
}

/// Files that nobody reads are faults: a misspelt name must not look like an agreement without zones.
fn strange_files(folder: &str, files: &[(String, String)]) -> Vec<DataFault> {
    const READ: [&str; 5] = [
        "agreement.toml",
        "versions.toml",
        "register.toml",
        "zones.toml",
        "zones.geojson",
    ];
    let is_strange = |name: &str| !READ.contains(&name) && !name.ends_with(".md");
    let strange = files.iter().filter(|(name, _)| is_strange(name));
    strange
        .map(|(name, _)| {
            let right = format!("one of: {}, or a Markdown file", READ.join(", "));
            DataFault::new(format!("{folder}/{name}"), 0, "nothing reads this file", right)
                .nearest(name, READ)
        })
        .collect()
}

fn agreement(
    id: &str,
    top: &mut Entry<'_>,
    zones: Vec<Zone>,
    known: &Known,
    faults: &mut Faults,
) -> Agreement {
    let anchors = anchors(top, faults);
    let mut agreement = Agreement {
        id: AgreementId(id.to_owned()),
        version: top.text("version", faults),
        title: top.text("title", faults),
        until: Edtf::unknown(),
        parties: parties(top, known, faults),
        terms: Vec::new(),
        exemptions: Vec::new(),
        deadlines: Vec::new(),
        zones,
        source: top.text("source", faults),
        countries: top.texts("countries", faults),
        on_request: top.flag("on_request", faults),
        register: Register::default(),
        anchors,
    };
    if agreement.countries.is_empty() {
        faults.add(1, "the agreement names no country", "countries = [\"SY\"]");
    }
    agreement.deadlines = deadlines(top, &agreement.anchors, faults);
    agreement.terms = term::terms(top, &agreement, known, faults);
    agreement.exemptions = term::exemptions(top, &agreement, known, faults);
    if let Some(mut duration) = top.entry("duration", faults) {
        agreement.until = duration_end(&mut duration, &mut agreement, faults);
        duration.close(faults);
    }
    agreement
}

fn anchors(top: &mut Entry<'_>, faults: &mut Faults) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    for mut entry in top.entries("anchor", faults) {
        let name = entry.choice("name", &ANCHORS, faults).to_owned();
        let date = entry.day("date", faults);
        let source = entry.text("source", faults);
        entry.close(faults);
        if let Some(date) = date {
            anchors.push(Anchor { name, date, source });
        }
    }
    for (name, _) in ANCHORS {
        if !anchors.iter().any(|anchor| anchor.name == name) {
            faults.add(
                1,
                format!("there is no anchor \"{name}\""),
                format!("[[anchor]] with name = \"{name}\", date and source"),
            );
        }
    }
    anchors
}

fn parties(top: &mut Entry<'_>, known: &Known, faults: &mut Faults) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    for mut entry in top.entries("party", faults) {
        let actor = entry.text("actor", faults);
        let line = entry.line_of("actor", faults);
        known.check_actor(&actor, line, faults);
        if parties.iter().any(|party| party.actor.as_str() == actor) {
            faults.add(
                line,
                format!("\"{actor}\" stands here twice"),
                "one [[party]] for each actor",
            );
        }
        let kinds = entry.texts("kinds", faults);
        let line = entry.line_of("kinds", faults);
        for kind in &kinds {
            known.check_kind_or_side(kind, line, faults);
        }
        parties.push(Party {
            actor: actor.as_str().into(),
            part: entry.choice("part", &PARTS, faults).to_owned(),
            kinds,
            bound: entry.choice("bound", &TERNARY, faults),
            source: entry.text("source", faults),
        });
        entry.close(faults);
    }
    parties
}

/// Reads the `[[deadline]]` tables of an agreement or a version; each is counted from an anchor or given as a
/// date, and when it is both, the two must agree.
fn deadlines(top: &mut Entry<'_>, anchors: &[Anchor], faults: &mut Faults) -> Vec<Deadline> {
    let mut deadlines: Vec<Deadline> = Vec::new();
    for mut entry in top.entries("deadline", faults) {
        let id = fresh_id(
            &mut entry,
            deadlines.iter().map(|deadline| deadline.id.as_str()),
            faults,
        );
        let anchor = entry.text_or_empty("anchor", faults);
        let days = entry.number("days", faults);
        let date = entry.day_or_none("date", faults);
        let line = entry.line;
        let counted = match (anchor.as_str(), days) {
            ("", None) => None,
            ("", Some(_)) | (_, None) => {
                faults.add(
                    line,
                    "\"anchor\" and \"days\" belong together",
                    "anchor = \"signed\" and days = 14",
                );
                None
            }
            (name, Some(days)) => anchor_date(name, anchors, entry.line_of("anchor", faults), faults)
                .map(|from| model::add_days(from, days)),
        };
        match (counted, date) {
            (None, None) if anchor.is_empty() && days.is_none() && !entry.has("date") => faults.add(
                line,
                "this deadline has neither an anchor with days nor a date",
                "anchor = \"signed\" and days = 14, or date = 2017-06-04",
            ),
            (Some(counted), Some(date)) if counted != date => faults.add(
                entry.line_of("date", faults),
                format!("this deadline is {counted} when counted from its anchor and {date} as given"),
                "two deadlines when the text says both",
            ),
            _ => {}
        }
        deadlines.push(Deadline {
            id,
            words: entry.text("words", faults),
            anchor,
            days,
            due: counted.or(date),
            cites: entry.text("cites", faults),
        });
        entry.close(faults);
    }
    deadlines
}

fn anchor_date(name: &str, anchors: &[Anchor], line: usize, faults: &mut Faults) -> Option<Date> {
    let found = anchors.iter().find(|anchor| anchor.name == name);
    if found.is_none() {
        faults.stranger(
            line,
            "anchor",
            name,
            anchors.iter().map(|anchor| anchor.name.as_str()),
        );
    }
    found.map(|anchor| anchor.date)
}

/// Reads `[duration]`: how long the agreement lasts, or that it names no end.
fn duration_end(entry: &mut Entry<'_>, agreement: &mut Agreement, faults: &mut Faults) -> Edtf {
    let words = entry.text("words", faults);
    let cites = entry.text("cites", faults);
    if entry.flag("open", faults) {
        if entry.has("months") || entry.has("anchor") {
            faults.add(
                entry.line,
                "a duration that is open has no months",
                "open = true, or months and anchor",
            );
        }
        return Edtf::unknown();
    }
    let months = entry.number("months", faults);
    let anchor = entry.text("anchor", faults);
    let line = entry.line_of("anchor", faults);
    let from = anchor_date(&anchor, &agreement.anchors, line, faults);
    let Some((months, from)) = months.zip(from) else {
        faults.add(
            entry.line,
            "this duration is neither open nor counted",
            "months = 6 and anchor = \"in-force\", or open = true",
        );
        return Edtf::unknown();
    };
    // A century is longer than any ceasefire counts and short enough for every calendar.
    let end = from.saturating_add(months.clamp(0, 1200).months());
    agreement.deadlines.push(Deadline {
        id: "end-of-period".to_owned(),
        words,
        anchor,
        days: None,
        due: Some(end),
        cites,
    });
    Edtf::between(Some(end), None)
}

/// The `id` of a table, which must be new in its file.
fn fresh_id<'a>(
    entry: &mut Entry<'_>,
    mut taken: impl Iterator<Item = &'a str>,
    faults: &mut Faults,
) -> String {
    let id = entry.text("id", faults);
    let line = entry.line_of("id", faults);
    if taken.any(|other| other == id) {
        faults.add(line, format!("\"{id}\" stands here twice"), "an id of its own");
    }
    if !id
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    {
        faults.add(
            line,
            format!("\"{id}\" is no id"),
            "small letters, digits and hyphens",
        );
    }
    id
}
