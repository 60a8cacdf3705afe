//! Event type, actor and recipient on sentences of the CAMEO manual coded after PLOVER 0.5b1
//! (`claims::code_events`, as the product runs it).
//!
//! Each sentence gives slots: one for its type, one for each actor coded and one for each recipient; so does the
//! reading. A type is right when it is the same. An actor or recipient is right when all words of the coded
//! phrase stand in the phrase read or the other way round (articles, possessives, "of", "in" left out); each
//! phrase counts for one coded phrase only, so both of "A and B" must be found. Micro F is over all slots.
//! Of several sentences in a text the one whose type is surest is the event.
//!
//! Sentences that the shipped models were trained on are judged by models that did not see them: five folds,
//! dealt by hash, trained here. All others are judged by the shipped models. Our own examples, in every training,
//! were written after looking at many of the coded sentences; they teach types only.

use super::{Counts, ScoreRow, bootstrap};
use crate::train::acts;
use crate::train::events::{self, Coded, same};
use anyhow::Result;
use claims::{CodedEvent, EventModel, EventSentence, NO_KIND};
use std::collections::BTreeMap;
use std::path::Path;

/// Parts for cross-validation; the usual number.
const FOLDS: u32 = 5;

/// Counts of type, actor and recipient.
type Slots = [Counts; 3];

/// Scores every coded sentence at hand.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let sentences = events::coded(shared)?;
    let known = acts::seen("events-seen.bin")?;
    let (seen, unseen): (Vec<&Coded>, Vec<&Coded>) = sentences
        .iter()
        .partition(|one| known.contains(&acts::hash(&one.text)));
    let mut rows = Vec::new();
    if !unseen.is_empty() {
        let judged: Vec<(Slots, Slots)> = unseen
            .iter()
            .map(|one| (judge(one, claims::code_events(&one.text)), trivial(one)))
            .collect();
        rows.extend(table("unseen sentences", &judged));
    }
    if !seen.is_empty() {
        let mut judged = Vec::new();
        for fold in 0..FOLDS {
            let (held, others): (Vec<&Coded>, Vec<&Coded>) =
                seen.iter().partition(|one| acts::hash(&one.text) % FOLDS == fold);
            let model: EventModel = events::model(&others)?;
            judged.extend(
                held.iter()
                    .map(|one| (judge(one, model.code(&one.text)), trivial(one))),
            );
        }
        rows.extend(table("sentences, five folds", &judged));
    }
    Ok(rows)
}

fn judge(coded: &Coded, events: Vec<CodedEvent>) -> Slots {
    let surest = events
        .into_iter()
        .filter(|event| event.kind != NO_KIND)
        .max_by(|a, b| a.probability.total_cmp(&b.probability));
    let Some(event) = surest else {
        return slots(coded, None, &[], &[]);
    };
    let slots = slots(coded, Some(&event.kind), &event.actors, &event.recipients);
    let wrong = slots
        .iter()
        .any(|counts| counts.right < counts.found.max(counts.expected));
    if wrong && std::env::args().any(|argument| argument == "--misses") {
        println!(
            "{} {:?} {:?}\n  read {} {:?} {:?}\n  {}",
            coded.kind,
            coded.actors,
            coded.recipients,
            event.kind,
            event.actors,
            event.recipients,
            coded.text
        );
    }
    slots
}

/// The trivial method: the largest type, the first name as actor and the second as recipient.
fn trivial(coded: &Coded) -> Slots {
    let names: Vec<String> = EventSentence::of(&coded.text)
        .iter()
        .flat_map(|read| {
            (0..read.phrase_count())
                .map(|phrase| read.phrase(phrase))
                .collect::<Vec<_>>()
        })
        .filter(|phrase| phrase.starts_with(char::is_uppercase))
        .take(2)
        .collect();
    slots(
        coded,
        Some("AGREE"),
        names.get(..1).unwrap_or_default(),
        names.get(1..).unwrap_or_default(),
    )
}

fn slots(coded: &Coded, kind: Option<&str>, actors: &[String], recipients: &[String]) -> Slots {
    let right = |gold: &[String], read: &[String]| {
        let mut free: Vec<&String> = read.iter().collect();
        gold.iter()
            .filter(|name| {
                let found = free.iter().position(|phrase| same(name, phrase));
                found.map(|at| free.remove(at)).is_some()
            })
            .count()
    };
    let names = |gold: &[String], read: &[String]| Counts {
        right: right(gold, read),
        found: read.len(),
        expected: gold.len(),
    };
    let kind = Counts {
        right: usize::from(kind == Some(&coded.kind)),
        found: usize::from(kind.is_some()),
        expected: 1,
    };
    [
        kind,
        names(&coded.actors, actors),
        names(&coded.recipients, recipients),
    ]
}

fn table(set: &str, judged: &[(Slots, Slots)]) -> Vec<ScoreRow> {
    let measures: BTreeMap<&str, &[usize]> = BTreeMap::from([
        ("micro F", &[0, 1, 2][..]),
        ("type F1", &[0]),
        ("actor F1", &[1]),
        ("recipient F1", &[2]),
    ]);
    let order = ["micro F", "type F1", "actor F1", "recipient F1"];
    order
        .iter()
        .map(|metric| {
            let of = |slots: &Slots| measures[metric].iter().map(|at| slots[*at]).collect::<Vec<_>>();
            let f1 = |items: &[&(Slots, Slots)], pick: fn(&(Slots, Slots)) -> &Slots| {
                let counts: Vec<Counts> = items.iter().flat_map(|item| of(pick(item))).collect();
                Counts::f1(&counts)
            };
            let all: Vec<&(Slots, Slots)> = judged.iter().collect();
            let (low, high) = bootstrap(judged, |items| f1(items, |item| &item.0));
            ScoreRow {
                task: "plover".to_owned(),
                set: set.to_owned(),
                metric: (*metric).to_owned(),
                n: judged.len(),
                value: f1(&all, |item| &item.0),
                low,
                high,
                baseline: Some(f1(&all, |item| &item.1)),
                baseline_name: "largest type, first two names".to_owned(),
                peer: String::new(),
            }
        })
        .collect()
}
