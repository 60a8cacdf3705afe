//! Two ledgers of counts side by side: what can be matched, what only one can have, and the bounds on distinct
//! incidents from the greatest possible overlap to none. What does not add up in either is kept as data.

use crate::frame;
use model::{Because, Count, Note, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// One line of a ledger: so many cases at a place, by a side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerLine {
    /// Province as written in the ledger; empty when it names none.
    pub province: String,
    /// Side that counted them; empty when it names none.
    pub side: String,
    /// Unit of count, such as `complaint`, `shot`, `trajectory`; lines of different units never meet.
    pub unit: String,
    /// How many.
    pub count: u64,
}

/// A total that a ledger states for a side, in its headline or its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerTotal {
    /// Side that counted them; empty when it names none.
    pub side: String,
    /// Unit of count.
    pub unit: String,
    /// How many.
    pub count: u64,
    /// The words that state it.
    pub words: String,
}

/// What one body publishes for a day or a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ledger {
    /// Who publishes it.
    pub name: String,
    /// The totals that it states, in any order.
    pub totals: Vec<LedgerTotal>,
    /// Its lines, in any order; lines alike in place, side and unit are added.
    pub lines: Vec<LedgerLine>,
}

/// One place, side and unit in both ledgers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReconciledLine {
    /// Province as the first ledger that has it writes it; empty for what stands under no province.
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

/// A total that its lines do not add up to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LedgerFault {
    /// The ledger.
    pub ledger: String,
    /// The side.
    pub side: String,
    /// The unit of count.
    pub unit: String,
    /// What it states.
    pub said: u64,
    /// What its lines add up to.
    pub sum: u64,
    /// The words that state it.
    pub words: String,
}

/// Two ledgers side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// Lines in order of unit, side and province, what stands under no province last.
    pub lines: Vec<ReconciledLine>,
    /// Distinct incidents of each unit.
    pub distinct: Vec<(String, Count)>,
    /// What does not add up, the first ledger's first.
    pub faults: Vec<LedgerFault>,
    /// Why the bounds are what they are.
    pub because: Because,
    /// What cannot be compared.
    pub notes: Vec<Note>,
}

/// Sets two ledgers side by side. Counts alone never show that two cases are one, so the result is bounds:
/// at most the smaller count of a line can be shared, at least nothing. What stands under no province can be the same
/// as any case of its side.
///
/// ```
/// use incidents::{Ledger, LedgerLine, reconcile};
/// let ledger = |name: &str, count| Ledger {
///     name: name.into(),
///     lines: vec![LedgerLine { province: "Idlib".into(), side: "".into(), unit: "complaint".into(), count }],
///     ..Ledger::default()
/// };
/// let both = reconcile(&ledger("A", 5), &ledger("B", 3));
/// assert_eq!(both.lines[0].distinct.to_string(), "5\u{2013}8");
/// ```
pub fn reconcile(a: &Ledger, b: &Ledger) -> Reconciled {
    let mut faults = faults(a);
    faults.extend(self::faults(b));
    let (in_a, in_b) = (Counts::of(a), Counts::of(b));
    let groups: BTreeSet<&Group> = in_a.0.keys().chain(in_b.0.keys()).collect();
    let mut lines = Vec::new();
    for group in groups {
        let none = BTreeMap::new();
        let (x, y) = (
            in_a.0.get(group).unwrap_or(&none),
            in_b.0.get(group).unwrap_or(&none),
        );
        lines.extend(group_lines(group, x, y));
    }
    let mut distinct: BTreeMap<String, Count> = BTreeMap::new();
    for line in &lines {
        let total = distinct.entry(line.unit.clone()).or_insert(Count::exactly(0));
        *total = total.plus(line.distinct);
    }
    let mut notes = Vec::new();
    for (ledger, counts) in [(a, &in_a), (b, &in_b)] {
        let untold = |(group, provinces): (&Group, &Provinces)| {
            let only_total = provinces.len() == 1 && provinces.contains_key(&0);
            only_total.then(|| {
                let what = format!(
                    "gives no provinces for \"{}\": its total may be the same cases as any",
                    group.1
                );
                Note::new(Severity::Hint, "incidents", &ledger.name, what)
            })
        };
        notes.extend(counts.0.iter().filter_map(untold));
    }
    let words = "counts do not show which cases are the same: at most the smaller count of a line is shared, at least none";
    Reconciled {
        lines,
        distinct: distinct.into_iter().collect(),
        faults,
        because: Because::new("bounds-of-overlap", words),
        notes,
    }
}

