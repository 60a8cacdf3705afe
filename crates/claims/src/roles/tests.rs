use super::*;
use language::analyse_shallow;
use language::time::Tense;

const TEXT: &str = "Guerrillas of the People's Front shot and killed the mayor of the village and two peasants yesterday. \
    They then blew up a bridge with dynamite. The guerrillas fled into the hills.";

fn scenes(text: &str) -> Vec<Scene> {
    let sentences = analyse_shallow(text, Language::english()).sentences;
    let anchor = Anchor::on(jiff::civil::date(1990, 3, 14), Tense::Unknown);
    read(&sentences, anchor, text, Model::english(), 0.1)
}

fn has(scenes: &[Scene], part: Part, word: &str) -> bool {
    let mut entities = scenes.iter().flat_map(|scene| &scene.entities);
    entities.any(|entity| entity.part == part && entity.words.to_lowercase().contains(word))
}

#[test]
fn the_built_in_weights_are_read_and_written_alike() {
    let bytes = include_bytes!("../../../../models/en/scenes.bin");
    let model = Model::from_bytes(bytes).expect("the built-in weights");
    assert_eq!(model.to_bytes(), bytes);
    assert!(Model::from_bytes(&bytes[..bytes.len() / 2]).is_none());
    assert!(Model::from_bytes(&[]).is_none());
}

#[test]
fn parts_are_found_in_capitals_as_in_ordinary_case() {
    for text in [TEXT.to_owned(), TEXT.to_uppercase()] {
        let found = scenes(&text);
        assert!(!found.is_empty(), "{text}");
        assert!(has(&found, Part::Person, "mayor"), "{found:#?}");
        assert!(has(&found, Part::Person, "peasants"), "{found:#?}");
        assert!(has(&found, Part::Initiator, "guerrillas"), "{found:#?}");
        assert!(has(&found, Part::Object, "bridge"), "{found:#?}");
        assert!(has(&found, Part::Weapon, "dynamite"), "{found:#?}");
    }
}

#[test]
fn every_probability_lies_between_nought_and_one() {
    for scene in scenes(TEXT) {
        let entities = scene.entities.iter().map(|entity| entity.probability);
        let labels = scene.labels.iter().map(|label| label.2);
        for probability in entities.chain(labels).chain([scene.probability]) {
            assert!((0.0..=1.0).contains(&probability));
        }
    }
}

#[test]
fn a_text_without_words_tells_of_no_act() {
    for text in ["", ".", "12, 13 …"] {
        let sentences = analyse_shallow(text, Language::english()).sentences;
        assert!(
            read(&sentences, Anchor::unknown(), text, Model::english(), 0.5).is_empty(),
            "{text}"
        );
    }
}
