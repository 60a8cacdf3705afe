//! Questions to what is followed over time, answered from the published records: who stands where, who met,
//! who holds a place, what was delivered, what could be seen. Gets records, gives those that answer, and a
//! table of them in which every row leads to quoted words. Computes nothing: it only chooses and prints.

mod grid;
mod rows;

use crate::table::Screen;
use jiff::civil::Date;
use model::record::Record;
use serde_json::Value;
use std::collections::BTreeSet;

/// What a reader asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Who stands where, on all proposals or on one, as a list or as holders by proposals.
    Positions {
        /// The proposal, in words or as its key.
        on: Option<String>,
        /// Holders by proposals.
        matrix: bool,
    },
    /// Rounds, meetings and calls.
    Rounds,
    /// Who is said to hold which place.
    Control {
        /// The place, by any of its names on the pages or in the gazetteer.
        at: Option<String>,
        /// On which day; the whole story when not given.
        on: Option<Date>,
    },
    /// Deliveries, evacuations, returns or releases.
    Moves {
        /// `delivery`, `evacuation`, `return` or `release`.
        act: &'static str,
        /// Where.
        at: Option<String>,
    },
    /// Sanctions, closures and the like.
    Measures,
    /// What people decided.
    Rulings,
    /// What waits for a person.
    Review,
    /// What could be seen, zone by zone and day by day.
    Coverage {
        /// The zone, by name or key.
        zone: Option<String>,
        /// Only this day.
        on: Option<Date>,
    },
}

/// A name in a question that no record knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What kind of thing: `proposal`, `place`, `zone`, `day`.
    pub what: &'static str,
    /// As asked.
    pub asked: String,
    /// Everything that is known of the kind, each once, in order.
    pub known: Vec<String>,
}

/// The records that answer a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    question: Question,
    records: Vec<Record>,
    /// Records that the answer's rows point at.
    behind: Vec<Record>,
}

impl Question {
    /// Kinds of record that it is answered from.
    pub fn kinds(&self) -> &'static [&'static str] {
        match self {
            Self::Positions { .. } => &["position", "stand"],
            Self::Rounds => &["round", "meeting"],
            Self::Control { .. } => &["holding", "place"],
            Self::Moves { act: "delivery", .. } => &["delivery"],
            Self::Moves { .. } => &["return"],
            Self::Measures => &["measure"],
            Self::Rulings => &["ruling"],
            Self::Review => &["review", "incident"],
            Self::Coverage { .. } => &["zone_day", "outlet_day", "unseen"],
        }
    }
    /// Chooses the records that answer it.
    ///
    /// # Errors
    /// When it names a proposal, a place, a zone or a day that no record knows.
    pub fn answer(self, records: Vec<Record>) -> Result<Answer, Unknown> {
        let (records, behind) = match &self {
            Self::Positions { on, matrix } => positions(records, on.as_deref(), *matrix)?,
            Self::Rounds | Self::Measures | Self::Rulings => (records, vec![]),
            Self::Review => records.into_iter().partition(|it| it.kind == "review"),
            Self::Control { at, on } => control(records, at.as_deref(), *on)?,
            Self::Moves { act, at } => (moves(records, act, at.as_deref())?, vec![]),
            Self::Coverage { zone, on } => (coverage(records, zone.as_deref(), *on)?, vec![]),
        };
        Ok(Answer {
            question: self,
            records,
            behind,
        })
    }
}

impl Answer {
    /// The records themselves.
    pub fn records(&self) -> &[Record] {
        &self.records
    }
    /// As a table: on a terminal with the quoted words under it, in a pipe one line a row with its words.
    pub fn table(&self, screen: Screen) -> String {
        let records = &self.records;
        match &self.question {
            Question::Positions { matrix: true, .. } => rows::matrix(records, &self.behind, screen),
            Question::Positions { .. } => rows::positions(records, screen),
            Question::Rounds => rows::rounds(records, screen),
            Question::Control { on, .. } => rows::control(records, *on, screen),
            Question::Moves { .. } => rows::moves(records, screen),
            Question::Measures => rows::measures(records, screen),
            Question::Rulings => rows::rulings(records, screen),
            Question::Review => rows::review(records, &self.behind, screen),
            Question::Coverage { .. } => grid::coverage(records, screen),
        }
    }
}

/// What makes two names the same: letters and digits, in lower case.
fn key(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A text field of a record; empty when it has none.
fn text<'r>(record: &'r Record, field: &str) -> &'r str {
    record.fields[field].as_str().unwrap_or_default()
}

