//! Two ledgers and two lists side by side.

use super::world::acts;
use crate::{Ledger, LedgerLine, LedgerTotal, Listed, compare, reconcile};
use jiff::civil::date;
use model::{Count, LatLon, Metres, Region};

fn line(province: &str, count: u64) -> LedgerLine {
    LedgerLine {
        province: province.into(),
        side: "North side".into(),
        unit: "complaint".into(),
        count,
    }
}

fn ledger(name: &str, total: Option<u64>, lines: &[(&str, u64)]) -> Ledger {
    let total = total.map(|count| LedgerTotal {
        side: "North side".into(),
        unit: "complaint".into(),
        count,
        words: format!("{count} cases"),
    });
    Ledger {
        name: name.into(),
        totals: total.into_iter().collect(),
        lines: lines
            .iter()
            .map(|(province, count)| line(province, *count))
            .collect(),
    }
}

#[test]
fn two_ledgers_give_bounds_and_a_headline_that_does_not_add_up_is_kept_as_data() {
    let a = ledger("A", Some(9), &[("North", 5), ("South", 3)]);
    let b = ledger("B", None, &[("North", 2), ("West", 4)]);
    let both = reconcile(&a, &b);
    assert_eq!(both.faults.len(), 1);
    assert_eq!((both.faults[0].said, both.faults[0].sum), (9, 8));
    assert_eq!(both.distinct, [("complaint".to_owned(), Count::between(12, 14))]);
    let north = &both.lines[0];
    assert_eq!(
        (north.matched_most, north.only_a_least, north.only_b_least),
        (2, 3, 0)
    );
    assert!(both.notes.is_empty());
}

#[test]
fn a_total_without_provinces_may_be_the_same_cases_as_any_of_its_side() {
    let a = ledger("A", Some(9), &[("Idlib", 5), ("Hama", 4)]);
    let b = ledger("B", Some(12), &[]);
    let both = reconcile(&a, &b);
    assert_eq!(both.distinct, [("complaint".to_owned(), Count::between(12, 21))]);
    assert!(both.faults.is_empty());
    assert_eq!(both.notes.len(), 1);
    let turned = reconcile(&b, &a);
    assert_eq!(turned.distinct, both.distinct);
}

#[test]
fn spellings_of_one_province_are_one_line_and_other_provinces_are_not() {
    let a = ledger("A", None, &[("Daraa", 2), ("Hama", 1)]);
    let b = ledger("B", None, &[("Deraa", 2), ("Homs", 1)]);
    assert_eq!(reconcile(&a, &b).distinct[0].1, Count::between(4, 6));
}

fn listed(id: &str, act: &str, day: i8, place: &str, east: f64) -> Listed {
    let day = (day > 0).then(|| date(2031, 5, day));
    let region = Region {
        centre: LatLon { lat: 36.0, lon: east },
        radius: Metres(3_000.0),
    };
    Listed {
        id: id.into(),
        act: act.into(),
        days: (day, day),
        place: place.into(),
        region: (east > 0.0).then_some(region),
    }
}

#[test]
fn two_lists_are_matched_by_place_day_and_act_and_the_rest_gives_bounds() {
    let a = [
        listed("a1", "shelling", 2, "Karsa", 37.0),
        listed("a2", "car-bomb", 2, "Karsa", 37.0),
        listed("a3", "shelling", 9, "Merdun", 38.0),
    ];
    let b = [
        listed("b1", "artillery", 2, "Karsa", 37.0),
        listed("b2", "shelling", 9, "outskirts of Merdun", 38.01),
        listed("b3", "shelling", 20, "Karsa", 37.0),
    ];
    let found = compare(&a, &b, &acts());
    assert_eq!(found.matched, [("a1".to_owned(), "b1".to_owned())]);
    assert_eq!(found.only_a, ["a2", "a3"]);
    assert_eq!(found.only_b, ["b2", "b3"]);
    assert_eq!(found.possible, [("a3".to_owned(), "b2".to_owned())]);
    assert_eq!(found.distinct, Count::between(4, 6));
    let mut turned = a;
    turned.reverse();
    assert_eq!(compare(&turned, &b, &acts()), found);
}

#[test]
fn the_greatest_overlap_takes_back_a_pair_that_stands_in_the_way() {
    // Undated a1 fits both; a2 fits only b1.
    let a = [
        listed("a1", "shelling", 0, "Karsa", 37.0),
        listed("a2", "shelling", 2, "Karsa", 37.0),
    ];
    let b = [
        listed("b1", "shelling", 2, "Karsa", 37.0),
        listed("b2", "shelling", 5, "Karsa", 37.0),
    ];
    assert_eq!(compare(&a, &b, &acts()).distinct, Count::between(2, 4));
}

#[test]
fn a_list_beside_itself_has_nothing_of_its_own() {
    let a = [
        listed("a1", "shelling", 2, "Karsa", 37.0),
        listed("a2", "car-bomb", 0, "", 0.0),
    ];
    let found = compare(&a, &a, &acts());
    assert!(found.only_a.is_empty() && found.only_b.is_empty());
    assert_eq!(found.distinct, Count::exactly(2));
}
