use super::{Context, FEATURES, TagModel, tags, word_key};
use crate::analysis::Tag;

type Weights = Vec<(u32, [i16; 17])>;

/// A model that tags "dog" a noun and everything else an adverb.
fn tiny() -> (Weights, Vec<(u64, u32)>) {
    let context = Context::new(&["dog"], None, |_| 0);
    let feature = context.features(0, &[])[0];
    let mut noun = [0; 17];
    noun[Tag::Noun as usize] = 5;
    let weights = vec![(feature, noun)];
    (weights, vec![(word_key("dog"), 1 << (Tag::Noun as u32))])
}

#[test]
fn a_model_survives_its_file() {
    let (weights, ambiguity) = tiny();
    let bytes = TagModel::encode(&weights, &ambiguity);
    let model = TagModel::decode(&bytes).unwrap();
    assert_eq!(tags(&["the", "dog"], &model, None)[1], Tag::Noun);
    assert_eq!(model.ambiguity(word_key("Dog")), 1 << (Tag::Noun as u32));
}

#[test]
fn a_broken_file_is_no_model() {
    let (weights, ambiguity) = tiny();
    let bytes = TagModel::encode(&weights, &ambiguity);
    assert!(TagModel::decode(&bytes[..bytes.len() / 2]).is_none());
    assert!(TagModel::decode(b"not a model").is_none());
    assert!(TagModel::decode(&[]).is_none());
}

#[test]
fn features_differ_by_template_and_do_not_depend_on_case_of_the_word() {
    let features = |word: &str| Context::new(&["a", word, "b"], None, |_| 0).features(1, &[Tag::Det]);
    let mut sorted = features("House").to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), FEATURES);
    assert_eq!(features("House")[0], features("house")[0]);
}
