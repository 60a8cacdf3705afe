//! Tags, lemmas and trees: what callers may rely on for plain sentences.

use language::{Language, Relation, Tag, analyse};

/// Each word as `lemma/TAG`, then `dependent<relation<head` for the arcs asked for.
#[track_caller]
fn check(text: &str, lemmas_and_tags: &str, arcs: &[(&str, Relation, &str)]) {
    let analysis = analyse(text, Language::english());
    let tokens = &analysis.sentences[0].tokens;
    let found: Vec<String> = tokens
        .iter()
        .map(|t| format!("{}/{}", t.lemma, t.tag.name()))
        .collect();
    assert_eq!(found.join(" "), lemmas_and_tags);
    for (dependent, relation, head) in arcs {
        let token = tokens
            .iter()
            .find(|t| t.text == *dependent)
            .expect("the dependent is in the sentence");
        let found = token.head.map_or("", |head| tokens[head].text.as_str());
        assert_eq!((token.relation, found), (Some(*relation), *head), "{dependent}");
    }
}

#[test]
fn a_plain_sentence_is_tagged_and_parsed() {
    check(
        "The minister denied the report on Tuesday.",
        "the/DET minister/NOUN deny/VERB the/DET report/NOUN on/ADP Tuesday/PROPN ./PUNCT",
        &[
            ("minister", Relation::Nsubj, "denied"),
            ("report", Relation::Obj, "denied"),
            ("Tuesday", Relation::Obl, "denied"),
            ("denied", Relation::Root, ""),
        ],
    );
}

#[test]
fn a_passive_keeps_subject_and_agent_apart() {
    check(
        "Two houses were damaged by the storm.",
        "two/NUM house/NOUN be/AUX damage/VERB by/ADP the/DET storm/NOUN ./PUNCT",
        &[
            ("houses", Relation::NsubjPass, "damaged"),
            ("storm", Relation::OblAgent, "damaged"),
            ("Two", Relation::Nummod, "houses"),
        ],
    );
}

#[test]
fn exactly_one_word_is_the_root() {
    for text in [
        "Yes",
        "Of the to and",
        "Rain, wind, snow.",
        "THE TALKS WILL RESUME ON MONDAY",
    ] {
        let analysis = analyse(text, Language::english());
        for sentence in &analysis.sentences {
            let roots = sentence
                .tokens
                .iter()
                .filter(|t| t.relation == Some(Relation::Root))
                .count();
            assert_eq!(roots, 1, "{text}");
            assert!(sentence.tokens.iter().all(|t| t.tag != Tag::X || t.text == "X"));
        }
    }
}
