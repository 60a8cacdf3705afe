//! Two ledgers of counts side by side: matched, only in one, and the bounds on distinct incidents from the
//! greatest possible overlap to none.

use model::{Because, Count, Note, Severity};
use std::collections::BTreeMap;

/// One line of a ledger: so many cases at a place, by a side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerLine {
    /// Province as written in the ledger.
    pub province: String,
    /// Side that the ledger holds answerable; empty when it names none.
    pub side: String,
    /// Unit of count, such as `case`, `shot`, `trajectory`; lines of different units never meet.
    pub unit: String,
    /// How many.
    pub count: u64,
}

/// What one body publishes for a day or a period.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ledger {
    /// Who publishes it.
    pub name: String,
    /// The total in its headline, when it gives one.
    pub headline: Option<u64>,
    /// Its lines, in any order; lines alike in place, side and unit are added.
    pub lines: Vec<LedgerLine>,
}

/// One place, side and unit in both ledgers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconciledLine {
    /// Province as written.
    pub province: String,
    /// Side as written; empty when none.
    pub side: String,
    /// Unit of count.
    pub unit: String,
    /// Count in the first ledger; `None` when it has no such line.
    pub a: Option<u64>,
    /// Count in the second ledger; `None` when it has no such line.
    pub b: Option<u64>,
    /// Most cases that can be the same in both.
    pub matched_most: u64,
    /// Fewest cases that only the first can have.
    pub only_a_least: u64,
    /// Fewest cases that only the second can have.
    pub only_b_least: u64,
    /// Distinct incidents, from the greatest possible overlap to none.
    pub distinct: Count,
}

/// Two ledgers side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// Lines in order of unit, province and side.
    pub lines: Vec<ReconciledLine>,
    /// Distinct incidents of each unit.
    pub distinct: Vec<(String, Count)>,
    /// Headline less the sum of the lines, first ledger; `None` when it has no headline. 0 when it adds up.
    pub mismatch_a: Option<i64>,
    /// The same for the second ledger.
    pub mismatch_b: Option<i64>,
    /// Why the bounds are what they are.
    pub because: Because,
    /// What does not add up or cannot be compared.
    pub notes: Vec<Note>,
}

/// Unit, province and side: what makes two lines comparable, in the order of the result.
type LineKey = (String, String, String);

/// Sets two ledgers side by side. Counts alone never show that two cases are one, so the result is bounds:
/// at most the smaller count of a line can be shared, at least nothing.
///
/// ```
/// use incidents::{Ledger, LedgerLine, reconcile};
/// let line = |count| LedgerLine { province: "Idlib".into(), side: "".into(), unit: "case".into(), count };
/// let a = Ledger { name: "A".into(), headline: Some(5), lines: vec![line(5)] };
/// let b = Ledger { name: "B".into(), headline: Some(3), lines: vec![line(3)] };
/// let both = reconcile(&a, &b);
/// assert_eq!(both.lines[0].distinct.to_string(), "5\u{2013}8");
/// ```
pub fn reconcile(a: &Ledger, b: &Ledger) -> Reconciled {
    let mut keys: BTreeMap<LineKey, (Option<u64>, Option<u64>)> = BTreeMap::new();
    for (ledger, first) in [(a, true), (b, false)] {
        for line in &ledger.lines {
            let entry = keys
                .entry((line.unit.clone(), line.province.clone(), line.side.clone()))
                .or_default();
            let count = if first { &mut entry.0 } else { &mut entry.1 };
            *count = Some(count.unwrap_or(0).saturating_add(line.count));
        }
    }
    let mut distinct: BTreeMap<String, Count> = BTreeMap::new();
    let mut lines = Vec::new();
    for ((unit, province, side), (in_a, in_b)) in keys {
        let (x, y) = (in_a.unwrap_or(0), in_b.unwrap_or(0));
        let bounds = Count::between(x.max(y), x.saturating_add(y));
        let total = distinct.entry(unit.clone()).or_insert(Count::exactly(0));
        *total = total.plus(bounds);
        lines.push(ReconciledLine {
            province,
            side,
            unit,
            a: in_a,
            b: in_b,
            matched_most: x.min(y),
            only_a_least: x.saturating_sub(y),
            only_b_least: y.saturating_sub(x),
            distinct: bounds,
        });
    }
    let words = "counts do not show which cases are the same: at most the smaller count of a line is shared, at least none";
    let mut notes = Vec::new();
    let (mismatch_a, mismatch_b) = (mismatch(a, &mut notes), mismatch(b, &mut notes));
    Reconciled {
        lines,
        distinct: distinct.into_iter().collect(),
        mismatch_a,
        mismatch_b,
        because: Because::new("bounds-of-overlap", words),
        notes,
    }
}

/// Headline less the sum of the lines; a ledger whose lines have several units is not summed.
fn mismatch(ledger: &Ledger, notes: &mut Vec<Note>) -> Option<i64> {
    let headline = ledger.headline?;
    let mut note = |what: String| notes.push(Note::new(Severity::Hint, "incidents", &ledger.name, what));
    if ledger.lines.windows(2).any(|pair| pair[0].unit != pair[1].unit) {
        note("the lines have several units of count and are not summed against the headline".to_owned());
        return None;
    }
    let sum = ledger
        .lines
        .iter()
        .fold(0_u64, |sum, line| sum.saturating_add(line.count));
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let mismatch = whole(headline).saturating_sub(whole(sum));
    if mismatch != 0 {
        note(format!(
            "the headline says {headline} and the lines add up to {sum}"
        ));
    }
    Some(mismatch)
}
