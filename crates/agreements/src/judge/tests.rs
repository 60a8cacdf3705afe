use super::*;
use Ternary::{No, Undetermined, Yes};

/// Every way to answer six tests.
fn all_answers() -> Vec<Answers> {
    let mut all = vec![[Undetermined; 6]];
    for at in 0..6 {
        all = all
            .into_iter()
            .flat_map(|answers| {
                [Yes, No, Undetermined].map(|answer| {
                    let mut answers = answers;
                    answers[at] = answer;
                    answers
                })
            })
            .collect();
    }
    all
}

#[track_caller]
fn check(in_force: Ternary, place: Ternary, bearer: Ternary, exemption: Ternary, expected: Verdict) {
    assert_eq!(verdict(&[in_force, place, Yes, bearer, exemption, Yes]), expected);
}

#[test]
fn a_violation_needs_every_test() {
    let breaches: Vec<Answers> = all_answers()
        .into_iter()
        .filter(|answers| verdict(answers) == Verdict::Violation)
        .collect();
    assert_eq!(breaches, [[Yes, Yes, Yes, Yes, No, Yes]]);
}

#[test]
fn nothing_is_decided_until_it_is_known_that_the_term_was_in_force() {
    for in_force in [No, Undetermined] {
        check(in_force, No, Yes, Yes, Verdict::NotAssessable);
        check(in_force, Yes, Yes, No, Verdict::NotAssessable);
    }
}

#[test]
fn one_ground_against_a_violation_is_enough() {
    check(Yes, No, Undetermined, Undetermined, Verdict::NoViolation);
    check(Yes, Undetermined, Undetermined, Yes, Verdict::Excluded);
    check(Yes, Undetermined, No, Undetermined, Verdict::NoViolation);
}

#[test]
fn an_open_test_leaves_the_finding_open() {
    check(Yes, Undetermined, Yes, No, Verdict::NotAssessable);
    check(Yes, Yes, Undetermined, No, Verdict::NotAssessable);
    check(Yes, Yes, Yes, Undetermined, Verdict::NotAssessable);
}

#[test]
fn knowing_less_never_decides_what_was_open() {
    for answers in all_answers() {
        for at in 0..6 {
            let mut wider = answers;
            wider[at] = Undetermined;
            if verdict(&answers) == Verdict::NotAssessable {
                assert_eq!(verdict(&wider), Verdict::NotAssessable, "{answers:?} at {at}");
            }
            // What was no violation may turn out excluded, or open; it never becomes one by knowing less.
            assert!(verdict(&wider) != Verdict::Violation || verdict(&answers) == Verdict::Violation);
        }
    }
}

#[test]
fn a_finding_that_is_open_always_has_an_open_test_or_the_wrong_time() {
    for answers in all_answers() {
        let open = answers.contains(&Undetermined) || answers[Question::InForce as usize] == No;
        assert!(verdict(&answers) != Verdict::NotAssessable || open, "{answers:?}");
    }
}
