use super::{ENGLISH_DATA, Language, LanguageData};

#[test]
fn the_built_in_data_has_no_fault() {
    if let Err(faults) = Language::read("en", ENGLISH_DATA) {
        let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", list.join("\n"));
    }
}

#[test]
fn every_fault_is_reported_at_once_with_its_line() {
    let words =
        "# source: a test\ntitle\tmr.\t-\ntitle\tmr.\t-\nnonsense\tx\t-\nsplit\tcannot\t9\ntwo\tcells";
    let data = LanguageData {
        words,
        times: "month\tmay\t13",
        tagger: Some(b"junk".into()),
        ..ENGLISH_DATA
    };
    let faults = Language::read("xx", data).expect_err("five faults and more");
    let places: Vec<(&str, usize)> = faults.iter().map(|f| (f.file.as_str(), f.line)).collect();
    assert_eq!(
        places,
        [
            ("words.tsv", 6),
            ("words.tsv", 3),
            ("words.tsv", 4),
            ("words.tsv", 5),
            ("times.tsv", 0),
            ("times.tsv", 1),
            ("tagger.bin", 0),
        ]
    );
    assert!(faults[5].what.contains("from 1 to 12"), "{}", faults[5].what);
}

#[test]
fn another_language_needs_data_only() {
    let empty = "# source: none\n";
    let words = "# source: a test\nabbreviation\tbzw.\t-\n";
    let data = LanguageData {
        words,
        lemmas: empty,
        numbers: empty,
        times: empty,
        tagger: None,
        parser: None,
        vectors: None,
    };
    let german = Language::read("de", data).expect("nothing is wrong with it");
    let analysis = crate::analyse("Er kam bzw. sie ging. Es regnet.", &german);
    let first: Vec<&str> = analysis.sentences[0]
        .tokens
        .iter()
        .map(|t| t.text.as_str())
        .collect();
    assert_eq!(first, ["Er", "kam", "bzw.", "sie", "ging", "."]);
    assert_eq!(analysis.sentences.len(), 2);
}
