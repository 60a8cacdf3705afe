//! What follows from claims: incidents, origins, contradictions; findings and deadlines.

use super::{Lazily, derived_id, ids, part, reasons, record, resting_on};
use crate::lookup::Lookup;
use model::record::Record;
use model::{
    Attribution, DeadlineStatus, ElementStatus, Finding, Incident, IncidentId, Origin, OriginLink, Test, Toll,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub(super) fn incidents<'a>(lookup: &Rc<Lookup<'a>>) -> Lazily<'a> {
    let (incidents, lookup) = (lookup.incidents.clone(), Rc::clone(lookup));
    Box::new(incidents.into_iter().map(move |it| incident(&lookup, it)))
}

/// Those of some incidents only.
pub(super) fn only(lookup: &Lookup<'_>, ids: &BTreeSet<IncidentId>) -> Vec<Record> {
    let some = lookup
        .incidents
        .iter()
        .filter(|incident| ids.contains(&incident.id));
    some.map(|it| incident(lookup, it)).collect()
}

fn incident(lookup: &Lookup<'_>, incident: &Incident) -> Record {
    let fields = json!({
        "act": incident.act.id.as_str(),
        "class": incident.act.class.as_str(),
        "when": part::edtf(&incident.when),
        "place": incident.location.as_ref().map(part::location),
        "attributions": incident.attributions.iter().map(attribution).collect::<Vec<_>>(),
        "targets": incident.targets.iter().map(part::mention).collect::<Vec<_>>(),
        "weapon": incident.weapon,
        "tolls": incident.tolls.iter().map(toll).collect::<Vec<_>>(),
        "pages": incident.documents.len(),
        "origins": ids(incident.origins.iter().map(|origin| &origin.id)),
        "independent_origins": incident.independent_origins(),
        "status": status(&incident.status),
        "background": incident.background,
        "series": incident.series,
        "archived": incident.archived,
        "grade": incident.grade(),
        "credibility": incident.credibility,
        "rulings": ids(&incident.rulings),
    });
    let of_kind = record("incident", incident.id.as_str(), fields);
    let mut placed = resting_on(of_kind, &lookup.quotes(&incident.claims));
    // The pages that report it, whether or not the picture still holds their claims.
    let documents: BTreeSet<_> = incident.documents.iter().map(|id| lookup.name(id)).collect();
    part::merge(&mut placed.fields, json!({ "documents": documents }));
    Record {
        basis: ids(&incident.claims),
        because: reasons(&incident.because),
        ..placed
    }
}

fn attribution(attribution: &Attribution) -> Value {
    let mut value = json!({
        "kind": attribution.kind.as_str(),
        "label": attribution.label,
        "actor_kind": attribution.actor_kind,
        "by": attribution.by,
        "claim": attribution.claim.as_str(),
        "set_aside": attribution.set_aside,
    });
    part::merge(&mut value, part::actor(&attribution.actor));
    value
}

fn toll(toll: &Toll) -> Value {
    let accounts = toll.accounts.iter().map(|(by, count, claim)| {
        let mut value = json!({ "by": by, "claim": claim.as_str() });
        part::merge(&mut value, part::count(*count));
        value
    });
    json!({
        "metric": toll.metric.as_str(),
        "scope": "incident",
        "low": toll.range.low,
        "high": toll.range.high,
        "best": part::count(toll.best),
        "accounts": accounts.collect::<Vec<_>>(),
        "because": toll.because.words,
    })
}

fn status(status: &ElementStatus) -> Value {
    json!({
        "occurrence": status.occurrence.as_str(),
        "place": status.place.as_str(),
        "time": status.time.as_str(),
        "means": status.means.as_str(),
        "toll": status.toll.as_str(),
        "author": status.author.as_str(),
    })
}

/// Each origin once, with every incident that rests on it, and what joined its pages for any of them.
pub(super) fn origins(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut by_id: BTreeMap<_, Vec<(&Origin, String)>> = BTreeMap::new();
    for incident in &lookup.incidents {
        for origin in &incident.origins {
            let told = (origin, incident.id.to_string());
            by_id.entry(&origin.id).or_default().push(told);
        }
    }
    let mut all = Vec::new();
    for (id, told) in by_id {
        let Some((first, _)) = told.first() else { continue };
        let each = || told.iter().map(|(origin, _)| *origin);
        let pages: BTreeSet<_> = each().flat_map(|origin| &origin.documents).collect();
        let claims: Vec<_> = each()
            .flat_map(|origin| &origin.claims)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .cloned()
            .collect();
        let mut links: Vec<&OriginLink> = each().flat_map(|origin| &origin.links).collect();
        links.sort_by(|x, y| {
            (x.kind, &x.a, &x.b)
                .cmp(&(y.kind, &y.a, &y.b))
                .then(y.score.total_cmp(&x.score))
        });
        links.dedup_by(|next, kept| (next.kind, &next.a, &next.b) == (kept.kind, &kept.a, &kept.b));
        let fields = json!({
            "label": first.label,
            "independent": first.independent.as_str(),
            "reliability": first.reliability.to_string(),
            "pages": ids(pages),
            "links": links.iter().map(|it| link(lookup, it)).collect::<Vec<_>>(),
            "incidents": told.iter().map(|(_, incident)| incident).collect::<Vec<_>>(),
        });
        let placed = resting_on(record("origin", id.as_str(), fields), &lookup.quotes(&claims));
        all.push(Record {
            basis: ids(&claims),
            because: reasons(&first.because),
            ..placed
        });
    }
    all
}

