//! One row into what we keep of it, or into the reason why not.

use super::columns::{Family, Field};
use super::{Plan, day};
use model::{Deaths, Edtf, Foreign, LatLon, Span, add_days, sha256_hex};

/// What the cells of a row say; a reason when they cannot be kept.
pub(super) fn read(plan: &Plan, line: usize, span: Span, cells: &[String]) -> Result<Foreign, String> {
    if cells.len() != plan.head.len() {
        return Err(format!(
            "{} cells where the head row has {}",
            cells.len(),
            plan.head.len()
        ));
    }
    let cell = |field: Field| -> &str {
        let at = plan.columns.iter().find(|(known, _)| *known == field);
        at.and_then(|(_, at)| cells.get(*at))
            .map_or("", |cell| cell.trim())
    };
    let content = sha256_hex(cells.join("\u{1f}").as_bytes());
    let key = match plan.has(Field::Id) {
        // A table without ids: a row is what it says, and a change makes another row.
        false => content[..16].to_owned(),
        true => match cell(Field::Id) {
            "" => return Err("no id".to_owned()),
            key => key.to_owned(),
        },
    };
    let deaths = Deaths {
        low: number(cell(Field::DeathsLow), "deaths_low")?,
        best: number(cell(Field::Deaths), "deaths")?,
        high: number(cell(Field::DeathsHigh), "deaths_high")?,
    };
    if deaths.low.zip(deaths.high).is_some_and(|(low, high)| low > high) {
        return Err("the lowest figure of deaths is above the highest".to_owned());
    }
    let actors = [cell(Field::Actor1), cell(Field::Actor2)];
    let words = |field| cell(field).to_owned();
    Ok(Foreign {
        family: plan.family.as_str().to_owned(),
        source: plan.source.clone(),
        key,
        line,
        span,
        content,
        when: when(
            plan,
            cell(Field::Date),
            cell(Field::DateEnd),
            cell(Field::TimeCode),
        )?,
        time_code: words(Field::TimeCode),
        place: words(Field::Place),
        province: words(Field::Province),
        country: words(Field::Country),
        at: at(cell(Field::Lat), cell(Field::Lon))?,
        place_code: words(Field::PlaceCode),
        event: words(Field::Event),
        sub_event: words(Field::SubEvent),
        actors: actors
            .iter()
            .filter(|actor| !actor.is_empty())
            .map(|actor| (*actor).to_owned())
            .collect(),
        deaths,
        sources: words(Field::Sources),
        notes: words(Field::Notes),
    })
}

/// The interval that day and code leave open. An ACLED day of precision 2 lies within its week, which may begin or
/// end with it; of precision 3 within its month. UCDP writes both ends itself.
fn when(plan: &Plan, first: &str, last: &str, code: &str) -> Result<Edtf, String> {
    let told = |name: &str, text: &str| {
        day::read(text, plan.order).map_err(|why| match text.is_empty() {
            true => why.to_owned(),
            false => format!("{name} \"{}\": {why}", clip(text)),
        })
    };
    let first = told("date", first)?;
    if !last.is_empty() {
        let last = told("date_end", last)?;
        if last < first {
            return Err("the last day is before the first".to_owned());
        }
        return Ok(Edtf::between(Some(first), Some(last)));
    }
    Ok(match (plan.family, code) {
        (Family::Acled, "2") => Edtf::between(Some(add_days(first, -6)), Some(add_days(first, 6))),
        (Family::Acled, "3") => Edtf::month(first.year(), first.month()).unwrap_or_else(|| Edtf::day(first)),
        _ => Edtf::day(first),
    })
}

fn at(lat: &str, lon: &str) -> Result<Option<LatLon>, String> {
    if lat.is_empty() && lon.is_empty() {
        return Ok(None);
    }
    let degrees = |text: &str, most: f64| {
        let value: Option<f64> = text.parse().ok();
        value.filter(|value| value.abs() <= most)
    };
    match (degrees(lat, 90.0), degrees(lon, 180.0)) {
        (Some(lat), Some(lon)) => Ok(Some(LatLon { lat, lon })),
        _ => Err(format!(
            "no place on the globe: \"{}\", \"{}\"",
            clip(lat),
            clip(lon)
        )),
    }
}

fn number(text: &str, name: &str) -> Result<Option<u64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    // Some programs write whole numbers as `5.0`.
    let whole = text.strip_suffix(".0").unwrap_or(text);
    whole
        .parse()
        .map(Some)
        .map_err(|_| format!("{name} is no whole number: \"{}\"", clip(text)))
}

fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}
