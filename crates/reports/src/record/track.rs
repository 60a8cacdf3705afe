//! What is followed over time: positions, meetings, rounds, control, deliveries, returns, complaints.

use super::{ids, part, reasons, record, resting_on};
use crate::lookup::Lookup;
use model::record::Record;
use model::{Because, ClaimId, Difference, Edtf, Movement, TrackId};
use serde_json::{Value, json};

/// A record of a track: its own fields, its time, its claims and their words.
fn of_track(
    lookup: &Lookup<'_>,
    (kind, id): (&str, &TrackId),
    mut fields: Value,
    when: &Edtf,
    (claims, because): (&[ClaimId], &[Because]),
) -> Record {
    part::merge(&mut fields, json!({ "when": part::edtf(when) }));
    let placed = resting_on(record(kind, id.as_str(), fields), &lookup.quotes(claims));
    Record {
        basis: ids(claims),
        because: reasons(because),
        ..placed
    }
}

/// Records by first day, last day and id; days that nobody knows come last.
fn in_order(mut dated: Vec<(&Edtf, Record)>) -> Vec<Record> {
    dated.sort_by(|(a, left), (b, right)| {
        let key = |when: &Edtf| (when.earliest().is_none(), when.earliest(), when.latest());
        (key(a), &left.id).cmp(&(key(b), &right.id))
    });
    dated.into_iter().map(|(_, record)| record).collect()
}

pub(super) fn positions(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all = Vec::new();
    for position in &lookup.picture.tracks.positions {
        let fields = json!({
            "holder": part::mention(&position.holder),
            "proposal": position.proposal.as_str(),
            "stance": position.stance.as_str(),
            "reservation": position.reservation,
            "by": position.by,
        });
        let grounds = (position.claims.as_slice(), position.because.as_slice());
        let of_kind = of_track(
            lookup,
            ("position", &position.id),
            fields,
            &position.when,
            grounds,
        );
        all.push((&position.when, of_kind));
    }
    in_order(all)
}

pub(super) fn stands(lookup: &Lookup<'_>) -> Vec<Record> {
    let tracks = &lookup.picture.tracks;
    let mut all: Vec<_> = tracks.stands.iter().collect();
    all.sort_by_key(|stand| (&stand.proposal, &stand.holder.label, &stand.id));
    let of_stand = |stand: &&model::Stand| {
        let fields = json!({
            "holder": part::mention(&stand.holder),
            "proposal": stand.proposal.as_str(),
            "positions": ids(&stand.over_time),
            "newest": ids(&stand.newest),
            "without_position": stand.over_time.is_empty().then(|| stand.without_position()),
            "statements": stand.statements.len(),
        });
        let mut basis = ids(&stand.over_time);
        basis.extend(ids(&stand.statements));
        Record {
            basis,
            because: reasons(&stand.because),
            ..record("stand", stand.id.as_str(), fields)
        }
    };
    all.iter().map(of_stand).collect()
}

/// Where accounts differ: about what, and what each says on whose word.
fn differences(differ: &[Difference]) -> Vec<Value> {
    let one = |it: &Difference| {
        let told = it.told.iter();
        let told =
            told.map(|(value, by, claim)| json!({ "value": value, "by": by, "claim": claim.as_str() }));
        json!({ "about": it.about, "told": told.collect::<Vec<_>>() })
    };
    differ.iter().map(one).collect()
}

pub(super) fn meetings(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all = Vec::new();
    for meeting in &lookup.picture.tracks.meetings {
        let readouts = meeting
            .readouts
            .iter()
            .map(|(by, claim)| json!({ "by": by, "claim": claim.as_str() }));
        let fields = json!({
            "form": meeting.form,
            "place": meeting.place,
            "participants": meeting.participants.iter().map(part::mention).collect::<Vec<_>>(),
            "progress": meeting.progress.as_str(),
            "readouts": readouts.collect::<Vec<_>>(),
            "differ": differences(&meeting.differ),
        });
        let grounds = (meeting.claims.as_slice(), meeting.because.as_slice());
        all.push((
            &meeting.when,
            of_track(lookup, ("meeting", &meeting.id), fields, &meeting.when, grounds),
        ));
    }
    in_order(all)
}

