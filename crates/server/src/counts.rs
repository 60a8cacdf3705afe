//! How many incidents there are by day, act, verdict and so on; with the filter of the lists.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;
use model::Verdict;
use serde_json::{Value, json};
use store::{Filter, Reader};

use crate::answer::Answer;
use crate::house::House;
use crate::records::{filter, found, head};
use crate::route::{Asked, Trouble};

/// Counts over the incidents that the filter keeps, and how many there were in the period before.
pub(crate) fn summary(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let wanted = filter(asked, "incident");
        let ords: BTreeSet<i64> = found(reader, &shutter, &wanted)?.into_iter().collect();
        let mut value = head(reader)?;
        value["incidents"] = json!(ords.len());
        let mut by_day: BTreeMap<String, usize> = BTreeMap::new();
        let mut unplaced = 0;
        for it in reader.outline(Some("incident"))? {
            if ords.contains(&it.ord) {
                unplaced += usize::from(!it.placed);
                if let Some(day) = it.first {
                    *by_day.entry(day).or_default() += 1;
                }
            }
        }
        let dated: usize = by_day.values().sum();
        value["undated"] = json!(ords.len() - dated);
        value["unplaced"] = json!(unplaced);
        let days = by_day
            .into_iter()
            .map(|(day, count)| json!({ "day": day, "incidents": count }));
        value["by_day"] = days.collect();
        for name in ["act", "class", "status", "zone"] {
            value[format!("by_{name}")] = json!(by(reader, name, &ords)?);
        }
        // What a withheld finding says of an incident is not counted.
        let findable = ords
            .iter()
            .copied()
            .filter(|ord| shutter.findable(*ord))
            .collect();
        value["by_verdict"] = json!(verdicts(reader, &ords, &findable)?);
        value["previous"] = match before(&wanted) {
            Some(earlier) => json!({
                "from": earlier.from, "to": earlier.to,
                "incidents": found(reader, &shutter, &earlier)?.len(),
            }),
            None => Value::Null,
        };
        Ok(Answer::Json(value))
    })
}

fn by(reader: &Reader, name: &str, ords: &BTreeSet<i64>) -> Result<BTreeMap<String, usize>, Trouble> {
    let mut counts = BTreeMap::new();
    for (value, ord) in reader.facet(name)? {
        if ords.contains(&ord) {
            *counts.entry(value).or_default() += 1;
        }
    }
    Ok(counts)
}

/// Each incident once, under the verdict that a reader must look at first.
fn verdicts(
    reader: &Reader,
    ords: &BTreeSet<i64>,
    findable: &BTreeSet<i64>,
) -> Result<BTreeMap<&'static str, usize>, Trouble> {
    let mut of_incident: BTreeMap<i64, Verdict> = BTreeMap::new();
    for (word, ord) in reader.facet("verdict")? {
        let verdict = Verdict::ALL.iter().find(|(_, known)| *known == word);
        let (Some((verdict, _)), true) = (verdict, findable.contains(&ord)) else {
            continue;
        };
        let kept = of_incident.entry(ord).or_insert(*verdict);
        if reports::weight(*verdict) < reports::weight(*kept) {
            *kept = *verdict;
        }
    }
    let mut counts = BTreeMap::new();
    for ord in ords {
        let word = match of_incident.get(ord) {
            Some(verdict) => verdict.as_str(),
            None if findable.contains(ord) => "not judged",
            None => "withheld",
        };
        *counts.entry(word).or_default() += 1;
    }
    Ok(counts)
}

/// The same question over as many days just before.
fn before(wanted: &Filter) -> Option<Filter> {
    let day = |text: &Option<String>| text.as_ref()?.parse::<Date>().ok();
    let (from, to) = (day(&wanted.from)?, day(&wanted.to)?);
    let days = from.until(to).ok()?.get_days();
    let last = from.checked_sub(1.day()).ok()?;
    let first = last.checked_sub(days.days()).ok()?;
    (days >= 0).then(|| Filter {
        from: Some(first.to_string()),
        to: Some(last.to_string()),
        ..wanted.clone()
    })
}
