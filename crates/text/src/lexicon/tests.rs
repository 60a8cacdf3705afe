use super::*;

#[test]
fn the_lexicon_of_the_repository_has_no_fault() {
    let (lexicon, faults) = for_tests();
    assert!(
        faults.is_empty(),
        "{}",
        faults
            .iter()
            .map(|f| format!("{}:{}: {}\n", f.file, f.line, f.what))
            .collect::<String>()
    );
    assert!(lexicon.entries.len() >= 150, "{} entries", lexicon.entries.len());
}

#[track_caller]
fn faults_of(name: &str, text: &str) -> Vec<String> {
    let (_, faults) = Damage::parse(&[(name.into(), text.into())]);
    faults
        .iter()
        .map(|fault| format!("{}:{}", fault.line, fault.what))
        .collect()
}

#[test]
fn all_faults_are_told_at_once_with_their_lines() {
    let text = "[[phrase]]\nright = \"car bomb\"\nwrong = [\"auto bomb\"]\nexamples = [\"a car bomb\"]\nnot = [\"an auto bomb\"]\nsource = \"x\"\ncolour = 1\n\n[[phrase]]\nwrong = [\"* bomb\"]\nkind = \"spun\"\n";
    let faults = faults_of("en/damage.toml", text);
    for part in [
        "colour",
        "not found",
        "is found",
        "source is missing",
        "must begin",
        "not a kind",
        "\"right\" is missing",
    ] {
        assert!(
            faults.iter().any(|fault| fault.contains(part)),
            "{part}: {faults:#?}"
        );
    }
}

#[test]
fn a_row_that_does_not_do_what_it_says_is_a_fault() {
    let text = "kind\twhere\twords\tmax_words\texample\tnot\tsource\nrelatd\tstarts\tmore news:\t9\tMore news: x\tNo\ts\nrelated\tstart\tmore\t9\tMore\tNo\ts\nrelated\tstarts\tmore:\t9\tLess: x\tNo\ts\nrelated\tstarts\n";
    let faults = faults_of("en/boilerplate.tsv", text);
    assert_eq!(faults.len(), 4, "{faults:#?}");
    let faults = faults_of(
        "en/calendar.tsv",
        "kind\twords\tvalue\tsource\nmonth\tMay\t13\ts\nmonht\tMay\t5\ts\n",
    );
    assert_eq!(faults.len(), 2, "{faults:#?}");
}
