use super::*;
use Ternary::{No, Undetermined, Yes};

/// Every way to answer all tests, what is due still open and not.
fn all_answers() -> Vec<Answers> {
    let mut all = vec![[Undetermined; 10]];
    for at in 0..10 {
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
    let both = |of| [true, false].map(|still_open| Answers { of, still_open });
    all.into_iter().flat_map(both).collect()
}

/// What a breach needs of every test.
fn breach() -> Answers {
    Answers {
        of: Question::ALL.map(Question::breach),
        still_open: false,
    }
}

#[track_caller]
fn check(in_force: Ternary, place: Ternary, bearer: Ternary, exemption: Ternary, expected: Verdict) {
    let answers = breach()
        .with(Question::InForce, in_force)
        .with(Question::Place, place)
        .with(Question::Bearer, bearer)
        .with(Question::Exemption, exemption);
    assert_eq!(verdict(&answers), expected);
}

#[test]
fn a_violation_needs_every_test() {
    let breaches: Vec<Answers> = all_answers()
        .into_iter()
        .filter(|answers| verdict(answers) == Verdict::Violation)
        .collect();
    assert!(
        breaches.iter().all(|answers| answers.of == breach().of),
        "{breaches:?}"
    );
    assert_eq!(breaches.len(), 2);
}

#[test]
fn what_is_not_yet_due_is_pending_until_its_day_and_no_violation_after_it() {
    let early = breach().with(Question::Due, No);
    assert_eq!(verdict(&early), Verdict::NoViolation);
    assert_eq!(
        verdict(&Answers {
            still_open: true,
            ..early
        }),
        Verdict::Pending
    );
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
        for question in Question::ALL {
            let wider = answers.with(question, Undetermined);
            if verdict(&answers) == Verdict::NotAssessable {
                assert_eq!(
                    verdict(&wider),
                    Verdict::NotAssessable,
                    "{answers:?} at {question:?}"
                );
            }
            // What was no violation may turn out excluded, or open; it never becomes one by knowing less.
            assert!(verdict(&wider) != Verdict::Violation || verdict(&answers) == Verdict::Violation);
        }
    }
}

#[test]
fn a_finding_that_is_open_always_has_an_open_test_or_the_wrong_time() {
    for answers in all_answers() {
        let open = answers.of.contains(&Undetermined) || answers.is(Question::InForce, No);
        assert!(verdict(&answers) != Verdict::NotAssessable || open, "{answers:?}");
    }
}
