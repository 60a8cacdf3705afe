//! The agreements that were applied, and their zones with every drawn shape.

use super::{derived_id, ids, part, record};
use crate::exchange::shape_geometry;
use crate::lookup::Lookup;
use crate::record::whole_metres;
use model::record::{Reason, Record};
use model::{Agreement, Zone, ZoneShape};
use serde_json::{Value, json};

fn sorted<'a>(lookup: &Lookup<'a>) -> Vec<&'a Agreement> {
    let mut all: Vec<_> = lookup.told.agreements.iter().collect();
    all.sort_by_key(|agreement| (&agreement.id, &agreement.version));
    all
}

fn from_data(agreement: &Agreement, words: &str) -> Vec<Reason> {
    vec![Reason {
        rule: "from-data".to_owned(),
        entry: format!("agreements/{}", agreement.id),
        span: None,
        words: words.to_owned(),
    }]
}

pub(super) fn agreements(lookup: &Lookup<'_>) -> Vec<Record> {
    sorted(lookup).into_iter().map(agreement).collect()
}

fn agreement(agreement: &Agreement) -> Record {
    let anchors = agreement.anchors.iter().map(
        |anchor| json!({ "name": anchor.name, "date": anchor.date.to_string(), "source": anchor.source }),
    );
    let parties = agreement.parties.iter().map(|party| {
        json!({
            "actor": party.actor.as_str(),
            "part": party.part,
            "kinds": party.kinds,
            "bound": party.bound.as_str(),
            "source": party.source,
        })
    });
    let exemptions = agreement.exemptions.iter().map(|exemption| {
        json!({
            "exemption": exemption.id,
            "words": exemption.words,
            "cites": exemption.cites,
            "actors": ids(&exemption.actors),
            "kinds": exemption.kinds,
            "areas": exemption.areas,
        })
    });
    let deadlines = agreement.deadlines.iter().map(|deadline| {
        json!({
            "deadline": deadline.id,
            "words": deadline.words,
            "cites": deadline.cites,
            "anchor": deadline.anchor,
            "days": deadline.days,
            "due": deadline.due.map(|day| day.to_string()),
        })
    });
    let fields = json!({
        "agreement": agreement.id.as_str(),
        "version": agreement.version,
        "title": agreement.title,
        "countries": agreement.countries,
        "source": agreement.source,
        "anchors": anchors.collect::<Vec<_>>(),
        "until": part::edtf(&agreement.until),
        "parties": parties.collect::<Vec<_>>(),
        "terms": agreement.terms.iter().map(term).collect::<Vec<_>>(),
        "exemptions": exemptions.collect::<Vec<_>>(),
        "deadlines": deadlines.collect::<Vec<_>>(),
        "zones": ids(agreement.zones.iter().map(|zone| &zone.id)),
    });
    let id = derived_id("agr", &[agreement.id.as_str(), &agreement.version]);
    Record {
        because: from_data(
            agreement,
            "the text of the agreement, entered by people with its source",
        ),
        ..record("agreement", id, fields)
    }
}

fn term(term: &model::Term) -> Value {
    json!({
        "term": term.id.as_str(),
        "words": term.words,
        "cites": term.cites,
        "duty": term.duty.as_str(),
        "clause": term.limits.clause.as_str(),
        "bearers": term.bearers,
        "classes": term.classes.iter().map(|class| class.as_str()).collect::<Vec<_>>(),
        "acts": ids(&term.acts),
        "zones": ids(&term.zones),
        "from": term.from,
        "unsettled": term.unsettled,
    })
}

pub(super) fn zones(lookup: &Lookup<'_>) -> Vec<Record> {
    let of_agreement = |agreement: &Agreement| -> Vec<Record> {
        agreement.zones.iter().map(|it| zone(agreement, it)).collect()
    };
    sorted(lookup).into_iter().flat_map(of_agreement).collect()
}

fn zone(agreement: &Agreement, zone: &Zone) -> Record {
    let fields = json!({
        "agreement": agreement.id.as_str(),
        "version": agreement.version,
        "zone": zone.id.as_str(),
        "name": zone.name,
        "description": zone.description,
        "source": zone.source,
        "during": part::edtf(&zone.during),
        "named_inside": zone.named_inside,
        "whole_provinces": zone.whole_provinces,
        "provinces": zone.provinces,
        "shapes": zone.shapes.iter().map(shape).collect::<Vec<_>>(),
    });
    let key = [agreement.id.as_str(), &agreement.version, zone.id.as_str()];
    Record {
        because: from_data(
            agreement,
            "the text describes the zone; people drew it, with a source for each shape",
        ),
        ..record("zone", derived_id("zne", &key), fields)
    }
}

fn shape(shape: &ZoneShape) -> Value {
    json!({
        "status": shape.status,
        "approximate": shape.approximate,
        "partial": shape.partial,
        "line": shape.is_line(),
        "band_m": whole_metres(shape.band),
        "during": part::edtf(&shape.during),
        "source": shape.source,
        "geometry": shape_geometry(shape),
    })
}
