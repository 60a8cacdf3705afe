//! What narrows a term or an exemption.

use super::entry::{Entry, Faults};
use super::{Known, TERNARY, anchor_date, term};
use model::{
    Agreement, AtMost, Clause, Condition, Demand, Edtf, ExemptionLimits, Limits, Metres, Near, add_days,
};

/// Reads what narrows a term; every key may be left out.
pub(super) fn of_term(
    entry: &mut Entry<'_>,
    agreement: &Agreement,
    known: &Known,
    faults: &mut Faults,
) -> Limits {
    Limits {
        clause: entry.choice_or("clause", &Clause::ALL, Clause::default(), faults),
        protected: protected(entry, known, faults),
        weapons: weapons(entry, faults),
        except: term::zones(entry, "except", agreement, faults),
        near: near(entry, agreement, faults),
        during: windows(entry, agreement, faults),
        by: by(entry, agreement, faults),
        conditions: conditions(entry, faults),
        at_most: at_most(entry, faults),
        evidence: entry.choice_or("evidence", &Demand::ALL, Demand::default(), faults),
        decides: entry.text_or_empty("decides", faults),
        whoever: entry.flag("whoever", faults),
        at_place: entry.flag("at_place", faults),
        quiet_hours: positive(entry, "quiet_hours", faults),
    }
}

fn protected(entry: &mut Entry<'_>, known: &Known, faults: &mut Faults) -> Vec<String> {
    let words = entry.texts("protected", faults);
    let line = entry.line_of("protected", faults);
    for word in &words {
        known.check_whom(word, line, faults);
    }
    words
}

/// Words for weapons, matched in small letters.
fn weapons(entry: &mut Entry<'_>, faults: &mut Faults) -> Vec<String> {
    let words = entry.texts("weapons", faults);
    words.into_iter().map(|word| word.to_lowercase()).collect()
}

/// The tables `[[term.near]]`.
fn near(entry: &mut Entry<'_>, agreement: &Agreement, faults: &mut Faults) -> Vec<Near> {
    let mut all = Vec::new();
    for mut near in entry.entries("near", faults) {
        let zone = near.text("zone", faults);
        let line = near.line_of("zone", faults);
        term::zone(&zone, line, agreement, faults);
        if let Some(km) = needed(&mut near, "within_km", "within_km = 15", faults) {
            all.push(Near {
                zone: zone.as_str().into(),
                within: Metres(km as f64 * 1000.0),
            });
        }
        near.close(faults);
    }
    all
}

/// The tables `[[term.window]]`: days, or a number of days from an anchor.
fn windows(entry: &mut Entry<'_>, agreement: &Agreement, faults: &mut Faults) -> Vec<Edtf> {
    let mut all = Vec::new();
    for mut window in entry.entries("window", faults) {
        if window.has("anchor") {
            let anchor = window.text("anchor", faults);
            let line = window.line_of("anchor", faults);
            let from = anchor_date(&anchor, &agreement.anchors, line, faults);
            let days = needed(&mut window, "days", "days = 14", faults);
            if let Some((from, days)) = from.zip(days) {
                all.push(Edtf::between(Some(from), Some(add_days(from, days))));
            }
        } else {
            all.push(window.period(faults));
        }
        window.close(faults);
    }
    all
}

fn by(entry: &mut Entry<'_>, agreement: &Agreement, faults: &mut Faults) -> String {
    let by = entry.text_or_empty("by", faults);
    let known = agreement.deadlines.iter().map(|deadline| deadline.id.as_str());
    if !by.is_empty() && !known.clone().any(|id| id == by) {
        let line = entry.line_of("by", faults);
        faults.stranger(line, "deadline", &by, known);
    }
    by
}

/// The tables `[[term.condition]]`.
fn conditions(entry: &mut Entry<'_>, faults: &mut Faults) -> Vec<Condition> {
    let mut all: Vec<Condition> = Vec::new();
    for mut condition in entry.entries("condition", faults) {
        let taken = all.iter().map(|condition| condition.id.as_str());
        all.push(Condition {
            id: super::fresh_id(&mut condition, taken, faults),
            words: condition.text("words", faults),
            cites: condition.text("cites", faults),
        });
        condition.close(faults);
    }
    all
}

/// The table `[term.at_most]`.
fn at_most(entry: &mut Entry<'_>, faults: &mut Faults) -> Option<AtMost> {
    if !entry.has("at_most") {
        return None;
    }
    let mut table = entry.entry("at_most", faults)?;
    let number = needed(&mut table, "number", "number = 3", faults);
    let days = needed(&mut table, "days", "days = 1", faults);
    table.close(faults);
    let (number, days) = number.zip(days)?;
    Some(AtMost {
        number: u64::try_from(number).ok()?,
        days,
    })
}

/// A whole number above zero that must be there.
fn needed(entry: &mut Entry<'_>, key: &'static str, right: &str, faults: &mut Faults) -> Option<i64> {
    if !entry.has(key) {
        faults.add(entry.line, format!("there is no \"{key}\""), right);
        return None;
    }
    positive(entry, key, faults)
}

/// A whole number above zero that may be left out.
fn positive(entry: &mut Entry<'_>, key: &'static str, faults: &mut Faults) -> Option<i64> {
    // Longer than any distance, period or number of times that an agreement counts.
    const MOST: i64 = 1_000_000;
    let number = entry.number(key, faults)?;
    if !(1..=MOST).contains(&number) {
        let line = entry.line_of(key, faults);
        faults.add(
            line,
            format!("\"{key}\" is {number}"),
            "a whole number above zero",
        );
        return None;
    }
    Some(number)
}

/// Reads what narrows an exemption; every key may be left out.
pub(super) fn of_exemption(
    entry: &mut Entry<'_>,
    agreement: &Agreement,
    known: &Known,
    faults: &mut Faults,
) -> ExemptionLimits {
    let limits = ExemptionLimits {
        classes: term::classes(entry, faults),
        acts: term::acts(entry, known, faults),
        inside: term::zones(entry, "inside", agreement, faults),
        outside: term::zones(entry, "outside", agreement, faults),
        declared: entry.text_or_empty("declared", faults),
        beforehand: entry.flag("beforehand", faults),
        unrecorded: entry
            .has("unrecorded")
            .then(|| entry.choice("unrecorded", &TERNARY, faults)),
    };
    if limits.declared.is_empty() && (limits.beforehand || limits.unrecorded.is_some()) {
        faults.add(
            entry.line,
            "this exemption says how a declaration counts and asks for none",
            "declared = \"exercise\"",
        );
    }
    limits
}
