//! The register: what became of an agreement after signature, entry by entry, each with its source and the day
//! on which it was known.

use super::entry::{Entry, Faults};
use super::{Known, TERNARY, term};
use jiff::civil::Date;
use model::{
    ActorId, Agreement, Circumstance, DeadlineOutcome, Declaration, Period, Register, Ternary, ZoneHolding,
    ZoneId,
};

/// Reads `register.toml`.
pub(super) fn read(
    top: &mut Entry<'_>,
    agreement: &Agreement,
    known: &Known,
    faults: &mut Faults,
) -> Register {
    Register {
        declarations: declarations(top, agreement, known, faults),
        outcomes: outcomes(top, agreement, faults),
        periods: periods(top, faults),
        circumstances: circumstances(top, agreement, faults),
        holdings: holdings(top, agreement, known, faults),
    }
}

fn declarations(
    top: &mut Entry<'_>,
    agreement: &Agreement,
    known: &Known,
    faults: &mut Faults,
) -> Vec<Declaration> {
    let mut all = Vec::new();
    for mut entry in top.entries("declaration", faults) {
        let declaration = Declaration {
            what: what(&mut entry, agreement, faults),
            by: actor(&mut entry, "by", known, faults),
            zones: term::zones(&mut entry, "zones", agreement, faults),
            during: entry.period(faults),
            received: date(&mut entry, "received", faults),
            accepted: entry.choice_or("accepted", &TERNARY, Ternary::Undetermined, faults),
            source: entry.text("source", faults),
        };
        entry.close(faults);
        all.push(declaration);
    }
    all
}

/// What is declared must be what an exemption asks for.
fn what(entry: &mut Entry<'_>, agreement: &Agreement, faults: &mut Faults) -> String {
    let what = entry.text("what", faults);
    let asked = agreement
        .exemptions
        .iter()
        .map(|exemption| exemption.limits.declared.as_str());
    let mut asked = asked.filter(|word| !word.is_empty());
    if !asked.clone().any(|word| word == what) {
        let line = entry.line_of("what", faults);
        faults.stranger(line, "declaration", &what, &mut asked);
    }
    what
}

fn outcomes(top: &mut Entry<'_>, agreement: &Agreement, faults: &mut Faults) -> Vec<DeadlineOutcome> {
    let mut all = Vec::new();
    for mut entry in top.entries("outcome", faults) {
        let deadline = entry.text("deadline", faults);
        let known = agreement.deadlines.iter().map(|deadline| deadline.id.as_str());
        if !known.clone().any(|id| id == deadline) {
            let line = entry.line_of("deadline", faults);
            faults.stranger(line, "deadline", &deadline, known);
        }
        let (done, extended) = (
            entry.day_or_none("done", faults),
            entry.day_or_none("extended", faults),
        );
        let never = entry.flag("never", faults);
        if usize::from(done.is_some()) + usize::from(extended.is_some()) + usize::from(never) != 1 {
            faults.add(
                entry.line,
                "this outcome must say one thing",
                "done = 2017-05-18, or extended = 2017-06-10, or never = true",
            );
        }
        all.push(DeadlineOutcome {
            deadline,
            done,
            extended,
            known: date(&mut entry, "known", faults),
            words: entry.text("words", faults),
            source: entry.text("source", faults),
        });
        entry.close(faults);
    }
    all
}

fn periods(top: &mut Entry<'_>, faults: &mut Faults) -> Vec<Period> {
    let mut all = Vec::new();
    for mut entry in top.entries("period", faults) {
        let (open, until) = (entry.flag("open", faults), entry.day_or_none("until", faults));
        if open == until.is_some() {
            faults.add(
                entry.line,
                "this period must have an end or be open",
                "until = 2018-03-15, the first day on which it no longer holds, or open = true",
            );
        }
        all.push(Period {
            until,
            known: date(&mut entry, "known", faults),
            words: entry.text("words", faults),
            source: entry.text("source", faults),
        });
        entry.close(faults);
    }
    all
}

fn circumstances(top: &mut Entry<'_>, agreement: &Agreement, faults: &mut Faults) -> Vec<Circumstance> {
    let mut all = Vec::new();
    for mut entry in top.entries("circumstance", faults) {
        let condition = entry.text("condition", faults);
        let conditions = agreement.terms.iter().flat_map(|term| &term.limits.conditions);
        let known = conditions.map(|condition| condition.id.as_str());
        if !known.clone().any(|id| id == condition) {
            let line = entry.line_of("condition", faults);
            faults.stranger(line, "condition", &condition, known);
        }
        all.push(Circumstance {
            condition,
            holds: entry.choice("holds", &TERNARY, faults),
            during: entry.period(faults),
            known: date(&mut entry, "known", faults),
            source: entry.text("source", faults),
        });
        entry.close(faults);
    }
    all
}

fn holdings(
    top: &mut Entry<'_>,
    agreement: &Agreement,
    known: &Known,
    faults: &mut Faults,
) -> Vec<ZoneHolding> {
    let mut all = Vec::new();
    for mut entry in top.entries("holding", faults) {
        let zone = entry.text("zone", faults);
        let line = entry.line_of("zone", faults);
        term::zone(&zone, line, agreement, faults);
        all.push(ZoneHolding {
            zone: ZoneId(zone),
            actor: actor(&mut entry, "actor", known, faults),
            during: entry.period(faults),
            known: date(&mut entry, "known", faults),
            source: entry.text("source", faults),
        });
        entry.close(faults);
    }
    all
}

fn actor(entry: &mut Entry<'_>, key: &'static str, known: &Known, faults: &mut Faults) -> ActorId {
    let word = entry.text(key, faults);
    let line = entry.line_of(key, faults);
    known.check_actor(&word, line, faults);
    ActorId(word)
}

/// A day that must be there; the end of the calendar stands for one that is not, and the fault is told.
fn date(entry: &mut Entry<'_>, key: &'static str, faults: &mut Faults) -> Date {
    entry.day(key, faults).unwrap_or(Date::MAX)
}