pub(super) fn rounds(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all = Vec::new();
    for round in &lookup.picture.tracks.rounds {
        let participants = round.participants.iter().map(|(mention, as_what)| {
            let mut value = part::mention(mention);
            part::merge(&mut value, json!({ "part": as_what }));
            value
        });
        let steps = round
            .steps
            .iter()
            .map(|(step, claim)| json!({ "step": step, "claim": claim.as_str() }));
        let fields = json!({
            "track": round.track,
            "number": round.number,
            "place": round.place,
            "participants": participants.collect::<Vec<_>>(),
            "progress": round.progress.as_str(),
            "steps": steps.collect::<Vec<_>>(),
            "differ": differences(&round.differ),
        });
        let grounds = (round.claims.as_slice(), round.because.as_slice());
        all.push((
            &round.when,
            of_track(lookup, ("round", &round.id), fields, &round.when, grounds),
        ));
    }
    in_order(all)
}

pub(super) fn control_changes(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all = Vec::new();
    for change in &lookup.picture.tracks.control {
        let fields = json!({
            "place": change.place.as_ref().map(part::place_mention),
            "holder": change.holder.as_ref().map(part::mention),
            "act": change.act,
            "by": change.by,
        });
        let grounds = (change.claims.as_slice(), change.because.as_slice());
        let of_kind = of_track(
            lookup,
            ("control_change", &change.id),
            fields,
            &change.when,
            grounds,
        );
        all.push((&change.when, of_kind));
    }
    in_order(all)
}

pub(super) fn holdings(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all: Vec<_> = lookup.picture.tracks.holdings.iter().collect();
    all.sort_by_key(|it| {
        (
            &it.place,
            it.since.earliest().is_none(),
            it.since.earliest(),
            &it.id,
        )
    });
    let of_holding = |it: &&model::Holding| {
        let fields = json!({
            "place": it.place.as_str(),
            "names": it.names,
            "holder": part::mention(&it.holder),
            "side": it.side,
            "since": part::edtf(&it.since),
            "until": it.until.as_ref().map(part::edtf),
            "by": it.by,
            "denied": ids(&it.denied),
        });
        let words = lookup.quotes(it.claims.iter().chain(&it.denied));
        let placed = resting_on(record("holding", it.id.as_str(), fields), &words);
        Record {
            basis: ids(it.claims.iter().chain(&it.denied)),
            because: reasons(&it.because),
            ..placed
        }
    };
    all.iter().map(of_holding).collect()
}

pub(super) fn measures(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all = Vec::new();
    for measure in &lookup.picture.tracks.measures {
        let fields = json!({
            "act": measure.act,
            "progress": measure.progress.as_str(),
            "takers": measure.takers.iter().map(part::mention).collect::<Vec<_>>(),
            "against": measure.against.iter().map(part::mention).collect::<Vec<_>>(),
            "place": measure.place,
            "by": measure.by,
        });
        let grounds = (measure.claims.as_slice(), measure.because.as_slice());
        let of_kind = of_track(lookup, ("measure", &measure.id), fields, &measure.when, grounds);
        all.push((&measure.when, of_kind));
    }
    in_order(all)
}

pub(super) fn movements(lookup: &Lookup<'_>, kind: &str, movements: &[Movement]) -> Vec<Record> {
    let mut all = Vec::new();
    for movement in movements {
        let quantity = movement.quantity.as_ref().map(|(count, unit)| {
            let mut value = part::count(*count);
            part::merge(&mut value, json!({ "unit": unit }));
            value
        });
        let fields = json!({
            "act": movement.act,
            "progress": movement.progress.as_str(),
            "quantity": quantity,
            "place": movement.place,
            "by": movement.by,
        });
        let grounds = (movement.claims.as_slice(), movement.because.as_slice());
        all.push((
            &movement.when,
            of_track(lookup, (kind, &movement.id), fields, &movement.when, grounds),
        ));
    }
    in_order(all)
}

pub(super) fn complaints(lookup: &Lookup<'_>) -> Vec<Record> {
    let mut all = Vec::new();
    for complaint in &lookup.picture.tracks.complaints {
        let fields = json!({
            "by": complaint.by,
            "against": complaint.against,
            "words": complaint.words,
        });
        let grounds = (complaint.claims.as_slice(), complaint.because.as_slice());
        let of_kind = of_track(
            lookup,
            ("complaint", &complaint.id),
            fields,
            &complaint.when,
            grounds,
        );
        all.push((&complaint.when, of_kind));
    }
    in_order(all)
}
