//! Terms and exemptions.

use super::entry::{Entry, Faults};
use super::{Known, limits};
use model::{ActClass, Agreement, Duty, Exemption, ExemptionLimits, Term, TermId, ZoneId};

const DUTIES: [(&str, Duty); 3] = [
    ("prohibition", Duty::Prohibition),
    ("obligation", Duty::Obligation),
    ("permission", Duty::Permission),
];

/// Reads the `[[term]]` tables.
pub(super) fn terms(
    top: &mut Entry<'_>,
    agreement: &Agreement,
    known: &Known,
    faults: &mut Faults,
) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for mut entry in top.entries("term", faults) {
        let id = super::fresh_id(&mut entry, terms.iter().map(|term| term.id.as_str()), faults);
        let duty = entry.choice("duty", &DUTIES, faults);
        let classes = classes(&mut entry, faults);
        let acts = acts(&mut entry, known, faults);
        if duty == Duty::Prohibition && classes.is_empty() && acts.is_empty() {
            faults.add(
                entry.line,
                "this prohibition is about no act",
                "classes = [\"force\"] or acts = [\"overflight\"]",
            );
        }
        let from = entry.text("from", faults);
        let line = entry.line_of("from", faults);
        super::anchor_date(&from, &agreement.anchors, line, faults);
        terms.push(Term {
            id: TermId(id),
            words: entry.text("words", faults),
            cites: entry.text("cites", faults),
            duty,
            bearers: bearers(&mut entry, known, faults),
            classes,
            acts,
            zones: zones(&mut entry, "zones", agreement, faults),
            from,
            unsettled: entry.text_or_empty("unsettled", faults),
            limits: limits::of_term(&mut entry, agreement, known, faults),
        });
        entry.close(faults);
    }
    if terms.is_empty() {
        faults.add(
            1,
            "the agreement has no term",
            "[[term]] with id, words, cites, duty and from",
        );
    }
    terms
}

pub(super) fn classes(entry: &mut Entry<'_>, faults: &mut Faults) -> Vec<ActClass> {
    let words = entry.texts("classes", faults);
    let line = entry.line_of("classes", faults);
    let mut classes = Vec::new();
    for word in words {
        match ActClass::read(&word) {
            Some(class) => classes.push(class),
            None => faults.stranger(
                line,
                "class of acts",
                &word,
                ActClass::ALL.iter().map(|(_, word)| *word),
            ),
        }
    }
    classes
}

pub(super) fn acts(entry: &mut Entry<'_>, known: &Known, faults: &mut Faults) -> Vec<model::ActId> {
    let words = entry.texts("acts", faults);
    let line = entry.line_of("acts", faults);
    for word in &words {
        if !known.acts.is_empty() && !known.acts.iter().any(|act| act.id.as_str() == word) {
            faults.stranger(line, "act", word, known.acts.iter().map(|act| act.id.as_str()));
        }
    }
    words.iter().map(|word| word.as_str().into()).collect()
}

/// Keys, kinds or sides of actors; a word that is none of these is a fault.
fn bearers(entry: &mut Entry<'_>, known: &Known, faults: &mut Faults) -> Vec<String> {
    let words = entry.texts("bearers", faults);
    let line = entry.line_of("bearers", faults);
    for word in &words {
        known.check_whom(word, line, faults);
    }
    words
}

/// Keys of zones under one key of a table.
pub(super) fn zones(
    entry: &mut Entry<'_>,
    key: &'static str,
    agreement: &Agreement,
    faults: &mut Faults,
) -> Vec<ZoneId> {
    let words = entry.texts(key, faults);
    let line = entry.line_of(key, faults);
    for word in &words {
        zone(word, line, agreement, faults);
    }
    words.iter().map(|word| word.as_str().into()).collect()
}

/// Checks that a zone of this key exists.
pub(super) fn zone(word: &str, line: usize, agreement: &Agreement, faults: &mut Faults) {
    let zones = agreement.zones.iter().map(|zone| zone.id.as_str());
    if !zones.clone().any(|zone| zone == word) {
        faults.stranger(line, "zone", word, zones);
    }
}

/// Reads the `[[exemption]]` tables.
pub(super) fn exemptions(
    top: &mut Entry<'_>,
    agreement: &Agreement,
    known: &Known,
    faults: &mut Faults,
) -> Vec<Exemption> {
    let mut exemptions: Vec<Exemption> = Vec::new();
    for mut entry in top.entries("exemption", faults) {
        let taken = exemptions.iter().map(|exemption| exemption.id.as_str());
        let id = super::fresh_id(&mut entry, taken, faults);
        let (actors, kinds) = (entry.texts("actors", faults), entry.texts("kinds", faults));
        let (actors_line, kinds_line) = (entry.line_of("actors", faults), entry.line_of("kinds", faults));
        for actor in &actors {
            known.check_actor(actor, actors_line, faults);
        }
        for kind in &kinds {
            known.check_kind(kind, kinds_line, faults);
        }
        let limits = limits::of_exemption(&mut entry, agreement, known, faults);
        if actors.is_empty() && kinds.is_empty() && limits == ExemptionLimits::default() {
            faults.add(
                entry.line,
                "this exemption names nobody and no act",
                "actors = [\"isil\"], kinds = [\"excluded-group\"] or acts = [\"live-fire-exercise\"]",
            );
        }
        exemptions.push(Exemption {
            id,
            words: entry.text("words", faults),
            cites: entry.text("cites", faults),
            actors: actors.iter().map(|actor| actor.as_str().into()).collect(),
            kinds,
            areas: entry.flag("areas", faults),
            limits,
        });
        entry.close(faults);
    }
    exemptions
}
