//! How many incidents there are by day, act, verdict and so on; with the filter of the lists.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use model::Verdict;
use serde_json::{Value, json};
use store::{Filter, Kept};

use crate::answer::Answer;
use crate::house::House;
use crate::records::{filter, head, kept};
use crate::route::{Asked, Trouble};

/// Counts over the incidents that the filter keeps, and how many there were in the period before.
pub(crate) fn summary(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let wanted = filter(asked, "incident");
        let kept = kept(reader, &shutter, &wanted)?;
        let mut value = head(reader)?;
        value["incidents"] = json!(kept.count());
        // Of an incident with a withheld part no more is told than that there is one.
        let mut told = kept.clone();
        for ord in shutter.parted() {
            told.leave_out(ord);
        }
        let by_day = told.count_by_day();
        value["undated"] = json!(kept.count() - by_day.values().sum::<usize>());
        let drawn = if crate::clusters::draws(&shutter, kept.count()) {
            told.count_placed()
        } else {
            0
        };
        value["unplaced"] = json!(kept.count() - drawn);
        value["by_day"] = by_day
            .into_iter()
            .map(|(day, count)| json!({ "day": day, "incidents": count }))
            .collect();
        for name in ["act", "class", "status", "zone", "province"] {
            let told_by = shutter.privacy().is_none_or(|privacy| privacy.counts_by(name));
            let counts = if told_by {
                told.count_by(name)
            } else {
                BTreeMap::new()
            };
            value[format!("by_{name}")] = json!(counts);
        }
        // What a withheld finding says of an incident is not counted.
        let mut judged = told;
        if shutter.privacy().is_some() {
            judged.clear();
        }
        for ord in shutter.unfilterable() {
            judged.leave_out(ord);
        }
        value["by_verdict"] = json!(verdicts(&judged, kept.count()));
        // Beside the others, so that a day of which all is archived does not look like a quiet one.
        let mut archived = wanted.clone();
        archived.without.clear();
        archived.facets.push(crate::records::archived());
        let archived = self::kept(reader, &shutter, &archived)?;
        value["archived"] = json!({
            "incidents": archived.count(),
            "by_day": archived.count_by_day().into_iter()
                .map(|(day, count)| json!({ "day": day, "incidents": count })).collect::<Vec<_>>(),
        });
        value["previous"] = match before(&wanted) {
            Some(earlier) => json!({
                "from": earlier.from, "to": earlier.to,
                "incidents": self::kept(reader, &shutter, &earlier)?.count(),
            }),
            None => Value::Null,
        };
        Ok(Answer::Json(value))
    })
}

/// Each incident once, under the verdict that a reader must look at first; `all` counts those too of which none
/// may be told.
fn verdicts(judged: &Kept, all: usize) -> BTreeMap<&'static str, usize> {
    let mut verdicts = Verdict::ALL;
    verdicts.sort_by_key(|(verdict, _)| reports::weight(*verdict));
    let words = verdicts.map(|(_, word)| word);
    let (counts, unjudged) = judged.count_first("verdict", &words);
    let beside = [("not judged", unjudged), ("withheld", all - judged.count())];
    let all = words.into_iter().zip(counts).chain(beside);
    all.filter(|(_, count)| *count > 0).collect()
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
