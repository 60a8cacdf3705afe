//! How long an agreement lasts, as far as was known on a day.

use jiff::civil::Date;
use model::{Agreement, Edtf};

/// The first day on which it no longer held, as far as was known on the day `as_of`; unknown when no end was.
///
/// What the text says of its own duration holds until the register tells of extensions or of an end. Accounts
/// that name different days leave the end open between them; one that names none leaves it open altogether.
pub(crate) fn end(agreement: &Agreement, as_of: Date) -> Edtf {
    let mut told = agreement
        .register
        .periods
        .iter()
        .filter(|period| period.known <= as_of);
    let Some(newest) = told.clone().map(|period| period.known).max() else {
        return agreement.until.clone();
    };
    let days = || {
        agreement
            .register
            .periods
            .iter()
            .filter(move |period| period.known == newest)
            .map(|period| period.until)
    };
    if told.any(|period| period.known == newest && period.until.is_none()) {
        return Edtf::unknown();
    }
    Edtf::between(days().flatten().min(), days().flatten().max())
}

/// What was looked at, as short sentences.
pub(crate) fn inputs(agreement: &Agreement, as_of: Date, end: &Edtf) -> Vec<String> {
    let first = match end.is_known() {
        true => format!("End of the agreement: {end}."),
        false => "No end of the agreement is recorded.".to_owned(),
    };
    let told = agreement
        .register
        .periods
        .iter()
        .filter(|period| period.known <= as_of);
    std::iter::once(first)
        .chain(told.map(|period| format!("{} ({}).", period.words.trim_end_matches('.'), period.source)))
        .collect()
}