fn unknown(what: &'static str, asked: &str, known: BTreeSet<String>) -> Unknown {
    let mut seen = BTreeSet::from([String::new()]);
    Unknown {
        what,
        asked: asked.to_owned(),
        known: known.into_iter().filter(|name| seen.insert(key(name))).collect(),
    }
}

type Chosen = (Vec<Record>, Vec<Record>);

fn positions(records: Vec<Record>, on: Option<&str>, matrix: bool) -> Result<Chosen, Unknown> {
    let known: BTreeSet<String> = records.iter().map(|it| text(it, "proposal").to_owned()).collect();
    let asked = on.map(key);
    if let (Some(on), Some(asked)) = (on, &asked)
        && !known.iter().any(|proposal| key(proposal) == *asked)
    {
        return Err(unknown("proposal", on, known));
    }
    let fits = |it: &Record| {
        asked
            .as_ref()
            .is_none_or(|asked| key(text(it, "proposal")) == *asked)
    };
    let (positions, stands): (Vec<Record>, Vec<Record>) = records
        .into_iter()
        .filter(fits)
        .partition(|it| it.kind == "position");
    Ok(match matrix {
        true => (stands, positions),
        false => (positions, vec![]),
    })
}

/// Every name under which a record's place goes.
fn place_names(record: &Record) -> Vec<String> {
    let mut names: Vec<String> = vec![text(record, "name").to_owned(), text(record, "place").to_owned()];
    names.push(
        record.fields["chosen"]["name"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
    );
    let listed = record.fields["names"].as_array().into_iter().flatten();
    names.extend(listed.filter_map(Value::as_str).map(str::to_owned));
    names.retain(|name| !name.is_empty());
    names
}

fn control(records: Vec<Record>, at: Option<&str>, on: Option<Date>) -> Result<Chosen, Unknown> {
    let (holdings, places): (Vec<Record>, Vec<Record>) =
        records.into_iter().partition(|it| it.kind == "holding");
    let mut chosen = holdings.clone();
    if let Some(at) = at {
        let is_it = |it: &Record| place_names(it).iter().any(|name| key(name) == key(at));
        chosen.retain(is_it);
        // A place that pages tell of, and of which nobody says who holds it, is an answer.
        if chosen.is_empty() && !places.iter().any(is_it) {
            let names = holdings.iter().chain(&places).flat_map(place_names).collect();
            return Err(unknown("place", at, names));
        }
    }
    if let Some(on) = on {
        let day = on.to_string();
        let field = |it: &Record, end: &str, side: &str| it.fields[end][side].as_str().map(str::to_owned);
        // Days are written so that their order is that of their letters.
        chosen.retain(|it| {
            field(it, "since", "earliest").is_none_or(|since| since <= day)
                && (it.fields["until"].is_null()
                    || field(it, "until", "latest").is_none_or(|until| day <= until))
        });
    }
    Ok((chosen, vec![]))
}

fn moves(mut records: Vec<Record>, act: &str, at: Option<&str>) -> Result<Vec<Record>, Unknown> {
    records.retain(|it| text(it, "act") == act);
    if let Some(at) = at {
        let known: BTreeSet<String> = records.iter().map(|it| text(it, "place").to_owned()).collect();
        if !known.iter().any(|place| key(place) == key(at)) {
            return Err(unknown("place", at, known));
        }
        records.retain(|it| key(text(it, "place")) == key(at));
    }
    Ok(records)
}

fn coverage(mut records: Vec<Record>, zone: Option<&str>, on: Option<Date>) -> Result<Vec<Record>, Unknown> {
    let of_zone = |it: &&Record| it.kind == "zone_day";
    if let Some(zone) = zone {
        let asked = key(zone);
        let is_it = |it: &Record| {
            key(text(it, "zone")) == asked || (!asked.is_empty() && key(text(it, "name")).contains(&asked))
        };
        if !records.iter().any(|it| it.kind == "zone_day" && is_it(it)) {
            let names = records
                .iter()
                .filter(of_zone)
                .map(|it| text(it, "name").to_owned());
            return Err(unknown("zone", zone, names.collect()));
        }
        records.retain(|it| it.kind == "outlet_day" || is_it(it));
    }
    if let Some(on) = on {
        let day = on.to_string();
        let known: BTreeSet<String> = records
            .iter()
            .filter(of_zone)
            .map(|it| text(it, "day").to_owned())
            .collect();
        if !known.contains(&day) {
            return Err(unknown("day", &day, known));
        }
        records.retain(|it| it.kind == "unseen" || text(it, "day") == day);
    }
    Ok(records)
}
