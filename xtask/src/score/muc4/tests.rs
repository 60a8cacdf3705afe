//! The port of the scoring rules: every rule with a template of our own and a value worked out by hand.

use super::align::{Tally, all, assign, score};
use super::key::{Fill, Template, fill, slot};
use super::rules::{PARTLY, RIGHT, WRONG, credit};

fn template(lines: &[(usize, &str)]) -> Template {
    let mut template = Template::default();
    for (number, line) in lines {
        if let Some(fill) = fill(*number, line) {
            template.put(*number, fill);
        }
    }
    template
}

/// The credit of a response line against a key line.
fn check(number: usize, response: &str, key: &str) -> i32 {
    credit(
        number,
        &fill(number, response).expect("a fill"),
        &fill(number, key).expect("a fill"),
    )
}

fn bridge() -> Template {
    template(&[
        (slot::DATE, "12 SEP 89"),
        (slot::LOCATION, "PERU: LIMA (CITY)"),
        (slot::TYPE, "BOMBING"),
        (slot::STAGE, "ACCOMPLISHED"),
        (slot::INSTRUMENT, "\"CAR BOMB\" / \"BOMB\""),
        (slot::INSTRUMENT_TYPE, "VEHICLE BOMB: \"CAR BOMB\" / \"BOMB\""),
        (slot::PERPETRATOR, "? \"TWO YOUTHS\""),
        (slot::OBJECT, "\"OLD BRIDGE\""),
        (slot::OBJECT_NUMBER, "1: \"OLD BRIDGE\""),
        (slot::DESCRIPTION, "\"DRIVERS\""),
        (slot::PERSON_EFFECT, "INJURY: \"DRIVERS\""),
    ])
}

/// The all-templates tally.
fn tally(responses: &[Template], keys: &[Template]) -> (usize, usize, usize, usize, usize) {
    let Tally {
        correct,
        partial,
        incorrect,
        spurious,
        missing,
    } = all(&score(responses, keys));
    (correct, partial, incorrect, spurious, missing)
}

#[test]
fn a_key_against_itself_is_perfect() {
    let keys = [
        bridge(),
        template(&[(slot::TYPE, "ARSON"), (slot::OBJECT, "\"MILL\"")]),
    ];
    let tally = all(&score(&keys, &keys));
    assert_eq!((tally.correct, tally.f1()), (13, 1.0));
}

#[test]
fn nil_and_not_applicable_are_no_fills() {
    assert_eq!(fill(slot::OBJECT, "-"), None);
    assert_eq!(fill(slot::OBJECT, "*"), None);
    assert_eq!(fill(slot::CATEGORY, "? -"), None);
    assert_eq!(
        fill(slot::INSTRUMENT_TYPE, "GUN: \"-\"").map(|fill| fill.about),
        Some(vec!["-".into()])
    );
}

#[test]
fn alternatives_are_each_right() {
    assert_eq!(
        check(slot::NAME, "\"J. SOTO\"", "\"JUAN SOTO\" / \"J. SOTO\""),
        RIGHT
    );
    assert_eq!(check(slot::STAGE, "ATTEMPTED", "THREATENED / ATTEMPTED"), RIGHT);
    assert_eq!(
        check(slot::DATE, "- 09 DEC 89", "(09 DEC 89) / (- 09 DEC 89)"),
        RIGHT
    );
    assert_eq!(
        check(
            slot::CONFIDENCE,
            "POSSIBLE: \"X\"",
            "(POSSIBLE / ACQUITTED): \"X\""
        ),
        RIGHT
    );
}

#[test]
fn a_more_general_kind_is_half_right_and_a_more_special_one_wrong() {
    assert_eq!(check(slot::TYPE, "ATTACK", "BOMBING"), PARTLY);
    assert_eq!(check(slot::TYPE, "BOMBING", "ATTACK"), WRONG);
    assert_eq!(check(slot::TYPE, "KIDNAPPING", "ATTACK"), WRONG);
    assert_eq!(
        check(slot::INSTRUMENT_TYPE, "EXPLOSIVE: \"B\"", "VEHICLE BOMB: \"B\""),
        PARTLY
    );
}

#[test]
fn a_reference_to_another_string_makes_a_fill_wrong() {
    assert_eq!(
        check(slot::PERSON_EFFECT, "DEATH: \"MAYOR\"", "DEATH: \"MAYOR\""),
        RIGHT
    );
    assert_eq!(
        check(slot::PERSON_EFFECT, "DEATH: \"JUDGE\"", "DEATH: \"MAYOR\""),
        WRONG
    );
    assert_eq!(
        check(slot::PERSON_EFFECT, "INJURY: \"MAYOR\"", "DEATH: \"MAYOR\""),
        WRONG
    );
    assert_eq!(
        check(
            slot::PERSON_TYPE,
            "CIVILIAN: \"TOWN\"",
            "CIVILIAN: \"TOWN CLERK\""
        ),
        PARTLY
    );
}