/// Unit and side: lines of one group can be the same cases.
type Group = (String, String);

/// Name and count of each province, by what all spellings of its name share; 0 for what stands under no province.
type Provinces = BTreeMap<u64, (String, u64)>;

struct Counts(BTreeMap<Group, Provinces>);

impl Counts {
    /// Counts by group and province. A side of which only the total is told has it under no province.
    fn of(ledger: &Ledger) -> Self {
        let mut counts: BTreeMap<Group, Provinces> = BTreeMap::new();
        for line in &ledger.lines {
            let group = counts.entry((line.unit.clone(), line.side.clone())).or_default();
            let province = group
                .entry(frame::name_key(&line.province))
                .or_insert_with(|| (line.province.clone(), 0));
            province.1 = province.1.saturating_add(line.count);
        }
        for total in &ledger.totals {
            let group = (total.unit.clone(), total.side.clone());
            let has_lines = ledger
                .lines
                .iter()
                .any(|line| (&line.unit, &line.side) == (&group.0, &group.1));
            if !has_lines {
                let untold = counts.entry(group).or_default().entry(0).or_default();
                untold.1 = untold.1.max(total.count);
            }
        }
        Self(counts)
    }
}

fn group_lines(group: &Group, a: &Provinces, b: &Provinces) -> Vec<ReconciledLine> {
    let line = |key: u64, matched: Option<u64>| {
        let (in_a, in_b) = (a.get(&key), b.get(&key));
        let (x, y) = (
            in_a.map_or(0, |(_, count)| *count),
            in_b.map_or(0, |(_, count)| *count),
        );
        let matched_most = matched.unwrap_or_else(|| x.min(y));
        let all = x.saturating_add(y);
        ReconciledLine {
            province: in_a.or(in_b).map(|(name, _)| name.clone()).unwrap_or_default(),
            side: group.1.clone(),
            unit: group.0.clone(),
            a: in_a.map(|(_, count)| *count),
            b: in_b.map(|(_, count)| *count),
            matched_most,
            only_a_least: x.saturating_sub(matched_most),
            only_b_least: y.saturating_sub(matched_most),
            distinct: Count::between(all.saturating_sub(matched_most), all),
        }
    };
    let keys: BTreeSet<u64> = a
        .keys()
        .chain(b.keys())
        .copied()
        .filter(|key| *key != 0)
        .collect();
    let mut lines: Vec<ReconciledLine> = keys.into_iter().map(|key| line(key, None)).collect();
    lines.sort_by(|x, y| x.province.cmp(&y.province));
    if a.contains_key(&0) || b.contains_key(&0) {
        let spare = |of: fn(&ReconciledLine) -> u64| lines.iter().map(of).fold(0, u64::saturating_add);
        let (spare_a, spare_b) = (spare(|line| line.only_a_least), spare(|line| line.only_b_least));
        let untold = |provinces: &Provinces| provinces.get(&0).map_or(0, |(_, count)| *count);
        let (x, y) = (untold(a), untold(b));
        let (to_b, to_a) = (x.min(spare_b), y.min(spare_a));
        lines.push(line(0, Some(to_b + to_a + (x - to_b).min(y - to_a))));
    }
    lines
}

/// Totals that the lines of their side and unit do not add up to. A side without lines is not summed.
fn faults(ledger: &Ledger) -> Vec<LedgerFault> {
    let mut faults = Vec::new();
    for total in &ledger.totals {
        let of_side = |line: &&LedgerLine| line.side == total.side && line.unit == total.unit;
        let mut lines = ledger.lines.iter().filter(of_side).peekable();
        if lines.peek().is_none() {
            continue;
        }
        let sum = lines.fold(0_u64, |sum, line| sum.saturating_add(line.count));
        if sum != total.count {
            faults.push(LedgerFault {
                ledger: ledger.name.clone(),
                side: total.side.clone(),
                unit: total.unit.clone(),
                said: total.count,
                sum,
                words: total.words.clone(),
            });
        }
    }
    faults.sort();
    faults.dedup();
    faults
}
