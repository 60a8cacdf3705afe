use super::*;

#[track_caller]
fn check(wrong: &str, right: &str, text: &str, expected: &[(&str, &str)]) {
    let mut table = PhraseTable::default();
    table.add(wrong, right, 0).unwrap();
    let found = table.find(text, &Calendar::for_tests());
    let got: Vec<(&str, &str)> = found
        .iter()
        .map(|f| (&text[f.start..f.end], f.proposed.as_str()))
        .collect();
    assert_eq!(got, expected);
}

#[test]
fn a_choice_and_a_plural_are_met() {
    check(
        "auto|motorcar bomb(s)",
        "car bomb(s)",
        "Auto bombs and a motorcar bomb",
        &[("Auto bombs", "Car bombs"), ("motorcar bomb", "car bomb")],
    );
}

#[test]
fn a_capital_must_be_met() {
    check(
        "Islamic Country",
        "Islamic State",
        "an Islamic country; Islamic Country",
        &[("Islamic Country", "Islamic State")],
    );
    check("USA", "US", "usa USA Usa", &[("USA", "US")]);
}

#[test]
fn spacing_before_a_sign_counts() {
    check(
        "USA -*",
        "US-*",
        "USA -backed and USA-backed",
        &[("USA -backed", "US-backed")],
    );
}

#[test]
fn slots_are_carried_over() {
    check(
        "<weekday>, <month>.",
        "",
        "posted Monday, May. On Monday, May 5.",
        &[("Monday, May.", "")],
    );
    check(
        "hundreds and thousands of *",
        "hundreds of thousands of *",
        "hundreds and thousands of people",
        &[(
            "hundreds and thousands of people",
            "hundreds of thousands of people",
        )],
    );
}

#[test]
fn a_pattern_that_begins_with_a_slot_for_anything_is_refused() {
    assert!(PhraseTable::default().add("* bomb", "", 0).is_err());
    assert!(PhraseTable::default().add("bomb <place>", "", 0).is_err());
}