#[test]
fn places_and_dates_and_numbers_can_be_half_right() {
    assert_eq!(check(slot::LOCATION, "PERU", "PERU: LIMA (CITY)"), PARTLY);
    assert_eq!(
        check(slot::LOCATION, "PERU: CUZCO (CITY)", "PERU: LIMA (CITY)"),
        WRONG
    );
    assert_eq!(
        check(slot::LOCATION, "CHILE: LIMA (CITY)", "PERU: LIMA (CITY)"),
        WRONG
    );
    assert_eq!(check(slot::DATE, "- 12 SEP 89", "12 SEP 89"), PARTLY);
    assert_eq!(check(slot::DATE, "SEP 89", "12 SEP 89"), PARTLY);
    assert_eq!(check(slot::DATE, "13 SEP 89", "12 SEP 89"), WRONG);
    assert_eq!(check(slot::PERSON_NUMBER, "~20: \"MEN\"", "20: \"MEN\""), PARTLY);
    assert_eq!(
        check(slot::PERSON_NUMBER, "PLURAL: \"MEN\"", "20: \"MEN\""),
        WRONG
    );
}

#[test]
fn strings_are_compared_by_content_words_and_head() {
    assert_eq!(
        check(slot::OBJECT, "\"THE NEW TOWN HALL\"", "\"TOWN HALL\""),
        RIGHT
    );
    assert_eq!(check(slot::OBJECT, "\"HALL OF SOTO\"", "\"TOWN HALL\""), PARTLY);
    assert_eq!(check(slot::OBJECT, "\"TOWN\"", "\"TOWN HALL\""), PARTLY);
    assert_eq!(check(slot::OBJECT, "\"CHURCH\"", "\"TOWN HALL\""), WRONG);
    assert_eq!(check(slot::NAME, "\"SOTO\"", "\"JUAN SOTO\""), PARTLY);
    assert_eq!(check(slot::NAME, "\"MARIA PAZ\"", "\"JUAN SOTO\""), WRONG);
}

#[test]
fn missed_wrong_and_spurious_fills_are_counted_apart() {
    let mut response = bridge();
    response.slots.remove(&slot::OBJECT_NUMBER); // missing
    response.slots.insert(slot::STAGE, vec![Fill::new("ATTEMPTED")]); // incorrect
    response.put(slot::CATEGORY, Fill::new("TERRORIST ACT")); // spurious
    response.slots.insert(slot::LOCATION, vec![Fill::new("PERU")]); // partial
    assert_eq!(tally(&[response], &[bridge()]), (8, 1, 1, 1, 1));
}

#[test]
fn optional_fills_are_never_missing() {
    let mut response = bridge();
    response.slots.remove(&slot::PERPETRATOR);
    assert_eq!(tally(&[response], &[bridge()]), (10, 0, 0, 0, 0));
}

#[test]
fn whole_templates_can_be_missing_or_spurious_but_an_optional_one_is_not_missing() {
    assert_eq!(tally(&[], &[bridge()]), (0, 0, 0, 0, 10));
    assert_eq!(tally(&[bridge()], &[]), (0, 0, 0, 11, 0));
    let optional = Template {
        optional: true,
        ..bridge()
    };
    assert_eq!(tally(&[], std::slice::from_ref(&optional)), (0, 0, 0, 0, 0));
    assert_eq!(tally(&[bridge()], &[optional]), (11, 0, 0, 0, 0));
}

#[test]
fn templates_map_only_where_type_and_someone_or_something_agree() {
    let mut other = bridge();
    other.slots.insert(slot::TYPE, vec![Fill::new("KIDNAPPING")]);
    assert_eq!(tally(&[other], &[bridge()]), (0, 0, 0, 11, 10));
    let bare = template(&[(slot::TYPE, "BOMBING"), (slot::DATE, "12 SEP 89")]);
    assert_eq!(tally(std::slice::from_ref(&bare), &[bridge()]), (0, 0, 0, 2, 10));
    assert_eq!(
        tally(std::slice::from_ref(&bare), std::slice::from_ref(&bare)),
        (2, 0, 0, 0, 0)
    );
}

#[test]
fn the_mapping_is_the_best_of_all_and_no_fill_counts_twice() {
    let early = template(&[
        (slot::TYPE, "ATTACK"),
        (slot::DATE, "01 MAY 89"),
        (slot::NAME, "\"SOTO\""),
    ]);
    let late = template(&[
        (slot::TYPE, "ATTACK"),
        (slot::DATE, "02 MAY 89"),
        (slot::NAME, "\"SOTO\""),
    ]);
    let keys = [early.clone(), late.clone()];
    assert_eq!(tally(&[late.clone(), early], &keys), (6, 0, 0, 0, 0));
    assert_eq!(tally(&[late.clone(), late], &keys), (5, 0, 1, 0, 0));
}

#[test]
fn f_is_the_harmonic_mean_with_half_points() {
    let tally = Tally {
        correct: 3,
        partial: 2,
        incorrect: 1,
        spurious: 2,
        missing: 4,
    };
    assert!((tally.recall() - 0.4).abs() < 1e-9);
    assert!((tally.precision() - 0.5).abs() < 1e-9);
    assert!((tally.f1() - 4.0 / 9.0).abs() < 1e-9);
}

#[test]
fn the_assignment_is_optimal() {
    // taking the greatest first would give 9 + 1
    let worth = vec![vec![9, 8], vec![8, 1]];
    assert_eq!(assign(&worth, 2), [Some(1), Some(0)]);
    assert_eq!(
        assign(&[vec![0, 3], vec![0, 2], vec![5, 0]], 2),
        [Some(1), None, Some(0)]
    );
    assert_eq!(assign(&[vec![], vec![]], 0), [None, None]);
}