fn link(lookup: &Lookup<'_>, link: &OriginLink) -> Value {
    json!({
        "kind": link.kind.as_str(),
        "a": lookup.name(&link.a),
        "b": lookup.name(&link.b),
        "score": (link.score * 1000.0).round() / 1000.0,
        "because": link.because.words,
    })
}

pub(super) fn contradictions(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all = Vec::new();
    for contradiction in &lookup.picture.contradictions {
        let fields = json!({
            "about": contradiction.kind.as_str(),
            "real": contradiction.real.as_str(),
            "words": contradiction.words,
        });
        let of_kind = record("contradiction", contradiction.id.as_str(), fields);
        let placed = resting_on(of_kind, &lookup.quotes(&contradiction.claims));
        let basis = ids(&contradiction.claims);
        all.push(Record {
            basis,
            because: reasons([&contradiction.because]),
            ..placed
        });
    }
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

pub(super) fn findings<'a>(lookup: &Rc<Lookup<'a>>) -> Lazily<'a> {
    let (findings, lookup) = (lookup.findings_in_order(), Rc::clone(lookup));
    Box::new(findings.into_iter().map(move |it| finding(&lookup, it)))
}

fn finding(lookup: &Lookup<'_>, finding: &Finding) -> Record {
    let term = lookup.term(finding);
    let missing = finding.missing.iter().map(|fact| {
        json!({
            "test": fact.test,
            "question": fact.question,
            "if_yes": fact.if_yes.as_str(),
            "if_no": fact.if_no.as_str(),
        })
    });
    let fields = json!({
        "incident": finding.incident.as_str(),
        "agreement": finding.agreement.as_str(),
        "version": finding.version,
        "term": finding.term.as_str(),
        "term_words": term.map(|term| &term.words),
        "cites": term.map(|term| &term.cites),
        "verdict": finding.verdict.as_str(),
        "tests": finding.tests.iter().map(test).collect::<Vec<_>>(),
        "missing": missing.collect::<Vec<_>>(),
        "reasons": finding.reasons,
        "strength": finding.strength,
    });
    let claims: BTreeSet<_> = finding.tests.iter().flat_map(|test| &test.claims).collect();
    let placed = resting_on(
        record("finding", finding.id.as_str(), fields),
        &lookup.quotes(claims.iter().copied()),
    );
    let mut basis = vec![finding.incident.to_string()];
    basis.extend(ids(claims));
    Record {
        basis,
        because: reasons(finding.tests.iter().map(|test| &test.because)),
        ..placed
    }
}

fn test(test: &Test) -> Value {
    json!({
        "name": test.name,
        "question": test.question,
        "answer": test.answer.as_str(),
        "inputs": test.inputs,
        "claims": ids(&test.claims),
        "because": test.because.words,
    })
}

pub(super) fn deadlines(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all: Vec<_> = lookup
        .picture
        .deadlines
        .iter()
        .map(|it| deadline(lookup, it))
        .collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all.sort_by_key(|record| {
        let field = |name: &str| record.fields[name].as_str().unwrap_or_default().to_owned();
        (
            field("agreement"),
            field("version"),
            field("due"),
            field("deadline"),
        )
    });
    all
}

fn deadline(lookup: &Lookup<'_>, status: &DeadlineStatus) -> Record {
    let entry = lookup.deadline(status);
    let fields = json!({
        "agreement": status.agreement.as_str(),
        "version": status.version,
        "deadline": status.deadline,
        "words": status.words,
        "due": status.due,
        "state": status.state,
        "cites": entry.map(|deadline| &deadline.cites),
        "anchor": entry.map(|deadline| &deadline.anchor),
        "days": entry.and_then(|deadline| deadline.days),
    });
    let id = derived_id(
        "ddl",
        &[status.agreement.as_str(), &status.version, &status.deadline],
    );
    Record {
        because: reasons([&status.because]),
        ..record("deadline", id, fields)
    }
}
