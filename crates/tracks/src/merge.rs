//! Merging claims that tell the same thing at compatible times.

use crate::told::{Told, time_order};
use model::Edtf;

/// Longest time, in days, that places a thing; a month or a year fits many things and decides none.
/// 7: a week is the widest span in which pages place one meeting or one handover.
const PLACING_DAYS: i64 = 7;

/// Splits claims that are alike into groups of compatible time: neighbours no more than `days_apart` days
/// apart are one. A claim without a day joins the group when there is only one, else those without stay
/// together. The order of the input does not matter.
pub(crate) fn by_time<'a>(mut told: Vec<Told<'a>>, days_apart: i64) -> Vec<Vec<Told<'a>>> {
    told.sort_by(|a, b| (time_order(a.when()), &a.claim().id).cmp(&(time_order(b.when()), &b.claim().id)));
    let places = |time: &Edtf| time.days().is_some_and(|days| days <= PLACING_DAYS);
    let (placed, open): (Vec<Told<'a>>, Vec<Told<'a>>) = told.into_iter().partition(|one| places(one.when()));
    let mut groups: Vec<(Edtf, Vec<Told<'a>>)> = Vec::new();
    for one in placed {
        match groups.last_mut() {
            Some((time, group)) if time.gap_days(one.when()) <= days_apart => {
                *time = time.hull(one.when());
                group.push(one);
            }
            _ => groups.push((one.when().clone(), vec![one])),
        }
    }
    let mut left = Vec::new();
    for one in open {
        let mut fitting = groups
            .iter_mut()
            .filter(|(time, _)| time.gap_days(one.when()) == 0);
        match (fitting.next(), fitting.next()) {
            (Some((_, group)), None) => group.push(one),
            _ => left.push(one),
        }
    }
    let mut groups: Vec<Vec<Told<'a>>> = groups.into_iter().map(|(_, group)| group).collect();
    if !left.is_empty() {
        groups.push(left);
    }
    groups
}
