use super::*;
use model::{Act, ActClass, AgreementId, Duty, Term};

fn known() -> Known {
    Known {
        acts: vec![Act {
            id: "shelling".into(),
            class: ActClass::Force,
        }],
        ..Known::default()
    }
}

fn agreement() -> Agreement {
    Agreement {
        id: AgreementId::from("test"),
        version: "final".to_owned(),
        title: "A test".to_owned(),
        anchors: Vec::new(),
        until: Edtf::unknown(),
        parties: Vec::new(),
        terms: vec![Term {
            id: "hostilities".into(),
            words: "No fire.".to_owned(),
            cites: "text".to_owned(),
            duty: Duty::Prohibition,
            bearers: Vec::new(),
            classes: vec![ActClass::Force],
            acts: Vec::new(),
            zones: Vec::new(),
            from: "signed".to_owned(),
            unsettled: String::new(),
            limits: model::Limits::default(),
        }],
        exemptions: Vec::new(),
        deadlines: Vec::new(),
        zones: Vec::new(),
        source: "test".to_owned(),
        countries: vec!["SY".to_owned()],
        on_request: false,
        register: model::Register::default(),
    }
}

#[track_caller]
fn check(markdown: &str, expected: &[&str]) {
    let (cases, faults) = cases("cases.md", markdown, &agreement(), &known());
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.contains(expected), "{told} does not say {expected}");
    }
    assert_eq!(cases.len(), usize::from(expected.is_empty()));
}

const WHOLE: &str = "\
## A shelling

Why.

```incident
act: shelling
when: 2017-05-03
origins: unknown
```

```finding
hostilities: not assessable
missing: in-force
```
";

#[test]
fn a_whole_example_is_read() {
    check(WHOLE, &[]);
}

#[test]
fn a_slip_in_an_example_is_told_with_its_line_and_the_nearest_word() {
    check(
        &WHOLE.replace("act: shelling", "act: sheling"),
        &["cases.md:6: act \"sheling\" is not known (did you mean \"shelling\"?)"],
    );
    check(
        &WHOLE.replace("when: 2017-05-03", "when: 3 May"),
        &["cases.md:7: \"3 May\" is no time"],
    );
    check(
        &WHOLE.replace("origins: unknown", "origin: unknown"),
        &["did you mean \"origins\"?", "no \"origins\""],
    );
    check(
        &WHOLE.replace("not assessable", "not asessable"),
        &["did you mean \"not assessable\"?"],
    );
    check(
        &WHOLE.replace("hostilities", "hostilitis"),
        &["did you mean \"hostilities\"?", "names no term"],
    );
}

#[test]
fn an_example_without_prose_or_without_a_finding_is_a_fault() {
    check(&WHOLE.replace("Why.", ""), &["no prose"]);
    check(
        WHOLE.split("```finding").next().expect("a first part"),
        &["not whole"],
    );
}

#[test]
fn a_block_that_is_never_closed_is_a_fault() {
    let cut = WHOLE.trim_end().trim_end_matches("```");
    check(cut, &["never closed", "not whole"]);
}

#[test]
fn an_expected_missing_fact_that_is_not_missing_fails_the_example() {
    let (cases, _) = cases(
        "cases.md",
        &WHOLE.replace("missing: in-force", "missing: act"),
        &agreement(),
        &known(),
    );
    let told = run(&cases[0], &[agreement()], &[]).expect_err("other facts are missing");
    assert!(told.contains("missing: expected \"act\""), "{told}");
}
